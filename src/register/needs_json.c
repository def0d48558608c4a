/* Needs, news, feedback and the report as JSON; an act as one line of JSON, for the socket of the server, and back. */
#include "register/needs.h"

#include <jansson.h>

static void put_instant(yq_json *j, const char *key, int64_t us)
{
    char instant[28];
    yq_instant_text(us, instant);
    yq_json_kv(j, key, yq_cstr(instant));
}

void yq_kept_need_json(yq_json *j, const yq_kept_need *n)
{
    yq_json_kv(j, "id", yq_cstr(n->ulid));
    yq_json_kv(j, "text", n->text);
    yq_json_kv(j, "want", n->want);
    yq_json_kv(j, "who", n->who);
    yq_json_kv(j, "state", n->state);
    put_instant(j, "kept", n->kept_us);
    yq_json_ki(j, "told", n->told);
    yq_json_ki(j, "unseen", n->unseen);
}

void yq_notice_json(yq_json *j, const yq_notice *n)
{
    yq_json_object(j);
    yq_json_kv(j, "need", yq_cstr(n->need_ulid));
    yq_json_kv(j, "need_text", n->need_text);
    yq_json_kv(j, "id", yq_cstr(n->ulid));
    yq_json_kv(j, "kind", n->kind);
    yq_json_kv(j, "name", n->name);
    yq_json_kv(j, "organization", n->organization);
    yq_json_kv(j, "position", n->position);
    yq_json_kr(j, "score", n->score);
    yq_json_kv(j, "sentence", n->sentence);
    yq_document_json(j, n->document_ulid, n->document_name, n->document_title, n->date);
    yq_json_span(j, "span", n->span);
    yq_json_kb(j, "news", n->news);
    yq_json_kb(j, "fresh", n->fresh);
    yq_json_kb(j, "unseen", n->unseen);
    put_instant(j, "told", n->told_us);
    yq_json_end_object(j);
}

void yq_feedback_json(yq_json *j, const yq_feedback *f)
{
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(f->ulid));
    yq_json_kv(j, "kind", f->kind);
    yq_json_kv(j, "name", f->name);
    yq_json_kv(j, "mark", f->mark);
    yq_json_kv(j, "who", f->who);
    put_instant(j, "at", f->at_us);
    yq_json_end_object(j);
}

static void put_numbers(yq_json *j, const yq_need_report *r)
{
    double precision = yq_report_precision(r);
    yq_json_ki(j, "shown", r->shown);
    yq_json_ki(j, "useful", r->useful);
    yq_json_ki(j, "not_useful", r->not_useful);
    yq_json_ki(j, "contacted", r->contacted);
    yq_json_ki(j, "declined", r->declined);
    yq_json_ki(j, "met", r->met);
    yq_json_ki(j, "signed", r->signed_);
    if (precision >= 0) yq_json_kr(j, "precision", precision);
}

void yq_report_json(yq_json *j, const yq_need_reports *rows)
{
    yq_json_object(j);
    yq_json_key(j, "needs");
    yq_json_array(j);
    for (size_t i = 0; i + 1 < rows->n; i++) {
        yq_json_object(j);
        yq_json_kv(j, "id", yq_cstr(rows->v[i].need.ulid));
        yq_json_kv(j, "text", rows->v[i].need.text);
        yq_json_kv(j, "state", rows->v[i].need.state);
        put_numbers(j, &rows->v[i]);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
    yq_json_key(j, "all");
    yq_json_object(j);
    if (rows->n) put_numbers(j, &rows->v[rows->n - 1]);
    yq_json_end_object(j);
    yq_json_end_object(j);
}

/* ---------------------------------------------------------------- acts */

void yq_act_json(const yq_need_act *act, yq_json *j)
{
    const struct { const char *key; yq_str value; } members[] = { { "need", act->need }, { "text", act->text }, { "want", act->want }, { "who", act->who }, { "where", act->where }, { "without", act->without },
                                                                  { "entity", act->entity }, { "mark", act->mark } };
    yq_json_object(j);
    yq_json_kv(j, "act", yq_cstr(yq_act_name(act->kind)));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].value.n) yq_json_kv(j, members[i].key, members[i].value);
    yq_json_key(j, "shown");
    yq_json_array(j);
    for (size_t i = 0; i < act->shown_count; i++) {
        const yq_shown *s = &act->shown[i];
        yq_json_array(j);
        yq_json_int(j, s->entity);
        yq_json_int(j, s->document);
        yq_json_int(j, s->span.from);
        yq_json_int(j, s->span.to);
        yq_json_real(j, s->score);
        yq_json_end_array(j);
    }
    yq_json_end_array(j);
    yq_json_end_object(j);
}

static yq_str member(yq_arena *a, const json_t *o, const char *key)
{
    const json_t *s = json_object_get(o, key);
    return json_is_string(s) ? yq_dup(a, (yq_str){ json_string_value(s), json_string_length(s) }) : YQ_S("");
}

static int64_t item(const json_t *row, size_t i)
{
    return json_integer_value(json_array_get(row, i));
}

static void read_shown(yq_arena *a, const json_t *list, yq_need_act *out)
{
    size_t n = json_array_size(list) < YQ_SHOWN_MAX ? json_array_size(list) : YQ_SHOWN_MAX;
    yq_shown *v = YQ_ARRAY(a, yq_shown, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(list, i);
        v[i] = (yq_shown){ .entity = item(row, 0), .document = item(row, 1), .span = { (uint32_t)item(row, 2), (uint32_t)item(row, 3) },
                           .score = json_number_value(json_array_get(row, 4)) };
    }
    out->shown = v;
    out->shown_count = n;
}

bool yq_act_read(yq_arena *a, yq_str json, yq_need_act *out)
{
    json_t *o = json_loadb(json.p, json.n, 0, NULL);
    *out = (yq_need_act){ 0 };
    bool known = yq_act_named(member(a, o, "act"), &out->kind);
    out->need = member(a, o, "need"), out->text = member(a, o, "text"), out->want = member(a, o, "want"), out->who = member(a, o, "who");
    out->where = member(a, o, "where"), out->without = member(a, o, "without");
    out->entity = member(a, o, "entity"), out->mark = member(a, o, "mark");
    read_shown(a, json_object_get(o, "shown"), out);
    json_decref(o);
    return known;
}
