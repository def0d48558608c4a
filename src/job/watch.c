/* Watches folders by inotify, whose events say that something happened to a file, not that it is whole: see watch.h for when it is. */
#include "job/watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SETTLED_MS = 2000,      /* of silence */
    ABANDONED_MS = 60000,   /* a file that stays open and no longer grows is read after all */
    DEEPEST = 32, MOST_FOLDERS = 100000, MOST_PENDING = 100000, MOST_READY_BYTES = 500000, /* one line to the server holds them */
    CHANGES = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
};

typedef struct {
    int wd;
    char *path;
    size_t root;      /* bytes of path that were given */
    bool chosen;      /* only the files that were given */
} folder;

typedef struct {
    char *path; /* with "/./" behind what was given */
    int64_t changed_us;
    bool open;  /* written and not closed yet */
    off_t size;
    struct timespec time;
} pending;

struct yq_watch {
    int fd;
    folder *folders; /* by wd */
    size_t folders_n, folders_cap;
    pending *pendings;
    size_t pendings_n, pendings_cap;
    const char *const *roots; /* the caller's */
    size_t roots_n;
    char **ready;
    size_t ready_n, ready_cap;
    bool overflowed, failed; /* failed: out of memory */
};

static void *grown(yq_watch *w, void *v, size_t n, size_t *cap, size_t item)
{
    if (n < *cap) return v;
    void *more = realloc(v, (*cap ? *cap * 2 : 64) * item);
    if (!more) return w->failed = true, NULL;
    *cap = *cap ? *cap * 2 : 64;
    return more;
}

/* ---------------------------------------------------------------- files that may not be whole yet */

static bool is_passing(const char *name)
{
    static const char *const endings[] = { ".part", ".tmp", ".crdownload", ".download", ".swp", "~" };
    if (name[0] == '.' || !strncmp(name, "~$", 2)) return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (yq_ends(yq_cstr(name), yq_cstr(endings[i]))) return true;
    return false;
}

static size_t find_pending(const yq_watch *w, const char *path)
{
    size_t i = 0;
    while (i < w->pendings_n && strcmp(w->pendings[i].path, path)) i++;
    return i;
}

static void drop_pending(yq_watch *w, size_t i)
{
    free(w->pendings[i].path);
    w->pendings[i] = w->pendings[--w->pendings_n];
}

/* "given/./below": the place where the document's name begins. */
static bool marked_path(const folder *f, const char *name, char out[PATH_MAX])
{
    const char *below = f->path + f->root;
    return snprintf(out, PATH_MAX, "%.*s/.%s/%s", (int)f->root, f->path, below, name) < PATH_MAX;
}

static void remember(pending *p)
{
    struct stat st;
    if (stat(p->path, &st)) return;
    p->size = st.st_size;
    p->time = st.st_mtim;
}

static bool is_given(const yq_watch *w, const char *name)
{
    for (size_t i = 0; i < w->roots_n; i++) {
        const char *slash = strrchr(w->roots[i], '/');
        if (!strcmp(slash ? slash + 1 : w->roots[i], name)) return true;
    }
    return false;
}

static void note_file(yq_watch *w, const folder *f, const char *name, bool open)
{
    char path[PATH_MAX];
    if ((f->chosen && !is_given(w, name)) || is_passing(name) || !marked_path(f, name, path)) return;
    size_t i = find_pending(w, path);
    if (i == w->pendings_n) {
        if (w->pendings_n >= MOST_PENDING) return (void)(w->overflowed = true);
        pending *v = grown(w, w->pendings, w->pendings_n, &w->pendings_cap, sizeof *v);
        char *copy = v ? strdup(path) : NULL;
        if (v) w->pendings = v;
        if (!copy) return (void)(w->failed = true);
        v[w->pendings_n++] = (pending){ .path = copy };
    }
    w->pendings[i].changed_us = yq_monotonic_us();
    w->pendings[i].open = open;
    remember(&w->pendings[i]);
}

static void forget_file(yq_watch *w, const folder *f, const char *name)
{
    char path[PATH_MAX];
    if (!marked_path(f, name, path)) return;
    size_t i = find_pending(w, path);
    if (i < w->pendings_n) drop_pending(w, i);
}

/* ---------------------------------------------------------------- folders */

/* The place of wd, or where it would stand: they grow from watch to watch. */
static size_t place_of(const yq_watch *w, int wd)
{
    size_t low = 0, high = w->folders_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->folders[middle].wd < wd) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void drop_folder(yq_watch *w, size_t i)
{
    free(w->folders[i].path);
    memmove(w->folders + i, w->folders + i + 1, (--w->folders_n - i) * sizeof *w->folders);
}

/* A folder that was moved keeps its wd: it is known under its new path from then on. */
static bool keep_folder(yq_watch *w, int wd, const char *path, size_t root, bool chosen)
{
    size_t i = place_of(w, wd);
    char *copy = strdup(path);
    if (!copy) return w->failed = true, false;
    if (i < w->folders_n && w->folders[i].wd == wd) {
        free(w->folders[i].path);
        w->folders[i] = (folder){ wd, copy, root, w->folders[i].chosen && chosen };
        return true;
    }
    folder *v = grown(w, w->folders, w->folders_n, &w->folders_cap, sizeof *v);
    if (!v) return free(copy), false;
    w->folders = v;
    memmove(v + i + 1, v + i, (w->folders_n++ - i) * sizeof *v);
    v[i] = (folder){ wd, copy, root, chosen };
    return true;
}

static yq_code add_folder(yq_watch *w, const char *path, size_t root, bool chosen, yq_err *err)
{
    if (w->folders_n >= MOST_FOLDERS) return yq_fail(err, YQ_INVALID, 0, "over %d folders; watch a part of them", MOST_FOLDERS);
    int wd = inotify_add_watch(w->fd, path, CHANGES | IN_ONLYDIR | (strlen(path) > root ? IN_DONT_FOLLOW : 0));
    if (wd < 0 && errno == ENOSPC)
        return yq_fail(err, YQ_IO, 0, "the system watches no more folders; raise it: sysctl fs.inotify.max_user_watches=524288");
    if (wd < 0) return YQ_NOTFOUND; /* gone meanwhile, or not to be read */
    return keep_folder(w, wd, path, root, chosen) ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory to watch folders");
}

/* Watches a folder and those below. Of one that came later, what it holds already is noted too. */
static yq_code add_tree(yq_watch *w, const char *path, size_t root, bool note, int depth, yq_err *err)
{
    yq_code rc = add_folder(w, path, root, false, err);
    DIR *d = rc == YQ_OK && depth < DEEPEST ? opendir(path) : NULL;
    folder self = { .path = (char *)path, .root = root };
    for (struct dirent *e; d && rc == YQ_OK && (e = readdir(d));) {
        char below[PATH_MAX];
        struct stat st;
        if (e->d_name[0] == '.' || snprintf(below, sizeof below, "%s/%s", path, e->d_name) >= (int)sizeof below || lstat(below, &st)) continue;
        if (S_ISDIR(st.st_mode)) rc = add_tree(w, below, root, note, depth + 1, err);
        else if (note && S_ISREG(st.st_mode)) note_file(w, &self, e->d_name, false);
        if (rc == YQ_NOTFOUND) rc = YQ_OK;
    }
    if (d) closedir(d);
    return rc;
}

static yq_code add_root(yq_watch *w, const char *path, yq_err *err)
{
    char whole[PATH_MAX];
    struct stat st;
    if (!realpath(path, whole) || stat(whole, &st)) return yq_fail(err, YQ_NOTFOUND, 0, "%.180s is not there", path);
    if (S_ISDIR(st.st_mode)) return add_tree(w, whole, strlen(whole), false, 0, err);
    *strrchr(whole, '/') = 0;
    return add_folder(w, whole, strlen(whole), true, err);
}

/* ---------------------------------------------------------------- events */

static yq_code take_event(yq_watch *w, const struct inotify_event *e, yq_err *err)
{
    char path[PATH_MAX];
    if (e->mask & IN_Q_OVERFLOW) return w->overflowed = true, YQ_OK;
    size_t i = place_of(w, e->wd);
    if (i >= w->folders_n || w->folders[i].wd != e->wd) return YQ_OK;
    if (e->mask & IN_IGNORED) return drop_folder(w, i), YQ_OK;
    const folder *f = &w->folders[i];
    if (!e->len) return YQ_OK;
    if (!(e->mask & IN_ISDIR)) {
        if (e->mask & (IN_MOVED_FROM | IN_DELETE)) forget_file(w, f, e->name);
        else if (e->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) note_file(w, f, e->name, false);
        else if (e->mask & (IN_CREATE | IN_MODIFY)) note_file(w, f, e->name, true);
        return YQ_OK;
    }
    bool came = e->mask & (IN_CREATE | IN_MOVED_TO), ours = !f->chosen && e->name[0] != '.';
    if (!came || !ours || snprintf(path, sizeof path, "%s/%s", f->path, e->name) >= (int)sizeof path) return YQ_OK;
    yq_code rc = add_tree(w, path, f->root, true, 0, err);
    return rc == YQ_NOTFOUND ? YQ_OK : rc;
}

static yq_code take_events(yq_watch *w, yq_err *err)
{
    _Alignas(struct inotify_event) char bytes[64 << 10];
    ssize_t n = read(w->fd, bytes, sizeof bytes);
    yq_code rc = YQ_OK;
    for (ssize_t at = 0; at < n && rc == YQ_OK;) {
        const struct inotify_event *e = (const struct inotify_event *)(bytes + at);
        rc = take_event(w, e, err);
        at += (ssize_t)(sizeof *e + e->len);
    }
    return rc;
}

/* ---------------------------------------------------------------- which are whole */

static bool same_as_before(const pending *p, const struct stat *st)
{
    return p->size == st->st_size && p->time.tv_sec == st->st_mtim.tv_sec && p->time.tv_nsec == st->st_mtim.tv_nsec;
}

static bool is_whole(pending *p, const struct stat *st, int64_t now)
{
    if (now - p->changed_us < (int64_t)(p->open ? ABANDONED_MS : SETTLED_MS) * 1000) return false;
    if (same_as_before(p, st)) return true;
    remember(p);
    p->changed_us = now;
    return false;
}

static void take_whole(yq_watch *w)
{
    int64_t now = yq_monotonic_us();
    size_t bytes = 0;
    for (size_t i = w->pendings_n; i-- > 0 && bytes < MOST_READY_BYTES;) {
        pending *p = &w->pendings[i];
        struct stat st;
        if (stat(p->path, &st) || !S_ISREG(st.st_mode)) {
            drop_pending(w, i);
            continue;
        }
        if (!is_whole(p, &st, now)) continue;
        char **v = grown(w, w->ready, w->ready_n, &w->ready_cap, sizeof *v);
        if (!v) return;
        w->ready = v;
        v[w->ready_n++] = p->path;
        bytes += strlen(p->path);
        w->pendings[i] = w->pendings[--w->pendings_n];
    }
}

static void clear_ready(yq_watch *w)
{
    while (w->ready_n) free(w->ready[--w->ready_n]);
}

static void clear_pending(yq_watch *w)
{
    while (w->pendings_n) drop_pending(w, 0);
}

/* How long until the next file could be whole, at most wait_ms. */
static int next_look(const yq_watch *w, int wait_ms)
{
    int64_t now = yq_monotonic_us(), least = (int64_t)wait_ms * 1000;
    for (size_t i = 0; i < w->pendings_n; i++) {
        int64_t left = w->pendings[i].changed_us + (int64_t)SETTLED_MS * 1000 - now;
        if (!w->pendings[i].open && left < least) least = left > 0 ? left : 0;
    }
    return (int)(least / 1000) + 1;
}

yq_code yq_watch_next(yq_watch *w, int wait_ms, const char *const **list, size_t *n, yq_err *err)
{
    struct pollfd p = { w->fd, POLLIN, 0 };
    yq_code rc = YQ_OK;
    clear_ready(w);
    *n = 0;
    if (!w->folders_n) return yq_fail(err, YQ_NOTFOUND, 0, "the watched folders are gone");
    if (poll(&p, 1, next_look(w, wait_ms)) > 0) rc = take_events(w, err);
    if (rc != YQ_OK) return rc;
    if (w->overflowed) {
        w->overflowed = false;
        clear_pending(w);
        *list = w->roots;
        *n = w->roots_n;
        return YQ_OK;
    }
    take_whole(w);
    *list = (const char *const *)w->ready;
    *n = w->ready_n;
    return w->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory to watch folders") : YQ_OK;
}

yq_code yq_watch_open(const char *const *paths, size_t n, yq_watch **out, yq_err *err)
{
    yq_watch *w = calloc(1, sizeof *w);
    yq_code rc = YQ_OK;
    *out = NULL;
    if (!w) return yq_fail(err, YQ_NOMEM, 0, "no memory to watch folders");
    w->roots = paths;
    w->roots_n = n;
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd < 0) rc = yq_fail(err, YQ_IO, 0, "folders cannot be watched: %s", strerror(errno));
    for (size_t i = 0; i < n && rc == YQ_OK; i++) rc = add_root(w, paths[i], err);
    if (rc == YQ_OK) return *out = w, YQ_OK;
    yq_watch_close(w);
    return rc;
}

void yq_watch_close(yq_watch *w)
{
    if (!w) return;
    clear_ready(w);
    clear_pending(w);
    while (w->folders_n) drop_folder(w, w->folders_n - 1);
    free(w->ready);
    free(w->pendings);
    free(w->folders);
    if (w->fd >= 0) close(w->fd);
    free(w);
}
