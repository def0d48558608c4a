/* Candidates: pairs of rows that meet under a key, without comparing everything with everything.
 *
 * A key is a coarse form of one field, or of two together, or a word; the rows under one key are a block. How large a block may be is found from
 * the tables: the largest size with which all small blocks together give a number of pairs that is linear in the rows. So a frequent
 * surname with a frequent city is no key and a rare one is, and the time stays nearly linear; with few rows everything meets everything.
 */
#include "resolve/link_internal.h"

#include <stdlib.h>

enum {
    PAIRS_PER_ROW = 20,
    PAIRS_AT_LEAST = 3000000,
    LARGEST_BLOCK = 2000,
    MOST_FAMILIES = LINK_FIELDS * LINK_FIELDS + LINK_FIELDS * (LINK_SKETCHES + 2),
    WORDS = 100 /* as a sketch number: every word is a key */
};

/* One kind of key: sketch i of field f, joined with sketch j of field g (f == g: alone). Two halves of a name may change places. */
typedef struct {
    uint8_t f, i, g, j;
    size_t pairs[LARGEST_BLOCK + 1]; /* by size of block */
    size_t first, n;                 /* its part of the found pairs */
} family;

typedef struct {
    const link_rows *r;
    family *family;
    size_t families, limit; /* limit: size of block, once it is known */
    uint64_t *found;        /* a << 32 | b */
    uint64_t *key[LINK_THREADS], *spare[LINK_THREADS];
} blocking;

/* ---------------------------------------------------------------- sorting */

enum { DIGIT = 11 }; /* bits of a pass: 2,048 counters stay in the first cache */

/* Least significant digit first, by bits [from, to). Returns which of both arrays holds the result. */
static uint64_t *radix(uint64_t *v, uint64_t *spare, size_t n, unsigned from, unsigned to)
{
    for (unsigned shift = from; shift < to; shift += DIGIT) {
        size_t at[(1 << DIGIT) + 1] = { 0 };
        uint64_t mask = to - shift < DIGIT ? ((uint64_t)1 << (to - shift)) - 1 : (1 << DIGIT) - 1;
        for (size_t i = 0; i < n; i++) at[(v[i] >> shift & mask) + 1]++;
        for (unsigned k = 0; k < 1 << DIGIT; k++) at[k + 1] += at[k];
        for (size_t i = 0; i < n; i++) spare[at[v[i] >> shift & mask]++] = v[i];
        uint64_t *other = v;
        v = spare, spare = other;
    }
    return v;
}

uint64_t *link_sort_u64(uint64_t *v, uint64_t *spare, size_t n)
{
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++) all |= v[i];
    return radix(v, spare, n, 0, all ? 64 - (unsigned)__builtin_clzll(all) : 0);
}

/* ---------------------------------------------------------------- keys */

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(h >> 29);
}

static uint32_t key_of(const link_rows *r, const family *k, size_t row)
{
    const link_field *f = &r->field[k->f], *g = &r->field[k->g];
    uint32_t x = f->value[f->of_row[row]].sketch[k->i];
    if (k->f == k->g && k->i == k->j) return x;
    uint32_t y = g->value[g->of_row[row]].sketch[k->j];
    if (!x || !y) return 0;
    if (f->partner == k->g && k->i == k->j && x > y) return mix(y, x);
    return mix(x, y);
}

static size_t word_keys(const link_rows *r, const family *k, uint64_t *out)
{
    const link_field *f = &r->field[k->f];
    size_t n = 0;
    for (size_t row = 0; row < r->rows; row++) {
        const link_value *v = &f->value[f->of_row[row]];
        for (uint32_t w = 0; w < v->words; w++) {
            uint32_t word = f->word[v->word + w];
            if (f->dictionary[word].count > 1 && f->dictionary[word].count <= LARGEST_BLOCK && out) out[n] = (uint64_t)(word + 1) << 32 | row;
            n += f->dictionary[word].count > 1 && f->dictionary[word].count <= LARGEST_BLOCK;
        }
    }
    return n;
}

static size_t make_keys(const link_rows *r, const family *k, uint64_t *out)
{
    size_t n = 0;
    if (k->i == WORDS) return word_keys(r, k, out);
    for (size_t row = 0; row < r->rows; row++) {
        uint32_t key = key_of(r, k, row);
        if (key) out[n++] = (uint64_t)key << 32 | row;
    }
    return n;
}

/* ---------------------------------------------------------------- blocks */

static size_t block_end(const uint64_t *key, size_t n, size_t from)
{
    size_t end = from + 1;
    while (end < n && key[end] >> 32 == key[from] >> 32) end++;
    return end;
}

/* Pairs of a block: all, or those across the tables. Rows ascend. */
static size_t block_pairs(const link_rows *r, const uint64_t *key, size_t n, uint64_t *out)
{
    size_t split = 0, count = 0;
    if (r->first_b == r->rows) {
        if (!out) return n * (n - 1) / 2;
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < n; k++) out[count++] = key[i] << 32 | (uint32_t)key[k];
        return count;
    }
    while (split < n && (uint32_t)key[split] < r->first_b) split++;
    if (!out) return split * (n - split);
    for (size_t i = 0; i < split; i++)
        for (size_t k = split; k < n; k++) out[count++] = key[i] << 32 | (uint32_t)key[k];
    return count;
}

static void one_family(blocking *b, family *k, unsigned thread)
{
    size_t n = make_keys(b->r, k, b->key[thread]);
    uint64_t *key = radix(b->key[thread], b->spare[thread], n, 32, 64);
    for (size_t from = 0, end; from < n; from = end) {
        end = block_end(key, n, from);
        size_t size = end - from;
        if (size < 2 || size > LARGEST_BLOCK) continue;
        if (!b->found) k->pairs[size] += block_pairs(b->r, key + from, size, NULL);
        else if (size <= b->limit) k->n += block_pairs(b->r, key + from, size, b->found + k->first + k->n);
    }
}

static void some_families(void *arg, size_t from, size_t to, unsigned thread)
{
    blocking *b = arg;
    for (size_t k = from; k < to; k++) one_family(b, &b->family[k], thread);
}

static void all_families(blocking *b)
{
    link_in_parts(b->families, 1, some_families, b);
}

/* ---------------------------------------------------------------- which kinds of keys */

static void add(blocking *b, size_t f, unsigned i, size_t g, unsigned j)
{
    const link_rows *r = b->r;
    double most = (double)r->field[f].values * (f == g ? 1 : (double)r->field[g].values);
    if (i != WORDS && most * LARGEST_BLOCK < (double)r->rows) return; /* too few keys to tell anything apart */
    b->family[b->families++] = (family){ .f = (uint8_t)f, .i = (uint8_t)i, .g = (uint8_t)g, .j = (uint8_t)j };
}

static void choose_families(blocking *b)
{
    const link_rows *r = b->r;
    b->family = YQ_ARRAY(r->arena, family, MOST_FAMILIES);
    for (size_t f = 0; f < r->fields; f++) {
        if (r->field[f].type == LINK_IDENTIFIER) continue;
        for (unsigned i = 0; i < LINK_SKETCHES; i++) add(b, f, i, f, i);
        if (r->field[f].type == LINK_TEXT) add(b, f, WORDS, f, WORDS), add(b, f, 1, f, 2);
    }
    for (size_t f = 0; f < r->fields; f++)
        for (size_t g = f + 1; g < r->fields; g++)
            if (r->field[f].type != LINK_IDENTIFIER && r->field[g].type != LINK_IDENTIFIER) add(b, f, 1, g, 1), add(b, f, 2, g, 2);
}

/* The largest size with which all blocks up to it stay within the budget. */
static void choose_limit(blocking *b)
{
    size_t budget = b->r->rows * PAIRS_PER_ROW + PAIRS_AT_LEAST, sum = 0;
    for (b->limit = 1; b->limit < LARGEST_BLOCK; b->limit++) {
        for (size_t k = 0; k < b->families; k++) sum += b->family[k].pairs[b->limit + 1];
        if (sum > budget) break;
    }
    size_t first = 0;
    for (size_t k = 0; k < b->families; k++) {
        b->family[k].first = first;
        for (size_t size = 2; size <= b->limit; size++) first += b->family[k].pairs[size];
    }
    b->found = YQ_ARRAY(b->r->arena, uint64_t, first + link_told_pairs(b->r, NULL) + 1);
}

static void make_room(blocking *b)
{
    size_t most = b->r->rows;
    for (size_t k = 0; k < b->families; k++) {
        if (b->family[k].i != WORDS) continue;
        size_t n = word_keys(b->r, &b->family[k], NULL);
        if (n > most) most = n;
    }
    for (unsigned i = 0; i < LINK_THREADS; i++) {
        b->key[i] = YQ_ARRAY(b->r->arena, uint64_t, most + 1);
        b->spare[i] = YQ_ARRAY(b->r->arena, uint64_t, most + 1);
    }
}

/* Pairs lie as (a << width | b), so that sorting looks at few digits. */
static void pack(uint64_t *v, size_t n, unsigned width)
{
    for (size_t i = 0; i < n; i++) v[i] = v[i] >> 32 << width | (uint32_t)v[i];
}

/* Each pair once, rows of one id left out; pair ascends. What is kept is written over what was read. */
static size_t unique(const link_rows *r, uint64_t *pair, size_t n, unsigned width)
{
    link_candidate *out = (link_candidate *)pair;
    uint64_t last = UINT64_MAX;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t p = pair[i];
        link_candidate c = { (uint32_t)(p >> width), (uint32_t)(p & (((uint64_t)1 << width) - 1)) };
        if (p != last && r->entity[c.a] != r->entity[c.b]) out[kept++] = c;
        last = p;
    }
    return kept;
}

link_candidate *link_candidates(link_rows *r, size_t *n, uint64_t **room)
{
    blocking b = { .r = r };
    unsigned width = 64 - (unsigned)__builtin_clzll(r->rows | 1);
    choose_families(&b);
    make_room(&b);
    all_families(&b);
    choose_limit(&b);
    all_families(&b);
    family *last = b.families ? &b.family[b.families - 1] : NULL;
    size_t found = last ? last->first + last->n : 0;
    found += link_told_pairs(r, b.found + found);
    uint64_t *spare = YQ_ARRAY(r->arena, uint64_t, found + 1);
    pack(b.found, found, width);
    uint64_t *sorted = link_sort_u64(b.found, spare, found);
    *n = unique(r, sorted, found, width);
    *room = sorted == spare ? b.found : spare;
    return (link_candidate *)sorted; /* as large */
}
