/* How two values of one field agree: one of seven levels, by the kind of field. What a level is worth is learnt later. */
#include "resolve/link_internal.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- names */

static bool short_form(yq_str a, yq_str b)
{
    if (a.n > b.n) return short_form(b, a);
    return a.n > 0 && a.n < b.n && (a.n == 1 || a.n >= 3) && yq_starts(b, a);
}

/* One is written in characters, the other in letters: compared in pinyin, in either order. */
static unsigned across_scripts(const link_value *a, const link_value *b)
{
    yq_str x = a->latin.n ? a->latin : a->text, y = b->latin.n ? b->latin : b->text;
    if (a->sketch[3] == b->sketch[3]) return LEVEL_NEAR;
    return link_jaro_winkler(x, y) >= 0.92 ? LEVEL_CLOSE : LEVEL_DIFFERENT;
}

/* An upper bound of Jaro-Winkler from lengths and letters: each letter that the other lacks is a character without a match. */
static double most_similar(const link_value *a, const link_value *b)
{
    double x = (double)a->text.n, y = (double)b->text.n;
    double mx = x - __builtin_popcount(a->letters & ~b->letters), my = y - __builtin_popcount(b->letters & ~a->letters);
    double jaro = ((mx < my ? mx : my) * (1 / x + 1 / y) + 1) / 3;
    return a->text.p[0] == b->text.p[0] ? jaro + 0.4 * (1 - jaro) : jaro;
}

static bool ascii(yq_str s)
{
    return (unsigned char)s.p[0] < 0x80 && (unsigned char)s.p[s.n - 1] < 0x80;
}

static unsigned compare_names(const link_field *f, const link_value *a, const link_value *b)
{
    (void)f;
    if (!a->latin.n != !b->latin.n) return across_scripts(a, b);
    if (a->sketch[3] == b->sketch[3] && a->words > 1) return LEVEL_NEAR; /* words in another order, or written together */
    if (ascii(a->text) && ascii(b->text) && most_similar(a, b) < 0.75) return short_form(a->text, b->text) ? LEVEL_PARTLY : LEVEL_DIFFERENT;
    if (!(a->letters & b->letters)) return LEVEL_DIFFERENT; /* no character in common */
    double similar = link_jaro_winkler(a->text, b->text);
    if (similar >= 0.8 && a->text.n > 2 && b->text.n > 2 && link_edits(a->text, b->text, 1) <= 1) return LEVEL_NEAR;
    if (short_form(a->text, b->text)) return LEVEL_PARTLY;
    return similar >= 0.88 ? LEVEL_CLOSE : similar >= 0.75 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

/* ---------------------------------------------------------------- dates, codes, numbers */

static unsigned differing(const char *x, const char *y, unsigned from, unsigned to)
{
    unsigned n = 0;
    for (unsigned i = from; i < to; i++) n += x[i] != y[i];
    return n;
}

static bool exchanged_digits(const char *x, const char *y)
{
    for (unsigned i = 0; i + 1 < 8; i++)
        if (x[i] != y[i] && x[i] == y[i + 1] && x[i + 1] == y[i] && differing(x, y, i + 2, 8) == 0) return true;
    return memcmp(x, y, 4) == 0 && memcmp(x + 4, y + 6, 2) == 0 && memcmp(x + 6, y + 4, 2) == 0; /* day and month */
}

static unsigned compare_dates(const link_value *a, const link_value *b)
{
    const char *x = a->text.p, *y = b->text.p;
    if (a->text.n != 8 || b->text.n != 8) return yq_starts(a->text, b->text) || yq_starts(b->text, a->text) ? LEVEL_PARTLY : LEVEL_DIFFERENT;
    if (differing(x, y, 0, 8) == 1 || exchanged_digits(x, y)) return LEVEL_NEAR;
    bool year = differing(x, y, 0, 4) == 0, month = differing(x, y, 4, 6) == 0, day = differing(x, y, 6, 8) == 0;
    if (year + month + day == 2 || differing(x, y, 0, 8) == 2) return LEVEL_CLOSE;
    return year ? LEVEL_PARTLY : differing(x, y, 0, 8) <= 3 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

/* Of an e-mail address: what stands before the @. */
static bool same_first_word(yq_str a, yq_str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n] && a.p[n] != ' ') n++;
    return n >= 6 && n < a.n && n < b.n && a.p[n] == ' ' && b.p[n] == ' ';
}

static unsigned compare_codes(const link_value *a, const link_value *b)
{
    bool far = __builtin_popcount(a->letters & ~b->letters) > 2 || __builtin_popcount(b->letters & ~a->letters) > 2;
    unsigned edits = far ? 3 : link_edits(a->text, b->text, 2);
    if (edits == 1) return LEVEL_NEAR;
    if (edits == 2 || same_first_word(a->text, b->text)) return LEVEL_CLOSE;
    if (a->sketch[1] == b->sketch[1] || a->sketch[2] == b->sketch[2]) return LEVEL_PARTLY;
    return most_similar(a, b) >= 0.8 && link_jaro_winkler(a->text, b->text) >= 0.8 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

static unsigned compare_numbers(const link_value *a, const link_value *b)
{
    double x = strtod(a->text.p, NULL), y = strtod(b->text.p, NULL), apart = fabs(x - y);
    return apart <= 1 ? LEVEL_NEAR : apart <= 3 ? LEVEL_CLOSE : apart <= 10 ? LEVEL_PARTLY : LEVEL_DIFFERENT;
}

/* ---------------------------------------------------------------- texts */

typedef struct {
    uint32_t word[LINK_WORDS];
    size_t n;
    double weight; /* of all words */
} words_left;

/* Words that both have are taken off both; their weight is returned. */
static double equal_words(const link_field *f, const link_value *a, const link_value *b, words_left *x, words_left *y)
{
    const uint32_t *p = f->word + a->word, *q = f->word + b->word;
    double both = 0;
    size_t i = 0, k = 0;
    while (i < a->words || k < b->words) {
        if (k == b->words || (i < a->words && p[i] < q[k])) x->weight += f->dictionary[p[i]].weight, x->word[x->n++] = p[i++];
        else if (i == a->words || q[k] < p[i]) y->weight += f->dictionary[q[k]].weight, y->word[y->n++] = q[k++];
        else {
            both += f->dictionary[p[i]].weight;
            i++, k++;
        }
    }
    x->weight += both;
    y->weight += both;
    return both;
}

/* How well one word stands for another: spelling errors, an initial, an abbreviation. Pairs of Han characters are equal or not. */
static double word_likeness(const link_word *x, const link_word *y)
{
    yq_str a = x->text.n <= y->text.n ? x->text : y->text, b = x->text.n <= y->text.n ? y->text : x->text;
    int apart = __builtin_popcount(x->letters & ~y->letters), other = __builtin_popcount(y->letters & ~x->letters);
    if ((unsigned char)a.p[0] >= 0x80) return 0;
    if (a.p[0] == b.p[0]) {
        if (a.n == 1) return 0.6;
        if (a.n >= 3 && a.n < b.n && yq_starts(b, a)) return 0.7;
    }
    if (apart > 2 || other > 2) return 0;
    if (a.n >= 4 && b.n - a.n <= 1 && apart <= 1 && other <= 1 && link_edits(a, b, 1) <= 1) return 0.9;
    return a.n >= 6 && b.n - a.n <= 2 && link_edits(a, b, 2) <= 2 ? 0.8 : 0;
}

/* Each word left in x looks for its likest among those left in y. */
static double like_words(const link_field *f, const words_left *x, const words_left *y)
{
    bool taken[LINK_WORDS] = { false };
    double sum = 0;
    for (size_t i = 0; i < x->n; i++) {
        const link_word *w = &f->dictionary[x->word[i]];
        double best = 0;
        size_t at = 0;
        for (size_t k = 0; k < y->n; k++) {
            if (taken[k]) continue;
            double like = word_likeness(w, &f->dictionary[y->word[k]]);
            if (like > best) best = like, at = k;
        }
        if (best == 0) continue;
        taken[at] = true;
        sum += best * (w->weight < f->dictionary[y->word[at]].weight ? w->weight : f->dictionary[y->word[at]].weight);
    }
    return sum;
}

/* Dice's coefficient (1945, Ecology 26(3)) over words weighted by rarity, where like words count in part (SoftTFIDF: Cohen, Ravikumar
 * & Fienberg 2003). */
static double text_likeness(const link_field *f, const link_value *a, const link_value *b)
{
    words_left x = { .n = 0 }, y = { .n = 0 };
    double both = equal_words(f, a, b, &x, &y);
    if (x.n && y.n) both += like_words(f, &x, &y);
    return 2 * both / (x.weight + y.weight + 1e-9);
}

static unsigned compare_texts(const link_field *f, const link_value *a, const link_value *b)
{
    if (!a->latin.n != !b->latin.n) return across_scripts(a, b);
    if (a->sketch[3] == b->sketch[3]) return LEVEL_NEAR; /* words written together or in another order */
    double like = text_likeness(f, a, b);
    return like >= 0.9 ? LEVEL_NEAR : like >= 0.7 ? LEVEL_CLOSE : like >= 0.45 ? LEVEL_PARTLY : like >= 0.2 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

/* ---------------------------------------------------------------- a pair */

static unsigned compare_values(const link_field *f, uint32_t va, uint32_t vb)
{
    const link_value *a = &f->value[va], *b = &f->value[vb];
    switch (f->type) {
    case LINK_NAME: return compare_names(f, a, b);
    case LINK_DATE: return compare_dates(a, b);
    case LINK_CODE: return compare_codes(a, b);
    case LINK_NUMBER: return compare_numbers(a, b);
    case LINK_TEXT: return compare_texts(f, a, b);
    }
    return LEVEL_DIFFERENT;
}

/* Threads may both find the level of two values, and find the same. */
static unsigned compare_field(const link_field *f, uint32_t va, uint32_t vb)
{
    if (!va || !vb) return LEVEL_UNKNOWN;
    if (va == vb) return LEVEL_EQUAL;
    if (!f->level) return compare_values(f, va, vb);
    _Atomic uint8_t *at = &f->level[(size_t)va * f->values + vb];
    unsigned known = atomic_load_explicit(at, memory_order_relaxed);
    if (known) return known - 1;
    unsigned level = compare_values(f, va, vb);
    atomic_store_explicit(at, (uint8_t)(level + 1), memory_order_relaxed);
    return level;
}

/* Given name and surname in each other's place, both of them or the one that is there. */
static bool exchanged(const link_rows *r, const link_field *f, uint32_t a, uint32_t b)
{
    const link_field *g = &r->field[f->partner];
    uint32_t fa = f->value[f->of_row[a]].sketch[0], fb = f->value[f->of_row[b]].sketch[0];
    uint32_t ga = g->value[g->of_row[a]].sketch[0], gb = g->value[g->of_row[b]].sketch[0];
    bool one = fa && fa == gb, other = ga && ga == fb;
    return (one && other) || (one && (!ga || !fb)) || (other && (!fa || !gb));
}

uint64_t link_compare(const link_rows *r, uint32_t a, uint32_t b)
{
    uint64_t pattern = 0;
    const uint32_t *of_a = r->values + (size_t)a * r->fields, *of_b = r->values + (size_t)b * r->fields;
    for (size_t i = 0; i < r->fields; i++) {
        const link_field *f = &r->field[i];
        unsigned level = compare_field(f, of_a[i], of_b[i]);
        if (f->partner >= 0 && level != LEVEL_EQUAL && exchanged(r, f, a, b)) level = LEVEL_EXCHANGED;
        pattern |= (uint64_t)level << (3 * i);
    }
    return pattern;
}
