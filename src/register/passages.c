/* Passages: what the index searches and an answer quotes.
 *
 * A paragraph is a passage. Short blocks join what follows until there is something to score, long ones are cut between sentences, a row of a
 * table stands alone and carries the names of its columns in its text (its span is the row as printed). A heading begins a new passage and is
 * remembered in the titles of those below it.
 */
#include "register/internal.h"

enum { LEAST_CHARACTERS = 40, MOST_CHARACTERS = 600, TITLE_BYTES = 400 };

typedef struct {
    yq_arena *arena;
    yq_new_reading *n;
    yq_str clean;
    yq_span heading, pending;
    size_t characters; /* of pending */
} cutting;

static size_t characters_of(const cutting *c, yq_span s)
{
    return yq_utf8_count(yq_at(c->clean, s));
}

static yq_span trimmed(yq_str clean, yq_span s)
{
    yq_str inside = yq_trim(yq_at(clean, s));
    if (!inside.n) return (yq_span){ s.from, s.from };
    uint32_t from = (uint32_t)(inside.p - clean.p);
    return (yq_span){ from, from + (uint32_t)inside.n };
}

static yq_str title_of(const cutting *c)
{
    yq_str title = yq_at(c->clean, c->n->read->title), heading = yq_at(c->clean, c->heading);
    if (heading.n > TITLE_BYTES) heading = YQ_S("");
    if (!heading.n || yq_eq(heading, title)) return title;
    return title.n ? yq_printf(c->arena, "%.*s · %.*s", YQ_FMT(title), YQ_FMT(heading)) : heading;
}

static void emit(cutting *c, yq_span span, yq_str text)
{
    span = trimmed(c->clean, span);
    if (span.from == span.to) return;
    *yq_push(c->arena, &c->n->passages) = (yq_new_passage){ yq_new_id(c->n), span, title_of(c), text };
}

static void flush(cutting *c)
{
    if (c->characters) emit(c, c->pending, YQ_S(""));
    c->characters = 0;
}

/* A stretch that may not be longer: cut where it is too long, at a character. */
static void take(cutting *c, yq_span s)
{
    size_t count = characters_of(c, s);
    if (c->characters && c->characters + count > MOST_CHARACTERS) flush(c);
    while (count > MOST_CHARACTERS) {
        size_t at = s.from;
        for (int i = 0; i < MOST_CHARACTERS; i++) yq_utf8_next(c->clean, &at);
        emit(c, (yq_span){ s.from, (uint32_t)at }, YQ_S(""));
        s.from = (uint32_t)at;
        count -= MOST_CHARACTERS;
    }
    if (!c->characters) c->pending = s;
    else c->pending.to = s.to;
    c->characters += count;
}

static void take_block(cutting *c, yq_span s)
{
    if (characters_of(c, s) > MOST_CHARACTERS) {
        yq_spans sentences = { 0 };
        flush(c);
        yq_sentences(c->arena, c->clean, s, &sentences);
        for (size_t i = 0; i < sentences.n; i++) take(c, sentences.v[i]);
    } else {
        take(c, s);
    }
    if (c->characters >= LEAST_CHARACTERS) flush(c);
}

/* ---------------------------------------------------------------- tables */

static yq_str column_name(const cutting *c, const yq_table *t, uint32_t col)
{
    const yq_cell *head = t->header_rows ? yq_table_at(t, t->header_rows - 1, col) : NULL;
    return head ? yq_trim(yq_at(c->clean, head->span)) : YQ_S("");
}

/* "科室：内分泌科；需求名称：…"; a merged cell stands in every row that it covers. */
static yq_str row_text(const cutting *c, const yq_table *t, uint32_t row)
{
    yq_buf out = { 0 };
    const yq_cell *before = NULL;
    for (uint32_t col = 0; col < t->cols; col++) {
        const yq_cell *cell = yq_table_at(t, row, col);
        yq_str text = cell ? yq_trim(yq_at(c->clean, cell->span)) : YQ_S("");
        if (!text.n || cell == before) continue;
        yq_str name = column_name(c, t, col);
        yq_buf_printf(&out, "%s%.*s%s%.*s", out.n ? "；" : "", YQ_FMT(name), name.n ? "：" : "", YQ_FMT(text));
        before = cell;
    }
    yq_str kept = yq_dup(c->arena, yq_buf_str(&out));
    yq_buf_free(&out);
    return kept;
}

static void take_table(cutting *c, const yq_table *t)
{
    flush(c);
    for (size_t i = 0; i < t->cells.n;) {
        uint32_t row = t->cells.v[i].row;
        yq_span span = t->cells.v[i].span;
        for (; i < t->cells.n && t->cells.v[i].row == row; i++) {
            if (t->cells.v[i].span.from < span.from) span.from = t->cells.v[i].span.from;
            if (t->cells.v[i].span.to > span.to) span.to = t->cells.v[i].span.to;
        }
        if (row < t->header_rows || span.from > span.to) continue;
        yq_str text = row_text(c, t, row);
        if (text.n) emit(c, span, text);
    }
}

void yq_cut_passages(yq_arena *a, yq_new_reading *n)
{
    const yq_reading *r = n->read;
    cutting c = { .arena = a, .n = n, .clean = r->clean };
    for (size_t i = 0; i < r->blocks.n; i++) {
        const yq_block *b = &r->blocks.v[i];
        if (b->kind == YQ_BLOCK_TABLE && b->table < r->tables.n) {
            take_table(&c, &r->tables.v[b->table]);
            continue;
        }
        if (b->kind == YQ_BLOCK_HEADING) {
            flush(&c);
            c.heading = b->span;
        }
        take_block(&c, b->span);
    }
    flush(&c);
}
