/* The local socket between a command line and the server that writes its store. */
#include "job/handover.h"
#include "job/reread.h"
#include "resolve/settle.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LONGEST_LINE = 1 << 20, MOST_PATHS = 10000 };
enum { IMPORT_NICE = 5 }; /* who searches goes before who reads documents in */

static bool socket_address(const char *folder, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
    int n = snprintf(address->sun_path, sizeof address->sun_path, "%s/yiqiao.sock", folder);
    return n > 0 && n < (int)sizeof address->sun_path;
}

static bool send_line(int fd, yq_str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        s = yq_sub(s, (size_t)n, s.n);
    }
    return true;
}

/* ---------------------------------------------------------------- asking */

typedef struct {
    int fd;
    yq_buf held; /* bytes after the last whole line */
} line_reader;

/* The next line without its end, valid until the next call; wait_ms without one gives YQ_BUSY. */
static yq_code next_line(line_reader *r, size_t *used, yq_str *line, int wait_ms, yq_err *err)
{
    if (*used) memmove(r->held.p, r->held.p + *used, r->held.n - *used);
    r->held.n -= *used;
    *used = 0;
    for (;;) {
        const char *end = r->held.n ? memchr(r->held.p, '\n', r->held.n) : NULL;
        if (end) {
            *line = (yq_str){ r->held.p, (size_t)(end - r->held.p) };
            *used = line->n + 1;
            return YQ_OK;
        }
        struct pollfd p = { r->fd, POLLIN, 0 };
        int ready = poll(&p, 1, wait_ms);
        if (ready == 0 || (ready < 0 && errno == EINTR)) return YQ_BUSY;
        char bytes[4096];
        ssize_t n = recv(r->fd, bytes, sizeof bytes, 0);
        if (n <= 0 || r->held.n + (size_t)n > LONGEST_LINE) return yq_fail(err, YQ_IO, 0, "the server ended the conversation");
        yq_buf_put(&r->held, (yq_str){ bytes, (size_t)n });
        if (r->held.failed) return yq_fail(err, YQ_NOMEM, 0, "no memory for the server's answer");
    }
}

static int64_t number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static yq_str text(const json_t *o, const char *key)
{
    return yq_cstr(json_string_value(json_object_get(o, key)));
}

static void show_file(const json_t *o, const yq_import_watcher *w)
{
    yq_import_progress p = { .done = (size_t)number(o, "done"), .total = (size_t)number(o, "total"), .code = (yq_code)number(o, "code") };
    p.path = p.name = json_string_value(json_object_get(o, "name"));
    p.result = (yq_import_result){ (yq_import_outcome)number(o, "outcome"), 0, "", (uint32_t)number(o, "found"), (uint32_t)number(o, "doubtful"), "" };
    snprintf(p.result.unread, sizeof p.result.unread, "%.*s", YQ_FMT(text(o, "unread")));
    yq_fail(&p.error, p.code, 0, "%.*s", YQ_FMT(text(o, "error")));
    if (w && w->each && p.name) w->each(w->arg, &p);
}

static yq_code read_end(const json_t *o, yq_import_counts *counts, yq_err *err)
{
    *counts = (yq_import_counts){ number(o, "read"), number(o, "known"), number(o, "refused"), number(o, "partly"), number(o, "found"), number(o, "doubtful"),
                                  json_is_true(json_object_get(o, "stopped")) };
    yq_code code = (yq_code)number(o, "code");
    return code == YQ_OK ? YQ_OK : yq_fail(err, code, 0, "%.*s", YQ_FMT(text(o, "error")));
}

static yq_code follow(int fd, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    line_reader reader = { .fd = fd };
    size_t used = 0;
    yq_code rc = YQ_BUSY;
    for (bool ended = false; !ended;) {
        yq_str line;
        rc = next_line(&reader, &used, &line, 200, err);
        if (rc == YQ_BUSY) {
            if (w && w->stop && w->stop(w->arg)) shutdown(fd, SHUT_WR); /* the server sees the end and sends its counts */
            continue;
        }
        if (rc != YQ_OK) break;
        json_t *o = json_loadb(line.p, line.n, 0, NULL);
        ended = json_is_true(json_object_get(o, "end"));
        if (ended) rc = read_end(o, counts, err);
        else show_file(o, w);
        json_decref(o);
    }
    yq_buf_free(&reader.held);
    return rc;
}

static void write_documents(const char *const *which, size_t n, yq_buf *out)
{
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    yq_json_kv(&j, "command", YQ_S("reread"));
    yq_json_key(&j, "documents");
    yq_json_array(&j);
    for (size_t i = 0; i < n; i++) yq_json_str(&j, yq_cstr(which[i]));
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    yq_buf_byte(out, '\n');
}

static const char *const correction_members[] = { "value", "date", "subject", "object" };

static void write_decisions(const yq_fact_decision *v, size_t n, yq_buf *out)
{
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    yq_json_kv(&j, "command", YQ_S("review"));
    yq_json_key(&j, "decisions");
    yq_json_array(&j);
    for (size_t i = 0; i < n; i++) {
        const yq_correction *c = &v[i].correction;
        const yq_str members[] = { c->value, c->date, c->subject, c->object };
        yq_json_object(&j);
        yq_json_ki(&j, "fact", v[i].fact);
        yq_json_ki(&j, "judgement", v[i].judgement);
        for (size_t k = 0; k < sizeof members / sizeof *members; k++)
            if (members[k].p) yq_json_kv(&j, correction_members[k], members[k]);
        yq_json_end_object(&j);
    }
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    yq_buf_byte(out, '\n');
}

static void write_paths(const char *const *paths, size_t n, yq_buf *out)
{
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    yq_json_kv(&j, "command", YQ_S("import"));
    yq_json_key(&j, "paths");
    yq_json_array(&j);
    for (size_t i = 0; i < n; i++) {
        bool marked = strstr(paths[i], "/./") != NULL; /* comes from a watch, which gives whole paths */
        char *whole = marked ? NULL : realpath(paths[i], NULL); /* the server stands in another folder */
        yq_json_str(&j, yq_cstr(whole ? whole : paths[i]));
        free(whole);
    }
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    yq_buf_byte(out, '\n');
}

/* Sends the request, frees it, and follows the answer. */
static yq_code ask(const char *folder, yq_buf *request, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    struct sockaddr_un address;
    *counts = (yq_import_counts){ 0 };
    if (!socket_address(folder, &address)) return yq_fail(err, YQ_INVALID, 0, "the store's folder has too long a path for a local socket");
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return yq_fail(err, YQ_IO, 0, "no socket: %s", strerror(errno));
    yq_code rc = YQ_OK;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) rc = yq_fail(err, YQ_NOTFOUND, 0, "no server listens in %s", folder);
    if (rc == YQ_OK && (request->failed || !send_line(fd, yq_buf_str(request)))) rc = yq_fail(err, YQ_IO, 0, "the server does not answer");
    if (rc == YQ_OK) rc = follow(fd, w, counts, err);
    close(fd);
    return rc;
}

yq_code yq_handover_import(const char *folder, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts,
                           yq_err *err)
{
    yq_buf request = { 0 };
    write_paths(paths, n, &request);
    yq_code rc = ask(folder, &request, w, counts, err);
    yq_buf_free(&request);
    return rc;
}

yq_code yq_handover_reread(const char *folder, const char *const *which, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    yq_buf request = { 0 };
    write_documents(which, n, &request);
    yq_code rc = ask(folder, &request, w, counts, err);
    yq_buf_free(&request);
    return rc;
}

yq_code yq_handover_decide(const char *folder, const yq_fact_decision *v, size_t n, size_t *changed, yq_err *err)
{
    yq_buf request = { 0 };
    yq_import_counts counts;
    write_decisions(v, n, &request);
    yq_code rc = ask(folder, &request, NULL, &counts, err);
    yq_buf_free(&request);
    *changed = (size_t)counts.found;
    return rc;
}

yq_code yq_handover_act(const char *folder, const yq_need_act *act, bool *changed, yq_err *err)
{
    yq_buf request = { 0 };
    yq_import_counts counts;
    yq_json j = yq_json_to(&request);
    yq_json_object(&j);
    yq_json_kv(&j, "command", YQ_S("need"));
    yq_json_key(&j, "act");
    yq_act_json(act, &j);
    yq_json_end_object(&j);
    yq_buf_byte(&request, '\n');
    yq_code rc = ask(folder, &request, NULL, &counts, err);
    yq_buf_free(&request);
    *changed = counts.found > 0;
    return rc;
}

yq_code yq_handover_settle(const char *folder, yq_settle_outcome *out, yq_err *err)
{
    yq_buf request = { 0 };
    yq_import_counts c;
    yq_buf_put(&request, YQ_S("{\"command\":\"settle\"}\n"));
    yq_code rc = ask(folder, &request, NULL, &c, err);
    yq_buf_free(&request);
    *out = (yq_settle_outcome){ YQ_SETTLE_MODEL, (size_t)c.read, (size_t)c.known, (size_t)c.found, (size_t)c.doubtful };
    return rc;
}

yq_code yq_handover_identity(const char *folder, const yq_identity_order *o, int64_t *sequence, yq_err *err)
{
    yq_buf request = { 0 };
    yq_import_counts counts;
    yq_json j = yq_json_to(&request);
    yq_json_object(&j);
    yq_json_kv(&j, "command", YQ_S("identity"));
    yq_json_kv(&j, "act", yq_cstr(o->act));
    yq_json_kv(&j, "why", yq_cstr(o->why));
    yq_json_key(&j, "ids");
    yq_json_array(&j);
    for (size_t i = 0; i < o->n; i++) yq_json_int(&j, o->ids[i]);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    yq_buf_byte(&request, '\n');
    yq_code rc = ask(folder, &request, NULL, &counts, err);
    yq_buf_free(&request);
    *sequence = counts.found;
    return rc;
}

/* ---------------------------------------------------------------- answering */

struct yq_handover {
    int fd;
    pthread_t thread;
    atomic_bool ending;
    yq_register *reg;
    yq_import_watcher guard;
    struct sockaddr_un address;
};

typedef struct {
    yq_handover *h;
    int fd;
    bool gone; /* nobody reads any more */
} conversation;

static void tell_file(void *arg, const yq_import_progress *p)
{
    conversation *c = arg;
    yq_buf b = { 0 };
    yq_json j = yq_json_to(&b);
    yq_json_object(&j);
    yq_json_kv(&j, "name", yq_cstr(p->name));
    yq_json_ki(&j, "done", (int64_t)p->done);
    yq_json_ki(&j, "total", (int64_t)p->total);
    yq_json_ki(&j, "code", p->code);
    yq_json_kv(&j, "error", p->code == YQ_OK ? YQ_S("") : yq_cstr(p->error.msg));
    yq_json_ki(&j, "outcome", p->result.outcome);
    yq_json_ki(&j, "found", p->result.found);
    yq_json_ki(&j, "doubtful", p->result.doubtful);
    yq_json_kv(&j, "unread", yq_cstr(p->result.unread));
    yq_json_end_object(&j);
    yq_buf_byte(&b, '\n');
    if (b.failed || !send_line(c->fd, yq_buf_str(&b))) c->gone = true;
    yq_buf_free(&b);
}

static bool asker_left(void *arg)
{
    conversation *c = arg;
    char byte;
    struct pollfd p = { c->fd, POLLIN, 0 };
    bool closed = poll(&p, 1, 0) > 0 && recv(c->fd, &byte, 1, MSG_PEEK) == 0;
    return c->gone || closed || atomic_load(&c->h->ending);
}

static void enter_group(void *arg)
{
    conversation *c = arg;
    c->h->guard.enter(c->h->guard.arg);
}

static void leave_group(void *arg)
{
    conversation *c = arg;
    c->h->guard.leave(c->h->guard.arg);
}

static void tell_end(conversation *c, const yq_import_counts *n, yq_code code, const yq_err *err)
{
    yq_buf b = { 0 };
    yq_json j = yq_json_to(&b);
    yq_json_object(&j);
    yq_json_kb(&j, "end", true);
    yq_json_ki(&j, "read", n->read);
    yq_json_ki(&j, "known", n->known);
    yq_json_ki(&j, "refused", n->refused);
    yq_json_ki(&j, "partly", n->partly);
    yq_json_ki(&j, "found", n->found);
    yq_json_ki(&j, "doubtful", n->doubtful);
    yq_json_kb(&j, "stopped", n->stopped);
    yq_json_ki(&j, "code", code);
    yq_json_kv(&j, "error", code == YQ_OK ? YQ_S("") : yq_cstr(err->msg));
    yq_json_end_object(&j);
    yq_buf_byte(&b, '\n');
    if (!b.failed) send_line(c->fd, yq_buf_str(&b));
    yq_buf_free(&b);
}

static size_t read_texts(const json_t *request, const char *key, const char **paths, size_t cap)
{
    const json_t *list = json_object_get(request, key), *item;
    size_t i, n = 0;
    json_array_foreach(list, i, item)
        if (json_is_string(item) && n < cap) paths[n++] = json_string_value(item);
    return n;
}

/* Each command of the socket. What is needed of the request is read before anything is written. */
static yq_code run_import(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    return yq_import_paths(c->h->reg, texts, read_texts(request, "paths", texts, MOST_PATHS), w, counts, err);
}

static yq_code run_reread(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    return yq_reread_documents(c->h->reg, texts, read_texts(request, "documents", texts, MOST_PATHS), w, counts, err);
}

static yq_fact_decision read_decision(const json_t *o)
{
    yq_fact_decision d = { .fact = number(o, "fact"), .judgement = (yq_judgement)number(o, "judgement") };
    yq_str *const members[] = { &d.correction.value, &d.correction.date, &d.correction.subject, &d.correction.object };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (json_object_get(o, correction_members[i])) *members[i] = text(o, correction_members[i]);
    return d;
}

static yq_code run_review(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    const json_t *list = json_object_get(request, "decisions");
    size_t n = json_array_size(list), changed = 0;
    yq_fact_decision *v = calloc(n + 1, sizeof *v);
    (void)texts;
    if (!v) return yq_fail(err, YQ_NOMEM, 0, "no memory for decisions");
    for (size_t i = 0; i < n; i++) v[i] = read_decision(json_array_get(list, i));
    w->enter(c);
    yq_code rc = yq_register_decide(c->h->reg, v, n, "office", &changed, err);
    w->leave(c);
    counts->found = (int64_t)changed;
    free(v);
    return rc;
}

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    yq_str json;
    bool changed;
} act_work;

static yq_code act_inside(void *arg, yq_err *err)
{
    act_work *x = arg;
    yq_need_act act;
    char ulid[YQ_ULID_CHARS + 1];
    if (!yq_act_read(x->arena, x->json, &act)) return yq_fail(err, YQ_INVALID, 0, "not an act this server knows");
    return yq_register_act(x->reg, &act, ulid, &x->changed, err);
}

static yq_code run_need(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    enum { MEMORY = 16 << 20 };
    char *json = json_dumps(json_object_get(request, "act"), JSON_COMPACT);
    act_work x = { c->h->reg, yq_arena_new(MEMORY), yq_cstr(json), false };
    (void)texts;
    w->enter(c);
    yq_code rc = x.arena ? yq_arena_run(x.arena, act_inside, &x, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for a need");
    w->leave(c);
    counts->found = x.changed;
    yq_arena_free(x.arena);
    free(json);
    return rc;
}

static yq_code run_settle(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    yq_settle_outcome o;
    (void)request, (void)texts;
    w->enter(c);
    yq_code rc = yq_register_settle(c->h->reg, &o, err);
    w->leave(c);
    *counts = (yq_import_counts){ .read = (int64_t)o.appearances, .known = (int64_t)o.clusters, .found = (int64_t)o.changed, .doubtful = (int64_t)o.undecided };
    return rc;
}

yq_code yq_identity_obey(yq_register *r, const yq_identity_order *o, int64_t *sequence, yq_err *err)
{
    yq_str act = yq_cstr(o->act);
    yq_code rc = yq_eq(act, YQ_S("split"))               ? yq_register_split(r, o->ids, o->n, "office", o->why, err)
                 : yq_eq(act, YQ_S("undo")) && o->n == 1 ? yq_register_take_back(r, o->ids[0], "office", o->why, err)
                 : o->n == 2                             ? yq_register_rule(r, o->ids[0], o->ids[1], act, "office", o->why, err)
                                                         : yq_fail(err, YQ_INVALID, 0, "a decision is on two");
    *sequence = yq_register_sequence(r);
    return rc;
}

static yq_code run_identity(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err)
{
    const json_t *list = json_object_get(request, "ids"), *act = json_object_get(request, "act"), *why = json_object_get(request, "why");
    yq_identity_order o = { json_is_string(act) ? json_string_value(act) : "", json_is_string(why) ? json_string_value(why) : "", NULL, json_array_size(list) };
    (void)texts;
    o.ids = calloc(o.n + 1, sizeof *o.ids);
    if (!o.ids) return yq_fail(err, YQ_NOMEM, 0, "no memory for a decision");
    for (size_t i = 0; i < o.n; i++) o.ids[i] = json_integer_value(json_array_get(list, i));
    w->enter(c);
    yq_code rc = yq_identity_obey(c->h->reg, &o, &counts->found, err);
    w->leave(c);
    free(o.ids);
    return rc;
}

static const struct {
    const char *name;
    yq_code (*run)(conversation *c, const json_t *request, const char **texts, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);
} commands[] = { { "import", run_import }, { "reread", run_reread }, { "review", run_review }, { "need", run_need }, { "settle", run_settle }, { "identity", run_identity } };

static yq_code run_command(conversation *c, const json_t *request, yq_import_counts *counts, yq_err *err)
{
    const yq_import_watcher w = { tell_file, asker_left, enter_group, leave_group, c };
    const char **texts = calloc(MOST_PATHS, sizeof *texts);
    yq_code rc = texts ? yq_fail(err, YQ_INVALID, 0, "not a request this server knows") : yq_fail(err, YQ_NOMEM, 0, "no memory for a request");
    for (size_t i = 0; texts && i < sizeof commands / sizeof *commands; i++)
        if (yq_eq(text(request, "command"), yq_cstr(commands[i].name))) rc = commands[i].run(c, request, texts, &w, counts, err);
    free(texts);
    return rc;
}

static void converse(yq_handover *h, int fd)
{
    conversation c = { h, fd, false };
    line_reader reader = { .fd = fd };
    size_t used = 0;
    yq_str line;
    yq_err err = { 0 };
    yq_import_counts counts = { 0 };
    yq_code rc = next_line(&reader, &used, &line, 5000, &err);
    json_t *request = rc == YQ_OK ? json_loadb(line.p, line.n, 0, NULL) : NULL;
    rc = run_command(&c, request, &counts, &err);
    tell_end(&c, &counts, rc, &err);
    json_decref(request);
    yq_buf_free(&reader.held);
}

static void *listen_loop(void *arg)
{
    yq_handover *h = arg;
    setpriority(PRIO_PROCESS, (id_t)gettid(), IMPORT_NICE); /* of this thread alone */
    while (!atomic_load(&h->ending)) {
        struct pollfd p = { h->fd, POLLIN, 0 };
        if (poll(&p, 1, 200) <= 0) continue;
        int fd = accept4(h->fd, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) continue;
        converse(h, fd);
        close(fd);
    }
    return NULL;
}

static void no_guard(void *arg)
{
    (void)arg;
}

yq_code yq_handover_listen(const char *folder, yq_register *r, const yq_import_watcher *guard, yq_handover **out, yq_err *err)
{
    yq_handover *h = calloc(1, sizeof *h);
    *out = NULL;
    if (!h) return yq_fail(err, YQ_NOMEM, 0, "no memory for the local socket");
    h->reg = r;
    h->guard = guard ? *guard : (yq_import_watcher){ 0 };
    if (!h->guard.enter) h->guard.enter = no_guard;
    if (!h->guard.leave) h->guard.leave = no_guard;
    h->fd = -1;
    if (!socket_address(folder, &h->address)) {
        free(h);
        return yq_fail(err, YQ_INVALID, 0, "the store's folder has too long a path for a local socket");
    }
    unlink(h->address.sun_path); /* left by a crash: the store's lock says that no other server lives */
    h->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t mask = umask(0077);
    bool ok = h->fd >= 0 && bind(h->fd, (struct sockaddr *)&h->address, sizeof h->address) == 0 && listen(h->fd, 8) == 0;
    umask(mask);
    if (!ok || pthread_create(&h->thread, NULL, listen_loop, h) != 0) {
        yq_code rc = yq_fail(err, YQ_IO, 0, "cannot listen on %s: %s", h->address.sun_path, strerror(errno));
        if (h->fd >= 0) close(h->fd);
        free(h);
        return rc;
    }
    *out = h;
    return YQ_OK;
}

void yq_handover_close(yq_handover *h)
{
    if (!h) return;
    atomic_store(&h->ending, true);
    pthread_join(h->thread, NULL);
    close(h->fd);
    unlink(h->address.sun_path);
    free(h);
}
