/* PostgreSQL on the records that bench-peers-yiqiao made: bench-peers-postgres build|ask FOLDER, the server in PGHOST.
 *
 * A table of tsvector with their places (ts_rank counts them) and a GIN index, ranked by ts_rank. The vectors are copied in as such, which spares
 * PostgreSQL its parser; they are what to_tsvector('simple', record) gives. */
#include "asking.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    PGconn *db;
    char query[MOST_TERMS * 32];
} engine;

static void fail(PGconn *db)
{
    fprintf(stderr, "postgres: %s", PQerrorMessage(db));
    exit(EXIT_FAILURE);
}

static void run(PGconn *db, const char *sql)
{
    PGresult *r = PQexec(db, sql);
    ExecStatusType s = PQresultStatus(r);
    if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK && s != PGRES_COPY_IN) fail(db);
    PQclear(r);
}

/* "record TAB term:place term:place …" */
static size_t write_row(char *row, size_t cap, long long record, char *line)
{
    size_t at = (size_t)snprintf(row, cap, "%lld\t", record);
    unsigned place = 0;
    for (char *rest, *t = strtok_r(line, " \n", &rest); t && at + 32 < cap; t = strtok_r(NULL, " \n", &rest))
        at += (size_t)snprintf(row + at, cap - at, "%s:%u ", t, ++place);
    row[at++] = '\n';
    return at;
}

static void build(engine *e, const char *folder)
{
    enum { ROW = 1 << 20 };
    char path[4096], *line = NULL, *row = malloc(ROW);
    size_t cap = 0;
    long long record = 0;
    snprintf(path, sizeof path, "%s/records", folder);
    FILE *f = fopen(path, "r");
    if (!f || !row) perror(path), exit(EXIT_FAILURE);
    run(e->db, "CREATE UNLOGGED TABLE t (record int, v tsvector COMPRESSION lz4)");
    run(e->db, "COPY t FROM STDIN");
    for (; getline(&line, &cap, f) > 0; record++)
        if (PQputCopyData(e->db, row, (int)write_row(row, ROW, record, line)) != 1) fail(e->db);
    if (PQputCopyEnd(e->db, NULL) != 1) fail(e->db);
    for (PGresult *r; (r = PQgetResult(e->db)); PQclear(r))
        if (PQresultStatus(r) != PGRES_COMMAND_OK) fail(e->db);
    run(e->db, "CREATE INDEX ON t USING gin (v) WITH (fastupdate = off)");
    run(e->db, "VACUUM ANALYZE t");
    free(line);
    free(row);
    fclose(f);
}

static void prepare(void *arg, char *const *terms, size_t n)
{
    engine *e = arg;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) at += (size_t)snprintf(e->query + at, sizeof e->query - at, "%s%s", i ? "|" : "", terms[i]);
}

static size_t ask(void *arg, peer_hit *hits)
{
    engine *e = arg;
    const char *values[] = { e->query };
    PGresult *r = PQexecPrepared(e->db, "ask", 1, values, NULL, NULL, 0);
    if (PQresultStatus(r) != PGRES_TUPLES_OK) fail(e->db);
    size_t n = (size_t)PQntuples(r);
    for (size_t i = 0; i < n; i++) hits[i] = (peer_hit){ atoll(PQgetvalue(r, (int)i, 0)), atof(PQgetvalue(r, (int)i, 1)) };
    PQclear(r);
    return n;
}

static void prepare_statement(PGconn *db)
{
    PGresult *r = PQprepare(db, "ask", "SELECT record, ts_rank(v, $1::tsquery) FROM t WHERE v @@ $1::tsquery ORDER BY 2 DESC, 1 LIMIT 10", 1, NULL);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) fail(db);
    PQclear(r);
}

int main(int argc, char **argv)
{
    static const peer p = { "postgres", prepare, ask };
    engine e = { 0 };
    int status = EXIT_SUCCESS;
    if (argc != 3 || (strcmp(argv[1], "build") && strcmp(argv[1], "ask"))) return fputs("usage: build FOLDER | ask FOLDER\n", stderr), 2;
    e.db = PQconnectdb("");
    if (PQstatus(e.db) != CONNECTION_OK) fail(e.db);
    if (argv[1][0] == 'b') build(&e, argv[2]);
    else {
        prepare_statement(e.db);
        status = peer_serve(&p, &e, argv[2]);
    }
    PQfinish(e.db);
    return status;
}
