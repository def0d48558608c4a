/* Segments: what goes in comes out, for every length of list and width of numbers; damage is found or at least survived. */
#include "world.h"

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
    for (uint32_t i = 0; i < n; i++) e[i] = (doc_entry){ 1000 - (int64_t)i % 3 + 10 * (int64_t)i, i < n / 3 ? 1 : 2, 0, 1 + i % 50 };
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
    const uint8_t *at = NULL;
    uint32_t term = segment_term(s, YQ_S("t"));
    size_t i = 0;
    run r;
    if (term == UINT32_MAX) return count == 0;
    while (segment_next_run(s, term, &at, &r)) {
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
    const uint8_t *at = NULL;
    run r;
    bool ok = true;
    while (segment_next_run(s, segment_term(s, YQ_S("t")), &at, &r)) {
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
            CHECK("finds by id", segment_find(s, segment_id(s, n - 1)) == n - 1 && segment_find(s, -5) == UINT32_MAX);
            CHECK("no such term", segment_term(s, YQ_S("tt")) == UINT32_MAX && segment_term(s, YQ_S("")) == UINT32_MAX);
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

/* With the checksum made right again, whatever the bytes say, nothing is read outside of them (the sanitizers watch). */
static void test_hostile_bytes(void)
{
    uint32_t docs[400], tfs[400];
    dice d = { 77 };
    for (uint32_t i = 0; i < 400; i++) docs[i] = i, tfs[i] = 1 + i % 9;
    blob b = one_term(docs, tfs, 400, 400);
    unsigned opened = 0;
    for (int round = 0; round < 8000; round++) {
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
        if (segment_term(s, YQ_S("t")) != UINT32_MAX) seeks(s, &d);
        segment_release(s);
    }
    CHECK("many were readable", opened > 100);
    free(b.bytes);
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
    test_hostile_bytes();
    return check_done();
}
