/* The two databases answer alike: parameters by name, types, order of texts, errors. */
#include "fixture.h"

static void make_table(yq_db *db)
{
    const char *sql = yq_db_is_postgres(db) ? "CREATE TABLE t (k TEXT COLLATE \"C\" PRIMARY KEY, i BIGINT, r DOUBLE PRECISION, b BYTEA)"
                                            : "CREATE TABLE t (k TEXT PRIMARY KEY, i INTEGER, r REAL, b BLOB) STRICT";
    CHECK("table", yq_db_exec(db, sql, NULL) == YQ_OK);
}

static yq_code put(yq_db *db, yq_str k, int64_t i, double r, yq_str b)
{
    yq_stmt *s;
    bool row;
    yq_err err = { 0 };
    /* k is named twice and not first: the numbers of the parameters differ from any order of binding. */
    yq_code rc = yq_db_prepare(db, "INSERT INTO t (b, r, i, k) VALUES (:b, :r, :i, :k) ON CONFLICT (k) DO UPDATE SET i = t.i + :i WHERE t.k = :k", &s, &err);
    if (rc) return rc;
    yq_bind_text(s, "k", k);
    yq_bind_int(s, "i", i);
    if (b.p) yq_bind_blob(s, "b", b);
    else yq_bind_null(s, "b");
    yq_bind_real(s, "r", r);
    rc = yq_step(s, &row, &err);
    yq_finish(s);
    return rc;
}

static void values(yq_db *db)
{
    yq_stmt *s;
    bool row;
    uint8_t all[256];
    for (int i = 0; i < 256; i++) all[i] = (uint8_t)i;
    yq_str bytes = { (char *)all, sizeof all };
    CHECK("insert", put(db, YQ_S("甲"), INT64_MIN, 0.1, bytes) == YQ_OK);
    CHECK("insert empty bytes", put(db, YQ_S("乙"), INT64_MAX, -1e300, YQ_S("")) == YQ_OK);
    CHECK("insert nothing", put(db, YQ_S(""), 7, 0, (yq_str){ NULL, 0 }) == YQ_OK);
    CHECK("conflict adds", put(db, YQ_S(""), 5, 0, (yq_str){ NULL, 0 }) == YQ_OK);

    CHECK("select", yq_db_prepare(db, "SELECT i, r, b, k FROM t WHERE k = :k OR k = :other ORDER BY k DESC", &s, NULL) == YQ_OK);
    yq_bind_text(s, "k", YQ_S("甲"));
    yq_bind_text(s, "other", YQ_S(""));
    CHECK("first row", yq_step(s, &row, NULL) == YQ_OK && row);
    CHECK("integer", yq_col_int(s, 0) == INT64_MIN);
    CHECK("real", yq_col_real(s, 1) == 0.1);
    CHECK("every byte", yq_eq(yq_col_text(s, 2), bytes));
    CHECK("text", yq_eq(yq_col_text(s, 3), YQ_S("甲")));
    CHECK("second row", yq_step(s, &row, NULL) == YQ_OK && row);
    CHECK("added", yq_col_int(s, 0) == 12);
    CHECK("null", yq_col_null(s, 2) && !yq_col_null(s, 3));
    CHECK("the end", yq_step(s, &row, NULL) == YQ_OK && !row);
    yq_finish(s);
}

/* By code points, not by the country's collation: Z before a, 乙 (U+4E59) before 甲 (U+7532), beyond the BMP last. */
static void order(yq_db *db)
{
    static const char *const want[] = { "", "Z", "a", "é", "乙", "甲", "𠮷" };
    size_t n = 0;
    yq_stmt *s;
    bool row;
    put(db, YQ_S("𠮷"), 0, 0, YQ_S(""));
    put(db, YQ_S("a"), 0, 0, YQ_S(""));
    put(db, YQ_S("é"), 0, 0, YQ_S(""));
    put(db, YQ_S("Z"), 0, 0, YQ_S(""));
    CHECK("order", yq_db_prepare(db, "SELECT k FROM t ORDER BY k", &s, NULL) == YQ_OK);
    while (!yq_step(s, &row, NULL) && row && n < 7) CHECK(want[n], yq_eq(yq_col_text(s, 0), yq_cstr(want[n]))), n++;
    CHECK("seven", n == 7 && !row);
    yq_finish(s);
}

static void statements(yq_db *db)
{
    static const char sql[] = "SELECT count(*) FROM t WHERE i = :i";
    yq_stmt *a, *b, *again;
    bool row;
    yq_err err = { 0 };
    CHECK("prepare", yq_db_prepare(db, sql, &a, NULL) == YQ_OK);
    CHECK("the same while in use", yq_db_prepare(db, sql, &b, NULL) == YQ_OK && a != b);
    yq_finish(a);
    CHECK("kept", yq_db_prepare(db, sql, &again, NULL) == YQ_OK && again == a);
    yq_bind_int(again, "nobody", 1);
    CHECK("unknown parameter", yq_step(again, &row, &err) == YQ_INVALID && strstr(err.msg, "nobody"));
    yq_finish(again);
    yq_finish(b);
    CHECK("prepare again", yq_db_prepare(db, sql, &a, NULL) == YQ_OK);
    CHECK("unbound is null, nothing of the former use is left", yq_step(a, &row, NULL) == YQ_OK && row && yq_col_int(a, 0) == 0);
    yq_finish(a);
    CHECK("wrong SQL", yq_db_prepare(db, "SELECT nothing FROM nowhere", &a, &err) == YQ_INVALID && err.msg[0]);
    CHECK("RETURNING", yq_db_prepare(db, "UPDATE t SET i = 99 WHERE k = :k RETURNING i", &a, NULL) == YQ_OK);
    yq_bind_text(a, "k", YQ_S("Z"));
    CHECK("RETURNING gives a row", yq_step(a, &row, NULL) == YQ_OK && row && yq_col_int(a, 0) == 99);
    yq_finish(a);
}

static void transactions(yq_db *db)
{
    int64_t before = one_int(db, "SELECT count(*) FROM t");
    CHECK("begin", yq_db_begin(db, true, NULL) == YQ_OK);
    put(db, YQ_S("new"), 1, 1, YQ_S("x"));
    CHECK("inside", one_int(db, "SELECT count(*) FROM t ") == before + 1);
    yq_db_rollback(db);
    CHECK("rolled back", one_int(db, "SELECT count(*) FROM t  ") == before);
    CHECK("begin again", yq_db_begin(db, true, NULL) == YQ_OK);
    put(db, YQ_S("new"), 1, 1, YQ_S("x"));
    CHECK("commit", yq_db_commit(db, NULL) == YQ_OK);
    CHECK("stays", one_int(db, "SELECT count(*) FROM t   ") == before + 1);
}

static void strict(yq_db *db)
{
    yq_stmt *s;
    bool row;
    yq_err err = { 0 };
    CHECK("prepare", yq_db_prepare(db, "UPDATE t SET i = :i", &s, NULL) == YQ_OK);
    yq_bind_text(s, "i", YQ_S("not a number at all"));
    CHECK("a text is no integer", yq_step(s, &row, &err) == YQ_INVALID);
    CHECK("the value is not quoted", !strstr(err.msg, "at all") || yq_db_is_postgres(db));
    yq_finish(s);
}

static void reading(const char *url)
{
    yq_db *db;
    CHECK("open for reading", yq_db_open_read(url, &db, NULL) == YQ_OK);
    CHECK("reads", one_int(db, "SELECT count(*) FROM t") > 0);
    CHECK("does not write", yq_db_exec(db, "DELETE FROM t", NULL) != YQ_OK);
    yq_db_close(db);
}

int main(void)
{
    fixture f;
    yq_db *db;
    yq_err err = { 0 };
    fixture_new(&f);
    CHECK("open", yq_db_open(f.url, true, &db, &err) == YQ_OK);
    if (!db) return fprintf(stderr, "%s\n", err.msg), EXIT_FAILURE;
    make_table(db);
    values(db);
    order(db);
    statements(db);
    transactions(db);
    strict(db);
    reading(f.url);
    yq_db_close(db);
    fixture_free(&f);
    return check_done();
}
