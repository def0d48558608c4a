/* A corpus given as a file: read, indexed in memory, and kept as vectors of terms for feedback and for comparing whole texts. */
#include "match/internal.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CORPUS_MEMORY ((size_t)16 << 30)
#define LINE_MEMORY ((size_t)1 << 30)
enum { MAX_LINE = 64 << 20, TITLE_TIMES = 2 };

/* ---------------------------------------------------------------- numbering */

static void grow(numbering *n)
{
    n->size = n->size ? n->size * 2 : 1 << 10;
    n->table = YQ_ARRAY(n->arena, uint32_t, n->size);
    for (uint32_t k = 0; k < n->names.n; k++) {
        uint32_t i = (uint32_t)yq_hash64(n->names.v[k]) & (n->size - 1);
        while (n->table[i]) i = (i + 1) & (n->size - 1);
        n->table[i] = k + 1;
    }
}

static uint32_t slot_of(const numbering *n, yq_str s)
{
    uint32_t i = (uint32_t)yq_hash64(s) & (n->size - 1);
    while (n->table[i] && !yq_eq(n->names.v[n->table[i] - 1], s)) i = (i + 1) & (n->size - 1);
    return i;
}

uint32_t number_known(const numbering *n, yq_str s)
{
    return n->size ? n->table[slot_of(n, s)] - 1 : UINT32_MAX;
}

uint32_t number_of(numbering *n, yq_str s, bool *fresh)
{
    if (n->names.n * 2 >= n->size) grow(n);
    uint32_t i = slot_of(n, s);
    if (fresh) *fresh = !n->table[i];
    if (n->table[i]) return n->table[i] - 1;
    *yq_push(n->arena, &n->names) = yq_dup(n->arena, s);
    return (n->table[i] = (uint32_t)n->names.n) - 1;
}

/* ---------------------------------------------------------------- lines of JSON */

static yq_str member(json_t *o, const char *key)
{
    json_t *s = json_object_get(o, key);
    return json_is_string(s) ? (yq_str){ json_string_value(s), json_string_length(s) } : YQ_S("");
}

/* An id is one word of a line of the ranking. */
static bool is_id(yq_str id)
{
    for (size_t i = 0; i < id.n; i++)
        if ((unsigned char)id.p[i] <= ' ' || id.p[i] == 0x7F) return false;
    return id.n > 0 && !yq_has(id, YQ_S("\xC2\xA0")) && !yq_has(id, YQ_S("\u3000"));
}

static yq_code work_line(const char *path, size_t number, yq_str line, line_work *work, void *arg, yq_err *err)
{
    yq_err inner = { 0 };
    json_t *o = json_loadb(line.p, line.n, 0, NULL);
    yq_code rc;
    if (!json_is_object(o) || !json_is_string(json_object_get(o, "id")) || !json_is_string(json_object_get(o, "text")))
        rc = yq_fail(&inner, YQ_INVALID, 0, "is no JSON object with the strings \"id\" and \"text\"");
    else if (!is_id(member(o, "id")))
        rc = yq_fail(&inner, YQ_INVALID, 0, "has an \"id\" that is empty or holds a space");
    else
        rc = work(arg, member(o, "id"), member(o, "title"), member(o, "text"), member(o, "owner"), &inner);
    json_decref(o);
    return rc == YQ_OK ? rc : yq_fail(err, rc, inner.at, "%s: line %zu %s", path, number, inner.msg);
}

yq_code each_line(const char *path, line_work *work, void *arg, yq_err *err)
{
    char *line = NULL;
    size_t cap = 0, number = 0;
    yq_code rc = YQ_OK;
    FILE *f = fopen(path, "r");
    if (!f) return yq_fail(err, YQ_IO, 0, "%s: cannot open: %s", path, strerror(errno));
    for (ssize_t n; rc == YQ_OK && (n = getline(&line, &cap, f)) >= 0;) {
        number++;
        if (n > MAX_LINE) rc = yq_fail(err, YQ_INVALID, 0, "%s: line %zu is longer than %d MB", path, number, MAX_LINE >> 20);
        else if (!yq_blank((yq_str){ line, (size_t)n })) rc = work_line(path, number, (yq_str){ line, (size_t)n }, work, arg, err);
    }
    if (rc == YQ_OK && ferror(f)) rc = yq_fail(err, YQ_IO, 0, "%s: cannot read: %s", path, strerror(errno));
    free(line);
    fclose(f);
    return rc;
}

/* ---------------------------------------------------------------- vectors */

static int by_term(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

/* Cells of one term become one. */
static size_t unite(cell *cells, size_t n)
{
    size_t m = 0;
    qsort(cells, n, sizeof *cells, by_term);
    for (size_t i = 0; i < n; i++) {
        if (m && cells[m - 1].term == cells[i].term) cells[m - 1].tf += cells[i].tf;
        else cells[m++] = cells[i];
    }
    return m;
}

/* known: only terms of the corpus count, no new ones are made. */
static vector vector_of(corpus *c, yq_arena *a, const yq_terms *terms, size_t title_n, bool known)
{
    vector v = { YQ_ARRAY(a, cell, terms->n + 1), 0, 0, 0 };
    for (size_t i = 0; i < terms->n; i++) {
        float times = i < title_n ? TITLE_TIMES : 1;
        uint32_t t = known ? number_known(&c->terms, terms->v[i].text) : number_of(&c->terms, terms->v[i].text, NULL);
        v.length += times * terms->v[i].weight;
        if (t != UINT32_MAX) v.cells[v.n++] = (cell){ t, times };
    }
    v.n = unite(v.cells, v.n);
    return v;
}

vector corpus_vector(corpus *c, yq_arena *a, yq_str text)
{
    yq_terms terms = { 0 };
    yq_index_terms(a, yq_simplify(a, text), &terms);
    return vector_of(c, a, &terms, 0, true);
}

double corpus_idf(const corpus *c, uint32_t term)
{
    double df = c->df.v[term];
    return log(1 + ((double)c->docs.n - df + 0.5) / (df + 0.5));
}

/* ---------------------------------------------------------------- reading */

typedef struct {
    corpus *c;
    yq_arena *line;
    const char *path;
} reading;

static void keep_vector(corpus *c, yq_arena *line, const yq_index_doc *doc, yq_str owner)
{
    yq_terms terms = { 0 };
    yq_index_terms(line, doc->title, &terms);
    size_t title_n = terms.n;
    yq_index_terms(line, doc->text, &terms);
    vector v = vector_of(c, line, &terms, title_n, false);
    cell *cells = YQ_ARRAY(c->arena, cell, v.n + 1);
    memcpy(cells, v.cells, v.n * sizeof *cells);
    v.cells = cells;
    v.owner = number_of(&c->owners, owner, NULL);
    while (c->df.n < c->terms.names.n) *yq_push(c->arena, &c->df) = 0;
    for (size_t i = 0; i < v.n; i++) c->df.v[v.cells[i].term]++;
    c->mean_length += v.length;
    *yq_push(c->arena, &c->docs) = v;
}

static yq_code read_line(void *arg, yq_str id, yq_str title, yq_str text, yq_str owner, yq_err *err)
{
    reading *r = arg;
    bool fresh;
    uint32_t number = number_of(&r->c->ids, id, &fresh);
    if (!fresh) return yq_fail(err, YQ_INVALID, 0, "has an id that occurred before");
    yq_index_doc doc = { number, yq_viewer_office().institution, YQ_SHARE_OWN, yq_simplify(r->line, title), yq_simplify(r->line, text) };
    yq_code rc = yq_index_add(r->c->index, &doc, 1, err);
    if (rc == YQ_OK) keep_vector(r->c, r->line, &doc, owner);
    yq_arena_clear(r->line);
    return rc;
}

static yq_code read_inside(void *arg, yq_err *err)
{
    reading *r = arg;
    yq_code rc = each_line(r->path, read_line, r, err);
    if (rc == YQ_OK) rc = yq_index_commit(r->c->index, 0, err);
    if (r->c->docs.n) r->c->mean_length /= (double)r->c->docs.n;
    return rc;
}

static yq_code read_outside(void *arg, yq_err *err)
{
    reading *r = arg;
    return yq_arena_run(r->line, read_inside, arg, err);
}

void corpus_free(corpus *c)
{
    if (!c) return;
    yq_index_close(c->index);
    yq_arena_free(c->arena);
    free(c);
}

yq_code corpus_read(const char *path, corpus **out, yq_err *err)
{
    corpus *c = calloc(1, sizeof *c);
    reading r = { c, yq_arena_new(LINE_MEMORY), path };
    yq_code rc = YQ_OK;
    *out = NULL;
    if (c) c->arena = c->ids.arena = c->owners.arena = c->terms.arena = yq_arena_new(CORPUS_MEMORY);
    if (!c || !c->arena || !r.line) rc = yq_fail(err, YQ_NOMEM, 0, "no memory to read a corpus");
    if (rc == YQ_OK) rc = yq_index_open(NULL, &c->index, NULL, NULL, err);
    if (rc == YQ_OK) rc = yq_arena_run(c->arena, read_outside, &r, err);
    yq_arena_free(r.line);
    if (rc == YQ_OK) *out = c;
    else corpus_free(c);
    return rc;
}
