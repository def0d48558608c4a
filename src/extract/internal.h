/* extract/internal.h - the working state that the stages of extraction share. Nothing outside src/extract includes it.
 *
 * How it runs. extract.c holds a table of stages. First the text is cut into sentences (a table cell is a sentence of its own). Then voices
 * propose mentions: spans of the plain text that may be a person, an organisation, a title ... each with a confidence. The judge keeps, in
 * each sentence, the set of non-overlapping proposals of the greatest weight. Linking turns judged mentions of people and organisations
 * into entries of findings->people and findings->orgs (one entry for all written forms in the document) and puts their index into
 * mention.ref. After that each relation stage (roles, talks, events, deals ...) reads sentences, mentions and table rows and appends to
 * findings. Only stages in front of the judge propose; behind it mentions are read-only apart from ref.
 *
 * All offsets are bytes of reading->plain, which has the same positions as reading->clean.
 */
#ifndef YQ_EXTRACT_INTERNAL_H
#define YQ_EXTRACT_INTERNAL_H

#include "extract/cues.h"
#include "extract/extract.h"
#include "text/lexicon.h"

/* ---------------------------------------------------------------- mentions */

typedef enum {
    YQ_M_PERSON,     /* value: "" */
    YQ_M_ORG,        /* value: kind as in org_endings (hospital, university, ...) */
    YQ_M_TITLE,      /* 常务副院长, 主任医师, Vice President; value: kind as in titles.tsv (post, rank, honour, degree, press, member, address) */
    YQ_M_DEPARTMENT, /* 心血管内科; value: kind as in departments.tsv, or "" */
    YQ_M_PLACE,      /* value: level as in places.tsv */
    YQ_M_COHORT,     /* 1988级校友, value: "1988级" */
    YQ_M_DATE,       /* value: YYYY-MM-DD, --MM-DD, YYYY-MM, YYYY */
    YQ_M_NUMBER,     /* number with its unit; value: unit as written (万名, %, 亿元); number: the value before the unit */
    YQ_M_QUOTE,      /* what stands in “” 「」 『』 《》 "", with the marks; value: the inside */
    YQ_M_KINDS
} yq_mention_kind;

/* Sets of kinds, as in yq_mentions_in(). */
#define YQ_MASK(kind) (1u << (kind))
/* These compete for the same characters; the others lie beside them. */
#define YQ_NAMES (YQ_MASK(YQ_M_PERSON) | YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_TITLE) | YQ_MASK(YQ_M_DEPARTMENT) | YQ_MASK(YQ_M_PLACE) | YQ_MASK(YQ_M_COHORT))

typedef struct {
    yq_mention_kind kind;
    yq_span span;
    yq_str value;
    double number;    /* NUMBER only */
    float confidence; /* 0..1 */
    uint8_t voices;   /* YQ_VOICE_* */
    int ref;          /* PERSON: index into people, ORG: into orgs; YQ_NONE until linked */
} yq_mention;

/* ---------------------------------------------------------------- sentences */

enum { YQ_NO_TABLE = -1 };
enum { YQ_SENTENCE_BYTES = 4096 }; /* longer ones are cut here, which bounds all work on one sentence */

typedef struct {
    yq_span span;
    uint32_t block;      /* index into reading->blocks */
    int table;           /* index into reading->tables or YQ_NO_TABLE */
    uint32_t row, col;   /* of the cell, when in a table */
    yq_lang lang;
    yq_cues cues;        /* all that may begin in it */
    size_t first, count; /* its judged mentions of all kinds, w->mentions[first .. first + count), by start */
} yq_sentence;

/* ---------------------------------------------------------------- the working state */

typedef struct {
    yq_arena *arena;
    const yq_reading *reading;
    yq_str text; /* reading->plain */
    const yq_quick *voice; /* what learnt */
    bool raw;              /* no calibration */
    bool every;            /* every sentence and place is looked at, whatever its cues */
    yq_findings *out;
    YQ_VEC(yq_sentence) sentences; /* by position */
    YQ_VEC(yq_mention) proposals;  /* until the judge */
    YQ_VEC(yq_mention) mentions;   /* from the judge on; by sentence, then start; longer first */
    struct yq_chinese *chinese;    /* of the Chinese voices, see chinese.h */
    struct yq_linker *linker;      /* of link.c */
} yq_work;

/* One stage: reads the working state and adds to it. */
typedef void (*yq_stage)(yq_work *w);

/* ---------------------------------------------------------------- reading mentions (mentions.c) */

/* Adds a proposal. */
void yq_propose(yq_work *w, yq_mention_kind kind, yq_span span, yq_str value, double confidence, uint8_t voices);
/* The sentence that holds byte `at`; NULL: none. */
const yq_sentence *yq_sentence_at(const yq_work *w, size_t at);
/* The mentions of a sentence. */
const yq_mention *yq_sentence_mentions(const yq_work *w, const yq_sentence *s, size_t *n);
/* Next mention of one of `kinds` in s that starts at or behind `from`; NULL: none. */
const yq_mention *yq_next_mention(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t from);
/* Last mention of one of `kinds` in s that ends at or before `to`; NULL: none. */
const yq_mention *yq_last_mention(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t to);
/* The mention of one of `kinds` that begins / ends exactly there; NULL: none. */
const yq_mention *yq_mention_from(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t at);
const yq_mention *yq_mention_to(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t at);
/* All mentions of one of `kinds` inside span, in order. */
typedef YQ_VEC(const yq_mention *) yq_mention_list;
void yq_mentions_in(const yq_work *w, yq_span span, unsigned kinds, yq_mention_list *out);

/* The first place from `at` on where a word of the cues may begin; `high`: there is none. */
size_t yq_next_cue(const yq_work *w, size_t at, size_t high, yq_cues cues);

/* Words of the document as they stand in plain; spaces and line ends at the borders taken off. */
yq_str yq_words_of(const yq_work *w, yq_span span);
/* Evidence for a finding: the span, the sentence (or table row) around it. */
yq_evidence yq_evidence_of(const yq_work *w, yq_span span, double confidence, uint8_t voices);

/* ---------------------------------------------------------------- people and organisations as entries (link.c) */

/* The entry of an organisation or person by any written form of this document, made if `create`; YQ_NONE: there is none. */
int yq_org_by_name(yq_work *w, yq_str name, bool create);
int yq_person_by_name(yq_work *w, yq_str name, bool create);
/* Adds a role unless the person has it; org may be YQ_NONE, position empty. */
void yq_add_role(yq_work *w, int person, int org, yq_str position, yq_evidence evidence);
void yq_add_honour(yq_work *w, int person, yq_str honour, yq_evidence evidence);

/* ---------------------------------------------------------------- the stages, in the order of extract.c */

void yq_cut_sentences(yq_work *w);         /* sentences.c */
void yq_propose_basics(yq_work *w);        /* basics.c: dates, numbers, quotes, cohorts */
void yq_propose_chinese(yq_work *w);       /* scan.c: drives titles, departments, organisations, people sentence by sentence */
void yq_propose_learnt(yq_work *w);        /* learnt.c: what a model says of the same sentences */
void yq_propose_english(yq_work *w);       /* english.c */
void yq_judge(yq_work *w);                 /* judge.c */
void yq_tie_mentions(yq_work *w);          /* link.c: mentions -> people, orgs; short forms, aliases */
void yq_find_english_roles(yq_work *w);    /* english_roles.c */
void yq_find_roles(yq_work *w);            /* roles.c */
void yq_find_table_facts(yq_work *w);      /* tables.c: rosters, programmes, demand lists, catalogues */
void yq_find_bios(yq_work *w);             /* bios.c: short biographies in lists */
void yq_find_homes(yq_work *w);            /* home.c: roles that name no organisation */
void yq_find_events(yq_work *w);           /* events.c */
void yq_find_talks(yq_work *w);            /* talks.c */
void yq_find_deals(yq_work *w);            /* deals.c */
void yq_find_technologies(yq_work *w);     /* technologies.c */
void yq_find_needs(yq_work *w);            /* needs.c */
void yq_find_figures(yq_work *w);          /* figures.c */
void yq_find_schemes(yq_work *w);          /* schemes.c: trials, calls, funds, policies */
void yq_find_asks(yq_work *w);             /* asks.c: who voices a need */
void yq_calibrate(yq_work *w);             /* calibrate.c: weights to shares of right ones */

#endif
