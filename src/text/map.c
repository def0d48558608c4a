/* Maps back to the original, and texts that are put together with one. A run of the map goes on until the next begins, so appending what follows
 * on without a break costs nothing. */
#include "text/internal.h"

#include <stdio.h>
#include <stdlib.h>

/* The run that holds `clean`: the last one that begins at or before it. */
static size_t run_at(const yq_map *map, size_t clean)
{
    size_t from = 0, to = map->n;
    while (to - from > 1) {
        size_t middle = (from + to) / 2;
        if (map->run[middle].clean <= clean)
            from = middle;
        else
            to = middle;
    }
    return from;
}

static size_t origin_in(const yq_map_run *run, size_t clean)
{
    return run->origin + (clean - run->clean) / run->clean_step * run->origin_step;
}

size_t yq_map_origin(const yq_map *map, size_t clean)
{
    if (map->n == 0 || clean < map->run[0].clean) return clean;
    return origin_in(&map->run[run_at(map, clean)], clean);
}

/* ---------------------------------------------------------------- building */

static void *grown(yq_arena *a, void *old, size_t n, size_t *cap, size_t more, size_t item)
{
    if (more <= *cap - n) return old;
    size_t want = *cap * 2 > n + more ? *cap * 2 : n + more;
    void *p = yq_alloc(a, want * item);
    if (n) memcpy(p, old, n * item);
    *cap = want;
    return p;
}

void yq_text_reserve(yq_text_builder *b, size_t bytes)
{
    b->text.v = grown(b->arena, b->text.v, b->text.n, &b->text.cap, bytes, 1);
}

static void append(yq_text_builder *b, const char *p, size_t n)
{
    if (n == 0) return;
    yq_text_reserve(b, n);
    memcpy(b->text.v + b->text.n, p, n);
    b->text.n += n;
}

/* Does the last run already say that the next byte of the text is `origin`, with the same steps? */
static bool goes_on(const yq_text_builder *b, size_t origin, uint8_t clean_step, uint8_t origin_step)
{
    if (b->runs.n == 0) return false;
    const yq_map_run *last = &b->runs.v[b->runs.n - 1];
    if (last->clean_step != clean_step || last->origin_step != origin_step) return false;
    size_t bytes = b->text.n - last->clean;
    return bytes % clean_step == 0 && last->origin + bytes / clean_step * origin_step == origin;
}

void yq_text_steps(yq_text_builder *b, yq_str text, size_t origin, uint8_t clean_step, uint8_t origin_step)
{
    if (text.n == 0) return;
    if (!goes_on(b, origin, clean_step, origin_step))
        *yq_push(b->arena, &b->runs) = (yq_map_run){ (uint32_t)b->text.n, (uint32_t)origin, clean_step, origin_step };
    append(b, text.p, text.n);
}

/* Is the byte at `at` not the first of its character? */
static bool within_character(yq_str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

/* A reader that counts bytes where it should count characters loses a character here, not the document. */
void yq_text_copy(yq_text_builder *b, yq_str source, size_t from, size_t to)
{
    while (from < to && within_character(source, from)) from++;
    while (to > from && within_character(source, to)) to--;
    yq_text_steps(b, yq_sub(source, from, to), from, 1, 1);
}

void yq_text_insert(yq_text_builder *b, yq_str text, size_t origin)
{
    yq_text_steps(b, text, origin, 1, 0);
}

void yq_text_replace(yq_text_builder *b, yq_str text, size_t from, size_t to)
{
    if (text.n > UINT8_MAX || to - from > UINT8_MAX)
        yq_text_insert(b, text, from);
    else
        yq_text_steps(b, text, from, (uint8_t)text.n, (uint8_t)(to - from));
}

size_t yq_text_length(const yq_text_builder *b)
{
    return b->text.n;
}

/* A map does not know where its text ends. A last run of other than single bytes is closed by one that is, so that joining maps finds an end. */
static void close_runs(yq_text_builder *b)
{
    if (b->runs.n == 0) return;
    const yq_map_run *last = &b->runs.v[b->runs.n - 1];
    if (last->clean_step == 1 && last->origin_step == 1) return;
    uint32_t origin = (uint32_t)origin_in(last, b->text.n);
    *yq_push(b->arena, &b->runs) = (yq_map_run){ (uint32_t)b->text.n, origin, 1, 1 };
}

yq_str yq_text_done(yq_text_builder *b, yq_map *map)
{
    close_runs(b);
    yq_text_reserve(b, 1);
    b->text.v[b->text.n] = 0;
    if (map) *map = (yq_map){ b->runs.v, b->runs.n };
    return (yq_str){ b->text.v, b->text.n };
}

/* ---------------------------------------------------------------- joining */

typedef YQ_VEC(yq_map_run) runs;

static void add_run(yq_arena *a, runs *out, yq_map_run run)
{
    if (out->n) {
        const yq_map_run *last = &out->v[out->n - 1];
        bool same = last->clean_step == run.clean_step && last->origin_step == run.origin_step;
        size_t bytes = run.clean - last->clean;
        if (same && bytes % run.clean_step == 0 && last->origin + bytes / run.clean_step * run.origin_step == run.origin) return;
    }
    *yq_push(a, out) = run;
}

/* Steps whose bytes in the middle are not those of one step inside get a run each. Only single letters come here. */
static void join_by_steps(yq_arena *a, const yq_map_run *o, size_t end, const yq_map *inner, runs *out)
{
    for (size_t clean = o->clean; clean < end; clean += o->clean_step) {
        size_t middle = origin_in(o, clean);
        size_t from = yq_map_origin(inner, middle), to = yq_map_origin(inner, middle + o->origin_step);
        size_t step = to > from ? to - from : 0;
        add_run(a, out, (yq_map_run){ (uint32_t)clean, (uint32_t)from, o->clean_step, (uint8_t)(step > UINT8_MAX ? UINT8_MAX : step) });
    }
}

/* A run that copies bytes one to one: cut where the inner map begins a new run. */
static void join_copied(yq_arena *a, const yq_map_run *o, size_t end, const yq_map *inner, runs *out)
{
    size_t middle = o->origin, last = o->origin + (end - o->clean);
    for (size_t i = run_at(inner, middle); i < inner->n && middle < last; i++) {
        const yq_map_run *in = &inner->run[i];
        size_t stop = i + 1 < inner->n && inner->run[i + 1].clean < last ? inner->run[i + 1].clean : last;
        size_t inside = middle > in->clean ? (middle - in->clean) % in->clean_step : 0;
        size_t origin = middle < in->clean ? middle : origin_in(in, middle);
        uint32_t clean = (uint32_t)(o->clean + (middle - o->origin));
        if (inside) add_run(a, out, (yq_map_run){ clean, (uint32_t)origin, 1, 0 });
        size_t skip = inside ? in->clean_step - inside : 0;
        if (middle + skip < stop)
            add_run(a, out, (yq_map_run){ (uint32_t)(clean + skip), (uint32_t)origin_in(in, middle + skip), in->clean_step, in->origin_step });
        middle = stop;
    }
}

yq_map yq_map_join(yq_arena *a, const yq_map *outer, const yq_map *inner)
{
    runs out = { 0 };
    if (inner->n == 0) return *outer;
    if (outer->n == 0) return *inner;
    for (size_t i = 0; i < outer->n; i++) {
        const yq_map_run *o = &outer->run[i];
        size_t end = i + 1 < outer->n ? outer->run[i + 1].clean : (size_t)o->clean + 1;
        if (o->origin_step == 0)
            add_run(a, &out, (yq_map_run){ o->clean, (uint32_t)yq_map_origin(inner, o->origin), 1, 0 });
        else if (o->clean_step == 1 && o->origin_step == 1)
            join_copied(a, o, i + 1 < outer->n ? end : UINT32_MAX, inner, &out);
        else
            join_by_steps(a, o, end, inner, &out);
    }
    return (yq_map){ out.v, out.n };
}

/* ---------------------------------------------------------------- text form */

void yq_map_write(const yq_map *map, yq_buf *out)
{
    for (size_t i = 0; i < map->n; i++) {
        const yq_map_run *r = &map->run[i];
        yq_buf_printf(out, "%u,%u,%u,%u;", r->clean, r->origin, r->clean_step, r->origin_step);
    }
}

/* A decimal number of at most max, followed by `end`; moves *at behind it. */
static bool read_number(yq_str text, size_t *at, char end, uint32_t max, uint32_t *out)
{
    uint64_t v = 0;
    size_t start = *at;
    while (*at < text.n && is_digit((uint8_t)text.p[*at]) && v <= max) v = v * 10 + (uint64_t)(text.p[(*at)++] - '0');
    if (*at == start || v > max || *at == text.n || text.p[*at] != end) return false;
    ++*at;
    *out = (uint32_t)v;
    return true;
}

yq_code yq_map_parse(yq_arena *a, yq_str text, yq_map *out, yq_err *err)
{
    runs all = { 0 };
    for (size_t at = 0; at < text.n;) {
        uint32_t clean, origin, cs, os;
        size_t start = at;
        bool ok = read_number(text, &at, ',', UINT32_MAX, &clean) && read_number(text, &at, ',', UINT32_MAX, &origin) &&
                  read_number(text, &at, ',', UINT8_MAX, &cs) && read_number(text, &at, ';', UINT8_MAX, &os);
        if (!ok || cs == 0 || (all.n && clean <= all.v[all.n - 1].clean)) return yq_fail(err, YQ_CORRUPT, start, "a map that cannot be read");
        *yq_push(a, &all) = (yq_map_run){ clean, origin, (uint8_t)cs, (uint8_t)os };
    }
    *out = (yq_map){ all.v, all.n };
    return YQ_OK;
}
