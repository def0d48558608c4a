/* From a view to rows of weights, and from rows to scores. Training and tagging go the same way, so that both see the same. */
#include "tagger/internal.h"

typedef YQ_VEC(uint32_t) row_list;

static void add_rows(yq_arena *a, const tagger_dictionary *d, const tagger_features *f, row_list *out)
{
    for (size_t i = 0; i < f->n; i++) {
        uint32_t row = tagger_row(d, f->v[i]);
        if (row != TAGGER_NO_ROW) *yq_push(a, out) = row;
    }
}

typedef void (*question)(const tagger_view *v, size_t i, tagger_features *f);

static void char_rows(yq_arena *a, const tagger_dictionary *names, const tagger_view *v, question ask, tagger_features *f, tagger_list *out)
{
    row_list rows = { 0 };
    out->from = YQ_ARRAY(a, uint32_t, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        ask(v, i, f);
        add_rows(a, names, f, &rows);
        out->from[i + 1] = (uint32_t)rows.n;
    }
    out->row = rows.v;
}

/* ---------------------------------------------------------------- what the gazetteer says, less what this sentence told it */

typedef struct {
    uint32_t from, to;
    const tagger_entry *entry;
} known_span;
typedef YQ_VEC(known_span) known_spans;

static void forget_marks(const tagger_view *v, const tagger_cuts *own, tagger_entry *e)
{
    for (size_t i = 0; i < own->n; i++) {
        if (tagger_chars(v, own->v[i].from, own->v[i].to) != e->string) continue;
        for (size_t k = 0; k < 4; k++)
            if (e->count[k] && e->kind[k] == own->v[i].kind) e->count[k]--;
    }
}

static bool entry_seen_elsewhere(const tagger_view *v, const known_spans *known, size_t which, const tagger_cuts *own, tagger_entry *out)
{
    *out = *known->v[which].entry;
    if (!own) return true;
    for (size_t i = 0; i < known->n; i++) out->seen -= known->v[i].entry == known->v[which].entry && out->seen > 0;
    forget_marks(v, own, out);
    return out->seen > 0;
}

static void find_known(const yq_tagger *t, yq_arena *a, const tagger_view *v, known_spans *known)
{
    for (uint32_t from = 0; from < v->n; from++)
        for (uint32_t to = from + 1; to <= v->n && to - from <= t->longest; to++) {
            const tagger_entry *e = tagger_entry_of(&t->gazetteer, tagger_chars(v, from, to));
            if (e) *yq_push(a, known) = (known_span){ from, to, e };
        }
}

static void span_rows(const yq_tagger *t, yq_arena *a, const tagger_view *v, const tagger_cuts *own, tagger_features *f, tagger_list *out)
{
    row_list rows = { 0 };
    known_spans known = { 0 };
    size_t next = 0;
    tagger_entry entry;
    find_known(t, a, v, &known);
    out->from = YQ_ARRAY(a, uint32_t, v->n * t->longest + 1);
    for (size_t item = 0; item < v->n * t->longest; item++) {
        size_t from = item / t->longest, to = from + item % t->longest + 1;
        if (to <= v->n) {
            tagger_span_features(v, from, to, f);
            if (next < known.n && known.v[next].from == from && known.v[next].to == to) {
                if (entry_seen_elsewhere(v, &known, next, own, &entry)) tagger_entry_features(&entry, f);
                next++;
            }
            add_rows(a, &t->spans.names, f, &rows);
        }
        out->from[item + 1] = (uint32_t)rows.n;
    }
    out->row = rows.v;
}

static void sentence_rows(const yq_tagger *t, yq_arena *a, const tagger_view *v, tagger_features *f, tagger_list *out)
{
    row_list rows = { 0 };
    tagger_sentence_features(v, f);
    add_rows(a, &t->spans.names, f, &rows);
    out->from = YQ_ARRAY(a, uint32_t, 2);
    out->from[1] = (uint32_t)rows.n;
    out->row = rows.v;
}

void tagger_rows_of(const yq_tagger *t, yq_arena *a, const tagger_view *v, const tagger_cuts *own, tagger_rows *out)
{
    tagger_features f = { YQ_ARRAY(a, uint64_t, TAGGER_MOST_FEATURES), 0, TAGGER_MOST_FEATURES };
    out->n = v->n;
    char_rows(a, &t->chars.names, v, tagger_char_features, &f, &out->chars);
    char_rows(a, &t->inputs.names, v, tagger_net_features, &f, &out->inputs);
    span_rows(t, a, v, own, &f, &out->spans);
    sentence_rows(t, a, v, &f, &out->sentence);
}

/* ---------------------------------------------------------------- sums */

static void add_weights(float *sum, const tagger_table *t, const tagger_list *list, size_t item)
{
    for (uint32_t k = list->from[item]; k < list->from[item + 1]; k++) {
        const float *row = t->weight + (size_t)list->row[k] * t->columns;
        for (size_t i = 0; i < t->columns; i++) sum[i] += row[i];
    }
}

void tagger_score_features(const yq_tagger *t, yq_arena *a, const tagger_rows *r, tagger_scores *out)
{
    float topic[YQ_TAGGER_KINDS] = { 0 };
    *out = (tagger_scores){ .n = r->n, .kinds = t->kinds, .longest = t->longest, .stride = t->chars.columns, .step = t->step };
    out->chars = YQ_ARRAY(a, float, r->n * out->stride + 1);
    out->spans = YQ_ARRAY(a, float, r->n * t->longest * t->kinds + 1);
    add_weights(topic, &t->spans, &r->sentence, 0);
    for (size_t i = 0; i < r->n; i++) add_weights(out->chars + i * out->stride, &t->chars, &r->chars, i);
    for (size_t item = 0; item < r->n * t->longest; item++) {
        float *sum = out->spans + item * t->kinds;
        memcpy(sum, topic, t->kinds * sizeof *sum);
        add_weights(sum, &t->spans, &r->spans, item);
    }
    tagger_join_scores(out);
}

/* What a net is told of character i. */
static void add_inputs(float *x, const yq_tagger *t, const tagger_list *list, size_t i, size_t net)
{
    for (uint32_t k = list->from[i]; k < list->from[i + 1]; k++) {
        const float *row = t->inputs.weight + (size_t)list->row[k] * t->inputs.columns + net * TAGGER_NET_IN;
        for (size_t c = 0; c < TAGGER_NET_IN; c++) x[c] += row[c];
    }
}

static void run_net(const yq_tagger *t, yq_arena *a, const tagger_rows *r, size_t net, const float *keep, net_pass *pass)
{
    *pass = (net_pass){ .n = r->n, .x = YQ_ARRAY(a, float, r->n * TAGGER_NET_IN + 1) };
    for (size_t i = 0; i < r->n; i++) add_inputs(pass->x + i * TAGGER_NET_IN, t, &r->inputs, i, net);
    tagger_net_forward(a, &t->shape, t->net[net].weight, keep, pass);
}

static void spread_over_spans(const yq_tagger *t, yq_arena *a, const float *step, float *chars, size_t n, tagger_scores *out)
{
    *out = (tagger_scores){ .n = n, .kinds = t->kinds, .longest = t->longest, .stride = t->shape.columns, .step = step, .chars = chars };
    out->spans = YQ_ARRAY(a, float, n * t->longest * t->kinds + 1);
    tagger_join_scores(out);
}

void tagger_score_net(const yq_tagger *t, yq_arena *a, const tagger_rows *r, size_t net, const float *keep, net_pass *pass, tagger_scores *out)
{
    run_net(t, a, r, net, keep, pass);
    spread_over_spans(t, a, t->net[net].step, pass->out, r->n, out);
}

/* The mean of all nets. */
static void score_nets(const yq_tagger *t, yq_arena *a, const tagger_rows *r, tagger_scores *out)
{
    size_t cells = r->n * t->shape.columns, steps = (t->kinds + 1) * (t->kinds + 1);
    float *chars = YQ_ARRAY(a, float, cells + 1), *step = YQ_ARRAY(a, float, steps);
    net_pass pass;
    for (size_t net = 0; net < t->nets; net++) {
        run_net(t, a, r, net, NULL, &pass);
        for (size_t k = 0; k < cells; k++) chars[k] += pass.out[k] / (float)t->nets;
        for (size_t k = 0; k < steps; k++) step[k] += t->net[net].step[k] / (float)t->nets;
    }
    spread_over_spans(t, a, step, chars, r->n, out);
}

/* ---------------------------------------------------------------- both together */


static const float net_share = 0.5f, span_bonus = 0.5f;

static inline float mean(float features, float net)
{
    return features + net_share * (net - features);
}

void tagger_score(const yq_tagger *t, yq_arena *a, const tagger_rows *r, tagger_scores *out)
{
    tagger_scores net;
    size_t steps = (t->kinds + 1) * (t->kinds + 1);
    float *step = YQ_ARRAY(a, float, steps);
    tagger_score_features(t, a, r, out);
    score_nets(t, a, r, &net);
    for (size_t i = 0; i < r->n; i++) out->chars[i * out->stride] = mean(out->chars[i * out->stride], net.chars[i * net.stride]);
    for (size_t k = 0; k < r->n * t->longest * t->kinds; k++) out->spans[k] = mean(out->spans[k], net.spans[k]) + span_bonus;
    for (size_t k = 0; k < steps; k++) step[k] = mean(t->step[k], net.step[k]);
    out->step = step;
}
