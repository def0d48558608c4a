/* For a written name or affiliation the organisations of a list that it may mean, best first.
 *
 * Retrieval by inverted lists of words (link_list.c, link_ask.c), then a closer look at the likeliest (link_look.c). A name's score is in bits: the sum of its features, each
 * with a weight that says how much it speaks for the name; two to the power of scores are shares (a conditional logit, McFadden 1974). An identifier decides (link_known.c).
 */
#include "resolve/link_best.h"

#include <math.h>
#include <stdlib.h>

static const double MISSING = 0.9, NONE = 17; /* NONE: bench/affil.c */

#define LINK_FEATURE_WEIGHT(name, latin, han) [LOOK_##name] = { latin, han },
static const float weights[LOOKS][2] = { LINK_FEATURES(LINK_FEATURE_WEIGHT) };

static int by_score(const void *x, const void *y)
{
    const link_candidate_form *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

static void touch(link_ask *q)
{
    link_list *l = q->l;
    q->touched_n = 0;
    for (size_t i = 0; i < q->n; i++) {
        uint32_t w = q->hits[i].word;
        if (q->first_hit[w] != (int32_t)i) continue; /* each word once, by its last hit */
        if (l->count[w] > l->forms / 8 + 50 && q->n > 3) continue;
        float best = 0;
        for (int32_t h = q->first_hit[w]; h >= 0; h = q->next_hit[h])
            if (q->hits[h].like > best) best = q->hits[h].like;
        for (uint32_t k = l->first[w]; k < l->first[w + 1]; k++) {
            uint32_t f = l->list[k];
            if (q->sum[f] == 0) q->touched[q->touched_n++] = f;
            q->sum[f] += (float)(1 + MISSING) * l->weight[w] * best;
        }
    }
}

typedef struct {
    double score;
    uint32_t form;
} likely;

static int by_likeliness(const void *x, const void *y)
{
    const likely *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

/* Lets x down from the root of a heap whose root is the worst. */
static void sift(likely *heap, size_t n, likely x)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && by_likeliness(&heap[child + 1], &heap[child]) > 0) child++;
        if (by_likeliness(&heap[child], &x) <= 0) break;
        heap[at] = heap[child];
    }
    heap[at] = x;
}

static void reverse(likely *v, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        likely x = v[i];
        v[i] = v[n - 1 - i];
        v[n - 1 - i] = x;
    }
}

/* The LOOK_CLOSER likeliest of the touched forms, in any order. */
static size_t select_likely(const link_ask *q, likely *heap)
{
    size_t n = 0;
    for (size_t i = 0; i < q->touched_n; i++) {
        uint32_t f = q->touched[i];
        likely x = { q->sum[f] - MISSING * q->l->form[f].weight, f };
        if (n < LOOK_CLOSER) {
            heap[n++] = x;
            if (n == LOOK_CLOSER) qsort(heap, n, sizeof *heap, by_likeliness), reverse(heap, n);
        } else if (by_likeliness(&x, &heap[0]) < 0) sift(heap, n, x);
    }
    return n;
}

size_t link_likely(link_ask *q, link_candidate_form *out)
{
    likely heap[LOOK_CLOSER];
    touch(q);
    size_t n = select_likely(q, heap);
    for (size_t i = 0; i < n; i++) out[i] = (link_candidate_form){ .form = heap[i].form };
    link_look(q, out, n);
    return n;
}

static double weigh(const look *o, bool han)
{
    double score = 0;
    for (size_t i = 0; i < LOOKS; i++) score += weights[i][han] * o->x[i];
    return score;
}

typedef YQ_VEC(yq_link_pair) pair_list;

typedef struct {
    link_list l;
    link_known known;
    const yq_link_table *a, *b;
    yq_link_pairs *out;
    link_candidate_form *room;
    pair_list found;
} job;

/* The probability among the candidates, with a chance that none is meant. */
static void put_best(job *j, yq_str id, const link_candidate_form *s, size_t n)
{
    yq_arena *a = j->l.arena;
    uint32_t seen[YQ_LINK_BEST];
    size_t taken = 0;
    double sum = exp2(NONE), top = n ? s[0].score : 0;
    double shift = top > 40 ? top - 40 : 0;
    for (size_t i = 0; i < n; i++) sum += exp2(s[i].score - shift);
    for (size_t i = 0; i < n && taken < YQ_LINK_BEST; i++) {
        const form *f = &j->l.form[s[i].form];
        bool again = false;
        for (size_t k = 0; k < taken; k++) again |= seen[k] == f->thing;
        if (again) continue;
        seen[taken++] = f->thing;
        double p = exp2(s[i].score - shift) / sum;
        *yq_push(a, &j->found) = (yq_link_pair){ id, j->l.id.v[f->thing], p, p >= 0.9 ? YQ_SAME : p >= 0.1 ? YQ_UNDECIDED : YQ_DIFFERENT,
                                           yq_printf(a, "name \"%.*s\" %.1f bits", YQ_FMT(f->whole), s[i].score) };
    }
}

/* Nothing else can be meant. */
static void put_told(job *j, yq_str id, const link_told_by *told)
{
    static const double SURE = 0.9999;
    *yq_push(j->l.arena, &j->found) = (yq_link_pair){ id, j->l.id.v[told->thing], SURE, YQ_SAME, yq_printf(j->l.arena, "the same %s", yq_identifier_name(told->kind)) };
}

static void answer(job *j, link_ask *q, size_t row, size_t name)
{
    const yq_str *cell = j->a->cell + row * j->a->columns;
    link_told_by told = link_known_of(&j->known, j->a, row);
    size_t kept = 0;
    if (told.thing != NO_THING) {
        put_told(j, cell[0], &told);
        return;
    }
    link_ask_read(q, cell[name]);
    size_t n = link_likely(q, j->room);
    for (size_t k = 0; k < n; k++) {
        if (link_known_forbids(&j->known, &told, j->l.form[j->room[k].form].thing)) continue;
        j->room[kept] = j->room[k];
        j->room[kept++].score = weigh(&j->room[k].look, q->han);
    }
    qsort(j->room, kept, sizeof *j->room, by_score);
    put_best(j, cell[0], j->room, kept);
    link_ask_forget(q);
}

static yq_code run(void *arg, yq_err *err)
{
    job *j = arg;
    link_ask q;
    (void)err;
    link_list_read(&j->l, j->b);
    link_known_read(&j->known, &j->l, j->a, j->b);
    link_ask_make(&q, &j->l);
    j->room = YQ_ARRAY(j->l.arena, link_candidate_form, LOOK_CLOSER);
    size_t name = link_column(j->a, YQ_S("name"));
    if (!name && j->a->columns > 1) name = 1;
    for (size_t i = 0; i < j->a->rows; i++) answer(j, &q, i, name);
    *j->out = (yq_link_pairs){ j->found.v, j->found.n };
    link_known_notices(&j->known, j->a, j->b, j->out);
    return YQ_OK;
}

yq_code yq_link_best(yq_arena *arena, const yq_link_table *a, const yq_link_table *b, yq_link_pairs *out, yq_err *err)
{
    job j = { .l = { .arena = arena }, .known = { .arena = arena }, .a = a, .b = b, .out = out };
    *out = (yq_link_pairs){ 0 };
    if (a->rows > YQ_LINK_MAX_ROWS || b->rows > YQ_LINK_MAX_ROWS) return yq_fail(err, YQ_INVALID, 0, "more than %d rows", YQ_LINK_MAX_ROWS);
    return yq_arena_run(arena, run, &j, err);
}
