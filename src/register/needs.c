/* Acts on needs: from what a person says to entries, and from entries to rows.
 *
 *   need      {"v":1,"id","ulid","want","state","shown":[[id,entity,document,reading,from,to,score],…]}    part 0 {"text","where"?,"without"?,"who"}
 *             {"v":1,"id","state"[,"shown"]}                       a known need in another state           part 0 {"who"}
 *   seen      {"v":1,"need","upto"}                                need 0: of all
 *   news      {"v":1,"news":[[id,need,entity,document,reading,from,to,score,fresh],…]}                     all entries before were looked at
 *   feedback  {"v":1,"need","set"}                                 part 0 {"entity","mark"}, part 1 {"who"}
 *   weights   {"v":1,"version","judgements","weights":{part: number}}                                      version 0: as shipped
 *
 * A need whose part was erased stays without a text and is in no list; a mark whose part was erased is none.
 */
#include "register/internal.h"

#include <stdio.h>
#include <stdlib.h>

enum { ACT_MEMORY = 64 << 20 };

static const char *const act_names[YQ_ACT_KINDS] = { "keep", "close", "seen", "mark", "unmark" };
static const char *const marks[] = { "useful", "not_useful", "contacted", "declined", "met", "signed" };

const char *yq_act_name(yq_act_kind kind)
{
    return act_names[kind];
}

bool yq_act_named(yq_str name, yq_act_kind *out)
{
    for (size_t i = 0; i < YQ_ACT_KINDS; i++)
        if (yq_eq(name, yq_cstr(act_names[i]))) return *out = (yq_act_kind)i, true;
    return false;
}

const char *yq_mark_name(size_t i)
{
    return i < sizeof marks / sizeof *marks ? marks[i] : NULL;
}

bool yq_mark_known(yq_str mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (yq_eq(mark, yq_cstr(marks[i]))) return true;
    return false;
}

/* ---------------------------------------------------------------- looking */

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    const yq_need_act *act;
    char *ulid;
    bool *changed;
} acting;

typedef struct {
    int64_t id; /* 0: none */
    yq_str state;
    char ulid[YQ_ULID_CHARS + 1];
} need_row;

static yq_code take_need(yq_arena *a, yq_stmt *s, need_row *out, yq_err *err)
{
    bool row;
    *out = (need_row){ 0 };
    yq_code rc = yq_step(s, &row, err);
    if (!rc && row) {
        out->id = yq_col_int(s, 0);
        out->state = yq_kept(a, s, 1);
        snprintf(out->ulid, sizeof out->ulid, "%.*s", YQ_FMT(yq_col_text(s, 2)));
    }
    yq_finish(s);
    return rc;
}

static yq_code find_need(acting *x, need_row *out, yq_err *err)
{
    static const char by_ulid[] = "SELECT id, state, ulid FROM kept_need WHERE ulid = :ulid AND text <> ''";
    static const char by_text[] = "SELECT id, state, ulid FROM kept_need WHERE meet = :meet AND text <> '' ORDER BY id LIMIT 1";
    yq_stmt *s;
    bool named = x->act->need.n > 0;
    yq_code rc = yq_db_prepare(x->reg->db, named ? by_ulid : by_text, &s, err);
    if (rc) return rc;
    if (named) yq_bind_text(s, "ulid", x->act->need);
    else yq_bind_int(s, "meet", yq_need_meet(x->arena, x->act));
    rc = take_need(x->arena, s, out, err);
    return !rc && named && !out->id ? yq_fail(err, YQ_NOTFOUND, 0, "there is no need with this id") : rc;
}

static yq_code int_of(yq_db *db, const char *sql, const char *name, int64_t value, int64_t otherwise, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db, sql, &s, err);
    if (rc) return rc;
    if (name) yq_bind_int(s, name, value);
    return yq_one_int(s, otherwise, out, err);
}

static yq_code check_text(yq_str text, size_t most, const char *what, yq_err *err)
{
    if (text.n > most) return yq_fail(err, YQ_INVALID, most, "%s may have %zu bytes", what, most);
    return yq_utf8_valid(text, NULL) ? YQ_OK : yq_fail(err, YQ_INVALID, 0, "%s must be UTF-8", what);
}

static yq_code check_act(const yq_need_act *act, yq_err *err)
{
    bool by_text = !act->need.n && (act->kind == YQ_ACT_KEEP || act->kind == YQ_ACT_MARK);
    if (by_text && yq_blank(act->text)) return yq_fail(err, YQ_INVALID, 0, "the need is empty");
    if (!by_text && !act->need.n && act->kind != YQ_ACT_SEEN && act->kind != YQ_ACT_UNMARK) return yq_fail(err, YQ_INVALID, 0, "which need? Say its id");
    if ((act->kind == YQ_ACT_MARK || act->kind == YQ_ACT_UNMARK) && !yq_mark_known(act->mark))
        return yq_fail(err, YQ_INVALID, 0, "a mark is useful, not_useful, contacted, declined, met or signed");
    if (act->shown_count > YQ_SHOWN_MAX) return yq_fail(err, YQ_INVALID, YQ_SHOWN_MAX, "more than %d answers at once", YQ_SHOWN_MAX);
    yq_code rc = check_text(act->text, YQ_NEED_BYTES, "a need", err);
    if (!rc) rc = check_text(act->where, YQ_NEED_CONDITION_BYTES, "conditions", err);
    if (!rc) rc = check_text(act->without, YQ_NEED_CONDITION_BYTES, "conditions that are left out", err);
    return rc ? rc : check_text(act->who, YQ_NEED_WHO_BYTES, "a name", err);
}

/* ---------------------------------------------------------------- writing entries */

static yq_code append(acting *x, const char *kind, const yq_buf *body, yq_buf *parts, size_t n, yq_err *err)
{
    yq_str texts[2] = { { 0 } };
    int64_t sequence;
    bool failed = body->failed;
    for (size_t i = 0; i < n; i++) texts[i] = yq_buf_str(&parts[i]), failed |= parts[i].failed;
    if (failed) return yq_fail(err, YQ_NOMEM, 0, "no memory for an entry");
    return yq_journal_append(x->reg->store, &(yq_entry){ kind, "office", yq_buf_str(body), texts, n }, &sequence, err);
}

/* Bodies are made on the heap and freed here, whatever happens between. */
typedef struct {
    acting *x;
    const need_row *need;
    const char *state;
    int64_t entity;
    yq_buf body, parts[2];
} entry_made;

static void forget(entry_made *m)
{
    yq_buf_free(&m->body);
    for (size_t i = 0; i < 2; i++) yq_buf_free(&m->parts[i]);
}

static void begin_body(yq_json *j, yq_buf *body)
{
    *j = yq_json_to(body);
    yq_json_object(j);
    yq_json_ki(j, "v", 1);
}

static void put_place(yq_json *j, int64_t id, const yq_shown *s, int64_t reading, bool with_need)
{
    yq_json_array(j);
    yq_json_int(j, id);
    if (with_need) yq_json_int(j, s->need);
    yq_json_int(j, s->entity);
    yq_json_int(j, s->document);
    yq_json_int(j, reading);
    yq_json_int(j, s->span.from);
    yq_json_int(j, s->span.to);
    yq_json_real(j, s->score);
}

static yq_code reading_of(yq_db *db, int64_t document, int64_t *reading, yq_err *err)
{
    return int_of(db, "SELECT reading FROM document WHERE id = :document", "document", document, 0, reading, err);
}

static yq_code put_shown(acting *x, yq_json *j, int64_t block, yq_err *err)
{
    yq_code rc = YQ_OK;
    yq_json_key(j, "shown");
    yq_json_array(j);
    for (size_t i = 0; i < x->act->shown_count && !rc; i++) {
        int64_t reading = 0;
        rc = reading_of(x->reg->db, x->act->shown[i].document, &reading, err);
        if (rc || !reading) continue;
        put_place(j, block + 1 + (int64_t)i, &x->act->shown[i], reading, false);
        yq_json_end_array(j);
    }
    yq_json_end_array(j);
    return rc;
}

static void put_said(yq_json *j, const yq_need_act *act)
{
    yq_json_kv(j, "text", yq_trim(act->text));
    if (act->where.n) yq_json_kv(j, "where", act->where);
    if (act->without.n) yq_json_kv(j, "without", act->without);
}

/* A need that is new, or that comes into another state. */
static yq_code append_need(acting *x, const need_row *known, const char *state, yq_err *err)
{
    entry_made m = { .x = x };
    int64_t block = yq_id_block(yq_journal_sequence(x->reg->store) + 1);
    yq_json j, part = yq_json_to(&m.parts[0]);
    yq_code rc = YQ_OK;
    begin_body(&j, &m.body);
    yq_json_ki(&j, "id", known->id ? known->id : block);
    if (!known->id) {
        yq_ulid(yq_store_clock(x->reg->store), yq_store_random(x->reg->store), x->ulid);
        yq_json_kv(&j, "ulid", yq_cstr(x->ulid));
        yq_json_kv(&j, "want", x->act->want);
    }
    yq_json_kv(&j, "state", yq_cstr(state));
    if (x->act->kind == YQ_ACT_KEEP) rc = put_shown(x, &j, block, err);
    yq_json_end_object(&j);
    yq_json_object(&part);
    if (!known->id) put_said(&part, x->act);
    yq_json_kv(&part, "who", yq_trim(x->act->who));
    yq_json_end_object(&part);
    if (!rc) rc = append(x, "need", &m.body, m.parts, 1, err);
    forget(&m);
    return rc;
}

static yq_code append_feedback(acting *x, int64_t need, int64_t entity, bool set, yq_err *err)
{
    entry_made m = { .x = x };
    yq_json j, about = yq_json_to(&m.parts[0]), who = yq_json_to(&m.parts[1]);
    begin_body(&j, &m.body);
    yq_json_ki(&j, "need", need);
    yq_json_kb(&j, "set", set);
    yq_json_end_object(&j);
    yq_json_object(&about);
    yq_json_ki(&about, "entity", entity);
    yq_json_kv(&about, "mark", x->act->mark);
    yq_json_end_object(&about);
    yq_json_object(&who);
    yq_json_kv(&who, "who", yq_trim(x->act->who));
    yq_json_end_object(&who);
    yq_code rc = append(x, "feedback", &m.body, m.parts, 2, err);
    forget(&m);
    return rc;
}

/* ---------------------------------------------------------------- acts */

static yq_code keep(acting *x, yq_err *err)
{
    need_row known;
    int64_t kept;
    yq_code rc = find_need(x, &known, err);
    if (rc) return rc;
    memcpy(x->ulid, known.ulid, sizeof known.ulid);
    if (known.id && yq_eq(known.state, YQ_S("kept"))) return YQ_OK;
    rc = int_of(x->reg->db, "SELECT count(*) FROM kept_need WHERE state = 'kept'", NULL, 0, 0, &kept, err);
    if (!rc && kept >= YQ_NEEDS_KEPT_MAX) rc = yq_fail(err, YQ_INVALID, 0, "%d needs are kept; close some first", YQ_NEEDS_KEPT_MAX);
    if (!rc) *x->changed = true;
    return rc ? rc : append_need(x, &known, "kept", err);
}

static yq_code close_need(acting *x, yq_err *err)
{
    need_row known;
    yq_code rc = find_need(x, &known, err);
    if (rc) return rc;
    memcpy(x->ulid, known.ulid, sizeof known.ulid);
    if (!yq_eq(known.state, YQ_S("kept"))) return YQ_OK;
    *x->changed = true;
    return append_need(x, &known, "closed", err);
}

static yq_code see(acting *x, yq_err *err)
{
    need_row known = { 0 };
    entry_made m = { .x = x };
    int64_t last = 0, unseen = 0;
    yq_json j;
    yq_code rc = x->act->need.n ? find_need(x, &known, err) : YQ_OK;
    if (rc) return rc;
    memcpy(x->ulid, known.ulid, sizeof known.ulid);
    rc = int_of(x->reg->db, "SELECT coalesce(max(id), 0) FROM notice", NULL, 0, 0, &last, err);
    if (!rc && known.id) rc = int_of(x->reg->db, "SELECT count(*) FROM notice n JOIN kept_need k ON k.id = n.need WHERE k.id = :need AND n.news = 1 AND n.id > k.seen", "need", known.id, 0, &unseen, err);
    else if (!rc) rc = int_of(x->reg->db, "SELECT count(*) FROM notice n JOIN kept_need k ON k.id = n.need WHERE n.news = 1 AND n.id > k.seen", NULL, 0, 0, &unseen, err);
    if (rc || !unseen) return rc;
    begin_body(&j, &m.body);
    yq_json_ki(&j, "need", known.id);
    yq_json_ki(&j, "upto", last);
    yq_json_end_object(&j);
    rc = append(x, "seen", &m.body, NULL, 0, err);
    forget(&m);
    *x->changed = !rc;
    return rc;
}

static yq_code find_answer(acting *x, int64_t *entity, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->reg->db, "SELECT survivor FROM entity WHERE ulid = :ulid", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "ulid", x->act->entity);
    rc = yq_one_int(s, 0, entity, err);
    return rc || *entity ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is nothing with this id");
}

static yq_code is_marked(acting *x, int64_t need, int64_t entity, bool *out, yq_err *err)
{
    yq_stmt *s;
    int64_t n;
    yq_code rc = yq_db_prepare(x->reg->db, "SELECT count(*) FROM feedback f JOIN entity e ON e.id = f.entity WHERE f.need = :need AND e.survivor = :entity AND f.mark = :mark", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "need", need);
    yq_bind_int(s, "entity", entity);
    yq_bind_text(s, "mark", x->act->mark);
    rc = yq_one_int(s, 0, &n, err);
    *out = n > 0;
    return rc;
}

static yq_code mark(acting *x, yq_err *err)
{
    need_row known;
    int64_t entity = 0;
    bool set = x->act->kind == YQ_ACT_MARK, is = false;
    yq_code rc = find_answer(x, &entity, err);
    if (!rc) rc = find_need(x, &known, err);
    if (!rc && !known.id && !set) rc = yq_fail(err, YQ_NOTFOUND, 0, "there is no such need");
    if (rc) return rc;
    memcpy(x->ulid, known.ulid, sizeof known.ulid);
    if (!known.id) {
        rc = append_need(x, &known, "asked", err);
        if (!rc) rc = find_need(x, &known, err);
    } else {
        rc = is_marked(x, known.id, entity, &is, err);
    }
    if (rc || is == set) return rc;
    *x->changed = true;
    return append_feedback(x, known.id, entity, set, err);
}

static yq_code act_inside(void *arg, yq_err *err)
{
    static yq_code (*const act_of[YQ_ACT_KINDS])(acting *, yq_err *) = { keep, close_need, see, mark, mark };
    acting *x = arg;
    return act_of[x->act->kind](x, err);
}

yq_code yq_register_act(yq_register *r, const yq_need_act *act, char ulid[YQ_ULID_CHARS + 1], bool *changed, yq_err *err)
{
    bool alone, ignored;
    acting x = { r, NULL, act, ulid, changed ? changed : &ignored };
    *x.changed = false;
    ulid[0] = '\0';
    yq_code rc = check_act(act, err);
    if (rc) return rc;
    if (!(x.arena = yq_arena_new(ACT_MEMORY))) return yq_fail(err, YQ_NOMEM, 0, "no memory for a need");
    rc = yq_register_enter(r, &alone, err);
    if (!rc) rc = yq_register_leave(r, alone, yq_arena_run(x.arena, act_inside, &x, err), err);
    yq_arena_free(x.arena);
    return rc;
}

/* ---------------------------------------------------------------- news */

static yq_code sentence_in(yq_db *db, yq_arena *a, int64_t reading, yq_span span, yq_str *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = YQ_S("");
    yq_code rc = yq_db_prepare(db, "SELECT clean FROM reading WHERE id = :reading", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "reading", reading);
    rc = yq_step(s, &row, err);
    if (!rc && row) *out = yq_trim(yq_dup(a, yq_at(yq_col_text(s, 0), span)));
    yq_finish(s);
    return rc;
}

typedef struct {
    int64_t need, entity, reading;
    yq_span span;
} told_place;
typedef YQ_VEC(told_place) told_places;

/* Where this answer was told to this need before. */
static yq_code places_told(yq_db *db, yq_arena *a, const yq_shown *v, told_places *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(db,
                               "SELECT n.reading, n.span_from, n.span_to FROM notice n JOIN entity e ON e.id = n.entity WHERE n.need = :need AND e.survivor = "
                               "(SELECT survivor FROM entity WHERE id = :entity)", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "need", v->need);
    yq_bind_int(s, "entity", v->entity);
    while (!(rc = yq_step(s, &row, err)) && row)
        *yq_push(a, out) = (told_place){ v->need, v->entity, yq_col_int(s, 0), { (uint32_t)yq_col_int(s, 1), (uint32_t)yq_col_int(s, 2) } };
    yq_finish(s);
    return rc;
}

/* A document that came again in other words brings what it already said as no news. */
static yq_code said_before(yq_db *db, int64_t document, int64_t reading, yq_str sentence, bool *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(db, "SELECT clean FROM reading WHERE document = :document AND id < :reading ORDER BY id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", document);
    yq_bind_int(s, "reading", reading);
    while (!*out && !(rc = yq_step(s, &row, err)) && row) *out = yq_has(yq_col_text(s, 0), sentence);
    yq_finish(s);
    return rc;
}

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    const yq_shown *given;
    size_t n;
    bool mark;
    told_places now; /* those of this entry */
    size_t told;
    yq_buf body;
} telling;

static yq_code is_known(telling *t, const yq_shown *v, int64_t reading, bool *known, bool *fresh, yq_err *err)
{
    told_places before = { 0 };
    yq_str sentence, other;
    yq_code rc = sentence_in(t->reg->db, t->arena, reading, v->span, &sentence, err);
    if (!rc) rc = places_told(t->reg->db, t->arena, v, &before, err);
    *fresh = before.n == 0;
    for (size_t i = 0; i < t->now.n; i++)
        if (t->now.v[i].need == v->need && t->now.v[i].entity == v->entity) *yq_push(t->arena, &before) = t->now.v[i];
    *known = !sentence.n;
    if (!rc) rc = said_before(t->reg->db, v->document, reading, sentence, known, err);
    for (size_t i = 0; i < before.n && !rc && !*known; i++) {
        rc = sentence_in(t->reg->db, t->arena, before.v[i].reading, before.v[i].span, &other, err);
        *known = yq_eq(yq_fold(t->arena, other), yq_fold(t->arena, sentence));
    }
    return rc;
}

static yq_code tell_one(telling *t, yq_json *j, int64_t block, const yq_shown *v, yq_err *err)
{
    int64_t reading;
    bool known = false, fresh = false;
    yq_code rc = reading_of(t->reg->db, v->document, &reading, err);
    if (!rc) rc = is_known(t, v, reading, &known, &fresh, err);
    if (rc || known) return rc;
    put_place(j, block + 1 + (int64_t)t->told++, v, reading, true);
    yq_json_int(j, fresh);
    yq_json_end_array(j);
    *yq_push(t->arena, &t->now) = (told_place){ v->need, v->entity, reading, v->span };
    return YQ_OK;
}

static yq_code tell_inside(void *arg, yq_err *err)
{
    telling *t = arg;
    int64_t block = yq_id_block(yq_journal_sequence(t->reg->store) + 1), sequence;
    yq_json j;
    yq_code rc = YQ_OK;
    begin_body(&j, &t->body);
    yq_json_key(&j, "news");
    yq_json_array(&j);
    for (size_t i = 0; i < t->n && !rc; i++) rc = tell_one(t, &j, block, &t->given[i], err);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    if (!rc && t->body.failed) rc = yq_fail(err, YQ_NOMEM, 0, "no memory for news");
    if (rc || !(t->told || t->mark)) return rc;
    return yq_journal_append(t->reg->store, &(yq_entry){ "news", "program", yq_buf_str(&t->body), NULL, 0 }, &sequence, err);
}

yq_code yq_register_tell(yq_register *r, const yq_shown *v, size_t n, bool mark, size_t *told, yq_err *err)
{
    bool alone;
    telling t = { .reg = r, .arena = yq_arena_new((size_t)512 << 20), .given = v, .n = n, .mark = mark };
    *told = 0;
    if (!t.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for news");
    yq_code rc = yq_register_enter(r, &alone, err);
    if (!rc) rc = yq_register_leave(r, alone, yq_arena_run(t.arena, tell_inside, &t, err), err);
    if (!rc) *told = t.told;
    yq_buf_free(&t.body);
    yq_arena_free(t.arena);
    return rc;
}

/* ---------------------------------------------------------------- weights */

yq_code yq_register_weigh(yq_register *r, const yq_weight *v, size_t n, int64_t judgements, int64_t *version, yq_err *err)
{
    bool alone;
    acting x = { .reg = r };
    entry_made m = { 0 };
    yq_json j;
    yq_code rc = yq_register_enter(r, &alone, err);
    if (rc) return rc;
    *version = 0;
    if (n) rc = int_of(r->db, "SELECT coalesce(max(version), 0) + 1 FROM weights", NULL, 0, 1, version, err);
    begin_body(&j, &m.body);
    yq_json_ki(&j, "version", *version);
    yq_json_ki(&j, "judgements", judgements);
    yq_json_key(&j, "weights");
    yq_json_object(&j);
    for (size_t i = 0; i < n; i++) yq_json_kr(&j, v[i].part, v[i].weight);
    yq_json_end_object(&j);
    yq_json_end_object(&j);
    if (!rc) rc = append(&x, "weights", &m.body, NULL, 0, err);
    forget(&m);
    return yq_register_leave(r, alone, rc, err);
}
