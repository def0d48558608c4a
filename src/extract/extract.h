/* extract/extract.h - a reading in, findings out: who, which institution, in which role, what was held, said, agreed, offered, missing.
 *
 * Voices (dictionary, pattern, table, and a tagger that learnt) each propose mentions with a weight; one judge decides where they overlap; relations are
 * read from the judged mentions, sentence by sentence and table row by row. Names come out simplified and in the fullest form the document
 * gives; every finding keeps the span that says so. Pure and deterministic.
 */
#ifndef YQ_EXTRACT_H
#define YQ_EXTRACT_H

#include "intake/intake.h"
#include "tagger/quick.h"

enum { YQ_EXTRACT_VERSION = 3 };

enum { YQ_VOICE_DICTIONARY = 1, YQ_VOICE_PATTERN = 2, YQ_VOICE_TABLE = 4, YQ_VOICE_TAGGER = 8 };

/* Where a finding stands and how sure it is. */
typedef struct {
    yq_span span;      /* the words that say it, in clean */
    yq_span sentence;  /* the sentence or table row around them */
    float confidence;  /* 0..1 */
    uint8_t voices;    /* YQ_VOICE_* */
} yq_evidence;

enum { YQ_NONE = -1 }; /* no organisation, person, event */

typedef struct {
    yq_str name;                  /* simplified, fullest form in the document */
    yq_str kind;                  /* org_endings kinds: hospital, university, company, government, … or "" */
    YQ_VEC(yq_str) forms;         /* other written forms, as printed */
    YQ_VEC(yq_evidence) mentions; /* every place, at least one */
} yq_found_org;

typedef struct {
    int org;          /* index into orgs or YQ_NONE */
    yq_str position;  /* or empty */
    yq_evidence evidence;
} yq_found_role;

typedef struct {
    yq_str text;
    yq_evidence evidence;
} yq_found_text;

typedef struct {
    yq_str name;
    YQ_VEC(yq_str) forms;         /* as printed elsewhere in the document: traditional, English */
    YQ_VEC(yq_evidence) mentions;
    YQ_VEC(yq_found_role) roles;
    YQ_VEC(yq_found_text) honours;
    yq_str cohort;                /* "1988级" or empty */
} yq_found_person;

typedef struct {
    int org;
    const char *role; /* host, organizer, co-organizer, supporter, media */
} yq_found_organizer;

typedef struct {
    yq_str name;
    char date[11];     /* YYYY-MM-DD, --MM-DD, YYYY-MM or "" */
    yq_str place, theme;
    YQ_VEC(yq_found_organizer) organizers;
    YQ_VEC(yq_str) sessions;
    yq_evidence evidence;
} yq_found_event;

typedef struct {
    int person;        /* index into people */
    yq_str title, session;
    yq_evidence evidence;
} yq_found_talk;

typedef struct {
    const char *kind;  /* cooperation, appointment, studio, alliance, letter_of_intent, fund, launch, initiative, unveiling, funding */
    yq_str subject;
    YQ_VEC(int) parties; /* orgs */
    YQ_VEC(int) people;
    yq_evidence evidence;
} yq_found_deal;

typedef struct {
    yq_str name;
    int holder;        /* org or YQ_NONE */
    yq_str holder_text;
    yq_str summary;    /* what a catalogue says of it, or empty */
    yq_evidence evidence;
} yq_found_technology;

typedef struct {
    yq_str text;
    yq_str heading;    /* its short name in a list, or empty */
    int holder;
    yq_str holder_text; /* a place or something that is no organisation */
    yq_evidence evidence;
} yq_found_need;

typedef struct {
    double value;
    yq_str unit, what, subject;
    yq_evidence evidence;
} yq_found_figure;

/* One thing that is said of a scheme. Fields are those of kinds/: holder, contact, investigator, lead_site, deadline, budget, status, number, region, … */
typedef struct {
    const char *field;
    yq_str value;      /* words of the document; of a status one of open, planned, closed, stopped */
    int org, person;   /* who it names, or YQ_NONE */
    char date[11];     /* of a deadline, or "" */
    yq_evidence evidence;
} yq_found_detail;

/* A trial, open call, fund or policy: what somebody runs that others may join, answer, apply to or rely on. */
typedef struct {
    const char *kind;             /* trial, call, fund, policy */
    yq_str name;                  /* what people call it, without 关于 … 的通知 */
    YQ_VEC(yq_str) forms;         /* short names that the document gives it */
    YQ_VEC(yq_span) mentions;     /* where else it is named */
    YQ_VEC(yq_found_detail) details;
    yq_span scope;                /* what the document says of it */
    yq_evidence evidence;         /* its name */
} yq_found_scheme;

/* Who asks: the person or institution that voices a need or looks for something. Whoever asks for a thing does not offer it. */
typedef struct {
    int person, org;   /* one of them, or both: a person for an institution */
    int need;          /* index into needs, or YQ_NONE */
    yq_str text;
    yq_evidence evidence;
} yq_found_ask;

typedef struct {
    YQ_VEC(yq_found_org) orgs;
    YQ_VEC(yq_found_person) people;
    YQ_VEC(yq_found_event) events;
    YQ_VEC(yq_found_talk) talks;
    YQ_VEC(yq_found_deal) deals;
    YQ_VEC(yq_found_technology) technologies;
    YQ_VEC(yq_found_need) needs;
    YQ_VEC(yq_found_figure) figures;
    YQ_VEC(yq_found_scheme) schemes;
    YQ_VEC(yq_found_ask) asks;
} yq_findings;

/* Findings live in the arena and borrow from the reading. Errors: YQ_NOMEM only. */
yq_code yq_extract(yq_arena *a, const yq_reading *reading, yq_findings *out, yq_err *err);
typedef struct {
    yq_quick voice; /* the model of the voice that learnt */
    bool raw;       /* confidences stay the weights they were before calibrate.c */
    bool every;     /* nothing is passed over for want of a cue (cues.h): the same findings, slowly; for tests */
} yq_extract_options;
yq_extract_options yq_extract_defaults(void);
yq_code yq_extract_with(yq_arena *a, const yq_reading *reading, const yq_extract_options *options, yq_findings *out, yq_err *err);

/* Writes the key "voices" and the names of those in the set of YQ_VOICE_*: dictionary, pattern, table, tagger. */
void yq_voices_json(yq_json *j, unsigned voices);

/* The form of cases/SCHEMA.md, with "evidence" beside it: for each finding its field, index, span, sentence, confidence and voices. */
void yq_findings_json(const yq_reading *reading, const yq_findings *f, yq_buf *out);

#endif
