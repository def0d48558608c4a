/* Small helpers over the store: the viewer's condition is written and bound in one place only. */
#include "register/internal.h"

void yq_bind_viewer(yq_stmt *s, const yq_viewer *v)
{
    yq_bind_int(s, "institution", v->institution);
    yq_bind_int(s, "level", v->level);
}

yq_code yq_one_int(yq_stmt *s, int64_t otherwise, int64_t *out, yq_err *err)
{
    bool row;
    yq_code rc = yq_step(s, &row, err);
    *out = !rc && row ? yq_col_int(s, 0) : otherwise;
    yq_finish(s);
    return rc;
}

yq_code yq_change(yq_stmt *s, yq_err *err)
{
    bool row;
    yq_code rc = yq_step(s, &row, err);
    yq_finish(s);
    return rc;
}

yq_str yq_kept(yq_arena *a, yq_stmt *s, int col)
{
    return yq_dup(a, yq_col_text(s, col));
}
