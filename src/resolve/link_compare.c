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

static unsigned bits_of(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return (unsigned)(((x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* At most how many characters both begin with; 4 for "four or more". */
static unsigned same_start(const link_mark *a, const link_mark *b)
{
    unsigned n = 0;
    while (n < 4 && a->head[n] == b->head[n]) n++;
    return n == 4 || (a->head[0] & 0x80) == 0 ? n : n / 2; /* beyond ASCII a character has two bytes or more */
}

/* An upper bound of Jaro-Winkler from lengths and letters: each letter that the other lacks is a character without a match. */
static double bound(uint64_t a, unsigned na, uint64_t b, unsigned nb, unsigned start)
{
    if (na >= LINK_LONG || nb >= LINK_LONG || !na || !nb) return 1;
    unsigned ma = na - bits_of(a & ~b), mb = nb - bits_of(b & ~a), most = ma < mb ? ma : mb;
    double jaro = ((double)(most * (na + nb)) / (double)(na * nb) + 1) / 3;
    return jaro + 0.1 * start * (1 - jaro);
}

static double most_similar(const link_mark *a, const link_mark *b)
{
    return bound(a->letters, a->characters, b->letters, b->characters, same_start(a, b));
}

/* One is written in characters, the other in letters: compared in pinyin, in either order. */
static unsigned across_scripts(const link_field *f, uint32_t va, uint32_t vb)
{
    const link_mark *m = &f->mark[va], *n = &f->mark[vb];
    if (m->alike[0] == n->alike[0]) return LEVEL_NEAR;
    if (bound(m->spoken, m->spoken_characters, n->spoken, n->spoken_characters, 4) < 0.92) return LEVEL_DIFFERENT;
    const link_value *a = &f->value[va], *b = &f->value[vb];
    return link_jaro_winkler(a->latin.n ? a->latin : a->text, b->latin.n ? b->latin : b->text) >= 0.92 ? LEVEL_CLOSE : LEVEL_DIFFERENT;
}

static unsigned compare_names(const link_field *f, uint32_t va, uint32_t vb)
{
    const link_mark *m = &f->mark[va], *n = &f->mark[vb];
    if (m->chinese != n->chinese) return across_scripts(f, va, vb);
    if (m->alike[0] == n->alike[0] && m->words > 1) return LEVEL_NEAR; /* words in another order, or written together */
    if (!(m->letters & n->letters)) return LEVEL_DIFFERENT; /* no character in common */
    bool far = most_similar(m, n) < 0.75, contained = !(m->letters & ~n->letters) || !(n->letters & ~m->letters);
    if (far && (!contained || m->head[0] != n->head[0])) return LEVEL_DIFFERENT;
    yq_str a = f->value[va].text, b = f->value[vb].text;
    if (far) return short_form(a, b) ? LEVEL_PARTLY : LEVEL_DIFFERENT;
    double similar = link_jaro_winkler(a, b);
    if (similar >= 0.8 && a.n > 2 && b.n > 2 && link_edits(a, b, 1) <= 1) return LEVEL_NEAR;
    if (short_form(a, b)) return LEVEL_PARTLY;
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
        if (x[i] != y[i] && x[i] == y[i + 1] && x[i + 1] == y[i] && differing(x, y, 0, 8) == 2) return true;
    return memcmp(x, y, 4) == 0 && memcmp(x + 4, y + 6, 2) == 0 && memcmp(x + 6, y + 4, 2) == 0; /* day and month */
}

/* Two dates of eight digits, each in one word: in which bytes do they differ? */
static uint64_t differing_bytes(uint64_t x, uint64_t y)
{
    uint64_t z = x ^ y; /* of two digits only the lower four bits differ */
    return (z | z >> 1 | z >> 2 | z >> 3) & 0x0101010101010101u;
}

static unsigned level_of_dates(uint64_t a, uint64_t b)
{
    const char *x = (const char *)&a, *y = (const char *)&b;
    unsigned apart = (unsigned)(differing_bytes(a, b) * 0x0101010101010101u >> 56);
    if (apart == 1 || exchanged_digits(x, y)) return LEVEL_NEAR;
    bool year = memcmp(x, y, 4) == 0, month = memcmp(x + 4, y + 4, 2) == 0, day = memcmp(x + 6, y + 6, 2) == 0;
    if (year + month + day == 2 || apart == 2) return LEVEL_CLOSE;
    return year ? LEVEL_PARTLY : apart <= 3 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

static unsigned compare_dates(const link_field *f, uint32_t va, uint32_t vb)
{
    if (f->mark[va].date && f->mark[vb].date) return level_of_dates(f->mark[va].letters, f->mark[vb].letters);
    yq_str a = f->value[va].text, b = f->value[vb].text;
    return yq_starts(a, b) || yq_starts(b, a) ? LEVEL_PARTLY : LEVEL_DIFFERENT;
}

static unsigned compare_codes(const link_field *f, uint32_t va, uint32_t vb)
{
    const link_mark *m = &f->mark[va], *n = &f->mark[vb];
    bool far = bits_of(m->letters & ~n->letters) > 2 || bits_of(n->letters & ~m->letters) > 2;
    unsigned edits = far ? 3 : link_edits(f->value[va].text, f->value[vb].text, 2);
    if (edits == 1) return LEVEL_NEAR;
    if (edits == 2 || (m->spoken && m->spoken == n->spoken)) return LEVEL_CLOSE;
    if (m->alike[0] == n->alike[0] || m->alike[1] == n->alike[1]) return LEVEL_PARTLY;
    return most_similar(m, n) >= 0.8 && link_jaro_winkler(f->value[va].text, f->value[vb].text) >= 0.8 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

static unsigned compare_numbers(const link_field *f, uint32_t va, uint32_t vb)
{
    double x = strtod(f->value[va].text.p, NULL), y = strtod(f->value[vb].text.p, NULL), apart = fabs(x - y);
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
    unsigned apart = bits_of(x->letters & ~y->letters), other = bits_of(y->letters & ~x->letters);
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

static unsigned compare_texts(const link_field *f, uint32_t va, uint32_t vb)
{
    const link_mark *m = &f->mark[va], *n = &f->mark[vb];
    if (m->chinese != n->chinese) return across_scripts(f, va, vb);
    if (m->alike[0] == n->alike[0]) return LEVEL_NEAR; /* words written together or in another order */
    double like = text_likeness(f, &f->value[va], &f->value[vb]);
    return like >= 0.9 ? LEVEL_NEAR : like >= 0.7 ? LEVEL_CLOSE : like >= 0.45 ? LEVEL_PARTLY : like >= 0.2 ? LEVEL_WEAK : LEVEL_DIFFERENT;
}

/* ---------------------------------------------------------------- a pair */

static unsigned compare_values(const link_field *f, uint32_t a, uint32_t b)
{
    switch (f->type) {
    case LINK_NAME: return compare_names(f, a, b);
    case LINK_DATE: return compare_dates(f, a, b);
    case LINK_CODE: return compare_codes(f, a, b);
    case LINK_NUMBER: return compare_numbers(f, a, b);
    case LINK_TEXT: return compare_texts(f, a, b);
    case LINK_IDENTIFIER: return f->mark[a].words == f->mark[b].words ? LEVEL_DIFFERENT : LEVEL_UNKNOWN;
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
static bool exchanged(const link_field *f, const link_field *g, uint32_t fa, uint32_t fb, uint32_t ga, uint32_t gb)
{
    bool one = fa && gb && f->mark[fa].alike[1] == g->mark[gb].alike[1], other = ga && fb && g->mark[ga].alike[1] == f->mark[fb].alike[1];
    return (one && other) || (one && (!ga || !fb)) || (other && (!fa || !gb));
}

uint64_t link_compare(const link_rows *r, uint32_t a, uint32_t b)
{
    uint64_t pattern = 0;
    const uint32_t *of_a = r->values + (size_t)a * r->fields, *of_b = r->values + (size_t)b * r->fields;
    for (size_t i = 0; i < r->fields; i++) {
        const link_field *f = &r->field[i];
        unsigned level = compare_field(f, of_a[i], of_b[i]);
        int g = f->partner;
        if (g >= 0 && level != LEVEL_EQUAL && exchanged(f, &r->field[g], of_a[i], of_b[i], of_a[g], of_b[g])) level = LEVEL_EXCHANGED;
        pattern |= (uint64_t)level << (3 * i);
    }
    return pattern;
}
