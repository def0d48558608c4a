/* Builds a draft and keeps every span true while the text under it is cleaned. */
#include "intake/internal.h"

yq_writer yq_writer_on(yq_draft *d, yq_str source)
{
    return (yq_writer){ .draft = d, .source = source, .text = { .arena = d->arena } };
}

static yq_str written(const yq_writer *w, size_t from)
{
    return yq_sub((yq_str){ w->text.text.v ? w->text.text.v : "", w->text.text.n }, from, w->text.text.n);
}

static size_t origin_here(const yq_writer *w)
{
    size_t n = w->text.runs.n;
    return n ? w->text.runs.v[n - 1].origin : 0;
}

yq_line *yq_writer_line(yq_writer *w, yq_block_kind kind, uint8_t level, bool told)
{
    yq_draft *d = w->draft;
    uint32_t from = w->line_from, to = (uint32_t)yq_text_length(&w->text);
    yq_line *line = NULL;

    if (to > from && !yq_blank(written(w, from))) {
        line = yq_push(d->arena, &d->lines);
        *line = (yq_line){ .span = { from, to }, .kind = kind, .level = level, .told = told, .link_bytes = w->link_bytes };
    }
    if (to > from) yq_text_insert(&w->text, YQ_S("\n"), origin_here(w));
    w->line_from = (uint32_t)yq_text_length(&w->text);
    w->link_bytes = 0;
    return line;
}

void yq_writer_table_open(yq_writer *w)
{
    yq_writer_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
    w->table = (uint32_t)w->draft->tables.n;
    *yq_push(w->draft->arena, &w->draft->tables) = (yq_table){ 0 };
}

/* Where the cell being written begins: behind the last cell's tab, or at the line's begin. */
static uint32_t cell_from(const yq_writer *w)
{
    uint32_t at = (uint32_t)yq_text_length(&w->text);
    while (at > w->line_from && w->text.text.v[at - 1] != '\t' && w->text.text.v[at - 1] != '\n') at--;
    return at;
}

yq_code yq_writer_cell(yq_writer *w, yq_cell cell, yq_err *err)
{
    yq_table *t = &w->draft->tables.v[w->table];

    if (++w->cells > w->draft->limits->table_cells)
        return yq_fail(err, YQ_INVALID, origin_here(w), "a table has over %zu cells; split the file", w->draft->limits->table_cells);
    cell.span = (yq_span){ cell_from(w), (uint32_t)yq_text_length(&w->text) };
    if (cell.row + cell.rows > t->rows) t->rows = cell.row + cell.rows;
    if (cell.col + cell.cols > t->cols) t->cols = cell.col + cell.cols;
    *yq_push(w->draft->arena, &t->cells) = cell;
    yq_text_insert(&w->text, YQ_S("\t"), origin_here(w));
    return YQ_OK;
}

void yq_writer_row_end(yq_writer *w)
{
    yq_text_insert(&w->text, YQ_S("\n"), origin_here(w));
}

void yq_writer_table_close(yq_writer *w)
{
    yq_line *line = yq_writer_line(w, YQ_BLOCK_TABLE, 0, true);
    if (line) line->table = w->table;
}

/* Chinese needs no space where a line of markup ends; other scripts do. */
static bool joins_without_space(uint32_t cp)
{
    return yq_is_han(cp) || (cp >= 0x3000 && cp <= 0x303F) || (cp >= 0xFF01 && cp <= 0xFF60) || (cp >= 0x2018 && cp <= 0x201D);
}

static uint32_t last_written(const yq_writer *w)
{
    yq_str s = written(w, 0);
    if (!s.n) return '\n';
    size_t at = yq_utf8_back(s, s.n);
    return yq_utf8_next(s, &at);
}

/* Passes the white space at *at; tells whether it held a line end. */
static bool skip_space(yq_str s, size_t *at, size_t to)
{
    bool line_end = false;
    while (*at < to) {
        size_t next = *at;
        uint32_t cp = yq_utf8_next(s, &next);
        if (!yq_is_space(cp)) break;
        line_end |= cp == '\n' || cp == '\r';
        *at = next;
    }
    return line_end;
}

void yq_writer_flow(yq_writer *w, size_t from, size_t to)
{
    size_t at = from;
    while (at < to) {
        size_t word = at;
        bool line_end = skip_space(w->source, &at, to);
        if (at > word) {
            uint32_t before = last_written(w);
            size_t peek = at;
            uint32_t after = at < to ? yq_utf8_next(w->source, &peek) : 0;
            bool glued = line_end && joins_without_space(before) && (at >= to || joins_without_space(after));
            if (!glued && before != ' ' && before != '\n' && before != '\t') yq_text_insert(&w->text, YQ_S(" "), word);
        }
        word = at;
        while (at < to) {
            size_t next = at;
            if (yq_is_space(yq_utf8_next(w->source, &next))) break;
            at = next;
        }
        if (at > word) yq_text_copy(&w->text, w->source, word, at);
    }
}

/* The first clean offset whose origin is not before `origin`: cleaning keeps the order, so a binary search finds it. */
static uint32_t forward(const yq_map *map, size_t clean_length, uint32_t origin)
{
    size_t low = 0, high = clean_length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (yq_map_origin(map, middle) < origin) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)low;
}

static yq_span follow(const yq_map *map, yq_str clean, yq_span s)
{
    uint32_t from = forward(map, clean.n, s.from), to = forward(map, clean.n, s.to);
    while (from < to && strchr(" \t\n", clean.p[from])) from++;
    while (to > from && strchr(" \t\n", clean.p[to - 1])) to--;
    return (yq_span){ from, to };
}

yq_code yq_writer_done(yq_writer *w, const yq_map *source_map, yq_err *err)
{
    yq_draft *d = w->draft;
    yq_map built, cleaned;
    yq_str clean, raw;

    yq_writer_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
    raw = yq_text_done(&w->text, &built);
    yq_code rc = yq_clean(d->arena, raw, (yq_clean_options){ .unwrap = false }, &clean, &cleaned, err);
    if (rc) return rc;
    for (size_t i = 0; i < d->lines.n; i++) d->lines.v[i].span = follow(&cleaned, clean, d->lines.v[i].span);
    for (size_t i = 0; i < d->tables.n; i++)
        for (size_t k = 0; k < d->tables.v[i].cells.n; k++)
            d->tables.v[i].cells.v[k].span = follow(&cleaned, clean, d->tables.v[i].cells.v[k].span);
    yq_map middle = yq_map_join(d->arena, &cleaned, &built);
    d->map = yq_map_join(d->arena, &middle, source_map);
    d->text = clean;
    return YQ_OK;
}
