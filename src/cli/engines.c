/* The pure engines from the command line: no store. */
#include "cli/internal.h"
#include "intake/cage.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static yq_str stem(const char *name)
{
    const char *dot = strrchr(name, '.');
    return (yq_str){ name, dot && dot != name ? (size_t)(dot - name) : strlen(name) };
}

/* Inputs that share a stem keep their endings in the output's name. */
static bool shares_stem(const yq_arguments *a, size_t i)
{
    yq_str mine = stem(base_name(a->rest[i]));
    for (size_t k = 0; k < a->rest_count; k++)
        if (k != i && yq_eq(stem(base_name(a->rest[k])), mine)) return true;
    return false;
}

static yq_code write_findings(const yq_arguments *a, size_t i, const yq_reading *reading, const yq_findings *found, yq_err *err)
{
    char path[4096];
    const char *name = base_name(a->rest[i]);
    yq_str short_name = shares_stem(a, i) ? yq_cstr(name) : stem(name);
    if (snprintf(path, sizeof path, "%s/%.*s.json", a->out, YQ_FMT(short_name)) >= (int)sizeof path)
        return yq_fail(err, YQ_INVALID, 0, "the path of the output is too long");
    yq_buf out = { 0 };
    yq_findings_json(reading, found, &out);
    yq_code rc = out.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the findings") : yq_file_put(path, yq_buf_str(&out), err);
    yq_buf_free(&out);
    return rc;
}

/* ---------------------------------------------------------------- many files */

enum { MOST_WORKERS = 8 };

typedef struct {
    yq_code code;
    yq_err err;
    bool done;
} outcome;

/* Files are taken in turn by a worker for each processor. What is said of them is said in their order. */
typedef struct {
    const yq_arguments *a;
    const yq_extract_options *options;
    outcome *outcomes; /* of each file */
    pthread_mutex_t lock;
    size_t taken, told;
    int status;
} extraction;

typedef struct {
    yq_arena *arena;
    yq_cage_series *series;
} worker;

static yq_code extract_one(const extraction *x, size_t i, const worker *by, yq_err *err)
{
    const yq_intake_limits limits = yq_intake_defaults();
    const char *path = x->a->rest[i];
    char *bytes;
    size_t n;
    yq_reading reading = { 0 };
    yq_findings found = { 0 };
    yq_code rc = yq_file_read(path, limits.file_bytes, &bytes, &n, err);
    if (rc != YQ_OK) return rc;
    rc = yq_cage_read_next(by->series, by->arena, yq_cstr(base_name(path)), (yq_str){ bytes, n }, &limits, &reading, err);
    if (rc == YQ_OK) rc = yq_extract_with(by->arena, &reading, x->options, &found, err);
    if (rc == YQ_OK) rc = write_findings(x->a, i, &reading, &found, err);
    free(bytes);
    char unread[sizeof err->msg];
    if (rc == YQ_OK) yq_parts_unread(&reading, unread, sizeof unread);
    return rc == YQ_OK && *unread ? yq_fail(err, YQ_INVALID, 0, "%s", unread) : rc;
}

static void tell(extraction *x, const char *path, const outcome *o)
{
    if (o->code == YQ_OK) return;
    int one = yq_report(base_name(path), o->code, &o->err);
    if (o->code == YQ_NOMEM) one = YQ_EXIT_REFUSED; /* this document's own limit */
    if (one > x->status) x->status = one;
}

/* The next file; done: the one before, if there was one, whose outcome is told once those in front of it are. */
static size_t next_file(extraction *x, outcome *done)
{
    pthread_mutex_lock(&x->lock);
    if (done) done->done = true;
    for (; x->told < x->a->rest_count && x->outcomes[x->told].done; x->told++) tell(x, x->a->rest[x->told], &x->outcomes[x->told]);
    size_t i = x->taken++;
    pthread_mutex_unlock(&x->lock);
    return i;
}

static void *work(void *arg)
{
    extraction *x = arg;
    worker me = { yq_arena_new(yq_intake_defaults().memory), yq_cage_series_new() };
    outcome *last = NULL;
    for (size_t i; (i = next_file(x, last)) < x->a->rest_count;) {
        last = &x->outcomes[i];
        last->code = me.arena ? extract_one(x, i, &me, &last->err) : yq_fail(&last->err, YQ_NOMEM, 0, "no memory");
        if (me.arena) yq_arena_clear(me.arena);
    }
    yq_arena_free(me.arena);
    yq_cage_series_free(me.series);
    return NULL;
}

static size_t workers_for(size_t files)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = processors > 0 ? (size_t)processors : 1;
    if (n > MOST_WORKERS) n = MOST_WORKERS;
    return n < files ? n : files;
}

static int extract_all(const yq_arguments *a, const yq_extract_options *options)
{
    pthread_t threads[MOST_WORKERS];
    extraction x = { .a = a, .options = options, .outcomes = calloc(a->rest_count + 1, sizeof *x.outcomes), .lock = PTHREAD_MUTEX_INITIALIZER, .status = YQ_EXIT_DONE };
    yq_err err = { 0 };
    size_t n = workers_for(a->rest_count), started = 1;
    if (!x.outcomes) return fputs("yiqiao: no memory\n", stderr), YQ_EXIT_BROKEN;
    yq_keep_freed((size_t)4 << 20);
    yq_code rc = yq_cage_start(NULL, &err); /* before any thread */
    if (rc != YQ_OK) return free(x.outcomes), yq_report(NULL, rc, &err);
    while (started < n && pthread_create(&threads[started], NULL, work, &x) == 0) started++;
    work(&x);
    for (size_t i = 1; i < started; i++) pthread_join(threads[i], NULL);
    free(x.outcomes);
    return x.status;
}

int yq_run_extract(const yq_arguments *a)
{
    const size_t most = 16 << 20;
    yq_err err = { 0 };
    yq_extract_options options = yq_extract_defaults();
    char *model = NULL;
    size_t n = 0;
    options.raw = a->raw;
    if (!a->out) return fputs("yiqiao: extract needs --out DIR\n", stderr), YQ_EXIT_USAGE;
    yq_code rc = yq_folder_make(a->out, &err);
    if (rc != YQ_OK) return yq_report(NULL, rc, &err);
    if (a->voice) rc = yq_file_read(a->voice, most, &model, &n, &err);
    if (a->voice && rc == YQ_OK) rc = yq_quick_open((yq_str){ model, n }, &options.voice, &err);
    int status = rc == YQ_OK ? extract_all(a, &options) : yq_report(a->voice, rc == YQ_IO || rc == YQ_NEWER ? YQ_INVALID : rc, &err);
    free(model);
    return status;
}

int yq_run_rank(const yq_arguments *a)
{
    yq_err err = { 0 };
    bool by_owner = a->by && strcmp(a->by, "owner") == 0;
    if (!a->corpus || !a->queries || !a->out || (a->by && !by_owner))
        return fputs("usage: yiqiao rank --corpus FILE --queries FILE --out FILE [--top N] [--by owner]\n", stderr), YQ_EXIT_USAGE;
    yq_code rc = yq_folder_of(a->out, &err);
    if (rc == YQ_OK) rc = yq_rank_files(a->corpus, a->queries, a->top ? (size_t)a->top : 100, by_owner, a->out, &err);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(NULL, rc, &err);
}
