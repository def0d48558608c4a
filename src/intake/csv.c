/* CSV as people really save it: comma, semicolon or tab; quotes around cells with line ends; titles above the table, several header rows,
 * empty rows inside it, notes under it; any encoding.
 *
 * A row with one filled cell above the first full row is a title, below the last full row a note. Empty rows are left out. A filled first
 * cell followed by empty ones inside the table is a row merged across.
 */
#include "intake/internal.h"

typedef struct {
    uint32_t from, to; /* in the source, quotes outside */
    bool quoted;
} field;

typedef struct {
    size_t first, count, filled; /* of fields; how many of them are not empty */
} record;

typedef struct {
    yq_str text;
    yq_arena *arena;
    char separator;
    size_t at;
    YQ_VEC(field) fields;
    YQ_VEC(record) records;
} csv;

/* The separator that the most lines agree on. */
static char find_separator(yq_str text)
{
    static const char candidates[] = ",\t;|";
    size_t counts[sizeof candidates] = { 0 };
    bool quoted = false;
    for (size_t i = 0; i < text.n && i < 65536; i++) {
        if (text.p[i] == '"') quoted = !quoted;
        const char *found = quoted || !text.p[i] ? NULL : strchr(candidates, text.p[i]);
        if (found) counts[found - candidates]++;
    }
    size_t best = 0;
    for (size_t k = 1; candidates[k]; k++)
        if (counts[k] > counts[best]) best = k;
    return candidates[best];
}

/* Excel may name the separator in a first line "sep=;". */
static void skip_separator_line(csv *c)
{
    if (!yq_starts(c->text, YQ_S("sep=")) || c->text.n < 6 || c->text.p[5] != '\n') return;
    c->separator = c->text.p[4];
    c->at = 6;
}

static bool at_field_end(const csv *c)
{
    return c->at >= c->text.n || c->text.p[c->at] == c->separator || c->text.p[c->at] == '\n';
}

/* A quote that opens a cell ends at the next single quote; a quote elsewhere is a character. */
static field read_field(csv *c)
{
    field f = { .from = (uint32_t)c->at };
    if (c->at < c->text.n && c->text.p[c->at] == '"') {
        f.quoted = true;
        f.from = (uint32_t)++c->at;
        while (c->at < c->text.n) {
            if (c->text.p[c->at] != '"') c->at++;
            else if (c->at + 1 < c->text.n && c->text.p[c->at + 1] == '"') c->at += 2;
            else break;
        }
        f.to = (uint32_t)c->at;
        if (c->at < c->text.n) c->at++;
        while (!at_field_end(c)) c->at++;
        return f;
    }
    while (!at_field_end(c)) c->at++;
    f.to = (uint32_t)c->at;
    return f;
}

static yq_str field_text(const csv *c, field f)
{
    return (yq_str){ c->text.p + f.from, f.to - f.from };
}

static yq_code read_records(csv *c, size_t max, yq_err *err)
{
    while (c->at < c->text.n) {
        record r = { .first = c->fields.n };
        for (;;) {
            field f = read_field(c);
            *yq_push(c->arena, &c->fields) = f;
            r.count++;
            r.filled += !yq_blank(field_text(c, f));
            bool more = c->at < c->text.n && c->text.p[c->at] == c->separator;
            c->at++;
            if (!more) break;
        }
        if (r.filled) *yq_push(c->arena, &c->records) = r;
        else c->fields.n = r.first;
        if (c->fields.n > max) return yq_fail(err, YQ_INVALID, c->at, "over %zu cells; split the file", max);
    }
    return YQ_OK;
}

/* Doubled quotes become one; line ends inside a cell a space. */
static void write_field(yq_writer *w, const csv *c, field f)
{
    uint32_t from = f.from;
    for (uint32_t i = f.from; f.quoted && i + 1 < f.to; i++) {
        if (c->text.p[i] != '"' || c->text.p[i + 1] != '"') continue;
        yq_writer_flow(w, from, i + 1);
        from = ++i + 1;
    }
    yq_writer_flow(w, from, f.to);
}

static void write_line(yq_writer *w, const csv *c, record r)
{
    for (size_t k = r.first; k < r.first + r.count; k++) {
        if (yq_blank(field_text(c, c->fields.v[k]))) continue;
        write_field(w, c, c->fields.v[k]);
        yq_text_insert(&w->text, YQ_S(" "), c->fields.v[k].to);
    }
    yq_writer_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
}

static yq_code write_table(yq_writer *w, const csv *c, size_t from, size_t to, yq_err *err)
{
    size_t widest = 0;
    for (size_t i = from; i < to; i++) widest = c->records.v[i].count > widest ? c->records.v[i].count : widest;
    yq_writer_table_open(w);
    for (size_t i = from; i < to; i++) {
        record r = c->records.v[i];
        bool across = r.filled == 1 && widest > 2 && !yq_blank(field_text(c, c->fields.v[r.first]));
        for (size_t k = 0; k < (across ? 1 : r.count); k++) {
            write_field(w, c, c->fields.v[r.first + k]);
            yq_cell cell = { .row = (uint32_t)(i - from), .col = (uint32_t)k, .rows = 1, .cols = across ? (uint32_t)widest : 1 };
            yq_code rc = yq_writer_cell(w, cell, err);
            if (rc) return rc;
        }
        yq_writer_row_end(w);
    }
    yq_writer_table_close(w);
    return YQ_OK;
}

yq_code yq_read_csv(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_decoded source;
    yq_code rc = yq_decode(d->arena, bytes, NULL, &source, err);
    if (rc) return rc;
    d->encoding = source.encoding;
    csv c = { .text = source.text, .arena = d->arena, .separator = find_separator(source.text) };
    skip_separator_line(&c);
    if ((rc = read_records(&c, d->limits->table_cells, err))) return rc;

    yq_writer w = yq_writer_on(d, source.text);
    size_t from = 0, to = c.records.n;
    while (from < to && c.records.v[from].filled < 2) write_line(&w, &c, c.records.v[from++]);
    while (to > from && c.records.v[to - 1].filled < 2) to--;
    if (to > from && (rc = write_table(&w, &c, from, to, err))) return rc;
    for (; to < c.records.n; to++) write_line(&w, &c, c.records.v[to]);
    return yq_writer_done(&w, &source.map, err);
}
