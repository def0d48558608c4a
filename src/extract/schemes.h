/* extract/schemes.h - what the two halves of finding schemes share: schemes.c finds and names them, scheme_details.c reads what is said of each.
 * Only these include it.
 */
#ifndef YQ_EXTRACT_SCHEMES_H
#define YQ_EXTRACT_SCHEMES_H

#include "extract/relations.h"

enum { YQ_TRIAL = 1, YQ_CALL = 2, YQ_FUND = 4, YQ_POLICY = 8, YQ_ANY_SCHEME = 15 };

/* How a scheme was found, which tells how far what is said belongs to it. */
typedef enum {
    YQ_BY_ROW,   /* of a table: the row */
    YQ_BY_ENTRY, /* of a list: to the next entry */
    YQ_BY_TITLE, /* the document */
    YQ_BY_WORDS  /* in a sentence: its block, or the document when there is no other of its kind */
} yq_scheme_source;

typedef struct {
    yq_found_scheme *found; /* in the arena until all are there */
    unsigned kind;
    yq_scheme_source source;
    size_t block;
    const yq_table *table;  /* BY_ROW */
    uint32_t row;
    yq_span scope;
} yq_scheme;

typedef struct {
    yq_work *w;
    YQ_VEC(yq_scheme) all;
    size_t head_blocks;     /* so many blocks at the top are the headline, date and number of the document */
    bool *owned;            /* by sentence: it belongs to a row or an entry (scheme_details.c) */
    unsigned about;         /* what the headline says the document is about: YQ_TRIAL | ..., 0 for news */
} yq_schemes;

/* Letters of ASCII compare without case. */
bool yq_word_at(yq_str text, size_t at, size_t high, const char *word);
size_t yq_find_word(yq_str s, const char *word); /* SIZE_MAX: not there */
/* Is the line one that ends a list: 说明, 揭榜条件, Notes? */
bool yq_ends_list(yq_str line);
/* What words say of how a scheme of the kind stands: open, planned, closed, stopped; NULL: nothing. */
const char *yq_scheme_status(yq_str words, unsigned kind);
/* Gives each scheme its scope and its details (scheme_details.c). */
void yq_read_scheme_details(yq_schemes *s);

#endif
