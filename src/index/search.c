/* Which documents score highest for these terms?
 *
 * Score. Okapi BM25 (Robertson, Walker, Jones, Hancock-Beaulieu, Gatford: "Okapi at TREC-3", 1994), summed over the terms t of the query:
 *
 *     weight(t) * idf(t) * (k1 + 1) * tf / (tf + k1 * (1 - b + b * length / mean length)),   idf(t) = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
 *
 * with N, n(t) and the mean length taken over the live documents that the viewer may see, whatever segments they lie in. tf and length
 * count a title's words TITLE_WEIGHT times. Shares are rounded to whole 2^-32 before they are added: integers have one sum in any
 * order, so that the list does not depend on how the search went about it.
 *
 * Search. Each pair of segment and visible class is gone through in windows of WINDOW documents. For a window every term has a bound, from
 * the maxima of its blocks that reach into it. The terms of least bound that cannot lift a document over the worst of the list even
 * together are not essential (MaxScore: Turtle & Flood, "Query evaluation: strategies and optimizations", IPM 31(6), 1995; with block maxima:
 * Chakrabarti, Chaudhuri, Ganti, "Interval-based pruning for top-k processing over compressed lists", ICDE 2011). Only the essential ones are
 * added up in the window; a document that may still enter the list is then looked up in the others, largest bound first. A window whose
 * bounds sum to less than the worst is passed over unread. With more than LONG_QUERY terms the looking up costs more than it
 * saves, so all terms are added up in the windows that remain.
 *
 * A document whose bound equals the worst score is still examined, since equal scores are ordered by id.
 */
#include "index/internal.h"

#include <math.h>

enum {
    WINDOW = 4096,
    LONG_QUERY = 16,
    MAX_TOP = 1 << 20
};
#define UNIT 4294967296.0 /* scores are counted in 2^-32 */

/* ---------------------------------------------------------------- the question */

typedef struct {
    yq_str text;
    double weight;   /* asked */
    double factor;   /* weight * idf * (k1 + 1), in units */
    postings *in;    /* of each view: where it lies */
} asked_term;

typedef struct {
    asked_term *term;   /* without doubles */
    size_t n;
    uint32_t *of;       /* for each entry of the yq_terms: its term, UINT32_MAX: none */
    double k_base, k_length; /* K = k_base + k_length * length */
} question;

/* One class of one segment that the viewer may see, with the terms found in it. */
typedef struct {
    cursor c;
    uint32_t term;
    int64_t bound, rest; /* in this window; rest: of this one and those before it in the order of bounds */
    bool over;           /* no posting left */
} lane;

typedef struct {
    int64_t score, id;
    uint32_t view, doc, class; /* view: its number in the snapshot */
} candidate;

typedef struct {
    candidate *v;
    size_t n, cap;
} heap;

typedef struct {
    const yq_viewer *viewer;
    const yq_search_options *options;
    const snapshot *snap;
    question q;
    heap best;
    int64_t *sum;       /* WINDOW of them */
    uint64_t *touched;  /* bits */
    lane *lanes;        /* one for each term */
    lane **order;
    yq_arena *arena;
    const yq_terms *query;
    yq_index_hit *hits;
    size_t *n;
} search;

/* ---------------------------------------------------------------- the best so far: a heap with the worst on top */

static bool worse(const candidate *a, const candidate *b)
{
    return a->score != b->score ? a->score < b->score : a->id > b->id;
}

static void sift_down(heap *h, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < h->n; k++)
            if (worse(&h->v[k], &h->v[least])) least = k;
        if (least == i) return;
        candidate t = h->v[i];
        h->v[i] = h->v[least];
        h->v[least] = t;
        i = least;
    }
}

static void sift_up(heap *h, size_t i)
{
    while (i && worse(&h->v[i], &h->v[(i - 1) / 2])) {
        candidate t = h->v[i];
        h->v[i] = h->v[(i - 1) / 2];
        h->v[(i - 1) / 2] = t;
        i = (i - 1) / 2;
    }
}

static void offer(heap *h, const candidate *c)
{
    if (h->n < h->cap) {
        h->v[h->n] = *c;
        sift_up(h, h->n++);
    } else if (worse(&h->v[0], c)) {
        h->v[0] = *c;
        sift_down(h, 0);
    }
}

/* Below this nothing enters the list. */
static int64_t least(const heap *h)
{
    return h->n < h->cap ? 1 : h->v[0].score;
}

static int best_first(const void *a, const void *b)
{
    return worse(a, b) ? 1 : worse(b, a) ? -1 : 0;
}

/* ---------------------------------------------------------------- statistics of what the viewer sees */

static bool sees(const yq_viewer *viewer, const doc_class *c)
{
    return yq_viewer_sees(viewer, c->owner, (int)c->sharing);
}

static void count_collection(const snapshot *s, const yq_viewer *viewer, uint64_t *docs, uint64_t *length)
{
    *docs = *length = 0;
    for (size_t i = 0; i < s->n; i++)
        for (uint32_t k = 0; k < s->views[i]->segment->classes; k++) {
            doc_class c = segment_class(s->views[i]->segment, k);
            if (!sees(viewer, &c)) continue;
            *docs += s->views[i]->live[k].docs;
            *length += s->views[i]->live[k].length;
        }
}

/* Dead documents are still in the postings; they are counted out, so that deleting leaves no trace. */
static uint32_t live_postings(const view *v, const run *r, cursor *c)
{
    uint32_t n = 0, first = segment_class(v->segment, r->class).first;
    if (!v->dead_count) return r->df;
    cursor_open(c, r);
    for (uint32_t block = 0; cursor_load(c, block); block++)
        for (uint32_t i = 0; i < c->n; i++) n += !view_is_dead(v, first + c->doc[i]);
    return n;
}

/* Documents of the view that the viewer may see and the term is in. */
static uint64_t documents_with(const view *v, const yq_viewer *viewer, postings p, cursor *spare)
{
    uint64_t n = 0;
    for (run r; segment_next_run(v->segment, &p, &r);) {
        doc_class c = segment_class(v->segment, r.class);
        if (sees(viewer, &c)) n += live_postings(v, &r, spare);
    }
    return n;
}

static double idf(uint64_t docs, uint64_t with)
{
    return log(1.0 + ((double)docs - (double)with + 0.5) / ((double)with + 0.5));
}

/* ---------------------------------------------------------------- reading the question */

typedef struct {
    yq_str text;
    uint32_t entry;
} entry_ref;

static int by_entry_text(const void *a, const void *b)
{
    const entry_ref *x = a, *y = b;
    int c = yq_cmp(x->text, y->text);
    return c ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

static void gather_terms(search *s)
{
    size_t n = s->query->n < MAX_QUERY ? s->query->n : MAX_QUERY;
    entry_ref *refs = YQ_ARRAY(s->arena, entry_ref, n + 1);
    for (uint32_t i = 0; i < n; i++) refs[i] = (entry_ref){ s->query->v[i].text, i };
    qsort(refs, n, sizeof *refs, by_entry_text);
    s->q.term = YQ_ARRAY(s->arena, asked_term, n + 1);
    s->q.of = YQ_ARRAY(s->arena, uint32_t, s->query->n + 1);
    memset(s->q.of, 0xFF, s->query->n * sizeof *s->q.of);
    for (size_t i = 0; i < n; i++) {
        float weight = s->query->v[refs[i].entry].weight;
        if (!(weight > 0) || !refs[i].text.n) continue;
        if (!s->q.n || !yq_eq(s->q.term[s->q.n - 1].text, refs[i].text)) s->q.term[s->q.n++] = (asked_term){ .text = refs[i].text };
        s->q.term[s->q.n - 1].weight += weight;
        s->q.of[refs[i].entry] = (uint32_t)s->q.n - 1;
    }
}

/* Looks the term up in every view; how many documents have it. */
static uint64_t find_term(search *s, asked_term *t, cursor *spare)
{
    uint64_t with = 0;
    t->in = YQ_ARRAY(s->arena, postings, s->snap->n + 1);
    for (size_t i = 0; i < s->snap->n; i++) {
        t->in[i] = segment_term(s->snap->views[i]->segment, t->text);
        with += documents_with(s->snap->views[i], s->viewer, t->in[i], spare);
    }
    return with;
}

static void weigh_terms(search *s)
{
    uint64_t docs, length;
    cursor *spare = YQ_NEW(s->arena, cursor);
    count_collection(s->snap, s->viewer, &docs, &length);
    double mean = length ? (double)length / (double)docs : 1;
    s->q.k_base = BM25_K1 * (1 - BM25_B);
    s->q.k_length = BM25_K1 * BM25_B / mean;
    for (size_t i = 0; i < s->q.n; i++) {
        asked_term *t = &s->q.term[i];
        uint64_t with = find_term(s, t, spare);
        t->factor = with ? t->weight * idf(docs, with) * (BM25_K1 + 1) * UNIT : 0;
    }
}

static int64_t share(const question *q, uint32_t term, uint32_t tf, uint32_t length)
{
    double k = q->k_base + q->k_length * length;
    return (int64_t)(q->term[term].factor * tf / (tf + k));
}

/* No share of a posting with at most this tf and at least this length / tf is larger. */
static int64_t bound_of(const question *q, uint32_t term, uint32_t max_tf, float min_ratio)
{
    double x = q->k_base / (max_tf ? max_tf : 1) + q->k_length * min_ratio;
    return (int64_t)(q->term[term].factor / (1 + x) * (1 + 1e-9)) + 1;
}

/* ---------------------------------------------------------------- one class of one segment */

typedef struct {
    search *s;
    const view *view;
    doc_class class;
    uint32_t place, number; /* of the view, of the class */
    size_t lanes;
} field;

static void open_lanes(field *f)
{
    search *s = f->s;
    f->lanes = 0;
    for (uint32_t t = 0; t < s->q.n; t++) {
        postings p = s->q.term[t].in[f->place];
        for (run r; s->q.term[t].factor > 0 && segment_next_run(f->view->segment, &p, &r);) {
            if (r.class != f->number) continue;
            lane *l = &s->lanes[f->lanes++];
            cursor_open(&l->c, &r);
            l->term = t;
            l->over = false;
            break;
        }
    }
}

/* The bound of a lane in documents [from, to): the largest of the blocks that reach into it. */
static int64_t window_bound(const question *q, lane *l, uint32_t from, uint32_t to)
{
    const run *r = &l->c.r;
    uint32_t blocks = run_blocks(r);
    int64_t most = 0;
    while (l->c.look < blocks && run_last(r, l->c.look) < from) l->c.look++;
    for (uint32_t b = l->c.look; b < blocks; b++) {
        uint32_t max_tf;
        float min_ratio;
        if (b && run_last(r, b - 1) + 1 >= to) break;
        run_block_bounds(r, b, &max_tf, &min_ratio);
        int64_t bound = bound_of(q, l->term, max_tf, min_ratio);
        if (bound > most) most = bound;
    }
    return most;
}

static int by_bound(const void *a, const void *b)
{
    const lane *x = *(lane *const *)a, *y = *(lane *const *)b;
    if (x->bound != y->bound) return x->bound < y->bound ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

/* Sets bounds and their running sums in rising order; the number of lanes that reach into the window. */
static size_t order_lanes(field *f, uint32_t from, uint32_t to)
{
    search *s = f->s;
    size_t n = 0;
    for (size_t i = 0; i < f->lanes; i++) {
        lane *l = &s->lanes[i];
        l->bound = window_bound(&s->q, l, from, to);
        if (l->bound) s->order[n++] = l;
    }
    qsort(s->order, n, sizeof *s->order, by_bound);
    for (size_t i = 0; i < n; i++) s->order[i]->rest = s->order[i]->bound + (i ? s->order[i - 1]->rest : 0);
    return n;
}

/* The first essential lane; n: none, the window can be passed over. */
static size_t first_essential(const search *s, size_t n)
{
    int64_t need = least(&s->best);
    if (s->options->exhaustive) return 0;
    if (!n || s->order[n - 1]->rest < need) return n;
    if (n > LONG_QUERY) return 0;
    size_t i = 0;
    while (s->order[i]->rest < need) i++;
    return i;
}

static void add_up(field *f, lane *l, uint32_t from, uint32_t to)
{
    search *s = f->s;
    cursor *c = &l->c;
    const segment *g = f->view->segment;
    for (bool more = cursor_seek(c, from); more; more = cursor_load(c, c->block + 1)) {
        for (; c->at < c->n && c->doc[c->at] < to; c->at++) {
            uint32_t doc = c->doc[c->at], at = doc - from;
            s->sum[at] += share(&s->q, l->term, c->tf[c->at], segment_length(g, f->class.first + doc));
            s->touched[at >> 6] |= (uint64_t)1 << (at & 63);
        }
        if (c->at < c->n) return;
    }
}

static bool wanted(const field *f, uint32_t doc, int64_t id)
{
    const yq_search_options *o = f->s->options;
    size_t low = 0, high = o->only_n;
    if (view_is_dead(f->view, doc)) return false;
    if (!o->only) return true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (o->only[middle] == id) return true;
        if (o->only[middle] < id) low = middle + 1;
        else high = middle;
    }
    return false;
}

/* Adds what the lanes below `essential` have for the document, as long as it can still enter the list; false: it cannot. */
static bool complete(field *f, size_t essential, uint32_t doc, int64_t *sum)
{
    search *s = f->s;
    int64_t need = least(&s->best);
    for (size_t i = essential; i > 0; i--) {
        lane *l = s->order[i - 1];
        if (*sum + l->rest < need) return false;
        if (cursor_seek(&l->c, doc) && cursor_doc(&l->c) == doc)
            *sum += share(&s->q, l->term, l->c.tf[l->c.at], segment_length(f->view->segment, f->class.first + doc));
    }
    return *sum >= need;
}

static void examine(field *f, size_t essential, uint32_t doc, int64_t sum)
{
    if (!complete(f, essential, doc, &sum)) return;
    uint32_t number = f->class.first + doc;
    int64_t id = segment_id(f->view->segment, number);
    if (!wanted(f, number, id)) return;
    candidate c = { sum, id, f->place, doc, f->number };
    offer(&f->s->best, &c);
}

static void search_window(field *f, uint32_t from, uint32_t to)
{
    search *s = f->s;
    size_t n = order_lanes(f, from, to), essential = first_essential(s, n);
    for (size_t i = essential; i < n; i++) add_up(f, s->order[i], from, to);
    if (essential == n) return;
    for (uint32_t word = 0; word * 64 < to - from; word++) {
        for (uint64_t bits = s->touched[word]; bits; bits &= bits - 1) {
            uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(bits);
            examine(f, essential, from + at, s->sum[at]);
            s->sum[at] = 0;
        }
        s->touched[word] = 0;
    }
}

static bool cancelled(const search *s)
{
    return s->options->cancelled && s->options->cancelled(s->options->arg);
}

static yq_code search_class(search *s, uint32_t place, uint32_t number, yq_err *err)
{
    const view *v = s->snap->views[place];
    field f = { s, v, segment_class(v->segment, number), place, number, 0 };
    open_lanes(&f);
    for (uint32_t from = 0; f.lanes && from < f.class.count; from += WINDOW) {
        if (cancelled(s)) return yq_fail(err, YQ_CANCELLED, 0, "the search was cancelled");
        uint32_t left = f.class.count - from;
        search_window(&f, from, from + (left < WINDOW ? left : WINDOW));
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- after the search */

static bool occurs(const snapshot *snap, const candidate *c, const asked_term *term, cursor *spare)
{
    postings p = term->in[c->view];
    for (run r; segment_next_run(snap->views[c->view]->segment, &p, &r);) {
        if (r.class != c->class) continue;
        cursor_open(spare, &r);
        return cursor_seek(spare, c->doc) && cursor_doc(spare) == c->doc;
    }
    return false;
}

typedef struct {
    uint16_t group;
    uint32_t term;
} group_term;

static int by_group(const void *a, const void *b)
{
    const group_term *x = a, *y = b;
    return (x->group > y->group) - (x->group < y->group);
}

/* Counts for every hit how many groups of the question it has. */
static void count_groups(search *s)
{
    group_term *g = YQ_ARRAY(s->arena, group_term, s->query->n + 1);
    cursor *spare = YQ_NEW(s->arena, cursor);
    size_t n = 0;
    for (size_t i = 0; i < s->query->n; i++)
        if (s->q.of[i] != UINT32_MAX) g[n++] = (group_term){ s->query->v[i].group, s->q.of[i] };
    qsort(g, n, sizeof *g, by_group);
    for (size_t h = 0; h < s->best.n; h++) {
        uint32_t count = 0;
        for (size_t i = 0; i < n;) {
            uint16_t group = g[i].group;
            bool found = false;
            for (; i < n && g[i].group == group; i++) found = found || occurs(s->snap, &s->best.v[h], &s->q.term[g[i].term], spare);
            count += found;
        }
        s->hits[h].groups = count;
    }
}

static void hand_over(search *s)
{
    qsort(s->best.v, s->best.n, sizeof *s->best.v, best_first);
    for (size_t i = 0; i < s->best.n; i++)
        s->hits[i] = (yq_index_hit){ s->best.v[i].id, (double)s->best.v[i].score / UNIT, 0 };
    count_groups(s);
    *s->n = s->best.n;
}

static yq_code run_search(void *arg, yq_err *err)
{
    search *s = arg;
    size_t top = s->options->top < MAX_TOP ? s->options->top : MAX_TOP;
    gather_terms(s);
    weigh_terms(s);
    s->best = (heap){ YQ_ARRAY(s->arena, candidate, top + 1), 0, top };
    s->sum = YQ_ARRAY(s->arena, int64_t, WINDOW);
    s->touched = YQ_ARRAY(s->arena, uint64_t, WINDOW / 64);
    s->lanes = YQ_ARRAY(s->arena, lane, s->q.n + 1);
    s->order = YQ_ARRAY(s->arena, lane *, s->q.n + 1);
    for (uint32_t i = 0; top && i < s->snap->n; i++)
        for (uint32_t k = 0; k < s->snap->views[i]->segment->classes; k++) {
            doc_class c = segment_class(s->snap->views[i]->segment, k);
            yq_code rc = sees(s->viewer, &c) ? search_class(s, i, k, err) : YQ_OK;
            if (rc != YQ_OK) return rc;
        }
    hand_over(s);
    return YQ_OK;
}

yq_code yq_index_search(yq_index *x, const yq_viewer *viewer, const yq_terms *query, const yq_search_options *options, yq_index_hit *hits,
                        size_t *n, yq_err *err)
{
    search s = { .viewer = viewer, .options = options, .query = query, .hits = hits, .n = n };
    *n = 0;
    if (!(s.arena = yq_arena_new((size_t)1 << 30))) return yq_fail(err, YQ_NOMEM, 0, "no memory to search");
    snapshot *snap = index_snapshot(x);
    s.snap = snap;
    yq_code rc = yq_arena_run(s.arena, run_search, &s, err);
    snapshot_release(snap);
    yq_arena_free(s.arena);
    return rc;
}

double yq_index_idf(yq_index *x, const yq_viewer *viewer, yq_str term)
{
    snapshot *snap = index_snapshot(x);
    uint64_t docs, length, with = 0;
    cursor spare;
    count_collection(snap, viewer, &docs, &length);
    for (size_t i = 0; i < snap->n; i++) with += documents_with(snap->views[i], viewer, segment_term(snap->views[i]->segment, term), &spare);
    snapshot_release(snap);
    return idf(docs, with);
}
