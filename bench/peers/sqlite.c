/* SQLite FTS5 on the records that bench-peers-yiqiao made: bench-peers-sqlite build|ask FOLDER.
 *
 * The table is without contents (the records are in no engine's index), its terms cut at blanks by the tokenizer for ASCII; "optimize" leaves one
 * segment; bm25() needs the frequencies, which FTS5 keeps only together with the places (detail=full). The file is mapped when asked. */
#include "asking.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *query;
} engine;

static void must(sqlite3 *db, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW) return;
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
    exit(EXIT_FAILURE);
}

static void run(sqlite3 *db, const char *sql)
{
    must(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static void open_db(engine *e, const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/sqlite", folder);
    must(e->db, sqlite3_open(path, &e->db));
    run(e->db, "PRAGMA page_size=8192; PRAGMA mmap_size=64000000000; PRAGMA cache_size=-500000; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
}

static void build(engine *e, const char *folder)
{
    char path[4096], *line = NULL;
    size_t cap = 0;
    sqlite3_int64 record = 0;
    sqlite3_stmt *insert;
    snprintf(path, sizeof path, "%s/records", folder);
    FILE *f = fopen(path, "r");
    if (!f) perror(path), exit(EXIT_FAILURE);
    run(e->db, "CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='ascii'); INSERT INTO t(t, rank) VALUES('hashsize', 268435456); BEGIN");
    must(e->db, sqlite3_prepare_v2(e->db, "INSERT INTO t(rowid, x) VALUES(?, ?)", -1, &insert, NULL));
    for (ssize_t n; (n = getline(&line, &cap, f)) > 0; record++) {
        sqlite3_bind_int64(insert, 1, record);
        sqlite3_bind_text(insert, 2, line, (int)n, SQLITE_STATIC);
        must(e->db, sqlite3_step(insert));
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(e->db, "COMMIT; INSERT INTO t(t) VALUES('optimize')");
    free(line);
    fclose(f);
}

static void prepare(void *arg, char *const *terms, size_t n)
{
    engine *e = arg;
    char match[MOST_TERMS * 32];
    size_t at = 0;
    for (size_t i = 0; i < n; i++) at += (size_t)snprintf(match + at, sizeof match - at, "%s%s", i ? " OR " : "", terms[i]);
    sqlite3_reset(e->query);
    must(e->db, sqlite3_bind_text(e->query, 1, match, -1, SQLITE_TRANSIENT));
}

static size_t ask(void *arg, peer_hit *hits)
{
    engine *e = arg;
    size_t n = 0;
    int rc;
    while ((rc = sqlite3_step(e->query)) == SQLITE_ROW && n < TOP)
        hits[n++] = (peer_hit){ sqlite3_column_int64(e->query, 0), -sqlite3_column_double(e->query, 1) };
    must(e->db, rc);
    return n;
}

int main(int argc, char **argv)
{
    static const peer p = { "sqlite", prepare, ask };
    engine e = { 0 };
    if (argc != 3 || (strcmp(argv[1], "build") && strcmp(argv[1], "ask"))) return fputs("usage: build FOLDER | ask FOLDER\n", stderr), 2;
    int status = EXIT_SUCCESS;
    open_db(&e, argv[2]);
    if (argv[1][0] == 'b') build(&e, argv[2]);
    else {
        must(e.db, sqlite3_prepare_v2(e.db, "SELECT rowid, rank FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", -1, &e.query, NULL));
        status = peer_serve(&p, &e, argv[2]);
        sqlite3_finalize(e.query);
    }
    sqlite3_close(e.db);
    return status;
}
