/* What kinds of things there are; and whether those in a folder are right, before a program is built with them. */
#include "cli/internal.h"

#include <stdio.h>

static void print_label(const char *before, yq_label label)
{
    printf("%s%.*s %.*s", before, YQ_FMT(label.in[YQ_ZH]), YQ_FMT(label.in[YQ_EN]));
}

static void print_states(const yq_kind *k)
{
    if (!k->states.n) return;
    fputs("  ", stdout);
    for (size_t i = 0; i < k->states.n; i++) printf("%s%.*s", i ? " · " : "", YQ_FMT(k->states.v[i].label.in[YQ_ZH]));
    putchar('\n');
}

static void print_kind(const yq_kind *k)
{
    static const char *const wanted[] = { "", ", answers a need if asked for", ", answers a need" };
    printf("%.*s", YQ_FMT(k->id));
    print_label("  ", k->label);
    printf("\n  %.*s\n  %.*s\n", YQ_FMT(k->description.in[YQ_ZH]), YQ_FMT(k->description.in[YQ_EN]));
    printf("  %zu fields, %zu states, %zu moves%s%s\n", k->fields.n, k->states.n, k->moves.n, k->listed ? ", in the register" : "", wanted[k->wanted]);
    print_states(k);
}

static void print_kinds(const yq_kinds *kinds, bool json)
{
    if (!json) {
        for (size_t i = 0; i < kinds->n; i++) print_kind(&kinds->v[i]);
        return;
    }
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_kinds_json(kinds, &j);
    printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
    yq_buf_free(&out);
}

static int print_folder(const yq_arguments *a, yq_arena *arena)
{
    yq_kinds kinds;
    yq_kind_faults faults = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_kinds_read_folder(a->rest[0], arena, &kinds, &faults, &err);
    for (size_t i = 0; i < faults.n; i++) fprintf(stderr, "%.*s\n", YQ_FMT(faults.v[i]));
    if (faults.n) return YQ_EXIT_REFUSED;
    if (rc != YQ_OK) return yq_report(a->rest[0], rc, &err);
    print_kinds(&kinds, a->json);
    return YQ_EXIT_DONE;
}

int yq_run_kinds(const yq_arguments *a)
{
    enum { ALL_KINDS = 64 << 20 }; /* bytes */
    if (!a->rest_count) return print_kinds(yq_kinds_builtin(), a->json), YQ_EXIT_DONE;
    yq_arena *arena = yq_arena_new(ALL_KINDS);
    yq_err err = { 0 };
    int status = arena ? print_folder(a, arena) : yq_report(NULL, yq_fail(&err, YQ_NOMEM, 0, "no memory"), &err);
    yq_arena_free(arena);
    return status;
}
