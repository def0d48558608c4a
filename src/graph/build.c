/* From a heap of ties to compressed rows.
 *
 * Ties are sorted by stop and group and thinned to the cheapest of each pair; the rows by group are dealt from them in one pass, so that both
 * are in order.
 */
#include "graph/internal.h"

#include <math.h>
#include <stdlib.h>

static int by_stop_and_group(const void *x, const void *y)
{
    const yq_graph_tie *a = x, *b = y;
    if (a->stop != b->stop) return a->stop < b->stop ? -1 : 1;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->cost != b->cost) return a->cost < b->cost ? -1 : 1;
    return (a->label > b->label) - (a->label < b->label);
}

static bool same_pair(const yq_graph_tie *a, const yq_graph_tie *b)
{
    return a->stop == b->stop && a->group == b->group;
}

static size_t thin(yq_graph_tie *ties, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || !same_pair(&ties[kept - 1], &ties[i])) ties[kept++] = ties[i];
    return kept;
}

static bool acceptable(uint32_t stops, const float *group_costs, uint32_t groups, const yq_graph_tie *ties, size_t n)
{
    if (stops == UINT32_MAX || groups == UINT32_MAX || n >= UINT32_MAX) return false;
    for (uint32_t i = 0; i < groups; i++)
        if (!isfinite(group_costs[i])) return false;
    for (size_t i = 0; i < n; i++)
        if (ties[i].stop >= stops || ties[i].group >= groups || !isfinite(ties[i].cost)) return false;
    return true;
}

static bool make_room(yq_graph *g, size_t n)
{
    g->stop_at = calloc((size_t)g->stops + 1, sizeof *g->stop_at);
    g->group_at = calloc((size_t)g->groups + 1, sizeof *g->group_at);
    g->tie_group = calloc(n + 1, sizeof *g->tie_group);
    g->tie_cost = calloc(n + 1, sizeof *g->tie_cost);
    g->tie_label = calloc(n + 1, sizeof *g->tie_label);
    g->member_stop = calloc(n + 1, sizeof *g->member_stop);
    g->member_cost = calloc(n + 1, sizeof *g->member_cost);
    g->group_cost = calloc((size_t)g->groups + 1, sizeof *g->group_cost);
    g->group_lowest = calloc((size_t)g->groups + 1, sizeof *g->group_lowest);
    return g->stop_at && g->group_at && g->tie_group && g->tie_cost && g->tie_label && g->member_stop && g->member_cost && g->group_cost && g->group_lowest;
}

static void sum_up(uint32_t *at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) at[i + 1] += at[i];
}

static void lay_out(yq_graph *g, const yq_graph_tie *ties, size_t n, uint32_t *next)
{
    for (size_t i = 0; i < n; i++) {
        g->stop_at[ties[i].stop + 1]++;
        g->group_at[ties[i].group + 1]++;
    }
    sum_up(g->stop_at, g->stops);
    sum_up(g->group_at, g->groups);
    memcpy(next, g->group_at, (size_t)g->groups * sizeof *next);
    for (size_t i = 0; i < n; i++) {
        g->tie_group[i] = ties[i].group;
        g->tie_cost[i] = ties[i].cost;
        g->tie_label[i] = ties[i].label;
        uint32_t k = next[ties[i].group]++;
        g->member_stop[k] = ties[i].stop;
        g->member_cost[k] = ties[i].cost;
    }
}

/* The least a step through the group can cost: with its two cheapest members. */
static double least_step(yq_graph *g, uint32_t group)
{
    double first = INFINITY, second = INFINITY;
    FOR_MEMBERS(g, group, k) {
        double c = g->member_cost[k];
        if (c < first) second = first, first = c;
        else if (c < second) second = c;
    }
    g->group_lowest[group] = (float)first;
    return first + g->group_cost[group] + second;
}

static yq_code find_least(yq_graph *g, yq_err *err)
{
    g->least = INFINITY;
    for (uint32_t i = 0; i < g->groups; i++) {
        double c = least_step(g, i);
        if (c < -1e-6) return yq_fail(err, YQ_INVALID, i, "a step through group %u costs less than nothing", i);
        if (c < g->least) g->least = c;
    }
    return YQ_OK;
}

static yq_code build(yq_graph *g, const float *group_costs, yq_graph_tie *ties, size_t n, yq_err *err)
{
    uint32_t *next = calloc((size_t)g->groups + 1, sizeof *next);
    if (!next || !make_room(g, n)) {
        free(next);
        return yq_fail(err, YQ_NOMEM, 0, "no memory for %zu ties", n);
    }
    if (g->groups) memcpy(g->group_cost, group_costs, (size_t)g->groups * sizeof *group_costs);
    lay_out(g, ties, n, next);
    free(next);
    return find_least(g, err);
}

yq_code yq_graph_build(uint32_t stops, const float *group_costs, uint32_t groups, const yq_graph_tie *ties, size_t n, yq_graph **out, yq_err *err)
{
    *out = NULL;
    if (!acceptable(stops, group_costs, groups, ties, n)) return yq_fail(err, YQ_INVALID, 0, "a tie of a stop or group that is not there, or without a cost");
    yq_graph *g = calloc(1, sizeof *g);
    yq_graph_tie *sorted = malloc((n + 1) * sizeof *sorted);
    yq_code rc = g && sorted ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for %zu ties", n);
    if (!rc) {
        g->stops = stops;
        g->groups = groups;
        if (n) memcpy(sorted, ties, n * sizeof *ties);
        qsort(sorted, n, sizeof *sorted, by_stop_and_group);
        rc = build(g, group_costs, sorted, thin(sorted, n), err);
    }
    free(sorted);
    if (rc) yq_graph_free(g);
    else *out = g;
    return rc;
}

void yq_graph_free(yq_graph *g)
{
    if (!g) return;
    free(g->stop_at);
    free(g->group_at);
    free(g->tie_group);
    free(g->tie_cost);
    free(g->tie_label);
    free(g->member_stop);
    free(g->member_cost);
    free(g->group_cost);
    free(g->group_lowest);
    free(g);
}

/* ---------------------------------------------------------------- looking at it */

uint32_t yq_graph_stops(const yq_graph *g)
{
    return g->stops;
}

uint32_t yq_graph_groups(const yq_graph *g)
{
    return g->groups;
}

size_t yq_graph_ties(const yq_graph *g)
{
    return g->stop_at[g->stops];
}

size_t yq_graph_bytes(const yq_graph *g)
{
    return sizeof *g + 4 * ((size_t)g->stops + 3 * (size_t)g->groups + 3) + 24 * (yq_graph_ties(g) + 1);
}

uint32_t yq_graph_size(const yq_graph *g, uint32_t group)
{
    return g->group_at[group + 1] - g->group_at[group];
}

uint32_t find_tie(const yq_graph *g, uint32_t stop, uint32_t group)
{
    uint32_t low = g->stop_at[stop], high = g->stop_at[stop + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->tie_group[middle] < group) low = middle + 1;
        else high = middle;
    }
    return low < g->stop_at[stop + 1] && g->tie_group[low] == group ? low : UINT32_MAX;
}

static yq_graph_tie tie_at(const yq_graph *g, uint32_t stop, uint32_t k)
{
    return (yq_graph_tie){ stop, g->tie_group[k], g->tie_cost[k], g->tie_label[k] };
}

void yq_graph_of_stop(const yq_graph *g, uint32_t stop, yq_graph_each *each, void *arg)
{
    FOR_TIES(g, stop, k) {
        yq_graph_tie t = tie_at(g, stop, k);
        if (!each(arg, &t)) return;
    }
}

void yq_graph_of_group(const yq_graph *g, uint32_t group, yq_graph_each *each, void *arg)
{
    FOR_MEMBERS(g, group, k) {
        uint32_t stop = g->member_stop[k];
        yq_graph_tie t = tie_at(g, stop, find_tie(g, stop, group));
        if (!each(arg, &t)) return;
    }
}
