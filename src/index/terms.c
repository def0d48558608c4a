/* What is searched for in a text? The same cutting for documents and for questions.
 *
 * Chinese has no spaces, and a dictionary does not know every name of a drug. So a text is indexed by the words of yq_cut, by every pair
 * of neighbouring characters (a word of two characters is a pair itself and indexed once; pairs also join neighbouring words) and by
 * single characters. A wrong cut then costs weight, never the hit, and words of one meaning that share a character still meet.
 *
 * Latin words are lower-cased and stemmed. A name with hyphens is indexed joined (PD-1, PD1 -> pd1) and, where they are words, in parts.
 *
 * A concept of lexicon/concepts.tsv is a term of its own (a byte 2 and its preferred Chinese name), whichever of its forms in whichever
 * language was written; the next wider concept is indexed with it. So a question finds the other language and the lay word without being
 * taken apart into the words of every synonym.
 *
 * Only words count for the length of a document: all else repeats what was counted. */
#include "index/internal.h"

#include <uchar.h>

#define PAIR_WEIGHT 0.3f        /* in a question, where a word has 1 */
#define CHARACTER_WEIGHT 0.3f   /* of the single characters of a word */
#define PART_WEIGHT 0.5f        /* of a hyphenated name */
#define CONCEPT_WEIGHT 0.5f     /* of the concept that a word means */
#define NESTED_SHARE 0.5f       /* of a concept inside a longer one */
#define AMBIGUOUS_SHARE 0.5f    /* of one of several that the word may mean */
#define EVERYDAY_SHARE 0.4f     /* of a word of everyday or technical language: its synonyms are many */
#define BROADER_SHARE 0.3f      /* of the next wider concept */
enum { MAX_TOKEN_PARTS = 16, MAX_CONCEPTS = 8 };

/* ---------------------------------------------------------------- words without a subject */

/* Sorted. Words that are too frequent in any English text to tell documents apart; what questions say beside their subject
 * ("looking for", "想请") stands in the lexicon. */
static const char *const english_stops[] = {
    "a", "about", "above", "after", "again", "against", "all", "also", "am", "among", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "below", "between", "both", "but", "by", "can", "cannot", "could", "did", "do", "does", "doing", "down", "during",
    "each", "etc", "ever", "every", "few", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his",
    "how", "however", "i", "if", "in", "into", "is", "it", "its", "itself", "just", "may", "me", "might", "more", "most", "must", "my", "no",
    "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "ours", "out", "over", "own", "same", "shall", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they", "this", "those",
    "through", "thus", "to", "too", "under", "until", "up", "upon", "us", "very", "was", "we", "were", "what", "when", "where", "whether",
    "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you", "your", "yours",
};

/* Sorted by code point. */
static const char16_t chinese_stops[] =
    u"与个为么之也了于从以们但其再则到又及向吗吧呀呢和哦啊因在对就很或所把是更最有此的着等而若被过还这那都";

static int by_word(const void *key, const void *item)
{
    const yq_str *k = key;
    return yq_cmp(*k, yq_cstr(*(const char *const *)item));
}

static bool english_stop(yq_str lower)
{
    return bsearch(&lower, english_stops, sizeof english_stops / sizeof *english_stops, sizeof *english_stops, by_word) != NULL;
}

static bool chinese_stop(yq_str word)
{
    size_t low = 0, high = sizeof chinese_stops / sizeof *chinese_stops - 1, at = 0;
    if (word.n != 3) return false;
    uint32_t cp = yq_utf8_next(word, &at);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (chinese_stops[middle] == cp) return true;
        if (chinese_stops[middle] < cp) low = middle + 1;
        else high = middle;
    }
    return false;
}

/* ---------------------------------------------------------------- emitting */

/* What one cutting writes to; weights of the kinds of terms differ between documents and questions. */
typedef struct {
    yq_arena *arena;
    yq_terms *out;
    float word, pair, character, part;
    uint16_t group;
} sink;

static void emit(sink *s, yq_str text, float weight, uint16_t group)
{
    if (!text.n) return;
    *yq_push(s->arena, s->out) = (yq_term){ yq_sub(text, 0, MAX_TERM), weight, group };
}

/* ---------------------------------------------------------------- Latin words, numbers */

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c & 0x80);
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static yq_str lower(yq_arena *a, yq_str s)
{
    char *p = yq_dupz(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return (yq_str){ p, s.n };
}

/* Stems words of plain letters; s lies in the arena and may be changed. */
static yq_str stem(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z') return s;
    return (yq_str){ s.p, yq_porter((char *)s.p, s.n) };
}

/* Parts of letters and digits; a point between digits belongs to the number. */
static size_t parts_of(yq_str s, yq_str *parts)
{
    size_t n = 0, from = 0;
    for (size_t i = 0; i <= s.n && n < MAX_TOKEN_PARTS; i++) {
        bool inside = i < s.n && (letter(s.p[i]) || digit(s.p[i]) ||
                                  (s.p[i] == '.' && i > from && i + 1 < s.n && digit(s.p[i - 1]) && digit(s.p[i + 1])));
        if (inside) continue;
        if (i > from) parts[n++] = yq_sub(s, from, i);
        from = i + 1;
    }
    return n;
}

static bool is_word(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!letter(s.p[i])) return false;
    return s.n >= 3;
}

static yq_str joined(yq_arena *a, const yq_str *parts, size_t n)
{
    size_t size = 0;
    for (size_t i = 0; i < n; i++) size += parts[i].n;
    char *p = yq_alloc(a, size + 1);
    for (size_t i = 0, at = 0; i < n; at += parts[i].n, i++) memcpy(p + at, parts[i].p, parts[i].n);
    return (yq_str){ p, size };
}

/* "2.5mg": the number by itself as well. */
static void emit_number(sink *s, yq_str token)
{
    size_t n = 0;
    while (n < token.n && (digit(token.p[n]) || token.p[n] == '.')) n++;
    if (n && n < token.n) emit(s, yq_sub(token, 0, n), s->part, s->group);
}

static void emit_latin(sink *s, yq_str token)
{
    yq_str parts[MAX_TOKEN_PARTS];
    size_t n = parts_of(lower(s->arena, token), parts), words = 0;
    if (!n || (n == 1 && english_stop(parts[0]))) return;
    if (n == 1) {
        emit(s, stem(parts[0]), s->word, s->group);
        emit_number(s, parts[0]);
        return;
    }
    for (size_t i = 0; i < n; i++) words += is_word(parts[i]);
    emit(s, joined(s->arena, parts, n), words == n ? s->part : s->word, s->group);
    for (size_t i = 0; i < n; i++)
        if (is_word(parts[i]) && !english_stop(parts[i])) emit(s, stem(parts[i]), words == n ? s->word : s->part, s->group);
}

/* ---------------------------------------------------------------- Chinese words and pairs */

/* All pairs of neighbouring characters of s. */
static void emit_pairs(sink *s, yq_str text)
{
    size_t before = SIZE_MAX, at = 0;
    while (at < text.n) {
        size_t start = at;
        yq_utf8_next(text, &at);
        if (before != SIZE_MAX) emit(s, yq_sub(text, before, at), s->pair, YQ_NO_GROUP);
        before = start;
    }
}

static void emit_characters(sink *s, yq_str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        yq_utf8_next(text, &at);
        emit(s, yq_sub(text, start, at), s->character, YQ_NO_GROUP);
    }
}

static void emit_han(sink *s, yq_str plain, yq_span span)
{
    yq_str word = yq_at(plain, span);
    if (chinese_stop(word)) return;
    emit(s, word, s->word, s->group);
    if (yq_utf8_count(word) > 2) emit_pairs(s, word);
    if (yq_utf8_count(word) > 1) emit_characters(s, word);
}

/* The pair across the border of two neighbouring words. */
static void emit_bridge(sink *s, yq_str plain, const yq_word *left, const yq_word *right)
{
    size_t end = right->span.from;
    if (!left->han || !right->han || left->span.to != right->span.from) return;
    if (chinese_stop(yq_at(plain, left->span)) || chinese_stop(yq_at(plain, right->span))) return;
    yq_utf8_next(plain, &end);
    emit(s, yq_sub(plain, yq_utf8_back(plain, left->span.to), end), s->pair, YQ_NO_GROUP);
}

/* The s of "patient's", the t of "don’t". */
static bool after_apostrophe(yq_str plain, yq_span span)
{
    yq_str before = yq_sub(plain, 0, span.from);
    return span.to - span.from <= 2 && (yq_ends(before, YQ_S("'")) || yq_ends(before, YQ_S("’")));
}

static void emit_word(sink *s, yq_str plain, const yq_word *w)
{
    if (w->han) emit_han(s, plain, w->span);
    else if (!after_apostrophe(plain, w->span)) emit_latin(s, yq_at(plain, w->span));
}

/* ---------------------------------------------------------------- concepts */

yq_str yq_concept_term(yq_arena *a, uint32_t concept)
{
    return yq_sub(yq_printf(a, "\x02%.*s", YQ_FMT(yq_concept_column(concept, 0))), 0, MAX_TERM);
}

static void emit_concept(sink *s, uint32_t id, float weight)
{
    if (id != UINT32_MAX) emit(s, yq_concept_term(s->arena, id), weight, s->group);
}

/* Every concept that begins at the place, and the next wider one of each. */
static void index_concepts(sink *s, yq_str plain, uint32_t at)
{
    yq_concept_hit hits[MAX_CONCEPTS];
    size_t n = yq_concepts_at(plain, at, hits, MAX_CONCEPTS);
    for (size_t i = 0; i < n; i++) {
        emit_concept(s, hits[i].id, 0);
        emit_concept(s, yq_concept_broader(hits[i].id), 0);
    }
}

uint32_t concepts_fingerprint(void)
{
    uint64_t h = yq_concept_count();
    for (uint32_t i = 0; i < yq_concept_count(); i++) {
        yq_str line = yq_concept_line(i);
        h = checksum(line.p, line.n, h);
    }
    return (uint32_t)h;
}

void yq_index_terms(yq_arena *a, yq_str plain, yq_terms *out)
{
    sink s = { a, out, 1, 0, 0, 0, 0 };
    yq_words words = { 0 };
    yq_cut(a, plain, &words);
    for (size_t i = 0; i < words.n; i++) {
        if (i) emit_bridge(&s, plain, &words.v[i - 1], &words.v[i]);
        emit_word(&s, plain, &words.v[i]);
        index_concepts(&s, plain, words.v[i].span.from);
    }
}

/* ---------------------------------------------------------------- questions */

/* The end of the stop phrase that begins with the word, when it ends where a word ends; else 0. */
static uint32_t stop_phrase(yq_str plain, const yq_words *words, size_t i)
{
    yq_lex_hit hit;
    uint32_t from = words->v[i].span.from;
    bool any = yq_lex_longest(plain, from, YQ_LEX_STOP_ZH, &hit) || yq_lex_longest(plain, from, YQ_LEX_STOP_EN, &hit);
    if (!any) return 0;
    for (size_t k = i; k < words->n && words->v[k].span.from < from + hit.length; k++)
        if (words->v[k].span.to == from + hit.length) return from + hit.length;
    return 0;
}

void yq_query_words(yq_arena *a, yq_str plain, yq_words *out)
{
    yq_words words = { 0 };
    uint32_t skip = 0;
    yq_cut(a, plain, &words);
    for (size_t i = 0; i < words.n; i++) {
        uint32_t end = stop_phrase(plain, &words, i);
        if (end > skip) skip = end;
        if (words.v[i].span.from >= skip) *yq_push(a, out) = words.v[i];
    }
}

/* Concepts asked for beside the word that was written: itself in all its forms, what it is part of, what it consists of. */
static void ask_concepts(sink *s, yq_str plain, const yq_word *w, uint32_t *expanded)
{
    yq_concept_hit hits[MAX_CONCEPTS];
    size_t n = yq_concepts_at(plain, w->span.from, hits, MAX_CONCEPTS);
    uint32_t longest = 0, outer = *expanded;
    for (size_t i = 0; i < n; i++)
        if (hits[i].length > longest) longest = hits[i].length;
    for (size_t i = 0; i < n; i++) {
        bool whole = hits[i].length == longest && w->span.from >= outer;
        bool everyday = yq_eq(yq_concept_column(hits[i].id, 5), YQ_S("word"));
        float share = CONCEPT_WEIGHT * (whole ? 1 : NESTED_SHARE) * (hits[i].ambiguous ? AMBIGUOUS_SHARE : 1) * (everyday ? EVERYDAY_SHARE : 1);
        emit_concept(s, hits[i].id, share);
        emit_concept(s, yq_concept_broader(hits[i].id), share * BROADER_SHARE);
    }
    if (w->span.from + longest > *expanded) *expanded = w->span.from + longest;
}

void yq_query_terms(yq_arena *a, yq_str plain, bool expand, yq_terms *out)
{
    sink s = { a, out, 1, PAIR_WEIGHT, CHARACTER_WEIGHT, PART_WEIGHT, 0 };
    yq_words words = { 0 };
    uint32_t expanded = 0;
    yq_query_words(a, plain, &words);
    for (size_t i = 0; i < words.n && s.group < YQ_NO_GROUP; i++, s.group++) {
        if (i) emit_bridge(&s, plain, &words.v[i - 1], &words.v[i]);
        emit_word(&s, plain, &words.v[i]);
        if (expand) ask_concepts(&s, plain, &words.v[i], &expanded);
    }
}
