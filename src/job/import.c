/* Walks what was given, then reads file by file. The list of files is made first, so that a bar knows its end. */
#include "job/internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_FILES = 1000000, DEEPEST = 32, PATH_BYTES = 4096 };

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

static yq_code read_one(void *arg, yq_register *r, size_t i, yq_import_progress *p, yq_err *err)
{
    const walk *files = arg;
    const file *f = &files->files.v[i];
    char *bytes;
    size_t n;
    p->path = f->path;
    p->name = f->path + f->name;
    yq_code rc = yq_file_read(f->path, yq_intake_defaults().file_bytes, &bytes, &n, err);
    if (rc != YQ_OK) return rc == YQ_IO ? YQ_INVALID : rc;
    rc = yq_register_import(r, yq_cstr(p->name), (yq_str){ bytes, n }, &p->result, err);
    free(bytes);
    return rc;
}

yq_code yq_import_paths(yq_register *r, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    walk files = { .arena = yq_arena_new((size_t)1 << 30) };
    *counts = (yq_import_counts){ 0 };
    if (!files.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for the list of files");
    for (size_t i = 0; i < n; i++) walk_path(&files, paths[i]);
    yq_code rc = yq_batch_run(r, &(yq_batch){ read_one, &files, files.files.n }, w, counts, err);
    yq_arena_free(files.arena);
    return rc;
}
