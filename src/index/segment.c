/* One immutable file of postings: how it lies on disk, and reading it where it lies.
 *
 * All numbers are little endian; "varint" is seven bits a byte, low ones first.
 *
 *   0    8  "YQSEG\r\n\1"
 *   8    4  YQ_INDEX_VERSION          12  4  YQ_TEXT_VERSION
 *  16    4  documents                 20  4  classes
 *  24    4  terms                     28  4  fingerprint of the concept lexicon
 *  32  7*8  offsets of the sections, in this order, each a multiple of 8; between two sections: zeros
 *  88    8  bytes of the file
 *  96    8  checksum of bytes 0..95 and of all from 104 on
 * 104       sections:
 *
 *   classes    32 each: owner i64, sharing u32, first document u32, documents u32, 0 u32, sum of lengths u64
 *   ids        i64 each document; documents are sorted by owner, sharing, id
 *   lengths    u32 each document: words, those of the title counted TITLE_WEIGHT times
 *   order      u32 each document: document numbers by rising id; nothing when that is 0, 1, 2, …
 *   groups     20 for each TERM_GROUP terms, the terms being in byte order: first 8 bytes of the first term, big endian (for comparing at
 *              one stroke) u64, its postings' offset u64 (in postings), its offset u32 (in texts)
 *   texts      for each term: varint bytes shared with the term before in its group, varint bytes of its own, these, varint bytes of its postings
 *   postings   for each term its runs, one a class that has it, by class
 *
 *   run        varint 4 * class + 2 when it has one document + 1 when another run follows; if one follows, varint bytes of the rest of this one;
 *              if more than one, varint documents; with more than FEW documents varint max tf, f32 least length / tf; then 16 each full
 *              block of 128: last document u32, offset u32 (from the end of this table), max tf u32, f32 least length / tf; then the
 *              full blocks, then the tail of fewer than 128, each posting a varint 2 * gap, or 2 * gap + 1 and a varint tf - 2
 *   block      u8 bits of a gap, u8 bits of a tf, 128 gaps, 128 (tf - 1), each packed low bits first
 *   gap        document - (document before + 1); document numbers count within the class; before the first stands -1
 *
 * Why classes. What a viewer may see is decided by owner and sharing level alone, so documents that share both lie together and every
 * run belongs to one class: a search opens only the runs the viewer may see, and document frequencies, counts and mean length are
 * exactly those of the visible part. Why the least length / tf. BM25's share of one posting grows with tf and with tf / length; the
 * maximum of tf and the minimum of length / tf bound it tightly for any mean length, so the bounds stay valid as the collection grows.
 *
 * Why groups. Most terms are in one or two documents, so that a list of terms is larger than all the postings unless it is written short.
 */
#include "index/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER = 104, SECTIONS = 7, CLASS_BYTES = 32, GROUP_BYTES = 20, TERM_GROUP = 16, FEW = 4, SKIP_BYTES = 16 };
enum { MORE = 1, ALONE = 2 }; /* beside a run's class */
static const char magic[8] = "YQSEG\r\n\1";

/* ---------------------------------------------------------------- writing */

struct segment_writer {
    const doc_entry *docs;
    uint32_t n;
    doc_class *classes;
    uint32_t classes_n;
    yq_buf groups, texts, postings, run, skip, blocks;
    uint32_t terms_n;
    char last[MAX_TERM]; /* the term before */
    size_t last_n;
    bool failed;
};

int doc_order(const doc_entry *a, const doc_entry *b)
{
    if (a->owner != b->owner) return a->owner < b->owner ? -1 : 1;
    if (a->sharing != b->sharing) return a->sharing < b->sharing ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static void note_classes(segment_writer *w)
{
    for (uint32_t i = 0; i < w->n; i++) {
        const doc_entry *d = &w->docs[i];
        doc_class *c = w->classes_n ? &w->classes[w->classes_n - 1] : NULL;
        if (!c || c->owner != d->owner || c->sharing != d->sharing) {
            c = &w->classes[w->classes_n++];
            *c = (doc_class){ d->owner, d->sharing, i, 0, 0 };
        }
        c->count++;
        c->length += d->length;
    }
}

segment_writer *segment_writer_new(const doc_entry *docs, uint32_t n)
{
    segment_writer *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->docs = docs;
    w->n = n;
    w->classes = calloc(n ? n : 1, sizeof *w->classes);
    if (!w->classes) {
        free(w);
        return NULL;
    }
    note_classes(w);
    return w;
}

void segment_writer_free(segment_writer *w)
{
    if (!w) return;
    yq_buf *all[] = { &w->groups, &w->texts, &w->postings, &w->run, &w->skip, &w->blocks };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) yq_buf_free(all[i]);
    free(w->classes);
    free(w);
}

static void buf_float(yq_buf *b, float f)
{
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    buf_u32(b, bits);
}

static void buf_append(yq_buf *to, const yq_buf *from)
{
    yq_buf_put(to, yq_buf_str(from));
    to->failed |= from->failed;
}

static unsigned bits_of(uint32_t v)
{
    return v ? 32 - (unsigned)__builtin_clz(v) : 0;
}

static void pack(yq_buf *b, const uint32_t *v, unsigned bits)
{
    uint64_t held = 0;
    unsigned n = 0;
    for (int i = 0; i < BLOCK; i++) {
        held |= (uint64_t)v[i] << n;
        for (n += bits; n >= 8; n -= 8, held >>= 8) yq_buf_byte(b, (char)held);
    }
}

typedef struct {
    uint32_t max_tf;
    float min_ratio;
} bounds;

/* Rounded down, so that it stays a bound as a float. */
static void widen(bounds *b, uint32_t tf, uint32_t length)
{
    float ratio = (float)((double)length / tf * (1 - 1e-6));
    if (tf > b->max_tf) b->max_tf = tf;
    if (ratio < b->min_ratio) b->min_ratio = ratio;
}

static bounds bounds_of(const segment_writer *w, const uint64_t *keys, size_t n)
{
    bounds b = { 0, 3e38f };
    for (size_t i = 0; i < n; i++) widen(&b, (uint32_t)keys[i], w->docs[keys[i] >> 32].length);
    return b;
}

/* keys[0..127] into one packed block; `before` is the document before, as gap arithmetic wants it (next possible number). */
static void write_block(segment_writer *w, const uint64_t *keys, uint32_t first, uint32_t next)
{
    uint32_t gap[BLOCK], tf[BLOCK], all_gaps = 0, all_tfs = 0;
    bounds b = bounds_of(w, keys, BLOCK);
    buf_u32(&w->skip, (uint32_t)(keys[BLOCK - 1] >> 32) - first);
    buf_u32(&w->skip, (uint32_t)w->blocks.n);
    buf_u32(&w->skip, b.max_tf);
    buf_float(&w->skip, b.min_ratio);
    for (int i = 0; i < BLOCK; i++) {
        uint32_t doc = (uint32_t)(keys[i] >> 32) - first;
        all_gaps |= gap[i] = doc - next;
        all_tfs |= tf[i] = (uint32_t)keys[i] - 1;
        next = doc + 1;
    }
    yq_buf_byte(&w->blocks, (char)bits_of(all_gaps));
    yq_buf_byte(&w->blocks, (char)bits_of(all_tfs));
    pack(&w->blocks, gap, bits_of(all_gaps));
    pack(&w->blocks, tf, bits_of(all_tfs));
}

static void write_run(segment_writer *w, uint32_t class, const uint64_t *keys, size_t n, bool more)
{
    uint32_t first = w->classes[class].first, next = 0;
    w->run.n = w->skip.n = w->blocks.n = 0;
    if (n > 1) buf_varint(&w->run, n);
    if (n > FEW) {
        bounds all = bounds_of(w, keys, n);
        buf_varint(&w->run, all.max_tf);
        buf_float(&w->run, all.min_ratio);
    }
    size_t i = 0;
    for (; i + BLOCK <= n; i += BLOCK) {
        write_block(w, keys + i, first, next);
        next = (uint32_t)(keys[i + BLOCK - 1] >> 32) - first + 1;
    }
    for (; i < n; i++) {
        uint32_t doc = (uint32_t)(keys[i] >> 32) - first, tf = (uint32_t)keys[i];
        buf_varint(&w->blocks, 2 * (doc - next) + (tf > 1));
        if (tf > 1) buf_varint(&w->blocks, tf - 2);
        next = doc + 1;
    }
    buf_append(&w->run, &w->skip);
    buf_append(&w->run, &w->blocks);
    buf_varint(&w->postings, (uint64_t)class << 2 | (n == 1 ? ALONE : 0) | (more ? MORE : 0));
    if (more) buf_varint(&w->postings, w->run.n);
    buf_append(&w->postings, &w->run);
}

static void write_runs(segment_writer *w, const uint64_t *keys, size_t n)
{
    uint32_t class = 0;
    for (size_t i = 0, j; i < n; i = j) {
        while (keys[i] >> 32 >= w->classes[class].first + w->classes[class].count) class++;
        uint32_t end = w->classes[class].first + w->classes[class].count;
        for (j = i; j < n && keys[j] >> 32 < end; j++) {}
        write_run(w, class, keys + i, j - i, j < n);
    }
}

static void begin_group(segment_writer *w, yq_str text)
{
    buf_u64(&w->groups, term_begin(text));
    buf_u64(&w->groups, w->postings.n);
    buf_u32(&w->groups, (uint32_t)w->texts.n);
    w->failed |= w->texts.n > UINT32_MAX;
    w->last_n = 0;
}

static size_t shared(const segment_writer *w, yq_str text)
{
    size_t n = 0;
    while (n < w->last_n && n < text.n && w->last[n] == text.p[n]) n++;
    return n;
}

void segment_writer_term(segment_writer *w, yq_str text, const uint64_t *keys, size_t n)
{
    if (!n) return;
    if (w->terms_n++ % TERM_GROUP == 0) begin_group(w, text);
    size_t same = shared(w, text), before = w->postings.n;
    write_runs(w, keys, n);
    buf_varint(&w->texts, same);
    buf_varint(&w->texts, text.n - same);
    yq_buf_put(&w->texts, yq_sub(text, same, text.n));
    buf_varint(&w->texts, w->postings.n - before);
    memcpy(w->last, text.p, text.n);
    w->last_n = text.n;
}

static void put_docs(segment_writer *w, yq_buf *ids, yq_buf *lengths)
{
    for (uint32_t i = 0; i < w->n; i++) {
        buf_u64(ids, (uint64_t)w->docs[i].id);
        buf_u32(lengths, w->docs[i].length);
    }
}

static void put_classes(const segment_writer *w, yq_buf *out)
{
    for (uint32_t i = 0; i < w->classes_n; i++) {
        const doc_class *c = &w->classes[i];
        buf_u64(out, (uint64_t)c->owner);
        buf_u32(out, c->sharing);
        buf_u32(out, c->first);
        buf_u32(out, c->count);
        buf_u32(out, 0);
        buf_u64(out, c->length);
    }
}

typedef struct {
    int64_t id;
    uint32_t doc;
} id_place;

static int by_id(const void *a, const void *b)
{
    const id_place *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static bool put_order(const segment_writer *w, yq_buf *out)
{
    id_place *places = malloc((w->n ? w->n : 1) * sizeof *places);
    if (!places) return false;
    bool rising = true;
    for (uint32_t i = 0; i < w->n; i++) {
        places[i] = (id_place){ w->docs[i].id, i };
        rising = rising && (!i || w->docs[i - 1].id < w->docs[i].id);
    }
    if (!rising) qsort(places, w->n, sizeof *places, by_id);
    for (uint32_t i = 0; !rising && i < w->n; i++) buf_u32(out, places[i].doc);
    free(places);
    return true;
}

static uint64_t sum_of(const uint8_t *bytes, size_t size)
{
    return checksum(bytes + HEADER, size - HEADER, checksum(bytes, HEADER - 8, 0));
}

static void fill_header(uint8_t *h, const segment_writer *w, const uint64_t *offsets, size_t size)
{
    memcpy(h, magic, sizeof magic);
    put32(h + 8, YQ_INDEX_VERSION);
    put32(h + 12, YQ_TEXT_VERSION);
    put32(h + 16, w->n);
    put32(h + 20, w->classes_n);
    put32(h + 24, w->terms_n);
    put32(h + 28, concepts_fingerprint());
    for (int i = 0; i < SECTIONS; i++) put64(h + 32 + 8 * i, offsets[i]);
    put64(h + 88, size);
}

static size_t padded(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

static uint8_t *assemble(const segment_writer *w, const yq_buf *const *parts, size_t *size)
{
    uint64_t offsets[SECTIONS];
    size_t total = HEADER;
    for (int i = 0; i < SECTIONS; i++) {
        offsets[i] = total;
        total += padded(parts[i]->n);
    }
    uint8_t *bytes = calloc(1, total);
    if (!bytes) return NULL;
    for (int i = 0; i < SECTIONS; i++)
        if (parts[i]->n) memcpy(bytes + offsets[i], parts[i]->p, parts[i]->n);
    fill_header(bytes, w, offsets, total);
    put64(bytes + 96, sum_of(bytes, total));
    *size = total;
    return bytes;
}

yq_code segment_writer_done(segment_writer *w, uint8_t **bytes, size_t *size, yq_err *err)
{
    yq_buf classes = { 0 }, ids = { 0 }, lengths = { 0 }, order = { 0 };
    const yq_buf *parts[SECTIONS] = { &classes, &ids, &lengths, &order, &w->groups, &w->texts, &w->postings };
    put_classes(w, &classes);
    put_docs(w, &ids, &lengths);
    bool ok = put_order(w, &order) && !w->failed;
    for (int i = 0; i < SECTIONS; i++) ok = ok && !parts[i]->failed;
    *bytes = ok ? assemble(w, parts, size) : NULL;
    yq_buf_free(&classes);
    yq_buf_free(&ids);
    yq_buf_free(&lengths);
    yq_buf_free(&order);
    segment_writer_free(w);
    return *bytes ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for a segment of the index");
}

/* ---------------------------------------------------------------- opening */

static bool fits(const segment *s, int section, uint64_t need, const uint8_t **at)
{
    uint64_t from = get64(s->bytes + 32 + 8 * section);
    uint64_t to = section + 1 < SECTIONS ? get64(s->bytes + 40 + 8 * section) : s->size;
    if (from < HEADER || from > to || to > s->size || to - from < need) return false;
    *at = s->bytes + from;
    return true;
}

static uint32_t groups_of(const segment *s)
{
    return (s->terms + TERM_GROUP - 1) / TERM_GROUP;
}

/* The document with so many smaller ids. */
static uint32_t by_rank(const segment *s, uint32_t rank)
{
    return s->order_at ? get32(s->order_at + 4 * (size_t)rank) : rank;
}

/* Every number that later code uses without asking. */
static bool consistent(const segment *s)
{
    uint64_t next = 0;
    for (uint32_t i = 0; i < s->classes; i++) {
        doc_class c = segment_class(s, i);
        if (c.first != next || !c.count) return false;
        next += c.count;
    }
    if (next != s->docs) return false;
    for (uint32_t i = 0; i < s->docs; i++)
        if (by_rank(s, i) >= s->docs) return false;
    for (uint32_t i = 0; i < groups_of(s); i++) {
        const uint8_t *g = s->group_at + (size_t)i * GROUP_BYTES;
        if (get64(g + 8) > s->posting_size || get32(g + 16) > s->text_size) return false;
    }
    return true;
}

static bool lay_out(segment *s)
{
    const uint8_t *b = s->bytes;
    s->docs = get32(b + 16);
    s->classes = get32(b + 20);
    s->terms = get32(b + 24);
    s->sum = get64(b + 96);
    if (!fits(s, 0, (uint64_t)s->classes * CLASS_BYTES, &s->class_at) || !fits(s, 1, (uint64_t)s->docs * 8, &s->id_at) ||
        !fits(s, 2, (uint64_t)s->docs * 4, &s->length_at) || !fits(s, 3, 0, &s->order_at) ||
        !fits(s, 4, (uint64_t)groups_of(s) * GROUP_BYTES, &s->group_at) || !fits(s, 5, 0, &s->text_at) || !fits(s, 6, 0, &s->posting_at))
        return false;
    if (s->order_at == s->group_at) s->order_at = NULL;
    else if ((uint64_t)(s->group_at - s->order_at) < (uint64_t)s->docs * 4) return false;
    s->text_size = (uint64_t)(s->posting_at - s->text_at);
    s->posting_size = (uint64_t)(b + s->size - s->posting_at);
    return consistent(s);
}

static yq_code judge(segment *s, yq_err *err)
{
    const uint8_t *b = s->bytes;
    if (s->size < HEADER || memcmp(b, magic, sizeof magic) != 0 || get64(b + 88) != s->size)
        return yq_fail(err, YQ_CORRUPT, 0, "segment %llu of the index is cut short or none", (unsigned long long)s->number);
    if (get32(b + 8) != YQ_INDEX_VERSION || get32(b + 12) != YQ_TEXT_VERSION)
        return yq_fail(err, YQ_NEWER, 8, "segment %llu of the index is of another version", (unsigned long long)s->number);
    if (sum_of(b, s->size) != get64(b + 96) || !lay_out(s))
        return yq_fail(err, YQ_CORRUPT, 96, "segment %llu of the index is damaged", (unsigned long long)s->number);
    if (get32(b + 28) != concepts_fingerprint())
        return yq_fail(err, YQ_NEWER, 28, "segment %llu of the index was made with another lexicon", (unsigned long long)s->number);
    return YQ_OK;
}

yq_code segment_open(const uint8_t *bytes, size_t size, bool mapped, uint64_t number, segment **out, yq_err *err)
{
    segment *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s) return yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
    s->bytes = bytes;
    s->size = size;
    s->mapped = mapped;
    s->number = number;
    atomic_init(&s->references, 1);
    yq_code rc = judge(s, err);
    if (rc == YQ_OK) *out = s;
    else free(s);
    return rc;
}

yq_code segment_map(const char *path, uint64_t number, segment **out, yq_err *err)
{
    struct stat st;
    *out = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return yq_fail(err, errno == ENOENT ? YQ_NOTFOUND : YQ_IO, 0, "cannot open %s: %s", path, strerror(errno));
    bool ok = fstat(fd, &st) == 0 && st.st_size >= HEADER;
    void *p = ok ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    close(fd);
    if (!ok) return yq_fail(err, YQ_CORRUPT, 0, "%s is cut short", path);
    if (p == MAP_FAILED) return yq_fail(err, YQ_IO, 0, "cannot map %s: %s", path, strerror(errno));
    yq_code rc = segment_open(p, (size_t)st.st_size, true, number, out, err);
    if (rc != YQ_OK) munmap(p, (size_t)st.st_size);
    return rc;
}

segment *segment_keep(segment *s)
{
    atomic_fetch_add(&s->references, 1);
    return s;
}

void segment_release(segment *s)
{
    if (!s || atomic_fetch_sub(&s->references, 1) != 1) return;
    if (s->mapped) munmap((void *)s->bytes, s->size);
    else free((void *)s->bytes);
    free(s);
}

/* ---------------------------------------------------------------- looking up */

doc_class segment_class(const segment *s, uint32_t i)
{
    const uint8_t *p = s->class_at + (size_t)i * CLASS_BYTES;
    return (doc_class){ (int64_t)get64(p), get32(p + 8), get32(p + 12), get32(p + 16), get64(p + 24) };
}

uint32_t segment_find(const segment *s, int64_t id)
{
    uint32_t low = 0, high = s->docs;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, doc = by_rank(s, middle);
        int64_t there = segment_id(s, doc);
        if (there == id) return doc;
        if (there < id) low = middle + 1;
        else high = middle;
    }
    return UINT32_MAX;
}

static void enter_group(term_walk *w, uint32_t group)
{
    const uint8_t *g = w->s->group_at + (size_t)group * GROUP_BYTES;
    w->next = group * TERM_GROUP;
    w->at = w->s->text_at + get32(g + 16);
    w->posting = get64(g + 8);
    w->n = 0;
}

bool term_walk_next(term_walk *w)
{
    const segment *s = w->s;
    const uint8_t *end = s->text_at + s->text_size;
    uint32_t same, own, size;
    if (w->next >= s->terms) return false;
    if (w->next % TERM_GROUP == 0) enter_group(w, w->next / TERM_GROUP);
    if (!get_varint(&w->at, end, &same) || !get_varint(&w->at, end, &own)) return false;
    if (same > w->n || own > MAX_TERM - same || own > (size_t)(end - w->at)) return false;
    memcpy(w->text + same, w->at, own);
    w->at += own;
    w->n = same + own;
    if (!get_varint(&w->at, end, &size) || size > s->posting_size - w->posting) return false;
    w->found = (postings){ s->posting_at + w->posting, s->posting_at + w->posting + size };
    w->posting += size;
    w->next++;
    return true;
}

/* The last group whose first term may be at or before the text; terms that share eight bytes can fill several. */
static uint32_t group_with(const segment *s, yq_str text, uint32_t *first)
{
    uint64_t key = term_begin(text);
    uint32_t low = 0, high = groups_of(s);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (get64(s->group_at + (size_t)middle * GROUP_BYTES) < key) low = middle + 1;
        else high = middle;
    }
    *first = low ? low - 1 : 0;
    for (high = groups_of(s); low < high && get64(s->group_at + (size_t)low * GROUP_BYTES) == key; low++) {}
    return low;
}

postings segment_term(const segment *s, yq_str text)
{
    term_walk w = { .s = s };
    uint32_t first, end = group_with(s, text, &first);
    if (!s->terms) return (postings){ 0 };
    enter_group(&w, first);
    while (w.next < (uint64_t)end * TERM_GROUP && term_walk_next(&w)) {
        int order = yq_cmp(term_walk_text(&w), text);
        if (order == 0) return w.found;
        if (order > 0) break;
    }
    return (postings){ 0 };
}

/* ---------------------------------------------------------------- postings */

static float get_float(const uint8_t *p)
{
    uint32_t bits = get32(p);
    float f;
    memcpy(&f, &bits, sizeof f);
    return f;
}

/* Bounds of a run too short to carry them. */
static bool few_bounds(const segment *s, run *r)
{
    cursor c;
    uint32_t first = segment_class(s, r->class).first;
    cursor_open(&c, r);
    r->max_tf = 1;
    r->min_ratio = 3e38f;
    if (!cursor_load(&c, 0)) return false;
    for (uint32_t i = 0; i < c.n; i++) {
        bounds b = { r->max_tf, r->min_ratio };
        widen(&b, c.tf[i], segment_length(s, first + c.doc[i]));
        r->max_tf = b.max_tf;
        r->min_ratio = b.min_ratio;
    }
    return true;
}

/* What follows the head of a run. */
static bool read_run(const segment *s, uint32_t head, const uint8_t *p, const uint8_t *end, run *r)
{
    r->class = head >> 2;
    r->df = 1;
    if (r->class >= s->classes || (!(head & ALONE) && !get_varint(&p, end, &r->df))) return false;
    r->docs = segment_class(s, r->class).count;
    r->full = r->df / BLOCK;
    r->skip = r->data = p;
    r->end = end;
    if (!r->df || r->df > r->docs) return false;
    if (r->df <= FEW) return few_bounds(s, r);
    if (!get_varint(&p, end, &r->max_tf) || end - p < 4) return false;
    r->min_ratio = get_float(p);
    r->skip = p + 4;
    if ((size_t)(end - r->skip) < (size_t)r->full * SKIP_BYTES) return false;
    r->data = r->skip + (size_t)r->full * SKIP_BYTES;
    return true;
}

bool segment_next_run(const segment *s, postings *p, run *out)
{
    const uint8_t *end = p->end;
    uint32_t head, size;
    if (p->at >= p->end || !get_varint(&p->at, p->end, &head)) return false;
    if (head & MORE) {
        if (!get_varint(&p->at, p->end, &size) || size == 0 || (size_t)(p->end - p->at) < size) return false;
        end = p->at + size;
    }
    const uint8_t *at = p->at;
    p->at = end;
    return read_run(s, head, at, end, out);
}

uint32_t run_blocks(const run *r)
{
    return r->full + (r->df % BLOCK != 0);
}

uint32_t run_last(const run *r, uint32_t block)
{
    return block < r->full ? get32(r->skip + (size_t)block * SKIP_BYTES) : UINT32_MAX;
}

void run_block_bounds(const run *r, uint32_t block, uint32_t *max_tf, float *min_ratio)
{
    const uint8_t *p = r->skip + (size_t)block * SKIP_BYTES;
    bool tail = block >= r->full;
    *max_tf = tail ? r->max_tf : get32(p + 8);
    *min_ratio = tail ? r->min_ratio : get_float(p + 12);
}

void cursor_open(cursor *c, const run *r)
{
    c->r = *r;
    c->block = UINT32_MAX;
    c->n = c->at = c->look = 0;
}

/* 128 numbers of `bits` bits; false when the bytes do not reach. */
static bool unpack(const uint8_t **p, const uint8_t *end, unsigned bits, uint32_t *v)
{
    if (bits > 32 || (size_t)(end - *p) < BLOCK / 8 * bits) return false;
    const uint8_t *in = *p;
    uint64_t held = 0, mask = ((uint64_t)1 << bits) - 1;
    unsigned n = 0;
    for (int i = 0; i < BLOCK; i++) {
        if (n < bits) {
            held |= (uint64_t)get32(in) << n; /* a block is a multiple of 16 bytes for every width, so four are there */
            in += 4;
            n += 32;
        }
        v[i] = (uint32_t)(held & mask);
        held >>= bits;
        n -= bits;
    }
    *p += BLOCK / 8 * bits;
    return true;
}

static bool load_full(cursor *c, uint32_t block)
{
    const uint8_t *end = c->r.end;
    uint32_t offset = get32(c->r.skip + (size_t)block * SKIP_BYTES + 4);
    if ((size_t)(end - c->r.data) < (size_t)offset + 2) return false;
    const uint8_t *p = c->r.data + offset;
    unsigned gap_bits = p[0], tf_bits = p[1];
    p += 2;
    if (!unpack(&p, end, gap_bits, c->doc) || !unpack(&p, end, tf_bits, c->tf)) return false;
    c->n = BLOCK;
    return true;
}

/* Where the tail begins: behind the last full block. */
static const uint8_t *tail_of(const run *r)
{
    if (!r->full) return r->data;
    uint32_t offset = get32(r->skip + (size_t)(r->full - 1) * SKIP_BYTES + 4);
    if ((size_t)(r->end - r->data) < (size_t)offset + 2) return NULL;
    const uint8_t *p = r->data + offset;
    size_t size = 2 + (size_t)BLOCK / 8 * (p[0] + (size_t)p[1]);
    return (size_t)(r->end - p) < size ? NULL : p + size;
}

static bool load_tail(cursor *c)
{
    const uint8_t *p = tail_of(&c->r);
    c->n = c->r.df % BLOCK;
    if (!p) return false;
    for (uint32_t i = 0; i < c->n; i++) {
        if (!get_varint(&p, c->r.end, &c->doc[i])) return false;
        c->tf[i] = c->doc[i] & 1;
        c->doc[i] >>= 1;
        if (c->tf[i] && (!get_varint(&p, c->r.end, &c->tf[i]) || !++c->tf[i])) return false;
    }
    return true;
}

/* Gaps into numbers, all below the class's count. */
static bool add_up(cursor *c, uint64_t next)
{
    for (uint32_t i = 0; i < c->n; i++) {
        next += c->doc[i];
        c->doc[i] = (uint32_t)next++;
        c->tf[i]++;
    }
    return next <= c->r.docs;
}

bool cursor_load(cursor *c, uint32_t block)
{
    if (block >= run_blocks(&c->r)) return false;
    bool ok = block < c->r.full ? load_full(c, block) : load_tail(c);
    if (!ok || !add_up(c, block ? (uint64_t)run_last(&c->r, block - 1) + 1 : 0)) return false;
    c->block = block;
    c->at = 0;
    return true;
}

/* The first block from `block` on whose last document is not before doc: doubling steps, then halving. */
static uint32_t block_with(const run *r, uint32_t block, uint32_t doc)
{
    uint32_t step = 1, low = block, high = block;
    while (high < r->full && run_last(r, high) < doc) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    if (high > r->full) high = r->full;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (run_last(r, middle) < doc) low = middle + 1;
        else high = middle;
    }
    return low;
}

bool cursor_seek(cursor *c, uint32_t doc)
{
    uint32_t now = c->block == UINT32_MAX ? 0 : c->block;
    uint32_t want = c->block != UINT32_MAX && c->n && c->doc[c->n - 1] >= doc ? now : block_with(&c->r, now, doc);
    if (want != c->block && !cursor_load(c, want)) {
        c->n = c->at = 0;
        c->block = run_blocks(&c->r); /* the end; block_with stays there */
        return false;
    }
    while (c->at < c->n && c->doc[c->at] < doc) c->at++;
    return c->at < c->n;
}
