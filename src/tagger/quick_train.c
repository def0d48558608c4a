/* Learning the quick tagger: stochastic gradient of the likelihood of the marked chain, with AdaGrad's steps and dropout as in train.c; then the weightiest
 * features get the rows of the table.
 *
 * A feature has weights when it was met at least three times. All are learnt in full precision; those that find their two rows taken by weightier ones are
 * left out, the rest are rounded to bytes.
 */
#include "tagger/quick_internal.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

enum { EPOCHS = 8, LEAST_MET = 3 };
static const float rate_at_first = 0.1f, pull = 0.02f, dropout = 0.3f;
#define SCRATCH_MEMORY ((size_t)1 << 30)

typedef struct {
    size_t n;
    tagger_list rows;
    uint8_t *state; /* of each character */
} example;

typedef struct {
    yq_arena *arena, *scratch;
    const yq_tagger_set *set;
    tagger_trainer draw;      /* its random numbers and its order */
    tagger_dictionary names;
    YQ_VEC(uint32_t) met;     /* how often, by row */
    example *example;
    float (*weight)[QUICK_LANES], (*square)[QUICK_LANES];
    float step[QUICK_STATES][QUICK_STATES], step_square[QUICK_STATES][QUICK_STATES];
} trainer;

/* ---------------------------------------------------------------- sentences as rows */

static void see_sentence(trainer *r, size_t which, quick_view *v)
{
    yq_quick_word *word;
    yq_str plain = yq_simplify(r->scratch, r->set->sentences.v[which].text);
    size_t words = yq_quick_words(r->scratch, plain, &word);
    *v = (quick_view){ 0 };
    quick_see(r->scratch, plain, word, words, v);
}

static void count_features(trainer *r, const quick_view *v)
{
    uint64_t feature[QUICK_FEATURES];
    for (size_t i = 0; i < v->n; i++)
        for (size_t k = 0, n = quick_features(v, i, feature); k < n; k++) {
            uint32_t row = tagger_row_add(r->arena, &r->names, feature[k]);
            if (row == r->met.n) *yq_push(r->arena, &r->met) = 0;
            r->met.v[row]++;
        }
}

static void mark_states(const quick_view *v, const yq_tagger_sentence *s, uint8_t *state)
{
    for (size_t k = 0, i = 0; k < s->n; k++) {
        while (i < v->n && v->c[i].at < s->span[k].span.from) i++;
        size_t from = i;
        while (i < v->n && v->c[i].at < s->span[k].span.to) i++;
        for (size_t q = from; q < i; q++) {
            unsigned place = i - from == 1 ? TAGGER_ALONE : q == from ? TAGGER_BEGIN : q + 1 == i ? TAGGER_END : TAGGER_MIDDLE;
            state[q] = (uint8_t)tagger_column(s->span[k].kind, place);
        }
    }
}

static void make_example(trainer *r, const quick_view *v, const yq_tagger_sentence *s, example *e)
{
    uint64_t feature[QUICK_FEATURES];
    uint32_t n = 0;
    *e = (example){ v->n, { YQ_ARRAY(r->arena, uint32_t, v->n + 1), YQ_ARRAY(r->arena, uint32_t, v->n * QUICK_FEATURES + 1) }, YQ_ARRAY(r->arena, uint8_t, v->n + 1) };
    for (size_t i = 0; i < v->n; i++) {
        for (size_t k = 0, all = quick_features(v, i, feature); k < all; k++) {
            uint32_t row = tagger_row(&r->names, feature[k]);
            if (row != TAGGER_NO_ROW && r->met.v[row] >= LEAST_MET) e->rows.row[n++] = row;
        }
        e->rows.from[i + 1] = n;
    }
    mark_states(v, s, e->state);
}

static void make_examples(trainer *r)
{
    size_t n = r->set->sentences.n;
    quick_view v;
    for (size_t i = 0; i < n; i++) {
        see_sentence(r, i, &v);
        count_features(r, &v);
        yq_arena_clear(r->scratch);
    }
    r->example = YQ_ARRAY(r->arena, example, n);
    r->draw.order = YQ_ARRAY(r->arena, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) {
        see_sentence(r, i, &v);
        make_example(r, &v, &r->set->sentences.v[i], &r->example[i]);
        if (v.n) r->draw.order[r->draw.count++] = i;
        yq_arena_clear(r->scratch);
    }
    r->weight = (float(*)[QUICK_LANES])YQ_ARRAY(r->arena, float, r->names.rows * QUICK_LANES + 1);
    r->square = (float(*)[QUICK_LANES])YQ_ARRAY(r->arena, float, r->names.rows * QUICK_LANES + 1);
}

/* ---------------------------------------------------------------- one step */

static tagger_list hide(trainer *r, const example *e)
{
    tagger_list out = { YQ_ARRAY(r->scratch, uint32_t, e->n + 1), YQ_ARRAY(r->scratch, uint32_t, e->rows.from[e->n] + 1) };
    uint32_t n = 0;
    for (size_t i = 0; i < e->n; i++) {
        for (uint32_t k = e->rows.from[i]; k < e->rows.from[i + 1]; k++)
            if (!tagger_chance(&r->draw, dropout)) out.row[n++] = e->rows.row[k];
        out.from[i + 1] = n;
    }
    return out;
}

static void score(const trainer *r, const tagger_list *rows, quick_chain *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (uint32_t k = rows->from[i]; k < rows->from[i + 1]; k++)
            for (size_t y = 0; y < QUICK_LANES; y++) c->emit[i][y] += r->weight[rows->row[k]][y];
}

static void descend_steps(trainer *r, const quick_chain *c, const uint8_t *state, float rate)
{
    float gradient[QUICK_STATES][QUICK_STATES] = { 0 };
    for (size_t i = 1; i < c->n; i++) {
        for (size_t x = 0; x < QUICK_STATES; x++)
            for (size_t y = 0; y < QUICK_STATES; y++)
                gradient[x][y] += c->sum[i] > 0 ? c->ahead[i - 1][x] * c->step[x][y] * c->emit[i][y] * c->behind[i][y] / c->sum[i] : 0;
        gradient[state[i - 1]][state[i]] -= 1;
    }
    tagger_descend(&r->step[0][0], &r->step_square[0][0], &gradient[0][0], QUICK_STATES * QUICK_STATES, pull, rate);
}

static void learn(trainer *r, const example *e, float rate)
{
    quick_chain c = { 0 };
    tagger_list rows = hide(r, e);
    float gradient[QUICK_LANES];
    quick_chain_fit(r->scratch, e->n, &c);
    quick_chain_steps(&c, (const float(*)[QUICK_STATES])r->step);
    score(r, &rows, &c);
    quick_chain_run(&c);
    for (size_t i = 0; i < e->n; i++) {
        for (size_t y = 0; y < QUICK_LANES; y++) gradient[y] = quick_share(&c, i, y);
        gradient[e->state[i]] -= 1;
        if (fabsf(gradient[e->state[i]]) < 1e-3f) continue;
        for (uint32_t k = rows.from[i]; k < rows.from[i + 1]; k++)
            tagger_descend(r->weight[rows.row[k]], r->square[rows.row[k]], gradient, QUICK_LANES, 0, rate);
    }
    descend_steps(r, &c, e->state, rate);
    yq_arena_clear(r->scratch);
}

static void learn_all(trainer *r)
{
    for (unsigned epoch = 0; epoch < EPOCHS; epoch++) {
        tagger_shuffle(&r->draw);
        for (size_t i = 0; i < r->draw.count; i++) learn(r, &r->example[r->draw.order[i]], rate_at_first * (1 - 0.9f * (float)epoch / EPOCHS));
    }
}

/* ---------------------------------------------------------------- the table */

typedef struct {
    uint64_t feature;
    float most; /* of its weights */
    uint32_t row;
} weighty;

static int by_weight(const void *a, const void *b)
{
    const weighty *x = a, *y = b;
    if (x->most != y->most) return x->most > y->most ? -1 : 1;
    return x->row < y->row ? -1 : 1;
}

static size_t list_weighty(const trainer *r, weighty *out)
{
    const float nothing = 0.02f;
    size_t n = 0;
    for (size_t i = 0; i < r->names.size; i++) {
        if (!r->names.key[i]) continue;
        weighty w = { r->names.key[i], 0, r->names.row[i] };
        for (size_t y = 0; y < QUICK_STATES; y++) w.most = fmaxf(w.most, fabsf(r->weight[w.row][y]));
        if (w.most > nothing) out[n++] = w;
    }
    if (n) qsort(out, n, sizeof *out, by_weight);
    return n;
}

/* The free one of the two rows of a feature; NULL: none is, or another of the same check stands there. */
static int8_t *room_for(int8_t *rows, uint64_t feature)
{
    int8_t *two[2];
    for (size_t k = 0; k < 2; k++) {
        two[k] = rows + ((feature & (YQ_QUICK_ROWS - 1)) ^ k) * QUICK_LANES;
        if (two[k][QUICK_LANES - 1] == quick_check(feature)) return NULL;
    }
    for (size_t k = 0; k < 2; k++)
        if (!two[k][QUICK_LANES - 1]) return two[k];
    return NULL;
}

static void fill_table(trainer *r, yq_quick *m)
{
    const float most = 4;
    weighty *list = YQ_ARRAY(r->arena, weighty, r->names.rows + 1);
    int8_t *rows = YQ_ARRAY(r->arena, int8_t, QUICK_LANES * YQ_QUICK_ROWS);
    size_t n = list_weighty(r, list);
    m->rows = rows;
    m->scale = (n && list[0].most < most ? list[0].most : most) / 127;
    for (size_t i = 0; i < n; i++) {
        int8_t *row = room_for(rows, list[i].feature);
        if (!row) continue;
        for (size_t y = 0; y < QUICK_STATES; y++) row[y] = (int8_t)lrintf(fmaxf(-127, fminf(127, r->weight[list[i].row][y] / m->scale)));
        row[QUICK_LANES - 1] = quick_check(list[i].feature);
    }
}

/* ---------------------------------------------------------------- all of it */

static yq_code check_set(const yq_tagger_set *set, yq_err *err)
{
    size_t marks = 0;
    for (size_t i = 0; i < set->sentences.n; i++) marks += set->sentences.v[i].n;
    if (!marks) return yq_fail(err, YQ_INVALID, 0, "no span is marked in any sentence; there is nothing to learn");
    if (set->kinds.n > YQ_QUICK_KINDS) return yq_fail(err, YQ_INVALID, 0, "the quick form knows %d kinds at most; these are %zu", YQ_QUICK_KINDS, set->kinds.n);
    for (size_t k = 0; k < set->kinds.n; k++)
        if (set->kinds.v[k].n > QUICK_NAME) return yq_fail(err, YQ_INVALID, 0, "a kind's name has %d bytes at most in the quick form", QUICK_NAME);
    return YQ_OK;
}

typedef struct {
    trainer *r;
    yq_buf *out;
} train_job;

static yq_code train(void *arg, yq_err *err)
{
    train_job *j = arg;
    trainer *r = j->r;
    yq_quick m = { .kinds = r->set->kinds.n };
    (void)err;
    for (size_t k = 0; k < m.kinds; k++) m.kind[k] = r->set->kinds.v[k];
    make_examples(r);
    learn_all(r);
    fill_table(r, &m);
    memcpy(m.step, r->step, sizeof m.step);
    quick_write(&m, j->out);
    return YQ_OK;
}

static yq_code train_in_scratch(void *arg, yq_err *err)
{
    return yq_arena_run(((train_job *)arg)->r->scratch, train, arg, err);
}

yq_code yq_quick_train(yq_arena *a, const yq_tagger_set *set, uint64_t seed, yq_buf *out, yq_err *err)
{
    yq_code rc = check_set(set, err);
    if (rc != YQ_OK) return rc;
    trainer r = { .arena = a, .scratch = yq_arena_new(SCRATCH_MEMORY), .set = set, .draw = { .random = seed | 1 } };
    train_job job = { &r, out };
    if (!r.scratch) return yq_fail(err, YQ_NOMEM, 0, "no memory to train in");
    rc = yq_arena_run(a, train_in_scratch, &job, err);
    yq_arena_free(r.scratch);
    return rc != YQ_OK || !out->failed ? rc : yq_fail(err, YQ_NOMEM, 0, "no memory for the model");
}
