/* A thousand kept needs and a document that arrives: which of them does it answer?
 *
 * The forms of all needs stand in one table by key, as in a dissemination system (Yan & García-Molina, "Index structures for selective dissemination of information under the
 * Boolean model", ACM TODS 19(2), 1994): the document's terms are looked up once and touch those needs that have something in common with it. Three bounds, each dearer and nearer
 * than the one before, say that nobody in the document can be an answer:
 *
 *   1. what of the need the whole document has;
 *   2. what of it stands where one candidate is named, passage by passage, and in what facts say of him;
 *   3. what is left is matched as any need is (match.c), from the document's passages alone.
 *
 * Nearness, sentences and shares only make less of what a passage has, so the first two never lose what the third would tell. */
#include "match/standing.h"

#include "kind/kind.h"
#include "match/inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { NEEDS_MEMORY = 1 << 30, WORK_MEMORY = 512 << 20, MOST_NEWS = 20000, MOST_PASSAGES = 60 };

#define MOST_STRENGTH 1.15f /* of evidence: a talk */
#define MOST_FIT 1.25       /* of a score: the kind of organisation that is asked for */
#define TITLE_SHARE 0.35f
#define KIND_SHARE 0.7f
#define LEVEL 0.1
#define NEAR_THE_BEST 0.7  /* of its kind in the document: below, it is only named beside an answer */
#define NEAR_THE_KNOWN 0.5 /* of what was the best when the need was kept; one document says less than all together */
#define ENOUGH 0.7         /* of the diseases, procedures and devices that the need names, or of the whole need when it names none: a word of them (0.6, in a talk 0.69) is not the thing */
#define GREW 1.5 /* times the passages there were: what is rare is worked out anew */

typedef struct {
    int64_t id, sequence;
    yq_str want;
    need need;
    asked_conditions beside;
    uint32_t first; /* of its parts among all parts */
    const yq_best_known *best; /* of each kind, when it was kept */
    size_t bests;
} kept;

typedef struct {
    uint64_t key;
    uint32_t need, form;
} posting;

struct yq_standing {
    yq_register *reg;
    yq_reader *reader;
    yq_viewer viewer;
    void (*told)(void *arg);
    void *arg;
    yq_arena *needs_arena, *found_arena, *work, *pair;
    YQ_VEC(kept) needs;
    posting *postings; /* by key */
    size_t posting_count;
    uint32_t *table, table_size; /* open addressing: number + 1 of the first posting of a key */
    met_tally *met;              /* of every part of every need, for the document at hand */
    size_t part_count;
    uint32_t *touched;
    bool *is_touched, *seen;     /* seen: for the longest need */
    int64_t loaded;              /* the entry that the needs are as of; -1: not loaded */
    char today[11];              /* the day that "近三年" is counted from in them */
    size_t passages;             /* in the index then */
    int64_t upto;                /* until this entry all was looked at */
    bool unmarked, exhaustive;   /* unmarked: the journal does not know yet */
    score_weights weights;
    double most_score;           /* of a need met in full */
    yq_standing_counts counts;
};

/* ---------------------------------------------------------------- the needs, parsed once */

static int by_key(const void *a, const void *b)
{
    const posting *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->need > y->need) - (x->need < y->need);
}

static void index_needs(yq_standing *s)
{
    yq_arena *a = s->needs_arena;
    size_t forms = 0, longest = 0;
    for (size_t i = 0; i < s->needs.n; i++) {
        forms += s->needs.v[i].need.form_count;
        if (s->needs.v[i].need.form_count > longest) longest = s->needs.v[i].need.form_count;
    }
    s->seen = YQ_ARRAY(a, bool, longest + 1);
    s->postings = YQ_ARRAY(a, posting, forms + 1);
    s->posting_count = 0;
    for (uint32_t i = 0; i < s->needs.n; i++)
        for (uint32_t f = 0; f < s->needs.v[i].need.form_count; f++) s->postings[s->posting_count++] = (posting){ s->needs.v[i].need.forms[f].key, i, f };
    qsort(s->postings, s->posting_count, sizeof *s->postings, by_key);
    for (s->table_size = 8; s->table_size < 2 * s->posting_count; s->table_size *= 2) continue;
    s->table = YQ_ARRAY(a, uint32_t, s->table_size);
    for (size_t i = 0; i < s->posting_count; i++) {
        if (i && s->postings[i].key == s->postings[i - 1].key) continue;
        uint32_t at = (uint32_t)s->postings[i].key & (s->table_size - 1);
        while (s->table[at]) at = (at + 1) & (s->table_size - 1);
        s->table[at] = (uint32_t)i + 1;
    }
}

static void add_need(yq_standing *s, const yq_kept_need *k)
{
    yq_arena *a = s->needs_arena;
    kept *n = yq_push(a, &s->needs);
    *n = (kept){ .id = k->id, .sequence = k->sequence, .want = yq_dup(a, k->want), .first = (uint32_t)s->part_count };
    yq_need_question q = { .today = yq_cstr(s->today) };
    yq_question_of(a, k, &q);
    match_read_need(a, yq_register_index(s->reg), &s->viewer, &q, &n->need, &n->beside);
    s->part_count += n->need.parts.n;
}

/* best is ordered by need. */
static void add_bests(yq_standing *s, const yq_best_knowns *best)
{
    for (size_t i = 0; i < s->needs.n; i++) {
        kept *k = &s->needs.v[i];
        size_t low = 0, high = best->n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (best->v[middle].need < k->id) low = middle + 1;
            else high = middle;
        }
        k->best = best->v + low;
        while (low + k->bests < best->n && best->v[low + k->bests].need == k->id) k->bests++;
    }
}

static yq_code load_inside(void *arg, yq_err *err)
{
    yq_standing *s = arg;
    yq_kept_needs list;
    yq_best_knowns best;
    yq_code rc = yq_register_needs(s->reader, &s->viewer, s->needs_arena, YQ_S("kept"), &list, err);
    for (size_t i = 0; i < list.n && !rc; i++) add_need(s, &list.v[i]);
    if (!rc) rc = yq_register_best_known(s->reader, &s->viewer, s->needs_arena, &best, err);
    if (rc) return rc;
    add_bests(s, &best);
    index_needs(s);
    s->met = YQ_ARRAY(s->needs_arena, met_tally, s->part_count + 1);
    s->touched = YQ_ARRAY(s->needs_arena, uint32_t, s->needs.n + 1);
    s->is_touched = YQ_ARRAY(s->needs_arena, bool, s->needs.n + 1);
    return YQ_OK;
}

/* Reads the needs when one was kept or closed since, when another day has come, or when the register has grown so that other words are rare. */
static yq_code load(yq_standing *s, yq_err *err)
{
    int64_t changed;
    size_t passages = yq_index_count(yq_register_index(s->reg));
    yq_code rc = yq_register_needs_changed(s->reader, &changed, err);
    yq_str today = day_of_clock(s->found_arena);
    if (rc || (s->loaded == changed && yq_eq(today, yq_cstr(s->today)) && (double)passages <= GREW * (double)s->passages)) return rc;
    yq_arena_clear(s->needs_arena);
    s->needs.v = NULL, s->needs.n = s->needs.cap = 0;
    s->part_count = 0;
    s->loaded = -1;
    snprintf(s->today, sizeof s->today, "%.*s", YQ_FMT(today));
    rc = yq_arena_run(s->needs_arena, load_inside, s, err);
    if (rc) return rc;
    s->loaded = changed;
    s->passages = passages;
    return YQ_OK;
}

/* ---------------------------------------------------------------- a document, as needs are held against it */

/* A stretch of it, and what it counts. */
typedef struct {
    need_key_list keys;
    float share;
    int64_t passage; /* 0: a fact, a title, what an organisation is */
} unit;

typedef struct {
    int64_t entity;
    yq_str kind;
    YQ_VEC(uint32_t) units;
} named;

typedef struct {
    yq_standing *s;
    yq_arrived arrived;
    YQ_VEC(unit) units;
    YQ_VEC(named) named;
    need_key_list keys;  /* of all units, each once */
    read_before *before;
    size_t passages, titles; /* units [0, passages) are passages; [passages, titles) are titles */
} document;

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint32_t add_unit(document *d, yq_str text, float share, int64_t passage)
{
    unit *u = yq_push(d->s->work, &d->units);
    *u = (unit){ .share = share, .passage = passage };
    need_keys(d->s->work, yq_simplify(d->s->work, text), &u->keys);
    return (uint32_t)d->units.n - 1;
}

static void add_titles(document *d)
{
    d->passages = d->units.n;
    for (size_t i = 0; i < d->arrived.passages.n; i++) {
        yq_str title = d->arrived.passages.v[i].title;
        if (!i || !yq_eq(title, d->arrived.passages.v[i - 1].title)) add_unit(d, title, TITLE_SHARE, 0);
    }
    d->titles = d->units.n;
}

static named *named_of(document *d, const yq_arrived_naming *n)
{
    for (size_t i = 0; i < d->named.n; i++)
        if (d->named.v[i].entity == n->entity) return &d->named.v[i];
    named *e = yq_push(d->s->work, &d->named);
    *e = (named){ .entity = n->entity, .kind = n->kind };
    return e;
}

static uint32_t unit_of_passage(const document *d, int64_t passage)
{
    size_t low = 0, high = d->passages;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->units.v[middle].passage < passage) low = middle + 1;
        else high = middle;
    }
    return low < d->passages && d->units.v[low].passage == passage ? (uint32_t)low : UINT32_MAX;
}

/* Things and subjects are spoken of beyond the passage that names them. */
static bool goes_on(yq_str kind)
{
    return !yq_eq(kind, YQ_S("person")) && !yq_eq(kind, YQ_S("organization"));
}

static void add_namings(document *d)
{
    uint32_t kinds = add_unit(d, YQ_S("投资 投资机构 投资人 投 企业 公司 厂家"), KIND_SHARE, 0);
    for (size_t i = 0; i < d->arrived.namings.n; i++) {
        const yq_arrived_naming *n = &d->arrived.namings.v[i];
        uint32_t u = n->passage ? unit_of_passage(d, n->passage) : add_unit(d, n->said, 1, 0);
        named *e = named_of(d, n);
        if (!e->units.n && yq_eq(e->kind, YQ_S("organization"))) *yq_push(d->s->work, &e->units) = kinds;
        if (u != UINT32_MAX && (!goes_on(e->kind) || !n->passage)) *yq_push(d->s->work, &e->units) = u;
    }
}

static void gather_keys(document *d)
{
    need_key_list all = { 0 };
    for (size_t i = 0; i < d->units.n; i++)
        for (size_t k = 0; k < d->units.v[i].keys.n; k++) *yq_push(d->s->work, &all) = d->units.v[i].keys.v[k];
    qsort(all.v, all.n, sizeof *all.v, by_number);
    for (size_t i = 0; i < all.n; i++)
        if (!i || all.v[i] != all.v[i - 1]) *yq_push(d->s->work, &d->keys) = all.v[i];
}

static void prepare(document *d)
{
    for (size_t i = 0; i < d->arrived.passages.n; i++) add_unit(d, d->arrived.passages.v[i].text, 1, d->arrived.passages.v[i].id);
    add_titles(d);
    add_namings(d);
    gather_keys(d);
}

/* ---------------------------------------------------------------- bounds */

/* Can somebody who meets at most this much of each part be news? */
static bool can_answer(const yq_standing *s, const kept *k, const float *met)
{
    double value = 0, core = 0, core_met = 0;
    for (size_t g = 0; g < k->need.parts.n; g++) {
        const part *p = &k->need.parts.v[g];
        double most = met[g] * MOST_STRENGTH;
        value += p->weight * most;
        core += p->core;
        core_met += p->core * most;
    }
    double fit = MOST_FIT * pow(MET_CONDITION, (double)k->beside.all.n);
    if (!(k->need.total > 0) || fit * s->most_score * value / k->need.total < LEVEL) return false;
    return (core > 0 ? core_met / core : value / k->need.total) >= ENOUGH;
}

/* Adds up what the document has of every need; those it has something of are in s->touched. */
static size_t touch(yq_standing *s, const document *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->keys.n; i++) {
        uint64_t key = d->keys.v[i];
        uint32_t at = (uint32_t)key & (s->table_size - 1);
        while (s->table[at] && s->postings[s->table[at] - 1].key != key) at = (at + 1) & (s->table_size - 1);
        for (size_t p = s->table[at]; p && p - 1 < s->posting_count && s->postings[p - 1].key == key; p++) {
            const posting *q = &s->postings[p - 1];
            kept *k = &s->needs.v[q->need];
            need_meet(&k->need.forms[q->form], &s->met[k->first + k->need.forms[q->form].part]);
            if (!s->is_touched[q->need]) s->touched[n++] = q->need, s->is_touched[q->need] = true;
        }
    }
    return n;
}

/* What the whole document has; forgets it. */
static void take_met(yq_standing *s, uint32_t number, float met[MAX_PARTS])
{
    kept *k = &s->needs.v[number];
    for (size_t g = 0; g < k->need.parts.n; g++) met[g] = need_part_met(&k->need.parts.v[g], &s->met[k->first + g]);
    memset(&s->met[k->first], 0, k->need.parts.n * sizeof *s->met);
    s->is_touched[number] = false;
}

static void join(const yq_standing *s, const kept *k, const unit *u, float met[MAX_PARTS])
{
    float has[MAX_PARTS];
    need_met_by_keys(&k->need, u->keys.v, u->keys.n, s->seen, has);
    for (size_t g = 0; g < k->need.parts.n; g++) met[g] = fmaxf(met[g], u->share * has[g]);
}

static bool is_wanted(const kept *k, yq_str kind)
{
    const yq_kind *known = yq_kind_find(yq_kinds_builtin(), kind);
    return k->want.n ? yq_eq(kind, k->want) : known && known->wanted == YQ_WANTED_ALWAYS;
}

typedef YQ_VEC(int64_t) entity_list;

/* Who in the document can be news. */
static void who_can(const document *d, const kept *k, entity_list *out)
{
    const yq_standing *s = d->s;
    float titles[MAX_PARTS] = { 0 }, whole[MAX_PARTS] = { 0 };
    for (size_t i = d->passages; i < d->titles; i++) join(s, k, &d->units.v[i], titles);
    memcpy(whole, titles, sizeof whole);
    for (size_t i = 0; i < d->passages; i++) join(s, k, &d->units.v[i], whole);
    for (size_t i = 0; i < d->named.n; i++) {
        const named *e = &d->named.v[i];
        float met[MAX_PARTS];
        if (!is_wanted(k, e->kind)) continue;
        memcpy(met, goes_on(e->kind) ? whole : titles, sizeof met);
        for (size_t u = 0; u < e->units.n; u++) join(s, k, &d->units.v[e->units.v[u]], met);
        if (can_answer(s, k, met)) *yq_push(s->work, out) = e->entity;
    }
}

/* ---------------------------------------------------------------- matching what is left */

typedef YQ_VEC(yq_shown) shown_list;

typedef struct {
    const document *d;
    const kept *k;
    entity_list among; /* none: everybody */
    shown_list *found;
} matching_pair;

typedef struct {
    int64_t id;
    double value;
} valued;

static int most_first(const void *a, const void *b)
{
    const valued *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool names_one(const matching_pair *p, uint32_t passage)
{
    for (size_t i = 0; i < p->d->named.n; i++)
        for (size_t k = 0; k < p->among.n; k++)
            for (size_t u = 0; p->d->named.v[i].entity == p->among.v[k] && u < p->d->named.v[i].units.n; u++)
                if (p->d->named.v[i].units.v[u] == passage) return true;
    return !p->among.n;
}

/* The passages that have most of the need; one that has nothing of it and names nobody who can be news is left out. */
static size_t choose_passages(const matching_pair *p, int64_t *out)
{
    const document *d = p->d;
    valued *v = YQ_ARRAY(d->s->pair, valued, d->passages + 1);
    size_t n = 0, chosen = 0;
    for (uint32_t i = 0; i < d->passages; i++) {
        float met[MAX_PARTS] = { 0 };
        join(d->s, p->k, &d->units.v[i], met);
        double value = need_value(&p->k->need, met);
        if (value > 0 || p->k->need.available.n || names_one(p, i)) v[n++] = (valued){ d->units.v[i].passage, value };
    }
    qsort(v, n, sizeof *v, most_first);
    while (chosen < n && chosen < MOST_PASSAGES) out[chosen] = v[chosen].id, chosen++;
    return chosen;
}

static bool is_news(const yq_answer *a)
{
    return a->sure && a->meets >= ENOUGH && a->reasons.n;
}

/* From which score on an answer of this list is worth telling. */
static double worth_telling(const kept *k, const yq_match_list *l)
{
    double least = 0;
    for (size_t i = 0; i < l->answers.n && !(least > 0); i++) /* best first */
        if (is_news(&l->answers.v[i])) least = NEAR_THE_BEST * l->answers.v[i].score;
    for (size_t i = 0; i < k->bests; i++)
        if (yq_eq(k->best[i].kind, l->want)) least = fmax(least, NEAR_THE_KNOWN * k->best[i].score);
    return least;
}

static void note_answers(const matching_pair *p, const yq_match_lists *lists)
{
    for (size_t i = 0; i < lists->n; i++)
        for (size_t k = 0; k < lists->v[i].answers.n; k++) {
            const yq_answer *a = &lists->v[i].answers.v[k];
            if (!is_news(a) || a->score < worth_telling(p->k, &lists->v[i]) || p->found->n >= MOST_NEWS) continue;
            *yq_push(p->d->s->found_arena, p->found) = (yq_shown){ p->k->id, a->entity, a->reasons.v[0].document, a->reasons.v[0].span, a->score };
        }
}

static yq_code match_pair(void *arg, yq_err *err)
{
    matching_pair *p = arg;
    yq_standing *s = p->d->s;
    int64_t passages[MOST_PASSAGES];
    size_t n = choose_passages(p, passages);
    const yq_need_question q = { .want = p->k->want, .top = YQ_MATCH_MAX };
    const tally t = { .reader = s->reader, .viewer = &s->viewer, .arena = s->pair, .before = p->d->before, .need = &p->k->need, .only = p->d->arrived.document, .among = p->among.v, .among_count = p->among.n };
    yq_match_lists lists = { 0 };
    yq_code rc = match_document(&t, &q, &p->k->beside, passages, n, &s->weights, &lists, err);
    if (!rc) note_answers(p, &lists);
    return rc;
}

static yq_code hold_against(document *d, const kept *k, const float *met, shown_list *found, yq_err *err)
{
    yq_standing *s = d->s;
    matching_pair p = { .d = d, .k = k, .found = found };
    if (d->arrived.sequence <= k->sequence) return YQ_OK; /* it was there when the need was kept */
    if (!s->exhaustive && can_answer(s, k, met)) who_can(d, k, &p.among);
    if (!s->exhaustive && !p.among.n) return YQ_OK;
    s->counts.matched++;
    yq_code rc = yq_arena_run(s->pair, match_pair, &p, err);
    yq_arena_clear(s->pair);
    return rc;
}

typedef struct {
    yq_standing *s;
    int64_t document;
    shown_list *found;
} looking;

static yq_code look_at_document(void *arg, yq_err *err)
{
    looking *l = arg;
    yq_standing *s = l->s;
    read_before before = { .arena = s->work };
    document d = { .s = s, .before = &before };
    yq_code rc = yq_register_arrived(s->reader, &s->viewer, s->work, l->document, &d.arrived, err);
    if (rc) return rc;
    prepare(&d);
    size_t n = touch(s, &d);
    s->counts.documents++;
    s->counts.pairs += (int64_t)s->needs.n;
    for (size_t i = 0; i < n; i++) { /* all are taken, so that none is left for the next document */
        float met[MAX_PARTS];
        uint32_t number = s->touched[i];
        take_met(s, number, met);
        if (!rc) rc = hold_against(&d, &s->needs.v[number], met, l->found, err);
    }
    return rc;
}

typedef struct {
    yq_standing *s;
    shown_list found;
} round_of;

static yq_code look_inside(void *arg, yq_err *err)
{
    round_of *r = arg;
    yq_standing *s = r->s;
    int64_t *documents;
    size_t n;
    yq_code rc = yq_register_arrivals(s->reader, &s->viewer, s->found_arena, s->upto, &documents, &n, err);
    if (!rc && n) rc = load(s, err);
    if (!rc && n && s->needs.n) rc = weights_read(s->reader, &s->weights, err);
    s->most_score = 0;
    for (int k = 0; k < SCORE_PARTS; k++) s->most_score += fmax(s->weights.of[k], 0);
    for (size_t i = 0; i < n && !rc && s->needs.n; i++) {
        looking l = { s, documents[i], &r->found };
        rc = yq_arena_run(s->work, look_at_document, &l, err);
        yq_arena_clear(s->work);
        s->unmarked = true;
    }
    return rc;
}

/* ---------------------------------------------------------------- after a commit */

static yq_code tell(yq_standing *s, const shown_list *found, yq_err *err)
{
    size_t told = 0;
    yq_code rc = found->n ? yq_register_tell(s->reg, found->v, found->n, false, &told, err) : YQ_OK;
    s->counts.told += (int64_t)told;
    if (rc || !told) return rc;
    s->unmarked = false;
    if (s->told) s->told(s->arg);
    return YQ_OK;
}

static void after_commit(void *arg)
{
    yq_standing *s = arg;
    round_of r = { .s = s };
    yq_err err = { 0 };
    int64_t sequence = yq_journal_sequence(yq_register_store(s->reg));
    if (sequence == s->upto) return;
    yq_code rc = yq_reader_begin(s->reader, &err);
    if (rc) return;
    rc = yq_arena_run(s->found_arena, look_inside, &r, &err);
    yq_reader_end(s->reader);
    if (!rc) rc = tell(s, &r.found, &err);
    yq_arena_clear(s->found_arena);
    if (!rc) s->upto = yq_journal_sequence(yq_register_store(s->reg));
}

/* ---------------------------------------------------------------- life */

/* Until where was all looked at? What came before the first need was kept is looked at by nobody. */
static yq_code find_place(yq_standing *s, yq_err *err)
{
    yq_kept_needs list;
    yq_code rc = yq_register_looked_at(s->reader, &s->upto, err);
    if (!rc) rc = yq_register_needs(s->reader, &s->viewer, s->work, YQ_S("kept"), &list, err);
    int64_t first = yq_journal_sequence(yq_register_store(s->reg));
    for (size_t i = 0; i < list.n && !rc; i++)
        if (list.v[i].sequence < first) first = list.v[i].sequence;
    if (first > s->upto) s->upto = first;
    return rc;
}

static yq_code place_inside(void *arg, yq_err *err)
{
    return find_place(arg, err);
}

yq_code yq_standing_open(const char *url, yq_register *reg, void (*told)(void *arg), void *arg, yq_standing **out, yq_err *err)
{
    yq_standing *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s) return yq_fail(err, YQ_NOMEM, 0, "no memory for kept needs");
    *s = (yq_standing){ .reg = reg, .viewer = yq_viewer_office(), .told = told, .arg = arg, .loaded = -1, .weights = weights_shipped(),
                        .needs_arena = yq_arena_new(NEEDS_MEMORY), .found_arena = yq_arena_new(WORK_MEMORY), .work = yq_arena_new(WORK_MEMORY), .pair = yq_arena_new(WORK_MEMORY) };
    yq_code rc = s->needs_arena && s->found_arena && s->work && s->pair ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for kept needs");
    if (!rc) rc = yq_reader_open(url, &s->reader, err);
    if (!rc) rc = yq_arena_run(s->work, place_inside, s, err);
    if (!rc) {
        yq_arena_clear(s->work);
        yq_register_on_commit(reg, after_commit, s);
        *out = s;
        return YQ_OK;
    }
    s->reg = NULL;
    yq_standing_close(s);
    return rc;
}

void yq_standing_close(yq_standing *s)
{
    size_t told;
    if (!s) return;
    if (s->reg) yq_register_on_commit(s->reg, NULL, NULL);
    if (s->reg && s->unmarked) yq_register_tell(s->reg, NULL, 0, true, &told, NULL);
    yq_reader_close(s->reader);
    yq_arena_free(s->needs_arena);
    yq_arena_free(s->found_arena);
    yq_arena_free(s->work);
    yq_arena_free(s->pair);
    free(s);
}

yq_standing_counts yq_standing_count(const yq_standing *s)
{
    return s->counts;
}

void yq_standing_exhaustive(yq_standing *s, bool on)
{
    s->exhaustive = on;
}

/* ---------------------------------------------------------------- what is no news */

void yq_keeping(yq_arena *a, const yq_need_question *q, const yq_match_lists *answers, yq_need_act *out)
{
    YQ_VEC(yq_shown) list = { 0 };
    for (size_t i = 0; i < answers->n; i++)
        for (size_t k = 0; k < answers->v[i].answers.n && list.n < YQ_SHOWN_MAX; k++) {
            const yq_answer *x = &answers->v[i].answers.v[k];
            if (x->reasons.n) *yq_push(a, &list) = (yq_shown){ 0, x->entity, x->reasons.v[0].document, x->reasons.v[0].span, x->score };
        }
    *out = (yq_need_act){ .kind = YQ_ACT_KEEP, .shown = list.v, .shown_count = list.n };
    yq_naming_need(a, q, out);
}
