/* resolve/settle.h - the canonical clusters: who is who, whatever the order in which documents came.
 *
 * A pure function of the appearances, of what persons decided and of this program's model. Documents are read again in a canonical order, each by
 * the rules of resolve.h against those before it; what stayed in doubt is asked once more when all are known. A person's decision stands above:
 * "same" joins before anything else does, "different" keeps two clusters apart whatever would join them, over any number of steps.
 */
#ifndef YQ_SETTLE_H
#define YQ_SETTLE_H

#include "resolve/resolve.h"

/* Changes with every change of a rule or a weight; stands in each entry of the journal that was made by it. */
enum { YQ_SETTLE_MODEL = 1 };

typedef struct {
    yq_str text, meet, latin; /* as written; yq_name_key; yq_latin_key, empty but for main names */
} yq_settle_name;

/* One name in one document. */
typedef struct {
    yq_identity_kind kind;
    size_t document;            /* appearances of one document stand together, organisations first */
    const yq_settle_name *name; /* [0] is the main one */
    size_t names;
    const size_t *org;          /* persons: the appearances of the organisations in their roles */
    size_t orgs;
} yq_appearance;

/* A person's decision: same 1, different -1, taken back 0. The later one of a pair holds; among pairs the later one wins. */
typedef struct {
    size_t a, b;
    int verdict;
} yq_ruling;

typedef struct {
    size_t a, b;
    double probability;
    yq_str reason;
} yq_settled_pair;
typedef YQ_VEC(yq_settled_pair) yq_settled_pairs;

typedef struct {
    size_t *cluster;        /* by appearance: the first one of its cluster */
    yq_settled_pairs same;  /* what joined them */
    yq_settled_pairs doubt; /* pairs of different clusters that a person should look at; none that a person decided */
} yq_settled;

/* Appearances in canonical order, rulings as they were made. Errors: YQ_NOMEM. */
yq_code yq_settle(yq_arena *a, const yq_appearance *v, size_t n, const yq_ruling *ruling, size_t rulings, yq_settled *out, yq_err *err);

#endif
