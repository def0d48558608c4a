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

/* The newest claims about an entity of each predicate that answers needs (role, spoke, holder, need, trial, party, honour) or speaks against it (asks, status) or says
 * that the entity itself asks (asks), latest document first;
 * none that was refused. */
yq_code yq_register_claims(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_claims *out, yq_err *err);

/* ---------------------------------------------------------------- where it was said, as JSON (said_json.c) */

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

yq_code yq_register_merge(yq_register *r, int64_t keep, int64_t gone, const char *actor, const char *why, yq_err *err);
/* The internal id of an entity that was merged away (or is there), by its ULID, without following its redirect. */
yq_code yq_register_redirected(yq_reader *r, yq_str ulid, int64_t *id, yq_err *err);
yq_code yq_register_unmerge(yq_register *r, int64_t gone, const char *actor, const char *why, yq_err *err);

/* same, different, undecided (set aside) or undo (of the last decision on these two). a and b are ids of appearances, without following redirects.
 * Errors: YQ_NOTFOUND (no such entity, nothing to undo), YQ_INVALID (already one, of two kinds, another word). */
yq_code yq_register_rule(yq_register *r, int64_t a, int64_t b, yq_str verdict, const char *actor, const char *why, yq_err *err);

/* ---------------------------------------------------------------- the queue of the undecided (queue.c) */

typedef enum { YQ_QUEUE_OPEN, YQ_QUEUE_ASIDE, YQ_QUEUE_DECIDED } yq_queue_state; /* aside: a person left it undecided; decided: told apart */

typedef struct {
    yq_entity a, b;                                          /* as they are now */
    char ulid_a[YQ_ULID_CHARS + 1], ulid_b[YQ_ULID_CHARS + 1]; /* the names between which the doubt is: what yq_register_rule takes */
    int64_t facts;                                           /* that hang on the two */
    double probability;
    yq_str reason, for_it, against;                          /* in words */
} yq_queue_item;
typedef YQ_VEC(yq_queue_item) yq_queue_items;

/* Most facts first. total: all of this state. */
yq_code yq_register_queue(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_queue_state state, size_t offset, size_t limit, yq_queue_items *out, size_t *total,
                          yq_err *err);
void yq_queue_json(const yq_queue_items *list, size_t total, yq_json *j);

/* ---------------------------------------------------------------- settling */

typedef struct {
    int model;                                       /* version of the rules */
    size_t appearances, clusters, changed, undecided; /* changed: clusters that differ from before; undecided: pairs */
} yq_settle_outcome;

/* Persons and organisations in their canonical clusters (resolve/settle.h), whatever the order of imports; journals what differs, one entry, none
 * when nothing does. A person's decisions hold. */
yq_code yq_register_settle(yq_register *r, yq_settle_outcome *out, yq_err *err);

#endif
