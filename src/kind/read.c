/* kinds/<id>.json to tables. docs/kinds.md has the format; here it is the tables of members below.
 *
 * A kind file is written by hand, often by somebody who is no programmer. So every fault is told, with file and place; nothing is guessed and no
 * member is passed over. Kinds name each other (a bid belongs to a call), so all files are opened before the first is read to its end.
 */
#include "kind/internal.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { LABEL_MAX = 200, ID_MAX = 40, TEXT_MAX = 500, LONG_TEXT_MAX = 20000 };
#define ABSENT INT64_MIN
#define WHOLE_MAX ((INT64_C(1) << 53) - 1) /* what JSON carries exactly everywhere */

typedef struct {
    yq_str id, zh, en, en_plural, description_zh, description_en, wanted, sharing, named_by;
    int64_t order;
    bool listed, subject;
    const json_t *fields, *states, *moves, *facts, *towards;
    yq_str file;
} raw_kind;

/* "values": "deal" stands for the values of the fact that is called so; filled in when all are read. */
typedef struct {
    yq_predicate *predicate;
    yq_str name, where;
} borrowed_values;

typedef struct {
    yq_arena *arena;
    yq_kind_faults *faults;
    const yq_kind_file *files;
    json_t **roots; /* one a file, the caller's to release */
    size_t n;
    raw_kind *raw;
    yq_kind *kinds;
    YQ_VEC(borrowed_values) borrowed;
    yq_kinds *out;
} reader;

/* ---------------------------------------------------------------- members */

typedef enum { AS_TEXT, AS_FLAG, AS_NUMBER, AS_LIST, AS_LIST_OR_TEXT } member_form;

typedef struct {
    const char *name;
    member_form form;
    bool required;
    size_t at; /* yq_str, bool, int64_t or const json_t * */
} member;

static const char *const form_words[] = { "text in quotes", "true or false", "a whole number", "a list in [ ]", "a list in [ ], or the name of another fact" };

static bool has_form(const json_t *v, member_form form)
{
    switch (form) {
    case AS_TEXT: return json_is_string(v);
    case AS_FLAG: return json_is_boolean(v);
    case AS_NUMBER: return json_is_integer(v);
    case AS_LIST: return json_is_array(v);
    default: return json_is_array(v) || json_is_string(v);
    }
}

static yq_str text_of(reader *r, const json_t *v)
{
    return yq_dup(r->arena, (yq_str){ json_string_value(v), json_string_length(v) });
}

static void put_member(reader *r, const member *m, const json_t *v, char *out)
{
    switch (m->form) {
    case AS_TEXT: *(yq_str *)(out + m->at) = text_of(r, v); break;
    case AS_FLAG: *(bool *)(out + m->at) = json_is_true(v); break;
    case AS_NUMBER: *(int64_t *)(out + m->at) = json_integer_value(v); break;
    default: *(const json_t **)(out + m->at) = v; break;
    }
}

static const member *find_member(const member *table, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(table[i].name, name) == 0) return &table[i];
    return NULL;
}

static void unknown_member(reader *r, yq_str where, const member *table, size_t n, const char *name)
{
    yq_str known = YQ_S("");
    for (size_t i = 0; i < n; i++) known = yq_printf(r->arena, "%.*s%s%s", YQ_FMT(known), i ? ", " : "", table[i].name);
    kind_fault(r->arena, r->faults, where, "\"%.60s\" is not known here; known are %.*s", name, YQ_FMT(known));
}

/* Takes an object apart into the struct at out, which holds what stands for absent members. */
static void take(reader *r, yq_str where, const json_t *o, const member *table, size_t n, void *out)
{
    const char *name;
    json_t *v;
    if (!json_is_object(o)) {
        kind_fault(r->arena, r->faults, where, "must be an object in { }");
        return;
    }
    json_object_foreach((json_t *)o, name, v) {
        const member *m = find_member(table, n, name);
        if (!m) unknown_member(r, where, table, n, name);
        else if (!has_form(v, m->form)) kind_fault(r->arena, r->faults, where, "%s must be %s", name, form_words[m->form]);
        else if (m->form >= AS_LIST && json_array_size(v) > YQ_KIND_LIST_MAX) kind_fault(r->arena, r->faults, where, "%s has over %d entries", name, YQ_KIND_LIST_MAX);
        else put_member(r, m, v, out);
    }
    for (size_t i = 0; i < n; i++)
        if (table[i].required && !json_object_get(o, table[i].name)) kind_fault(r->arena, r->faults, where, "%s is missing", table[i].name);
}

#define TAKE(r, where, o, table, out) take((r), (where), (o), (table), COUNT(table), (out))

/* ---------------------------------------------------------------- words */

static bool is_id(yq_str s, bool of_choice)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (!letter && !(digit && (i || of_choice)) && !(i && (c == '_' || (of_choice && c == '-')))) return false;
    }
    return s.n > 0 && s.n <= ID_MAX;
}

static void check_id(reader *r, yq_str where, yq_str id, bool of_choice)
{
    if (id.n && !is_id(id, of_choice)) kind_fault(r->arena, r->faults, where, "id must be of small letters, digits and _, at most %d, and begin with a letter", ID_MAX);
}

static yq_str one_label(reader *r, yq_str where, const char *member_name, yq_str s, bool present)
{
    if (present && yq_blank(s)) kind_fault(r->arena, r->faults, where, "%s is empty; say it in words", member_name);
    else if (yq_utf8_count(s) > LABEL_MAX) kind_fault(r->arena, r->faults, where, "%s is over %d characters", member_name, LABEL_MAX);
    return s;
}

/* A label whose absence take() has told already, if it must be there. */
static yq_label label_of(reader *r, yq_str where, const json_t *o, yq_str zh, yq_str en)
{
    return (yq_label){ { one_label(r, where, "zh", zh, json_object_get(o, "zh")), one_label(r, where, "en", en, json_object_get(o, "en")) } };
}

/* The number of a word of the vocabulary; fault and 0 for another. */
static int word_of(reader *r, yq_str where, const char *name, yq_str word, const char *const *words, size_t n)
{
    int number = kind_word(words, n, word);
    if (number >= 0) return number;
    yq_str told = kind_words_told(r->arena, words, n);
    kind_fault(r->arena, r->faults, where, "%s \"%.*s\" is not known; it is one of %.*s", name, YQ_FMT(word), YQ_FMT(told));
    return 0;
}

/* Numbers of the words in a list. number_of gives -1 for an unknown one. */
static yq_numbers numbers_of(reader *r, yq_str where, const char *name, const json_t *list, int (*number_of)(reader *r, const void *arg, yq_str word),
                             const void *arg)
{
    size_t n = json_array_size(list), filled = 0;
    uint16_t *v = YQ_ARRAY(r->arena, uint16_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *word = json_array_get(list, i);
        yq_str s = json_is_string(word) ? text_of(r, word) : YQ_S("");
        int number = s.n ? number_of(r, arg, s) : -1;
        bool twice = false;
        for (size_t k = 0; k < filled; k++) twice |= v[k] == number;
        if (!s.n) kind_fault(r->arena, r->faults, where, "%s[%zu] must be text in quotes", name, i);
        else if (number < 0) kind_fault(r->arena, r->faults, where, "%s: there is no \"%.*s\"", name, YQ_FMT(s));
        else if (twice) kind_fault(r->arena, r->faults, where, "%s: \"%.*s\" stands there twice", name, YQ_FMT(s));
        else v[filled++] = (uint16_t)number;
    }
    return (yq_numbers){ v, filled };
}

static int number_of_kind(reader *r, const void *arg, yq_str id)
{
    (void)arg;
    for (size_t i = 0; i < r->n; i++)
        if (yq_eq(r->raw[i].id, id)) return (int)i;
    return -1;
}

static int number_of_state(reader *r, const void *arg, yq_str id)
{
    (void)r;
    const yq_kind *k = arg;
    const yq_state *s = yq_kind_state(k, id);
    return s ? (int)(s - k->states.v) : -1;
}

static int number_of_field(reader *r, const void *arg, yq_str id)
{
    (void)r;
    const yq_kind *k = arg;
    const yq_field *f = yq_kind_field(k, id);
    return f ? (int)(f - k->fields.v) : -1;
}

static int number_of_choice(reader *r, const void *arg, yq_str id)
{
    (void)r;
    const yq_choices *choices = arg;
    const yq_choice *c = yq_choice_find(*choices, id);
    return c ? (int)(c - choices->v) : -1;
}

/* ---------------------------------------------------------------- what a kind consists of */

static yq_choices read_choices(reader *r, yq_str where, const char *name, const json_t *list)
{
    typedef struct { yq_str id, zh, en; } raw_choice;
    static const member members[] = {
        { "id", AS_TEXT, true, offsetof(raw_choice, id) }, { "zh", AS_TEXT, true, offsetof(raw_choice, zh) }, { "en", AS_TEXT, true, offsetof(raw_choice, en) },
    };
    size_t n = json_array_size(list);
    yq_choice *v = YQ_ARRAY(r->arena, yq_choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *o = json_array_get(list, i);
        raw_choice raw = { 0 };
        yq_str here = kind_place(r->arena, where, name, i, yq_cstr(json_string_value(json_object_get(o, "id"))));
        TAKE(r, here, o, members, &raw);
        check_id(r, here, raw.id, true);
        v[i] = (yq_choice){ raw.id, label_of(r, here, o, raw.zh, raw.en) };
    }
    return (yq_choices){ v, n };
}

typedef struct {
    yq_str id, zh, en, hint_zh, hint_en, type, sharing, precision;
    bool required, indexed, many;
    int64_t min, max;
    const json_t *choices, *kinds;
} raw_field;

static const member field_members[] = {
    { "id", AS_TEXT, true, offsetof(raw_field, id) },               { "zh", AS_TEXT, true, offsetof(raw_field, zh) },
    { "en", AS_TEXT, true, offsetof(raw_field, en) },               { "type", AS_TEXT, true, offsetof(raw_field, type) },
    { "hint_zh", AS_TEXT, false, offsetof(raw_field, hint_zh) },    { "hint_en", AS_TEXT, false, offsetof(raw_field, hint_en) },
    { "required", AS_FLAG, false, offsetof(raw_field, required) },  { "indexed", AS_FLAG, false, offsetof(raw_field, indexed) },
    { "many", AS_FLAG, false, offsetof(raw_field, many) },          { "sharing", AS_TEXT, false, offsetof(raw_field, sharing) },
    { "precision", AS_TEXT, false, offsetof(raw_field, precision) }, { "min", AS_NUMBER, false, offsetof(raw_field, min) },
    { "max", AS_NUMBER, false, offsetof(raw_field, max) },          { "choices", AS_LIST, false, offsetof(raw_field, choices) },
    { "kinds", AS_LIST, false, offsetof(raw_field, kinds) },
};

static bool is_text(yq_field_type t)
{
    return t == YQ_FIELD_TEXT || t == YQ_FIELD_LONG_TEXT;
}

/* What a field may say depends on its type. */
static void check_field(reader *r, yq_str where, const raw_field *raw, yq_field_type type)
{
    const struct { bool wrong; const char *what; } rules[] = {
        { raw->choices && type != YQ_FIELD_CHOICE, "choices are for a field of type choice" },
        { json_array_size(raw->choices) < 2 && type == YQ_FIELD_CHOICE, "a field of type choice needs at least two choices" },
        { raw->kinds && type != YQ_FIELD_ENTITY, "kinds are for a field of type entity" },
        { !json_array_size(raw->kinds) && type == YQ_FIELD_ENTITY, "a field of type entity needs kinds: the list of those it may name" },
        { raw->precision.n && type != YQ_FIELD_DATE, "precision is for a field of type date" },
        { raw->precision.n && !yq_eq(raw->precision, YQ_S("day")), "precision can only be \"day\"; leave it out for dates that may be a year or a month" },
        { raw->min != ABSENT && type != YQ_FIELD_INTEGER, "min is for a field of type integer" },
        { raw->max != ABSENT && type != YQ_FIELD_INTEGER && !is_text(type), "max is for integers (the largest) and texts (how many characters)" },
        { raw->max != ABSENT && is_text(type) && (raw->max < 1 || raw->max > LONG_TEXT_MAX), "max of a text is from 1 to 20000 characters" },
        { raw->min != ABSENT && raw->max != ABSENT && raw->min > raw->max, "min is over max" },
        { raw->indexed && (type == YQ_FIELD_LONG_TEXT || type == YQ_FIELD_FILE), "long texts and files cannot be indexed" },
        { raw->hint_zh.n ? !raw->hint_en.n : raw->hint_en.n > 0, "a hint needs hint_zh and hint_en" },
    };
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].wrong) kind_fault(r->arena, r->faults, where, "%s", rules[i].what);
}

static int64_t number_or(int64_t number, int64_t otherwise)
{
    return number != ABSENT ? number : otherwise;
}

static yq_field read_field(reader *r, yq_str where, const json_t *o, yq_shared sharing)
{
    static const int64_t most[YQ_FIELD_TYPES] = { [YQ_FIELD_TEXT] = TEXT_MAX, [YQ_FIELD_LONG_TEXT] = LONG_TEXT_MAX, [YQ_FIELD_INTEGER] = WHOLE_MAX };
    raw_field raw = { .min = ABSENT, .max = ABSENT };
    TAKE(r, where, o, field_members, &raw);
    check_id(r, where, raw.id, false);
    yq_field_type type = raw.type.p ? (yq_field_type)word_of(r, where, "type", raw.type, kind_field_types, YQ_FIELD_TYPES) : YQ_FIELD_TEXT;
    check_field(r, where, &raw, type);
    if (raw.sharing.p) sharing = (yq_shared)word_of(r, where, "sharing", raw.sharing, kind_shared_levels, YQ_SHARED_LEVELS);
    return (yq_field){
        .id = raw.id, .label = label_of(r, where, o, raw.zh, raw.en), .hint = { { raw.hint_zh, raw.hint_en } }, .type = type,
        .required = raw.required, .indexed = raw.indexed, .many = raw.many, .whole_day = raw.precision.n > 0, .sharing = sharing,
        .min = number_or(raw.min, type == YQ_FIELD_INTEGER ? -WHOLE_MAX : 0), .max = number_or(raw.max, most[type]),
        .choices = read_choices(r, where, "choices", raw.choices), .kinds = numbers_of(r, where, "kinds", raw.kinds, number_of_kind, NULL),
    };
}

static yq_state read_state(reader *r, yq_str where, const json_t *o)
{
    static const member members[] = {
        { "id", AS_TEXT, true, offsetof(yq_state, id) }, { "zh", AS_TEXT, true, offsetof(yq_state, label.in[YQ_ZH]) },
        { "en", AS_TEXT, true, offsetof(yq_state, label.in[YQ_EN]) }, { "initial", AS_FLAG, false, offsetof(yq_state, initial) },
        { "final", AS_FLAG, false, offsetof(yq_state, final) },
    };
    yq_state s = { 0 };
    TAKE(r, where, o, members, &s);
    check_id(r, where, s.id, false);
    s.label = label_of(r, where, o, s.label.in[YQ_ZH], s.label.in[YQ_EN]);
    return s;
}

typedef struct {
    yq_str id, zh, en, to, deadline;
    const json_t *from, *who, *guards, *required;
} raw_move;

static const member move_members[] = {
    { "id", AS_TEXT, true, offsetof(raw_move, id) },         { "zh", AS_TEXT, true, offsetof(raw_move, zh) },
    { "en", AS_TEXT, true, offsetof(raw_move, en) },         { "from", AS_LIST, true, offsetof(raw_move, from) },
    { "to", AS_TEXT, true, offsetof(raw_move, to) },         { "who", AS_LIST, true, offsetof(raw_move, who) },
    { "guards", AS_LIST, false, offsetof(raw_move, guards) }, { "required", AS_LIST, false, offsetof(raw_move, required) },
    { "deadline", AS_TEXT, false, offsetof(raw_move, deadline) },
};

/* A single name that must be one of the kind's; fault and otherwise for another. */
static uint16_t number_named(reader *r, yq_str where, const char *name, yq_str id, int (*number_of)(reader *r, const void *arg, yq_str word), const yq_kind *k,
                             uint16_t otherwise)
{
    if (!id.p) return otherwise;
    int number = number_of(r, k, id);
    if (number >= 0) return (uint16_t)number;
    kind_fault(r->arena, r->faults, where, "%s: there is no \"%.*s\"", name, YQ_FMT(id));
    return otherwise;
}

static yq_move read_move(reader *r, yq_str where, const json_t *o, const yq_kind *k)
{
    raw_move raw = { 0 };
    yq_choices roles = yq_role_words(), guards = yq_guard_words();
    TAKE(r, where, o, move_members, &raw);
    check_id(r, where, raw.id, false);
    yq_numbers who = numbers_of(r, where, "who", raw.who, number_of_choice, &roles);
    yq_move m = {
        .id = raw.id, .label = label_of(r, where, o, raw.zh, raw.en), .from = numbers_of(r, where, "from", raw.from, number_of_state, k),
        .to = number_named(r, where, "to", raw.to, number_of_state, k, 0), .guards = numbers_of(r, where, "guards", raw.guards, number_of_choice, &guards),
        .required = numbers_of(r, where, "required", raw.required, number_of_field, k),
        .deadline = number_named(r, where, "deadline", raw.deadline, number_of_field, k, YQ_NO_FIELD),
    };
    for (size_t i = 0; i < who.n; i++) m.who |= 1u << who.v[i];
    return m;
}

static yq_predicate *read_predicate(reader *r, yq_str where, const json_t *o, yq_predicate *p)
{
    typedef struct { yq_str id, zh, en; const json_t *to, *values; } raw_predicate;
    static const member members[] = {
        { "id", AS_TEXT, true, offsetof(raw_predicate, id) },  { "zh", AS_TEXT, true, offsetof(raw_predicate, zh) },
        { "en", AS_TEXT, true, offsetof(raw_predicate, en) },  { "to", AS_LIST, false, offsetof(raw_predicate, to) },
        { "values", AS_LIST_OR_TEXT, false, offsetof(raw_predicate, values) },
    };
    raw_predicate raw = { 0 };
    TAKE(r, where, o, members, &raw);
    check_id(r, where, raw.id, false);
    *p = (yq_predicate){ .id = raw.id, .label = label_of(r, where, o, raw.zh, raw.en), .to = numbers_of(r, where, "to", raw.to, number_of_kind, NULL) };
    if (json_is_string(raw.values)) *yq_push(r->arena, &r->borrowed) = (borrowed_values){ p, text_of(r, raw.values), where };
    else p->values = read_choices(r, where, "values", raw.values);
    return p;
}

/* ---------------------------------------------------------------- a kind */

static const member kind_members[] = {
    { "id", AS_TEXT, true, offsetof(raw_kind, id) },                 { "order", AS_NUMBER, true, offsetof(raw_kind, order) },
    { "zh", AS_TEXT, true, offsetof(raw_kind, zh) },                 { "en", AS_TEXT, true, offsetof(raw_kind, en) },
    { "en_plural", AS_TEXT, true, offsetof(raw_kind, en_plural) },   { "description_zh", AS_TEXT, true, offsetof(raw_kind, description_zh) },
    { "description_en", AS_TEXT, true, offsetof(raw_kind, description_en) }, { "listed", AS_FLAG, true, offsetof(raw_kind, listed) },
    { "wanted", AS_TEXT, true, offsetof(raw_kind, wanted) },         { "subject", AS_FLAG, false, offsetof(raw_kind, subject) },
    { "sharing", AS_TEXT, true, offsetof(raw_kind, sharing) },       { "named_by", AS_TEXT, true, offsetof(raw_kind, named_by) },
    { "fields", AS_LIST, true, offsetof(raw_kind, fields) },         { "states", AS_LIST, true, offsetof(raw_kind, states) },
    { "moves", AS_LIST, true, offsetof(raw_kind, moves) },           { "facts", AS_LIST, true, offsetof(raw_kind, facts) },
    { "towards", AS_LIST, true, offsetof(raw_kind, towards) },
};

static yq_str stem(yq_str file)
{
    return yq_sub(file, 0, file.n - (yq_ends(file, YQ_S(".json")) ? 5 : 0));
}

static void open_kind(reader *r, size_t i)
{
    json_error_t e;
    raw_kind *raw = &r->raw[i];
    yq_str text = r->files[i].text;
    *raw = (raw_kind){ .file = yq_dup(r->arena, r->files[i].name) };
    if (text.n > YQ_KIND_FILE_MAX) kind_fault(r->arena, r->faults, raw->file, "is over %d kB", YQ_KIND_FILE_MAX >> 10);
    else if (!(r->roots[i] = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &e))) kind_fault(r->arena, r->faults, raw->file, "line %d: %s", e.line, e.text);
    else TAKE(r, raw->file, r->roots[i], kind_members, raw);
    if (!raw->id.n) raw->id = yq_dup(r->arena, stem(raw->file));
    else if (!yq_eq(raw->id, stem(raw->file))) kind_fault(r->arena, r->faults, raw->file, "id is \"%.*s\"; it must be the file's name without .json", YQ_FMT(raw->id));
    check_id(r, raw->file, raw->id, false);
}

/* The members of a list of a kind: one struct of that type each, made by `make` from element o at place `here`. */
#define READ_LIST(r, k, raw, list, type, make)                                                                            \
    do {                                                                                                                  \
        size_t count = json_array_size((raw)->list);                                                                      \
        type *made = YQ_ARRAY((r)->arena, type, count + 1);                                                               \
        (k)->list.v = made;                                                                                               \
        for (size_t i = 0; i < count; i++) {                                                                              \
            const json_t *o = json_array_get((raw)->list, i);                                                             \
            yq_str here = kind_place((r)->arena, (raw)->file, #list, i, yq_cstr(json_string_value(json_object_get(o, "id")))); \
            make;                                                                                                         \
        }                                                                                                                 \
        (k)->list.n = count;                                                                                              \
    } while (0)

static void read_kind(reader *r, const raw_kind *raw, yq_kind *k)
{
    *k = (yq_kind){ .id = raw->id, .order = raw->order, .listed = raw->listed, .subject = raw->subject };
    k->label = (yq_label){ { one_label(r, raw->file, "zh", raw->zh, raw->zh.p), one_label(r, raw->file, "en", raw->en, raw->en.p) } };
    k->plural = (yq_label){ { raw->zh, one_label(r, raw->file, "en_plural", raw->en_plural, raw->en_plural.p) } };
    k->description = (yq_label){ { one_label(r, raw->file, "description_zh", raw->description_zh, raw->description_zh.p),
                                   one_label(r, raw->file, "description_en", raw->description_en, raw->description_en.p) } };
    if (raw->wanted.p) k->wanted = (yq_wanted)word_of(r, raw->file, "wanted", raw->wanted, kind_wanted_words, COUNT(kind_wanted_words));
    if (raw->sharing.p) k->sharing = (yq_shared)word_of(r, raw->file, "sharing", raw->sharing, kind_shared_levels, YQ_SHARED_LEVELS);
    READ_LIST(r, k, raw, fields, yq_field, made[i] = read_field(r, here, o, k->sharing));
    READ_LIST(r, k, raw, states, yq_state, made[i] = read_state(r, here, o));
    READ_LIST(r, k, raw, moves, yq_move, made[i] = read_move(r, here, o, k));
    READ_LIST(r, k, raw, facts, yq_predicate, read_predicate(r, here, o, &made[i]));
    READ_LIST(r, k, raw, towards, yq_predicate, read_predicate(r, here, o, &made[i]));
    k->named_by = number_named(r, raw->file, "named_by", raw->named_by, number_of_field, k, 0);
}

static void lend_values(reader *r, const borrowed_values *b)
{
    for (size_t i = 0; i < r->n; i++) {
        const yq_predicate *p = yq_kind_fact(&r->kinds[i], b->name);
        if (!p || !p->values.n) continue;
        b->predicate->values = p->values;
        return;
    }
    kind_fault(r->arena, r->faults, b->where, "values: no fact \"%.*s\" with values of its own", YQ_FMT(b->name));
}

/* ---------------------------------------------------------------- all of them */

static int by_order(const void *a, const void *b)
{
    const raw_kind *x = a, *y = b;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : yq_cmp(x->file, y->file);
}

static yq_code read_all(void *arg, yq_err *err)
{
    reader *r = arg;
    r->raw = YQ_ARRAY(r->arena, raw_kind, r->n + 1);
    r->kinds = YQ_ARRAY(r->arena, yq_kind, r->n + 1);
    for (size_t i = 0; i < r->n; i++) open_kind(r, i);
    qsort(r->raw, r->n, sizeof *r->raw, by_order);
    for (size_t i = 0; i < r->n; i++) read_kind(r, &r->raw[i], &r->kinds[i]);
    for (size_t i = 0; i < r->borrowed.n; i++) lend_values(r, &r->borrowed.v[i]);
    *r->out = (yq_kinds){ r->kinds, r->n };
    if (!r->faults->n) kinds_sound(r->out, r->arena, r->faults); /* else faults would breed faults */
    if (!r->faults->n) return YQ_OK;
    *r->out = (yq_kinds){ 0 };
    return yq_fail(err, YQ_INVALID, 0, "%.*s", YQ_FMT(r->faults->v[0]));
}

yq_code yq_kinds_read(const yq_kind_file *files, size_t n, yq_arena *a, yq_kinds *out, yq_kind_faults *faults, yq_err *err)
{
    *out = (yq_kinds){ 0 };
    if (!n || n > YQ_KINDS_MAX) return yq_fail(err, YQ_INVALID, 0, n ? "over %d kinds" : "there is no kind; a kind is a file <id>.json (at most %d)", YQ_KINDS_MAX);
    json_t *roots[YQ_KINDS_MAX] = { 0 };
    reader r = { .arena = a, .faults = faults, .files = files, .roots = roots, .n = n, .out = out };
    yq_code rc = yq_arena_run(a, read_all, &r, err);
    for (size_t i = 0; i < n; i++) json_decref(roots[i]);
    return rc;
}

/* ---------------------------------------------------------------- a folder */

static bool is_kind_file(const char *name)
{
    return name[0] != '.' && yq_ends(yq_cstr(name), YQ_S(".json"));
}

static yq_code read_file(const char *folder, const char *name, yq_kind_file *out, yq_err *err)
{
    char path[4096 + 256], *text = NULL, *copy = strdup(name);
    size_t n = 0;
    yq_err why = { 0 };
    yq_code rc = copy ? YQ_OK : yq_fail(&why, YQ_NOMEM, 0, "no memory");
    if (!rc && snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) rc = yq_fail(&why, YQ_IO, 0, "the path is too long");
    if (!rc) rc = yq_file_read(path, YQ_KIND_FILE_MAX, &text, &n, &why);
    *out = (yq_kind_file){ { copy, strlen(name) }, { text, n } };
    if (!rc) return YQ_OK;
    free(copy);
    return yq_fail(err, rc, 0, "%.80s: %.140s", name, why.msg);
}

yq_code yq_kinds_read_folder(const char *path, yq_arena *a, yq_kinds *out, yq_kind_faults *faults, yq_err *err)
{
    yq_kind_file files[YQ_KINDS_MAX];
    size_t n = 0;
    yq_code rc = YQ_OK;
    struct dirent *entry;
    *out = (yq_kinds){ 0 };
    DIR *folder = opendir(path);
    if (!folder) return yq_fail(err, YQ_IO, 0, "cannot open the folder; name one that holds kinds as <id>.json");
    while (!rc && (entry = readdir(folder))) {
        if (!is_kind_file(entry->d_name)) continue;
        if (n == YQ_KINDS_MAX) rc = yq_fail(err, YQ_INVALID, 0, "over %d kinds", YQ_KINDS_MAX);
        else if (!(rc = read_file(path, entry->d_name, &files[n], err))) n++;
    }
    closedir(folder);
    if (!rc) rc = yq_kinds_read(files, n, a, out, faults, err);
    for (size_t i = 0; i < n; i++) {
        free((char *)files[i].name.p);
        free((char *)files[i].text.p);
    }
    return rc;
}
