/* intake/internal.h - what the readers share: a draft of lines, which one later step shapes into blocks.
 *
 * A reader only knows its format. It leaves a draft: text with a map back to the bytes, cut into lines, each with what the format itself
 * says (heading, list item, table). What the words say (this is a date line, this is a menu) is decided once, in shape.c, for all formats.
 */
#ifndef YQ_INTAKE_INTERNAL_H
#define YQ_INTAKE_INTERNAL_H

#include "intake/intake.h"

typedef struct {
    yq_span span;        /* in the draft's text */
    yq_block_kind kind;  /* PARAGRAPH where the format says nothing */
    uint8_t level;
    bool told;           /* the format says that kind: shape.c does not change it */
    bool dropped;        /* page furniture */
    uint32_t table;
    uint32_t link_bytes; /* how much of it is anchor text */
} yq_line;

typedef struct {
    yq_arena *arena;
    const yq_intake_limits *limits;
    const char *encoding;
    yq_str text;
    yq_map map; /* text -> bytes of the file */
    YQ_VEC(yq_line) lines;
    YQ_VEC(yq_table) tables;
    YQ_VEC(yq_part) parts; /* after: behind so many lines */
    char date[11]; /* what the format itself names as date of publication */
} yq_draft;

typedef yq_code yq_reader(yq_draft *d, yq_str bytes, yq_err *err);

yq_reader yq_read_txt, yq_read_md, yq_read_html, yq_read_csv, yq_read_json, yq_read_docx, yq_read_xlsx, yq_read_pptx, yq_read_pdf, yq_read_eml,
    yq_read_zip, yq_read_xml;

/* What can be refused without looking into the file: no reader for it, empty, too large. */
yq_code yq_intake_check(yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_err *err);
/* Does nothing but this program's own code read it: no library that knows the format? */
bool yq_intake_is_own(yq_str name);
/* Is the file first turned into text by a program of its own? */
bool yq_intake_needs_helper(yq_str name);
/* The two halves of yq_intake_read: what needs a reader (in the cage), and what follows from the clean text alone: name, hash, plain, lang. */
yq_code yq_intake_parse(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);
yq_code yq_intake_derive(yq_arena *a, yq_str name, yq_str bytes, yq_reading *out, yq_err *err);

/* ---------------------------------------------------------------- files inside of files (parts.c) */

/* Reads one part without its own parts: yq_intake_parse, or the same in the cage. */
typedef yq_code yq_part_reader(void *arg, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);
/* Reads the parts that wait in *r and joins them into it. `bytes`: of the file. A part that is refused is named and left out; the whole is refused when
 * nothing else came of it. Errors: YQ_INVALID - too many, too deep, too much text; YQ_NOMEM. */
yq_code yq_parts_join(yq_arena *a, const yq_intake_limits *limits, size_t bytes, yq_part_reader *read, void *arg, yq_reading *r, yq_err *err);
/* A name that a part can bear: at most 512 bytes, malformed bytes as question marks. In the arena. */
yq_str yq_part_name(yq_arena *a, yq_str name);
/* A part waits for its reader; its bytes live in the arena. Errors: YQ_INVALID - over limits->parts or parts_bytes. */
yq_code yq_draft_part(yq_draft *d, yq_part part, yq_err *err);
/* mail_text.c: headings that a mail's body only seems to have (quotes, signatures) become paragraphs. */
void yq_settle_mail(yq_reading *body);

/* ---------------------------------------------------------------- writing a draft (draft.c) */

/* Text that grows line by line above a decoded source. */
typedef struct {
    yq_draft *draft;
    yq_str source;
    yq_text_builder text;
    uint32_t line_from;  /* where the open line began */
    uint32_t link_bytes;
    uint32_t table;      /* the open table */
    size_t cells;        /* of all tables, against limits->table_cells */
} yq_writer;

yq_writer yq_writer_on(yq_draft *d, yq_str source);
/* Ends the open line; without text in it nothing is added. The line, or NULL. */
yq_line *yq_writer_line(yq_writer *w, yq_block_kind kind, uint8_t level, bool told);
/* A table is one line whose cells are written between these calls; cells come by row, then column. */
void yq_writer_table_open(yq_writer *w);
yq_code yq_writer_cell(yq_writer *w, yq_cell cell, yq_err *err); /* its text was written since the last cell; cell.span is set here */
void yq_writer_row_end(yq_writer *w);
void yq_writer_table_close(yq_writer *w);
/* Source text with white space folded: none between Han characters across a line end, one space elsewhere. */
void yq_writer_flow(yq_writer *w, size_t from, size_t to);
/* Ends the draft: the builder's text is cleaned, spans follow, maps are joined through `source_map` to the bytes. */
yq_code yq_writer_done(yq_writer *w, const yq_map *source_map, yq_err *err);

/* ---------------------------------------------------------------- what the words say */

/* shape.c: titles, headings, items, captions, meta lines; drops furniture; finds the date. */
void yq_shape(yq_draft *d);
/* furniture.c: marks menus, breadcrumbs, copyright lines, lists of further articles. */
void yq_drop_furniture(yq_draft *d);
/* Is this line a site's own wording (a menu, a copyright line)? */
bool yq_is_furniture(yq_str line);
/* Does a list of further articles or comments begin here? */
bool yq_opens_further_articles(yq_str line);
/* header.c: how many rows at the top name the columns. */
void yq_find_header(yq_str text, yq_table *t);

/* date.c: the first full date in s from `from` on; *end (may be NULL) is set behind it. Forms: 2025-06-06, 2025/6/6, 2025.6.6, 2025年6月6日,
 * June 6, 2025, 6 June 2025, Jun 6th, 2025. */
bool yq_find_date(yq_str s, size_t from, char out[11], yq_span *where);

#endif
