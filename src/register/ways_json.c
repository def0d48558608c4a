/* Ways as the API gives them; openapi.json beside src/http describes the form. The journal's sequence is not among it: it counts entries that
 * the viewer may not see. */
#include "register/ties.h"

static void put_entity(yq_json *j, const char *key, const yq_entity *e)
{
    yq_json_key(j, key);
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(e->ulid));
    yq_json_kv(j, "kind", e->kind);
    yq_json_kv(j, "name", e->name);
    yq_json_kv(j, "organization", e->organization);
    yq_json_end_object(j);
}

static void put_said(yq_json *j, const yq_fact *f)
{
    yq_json_object(j);
    yq_json_kv(j, "of", yq_cstr(f->subject_ulid));
    yq_json_kv(j, "predicate", f->predicate);
    yq_json_kv(j, "value", f->value);
    yq_json_kr(j, "confidence", f->confidence);
    yq_said_json(j, f);
    yq_json_end_object(j);
}

static void put_step(yq_json *j, const yq_way_step *s)
{
    yq_json_object(j);
    yq_json_kv(j, "kind", yq_cstr(yq_tie_word(s->kind)));
    put_entity(j, "from", &s->from);
    put_entity(j, "to", &s->to);
    if (s->through.id) put_entity(j, "through", &s->through);
    yq_json_kv(j, "detail", s->detail);
    yq_json_kv(j, "date", s->date);
    yq_json_key(j, "facts");
    yq_json_array(j);
    for (size_t i = 0; i < s->facts.n; i++) put_said(j, &s->facts.v[i]);
    yq_json_end_array(j);
    yq_json_end_object(j);
}

static void put_way(yq_json *j, const yq_way *w)
{
    yq_json_object(j);
    yq_json_kr(j, "strength", w->strength);
    yq_json_key(j, "steps");
    yq_json_array(j);
    for (size_t i = 0; i < w->steps.n; i++) put_step(j, &w->steps.v[i]);
    yq_json_end_array(j);
    yq_json_end_object(j);
}

void yq_ways_json(const yq_ways *w, yq_json *j)
{
    yq_json_object(j);
    yq_json_kv(j, "outcome", w->self ? YQ_S("self") : w->ways.n ? YQ_S("found") : YQ_S("none"));
    put_entity(j, "from", &w->from);
    put_entity(j, "to", &w->to);
    put_entity(j, "end", &w->end);
    yq_json_key(j, "ways");
    yq_json_array(j);
    for (size_t i = 0; i < w->ways.n; i++) put_way(j, &w->ways.v[i]);
    yq_json_end_array(j);
    if (w->has_contact) {
        yq_json_key(j, "contact");
        put_step(j, &w->contact);
    }
    yq_json_end_object(j);
}
