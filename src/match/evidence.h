/* match/evidence.h - who is named where the need is spoken of? Shared inside match/ only. */
#ifndef YQ_MATCH_EVIDENCE_H
#define YQ_MATCH_EVIDENCE_H

#include "match/need.h"
#include "match/weights.h"

typedef enum { FROM_TEXT, FROM_ROLE, FROM_TALK, FROM_NAME, FROM_OTHER_FACT, EVIDENCE_SOURCES } evidence_source;

/* One place where a candidate and parts of the need stand together. */
typedef struct {
    evidence_source source;
    float met[MAX_PARTS];     /* how much of each part, 0..1, nearness included */
    float promised[MAX_PARTS]; /* how much of each part is spoken of as what is not, or not yet */
    double value;             /* sum of the weights of the parts met */
    int64_t document;
    yq_span span;             /* of the sentence in the document */
    yq_str sentence;          /* empty: to be read at span */
    yq_str document_name, document_title, date;
    char document_ulid[YQ_ULID_CHARS + 1];
} evidence;

typedef struct {
    int64_t entity;
    char ulid[YQ_ULID_CHARS + 1]; /* this and the name are read for the kind asked for */
    yq_str kind, name;
    YQ_VEC(evidence) evidence; /* best first after settle() */
    bool reporter;             /* names the document's author and not its subject */
    yq_str status;             /* how a call, a fund, a trial stands by the latest document that says so; open, planned, closed, stopped, or empty */
    stage stage;               /* how far it has come, as is said near its name; read when the need asks */
    yq_str employer, post, employed; /* of a person: the latest place of work that is no society, and by which document's date */
    double part[SCORE_PARTS];  /* what the score is the weighted sum of */
    const yq_claims *claims;   /* what the register says of it; NULL: not looked at yet */
    yq_condition_check *checks; /* one for each condition of the need */
    yq_condition_check stage_said; /* where the stage was said */
    double score;              /* share of the need that is met, about 0..1 */
} candidate;

/* What was read of passages and of the register, when many needs are held against one document; in an arena of its own. */
typedef struct {
    int64_t passage;
    yq_passage text;
    yq_namings named;
} read_passage;
typedef struct {
    int64_t entity;
    yq_claims claims;
} read_claims;
typedef struct {
    yq_arena *arena;
    YQ_VEC(read_passage) passages;
    YQ_VEC(read_claims) claims;
} read_before;

typedef struct {
    yq_span span;      /* in the passage's text */
    uint32_t sentence;
    double value;
    float met[MAX_PARTS], promised[MAX_PARTS];
    stage stage;
} spoken_clause;

/* A passage cut into sentences, with who is named in it. */
typedef struct {
    yq_passage passage;
    yq_namings named;
    yq_spans sentences;
    YQ_VEC(spoken_clause) clauses; /* those that speak of the need */
    bool away;         /* the name stands further up in the document */
    bool row;          /* of a table: the text is put together and stands for the whole row */
    float title[MAX_PARTS];
} reading;

typedef struct {
    yq_reader *reader;
    const yq_viewer *viewer;
    yq_arena *arena;
    read_before *before;        /* NULL: nothing is kept */
    const need *need;
    const yq_conditions *conditions;
    yq_str today;
    int64_t only;               /* evidence counts of this document alone; 0: of all */
    const int64_t *among;       /* then only these can be answers; NULL: everybody */
    size_t among_count;
    yq_str spoken_of;           /* a kind that documents are about (a call, a policy, …), or empty */
    YQ_VEC(candidate) candidates;
    YQ_VEC(uint64_t) sentences; /* seen before: document and text */
} tally;

/* A passage and who is named in it; its sentences are not cut yet. Reads it once where `before` keeps it. YQ_NOTFOUND: the register does not have it. */
yq_code tally_read(tally *t, int64_t passage, reading *r, yq_err *err);
/* Reads one passage and gives its evidence to everybody named in it. */
yq_code tally_passage(tally *t, int64_t passage, yq_err *err);
/* hospital, company, university, investment, …, or empty: as an organisation's name ends. */
yq_str organization_kind(yq_arena *a, yq_str name);
/* An organisation that people belong to beside the place where they work. */
bool is_society(yq_str kind);
/* Adds what the register says of the candidate: positions, talks, what it holds, its own name. */
yq_code tally_claims(tally *t, candidate *c, yq_err *err);
/* Where the name stands in the passage's text, and in which sentence a place stands. */
uint32_t where_named(const reading *r, const yq_naming *e);
uint32_t sentence_at(const reading *r, uint32_t place);
/* A name in a short first line is what the passage is about. */
bool heads(const reading *r, const yq_naming *e);

/* judge.c: what a passage says of the conditions about somebody named in it. */
void hear_conditions(tally *t, candidate *c, const reading *r, const yq_naming *e);
/* How the candidate stands to each condition: by its name and house, by what was heard, and by the passages that name it. */
yq_code judge_conditions(tally *t, candidate *c, yq_err *err);
/* Orders the candidate's evidence and computes its score. */
void settle(const need *n, const score_weights *w, candidate *c);

#endif
