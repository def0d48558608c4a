/* Mails and archives hold files. Each is read by its own reader, in the cage in a process of its own, so that one attachment cannot speak for another;
 * what they give is joined here into one reading, in the order of the whole.
 *
 * The map of such a reading leads to the bytes of the file and, behind these, to the bytes of its parts, one part behind the other: part k begins at
 * parts[k].origin. An attached roster that cannot be read is no reason to refuse the mail: it is named with its reason, and the rest stands.
 */
#include "intake/internal.h"

#include <stdio.h>

enum { PART_NAME_BYTES = 200, MEGABYTE = 1 << 20, MOST_ORIGINS = 1 << 30 };

/* What all parts may use together, at every depth. */
typedef struct {
    yq_arena *arena;
    const yq_intake_limits *limits;
    yq_part_reader *read;
    void *arg;
    size_t parts, bytes, text;
    int64_t deadline_us;
} budget;

/* The reading that is put together. */
typedef struct {
    budget *of;
    yq_reading reading;
    YQ_VEC(char) text;
    YQ_VEC(yq_map_run) runs;
    size_t origin; /* behind the bytes of all that came so far */
} whole;

yq_str yq_part_name(yq_arena *a, yq_str name)
{
    size_t bad;
    while (name.n > PART_NAME_BYTES) name.n = yq_utf8_back(name, name.n);
    char *p = yq_dupz(a, name);
    while (!yq_utf8_valid((yq_str){ p, name.n }, &bad)) p[bad] = '?';
    return (yq_str){ p, name.n };
}

yq_code yq_draft_part(yq_draft *d, yq_part part, yq_err *err)
{
    size_t bytes = part.bytes.n;
    for (size_t i = 0; i < d->parts.n; i++) bytes += d->parts.v[i].bytes.n;
    if (d->parts.n >= d->limits->parts) return yq_fail(err, YQ_INVALID, 0, "it holds over %zu files; split it", d->limits->parts);
    if (bytes > d->limits->parts_bytes)
        return yq_fail(err, YQ_INVALID, 0, "the files inside unpack to over %zu MB; split it", d->limits->parts_bytes / MEGABYTE);
    part.name = yq_part_name(d->arena, part.name);
    *yq_push(d->arena, &d->parts) = part;
    return YQ_OK;
}

/* ---------------------------------------------------------------- copying pieces of readings */

static void copy_runs(whole *w, const yq_map *map, yq_span piece, size_t base)
{
    uint32_t to = (uint32_t)w->text.n;
    size_t low = 0, high = map->n;
    while (low < high) { /* the first run that begins behind the piece's begin */
        size_t middle = low + (high - low) / 2;
        if (map->run[middle].clean <= piece.from) low = middle + 1;
        else high = middle;
    }
    yq_map_run first = low ? map->run[low - 1] : (yq_map_run){ .clean_step = 1 };
    *yq_push(w->of->arena, &w->runs) = (yq_map_run){ to, (uint32_t)(yq_map_origin(map, piece.from) + base), first.clean_step, first.origin_step };
    for (; low < map->n && map->run[low].clean < piece.to; low++) {
        yq_map_run run = map->run[low];
        run.clean += to - piece.from;
        run.origin += (uint32_t)base;
        *yq_push(w->of->arena, &w->runs) = run;
    }
}

static void copy_text(whole *w, const yq_reading *from, yq_span piece, size_t base)
{
    if (piece.to <= piece.from) return;
    copy_runs(w, &from->map, piece, base);
    size_t n = piece.to - piece.from;
    while (w->text.cap - w->text.n < n) w->text.v = yq_vec_grow(w->of->arena, w->text.v, w->text.n, &w->text.cap, 1);
    memcpy(w->text.v + w->text.n, from->clean.p + piece.from, n);
    w->text.n += n;
}

static void copy_table(whole *w, const yq_table *table, uint32_t from, uint32_t to)
{
    yq_table *t = yq_push(w->of->arena, &w->reading.tables);
    *t = *table;
    t->cells.v = YQ_ARRAY(w->of->arena, yq_cell, table->cells.n);
    t->cells.cap = table->cells.n;
    for (size_t i = 0; i < table->cells.n; i++) {
        t->cells.v[i] = table->cells.v[i];
        t->cells.v[i].span.from += to - from;
        t->cells.v[i].span.to += to - from;
    }
}

/* A block with its text up to the next one's. */
static void copy_block(whole *w, const yq_reading *from, size_t i, size_t base)
{
    yq_block b = from->blocks.v[i];
    uint32_t end = i + 1 < from->blocks.n ? from->blocks.v[i + 1].span.from : (uint32_t)from->clean.n, to = (uint32_t)w->text.n, old = b.span.from;
    if (b.kind == YQ_BLOCK_TABLE) {
        copy_table(w, &from->tables.v[b.table], old, to);
        b.table = (uint32_t)w->reading.tables.n - 1;
    }
    copy_text(w, from, (yq_span){ old, end }, base);
    b.span = (yq_span){ to, to + b.span.to - old };
    if (b.kind == YQ_BLOCK_TITLE) w->reading.title = b.span;
    *yq_push(w->of->arena, &w->reading.blocks) = b;
}

/* ---------------------------------------------------------------- a part takes its place */

/* A part's own title heads it inside of the whole, below the heading with its name. */
static void lower_headings(yq_reading *part, bool body)
{
    unsigned by = body ? 0 : 1;
    for (size_t i = 0; i < part->blocks.n; i++) {
        yq_block *b = &part->blocks.v[i];
        if (b->kind == YQ_BLOCK_TITLE) b->kind = YQ_BLOCK_HEADING, b->level = (uint8_t)(1 + by);
        else if (b->kind == YQ_BLOCK_SUBTITLE) b->kind = YQ_BLOCK_PARAGRAPH, b->level = 0;
        else if (b->kind == YQ_BLOCK_HEADING) b->level = b->level + by < 6 ? (uint8_t)(b->level + by) : 6;
    }
}

static size_t bytes_behind(const yq_reading *r, size_t bytes)
{
    size_t end = bytes;
    for (size_t i = 0; i < r->map.n; i++) {
        const yq_map_run *run = &r->map.run[i];
        size_t next = i + 1 < r->map.n ? r->map.run[i + 1].clean : r->clean.n, length = next > run->clean ? next - run->clean : 0;
        size_t last = run->origin + length / (run->clean_step ? run->clean_step : 1) * run->origin_step;
        end = last > end ? last : end;
    }
    return end;
}

static void name_inner_parts(whole *w, const yq_part *outer, const yq_reading *inner, uint32_t from, size_t base)
{
    for (size_t i = 0; i < inner->parts.n; i++) {
        yq_part p = inner->parts.v[i];
        if (p.body) continue;
        p.name = yq_part_name(w->of->arena, yq_printf(w->of->arena, "%.*s/%.*s", YQ_FMT(outer->name), YQ_FMT(p.name)));
        p.span = (yq_span){ p.span.from + from, p.span.to + from };
        p.origin += (uint32_t)base;
        *yq_push(w->of->arena, &w->reading.parts) = p;
    }
}

static void place_part(whole *w, yq_part *p, yq_reading *inner, bool alone)
{
    uint32_t from = (uint32_t)w->text.n;
    size_t base = w->origin;
    if (p->body) yq_settle_mail(inner);
    if (!alone) lower_headings(inner, p->body);
    for (size_t i = 0; i < inner->blocks.n; i++) copy_block(w, inner, i, base);
    p->span = (yq_span){ from, (uint32_t)w->text.n };
    w->origin += bytes_behind(inner, p->bytes.n);
    if ((alone || p->body) && !w->reading.date[0]) memcpy(w->reading.date, inner->date, sizeof inner->date);
    if (p->body || alone) w->reading.encoding = inner->encoding;
}

static yq_code join(budget *b, unsigned depth, size_t bytes, yq_reading *r, yq_err *err);

static yq_code read_part(budget *b, unsigned depth, const yq_part *p, size_t origin, yq_reading *inner, yq_err *err)
{
    if (!yq_intake_knows(p->name)) return YQ_NOTFOUND;
    if (yq_monotonic_us() > b->deadline_us)
        return yq_fail(err, YQ_INVALID, 0, "reading the files before it took over %u s; unpack it and pass it by itself", b->limits->parts_seconds);
    yq_code rc = b->read(b->arg, b->arena, p->name, p->bytes, b->limits, inner, err);
    if (!rc && bytes_behind(inner, p->bytes.n) > MOST_ORIGINS - origin)
        return yq_fail(err, YQ_INVALID, 0, "the files before it are too large; pass it by itself");
    if (rc || !inner->parts.n) return rc;
    if (depth >= b->limits->parts_depth)
        return yq_fail(err, YQ_INVALID, 0, "it is packed deeper than %u archives or mails in each other; unpack it and pass what is inside", b->limits->parts_depth);
    return join(b, depth + 1, p->bytes.n, inner, err);
}

static yq_code add_part(whole *w, unsigned depth, const yq_part *waiting, bool alone, yq_err *err)
{
    yq_reading inner = { 0 };
    yq_err why = { 0 };
    yq_part p = *waiting;
    uint32_t from = (uint32_t)w->text.n;
    p.origin = (uint32_t)w->origin;
    p.code = read_part(w->of, depth, &p, w->origin, &inner, &why);
    if (p.code == YQ_IO) return yq_fail(err, YQ_IO, why.at, "%s", why.msg);
    p.why = yq_dup(w->of->arena, yq_cstr(why.msg));
    if (!p.code) place_part(w, &p, &inner, alone);
    p.bytes = (yq_str){ 0 };
    *yq_push(w->of->arena, &w->reading.parts) = p;
    if (!p.code) name_inner_parts(w, &p, &inner, from, p.origin);
    return YQ_OK;
}

/* ---------------------------------------------------------------- the whole */

static yq_code spend(budget *b, const yq_reading *r, yq_err *err)
{
    for (size_t i = 0; i < r->parts.n; i++) b->bytes += r->parts.v[i].bytes.n;
    b->parts += r->parts.n;
    if (b->parts > b->limits->parts) return yq_fail(err, YQ_INVALID, 0, "it holds over %zu files; split it", b->limits->parts);
    if (b->bytes > b->limits->parts_bytes)
        return yq_fail(err, YQ_INVALID, 0, "the files inside unpack to over %zu MB; split it", b->limits->parts_bytes / MEGABYTE);
    return YQ_OK;
}

/* Why nothing came of it: the first part that was refused says so. */
static yq_code nothing_read(const yq_reading *r, yq_err *err)
{
    for (size_t i = 0; i < r->parts.n; i++)
        if (r->parts.v[i].code && r->parts.v[i].code != YQ_NOTFOUND)
            return yq_fail(err, YQ_INVALID, 0, "nothing in it could be read; %.60s: %.*s", r->parts.v[i].name.p, YQ_FMT(r->parts.v[i].why));
    return yq_fail(err, YQ_INVALID, 0, "no file of a kind that is read was found inside; read are documents, tables, slides, mails and their archives");
}

static bool only_names_parts(const yq_reading *r)
{
    for (size_t i = 0; i < r->blocks.n; i++)
        if (r->blocks.v[i].kind != YQ_BLOCK_HEADING) return false;
    return true;
}

static size_t readable(const yq_reading *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->parts.n; i++) n += yq_intake_knows(r->parts.v[i].name);
    return n;
}

static yq_code join(budget *b, unsigned depth, size_t bytes, yq_reading *r, yq_err *err)
{
    whole w = { .of = b, .reading = *r, .origin = bytes };
    size_t next = 0, read = 0;
    bool bare = only_names_parts(r), alone = bare && readable(r) == 1;
    yq_code rc = spend(b, r, err);
    w.reading.blocks.n = w.reading.blocks.cap = w.reading.tables.n = w.reading.tables.cap = w.reading.parts.n = w.reading.parts.cap = 0;
    w.reading.blocks.v = NULL, w.reading.tables.v = NULL, w.reading.parts.v = NULL;
    for (size_t i = 0; i <= r->blocks.n && !rc; i++) {
        for (; next < r->parts.n && r->parts.v[next].after <= i && !rc; next++) {
            size_t length = w.text.n;
            rc = add_part(&w, depth, &r->parts.v[next], alone, err);
            read += w.text.n > length;
        }
        if (i < r->blocks.n && !rc) copy_block(&w, r, i, 0);
        if (w.text.n > b->limits->text_bytes)
            rc = yq_fail(err, YQ_INVALID, 0, "it holds over %zu MB of text; split it", b->limits->text_bytes / MEGABYTE);
    }
    if (!rc && bare && !read) rc = nothing_read(&w.reading, err);
    w.reading.clean = (yq_str){ w.text.v, w.text.n };
    w.reading.map = (yq_map){ w.runs.v, w.runs.n };
    if (!rc) *r = w.reading;
    return rc;
}

typedef struct {
    budget of;
    size_t bytes;
    yq_reading *reading;
} joining;

static yq_code join_within(void *arg, yq_err *err)
{
    joining *j = arg;
    return join(&j->of, 1, j->bytes, j->reading, err);
}

yq_code yq_parts_join(yq_arena *a, const yq_intake_limits *limits, size_t bytes, yq_part_reader *read, void *arg, yq_reading *r, yq_err *err)
{
    joining j = { { .arena = a, .limits = limits, .read = read, .arg = arg }, bytes, r };
    if (!r->parts.n) return YQ_OK;
    j.of.deadline_us = yq_monotonic_us() + (int64_t)limits->parts_seconds * 1000000;
    return yq_arena_run(a, join_within, &j, err);
}

/* ---------------------------------------------------------------- asking about parts */

const yq_part *yq_part_at(const yq_reading *r, size_t at)
{
    const yq_part *found = NULL;
    for (size_t i = 0; i < r->parts.n; i++) {
        const yq_part *p = &r->parts.v[i];
        if (at >= p->span.from && at < p->span.to && (!found || p->span.to - p->span.from <= found->span.to - found->span.from)) found = p;
    }
    return found;
}

void yq_parts_unread(const yq_reading *r, char *out, size_t n)
{
    size_t refused = 0;
    const yq_part *first = NULL;
    for (size_t i = 0; i < r->parts.n; i++) {
        if (!r->parts.v[i].code || r->parts.v[i].code == YQ_NOTFOUND) continue;
        if (!refused++) first = &r->parts.v[i];
    }
    *out = 0;
    if (!first) return;
    if (refused == 1) snprintf(out, n, "%.*s inside was not read: %.*s", YQ_FMT(first->name), YQ_FMT(first->why));
    else snprintf(out, n, "%zu files inside were not read; the first, %.*s: %.*s", refused, YQ_FMT(first->name), YQ_FMT(first->why));
}
