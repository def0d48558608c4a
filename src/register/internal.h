/* register/internal.h - what the register's own files share. */
#ifndef YQ_REGISTER_INTERNAL_H
#define YQ_REGISTER_INTERNAL_H

#include "intake/cage.h"
#include "register/needs.h"
#include "register/register.h"
#include "resolve/identifier.h"

#include <jansson.h>

struct yq_register {
    yq_store *store;
    yq_db *db;
    yq_index *index;
    int64_t indexed; /* journal sequence that the index contains */
    bool group;      /* between begin and commit */
    void (*committed)(void *arg); /* told after each commit, not of those it makes itself */
    void *committed_arg;
    bool telling;
    yq_cage_series *series; /* of the group's documents */
};

/* The journal's last entry, as a reader sees it: what was read under its number may be kept while it is the same. */
yq_code yq_reader_sequence(yq_reader *r, int64_t *sequence, yq_err *err);
bool yq_one_viewer(const yq_viewer *a, const yq_viewer *b);

typedef struct yq_queue_kept yq_queue_kept; /* the queue as it was last read (queue.c) */
void yq_queue_forget(yq_queue_kept *k);

struct yq_reader {
    yq_store *store; /* opened for reading */
    yq_db *db;
    yq_queue_kept *queue; /* NULL: not asked for yet */
    bool counted;         /* and what was counted last, for whom */
    yq_register_counts counts;
    yq_viewer counted_for;
};

/* YQ_NEWER's counterpart: tables that an older program made, where they cannot be made again. */
yq_code yq_refuse_stale(const yq_store *s, yq_err *err);

/* Every id is taken from the block of the entry that brings it, so that replay needs no counter and a damaged table no repair. */
enum { YQ_ID_BITS = 20 };
static inline int64_t yq_id_block(int64_t sequence)
{
    return sequence << YQ_ID_BITS;
}

/* Who owns what is imported here, and who sees it: the one institution of this store, nobody else until it agrees to share. */
enum { YQ_OWN_INSTITUTION = 1 };

/* ---------------------------------------------------------------- what is about to be journalled (body.c) */

typedef struct {
    int64_t id;
    const char *predicate;
    int64_t object;     /* an entity, or 0 */
    yq_str value;
    const char *date;   /* "" or NULL: none */
    yq_evidence evidence;
} yq_new_fact;

typedef struct {
    int64_t id, passage; /* passage 0: outside of every passage */
    yq_span span;
    yq_str form, organization; /* as printed */
} yq_new_mention;

typedef struct {
    yq_str text;
    yq_span span;
} yq_new_form;

typedef struct {
    int64_t id;
    int64_t known;      /* the entity it is, by the decision below; its own id when it is new */
    char ulid[YQ_ULID_CHARS + 1];
    const char *kind;
    yq_str name;
    YQ_VEC(yq_new_form) forms; /* the first is the name */
    YQ_VEC(yq_new_mention) mentions;
    YQ_VEC(yq_new_fact) facts; /* with this entity as subject */
    bool decided;
    yq_decision decision;
    int64_t again;      /* the appearance of the former reading that this one is, or 0 */
} yq_new_entity;

typedef struct {
    int64_t id;
    yq_span span;
    yq_str title, text; /* text empty: the clean text of the span */
} yq_new_passage;

typedef struct {
    int64_t document, reading, replaces; /* replaces: the former reading of the document, or 0 */
    bool again;                          /* and its bytes are the same */
    int extract_version;
    char document_ulid[YQ_ULID_CHARS + 1];
    const yq_reading *read;
    int64_t bytes;
    YQ_VEC(yq_new_passage) passages; /* by position; their ids follow each other */
    YQ_VEC(yq_new_entity) entities;
    YQ_VEC(yq_new_fact) facts;       /* of the document, without a subject */
    int64_t next_id;
} yq_new_reading;

int64_t yq_new_id(yq_new_reading *n);

/* The body of the entry "reading" and its parts, one a person, all in the arena. */
yq_code yq_body_of_reading(yq_arena *a, const yq_new_reading *n, yq_str *body, yq_str **parts, size_t *part_count, yq_err *err);
/* The body of the entry "identity": the decisions on the entities of one document; empty when there is none to tell. */
yq_str yq_body_of_decisions(yq_arena *a, yq_new_reading *n);

/* Names are cut out of every text of the body and stand in the part of the person alone (names.c). */
typedef struct yq_name_cutter yq_name_cutter;
yq_name_cutter *yq_name_cutter_new(yq_arena *a);
void yq_name_cutter_add(yq_name_cutter *c, size_t part, size_t form, yq_str text);
yq_str yq_name_cut(const yq_name_cutter *c, yq_str text);

typedef struct {
    yq_arena *arena;
    json_t **parts; /* parsed; NULL: erased */
    size_t part_count;
} yq_name_source;
yq_str yq_name_restore(const yq_name_source *s, yq_str text);

/* ---------------------------------------------------------------- pieces of the import */

/* Journals a reading with its findings, inside a write; what yq_register_import does once both are there. */
yq_code yq_import_findings(yq_register *r, yq_arena *a, const yq_reading *reading, int64_t bytes, const yq_findings *findings, int version,
                           yq_import_result *out, yq_err *err);
void yq_cut_passages(yq_arena *a, yq_new_reading *n);
/* Entities, mentions and facts from findings; decides who is known already. */
yq_code yq_assemble(yq_arena *a, yq_store *store, const yq_findings *f, yq_new_reading *n, yq_err *err);
/* One finding of a name in rows of a table may be several people (apart.c): how many, and each with what is said of it. At least one. */
size_t yq_tell_apart(yq_arena *a, const yq_reading *reading, const yq_findings *f, const yq_found_person *p, yq_found_person **out);
/* Identifiers that the text tells, each with the mention of its owner (identifiers.c). */
typedef struct {
    yq_identifier id;
    bool person;
    yq_span owner;
} yq_told_identifier;
typedef YQ_VEC(yq_told_identifier) yq_told_identifiers;
yq_told_identifiers yq_find_identifiers(yq_arena *a, yq_str clean, const yq_findings *f);
/* The forms and the identifiers of an entity with these mentions, which are also added to e; *count: how many. */
const yq_str *yq_forms_with_identifiers(yq_arena *a, const yq_told_identifiers *told, bool person, const yq_evidence *mention, size_t mentions, yq_new_entity *e,
                                        const yq_str *forms, size_t *count);
/* The pointer holds until the next entity is added. Kind and name come with it, the span is its first mention. */
yq_new_entity *yq_add_entity(yq_arena *a, yq_new_reading *n, const char *kind, yq_str name, yq_span span);
void yq_add_mention(yq_arena *a, yq_new_reading *n, yq_new_entity *e, yq_span span, yq_str organization);
void yq_add_form(yq_arena *a, yq_new_entity *e, yq_str text, yq_span span);
yq_new_fact *yq_add_fact(yq_arena *a, yq_new_reading *n, yq_new_entity *e, const char *predicate, int64_t object, yq_str value, const yq_evidence *ev);

/* What a name is ranked by where several are known: one in Chinese characters has this and more, others less. */
enum { YQ_RANK_HAN = 1000 };

/* The people of an organisation, by their names in one script. */
typedef struct {
    int64_t org;
    bool han;
    size_t cap; /* how many were asked for */
    YQ_VEC(yq_known_name) names;
} yq_staff;

/* The store's side of yq_known, for one document (known.c). */
typedef struct {
    yq_arena *arena;
    yq_db *db;
    const yq_new_reading *reading; /* its organisations are known by name before they are journalled */
    YQ_VEC(int64_t) joined;        /* pairs: this known entity is, from this document on, that one */
    YQ_VEC(yq_staff) staffs;       /* that were asked for */
} yq_knowledge;
yq_known yq_knowledge_face(yq_knowledge *k);
int64_t yq_knowledge_now(const yq_knowledge *k, int64_t entity); /* follows joined */
/* What the former reading of the same bytes named so, of the kind and nearest to this place, that none of `taken` is: its appearance and whoever that is now. 0: nothing. */
yq_code yq_known_again(yq_knowledge *k, const yq_new_entity *e, const int64_t *taken, size_t n, int64_t *appearance, int64_t *entity, yq_err *err);
/* A known technology, need, event … of this kind and name that nothing speaks against; 0: none. */
int64_t yq_known_thing(yq_knowledge *k, const yq_new_entity *e, int64_t holder, yq_str date);

/* ---------------------------------------------------------------- decisions (identity.c) */


typedef struct {
    int64_t gone, keep;
    yq_str by, reason;
    int64_t sequence; /* of the entry that made it */
} yq_redirect;
typedef YQ_VEC(yq_redirect) yq_redirects;
yq_redirect yq_redirect_of(const json_t *v); /* as it stands in an entry; borrowed */

/* What has become of an appearance, as the tables have it, and as the redirects lead. */
yq_code yq_identity_survivor(yq_db *db, int64_t entity, int64_t *out, yq_err *err);
yq_code yq_identity_end(yq_db *db, int64_t entity, int64_t *end, yq_err *err);
int yq_verdict_number(yq_str verdict); /* "same" 1, "different" -1, others 0 */
/* The appearance of the present reading with the document, kind, name and place among its namesakes of one of a former reading; 0: none. */
yq_code yq_identity_heir(yq_db *db, int64_t former, int64_t *heir, yq_err *err);
/* What has become of the one that stood in a former reading of the document under this name, `before` namesakes before it, if a person decided
 * about it; else 0. */
yq_code yq_identity_former(yq_db *db, int64_t document, const char *kind, yq_str name, int64_t before, int64_t *survivor, yq_err *err);

/* ---------------------------------------------------------------- projectors */

void yq_register_projectors(yq_store *s);
yq_code yq_project_reading(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err);
yq_code yq_project_identity(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err);

yq_code yq_project_review(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err);

void yq_project_needs(yq_store *s); /* the projectors of needs_project.c: needs, news, seen, feedback, weights */

/* By text and kind: one need is one row (needs_read.c). */
int64_t yq_need_meet(yq_arena *a, const yq_need_act *of);

/* Where a row of the projection stands. */
typedef struct {
    int64_t document, reading, owner, sharing, sequence;
} yq_place;
typedef struct {
    int64_t entity, mention, passage;
    yq_str kind, name;
    yq_span span;
} yq_named_again;
yq_code yq_put_appearance(yq_store *s, yq_arena *a, const yq_place *at, const json_t *entity, yq_err *err);
yq_code yq_put_back(yq_store *s, yq_arena *a, const yq_place *at, const yq_named_again *n, yq_err *err);

/* A decision on two appearances, journalled inside a write (ruling.c). */
yq_code yq_identity_append(yq_register *r, int64_t a, int64_t b, const char *verdict, const char *actor, const char *why, yq_err *err);
/* Begins a write unless the caller has; `alone` tells, and leave ends it then: committed, or rolled back on an error. */
yq_code yq_register_enter(yq_register *r, bool *alone, yq_err *err);
yq_code yq_register_leave(yq_register *r, bool alone, yq_code rc, yq_err *err);

/* ---------------------------------------------------------------- what people decided of facts (decided.c, review.c) */

enum { YQ_REVIEW_IDS = 8 }; /* that one decision may use: its own, two mentions, a fact, two entities with a mention each */
/* Applies every decision that stands for a document to the facts of its present reading. */
yq_code yq_decided_again(yq_store *s, yq_arena *a, int64_t document, yq_err *err);

/* ---------------------------------------------------------------- index (indexing.c) */

yq_code yq_indexing_open(yq_register *r, yq_err *err);
yq_code yq_indexing_catch_up(yq_register *r, yq_err *err);
void yq_indexing_forget(const yq_store *store);

/* ---------------------------------------------------------------- small helpers over the store (sql.c) */

/* "t" is the alias of a table with owner and sharing. The viewer is bound by yq_bind_viewer. */
#define VISIBLE(t) "(" t ".owner = :institution OR " t ".sharing <= :level)"
void yq_bind_viewer(yq_stmt *s, const yq_viewer *v);
/* The best visible name of the entity in column c. */
#define NAME_OF(c)                                                                                                              \
    "(SELECT n.text FROM name n WHERE n.entity = " c " AND n.main = 1 AND " VISIBLE("n") " ORDER BY n.rank DESC, n.text LIMIT 1)"
/* The id seen outside: that of the first appearance which the viewer may see. It leads here, and tells nothing of those before it. */
#define ULID_OF(c) "(SELECT u.ulid FROM entity u WHERE u.survivor = " c " AND " VISIBLE("u") " ORDER BY u.id LIMIT 1)"

/* Does the fact of alias t count? The one place that says so: what a person refused is seen by nobody but who reviews the document. */
#define NOT_REFUSED(t) t ".state <> 'refused'"
#define STANDS(t) "(" NOT_REFUSED(t) " AND " VISIBLE(t) ")"
/* What a person confirmed is sure, whatever the reader of the document thought of it. */
#define SURENESS(t) "(CASE WHEN " t ".state = 'confirmed' THEN 1.0 ELSE " t ".confidence END)"
/* Waits for a person: below 0.8 and nobody has decided. */
#define DOUBTFUL(t) "(" t ".state = 'proposed' AND " t ".confidence < 0.8 AND " VISIBLE(t) ")"

/* One row or none: the first column as an integer; `otherwise` when there is no row. */
yq_code yq_one_int(yq_stmt *s, int64_t otherwise, int64_t *out, yq_err *err);
/* Steps a statement that changes rows, and finishes it. */
yq_code yq_change(yq_stmt *s, yq_err *err);
yq_str yq_kept(yq_arena *a, yq_stmt *s, int col); /* a text column, copied */

#endif
