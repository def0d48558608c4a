/* yiqiao ways: who can introduce whom, a line a step with the sentence under it. */
#include "cli/internal.h"
#include "register/ties.h"

#include <stdio.h>

enum { ONE_QUESTION = 64 << 20 };

/* What joins the two ends of a step, where both are members of it. */
static const char *const joined[YQ_TIE_KINDS] = {
    [YQ_TIE_WORK] = "both at",     [YQ_TIE_SOCIETY] = "both members of",   [YQ_TIE_EVENT] = "both at",          [YQ_TIE_SESSION] = "same session of",
    [YQ_TIE_DEAL] = "both party to", [YQ_TIE_THING] = "both share in", [YQ_TIE_CLASS] = "same class at", [YQ_TIE_SCHOOL] = "both graduates of",
};

static bool is_end(const yq_way_step *s)
{
    return s->through.id == s->from.id || s->through.id == s->to.id;
}

static void print_joint(const yq_way_step *s)
{
    if (is_end(s)) fputs(s->kind == YQ_TIE_SCHOOL ? "school and graduate" : s->kind == YQ_TIE_SOCIETY ? "society and member" : "institution and staff", stdout);
    else printf("%s%s%.*s", joined[s->kind], s->through.id ? " " : " one document", YQ_FMT(s->through.name));
    if (s->detail.n) printf(", %.*s", YQ_FMT(s->detail));
    if (s->date.n) printf(" (%.*s)", YQ_FMT(s->date));
    putchar('\n');
}

static void print_step(const yq_way_step *s)
{
    fputs("   — ", stdout);
    print_joint(s);
    for (size_t i = 0; i < s->facts.n; i++) {
        const yq_fact *f = &s->facts.v[i];
        if (i && f->document == s->facts.v[0].document && f->sentence.from == s->facts.v[0].sentence.from) continue;
        printf("     「%.*s」 %.*s %.*s\n", YQ_FMT(yq_trim(f->sentence_text)), YQ_FMT(f->document_name), YQ_FMT(f->document_date));
    }
    printf("   %.*s", YQ_FMT(s->to.name));
    if (s->to.organization.n) printf(" (%.*s)", YQ_FMT(s->to.organization));
    putchar('\n');
}

static void print_none(const yq_ways *w)
{
    if (w->self) puts("that is the asker");
    else puts("none: no way of at most four steps is known");
    if (!w->has_contact) return;
    printf("whom most ways around %.*s pass: %.*s", YQ_FMT(w->end.name), YQ_FMT(w->contact.from.name));
    if (w->contact.from.organization.n) printf(" (%.*s)", YQ_FMT(w->contact.from.organization));
    putchar('\n');
    print_step(&w->contact);
}

static void print_ways(const yq_ways *w)
{
    if (w->end.id != w->to.id) printf("%.*s: by way of %.*s\n", YQ_FMT(w->to.name), YQ_FMT(w->end.name));
    for (size_t i = 0; i < w->ways.n; i++) {
        printf("%zu. %.*s\n", i + 1, YQ_FMT(w->from.name));
        for (size_t k = 0; k < w->ways.v[i].steps.n; k++) print_step(&w->ways.v[i].steps.v[k]);
    }
    if (!w->ways.n) print_none(w);
}

static void print_json(const yq_ways *w)
{
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_ways_json(w, &j);
    printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
    yq_buf_free(&out);
}

typedef struct {
    const yq_arguments *a;
    yq_reader *reader;
    yq_ties *ties;
    yq_arena *arena;
    const char *subject; /* which of the two names is refused */
} asking;

static yq_code ask(void *arg, yq_err *err)
{
    asking *x = arg;
    yq_viewer v = yq_viewer_office();
    yq_entity from, to;
    yq_ways ways;
    x->subject = x->a->from;
    yq_code rc = yq_register_meant(x->reader, &v, x->arena, yq_cstr(x->a->from), &from, err);
    if (rc) return rc;
    x->subject = x->a->to;
    if ((rc = yq_register_meant(x->reader, &v, x->arena, yq_cstr(x->a->to), &to, err))) return rc;
    x->subject = x->a->from;
    if ((rc = yq_ties_read(x->reader, &v, &x->ties, err))) return rc;
    size_t top = !x->a->top ? YQ_WAYS_TOP : x->a->top < YQ_WAYS_TOP_MAX ? (size_t)x->a->top : YQ_WAYS_TOP_MAX;
    if ((rc = yq_register_ways(x->reader, x->ties, &v, x->arena, &from, &to, top, &ways, err))) return rc;
    if (x->a->json) print_json(&ways);
    else print_ways(&ways);
    return YQ_OK;
}

int yq_run_ways(const yq_arguments *a)
{
    asking x = { .a = a, .subject = a->store };
    yq_err err = { 0 };
    if (!a->from || !a->to) {
        fputs("yiqiao: ways needs --from and --to\n", stderr);
        return YQ_EXIT_USAGE;
    }
    x.arena = yq_arena_new(ONE_QUESTION);
    yq_code rc = x.arena ? yq_reader_open(a->store, &x.reader, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    if (!rc) rc = yq_arena_run(x.arena, ask, &x, &err);
    yq_ties_free(x.ties);
    yq_reader_close(x.reader);
    yq_arena_free(x.arena);
    return rc ? yq_report(x.subject, rc, &err) : YQ_EXIT_DONE;
}
