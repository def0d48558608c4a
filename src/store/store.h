/* store/store.h - SQL behind one door, and the journal that everything passes through.
 *
 * The journal is the truth: entries in a BLAKE2b chain, each with a body (JSON, in parts that can be erased). The tables are its projection:
 * `project` functions, one for each kind of entry, write them in the same transaction and again, from the body alone, on rebuild.
 * SQL is written once, in the common subset of SQLite and PostgreSQL; parameters are named :like_this.
 */
#ifndef YQ_STORE_H
#define YQ_STORE_H

#include "base/base.h"
#include "index/index.h" /* yq_viewer */

/* ---------------------------------------------------------------- databases */

typedef struct yq_db yq_db;   /* one connection: one thread at a time */
typedef struct yq_stmt yq_stmt;

/* url: a SQLite file, a folder (yiqiao.db inside), or postgresql://… */
yq_code yq_db_open(const char *url, bool create, yq_db **out, yq_err *err);
yq_code yq_db_open_read(const char *url, yq_db **out, yq_err *err); /* never writes; also from a folder that cannot be written */
void yq_db_close(yq_db *db);
bool yq_db_is_postgres(const yq_db *db);
yq_code yq_db_exec(yq_db *db, const char *sql, yq_err *err);
yq_code yq_db_begin(yq_db *db, bool write, yq_err *err);  /* write: takes the writer's lock at once */
yq_code yq_db_commit(yq_db *db, yq_err *err);
void yq_db_rollback(yq_db *db);

/* Prepared statements are kept per connection; finish returns them. SQL must be a literal (its address is the key). */
yq_code yq_db_prepare(yq_db *db, const char *sql, yq_stmt **out, yq_err *err);
void yq_bind_int(yq_stmt *s, const char *name, int64_t v);
void yq_bind_real(yq_stmt *s, const char *name, double v);
void yq_bind_text(yq_stmt *s, const char *name, yq_str v);  /* borrowed until step or finish */
void yq_bind_blob(yq_stmt *s, const char *name, yq_str v);
void yq_bind_null(yq_stmt *s, const char *name);
/* *row false: no more rows. Column numbers from 0. Text is valid until the next step. */
yq_code yq_step(yq_stmt *s, bool *row, yq_err *err);
int64_t yq_col_int(yq_stmt *s, int col);
double yq_col_real(yq_stmt *s, int col);
yq_str yq_col_text(yq_stmt *s, int col);
bool yq_col_null(yq_stmt *s, int col);
void yq_finish(yq_stmt *s);

/* ---------------------------------------------------------------- the store */

typedef struct yq_store yq_store;

typedef struct {
    yq_clock *clock;    /* NULL: system */
    yq_random *random;
    bool create;
    bool read_only;     /* no writer's lock, no migration */
} yq_store_options;

/* Opens and migrates. Errors: YQ_NEWER (made by a newer version), YQ_BUSY (another process writes), YQ_IO (disk full, no rights). */
yq_code yq_store_open(const char *url, const yq_store_options *options, yq_store **out, yq_err *err);
void yq_store_close(yq_store *s);
yq_db *yq_store_db(yq_store *s);
const char *yq_store_folder(const yq_store *s); /* where index and socket lie */
const char *yq_store_file(const yq_store *s);   /* what lies beside the store is named after it: "<file>.index", "<file>.lock" */
bool yq_store_read_only(const yq_store *s);
bool yq_store_stale(const yq_store *s);         /* its tables were made by an older version: yq_rebuild, once the projectors are there */
yq_clock *yq_store_clock(const yq_store *s);
yq_random *yq_store_random(const yq_store *s);

/* ---------------------------------------------------------------- originals */

/* The bytes of a document as they came, kept under their hash; keeping them again changes nothing. Inside the current write. */
yq_code yq_original_keep(yq_store *s, const yq_hash *hash, yq_str bytes, yq_err *err);
/* Appends them to out. Errors: YQ_NOTFOUND. */
yq_code yq_original_read(yq_store *s, const yq_hash *hash, yq_buf *out, yq_err *err);
yq_code yq_original_forget(yq_store *s, const yq_hash *hash, yq_err *err);

/* ---------------------------------------------------------------- journal */

typedef struct {
    const char *kind;      /* "reading", "identity", "correction", … */
    const char *actor;     /* account, or "office" */
    yq_str body;           /* JSON with everything replay needs */
    const yq_str *parts;   /* erasable parts (one per data subject), may be none; body refers to them by number */
    size_t part_count;
} yq_entry;

/* Appends inside the current write transaction and projects it. *sequence: its number. On an error the caller rolls back. */
yq_code yq_journal_append(yq_store *s, const yq_entry *entry, int64_t *sequence, yq_err *err);
int64_t yq_journal_sequence(yq_store *s); /* last one, 0: empty */

/* How each kind of entry becomes rows. Registered by the register before the first append. Must use only the body. */
typedef yq_code (*yq_project)(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err);
void yq_store_projector(yq_store *s, const char *kind, yq_project project, void *self);

typedef struct {
    int64_t entries, originals;
    int64_t first_bad;     /* 0: none */
    char what[160];
} yq_verify_report;

/* Checks the chain (every hash, every body and part) and the originals. YQ_CORRUPT names the entry, or the original. */
yq_code yq_verify(yq_store *s, yq_verify_report *report, yq_err *err);
/* Empties the projected tables and replays the journal, whatever state they are in. */
yq_code yq_rebuild(yq_store *s, yq_err *err);
/* Every projected table in canonical order, a line a row, TAB between columns; each line goes through write(), its LF included. */
yq_code yq_dump(yq_store *s, yq_code (*write)(void *arg, yq_str line), void *arg, yq_err *err);
/* A consistent copy in one file; restore refuses to overwrite. */
yq_code yq_backup(yq_store *s, const char *path, yq_err *err);
yq_code yq_restore(const char *path, const char *url, yq_err *err);
/* Shows the entries of a kind, oldest first; parts[k].p NULL: erased. What it shows lives until it returns. */
typedef yq_code (*yq_see_entry)(void *arg, int64_t sequence, yq_str body, const yq_str *parts, size_t part_count, yq_err *err);
yq_code yq_journal_each(yq_store *s, const char *kind, yq_see_entry see, void *arg, yq_err *err);

/* Erases parts[part] of an entry for good, writes an entry that says so, and rebuilds. Its projector then gets {NULL, 0} for that part. */
yq_code yq_erase_part(yq_store *s, int64_t sequence, size_t part, yq_err *err);
/* The same of several at once: all or none, and rebuilt once. Who is to be erased with all that was typed of them: yq_register_erase. */
typedef struct {
    int64_t sequence;
    size_t part;
} yq_part_place;
yq_code yq_erase_parts(yq_store *s, const yq_part_place *places, size_t n, yq_err *err);

#endif
