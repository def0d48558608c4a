/* How long do the ways to an answer take? Makes up an alliance and asks for the ways between many pairs.
 *
 *   ways [PEOPLE [PAIRS]]      default 200000 people, 1000 pairs; five ties a person: 1,000,000
 *
 * Everybody works somewhere (employers as large as Zipf's law has them, the largest some thousands), many speak at congresses and in one of their
 * sessions, some sign agreements, some were at a school. Half of the askers are institutions, as on the desk. Prints build, PageRank and search. */
#include "graph/graph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    uint64_t state;
} dice;

static uint32_t roll(dice *d, uint32_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % sides);
}

/* Rank r with probability falling like a power of r, the first not beyond all measure. */
static uint32_t skewed(dice *d, uint32_t n)
{
    double u = (roll(d, 1 << 20) + 0.5) / (1 << 20);
    return (uint32_t)(n * pow(u, 2.2)) % n;
}

/* What joins people, as src/register/ties.c has it: strength, and how many groups and members there are for each 1,000 people. */
static const struct {
    const char *name;
    double strength;
    uint32_t groups, ties; /* for each 1,000 people */
    bool skewed, led;      /* some are much larger; an institution stands for it */
} kinds[] = {
    { "employers", 0.7, 25, 1000, true, true }, { "congresses", 0.4, 15, 1250, true, true }, { "sessions", 0.7, 200, 1250, false, false },
    { "agreements", 0.8, 150, 500, false, false }, { "classes", 0.6, 10, 500, true, false }, { "schools", 0.3, 1, 500, true, true },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

typedef struct {
    uint32_t people, stops, groups;
    yq_graph_tie *ties;
    size_t n;
    float *costs;
} world;

static void tie(world *w, uint32_t stop, uint32_t group, float cost)
{
    w->ties[w->n++] = (yq_graph_tie){ stop, group, cost, (int64_t)w->n };
}

static void make_kind(world *w, dice *d, int kind, uint32_t first, uint32_t count)
{
    uint32_t *size = calloc(count, sizeof *size), ties = (uint32_t)((uint64_t)w->people * kinds[kind].ties / 1000);
    if (!size) exit(1);
    for (uint32_t i = 0; i < ties; i++) {
        uint32_t person = kind ? roll(d, w->people) : i % w->people, g = kinds[kind].skewed ? skewed(d, count) : roll(d, count);
        size[g]++;
        tie(w, person, first + g, (float)(roll(d, 1000) / 1500.0));
    }
    for (uint32_t i = 0; i < count; i++) {
        float crowd = (float)log(fmax(1, log2(size[i] + 1.0)));
        w->costs[first + i] = (float)-log(kinds[kind].strength * 0.5) + crowd;
        if (kinds[kind].led) tie(w, w->people + i % (w->people / 40), first + i, -crowd);
    }
    free(size);
}

static void make_world(world *w, uint32_t people)
{
    dice d = { 42 };
    *w = (world){ .people = people, .stops = people + people / 40 };
    w->ties = malloc(sizeof *w->ties * (size_t)people * 6);
    w->costs = malloc(sizeof *w->costs * people);
    if (!w->ties || !w->costs) exit(1);
    for (int k = 0; k < KINDS; k++) {
        uint32_t count = people * kinds[k].groups / 1000;
        make_kind(w, &d, k, w->groups, count);
        w->groups += count;
    }
}

/* Time of the processor: a busy machine makes nobody slower. */
static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void ask(const yq_graph *g, const world *w, uint32_t pairs)
{
    yq_graph_scratch *s;
    dice d = { 4711 };
    int64_t *us = calloc(pairs, sizeof *us);
    size_t ways = 0, steps[YQ_WAY_STEPS + 1] = { 0 }, none = 0, ended = 0;
    if (!us || yq_graph_scratch_new(g, &s, NULL)) exit(1);
    for (uint32_t i = 0; i < pairs; i++) {
        yq_ways_options o = { .top = 3, .steps = 4, .alike = 2, .work = 1500000 };
        yq_graph_way way[YQ_WAYS_MAX];
        size_t n;
        bool cut;
        uint32_t from = i % 2 ? roll(&d, w->people) : w->people + skewed(&d, w->people / 40), to = roll(&d, w->people);
        int64_t began = now_us();
        if (yq_graph_ways(g, s, from, to, &o, way, &n, &cut, NULL)) exit(1);
        us[i] = now_us() - began;
        ways += n;
        none += !n;
        ended += cut;
        if (n) steps[way[0].n]++;
    }
    qsort(us, pairs, sizeof *us, by_time);
    printf("ways: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, worst %.2f ms; %.1f ways a pair, best of 1 step %zu, 2 %zu, 3 %zu, 4 %zu, none %zu; ended %zu\n", us[pairs / 2] / 1e3,
           us[pairs * 9 / 10] / 1e3, us[pairs * 99 / 100] / 1e3, us[pairs - 1] / 1e3, (double)ways / pairs, steps[1], steps[2], steps[3], steps[4], none, ended);
    yq_graph_scratch_free(s);
    free(us);
}

static void rank(const yq_graph *g)
{
    double *r = calloc(yq_graph_stops(g), sizeof *r);
    int64_t began = now_us();
    if (!r || yq_graph_rank(g, NULL, 0, 0.85, 20, r, NULL)) exit(1);
    printf("PageRank: 20 rounds in %.0f ms\n", (now_us() - began) / 1e3);
    free(r);
}

int main(int argc, char **argv)
{
    uint32_t people = argc > 1 ? (uint32_t)atoi(argv[1]) : 200000, pairs = argc > 2 ? (uint32_t)atoi(argv[2]) : 1000;
    if (people < 1000 || people > 2000000 || pairs < 1) return fputs("usage: ways [PEOPLE [PAIRS]], at least 1000 people\n", stderr), 2;
    world w;
    yq_graph *g;
    yq_err err = { 0 };
    make_world(&w, people);
    int64_t began = now_us();
    if (yq_graph_build(w.stops, w.costs, w.groups, w.ties, w.n, &g, &err)) return fprintf(stderr, "%s\n", err.msg), 1;
    uint32_t largest = 0;
    for (uint32_t i = 0; i < w.groups; i++)
        if (yq_graph_size(g, i) > largest) largest = yq_graph_size(g, i);
    printf("%u stops, %u groups (largest %u), %zu ties: built in %.0f ms, %.1f MB\n", w.stops, w.groups, largest, yq_graph_ties(g), (now_us() - began) / 1e3,
           yq_graph_bytes(g) / 1e6);
    rank(g);
    ask(g, &w, pairs);
    yq_graph_free(g);
    free(w.ties);
    free(w.costs);
    return 0;
}
