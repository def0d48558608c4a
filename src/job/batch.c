/* Documents in groups: what was counted is valid once its group is committed, and a crash loses at most the open group. */
#include "job/internal.h"

enum { GROUP_DOCUMENTS = 64, GROUP_US = 200000 };

bool yq_is_refusal(yq_code code)
{
    return code == YQ_INVALID || code == YQ_NOMEM || code == YQ_NOTFOUND;
}

static void count(yq_import_counts *c, const yq_import_progress *p)
{
    if (p->code != YQ_OK) c->refused++;
    else if (p->result.outcome == YQ_IMPORT_KNOWN) c->known++;
    else c->read++;
    c->partly += p->code == YQ_OK && p->result.unread[0];
    if (p->code == YQ_OK && p->result.outcome != YQ_IMPORT_KNOWN) {
        c->found += p->result.found;
        c->doubtful += p->result.doubtful;
    }
}

static bool asked_to_stop(const yq_import_watcher *w)
{
    return w && w->stop && w->stop(w->arg);
}

/* From *next on until the group is full. */
static yq_code read_group(yq_register *r, const yq_batch *b, size_t *next, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    int64_t begun = yq_monotonic_us();
    for (int i = 0; i < GROUP_DOCUMENTS && *next < b->total; i++) {
        if (asked_to_stop(w)) return counts->stopped = true, YQ_OK;
        yq_import_progress p = { .done = *next + 1, .total = b->total };
        p.code = b->one(b->arg, r, (*next)++, &p, &p.error);
        if (p.code != YQ_OK && !yq_is_refusal(p.code)) {
            if (err) *err = p.error;
            return p.code;
        }
        count(counts, &p);
        if (w && w->each) w->each(w->arg, &p);
        if (yq_monotonic_us() - begun > GROUP_US) break;
    }
    return YQ_OK;
}

static yq_code run_group(yq_register *r, const yq_batch *b, size_t *next, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    yq_code rc = yq_register_begin(r, err);
    if (rc != YQ_OK) return rc;
    rc = read_group(r, b, next, w, counts, err);
    if (rc == YQ_OK) rc = yq_register_commit(r, err);
    if (rc != YQ_OK) yq_register_rollback(r);
    return rc;
}

yq_code yq_batch_run(yq_register *r, const yq_batch *b, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    yq_code rc = YQ_OK;
    for (size_t next = 0; rc == YQ_OK && next < b->total && !counts->stopped;) {
        if (w && w->enter) w->enter(w->arg);
        rc = run_group(r, b, &next, w, counts, err);
        if (w && w->leave) w->leave(w->arg);
    }
    return rc;
}
