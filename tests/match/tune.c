/* Learning weights: a hidden preference is found on judgements that were not learnt from, noise is not, and too little is refused. */
#include "check.h"
#include "match/tune.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double shipped[YQ_TUNE_PARTS] = { 0.4, 0.6, 0.2 };
enum { TALK = 5, MOST = 400 };

static uint64_t state;
static double share(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

/* Answers whose best are those of largest hidden score. */
static size_t judge(yq_judged *v, size_t needs, size_t each, const double *hidden)
{
    size_t n = 0;
    for (size_t q = 0; q < needs; q++)
        for (size_t i = 0; i < each; i++) {
            yq_judged *j = &v[n++];
            double score = 0;
            *j = (yq_judged){ .need = q, .kind = i % 2 };
            for (int k = 0; k < YQ_TUNE_PARTS; k++) j->part[k] = share(), score += hidden ? hidden[k] * j->part[k] : 0;
            j->grade = hidden ? score > 1.2 : share() > 0.5;
        }
    return n;
}

static yq_tuning tune(const yq_judged *v, size_t n, size_t needs, yq_code expected, yq_err *err)
{
    yq_tuning t = { 0 };
    yq_arena *a = yq_arena_new(64 << 20);
    CHECK("learns", yq_tune_on(a, v, n, needs, shipped, &t, err) == expected);
    yq_arena_free(a);
    return t;
}

static void found(void)
{
    static yq_judged v[MOST];
    const double hidden[YQ_TUNE_PARTS] = { 0.4, 0.6, 0.2, 0, 0, 0.9 };
    state = 1;
    size_t n = judge(v, 40, 8, hidden);
    yq_tuning t = tune(v, n, 40, YQ_OK, NULL);
    CHECK("better on judgements it has not seen", t.after > t.before + 0.05 && t.after > 0.9);
    CHECK("by the part that was preferred", t.weights[TALK].weight > 0.2 && strcmp(t.weights[TALK].part, "talk") == 0);
    for (int k = 3; k < YQ_TUNE_PARTS; k++) CHECK("and by no other source", k == TALK || fabs(t.weights[k].weight) < t.weights[TALK].weight / 2);
    double was = 0, is = 0;
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < YQ_TUNE_PARTS; k++) was += shipped[k] * v[i].part[k], is += t.weights[k].weight * v[i].part[k];
    CHECK("the mean score stays", fabs(was - is) < 1e-6 * was);
    size_t pairs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) pairs += v[i].need == v[k].need && v[i].kind == v[k].kind && v[i].grade > v[k].grade;
    CHECK("only answers of one kind, to one need, are compared", t.pairs > 0 && t.pairs == pairs);
}

static void noise(void)
{
    enum { TIMES = 10 };
    static yq_judged v[MOST];
    double before = 0, after = 0;
    for (int i = 0; i < TIMES; i++) {
        state = 100 + (uint64_t)i * 7919;
        size_t n = judge(v, 40, 8, NULL);
        yq_tuning t = tune(v, n, 40, YQ_OK, NULL);
        before += t.before / TIMES, after += t.after / TIMES;
        for (int k = 0; k < YQ_TUNE_PARTS; k++) CHECK("chance moves little", fabs(t.weights[k].weight - shipped[k]) < 0.25);
    }
    CHECK("chance is not taken for a preference", fabs(after - before) < 0.03);
}

/* What the weights have right already stays right. */
static void agreed(void)
{
    static yq_judged v[MOST];
    state = 3;
    size_t n = judge(v, 20, 8, shipped);
    for (size_t i = 0; i < n; i++) {
        double score = 0;
        for (int k = 0; k < YQ_TUNE_PARTS; k++) score += shipped[k] * v[i].part[k];
        v[i].grade = score > 0.6;
    }
    yq_tuning t = tune(v, n, 20, YQ_OK, NULL);
    CHECK("right before", t.before > 0.9999 && t.after > 0.95);
}

static void too_little(void)
{
    static yq_judged v[MOST];
    yq_err err = { 0 };
    const double hidden[YQ_TUNE_PARTS] = { 0.4, 0.6, 0.2, 0, 0, 0.9 };
    state = 4;
    size_t n = judge(v, 2, 9, hidden);
    tune(v, n, 2, YQ_INVALID, &err);
    CHECK("says how many there are and how many it takes", strstr(err.msg, "18 answers") && strstr(err.msg, "20 answers") && strstr(err.msg, "5 needs"));
    for (size_t i = 0; i < 60; i++) v[i] = (yq_judged){ .grade = 1, .need = i / 2 };
    tune(v, 60, 30, YQ_INVALID, &err);
    CHECK("nothing but praise teaches nothing", strstr(err.msg, "0 needs") != NULL);
    tune(v, 0, 0, YQ_INVALID, &err);
}

int main(void)
{
    found();
    noise();
    agreed();
    too_little();
    return check_done();
}
