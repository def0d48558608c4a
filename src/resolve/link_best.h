/* resolve/link_best.h - what the parts of ranking organisations by name share: the list, a text put to it, how a name of the list looks beside it. */
#ifndef YQ_LINK_BEST_H
#define YQ_LINK_BEST_H

#include "resolve/link_org.h"

enum { FORM_WORDS = 24, NO_THING = UINT32_MAX, NO_CITY = 0 };

/* What a word says about the kind of an organisation; a name may say several. */
enum {
    KIND_UNIVERSITY = 1, KIND_COLLEGE = 2, KIND_ACADEMY = 4, KIND_INSTITUTE = 8, KIND_HOSPITAL = 16, KIND_CENTRE = 32, KIND_LABORATORY = 64,
    KIND_UNIT = 128, KIND_SOCIETY = 256, KIND_GOVERNMENT = 512, KIND_COMPANY = 1024, KIND_COLLECTION = 2048, KIND_SYSTEM = 4096, KINDS = 13
};

/* One name of one thing. */
typedef struct {
    uint32_t word[FORM_WORDS];
    float part_of[FORM_WORDS]; /* 1, or less for what stands in brackets */
    size_t n;
    uint32_t thing;   /* the entity of its id */
    float weight;     /* of all its words */
    bool acronym, han;
    uint8_t acronym_letters;
    uint16_t kinds;
    uint32_t same_name; /* number of its normal form */
    uint32_t own, within; /* its words as a sequence, and the longest other sequence that it goes on from; NO_THING: none */
    yq_str whole;     /* normal form */
    org_name city;
    uint32_t city_number;
    yq_str country;   /* code, or empty */
} form;

/* What adjacent words of a name read as when they are written as one: postgraduate for post graduate. */
typedef struct {
    uint32_t first, second;
} word_pair;

typedef struct {
    yq_arena *arena;
    link_strings words, things, wholes, cities, joined, sequences, child_places;
    YQ_VEC(yq_str) text;         /* of words */
    YQ_VEC(yq_str) id;           /* of things */
    YQ_VEC(uint32_t) forms_of;   /* things -> names */
    YQ_VEC(uint32_t) things_of;  /* normal forms -> things that have it */
    YQ_VEC(uint32_t) children;   /* child_places -> names that go on from a sequence there */
    YQ_VEC(yq_str) city_country; /* cities -> country, empty: in several */
    YQ_VEC(word_pair) pair;      /* joined -> the words */
    YQ_VEC(uint16_t) sequence_kinds; /* sequences -> kinds of the first name that is one */
    form *form;
    size_t forms;
    uint32_t *count;       /* words -> forms that have it */
    float *weight;         /* words -> bits */
    float unknown;         /* bits of a word that is not there */
    uint16_t *kind;        /* words -> kinds */
    uint32_t *first, *list; /* words -> forms */
    uint32_t *sorted;      /* words in alphabetical order */
} link_list;

/* A word of the text that stands in the list, and how well. */
typedef struct {
    uint32_t word, query; /* query: place of the text's word */
    float like;
    uint8_t group;
} hit;

enum { MOST_COUNTRIES = 4, MOST_CITIES = 12 };

typedef struct {
    link_list *l;
    org_name name;
    yq_str whole;
    hit *hits;
    size_t n;
    yq_str country[MOST_COUNTRIES]; /* codes */
    size_t countries;
    struct {
        uint32_t number;
        uint8_t from, to; /* words */
        bool alone;       /* nothing else stands in its part */
    } city[MOST_CITIES];
    size_t cities;
    uint16_t kind[ORG_WORDS]; /* of its words */
    bool han;                 /* the text is Chinese */
    bool place[ORG_WORDS];    /* words that stand where only places and numbers do */
    bool place_part[ORG_PARTS];
    float *of_query;      /* weight of each of its words */
    int32_t *first_hit;   /* words of the list -> first hit, -1 */
    int32_t *next_hit;
    float *sum;           /* forms -> likely score */
    uint32_t *touched;
    size_t touched_n;
} link_ask;

/* link_list.c */
uint32_t link_list_children(const link_list *l, const form *f, yq_str country); /* names that go on from the form's, of things in the country */
bool link_list_child_in(const link_list *l, const form *f, uint32_t city);
void link_list_read(link_list *l, const yq_link_table *b);
uint16_t link_kind(yq_str word);
size_t link_column(const yq_link_table *t, yq_str name); /* 0: there is none */

/* link_ask.c */
void link_ask_make(link_ask *q, link_list *l);
void link_ask_read(link_ask *q, yq_str name);
void link_ask_forget(link_ask *q);

/* link_place.c: the countries and cities that a text names, and which of its parts name nothing else */
void link_place_read(link_ask *q);
/* Hong Kong writes China or not. */
bool link_one_country(yq_str a, yq_str b);

/* link_look.c: how a name looks beside the text. Every feature is 0 where it has nothing to say and about 1 at most. Its weight in bits: beside a text
 * in Latin letters, and beside a Chinese name. bench/affil.c learns them. */
#define LINK_FEATURES(F) \
    F(HAVE, 7.39, 3.54)               /* bits of the name that one part of the text has; few count most */ \
    F(HAVE_MUCH, 4.55, 12.86)          \
    F(COVER, 4.06, 4.89)              /* the share of the name */ \
    F(MISSING, -0.52, -0.76)           /* bits of the name that the text lacks */ \
    F(MISSING_ANY, -2.31, 0.79)       \
    F(RAREST_MISSING, 0.02, -1.51)    /* the name's own word is not there */ \
    F(ELSEWHERE, 1.78, 3.58)          /* bits that only other parts have */ \
    F(ELSEWHERE_PLACE, 2.50, 0.00)      /* of them, where the text names places */ \
    F(BEYOND, -2.93, -4.69)            /* what else the part names */ \
    F(BEYOND_UNIT, -2.08, -4.46)        /* of it, words for departments */ \
    F(FUZZY, 0.13, 0.00)             /* bits found in another spelling */ \
    F(ONLY_PLACE, -3.27, 0.00)        /* its own words stand as places in the text */ \
    F(RUN, 1.32, 1.57)                /* its words in a row, in one form for all languages */ \
    F(VERBATIM, 2.20, 0.00)        /* as they are written */ \
    F(RUN_ACROSS, 2.55, 0.00)         /* over a comma */ \
    F(BRACKET_LACKING, 0.65, 1.59)  /* the text lacks what the name has in brackets: IBM (Germany) */ \
    F(INVERTED, -1.03, 2.44)          /* in another order */ \
    F(INVERTED_SHORT, -0.62, 0.00)     /* the same beside abbreviations: Maryland Univ. */ \
    F(WHOLE_PART, -0.08, 2.20)         /* and the part names nothing else */ \
    F(WHOLE_TEXT, 0.65, 0.00)         \
    F(CITY, 2.07, 1.37)               /* its city stands beside it */ \
    F(CITY_IN_NAME, 1.17, 0.00)  /* its city does, and the name has it, too */ \
    F(CITY_OTHER, -3.31, 0.00)        /* another city does */ \
    F(CITY_OF_CHILD, -1.38, -2.26)     /* in which a body stands that is named after it */ \
    F(COUNTRY, 2.06, 0.00)            \
    F(COUNTRY_OTHER, -2.66, 0.00)     \
    F(CITY_OF_SURE, 1.40, 0.41) F(CITY_IN_SURE, 1.91, 0.00) F(CITY_OTHER_OF_SURE, -1.79, 0.00) F(CITY_CHILD_OF_SURE, -1.93, -0.22) F(COUNTRY_OF_SURE, 2.31, 0.00) F(COUNTRY_OTHER_OF_SURE, -1.71, 0.00) /* the same \
                                  beside a whole name that only one thing has: places say less there */ \
    F(LATER, 1.45, -2.38)              /* among the parts that name no place */ \
    F(FORMS, -0.92, -1.65)              /* has many names: is well known */ \
    F(FORMS_OF_TWIN, -0.05, 0.87)        /* the same where the name is shared or short */ \
    F(CHILDREN, 0.71, -2.71)             /* other names go on from it */ \
    F(CHILDREN_OF_TWIN, 1.67, 1.48)     \
    F(TWINS, -3.11, 0.84)              /* others have the same name */ \
    F(ACRONYM_2, -0.88, 0.00) F(ACRONYM_3, 0.09, 0.00) F(ACRONYM_4, 3.96, 0.00) F(ACRONYM_5, 1.97, 0.00) F(ACRONYM_ALONE, -1.93, 0.00) F(ACRONYM_SHARED, 1.64, 0.00) \
    F(BOTH_NAMES, 1.35, 0.00)         /* the name and its acronym are there */ \
    F(UNIVERSITY, 2.25, 0.46) F(COLLEGE, 1.13, 0.00) F(ACADEMY, -0.23, -0.83) F(INSTITUTE, -0.01, 1.19) F(HOSPITAL, -0.81, 0.83) F(CENTRE, -1.84, 2.27) F(LABORATORY, -1.62, 3.34) F(UNIT, -2.29, -0.51) \
    F(SOCIETY, -1.02, -0.15) F(GOVERNMENT, -1.56, 1.05) F(COMPANY, -0.95, 1.08) F(COLLECTION, -0.96, -0.02) F(SYSTEM, -0.37, 1.81) \
    F(KIND_LACKING, -0.21, -0.17)      /* the name says a kind that the text does not */ \
    F(KIND_ONLY_LACKING, 0.82, 0.69)    /* nothing else, and the text has a department: Columbia Law School */ \
    F(WITHIN_UNIT, -1.73, 0.02)       /* goes on from a university's name as its school or laboratory */ \
    F(WITHIN_HOSPITAL, -0.82, -1.50)    \
    F(WITHIN_OTHER, 1.81, 0.56)       \
    F(PART_OF_LONGER, -1.00, 0.19)    /* a longer name covers it */ \
    F(UNIVERSITY_OF_LONGER, -0.26, -0.02) /* the longer one is its school or laboratory */ \
    F(HOSPITAL_OF_LONGER, -0.45, -0.01) \
    F(BESIDE_UNIVERSITY, -0.25, 0.00)  /* a university of its city stands in another part */ \
    F(BESIDE_UNIVERSITY_LAB, -0.23, 0.00) \
    F(BESIDE_UNIVERSITY_HOSPITAL, -0.15, 0.00) \
    F(BESIDE_OTHER, 0.11, 0.00)       /* a university of another city does */ \
    F(AFTER_SAME_KIND, -0.03, 0.00)   /* another whole name of its kind stands in an earlier part */ \
    F(AFTER_OTHER, 0.02, 0.00)       /* another whole name stands in an earlier part */

#define LINK_FEATURE_NAME(name, latin, han) LOOK_##name,
enum { LINK_FEATURES(LINK_FEATURE_NAME) LOOKS };
#undef LINK_FEATURE_NAME

typedef struct {
    float x[LOOKS];
    uint64_t used[2];  /* words of the text, in its best part */
    uint8_t part, first_word;
    float cover;
} look;

typedef struct {
    uint32_t form;
    double score;
    look look;
} link_candidate_form;

void link_look(const link_ask *q, link_candidate_form *c, size_t n);

/* link_best.c: the likeliest names for the text that was read into q, in any order, with their looks; out has room for LOOK_CLOSER */
enum { LOOK_CLOSER = 200 };
size_t link_likely(link_ask *q, link_candidate_form *out);

/* link_known.c: identifiers of the list's things, and what those of a line say */
typedef struct {
    yq_arena *arena;
    link_strings numbers;
    YQ_VEC(uint32_t) thing; /* numbers -> the thing that carries it */
    uint8_t *kinds;         /* things -> the kinds they carry, as bits */
    bool *column;           /* columns of the lines -> it holds identifiers */
} link_known;

typedef struct {
    uint32_t thing;          /* NO_THING: none of the list, or more than one */
    yq_identifier_kind kind; /* of what told it */
    uint8_t kinds;           /* that the line carries, as bits */
    bool contradictory;
} link_told_by;

void link_known_read(link_known *k, const link_list *l, const yq_link_table *a, const yq_link_table *b);
link_told_by link_known_of(const link_known *k, const yq_link_table *a, size_t row);
/* Does the thing carry another identifier of a kind that the line carries? Asked where told->thing is none. */
bool link_known_forbids(const link_known *k, const link_told_by *told, uint32_t thing);
void link_known_notices(link_known *k, const yq_link_table *a, const yq_link_table *b, yq_link_pairs *out);

#endif
