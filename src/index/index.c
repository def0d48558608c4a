/* The index as a whole: opening, adding, committing; what happens in which order so that a crash loses nothing.
 *
 * Writing goes on beside searching: the writer prepares new views and swaps one pointer. A commit is
 *   1 new segment files   2 the folder   3 the manifest (this is the moment)   4 the folder   5 the pointer   6 removal of old files.
 * Opening only reads, so that another program may look at an index while its owner commits. */
#include "index/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

enum {
    TIER = 8,             /* so many segments of one size class become one */
    REREAD = 5            /* times to look again when a commit passed by during opening */
};

yq_viewer yq_viewer_office(void)
{
    return (yq_viewer){ 1, YQ_SHARE_PARTNER };
}

bool yq_viewer_sees(const yq_viewer *v, int64_t owner, int sharing)
{
    return owner == v->institution || sharing <= v->level;
}

/* ---------------------------------------------------------------- opening and closing */

/* A segment that a commit has just replaced is gone; then the manifest is another one by now. */
static yq_code read_folder(const char *folder, snapshot **out, yq_err *err)
{
    yq_code rc = YQ_OK;
    for (int i = 0; i < REREAD; i++) {
        uint64_t before = 0, after = 0;
        if ((rc = manifest_generation(folder, &before, err)) != YQ_OK) return rc;
        rc = manifest_read(folder, out, err);
        if (rc == YQ_OK || rc == YQ_NOMEM) return rc;
        if (manifest_generation(folder, &after, err) == YQ_OK && after == before) return before ? YQ_CORRUPT : YQ_NOTFOUND;
    }
    return rc;
}

static yq_code open_folder(yq_index *x, bool *stale, yq_err *err)
{
    yq_code rc = yq_folder_make(x->folder, err);
    if (rc != YQ_OK) return rc;
    rc = read_folder(x->folder, &x->now, err);
    if (rc == YQ_OK || rc == YQ_NOMEM || rc == YQ_IO) return rc;
    *stale = rc != YQ_NOTFOUND;
    return YQ_OK;
}

/* An empty index. Its generation follows that of an unusable one, so that the next commit is known to be ours. */
static snapshot *empty(const char *folder)
{
    snapshot *s = snapshot_new(NULL, 0);
    if (s && folder) manifest_generation(folder, &s->generation, NULL);
    return s;
}

yq_code index_open_on(disk *d, const char *folder, yq_index **out, int64_t *sequence, bool *stale, yq_err *err)
{
    yq_index *x = calloc(1, sizeof *x);
    bool was_stale = false;
    *out = NULL;
    if (!x) return yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
    pthread_mutex_init(&x->lock, NULL);
    pthread_mutex_init(&x->writing, NULL);
    x->disk = d;
    yq_code rc = YQ_OK;
    x->building = builder_new();
    if (!x->building || (folder && !(x->folder = strdup(folder)))) rc = yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
    if (rc == YQ_OK && folder) rc = open_folder(x, &was_stale, err);
    if (rc == YQ_OK && !x->now && !(x->now = empty(folder))) rc = yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
    if (rc != YQ_OK) {
        yq_index_close(x);
        return rc;
    }
    if (sequence) *sequence = x->now->sequence;
    if (stale) *stale = was_stale;
    *out = x;
    return YQ_OK;
}

yq_code yq_index_open(const char *folder, yq_index **out, int64_t *sequence, bool *stale, yq_err *err)
{
    return index_open_on(disk_system(), folder, out, sequence, stale, err);
}

static void drop_pending(yq_index *x)
{
    for (size_t i = 0; i < x->pending_n; i++) view_release(x->pending[i]);
    free(x->pending);
    x->pending = NULL;
    x->pending_n = 0;
}

void yq_index_close(yq_index *x)
{
    if (!x) return;
    drop_pending(x);
    builder_free(x->building);
    snapshot_release(x->now);
    pthread_mutex_destroy(&x->lock);
    pthread_mutex_destroy(&x->writing);
    free(x->folder);
    free(x);
}

snapshot *index_snapshot(yq_index *x)
{
    pthread_mutex_lock(&x->lock);
    snapshot *s = snapshot_keep(x->now);
    pthread_mutex_unlock(&x->lock);
    return s;
}

size_t yq_index_count(const yq_index *x)
{
    snapshot *s = index_snapshot((yq_index *)x);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) n += s->views[i]->segment->docs - s->views[i]->dead_count;
    snapshot_release(s);
    return n;
}

/* ---------------------------------------------------------------- making segments */

static yq_code out_of_memory(yq_err *err)
{
    return yq_fail(err, YQ_NOMEM, 0, "no memory to write the index");
}

/* pending begins as a copy of what is searchable. */
static yq_code begin(yq_index *x, yq_err *err)
{
    if (x->pending) return YQ_OK;
    if (!(x->pending = calloc(x->now->n + 1, sizeof *x->pending))) return out_of_memory(err);
    for (size_t i = 0; i < x->now->n; i++) x->pending[i] = view_keep(x->now->views[i]);
    x->pending_n = x->now->n;
    return YQ_OK;
}

static yq_code void_touched(yq_index *x, yq_err *err)
{
    size_t n;
    const int64_t *ids = builder_touched(x->building, &n);
    if (!ids) return out_of_memory(err);
    for (size_t i = 0; i < x->pending_n; i++) {
        view *v = view_without(x->pending[i], ids, n);
        if (!v) return out_of_memory(err);
        view_release(x->pending[i]);
        x->pending[i] = v;
    }
    return YQ_OK;
}

/* Bytes from malloc become a segment: a mapped file, or memory. */
static yq_code store_segment(yq_index *x, uint8_t *bytes, size_t size, segment **out, yq_err *err)
{
    char path[4096];
    uint64_t number = x->now->next_number++; /* only the writer reads or writes it */
    if (!x->folder) {
        yq_code rc = segment_open(bytes, size, false, number, out, err);
        if (rc != YQ_OK) free(bytes);
        return rc;
    }
    segment_path(x->folder, number, path, sizeof path);
    yq_code rc = x->disk->write(x->disk, path, (yq_str){ (const char *)bytes, size }, err);
    free(bytes);
    return rc == YQ_OK ? segment_map(path, number, out, err) : rc;
}

static yq_code append_segment(yq_index *x, uint8_t *bytes, size_t size, yq_err *err)
{
    segment *s;
    view **more = realloc(x->pending, (x->pending_n + 1) * sizeof *more);
    if (more) x->pending = more;
    else {
        free(bytes);
        return out_of_memory(err);
    }
    yq_code rc = store_segment(x, bytes, size, &s, err);
    if (rc != YQ_OK) return rc;
    view *v = view_new(s, NULL);
    if (!v) return out_of_memory(err);
    x->pending[x->pending_n++] = v;
    return YQ_OK;
}

static yq_code flush(yq_index *x, yq_err *err)
{
    uint8_t *bytes;
    size_t size;
    if (builder_empty(x->building)) return YQ_OK;
    yq_code rc = void_touched(x, err);
    if (rc == YQ_OK) rc = builder_flush(x->building, &bytes, &size, err);
    if (rc == YQ_OK && bytes) rc = append_segment(x, bytes, size, err);
    return rc;
}

/* ---------------------------------------------------------------- merging */

static unsigned size_class(const view *v)
{
    unsigned c = 0;
    for (size_t bytes = v->segment->size >> 16; bytes; bytes /= TIER) c++;
    return c;
}

/* Puts the chosen views, of which there are n, together into one at the end of pending. */
static yq_code merge_chosen(yq_index *x, const bool *chosen, size_t n, yq_err *err)
{
    view **some = calloc(n + 1, sizeof *some);
    uint8_t *bytes = NULL;
    size_t size, some_n = 0, left = 0;
    if (!some) return out_of_memory(err);
    for (size_t i = 0; i < x->pending_n; i++)
        if (chosen[i]) some[some_n++] = x->pending[i];
    yq_code rc = merge_views(some, some_n, &bytes, &size, err);
    if (rc == YQ_OK && bytes) rc = append_segment(x, bytes, size, err);
    free(some);
    if (rc != YQ_OK) return rc;
    size_t before = x->pending_n - (bytes != NULL);
    for (size_t i = 0; i < x->pending_n; i++) {
        if (i < before && chosen[i]) view_release(x->pending[i]);
        else x->pending[left++] = x->pending[i];
    }
    x->pending_n = left;
    return YQ_OK;
}

/* What should become one: TIER segments of one size class, or one of which a quarter is dead. */
static size_t choose(const yq_index *x, bool *chosen)
{
    for (size_t i = 0; i < x->pending_n; i++) {
        const view *v = x->pending[i];
        unsigned class = size_class(v);
        size_t n = 0;
        memset(chosen, 0, x->pending_n * sizeof *chosen);
        if ((chosen[i] = (uint64_t)v->dead_count * 4 >= v->segment->docs && v->dead_count)) return 1;
        for (size_t k = 0; k < x->pending_n; k++) n += chosen[k] = size_class(x->pending[k]) == class;
        if (n >= TIER) return n;
    }
    return 0;
}

static yq_code merge_small(yq_index *x, yq_err *err)
{
    for (;;) {
        bool *chosen = calloc(x->pending_n + 1, sizeof *chosen);
        if (!chosen) return out_of_memory(err);
        size_t n = choose(x, chosen);
        yq_code rc = n ? merge_chosen(x, chosen, n, err) : YQ_OK;
        free(chosen);
        if (rc != YQ_OK || !n) return rc;
    }
}

static yq_code merge_all(yq_index *x, yq_err *err)
{
    bool *chosen = malloc(x->pending_n + 1);
    if (!chosen) return out_of_memory(err);
    memset(chosen, true, x->pending_n);
    bool one = x->pending_n < 2 && !(x->pending_n && x->pending[0]->dead_count);
    yq_code rc = one ? YQ_OK : merge_chosen(x, chosen, x->pending_n, err);
    free(chosen);
    return rc;
}

/* ---------------------------------------------------------------- the writer's calls */

/* After an error the index is what it was at the last commit; a half-known state is never committed. */
static yq_code settle(yq_index *x, yq_code rc)
{
    if (rc == YQ_OK) return rc;
    drop_pending(x);
    builder_clear(x->building);
    return rc;
}

static yq_code add_all(yq_index *x, const yq_index_doc *docs, size_t n, yq_err *err)
{
    yq_code rc = begin(x, err);
    for (size_t i = 0; rc == YQ_OK && i < n; i++) {
        rc = builder_add(x->building, &docs[i], err);
        if (rc == YQ_OK && builder_full(x->building)) rc = flush(x, err);
    }
    return rc;
}

yq_code yq_index_add(yq_index *x, const yq_index_doc *docs, size_t n, yq_err *err)
{
    pthread_mutex_lock(&x->writing);
    yq_code rc = settle(x, add_all(x, docs, n, err));
    pthread_mutex_unlock(&x->writing);
    return rc;
}

yq_code yq_index_delete(yq_index *x, const int64_t *ids, size_t n, yq_err *err)
{
    pthread_mutex_lock(&x->writing);
    yq_code rc = begin(x, err);
    for (size_t i = 0; rc == YQ_OK && i < n; i++) rc = builder_delete(x->building, ids[i], err);
    rc = settle(x, rc);
    pthread_mutex_unlock(&x->writing);
    return rc;
}

/* Two programs must not commit to one folder: the second would undo the first. */
static yq_code claim(yq_index *x, int *fd, yq_err *err)
{
    char path[4096];
    uint64_t generation = 0;
    snprintf(path, sizeof path, "%s/lock", x->folder);
    *fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0644);
    if (*fd < 0) return yq_fail(err, YQ_IO, 0, "cannot open %s: %s", path, strerror(errno));
    if (flock(*fd, LOCK_EX | LOCK_NB) != 0) return yq_fail(err, YQ_BUSY, 0, "another program writes the index in %s", x->folder);
    yq_code rc = manifest_generation(x->folder, &generation, NULL);
    if (rc == YQ_OK && generation && generation != x->now->generation)
        return yq_fail(err, YQ_BUSY, 0, "another program has written the index in %s; open it again", x->folder);
    return YQ_OK; /* a damaged manifest is replaced */
}

static yq_code publish(yq_index *x, int64_t sequence, yq_err *err)
{
    snapshot *next = snapshot_new(x->pending, x->pending_n), *old = x->now;
    if (!next) return out_of_memory(err);
    next->sequence = sequence;
    next->generation = old->generation + 1;
    next->next_number = old->next_number;
    yq_code rc = x->folder ? x->disk->sync_folder(x->disk, x->folder, err) : YQ_OK;
    if (rc == YQ_OK && x->folder) rc = manifest_write(x->disk, x->folder, next, err);
    if (rc != YQ_OK) {
        snapshot_release(next);
        return rc;
    }
    pthread_mutex_lock(&x->lock);
    x->now = next;
    pthread_mutex_unlock(&x->lock);
    snapshot_release(old);
    drop_pending(x);
    if (x->folder) manifest_sweep(x->disk, x->folder, next);
    return YQ_OK;
}

static yq_code commit(yq_index *x, int64_t sequence, yq_code (*merge)(yq_index *x, yq_err *err), yq_err *err)
{
    int fd = -1;
    yq_code rc = begin(x, err);
    if (rc == YQ_OK && x->folder) rc = claim(x, &fd, err);
    if (rc == YQ_OK) rc = flush(x, err);
    if (rc == YQ_OK) rc = merge(x, err);
    if (rc == YQ_OK) rc = publish(x, sequence, err);
    if (fd >= 0) close(fd);
    return rc;
}

yq_code yq_index_commit(yq_index *x, int64_t sequence, yq_err *err)
{
    pthread_mutex_lock(&x->writing);
    yq_code rc = settle(x, commit(x, sequence, merge_small, err));
    pthread_mutex_unlock(&x->writing);
    return rc;
}

yq_code yq_index_merge(yq_index *x, yq_err *err)
{
    pthread_mutex_lock(&x->writing);
    yq_code rc = settle(x, commit(x, x->now->sequence, merge_all, err));
    pthread_mutex_unlock(&x->writing);
    return rc;
}
