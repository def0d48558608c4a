/* yiqiao review: what is doubtful in a document, and what a person decides of it. */
#include "cli/internal.h"
#include "job/handover.h"
#include "register/review.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 256 << 20 };

/* ---------------------------------------------------------------- showing */

static void print_fact(const yq_fact *f)
{
    printf("%lld  %s  %.2f  %.*s  %.*s: %.*s", (long long)f->id, f->corrected ? "corrected" : yq_eq(f->state, YQ_S("proposed")) ? "proposed " : yq_eq(f->state, YQ_S("refused")) ? "refused  " : "confirmed",
           f->confidence, YQ_FMT(f->subject_name), YQ_FMT(f->predicate), YQ_FMT(f->value));
    if (f->object) printf(" [%.*s]", YQ_FMT(f->object_name));
    if (f->date.n) printf(" %.*s", YQ_FMT(f->date));
    printf("\n    「%.*s」\n", YQ_FMT(f->sentence_text));
}

static bool is_doubtful(const yq_fact *f)
{
    return yq_eq(f->state, YQ_S("proposed")) && f->confidence < YQ_DOUBTFUL_BELOW;
}

static void print_facts(const yq_arguments *a, const yq_facts *facts)
{
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_json_array(&j);
    for (size_t i = 0; i < facts->n; i++) {
        if (!a->all && !is_doubtful(&facts->v[i])) continue;
        if (a->json) yq_fact_json(&j, &facts->v[i]);
        else print_fact(&facts->v[i]);
    }
    yq_json_end_array(&j);
    if (a->json) printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
    yq_buf_free(&out);
}

/* By id as seen outside, or by name. */
static yq_code find_document(yq_reader *r, yq_arena *arena, yq_str which, yq_str *id, yq_err *err)
{
    yq_viewer viewer = yq_viewer_office();
    yq_documents found;
    size_t total;
    *id = which;
    yq_code rc = yq_register_documents(r, &viewer, arena, which, 0, 200, &found, &total, err);
    for (size_t i = 0; rc == YQ_OK && i < found.n; i++)
        if (yq_eq(found.v[i].name, which)) *id = yq_dup(arena, yq_cstr(found.v[i].ulid));
    return rc;
}

static yq_code show(const yq_arguments *a, yq_arena *arena, yq_err *err)
{
    yq_viewer viewer = yq_viewer_office();
    yq_reader *r = NULL;
    yq_document d;
    yq_facts facts;
    yq_str id;
    yq_code rc = yq_reader_open(a->store, &r, err);
    if (rc == YQ_OK) rc = find_document(r, arena, yq_cstr(a->rest[0]), &id, err);
    if (rc == YQ_OK) rc = yq_register_document(r, &viewer, arena, id, &d, NULL, &facts, NULL, err);
    if (rc == YQ_OK) print_facts(a, &facts);
    yq_reader_close(r);
    return rc;
}

/* ---------------------------------------------------------------- deciding */

static yq_code decide_here(yq_store *s, const yq_fact_decision *v, size_t n, size_t *changed, yq_err *err)
{
    yq_register *r = NULL;
    yq_code rc = yq_register_open(s, &r, err);
    if (rc == YQ_OK) rc = yq_register_decide(r, v, n, "office", changed, err);
    yq_register_close(r);
    return rc;
}

/* The server that writes the store does it. */
static yq_code decide_there(const char *url, const yq_fact_decision *v, size_t n, size_t *changed, yq_err *err)
{
    const yq_store_options how = { .read_only = true };
    yq_store *s = NULL;
    yq_err busy = *err;
    yq_code rc = yq_store_open(url, &how, &s, err);
    if (rc == YQ_OK) rc = yq_handover_decide(yq_store_folder(s), v, n, changed, err);
    yq_store_close(s);
    if (rc != YQ_NOTFOUND || !yq_starts(yq_cstr(err->msg), YQ_S("no server"))) return rc;
    *err = busy; /* somebody writes, and it is no server */
    return YQ_BUSY;
}

static yq_str given(const char *s)
{
    return s ? yq_cstr(s) : (yq_str){ 0 };
}

static int decide(const yq_arguments *a, yq_judgement judgement)
{
    size_t n = a->rest_count - 1, changed = 0;
    yq_fact_decision *v = calloc(n, sizeof *v);
    yq_store *s = NULL;
    yq_err err = { 0 };
    const yq_store_options how = { 0 };
    if (!v) return YQ_EXIT_BROKEN;
    const yq_correction c = { given(a->value), given(a->date), given(a->subject), given(a->object) };
    for (size_t i = 0; i < n; i++) v[i] = (yq_fact_decision){ strtoll(a->rest[i + 1], NULL, 10), judgement, c };
    yq_code rc = yq_store_open(a->store, &how, &s, &err);
    if (rc == YQ_OK) rc = decide_here(s, v, n, &changed, &err);
    yq_store_close(s);
    if (rc == YQ_BUSY) rc = decide_there(a->store, v, n, &changed, &err);
    if (rc == YQ_OK) printf("%zu decided, %zu were so already\n", changed, n - changed);
    free(v);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->store, rc, &err);
}

int yq_run_review(const yq_arguments *a)
{
    static const struct { const char *word; yq_judgement judgement; } words[] = {
        { "confirm", YQ_CONFIRM }, { "refuse", YQ_REFUSE }, { "correct", YQ_CORRECT }, { "undo", YQ_TAKE_BACK } };
    bool correction = a->value || a->date || a->subject || a->object;
    for (size_t i = 0; a->rest_count > 1 && i < sizeof words / sizeof *words; i++) {
        if (strcmp(a->rest[0], words[i].word) != 0) continue;
        if (correction == (words[i].judgement == YQ_CORRECT) && (!correction || a->rest_count == 2)) return decide(a, words[i].judgement);
        return fputs("yiqiao: one fact is corrected at a time, with --value, --object, --subject or --date; the others take none of these\n", stderr), YQ_EXIT_USAGE;
    }
    if (a->rest_count != 1 || correction) return fputs("usage: yiqiao review DOCUMENT [--all] [--json] | confirm|refuse|undo FACT... | correct FACT --value V\n", stderr), YQ_EXIT_USAGE;
    yq_err err = { 0 };
    yq_arena *arena = yq_arena_new(MEMORY);
    yq_code rc = arena ? show(a, arena, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    yq_arena_free(arena);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->rest[0], rc, &err);
}
