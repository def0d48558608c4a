/* bench/records.h - texts made up for timing. */
#ifndef BENCH_RECORDS_H
#define BENCH_RECORDS_H

#include "base/base.h"

typedef struct {
    uint64_t state;
} dice;

/* A number below sides. */
uint32_t roll(dice *d, uint32_t sides);
/* So many words, Chinese or English; in the arena. */
yq_str made_text(yq_arena *a, dice *d, uint32_t words);

#endif
