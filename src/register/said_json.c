/* Where something was said, as every door shows it. */
#include "register/register.h"

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
