/* tagger/quick_internal.h - what the files of the quick tagger share.
 *
 * Way of a sentence: text and words -> view -> features of each character -> rows of a fixed table -> a chain (forward, backward) -> spans.
 */
#ifndef YQ_TAGGER_QUICK_INTERNAL_H
#define YQ_TAGGER_QUICK_INTERNAL_H

#include "tagger/internal.h"
#include "tagger/quick.h"

enum {
    QUICK_STATES = 1 + TAGGER_PLACES * YQ_QUICK_KINDS, /* outside, and the places of each kind, as tagger_column() numbers them */
    QUICK_LANES = 16,                                  /* states, filled up for the vectors of the compiler */
    QUICK_FEATURES = 32                                /* of a character at most */
};

/* ---------------------------------------------------------------- quick_view.c */

typedef struct {
    uint32_t cp, at;          /* the character, its first byte */
    uint32_t word;            /* which word holds it */
    uint16_t begins, ends;    /* sorts of forms of the lexicon that begin here, that end with it */
    uint8_t surname, given;   /* how usual as one; 0: none */
} quick_char;

typedef struct {
    uint64_t id;
    uint32_t from, to;        /* characters */
    uint16_t sort;
} quick_seen_word;

typedef struct {
    yq_str text;
    size_t n, words;
    quick_char *c;            /* n, and three empty ones on either side */
    quick_seen_word *word;    /* and an empty one on either side */
    size_t most, most_words;  /* that there is room for */
} quick_view;

/* Fills the view, which is empty or was used before, so that its room serves again. */
void quick_see(yq_arena *a, yq_str plain, const yq_quick_word *word, size_t words, quick_view *v);
/* What holds at character i; the number of features, none of them 0. */
size_t quick_features(const quick_view *v, size_t i, uint64_t *out);

/* ---------------------------------------------------------------- quick_model.c */

/* Tells a feature from others in the same row; never 0, which is a row not used. */
static inline int8_t quick_check(uint64_t feature)
{
    return (int8_t)(feature >> 56 ? feature >> 56 : 1);
}

enum { QUICK_NAME = 16 }; /* bytes of a kind's name at most */
void quick_write(const yq_quick *m, yq_buf *out);

/* ---------------------------------------------------------------- quick_chain.c */

/* May state b follow state a? QUICK_STATES stands for the border of the sentence on both sides. */
bool quick_follows(size_t a, size_t b);

typedef struct {
    size_t n, most;               /* characters, and those that there is room for */
    float (*emit)[QUICK_LANES];   /* scores of characters, then e to their power */
    float (*ahead)[QUICK_LANES];  /* forward, each row sums up to 1 */
    float (*behind)[QUICK_LANES]; /* backward, in the same measure */
    float *sum;                   /* what each forward row was divided by */
    float step[QUICK_LANES][QUICK_LANES]; /* e to the power of the steps' scores; 0: never */
} quick_chain;

/* The steps' scores as a chain needs them. */
void quick_chain_steps(quick_chain *c, const float step[QUICK_STATES][QUICK_STATES]);
/* Room for n characters, emit empty. */
void quick_chain_fit(yq_arena *a, size_t n, quick_chain *c);
void quick_chain_run(quick_chain *c);
/* The share of a state at a character. */
static inline float quick_share(const quick_chain *c, size_t i, size_t state)
{
    return c->ahead[i][state] * c->behind[i][state];
}

/* The end of the span that begins at `from` with a share of at least `least`, and its share; 0: none. */
size_t quick_span_from(const quick_chain *c, size_t from, size_t kind, float least, float *share);

#endif
