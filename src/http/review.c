/* POST /api/v1/facts/{id}/decision: a person confirms, refuses, corrects a fact, or takes that back. */
#include "http/internal.h"
#include "register/review.h"

static yq_code decide(yq_worker *w, const yq_fact_decision *d, size_t *changed, yq_err *err)
{
    yq_register *reg = yq_server_enter(w->server);
    yq_code rc = yq_register_decide(reg, d, 1, "office", changed, err);
    yq_server_leave(w->server);
    return rc;
}

/* What the sentence says now: a correction has another number than what it corrects. */
static void show(yq_request *r, size_t changed, const yq_facts *facts)
{
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_kb(&j, "changed", changed > 0);
    yq_json_key(&j, "facts");
    yq_json_array(&j);
    for (size_t i = 0; i < facts->n; i++) yq_fact_json(&j, &facts->v[i]);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
}

static yq_str given(const json_t *o, const char *key)
{
    return json_object_get(o, key) ? yq_body_text(o, key) : (yq_str){ 0 };
}

static yq_code answer(yq_worker *w, yq_request *r, const json_t *o, yq_judgement judgement, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    yq_fact_decision d = { yq_number_in(r->param), judgement, { given(o, "value"), given(o, "date"), given(o, "subject"), given(o, "object") } };
    yq_facts facts;
    yq_span sentence = { 0 };
    int64_t document = 0;
    size_t changed;
    yq_code rc = yq_register_sentence_of(w->reader, &v, d.fact, &document, &sentence, err);
    if (!rc) rc = decide(w, &d, &changed, err);
    if (!rc) rc = yq_register_said_in(w->reader, &v, w->arena, document, sentence, &facts, err);
    if (!rc) show(r, changed, &facts);
    return rc;
}

void yq_post_decision(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = {
        { "verdict", JSON_STRING, true },  { "value", JSON_STRING, false },  { "date", JSON_STRING, false },
        { "subject", JSON_STRING, false }, { "object", JSON_STRING, false },
    };
    yq_judgement judgement;
    yq_err err = { 0 };
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (!o) return;
    if (yq_judgement_named(yq_body_text(o, "verdict"), &judgement)) {
        yq_code rc = answer(w, r, o, judgement, &err);
        if (rc) yq_refuse_as(r, rc, &err);
    } else {
        yq_refuse(r, 400, "bad_request", "verdict must be confirmed, refused, corrected or undone");
    }
    json_decref(o);
}
