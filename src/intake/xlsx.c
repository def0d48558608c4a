/* Workbooks: each visible sheet as lines and a table, by the rules of csv.c, since both are what an office calls a list.
 *
 * A sheet says more than CSV does: cells merged across and down, several sheets, dates as numbers. It also hides more: a table may begin at D7, rows
 * are left empty for looks, a style reaches down to row 1,048,576. Rows and columns without text are taken out before spans are counted.
 */
#include "intake/xlsx.h"

#include <stdlib.h>

enum { MOST_ROWS = 1048576, MOST_COLUMNS = 16384, MOST_MERGES = 100000, MOST_SHEETS = 1000, DEFAULT_NAME_BYTES = 16 };

typedef struct {
    uint32_t row, col, rows, cols;
    yq_span text; /* in the office's source */
} cell;

typedef struct {
    uint32_t row, col, rows, cols;
} merge;

typedef struct {
    const char *name, *path;
} sheet;

typedef struct {
    yq_office office;
    yq_zip *zip;
    yq_relations relations;
    yq_xlsx_formats formats;
    YQ_VEC(yq_span) strings; /* shared by all sheets */
    YQ_VEC(sheet) sheets;
    YQ_VEC(cell) cells;      /* of the sheet being read; filled ones only */
    YQ_VEC(merge) merges;
} xlsx;

static yq_arena *arena_of(const xlsx *x)
{
    return x->office.writer.draft->arena;
}

/* ---------------------------------------------------------------- strings */

/* All text inside an element but the reading help of East Asian text (rPh). */
static yq_span read_string(xlsx *w, yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x), text = 0;
    uint32_t from = (uint32_t)yq_office_length(&w->office);
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "rPh")) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "t")) text = yq_xml_depth(x);
        else if (e.kind == YQ_XML_CLOSE && yq_xml_depth(x) < text) text = 0;
        else if (e.kind == YQ_XML_TEXT && text) yq_office_text(&w->office, e.text, e.at);
    }
    return (yq_span){ from, (uint32_t)yq_office_length(&w->office) };
}

static yq_code read_strings(yq_xml *x, void *arg, yq_err *err)
{
    xlsx *w = arg;
    yq_xml_event e;
    while (yq_xml_next(x, &e)) {
        if (!yq_xml_opens(&e, "si")) continue;
        yq_span text = read_string(w, x);
        *yq_push(arena_of(w), &w->strings) = text;
        if (w->strings.n > w->office.writer.draft->limits->table_cells)
            return yq_fail(err, YQ_INVALID, 0, "the workbook has over %zu texts; split it", w->office.writer.draft->limits->table_cells);
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- cells */

/* "AB12": column 27, row 11. What is no reference leaves both as they are. */
static const char *read_reference(const char *s, uint32_t *row, uint32_t *col)
{
    uint32_t c = 0, r = 0;
    const char *p = s;
    while (*p == '$') p++;
    for (; *p >= 'A' && *p <= 'Z' && c <= MOST_COLUMNS; p++) c = c * 26 + (uint32_t)(*p - 'A') + 1;
    while (*p == '$') p++;
    for (; *p >= '0' && *p <= '9' && r <= MOST_ROWS; p++) r = r * 10 + (uint32_t)(*p - '0');
    if (!c || !r || c > MOST_COLUMNS || r > MOST_ROWS) return s;
    *row = r - 1;
    *col = c - 1;
    return p;
}

static yq_span shared_string(const xlsx *w, yq_str index)
{
    char digits[16] = "", *end;
    index = yq_trim(index);
    memcpy(digits, index.p, index.n < sizeof digits ? index.n : sizeof digits - 1);
    unsigned long i = strtoul(digits, &end, 10);
    return end != digits && i < w->strings.n ? w->strings.v[i] : (yq_span){ 0 };
}

/* What <v> holds, by the cell's type. A number is written once more as its format shows it. Errors (#N/A) are no text. */
static yq_span read_value(xlsx *w, yq_xml *x, const char *type, long style)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    size_t at = 0;
    yq_span raw = { (uint32_t)yq_office_length(&w->office), 0 };
    while (yq_xml_inside(x, depth, &e))
        if (e.kind == YQ_XML_TEXT) yq_office_text(&w->office, e.text, at = e.at);
    raw.to = (uint32_t)yq_office_length(&w->office);
    yq_str value = yq_office_at(&w->office, raw);
    if (!strcmp(type, "s")) return shared_string(w, value);
    if (!strcmp(type, "e")) return (yq_span){ 0 };
    if (*type && strcmp(type, "n")) return raw;
    yq_office_text(&w->office, yq_xlsx_number(arena_of(w), &w->formats, value, style), at);
    return (yq_span){ raw.to, (uint32_t)yq_office_length(&w->office) };
}

static yq_code read_cell(xlsx *w, yq_xml *x, const yq_xml_event *opened, uint32_t row, uint32_t *col, yq_err *err)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    char type[16] = "";
    strncpy(type, yq_xml_value(opened, "t"), sizeof type - 1);
    long style = yq_xml_number(opened, "s", 0, 1 << 24, 0);
    cell c = { .row = row, .col = *col, .rows = 1, .cols = 1 };
    read_reference(yq_xml_value(opened, "r"), &c.row, &c.col);
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "v")) c.text = read_value(w, x, type, style);
        else if (yq_xml_opens(&e, "is")) c.text = read_string(w, x);
    }
    *col = c.col + 1;
    if (yq_blank(yq_office_at(&w->office, c.text))) return YQ_OK;
    if (w->cells.n >= w->office.writer.draft->limits->table_cells)
        return yq_fail(err, YQ_INVALID, 0, "a sheet has over %zu cells; split the file", w->office.writer.draft->limits->table_cells);
    *yq_push(arena_of(w), &w->cells) = c;
    return YQ_OK;
}

static void read_merge(xlsx *w, const char *range)
{
    uint32_t row = 0, col = 0, last_row = 0, last_col = 0;
    const char *p = read_reference(range, &row, &col);
    if (p == range || *p != ':' || w->merges.n >= MOST_MERGES) return;
    if (read_reference(p + 1, &last_row, &last_col) == p + 1 || last_row < row || last_col < col) return;
    *yq_push(arena_of(w), &w->merges) = (merge){ row, col, last_row - row + 1, last_col - col + 1 };
}

static yq_code read_sheet(yq_xml *x, void *arg, yq_err *err)
{
    xlsx *w = arg;
    yq_xml_event e;
    yq_code rc = YQ_OK;
    uint32_t row = 0, col = 0;
    bool first = true;
    while (!rc && yq_xml_next(x, &e)) {
        if (yq_xml_opens(&e, "row")) {
            row = (uint32_t)yq_xml_number(&e, "r", 1, MOST_ROWS, first ? 1 : (long)row + 2) - 1;
            col = 0;
            first = false;
        } else if (yq_xml_opens(&e, "c")) rc = read_cell(w, x, &e, row, &col, err);
        else if (yq_xml_opens(&e, "mergeCell")) read_merge(w, yq_xml_value(&e, "ref"));
    }
    return rc;
}

/* ---------------------------------------------------------------- from places on the sheet to rows and columns of a table */

static int by_place(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->col < y->col ? -1 : x->col > y->col;
}

/* By place, each place once: a sheet that tells a cell twice is damaged, and a table holds one of them. */
static void sort_cells(xlsx *w)
{
    cell *v = w->cells.v;
    size_t kept = 0;
    if (w->cells.n) qsort(v, w->cells.n, sizeof *v, by_place);
    for (size_t i = 0; i < w->cells.n; i++)
        if (!kept || by_place(&v[kept - 1], &v[i])) v[kept++] = v[i];
    w->cells.n = kept;
}

static cell *cell_at(xlsx *w, uint32_t row, uint32_t col)
{
    cell key = { .row = row, .col = col };
    return w->cells.n ? bsearch(&key, w->cells.v, w->cells.n, sizeof key, by_place) : NULL;
}

/* How many of the sorted numbers lie below `value`. */
static uint32_t count_below(const uint32_t *v, uint32_t n, uint32_t value)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (v[middle] < value) low = middle + 1;
        else high = middle;
    }
    return low;
}

typedef struct {
    uint32_t *v, n;
} kept;

static kept kept_rows(const xlsx *w)
{
    kept k = { YQ_ARRAY(arena_of(w), uint32_t, w->cells.n), 0 };
    for (size_t i = 0; i < w->cells.n; i++)
        if (!k.n || k.v[k.n - 1] != w->cells.v[i].row) k.v[k.n++] = w->cells.v[i].row;
    return k;
}

static kept kept_columns(const xlsx *w)
{
    bool *used = YQ_ARRAY(arena_of(w), bool, MOST_COLUMNS);
    kept k = { YQ_ARRAY(arena_of(w), uint32_t, MOST_COLUMNS), 0 };
    for (size_t i = 0; i < w->cells.n; i++) used[w->cells.v[i].col] = true;
    for (uint32_t c = 0; c < MOST_COLUMNS; c++)
        if (used[c]) k.v[k.n++] = c;
    return k;
}

/* The places of a span among those that are kept. */
static void compress(const kept *k, uint32_t *at, uint32_t *length)
{
    uint32_t from = count_below(k->v, k->n, *at), to = count_below(k->v, k->n, *at + *length);
    *at = from;
    *length = to > from ? to - from : 1;
}

/* Gives cells their spans and takes empty rows and columns out; returns how many columns are left. Cells are sorted. */
static uint32_t settle(xlsx *w)
{
    for (size_t i = 0; i < w->merges.n; i++) {
        cell *c = cell_at(w, w->merges.v[i].row, w->merges.v[i].col);
        if (c) c->rows = w->merges.v[i].rows, c->cols = w->merges.v[i].cols;
    }
    kept rows = kept_rows(w), columns = kept_columns(w);
    for (size_t i = 0; i < w->cells.n; i++) {
        compress(&rows, &w->cells.v[i].row, &w->cells.v[i].rows);
        compress(&columns, &w->cells.v[i].col, &w->cells.v[i].cols);
    }
    return columns.n;
}

/* ---------------------------------------------------------------- writing a sheet */

static size_t row_end(const xlsx *w, size_t i)
{
    size_t end = i;
    while (end < w->cells.n && w->cells.v[end].row == w->cells.v[i].row) end++;
    return end;
}

/* Lines of a cell are lines of paper: names under each other stay apart. */
static void add_pieces(xlsx *w, yq_span text)
{
    yq_str s = yq_office_at(&w->office, text), part, rest = s;
    while (yq_split(&rest, '\n', &part)) {
        uint32_t from = text.from + (uint32_t)(part.p - s.p);
        if (!yq_blank(part)) *yq_push(arena_of(w), &w->office.pieces) = (yq_span){ from, from + (uint32_t)part.n };
    }
}

static void write_line(xlsx *w, const cell *c)
{
    w->office.pieces.n = 0;
    add_pieces(w, c->text);
    for (size_t i = 0; i < w->office.pieces.n; i++) {
        yq_office_write(&w->office, w->office.pieces.v[i]);
        yq_writer_line(&w->office.writer, YQ_BLOCK_PARAGRAPH, 0, false);
    }
}

/* Cells [from, to) as a table whose first row is 0. */
static yq_code write_table(xlsx *w, size_t from, size_t to, uint32_t columns, yq_err *err)
{
    yq_office_cell *out = YQ_ARRAY(arena_of(w), yq_office_cell, to - from);
    w->office.pieces.n = 0;
    for (size_t i = from, end; i < to; i = end) {
        end = row_end(w, i);
        for (size_t k = i; k < end; k++) {
            const cell *c = &w->cells.v[k];
            bool across = end - i == 1 && columns > 2 && c->col == 0 && c->rows == 1;
            uint32_t first = (uint32_t)w->office.pieces.n;
            add_pieces(w, c->text);
            out[k - from] = (yq_office_cell){ .row = c->row - w->cells.v[from].row, .col = c->col, .rows = c->rows, .cols = across ? columns : c->cols,
                                              .first = first, .count = (uint32_t)w->office.pieces.n - first };
        }
    }
    return yq_office_table(&w->office, out, to - from, err);
}

/* Rows of one cell above the table are titles, below it notes. */
static yq_code write_sheet(xlsx *w, yq_err *err)
{
    uint32_t columns = settle(w);
    size_t from = 0, to = w->cells.n;
    while (from < to && row_end(w, from) == from + 1) write_line(w, &w->cells.v[from++]);
    while (to > from + 1 && w->cells.v[to - 2].row != w->cells.v[to - 1].row) to--;
    yq_code rc = to > from ? write_table(w, from, to, columns, err) : YQ_OK;
    for (; !rc && to < w->cells.n; to++) write_line(w, &w->cells.v[to]);
    return rc;
}

/* "Sheet1", "工作表2": names that nobody gave. */
static bool default_name(yq_str name)
{
    static const char *const names[] = { "Sheet", "sheet", "工作表", "表", "Tabelle", "Feuil" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        yq_str prefix = yq_cstr(names[i]);
        if (!yq_starts(name, prefix) || name.n > DEFAULT_NAME_BYTES) continue;
        yq_str rest = yq_trim(yq_sub(name, prefix.n, name.n));
        size_t digits = 0;
        while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9') digits++;
        if (digits == rest.n) return true;
    }
    return false;
}

/* A sheet's name heads it; the first sheet's only where it has no title of its own. */
static void write_name(xlsx *w, const sheet *s, bool first)
{
    bool titled = w->cells.n && row_end(w, 0) == 1;
    if (!w->cells.n || default_name(yq_cstr(s->name)) || (first && titled)) return;
    yq_span piece = { (uint32_t)yq_office_length(&w->office), 0 };
    yq_office_text(&w->office, yq_cstr(s->name), 0);
    piece.to = (uint32_t)yq_office_length(&w->office);
    yq_office_write(&w->office, piece);
    yq_writer_line(&w->office.writer, YQ_BLOCK_HEADING, 1, true);
}

static yq_code read_one_sheet(xlsx *w, const sheet *s, bool first, yq_err *err)
{
    w->cells.n = w->merges.n = 0;
    yq_code rc = yq_office_read(&w->office, w->zip, s->path, read_sheet, w, err);
    if (rc) return rc;
    sort_cells(w);
    write_name(w, s, first);
    return write_sheet(w, err);
}

/* ---------------------------------------------------------------- the workbook */

static yq_code read_workbook(yq_xml *x, void *arg, yq_err *err)
{
    xlsx *w = arg;
    yq_xml_event e;
    (void)err;
    while (yq_xml_next(x, &e)) {
        if (yq_xml_opens(&e, "workbookPr"))
            w->formats.from_1904 = !strcmp(yq_xml_value(&e, "date1904"), "1") || !strcmp(yq_xml_value(&e, "date1904"), "true");
        const char *path = yq_xml_opens(&e, "sheet") ? yq_relation_path(&w->relations, yq_xml_value(&e, "id")) : NULL;
        bool visible = !*yq_xml_value(&e, "state") || !strcmp(yq_xml_value(&e, "state"), "visible");
        if (path && visible && w->sheets.n < MOST_SHEETS)
            *yq_push(arena_of(w), &w->sheets) = (sheet){ yq_dupz(arena_of(w), yq_cstr(yq_xml_value(&e, "name"))), path };
    }
    return YQ_OK;
}

static const char *related(const yq_relations *r, const char *type, const char *otherwise)
{
    for (size_t i = 0; i < r->all.n; i++)
        if (!strcmp(r->all.v[i].type, type)) return r->all.v[i].path;
    return otherwise;
}

static yq_code read_parts(yq_zip *z, void *arg, yq_err *err)
{
    xlsx *w = arg;
    yq_relations top;
    w->zip = z;
    yq_code rc = yq_office_relations(&w->office, z, "", &top, err);
    if (rc) return rc;
    const char *book = related(&top, "officeDocument", "xl/workbook.xml");
    if ((rc = yq_office_relations(&w->office, z, book, &w->relations, err))) return rc;
    if ((rc = yq_office_read(&w->office, z, book, read_workbook, w, err))) return rc;
    if ((rc = yq_office_read(&w->office, z, related(&w->relations, "sharedStrings", ""), read_strings, w, err))) return rc;
    if ((rc = yq_xlsx_read_formats(&w->office, z, related(&w->relations, "styles", ""), &w->formats, err))) return rc;
    if (!w->sheets.n) return yq_fail(err, YQ_INVALID, 0, "the workbook has no visible sheet");
    for (size_t i = 0; i < w->sheets.n && !rc; i++) rc = read_one_sheet(w, &w->sheets.v[i], i == 0, err);
    return rc ? rc : yq_office_done(&w->office, err);
}

yq_code yq_read_xlsx(yq_draft *draft, yq_str bytes, yq_err *err)
{
    yq_code rc = yq_office_check(bytes, ".xlsx", err);
    if (rc) return rc;
    xlsx *w = YQ_NEW(draft->arena, xlsx);
    w->office = yq_office_on(draft);
    draft->encoding = "UTF-8";
    return yq_zip_run(draft, bytes, read_parts, w, err);
}
