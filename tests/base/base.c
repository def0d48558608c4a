/* Slices, UTF-8, arenas that give up cleanly, JSON, hashes, ids, files. */
#include "base/base.h"
#include "check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void slices(void)
{
    static const struct {
        const char *what, *in, *out;
    } trims[] = {
        { "plain", "医桥", "医桥" },
        { "ASCII blanks", " \t医桥\n", "医桥" },
        { "ideographic and no-break space", "\u3000医桥\u00a0", "医桥" },
        { "only blanks", " \u3000 ", "" },
        { "empty", "", "" },
    };
    for (size_t i = 0; i < sizeof trims / sizeof *trims; i++)
        CHECK(trims[i].what, yq_eq(yq_trim(yq_cstr(trims[i].in)), yq_cstr(trims[i].out)));

    yq_str rest = YQ_S("a\tb\t"), part;
    CHECK("first part", yq_split(&rest, '\t', &part) && yq_eq(part, YQ_S("a")));
    CHECK("second part", yq_split(&rest, '\t', &part) && yq_eq(part, YQ_S("b")));
    CHECK("empty last part", yq_split(&rest, '\t', &part) && part.n == 0);
    CHECK("no part left", !yq_split(&rest, '\t', &part));
    CHECK("find from", yq_find(YQ_S("abab"), YQ_S("ab"), 1) == 2);
    CHECK("find nothing", yq_find(YQ_S("abab"), YQ_S("x"), 0) == SIZE_MAX);
    CHECK("order by bytes", yq_cmp(YQ_S("a"), YQ_S("ab")) < 0 && yq_cmp(YQ_S("b"), YQ_S("ab")) > 0);
}

/* The place a reader would find by going from byte to byte. */
static size_t find_plainly(yq_str s, yq_str needle, size_t from)
{
    for (size_t i = from; i + needle.n <= s.n; i++)
        if (memcmp(s.p + i, needle.p, needle.n) == 0) return i;
    return SIZE_MAX;
}

/* Texts of few different bytes, in memory of just their size, so that a look beyond the end is seen. */
static void finding(void)
{
    uint32_t seed = 7;
    size_t wrong = 0, found = 0;
    for (int round = 0; round < 20000; round++) {
        size_t n = (size_t)(seed = seed * 1664525u + 1013904223u) % 130, m = 1 + (seed >> 16) % (round % 3 ? 7 : 90), from = (seed >> 8) % 5;
        char *text = malloc(n + 1), *needle = malloc(m);
        for (size_t i = 0; i < n; i++) text[i] = "ab\xE5"[(seed = seed * 1664525u + 1013904223u) >> 30 ? (seed >> 28) % 3 : 0];
        for (size_t i = 0; i < m; i++) needle[i] = "ab\xE5"[(seed = seed * 1664525u + 1013904223u) >> 30 ? (seed >> 28) % 3 : 0];
        char *exact = realloc(text, n ? n : 1);
        yq_str s = { exact, n }, q = { needle, m };
        size_t at = yq_find(s, q, from);
        wrong += at != (from > n ? SIZE_MAX : find_plainly(s, q, from));
        found += at != SIZE_MAX;
        free(exact);
        free(needle);
    }
    CHECK("as by hand", wrong == 0);
    CHECK("both found and not", found > 1000 && found < 19000);
}

/* Memory is zero however it was used before; what grows keeps what it holds. */
static void growing(void)
{
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    bool kept = true, zero = true;
    for (int round = 0; round < 3; round++) {
        YQ_VEC(uint32_t) alone = { 0 }, mixed = { 0 };
        for (uint32_t i = 0; i < 50000; i++) *yq_push(a, &alone) = i;
        for (uint32_t i = 0; i < 50000; i++) {
            *yq_push(a, &mixed) = i;
            if (i % 1000 == 0) {
                char *p = yq_alloc(a, i % 300);
                for (uint32_t k = 0; k < i % 300; k++) zero &= p[k] == 0;
                memset(p, 0xAA, i % 300);
            }
        }
        for (uint32_t i = 0; i < 50000; i++) kept &= alone.v[i] == i && mixed.v[i] == i;
        for (size_t i = alone.n; i < alone.cap; i++) zero &= alone.v[i] == 0;
        yq_arena_clear(a);
    }
    CHECK("kept", kept);
    CHECK("zero", zero);
    CHECK("and given back", yq_arena_used(a) == 0);
    yq_arena_free(a);
}

static void utf8(void)
{
    static const struct {
        const char *what, *bytes;
        size_t n;
        bool valid;
        size_t bad;
    } cases[] = {
        { "ascii", "abc", 3, true, 0 },
        { "two, three and four bytes", "é医𬭎", 9, true, 0 },
        { "a real replacement character", "\xEF\xBF\xBD", 3, true, 0 },
        { "cut off", "a\xE5\x8C", 3, false, 1 },
        { "overlong slash", "\xC0\xAF", 2, false, 0 },
        { "surrogate", "\xED\xA0\x80", 3, false, 0 },
        { "above U+10FFFF", "\xF4\x90\x80\x80", 4, false, 0 },
        { "stray continuation", "ab\x80", 3, false, 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = 0;
        CHECK(cases[i].what, yq_utf8_valid((yq_str){ cases[i].bytes, cases[i].n }, &bad) == cases[i].valid);
        CHECK(cases[i].what, bad == cases[i].bad);
    }
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp += 97) {
        char out[4];
        size_t n = yq_utf8_put(cp, out), at = 0;
        if (n && (yq_utf8_next((yq_str){ out, n }, &at) != cp || at != n)) CHECK("every character reads back", false);
    }
    yq_str s = YQ_S("a医");
    CHECK("back over three bytes", yq_utf8_back(s, 4) == 1);
    CHECK("back over one", yq_utf8_back(s, 1) == 0);
    CHECK("count", yq_utf8_count(YQ_S("a医𬭎")) == 3);
    CHECK("rare Han", yq_is_han(0x2CB4E) && yq_is_han(0x4DAE) && !yq_is_han('a'));
}

typedef struct {
    yq_arena *arena;
    size_t each;
} hunger;

static yq_code eat(void *arg, yq_err *err)
{
    hunger *h = arg;
    (void)err;
    for (int i = 0; i < 1 << 20; i++) yq_alloc(h->arena, h->each);
    return YQ_OK;
}

static yq_code eat_inside(void *arg, yq_err *err)
{
    hunger *h = arg;
    yq_code inner = yq_arena_run(h->arena, eat, h, err);
    return inner == YQ_NOMEM ? YQ_OK : YQ_CORRUPT;
}

static void arenas(void)
{
    yq_arena *a = yq_arena_new(1 << 20);
    yq_err err;
    hunger small = { a, 100 }, large = { a, 4 << 20 };
    CHECK("many small ones end", yq_arena_run(a, eat, &small, &err) == YQ_NOMEM);
    yq_arena_clear(a);
    CHECK("one too large ends", yq_arena_run(a, eat, &large, &err) == YQ_NOMEM);
    CHECK("an inner run leaves the outer one intact", yq_arena_run(a, eat_inside, &small, &err) == YQ_OK);
    yq_arena_clear(a);

    YQ_VEC(int) numbers = { 0 };
    for (int i = 0; i < 1000; i++) *yq_push(a, &numbers) = i;
    CHECK("a vector keeps all", numbers.n == 1000 && numbers.v[999] == 999 && numbers.v[0] == 0);
    CHECK("printf", yq_eq(yq_printf(a, "%d-%s", 7, "医"), YQ_S("7-医")));
    CHECK("concat", yq_eq(yq_concat(a, YQ_S("中"), YQ_S("心")), YQ_S("中心")));
    yq_arena_free(a);
}

static void json(void)
{
    yq_buf b = { 0 };
    yq_json j = yq_json_to(&b);
    yq_json_object(&j);
    yq_json_kv(&j, "name", YQ_S("a\"\\\n\x01医\xFF"));
    yq_json_key(&j, "list");
    yq_json_array(&j);
    yq_json_int(&j, INT64_MIN);
    yq_json_real(&j, 0.1);
    yq_json_real(&j, 1.0 / 0.0);
    yq_json_bool(&j, true);
    yq_json_null(&j);
    yq_json_array(&j);
    yq_json_end_array(&j);
    yq_json_end_array(&j);
    yq_json_ki(&j, "n", 3);
    yq_json_end_object(&j);
    CHECK("json", yq_eq(yq_buf_str(&b), YQ_S("{\"name\":\"a\\\"\\\\\\n\\u0001医\xEF\xBF\xBD\",\"list\":[-9223372036854775808,0.1,"
                                             "null,true,null,[]],\"n\":3}")));
    yq_buf_free(&b);
    yq_json deep = yq_json_to(&b);
    for (int i = 0; i < 100; i++) yq_json_array(&deep);
    CHECK("nesting beyond the limit fails, it does not crash", b.failed);
    yq_buf_free(&b);
}

static int64_t fixed_now(yq_clock *self)
{
    (void)self;
    return 1469922850259000; /* 2016-07-30T23:54:10.259Z, the example of the ULID description */
}

static void zero_fill(yq_random *self, void *out, size_t n)
{
    (void)self;
    memset(out, 0, n);
}

static void world(void)
{
    char hex[65], ulid[27], instant[28];
    yq_hash h = yq_hash_of(YQ_S("abc"));
    yq_hex(h.b, sizeof h.b, hex);
    /* RFC 7693's algorithm with a digest of 32 bytes, as b2sum -l 256 prints it. */
    CHECK("BLAKE2b-256", strcmp(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319") == 0);
    yq_hash back;
    CHECK("hex reads back", yq_unhex(yq_cstr(hex), back.b, 32) && memcmp(back.b, h.b, 32) == 0);
    CHECK("bad hex", !yq_unhex(YQ_S("0g"), back.b, 1) && !yq_unhex(YQ_S("000"), back.b, 1));
    yq_str one[] = { YQ_S("ab"), YQ_S("c") }, other[] = { YQ_S("a"), YQ_S("bc") };
    yq_hash x = yq_hash_of_parts(one, 2), y = yq_hash_of_parts(other, 2);
    CHECK("parts keep their borders", memcmp(&x, &y, sizeof x) != 0);

    yq_clock clock = { fixed_now };
    yq_random random = { zero_fill };
    yq_ulid(&clock, &random, ulid);
    CHECK("ULID", strcmp(ulid, "01ARZ3NDEK0000000000000000") == 0);
    yq_instant_text(fixed_now(&clock), instant);
    CHECK("instant", strcmp(instant, "2016-07-30T23:54:10.259000Z") == 0);
}

/* What is written into a pipe comes out of it, and it is still one: writing to /dev/null must not make a file of it. */
static void pipes(const char *path)
{
    char got[16] = { 0 };
    struct stat st;
    if (!CHECK("a pipe for the test", mkfifo(path, 0600) == 0)) return;
    int fd = open(path, O_RDWR | O_NONBLOCK);
    CHECK("write into a pipe", yq_file_write(path, YQ_S("0123456789"), NULL) == YQ_OK);
    CHECK("it comes out", read(fd, got, sizeof got) == 10 && strcmp(got, "0123456789") == 0);
    CHECK("it is a pipe still", stat(path, &st) == 0 && S_ISFIFO(st.st_mode));
    close(fd);
    unlink(path);
}

static void files(void)
{
    char folder[] = "/tmp/yq-base-XXXXXX", path[64], *text;
    size_t n;
    yq_err err;
    if (!CHECK("a folder for the test", mkdtemp(folder) != NULL)) return;
    snprintf(path, sizeof path, "%s/a/b", folder);
    CHECK("folders", yq_folder_make(path, &err) == YQ_OK && yq_folder_make(path, &err) == YQ_OK);
    snprintf(path, sizeof path, "%s/f", folder);
    CHECK("missing", yq_file_read(path, 100, &text, &n, &err) == YQ_NOTFOUND && !text);
    CHECK("write", yq_file_write(path, YQ_S("0123456789"), &err) == YQ_OK);
    CHECK("read", yq_file_read(path, 10, &text, &n, &err) == YQ_OK && n == 10 && text[10] == '\0');
    free(text);
    CHECK("too large", yq_file_read(path, 9, &text, &n, &err) == YQ_INVALID && !text && err.at == 9);
    CHECK("a folder is no file", yq_file_read(folder, 9, &text, &n, &err) == YQ_INVALID);
    unlink(path);
    pipes(path);
    snprintf(path, sizeof path, "%s/a/b", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/a", folder);
    rmdir(path);
    rmdir(folder);
}

int main(void)
{
    slices();
    finding();
    growing();
    utf8();
    arenas();
    json();
    world();
    files();
    return check_done();
}
