/* Learning the weights: stochastic gradient of the likelihood of the marked cuttings, with AdaGrad's steps.
 *
 *   likelihood   Lafferty, McCallum and Pereira, ICML 2001, over cuttings as in Sarawagi and Cohen, NIPS 2004
 *   steps        Duchi, Hazan and Singer, JMLR 12, 2011
 *   dropout      Hinton et al., arXiv:1207.0580: features that are always there (a known word) hide what must serve for unknown ones
 *                (Sutton, Sindelar and McCallum, NAACL 2006)
 *
 * A feature of characters has a weight when it was met at least twice, one of spans when it was met at a marked span. The gazetteer counts the marked
 * strings, and forgets for each sentence what that sentence itself said, else it would be believed blindly.
 */
#include "tagger/internal.h"

#include <math.h>
#include <stdlib.h>

#define SCRATCH_MEMORY ((size_t)4 << 30)

typedef struct {
    tagger_trainer base;
    float *char_square, *span_square, *step_square; /* sums of squared gradients */
    float *char_pull, *span_pull;                   /* l2 by how often a row is met */
} trainer;

yq_tagger_options yq_tagger_defaults(void)
{
    return (yq_tagger_options){ .epochs = 5, .net_epochs = 8, .seed = 20040701 };
}

/* What was found best on sets whose kinds have little in common (résumés; news). */
static const float rate_at_first = 0.05f, l2 = 10, dropout = 0.35f;

/* xorshift64* (Vigna 2016) */
uint64_t tagger_draw(tagger_trainer *r)
{
    r->random ^= r->random >> 12;
    r->random ^= r->random << 25;
    r->random ^= r->random >> 27;
    return r->random * 0x2545F4914F6CDD1Du;
}

bool tagger_chance(tagger_trainer *r, float p)
{
    return (float)(tagger_draw(r) >> 40) < p * 16777216.0f;
}

void tagger_shuffle(tagger_trainer *r)
{
    for (size_t i = r->count; i > 1; i--) {
        size_t k = tagger_draw(r) % i;
        uint32_t t = r->order[i - 1];
        r->order[i - 1] = r->order[k];
        r->order[k] = t;
    }
}

/* ---------------------------------------------------------------- what is marked */

static size_t characters_to(yq_str text, size_t byte)
{
    return yq_utf8_count(yq_sub(text, 0, byte));
}

static void gold_cuts(yq_arena *a, const yq_tagger_sentence *s, tagger_cuts *out)
{
    for (size_t i = 0; i < s->n; i++) {
        uint32_t from = (uint32_t)characters_to(s->text, s->span[i].span.from), to = (uint32_t)characters_to(s->text, s->span[i].span.to);
        *yq_push(a, out) = (tagger_cut){ from, to, s->span[i].kind };
    }
}

/* The length within which all but one in a thousand of the spans lie: the chart pays for each character of it. */
static size_t longest_span(const tagger_trainer *r)
{
    size_t count[YQ_TAGGER_SPAN + 1] = { 0 }, all = 0, longest = YQ_TAGGER_SPAN, beyond = 0;
    for (size_t i = 0; i < r->set->sentences.n; i++)
        for (size_t k = 0; k < r->example[i].gold.n; k++, all++) count[r->example[i].gold.v[k].to - r->example[i].gold.v[k].from]++;
    while (longest > 1 && (beyond + count[longest]) * 1000 <= all) beyond += count[longest--];
    return longest;
}

/* ---------------------------------------------------------------- the gazetteer */

static void count_mark(tagger_entry *e, uint32_t kind)
{
    for (size_t k = 0; k < 4; k++) {
        if (e->count[k] && e->kind[k] != kind) continue;
        e->kind[k] = (uint16_t)kind;
        if (e->count[k] < UINT16_MAX) e->count[k]++;
        return;
    }
}

static void make_gazetteer(tagger_trainer *r)
{
    tagger_gazetteer *g = &r->t->gazetteer;
    size_t marks = 0;
    tagger_view v;
    for (size_t i = 0; i < r->set->sentences.n; i++) marks += r->example[i].gold.n;
    tagger_gazetteer_room(r->arena, g, marks);
    for (size_t i = 0; i < r->set->sentences.n; i++) {
        const tagger_cuts *gold = &r->example[i].gold;
        tagger_see(r->scratch, r->set->sentences.v[i].text, &v);
        for (size_t k = 0; k < gold->n; k++) count_mark(tagger_entry_add(g, tagger_chars(&v, gold->v[k].from, gold->v[k].to)), gold->v[k].kind);
        yq_arena_clear(r->scratch);
    }
}

/* ---------------------------------------------------------------- which features get a weight */

enum { SKETCH_BITS = 27 };

/* True from the second time on, seldom the first time: a Bloom filter with one hash, in which nothing is lost. */
static bool met_before(uint8_t *sketch, uint64_t feature)
{
    uint64_t bit = feature >> (64 - SKETCH_BITS);
    uint8_t mask = (uint8_t)(1u << (bit & 7));
    bool met = sketch[bit >> 3] & mask;
    sketch[bit >> 3] |= mask;
    return met;
}

static void count_seen(const tagger_trainer *r, const tagger_view *v)
{
    for (size_t from = 0; from < v->n; from++)
        for (size_t to = from + 1; to <= v->n && to - from <= r->t->longest; to++) {
            tagger_entry *e = tagger_entry_of(&r->t->gazetteer, tagger_chars(v, from, to));
            if (e) e->seen++;
        }
}

static void take_marked(tagger_trainer *r, uint8_t *sketch, const tagger_features *f)
{
    for (size_t q = 0; q < f->n; q++)
        if (met_before(sketch, f->v[q])) tagger_row_add(r->arena, &r->t->spans.names, f->v[q]);
}

static void take_span_features(tagger_trainer *r, const tagger_view *v, const tagger_cuts *gold, uint8_t *sketch, tagger_features *f)
{
    for (size_t k = 0; k < gold->n; k++) {
        if (gold->v[k].to - gold->v[k].from > r->t->longest) continue;
        tagger_span_features(v, gold->v[k].from, gold->v[k].to, f);
        take_marked(r, sketch, f);
    }
    tagger_sentence_features(v, f);
    take_marked(r, sketch, f);
}

static void take_char_features(tagger_trainer *r, const tagger_view *v, uint8_t *sketch, tagger_features *f)
{
    for (size_t i = 0; i < v->n; i++) {
        tagger_char_features(v, i, f);
        for (size_t q = 0; q < f->n; q++)
            if (met_before(sketch, f->v[q])) tagger_row_add(r->arena, &r->t->chars.names, f->v[q]);
        tagger_net_features(v, i, f);
        for (size_t q = 0; q < f->n; q++)
            if (tagger_row(&r->t->chars.names, f->v[q]) != TAGGER_NO_ROW) tagger_row_add(r->arena, &r->t->inputs.names, f->v[q]);
    }
}

/* Every answer that the gazetteer can give. */
static void take_entry_features(tagger_trainer *r, tagger_features *f)
{
    tagger_entry e = { 0 };
    for (size_t i = 0; i < r->t->gazetteer.size; i++) {
        if (!r->t->gazetteer.entry[i].string) continue;
        e = r->t->gazetteer.entry[i];
        f->n = 0;
        tagger_entry_features(&e, f);
        for (size_t k = 0; k < 4; k++) {
            if (!e.count[k]) continue;
            e.count[k]--, e.seen--;
            tagger_entry_features(&e, f);
            e.count[k]++, e.seen++;
        }
        for (size_t q = 0; q < f->n; q++) tagger_row_add(r->arena, &r->t->spans.names, f->v[q]);
    }
}

static void choose_features(tagger_trainer *r)
{
    tagger_features f = { YQ_ARRAY(r->arena, uint64_t, TAGGER_MOST_FEATURES), 0, TAGGER_MOST_FEATURES };
    uint8_t *sketch = YQ_ARRAY(r->arena, uint8_t, (size_t)1 << (SKETCH_BITS - 3));
    tagger_view v;
    for (size_t i = 0; i < r->set->sentences.n; i++) {
        tagger_see(r->scratch, r->set->sentences.v[i].text, &v);
        count_seen(r, &v);
        take_char_features(r, &v, sketch, &f);
        take_span_features(r, &v, &r->example[i].gold, sketch, &f);
        yq_arena_clear(r->scratch);
    }
    take_entry_features(r, &f);
}

/* ---------------------------------------------------------------- sentences as rows */

static tagger_list keep_list(yq_arena *a, const tagger_list *l, size_t items)
{
    tagger_list kept = { YQ_ARRAY(a, uint32_t, items + 1), YQ_ARRAY(a, uint32_t, l->from[items] + 1) };
    memcpy(kept.from, l->from, (items + 1) * sizeof *kept.from);
    if (l->from[items]) memcpy(kept.row, l->row, l->from[items] * sizeof *kept.row);
    return kept;
}

static void make_examples(tagger_trainer *r)
{
    tagger_view v;
    tagger_rows rows;
    for (size_t i = 0; i < r->set->sentences.n; i++) {
        tagger_example *e = &r->example[i];
        tagger_see(r->scratch, r->set->sentences.v[i].text, &v);
        tagger_rows_of(r->t, r->scratch, &v, &e->gold, &rows);
        e->rows = (tagger_rows){ rows.n, keep_list(r->arena, &rows.chars, rows.n), keep_list(r->arena, &rows.spans, rows.n * r->t->longest),
                                 keep_list(r->arena, &rows.sentence, 1), keep_list(r->arena, &rows.inputs, rows.n) };
        yq_arena_clear(r->scratch);
    }
}

/* ---------------------------------------------------------------- weighted features */

static float *squares_of(yq_arena *a, tagger_table *t, size_t columns)
{
    t->columns = columns;
    t->weight = YQ_ARRAY(a, float, t->names.rows * columns + 1);
    return YQ_ARRAY(a, float, t->names.rows * columns + 1);
}

static void count_rows(const tagger_list *l, size_t items, float *count)
{
    for (size_t k = 0; k < l->from[items]; k++) count[l->row[k]]++;
}

/* Each row's share of the pull at each of its meetings, so that an epoch pulls all alike. */
static void share_pull(trainer *r)
{
    const yq_tagger *t = r->base.t;
    r->char_pull = YQ_ARRAY(r->base.arena, float, t->chars.names.rows + 1);
    r->span_pull = YQ_ARRAY(r->base.arena, float, t->spans.names.rows + 1);
    for (size_t i = 0; i < r->base.count; i++) {
        const tagger_rows *rows = &r->base.example[r->base.order[i]].rows;
        count_rows(&rows->chars, rows->n, r->char_pull);
        count_rows(&rows->spans, rows->n * t->longest, r->span_pull);
        count_rows(&rows->sentence, 1, r->span_pull);
    }
    for (size_t i = 0; i < t->chars.names.rows; i++) r->char_pull[i] = l2 / (r->char_pull[i] + 1);
    for (size_t i = 0; i < t->spans.names.rows; i++) r->span_pull[i] = l2 / (r->span_pull[i] + 1);
}

static void make_weights(trainer *r)
{
    yq_tagger *t = r->base.t;
    size_t states = t->kinds + 1;
    r->char_square = squares_of(r->base.arena, &t->chars, tagger_width(t->kinds));
    r->span_square = squares_of(r->base.arena, &t->spans, t->kinds);
    t->step = YQ_ARRAY(r->base.arena, float, states * states);
    r->step_square = YQ_ARRAY(r->base.arena, float, states * states);
    share_pull(r);
}

/* ---------------------------------------------------------------- one step */

FAST void tagger_descend(float *restrict weight, float *restrict square, const float *restrict gradient, size_t n, float pull, float rate)
{
    for (size_t i = 0; i < n; i++) {
        float g = gradient[i] + pull * weight[i];
        square[i] += g * g;
        weight[i] -= rate * g / (sqrtf(square[i]) + 1e-6f);
    }
}

FAST static bool small(const float *gradient, size_t n)
{
    const float nothing = 2e-3f;
    float most = 0;
    for (size_t i = 0; i < n; i++) most = fabsf(gradient[i]) > most ? fabsf(gradient[i]) : most;
    return most < nothing;
}

static void descend_list(tagger_table *t, float *square, const float *pull, const tagger_list *l, size_t item, const float *gradient, float rate)
{
    if (small(gradient, t->columns)) return;
    for (uint32_t k = l->from[item]; k < l->from[item + 1]; k++) {
        size_t at = (size_t)l->row[k] * t->columns;
        tagger_descend(t->weight + at, square + at, gradient, t->columns, pull[l->row[k]], rate);
    }
}

/* Some of a list's rows, drawn anew at each step. */
static tagger_list hide(tagger_trainer *r, const tagger_list *l, size_t items)
{
    tagger_list out = { YQ_ARRAY(r->scratch, uint32_t, items + 1), YQ_ARRAY(r->scratch, uint32_t, l->from[items] + 1) };
    uint32_t n = 0;
    for (size_t item = 0; item < items; item++) {
        for (uint32_t k = l->from[item]; k < l->from[item + 1]; k++)
            if (!tagger_chance(r, dropout)) out.row[n++] = l->row[k];
        out.from[item + 1] = n;
    }
    return out;
}

static void subtract_span(const tagger_scores *s, const tagger_cut *c, tagger_shares *g)
{
    size_t length = c->to - c->from;
    g->spans[(c->from * s->longest + length - 1) * s->kinds + c->kind]--;
    for (size_t i = 0; i < length; i++) {
        unsigned place = length == 1 ? TAGGER_ALONE : i == 0 ? TAGGER_BEGIN : i + 1 == length ? TAGGER_END : TAGGER_MIDDLE;
        g->chars[(c->from + i) * s->stride + tagger_column(c->kind, place)]--;
    }
}

void tagger_subtract_gold(const tagger_scores *s, const tagger_cuts *gold, tagger_shares *g)
{
    size_t at = 0, state = 0, states = s->kinds + 1;
    for (size_t next = 0; at < s->n;) {
        const tagger_cut *c = next < gold->n && gold->v[next].from == at ? &gold->v[next++] : NULL;
        size_t to = c ? 1 + c->kind : 0;
        g->step[state * states + to]--;
        if (c) subtract_span(s, c, g);
        else g->chars[at * s->stride]--;
        at = c ? c->to : at + 1;
        state = to;
    }
}

static void learn(trainer *r, const tagger_example *e, float rate)
{
    tagger_trainer *base = &r->base;
    yq_tagger *t = base->t;
    size_t n = e->rows.n, spans = n * t->longest;
    tagger_rows rows = { n, hide(base, &e->rows.chars, n), hide(base, &e->rows.spans, spans), hide(base, &e->rows.sentence, 1), { 0 } };
    float topic[YQ_TAGGER_KINDS] = { 0 };
    tagger_scores s;
    tagger_shares g;
    tagger_score_features(t, base->scratch, &rows, &s);
    tagger_chart(base->scratch, &s, &g);
    tagger_subtract_gold(&s, &e->gold, &g);
    for (size_t i = 0; i < n; i++) descend_list(&t->chars, r->char_square, r->char_pull, &rows.chars, i, g.chars + i * s.stride, rate);
    for (size_t item = 0; item < spans; item++) {
        const float *gradient = g.spans + item * s.kinds;
        for (size_t k = 0; k < s.kinds; k++) topic[k] += gradient[k];
        descend_list(&t->spans, r->span_square, r->span_pull, &rows.spans, item, gradient, rate);
    }
    descend_list(&t->spans, r->span_square, r->span_pull, &rows.sentence, 0, topic, rate);
    tagger_descend(t->step, r->step_square, g.step, (s.kinds + 1) * (s.kinds + 1), 0, rate);
    yq_arena_clear(base->scratch);
}

static void train_features(tagger_trainer *base)
{
    trainer r = { .base = *base };
    make_weights(&r);
    for (unsigned epoch = 0; epoch < base->options->epochs; epoch++) {
        float rate = rate_at_first * (1 - 0.9f * (float)epoch / (float)base->options->epochs);
        tagger_shuffle(&r.base);
        for (size_t i = 0; i < r.base.count; i++) learn(&r, &r.base.example[r.base.order[i]], rate);
        if (base->options->each) base->options->each(base->options->arg, base->t, epoch);
    }
    base->random = r.base.random;
}

/* ---------------------------------------------------------------- all of it */

static bool fits(const tagger_trainer *r, const tagger_example *e)
{
    for (size_t k = 0; k < e->gold.n; k++)
        if (e->gold.v[k].to - e->gold.v[k].from > r->t->longest) return false;
    return e->rows.n > 0;
}

static void choose_examples(tagger_trainer *r)
{
    r->order = YQ_ARRAY(r->arena, uint32_t, r->set->sentences.n);
    for (uint32_t i = 0; i < r->set->sentences.n; i++)
        if (fits(r, &r->example[i])) r->order[r->count++] = i;
}

/* More nets where training is short: what one of them learnt by chance counts most in small sets. */
static size_t nets_for(const tagger_trainer *r)
{
    const size_t work = 1500000; /* characters, times nets */
    size_t chars = 1;
    for (size_t i = 0; i < r->set->sentences.n; i++) chars += r->example[i].rows.n;
    size_t nets = r->options->nets ? r->options->nets : work / chars;
    return nets < 1 ? 1 : nets > TAGGER_NETS ? TAGGER_NETS : nets;
}

static yq_code train(void *arg, yq_err *err)
{
    tagger_trainer *r = arg;
    size_t marks = 0;
    r->example = YQ_ARRAY(r->arena, tagger_example, r->set->sentences.n);
    for (size_t i = 0; i < r->set->sentences.n; i++) {
        gold_cuts(r->arena, &r->set->sentences.v[i], &r->example[i].gold);
        marks += r->example[i].gold.n;
    }
    if (!marks) return yq_fail(err, YQ_INVALID, 0, "no span is marked in any sentence; there is nothing to learn");
    r->t->longest = longest_span(r);
    make_gazetteer(r);
    choose_features(r);
    make_examples(r);
    choose_examples(r);
    train_features(r);
    tagger_train_nets(r, nets_for(r));
    return YQ_OK;
}

/* The scratch arena may run out as well: both ways lead out here. */
static yq_code train_in_scratch(void *arg, yq_err *err)
{
    tagger_trainer *r = arg;
    return yq_arena_run(r->scratch, train, r, err);
}

yq_code yq_tagger_train(yq_arena *a, const yq_tagger_set *set, const yq_tagger_options *options, yq_buf *out, yq_err *err)
{
    yq_tagger t = { .arena = a, .kind = set->kinds.v, .kinds = set->kinds.n };
    tagger_trainer r = { .arena = a, .scratch = yq_arena_new(SCRATCH_MEMORY), .set = set, .options = options, .t = &t, .random = options->seed | 1 };
    if (!r.scratch) return yq_fail(err, YQ_NOMEM, 0, "no memory to train in");
    yq_code rc = yq_arena_run(a, train_in_scratch, &r, err);
    yq_arena_free(r.scratch);
    if (rc != YQ_OK) return rc;
    tagger_write(a, &t, out);
    return out->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the model") : YQ_OK;
}
