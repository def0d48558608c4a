/* Strings to consecutive numbers: an open table of hashes. */
#include "resolve/link_internal.h"

static void grow(yq_arena *a, link_strings *t)
{
    link_strings old = *t;
    t->cap = old.cap ? old.cap * 2 : 1024;
    t->hash = YQ_ARRAY(a, uint64_t, t->cap);
    t->number = YQ_ARRAY(a, uint32_t, t->cap);
    for (size_t i = 0; i < old.cap; i++) {
        if (!old.number[i]) continue;
        size_t at = old.hash[i] & (t->cap - 1);
        while (t->number[at]) at = (at + 1) & (t->cap - 1);
        t->hash[at] = old.hash[i];
        t->number[at] = old.number[i];
    }
}

uint32_t link_number(yq_arena *a, link_strings *t, yq_str s)
{
    uint64_t h = yq_hash64(s);
    if (t->n * 2 >= t->cap) grow(a, t);
    size_t at = h & (t->cap - 1);
    while (t->number[at] && t->hash[at] != h) at = (at + 1) & (t->cap - 1);
    if (!t->number[at]) {
        t->hash[at] = h;
        t->number[at] = (uint32_t)++t->n;
    }
    return t->number[at] - 1;
}

uint32_t link_find(const link_strings *t, yq_str s)
{
    uint64_t h = yq_hash64(s);
    if (!t->cap) return UINT32_MAX;
    size_t at = h & (t->cap - 1);
    while (t->number[at] && t->hash[at] != h) at = (at + 1) & (t->cap - 1);
    return t->number[at] - 1; /* 0 - 1: not there */
}
