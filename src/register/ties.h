/* register/ties.h - who is tied to whom, and by which sentence; the ways to be introduced.
 *
 * Ties are derived: read from the facts that one viewer may see, kept in memory with the journal sequence they were read at, thrown away and read
 * again. A fact that the viewer may not see makes no tie, no way, and no other number of any way. That two names stand in one sentence is no tie.
 */
#ifndef YQ_TIES_H
#define YQ_TIES_H

#include "register/register.h"

/* What a group is: who works there, is a member, spoke at one event or in one session of it, signed one agreement, holds one technology or trial
 * together, was at a school or in one class of it. */
typedef enum { YQ_TIE_WORK, YQ_TIE_SOCIETY, YQ_TIE_EVENT, YQ_TIE_SESSION, YQ_TIE_DEAL, YQ_TIE_THING, YQ_TIE_CLASS, YQ_TIE_SCHOOL, YQ_TIE_KINDS } yq_tie_kind;
const char *yq_tie_word(yq_tie_kind kind); /* "work", "society", … */

typedef struct yq_ties yq_ties; /* immutable; threads share it */

/* Reads them from the register as it stands. Errors: YQ_NOMEM, those of the store. */
yq_code yq_ties_read(yq_reader *r, const yq_viewer *v, yq_ties **out, yq_err *err);
void yq_ties_free(yq_ties *t);
int64_t yq_ties_sequence(const yq_ties *t);
size_t yq_ties_count(const yq_ties *t);

/* ---------------------------------------------------------------- kept while a server runs */

/* Reads ties when they are asked for. Where that took longer than slow_ms, it is done on a thread of its own from then on, and answers come from the former
 * ties until it is done. Safe for several threads. */
typedef struct yq_ties_keeper yq_ties_keeper;
enum { YQ_TIES_SLOW_MS = 100, YQ_TIES_VIEWERS = 4 };

yq_code yq_ties_keeper_open(const char *url, int64_t slow_ms, yq_ties_keeper **out, yq_err *err);
void yq_ties_keeper_close(yq_ties_keeper *k); /* ends what is under way */
/* Borrows until yq_ties_give_back. r: the caller's, read from when ties are read here and now. */
yq_code yq_ties_take(yq_ties_keeper *k, yq_reader *r, const yq_viewer *v, const yq_ties **out, yq_err *err);
void yq_ties_give_back(yq_ties_keeper *k, const yq_ties *t);

/* ---------------------------------------------------------------- ways */

enum { YQ_WAYS_TOP = 3, YQ_WAYS_TOP_MAX = 10 };

typedef struct {
    yq_tie_kind kind;
    yq_entity from, to;
    yq_entity through;   /* the employer, event, agreement, …; id 0: none */
    yq_str detail;       /* a session's heading, a class ("1988级"), or "" */
    yq_str date;         /* of the event, else of the latest document that says so */
    yq_facts facts;      /* that say so: of `from`, then of `to`; one when both are in one, or when `through` is an end itself */
} yq_way_step;

typedef struct {
    double strength;     /* 0..1, the product of its steps' */
    YQ_VEC(yq_way_step) steps;
} yq_way;

typedef struct {
    int64_t sequence;    /* of the journal, that the ties know */
    yq_entity from, to;
    yq_entity end;       /* whom the ways lead to: `to`, or who holds, signed or organised it */
    bool self;           /* the asker is the answer */
    YQ_VEC(yq_way) ways; /* strongest first; empty: there is none */
    bool has_contact;    /* no way: of those tied to `end`, the one whom most ways pass */
    yq_way_step contact; /* from that one to `end` */
} yq_ways;

/* Whom a name or id means, of those the viewer may see. YQ_NOTFOUND: nobody; YQ_INVALID: several, each named with institution and id. */
yq_code yq_register_meant(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str name_or_ulid, yq_entity *out, yq_err *err);
/* The ways from a person or institution to any entity. Errors: YQ_INVALID when `from` is neither. */
yq_code yq_register_ways(yq_reader *r, const yq_ties *t, const yq_viewer *v, yq_arena *a, const yq_entity *from, const yq_entity *to, size_t top,
                         yq_ways *out, yq_err *err);
/* As the API gives it. */
void yq_ways_json(const yq_ways *w, yq_json *j);

#endif
