/* Text slices, errors and UTF-8. */
#include "base/base.h"

#include <stdio.h>

yq_code yq_fail(yq_err *err, yq_code code, size_t at, const char *fmt, ...)
{
    if (!err) return code;
    va_list args;
    va_start(args, fmt);
    vsnprintf(err->msg, sizeof err->msg, fmt, args);
    va_end(args);
    err->at = at;
    return code;
}

int yq_cmp(yq_str a, yq_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

static size_t find_byte(yq_str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

static size_t find_long(yq_str s, yq_str needle)
{
    const char *hit = memmem(s.p, s.n, needle.p, needle.n);
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

enum { SHORT_NEEDLE = 64 };

typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

static bytes16 load16(const char *p)
{
    bytes16 v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Looks for the last two bytes of the needle at 16 places at once: the first ones of Chinese characters are all alike. (After W. Mula, "SIMD-friendly
 * algorithms for substring searching", 2016.) Most texts here are a sentence and most needles a word, too short for memmem to pay back its tables. */
static size_t find_pair(yq_str s, yq_str needle)
{
    size_t m = needle.n, i = 0;
    const bytes16 zero = { 0 }, a = zero + (unsigned char)needle.p[m - 2], b = zero + (unsigned char)needle.p[m - 1];
    for (; i + m + 15 <= s.n; i += 16) {
        bytes16 same = (bytes16)((load16(s.p + i + m - 2) == a) & (load16(s.p + i + m - 1) == b));
        words2 any = (words2)same;
        if (!(any[0] | any[1])) continue;
        for (size_t k = 0; k < 16; k++)
            if (same[k] && memcmp(s.p + i + k, needle.p, m - 2) == 0) return i + k;
    }
    for (; i + m <= s.n; i++)
        if (s.p[i + m - 1] == needle.p[m - 1] && memcmp(s.p + i, needle.p, m) == 0) return i;
    return SIZE_MAX;
}

size_t yq_find(yq_str s, yq_str needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from) return SIZE_MAX;
    if (needle.n == 0) return from;
    yq_str rest = yq_sub(s, from, s.n);
    size_t at = needle.n == 1 ? find_byte(rest, needle.p[0]) : needle.n <= SHORT_NEEDLE ? find_pair(rest, needle) : find_long(rest, needle);
    return at == SIZE_MAX ? at : from + at;
}

bool yq_has(yq_str s, yq_str needle)
{
    return yq_find(s, needle, 0) != SIZE_MAX;
}

yq_str yq_trim(yq_str s)
{
    size_t from = 0, to = s.n;
    while (from < to) {
        size_t next = from;
        if (!yq_is_space(yq_utf8_next(s, &next))) break;
        from = next;
    }
    while (to > from) {
        size_t back = yq_utf8_back(s, to), next = back;
        if (!yq_is_space(yq_utf8_next(s, &next))) break;
        to = back;
    }
    return yq_sub(s, from, to);
}

bool yq_blank(yq_str s)
{
    return yq_trim(s).n == 0;
}

bool yq_split(yq_str *rest, char sep, yq_str *part)
{
    if (!rest->p) return false;
    const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!hit) {
        *part = *rest;
        *rest = (yq_str){ NULL, 0 };
        return true;
    }
    *part = (yq_str){ rest->p, (size_t)(hit - rest->p) };
    *rest = (yq_str){ hit + 1, rest->n - part->n - 1 };
    return true;
}

/* Length of a sequence by its first byte, the smallest code point it may hold, and the bits of the first byte that count. */
static const struct {
    uint8_t mask, lead, bits;
    uint32_t least;
} forms[] = { { 0xE0, 0xC0, 0x1F, 0x80 }, { 0xF0, 0xE0, 0x0F, 0x800 }, { 0xF8, 0xF0, 0x07, 0x10000 } };

uint32_t yq_utf8_next_rare(yq_str s, size_t *at)
{
    const uint8_t *p = (const uint8_t *)s.p + *at;
    size_t left = s.n - *at;
    if (p[0] < 0x80) return *at += 1, p[0];
    for (size_t i = 0; i < 3; i++) {
        if ((p[0] & forms[i].mask) != forms[i].lead) continue;
        size_t n = i + 2;
        if (left < n) break;
        uint32_t cp = p[0] & forms[i].bits;
        for (size_t k = 1; k < n; k++) {
            if ((p[k] & 0xC0) != 0x80) goto bad;
            cp = cp << 6 | (p[k] & 0x3F);
        }
        if (cp < forms[i].least || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) break;
        *at += n;
        return cp;
    }
bad:
    *at += 1;
    return YQ_BAD_CHAR;
}

bool yq_utf8_valid(yq_str s, size_t *bad)
{
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        if (yq_utf8_next(s, &i) == YQ_BAD_CHAR && i - start == 1) {
            if (bad) *bad = start;
            return false;
        }
    }
    return true;
}

size_t yq_utf8_put(uint32_t cp, char out[4])
{
    if (cp < 0x80) return out[0] = (char)cp, 1;
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        if (cp >= 0xD800 && cp < 0xE000) return 0;
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    if (cp > 0x10FFFF) return 0;
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t yq_utf8_count(yq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((uint8_t)s.p[i] & 0xC0) != 0x80;
    return n;
}

typedef struct {
    uint32_t from, to;
} range;

static bool in_ranges(uint32_t cp, const range *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cp >= r[i].from && cp <= r[i].to) return true;
    return false;
}

bool yq_is_rare_han(uint32_t cp)
{
    static const range han[] = { { 0x3400, 0x4DBF }, { 0x3007, 0x3007 }, { 0x20000, 0x323AF }, { 0xF900, 0xFAFF } };
    return in_ranges(cp, han, sizeof han / sizeof *han);
}

bool yq_is_odd_space(uint32_t cp)
{
    static const range space[] = { { 0x09, 0x0D }, { 0x20, 0x20 }, { 0x85, 0x85 }, { 0xA0, 0xA0 }, { 0x2000, 0x200B },
                                   { 0x2028, 0x2029 }, { 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF } };
    return in_ranges(cp, space, sizeof space / sizeof *space);
}

bool yq_is_mark(uint32_t cp)
{
    static const range punct[] = { { 0x21, 0x2F }, { 0x3A, 0x40 }, { 0x5B, 0x60 }, { 0x7B, 0x7E }, { 0xA1, 0xBF }, { 0xD7, 0xD7 },
                                   { 0x2010, 0x2027 }, { 0x2030, 0x205E }, { 0x2190, 0x27BF }, { 0x3001, 0x3003 }, { 0x3008, 0x3020 },
                                   { 0x30FB, 0x30FB }, { 0xFE30, 0xFE4F }, { 0xFF01, 0xFF0F }, { 0xFF1A, 0xFF20 },
                                   { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 } };
    return in_ranges(cp, punct, sizeof punct / sizeof *punct);
}
