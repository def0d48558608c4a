/* Readings of Chinese characters, for finding names that were typed in Latin letters. */
#include "text/internal.h"
#include "text/lexicon_format.h"

static uint32_t reading_list(uint32_t cp)
{
    if (cp >= HAN_FROM && cp < HAN_TO) return SECTION(uint16_t, PINYIN)[cp - HAN_FROM];
    const lexicon_pair *pair = yq_lexicon_find_pair(SECTION(lexicon_pair, PINYIN_FAR), lexicon_header()->items[SEC_PINYIN_FAR], cp);
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

/* ---------------------------------------------------------------- names */

enum { LONGEST_NAME = 4 }; /* characters; a longer text is no name and has no surname */

static bool is_reading_of(uint32_t cp, yq_str s)
{
    const char *known[16];
    size_t n = yq_pinyin(cp, known, 16);
    for (size_t i = 0; i < n; i++)
        if (yq_eq(s, yq_cstr(known[i]))) return true;
    return false;
}

/* Parts the reading of a compound surname, written together (yuchi), at its second character. */
static size_t part_reading(yq_str surname, yq_str reading, yq_str *out)
{
    size_t at = 0;
    next_char(surname, &at);
    if (at == surname.n) return out[0] = reading, 1;
    uint32_t second = next_char(surname, &at);
    for (size_t k = 1; k < reading.n; k++)
        if (is_reading_of(second, yq_sub(reading, k, reading.n))) {
            out[0] = yq_sub(reading, 0, k);
            out[1] = yq_sub(reading, k, reading.n);
            return 2;
        }
    return 0;
}

/* Fills out for a surname with a reading of its own at the start of a name; returns its characters, 0 for none, and its bytes. */
static size_t read_surname(yq_str name, yq_str *out, size_t *bytes)
{
    yq_lex_hit hit;
    size_t chars = yq_utf8_count(name);
    if (chars < 2 || chars > LONGEST_NAME) return 0;
    if (!yq_lex_longest(name, 0, (yq_lex_class)LEXICON_SURNAME_READING, &hit)) return 0;
    yq_str readings = yq_lex_column(hit.value, 0), first;
    *bytes = hit.length;
    return yq_split(&readings, ' ', &first) ? part_reading(yq_sub(name, 0, hit.length), first, out) : 0;
}

/* One reading a character; what is not Han stands for itself. */
static size_t read_name(yq_arena *a, yq_str name, yq_str **out)
{
    size_t at = 0, n;
    *out = YQ_ARRAY(a, yq_str, name.n + 1);
    n = read_surname(name, *out, &at);
    if (n == 0) at = 0;
    while (at < name.n) {
        size_t from = at;
        const char *reading;
        bool known = yq_pinyin(next_char(name, &at), &reading, 1) == 1;
        (*out)[n++] = known ? yq_cstr(reading) : yq_sub(name, from, at);
    }
    return n;
}

yq_str yq_pinyin_full(yq_arena *a, yq_str name)
{
    yq_str *s;
    yq_str folded = yq_fold(a, name);
    size_t count = read_name(a, folded, &s), n = 0;
    char *out = yq_alloc(a, count * SYLLABLE_BYTES + 1);
    for (size_t i = 0; i < count; i++) {
        memcpy(out + n, s[i].p, s[i].n);
        n += s[i].n;
    }
    return (yq_str){ out, n };
}

yq_str yq_pinyin_initials(yq_arena *a, yq_str name)
{
    yq_str *s;
    yq_str folded = yq_fold(a, name);
    size_t count = read_name(a, folded, &s), n = 0;
    char *out = yq_alloc(a, count * 4 + 1);
    for (size_t i = 0; i < count; i++) {
        size_t bytes = 0;
        next_char(s[i], &bytes);
        memcpy(out + n, s[i].p, bytes);
        n += bytes;
    }
    return (yq_str){ out, n };
}

bool yq_pinyin_is_syllable(yq_str s)
{
    const char *syllables = lexicon_section(SEC_SYLLABLES);
    uint32_t n = lexicon_header()->items[SEC_SYLLABLES];
    for (uint32_t i = 0; i < n; i++)
        if (yq_eq(s, yq_cstr(syllables + (size_t)i * SYLLABLE_BYTES))) return true;
    return false;
}
