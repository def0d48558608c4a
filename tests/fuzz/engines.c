/* Targets behind the readers: needs, the tagger's files, the index's, tables to link. */
#include "index/internal.h"
#include "inside.h"
#include "match/need.h"
#include "resolve/link.h"
#include "tagger/internal.h"

#include <stdio.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- needs */

static yq_index *small_index(void)
{
    static yq_index *x; /* made once: a need is read against an index */
    static const yq_index_doc docs[] = {
        { 1, 1, 0, { "房颤消融", 12 }, { "心房颤动的导管消融由云上医院完成", 48 } },
        { 2, 1, 0, { "Stroke", 6 }, { "Ambulance crews and stroke patients", 35 } },
    };
    int64_t sequence;
    bool stale;
    if (x) return x;
    if (yq_index_open(NULL, &x, &sequence, &stale, NULL) || yq_index_add(x, docs, 2, NULL) || yq_index_commit(x, 1, NULL)) abort();
    return x;
}

typedef struct {
    yq_arena *arena;
    yq_str bytes;
} feeding;

static yq_code read_need(void *arg, yq_err *err)
{
    feeding *f = arg;
    yq_viewer viewer = yq_viewer_office();
    float met[MAX_PARTS] = { 0 };
    yq_spans marks = { 0 };
    need n = { 0 };
    (void)err;
    const yq_spans nothing = { 0 };
    need_read(f->arena, small_index(), &viewer, f->bytes, &nothing, &n);
    need_met(f->arena, &n, n.plain, met);
    double value = need_value(&n, met);
    need_marks(f->arena, &n, n.plain, &marks);
    PROMISED("a need speaks of no more than itself", value >= 0 && value <= n.total * 1.001 + 1e-9);
    for (size_t i = 0; i < marks.n; i++) PROMISED("a mark lies in the text", marks.v[i].from < marks.v[i].to && marks.v[i].to <= n.plain.n);
    return YQ_OK;
}

void feed_need(yq_arena *a, const char *name, yq_str bytes)
{
    feeding f = { a, bytes };
    (void)name;
    if (yq_utf8_valid(bytes, NULL)) yq_arena_run(a, read_need, &f, NULL);
}

/* ---------------------------------------------------------------- the tagger */

static yq_code train_small(void *arg, yq_err *err)
{
    static const char *const text[] = { "周岚在澜州市中心医院工作", "由李明远主持", "来自东江医科大学的陈雪" };
    static yq_tagger_span spans[] = { { { 0, 6 }, 0, 1 }, { { 9, 30 }, 1, 1 }, { { 3, 12 }, 0, 1 }, { { 6, 24 }, 1, 1 }, { { 27, 33 }, 0, 1 } };
    static yq_tagger_sentence sentence[3];
    yq_tagger_options options = { .epochs = 1, .net_epochs = 1, .seed = 3 };
    yq_str kinds[] = { YQ_S("person"), YQ_S("hospital") };
    yq_tagger_set set = { .kinds = { kinds, 2, 2 }, .sentences = { sentence, 3, 3 } };
    feeding *f = arg;
    yq_buf model = { 0 };
    for (size_t i = 0, at = 0; i < 3; i++) {
        sentence[i] = (yq_tagger_sentence){ yq_cstr(text[i]), spans + at, i == 1 ? 1 : 2 };
        at += sentence[i].n;
    }
    yq_code rc = yq_tagger_train(f->arena, &set, &options, &model, err);
    f->bytes = yq_buf_str(&model);
    return rc;
}

static yq_str small_model(void)
{
    static feeding f; /* made once: learning takes a while */
    if (f.bytes.n) return f.bytes;
    f.arena = yq_arena_new((size_t)1 << 30);
    if (!f.arena || yq_arena_run(f.arena, train_small, &f, NULL)) abort();
    yq_arena_free(f.arena);
    return f.bytes;
}

static void check_spans(const yq_tagger_sentence *s, size_t kinds)
{
    size_t at = 0;
    for (size_t i = 0; i < s->n; i++) {
        PROMISED("spans are in order and inside", s->span[i].span.from >= at && s->span[i].span.to > s->span[i].span.from && s->span[i].span.to <= s->text.n);
        PROMISED("a span's kind is known", s->span[i].kind < kinds);
        at = s->span[i].span.to;
    }
}

/* Everything behind the head is covered by a hash, which whoever wants to harm makes right again. */
void feed_model(yq_arena *a, const char *name, yq_str bytes)
{
    enum { LENGTH_AT = 16, HASH_AT = 24, HEAD = 56 };
    yq_str model = fuzz_changed(a, small_model(), bytes);
    yq_hash hash = yq_hash_of(yq_sub(model, HEAD, model.n));
    yq_tagger *t;
    yq_tagger_sentence out = { 0 };
    (void)name;
    memcpy((char *)model.p, small_model().p, HASH_AT);
    memcpy((char *)model.p + HASH_AT, hash.b, sizeof hash.b);
    if (yq_tagger_load(model, &t, NULL)) return;
    yq_tagger_tag(t, a, YQ_S("周岚在澜州市中心医院工作，李明远主持。"), &out);
    check_spans(&out, yq_tagger_kind_count(t));
    yq_tagger_free(t);
}

void feed_marked(yq_arena *a, const char *name, yq_str bytes)
{
    yq_tagger_form written = !strcmp(name, "bmes") ? YQ_TAGGER_BMES : YQ_TAGGER_JSONL;
    for (int marked = 0; marked < 2; marked++) {
        yq_tagger_set set = { 0 }, again = { 0 };
        yq_buf out = { 0 };
        if (yq_tagger_read(a, bytes, written, marked, &set, NULL)) continue;
        for (size_t i = 0; i < set.sentences.n; i++) check_spans(&set.sentences.v[i], set.kinds.n);
        yq_tagger_write(a, &set, written, &out);
        bool mark = yq_starts(yq_buf_str(&out), YQ_S("\xEF\xBB\xBF")); /* at the head of a file it is none of the text */
        if (marked && !mark) PROMISED("what was written is read", yq_tagger_read(a, yq_buf_str(&out), written, true, &again, NULL) == YQ_OK && again.sentences.n == set.sentences.n);
        yq_buf_free(&out);
    }
}

/* ---------------------------------------------------------------- the index */

static yq_str small_segment(void)
{
    static yq_str made; /* made once */
    if (made.n) return made;
    doc_entry docs[400];
    uint64_t keys[400];
    uint8_t *bytes;
    for (uint32_t i = 0; i < 400; i++) docs[i] = (doc_entry){ 10 + i, i < 150 ? 1 : 2, 0, 1 + i % 50 };
    for (uint32_t i = 0; i < 400; i++) keys[i] = (uint64_t)i << 32 | (1 + i % 9);
    segment_writer *w = segment_writer_new(docs, 400);
    segment_writer_term(w, YQ_S("few"), keys + 100, 100);
    segment_writer_term(w, YQ_S("many"), keys, 400);
    if (segment_writer_done(w, &bytes, &made.n, NULL)) abort();
    made.p = (const char *)bytes;
    return made;
}

static void walk(const segment *s)
{
    for (term_walk w = { .s = s }; term_walk_next(&w);) {
        postings p = w.found;
        segment_term(s, term_walk_text(&w));
        for (run r; segment_next_run(s, &p, &r);) {
            cursor c, jump;
            cursor_open(&c, &r);
            for (uint32_t block = 0; cursor_load(&c, block); block++)
                for (uint32_t k = 0; k < c.n; k++) PROMISED("a posting names a document of its class", c.doc[k] < r.docs);
            cursor_open(&jump, &r);
            for (uint32_t doc = 0; doc < r.docs && cursor_seek(&jump, doc); doc += 37) continue;
        }
    }
    for (uint32_t d = 0; d < s->docs; d++) segment_find(s, segment_id(s, d));
}

void feed_segment(yq_arena *a, const char *name, yq_str bytes)
{
    enum { SUM_AT = 96, HEADER = 104 };
    yq_str base = small_segment(), changed = fuzz_changed(a, base, bytes);
    uint8_t *file = malloc(base.n);
    segment *s = NULL;
    (void)name;
    if (!file) abort();
    memcpy(file, changed.p, base.n);
    put64(file + SUM_AT, checksum(file + HEADER, base.n - HEADER, checksum(file, SUM_AT, 0)));
    if (segment_open(file, base.n, false, 1, &s, NULL)) return free(file);
    walk(s);
    segment_release(s);
}

/* ---------------------------------------------------------------- tables to link */

enum { LINKED_ROWS = 40 };

static yq_code link_table(void *arg, yq_err *err)
{
    feeding *f = arg;
    yq_link_table t;
    yq_link_pairs pairs = { 0 };
    char *bytes = yq_dupz(f->arena, f->bytes);
    yq_code rc = yq_link_csv(f->arena, bytes, f->bytes.n, &t, err);
    if (rc || t.rows > LINKED_ROWS) return rc;
    for (size_t i = 0; i < t.rows * t.columns; i++) PROMISED("a cell lies in the file", !t.cell[i].n || (t.cell[i].p >= bytes && t.cell[i].p + t.cell[i].n <= bytes + f->bytes.n));
    for (int kind = YQ_LINK_PERSON; kind <= YQ_LINK_RECORD; kind++) {
        if (yq_link_rows(f->arena, &t, NULL, (yq_link_kind)kind, &pairs, err)) continue;
        for (size_t i = 0; i < pairs.n; i++) PROMISED("a probability is one", pairs.pair[i].probability >= 0 && pairs.pair[i].probability <= 1);
    }
    return yq_link_best(f->arena, &t, &t, &pairs, err);
}

void feed_link(yq_arena *a, const char *name, yq_str bytes)
{
    feeding f = { a, bytes };
    (void)name;
    yq_arena_run(a, link_table, &f, NULL);
}
