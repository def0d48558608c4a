/* match/weights.h - of which parts a score is made, and how much each counts. Shared inside match/ only.
 *
 * score = (sum over parts of weight * part) / (what the whole need weighs). The parts are those that an answer shows. The program ships weights for the best place, for all places
 * together and for a second place; what kind of evidence it was counts nothing by itself until feedback says so (tune.c). */
#ifndef YQ_MATCH_WEIGHTS_H
#define YQ_MATCH_WEIGHTS_H

#include "register/register.h"

/* PART_SOURCES + an evidence_source: the most that this kind of evidence has. */
enum { PART_BEST, PART_WHOLE, PART_SECOND, PART_SOURCES, SCORE_PARTS = PART_SOURCES + 5 };

typedef struct {
    double of[SCORE_PARTS];
    int64_t version; /* 0: as shipped */
} score_weights;

const char *weights_part(int k); /* "best", "whole", "second", "text", … */
score_weights weights_shipped(void);
/* Those in force. */
yq_code weights_read(yq_reader *r, score_weights *out, yq_err *err);

#endif
