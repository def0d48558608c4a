/* A person decides: from names and values to the entry "review", whose body decided.c tells and projects.
 *
 * Everything that replay needs is worked out here: who is meant by a name that was typed (somebody the document names; somebody the register knows by this one
 * name; else somebody new), and the ids. What was typed stands in a part of its own, since it may name a person who is to be erased one day.
 */
#include "register/internal.h"
#include "register/review.h"

#include <stdlib.h>

static const char *const names[] = { [YQ_CONFIRM] = "confirmed", [YQ_REFUSE] = "refused", [YQ_CORRECT] = "corrected", [YQ_TAKE_BACK] = "undone" };

bool yq_judgement_named(yq_str name, yq_judgement *out)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (yq_eq(name, yq_cstr(names[i]))) return *out = (yq_judgement)i, true;
    return false;
}

typedef struct {
    int64_t document, passage, under; /* under: the decision it stands under, or 0 */
    yq_str state, verdict, predicate, value, date;
    yq_str subject, subject_kind, object, object_kind;
    yq_span span;
} present_fact;

typedef struct {
    int64_t id;
    int64_t known; /* the entity of the register that carries the name, 0: nobody */
} new_entity;

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    const yq_fact_decision *given;
    size_t count;
    const char *actor;
    size_t changed;
    int64_t block;             /* the next free id of the entry at hand */
    yq_buf parts[YQ_REVIEW_MAX];
    size_t part_count;
    YQ_VEC(new_entity) joined; /* appearances made for names that the register knows */
} deciding;

/* ---------------------------------------------------------------- looking */

static yq_code load_fact(deciding *x, int64_t id, present_fact *f, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(x->reg->db,
                               "SELECT f.document, f.decision, f.state, coalesce(c.verdict, ''), f.predicate, f.value, f.date, coalesce(a.name, ''), coalesce(a.kind, ''), "
                               "coalesce(o.name, ''), coalesce(o.kind, ''), f.span_from, f.span_to, coalesce((SELECT p.id FROM passage p WHERE p.document = f.document AND "
                               "p.reading = f.reading AND p.span_from <= f.span_from AND p.span_to > f.span_from ORDER BY p.id LIMIT 1), 0) FROM fact f LEFT JOIN "
                               "decision c ON c.id = f.decision LEFT JOIN entity a ON a.id = f.subject_was LEFT JOIN entity o ON o.id = f.object_was WHERE f.id = :id",
                               &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", id);
    rc = yq_step(s, &row, err);
    if (!rc && row)
        *f = (present_fact){ .document = yq_col_int(s, 0), .under = yq_col_int(s, 1), .state = yq_kept(x->arena, s, 2), .verdict = yq_kept(x->arena, s, 3),
                             .predicate = yq_kept(x->arena, s, 4), .value = yq_kept(x->arena, s, 5), .date = yq_kept(x->arena, s, 6),
                             .subject = yq_kept(x->arena, s, 7), .subject_kind = yq_kept(x->arena, s, 8), .object = yq_kept(x->arena, s, 9),
                             .object_kind = yq_kept(x->arena, s, 10), .span = { (uint32_t)yq_col_int(s, 11), (uint32_t)yq_col_int(s, 12) },
                             .passage = yq_col_int(s, 13) };
    yq_finish(s);
    return rc || row ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no such fact; the document may have been read again: open it anew");
}

/* The one id that a statement over :document, :kind and :folded finds; 0: none, or several. */
static yq_code only_one(deciding *x, const char *sql, const present_fact *f, yq_str kind, yq_str name, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = 0;
    yq_code rc = yq_db_prepare(x->reg->db, sql, &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", f->document);
    yq_bind_text(s, "kind", kind);
    yq_bind_text(s, "folded", yq_fold(x->arena, name));
    rc = yq_step(s, &row, err);
    if (!rc && row) *out = yq_col_int(s, 0);
    if (!rc && row && !(rc = yq_step(s, &row, err)) && row) *out = 0;
    yq_finish(s);
    return rc;
}

static yq_code known_in_document(deciding *x, const present_fact *f, yq_str kind, yq_str name, int64_t *out, yq_err *err)
{
    static const char sql[] = "SELECT entity_was FROM name WHERE document = :document AND kind = :kind AND folded = :folded ORDER BY main DESC, entity_was LIMIT 1";
    return only_one(x, sql, f, kind, name, out, err);
}

static yq_code known_in_register(deciding *x, const present_fact *f, yq_str kind, yq_str name, int64_t *out, yq_err *err)
{
    static const char sql[] = "SELECT DISTINCT entity FROM name WHERE document <> :document AND kind = :kind AND folded = :folded ORDER BY entity LIMIT 2";
    return only_one(x, sql, f, kind, name, out, err);
}

/* ---------------------------------------------------------------- what was typed */

static void put_entity(yq_json *j, deciding *x, const present_fact *f, int64_t id, yq_str kind, yq_str name)
{
    char ulid[YQ_ULID_CHARS + 1];
    yq_ulid(yq_store_clock(x->reg->store), yq_store_random(x->reg->store), ulid);
    yq_json_object(j);
    yq_json_ki(j, "id", id);
    yq_json_kv(j, "ulid", yq_cstr(ulid));
    yq_json_kv(j, "kind", kind);
    yq_json_kv(j, "name", name);
    yq_json_key(j, "forms");
    yq_json_array(j);
    yq_json_array(j);
    yq_json_str(j, name);
    yq_json_int(j, 0);
    yq_json_int(j, 0);
    yq_json_end_array(j);
    yq_json_end_array(j);
    yq_json_key(j, "mentions");
    yq_json_array(j);
    yq_json_array(j);
    yq_json_int(j, id + 1);
    yq_json_int(j, f->passage);
    yq_json_int(j, f->span.from);
    yq_json_int(j, f->span.to);
    yq_json_str(j, name);
    yq_json_str(j, YQ_S(""));
    yq_json_end_array(j);
    yq_json_end_array(j);
    yq_json_end_object(j);
}

typedef struct {
    const char *key;
    yq_str typed, kind;
    int64_t id;   /* whom it means */
    bool fresh;   /* an appearance made for this */
} typed_end;

/* Whom the typed name means; at: the id a new appearance takes. */
static yq_code find_end(deciding *x, const present_fact *f, typed_end *e, int64_t at, yq_err *err)
{
    new_entity made = { .id = at };
    if (!e->typed.p || !e->typed.n) return YQ_OK;
    if (!e->kind.n) e->kind = YQ_S("organization");
    yq_code rc = known_in_document(x, f, e->kind, e->typed, &e->id, err);
    if (rc || e->id) return rc;
    e->id = at;
    e->fresh = true;
    rc = known_in_register(x, f, e->kind, e->typed, &made.known, err);
    if (!rc && made.known) *yq_push(x->arena, &x->joined) = made;
    return rc;
}

static void put_part(deciding *x, const present_fact *f, const yq_correction *c, const typed_end *ends, size_t n)
{
    yq_json j = yq_json_to(&x->parts[x->part_count++]);
    yq_json_object(&j);
    if (c->value.p) yq_json_kv(&j, "value", c->value);
    if (c->date.p) yq_json_kv(&j, "date", c->date);
    for (size_t i = 0; i < n; i++)
        if (ends[i].typed.p) yq_json_ki(&j, ends[i].key, ends[i].id);
    yq_json_key(&j, "entities");
    yq_json_array(&j);
    for (size_t i = 0; i < n; i++)
        if (ends[i].fresh) put_entity(&j, x, f, ends[i].id, ends[i].kind, ends[i].typed);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
}

static bool is_new(yq_str typed, yq_str read)
{
    return typed.p && !yq_eq(typed, read);
}

static yq_code check_correction(const present_fact *f, const yq_correction *c, yq_err *err)
{
    const yq_str all[] = { c->value, c->date, c->subject, c->object };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].n > YQ_CORRECTION_BYTES) return yq_fail(err, YQ_INVALID, 0, "a correction may have %d bytes", YQ_CORRECTION_BYTES);
        if (all[i].n && !yq_utf8_valid(all[i], NULL)) return yq_fail(err, YQ_INVALID, 0, "a correction must be UTF-8");
    }
    if (c->subject.p && yq_blank(c->subject)) return yq_fail(err, YQ_INVALID, 0, "a fact must be about somebody or something; to take it away, refuse it");
    if (is_new(c->value, f->value) || is_new(c->date, f->date) || is_new(c->subject, f->subject) || is_new(c->object, f->object)) return YQ_OK;
    return yq_fail(err, YQ_INVALID, 0, "the correction says what was read; to agree with it, confirm it");
}

static yq_code add_correction(deciding *x, const present_fact *f, const yq_correction *given, int64_t id, yq_err *err)
{
    yq_correction c = { given->value.p ? yq_trim(given->value) : given->value, given->date.p ? yq_trim(given->date) : given->date,
                        given->subject.p ? yq_trim(given->subject) : given->subject, given->object.p ? yq_trim(given->object) : given->object };
    typed_end ends[] = { { "subject", is_new(c.subject, f->subject) ? c.subject : (yq_str){ 0 }, f->subject_kind, 0, false },
                         { "object", is_new(c.object, f->object) ? c.object : (yq_str){ 0 }, f->object_kind, 0, false } };
    yq_code rc = check_correction(f, &c, err);
    for (size_t i = 0; i < 2 && !rc; i++) rc = find_end(x, f, &ends[i], id + 4 + 2 * (int64_t)i, err);
    if (!rc) put_part(x, f, &c, ends, 2);
    return rc;
}

/* ---------------------------------------------------------------- the entry */

/* Would the decision change nothing? */
static bool is_settled(const present_fact *f, yq_judgement j)
{
    switch (j) {
    case YQ_CONFIRM: return yq_eq(f->state, YQ_S("confirmed"));
    case YQ_REFUSE: return yq_eq(f->state, YQ_S("refused")) && !yq_eq(f->verdict, YQ_S("corrected"));
    case YQ_TAKE_BACK: return !f->under;
    default: return false;
    }
}

static yq_code add_decision(deciding *x, const present_fact *f, const yq_fact_decision *g, yq_json *j, yq_err *err)
{
    int64_t id = x->block;
    size_t part = x->part_count;
    yq_code rc = g->judgement == YQ_CORRECT ? add_correction(x, f, &g->correction, id, err) : YQ_OK;
    if (rc) return rc;
    x->block += YQ_REVIEW_IDS;
    yq_json_object(j);
    yq_json_ki(j, "id", id);
    yq_json_ki(j, "fact", g->fact);
    yq_json_kv(j, "verdict", yq_cstr(names[g->judgement]));
    if (g->judgement == YQ_CORRECT) yq_json_ki(j, "part", (int64_t)part);
    yq_json_end_object(j);
    return YQ_OK;
}

/* All decisions on facts of one document. */
static yq_code write_body(deciding *x, int64_t document, yq_buf *body, size_t *written, yq_err *err)
{
    yq_json j = yq_json_to(body);
    yq_code rc = YQ_OK;
    *written = 0;
    x->block = yq_id_block(yq_journal_sequence(x->reg->store) + 1);
    yq_json_object(&j);
    yq_json_ki(&j, "v", 1);
    yq_json_kv(&j, "by", yq_cstr(x->actor));
    yq_json_ki(&j, "document", document);
    yq_json_key(&j, "decisions");
    yq_json_array(&j);
    for (size_t i = 0; i < x->count && !rc; i++) {
        present_fact f;
        rc = load_fact(x, x->given[i].fact, &f, err);
        if (rc || f.document != document || is_settled(&f, x->given[i].judgement)) continue;
        rc = add_decision(x, &f, &x->given[i], &j, err);
        *written += !rc;
    }
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    return rc;
}

static yq_code append(deciding *x, const yq_buf *body, yq_err *err)
{
    yq_str *parts = YQ_ARRAY(x->arena, yq_str, x->part_count + 1);
    int64_t sequence;
    bool failed = body->failed;
    for (size_t i = 0; i < x->part_count; i++) parts[i] = yq_buf_str(&x->parts[i]), failed |= x->parts[i].failed;
    if (failed) return yq_fail(err, YQ_NOMEM, 0, "no memory for a decision");
    yq_code rc = yq_journal_append(x->reg->store, &(yq_entry){ "review", x->actor, yq_buf_str(body), parts, x->part_count }, &sequence, err);
    for (size_t i = 0; i < x->joined.n && !rc; i++)
        rc = yq_identity_append(x->reg, x->joined.v[i].id, x->joined.v[i].known, "same", "program", "the only one of this name, which a person wrote", err);
    return rc;
}

static void forget_parts(deciding *x)
{
    for (size_t i = 0; i < x->part_count; i++) yq_buf_free(&x->parts[i]);
    x->part_count = 0;
    x->joined.n = 0;
}

static yq_code decide_in(deciding *x, int64_t document, yq_err *err)
{
    yq_buf *body = &x->parts[YQ_REVIEW_MAX - 1]; /* freed with them, also when the arena runs out */
    size_t written;
    yq_code rc = write_body(x, document, body, &written, err);
    if (!rc && written) rc = append(x, body, err);
    x->changed += rc ? 0 : written;
    forget_parts(x);
    yq_buf_free(body);
    return rc;
}

static yq_code decide_inside(void *arg, yq_err *err)
{
    deciding *x = arg;
    YQ_VEC(int64_t) done = { 0 };
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < x->count && !rc; i++) {
        present_fact f;
        bool before = false;
        if ((rc = load_fact(x, x->given[i].fact, &f, err))) break;
        for (size_t k = 0; k < done.n; k++) before |= done.v[k] == f.document;
        if (before) continue;
        *yq_push(x->arena, &done) = f.document;
        rc = decide_in(x, f.document, err);
    }
    return rc;
}

yq_code yq_register_decide(yq_register *r, const yq_fact_decision *v, size_t n, const char *actor, size_t *changed, yq_err *err)
{
    enum { MEMORY = 64 << 20 };
    bool alone;
    if (changed) *changed = 0;
    if (n >= YQ_REVIEW_MAX) return yq_fail(err, YQ_INVALID, 0, "at most %d decisions at once", YQ_REVIEW_MAX - 1);
    deciding *x = calloc(1, sizeof *x);
    if (!x || !(x->arena = yq_arena_new(MEMORY))) {
        free(x);
        return yq_fail(err, YQ_NOMEM, 0, "no memory for decisions");
    }
    x->reg = r, x->given = v, x->count = n, x->actor = actor;
    yq_code rc = yq_register_enter(r, &alone, err);
    if (!rc) rc = yq_register_leave(r, alone, yq_arena_run(x->arena, decide_inside, x, err), err);
    if (!rc && changed) *changed = x->changed;
    for (size_t i = 0; i < YQ_REVIEW_MAX; i++) yq_buf_free(&x->parts[i]);
    yq_arena_free(x->arena);
    free(x);
    return rc;
}
