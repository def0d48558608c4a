/* The journal as its users see it: chain, replay, erasure, backup and restore. */
#include "fixture.h"

static const char *const names[] = { "何晓顺", "Zhou Lan", "阿卜杜拉·买买提", "𠮷田", "tab\there\nand \\ there" };
enum { NAMES = sizeof names / sizeof *names };

static void fill(yq_store *s)
{
    for (int i = 0; i < NAMES; i++) CHECK(names[i], add(s, i + 1, names[i], NULL) == YQ_OK);
}

static yq_code verify(yq_store *s, yq_verify_report *r, yq_err *err)
{
    return yq_verify(s, r, err);
}

static void empty_store(void)
{
    fixture f;
    yq_verify_report r;
    fixture_new(&f);
    CHECK("not there yet", !store_of(&f, false, NULL));
    yq_store *s = store_of(&f, true, NULL);
    CHECK("made", s != NULL);
    CHECK("sequence 0", yq_journal_sequence(s) == 0);
    CHECK("verify", verify(s, &r, NULL) == YQ_OK && r.entries == 0);
    CHECK("rebuild", yq_rebuild(s, NULL) == YQ_OK);
    yq_store_close(s);
    s = store_of(&f, false, NULL);
    CHECK("there now", s != NULL);
    CHECK("not stale", !yq_store_stale(s));
    yq_store_close(s);
    fixture_free(&f);
}

static void same_hash_again(void)
{
    char hash[2][65] = { "", "" };
    for (int k = 0; k < 2; k++) {
        fixture f;
        yq_stmt *q;
        bool row;
        fixture_new(&f);
        yq_store *s = store_of(&f, true, NULL);
        fill(s);
        CHECK("head", yq_db_prepare(yq_store_db(s), "SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1", &q, NULL) == YQ_OK);
        if (!yq_step(q, &row, NULL) && row) yq_hex(yq_col_text(q, 0).p, 32, hash[k]);
        yq_finish(q);
        yq_store_close(s);
        fixture_free(&f);
    }
    CHECK("same clock, random and acts, same chain", *hash[0] && strcmp(hash[0], hash[1]) == 0);
}

/* What is done to the tables before the rebuild has to bring them back. */
static const struct { const char *what, *sql; enum { OTHER, FAILS, NOTHING } shows; } damage[] = {
    { "half of the rows deleted", "DELETE FROM entity WHERE id IN (2, 4)", OTHER },
    { "names changed", "UPDATE entity SET name = 'x', kind = 'organization'", OTHER },
    { "rows that nobody wrote", "INSERT INTO entity SELECT id + 900, ulid, kind, name, id, 0, 9, 9, '', 0 FROM entity", OTHER },
    { "tables emptied", "DELETE FROM entity; DELETE FROM name; DELETE FROM fact", OTHER },
    { "a table dropped", "DROP TABLE entity", FAILS },
    { "tables dropped", "DROP TABLE entity; DROP TABLE name; DROP TABLE fact; DROP TABLE passage", FAILS },
    { "a column lost", "ALTER TABLE entity DROP COLUMN name", FAILS },
    { "an index lost", "DROP INDEX entity_1", NOTHING },
};

static void rebuild(void)
{
    fixture f;
    yq_verify_report r;
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    fill(s);
    yq_buf before = dump_of(s);
    CHECK("the dump has the rows", yq_has(yq_buf_str(&before), YQ_S("entity\t3\t\tperson\t阿卜杜拉·买买提\t")));
    CHECK("the dump escapes", yq_has(yq_buf_str(&before), YQ_S("tab\\there\\nand \\\\ there")));
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        yq_err err = { 0 };
        CHECK(damage[i].what, yq_db_exec(yq_store_db(s), damage[i].sql, &err) == YQ_OK);
        yq_buf damaged = dump_of(s);
        bool fails = yq_eq(yq_buf_str(&damaged), YQ_S("?")), same = yq_eq(yq_buf_str(&damaged), yq_buf_str(&before));
        CHECK(damage[i].what, fails == (damage[i].shows == FAILS) && same == (damage[i].shows == NOTHING));
        yq_buf_free(&damaged);
        CHECK(damage[i].what, yq_rebuild(s, &err) == YQ_OK);
        CHECK(damage[i].what, same_dump(s, &before));
        CHECK(damage[i].what, verify(s, &r, NULL) == YQ_OK && r.entries == NAMES);
    }
    CHECK("and it goes on", add(s, 77, "later", NULL) == YQ_OK && yq_journal_sequence(s) == NAMES + 1);
    yq_buf_free(&before);
    yq_store_close(s);
    fixture_free(&f);
}

/* A table of more rows than one page of the dump. */
static void pages(void)
{
    fixture f;
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    CHECK("begin", yq_db_begin(yq_store_db(s), true, NULL) == YQ_OK);
    for (int i = 2500; i > 0; i--) append_one(s, i, "名", NULL);
    CHECK("commit", yq_db_commit(yq_store_db(s), NULL) == YQ_OK);
    yq_buf all = dump_of(s);
    size_t lines = 0;
    for (size_t i = 0; i < all.n; i++) lines += all.p[i] == '\n';
    CHECK("every row once", lines == 2500);
    CHECK("by key", yq_starts(yq_buf_str(&all), YQ_S("entity\t1\t")));
    yq_buf_free(&all);
    yq_store_close(s);
    fixture_free(&f);
}

static void rolled_back(void)
{
    fixture f;
    yq_err err = { 0 };
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    fill(s);
    yq_buf before = dump_of(s);
    CHECK("the projector refuses", add(s, 0, "no id", &err) == YQ_INVALID);
    CHECK("an id twice", add(s, 1, "again", &err) == YQ_INVALID);
    yq_db_begin(yq_store_db(s), true, NULL);
    int64_t sequence;
    CHECK("an unknown kind", yq_journal_append(s, &(yq_entry){ "strange", "office", YQ_S("{}"), NULL, 0 }, &sequence, &err) == YQ_NEWER);
    yq_db_rollback(yq_store_db(s));
    CHECK("nothing half written", same_dump(s, &before) && yq_journal_sequence(s) == NAMES);
    CHECK("no body is left", one_int(yq_store_db(s), "SELECT count(*) FROM body") == 2 * NAMES);
    yq_buf_free(&before);
    yq_store_close(s);
    fixture_free(&f);
}

static bool file_has(const char *path, const char *word)
{
    char *bytes;
    size_t n;
    if (yq_file_read(path, 64 << 20, &bytes, &n, NULL)) return false;
    bool has = yq_has((yq_str){ bytes, n }, yq_cstr(word));
    free(bytes);
    return has;
}

static void erase(void)
{
    fixture f;
    yq_verify_report r;
    yq_err err = { 0 };
    fixture_new(&f);
    yq_store *s = store_of(&f, true, NULL);
    fill(s);
    CHECK("no such part", yq_erase_part(s, 1, 1, NULL) == YQ_NOTFOUND);
    CHECK("no such entry", yq_erase_part(s, 99, 0, NULL) == YQ_NOTFOUND);
    CHECK("nothing was written", yq_journal_sequence(s) == NAMES);
    CHECK("erase", yq_erase_part(s, 1, 0, &err) == YQ_OK);
    CHECK("once only", yq_erase_part(s, 1, 0, NULL) == YQ_NOTFOUND);
    CHECK("the chain is whole", verify(s, &r, NULL) == YQ_OK && r.entries == NAMES + 1);
    yq_buf now = dump_of(s);
    CHECK("gone from the tables", !yq_has(yq_buf_str(&now), yq_cstr(names[0])) && yq_has(yq_buf_str(&now), YQ_S("entity\t1\t\tperson\t\t")));
    CHECK("the others stay", yq_has(yq_buf_str(&now), yq_cstr(names[1])));
    CHECK("rebuild", yq_rebuild(s, NULL) == YQ_OK && same_dump(s, &now));
    if (!f.postgres) {
        char log[800];
        snprintf(log, sizeof log, "%s-wal", f.url);
        CHECK("the bytes are gone from the file", !file_has(f.url, names[0]) && !file_has(log, names[0]));
        CHECK("this test can see bytes", file_has(f.url, names[1]) || file_has(log, names[1]));
    }
    yq_buf_free(&now);
    CHECK("taken away without an erasure", yq_db_exec(yq_store_db(s), "UPDATE body SET salt = NULL, content = NULL WHERE sequence = 3 AND part = 1", NULL) == YQ_OK);
    CHECK("is damage", verify(s, &r, NULL) == YQ_CORRUPT && r.first_bad == 3);
    yq_store_close(s);
    fixture_free(&f);
}

static void backup(void)
{
    fixture f, g;
    char path[512];
    yq_err err = { 0 };
    yq_verify_report r;
    fixture_new(&f);
    fixture_new(&g);
    snprintf(path, sizeof path, "%s/a/new/folder/backup.db", f.folder);
    yq_store *s = store_of(&f, true, NULL), *t;
    fill(s);
    yq_erase_part(s, 2, 0, NULL);
    yq_buf before = dump_of(s);
    CHECK("backup", yq_backup(s, path, &err) == YQ_OK);
    CHECK("never over another file", yq_backup(s, path, NULL) == YQ_INVALID);
    add(s, 50, "after the backup", NULL);
    CHECK("restore", yq_restore(path, g.url, &err) == YQ_OK);
    t = store_of(&g, false, &err);
    CHECK("opens", t != NULL);
    CHECK("same tables", t && same_dump(t, &before));
    CHECK("same chain", t && verify(t, &r, NULL) == YQ_OK && r.entries == NAMES + 1);
    CHECK("rebuild", t && yq_rebuild(t, &err) == YQ_OK && same_dump(t, &before));
    CHECK("goes on", t && add(t, 51, "there", NULL) == YQ_OK && verify(t, &r, NULL) == YQ_OK);
    yq_store_close(t);
    yq_store_close(s);
    CHECK("never over another store", yq_restore(path, f.url, NULL) == YQ_INVALID);

    fixture h;
    yq_db *db;
    fixture_new(&h);
    CHECK("spoil the backup", yq_db_open(path, false, &db, NULL) == YQ_OK && yq_db_exec(db, "UPDATE body SET content = content || ' ' WHERE sequence = 4", NULL) == YQ_OK);
    yq_db_close(db);
    CHECK("a spoiled backup is refused", yq_restore(path, h.url, &err) == YQ_CORRUPT && strstr(err.msg, "entry 4"));
    CHECK("and leaves nothing", h.postgres || access(h.url, F_OK) != 0);
    yq_buf_free(&before);
    fixture_free(&h);
    fixture_free(&g);
    fixture_free(&f);
}

/* The bytes of documents: kept once, read back, forgotten, found when changed; they go along with a backup. */
static void originals(void)
{
    fixture f, g;
    yq_verify_report r;
    yq_err err = { 0 };
    yq_buf out = { 0 };
    char path[600];
    fixture_new(&f);
    fixture_new(&g);
    yq_store *s = store_of(&f, true, NULL);
    const yq_str bytes = { "\xD4\xC6\0\xFF docx", 9 }, other = YQ_S("other");
    yq_hash hash = yq_hash_of(bytes), second = yq_hash_of(other);
    fill(s);
    CHECK("keep", yq_original_keep(s, &hash, bytes, &err) == YQ_OK && yq_original_keep(s, &hash, bytes, &err) == YQ_OK);
    CHECK("another", yq_original_keep(s, &second, other, &err) == YQ_OK);
    CHECK("read", yq_original_read(s, &hash, &out, &err) == YQ_OK && yq_eq(yq_buf_str(&out), bytes));
    CHECK("verified", verify(s, &r, &err) == YQ_OK && r.originals == 2 && r.entries == NAMES);
    CHECK("rebuilding leaves them", yq_rebuild(s, NULL) == YQ_OK && verify(s, &r, NULL) == YQ_OK && r.originals == 2);
    snprintf(path, sizeof path, "%s/originals.backup", f.folder);
    CHECK("backup", yq_backup(s, path, &err) == YQ_OK && yq_restore(path, g.url, &err) == YQ_OK);
    yq_store *t = store_of(&g, false, &err);
    yq_buf_free(&out);
    CHECK("restored", t && yq_original_read(t, &hash, &out, &err) == YQ_OK && yq_eq(yq_buf_str(&out), bytes));
    yq_store_close(t);
    yq_buf_free(&out);
    CHECK("forget", yq_original_forget(s, &hash, &err) == YQ_OK && yq_original_read(s, &hash, &out, &err) == YQ_NOTFOUND);
    CHECK("change", yq_db_exec(yq_store_db(s), "UPDATE original SET hash = hash, content = (SELECT hash FROM original)", &err) == YQ_OK);
    CHECK("found", verify(s, &r, &err) == YQ_CORRUPT && strstr(err.msg, "original"));
    CHECK("tables can still be made from the journal", yq_rebuild(s, &err) == YQ_OK);
    yq_store_close(s);
    yq_buf_free(&out);
    fixture_free(&g);
    fixture_free(&f);
}

int main(void)
{
    empty_store();
    same_hash_again();
    rebuild();
    pages();
    rolled_back();
    erase();
    backup();
    originals();
    return check_done();
}
