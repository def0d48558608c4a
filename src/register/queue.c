/* The queue: pairs that the rules could not decide, the one with most facts at stake first, with what speaks for and against.
 *
 * A pair stands in it once, whatever number of documents raised it, until a person decides or a settling finds the answer. The pairs are read once for
 * each state of the journal and kept with the reader, so that a page, the number on every page and the pairs of one entry cost little. */
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
    int64_t entity, facts; /* -1: not counted yet */
} at_stake;

struct yq_queue_kept {
    yq_arena *arena;
    yq_viewer viewer;
    int64_t sequence; /* of the journal when it was read; -1: not read */
    waitings pair;    /* each once */
    at_stake *stake;  /* of every entity in a pair, ascending */
    size_t stakes;
};

typedef struct {
    yq_reader *reader;
    const yq_viewer *viewer;
    yq_arena *arena;
    yq_queue_kept *kept;
    yq_err *err;
} asking;

/* ---------------------------------------------------------------- evidence */

enum { SAME_NAME, RARE_NAME, COMMON_NAME, SHORT_FORM, FULL_NAMES_DIFFER, SAME_BODY, WORKS_ELSEWHERE, NONE_IN_DOCUMENT, NONE_KNOWN, NONE_IN_COMMON, INITIAL, SAME_WORK, GIVEN_NAME_SHORT, COULD_BE_EITHER, SIGNS };

static const yq_sign signs[SIGNS] = {
    [SAME_NAME] = { "same_name", "the same name", false },
    [RARE_NAME] = { "rare_name", "few carry this name", false },
    [COMMON_NAME] = { "common_name", "many carry this name", true },
    [SHORT_FORM] = { "short_form", "a short form is equal", false },
    [FULL_NAMES_DIFFER] = { "full_names_differ", "the full names differ", true },
    [SAME_BODY] = { "same_body", "both belong to the same body", false },
    [WORKS_ELSEWHERE] = { "works_elsewhere", "they work elsewhere", true },
    [NONE_IN_DOCUMENT] = { "none_in_document", "one document names no organisation", true },
    [NONE_KNOWN] = { "none_known", "no organisation is known of one of them", true },
    [NONE_IN_COMMON] = { "none_in_common", "no organisation in common", true },
    [INITIAL] = { "initial", "surname and an initial agree", false },
    [SAME_WORK] = { "same_work", "both work at the same organisation", false },
    [GIVEN_NAME_SHORT] = { "given_name_short", "the given name is not written out", true },
    [COULD_BE_EITHER] = { "could_be_either", "two known ones of this name are told apart; it could be either", true },
};

/* What the rules say of a pair (resolve.c), and what of it speaks for and against. */
static const struct {
    const char *reason;
    int n, sign[3];
} sides[] = {
    { "same name, but many organisations carry it", 2, { SAME_NAME, COMMON_NAME } },
    { "a short form is equal", 2, { SHORT_FORM, FULL_NAMES_DIFFER } },
    { "name equal; belongs to the same body, but works elsewhere", 3, { SAME_NAME, SAME_BODY, WORKS_ELSEWHERE } },
    { "name equal; this document names no organisation", 2, { SAME_NAME, NONE_IN_DOCUMENT } },
    { "name equal; no organisation is known of the other", 2, { SAME_NAME, NONE_KNOWN } },
    { "name equal; no organisation in common", 2, { SAME_NAME, NONE_IN_COMMON } },
    { "surname and an initial agree; works at the same organisation", 3, { INITIAL, SAME_WORK, GIVEN_NAME_SHORT } },
    { "two known ones of this name are told apart; it could be either", 2, { SAME_NAME, COULD_BE_EITHER } },
};

static void tell_signs(yq_arena *a, yq_queue_item *q, yq_str reason)
{
    bool person = yq_eq(q->a.kind, YQ_S("person"));
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        for (int k = 0; yq_eq(reason, yq_cstr(sides[i].reason)) && k < sides[i].n; k++) {
            q->sign[q->signs++] = &signs[sides[i].sign[k]];
            if (person && sides[i].sign[k] == SAME_NAME) q->sign[q->signs++] = &signs[yq_person_is_rare(a, q->a.name) ? RARE_NAME : COMMON_NAME];
        }
}

/* ---------------------------------------------------------------- what waits */

static const char rows_sql[] = "SELECT i.id, i.a, i.b, x.survivor, y.survivor, i.verdict, i.human FROM identity i JOIN entity x ON x.id = i.a JOIN entity y ON y.id = i.b "
                               "WHERE (i.human = 1 OR i.verdict = 'undecided') AND EXISTS (SELECT 1 FROM name n WHERE n.entity = x.survivor AND n.main = 1) AND EXISTS "
                               "(SELECT 1 FROM name n WHERE n.entity = y.survivor AND n.main = 1) AND " VISIBLE("x") " AND "
                               VISIBLE("y") " ORDER BY i.human, i.id LIMIT :most";

static const char *const state_names[] = { [YQ_QUEUE_OPEN] = "open", [YQ_QUEUE_ASIDE] = "aside", [YQ_QUEUE_DECIDED] = "decided" };

bool yq_queue_state_named(yq_str name, yq_queue_state *out)
{
    for (size_t i = 0; i < sizeof state_names / sizeof *state_names; i++)
        if (yq_eq(name, yq_cstr(state_names[i]))) return *out = (yq_queue_state)i, true;
    return false;
}

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
        *yq_push(q->kept->arena, human ? rulings : doubts) = w;
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

/* Doubts, each pair once, with what a person said of it. */
static void keep_each(waitings *doubts, const waitings *rulings)
{
    size_t kept = 0;
    if (doubts->n) qsort(doubts->v, doubts->n, sizeof *doubts->v, by_pair);
    for (size_t i = 0; i < doubts->n; i++) {
        waiting w = doubts->v[i];
        const waiting *r = ruling_on(rulings, &w);
        w.state = r ? r->state : YQ_QUEUE_OPEN;
        if (w.x != w.y && !(kept && one_pair(&doubts->v[kept - 1], &w))) doubts->v[kept++] = w;
    }
    doubts->n = kept;
}

static int by_entity(const void *x, const void *y)
{
    const at_stake *p = x, *q = y;
    return p->entity < q->entity ? -1 : p->entity > q->entity;
}

static void list_stakes(yq_queue_kept *k)
{
    size_t kept = 0, n = 0;
    at_stake *all = k->stake = YQ_ARRAY(k->arena, at_stake, 2 * k->pair.n + 1);
    for (size_t i = 0; i < k->pair.n; i++) {
        all[n++] = (at_stake){ k->pair.v[i].x, -1 };
        all[n++] = (at_stake){ k->pair.v[i].y, -1 };
    }
    qsort(all, n, sizeof *all, by_entity);
    for (size_t i = 0; i < n; i++)
        if (!kept || all[kept - 1].entity != all[i].entity) all[kept++] = all[i];
    k->stakes = kept;
}

/* ---------------------------------------------------------------- what is kept of it */

void yq_queue_forget(yq_queue_kept *k)
{
    if (k) yq_arena_free(k->arena);
    free(k);
}

static yq_code kept_of(asking *q)
{
    enum { MEMORY = 256 << 20 };
    yq_queue_kept *k = q->reader->queue;
    if (!k) {
        k = calloc(1, sizeof *k);
        if (!k || !(k->arena = yq_arena_new(MEMORY))) return free(k), yq_fail(q->err, YQ_NOMEM, 0, "no memory for the queue");
        k->sequence = -1;
        q->reader->queue = k;
    }
    q->kept = k;
    return YQ_OK;
}

static yq_code read_pairs(asking *q)
{
    yq_queue_kept *k = q->kept;
    waitings doubts = { 0 }, rulings = { 0 };
    k->sequence = -1;
    yq_arena_clear(k->arena);
    yq_code rc = read_rows(q, &doubts, &rulings);
    if (rc) return rc;
    if (rulings.n) qsort(rulings.v, rulings.n, sizeof *rulings.v, by_pair);
    keep_each(&doubts, &rulings);
    k->pair = doubts;
    list_stakes(k);
    return YQ_OK;
}

/* What is written while it is read has another number, and is read at the next question. */
static yq_code bring_pairs(asking *q)
{
    int64_t sequence;
    yq_code rc = kept_of(q);
    if (!rc) rc = yq_reader_sequence(q->reader, &sequence, q->err);
    if (rc) return rc;
    if (q->kept->sequence == sequence && yq_one_viewer(&q->kept->viewer, q->viewer)) return YQ_OK;
    if ((rc = read_pairs(q))) return rc;
    q->kept->viewer = *q->viewer;
    q->kept->sequence = sequence;
    return YQ_OK;
}

/* ---------------------------------------------------------------- what hangs on it */

static yq_code count_one(asking *q, at_stake *t)
{
    static const char sql[] = "SELECT (SELECT COUNT(*) FROM fact f WHERE f.subject = :entity AND " NOT_REFUSED("f") ") + "
                              "(SELECT COUNT(*) FROM fact f WHERE f.object = :entity AND " NOT_REFUSED("f") ")";
    yq_stmt *s;
    if (t->facts >= 0) return YQ_OK;
    yq_code rc = yq_db_prepare(q->reader->db, sql, &s, q->err);
    if (rc) return rc;
    yq_bind_int(s, "entity", t->entity);
    return yq_one_int(s, 0, &t->facts, q->err);
}

static yq_code add_facts(asking *q, int64_t entity, int64_t *sum)
{
    at_stake key = { entity, 0 }, *t = bsearch(&key, q->kept->stake, q->kept->stakes, sizeof key, by_entity);
    yq_code rc = count_one(q, t);
    if (!rc) *sum += t->facts;
    return rc;
}

static yq_code count_facts(asking *q, waiting *w)
{
    w->facts = 0;
    yq_code rc = add_facts(q, w->x, &w->facts);
    return rc ? rc : add_facts(q, w->y, &w->facts);
}

/* Those of this state, and how many there are of each. */
static void pick(asking *q, yq_queue_state state, int64_t entity, waitings *out, yq_queue_counts *counts)
{
    size_t *const in[] = { [YQ_QUEUE_OPEN] = &counts->open, [YQ_QUEUE_ASIDE] = &counts->aside, [YQ_QUEUE_DECIDED] = &counts->decided };
    for (size_t i = 0; i < q->kept->pair.n; i++) {
        const waiting *w = &q->kept->pair.v[i];
        if (entity && w->x != entity && w->y != entity) continue;
        ++*in[w->state];
        if (w->state == state) *yq_push(q->arena, out) = *w;
    }
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
    *out = (yq_queue_item){ .facts = w->facts };
    yq_code rc = yq_register_entity(q->reader, q->viewer, a, yq_printf(a, "%lld", (long long)w->a), &out->a, q->err);
    if (!rc) rc = yq_register_entity(q->reader, q->viewer, a, yq_printf(a, "%lld", (long long)w->b), &out->b, q->err);
    if (!rc) rc = yq_db_prepare(q->reader->db, "SELECT i.probability, i.reason, x.ulid, y.ulid FROM identity i JOIN entity x ON x.id = i.a JOIN entity y ON y.id = i.b WHERE i.id = :id", &s, q->err);
    if (rc) return rc;
    yq_bind_int(s, "id", w->row);
    rc = yq_step(s, &row, q->err);
    if (!rc && row) {
        out->probability = yq_col_real(s, 0);
        tell_signs(a, out, yq_col_text(s, 1));
        memcpy(out->ulid_a, yq_kept(a, s, 2).p, YQ_ULID_CHARS);
        memcpy(out->ulid_b, yq_kept(a, s, 3).p, YQ_ULID_CHARS);
    }
    yq_finish(s);
    return rc;
}

yq_code yq_register_queue(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_queue_state state, int64_t entity, size_t offset, size_t limit, yq_queue_items *out,
                          yq_queue_counts *counts, yq_err *err)
{
    asking q = { r, v, a, NULL, err };
    waitings doubts = { 0 };
    *out = (yq_queue_items){ 0 };
    *counts = (yq_queue_counts){ 0 };
    yq_code rc = bring_pairs(&q);
    if (rc) return rc;
    pick(&q, state, entity, &doubts, counts);
    for (size_t i = 0; i < doubts.n && limit && !rc; i++) rc = count_facts(&q, &doubts.v[i]);
    if (doubts.n) qsort(doubts.v, doubts.n, sizeof *doubts.v, most_facts_first);
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
    yq_entity_json(j, e);
    yq_json_end_object(j);
}

static void put_signs(yq_json *j, const yq_queue_item *q)
{
    yq_json_key(j, "evidence");
    yq_json_array(j);
    for (size_t i = 0; i < q->signs; i++) {
        yq_json_object(j);
        yq_json_kv(j, "kind", yq_cstr(q->sign[i]->kind));
        yq_json_kb(j, "against", q->sign[i]->against);
        yq_json_kv(j, "words", yq_cstr(q->sign[i]->words));
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

void yq_queue_json(const yq_queue_items *list, const yq_queue_counts *counts, yq_json *j)
{
    yq_json_object(j);
    yq_json_ki(j, "open", (int64_t)counts->open);
    yq_json_ki(j, "aside", (int64_t)counts->aside);
    yq_json_ki(j, "decided", (int64_t)counts->decided);
    yq_json_key(j, "items");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) {
        const yq_queue_item *q = &list->v[i];
        yq_json_object(j);
        put_record(j, "a", q->ulid_a, &q->a);
        put_record(j, "b", q->ulid_b, &q->b);
        yq_json_ki(j, "facts", q->facts);
        yq_json_kr(j, "probability", q->probability);
        put_signs(j, q);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
    yq_json_end_object(j);
}
