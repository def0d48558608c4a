/* Segments: what goes in comes out, for every length of list and width of numbers; damage is found or at least survived. */
#include "world.h"

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 600 }; /* of damage; more of them without sanitizers */
#else
enum { ROUNDS = 2000 };
#endif

typedef struct {
    uint8_t *bytes;
    size_t size;
} blob;

/* One term "t" in the documents whose numbers are listed with their tf; n documents in two classes. */
static blob one_term(const uint32_t *docs, const uint32_t *tfs, size_t count, uint32_t n)
{
    blob b = { 0 };
    doc_entry *e = calloc(n, sizeof *e);
    uint64_t *keys = calloc(count + 1, sizeof *keys);
    for (uint32_t i = 0; i < n; i++) {
        int64_t id = (i < n / 3 ? 1000000 : 1000) - (int64_t)i % 3 + 10 * (int64_t)i; /* those of the first class are the larger */
        e[i] = (doc_entry){ id, i < n / 3 ? 1 : 2, 0, 1 + i % 50 };
    }
    for (size_t i = 0; i < count; i++) keys[i] = (uint64_t)docs[i] << 32 | tfs[i];
    segment_writer *w = segment_writer_new(e, n);
    segment_writer_term(w, YQ_S("t"), keys, count);
    CHECK("written", segment_writer_done(w, &b.bytes, &b.size, NULL) == YQ_OK);
    free(e);
    free(keys);
    return b;
}

/* Reads the term back over all runs; true when it is what was written. */
static bool reads_back(const segment *s, const uint32_t *docs, const uint32_t *tfs, size_t count)
{
    postings p = segment_term(s, YQ_S("t"));
    size_t i = 0;
    run r;
    while (segment_next_run(s, &p, &r)) {
        uint32_t first = segment_class(s, r.class).first;
        cursor *c = malloc(sizeof *c);
        cursor_open(c, &r);
        for (uint32_t block = 0; cursor_load(c, block); block++)
            for (uint32_t k = 0; k < c->n; k++, i++)
                if (i >= count || c->doc[k] + first != docs[i] || c->tf[k] != tfs[i]) return free(c), false;
        free(c);
    }
    return i == count;
}

/* Seeking by steps finds what walking finds. */
static bool seeks(const segment *s, dice *d)
{
    postings p = segment_term(s, YQ_S("t"));
    run r;
    bool ok = true;
    while (segment_next_run(s, &p, &r)) {
        cursor walk, jump;
        cursor_open(&walk, &r);
        cursor_open(&jump, &r);
        bool more = true;
        for (uint32_t doc = 0; ok && more; doc += 1 + roll(d, 300)) {
            more = cursor_seek(&jump, doc);
            bool there = cursor_seek(&walk, 0);
            while (there && cursor_doc(&walk) < doc) there = walk.at + 1 < walk.n ? (walk.at++, true) : cursor_load(&walk, walk.block + 1);
            ok = more == there && (!more || cursor_doc(&jump) == cursor_doc(&walk));
        }
    }
    return ok;
}

static bool finds_each(const segment *s)
{
    bool ok = true;
    for (uint32_t i = 0; i < s->docs; i++) ok = ok && segment_find(s, segment_id(s, i)) == i && segment_find(s, segment_id(s, i) + 1) == UINT32_MAX;
    return ok && segment_find(s, -5) == UINT32_MAX;
}

static void test_round_trip(void)
{
    static const uint32_t counts[] = { 0, 1, 2, 127, 128, 129, 255, 256, 257, 1000, 5000 };
    static const uint32_t widths[] = { 1, 2, 300, 65535 };
    dice d = { 3 };
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            uint32_t n = counts[c] * (1 + roll(&d, 5)) + 3, *docs = calloc(n, sizeof *docs), *tfs = calloc(n, sizeof *tfs);
            size_t count = 0;
            for (uint32_t i = 0; i < n && count < counts[c]; i++)
                if (n - i == counts[c] - count || roll(&d, n) < counts[c]) {
                    docs[count] = i;
                    tfs[count++] = 1 + roll(&d, widths[w]);
                }
            blob b = one_term(docs, tfs, count, n);
            segment *s;
            CHECK("opens", segment_open(b.bytes, b.size, false, 1, &s, NULL) == YQ_OK);
            CHECK("reads back", reads_back(s, docs, tfs, count));
            CHECK("seeks", count == 0 || seeks(s, &d));
            CHECK("finds by id", finds_each(s) && s->order_at);
            CHECK("no such term", !segment_term(s, YQ_S("tt")).at && !segment_term(s, YQ_S("")).at);
            segment_release(s);
            free(docs);
            free(tfs);
        }
    }
}

/* Every flipped bit and every cut is refused. */
static void test_damage_is_found(void)
{
    uint32_t docs[200], tfs[200];
    for (uint32_t i = 0; i < 200; i++) docs[i] = i, tfs[i] = 1 + i % 4;
    blob b = one_term(docs, tfs, 200, 200);
    for (size_t i = 0; i < b.size * 8; i++) {
        segment *s = NULL;
        b.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
        if (segment_open(b.bytes, b.size, false, 1, &s, NULL) == YQ_OK) CHECK("a flipped bit is found", false);
        b.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
    }
    for (size_t n = 0; n < b.size; n++) {
        segment *s = NULL;
        if (segment_open(b.bytes, n, false, 1, &s, NULL) == YQ_OK) CHECK("a cut is found", false);
    }
    CHECK("whole again", b.size > 0);
    free(b.bytes);
}

/* A whole segment of the format before this one is told from a damaged one, and not read. */
static void test_older_format(void)
{
    uint32_t docs[] = { 0, 1 }, tfs[] = { 1, 1 };
    blob b = one_term(docs, tfs, 2, 4);
    segment *s;
    put32(b.bytes + 8, YQ_INDEX_VERSION - 1);
    put64(b.bytes + 96, checksum(b.bytes + 104, b.size - 104, checksum(b.bytes, 96, 0)));
    CHECK("an older format is refused as such", segment_open(b.bytes, b.size, false, 1, &s, NULL) == YQ_NEWER && !s);
    free(b.bytes);
}

/* With the checksum made right again, whatever the bytes say, nothing is read outside of them (the sanitizers watch). */
static void test_hostile_bytes(void)
{
    uint32_t docs[400], tfs[400];
    dice d = { 77 };
    for (uint32_t i = 0; i < 400; i++) docs[i] = i, tfs[i] = 1 + i % 9;
    blob b = one_term(docs, tfs, 400, 400);
    unsigned opened = 0;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        uint8_t *copy = malloc(b.size);
        segment *s = NULL;
        memcpy(copy, b.bytes, b.size);
        for (uint32_t k = 0; k <= roll(&d, 3); k++) copy[16 + roll(&d, (uint32_t)b.size - 16)] = (uint8_t)roll(&d, 256);
        put64(copy + 96, checksum(copy + 104, b.size - 104, checksum(copy, 96, 0)));
        if (segment_open(copy, b.size, false, 1, &s, NULL) != YQ_OK) {
            free(copy);
            continue;
        }
        opened++;
        reads_back(s, docs, tfs, 400);
        seeks(s, &d);
        segment_release(s);
    }
    CHECK("many were readable", opened > 100);
    free(b.bytes);
}

/* ---------------------------------------------------------------- the list of terms */

static int by_text(const void *a, const void *b)
{
    return yq_cmp(*(const yq_str *)a, *(const yq_str *)b);
}

/* Terms of every kind that writing beginnings once could confuse: none at all, the longest, such as share eight bytes and more over several
 * groups, such as continue another, Chinese characters that share their first bytes. In byte order, each once; at least `want` of them. */
static size_t hard_terms(yq_arena *a, size_t want, yq_str *out)
{
    static const char *const bases[] = { "", "a", "interferon-gamma-inducible-protein-", "医", "医药创新", "医药创新促进会理事长单位", "干细胞", "\x7f", "\xff" };
    static const char longest[] = "an-exceedingly-long-name-of-a-compound-that-is-cut-at-its-64th-b";
    size_t n = 0, kept = 0;
    out[n++] = (yq_str){ longest, MAX_TERM };
    out[n++] = (yq_str){ longest, MAX_TERM - 1 };
    for (size_t i = 0; n < want; i++) {
        const char *base = bases[i % 9];
        size_t number = i / 9;
        if (number == 0) out[n++] = yq_cstr(base);
        else if (number % 3 == 0) out[n++] = yq_printf(a, "%s%zu", base, number);
        else out[n++] = yq_printf(a, "%s%c%c\xe5\x8c%c", base, (int)(0xE4 + number % 4), (int)(0x80 + number % 60), (int)(0x80 + number / 60 % 60));
    }
    qsort(out, n, sizeof *out, by_text);
    for (size_t i = 0; i < n; i++)
        if (!kept || !yq_eq(out[kept - 1], out[i])) out[kept++] = out[i];
    return kept;
}

/* Term i is in document i % 7 and, when i is odd, in the eighth too. */
static blob many_terms(const yq_str *terms, size_t n)
{
    blob b = { 0 };
    doc_entry e[8];
    for (uint32_t i = 0; i < 8; i++) e[i] = (doc_entry){ i + 1, 1, 0, 10 };
    segment_writer *w = segment_writer_new(e, 8);
    for (size_t i = 0; i < n; i++) {
        uint64_t keys[2] = { (uint64_t)(i % 7) << 32 | (1 + i % 3), (uint64_t)7 << 32 | 1 };
        segment_writer_term(w, terms[i], keys, 1 + i % 2);
    }
    CHECK("written", segment_writer_done(w, &b.bytes, &b.size, NULL) == YQ_OK);
    return b;
}

static bool is_term(const segment *s, postings p, size_t i)
{
    run r;
    cursor c;
    if (!p.at || !segment_next_run(s, &p, &r) || r.df != 1 + i % 2) return false;
    cursor_open(&c, &r);
    return cursor_load(&c, 0) && c.doc[0] == i % 7 && c.tf[0] == 1 + i % 3 && !segment_next_run(s, &p, &r);
}

static bool among(const yq_str *terms, size_t n, yq_str text)
{
    return bsearch(&text, terms, n, sizeof *terms, by_text) != NULL;
}

/* What is beside a term is found only if it is a term. */
static bool neighbours_agree(const segment *s, const yq_str *terms, size_t n, yq_str term)
{
    char near[MAX_TERM + 1];
    memcpy(near, term.p, term.n);
    near[term.n] = '0';
    yq_str longer = { near, term.n + 1 }, shorter = { near, term.n ? term.n - 1 : 0 };
    bool ok = (segment_term(s, longer).at != NULL) == among(terms, n, longer) && (segment_term(s, shorter).at != NULL) == among(terms, n, shorter);
    if (!term.n) return ok;
    near[term.n - 1]++;
    yq_str other = { near, term.n };
    return ok && (segment_term(s, other).at != NULL) == among(terms, n, other);
}

static void test_terms(void)
{
    static const size_t counts[] = { 0, 1, 2, 15, 16, 17, 31, 32, 33, 100, 4000 };
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        yq_arena *a = yq_arena_new(1 << 24);
        yq_str *all = YQ_ARRAY(a, yq_str, 4002);
        size_t have = hard_terms(a, 4000, all), n = counts[k] < have ? counts[k] : have, walked = 0;
        const yq_str *terms = all + (have - n) / 2 * (k % 2); /* those at the beginning, or out of the middle */
        blob b = many_terms(terms, n);
        segment *s;
        bool found = true, near = true, ordered = true;
        CHECK("hard terms are made", have > 3000 && all[0].n == 0);
        CHECK("opens", segment_open(b.bytes, b.size, false, 1, &s, NULL) == YQ_OK && s->terms == n);
        for (size_t i = 0; i < n; i++) {
            found = found && is_term(s, segment_term(s, terms[i]), i);
            near = near && neighbours_agree(s, terms, n, terms[i]);
        }
        for (term_walk w = { .s = s }; term_walk_next(&w); walked++)
            ordered = ordered && walked < n && yq_eq(term_walk_text(&w), terms[walked]) && is_term(s, w.found, walked);
        CHECK("ids that rise need no order of their own", !s->order_at && segment_find(s, 3) == 2 && segment_find(s, 9) == UINT32_MAX);
        CHECK("each term is found with its own postings", found);
        CHECK("and nothing beside it", near && !segment_term(s, YQ_S("zzz")).at);
        CHECK("walking gives them all in byte order", ordered && walked == n);
        segment_release(s);
        yq_arena_free(a);
    }
}

static uint64_t walk_all(const segment *s)
{
    uint64_t seen = 0;
    for (term_walk w = { .s = s }; term_walk_next(&w); seen++) {
        postings p = w.found, again = segment_term(s, term_walk_text(&w));
        for (run r; segment_next_run(s, &p, &r);) {
            cursor c;
            cursor_open(&c, &r);
            for (uint32_t block = 0; cursor_load(&c, block); block++) seen += c.doc[c.n - 1] & 1;
        }
        seen += again.at != NULL;
    }
    return seen;
}

/* A list of terms that lies, with the checksum made right again, ends early at worst (the sanitizers watch). */
static void test_hostile_terms(void)
{
    yq_arena *a = yq_arena_new(1 << 24);
    yq_str *terms = YQ_ARRAY(a, yq_str, 202);
    size_t n = hard_terms(a, 200, terms);
    blob b = many_terms(terms, n);
    dice d = { 5 };
    unsigned opened = 0, other = 0;
    segment *s;
    for (size_t cut = 0; cut < b.size; cut++)
        if (segment_open(b.bytes, cut, false, 1, &s, NULL) == YQ_OK) CHECK("a cut is found", false);
    for (int round = 0; round < 2 * ROUNDS; round++) {
        uint8_t *copy = malloc(b.size);
        memcpy(copy, b.bytes, b.size);
        for (uint32_t k = 0; k <= roll(&d, 4); k++) copy[16 + roll(&d, (uint32_t)b.size - 16)] = (uint8_t)roll(&d, 256);
        put64(copy + 96, checksum(copy + 104, b.size - 104, checksum(copy, 96, 0)));
        if (segment_open(copy, b.size, false, 1, &s, NULL) != YQ_OK) {
            free(copy);
            continue;
        }
        opened++;
        other += walk_all(s) < n;
        for (size_t i = 0; i < n; i += 7) is_term(s, segment_term(s, terms[i]), i);
        segment_release(s);
    }
    CHECK("many were readable, and some ended early", opened > 100 && other > 10);
    free(b.bytes);
    yq_arena_free(a);
}

static void test_checksum(void)
{
    uint8_t a[100] = { 0 }, b[100] = { 0 };
    CHECK("length counts", checksum(a, 99, 0) != checksum(a, 100, 0));
    b[64] = 1;
    CHECK("content counts", checksum(a, 100, 0) != checksum(b, 100, 0));
    CHECK("seed counts", checksum(a, 100, 0) != checksum(a, 100, 1));
}

int main(void)
{
    test_checksum();
    test_round_trip();
    test_damage_is_found();
    test_older_format();
    test_hostile_bytes();
    test_terms();
    test_hostile_terms();
    return check_done();
}
