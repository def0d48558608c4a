/* Tables as RFC 4180 text. Cells stay where they lie in the file; a doubled quote is closed up in place. */
#include "resolve/link.h"

typedef struct {
    char *p, *end;
    size_t line;
    bool open; /* a quote was never closed */
} reader;

/* One cell; *last: a line end or the end of the file stands behind it. */
static yq_str quoted_cell(reader *r)
{
    char *from = ++r->p, *to = from;
    while (r->p < r->end) {
        if (*r->p == '"') {
            if (r->p + 1 == r->end || r->p[1] != '"') break;
            r->p++;
        }
        if (*r->p == '\n') r->line++;
        *to++ = *r->p++;
    }
    r->open = r->p == r->end;
    if (!r->open) r->p++;
    return (yq_str){ from, (size_t)(to - from) };
}

static yq_str next_cell(reader *r, bool *last)
{
    yq_str cell = { r->p, 0 };
    if (r->p < r->end && *r->p == '"') cell = quoted_cell(r);
    char *tail = r->p;
    while (r->p < r->end && *r->p != ',' && *r->p != '\n') r->p++;
    if (cell.p == tail) cell.n = (size_t)(r->p - tail);
    *last = r->p == r->end || *r->p == '\n';
    if (r->p < r->end) r->p++;
    r->line += *last;
    return yq_trim(cell);
}

static yq_code read_header(yq_arena *a, reader *r, yq_link_table *out, yq_err *err)
{
    bool last = false;
    out->header = YQ_ARRAY(a, yq_str, YQ_LINK_MAX_COLUMNS);
    while (!last) {
        if (out->columns == YQ_LINK_MAX_COLUMNS) return yq_fail(err, YQ_INVALID, 1, "line 1: more than %d columns", YQ_LINK_MAX_COLUMNS);
        out->header[out->columns++] = next_cell(r, &last);
    }
    if (!yq_eq(out->header[0], YQ_S("id"))) return yq_fail(err, YQ_INVALID, 1, "line 1: the first column must be id");
    return YQ_OK;
}

static yq_code read_row(reader *r, yq_link_table *out, yq_str *cell, yq_err *err)
{
    bool last = false;
    size_t line = r->line;
    for (size_t i = 0; !last; i++) {
        yq_str s = next_cell(r, &last);
        if (i < out->columns) cell[i] = s;
        else if (s.n) return yq_fail(err, YQ_INVALID, line, "line %zu: more cells than columns", line);
    }
    if (r->open) return yq_fail(err, YQ_INVALID, line, "line %zu: a quote is opened and not closed", line);
    if (cell[0].n == 0) return yq_fail(err, YQ_INVALID, line, "line %zu: no id", line);
    return YQ_OK;
}

static size_t count_lines(const char *p, const char *end)
{
    size_t n = 1;
    while ((p = memchr(p, '\n', (size_t)(end - p)))) n++, p++;
    return n;
}

yq_code yq_link_csv(yq_arena *a, char *bytes, size_t n, yq_link_table *out, yq_err *err)
{
    reader r = { bytes, bytes + n, 1, false };
    size_t bad;
    *out = (yq_link_table){ 0 };
    if (!yq_utf8_valid((yq_str){ bytes, n }, &bad)) return yq_fail(err, YQ_INVALID, bad, "byte %zu is not UTF-8", bad);
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) r.p += 3;
    if (r.p == r.end) return yq_fail(err, YQ_INVALID, 0, "the file is empty");
    yq_code rc = read_header(a, &r, out, err);
    if (rc != YQ_OK) return rc;
    size_t most = count_lines(r.p, r.end);
    if (most > YQ_LINK_MAX_ROWS) return yq_fail(err, YQ_INVALID, 0, "more than %d rows", YQ_LINK_MAX_ROWS);
    out->cell = YQ_ARRAY(a, yq_str, most * out->columns);
    while (r.p < r.end) {
        if (*r.p == '\n' || (*r.p == '\r' && r.p + 1 < r.end && r.p[1] == '\n')) { /* an empty line */
            r.p += *r.p == '\r' ? 2 : 1;
            r.line++;
            continue;
        }
        rc = read_row(&r, out, out->cell + out->rows * out->columns, err);
        if (rc != YQ_OK) return rc;
        out->rows++;
    }
    return YQ_OK;
}
