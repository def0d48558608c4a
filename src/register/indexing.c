/* The search index beside the store: a derived thing that follows the journal.
 *
 * What the index holds is told by the sequence in its manifest. Catching up reads from the passage table what later readings brought and takes
 * out what they replaced; it is the same after a commit, at start and after a loss. After an erasure everything is added again, since the erased
 * words stand in segments too.
 */
#include "register/internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BATCH = 256, BATCH_MEMORY = 1 << 28 };

static void folder_of(const yq_store *store, char *out, size_t cap)
{
    snprintf(out, cap, "%s.index", yq_store_file(store));
}

void yq_indexing_forget(const yq_store *store)
{
    char folder[4300], path[4700];
    folder_of(store, folder, sizeof folder);
    DIR *d = opendir(folder);
    if (!d) return;
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.' && (!e->d_name[1] || e->d_name[1] == '.')) continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        unlink(path);
    }
    closedir(d);
}

/* ---------------------------------------------------------------- adding */

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    yq_index_doc docs[BATCH];
    size_t n;
} feeding;

static yq_code feed(feeding *f, yq_err *err)
{
    yq_code rc = f->n ? yq_index_add(f->reg->index, f->docs, f->n, err) : YQ_OK;
    f->n = 0;
    yq_arena_clear(f->arena);
    return rc;
}

/* One page of passages from *next on, which moves behind the last of them. */
static yq_code add_page(feeding *f, int64_t *next, size_t *rows, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_arena *a = f->arena;
    yq_code rc = yq_db_prepare(f->reg->db, "SELECT id, owner, sharing, title, text FROM passage WHERE id >= :first ORDER BY id LIMIT 256", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "first", *next);
    while (f->n < BATCH && !(rc = yq_step(s, &row, err)) && row) {
        *next = yq_col_int(s, 0) + 1;
        f->docs[f->n++] = (yq_index_doc){ yq_col_int(s, 0), yq_col_int(s, 1), (int)yq_col_int(s, 2), yq_simplify(a, yq_kept(a, s, 3)),
                                          yq_simplify(a, yq_kept(a, s, 4)) };
    }
    yq_finish(s);
    *rows = f->n;
    return rc ? rc : feed(f, err);
}

static yq_code add_later(feeding *f, int64_t after, yq_err *err)
{
    int64_t next = yq_id_block(after + 1);
    size_t rows = BATCH;
    yq_code rc = YQ_OK;
    while (!rc && rows == BATCH) rc = add_page(f, &next, &rows, err);
    return rc;
}

/* ---------------------------------------------------------------- taking out */

static yq_code delete_passages(yq_register *r, int64_t first, int64_t count, yq_err *err)
{
    int64_t ids[BATCH];
    for (int64_t at = 0; at < count;) {
        size_t n = 0;
        while (n < BATCH && at < count) ids[n++] = first + at++;
        yq_code rc = yq_index_delete(r->index, ids, n, err);
        if (rc) return rc;
    }
    return YQ_OK;
}

/* Readings that the index holds and that a later one has replaced. */
static yq_code delete_replaced(yq_register *r, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT r.first_passage, r.passages FROM document d JOIN reading r ON r.document = d.id WHERE d.sequence > :indexed "
                               "AND r.id <> d.reading AND r.sequence <= :indexed ORDER BY r.id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "indexed", r->indexed);
    while (!(rc = yq_step(s, &row, err)) && row && !(rc = delete_passages(r, yq_col_int(s, 0), yq_col_int(s, 1), err))) {}
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- following the journal */

static yq_code last_erasure(yq_register *r, int64_t *sequence, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, "SELECT coalesce(max(sequence), 0) FROM entry WHERE kind = 'erasure'", &s, err);
    return rc ? rc : yq_one_int(s, 0, sequence, err);
}

static yq_code open_index(yq_register *r, bool in_memory, yq_err *err)
{
    char folder[4300];
    bool stale = false;
    folder_of(r->store, folder, sizeof folder);
    yq_code rc = yq_index_open(in_memory ? NULL : folder, &r->index, &r->indexed, &stale, err);
    if (!rc && (stale || in_memory)) r->indexed = 0;
    return rc;
}

/* Throws the index away and begins with an empty one. */
static yq_code begin_again(yq_register *r, yq_err *err)
{
    yq_index_close(r->index);
    r->index = NULL;
    if (!yq_store_read_only(r->store)) yq_indexing_forget(r->store);
    return open_index(r, yq_store_read_only(r->store), err);
}

static yq_code follow(void *arg, yq_err *err)
{
    feeding *f = arg;
    yq_register *r = f->reg;
    int64_t sequence = yq_journal_sequence(r->store);
    yq_code rc = r->indexed ? delete_replaced(r, err) : YQ_OK;
    if (!rc) rc = add_later(f, r->indexed, err);
    if (!rc) rc = yq_index_commit(r->index, sequence, err);
    if (!rc) r->indexed = sequence;
    return rc;
}

yq_code yq_indexing_catch_up(yq_register *r, yq_err *err)
{
    int64_t sequence = yq_journal_sequence(r->store), erased;
    if (r->indexed == sequence) return YQ_OK;
    yq_code rc = last_erasure(r, &erased, err);
    if (!rc && (r->indexed > sequence || erased > r->indexed) && r->indexed) rc = begin_again(r, err);
    if (rc) return rc;
    feeding *f = calloc(1, sizeof *f);
    if (!f || !(f->arena = yq_arena_new(BATCH_MEMORY))) {
        free(f);
        return yq_fail(err, YQ_NOMEM, 0, "no memory for the index");
    }
    f->reg = r;
    rc = yq_arena_run(f->arena, follow, f, err);
    yq_arena_free(f->arena);
    free(f);
    return rc;
}

/* Beside a writer the index on disk is not ours to change: when it lags or cannot be opened, a copy in memory is fed instead. */
yq_code yq_indexing_open(yq_register *r, yq_err *err)
{
    bool reading = yq_store_read_only(r->store);
    yq_code rc = open_index(r, false, err);
    if (reading && (rc || r->indexed != yq_journal_sequence(r->store))) rc = begin_again(r, err);
    return rc ? rc : yq_indexing_catch_up(r, err);
}

yq_code yq_register_index_beside(yq_store *store, yq_index **out, yq_err *err)
{
    char folder[4300];
    int64_t sequence;
    bool stale;
    folder_of(store, folder, sizeof folder);
    return yq_index_open(folder, out, &sequence, &stale, err);
}
