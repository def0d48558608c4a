/* extract/basics.c - what needs no dictionary of names: dates, numbers with their units, quotations, alumni years. */
#include "extract/internal.h"

#include <stdlib.h>

void yq_propose_basics(yq_work *w)
{
    (void)w;
}
