/* intake/intake.h - one file in, one reading out: clean text, its structure, and the way back to the bytes.
 *
 * A reader per format turns bytes into blocks (title, headings, paragraphs, list items, tables with rows and spanned cells); sentences
 * are found inside blocks later. What a page shows around its article (menus, advertisements, related links, footers) is dropped here.
 * Pure: no store, no files, no network. Bounded: see yq_intake_limits.
 */
#ifndef YQ_INTAKE_H
#define YQ_INTAKE_H

#include "text/text.h"

enum { YQ_INTAKE_VERSION = 1 };

typedef enum {
    YQ_BLOCK_TITLE,     /* the document's headline; at most one (a second line of it is a SUBTITLE) */
    YQ_BLOCK_SUBTITLE,
    YQ_BLOCK_HEADING,   /* scopes what follows until a heading of the same or a higher level */
    YQ_BLOCK_PARAGRAPH,
    YQ_BLOCK_ITEM,      /* of a list; level = depth from 1 */
    YQ_BLOCK_TABLE,
    YQ_BLOCK_CAPTION,   /* of a picture */
    YQ_BLOCK_META       /* source, date, author line, editors, contact: said, but not told */
} yq_block_kind;

typedef struct {
    yq_block_kind kind;
    uint8_t level;     /* headings 1..6, items 1.. */
    uint32_t table;    /* index into tables (TABLE only) */
    yq_span span;      /* in clean; blocks are in order and do not overlap */
} yq_block;

typedef struct {
    uint32_t row, col, rows, cols; /* rows, cols: how many it spans, 1 for a plain cell */
    bool header;
    yq_span span;
} yq_cell;

typedef struct {
    uint32_t rows, cols;
    uint32_t header_rows;     /* rows at the top that name columns (0: none found) */
    YQ_VEC(yq_cell) cells;    /* by row, then column; spanned places hold no cell of their own */
} yq_table;

/* The cell that covers (row, col), spans resolved; NULL: none. */
const yq_cell *yq_table_at(const yq_table *t, uint32_t row, uint32_t col);

typedef struct {
    yq_str name;             /* file name without folders */
    const char *format;      /* "txt", "md", "html", "csv", "json" */
    const char *encoding;
    yq_hash hash;            /* of the bytes */
    yq_str clean;            /* what is shown and what spans point into */
    yq_str plain;            /* the same in simplified characters, the same positions */
    yq_map map;              /* clean -> bytes of the file */
    yq_lang lang;
    yq_span title;           /* empty: none */
    char date[11];           /* of publication, YYYY-MM-DD or "" */
    YQ_VEC(yq_block) blocks;
    YQ_VEC(yq_table) tables;
} yq_reading;

typedef struct {
    size_t file_bytes;       /* default 64 MB */
    size_t memory;           /* arena of one document, default 400 MB */
    size_t depth;            /* nesting of HTML and JSON, default 200 */
    size_t table_cells;      /* default 1,000,000 */
    size_t text_bytes;       /* clean text of one document, default 8 MB: a library of law is shorter */
    size_t address_space;    /* of the process that reads one document in the cage, default 512 MB */
    unsigned cpu_seconds;    /* that it may compute, default 9: a refusal is there within ten */
} yq_intake_limits;

yq_intake_limits yq_intake_defaults(void);

/* Is there a reader for files of this name? */
bool yq_intake_knows(yq_str name);

/* Reads one document. The reading lives in the arena and borrows nothing from bytes.
 * Errors: YQ_INVALID with a sentence that says what is wrong, where, and what to do (empty, binary, encoding, too large, too deeply
 * nested, unknown format); YQ_NOMEM over the limit. */
yq_code yq_intake_read(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);

#endif
