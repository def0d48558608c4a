/* tests/text/clean.h - cleans a text and compares; and the one promise that holds for every input: no Han character is lost or moved. */
#ifndef YQ_TEST_CLEAN_H
#define YQ_TEST_CLEAN_H

#include "check.h"
#include "text/text.h"

typedef struct {
    const char *what, *in, *out;
} clean_row;

static yq_str clean_text(yq_arena *a, yq_str text, bool unwrap, yq_map *map)
{
    yq_str clean = { 0 };
    yq_err err = { 0 };
    if (yq_clean(a, text, (yq_clean_options){ unwrap }, &clean, map, &err)) fprintf(stderr, "yq_clean: %s\n", err.msg);
    return clean;
}

static bool is_radical(uint32_t cp)
{
    return cp >= 0x2E80 && cp <= 0x2FD5;
}

/* The next Han character or radical from *at on; 0 at the end. */
static uint32_t next_han(yq_str s, size_t *at)
{
    while (*at < s.n) {
        uint32_t cp = yq_utf8_next(s, at);
        if (yq_is_han(cp) || is_radical(cp)) return cp;
    }
    return 0;
}

/* A radical may have become the ideograph it looks like; nothing else changes. */
static bool keeps_han(yq_str text, yq_str clean)
{
    size_t at = 0, clean_at = 0;
    for (;;) {
        uint32_t cp = next_han(text, &at), other = next_han(clean, &clean_at);
        if (cp != other && !(is_radical(cp) && yq_is_han(other))) return false;
        if (cp == 0) return true;
    }
}

/* A character of the clean text that stands in the original too must be found where the map says. */
static bool map_is_exact(yq_str text, yq_str clean, const yq_map *map)
{
    for (size_t at = 0; at < clean.n;) {
        size_t from = at, origin = yq_map_origin(map, from);
        uint32_t cp = yq_utf8_next(clean, &at);
        size_t there = origin;
        if (origin > text.n) return false;
        if (yq_is_han(cp) && there < text.n && is_radical(yq_utf8_next(text, &there))) continue;
        if (yq_is_han(cp) && (origin + (at - from) > text.n || memcmp(text.p + origin, clean.p + from, at - from) != 0)) return false;
    }
    return true;
}

__attribute__((unused)) static void check_clean(const clean_row *rows, size_t n, bool unwrap)
{
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    for (size_t i = 0; i < n; i++) {
        yq_map map;
        yq_str in = yq_cstr(rows[i].in), out = clean_text(a, in, unwrap, &map);
        if (!CHECK(rows[i].what, yq_eq(out, yq_cstr(rows[i].out)))) fprintf(stderr, "  got: %.*s\n  not: %s\n", YQ_FMT(out), rows[i].out);
        CHECK(rows[i].what, keeps_han(in, out));
        CHECK(rows[i].what, map_is_exact(in, out, &map));
    }
    yq_arena_free(a);
}

#endif
