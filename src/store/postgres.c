/* PostgreSQL behind the face of db.h.
 *
 * :name becomes $n, one number a name, once per statement; each statement is prepared on the server and kept. Texts and bytes are sent as they
 * are (binary form, which for text is its UTF-8), integers and reals as text, so that the server's inference of types holds. Results come
 * whole: callers that read a table without end do so in pages.
 */
#include "store/db.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_PARAMETERS = 40, MAX_NAME = 40, OID_BYTEA = 17, OID_BOOL = 16, OID_FLOAT4 = 700, OID_FLOAT8 = 701, OID_NUMERIC = 1700 };

typedef struct {
    yq_db base;
    PGconn *connection;
    unsigned statements; /* numbers their names */
} postgres_db;

typedef struct {
    yq_stmt base;
    char name[24];
    int parameters;
    char names[MAX_PARAMETERS][MAX_NAME];
    const char *value[MAX_PARAMETERS];
    int length[MAX_PARAMETERS], format[MAX_PARAMETERS];
    char number[MAX_PARAMETERS][32];
    PGresult *result;
    int row;
    char *bytes;      /* decoded bytea of the current row, by column; made when asked for */
    size_t bytes_cap;
} postgres_statement;

static PGconn *connection_of(yq_db *db)
{
    return ((postgres_db *)db)->connection;
}

/* By class of SQLSTATE (its first two characters) or whole. */
static const struct { const char *state; yq_code code; const char *why; } failures[] = {
    { "53100", YQ_IO, "the disk of the database is full; nothing of this was written" },
    { "53200", YQ_NOMEM, "the database is out of memory" },
    { "53", YQ_IO, "the database is out of resources" },
    { "25006", YQ_IO, "the database cannot be written now" },
    { "40", YQ_BUSY, "two writers met; try again" },
    { "55P03", YQ_BUSY, "the table is in use; try again" },
    { "57014", YQ_CANCELLED, "cancelled" },
    { "57", YQ_IO, "the database is being stopped" },
    { "58", YQ_IO, "the database cannot read or write its disk" },
    { "08", YQ_IO, "the connection to the database was lost" },
    { "28", YQ_DENIED, "the database refuses this user" },
    { "XX", YQ_CORRUPT, "the database is damaged; restore a backup" },
};

static void one_line(char *s)
{
    for (; *s; s++)
        if (*s == '\n' || *s == '\r') *s = ' ';
}

/* Only the primary message: the detail of a violated constraint quotes the row. */
static yq_code failed(PGconn *connection, const PGresult *result, yq_err *err)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    char message[160];
    snprintf(message, sizeof message, "%s", primary ? primary : PQerrorMessage(connection));
    one_line(message);
    if (!state) return yq_fail(err, YQ_IO, 0, "the connection to the database was lost (%s)", message);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (strncmp(state, failures[i].state, strlen(failures[i].state)) == 0)
            return yq_fail(err, failures[i].code, 0, "%s (%s)", failures[i].why, message);
    return yq_fail(err, YQ_INVALID, 0, "the database refuses: %s (%s)", message, state);
}

static bool fine(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static yq_code postgres_exec(yq_db *db, const char *sql, yq_err *err)
{
    PGresult *r = PQexec(connection_of(db), sql);
    yq_code rc = fine(r) ? YQ_OK : failed(connection_of(db), r, err);
    PQclear(r);
    return rc;
}

/* ---------------------------------------------------------------- :name to $n */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static int number_of(postgres_statement *s, const char *name, size_t n)
{
    for (int i = 0; i < s->parameters; i++)
        if (strlen(s->names[i]) == n && memcmp(s->names[i], name, n) == 0) return i;
    return -1;
}

static int number_for(postgres_statement *s, const char *name, size_t n)
{
    int at = number_of(s, name, n);
    if (at >= 0) return at;
    if (s->parameters == MAX_PARAMETERS || n >= MAX_NAME) return -1;
    memcpy(s->names[s->parameters], name, n);
    return s->parameters++;
}

/* Copies sql with its names numbered; quoted texts and :: stay. */
static bool translate(postgres_statement *s, const char *sql, yq_buf *out)
{
    for (const char *p = sql; *p;) {
        if (*p == '\'') {
            const char *end = strchr(p + 1, '\'');
            if (!end) return false;
            yq_buf_put(out, (yq_str){ p, (size_t)(end + 1 - p) });
            p = end + 1;
        } else if (p[0] == ':' && p[1] == ':') {
            yq_buf_put(out, YQ_S("::"));
            p += 2;
        } else if (p[0] == ':' && name_char(p[1])) {
            size_t n = 1;
            while (name_char(p[1 + n])) n++;
            int at = number_for(s, p + 1, n);
            if (at < 0) return false;
            yq_buf_printf(out, "$%d", at + 1);
            p += 1 + n;
        } else {
            yq_buf_byte(out, *p++);
        }
    }
    yq_buf_byte(out, '\0');
    return !out->failed;
}

static yq_code postgres_prepare(yq_db *db, const char *sql, yq_stmt **out, yq_err *err)
{
    yq_buf numbered = { 0 };
    PGresult *r = NULL;
    yq_code rc = YQ_OK;
    postgres_statement *s = calloc(1, sizeof *s);
    if (!s || !translate(s, sql, &numbered)) {
        rc = yq_fail(err, s ? YQ_INVALID : YQ_NOMEM, 0, "a statement of the program cannot be translated");
        goto done;
    }
    snprintf(s->name, sizeof s->name, "yq%u", ++((postgres_db *)db)->statements);
    r = PQprepare(connection_of(db), s->name, numbered.p, 0, NULL);
    if (!fine(r)) {
        rc = failed(connection_of(db), r, err);
        goto done;
    }
    *out = &s->base;
    s = NULL;
done:
    PQclear(r);
    yq_buf_free(&numbered);
    free(s);
    return rc;
}

/* ---------------------------------------------------------------- binding and stepping */

static postgres_statement *statement_of(yq_stmt *s)
{
    return (postgres_statement *)s;
}

static bool postgres_bind(yq_stmt *base, const char *name, const yq_value *v)
{
    postgres_statement *s = statement_of(base);
    int at = number_of(s, name, strlen(name));
    if (at < 0) return false;
    bool bytes = v->kind == YQ_BIND_TEXT || v->kind == YQ_BIND_BLOB;
    if (v->kind == YQ_BIND_INT) snprintf(s->number[at], sizeof s->number[at], "%lld", (long long)v->i);
    if (v->kind == YQ_BIND_REAL) snprintf(s->number[at], sizeof s->number[at], "%.17g", v->r);
    s->value[at] = v->kind == YQ_BIND_NULL ? NULL : bytes ? (v->s.p ? v->s.p : "") : s->number[at];
    s->length[at] = bytes ? (int)v->s.n : 0;
    s->format[at] = bytes;
    return true;
}

static yq_code postgres_step(yq_stmt *base, bool *row, yq_err *err)
{
    postgres_statement *s = statement_of(base);
    if (!s->result) {
        PGconn *c = connection_of(base->db);
        s->result = PQexecPrepared(c, s->name, s->parameters, s->value, s->length, s->format, 0);
        s->row = -1;
        if (!fine(s->result)) {
            yq_code rc = failed(c, s->result, err);
            PQclear(s->result);
            s->result = NULL;
            return rc;
        }
    }
    *row = s->row + 1 < PQntuples(s->result);
    if (*row) s->row++;
    return YQ_OK;
}

static void postgres_reset(yq_stmt *base)
{
    postgres_statement *s = statement_of(base);
    PQclear(s->result);
    s->result = NULL;
    free(s->bytes);
    s->bytes = NULL;
    s->bytes_cap = 0;
    memset(s->value, 0, sizeof s->value);
}

static void postgres_drop(yq_stmt *base)
{
    postgres_statement *s = statement_of(base);
    char sql[48];
    postgres_reset(base);
    snprintf(sql, sizeof sql, "DEALLOCATE %s", s->name);
    PQclear(PQexec(connection_of(base->db), sql)); /* in a failed transaction the server keeps it until the connection ends */
    free(s);
}

/* ---------------------------------------------------------------- columns */

static const char *field(yq_stmt *base, int col)
{
    postgres_statement *s = statement_of(base);
    return PQgetvalue(s->result, s->row, col);
}

static yq_bind_kind postgres_kind(yq_stmt *base, int col)
{
    postgres_statement *s = statement_of(base);
    if (PQgetisnull(s->result, s->row, col)) return YQ_BIND_NULL;
    switch (PQftype(s->result, col)) {
    case OID_BYTEA: return YQ_BIND_BLOB;
    case OID_FLOAT4: case OID_FLOAT8: case OID_NUMERIC: return YQ_BIND_REAL;
    case 20: case 21: case 23: case OID_BOOL: return YQ_BIND_INT;
    default: return YQ_BIND_TEXT;
    }
}

static int64_t postgres_int(yq_stmt *base, int col)
{
    const char *text = field(base, col);
    return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

static double postgres_real(yq_stmt *base, int col)
{
    return strtod(field(base, col), NULL);
}

/* A place for n bytes of column col in the row's buffer, which is as long as all its hexadecimal columns together. */
static char *bytes_for(postgres_statement *s, int col)
{
    size_t need = 0, before = 0;
    for (int i = 0; i < PQnfields(s->result); i++) {
        if (i == col) before = need;
        need += (size_t)PQgetlength(s->result, s->row, i);
    }
    if (need > s->bytes_cap) {
        char *p = realloc(s->bytes, need);
        if (!p) return NULL;
        s->bytes = p;
        s->bytes_cap = need;
    }
    return s->bytes + before;
}

static yq_str postgres_text(yq_stmt *base, int col)
{
    postgres_statement *s = statement_of(base);
    yq_str text = { field(base, col), (size_t)PQgetlength(s->result, s->row, col) };
    if (PQftype(s->result, col) != OID_BYTEA || !yq_starts(text, YQ_S("\\x"))) return text;
    size_t n = (text.n - 2) / 2;
    char *out = bytes_for(s, col);
    return out && yq_unhex(yq_sub(text, 2, text.n), out, n) ? (yq_str){ out, n } : YQ_S("");
}

static int postgres_columns(yq_stmt *base)
{
    postgres_statement *s = statement_of(base);
    return s->result ? PQnfields(s->result) : 0;
}

static void postgres_close(yq_db *db)
{
    PQfinish(connection_of(db));
    free(db);
}

static const yq_db_ops ops = {
    postgres_exec, postgres_prepare, postgres_bind, postgres_step, postgres_reset, postgres_drop,
    postgres_kind, postgres_int, postgres_real, postgres_text, postgres_columns, postgres_close,
};

/* ---------------------------------------------------------------- opening */

static void no_notice(void *arg, const char *message)
{
    (void)arg;
    (void)message;
}

yq_code yq_postgres_open(const char *url, yq_db_mode mode, yq_db **out, yq_err *err)
{
    static const char settings[] = "SET client_encoding='UTF8'; SET synchronous_commit=on; SET bytea_output='hex'; SET extra_float_digits=3;"
                                   "SET standard_conforming_strings=on; SET lock_timeout='5s'";
    *out = NULL;
    postgres_db *db = calloc(1, sizeof *db);
    if (!db) return yq_fail(err, YQ_NOMEM, 0, "no memory for a connection");
    db->base.ops = &ops;
    db->base.postgres = true;
    db->base.reading = mode == YQ_DB_READ;
    db->connection = PQconnectdb(url);
    yq_code rc = YQ_OK;
    if (PQstatus(db->connection) != CONNECTION_OK) {
        char message[160];
        snprintf(message, sizeof message, "%s", PQerrorMessage(db->connection));
        one_line(message);
        rc = yq_fail(err, YQ_IO, 0, "cannot reach the database: %s", message);
    } else {
        PQsetNoticeProcessor(db->connection, no_notice, NULL);
        rc = postgres_exec(&db->base, settings, err);
        if (!rc && mode == YQ_DB_READ) rc = postgres_exec(&db->base, "SET default_transaction_read_only=on", err);
    }
    if (rc) postgres_close(&db->base);
    else *out = &db->base;
    return rc;
}
