/* tests/store/fixture.h - a fresh store for each case, on SQLite, or on PostgreSQL when YQ_TEST_PG names a database (each case in a schema of
 * its own), with a clock and a random source that repeat, and a projector simple enough to read. */
#ifndef YQ_STORE_FIXTURE_H
#define YQ_STORE_FIXTURE_H

#include "check.h"
#include "store/store.h"

#include <jansson.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    yq_clock face;
    int64_t now;
} fake_clock;

typedef struct {
    yq_random face;
    uint64_t state;
} fake_random;

__attribute__((unused)) static int64_t fake_now(yq_clock *self)
{
    return ((fake_clock *)self)->now += 1000;
}

__attribute__((unused)) static void fake_fill(yq_random *self, void *out, size_t n)
{
    fake_random *r = (fake_random *)self;
    for (size_t i = 0; i < n; i++) {
        r->state = r->state * 6364136223846793005u + 1442695040888963407u;
        ((uint8_t *)out)[i] = (uint8_t)(r->state >> 56);
    }
}

typedef struct {
    char folder[256], url[768];
    fake_clock clock;
    fake_random random;
    bool postgres;
} fixture;

__attribute__((unused)) static void fixture_new(fixture *f)
{
    static unsigned count;
    const char *postgres = getenv("YQ_TEST_PG"), *temp = getenv("TMPDIR");
    *f = (fixture){ .clock = { { fake_now }, 1700000000000000 }, .random = { { fake_fill }, 7 }, .postgres = postgres && *postgres };
    snprintf(f->folder, sizeof f->folder, "%s/yq-store-XXXXXX", temp && *temp ? temp : "/tmp");
    if (!mkdtemp(f->folder)) abort();
    chmod(f->folder, 0755);
    snprintf(f->url, sizeof f->url, "%s/yiqiao.db", f->folder);
    if (!f->postgres) return;
    char sql[64];
    yq_db *db;
    yq_err err;
    snprintf(sql, sizeof sql, "CREATE SCHEMA yq_%ld_%u", (long)getpid(), ++count);
    if (yq_db_open(postgres, false, &db, &err) || yq_db_exec(db, sql, &err)) {
        fprintf(stderr, "YQ_TEST_PG: %s\n", err.msg);
        exit(EXIT_FAILURE);
    }
    yq_db_close(db);
    snprintf(f->url, sizeof f->url, "%s%coptions=-csearch_path%%3Dyq_%ld_%u", postgres, strchr(postgres, '?') ? '&' : '?', (long)getpid(), count);
}

__attribute__((unused)) static void fixture_free(fixture *f)
{
    char command[320];
    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    if (system(command) != 0) abort();
}

/* {"id": 5, "name": "…"}: an entity of that id; its written form stands in part 0, and is "" when that was erased. */
__attribute__((unused)) static yq_code project_entity(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts,
                                                      size_t part_count, yq_err *err)
{
    yq_stmt *q;
    bool row;
    (void)self;
    json_t *j = json_loadb(body.p, body.n, 0, NULL);
    int64_t id = json_integer_value(json_object_get(j, "id"));
    json_decref(j);
    if (id <= 0) return yq_fail(err, YQ_INVALID, 0, "no id");
    yq_code rc = yq_db_prepare(yq_store_db(s),
                               "INSERT INTO entity (id, ulid, kind, name, survivor, document, owner, sharing, state, sequence) "
                               "VALUES (:id, '', 'person', :name, :id, :at, 1, 0, '', :sequence)", &q, err);
    if (rc) return rc;
    yq_bind_int(q, "id", id);
    yq_bind_int(q, "at", at_us);
    yq_bind_int(q, "sequence", sequence);
    yq_bind_text(q, "name", part_count && parts[0].p ? parts[0] : YQ_S(""));
    rc = yq_step(q, &row, err);
    yq_finish(q);
    return rc;
}

__attribute__((unused)) static yq_store *store_of(fixture *f, bool create, yq_err *err)
{
    yq_store *s;
    yq_store_options o = { .clock = &f->clock.face, .random = &f->random.face, .create = create };
    if (yq_store_open(f->url, &o, &s, err)) return NULL;
    yq_store_projector(s, "entity", project_entity, NULL);
    return s;
}

__attribute__((unused)) static yq_code append_one(yq_store *s, int64_t id, const char *name, yq_err *err)
{
    char body[64];
    int64_t sequence;
    yq_str part = yq_cstr(name);
    snprintf(body, sizeof body, "{\"id\":%lld}", (long long)id);
    yq_entry e = { "entity", "office", yq_cstr(body), &part, 1 };
    return yq_journal_append(s, &e, &sequence, err);
}

/* One transaction an entry. */
__attribute__((unused)) static yq_code add(yq_store *s, int64_t id, const char *name, yq_err *err)
{
    yq_code rc = yq_db_begin(yq_store_db(s), true, err);
    if (rc) return rc;
    rc = append_one(s, id, name, err);
    if (!rc) rc = yq_db_commit(yq_store_db(s), err);
    if (rc) yq_db_rollback(yq_store_db(s));
    return rc;
}

__attribute__((unused)) static yq_code keep_line(void *arg, yq_str line)
{
    yq_buf_put(arg, line);
    return YQ_OK;
}

/* The whole dump; "?" when it fails. */
__attribute__((unused)) static yq_buf dump_of(yq_store *s)
{
    yq_buf out = { 0 };
    yq_err err;
    if (yq_dump(s, keep_line, &out, &err)) {
        out.n = 0;
        yq_buf_byte(&out, '?');
    }
    return out;
}

__attribute__((unused)) static bool same_dump(yq_store *s, const yq_buf *before)
{
    yq_buf now = dump_of(s);
    bool same = now.n > 1 && yq_eq(yq_buf_str(&now), yq_buf_str(before));
    yq_buf_free(&now);
    return same;
}

__attribute__((unused)) static int64_t one_int(yq_db *db, const char *sql)
{
    yq_stmt *q;
    bool row = false;
    int64_t v = -1;
    if (yq_db_prepare(db, sql, &q, NULL)) return v;
    if (!yq_step(q, &row, NULL) && row) v = yq_col_int(q, 0);
    yq_finish(q);
    return v;
}

#endif
