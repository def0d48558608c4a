/* Tables out and in: the dump in canonical order, the backup in one file, the way back.
 *
 * A dumped line is `table`, then the row's columns in the order of schema.c, TAB between them. Backslash, TAB, LF and CR in texts are written
 * \\ \t \n \r, bytes as hexadecimal, reals in the shortest form that reads back, NULL as \N. Rows stand in the order of their key, so equal
 * content gives equal bytes whatever happened before. A backup is a SQLite store, also of a PostgreSQL store.
 */
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PAGE = 1000, MAX_KEY = 4 };

/* ---------------------------------------------------------------- reading a table in pages */

static size_t key_columns(const yq_table *t, yq_column key[MAX_KEY], int at[MAX_KEY])
{
    size_t n = 0;
    const char *rest = t->key;
    while (n < MAX_KEY && yq_column_next(&rest, &key[n])) {
        const char *all = t->columns;
        yq_column c;
        for (int i = 0; yq_column_next(&all, &c); i++)
            if (strcmp(c.name, key[n].name) == 0) at[n] = i;
        n++;
    }
    return n;
}

static void page_sql(const yq_table *t, bool first, yq_buf *out)
{
    yq_column key[MAX_KEY];
    int at[MAX_KEY];
    size_t n = key_columns(t, key, at);
    yq_buf_put(out, YQ_S("SELECT "));
    const char *rest = t->columns, *comma = "";
    for (yq_column c; yq_column_next(&rest, &c); comma = ", ") yq_buf_printf(out, "%s%s", comma, c.name);
    yq_buf_printf(out, " FROM %s", t->name);
    if (!first) {
        yq_buf_printf(out, " WHERE (%s) > (", t->key);
        for (size_t i = 0; i < n; i++) yq_buf_printf(out, "%s:key%zu", i ? ", " : "", i);
        yq_buf_byte(out, ')');
    }
    yq_buf_printf(out, " ORDER BY %s LIMIT %d", t->key, PAGE);
    yq_buf_byte(out, '\0');
}

typedef yq_code (*row_visit)(void *arg, const yq_table *t, yq_stmt *row, yq_err *err);

/* The key of the last row of a page, copied. */
typedef struct {
    yq_value v[MAX_KEY];
    char *text[MAX_KEY];
} row_key;

static void key_free(row_key *k)
{
    for (size_t i = 0; i < MAX_KEY; i++) free(k->text[i]);
    *k = (row_key){ 0 };
}

static bool key_copy(row_key *k, yq_stmt *row, const int *at, size_t n)
{
    key_free(k);
    for (size_t i = 0; i < n; i++) {
        k->v[i] = yq_col_value(row, at[i]);
        if (k->v[i].kind != YQ_BIND_TEXT && k->v[i].kind != YQ_BIND_BLOB) continue;
        if (!(k->text[i] = malloc(k->v[i].s.n + 1))) return false;
        memcpy(k->text[i], k->v[i].s.p, k->v[i].s.n);
        k->v[i].s.p = k->text[i];
    }
    return true;
}

static yq_code read_page(yq_stmt *s, const yq_table *t, row_visit visit, void *arg, row_key *last, size_t *rows, yq_err *err)
{
    yq_column key[MAX_KEY];
    int at[MAX_KEY];
    size_t n = key_columns(t, key, at);
    bool row;
    yq_code rc;
    for (size_t i = 0; last->v[0].kind != YQ_BIND_NULL && i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "key%zu", i);
        yq_bind_value(s, name, &last->v[i]);
    }
    /* The bound key must outlive the page, so the new one is kept beside it. */
    row_key next = { 0 };
    for (*rows = 0; !(rc = yq_step(s, &row, err)) && row; ++*rows) {
        if ((rc = visit(arg, t, s, err))) break;
        if (*rows + 1 == PAGE && !key_copy(&next, s, at, n)) {
            rc = yq_fail(err, YQ_NOMEM, 0, "no memory for a key");
            break;
        }
    }
    key_free(last);
    *last = next;
    return rc;
}

static yq_code read_table(yq_db *db, const yq_table *t, row_visit visit, void *arg, yq_err *err)
{
    row_key last = { 0 };
    size_t rows = PAGE;
    yq_code rc = YQ_OK;
    for (bool first = true; rows == PAGE && !rc; first = false) {
        yq_buf sql = { 0 };
        yq_stmt *s = NULL;
        page_sql(t, first, &sql);
        rc = sql.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for a statement") : yq_db_prepare_once(db, sql.p, &s, err);
        if (!rc) rc = read_page(s, t, visit, arg, &last, &rows, err);
        yq_finish(s);
        yq_buf_free(&sql);
    }
    key_free(&last);
    return rc;
}

/* ---------------------------------------------------------------- dump */

static void dump_text(yq_buf *out, yq_str s)
{
    static const char names[] = { ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\' };
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= sizeof names || !names[c]) continue;
        yq_buf_put(out, yq_sub(s, plain, i));
        yq_buf_byte(out, '\\');
        yq_buf_byte(out, names[c]);
        plain = i + 1;
    }
    yq_buf_put(out, yq_sub(s, plain, s.n));
}

static void dump_value(yq_buf *out, const yq_value *v)
{
    char hex[3];
    yq_json real = yq_json_to(out);
    switch (v->kind) {
    case YQ_BIND_NULL: yq_buf_put(out, YQ_S("\\N")); break;
    case YQ_BIND_INT: yq_buf_printf(out, "%lld", (long long)v->i); break;
    case YQ_BIND_REAL: yq_json_real(&real, v->r); break;
    case YQ_BIND_TEXT: dump_text(out, v->s); break;
    case YQ_BIND_BLOB:
        for (size_t i = 0; i < v->s.n; i++) {
            yq_hex(v->s.p + i, 1, hex);
            yq_buf_put(out, yq_cstr(hex));
        }
    }
}

typedef struct {
    yq_code (*write)(void *arg, yq_str line);
    void *arg;
    yq_buf line;
} dumping;

static yq_code dump_row(void *arg, const yq_table *t, yq_stmt *row, yq_err *err)
{
    dumping *d = arg;
    d->line.n = 0;
    yq_buf_put(&d->line, yq_cstr(t->name));
    for (int i = 0, n = row->db->ops->columns(row); i < n; i++) {
        yq_value v = yq_col_value(row, i);
        yq_buf_byte(&d->line, '\t');
        dump_value(&d->line, &v);
    }
    yq_buf_byte(&d->line, '\n');
    if (d->line.failed) return yq_fail(err, YQ_NOMEM, 0, "no memory for a line of the dump");
    yq_code rc = d->write(d->arg, yq_buf_str(&d->line));
    return rc ? yq_fail(err, rc, 0, "the dump cannot be written") : YQ_OK;
}

yq_code yq_dump(yq_store *s, yq_code (*write)(void *arg, yq_str line), void *arg, yq_err *err)
{
    dumping d = { write, arg, { 0 } };
    yq_code rc = yq_db_begin(s->db, false, err);
    if (rc) return rc;
    for (size_t i = 0; i < yq_table_count && !rc; i++) {
        yq_err why = { 0 };
        if (!yq_tables[i].projected) continue;
        rc = read_table(s->db, &yq_tables[i], dump_row, &d, &why);
        if (rc) yq_fail(err, rc, 0, "table %s cannot be read (%.120s); run rebuild", yq_tables[i].name, why.msg);
    }
    yq_db_rollback(s->db);
    yq_buf_free(&d.line);
    return rc;
}

/* ---------------------------------------------------------------- copying tables between databases */

typedef struct {
    yq_stmt *insert;
} copying;

static void insert_sql(const yq_table *t, yq_buf *out)
{
    yq_buf_printf(out, "INSERT INTO %s (", t->name);
    const char *rest = t->columns, *comma = "";
    for (yq_column c; yq_column_next(&rest, &c); comma = ", ") yq_buf_printf(out, "%s%s", comma, c.name);
    yq_buf_put(out, YQ_S(") VALUES ("));
    rest = t->columns, comma = "";
    for (yq_column c; yq_column_next(&rest, &c); comma = ", ") yq_buf_printf(out, "%s:%s", comma, c.name);
    yq_buf_byte(out, ')');
    yq_buf_byte(out, '\0');
}

static yq_code copy_row(void *arg, const yq_table *t, yq_stmt *row, yq_err *err)
{
    copying *c = arg;
    const char *rest = t->columns;
    yq_column column;
    bool more;
    for (int i = 0; yq_column_next(&rest, &column); i++) {
        yq_value v = yq_col_value(row, i);
        yq_bind_value(c->insert, column.name, &v);
    }
    yq_code rc = yq_step(c->insert, &more, err);
    c->insert->db->ops->reset(c->insert);
    return rc;
}

static yq_code copy_table(yq_db *from, yq_db *to, const yq_table *t, yq_err *err)
{
    yq_buf sql = { 0 };
    copying c = { 0 };
    insert_sql(t, &sql);
    yq_code rc = sql.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for a statement") : yq_db_prepare_once(to, sql.p, &c.insert, err);
    if (!rc) rc = read_table(from, t, copy_row, &c, err);
    yq_finish(c.insert);
    yq_buf_free(&sql);
    return rc;
}

/* Both inside transactions. The target has its tables, all of them empty. */
static yq_code copy_tables(yq_db *from, yq_db *to, yq_err *err)
{
    static const yq_table meta = { "meta", "what t, value t", "what", { 0 }, false };
    char version[24];
    yq_code rc = yq_db_exec(to, "DELETE FROM meta", err);
    if (!rc) rc = copy_table(from, to, &meta, err);
    if (!rc) rc = yq_meta_get(from, "journal", version, sizeof version, err);
    for (size_t i = 0; i < yq_table_count && !rc; i++)
        if (strcmp(yq_tables[i].name, "original") || atoi(version) >= YQ_JOURNAL_WITH_ORIGINALS) rc = copy_table(from, to, &yq_tables[i], err);
    return rc;
}

static yq_code copy_store(yq_db *from, yq_db *to, yq_err *err)
{
    yq_code rc = yq_db_begin(from, false, err);
    if (rc) return rc;
    rc = yq_db_begin(to, true, err);
    if (!rc) {
        rc = copy_tables(from, to, err);
        if (!rc) rc = yq_db_commit(to, err);
        if (rc) yq_db_rollback(to);
    }
    yq_db_rollback(from);
    return rc;
}

/* ---------------------------------------------------------------- backup and restore */

static yq_code copy_into_new_file(yq_db *from, const char *file, yq_err *err)
{
    yq_db *to;
    bool stale;
    yq_code rc = yq_sqlite_open(file, YQ_DB_CREATE, &to, err);
    if (rc) return rc;
    rc = yq_schema_check(to, YQ_SCHEMA_MAKE, &stale, err);
    if (!rc) rc = copy_store(from, to, err);
    if (!rc) rc = yq_db_exec(to, "PRAGMA journal_mode=DELETE", err);
    yq_db_close(to);
    return rc;
}

static yq_code refuse_existing(const char *path, yq_err *err)
{
    return access(path, F_OK) == 0 ? yq_fail(err, YQ_INVALID, 0, "%.180s is already there; name another file", path) : YQ_OK;
}

static void remove_database(const char *file)
{
    static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
    char name[4200];
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(name, sizeof name, "%s%s", file, suffixes[i]);
        unlink(name);
    }
}

static yq_code make_folder_of(const char *file, yq_err *err)
{
    char folder[4096];
    const char *slash = strrchr(file, '/');
    if (!slash || slash == file) return YQ_OK;
    if ((size_t)(slash - file) >= sizeof folder) return yq_fail(err, YQ_INVALID, 0, "the path is too long");
    memcpy(folder, file, (size_t)(slash - file));
    folder[slash - file] = '\0';
    return yq_folder_make(folder, err);
}

/* Makes `file` by way of a temporary one, so that it is there whole or not at all. */
static yq_code copy_to_file(yq_db *from, const char *file, yq_err *err)
{
    char part[4100];
    yq_code rc = refuse_existing(file, err);
    if (rc) return rc;
    if ((size_t)snprintf(part, sizeof part, "%s.part", file) >= sizeof part) return yq_fail(err, YQ_INVALID, 0, "the path is too long");
    if ((rc = make_folder_of(file, err))) return rc;
    remove_database(part);
    rc = from->postgres ? copy_into_new_file(from, part, err) : yq_sqlite_copy(from, part, err);
    if (!rc && rename(part, file) != 0) rc = yq_fail(err, YQ_IO, 0, "cannot write %.180s", file);
    if (rc) remove_database(part);
    return rc;
}

yq_code yq_backup(yq_store *s, const char *path, yq_err *err)
{
    return copy_to_file(s->db, path, err);
}

static yq_code restore_postgres(yq_db *from, const char *url, yq_err *err)
{
    yq_store *s;
    yq_code rc = yq_store_open(url, &(yq_store_options){ .create = true }, &s, err);
    if (rc) return rc;
    if (yq_journal_sequence(s) > 0) rc = yq_fail(err, YQ_INVALID, 0, "the database already holds a store; name an empty one");
    if (!rc) rc = copy_store(from, s->db, err);
    yq_store_close(s);
    return rc;
}

static yq_code restore_sqlite(yq_db *from, const char *url, yq_err *err)
{
    char file[4096];
    yq_code rc = yq_url_file(url, file, sizeof file, err);
    return rc ? rc : copy_to_file(from, file, err);
}

yq_code yq_restore(const char *path, const char *url, yq_err *err)
{
    yq_db *from;
    yq_verify_report report;
    bool stale;
    yq_code rc = yq_sqlite_open(path, YQ_DB_READ, &from, err);
    if (rc) return rc;
    rc = yq_schema_check(from, YQ_SCHEMA_READ, &stale, err);
    if (!rc) rc = yq_chain_verify(from, &report, err); /* a damaged backup is found before anything is written */
    if (!rc) rc = yq_url_is_postgres(url) ? restore_postgres(from, url, err) : restore_sqlite(from, url, err);
    yq_db_close(from);
    return rc;
}
