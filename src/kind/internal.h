/* kind/internal.h - shared inside kind/ only. */
#ifndef YQ_KIND_INTERNAL_H
#define YQ_KIND_INTERNAL_H

#include "kind/kind.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The words that kind files use for the enumerations of kind.h, in their order. */
extern const char *const kind_field_types[YQ_FIELD_TYPES];
extern const char *const kind_shared_levels[YQ_SHARED_LEVELS];
extern const char *const kind_wanted_words[YQ_WANTED_ALWAYS + 1];
int kind_word(const char *const *words, size_t n, yq_str word); /* its number, -1: none of them */
yq_str kind_words_told(yq_arena *a, const char *const *words, size_t n); /* "text, date, money" */

/* Adds "WHERE: what" unless there are YQ_KIND_LIST_MAX already. */
void kind_fault(yq_arena *a, yq_kind_faults *faults, yq_str where, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* "call.json: moves[2] (publish)" */
yq_str kind_place(yq_arena *a, yq_str file, const char *list, size_t i, yq_str id);

/* Does what was read make sense as a whole: states that can be reached and left, facts that end where they may, … ? */
void kinds_sound(const yq_kinds *k, yq_arena *a, yq_kind_faults *faults);

#endif
