/* Plain text: undo the width of the page it was copied from, then find the tables that tabs draw.
 *
 * A table is a run of lines with tabs. Between them stand rows that a spreadsheet had merged across: a session's name without any tab, a
 * tea break with fewer. Such a row belongs to the table when rows with tabs go on behind it.
 */
#include "intake/internal.h"
#include "text/text.h"
#include <string.h>

enum { TABLE_COLUMNS = 64, MERGED_ROW_BYTES = 200, MERGED_ROWS = 2 };

static size_t count_tabs(yq_str line)
{
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) n += line.p[i] == '\t';
    return n;
}

typedef struct {
    yq_draft *draft;
    YQ_VEC(yq_span) lines; /* non-blank lines of the text */
    size_t cells;
} txt;

static yq_str line_at(const txt *t, size_t i)
{
    return yq_at(t->draft->text, t->lines.v[i]);
}

static void find_lines(txt *t)
{
    yq_str text = t->draft->text, rest = text, part;
    while (yq_split(&rest, '\n', &part)) {
        if (yq_blank(part)) continue;
        uint32_t from = (uint32_t)(part.p - text.p);
        while (part.n && part.p[part.n - 1] == ' ') part.n--;
        *yq_push(t->draft->arena, &t->lines) = (yq_span){ from, from + (uint32_t)part.n };
    }
}

static bool tabbed(const txt *t, size_t i)
{
    return i < t->lines.n && count_tabs(line_at(t, i)) > 0;
}

/* The line behind a table's last row. A single line with a tab is no table. */
static size_t table_end(const txt *t, size_t from)
{
    size_t end = from, most = 0;
    for (size_t i = from; i < t->lines.n; i++) {
        size_t tabs = count_tabs(line_at(t, i));
        if (tabs) {
            most = tabs > most ? tabs : most;
            end = i + 1;
            continue;
        }
        size_t ahead = i;
        while (ahead < t->lines.n && ahead - i < MERGED_ROWS && !tabbed(t, ahead)) ahead++;
        if (!tabbed(t, ahead) || most < 2 || t->lines.v[i].to - t->lines.v[i].from > MERGED_ROW_BYTES) break;
        i = ahead - 1;
    }
    return end - from >= 2 ? end : from;
}

static size_t widest(const txt *t, size_t from, size_t to)
{
    size_t most = 0;
    for (size_t i = from; i < to; i++) {
        size_t tabs = count_tabs(line_at(t, i));
        most = tabs > most ? tabs : most;
    }
    return most + 1 < TABLE_COLUMNS ? most + 1 : TABLE_COLUMNS;
}

/* Cells of one row. One or two cells in a wide table were merged across: the last of them reaches the right border. */
static void add_row(txt *t, yq_table *table, uint32_t row, yq_span line)
{
    uint32_t at = line.from, col = 0;
    size_t pieces = count_tabs(yq_at(t->draft->text, line)) + 1;
    while (col < table->cols) {
        uint32_t end = at;
        while (end < line.to && (t->draft->text.p[end] != '\t' || col + 1 == table->cols)) end++;
        bool last = end == line.to;
        yq_cell cell = { .row = row, .col = col, .rows = 1, .cols = 1, .span = { at, end } };
        if (last && table->cols >= 3 && pieces <= 2 && pieces < table->cols - 1) cell.cols = table->cols - col;
        *yq_push(t->draft->arena, &table->cells) = cell;
        t->cells++;
        if (last) break;
        at = end + 1;
        col += cell.cols;
    }
}

static yq_code add_table(txt *t, size_t from, size_t to, yq_err *err)
{
    yq_draft *d = t->draft;
    yq_table *table = yq_push(d->arena, &d->tables);
    *table = (yq_table){ .rows = (uint32_t)(to - from), .cols = (uint32_t)widest(t, from, to) };
    for (size_t i = from; i < to; i++) {
        add_row(t, table, (uint32_t)(i - from), t->lines.v[i]);
        if (t->cells > d->limits->table_cells)
            return yq_fail(err, YQ_INVALID, t->lines.v[i].from, "a table has over %zu cells; split the file", d->limits->table_cells);
    }
    *yq_push(d->arena, &d->lines) = (yq_line){ .span = { t->lines.v[from].from, t->lines.v[to - 1].to }, .kind = YQ_BLOCK_TABLE,
                                               .told = true, .table = (uint32_t)d->tables.n - 1 };
    return YQ_OK;
}

yq_code yq_read_txt(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_decoded source;
    yq_map cleaned;
    txt t = { .draft = d };

    yq_code rc = yq_decode(d->arena, bytes, NULL, &source, err);
    if (!rc) rc = yq_clean(d->arena, source.text, (yq_clean_options){ .unwrap = true }, &d->text, &cleaned, err);
    if (rc) return rc;
    d->encoding = source.encoding;
    d->map = yq_map_join(d->arena, &cleaned, &source.map);
    find_lines(&t);
    for (size_t i = 0; i < t.lines.n;) {
        size_t end = tabbed(&t, i) ? table_end(&t, i) : i;
        if (end > i) {
            if ((rc = add_table(&t, i, end, err))) return rc;
            i = end;
            continue;
        }
        *yq_push(d->arena, &d->lines) = (yq_line){ .span = t.lines.v[i++], .kind = YQ_BLOCK_PARAGRAPH };
    }
    return YQ_OK;
}
