/* intake/json_tree.h - JSON whose values know their place. An own small parser, since a span must find its bytes again and no library keeps places. */
#ifndef YQ_INTAKE_JSON_TREE_H
#define YQ_INTAKE_JSON_TREE_H

#include "intake/internal.h"

typedef enum { YQ_JSON_OBJECT, YQ_JSON_ARRAY, YQ_JSON_STRING, YQ_JSON_OTHER } yq_json_type;

typedef struct yq_json_value {
    yq_json_type type;
    uint32_t from, to;        /* in the text; of a string without its quotes; null is empty */
    yq_str key;               /* in an object, as written */
    struct yq_json_value *first, *next;
    uint32_t count;
} yq_json_value;

/* Errors: YQ_INVALID - not JSON (the message says where), nested deeper than limits->depth, over limits->table_cells values. */
yq_code yq_json_parse(yq_arena *a, yq_str text, const yq_intake_limits *limits, yq_json_value *root, yq_err *err);
/* The character that the escape at `at` stands for; *n: its bytes in the text. */
uint32_t yq_json_unescape(yq_str s, size_t at, size_t *n);

#endif
