/* The ways from one entity to another, each step with the sentences that say so.
 *
 * The graph finds them (graph/graph.h); here its numbers become names, dates and facts, read from the store as the viewer may see them. A step whose
 * fact has gone since the ties were read makes its way unsaid.
 */
#include "register/ties_inside.h"

#include <math.h>
#include <stdlib.h>

enum { WORK_OF_A_SEARCH = 1500000, ALIKE = 2, NAMESAKES = 8 };

typedef struct {
    yq_reader *r;
    const yq_ties *t;
    const yq_viewer *v;
    yq_arena *a;
} asking;

/* ---------------------------------------------------------------- entities, as far as a way tells of them */

static bool is_person(const yq_entity *e)
{
    return yq_eq(e->kind, YQ_S("person"));
}

static bool is_stop(const yq_entity *e)
{
    return is_person(e) || yq_eq(e->kind, YQ_S("organization"));
}

/* Without the counts of yq_register_entity: to count the facts of a large hospital takes longer than to find the way. What has no visible name is not
 * there. */
static yq_code glance_at(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t id, yq_entity *e, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *e = (yq_entity){ .id = id };
    yq_code rc = yq_db_prepare(r->db, "SELECT e.kind FROM entity e WHERE e.id = :id AND e.survivor = e.id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", id);
    rc = yq_step(s, &row, err);
    if (!rc && row) e->kind = yq_kept(a, s, 0);
    yq_finish(s);
    if (!rc) rc = yq_register_known_as(r, v, a, id, e->ulid, &e->name, err);
    if (!rc && (!e->kind.n || !e->name.n)) rc = yq_fail(err, YQ_NOTFOUND, 0, "there is no such entry in the register");
    return rc || !is_person(e) ? rc : yq_register_place(r, v, a, e, err);
}

/* ---------------------------------------------------------------- whom a name means */

/* Those with exactly this name, in any of its forms; people and institutions before things. */
static yq_code find_namesakes(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str name, int64_t ids[NAMESAKES], size_t *n, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *n = 0;
    yq_str folded = yq_fold(a, name);
    if (!folded.n) return YQ_OK;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT n.entity, min(CASE WHEN n.kind IN ('person', 'organization') THEN 0 ELSE 1 END) AS class FROM name n "
                               "WHERE n.folded = :folded AND " VISIBLE("n") " GROUP BY n.entity ORDER BY class, n.entity LIMIT :most", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_text(s, "folded", folded);
    yq_bind_int(s, "most", NAMESAKES);
    int64_t class = -1;
    while (!(rc = yq_step(s, &row, err)) && row && (class < 0 || class == yq_col_int(s, 1))) {
        class = yq_col_int(s, 1);
        ids[(*n)++] = yq_col_int(s, 0);
    }
    yq_finish(s);
    return rc;
}

static yq_code refuse_namesakes(yq_reader *r, const yq_viewer *v, yq_arena *a, const int64_t *ids, size_t n, yq_err *err)
{
    yq_str list = YQ_S("");
    for (size_t i = 0; i < n; i++) {
        yq_entity e;
        yq_code rc = glance_at(r, v, a, ids[i], &e, err);
        if (rc) return rc;
        list = yq_printf(a, "%.*s%s%s %.*s", YQ_FMT(list), i ? "; " : "", e.ulid, YQ_FMT(e.organization));
    }
    while (list.n > 150) list.n = yq_utf8_back(list, list.n);
    return yq_fail(err, YQ_INVALID, 0, "%zu have this name; take one by its id: %.*s", n, YQ_FMT(list));
}

/* Follows redirects; 0: there is none that the viewer may see. */
static yq_code find_by_ulid(yq_reader *r, const yq_viewer *v, yq_str ulid, int64_t *id, yq_err *err)
{
    yq_stmt *s;
    *id = 0;
    if (ulid.n != YQ_ULID_CHARS) return YQ_OK;
    yq_code rc = yq_db_prepare(r->db, "SELECT e.survivor FROM entity e WHERE e.ulid = :ulid AND " VISIBLE("e"), &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_text(s, "ulid", ulid);
    return yq_one_int(s, 0, id, err);
}

yq_code yq_register_meant(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str name_or_ulid, yq_entity *out, yq_err *err)
{
    int64_t ids[NAMESAKES];
    size_t n;
    yq_str said = yq_trim(name_or_ulid);
    yq_code rc = find_by_ulid(r, v, said, ids, err);
    if (rc) return rc;
    if (ids[0]) return glance_at(r, v, a, ids[0], out, err);
    rc = find_namesakes(r, v, a, yq_sub(said, 0, 400), ids, &n, err);
    if (rc) return rc;
    if (!n) return yq_fail(err, YQ_NOTFOUND, 0, "nobody and nothing in the register has this name");
    if (n > 1) return refuse_namesakes(r, v, a, ids, n, err);
    return glance_at(r, v, a, ids[0], out, err);
}

/* ---------------------------------------------------------------- whom the ways lead to */

/* A thing cannot be introduced: who holds it, organised it or signed it can. */
static yq_code end_of(const asking *x, const yq_entity *to, yq_entity *end, yq_err *err)
{
    yq_stmt *s;
    int64_t id;
    *end = *to;
    if (is_stop(to)) return YQ_OK;
    yq_code rc = yq_db_prepare(x->r->db,
                               "SELECT x.stop FROM (SELECT f.object AS stop, 0 AS class, f.id FROM fact f WHERE f.subject = :entity AND f.object > 0 AND "
                               "f.predicate = 'holder' AND " STANDS("f")
                               " UNION ALL SELECT f.subject, CASE WHEN f.predicate = 'spoke' THEN 2 ELSE 1 END, f.id FROM fact f WHERE f.object = :entity AND "
                               "f.predicate IN ('organized', 'party', 'trial', 'spoke') AND " STANDS("f")
                               ") x JOIN entity e ON e.id = x.stop WHERE e.kind IN ('person', 'organization') ORDER BY x.class, x.id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    yq_bind_int(s, "entity", to->id);
    rc = yq_one_int(s, 0, &id, err);
    if (rc || !id) return rc;
    return glance_at(x->r, x->v, x->a, id, end, err);
}

/* ---------------------------------------------------------------- a step in words */

static yq_code known_entity(const asking *x, int64_t id, yq_entity *e, yq_err *err)
{
    *e = (yq_entity){ .id = id };
    return id ? glance_at(x->r, x->v, x->a, id, e, err) : YQ_OK;
}

/* The fact must still say what the tie took from it. */
static yq_code add_fact(const asking *x, int64_t label, int64_t entity, yq_facts *out, yq_err *err)
{
    yq_fact f;
    if (!label || (out->n && out->v[0].id == label)) return YQ_OK;
    yq_code rc = yq_register_fact(x->r, x->v, x->a, label, &f, err);
    if (!rc && ((f.subject != entity && f.object != entity) || yq_eq(f.state, YQ_S("refused"))))
        rc = yq_fail(err, YQ_NOTFOUND, 0, "the fact does not say so any more");
    if (!rc) *yq_push(x->a, out) = f;
    return rc;
}

static yq_str later(yq_str a, yq_str b)
{
    return yq_cmp(a, b) < 0 ? b : a;
}

static yq_str date_of(yq_arena *a, const tie_group *g, const yq_facts *facts)
{
    yq_str date = yq_dup(a, yq_cstr(g->date)); /* an answer outlives the ties */
    for (size_t i = 0; !*g->date && i < facts->n; i++) date = later(date, facts->v[i].date.n ? facts->v[i].date : facts->v[i].document_date);
    return date;
}

static yq_code tell_step(const asking *x, const yq_graph_step *s, yq_way_step *out, yq_err *err)
{
    const tie_group *g = &x->t->groups[s->group];
    *out = (yq_way_step){ .kind = g->kind, .detail = yq_starts(g->detail, YQ_S("\n")) ? YQ_S("") : yq_dup(x->a, g->detail) };
    yq_code rc = known_entity(x, x->t->entities[s->from], &out->from, err);
    if (!rc) rc = known_entity(x, x->t->entities[s->to], &out->to, err);
    if (!rc) rc = known_entity(x, g->entity, &out->through, err);
    if (!rc) rc = add_fact(x, s->from_label, out->from.id, &out->facts, err);
    if (!rc) rc = add_fact(x, s->to_label, out->to.id, &out->facts, err);
    if (!rc) out->date = date_of(x->a, g, &out->facts);
    return rc;
}

static yq_code tell_way(const asking *x, const yq_graph_way *w, yq_ways *out, yq_err *err)
{
    yq_way way = { .strength = exp(-w->cost) };
    for (unsigned i = 0; i < w->n; i++) {
        yq_way_step step;
        yq_code rc = tell_step(x, &w->step[i], &step, err);
        if (rc) return rc == YQ_NOTFOUND ? YQ_OK : rc;
        *yq_push(x->a, &way.steps) = step;
    }
    *yq_push(x->a, &out->ways) = way;
    return YQ_OK;
}

/* ---------------------------------------------------------------- searching */

static yq_graph_scratch *take_scratch(const yq_ties *t, yq_err *err)
{
    yq_ties *shared = (yq_ties *)t; /* only what the lock guards */
    yq_graph_scratch *s = NULL;
    pthread_mutex_lock(&shared->lock);
    if (shared->scratches) s = shared->scratch[--shared->scratches];
    pthread_mutex_unlock(&shared->lock);
    if (!s) yq_graph_scratch_new(t->graph, &s, err);
    return s;
}

static void leave_scratch(const yq_ties *t, yq_graph_scratch *s)
{
    yq_ties *shared = (yq_ties *)t;
    pthread_mutex_lock(&shared->lock);
    bool room = shared->scratches < SCRATCHES;
    if (room) shared->scratch[shared->scratches++] = s;
    pthread_mutex_unlock(&shared->lock);
    if (!room) yq_graph_scratch_free(s);
}

static yq_code search(const asking *x, uint32_t from, uint32_t to, size_t top, yq_graph_way *ways, size_t *n, yq_err *err)
{
    const yq_ways_options o = { .top = (unsigned)top, .steps = YQ_WAY_STEPS, .alike = ALIKE, .work = WORK_OF_A_SEARCH };
    *n = 0;
    if (from == UINT32_MAX || to == UINT32_MAX) return YQ_OK;
    yq_graph_scratch *s = take_scratch(x->t, err);
    if (!s) return YQ_NOMEM;
    yq_code rc = yq_graph_ways(x->t->graph, s, from, to, &o, ways, n, NULL, err);
    leave_scratch(x->t, s);
    return rc;
}

/* ---------------------------------------------------------------- without a way: whom one should know */

typedef struct {
    const yq_ties *t;
    uint32_t end, best;
    yq_graph_tie tie, own; /* of the best, and of the end, to the group they share */
    yq_graph_tie at;       /* the end's tie whose group is looked through */
} looking;

static bool look_at_member(void *arg, const yq_graph_tie *member)
{
    looking *l = arg;
    if (member->stop == l->end || (l->best != UINT32_MAX && l->t->rank[member->stop] <= l->t->rank[l->best])) return true;
    l->best = member->stop;
    l->tie = *member;
    l->own = l->at;
    return true;
}

static bool look_at_group(void *arg, const yq_graph_tie *tie)
{
    looking *l = arg;
    l->at = *tie;
    yq_graph_of_group(l->t->graph, tie->group, look_at_member, l);
    return true;
}

static yq_code find_contact(const asking *x, uint32_t end, yq_ways *out, yq_err *err)
{
    looking l = { .t = x->t, .end = end, .best = UINT32_MAX };
    if (end == UINT32_MAX) return YQ_OK;
    yq_graph_of_stop(x->t->graph, end, look_at_group, &l);
    if (l.best == UINT32_MAX) return YQ_OK;
    yq_graph_step step = { l.best, l.tie.group, end, l.tie.label, l.own.label };
    yq_code rc = tell_step(x, &step, &out->contact, err);
    out->has_contact = !rc;
    return rc == YQ_NOTFOUND ? YQ_OK : rc;
}

/* ---------------------------------------------------------------- the whole */

static yq_code find_ways(const asking *x, size_t top, yq_ways *out, yq_err *err)
{
    yq_graph_way ways[YQ_WAYS_TOP_MAX];
    size_t n;
    uint32_t end = stop_of(x->t, out->end.id);
    yq_code rc = search(x, stop_of(x->t, out->from.id), end, top, ways, &n, err);
    for (size_t i = 0; i < n && !rc; i++) rc = tell_way(x, &ways[i], out, err);
    return rc || out->ways.n ? rc : find_contact(x, end, out, err);
}

yq_code yq_register_ways(yq_reader *r, const yq_ties *t, const yq_viewer *v, yq_arena *a, const yq_entity *from, const yq_entity *to, size_t top,
                         yq_ways *out, yq_err *err)
{
    const asking x = { r, t, v, a };
    *out = (yq_ways){ .sequence = t->sequence, .from = *from, .to = *to };
    if (!is_stop(from)) return yq_fail(err, YQ_INVALID, 0, "only a person or an institution can be introduced to somebody");
    if (top < 1 || top > YQ_WAYS_TOP_MAX) return yq_fail(err, YQ_INVALID, 0, "1 to %d ways can be asked for", YQ_WAYS_TOP_MAX);
    if (t->viewer.institution != v->institution || t->viewer.level != v->level) return yq_fail(err, YQ_DENIED, 0, "these ties are another viewer's");
    yq_code rc = end_of(&x, to, &out->end, err);
    if (rc) return rc;
    out->self = out->end.id == from->id;
    return out->self || !is_stop(&out->end) ? YQ_OK : find_ways(&x, top, out, err);
}
