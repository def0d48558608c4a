/* yiqiao settle, yiqiao queue: who is who, decided again or put to a person. */
#include "cli/internal.h"
#include "job/handover.h"

#include <stdio.h>
#include <stdlib.h>

static void print_outcome(const yq_arguments *a, const yq_settle_outcome *o)
{
    static const char words[] = "%zu names in documents are %zu people and organisations; %zu of them changed; %zu pairs undecided (model %d)\n";
    static const char json[] = "{\"appearances\":%zu,\"clusters\":%zu,\"changed\":%zu,\"undecided\":%zu,\"model\":%d}\n";
    if (a->json) printf(json, o->appearances, o->clusters, o->changed, o->undecided, o->model);
    else printf(words, o->appearances, o->clusters, o->changed, o->undecided, o->model);
}

/* ---------------------------------------------------------------- here, or by the server that writes the store */

typedef struct {
    yq_identity_order order;   /* act NULL: settle */
    yq_settle_outcome outcome;
    int64_t sequence;
} work;

static yq_code here(yq_store *s, work *w, yq_err *err)
{
    yq_register *r = NULL;
    yq_code rc = yq_register_open(s, &r, err);
    if (!rc) rc = w->order.act ? yq_identity_obey(r, &w->order, &w->sequence, err) : yq_register_settle(r, &w->outcome, err);
    yq_register_close(r);
    return rc;
}

static yq_code there(const char *url, work *w, yq_err *err)
{
    const yq_store_options how = { .read_only = true };
    yq_store *s = NULL;
    yq_err busy = *err;
    yq_code rc = yq_store_open(url, &how, &s, err);
    const char *folder = rc ? NULL : yq_store_folder(s);
    if (!rc) rc = w->order.act ? yq_handover_identity(folder, &w->order, &w->sequence, err) : yq_handover_settle(folder, &w->outcome, err);
    yq_store_close(s);
    if (rc != YQ_NOTFOUND || !yq_starts(yq_cstr(err->msg), YQ_S("no server"))) return rc;
    *err = busy; /* somebody writes, and it is no server */
    return YQ_BUSY;
}

static yq_code run(const yq_arguments *a, work *w, yq_err *err)
{
    const yq_store_options how = { 0 };
    yq_store *s = NULL;
    yq_code rc = yq_store_open(a->store, &how, &s, err);
    if (!rc) rc = here(s, w, err);
    yq_store_close(s);
    return rc == YQ_BUSY ? there(a->store, w, err) : rc;
}

int yq_run_settle(const yq_arguments *a)
{
    work w = { 0 };
    yq_err err = { 0 };
    yq_code rc = run(a, &w, &err);
    if (rc) return yq_report(a->store, rc, &err);
    print_outcome(a, &w.outcome);
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

/* ---------------------------------------------------------------- the names in documents that are one */

static void print_source(const yq_appearance_shown *p)
{
    printf("%s  %.*s  %.*s", p->ulid, YQ_FMT(p->document_name), YQ_FMT(p->name));
    if (p->organization.n || p->position.n) printf(" (%.*s%s%.*s)", YQ_FMT(p->organization), p->organization.n && p->position.n ? ", " : "", YQ_FMT(p->position));
    printf(", named %lld time%s\n", (long long)p->named, p->named == 1 ? "" : "s");
}

static yq_code show_sources(const yq_arguments *a, yq_reader *r, yq_arena *arena, yq_err *err)
{
    enum { MOST = 10000 };
    yq_viewer v = yq_viewer_office();
    yq_entity e;
    yq_appearances_shown list;
    yq_rulings_shown rulings;
    yq_buf out = { 0 };
    size_t total;
    yq_code rc = yq_register_entity(r, &v, arena, yq_cstr(a->rest[1]), &e, err);
    if (!rc) rc = yq_register_appearances(r, &v, arena, e.id, 0, a->top ? (size_t)a->top : MOST, &list, &total, err);
    if (!rc) rc = yq_register_rulings(r, &v, arena, e.id, &rulings, err);
    if (rc) return rc;
    for (size_t i = 0; i < list.n && !a->json; i++) print_source(&list.v[i]);
    if (!a->json) return YQ_OK;
    yq_json j = yq_json_to(&out);
    yq_appearances_json(&j, &list, total, &rulings);
    printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
    yq_buf_free(&out);
    return YQ_OK;
}

/* ---------------------------------------------------------------- reading */

typedef struct {
    const yq_arguments *a;
    yq_code (*show)(const yq_arguments *a, yq_reader *r, yq_arena *arena, yq_err *err);
    yq_reader *reader;
    yq_arena *arena;
} view;

static yq_code show_inside(void *arg, yq_err *err)
{
    view *w = arg;
    return w->show(w->a, w->reader, w->arena, err);
}

static int show(const yq_arguments *a, yq_code (*what)(const yq_arguments *a, yq_reader *r, yq_arena *arena, yq_err *err))
{
    enum { MEMORY = 512 << 20 };
    yq_err err = { 0 };
    view w = { a, what, NULL, yq_arena_new(MEMORY) };
    yq_code rc = w.arena ? yq_reader_open(a->store, &w.reader, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    if (!rc) rc = yq_arena_run(w.arena, show_inside, &w, &err);
    yq_reader_close(w.reader);
    yq_arena_free(w.arena);
    return rc ? yq_report(a->store, rc, &err) : YQ_EXIT_DONE;
}

/* ---------------------------------------------------------------- deciding */

/* The ids as they are known inside; `undo` of one is the number of a decision itself. */
static yq_code find_ids(const yq_arguments *a, yq_identity_order *o, yq_err *err)
{
    yq_reader *r = NULL;
    bool number = strcmp(o->act, "undo") == 0 && o->n == 1;
    yq_code rc = number ? YQ_OK : yq_reader_open(a->store, &r, err);
    if (number) o->ids[0] = strtoll(a->rest[1], NULL, 10);
    for (size_t i = 0; i < o->n && !rc && !number; i++) rc = yq_register_redirected(r, yq_cstr(a->rest[i + 1]), &o->ids[i], err);
    yq_reader_close(r);
    return rc;
}

static int decide(const yq_arguments *a)
{
    work w = { .order = { a->rest[0], "", calloc(a->rest_count, sizeof(int64_t)), a->rest_count - 1 } };
    yq_err err = { 0 };
    if (!w.order.ids) return YQ_EXIT_BROKEN;
    yq_code rc = find_ids(a, &w.order, &err);
    if (!rc) rc = run(a, &w, &err);
    free(w.order.ids);
    if (rc) return yq_report(a->store, rc, &err);
    if (strcmp(a->rest[0], "undo") == 0) puts("taken back");
    else printf("decision %lld; yiqiao queue undo %lld takes it back\n", (long long)w.sequence, (long long)w.sequence);
    return YQ_EXIT_DONE;
}

int yq_run_queue(const yq_arguments *a)
{
    static const struct { const char *word; size_t least, most; } acts[] = {
        { "same", 2, 2 }, { "different", 2, 2 }, { "undecided", 2, 2 }, { "undo", 1, 2 }, { "split", 1, SIZE_MAX },
    };
    if (!a->rest_count) return show(a, show_queue);
    if (strcmp(a->rest[0], "sources") == 0 && a->rest_count == 2) return show(a, show_sources);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(a->rest[0], acts[i].word) == 0 && a->rest_count > acts[i].least && a->rest_count - 1 <= acts[i].most) return decide(a);
    return fputs("yiqiao: queue takes nothing, or: same ID ID, different ID ID, undecided ID ID, undo NUMBER, undo ID ID, sources ID, split SOURCE...\n", stderr), YQ_EXIT_USAGE;
}
