/* ZIP archives from untrusted hands. What an entry unpacks to is known only when it is unpacked: sizes in the directory are a promise, so they are
 * checked first and counted again. libzip does the unpacking and the checksums.
 */
#include "intake/office.h"

#include <zip.h>

enum { MOST_ENTRIES = 10000, ALL_ENTRIES_FACTOR = 3, RATIO_FROM = 4 << 20, HIGHEST_RATIO = 200, MEGABYTE = 1 << 20 };

struct yq_zip {
    yq_draft *draft;
    zip_t *archive;
    size_t unpacked; /* of all entries read so far */
};

size_t yq_zip_count(const yq_zip *z)
{
    zip_int64_t n = zip_get_num_entries(z->archive, 0);
    return n > 0 ? (size_t)n : 0;
}

const char *yq_zip_name(const yq_zip *z, size_t i)
{
    const char *name = zip_get_name(z->archive, i, ZIP_FL_ENC_RAW); /* libzip would take GBK for the alphabet of MS-DOS */
    return name ? name : "";
}

/* What the directory says of an entry, held against the limits. */
static yq_code check_promise(const yq_zip *z, const zip_stat_t *st, yq_err *err)
{
    size_t limit = z->draft->limits->file_bytes, all = limit * ALL_ENTRIES_FACTOR;
    if (!(st->valid & ZIP_STAT_SIZE)) return yq_fail(err, YQ_INVALID, 0, "the file is damaged: a part of it has no size");
    if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) && st->encryption_method != ZIP_EM_NONE)
        return yq_fail(err, YQ_INVALID, 0, "the file is protected by a password; save it without one");
    if (st->size > limit)
        return yq_fail(err, YQ_INVALID, 0, "a part of the file unpacks to %llu MB, over the limit of %zu MB; it is no ordinary document",
                       (unsigned long long)(st->size / MEGABYTE), limit / MEGABYTE);
    if (st->size > all - z->unpacked) return yq_fail(err, YQ_INVALID, 0, "the file unpacks to over %zu MB; split it", all / MEGABYTE);
    if (st->size > RATIO_FROM && (st->valid & ZIP_STAT_COMP_SIZE) && st->size / HIGHEST_RATIO > st->comp_size)
        return yq_fail(err, YQ_INVALID, 0, "a part of the file unpacks to over %d times its size; it is no ordinary document", HIGHEST_RATIO);
    return YQ_OK;
}

/* Reads exactly n bytes and finds the end behind them. */
static yq_code unpack(zip_file_t *f, char *to, size_t n, yq_err *err)
{
    char more;
    for (size_t at = 0; at < n;) {
        zip_int64_t got = zip_fread(f, to + at, n - at);
        if (got <= 0) return yq_fail(err, YQ_INVALID, 0, "the file is damaged: a part of it ends early or does not match its checksum");
        at += (size_t)got;
    }
    zip_int64_t got = zip_fread(f, &more, 1);
    if (got > 0) return yq_fail(err, YQ_INVALID, 0, "a part of the file unpacks to more than it says");
    if (got < 0) return yq_fail(err, YQ_INVALID, 0, "the file is damaged: a part of it does not match its checksum");
    return YQ_OK;
}

yq_code yq_zip_entry(yq_zip *z, const char *name, yq_str *out, yq_err *err)
{
    zip_int64_t index = zip_name_locate(z->archive, name, ZIP_FL_NOCASE);
    *out = (yq_str){ 0 };
    return index < 0 ? YQ_OK : yq_zip_entry_at(z, (size_t)index, out, err);
}

yq_code yq_zip_entry_at(yq_zip *z, size_t index, yq_str *out, yq_err *err)
{
    zip_stat_t st;
    *out = (yq_str){ 0 };
    if (zip_stat_index(z->archive, index, 0, &st)) return yq_fail(err, YQ_INVALID, 0, "the file is damaged: %s", zip_strerror(z->archive));
    yq_code rc = check_promise(z, &st, err);
    if (rc) return rc;
    char *bytes = yq_alloc(z->draft->arena, st.size + 1); /* before the entry is open: this may leave by the arena */
    zip_file_t *f = zip_fopen_index(z->archive, index, 0);
    if (!f) return yq_fail(err, YQ_INVALID, 0, "the file is damaged or packed in an unusual way: %s", zip_strerror(z->archive));
    rc = unpack(f, bytes, st.size, err);
    zip_fclose(f);
    z->unpacked += st.size;
    *out = (yq_str){ bytes, st.size };
    return rc;
}

typedef struct {
    yq_zip *zip;
    yq_code (*work)(yq_zip *z, void *arg, yq_err *err);
    void *arg;
} task;

static yq_code run_task(void *arg, yq_err *err)
{
    task *t = arg;
    return t->work(t->zip, t->arg, err);
}

yq_code yq_zip_run(yq_draft *d, yq_str bytes, yq_code (*work)(yq_zip *z, void *arg, yq_err *err), void *arg, yq_err *err)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
    yq_zip z = { .draft = d, .archive = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL };
    if (!z.archive) {
        yq_code rc = yq_fail(err, YQ_INVALID, 0, "the file is damaged or incomplete: %s", zip_error_strerror(&why));
        if (source) zip_source_free(source);
        zip_error_fini(&why);
        return rc;
    }
    task t = { &z, work, arg };
    yq_code rc = yq_zip_count(&z) > MOST_ENTRIES ? yq_fail(err, YQ_INVALID, 0, "the archive has over %d entries; split it", MOST_ENTRIES)
                                                 : yq_arena_run(d->arena, run_task, &t, err);
    zip_discard(z.archive);
    zip_error_fini(&why);
    return rc;
}
