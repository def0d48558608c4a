/* intake/office.h - what the readers of Office files share: parts of a ZIP, XML as a stream of events, and text with its place.
 *
 * An Office file is a ZIP of XML parts. Positions: a reading of an Office file maps to bytes of its XML parts laid one behind the other in the
 * order in which they were read; such a byte lies inside the paragraph or cell it speaks of. yq_office_part says where each part began.
 */
#ifndef YQ_INTAKE_OFFICE_H
#define YQ_INTAKE_OFFICE_H

#include "intake/internal.h"

/* ---------------------------------------------------------------- ZIP (zip.c) */

typedef struct yq_zip yq_zip;

/* Opens an archive, does the work, closes it, also when memory runs out inside.
 * Errors: YQ_INVALID - no ZIP, damaged, over 10,000 entries. */
yq_code yq_zip_run(yq_draft *d, yq_str bytes, yq_code (*work)(yq_zip *z, void *arg, yq_err *err), void *arg, yq_err *err);
size_t yq_zip_count(const yq_zip *z);
/* The i-th entry's name as its bytes are, in whatever encoding, or "". */
const char *yq_zip_name(const yq_zip *z, size_t i);
/* An entry's bytes, in the arena; out->p == NULL: there is none of that name. Unpacked bytes are counted against limits->file_bytes (one entry,
 * and three times as much for all), and an entry over 4 MB may not unpack to 200 times its size.
 * Errors: YQ_INVALID - over a limit, damaged, or protected by a password. */
yq_code yq_zip_entry(yq_zip *z, const char *name, yq_str *out, yq_err *err);
yq_code yq_zip_entry_at(yq_zip *z, size_t index, yq_str *out, yq_err *err); /* the same by its number */

/* ---------------------------------------------------------------- XML (xml.c) */

typedef struct yq_xml yq_xml;
typedef enum { YQ_XML_OPEN, YQ_XML_CLOSE, YQ_XML_TEXT } yq_xml_kind;
typedef struct {
    const char *name, *value;
} yq_xml_attribute;

/* Everything it points to lives until the next call. */
typedef struct {
    yq_xml_kind kind;
    const char *name; /* local name, without the prefix */
    yq_str text;
    size_t at;        /* a byte of the XML inside the element */
    const yq_xml_attribute *attributes;
    unsigned count;
} yq_xml_event;

typedef enum { YQ_XML_STRICT, YQ_XML_DOCTYPE } yq_xml_mode; /* DOCTYPE: a document type may be named; it is never opened, and declares nothing */

/* Parses xml while work asks for its events; errors of either end it. Entities are never expanded, nothing is loaded.
 * Errors: YQ_INVALID - not well formed, a DOCTYPE (STRICT), a declared entity, nested deeper than the limit. */
yq_code yq_xml_run(yq_draft *d, yq_str xml, yq_xml_mode mode, yq_code (*work)(yq_xml *x, void *arg, yq_err *err), void *arg, yq_err *err);
/* False at the end, or when the XML is broken (yq_xml_run then says so). */
bool yq_xml_next(yq_xml *x, yq_xml_event *e);
/* Elements that are open behind the last event. */
unsigned yq_xml_depth(const yq_xml *x);
/* The next event inside the element that was open at `depth`; false when it is closed.
 *     unsigned depth = yq_xml_depth(x);            behind its OPEN
 *     while (yq_xml_inside(x, depth, &e)) … */
bool yq_xml_inside(yq_xml *x, unsigned depth, yq_xml_event *e);
/* Passes all that is inside the element just opened. */
void yq_xml_skip(yq_xml *x);
bool yq_xml_opens(const yq_xml_event *e, const char *name);
/* An attribute by its local name; "" when it is not there. */
const char *yq_xml_value(const yq_xml_event *e, const char *name);
/* The same as a number from least to most, `otherwise` when it is not there or none. */
long yq_xml_number(const yq_xml_event *e, const char *name, long least, long most, long otherwise);

/* ---------------------------------------------------------------- text with its place (office.c) */

/* A grid of cells, read before it is written, since spans and empty rows are known only at the end. */
typedef struct {
    uint32_t row, col, rows, cols;
    uint32_t first, count; /* its paragraphs, of yq_office.pieces */
    bool header;
} yq_office_cell;

typedef struct {
    yq_writer writer;
    yq_text_builder source; /* text as read, one piece behind the other; maps to the XML */
    size_t part;            /* where the part being read begins among all parts */
    size_t parts;           /* bytes of all parts so far */
    YQ_VEC(yq_span) pieces; /* paragraphs waiting to be written, in source */
} yq_office;

yq_office yq_office_on(yq_draft *d);
/* A part of so many bytes is read from here on. */
void yq_office_part(yq_office *o, size_t bytes);
void yq_office_text(yq_office *o, yq_str text, size_t at);
size_t yq_office_length(const yq_office *o);
yq_str yq_office_at(const yq_office *o, yq_span piece);
/* Writes a piece into the open line, white space folded. */
void yq_office_write(yq_office *o, yq_span piece);
/* Writes cells as a table; one row or one column only arranges the page and becomes paragraphs. Cells lie by row, then column. */
yq_code yq_office_table(yq_office *o, const yq_office_cell *cells, size_t n, yq_err *err);
yq_code yq_office_done(yq_office *o, yq_err *err);

/* Reads one part: its bytes, its events. A part that is not there is no error: work is not called. */
yq_code yq_office_read(yq_office *o, yq_zip *z, const char *name, yq_code (*work)(yq_xml *x, void *arg, yq_err *err), void *arg, yq_err *err);

/* The parts a part refers to: id and path of each. */
typedef struct {
    const char *id, *path, *type; /* type: the last word of the relation's address, "worksheet" */
} yq_relation;
typedef struct {
    YQ_VEC(yq_relation) all;
} yq_relations;
/* Of xl/workbook.xml: xl/_rels/workbook.xml.rels. */
yq_code yq_office_relations(yq_office *o, yq_zip *z, const char *part, yq_relations *out, yq_err *err);
const char *yq_relation_path(const yq_relations *r, const char *id); /* NULL: none */

/* Refuses what has the ending of an Office file and is another thing: an old binary file, one with a password. */
yq_code yq_office_check(yq_str bytes, const char *what, yq_err *err);

#endif
