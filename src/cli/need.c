/* yiqiao need: needs that are kept, what arrived for them, and what became of their answers. */
#include "cli/internal.h"
#include "job/handover.h"
#include "match/standing.h"
#include "register/ties.h"

#include <stdio.h>

enum { MEMORY = 256 << 20 };

typedef struct {
    const yq_arguments *a;
    yq_session s;
    yq_arena *arena;
    yq_viewer viewer;
    yq_err *err;
} need_work;

/* ---------------------------------------------------------------- acting */

/* Here, or by the server that writes the store. */
static yq_code act(need_work *w, const yq_need_act *x, bool *changed)
{
    char ulid[YQ_ULID_CHARS + 1];
    if (w->s.reg) return yq_register_act(w->s.reg, x, ulid, changed, w->err);
    yq_code rc = yq_handover_act(yq_store_folder(w->s.store), x, changed, w->err);
    return rc == YQ_NOTFOUND && yq_starts(yq_cstr(w->err->msg), YQ_S("no server")) ? yq_fail(w->err, YQ_BUSY, 0, "another process writes to this store; try again") : rc;
}

static yq_str owner(const need_work *w)
{
    return w->a->owner ? yq_cstr(w->a->owner) : YQ_S("office");
}

/* With the answers of today, which are no news; *x: what was done. */
static yq_code keep_question(need_work *w, const yq_need_question *q, yq_need_act *x, bool *changed)
{
    yq_match_lists lists = { 0 };
    if (yq_blank(q->text) || !yq_utf8_valid(q->text, NULL)) return yq_fail(w->err, YQ_INVALID, 0, "the need is empty or not UTF-8");
    yq_code rc = yq_match(w->s.reader, w->s.index, &w->viewer, w->arena, q, &lists, w->err);
    if (rc) return rc;
    yq_keeping(w->arena, q, &lists, x);
    x->who = owner(w);
    return act(w, x, changed);
}

static yq_code keep_one(need_work *w)
{
    yq_need_question q = { .text = yq_cstr(w->a->rest[1]), .want = yq_cstr(w->a->want), .top = 10 };
    yq_need_act x;
    yq_kept_need kept;
    bool changed;
    yq_code rc = yq_question_where(w->arena, yq_cstr(w->a->where), &q, w->err);
    if (!rc) rc = yq_question_without(w->arena, yq_cstr(w->a->without), &q, w->err);
    if (!rc) rc = keep_question(w, &q, &x, &changed);
    if (!rc) rc = yq_register_need_of(w->s.reader, &w->viewer, w->arena, &x, &kept, w->err);
    if (!rc) printf("%s %s; %zu answers today are no news\n", changed ? "kept" : "is kept already", kept.ulid, x.shown_count);
    return rc;
}

static yq_str member(const json_t *o, const char *key)
{
    return yq_cstr(json_string_value(json_object_get(o, key)));
}

/* Those of a file as `match --needs` takes it, all or none. */
static yq_code keep_listed(need_work *w, const json_t *list)
{
    size_t i, kept = 0;
    bool changed;
    yq_need_act x;
    yq_code rc = json_is_array(list) ? YQ_OK : yq_fail(w->err, YQ_INVALID, 0, "%s must be a list of {\"text\", \"want\"}", w->a->needs);
    for (i = 0; i < json_array_size(list) && !rc; i++) {
        const json_t *one = json_array_get(list, i);
        yq_need_question q = { .text = member(one, "text"), .want = member(one, "want"), .top = 10 };
        if (q.want.n && !yq_wanted_kind(q.want.p)) return yq_fail(w->err, YQ_INVALID, i, "need %zu of %s wants no kind of answer", i + 1, w->a->needs);
        rc = yq_listed_conditions(w->arena, one, &q, w->err);
        if (!rc) rc = keep_question(w, &q, &x, &changed);
        kept += !rc && changed;
        yq_arena_clear(w->arena);
    }
    if (!rc) printf("%zu kept, %zu were kept already\n", kept, i - kept);
    return rc;
}

static yq_code keep_many(need_work *w)
{
    json_error_t e;
    if (!w->s.reg) return yq_fail(w->err, YQ_BUSY, 0, "another process writes to this store; stop it, or keep needs one by one");
    json_t *list = json_load_file(w->a->needs, 0, &e);
    yq_code rc = list ? yq_register_begin(w->s.reg, w->err) : yq_fail(w->err, YQ_INVALID, 0, "%s, line %d: %s", w->a->needs, e.line, e.text);
    if (!rc && !(rc = keep_listed(w, list))) rc = yq_register_commit(w->s.reg, w->err);
    else if (list) yq_register_rollback(w->s.reg);
    json_decref(list);
    return rc;
}

static yq_code keep(need_work *w)
{
    return w->a->needs ? keep_many(w) : keep_one(w);
}

static yq_code simple(need_work *w, yq_act_kind kind, const char *done, const char *was)
{
    yq_need_act x = { .kind = kind, .need = w->a->rest_count > 1 ? yq_cstr(w->a->rest[1]) : YQ_S("") };
    bool changed = false;
    yq_code rc = act(w, &x, &changed);
    if (!rc) puts(changed ? done : was);
    return rc;
}

static yq_code close_one(need_work *w)
{
    return simple(w, YQ_ACT_CLOSE, "closed", "was not kept");
}

static yq_code see(need_work *w)
{
    return simple(w, YQ_ACT_SEEN, "seen", "there was nothing new");
}

static yq_code set_mark(need_work *w, yq_act_kind kind)
{
    yq_entity answer;
    bool changed = false;
    yq_need_act x = { .kind = kind, .need = yq_cstr(w->a->rest[1]), .mark = yq_cstr(w->a->rest[3]), .who = owner(w) };
    yq_code rc = yq_register_meant(w->s.reader, &w->viewer, w->arena, yq_cstr(w->a->rest[2]), &answer, w->err);
    if (rc) return rc;
    x.entity = yq_cstr(answer.ulid);
    rc = act(w, &x, &changed);
    if (!rc) puts(changed ? "noted" : "was so already");
    return rc;
}

static yq_code mark(need_work *w)
{
    return set_mark(w, YQ_ACT_MARK);
}

static yq_code unmark(need_work *w)
{
    return set_mark(w, YQ_ACT_UNMARK);
}

/* ---------------------------------------------------------------- showing */

static void print_need(const yq_kept_need *n)
{
    printf("%s  %.*s  %.*s%s%.*s  %lld told, %lld new\n    %.*s\n", n->ulid, YQ_FMT(n->state), YQ_FMT(n->who), n->want.n ? "  " : "", YQ_FMT(n->want), (long long)n->told,
           (long long)n->unseen, YQ_FMT(n->text));
    if (n->where.n) printf("    where %.*s\n", YQ_FMT(n->where));
    if (n->without.n) printf("    without %.*s\n", YQ_FMT(n->without));
}

static void print_notice(const yq_notice *n, bool with_need)
{
    if (with_need) printf("%.*s\n", YQ_FMT(n->need_text));
    printf("  %s %.*s  %.2f\n", n->fresh ? "new:" : "again:", YQ_FMT(n->name), n->score);
    if (n->organization.n || n->position.n) printf("     %.*s %.*s\n", YQ_FMT(n->organization), YQ_FMT(n->position));
    printf("     「%.*s」 %.*s %.*s\n", YQ_FMT(n->sentence), YQ_FMT(n->document_name), YQ_FMT(n->date));
}

static void put_notices(yq_json *j, const yq_notices *list)
{
    yq_json_key(j, "notices");
    yq_json_array(j);
    for (size_t i = 0; i < list->n; i++) yq_notice_json(j, &list->v[i]);
    yq_json_end_array(j);
}

/* Prints an object that was written, and frees it. */
static void print_json(yq_json *j)
{
    yq_json_end_object(j);
    printf("%.*s\n", YQ_FMT(yq_buf_str(j->out)));
    yq_buf_free(j->out);
}

static yq_code list(need_work *w)
{
    yq_kept_needs needs;
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_code rc = yq_register_needs(w->s.reader, &w->viewer, w->arena, w->a->all ? YQ_S("") : YQ_S("kept"), &needs, w->err);
    for (size_t i = 0; i < needs.n && !w->a->json && !rc; i++) print_need(&needs.v[i]);
    if (!w->a->json || rc) return rc;
    yq_json_object(&j);
    yq_json_key(&j, "needs");
    yq_json_array(&j);
    for (size_t i = 0; i < needs.n; i++) yq_standing_need_json(w->arena, &needs.v[i], &j);
    yq_json_end_array(&j);
    print_json(&j);
    return YQ_OK;
}

static void show_json(need_work *w, const yq_kept_need *n, const yq_notices *notices, const yq_feedbacks *marks)
{
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_json_object(&j);
    yq_json_key(&j, "need");
    yq_standing_need_json(w->arena, n, &j);
    put_notices(&j, notices);
    yq_json_key(&j, "marks");
    yq_json_array(&j);
    for (size_t i = 0; i < marks->n; i++) yq_feedback_json(&j, &marks->v[i]);
    yq_json_end_array(&j);
    print_json(&j);
}

static yq_code show(need_work *w)
{
    yq_kept_need n;
    yq_notices notices;
    yq_feedbacks marks;
    yq_code rc = yq_register_need(w->s.reader, &w->viewer, w->arena, yq_cstr(w->a->rest[1]), &n, w->err);
    const yq_notice_filter filter = { .need = n.id, .with_known = true };
    if (!rc) rc = yq_register_notices(w->s.reader, &w->viewer, w->arena, &filter, &notices, w->err);
    if (!rc) rc = yq_register_feedback(w->s.reader, &w->viewer, w->arena, n.id, &marks, w->err);
    if (rc) return rc;
    if (w->a->json) return show_json(w, &n, &notices, &marks), YQ_OK;
    print_need(&n);
    for (size_t i = 0; i < notices.n; i++)
        if (notices.v[i].news) print_notice(&notices.v[i], false);
    for (size_t i = 0; i < marks.n; i++) printf("  %.*s: %.*s (%.*s)\n", YQ_FMT(marks.v[i].name), YQ_FMT(marks.v[i].mark), YQ_FMT(marks.v[i].who));
    return YQ_OK;
}

static yq_code news(need_work *w)
{
    yq_notices notices;
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    const yq_notice_filter filter = { .who = w->a->owner ? yq_cstr(w->a->owner) : YQ_S(""), .unseen = !w->a->all };
    yq_code rc = yq_register_notices(w->s.reader, &w->viewer, w->arena, &filter, &notices, w->err);
    if (rc) return rc;
    if (w->a->json) {
        yq_json_object(&j);
        put_notices(&j, &notices);
        return print_json(&j), YQ_OK;
    }
    for (size_t i = 0; i < notices.n; i++) print_notice(&notices.v[i], true);
    if (!notices.n) puts("nothing new");
    return YQ_OK;
}

/* ---------------------------------------------------------------- the commands */

static const struct {
    const char *name;
    size_t least, most; /* words behind it */
    yq_code (*run)(need_work *w);
} words[] = { { "keep", 0, 1, keep }, { "list", 0, 0, list }, { "show", 1, 1, show }, { "close", 1, 1, close_one }, { "news", 0, 0, news }, { "seen", 0, 1, see },
              { "mark", 3, 3, mark }, { "unmark", 3, 3, unmark } };

static yq_code (*word_of(const yq_arguments *a))(need_work *w)
{
    bool keeps = strcmp(a->rest[0], "keep") == 0;
    if (a->needs ? !keeps || a->rest_count > 1 : keeps && a->rest_count != 2) return NULL; /* a text or a file, and a file for nothing else */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(a->rest[0], words[i].name) == 0 && a->rest_count - 1 >= words[i].least && a->rest_count - 1 <= words[i].most) return words[i].run;
    return NULL;
}

typedef struct {
    need_work w;
    yq_code (*run)(need_work *w);
} chosen;

static yq_code run_inside(void *arg, yq_err *err)
{
    chosen *c = arg;
    c->w.err = err;
    return c->run(&c->w);
}

int yq_run_need(const yq_arguments *a)
{
    chosen c = { { .a = a, .viewer = yq_viewer_office() }, word_of(a) };
    yq_err err = { 0 };
    if (!c.run) return fputs("usage: yiqiao need keep \"TEXT\" | keep --needs FILE | list | show ID | close ID | news | seen [ID] | mark ID ANSWER MARK | unmark ID ANSWER MARK\n", stderr), YQ_EXIT_USAGE;
    int status = yq_session_open(a, &c.w.s);
    if (status != YQ_EXIT_DONE) return status;
    c.w.arena = yq_arena_new(MEMORY);
    yq_code rc = c.w.arena ? yq_arena_run(c.w.arena, run_inside, &c, &err) : yq_fail(&err, YQ_NOMEM, 0, "no memory");
    yq_arena_free(c.w.arena);
    yq_session_close(&c.w.s);
    return rc == YQ_OK ? YQ_EXIT_DONE : yq_report(NULL, rc, &err);
}
