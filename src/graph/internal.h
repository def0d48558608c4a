/* graph/internal.h - how ties lie in memory: compressed rows, once by stop and once by group. */
#ifndef YQ_GRAPH_INTERNAL_H
#define YQ_GRAPH_INTERNAL_H

#include "graph/graph.h"

/* The ties of stop s are [stop_at[s], stop_at[s + 1]), by group; those of group g are [group_at[g], group_at[g + 1]), by stop. */
struct yq_graph {
    uint32_t stops, groups;
    uint32_t *stop_at, *group_at;
    uint32_t *tie_group;      /* by stop */
    float *tie_cost;
    int64_t *tie_label;
    uint32_t *member_stop;    /* by group */
    float *member_cost;
    float *group_cost;
    float *group_lowest;      /* the cheapest of its ties */
    double least;             /* no step costs less */
};

#define FOR_TIES(graph, s, k) for (uint32_t k = (graph)->stop_at[s]; k < (graph)->stop_at[(s) + 1]; k++)
#define FOR_MEMBERS(graph, group, k) for (uint32_t k = (graph)->group_at[group]; k < (graph)->group_at[(group) + 1]; k++)

/* The place of the tie between stop and group in tie_*; UINT32_MAX: there is none. */
uint32_t find_tie(const yq_graph *g, uint32_t stop, uint32_t group);

#endif
