/* store/db.h - what one kind of database has to be able to do. Inside store only.
 *
 * db.c keeps prepared statements, checks names and orders and passes on; sqlite.c and postgres.c each fill one table of functions.
 * A column or parameter is an integer, a real, a text or bytes; nothing else is stored.
 */
#ifndef YQ_STORE_DB_H
#define YQ_STORE_DB_H

#include "store/store.h"

typedef enum { YQ_DB_READ, YQ_DB_WRITE, YQ_DB_CREATE } yq_db_mode;

typedef enum { YQ_BIND_NULL, YQ_BIND_INT, YQ_BIND_REAL, YQ_BIND_TEXT, YQ_BIND_BLOB } yq_bind_kind;

typedef struct {
    yq_bind_kind kind;
    int64_t i;
    double r;
    yq_str s;
} yq_value;

typedef struct {
    yq_code (*exec)(yq_db *db, const char *sql, yq_err *err);
    yq_code (*prepare)(yq_db *db, const char *sql, yq_stmt **out, yq_err *err);
    bool (*bind)(yq_stmt *s, const char *name, const yq_value *v); /* false: the statement has no such parameter */
    yq_code (*step)(yq_stmt *s, bool *row, yq_err *err);
    void (*reset)(yq_stmt *s); /* ready to be bound and stepped again */
    void (*drop)(yq_stmt *s);
    yq_bind_kind (*kind)(yq_stmt *s, int col);
    int64_t (*col_int)(yq_stmt *s, int col);
    double (*col_real)(yq_stmt *s, int col);
    yq_str (*col_text)(yq_stmt *s, int col);
    int (*columns)(yq_stmt *s);
    void (*close)(yq_db *db);
} yq_db_ops;

enum { YQ_DB_BUCKETS = 128 };

struct yq_db {
    const yq_db_ops *ops;
    bool postgres, reading;
    yq_stmt *kept[YQ_DB_BUCKETS]; /* by address of the SQL */
};

struct yq_stmt {
    yq_db *db;
    const char *sql;
    yq_stmt *next;
    bool used, kept;
    char unknown[48]; /* a parameter that was bound and is not there: step refuses */
};

/* Each makes *out with ops set. path: the SQLite file itself. */
yq_code yq_sqlite_open(const char *path, yq_db_mode mode, yq_db **out, yq_err *err);
yq_code yq_postgres_open(const char *url, yq_db_mode mode, yq_db **out, yq_err *err);

/* Copies a whole SQLite database into the file `to`, as of one instant. */
yq_code yq_sqlite_copy(yq_db *from, const char *to, yq_err *err);

bool yq_url_is_postgres(const char *url);
/* The SQLite file that a url means: the url itself, or yiqiao.db in the folder it names. */
yq_code yq_url_file(const char *url, char *out, size_t cap, yq_err *err);
yq_code yq_db_open_mode(const char *url, yq_db_mode mode, yq_db **out, yq_err *err);

/* A statement made for this once: sql needs to live only as long as the statement. */
yq_code yq_db_prepare_once(yq_db *db, const char *sql, yq_stmt **out, yq_err *err);
void yq_bind_value(yq_stmt *s, const char *name, const yq_value *v);
yq_value yq_col_value(yq_stmt *s, int col);
/* Runs a statement that gives no rows, and finishes it. */
yq_code yq_run(yq_stmt *s, yq_err *err);

#endif
