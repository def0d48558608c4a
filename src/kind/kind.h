/* kind/kind.h - what a person, a technology, an open challenge, a bid or an agreement is: kinds/<id>.json as tables.
 *
 * Fields, states, moves, labels in two languages, what is shared by default and what facts may say of a kind are data (docs/kinds.md). The kinds
 * that come with the program were read and checked when it was built, and lie in it as constants: opening costs nothing and threads share them.
 * A folder of kinds can also be read and checked at run time, by the same reader; both give the same tables, and every function here takes either.
 */
#ifndef YQ_KIND_H
#define YQ_KIND_H

#include "base/base.h"

enum {
    YQ_KIND_FILE_MAX = 256 << 10, /* bytes of one file */
    YQ_KINDS_MAX = 64,            /* files */
    YQ_KIND_LIST_MAX = 200,       /* fields, states, moves, choices … of a list, and values of a field with many */
    YQ_ITEM_MAX = 4 << 20         /* bytes of one item as JSON */
};

typedef enum { YQ_ZH, YQ_EN, YQ_TONGUES } yq_tongue;

typedef struct {
    yq_str in[YQ_TONGUES]; /* label.in[YQ_ZH] */
} yq_label;

/* A choice of a field; also a value of a fact, a role, a guard: whatever has an id and is shown under a label. */
typedef struct {
    yq_str id;
    yq_label label;
} yq_choice;
typedef struct {
    const yq_choice *v;
    size_t n;
} yq_choices;

/* Numbers of kinds, fields or states in the list that the comment names. */
typedef struct {
    const uint16_t *v;
    size_t n;
} yq_numbers;

/* ---------------------------------------------------------------- fields */

typedef enum {
    YQ_FIELD_TEXT,      /* one line: JSON string */
    YQ_FIELD_LONG_TEXT, /* paragraphs: JSON string */
    YQ_FIELD_DATE,      /* "2026", "2026-11" or "2026-11-22": as exact as it is known, unless the field says to the day */
    YQ_FIELD_MONEY,     /* {"minor": 12050000, "currency": "CNY"}: the smallest unit, so that nothing is rounded */
    YQ_FIELD_INTEGER,
    YQ_FIELD_CHOICE,    /* the id of a choice */
    YQ_FIELD_ENTITY,    /* the ULID of an entity or item of one of the field's kinds */
    YQ_FIELD_URL,       /* http or https */
    YQ_FIELD_FILE,      /* the ULID of an attachment */
    YQ_FIELD_TYPES
} yq_field_type;

/* Who sees it unless its owner decides otherwise. The numbers are those of sharing everywhere: YQ_SHARE_PUBLIC … YQ_SHARE_OWN of index/index.h. */
typedef enum { YQ_SHARED_PUBLIC, YQ_SHARED_ALLIANCE, YQ_SHARED_PARTNER, YQ_SHARED_OWN, YQ_SHARED_LEVELS } yq_shared;

typedef struct {
    yq_str id;
    yq_label label, hint;    /* the hint may be empty */
    yq_field_type type;
    bool required;           /* in every item; what only a move needs stands in the move */
    bool indexed;            /* projected into typed rows, so that lists can be sorted and searched by it */
    bool many;               /* a JSON list of such values, at most YQ_KIND_LIST_MAX */
    bool whole_day;          /* dates: year, month and day */
    yq_shared sharing;
    int64_t min, max;        /* integers: bounds; texts: max characters */
    yq_choices choices;      /* of YQ_FIELD_CHOICE */
    yq_numbers kinds;        /* of YQ_FIELD_ENTITY: numbers of kinds */
} yq_field;

/* ---------------------------------------------------------------- states and moves */

typedef struct {
    yq_str id;
    yq_label label;
    bool initial; /* exactly one of a kind that has states */
    bool final;   /* no move leaves it */
} yq_state;

/* A set of roles, one bit each. */
typedef enum {
    YQ_ROLE_MEMBER = 1, YQ_ROLE_MANAGER = 2, YQ_ROLE_OFFICE = 4, YQ_ROLE_REVIEWER = 8, YQ_ROLE_OBSERVER = 16, YQ_ROLE_INVESTOR = 32,
    YQ_ROLE_ADMINISTRATOR = 64, YQ_ROLE_PUBLIC = 128
} yq_role;
typedef unsigned yq_roles;
yq_choices yq_role_words(void); /* number i is bit 1 << i */

/* What must hold beside role, state and fields. Kinds name guards; whoever moves items writes each of them in C, in a switch that the compiler
 * holds against this list. The sentences are in guards.c. An empty deadline field satisfies neither of the two guards on it. */
#define YQ_GUARDS(X)                                                                                                         \
    X(OWNER, "owner") X(ASSIGNEE, "assignee") X(NO_CONFLICT, "no_conflict") X(BEFORE_DEADLINE, "before_deadline")             \
    X(AFTER_DEADLINE, "after_deadline") X(CALL_OPEN, "call_open") X(CALL_CLOSED, "call_closed") X(CALL_AWARDED, "call_awarded") \
    X(HAS_BIDS, "has_bids") X(NO_BIDS, "no_bids") X(BIDS_CHECKED, "bids_checked") X(REVIEWERS_ASSIGNED, "reviewers_assigned") \
    X(REVIEWS_COMPLETE, "reviews_complete") X(MILESTONES_PLANNED, "milestones_planned")                                      \
    X(MILESTONES_ACCEPTED, "milestones_accepted") X(PARTIES_AGREED, "parties_agreed")
typedef enum {
#define X(name, id) YQ_GUARD_##name,
    YQ_GUARDS(X)
#undef X
    YQ_GUARD_COUNT
} yq_guard;
/* Number i is the guard i; the label says what must hold, for telling why a move is refused. */
yq_choices yq_guard_words(void);

enum { YQ_NO_FIELD = UINT16_MAX };

typedef struct {
    yq_str id;
    yq_label label;      /* of the button */
    yq_numbers from;     /* numbers of states */
    uint16_t to;
    yq_roles who;
    yq_numbers guards;   /* yq_guard */
    yq_numbers required; /* numbers of fields that must be filled */
    uint16_t deadline;   /* the field with the day at whose end (24:00, Asia/Shanghai) the move is due, or YQ_NO_FIELD */
} yq_move;

/* ---------------------------------------------------------------- facts */

typedef struct {
    yq_str id;
    yq_label label;
    yq_numbers to;       /* numbers of the kinds at which the fact may end; none: it says a value */
    yq_choices values;   /* values that are words of the program; none: the value is text of the document */
} yq_predicate;

/* ---------------------------------------------------------------- kinds */

/* May a need be answered with things of this kind? */
typedef enum { YQ_WANTED_NEVER, YQ_WANTED_IF_ASKED, YQ_WANTED_ALWAYS /* also when no kind was asked for */ } yq_wanted;

typedef struct {
    yq_str id;
    yq_label label, plural, description;
    int64_t order;       /* in which kinds are shown; unique */
    bool listed;         /* documents name such things and the register lists them; else only a case that moves through states */
    bool subject;        /* whole documents are about one of them (a call, a policy), not only a sentence */
    yq_wanted wanted;
    yq_shared sharing;   /* of fields that say nothing else */
    uint16_t named_by;   /* the field that is its name in lists */
    struct { const yq_field *v; size_t n; } fields;
    struct { const yq_state *v; size_t n; } states; /* in the order in which things usually go; none: it has no cases */
    struct { const yq_move *v; size_t n; } moves;
    struct { const yq_predicate *v; size_t n; } facts;   /* what is said of it */
    struct { const yq_predicate *v; size_t n; } towards; /* what is said of others and ends at it: role at an institution is "People" */
} yq_kind;

typedef struct yq_kinds {
    const yq_kind *v; /* by order */
    size_t n;
} yq_kinds;

/* The kinds of this program. */
const yq_kinds *yq_kinds_builtin(void);

const yq_kind *yq_kind_find(const yq_kinds *k, yq_str id); /* NULL: none */
bool yq_kind_is_listed(const yq_kinds *k, yq_str id);      /* may the register be asked for this kind? */
bool yq_kind_is_wanted(const yq_kinds *k, yq_str id);      /* may a need ask for it? */
bool yq_kind_is_subject(const yq_kinds *k, yq_str id);
/* Those for which fits() holds as words: "person, organization or technology"; for messages. */
yq_str yq_kind_names(const yq_kinds *k, bool (*fits)(const yq_kinds *k, yq_str id), char *out, size_t cap);

const yq_field *yq_kind_field(const yq_kind *k, yq_str id);
const yq_state *yq_kind_state(const yq_kind *k, yq_str id);
const yq_state *yq_kind_initial(const yq_kind *k); /* NULL: the kind has no states */
const yq_predicate *yq_kind_fact(const yq_kind *k, yq_str predicate);
const yq_predicate *yq_kind_towards(const yq_kind *k, yq_str predicate);
const yq_choice *yq_choice_find(yq_choices choices, yq_str id);

/* Moves that one with these roles may try from a state, in the order of the file; guards and fields are another matter. out has room for
 * YQ_KIND_LIST_MAX. Returns how many; unknown state: 0. */
size_t yq_kind_moves(const yq_kind *k, yq_str state, yq_roles roles, const yq_move **out);
/* The move of this id from a state. Errors name the legal ones: YQ_INVALID (no such move from here), YQ_DENIED (not with these roles). */
yq_code yq_kind_move(const yq_kind *k, yq_str state, yq_str move, yq_roles roles, const yq_move **out, yq_err *err);

/* ---------------------------------------------------------------- an item against its kind */

typedef enum {
    YQ_FAULT_FORM,    /* the item is no JSON object */
    YQ_FAULT_UNKNOWN, /* the kind has no such field */
    YQ_FAULT_MISSING,
    YQ_FAULT_TYPE,
    YQ_FAULT_DATE,
    YQ_FAULT_CHOICE,
    YQ_FAULT_LENGTH,
    YQ_FAULT_RANGE,
    YQ_FAULT_MONEY,
    YQ_FAULT_ID,
    YQ_FAULT_URL,
    YQ_FAULT_MANY,    /* too many, or the same twice */
    YQ_FAULT_COUNT
} yq_item_fault;

typedef struct {
    yq_item_fault fault;
    yq_str field;   /* its id, as written; for the form to link to */
    yq_str message; /* names the field by its label, says what is wrong and what to do, in the language asked for */
} yq_problem;
typedef YQ_VEC(yq_problem) yq_problems;

/* Checks an item: a JSON object of fields, null and "" as good as absent. move (may be NULL): its required fields too. Every problem is told,
 * in the order of the kind's fields, unknown ones last. Whether an entity or attachment exists is for the store to say.
 * Returns YQ_OK without problems, else YQ_INVALID; YQ_NOMEM. */
yq_code yq_item_check(const yq_kind *k, yq_str json, const yq_move *move, yq_tongue tongue, yq_arena *a, yq_problems *out, yq_err *err);

/* ---------------------------------------------------------------- reading kinds */

typedef struct {
    yq_str name, text; /* "call.json" */
} yq_kind_file;
typedef YQ_VEC(yq_str) yq_kind_faults; /* "call.json: moves[2] (publish): …": file, place, what is wrong, what to do */

/* Reads files into kinds that lie in the arena. All faults are told, at most YQ_KIND_LIST_MAX.
 * Errors: YQ_INVALID with the first fault, YQ_NOMEM. */
yq_code yq_kinds_read(const yq_kind_file *files, size_t n, yq_arena *a, yq_kinds *out, yq_kind_faults *faults, yq_err *err);
/* The *.json of a folder. Also YQ_IO (no such folder, a file that cannot be read). */
yq_code yq_kinds_read_folder(const char *path, yq_arena *a, yq_kinds *out, yq_kind_faults *faults, yq_err *err);

/* Everything as one JSON object, in the form of openapi.json, "Kinds". */
void yq_kinds_json(const yq_kinds *k, yq_json *j);

#endif
