/* The best ways from one stop to another.
 *
 * They are looked for by length: of one step, of two, …; what is found bounds what a longer way may cost, and often forbids it.
 *
 * `bound` goes backwards from the answer: near[stop] is the least cost at which a stop reaches it in so many steps, reach[k][group] the same for the
 * cheapest of a group's members in k steps. Each layer looks at every tie once at most and leaves out what cannot beat the ways that are known, so that
 * a search never takes longer than a few passes over the graph. Groups that hold the asker are used in the first step only, those that hold the
 * answer in the last only (see graph.h), which keeps the large ones of both from being opened again and again.
 *
 * `search` goes forwards over rows of stops, the one with the least possible cost first. A row that has come to the answer is a way.
 */
#include "graph/internal.h"

#include <math.h>
#include <stdlib.h>

enum { LAYERS = YQ_WAY_STEPS - 1, HOLDS_FROM = 1, HOLDS_TO = 2, MOST_ROWS = 1 << 22 };
static const double SLACK = 1e-5; /* bounds are summed in another order than costs, and rounded */

/* A row of stops on its way: the last stop, and the row before it. */
typedef struct {
    double cost, bound;
    uint32_t stop, group, before;
    unsigned n; /* steps */
} row;

typedef struct {
    uint32_t *v;
    uint32_t n;
} numbers;

struct yq_graph_scratch {
    float *reach[LAYERS], *near, *ahead; /* half the size is half the way to memory; SLACK knows how they are rounded */
    numbers reached[LAYERS], nearby, aheads; /* where they are not infinite */
    uint8_t *ends;                   /* of groups: HOLDS_FROM, HOLDS_TO */
    uint32_t *held, turn;            /* of groups: hold a stop of the row in hand, if not below `turn` */
    row *rows;
    uint32_t *heap;
    uint32_t row_count, row_cap, heap_count, heap_cap;
};

typedef struct {
    const yq_graph *g;
    yq_graph_scratch *s;
    const yq_ways_options *o;
    uint32_t from, to;
    unsigned steps;       /* of this search */
    yq_graph_way *found;  /* in order, at most o->top */
    size_t n, looked;
    double first, second; /* what one step from the asker costs at least, and two */
    double worst;         /* what a way must not exceed; INFINITY while there are too few */
    bool cut, no_memory;
} seeking;

/* ---------------------------------------------------------------- scratch */

static float *infinite(uint32_t n)
{
    float *v = malloc(((size_t)n + 1) * sizeof *v);
    for (uint32_t i = 0; v && i < n; i++) v[i] = INFINITY;
    return v;
}

static bool make_room(const yq_graph *g, yq_graph_scratch *s)
{
    s->near = infinite(g->stops);
    s->ahead = infinite(g->groups);
    s->aheads.v = malloc(((size_t)g->groups + 1) * sizeof(uint32_t));
    s->nearby.v = malloc(((size_t)g->stops + 1) * sizeof(uint32_t));
    s->ends = calloc((size_t)g->groups + 1, 1);
    s->held = calloc((size_t)g->groups + 1, sizeof(uint32_t));
    bool room = s->near && s->nearby.v && s->ahead && s->aheads.v && s->ends && s->held;
    for (int k = 0; k < LAYERS; k++) {
        s->reach[k] = infinite(g->groups);
        s->reached[k].v = malloc(((size_t)g->groups + 1) * sizeof(uint32_t));
        room = room && s->reach[k] && s->reached[k].v;
    }
    return room;
}

yq_code yq_graph_scratch_new(const yq_graph *g, yq_graph_scratch **out, yq_err *err)
{
    *out = NULL;
    yq_graph_scratch *s = calloc(1, sizeof *s);
    if (s && make_room(g, s)) return *out = s, YQ_OK;
    yq_graph_scratch_free(s);
    return yq_fail(err, YQ_NOMEM, 0, "no memory to search for ways");
}

void yq_graph_scratch_free(yq_graph_scratch *s)
{
    if (!s) return;
    for (int k = 0; k < LAYERS; k++) {
        free(s->reach[k]);
        free(s->reached[k].v);
    }
    free(s->near);
    free(s->nearby.v);
    free(s->ahead);
    free(s->aheads.v);
    free(s->ends);
    free(s->held);
    free(s->rows);
    free(s->heap);
    free(s);
}

static void lower(float *value, uint32_t i, double bound, numbers *touched)
{
    float to = (float)bound;
    if (to >= value[i]) return;
    if (isinf(value[i])) touched->v[touched->n++] = i;
    value[i] = to;
}

static void forget(float *value, numbers *touched)
{
    for (uint32_t i = 0; i < touched->n; i++) value[touched->v[i]] = INFINITY;
    touched->n = 0;
}

static void mark_ends(seeking *k, bool on)
{
    FOR_TIES(k->g, k->from, i) k->s->ends[k->g->tie_group[i]] = on ? HOLDS_FROM : 0;
    FOR_TIES(k->g, k->to, i) k->s->ends[k->g->tie_group[i]] = on ? k->s->ends[k->g->tie_group[i]] | HOLDS_TO : 0;
}

static void clean(seeking *k)
{
    for (int i = 0; i < LAYERS; i++) forget(k->s->reach[i], &k->s->reached[i]);
    forget(k->s->near, &k->s->nearby);
    forget(k->s->ahead, &k->s->aheads);
    mark_ends(k, false);
}

static bool hopeless(const seeking *k, double cost)
{
    return cost > k->worst + SLACK;
}

/* ---------------------------------------------------------------- bounds, forwards */

/* Into the groups of everybody one step from the asker, up to their middle. */
static void go_ahead(seeking *k, uint32_t group, double cost)
{
    const yq_graph *g = k->g;
    FOR_MEMBERS(g, group, i) {
        uint32_t stop = g->member_stop[i];
        if (stop == k->from) continue;
        double there = cost + g->member_cost[i];
        if (there < k->first) k->first = there;
        FOR_TIES(g, stop, j)
            if (!(k->s->ends[g->tie_group[j]] & HOLDS_FROM)) lower(k->s->ahead, g->tie_group[j], there + g->tie_cost[j] + g->group_cost[g->tie_group[j]], &k->s->aheads);
    }
}

static void look_ahead(seeking *k)
{
    const yq_graph *g = k->g;
    k->first = k->second = INFINITY;
    FOR_TIES(g, k->from, i) go_ahead(k, g->tie_group[i], (double)g->tie_cost[i] + g->group_cost[g->tie_group[i]]);
    for (uint32_t n = 0; n < k->s->aheads.n; n++) {
        uint32_t group = k->s->aheads.v[n];
        double cost = k->s->ahead[group] + g->group_lowest[group];
        if (cost < k->second) k->second = cost;
    }
}

/* ---------------------------------------------------------------- bounds, backwards */

/* Members of a group that come to the answer through it, at this cost from its middle on. Two steps at least lead to them. */
static void bound_members(seeking *k, uint32_t group, double beyond)
{
    const yq_graph *g = k->g;
    double middle = g->group_cost[group] + beyond;
    if (hopeless(k, k->second + g->group_lowest[group] + middle)) return;
    k->looked += yq_graph_size(g, group);
    FOR_MEMBERS(g, group, i) {
        double cost = g->member_cost[i] + middle;
        if (g->member_stop[i] != k->to && !hopeless(k, k->second + cost)) lower(k->s->near, g->member_stop[i], cost, &k->s->nearby);
    }
}

/* Could a way that comes to the answer at this cost from within the group begin with one step, or, where longer ways are to come, with two? */
static bool joins(const seeking *k, uint32_t group, double cost, bool longer)
{
    const yq_graph *g = k->g;
    if (!hopeless(k, k->s->ahead[group] + cost)) return true;
    return longer && !hopeless(k, k->second + g->group_lowest[group] + g->group_cost[group] + cost);
}

/* The groups of everybody who is near, as long as nobody in them is an end of the way. */
static void bound_groups(seeking *k, unsigned layer, bool longer)
{
    const yq_graph *g = k->g;
    for (uint32_t n = 0; n < k->s->nearby.n; n++) {
        uint32_t stop = k->s->nearby.v[n];
        double near = k->s->near[stop];
        k->looked += g->stop_at[stop + 1] - g->stop_at[stop];
        FOR_TIES(g, stop, i) {
            uint32_t group = g->tie_group[i];
            double cost = near + g->tie_cost[i];
            if (joins(k, group, cost, longer) && !k->s->ends[group]) lower(k->s->reach[layer], group, cost, &k->s->reached[layer]);
        }
    }
}

/* What a search of so many steps needs to know beyond that of one step less. */
static void bound(seeking *k, unsigned steps)
{
    yq_graph_scratch *s = k->s;
    forget(s->near, &s->nearby);
    if (steps == 1) {
        FOR_TIES(k->g, k->to, i) lower(s->reach[0], k->g->tie_group[i], k->g->tie_cost[i], &s->reached[0]);
        return;
    }
    unsigned layer = steps - 2;
    for (uint32_t n = 0; layer && n < s->reached[layer - 1].n; n++) {
        uint32_t group = s->reached[layer - 1].v[n];
        if (!(s->ends[group] & HOLDS_FROM)) bound_members(k, group, s->reach[layer - 1][group]);
    }
    if (layer) bound_groups(k, layer, steps < k->o->steps);
}

/* ---------------------------------------------------------------- the heap of rows */

static void stops_of(const seeking *k, uint32_t r, uint32_t stops[YQ_WAY_STEPS + 1], uint32_t groups[YQ_WAY_STEPS])
{
    for (const row *at = &k->s->rows[r];; at = &k->s->rows[at->before]) {
        stops[at->n] = at->stop;
        if (!at->n) return;
        groups[at->n - 1] = at->group;
    }
}

static int by_number(const uint32_t *a, const uint32_t *b, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

static bool before(const seeking *k, uint32_t a, uint32_t b)
{
    const row *x = &k->s->rows[a], *y = &k->s->rows[b];
    if (x->bound != y->bound) return x->bound < y->bound;
    if (x->n != y->n) return x->n < y->n;
    uint32_t xs[YQ_WAY_STEPS + 1], ys[YQ_WAY_STEPS + 1], xg[YQ_WAY_STEPS], yg[YQ_WAY_STEPS];
    stops_of(k, a, xs, xg);
    stops_of(k, b, ys, yg);
    int order = by_number(xs, ys, x->n + 1);
    return order ? order < 0 : by_number(xg, yg, x->n) < 0;
}

static bool grow(void **v, uint32_t n, uint32_t *cap, size_t item)
{
    if (n < *cap) return true;
    uint32_t more = *cap ? *cap * 2 : 256;
    void *grown = n < MOST_ROWS ? realloc(*v, more * item) : NULL;
    if (!grown) return false;
    *v = grown;
    *cap = more;
    return true;
}

static void push(seeking *k, row r)
{
    yq_graph_scratch *s = k->s;
    if (isinf(r.bound) || hopeless(k, r.bound)) return;
    if (!grow((void **)&s->rows, s->row_count, &s->row_cap, sizeof *s->rows) || !grow((void **)&s->heap, s->heap_count, &s->heap_cap, sizeof *s->heap)) {
        k->no_memory = true;
        return;
    }
    s->rows[s->row_count] = r;
    uint32_t at = s->heap_count++;
    s->heap[at] = s->row_count++;
    for (uint32_t up; at && before(k, s->heap[at], s->heap[up = (at - 1) / 2]); at = up) {
        uint32_t t = s->heap[at];
        s->heap[at] = s->heap[up];
        s->heap[up] = t;
    }
}

static uint32_t pop(seeking *k)
{
    yq_graph_scratch *s = k->s;
    uint32_t best = s->heap[0], last = s->heap[--s->heap_count], at = 0;
    for (uint32_t down; (down = 2 * at + 1) < s->heap_count; at = down) {
        if (down + 1 < s->heap_count && before(k, s->heap[down + 1], s->heap[down])) down++;
        if (!before(k, s->heap[down], last)) break;
        s->heap[at] = s->heap[down];
    }
    s->heap[at] = last;
    return best;
}

/* ---------------------------------------------------------------- ways that were found */

static int by_stops(const yq_graph_way *a, const yq_graph_way *b)
{
    for (unsigned i = 0; i < a->n && i < b->n; i++)
        if (a->step[i].to != b->step[i].to) return a->step[i].to < b->step[i].to ? -1 : 1;
    return (a->n > b->n) - (a->n < b->n);
}

static bool better(const yq_graph_way *a, const yq_graph_way *b)
{
    if (a->cost != b->cost) return a->cost < b->cost;
    return a->n != b->n ? a->n < b->n : by_stops(a, b) < 0;
}

static bool same_groups(const yq_graph_way *a, const yq_graph_way *b)
{
    if (a->n != b->n) return false;
    for (unsigned i = 0; i < a->n; i++)
        if (a->step[i].group != b->step[i].group) return false;
    return true;
}

static void take_out(seeking *k, size_t at)
{
    memmove(&k->found[at], &k->found[at + 1], (k->n - at - 1) * sizeof *k->found);
    k->n--;
}

/* Of more ways through the same groups than wanted, the last goes. */
static void keep_few_alike(seeking *k, const yq_graph_way *w)
{
    size_t alike = 0, last = 0;
    for (size_t i = 0; i < k->n; i++)
        if (same_groups(&k->found[i], w)) alike++, last = i;
    if (k->o->alike && alike > k->o->alike) take_out(k, last);
}

/* found has room for one more than top. */
static void keep(seeking *k, const yq_graph_way *w)
{
    size_t at = 0;
    for (size_t i = 0; i < k->n; i++)
        if (!by_stops(&k->found[i], w)) {
            if (k->found[i].cost <= w->cost) return;
            take_out(k, i);
            break;
        }
    while (at < k->n && better(&k->found[at], w)) at++;
    memmove(&k->found[at + 1], &k->found[at], (k->n - at) * sizeof *k->found);
    k->found[at] = *w;
    k->n++;
    keep_few_alike(k, w);
    if (k->n > k->o->top) k->n = k->o->top;
    if (k->n == k->o->top) k->worst = k->found[k->n - 1].cost;
}

static void finish(seeking *k, uint32_t r)
{
    const yq_graph *g = k->g;
    uint32_t stops[YQ_WAY_STEPS + 1], groups[YQ_WAY_STEPS];
    yq_graph_way w = { .n = k->s->rows[r].n, .cost = k->s->rows[r].cost };
    stops_of(k, r, stops, groups);
    for (unsigned i = 0; i < w.n; i++)
        w.step[i] = (yq_graph_step){ stops[i], groups[i], stops[i + 1], g->tie_label[find_tie(g, stops[i], groups[i])],
                                     g->tie_label[find_tie(g, stops[i + 1], groups[i])] };
    keep(k, &w);
}

/* ---------------------------------------------------------------- rows, forwards */

/* The row in hand while it is made longer. */
typedef struct {
    uint32_t at;                     /* its place in rows */
    uint32_t groups[YQ_WAY_STEPS];   /* that it has passed through */
    unsigned n;
    double cost;
} stretching;

/* Two numbers for each row in hand; after four billion of them they begin anew. */
static void take_turn(yq_graph_scratch *s, const yq_graph *g)
{
    if (s->turn > UINT32_MAX - 4) {
        memset(s->held, 0, (size_t)g->groups * sizeof *s->held);
        s->turn = 0;
    }
    s->turn += 2;
}

static void hold(seeking *k, uint32_t stop, uint32_t turn)
{
    FOR_TIES(k->g, stop, i) {
        uint32_t *held = &k->s->held[k->g->tie_group[i]];
        if (*held < k->s->turn) *held = turn;
    }
}

static bool passed(const stretching *x, uint32_t group)
{
    for (unsigned i = 0; i < x->n; i++)
        if (x->groups[i] == group) return true;
    return false;
}

/* The least cost from a stop to the answer in `left` steps, through groups that hold nobody of the row; INFINITY: none, or the stop is in a group
 * that the row passed through. */
static double bound_of(seeking *k, const stretching *x, uint32_t stop, unsigned left)
{
    const yq_graph *g = k->g;
    const float *reach = k->s->reach[left - 1];
    double best = INFINITY;
    k->looked += g->stop_at[stop + 1] - g->stop_at[stop];
    FOR_TIES(g, stop, i) {
        uint32_t group = g->tie_group[i];
        if (k->s->held[group] >= k->s->turn) {
            if (passed(x, group)) return INFINITY;
            continue;
        }
        double cost = (double)g->tie_cost[i] + g->group_cost[group] + reach[group];
        if (cost < best) best = cost;
    }
    return best;
}

static double step_cost(const yq_graph *g, float tie, uint32_t group, float other)
{
    return (double)tie + g->group_cost[group] + other;
}

/* Makes the row longer through one group by every member from whom the answer can still be reached. */
static void stretch_through(seeking *k, const stretching *x, uint32_t group, float tie, unsigned left)
{
    const yq_graph *g = k->g;
    const row *last = &k->s->rows[x->at];
    uint32_t stop = last->stop;
    k->looked += yq_graph_size(g, group);
    FOR_MEMBERS(g, group, i) {
        uint32_t next = g->member_stop[i];
        if (next == stop) continue;
        double cost = x->cost + step_cost(g, tie, group, g->member_cost[i]);
        if (hopeless(k, cost + g->least * left)) continue;
        push(k, (row){ cost, cost + bound_of(k, x, next, left), next, group, x->at, x->n + 1 });
    }
}

static void stretch_to_answer(seeking *k, const stretching *x, uint32_t group, float tie)
{
    double cost = x->cost + step_cost(k->g, tie, group, k->s->reach[0][group]);
    push(k, (row){ cost, cost, k->to, group, x->at, x->n + 1 });
}

/* Can the row go on through this group? Only the first step knows nothing of what lies beyond. */
static bool promising(const seeking *k, const stretching *x, uint32_t group, float tie, unsigned left)
{
    if (x->n == 0) return true;
    double beyond = k->s->reach[left - 1][group];
    return isfinite(beyond) && !hopeless(k, x->cost + tie + k->g->group_cost[group] + beyond);
}

/* Groups of earlier stops are held at `turn`, those of the last stop that are none of these at turn + 1: these the row may go on through. */
static void stretch(seeking *k, uint32_t r)
{
    const yq_graph *g = k->g;
    uint32_t stops[YQ_WAY_STEPS + 1];
    stretching x = { .at = r, .n = k->s->rows[r].n, .cost = k->s->rows[r].cost };
    unsigned left = k->steps - x.n;
    stops_of(k, r, stops, x.groups);
    take_turn(k->s, g);
    for (unsigned i = 0; i < x.n; i++) hold(k, stops[i], k->s->turn);
    hold(k, stops[x.n], k->s->turn + 1);
    FOR_TIES(g, stops[x.n], i) {
        uint32_t group = g->tie_group[i];
        if (k->s->held[group] != k->s->turn + 1) continue;
        bool last = k->s->ends[group] & HOLDS_TO;
        if (left == 1 && last) stretch_to_answer(k, &x, group, g->tie_cost[i]);
        if (left > 1 && !last && promising(k, &x, group, g->tie_cost[i], left)) stretch_through(k, &x, group, g->tie_cost[i], left - 1);
    }
}

/* ---------------------------------------------------------------- the search */

/* Ways of so many steps, neither more nor less. */
static void search(seeking *k, unsigned steps)
{
    yq_graph_scratch *s = k->s;
    k->steps = steps;
    s->row_count = s->heap_count = 0;
    push(k, (row){ .stop = k->from });
    while (s->heap_count && !k->no_memory && !k->cut) {
        uint32_t r = pop(k);
        if (hopeless(k, s->rows[r].bound)) return;
        if (s->rows[r].n == steps) finish(k, r);
        else stretch(k, r);
        k->cut = k->o->work && k->looked > k->o->work;
    }
}

static void seek(seeking *k)
{
    mark_ends(k, true);
    look_ahead(k);
    for (unsigned steps = 1; steps <= k->o->steps && !k->cut && !k->no_memory && !hopeless(k, steps < 2 ? k->first : k->second + (steps - 2) * k->g->least); steps++) {
        bound(k, steps);
        search(k, steps);
    }
    clean(k);
}

yq_code yq_graph_ways(const yq_graph *g, yq_graph_scratch *s, uint32_t from, uint32_t to, const yq_ways_options *options, yq_graph_way *ways, size_t *n,
                      bool *cut, yq_err *err)
{
    *n = 0;
    if (cut) *cut = false;
    if (from >= g->stops || to >= g->stops || options->top < 1 || options->top > YQ_WAYS_MAX || options->steps < 1 || options->steps > YQ_WAY_STEPS)
        return yq_fail(err, YQ_INVALID, 0, "ways lead from one stop to another, 1 to %d of them, of 1 to %d steps", YQ_WAYS_MAX, YQ_WAY_STEPS);
    if (from == to) return YQ_OK;
    yq_graph_way found[YQ_WAYS_MAX + 1];
    seeking k = { .g = g, .s = s, .o = options, .from = from, .to = to, .found = found, .worst = INFINITY };
    seek(&k);
    if (k.no_memory) return yq_fail(err, YQ_NOMEM, 0, "too many ways to look at");
    memcpy(ways, found, k.n * sizeof *found);
    *n = k.n;
    if (cut) *cut = k.cut;
    return YQ_OK;
}
