/* Makes the records that all engines are given, and is the first of the engines.
 *
 *   bench-peers-yiqiao make N FOLDER    FOLDER/records: a line a record, its terms between blanks; FOLDER/queries-3, -10, -40
 *   bench-peers-yiqiao build FOLDER     an index of the records, put into one segment
 *   bench-peers-yiqiao ask FOLDER       takes turns (asking.h)
 *   bench-peers-yiqiao compare FOLDER   takes turns too, and ends with an error when a list differs from scoring everything
 *
 * The terms are those by which the program indexes a text of about 200 words, written as letters and digits so that no engine cuts them again.
 * A query is made of terms of one record, without those that every eighth record has, as words without meaning are left out of questions. */
#include "../records.h"
#include "asking.h"
#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUERIES = 1000, LEAST = 40, MOST = 96, BUCKETS = 1 << 20, BATCH = 256, LENGTHS = 3 };
static const uint32_t lengths[LENGTHS] = { 3, 10, 40 };

static FILE *open_in(const char *folder, const char *name, const char *mode)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, mode);
    if (!f) perror(path), exit(1);
    return f;
}

static FILE *open_queries(const char *folder, uint32_t terms, const char *mode)
{
    char name[32];
    snprintf(name, sizeof name, "queries-%u", terms);
    return open_in(folder, name, mode);
}

/* ---------------------------------------------------------------- making */

typedef struct {
    uint64_t *v;
    size_t n;
} hashes;

static hashes terms_of(yq_arena *a, yq_str text)
{
    yq_terms t = { 0 };
    yq_index_terms(a, text, &t);
    hashes h = { YQ_ARRAY(a, uint64_t, t.n + 1), t.n };
    for (size_t i = 0; i < t.n; i++) h.v[i] = yq_hash64(t.v[i].text) & (((uint64_t)1 << 40) - 1);
    return h;
}

static void put_term(FILE *f, uint64_t hash)
{
    char s[] = " k........";
    for (int i = 2; i < 10; i++, hash >>= 5) s[i] = "0123456789abcdefghijklmnopqrstuv"[hash & 31];
    fputs(s, f);
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void drop_doubles(hashes *h)
{
    size_t n = 0;
    qsort(h->v, h->n, sizeof *h->v, by_hash);
    for (size_t i = 0; i < h->n; i++)
        if (!n || h->v[n - 1] != h->v[i]) h->v[n++] = h->v[i];
    h->n = n;
}

static yq_str text_of(yq_arena *a, uint64_t number)
{
    dice d = { number * 0x9E3779B97F4A7C15u + 1 };
    return made_text(a, &d, LEAST + roll(&d, MOST - LEAST));
}

/* A line of so many terms of one record; false: it has too few that some records lack. */
static bool put_query(FILE *f, yq_arena *a, dice *d, uint32_t want, uint32_t n, const uint32_t *records_with)
{
    hashes h = terms_of(a, text_of(a, roll(d, n)));
    size_t left = 0;
    drop_doubles(&h);
    for (size_t i = 0; i < h.n; i++)
        if (records_with[h.v[i] % BUCKETS] < n / 8 + 1) h.v[left++] = h.v[i];
    if (left < want) return false;
    for (uint32_t i = 0; i < want; i++) {
        size_t k = i + roll(d, (uint32_t)(left - i));
        uint64_t chosen = h.v[k];
        h.v[k] = h.v[i];
        put_term(f, chosen);
    }
    fputc('\n', f);
    return true;
}

static void make_queries(const char *folder, yq_arena *a, uint32_t n, const uint32_t *records_with)
{
    for (uint32_t k = 0; k < LENGTHS; k++) {
        FILE *f = open_queries(folder, lengths[k], "w");
        dice d = { lengths[k] };
        for (uint32_t i = 0; i < QUERIES;) {
            i += put_query(f, a, &d, lengths[k], n, records_with);
            yq_arena_clear(a);
        }
        fclose(f);
    }
}

typedef struct {
    const char *folder;
    uint32_t n;
    yq_arena *a;
} making;

static yq_code make(void *arg, yq_err *err)
{
    (void)err;
    making *m = arg;
    uint32_t *records_with = calloc(BUCKETS, sizeof *records_with);
    FILE *f = open_in(m->folder, "records", "w");
    if (!records_with) abort();
    for (uint32_t i = 0; i < m->n; i++) {
        hashes h = terms_of(m->a, text_of(m->a, i));
        for (size_t k = 0; k < h.n; k++) put_term(f, h.v[k]);
        fputc('\n', f);
        drop_doubles(&h);
        for (size_t k = 0; k < h.n; k++) records_with[h.v[k] % BUCKETS]++;
        yq_arena_clear(m->a);
    }
    fclose(f);
    make_queries(m->folder, m->a, m->n, records_with);
    free(records_with);
    return YQ_OK;
}

/* ---------------------------------------------------------------- building */

/* The words of the line, which stay in it; weight 1 and a group each. */
static void cut_line(yq_arena *a, yq_str line, yq_terms *out)
{
    for (size_t i = 0; i < line.n;) {
        size_t from = i + 1;
        for (i = from; i < line.n && line.p[i] != ' ' && line.p[i] != '\n'; i++) continue;
        if (i > from) *yq_push(a, out) = (yq_term){ yq_sub(line, from, i), 1, (uint16_t)out->n };
        if (i < line.n && line.p[i] == '\n') return;
    }
}

static yq_code add_records(yq_index *x, yq_arena *a, FILE *f, yq_err *err)
{
    char *line = NULL;
    size_t cap = 0, k = 0;
    int64_t id = 0;
    yq_index_doc docs[BATCH];
    yq_code rc = YQ_OK;
    for (ssize_t n; rc == YQ_OK && (n = getline(&line, &cap, f)) > 0;) {
        yq_terms *t = YQ_NEW(a, yq_terms);
        cut_line(a, yq_dup(a, (yq_str){ line, (size_t)n }), t);
        docs[k++] = (yq_index_doc){ .id = id++, .owner = 1, .terms = t };
        if (k < BATCH) continue;
        rc = yq_index_add(x, docs, k, err);
        yq_arena_clear(a);
        k = 0;
    }
    free(line);
    return rc == YQ_OK && k ? yq_index_add(x, docs, k, err) : rc;
}

static yq_code build(void *arg, yq_err *err)
{
    making *m = arg;
    char folder[4096];
    yq_index *x;
    snprintf(folder, sizeof folder, "%s/yiqiao", m->folder);
    FILE *f = open_in(m->folder, "records", "r");
    yq_code rc = yq_index_open(folder, &x, NULL, NULL, err);
    if (rc == YQ_OK) rc = add_records(x, m->a, f, err);
    if (rc == YQ_OK) rc = yq_index_commit(x, 1, err);
    if (rc == YQ_OK) rc = yq_index_merge(x, err);
    yq_index_close(x);
    fclose(f);
    return rc;
}

/* ---------------------------------------------------------------- asking */

typedef struct {
    yq_index *x;
    yq_arena *a;
    yq_terms q;
    yq_err err;
} engine;

static void prepare(void *arg, char *const *terms, size_t n)
{
    engine *e = arg;
    yq_arena_clear(e->a);
    e->q = (yq_terms){ 0 };
    for (size_t i = 0; i < n; i++) *yq_push(e->a, &e->q) = (yq_term){ yq_dup(e->a, yq_cstr(terms[i])), 1, (uint16_t)i };
}

static size_t search(engine *e, bool exhaustive, yq_index_hit *hits)
{
    yq_viewer v = yq_viewer_office();
    yq_search_options o = { .top = TOP, .exhaustive = exhaustive };
    size_t n;
    if (yq_index_search(e->x, &v, &e->q, &o, hits, &n, &e->err) != YQ_OK) fprintf(stderr, "%s\n", e->err.msg), exit(EXIT_FAILURE);
    return n;
}

static size_t ask(void *arg, peer_hit *hits)
{
    yq_index_hit found[TOP];
    size_t n = search(arg, false, found);
    for (size_t i = 0; i < n; i++) hits[i] = (peer_hit){ found[i].id, found[i].score };
    return n;
}

/* Once more for each query, this time scoring everything: the lists have to be the same to the last bit. */
static size_t ask_both(void *arg, peer_hit *hits)
{
    yq_index_hit pruned[TOP], all[TOP];
    size_t n = search(arg, false, pruned), m = search(arg, true, all);
    bool same = n == m;
    for (size_t i = 0; same && i < n; i++) same = pruned[i].id == all[i].id && pruned[i].score == all[i].score;
    if (!same) fputs("a pruned list differs from scoring everything\n", stderr), exit(EXIT_FAILURE);
    for (size_t i = 0; i < n; i++) hits[i] = (peer_hit){ all[i].id, all[i].score };
    return n;
}

static yq_code serve(void *arg, yq_err *err)
{
    static const peer pruned = { "yiqiao", prepare, ask }, both = { "exhaustive", prepare, ask_both };
    making *m = arg;
    char folder[4096];
    engine e = { .a = m->a };
    bool stale = false;
    snprintf(folder, sizeof folder, "%s/yiqiao", m->folder);
    yq_code rc = yq_index_open(folder, &e.x, NULL, &stale, err);
    if (rc == YQ_OK && (stale || !yq_index_count(e.x))) rc = yq_fail(err, YQ_NOTFOUND, 0, "no index in %s", folder);
    if (rc == YQ_OK) peer_serve(m->n ? &both : &pruned, &e, m->folder);
    yq_index_close(e.x);
    return rc;
}

int main(int argc, char **argv)
{
    bool makes = argc == 4 && !strcmp(argv[1], "make"), builds = argc == 3 && !strcmp(argv[1], "build");
    bool asks = argc == 3 && !strcmp(argv[1], "ask"), compares = argc == 3 && !strcmp(argv[1], "compare");
    making m = { argv[argc - 1], makes ? (uint32_t)strtoul(argv[2], NULL, 10) : compares, yq_arena_new((size_t)1 << 30) };
    yq_err err = { 0 };
    if (!m.a || !(makes ? m.n : builds || asks || compares)) return fputs("usage: make N FOLDER | build FOLDER | ask FOLDER | compare FOLDER\n", stderr), 2;
    yq_code rc = yq_arena_run(m.a, makes ? make : builds ? build : serve, &m, &err);
    if (rc != YQ_OK) fprintf(stderr, "%s\n", err.msg);
    yq_arena_free(m.a);
    return rc == YQ_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
