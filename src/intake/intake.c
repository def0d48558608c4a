/* One table of readers; one way from a file to a reading.
 *
 * bytes -> reader -> draft (text with a map, lines) -> shape (what each line is) -> reading (kept lines only, spans, simplified text).
 */
#include "intake/foreign.h"
#include "intake/internal.h"

#include <string.h>
#include <strings.h>

/* own: no library has a part in it beside the C library. */
static const struct { const char *extension, *format; yq_reader *read; bool own; } readers[] = {
    { "txt", "txt", yq_read_txt, true },  { "text", "txt", yq_read_txt, true }, { "md", "md", yq_read_md, true }, { "markdown", "md", yq_read_md, true },
    { "html", "html", yq_read_html },     { "htm", "html", yq_read_html },      { "xhtml", "html", yq_read_html },
    { "csv", "csv", yq_read_csv, true },  { "tsv", "csv", yq_read_csv, true },  { "json", "json", yq_read_json, true },
    { "docx", "docx", yq_read_docx },     { "xlsx", "xlsx", yq_read_xlsx },     { "pptx", "pptx", yq_read_pptx },
    { "xml", "xml", yq_read_xml },        { "nxml", "xml", yq_read_xml },
    { "pdf", "pdf", yq_read_pdf },        { "eml", "eml", yq_read_eml },        { "zip", "zip", yq_read_zip },
};

/* Formats that people will try: the refusal names them and says what to do. */
static const struct { const char *extension, *what, *instead; } unread[] = {
    { "msg", "Outlook's own mail format (.msg)", "save the message as .eml" },
    { "rar", "RAR", "pack it as .zip, or unpack it and pass the folder" },
    { "7z", "7-Zip", "pack it as .zip, or unpack it and pass the folder" },
    { "gz", "gzip", "unpack it and pass what is inside" },
};

enum { MEGABYTE = 1 << 20, LONGEST_SPAN = 1000 };

yq_intake_limits yq_intake_defaults(void)
{
    return (yq_intake_limits){ .file_bytes = 64 * (size_t)MEGABYTE, .memory = 400 * (size_t)MEGABYTE, .depth = 200, .table_cells = 1000000,
                               .text_bytes = 8 * (size_t)MEGABYTE, .address_space = 512 * (size_t)MEGABYTE, .cpu_seconds = 9, .parts = 1000,
                               .parts_bytes = 128 * (size_t)MEGABYTE, .parts_depth = 3, .parts_seconds = 180 };
}

static yq_str extension_of(yq_str name)
{
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '.') return yq_sub(name, i + 1, name.n);
    return (yq_str){ 0 };
}

static bool same_word(yq_str s, const char *word)
{
    return s.n == strlen(word) && !strncasecmp(s.p, word, s.n);
}

static yq_reader *reader_of(yq_str extension, const char **format)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (same_word(extension, readers[i].extension)) return *format = readers[i].format, readers[i].read;
    return NULL;
}

static yq_reader *reader_for(yq_str name, const char **format)
{
    return reader_of(extension_of(name), format);
}

bool yq_intake_knows(yq_str name)
{
    const char *format;
    return reader_for(name, &format) != NULL || yq_conversion_of(name) != NULL;
}

bool yq_intake_needs_helper(yq_str name)
{
    const char *format;
    return reader_for(name, &format) == yq_read_pdf;
}

bool yq_intake_is_own(yq_str name)
{
    yq_str extension = extension_of(name);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (same_word(extension, readers[i].extension)) return readers[i].own;
    return false;
}

static yq_code refuse_format(yq_str name, yq_err *err)
{
    yq_str extension = extension_of(name);
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        if (same_word(extension, unread[i].extension))
            return yq_fail(err, YQ_INVALID, 0, "%s is not read by this version; %s", unread[i].what, unread[i].instead);
    return yq_fail(err, YQ_INVALID, 0, "no reader for this kind of file; read are .txt .md .html .csv .json .docx .xlsx .pptx .pdf .eml .zip .xml, and by LibreOffice .doc .xls "
                                       ".ppt .rtf .odt .ods .odp .wps .et .dps");
}

/* Cells lie by row: halving finds the end of the row, and a cell that reaches down to it stands before that. */
const yq_cell *yq_table_at(const yq_table *t, uint32_t row, uint32_t col)
{
    size_t low = 0, high = t->cells.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->cells.v[middle].row <= row) low = middle + 1;
        else high = middle;
    }
    while (low-- > 0) {
        const yq_cell *c = &t->cells.v[low];
        if (row < c->row + c->rows && col >= c->col && col < c->col + c->cols) return c;
        if (c->row + LONGEST_SPAN < row) break;
    }
    return NULL;
}

/* ---------------------------------------------------------------- draft -> reading */

static void move_table(yq_reading *out, const yq_draft *d, const yq_line *line, uint32_t to)
{
    yq_table table = d->tables.v[line->table];
    for (size_t i = 0; i < table.cells.n; i++) {
        yq_span *s = &table.cells.v[i].span;
        if (s->from < line->span.from) s->from = line->span.from;
        if (s->to < s->from) s->to = s->from;
        *s = (yq_span){ s->from - line->span.from + to, s->to - line->span.from + to };
    }
    *yq_push(d->arena, &out->tables) = table;
}

/* Keeps the lines that belong to the document and gives them their places in the clean text. */
static void assemble(const yq_draft *d, yq_reading *out)
{
    yq_text_builder b = { .arena = d->arena };
    yq_map kept;

    for (size_t i = 0, waiting = 0; i <= d->lines.n; i++) {
        for (; waiting < d->parts.n && (i == d->lines.n || d->parts.v[waiting].after <= i); waiting++) {
            yq_part *part = yq_push(d->arena, &out->parts);
            *part = d->parts.v[waiting];
            part->after = (uint32_t)out->blocks.n;
        }
        if (i == d->lines.n) break;
        const yq_line *line = &d->lines.v[i];
        if (line->dropped || line->span.to <= line->span.from) continue;
        uint32_t from = (uint32_t)yq_text_length(&b);
        yq_text_copy(&b, d->text, line->span.from, line->span.to);
        yq_block block = { .kind = line->kind, .level = line->level, .span = { from, (uint32_t)yq_text_length(&b) } };
        if (line->kind == YQ_BLOCK_TABLE) {
            block.table = (uint32_t)out->tables.n;
            move_table(out, d, line, from);
        }
        if (line->kind == YQ_BLOCK_TITLE) out->title = block.span;
        *yq_push(d->arena, &out->blocks) = block;
        yq_text_insert(&b, YQ_S("\n"), line->span.to);
    }
    out->clean = yq_text_done(&b, &kept);
    out->map = yq_map_join(d->arena, &kept, &d->map);
}

typedef struct {
    yq_draft draft;
    yq_reader *read;
    yq_str bytes;
    yq_reading *out;
} job;

static yq_code read_within(void *arg, yq_err *err)
{
    job *j = arg;
    yq_draft *d = &j->draft;
    yq_code rc = j->read(d, j->bytes, err);
    if (rc) return rc;
    for (size_t i = 0; i < d->tables.n; i++) yq_find_header(d->text, &d->tables.v[i]);
    yq_shape(d);
    assemble(d, j->out);
    if (!j->out->blocks.n && !j->out->parts.n) return yq_fail(err, YQ_INVALID, 0, "no text was found in the file");
    if (j->out->clean.n > d->limits->text_bytes)
        return yq_fail(err, YQ_INVALID, d->limits->text_bytes, "the file holds over %zu MB of text; split it", d->limits->text_bytes / MEGABYTE);
    memcpy(j->out->date, d->date, sizeof d->date);
    j->out->encoding = d->encoding;
    return YQ_OK;
}

yq_code yq_intake_check(yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_err *err)
{
    if (!yq_intake_knows(name)) return refuse_format(name, err);
    if (!bytes.n) return yq_fail(err, YQ_INVALID, 0, "the file is empty");
    if (bytes.n > limits->file_bytes || bytes.n > UINT32_MAX / 4)
        return yq_fail(err, YQ_INVALID, limits->file_bytes, "the file is over %zu MB; split it", limits->file_bytes / MEGABYTE);
    return YQ_OK;
}

yq_code yq_intake_parse(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    const char *format = NULL;
    const yq_conversion *foreign = yq_conversion_of(name);
    const char *in_truth = foreign ? yq_conversion_unneeded(foreign, bytes) : NULL;

    *out = (yq_reading){ 0 };
    yq_code rc = yq_intake_check(name, bytes, limits, err);
    if (rc) return rc;
    if (in_truth) name = yq_cstr(in_truth);
    else if (foreign) return yq_fail(err, YQ_INVALID, 0, "%s is read in the cage only, by LibreOffice; save it as .%s", foreign->what, foreign->becomes);
    yq_reader *read = reader_of(in_truth ? name : extension_of(name), &format);
    job j = { .draft = { .arena = a, .limits = limits }, .read = read, .bytes = bytes, .out = out };
    out->format = format;
    return yq_arena_run(a, read_within, &j, err);
}

typedef struct {
    yq_arena *arena;
    yq_str name, bytes;
    yq_reading *out;
} derivation;

static yq_code derive(void *arg, yq_err *err)
{
    derivation *d = arg;
    (void)err;
    d->out->name = yq_dup(d->arena, d->name);
    d->out->hash = yq_hash_of(d->bytes);
    d->out->plain = yq_simplify(d->arena, d->out->clean);
    d->out->lang = yq_lang_of(d->out->clean);
    return YQ_OK;
}

yq_code yq_intake_derive(yq_arena *a, yq_str name, yq_str bytes, yq_reading *out, yq_err *err)
{
    derivation d = { a, name, bytes, out };
    return yq_arena_run(a, derive, &d, err);
}

static yq_code parse_part(void *arg, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    (void)arg;
    return yq_intake_parse(a, name, bytes, limits, out, err);
}

yq_code yq_intake_read(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    yq_intake_limits defaults = yq_intake_defaults();
    if (!limits) limits = &defaults;
    yq_code rc = yq_intake_parse(a, name, bytes, limits, out, err);
    if (!rc) rc = yq_parts_join(a, limits, bytes.n, parse_part, NULL, out, err);
    return rc ? rc : yq_intake_derive(a, name, bytes, out, err);
}
