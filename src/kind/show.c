/* Kinds as JSON, for the API and for `yiqiao kinds --json`. */
#include "kind/internal.h"

static void show_label(yq_json *j, const char *key, yq_label label)
{
    yq_json_key(j, key);
    yq_json_object(j);
    yq_json_kv(j, "zh", label.in[YQ_ZH]);
    yq_json_kv(j, "en", label.in[YQ_EN]);
    yq_json_end_object(j);
}

static void show_choices(yq_json *j, const char *key, yq_choices choices)
{
    yq_json_key(j, key);
    yq_json_array(j);
    for (size_t i = 0; i < choices.n; i++) {
        yq_json_object(j);
        yq_json_kv(j, "id", choices.v[i].id);
        show_label(j, "label", choices.v[i].label);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

/* The ids behind numbers; ids: the first id of the list they number, the next `stride` bytes on. */
static void show_numbers(yq_json *j, const char *key, yq_numbers numbers, const yq_str *ids, size_t stride)
{
    yq_json_key(j, key);
    yq_json_array(j);
    for (size_t i = 0; i < numbers.n; i++) yq_json_str(j, *(const yq_str *)((const char *)ids + numbers.v[i] * stride));
    yq_json_end_array(j);
}

#define SHOW_NUMBERS(j, key, numbers, list) show_numbers((j), (key), (numbers), (list) ? &(list)->id : NULL, sizeof *(list))

static void show_field(yq_json *j, const yq_kinds *all, const yq_field *f)
{
    bool text = f->type == YQ_FIELD_TEXT || f->type == YQ_FIELD_LONG_TEXT, whole = f->type == YQ_FIELD_INTEGER;
    yq_json_object(j);
    yq_json_kv(j, "id", f->id);
    show_label(j, "label", f->label);
    show_label(j, "hint", f->hint);
    yq_json_kv(j, "type", yq_cstr(kind_field_types[f->type]));
    yq_json_kb(j, "required", f->required);
    yq_json_kb(j, "indexed", f->indexed);
    yq_json_kb(j, "many", f->many);
    yq_json_kv(j, "sharing", yq_cstr(kind_shared_levels[f->sharing]));
    if (f->type == YQ_FIELD_DATE) yq_json_kv(j, "precision", f->whole_day ? YQ_S("day") : YQ_S("any"));
    if (whole) yq_json_ki(j, "min", f->min);
    if (whole || text) yq_json_ki(j, "max", f->max);
    if (f->type == YQ_FIELD_CHOICE) show_choices(j, "choices", f->choices);
    if (f->type == YQ_FIELD_ENTITY) SHOW_NUMBERS(j, "kinds", f->kinds, all->v);
    yq_json_end_object(j);
}

static void show_state(yq_json *j, const yq_state *s)
{
    yq_json_object(j);
    yq_json_kv(j, "id", s->id);
    show_label(j, "label", s->label);
    yq_json_kb(j, "initial", s->initial);
    yq_json_kb(j, "final", s->final);
    yq_json_end_object(j);
}

static void show_move(yq_json *j, const yq_kind *k, const yq_move *m)
{
    yq_choices roles = yq_role_words(), guards = yq_guard_words();
    yq_json_object(j);
    yq_json_kv(j, "id", m->id);
    show_label(j, "label", m->label);
    SHOW_NUMBERS(j, "from", m->from, k->states.v);
    yq_json_kv(j, "to", k->states.v[m->to].id);
    yq_json_key(j, "who");
    yq_json_array(j);
    for (size_t i = 0; i < roles.n; i++)
        if (m->who & 1u << i) yq_json_str(j, roles.v[i].id);
    yq_json_end_array(j);
    SHOW_NUMBERS(j, "guards", m->guards, guards.v);
    SHOW_NUMBERS(j, "required", m->required, k->fields.v);
    yq_json_kv(j, "deadline", m->deadline == YQ_NO_FIELD ? YQ_S("") : k->fields.v[m->deadline].id);
    yq_json_end_object(j);
}

static void show_predicate(yq_json *j, const yq_kinds *all, const yq_predicate *p)
{
    yq_json_object(j);
    yq_json_kv(j, "id", p->id);
    show_label(j, "label", p->label);
    SHOW_NUMBERS(j, "to", p->to, all->v);
    show_choices(j, "values", p->values);
    yq_json_end_object(j);
}

#define SHOW_LIST(j, name, list, show)                            \
    do {                                                          \
        yq_json_key((j), (name));                                 \
        yq_json_array(j);                                         \
        for (size_t i = 0; i < (list).n; i++) show;               \
        yq_json_end_array(j);                                     \
    } while (0)

static void show_kind(yq_json *j, const yq_kinds *all, const yq_kind *k)
{
    yq_json_object(j);
    yq_json_kv(j, "id", k->id);
    show_label(j, "label", k->label);
    show_label(j, "plural", k->plural);
    show_label(j, "description", k->description);
    yq_json_kb(j, "listed", k->listed);
    yq_json_kv(j, "wanted", yq_cstr(kind_wanted_words[k->wanted]));
    yq_json_kb(j, "subject", k->subject);
    yq_json_kv(j, "sharing", yq_cstr(kind_shared_levels[k->sharing]));
    yq_json_kv(j, "named_by", k->fields.v[k->named_by].id);
    SHOW_LIST(j, "fields", k->fields, show_field(j, all, &k->fields.v[i]));
    SHOW_LIST(j, "states", k->states, show_state(j, &k->states.v[i]));
    SHOW_LIST(j, "moves", k->moves, show_move(j, k, &k->moves.v[i]));
    SHOW_LIST(j, "facts", k->facts, show_predicate(j, all, &k->facts.v[i]));
    SHOW_LIST(j, "towards", k->towards, show_predicate(j, all, &k->towards.v[i]));
    yq_json_end_object(j);
}

void yq_kinds_json(const yq_kinds *k, yq_json *j)
{
    yq_json_object(j);
    SHOW_LIST(j, "kinds", *k, show_kind(j, k, &k->v[i]));
    show_choices(j, "roles", yq_role_words());
    show_choices(j, "guards", yq_guard_words());
    yq_json_end_object(j);
}
