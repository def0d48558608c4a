/* What the register knows, as resolve asks for it, while one document is being read: the store's tables, and above them what this document
 * has already decided and not yet written. */
#include "register/internal.h"

#include <stdlib.h>

static const char *const kind_names[] = { "person", "organization" };

int64_t yq_knowledge_now(const yq_knowledge *k, int64_t entity)
{
    for (size_t i = 0; i + 1 < k->joined.n; i += 2) /* in the order of joining, so one pass follows a chain */
        if (k->joined.v[i] == entity) entity = k->joined.v[i + 1];
    return entity;
}

static size_t names_where(yq_knowledge *k, const char *sql, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    yq_stmt *s;
    bool row;
    size_t n = 0;
    if (yq_db_prepare(k->db, sql, &s, NULL)) return 0;
    yq_bind_text(s, "key", key);
    yq_bind_text(s, "kind", yq_cstr(kind_names[kind]));
    yq_bind_int(s, "cap", (int64_t)cap);
    while (n < cap && !yq_step(s, &row, NULL) && row)
        out[n++] = (yq_known_name){ yq_knowledge_now(k, yq_col_int(s, 0)), yq_kept(k->arena, s, 1), yq_col_int(s, 2) != 0 };
    yq_finish(s);
    return n;
}

static size_t by_name(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    static const char sql[] = "SELECT DISTINCT entity, text, main FROM name WHERE meet = :key AND kind = :kind ORDER BY entity, main DESC, text LIMIT :cap";
    return names_where(self, sql, kind, key, out, cap);
}

static size_t by_latin(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    static const char sql[] = "SELECT DISTINCT entity, text, main FROM name WHERE latin = :key AND kind = :kind ORDER BY entity, main DESC, text LIMIT :cap";
    return names_where(self, sql, kind, key, out, cap);
}

/* From the names to the work: of 500 namesakes a few steps each, where the organisation may have thousands of people. The sum keeps SQLite from
 * reading all of these for each namesake. */
static size_t names_at(yq_knowledge *k, int64_t org, yq_str key, yq_known_name *out, size_t cap)
{
    static const char sql[] = "SELECT DISTINCT n.entity, n.text, n.main FROM name n WHERE n.meet = :key AND n.kind = 'person' AND EXISTS (SELECT 1 FROM fact f WHERE "
                              "f.subject = n.entity AND f.predicate = 'role' AND f.object + 0 = :org AND " NOT_REFUSED("f") ") ORDER BY n.entity, n.main DESC, n.text LIMIT :cap";
    yq_stmt *s;
    bool row;
    size_t n = 0;
    if (yq_db_prepare(k->db, sql, &s, NULL)) return 0;
    yq_bind_text(s, "key", key);
    yq_bind_int(s, "org", org);
    yq_bind_int(s, "cap", (int64_t)cap);
    while (n < cap && !yq_step(s, &row, NULL) && row)
        out[n++] = (yq_known_name){ yq_knowledge_now(k, yq_col_int(s, 0)), yq_kept(k->arena, s, 1), yq_col_int(s, 2) != 0 };
    yq_finish(s);
    return n;
}

/* Also those of organisations that this document makes one with it. */
static size_t by_name_at(void *self, int64_t org, yq_str key, yq_known_name *out, size_t cap)
{
    yq_knowledge *k = self;
    size_t n = names_at(k, org, key, out, cap);
    for (size_t i = 0; i < k->joined.n; i += 2)
        if (yq_knowledge_now(k, k->joined.v[i]) == org) n += names_at(k, k->joined.v[i], key, out + n, cap - n);
    return n;
}

static size_t names_of(void *self, int64_t entity, yq_known_name *out, size_t cap)
{
    static const char sql[] = "SELECT DISTINCT entity, text, main FROM name WHERE entity = :entity ORDER BY main DESC, text LIMIT :cap";
    yq_knowledge *k = self;
    yq_stmt *s;
    bool row;
    size_t n = 0;
    if (yq_db_prepare(k->db, sql, &s, NULL)) return 0;
    yq_bind_int(s, "entity", entity);
    yq_bind_int(s, "cap", (int64_t)cap);
    while (n < cap && !yq_step(s, &row, NULL) && row)
        out[n++] = (yq_known_name){ yq_knowledge_now(k, yq_col_int(s, 0)), yq_kept(k->arena, s, 1), yq_col_int(s, 2) != 0 };
    yq_finish(s);
    return n;
}

/* Names in characters rank above YQ_RANK_HAN, others below; the index has the rank. */
static void read_staff(yq_knowledge *k, yq_staff *staff, size_t cap)
{
    static const char sql[] = "SELECT DISTINCT n.entity, n.text FROM fact f JOIN name n ON n.entity = f.subject WHERE f.object = :org AND f.predicate = 'role' AND "
                              NOT_REFUSED("f") " AND n.main = 1 AND n.rank >= :low AND n.rank < :high AND n.kind = 'person' ORDER BY n.entity, n.text LIMIT :cap";
    yq_stmt *s;
    bool row;
    if (yq_db_prepare(k->db, sql, &s, NULL)) return;
    yq_bind_int(s, "org", staff->org);
    yq_bind_int(s, "low", staff->han ? YQ_RANK_HAN : 0);
    yq_bind_int(s, "high", staff->han ? INT32_MAX : YQ_RANK_HAN);
    yq_bind_int(s, "cap", (int64_t)cap);
    while (!yq_step(s, &row, NULL) && row) *yq_push(k->arena, &staff->names) = (yq_known_name){ yq_col_int(s, 0), yq_kept(k->arena, s, 1), true };
    yq_finish(s);
}

/* The forty people of a document work at a few places: what is read of one is kept for the document. */
static const yq_staff *staff_of(yq_knowledge *k, int64_t org, bool han, size_t cap)
{
    for (size_t i = 0; i < k->staffs.n; i++)
        if (k->staffs.v[i].org == org && k->staffs.v[i].han == han && k->staffs.v[i].cap >= cap) return &k->staffs.v[i];
    yq_staff *staff = yq_push(k->arena, &k->staffs);
    *staff = (yq_staff){ .org = org, .han = han, .cap = cap };
    read_staff(k, staff, cap);
    return staff;
}

static size_t people_of(void *self, int64_t org, bool han, yq_known_name *out, size_t cap)
{
    yq_knowledge *k = self;
    const yq_staff *staff = staff_of(k, org, han, cap);
    size_t n = staff->names.n < cap ? staff->names.n : cap;
    for (size_t i = 0; i < n; i++) {
        out[i] = staff->names.v[i];
        out[i].entity = yq_knowledge_now(k, out[i].entity);
    }
    return n;
}

static bool is_among(int64_t id, const int64_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i] == id) return true;
    return false;
}

/* Each once: a person may be told of in hundreds of documents. */
static size_t orgs_of(void *self, int64_t person, int64_t *out, size_t cap)
{
    yq_knowledge *k = self;
    yq_stmt *s;
    bool row;
    size_t n = 0;
    if (yq_db_prepare(k->db, "SELECT f.object FROM fact f WHERE f.subject = :person AND f.predicate = 'role' AND f.object > 0 AND " NOT_REFUSED("f") " ORDER BY f.id", &s, NULL)) return 0;
    yq_bind_int(s, "person", person);
    while (n < cap && !yq_step(s, &row, NULL) && row) {
        int64_t org = yq_knowledge_now(k, yq_col_int(s, 0));
        if (!is_among(org, out, n)) out[n++] = org;
    }
    yq_finish(s);
    return n;
}

static yq_str org_name(void *self, int64_t org)
{
    yq_knowledge *k = self;
    yq_stmt *s;
    bool row;
    yq_str name = YQ_S("");
    for (size_t i = 0; i < k->reading->entities.n; i++)
        if (k->reading->entities.v[i].known == org) return k->reading->entities.v[i].name;
    if (yq_db_prepare(k->db, "SELECT text FROM name WHERE entity = :entity AND main = 1 ORDER BY rank DESC, text LIMIT 1", &s, NULL)) return name;
    yq_bind_int(s, "entity", org);
    if (!yq_step(s, &row, NULL) && row) name = yq_kept(k->arena, s, 0);
    yq_finish(s);
    return name;
}

/* What persons decided about two entities or what has become of them; the latest decision holds, what was taken back is not there. */
static int ruled(void *self, int64_t a, int64_t b)
{
    yq_knowledge *k = self;
    yq_stmt *s;
    bool row;
    int verdict = 0;
    if (yq_db_prepare(k->db,
                      "SELECT i.verdict FROM identity i JOIN entity x ON x.id = i.a JOIN entity y ON y.id = i.b WHERE i.human = 1 AND "
                      "((x.survivor = :a AND y.survivor = :b) OR (x.survivor = :b AND y.survivor = :a)) ORDER BY i.id DESC LIMIT 1", &s, NULL))
        return 0;
    yq_bind_int(s, "a", a);
    yq_bind_int(s, "b", b);
    if (!yq_step(s, &row, NULL) && row) verdict = yq_verdict_number(yq_col_text(s, 0));
    yq_finish(s);
    return verdict;
}

yq_known yq_knowledge_face(yq_knowledge *k)
{
    return (yq_known){ k, by_name, by_latin, by_name_at, orgs_of, org_name, names_of, people_of, ruled };
}

/* ---------------------------------------------------------------- the same document, read again */

static uint32_t first_place(const yq_new_entity *e)
{
    return e->mentions.n ? e->mentions.v[0].span.from : 0;
}

yq_code yq_known_again(yq_knowledge *k, const yq_new_entity *e, const int64_t *taken, size_t n, int64_t *appearance, int64_t *entity, yq_err *err)
{
    yq_stmt *s;
    bool row;
    int64_t nearest = INT64_MAX;
    *appearance = *entity = 0;
    yq_code rc = yq_db_prepare(k->db,
                               "SELECT e.id, e.survivor, coalesce((SELECT min(m.span_from) FROM mention m WHERE m.entity_was = e.id AND m.document = :document), 0) FROM "
                               "entity e WHERE e.id IN (SELECT n.entity_was FROM name n WHERE n.document = :document AND n.kind = :kind AND n.folded = :folded AND n.main = 1 "
                               "UNION SELECT m.entity_was FROM mention m WHERE m.document = :document AND m.span_from = :from AND m.span_to = :to) AND e.kind = :kind "
                               "ORDER BY e.id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", k->reading->document);
    yq_bind_text(s, "kind", yq_cstr(e->kind));
    yq_bind_text(s, "folded", yq_fold(k->arena, e->name));
    yq_bind_int(s, "from", e->mentions.n ? e->mentions.v[0].span.from : UINT32_MAX);
    yq_bind_int(s, "to", e->mentions.n ? e->mentions.v[0].span.to : 0);
    while (!(rc = yq_step(s, &row, err)) && row) {
        int64_t far = llabs(yq_col_int(s, 2) - (int64_t)first_place(e));
        if (far >= nearest || is_among(yq_col_int(s, 0), taken, n)) continue;
        nearest = far;
        *appearance = yq_col_int(s, 0);
        *entity = yq_knowledge_now(k, yq_col_int(s, 1));
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- things: technologies, needs, events, … */

enum { SURE_CHARACTERS = 6, SURE_ALONE_CHARACTERS = 12 };

/* The one value of a predicate, for comparing; none: 0 or "". */
static int64_t holder_of(yq_knowledge *k, int64_t thing)
{
    yq_stmt *s;
    int64_t holder = 0;
    if (yq_db_prepare(k->db, "SELECT f.object FROM fact f WHERE f.subject = :thing AND f.predicate = 'holder' AND f.object > 0 AND " NOT_REFUSED("f") " ORDER BY f.id LIMIT 1", &s, NULL)) return 0;
    yq_bind_int(s, "thing", thing);
    yq_one_int(s, 0, &holder, NULL);
    return yq_knowledge_now(k, holder);
}

static yq_str date_of(yq_knowledge *k, int64_t thing)
{
    yq_stmt *s;
    bool row;
    yq_str date = YQ_S("");
    if (yq_db_prepare(k->db, "SELECT f.date FROM fact f WHERE f.subject = :thing AND f.predicate = 'date' AND " NOT_REFUSED("f") " ORDER BY f.id LIMIT 1", &s, NULL)) return date;
    yq_bind_int(s, "thing", thing);
    if (!yq_step(s, &row, NULL) && row) date = yq_kept(k->arena, s, 0);
    yq_finish(s);
    return date;
}

/* "2025-06-06" and "--06-06" agree; so does nothing with anything. */
static bool dates_agree(yq_str a, yq_str b)
{
    if (!a.n || !b.n || yq_eq(a, b)) return true;
    yq_str tail = yq_starts(a, YQ_S("--")) ? yq_sub(a, 1, a.n) : yq_starts(b, YQ_S("--")) ? yq_sub(b, 1, b.n) : YQ_S("?");
    return yq_ends(a, tail) && yq_ends(b, tail);
}

int64_t yq_known_thing(yq_knowledge *k, const yq_new_entity *e, int64_t holder, yq_str date)
{
    yq_stmt *s;
    bool row;
    int64_t found = 0;
    yq_str key = yq_fold(k->arena, e->name);
    size_t characters = yq_utf8_count(key);
    if (characters < SURE_CHARACTERS) return 0;
    if (yq_db_prepare(k->db, "SELECT DISTINCT entity FROM name WHERE meet = :key AND kind = :kind ORDER BY entity LIMIT 16", &s, NULL)) return 0;
    yq_bind_text(s, "key", key);
    yq_bind_text(s, "kind", yq_cstr(e->kind));
    while (!found && !yq_step(s, &row, NULL) && row) {
        int64_t id = yq_col_int(s, 0), theirs = holder_of(k, id);
        yq_str when = date_of(k, id);
        bool shared = (holder && holder == theirs) || (date.n && yq_eq(date, when));
        bool against = (holder && theirs && holder != theirs) || !dates_agree(date, when);
        if (!against && (shared || characters >= SURE_ALONE_CHARACTERS)) found = id;
    }
    yq_finish(s);
    return found;
}
