/* From tables to pairs: candidates, levels, weights, decisions, words. */
#include "resolve/link_internal.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_SCORE = -8 }; /* log2 odds: pairs below 1 in 250 are left out */
#define THREAD_MEMORY ((size_t)3 << 30)

typedef struct {
    const link_rows *r;
    const link_candidate *candidate;
    uint64_t *pattern;
    size_t n;
    const link_model *model;
    float *score;
} comparing;

/* The second rows of the pairs lie anywhere in memory. What the pair needs is asked for some pairs ahead, in two steps: the row, and its values. */
enum { COMPARE_PART = 1 << 16, ROW_AHEAD = 24, VALUES_AHEAD = 12 };

static void fetch_values(const link_rows *r, uint32_t row)
{
    const uint32_t *of = r->values + (size_t)row * r->fields;
    for (size_t f = 0; f < r->fields; f++)
        if (!r->field[f].level && of[f]) __builtin_prefetch(&r->field[f].mark[of[f]]);
}

static void compare_part(void *arg, size_t from, size_t to, unsigned thread)
{
    comparing *c = arg;
    (void)thread;
    for (size_t i = from; i < to; i++) {
        if (i + ROW_AHEAD < to) __builtin_prefetch(c->r->values + (size_t)c->candidate[i + ROW_AHEAD].b * c->r->fields);
        if (i + VALUES_AHEAD < to) fetch_values(c->r, c->candidate[i + VALUES_AHEAD].b);
        c->pattern[i] = link_compare(c->r, c->candidate[i].a, c->candidate[i].b);
    }
}

static void score_part(void *arg, size_t from, size_t to, unsigned thread)
{
    comparing *c = arg;
    (void)thread;
    for (size_t i = from; i < to; i++) c->score[i] = (float)link_score(c->r, c->model, c->candidate[i].a, c->candidate[i].b, c->pattern[i]);
}

static int by_score(const void *x, const void *y)
{
    const link_edge *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

static link_edge *likely_pairs(comparing *c, size_t *kept)
{
    YQ_VEC(link_edge) edge = { 0 };
    c->score = YQ_ARRAY(c->r->arena, float, c->n + 1);
    link_in_parts(c->n, COMPARE_PART, score_part, c);
    for (size_t i = 0; i < c->n; i++)
        if (c->score[i] >= LEAST_SCORE && link_told(c->r->told, c->candidate[i].a, c->candidate[i].b) >= 0)
            *yq_push(c->r->arena, &edge) = (link_edge){ c->candidate[i].a, c->candidate[i].b, c->score[i], c->pattern[i], YQ_DIFFERENT };
    if (edge.n) qsort(edge.v, edge.n, sizeof *edge.v, by_score);
    *kept = edge.n;
    return edge.v;
}

static yq_link_pairs to_pairs(const link_rows *r, const link_model *m, const link_edge *edge, size_t n)
{
    YQ_VEC(yq_link_pair) out = { 0 };
    for (size_t i = 0; i < n; i++) {
        const link_edge *e = &edge[i];
        if (e->verdict == YQ_DIFFERENT) continue;
        double p = 1 / (1 + exp2(-(double)e->score));
        *yq_push(r->arena, &out) = (yq_link_pair){ r->id[r->entity[e->a]], r->id[r->entity[e->b]], p, e->verdict, link_evidence(r, m, e) };
    }
    return (yq_link_pairs){ .pair = out.v, .n = out.n };
}

typedef struct {
    link_rows rows;
    const yq_link_table *a, *b;
    yq_link_pairs *out;
} job;

static yq_code run(void *arg, yq_err *err)
{
    job *j = arg;
    link_rows *r = &j->rows;
    link_model model = { 0 };
    comparing c = { .r = r, .model = &model };
    size_t kept;
    if (!link_read(r, j->a, j->b)) return yq_fail(err, YQ_NOMEM, 0, "no memory for the columns");
    if (r->rows < 2 || r->fields == 0 || r->first_b == 0) return YQ_OK;
    c.candidate = link_candidates(r, &c.n, &c.pattern);
    link_in_parts(c.n, COMPARE_PART, compare_part, &c);
    link_learn(r, c.pattern, c.n, &model);
    link_edge *edge = likely_pairs(&c, &kept);
    kept = link_decide(r, &model, &edge, kept);
    *j->out = to_pairs(r, &model, edge, kept);
    link_notices(r, j->out);
    return YQ_OK;
}

static bool open_arenas(link_rows *r)
{
    bool opened = true;
    r->of_thread[0] = r->arena;
    for (unsigned i = 1; i < LINK_THREADS; i++) opened = (r->of_thread[i] = yq_arena_new(THREAD_MEMORY)) && opened;
    return opened;
}

static void close_arenas(link_rows *r)
{
    for (unsigned i = 1; i < LINK_THREADS; i++) yq_arena_free(r->of_thread[i]);
}

yq_code yq_link_rows(yq_arena *arena, const yq_link_table *a, const yq_link_table *b, yq_link_kind kind, yq_link_pairs *out, yq_err *err)
{
    job j = { .rows = { .arena = arena, .kind = kind }, .a = a, .b = b && b->rows ? b : NULL, .out = out };
    *out = (yq_link_pairs){ 0 };
    if (a->rows + (b ? b->rows : 0) > YQ_LINK_MAX_ROWS) return yq_fail(err, YQ_INVALID, 0, "more than %d rows", YQ_LINK_MAX_ROWS);
    if (b && b->rows == 0) return YQ_OK;
    yq_code rc = open_arenas(&j.rows) ? yq_arena_run(arena, run, &j, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for the threads");
    close_arenas(&j.rows);
    return rc;
}
