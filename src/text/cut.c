/* Cuts text into words by the cheapest way through the dictionary: each word costs -ln of its probability (lexicon_format.h), and the way through a run
 * of Han characters with the least sum is found from its end to its start (Viterbi 1967). Letters and digits are no matter of probability: a run of
 * them is one word. */
#include "text/internal.h"
#include "text/lexicon_format.h"

enum {
    UNKNOWN_COST = 1790, /* of a character that is no word: about one in sixty million */
    LONGEST_RUN = 4096   /* bytes of Han that are cut at once; a longer run is parted at a character */
};

/* ---------------------------------------------------------------- Han */

/* For each byte that begins a character: what the rest costs, where its first word ends, and the value of that (NO_WORD: it is none). */
typedef struct {
    uint32_t cost[LONGEST_RUN + 1], value[LONGEST_RUN + 1];
    uint16_t end[LONGEST_RUN + 1];
} lattice;

#define NO_WORD UINT32_MAX

static size_t char_bytes(uint8_t lead)
{
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Fills the lattice for s, whole characters. */
static void fill_lattice(yq_str s, uint32_t *cost, uint32_t *values, uint16_t *end)
{
    const uint32_t *trie = SECTION(uint32_t, WORDS), *starts = SECTION(uint32_t, WORD_STARTS);
    const uint8_t *p = (const uint8_t *)s.p;
    cost[s.n] = 0;
    for (size_t i = s.n; i-- > 0;) {
        if ((p[i] & 0xC0) == 0x80) continue;
        size_t next = i + char_bytes(p[i]), bytes;
        uint32_t node, value, best = UNKNOWN_COST + cost[next], best_value = NO_WORD;
        uint16_t best_end = (uint16_t)next;
        bool more = lexicon_enter(starts, s, i, &node, &bytes);
        for (size_t k = i + bytes; more; more = k < s.n && trie_step(trie, &node, p[k++])) {
            if (!trie_value(trie, node, &value)) continue;
            uint32_t c = (value >> WORD_COST_SHIFT) + cost[k];
            if (c < best) best = c, best_end = (uint16_t)k, best_value = value;
            else if (k == next) best_value = value; /* a word that is rarer than no word is one still */
        }
        cost[i] = best;
        values[i] = best_value;
        end[i] = best_end;
    }
}

static void cut_han(yq_arena *a, yq_str s, size_t from, size_t to, lattice *l, yq_words *out)
{
    fill_lattice(yq_sub(s, from, to), l->cost, l->value, l->end);
    for (size_t i = 0; i < to - from; i = l->end[i]) {
        yq_str value = l->value[i] == NO_WORD ? (yq_str){ 0 } : lexicon_word(l->value[i]);
        *yq_push(a, out) = (yq_word){ { (uint32_t)(from + i), (uint32_t)(from + l->end[i]) }, true, value };
    }
}

bool yq_cut_crosses(yq_str han, size_t border)
{
    char plain[CUT_SHORT];
    uint32_t cost[CUT_SHORT + 1], value[CUT_SHORT + 1];
    uint16_t end[CUT_SHORT + 1];
    if (han.n > CUT_SHORT) return false;
    memcpy(plain, han.p, han.n);
    for (size_t at = 0; at < han.n;) {
        size_t from = at;
        uint32_t cp = next_char(han, &at);
        yq_utf8_put(yq_script_simple(cp), plain + from);
    }
    fill_lattice((yq_str){ plain, han.n }, cost, value, end);
    for (size_t i = 0; i < han.n; i = end[i])
        if (i < border && end[i] > border) return true;
    return false;
}

/* ---------------------------------------------------------------- letters and digits */

static bool is_word_char(uint32_t cp)
{
    return is_letter(cp) || is_digit(cp) || (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) || (cp >= 0x370 && cp < 0x530);
}

/* Marks that hold a run together between two of its characters: CAR-T, 2.5mg, AT&T, and the dashes that stand for a hyphen. */
static bool joins_word(uint32_t cp)
{
    return cp == '-' || cp == '.' || cp == '+' || cp == '/' || cp == '&' || cp == '_' || cp == '\'' || cp == 0x2010 || cp == 0x2011 || cp == 0x2019;
}

static bool word_char_at(yq_str s, size_t at)
{
    return at < s.n && is_word_char(next_char(s, &at));
}

static size_t latin_end(yq_str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        uint32_t cp = next_char(s, &next);
        if (!is_word_char(cp) && !(joins_word(cp) && word_char_at(s, next))) break;
        at = next;
    }
    return at;
}

/* The end of the Han characters from `at` on, at most LONGEST_RUN bytes. */
static size_t han_end(yq_str s, size_t at)
{
    size_t from = at;
    while (at < s.n && at - from + 4 <= LONGEST_RUN) {
        size_t next = at;
        if (!is_han(next_char(s, &next))) break;
        at = next;
    }
    return at;
}

void yq_cut(yq_arena *a, yq_str plain, yq_words *out)
{
    lattice l;
    for (size_t at = 0; at < plain.n;) {
        size_t from = at;
        uint32_t cp = next_char(plain, &at);
        if (is_han(cp)) {
            at = han_end(plain, from);
            cut_han(a, plain, from, at, &l, out);
        } else if (is_word_char(cp)) {
            at = latin_end(plain, from);
            *yq_push(a, out) = (yq_word){ { (uint32_t)from, (uint32_t)at }, false, { 0 } };
        }
    }
}
