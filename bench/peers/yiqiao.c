/* Makes the records that all engines are given, and is the first of the engines.
 *
 *   bench-peers-yiqiao make N FOLDER    FOLDER/records: a line a record, its terms between blanks; FOLDER/queries-3, -10, -40
 *   bench-peers-yiqiao build FOLDER     an index of the records, put into one segment; prints "build SECONDS BYTES"
 *   bench-peers-yiqiao ask FOLDER       prints "ask TERMS QUERIES P50 P99" in microseconds for each file of queries, and the lists into
 *                                       FOLDER/yiqiao.lists; ends with an error when one differs from scoring everything
 *
 * The terms are those by which the program indexes a text of about 200 words, written as letters and digits so that no engine cuts them again.
 * A query is made of terms of one record, without those that every eighth record has, as words without meaning are left out of questions. */
#include "../records.h"
#include "index/index.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TOP = 10, QUERIES = 1000, LEAST = 120, MOST = 280, BUCKETS = 1 << 20, BATCH = 256, LENGTHS = 3 };
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

static uint64_t bytes_in(const char *folder)
{
    uint64_t sum = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        char path[4096];
        struct stat st;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) sum += (uint64_t)st.st_size;
    }
    if (d) closedir(d);
    return sum;
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
    int64_t start = yq_monotonic_us();
    yq_code rc = yq_index_open(folder, &x, NULL, NULL, err);
    if (rc == YQ_OK) rc = add_records(x, m->a, f, err);
    if (rc == YQ_OK) rc = yq_index_commit(x, 1, err);
    if (rc == YQ_OK) rc = yq_index_merge(x, err);
    printf("build %.2f %llu\n", (double)(yq_monotonic_us() - start) / 1e6, (unsigned long long)bytes_in(folder));
    yq_index_close(x);
    fclose(f);
    return rc;
}

/* ---------------------------------------------------------------- asking */

typedef struct {
    yq_index_hit hits[TOP];
    size_t n;
} list;

static yq_code ask_one(yq_index *x, const yq_terms *t, bool exhaustive, list *out, int64_t *us, yq_err *err)
{
    yq_viewer v = yq_viewer_office();
    yq_search_options o = { .top = TOP, .exhaustive = exhaustive };
    int64_t start = yq_monotonic_us();
    yq_code rc = yq_index_search(x, &v, t, &o, out->hits, &out->n, err);
    *us = yq_monotonic_us() - start;
    return rc;
}

static bool same(const list *a, const list *b)
{
    bool equal = a->n == b->n;
    for (size_t i = 0; equal && i < a->n; i++) equal = a->hits[i].id == b->hits[i].id && a->hits[i].score == b->hits[i].score;
    return equal;
}

static int by_time(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void put_list(FILE *f, uint32_t terms, const list *l)
{
    fprintf(f, "%u", terms);
    for (size_t i = 0; i < l->n; i++) fprintf(f, " %lld", (long long)l->hits[i].id);
    fputc('\n', f);
}

/* Once to warm, once timed, once scoring everything. */
static yq_code ask_file(yq_index *x, yq_arena *a, const char *folder, uint32_t terms, FILE *lists, yq_err *err)
{
    static yq_terms q[QUERIES];
    int64_t us[QUERIES], other;
    size_t n = 0, cap = 0;
    char *line = NULL;
    FILE *f = open_queries(folder, terms, "r");
    list l, all;
    yq_code rc = YQ_OK;
    memset(q, 0, sizeof q);
    for (ssize_t k; n < QUERIES && (k = getline(&line, &cap, f)) > 0;) cut_line(a, yq_dup(a, (yq_str){ line, (size_t)k }), &q[n++]);
    for (size_t i = 0; rc == YQ_OK && i < n; i++) rc = ask_one(x, &q[i], false, &l, &other, err);
    for (size_t i = 0; rc == YQ_OK && i < n; i++) rc = ask_one(x, &q[i], false, &l, &us[i], err);
    for (size_t i = 0; rc == YQ_OK && lists && i < n; i++) {
        rc = ask_one(x, &q[i], false, &l, &other, err);
        if (rc == YQ_OK) rc = ask_one(x, &q[i], true, &all, &other, err);
        if (rc == YQ_OK && !same(&l, &all)) rc = yq_fail(err, YQ_CORRUPT, i, "query %zu of %u terms: not the list of scoring everything", i, terms);
        put_list(lists, terms, &l);
    }
    qsort(us, n, sizeof *us, by_time);
    if (n) printf("ask %u %zu %lld %lld\n", terms, n, (long long)us[n / 2], (long long)us[n * 99 / 100]);
    free(line);
    fclose(f);
    return rc;
}

static yq_code ask(void *arg, yq_err *err)
{
    making *m = arg;
    char folder[4096];
    yq_index *x;
    snprintf(folder, sizeof folder, "%s/yiqiao", m->folder);
    FILE *lists = m->n ? open_in(m->folder, "yiqiao.lists", "w") : NULL; /* n: compare */
    yq_code rc = yq_index_open(folder, &x, NULL, NULL, err);
    for (uint32_t k = 0; rc == YQ_OK && k < LENGTHS; k++) rc = ask_file(x, m->a, m->folder, lengths[k], lists, err);
    yq_index_close(x);
    if (lists) fclose(lists);
    return rc;
}

int main(int argc, char **argv)
{
    bool makes = argc == 4 && !strcmp(argv[1], "make"), builds = argc == 3 && !strcmp(argv[1], "build");
    bool asks = argc == 3 && !strcmp(argv[1], "ask"), compares = argc == 3 && !strcmp(argv[1], "compare");
    making m = { argv[argc - 1], makes ? (uint32_t)strtoul(argv[2], NULL, 10) : compares, yq_arena_new((size_t)1 << 30) };
    yq_err err = { 0 };
    if (!m.a || !(makes ? m.n : builds || asks || compares)) return fputs("usage: make N FOLDER | build FOLDER | ask FOLDER | compare FOLDER\n", stderr), 2;
    yq_code rc = yq_arena_run(m.a, makes ? make : builds ? build : ask, &m, &err);
    if (rc != YQ_OK) fprintf(stderr, "%s\n", err.msg);
    yq_arena_free(m.a);
    return rc == YQ_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
