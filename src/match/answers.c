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

static void put_answer(const yq_answer *a, yq_json *out)
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
    yq_json_end_object(out);
}

static void put_list(const yq_match_list *l, yq_json *out)
{
    yq_json_object(out);
    yq_json_kv(out, "want", l->want);
    yq_json_key(out, "answers");
    yq_json_array(out);
    for (size_t i = 0; i < l->answers.n; i++) put_answer(&l->answers.v[i], out);
    yq_json_end_array(out);
    if (l->missing.n) yq_json_kv(out, "missing", l->missing);
    if (l->has_nearest) {
        yq_json_key(out, "nearest");
        put_answer(&l->nearest, out);
    }
    yq_json_end_object(out);
}

void yq_match_json(const yq_match_lists *lists, yq_json *out)
{
    yq_json_object(out);
    yq_json_ki(out, "weights", lists->n ? lists->v[0].weights : 0);
    yq_json_key(out, "lists");
    yq_json_array(out);
    for (size_t i = 0; i < lists->n; i++) put_list(&lists->v[i], out);
    yq_json_end_array(out);
    yq_json_end_object(out);
}
