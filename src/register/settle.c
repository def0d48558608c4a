/* Settling: from what the register holds to its canonical clusters (resolve/settle.h), journalled as what differs.
 *
 * The order in which documents stand is drawn from them alone - date, hash, name - so it is one whatever the order of imports. An appearance of a
 * former reading carries no names any more; what a person decided of it goes to its heir, the appearance of that name in the present reading.
 *
 * Body of the entry "identity": {"v":1,"by":"program","model","document":0,"clusters":[[id,…],…],"closed":[decision id,…],
 * "decisions":[[id,a,b,"same"|"undecided",probability,reason],…]}; only clusters that differ stand in it.
 */
#include "resolve/settle.h"
#include "register/internal.h"

#include <stdlib.h>

typedef struct {
    int64_t id, document, survivor, sequence;
    yq_identity_kind kind;
    bool live;
    size_t cluster; /* of all: the place in `all` that leads it */
} row;

typedef struct {
    int64_t id;
    size_t at;
} place;

typedef struct {
    size_t a, b;
    int64_t row; /* decision in the journal */
} doubt;

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    YQ_VEC(row) all;          /* the live ones first, in canonical order */
    size_t live;
    place *places;
    yq_appearance *appearance;
    YQ_VEC(yq_ruling) rulings;
    yq_settled settled;
    YQ_VEC(doubt) old;        /* doubts that the program has told */
    bool *changed;            /* by leader: this cluster differs */
    yq_settle_outcome *out;
} settling;

/* ---------------------------------------------------------------- reading */

static int by_id(const void *x, const void *y)
{
    const place *p = x, *q = y;
    return p->id < q->id ? -1 : p->id > q->id;
}

static size_t at_id(const settling *s, int64_t id)
{
    place key = { id, 0 }, *found = bsearch(&key, s->places, s->all.n, sizeof key, by_id);
    return found ? found->at : SIZE_MAX;
}

static yq_code read_rows(settling *s, const char *sql, bool live, yq_err *err)
{
    yq_stmt *q;
    bool more;
    yq_code rc = yq_db_prepare(s->reg->db, sql, &q, err);
    if (rc) return rc;
    while (!(rc = yq_step(q, &more, err)) && more) {
        yq_identity_kind kind = yq_eq(yq_col_text(q, 1), YQ_S("person")) ? YQ_PERSON : YQ_ORGANIZATION;
        *yq_push(s->arena, &s->all) = (row){ yq_col_int(q, 0), yq_col_int(q, 2), yq_col_int(q, 3), yq_col_int(q, 4), kind, live, s->all.n };
    }
    yq_finish(q);
    return rc;
}

static yq_code read_appearances(settling *s, yq_err *err)
{
    static const char live[] = "SELECT e.id, e.kind, e.document, e.survivor, e.sequence FROM entity e JOIN document d ON d.id = e.document JOIN reading r ON r.id = d.reading "
                               "WHERE e.kind IN ('organization', 'person') AND EXISTS (SELECT 1 FROM name n WHERE n.entity_was = e.id) "
                               "ORDER BY r.date, d.hash, d.name, e.kind, e.id";
    static const char former[] = "SELECT e.id, e.kind, e.document, e.survivor, e.sequence FROM entity e JOIN document d ON d.id = e.document WHERE e.kind IN ('organization', "
                                 "'person') AND NOT EXISTS (SELECT 1 FROM name n WHERE n.entity_was = e.id) ORDER BY e.id";
    yq_code rc = read_rows(s, live, true, err);
    s->live = s->all.n;
    if (!rc) rc = read_rows(s, former, false, err);
    s->places = YQ_ARRAY(s->arena, place, s->all.n + 1);
    for (size_t i = 0; i < s->all.n; i++) s->places[i] = (place){ s->all.v[i].id, i };
    qsort(s->places, s->all.n, sizeof *s->places, by_id);
    s->appearance = YQ_ARRAY(s->arena, yq_appearance, s->live + 1);
    for (size_t i = 0; i < s->live; i++) {
        bool again = i && s->all.v[i].document == s->all.v[i - 1].document;
        s->appearance[i] = (yq_appearance){ .kind = s->all.v[i].kind, .document = i ? s->appearance[i - 1].document + !again : 0 };
    }
    return rc;
}

typedef YQ_VEC(yq_settle_name) names;
typedef YQ_VEC(size_t) sizes;

/* Rows come appearance by appearance, so each one's names lie together. */
static yq_code read_names(settling *s, yq_err *err)
{
    yq_stmt *q;
    bool more;
    names *of = YQ_ARRAY(s->arena, names, s->live + 1);
    yq_code rc = yq_db_prepare(s->reg->db, "SELECT entity_was, text, meet, latin FROM name WHERE kind IN ('organization', 'person') ORDER BY entity_was, main DESC, text", &q, err);
    if (rc) return rc;
    while (!(rc = yq_step(q, &more, err)) && more) {
        size_t at = at_id(s, yq_col_int(q, 0));
        if (at >= s->live) continue;
        yq_settle_name n = { yq_kept(s->arena, q, 1), yq_kept(s->arena, q, 2), yq_kept(s->arena, q, 3) };
        *yq_push(s->arena, &of[at]) = n;
    }
    yq_finish(q);
    for (size_t i = 0; i < s->live; i++) s->appearance[i].name = of[i].v, s->appearance[i].names = of[i].n;
    return rc;
}

static yq_code read_roles(settling *s, yq_err *err)
{
    yq_stmt *q;
    bool more;
    sizes *of = YQ_ARRAY(s->arena, sizes, s->live + 1);
    yq_code rc = yq_db_prepare(s->reg->db, "SELECT subject_was, object_was FROM fact WHERE predicate = 'role' AND object_was > 0 AND " NOT_REFUSED("fact") " ORDER BY id", &q, err);
    if (rc) return rc;
    while (!(rc = yq_step(q, &more, err)) && more) {
        size_t person = at_id(s, yq_col_int(q, 0)), org = at_id(s, yq_col_int(q, 1));
        if (person < s->live && org < s->live) *yq_push(s->arena, &of[person]) = org;
    }
    yq_finish(q);
    for (size_t i = 0; i < s->live; i++) s->appearance[i].org = of[i].v, s->appearance[i].orgs = of[i].n;
    return rc;
}

/* ---------------------------------------------------------------- what was decided */

/* The appearance in the present reading that stands where one of a former reading stood; SIZE_MAX: none. */
static yq_code heir_of(settling *s, int64_t id, size_t *out, yq_err *err)
{
    int64_t heir;
    yq_code rc = yq_identity_heir(s->reg->db, id, &heir, err);
    *out = !rc && heir ? at_id(s, heir) : SIZE_MAX;
    return rc;
}

static yq_code live_place(settling *s, int64_t id, size_t *out, yq_err *err)
{
    *out = at_id(s, id);
    if (*out == SIZE_MAX || *out < s->live) return YQ_OK;
    return heir_of(s, id, out, err);
}

typedef struct {
    int64_t id, a, b;
    int verdict;
} decided;
typedef YQ_VEC(decided) decisions;

static yq_code read_decisions(settling *s, const char *sql, decisions *out, yq_err *err)
{
    yq_stmt *q;
    bool more;
    yq_code rc = yq_db_prepare(s->reg->db, sql, &q, err);
    if (rc) return rc;
    while (!(rc = yq_step(q, &more, err)) && more)
        *yq_push(s->arena, out) = (decided){ yq_col_int(q, 0), yq_col_int(q, 1), yq_col_int(q, 2), yq_verdict_number(yq_col_text(q, 3)) };
    yq_finish(q);
    return rc;
}

static yq_code read_rulings(settling *s, yq_err *err)
{
    decisions list = { 0 };
    yq_code rc = read_decisions(s, "SELECT id, a, b, verdict FROM identity WHERE human = 1 ORDER BY id", &list, err);
    for (size_t i = 0; i < list.n && !rc; i++) {
        yq_ruling r = { .verdict = list.v[i].verdict };
        rc = live_place(s, list.v[i].a, &r.a, err);
        if (!rc) rc = live_place(s, list.v[i].b, &r.b, err);
        if (!rc && r.a < s->live && r.b < s->live && r.a != r.b) *yq_push(s->arena, &s->rulings) = r;
    }
    return rc;
}

static yq_code read_doubts(settling *s, yq_err *err)
{
    decisions list = { 0 };
    yq_code rc = read_decisions(s, "SELECT id, a, b, verdict FROM identity WHERE human = 0 AND verdict = 'undecided' ORDER BY id", &list, err);
    for (size_t i = 0; i < list.n && !rc; i++) *yq_push(s->arena, &s->old) = (doubt){ at_id(s, list.v[i].a), at_id(s, list.v[i].b), list.v[i].id };
    return rc;
}

/* ---------------------------------------------------------------- comparing */

/* A former appearance goes where its heir is, else where it was. */
static yq_code place_former(settling *s, yq_err *err)
{
    size_t *stays = YQ_ARRAY(s->arena, size_t, s->all.n + 1), heir;
    for (size_t i = 0; i < s->all.n; i++) stays[i] = SIZE_MAX;
    for (size_t i = 0; i < s->live; i++) {
        s->all.v[i].cluster = s->settled.cluster[i];
        size_t old = at_id(s, s->all.v[i].survivor);
        if (old != SIZE_MAX && stays[old] == SIZE_MAX) stays[old] = s->settled.cluster[i];
    }
    for (size_t i = s->live; i < s->all.n; i++) {
        size_t old = at_id(s, s->all.v[i].survivor);
        yq_code rc = heir_of(s, s->all.v[i].id, &heir, err);
        if (rc) return rc;
        if (heir < s->live) s->all.v[i].cluster = s->settled.cluster[heir];
        else if (old != SIZE_MAX) s->all.v[i].cluster = stays[old] != SIZE_MAX ? stays[old] : (stays[old] = i);
    }
    return YQ_OK;
}

/* A cluster differs when its members had several survivors, or shared theirs with others. */
static void compare(settling *s)
{
    size_t *before = YQ_ARRAY(s->arena, size_t, s->all.n + 1), *after = YQ_ARRAY(s->arena, size_t, s->all.n + 1);
    bool *torn = YQ_ARRAY(s->arena, bool, s->all.n + 1);
    s->changed = YQ_ARRAY(s->arena, bool, s->all.n + 1);
    for (size_t i = 0; i < s->all.n; i++) {
        size_t old = at_id(s, s->all.v[i].survivor), now = s->all.v[i].cluster;
        if (before[now] && before[now] != old + 1) s->changed[now] = true;
        if (after[old] && after[old] != now + 1) torn[old] = true;
        before[now] = old + 1, after[old] = now + 1;
    }
    for (size_t i = 0; i < s->all.n; i++)
        if (torn[at_id(s, s->all.v[i].survivor)]) s->changed[s->all.v[i].cluster] = true;
    for (size_t i = 0; i < s->all.n; i++) s->out->changed += s->changed[i];
}

static size_t cluster_at(const settling *s, size_t i)
{
    return i < s->all.n ? s->all.v[i].cluster : SIZE_MAX;
}

/* ---------------------------------------------------------------- telling */

static void put_clusters(settling *s, yq_json *j)
{
    sizes *of = YQ_ARRAY(s->arena, sizes, s->all.n + 1);
    for (size_t i = 0; i < s->all.n; i++)
        if (s->changed[s->all.v[i].cluster]) *yq_push(s->arena, &of[s->all.v[i].cluster]) = i;
    yq_json_key(j, "clusters");
    yq_json_array(j);
    for (size_t i = 0; i < s->all.n; i++) {
        if (!of[i].n) continue;
        yq_json_array(j);
        for (size_t k = 0; k < of[i].n; k++) yq_json_int(j, s->all.v[of[i].v[k]].id);
        yq_json_end_array(j);
    }
    yq_json_end_array(j);
}

static void put_pair(settling *s, yq_json *j, const yq_settled_pair *p, const char *verdict, int64_t *id)
{
    yq_json_array(j);
    yq_json_int(j, (*id)++);
    yq_json_int(j, s->all.v[p->a].id);
    yq_json_int(j, s->all.v[p->b].id);
    yq_json_str(j, yq_cstr(verdict));
    yq_json_real(j, p->probability);
    yq_json_str(j, p->reason);
    yq_json_end_array(j);
}

static int by_clusters(const void *x, const void *y)
{
    const doubt *p = x, *q = y;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    if (p->b != q->b) return p->b < q->b ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static doubt between(const settling *s, size_t a, size_t b, int64_t told_in)
{
    size_t x = cluster_at(s, a), y = cluster_at(s, b);
    return x < y ? (doubt){ x, y, told_in } : (doubt){ y, x, told_in };
}

/* Doubts as pairs of clusters, sorted: the program's of before (their rows), then those of now (-1 - place). One a pair. */
static doubt *pairs_of(settling *s, size_t *n)
{
    doubt *v = YQ_ARRAY(s->arena, doubt, s->old.n + s->settled.doubt.n + 1);
    *n = 0;
    for (size_t i = 0; i < s->old.n; i++) v[(*n)++] = between(s, s->old.v[i].a, s->old.v[i].b, s->old.v[i].row);
    for (size_t i = 0; i < s->settled.doubt.n; i++) v[(*n)++] = between(s, s->settled.doubt.v[i].a, s->settled.doubt.v[i].b, -1 - (int64_t)i);
    qsort(v, *n, sizeof *v, by_clusters);
    return v;
}

/* A doubt that a person answered stays beside the answer: taken back, the pair waits again. */
static bool is_answered(const settling *s, const doubt *d)
{
    if (d->a == d->b) return true;
    for (size_t i = 0; i < s->rulings.n; i++) {
        doubt r = between(s, s->rulings.v[i].a, s->rulings.v[i].b, 0);
        if (r.a == d->a && r.b == d->b) return true;
    }
    return false;
}

/* Of a pair of clusters: stays when it was told and is in doubt still, closed when it is no longer, opened when it is new. */
static void tell_doubts(settling *s, sizes *opened, yq_ids *closed)
{
    size_t n, end;
    doubt *v = pairs_of(s, &n);
    for (size_t i = 0; i < n; i = end) {
        size_t now = 0;
        for (end = i; end < n && v[end].a == v[i].a && v[end].b == v[i].b; end++) now += v[end].row < 0;
        bool told = now < end - i;
        s->out->undecided += now > 0;
        if (now && !told) *yq_push(s->arena, opened) = (size_t)(-1 - v[i].row);
        for (size_t k = i + now + (now ? 1 : 0); k < end && !is_answered(s, &v[i]); k++) *yq_push(s->arena, closed) = v[k].row;
    }
}

static void put_body(settling *s, yq_json *j, const sizes *opened, const yq_ids *closed)
{
    int64_t id = yq_id_block(yq_journal_sequence(s->reg->store) + 1);
    yq_json_object(j);
    yq_json_ki(j, "v", 1);
    yq_json_kv(j, "by", YQ_S("program"));
    yq_json_ki(j, "model", YQ_SETTLE_MODEL);
    yq_json_ki(j, "document", 0);
    put_clusters(s, j);
    yq_json_key(j, "closed");
    yq_json_array(j);
    for (size_t i = 0; i < closed->n; i++) yq_json_int(j, closed->v[i]);
    yq_json_end_array(j);
    yq_json_key(j, "decisions");
    yq_json_array(j);
    for (size_t i = 0; i < s->settled.same.n; i++)
        if (s->changed[cluster_at(s, s->settled.same.v[i].a)]) put_pair(s, j, &s->settled.same.v[i], "same", &id);
    for (size_t i = 0; i < opened->n; i++) put_pair(s, j, &s->settled.doubt.v[opened->v[i]], "undecided", &id);
    yq_json_end_array(j);
    yq_json_end_object(j);
}

static yq_code tell(settling *s, yq_err *err)
{
    sizes opened = { 0 };
    yq_ids closed = { 0 };
    yq_buf text = { 0 };
    int64_t sequence;
    tell_doubts(s, &opened, &closed);
    if (!s->out->changed && !opened.n && !closed.n) return YQ_OK;
    if (s->settled.same.n + opened.n >= 1 << YQ_ID_BITS) return yq_fail(err, YQ_INVALID, 0, "more than %d decisions at once", 1 << YQ_ID_BITS);
    yq_json j = yq_json_to(&text);
    put_body(s, &j, &opened, &closed);
    yq_code rc = text.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for decisions")
                             : yq_journal_append(s->reg->store, &(yq_entry){ "identity", "program", yq_buf_str(&text), NULL, 0 }, &sequence, err);
    yq_buf_free(&text);
    return rc;
}

static yq_code settle_inside(void *arg, yq_err *err)
{
    settling *s = arg;
    yq_code rc = read_appearances(s, err);
    if (!rc) rc = read_names(s, err);
    if (!rc) rc = read_roles(s, err);
    if (!rc) rc = read_rulings(s, err);
    if (!rc) rc = read_doubts(s, err);
    if (!rc) rc = yq_settle(s->arena, s->appearance, s->live, s->rulings.v, s->rulings.n, &s->settled, err);
    if (!rc) rc = place_former(s, err);
    if (rc) return rc;
    compare(s);
    s->out->appearances = s->live;
    for (size_t i = 0; i < s->live; i++) s->out->clusters += s->settled.cluster[i] == i;
    return tell(s, err);
}

yq_code yq_register_settle(yq_register *r, yq_settle_outcome *out, yq_err *err)
{
    enum { MEMORY = 1u << 31 };
    bool alone;
    settling s = { .reg = r, .arena = yq_arena_new((size_t)MEMORY), .out = out };
    *out = (yq_settle_outcome){ .model = YQ_SETTLE_MODEL };
    yq_code rc = s.arena ? yq_register_enter(r, &alone, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for settling");
    if (!rc) rc = yq_register_leave(r, alone, yq_arena_run(s.arena, settle_inside, &s, err), err);
    yq_arena_free(s.arena);
    return rc;
}
