/* The evidence of a pair in words. */
#include "resolve/link_internal.h"


static const char *const level_words[LINK_LEVELS] = { "unknown", "equal", "near", "close", "partly equal", "weakly alike", "different", "exchanged" };

yq_str link_evidence(const link_rows *r, const link_model *m, const link_edge *e)
{
    yq_str out = { 0 };
    for (size_t f = 0; f < r->fields; f++) {
        unsigned level = link_level(e->pattern, f);
        if (level == LEVEL_UNKNOWN) continue;
        yq_str one = yq_printf(r->arena, "%s%.*s %s %.1f", out.n ? "; " : "", YQ_FMT(r->field[f].name), level_words[level],
                               link_bits(r, m, e->a, e->b, e->pattern, f));
        out = out.n ? yq_concat(r->arena, out, one) : one;
    }
    return out;
}
