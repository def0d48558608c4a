/* /api/v1/jobs/uploads: files are handed in, read one after the other, and followed (job/inbox.h, stream.c). */
#include "http/internal.h"

#include <stdlib.h>

/* A file is kept and answered for; it is read later. */
void yq_post_upload(yq_worker *w, yq_request *r)
{
    yq_inbox_item item;
    yq_err err = { 0 };
    yq_str name = yq_query(r, "name");
    if (!yq_inbox_name_fits(name)) {
        yq_refuse(r, 400, "bad_request", "name must be the file's name with its ending, and its folders if it has any, as in ?name=rosters/2025.xlsx");
        return;
    }
    yq_code rc = yq_inbox_put(yq_server_inbox(w->server), name, yq_buf_str(&r->body), &item, &err);
    if (rc) {
        yq_refuse_as(r, rc, &err);
        return;
    }
    r->status = 202;
    yq_json j = yq_json_to(&r->answer);
    yq_inbox_json(&j, &item);
}

void yq_get_uploads(yq_worker *w, yq_request *r)
{
    yq_inbox *inbox = yq_server_inbox(w->server);
    size_t n, count;
    int64_t cleared, sequence = yq_inbox_sequence(inbox, &count); /* before the list: what changes meanwhile is told again */
    yq_inbox_item *items = YQ_ARRAY(w->arena, yq_inbox_item, count + 1);
    yq_inbox_since(inbox, 0, items, count, &n, &cleared);
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_ki(&j, "sequence", sequence);
    yq_json_key(&j, "items");
    yq_json_array(&j);
    for (size_t i = 0; i < n; i++) yq_inbox_json(&j, &items[i]);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
}

void yq_clear_uploads(yq_worker *w, yq_request *r)
{
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_ki(&j, "cleared", (int64_t)yq_inbox_clear(yq_server_inbox(w->server)));
    yq_json_end_object(&j);
}

/* The answer itself is made by the event loop; here is only what may be refused. */
void yq_get_upload_events(yq_worker *w, yq_request *r)
{
    size_t after;
    (void)w;
    if (!yq_query_number(r, "after", 0, (size_t)INT64_MAX, 0, &after)) return;
    r->streams = true;
    r->after = (int64_t)after;
}
