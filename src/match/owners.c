/* Whose documents are most like this text? For choosing reviewers, where one reviewer's scores for several texts are compared as well.
 *
 * Sums of BM25 grow with the length of the question, so whole texts are compared by the cosine of their vectors, (1 + ln tf) * idf^0.75 for
 * a term: a softer idf than in search, since a long text should be met in its whole vocabulary and not in one rare word. The question is
 * moved a little towards the documents most like it (Rocchio), so that related words meet. An owner's likeness is the mean over
 * the BEST of his documents that are most like the text: one document alone may be there by chance, and what he did in other fields does
 * not speak against him (between the best document and the mean of all, as votes of the best are combined in Macdonald & Ounis, "Voting for
 * candidates", CIKM 2006; Mimno & McCallum, "Expertise modeling for matching papers with reviewers", KDD 2007, compare the extremes). */
#include "match/internal.h"

#include <math.h>
#include <stdlib.h>

enum { NEAR = 25, BEST = 9 };
#define PULL 1.0 /* length of what is added to the question of length 1 */

static double weight_of(const corpus *c, const cell *x)
{
    double root = sqrt(corpus_idf(c, x->term));
    return (1 + log(x->tf)) * root * sqrt(root);
}

static double norm_of(const corpus *c, const vector *v)
{
    double sum = 0;
    for (size_t i = 0; i < v->n; i++) {
        double w = weight_of(c, &v->cells[i]);
        sum += w * w;
    }
    return sqrt(sum);
}

/* The vector laid out over all terms, of length 1, times `factor`, added to dense. */
static void spread(const corpus *c, const vector *v, double factor, double *dense)
{
    double norm = norm_of(c, v);
    for (size_t i = 0; norm > 0 && i < v->n; i++) dense[v->cells[i].term] += factor * weight_of(c, &v->cells[i]) / norm;
}

static double cosine(const corpus *c, const vector *v, const double *dense, double dense_norm)
{
    double dot = 0, norm = norm_of(c, v);
    for (size_t i = 0; i < v->n; i++) dot += weight_of(c, &v->cells[i]) * dense[v->cells[i].term];
    return norm > 0 && dense_norm > 0 ? dot / norm / dense_norm : 0;
}

static double length_of(const double *dense, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += dense[i] * dense[i];
    return sqrt(sum);
}

typedef struct {
    double likeness;
    uint32_t doc;
} like;

static int liker(const void *a, const void *b)
{
    const like *x = a, *y = b;
    if (x->likeness != y->likeness) return x->likeness < y->likeness ? 1 : -1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Moves the question towards the nearest documents, each by its likeness. */
static void pull(const corpus *c, yq_arena *a, double *dense)
{
    size_t n = c->docs.n < NEAR ? c->docs.n : NEAR;
    like *all = YQ_ARRAY(a, like, c->docs.n + 1);
    double total = 0;
    for (uint32_t d = 0; d < c->docs.n; d++) all[d] = (like){ cosine(c, &c->docs.v[d], dense, 1), d };
    qsort(all, c->docs.n, sizeof *all, liker);
    for (size_t i = 0; i < n; i++) total += all[i].likeness;
    for (size_t i = 0; total > 0 && i < n; i++) spread(c, &c->docs.v[all[i].doc], PULL * all[i].likeness / total, dense);
}

/* Keeps the BEST highest of what is offered, in falling order. */
typedef struct {
    double v[BEST];
    uint32_t n;
} best;

static void offer(best *b, double likeness)
{
    uint32_t at = b->n < BEST ? b->n++ : BEST;
    if (at == BEST) {
        if (b->v[BEST - 1] >= likeness) return;
        at--;
    }
    for (; at && b->v[at - 1] < likeness; at--) b->v[at] = b->v[at - 1];
    b->v[at] = likeness;
}

static double mean(const best *b)
{
    double sum = 0;
    for (uint32_t i = 0; i < b->n; i++) sum += b->v[i];
    return b->n ? sum / b->n : 0;
}

void owners_like(corpus *c, yq_arena *a, yq_str text, double *likeness)
{
    double *dense = YQ_ARRAY(a, double, c->terms.names.n + 1);
    best *of = YQ_ARRAY(a, best, c->owners.names.n + 1);
    vector q = corpus_vector(c, a, text);
    spread(c, &q, 1, dense);
    pull(c, a, dense);
    double norm = length_of(dense, c->terms.names.n);
    for (size_t d = 0; d < c->docs.n; d++) offer(&of[c->docs.v[d].owner], cosine(c, &c->docs.v[d], dense, norm));
    for (size_t o = 0; o < c->owners.names.n; o++) likeness[o] = mean(&of[o]);
}
