/* Ways against all ways: on small random graphs every row of stops is tried and the best are compared, costs, order and groups.
 * Then hand-made graphs where the right way is known. */
#include "check.h"
#include "graph/graph.h"

#include <math.h>

enum { STOPS = 9, GROUPS = 8, MOST_TIES = 32 };

typedef struct {
    uint64_t state;
} dice;

static uint32_t roll(dice *d, uint32_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % sides);
}

typedef struct {
    uint32_t stops, groups;
    float group_cost[GROUPS];
    yq_graph_tie tie[MOST_TIES];
    size_t n;
    double cost[STOPS][GROUPS]; /* of the tie; NAN: none */
} small;

static void make_small(small *w, dice *d, bool coarse)
{
    *w = (small){ .stops = 2 + roll(d, STOPS - 1), .groups = 1 + roll(d, GROUPS) };
    for (uint32_t s = 0; s < w->stops; s++)
        for (uint32_t g = 0; g < w->groups; g++) w->cost[s][g] = NAN;
    for (uint32_t g = 0; g < w->groups; g++) w->group_cost[g] = coarse ? (float)(1 + roll(d, 3)) : (float)(0.5 + roll(d, 1000) / 1000.0);
    w->n = roll(d, MOST_TIES + 1);
    for (size_t i = 0; i < w->n; i++) {
        uint32_t s = roll(d, w->stops), g = roll(d, w->groups);
        float cost = coarse ? (float)roll(d, 3) : (float)(roll(d, 1200) / 1000.0 - 0.2);
        w->tie[i] = (yq_graph_tie){ s, g, cost, (int64_t)(100 * s + g) };
        if (isnan(w->cost[s][g]) || cost < w->cost[s][g]) w->cost[s][g] = cost;
    }
}

/* ---------------------------------------------------------------- all ways, by trying */

typedef struct {
    const small *w;
    const yq_ways_options *o;
    uint32_t to, stops[YQ_WAY_STEPS + 1], groups[YQ_WAY_STEPS];
    unsigned n;
    double cost;
    yq_graph_way *all;
    size_t count, cap;
} trying;

static bool right(const trying *t)
{
    for (unsigned i = 0; i < t->n; i++)
        for (unsigned k = 0; k <= t->n; k++)
            if (k != i && k != i + 1 && !isnan(t->w->cost[t->stops[k]][t->groups[i]])) return false;
    return true;
}

static int compare_stops(const yq_graph_way *a, const yq_graph_way *b)
{
    for (unsigned i = 0; i < a->n && i < b->n; i++)
        if (a->step[i].to != b->step[i].to) return a->step[i].to < b->step[i].to ? -1 : 1;
    return (a->n > b->n) - (a->n < b->n);
}

static void note(trying *t)
{
    yq_graph_way w = { .n = t->n, .cost = t->cost };
    for (unsigned i = 0; i < t->n; i++) w.step[i] = (yq_graph_step){ t->stops[i], t->groups[i], t->stops[i + 1], 0, 0 };
    if (t->count == t->cap) t->all = realloc(t->all, (t->cap = t->cap * 2 + 64) * sizeof *t->all);
    t->all[t->count++] = w;
}

static void try_all(trying *t)
{
    uint32_t at = t->stops[t->n];
    if (at == t->to) {
        if (right(t)) note(t);
        return;
    }
    if (t->n == t->o->steps) return;
    for (uint32_t g = 0; g < t->w->groups; g++)
        for (uint32_t s = 0; s < t->w->stops; s++) {
            bool seen = isnan(t->w->cost[at][g]) || isnan(t->w->cost[s][g]);
            for (unsigned i = 0; i <= t->n; i++) seen = seen || t->stops[i] == s;
            if (seen) continue;
            double before = t->cost;
            t->cost += (t->w->cost[at][g] + t->w->group_cost[g]) + t->w->cost[s][g];
            t->groups[t->n++] = g;
            t->stops[t->n] = s;
            try_all(t);
            t->n--;
            t->cost = before;
        }
}

static int in_order(const void *x, const void *y)
{
    const yq_graph_way *a = x, *b = y;
    if (a->cost != b->cost) return a->cost < b->cost ? -1 : 1;
    return a->n != b->n ? (a->n > b->n) - (a->n < b->n) : compare_stops(a, b);
}

static bool alike(const yq_graph_way *a, const yq_graph_way *b)
{
    bool same = a->n == b->n;
    for (unsigned i = 0; same && i < a->n; i++) same = a->step[i].group == b->step[i].group;
    return same;
}

static size_t best_of(trying *t, yq_graph_way *best)
{
    size_t n = 0;
    if (t->count) qsort(t->all, t->count, sizeof *t->all, in_order);
    for (size_t i = 0; i < t->count && n < t->o->top; i++) {
        unsigned same = 0;
        bool again = false;
        for (size_t k = 0; k < n; k++) same += alike(&best[k], &t->all[i]), again = again || !compare_stops(&best[k], &t->all[i]);
        if (!again && (!t->o->alike || same < t->o->alike)) best[n++] = t->all[i];
    }
    return n;
}

/* ---------------------------------------------------------------- the two compared */

static bool same_list(const yq_graph_way *a, size_t n, const yq_graph_way *b, size_t m, bool groups)
{
    if (n != m) return false;
    for (size_t i = 0; i < n; i++)
        if (a[i].cost != b[i].cost || compare_stops(&a[i], &b[i]) || (groups && !alike(&a[i], &b[i]))) return false;
    return true;
}

static bool labelled(const yq_graph_way *w)
{
    for (unsigned i = 0; i < w->n; i++)
        if (w->step[i].from_label != (int64_t)(100 * w->step[i].from + w->step[i].group) || w->step[i].to_label != (int64_t)(100 * w->step[i].to + w->step[i].group))
            return false;
    return true;
}

typedef struct {
    unsigned graphs, pairs, ways, wrong, unlabelled;
} tally;

static void compare(small *w, dice *d, bool coarse, tally *sum)
{
    yq_graph *g;
    yq_graph_scratch *s;
    yq_err err = { 0 };
    if (yq_graph_build(w->stops, w->group_cost, w->groups, w->tie, w->n, &g, &err) || yq_graph_scratch_new(g, &s, &err)) {
        sum->wrong++;
        return;
    }
    for (int pair = 0; pair < 6; pair++) {
        yq_ways_options o = { .top = 1 + roll(d, 8), .steps = 1 + roll(d, YQ_WAY_STEPS), .alike = coarse ? 0 : roll(d, 3) };
        uint32_t from = roll(d, w->stops), to = roll(d, w->stops);
        yq_graph_way found[YQ_WAYS_MAX], best[YQ_WAYS_MAX];
        size_t n;
        trying t = { .w = w, .o = &o, .to = to, .stops = { from } };
        if (from != to) try_all(&t);
        size_t m = best_of(&t, best);
        if (yq_graph_ways(g, s, from, to, &o, found, &n, NULL, &err) || !same_list(found, n, best, m, !coarse)) sum->wrong++;
        for (size_t i = 0; i < n; i++) sum->unlabelled += !labelled(&found[i]);
        sum->pairs++;
        sum->ways += (unsigned)n;
        free(t.all);
    }
    sum->graphs++;
    yq_graph_scratch_free(s);
    yq_graph_free(g);
}

static void against_all(bool coarse)
{
    dice d = { coarse ? 7 : 11 };
    tally sum = { 0 };
    small w;
    for (int i = 0; i < 3000; i++) {
        make_small(&w, &d, coarse);
        compare(&w, &d, coarse, &sum);
    }
    const char *what = coarse ? "many ways of equal cost" : "costs all different";
    if (!CHECK(what, sum.wrong == 0)) fprintf(stderr, "  %u of %u lists are wrong\n", sum.wrong, sum.pairs);
    CHECK("every step tells which fact says so", sum.unlabelled == 0);
    CHECK("there was something to compare", sum.graphs == 3000 && sum.ways > 10000);
}

/* ---------------------------------------------------------------- by hand */

static const yq_graph_tie hall[] = { { 0, 0, 0, 1 }, { 1, 0, 0, 2 }, { 1, 1, 0, 3 }, { 2, 1, 0, 4 }, { 0, 2, 0, 5 }, { 2, 2, 0, 6 }, { 1, 2, 0, 7 } };

static void by_hand(void)
{
    const float costs[] = { 0.1f, 0.1f, 1.0f };
    yq_graph *g;
    yq_graph_scratch *s;
    yq_graph_way w[4];
    size_t n;
    yq_ways_options o = { .top = 4, .steps = 4 };
    CHECK("builds", yq_graph_build(4, costs, 3, hall, sizeof hall / sizeof *hall, &g, NULL) == YQ_OK && yq_graph_scratch_new(g, &s, NULL) == YQ_OK);
    CHECK("asks", yq_graph_ways(g, s, 0, 2, &o, w, &n, NULL, NULL) == YQ_OK);
    CHECK("two short steps, then the large hall where both are", n == 2 && w[0].n == 2 && w[0].step[0].to == 1 && w[1].n == 1 && w[1].step[0].group == 2);
    CHECK("to oneself there is no way", yq_graph_ways(g, s, 1, 1, &o, w, &n, NULL, NULL) == YQ_OK && n == 0);
    CHECK("to somebody without ties neither", yq_graph_ways(g, s, 0, 3, &o, w, &n, NULL, NULL) == YQ_OK && n == 0);
    CHECK("nor from him", yq_graph_ways(g, s, 3, 0, &o, w, &n, NULL, NULL) == YQ_OK && n == 0);
    o.steps = 1;
    CHECK("one step", yq_graph_ways(g, s, 0, 2, &o, w, &n, NULL, NULL) == YQ_OK && n == 1 && w[0].step[0].from_label == 5 && w[0].step[0].to_label == 6);
    o.steps = 5;
    CHECK("five steps are refused", yq_graph_ways(g, s, 0, 2, &o, w, &n, NULL, NULL) == YQ_INVALID);
    o = (yq_ways_options){ .top = 0, .steps = 2 };
    CHECK("no way asked for is refused", yq_graph_ways(g, s, 0, 2, &o, w, &n, NULL, NULL) == YQ_INVALID);
    o.top = 1;
    CHECK("a stop that is not there is refused", yq_graph_ways(g, s, 0, 4, &o, w, &n, NULL, NULL) == YQ_INVALID);
    yq_graph_scratch_free(s);
    yq_graph_free(g);
}

static void refused(void)
{
    const float good[] = { 1 }, bad[] = { NAN };
    const yq_graph_tie ties[] = { { 0, 0, 0, 0 }, { 1, 0, 0, 0 } }, far[] = { { 2, 0, 0, 0 } }, gone[] = { { 0, 1, 0, 0 } }, endless[] = { { 0, 0, INFINITY, 0 } };
    const yq_graph_tie below[] = { { 0, 0, -1, 0 }, { 1, 0, -1, 0 } };
    yq_graph *g;
    CHECK("no ties at all", yq_graph_build(0, NULL, 0, NULL, 0, &g, NULL) == YQ_OK);
    yq_graph_free(g);
    CHECK("a good one", yq_graph_build(2, good, 1, ties, 2, &g, NULL) == YQ_OK && yq_graph_ties(g) == 2 && yq_graph_size(g, 0) == 2);
    yq_graph_free(g);
    CHECK("a cost that is none", yq_graph_build(2, bad, 1, ties, 2, &g, NULL) == YQ_INVALID && !g);
    CHECK("a stop too far", yq_graph_build(2, good, 1, far, 1, &g, NULL) == YQ_INVALID);
    CHECK("a group too far", yq_graph_build(2, good, 1, gone, 1, &g, NULL) == YQ_INVALID);
    CHECK("an endless tie", yq_graph_build(2, good, 1, endless, 1, &g, NULL) == YQ_INVALID);
    CHECK("a step below nothing", yq_graph_build(2, good, 1, below, 2, &g, NULL) == YQ_INVALID);
}

/* A hall of 5,000 with everybody in it twice over: ways must not be sought through all pairs. */
static void crowd(void)
{
    enum { MANY = 5000 };
    static yq_graph_tie ties[4 * MANY];
    const float costs[] = { 3, 3, 0.5f, 0.5f };
    size_t n = 0, found;
    for (uint32_t i = 0; i < MANY; i++) {
        ties[n++] = (yq_graph_tie){ i, 0, 0, 0 };
        if (i) ties[n++] = (yq_graph_tie){ i, 1, 0, 0 };
    }
    ties[n++] = (yq_graph_tie){ 0, 2, 0, 0 };
    ties[n++] = (yq_graph_tie){ MANY, 2, 0, 0 };
    ties[n++] = (yq_graph_tie){ MANY, 3, 0, 0 };
    ties[n++] = (yq_graph_tie){ MANY - 1, 3, 0, 0 };
    yq_graph *g;
    yq_graph_scratch *s;
    yq_graph_way w[8];
    bool cut;
    yq_ways_options o = { .top = 8, .steps = 4, .alike = 2, .work = 1000000 };
    CHECK("a crowd", yq_graph_build(MANY + 1, costs, 4, ties, n, &g, NULL) == YQ_OK && yq_graph_scratch_new(g, &s, NULL) == YQ_OK);
    CHECK("asks", yq_graph_ways(g, s, 0, MANY - 1, &o, w, &found, &cut, NULL) == YQ_OK);
    CHECK("past the crowd by two who know each other", found >= 1 && w[0].n == 2 && w[0].step[0].to == MANY);
    CHECK("then the crowd itself, and nobody of it between", found == 2 && w[1].n == 1 && w[1].step[0].group == 0);
    CHECK("within its work", !cut);
    o.work = 10;
    CHECK("with hardly any work allowed it says so", yq_graph_ways(g, s, 0, MANY - 1, &o, w, &found, &cut, NULL) == YQ_OK && cut);
    yq_graph_scratch_free(s);
    yq_graph_free(g);
}

int main(void)
{
    against_all(false);
    against_all(true);
    by_hand();
    refused();
    crowd();
    return check_done();
}
