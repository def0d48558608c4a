/* tagger/tagger.h - spans of a sentence and what kind each is, learnt from sentences in which people marked them.
 *
 * The model is a semi-Markov conditional random field (Sarawagi and Cohen, NIPS 2004): a sentence is cut into marked spans and single
 * characters outside of them, and a weighted sum of what holds at each character and of what holds of each span as a whole gives
 * the cutting its probability. A span's confidence is its exact share of all cuttings, and the spans are chosen of which most are expected to be right.
 *
 * What a model saw in training is kept as hashes and weights; no sentence can be read out of it.
 */
#ifndef YQ_TAGGER_H
#define YQ_TAGGER_H

#include "base/base.h"

enum {
    YQ_TAGGER_KINDS = 48,             /* kinds in one model */
    YQ_TAGGER_KIND_BYTES = 64,        /* the name of one */
    YQ_TAGGER_SENTENCE = 2000,        /* characters; training refuses a longer sentence, tagging cuts it */
    YQ_TAGGER_SPAN = 64,              /* characters of a marked span */
    YQ_TAGGER_TRAIN_CHARS = 3000000,  /* characters of all training sentences */
    YQ_TAGGER_SENTENCES = 1000000     /* of one file */
};

/* ---------------------------------------------------------------- sentences with marked spans */

typedef struct {
    yq_span span;     /* bytes of the sentence */
    uint32_t kind;    /* number in the set's or the model's kinds */
    float confidence; /* 0..1: the model's probability that exactly this span is of this kind; 1 in training data */
} yq_tagger_span;

typedef struct {
    yq_str text;           /* valid UTF-8 */
    yq_tagger_span *span;  /* in order, none overlapping */
    size_t n;
} yq_tagger_sentence;

typedef struct {
    YQ_VEC(yq_str) kinds;
    YQ_VEC(yq_tagger_sentence) sentences;
} yq_tagger_set;

typedef enum { YQ_TAGGER_BMES, YQ_TAGGER_JSONL } yq_tagger_form;

/* The form by the file's ending; false: neither. */
bool yq_tagger_form_of(const char *path, yq_tagger_form *form);

/* Reads sentences; everything lies in the arena.
 *   .bmes   lines "character tag", an empty line behind each sentence; tags O, S-KIND, or B-, M-, E-KIND; unmarked: the character alone
 *   .jsonl  {"text": "…", "label": {"kind": {"mention": [[first, last]]}}}, places in characters from 0; unmarked: no label
 * marked: tags or labels must be there; else they must be absent (bmes) or are ignored (jsonl).
 * Errors: YQ_INVALID, the message names the line and what is expected: not UTF-8, a broken line, an unknown tag, a span that does not
 * close or crosses another, a mention that is not what its places hold, a limit above, no sentence at all. */
yq_code yq_tagger_read(yq_arena *a, yq_str bytes, yq_tagger_form form, bool marked, yq_tagger_set *out, yq_err *err);
/* Writes the sentences in the same form; a is for what is needed on the way. */
void yq_tagger_write(yq_arena *a, const yq_tagger_set *set, yq_tagger_form form, yq_buf *out);

/* ---------------------------------------------------------------- learning */

typedef struct yq_tagger yq_tagger; /* a model, immutable once made; threads share it */

typedef struct {
    unsigned epochs, net_epochs; /* times through all sentences, by the weighted features and by each net */
    unsigned nets;               /* how many, up to 4; 0: by the size of the set */
    uint64_t seed;
    void (*each)(void *arg, const yq_tagger *t, unsigned epoch); /* NULL, or called after each time through; t is still being made */
    void *arg;
} yq_tagger_options;

yq_tagger_options yq_tagger_defaults(void);

/* Learns from a marked set and appends the model to out, in the form described in model.c. The same set and options give the same bytes.
 * Needs some 3 kB of the arena a character of training text, and minutes for a hundred thousand. Errors: YQ_INVALID - no span in any sentence, limits. */
yq_code yq_tagger_train(yq_arena *a, const yq_tagger_set *set, const yq_tagger_options *options, yq_buf *out, yq_err *err);

/* ---------------------------------------------------------------- using a model */

/* Loads a model from its bytes, which are checked whole and may go away afterwards. Errors: YQ_CORRUPT - cut short, changed, not a
 * model; YQ_NEWER - of another version; YQ_NOMEM. The caller frees *out. */
yq_code yq_tagger_load(yq_str bytes, yq_tagger **out, yq_err *err);
void yq_tagger_free(yq_tagger *t);

size_t yq_tagger_kind_count(const yq_tagger *t);
yq_str yq_tagger_kind(const yq_tagger *t, uint32_t kind);

/* The spans of one sentence, in order, in the arena. text: valid UTF-8, any length. */
void yq_tagger_tag(const yq_tagger *t, yq_arena *a, yq_str text, yq_tagger_sentence *out);

#endif
