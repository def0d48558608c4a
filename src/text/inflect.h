/* text/inflect.h - the other written forms of an English term: plural and singular, spelling of the other side of the Atlantic, hyphen or blank. For
 * the build of the lexicon; a text then needs no stemming to be looked up. */
#ifndef YQ_INFLECT_H
#define YQ_INFLECT_H

#include "base/base.h"

enum { YQ_MAX_INFLECTIONS = 24 };

/* Writes at most YQ_MAX_INFLECTIONS forms of the lower-case term, all different from it and from each other; returns how many. verb: also what a verb
 * becomes (screening, screened). A term with other letters than English ones has none. */
size_t yq_inflect(yq_arena *a, yq_str term, bool verb, yq_str out[YQ_MAX_INFLECTIONS]);

#endif
