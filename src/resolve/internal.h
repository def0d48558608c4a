/* resolve/internal.h */
#ifndef YQ_RESOLVE_INTERNAL_H
#define YQ_RESOLVE_INTERNAL_H

#include "resolve/resolve.h"
#include "text/lexicon.h"

bool resolve_has_han(yq_str s);

#endif
