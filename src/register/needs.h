/* register/needs.h - what is looked for and kept, what was found for it later, what became of the answers, and the weights that were learnt from that.
 *
 * Every act of a person on a need is an entry of the journal (docs/decisions/0026-standing-needs.md). What names a person, or may, stands in a part of its own: the text of a need
 * and who asked, which answer a mark is on, who set it. An answer is told by the number of its appearance and a place in a document, never by a name.
 */
#ifndef YQ_REGISTER_NEEDS_H
#define YQ_REGISTER_NEEDS_H

#include "register/register.h"

enum {
    YQ_NEED_BYTES = 16000,  /* of a need's text */
    YQ_NEED_WHO_BYTES = 200,
    YQ_NEED_CONDITION_BYTES = 8000, /* of a line of conditions */
    YQ_NEEDS_KEPT_MAX = 5000,
    YQ_SHOWN_MAX = 400      /* answers that one act shows */
};

/* ---------------------------------------------------------------- acts */

/* An answer and the sentence that says so. */
typedef struct {
    int64_t need;           /* of news; else 0 */
    int64_t entity, document;
    yq_span span;           /* in the document's present reading */
    double score;
} yq_shown;

typedef enum { YQ_ACT_KEEP, YQ_ACT_CLOSE, YQ_ACT_SEEN, YQ_ACT_MARK, YQ_ACT_UNMARK, YQ_ACT_KINDS } yq_act_kind;
const char *yq_act_name(yq_act_kind kind);                /* "keep", "close", "seen", "mark", "unmark" */
bool yq_act_named(yq_str name, yq_act_kind *out);

typedef struct {
    yq_act_kind kind;
    yq_str need;            /* id as seen outside; SEEN: empty means all. KEEP, MARK: empty, then text says which */
    yq_str text, want, who; /* KEEP: who asks; MARK: who says so */
    yq_str where, without;  /* with a text: conditions that came beside it, and those of its words that do not count, a line each (match/match.h) */
    const yq_shown *shown;  /* KEEP: what is an answer now, and therefore no news */
    size_t shown_count;
    yq_str entity, mark;    /* MARK, UNMARK: id as seen outside */
} yq_need_act;

/* Journals it; nothing when it is so already (*changed false; may be NULL). ulid: of the need it was about. A mark on a need that nobody keeps remembers the need without keeping
 * it. Errors: YQ_NOTFOUND (need, answer), YQ_INVALID (empty or too long, no such mark, too many kept). */
yq_code yq_register_act(yq_register *r, const yq_need_act *act, char ulid[YQ_ULID_CHARS + 1], bool *changed, yq_err *err);
/* The same act as one line of JSON, and back; what is read borrows from the arena. False: it is none. */
void yq_act_json(const yq_need_act *act, yq_json *j);
bool yq_act_read(yq_arena *a, yq_str json, yq_need_act *out);

/* useful, not_useful, contacted, declined, met, signed. The first two take each other's place. */
bool yq_mark_known(yq_str mark);
const char *yq_mark_name(size_t i); /* NULL: there are only i marks */

/* ---------------------------------------------------------------- needs */

typedef struct {
    int64_t id;
    char ulid[YQ_ULID_CHARS + 1];
    yq_str text, want, where, without, who, state; /* state: kept, closed, asked (only marked) */
    int64_t kept_us, sequence;     /* sequence: of the entry that keeps it; what came before is no news */
    int64_t told, unseen;          /* news */
} yq_kept_need;
typedef YQ_VEC(yq_kept_need) yq_kept_needs;

/* state empty: all; latest kept first. */
yq_code yq_register_needs(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str state, yq_kept_needs *out, yq_err *err);
yq_code yq_register_need(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid, yq_kept_need *out, yq_err *err);
/* The need of the text, the kind and the conditions that an act names; YQ_NOTFOUND. */
yq_code yq_register_need_of(yq_reader *r, const yq_viewer *v, yq_arena *a, const yq_need_act *of, yq_kept_need *out, yq_err *err);

/* ---------------------------------------------------------------- news */

typedef struct {
    int64_t id, need, entity, document;
    char need_ulid[YQ_ULID_CHARS + 1], ulid[YQ_ULID_CHARS + 1], document_ulid[YQ_ULID_CHARS + 1];
    yq_str need_text, kind, name, organization, position;
    yq_str sentence, document_name, document_title, date;
    yq_span span;
    double score;
    bool news, fresh, unseen; /* fresh: it was no answer to this need before */
    int64_t told_us;
} yq_notice;
typedef YQ_VEC(yq_notice) yq_notices;

typedef struct {
    int64_t need;  /* 0: all that are kept */
    yq_str who;    /* empty: whoever asked */
    bool unseen, with_known; /* only what was not looked at; also what was an answer when the need was kept */
    size_t limit;  /* 0: 200 */
} yq_notice_filter;

/* Latest first. Who was erased is in no list. */
yq_code yq_register_notices(yq_reader *r, const yq_viewer *v, yq_arena *a, const yq_notice_filter *f, yq_notices *out, yq_err *err);
yq_code yq_register_unseen(yq_reader *r, const yq_viewer *v, int64_t *out, yq_err *err);
/* Journals news: those whose answer was not told with this sentence before, to this need. *told: how many. With none of them the entry says only that all until now was looked
 * at; `mark` false leaves that out. */
yq_code yq_register_tell(yq_register *r, const yq_shown *v, size_t n, bool mark, size_t *told, yq_err *err);
typedef struct {
    int64_t need;
    yq_str kind;
    double score;
} yq_best_known;
typedef YQ_VEC(yq_best_known) yq_best_knowns;

/* For each kept need the best answer of each kind when it was kept. */
yq_code yq_register_best_known(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_best_knowns *out, yq_err *err);
/* The last entry until which everything was looked at; 0: none. */
yq_code yq_register_looked_at(yq_reader *r, int64_t *sequence, yq_err *err);
/* The last entry that kept or closed a need. */
yq_code yq_register_needs_changed(yq_reader *r, int64_t *sequence, yq_err *err);

/* ---------------------------------------------------------------- what arrived */

/* Documents whose present reading an entry after `sequence` brought, in order. */
yq_code yq_register_arrivals(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t sequence, int64_t **documents, size_t *n, yq_err *err);

typedef struct {
    int64_t id;
    yq_str title, text;
} yq_arrived_passage;

/* Somebody named in a passage; or (passage 0) said to be something by a fact, whose words are `said`. */
typedef struct {
    int64_t entity, passage;
    yq_str kind, said;
} yq_arrived_naming;

typedef struct {
    int64_t document, sequence; /* sequence: of the entry that brought it */
    YQ_VEC(yq_arrived_passage) passages;
    YQ_VEC(yq_arrived_naming) namings;
} yq_arrived;
yq_code yq_register_arrived(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_arrived *out, yq_err *err);

/* ---------------------------------------------------------------- feedback */

typedef struct {
    int64_t need, entity;
    char ulid[YQ_ULID_CHARS + 1];
    yq_str kind, name, mark, who;
    int64_t at_us;
} yq_feedback;
typedef YQ_VEC(yq_feedback) yq_feedbacks;

/* need 0: of all. By need and answer; of one answer in the order of the marks. */
yq_code yq_register_feedback(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t need, yq_feedbacks *out, yq_err *err);

typedef struct {
    yq_kept_need need;
    int64_t shown, useful, not_useful, contacted, declined, met, signed_; /* answers; a meeting counts as a contact as well, a signature as both */
} yq_need_report;
typedef YQ_VEC(yq_need_report) yq_need_reports;

/* Per need that is kept, was kept or has marks; total: the last row, whose need has no text. */
yq_code yq_register_report(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_need_reports *out, yq_err *err);
/* Of the judged answers those judged useful; below 0 when none is judged. */
double yq_report_precision(const yq_need_report *r);

/* ---------------------------------------------------------------- learnt weights */

typedef struct {
    const char *part;
    double weight;
} yq_weight;

/* Fills weight of those parts that the version in force has; *version 0: nothing was learnt, or it was taken back. */
yq_code yq_register_weights(yq_reader *r, yq_weight *v, size_t n, int64_t *version, yq_err *err);
/* Journals a new version; n 0: back to what the program ships. */
yq_code yq_register_weigh(yq_register *r, const yq_weight *v, size_t n, int64_t judgements, int64_t *version, yq_err *err);

/* ---------------------------------------------------------------- as the API gives them */

/* Members of an object; its conditions are match/standing.h's. */
void yq_kept_need_json(yq_json *j, const yq_kept_need *n);
void yq_notice_json(yq_json *j, const yq_notice *n);
void yq_feedback_json(yq_json *j, const yq_feedback *f);
void yq_report_json(yq_json *j, const yq_need_reports *rows);

#endif
