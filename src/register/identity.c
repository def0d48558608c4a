/* Identity decisions become rows: who is the same, told by the program or by a person (ruling.c), and taken back.
 *
 * "same" makes a redirect from one entity to another; everything that hung on the one hangs on the other from then on. The columns entity_was,
 * subject_was and object_was keep who it was before all redirects, so a redirect that is taken away is undone by following the rest again: the
 * appearances that went through it come back to the entity that had gone.
 *
 * Body: {"v":1,"by","document","decisions":[[id,a,b,verdict,probability,reason],…],"undo":gone?,"clusters":[[id,…],…]?,"closed":[id,…]?,
 *        "cut":[[gone,keep,by,reason,sequence],…]?,"back":{"of":sequence,"members":[id,…],"redirects":[[gone,keep,by,reason,sequence],…]}?}
 * With "clusters" the decisions only tell why: the members of each list, and nobody else, are one from then on (settle.c, ruling.c). "withdrawn" takes
 * the last decision of a person on the two out of the table, so what stands in it stands. "cut" are redirects that the entry takes away; an entry that
 * takes it back has them as "back", and they hold as they did.
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

yq_code yq_identity_survivor(yq_db *db, int64_t entity, int64_t *out, yq_err *err)
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

static yq_code insert_redirect(yq_db *db, const yq_redirect *v, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, "INSERT INTO redirect (gone, keep, decided_by, reason, sequence) VALUES (:gone, :keep, :by, :reason, :sequence)", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "gone", v->gone);
    yq_bind_int(s, "keep", v->keep);
    yq_bind_text(s, "by", v->by);
    yq_bind_text(s, "reason", v->reason);
    yq_bind_int(s, "sequence", v->sequence);
    return yq_change(s, err);
}

static yq_code put_redirect(const deciding *d, int64_t gone, int64_t keep, yq_str reason, yq_err *err)
{
    return insert_redirect(d->db, &(yq_redirect){ gone, keep, d->by, reason, d->sequence }, err);
}

static yq_code join(const deciding *d, int64_t a, int64_t b, yq_str reason, yq_err *err)
{
    int64_t gone, keep;
    yq_code rc = yq_identity_survivor(d->db, a, &gone, err);
    if (!rc) rc = yq_identity_survivor(d->db, b, &keep, err);
    if (rc || gone == keep) return rc;
    rc = put_redirect(d, gone, keep, reason, err);
    return rc ? rc : move_all(d->db, gone, keep, err);
}

/* An appearance read again stands below the former one, wherever that leads: when that is taken apart, this goes with it. */
static yq_code join_again(const deciding *d, int64_t now, int64_t before, yq_str reason, yq_err *err)
{
    int64_t keep;
    yq_code rc = yq_identity_survivor(d->db, before, &keep, err);
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

static yq_code withdraw(const deciding *d, int64_t a, int64_t b, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(d->db, "DELETE FROM identity WHERE id = (SELECT max(i.id) FROM identity i WHERE i.human = 1 AND ((i.a = :a AND i.b = :b) OR (i.a = :b AND i.b = :a)))", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "a", a);
    yq_bind_int(s, "b", b);
    return yq_change(s, err);
}

static yq_code project_decision(const deciding *d, const json_t *v, yq_err *err)
{
    const char *verdict = json_string_value(json_array_get(v, 3));
    int64_t a = json_integer_value(json_array_get(v, 1)), b = json_integer_value(json_array_get(v, 2));
    yq_str reason = yq_cstr(json_string_value(json_array_get(v, 5)));
    if (verdict && strcmp(verdict, "withdrawn") == 0) return withdraw(d, a, b, err);
    yq_code rc = put_identity(d, v, err);
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
        else rc = put_redirect(d, members.v[i], first, d->human ? YQ_S("split") : YQ_S("settled"), err);
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

/* ---------------------------------------------------------------- projecting what is taken back */

yq_code yq_identity_end(yq_db *db, int64_t entity, int64_t *end, yq_err *err)
{
    int64_t keep = entity;
    yq_code rc = YQ_OK;
    for (*end = entity; keep && !rc;) {
        yq_stmt *s;
        *end = keep;
        if ((rc = yq_db_prepare(db, "SELECT keep FROM redirect WHERE gone = :gone", &s, err))) break;
        yq_bind_int(s, "gone", keep);
        rc = yq_one_int(s, 0, &keep, err);
    }
    return rc;
}

/* Wherever its redirects lead now, with all that hangs below it. */
static yq_code follow_again(const deciding *d, yq_arena *a, int64_t member, yq_err *err)
{
    yq_ids below = { 0 };
    int64_t end;
    yq_code rc = all_below(d->db, a, member, &below, err);
    if (!rc) rc = yq_identity_end(d->db, member, &end, err);
    for (size_t i = 0; i < below.n && !rc; i++) rc = move_appearance(d->db, below.v[i], end, err);
    return rc;
}

static yq_code project_back(const deciding *d, yq_arena *a, const json_t *back, yq_err *err)
{
    const json_t *redirects = json_object_get(back, "redirects"), *members = json_object_get(back, "members");
    yq_code rc = run_with(d->db, "DELETE FROM redirect WHERE sequence = :id", json_integer_value(json_object_get(back, "of")), err);
    for (size_t i = 0; i < json_array_size(redirects) && !rc; i++) {
        const yq_redirect r = yq_redirect_of(json_array_get(redirects, i));
        rc = insert_redirect(d->db, &r, err);
    }
    for (size_t i = 0; i < json_array_size(members) && !rc; i++) rc = follow_again(d, a, json_integer_value(json_array_get(members, i)), err);
    return rc;
}

yq_redirect yq_redirect_of(const json_t *v)
{
    const json_t *by = json_array_get(v, 2), *reason = json_array_get(v, 3);
    return (yq_redirect){ json_integer_value(json_array_get(v, 0)), json_integer_value(json_array_get(v, 1)), yq_cstr(json_string_value(by)), yq_cstr(json_string_value(reason)),
                          json_integer_value(json_array_get(v, 4)) };
}

typedef struct {
    deciding d;
    yq_arena *arena;
    const json_t *root;
} identity_work;

static yq_code project_inside(void *arg, yq_err *err)
{
    identity_work *w = arg;
    const json_t *list = json_object_get(w->root, "decisions"), *gone = json_object_get(w->root, "undo"), *back = json_object_get(w->root, "back");
    yq_code rc = gone ? undo(&w->d, w->arena, json_integer_value(gone), err) : YQ_OK;
    if (!rc && back) rc = project_back(&w->d, w->arena, back, err);
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
