/* Who is who, decided by a person: the queue of doubts, merging, taking apart, and taking a decision back by its number. */
#include "http/internal.h"

enum { MOST_APART = 1000 };

/* ---------------------------------------------------------------- reading */

static yq_code queue_of(yq_worker *w, yq_request *r, yq_queue_state state, size_t offset, size_t limit, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    yq_str of = yq_query(r, "entity");
    yq_entity one = { 0 };
    yq_queue_items list = { 0 };
    yq_queue_counts counts;
    yq_code rc = of.n ? yq_find_entity(w, of, &one, err) : YQ_OK;
    if (!rc) rc = yq_register_queue(w->reader, &v, w->arena, state, one.id, offset, limit, &list, &counts, err);
    if (rc) return rc;
    yq_json j = yq_json_to(&r->answer);
    yq_queue_json(&list, &counts, &j);
    return YQ_OK;
}

void yq_get_queue(yq_worker *w, yq_request *r)
{
    size_t offset, limit;
    yq_queue_state state = YQ_QUEUE_OPEN;
    yq_str named = yq_query(r, "state");
    yq_err err = { 0 };
    if (!yq_query_number(r, "offset", 0, 100000000, 0, &offset) || !yq_query_number(r, "limit", 0, 200, 20, &limit)) return;
    if (named.n && !yq_queue_state_named(named, &state)) {
        yq_refuse(r, 400, "bad_request", "state must be open, aside or decided");
        return;
    }
    yq_code rc = queue_of(w, r, state, offset, limit, &err);
    if (rc) yq_refuse_as(r, rc, &err);
}

void yq_get_appearances(yq_worker *w, yq_request *r)
{
    const yq_viewer v = yq_viewer_office();
    size_t offset, limit, total;
    yq_entity e;
    yq_appearances_shown list;
    yq_rulings_shown rulings;
    yq_err err = { 0 };
    if (!yq_query_number(r, "offset", 0, 100000000, 0, &offset) || !yq_query_number(r, "limit", 1, 200, 50, &limit)) return;
    yq_code rc = yq_find_entity(w, r->param, &e, &err);
    if (!rc) rc = yq_register_appearances(w->reader, &v, w->arena, e.id, offset, limit, &list, &total, &err);
    if (!rc) rc = yq_register_rulings(w->reader, &v, w->arena, e.id, &rulings, &err);
    if (rc) {
        yq_refuse_as(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_appearances_json(&j, &list, total, &rulings);
}

/* ---------------------------------------------------------------- deciding */

/* A decision that was made, by its number, or why it was not. */
static void answer(yq_request *r, yq_code rc, int64_t sequence, const yq_err *err)
{
    if (rc) {
        yq_refuse_as(r, rc, err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_ki(&j, "sequence", sequence);
    yq_json_end_object(&j);
}

/* By the id of an appearance, wherever it leads by now. */
static yq_code find_appearance(yq_worker *w, yq_str ulid, int64_t *id, yq_err *err)
{
    if (ulid.n == YQ_ULID_CHARS) return yq_register_redirected(w->reader, ulid, id, err);
    return yq_fail(err, YQ_NOTFOUND, 0, "there is nothing with this id");
}

typedef struct {
    int64_t a, b, number;
    yq_str verdict;
    const char *why;
    int64_t apart[MOST_APART];
    size_t n;
} order;

/* Runs one of the register's acts as the one writer. */
static void act(yq_worker *w, yq_request *r, yq_code (*does)(yq_register *reg, const order *o, yq_err *err), const order *o)
{
    yq_err err = { 0 };
    yq_register *reg = yq_server_enter(w->server);
    yq_code rc = does(reg, o, &err);
    int64_t sequence = yq_register_sequence(reg);
    yq_server_leave(w->server);
    answer(r, rc, sequence, &err);
}

static yq_code rule(yq_register *reg, const order *o, yq_err *err)
{
    return yq_register_rule(reg, o->a, o->b, o->verdict, "office", o->why, err);
}

static yq_code unmerge(yq_register *reg, const order *o, yq_err *err)
{
    return yq_register_unmerge(reg, o->a, "office", "", err);
}

static yq_code split(yq_register *reg, const order *o, yq_err *err)
{
    return yq_register_split(reg, o->apart, o->n, "office", o->why, err);
}

static yq_code take_back(yq_register *reg, const order *o, yq_err *err)
{
    return yq_register_take_back(reg, o->number, "office", "", err);
}

void yq_post_pair(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = { { "a", JSON_STRING, true }, { "b", JSON_STRING, true }, { "verdict", JSON_STRING, true }, { "why", JSON_STRING, false } };
    yq_err err = { 0 };
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    order told = { .verdict = yq_body_text(o, "verdict"), .why = yq_dupz(w->arena, yq_body_text(o, "why")) };
    yq_code rc = find_appearance(w, yq_body_text(o, "a"), &told.a, &err);
    if (!rc) rc = find_appearance(w, yq_body_text(o, "b"), &told.b, &err);
    if (rc) answer(r, rc, 0, &err);
    else act(w, r, rule, &told);
    json_decref(o);
}

void yq_post_merge(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = { { "gone", JSON_STRING, true }, { "why", JSON_STRING, false } };
    yq_entity keep = { 0 }, gone = { 0 };
    yq_err err = { 0 };
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    yq_code rc = yq_find_entity(w, r->param, &keep, &err);
    if (!rc) rc = yq_find_entity(w, yq_body_text(o, "gone"), &gone, &err);
    const order told = { .a = gone.id, .b = keep.id, .verdict = YQ_S("same"), .why = yq_dupz(w->arena, yq_body_text(o, "why")) };
    if (rc) answer(r, rc, 0, &err);
    else act(w, r, rule, &told);
    json_decref(o);
}

void yq_post_unmerge(yq_worker *w, yq_request *r)
{
    yq_err err = { 0 };
    order told = { 0 };
    yq_code rc = find_appearance(w, r->param, &told.a, &err);
    if (rc) answer(r, rc, 0, &err);
    else act(w, r, unmerge, &told);
}

/* The ids in the list, each followed to its appearance, which must be one of the entity's. */
static yq_code read_apart(yq_worker *w, const json_t *list, int64_t entity, order *told, yq_err *err)
{
    const json_t *item;
    size_t i;
    if (json_array_size(list) > MOST_APART) return yq_fail(err, YQ_INVALID, 0, "more than %d at once", MOST_APART);
    json_array_foreach(list, i, item) {
        yq_str ulid = { json_string_value(item), json_string_length(item) };
        yq_entity now;
        yq_code rc = find_appearance(w, ulid, &told->apart[told->n++], err);
        if (!rc) rc = yq_find_entity(w, ulid, &now, err);
        if (rc) return rc;
        if (now.id != entity) return yq_fail(err, YQ_INVALID, 0, "these are not all of this one");
    }
    return YQ_OK;
}

void yq_post_split(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = { { "appearances", JSON_ARRAY, true }, { "why", JSON_STRING, false } };
    yq_entity e = { 0 };
    yq_err err = { 0 };
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    order *told = YQ_ARRAY(w->arena, order, 1);
    told->why = yq_dupz(w->arena, yq_body_text(o, "why"));
    yq_code rc = yq_find_entity(w, r->param, &e, &err);
    if (!rc) rc = read_apart(w, json_object_get(o, "appearances"), e.id, told, &err);
    if (rc) answer(r, rc, 0, &err);
    else act(w, r, split, told);
    json_decref(o);
}

void yq_post_undo(yq_worker *w, yq_request *r)
{
    yq_err err = { 0 };
    order told = { .number = yq_number_in(r->param) };
    if (told.number) act(w, r, take_back, &told);
    else answer(r, yq_fail(&err, YQ_NOTFOUND, 0, "there is no decision of this number"), 0, &err);
}
