/* The chart against counting: every cutting of small sentences with random weights is listed, and sums, shares and the best one are compared. */
#include "check.h"
#include "tagger/internal.h"

#include <math.h>

enum { LONGEST_SENTENCE = 6, SENTENCES = 200 };

typedef struct {
    const tagger_scores *s;
    tagger_cuts path;
    yq_arena *arena;
    double sum, best;        /* of e^score; the best score */
    double z;                /* known in the second round: shares are added up */
    double *chars, *spans, *step;
    tagger_cuts best_path;
} listing;

static float any(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (float)(*state >> 40) / 4194304.0f - 2;
}

static tagger_scores random_scores(yq_arena *a, uint64_t *state, size_t n, size_t kinds, size_t longest)
{
    tagger_scores s = { .n = n, .kinds = kinds, .longest = longest, .stride = tagger_width(kinds) + 3 };
    size_t chars = n * s.stride, spans = n * longest * kinds, steps = (kinds + 1) * (kinds + 1);
    float *step = YQ_ARRAY(a, float, steps);
    s.chars = YQ_ARRAY(a, float, chars + 1);
    s.spans = YQ_ARRAY(a, float, spans + 1);
    for (size_t i = 0; i < chars; i++) s.chars[i] = any(state);
    for (size_t i = 0; i < spans; i++) s.spans[i] = any(state);
    for (size_t i = 0; i < steps; i++) step[i] = any(state);
    s.step = step;
    return s;
}

/* The score of a span from the pieces it is made of; spans holds what was there before joining. */
static double span_score(const tagger_scores *s, const float *spans, size_t from, size_t length, size_t kind)
{
    double sum = spans[(from * s->longest + length - 1) * s->kinds + kind];
    for (size_t i = 0; i < length; i++) {
        unsigned place = length == 1 ? TAGGER_ALONE : i == 0 ? TAGGER_BEGIN : i + 1 == length ? TAGGER_END : TAGGER_MIDDLE;
        sum += s->chars[(from + i) * s->stride + tagger_column(kind, place)];
    }
    return sum;
}

static void add_share(listing *l, double share)
{
    const tagger_scores *s = l->s;
    size_t at = 0, state = 0, states = s->kinds + 1, next = 0;
    while (at < s->n) {
        const tagger_cut *c = next < l->path.n && l->path.v[next].from == at ? &l->path.v[next++] : NULL;
        size_t to = c ? 1 + c->kind : 0;
        l->step[state * states + to] += share;
        if (!c) l->chars[at * s->stride] += share;
        if (c) l->spans[(at * s->longest + c->to - c->from - 1) * s->kinds + c->kind] += share;
        for (size_t i = at; c && i < c->to; i++) {
            unsigned place = c->to - c->from == 1 ? TAGGER_ALONE : i == c->from ? TAGGER_BEGIN : i + 1 == c->to ? TAGGER_END : TAGGER_MIDDLE;
            l->chars[i * s->stride + tagger_column(c->kind, place)] += share;
        }
        at = c ? c->to : at + 1;
        state = to;
    }
}

static void list_from(listing *l, const float *spans, size_t at, size_t state, double score)
{
    const tagger_scores *s = l->s;
    size_t states = s->kinds + 1;
    if (at == s->n) {
        l->sum += exp(score);
        if (l->z != 0) add_share(l, exp(score - l->z));
        if (score <= l->best) return;
        l->best = score;
        l->best_path.n = 0;
        for (size_t i = 0; i < l->path.n; i++) *yq_push(l->arena, &l->best_path) = l->path.v[i];
        return;
    }
    list_from(l, spans, at + 1, 0, score + s->step[state * states] + s->chars[at * s->stride]);
    for (size_t kind = 0; kind < s->kinds; kind++)
        for (size_t length = 1; length <= s->longest && at + length <= s->n; length++) {
            *yq_push(l->arena, &l->path) = (tagger_cut){ (uint32_t)at, (uint32_t)(at + length), (uint32_t)kind };
            list_from(l, spans, at + length, 1 + kind, score + s->step[state * states + 1 + kind] + span_score(s, spans, at, length, kind));
            l->path.n--;
        }
}

static bool near(const float *got, const double *want, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(got[i] - want[i]) > 1e-3) return false;
    return true;
}

static bool same_cuts(const tagger_cuts *a, const tagger_cuts *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->v[i].from != b->v[i].from || a->v[i].to != b->v[i].to || a->v[i].kind != b->v[i].kind) return false;
    return true;
}

static void compare(yq_arena *a, uint64_t *state, size_t n, size_t kinds, size_t longest)
{
    tagger_scores s = random_scores(a, state, n, kinds, longest);
    size_t chars = n * s.stride, cells = n * longest * kinds, steps = (kinds + 1) * (kinds + 1);
    float *spans = YQ_ARRAY(a, float, cells + 1);
    listing l = { .s = &s, .arena = a, .best = -1e30, .chars = YQ_ARRAY(a, double, chars + 1), .spans = YQ_ARRAY(a, double, cells + 1), .step = YQ_ARRAY(a, double, steps) };
    tagger_shares got;
    tagger_cuts best = { 0 };
    memcpy(spans, s.spans, cells * sizeof *spans);
    list_from(&l, spans, 0, 0, 0);
    l.z = log(l.sum);
    list_from(&l, spans, 0, 0, 0);
    tagger_join_scores(&s);
    tagger_chart(a, &s, &got);
    CHECK("the sum over all cuttings", fabs(got.z - l.z) < 1e-3);
    CHECK("the share of each span", near(got.spans, l.spans, cells));
    CHECK("the share of each place of a character", near(got.chars, l.chars, chars));
    CHECK("the share of each step", near(got.step, l.step, steps));
    CHECK("the best score", fabs(tagger_best(a, &s, &best) - l.best) < 1e-3);
    CHECK("the best cutting", same_cuts(&best, &l.best_path));
}

/* A gradient is what is expected less what is marked: it is the slope of z - score(marked). */
static void slope(yq_arena *a, uint64_t *state)
{
    enum { N = 5, KINDS = 2, LONGEST = 3 };
    const float step = 0.02f;
    tagger_scores s = random_scores(a, state, N, KINDS, LONGEST);
    tagger_cuts gold = { 0 };
    *yq_push(a, &gold) = (tagger_cut){ 1, 4, 1 };
    size_t which = (size_t)(fabsf(any(state)) * 1000) % (N * s.stride), cells = N * LONGEST * KINDS;
    float *spans = YQ_ARRAY(a, float, cells);
    tagger_shares g, up, down;
    memcpy(spans, s.spans, cells * sizeof *spans);
    tagger_join_scores(&s);
    tagger_chart(a, &s, &g);
    double expected = g.chars[which];
    tagger_subtract_gold(&s, &gold, &g);
    float kept = s.chars[which];
    s.chars[which] = kept + step, memcpy(s.spans, spans, cells * sizeof *spans), tagger_join_scores(&s), tagger_chart(a, &s, &up);
    s.chars[which] = kept - step, memcpy(s.spans, spans, cells * sizeof *spans), tagger_join_scores(&s), tagger_chart(a, &s, &down);
    double measured = (up.z - down.z) / (2 * step);
    CHECK("the share is the slope of the sum", fabs(measured - expected) < 2e-3);
    size_t row = which / s.stride, column = which % s.stride;
    bool marked = (row == 1 && column == tagger_column(1, TAGGER_BEGIN)) || (row == 2 && column == tagger_column(1, TAGGER_MIDDLE)) ||
                  (row == 3 && column == tagger_column(1, TAGGER_END)) || ((row == 0 || row == 4) && column == 0);
    CHECK("what is marked is taken off", fabs(g.chars[which] - (expected - marked)) < 1e-6);
}

static void empty(yq_arena *a)
{
    uint64_t state = 3;
    tagger_scores s = random_scores(a, &state, 0, 2, 3);
    tagger_shares got;
    tagger_cuts best = { 0 };
    tagger_join_scores(&s);
    tagger_chart(a, &s, &got);
    CHECK("an empty sentence has one cutting", fabs(got.z) < 1e-6);
    CHECK("and no span", tagger_best(a, &s, &best) == 0 && best.n == 0);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)1 << 30);
    uint64_t state = 7;
    for (size_t i = 0; i < SENTENCES; i++) {
        compare(a, &state, 1 + i % LONGEST_SENTENCE, 1 + i / 7 % 3, 1 + i / 11 % 4);
        slope(a, &state);
        yq_arena_clear(a);
    }
    empty(a);
    yq_arena_free(a);
    return check_done();
}
