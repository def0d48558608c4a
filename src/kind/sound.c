/* Does a set of kinds make sense as a whole? Here are the mistakes that no single member shows: two of one name, a state that nobody reaches or
 * nobody can leave, a name that items need not have, a fact that ends at a kind which has no word for it. */
#include "kind/internal.h"

typedef struct {
    const yq_kinds *all;
    const yq_kind *kind;
    yq_arena *arena;
    yq_kind_faults *faults;
    yq_str file;
} checking;

#define FAULT(c, where, ...) kind_fault((c)->arena, (c)->faults, (where), __VA_ARGS__)
#define PLACE(c, list, i) kind_place((c)->arena, (c)->file, #list, (i), (c)->kind->list.v[i].id)

/* ---------------------------------------------------------------- names */

/* ids: the first of n ids that lie `stride` bytes apart. */
static void check_unique(checking *c, yq_str where, const char *list, const yq_str *ids, size_t n, size_t stride)
{
    for (size_t i = 0; i < n; i++) {
        yq_str id = *(const yq_str *)((const char *)ids + i * stride);
        for (size_t k = 0; k < i; k++) {
            if (!yq_eq(id, *(const yq_str *)((const char *)ids + k * stride))) continue;
            FAULT(c, where, "%s[%zu] and %s[%zu] have the same id \"%.*s\"", list, k, list, i, YQ_FMT(id));
            return;
        }
    }
}

#define UNIQUE(c, where, list, name)                                                                          \
    do {                                                                                                      \
        if ((list).n) check_unique((c), (where), (name), &(list).v[0].id, (list).n, sizeof *(list).v);        \
    } while (0)

static void check_names(checking *c)
{
    const yq_kind *k = c->kind;
    UNIQUE(c, c->file, k->fields, "fields");
    UNIQUE(c, c->file, k->states, "states");
    UNIQUE(c, c->file, k->moves, "moves");
    UNIQUE(c, c->file, k->facts, "facts");
    UNIQUE(c, c->file, k->towards, "towards");
    for (size_t i = 0; i < k->fields.n; i++) UNIQUE(c, PLACE(c, fields, i), k->fields.v[i].choices, "choices");
    for (size_t i = 0; i < k->facts.n; i++) UNIQUE(c, PLACE(c, facts, i), k->facts.v[i].values, "values");
    const yq_field *name = k->fields.n ? &k->fields.v[k->named_by] : NULL;
    if (!name) FAULT(c, c->file, "fields: there is none; a kind has at least the field that names it");
    else if (!name->required || name->many || (name->type != YQ_FIELD_TEXT && name->type != YQ_FIELD_ENTITY))
        FAULT(c, c->file, "named_by: \"%.*s\" must be a required text or entity, one only", YQ_FMT(name->id));
}

/* ---------------------------------------------------------------- states */

static bool move_leaves(const yq_move *m, size_t state)
{
    for (size_t i = 0; i < m->from.n; i++)
        if (m->from.v[i] == state) return true;
    return false;
}

/* Marks in seen what can be reached from its marks along moves, or against them. */
static void spread(const yq_kind *k, bool *seen, bool backwards)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < k->moves.n; i++)
            for (size_t f = 0; f < k->moves.v[i].from.n; f++) {
                size_t from = k->moves.v[i].from.v[f], to = k->moves.v[i].to;
                size_t here = backwards ? to : from, there = backwards ? from : to;
                if (!seen[here] || seen[there]) continue;
                seen[there] = more = true;
            }
    }
}

static void check_ways(checking *c)
{
    const yq_kind *k = c->kind;
    bool reached[YQ_KIND_LIST_MAX] = { false }, ends[YQ_KIND_LIST_MAX] = { false };
    for (size_t i = 0; i < k->states.n; i++) {
        reached[i] = k->states.v[i].initial;
        ends[i] = k->states.v[i].final;
    }
    spread(k, reached, false);
    spread(k, ends, true);
    for (size_t i = 0; i < k->states.n; i++) {
        if (!reached[i]) FAULT(c, PLACE(c, states, i), "no way of moves leads here from the initial state");
        else if (!ends[i]) FAULT(c, PLACE(c, states, i), "no way of moves leads from here to a final state");
    }
}

static void check_states(checking *c)
{
    const yq_kind *k = c->kind;
    size_t initial = 0, final = 0;
    for (size_t i = 0; i < k->states.n; i++) initial += k->states.v[i].initial, final += k->states.v[i].final;
    if (!k->states.n && k->moves.n) FAULT(c, c->file, "moves need states");
    if (!k->states.n) return;
    if (initial != 1) FAULT(c, c->file, "states: %zu are initial; exactly one must be", initial);
    if (!final) FAULT(c, c->file, "states: none is final; say where a case ends");
    if (initial == 1 && final) check_ways(c);
}

/* ---------------------------------------------------------------- moves */

static bool has_guard(const yq_move *m, yq_guard guard)
{
    for (size_t i = 0; i < m->guards.n; i++)
        if (m->guards.v[i] == guard) return true;
    return false;
}

static void check_deadline(checking *c, yq_str where, const yq_move *m)
{
    bool guarded = has_guard(m, YQ_GUARD_BEFORE_DEADLINE) || has_guard(m, YQ_GUARD_AFTER_DEADLINE);
    if (m->deadline == YQ_NO_FIELD) {
        if (guarded) FAULT(c, where, "guards speak of a deadline; say in \"deadline\" which field it is");
        return;
    }
    const yq_field *f = &c->kind->fields.v[m->deadline];
    if (f->type != YQ_FIELD_DATE || !f->whole_day || f->many)
        FAULT(c, where, "deadline: field \"%.*s\" must be a single date with \"precision\": \"day\"", YQ_FMT(f->id));
}

static void check_moves(checking *c)
{
    const yq_kind *k = c->kind;
    for (size_t i = 0; i < k->moves.n; i++) {
        const yq_move *m = &k->moves.v[i];
        yq_str where = PLACE(c, moves, i);
        if (!m->who) FAULT(c, where, "who: nobody may make this move; name at least one role");
        if (!m->from.n) FAULT(c, where, "from: name at least one state");
        for (size_t s = 0; s < k->states.n; s++)
            if (k->states.v[s].final && move_leaves(m, s)) FAULT(c, where, "from: state \"%.*s\" is final and cannot be left", YQ_FMT(k->states.v[s].id));
        check_deadline(c, where, m);
    }
}

/* ---------------------------------------------------------------- facts, and what a kind is for */

static void check_facts(checking *c)
{
    const yq_kind *k = c->kind;
    for (size_t i = 0; i < k->facts.n; i++)
        for (size_t t = 0; t < k->facts.v[i].to.n; t++) {
            const yq_kind *end = &c->all->v[k->facts.v[i].to.v[t]];
            if (yq_kind_towards(end, k->facts.v[i].id)) continue;
            FAULT(c, PLACE(c, facts, i), "to: %.*s.json has no \"towards\" for it; say there what it is called on that side", YQ_FMT(end->id));
        }
}

static bool ends_here(const yq_kinds *all, size_t kind, yq_str predicate)
{
    for (size_t i = 0; i < all->n; i++) {
        const yq_predicate *p = yq_kind_fact(&all->v[i], predicate);
        for (size_t t = 0; p && t < p->to.n; t++)
            if (p->to.v[t] == kind) return true;
    }
    return false;
}

static void check_towards(checking *c)
{
    const yq_kind *k = c->kind;
    for (size_t i = 0; i < k->towards.n; i++) {
        yq_str where = PLACE(c, towards, i);
        if (k->towards.v[i].to.n || k->towards.v[i].values.n) FAULT(c, where, "to and values stand in the fact itself, not in \"towards\"");
        if (!ends_here(c->all, (size_t)(k - c->all->v), k->towards.v[i].id)) FAULT(c, where, "no kind has a fact of this id with \"%.*s\" in its \"to\"", YQ_FMT(k->id));
    }
}

static void check_use(checking *c)
{
    const yq_kind *k = c->kind;
    if (!k->listed && !k->states.n) FAULT(c, c->file, "is neither listed nor has states: nothing could be done with it");
    if (k->wanted != YQ_WANTED_NEVER && !k->listed) FAULT(c, c->file, "wanted: a need is answered with what the register lists; set \"listed\": true");
    if (k->subject && k->wanted == YQ_WANTED_NEVER) FAULT(c, c->file, "subject: only for kinds that a need may ask for");
    for (const yq_kind *other = c->all->v; other < k; other++)
        if (other->order == k->order) FAULT(c, c->file, "order %lld is that of %.*s.json; give it a number of its own", (long long)k->order, YQ_FMT(other->id));
}

void kinds_sound(const yq_kinds *k, yq_arena *a, yq_kind_faults *faults)
{
    for (size_t i = 0; i < k->n; i++) {
        checking c = { k, &k->v[i], a, faults, yq_printf(a, "%.*s.json", YQ_FMT(k->v[i].id)) };
        check_names(&c);
        check_states(&c);
        check_moves(&c);
        check_facts(&c);
        check_towards(&c);
        check_use(&c);
    }
}
