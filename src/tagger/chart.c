/* All cuttings of a sentence into spans and outside characters, by dynamic programming over where the last piece ended.
 *
 * Semi-Markov forward, backward and Viterbi (Sarawagi and Cohen, NIPS 2004): with n characters, spans of up to L and K kinds the chart costs
 * n (L K + K^2). Sums of probabilities are kept as logarithms.
 */
#include "tagger/internal.h"

#include <math.h>

#define NEVER (-1e30f)

/* ---------------------------------------------------------------- scores of whole spans */

static inline size_t span_row(const tagger_scores *s, size_t from, size_t length)
{
    return (from * s->longest + length - 1) * s->kinds;
}

static inline size_t most_from(const tagger_scores *s, size_t from)
{
    return s->n - from < s->longest ? s->n - from : s->longest;
}

static void join_from(const tagger_scores *s, size_t from, float *middle)
{
    const float *first = s->chars + from * s->stride;
    memset(middle, 0, s->kinds * sizeof *middle);
    for (size_t k = 0; k < s->kinds; k++) s->spans[span_row(s, from, 1) + k] += first[tagger_column(k, TAGGER_ALONE)];
    for (size_t length = 2; length <= most_from(s, from); length++) {
        const float *last = first + (length - 1) * s->stride;
        float *row = s->spans + span_row(s, from, length);
        for (size_t k = 0; k < s->kinds; k++) {
            row[k] += first[tagger_column(k, TAGGER_BEGIN)] + middle[k] + last[tagger_column(k, TAGGER_END)];
            middle[k] += last[tagger_column(k, TAGGER_MIDDLE)];
        }
    }
}

void tagger_join_scores(const tagger_scores *s)
{
    float middle[YQ_TAGGER_KINDS];
    for (size_t from = 0; from < s->n; from++) join_from(s, from, middle);
}

/* ---------------------------------------------------------------- forward and backward */


static float sum_of(const float *v, size_t n)
{
    float high = NEVER, sum = 0;
    for (size_t i = 0; i < n; i++) high = v[i] > high ? v[i] : high;
    if (high <= NEVER / 2) return NEVER;
    for (size_t i = 0; i < n; i++) sum += expf(v[i] - high);
    return high + logf(sum);
}

typedef struct {
    const tagger_scores *s;
    size_t states;
    float *ended;  /* [n + 1][states] cuttings of what is before, the last piece being of the state */
    float *enter;  /* [n + 1][states] the same with the step to the next piece's state */
    float *behind; /* [n + 1][states] cuttings of what follows a piece of the state */
    float *begins; /* [n + 1][states] cuttings of what follows, its first piece being of the state */
} chart;

static void enter_at(const chart *c, size_t at)
{
    float way[YQ_TAGGER_KINDS + 1];
    for (size_t to = 0; to < c->states; to++) {
        for (size_t from = 0; from < c->states; from++) way[from] = c->ended[at * c->states + from] + c->s->step[from * c->states + to];
        c->enter[at * c->states + to] = sum_of(way, c->states);
    }
}

static void end_at(const chart *c, size_t at)
{
    const tagger_scores *s = c->s;
    float *ended = c->ended + at * c->states, way[YQ_TAGGER_SPAN];
    size_t most = at < s->longest ? at : s->longest;
    ended[0] = c->enter[(at - 1) * c->states] + s->chars[(at - 1) * s->stride];
    for (size_t k = 0; k < s->kinds; k++) {
        for (size_t length = 1; length <= most; length++)
            way[length - 1] = c->enter[(at - length) * c->states + 1 + k] + s->spans[span_row(s, at - length, length) + k];
        ended[1 + k] = sum_of(way, most);
    }
}

static void forward(const chart *c)
{
    for (size_t y = 0; y < c->states; y++) c->ended[y] = y ? NEVER : 0;
    for (size_t at = 0; at < c->s->n; at++) {
        enter_at(c, at);
        end_at(c, at + 1);
    }
}

static void begin_at(const chart *c, size_t at)
{
    const tagger_scores *s = c->s;
    float *begins = c->begins + at * c->states, way[YQ_TAGGER_SPAN];
    size_t most = most_from(s, at);
    begins[0] = s->chars[at * s->stride] + c->behind[(at + 1) * c->states];
    for (size_t k = 0; k < s->kinds; k++) {
        for (size_t length = 1; length <= most; length++)
            way[length - 1] = s->spans[span_row(s, at, length) + k] + c->behind[(at + length) * c->states + 1 + k];
        begins[1 + k] = sum_of(way, most);
    }
}

static void backward(const chart *c)
{
    float way[YQ_TAGGER_KINDS + 1];
    for (size_t y = 0; y < c->states; y++) c->behind[c->s->n * c->states + y] = 0;
    for (size_t at = c->s->n; at-- > 0;) {
        begin_at(c, at);
        for (size_t from = 0; from < c->states; from++) {
            for (size_t to = 0; to < c->states; to++) way[to] = c->s->step[from * c->states + to] + c->begins[at * c->states + to];
            c->behind[at * c->states + from] = sum_of(way, c->states);
        }
    }
}

/* ---------------------------------------------------------------- shares */

static void share_characters(const tagger_scores *s, size_t from, size_t length, size_t k, float share, float *chars)
{
    float *first = chars + from * s->stride;
    if (length == 1) {
        first[tagger_column(k, TAGGER_ALONE)] += share;
        return;
    }
    first[tagger_column(k, TAGGER_BEGIN)] += share;
    for (size_t i = 1; i + 1 < length; i++) first[i * s->stride + tagger_column(k, TAGGER_MIDDLE)] += share;
    first[(length - 1) * s->stride + tagger_column(k, TAGGER_END)] += share;
}

static void share_spans(const chart *c, size_t from, float z, tagger_shares *out)
{
    const tagger_scores *s = c->s;
    const float tiny = -14; /* less than one in a million is nothing */
    const float *enter = c->enter + from * c->states + 1;
    for (size_t length = 1; length <= most_from(s, from); length++) {
        size_t row = span_row(s, from, length);
        const float *behind = c->behind + (from + length) * c->states + 1;
        for (size_t k = 0; k < s->kinds; k++) {
            float way = enter[k] + s->spans[row + k] + behind[k] - z;
            if (way < tiny) continue;
            out->spans[row + k] = expf(way);
            share_characters(s, from, length, k, out->spans[row + k], out->chars);
        }
    }
}

static void share_steps(const chart *c, size_t at, float z, float *step)
{
    for (size_t from = 0; from < c->states; from++)
        for (size_t to = 0; to < c->states; to++) {
            size_t q = from * c->states + to;
            step[q] += expf(c->ended[at * c->states + from] + c->s->step[q] + c->begins[at * c->states + to] - z);
        }
}

void tagger_chart(yq_arena *a, const tagger_scores *s, tagger_shares *out)
{
    size_t states = s->kinds + 1, cells = (s->n + 1) * states;
    chart c = { s, states, YQ_ARRAY(a, float, cells), YQ_ARRAY(a, float, cells), YQ_ARRAY(a, float, cells), YQ_ARRAY(a, float, cells) };
    forward(&c);
    backward(&c);
    float z = sum_of(c.ended + s->n * states, states);
    out->z = z;
    out->chars = YQ_ARRAY(a, float, s->n * s->stride + 1);
    out->spans = YQ_ARRAY(a, float, s->n * s->longest * s->kinds + 1);
    out->step = YQ_ARRAY(a, float, states * states);
    for (size_t at = 0; at < s->n; at++) {
        out->chars[at * s->stride] = expf(c.enter[at * states] + c.begins[at * states] - z);
        share_spans(&c, at, z, out);
        share_steps(&c, at, z, out->step);
    }
}

/* ---------------------------------------------------------------- the best one */

typedef struct {
    float score;
    uint16_t length, before; /* of the last piece; the state before it */
} best_way;

static void best_enter(const tagger_scores *s, const best_way *ended, best_way *enter)
{
    size_t states = s->kinds + 1;
    for (size_t to = 0; to < states; to++) {
        enter[to] = (best_way){ NEVER, 0, 0 };
        for (size_t from = 0; from < states; from++) {
            float score = ended[from].score + s->step[from * states + to];
            if (score > enter[to].score) enter[to] = (best_way){ score, 0, (uint16_t)from };
        }
    }
}

static void best_end(const tagger_scores *s, size_t at, const best_way *enter, best_way *ended)
{
    size_t states = s->kinds + 1, most = at < s->longest ? at : s->longest;
    const best_way *before = enter + (at - 1) * states;
    ended[at * states] = (best_way){ before->score + s->chars[(at - 1) * s->stride], 1, before->before };
    for (size_t k = 0; k < s->kinds; k++) {
        best_way *best = &ended[at * states + 1 + k];
        *best = (best_way){ NEVER, 1, 0 };
        for (size_t length = 1; length <= most; length++) {
            const best_way *e = &enter[(at - length) * states + 1 + k];
            float score = e->score + s->spans[span_row(s, at - length, length) + k];
            if (score > best->score) *best = (best_way){ score, (uint16_t)length, e->before };
        }
    }
}

static void turn_round(tagger_cuts *c)
{
    for (size_t i = 0; i + 1 < c->n - i; i++) {
        tagger_cut t = c->v[i];
        c->v[i] = c->v[c->n - 1 - i];
        c->v[c->n - 1 - i] = t;
    }
}

double tagger_best(yq_arena *a, const tagger_scores *s, tagger_cuts *out)
{
    size_t states = s->kinds + 1, state = 0;
    best_way *ended = YQ_ARRAY(a, best_way, (s->n + 1) * states), *enter = YQ_ARRAY(a, best_way, (s->n + 1) * states);
    for (size_t y = 1; y < states; y++) ended[y].score = NEVER;
    for (size_t at = 0; at < s->n; at++) {
        best_enter(s, ended + at * states, enter + at * states);
        best_end(s, at + 1, enter, ended);
    }
    for (size_t y = 1; y < states; y++)
        if (ended[s->n * states + y].score > ended[s->n * states + state].score) state = y;
    double score = ended[s->n * states + state].score;
    out->n = 0;
    for (size_t at = s->n; at > 0;) {
        const best_way *w = &ended[at * states + state];
        if (state) *yq_push(a, out) = (tagger_cut){ (uint32_t)(at - w->length), (uint32_t)at, (uint32_t)state - 1 };
        at -= w->length;
        state = w->before;
    }
    if (out->n) turn_round(out);
    return score;
}
