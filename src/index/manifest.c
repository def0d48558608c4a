/* Which segments are the index? One small file says it, and replacing that file is the commit.
 *
 * manifest.yqm, all numbers little endian:
 *
 *    0  8  "YQMAN\r\n\1"
 *    8  4  YQ_INDEX_VERSION     12  4  YQ_TEXT_VERSION
 *   16  8  generation: raised by each commit
 *   24  8  journal sequence that the index contains
 *   32  8  number of the next segment file
 *   40  4  segments             44  4  0
 *   48     for each: number u64, checksum u64 (as in its header), dead documents u32, words u32; words * u64 of bits, set: dead
 *   end 8  checksum of all before
 *
 * A segment file is named seg-<number, 16 hex digits>.yqs. A commit writes new segments, then the folder, then the manifest, then the folder
 * again; only then are files removed that no manifest names. Whatever happens in between, the manifest in place names only whole files.
 */
#include "index/internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { HEAD = 48, ENTRY = 24, MAX_MANIFEST = 1 << 30, MAX_SEGMENTS = 1 << 16 };
static const char magic[8] = "YQMAN\r\n\1";

/* ---------------------------------------------------------------- the disk */

static yq_code system_write(disk *d, const char *path, yq_str content, yq_err *err)
{
    (void)d;
    return yq_file_write(path, content, err);
}

static yq_code system_sync_folder(disk *d, const char *folder, yq_err *err)
{
    (void)d;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        yq_code rc = yq_fail(err, YQ_IO, 0, "cannot sync the folder %s: %s", folder, strerror(errno));
        if (fd >= 0) close(fd);
        return rc;
    }
    close(fd);
    return YQ_OK;
}

static void system_remove(disk *d, const char *path)
{
    (void)d;
    unlink(path);
}

disk *disk_system(void)
{
    static disk d = { system_write, system_sync_folder, system_remove };
    return &d;
}

/* ---------------------------------------------------------------- writing */

void segment_path(const char *folder, uint64_t number, char *out, size_t cap)
{
    snprintf(out, cap, "%s/seg-%016llx.yqs", folder, (unsigned long long)number);
}

static void manifest_path(const char *folder, char *out, size_t cap)
{
    snprintf(out, cap, "%s/manifest.yqm", folder);
}

static void put_view(yq_buf *b, const view *v)
{
    uint32_t words = v->dead ? (v->segment->docs + 63u) / 64 : 0;
    buf_u64(b, v->segment->number);
    buf_u64(b, v->segment->sum);
    buf_u32(b, v->dead_count);
    buf_u32(b, words);
    for (uint32_t i = 0; i < words; i++) buf_u64(b, v->dead[i]);
}

static void put_manifest(yq_buf *b, const snapshot *s)
{
    yq_buf_put(b, (yq_str){ magic, sizeof magic });
    buf_u32(b, YQ_INDEX_VERSION);
    buf_u32(b, YQ_TEXT_VERSION);
    buf_u64(b, s->generation);
    buf_u64(b, (uint64_t)s->sequence);
    buf_u64(b, s->next_number);
    buf_u32(b, (uint32_t)s->n);
    buf_u32(b, 0);
    for (size_t i = 0; i < s->n; i++) put_view(b, s->views[i]);
    if (!b->failed) buf_u64(b, checksum(b->p, b->n, 0));
}

yq_code manifest_write(disk *d, const char *folder, const snapshot *s, yq_err *err)
{
    char path[4096];
    yq_buf b = { 0 };
    manifest_path(folder, path, sizeof path);
    put_manifest(&b, s);
    yq_code rc = b.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the index's manifest") : d->write(d, path, yq_buf_str(&b), err);
    yq_buf_free(&b);
    return rc == YQ_OK ? d->sync_folder(d, folder, err) : rc;
}

static bool named(const snapshot *s, uint64_t number)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->views[i]->segment->number == number) return true;
    return false;
}

void manifest_sweep(disk *d, const char *folder, const snapshot *s)
{
    char path[4096];
    unsigned long long number;
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *e; (e = readdir(dir));) {
        int end = 0;
        bool segment_file = sscanf(e->d_name, "seg-%16llx.yqs%n", &number, &end) == 1 && end > 0;
        bool manifest_left = strncmp(e->d_name, "manifest.yqm.", 13) == 0; /* a write that was cut off */
        if (!manifest_left && (!segment_file || (!e->d_name[end] && named(s, number)))) continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        d->remove(d, path);
    }
    closedir(dir);
}

/* ---------------------------------------------------------------- reading */

static yq_code judge(const uint8_t *p, size_t n, yq_err *err)
{
    if (n < HEAD + 8 || memcmp(p, magic, sizeof magic) != 0 || checksum(p, n - 8, 0) != get64(p + n - 8))
        return yq_fail(err, YQ_CORRUPT, 0, "the index's manifest is damaged");
    if (get32(p + 8) != YQ_INDEX_VERSION || get32(p + 12) != YQ_TEXT_VERSION)
        return yq_fail(err, YQ_NEWER, 8, "the index was made by another version");
    if (get32(p + 40) > MAX_SEGMENTS) return yq_fail(err, YQ_CORRUPT, 40, "the index's manifest is damaged");
    return YQ_OK;
}

static yq_code read_view(const char *folder, const uint8_t **at, const uint8_t *end, view **out, yq_err *err)
{
    const uint8_t *p = *at;
    char path[4096];
    segment *s;
    if (end - p < ENTRY) return yq_fail(err, YQ_CORRUPT, 0, "the index's manifest is damaged");
    uint64_t number = get64(p), sum = get64(p + 8);
    uint32_t words = get32(p + 20);
    segment_path(folder, number, path, sizeof path);
    yq_code rc = segment_map(path, number, &s, err);
    if (rc != YQ_OK) return rc;
    bool fits = words == 0 || (words == (s->docs + 63u) / 64 && (size_t)(end - p - ENTRY) >= (size_t)words * 8);
    uint64_t *dead = fits && words ? malloc((size_t)words * 8) : NULL;
    if (s->sum != sum || !fits || (words && !dead)) {
        free(dead);
        segment_release(s);
        return yq_fail(err, YQ_CORRUPT, 0, "segment %llu is not the one that the manifest names", (unsigned long long)number);
    }
    for (uint32_t i = 0; i < words; i++) dead[i] = get64(p + ENTRY + (size_t)i * 8);
    *at = p + ENTRY + (size_t)words * 8;
    *out = view_new(s, dead);
    return *out ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
}

static yq_code read_views(const char *folder, const uint8_t *p, size_t n, snapshot **out, yq_err *err)
{
    uint32_t count = get32(p + 40), have = 0;
    const uint8_t *at = p + HEAD, *end = p + n - 8;
    view **views = calloc(count + (size_t)1, sizeof *views);
    yq_code rc = views ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
    while (rc == YQ_OK && have < count) {
        rc = read_view(folder, &at, end, &views[have], err);
        have += rc == YQ_OK;
    }
    if (rc == YQ_OK && !(*out = snapshot_new(views, count))) rc = yq_fail(err, YQ_NOMEM, 0, "no memory to open the index");
    for (uint32_t i = 0; i < have; i++) view_release(views[i]);
    free(views);
    return rc;
}

yq_code manifest_read(const char *folder, snapshot **out, yq_err *err)
{
    char path[4096], *bytes;
    size_t n;
    *out = NULL;
    manifest_path(folder, path, sizeof path);
    yq_code rc = yq_file_read(path, MAX_MANIFEST, &bytes, &n, err);
    if (rc != YQ_OK) return rc;
    const uint8_t *p = (const uint8_t *)bytes;
    rc = judge(p, n, err);
    if (rc == YQ_OK) rc = read_views(folder, p, n, out, err);
    if (rc == YQ_OK) {
        (*out)->generation = get64(p + 16);
        (*out)->sequence = (int64_t)get64(p + 24);
        (*out)->next_number = get64(p + 32);
    }
    free(bytes);
    return rc;
}

yq_code manifest_generation(const char *folder, uint64_t *generation, yq_err *err)
{
    char path[4096], *bytes;
    size_t n;
    *generation = 0;
    manifest_path(folder, path, sizeof path);
    yq_code rc = yq_file_read(path, MAX_MANIFEST, &bytes, &n, err);
    if (rc == YQ_NOTFOUND) return YQ_OK;
    if (rc != YQ_OK) return rc;
    rc = judge((const uint8_t *)bytes, n, err);
    if (rc == YQ_OK) *generation = get64((const uint8_t *)bytes + 16);
    free(bytes);
    return rc;
}
