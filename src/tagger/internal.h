/* tagger/internal.h - what the files of the tagger share.
 *
 * Way of a sentence: text -> view (characters, words, dictionary hits) -> features (hashes) -> rows of weights -> scores of characters
 * and spans -> chart (forward, backward) -> spans.
 */
#ifndef YQ_TAGGER_INTERNAL_H
#define YQ_TAGGER_INTERNAL_H

#include "tagger/tagger.h"

/* Loops over long rows are compiled twice, and the better one for the processor is taken when the program starts. */
#if defined(__x86_64__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) /* clang 14 gives such a function a name that other files do not find */
#define FAST __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define FAST
#endif

/* e^x: 2^n by the bits of a float, the rest by the first terms of the series; right to six digits. No library is asked, so that loops over it become
 * vectors. */
static inline __attribute__((always_inline)) float tagger_exp(float x)
{
    x = x > 80 ? 80 : x < -80 ? -80 : x;
    int32_t n = (int32_t)(x * 1.44269504f + 256.5f) - 256; /* rounds to the nearest: the sum is never negative */
    float r = x - (float)n * 0.693147181f;
    union { int32_t bits; float value; } power = { (n + 127) << 23 };
    return power.value * (1 + r * (1 + r * (0.5f + r * (0.166666667f + r * (0.0416666667f + r * (0.00833333333f + r * 0.00138888889f))))));
}

/* ---------------------------------------------------------------- view.c: what is seen of a sentence */

typedef struct {
    uint16_t from, to; /* characters */
    uint64_t sort;     /* hash of the lexicon class and its kind */
    bool word;         /* of the general vocabulary */
} tagger_hit;

typedef struct {
    uint16_t from, to;
    uint64_t id;   /* hash of its characters */
    uint64_t sort; /* hash of its part of speech, or of its shape when unknown */
} tagger_word;

typedef struct {
    yq_str text;
    size_t n;            /* characters */
    uint32_t *at;        /* byte where each begins, and the end: n + 1 */
    uint32_t *cp;        /* simplified, half width, lower case */
    uint8_t *shape;
    uint64_t *prefix;    /* rolling hash of cp[0..i): n + 1 */
    uint64_t *power;
    tagger_word *word;
    size_t words;
    uint16_t *word_at;   /* which word holds a character */
    tagger_hit *hit;     /* by from, then to */
    size_t hits;
    uint32_t *hit_from;  /* first hit that begins at or behind a character: n + 1 */
    uint32_t *hit_end;   /* positions in by_end: n + 2 */
    uint32_t *by_end;    /* hits by to */
} tagger_view;

void tagger_see(yq_arena *a, yq_str text, tagger_view *v);
/* Hash of the characters [from, to). */
uint64_t tagger_chars(const tagger_view *v, size_t from, size_t to);
uint64_t tagger_mix(uint64_t a, uint64_t b);

/* ---------------------------------------------------------------- features.c */

typedef struct {
    uint64_t *v;
    size_t n, cap;
} tagger_features; /* hashes, never 0 */

/* What holds at character i. */
void tagger_char_features(const tagger_view *v, size_t i, tagger_features *f);
/* What the net is told of character i. */
void tagger_net_features(const tagger_view *v, size_t i, tagger_features *f);
/* What holds of the span [from, to), beside what the gazetteer says. */
void tagger_span_features(const tagger_view *v, size_t from, size_t to, tagger_features *f);
/* What holds of the sentence, for any span in it. */
void tagger_sentence_features(const tagger_view *v, tagger_features *f);
enum { TAGGER_MOST_FEATURES = 512 };

/* ---------------------------------------------------------------- dictionary.c: strings that were marked in training */

typedef struct {
    uint64_t string;                    /* hash; 0: free */
    uint32_t seen;                      /* times in the text, marked or not */
    uint16_t kind[4];                   /* up to four kinds */
    uint16_t count[4];                  /* times marked so */
} tagger_entry;

typedef struct {
    tagger_entry *entry;
    size_t size, n;    /* a power of two */
} tagger_gazetteer;

void tagger_gazetteer_room(yq_arena *a, tagger_gazetteer *g, size_t entries);
tagger_entry *tagger_entry_of(const tagger_gazetteer *g, uint64_t string); /* NULL: unknown */
tagger_entry *tagger_entry_add(tagger_gazetteer *g, uint64_t string);      /* room must be there */
/* Of an entry, less what one sentence itself contributed. */
void tagger_entry_features(const tagger_entry *e, tagger_features *f);

/* ---------------------------------------------------------------- chart.c: all cuttings of a sentence at once */

/* Rows of characters: outside, then begin, middle, end and alone of each kind. */
enum { TAGGER_BEGIN, TAGGER_MIDDLE, TAGGER_END, TAGGER_ALONE, TAGGER_PLACES };

static inline size_t tagger_width(size_t kinds)
{
    return 1 + TAGGER_PLACES * kinds;
}

static inline size_t tagger_column(size_t kind, unsigned place)
{
    return 1 + TAGGER_PLACES * kind + place;
}

/* States are 0 outside, 1 + kind. chars: n rows of `stride` floats; spans: for each first character `longest` rows of `kinds` floats, by length. */
typedef struct {
    size_t n, kinds, longest, stride;
    float *chars, *spans;
    const float *step; /* (kinds + 1)^2, from state to state; the sentence begins outside */
} tagger_scores;

typedef struct {
    double z;       /* logarithm of the sum over all cuttings */
    float *chars;   /* in the shape of the scores: what is expected */
    float *spans;
    float *step;
} tagger_shares;

/* spans become whole: those of the span and of its characters. */
void tagger_join_scores(const tagger_scores *s);
/* Forward and backward over joined scores. step of out may be NULL. */
void tagger_chart(yq_arena *a, const tagger_scores *s, tagger_shares *out);
/* The best cutting of joined scores; spans count characters. Returns its score. */
typedef struct {
    uint32_t from, to, kind;
} tagger_cut;
typedef YQ_VEC(tagger_cut) tagger_cuts;
double tagger_best(yq_arena *a, const tagger_scores *s, tagger_cuts *out);

/* ---------------------------------------------------------------- dictionary.c: hash of a feature -> row of weights */

typedef struct {
    uint64_t *key; /* 0: free */
    uint32_t *row;
    size_t size;   /* a power of two */
    uint32_t rows;
} tagger_dictionary;

#define TAGGER_NO_ROW UINT32_MAX
uint32_t tagger_row(const tagger_dictionary *d, uint64_t key);
/* The row of a key, a new one if it has none. */
uint32_t tagger_row_add(yq_arena *a, tagger_dictionary *d, uint64_t key);
/* Room for so many rows, before the first. */
void tagger_dictionary_room(yq_arena *a, tagger_dictionary *d, size_t rows);

/* Features and a row of weights for each. */
typedef struct {
    tagger_dictionary names;
    size_t columns;
    float *weight;
} tagger_table;

/* ---------------------------------------------------------------- net.c: characters in the light of the whole sentence */

enum { TAGGER_NET_IN = 64, TAGGER_NET_HIDDEN = 64, TAGGER_NET_GATES = 4 * TAGGER_NET_HIDDEN };

/* Offsets of the parts in the net's weights (floats); direction d is 0 forward, 1 backward. */
typedef struct {
    size_t input[2];     /* TAGGER_NET_IN rows of TAGGER_NET_GATES */
    size_t recurrent[2]; /* TAGGER_NET_HIDDEN rows of TAGGER_NET_GATES */
    size_t bias[2];      /* TAGGER_NET_GATES */
    size_t output;       /* 2 TAGGER_NET_HIDDEN rows of `columns` */
    size_t output_bias;  /* columns */
    size_t columns;      /* tagger_width(kinds), rounded up to a multiple of 16 */
    size_t all;
} net_shape;

net_shape tagger_net_shape(size_t kinds);

/* What one pass leaves for the way back; n rows each. */
typedef struct {
    size_t n;
    float *x;          /* TAGGER_NET_IN */
    float *gate[2];    /* TAGGER_NET_GATES: input, forget, output, candidate after their functions */
    float *cell[2], *bent[2], *hidden[2]; /* TAGGER_NET_HIDDEN: cell, its tanh, output */
    float *joined;     /* 2 TAGGER_NET_HIDDEN, after dropout */
    float *out;        /* columns */
} net_pass;

/* x is filled by the caller; keep (n rows of 2 TAGGER_NET_HIDDEN, or NULL) multiplies the hidden values. */
void tagger_net_forward(yq_arena *a, const net_shape *shape, const float *weight, const float *keep, net_pass *p);
/* From the gradient of out to that of the weights (added) and of x. */
void tagger_net_backward(yq_arena *a, const net_shape *shape, const float *weight, const float *keep, const net_pass *p, const float *out_gradient,
                         float *weight_gradient, float *x_gradient);

/* ---------------------------------------------------------------- score.c: from a view to scores */

/* One of several nets that were begun at other places and see the sentences in another order; their mean errs less than any. */
enum { TAGGER_NETS = 4 };
typedef struct {
    float *weight, *step;
} tagger_net;

struct yq_tagger {
    yq_arena *arena;
    yq_str *kind;
    size_t kinds, longest;
    tagger_table chars;  /* columns: tagger_width */
    tagger_table spans;  /* columns: kinds */
    float *step;
    tagger_gazetteer gazetteer;
    size_t nets;
    tagger_net net[TAGGER_NETS];
    net_shape shape;     /* of each net */
    tagger_table inputs; /* columns: TAGGER_NET_IN for each net */
};

/* Rows of a table for each of a number of items: those of item i are row[from[i]] to row[from[i + 1]]. */
typedef struct {
    uint32_t *from, *row;
} tagger_list;

typedef struct {
    size_t n;              /* characters */
    tagger_list chars;     /* one item a character */
    tagger_list spans;     /* item first * longest + length - 1 */
    tagger_list sentence;  /* one item, of the spans' table */
    tagger_list inputs;    /* one item a character */
} tagger_rows;

/* own: the spans marked in this very sentence, which the gazetteer must forget for it (NULL when tagging). */
void tagger_rows_of(const yq_tagger *t, yq_arena *a, const tagger_view *v, const tagger_cuts *own, tagger_rows *out);
/* Joined scores by the weighted features. */
void tagger_score_features(const yq_tagger *t, yq_arena *a, const tagger_rows *r, tagger_scores *out);
/* Joined scores by one net; pass may be looked at by who learns. */
void tagger_score_net(const yq_tagger *t, yq_arena *a, const tagger_rows *r, size_t net, const float *keep, net_pass *pass, tagger_scores *out);
/* All together: the logarithms' weighted mean, and a little more for spans, since what training never saw looks more like outside than it is. */
void tagger_score(const yq_tagger *t, yq_arena *a, const tagger_rows *r, tagger_scores *out);

/* ---------------------------------------------------------------- train.c, train_net.c */

typedef struct {
    tagger_rows rows;
    tagger_cuts gold;
} tagger_example;

typedef struct {
    yq_arena *arena, *scratch; /* what lasts, and what one sentence needs */
    const yq_tagger_set *set;
    const yq_tagger_options *options;
    yq_tagger *t;
    tagger_example *example;
    uint32_t *order;           /* the examples that are learnt */
    size_t count;
    uint64_t random;
} tagger_trainer;

uint64_t tagger_draw(tagger_trainer *r);
bool tagger_chance(tagger_trainer *r, float p);
void tagger_shuffle(tagger_trainer *r);
/* Makes of what is expected the gradient: expected less marked. */
void tagger_subtract_gold(const tagger_scores *s, const tagger_cuts *gold, tagger_shares *g);
/* One step of AdaGrad on n weights. */
void tagger_descend(float *weight, float *square, const float *gradient, size_t n, float pull, float rate);
void tagger_train_nets(tagger_trainer *r, size_t nets);

/* ---------------------------------------------------------------- model.c */

void tagger_write(yq_arena *a, const yq_tagger *t, yq_buf *out);

#endif
