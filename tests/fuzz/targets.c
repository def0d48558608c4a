/* The table of targets, and how one is fed. */
#include "targets.h"
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { KILOBYTE = 1 << 10 };
#define FUZZ_MEMORY ((size_t)256 << 20)

const fuzz_target fuzz_targets[] = {
    { "decode", feed_decode, 4 * KILOBYTE },  { "clean", feed_clean, 4 * KILOBYTE },     { "txt", feed_document, 8 * KILOBYTE },
    { "md", feed_document, 8 * KILOBYTE },    { "html", feed_document, 8 * KILOBYTE },   { "csv", feed_document, 8 * KILOBYTE },
    { "json", feed_document, 8 * KILOBYTE },  { "xml", feed_document, 8 * KILOBYTE },    { "docx", feed_office, 32 * KILOBYTE },
    { "xlsx", feed_office, 32 * KILOBYTE },   { "pptx", feed_office, 32 * KILOBYTE },    { "eml", feed_document, 16 * KILOBYTE },
    { "zip", feed_office, 32 * KILOBYTE },    { "doc", feed_document, 8 * KILOBYTE },    { "pdf", feed_document, 8 * KILOBYTE },
    { "wire", feed_wire, 8 * KILOBYTE },      { "extract", feed_extract, 8 * KILOBYTE }, { "need", feed_need, 2 * KILOBYTE },
    { "model", feed_model, KILOBYTE },        { "bmes", feed_marked, 4 * KILOBYTE },     { "jsonl", feed_marked, 4 * KILOBYTE },
    { "segment", feed_segment, KILOBYTE },    { "link", feed_link, 4 * KILOBYTE },
};
const size_t fuzz_target_count = sizeof fuzz_targets / sizeof *fuzz_targets;

const fuzz_target *fuzz_target_of(const char *name)
{
    for (size_t i = 0; name && i < fuzz_target_count; i++)
        if (!strcmp(fuzz_targets[i].name, name)) return &fuzz_targets[i];
    return NULL;
}

_Noreturn void fuzz_broken(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, what);
    abort();
}

yq_str fuzz_changed(yq_arena *a, yq_str base, yq_str changes)
{
    char *p = yq_dupz(a, base);
    for (size_t i = 0; i + 4 <= changes.n; i += 4) {
        const unsigned char *c = (const unsigned char *)changes.p + i;
        size_t place = (size_t)c[0] | (size_t)c[1] << 8 | (size_t)(c[2] & 0x7F) << 16;
        if (c[2] & 0x80) place %= 512; /* the head of the file decides most */
        p[place % base.n] = (char)c[3];
    }
    return (yq_str){ p, base.n };
}

void fuzz_feed(const fuzz_target *t, const void *bytes, size_t n)
{
    yq_arena *a = yq_arena_new(FUZZ_MEMORY);
    char *copy = malloc(n + !n);
    if (!a || !copy) abort();
    if (n) memcpy(copy, bytes, n);
    t->feed(a, t->name, (yq_str){ copy, n });
    free(copy);
    yq_arena_free(a);
}
