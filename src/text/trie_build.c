/* Builds the double array of trie.h from sorted keys, depth first. The children of a node go to the first base at which all their places are
 * free; only the last few blocks of 256 are searched, since older ones are nearly full and trying them would cost more than they save. */
#include "text/trie_build.h"
#include "text/trie.h"

enum { BLOCK = 256, WINDOW = 16 * BLOCK };

typedef struct {
    yq_arena *arena;
    const trie_key *keys;
    uint32_t *unit;
    bool *based;           /* is this base in use? */
    uint32_t *next, *back; /* ring of free units; 0 is its head and never free */
    size_t n, cap;
} builder;

static void grow_arrays(builder *b)
{
    size_t cap = b->cap ? b->cap * 2 : 64 * BLOCK;
    uint32_t *old[] = { b->unit, b->next, b->back };
    uint32_t *grown[3];
    for (int i = 0; i < 3; i++) {
        grown[i] = YQ_ARRAY(b->arena, uint32_t, cap);
        if (b->n) memcpy(grown[i], old[i], b->n * sizeof(uint32_t));
    }
    bool *based = YQ_ARRAY(b->arena, bool, cap);
    if (b->n) memcpy(based, b->based, b->n);
    b->unit = grown[0], b->next = grown[1], b->back = grown[2], b->based = based, b->cap = cap;
}

static void link_free(builder *b, uint32_t u)
{
    b->back[u] = b->back[0];
    b->next[u] = 0;
    b->next[b->back[0]] = u;
    b->back[0] = u;
}

static void unlink_free(builder *b, uint32_t u)
{
    b->next[b->back[u]] = b->next[u];
    b->back[b->next[u]] = b->back[u];
    b->next[u] = UINT32_MAX;
}

static bool is_free(const builder *b, uint32_t u)
{
    return u && b->next[u] != UINT32_MAX;
}

/* One more block of free units; what leaves the window is no longer searched. */
static void add_block(builder *b)
{
    if (b->n + BLOCK > b->cap) grow_arrays(b);
    size_t from = b->n;
    b->n += BLOCK;
    for (size_t u = from; u < b->n; u++) {
        b->unit[u] = TRIE_LEAF;
        if (u) link_free(b, (uint32_t)u);
    }
    if (b->n <= WINDOW) return;
    for (size_t u = b->n - WINDOW - BLOCK; u < b->n - WINDOW; u++)
        if (is_free(b, (uint32_t)u)) unlink_free(b, (uint32_t)u);
}

static bool fits(const builder *b, uint32_t base, const uint8_t *labels, size_t n)
{
    if (base == 0 || b->based[base]) return false;
    for (size_t i = 0; i < n; i++)
        if (!is_free(b, base ^ labels[i])) return false;
    return true;
}

static uint32_t find_base(builder *b, const uint8_t *labels, size_t n)
{
    for (uint32_t u = b->next[0]; u; u = b->next[u])
        if (fits(b, u ^ labels[0], labels, n)) return u ^ labels[0];
    add_block(b);
    return (uint32_t)(b->n - BLOCK);
}

static uint8_t byte_of(const trie_key *key, size_t depth)
{
    return depth < key->key.n ? (uint8_t)key->key.p[depth] : 0;
}

/* The node `node` stands for the first `depth` bytes of keys[from, to). */
static yq_code build_node(builder *b, uint32_t node, size_t from, size_t to, size_t depth, yq_err *err)
{
    uint8_t labels[256] = { 0 }; /* compilers do not see that the first n are set */
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        if (n == 0 || labels[n - 1] != byte_of(&b->keys[i], depth)) labels[n++] = byte_of(&b->keys[i], depth);
    uint32_t base = find_base(b, labels, n);
    if (base >> TRIE_BASE_BITS) return yq_fail(err, YQ_INVALID, from, "too many forms for one trie");
    b->based[base] = true;
    for (size_t i = 0; i < n; i++) unlink_free(b, base ^ labels[i]);
    b->unit[node] = (b->unit[node] & 0xFF) | base << TRIE_BASE_SHIFT | (labels[0] == 0 ? TRIE_HAS_VALUE : 0);
    if (labels[0] == 0) b->unit[base] = TRIE_LEAF | b->keys[from++].value;
    for (size_t i = labels[0] == 0; i < n; i++) {
        size_t end = from;
        while (end < to && byte_of(&b->keys[end], depth) == labels[i]) end++;
        b->unit[base ^ labels[i]] = labels[i];
        yq_code rc = build_node(b, base ^ labels[i], from, end, depth + 1, err);
        if (rc) return rc;
        from = end;
    }
    return YQ_OK;
}

static yq_code check_keys(const trie_key *keys, size_t n, yq_err *err)
{
    for (size_t i = 0; i < n; i++) {
        yq_str k = keys[i].key;
        if (k.n == 0 || k.n > TRIE_MAX_KEY) return yq_fail(err, YQ_INVALID, i, "a form of %zu bytes", k.n);
        if (memchr(k.p, 0, k.n)) return yq_fail(err, YQ_INVALID, i, "a form with a NUL");
        if (keys[i].value & TRIE_LEAF) return yq_fail(err, YQ_INVALID, i, "a value over 31 bits");
        if (i && yq_cmp(keys[i - 1].key, k) >= 0) return yq_fail(err, YQ_INVALID, i, "forms out of order: %.*s", YQ_FMT(k));
    }
    return YQ_OK;
}

yq_code yq_trie_build(yq_arena *a, const trie_key *keys, size_t n, uint32_t **units, size_t *count, yq_err *err)
{
    yq_code rc = check_keys(keys, n, err);
    if (rc) return rc;
    builder b = { .arena = a, .keys = keys };
    add_block(&b);
    b.unit[0] = 1u << TRIE_BASE_SHIFT;
    if (n) rc = build_node(&b, 0, 0, n, 0, err);
    *units = b.unit;
    *count = b.n;
    return rc;
}
