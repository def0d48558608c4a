/* Who stands in the middle: PageRank on stops and groups.
 *
 * A round is two passes over the rows: the walkers of each stop go into its groups, those of each group come out at its stops. Shares are
 * strengths, exp(-cost), so that a tie which makes a good step is also taken more often.
 */
#include "graph/internal.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    const yq_graph *g;
    double *leave;  /* of each stop: what all its ties weigh together */
    double *enter;  /* of each group: what all its members weigh together */
    double *inside; /* walkers in each group */
    double *next;   /* walkers at each stop */
} walking;

static double out_weight(const yq_graph *g, uint32_t k)
{
    return exp(-(double)g->tie_cost[k] - (double)g->group_cost[g->tie_group[k]]);
}

static void weigh(walking *w)
{
    const yq_graph *g = w->g;
    for (uint32_t s = 0; s < g->stops; s++)
        FOR_TIES(g, s, k) w->leave[s] += out_weight(g, k);
    for (uint32_t i = 0; i < g->groups; i++)
        FOR_MEMBERS(g, i, k) w->enter[i] += exp(-(double)g->member_cost[k]);
}

/* Fills next; returns how many walkers arrive, the others were at stops without ties. */
static double walk(walking *w, const double *rank)
{
    const yq_graph *g = w->g;
    double arrived = 0;
    for (uint32_t i = 0; i < g->groups; i++) w->inside[i] = 0;
    for (uint32_t s = 0; s < g->stops; s++)
        FOR_TIES(g, s, k) w->inside[g->tie_group[k]] += rank[s] * out_weight(g, k) / w->leave[s];
    for (uint32_t s = 0; s < g->stops; s++) {
        double sum = 0;
        FOR_TIES(g, s, k) sum += w->inside[g->tie_group[k]] * exp(-(double)g->tie_cost[k]) / w->enter[g->tie_group[k]];
        arrived += w->next[s] = sum;
    }
    return arrived;
}

static void begin_anew(double *rank, uint32_t stops, const uint32_t *seeds, size_t n, double share)
{
    if (!seeds)
        for (uint32_t s = 0; s < stops; s++) rank[s] += share / stops;
    else
        for (size_t i = 0; i < n; i++) rank[seeds[i]] += share / (double)n;
}

static void iterate(walking *w, const uint32_t *seeds, size_t n, double onward, unsigned rounds, double *rank)
{
    uint32_t stops = w->g->stops;
    for (uint32_t s = 0; s < stops; s++) rank[s] = 0;
    begin_anew(rank, stops, seeds, n, 1);
    weigh(w);
    for (unsigned r = 0; r < rounds; r++) {
        double arrived = walk(w, rank);
        for (uint32_t s = 0; s < stops; s++) rank[s] = onward * w->next[s];
        begin_anew(rank, stops, seeds, n, 1 - onward * arrived);
    }
}

yq_code yq_graph_rank(const yq_graph *g, const uint32_t *seeds, size_t n, double onward, unsigned rounds, double *rank, yq_err *err)
{
    if (!(onward >= 0 && onward < 1) || (seeds && !n)) return yq_fail(err, YQ_INVALID, 0, "onward is from 0 to below 1, and there is a seed");
    for (size_t i = 0; seeds && i < n; i++)
        if (seeds[i] >= g->stops) return yq_fail(err, YQ_INVALID, i, "there is no stop %u", seeds[i]);
    walking w = { .g = g, .leave = calloc((size_t)g->stops + 1, sizeof(double)), .enter = calloc((size_t)g->groups + 1, sizeof(double)),
                  .inside = calloc((size_t)g->groups + 1, sizeof(double)), .next = calloc((size_t)g->stops + 1, sizeof(double)) };
    bool room = w.leave && w.enter && w.inside && w.next;
    if (room) iterate(&w, seeds, n, onward, rounds, rank);
    free(w.leave);
    free(w.enter);
    free(w.inside);
    free(w.next);
    return room ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory to rank %u stops", g->stops);
}
