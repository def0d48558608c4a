/* Text of Office files on its way into a draft, the relations between parts, and tables that are known only when they end. */
#include "intake/office.h"

#include <stdio.h>

yq_office yq_office_on(yq_draft *d)
{
    return (yq_office){ .writer = yq_writer_on(d, (yq_str){ 0 }), .source = { .arena = d->arena } };
}

void yq_office_part(yq_office *o, size_t bytes)
{
    o->part = o->parts;
    o->parts += bytes;
}

void yq_office_text(yq_office *o, yq_str text, size_t at)
{
    yq_text_insert(&o->source, text, o->part + at);
}

size_t yq_office_length(const yq_office *o)
{
    return yq_text_length(&o->source);
}

yq_str yq_office_at(const yq_office *o, yq_span piece)
{
    return yq_at((yq_str){ o->source.text.v, o->source.text.n }, piece);
}

void yq_office_write(yq_office *o, yq_span piece)
{
    o->writer.source = (yq_str){ o->source.text.v, o->source.text.n }; /* it moves while it grows */
    yq_writer_flow(&o->writer, piece.from, piece.to);
}

yq_code yq_office_done(yq_office *o, yq_err *err)
{
    yq_map map;
    o->writer.source = yq_text_done(&o->source, &map);
    return yq_writer_done(&o->writer, &map, err);
}

/* ---------------------------------------------------------------- tables */

static void write_cell(yq_office *o, const yq_office_cell *c)
{
    yq_text_builder *b = &o->writer.text;
    for (uint32_t i = 0; i < c->count; i++) {
        yq_span piece = o->pieces.v[c->first + i];
        char last = b->text.n ? b->text.v[b->text.n - 1] : '\n';
        if (i && !strchr(" \t\n", last)) yq_text_insert(b, YQ_S(" "), piece.from);
        yq_office_write(o, piece);
    }
}

static void write_as_lines(yq_office *o, const yq_office_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < cells[i].count; k++) {
            yq_office_write(o, o->pieces.v[cells[i].first + k]);
            yq_writer_line(&o->writer, YQ_BLOCK_PARAGRAPH, 0, false);
        }
}

yq_code yq_office_table(yq_office *o, const yq_office_cell *cells, size_t n, yq_err *err)
{
    uint32_t rows = 0, cols = 0, row = 0;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].row >= rows) rows = cells[i].row + 1;
        if (cells[i].col + cells[i].cols > cols) cols = cells[i].col + cells[i].cols;
    }
    yq_writer_line(&o->writer, YQ_BLOCK_PARAGRAPH, 0, false);
    if (rows < 2 || cols < 2) return write_as_lines(o, cells, n), YQ_OK;
    yq_writer_table_open(&o->writer);
    for (size_t i = 0; i < n; i++) {
        const yq_office_cell *c = &cells[i];
        for (; row < c->row; row++) yq_writer_row_end(&o->writer);
        write_cell(o, c);
        yq_cell cell = { .row = c->row, .col = c->col, .rows = c->rows, .cols = c->cols, .header = c->header };
        if (cell.row + cell.rows > rows) cell.rows = rows - cell.row;
        yq_code rc = yq_writer_cell(&o->writer, cell, err);
        if (rc) return rc;
    }
    yq_writer_table_close(&o->writer);
    return YQ_OK;
}

/* ---------------------------------------------------------------- parts */

yq_code yq_office_read(yq_office *o, yq_zip *z, const char *name, yq_code (*work)(yq_xml *x, void *arg, yq_err *err), void *arg, yq_err *err)
{
    yq_str xml;
    yq_code rc = yq_zip_entry(z, name, &xml, err);
    if (rc || !xml.p) return rc;
    yq_office_part(o, xml.n);
    return yq_xml_run(o->writer.draft, xml, YQ_XML_STRICT, work, arg, err);
}

typedef struct {
    yq_arena *arena;
    yq_str folder; /* of the part that refers: "xl/" */
    yq_relations *out;
} relation_reader;

/* "../media/x.png" below "xl/slides/", "/xl/x.xml" from the top. */
static const char *resolve(yq_arena *a, yq_str folder, yq_str target)
{
    if (yq_starts(target, YQ_S("/"))) return yq_dupz(a, yq_sub(target, 1, target.n));
    while (yq_starts(target, YQ_S("../"))) {
        target = yq_sub(target, 3, target.n);
        if (folder.n) folder.n--;
        while (folder.n && folder.p[folder.n - 1] != '/') folder.n--;
    }
    return yq_concat(a, folder, target).p;
}

static yq_code read_relations(yq_xml *x, void *arg, yq_err *err)
{
    relation_reader *r = arg;
    yq_xml_event e;
    (void)err;
    while (yq_xml_next(x, &e)) {
        if (!yq_xml_opens(&e, "Relationship") || !strcmp(yq_xml_value(&e, "TargetMode"), "External")) continue;
        const char *type = strrchr(yq_xml_value(&e, "Type"), '/');
        *yq_push(r->arena, &r->out->all) = (yq_relation){ yq_dupz(r->arena, yq_cstr(yq_xml_value(&e, "Id"))),
                                                          resolve(r->arena, r->folder, yq_cstr(yq_xml_value(&e, "Target"))),
                                                          yq_dupz(r->arena, yq_cstr(type ? type + 1 : "")) };
    }
    return YQ_OK;
}

yq_code yq_office_relations(yq_office *o, yq_zip *z, const char *part, yq_relations *out, yq_err *err)
{
    yq_arena *a = o->writer.draft->arena;
    const char *slash = strrchr(part, '/'), *file = slash ? slash + 1 : part;
    yq_str folder = { part, (size_t)(file - part) };
    relation_reader r = { a, folder, out };
    *out = (yq_relations){ 0 };
    return yq_office_read(o, z, yq_printf(a, "%.*s_rels/%s.rels", YQ_FMT(folder), file).p, read_relations, &r, err);
}

const char *yq_relation_path(const yq_relations *r, const char *id)
{
    for (size_t i = 0; i < r->all.n; i++)
        if (!strcmp(r->all.v[i].id, id)) return r->all.v[i].path;
    return NULL;
}

yq_code yq_office_check(yq_str bytes, const char *what, yq_err *err)
{
    if (yq_starts(bytes, YQ_S("\xD0\xCF\x11\xE0")))
        return yq_fail(err, YQ_INVALID, 0, "it is protected by a password, or an old binary file with a new ending; save it as %s without a password", what);
    if (!yq_starts(bytes, YQ_S("PK"))) return yq_fail(err, YQ_INVALID, 0, "it is no %s file, whatever its name says; open it in Office and save it as %s", what, what);
    return YQ_OK;
}
