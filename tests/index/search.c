/* The list is right: against a calculation without any index, pruned against exhaustive, whatever the segments, whoever asks. */
#include "world.h"

#include <math.h>

#ifdef __SANITIZE_ADDRESS__
enum { QUERIES = 500 }; /* the same lists are compared in full without sanitizers */
#else
enum { QUERIES = 1500 };
#endif
enum { DOCS = 6000, MAX_HITS = 100 };

/* ---------------------------------------------------------------- a reference that shares no code with the search */

typedef struct {
    const yq_index_doc *docs;
    size_t n;
    double *tf;        /* [document * words + word], words being those of the query */
    double *length;
} plain_collection;

static double count_in(yq_arena *a, yq_str text, yq_str word, double *length)
{
    yq_terms t = { 0 };
    double n = 0;
    yq_index_terms(a, text, &t);
    for (size_t i = 0; i < t.n; i++) {
        n += yq_eq(t.v[i].text, word);
        *length += t.v[i].weight;
    }
    return n;
}

typedef struct {
    int64_t id;
    double score;
} scored;

static int better(const void *a, const void *b)
{
    const scored *x = a, *y = b;
    if (fabs(x->score - y->score) > 1e-7) return x->score > y->score ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* BM25 from the formula, one pass a document. */
static size_t reference(yq_arena *a, const yq_index_doc *docs, size_t n, const yq_viewer *v, const yq_terms *q, scored *out)
{
    double *tf = YQ_ARRAY(a, double, n * q->n), *length = YQ_ARRAY(a, double, n), *df = YQ_ARRAY(a, double, q->n), total = 0, seen = 0;
    size_t hits = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(docs[i].owner == v->institution || docs[i].sharing <= v->level)) continue;
        seen++;
        for (size_t k = 0; k < q->n; k++) {
            double title_length = 0, text_length = 0;
            tf[i * q->n + k] = 2 * count_in(a, docs[i].title, q->v[k].text, &title_length);
            tf[i * q->n + k] += count_in(a, docs[i].text, q->v[k].text, &text_length);
            df[k] += tf[i * q->n + k] > 0;
            length[i] = 2 * title_length + text_length;
        }
        total += length[i];
    }
    for (size_t i = 0; i < n; i++) {
        double score = 0;
        for (size_t k = 0; k < q->n; k++) {
            double t = tf[i * q->n + k];
            if (t == 0) continue;
            double idf = log(1 + (seen - df[k] + 0.5) / (df[k] + 0.5));
            score += q->v[k].weight * idf * (BM25_K1 + 1) * t / (t + BM25_K1 * (1 - BM25_B + BM25_B * length[i] / (total / seen)));
        }
        if (score > 0) out[hits++] = (scored){ docs[i].id, score };
    }
    qsort(out, hits, sizeof *out, better);
    return hits;
}

static void test_against_reference(void)
{
    enum { SMALL = 300 };
    for (uint32_t round = 0; round < 40; round++) {
        yq_arena *a = yq_arena_new(1 << 29);
        dice d = { round + 1 };
        yq_index_doc *docs = made_docs(a, &d, SMALL);
        yq_viewer v = { 1 + roll(&d, 4), (int)roll(&d, 4) };
        yq_terms q = { 0 };
        scored *want = YQ_ARRAY(a, scored, SMALL);
        yq_index_hit hits[SMALL];
        yq_index *x;
        size_t n;
        made_query(a, &d, 1 + roll(&d, 5), &q);
        yq_index_open(NULL, &x, NULL, NULL, NULL);
        yq_index_add(x, docs, SMALL, NULL);
        yq_index_commit(x, 0, NULL);
        yq_search_options o = { .top = SMALL };
        CHECK("found", yq_index_search(x, &v, &q, &o, hits, &n, NULL) == YQ_OK);
        size_t want_n = reference(a, docs, SMALL, &v, &q, want);
        bool same = n == want_n;
        for (size_t i = 0; same && i < n; i++) same = fabs(hits[i].score - want[i].score) < 1e-6;
        CHECK("scores are those of the formula, for each viewer", same);
        yq_index_close(x);
        yq_arena_free(a);
    }
}

/* ---------------------------------------------------------------- pruned against exhaustive */

static yq_index *built(const yq_index_doc *docs, size_t n, size_t commits)
{
    yq_index *x;
    yq_index_open(NULL, &x, NULL, NULL, NULL);
    for (size_t i = 0; i < commits; i++) {
        size_t from = n * i / commits, to = n * (i + 1) / commits;
        yq_index_add(x, docs + from, to - from, NULL);
        yq_index_commit(x, (int64_t)i, NULL);
    }
    return x;
}

static void compare_once(yq_index *x, yq_index *y, dice *d)
{
    static const uint32_t tops[] = { 1, 3, 10, 100 };
    yq_arena *a = yq_arena_new(1 << 24);
    yq_index_hit one[MAX_HITS], other[MAX_HITS], third[MAX_HITS];
    size_t n1, n2, n3;
    yq_terms q = { 0 };
    yq_viewer v = { roll(d, 5), (int)roll(d, 4) };
    made_query(a, d, 1 + roll(d, roll(d, 4) ? 6 : 40), &q);
    yq_search_options pruned = { .top = tops[roll(d, 4)] }, all = pruned;
    all.exhaustive = true;
    bool ok = yq_index_search(x, &v, &q, &pruned, one, &n1, NULL) == YQ_OK && yq_index_search(x, &v, &q, &all, other, &n2, NULL) == YQ_OK &&
              yq_index_search(y, &v, &q, &pruned, third, &n3, NULL) == YQ_OK;
    CHECK("searches", ok);
    CHECK("pruned and exhaustive give one list", same_hits(one, n1, other, n2));
    CHECK("and so does another cut into segments", same_hits(one, n1, third, n3));
    yq_arena_free(a);
}

static void test_pruning(void)
{
    yq_arena *a = yq_arena_new(1 << 29);
    dice d = { 42 };
    yq_index_doc *docs = made_docs(a, &d, DOCS);
    yq_index *x = built(docs, DOCS, 1), *y = built(docs, DOCS, 23);
    for (int i = 0; i < 2 * QUERIES; i++) compare_once(x, y, &d);
    yq_index_close(x);
    yq_index_close(y);
    yq_arena_free(a);
}

/* One class of many windows, so that whole windows are passed over. */
static void test_pruning_in_one_class(void)
{
    enum { MANY = 30000 };
    yq_arena *a = yq_arena_new(1 << 29);
    dice d = { 7 };
    yq_index_doc *docs = YQ_ARRAY(a, yq_index_doc, MANY);
    for (int64_t i = 0; i < MANY; i++) {
        docs[i] = made_doc(a, &d, i);
        docs[i].owner = 1;
        docs[i].sharing = 0;
    }
    yq_index *x = built(docs, MANY, 1), *y = built(docs, MANY, 3);
    for (int i = 0; i < QUERIES; i++) compare_once(x, y, &d);
    yq_index_close(x);
    yq_index_close(y);
    yq_arena_free(a);
}

/* ---------------------------------------------------------------- what a viewer may not see, what was replaced and deleted */

/* An index of some documents against one in which others came and went, or cannot be seen. */
static void compare_lists(const char *what, yq_index *x, yq_index *y, yq_viewer v, dice *d)
{
    for (int i = 0; i < 200; i++) {
        yq_arena *a = yq_arena_new(1 << 24);
        yq_index_hit one[MAX_HITS], other[MAX_HITS];
        size_t n1, n2;
        yq_terms q = { 0 };
        yq_search_options o = { .top = 20 };
        made_query(a, d, 1 + roll(d, 8), &q);
        yq_index_search(x, &v, &q, &o, one, &n1, NULL);
        yq_index_search(y, &v, &q, &o, other, &n2, NULL);
        CHECK(what, same_hits(one, n1, other, n2));
        CHECK(what, yq_index_idf(x, &v, q.v[0].text) == yq_index_idf(y, &v, q.v[0].text));
        yq_arena_free(a);
    }
}

static void test_hidden_documents_leave_no_trace(void)
{
    yq_arena *a = yq_arena_new(1 << 29);
    dice d = { 11 };
    yq_index_doc *docs = made_docs(a, &d, 2000), *seen = YQ_ARRAY(a, yq_index_doc, 2000);
    yq_viewer v = { 2, YQ_SHARE_ALLIANCE };
    size_t n = 0;
    for (size_t i = 0; i < 2000; i++)
        if (yq_viewer_sees(&v, docs[i].owner, docs[i].sharing)) seen[n++] = docs[i];
    yq_index *x = built(docs, 2000, 2), *y = built(seen, n, 1);
    CHECK("some are hidden", n > 100 && n < 1900);
    compare_lists("as if the hidden were not there", x, y, v, &d);
    yq_index_close(x);
    yq_index_close(y);
    yq_arena_free(a);
}

static void test_replacing_and_deleting(void)
{
    yq_arena *a = yq_arena_new(1 << 29);
    dice d = { 5 };
    yq_index_doc *old = made_docs(a, &d, 3000), *new = made_docs(a, &d, 3000), *left = YQ_ARRAY(a, yq_index_doc, 3000);
    yq_index *x = built(old, 3000, 6);
    int64_t gone[400];
    size_t n = 0;
    yq_index_add(x, old, 50, NULL);            /* the same once more */
    yq_index_add(x, new + 1000, 2000, NULL);   /* replaced */
    yq_index_add(x, new + 1500, 100, NULL);    /* twice before one commit */
    for (size_t i = 0; i < 400; i++) gone[i] = old[i * 7].id;
    yq_index_delete(x, gone, 400, NULL);
    yq_index_add(x, new + 7, 1, NULL);         /* deleted and added again */
    yq_index_commit(x, 9, NULL);
    for (size_t i = 0; i < 3000; i++) {
        bool deleted = i % 7 == 0 && i / 7 < 400 && i != 7;
        if (!deleted) left[n++] = i == 7 || i >= 1000 ? new[i] : old[i];
    }
    yq_index *y = built(left, n, 1);
    CHECK("count", yq_index_count(x) == n);
    compare_lists("as if it had always been so", x, y, (yq_viewer){ 1, 2 }, &d);
    yq_index_close(x);
    yq_index_close(y);
    yq_arena_free(a);
}

/* ---------------------------------------------------------------- put into one segment */

static size_t segments_of(yq_index *x)
{
    snapshot *s = index_snapshot(x);
    size_t n = s->n;
    snapshot_release(s);
    return n;
}

typedef struct {
    yq_index_hit hits[MAX_HITS];
    size_t n;
} list;

enum { ASKED = 400 };

/* The same questions each time, pruned; `agree` is cleared when scoring everything gives another list. */
static void ask_all(yq_index *x, list *out, bool *agree)
{
    dice d = { 99 };
    for (int i = 0; i < ASKED; i++) {
        yq_arena *a = yq_arena_new(1 << 24);
        yq_terms q = { 0 };
        yq_viewer v = { roll(&d, 5), (int)roll(&d, 4) };
        yq_search_options pruned = { .top = i % 3 ? 10 : MAX_HITS }, all = { pruned.top, .exhaustive = true };
        list other;
        made_query(a, &d, 1 + roll(&d, i % 4 ? 6 : 40), &q);
        bool ok = yq_index_search(x, &v, &q, &pruned, out[i].hits, &out[i].n, NULL) == YQ_OK &&
                  yq_index_search(x, &v, &q, &all, other.hits, &other.n, NULL) == YQ_OK;
        *agree = *agree && ok && same_hits(out[i].hits, out[i].n, other.hits, other.n);
        yq_arena_free(a);
    }
}

static bool same_lists(const list *x, const list *y)
{
    bool same = true;
    for (int i = 0; i < ASKED; i++) same = same && same_hits(x[i].hits, x[i].n, y[i].hits, y[i].n);
    return same;
}

static void test_merging_changes_no_answer(void)
{
    yq_arena *a = yq_arena_new(1 << 29);
    dice d = { 21 };
    yq_index_doc *docs = made_docs(a, &d, DOCS), *new = made_docs(a, &d, DOCS);
    list *before = malloc(ASKED * sizeof *before), *after = malloc(ASKED * sizeof *after);
    yq_index *x = built(docs, DOCS, 5);
    int64_t gone[300];
    bool agree = true;
    for (size_t i = 0; i < 300; i++) gone[i] = docs[i * 5].id;
    yq_index_add(x, new + 5000, 500, NULL);
    yq_index_delete(x, gone, 300, NULL);
    yq_index_commit(x, 7, NULL);
    size_t count = yq_index_count(x);
    CHECK("several segments", segments_of(x) > 3);
    ask_all(x, before, &agree);
    CHECK("merges", yq_index_merge(x, NULL) == YQ_OK && segments_of(x) == 1 && yq_index_count(x) == count);
    ask_all(x, after, &agree);
    CHECK("the same lists, scores and groups in one segment", same_lists(before, after));
    CHECK("pruned and exhaustive, before and after", agree);
    CHECK("again: nothing to do", yq_index_merge(x, NULL) == YQ_OK && segments_of(x) == 1);
    yq_index_add(x, docs + 5000, 500, NULL);
    CHECK("what waits for a commit joins it", yq_index_merge(x, NULL) == YQ_OK && segments_of(x) == 1);
    ask_all(x, after, &agree);
    CHECK("and is found", !same_lists(before, after) && agree);
    yq_index_close(x);
    free(before);
    free(after);
    yq_arena_free(a);
}

/* A caller who has cut the terms himself gets the index that cutting here makes. */
static void test_terms_handed_in(void)
{
    yq_arena *a = yq_arena_new(1 << 29);
    dice d = { 31 };
    yq_index_doc *docs = made_docs(a, &d, 2000), *cut = YQ_ARRAY(a, yq_index_doc, 2000);
    for (size_t i = 0; i < 2000; i++) {
        docs[i].title = YQ_S("");
        yq_terms *t = YQ_NEW(a, yq_terms);
        yq_index_terms(a, docs[i].text, t);
        cut[i] = (yq_index_doc){ .id = docs[i].id, .owner = docs[i].owner, .sharing = docs[i].sharing, .terms = t };
    }
    yq_index *x = built(docs, 2000, 2), *y = built(cut, 2000, 2);
    compare_lists("terms handed in", x, y, (yq_viewer){ 1, 2 }, &d);
    yq_index_close(x);
    yq_index_close(y);
    yq_arena_free(a);
}

/* ---------------------------------------------------------------- options and borders */

static bool always(void *arg)
{
    (void)arg;
    return true;
}

static void test_options(void)
{
    yq_arena *a = yq_arena_new(1 << 24);
    yq_index_doc docs[] = { { 3, 1, 0, YQ_S(""), YQ_S("alpha") }, { 1, 1, 0, YQ_S(""), YQ_S("alpha") }, { 2, 1, 0, YQ_S(""), YQ_S("alpha beta") } };
    yq_index *x = built(docs, 3, 1);
    yq_viewer v = yq_viewer_office();
    yq_terms q = { 0 }, none = { 0 };
    yq_index_hit hits[8];
    size_t n;
    int64_t only[] = { 2, 3 };
    *yq_push(a, &q) = (yq_term){ YQ_S("alpha"), 1, 0 };
    yq_search_options o = { .top = 8 };
    yq_index_search(x, &v, &q, &o, hits, &n, NULL);
    CHECK("equal scores by id", n == 3 && hits[0].id == 1 && hits[1].id == 3);
    o.only = only, o.only_n = 2;
    yq_index_search(x, &v, &q, &o, hits, &n, NULL);
    CHECK("only these", n == 2 && hits[0].id == 3 && hits[1].id == 2);
    o = (yq_search_options){ .top = 8, .cancelled = always };
    CHECK("cancelled", yq_index_search(x, &v, &q, &o, hits, &n, NULL) == YQ_CANCELLED && n == 0);
    o = (yq_search_options){ .top = 0 };
    CHECK("top 0", yq_index_search(x, &v, &q, &o, hits, &n, NULL) == YQ_OK && n == 0);
    o.top = 8;
    CHECK("empty question", yq_index_search(x, &v, &none, &o, hits, &n, NULL) == YQ_OK && n == 0);
    q.v[0].weight = -1;
    CHECK("a weight that is none", yq_index_search(x, &v, &q, &o, hits, &n, NULL) == YQ_OK && n == 0);
    yq_index_close(x);
    yq_arena_free(a);
}

int main(void)
{
    test_against_reference();
    test_pruning();
    test_pruning_in_one_class();
    test_hidden_documents_leave_no_trace();
    test_replacing_and_deleting();
    test_merging_changes_no_answer();
    test_terms_handed_in();
    test_options();
    return check_done();
}
