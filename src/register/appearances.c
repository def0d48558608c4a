/* Who somebody is: the names in documents that were found to be one, and what persons decided of them. */
#include "register/internal.h"

/* ---------------------------------------------------------------- appearances */

/* One whose document was read again has no names there any more. */
#define APPEARS "e.survivor = :entity AND EXISTS (SELECT 1 FROM name n WHERE n.entity_was = e.id) AND " VISIBLE("e")

static yq_code count_appearances(yq_reader *r, const yq_viewer *v, int64_t entity, size_t *total, yq_err *err)
{
    yq_stmt *s;
    int64_t n = 0;
    yq_code rc = yq_db_prepare(r->db, "SELECT count(*) FROM entity e WHERE " APPEARS, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    rc = yq_one_int(s, 0, &n, err);
    *total = (size_t)n;
    return rc;
}

static void take_ulid(char out[YQ_ULID_CHARS + 1], yq_stmt *s, int col)
{
    yq_str ulid = yq_sub(yq_col_text(s, col), 0, YQ_ULID_CHARS);
    if (ulid.n) memcpy(out, ulid.p, ulid.n);
    out[ulid.n] = '\0';
}

/* Where it stands in the text: the first places, and how often in all. */
static yq_code read_places(yq_reader *r, int64_t id, yq_appearance_shown *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT m.span_from, m.span_to FROM mention m WHERE m.entity_was = :id AND m.document = (SELECT document FROM entity WHERE id = :id) "
                                      "ORDER BY m.span_from, m.span_to", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", id);
    while (!(rc = yq_step(s, &row, err)) && row) {
        if (out->places < YQ_APPEARANCE_PLACES) out->place[out->places++] = (yq_span){ (uint32_t)yq_col_int(s, 0), (uint32_t)yq_col_int(s, 1) };
        out->named++;
    }
    yq_finish(s);
    return rc;
}

/* What this document says they are. */
static yq_code read_post(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t id, yq_appearance_shown *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT f.value, " NAME_OF("f.object") " FROM fact f WHERE f.subject_was = :id AND f.document = (SELECT document FROM entity WHERE id = :id) AND "
                               "f.predicate = 'role' AND " STANDS("f") " ORDER BY CASE WHEN f.object > 0 THEN 0 ELSE 1 END, f.id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "id", id);
    rc = yq_step(s, &row, err);
    if (!rc && row) out->position = yq_kept(a, s, 0), out->organization = yq_kept(a, s, 1);
    yq_finish(s);
    return rc;
}

yq_code yq_register_appearances(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, size_t offset, size_t limit, yq_appearances_shown *out, size_t *total, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_ids ids = { 0 };
    *out = (yq_appearances_shown){ 0 };
    yq_code rc = count_appearances(r, v, entity, total, err);
    if (!rc) rc = yq_db_prepare(r->db, "SELECT e.id, e.ulid, e.name, d.ulid, d.name, t.title, t.date FROM entity e JOIN document d ON d.id = e.document JOIN reading t ON t.id = d.reading "
                                       "WHERE " APPEARS " ORDER BY t.date DESC, d.name, e.id LIMIT :limit OFFSET :offset", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    yq_bind_int(s, "limit", (int64_t)limit);
    yq_bind_int(s, "offset", (int64_t)offset);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_appearance_shown *p = yq_push(a, out);
        *yq_push(a, &ids) = yq_col_int(s, 0);
        *p = (yq_appearance_shown){ .name = yq_kept(a, s, 2), .document_name = yq_kept(a, s, 4), .document_title = yq_kept(a, s, 5), .date = yq_kept(a, s, 6) };
        take_ulid(p->ulid, s, 1);
        take_ulid(p->document_ulid, s, 3);
    }
    yq_finish(s);
    for (size_t i = 0; i < out->n && !rc; i++) {
        rc = read_places(r, ids.v[i], &out->v[i], err);
        if (!rc) rc = read_post(r, v, a, ids.v[i], &out->v[i], err);
    }
    return rc;
}

/* ---------------------------------------------------------------- decisions */

yq_code yq_register_rulings(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_rulings_shown *out, yq_err *err)
{
    static const char sql[] =
        "SELECT i.sequence, i.verdict, x.name, x.ulid, y.name, y.ulid, i.decided_by, i.reason, t.at_us, (SELECT count(*) FROM identity o WHERE o.sequence = i.sequence AND "
        "o.human = 1), (SELECT count(*) FROM redirect c WHERE c.sequence = i.sequence AND c.reason = 'split') FROM identity i JOIN entity x ON x.id = i.a JOIN entity y ON y.id = i.b "
        "JOIN entry t ON t.sequence = i.sequence WHERE i.id IN (SELECT min(l.id) FROM identity l JOIN entity p ON p.id = l.a JOIN entity q ON q.id = l.b WHERE l.human = 1 AND "
        "(p.survivor = :entity OR q.survivor = :entity) GROUP BY l.sequence) AND " VISIBLE("x") " AND " VISIBLE("y") " ORDER BY i.sequence DESC LIMIT :most";
    yq_stmt *s;
    bool row;
    *out = (yq_rulings_shown){ 0 };
    yq_code rc = yq_db_prepare(r->db, sql, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    yq_bind_int(s, "most", YQ_RULINGS_MAX);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_ruling_shown *p = yq_push(a, out);
        bool split = yq_col_int(s, 9) > 1 || yq_col_int(s, 10) > 0;
        *p = (yq_ruling_shown){ .sequence = yq_col_int(s, 0), .verdict = split ? YQ_S("split") : yq_kept(a, s, 1), .name_a = yq_kept(a, s, 2), .name_b = yq_kept(a, s, 4),
                                .actor = yq_kept(a, s, 6), .why = yq_kept(a, s, 7), .at_us = yq_col_int(s, 8) };
        take_ulid(p->ulid_a, s, 3);
        take_ulid(p->ulid_b, s, 5);
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- as JSON */

static void put_appearance(yq_json *j, const yq_appearance_shown *p)
{
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(p->ulid));
    yq_json_kv(j, "name", p->name);
    yq_json_kv(j, "organization", p->organization);
    yq_json_kv(j, "position", p->position);
    yq_document_json(j, p->document_ulid, p->document_name, p->document_title, p->date);
    yq_json_ki(j, "named", p->named);
    yq_json_key(j, "places");
    yq_json_array(j);
    for (size_t i = 0; i < p->places; i++) yq_json_span(j, NULL, p->place[i]);
    yq_json_end_array(j);
    yq_json_end_object(j);
}

static void put_ruling(yq_json *j, const yq_ruling_shown *p)
{
    char instant[28];
    yq_instant_text(p->at_us, instant);
    yq_json_object(j);
    yq_json_ki(j, "sequence", p->sequence);
    yq_json_kv(j, "verdict", p->verdict);
    yq_named_json(j, "a", p->ulid_a, p->name_a);
    yq_named_json(j, "b", p->ulid_b, p->name_b);
    yq_json_kv(j, "by", p->actor);
    yq_json_kv(j, "why", p->why);
    yq_json_kv(j, "at", yq_cstr(instant));
    yq_json_end_object(j);
}

void yq_appearances_json(yq_json *j, const yq_appearances_shown *list, size_t total, const yq_rulings_shown *rulings)
{
    yq_json_object(j);
    yq_json_ki(j, "total", (int64_t)total);
    yq_json_key(j, "items");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) put_appearance(j, &list->v[i]);
    yq_json_end_array(j);
    yq_json_key(j, "decisions");
    yq_json_array(j);
    for (size_t i = 0; i < rulings->n; i++) put_ruling(j, &rulings->v[i]);
    yq_json_end_array(j);
    yq_json_end_object(j);
}
