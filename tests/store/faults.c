/* What the world does to a store: killed processes, full disks, folders that cannot be written, changed bytes, second writers. */
#include "fixture.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

/* ---------------------------------------------------------------- changed bytes */

/* Every column of the journal, one change each; %d is the entry. */
static const struct { const char *what, *sql; int64_t named; } changes[] = {
    { "sequence", "UPDATE entry SET sequence = 40 WHERE sequence = 4", 40 },
    { "sequence inside", "UPDATE entry SET sequence = -1 WHERE sequence = 2", -1 },
    { "time", "UPDATE entry SET at_us = at_us + 1 WHERE sequence = 2", 2 },
    { "kind", "UPDATE entry SET kind = 'entitx' WHERE sequence = 2", 2 },
    { "actor", "UPDATE entry SET actor = 'officd' WHERE sequence = 3", 3 },
    { "parts", "UPDATE entry SET parts = 3 WHERE sequence = 3", 3 },
    { "previous", "UPDATE entry SET previous = hash WHERE sequence = 3", 3 },
    { "body hash", "UPDATE entry SET body_hash = hash WHERE sequence = 1", 1 },
    { "hash", "UPDATE entry SET hash = previous WHERE sequence = 2", 2 },
    { "hash of the last", "UPDATE entry SET hash = previous WHERE sequence = 4", 4 },
    { "entry deleted", "DELETE FROM entry WHERE sequence = 2", 3 },
    { "last entry deleted", "DELETE FROM entry WHERE sequence = 4", 4 },
    { "last entry deleted with its body", "DELETE FROM entry WHERE sequence = 4; DELETE FROM body WHERE sequence = 4", 4 },
    { "body to another entry", "UPDATE body SET sequence = 9 WHERE sequence = 4 AND part = 1", 4 },
    { "parts in another order", "UPDATE body SET part = 7 WHERE sequence = 3 AND part = 1", 3 },
    { "salt", "UPDATE body SET salt = hash WHERE sequence = 2 AND part = 0", 2 },
    { "content", "UPDATE body SET content = '{\"id\":9}' WHERE sequence = 2 AND part = 0", 2 },
    { "content of a part", "UPDATE body SET content = 'Zhou Man' WHERE sequence = 3 AND part = 1", 3 },
    { "hash of a part", "UPDATE body SET hash = (SELECT hash FROM body b WHERE b.sequence = 1 AND b.part = 0) WHERE sequence = 4 AND part = 1", 4 },
    { "salt gone", "UPDATE body SET salt = NULL WHERE sequence = 2 AND part = 1", 2 },
    { "content gone", "UPDATE body SET content = NULL WHERE sequence = 2 AND part = 1", 2 },
    { "part deleted", "DELETE FROM body WHERE sequence = 2 AND part = 1", 2 },
    { "part added", "INSERT INTO body (sequence, part, salt, content, hash) SELECT sequence, 2, salt, content, hash FROM body WHERE sequence = 2 AND part = 1", 2 },
    { "body without an entry", "INSERT INTO body (sequence, part, salt, content, hash) SELECT 0, 0, salt, content, hash FROM body WHERE sequence = 2 AND part = 1", 0 },
    { "head of the chain", "UPDATE meta SET value = '4 00' WHERE what = 'head'", 4 },
};

static void tampering(void)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        fixture f;
        yq_verify_report r;
        yq_err err = { 0 };
        char named[32];
        fixture_new(&f);
        yq_store *s = store_of(&f, true, NULL);
        for (int k = 1; k <= 4; k++) add(s, k, k == 3 ? "Zhou Lan" : "周岚", NULL);
        CHECK("untouched", yq_verify(s, &r, NULL) == YQ_OK && r.entries == 4 && r.first_bad == 0);
        CHECK(changes[i].what, yq_db_exec(yq_store_db(s), changes[i].sql, &err) == YQ_OK);
        CHECK(changes[i].what, yq_verify(s, &r, &err) == YQ_CORRUPT);
        snprintf(named, sizeof named, "entry %lld", (long long)changes[i].named);
        CHECK(changes[i].what, r.first_bad == changes[i].named && strstr(err.msg, named));
        yq_store_close(s);
        fixture_free(&f);
    }
}

/* One bit of every byte of every text and blob of one entry. */
static void every_bit(const char *table, const char *column, const char *where)
{
    fixture f;
    yq_verify_report r;
    yq_stmt *q;
    bool row;
    char sql[256], set[256];
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    for (int k = 1; k <= 3; k++) add(s, k, "Zhou Lan", NULL);
    snprintf(sql, sizeof sql, "SELECT %s FROM %s WHERE %s", column, table, where);
    snprintf(set, sizeof set, "UPDATE %s SET %s = :v WHERE %s", table, column, where);
    CHECK(column, yq_db_prepare(yq_store_db(s), sql, &q, NULL) == YQ_OK && yq_step(q, &row, NULL) == YQ_OK && row);
    char bytes[256];
    yq_str v = yq_col_text(q, 0);
    CHECK(column, v.n > 0 && v.n < sizeof bytes);
    memcpy(bytes, v.p, v.n);
    v.p = bytes;
    yq_finish(q);
    bool blob = strcmp(column, "content") && strcmp(column, "kind") && strcmp(column, "actor");
    for (size_t i = 0; i <= v.n; i++) { /* the last round changes nothing: the store is whole again */
        bool last = i == v.n;
        if (!last) bytes[i] ^= 1;
        yq_db_prepare(yq_store_db(s), set, &q, NULL);
        if (blob) yq_bind_blob(q, "v", v);
        else yq_bind_text(q, "v", v);
        CHECK(column, yq_step(q, &row, NULL) == YQ_OK);
        yq_finish(q);
        CHECK(column, yq_verify(s, &r, NULL) == (last ? YQ_OK : YQ_CORRUPT));
        if (!last) bytes[i] ^= 1;
    }
    yq_store_close(s);
    fixture_free(&f);
}

/* ---------------------------------------------------------------- killed in the middle */

/* Writes entries, one transaction each, and tells the number of each once it is committed, until it is killed. */
static void write_until_killed(fixture *f, int out)
{
    yq_store *s = store_of(f, false, NULL);
    for (int64_t id = yq_journal_sequence(s) + 1;; id++) {
        if (add(s, id, "何晓顺", NULL)) _exit(1);
        if (write(out, &id, sizeof id) != sizeof id) _exit(1);
    }
}

static int64_t run_and_kill(fixture *f, unsigned after_us)
{
    int ends[2], status;
    int64_t told = 0, id;
    if (pipe(ends) != 0) abort();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write_until_killed(f, ends[1]);
    }
    close(ends[1]);
    if (read(ends[0], &id, sizeof id) == sizeof id) told = id; /* it works; now let it get somewhere */
    usleep(after_us);
    kill(child, SIGKILL);
    while (read(ends[0], &id, sizeof id) == sizeof id) told = id;
    waitpid(child, &status, 0);
    close(ends[0]);
    CHECK("killed at work", WIFSIGNALED(status));
    return told;
}

static yq_store *reopen(fixture *f)
{
    yq_err err = { 0 };
    for (int i = 0; i < 50; i++) { /* a PostgreSQL server needs a moment to see that its client is gone */
        yq_store *s = store_of(f, false, &err);
        if (s) return s;
        usleep(100000);
    }
    fprintf(stderr, "%s\n", err.msg);
    return NULL;
}

static void killed(void)
{
    fixture f;
    yq_verify_report r;
    fixture_new(&f);
    yq_store_close(store_of(&f, true, NULL));
    for (unsigned round = 0; round < 8; round++) {
        int64_t told = run_and_kill(&f, 1000 + 7000 * round);
        yq_store *s = reopen(&f);
        CHECK("opens again", s != NULL);
        CHECK("nothing acknowledged is lost", yq_journal_sequence(s) >= told && yq_journal_sequence(s) <= told + 1);
        CHECK("verify", yq_verify(s, &r, NULL) == YQ_OK && r.entries == yq_journal_sequence(s));
        CHECK("tables go with the journal", one_int(yq_store_db(s), "SELECT count(*) FROM entity") == r.entries);
        yq_buf before = dump_of(s);
        CHECK("rebuild equal", yq_rebuild(s, NULL) == YQ_OK && same_dump(s, &before));
        yq_buf_free(&before);
        yq_store_close(s);
    }
    fixture_free(&f);
}

/* ---------------------------------------------------------------- full disks */

static void fill_up(yq_store *s, yq_code *rc, yq_err *err)
{
    static char name[20000];
    memset(name, 'x', sizeof name - 1);
    for (int64_t id = yq_journal_sequence(s) + 1; id < 400; id++)
        if ((*rc = add(s, id, name, err))) return;
}

static void whole_after(yq_store *s, const char *what)
{
    yq_verify_report r;
    CHECK(what, yq_verify(s, &r, NULL) == YQ_OK && r.entries > 0);
    CHECK(what, one_int(yq_store_db(s), "SELECT count(*) FROM entity") == r.entries);
    CHECK(what, one_int(yq_store_db(s), "SELECT count(*) FROM body") == 2 * r.entries);
    yq_buf before = dump_of(s);
    CHECK(what, yq_rebuild(s, NULL) == YQ_OK && same_dump(s, &before));
    yq_buf_free(&before);
}

static void full_database(void)
{
    fixture f;
    yq_code rc = YQ_OK;
    yq_err err = { 0 };
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    add(s, 1, "first", NULL);
    CHECK("limit", yq_db_exec(yq_store_db(s), "PRAGMA max_page_count=120", NULL) == YQ_OK);
    fill_up(s, &rc, &err);
    CHECK("full", rc == YQ_IO && strstr(err.msg, "disk is full"));
    CHECK("more room", yq_db_exec(yq_store_db(s), "PRAGMA max_page_count=1000000", NULL) == YQ_OK);
    whole_after(s, "after a full disk");
    CHECK("goes on", add(s, 900, "later", NULL) == YQ_OK);
    yq_store_close(s);
    fixture_free(&f);
}

/* In a child, whose files may not grow: writing fails inside SQLite, at the log and at the checkpoint. */
static int write_with_small_files(fixture *f)
{
    yq_code rc = YQ_OK;
    yq_err err = { 0 };
    struct rlimit limit = { 300000, 300000 };
    signal(SIGXFSZ, SIG_IGN);
    yq_store *s = store_of(f, false, NULL);
    if (!s || setrlimit(RLIMIT_FSIZE, &limit) != 0) return 10;
    fill_up(s, &rc, &err);
    int64_t written = yq_journal_sequence(s);
    yq_store_close(s);
    return rc == YQ_IO && err.msg[0] && written > 1 ? 0 : 11;
}

static void small_files(void)
{
    fixture f;
    int status;
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    add(s, 1, "first", NULL);
    yq_store_close(s);
    pid_t child = fork();
    if (child == 0) _exit(write_with_small_files(&f));
    waitpid(child, &status, 0);
    CHECK("refused clearly", WIFEXITED(status) && WEXITSTATUS(status) == 0);
    s = store_of(&f, false, NULL);
    CHECK("opens again", s != NULL);
    whole_after(s, "after files that may not grow");
    yq_store_close(s);
    fixture_free(&f);
}

/* ---------------------------------------------------------------- rights, strangers, second writers */

/* As a user without rights on the folder: no lock, no store; reading works. */
static int use_read_only(fixture *f)
{
    yq_store *s;
    yq_err err = { 0 };
    yq_verify_report r;
    if (geteuid() == 0 && setuid(65534) != 0) return 20;
    if (yq_store_open(f->url, NULL, &s, &err) != YQ_IO || !strstr(err.msg, "cannot write")) return 21;
    if (yq_store_open(f->url, &(yq_store_options){ .read_only = true }, &s, &err)) return fprintf(stderr, "%s\n", err.msg), 22;
    if (yq_verify(s, &r, &err) || r.entries != 1) return 23;
    if (yq_rebuild(s, &err) != YQ_DENIED) return 24;
    yq_store_close(s);
    return 0;
}

static void read_only_folder(void)
{
    fixture f;
    int status;
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    add(s, 1, "first", NULL);
    yq_store_close(s);
    chmod(f.url, 0444);
    char lock[800];
    snprintf(lock, sizeof lock, "%s.lock", f.url);
    unlink(lock);
    chmod(f.folder, 0555);
    pid_t child = fork();
    if (child == 0) _exit(use_read_only(&f));
    waitpid(child, &status, 0);
    CHECK("refused clearly, read all the same", WIFEXITED(status) && WEXITSTATUS(status) == 0);
    if (WIFEXITED(status) && WEXITSTATUS(status)) fprintf(stderr, "child: %d\n", WEXITSTATUS(status));
    chmod(f.folder, 0755);
    fixture_free(&f);
}

static void strangers(void)
{
    fixture f;
    yq_err err = { 0 };
    yq_db *db;
    fixture_new(&f);
    yq_file_write(f.url, YQ_S("This is a letter and no database at all; it is long enough to have a first page.\n"), NULL);
    CHECK("not a database", !store_of(&f, true, &err) && strstr(err.msg, "not a Yiqiao store"));
    unlink(f.url);
    CHECK("another program's", yq_db_open(f.url, true, &db, NULL) == YQ_OK && yq_db_exec(db, "CREATE TABLE song (title TEXT)", NULL) == YQ_OK);
    yq_db_close(db);
    CHECK("another program's", !store_of(&f, true, &err) && strstr(err.msg, "something else"));
    fixture_free(&f);

    yq_store *s;
    char nowhere[300];
    fixture_new(&f);
    snprintf(nowhere, sizeof nowhere, "%s/no/such/yiqiao.db", f.folder);
    CHECK("nothing there", yq_store_open(nowhere, NULL, &s, &err) == YQ_NOTFOUND && strstr(err.msg, "init"));
    snprintf(nowhere, sizeof nowhere, "%s/made/", f.folder);
    CHECK("a folder is made", yq_store_open(nowhere, &(yq_store_options){ .create = true }, &s, &err) == YQ_OK);
    CHECK("with yiqiao.db inside", strstr(yq_store_file(s), "/made/yiqiao.db") && access(yq_store_file(s), F_OK) == 0);
    CHECK("the folder is told", yq_starts(yq_cstr(yq_store_folder(s)), yq_cstr(f.folder)));
    yq_store_close(s);
    CHECK("empty name", yq_store_open("", NULL, &s, &err) == YQ_INVALID);
    fixture_free(&f);
}

static void newer(void)
{
    static const char *const what[] = { "journal", "projection" };
    for (int i = 0; i < 2; i++) {
        fixture f;
        char sql[100];
        yq_store *s;
        yq_err err = { 0 };
        fixture_new(&f);
        s = store_of(&f, true, NULL);
        snprintf(sql, sizeof sql, "UPDATE meta SET value = '999999' WHERE what = '%s'", what[i]);
        CHECK(what[i], yq_db_exec(yq_store_db(s), sql, NULL) == YQ_OK);
        yq_store_close(s);
        CHECK(what[i], yq_store_open(f.url, NULL, &s, &err) == YQ_NEWER && strstr(err.msg, "newer version") && strstr(err.msg, "999"));
        fixture_free(&f);
    }
}

/* A store whose tables an older program made says so, and is right again after a rebuild. */
static void older(void)
{
    fixture f;
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    add(s, 1, "first", NULL);
    yq_buf before = dump_of(s);
    yq_db_exec(yq_store_db(s), "UPDATE meta SET value = '0' WHERE what = 'projection'", NULL);
    yq_store_close(s);
    s = store_of(&f, false, NULL);
    CHECK("stale", s && yq_store_stale(s));
    CHECK("rebuilt", yq_rebuild(s, NULL) == YQ_OK && !yq_store_stale(s) && same_dump(s, &before));
    yq_store_close(s);
    s = store_of(&f, false, NULL);
    CHECK("not stale any more", s && !yq_store_stale(s));
    yq_store_close(s);
    yq_buf_free(&before);
    fixture_free(&f);
}

/* A store from before originals were kept is read as it is, and gets their table with the first writer. */
static void without_originals(void)
{
    fixture f;
    yq_verify_report r;
    yq_buf out = { 0 };
    yq_hash hash = yq_hash_of(YQ_S("x"));
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    add(s, 1, "first", NULL);
    yq_db_exec(yq_store_db(s), "UPDATE meta SET value = '1' WHERE what = 'journal'", NULL);
    yq_db_exec(yq_store_db(s), "DROP TABLE original", NULL);
    yq_store_close(s);
    yq_store_options reading = { .clock = &f.clock.face, .random = &f.random.face, .read_only = true };
    CHECK("read", yq_store_open(f.url, &reading, &s, NULL) == YQ_OK && yq_verify(s, &r, NULL) == YQ_OK && r.entries == 1);
    yq_store_close(s);
    s = store_of(&f, false, NULL);
    CHECK("written", s && yq_original_keep(s, &hash, YQ_S("x"), NULL) == YQ_OK && yq_original_read(s, &hash, &out, NULL) == YQ_OK);
    CHECK("verified", yq_verify(s, &r, NULL) == YQ_OK && r.originals == 1);
    yq_store_close(s);
    yq_buf_free(&out);
    fixture_free(&f);
}

static void second_writer(void)
{
    fixture f;
    yq_store *s, *t;
    yq_err err = { 0 };
    char pid[32];
    fixture_new(&f);
    s = store_of(&f, true, NULL);
    CHECK("busy", yq_store_open(f.url, NULL, &t, &err) == YQ_BUSY);
    snprintf(pid, sizeof pid, "process %ld", (long)getpid());
    CHECK("says who", f.postgres ? strstr(err.msg, "session") != NULL : strstr(err.msg, pid) != NULL);
    CHECK("readers may", yq_store_open(f.url, &(yq_store_options){ .read_only = true }, &t, &err) == YQ_OK);
    add(s, 1, "first", NULL);
    CHECK("and see what is committed", yq_journal_sequence(t) == 1);
    int64_t sequence;
    CHECK("but do not write", yq_journal_append(t, &(yq_entry){ "entity", "office", YQ_S("{}"), NULL, 0 }, &sequence, NULL) == YQ_DENIED);
    yq_store_close(t);
    yq_store_close(s);
    CHECK("free again", (s = reopen(&f)) != NULL);
    yq_store_close(s);
    fixture_free(&f);
}

int main(void)
{
    bool postgres = getenv("YQ_TEST_PG") && *getenv("YQ_TEST_PG");
    tampering();
    every_bit("entry", "hash", "sequence = 2");
    every_bit("entry", "previous", "sequence = 2");
    every_bit("entry", "body_hash", "sequence = 2");
    every_bit("entry", "kind", "sequence = 2");
    every_bit("entry", "actor", "sequence = 3");
    every_bit("body", "salt", "sequence = 2 AND part = 1");
    every_bit("body", "content", "sequence = 2 AND part = 1");
    every_bit("body", "content", "sequence = 3 AND part = 0");
    every_bit("body", "hash", "sequence = 1 AND part = 1");
    killed();
    newer();
    older();
    without_originals();
    second_writer();
    if (postgres) return check_done(); /* what follows is about files */
    full_database();
    small_files();
    read_only_folder();
    strangers();
    return check_done();
}
