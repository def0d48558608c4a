/* Writes records by their forms; record.h says what a form is. One value is written through `source`: text as it is meant, escapes undone, above the
 * text as it stands in the file, so that a word of an abstract finds its bytes again.
 */
#include "intake/record.h"

#include <stdlib.h>

enum { TAG_BYTES = 40, JATS_TAG_BYTES = 600, MOST_COLUMNS = 16 };

typedef YQ_VEC(const yq_node *) nodes;

typedef struct {
    const yq_record *record;
    yq_arena *arena;
    yq_writer writer;
    yq_text_builder source; /* maps to the record's source */
    unsigned columns;
    yq_err *err;
} printer;

/* ---------------------------------------------------------------- paths */

static bool text_is(const yq_record *r, const yq_node *n, yq_str value)
{
    return n->leaf ? yq_eq(yq_at(r->source, n->text), value) : n->first && n->first->leaf && yq_eq(yq_trim(yq_at(r->source, n->first->text)), value);
}

/* "[@type=x]" behind a step's name. */
static bool meets(const yq_record *r, const yq_node *n, yq_str condition)
{
    size_t equals = yq_find(condition, YQ_S("="), 0);
    if (equals == SIZE_MAX) return true;
    yq_str key = yq_sub(condition, 0, equals), value = yq_sub(condition, equals + 1, condition.n);
    for (const yq_node *c = n->first; c; c = c->next)
        if (yq_eq(c->key, key) && text_is(r, c, value)) return true;
    return false;
}

static int by_id(const void *key, const void *id)
{
    return yq_cmp(*(const yq_str *)key, ((const yq_node_id *)id)->key);
}

static const yq_node *referred(const yq_record *r, const yq_node *n)
{
    yq_str id = yq_trim(yq_at(r->source, n->text));
    const yq_node_id *found = r->ids.n ? bsearch(&id, r->ids.v, r->ids.n, sizeof *r->ids.v, by_id) : NULL;
    return found ? found->node : NULL;
}

static void collect(const yq_record *r, yq_arena *a, const yq_node *n, yq_str path, nodes *out)
{
    yq_str step;
    if (!yq_split(&path, '/', &step) || !step.n) {
        *yq_push(a, out) = n;
        return;
    }
    if (yq_eq(step, YQ_S(".."))) {
        if (n->parent) collect(r, a, n->parent, path, out);
        return;
    }
    bool refers = yq_ends(step, YQ_S("^"));
    step.n -= refers;
    size_t open = yq_find(step, YQ_S("["), 0);
    yq_str name = yq_sub(step, 0, open == SIZE_MAX ? step.n : open), condition = open == SIZE_MAX ? YQ_S("") : yq_sub(step, open + 1, step.n - 1);
    for (const yq_node *c = n->first; c; c = c->next) {
        if (!yq_eq(c->key, name) || !meets(r, c, condition)) continue;
        const yq_node *next = refers ? referred(r, c) : c;
        if (next) collect(r, a, next, path, out);
    }
}

static nodes at_path(const yq_record *r, yq_arena *a, const yq_node *n, yq_str paths)
{
    nodes found = { 0 };
    yq_str one;
    while (!found.n && yq_split(&paths, '|', &one)) collect(r, a, n, one, &found);
    return found;
}

/* ---------------------------------------------------------------- values */

/* Bytes of a tag that a text brought along, "<jats:p>", "</i>"; 0: none. */
static size_t tag_at(yq_str s, size_t at)
{
    size_t i = at + 1;
    if (i < s.n && s.p[i] == '/') i++;
    if (i >= s.n || (s.p[i] | 32) < 'a' || (s.p[i] | 32) > 'z') return 0;
    if (yq_starts(yq_sub(s, i, s.n), YQ_S("jats:"))) { /* these have attributes */
        const char *end = memchr(s.p + i, '>', s.n - i < JATS_TAG_BYTES ? s.n - i : JATS_TAG_BYTES);
        return end ? (size_t)(end - s.p) + 1 - at : 0;
    }
    while (i < s.n && i - at < TAG_BYTES && (((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '/')) i++;
    return i < s.n && s.p[i] == '>' ? i + 1 - at : 0;
}

/* Characters that a register escaped twice, so that they came as text. */
static const struct { const char *form; char character; } escaped_twice[] = {
    { "&#xD;", '\n' }, { "&#13;", '\n' }, { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&apos;", '\'' }, { "&quot;", '"' }, { "&#39;", '\'' },
};

static size_t reference_at(yq_str s, size_t at, uint32_t *cp)
{
    for (size_t i = 0; i < sizeof escaped_twice / sizeof *escaped_twice; i++) {
        yq_str form = yq_cstr(escaped_twice[i].form);
        if (yq_starts(yq_sub(s, at, s.n), form)) return *cp = (unsigned char)escaped_twice[i].character, form.n;
    }
    return 0;
}

/* A stretch of JSON that stands for something else: an escape, a tag, a reference. *cp: the character, 0: none. */
static size_t special_at(yq_str s, size_t at, uint32_t *cp)
{
    size_t n = 0;
    *cp = 0;
    if (s.p[at] == '&') return reference_at(s, at, cp);
    if (s.p[at] == '<') {
        n = tag_at(s, at);
        if (n && memchr(s.p + at, ':', n)) *cp = ' '; /* "<jats:p>" parts, "</sub>" joins */
        return n;
    }
    if (s.p[at] != '\\') return 0;
    *cp = yq_json_unescape(s, at, &n);
    if (*cp == '\\' && at + n < s.n && strchr("<>*_~[]#^", s.p[at + n])) *cp = 0; /* a mark of Markdown, escaped */
    return n;
}

static void take_json(printer *p, yq_span span)
{
    yq_str s = yq_sub(p->record->source, 0, span.to);
    size_t from = span.from;
    for (size_t i = span.from; i < span.to;) {
        uint32_t cp;
        char bytes[4];
        size_t n = special_at(s, i, &cp);
        if (!n) {
            i++;
            continue;
        }
        yq_text_copy(&p->source, s, from, i);
        if (cp) yq_text_insert(&p->source, (yq_str){ bytes, yq_utf8_put(cp, bytes) }, i);
        i = from = i + n < span.to ? i + n : span.to;
    }
    yq_text_copy(&p->source, s, from, span.to);
}

static void take(printer *p, const yq_node *n)
{
    if (n->leaf && p->record->json) take_json(p, n->text);
    else if (n->leaf) yq_text_copy(&p->source, p->record->source, n->text.from, n->text.to);
    for (const yq_node *c = n->first; c; c = c->next)
        if (!yq_starts(c->key, YQ_S("@")) && !yq_eq(c->key, YQ_S("label"))) take(p, c);
}

/* A node's whole text, in p->source. */
static yq_span value_of(printer *p, const yq_node *n)
{
    uint32_t from = (uint32_t)yq_text_length(&p->source);
    take(p, n);
    uint32_t to = (uint32_t)yq_text_length(&p->source);
    p->writer.source = (yq_str){ p->source.text.v, to }; /* it moves while it grows */
    return (yq_span){ from, to };
}

static yq_str text_at(const printer *p, yq_span s)
{
    return yq_sub((yq_str){ p->source.text.v, p->source.text.n }, s.from, s.to);
}

static void write_words(printer *p, const char *words, size_t origin)
{
    if (*words) yq_text_insert(&p->writer.text, yq_cstr(words), origin);
}

/* "NOT_YET_RECRUITING" -> "Not yet recruiting", "PHASE2" -> "Phase 2". */
static void write_code(printer *p, yq_span value)
{
    yq_str s = text_at(p, value);
    char *out = yq_alloc(p->arena, s.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        if (digit && n && out[n - 1] >= 'a' && out[n - 1] <= 'z') out[n++] = ' ';
        out[n++] = c == '_' ? ' ' : upper && i ? c | 32 : c;
    }
    yq_text_insert(&p->writer.text, (yq_str){ out, n }, value.from);
}

static void write_one(printer *p, yq_span value, char how)
{
    if (how == '~') write_code(p, value);
    else if (how == '#' && value.to - value.from > 10 && text_at(p, value).p[10] == 'T') yq_writer_flow(&p->writer, value.from, value.from + 10);
    else yq_writer_flow(&p->writer, value.from, value.to);
}

/* What stands between values of one path, and between those of paths joined by "+". */
typedef struct {
    const char *values, *paths;
} joints;
static const joints in_line = { ", ", ", " }, in_cell = { "; ", " " }, in_title = { " ", " " };

/* All values of one path, or of paths joined by "+"; how many were written. */
static size_t write_joined(printer *p, const yq_node *n, yq_str paths, char how, joints between)
{
    size_t written = 0, part = 0;
    yq_str path;
    for (; yq_split(&paths, '+', &path); part++) {
        nodes found = { 0 };
        collect(p->record, p->arena, n, path, &found);
        for (size_t i = 0; i < found.n; i++) {
            yq_span value = value_of(p, found.v[i]);
            if (yq_blank(text_at(p, value))) continue;
            if (written++) write_words(p, how == '#' ? "-" : part && !i ? between.paths : between.values, value.from);
            write_one(p, value, how);
        }
    }
    return written;
}

static size_t write_values(printer *p, const yq_node *n, yq_str paths, joints between)
{
    char how = paths.n && (paths.p[0] == '~' || paths.p[0] == '#') ? paths.p[0] : 0;
    size_t written = 0;
    yq_str one;
    if (how) paths = yq_sub(paths, 1, paths.n);
    while (!written && yq_split(&paths, '|', &one)) written = write_joined(p, n, one, how, between);
    return written;
}

/* ---------------------------------------------------------------- fields */

static size_t here(const printer *p)
{
    return p->source.text.n;
}

static void write_heading(printer *p, const char *label)
{
    yq_writer_line(&p->writer, YQ_BLOCK_PARAGRAPH, 0, true);
    write_words(p, label, here(p));
    yq_writer_line(&p->writer, YQ_BLOCK_HEADING, 2, true);
}

static yq_code write_title(printer *p, const yq_node *n, const yq_field *f)
{
    write_values(p, n, yq_cstr(f->path), in_title);
    yq_writer_line(&p->writer, YQ_BLOCK_TITLE, 1, true);
    return YQ_OK;
}

/* A label is written with the first value behind it, so that an empty field leaves nothing. */
static yq_code write_line(printer *p, const yq_node *n, const yq_field *f)
{
    size_t length = yq_text_length(&p->writer.text), runs = p->writer.text.runs.n;
    yq_text_insert(&p->writer.text, yq_printf(p->arena, "%s: ", f->label), here(p));
    if (!write_values(p, n, yq_cstr(f->path), in_line)) p->writer.text.text.n = length, p->writer.text.runs.n = runs;
    yq_writer_line(&p->writer, YQ_BLOCK_PARAGRAPH, 0, true);
    return YQ_OK;
}

/* The end of the line that begins at `from`: one that goes on in small letters was cut by a page's width. */
static uint32_t line_end(const printer *p, uint32_t from, uint32_t to)
{
    yq_str all = text_at(p, (yq_span){ 0, to });
    for (uint32_t i = from; p->record->json && i < to; i++) {
        if (all.p[i] != '\n') continue;
        uint32_t next = i + 1;
        while (next < to && all.p[next] == ' ') next++;
        if (next >= to || all.p[next] < 'a' || all.p[next] > 'z') return i;
    }
    return to;
}

/* Lines of a text; those with a bullet are items. */
static void write_lines(printer *p, yq_span value)
{
    uint32_t from = value.from;
    while (from < value.to) {
        uint32_t to = line_end(p, from, value.to);
        yq_str line = yq_trim(text_at(p, (yq_span){ from, to }));
        bool item = yq_starts(line, YQ_S("* ")) || yq_starts(line, YQ_S("- ")) || yq_starts(line, YQ_S("• "));
        yq_writer_flow(&p->writer, from, to);
        yq_writer_line(&p->writer, item ? YQ_BLOCK_ITEM : YQ_BLOCK_PARAGRAPH, item, true);
        from = to + 1;
    }
}

static yq_code write_text(printer *p, const yq_node *n, const yq_field *f)
{
    nodes found = at_path(p->record, p->arena, n, yq_cstr(f->path));
    bool headed = false;
    for (size_t i = 0; i < found.n; i++) {
        yq_span value = value_of(p, found.v[i]);
        if (yq_blank(text_at(p, value))) continue;
        if (!headed) write_heading(p, f->label);
        headed = true;
        if (write_values(p, found.v[i], YQ_S("@Label"), in_title)) write_words(p, ": ", value.from);
        write_lines(p, value);
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- tables */

/* Which columns hold anything; a table of empty columns tells nothing. */
static unsigned filled_columns(printer *p, const nodes *rows, const yq_field_column *columns, bool *filled)
{
    unsigned n = 0, used = 0;
    for (; columns[n].header && n < MOST_COLUMNS; n++) {
        size_t length = yq_text_length(&p->writer.text), runs = p->writer.text.runs.n;
        filled[n] = false;
        for (size_t i = 0; i < rows->n && !filled[n]; i++) filled[n] = write_values(p, rows->v[i], yq_cstr(columns[n].path), in_cell) > 0;
        p->writer.text.text.n = length;
        p->writer.text.runs.n = runs;
        used += filled[n];
    }
    p->columns = n;
    return used;
}

static yq_code write_row(printer *p, const yq_node *row, uint32_t number, const yq_field_column *columns, const bool *filled)
{
    yq_code rc = YQ_OK;
    uint32_t col = 0;
    for (unsigned k = 0; k < p->columns && !rc; k++) {
        if (!filled[k]) continue;
        if (row) write_values(p, row, yq_cstr(columns[k].path), in_cell);
        else write_words(p, columns[k].header, here(p));
        rc = yq_writer_cell(&p->writer, (yq_cell){ .row = number, .col = col++, .rows = 1, .cols = 1, .header = !row }, p->err);
    }
    yq_writer_row_end(&p->writer);
    return rc;
}

static yq_code write_table(printer *p, const yq_node *n, const yq_field *f)
{
    nodes rows = at_path(p->record, p->arena, n, yq_cstr(f->path));
    bool filled[MOST_COLUMNS] = { false };
    unsigned used = rows.n ? filled_columns(p, &rows, f->columns, filled) : 0;
    if (!used) return YQ_OK;
    write_heading(p, f->label);
    if (used == 1) {
        for (size_t i = 0; i < rows.n; i++) {
            for (unsigned k = 0; k < p->columns; k++)
                if (filled[k]) write_values(p, rows.v[i], yq_cstr(f->columns[k].path), in_cell);
            yq_writer_line(&p->writer, YQ_BLOCK_ITEM, 1, true);
        }
        return YQ_OK;
    }
    yq_writer_table_open(&p->writer);
    yq_code rc = write_row(p, NULL, 0, f->columns, filled);
    for (size_t i = 0; i < rows.n && !rc; i++) rc = write_row(p, rows.v[i], (uint32_t)i + 1, f->columns, filled);
    yq_writer_table_close(&p->writer);
    return rc;
}

/* ---------------------------------------------------------------- prose of articles (JATS) */

typedef enum { PROSE_THROUGH, PROSE_PARAGRAPH, PROSE_HEADING, PROSE_SKIP } prose_role;

static prose_role prose_role_of(yq_str key)
{
    static const struct { const char *key; prose_role role; } roles[] = {
        { "p", PROSE_PARAGRAPH },   { "title", PROSE_HEADING },   { "label", PROSE_SKIP }, { "table-wrap", PROSE_SKIP }, { "fig", PROSE_SKIP },
        { "fig-group", PROSE_SKIP }, { "disp-formula", PROSE_SKIP }, { "ref-list", PROSE_SKIP }, { "supplementary-material", PROSE_SKIP },
        { "", PROSE_SKIP }, { "media", PROSE_SKIP }, { "graphic", PROSE_SKIP },
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (yq_eq(key, yq_cstr(roles[i].key))) return roles[i].role;
    return yq_starts(key, YQ_S("@")) ? PROSE_SKIP : PROSE_THROUGH;
}

static void write_prose_below(printer *p, const yq_node *n, unsigned depth)
{
    for (const yq_node *c = n->first; c; c = c->next) {
        prose_role role = prose_role_of(c->key);
        if (role == PROSE_SKIP) continue;
        if (role == PROSE_THROUGH) {
            write_prose_below(p, c, depth + 1);
            continue;
        }
        yq_span value = value_of(p, c);
        yq_writer_flow(&p->writer, value.from, value.to);
        if (role == PROSE_PARAGRAPH) yq_writer_line(&p->writer, YQ_BLOCK_PARAGRAPH, 0, true);
        else yq_writer_line(&p->writer, YQ_BLOCK_HEADING, (uint8_t)(depth < 4 ? depth + 2 : 6), true);
    }
}

static yq_code write_prose(printer *p, const yq_node *n, const yq_field *f)
{
    nodes found = at_path(p->record, p->arena, n, yq_cstr(f->path));
    if (found.n && *f->label) write_heading(p, f->label);
    for (size_t i = 0; i < found.n; i++) write_prose_below(p, found.v[i], 0);
    return YQ_OK;
}

/* The day of publication, if nothing said it before. */
static yq_code take_date(printer *p, const yq_node *n, const yq_field *f)
{
    size_t length = yq_text_length(&p->writer.text), runs = p->writer.text.runs.n;
    write_values(p, n, yq_cstr(f->path), in_title);
    yq_str written = { p->writer.text.text.v + length, p->writer.text.text.n - length };
    if (!p->writer.draft->date[0]) yq_find_date(written, 0, p->writer.draft->date, NULL);
    p->writer.text.text.n = length;
    p->writer.text.runs.n = runs;
    return YQ_OK;
}

/* ---------------------------------------------------------------- records */

static const yq_record_form *form_of(const yq_record *r, yq_arena *a, nodes *records)
{
    for (size_t i = 0; i < yq_record_forms_n; i++) {
        const yq_record_form *f = &yq_record_forms[i];
        yq_str alternatives = yq_cstr(f->each), path;
        while (yq_split(&alternatives, '|', &path)) {
            *records = (nodes){ 0 };
            collect(r, a, &r->root, path, records);
            bool all = records->n > 0;
            for (size_t k = 0; k < sizeof f->marks / sizeof *f->marks && all && f->marks[k]; k++)
                all = at_path(r, a, records->v[0], yq_cstr(f->marks[k])).n > 0;
            if (all) return f;
        }
    }
    return NULL;
}

bool yq_record_known(yq_arena *a, const yq_record *r)
{
    nodes records;
    return form_of(r, a, &records) != NULL;
}

static yq_code write_record(printer *p, const yq_node *n, const yq_field *fields)
{
    static yq_code (*const writers[])(printer *, const yq_node *, const yq_field *) = {
        [YQ_FIELD_TITLE] = write_title, [YQ_FIELD_LINE] = write_line,   [YQ_FIELD_TEXT] = write_text,
        [YQ_FIELD_TABLE] = write_table, [YQ_FIELD_PROSE] = write_prose, [YQ_FIELD_DATE] = take_date,
    };
    yq_code rc = YQ_OK;
    for (const yq_field *f = fields; f->path && !rc; f++) rc = writers[f->as](p, n, f);
    return rc;
}

yq_code yq_record_write(yq_draft *d, const yq_record *r, yq_err *err)
{
    nodes records;
    yq_map map;
    const yq_record_form *form = form_of(r, d->arena, &records);
    printer p = { .record = r, .arena = d->arena, .writer = yq_writer_on(d, (yq_str){ 0 }), .source = { .arena = d->arena }, .err = err };
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < records.n && form && !rc; i++) rc = write_record(&p, records.v[i], form->fields);
    if (rc) return rc;
    p.writer.source = yq_text_done(&p.source, &map);
    map = yq_map_join(d->arena, &map, &r->map);
    return yq_writer_done(&p.writer, &map, err);
}

yq_code yq_read_xml(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_record r;
    yq_code rc = yq_record_of_xml(d, bytes, &r, err);
    if (rc) return rc;
    if (yq_record_known(d->arena, &r)) return yq_record_write(d, &r, err);
    return yq_fail(err, YQ_INVALID, 0, "this kind of XML is not known; known are PubMed, PMC (JATS), ClinicalTrials.gov and ISRCTN; export it as CSV, JSON or text");
}
