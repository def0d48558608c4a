/* resolve/link_internal.h - what the parts of the linker share. */
#ifndef YQ_LINK_INTERNAL_H
#define YQ_LINK_INTERNAL_H

#include "resolve/identifier.h"
#include "resolve/link.h"

enum {
    LINK_FIELDS = 20,  /* fields compared; 3 bits of a pattern each */
    LINK_LEVELS = 8,
    LINK_WORDS = 40,   /* words of a value that are looked at */
    LINK_SKETCHES = 4,
    LINK_LONG = 65,    /* characters; of a longer value only the first are compared one by one */
    LINK_THREADS = 2,
    LINK_TOLD = 4      /* kinds of identifiers that decide */
};

/* Levels of agreement. Their order means nothing; what each says is learnt. */
enum { LEVEL_UNKNOWN, LEVEL_EQUAL, LEVEL_NEAR, LEVEL_CLOSE, LEVEL_PARTLY, LEVEL_WEAK, LEVEL_DIFFERENT, LEVEL_EXCHANGED };

typedef enum { LINK_NAME, LINK_DATE, LINK_CODE, LINK_NUMBER, LINK_TEXT, LINK_IDENTIFIER } link_type;

/* A distinct value of a field. */
typedef struct {
    yq_str text;     /* normal form: lower case, simplified, without accents, words separated by one space */
    yq_str latin;    /* a Chinese name in pinyin, surname first; else empty */
    uint32_t count;  /* rows that carry it */
    uint32_t word, words;               /* its words in link_field.word, ascending, each once */
    uint32_t sketch[LINK_SKETCHES];     /* coarse forms as hashes, 0: none; [0] is the value itself */
} link_value;

/* Of a value what most comparisons need only, in half a cache line. */
typedef struct {
    uint64_t letters;   /* which characters occur (link_letters); of a date its eight digits */
    uint64_t spoken;    /* the same of a Chinese name in pinyin; of a code a hash of its first word */
    uint32_t alike[2];  /* names and texts: letters in alphabetical order, the whole; codes: both halves; as hashes */
    char head[4];       /* first bytes */
    uint8_t characters, spoken_characters; /* LINK_LONG: as many or more */
    uint8_t words;      /* of an identifier its yq_identifier_kind */
    bool chinese : 1, date : 1; /* has pinyin; has eight digits */
} link_mark;

typedef struct {
    yq_str text;
    uint32_t count;  /* values that hold it, each counted by its rows */
    float weight;    /* inverse document frequency, Sparck Jones 1972 */
    uint64_t letters;
} link_word;

typedef struct {
    yq_str name;
    link_type type;
    uint32_t *of_row;  /* rows -> value, 0: unknown */
    link_value *value; /* [0] is the unknown one */
    link_mark *mark;   /* of each value */
    size_t values, known; /* known: rows with a value */
    uint32_t *word;
    link_word *dictionary;
    size_t dictionary_size;
    int partner;       /* the other half of a person's name, -1: none */
    size_t invalid[2], first_invalid[2]; /* of identifiers, by table: rows with a wrong one, and the first of them */
    _Atomic uint8_t *level; /* of few values: 1 + how x (row) and y agree, 0 before it was asked; NULL: many values */
} link_field;

/* Both tables, one behind the other. */
typedef struct {
    yq_arena *arena;
    yq_arena *of_thread[LINK_THREADS]; /* [0] is arena */
    bool failed[LINK_THREADS];         /* had no memory */
    yq_link_kind kind;
    size_t rows, first_b;  /* first_b == rows: one table */
    uint32_t *entity;      /* rows -> the thing its id names */
    yq_str *id;            /* of each entity */
    size_t entities;
    link_field *field;
    size_t fields;
    uint32_t *told[LINK_TOLD]; /* by kind of identifier: rows -> its number, 0: none; NULL: no row has one */
    size_t told_numbers;
    uint32_t *values;      /* the fields' of_row row by row, so that a pair is two places in memory and not two a field */
} link_rows;

typedef struct {
    uint32_t a, b; /* rows, a < b */
} link_candidate;

typedef struct {
    uint32_t a, b;
    float score;      /* log2 odds */
    uint64_t pattern;
    yq_verdict verdict;
} link_edge;

/* Fields are not independent: who has one name has similar e-mail addresses; who moved has another city, employer and phone. So a field may
 * have another as parent, and its levels are counted apart by how the parent agrees (link_depend.c). */
enum { STATE_OTHER, STATE_AGREES, STATE_DIFFERS, LINK_STATES };
typedef double link_shares[LINK_FIELDS][LINK_STATES][LINK_LEVELS];

/* What is learnt, per field and level. */
typedef struct {
    link_shares m, u;
    int parent[LINK_FIELDS]; /* -1: none */
    double prior; /* share of all pairs that are the same */
    float *together[LINK_FIELDS]; /* two tables, few values: how often value x (row) stands beside y among same pairs; else NULL */
    float *alone[LINK_FIELDS];    /* sums of its rows */
} link_model;

/* link_strings.c: strings to numbers from 0. 64 bits of hash stand for the string: among 10^7 strings two collide with probability
 * 3·10^-6, and then one value reads as another. */
typedef struct {
    uint64_t *hash;
    uint32_t *number; /* + 1 */
    size_t cap, n;    /* cap is a power of two */
} link_strings;
uint32_t link_number(yq_arena *a, link_strings *t, yq_str s); /* what t->n was, for a new one */
uint32_t link_find(const link_strings *t, yq_str s);          /* UINT32_MAX: not there */

/* link_threads.c: calls work for [from, to) of 0..n, at most part at a time, from LINK_THREADS threads, each as it has time. A thread never has two
 * calls at once; calls of one thread come in ascending order. */
typedef void (*link_work)(void *arg, size_t from, size_t to, unsigned thread);
void link_in_parts(size_t n, size_t part, link_work work, void *arg);

/* link_told.c */
bool link_identifier(yq_link_kind kind, yq_str cell, yq_identifier *out); /* is it a valid one, of a kind that decides? */
void link_read_told(link_rows *r);
void link_own_told(link_rows *r, const yq_link_table *a); /* once rows can be compared: forgets numbers that are not the row's own */
int link_told(uint32_t *const told[LINK_TOLD], uint32_t a, uint32_t b); /* 1: the same, -1: two, 0: nothing, or both */
size_t link_told_pairs(const link_rows *r, uint64_t *out); /* a << 32 | b; out NULL: how many */
void link_notices(const link_rows *r, yq_link_pairs *out);
yq_str link_notice(yq_arena *a, yq_str column, yq_identifier_kind kind, size_t wrong, yq_str first_id);

/* link_value.c */
yq_str link_normal(yq_arena *a, yq_str s);
size_t link_characters(yq_str s, uint32_t *out, size_t cap);
/* Which characters occur, and letters and digits how often: a bit for each time, some shared. Bits that one has and the other lacks are at most as many
 * as its characters without a partner in the other: a bound on likeness without looking. */
uint64_t link_letters(yq_str s);
double link_jaro_winkler(yq_str a, yq_str b);
unsigned link_edits(yq_str a, yq_str b, unsigned most);

/* link_field.c */
bool link_read(link_rows *r, const yq_link_table *a, const yq_link_table *b); /* false: a thread has no memory */

/* link_block.c */
/* *room: as large as the candidates, for who needs it. */
link_candidate *link_candidates(link_rows *r, size_t *n, uint64_t **room);
uint64_t *link_sort_u64(uint64_t *v, uint64_t *spare, size_t n); /* whichever of both holds the result */

/* link_compare.c: levels of one pair, 3 bits a field */
uint64_t link_compare(const link_rows *r, uint32_t a, uint32_t b);
static inline unsigned link_level(uint64_t pattern, size_t field) { return (unsigned)(pattern >> (3 * field)) & 7; }

static inline unsigned link_state(const link_model *m, uint64_t pattern, size_t field)
{
    static const uint8_t state[LINK_LEVELS] = { STATE_OTHER, STATE_AGREES, STATE_AGREES, STATE_OTHER, STATE_OTHER, STATE_OTHER, STATE_DIFFERS, STATE_DIFFERS };
    return m->parent[field] < 0 ? (unsigned)STATE_OTHER : state[link_level(pattern, (size_t)m->parent[field])];
}

/* link_depend.c: finds the parents, and u of a field whose parent agrees */
typedef struct {
    double share[LINK_FIELDS][LINK_LEVELS]; /* u of the field when its parent agrees */
} link_dependence;
void link_find_parents(const link_rows *r, link_model *m, link_dependence *out);
uint64_t link_random(uint64_t *state);

/* link_weigh.c */
void link_learn(const link_rows *r, const uint64_t *pattern, size_t n, link_model *out);
/* The model once more from pairs with their probabilities, and which values of few stand for one another in the two tables. */
void link_learn_again(const link_rows *r, const link_edge *edge, const float *probability, size_t n, link_model *m);
double link_bits(const link_rows *r, const link_model *m, uint32_t a, uint32_t b, uint64_t pattern, size_t field);
double link_score(const link_rows *r, const link_model *m, uint32_t a, uint32_t b, uint64_t pattern);

/* link_group.c */
/* Decides each edge (sorted, best first) in the light of the others; may add edges that a group implies. Returns how many there are. */
size_t link_decide(const link_rows *r, link_model *m, link_edge **edge, size_t n);

/* link_words.c */
yq_str link_evidence(const link_rows *r, const link_model *m, const link_edge *e);

#endif
