/* intake/record.h - records of public registers and libraries: a trial of ClinicalTrials.gov, an article of PubMed.
 *
 * JSON and XML become one tree; a form (record_forms.c) says by paths which of its values are the title, which make a line "Sponsor: …", which a table
 * of people. A record is known by what it holds, never by its file's name. The reading is prose and tables with plain labels, so that what the extractor
 * knows of rosters and lists serves it too.
 *
 * Paths. Steps by "/"; lists are passed through; "" is the node itself, ".." its parent; members of a list at the top are "item". "author[@type=x]": only where the child has that value. "a+b": values of
 * one node joined by a blank. "a|b": the first that says anything. A path that ends in "^" holds the id of another node, which is meant.
 * In front, "~": a code, made readable (NOT_YET_RECRUITING); "#": a date, its numbers joined, its hour cut.
 */
#ifndef YQ_INTAKE_RECORD_H
#define YQ_INTAKE_RECORD_H

#include "intake/json_tree.h"
#include "intake/office.h"

typedef struct yq_node {
    yq_str key;            /* "" in a list of a list and for text between elements; attributes begin with "@" */
    yq_span text;          /* of a leaf, in the record's source, as written there */
    bool leaf;
    struct yq_node *parent, *first, *last, *next;
} yq_node;

typedef struct {
    yq_str key;
    const yq_node *node;
} yq_node_id;

typedef struct {
    yq_str source;
    yq_map map;            /* source -> bytes of the file */
    bool json;             /* leaves hold escapes, and line ends mean something */
    yq_node root;
    YQ_VEC(yq_node_id) ids; /* sorted */
} yq_record;

typedef enum { YQ_FIELD_TITLE, YQ_FIELD_LINE, YQ_FIELD_TEXT, YQ_FIELD_TABLE, YQ_FIELD_PROSE, YQ_FIELD_DATE } yq_field_as;

typedef struct {
    const char *header, *path; /* of the row's node */
} yq_field_column;

typedef struct {
    yq_field_as as;
    const char *label;
    const char *path;
    const yq_field_column *columns; /* TABLE: each node of path is a row; up to a NULL header */
} yq_field;

typedef struct {
    const char *each;       /* where its records are: paths from the root, "|" between them */
    const char *marks[3];   /* paths that every record of this form has */
    const yq_field *fields; /* up to a NULL path */
} yq_record_form;

extern const yq_record_form yq_record_forms[];
extern const size_t yq_record_forms_n;

yq_record yq_record_of_json(yq_arena *a, const yq_decoded *source, const yq_json_value *root);
yq_code yq_record_of_xml(yq_draft *d, yq_str xml, yq_record *out, yq_err *err);
/* Is there a form for it? */
bool yq_record_known(yq_arena *a, const yq_record *r);
/* Writes a known record into the draft. */
yq_code yq_record_write(yq_draft *d, const yq_record *r, yq_err *err);

#endif
