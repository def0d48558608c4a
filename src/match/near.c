/* Among the documents that all speak of the subject, which speaks of what was asked about it?
 *
 * The first documents are scored again, and how depends on whether they stand out (commitment, feedback.c). Where they do, documents near
 * in latent subject rise. Where they do not, the subject is common to all of them and tells nothing, whatever its rarity in the corpus is;
 * then the words of the question count once more by their rarity among these documents alone (the local weighting of Xu and Croft, "Query expansion
 * using local and global document analysis", SIGIR 1996, used to tell apart rather than to expand). Nothing is taken away from a
 * score, so what was behind these documents stays behind. */
#include "match/internal.h"

#include <math.h>
#include <stdlib.h>

#define LATENT_SHARE 0.5 /* of the first score, for a document in the very direction of the question */
#define LOCAL_SHARE 1.5
#define K1 1.2
#define B 0.75

/* ---------------------------------------------------------------- rarity among these */

static float tf_of(const vector *v, uint32_t term)
{
    size_t low = 0, high = v->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->cells[middle].term < term) low = middle + 1;
        else high = middle;
    }
    return low < v->n && v->cells[low].term == term ? v->cells[low].tf : 0;
}

static double saturated(const corpus *c, const vector *v, float tf)
{
    return tf * (K1 + 1) / (tf + K1 * (1 - B + B * v->length / c->mean_length));
}

static void add_term(const corpus *c, uint32_t term, float weight, const yq_index_hit *hits, size_t n, double *local)
{
    double with = 0;
    for (size_t h = 0; h < n; h++) with += tf_of(&c->docs.v[hits[h].id], term) > 0;
    double rarity = log(1 + ((double)n - with + 0.5) / (with + 0.5));
    for (size_t h = 0; h < n; h++) {
        const vector *v = &c->docs.v[hits[h].id];
        float tf = tf_of(v, term);
        if (tf > 0) local[h] += weight * rarity * saturated(c, v, tf);
    }
}

/* ---------------------------------------------------------------- all together */

static int higher(const void *a, const void *b)
{
    const yq_index_hit *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

void tell_apart(const corpus *c, const latent *l, yq_arena *a, const yq_terms *asked, double committed, yq_index_hit *hits, size_t n)
{
    double *local = YQ_ARRAY(a, double, n + 1), *like = YQ_ARRAY(a, double, n + 1), first = n ? hits[0].score : 0;
    for (size_t i = 0; i < asked->n && committed < 1; i++) {
        uint32_t t = number_known(&c->terms, asked->v[i].text);
        if (t != UINT32_MAX && asked->v[i].weight > 0) add_term(c, t, asked->v[i].weight, hits, n, local);
    }
    if (l) latent_like(c, l, asked, hits, n, like);
    for (size_t h = 0; h < n; h++) hits[h].score += LATENT_SHARE * pow(committed, 3) * like[h] * first + LOCAL_SHARE * (1 - committed) * local[h];
    qsort(hits, n, sizeof *hits, higher);
}

/* ---------------------------------------------------------------- words that carry a sentence */

/* By the tags of words.tsv; the longest prefix decides, others are nouns and names. */
static const struct { const char *tag; float share; } carriers[] = {
    { "vn", 1 }, { "an", 1 }, { "v", 0.75f }, { "a", 0.75f }, { "z", 0.75f }, { "d", 0.6f }, { "m", 0.6f }, { "q", 0.6f }, { "t", 0.6f },
    { "f", 0.6f }, { "r", 0.55f }, { "p", 0.55f }, { "c", 0.55f }, { "u", 0.55f }, { "y", 0.55f },
};

static float share_of(yq_str word)
{
    yq_str value;
    if (!yq_lex_is(word, YQ_LEX_WORDS, &value)) return 1;
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
        if (yq_starts(yq_lex_column(value, 1), yq_cstr(carriers[i].tag))) return carriers[i].share;
    return 1;
}

void weigh_speech(yq_terms *query)
{
    for (size_t i = 0; i < query->n; i++) query->v[i].weight *= share_of(query->v[i].text);
}
