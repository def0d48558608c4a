/* Whose documents are most like this text? For choosing reviewers, where one reviewer's scores for several texts are compared as well.
 *
 * Sums of BM25 grow with the length of the question, so whole texts are compared by the cosine of their vectors, (1 + ln tf) * sqrt(idf) for
 * a term: a softer idf than in search, since a long text should be met in its whole vocabulary and not in one rare word. The question is
 * moved a little towards the documents most like it (Rocchio), so that related words meet. An owner's likeness is the mean over
 * all of his documents (the language-model mixture of Mimno & McCallum, "Expertise modeling for matching papers with reviewers", KDD 2007,
 * found the same against the profile as one text). */
#include "match/internal.h"

#include <math.h>
#include <stdlib.h>

enum { NEAR = 50 };
#define PULL 0.5 /* length of what is added to the question of length 1 */

static double weight_of(const corpus *c, const cell *x)
{
    return (1 + log(x->tf)) * sqrt(corpus_idf(c, x->term));
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

void owners_like(corpus *c, yq_arena *a, yq_str text, double *likeness)
{
    double *dense = YQ_ARRAY(a, double, c->terms.names.n + 1);
    uint32_t *count = YQ_ARRAY(a, uint32_t, c->owners.names.n + 1);
    vector q = corpus_vector(c, a, text);
    memset(likeness, 0, c->owners.names.n * sizeof *likeness);
    spread(c, &q, 1, dense);
    pull(c, a, dense);
    double norm = length_of(dense, c->terms.names.n);
    for (size_t d = 0; d < c->docs.n; d++) {
        likeness[c->docs.v[d].owner] += cosine(c, &c->docs.v[d], dense, norm);
        count[c->docs.v[d].owner]++;
    }
    for (size_t o = 0; o < c->owners.names.n; o++) likeness[o] /= count[o];
}
