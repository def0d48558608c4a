/* yiqiao settle, yiqiao queue: who is who, decided again or put to a person. */
#include "cli/internal.h"

#include <stdio.h>

static void print_outcome(const yq_arguments *a, const yq_settle_outcome *o)
{
    static const char words[] = "%zu names in documents are %zu people and organisations; %zu of them changed; %zu pairs undecided (model %d)\n";
    static const char json[] = "{\"appearances\":%zu,\"clusters\":%zu,\"changed\":%zu,\"undecided\":%zu,\"model\":%d}\n";
    if (a->json) printf(json, o->appearances, o->clusters, o->changed, o->undecided, o->model);
    else printf(words, o->appearances, o->clusters, o->changed, o->undecided, o->model);
}

int yq_run_settle(const yq_arguments *a)
{
    const yq_store_options how = { 0 };
    yq_store *s = NULL;
    yq_register *r = NULL;
    yq_settle_outcome outcome;
    yq_err err = { 0 };
    yq_code rc = yq_store_open(a->store, &how, &s, &err);
    if (!rc) rc = yq_register_open(s, &r, &err);
    if (!rc) rc = yq_register_settle(r, &outcome, &err);
    yq_register_close(r);
    yq_store_close(s);
    if (rc) return yq_report(a->store, rc, &err);
    print_outcome(a, &outcome);
    return YQ_EXIT_DONE;
}

/* ---------------------------------------------------------------- the queue */

static void print_record(char letter, const char *ulid, const yq_entity *e)
{
    printf("   %c %s %.*s", letter, ulid, YQ_FMT(e->name));
    if (e->organization.n) printf(" (%.*s%s%.*s)", YQ_FMT(e->organization), e->position.n ? ", " : "", YQ_FMT(e->position));
    printf(", %lld document%s\n", (long long)e->documents, e->documents == 1 ? "" : "s");
}

static void print_signs(const yq_queue_item *q, bool against)
{
    bool any = false;
    printf("   %s: ", against ? "against" : "for");
    for (size_t i = 0; i < q->signs; i++) {
        if (q->sign[i]->against != against) continue;
        printf("%s%s", any ? "; " : "", q->sign[i]->words);
        any = true;
    }
    puts(any ? "" : "nothing");
}

static void print_queue(const yq_queue_items *list, const yq_queue_counts *counts)
{
    for (size_t i = 0; i < list->n; i++) {
        const yq_queue_item *q = &list->v[i];
        printf("%zu. %lld fact%s on it\n", i + 1, (long long)q->facts, q->facts == 1 ? " hangs" : "s hang");
        print_record('a', q->ulid_a, &q->a);
        print_record('b', q->ulid_b, &q->b);
        print_signs(q, false);
        print_signs(q, true);
    }
    printf("%zu undecided\n", counts->open);
}

static yq_code show_queue(const yq_arguments *a, yq_reader *r, yq_arena *arena, yq_err *err)
{
    yq_viewer v = yq_viewer_office();
    yq_queue_items list;
    yq_queue_counts counts;
    yq_buf out = { 0 };
    yq_code rc = yq_register_queue(r, &v, arena, YQ_QUEUE_OPEN, 0, 0, a->top ? (size_t)a->top : 20, &list, &counts, err);
    if (rc) return rc;
    if (!a->json) return print_queue(&list, &counts), YQ_OK;
    yq_json j = yq_json_to(&out);
    yq_queue_json(&list, &counts, &j);
    printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
    yq_buf_free(&out);
    return YQ_OK;
}

typedef struct {
    const yq_arguments *a;
    yq_reader *reader;
    yq_arena *arena;
} queue_work;

static yq_code show_inside(void *arg, yq_err *err)
{
    queue_work *w = arg;
    return show_queue(w->a, w->reader, w->arena, err);
}

static int list_queue(const yq_arguments *a)
{
    enum { MEMORY = 512 << 20 };
    yq_err err = { 0 };
    queue_work w = { a, NULL, yq_arena_new(MEMORY) };
    yq_code rc = w.arena ? yq_reader_open(a->store, &w.reader, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    if (!rc) rc = yq_arena_run(w.arena, show_inside, &w, &err);
    yq_reader_close(w.reader);
    yq_arena_free(w.arena);
    return rc ? yq_report(a->store, rc, &err) : YQ_EXIT_DONE;
}

static yq_code decide(const yq_arguments *a, yq_session *s, yq_err *err)
{
    int64_t x, y;
    if (!s->reg) return yq_fail(err, YQ_BUSY, 0, "another process writes to this store; decide on its desk");
    yq_code rc = yq_register_redirected(s->reader, yq_cstr(a->rest[1]), &x, err);
    if (!rc) rc = yq_register_redirected(s->reader, yq_cstr(a->rest[2]), &y, err);
    return rc ? rc : yq_register_rule(s->reg, x, y, yq_cstr(a->rest[0]), "office", "", err);
}

int yq_run_queue(const yq_arguments *a)
{
    yq_session s;
    yq_err err = { 0 };
    if (!a->rest_count) return list_queue(a);
    if (a->rest_count != 3) return fputs("yiqiao: queue takes nothing, or a decision and two ids: queue same ID ID\n", stderr), YQ_EXIT_USAGE;
    int status = yq_session_open(a, &s);
    if (status) return status;
    yq_code rc = decide(a, &s, &err);
    yq_session_close(&s);
    return rc ? yq_report(a->store, rc, &err) : YQ_EXIT_DONE;
}
