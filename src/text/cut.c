/* Cuts text into words by the cheapest way through the dictionary (unigram model). */
#include "text/internal.h"
#include "text/lexicon_format.h"
#include "text/trie.h"

static bool is_run_char(uint32_t cp)
{
    return is_letter(cp) || is_digit(cp) || (cp >= 0xC0 && cp < 0x250);
}

/* End of the run of letters, digits and joining marks from `at` on. */
static size_t latin_end(yq_str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        uint32_t cp = yq_utf8_next(s, &next);
        if (!is_run_char(cp)) {
            bool joins = cp == '-' || cp == '.' || cp == '+' || cp == '/';
            size_t after = next;
            if (!joins || next >= s.n || !is_run_char(yq_utf8_next(s, &after))) return at;
        }
        at = next;
    }
    return at;
}

static size_t han_end(yq_str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        if (!yq_is_han(yq_utf8_next(s, &next))) return at;
        at = next;
    }
    return at;
}

/* Viterbi from the back: cost[i] is what the rest of the run costs from its byte i on. */
static void cut_han(yq_arena *a, yq_str s, size_t from, size_t to, yq_words *out)
{
    enum { UNKNOWN = 1790 };
    const uint32_t *trie = SECTION(uint32_t, WORDS);
    size_t n = to - from;
    uint32_t *cost = YQ_ARRAY(a, uint32_t, n + 1), *end = YQ_ARRAY(a, uint32_t, n + 1);
    for (size_t i = n; i-- > 0;) {
        if (((uint8_t)s.p[from + i] & 0xC0) == 0x80) continue;
        size_t next = from + i;
        yq_utf8_next(s, &next);
        cost[i] = UNKNOWN + cost[next - from];
        end[i] = (uint32_t)(next - from);
        uint32_t node = 0, value;
        for (size_t k = i; k < n && trie_step(trie, &node, (uint8_t)s.p[from + k]); k++) {
            if (!trie_value(trie, node, &value)) continue;
            uint32_t c = (value >> WORD_COST_SHIFT) + cost[k + 1];
            if (c < cost[i] || (k + 1 == end[i])) cost[i] = c, end[i] = (uint32_t)k + 1;
        }
    }
    for (size_t i = 0; i < n; i = end[i]) *yq_push(a, out) = (yq_word){ { (uint32_t)(from + i), (uint32_t)(from + end[i]) }, true };
}

void yq_cut(yq_arena *a, yq_str plain, yq_words *out)
{
    for (size_t at = 0; at < plain.n;) {
        size_t next = at;
        uint32_t cp = yq_utf8_next(plain, &next);
        if (yq_is_han(cp)) {
            size_t end = han_end(plain, at);
            cut_han(a, plain, at, end, out);
            at = end;
        } else if (is_run_char(cp)) {
            size_t end = latin_end(plain, at);
            *yq_push(a, out) = (yq_word){ { (uint32_t)at, (uint32_t)end }, false };
            at = end;
        } else
            at = next;
    }
}
