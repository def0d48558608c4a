/* What do the best documents speak of that the question did not say?
 *
 * Pseudo-relevance feedback: the terms that weigh most in the first documents join the question with a lower weight (Rocchio, "Relevance
 * feedback in information retrieval", 1971, with BM25 shares as the document's weights). It finds more of what belongs together, and
 * it spoils a question whose first documents are there by chance. That is seen in the scores: where the hundredth document scores nearly
 * as high as the first, the first ones are not special (the idea of normalised query commitment: Shtok, Kurland, Carmel, Raiber,
 * Markovits, "Predicting query performance by query-drift estimation", ACM TOIS 30(2), 2012), and little is added. */
#include "match/internal.h"

#include <math.h>
#include <stdlib.h>

enum { DOCUMENTS = 15, TERMS = 20, FLAT_AT = 99 };
#define WEIGHT 0.4       /* of all added terms together, as a share of the question's */
#define MOST_ASKED 16.0  /* a long question is not lengthened in proportion */
#define PAIR_SHARE 0.3   /* of character pairs that are no words */
#define K1 1.2
#define B 0.75

typedef struct {
    double weight; /* with idf */
    uint32_t term;
} weighted;

static int heavier(const void *a, const void *b)
{
    const weighted *x = a, *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

double commitment(const yq_index_hit *hits, size_t n)
{
    return n > FLAT_AT ? 1 - hits[FLAT_AT].score / hits[0].score : 1;
}

static void add_document(const corpus *c, const yq_index_hit *hit, double share, double *sum)
{
    const vector *v = &c->docs.v[hit->id];
    double k = K1 * (1 - B + B * v->length / c->mean_length);
    for (size_t i = 0; i < v->n; i++) sum[v->cells[i].term] += share * v->cells[i].tf / (v->cells[i].tf + k);
}

static bool is_pair(yq_str term)
{
    yq_str value;
    return (uint8_t)term.p[0] >= 0x80 && !yq_lex_is(term, YQ_LEX_WORDS, &value);
}

/* The heaviest terms of the first documents. A term of one document alone joins nothing. */
static size_t choose(const corpus *c, yq_arena *a, const yq_index_hit *hits, size_t n, weighted *best)
{
    double *sum = YQ_ARRAY(a, double, c->terms.names.n + 1), total = 0;
    weighted *all = YQ_ARRAY(a, weighted, c->terms.names.n + 1);
    size_t m = 0;
    if (n > DOCUMENTS) n = DOCUMENTS;
    for (size_t i = 0; i < n; i++) total += hits[i].score;
    for (size_t i = 0; i < n; i++) add_document(c, &hits[i], hits[i].score / total, sum);
    for (uint32_t t = 0; t < c->terms.names.n; t++) {
        if (!(sum[t] > 0) || c->df.v[t] < 2) continue;
        all[m++] = (weighted){ sum[t] * corpus_idf(c, t) * (is_pair(c->terms.names.v[t]) ? PAIR_SHARE : 1), t };
    }
    qsort(all, m, sizeof *all, heavier);
    if (m > TERMS) m = TERMS;
    memcpy(best, all, m * sizeof *best);
    return m;
}

void feed_back(const corpus *c, yq_arena *a, const yq_index_hit *hits, size_t n, yq_terms *query)
{
    weighted best[TERMS];
    double asked = 0, sum = 0;
    if (!n) return;
    size_t m = choose(c, a, hits, n, best);
    for (size_t i = 0; i < query->n; i++) asked += query->v[i].weight;
    if (asked > MOST_ASKED) asked = MOST_ASKED;
    for (size_t i = 0; i < m; i++) sum += best[i].weight /= corpus_idf(c, best[i].term); /* the search multiplies by it again */
    double factor = WEIGHT * pow(commitment(hits, n), 3) * asked / sum;
    for (size_t i = 0; i < m; i++)
        *yq_push(a, query) = (yq_term){ c->terms.names.v[best[i].term], (float)(best[i].weight * factor), YQ_NO_GROUP };
}
