/* match/stage.h - how far a thing has come, as far as words say it. Shared inside match/ only. */
#ifndef YQ_MATCH_STAGE_H
#define YQ_MATCH_STAGE_H

#include "text/text.h"

/* Both are worth 0 when nothing is said. */
typedef struct {
    float early;     /* a prototype, tried on animals, to be transferred or developed further */
    float available; /* registered, approved, sold, in routine use */
} stage;

/* The words by which a need asks for what can be had today; empty: it does not. plain: simplified. */
yq_str stage_asked(yq_arena *a, yq_str plain);
/* What a clause says of the thing it speaks of; plain: simplified. */
stage stage_said(yq_arena *a, yq_str plain);

#endif
