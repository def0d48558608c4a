/* Readings of Chinese characters, for finding names that were typed in Latin letters. */
#include "text/internal.h"
#include "text/lexicon_format.h"

static uint32_t reading_list(uint32_t cp)
{
    if (cp >= HAN_FROM && cp < HAN_TO) return SECTION(uint16_t, PINYIN)[cp - HAN_FROM];
    const lexicon_pair *pair = lexicon_find_pair(SECTION(lexicon_pair, PINYIN_FAR), lexicon_header()->items[SEC_PINYIN_FAR], cp);
    return pair ? pair->value : (uint32_t)PINYIN_NONE;
}

size_t yq_pinyin(uint32_t cp, const char *out[], size_t cap)
{
    uint32_t at = reading_list(cp);
    size_t n = 0;
    if (at == PINYIN_NONE) return 0;
    for (bool last = false; !last && n < cap; at++) {
        uint16_t reading = SECTION(uint16_t, READINGS)[at];
        out[n++] = (const char *)lexicon_section(SEC_SYLLABLES) + (size_t)(reading & ~READING_LAST) * SYLLABLE_BYTES;
        last = (reading & READING_LAST) != 0;
    }
    return n;
}

yq_str yq_pinyin_full(yq_arena *a, yq_str name)
{
    yq_str folded = yq_fold(a, name);
    char *out = yq_alloc(a, folded.n * 3 + 8);
    size_t n = 0;
    for (size_t at = 0; at < folded.n;) {
        size_t from = at;
        const char *reading;
        yq_str part = yq_pinyin(yq_utf8_next(folded, &at), &reading, 1) ? yq_cstr(reading) : yq_sub(folded, from, at);
        memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    return (yq_str){ out, n };
}

yq_str yq_pinyin_initials(yq_arena *a, yq_str name)
{
    yq_str folded = yq_fold(a, name);
    char *out = yq_alloc(a, folded.n + 8);
    size_t n = 0;
    for (size_t at = 0; at < folded.n;) {
        size_t from = at;
        const char *reading;
        yq_str part = yq_pinyin(yq_utf8_next(folded, &at), &reading, 1) ? (yq_str){ reading, 1 } : yq_sub(folded, from, at);
        memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    return (yq_str){ out, n };
}

bool pinyin_is_syllable(yq_str s)
{
    const char *syllables = lexicon_section(SEC_SYLLABLES);
    uint32_t n = lexicon_header()->items[SEC_SYLLABLES];
    for (uint32_t i = 0; i < n; i++)
        if (yq_eq(s, yq_cstr(syllables + (size_t)i * SYLLABLE_BYTES))) return true;
    return false;
}
