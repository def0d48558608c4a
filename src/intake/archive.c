/* ZIP archives of documents: each entry of a kind that is read becomes a part (parts.c) behind a heading with its name.
 *
 * Names come in any encoding and may be hostile ("../../etc/passwd"); nothing is ever written under them, they are only shown, so what leads out of the
 * archive is cut off. What operating systems leave behind (__MACOSX, Thumbs.db, ~$ files) is passed over.
 */
#include "intake/office.h"

enum { PATH_BYTES = 1024 };

static bool is_left_behind(yq_str path, yq_str name)
{
    return yq_starts(path, YQ_S("__MACOSX/")) || yq_starts(name, YQ_S(".")) || yq_starts(name, YQ_S("~$")) || yq_eq(name, YQ_S("Thumbs.db"))
        || yq_eq(name, YQ_S("desktop.ini"));
}

static yq_str last_name(yq_str path)
{
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/') return yq_sub(path, i + 1, path.n);
    return path;
}

/* The name as UTF-8, with "/" between folders, without drives, "..", line ends. */
static yq_str shown_name(yq_arena *a, const char *raw)
{
    yq_decoded d = { .text = yq_sub(yq_cstr(raw), 0, PATH_BYTES) };
    if (!yq_utf8_valid(d.text, NULL) && yq_decode(a, d.text, "gbk", &d, NULL)) d.text = YQ_S("entry");
    char *out = yq_dupz(a, d.text);
    for (char *p = out; *p; p++)
        if (*p == '\\') *p = '/';
        else if ((unsigned char)*p < ' ' || *p == 127) *p = ' ';
    yq_str rest = yq_cstr(out), piece, name = { 0 };
    while (yq_split(&rest, '/', &piece)) {
        piece = yq_trim(piece);
        if (!piece.n || yq_eq(piece, YQ_S(".")) || yq_eq(piece, YQ_S("..")) || (piece.n == 2 && piece.p[1] == ':')) continue;
        name = name.n ? yq_printf(a, "%.*s/%.*s", YQ_FMT(name), YQ_FMT(piece)) : piece;
    }
    return name;
}

typedef struct {
    yq_draft *draft;
    yq_writer writer;
} unpacking;

static yq_code take_entry(unpacking *u, yq_zip *z, size_t i, yq_err *err)
{
    yq_draft *d = u->draft;
    yq_str raw = yq_cstr(yq_zip_name(z, i)), path = shown_name(d->arena, raw.p), bytes = { 0 };
    yq_err why = { 0 };
    if (!path.n || yq_ends(raw, YQ_S("/")) || is_left_behind(path, last_name(path))) return YQ_OK;
    yq_part part = { .name = path, .after = (uint32_t)d->lines.n };
    if (!yq_intake_knows(path)) return yq_draft_part(d, part, err);
    yq_code rc = yq_zip_entry_at(z, i, &bytes, &why);
    if (rc) return yq_fail(err, rc, 0, "%.80s: %s", path.p, why.msg);
    yq_text_insert(&u->writer.text, path, 0);
    yq_writer_line(&u->writer, YQ_BLOCK_HEADING, 1, true);
    part.after = (uint32_t)d->lines.n;
    part.bytes = bytes;
    return yq_draft_part(d, part, err);
}

static yq_code take_entries(yq_zip *z, void *arg, yq_err *err)
{
    unpacking *u = arg;
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < yq_zip_count(z) && !rc; i++) rc = take_entry(u, z, i, err);
    return rc;
}

yq_code yq_read_zip(yq_draft *d, yq_str bytes, yq_err *err)
{
    unpacking u = { d, yq_writer_on(d, bytes) };
    if (!yq_starts(bytes, YQ_S("PK"))) return yq_fail(err, YQ_INVALID, 0, "it is no ZIP archive, whatever its name says; pack it again as .zip");
    yq_code rc = yq_zip_run(d, bytes, take_entries, &u, err);
    if (rc) return rc;
    if (!d->parts.n) return yq_fail(err, YQ_INVALID, 0, "the archive holds no files");
    d->encoding = "UTF-8";
    const yq_map whole = { &(yq_map_run){ 0, 0, 1, 1 }, 1 };
    return yq_writer_done(&u.writer, &whole, err);
}
