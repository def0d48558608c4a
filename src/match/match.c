/* A need in, ranked answers out: passages from the index, their evidence voted up to who is named there, the best of each wanted kind looked
 * at closely, and "none" with the nearest miss where nothing meets enough of the need. */
#include "match/evidence.h"

#include <stdlib.h>

enum {
    PASSAGES = 60,       /* from the index */
    CLOSER = 16,         /* candidates of a kind whose facts are read */
    MISSING_PARTS = 3
};

/* Below this share of the need the answer is "none". */
#define LEVEL 0.25

typedef struct {
    tally t;
    need need;
    yq_index *index;
    const yq_need_question *question;
    yq_match_lists *out;
} matching;

/* ---------------------------------------------------------------- passages */

static yq_code find_passages(matching *m, yq_index_hit *hits, size_t *n, yq_err *err)
{
    yq_search_options o = { .top = PASSAGES, .cancelled = m->question->cancelled, .arg = m->question->arg };
    return yq_index_search(m->index, m->t.viewer, &m->need.terms, &o, hits, n, err);
}

static yq_code read_passages(matching *m, yq_err *err)
{
    yq_index_hit hits[PASSAGES];
    size_t n;
    yq_code rc = find_passages(m, hits, &n, err);
    for (size_t i = 0; rc == YQ_OK && i < n; i++) {
        rc = tally_passage(&m->t, hits[i].id, err);
        if (rc == YQ_OK && m->question->cancelled && m->question->cancelled(m->question->arg))
            rc = yq_fail(err, YQ_CANCELLED, 0, "the question was cancelled");
    }
    return rc;
}

/* ---------------------------------------------------------------- one list */

static int higher(const void *a, const void *b)
{
    const candidate *x = *(candidate *const *)a, *y = *(candidate *const *)b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

typedef struct {
    candidate **v;
    size_t n;
} short_list;

static short_list of_kind(matching *m, yq_str want)
{
    short_list l = { YQ_ARRAY(m->t.arena, candidate *, m->t.candidates.n + 1), 0 };
    for (size_t i = 0; i < m->t.candidates.n; i++) {
        candidate *c = &m->t.candidates.v[i];
        if (!yq_eq(c->kind, want)) continue;
        settle(&m->need, c);
        l.v[l.n++] = c;
    }
    qsort(l.v, l.n, sizeof *l.v, higher);
    return l;
}

static yq_code look_closer(matching *m, short_list *l, yq_err *err)
{
    size_t kept = 0;
    if (l->n > CLOSER) l->n = CLOSER;
    for (size_t i = 0; i < l->n; i++) {
        yq_code rc = tally_facts(&m->t, l->v[i], err);
        if (rc != YQ_OK) return rc;
        settle(&m->need, l->v[i]);
        if (!l->v[i]->reporter) l->v[kept++] = l->v[i];
    }
    l->n = kept;
    qsort(l->v, l->n, sizeof *l->v, higher);
    return YQ_OK;
}

/* ---------------------------------------------------------------- answers */

static bool quoted(const yq_answer *out, const evidence *e)
{
    for (size_t i = 0; i < out->reasons.n; i++)
        if (yq_eq(out->reasons.v[i].text, e->sentence)) return true;
    return false;
}

static yq_code add_reason(matching *m, yq_answer *out, const evidence *e, yq_err *err)
{
    yq_document d;
    yq_spans marks = { 0 };
    yq_arena *a = m->t.arena;
    yq_code rc = yq_register_document(m->t.reader, m->t.viewer, a, yq_printf(a, "%lld", (long long)e->document), &d, NULL, NULL, NULL, err);
    if (rc == YQ_NOTFOUND) return YQ_OK;
    if (rc != YQ_OK) return rc;
    yq_reason *r = yq_push(a, &out->reasons);
    *r = (yq_reason){ .text = e->sentence, .document = e->document, .document_name = d.name, .document_title = d.title, .date = d.date,
                      .span = e->span, .score = e->value / m->need.total };
    memcpy(r->document_ulid, d.ulid, sizeof r->document_ulid);
    need_marks(a, &m->need, yq_simplify(a, e->sentence), &marks);
    for (size_t i = 0; i < marks.n; i++) *yq_push(a, &r->marks) = marks.v[i];
    return YQ_OK;
}

static void add_parts(matching *m, yq_answer *out, const candidate *c)
{
    static const char *const names[EVIDENCE_SOURCES] = { "text", "role", "talk", "name", "fact" };
    for (int s = 0; s < EVIDENCE_SOURCES; s++) {
        double most = 0;
        for (size_t i = 0; i < c->evidence.n; i++)
            if ((int)c->evidence.v[i].source == s && c->evidence.v[i].value > most) most = c->evidence.v[i].value;
        if (most > 0) *yq_push(m->t.arena, &out->parts) = (yq_score_part){ yq_cstr(names[s]), most / m->need.total };
    }
}

static yq_code make_answer(matching *m, const candidate *c, yq_answer *out, yq_err *err)
{
    yq_entity e;
    yq_arena *a = m->t.arena;
    *out = (yq_answer){ .entity = c->entity, .kind = c->kind, .name = c->name, .score = c->score < 1 ? c->score : 1 };
    memcpy(out->ulid, c->ulid, sizeof out->ulid);
    yq_code rc = yq_register_entity(m->t.reader, m->t.viewer, a, yq_printf(a, "%lld", (long long)c->entity), &e, err);
    if (rc != YQ_OK) return rc;
    out->organization = e.organization;
    out->position = e.position;
    add_parts(m, out, c);
    for (size_t i = 0; rc == YQ_OK && i < c->evidence.n && out->reasons.n < YQ_MATCH_SENTENCES; i++)
        if (!quoted(out, &c->evidence.v[i])) rc = add_reason(m, out, &c->evidence.v[i], err);
    return rc;
}

/* ---------------------------------------------------------------- none, and what came closest */

static float met_by(const candidate *c, size_t g)
{
    float most = 0;
    for (size_t i = 0; c && i < c->evidence.n; i++)
        if (c->evidence.v[i].met[g] > most) most = c->evidence.v[i].met[g];
    return most;
}

/* The heaviest parts that the candidate (NULL: nobody) does not meet, in the need's words. */
static yq_str missing_words(matching *m, const candidate *c)
{
    yq_str all = YQ_S("");
    bool told[MAX_PARTS] = { false };
    for (int k = 0; k < MISSING_PARTS; k++) {
        size_t best = MAX_PARTS;
        for (size_t g = 0; g < m->need.parts.n; g++) {
            if (told[g] || met_by(c, g) >= 0.5f) continue;
            if (best == MAX_PARTS || m->need.parts.v[g].weight > m->need.parts.v[best].weight) best = g;
        }
        if (best == MAX_PARTS) break;
        told[best] = true;
        all = yq_printf(m->t.arena, "%.*s%s%.*s", YQ_FMT(all), all.n ? "、" : "", YQ_FMT(yq_at(m->need.plain, m->need.parts.v[best].span)));
    }
    return all;
}

static yq_code fill_list(matching *m, yq_match_list *list, short_list *l, yq_err *err)
{
    size_t top = m->question->top && m->question->top < YQ_MATCH_MAX ? m->question->top : YQ_MATCH_MAX;
    yq_code rc = YQ_OK;
    for (size_t i = 0; rc == YQ_OK && i < l->n && i < top && l->v[i]->score >= LEVEL; i++)
        rc = make_answer(m, l->v[i], yq_push(m->t.arena, &list->answers), err);
    if (rc != YQ_OK || list->answers.n) return rc;
    list->has_nearest = l->n > 0;
    list->missing = missing_words(m, l->n ? l->v[0] : NULL);
    return l->n ? make_answer(m, l->v[0], &list->nearest, err) : YQ_OK;
}

static yq_code add_list(matching *m, yq_str want, yq_err *err)
{
    yq_match_list *list = yq_push(m->t.arena, m->out);
    short_list l = of_kind(m, want);
    *list = (yq_match_list){ .want = want };
    yq_code rc = look_closer(m, &l, err);
    return rc == YQ_OK ? fill_list(m, list, &l, err) : rc;
}

yq_code yq_match(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, yq_match_lists *out, yq_err *err)
{
    static const char *const all_kinds[] = { "person", "organization", "technology" };
    matching m = { .t = { .reader = r, .viewer = v, .arena = a }, .index = index, .question = q, .out = out };
    need_read(a, index, v, q->text, &m.need);
    m.t.need = &m.need;
    yq_code rc = read_passages(&m, err);
    if (rc == YQ_OK && q->want.n) return add_list(&m, q->want, err);
    for (size_t i = 0; rc == YQ_OK && i < sizeof all_kinds / sizeof *all_kinds; i++) rc = add_list(&m, yq_cstr(all_kinds[i]), err);
    return rc;
}
