/* SQLite behind the face of db.h.
 *
 * busy_timeout stands directly after open, before the first statement, or a reader that meets a checkpoint fails at once. synchronous=FULL: in a
 * replay of power cuts OFF and NORMAL lost acknowledged writes, FULL none. A folder that cannot be written is read all the same: without a -wal
 * file beside it the database is whole in one file, and SQLite may be told that nothing changes it (immutable).
 */
#include "store/schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUSY_MS = 5000, APPLICATION_ID = 0x59515131 /* "YQQ1" */ };

typedef struct {
    yq_db base;
    sqlite3 *handle;
} sqlite_db;

typedef struct {
    yq_stmt base;
    sqlite3_stmt *handle;
} sqlite_statement;

static const struct { int sqlite; yq_code code; const char *why; } failures[] = {
    { SQLITE_FULL, YQ_IO, "the disk is full; nothing of this was written" },
    { SQLITE_READONLY, YQ_IO, "the store or its folder cannot be written; check the rights" },
    { SQLITE_PERM, YQ_IO, "no right to open the store" },
    { SQLITE_CANTOPEN, YQ_IO, "the store cannot be opened; check that the folder exists and the rights" },
    { SQLITE_NOTADB, YQ_INVALID, "the file is not a Yiqiao store" },
    { SQLITE_CORRUPT, YQ_CORRUPT, "the database file is damaged; restore a backup" },
    { SQLITE_BUSY, YQ_BUSY, "another process holds the store; try again" },
    { SQLITE_LOCKED, YQ_BUSY, "the table is in use; try again" },
    { SQLITE_IOERR, YQ_IO, "reading or writing the disk failed" },
    { SQLITE_NOMEM, YQ_NOMEM, "no memory for the database" },
    { SQLITE_TOOBIG, YQ_INVALID, "a value is larger than the database takes" },
    { SQLITE_INTERRUPT, YQ_CANCELLED, "cancelled" },
};

static yq_code failed(sqlite3 *handle, int code, yq_err *err)
{
    const char *message = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if ((code & 0xff) == failures[i].sqlite) return yq_fail(err, failures[i].code, 0, "%s (%s)", failures[i].why, message);
    return yq_fail(err, YQ_INVALID, 0, "the database refuses: %s", message);
}

/* ---------------------------------------------------------------- the table of functions */

static sqlite3 *handle_of(yq_db *db)
{
    return ((sqlite_db *)db)->handle;
}

static sqlite3_stmt *stmt_of(yq_stmt *s)
{
    return ((sqlite_statement *)s)->handle;
}

static yq_code sqlite_exec(yq_db *db, const char *sql, yq_err *err)
{
    int rc = sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? YQ_OK : failed(handle_of(db), rc, err);
}

static yq_code sqlite_prepare(yq_db *db, const char *sql, yq_stmt **out, yq_err *err)
{
    sqlite_statement *s = calloc(1, sizeof *s);
    if (!s) return yq_fail(err, YQ_NOMEM, 0, "no memory for a statement");
    int rc = sqlite3_prepare_v3(handle_of(db), sql, -1, SQLITE_PREPARE_PERSISTENT, &s->handle, NULL);
    if (rc != SQLITE_OK) {
        free(s);
        return failed(handle_of(db), rc, err);
    }
    *out = &s->base;
    return YQ_OK;
}

static bool sqlite_bind(yq_stmt *s, const char *name, const yq_value *v)
{
    char named[64];
    snprintf(named, sizeof named, ":%s", name);
    sqlite3_stmt *h = stmt_of(s);
    int at = sqlite3_bind_parameter_index(h, named);
    if (!at) return false;
    const char *bytes = v->s.p ? v->s.p : ""; /* a null pointer would bind NULL */
    switch (v->kind) {
    case YQ_BIND_NULL: sqlite3_bind_null(h, at); break;
    case YQ_BIND_INT: sqlite3_bind_int64(h, at, v->i); break;
    case YQ_BIND_REAL: sqlite3_bind_double(h, at, v->r); break;
    case YQ_BIND_TEXT: sqlite3_bind_text64(h, at, bytes, v->s.n, SQLITE_STATIC, SQLITE_UTF8); break;
    case YQ_BIND_BLOB: sqlite3_bind_blob64(h, at, bytes, v->s.n, SQLITE_STATIC); break;
    }
    return true;
}

static yq_code sqlite_step(yq_stmt *s, bool *row, yq_err *err)
{
    int rc = sqlite3_step(stmt_of(s));
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE) return YQ_OK;
    yq_code code = failed(handle_of(s->db), rc, err);
    sqlite3_reset(stmt_of(s)); /* a failed statement would hold its locks */
    return code;
}

static void sqlite_reset(yq_stmt *s)
{
    sqlite3_reset(stmt_of(s));
    sqlite3_clear_bindings(stmt_of(s));
}

static void sqlite_drop(yq_stmt *s)
{
    sqlite3_finalize(stmt_of(s));
    free(s);
}

static yq_bind_kind sqlite_kind(yq_stmt *s, int col)
{
    switch (sqlite3_column_type(stmt_of(s), col)) {
    case SQLITE_INTEGER: return YQ_BIND_INT;
    case SQLITE_FLOAT: return YQ_BIND_REAL;
    case SQLITE_TEXT: return YQ_BIND_TEXT;
    case SQLITE_BLOB: return YQ_BIND_BLOB;
    default: return YQ_BIND_NULL;
    }
}

static int64_t sqlite_int(yq_stmt *s, int col)
{
    return sqlite3_column_int64(stmt_of(s), col);
}

static double sqlite_real(yq_stmt *s, int col)
{
    return sqlite3_column_double(stmt_of(s), col);
}

static yq_str sqlite_text(yq_stmt *s, int col)
{
    const void *p = sqlite3_column_blob(stmt_of(s), col); /* of a text: its UTF-8 as it is */
    return p ? (yq_str){ p, (size_t)sqlite3_column_bytes(stmt_of(s), col) } : YQ_S("");
}

static int sqlite_columns(yq_stmt *s)
{
    return sqlite3_column_count(stmt_of(s));
}

static void sqlite_close(yq_db *db)
{
    sqlite3_close(handle_of(db));
    free(db);
}

static const yq_db_ops ops = {
    sqlite_exec, sqlite_prepare, sqlite_bind, sqlite_step, sqlite_reset, sqlite_drop,
    sqlite_kind, sqlite_int, sqlite_real, sqlite_text, sqlite_columns, sqlite_close,
};

/* ---------------------------------------------------------------- opening */

static int open_handle(const char *path, yq_db_mode mode, sqlite3 **handle)
{
    int flags = SQLITE_OPEN_NOMUTEX | (mode == YQ_DB_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
    int rc = sqlite3_open_v2(path, handle, flags, NULL);
    if (rc == SQLITE_OK) rc = sqlite3_busy_timeout(*handle, BUSY_MS);
    return rc;
}

/* A database with tables that are not ours: it will be refused, and until then nothing in it may change. */
static int is_foreign(sqlite3 *handle, bool *foreign)
{
    static const char sql[] = "SELECT EXISTS (SELECT 1 FROM sqlite_master) AND (SELECT application_id FROM pragma_application_id) <> " YQ_APPLICATION_ID;
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(handle, sql, -1, &s, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) *foreign = sqlite3_column_int(s, 0);
    int closed = sqlite3_finalize(s);
    return rc == SQLITE_ROW ? closed : rc;
}

/* The first statement touches the file: only here it is seen whether it is a database, and whether it can be locked. */
static int set_up(sqlite3 *handle, yq_db_mode mode)
{
    static const char reading[] = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384; SELECT count(*) FROM sqlite_master";
    static const char writing[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                                  "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536; SELECT count(*) FROM sqlite_master";
    bool foreign = false;
    int rc = mode == YQ_DB_READ ? SQLITE_OK : is_foreign(handle, &foreign);
    if (rc != SQLITE_OK) return rc;
    return sqlite3_exec(handle, mode == YQ_DB_READ || foreign ? reading : writing, NULL, NULL, NULL);
}

static bool exists_beside(const char *path, const char *suffix)
{
    char name[4200];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

static int open_immutable(const char *path, sqlite3 **handle)
{
    char uri[3 * 4096 + 64] = "file:";
    size_t n = strlen(uri);
    for (const char *p = path; *p && n + 32 < sizeof uri; p++) {
        if (strchr("?#%", *p)) n += (size_t)snprintf(uri + n, sizeof uri - n, "%%%02X", (unsigned char)*p);
        else uri[n++] = *p;
    }
    strcpy(uri + n, "?immutable=1");
    return sqlite3_open_v2(uri, handle, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
}

static int open_and_set_up(const char *path, yq_db_mode mode, sqlite3 **handle)
{
    int rc = open_handle(path, mode, handle);
    if (rc == SQLITE_OK) rc = set_up(*handle, mode);
    int kind = rc & 0xff;
    bool locked_out = kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM;
    if (mode != YQ_DB_READ || !locked_out || access(path, R_OK) != 0 || exists_beside(path, "-wal")) return rc;
    sqlite3_close(*handle);
    *handle = NULL;
    rc = open_immutable(path, handle);
    return rc == SQLITE_OK ? set_up(*handle, mode) : rc;
}

yq_code yq_sqlite_open(const char *path, yq_db_mode mode, yq_db **out, yq_err *err)
{
    *out = NULL;
    if (mode != YQ_DB_CREATE && access(path, F_OK) != 0)
        return yq_fail(err, YQ_NOTFOUND, 0, "there is no store at %s; make one with: yiqiao init --store %s", path, path);
    sqlite_db *db = calloc(1, sizeof *db);
    if (!db) return yq_fail(err, YQ_NOMEM, 0, "no memory for a connection");
    int rc = open_and_set_up(path, mode, &db->handle);
    if (rc != SQLITE_OK) {
        yq_err why = { 0 };
        yq_code code = failed(db->handle, rc, &why);
        sqlite_close(&db->base);
        return yq_fail(err, code, 0, "%.100s: %.120s", path, why.msg);
    }
    db->base.ops = &ops;
    db->base.reading = mode == YQ_DB_READ;
    *out = &db->base;
    return YQ_OK;
}

/* ---------------------------------------------------------------- copying */

yq_code yq_sqlite_copy(yq_db *from, const char *to, yq_err *err)
{
    sqlite3 *target = NULL;
    int rc = open_handle(to, YQ_DB_CREATE, &target);
    sqlite3_backup *copy = rc == SQLITE_OK ? sqlite3_backup_init(target, "main", handle_of(from), "main") : NULL;
    if (copy) {
        sqlite3_backup_step(copy, -1);
        rc = sqlite3_backup_finish(copy);
    }
    /* One file, so that it can be carried: the copy says WAL in its head, as its source does. */
    if (rc == SQLITE_OK && copy) rc = sqlite3_exec(target, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    yq_code code = rc == SQLITE_OK && copy ? YQ_OK : failed(target, rc ? rc : sqlite3_errcode(target), err);
    sqlite3_close(target);
    return code;
}
