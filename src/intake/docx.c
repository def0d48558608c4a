/* Word documents. Only the body is read: headers and footers are other parts, and a table of contents repeats what follows.
 *
 * A style or an outline level tells a heading; the rest is left to what the words say (shape.c), as in plain text, since most offices format by hand.
 * Deleted and hidden text does not count. A shape is written twice, for new and old programs: the copy for old ones (Fallback) is passed.
 */
#include "intake/docx.h"

enum { HEADING_CHARS = 100, MOST_COLUMNS = 256 };

typedef struct {
    uint32_t piece; /* index into the office's pieces */
    yq_style style;
    long list, depth;
} paragraph;

typedef struct {
    yq_office office;
    yq_docx_look look;
    yq_zip *zip;
    YQ_VEC(paragraph) paragraphs; /* those waiting; one for each piece */
    yq_code code;
    yq_err *err;
} docx;

/* ---------------------------------------------------------------- paragraphs */

static void end_piece(docx *d, uint32_t from, const paragraph *p)
{
    yq_arena *a = d->office.writer.draft->arena;
    yq_span piece = { from, (uint32_t)yq_office_length(&d->office) };
    if (yq_blank(yq_office_at(&d->office, piece))) return;
    paragraph *kept = yq_push(a, &d->paragraphs);
    *kept = *p;
    kept->piece = (uint32_t)d->office.pieces.n;
    *yq_push(a, &d->office.pieces) = piece;
}

static void read_properties(docx *d, yq_xml *x, paragraph *p)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    long list = -1;
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "pStyle")) p->style = yq_docx_style(&d->look, yq_xml_value(&e, "val"));
        else if (yq_xml_opens(&e, "numId")) list = yq_xml_number(&e, "val", 0, 1 << 30, 0);
        else if (yq_xml_opens(&e, "ilvl")) p->depth = yq_xml_number(&e, "val", 0, YQ_LIST_LEVELS - 1, 0);
        else if (yq_xml_opens(&e, "pPrChange")) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "outlineLvl") && p->style.role == YQ_STYLE_PLAIN && yq_xml_number(&e, "val", 0, 9, 9) < 9) {
            p->style.role = YQ_STYLE_HEADING;
            p->style.level = (uint8_t)(yq_xml_number(&e, "val", 0, 9, 0) + 1);
        }
    }
    p->list = list >= 0 ? list : p->style.list; /* 0 takes a style's number away */
    if (list < 0 && p->style.list) p->depth = p->style.depth;
}

static bool hidden_run(yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    bool hidden = false;
    while (yq_xml_inside(x, depth, &e))
        if (yq_xml_opens(&e, "vanish")) hidden = strcmp(yq_xml_value(&e, "val"), "0") && strcmp(yq_xml_value(&e, "val"), "false");
    return hidden;
}

static void read_text(docx *d, yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    while (yq_xml_inside(x, depth, &e))
        if (e.kind == YQ_XML_TEXT) yq_office_text(&d->office, e.text, e.at);
}

/* What is never text of the document: deletions, the copy for old programs, codes of fields. */
static bool passed_over(const yq_xml_event *e)
{
    static const char *const names[] = { "del", "moveFrom", "Fallback", "instrText", "delText", "rt", "sectPr", "tblPrEx", "footnotePr" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (yq_xml_opens(e, names[i])) return true;
    return false;
}

static const struct { const char *element, *text; } marks[] = { { "tab", "\t" }, { "ptab", "\t" }, { "noBreakHyphen", "-" } };

static void read_paragraph(docx *d, yq_xml *x);

/* A text box stands where its anchor is: before the text that goes on behind it. */
static void read_box(docx *d, yq_xml *x, paragraph *p, uint32_t *from)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    end_piece(d, *from, p);
    while (yq_xml_inside(x, depth, &e)) {
        if (passed_over(&e)) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "p")) read_paragraph(d, x);
    }
    *from = (uint32_t)yq_office_length(&d->office);
}

/* A line break inside a paragraph ends a line, as it does on paper. */
static void read_paragraph(docx *d, yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x), run = 0;
    paragraph p = { .style = { .id = "" } };
    uint32_t from = (uint32_t)yq_office_length(&d->office);
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "r")) run = yq_xml_depth(x);
        if (passed_over(&e)) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "pPr")) read_properties(d, x, &p);
        else if (yq_xml_opens(&e, "t")) read_text(d, x);
        else if (yq_xml_opens(&e, "txbxContent")) read_box(d, x, &p, &from);
        else if (yq_xml_opens(&e, "br") || yq_xml_opens(&e, "cr")) {
            end_piece(d, from, &p);
            from = (uint32_t)yq_office_length(&d->office);
        } else if (yq_xml_opens(&e, "rPr")) {
            if (!hidden_run(x)) continue;
            while (yq_xml_inside(x, run, &e)) continue; /* the rest of the run */
        } else
            for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
                if (yq_xml_opens(&e, marks[i].element)) yq_office_text(&d->office, yq_cstr(marks[i].text), e.at);
    }
    end_piece(d, from, &p);
}

static bool ends_sentence(yq_str s)
{
    s = yq_trim(s);
    return yq_ends(s, YQ_S("。")) || yq_ends(s, YQ_S("；")) || yq_ends(s, YQ_S("，"));
}

/* Headings that are whole sentences are paragraphs somebody made large. */
static bool truly_heading(const docx *d, const paragraph *p)
{
    yq_str s = yq_office_at(&d->office, d->office.pieces.v[p->piece]);
    return yq_utf8_count(s) <= HEADING_CHARS && !ends_sentence(s);
}

static void write_paragraph(docx *d, const paragraph *p)
{
    static const yq_block_kind kinds[] = {
        [YQ_STYLE_TITLE] = YQ_BLOCK_TITLE, [YQ_STYLE_SUBTITLE] = YQ_BLOCK_SUBTITLE, [YQ_STYLE_HEADING] = YQ_BLOCK_HEADING,
        [YQ_STYLE_LIST] = YQ_BLOCK_ITEM,   [YQ_STYLE_CAPTION] = YQ_BLOCK_CAPTION,   [YQ_STYLE_PLAIN] = YQ_BLOCK_PARAGRAPH,
    };
    yq_writer *w = &d->office.writer;
    yq_style_role role = p->style.role;
    bool bullet = false;

    if (role == YQ_STYLE_CONTENTS) return;
    if (p->list) {
        yq_str mark = yq_docx_count(w->draft->arena, &d->look, p->list, p->depth, &bullet);
        yq_text_insert(&w->text, mark, d->office.pieces.v[p->piece].from);
        if (mark.n && ((unsigned char)mark.p[mark.n - 1] < 0x80)) yq_text_insert(&w->text, YQ_S(" "), d->office.pieces.v[p->piece].from);
    }
    if (bullet && role == YQ_STYLE_PLAIN) role = YQ_STYLE_LIST;
    if (role == YQ_STYLE_HEADING && !truly_heading(d, p)) role = YQ_STYLE_PLAIN;
    uint8_t level = role == YQ_STYLE_HEADING ? (p->style.level < 6 ? p->style.level : 6) : role == YQ_STYLE_LIST ? (uint8_t)(p->depth + 1) : 0;
    yq_office_write(&d->office, d->office.pieces.v[p->piece]);
    yq_writer_line(w, kinds[role], level, role != YQ_STYLE_PLAIN);
}

static void write_paragraphs(docx *d)
{
    for (size_t i = 0; i < d->paragraphs.n; i++) write_paragraph(d, &d->paragraphs.v[i]);
    d->paragraphs.n = d->office.pieces.n = 0;
}

/* ---------------------------------------------------------------- tables */

typedef struct {
    YQ_VEC(yq_office_cell) cells;
    uint32_t above[MOST_COLUMNS]; /* which cell reaches down to each column, plus one */
    uint32_t row, col;
    bool header;
} table;

/* A cell merged into the one above makes that one longer, and holds nothing. */
static bool merged_above(table *t, uint32_t cols)
{
    uint32_t above = t->col < MOST_COLUMNS ? t->above[t->col] : 0;
    if (!above || above > t->cells.n) return false; /* none, or of a row that was deleted */
    yq_office_cell *c = &t->cells.v[above - 1];
    if (c->col != t->col || c->cols != cols || c->row + c->rows != t->row) return false;
    c->rows++;
    return true;
}

static void place_cell(docx *d, table *t, uint32_t cols, bool continues, uint32_t first)
{
    yq_office_cell cell = { .row = t->row, .col = t->col, .rows = 1, .cols = cols, .first = first, .header = t->header };
    cell.count = (uint32_t)d->office.pieces.n - first;
    if (!continues || !merged_above(t, cols)) {
        *yq_push(d->office.writer.draft->arena, &t->cells) = cell;
        for (uint32_t k = t->col; k < t->col + cols && k < MOST_COLUMNS; k++) t->above[k] = (uint32_t)t->cells.n;
    }
    t->col += cols;
}

/* Tables inside of cells become the cell's text. */
static void read_cell(docx *d, yq_xml *x, table *t)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    uint32_t cols = 1, first = (uint32_t)d->office.pieces.n;
    bool continues = false, inner = false;
    while (yq_xml_inside(x, depth, &e)) {
        if (passed_over(&e)) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "p")) read_paragraph(d, x);
        else if (yq_xml_opens(&e, "tbl")) inner = true;
        else if (yq_xml_opens(&e, "gridSpan") && !inner) cols = (uint32_t)yq_xml_number(&e, "val", 1, MOST_COLUMNS, 1);
        else if (yq_xml_opens(&e, "vMerge") && !inner) continues = strcmp(yq_xml_value(&e, "val"), "restart");
    }
    if (t->col + cols > MOST_COLUMNS) return;
    place_cell(d, t, cols, continues, first);
}

static bool read_row(docx *d, yq_xml *x, table *t)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    size_t before = t->cells.n;
    bool properties = false, deleted = false;
    t->col = 0;
    t->header = false;
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "trPr")) properties = true;
        else if (yq_xml_opens(&e, "tc")) properties = false, read_cell(d, x, t);
        else if (yq_xml_opens(&e, "tblHeader")) t->header = strcmp(yq_xml_value(&e, "val"), "0") && strcmp(yq_xml_value(&e, "val"), "false");
        else if (yq_xml_opens(&e, "gridBefore")) t->col = (uint32_t)yq_xml_number(&e, "val", 0, MOST_COLUMNS, 0);
        else if (yq_xml_opens(&e, "del") && properties) deleted = true;
    }
    if (deleted) t->cells.n = before;
    return t->cells.n > before || (!deleted && t->col);
}

static void read_table(docx *d, yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    table *t = YQ_NEW(d->office.writer.draft->arena, table);
    write_paragraphs(d);
    while (yq_xml_inside(x, depth, &e)) {
        if (!yq_xml_opens(&e, "tr")) continue;
        t->row += read_row(d, x, t);
        if (t->cells.n > d->office.writer.draft->limits->table_cells) break; /* the writer refuses it */
    }
    if (!d->code) d->code = yq_office_table(&d->office, t->cells.v, t->cells.n, d->err);
    d->paragraphs.n = d->office.pieces.n = 0;
}

/* ---------------------------------------------------------------- the body */

static yq_code read_body(yq_xml *x, void *arg, yq_err *err)
{
    docx *d = arg;
    yq_xml_event e;
    d->err = err;
    while (!d->code && yq_xml_next(x, &e)) {
        if (passed_over(&e)) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "tbl")) read_table(d, x);
        else if (yq_xml_opens(&e, "p")) {
            read_paragraph(d, x);
            write_paragraphs(d);
        }
    }
    return d->code;
}

static yq_code read_parts(yq_zip *z, void *arg, yq_err *err)
{
    docx *d = arg;
    yq_relations top;
    const char *document = "word/document.xml";
    yq_code rc = yq_office_relations(&d->office, z, "", &top, err);
    if (rc) return rc;
    for (size_t i = 0; i < top.all.n; i++)
        if (!strcmp(top.all.v[i].type, "officeDocument")) document = top.all.v[i].path;
    if ((rc = yq_docx_read_look(&d->office, z, &d->look, err))) return rc;
    if ((rc = yq_office_read(&d->office, z, document, read_body, d, err))) return rc;
    return yq_office_done(&d->office, err);
}

yq_code yq_read_docx(yq_draft *draft, yq_str bytes, yq_err *err)
{
    yq_code rc = yq_office_check(bytes, ".docx", err);
    if (rc) return rc;
    docx *d = YQ_NEW(draft->arena, docx);
    d->office = yq_office_on(draft);
    draft->encoding = "UTF-8";
    return yq_zip_run(draft, bytes, read_parts, d, err);
}
