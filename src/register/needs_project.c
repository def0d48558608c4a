/* Entries on needs become rows (needs.c tells their bodies). From the bodies alone. */
#include "register/internal.h"

typedef struct {
    yq_store *store;
    yq_db *db;
    yq_arena *arena;
    int64_t sequence, at_us;
    json_t *root;
    json_t *parts[2]; /* NULL: erased, or not there */
} projecting;

static int64_t member(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static yq_str text(const json_t *o, const char *key)
{
    const json_t *s = json_object_get(o, key);
    return json_is_string(s) ? (yq_str){ json_string_value(s), json_string_length(s) } : YQ_S("");
}

static int64_t item(const json_t *array, size_t i)
{
    return json_integer_value(json_array_get(array, i));
}

static void bind_own(projecting *p, yq_stmt *s)
{
    yq_bind_int(s, "owner", YQ_OWN_INSTITUTION);
    yq_bind_int(s, "sharing", YQ_SHARE_OWN);
    yq_bind_int(s, "sequence", p->sequence);
}

/* ---------------------------------------------------------------- answers shown */

/* row: [id, (need,) entity, document, reading, from, to, score, (fresh)]; those of news have both in brackets. */
static yq_code put_notice(projecting *p, const json_t *row, bool news, int64_t need, yq_err *err)
{
    yq_stmt *s;
    size_t k = news ? 2 : 1;
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO notice (id, need, entity, document, reading, span_from, span_to, score, news, fresh, told_us, owner, sharing, sequence) VALUES "
                               "(:id, :need, :entity, :document, :reading, :from, :to, :score, :news, :fresh, :at, :owner, :sharing, :sequence)", &s, err);
    if (rc) return rc;
    bind_own(p, s);
    yq_bind_int(s, "id", item(row, 0));
    yq_bind_int(s, "need", news ? item(row, 1) : need);
    yq_bind_int(s, "entity", item(row, k));
    yq_bind_int(s, "document", item(row, k + 1));
    yq_bind_int(s, "reading", item(row, k + 2));
    yq_bind_int(s, "from", item(row, k + 3));
    yq_bind_int(s, "to", item(row, k + 4));
    yq_bind_real(s, "score", json_number_value(json_array_get(row, k + 5)));
    yq_bind_int(s, "news", news);
    yq_bind_int(s, "fresh", news ? item(row, k + 6) : 1);
    yq_bind_int(s, "at", p->at_us);
    return yq_change(s, err);
}

static yq_code put_notices(projecting *p, const json_t *rows, bool news, int64_t need, yq_err *err)
{
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < json_array_size(rows) && !rc; i++) rc = put_notice(p, json_array_get(rows, i), news, need, err);
    return rc;
}

static yq_code project_news(void *arg, yq_err *err)
{
    projecting *p = arg;
    return put_notices(p, json_object_get(p->root, "news"), true, 0, err);
}

/* ---------------------------------------------------------------- needs */

static yq_code put_need(projecting *p, yq_err *err)
{
    yq_stmt *s;
    const yq_need_act said = { .text = text(p->parts[0], "text"), .want = text(p->root, "want"), .where = text(p->parts[0], "where"), .without = text(p->parts[0], "without") };
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO kept_need (id, ulid, meet, text, want, given, left_out, asked_by, state, kept_us, seen, owner, sharing, sequence) VALUES (:id, :ulid, :meet, :text, "
                               ":want, :where, :without, :who, :state, :at, 0, :owner, :sharing, :sequence)", &s, err);
    if (rc) return rc;
    bind_own(p, s);
    yq_bind_int(s, "id", member(p->root, "id"));
    yq_bind_text(s, "ulid", text(p->root, "ulid"));
    yq_bind_int(s, "meet", said.text.n ? yq_need_meet(p->arena, &said) : 0);
    yq_bind_text(s, "text", said.text);
    yq_bind_text(s, "want", said.want);
    yq_bind_text(s, "where", said.where);
    yq_bind_text(s, "without", said.without);
    yq_bind_text(s, "who", text(p->parts[0], "who"));
    yq_bind_text(s, "state", text(p->root, "state"));
    yq_bind_int(s, "at", p->at_us);
    return yq_change(s, err);
}

static yq_code change_state(projecting *p, yq_err *err)
{
    static const char kept[] = "UPDATE kept_need SET state = :state, kept_us = :at, sequence = :sequence, asked_by = CASE WHEN :who = '' THEN asked_by ELSE :who END WHERE id = :id";
    static const char closed[] = "UPDATE kept_need SET state = :state WHERE id = :id";
    bool keep = yq_eq(text(p->root, "state"), YQ_S("kept"));
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db, keep ? kept : closed, &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", member(p->root, "id"));
    yq_bind_text(s, "state", text(p->root, "state"));
    if (keep) {
        yq_bind_int(s, "at", p->at_us);
        yq_bind_int(s, "sequence", p->sequence);
        yq_bind_text(s, "who", text(p->parts[0], "who"));
    }
    return yq_change(s, err);
}

static yq_code project_need(void *arg, yq_err *err)
{
    projecting *p = arg;
    yq_code rc = json_object_get(p->root, "ulid") ? put_need(p, err) : change_state(p, err);
    return rc ? rc : put_notices(p, json_object_get(p->root, "shown"), false, member(p->root, "id"), err);
}

static yq_code project_seen(void *arg, yq_err *err)
{
    projecting *p = arg;
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db, "UPDATE kept_need SET seen = :upto WHERE (id = :need OR :need = 0) AND seen < :upto", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "need", member(p->root, "need"));
    yq_bind_int(s, "upto", member(p->root, "upto"));
    return yq_change(s, err);
}

/* ---------------------------------------------------------------- feedback */

/* Takes a mark off an answer, whichever of its appearances it was set on. */
static yq_code unset(projecting *p, int64_t entity, yq_str mark, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db,
                               "DELETE FROM feedback WHERE need = :need AND mark = :mark AND entity IN (SELECT id FROM entity WHERE survivor = (SELECT survivor FROM entity "
                               "WHERE id = :entity))", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "need", member(p->root, "need"));
    yq_bind_int(s, "entity", entity);
    yq_bind_text(s, "mark", mark);
    return yq_change(s, err);
}

static yq_code set(projecting *p, int64_t entity, yq_str mark, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO feedback (need, entity, mark, who, at_us, owner, sharing, sequence) VALUES (:need, :entity, :mark, :who, :at, :owner, :sharing, "
                               ":sequence) ON CONFLICT (need, entity, mark) DO NOTHING", &s, err);
    if (rc) return rc;
    bind_own(p, s);
    yq_bind_int(s, "need", member(p->root, "need"));
    yq_bind_int(s, "entity", entity);
    yq_bind_text(s, "mark", mark);
    yq_bind_text(s, "who", text(p->parts[1], "who"));
    yq_bind_int(s, "at", p->at_us);
    return yq_change(s, err);
}

/* useful and not_useful take each other's place. */
static yq_str opposite(yq_str mark)
{
    if (yq_eq(mark, YQ_S("useful"))) return YQ_S("not_useful");
    return yq_eq(mark, YQ_S("not_useful")) ? YQ_S("useful") : YQ_S("");
}

static yq_code project_feedback(void *arg, yq_err *err)
{
    projecting *p = arg;
    int64_t entity = member(p->parts[0], "entity");
    yq_str mark = text(p->parts[0], "mark");
    if (!p->parts[0]) return YQ_OK; /* erased */
    if (!json_is_true(json_object_get(p->root, "set"))) return unset(p, entity, mark, err);
    yq_code rc = opposite(mark).n ? unset(p, entity, opposite(mark), err) : YQ_OK;
    return rc ? rc : set(p, entity, mark, err);
}

/* ---------------------------------------------------------------- weights */

static yq_code put_weight(projecting *p, const char *part, double weight, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db, "INSERT INTO weights (sequence, part, weight, version, judgements, at_us) VALUES (:sequence, :part, :weight, :version, :judgements, :at)", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "sequence", p->sequence);
    yq_bind_text(s, "part", yq_cstr(part));
    yq_bind_real(s, "weight", weight);
    yq_bind_int(s, "version", member(p->root, "version"));
    yq_bind_int(s, "judgements", member(p->root, "judgements"));
    yq_bind_int(s, "at", p->at_us);
    return yq_change(s, err);
}

/* A version without weights goes back to those of the program; its one row has no part. */
static yq_code project_weights(void *arg, yq_err *err)
{
    projecting *p = arg;
    json_t *weights = json_object_get(p->root, "weights"), *value;
    const char *part;
    yq_code rc = json_object_size(weights) ? YQ_OK : put_weight(p, "", 0, err);
    json_object_foreach(weights, part, value)
        if (!rc) rc = put_weight(p, part, json_number_value(value), err);
    return rc;
}

/* ---------------------------------------------------------------- all of them */

typedef struct {
    const char *kind;
    yq_code (*work)(void *arg, yq_err *err);
} entry_kind;

static const entry_kind kinds[] = { { "need", project_need }, { "news", project_news }, { "seen", project_seen }, { "feedback", project_feedback }, { "weights", project_weights } };

/* self: the row of the table. */
static yq_code project(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t n, yq_err *err)
{
    enum { MEMORY = 64 << 20 };
    const entry_kind *kind = self;
    projecting p = { .store = s, .db = yq_store_db(s), .arena = yq_arena_new(MEMORY), .sequence = sequence, .at_us = at_us, .root = json_loadb(body.p, body.n, 0, NULL) };
    yq_code rc = p.arena ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for an entry");
    if (!rc && (!p.root || member(p.root, "v") != 1)) rc = yq_fail(err, YQ_CORRUPT, 0, "the body is not one this program knows");
    for (size_t i = 0; i < n && i < 2 && !rc; i++)
        if (parts[i].p && !(p.parts[i] = json_loadb(parts[i].p, parts[i].n, 0, NULL))) rc = yq_fail(err, YQ_CORRUPT, 0, "part %zu of the body is not JSON", i + 1);
    if (!rc) rc = yq_arena_run(p.arena, kind->work, &p, err);
    for (size_t i = 0; i < 2; i++) json_decref(p.parts[i]);
    json_decref(p.root);
    yq_arena_free(p.arena);
    return rc;
}

void yq_project_needs(yq_store *s)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) yq_store_projector(s, kinds[i].kind, project, (void *)&kinds[i]);
}
