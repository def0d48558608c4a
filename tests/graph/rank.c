/* PageRank against the walk written out as a matrix, and what must hold of every walk. */
#include "check.h"
#include "graph/graph.h"

#include <math.h>

enum { STOPS = 5, GROUPS = 3 };
static const float costs[GROUPS] = { 0.5f, 1.0f, 0.2f };
static const yq_graph_tie ties[] = { { 0, 0, 0, 0 }, { 1, 0, 0.3f, 0 }, { 1, 1, 0, 0 }, { 2, 1, 0, 0 }, { 3, 1, 0.7f, 0 }, { 0, 2, 0.1f, 0 }, { 2, 2, 0, 0 } };
enum { TIES = sizeof ties / sizeof *ties };

static double weight(float cost)
{
    return exp(-(double)cost);
}

/* The chance to come from one stop to another in one step. */
static double chance(uint32_t from, uint32_t to)
{
    double sum = 0, leave = 0;
    for (int i = 0; i < TIES; i++)
        if (ties[i].stop == from) leave += weight(ties[i].cost) * weight(costs[ties[i].group]);
    for (int i = 0; i < TIES; i++)
        for (int k = 0; ties[i].stop == from && k < TIES; k++) {
            double enter = 0;
            if (ties[k].group != ties[i].group || ties[k].stop != to) continue;
            for (int j = 0; j < TIES; j++)
                if (ties[j].group == ties[i].group) enter += weight(ties[j].cost);
            sum += weight(ties[i].cost) * weight(costs[ties[i].group]) / leave * weight(ties[k].cost) / enter;
        }
    return sum;
}

static void by_matrix(double onward, const double seed[STOPS], double rank[STOPS])
{
    memcpy(rank, seed, STOPS * sizeof *rank);
    for (int round = 0; round < 200; round++) {
        double next[STOPS] = { 0 }, all = 0;
        for (uint32_t a = 0; a < STOPS; a++)
            for (uint32_t b = 0; b < STOPS; b++) next[b] += onward * rank[a] * chance(a, b);
        for (int a = 0; a < STOPS; a++) all += next[a];
        for (int a = 0; a < STOPS; a++) rank[a] = next[a] + (1 - all) * seed[a];
    }
}

static void against_matrix(const yq_graph *g, const char *what, const uint32_t *seeds, size_t n)
{
    double seed[STOPS] = { 0 }, right[STOPS], rank[STOPS], sum = 0, off = 0;
    for (size_t i = 0; i < (seeds ? n : STOPS); i++) seed[seeds ? seeds[i] : i] += 1.0 / (seeds ? (double)n : STOPS);
    by_matrix(0.85, seed, right);
    CHECK(what, yq_graph_rank(g, seeds, n, 0.85, 200, rank, NULL) == YQ_OK);
    for (int i = 0; i < STOPS; i++) {
        sum += rank[i];
        if (fabs(rank[i] - right[i]) > off) off = fabs(rank[i] - right[i]);
    }
    if (!CHECK(what, off < 1e-9)) fprintf(stderr, "  off by %g\n", off);
    CHECK("all walkers are somewhere", fabs(sum - 1) < 1e-9);
}

int main(void)
{
    yq_graph *g;
    double rank[STOPS];
    CHECK("builds", yq_graph_build(STOPS, costs, GROUPS, ties, TIES, &g, NULL) == YQ_OK);
    against_matrix(g, "from everywhere", NULL, 0);
    against_matrix(g, "from one", (const uint32_t[]){ 3 }, 1);
    against_matrix(g, "from two", (const uint32_t[]){ 0, 3 }, 2);
    against_matrix(g, "from one without ties", (const uint32_t[]){ 4 }, 1);
    CHECK("nobody goes on: all are at the seed", yq_graph_rank(g, (const uint32_t[]){ 2 }, 1, 0, 5, rank, NULL) == YQ_OK && rank[2] == 1 && rank[0] == 0);
    CHECK("a seed that is not there is refused", yq_graph_rank(g, (const uint32_t[]){ 9 }, 1, 0.5, 5, rank, NULL) == YQ_INVALID);
    CHECK("no seed is refused", yq_graph_rank(g, (const uint32_t[]){ 0 }, 0, 0.5, 5, rank, NULL) == YQ_INVALID);
    CHECK("to go on for ever is refused", yq_graph_rank(g, NULL, 0, 1, 5, rank, NULL) == YQ_INVALID);
    yq_graph_free(g);
    return check_done();
}
