/* extract/judge.c - which of the overlapping proposals are kept.
 *
 * Proposals of names (people, organisations, titles, departments, places, cohorts) compete for their characters: in each sentence the set
 * of non-overlapping proposals with the greatest sum of confidence x (characters - 1/2) is kept, found by weighted interval scheduling
 * (sorted by end, best[i] = max(best[i-1], weight + best[last that ends before it begins])). The half character makes one long mention
 * beat two short ones that cover the same text. Dates, numbers and quotes lie beside them and are all kept.
 */
#include "extract/internal.h"

#include <stdlib.h>

/* How sure the voice that learnt must be of a name that no other voice proposes; chosen on documents that it had not learnt. */
static const float sure_alone = 0.95f;

static int by_end(const void *a, const void *b)
{
    const yq_mention *x = a, *y = b;
    if (x->span.to != y->span.to) return x->span.to < y->span.to ? -1 : 1;
    if (x->span.from != y->span.from) return x->span.from < y->span.from ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return (x->confidence < y->confidence) - (x->confidence > y->confidence);
}

static int by_start(const void *a, const void *b)
{
    const yq_mention *x = a, *y = b;
    if (x->span.from != y->span.from) return x->span.from < y->span.from ? -1 : 1;
    if (x->span.to != y->span.to) return x->span.to > y->span.to ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

/* Two voices that propose the same are one proposal that both support: 1 - (1-a)(1-b). */
static size_t join_equal(yq_mention *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        yq_mention *last = kept ? &v[kept - 1] : NULL;
        bool same = last && last->kind == v[i].kind && last->span.from == v[i].span.from && last->span.to == v[i].span.to;
        if (!same) {
            v[kept++] = v[i];
            continue;
        }
        if (!(last->voices & v[i].voices)) last->confidence = 1 - (1 - last->confidence) * (1 - v[i].confidence);
        else if (v[i].confidence > last->confidence) last->confidence = v[i].confidence;
        last->voices |= v[i].voices;
        if (!last->value.n) last->value = v[i].value;
    }
    return kept;
}

/* What only the voice that learnt proposes: names of people it is sure of. It knows too few organisations to be believed in their borders. */
static bool too_little(const yq_mention *m)
{
    return m->voices == YQ_VOICE_TAGGER && (m->kind != YQ_M_PERSON || m->confidence < sure_alone);
}

static size_t drop_too_little(yq_mention *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!too_little(&v[i])) v[kept++] = v[i];
    return kept;
}

static double weight_of(const yq_work *w, const yq_mention *m)
{
    return m->confidence * ((double)yq_utf8_count(yq_at(w->text, m->span)) - 0.5);
}

/* The number of proposals among v[0..i) that end at or before `from`. */
static size_t ending_before(const yq_mention *v, size_t i, uint32_t from)
{
    size_t low = 0, high = i;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (v[mid].span.to <= from) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* Keeps the best set of competing proposals of one sentence; scratch holds n + 1 sums. */
static void keep_best(yq_work *w, const yq_mention *v, size_t n, double *best)
{
    best[0] = 0;
    for (size_t i = 0; i < n; i++) {
        double with = weight_of(w, &v[i]) + best[ending_before(v, i, v[i].span.from)];
        best[i + 1] = with > best[i] ? with : best[i];
    }
    for (size_t i = n; i > 0;) {
        if (best[i] == best[i - 1]) {
            i--;
            continue;
        }
        *yq_push(w->arena, &w->mentions) = v[i - 1];
        i = ending_before(v, i - 1, v[i - 1].span.from);
    }
}

/* Judges the proposals v[0..n) of one sentence. They are sorted by end. names and best have room for them. */
static void judge_sentence(yq_work *w, yq_sentence *s, const yq_mention *v, size_t n, yq_mention *names, double *best)
{
    s->first = w->mentions.n;
    size_t competing = 0;
    for (size_t i = 0; i < n; i++) {
        if (YQ_NAMES & YQ_MASK(v[i].kind)) names[competing++] = v[i];
        else *yq_push(w->arena, &w->mentions) = v[i];
    }
    keep_best(w, names, competing, best);
    s->count = w->mentions.n - s->first;
    if (s->count) qsort(&w->mentions.v[s->first], s->count, sizeof *w->mentions.v, by_start);
}

void yq_judge(yq_work *w)
{
    yq_mention *v = w->proposals.v;
    size_t n = w->proposals.n, at = 0;
    if (n) qsort(v, n, sizeof *v, by_end);
    n = drop_too_little(v, join_equal(v, n));
    yq_mention *names = YQ_ARRAY(w->arena, yq_mention, n + 1);
    double *best = YQ_ARRAY(w->arena, double, n + 1);
    for (size_t i = 0; i < w->sentences.n; i++) {
        yq_sentence *s = &w->sentences.v[i];
        while (at < n && v[at].span.to <= s->span.from) at++;
        size_t from = at;
        while (at < n && v[at].span.to <= s->span.to) at++;
        judge_sentence(w, s, v + from, at - from, names, best);
    }
}
