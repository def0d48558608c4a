/* What is known and where it was said, as every door shows it. */
#include "register/review.h"

void yq_document_json(yq_json *j, const char *ulid, yq_str name, yq_str title, yq_str date)
{
    yq_json_key(j, "document");
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(ulid));
    yq_json_kv(j, "name", name);
    yq_json_kv(j, "title", title);
    yq_json_kv(j, "date", date);
    yq_json_end_object(j);
}

void yq_said_json(yq_json *j, const yq_fact *f)
{
    yq_json_key(j, "sentence");
    yq_json_object(j);
    yq_json_span(j, "span", f->sentence);
    yq_json_kv(j, "text", f->sentence_text);
    yq_json_end_object(j);
    yq_document_json(j, f->document_ulid, f->document_name, f->document_title, f->document_date);
}

void yq_named_json(yq_json *j, const char *key, const char *ulid, yq_str name)
{
    yq_json_key(j, key);
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(ulid));
    yq_json_kv(j, "name", name);
    yq_json_end_object(j);
}

void yq_entity_json(yq_json *j, const yq_entity *e)
{
    yq_json_kv(j, "kind", e->kind);
    yq_json_kv(j, "name", e->name);
    yq_json_kv(j, "organization", e->organization);
    yq_json_kv(j, "position", e->position);
    yq_json_ki(j, "facts", e->facts);
    yq_json_ki(j, "documents", e->documents);
}

/* What was read before a person corrected it. */
static void read_json(yq_json *j, const yq_fact_read *r)
{
    yq_json_key(j, "read");
    yq_json_object(j);
    yq_json_kv(j, "subject", r->subject_name);
    yq_json_kv(j, "object", r->object_name);
    yq_json_kv(j, "value", r->value);
    yq_json_kv(j, "date", r->date);
    yq_json_end_object(j);
}

void yq_fact_json(yq_json *j, const yq_fact *f)
{
    yq_json_object(j);
    yq_json_ki(j, "id", f->id);
    yq_json_kv(j, "predicate", f->predicate);
    yq_named_json(j, "subject", f->subject_ulid, f->subject_name);
    if (f->object) yq_named_json(j, "object", f->object_ulid, f->object_name);
    yq_json_kv(j, "value", f->value);
    yq_json_kv(j, "date", f->date);
    yq_json_kr(j, "confidence", f->confidence);
    yq_voices_json(j, f->voices);
    yq_json_kv(j, "state", f->state);
    if (f->corrected) read_json(j, &f->read);
    if (f->former) yq_json_kb(j, "former", true);
    yq_json_span(j, "span", f->span);
    yq_said_json(j, f);
    yq_json_end_object(j);
}
