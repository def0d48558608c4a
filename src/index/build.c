/* Documents into a segment, and several segments into one.
 *
 * The builder keeps one flat array of (term, document, frequency) and a table of terms; at flush a counting sort by term brings it into
 * posting lists without comparing anything but the terms themselves. Merging walks the sorted dictionaries side by side. */
#include "index/internal.h"

enum {
    FLUSH_POSTINGS = 6 << 20,        /* then a segment is made: some 70 MB */
    FLUSH_TERMS = 256 << 20,         /* bytes of terms */
    DOC_MEMORY = 256 << 20           /* for the words of one document */
};

typedef struct {
    uint32_t term, doc; /* doc: number of the act */
    uint32_t tf;
} posting;

typedef struct {
    doc_entry doc;
    bool gone; /* a deletion */
} act;

typedef struct {
    uint32_t hash, term; /* term + 1; 0: free */
} slot;

struct builder {
    yq_arena *terms_arena, *scratch;
    yq_str *term;
    uint32_t terms, terms_cap;
    slot *table;              /* open addressing */
    uint32_t table_size;      /* a power of two */
    uint32_t *count;          /* of each term within the document at hand */
    posting *postings;
    size_t n, cap;
    act *acts;
    uint32_t acts_n, acts_cap;
    int64_t *touched;
    size_t touched_n;
};

builder *builder_new(void)
{
    builder *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    b->terms_arena = yq_arena_new((size_t)FLUSH_TERMS * 2);
    b->scratch = yq_arena_new(DOC_MEMORY);
    if (b->terms_arena && b->scratch) return b;
    builder_free(b);
    return NULL;
}

void builder_clear(builder *b)
{
    yq_arena_clear(b->terms_arena);
    if (b->table) memset(b->table, 0, b->table_size * sizeof *b->table);
    b->terms = 0;
    b->n = 0;
    b->acts_n = 0;
}

void builder_free(builder *b)
{
    if (!b) return;
    yq_arena_free(b->terms_arena);
    yq_arena_free(b->scratch);
    free(b->term);
    free(b->table);
    free(b->count);
    free(b->postings);
    free(b->acts);
    free(b->touched);
    free(b);
}

bool builder_full(const builder *b)
{
    return b->n >= FLUSH_POSTINGS || yq_arena_used(b->terms_arena) >= FLUSH_TERMS;
}

bool builder_empty(const builder *b)
{
    return b->acts_n == 0;
}

/* Room for one more item behind n; the array stays as it was when there is no memory. */
static bool room(void *array, size_t n, size_t *cap, size_t item)
{
    void **p = array;
    if (n < *cap) return true;
    size_t more = *cap ? *cap * 2 : 1024;
    void *bigger = realloc(*p, more * item);
    if (!bigger) return false;
    *p = bigger;
    *cap = more;
    return true;
}

/* ---------------------------------------------------------------- the table of terms */

static bool grow_table(builder *b)
{
    uint32_t size = b->table_size ? b->table_size * 2 : 1 << 12;
    slot *table = calloc(size, sizeof *table);
    if (!table) return false;
    for (uint32_t k = 0; k < b->table_size; k++) {
        if (!b->table[k].term) continue;
        uint32_t i = b->table[k].hash & (size - 1);
        while (table[i].term) i = (i + 1) & (size - 1);
        table[i] = b->table[k];
    }
    free(b->table);
    b->table = table;
    b->table_size = size;
    return true;
}

static bool term_room(builder *b)
{
    if (b->terms * 2 >= b->table_size && !grow_table(b)) return false;
    if (b->terms < b->terms_cap) return true;
    uint32_t cap = b->terms_cap ? b->terms_cap * 2 : 1 << 11;
    yq_str *term = realloc(b->term, cap * sizeof *term);
    if (term) b->term = term;
    uint32_t *count = realloc(b->count, cap * sizeof *count);
    if (count) b->count = count;
    if (!term || !count) return false;
    b->terms_cap = cap;
    return true;
}

/* The term's number; UINT32_MAX: no memory. Inside yq_arena_run of terms_arena. */
static uint32_t term_number(builder *b, yq_str text)
{
    if (!term_room(b)) return UINT32_MAX;
    uint32_t hash = (uint32_t)yq_hash64(text), i = hash & (b->table_size - 1);
    for (; b->table[i].term; i = (i + 1) & (b->table_size - 1))
        if (b->table[i].hash == hash && yq_eq(b->term[b->table[i].term - 1], text)) return b->table[i].term - 1;
    yq_str kept = yq_dup(b->terms_arena, text);
    b->term[b->terms] = kept;
    b->count[b->terms] = 0;
    b->table[i] = (slot){ hash, ++b->terms };
    return b->terms - 1;
}

/* ---------------------------------------------------------------- adding */

typedef struct {
    builder *b;
    const yq_index_doc *doc;
    size_t postings_before;
} adding;

/* Counts the terms of one field into postings of the act at hand, and adds to its length; false: no memory. */
static bool count_terms(builder *b, const yq_terms *terms, uint32_t times, size_t from, uint32_t *length)
{
    double words = 0;
    for (size_t i = 0; i < terms->n; i++) {
        words += terms->v[i].weight * times;
        uint32_t t = term_number(b, yq_sub(terms->v[i].text, 0, MAX_TERM));
        if (t == UINT32_MAX || !room(&b->postings, b->n, &b->cap, sizeof *b->postings)) return false;
        uint32_t at = b->count[t];
        if (at <= from || at > b->n || b->postings[at - 1].term != t) {
            b->postings[b->n++] = (posting){ t, b->acts_n, 0 };
            b->count[t] = at = (uint32_t)b->n;
        }
        uint32_t tf = b->postings[at - 1].tf + times;
        b->postings[at - 1].tf = tf > MAX_TF ? MAX_TF : tf;
    }
    *length += (uint32_t)(words + 0.5);
    return true;
}

static bool count_field(builder *b, yq_str text, uint32_t times, size_t from, uint32_t *length)
{
    yq_terms terms = { 0 };
    yq_index_terms(b->scratch, text, &terms);
    return count_terms(b, &terms, times, from, length);
}

static bool count_doc(builder *b, const yq_index_doc *doc, size_t from, uint32_t *length)
{
    if (doc->terms) return count_terms(b, doc->terms, 1, from, length);
    return count_field(b, doc->title, TITLE_WEIGHT, from, length) && count_field(b, doc->text, 1, from, length);
}

static yq_code add_inside(void *arg, yq_err *err)
{
    adding *x = arg;
    builder *b = x->b;
    uint32_t length = 0;
    if (!count_doc(b, x->doc, x->postings_before, &length))
        return yq_fail(err, YQ_NOMEM, 0, "no memory to index a document");
    b->acts[b->acts_n++] = (act){ { x->doc->id, x->doc->owner, (uint32_t)x->doc->sharing, length }, false };
    return YQ_OK;
}

static yq_code add_outside(void *arg, yq_err *err)
{
    adding *x = arg;
    return yq_arena_run(x->b->terms_arena, add_inside, arg, err);
}

static bool act_room(builder *b)
{
    size_t cap = b->acts_cap;
    bool ok = room(&b->acts, b->acts_n, &cap, sizeof *b->acts);
    b->acts_cap = (uint32_t)cap;
    return ok;
}

yq_code builder_add(builder *b, const yq_index_doc *doc, yq_err *err)
{
    adding x = { b, doc, b->n };
    if (!act_room(b)) return yq_fail(err, YQ_NOMEM, 0, "no memory to index a document");
    yq_code rc = yq_arena_run(b->scratch, add_outside, &x, err);
    if (rc != YQ_OK) b->n = x.postings_before;
    yq_arena_clear(b->scratch);
    return rc;
}

yq_code builder_delete(builder *b, int64_t id, yq_err *err)
{
    if (!act_room(b)) return yq_fail(err, YQ_NOMEM, 0, "no memory to delete from the index");
    b->acts[b->acts_n++] = (act){ { .id = id }, true };
    return YQ_OK;
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

const int64_t *builder_touched(builder *b, size_t *n)
{
    *n = 0;
    int64_t *ids = realloc(b->touched, (b->acts_n ? b->acts_n : 1) * sizeof *ids);
    if (!ids) return NULL;
    b->touched = ids;
    for (uint32_t i = 0; i < b->acts_n; i++) ids[i] = b->acts[i].doc.id;
    qsort(ids, b->acts_n, sizeof *ids, by_number);
    for (uint32_t i = 0; i < b->acts_n; i++)
        if (!*n || ids[*n - 1] != ids[i]) ids[(*n)++] = ids[i];
    return ids;
}

/* ---------------------------------------------------------------- flushing */

typedef struct {
    doc_entry doc;
    uint32_t act;
} kept_doc;

static int by_id_then_act(const void *a, const void *b)
{
    const kept_doc *x = a, *y = b;
    if (x->doc.id != y->doc.id) return x->doc.id < y->doc.id ? -1 : 1;
    return (x->act > y->act) - (x->act < y->act);
}

static int by_place(const void *a, const void *b)
{
    return doc_order(&((const kept_doc *)a)->doc, &((const kept_doc *)b)->doc);
}

/* The last act on each id, when it is an addition, in the segment's order. */
static uint32_t keep_last(const builder *b, kept_doc *docs)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->acts_n; i++) docs[i] = (kept_doc){ b->acts[i].doc, i };
    qsort(docs, b->acts_n, sizeof *docs, by_id_then_act);
    for (uint32_t i = 0; i < b->acts_n; i++) {
        bool last = i + 1 == b->acts_n || docs[i + 1].doc.id != docs[i].doc.id;
        if (last && !b->acts[docs[i].act].gone) docs[n++] = docs[i];
    }
    qsort(docs, n, sizeof *docs, by_place);
    return n;
}

typedef struct {
    uint64_t begin; /* the first eight bytes, so that most comparisons stay here */
    yq_str text;
    uint32_t term;
} named_term;

static int by_text(const void *a, const void *b)
{
    const named_term *x = a, *y = b;
    return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1) : yq_cmp(x->text, y->text);
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Everything that flushing allocates. */
typedef struct {
    kept_doc *kept;
    doc_entry *docs;
    uint32_t *place;    /* act -> document, UINT32_MAX: dropped */
    size_t *start;      /* of each term's keys */
    uint64_t *keys;
    named_term *names;
    uint32_t n;
} flushing;

static bool flush_memory(const builder *b, flushing *f)
{
    size_t acts = b->acts_n + (size_t)1;
    f->kept = malloc(acts * sizeof *f->kept);
    f->docs = malloc(acts * sizeof *f->docs);
    f->place = malloc(acts * sizeof *f->place);
    f->start = calloc(b->terms + (size_t)2, sizeof *f->start);
    f->keys = malloc((b->n + 1) * sizeof *f->keys);
    f->names = malloc((b->terms + (size_t)1) * sizeof *f->names);
    return f->kept && f->docs && f->place && f->start && f->keys && f->names;
}

static void flush_release(flushing *f)
{
    free(f->kept);
    free(f->docs);
    free(f->place);
    free(f->start);
    free(f->keys);
    free(f->names);
}

static void place_docs(const builder *b, flushing *f)
{
    f->n = keep_last(b, f->kept);
    memset(f->place, 0xFF, b->acts_n * sizeof *f->place);
    for (uint32_t i = 0; i < f->n; i++) {
        f->docs[i] = f->kept[i].doc;
        f->place[f->kept[i].act] = i;
    }
}

/* Counting sort of the postings by term. start[t + 1] counts first, then moves from the begin of term t to its end. */
static void scatter(const builder *b, flushing *f)
{
    for (size_t i = 0; i < b->n; i++)
        if (f->place[b->postings[i].doc] != UINT32_MAX) f->start[b->postings[i].term + 1]++;
    size_t sum = 0;
    for (uint32_t t = 0; t < b->terms; t++) {
        size_t count = f->start[t + 1];
        f->start[t + 1] = sum;
        sum += count;
    }
    for (size_t i = 0; i < b->n; i++) {
        uint32_t doc = f->place[b->postings[i].doc];
        if (doc != UINT32_MAX) f->keys[f->start[b->postings[i].term + 1]++] = (uint64_t)doc << 32 | b->postings[i].tf;
    }
}

/* Documents added in the order of their ids, as most are, need no sorting. */
static void sort_keys(uint64_t *keys, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (keys[i - 1] > keys[i]) return qsort(keys, n, sizeof *keys, by_key);
}

static void write_terms(const builder *b, flushing *f, segment_writer *w)
{
    for (uint32_t t = 0; t < b->terms; t++) f->names[t] = (named_term){ term_begin(b->term[t]), b->term[t], t };
    qsort(f->names, b->terms, sizeof *f->names, by_text);
    for (uint32_t i = 0; i < b->terms; i++) {
        uint32_t t = f->names[i].term;
        uint64_t *keys = f->keys + f->start[t];
        size_t n = f->start[t + 1] - f->start[t];
        sort_keys(keys, n);
        segment_writer_term(w, f->names[i].text, keys, n);
    }
}

static yq_code flush(builder *b, flushing *f, uint8_t **bytes, size_t *size, yq_err *err)
{
    segment_writer *w = NULL;
    if (flush_memory(b, f)) {
        place_docs(b, f);
        if (!f->n) return YQ_OK;
        w = segment_writer_new(f->docs, f->n);
    }
    if (!w) return yq_fail(err, YQ_NOMEM, 0, "no memory for a segment of the index");
    scatter(b, f);
    write_terms(b, f, w);
    return segment_writer_done(w, bytes, size, err);
}

yq_code builder_flush(builder *b, uint8_t **bytes, size_t *size, yq_err *err)
{
    flushing f = { 0 };
    *bytes = NULL;
    yq_code rc = flush(b, &f, bytes, size, err);
    flush_release(&f);
    builder_clear(b);
    return rc;
}

/* ---------------------------------------------------------------- merging */

typedef struct {
    doc_entry doc;
    uint32_t source, number;
} merged_doc;

typedef struct {
    view *const *views;
    size_t n;
    merged_doc *order;
    doc_entry *docs;
    uint32_t docs_n;
    uint32_t **place;  /* per source: old number -> new, UINT32_MAX: dead */
    term_walk *next;   /* per source: the next term; next[i].s NULL: through */
    uint64_t *keys, *spare;
    size_t keys_cap;
} merging;

static int by_merged_place(const void *a, const void *b)
{
    return doc_order(&((const merged_doc *)a)->doc, &((const merged_doc *)b)->doc);
}

static uint32_t live_docs(view *const *views, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += views[i]->segment->docs - views[i]->dead_count;
    return sum;
}

static void list_docs(merging *m, uint32_t source)
{
    const view *v = m->views[source];
    for (uint32_t i = 0; i < v->segment->classes; i++) {
        doc_class c = segment_class(v->segment, i);
        for (uint32_t d = c.first; d < c.first + c.count; d++) {
            m->place[source][d] = UINT32_MAX;
            if (view_is_dead(v, d)) continue;
            doc_entry e = { segment_id(v->segment, d), c.owner, c.sharing, segment_length(v->segment, d) };
            m->order[m->docs_n++] = (merged_doc){ e, source, d };
        }
    }
}

static void order_docs(merging *m)
{
    for (uint32_t s = 0; s < m->n; s++) list_docs(m, s);
    qsort(m->order, m->docs_n, sizeof *m->order, by_merged_place);
    for (uint32_t i = 0; i < m->docs_n; i++) {
        m->docs[i] = m->order[i].doc;
        m->place[m->order[i].source][m->order[i].number] = i;
    }
}

static bool merge_memory(merging *m)
{
    size_t docs = live_docs(m->views, m->n) + (size_t)1;
    m->order = malloc(docs * sizeof *m->order);
    m->docs = malloc(docs * sizeof *m->docs);
    m->place = calloc(m->n + 1, sizeof *m->place);
    m->next = calloc(m->n + 1, sizeof *m->next);
    m->keys_cap = docs;
    m->keys = malloc(docs * sizeof *m->keys);
    m->spare = malloc(docs * sizeof *m->spare);
    bool ok = m->order && m->docs && m->place && m->next && m->keys && m->spare;
    for (size_t i = 0; ok && i < m->n; i++)
        ok = (m->place[i] = malloc((m->views[i]->segment->docs + (size_t)1) * sizeof **m->place)) != NULL;
    return ok;
}

static void merge_release(merging *m)
{
    for (size_t i = 0; m->place && i < m->n; i++) free(m->place[i]);
    free(m->place);
    free(m->order);
    free(m->docs);
    free(m->next);
    free(m->keys);
    free(m->spare);
}

static void step(term_walk *w)
{
    if (!term_walk_next(w)) w->s = NULL;
}

/* The least term that any source has next; false: all are through. */
static bool next_term(const merging *m, char *text, yq_str *least)
{
    bool any = false;
    for (size_t i = 0; i < m->n; i++) {
        if (!m->next[i].s) continue;
        yq_str t = term_walk_text(&m->next[i]);
        if (!any || yq_cmp(t, *least) < 0) *least = t;
        any = true;
    }
    if (any) *least = (yq_str){ memcpy(text, least->p, least->n), least->n };
    return any;
}

/* Appends a source's live postings of the term at hand, which rise as the source's order is that of the merged segment. */
static size_t append_source(merging *m, size_t source, size_t n)
{
    const segment *s = m->views[source]->segment;
    postings p = m->next[source].found;
    cursor c;
    run r;
    while (segment_next_run(s, &p, &r)) {
        uint32_t first = segment_class(s, r.class).first;
        cursor_open(&c, &r);
        for (uint32_t block = 0; cursor_load(&c, block); block++)
            for (uint32_t i = 0; i < c.n; i++) {
                uint32_t doc = m->place[source][first + c.doc[i]];
                if (doc != UINT32_MAX && n < m->keys_cap) m->keys[n++] = (uint64_t)doc << 32 | c.tf[i];
            }
    }
    return n;
}

/* keys[0, middle) and keys[middle, n) both rise; afterwards all of them do. */
static void weave(merging *m, size_t middle, size_t n)
{
    size_t i = 0, j = middle, out = 0;
    if (!middle || middle == n || m->keys[middle - 1] < m->keys[middle]) return;
    while (i < middle && j < n) m->spare[out++] = m->keys[i] < m->keys[j] ? m->keys[i++] : m->keys[j++];
    while (i < middle) m->spare[out++] = m->keys[i++];
    memcpy(m->keys, m->spare, out * sizeof *m->keys);
}

static void merge_terms(merging *m, segment_writer *w)
{
    char text[MAX_TERM];
    yq_str term;
    for (size_t i = 0; i < m->n; i++) {
        m->next[i].s = m->views[i]->segment;
        step(&m->next[i]);
    }
    while (next_term(m, text, &term)) {
        size_t n = 0;
        for (size_t i = 0; i < m->n; i++) {
            if (!m->next[i].s || !yq_eq(term_walk_text(&m->next[i]), term)) continue;
            size_t more = append_source(m, i, n);
            weave(m, n, more);
            n = more;
            step(&m->next[i]);
        }
        segment_writer_term(w, term, m->keys, n);
    }
}

yq_code merge_views(view *const *views, size_t n, uint8_t **bytes, size_t *size, yq_err *err)
{
    merging m = { .views = views, .n = n };
    yq_code rc = YQ_OK;
    segment_writer *w = NULL;
    *bytes = NULL;
    if (!merge_memory(&m)) {
        rc = yq_fail(err, YQ_NOMEM, 0, "no memory to merge the index");
        goto done;
    }
    order_docs(&m);
    if (!m.docs_n) goto done;
    if (!(w = segment_writer_new(m.docs, m.docs_n))) {
        rc = yq_fail(err, YQ_NOMEM, 0, "no memory to merge the index");
        goto done;
    }
    merge_terms(&m, w);
    rc = segment_writer_done(w, bytes, size, err);
done:
    merge_release(&m);
    return rc;
}
