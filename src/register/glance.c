/* The register as a match reads it: what is said in one passage, what is said of one candidate.
 *
 * A match asks for some sixty passages and as many candidates at every keystroke, so these statements take what is needed and no more, and each is
 * bounded however much the register holds of a large hospital: of every predicate only the newest statements are looked at.
 */
#include "register/internal.h"

enum { NEWEST = 24 }; /* claims of one predicate, from one side */

yq_code yq_reader_begin(yq_reader *r, yq_err *err)
{
    return yq_db_begin(r->db, false, err);
}

void yq_reader_end(yq_reader *r)
{
    yq_db_rollback(r->db); /* nothing was written */
}

static void take_ulid(char out[YQ_ULID_CHARS + 1], yq_stmt *s, int col)
{
    yq_str ulid = yq_sub(yq_col_text(s, col), 0, YQ_ULID_CHARS);
    if (ulid.n) memcpy(out, ulid.p, ulid.n);
    out[ulid.n] = '\0';
}

static yq_span take_span(yq_stmt *s, int col)
{
    return (yq_span){ (uint32_t)yq_col_int(s, col), (uint32_t)yq_col_int(s, col + 1) };
}

/* ---------------------------------------------------------------- passages */

static yq_code load_passage(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t passage, yq_passage *p, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *p = (yq_passage){ 0 };
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT p.id, p.document, p.span_from, p.span_to, p.title, p.text, d.name, r.date, d.ulid, r.title FROM passage p JOIN "
                               "document d ON d.id = p.document JOIN reading r ON r.id = p.reading WHERE p.id = :passage AND " VISIBLE("p"), &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "passage", passage);
    rc = yq_step(s, &row, err);
    if (!rc && row) {
        *p = (yq_passage){ .id = yq_col_int(s, 0), .document = yq_col_int(s, 1), .span = take_span(s, 2), .title = yq_kept(a, s, 4),
                           .text = yq_kept(a, s, 5), .document_name = yq_kept(a, s, 6), .date = yq_kept(a, s, 7), .document_title = yq_kept(a, s, 9) };
        take_ulid(p->document_ulid, s, 8);
    }
    yq_finish(s);
    return rc || p->id ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no such passage");
}

static yq_naming take_naming(yq_arena *a, yq_stmt *s)
{
    return (yq_naming){ .entity = yq_col_int(s, 0), .kind = yq_kept(a, s, 1), .span = take_span(s, 2) };
}

yq_code yq_register_passage(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t passage, yq_passage *out, yq_namings *named, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *named = (yq_namings){ 0 };
    yq_code rc = load_passage(r, v, a, passage, out, err);
    if (rc) return rc;
    rc = yq_db_prepare(r->db,
                       "SELECT m.entity, e.kind, m.span_from, m.span_to FROM mention m JOIN entity e ON e.id = m.entity WHERE m.passage = :passage AND "
                       VISIBLE("m") " ORDER BY m.span_from, m.span_to, m.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "passage", passage);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, named) = take_naming(a, s);
    yq_finish(s);
    return rc;
}

yq_code yq_register_last_named(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_str kind, uint32_t at, yq_naming *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_naming){ 0 };
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT m.entity, e.kind, m.span_from, m.span_to FROM mention m JOIN entity e ON e.id = m.entity WHERE m.document = :document "
                               "AND e.kind = :kind AND m.span_from <= :at AND " VISIBLE("m") " ORDER BY m.span_from DESC, m.span_to DESC, m.id DESC LIMIT 1",
                               &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", document);
    yq_bind_text(s, "kind", kind);
    yq_bind_int(s, "at", at);
    rc = yq_step(s, &row, err);
    if (!rc && row) *out = take_naming(a, s);
    yq_finish(s);
    return rc;
}

yq_code yq_register_passages_naming(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, size_t most, yq_ids *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_ids){ 0 };
    yq_code rc = yq_db_prepare(r->db, "SELECT m.passage, max(m.id) AS newest FROM mention m WHERE m.entity = :entity AND " VISIBLE("m") " GROUP BY m.passage ORDER BY newest DESC LIMIT :most",
                               &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    yq_bind_int(s, "most", (int64_t)most);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = yq_col_int(s, 0);
    yq_finish(s);
    return rc;
}

yq_code yq_register_words(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_span span, yq_str *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = YQ_S("");
    yq_code rc = yq_db_prepare(r->db, "SELECT r.clean FROM document d JOIN reading r ON r.id = d.reading WHERE d.id = :document AND " VISIBLE("d"), &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", document);
    rc = yq_step(s, &row, err);
    if (!rc && row) *out = yq_dup(a, yq_at(yq_col_text(s, 0), span));
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- candidates */

yq_code yq_register_known_as(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, char ulid[YQ_ULID_CHARS + 1], yq_str *name, yq_err *err)
{
    yq_stmt *s;
    bool row;
    ulid[0] = '\0';
    *name = YQ_S("");
    yq_code rc = yq_db_prepare(r->db, "SELECT " ULID_OF("e.id") ", " NAME_OF("e.id") " FROM entity e WHERE e.id = :entity", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    rc = yq_step(s, &row, err);
    if (!rc && row) {
        take_ulid(ulid, s, 0);
        *name = yq_kept(a, s, 1);
    }
    yq_finish(s);
    return rc;
}

#define SAID(side, other, predicate)                                                                                                       \
    "SELECT * FROM (SELECT f.document, f.predicate, f.subject = :entity AS itself, " NAME_OF("f." other) " AS other, f.value, f.sentence_from, "    \
    "f.sentence_to, f.reading, f.id FROM fact f WHERE f." side " = :entity AND f.predicate = '" predicate "' AND " STANDS("f") \
    " ORDER BY f.id DESC LIMIT :newest) x_" side "_" predicate

static const char claims[] =
    "SELECT x.document, x.predicate, x.itself, x.other, x.value, x.sentence_from, x.sentence_to, d.name, r.date, r.title, d.ulid FROM ("
    SAID("subject", "object", "role") " UNION ALL " SAID("subject", "object", "spoke") " UNION ALL " SAID("subject", "object", "holder") " UNION ALL "
    SAID("subject", "object", "need") " UNION ALL " SAID("subject", "object", "trial") " UNION ALL " SAID("subject", "object", "party") " UNION ALL "
    SAID("subject", "object", "honour") " UNION ALL " SAID("subject", "object", "asks") " UNION ALL " SAID("subject", "object", "status") " UNION ALL "
    SAID("subject", "object", "region") " UNION ALL " SAID("subject", "object", "budget") " UNION ALL " SAID("subject", "object", "deadline") " UNION ALL " SAID("object", "subject", "role") " UNION ALL " SAID("object", "subject", "holder") " UNION ALL "
    SAID("object", "subject", "trial") " UNION ALL " SAID("object", "subject", "party")
    ") x JOIN document d ON d.id = x.document JOIN reading r ON r.id = x.reading ORDER BY r.date DESC, x.reading, x.sentence_from, x.id";

yq_code yq_register_claims(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_claims *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_claims){ 0 };
    yq_code rc = yq_db_prepare(r->db, claims, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    yq_bind_int(s, "newest", NEWEST);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_claim *t = yq_push(a, out);
        *t = (yq_claim){ .document = yq_col_int(s, 0), .predicate = yq_kept(a, s, 1), .itself = yq_col_int(s, 2) != 0, .other = yq_kept(a, s, 3),
                             .value = yq_kept(a, s, 4), .sentence = take_span(s, 5), .document_name = yq_kept(a, s, 7), .date = yq_kept(a, s, 8),
                             .document_title = yq_kept(a, s, 9) };
        take_ulid(t->document_ulid, s, 10);
    }
    yq_finish(s);
    return rc;
}
