/* extract/sentences.c - blocks and table cells cut into the units in which everything is read. */
#include "extract/internal.h"

/* Adds one sentence, in pieces where it is longer than any work on it should be. */
static void add_sentence(yq_work *w, yq_sentence base, yq_span span)
{
    while (span.from < span.to) {
        yq_span piece = span;
        if (piece.to - piece.from > YQ_SENTENCE_BYTES) {
            size_t cut = piece.from + YQ_SENTENCE_BYTES;
            while (cut > piece.from + 1 && ((unsigned char)w->text.p[cut] & 0xC0) == 0x80) cut--;
            piece.to = (uint32_t)cut;
        }
        base.span = piece;
        base.lang = yq_lang_of(yq_at(w->text, piece));
        base.cues = w->every ? ~(yq_cues)0 : yq_cues_in(w->text, piece);
        *yq_push(w->arena, &w->sentences) = base;
        span.from = piece.to;
    }
}

static void cut_span(yq_work *w, yq_sentence base, yq_span span, yq_spans *scratch)
{
    scratch->n = 0;
    yq_sentences(w->arena, w->text, span, scratch);
    for (size_t i = 0; i < scratch->n; i++) add_sentence(w, base, scratch->v[i]);
}

/* A cell is one sentence, so that a column can be read as a column. */
static void cut_table(yq_work *w, yq_sentence base, const yq_table *t)
{
    for (size_t i = 0; i < t->cells.n; i++) {
        const yq_cell *c = &t->cells.v[i];
        base.row = c->row;
        base.col = c->col;
        if (c->span.from < c->span.to) add_sentence(w, base, c->span);
    }
}

void yq_cut_sentences(yq_work *w)
{
    yq_spans scratch = { 0 };
    for (uint32_t i = 0; i < w->reading->blocks.n; i++) {
        const yq_block *b = &w->reading->blocks.v[i];
        yq_sentence base = { .block = i, .table = YQ_NO_TABLE };
        if (b->kind != YQ_BLOCK_TABLE) {
            cut_span(w, base, b->span, &scratch);
            continue;
        }
        if (b->table >= w->reading->tables.n) continue;
        base.table = (int)b->table;
        cut_table(w, base, &w->reading->tables.v[b->table]);
    }
}
