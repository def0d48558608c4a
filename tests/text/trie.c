/* The static trie finds exactly its keys. */
#include "check.h"
#include "text/trie.h"
#include "text/trie_build.h"

#include <stdio.h>

static bool find(const uint32_t *units, yq_str key, uint32_t *value)
{
    uint32_t node = 0;
    for (size_t i = 0; i < key.n; i++)
        if (!trie_step(units, &node, (uint8_t)key.p[i])) return false;
    return trie_value(units, node, value);
}

static void few(yq_arena *a)
{
    static const char *const keys[] = { "a", "ab", "abc", "b", "医", "医院", "医院长", "\xFF\xFF" };
    static const char *const others[] = { "", "ac", "abcd", "c", "院", "医院院", "\xE5\x8C", "\xFF" };
    trie_key list[8];
    uint32_t *units, value;
    size_t n;
    yq_err err = { 0 };
    for (uint32_t i = 0; i < 8; i++) list[i] = (trie_key){ yq_cstr(keys[i]), i };
    CHECK("built", yq_trie_build(a, list, 8, &units, &n, &err) == YQ_OK);
    CHECK("whole blocks", n % 256 == 0);
    for (uint32_t i = 0; i < 8; i++) CHECK(keys[i], find(units, list[i].key, &value) && value == i);
    for (uint32_t i = 0; i < 8; i++) CHECK(others[i], !find(units, yq_cstr(others[i]), &value));
    CHECK("a NUL leads nowhere", !find(units, (yq_str){ "a\0", 2 }, &value));
    CHECK("no keys", yq_trie_build(a, NULL, 0, &units, &n, &err) == YQ_OK && !find(units, YQ_S("a"), &value));
}

/* All strings of three bytes out of 40 whose sum is a multiple of three: dense enough that blocks fill up. */
static void many(yq_arena *a)
{
    enum { BASE = 40 };
    char *text = yq_alloc(a, BASE * BASE * BASE * 3);
    trie_key *list = YQ_ARRAY(a, trie_key, BASE * BASE * BASE);
    uint32_t *units, value;
    size_t n = 0, count, wrong = 0;
    yq_err err = { 0 };
    for (int i = 0; i < BASE * BASE * BASE; i++) {
        char *p = text + (size_t)i * 3;
        p[0] = (char)(1 + i / BASE / BASE), p[1] = (char)(1 + i / BASE % BASE), p[2] = (char)(1 + i % BASE);
        if ((p[0] + p[1] + p[2]) % 3 == 0) list[n] = (trie_key){ { p, 3 }, (uint32_t)n }, n++;
    }
    CHECK("built", yq_trie_build(a, list, n, &units, &count, &err) == YQ_OK);
    for (int i = 0, k = 0; i < BASE * BASE * BASE; i++) {
        char *p = text + (size_t)i * 3;
        bool is_key = (p[0] + p[1] + p[2]) % 3 == 0, found = find(units, (yq_str){ p, 3 }, &value);
        wrong += found != is_key || (found && value != (uint32_t)k);
        k += is_key;
    }
    CHECK("each key with its value, and no other", wrong == 0);
    CHECK("little is empty", count < n * 2 + 4096);
}

static void refused(yq_arena *a)
{
    char long_key[TRIE_MAX_KEY + 1];
    memset(long_key, 'x', sizeof long_key);
    const struct {
        const char *what;
        trie_key keys[2];
    } cases[] = {
        { "out of order", { { YQ_S("b"), 0 }, { YQ_S("a"), 0 } } },
        { "twice", { { YQ_S("a"), 0 }, { YQ_S("a"), 1 } } },
        { "empty", { { YQ_S(""), 0 }, { YQ_S("a"), 0 } } },
        { "too long", { { YQ_S("a"), 0 }, { { long_key, sizeof long_key }, 0 } } },
        { "a NUL inside", { { YQ_S("a"), 0 }, { { "b\0c", 3 }, 0 } } },
        { "a value of 32 bits", { { YQ_S("a"), 0 }, { YQ_S("b"), 0x80000000u } } },
    };
    uint32_t *units;
    size_t n;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK(cases[i].what, yq_trie_build(a, cases[i].keys, 2, &units, &n, NULL) == YQ_INVALID);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)256 << 20);
    few(a);
    many(a);
    refused(a);
    yq_arena_free(a);
    return check_done();
}
