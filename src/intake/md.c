/* Markdown: the structure is told by marks at the start of lines; the marks inside lines are taken out.
 *
 * Read are: # headings, underlined headings, - * + and numbered items, | tables |, > quotes, fenced code (as paragraphs), links and
 * pictures, emphasis, and a YAML head between --- lines. Lines of one paragraph are joined.
 */
#include "intake/internal.h"

typedef struct {
    yq_writer w;
    yq_str source, rest; /* rest: lines not read yet */
    bool open;           /* a paragraph or item waits for further lines */
    yq_block_kind kind;
    uint8_t level;
} md;

static size_t place(const md *m, yq_str part)
{
    return (size_t)(part.p - m->source.p);
}

/* Closes the open paragraph. */
static void close_open(md *m)
{
    if (m->open) yq_writer_line(&m->w, m->kind, m->level, m->kind != YQ_BLOCK_PARAGRAPH);
    m->open = false;
}

/* [text](url) at `at`: the text's end and the whole's end. */
static bool link_at(yq_str s, size_t at, size_t *text_end, size_t *end)
{
    size_t close = yq_find(s, YQ_S("]"), at);
    if (close == SIZE_MAX || close + 1 >= s.n || s.p[close + 1] != '(') return false;
    size_t paren = yq_find(s, YQ_S(")"), close);
    if (paren == SIZE_MAX) return false;
    return *text_end = close, *end = paren + 1, true;
}

/* Emphasis marks: * and ` always, _ only at a word's border, so that names_with_it stay. */
static bool is_mark(yq_str s, size_t i)
{
    if (s.p[i] == '*' || s.p[i] == '`') return true;
    if (s.p[i] == '~') return i + 1 < s.n && s.p[i + 1] == '~';
    if (s.p[i] != '_') return false;
    bool before = i == 0 || strchr(" _*(", s.p[i - 1]), after = i + 1 >= s.n || strchr(" _*),.;:", s.p[i + 1]);
    return before || after;
}

static void write_inline(md *m, yq_str s)
{
    size_t from = 0, base = place(m, s);
    for (size_t i = 0; i < s.n; i++) {
        size_t text_end, end;
        if (s.p[i] == '\\' && i + 1 < s.n && strchr("\\`*_{}[]()#+-.!|>~", s.p[i + 1])) {
            yq_writer_flow(&m->w, base + from, base + i);
            from = ++i;
        } else if (s.p[i] == '[' && link_at(s, i, &text_end, &end)) {
            size_t picture = i > from && s.p[i - 1] == '!';
            yq_writer_flow(&m->w, base + from, base + i - picture);
            write_inline(m, yq_sub(s, i + 1, text_end));
            from = end;
            i = end - 1;
        } else if (is_mark(s, i)) {
            yq_writer_flow(&m->w, base + from, base + i);
            from = i + 1;
        }
    }
    yq_writer_flow(&m->w, base + from, base + s.n);
}

static bool next_line(md *m, yq_str *line)
{
    return yq_split(&m->rest, '\n', line);
}

static bool all_of(yq_str s, const char *chars, size_t least)
{
    size_t marks = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!strchr(chars, s.p[i])) return false;
        marks += s.p[i] != ' ';
    }
    return marks >= least;
}

static bool is_rule(yq_str s)
{
    return all_of(s, "- ", 3) || all_of(s, "* ", 3) || all_of(s, "_ ", 3);
}

static bool heading(md *m, yq_str s)
{
    size_t level = 0;
    while (level < s.n && s.p[level] == '#') level++;
    if (!level || level > 6 || level >= s.n || s.p[level] != ' ') return false;
    close_open(m);
    s = yq_trim(yq_sub(s, level, s.n));
    while (s.n && s.p[s.n - 1] == '#') s.n--;
    write_inline(m, s);
    yq_writer_line(&m->w, level == 1 ? YQ_BLOCK_TITLE : YQ_BLOCK_HEADING, (uint8_t)level, true);
    return true;
}

/* Bytes of an item's mark ("- ", "12. ", "- [x] "), 0: no item. */
static size_t item_mark(yq_str s)
{
    size_t n = 0;
    if (s.n >= 2 && strchr("-*+", s.p[0]) && s.p[1] == ' ') n = 2;
    while (!n && n < s.n && s.p[n] >= '0' && s.p[n] <= '9') {
        size_t digits = 0;
        while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9') digits++;
        if (digits > 3 || digits + 1 >= s.n || !strchr(".)", s.p[digits]) || s.p[digits + 1] != ' ') return 0;
        return digits + 2;
    }
    if (n && s.n > n + 3 && s.p[n] == '[' && s.p[n + 2] == ']') n += 4;
    return n;
}

static bool item(md *m, yq_str line, yq_str s)
{
    size_t mark = item_mark(s), indent = (size_t)(s.p - line.p);
    if (!mark) return false;
    close_open(m);
    m->open = true;
    m->kind = YQ_BLOCK_ITEM;
    m->level = (uint8_t)(indent / 2 + 1 < 6 ? indent / 2 + 1 : 6);
    write_inline(m, yq_sub(s, mark, s.n));
    return true;
}

/* | a | b | with a line of dashes below the first row. */
static bool is_table_row(yq_str s)
{
    return s.n > 1 && yq_has(s, YQ_S("|"));
}

static yq_code table_row(md *m, yq_str s, uint32_t row, yq_err *err)
{
    if (s.n && s.p[0] == '|') s = yq_sub(s, 1, s.n);
    if (s.n && s.p[s.n - 1] == '|') s.n--;
    yq_str cell;
    for (uint32_t col = 0; yq_split(&s, '|', &cell); col++) {
        write_inline(m, yq_trim(cell));
        yq_code rc = yq_writer_cell(&m->w, (yq_cell){ .row = row, .col = col, .rows = 1, .cols = 1, .header = row == 0 }, err);
        if (rc) return rc;
    }
    yq_writer_row_end(&m->w);
    return YQ_OK;
}

/* Reads a table if one begins with this line; *took tells. */
static yq_code table(md *m, yq_str s, bool *took, yq_err *err)
{
    yq_str ahead = m->rest, below;
    *took = is_table_row(s) && yq_split(&ahead, '\n', &below) && all_of(yq_trim(below), "|-: ", 3) && yq_has(below, YQ_S("-"));
    if (!*took) return YQ_OK;
    close_open(m);
    yq_writer_table_open(&m->w);
    m->rest = ahead;
    yq_code rc = table_row(m, s, 0, err);
    for (uint32_t row = 1; !rc; row++) {
        yq_str line;
        ahead = m->rest;
        if (!yq_split(&ahead, '\n', &line) || !is_table_row(yq_trim(line))) break;
        m->rest = ahead;
        rc = table_row(m, yq_trim(line), row, err);
    }
    yq_writer_table_close(&m->w);
    return rc;
}

/* A YAML head: its lines are said of the document, its title is the title. */
static void yaml_head(md *m)
{
    yq_str ahead = m->rest, line;
    if (!yq_split(&ahead, '\n', &line) || !yq_eq(yq_trim(line), YQ_S("---"))) return;
    if (yq_find(ahead, YQ_S("\n---"), 0) == SIZE_MAX) return;
    m->rest = ahead;
    while (next_line(m, &line) && !yq_eq(yq_trim(line), YQ_S("---"))) {
        bool title = yq_starts(line, YQ_S("title:"));
        yq_str value = title ? yq_trim(yq_sub(line, 6, line.n)) : line;
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"') value = yq_sub(value, 1, value.n - 1);
        write_inline(m, value);
        yq_writer_line(&m->w, title ? YQ_BLOCK_TITLE : YQ_BLOCK_META, title, true);
    }
}

/* A paragraph's line that === or --- underlines is a heading. */
static bool underlined(md *m, yq_str s)
{
    if (!m->open || m->kind != YQ_BLOCK_PARAGRAPH) return false;
    bool first = all_of(s, "=", 2);
    if (!first && !all_of(s, "-", 2)) return false;
    m->kind = first ? YQ_BLOCK_TITLE : YQ_BLOCK_HEADING;
    m->level = first ? 1 : 2;
    close_open(m);
    return true;
}

/* "Venue: City Hall" below "Date: 27 September": lines of a list that forgot its marks. */
static bool labelled(yq_str s)
{
    enum { LABEL_BYTES = 30 };
    size_t wide = yq_find(s, YQ_S("："), 0), narrow = yq_find(s, YQ_S(": "), 0), at = wide < narrow ? wide : narrow;
    if (at == SIZE_MAX || at == 0 || at > LABEL_BYTES) return false;
    for (size_t i = 0; i < at;) {
        uint32_t cp = yq_utf8_next(s, &i);
        if (cp != '*' && cp != ' ' && cp != '/' && yq_is_punct(cp)) return false;
    }
    return true;
}

static void paragraph(md *m, yq_str line, yq_str s)
{
    if (labelled(s) || yq_starts(line, YQ_S("　"))) close_open(m); /* Chinese paragraphs begin with wide blanks */
    if (m->open) yq_writer_flow(&m->w, place(m, line) - 1, place(m, line)); /* the line end between */
    else {
        m->kind = YQ_BLOCK_PARAGRAPH;
        m->level = 0;
    }
    m->open = true;
    write_inline(m, s);
    if (yq_ends(line, YQ_S("  "))) close_open(m);
}

static yq_code read_line(md *m, yq_str line, bool *fenced, yq_err *err)
{
    yq_str s = yq_trim(line);
    bool took = false;

    if (yq_starts(s, YQ_S("```")) || yq_starts(s, YQ_S("~~~"))) {
        close_open(m);
        *fenced = !*fenced;
        return YQ_OK;
    }
    if (!s.n || *fenced) {
        close_open(m);
        if (s.n) yq_writer_flow(&m->w, place(m, s), place(m, s) + s.n);
        yq_writer_line(&m->w, YQ_BLOCK_PARAGRAPH, 0, false);
        return YQ_OK;
    }
    while (s.n && s.p[0] == '>') s = yq_trim(yq_sub(s, 1, s.n));
    if (underlined(m, s)) return YQ_OK;
    if (is_rule(s)) return close_open(m), YQ_OK;
    yq_code rc = table(m, s, &took, err);
    if (rc || took || heading(m, s) || item(m, line, s)) return rc;
    paragraph(m, line, s);
    return YQ_OK;
}

yq_code yq_read_md(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_decoded source;
    yq_str line;
    bool fenced = false;
    yq_code rc = yq_decode(d->arena, bytes, NULL, &source, err);
    if (rc) return rc;
    d->encoding = source.encoding;
    md m = { .w = yq_writer_on(d, source.text), .source = source.text, .rest = source.text };
    yaml_head(&m);
    while (next_line(&m, &line))
        if ((rc = read_line(&m, line, &fenced, err))) return rc;
    close_open(&m);
    return yq_writer_done(&m.w, &source.map, err);
}
