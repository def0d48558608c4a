/* Commands of the store's life. */
#include "cli/internal.h"
#include "intake/cage.h"
#include "job/handover.h"
#include "job/import.h"
#include "job/reread.h"
#include "job/watch.h"
#include "match/standing.h"
#include "register/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Opens for writing, does the work, closes. */
static int with_store(const yq_arguments *a, bool create, yq_code (*work)(yq_store *s, const yq_arguments *a, yq_err *err))
{
    const yq_store_options how = { .create = create };
    yq_store *s = NULL;
    yq_err err = { 0 };
    yq_code rc = yq_store_open(a->store, &how, &s, &err);
    if (rc == YQ_OK) rc = work(s, a, &err);
    yq_store_close(s);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->store, rc, &err);
}

static yq_code make(yq_store *s, const yq_arguments *a, yq_err *err)
{
    (void)a;
    yq_register *r = NULL;
    yq_code rc = yq_register_open(s, &r, err);
    yq_register_close(r);
    return rc;
}

/* Where no store is named, it is the folder that the help promises, not a file of that name. */
int yq_run_init(const yq_arguments *a)
{
    yq_err err = { 0 };
    if (!a->store_given && access(a->store, F_OK) != 0 && yq_folder_make(a->store, &err) != YQ_OK) return yq_report(a->store, YQ_IO, &err);
    return with_store(a, true, make);
}

/* ---------------------------------------------------------------- import */

typedef struct {
    bool bar, json; /* bar: stderr is a terminal */
    int64_t begun_us;
} import_view;

static void draw_bar(const import_view *v, const yq_import_progress *p)
{
    enum { WIDTH = 30 };
    int filled = (int)(p->done * WIDTH / (p->total ? p->total : 1));
    double seconds = (double)(yq_monotonic_us() - v->begun_us) / 1e6;
    fprintf(stderr, "\r\033[K[%.*s%.*s] %zu/%zu  %.0f s  %.40s", filled, "##############################", WIDTH - filled,
            "..............................", p->done, p->total, seconds, p->name);
}

static void show_file(void *arg, const yq_import_progress *p)
{
    const import_view *v = arg;
    const char *said = p->code != YQ_OK ? p->error.msg : p->result.unread;
    if (*said) fprintf(stderr, "%s%s: %s\n", v->bar ? "\r\033[K" : "", p->name, said);
    if (v->bar) draw_bar(v, p);
}

static bool stop_asked(void *arg)
{
    (void)arg;
    return atomic_load(&yq_stop_asked);
}

static void show_counts(const import_view *v, const yq_import_counts *c)
{
    if (v->bar) fputs("\r\033[K", stderr);
    if (v->json) {
        printf("{\"read\":%lld,\"known\":%lld,\"refused\":%lld,\"partly\":%lld,\"found\":%lld,\"doubtful\":%lld,\"stopped\":%s}\n", (long long)c->read,
               (long long)c->known, (long long)c->refused, (long long)c->partly, (long long)c->found, (long long)c->doubtful, c->stopped ? "true" : "false");
        return;
    }
    printf("%lld read, %lld known already, %lld refused; %lld findings, %lld of them doubtful%s\n", (long long)c->read, (long long)c->known,
           (long long)c->refused, (long long)c->found, (long long)c->doubtful,
           c->stopped ? "; stopped: run the same again to go on" : "");
    if (c->partly) printf("%lld of the documents were read in part: what inside was refused is said above\n", (long long)c->partly);
}

/* What is done with the words behind the command: here, or by the server that writes the store. */
typedef struct {
    yq_code (*here)(yq_register *r, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);
    yq_code (*there)(const char *folder, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);
} import_way;

static const import_way importing = { yq_import_paths, yq_handover_import }, rereading = { yq_reread_documents, yq_handover_reread };

typedef struct {
    const import_way *way;
    const char *store;
    const char *const *paths;
    size_t n;
    yq_import_watcher watcher;
} import_job;

/* One writer a store: when a server writes this one, it does the work. */
static yq_code import_by_server(const import_job *job, yq_import_counts *counts, yq_err *err)
{
    const yq_store_options how = { .read_only = true };
    yq_store *s = NULL;
    yq_err busy = *err;
    yq_code rc = yq_store_open(job->store, &how, &s, err);
    if (rc == YQ_OK) rc = job->way->there(yq_store_folder(s), job->paths, job->n, &job->watcher, counts, err);
    yq_store_close(s);
    if (rc != YQ_NOTFOUND) return rc;
    *err = busy; /* somebody writes, and it is no server */
    return YQ_BUSY;
}

static yq_code import_here(yq_store *s, const import_job *job, yq_import_counts *counts, yq_err *err)
{
    yq_register *r = NULL;
    yq_standing *standing = NULL;
    yq_code rc = yq_register_open(s, &r, err);
    if (rc == YQ_OK) rc = yq_standing_open(job->store, r, NULL, NULL, &standing, err);
    if (rc == YQ_OK) rc = job->way->here(r, job->paths, job->n, &job->watcher, counts, err);
    yq_standing_close(standing);
    yq_register_close(r);
    return rc;
}

static yq_code import_once(const import_job *job, yq_import_counts *counts, yq_err *err)
{
    const yq_store_options how = { 0 };
    yq_store *s = NULL;
    yq_code rc = yq_store_open(job->store, &how, &s, err);
    if (rc == YQ_OK) rc = import_here(s, job, counts, err);
    yq_store_close(s);
    return rc == YQ_BUSY ? import_by_server(job, counts, err) : rc;
}

/* Goes on with what comes until it is stopped. Between two imports the store is closed, so that a server can be started meanwhile; while somebody
 * else writes, what came waits for the next round. */
static yq_code go_on(yq_watch *w, import_job job, const import_view *view, yq_err *err)
{
    const char *const *list;
    yq_code rc = YQ_OK;
    size_t n;
    while (!stop_asked(NULL) && (rc = yq_watch_next(w, 200, &list, &n, err)) == YQ_OK) {
        yq_import_counts counts = { 0 };
        job.paths = list;
        job.n = n;
        while (n && (rc = import_once(&job, &counts, err)) == YQ_BUSY && !stop_asked(NULL)) usleep(200000);
        if (rc != YQ_OK && rc != YQ_BUSY) return rc;
        if (counts.read + counts.refused) show_counts(view, &counts);
        fflush(stdout);
    }
    return rc == YQ_BUSY ? YQ_OK : rc;
}

int yq_run_import(const yq_arguments *a)
{
    import_view view = { isatty(STDERR_FILENO), a->json, yq_monotonic_us() };
    const import_job job = { &importing, a->store, a->rest, a->rest_count, { .each = show_file, .stop = stop_asked, .arg = &view } };
    yq_import_counts counts = { 0 };
    yq_watch *watch = NULL;
    yq_err err = { 0 };

    yq_watch_signals();
    yq_code rc = yq_cage_start(NULL, &err); /* before the store: what reads documents holds nothing of it */
    if (rc == YQ_OK && a->watch) rc = yq_watch_open(a->rest, a->rest_count, &watch, &err); /* before the first look: nothing comes unseen between */
    if (rc == YQ_OK) rc = import_once(&job, &counts, &err);
    show_counts(&view, &counts);
    fflush(stdout);
    if (rc == YQ_OK && watch) rc = go_on(watch, job, &view, &err);
    yq_watch_close(watch);
    if (rc != YQ_OK) return yq_report(a->store, rc, &err);
    if (a->watch) return YQ_EXIT_DONE;
    return counts.refused || counts.partly || counts.stopped ? YQ_EXIT_REFUSED : YQ_EXIT_DONE;
}

int yq_run_reread(const yq_arguments *a)
{
    import_view view = { isatty(STDERR_FILENO), a->json, yq_monotonic_us() };
    const import_job job = { &rereading, a->store, a->rest, a->rest_count, { .each = show_file, .stop = stop_asked, .arg = &view } };
    yq_import_counts counts = { 0 };
    yq_err err = { 0 };
    yq_watch_signals();
    yq_code rc = yq_cage_start(NULL, &err);
    if (rc == YQ_OK) rc = import_once(&job, &counts, &err);
    show_counts(&view, &counts);
    if (rc != YQ_OK) return yq_report(a->store, rc, &err);
    return counts.refused || counts.partly || counts.stopped ? YQ_EXIT_REFUSED : YQ_EXIT_DONE;
}

/* ---------------------------------------------------------------- keeping it whole */

static yq_code verify(yq_store *s, const yq_arguments *a, yq_err *err)
{
    yq_verify_report report = { 0 };
    (void)a;
    yq_code rc = yq_verify(s, &report, err);
    if (rc == YQ_OK) printf("%lld entries, every hash as it was written\n", (long long)report.entries);
    return rc;
}

/* Reading only: a store that somebody writes can be verified and dumped as it is. */
static int with_reading(const yq_arguments *a, yq_code (*work)(yq_store *s, const yq_arguments *a, yq_err *err))
{
    const yq_store_options how = { .read_only = true };
    yq_store *s = NULL;
    yq_err err = { 0 };
    yq_code rc = yq_store_open(a->store, &how, &s, &err);
    if (rc == YQ_OK) rc = work(s, a, &err);
    yq_store_close(s);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->store, rc, &err);
}

int yq_run_verify(const yq_arguments *a)
{
    return with_reading(a, verify);
}

static yq_code rebuild(yq_store *s, const yq_arguments *a, yq_err *err)
{
    (void)a;
    return yq_register_rebuild(s, err);
}

int yq_run_rebuild(const yq_arguments *a)
{
    return with_store(a, false, rebuild);
}

static yq_code print_line(void *arg, yq_str line)
{
    FILE *to = arg;
    return fwrite(line.p, 1, line.n, to) == line.n && putc('\n', to) != EOF ? YQ_OK : YQ_IO;
}

static yq_code dump(yq_store *s, const yq_arguments *a, yq_err *err)
{
    (void)a;
    yq_code rc = yq_dump(s, print_line, stdout, err);
    if (rc == YQ_OK && fflush(stdout) != 0) rc = yq_fail(err, YQ_IO, 0, "cannot print: is the disk full?");
    return rc;
}

int yq_run_dump(const yq_arguments *a)
{
    return with_reading(a, dump);
}

static yq_code backup(yq_store *s, const yq_arguments *a, yq_err *err)
{
    yq_code rc = yq_folder_of(a->rest[0], err);
    return rc == YQ_OK ? yq_backup(s, a->rest[0], err) : rc;
}

int yq_run_backup(const yq_arguments *a)
{
    return with_reading(a, backup);
}

int yq_run_restore(const yq_arguments *a)
{
    yq_err err = { 0 };
    yq_code rc = yq_restore(a->rest[0], a->store, &err);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->rest[0], rc, &err);
}

/* ---------------------------------------------------------------- export */

static yq_code export_identities(yq_reader *r, yq_buf *out, yq_err *err)
{
    yq_viewer viewer = yq_viewer_office();
    return yq_register_identities(r, &viewer, out, err);
}

static yq_code export_corrections(yq_reader *r, yq_buf *out, yq_err *err)
{
    yq_viewer viewer = yq_viewer_office();
    yq_corrections counts;
    yq_code rc = yq_register_corrections(r, &viewer, out, &counts, err);
    if (rc == YQ_OK) printf("%zu sentences; %zu left out, since not all that was found in them is decided\n", counts.written, counts.open);
    return rc;
}

static yq_code export_to(const char *file, yq_reader *r, yq_code (*write)(yq_reader *r, yq_buf *out, yq_err *err), yq_err *err)
{
    yq_buf out = { 0 };
    if (!file) return YQ_OK;
    yq_code rc = write(r, &out, err);
    if (rc == YQ_OK) rc = yq_folder_of(file, err);
    if (rc == YQ_OK) rc = yq_file_write(file, yq_buf_str(&out), err);
    yq_buf_free(&out);
    return rc;
}

int yq_run_export(const yq_arguments *a)
{
    yq_reader *r = NULL;
    yq_err err = { 0 };
    if (!a->identities && !a->corrections) return fputs("yiqiao: say what to export: --identities FILE or --corrections FILE.jsonl\n", stderr), YQ_EXIT_USAGE;
    yq_code rc = yq_reader_open(a->store, &r, &err);
    if (rc == YQ_OK) rc = export_to(a->identities, r, export_identities, &err);
    if (rc == YQ_OK) rc = export_to(a->corrections, r, export_corrections, &err);
    yq_reader_close(r);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->store, rc, &err);
}
