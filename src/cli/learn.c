/* yiqiao match report, yiqiao match tune: what became of the answers, and what the program may learn from that. */
#include "cli/internal.h"
#include "match/tune.h"

#include <stdio.h>

enum { MEMORY = 512 << 20 };

typedef struct {
    const yq_arguments *a;
    yq_session s;
    yq_arena *arena;
    yq_viewer viewer;
    yq_code (*run)(void *self, yq_err *err);
} learn_work;

static int with_session(const yq_arguments *a, yq_code (*run)(void *self, yq_err *err))
{
    learn_work w = { .a = a, .viewer = yq_viewer_office(), .run = run };
    yq_err err = { 0 };
    int status = yq_session_open(a, &w.s);
    if (status != YQ_EXIT_DONE) return status;
    w.arena = yq_arena_new(MEMORY);
    yq_code rc = w.arena ? yq_arena_run(w.arena, run, &w, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    yq_arena_free(w.arena);
    yq_session_close(&w.s);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(NULL, rc, &err);
}

/* ---------------------------------------------------------------- the report */

static void print_row(const yq_need_report *r)
{
    double precision = yq_report_precision(r);
    printf("%6lld %7lld %6lld %10lld %9lld %5lld %7lld ", (long long)r->shown, (long long)r->useful, (long long)r->not_useful, (long long)r->contacted, (long long)r->declined,
           (long long)r->met, (long long)r->signed_);
    if (precision < 0) puts("        -");
    else printf("%8.0f%%\n", 100 * precision);
}

static yq_code report(void *self, yq_err *err)
{
    learn_work *w = self;
    yq_need_reports rows;
    yq_code rc = yq_register_report(w->s.reader, &w->viewer, w->arena, &rows, err);
    if (rc) return rc;
    if (w->a->json) {
        yq_buf out = { 0 };
        yq_json j = yq_json_to(&out);
        yq_report_json(&j, &rows);
        printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
        yq_buf_free(&out);
        return YQ_OK;
    }
    for (size_t i = 0; i < rows.n; i++) {
        if (i + 1 < rows.n) printf("%s  %.*s\n", rows.v[i].need.ulid, YQ_FMT(rows.v[i].need.text));
        else puts("all");
        if (!i || i + 1 == rows.n) puts(" shown  useful    not  contacted  declined   met  signed  precision");
        print_row(&rows.v[i]);
    }
    return YQ_OK;
}

int yq_run_report(const yq_arguments *a)
{
    return with_session(a, report);
}

/* ---------------------------------------------------------------- learning */

static void tuning_json(const yq_tuning *t, int64_t version)
{
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_json_object(&j);
    yq_json_ki(&j, "judgements", (int64_t)t->judgements);
    yq_json_ki(&j, "needs", (int64_t)t->needs);
    yq_json_ki(&j, "pairs", (int64_t)t->pairs);
    yq_json_ki(&j, "lost", (int64_t)t->lost);
    yq_json_kr(&j, "before", t->before);
    yq_json_kr(&j, "after", t->after);
    yq_json_key(&j, "weights");
    yq_json_object(&j);
    for (int k = 0; k < YQ_TUNE_PARTS; k++) yq_json_kr(&j, t->weights[k].part, t->weights[k].weight);
    yq_json_end_object(&j);
    yq_json_ki(&j, "version", version);
    yq_json_end_object(&j);
    printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
    yq_buf_free(&out);
}

static void print_tuning(const yq_tuning *t)
{
    printf("%zu judged answers to %zu needs, %zu pairs of a better and a worse one", t->judgements, t->needs, t->pairs);
    if (t->lost) printf("; %zu judged answers are not found any more and were left out", t->lost);
    printf("\nin the right order, of pairs that were not learnt from: %.1f%% as shipped, %.1f%% as learnt\n\n  part      shipped   learnt\n", 100 * t->before, 100 * t->after);
    for (int k = 0; k < YQ_TUNE_PARTS; k++) printf("  %-8s %8.3f %8.3f\n", t->weights[k].part, t->shipped[k], t->weights[k].weight);
}

static yq_code store(learn_work *w, const yq_tuning *t, int64_t *version, yq_err *err)
{
    if (!(t->after > t->before)) return yq_fail(err, YQ_INVALID, 0, "the learnt weights are no better on judgements they have not seen; nothing was stored");
    if (!w->s.reg) return yq_fail(err, YQ_BUSY, 0, "another process writes to this store; stop it, and try again");
    return yq_register_weigh(w->s.reg, t->weights, YQ_TUNE_PARTS, (int64_t)t->judgements, version, err);
}

static yq_code tune(void *self, yq_err *err)
{
    learn_work *w = self;
    yq_tuning t;
    int64_t version = 0;
    yq_code rc = yq_tune(w->s.reader, w->s.index, &w->viewer, w->arena, &t, err);
    if (rc) return rc;
    if (!w->a->json) print_tuning(&t);
    if (w->a->apply) rc = store(w, &t, &version, err);
    if (rc) return rc;
    if (w->a->json) tuning_json(&t, version);
    else if (w->a->apply) printf("\nstored as version %lld; match tune --reset goes back\n", (long long)version);
    else puts("\nnothing was changed; match tune --apply stores these weights");
    return YQ_OK;
}

static yq_code reset(void *self, yq_err *err)
{
    learn_work *w = self;
    yq_weight none = { 0 };
    int64_t version;
    yq_code rc = yq_register_weights(w->s.reader, &none, 0, &version, err);
    if (!rc && !version) return puts("the weights are those the program ships"), YQ_OK;
    if (!rc && !w->s.reg) rc = yq_fail(err, YQ_BUSY, 0, "another process writes to this store; stop it, and try again");
    if (!rc) rc = yq_register_weigh(w->s.reg, NULL, 0, 0, &version, err);
    if (!rc) puts("back to the weights the program ships");
    return rc;
}

int yq_run_tune(const yq_arguments *a)
{
    return with_session(a, a->reset ? reset : tune);
}
