/* How fast is the index? Makes up N bilingual records, builds an index of them on disk, and asks questions of several lengths, pruned and
 * exhaustively. Prints times; ends with an error when the two lists differ.
 *
 *   search [N]      default 20000 records
 *
 * Beside other engines it is timed by peers/run. */
#include "index/index.h"
#include "records.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BATCH = 256, ROUNDS = 200, TOP = 20 };

static yq_code build(yq_index *x, size_t n, yq_err *err)
{
    yq_arena *a = yq_arena_new((size_t)1 << 28);
    dice d = { 1 };
    yq_code rc = a ? YQ_OK : YQ_NOMEM;
    for (size_t i = 0; rc == YQ_OK && i < n; i += BATCH) {
        yq_index_doc docs[BATCH];
        size_t k = 0;
        for (; k < BATCH && i + k < n; k++)
            docs[k] = (yq_index_doc){ (int64_t)(i + k), 1, 0, made_text(a, &d, 5), made_text(a, &d, 20 + roll(&d, 80)) };
        rc = yq_index_add(x, docs, k, err);
        yq_arena_clear(a);
    }
    yq_arena_free(a);
    return rc == YQ_OK ? yq_index_commit(x, 1, err) : rc;
}

static int by_time(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

typedef struct {
    yq_index_hit hits[TOP];
    size_t n;
    int64_t us;
} answer;

static yq_code ask(yq_index *x, const yq_terms *q, bool exhaustive, answer *out, yq_err *err)
{
    yq_viewer v = yq_viewer_office();
    yq_search_options o = { .top = TOP, .exhaustive = exhaustive };
    int64_t start = yq_monotonic_us();
    yq_code rc = yq_index_search(x, &v, q, &o, out->hits, &out->n, err);
    out->us = yq_monotonic_us() - start;
    return rc;
}

static bool same(const answer *x, const answer *y)
{
    bool equal = x->n == y->n;
    for (size_t i = 0; equal && i < x->n; i++) equal = x->hits[i].id == y->hits[i].id && x->hits[i].score == y->hits[i].score;
    return equal;
}

static void print_times(uint32_t words, double terms, int64_t *pruned, int64_t *all)
{
    qsort(pruned, ROUNDS, sizeof *pruned, by_time);
    qsort(all, ROUNDS, sizeof *all, by_time);
    printf("%5u words %6.1f terms   pruned p50 %7.2f ms p99 %7.2f ms   exhaustive p50 %7.2f ms p99 %7.2f ms\n", words, terms,
           (double)pruned[ROUNDS / 2] / 1e3, (double)pruned[ROUNDS * 99 / 100] / 1e3, (double)all[ROUNDS / 2] / 1e3, (double)all[ROUNDS * 99 / 100] / 1e3);
}

/* Questions of so many words, each asked both ways. */
static yq_code measure(yq_index *x, uint32_t words, yq_err *err)
{
    int64_t pruned[ROUNDS], all[ROUNDS];
    double terms = 0;
    yq_arena *a = yq_arena_new(1 << 24);
    dice d = { words };
    yq_code rc = a ? YQ_OK : YQ_NOMEM;
    for (size_t i = 0; rc == YQ_OK && i < ROUNDS; i++) {
        yq_terms q = { 0 };
        answer one, other;
        yq_query_terms(a, made_text(a, &d, words), true, &q);
        terms += (double)q.n / ROUNDS;
        rc = ask(x, &q, false, &one, err);
        if (rc == YQ_OK) rc = ask(x, &q, true, &other, err);
        if (rc == YQ_OK && !same(&one, &other)) rc = yq_fail(err, YQ_CORRUPT, i, "pruned and exhaustive lists differ");
        pruned[i] = one.us;
        all[i] = other.us;
        yq_arena_clear(a);
    }
    if (rc == YQ_OK) print_times(words, terms, pruned, all);
    yq_arena_free(a);
    return rc;
}

static yq_code run(const char *folder, size_t n, yq_err *err)
{
    static const uint32_t lengths[] = { 1, 2, 5, 10, 40 };
    yq_index *x;
    yq_code rc = yq_index_open(folder, &x, NULL, NULL, err);
    if (rc != YQ_OK) return rc;
    int64_t start = yq_monotonic_us();
    rc = build(x, n, err);
    if (rc == YQ_OK) printf("%zu records built in %.2f s\n", n, (double)(yq_monotonic_us() - start) / 1e6);
    for (size_t i = 0; rc == YQ_OK && i < sizeof lengths / sizeof *lengths; i++) rc = measure(x, lengths[i], err);
    yq_index_close(x);
    return rc;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/yq-bench-XXXXXX", command[128];
    yq_err err = { 0 };
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
    if (!n || !mkdtemp(folder)) return fputs("usage: search [N]\n", stderr), 2;
    yq_code rc = run(folder, n, &err);
    snprintf(command, sizeof command, "du -sh %s | cut -f1; rm -r %s", folder, folder);
    fputs("on disk: ", stdout);
    fflush(stdout);
    if (system(command) != 0) fputs("cannot remove the folder\n", stderr);
    if (rc != YQ_OK) fprintf(stderr, "%s\n", err.msg);
    return rc == YQ_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
