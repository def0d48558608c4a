/* The evidence of a pair in words. */
#include "resolve/link_internal.h"

#include <stdio.h>

enum { MOST_NAME = 200 }; /* bytes of a column's name */

static const char *const level_words[LINK_LEVELS] = { "unknown", "equal", "near", "close", "partly equal", "weakly alike", "different", "exchanged" };

/* Half a sentence a field, written once: a million pairs have millions of them. */
yq_str link_evidence(const link_rows *r, const link_model *m, const link_edge *e)
{
    char out[LINK_FIELDS * (MOST_NAME + 48)];
    size_t n = 0;
    for (size_t f = 0; f < r->fields; f++) {
        unsigned level = link_level(e->pattern, f);
        if (level == LEVEL_UNKNOWN) continue;
        yq_str name = r->field[f].name;
        if (name.n > MOST_NAME) name = yq_sub(name, 0, yq_utf8_back(name, MOST_NAME));
        int bytes = snprintf(out + n, sizeof out - n, "%s%.*s %s %.1f", n ? "; " : "", YQ_FMT(name), level_words[level],
                             link_bits(r, m, e->a, e->b, e->pattern, f));
        if (bytes > 0 && (size_t)bytes < sizeof out - n) n += (size_t)bytes;
    }
    return yq_dup(r->arena, (yq_str){ out, n });
}
