/* bench/records.c - texts made up for timing.
 *
 * Concepts of lexicon/concepts.tsv in Chinese and English between everyday words whose frequencies follow Zipf's law. The same number gives the
 * same text on every machine. */
#include "records.h"

#include "text/lexicon.h"

#include <math.h>

enum { VOCABULARY = 300000 };

uint32_t roll(dice *d, uint32_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % sides);
}

/* Rank r with probability about 1 / r. */
static uint32_t zipf(dice *d, uint32_t n)
{
    double u = (roll(d, 1 << 20) + 0.5) / (1 << 20);
    return (uint32_t)(pow(n, u) - 1);
}

static void put_latin(yq_buf *b, uint32_t rank)
{
    static const char *const syllables[] = { "ra", "ne", "to", "mi", "sol", "ker", "dan", "vi", "pu", "len", "gar", "os", "ti", "bel", "cho", "fa" };
    for (uint32_t v = rank + 16; v; v /= 16) yq_buf_put(b, yq_cstr(syllables[v % 16]));
    yq_buf_byte(b, ' ');
}

static void put_han(yq_buf *b, uint32_t rank)
{
    char c[4];
    for (uint32_t v = rank + 1; v; v /= 1200) yq_buf_put(b, (yq_str){ c, yq_utf8_put(0x5000 + v % 1200 * 7, c) });
}

static void put_concept(yq_buf *b, dice *d)
{
    uint32_t n = yq_concept_count();
    if (!n) return;
    yq_buf_put(b, yq_concept_column(zipf(d, n), roll(d, 2) ? 0 : 2));
    yq_buf_byte(b, ' ');
}

static void put_words(yq_buf *b, dice *d, uint32_t n)
{
    bool han = roll(d, 3) != 0;
    for (uint32_t i = 0; i < n; i++) {
        if (roll(d, 8) == 0) put_concept(b, d);
        else if (han) put_han(b, zipf(d, VOCABULARY));
        else put_latin(b, zipf(d, VOCABULARY));
    }
}

yq_str made_text(yq_arena *a, dice *d, uint32_t words)
{
    yq_buf b = { 0 };
    put_words(&b, d, words);
    yq_str s = yq_dup(a, yq_buf_str(&b));
    yq_buf_free(&b);
    return s;
}
