/* intake/docx.h - what a Word document's styles and lists say of its paragraphs. */
#ifndef YQ_INTAKE_DOCX_H
#define YQ_INTAKE_DOCX_H

#include "intake/office.h"

typedef enum { YQ_STYLE_PLAIN, YQ_STYLE_TITLE, YQ_STYLE_SUBTITLE, YQ_STYLE_HEADING, YQ_STYLE_LIST, YQ_STYLE_CAPTION, YQ_STYLE_CONTENTS } yq_style_role;

enum { YQ_LIST_LEVELS = 9 };

typedef struct yq_style {
    const char *id, *based_on;
    yq_style_role role;
    uint8_t level; /* of a heading, 1.. */
    long list;     /* the list its paragraphs are counted in; 0: none */
    long depth;    /* in that list, 0.. */
} yq_style;

typedef struct {
    const char *format; /* "decimal", "bullet", "chineseCounting" … */
    const char *text;   /* "%1．", "（%2）" */
    long start;
} yq_list_level;

typedef struct {
    long id;                                /* of the definition */
    yq_list_level level[YQ_LIST_LEVELS];
    long count[YQ_LIST_LEVELS];             /* the last number given; 0: none yet */
} yq_list;

typedef struct {
    long id;
    uint32_t list; /* index into lists */
} yq_list_use;

typedef struct {
    YQ_VEC(yq_style) styles;
    YQ_VEC(yq_list) lists;
    YQ_VEC(yq_list_use) uses;
} yq_docx_look;

/* Reads word/styles.xml and word/numbering.xml; either may be missing. */
yq_code yq_docx_read_look(yq_office *o, yq_zip *z, yq_docx_look *out, yq_err *err);
/* The style of that id, what it is based on resolved; a plain one when there is none. */
yq_style yq_docx_style(const yq_docx_look *look, const char *id);
/* Counts one paragraph in a list and gives the mark Word prints before it; empty for a bullet or an unknown list. *bullet: it is one. */
yq_str yq_docx_count(yq_arena *a, yq_docx_look *look, long list, long depth, bool *bullet);

#endif
