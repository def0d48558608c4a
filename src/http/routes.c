/* The REST API: one row a route, one function a row. Bodies are read by jansson and written by the stream writer. openapi.json beside this file
 * describes them; a test holds the two against each other. */
#include "http/internal.h"
#include "kind/kind.h"
#include "register/review.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { ASKER_MAX = 64, KIND_NAMES_BYTES = 400 };

/* ---------------------------------------------------------------- refusing */

void yq_refuse(yq_request *r, unsigned status, const char *code, const char *fmt, ...)
{
    char message[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    r->status = status;
    r->answer.n = 0;
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_key(&j, "error");
    yq_json_object(&j);
    yq_json_kv(&j, "code", yq_cstr(code));
    yq_json_kv(&j, "message", yq_cstr(message));
    yq_json_end_object(&j);
    yq_json_end_object(&j);
}

static void fail(yq_request *r, yq_code code, const yq_err *err)
{
    static const struct {
        yq_code code;
        unsigned status;
        const char *name;
    } table[] = {
        { YQ_INVALID, 422, "refused" },   { YQ_NOTFOUND, 404, "not_found" }, { YQ_DENIED, 403, "denied" },
        { YQ_BUSY, 503, "busy" },         { YQ_CANCELLED, 409, "overtaken" }, { YQ_NOMEM, 413, "too_large" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].code == code) {
            yq_refuse(r, table[i].status, table[i].name, "%s", err->msg);
            return;
        }
    yq_refuse(r, 500, "internal", "%s", err->msg);
}

yq_str yq_query(const yq_request *r, const char *name)
{
    for (unsigned i = 0; i < r->queries; i++)
        if (strcmp(r->query[i][0], name) == 0) return yq_cstr(r->query[i][1]);
    return (yq_str){ "", 0 };
}

/* A whole number between least and most; absent: otherwise. False: refused. */
static bool query_number(yq_request *r, const char *name, size_t least, size_t most, size_t otherwise, size_t *out)
{
    yq_str s = yq_query(r, name);
    char *end = NULL;
    *out = otherwise;
    if (!s.n) return true;
    unsigned long v = strtoul(s.p, &end, 10);
    if (*end || s.p[0] == '-' || v < least || v > most) {
        yq_refuse(r, 400, "bad_request", "%s must be a whole number from %zu to %zu", name, least, most);
        return false;
    }
    *out = v;
    return true;
}

/* For routes that have a file of their own. */
void yq_refuse_as(yq_request *r, yq_code code, const yq_err *err)
{
    fail(r, code, err);
}

bool yq_query_number(yq_request *r, const char *name, size_t least, size_t most, size_t otherwise, size_t *out)
{
    return query_number(r, name, least, most, otherwise, out);
}

/* ---------------------------------------------------------------- what things look like */

static void show_entity(yq_json *j, const yq_entity *e)
{
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(e->ulid));
    yq_entity_json(j, e);
    yq_json_end_object(j);
}

static void show_facts(yq_json *j, const char *key, const yq_facts *facts)
{
    yq_json_key(j, key);
    yq_json_array(j);
    for (size_t i = 0; i < facts->n; i++) yq_fact_json(j, &facts->v[i]);
    yq_json_end_array(j);
}

static void show_document(yq_json *j, const yq_document *d)
{
    char instant[28];
    yq_instant_text(d->imported_us, instant);
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(d->ulid));
    yq_json_kv(j, "name", d->name);
    yq_json_kv(j, "title", d->title);
    yq_json_kv(j, "date", d->date);
    yq_json_kv(j, "lang", d->lang);
    yq_json_kv(j, "format", d->format);
    yq_json_kv(j, "encoding", d->encoding);
    yq_json_ki(j, "facts", d->facts);
    yq_json_ki(j, "doubtful", d->doubtful);
    yq_json_kv(j, "imported", yq_cstr(instant));
    yq_json_end_object(j);
}

/* ---------------------------------------------------------------- routes */

static void get_status(yq_worker *w, yq_request *r)
{
    yq_viewer v = yq_viewer_office();
    yq_register_counts c;
    yq_queue_items none;
    yq_queue_counts undecided;
    yq_err err = { 0 };
    yq_code rc = yq_register_count(w->reader, &v, &c, &err);
    if (rc == YQ_OK) rc = yq_register_queue(w->reader, &v, w->arena, YQ_QUEUE_OPEN, 0, 0, 0, &none, &undecided, &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    const struct {
        const char *name;
        int64_t n;
    } rows[] = { { "documents", c.documents }, { "people", c.people },       { "organizations", c.organizations },
                 { "technologies", c.technologies }, { "needs", c.needs },   { "events", c.events },
                 { "facts", c.facts },         { "doubtful", c.doubtful },   { "undecided", (int64_t)undecided.open },
                 { "sequence", c.sequence } };
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_kv(&j, "version", YQ_S(YQ_VERSION));
    yq_json_key(&j, "counts");
    yq_json_object(&j);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) yq_json_ki(&j, rows[i].name, rows[i].n);
    yq_json_end_object(&j);
    yq_json_end_object(&j);
}

static void get_openapi(yq_worker *w, yq_request *r)
{
    (void)w;
    yq_buf_put(&r->answer, yq_http_openapi());
}

static void get_kinds(yq_worker *w, yq_request *r)
{
    (void)w;
    yq_json j = yq_json_to(&r->answer);
    yq_kinds_json(yq_kinds_builtin(), &j);
}

yq_str yq_body_text(const json_t *o, const char *key)
{
    const json_t *s = json_object_get(o, key);
    return json_is_string(s) ? (yq_str){ json_string_value(s), json_string_length(s) } : (yq_str){ "", 0 };
}

int64_t yq_number_in(yq_str id)
{
    int64_t n = 0;
    for (size_t i = 0; i < id.n; i++) {
        if (id.n > 18 || id.p[i] < '0' || id.p[i] > '9') return 0;
        n = n * 10 + (id.p[i] - '0');
    }
    return n;
}

/* The JSON object in the body, to be given back with json_decref; NULL: refused. */
static json_t *read_object(yq_request *r)
{
    json_error_t e;
    json_t *o = json_loadb(r->body.p ? r->body.p : "", r->body.n, JSON_REJECT_DUPLICATES, &e);
    if (json_is_object(o)) return o;
    if (o) yq_refuse(r, 400, "bad_request", "the body must be a JSON object");
    else yq_refuse(r, 400, "bad_request", "the body is not JSON: %s at byte %d", e.text, e.position);
    json_decref(o);
    return NULL;
}

/* A body as openapi.json announces it: these members, of these types, and no other. */
static const yq_body_member *find_member(const yq_body_member *members, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(members[i].name, name) == 0) return &members[i];
    return NULL;
}

/* False: refused. */
static bool check_members(yq_request *r, json_t *o, const yq_body_member *members, size_t n)
{
    const char *key;
    json_t *value;
    json_object_foreach(o, key, value) {
        const yq_body_member *m = find_member(members, n, key);
        if (m && json_typeof(value) == m->type) continue;
        if (m) yq_refuse(r, 400, "bad_request", "%s must be %s", m->name, m->type == JSON_STRING ? "text" : m->type == JSON_ARRAY ? "a list" : "a whole number");
        else yq_refuse(r, 400, "bad_request", "nothing is known of \"%.60s\" here; /api/v1/openapi.json says what may be asked", key);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (!members[i].required || json_object_get(o, members[i].name)) continue;
        yq_refuse(r, 400, "bad_request", "%s is missing", members[i].name);
        return false;
    }
    return true;
}

json_t *yq_body_read(yq_request *r, const yq_body_member *members, size_t n)
{
    json_t *o = read_object(r);
    if (!o || check_members(r, o, members, n)) return o;
    json_decref(o);
    return NULL;
}

typedef struct {
    yq_server *server;
    yq_str asker;
    int64_t turn;
} question_turn;

static bool overtaken(void *arg)
{
    question_turn *q = arg;
    return yq_server_overtaken(q->server, q->asker, q->turn);
}

/* Is it empty, or a kind that may be asked for here? False: refused. */
static bool is_kind(yq_request *r, const char *name, yq_str id, bool (*fits)(const yq_kinds *k, yq_str id))
{
    char names[KIND_NAMES_BYTES];
    if (!id.n || fits(yq_kinds_builtin(), id)) return true;
    yq_kind_names(yq_kinds_builtin(), fits, names, sizeof names);
    yq_refuse(r, 400, "bad_request", "%s must be %s", name, names);
    return false;
}

/* One of {"kind": "region", "words": "华南"}. False: refused. */
static bool take_condition(yq_worker *w, yq_request *r, const json_t *o, yq_condition *out)
{
    yq_err err = { 0 };
    const char *key;
    json_t *value;
    bool known = json_is_object(o) && json_is_string(json_object_get(o, "kind")) && json_is_string(json_object_get(o, "words"));
    json_object_foreach((json_t *)o, key, value) known &= !strcmp(key, "kind") || !strcmp(key, "words");
    if (!known) return yq_refuse(r, 400, "bad_request", "conditions must be a list of {\"kind\", \"words\"}"), false;
    yq_str words = yq_body_text(o, "words");
    if (yq_blank(words) || words.n > 400) return yq_refuse(r, 400, "bad_request", "the words of a condition must be of 1 to 100 characters"), false;
    if (yq_condition_given(w->arena, yq_body_text(o, "kind"), words, YQ_S(""), out, &err) == YQ_OK) return true;
    return yq_refuse(r, 400, "bad_request", "%s", err.msg), false;
}

bool yq_body_conditions(yq_worker *w, yq_request *r, const json_t *o, yq_need_question *q)
{
    const json_t *given = json_object_get(o, "conditions"), *without = json_object_get(o, "without");
    size_t n = json_array_size(given), left_out = json_array_size(without);
    yq_condition *conditions = YQ_ARRAY(w->arena, yq_condition, n + 1);
    yq_str *ids = YQ_ARRAY(w->arena, yq_str, left_out + 1);
    if (n > YQ_GIVEN_MAX || left_out > YQ_WITHOUT_MAX)
        return yq_refuse(r, 400, "bad_request", "conditions are at most %d, without at most %d", YQ_GIVEN_MAX, YQ_WITHOUT_MAX), false;
    for (size_t i = 0; i < n; i++)
        if (!take_condition(w, r, json_array_get(given, i), &conditions[i])) return false;
    for (size_t i = 0; i < left_out; i++) {
        const json_t *id = json_array_get(without, i);
        if (!json_is_string(id)) return yq_refuse(r, 400, "bad_request", "without must be a list of ids of conditions"), false;
        ids[i] = yq_cstr(json_string_value(id));
    }
    q->given = conditions, q->given_count = n;
    q->without = ids, q->without_count = left_out;
    return true;
}

static void answer_need(yq_worker *w, yq_request *r, const json_t *o)
{
    question_turn turn = { w->server, yq_body_text(o, "asker"), json_integer_value(json_object_get(o, "turn")) };
    const json_t *top = json_object_get(o, "top");
    yq_need_question q = { .text = yq_body_text(o, "text"), .want = yq_body_text(o, "want"), .top = top ? (size_t)json_integer_value(top) : 10 };
    if (yq_blank(q.text) || yq_utf8_count(q.text) > 4000) {
        yq_refuse(r, 400, "bad_request", "text must say the need in 1 to 4000 characters");
        return;
    }
    if (q.top < 1 || q.top > YQ_MATCH_MAX) {
        yq_refuse(r, 400, "bad_request", "top must be a number from 1 to %d", YQ_MATCH_MAX);
        return;
    }
    if (!is_kind(r, "want", q.want, yq_kind_is_wanted) || !yq_body_conditions(w, r, o, &q)) return;
    if (turn.asker.n > ASKER_MAX) {
        yq_refuse(r, 400, "bad_request", "asker must be of at most %d letters", ASKER_MAX);
        return;
    }
    if (turn.asker.n) {
        yq_server_turn(w->server, turn.asker, turn.turn);
        q.cancelled = overtaken;
        q.arg = &turn;
    }
    yq_viewer v = yq_viewer_office();
    yq_match_lists lists = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_match(w->reader, yq_server_index(w->server), &v, w->arena, &q, &lists, &err);
    if (rc != YQ_OK) {
        if (rc == YQ_CANCELLED) yq_fail(&err, rc, 0, "a newer question of the same page took its place");
        fail(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_match_json(&lists, &j);
}

static void post_match(yq_worker *w, yq_request *r)
{
    static const yq_body_member members[] = {
        { "text", JSON_STRING, true },   { "want", JSON_STRING, false }, { "top", JSON_INTEGER, false },
        { "asker", JSON_STRING, false }, { "turn", JSON_INTEGER, false }, { "conditions", JSON_ARRAY, false }, { "without", JSON_ARRAY, false },
    };
    json_t *o = yq_body_read(r, members, sizeof members / sizeof *members);
    if (o) answer_need(w, r, o);
    json_decref(o);
}

static void get_entities(yq_worker *w, yq_request *r)
{
    size_t offset, limit, total = 0;
    if (!query_number(r, "offset", 0, 100000000, 0, &offset) || !query_number(r, "limit", 1, 200, 50, &limit)) return;
    yq_str kind = yq_query(r, "kind");
    if (!is_kind(r, "kind", kind, yq_kind_is_listed)) return;
    yq_viewer v = yq_viewer_office();
    yq_entities list = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_register_find(w->reader, &v, w->arena, yq_query(r, "q"), kind, offset, limit, &list, &total, &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_ki(&j, "total", (int64_t)total);
    yq_json_key(&j, "items");
    yq_json_array(&j);
    for (size_t i = 0; i < list.n; i++) show_entity(&j, &list.v[i]);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
}

/* What stands in an address as {id}. Inside numbers are nobody's business outside. */
static bool is_ulid(yq_str id, yq_err *err)
{
    if (id.n == YQ_ULID_CHARS) return true;
    yq_fail(err, YQ_NOTFOUND, 0, "there is nothing with this id");
    return false;
}

yq_code yq_find_entity(yq_worker *w, yq_str id, yq_entity *out, yq_err *err)
{
    yq_viewer v = yq_viewer_office();
    return is_ulid(id, err) ? yq_register_entity(w->reader, &v, w->arena, id, out, err) : YQ_NOTFOUND;
}

static void get_entity(yq_worker *w, yq_request *r)
{
    yq_viewer v = yq_viewer_office();
    yq_entity e = { 0 };
    yq_facts facts = { 0 }, names = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_find_entity(w, r->param, &e, &err);
    if (rc == YQ_OK) rc = yq_register_names(w->reader, &v, w->arena, e.id, &names, &err);
    if (rc == YQ_OK) rc = yq_register_facts(w->reader, &v, w->arena, e.id, &facts, &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_key(&j, "entity");
    show_entity(&j, &e);
    show_facts(&j, "names", &names);
    show_facts(&j, "facts", &facts);
    yq_json_end_object(&j);
}

static void get_documents(yq_worker *w, yq_request *r)
{
    size_t offset, limit, total = 0;
    if (!query_number(r, "offset", 0, 100000000, 0, &offset) || !query_number(r, "limit", 1, 200, 50, &limit)) return;
    yq_viewer v = yq_viewer_office();
    yq_documents list = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_register_documents(w->reader, &v, w->arena, yq_query(r, "q"), offset, limit, &list, &total, &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_ki(&j, "total", (int64_t)total);
    yq_json_key(&j, "items");
    yq_json_array(&j);
    for (size_t i = 0; i < list.n; i++) show_document(&j, &list.v[i]);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
}

static void show_namings(yq_json *j, const yq_nameds *named)
{
    yq_json_key(j, "named");
    yq_json_array(j);
    for (size_t i = 0; i < named->n; i++) {
        yq_json_object(j);
        yq_named_json(j, "entity", named->v[i].ulid, named->v[i].name);
        yq_json_kv(j, "kind", named->v[i].kind);
        yq_json_span(j, "span", named->v[i].span);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void get_document(yq_worker *w, yq_request *r)
{
    yq_viewer v = yq_viewer_office();
    yq_document d = { 0 };
    yq_str clean = { 0 };
    yq_facts facts = { 0 };
    yq_nameds named = { 0 };
    yq_err err = { 0 };
    yq_code rc = is_ulid(r->param, &err) ? YQ_OK : YQ_NOTFOUND;
    if (rc == YQ_OK) rc = yq_register_document(w->reader, &v, w->arena, r->param, &d, &clean, &facts, &named, &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_key(&j, "document");
    show_document(&j, &d);
    yq_json_kv(&j, "text", clean);
    show_facts(&j, "facts", &facts);
    show_namings(&j, &named);
    yq_json_end_object(&j);
}

/* The last part of a document's name, as a header may carry it (RFC 6266, RFC 8187). */
static void name_file(yq_request *r, yq_str name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '/') name = yq_sub(name, i + 1, name.n);
    yq_buf_put(&r->disposition, YQ_S("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c && strchr(plain, c)) yq_buf_byte(&r->disposition, (char)c);
        else yq_buf_printf(&r->disposition, "%%%02X", c);
    }
    yq_buf_byte(&r->disposition, '\0');
}

/* What the document was when it came. It is foreign: saved, never shown as a page of ours. */
static void get_original(yq_worker *w, yq_request *r)
{
    yq_viewer v = yq_viewer_office();
    yq_document d = { 0 };
    yq_err err = { 0 };
    yq_code rc = is_ulid(r->param, &err) ? YQ_OK : YQ_NOTFOUND;
    if (rc == YQ_OK) rc = yq_register_original(w->reader, &v, w->arena, r->param, &d, &r->answer, &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    r->type = "application/octet-stream";
    name_file(r, d.name);
}

/* ---------------------------------------------------------------- routes that write */

static yq_code import_alone(yq_register *reg, yq_str name, yq_str bytes, yq_import_result *out, yq_err *err)
{
    yq_code rc = yq_register_begin(reg, err);
    if (rc != YQ_OK) return rc;
    rc = yq_register_import(reg, name, bytes, out, err);
    if (rc == YQ_OK) return yq_register_commit(reg, err);
    yq_register_rollback(reg);
    return rc;
}

static void post_document(yq_worker *w, yq_request *r)
{
    static const char *const outcomes[] = { [YQ_IMPORT_NEW] = "new", [YQ_IMPORT_KNOWN] = "known", [YQ_IMPORT_REREAD] = "reread" };
    yq_str name = yq_query(r, "name");
    yq_import_result result = { 0 };
    yq_err err = { 0 };
    if (!name.n || name.n > 500 || memchr(name.p, '/', name.n)) {
        yq_refuse(r, 400, "bad_request", "name must be the file's name with its ending, as in ?name=news.html");
        return;
    }
    yq_register *reg = yq_server_enter(w->server);
    yq_code rc = import_alone(reg, name, yq_buf_str(&r->body), &result, &err);
    yq_server_leave(w->server);
    yq_document d = { 0 };
    yq_viewer v = yq_viewer_office();
    yq_str clean;
    yq_facts facts = { 0 };
    yq_nameds named = { 0 };
    if (rc == YQ_OK)
        rc = yq_register_document(w->reader, &v, w->arena, yq_printf(w->arena, "%lld", (long long)result.document), &d, &clean, &facts, &named,
                                  &err);
    if (rc != YQ_OK) {
        fail(r, rc, &err);
        return;
    }
    yq_json j = yq_json_to(&r->answer);
    yq_json_object(&j);
    yq_json_kv(&j, "outcome", yq_cstr(outcomes[result.outcome]));
    yq_json_kv(&j, "document", yq_cstr(d.ulid));
    yq_json_ki(&j, "found", result.found);
    yq_json_ki(&j, "doubtful", result.doubtful);
    yq_json_kv(&j, "unread", yq_cstr(result.unread));
    yq_json_end_object(&j);
}

/* ---------------------------------------------------------------- the table */

static const yq_route routes[] = {
    { "GET", "/api/v1/status", get_status, false, false },
    { "GET", "/api/v1/openapi.json", get_openapi, false, false },
    { "GET", "/api/v1/kinds", get_kinds, false, false },
    { "POST", "/api/v1/match", post_match, false, false },
    { "GET", "/api/v1/entities", get_entities, false, false },
    { "GET", "/api/v1/entities/{id}", get_entity, false, false },
    { "GET", "/api/v1/entities/{id}/appearances", yq_get_appearances, false, false },
    { "POST", "/api/v1/entities/{id}/merge", yq_post_merge, false, true },
    { "POST", "/api/v1/entities/{id}/unmerge", yq_post_unmerge, false, true },
    { "POST", "/api/v1/entities/{id}/split", yq_post_split, false, true },
    { "GET", "/api/v1/queue", yq_get_queue, false, false },
    { "POST", "/api/v1/queue/decisions", yq_post_pair, false, true },
    { "POST", "/api/v1/decisions/{id}/undo", yq_post_undo, false, true },
    { "GET", "/api/v1/documents", get_documents, false, false },
    { "POST", "/api/v1/documents", post_document, true, true },
    { "GET", "/api/v1/documents/{id}", get_document, false, false },
    { "GET", "/api/v1/documents/{id}/original", get_original, false, false },
    { "GET", "/api/v1/ways", yq_get_ways, false, false },
    { "POST", "/api/v1/jobs/uploads", yq_post_upload, true, false },
    { "GET", "/api/v1/jobs/uploads", yq_get_uploads, false, false },
    { "GET", "/api/v1/jobs/uploads/events", yq_get_upload_events, false, false },
    { "POST", "/api/v1/jobs/uploads/clear", yq_clear_uploads, false, false },
    { "POST", "/api/v1/facts/{id}/decision", yq_post_decision, false, true },
    { "GET", "/api/v1/needs", yq_get_needs, false, false },
    { "POST", "/api/v1/needs", yq_post_need, false, true },
    { "POST", "/api/v1/needs/asked", yq_post_asked, false, false },
    { "GET", "/api/v1/needs/{id}", yq_get_need, false, false },
    { "POST", "/api/v1/needs/{id}/close", yq_post_need_close, false, true },
    { "POST", "/api/v1/needs/{id}/seen", yq_post_seen, false, true },
    { "GET", "/api/v1/news", yq_get_news, false, false },
    { "GET", "/api/v1/news/events", yq_get_news_events, false, false },
    { "POST", "/api/v1/news/seen", yq_post_seen, false, true },
    { "POST", "/api/v1/feedback", yq_post_feedback, false, true },
    { "POST", "/api/v1/feedback/undo", yq_post_feedback_undo, false, true },
    { "GET", "/api/v1/report", yq_get_report, false, false },
};

bool yq_http_route(size_t i, yq_route_name *out)
{
    if (i >= sizeof routes / sizeof *routes) return false;
    *out = (yq_route_name){ routes[i].method, routes[i].path };
    return true;
}

/* Does path fit the pattern? What stands at {id} is one segment and goes to *param. */
static bool fits(const char *pattern, const char *path, yq_str *param)
{
    *param = (yq_str){ "", 0 };
    while (*pattern && *pattern == *path) pattern++, path++;
    if (strncmp(pattern, "{id}", 4) == 0) {
        size_t n = strcspn(path, "/");
        *param = (yq_str){ path, n };
        return n > 0 && strcmp(pattern + 4, path + n) == 0;
    }
    return *pattern == *path; /* both at their end */
}

const yq_route *yq_route_find(const char *method, const char *path, yq_str *param, bool *path_known)
{
    *path_known = false;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!fits(routes[i].path, path, param)) continue;
        *path_known = true;
        if (strcmp(routes[i].method, method) == 0) return &routes[i];
    }
    return NULL;
}
