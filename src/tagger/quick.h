/* tagger/quick.h - the tagger's quick form: one voice of extraction, which reads megabytes a second.
 *
 * A linear chain over characters (Lafferty, McCallum and Pereira, ICML 2001) with some thirty features each, whose weights stand in a table of
 * a fixed size: a row of sixteen bytes at a place that the feature's hash names. It errs more often than the whole tagger (tagger.h) and
 * costs a hundredth.
 */
#ifndef YQ_TAGGER_QUICK_H
#define YQ_TAGGER_QUICK_H

#include "tagger/tagger.h"

enum { YQ_QUICK_KINDS = 3, YQ_QUICK_ROWS = 1 << 15 };

/* A word as the cutter gives it, or a character between two words; together they cover the sentence. */
typedef struct {
    uint32_t from, to; /* bytes of the sentence */
    uint16_t sort;     /* its part of speech: two letters of the dictionary's tag, 0 for words that it lacks */
} yq_quick_word;

/* A model lies where its bytes lie: opening costs nothing and keeps nothing. */
typedef struct {
    size_t kinds;
    yq_str kind[YQ_QUICK_KINDS];
    float scale;                 /* a weight is its byte times this */
    float step[1 + 4 * YQ_QUICK_KINDS][1 + 4 * YQ_QUICK_KINDS];
    const int8_t *rows;          /* YQ_QUICK_ROWS of 16: weights of the states, and last a check of the feature */
} yq_quick;

/* The model that ships with the program; src/tagger/voice.model, made by tools/train-voice. */
yq_quick yq_quick_shipped(void);
/* Is this a model of the quick form? */
bool yq_quick_is(yq_str bytes);
/* Opens a model from its bytes, which must stay. Errors: YQ_CORRUPT, YQ_NEWER as yq_tagger_load. */
yq_code yq_quick_open(yq_str bytes, yq_quick *out, yq_err *err);

/* Learns from a marked set of at most YQ_QUICK_KINDS kinds and appends the model to out. The same set gives the same bytes. */
yq_code yq_quick_train(yq_arena *a, const yq_tagger_set *set, uint64_t seed, yq_buf *out, yq_err *err);

/* The words of a sentence, for those who have not cut it yet; plain as in text.h. Returns their number. */
size_t yq_quick_words(yq_arena *a, yq_str plain, yq_quick_word **out);

/* What tagging works in, of one model; one sentence after the other uses it again. */
typedef struct yq_quick_room yq_quick_room;
yq_quick_room *yq_quick_room_new(yq_arena *a, const yq_quick *m);

/* Spans whose share of all ways to mark the sentence is at least `least` (0.5 or more, so that none overlap), in order, in the room's arena. */
void yq_quick_tag(yq_quick_room *r, yq_str plain, const yq_quick_word *word, size_t words, float least, yq_tagger_sentence *out);

#endif
