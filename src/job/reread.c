/* The list is made first, under the writer's lock; then document by document. */
#include "job/internal.h"
#include "job/reread.h"
#include "register/review.h"

typedef struct {
    yq_arena *arena;
    yq_register *reg;
    const char *const *which;
    size_t n;
    yq_rereads list;
} rereading;

static yq_code read_one(void *arg, yq_register *r, size_t i, yq_import_progress *p, yq_err *err)
{
    const rereading *x = arg;
    p->path = p->name = x->list.v[i].name.p;
    if (!x->list.v[i].document) return yq_fail(err, YQ_NOTFOUND, 0, "there is no document of this name or id");
    return yq_register_reread(r, x->list.v[i].document, NULL, &p->result, err);
}

static yq_code make_list(void *arg, yq_err *err)
{
    rereading *x = arg;
    return yq_register_to_reread(x->reg, x->arena, x->which, x->n, &x->list, err);
}

yq_code yq_reread_documents(yq_register *r, const char *const *which, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    rereading x = { .arena = yq_arena_new((size_t)1 << 30), .reg = r, .which = which, .n = n };
    *counts = (yq_import_counts){ 0 };
    if (!x.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for the list of documents");
    if (w && w->enter) w->enter(w->arg);
    yq_code rc = yq_arena_run(x.arena, make_list, &x, err);
    if (w && w->leave) w->leave(w->arg);
    if (rc == YQ_OK) rc = yq_batch_run(r, &(yq_batch){ read_one, &x, x.list.n }, w, counts, err);
    yq_arena_free(x.arena);
    return rc;
}
