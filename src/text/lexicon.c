/* Finds forms of lexicon/ in text. The data lie in the program as make_lexicon.c wrote them (lexicon_format.h); nothing is opened, nothing copied. */
#include "text/lexicon.h"
#include "text/lexicon_format.h"

#include <stdio.h>
#include <stdlib.h>

/* A program linked with a lexicon of another format must not start; afterwards no look-up needs to check. */
__attribute__((constructor)) static void check_blob(void)
{
    const lexicon_head *head = lexicon_header();
    if (memcmp(head->magic, LEXICON_MAGIC, sizeof head->magic) == 0 && head->version == LEXICON_VERSION &&
        head->byte_order == LEXICON_BYTE_ORDER)
        return;
    fputs("yiqiao: the built-in lexicon does not belong to this program; build it again\n", stderr);
    abort();
}

const lexicon_pair *yq_lexicon_find_pair(const lexicon_pair *pairs, size_t n, uint32_t key)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (pairs[middle].key < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from < n && pairs[from].key == key ? &pairs[from] : NULL;
}

/* ---------------------------------------------------------------- word borders of Latin forms */

typedef enum { OTHER, LETTER, DIGIT } letter_kind;

static letter_kind kind_of(uint32_t cp)
{
    if (cp >= '0' && cp <= '9') return DIGIT;
    if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' && cp < 0x80) return LETTER;
    return cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7 ? LETTER : OTHER;
}

static letter_kind kind_before(yq_str text, size_t at)
{
    if (at == 0) return OTHER;
    size_t back = yq_utf8_back(text, at);
    return kind_of(yq_utf8_next(text, &back));
}

static letter_kind kind_after(yq_str text, size_t at)
{
    return at < text.n ? kind_of(yq_utf8_next(text, &at)) : OTHER;
}

/* A unit may follow its number at once (2.5mg), so a letter behind a digit begins a word; nothing else inside a run does. */
static bool begins_word(yq_str text, size_t at)
{
    if ((uint8_t)text.p[at] >= 0xE0) return true;
    letter_kind first = kind_after(text, at), before = kind_before(text, at);
    return first == OTHER || before == OTHER || (first == LETTER && before == DIGIT);
}

static bool ends_word(yq_str text, size_t at)
{
    if (at == text.n || (uint8_t)text.p[at] >= 0xE0) return true; /* no letter of kind_of has three bytes */
    return kind_before(text, at) == OTHER || kind_after(text, at) == OTHER;
}

static uint8_t folded(char c)
{
    return (uint8_t)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* ---------------------------------------------------------------- forms */

enum { WORDS_BIT = 1 << YQ_LEX_WORDS };

typedef struct {
    yq_lex_hit *hits;
    size_t n, cap;
    uint32_t mask;
} found;

static void add_entries(found *f, uint32_t first, uint32_t length)
{
    const lexicon_entry *e = SECTION(lexicon_entry, ENTRIES) + first;
    for (;; e++) {
        if (f->mask >> e->class & 1 && f->n < f->cap)
            f->hits[f->n++] = (yq_lex_hit){ length, e->class, { SECTION(char, POOL) + e->at, e->n } };
        if (e->last) return;
    }
}

/* A walk from text[at) on: `enter` sets *node and *end, behind which `step` goes on byte by byte. False: no form goes on so. */
static bool enter(const uint32_t *starts, yq_str text, size_t at, uint32_t *node, size_t *end)
{
    size_t bytes;
    if (at >= text.n || !begins_word(text, at) || !lexicon_enter(starts, text, at, node, &bytes)) return false;
    *end = at + bytes;
    return true;
}

static inline bool step(const uint32_t *trie, yq_str text, uint32_t *node, size_t *end)
{
    return *end < text.n && trie_step(trie, node, folded(text.p[(*end)++]));
}

static inline bool form_ends(const uint32_t *trie, yq_str text, uint32_t node, size_t end, uint32_t *value)
{
    return trie_value(trie, node, value) && ends_word(text, end);
}

static bool may_begin(yq_str text, size_t at, uint32_t mask)
{
    return at < text.n && lexicon_may(SECTION(uint32_t, FIRST_CLASSES), text, at, mask);
}

static void find_forms(yq_str text, size_t at, found *f)
{
    if (!may_begin(text, at, f->mask)) return;
    const uint32_t *trie = SECTION(uint32_t, FORMS);
    uint32_t node, value;
    size_t end;
    bool more = enter(SECTION(uint32_t, FORM_STARTS), text, at, &node, &end);
    for (; more && f->n < f->cap; more = step(trie, text, &node, &end))
        if (form_ends(trie, text, node, end, &value)) add_entries(f, value, (uint32_t)(end - at));
}

/* Puts a word behind the forms that are not longer; what has no room is the longest. */
static void insert_word(found *f, uint32_t value, uint32_t length)
{
    size_t at = f->n;
    while (at > 0 && f->hits[at - 1].length > length) at--;
    if (at == f->cap) return;
    size_t behind = (f->n < f->cap ? f->n : f->cap - 1) - at;
    memmove(f->hits + at + 1, f->hits + at, behind * sizeof *f->hits);
    f->hits[at] = (yq_lex_hit){ length, YQ_LEX_WORDS, lexicon_word(value) };
    f->n += f->n < f->cap;
}

static void find_words(yq_str text, size_t at, found *f)
{
    const uint32_t *trie = SECTION(uint32_t, WORDS);
    uint32_t node, value;
    size_t end;
    bool more = enter(SECTION(uint32_t, WORD_STARTS), text, at, &node, &end);
    for (; more; more = step(trie, text, &node, &end))
        if (form_ends(trie, text, node, end, &value)) insert_word(f, value, (uint32_t)(end - at));
}

size_t yq_lex_at(yq_str text, size_t at, uint32_t mask, yq_lex_hit *hits, size_t cap)
{
    found f = { hits, 0, cap, mask };
    if (mask & ~(uint32_t)WORDS_BIT) find_forms(text, at, &f);
    if (mask & WORDS_BIT) find_words(text, at, &f);
    return f.n;
}

/* The first entry of the class in a list of entries; false: none. */
static bool entry_of(uint32_t first, yq_lex_class class, uint32_t length, yq_lex_hit *hit)
{
    found f = { hit, 0, 1, 1u << class };
    add_entries(&f, first, length);
    return f.n == 1;
}

bool yq_lex_longest(yq_str text, size_t at, yq_lex_class class, yq_lex_hit *hit)
{
    bool any = false, of_words = class == YQ_LEX_WORDS;
    if (!of_words && !may_begin(text, at, 1u << class)) return false;
    const uint32_t *trie = of_words ? SECTION(uint32_t, WORDS) : SECTION(uint32_t, FORMS);
    uint32_t node, value;
    size_t end;
    bool more = enter(of_words ? SECTION(uint32_t, WORD_STARTS) : SECTION(uint32_t, FORM_STARTS), text, at, &node, &end);
    for (; more; more = step(trie, text, &node, &end)) {
        if (!form_ends(trie, text, node, end, &value)) continue;
        if (!of_words)
            any |= entry_of(value, class, (uint32_t)(end - at), hit);
        else
            *hit = (yq_lex_hit){ (uint32_t)(end - at), class, lexicon_word(value) }, any = true;
    }
    return any;
}

bool yq_lex_is(yq_str s, yq_lex_class class, yq_str *value)
{
    const uint32_t *trie = class == YQ_LEX_WORDS ? SECTION(uint32_t, WORDS) : SECTION(uint32_t, FORMS);
    uint32_t node = 0, at;
    yq_lex_hit hit;
    if (class != YQ_LEX_WORDS && !may_begin(s, 0, 1u << class)) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!trie_step(trie, &node, folded(s.p[i]))) return false;
    if (s.n == 0 || !trie_value(trie, node, &at)) return false;
    if (class != YQ_LEX_WORDS && !entry_of(at, class, (uint32_t)s.n, &hit)) return false;
    if (value) *value = class == YQ_LEX_WORDS ? lexicon_word(at) : hit.value;
    return true;
}

/* Words have no backward trie (it would be as large as the forward one), so each start is tried, farthest first. */
static bool word_suffix(yq_str text, size_t end, yq_lex_hit *hit)
{
    enum { LONGEST_WORD = 64 };
    for (size_t at = end > LONGEST_WORD ? end - LONGEST_WORD : 0; at < end; at++) {
        if (((uint8_t)text.p[at] & 0xC0) == 0x80 || !begins_word(text, at)) continue;
        if (!yq_lex_is(yq_sub(text, at, end), YQ_LEX_WORDS, &hit->value)) continue;
        hit->length = (uint32_t)(end - at);
        hit->class = YQ_LEX_WORDS;
        return true;
    }
    return false;
}

bool yq_lex_suffix(yq_str text, size_t end, yq_lex_class class, yq_lex_hit *hit)
{
    const uint32_t *trie = SECTION(uint32_t, BACKWARD);
    uint32_t node = 0, value;
    bool any = false;
    if (end == 0 || end > text.n) return false;
    if (class == YQ_LEX_WORDS) return ends_word(text, end) && word_suffix(text, end, hit);
    if (end >= 3 && !lexicon_may(SECTION(uint32_t, LAST_CLASSES), text, end - 3, 1u << class)) return false;
    if (!ends_word(text, end)) return false;
    for (size_t i = end; i-- > 0 && trie_step(trie, &node, folded(text.p[i]));)
        if (trie_value(trie, node, &value) && begins_word(text, i)) any |= entry_of(value, class, (uint32_t)(end - i), hit);
    return any;
}

/* ---------------------------------------------------------------- concepts */

/* "HIS", "IgE" and "T1" are abbreviations, "his" and "His" are words of English. Among Chinese nobody writes English words, and many write "pfa". */
static bool is_abbreviated(yq_str text, size_t at, size_t end)
{
    for (size_t i = at + 1; i < end; i++)
        if ((text.p[i] >= 'A' && text.p[i] <= 'Z') || (text.p[i] >= '0' && text.p[i] <= '9')) return true;
    bool before = at > 0 && (text.p[at - 1] & 0x80), behind = end < text.n && (text.p[end] & 0x80);
    return before || behind;
}

static size_t add_references(uint32_t first, yq_str text, size_t at, size_t end, yq_concept_hit *hits, size_t cap)
{
    const uint32_t *ref = SECTION(uint32_t, CONCEPT_REFS) + first;
    size_t n = 0;
    for (bool last = false; !last && n < cap; ref++) {
        last = (*ref & CONCEPT_LAST) != 0;
        if ((*ref & CONCEPT_ABBREVIATION) && !is_abbreviated(text, at, end)) continue;
        hits[n++] = (yq_concept_hit){ *ref & CONCEPT_ID, (uint32_t)(end - at), (*ref & CONCEPT_AMBIGUOUS) != 0 };
    }
    return n;
}

size_t yq_concepts_at(yq_str text, size_t at, yq_concept_hit *hits, size_t cap)
{
    const uint32_t *trie = SECTION(uint32_t, CONCEPTS);
    uint32_t node, value;
    size_t end, n = 0;
    bool more = enter(SECTION(uint32_t, CONCEPT_STARTS), text, at, &node, &end);
    for (; more; more = step(trie, text, &node, &end))
        if (form_ends(trie, text, node, end, &value)) n += add_references(value, text, at, end, hits + n, cap - n);
    return n;
}

uint32_t yq_concept_count(void)
{
    return lexicon_header()->items[SEC_CONCEPT_LINES];
}

yq_str yq_concept_line(uint32_t id)
{
    if (id >= yq_concept_count()) return YQ_S("");
    lexicon_slice s = SECTION(lexicon_slice, CONCEPT_LINES)[id];
    return (yq_str){ SECTION(char, POOL) + s.at, s.n };
}

yq_str yq_concept_column(uint32_t id, unsigned k)
{
    return yq_lex_column(yq_concept_line(id), k);
}

size_t yq_concept_near(uint32_t id, const yq_near **out)
{
    if (id >= yq_concept_count()) return 0;
    const uint32_t *at = SECTION(uint32_t, CONCEPT_NEAR_AT);
    *out = SECTION(yq_near, CONCEPT_NEAR) + at[id];
    return at[id + 1] - at[id];
}

uint32_t yq_concept_broader(uint32_t id)
{
    return id < yq_concept_count() ? SECTION(uint32_t, CONCEPT_UP)[id] : UINT32_MAX;
}
