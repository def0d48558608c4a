/* register/review.h - what a person decides of the facts that a document was read to say.
 *
 * A decision is an entry of the journal. It is keyed on what the fact says and where, not on a row, so it holds again after the document is read by
 * a newer version (docs/decisions/0017-what-a-person-decided.md): what was confirmed stays even if the new reading does not find it, what was refused stays out, what was
 * corrected stays as it was meant.
 */
#ifndef YQ_REGISTER_REVIEW_H
#define YQ_REGISTER_REVIEW_H

#include "register/register.h"

typedef enum { YQ_CONFIRM, YQ_REFUSE, YQ_CORRECT, YQ_TAKE_BACK } yq_judgement;

/* The judgement of this name: confirmed, refused, corrected, undone. False: there is none. */
bool yq_judgement_named(yq_str name, yq_judgement *out);

/* What a correction changes; a member whose p is NULL stays as it was read. Ends are told by name, an empty name takes the object away. */
typedef struct {
    yq_str value, date, subject, object;
} yq_correction;

typedef struct {
    int64_t fact;
    yq_judgement judgement;
    yq_correction correction; /* of YQ_CORRECT */
} yq_fact_decision;

/* A proposal below this waits for a person; what DOUBTFUL in internal.h counts. */
#define YQ_DOUBTFUL_BELOW 0.8

enum { YQ_REVIEW_MAX = 1000, YQ_CORRECTION_BYTES = 2000 };

/* Journals the decisions, all or none of them, as one entry a document; a new one on a decided fact takes the place of the former. Deciding what is decided so already
 * changes nothing. *changed (may be NULL): how many did. Errors: YQ_NOTFOUND - no such fact; YQ_INVALID - a correction that says nothing, or nothing new, or is too long. */
yq_code yq_register_decide(yq_register *r, const yq_fact_decision *v, size_t n, const char *actor, size_t *changed, yq_err *err);

/* Where a fact stands, also a refused one. YQ_NOTFOUND: there is none, or the viewer may not see it. */
yq_code yq_register_sentence_of(yq_reader *r, const yq_viewer *v, int64_t fact, int64_t *document, yq_span *sentence, yq_err *err);
/* What the document is said to say in a sentence, by position, refused facts too. */
yq_code yq_register_said_in(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_span sentence, yq_facts *out, yq_err *err);
/* A fact as JSON: as in the pages of entities and documents. */
void yq_fact_json(yq_json *j, const yq_fact *f);

/* ---------------------------------------------------------------- reading again */

/* What finds things in a reading, and its version; a test gives another one. */
typedef struct {
    yq_code (*extract)(yq_arena *a, const yq_reading *reading, yq_findings *out, yq_err *err);
    int version;
} yq_extractor;

typedef struct {
    int64_t document; /* 0: there is none that is called so */
    yq_str name;
} yq_reread;
typedef YQ_VEC(yq_reread) yq_rereads;

/* Which documents are meant: by name or id as seen outside; n = 0: all that were read by an older version. */
yq_code yq_register_to_reread(yq_register *r, yq_arena *a, const char *const *which, size_t n, yq_rereads *out, yq_err *err);
/* Reads the kept original again: a new reading takes the place of the former one's proposals; what people decided of facts and identities holds.
 * with NULL: the present extractor. Errors: YQ_NOTFOUND - the original is not kept; those of intake. */
yq_code yq_register_reread(yq_register *r, int64_t document, const yq_extractor *with, yq_import_result *out, yq_err *err);

/* ---------------------------------------------------------------- what people decided, for the tagger to learn from */

typedef struct {
    size_t written, open; /* sentences; left out because something in them waits for a person */
} yq_corrections;

/* Appends sentences with what is right in them, in the .jsonl of `tagger train` (tagger/tagger.h). */
yq_code yq_register_corrections(yq_reader *r, const yq_viewer *v, yq_buf *out, yq_corrections *counts, yq_err *err);

#endif
