/* intake/intake.h - one file in, one reading out: clean text, its structure, and the way back to the bytes.
 *
 * A reader per format turns bytes into blocks (title, headings, paragraphs, list items, tables with rows and spanned cells); sentences
 * are found inside blocks later. What a page shows around its article (menus, advertisements, related links, footers) is dropped here.
 * Pure: no store, no files, no network. Bounded: see yq_intake_limits.
 */
#ifndef YQ_INTAKE_H
#define YQ_INTAKE_H

#include "text/text.h"

enum { YQ_INTAKE_VERSION = 2 };

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

/* A file inside of a file: an attachment of a mail, an entry of an archive. Its own reader reads it, and what it gives stands in the reading of the
 * whole, behind a heading with its name. Those inside of a part follow it, as "papers.zip/roster.xlsx". */
typedef struct {
    yq_str name;
    yq_str bytes;      /* inside of intake only: waiting to be read */
    uint32_t after;    /* waiting: behind so many blocks */
    bool body;         /* the text of the whole itself: no heading, no name */
    yq_span span;      /* what came of it, in clean; empty: nothing */
    uint32_t origin;   /* where its bytes begin among those that the map leads to */
    yq_code code;      /* YQ_NOTFOUND: no reader for its kind (a picture); else why it was refused */
    yq_str why;
} yq_part;

typedef struct {
    yq_str name;             /* file name without folders */
    const char *format;      /* "txt", "md", "html", "csv", "json", … */
    const char *encoding;
    yq_hash hash;            /* of the bytes */
    yq_str clean;            /* what is shown and what spans point into */
    yq_str plain;            /* the same in simplified characters, the same positions */
    yq_map map;              /* clean -> bytes of the file; behind these, those of its parts one behind the other */
    yq_lang lang;
    yq_span title;           /* empty: none */
    char date[11];           /* of publication, YYYY-MM-DD or "" */
    YQ_VEC(yq_block) blocks;
    YQ_VEC(yq_table) tables;
    YQ_VEC(yq_part) parts;   /* of mails and archives, in order */
} yq_reading;

/* The part that the byte `at` of clean stands in, the innermost; NULL: in none. */
const yq_part *yq_part_at(const yq_reading *r, size_t at);
/* What of the parts was refused, in one sentence of at most n bytes; "" when all that has a reader was read. Pictures and the like are no refusal. */
void yq_parts_unread(const yq_reading *r, char *out, size_t n);

typedef struct {
    size_t file_bytes;       /* default 64 MB */
    size_t memory;           /* arena of one document, default 400 MB */
    size_t depth;            /* nesting of HTML and JSON, default 200 */
    size_t table_cells;      /* default 1,000,000 */
    size_t text_bytes;       /* clean text of one document, default 8 MB: a library of law is shorter */
    size_t address_space;    /* of the process that reads one document in the cage, default 512 MB */
    unsigned cpu_seconds;    /* that it may compute, default 9: a refusal is there within ten */
    size_t parts;            /* files inside of a file, and inside of these, default 1,000 */
    size_t parts_bytes;      /* all of them unpacked, default 128 MB */
    unsigned parts_depth;    /* a mail in a mail in an archive, default 3 */
    unsigned parts_seconds;  /* in which parts are begun, default 180: more is passed as a folder, file by file */
} yq_intake_limits;

yq_intake_limits yq_intake_defaults(void);

/* Is there a reader for files of this name? */
bool yq_intake_knows(yq_str name);

/* Reads one document. The reading lives in the arena and borrows nothing from bytes.
 * Errors: YQ_INVALID with a sentence that says what is wrong, where, and what to do (empty, binary, encoding, too large, too deeply
 * nested, unknown format); YQ_NOMEM over the limit. */
yq_code yq_intake_read(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);

#endif
