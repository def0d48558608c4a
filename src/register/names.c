/* Persons' names are cut out of the journal's texts, so that one person can be erased from a document of forty.
 *
 * A name in a text of the body becomes  U+0001 part "." form "." bytes U+0002  and stands once, in the part of that person. Reading the body
 * puts it back; when the part was erased, a bar of the same number of bytes stands in its place, so every span keeps its meaning. Neither control
 * character occurs in clean text: documents that hold them are refused by intake. Latin names are cut at word borders only.
 */
#include "register/internal.h"

#include <stdio.h>
#include <stdlib.h>

enum { BUCKETS = 1024, MARK_BYTES = 64 };

typedef struct form {
    struct form *next;
    yq_str text;
    size_t part, number;
} form;

struct yq_name_cutter {
    yq_arena *arena;
    form *bucket[BUCKETS]; /* by the first three bytes; longest first */
    bool any;
};

yq_name_cutter *yq_name_cutter_new(yq_arena *a)
{
    yq_name_cutter *c = YQ_NEW(a, yq_name_cutter);
    c->arena = a;
    return c;
}

static size_t bucket_of(const char *p)
{
    return ((unsigned char)p[0] * 961u + (unsigned char)p[1] * 31u + (unsigned char)p[2]) % BUCKETS;
}

void yq_name_cutter_add(yq_name_cutter *c, size_t part, size_t number, yq_str text)
{
    if (text.n < 3 || yq_utf8_count(text) < 2) return;
    form **at = &c->bucket[bucket_of(text.p)];
    while (*at && (*at)->text.n >= text.n) {
        if (yq_eq((*at)->text, text)) return;
        at = &(*at)->next;
    }
    form *f = YQ_NEW(c->arena, form);
    *f = (form){ *at, text, part, number };
    *at = f;
    c->any = true;
}

static bool is_letter(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool at_border(yq_str s, size_t from, size_t to)
{
    unsigned char first = (unsigned char)s.p[from], last = (unsigned char)s.p[to - 1];
    if (is_letter(first) && from > 0 && is_letter((unsigned char)s.p[from - 1])) return false;
    return !(is_letter(last) && to < s.n && is_letter((unsigned char)s.p[to]));
}

static const form *form_at(const yq_name_cutter *c, yq_str s, size_t at)
{
    if (s.n - at < 3) return NULL;
    for (const form *f = c->bucket[bucket_of(s.p + at)]; f; f = f->next)
        if (yq_starts(yq_sub(s, at, s.n), f->text) && at_border(s, at, at + f->text.n)) return f;
    return NULL;
}

yq_str yq_name_cut(const yq_name_cutter *c, yq_str s)
{
    YQ_VEC(yq_str) pieces = { 0 };
    size_t plain = 0, total = 0;
    if (!c->any) return s;
    for (size_t at = 0; at + 3 <= s.n;) {
        const form *f = form_at(c, s, at);
        if (!f) {
            at++; /* inside a character nothing matches: forms begin with the first byte of one */
            continue;
        }
        *yq_push(c->arena, &pieces) = yq_sub(s, plain, at);
        *yq_push(c->arena, &pieces) = yq_printf(c->arena, "\x01%zu.%zu.%zu\x02", f->part, f->number, f->text.n);
        plain = at += f->text.n;
    }
    if (!pieces.n) return s;
    *yq_push(c->arena, &pieces) = yq_sub(s, plain, s.n);
    for (size_t i = 0; i < pieces.n; i++) total += pieces.v[i].n;
    char *out = yq_alloc(c->arena, total + 1), *p = out;
    for (size_t i = 0; i < pieces.n; i++)
        if (pieces.v[i].n) memcpy(p, pieces.v[i].p, pieces.v[i].n), p += pieces.v[i].n;
    return (yq_str){ out, total };
}

/* ---------------------------------------------------------------- putting back */

static void put_bar(yq_buf *out, size_t bytes)
{
    for (; bytes >= 3; bytes -= 3) yq_buf_put(out, YQ_S("■"));
    for (; bytes; bytes--) yq_buf_byte(out, '*');
}

static void put_name(const yq_name_source *s, yq_str mark, yq_buf *out)
{
    char text[MARK_BYTES] = "";
    unsigned long part = 0, number = 0, bytes = 0;
    memcpy(text, mark.p, mark.n < sizeof text ? mark.n : sizeof text - 1);
    if (sscanf(text, "%lu.%lu.%lu", &part, &number, &bytes) != 3) return;
    const json_t *forms = part < s->part_count && s->parts[part] ? json_object_get(s->parts[part], "printed") : NULL;
    const json_t *printed = json_array_get(forms, number);
    if (json_is_string(printed)) yq_buf_put(out, (yq_str){ json_string_value(printed), json_string_length(printed) });
    else put_bar(out, bytes > 1000 ? 1000 : bytes);
}

yq_str yq_name_restore(const yq_name_source *s, yq_str text)
{
    yq_buf out = { 0 };
    size_t plain = 0;
    for (size_t at = 0; (at = yq_find(text, YQ_S("\x01"), plain)) != SIZE_MAX;) {
        size_t end = yq_find(text, YQ_S("\x02"), at);
        if (end == SIZE_MAX) break;
        yq_buf_put(&out, yq_sub(text, plain, at));
        put_name(s, yq_sub(text, at + 1, end), &out);
        plain = end + 1;
    }
    if (!plain) return text;
    yq_buf_put(&out, yq_sub(text, plain, text.n));
    yq_str kept = yq_dup(s->arena, yq_buf_str(&out));
    yq_buf_free(&out);
    return kept;
}
