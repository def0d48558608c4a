/* resolve/internal.h */
#ifndef YQ_RESOLVE_INTERNAL_H
#define YQ_RESOLVE_INTERNAL_H

#include "resolve/resolve.h"
#include "text/lexicon.h"

bool resolve_has_han(yq_str s);
yq_str resolve_outside(yq_arena *a, yq_str name); /* what stands outside of brackets */

#endif
