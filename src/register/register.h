/* register/register.h - the register: documents read, entities known, facts with their sentences.
 *
 * Joins the pure engines to the store. One document is one act: read, extract, resolve, one journal entry for the reading and one for its
 * identity decisions, projected in one transaction, then its passages handed to the index.
 */
#ifndef YQ_REGISTER_H
#define YQ_REGISTER_H

#include "extract/extract.h"
#include "index/index.h"
#include "resolve/resolve.h"
#include "store/store.h"

typedef struct yq_register yq_register; /* one writer; readers open their own yq_reader */

yq_code yq_register_open(yq_store *store, yq_register **out, yq_err *err); /* opens the index beside the store and lets it catch up */
void yq_register_close(yq_register *r);
yq_index *yq_register_index(yq_register *r);
/* The index on disk as the last commit left it, for a process beside the one that writes; never written through. The caller closes it. */
yq_code yq_register_index_beside(yq_store *store, yq_index **out, yq_err *err);
/* yq_rebuild with the register's projectors; the index is made again at the next open. */
yq_code yq_register_rebuild(yq_store *store, yq_err *err);
/* Erases a person from a document for good: part `part` of the reading that is entry `sequence`, and what was typed of them in its reviews (those
 * corrections replay as refusals). The store rebuilds; an open register follows at its next commit. Errors: YQ_NOTFOUND - no such part. */
yq_code yq_register_erase(yq_store *store, int64_t sequence, size_t part, yq_err *err);

/* ---------------------------------------------------------------- import */

typedef enum { YQ_IMPORT_NEW, YQ_IMPORT_KNOWN, YQ_IMPORT_REREAD } yq_import_outcome;

typedef struct {
    yq_import_outcome outcome;
    int64_t document;
    char ulid[YQ_ULID_CHARS + 1]; /* of the document, as seen outside */
    uint32_t found, doubtful; /* findings; those below 0.8 */
    char unread[240];         /* which attachments or entries were refused, and why; "" for none */
} yq_import_result;

/* Reads one document into the register; the same bytes again change nothing (KNOWN). stem: name without folder. Journalled, not yet
 * searchable: see yq_register_commit. Errors of intake pass through. */
yq_code yq_register_import(yq_register *r, yq_str name, yq_str bytes, yq_import_result *out, yq_err *err);
/* Writes of several documents are one transaction between begin and commit (groups; a crash loses at most the open group). */
yq_code yq_register_begin(yq_register *r, yq_err *err);
yq_code yq_register_commit(yq_register *r, yq_err *err); /* durable, and searchable */
void yq_register_rollback(yq_register *r);
/* Calls committed(arg) after each commit, on the committing thread; commits made inside it call nothing. NULL: no more. */
void yq_register_on_commit(yq_register *r, void (*committed)(void *arg), void *arg);
yq_store *yq_register_store(yq_register *r);

/* ---------------------------------------------------------------- reading (any thread with its own handle) */

typedef struct yq_reader yq_reader;
yq_code yq_reader_open(const char *url, yq_reader **out, yq_err *err);
void yq_reader_close(yq_reader *r);

typedef struct {
    int64_t id;
    char ulid[YQ_ULID_CHARS + 1];
    yq_str kind, name;      /* person, organization, technology, need, event */
    yq_str organization;    /* persons: latest employer; technologies, needs: holder */
    yq_str position;        /* persons: latest */
    int64_t facts, documents;
} yq_entity;
typedef YQ_VEC(yq_entity) yq_entities;

typedef struct {
    yq_str value, date, subject_name, object_name;
} yq_fact_read;

typedef struct {
    int64_t id, document;
    yq_str predicate;       /* role, honour, cohort, spoke, organized, party, holder, need, figure, … */
    int64_t subject;
    int64_t object;         /* entity or 0 */
    char subject_ulid[YQ_ULID_CHARS + 1], object_ulid[YQ_ULID_CHARS + 1], document_ulid[YQ_ULID_CHARS + 1]; /* ids as seen outside */
    yq_str subject_name, object_name, value, date;
    yq_span span, sentence; /* in the document's clean text */
    yq_str sentence_text, document_name, document_date, document_title;
    double confidence;
    unsigned voices;        /* YQ_VOICE_* that found it, 0: people */
    yq_str state;           /* proposed, confirmed, refused */
    bool corrected;         /* a person said otherwise than was read: then `read` is what was read */
    yq_fact_read read;
    bool former;            /* its sentence stands in an earlier reading of the document only */
} yq_fact;
typedef YQ_VEC(yq_fact) yq_facts;

typedef struct {
    int64_t id;
    char ulid[YQ_ULID_CHARS + 1];
    yq_str name, title, date, lang, format, encoding;
    int64_t facts, doubtful;
    int64_t imported_us;
} yq_document;
typedef YQ_VEC(yq_document) yq_documents;

typedef struct {
    int64_t id, document;
    yq_span span;
    yq_str title, text;     /* title: of the document and of the heading above */
    yq_str document_name, document_title, date;
    char document_ulid[YQ_ULID_CHARS + 1];
} yq_passage;

typedef struct {
    int64_t entity;
    char ulid[YQ_ULID_CHARS + 1];
    yq_str kind, name;
    yq_span span;           /* where it is named, in the document */
    double weight;
} yq_named;                 /* an entity named in a passage */
typedef YQ_VEC(yq_named) yq_nameds;

/* Search in the register by hanzi, pinyin or initials ("hxs" finds 何晓顺); empty query: all, most facts first. kind "" = every kind.
 * total: how many there are in all. */
yq_code yq_register_find(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str query, yq_str kind, size_t offset, size_t limit,
                         yq_entities *out, size_t *total, yq_err *err);
yq_code yq_register_entity(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_entity *out, yq_err *err);
/* Every fact with the entity as subject or object, but those that a person refused. */
yq_code yq_register_facts(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_facts *out, yq_err *err);
/* One fact. YQ_NOTFOUND: there is none, it was refused, or the viewer may not see it. */
yq_code yq_register_fact(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t fact, yq_fact *out, yq_err *err);
/* Written forms. */
yq_code yq_register_names(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_facts *out, yq_err *err);
yq_code yq_register_documents(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str query, size_t offset, size_t limit, yq_documents *out,
                              size_t *total, yq_err *err);
/* One document with its clean text and everything found in it (facts, those refused by a person as well, and namings, by position). */
yq_code yq_register_document(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_document *doc, yq_str *clean,
                             yq_facts *facts, yq_nameds *named, yq_err *err);
/* Its bytes as they came, appended to out. Errors: YQ_NOTFOUND - no such document, or its original is not kept. */
yq_code yq_register_original(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_document *doc, yq_buf *out, yq_err *err);

/* ---------------------------------------------------------------- reading for a match: little, and bounded (glance.c) */

/* Between the two everything is read as it stood at the first reading, and reading costs less. */
yq_code yq_reader_begin(yq_reader *r, yq_err *err);
void yq_reader_end(yq_reader *r);

typedef struct {
    int64_t entity; /* 0: none */
    yq_str kind;
    yq_span span;   /* in the document */
} yq_naming;
typedef YQ_VEC(yq_naming) yq_namings;

/* A passage by id (as the index returns it) and who is named in it, by place. */
yq_code yq_register_passage(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t passage, yq_passage *out, yq_namings *named, yq_err *err);
/* The last entity of a kind that a document names at or before a place of its text. */
yq_code yq_register_last_named(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_str kind, uint32_t at, yq_naming *out, yq_err *err);
typedef YQ_VEC(int64_t) yq_ids;
/* The newest passages in which an entity is named. */
yq_code yq_register_passages_naming(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, size_t most, yq_ids *out, yq_err *err);
/* What stands at span in a document's clean text; empty: the viewer may not see it. */
yq_code yq_register_words(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_span span, yq_str *out, yq_err *err);
/* An entity's id as seen outside and its name. */
yq_code yq_register_known_as(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, char ulid[YQ_ULID_CHARS + 1], yq_str *name, yq_err *err);
/* Fills organization and position of e->id. Persons: where they work, by the latest document that says so. Things: who holds them. */
yq_code yq_register_place(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_entity *e, yq_err *err);

typedef struct {
    int64_t document;
    bool itself;            /* said of the entity; else the entity is what it was said with */
    yq_str predicate, value;
    yq_str other;           /* name of the other end, may be empty */
    yq_span sentence;       /* in the document */
    yq_str document_name, document_title, date;
    char document_ulid[YQ_ULID_CHARS + 1];
} yq_claim;
typedef YQ_VEC(yq_claim) yq_claims;

/* The newest claims about an entity of each predicate that answers needs (role, spoke, holder, need, trial, party, honour), tells of a condition (region, budget, deadline) or speaks against it (asks, status) or says
 * that the entity itself asks (asks), latest document first;
 * none that was refused. */
yq_code yq_register_claims(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_claims *out, yq_err *err);

/* ---------------------------------------------------------------- as JSON (said_json.c) */

/* {id, name} under the key. */
void yq_named_json(yq_json *j, const char *key, const char *ulid, yq_str name);
/* The fields of an entity but its id, into an object that the caller has opened. */
void yq_entity_json(yq_json *j, const yq_entity *e);

/* Members of an open object: "document", and of a fact also "sentence" with its span and text. */
void yq_document_json(yq_json *j, const char *ulid, yq_str name, yq_str title, yq_str date);
void yq_said_json(yq_json *j, const yq_fact *f);

/* ---------------------------------------------------------------- the whole in numbers */

typedef struct {
    int64_t documents, people, organizations, technologies, needs, events, facts, doubtful, sequence;
} yq_register_counts;
yq_code yq_register_count(yq_reader *r, const yq_viewer *v, yq_register_counts *out, yq_err *err);

/* Every person and organisation with all mentions, in the form of COMMANDS.md "export of identities". */
yq_code yq_register_identities(yq_reader *r, const yq_viewer *v, yq_buf *out, yq_err *err);

/* ---------------------------------------------------------------- identity decisions by a person: entries, reversible */

/* Each is one entry, and stands above every rule, through settling and another reading of the document. Names of one document are one appearance; ids are those of
 * appearances, without following redirects (yq_register_redirected), or of entities. */

yq_code yq_register_merge(yq_register *r, int64_t keep, int64_t gone, const char *actor, const char *why, yq_err *err);
/* The internal id of an entity that was merged away (or is there), by its ULID, without following its redirect. */
yq_code yq_register_redirected(yq_reader *r, yq_str ulid, int64_t *id, yq_err *err);
/* The two are different after all. Errors: YQ_NOTFOUND - it was not merged. */
yq_code yq_register_unmerge(yq_register *r, int64_t gone, const char *actor, const char *why, yq_err *err);

/* same, different, undecided (set aside) or undo (of the last decision on these two).
 * Errors: YQ_NOTFOUND (no such entity, nothing to undo), YQ_INVALID (already one, of two kinds, another word). */
yq_code yq_register_rule(yq_register *r, int64_t a, int64_t b, yq_str verdict, const char *actor, const char *why, yq_err *err);
/* These n appearances of one entity are somebody else's: together another entity from now on, with their facts. What was said in former readings of their documents goes along.
 * Errors: YQ_NOTFOUND; YQ_INVALID - not all of one entity, one named twice, or none would stay. */
yq_code yq_register_split(yq_register *r, const int64_t *apart, size_t n, const char *actor, const char *why, yq_err *err);
/* The decision in the entry of this number does not stand any more: what it joined is two, what it took apart is one again, earlier decisions hold as before.
 * Errors: YQ_NOTFOUND - there is none that stands; YQ_INVALID - a later one must be taken back first. */
yq_code yq_register_take_back(yq_register *r, int64_t sequence, const char *actor, const char *why, yq_err *err);
int64_t yq_register_sequence(const yq_register *r); /* number of the last entry */

/* ---------------------------------------------------------------- who somebody is: appearances and decisions (appearances.c) */

enum { YQ_APPEARANCE_PLACES = 8 };

/* A name in one document, as part of an entity. */
typedef struct {
    char ulid[YQ_ULID_CHARS + 1], document_ulid[YQ_ULID_CHARS + 1];
    yq_str name, organization, position; /* as the document has them */
    yq_str document_name, document_title, date;
    yq_span place[YQ_APPEARANCE_PLACES]; /* the first of them */
    size_t places;
    int64_t named;                       /* how often */
} yq_appearance_shown;
typedef YQ_VEC(yq_appearance_shown) yq_appearances_shown;

/* Latest document first. total: all of them. */
yq_code yq_register_appearances(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, size_t offset, size_t limit, yq_appearances_shown *out, size_t *total, yq_err *err);

typedef struct {
    int64_t sequence, at_us;
    yq_str verdict;          /* same, different, undecided, split */
    yq_str name_a, name_b;   /* of a split: one that was taken out, and one that stayed */
    char ulid_a[YQ_ULID_CHARS + 1], ulid_b[YQ_ULID_CHARS + 1];
    yq_str actor, why;
} yq_ruling_shown;
typedef YQ_VEC(yq_ruling_shown) yq_rulings_shown;

enum { YQ_RULINGS_MAX = 50 };
/* Decisions of persons about an entity that stand, the latest first, at most YQ_RULINGS_MAX. */
yq_code yq_register_rulings(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_rulings_shown *out, yq_err *err);
void yq_appearances_json(yq_json *j, const yq_appearances_shown *list, size_t total, const yq_rulings_shown *rulings);

/* ---------------------------------------------------------------- the queue of the undecided (queue.c) */

typedef enum { YQ_QUEUE_OPEN, YQ_QUEUE_ASIDE, YQ_QUEUE_DECIDED } yq_queue_state; /* aside: a person left it undecided; decided: told apart */
bool yq_queue_state_named(yq_str name, yq_queue_state *out); /* open, aside, decided; false: there is none of this name */

/* What speaks for or against two being one. */
typedef struct {
    const char *kind;  /* same_name, no_common_organization, … */
    const char *words; /* the same in English */
    bool against;
} yq_sign;

enum { YQ_QUEUE_SIGNS = 4 };

typedef struct {
    yq_entity a, b;                                          /* as they are now */
    char ulid_a[YQ_ULID_CHARS + 1], ulid_b[YQ_ULID_CHARS + 1]; /* the names between which the doubt is: what yq_register_rule takes */
    int64_t facts;                                           /* that hang on the two */
    double probability;
    const yq_sign *sign[YQ_QUEUE_SIGNS];
    size_t signs;
} yq_queue_item;
typedef YQ_VEC(yq_queue_item) yq_queue_items;

typedef struct {
    size_t open, aside, decided;
} yq_queue_counts;

/* Pairs in this state, most facts first; entity 0: all, else those in which it is one. counts: how many in each state. */
yq_code yq_register_queue(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_queue_state state, int64_t entity, size_t offset, size_t limit, yq_queue_items *out,
                          yq_queue_counts *counts, yq_err *err);
void yq_queue_json(const yq_queue_items *list, const yq_queue_counts *counts, yq_json *j);

/* ---------------------------------------------------------------- settling */

typedef struct {
    int model;                                       /* version of the rules */
    size_t appearances, clusters, changed, undecided; /* changed: clusters that differ from before; undecided: pairs */
} yq_settle_outcome;

/* Persons and organisations in their canonical clusters (resolve/settle.h), whatever the order of imports; journals what differs, one entry, none
 * when nothing does. A person's decisions hold. */
yq_code yq_register_settle(yq_register *r, yq_settle_outcome *out, yq_err *err);

#endif
