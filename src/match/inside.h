/* match/inside.h - what kept needs (standing.c) and learning (tune.c) use of the match. Shared inside match/ only. */
#ifndef YQ_MATCH_INSIDE_H
#define YQ_MATCH_INSIDE_H

#include "match/evidence.h"

/* Lists as yq_match makes them, from these passages alone. t: reader, viewer, arena, need and `only` are set. */
yq_code match_document(const tally *t, const yq_need_question *q, const int64_t *passages, size_t n, const score_weights *w, yq_match_lists *out, yq_err *err);

/* Scores of those candidates that were looked at closely, by the weights given. */
typedef struct {
    int64_t entity;
    double part[SCORE_PARTS], score;
} judged_candidate;
typedef YQ_VEC(judged_candidate) judged_candidates;
yq_code match_candidates(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, const score_weights *w, judged_candidates *out, yq_err *err);

#endif
