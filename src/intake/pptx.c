/* Presentations: slide by slide, in the order they are shown. A slide's title heads it, its body is a list, its tables are tables; numbers, dates
 * and footers that every slide repeats are passed, and so are speakers' notes, which were not said to the audience.
 */
#include "intake/office.h"

enum { MOST_SLIDES = 2000, LIST_LEVELS = 6 };

typedef enum { FREE, TITLE, BODY, FURNITURE } place;

static const struct { const char *type; place is; } places[] = {
    { "title", TITLE }, { "ctrTitle", TITLE }, { "subTitle", FREE }, { "body", BODY }, { "obj", BODY }, { "", BODY },
    { "dt", FURNITURE }, { "ftr", FURNITURE }, { "hdr", FURNITURE }, { "sldNum", FURNITURE }, { "pic", FURNITURE },
};

typedef struct {
    yq_office office;
    yq_relations relations;
    YQ_VEC(const char *) slides;
    size_t slide; /* the one being read */
} pptx;

static yq_arena *arena_of(const pptx *p)
{
    return p->office.writer.draft->arena;
}

static place place_of(const char *type)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (!strcmp(places[i].type, type)) return places[i].is;
    return FREE;
}

/* One paragraph's text as a piece; *level: its depth in the list. */
static bool read_paragraph(pptx *p, yq_xml *x, uint8_t *level)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x), text = 0;
    yq_span piece = { (uint32_t)yq_office_length(&p->office), 0 };
    *level = 1;
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "pPr")) *level = (uint8_t)yq_xml_number(&e, "lvl", 0, LIST_LEVELS - 1, 0) + 1;
        else if (yq_xml_opens(&e, "t")) text = yq_xml_depth(x);
        else if (yq_xml_opens(&e, "br")) yq_office_text(&p->office, YQ_S(" "), e.at);
        else if (e.kind == YQ_XML_CLOSE && yq_xml_depth(x) < text) text = 0;
        else if (e.kind == YQ_XML_TEXT && text) yq_office_text(&p->office, e.text, e.at);
    }
    piece.to = (uint32_t)yq_office_length(&p->office);
    if (yq_blank(yq_office_at(&p->office, piece))) return false;
    *yq_push(arena_of(p), &p->office.pieces) = piece;
    return true;
}

static void write_paragraph(pptx *p, place at, uint8_t level)
{
    yq_writer *w = &p->office.writer;
    yq_office_write(&p->office, p->office.pieces.v[p->office.pieces.n - 1]);
    if (at == TITLE) yq_writer_line(w, p->slide ? YQ_BLOCK_HEADING : YQ_BLOCK_TITLE, p->slide ? 2 : 0, true);
    else if (at == BODY) yq_writer_line(w, YQ_BLOCK_ITEM, level, true);
    else yq_writer_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
}

static void read_shape(pptx *p, yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    place at = FREE;
    uint8_t level;
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "ph")) at = place_of(yq_xml_value(&e, "type"));
        else if (yq_xml_opens(&e, "p") && read_paragraph(p, x, &level) && at != FURNITURE) write_paragraph(p, at, level);
    }
}

/* ---------------------------------------------------------------- tables */

typedef YQ_VEC(yq_office_cell) grid;

/* Spanned places are written as cells that say so: they are left out. */
static void read_cell(pptx *p, yq_xml *x, const yq_xml_event *opened, uint32_t row, uint32_t col, grid *g)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    uint8_t level;
    bool covered = yq_xml_number(opened, "hMerge", 0, 1, 0) || yq_xml_number(opened, "vMerge", 0, 1, 0);
    yq_office_cell c = { .row = row, .col = col, .first = (uint32_t)p->office.pieces.n };
    c.rows = (uint32_t)yq_xml_number(opened, "rowSpan", 1, 1000, 1);
    c.cols = (uint32_t)yq_xml_number(opened, "gridSpan", 1, 1000, 1);
    while (yq_xml_inside(x, depth, &e))
        if (yq_xml_opens(&e, "p")) read_paragraph(p, x, &level);
    c.count = (uint32_t)p->office.pieces.n - c.first;
    if (!covered) *yq_push(arena_of(p), g) = c;
}

static yq_code read_table(pptx *p, yq_xml *x, yq_err *err)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    uint32_t row = 0, col = 0;
    grid g = { 0 };
    p->office.pieces.n = 0;
    while (yq_xml_inside(x, depth, &e) && g.n <= p->office.writer.draft->limits->table_cells) {
        if (yq_xml_opens(&e, "tr")) row++, col = 0;
        else if (yq_xml_opens(&e, "tc") && row) read_cell(p, x, &e, row - 1, col++, &g);
    }
    return yq_office_table(&p->office, g.v, g.n, err);
}

/* ---------------------------------------------------------------- slides */

static yq_code read_slide(yq_xml *x, void *arg, yq_err *err)
{
    pptx *p = arg;
    yq_xml_event e;
    yq_code rc = YQ_OK;
    while (!rc && yq_xml_next(x, &e)) {
        if (yq_xml_opens(&e, "Fallback")) yq_xml_skip(x);
        else if (yq_xml_opens(&e, "sp")) read_shape(p, x);
        else if (yq_xml_opens(&e, "tbl")) rc = read_table(p, x, err);
    }
    return rc;
}

static yq_code read_order(yq_xml *x, void *arg, yq_err *err)
{
    pptx *p = arg;
    yq_xml_event e;
    (void)err;
    while (yq_xml_next(x, &e)) {
        if (!yq_xml_opens(&e, "sldId")) continue;
        for (unsigned i = 0; i < e.count; i++) { /* id and r:id have one local name */
            const char *path = yq_relation_path(&p->relations, e.attributes[i].value);
            if (path && p->slides.n < MOST_SLIDES) *yq_push(arena_of(p), &p->slides) = path;
        }
    }
    return YQ_OK;
}

static yq_code read_parts(yq_zip *z, void *arg, yq_err *err)
{
    static const char show[] = "ppt/presentation.xml";
    pptx *p = arg;
    yq_code rc = yq_office_relations(&p->office, z, show, &p->relations, err);
    if (!rc) rc = yq_office_read(&p->office, z, show, read_order, p, err);
    for (; !rc && p->slide < p->slides.n; p->slide++) rc = yq_office_read(&p->office, z, p->slides.v[p->slide], read_slide, p, err);
    return rc ? rc : yq_office_done(&p->office, err);
}

yq_code yq_read_pptx(yq_draft *draft, yq_str bytes, yq_err *err)
{
    yq_code rc = yq_office_check(bytes, ".pptx", err);
    if (rc) return rc;
    pptx *p = YQ_NEW(draft->arena, pptx);
    p->office = yq_office_on(draft);
    draft->encoding = "UTF-8";
    return yq_zip_run(draft, bytes, read_parts, p, err);
}
