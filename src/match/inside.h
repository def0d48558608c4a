/* match/inside.h - what kept needs (standing.c) and learning (tune.c) use of the match. Shared inside match/ only. */
#ifndef YQ_MATCH_INSIDE_H
#define YQ_MATCH_INSIDE_H

#include "match/condition.h"
#include "match/evidence.h"

#define MET_CONDITION 1.15 /* times the score, for each condition that is met */

/* The need of a question, with its conditions; both borrow from the arena and the question. */
void match_read_need(yq_arena *a, yq_index *index, const yq_viewer *v, const yq_need_question *q, need *n, asked_conditions *beside);

/* Lists as yq_match makes them, from these passages alone. t: reader, viewer, arena, need and `only` are set. */
yq_code match_document(const tally *t, const yq_need_question *q, const asked_conditions *beside, const int64_t *passages, size_t n, const score_weights *w, yq_match_lists *out, yq_err *err);

/* Scores of those candidates that were looked at closely, by the weights given. */
typedef struct {
    int64_t entity;
    double part[SCORE_PARTS], score;
} judged_candidate;
typedef YQ_VEC(judged_candidate) judged_candidates;
yq_code match_candidates(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, const score_weights *w, judged_candidates *out, yq_err *err);

#endif
