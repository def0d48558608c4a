/* The tables, once for both databases.
 *
 * The journal: `entry` is the chain, `body` its parts (part 0 is the entry's body, the others belong to one person each). `meta` holds the
 * versions and the head of the chain, so that entries cut off at the end are noticed.
 *
 * The projection. An entity row is one appearance: what one document says under one name. That two appearances are the same is a redirect;
 * `survivor` and the columns without _was already follow the redirects, the _was columns never change, so a merge is undone by following again.
 */
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>

const yq_table yq_tables[] = {
    { "entry", "sequence i, at_us i, kind t, actor t, parts i, previous b, body_hash b, hash b", "sequence", { "kind, sequence" }, false },
    { "body", "sequence i, part i, salt b?, content t?, hash b", "sequence, part", { 0 }, false },
    { "original", "hash b, content b", "hash", { 0 }, false },
    { "document", "id i, ulid t, name t, hash b, bytes i, owner i, sharing i, reading i, imported_us i, sequence i", "id",
      { "name", "ulid", "hash" }, true },
    { "reading",
      "id i, document i, hash b, name t, format t, encoding t, lang t, title t, date t, clean t, map t, blocks t, text_version i, "
      "intake_version i, extract_version i, first_passage i, passages i, at_us i, sequence i",
      "id", { "document" }, true },
    { "passage", "id i, document i, reading i, owner i, sharing i, span_from i, span_to i, title t, text t", "id", { "document" }, true },
    { "entity", "id i, ulid t, kind t, name t, survivor i, document i, owner i, sharing i, state t, sequence i", "id",
      { "ulid", "survivor", "kind, survivor", "document" }, true },
    { "name",
      "entity_was i, document i, text t, entity i, kind t, meet t, latin t, folded t, pinyin t, initials t, lang t, main i, rank i, span_from i, span_to i, "
      "owner i, sharing i",
      "entity_was, document, text",
      { "meet, kind, entity, main", "latin, kind, entity, main", "folded, entity, kind, sharing, owner", "pinyin, entity, kind, sharing, owner",
        "initials, entity, kind, sharing, owner", "entity, main, rank, sharing, owner, kind, text", "document" }, true },
    { "fact",
      "id i, document i, reading i, predicate t, subject i, subject_was i, object i, object_was i, value t, date t, span_from i, span_to i, "
      "sentence_from i, sentence_to i, confidence r, voices i, state t, decision i, typed i, owner i, sharing i, sequence i",
      "id", { "subject, predicate, id, sharing, owner, state, object", "object, predicate, id, sharing, owner, state, subject", "document", "decision" }, true },
    /* What a person decided of a fact: how the reading had it, and what was meant (register/decided.c). */
    { "decision",
      "id i, document i, reading i, fact i, verdict t, predicate t, subject i, subject_kind t, subject_name t, object i, object_kind t, object_name t, "
      "value t, date t, meant_subject i, meant_subject_kind t, meant_subject_name t, meant_object i, meant_object_kind t, meant_object_name t, "
      "meant_value t, meant_date t, span_from i, span_to i, sentence_from i, sentence_to i, sentence t, decided_by t, decided_us i, owner i, "
      "sharing i, sequence i",
      "id", { "document" }, true },
    { "mention",
      "id i, document i, reading i, passage i, entity i, entity_was i, span_from i, span_to i, form t, organization t, owner i, sharing i", "id",
      { "entity, sharing, owner", "passage", "document" }, true },
    { "identity", "id i, a i, b i, verdict t, decided_by t, human i, probability r, reason t, document i, sequence i", "id", { "a", "b", "human", "verdict" }, true },
    { "redirect", "gone i, keep i, decided_by t, reason t, sequence i", "gone", { "keep" }, true },
};
const size_t yq_table_count = sizeof yq_tables / sizeof *yq_tables;

bool yq_column_next(const char **rest, yq_column *out)
{
    const char *p = *rest + strspn(*rest, ", ");
    size_t n = strcspn(p, ", ");
    *out = (yq_column){ 0 };
    if (n == 0 || n >= sizeof out->name) return false;
    memcpy(out->name, p, n);
    p += n;
    if (*p == ' ') {
        out->type = p[1];
        out->null = p[2] == '?';
        p += out->null ? 3 : 2;
    }
    *rest = p;
    return true;
}

/* ---------------------------------------------------------------- making tables */

static const char *type_name(char type, bool postgres)
{
    switch (type) {
    case 'i': return postgres ? "BIGINT" : "INTEGER";
    case 'r': return postgres ? "DOUBLE PRECISION" : "REAL";
    case 't': return postgres ? "TEXT COLLATE \"C\"" : "TEXT";
    default: return postgres ? "BYTEA" : "BLOB";
    }
}

static void table_sql(const yq_table *t, bool postgres, yq_buf *out)
{
    yq_buf_printf(out, "CREATE TABLE IF NOT EXISTS %s (", t->name);
    const char *rest = t->columns;
    for (yq_column c; yq_column_next(&rest, &c);)
        yq_buf_printf(out, "%s %s%s, ", c.name, type_name(c.type, postgres), c.null ? "" : " NOT NULL");
    yq_buf_printf(out, "PRIMARY KEY (%s))%s;", t->key, postgres ? "" : " STRICT");
    for (size_t i = 0; i < sizeof t->indexes / sizeof *t->indexes && t->indexes[i]; i++)
        yq_buf_printf(out, "CREATE INDEX IF NOT EXISTS %s_%zu ON %s (%s);", t->name, i + 1, t->name, t->indexes[i]);
}

static yq_code run_buffer(yq_db *db, yq_buf *sql, yq_err *err)
{
    yq_buf_byte(sql, '\0');
    yq_code rc = sql->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the tables") : yq_db_exec(db, sql->p, err);
    yq_buf_free(sql);
    return rc;
}

static yq_code make_tables(yq_db *db, bool projected, yq_err *err)
{
    yq_buf sql = { 0 };
    for (size_t i = 0; i < yq_table_count; i++) {
        if (yq_tables[i].projected != projected) continue;
        if (projected) yq_buf_printf(&sql, "DROP TABLE IF EXISTS %s;", yq_tables[i].name);
        table_sql(&yq_tables[i], db->postgres, &sql);
    }
    return run_buffer(db, &sql, err);
}

static yq_code set_version(yq_db *db, const char *what, int version, yq_err *err)
{
    char text[16];
    snprintf(text, sizeof text, "%d", version);
    return yq_meta_set(db, what, yq_cstr(text), err);
}

yq_code yq_schema_renew(yq_db *db, yq_err *err)
{
    yq_code rc = make_tables(db, true, err);
    return rc ? rc : set_version(db, "projection", YQ_PROJECTION_VERSION, err);
}

static yq_code make_all(yq_db *db, yq_err *err)
{
    static const char meta_sqlite[] = "PRAGMA application_id=" YQ_APPLICATION_ID "; CREATE TABLE meta (what TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT";
    static const char meta_postgres[] = "CREATE TABLE meta (what TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, value TEXT COLLATE \"C\" NOT NULL)";
    yq_code rc = yq_db_exec(db, db->postgres ? meta_postgres : meta_sqlite, err);
    if (!rc) rc = make_tables(db, false, err);
    if (!rc) rc = set_version(db, "journal", YQ_JOURNAL_VERSION, err);
    return rc ? rc : yq_schema_renew(db, err);
}

/* ---------------------------------------------------------------- meta */

yq_code yq_meta_get(yq_db *db, const char *what, char *out, size_t cap, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(db, "SELECT value FROM meta WHERE what = :what", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "what", yq_cstr(what));
    *out = '\0';
    rc = yq_step(s, &row, err);
    if (!rc && row) snprintf(out, cap, "%.*s", YQ_FMT(yq_col_text(s, 0)));
    yq_finish(s);
    return rc;
}

yq_code yq_meta_set(yq_db *db, const char *what, yq_str value, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, "INSERT INTO meta (what, value) VALUES (:what, :value) ON CONFLICT (what) DO UPDATE SET value = :value", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "what", yq_cstr(what));
    yq_bind_text(s, "value", value);
    return yq_run(s, err);
}

/* ---------------------------------------------------------------- opening */

static yq_code count_of(yq_db *db, const char *sql, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(db, sql, &s, err);
    if (rc) return rc;
    rc = yq_step(s, &row, err);
    *out = !rc && row ? yq_col_int(s, 0) : 0;
    yq_finish(s);
    return rc;
}

/* How many tables there are at all, and whether meta is one of them. */
static yq_code look(yq_db *db, int64_t *all, int64_t *meta, yq_err *err)
{
    static const char sqlite_all[] = "SELECT count(*) FROM sqlite_master WHERE type = 'table'";
    static const char sqlite_meta[] = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'";
    static const char postgres_all[] = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()";
    static const char postgres_meta[] = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'meta'";
    yq_code rc = count_of(db, db->postgres ? postgres_all : sqlite_all, all, err);
    return rc ? rc : count_of(db, db->postgres ? postgres_meta : sqlite_meta, meta, err);
}

static yq_code make_in_transaction(yq_db *db, yq_err *err)
{
    yq_code rc = yq_db_begin(db, true, err);
    if (rc) return rc;
    rc = make_all(db, err);
    if (!rc) rc = yq_db_commit(db, err);
    if (rc) yq_db_rollback(db);
    return rc;
}

/* What a store of an older format lacks beside the projection. */
static yq_code renew_journal(yq_db *db, yq_err *err)
{
    yq_code rc = yq_db_begin(db, true, err);
    if (rc) return rc;
    rc = make_tables(db, false, err);
    if (!rc) rc = set_version(db, "journal", YQ_JOURNAL_VERSION, err);
    if (!rc) rc = yq_db_commit(db, err);
    if (rc) yq_db_rollback(db);
    return rc;
}

static yq_code version_of(yq_db *db, const char *what, int known, int *found, yq_err *err)
{
    char text[24];
    yq_code rc = yq_meta_get(db, what, text, sizeof text, err);
    if (rc) return rc;
    *found = atoi(text);
    if (*found > known)
        return yq_fail(err, YQ_NEWER, 0, "the store was written by a newer version of Yiqiao (%s format %d, this program knows %d); update the program",
                       what, *found, known);
    return YQ_OK;
}

yq_code yq_schema_check(yq_db *db, yq_schema_rights rights, bool *stale, yq_err *err)
{
    int64_t all, meta;
    int journal, projection;
    *stale = false;
    yq_code rc = look(db, &all, &meta, err);
    if (rc) return rc;
    if (!meta && all) return yq_fail(err, YQ_INVALID, 0, "the database is used by something else, not by Yiqiao; name another one");
    if (!meta && rights != YQ_SCHEMA_MAKE) return yq_fail(err, YQ_NOTFOUND, 0, "the store is empty; make it with: yiqiao init");
    if (!meta) return make_in_transaction(db, err);
    rc = version_of(db, "journal", YQ_JOURNAL_VERSION, &journal, err);
    if (!rc) rc = version_of(db, "projection", YQ_PROJECTION_VERSION, &projection, err);
    if (!rc && journal < 1) rc = yq_fail(err, YQ_CORRUPT, 0, "the store does not say which format it has; restore a backup");
    if (!rc) *stale = projection < YQ_PROJECTION_VERSION;
    if (!rc && rights != YQ_SCHEMA_READ && journal < YQ_JOURNAL_VERSION) rc = renew_journal(db, err);
    return rc;
}
