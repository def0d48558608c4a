/* Erasing a person: the part of the reading that is theirs, and what people typed of them when they decided its facts.
 *
 * A correction's words stand in a part of the entry "review". They are about the person when the decided fact is one of theirs (or names them as its other
 * end), when the correction means them, or when they name them. That is asked of every review of the document, those of earlier readings and those
 * that were taken back since included: the journal keeps them all.
 */
#include "register/internal.h"

typedef struct {
    yq_arena *arena;           /* of what is kept between entries */
    yq_part_place person;
    int64_t document, id;      /* id: of the appearance */
    YQ_VEC(int64_t) facts;     /* theirs, and those that name them */
    YQ_VEC(yq_str) names;      /* folded */
    YQ_VEC(yq_part_place) places;
} erasing;

static int64_t number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static yq_str text(const json_t *v)
{
    return json_is_string(v) ? (yq_str){ json_string_value(v), json_string_length(v) } : (yq_str){ 0 };
}

static json_t *parsed(yq_str s)
{
    return s.p ? json_loadb(s.p, s.n, JSON_ALLOW_NUL, NULL) : NULL;
}

/* ---------------------------------------------------------------- who it is */

static void add_facts(erasing *e, const json_t *facts, bool all)
{
    size_t i;
    const json_t *fact;
    json_array_foreach(facts, i, fact)
        if (all || json_integer_value(json_array_get(fact, 2)) == e->id) *yq_push(e->arena, &e->facts) = json_integer_value(json_array_get(fact, 0));
}

static void add_names(erasing *e, const json_t *printed)
{
    size_t i;
    const json_t *form;
    json_array_foreach(printed, i, form)
    {
        yq_str name = yq_fold(e->arena, text(form));
        if (name.n) *yq_push(e->arena, &e->names) = name;
    }
}

static void meet(erasing *e, const json_t *root, const yq_str *parts, size_t n)
{
    size_t i;
    const json_t *entity, *entities = json_object_get(root, "entities");
    e->document = number(json_object_get(root, "document"), "id");
    json_array_foreach(entities, i, entity)
        if (json_object_get(entity, "part") && number(entity, "part") == (int64_t)e->person.part) e->id = number(entity, "id");
    add_facts(e, json_object_get(root, "facts"), false);
    json_array_foreach(entities, i, entity) add_facts(e, json_object_get(entity, "facts"), false);
    for (size_t k = 0; k < n; k++) {
        json_t *part = parsed(parts[k]);
        add_facts(e, json_object_get(part, "facts"), k == e->person.part);
        if (k == e->person.part) add_names(e, json_object_get(part, "printed"));
        json_decref(part);
    }
}

static yq_code see_reading(void *arg, int64_t sequence, yq_str body, const yq_str *parts, size_t part_count, yq_err *err)
{
    erasing *e = arg;
    (void)err;
    if (sequence != e->person.sequence) return YQ_OK;
    json_t *root = parsed(body);
    if (root) meet(e, root, parts, part_count);
    json_decref(root);
    return YQ_OK;
}

/* ---------------------------------------------------------------- what was typed of them */

static bool is_theirs(const erasing *e, int64_t fact)
{
    for (size_t i = 0; i < e->facts.n; i++)
        if (e->facts.v[i] == fact) return true;
    return false;
}

static bool names_them(const erasing *e, yq_str typed, bool alone)
{
    yq_str s = yq_fold(e->arena, typed);
    for (size_t i = 0; i < e->names.n; i++)
        if (alone ? yq_eq(s, e->names.v[i]) : yq_has(s, e->names.v[i])) return true;
    return false;
}

static bool speaks_of_them(const erasing *e, const json_t *decision, const json_t *part)
{
    size_t i;
    const json_t *entity;
    if (is_theirs(e, number(decision, "fact")) || number(part, "subject") == e->id || number(part, "object") == e->id) return true;
    if (names_them(e, text(json_object_get(part, "value")), false)) return true;
    json_array_foreach(json_object_get(part, "entities"), i, entity)
        if (names_them(e, text(json_object_get(entity, "name")), true)) return true;
    return false;
}

static yq_code see_review(void *arg, int64_t sequence, yq_str body, const yq_str *parts, size_t part_count, yq_err *err)
{
    erasing *e = arg;
    size_t i;
    const json_t *decision;
    json_t *root = parsed(body);
    (void)err;
    if (number(root, "document") == e->document)
        json_array_foreach(json_object_get(root, "decisions"), i, decision)
        {
            size_t k = (size_t)number(decision, "part");
            if (!json_object_get(decision, "part") || k >= part_count || !parts[k].p) continue;
            json_t *part = parsed(parts[k]);
            if (speaks_of_them(e, decision, part)) *yq_push(e->arena, &e->places) = (yq_part_place){ sequence, k };
            json_decref(part);
        }
    json_decref(root);
    return YQ_OK;
}

/* ---------------------------------------------------------------- the whole */

typedef struct {
    yq_store *store;
    erasing *e;
} erasure;

static yq_code erase_inside(void *arg, yq_err *err)
{
    erasure *x = arg;
    yq_code rc = yq_journal_each(x->store, "reading", see_reading, x->e, err);
    *yq_push(x->e->arena, &x->e->places) = x->e->person;
    if (!rc && x->e->id) rc = yq_journal_each(x->store, "review", see_review, x->e, err);
    return rc ? rc : yq_erase_parts(x->store, x->e->places.v, x->e->places.n, err);
}

yq_code yq_register_erase(yq_store *store, int64_t sequence, size_t part, yq_err *err)
{
    enum { MEMORY = 256 << 20 };
    erasing e = { .arena = yq_arena_new(MEMORY), .person = { sequence, part } };
    if (!e.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for an erasure");
    yq_code rc = yq_arena_run(e.arena, erase_inside, &(erasure){ store, &e }, err);
    yq_arena_free(e.arena);
    return rc;
}
