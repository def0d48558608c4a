/* A model as one file, and back.
 *
 *   0   8   "YQTAGGER"
 *   8   4   version of this form
 *   12  4   version of the text engine it was trained with: other words, other features
 *   16  8   bytes of the body
 *   24  32  BLAKE2b-256 of the body
 *   56      body
 *
 * Body, all numbers little endian:
 *   u32 kinds, u32 longest span; a name for each kind: u32 bytes, bytes
 *   four tables (characters, spans, and those told to the net, twice the kinds wide): u32 rows; a row: u64 feature, f32 scale, i8 x columns
 *   f32 x (kinds + 1)^2: steps of the weighted features; again: of the net
 *   u32 marked strings; each: u64 string, u32 seen, 4 times u16 kind, u16 count
 *   f32 x net: in the order of tagger_net_shape
 *
 * A weight is its byte times the row's scale: a hundredth of the row's largest is all the exactness that a sum of dozens of them needs.
 */
#include "tagger/internal.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

enum { VERSION = 2, HEAD = 56, MOST_ROWS = 1 << 26 };
static const char magic[8] = "YQTAGGER";
#define MODEL_MEMORY ((size_t)8 << 30)

/* ---------------------------------------------------------------- writing */

static void put_u16(yq_buf *out, uint16_t v)
{
    yq_buf_byte(out, (char)v);
    yq_buf_byte(out, (char)(v >> 8));
}

static void put_u32(yq_buf *out, uint32_t v)
{
    put_u16(out, (uint16_t)v);
    put_u16(out, (uint16_t)(v >> 16));
}

static void put_u64(yq_buf *out, uint64_t v)
{
    put_u32(out, (uint32_t)v);
    put_u32(out, (uint32_t)(v >> 32));
}

static void put_f32(yq_buf *out, float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    put_u32(out, bits);
}

static void put_floats(yq_buf *out, const float *v, size_t n)
{
    for (size_t i = 0; i < n; i++) put_f32(out, v[i]);
}

static float largest(const float *v, size_t n)
{
    float most = 0;
    for (size_t i = 0; i < n; i++) most = fabsf(v[i]) > most ? fabsf(v[i]) : most;
    return most;
}

static void put_row(yq_buf *out, uint64_t key, const float *weight, size_t columns)
{
    float scale = largest(weight, columns) / 127;
    put_u64(out, key);
    put_f32(out, scale);
    for (size_t i = 0; i < columns; i++) yq_buf_byte(out, (char)(int8_t)lrintf(weight[i] / scale));
}

/* Rows by their numbers; those that weigh nearly nothing stay behind. */
static void put_table(yq_arena *a, yq_buf *out, const tagger_table *t)
{
    const float nothing = 1e-3f;
    uint64_t *key = YQ_ARRAY(a, uint64_t, t->names.rows + 1);
    uint32_t rows = 0;
    for (size_t i = 0; i < t->names.size; i++) {
        uint32_t row = t->names.key[i] ? t->names.row[i] : 0;
        if (!t->names.key[i] || largest(t->weight + row * t->columns, t->columns) < nothing) continue;
        key[row] = t->names.key[i];
        rows++;
    }
    put_u32(out, rows);
    for (size_t row = 0; row < t->names.rows; row++)
        if (key[row]) put_row(out, key[row], t->weight + row * t->columns, t->columns);
}

static void put_gazetteer(yq_buf *out, const tagger_gazetteer *g)
{
    put_u32(out, (uint32_t)g->n);
    for (size_t i = 0; i < g->size; i++) {
        const tagger_entry *e = &g->entry[i];
        if (!e->string) continue;
        put_u64(out, e->string);
        put_u32(out, e->seen);
        for (size_t k = 0; k < 4; k++) put_u16(out, e->kind[k]), put_u16(out, e->count[k]);
    }
}

static void put_body(yq_arena *a, const yq_tagger *t, yq_buf *out)
{
    size_t steps = (t->kinds + 1) * (t->kinds + 1);
    put_u32(out, (uint32_t)t->kinds);
    put_u32(out, (uint32_t)t->longest);
    put_u32(out, (uint32_t)t->nets);
    for (size_t k = 0; k < t->kinds; k++) {
        put_u32(out, (uint32_t)t->kind[k].n);
        yq_buf_put(out, t->kind[k]);
    }
    put_table(a, out, &t->chars);
    put_table(a, out, &t->spans);
    put_table(a, out, &t->inputs);
    put_floats(out, t->step, steps);
    put_gazetteer(out, &t->gazetteer);
    for (size_t i = 0; i < t->nets; i++) {
        put_floats(out, t->net[i].step, steps);
        put_floats(out, t->net[i].weight, t->shape.all);
    }
}

void tagger_write(yq_arena *a, const yq_tagger *t, yq_buf *out)
{
    yq_buf body = { 0 };
    put_body(a, t, &body);
    yq_hash hash = yq_hash_of(yq_buf_str(&body));
    yq_buf_put(out, (yq_str){ magic, sizeof magic });
    put_u32(out, VERSION);
    put_u32(out, YQ_TEXT_VERSION);
    put_u64(out, body.n);
    yq_buf_put(out, (yq_str){ (const char *)hash.b, sizeof hash.b });
    yq_buf_put(out, yq_buf_str(&body));
    out->failed |= body.failed;
    yq_buf_free(&body);
}

/* ---------------------------------------------------------------- reading */

typedef struct {
    const uint8_t *p;
    size_t left;
    bool failed; /* it ended early, or held what cannot be */
} cursor;

static uint64_t get(cursor *c, size_t bytes)
{
    uint64_t v = 0;
    if (c->failed || c->left < bytes) return c->failed = true, 0;
    for (size_t i = 0; i < bytes; i++) v |= (uint64_t)c->p[i] << (8 * i);
    c->p += bytes;
    c->left -= bytes;
    return v;
}

static float get_f32(cursor *c)
{
    uint32_t bits = (uint32_t)get(c, 4);
    float v;
    memcpy(&v, &bits, sizeof v);
    c->failed |= !isfinite(v);
    return v;
}

/* A count of things of which each takes `bytes`: no more than can follow. */
static size_t get_count(cursor *c, size_t most, size_t bytes)
{
    size_t n = get(c, 4);
    if (n > most || n > c->left / bytes) c->failed = true;
    return c->failed ? 0 : n;
}

static float *get_floats(cursor *c, yq_arena *a, size_t n)
{
    if (c->failed || n > c->left / 4) return c->failed = true, NULL;
    float *v = YQ_ARRAY(a, float, n + 1);
    for (size_t i = 0; i < n; i++) v[i] = get_f32(c);
    return v;
}

static void get_kinds(cursor *c, yq_tagger *t)
{
    t->kinds = get_count(c, YQ_TAGGER_KINDS, 5);
    t->longest = get(c, 4);
    t->nets = get(c, 4);
    c->failed |= !t->kinds || !t->longest || t->longest > YQ_TAGGER_SPAN || !t->nets || t->nets > TAGGER_NETS;
    t->kind = YQ_ARRAY(t->arena, yq_str, YQ_TAGGER_KINDS);
    for (size_t k = 0; k < t->kinds && !c->failed; k++) {
        size_t n = get_count(c, YQ_TAGGER_KIND_BYTES, 1);
        yq_str name = { (const char *)c->p, n };
        c->failed |= !n || !yq_utf8_valid(name, NULL);
        t->kind[k] = yq_dup(t->arena, name);
        c->p += n;
        c->left -= n;
    }
}

static void get_table(cursor *c, yq_arena *a, size_t columns, tagger_table *t)
{
    size_t rows = get_count(c, MOST_ROWS, 12 + columns);
    t->columns = columns;
    t->weight = YQ_ARRAY(a, float, rows * columns + 1);
    tagger_dictionary_room(a, &t->names, rows);
    for (size_t row = 0; row < rows && !c->failed; row++) {
        uint64_t key = get(c, 8);
        float scale = get_f32(c), *weight = t->weight + row * columns;
        c->failed |= !key || tagger_row_add(a, &t->names, key) != row; /* twice the same */
        if (c->left < columns) c->failed = true;
        for (size_t i = 0; i < columns && !c->failed; i++) weight[i] = scale * (float)(int8_t)c->p[i];
        c->p += c->failed ? 0 : columns;
        c->left -= c->failed ? 0 : columns;
    }
}

static void get_gazetteer(cursor *c, yq_tagger *t)
{
    tagger_gazetteer *g = &t->gazetteer;
    size_t n = get_count(c, MOST_ROWS, 28);
    tagger_gazetteer_room(t->arena, g, n);
    for (size_t i = 0; i < n && !c->failed; i++) {
        uint64_t string = get(c, 8);
        if (!string || tagger_entry_of(g, string)) c->failed = true;
        if (c->failed) return;
        tagger_entry *e = tagger_entry_add(g, string);
        e->seen = (uint32_t)get(c, 4);
        for (size_t k = 0; k < 4; k++) {
            e->kind[k] = (uint16_t)get(c, 2);
            e->count[k] = (uint16_t)get(c, 2);
            c->failed |= e->kind[k] >= t->kinds;
        }
    }
}

static void get_body(cursor *c, yq_tagger *t)
{
    get_kinds(c, t);
    if (c->failed) return;
    size_t steps = (t->kinds + 1) * (t->kinds + 1);
    t->shape = tagger_net_shape(t->kinds);
    get_table(c, t->arena, tagger_width(t->kinds), &t->chars);
    get_table(c, t->arena, t->kinds, &t->spans);
    get_table(c, t->arena, t->nets * TAGGER_NET_IN, &t->inputs);
    t->step = get_floats(c, t->arena, steps);
    get_gazetteer(c, t);
    for (size_t i = 0; i < t->nets && !c->failed; i++) {
        t->net[i].step = get_floats(c, t->arena, steps);
        t->net[i].weight = get_floats(c, t->arena, t->shape.all);
    }
}

typedef struct {
    yq_tagger *t;
    yq_str bytes;
} load_job;

static yq_code load(void *arg, yq_err *err)
{
    load_job *j = arg;
    cursor c = { (const uint8_t *)j->bytes.p, j->bytes.n, false };
    yq_hash told, found;
    if (j->bytes.n < HEAD || memcmp(j->bytes.p, magic, sizeof magic)) return yq_fail(err, YQ_CORRUPT, 0, "not a model of yiqiao tagger train");
    get(&c, sizeof magic);
    if (get(&c, 4) != VERSION) return yq_fail(err, YQ_NEWER, 8, "a model of another version of this program; train it again");
    if (get(&c, 4) != YQ_TEXT_VERSION) return yq_fail(err, YQ_NEWER, 12, "trained with another version of the text engine; train it again");
    if (get(&c, 8) != j->bytes.n - HEAD) return yq_fail(err, YQ_CORRUPT, 16, "the model is cut short, or something follows it; copy it again");
    memcpy(told.b, c.p, sizeof told.b);
    c = (cursor){ (const uint8_t *)j->bytes.p + HEAD, j->bytes.n - HEAD, false };
    found = yq_hash_of((yq_str){ (const char *)c.p, c.left });
    if (memcmp(told.b, found.b, sizeof found.b)) return yq_fail(err, YQ_CORRUPT, 24, "the model was changed since it was written; copy it again");
    get_body(&c, j->t);
    return c.failed || c.left ? yq_fail(err, YQ_CORRUPT, HEAD, "the model contradicts itself; train it again") : YQ_OK;
}

yq_code yq_tagger_load(yq_str bytes, yq_tagger **out, yq_err *err)
{
    yq_arena *a = yq_arena_new(MODEL_MEMORY);
    yq_tagger *t = calloc(1, sizeof *t);
    load_job job = { t, bytes };
    yq_code rc = a && t ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for the model");
    *out = NULL;
    if (t) t->arena = a;
    if (rc == YQ_OK) rc = yq_arena_run(a, load, &job, err);
    if (rc == YQ_OK) return *out = t, YQ_OK;
    yq_arena_free(a);
    free(t);
    return rc;
}

void yq_tagger_free(yq_tagger *t)
{
    if (!t) return;
    yq_arena_free(t->arena);
    free(t);
}

size_t yq_tagger_kind_count(const yq_tagger *t)
{
    return t->kinds;
}

yq_str yq_tagger_kind(const yq_tagger *t, uint32_t kind)
{
    return kind < t->kinds ? t->kind[kind] : YQ_S("");
}
