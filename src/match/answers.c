/* Answers as JSON: the short form of COMMANDS.md and the full form of the API. */
#include "match/match.h"

void yq_match_answers_json(const yq_match_list *list, yq_json *out)
{
    yq_json_array(out);
    for (size_t i = 0; i < list->answers.n; i++) {
        const yq_answer *a = &list->answers.v[i];
        yq_json_object(out);
        yq_json_kv(out, "kind", a->kind);
        yq_json_kv(out, "name", a->name);
        if (a->organization.n) yq_json_kv(out, "organization", a->organization);
        yq_json_kr(out, "score", a->score);
        yq_json_end_object(out);
    }
    yq_json_end_array(out);
}

static void put_reason(const yq_reason *r, yq_json *out)
{
    yq_json_object(out);
    yq_json_kv(out, "text", r->text);
    yq_json_key(out, "marks");
    yq_json_array(out);
    for (size_t i = 0; i < r->marks.n; i++) yq_json_span(out, NULL, r->marks.v[i]);
    yq_json_end_array(out);
    yq_document_json(out, r->document_ulid, r->document_name, r->document_title, r->date);
    yq_json_span(out, "span", r->span);
    yq_json_kr(out, "score", r->score);
    yq_json_end_object(out);
}

static const char *const states[] = { [YQ_COND_UNKNOWN] = "unknown", [YQ_COND_MET] = "met", [YQ_COND_UNMET] = "not_met" };

static void put_check(const yq_condition *c, const yq_condition_check *k, yq_json *out)
{
    yq_json_object(out);
    yq_json_kv(out, "id", c->id);
    yq_json_kv(out, "state", yq_cstr(states[k->state]));
    if (k->state != YQ_COND_UNKNOWN && k->said.n) yq_json_kv(out, "said", k->said);
    if (k->state != YQ_COND_UNKNOWN && k->document) {
        yq_document_json(out, k->document_ulid, k->document_name, k->document_title, k->date);
        yq_json_span(out, "span", k->span);
    }
    yq_json_end_object(out);
}

static void put_checks(const yq_answer *a, const yq_conditions *conditions, yq_json *out)
{
    yq_json_key(out, "conditions");
    yq_json_array(out);
    for (size_t i = 0; i < conditions->n; i++) put_check(&conditions->v[i], &a->checks[i], out);
    yq_json_end_array(out);
}

static void put_condition(const yq_condition *c, yq_json *out)
{
    yq_json_object(out);
    yq_json_kv(out, "id", c->id);
    yq_json_kv(out, "kind", yq_cstr(yq_condition_kind_name(c->kind)));
    yq_json_kv(out, "value", c->value);
    yq_json_key(out, "label");
    yq_json_object(out);
    yq_json_kv(out, "zh", c->label[0]);
    yq_json_kv(out, "en", c->label[1]);
    yq_json_end_object(out);
    if (c->span.to) yq_json_span(out, "span", c->span);
    yq_json_kb(out, "negated", c->negated);
    yq_json_kb(out, "hard", c->hard);
    yq_json_end_object(out);
}

static void put_answer(const yq_answer *a, const yq_conditions *conditions, yq_json *out)
{
    yq_json_object(out);
    yq_json_kv(out, "id", yq_cstr(a->ulid));
    yq_json_kv(out, "kind", a->kind);
    yq_json_kv(out, "name", a->name);
    yq_json_kv(out, "organization", a->organization);
    yq_json_kv(out, "position", a->position);
    yq_json_kr(out, "score", a->score);
    yq_json_key(out, "parts");
    yq_json_array(out);
    for (size_t i = 0; i < a->parts.n; i++) {
        yq_json_object(out);
        yq_json_kv(out, "name", a->parts.v[i].name);
        yq_json_kr(out, "value", a->parts.v[i].value);
        yq_json_end_object(out);
    }
    yq_json_end_array(out);
    yq_json_key(out, "reasons");
    yq_json_array(out);
    for (size_t i = 0; i < a->reasons.n; i++) put_reason(&a->reasons.v[i], out);
    yq_json_end_array(out);
    put_checks(a, conditions, out);
    yq_json_end_object(out);
}

void yq_conditions_json(const yq_conditions *list, yq_json *out)
{
    yq_json_key(out, "conditions");
    yq_json_array(out);
    for (size_t i = 0; i < list->n; i++) put_condition(&list->v[i], out);
    yq_json_end_array(out);
}

static void put_list(const yq_match_list *l, const yq_conditions *conditions, yq_json *out)
{
    yq_json_object(out);
    yq_json_kv(out, "want", l->want);
    yq_json_key(out, "answers");
    yq_json_array(out);
    for (size_t i = 0; i < l->answers.n; i++) put_answer(&l->answers.v[i], conditions, out);
    yq_json_end_array(out);
    if (l->missing.n) yq_json_kv(out, "missing", l->missing);
    if (l->unmet.n) yq_json_kv(out, "unmet", l->unmet);
    if (l->has_nearest) {
        yq_json_key(out, "nearest");
        put_answer(&l->nearest, conditions, out);
    }
    yq_json_end_object(out);
}

void yq_match_json(const yq_match_lists *lists, yq_json *out)
{
    yq_json_object(out);
    yq_json_ki(out, "weights", lists->n ? lists->v[0].weights : 0);
    yq_conditions_json(&lists->conditions, out);
    yq_json_key(out, "lists");
    yq_json_array(out);
    for (size_t i = 0; i < lists->n; i++) put_list(&lists->v[i], &lists->conditions, out);
    yq_json_end_array(out);
    yq_json_end_object(out);
}
