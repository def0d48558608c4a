/* Tagging: the best cutting of each sentence, and each span's share of all cuttings as its confidence. */
#include "tagger/internal.h"

typedef YQ_VEC(yq_tagger_span) span_list;

/* The bytes of text from `at` on that are tagged in one piece: all, or up to the limit. */
static size_t piece_of(yq_str text, size_t at)
{
    size_t end = at;
    for (size_t i = 0; i < YQ_TAGGER_SENTENCE && end < text.n; i++) yq_utf8_next(text, &end);
    return end;
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
    tagger_best(a, &scores, &cuts);
    if (cuts.n) tagger_chart(a, &scores, &shares);
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
