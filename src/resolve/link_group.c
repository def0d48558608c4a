/* The pairs read together. Two tables without doubles: a row has one partner, the likeliest. Otherwise: groups that hold together.
 *
 * Groups are joined from the most certain pair down, when the pairs between two groups are on average more likely the same than not (average
 * linkage, Sokal & Michener 1958, on log odds: a step up in the likelihood of the partition when pairs are read as independent). What the
 * engine calls same is cut where the expected F1 is greatest; by Lipton, Elkan & Naryanaswamy 2014 that is at half the F1 it expects; but what
 * is less likely the same than not is never called same.
 */
#include "resolve/link_internal.h"

#include <math.h>
#include <stdlib.h>

enum { CLIP = 20, MOST_CROSS = 256, MOST_MEMBERS = 4000, COMPETING_ROUNDS = 5, UNDECIDED_FROM = -4, SAME_AT_LEAST = 0 };

static double likelihood(double bits)
{
    return 1 / (1 + exp2(-bits));
}

/* Bits of log odds from which a pair is called same; edges are sorted, best first. */
static double best_cut(const link_edge *edge, size_t n)
{
    double all = 0, sum = 0, best = 0;
    for (size_t i = 0; i < n; i++) all += likelihood(edge[i].score);
    for (size_t i = 0; i < n; i++) {
        sum += likelihood(edge[i].score);
        double f1 = 2 * sum / ((double)(i + 1) + all);
        if (f1 > best) best = f1;
    }
    double t = best / 2;
    return t > 0 && t < 0.5 ? fmax(log2(t / (1 - t)), SAME_AT_LEAST) : 0;
}

/* ---------------------------------------------------------------- one partner each */

/* Are the tables free of doubles, as far as the certain pairs show? */
static bool one_to_one(const link_rows *r, const link_edge *edge, size_t n)
{
    uint8_t *partners = YQ_ARRAY(r->arena, uint8_t, r->entities);
    size_t with = 0, more = 0;
    for (size_t i = 0; i < n && edge[i].score > 6; i++) {
        uint32_t end[2] = { r->entity[edge[i].a], r->entity[edge[i].b] };
        for (unsigned k = 0; k < 2; k++) {
            if (partners[end[k]] < 2) partners[end[k]]++;
            with += partners[end[k]] == 1;
        }
    }
    for (size_t i = 0; i < r->entities; i++) more += partners[i] > 1;
    return more * 8 < with;
}

/* The best edge of each, and what speaks for others lowers it: p = o / (1 + all odds at its two ends). */
static void compete(const link_rows *r, link_edge *edge, size_t n)
{
    double *sum = YQ_ARRAY(r->arena, double, r->entities);
    for (size_t i = 0; i < n; i++) {
        double o = exp2(edge[i].score < 60 ? edge[i].score : 60);
        sum[r->entity[edge[i].a]] += o;
        sum[r->entity[edge[i].b]] += o;
    }
    for (size_t i = 0; i < n; i++) {
        double o = exp2(edge[i].score < 60 ? edge[i].score : 60);
        double others = sum[r->entity[edge[i].a]] + sum[r->entity[edge[i].b]] - 2 * o;
        edge[i].score = (float)(log2(o) - log2(1 + (others > 0 ? others : 0)));
    }
}

static int by_score(const void *x, const void *y)
{
    const link_edge *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

static void score_again(const link_rows *r, const link_model *m, link_edge *edge, size_t n)
{
    for (size_t i = 0; i < n; i++) edge[i].score = (float)link_score(r, m, edge[i].a, edge[i].b, edge[i].pattern);
    if (n) qsort(edge, n, sizeof *edge, by_score);
}

/* Learns from pairs that compete for their rows, then looks whether the second best still seem the same: if so, there are doubles. */
static bool learn_one_to_one(const link_rows *r, link_model *m, link_edge *edge, size_t n)
{
    float *p = YQ_ARRAY(r->arena, float, n + 1);
    for (unsigned round = 0; round < COMPETING_ROUNDS; round++) {
        compete(r, edge, n);
        for (size_t i = 0; i < n; i++) p[i] = (float)likelihood(edge[i].score);
        link_learn_again(r, edge, p, n, m);
        score_again(r, m, edge, n);
    }
    return one_to_one(r, edge, n);
}

static void one_partner(const link_rows *r, link_edge *edge, size_t n)
{
    bool *taken = YQ_ARRAY(r->arena, bool, r->entities);
    compete(r, edge, n);
    if (n) qsort(edge, n, sizeof *edge, by_score);
    double cut = best_cut(edge, n);
    for (size_t i = 0; i < n; i++) {
        bool *a = &taken[r->entity[edge[i].a]], *b = &taken[r->entity[edge[i].b]];
        bool told = link_told(r->told, edge[i].a, edge[i].b) > 0; /* even when there are two partners */
        if ((*a || *b) && !told) continue;
        edge[i].verdict = told || edge[i].score >= cut ? YQ_SAME : edge[i].score >= UNDECIDED_FROM ? YQ_UNDECIDED : YQ_DIFFERENT;
        if (edge[i].verdict == YQ_SAME) *a = *b = true;
    }
}

/* ---------------------------------------------------------------- groups */

typedef struct {
    const link_rows *r;
    const link_model *m;
    uint32_t *group;  /* rows -> the row that stands for the group */
    uint32_t *next;   /* rows -> next of its group, in a ring */
    uint32_t *size;
    uint32_t *told[LINK_TOLD]; /* by kind of identifier: what the group is told by */
} grouping;

static grouping apart(const link_rows *r, const link_model *m)
{
    grouping g = { r, m, YQ_ARRAY(r->arena, uint32_t, r->rows), YQ_ARRAY(r->arena, uint32_t, r->rows), YQ_ARRAY(r->arena, uint32_t, r->rows) };
    for (uint32_t i = 0; i < r->rows; i++) g.group[i] = g.next[i] = i, g.size[i] = 1;
    for (unsigned k = 0; k < LINK_TOLD; k++) {
        if (!r->told[k]) continue;
        g.told[k] = YQ_ARRAY(r->arena, uint32_t, r->rows);
        memcpy(g.told[k], r->told[k], r->rows * sizeof *g.told[k]);
    }
    return g;
}

/* Mean log odds of the pairs between two groups; of large groups some. */
static double between(const grouping *g, uint32_t a, uint32_t b)
{
    size_t pairs = (size_t)g->size[a] * g->size[b], step = pairs / MOST_CROSS + 1, seen = 0, taken = 0;
    double sum = 0;
    uint32_t x = a;
    do {
        uint32_t y = b;
        do {
            if (seen++ % step == 0) {
                uint32_t low = x < y ? x : y, high = x < y ? y : x;
                double bits = link_score(g->r, g->m, low, high, link_compare(g->r, low, high));
                sum += bits > CLIP ? CLIP : bits < -CLIP ? -CLIP : bits;
                taken++;
            }
            y = g->next[y];
        } while (y != b);
        x = g->next[x];
    } while (x != a);
    return sum / (double)taken;
}

/* The smaller one takes the name of the larger; the rings become one. */
static void join(grouping *g, uint32_t a, uint32_t b)
{
    if (g->size[a] < g->size[b]) {
        uint32_t other = a;
        a = b, b = other;
    }
    uint32_t x = b;
    do {
        g->group[x] = a;
        x = g->next[x];
    } while (x != b);
    uint32_t next = g->next[a];
    g->next[a] = g->next[b];
    g->next[b] = next;
    g->size[a] += g->size[b];
    for (unsigned k = 0; k < LINK_TOLD; k++)
        if (g->told[k] && !g->told[k][a]) g->told[k][a] = g->told[k][b];
}

/* Rows of one id belong together before anything is compared. */
static void join_ids(grouping *g)
{
    uint32_t *first = YQ_ARRAY(g->r->arena, uint32_t, g->r->entities);
    for (uint32_t i = 0; i < g->r->rows; i++) {
        uint32_t *f = &first[g->r->entity[i]];
        if (*f) join(g, g->group[*f - 1], g->group[i]);
        else *f = i + 1;
    }
}

/* Rows with the same identifier belong together, unless others of theirs tell them apart. */
static void join_told(grouping *g)
{
    uint32_t *first = YQ_ARRAY(g->r->arena, uint32_t, g->r->told_numbers + 1);
    for (unsigned k = 0; k < LINK_TOLD; k++) {
        for (uint32_t i = 0; g->r->told[k] && i < g->r->rows; i++) {
            uint32_t number = g->r->told[k][i], *f = &first[number];
            if (!number) continue;
            if (!*f) *f = i + 1;
            uint32_t a = g->group[*f - 1], b = g->group[i];
            if (a != b && g->size[a] + g->size[b] <= MOST_MEMBERS && link_told(g->told, a, b) > 0) join(g, a, b);
        }
    }
}

static void join_edges(grouping *g, const link_edge *edge, size_t n, double cut)
{
    for (size_t i = 0; i < n && edge[i].score >= cut; i++) {
        uint32_t a = g->group[edge[i].a], b = g->group[edge[i].b];
        if (a == b || g->size[a] + g->size[b] > MOST_MEMBERS || link_told(g->told, a, b) < 0) continue;
        bool single = g->size[a] == 1 && g->size[b] == 1;
        if (single || between(g, a, b) >= cut) join(g, a, b);
    }
}

/* Every pair of ids inside a group, once, with its own levels: two rows that never met as candidates may stand in one group. */
static size_t edges_of_groups(const grouping *g, link_edge **out)
{
    const link_rows *r = g->r;
    YQ_VEC(link_edge) edge = { 0 };
    bool two = r->first_b < r->rows;
    for (uint32_t a = 0; a < r->rows; a++) {
        for (uint32_t b = g->next[a]; b != a; b = g->next[b]) {
            if (b < a || r->entity[a] == r->entity[b] || (two && (a >= r->first_b) == (b >= r->first_b))) continue;
            uint64_t pattern = link_compare(r, a, b);
            double score = link_score(r, g->m, a, b, pattern);
            *yq_push(r->arena, &edge) = (link_edge){ a, b, (float)score, pattern, YQ_SAME };
        }
    }
    *out = edge.v;
    return edge.n;
}

static size_t decide_groups(const link_rows *r, const link_model *m, link_edge **edge, size_t n)
{
    grouping g = apart(r, m);
    double cut = best_cut(*edge, n);
    link_edge *same;
    join_ids(&g);
    join_told(&g);
    join_edges(&g, *edge, n, cut);
    size_t sames = edges_of_groups(&g, &same), undecided = 0;
    link_edge *all = YQ_ARRAY(r->arena, link_edge, sames + n + 1);
    if (sames) memcpy(all, same, sames * sizeof *all);
    for (size_t i = 0; i < n; i++) {
        uint32_t a = g.group[(*edge)[i].a], b = g.group[(*edge)[i].b];
        if (a == b || (*edge)[i].score < UNDECIDED_FROM || link_told(g.told, a, b) < 0) continue;
        all[sames + undecided] = (*edge)[i];
        all[sames + undecided++].verdict = YQ_UNDECIDED;
    }
    *edge = all;
    return sames + undecided;
}

size_t link_decide(const link_rows *r, link_model *m, link_edge **edge, size_t n)
{
    if (r->first_b == r->rows) return decide_groups(r, m, edge, n);
    link_model before = *m;
    if (!learn_one_to_one(r, m, *edge, n)) {
        *m = before;
        score_again(r, m, *edge, n);
        return decide_groups(r, m, edge, n);
    }
    one_partner(r, *edge, n);
    return n;
}
