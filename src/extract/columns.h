/* extract/columns.h - what a column of a table or a label of an item holds, and how lists add what they find. tables.c and items.c include it.
 */
#ifndef YQ_EXTRACT_COLUMNS_H
#define YQ_EXTRACT_COLUMNS_H

#include "extract/relations.h"

typedef enum {
    COL_NONE, COL_NAME, COL_SPEAKER, COL_CHAIR, COL_TITLE, COL_TIME, COL_ORG, COL_POST, COL_RANK, COL_OFFICE, COL_NEED, COL_NEED_NAME, COL_TECH,
    COL_SUMMARY, COL_CONTACT, COL_DEPARTMENT, COL_PROJECT, COL_KIND, COL_AMOUNT, COL_IGNORED,
    COL_KINDS
} column;

/* By the longest known word in it. */
column yq_column_of(yq_str header);
/* The organisation that a list is about: the last one that the title names; a committee in front of 名单; YQ_NONE: none. */
int yq_body_of(yq_work *w);
void yq_add_list_need(yq_work *w, yq_span text, yq_span heading, int holder);
/* holder: its words, or empty: what the list is about. */
void yq_add_list_technology(yq_work *w, yq_span name, yq_span holder, yq_span summary);

#endif
