/* One face over two databases: keeps prepared statements by the address of their SQL, and refuses what a backend would let pass
 * (a parameter that the statement does not have). */
#include "store/db.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <stdio.h>

bool yq_url_is_postgres(const char *url)
{
    return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

yq_code yq_url_file(const char *url, char *out, size_t cap, yq_err *err)
{
    struct stat st;
    size_t n = strlen(url);
    bool folder = (n && url[n - 1] == '/') || (stat(url, &st) == 0 && S_ISDIR(st.st_mode));
    const char *slash = n && url[n - 1] == '/' ? "" : "/";
    int m = folder ? snprintf(out, cap, "%s%syiqiao.db", url, slash) : snprintf(out, cap, "%s", url);
    if (n == 0) return yq_fail(err, YQ_INVALID, 0, "the store has an empty name");
    if (m < 0 || (size_t)m >= cap) return yq_fail(err, YQ_INVALID, cap, "the path of the store is longer than %zu bytes", cap - 1);
    return YQ_OK;
}

yq_code yq_db_open_mode(const char *url, yq_db_mode mode, yq_db **out, yq_err *err)
{
    char path[4096];
    *out = NULL;
    if (yq_url_is_postgres(url)) return yq_postgres_open(url, mode, out, err);
    yq_code rc = yq_url_file(url, path, sizeof path, err);
    return rc ? rc : yq_sqlite_open(path, mode, out, err);
}

yq_code yq_db_open(const char *url, bool create, yq_db **out, yq_err *err)
{
    return yq_db_open_mode(url, create ? YQ_DB_CREATE : YQ_DB_WRITE, out, err);
}

yq_code yq_db_open_read(const char *url, yq_db **out, yq_err *err)
{
    return yq_db_open_mode(url, YQ_DB_READ, out, err);
}

void yq_db_close(yq_db *db)
{
    if (!db) return;
    for (size_t i = 0; i < YQ_DB_BUCKETS; i++) {
        while (db->kept[i]) {
            yq_stmt *s = db->kept[i];
            db->kept[i] = s->next;
            db->ops->drop(s);
        }
    }
    db->ops->close(db);
}

bool yq_db_is_postgres(const yq_db *db)
{
    return db->postgres;
}

yq_code yq_db_exec(yq_db *db, const char *sql, yq_err *err)
{
    return db->ops->exec(db, sql, err);
}

yq_code yq_db_begin(yq_db *db, bool write, yq_err *err)
{
    const char *reading = db->postgres ? "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
    const char *writing = db->postgres ? "BEGIN" : "BEGIN IMMEDIATE";
    return yq_db_exec(db, write ? writing : reading, err);
}

yq_code yq_db_commit(yq_db *db, yq_err *err)
{
    return yq_db_exec(db, "COMMIT", err);
}

void yq_db_rollback(yq_db *db)
{
    /* SQLite may have rolled back by itself (disk full); then there is nothing left to do, and it says so. */
    yq_db_exec(db, "ROLLBACK", NULL);
}

/* ---------------------------------------------------------------- statements */

static yq_stmt **bucket(yq_db *db, const char *sql)
{
    uintptr_t address = (uintptr_t)sql;
    return &db->kept[(address >> 4 ^ address >> 11) % YQ_DB_BUCKETS];
}

yq_code yq_db_prepare_once(yq_db *db, const char *sql, yq_stmt **out, yq_err *err)
{
    *out = NULL;
    yq_code rc = db->ops->prepare(db, sql, out, err);
    if (rc) return rc;
    (*out)->db = db;
    (*out)->sql = sql;
    (*out)->used = true;
    return YQ_OK;
}

yq_code yq_db_prepare(yq_db *db, const char *sql, yq_stmt **out, yq_err *err)
{
    yq_stmt **head = bucket(db, sql);
    for (yq_stmt *s = *head; s; s = s->next) {
        if (s->sql != sql || s->used) continue;
        s->used = true;
        *out = s;
        return YQ_OK;
    }
    yq_code rc = yq_db_prepare_once(db, sql, out, err);
    if (rc) return rc;
    (*out)->kept = true;
    (*out)->next = *head;
    *head = *out;
    return YQ_OK;
}

void yq_finish(yq_stmt *s)
{
    if (!s) return;
    s->unknown[0] = '\0';
    if (!s->kept) {
        s->db->ops->drop(s);
        return;
    }
    s->db->ops->reset(s);
    s->used = false;
}

void yq_bind_value(yq_stmt *s, const char *name, const yq_value *v)
{
    if (!s->db->ops->bind(s, name, v) && !s->unknown[0]) snprintf(s->unknown, sizeof s->unknown, "%s", name);
}

void yq_bind_int(yq_stmt *s, const char *name, int64_t v)
{
    yq_bind_value(s, name, &(yq_value){ .kind = YQ_BIND_INT, .i = v });
}

void yq_bind_real(yq_stmt *s, const char *name, double v)
{
    yq_bind_value(s, name, &(yq_value){ .kind = YQ_BIND_REAL, .r = v });
}

void yq_bind_text(yq_stmt *s, const char *name, yq_str v)
{
    yq_bind_value(s, name, &(yq_value){ .kind = YQ_BIND_TEXT, .s = v });
}

void yq_bind_blob(yq_stmt *s, const char *name, yq_str v)
{
    yq_bind_value(s, name, &(yq_value){ .kind = YQ_BIND_BLOB, .s = v });
}

void yq_bind_null(yq_stmt *s, const char *name)
{
    yq_bind_value(s, name, &(yq_value){ .kind = YQ_BIND_NULL });
}

yq_code yq_step(yq_stmt *s, bool *row, yq_err *err)
{
    *row = false;
    if (s->unknown[0]) return yq_fail(err, YQ_INVALID, 0, "a statement of the program has no parameter :%s", s->unknown);
    return s->db->ops->step(s, row, err);
}

yq_code yq_run(yq_stmt *s, yq_err *err)
{
    bool row;
    yq_code rc = yq_step(s, &row, err);
    yq_finish(s);
    return rc;
}

int64_t yq_col_int(yq_stmt *s, int col)
{
    return s->db->ops->col_int(s, col);
}

double yq_col_real(yq_stmt *s, int col)
{
    return s->db->ops->col_real(s, col);
}

yq_str yq_col_text(yq_stmt *s, int col)
{
    return s->db->ops->col_text(s, col);
}

bool yq_col_null(yq_stmt *s, int col)
{
    return s->db->ops->kind(s, col) == YQ_BIND_NULL;
}

yq_value yq_col_value(yq_stmt *s, int col)
{
    yq_value v = { .kind = s->db->ops->kind(s, col) };
    if (v.kind == YQ_BIND_INT) v.i = yq_col_int(s, col);
    else if (v.kind == YQ_BIND_REAL) v.r = yq_col_real(s, col);
    else if (v.kind != YQ_BIND_NULL) v.s = yq_col_text(s, col);
    return v;
}
