/* yiqiao link: the identity engine on tables, without a store. */
#include "cli/internal.h"
#include "resolve/link.h"

#include <stdio.h>
#include <stdlib.h>

#define LINK_MEMORY ((size_t)6 << 30)
#define LINK_FILE ((size_t)4 << 30)

static const struct {
    const char *name;
    yq_link_kind kind;
} kinds[] = { { "person", YQ_LINK_PERSON }, { "organization", YQ_LINK_ORGANIZATION }, { "record", YQ_LINK_RECORD } };

static bool find_kind(const char *name, yq_link_kind *kind)
{
    for (size_t i = 0; name && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i].name) == 0) return *kind = kinds[i].kind, true;
    return false;
}

/* A cell of RFC 4180: quoted when it holds what would end it. */
static void put_cell(yq_buf *out, yq_str s)
{
    bool quote = false;
    for (size_t i = 0; i < s.n && !quote; i++) quote = strchr(",\"\r\n;", s.p[i]) != NULL;
    if (!quote) {
        yq_buf_put(out, s);
        return;
    }
    yq_buf_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') yq_buf_byte(out, '"');
        yq_buf_byte(out, s.p[i]);
    }
    yq_buf_byte(out, '"');
}

static yq_code write_pairs(const char *path, const yq_link_pairs *pairs, yq_err *err)
{
    static const char *const decisions[] = { [YQ_SAME] = "same", [YQ_UNDECIDED] = "undecided", [YQ_DIFFERENT] = "different" };
    yq_buf out = { 0 };
    yq_buf_put(&out, YQ_S("id_a,id_b,probability,decision,evidence\n"));
    for (size_t i = 0; i < pairs->n; i++) {
        const yq_link_pair *p = &pairs->pair[i];
        put_cell(&out, p->id_a);
        yq_buf_byte(&out, ',');
        put_cell(&out, p->id_b);
        yq_buf_printf(&out, ",%.4f,%s,", p->probability, decisions[p->decision]);
        put_cell(&out, p->evidence);
        yq_buf_byte(&out, '\n');
    }
    yq_code rc = out.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the pairs") : yq_file_write(path, yq_buf_str(&out), err);
    yq_buf_free(&out);
    return rc;
}

/* The folder of a path, made when it is missing. */
static yq_code make_folder_of(yq_arena *a, const char *path, yq_err *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path) return YQ_OK;
    return yq_folder_make(yq_dupz(a, (yq_str){ path, (size_t)(slash - path) }), err);
}

typedef struct {
    const yq_arguments *given;
    yq_link_kind kind;
    yq_arena *arena;
    char *bytes[2];
    yq_link_table table[2];
    const char *refused; /* the file that err speaks of */
} link_job;

static yq_code read_tables(link_job *j, yq_err *err)
{
    for (size_t i = 0; i < j->given->rest_count; i++) {
        size_t n = 0;
        j->refused = j->given->rest[i];
        yq_code rc = yq_file_read(j->refused, LINK_FILE, &j->bytes[i], &n, err);
        if (rc == YQ_IO) rc = YQ_INVALID; /* a file that is not there is input to be refused */
        if (rc == YQ_OK) rc = yq_link_csv(j->arena, j->bytes[i], n, &j->table[i], err);
        if (rc != YQ_OK) return rc;
    }
    j->refused = NULL;
    return YQ_OK;
}

static yq_code link_files(void *arg, yq_err *err)
{
    link_job *j = arg;
    yq_link_pairs pairs = { 0 };
    const yq_link_table *b = j->given->rest_count > 1 ? &j->table[1] : NULL;
    yq_code rc = read_tables(j, err);
    if (rc != YQ_OK) return rc;
    rc = j->given->best ? yq_link_best(j->arena, &j->table[0], b, &pairs, err) : yq_link_rows(j->arena, &j->table[0], b, j->kind, &pairs, err);
    for (size_t i = 0; rc == YQ_OK && i < pairs.notices; i++)
        fprintf(stderr, "%s: %.*s\n", j->given->rest[pairs.notice[i].table], YQ_FMT(pairs.notice[i].text));
    if (rc == YQ_OK) rc = make_folder_of(j->arena, j->given->out, err);
    return rc == YQ_OK ? write_pairs(j->given->out, &pairs, err) : rc;
}

int yq_run_link(const yq_arguments *a)
{
    link_job j = { .given = a };
    yq_err err = { 0 };
    if (!a->out || !find_kind(a->kind, &j.kind) || (a->best && a->rest_count < 2))
        return fputs("usage: yiqiao link A.csv [B.csv] --kind person|organization|record [--best] --out FILE (--best needs B.csv)\n", stderr),
               YQ_EXIT_USAGE;
    j.arena = yq_arena_new(LINK_MEMORY);
    if (!j.arena) return fputs("yiqiao: no memory\n", stderr), YQ_EXIT_BROKEN;
    yq_code rc = yq_arena_run(j.arena, link_files, &j, &err);
    int status = rc == YQ_OK ? YQ_EXIT_DONE : yq_report(j.refused, rc, &err);
    yq_arena_free(j.arena);
    free(j.bytes[0]);
    free(j.bytes[1]);
    return status;
}
