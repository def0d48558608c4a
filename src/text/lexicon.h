/* text/lexicon.h - lexicon/ as one trie: every form with every class it belongs to, found in one step per position.
 *
 * Built at compile time by src/text/make_lexicon.c from lexicon/<class>.tsv, embedded in the program and used where it lies: opening costs
 * nothing. Forms are stored in simplified characters; Latin forms are stored in lower case and found only on word borders, whatever
 * the case in the text.
 */
#ifndef YQ_LEXICON_H
#define YQ_LEXICON_H

#include "base/base.h"

/* One for each file, by its stem. The order is the class number. */
#define YQ_LEX_CLASSES(X)                                                                                         \
    X(SURNAMES, "surnames") X(GIVEN_CHARS, "given_chars") X(TITLES, "titles") X(TITLE_PREFIXES, "title_prefixes") \
    X(TITLES_EN, "titles_en") X(DEPARTMENTS, "departments") X(DEPARTMENT_ENDINGS, "department_endings")           \
    X(ORG_ENDINGS, "org_endings") X(ORG_ENDINGS_EN, "org_endings_en") X(ORGS, "orgs") X(PLACES, "places")         \
    X(EVENT_WORDS, "event_words") X(VENUE_WORDS, "venue_words") X(SPEECH_VERBS, "speech_verbs")                   \
    X(HOST_VERBS, "host_verbs") X(DEAL_VERBS, "deal_verbs") X(TALK_VERBS, "talk_verbs")                           \
    X(TECH_ENDINGS, "tech_endings") X(NEED_CUES, "need_cues") X(UNITS, "units") X(GIVEN_NAMES_EN, "given_names_en") \
    X(ORG_GLOSSARY, "org_glossary") X(ORG_WORDS, "org_words") X(CANTONESE, "cantonese") X(ROMANISATION, "romanisation") \
    X(STOP_ZH, "stop_zh") X(STOP_EN, "stop_en") X(WORDS, "words") X(REGIONS, "regions")

typedef enum {
#define X(name, file) YQ_LEX_##name,
    YQ_LEX_CLASSES(X)
#undef X
    YQ_LEX_CLASS_COUNT
} yq_lex_class;

typedef struct {
    uint32_t length;   /* bytes of the text that the form covers */
    yq_lex_class class;
    yq_str value;      /* the columns behind the form, as written, TAB between them */
} yq_lex_hit;

/* All forms that begin at text[at], shortest first; at most cap. `mask` has a bit (1u << class) for each class that is wanted.
 * Returns how many. */
size_t yq_lex_at(yq_str text, size_t at, uint32_t mask, yq_lex_hit *hits, size_t cap);
/* The longest form of one class that begins at text[at]; false: none. */
bool yq_lex_longest(yq_str text, size_t at, yq_lex_class class, yq_lex_hit *hit);
/* Is the whole of s a form of the class? */
bool yq_lex_is(yq_str s, yq_lex_class class, yq_str *value);
/* The longest form of the class that text[..end) ends with; false: none. */
bool yq_lex_suffix(yq_str text, size_t end, yq_lex_class class, yq_lex_hit *hit);
/* Column k (0 = first behind the form) of a value. */
yq_str yq_lex_column(yq_str value, unsigned k);
/* Number in column k, or otherwise. */
double yq_lex_number(yq_str value, unsigned k, double otherwise);

/* ---------------------------------------------------------------- concepts (lexicon/concepts.tsv), for retrieval */

typedef struct {
    uint32_t id;       /* line in concepts.tsv, from 0 */
    uint32_t length;   /* bytes covered */
    bool ambiguous;    /* marked * in the file */
} yq_concept_hit;

size_t yq_concepts_at(yq_str text, size_t at, yq_concept_hit *hits, size_t cap);
uint32_t yq_concept_count(void);
yq_str yq_concept_line(uint32_t id);                 /* the whole line */
yq_str yq_concept_column(uint32_t id, unsigned k);   /* 0 preferred zh, 1 zh synonyms ';', 2 en, 3 en synonyms, 4 abbreviations, 5 kind, 6 broader, 7 specialty */
uint32_t yq_concept_broader(uint32_t id);            /* UINT32_MAX: none */

/* How one concept stands to another (lexicon/relations.tsv; the specialty is a column of concepts.tsv). */
typedef enum {
    YQ_REL_SIGN,      /* a symptom, a finding or a complaint of */
    YQ_REL_TREATS,    /* treats, prevents, rehabilitates, relieves */
    YQ_REL_FINDS,     /* detects, measures, screens, monitors */
    YQ_REL_LEADS,     /* is a cause, a risk or an earlier stage of */
    YQ_REL_USES,      /* is done or made with */
    YQ_REL_SITE,      /* is of the organ or part */
    YQ_REL_SPECIALTY, /* is looked after by; this direction only */
    YQ_REL_COUNT
} yq_relation;

typedef struct {
    uint32_t id;
    uint16_t relation; /* yq_relation */
    uint16_t back;     /* 1: the other one is what the relation is said of */
} yq_near;

/* What stands in a relation to the concept; the items live as long as the program. */
size_t yq_concept_near(uint32_t id, const yq_near **out);

#endif
