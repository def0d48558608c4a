/* Identity decisions: who is the same, told by the program or by a person, and taken back.
 *
 * "same" makes a redirect from one entity to another; everything that hung on the one hangs on the other from then on. The columns entity_was,
 * subject_was and object_was keep who it was before all redirects, so a redirect that is taken away is undone by following the rest again: the
 * appearances that went through it come back to the entity that had gone.
 *
 * Body: {"v":1,"by","document","decisions":[[id,a,b,verdict,probability,reason],…],"undo":gone?}
 */
#include "register/internal.h"

#include <stdlib.h>

typedef struct {
    yq_db *db;
    int64_t sequence, document;
    yq_str by;
    bool human;
} deciding;

/* ---------------------------------------------------------------- following */

static yq_code survivor_of(yq_db *db, int64_t entity, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, "SELECT survivor FROM entity WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", entity);
    rc = yq_one_int(s, 0, out, err);
    return rc || *out ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no entity %lld", (long long)entity);
}

/* Everything of one surviving entity to another. */
static yq_code move_all(yq_db *db, int64_t from, int64_t to, yq_err *err)
{
    static const char *const sql[] = {
        "UPDATE entity SET survivor = :to WHERE survivor = :from", "UPDATE name SET entity = :to WHERE entity = :from",
        "UPDATE mention SET entity = :to WHERE entity = :from",    "UPDATE fact SET subject = :to WHERE subject = :from",
        "UPDATE fact SET object = :to WHERE object = :from",
    };
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        yq_stmt *s;
        yq_code rc = yq_db_prepare(db, sql[i], &s, err);
        if (rc) return rc;
        yq_bind_int(s, "from", from);
        yq_bind_int(s, "to", to);
        if ((rc = yq_change(s, err))) return rc;
    }
    return YQ_OK;
}

/* One appearance to another survivor; its document tells where its rows are. */
static yq_code move_appearance(yq_db *db, int64_t appearance, int64_t to, yq_err *err)
{
    static const char *const sql[] = {
        "UPDATE name SET entity = :to WHERE entity_was = :was",
        "UPDATE mention SET entity = :to WHERE entity_was = :was AND document = (SELECT document FROM entity WHERE id = :was)",
        "UPDATE fact SET subject = :to WHERE subject_was = :was AND document = (SELECT document FROM entity WHERE id = :was)",
        "UPDATE fact SET object = :to WHERE object_was = :was AND document = (SELECT document FROM entity WHERE id = :was)",
        "UPDATE entity SET survivor = :to WHERE id = :was",
    };
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        yq_stmt *s;
        yq_code rc = yq_db_prepare(db, sql[i], &s, err);
        if (rc) return rc;
        yq_bind_int(s, "was", appearance);
        yq_bind_int(s, "to", to);
        if ((rc = yq_change(s, err))) return rc;
    }
    return YQ_OK;
}

typedef YQ_VEC(int64_t) ids;

/* Those whose redirects lead to `root`, itself included, breadth first. */
static yq_code all_below(yq_db *db, yq_arena *a, int64_t root, ids *out, yq_err *err)
{
    *yq_push(a, out) = root;
    for (size_t i = 0; i < out->n; i++) {
        yq_stmt *s;
        bool row;
        yq_code rc = yq_db_prepare(db, "SELECT gone FROM redirect WHERE keep = :keep ORDER BY gone", &s, err);
        if (rc) return rc;
        yq_bind_int(s, "keep", out->v[i]);
        while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = yq_col_int(s, 0);
        yq_finish(s);
        if (rc) return rc;
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- projecting */

static yq_code put_identity(const deciding *d, const json_t *v, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(d->db,
                               "INSERT INTO identity (id, a, b, verdict, decided_by, human, probability, reason, document, sequence) VALUES (:id, :a, :b, "
                               ":verdict, :by, :human, :probability, :reason, :document, :sequence)", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", json_integer_value(json_array_get(v, 0)));
    yq_bind_int(s, "a", json_integer_value(json_array_get(v, 1)));
    yq_bind_int(s, "b", json_integer_value(json_array_get(v, 2)));
    yq_bind_text(s, "verdict", yq_cstr(json_string_value(json_array_get(v, 3))));
    yq_bind_text(s, "by", d->by);
    yq_bind_int(s, "human", d->human);
    yq_bind_real(s, "probability", json_number_value(json_array_get(v, 4)));
    yq_bind_text(s, "reason", yq_cstr(json_string_value(json_array_get(v, 5))));
    yq_bind_int(s, "document", d->document);
    yq_bind_int(s, "sequence", d->sequence);
    return yq_change(s, err);
}

static yq_code put_redirect(const deciding *d, int64_t gone, int64_t keep, yq_str reason, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(d->db, "INSERT INTO redirect (gone, keep, decided_by, reason, sequence) VALUES (:gone, :keep, :by, :reason, :sequence)", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "gone", gone);
    yq_bind_int(s, "keep", keep);
    yq_bind_text(s, "by", d->by);
    yq_bind_text(s, "reason", reason);
    yq_bind_int(s, "sequence", d->sequence);
    return yq_change(s, err);
}

static yq_code join(const deciding *d, int64_t a, int64_t b, yq_str reason, yq_err *err)
{
    int64_t gone, keep;
    yq_code rc = survivor_of(d->db, a, &gone, err);
    if (!rc) rc = survivor_of(d->db, b, &keep, err);
    if (rc || gone == keep) return rc;
    rc = put_redirect(d, gone, keep, reason, err);
    return rc ? rc : move_all(d->db, gone, keep, err);
}

/* An appearance read again stands below the former one, wherever that leads: when that is taken apart, this goes with it. */
static yq_code join_again(const deciding *d, int64_t now, int64_t before, yq_str reason, yq_err *err)
{
    int64_t keep;
    yq_code rc = survivor_of(d->db, before, &keep, err);
    if (rc || keep == now) return rc;
    rc = put_redirect(d, now, before, reason, err);
    return rc ? rc : move_all(d->db, now, keep, err);
}

static yq_code undo(const deciding *d, yq_arena *a, int64_t gone, yq_err *err)
{
    yq_stmt *s;
    ids below = { 0 };
    yq_code rc = yq_db_prepare(d->db, "DELETE FROM redirect WHERE gone = :gone", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "gone", gone);
    rc = yq_change(s, err);
    if (!rc) rc = all_below(d->db, a, gone, &below, err);
    for (size_t i = 0; i < below.n && !rc; i++) rc = move_appearance(d->db, below.v[i], gone, err);
    return rc;
}

static yq_code project_decision(const deciding *d, const json_t *v, yq_err *err)
{
    yq_code rc = put_identity(d, v, err);
    const char *verdict = json_string_value(json_array_get(v, 3));
    int64_t a = json_integer_value(json_array_get(v, 1)), b = json_integer_value(json_array_get(v, 2));
    yq_str reason = yq_cstr(json_string_value(json_array_get(v, 5)));
    if (rc || !verdict) return rc;
    if (strcmp(verdict, "again") == 0) return join_again(d, a, b, reason, err);
    return strcmp(verdict, "same") == 0 ? join(d, a, b, reason, err) : YQ_OK;
}

typedef struct {
    deciding d;
    yq_arena *arena;
    const json_t *root;
} identity_work;

static yq_code project_inside(void *arg, yq_err *err)
{
    identity_work *w = arg;
    const json_t *list = json_object_get(w->root, "decisions"), *gone = json_object_get(w->root, "undo");
    yq_code rc = gone ? undo(&w->d, w->arena, json_integer_value(gone), err) : YQ_OK;
    for (size_t i = 0; i < json_array_size(list) && !rc; i++) rc = project_decision(&w->d, json_array_get(list, i), err);
    return rc;
}

yq_code yq_project_identity(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err)
{
    enum { MEMORY = 256 << 20 };
    (void)self, (void)at_us, (void)parts, (void)part_count;
    json_t *root = json_loadb(body.p, body.n, 0, NULL);
    identity_work w = { .d = { .db = yq_store_db(s), .sequence = sequence }, .arena = yq_arena_new(MEMORY), .root = root };
    w.d.by = yq_cstr(json_string_value(json_object_get(root, "by")));
    w.d.human = !yq_eq(w.d.by, YQ_S("program"));
    w.d.document = json_integer_value(json_object_get(root, "document"));
    yq_code rc = !w.arena ? yq_fail(err, YQ_NOMEM, 0, "no memory for decisions")
                 : root   ? yq_arena_run(w.arena, project_inside, &w, err)
                          : yq_fail(err, YQ_CORRUPT, 0, "the body is not that of a decision");
    yq_arena_free(w.arena);
    json_decref(root);
    return rc;
}

/* ---------------------------------------------------------------- a person decides */

static yq_str decision_body(yq_register *r, yq_buf *out, int64_t a, int64_t b, const char *verdict, int64_t undone, const char *actor, const char *why)
{
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    yq_json_ki(&j, "v", 1);
    yq_json_kv(&j, "by", yq_cstr(actor));
    yq_json_ki(&j, "document", 0);
    if (undone) yq_json_ki(&j, "undo", undone);
    yq_json_key(&j, "decisions");
    yq_json_array(&j);
    yq_json_array(&j);
    yq_json_int(&j, yq_id_block(yq_journal_sequence(r->store) + 1));
    yq_json_int(&j, a);
    yq_json_int(&j, b);
    yq_json_str(&j, yq_cstr(verdict));
    yq_json_real(&j, 1);
    yq_json_str(&j, yq_cstr(why));
    yq_json_end_array(&j);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    return yq_buf_str(out);
}

yq_code yq_identity_append(yq_register *r, int64_t a, int64_t b, const char *verdict, int64_t undone, const char *actor, const char *why, yq_err *err)
{
    yq_buf text = { 0 };
    int64_t sequence;
    yq_str body = decision_body(r, &text, a, b, verdict, undone, actor, why);
    yq_code rc = text.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for a decision")
                             : yq_journal_append(r->store, &(yq_entry){ "identity", actor, body, NULL, 0 }, &sequence, err);
    yq_buf_free(&text);
    return rc;
}

static yq_code kind_of(yq_db *db, int64_t entity, char *out, size_t cap, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = '\0';
    yq_code rc = yq_db_prepare(db, "SELECT kind FROM entity WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", entity);
    rc = yq_step(s, &row, err);
    if (!rc && row && yq_col_text(s, 0).n < cap) memcpy(out, yq_col_text(s, 0).p, yq_col_text(s, 0).n), out[yq_col_text(s, 0).n] = '\0';
    yq_finish(s);
    return rc;
}

static yq_code may_merge(yq_register *r, int64_t keep, int64_t gone, yq_err *err)
{
    int64_t a, b;
    char kind_a[32], kind_b[32];
    yq_code rc = survivor_of(r->db, keep, &a, err);
    if (!rc) rc = survivor_of(r->db, gone, &b, err);
    if (!rc) rc = kind_of(r->db, keep, kind_a, sizeof kind_a, err);
    if (!rc) rc = kind_of(r->db, gone, kind_b, sizeof kind_b, err);
    if (rc) return rc;
    if (a == b) return yq_fail(err, YQ_INVALID, 0, "these two are already one");
    if (strcmp(kind_a, kind_b) != 0) return yq_fail(err, YQ_INVALID, 0, "a %s and a %s cannot be one", kind_a, kind_b);
    return YQ_OK;
}

static yq_code redirect_of(yq_register *r, int64_t gone, int64_t *keep, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, "SELECT keep FROM redirect WHERE gone = :gone", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "gone", gone);
    rc = yq_one_int(s, 0, keep, err);
    return rc || *keep ? rc : yq_fail(err, YQ_NOTFOUND, 0, "this one was not merged into another");
}

/* Begins a write unless the caller has; `alone` tells. */
yq_code yq_register_enter(yq_register *r, bool *alone, yq_err *err)
{
    *alone = !r->group;
    return *alone ? yq_register_begin(r, err) : YQ_OK;
}

yq_code yq_register_leave(yq_register *r, bool alone, yq_code rc, yq_err *err)
{
    if (!alone) return rc;
    if (!rc) return yq_register_commit(r, err);
    yq_register_rollback(r);
    return rc;
}

yq_code yq_register_merge(yq_register *r, int64_t keep, int64_t gone, const char *actor, const char *why, yq_err *err)
{
    bool alone;
    yq_code rc = yq_register_enter(r, &alone, err);
    if (rc) return rc;
    rc = may_merge(r, keep, gone, err);
    if (!rc) rc = yq_identity_append(r, gone, keep, "same", 0, actor, why, err);
    return yq_register_leave(r, alone, rc, err);
}

yq_code yq_register_unmerge(yq_register *r, int64_t gone, const char *actor, const char *why, yq_err *err)
{
    bool alone;
    int64_t keep;
    yq_code rc = yq_register_enter(r, &alone, err);
    if (rc) return rc;
    rc = redirect_of(r, gone, &keep, err);
    if (!rc) rc = yq_identity_append(r, gone, keep, "different", gone, actor, why, err);
    return yq_register_leave(r, alone, rc, err);
}
