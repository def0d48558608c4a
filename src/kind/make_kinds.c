/* Runs on the build machine: reads and checks kinds/ and writes its tables as constants of C. make_kinds KINDS_FOLDER OUT.c OUT.d
 *
 * What is wrong with a kind ends the build with the file and the place. The dependency file names the folder too, so that a new kind is noticed.
 */
#include "kind/internal.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    FILE *out;
    size_t lists; /* numbers given to the arrays so far */
} maker;

static void put_str(maker *m, yq_str s)
{
    fputs("{ \"", m->out);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c == '"' || c == '\\' || c == '?') fprintf(m->out, "\\%03o", c); /* ? would make trigraphs */
        else fputc(c, m->out);
    }
    fprintf(m->out, "\", %zu }", s.n);
}

static void put_label(maker *m, yq_label label)
{
    fputs("{ { ", m->out);
    put_str(m, label.in[YQ_ZH]);
    fputs(", ", m->out);
    put_str(m, label.in[YQ_EN]);
    fputs(" } }", m->out);
}

/* Arrays come before what points to them; each gets a number. 0: an empty one. */
static size_t make_numbers(maker *m, yq_numbers numbers)
{
    if (!numbers.n) return 0;
    fprintf(m->out, "static const uint16_t a%zu[] = { ", ++m->lists);
    for (size_t i = 0; i < numbers.n; i++) fprintf(m->out, "%u, ", (unsigned)numbers.v[i]);
    fputs("};\n", m->out);
    return m->lists;
}

static size_t make_choices(maker *m, yq_choices choices)
{
    if (!choices.n) return 0;
    fprintf(m->out, "static const yq_choice a%zu[] = {\n", ++m->lists);
    for (size_t i = 0; i < choices.n; i++) {
        fputs("    { ", m->out);
        put_str(m, choices.v[i].id);
        fputs(", ", m->out);
        put_label(m, choices.v[i].label);
        fputs(" },\n", m->out);
    }
    fputs("};\n", m->out);
    return m->lists;
}

static void put_list(maker *m, const char *member, size_t list, size_t n)
{
    if (list) fprintf(m->out, " .%s = { a%zu, %zu },", member, list, n);
}

static void put_named(maker *m, yq_str id, yq_label label)
{
    fputs("    { .id = ", m->out);
    put_str(m, id);
    fputs(", .label = ", m->out);
    put_label(m, label);
    fputs(",", m->out);
}

static size_t make_fields(maker *m, const yq_kind *k)
{
    size_t choices[YQ_KIND_LIST_MAX], kinds[YQ_KIND_LIST_MAX];
    for (size_t i = 0; i < k->fields.n; i++) {
        choices[i] = make_choices(m, k->fields.v[i].choices);
        kinds[i] = make_numbers(m, k->fields.v[i].kinds);
    }
    fprintf(m->out, "static const yq_field a%zu[] = {\n", ++m->lists);
    for (size_t i = 0; i < k->fields.n; i++) {
        const yq_field *f = &k->fields.v[i];
        put_named(m, f->id, f->label);
        fputs(" .hint = ", m->out);
        put_label(m, f->hint);
        fprintf(m->out, ", .type = %d, .required = %d, .indexed = %d, .many = %d, .whole_day = %d, .sharing = %d, .min = %lld, .max = %lld,", f->type,
                f->required, f->indexed, f->many, f->whole_day, f->sharing, (long long)f->min, (long long)f->max);
        put_list(m, "choices", choices[i], f->choices.n);
        put_list(m, "kinds", kinds[i], f->kinds.n);
        fputs(" },\n", m->out);
    }
    fputs("};\n", m->out);
    return m->lists;
}

static size_t make_states(maker *m, const yq_kind *k)
{
    if (!k->states.n) return 0;
    fprintf(m->out, "static const yq_state a%zu[] = {\n", ++m->lists);
    for (size_t i = 0; i < k->states.n; i++) {
        const yq_state *s = &k->states.v[i];
        put_named(m, s->id, s->label);
        fprintf(m->out, " .initial = %d, .final = %d },\n", s->initial, s->final);
    }
    fputs("};\n", m->out);
    return m->lists;
}

static size_t make_moves(maker *m, const yq_kind *k)
{
    size_t from[YQ_KIND_LIST_MAX], guards[YQ_KIND_LIST_MAX], required[YQ_KIND_LIST_MAX];
    if (!k->moves.n) return 0;
    for (size_t i = 0; i < k->moves.n; i++) {
        from[i] = make_numbers(m, k->moves.v[i].from);
        guards[i] = make_numbers(m, k->moves.v[i].guards);
        required[i] = make_numbers(m, k->moves.v[i].required);
    }
    fprintf(m->out, "static const yq_move a%zu[] = {\n", ++m->lists);
    for (size_t i = 0; i < k->moves.n; i++) {
        const yq_move *v = &k->moves.v[i];
        put_named(m, v->id, v->label);
        put_list(m, "from", from[i], v->from.n);
        put_list(m, "guards", guards[i], v->guards.n);
        put_list(m, "required", required[i], v->required.n);
        fprintf(m->out, " .to = %u, .who = %u, .deadline = %u },\n", (unsigned)v->to, v->who, (unsigned)v->deadline);
    }
    fputs("};\n", m->out);
    return m->lists;
}

static size_t make_predicates(maker *m, const yq_predicate *v, size_t n)
{
    size_t to[YQ_KIND_LIST_MAX], values[YQ_KIND_LIST_MAX];
    if (!n) return 0;
    for (size_t i = 0; i < n; i++) {
        to[i] = make_numbers(m, v[i].to);
        values[i] = make_choices(m, v[i].values);
    }
    fprintf(m->out, "static const yq_predicate a%zu[] = {\n", ++m->lists);
    for (size_t i = 0; i < n; i++) {
        put_named(m, v[i].id, v[i].label);
        put_list(m, "to", to[i], v[i].to.n);
        put_list(m, "values", values[i], v[i].values.n);
        fputs(" },\n", m->out);
    }
    fputs("};\n", m->out);
    return m->lists;
}

typedef struct {
    size_t fields, states, moves, facts, towards;
} kind_lists;

static void put_kind(maker *m, const yq_kind *k, const kind_lists *l)
{
    put_named(m, k->id, k->label);
    fputs("\n      .plural = ", m->out);
    put_label(m, k->plural);
    fputs(",\n      .description = ", m->out);
    put_label(m, k->description);
    fprintf(m->out, ",\n      .order = %lld, .listed = %d, .subject = %d, .wanted = %d, .sharing = %d, .named_by = %u,", (long long)k->order, k->listed, k->subject,
            k->wanted, k->sharing, (unsigned)k->named_by);
    put_list(m, "fields", l->fields, k->fields.n);
    put_list(m, "states", l->states, k->states.n);
    put_list(m, "moves", l->moves, k->moves.n);
    put_list(m, "facts", l->facts, k->facts.n);
    put_list(m, "towards", l->towards, k->towards.n);
    fputs(" },\n", m->out);
}

static void make_kinds(maker *m, const yq_kinds *kinds)
{
    kind_lists lists[YQ_KINDS_MAX];
    fputs("/* Made by src/kind/make_kinds.c from kinds/. */\n#include \"kind/kind.h\"\n\n", m->out);
    for (size_t i = 0; i < kinds->n; i++) {
        const yq_kind *k = &kinds->v[i];
        lists[i].fields = make_fields(m, k);
        lists[i].states = make_states(m, k);
        lists[i].moves = make_moves(m, k);
        lists[i].facts = make_predicates(m, k->facts.v, k->facts.n);
        lists[i].towards = make_predicates(m, k->towards.v, k->towards.n);
    }
    fputs("\nstatic const yq_kind kinds[] = {\n", m->out);
    for (size_t i = 0; i < kinds->n; i++) put_kind(m, &kinds->v[i], &lists[i]);
    fprintf(m->out, "};\n\nconst yq_kinds *yq_kinds_builtin(void)\n{\n    static const yq_kinds all = { kinds, %zu };\n    return &all;\n}\n", kinds->n);
}

static FILE *open_out(const char *path)
{
    FILE *f = fopen(path, "w");
    if (f) return f;
    fprintf(stderr, "%s: cannot be written\n", path);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 4) return fputs("usage: make_kinds KINDS_FOLDER OUT.c OUT.d\n", stderr), 2;
    yq_arena *arena = yq_arena_new(64 << 20);
    yq_kinds kinds;
    yq_kind_faults faults = { 0 };
    yq_err err = { 0 };
    yq_code rc = arena ? yq_kinds_read_folder(argv[1], arena, &kinds, &faults, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    for (size_t i = 0; i < faults.n; i++) fprintf(stderr, "%s/%.*s\n", argv[1], YQ_FMT(faults.v[i]));
    if (rc && !faults.n) fprintf(stderr, "%s: %s\n", argv[1], err.msg);
    if (rc) return 1;
    maker m = { .out = open_out(argv[2]) };
    make_kinds(&m, &kinds);
    bool good = !ferror(m.out) & !fclose(m.out);
    FILE *depends = open_out(argv[3]);
    fprintf(depends, "%s: %s", argv[2], argv[1]);
    for (size_t i = 0; i < kinds.n; i++) fprintf(depends, " %s/%.*s.json", argv[1], YQ_FMT(kinds.v[i].id));
    fputc('\n', depends);
    good = good && !fclose(depends);
    yq_arena_free(arena);
    return good ? 0 : 1;
}
