/* Identity decisions: who is the same, told by the program or by a person, and taken back.
 *
 * "same" makes a redirect from one entity to another; everything that hung on the one hangs on the other from then on. The columns entity_was,
 * subject_was and object_was keep who it was before all redirects, so a redirect that is taken away is undone by following the rest again: the
 * appearances that went through it come back to the entity that had gone.
 *
 * Body: {"v":1,"by","document","decisions":[[id,a,b,verdict,probability,reason],…],"undo":gone?,"clusters":[[id,…],…]?,"closed":[id,…]?}
 * With "clusters" the decisions only tell why: the members of each list, and nobody else, are one from then on (settle.c).
 */
#include "register/internal.h"

#include <stdlib.h>

typedef struct {
    yq_db *db;
    int64_t sequence, document;
    yq_str by;
    bool human, clustered;
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

/* Those whose redirects lead to `root`, itself included, breadth first. */
static yq_code all_below(yq_db *db, yq_arena *a, int64_t root, yq_ids *out, yq_err *err)
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
    yq_ids below = { 0 };
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
    if (rc || d->clustered || !verdict) return rc;
    if (strcmp(verdict, "again") == 0) return join_again(d, a, b, reason, err);
    return strcmp(verdict, "same") == 0 ? join(d, a, b, reason, err) : YQ_OK;
}

/* ---------------------------------------------------------------- projecting clusters */

static int by_number(const void *x, const void *y)
{
    const int64_t *p = x, *q = y;
    return *p < *q ? -1 : *p > *q;
}

static yq_code run_with(yq_db *db, const char *sql, int64_t id, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, sql, &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", id);
    return yq_change(s, err);
}

/* Redirects that stay within the cluster stay, so that whoever was merged by a person can be taken out again with all that came with it. */
static yq_code leave_others(const deciding *d, const yq_ids *members, int64_t member, bool *leads, yq_err *err)
{
    yq_stmt *s;
    int64_t keep;
    yq_code rc = yq_db_prepare(d->db, "SELECT keep FROM redirect WHERE gone = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", member);
    if ((rc = yq_one_int(s, 0, &keep, err))) return rc;
    *leads = !keep || !bsearch(&keep, members->v, members->n, sizeof keep, by_number);
    return keep && *leads ? run_with(d->db, "DELETE FROM redirect WHERE gone = :id", member, err) : YQ_OK;
}

/* The one known longest leads. */
static yq_code project_cluster(const deciding *d, yq_arena *a, const json_t *list, yq_err *err)
{
    yq_ids members = { 0 };
    int64_t first = 0;
    bool leads;
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < json_array_size(list); i++) *yq_push(a, &members) = json_integer_value(json_array_get(list, i));
    qsort(members.v, members.n, sizeof *members.v, by_number);
    for (size_t i = 0; i < members.n && !rc; i++) {
        rc = leave_others(d, &members, members.v[i], &leads, err);
        if (rc || !leads) continue;
        if (!first) first = members.v[i];
        else rc = put_redirect(d, members.v[i], first, YQ_S("settled"), err);
    }
    for (size_t i = 0; i < members.n && !rc; i++) rc = move_appearance(d->db, members.v[i], first, err);
    return rc;
}

static yq_code project_clusters(const deciding *d, yq_arena *a, const json_t *root, yq_err *err)
{
    const json_t *clusters = json_object_get(root, "clusters"), *closed = json_object_get(root, "closed");
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < json_array_size(clusters) && !rc; i++) rc = project_cluster(d, a, json_array_get(clusters, i), err);
    for (size_t i = 0; i < json_array_size(closed) && !rc; i++)
        rc = run_with(d->db, "DELETE FROM identity WHERE id = :id AND human = 0", json_integer_value(json_array_get(closed, i)), err);
    return rc;
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
    return rc ? rc : project_clusters(&w->d, w->arena, w->root, err);
}

yq_code yq_project_identity(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err)
{
    enum { MEMORY = 256 << 20 };
    (void)self, (void)at_us, (void)parts, (void)part_count;
    json_t *root = json_loadb(body.p, body.n, 0, NULL);
    identity_work w = { .d = { .db = yq_store_db(s), .sequence = sequence }, .arena = yq_arena_new(MEMORY), .root = root };
    w.d.by = yq_cstr(json_string_value(json_object_get(root, "by")));
    w.d.human = !yq_eq(w.d.by, YQ_S("program"));
    w.d.clustered = json_object_get(root, "clusters") != NULL;
    w.d.document = json_integer_value(json_object_get(root, "document"));
    yq_code rc = !w.arena ? yq_fail(err, YQ_NOMEM, 0, "no memory for decisions")
                 : root   ? yq_arena_run(w.arena, project_inside, &w, err)
                          : yq_fail(err, YQ_CORRUPT, 0, "the body is not that of a decision");
    yq_arena_free(w.arena);
    json_decref(root);
    return rc;
}

/* ---------------------------------------------------------------- former readings */

int yq_verdict_number(yq_str verdict)
{
    return yq_eq(verdict, YQ_S("same")) ? 1 : yq_eq(verdict, YQ_S("different")) ? -1 : 0;
}

yq_code yq_identity_heir(yq_db *db, int64_t former, int64_t *heir, yq_err *err)
{
    static const char sql[] =
        "SELECT n.id FROM entity o JOIN document d ON d.id = o.document JOIN entity n ON n.document = o.document AND n.kind = o.kind AND n.name = o.name AND "
        "n.sequence = d.sequence WHERE o.id = :id AND o.sequence < d.sequence AND o.name <> '' AND (SELECT COUNT(*) FROM entity x WHERE x.document = o.document AND "
        "x.kind = o.kind AND x.name = o.name AND x.sequence = o.sequence AND x.id < o.id) = (SELECT COUNT(*) FROM entity y WHERE y.document = n.document AND "
        "y.kind = n.kind AND y.name = n.name AND y.sequence = n.sequence AND y.id < n.id)";
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, sql, &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", former);
    return yq_one_int(s, 0, heir, err);
}

yq_code yq_identity_former(yq_db *db, int64_t document, const char *kind, yq_str name, int64_t before, int64_t *survivor, yq_err *err)
{
    static const char sql[] =
        "SELECT o.survivor FROM entity o WHERE o.document = :document AND o.kind = :kind AND o.name = :name AND EXISTS (SELECT 1 FROM identity i WHERE i.human = 1 AND "
        "(i.a = o.id OR i.b = o.id)) AND (SELECT COUNT(*) FROM entity x WHERE x.document = o.document AND x.kind = o.kind AND x.name = o.name AND "
        "x.sequence = o.sequence AND x.id < o.id) = :before ORDER BY o.id DESC LIMIT 1";
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, sql, &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", document);
    yq_bind_text(s, "kind", yq_cstr(kind));
    yq_bind_text(s, "name", name);
    yq_bind_int(s, "before", before);
    return yq_one_int(s, 0, survivor, err);
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

/* ---------------------------------------------------------------- a pair is decided */

typedef struct {
    int64_t a, b;      /* as they stood in it */
    int64_t gone;      /* the redirect it made; 0: none */
    bool any;
} last_decision;

/* The last decision of a person on the two, unless it was taken back. */
static yq_code last_of(yq_db *db, int64_t a, int64_t b, last_decision *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (last_decision){ 0 };
    yq_code rc = yq_db_prepare(db, "SELECT i.a, i.b, i.verdict, (SELECT MIN(r.gone) FROM redirect r WHERE r.sequence = i.sequence) FROM identity i WHERE i.human = 1 AND "
                                   "((i.a = :a AND i.b = :b) OR (i.a = :b AND i.b = :a)) ORDER BY i.id DESC LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "a", a);
    yq_bind_int(s, "b", b);
    rc = yq_step(s, &row, err);
    if (!rc && row) *out = (last_decision){ yq_col_int(s, 0), yq_col_int(s, 1), yq_col_int(s, 3), !yq_eq(yq_col_text(s, 2), YQ_S("withdrawn")) };
    yq_finish(s);
    return rc;
}

static yq_code take_back(yq_register *r, int64_t a, int64_t b, const char *actor, const char *why, yq_err *err)
{
    last_decision last;
    yq_code rc = last_of(r->db, a, b, &last, err);
    if (rc) return rc;
    if (!last.any) return yq_fail(err, YQ_NOTFOUND, 0, "nobody has decided about these two");
    return yq_identity_append(r, last.a, last.b, "withdrawn", last.gone, actor, why, err);
}

static yq_code decide_inside(yq_register *r, int64_t a, int64_t b, yq_str verdict, const char *actor, const char *why, yq_err *err)
{
    static const char *const verdicts[] = { "same", "different", "undecided" };
    if (yq_eq(verdict, YQ_S("undo"))) return take_back(r, a, b, actor, why, err);
    yq_code rc = may_merge(r, b, a, err);
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts && !rc; i++)
        if (yq_eq(verdict, yq_cstr(verdicts[i]))) return yq_identity_append(r, a, b, verdicts[i], 0, actor, why, err);
    return rc ? rc : yq_fail(err, YQ_INVALID, 0, "a decision is same, different, undecided or undo");
}

yq_code yq_register_rule(yq_register *r, int64_t a, int64_t b, yq_str verdict, const char *actor, const char *why, yq_err *err)
{
    bool alone;
    yq_code rc = yq_register_enter(r, &alone, err);
    return rc ? rc : yq_register_leave(r, alone, decide_inside(r, a, b, verdict, actor, why, err), err);
}
