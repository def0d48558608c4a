/* extract/english.h - words of English text, shared by english.c and english_roles.c. */
#ifndef YQ_EXTRACT_ENGLISH_H
#define YQ_EXTRACT_ENGLISH_H

#include "extract/chinese.h"

/* The end of the English word that begins at `at` (apostrophes, hyphens and stops inside belong to it); `at` if none begins there. */
size_t yq_word_end(yq_str s, size_t at, size_t end);
bool yq_capital(yq_str s, size_t at);

#endif
