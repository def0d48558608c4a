/* Looking up in the tables of kinds. The lists are short, so they are gone through. yq_kinds_builtin() is made by make_kinds.c. */
#include "kind/internal.h"

#include <stdio.h>

const yq_kind *yq_kind_find(const yq_kinds *k, yq_str id)
{
    for (size_t i = 0; i < k->n; i++)
        if (yq_eq(k->v[i].id, id)) return &k->v[i];
    return NULL;
}

bool yq_kind_is_listed(const yq_kinds *k, yq_str id)
{
    const yq_kind *kind = yq_kind_find(k, id);
    return kind && kind->listed;
}

bool yq_kind_is_wanted(const yq_kinds *k, yq_str id)
{
    const yq_kind *kind = yq_kind_find(k, id);
    return kind && kind->wanted != YQ_WANTED_NEVER;
}

bool yq_kind_is_subject(const yq_kinds *k, yq_str id)
{
    const yq_kind *kind = yq_kind_find(k, id);
    return kind && kind->subject;
}

yq_str yq_kind_names(const yq_kinds *k, bool (*fits)(const yq_kinds *k, yq_str id), char *out, size_t cap)
{
    size_t left = 0, at = 0;
    for (size_t i = 0; i < k->n; i++) left += fits(k, k->v[i].id);
    if (cap) *out = 0;
    for (size_t i = 0, told = 0; i < k->n && at < cap; i++) {
        if (!fits(k, k->v[i].id)) continue;
        const char *between = !told++ ? "" : left == 1 ? " or " : ", ";
        at += (size_t)snprintf(out + at, cap - at, "%s%.*s", between, YQ_FMT(k->v[i].id));
        left--;
    }
    return yq_cstr(out);
}

#define FIND(list, wanted)                                  \
    for (size_t i = 0; i < (list).n; i++)                   \
        if (yq_eq((list).v[i].id, (wanted))) return &(list).v[i]; \
    return NULL

const yq_field *yq_kind_field(const yq_kind *k, yq_str id)
{
    FIND(k->fields, id);
}

const yq_state *yq_kind_state(const yq_kind *k, yq_str id)
{
    FIND(k->states, id);
}

const yq_predicate *yq_kind_fact(const yq_kind *k, yq_str predicate)
{
    FIND(k->facts, predicate);
}

const yq_predicate *yq_kind_towards(const yq_kind *k, yq_str predicate)
{
    FIND(k->towards, predicate);
}

const yq_choice *yq_choice_find(yq_choices choices, yq_str id)
{
    FIND(choices, id);
}

const yq_state *yq_kind_initial(const yq_kind *k)
{
    for (size_t i = 0; i < k->states.n; i++)
        if (k->states.v[i].initial) return &k->states.v[i];
    return NULL;
}

/* ---------------------------------------------------------------- moves */

static bool leaves(const yq_kind *k, const yq_move *m, yq_str state)
{
    for (size_t i = 0; i < m->from.n; i++)
        if (yq_eq(k->states.v[m->from.v[i]].id, state)) return true;
    return false;
}

size_t yq_kind_moves(const yq_kind *k, yq_str state, yq_roles roles, const yq_move **out)
{
    size_t n = 0;
    for (size_t i = 0; i < k->moves.n && n < YQ_KIND_LIST_MAX; i++)
        if ((k->moves.v[i].who & roles) && leaves(k, &k->moves.v[i], state)) out[n++] = &k->moves.v[i];
    return n;
}

static yq_code refuse_move(const yq_kind *k, yq_str state, yq_roles roles, yq_code why, yq_err *err)
{
    const yq_move *legal[YQ_KIND_LIST_MAX];
    size_t n = yq_kind_moves(k, state, roles, legal), at = 0;
    char told[160] = "";
    for (size_t i = 0; i < n && at < sizeof told; i++)
        at += (size_t)snprintf(told + at, sizeof told - at, "%s%.*s", i ? ", " : "", YQ_FMT(legal[i]->id));
    const char *what = why == YQ_DENIED ? "this move is for other roles" : "there is no such move from here";
    return yq_fail(err, why, 0, "%s: %s; possible are: %s", n ? "refused" : "nothing can be done", what, n ? told : "none");
}

yq_code yq_kind_move(const yq_kind *k, yq_str state, yq_str move, yq_roles roles, const yq_move **out, yq_err *err)
{
    *out = NULL;
    for (size_t i = 0; i < k->moves.n; i++) {
        const yq_move *m = &k->moves.v[i];
        if (!yq_eq(m->id, move) || !leaves(k, m, state)) continue;
        if (!(m->who & roles)) return refuse_move(k, state, roles, YQ_DENIED, err);
        *out = m;
        return YQ_OK;
    }
    return refuse_move(k, state, roles, YQ_INVALID, err);
}
