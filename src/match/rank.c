/* `yiqiao rank`: the retrieval engine alone, over a corpus given as a file. COMMANDS.md has the forms. */
#include "match/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define QUERY_MEMORY ((size_t)4 << 30)
enum { FIRST_PASS = 100, MAX_TOP = 1 << 20 };

typedef struct {
    corpus *c;
    latent *latent;    /* in the corpus's arena */
    yq_arena *arena;   /* of one query */
    yq_index_hit *hits;
    size_t top;
    bool by_owner;
    const char *queries;
    yq_buf out;
} ranking;

static void put_line(ranking *r, yq_str query, yq_str name, size_t rank, double score)
{
    yq_buf_printf(&r->out, "%.*s Q0 %.*s %zu %.6f yiqiao\n", YQ_FMT(query), YQ_FMT(name), rank, score);
}

/* ---------------------------------------------------------------- documents */

static yq_code search(ranking *r, const yq_terms *terms, size_t top, size_t *n, yq_err *err)
{
    yq_viewer office = yq_viewer_office();
    yq_search_options o = { .top = top };
    return yq_index_search(r->c->index, &office, terms, &o, r->hits, n, err);
}

/* The terms as asked, which feedback adds to. */
static yq_terms copy_of(yq_arena *a, const yq_terms *terms)
{
    yq_terms copy = { 0 };
    for (size_t i = 0; i < terms->n; i++) *yq_push(a, &copy) = terms->v[i];
    return copy;
}

static yq_code rank_documents(ranking *r, yq_str id, yq_str text, yq_err *err)
{
    yq_terms asked = { 0 };
    size_t n;
    yq_query_terms(r->arena, yq_simplify(r->arena, text), true, &asked);
    weigh_speech(&asked);
    yq_code rc = search(r, &asked, FIRST_PASS, &n, err);
    if (rc != YQ_OK || !n) return rc;
    yq_terms fed = copy_of(r->arena, &asked);
    double committed = commitment(r->hits, n);
    feed_back(r->c, r->arena, r->hits, n, &fed);
    rc = search(r, &fed, r->top > FIRST_PASS ? r->top : FIRST_PASS, &n, err);
    tell_apart(r->c, r->latent, r->arena, &asked, committed, r->hits, n < FIRST_PASS ? n : FIRST_PASS);
    for (size_t i = 0; i < n && i < r->top; i++) put_line(r, id, r->c->ids.names.v[r->hits[i].id], i + 1, r->hits[i].score);
    return rc;
}

/* ---------------------------------------------------------------- owners */

typedef struct {
    double likeness;
    uint32_t owner;
} ranked;

static int higher(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->likeness != y->likeness) return x->likeness < y->likeness ? 1 : -1;
    return (x->owner > y->owner) - (x->owner < y->owner);
}

static void rank_owners(ranking *r, yq_str id, yq_str text)
{
    size_t n = r->c->owners.names.n;
    double *likeness = YQ_ARRAY(r->arena, double, n + 1);
    ranked *all = YQ_ARRAY(r->arena, ranked, n + 1);
    owners_like(r->c, r->arena, text, likeness);
    for (uint32_t i = 0; i < n; i++) all[i] = (ranked){ likeness[i], i };
    qsort(all, n, sizeof *all, higher);
    for (size_t i = 0; i < n && i < r->top; i++) put_line(r, id, r->c->owners.names.v[all[i].owner], i + 1, all[i].likeness);
}

/* ---------------------------------------------------------------- all together */

static yq_code rank_line(void *arg, yq_str id, yq_str title, yq_str text, yq_str owner, yq_err *err)
{
    ranking *r = arg;
    yq_code rc = YQ_OK;
    (void)title;
    (void)owner;
    if (r->by_owner) rank_owners(r, id, text);
    else rc = rank_documents(r, id, text, err);
    yq_arena_clear(r->arena);
    return rc;
}

static yq_code find_subjects(void *arg, yq_err *err)
{
    ranking *r = arg;
    (void)err;
    r->latent = latent_of(r->c, r->c->arena);
    return YQ_OK;
}

static yq_code rank_all(void *arg, yq_err *err)
{
    ranking *r = arg;
    return each_line(r->queries, rank_line, r, err);
}

static yq_code rank_corpus(ranking *r, const char *out, yq_err *err)
{
    size_t room = r->top > FIRST_PASS ? r->top : FIRST_PASS;
    r->arena = yq_arena_new(QUERY_MEMORY);
    r->hits = calloc(room, sizeof *r->hits);
    if (!r->arena || !r->hits) return yq_fail(err, YQ_NOMEM, 0, "no memory to rank");
    yq_code rc = r->by_owner ? YQ_OK : yq_arena_run(r->c->arena, find_subjects, r, err);
    if (rc == YQ_OK) rc = yq_arena_run(r->arena, rank_all, r, err);
    if (rc == YQ_OK && r->out.failed) rc = yq_fail(err, YQ_NOMEM, 0, "no memory for the ranking");
    return rc == YQ_OK ? yq_file_write(out, yq_buf_str(&r->out), err) : rc;
}

/* Documents without an owner count under the empty name. */
static bool has_owners(const corpus *c)
{
    return c->owners.names.n > 1 || (c->owners.names.n == 1 && c->owners.names.v[0].n);
}

yq_code yq_rank_files(const char *corpus_path, const char *queries, size_t top, bool by_owner, const char *out, yq_err *err)
{
    ranking r = { .top = top < MAX_TOP ? top : MAX_TOP, .by_owner = by_owner, .queries = queries };
    yq_code rc = corpus_read(corpus_path, &r.c, err);
    if (rc == YQ_OK && by_owner && !has_owners(r.c)) rc = yq_fail(err, YQ_INVALID, 0, "%s: no document has an owner to rank by", corpus_path);
    if (rc == YQ_OK) rc = rank_corpus(&r, out, err);
    corpus_free(r.c);
    yq_arena_free(r.arena);
    free(r.hits);
    yq_buf_free(&r.out);
    return rc;
}
