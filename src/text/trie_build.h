/* text/trie_build.h - inside text/: makes the array that trie.h reads. Used at build time only. */
#ifndef YQ_TEXT_TRIE_BUILD_H
#define YQ_TEXT_TRIE_BUILD_H

#include "base/base.h"

typedef struct {
    yq_str key;     /* 1..TRIE_MAX_KEY bytes */
    uint32_t value; /* below 1 << 31 */
} trie_key;

enum { TRIE_MAX_KEY = 400 };

/* Keys in byte order, none twice. *units lies in the arena. Errors: YQ_INVALID - order, length, or more than 4 million nodes. */
yq_code yq_trie_build(yq_arena *a, const trie_key *keys, size_t n, uint32_t **units, size_t *count, yq_err *err);

#endif
