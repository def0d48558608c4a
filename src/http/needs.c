/* /api/v1/needs, /news, /feedback, /report: needs that are kept, what arrived for them, what became of answers (register/needs.h). */
#include "http/internal.h"
#include "kind/kind.h"
#include "match/standing.h"

/* ---------------------------------------------------------------- reading */

static void put_needs(yq_arena *a, yq_json *j, const yq_kept_needs *list)
{
    yq_json_key(j, "needs");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) yq_standing_need_json(a, &list->v[i], j);
    yq_json_end_array(j);
}

static void put_notices(yq_json *j, const yq_notices *list)
{
    yq_json_key(j, "notices");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) yq_notice_json(j, &list->v[i]);
    yq_json_end_array(j);
}

static void put_marks(yq_json *j, const yq_feedbacks *list)
{
    yq_json_key(j, "marks");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) yq_feedback_json(j, &list->v[i]);
    yq_json_end_array(j);
}

void yq_get_needs(yq_worker *w, yq_request *r)
{
    const yq_viewer v = yq_viewer_office();
    yq_kept_needs list;
    yq_err err = { 0 };
    yq_str state = yq_query(r, "state");
    bool known = !state.n || yq_eq(state, YQ_S("kept")) || yq_eq(state, YQ_S("closed")) || yq_eq(state, YQ_S("asked"));
    if (!known) {
        yq_refuse(r, 400, "bad_request", "state must be kept, closed or asked");
        return;
    }
    yq_code rc = yq_register_needs(w->reader, &v, w->arena, state, &list, &err);
    if (rc) {
        yq_refuse_as(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    put_needs(w->arena, &j, &list);
    yq_json_end_object(&j);
}

/* A need with all that was told for it and every mark on its answers. */
static yq_code show_need(yq_worker *w, yq_request *r, const yq_kept_need *n, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    const yq_notice_filter filter = { .need = n->id };
    yq_notices notices;
    yq_feedbacks marks;
    yq_code rc = yq_register_notices(w->reader, &v, w->arena, &filter, &notices, err);
    if (!rc) rc = yq_register_feedback(w->reader, &v, w->arena, n->id, &marks, err);
    if (rc) return rc;
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_key(&j, "need");
    yq_standing_need_json(w->arena, n, &j);
    put_notices(&j, &notices);
    put_marks(&j, &marks);
    yq_json_end_object(&j);
    return YQ_OK;
}

void yq_get_need(yq_worker *w, yq_request *r)
{
    const yq_viewer v = yq_viewer_office();
    yq_kept_need n;
    yq_err err = { 0 };
    yq_code rc = yq_register_need(w->reader, &v, w->arena, r->param, &n, &err);
    if (!rc) rc = show_need(w, r, &n, &err);
    if (rc) yq_refuse_as(r, rc, &err);
}

void yq_get_news(yq_worker *w, yq_request *r)
{
    const yq_viewer v = yq_viewer_office();
    size_t unseen, limit;
    int64_t count;
    yq_notices list;
    yq_err err = { 0 };
    if (!yq_query_number(r, "unseen", 0, 1, 0, &unseen) || !yq_query_number(r, "limit", 1, 200, 200, &limit)) return;
    const yq_notice_filter filter = { .who = yq_query(r, "who"), .unseen = unseen == 1, .limit = limit };
    yq_code rc = yq_register_unseen(w->reader, &v, &count, &err);
    if (!rc) rc = yq_register_notices(w->reader, &v, w->arena, &filter, &list, &err);
    if (rc) {
        yq_refuse_as(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_ki(&j, "unseen", count);
    put_notices(&j, &list);
    yq_json_end_object(&j);
}

void yq_get_report(yq_worker *w, yq_request *r)
{
    const yq_viewer v = yq_viewer_office();
    yq_need_reports rows;
    yq_err err = { 0 };
    yq_code rc = yq_register_report(w->reader, &v, w->arena, &rows, &err);
    if (rc) {
        yq_refuse_as(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_report_json(&j, &rows);
}

/* The answer itself is made by the event loop. */
void yq_get_news_events(yq_worker *w, yq_request *r)
{
    (void)w;
    r->streams = r->news = true;
}

/* ---------------------------------------------------------------- what is known of a need that is being typed */

/* The question that a body asks; borrows from it. False: refused. */
static bool take_question(yq_worker *w, yq_request *r, const json_t *o, yq_need_question *q)
{
    char names[400];
    *q = (yq_need_question){ .text = yq_body_text(o, "text"), .want = yq_body_text(o, "want"), .top = 10 };
    if (yq_blank(q->text) || yq_utf8_count(q->text) > 4000) return yq_refuse(r, 400, "bad_request", "text must say the need in 1 to 4000 characters"), false;
    if (!q->want.n || yq_kind_is_wanted(yq_kinds_builtin(), q->want)) return yq_body_conditions(w, r, o, q);
    yq_kind_names(yq_kinds_builtin(), yq_kind_is_wanted, names, sizeof names);
    return yq_refuse(r, 400, "bad_request", "want must be %s", names), false;
}

static yq_code answer_asked(yq_worker *w, yq_request *r, const yq_need_question *q, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    yq_need_act asked = { 0 };
    yq_kept_need n;
    yq_feedbacks marks = { 0 };
    yq_naming_need(w->arena, q, &asked);
    yq_code rc = yq_register_need_of(w->reader, &v, w->arena, &asked, &n, err);
    bool known = rc == YQ_OK;
    if (known) rc = yq_register_feedback(w->reader, &v, w->arena, n.id, &marks, err);
    if (rc && rc != YQ_NOTFOUND) return rc;
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    if (known) {
        yq_json_key(&j, "need");
        yq_standing_need_json(w->arena, &n, &j);
    }
    put_marks(&j, &marks);
    yq_json_end_object(&j);
    return YQ_OK;
}

#define QUESTION { "text", JSON_STRING, true }, { "want", JSON_STRING, false }, { "conditions", JSON_ARRAY, false }, { "without", JSON_ARRAY, false }

void yq_post_asked(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = { QUESTION };
    yq_err err = { 0 };
    yq_need_question q;
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    if (take_question(w, r, o, &q)) {
        yq_code rc = answer_asked(w, r, &q, &err);
        if (rc) yq_refuse_as(r, rc, &err);
    }
    json_decref(o);
}

/* ---------------------------------------------------------------- acting */

/* Does it, tells open pages, and answers with the need as it stands then. */
static yq_code act(yq_worker *w, yq_request *r, const yq_need_act *x, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    char ulid[YQ_ULID_CHARS + 1];
    bool changed;
    yq_kept_need n;
    yq_register *reg = yq_server_enter(w->server);
    yq_code rc = yq_register_act(reg, x, ulid, &changed, err);
    yq_server_leave(w->server);
    if (rc) return rc;
    if (changed) yq_server_tell_news(w->server);
    if (!ulid[0]) { /* of all needs */
        yq_json j = yq_json_to(&r->answer);
        yq_json_object(&j);
        yq_json_kb(&j, "changed", changed);
        yq_json_end_object(&j);
        return YQ_OK;
    }
    rc = yq_register_need(w->reader, &v, w->arena, yq_cstr(ulid), &n, err);
    return rc ? rc : show_need(w, r, &n, err);
}

static yq_code keep(yq_worker *w, yq_request *r, const yq_need_question *q, yq_str who, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    yq_match_lists lists = { 0 };
    yq_need_act x;
    yq_code rc = yq_match(w->reader, yq_server_index(w->server), &v, w->arena, q, &lists, err);
    if (rc) return rc;
    yq_keeping(w->arena, q, &lists, &x);
    x.who = who.n ? who : YQ_S("office");
    return act(w, r, &x, err);
}

void yq_post_need(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = { QUESTION, { "who", JSON_STRING, false } };
    yq_err err = { 0 };
    yq_need_question q;
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    if (take_question(w, r, o, &q)) {
        yq_code rc = keep(w, r, &q, yq_body_text(o, "who"), &err);
        if (rc) yq_refuse_as(r, rc, &err);
    }
    json_decref(o);
}

static void act_on(yq_worker *w, yq_request *r, yq_act_kind kind)
{
    yq_err err = { 0 };
    const yq_need_act x = { .kind = kind, .need = r->param };
    yq_code rc = act(w, r, &x, &err);
    if (rc) yq_refuse_as(r, rc, &err);
}

void yq_post_need_close(yq_worker *w, yq_request *r)
{
    act_on(w, r, YQ_ACT_CLOSE);
}

/* Of one need, or (without an id) of all. */
void yq_post_seen(yq_worker *w, yq_request *r)
{
    act_on(w, r, YQ_ACT_SEEN);
}

/* On an answer to a need that is named by its id, or by what it asks. */
static void mark(yq_worker *w, yq_request *r, yq_act_kind kind)
{
    static const yq_body_member members[] = { { "need", JSON_STRING, false }, { "text", JSON_STRING, false }, { "want", JSON_STRING, false }, { "conditions", JSON_ARRAY, false },
                                              { "without", JSON_ARRAY, false }, { "entity", JSON_STRING, true }, { "mark", JSON_STRING, true }, { "who", JSON_STRING, false } };
    yq_err err = { 0 };
    yq_need_question q;
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    yq_need_act x = { .kind = kind, .need = yq_body_text(o, "need"), .entity = yq_body_text(o, "entity"), .mark = yq_body_text(o, "mark"),
                      .who = yq_body_text(o, "who").n ? yq_body_text(o, "who") : YQ_S("office") };
    if (!yq_mark_known(x.mark)) yq_refuse(r, 400, "bad_request", "mark must be useful, not_useful, contacted, declined, met or signed");
    else if (x.need.n || take_question(w, r, o, &q)) {
        if (!x.need.n) yq_naming_need(w->arena, &q, &x);
        yq_code rc = act(w, r, &x, &err);
        if (rc) yq_refuse_as(r, rc, &err);
    }
    json_decref(o);
}

void yq_post_feedback(yq_worker *w, yq_request *r)
{
    mark(w, r, YQ_ACT_MARK);
}

void yq_post_feedback_undo(yq_worker *w, yq_request *r)
{
    mark(w, r, YQ_ACT_UNMARK);
}
