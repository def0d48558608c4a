/* Which documents speak of the same subject in other words?
 *
 * Latent semantic indexing (Deerwester, Dumais, Furnas, Landauer, Harshman, JASIS 41(6), 1990): documents, as unit vectors of (1 + ln tf) * idf,
 * are projected on the LATENT directions in which the corpus itself varies most. Words that keep the same company fall together there. The
 * directions come from the corpus at hand by subspace iteration from a fixed start (Halko, Martinsson, Tropp, SIAM Review 53(2), 2011): nothing
 * is learned beforehand, and the same corpus gives the same numbers. Only the cosine in the subspace is used, which no rotation changes, so the
 * singular values themselves are never computed. */
#include "match/internal.h"

#include <math.h>

enum { LATENT = 64, ROUNDS = 5, MOST_DOCUMENTS = 200000, MOST_TERMS = 2000000 };
#define PAIR_SHARE 0.3    /* of character pairs and characters, which repeat what words say */
#define CONCEPT_SHARE 0.5
#define FLAT 1e-7         /* a direction shorter than this against what it was is none */

typedef float row[LATENT];

struct latent {
    size_t docs, terms;
    row *doc, *term; /* doc: of length 1 or 0; term: columns orthonormal */
    float *weight;   /* of each term: idf and kind; 0: in one document alone */
    float *scale;    /* of each document: 1 / length of its vector */
};

/* ---------------------------------------------------------------- weights */

static double kind_share(yq_str term)
{
    yq_str value;
    if (term.p[0] == '\x02') return CONCEPT_SHARE;
    bool short_han = (uint8_t)term.p[0] >= 0x80 && yq_utf8_count(term) <= 2;
    return short_han && (yq_utf8_count(term) == 1 || !yq_lex_is(term, YQ_LEX_WORDS, &value)) ? PAIR_SHARE : 1;
}

static void weigh(const corpus *c, latent *l)
{
    for (uint32_t t = 0; t < l->terms; t++)
        l->weight[t] = c->df.v[t] < 2 ? 0 : (float)(corpus_idf(c, t) * kind_share(c->terms.names.v[t]));
    for (size_t d = 0; d < l->docs; d++) {
        double sum = 0;
        for (size_t i = 0; i < c->docs.v[d].n; i++) {
            const cell *x = &c->docs.v[d].cells[i];
            double w = (1 + log(x->tf)) * l->weight[x->term];
            sum += w * w;
        }
        l->scale[d] = sum > 0 ? (float)(1 / sqrt(sum)) : 0;
    }
}

static float cell_weight(const latent *l, const cell *x)
{
    return (1 + logf(x->tf)) * l->weight[x->term];
}

/* ---------------------------------------------------------------- small dense algebra */

static void add(row to, const row from, float factor)
{
    for (int k = 0; k < LATENT; k++) to[k] += factor * from[k];
}

static void gram(const row *m, size_t n, double g[LATENT][LATENT])
{
    for (size_t r = 0; r < n; r++)
        for (int i = 0; i < LATENT; i++)
            for (int j = 0; j <= i; j++) g[i][j] += (double)m[r][i] * m[r][j];
}

/* g = L L', L in its lower half; a pivot of 0 marks a direction that depends on those before it. */
static void cholesky(double g[LATENT][LATENT])
{
    for (int i = 0; i < LATENT; i++)
        for (int j = 0; j <= i; j++) {
            double sum = g[i][j];
            for (int k = 0; k < j; k++) sum -= g[i][k] * g[j][k];
            if (i == j) g[i][i] = sum > FLAT * g[i][i] ? sqrt(sum) : 0;
            else g[i][j] = g[j][j] > 0 ? sum / g[j][j] : 0;
        }
}

/* Makes the columns orthonormal; those that depend on others become 0. */
static void orthonormal(row *m, size_t n)
{
    double g[LATENT][LATENT] = { 0 };
    gram((const row *)m, n, g);
    cholesky(g);
    for (size_t r = 0; r < n; r++)
        for (int i = 0; i < LATENT; i++) {
            double v = m[r][i];
            for (int k = 0; k < i; k++) v -= g[i][k] * m[r][k];
            m[r][i] = g[i][i] > 0 ? (float)(v / g[i][i]) : 0;
        }
}

/* ---------------------------------------------------------------- the directions */

static void docs_from_terms(const corpus *c, latent *l)
{
    memset(l->doc, 0, l->docs * sizeof *l->doc);
    for (size_t d = 0; d < l->docs; d++)
        for (size_t i = 0; i < c->docs.v[d].n; i++) {
            const cell *x = &c->docs.v[d].cells[i];
            if (l->weight[x->term] > 0) add(l->doc[d], l->term[x->term], cell_weight(l, x) * l->scale[d]);
        }
}

static void terms_from_docs(const corpus *c, latent *l)
{
    memset(l->term, 0, l->terms * sizeof *l->term);
    for (size_t d = 0; d < l->docs; d++)
        for (size_t i = 0; i < c->docs.v[d].n; i++) {
            const cell *x = &c->docs.v[d].cells[i];
            if (l->weight[x->term] > 0) add(l->term[x->term], l->doc[d], cell_weight(l, x) * l->scale[d]);
        }
}

/* Any fixed start that is no special direction will do. */
static void scatter(latent *l)
{
    uint64_t state = 0x9E3779B97F4A7C15u;
    for (size_t d = 0; d < l->docs; d++)
        for (int k = 0; k < LATENT; k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            l->doc[d][k] = (float)(int32_t)(state >> 32) / 2147483648.0f;
        }
}

static void to_unit(row r)
{
    float sum = 0;
    for (int k = 0; k < LATENT; k++) sum += r[k] * r[k];
    for (int k = 0; sum > 0 && k < LATENT; k++) r[k] /= sqrtf(sum);
}

latent *latent_of(const corpus *c, yq_arena *a)
{
    if (!c->docs.n || c->docs.n > MOST_DOCUMENTS || c->terms.names.n > MOST_TERMS) return NULL;
    latent *l = YQ_NEW(a, latent);
    *l = (latent){ c->docs.n, c->terms.names.n, YQ_ARRAY(a, row, c->docs.n), YQ_ARRAY(a, row, c->terms.names.n + 1),
                   YQ_ARRAY(a, float, c->terms.names.n + 1), YQ_ARRAY(a, float, c->docs.n) };
    weigh(c, l);
    scatter(l);
    for (int round = 0; round < ROUNDS; round++) {
        orthonormal(l->doc, l->docs);
        terms_from_docs(c, l);
        if (round == ROUNDS - 1) orthonormal(l->term, l->terms);
        docs_from_terms(c, l);
    }
    for (size_t d = 0; d < l->docs; d++) to_unit(l->doc[d]);
    return l;
}

/* ---------------------------------------------------------------- likeness */

void latent_like(const corpus *c, const latent *l, const yq_terms *query, const yq_index_hit *hits, size_t n, double *likeness)
{
    row q = { 0 };
    for (size_t i = 0; i < query->n; i++) {
        uint32_t t = number_known(&c->terms, query->v[i].text);
        if (t != UINT32_MAX && l->weight[t] > 0) add(q, l->term[t], query->v[i].weight * (float)corpus_idf(c, t));
    }
    to_unit(q);
    for (size_t h = 0; h < n; h++) {
        likeness[h] = 0;
        for (int k = 0; k < LATENT; k++) likeness[h] += q[k] * l->doc[hits[h].id][k];
        if (likeness[h] < 0) likeness[h] = 0;
    }
}
