/* GET /api/v1/ways: how the asker can be introduced to an answer. */
#include "http/internal.h"

/* Who asks: as the page says, else the institution whose store this is. *known false: neither is told, or the institution is not in the register yet. */
static yq_code find_asker(yq_worker *w, const yq_viewer *v, yq_str said, yq_entity *out, bool *known, yq_err *err)
{
    const char *own = yq_server_institution(w->server);
    *known = true;
    if (said.n) return yq_register_meant(w->reader, v, w->arena, said, out, err);
    yq_code rc = own ? yq_register_meant(w->reader, v, w->arena, yq_cstr(own), out, err) : YQ_NOTFOUND;
    *known = rc == YQ_OK;
    return rc == YQ_NOTFOUND || rc == YQ_INVALID ? YQ_OK : rc;
}

static void say_unknown(yq_request *r)
{
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_kv(&j, "outcome", YQ_S("who"));
    yq_json_key(&j, "ways");
    yq_json_array(&j);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
}

static yq_code answer(yq_worker *w, yq_request *r, size_t top, yq_err *err)
{
    const yq_viewer v = yq_viewer_office();
    const yq_ties *ties;
    yq_entity from, to;
    yq_ways ways;
    bool known;
    yq_code rc = yq_register_meant(w->reader, &v, w->arena, yq_query(r, "to"), &to, err);
    if (!rc) rc = find_asker(w, &v, yq_query(r, "from"), &from, &known, err);
    if (rc) return rc;
    if (!known) return say_unknown(r), YQ_OK;
    if ((rc = yq_ties_take(yq_server_ties(w->server), w->reader, &v, &ties, err))) return rc;
    rc = yq_register_ways(w->reader, ties, &v, w->arena, &from, &to, top, &ways, err);
    yq_ties_give_back(yq_server_ties(w->server), ties);
    if (rc) return rc;
    yq_json j = yq_json_to(&r->answer);
    yq_ways_json(&ways, &j);
    return YQ_OK;
}

void yq_get_ways(yq_worker *w, yq_request *r)
{
    size_t top;
    yq_err err = { 0 };
    if (!yq_query_number(r, "top", 1, YQ_WAYS_TOP_MAX, YQ_WAYS_TOP, &top)) return;
    if (!yq_query(r, "to").n) {
        yq_refuse(r, 400, "bad_request", "to is missing: to whom do the ways lead?");
        return;
    }
    yq_code rc = answer(w, r, top, &err);
    if (rc) yq_refuse_as(r, rc, &err);
}
