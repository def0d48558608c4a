/* What a person decides about who is who: one entry a decision, which can be taken back by its number.
 *
 * "same" joins two, "different" keeps two apart, "undecided" sets a doubt aside. A split says that some appearances of one entity are somebody else's: those
 * that go are one, those that stay are one, and the two are different; all that in one entry, as decisions on pairs, so that no rule, settling or other
 * reading brings them together (settle.c, known.c). What it cuts stands in the entry too, so that taking it back restores each redirect as it was.
 */
#include "register/internal.h"

#include <stdlib.h>

enum { MEMORY = 256 << 20, MOST_MEMBERS = 100000 };

typedef struct {
    int64_t a, b;
    const char *verdict;
} pair;
typedef YQ_VEC(pair) pairs;

/* One entry in the making. */
typedef struct {
    yq_register *reg;
    yq_arena *arena;
    const char *actor, *why;
    pairs decisions;
    int64_t undone;          /* the redirect that goes; 0: none */
    yq_ids apart, rest;      /* the clusters of a split; both empty: none */
    yq_redirects cut, back;
    int64_t back_of;         /* the entry whose cut is brought back; 0: none */
    yq_ids back_members;
} ruling;

/* ---------------------------------------------------------------- the entry */

static void put_ids(yq_json *j, const char *key, const yq_ids *ids)
{
    if (key) yq_json_key(j, key);
    yq_json_array(j);
    for (size_t i = 0; i < ids->n; i++) yq_json_int(j, ids->v[i]);
    yq_json_end_array(j);
}

static void put_redirects(yq_json *j, const char *key, const yq_redirects *list)
{
    yq_json_key(j, key);
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) {
        const yq_redirect *r = &list->v[i];
        yq_json_array(j);
        yq_json_int(j, r->gone);
        yq_json_int(j, r->keep);
        yq_json_str(j, r->by);
        yq_json_str(j, r->reason);
        yq_json_int(j, r->sequence);
        yq_json_end_array(j);
    }
    yq_json_end_array(j);
}

static void put_decisions(const ruling *w, yq_json *j)
{
    int64_t id = yq_id_block(yq_journal_sequence(w->reg->store) + 1);
    yq_json_key(j, "decisions");
    yq_json_array(j);
    for (size_t i = 0; i < w->decisions.n; i++) {
        const pair *p = &w->decisions.v[i];
        yq_json_array(j);
        yq_json_int(j, id++);
        yq_json_int(j, p->a);
        yq_json_int(j, p->b);
        yq_json_str(j, yq_cstr(p->verdict));
        yq_json_real(j, 1);
        yq_json_str(j, yq_cstr(w->why));
        yq_json_end_array(j);
    }
    yq_json_end_array(j);
}

static void put_body(const ruling *w, yq_json *j)
{
    yq_json_object(j);
    yq_json_ki(j, "v", 1);
    yq_json_kv(j, "by", yq_cstr(w->actor));
    yq_json_ki(j, "document", 0);
    if (w->undone) yq_json_ki(j, "undo", w->undone);
    if (w->apart.n) {
        yq_json_key(j, "clusters");
        yq_json_array(j);
        put_ids(j, NULL, &w->apart);
        put_ids(j, NULL, &w->rest);
        yq_json_end_array(j);
    }
    if (w->cut.n) put_redirects(j, "cut", &w->cut);
    if (w->back_of) {
        yq_json_key(j, "back");
        yq_json_object(j);
        yq_json_ki(j, "of", w->back_of);
        put_ids(j, "members", &w->back_members);
        put_redirects(j, "redirects", &w->back);
        yq_json_end_object(j);
    }
    put_decisions(w, j);
    yq_json_end_object(j);
}

static yq_code append(const ruling *w, yq_err *err)
{
    yq_buf text = { 0 };
    int64_t sequence;
    yq_json j = yq_json_to(&text);
    put_body(w, &j);
    yq_code rc = text.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for a decision")
                             : yq_journal_append(w->reg->store, &(yq_entry){ "identity", w->actor, yq_buf_str(&text), NULL, 0 }, &sequence, err);
    yq_buf_free(&text);
    return rc;
}

yq_code yq_identity_append(yq_register *r, int64_t a, int64_t b, const char *verdict, const char *actor, const char *why, yq_err *err)
{
    pair one = { a, b, verdict };
    ruling w = { .reg = r, .actor = actor, .why = why, .decisions = { &one, 1, 1 } };
    return append(&w, err);
}

/* ---------------------------------------------------------------- inside a write */

yq_code yq_register_enter(yq_register *r, bool *alone, yq_err *err)
{
    *alone = !r->group;
    return *alone ? yq_register_begin(r, err) : YQ_OK;
}

yq_code yq_register_leave(yq_register *r, bool alone, yq_code rc, yq_err *err)
{
    if (!alone) return rc;
    if (!rc) return yq_register_commit(r, err);
    yq_register_rollback(r);
    return rc;
}

int64_t yq_register_sequence(const yq_register *r)
{
    return yq_journal_sequence(r->store);
}

/* Runs `inside` with a ruling in an arena of its own, as one write. */
static yq_code rule(ruling *w, yq_code (*inside)(void *arg, yq_err *err), void *arg, yq_err *err)
{
    bool alone;
    w->arena = yq_arena_new(MEMORY);
    yq_code rc = w->arena ? yq_register_enter(w->reg, &alone, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for a decision");
    if (!rc) rc = yq_register_leave(w->reg, alone, yq_arena_run(w->arena, inside, arg, err), err);
    yq_arena_free(w->arena);
    return rc;
}

/* ---------------------------------------------------------------- one pair */

static yq_code kind_of(yq_db *db, int64_t entity, char *out, size_t cap, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = '\0';
    yq_code rc = yq_db_prepare(db, "SELECT kind FROM entity WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", entity);
    rc = yq_step(s, &row, err);
    if (!rc && row && yq_col_text(s, 0).n < cap) memcpy(out, yq_col_text(s, 0).p, yq_col_text(s, 0).n), out[yq_col_text(s, 0).n] = '\0';
    yq_finish(s);
    return rc;
}

static yq_code are_two(yq_register *r, int64_t x, int64_t y, yq_err *err)
{
    int64_t a, b;
    char kind_a[32], kind_b[32];
    yq_code rc = yq_identity_survivor(r->db, x, &a, err);
    if (!rc) rc = yq_identity_survivor(r->db, y, &b, err);
    if (!rc) rc = kind_of(r->db, x, kind_a, sizeof kind_a, err);
    if (!rc) rc = kind_of(r->db, y, kind_b, sizeof kind_b, err);
    if (rc) return rc;
    if (a == b) return yq_fail(err, YQ_INVALID, 0, "these two are already one");
    if (strcmp(kind_a, kind_b) != 0) return yq_fail(err, YQ_INVALID, 0, "a %s and a %s cannot be one", kind_a, kind_b);
    return YQ_OK;
}

yq_code yq_register_merge(yq_register *r, int64_t keep, int64_t gone, const char *actor, const char *why, yq_err *err)
{
    return yq_register_rule(r, gone, keep, YQ_S("same"), actor, why, err);
}

/* The last decision of a person on the two that stands; 0: none. */
static yq_code last_on(yq_db *db, int64_t a, int64_t b, int64_t *sequence, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, "SELECT max(i.sequence) FROM identity i WHERE i.human = 1 AND ((i.a = :a AND i.b = :b) OR (i.a = :b AND i.b = :a))", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "a", a);
    yq_bind_int(s, "b", b);
    return yq_one_int(s, 0, sequence, err);
}

static yq_code take_back_pair(yq_register *r, int64_t a, int64_t b, const char *actor, const char *why, yq_err *err)
{
    int64_t sequence;
    yq_code rc = last_on(r->db, a, b, &sequence, err);
    if (rc) return rc;
    return sequence ? yq_register_take_back(r, sequence, actor, why, err) : yq_fail(err, YQ_NOTFOUND, 0, "nobody has decided about these two");
}

static yq_code decide(yq_register *r, int64_t a, int64_t b, yq_str verdict, const char *actor, const char *why, yq_err *err)
{
    static const char *const verdicts[] = { "same", "different", "undecided" };
    if (yq_eq(verdict, YQ_S("undo"))) return take_back_pair(r, a, b, actor, why, err);
    yq_code rc = are_two(r, b, a, err);
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts && !rc; i++)
        if (yq_eq(verdict, yq_cstr(verdicts[i]))) return yq_identity_append(r, a, b, verdicts[i], actor, why, err);
    return rc ? rc : yq_fail(err, YQ_INVALID, 0, "a decision is same, different, undecided or undo");
}

yq_code yq_register_rule(yq_register *r, int64_t a, int64_t b, yq_str verdict, const char *actor, const char *why, yq_err *err)
{
    bool alone;
    yq_code rc = yq_register_enter(r, &alone, err);
    return rc ? rc : yq_register_leave(r, alone, decide(r, a, b, verdict, actor, why, err), err);
}

/* ---------------------------------------------------------------- a merge taken apart */

static yq_redirect redirect_at(yq_arena *a, yq_stmt *s)
{
    return (yq_redirect){ yq_col_int(s, 0), yq_col_int(s, 1), yq_kept(a, s, 2), yq_kept(a, s, 3), yq_col_int(s, 4) };
}

/* The redirect of `gone`; gone 0 in *out: it has none. */
static yq_code redirect_of(ruling *w, int64_t gone, yq_redirect *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_redirect){ 0 };
    yq_code rc = yq_db_prepare(w->reg->db, "SELECT gone, keep, decided_by, reason, sequence FROM redirect WHERE gone = :gone", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "gone", gone);
    rc = yq_step(s, &row, err);
    if (!rc && row) *out = redirect_at(w->arena, s);
    yq_finish(s);
    return rc;
}

typedef struct {
    ruling w;
    int64_t gone;
} unmerging;

/* Of the redirects that lead from it on, the first that a person made; else its own. An id known outside is that of the first appearance, which may have been found to be
 * the same as the merged one before. */
static yq_code unmerge_inside(void *arg, yq_err *err)
{
    unmerging *u = arg;
    yq_redirect own, at;
    yq_code rc = redirect_of(&u->w, u->gone, &own, err);
    for (at = own; !rc && at.gone && yq_eq(at.by, YQ_S("program"));) rc = redirect_of(&u->w, at.keep, &at, err);
    if (rc) return rc;
    if (!own.gone) return yq_fail(err, YQ_NOTFOUND, 0, "this one was not merged into another");
    if (!at.gone) at = own;
    u->w.undone = at.gone;
    *yq_push(u->w.arena, &u->w.cut) = at;
    *yq_push(u->w.arena, &u->w.decisions) = (pair){ at.gone, at.keep, "different" };
    return append(&u->w, err);
}

yq_code yq_register_unmerge(yq_register *r, int64_t gone, const char *actor, const char *why, yq_err *err)
{
    unmerging u = { { .reg = r, .actor = actor, .why = why }, gone };
    return rule(&u.w, unmerge_inside, &u, err);
}

/* ---------------------------------------------------------------- a split */

typedef struct {
    ruling w;
    const int64_t *chosen;
    size_t n;
    int64_t entity;
    yq_ids all, live; /* descending; live: those with names in the present reading of their document */
} splitting;

static int by_number(const void *x, const void *y)
{
    const int64_t *p = x, *q = y;
    return *p < *q ? -1 : *p > *q;
}

static bool has(const yq_ids *sorted, int64_t id)
{
    return sorted->n && bsearch(&id, sorted->v, sorted->n, sizeof id, by_number);
}

static yq_code read_members(splitting *p, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(p->w.reg->db, "SELECT e.id, (SELECT count(*) FROM name n WHERE n.entity_was = e.id) FROM entity e WHERE e.survivor = :entity ORDER BY e.id DESC", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "entity", p->entity);
    while (!(rc = yq_step(s, &row, err)) && row) {
        *yq_push(p->w.arena, &p->all) = yq_col_int(s, 0);
        if (yq_col_int(s, 1)) *yq_push(p->w.arena, &p->live) = yq_col_int(s, 0);
    }
    yq_finish(s);
    return rc || p->all.n <= MOST_MEMBERS ? rc : yq_fail(err, YQ_INVALID, 0, "more than %d names in documents", MOST_MEMBERS);
}

static yq_code find_entity(splitting *p, yq_err *err)
{
    for (size_t i = 0; i < p->n; i++) {
        int64_t now;
        yq_code rc = yq_identity_survivor(p->w.reg->db, p->chosen[i], &now, err);
        if (rc) return rc;
        if (i && now != p->entity) return yq_fail(err, YQ_INVALID, 0, "these are not all of one");
        p->entity = now;
    }
    return YQ_OK;
}

static yq_code take_chosen(splitting *p, yq_err *err)
{
    yq_ids *apart = &p->w.apart;
    size_t live = 0;
    for (size_t i = 0; i < p->n; i++) *yq_push(p->w.arena, apart) = p->chosen[i];
    qsort(apart->v, apart->n, sizeof *apart->v, by_number);
    for (size_t i = 0; i < p->live.n; i++) live += has(apart, p->live.v[i]);
    if (live != p->n) return yq_fail(err, YQ_INVALID, 0, "each must be named once, in the present reading of its document");
    return live < p->live.n ? YQ_OK : yq_fail(err, YQ_INVALID, 0, "somebody must stay");
}

/* The appearance that took this one's place when its document was read again; 0: none. */
static yq_code successor_of(yq_db *db, int64_t former, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, "SELECT max(i.a) FROM identity i WHERE i.b = :id AND i.verdict = 'again'", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", former);
    rc = yq_one_int(s, 0, out, err);
    return rc || *out ? rc : yq_identity_heir(db, former, out, err);
}

/* Those of former readings go with whoever took their place, who is newer and stands before them. */
static yq_code share_out(splitting *p, yq_err *err)
{
    yq_ids *apart = &p->w.apart;
    for (size_t i = 0; i < p->all.n; i++) {
        int64_t id = p->all.v[i], next = 0;
        yq_code rc = has(apart, id) ? YQ_OK : successor_of(p->w.reg->db, id, &next, err);
        if (rc) return rc;
        if (!next || !has(apart, next)) continue;
        *yq_push(p->w.arena, apart) = id;
        qsort(apart->v, apart->n, sizeof *apart->v, by_number);
    }
    for (size_t i = p->all.n; i-- > 0;)
        if (!has(apart, p->all.v[i])) *yq_push(p->w.arena, &p->w.rest) = p->all.v[i];
    return YQ_OK;
}

static yq_code find_cut(splitting *p, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(p->w.reg->db, "SELECT d.gone, d.keep, d.decided_by, d.reason, d.sequence FROM redirect d JOIN entity e ON e.id = d.gone WHERE e.survivor = :entity ORDER BY d.gone", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "entity", p->entity);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_redirect r = redirect_at(p->w.arena, s);
        if (has(&p->w.apart, r.gone) != has(&p->w.apart, r.keep)) *yq_push(p->w.arena, &p->w.cut) = r;
    }
    yq_finish(s);
    return rc;
}

/* Those that go are one, those that stay are one - the rules, asked again, could no longer tell which of the two each of them is - and the two are different. */
static void put_split(splitting *p)
{
    yq_arena *a = p->w.arena;
    int64_t goes = 0, stays = 0;
    *yq_push(a, &p->w.decisions) = (pair){ 0 };
    for (size_t i = p->live.n; i-- > 0;) {
        int64_t id = p->live.v[i], *lead = has(&p->w.apart, id) ? &goes : &stays;
        if (*lead == 0) *lead = id;
        if (*lead != id) *yq_push(a, &p->w.decisions) = (pair){ id, *lead, "same" };
    }
    p->w.decisions.v[0] = (pair){ goes, stays, "different" };
}

static yq_code split_inside(void *arg, yq_err *err)
{
    splitting *p = arg;
    yq_code rc = find_entity(p, err);
    if (!rc) rc = read_members(p, err);
    if (!rc) rc = take_chosen(p, err);
    if (!rc) rc = share_out(p, err);
    if (!rc) rc = find_cut(p, err);
    if (rc) return rc;
    put_split(p);
    return append(&p->w, err);
}

yq_code yq_register_split(yq_register *r, const int64_t *apart, size_t n, const char *actor, const char *why, yq_err *err)
{
    splitting p = { .w = { .reg = r, .actor = actor, .why = why }, .chosen = apart, .n = n };
    return n ? rule(&p.w, split_inside, &p, err) : yq_fail(err, YQ_INVALID, 0, "nobody is named");
}

/* ---------------------------------------------------------------- taking back */

typedef struct {
    ruling w;
    int64_t sequence;
    json_t *body; /* of the entry */
} taking_back;

static yq_code read_standing(taking_back *t, yq_err *err)
{
    yq_stmt *s;
    bool row, later = false;
    yq_code rc = yq_db_prepare(t->w.reg->db,
                               "SELECT i.a, i.b, (SELECT count(*) FROM identity l WHERE l.human = 1 AND l.sequence > i.sequence AND ((l.a = i.a AND l.b = i.b) OR (l.a = i.b AND l.b = i.a))) "
                               "FROM identity i WHERE i.human = 1 AND i.sequence = :sequence ORDER BY i.id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "sequence", t->sequence);
    while (!(rc = yq_step(s, &row, err)) && row) {
        *yq_push(t->w.arena, &t->w.decisions) = (pair){ yq_col_int(s, 0), yq_col_int(s, 1), "withdrawn" };
        later |= yq_col_int(s, 2) > 0;
    }
    yq_finish(s);
    if (rc) return rc;
    if (!t->w.decisions.n) return yq_fail(err, YQ_NOTFOUND, 0, "there is no decision of this number, or it was taken back");
    return later ? yq_fail(err, YQ_INVALID, 0, "a later decision stands on this one; take that back first") : YQ_OK;
}

static yq_code read_body(taking_back *t, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(t->w.reg->db, "SELECT content FROM body WHERE sequence = :sequence AND part = 0", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "sequence", t->sequence);
    rc = yq_step(s, &row, err);
    if (!rc && row) t->body = json_loadb(yq_col_text(s, 0).p, yq_col_text(s, 0).n, 0, NULL);
    yq_finish(s);
    return rc || t->body ? rc : yq_fail(err, YQ_CORRUPT, 0, "the body is not that of a decision");
}

/* A redirect can be brought back when nothing else was made of its ends meanwhile. */
static yq_code check_back(taking_back *t, const yq_redirect *r, yq_err *err)
{
    yq_redirect now;
    int64_t a, b;
    yq_code rc = redirect_of(&t->w, r->gone, &now, err);
    if (!rc) rc = yq_identity_end(t->w.reg->db, r->gone, &a, err);
    if (!rc) rc = yq_identity_end(t->w.reg->db, r->keep, &b, err);
    if (rc) return rc;
    bool free = (!now.gone || now.sequence == t->sequence) && a != b;
    return free ? YQ_OK : yq_fail(err, YQ_INVALID, 0, "what this decision took apart has been joined since; take that back first");
}

static yq_code bring_back(taking_back *t, yq_err *err)
{
    yq_arena *a = t->w.arena;
    const json_t *cut = json_object_get(t->body, "cut"), *clusters = json_object_get(t->body, "clusters");
    t->w.back_of = t->sequence;
    for (size_t i = 0; i < json_array_size(cut); i++) {
        yq_redirect r = yq_redirect_of(json_array_get(cut, i));
        yq_code rc = check_back(t, &r, err);
        if (rc) return rc;
        *yq_push(a, &t->w.back) = r;
        if (!clusters) *yq_push(a, &t->w.back_members) = r.gone;
    }
    for (size_t i = 0; i < json_array_size(clusters); i++)
        for (size_t k = 0; k < json_array_size(json_array_get(clusters, i)); k++)
            *yq_push(a, &t->w.back_members) = json_integer_value(json_array_get(json_array_get(clusters, i), k));
    return YQ_OK;
}

/* The redirect that the decision made, which may have been cut by another one since. */
static yq_code find_made(taking_back *t, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(t->w.reg->db, "SELECT min(gone) FROM redirect WHERE sequence = :sequence", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "sequence", t->sequence);
    return yq_one_int(s, 0, &t->w.undone, err);
}

static yq_code take_back_inside(void *arg, yq_err *err)
{
    taking_back *t = arg;
    yq_code rc = read_standing(t, err);
    if (!rc) rc = read_body(t, err);
    if (!rc) rc = json_object_get(t->body, "cut") ? bring_back(t, err) : find_made(t, err);
    return rc ? rc : append(&t->w, err);
}

yq_code yq_register_take_back(yq_register *r, int64_t sequence, const char *actor, const char *why, yq_err *err)
{
    taking_back t = { .w = { .reg = r, .actor = actor, .why = why }, .sequence = sequence };
    yq_code rc = rule(&t.w, take_back_inside, &t, err);
    json_decref(t.body);
    return rc;
}
