/* register/ties_inside.h - what reading ties and answering from them share. */
#ifndef YQ_TIES_INSIDE_H
#define YQ_TIES_INSIDE_H

#include "graph/graph.h"
#include "register/internal.h"
#include "register/ties.h"

#include <pthread.h>

typedef struct {
    uint8_t kind;      /* yq_tie_kind */
    int64_t entity;    /* the employer, event, agreement, technology, school; 0: none */
    int64_t document;  /* a session or class that is known by its document only */
    yq_str detail;
    char date[11];     /* of an event */
} tie_group;

enum { SCRATCHES = 8 };

struct yq_ties {
    yq_arena *arena;
    yq_graph *graph;
    int64_t sequence;
    yq_viewer viewer;
    const int64_t *entities;    /* of each stop */
    const uint32_t *by_entity;  /* stops in the order of their entities, for finding one */
    const tie_group *groups;
    double *rank;               /* PageRank of each stop */
    pthread_mutex_t lock;       /* of what follows */
    yq_graph_scratch *scratch[SCRATCHES];
    size_t scratches;
};

/* The stop of an entity; UINT32_MAX: it has no tie. */
uint32_t stop_of(const yq_ties *t, int64_t entity);

#endif
