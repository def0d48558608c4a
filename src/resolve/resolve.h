/* resolve/resolve.h - which written names are one person, one organisation?
 *
 * First version: exact and normalised names, the abbreviations a document defines, and for persons one name at a shared organisation. Everything
 * else stays apart: two people of one name at two institutions are two. Pure: known entities and new mentions in, decisions out; each decision
 * says why in words and can be taken back.
 */
#ifndef YQ_RESOLVE_H
#define YQ_RESOLVE_H

#include "text/text.h"

typedef enum { YQ_PERSON, YQ_ORGANIZATION } yq_identity_kind;

/* One name in one document, with what the document says beside it. */
typedef struct {
    yq_identity_kind kind;
    yq_str name;              /* canonical in the document */
    const yq_str *forms;      /* other written forms there */
    size_t form_count;
    const int64_t *orgs;      /* persons: entity ids of the organisations in their roles, already resolved */
    size_t org_count;
    yq_str position, cohort;
} yq_mention;

typedef enum { YQ_SAME, YQ_UNDECIDED, YQ_DIFFERENT } yq_verdict;

typedef struct {
    yq_verdict verdict;
    int64_t entity;           /* the known entity (SAME, UNDECIDED); 0: none, make a new one */
    double probability;
    char reason[160];         /* evidence in words: "name equal; works at the same hospital" */
} yq_decision;

/* What is known, asked through callbacks so that a register of any size lies behind it. */
typedef struct {
    void *self;
    /* Entities of the kind that carry a name with this folded form; returns how many, at most cap. */
    size_t (*by_name)(void *self, yq_identity_kind kind, yq_str folded, int64_t *out, size_t cap);
    /* Organisations that a person's accepted roles name. */
    size_t (*orgs_of)(void *self, int64_t person, int64_t *out, size_t cap);
    /* A person decided: these two are different (or the same: 1, different: -1, nothing: 0). */
    int (*ruled)(void *self, int64_t a, int64_t b);
} yq_known;

yq_code yq_resolve(yq_arena *a, const yq_known *known, const yq_mention *mention, yq_decision *out, yq_err *err);

/* Parts of an organisation's name that do not tell it from another: 有限公司 endings, 附属 word order, city in brackets. Used for folding:
 * 吉林大学附属第一医院 and 吉林大学第一附属医院 and 吉林大学第一医院 stay apart unless a document or a person says so. */
yq_str yq_org_key(yq_arena *a, yq_str name);

#endif
