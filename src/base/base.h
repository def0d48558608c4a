/* base/base.h - the few things every module of Yiqiao stands on.
 *
 * Text slices that borrow, arenas that own, errors that know their place, growable buffers, a streaming JSON writer, hashes,
 * ids, and the outside world (clock, random) behind interfaces that a test can replace.
 *
 * Memory. A request, a document or a query works in one arena. Running out of memory inside an engine is not a case that every
 * line checks: yq_arena_run() marks the place where the engine was entered, and an allocation that cannot be met returns there
 * with YQ_NOMEM. That is safe because everything an engine makes lies in its arena.
 */
#ifndef YQ_BASE_H
#define YQ_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <string.h>

/* ---------------------------------------------------------------- errors */

typedef enum {
    YQ_OK,
    YQ_NOMEM,     /* memory, or a stated maximum of it */
    YQ_INVALID,   /* the input is refused */
    YQ_DENIED,    /* not for this viewer */
    YQ_IO,        /* disk, network, another program */
    YQ_NOTFOUND,  /* named, and not there */
    YQ_BUSY,      /* somebody else writes; try again */
    YQ_NEWER,     /* made by a newer version */
    YQ_CANCELLED, /* the asker no longer wants it */
    YQ_CORRUPT    /* stored data contradicts itself */
} yq_code;

typedef struct {
    size_t at; /* byte offset in the input */
    char msg[240];
} yq_err;

/* Fills err unless NULL; returns code. Messages say what, where and what to do, and quote no document text. */
yq_code yq_fail(yq_err *err, yq_code code, size_t at, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* ---------------------------------------------------------------- text slices */

typedef struct {
    const char *p;
    size_t n;
} yq_str; /* UTF-8, borrowed, no NUL */

typedef struct {
    uint32_t from, to;
} yq_span; /* bytes [from, to) of some text */

#define YQ_S(literal) ((yq_str){ "" literal, sizeof(literal) - 1 })
#define YQ_FMT(s) (int)(s).n, (s).p /* for "%.*s" */

/* What is asked at every byte of every text stands here, so that it costs no call. */
static inline yq_str yq_cstr(const char *s) /* NULL gives the empty slice */
{
    return s ? (yq_str){ s, strlen(s) } : (yq_str){ "", 0 };
}
static inline bool yq_eq(yq_str a, yq_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
int yq_cmp(yq_str a, yq_str b); /* by bytes, which is by code points */
static inline bool yq_starts(yq_str s, yq_str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
static inline bool yq_ends(yq_str s, yq_str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}
size_t yq_find(yq_str s, yq_str needle, size_t from); /* SIZE_MAX: not there */
bool yq_has(yq_str s, yq_str needle);
static inline yq_str yq_sub(yq_str s, size_t from, size_t to) /* clipped to s */
{
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (yq_str){ from ? s.p + from : s.p, to - from }; /* C gives NULL + 0 no meaning */
}
static inline yq_str yq_at(yq_str s, yq_span span)
{
    return yq_sub(s, span.from, span.to);
}
yq_str yq_trim(yq_str s); /* ASCII and ideographic white space, NBSP, BOM */
bool yq_blank(yq_str s);
/* Takes the part before the first sep (or all) off *rest. False when *rest was exhausted (p == NULL). */
bool yq_split(yq_str *rest, char sep, yq_str *part);

/* ---------------------------------------------------------------- UTF-8 */

#define YQ_BAD_CHAR 0xFFFDu

/* The code point at byte *at, which moves past it; malformed bytes give YQ_BAD_CHAR and move by one. *at < s.n. */
uint32_t yq_utf8_next_rare(yq_str s, size_t *at);
static inline uint32_t yq_utf8_next(yq_str s, size_t *at)
{
    const uint8_t *p = (const uint8_t *)s.p + *at;
    if (p[0] < 0x80) return *at += 1, p[0];
    if (p[0] - 0xE1u < 0xC && s.n - *at >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) /* E1..EC: nearly all of Chinese */
        return *at += 3, (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return yq_utf8_next_rare(s, at);
}
/* The start of the character before byte at (at > 0). */
static inline size_t yq_utf8_back(yq_str s, size_t at)
{
    size_t i = at - 1;
    while (i > 0 && at - i < 4 && ((uint8_t)s.p[i] & 0xC0) == 0x80) i--;
    return i;
}
bool yq_utf8_valid(yq_str s, size_t *bad); /* *bad (may be NULL): where it breaks */
size_t yq_utf8_put(uint32_t cp, char out[4]); /* bytes written, 0 for what is no character */
size_t yq_utf8_count(yq_str s); /* characters */
bool yq_is_rare_han(uint32_t cp);
static inline bool yq_is_han(uint32_t cp) /* CJK ideographs incl. extensions, compatibility, 〇 */
{
    return cp - 0x4E00u <= 0x9FFF - 0x4E00 || (cp >= 0x3007 && yq_is_rare_han(cp));
}
bool yq_is_odd_space(uint32_t cp);
static inline bool yq_is_space(uint32_t cp)
{
    return cp - 0x4E00u > 0x9FFF - 0x4E00 && yq_is_odd_space(cp);
}
bool yq_is_mark(uint32_t cp);
static inline bool yq_is_punct(uint32_t cp) /* ASCII, CJK and full-width punctuation and symbols */
{
    return cp - 0x4E00u > 0x9FFF - 0x4E00 && yq_is_mark(cp);
}

/* ---------------------------------------------------------------- arenas */

typedef struct yq_arena yq_arena;

/* max_bytes: what it may hold in all; more fails. NULL: no memory. */
yq_arena *yq_arena_new(size_t max_bytes);
void yq_arena_free(yq_arena *a);
void yq_arena_clear(yq_arena *a); /* forgets all, keeps one block */
size_t yq_arena_used(const yq_arena *a);
/* Zeroed, aligned to 16. Never NULL: without memory it returns to the innermost yq_arena_run(), and aborts without one. */
void *yq_alloc(yq_arena *a, size_t bytes);
yq_str yq_dup(yq_arena *a, yq_str s); /* with a NUL behind it */
char *yq_dupz(yq_arena *a, yq_str s);
yq_str yq_printf(yq_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
yq_str yq_concat(yq_arena *a, yq_str x, yq_str y);
/* Runs work(arg, err); an allocation of `a` that fails inside makes it return YQ_NOMEM. Nests. Inside, hold no lock and no
 * malloc across an allocation. */
yq_code yq_arena_run(yq_arena *a, yq_code (*work)(void *arg, yq_err *err), void *arg, yq_err *err);

/* For those who work through many documents: up to so many bytes that are freed stay with the process, for the next document to use again. */
void yq_keep_freed(size_t bytes);

#define YQ_NEW(arena, type) ((type *)yq_alloc((arena), sizeof(type)))
#define YQ_ARRAY(arena, type, count) ((type *)yq_alloc((arena), sizeof(type) * (count)))

/* A growing array in an arena: YQ_VEC(yq_span) spans = {0}; *yq_push(arena, &spans) = span; */
#define YQ_VEC(type) \
    struct {         \
        type *v;     \
        size_t n, cap; \
    }
#define yq_push(arena, vec) \
    ((vec)->n == (vec)->cap ? (void)((vec)->v = yq_vec_grow((arena), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v)) : (void)0, \
     &(vec)->v[(vec)->n++])
void *yq_vec_grow(yq_arena *a, void *old, size_t n, size_t *cap, size_t item);

/* ---------------------------------------------------------------- growable bytes (heap) */

typedef struct {
    char *p;
    size_t n, cap;
    bool failed; /* an allocation failed; later appends do nothing */
} yq_buf;

void yq_buf_free(yq_buf *b);
void yq_buf_put(yq_buf *b, yq_str s);
void yq_buf_byte(yq_buf *b, char c);
void yq_buf_printf(yq_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
yq_str yq_buf_str(const yq_buf *b);

/* ---------------------------------------------------------------- JSON, written as a stream (jansson reads it) */

typedef struct {
    yq_buf *out;
    unsigned depth;
    bool first[32]; /* nothing written yet at this depth */
    bool keyed;     /* a key was just written */
} yq_json;

yq_json yq_json_to(yq_buf *out);
void yq_json_object(yq_json *j);
void yq_json_array(yq_json *j);
void yq_json_end_object(yq_json *j);
void yq_json_end_array(yq_json *j);
void yq_json_key(yq_json *j, const char *key);
void yq_json_str(yq_json *j, yq_str s); /* malformed UTF-8 becomes U+FFFD */
void yq_json_int(yq_json *j, int64_t v);
void yq_json_real(yq_json *j, double v); /* shortest form that reads back; not finite: null */
void yq_json_bool(yq_json *j, bool v);
void yq_json_null(yq_json *j);
/* Key and value in one. */
void yq_json_kv(yq_json *j, const char *key, yq_str s);
void yq_json_ki(yq_json *j, const char *key, int64_t v);
void yq_json_kr(yq_json *j, const char *key, double v);
void yq_json_kb(yq_json *j, const char *key, bool v);
void yq_json_span(yq_json *j, const char *key, yq_span span); /* [from, to]; key NULL: an item of an array */

/* ---------------------------------------------------------------- hashes */

enum { YQ_HASH_BYTES = 32 };
typedef struct {
    uint8_t b[YQ_HASH_BYTES];
} yq_hash;

yq_hash yq_hash_of(yq_str bytes);                       /* BLAKE2b-256, RFC 7693 */
yq_hash yq_hash_of_parts(const yq_str *parts, size_t n); /* each part preceded by its length as 8 bytes, little endian */
void yq_hex(const void *bytes, size_t n, char *out);    /* 2n characters and NUL */
bool yq_unhex(yq_str hex, void *out, size_t n);
uint64_t yq_hash64(yq_str s); /* FNV-1a with a final mix, for tables in memory only */

/* ---------------------------------------------------------------- the outside world */

typedef struct yq_clock {
    int64_t (*now_us)(struct yq_clock *self); /* microseconds since 1970, UTC */
} yq_clock;

typedef struct yq_random {
    void (*fill)(struct yq_random *self, void *out, size_t n);
} yq_random;

yq_clock *yq_clock_system(void);
yq_random *yq_random_system(void);
int64_t yq_monotonic_us(void); /* for durations only */

enum { YQ_ULID_CHARS = 26 };
/* 48 bits of milliseconds, 80 of random, Crockford base 32 (github.com/ulid/spec). */
void yq_ulid(yq_clock *clock, yq_random *random, char out[YQ_ULID_CHARS + 1]);

/* "2026-11-24T08:00:00.000000Z"; out holds 28. */
void yq_instant_text(int64_t us, char out[28]);

/* Reads a file of at most max bytes. The caller frees *out (NULL on error); a NUL stands behind the n bytes. */
yq_code yq_file_read(const char *path, size_t max, char **out, size_t *n, yq_err *err);
/* Writes a file so that it is there whole or not at all: temporary file, fsync, rename. Into a device or a pipe, which stays what it is. */
yq_code yq_file_write(const char *path, yq_str content, yq_err *err);
/* The same, for what can be made again: the disk is not waited for, so that a power cut may lose it. */
yq_code yq_file_put(const char *path, yq_str content, yq_err *err);
/* Makes a folder and those above it. */
yq_code yq_folder_make(const char *path, yq_err *err);

#endif
