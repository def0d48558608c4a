/* What people decided, as sentences that the tagger learns from: text, and the spans in it that are right.
 *
 * A sentence is written when something in it was confirmed or corrected and nothing in it waits for a person any more: a span that is missing teaches as
 * much as one that is there. Marked are who and what is named in it, unless all that is said of it there was refused, and the values of confirmed facts
 * where the sentence has them word for word.
 */
#include "register/internal.h"
#include "register/review.h"
#include "tagger/tagger.h"

#include <stdlib.h>

typedef struct {
    int64_t document, reading;
    yq_span sentence;
} place;
typedef YQ_VEC(place) places;

typedef struct {
    yq_reader *reader;
    const yq_viewer *viewer;
    yq_arena *arena;
    yq_tagger_set set;
    yq_corrections *counts;
    yq_buf *out;
} writing;

typedef YQ_VEC(yq_tagger_span) spans;

/* Which kind of span the value of a fact is. */
static const struct { const char *predicate, *kind; } values[] = {
    { "role", "position" }, { "honour", "honour" }, { "spoke", "talk" }, { "cohort", "cohort" }, { "place", "place" }, { "theme", "theme" },
};

static uint32_t kind_number(writing *w, yq_str kind)
{
    for (uint32_t i = 0; i < w->set.kinds.n; i++)
        if (yq_eq(w->set.kinds.v[i], kind)) return i;
    *yq_push(w->arena, &w->set.kinds) = yq_dup(w->arena, kind);
    return (uint32_t)w->set.kinds.n - 1;
}

static void add_span(writing *w, spans *out, yq_str text, yq_span s, yq_str kind)
{
    if (s.from >= s.to || s.to > text.n || yq_utf8_count(yq_at(text, s)) > YQ_TAGGER_SPAN) return;
    *yq_push(w->arena, out) = (yq_tagger_span){ s, kind_number(w, kind), 1 };
}

/* ---------------------------------------------------------------- places */

static yq_code load_places(writing *w, places *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(w->reader->db,
                               "SELECT DISTINCT f.document, f.reading, f.sentence_from, f.sentence_to FROM fact f JOIN document d ON d.id = f.document AND d.reading = "
                               "f.reading WHERE f.state = 'confirmed' AND " STANDS("f") " ORDER BY f.document, f.sentence_from, f.sentence_to", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, w->viewer);
    while (!(rc = yq_step(s, &row, err)) && row)
        *yq_push(w->arena, out) = (place){ yq_col_int(s, 0), yq_col_int(s, 1), { (uint32_t)yq_col_int(s, 2), (uint32_t)yq_col_int(s, 3) } };
    yq_finish(s);
    return rc;
}

static void bind_place(writing *w, yq_stmt *s, const place *p)
{
    yq_bind_viewer(s, w->viewer);
    yq_bind_int(s, "document", p->document);
    yq_bind_int(s, "from", p->sentence.from);
    yq_bind_int(s, "to", p->sentence.to);
}

/* Does anything in the sentence still wait? */
static yq_code is_open(writing *w, const place *p, bool *open, yq_err *err)
{
    yq_stmt *s;
    int64_t n;
    yq_code rc = yq_db_prepare(w->reader->db,
                               "SELECT count(*) FROM fact f WHERE f.document = :document AND f.state = 'proposed' AND f.sentence_from < :to AND f.sentence_to > :from AND "
                               VISIBLE("f"), &s, err);
    if (rc) return rc;
    bind_place(w, s, p);
    rc = yq_one_int(s, 0, &n, err);
    *open = n > 0;
    return rc;
}

/* ---------------------------------------------------------------- spans */

/* Who is named in the sentence, but those of whom all that it says was refused. */
static yq_code add_named(writing *w, const place *p, yq_str text, spans *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(w->reader->db,
                               "SELECT e.kind, m.span_from, m.span_to, m.form FROM mention m JOIN entity e ON e.id = m.entity WHERE m.document = :document AND "
                               "m.span_from >= :from AND m.span_to <= :to AND " VISIBLE("m") " AND (NOT EXISTS (SELECT 1 FROM fact f WHERE f.document = :document AND "
                               "f.sentence_from < :to AND f.sentence_to > :from AND f.state = 'refused' AND (f.subject_was = m.entity_was OR f.object_was = m.entity_was)) OR "
                               "EXISTS (SELECT 1 FROM fact f WHERE f.document = :document AND f.sentence_from < :to AND f.sentence_to > :from AND f.state = 'confirmed' AND "
                               "(f.subject_was = m.entity_was OR f.object_was = m.entity_was))) ORDER BY m.span_from, m.id", &s, err);
    if (rc) return rc;
    bind_place(w, s, p);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_span at = { (uint32_t)yq_col_int(s, 1) - p->sentence.from, (uint32_t)yq_col_int(s, 2) - p->sentence.from };
        yq_str form = yq_col_text(s, 3);
        if (!yq_eq(yq_at(text, at), form)) { /* a thing is named by its sentence, a correction by the fact's place: the words themselves, if they are there */
            size_t found = yq_find(text, form, 0);
            if (found == SIZE_MAX || !form.n) continue;
            at = (yq_span){ (uint32_t)found, (uint32_t)(found + form.n) };
        }
        add_span(w, out, text, at, yq_col_text(s, 0));
    }
    yq_finish(s);
    return rc;
}

static yq_code add_values(writing *w, const place *p, yq_str text, spans *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(w->reader->db,
                               "SELECT f.predicate, f.value FROM fact f WHERE f.document = :document AND f.state = 'confirmed' AND f.sentence_from = :from AND f.sentence_to = :to "
                               "AND f.value <> '' AND " STANDS("f") " ORDER BY f.id", &s, err);
    if (rc) return rc;
    bind_place(w, s, p);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_str value = yq_col_text(s, 1);
        size_t at = yq_find(text, value, 0);
        for (size_t i = 0; i < sizeof values / sizeof *values && at != SIZE_MAX; i++)
            if (yq_eq(yq_col_text(s, 0), yq_cstr(values[i].predicate)))
                add_span(w, out, text, (yq_span){ (uint32_t)at, (uint32_t)(at + value.n) }, yq_cstr(values[i].kind));
    }
    yq_finish(s);
    return rc;
}

/* By place, the longer first, so that of two that overlap the first and longer stays: the tagger knows no crossing spans. */
static int by_place(const void *x, const void *y)
{
    const yq_tagger_span *a = x, *b = y;
    if (a->span.from != b->span.from) return a->span.from < b->span.from ? -1 : 1;
    return a->span.to == b->span.to ? 0 : a->span.to > b->span.to ? -1 : 1;
}

static void keep_apart(spans *v)
{
    size_t kept = 0;
    if (v->n) qsort(v->v, v->n, sizeof *v->v, by_place);
    for (size_t i = 0; i < v->n; i++)
        if (!kept || v->v[i].span.from >= v->v[kept - 1].span.to) v->v[kept++] = v->v[i];
    v->n = kept;
}

static yq_code add_sentence(writing *w, const place *p, yq_err *err)
{
    spans found = { 0 };
    yq_str text;
    bool open;
    yq_code rc = is_open(w, p, &open, err);
    if (rc || open) return w->counts->open += !rc, rc;
    rc = yq_register_words(w->reader, w->viewer, w->arena, p->document, p->sentence, &text, err);
    if (rc || yq_utf8_count(text) > YQ_TAGGER_SENTENCE) return rc;
    rc = add_named(w, p, text, &found, err);
    if (!rc) rc = add_values(w, p, text, &found, err);
    keep_apart(&found);
    if (!rc && found.n) *yq_push(w->arena, &w->set.sentences) = (yq_tagger_sentence){ text, found.v, found.n };
    return rc;
}

static yq_code write_inside(void *arg, yq_err *err)
{
    writing *w = arg;
    places all = { 0 };
    yq_code rc = load_places(w, &all, err);
    for (size_t i = 0; i < all.n && !rc; i++) rc = add_sentence(w, &all.v[i], err);
    if (rc) return rc;
    w->counts->written = w->set.sentences.n;
    yq_tagger_write(w->arena, &w->set, YQ_TAGGER_JSONL, w->out);
    return w->out->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the sentences") : YQ_OK;
}

yq_code yq_register_corrections(yq_reader *r, const yq_viewer *v, yq_buf *out, yq_corrections *counts, yq_err *err)
{
    *counts = (yq_corrections){ 0 };
    writing w = { .reader = r, .viewer = v, .arena = yq_arena_new((size_t)1 << 30), .counts = counts, .out = out };
    if (!w.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for the sentences");
    yq_code rc = yq_arena_run(w.arena, write_inside, &w, err);
    yq_arena_free(w.arena);
    return rc;
}
