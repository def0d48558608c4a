/* tests/fuzz/inside.h - what the targets share. */
#ifndef YQ_FUZZ_INSIDE_H
#define YQ_FUZZ_INSIDE_H

#include "base/base.h"

/* Ends the process when what was promised does not hold. */
#define PROMISED(what, condition) ((condition) ? (void)0 : fuzz_broken((what), __FILE__, __LINE__))
_Noreturn void fuzz_broken(const char *what, const char *file, int line);

typedef void fuzz_feeder(yq_arena *a, const char *name, yq_str bytes);
fuzz_feeder feed_decode, feed_clean, feed_document, feed_office, feed_wire, feed_extract;                /* documents.c */
fuzz_feeder feed_need, feed_model, feed_marked, feed_segment, feed_link; /* engines.c */

/* base with some bytes changed: each four bytes of changes are a place (24 bits) and a value. Random bytes hardly ever make a binary file that is
 * taken for one; a good file with a few wrong bytes does. In the arena. */
yq_str fuzz_changed(yq_arena *a, yq_str base, yq_str changes);

#endif
