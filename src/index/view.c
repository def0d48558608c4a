/* What a searcher holds while the writer goes on: segments, what is dead in them, and the list of both at one moment. All of it is
 * immutable and counted by reference, so a search needs the lock for no longer than taking the list. */
#include "index/internal.h"

static void count_live(view *v)
{
    const segment *s = v->segment;
    for (uint32_t i = 0; i < s->classes; i++) {
        doc_class c = segment_class(s, i);
        v->live[i].docs = c.count;
        v->live[i].length = c.length;
        for (uint32_t d = c.first; v->dead && d < c.first + c.count; d++) {
            if (!view_is_dead(v, d)) continue;
            v->live[i].docs--;
            v->live[i].length -= segment_length(s, d);
            v->dead_count++;
        }
    }
}

view *view_new(segment *s, uint64_t *dead)
{
    view *v = calloc(1, sizeof *v);
    if (v) v->live = calloc(s->classes + (size_t)1, sizeof *v->live);
    if (!v || !v->live) {
        free(v);
        free(dead);
        segment_release(s);
        return NULL;
    }
    atomic_init(&v->references, 1);
    v->segment = s;
    v->dead = dead;
    count_live(v);
    return v;
}

view *view_keep(view *v)
{
    atomic_fetch_add(&v->references, 1);
    return v;
}

void view_release(view *v)
{
    if (!v || atomic_fetch_sub(&v->references, 1) != 1) return;
    segment_release(v->segment);
    free(v->dead);
    free(v->live);
    free(v);
}

view *view_without(view *v, const int64_t *ids, size_t n)
{
    size_t words = (v->segment->docs + (size_t)63) / 64;
    uint64_t *dead = NULL;
    for (size_t i = 0; i < n; i++) {
        uint32_t doc = segment_find(v->segment, ids[i]);
        if (doc == UINT32_MAX || view_is_dead(v, doc)) continue;
        if (!dead) {
            if (!(dead = calloc(words, sizeof *dead))) return NULL;
            if (v->dead) memcpy(dead, v->dead, words * sizeof *dead);
        }
        dead[doc >> 6] |= (uint64_t)1 << (doc & 63);
    }
    return dead ? view_new(segment_keep(v->segment), dead) : view_keep(v);
}

snapshot *snapshot_new(view *const *views, size_t n)
{
    snapshot *s = calloc(1, sizeof *s + n * sizeof *s->views);
    if (!s) return NULL;
    atomic_init(&s->references, 1);
    s->n = n;
    for (size_t i = 0; i < n; i++) s->views[i] = view_keep(views[i]);
    return s;
}

snapshot *snapshot_keep(snapshot *s)
{
    atomic_fetch_add(&s->references, 1);
    return s;
}

void snapshot_release(snapshot *s)
{
    if (!s || atomic_fetch_sub(&s->references, 1) != 1) return;
    for (size_t i = 0; i < s->n; i++) view_release(s->views[i]);
    free(s);
}
