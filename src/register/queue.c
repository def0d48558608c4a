/* The queue: pairs that the rules could not decide, the one with most facts at stake first, with what speaks for and against.
 *
 * A pair stands in it once, whatever number of documents raised it, until a person decides or a settling finds the answer. */
#include "register/internal.h"

#include <stdlib.h>

enum { MOST_PAIRS = 100000 };

typedef struct {
    int64_t row, a, b, x, y; /* a, b: appearances; x, y: what they are now */
    int64_t facts;
    yq_queue_state state;
} waiting;
typedef YQ_VEC(waiting) waitings;

typedef struct {
    yq_reader *reader;
    const yq_viewer *viewer;
    yq_arena *arena;
    yq_err *err;
} asking;

/* ---------------------------------------------------------------- evidence in words */

/* What the rules say of a pair, and which way it speaks. A sentence that says both is told on both sides. */
static const struct {
    const char *reason, *for_it, *against;
} sides[] = {
    { "same name, but many organisations carry it", "same name", "many organisations carry it" },
    { "a short form is equal", "a short form is equal", "the full names differ" },
    { "name equal; belongs to the same body, but works elsewhere", "name equal; belongs to the same body", "works elsewhere" },
    { "name equal; this document names no organisation", "name equal", "one document names no organisation" },
    { "name equal; no organisation is known of the other", "name equal", "no organisation is known of one of them" },
    { "name equal; no organisation in common", "name equal", "no organisation in common" },
    { "surname and an initial agree; works at the same organisation", "surname and an initial agree; works at the same organisation", "the given name is not written out" },
    { "two known ones of this name are told apart; it could be either", "name equal", "two known ones of this name are told apart; it could be either" },
};

static void tell_sides(yq_queue_item *q)
{
    q->for_it = q->reason;
    q->against = YQ_S("");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (yq_eq(q->reason, yq_cstr(sides[i].reason))) q->for_it = yq_cstr(sides[i].for_it), q->against = yq_cstr(sides[i].against);
}

/* ---------------------------------------------------------------- what waits */

static const char rows_sql[] = "SELECT i.id, i.a, i.b, x.survivor, y.survivor, i.verdict, i.human FROM identity i JOIN entity x ON x.id = i.a JOIN entity y ON y.id = i.b "
                               "WHERE (i.human = 1 OR i.verdict = 'undecided') AND EXISTS (SELECT 1 FROM name n WHERE n.entity = x.survivor AND n.main = 1) AND EXISTS "
                               "(SELECT 1 FROM name n WHERE n.entity = y.survivor AND n.main = 1) AND " VISIBLE("x") " AND " VISIBLE("y") " ORDER BY i.human, i.id LIMIT :most";

static yq_queue_state state_of(yq_str verdict)
{
    if (yq_eq(verdict, YQ_S("undecided"))) return YQ_QUEUE_ASIDE;
    return yq_verdict_number(verdict) ? YQ_QUEUE_DECIDED : YQ_QUEUE_OPEN;
}

/* The program's doubts come first, then what persons decided, the latest last. */
static yq_code read_rows(asking *q, waitings *doubts, waitings *rulings)
{
    yq_stmt *s;
    bool more;
    yq_code rc = yq_db_prepare(q->reader->db, rows_sql, &s, q->err);
    if (rc) return rc;
    yq_bind_viewer(s, q->viewer);
    yq_bind_int(s, "most", MOST_PAIRS);
    while (!(rc = yq_step(s, &more, q->err)) && more) {
        bool human = yq_col_int(s, 6) != 0;
        waiting w = { .row = yq_col_int(s, 0), .a = yq_col_int(s, 1), .b = yq_col_int(s, 2), .x = yq_col_int(s, 3), .y = yq_col_int(s, 4) };
        if (human) w.state = state_of(yq_col_text(s, 5));
        *yq_push(q->arena, human ? rulings : doubts) = w;
    }
    yq_finish(s);
    return rc;
}

/* By the pair, whichever way round; then by row. */
static int by_pair(const void *x, const void *y)
{
    const waiting *p = x, *q = y;
    int64_t a = p->x < p->y ? p->x : p->y, b = p->x < p->y ? p->y : p->x, c = q->x < q->y ? q->x : q->y, d = q->x < q->y ? q->y : q->x;
    if (a != c) return a < c ? -1 : 1;
    if (b != d) return b < d ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static bool one_pair(const waiting *p, const waiting *q)
{
    return (p->x == q->x && p->y == q->y) || (p->x == q->y && p->y == q->x);
}

static const waiting *ruling_on(const waitings *rulings, const waiting *w)
{
    size_t low = 0, high = rulings->n;
    while (low < high) { /* behind the last one of the pair */
        size_t middle = (low + high) / 2;
        waiting key = *w;
        key.row = INT64_MAX;
        if (by_pair(&rulings->v[middle], &key) <= 0) low = middle + 1;
        else high = middle;
    }
    return low && one_pair(&rulings->v[low - 1], w) ? &rulings->v[low - 1] : NULL;
}

static yq_code count_facts(asking *q, waiting *w)
{
    static const char sql[] = "SELECT (SELECT COUNT(*) FROM fact f WHERE f.subject IN (:x, :y) AND " NOT_REFUSED("f") ") + "
                              "(SELECT COUNT(*) FROM fact f WHERE f.object IN (:x, :y) AND " NOT_REFUSED("f") ")";
    yq_stmt *s;
    yq_code rc = yq_db_prepare(q->reader->db, sql, &s, q->err);
    if (rc) return rc;
    yq_bind_int(s, "x", w->x);
    yq_bind_int(s, "y", w->y);
    return yq_one_int(s, 0, &w->facts, q->err);
}

/* Doubts, each pair once, with what a person said of it. */
static yq_code keep_state(asking *q, waitings *doubts, const waitings *rulings, yq_queue_state state)
{
    size_t kept = 0;
    yq_code rc = YQ_OK;
    if (doubts->n) qsort(doubts->v, doubts->n, sizeof *doubts->v, by_pair);
    for (size_t i = 0; i < doubts->n && !rc; i++) {
        waiting w = doubts->v[i];
        const waiting *r = ruling_on(rulings, &w);
        w.state = r ? r->state : YQ_QUEUE_OPEN;
        if (w.x == w.y || w.state != state || (kept && one_pair(&doubts->v[kept - 1], &w))) continue;
        rc = count_facts(q, &w);
        doubts->v[kept++] = w;
    }
    doubts->n = kept;
    return rc;
}

static int most_facts_first(const void *x, const void *y)
{
    const waiting *p = x, *q = y;
    if (p->facts != q->facts) return p->facts > q->facts ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/* ---------------------------------------------------------------- telling */

static yq_code tell_one(asking *q, const waiting *w, yq_queue_item *out)
{
    yq_stmt *s;
    bool row;
    yq_arena *a = q->arena;
    out->facts = w->facts;
    yq_code rc = yq_register_entity(q->reader, q->viewer, a, yq_printf(a, "%lld", (long long)w->a), &out->a, q->err);
    if (!rc) rc = yq_register_entity(q->reader, q->viewer, a, yq_printf(a, "%lld", (long long)w->b), &out->b, q->err);
    if (!rc) rc = yq_db_prepare(q->reader->db, "SELECT i.probability, i.reason, x.ulid, y.ulid FROM identity i JOIN entity x ON x.id = i.a JOIN entity y ON y.id = i.b WHERE i.id = :id", &s, q->err);
    if (rc) return rc;
    yq_bind_int(s, "id", w->row);
    rc = yq_step(s, &row, q->err);
    if (!rc && row) {
        out->probability = yq_col_real(s, 0);
        out->reason = yq_kept(a, s, 1);
        memcpy(out->ulid_a, yq_kept(a, s, 2).p, YQ_ULID_CHARS);
        memcpy(out->ulid_b, yq_kept(a, s, 3).p, YQ_ULID_CHARS);
    }
    yq_finish(s);
    tell_sides(out);
    return rc;
}

yq_code yq_register_queue(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_queue_state state, size_t offset, size_t limit, yq_queue_items *out, size_t *total,
                          yq_err *err)
{
    asking q = { r, v, a, err };
    waitings doubts = { 0 }, rulings = { 0 };
    yq_code rc = read_rows(&q, &doubts, &rulings);
    if (rulings.n) qsort(rulings.v, rulings.n, sizeof *rulings.v, by_pair);
    if (!rc) rc = keep_state(&q, &doubts, &rulings, state);
    if (doubts.n) qsort(doubts.v, doubts.n, sizeof *doubts.v, most_facts_first);
    *total = doubts.n;
    for (size_t i = offset; i < doubts.n && i - offset < limit && !rc; i++) rc = tell_one(&q, &doubts.v[i], yq_push(a, out));
    return rc;
}

/* ---------------------------------------------------------------- as JSON */

static void put_record(yq_json *j, const char *key, const char *ulid, const yq_entity *e)
{
    yq_json_key(j, key);
    yq_json_object(j);
    yq_json_kv(j, "id", yq_cstr(ulid));
    yq_json_kv(j, "entity", yq_cstr(e->ulid));
    yq_json_kv(j, "kind", e->kind);
    yq_json_kv(j, "name", e->name);
    yq_json_kv(j, "organization", e->organization);
    yq_json_kv(j, "position", e->position);
    yq_json_ki(j, "facts", e->facts);
    yq_json_ki(j, "documents", e->documents);
    yq_json_end_object(j);
}

void yq_queue_json(const yq_queue_items *list, size_t total, yq_json *j)
{
    yq_json_object(j);
    yq_json_ki(j, "total", (int64_t)total);
    yq_json_key(j, "items");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) {
        const yq_queue_item *q = &list->v[i];
        yq_json_object(j);
        put_record(j, "a", q->ulid_a, &q->a);
        put_record(j, "b", q->ulid_b, &q->b);
        yq_json_ki(j, "facts", q->facts);
        yq_json_kr(j, "probability", q->probability);
        yq_json_kv(j, "for", q->for_it);
        yq_json_kv(j, "against", q->against);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
    yq_json_end_object(j);
}
