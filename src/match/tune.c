/* Weights from judgements (tune.h tells the method). The loss is convex in eight weights: Newton's steps, each the solution of eight linear equations. */
#include "match/tune.h"

#include "match/inside.h"
#include "match/standing.h"

#include <math.h>
#include <stdlib.h>

_Static_assert((int)YQ_TUNE_PARTS == (int)SCORE_PARTS, "every part of the score is learnt");

enum { P = YQ_TUNE_PARTS, FOLDS = 5, STEPS = 25, HALVINGS = 40 };

/* How much a difference of scores says is learnt first, from the scores as shipped: were it fixed, judgements that are mere chance would seem to contradict every weight. */
#define LEAST_STEEP 0.5
#define MOST_STEEP 40.0

/* How far a weight may well be from the one shipped: standard deviations of the prior, narrow first. */
static const double widths[] = { 0.01, 0.03, 0.1, 0.2, 0.4 };
enum { WIDTHS = sizeof widths / sizeof *widths };

typedef struct {
    double d[P];  /* parts of the better answer less those of the other */
    double weight;
    size_t need;  /* number among the needs that have pairs */
} judged_pair;

typedef struct {
    yq_arena *arena;
    YQ_VEC(judged_pair) pairs;
    size_t needs;
    const double *shipped;
} judgements;

/* Which needs are looked at: all but those of fold `out` and of fold `also` (SIZE_MAX: none); or those of fold `only`. */
typedef struct {
    size_t out, also, only;
} subset;

static bool is_in(const judgements *x, size_t i, subset s)
{
    size_t fold = x->pairs.v[i].need % FOLDS;
    return s.only != SIZE_MAX ? fold == s.only : fold != s.out && fold != s.also;
}

static double dot(const double *a, const double *b)
{
    double sum = 0;
    for (int k = 0; k < P; k++) sum += a[k] * b[k];
    return sum;
}

/* ---------------------------------------------------------------- learning */

/* Solves h x = g for a symmetric positive h, by Cholesky; h and g are used up, x comes in g. */
static void solve(double h[P][P], double g[P])
{
    for (int i = 0; i < P; i++)
        for (int k = 0; k <= i; k++) {
            for (int m = 0; m < k; m++) h[i][k] -= h[i][m] * h[k][m];
            h[i][k] = i == k ? sqrt(fmax(h[i][i], 1e-12)) : h[i][k] / h[k][k];
        }
    for (int i = 0; i < P; i++) {
        for (int k = 0; k < i; k++) g[i] -= h[i][k] * g[k];
        g[i] /= h[i][i];
    }
    for (int i = P - 1; i >= 0; i--) {
        for (int k = i + 1; k < P; k++) g[i] -= h[k][i] * g[k];
        g[i] /= h[i][i];
    }
}

/* Weights, and how steeply the odds rise with a difference of scores. */
typedef struct {
    double w[P], steep;
} model;

static void add_pair(const judged_pair *p, const model *m, double g[P], double h[P][P])
{
    double wrong = 1 / (1 + exp(m->steep * dot(m->w, p->d))), slope = p->weight * m->steep * wrong, bend = p->weight * m->steep * m->steep * wrong * (1 - wrong);
    for (int i = 0; i < P; i++) {
        g[i] += slope * p->d[i];
        for (int k = 0; k < P; k++) h[i][k] += bend * p->d[i] * p->d[k];
    }
}

/* The likelihood has one maximum in it: where its slope changes sign. */
static double steepness(const judgements *x, subset s)
{
    double low = LEAST_STEEP, high = MOST_STEEP;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2, slope = 0;
        for (size_t k = 0; k < x->pairs.n; k++) {
            double d = dot(x->shipped, x->pairs.v[k].d);
            if (is_in(x, k, s)) slope += x->pairs.v[k].weight * d / (1 + exp(middle * d));
        }
        *(slope > 0 ? &low : &high) = middle;
    }
    return low;
}

static model learn(const judgements *x, subset s, double width)
{
    double tight = 1 / (width * width);
    model m = { .steep = steepness(x, s) };
    memcpy(m.w, x->shipped, sizeof m.w);
    for (int step = 0; step < STEPS; step++) {
        double g[P], h[P][P] = { { 0 } }, moved = 0;
        for (int i = 0; i < P; i++) g[i] = tight * (x->shipped[i] - m.w[i]), h[i][i] = tight;
        for (size_t i = 0; i < x->pairs.n; i++)
            if (is_in(x, i, s)) add_pair(&x->pairs.v[i], &m, g, h);
        solve(h, g);
        for (int i = 0; i < P; i++) m.w[i] += g[i], moved += g[i] * g[i];
        if (moved < 1e-16) break;
    }
    return m;
}

static double loss(const judgements *x, subset s, const model *m)
{
    double sum = 0;
    for (size_t i = 0; i < x->pairs.n; i++)
        if (is_in(x, i, s)) sum += x->pairs.v[i].weight * log1p(exp(-m->steep * dot(m->w, x->pairs.v[i].d)));
    return sum;
}

/* Sum over needs of the share of their pairs that stand in the right order; one of two that stand level counts half. */
static double right(const judgements *x, subset s, const double *w)
{
    double sum = 0;
    for (size_t i = 0; i < x->pairs.n; i++) {
        double d = dot(w, x->pairs.v[i].d);
        if (is_in(x, i, s)) sum += x->pairs.v[i].weight * (d > 1e-12 ? 1 : d < -1e-12 ? 0 : 0.5);
    }
    return sum;
}

/* What one width loses on each fold beside `out` when it is left out; the sum, and in *spread how far it may be off by chance. */
static double loss_of_width(const judgements *x, size_t out, double width, double *spread)
{
    double sum = 0, squares = 0;
    int folds = 0;
    for (size_t fold = 0; fold < FOLDS; fold++) {
        if (fold == out) continue;
        model m = learn(x, (subset){ out, fold, SIZE_MAX }, width);
        double lost = loss(x, (subset){ SIZE_MAX, SIZE_MAX, fold }, &m);
        sum += lost, squares += lost * lost, folds++;
    }
    *spread = sqrt(fmax(squares - sum * sum / folds, 0) / (folds - 1) * folds);
    return sum;
}

/* Of the widths that do as well as the best but for chance, the narrowest: the rule of one standard error (Breiman, Friedman, Olshen & Stone, "Classification and regression
 * trees", 1984, 3.4.3). */
static double choose_width(const judgements *x, size_t out)
{
    double lost[WIDTHS], spread[WIDTHS];
    int best = 0, i = 0;
    for (int k = 0; k < WIDTHS; k++) {
        lost[k] = loss_of_width(x, out, widths[k], &spread[k]);
        if (lost[k] < lost[best]) best = k;
    }
    while (lost[i] > lost[best] + spread[best]) i++;
    return widths[i];
}

/* ---------------------------------------------------------------- pairs */

static void add_pairs(judgements *x, const yq_judged *v, size_t n, size_t number)
{
    size_t first = x->pairs.n;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            if (v[i].need != number || v[k].need != number || v[i].kind != v[k].kind || v[i].grade <= v[k].grade) continue;
            judged_pair *p = yq_push(x->arena, &x->pairs);
            p->need = x->needs;
            for (int m = 0; m < P; m++) p->d[m] = v[i].part[m] - v[k].part[m];
        }
    for (size_t i = first; i < x->pairs.n; i++) x->pairs.v[i].weight = 1.0 / (double)(x->pairs.n - first);
    x->needs += x->pairs.n > first;
}

/* The mean score of what was judged stays. */
static void keep_scale(const yq_judged *v, size_t n, const double *shipped, double *w)
{
    double was = 0, is = 0;
    for (size_t i = 0; i < n; i++) was += dot(shipped, v[i].part), is += dot(w, v[i].part);
    for (int k = 0; is > 0 && was > 0 && k < P; k++) w[k] *= was / is;
}

static yq_code refuse_few(const yq_tuning *t, yq_err *err)
{
    return yq_fail(err, YQ_INVALID, 0, "too little to learn from: %zu answers are judged, %zu needs have both better and worse ones; at least %d answers and %d needs are needed", t->judgements,
                   t->needs, YQ_TUNE_JUDGEMENTS, YQ_TUNE_NEEDS);
}

yq_code yq_tune_on(yq_arena *a, const yq_judged *v, size_t n, size_t needs, const double shipped[P], yq_tuning *out, yq_err *err)
{
    judgements x = { .arena = a, .shipped = shipped };
    for (size_t i = 0; i < needs; i++) add_pairs(&x, v, n, i);
    out->judgements = n, out->needs = x.needs, out->pairs = x.pairs.n;
    if (n < YQ_TUNE_JUDGEMENTS || x.needs < YQ_TUNE_NEEDS) return refuse_few(out, err);
    out->before = out->after = 0;
    for (size_t fold = 0; fold < FOLDS; fold++) {
        const subset held = { SIZE_MAX, SIZE_MAX, fold };
        model m = learn(&x, (subset){ fold, SIZE_MAX, SIZE_MAX }, choose_width(&x, fold));
        out->before += right(&x, held, shipped) / (double)x.needs;
        out->after += right(&x, held, m.w) / (double)x.needs;
    }
    out->prior = choose_width(&x, SIZE_MAX);
    model m = learn(&x, (subset){ SIZE_MAX, SIZE_MAX, SIZE_MAX }, out->prior);
    keep_scale(v, n, shipped, m.w);
    for (int k = 0; k < P; k++) out->weights[k] = (yq_weight){ weights_part(k), m.w[k] }, out->shipped[k] = shipped[k];
    return YQ_OK;
}

/* ---------------------------------------------------------------- from feedback to judged answers */

/* What somebody went on with was better than what he only called useful. That somebody declined says nothing of whether he fits. */
static const struct { const char *mark; int grade; } grades[] = { { "not_useful", 0 }, { "useful", 1 }, { "contacted", 1 }, { "declined", 1 }, { "met", 2 }, { "signed", 3 } };

static int grade_of(yq_str mark)
{
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (yq_eq(mark, yq_cstr(grades[i].mark))) return grades[i].grade;
    return 0;
}

typedef struct {
    yq_reader *reader;
    yq_index *index;
    const yq_viewer *viewer;
    yq_arena *arena;
    score_weights shipped;
    YQ_VEC(yq_judged) judged;
    size_t needs, lost;
} gathering;

static int grade_of_answer(const yq_feedback *f, size_t n)
{
    int grade = 0;
    for (size_t i = 0; i < n; i++) {
        if (yq_eq(f[i].mark, YQ_S("not_useful"))) return 0;
        if (grade_of(f[i].mark) > grade) grade = grade_of(f[i].mark);
    }
    return grade;
}

/* What was multiplied to the score beside the weights (the kind of place asked for, …) is multiplied to its parts, so that they add up to it. */
static void add_judged(gathering *g, const judged_candidates *all, const yq_feedback *f, int grade)
{
    for (size_t i = 0; i < all->n; i++) {
        const judged_candidate *c = &all->v[i];
        double raw = dot(g->shipped.of, c->part);
        if (c->entity != f->entity || !(raw > 0)) continue;
        yq_judged *j = yq_push(g->arena, &g->judged);
        *j = (yq_judged){ .grade = grade, .need = g->needs, .kind = yq_hash64(f->kind) };
        for (int k = 0; k < P; k++) j->part[k] = c->part[k] * c->score / raw;
        return;
    }
    g->lost++;
}

/* f: all feedback of one need. */
static yq_code gather_need(gathering *g, const yq_kept_need *kept, const yq_feedback *f, size_t n, yq_err *err)
{
    yq_need_question q = { .top = YQ_MATCH_MAX };
    yq_question_of(g->arena, kept, &q);
    judged_candidates all = { 0 };
    yq_code rc = match_candidates(g->reader, g->index, g->viewer, g->arena, &q, &g->shipped, &all, err);
    for (size_t i = 0; i < n && !rc;) {
        size_t end = i + 1;
        while (end < n && f[end].entity == f[i].entity) end++;
        add_judged(g, &all, &f[i], grade_of_answer(&f[i], end - i));
        i = end;
    }
    g->needs++;
    return rc;
}

static const yq_kept_need *need_of(const yq_kept_needs *needs, int64_t id)
{
    for (size_t i = 0; i < needs->n; i++)
        if (needs->v[i].id == id) return &needs->v[i];
    return NULL;
}

static yq_code gather(gathering *g, yq_err *err)
{
    yq_kept_needs needs;
    yq_feedbacks marks;
    yq_code rc = yq_register_needs(g->reader, g->viewer, g->arena, YQ_S(""), &needs, err);
    if (!rc) rc = yq_register_feedback(g->reader, g->viewer, g->arena, 0, &marks, err);
    if (rc) return rc;
    for (size_t i = 0; i < marks.n && !rc;) {
        size_t end = i + 1;
        while (end < marks.n && marks.v[end].need == marks.v[i].need) end++;
        const yq_kept_need *kept = need_of(&needs, marks.v[i].need);
        if (kept) rc = gather_need(g, kept, &marks.v[i], end - i, err);
        i = end;
    }
    return rc;
}

yq_code yq_tune(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, yq_tuning *out, yq_err *err)
{
    gathering g = { .reader = r, .index = index, .viewer = v, .arena = a, .shipped = weights_shipped() };
    *out = (yq_tuning){ 0 };
    yq_code rc = gather(&g, err);
    out->lost = g.lost;
    return rc ? rc : yq_tune_on(a, g.judged.v, g.judged.n, g.needs, g.shipped.of, out, err);
}
