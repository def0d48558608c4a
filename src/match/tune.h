/* match/tune.h - the weights of the score's parts, learnt from what people said of answers.
 *
 * Method. Of two answers to one need of which one was judged better, it should stand before the other: logistic loss on the difference of their scores (Burges et al., "Learning to rank
 * using gradient descent", ICML 2005), each need counting the same however many pairs it has. The prior is a Gaussian about the weights as shipped (Chelba & Acero, "Adaptation of
 * maximum entropy capitalizer: little data can help a lot", EMNLP 2004): with few judgements little moves. How steeply odds rise with a
 * difference of scores is learnt first, from the scores as shipped. How wide the prior is, is chosen by cross-validation inside what is learnt from, the narrowest that does as well as the
 * best but for chance; the figures that are told are of judgements left out of both, need by need. The weights are scaled at the end so that the mean score stays and the level of "none" keeps its sense.
 */
#ifndef YQ_TUNE_H
#define YQ_TUNE_H

#include "match/match.h"
#include "register/needs.h"

enum { YQ_TUNE_PARTS = 8, YQ_TUNE_JUDGEMENTS = 20, YQ_TUNE_NEEDS = 5 }; /* at least so many */

typedef struct {
    size_t judgements, needs, pairs; /* judged answers; needs with answers judged differently; pairs of these */
    size_t lost;                     /* judged answers that the match does not find any more */
    double before, after;            /* share of held-out pairs in the right order: as shipped, as learnt; the mean over needs */
    double prior;                    /* width that was chosen for all of them together */
    yq_weight weights[YQ_TUNE_PARTS];
    double shipped[YQ_TUNE_PARTS];
} yq_tuning;

/* Errors: YQ_INVALID - too few judgements, and how many are needed. */
yq_code yq_tune(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, yq_tuning *out, yq_err *err);

/* ---------------------------------------------------------------- the method alone, for tests */

typedef struct {
    double part[YQ_TUNE_PARTS];
    int grade;
    size_t need; /* 0, 1, …, none left out */
    uint64_t kind; /* only answers of one kind are compared */
} yq_judged;

/* out->weights, before, after, pairs, prior from judged answers; shipped: the prior's middle. */
yq_code yq_tune_on(yq_arena *a, const yq_judged *v, size_t n, size_t needs, const double shipped[YQ_TUNE_PARTS], yq_tuning *out, yq_err *err);

#endif
