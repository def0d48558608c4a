/* Asking: a need, an entity; and the desk that asks all day. */
#include "cli/internal.h"
#include "intake/cage.h"
#include "http/http.h"

#include <stdio.h>
#include <stdlib.h>

enum { ONE_NEED = 64 << 20 }; /* arena of one need, bytes */

/* ---------------------------------------------------------------- match */

static void print_reason(const yq_reason *r)
{
    printf("     「%.*s」 %.*s %.*s\n", YQ_FMT(r->text), YQ_FMT(r->document_name), YQ_FMT(r->date));
}

/* "+ region: Guangdong (深圳市人民医院)": met, - not met, ? nothing is said. */
static void print_checks(const yq_answer *a, const yq_conditions *conditions)
{
    static const char marks[] = { [YQ_COND_UNKNOWN] = '?', [YQ_COND_MET] = '+', [YQ_COND_UNMET] = '-' };
    for (size_t i = 0; i < conditions->n; i++) {
        const yq_condition *c = &conditions->v[i];
        const yq_condition_check *k = &a->checks[i];
        printf("     %c %.*s", marks[k->state], YQ_FMT(c->id));
        if (k->state != YQ_COND_UNKNOWN && k->said.n) printf("  「%.*s」 %.*s", YQ_FMT(k->said), YQ_FMT(k->document_name));
        putchar('\n');
    }
}

static void print_answer(const yq_answer *a, const yq_conditions *conditions)
{
    printf("%.*s  %.2f\n", YQ_FMT(a->name), a->score);
    print_checks(a, conditions);
    if (a->organization.n || a->position.n) printf("     %.*s %.*s\n", YQ_FMT(a->organization), YQ_FMT(a->position));
    for (size_t i = 0; i < a->reasons.n; i++) print_reason(&a->reasons.v[i]);
}

static void print_list(const yq_match_list *l, const yq_conditions *conditions)
{
    printf("%.*s\n", YQ_FMT(l->want));
    for (size_t i = 0; i < l->answers.n; i++) {
        printf("%2zu. ", i + 1);
        print_answer(&l->answers.v[i], conditions);
    }
    if (l->answers.n) return;
    puts("  none");
    if (l->unmet.n || l->missing.n) printf("  missing: %.*s\n", YQ_FMT(l->unmet.n ? l->unmet : l->missing));
    if (l->has_nearest) {
        fputs("  nearest: ", stdout);
        print_answer(&l->nearest, conditions);
    }
}

/* What was read from the need, a wish in brackets. */
static void print_conditions(const yq_conditions *conditions)
{
    for (size_t i = 0; i < conditions->n; i++) {
        const yq_condition *c = &conditions->v[i];
        printf("%s%s%.*s%s", i ? "; " : "conditions: ", c->hard ? "" : "(", YQ_FMT(c->id), c->hard ? "" : ")");
    }
    if (conditions->n) putchar('\n');
}

static int match_one(const yq_arguments *a, yq_session *s, yq_arena *arena)
{
    yq_viewer viewer = yq_viewer_office();
    yq_need_question q = { .text = yq_cstr(a->rest[0]), .want = yq_cstr(a->want), .top = a->top ? (size_t)a->top : 5 };
    yq_match_lists lists = { 0 };
    yq_err err = { 0 };
    if (q.top > YQ_MATCH_MAX) q.top = YQ_MATCH_MAX;
    yq_code rc = yq_question_where(arena, yq_cstr(a->where), &q, &err);
    if (rc == YQ_OK) rc = yq_question_without(arena, yq_cstr(a->without), &q, &err);
    if (rc == YQ_OK) rc = yq_match(s->reader, s->index, &viewer, arena, &q, &lists, &err);
    if (rc != YQ_OK) return yq_report(NULL, rc, &err);
    if (a->json) {
        yq_buf out = { 0 };
        yq_json j = yq_json_to(&out);
        yq_match_json(&lists, &j);
        printf("%.*s\n", YQ_FMT(yq_buf_str(&out)));
        yq_buf_free(&out);
        return YQ_EXIT_DONE;
    }
    print_conditions(&lists.conditions);
    for (size_t i = 0; i < lists.n; i++) print_list(&lists.v[i], &lists.conditions);
    if (lists.n && lists.v[0].weights) printf("ordered by weights learnt from feedback, version %lld\n", (long long)lists.v[0].weights);
    return YQ_EXIT_DONE;
}

static yq_str member(const json_t *o, const char *key)
{
    return yq_cstr(json_string_value(json_object_get(o, key)));
}

yq_code yq_listed_conditions(yq_arena *arena, const json_t *need, yq_need_question *q, yq_err *err)
{
    const json_t *list = json_object_get(need, "conditions");
    size_t n = json_array_size(list);
    yq_condition *given = YQ_ARRAY(arena, yq_condition, n + 1);
    if (list && (!json_is_array(list) || n > YQ_GIVEN_MAX)) return yq_fail(err, YQ_INVALID, 0, "conditions of a need must be a list of at most %d {\"kind\", \"words\"}", YQ_GIVEN_MAX);
    for (size_t i = 0; i < n; i++) {
        const json_t *c = json_array_get(list, i);
        yq_code rc = yq_condition_given(arena, member(c, "kind"), member(c, "words"), YQ_S(""), &given[i], err);
        if (rc != YQ_OK) return rc;
    }
    q->given = given, q->given_count = n;
    return YQ_OK;
}

static yq_code answer_one(yq_session *s, yq_arena *arena, const json_t *need, const yq_arguments *a, yq_json *out, yq_err *err)
{
    yq_viewer viewer = yq_viewer_office();
    yq_need_question q = { .text = member(need, "text"), .want = member(need, "want"), .top = a->top ? (size_t)a->top : YQ_MATCH_MAX };
    yq_match_lists lists = { 0 };
    if (!q.want.n) q.want = YQ_S("person");
    if (q.top > YQ_MATCH_MAX) q.top = YQ_MATCH_MAX;
    yq_code rc = yq_listed_conditions(arena, need, &q, err);
    if (rc == YQ_OK) rc = yq_match(s->reader, s->index, &viewer, arena, &q, &lists, err);
    if (rc != YQ_OK) return rc;
    yq_json_key(out, json_string_value(json_object_get(need, "id")));
    yq_match_answers_json(&lists.v[0], out);
    return YQ_OK;
}

static yq_code answer_all(yq_session *s, yq_arena *arena, const json_t *needs, const yq_arguments *a, yq_buf *out, yq_err *err)
{
    size_t i;
    const json_t *need;
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    json_array_foreach(needs, i, need) {
        if (!member(need, "id").n || yq_blank(member(need, "text")))
            return yq_fail(err, YQ_INVALID, i, "need %zu has no id or no text", i + 1);
        const json_t *want = json_object_get(need, "want");
        char names[YQ_WANTED_BYTES];
        if (want && !(json_is_string(want) && yq_wanted_kind(json_string_value(want))))
            return yq_fail(err, YQ_INVALID, i, "need %zu wants no kind of answer; say %.*s", i + 1, YQ_FMT(yq_wanted_kinds(names)));
        yq_code rc = answer_one(s, arena, need, a, &j, err);
        if (rc != YQ_OK) return rc;
        yq_arena_clear(arena);
    }
    yq_json_end_object(&j);
    return YQ_OK;
}

static int match_many(const yq_arguments *a, yq_session *s, yq_arena *arena)
{
    json_error_t e;
    yq_err err = { 0 };
    yq_buf out = { 0 };
    json_t *needs = json_load_file(a->needs, 0, &e);
    yq_code rc = YQ_OK;
    if (!needs) rc = yq_fail(&err, YQ_INVALID, 0, "line %d: %s", e.line, e.text);
    else if (!json_is_array(needs)) rc = yq_fail(&err, YQ_INVALID, 0, "must be a list of {\"id\", \"text\", \"want\"}");
    if (rc == YQ_OK) rc = answer_all(s, arena, needs, a, &out, &err);
    if (rc == YQ_OK) rc = yq_folder_of(a->out, &err);
    if (rc == YQ_OK) rc = yq_file_write(a->out, yq_buf_str(&out), &err);
    yq_buf_free(&out);
    json_decref(needs);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->needs, rc, &err);
}

int yq_run_match(const yq_arguments *a)
{
    yq_session s;
    bool many = a->needs != NULL;
    bool report = !many && a->rest_count && strcmp(a->rest[0], "report") == 0, tune = !many && a->rest_count && strcmp(a->rest[0], "tune") == 0;
    if ((a->apply || a->reset) && (!tune || (a->apply && a->reset))) return fputs("yiqiao: --apply and --reset belong to match tune, one at a time\n", stderr), YQ_EXIT_USAGE;
    if (report) return yq_run_report(a);
    if (tune) return yq_run_tune(a);
    if (many ? !a->out || a->rest_count : !a->rest_count)
        return fputs("usage: yiqiao match \"NEED\" [--want KIND] [--top N] [--json], or match --needs FILE --out FILE\n", stderr), YQ_EXIT_USAGE;
    if (!many && (!yq_utf8_valid(yq_cstr(a->rest[0]), NULL) || yq_blank(yq_cstr(a->rest[0]))))
        return fputs("yiqiao: the need is empty or not UTF-8\n", stderr), YQ_EXIT_REFUSED;
    int status = yq_session_open(a, &s);
    if (status != YQ_EXIT_DONE) return status;
    yq_arena *arena = yq_arena_new(ONE_NEED);
    status = !arena ? YQ_EXIT_BROKEN : many ? match_many(a, &s, arena) : match_one(a, &s, arena);
    yq_arena_free(arena);
    yq_session_close(&s);
    return status;
}

/* ---------------------------------------------------------------- show */

static void print_fact(const yq_fact *f)
{
    printf("  %.*s: %.*s", YQ_FMT(f->predicate), YQ_FMT(f->value));
    if (f->object) printf(" [%.*s]", YQ_FMT(f->object_name));
    printf("  %.2f\n      「%.*s」 %.*s %.*s\n", f->confidence, YQ_FMT(f->sentence_text), YQ_FMT(f->document_name), YQ_FMT(f->document_date));
}

static yq_code show_entity(yq_reader *r, yq_arena *arena, const yq_entity *e, yq_err *err)
{
    yq_viewer viewer = yq_viewer_office();
    yq_facts facts = { 0 };
    yq_code rc = yq_register_facts(r, &viewer, arena, e->id, &facts, err);
    if (rc != YQ_OK) return rc;
    printf("%.*s  %.*s  %s\n", YQ_FMT(e->name), YQ_FMT(e->kind), e->ulid);
    for (size_t i = 0; i < facts.n; i++) print_fact(&facts.v[i]);
    return YQ_OK;
}

static yq_code show_found(yq_reader *r, yq_arena *arena, yq_str name, yq_err *err)
{
    enum { AT_MOST = 10 };
    yq_viewer viewer = yq_viewer_office();
    yq_entities found = { 0 };
    size_t total = 0;
    yq_code rc = yq_register_find(r, &viewer, arena, name, YQ_S(""), 0, AT_MOST, &found, &total, err);
    if (rc == YQ_OK && !found.n) rc = yq_fail(err, YQ_NOTFOUND, 0, "nothing in the register has this name");
    for (size_t i = 0; rc == YQ_OK && i < found.n; i++) rc = show_entity(r, arena, &found.v[i], err);
    if (rc == YQ_OK && total > found.n) printf("and %zu more\n", total - found.n);
    return rc;
}

int yq_run_show(const yq_arguments *a)
{
    yq_reader *r = NULL;
    yq_err err = { 0 };
    yq_arena *arena = yq_arena_new(ONE_NEED);
    yq_code rc = arena ? yq_reader_open(a->store, &r, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    if (rc == YQ_OK) rc = show_found(r, arena, yq_cstr(a->rest[0]), &err);
    yq_reader_close(r);
    yq_arena_free(arena);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->rest[0], rc, &err);
}

/* ---------------------------------------------------------------- serve */

static void say_ready(void *arg, uint16_t port)
{
    const yq_arguments *a = arg;
    printf("医桥 Yiqiao: http://%s:%u\n", a->address ? a->address : "localhost", port);
    fflush(stdout);
}

int yq_run_serve(const yq_arguments *a)
{
    yq_err err = { 0 };
    yq_serve_options o = { .store = a->store, .address = a->address, .port = (uint16_t)a->port, .institution = a->institution, .ready = say_ready, .arg = (void *)a };
    yq_watch_signals();
    yq_code rc = yq_cage_start(NULL, &err); /* while there is one thread */
    if (rc == YQ_OK) rc = yq_serve(&o, &yq_stop_asked, &err);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(a->store, rc, &err);
}
