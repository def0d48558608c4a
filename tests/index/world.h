/* A made-up collection for the tests of the index: words with very different frequencies, a few owners and sharing levels. */
#ifndef TEST_INDEX_WORLD_H
#define TEST_INDEX_WORLD_H

#include "check.h"
#include "index/internal.h"

typedef struct {
    uint64_t state;
} dice;

static uint32_t roll(dice *d, uint32_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % sides);
}

/* "w0" in most documents, "w400" in hardly any. */
static yq_str made_word(yq_arena *a, dice *d)
{
    uint32_t x = roll(d, 400) * roll(d, 400) / 400;
    return yq_printf(a, "w%u", x * roll(d, 100) / 99);
}

static yq_str made_text(yq_arena *a, dice *d, uint32_t words)
{
    yq_buf b = { 0 };
    for (uint32_t i = 0; i < words; i++) yq_buf_printf(&b, "%.*s ", YQ_FMT(made_word(a, d)));
    yq_str s = yq_dup(a, yq_buf_str(&b));
    yq_buf_free(&b);
    return s;
}

static yq_index_doc made_doc(yq_arena *a, dice *d, int64_t id)
{
    return (yq_index_doc){ id, 1 + roll(d, 3), (int)roll(d, 4), made_text(a, d, roll(d, 4)), made_text(a, d, 1 + roll(d, 60)) };
}

__attribute__((unused)) static yq_index_doc *made_docs(yq_arena *a, dice *d, size_t n)
{
    yq_index_doc *docs = YQ_ARRAY(a, yq_index_doc, n);
    for (size_t i = 0; i < n; i++) docs[i] = made_doc(a, d, (int64_t)(i * 11 % n) + 1);
    return docs;
}

__attribute__((unused)) static void made_query(yq_arena *a, dice *d, uint32_t words, yq_terms *q)
{
    for (uint32_t i = 0; i < words; i++) {
        float weight = (float)(1 + roll(d, 8)) / 4;
        *yq_push(a, q) = (yq_term){ made_word(a, d), weight, (uint16_t)(i / 2) };
    }
}

__attribute__((unused)) static bool same_hits(const yq_index_hit *x, size_t nx, const yq_index_hit *y, size_t ny)
{
    if (nx != ny) return false;
    for (size_t i = 0; i < nx; i++)
        if (x[i].id != y[i].id || x[i].score != y[i].score || x[i].groups != y[i].groups) return false;
    return true;
}

#endif
