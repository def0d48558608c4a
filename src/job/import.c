/* Walks what was given, then reads file by file in groups. The list of files is made first, so that a bar knows its end. */
#include "job/import.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { GROUP_DOCUMENTS = 64, GROUP_US = 200000, MOST_FILES = 1000000, DEEPEST = 32, PATH_BYTES = 4096 };

typedef struct {
    char *path;
    size_t name; /* where the document's name begins in path */
} file;

typedef struct {
    YQ_VEC(file) files;
    yq_arena *arena;
} walk;

static void add_file(walk *w, const char *path, size_t name)
{
    if (w->files.n >= MOST_FILES) return;
    *yq_push(w->arena, &w->files) = (file){ yq_dupz(w->arena, yq_cstr(path)), name };
}

static int visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void walk_folder(walk *w, const char *path, size_t name, int depth)
{
    struct dirent **list;
    int n = depth < DEEPEST ? scandir(path, &list, visible, alphasort) : -1;
    if (n < 0) {
        add_file(w, path, name); /* refused later, with its reason */
        return;
    }
    for (int i = 0; i < n; i++) {
        char below[PATH_BYTES];
        struct stat st;
        int length = snprintf(below, sizeof below, "%s/%s", path, list[i]->d_name);
        free(list[i]);
        if (length >= (int)sizeof below || lstat(below, &st) != 0) continue;
        if (S_ISDIR(st.st_mode)) walk_folder(w, below, name, depth + 1);
        else if (S_ISREG(st.st_mode)) add_file(w, below, name);
    }
    free(list);
}

static void walk_path(walk *w, const char *path)
{
    struct stat st;
    const char *slash = strrchr(path, '/'), *mark = strstr(path, "/./");
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        char folder[PATH_BYTES];
        size_t n = strlen(path);
        while (n > 1 && path[n - 1] == '/') n--;
        snprintf(folder, sizeof folder, "%.*s", (int)n, path);
        walk_folder(w, folder, strlen(folder) + 1, 0);
        return;
    }
    if (mark) add_file(w, path, (size_t)(mark - path) + strlen("/./"));
    else add_file(w, path, slash ? (size_t)(slash - path) + 1 : 0);
}

/* ---------------------------------------------------------------- one file */

static yq_code read_one(yq_register *r, const file *f, yq_import_result *result, yq_err *err)
{
    char *bytes;
    size_t n;
    yq_code rc = yq_file_read(f->path, yq_intake_defaults().file_bytes, &bytes, &n, err);
    if (rc != YQ_OK) return rc == YQ_IO ? YQ_INVALID : rc;
    rc = yq_register_import(r, yq_cstr(f->path + f->name), (yq_str){ bytes, n }, result, err);
    free(bytes);
    return rc;
}

/* A document's own fault is a refusal; anything else ends the import. */
static bool is_refusal(yq_code code)
{
    return code == YQ_INVALID || code == YQ_NOMEM || code == YQ_NOTFOUND;
}

static void count(yq_import_counts *c, const yq_import_progress *p)
{
    if (p->code != YQ_OK) c->refused++;
    else if (p->result.outcome == YQ_IMPORT_KNOWN) c->known++;
    else c->read++;
    c->partly += p->code == YQ_OK && p->result.unread[0];
    if (p->code == YQ_OK && p->result.outcome != YQ_IMPORT_KNOWN) {
        c->found += p->result.found;
        c->doubtful += p->result.doubtful;
    }
}

/* ---------------------------------------------------------------- groups */

static bool asked_to_stop(const yq_import_watcher *w)
{
    return w && w->stop && w->stop(w->arg);
}

/* Reads files from *next on until the group is full. What it counted is valid once the group is committed. */
static yq_code read_group(yq_register *r, const walk *files, size_t *next, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    int64_t begun = yq_monotonic_us();
    for (int i = 0; i < GROUP_DOCUMENTS && *next < files->files.n; i++) {
        if (asked_to_stop(w)) return counts->stopped = true, YQ_OK;
        const file *f = &files->files.v[*next];
        yq_import_progress p = { .path = f->path, .name = f->path + f->name, .done = ++*next, .total = files->files.n };
        p.code = read_one(r, f, &p.result, &p.error);
        if (p.code != YQ_OK && !is_refusal(p.code)) {
            if (err) *err = p.error;
            return p.code;
        }
        count(counts, &p);
        if (w && w->each) w->each(w->arg, &p);
        if (yq_monotonic_us() - begun > GROUP_US) break;
    }
    return YQ_OK;
}

static yq_code import_group(yq_register *r, const walk *files, size_t *next, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    yq_code rc = yq_register_begin(r, err);
    if (rc != YQ_OK) return rc;
    rc = read_group(r, files, next, w, counts, err);
    if (rc == YQ_OK) rc = yq_register_commit(r, err);
    if (rc != YQ_OK) yq_register_rollback(r);
    return rc;
}

yq_code yq_import_paths(yq_register *r, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    walk files = { .arena = yq_arena_new((size_t)1 << 30) };
    yq_code rc = YQ_OK;

    *counts = (yq_import_counts){ 0 };
    if (!files.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for the list of files");
    for (size_t i = 0; i < n; i++) walk_path(&files, paths[i]);
    for (size_t next = 0; rc == YQ_OK && next < files.files.n && !counts->stopped;) {
        if (w && w->enter) w->enter(w->arg);
        rc = import_group(r, &files, &next, w, counts, err);
        if (w && w->leave) w->leave(w->arg);
    }
    yq_arena_free(files.arena);
    return rc;
}
