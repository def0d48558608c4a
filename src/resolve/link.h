/* resolve/link.h - which rows of one or two tables are the same person, organisation or record?
 *
 * No training data. Rows become candidates when they agree in two fields, in a rare value or in a rare word (link_block.c); each pair of candidates
 * gets one level of agreement per field (link_compare.c); how much a level says is learnt from the tables themselves (link_weigh.c: Fellegi
 * & Sunter 1969, with the expectation maximisation of Winkler 1988); the pairs are then read together, so that a row has one partner, or a group
 * holds together (link_group.c). Where rows carry identifiers with check digits, these decide (link_told.c). yq_link_best ranks written names of organisations against a list of them (link_best.c).
 */
#ifndef YQ_LINK_H
#define YQ_LINK_H

#include "resolve/resolve.h"

/* A table as text: column 0 is the id. Rows that share an id are other written forms of one thing. */
typedef struct {
    size_t rows, columns;
    yq_str *header;
    yq_str *cell; /* row by row; empty: unknown */
} yq_link_table;

typedef enum { YQ_LINK_PERSON, YQ_LINK_ORGANIZATION, YQ_LINK_RECORD } yq_link_kind;

typedef struct {
    yq_str id_a, id_b;
    double probability;
    yq_verdict decision;
    yq_str evidence; /* "surname near 3.1; date_of_birth equal 9.8": bits for (or, negative, against) */
} yq_link_pair;

typedef struct {
    unsigned table; /* 0: a, 1: b */
    yq_str text;    /* "column orcid: values that are no valid ORCID iD and were not used: 3, the first at id 17" */
} yq_link_notice;

typedef struct {
    yq_link_pair *pair;
    size_t n;
    yq_link_notice *notice;
    size_t notices;
} yq_link_pairs;

enum { YQ_LINK_MAX_ROWS = 16000000, YQ_LINK_MAX_COLUMNS = 64, YQ_LINK_BEST = 10 };

/* Reads RFC 4180 text (UTF-8, LF or CRLF); the cells borrow from bytes, which it may write to (doubled quotes).
 * Errors: YQ_INVALID - no header, first column not "id", a row with too many cells, an open quote, not UTF-8; err->at is the line. */
yq_code yq_link_csv(yq_arena *a, char *bytes, size_t n, yq_link_table *out, yq_err *err);

/* b NULL: doubles inside a; each pair of ids once, id_a the one that stands first. Pairs that are different are left out.
 * Errors: YQ_INVALID (too many rows), YQ_NOMEM. */
yq_code yq_link_rows(yq_arena *arena, const yq_link_table *a, const yq_link_table *b, yq_link_kind kind, yq_link_pairs *out, yq_err *err);

/* For each id of a, in order, up to YQ_LINK_BEST ids of b, best first, each once. A row of a that carries a ROR id or credit code of a thing of b, in a
 * column of its own or in the text, has that one alone; one that b does not have rules out whatever has another of the kind. */
yq_code yq_link_best(yq_arena *arena, const yq_link_table *a, const yq_link_table *b, yq_link_pairs *out, yq_err *err);

#endif
