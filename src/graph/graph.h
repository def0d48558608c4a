/* graph/graph.h - who can introduce whom: ties through groups, the best ways, who stands in the middle.
 *
 * People and institutions are stops. What joins them is a group: an employer's staff, a session, an agreement, a class of a school. A tie says that
 * a stop belongs to a group, at a cost; two stops of one group are one step apart, and a step costs tie + group + tie. A congress of 5,000 speakers
 * is thus 5,000 ties and not 12 million pairs. Costs are -log(strength), so that the cheapest way is the one whose strengths have the greatest product.
 *
 * A way is a row of stops, each tied to the next. Each of its groups joins two neighbours and holds no other stop of the way: whoever can be met
 * in a group directly is not reached through a third person of that same group. Of ways with the same stops only the cheapest is given.
 */
#ifndef YQ_GRAPH_H
#define YQ_GRAPH_H

#include "base/base.h"

enum { YQ_WAY_STEPS = 4, YQ_WAYS_MAX = 20 };

typedef struct yq_graph yq_graph;                   /* immutable once built; threads share it */
typedef struct yq_graph_scratch yq_graph_scratch;   /* what one thread needs while it searches */

typedef struct {
    uint32_t stop, group;
    float cost;      /* below 0: of a member that the group stands for; no step may cost less than 0 for it */
    int64_t label;   /* the caller's: which fact says so */
} yq_graph_tie;

/* Several ties of one stop to one group become the cheapest of them; of equals, that of the lowest label. Errors: YQ_NOMEM, YQ_INVALID (a number beyond
 * its count, a cost that is no number, a step below 0). */
yq_code yq_graph_build(uint32_t stops, const float *group_costs, uint32_t groups, const yq_graph_tie *ties, size_t n, yq_graph **out, yq_err *err);
void yq_graph_free(yq_graph *g);
uint32_t yq_graph_stops(const yq_graph *g);
uint32_t yq_graph_groups(const yq_graph *g);
size_t yq_graph_ties(const yq_graph *g);
size_t yq_graph_bytes(const yq_graph *g);
/* How many stops a group holds. */
uint32_t yq_graph_size(const yq_graph *g, uint32_t group);
/* Calls each(arg, tie) for the ties of one stop, or of one group, by number; stops when it returns false. */
typedef bool yq_graph_each(void *arg, const yq_graph_tie *tie);
void yq_graph_of_stop(const yq_graph *g, uint32_t stop, yq_graph_each *each, void *arg);
void yq_graph_of_group(const yq_graph *g, uint32_t group, yq_graph_each *each, void *arg);

yq_code yq_graph_scratch_new(const yq_graph *g, yq_graph_scratch **out, yq_err *err);
void yq_graph_scratch_free(yq_graph_scratch *s);

/* ---------------------------------------------------------------- ways */

typedef struct {
    uint32_t from, group, to;
    int64_t from_label, to_label;
} yq_graph_step;

typedef struct {
    unsigned n;
    yq_graph_step step[YQ_WAY_STEPS];
    double cost;
} yq_graph_way;

typedef struct {
    unsigned top;    /* 1..YQ_WAYS_MAX */
    unsigned steps;  /* at most so many, 1..YQ_WAY_STEPS */
    unsigned alike;  /* at most so many that pass through the same groups, the cheapest; 0: any number */
    size_t work;     /* ends after looking at so many ties, 0: never; *cut tells */
} yq_ways_options;

/* The cheapest ways, cheapest first; equal ones by fewer steps, then by the numbers of their stops. ways has room for top. from == to: none.
 * *cut (may be NULL): the search was ended by `work`; what was found is right, better ones may be missing. Errors: YQ_NOMEM, YQ_INVALID.
 *
 * Method. Bounds first: from the answer backwards, layer by layer, the least cost at which a stop reaches it in so many steps (Bellman 1958, On a
 * routing problem). Then the ways forwards, the most promising first (Hart, Nilsson & Raphael 1968, A formal basis for the heuristic determination of
 * minimum cost paths); with such bounds hardly a step is tried that is on no way. Short ways first: longer ones are looked for only where they could win. */
yq_code yq_graph_ways(const yq_graph *g, yq_graph_scratch *s, uint32_t from, uint32_t to, const yq_ways_options *options, yq_graph_way *ways, size_t *n,
                      bool *cut, yq_err *err);

/* ---------------------------------------------------------------- who stands in the middle */

/* Personalised PageRank by power iteration: of a walker who at each step goes on with probability `onward` to a stop of a group chosen by strength, and
 * else begins anew at one of the seeds, how often is he where? rank has room for every stop and adds up to 1. seeds NULL: all stops alike, which is
 * plain PageRank. A walker at a stop without ties begins anew.
 * Page, Brin, Motwani & Winograd 1999, The PageRank citation ranking; Haveliwala 2002, Topic-sensitive PageRank; Jeh & Widom 2003, Scaling
 * personalized web search. Errors: YQ_NOMEM, YQ_INVALID. */
yq_code yq_graph_rank(const yq_graph *g, const uint32_t *seeds, size_t n, double onward, unsigned rounds, double *rank, yq_err *err);

#endif
