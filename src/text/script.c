/* Traditional and simplified script, the form in which names are compared, and the language of a text. */
#include "text/internal.h"
#include "text/lexicon_format.h"

#include <opencc/opencc.h>
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <uchar.h>

uint32_t yq_script_simple(uint32_t cp)
{
    if (cp < HAN_FROM) return cp;
    if (cp < HAN_TO) {
        uint16_t to = SECTION(uint16_t, SIMPLE)[cp - HAN_FROM];
        return to ? to : cp;
    }
    const lexicon_pair *pair = yq_lexicon_find_pair(SECTION(lexicon_pair, SIMPLE_FAR), lexicon_header()->items[SEC_SIMPLE_FAR], cp);
    return pair ? pair->value : cp;
}

uint8_t yq_han_cost(uint32_t cp)
{
    static const struct {
        uint32_t from, to;
        uint8_t cost;
    } others[] = { /* what Chinese text has beside ideographs, by how often; in order */
        { 0xA0, 0xFF, 110 },      { 0x370, 0x4FF, 150 },     { 0x2010, 0x203B, 45 },   { 0x2103, 0x2122, 90 },    { 0x2160, 0x2193, 90 },
        { 0x2460, 0x249B, 80 },   { 0x25A0, 0x2606, 80 },    { 0x3000, 0x3015, 35 },   { 0x3041, 0x30FF, 150 },   { 0xFE30, 0xFE6F, 120 },
        { 0xFF01, 0xFF0F, 35 },   { 0xFF10, 0xFF19, 70 },    { 0xFF1A, 0xFF1F, 35 },   { 0xFF20, 0xFF5E, 80 },
    };
    if (cp >= 0x3400 && cp < 0xA000) return SECTION(uint8_t, CHAR_COST)[cp - HAN_FROM];
    for (size_t i = 0; i < sizeof others / sizeof *others && others[i].from <= cp; i++)
        if (cp <= others[i].to) return others[i].cost;
    return CHAR_UNSEEN;
}

/* ---------------------------------------------------------------- simplification */

/* One converter for the whole program: opening reads dictionaries for some milliseconds, converting changes nothing in it. */
static opencc_t converter;
static pthread_once_t converter_once = PTHREAD_ONCE_INIT;

/* A bundle carries OpenCC's data beside the program and says where in YIQIAO_OPENCC. */
static void open_converter(void)
{
    char path[4096];
    const char *folder = getenv("YIQIAO_OPENCC");
    snprintf(path, sizeof path, "%s%stw2s.json", folder ? folder : "", folder ? "/" : "");
    converter = opencc_open(path);
    if (converter == (opencc_t)-1) converter = NULL;
}

/* What the table can say of a character. OpenCC is some thirty times slower than the table, so only clauses that need its judgement get it. */
typedef enum {
    PLAIN,       /* simplified already */
    CLEAR,       /* traditional, with one simplified form */
    AMBIGUOUS,   /* in traditional text one of two, by the words around: 著名, 意味著 */
    UNKNOWN      /* in no table and hardly any dictionary word: a rare character or a rare variant */
} judgement;

enum { RARE = 140 }; /* han_cost: less than one in a million characters */

static judgement judge(uint32_t cp)
{
    if (cp < HAN_FROM) return PLAIN;
    switch (cp) {
    case U'乾': case U'著': case U'瞭': case U'藉': case U'覆': case U'徵': case U'鍾': case U'麼': case U'鉅': case U'噁': case U'昇': case U'彷': case U'彿':
    case U'畫': case U'夥': case U'鍊': case U'祇': case U'俱': return AMBIGUOUS;
    }
    if (yq_script_simple(cp) != cp) return CLEAR;
    return cp >= 0x4E00 && cp < 0xA000 && SECTION(uint8_t, CHAR_COST)[cp - HAN_FROM] >= RARE ? UNKNOWN : PLAIN;
}

/* Takes from `converted` the characters at the same positions that the table leaves open. A character of another length stays, and so do all if
 * characters were added or lost. */
static void take_judged(yq_str s, yq_str converted, char *out)
{
    size_t at = 0, other = 0;
    if (yq_utf8_count(s) != yq_utf8_count(converted)) return;
    while (at < s.n) {
        size_t from = at, other_from = other;
        judgement j = judge(next_char(s, &at));
        next_char(converted, &other);
        bool open = j == AMBIGUOUS || j == UNKNOWN;
        if (open && other - other_from == at - from) memcpy(out + from, converted.p + other_from, at - from);
    }
}

/* OpenCC reads beyond a text that ends inside of a character, so it gets whole ones only. */
static void ask_converter(yq_str clause, char *out)
{
    pthread_once(&converter_once, open_converter);
    if (!converter || !yq_utf8_valid(clause, NULL)) return;
    char *converted = opencc_convert_utf8(converter, clause.p, clause.n);
    if (!converted) return;
    take_judged(clause, yq_cstr(converted), out);
    opencc_convert_utf8_free(converted);
}

/* A stretch without punctuation and spaces, or LONGEST bytes of one. */
static size_t clause_end(yq_str s, size_t at)
{
    enum { LONGEST = 300 };
    size_t from = at;
    while (at < s.n && at - from < LONGEST) {
        uint32_t cp = next_char(s, &at);
        if (!is_han(cp) && (yq_is_punct(cp) || yq_is_space(cp))) break;
    }
    return at;
}

static unsigned judgements_in(yq_str s)
{
    unsigned found = 0;
    for (size_t at = 0; at < s.n;) {
        if ((uint8_t)s.p[at] < 0xE3) {
            at++;
            continue;
        }
        uint32_t cp = next_char(s, &at);
        judgement j = judge(cp);
        found |= 1u << j;
        if (j == AMBIGUOUS && yq_script_simple(cp) != cp) found |= 1u << CLEAR; /* 鍾 is traditional whichever it is: 钟 or 锺 */
    }
    return found;
}

static void simplify_by_table(yq_str s, char *out)
{
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t cp = next_char(s, &at), simple = yq_script_simple(cp);
        if (simple != cp) yq_utf8_put(simple, out + from);
    }
}

/* `open`: the judgements that need OpenCC here. */
static void simplify_paragraph(yq_str s, unsigned open, char *out)
{
    simplify_by_table(s, out);
    for (size_t from = 0, to; from < s.n; from = to) {
        to = clause_end(s, from);
        yq_str clause = yq_sub(s, from, to);
        if (judgements_in(clause) & open) ask_converter(clause, out + from);
    }
}

yq_str yq_simplify(yq_arena *a, yq_str s)
{
    char *copy = NULL;
    for (size_t from = 0, to; from < s.n; from = to) {
        const char *stop = memchr(s.p + from, '\n', s.n - from);
        to = stop ? (size_t)(stop - s.p) + 1 : s.n;
        yq_str paragraph = yq_sub(s, from, to);
        unsigned found = judgements_in(paragraph), open = 1u << UNKNOWN;
        if (found & 1u << CLEAR) open |= 1u << AMBIGUOUS;
        if (!(found & (open | 1u << CLEAR))) continue;
        if (!copy) copy = yq_dupz(a, s);
        simplify_paragraph(paragraph, found & open, copy + from);
    }
    bool changed = copy && memcmp(copy, s.p, s.n) != 0;
    return changed ? (yq_str){ copy, s.n } : s;
}

/* ---------------------------------------------------------------- the form for comparison */

/* Roman numerals that are one character. */
static const char *roman(uint32_t cp)
{
    static const char *const numerals[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii" };
    if (cp >= 0x2160 && cp <= 0x216B) return numerals[cp - 0x2160];
    return cp >= 0x2170 && cp <= 0x217B ? numerals[cp - 0x2170] : NULL;
}

/* Latin, Greek and Cyrillic capitals; full-width forms of ASCII become narrow first. */
static uint32_t lower(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E) cp -= 0xFEE0;
    if (cp >= 'A' && cp <= 'Z') return cp + 0x20;
    if (cp < 0xC0) return cp;
    if (cp <= 0xDE) return cp == 0xD7 ? cp : cp + 0x20;
    if (cp >= 0x100 && cp < 0x180) {
        bool odd_capital = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E);
        if (cp == 0x130 || cp == 0x131 || cp == 0x138 || cp == 0x149 || cp == 0x178 || cp == 0x17F) return cp == 0x178 ? 0xFF : cp;
        return (cp & 1) == odd_capital ? cp + 1 : cp;
    }
    if (cp >= 0x391 && cp <= 0x3A9) return cp + 0x20;
    if (cp >= 0x410 && cp <= 0x42F) return cp + 0x20;
    return cp >= 0x400 && cp <= 0x40F ? cp + 0x50 : cp;
}

yq_str yq_fold(yq_arena *a, yq_str s)
{
    yq_str plain = yq_simplify(a, s);
    char *out = yq_alloc(a, plain.n * 2 + 1); /* viii is longer than its one character */
    size_t n = 0;
    for (size_t at = 0; at < plain.n;) {
        uint32_t cp = next_char(plain, &at);
        const char *numeral = roman(cp);
        if (numeral) {
            n = (size_t)(stpcpy(out + n, numeral) - out);
            continue;
        }
        cp = lower(cp);
        if (!yq_is_space(cp) && !yq_is_punct(cp)) n += yq_utf8_put(cp, out + n);
    }
    return (yq_str){ out, n };
}

/* ---------------------------------------------------------------- language */

const char *yq_lang_name(yq_lang lang)
{
    static const char *const names[] = { "", "zh-Hans", "zh-Hant", "en", "mixed" };
    return (unsigned)lang < sizeof names / sizeof *names ? names[lang] : "";
}

/* A Chinese word has about 1.7 characters, an English one 5 letters: shares are of words. */
yq_lang yq_lang_of(yq_str text)
{
    size_t han = 0, traditional = 0, latin = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = next_char(text, &at);
        if (is_letter(cp))
            latin++;
        else if (is_han(cp))
            han++, traditional += yq_script_simple(cp) != cp;
    }
    if (han == 0 && latin == 0) return YQ_LANG_UNKNOWN;
    size_t chinese = han * 10, english = latin * 17 / 5;
    if (english > chinese * 4) return YQ_LANG_EN;
    if (english * 3 > chinese) return YQ_LANG_MIXED;
    return traditional * 12 > han ? YQ_LANG_HANT : YQ_LANG_HANS;
}
