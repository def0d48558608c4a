/* Tagging: each span's share of all cuttings is its confidence; those are marked that are together expected to be right most often. */
#include "tagger/internal.h"

typedef YQ_VEC(yq_tagger_span) span_list;

/* The bytes of text from `at` on that are tagged in one piece: all, or up to the limit. */
static size_t piece_of(yq_str text, size_t at)
{
    size_t end = at;
    for (size_t i = 0; i < YQ_TAGGER_SENTENCE && end < text.n; i++) yq_utf8_next(text, &end);
    return end;
}

/* The spans that do not overlap and whose shares, less what a wrong one costs, give the greatest sum. The most probable cutting would count a sentence right
 * only as a whole. */
static void choose(yq_arena *a, const tagger_scores *scores, const tagger_shares *shares, tagger_cuts *out)
{
    const float cost = 0.45f;
    size_t states = scores->kinds + 1, spans = scores->n * scores->longest * scores->kinds;
    tagger_scores gain = *scores;
    gain.chars = YQ_ARRAY(a, float, scores->n * scores->stride + 1);
    gain.spans = YQ_ARRAY(a, float, spans + 1);
    gain.step = YQ_ARRAY(a, float, states * states);
    for (size_t k = 0; k < spans; k++) gain.spans[k] = shares->spans[k] - cost;
    tagger_best(a, &gain, out);
}

static void tag_piece(const yq_tagger *t, yq_arena *a, yq_str text, size_t at, span_list *out)
{
    tagger_view v;
    tagger_rows rows;
    tagger_scores scores;
    tagger_shares shares;
    tagger_cuts cuts = { 0 };
    tagger_see(a, text, &v);
    tagger_rows_of(t, a, &v, NULL, &rows);
    tagger_score(t, a, &rows, &scores);
    tagger_chart(a, &scores, &shares);
    choose(a, &scores, &shares, &cuts);
    for (size_t i = 0; i < cuts.n; i++) {
        const tagger_cut *c = &cuts.v[i];
        float share = shares.spans[(c->from * t->longest + c->to - c->from - 1) * t->kinds + c->kind];
        yq_span span = { (uint32_t)(at + v.at[c->from]), (uint32_t)(at + v.at[c->to]) };
        *yq_push(a, out) = (yq_tagger_span){ span, c->kind, share < 1 ? share : 1 };
    }
}

void yq_tagger_tag(const yq_tagger *t, yq_arena *a, yq_str text, yq_tagger_sentence *out)
{
    span_list spans = { 0 };
    for (size_t at = 0, end; at < text.n; at = end) {
        end = piece_of(text, at);
        tag_piece(t, a, yq_sub(text, at, end), at, &spans);
    }
    *out = (yq_tagger_sentence){ text, spans.v, spans.n };
}
