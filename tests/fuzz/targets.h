/* tests/fuzz/targets.h - everything of the program that takes bytes from others, as one table: a name, and a function that feeds it bytes.
 *
 * A target does more than not crash: what comes out must hold what the face promises (a span lies in its text, a reading passes the wire, findings are
 * JSON). A promise that is broken ends the process with abort(), as a sanitizer would.
 */
#ifndef YQ_FUZZ_TARGETS_H
#define YQ_FUZZ_TARGETS_H

#include "base/base.h"

typedef struct {
    const char *name;
    void (*feed)(yq_arena *a, const char *name, yq_str bytes);
    size_t most; /* bytes worth trying */
} fuzz_target;

extern const fuzz_target fuzz_targets[];
extern const size_t fuzz_target_count;

/* NULL: none of that name. */
const fuzz_target *fuzz_target_of(const char *name);
/* Feeds the bytes, from a copy of exactly their length, so that one byte too far is seen. */
void fuzz_feed(const fuzz_target *t, const void *bytes, size_t n);

#endif
