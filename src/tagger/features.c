/* What is true at a character, of a span and of a sentence, each as a hash of the question and its answer.
 *
 * Characters: the usual windows (Zhang and Yang, ACL 2018, baseline), and which dictionary words begin at, run over and end at them
 * (after SoftLexicon: Ma et al., ACL 2020). Spans: what no window can see, the whole of it: its dictionary class, its ends, what stands on
 * both sides (Sarawagi and Cohen 2004). Sentences: the words in it tell what it is about.
 */
#include "tagger/internal.h"

enum { OUTSIDE_TEXT = 0x110000 }; /* stands for what lies before and behind the sentence */

static inline void add(tagger_features *f, uint64_t question, uint64_t answer)
{
    if (f->n < f->cap) f->v[f->n++] = tagger_mix(question * 0xD6E8FEB86659FD93u, answer);
}

static inline uint64_t pair(uint64_t a, uint64_t b)
{
    return tagger_mix(a + 0x51ED270B0A1Fu, b);
}

static inline uint32_t character(const tagger_view *v, ptrdiff_t i)
{
    return i < 0 || i >= (ptrdiff_t)v->n ? OUTSIDE_TEXT : v->cp[i];
}

static inline uint32_t shape(const tagger_view *v, ptrdiff_t i)
{
    return i < 0 || i >= (ptrdiff_t)v->n ? 0 : v->shape[i];
}

static inline uint64_t bucket(size_t n)
{
    return n <= 8 ? n : n <= 10 ? 9 : n <= 14 ? 10 : n <= 20 ? 11 : 12;
}

/* ---------------------------------------------------------------- characters */

enum {
    CHAR_BIAS = 1, CHAR_ONE = 10, CHAR_TWO = 30, CHAR_THREE = 50, CHAR_FOUR = 60, CHAR_SHAPES = 70, CHAR_WORD = 80, CHAR_WORD_SORT = 100,
    CHAR_NEAR_LEFT = 120, CHAR_NEAR_RIGHT, CHAR_HIT = 130, CHAR_HIT_WORD = 140, CHAR_REPEAT = 150,
    SPAN_BIAS = 200, SPAN_LENGTH, SPAN_SORT, SPAN_SUFFIX = 210, SPAN_PREFIX = 220, SPAN_SIDES = 230, SPAN_WORDS = 240, SPAN_SHAPE = 260,
    SPAN_END_SORT = 270, SPAN_BEGIN_SORT, SPAN_GAZETTEER = 280, SENTENCE_WORD = 300
};

/* Windows of one to four characters. */
static void windows(const tagger_view *v, ptrdiff_t i, tagger_features *f)
{
    uint64_t c[7];
    for (int k = -3; k <= 3; k++) c[k + 3] = character(v, i + k);
    for (int k = 0; k < 7; k++) add(f, CHAR_ONE + (unsigned)k, c[k]);
    for (int k = 0; k < 6; k++) add(f, CHAR_TWO + (unsigned)k, pair(c[k], c[k + 1]));
    add(f, CHAR_TWO + 7, pair(c[2], c[4]));
    for (int k = 1; k < 4; k++) add(f, CHAR_THREE + (unsigned)k, pair(pair(c[k], c[k + 1]), c[k + 2]));
    add(f, CHAR_FOUR, pair(pair(c[0], c[1]), pair(c[2], c[3])));
    add(f, CHAR_FOUR + 1, pair(pair(c[3], c[4]), pair(c[5], c[6])));
}

static void shapes(const tagger_view *v, ptrdiff_t i, tagger_features *f)
{
    uint64_t three = shape(v, i - 1) * 256 + shape(v, i) * 16 + shape(v, i + 1);
    add(f, CHAR_SHAPES, shape(v, i));
    add(f, CHAR_SHAPES + 1, three);
    add(f, CHAR_SHAPES + 2, three * 256 + shape(v, i - 2) * 16 + shape(v, i + 2));
}

/* Where a character stands in [from, to): 0 alone, 1 first, 2 inside, 3 last. */
static inline unsigned place_in(size_t i, size_t from, size_t to)
{
    return to - from == 1 ? 0 : i == from ? 1 : i + 1 == to ? 3 : 2;
}

static const tagger_word none = { 0, 0, 3, 4 };

static const tagger_word *word(const tagger_view *v, ptrdiff_t k)
{
    return k < 0 || k >= (ptrdiff_t)v->words ? &none : &v->word[k];
}

static void words(const tagger_view *v, size_t i, tagger_features *f)
{
    ptrdiff_t k = v->word_at[i];
    const tagger_word *w[5] = { word(v, k - 2), word(v, k - 1), word(v, k), word(v, k + 1), word(v, k + 2) };
    uint64_t place = place_in(i, w[2]->from, w[2]->to), length = bucket((size_t)(w[2]->to - w[2]->from));
    for (unsigned q = 0; q < 5; q++) {
        add(f, CHAR_WORD + q, w[q]->id * 4 + place);
        add(f, CHAR_WORD_SORT + q, w[q]->sort * 4 + place);
    }
    add(f, CHAR_WORD + 5, pair(w[1]->id, w[2]->id) + place);
    add(f, CHAR_WORD + 6, pair(w[2]->id, w[3]->id) + place);
    add(f, CHAR_WORD_SORT + 5, pair(w[1]->sort, w[2]->sort) + place);
    add(f, CHAR_WORD_SORT + 6, pair(w[2]->sort, w[3]->sort) + place);
    add(f, CHAR_WORD_SORT + 7, pair(pair(w[1]->sort, w[2]->sort), w[3]->sort) + place);
    add(f, CHAR_WORD_SORT + 8, pair(w[2]->sort, length) + place);
    for (ptrdiff_t d = 3; d <= 6; d++) {
        if (k - d >= 0) add(f, CHAR_NEAR_LEFT, v->word[k - d].id);
        if (k + d < (ptrdiff_t)v->words) add(f, CHAR_NEAR_RIGHT, v->word[k + d].id);
    }
}

/* A hit that holds character i: its class by place and length, and the word itself. */
static void hit(const tagger_view *v, size_t i, const tagger_hit *h, tagger_features *f)
{
    uint64_t place = place_in(i, h->from, h->to), length = bucket((size_t)(h->to - h->from));
    add(f, CHAR_HIT, pair(h->sort, length * 4 + place));
    if (h->word && h->to - h->from > 1) add(f, CHAR_HIT_WORD, tagger_chars(v, h->from, h->to) + place);
}

static void hits(const tagger_view *v, size_t i, tagger_features *f)
{
    enum { LONGEST_FORM = 12 };
    size_t first = i > LONGEST_FORM ? i - LONGEST_FORM : 0;
    for (size_t k = v->hit_from[first]; k < v->hit_from[i + 1]; k++)
        if (v->hit[k].to > i) hit(v, i, &v->hit[k], f);
}

void tagger_char_features(const tagger_view *v, size_t i, tagger_features *f)
{
    f->n = 0;
    add(f, CHAR_BIAS, 0);
    windows(v, (ptrdiff_t)i, f);
    shapes(v, (ptrdiff_t)i, f);
    words(v, i, f);
    hits(v, i, f);
}

/* The net sees the rest of the sentence by itself: of each character it is told, in the words of above, only what it is and what a dictionary
 * knows of it. */
void tagger_net_features(const tagger_view *v, size_t i, tagger_features *f)
{
    const tagger_word *w = &v->word[v->word_at[i]];
    uint64_t place = place_in(i, w->from, w->to);
    uint32_t left = character(v, (ptrdiff_t)i - 1), own = v->cp[i], right = character(v, (ptrdiff_t)i + 1);
    f->n = 0;
    add(f, CHAR_ONE + 3, own);
    add(f, CHAR_TWO + 2, pair(left, own));
    add(f, CHAR_TWO + 3, pair(own, right));
    add(f, CHAR_SHAPES, v->shape[i]);
    add(f, CHAR_WORD + 2, w->id * 4 + place);
    add(f, CHAR_WORD_SORT + 2, w->sort * 4 + place);
    hits(v, i, f);
}

/* ---------------------------------------------------------------- spans */

static void ends(const tagger_view *v, size_t from, size_t to, tagger_features *f)
{
    for (size_t k = 1; k <= 4 && k < to - from; k++) {
        add(f, SPAN_SUFFIX + k, tagger_chars(v, to - k, to));
        add(f, SPAN_PREFIX + k, tagger_chars(v, from, from + k));
    }
    add(f, SPAN_PREFIX + 5, pair(v->cp[from], v->cp[to - 1]));
}

static void sides(const tagger_view *v, ptrdiff_t from, ptrdiff_t to, tagger_features *f)
{
    uint64_t left = character(v, from - 1), right = character(v, to);
    add(f, SPAN_SIDES, pair(left, right));
    add(f, SPAN_SIDES + 1, pair(left, bucket((size_t)(to - from))));
    add(f, SPAN_SIDES + 2, pair(right, bucket((size_t)(to - from))));
    add(f, SPAN_SIDES + 3, pair(shape(v, from - 1) * 16 + shape(v, to), bucket((size_t)(to - from))));
    add(f, SPAN_SIDES + 4, pair(pair(character(v, from - 2), left), pair(right, character(v, to + 1))));
    add(f, SPAN_SIDES + 5, pair(left, v->cp[to - 1]));
    add(f, SPAN_SIDES + 6, pair(right, v->cp[from]));
    add(f, SPAN_SIDES + 7, pair(pair(left, right), v->cp[to - 1]));
}

/* The words a span is made of, if it does not cut one. */
static void inner_words(const tagger_view *v, size_t from, size_t to, tagger_features *f)
{
    size_t a = v->word_at[from], b = v->word_at[to - 1];
    bool begins = v->word[a].from == from, ends_whole = v->word[b].to == to;
    const tagger_word *before = word(v, (ptrdiff_t)(begins ? a : a + 1) - 1), *behind = word(v, (ptrdiff_t)b + 1);
    add(f, SPAN_WORDS, begins * 2u + ends_whole + 4 * bucket(b - a));
    if (begins) add(f, SPAN_WORDS + 1, v->word[a].id);
    if (ends_whole) add(f, SPAN_WORDS + 2, v->word[b].id);
    if (begins && ends_whole) {
        uint64_t pattern = 7;
        for (size_t k = a; k <= b && k < a + 6; k++) pattern = pair(pattern, v->word[k].sort);
        add(f, SPAN_WORDS + 3, pattern);
        add(f, SPAN_WORDS + 4, pair(v->word[a].sort, v->word[b].id));
        add(f, SPAN_WORDS + 5, pair(before->sort, pair(pattern, behind->sort)));
        add(f, SPAN_WORDS + 6, pair(v->word[a].sort, v->word[b].sort));
    }
    add(f, SPAN_WORDS + 7, pair(before->id, behind->id));
    add(f, SPAN_WORDS + 8, pair(before->id, v->cp[to - 1]));
    add(f, SPAN_WORDS + 9, pair(behind->id, v->cp[to - 1]));
    for (size_t k = a + 1; k < b; k++) add(f, SPAN_WORDS + 10, v->word[k].id);
}

static void span_shape(const tagger_view *v, size_t from, size_t to, tagger_features *f)
{
    uint64_t pattern = 5, last = 99;
    for (size_t i = from; i < to; i++) {
        if (v->shape[i] != last) pattern = pair(pattern, v->shape[i]);
        last = v->shape[i];
    }
    add(f, SPAN_SHAPE, pattern);
    add(f, SPAN_SHAPE + 1, pair(pattern, bucket(to - from)));
}

/* Forms of the lexicon that are the whole span, or its end, or its beginning. */
static void inner_hits(const tagger_view *v, size_t from, size_t to, tagger_features *f)
{
    for (size_t q = v->hit_end[to]; q < v->hit_end[to + 1]; q++) {
        const tagger_hit *h = &v->hit[v->by_end[q]];
        if (h->from == from) add(f, SPAN_SORT, h->sort);
        else if (h->from > from) add(f, SPAN_END_SORT, pair(h->sort, bucket((size_t)(h->to - h->from))));
    }
    for (size_t q = v->hit_from[from]; q < v->hit_from[from + 1]; q++)
        if (v->hit[q].to < to) add(f, SPAN_BEGIN_SORT, pair(v->hit[q].sort, bucket((size_t)(v->hit[q].to - v->hit[q].from))));
}

void tagger_span_features(const tagger_view *v, size_t from, size_t to, tagger_features *f)
{
    f->n = 0;
    add(f, SPAN_BIAS, 0);
    add(f, SPAN_LENGTH, bucket(to - from));
    ends(v, from, to, f);
    sides(v, (ptrdiff_t)from, (ptrdiff_t)to, f);
    inner_words(v, from, to, f);
    span_shape(v, from, to, f);
    inner_hits(v, from, to, f);
}

void tagger_sentence_features(const tagger_view *v, tagger_features *f)
{
    f->n = 0;
    for (size_t k = 0; k < v->words; k++)
        if (v->word[k].to - v->word[k].from > 1) add(f, SENTENCE_WORD, v->word[k].id);
}

/* ---------------------------------------------------------------- what the training text says of the whole string */

static uint64_t degree(size_t n)
{
    return n <= 3 ? n : n <= 6 ? 4 : n <= 15 ? 5 : 6;
}

void tagger_entry_features(const tagger_entry *e, tagger_features *f)
{
    size_t marked = 0;
    for (size_t k = 0; k < 4; k++) marked += e->count[k];
    for (size_t k = 0; k < 4; k++) {
        if (!e->count[k]) continue;
        uint64_t share = e->count[k] * 5u / marked, open = e->seen > marked ? marked * 5u / e->seen : 5;
        add(f, SPAN_GAZETTEER, pair(e->kind[k], degree(e->count[k])));
        add(f, SPAN_GAZETTEER + 1, pair(e->kind[k], share * 16 + open));
    }
    if (!marked && e->seen) add(f, SPAN_GAZETTEER + 2, degree(e->seen));
}
