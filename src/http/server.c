/* The event loop, the workers and what stands between them.
 *
 * MHD calls `accept_request` on its one thread: first with the headers, then for each piece of the body, then once more. Files of the desk are answered
 * at once; a route's connection is suspended and its request queued. A worker answers it and resumes the connection, whereupon MHD calls again
 * and the answer is sent. A request that nobody can take (queue full, server ending) is refused with 503.
 */
#include "http/internal.h"
#include "job/handover.h"
#include "match/standing.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

typedef struct {
    char asker[65];
    int64_t turn, used; /* used: for taking the place of the one that is longest silent */
} asker_turn;

typedef struct {
    pthread_cond_t filled;
    yq_request *first, *last;
    unsigned waiting;
} request_queue;

struct yq_server {
    struct MHD_Daemon *daemon;
    yq_store *store;
    yq_register *reg;
    yq_standing *standing;
    yq_handover *handover;
    yq_ties_keeper *ties;
    yq_inbox *inbox;
    yq_streams *streams;
    const yq_serve_options *options;
    uint16_t port;

    pthread_mutex_t writing; /* the register */

    pthread_mutex_t queue_lock;
    request_queue queues[2]; /* reading, writing: who waits for the one writer keeps no reader waiting */
    bool ending;

    pthread_mutex_t askers_lock;
    asker_turn askers[YQ_HTTP_ASKERS];
    int64_t asker_clock;

    yq_worker *workers;
    unsigned worker_count;
};

/* ---------------------------------------------------------------- what routes may use */

yq_register *yq_server_enter(yq_server *s)
{
    pthread_mutex_lock(&s->writing);
    return s->reg;
}

void yq_server_leave(yq_server *s)
{
    pthread_mutex_unlock(&s->writing);
}

yq_index *yq_server_index(yq_server *s)
{
    return yq_register_index(s->reg);
}

yq_ties_keeper *yq_server_ties(yq_server *s)
{
    return s->ties;
}

yq_inbox *yq_server_inbox(yq_server *s)
{
    return s->inbox;
}

void yq_server_tell_news(yq_server *s)
{
    yq_streams_news(s->streams);
}

const char *yq_server_institution(const yq_server *s)
{
    return s->options->institution;
}

static asker_turn *find_asker(yq_server *s, yq_str asker)
{
    asker_turn *oldest = &s->askers[0];
    for (size_t i = 0; i < YQ_HTTP_ASKERS; i++) {
        asker_turn *a = &s->askers[i];
        if (yq_eq(yq_cstr(a->asker), asker)) return a;
        if (a->used < oldest->used) oldest = a;
    }
    *oldest = (asker_turn){ .turn = INT64_MIN };
    snprintf(oldest->asker, sizeof oldest->asker, "%.*s", YQ_FMT(asker));
    return oldest;
}

void yq_server_turn(yq_server *s, yq_str asker, int64_t turn)
{
    pthread_mutex_lock(&s->askers_lock);
    asker_turn *a = find_asker(s, yq_sub(asker, 0, 64));
    if (turn > a->turn) a->turn = turn;
    a->used = ++s->asker_clock;
    pthread_mutex_unlock(&s->askers_lock);
}

bool yq_server_overtaken(yq_server *s, yq_str asker, int64_t turn)
{
    pthread_mutex_lock(&s->askers_lock);
    bool overtaken = find_asker(s, yq_sub(asker, 0, 64))->turn > turn;
    pthread_mutex_unlock(&s->askers_lock);
    return overtaken;
}

static void guard_enter(void *arg)
{
    yq_server_enter(arg);
}

static void inbox_changed(void *arg)
{
    yq_server *s = arg;
    yq_streams_wake(s->streams);
}

static void news_told(void *arg)
{
    yq_server_tell_news(arg);
}

static void guard_leave(void *arg)
{
    yq_server_leave(arg);
}

/* ---------------------------------------------------------------- the queues */

static bool enqueue(yq_server *s, yq_request *r)
{
    pthread_mutex_lock(&s->queue_lock);
    request_queue *q = &s->queues[r->route->writes];
    bool taken = !s->ending && q->waiting < YQ_HTTP_WAITING;
    if (taken) {
        r->next = NULL;
        *(q->first ? &q->last->next : &q->first) = r;
        q->last = r;
        q->waiting++;
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&s->queue_lock);
    return taken;
}

/* The next request; NULL: the server ends and the queue is empty. */
static yq_request *dequeue(yq_server *s, request_queue *q)
{
    pthread_mutex_lock(&s->queue_lock);
    while (!q->first && !s->ending) pthread_cond_wait(&q->filled, &s->queue_lock);
    yq_request *r = q->first;
    if (r) {
        q->first = r->next;
        q->waiting--;
    }
    pthread_mutex_unlock(&s->queue_lock);
    return r;
}

typedef struct {
    yq_worker *worker;
    yq_request *request;
} answering;

static yq_code answer_in_arena(void *arg, yq_err *err)
{
    answering *a = arg;
    (void)err;
    a->request->route->answer(a->worker, a->request);
    return YQ_OK;
}

static void *work(void *arg)
{
    yq_worker *w = arg;
    for (yq_request *r; (r = dequeue(w->server, &w->server->queues[w->writes]));) {
        answering a = { w, r };
        r->status = 200;
        if (yq_arena_run(w->arena, answer_in_arena, &a, NULL) != YQ_OK || r->answer.failed) {
            r->answer.failed = false;
            yq_refuse(r, 500, "internal", "this request needs more memory than one request may use");
        }
        yq_arena_clear(w->arena);
        r->answered = true;
        MHD_resume_connection(r->connection);
    }
    return NULL;
}

/* ---------------------------------------------------------------- requests */

static void free_request(yq_request *r)
{
    if (!r) return;
    for (unsigned i = 0; i < r->queries; i++) free(r->query[i][0]), free(r->query[i][1]);
    free(r->method);
    free(r->path);
    yq_buf_free(&r->body);
    yq_buf_free(&r->answer);
    yq_buf_free(&r->disposition);
    free(r);
}

static enum MHD_Result keep_query(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    yq_request *r = arg;
    (void)kind;
    if (r->queries == sizeof r->query / sizeof *r->query) return MHD_NO;
    char *n = strdup(name), *v = strdup(value ? value : "");
    if (!n || !v) {
        free(n);
        free(v);
        return MHD_NO;
    }
    r->query[r->queries][0] = n;
    r->query[r->queries++][1] = v;
    return MHD_YES;
}

/* Text that came in a query may be anything; what is not UTF-8 is refused before it reaches an engine. */
static bool queries_valid(const yq_request *r)
{
    for (unsigned i = 0; i < r->queries; i++)
        if (!yq_utf8_valid(yq_cstr(r->query[i][1]), NULL)) return false;
    return true;
}

static yq_request *new_request(struct MHD_Connection *connection, const char *method, const char *path)
{
    yq_request *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->connection = connection;
    r->method = strdup(method);
    r->path = strdup(path);
    r->type = "application/json";
    if (!r->method || !r->path) {
        free_request(r);
        return NULL;
    }
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, keep_query, r);
    return r;
}

/* A page elsewhere must not write here through its reader's browser, nor reach us by a name of its own (DNS rebinding): the Host is one of ours
 * and an Origin, where a browser sends one, is the Host. */
static bool host_is_ours(const yq_server *s, const char *host)
{
    if (!host) return false;
    if (strcmp(s->options->address, "127.0.0.1") != 0) return true; /* the operator published it; a proxy knows its names */
    size_t n = strcspn(host, ":");
    yq_str name = { host, n };
    return yq_eq(name, YQ_S("127.0.0.1")) || yq_eq(name, YQ_S("localhost"));
}

static bool comes_from_here(const yq_server *s, struct MHD_Connection *connection)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    if (!host_is_ours(s, host)) return false;
    if (!origin) return true;
    const char *authority = strstr(origin, "://");
    return authority && strcasecmp(authority + 3, host) == 0;
}

/* ---------------------------------------------------------------- answers */

static const struct {
    const char *name, *value;
} safety[] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Frame-Options", "DENY" },
    { "Content-Security-Policy", "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'" },
};

static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status, const char *type, const char *cache,
                                     struct MHD_Response *response)
{
    if (!response) return MHD_NO;
    for (size_t i = 0; i < sizeof safety / sizeof *safety; i++) MHD_add_response_header(response, safety[i].name, safety[i].value);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, cache);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_answer(yq_request *r)
{
    yq_str s = yq_buf_str(&r->answer);
    struct MHD_Response *response = MHD_create_response_from_buffer(s.n, (void *)s.p, MHD_RESPMEM_MUST_COPY);
    if (response && r->disposition.n && !r->disposition.failed) MHD_add_response_header(response, "Content-Disposition", r->disposition.p);
    return send_response(r->connection, r->status, r->type, "no-store", response);
}

/* A page that was away goes on behind the last event it had. */
static int64_t last_event(struct MHD_Connection *connection, int64_t otherwise)
{
    const char *id = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Last-Event-ID");
    char *end = NULL;
    long long n = id ? strtoll(id, &end, 10) : -1;
    return n >= 0 && end != id && !*end ? n : otherwise;
}

static enum MHD_Result send_stream(yq_server *s, yq_request *r)
{
    struct MHD_Response *response = yq_stream_open(s->streams, r->connection, r->news, last_event(r->connection, r->after));
    if (response) return send_response(r->connection, 200, "text/event-stream", "no-store", response);
    yq_refuse(r, 503, "busy", "too many pages follow this already; ask for the list now and then");
    return send_answer(r);
}

static enum MHD_Result send_asset(struct MHD_Connection *connection, const yq_asset *asset)
{
    return send_response(connection, 200, asset->type, asset->immutable ? "public, max-age=31536000, immutable" : "no-cache",
                         MHD_create_response_from_buffer(asset->n, (void *)asset->bytes, MHD_RESPMEM_PERSISTENT));
}

static enum MHD_Result refuse_now(yq_request *r, unsigned status, const char *code, const char *message)
{
    yq_refuse(r, status, code, "%s", message);
    return send_answer(r);
}

/* ---------------------------------------------------------------- the three calls */

static bool is_api(const char *path)
{
    return strncmp(path, "/api/", 5) == 0;
}

/* First call: the headers are there. Finds the route and how much body it takes. */
static void open_request(yq_request *r)
{
    bool known;
    if (!is_api(r->path)) return;
    r->route = yq_route_find(r->method, r->path, &r->param, &known);
    if (r->route) {
        r->body_max = r->route->binary ? yq_intake_defaults().file_bytes : YQ_HTTP_JSON_MAX;
    } else {
        yq_refuse(r, known ? 405 : 404, known ? "method" : "not_found", known ? "this address does not take %s" : "no such address (%s)",
                  r->method);
    }
}

static void take_body(yq_request *r, const char *data, size_t n)
{
    if (r->body.n + n > r->body_max) r->too_large = true;
    else yq_buf_put(&r->body, (yq_str){ data, n });
}

/* Pages have addresses of their own (/register/…) but are one file. */
static enum MHD_Result answer_page(struct MHD_Connection *connection, yq_request *r)
{
    yq_asset asset;
    if (strcmp(r->method, "GET") != 0 && strcmp(r->method, "HEAD") != 0) return refuse_now(r, 405, "method", "only GET is answered here");
    const char *last = strrchr(r->path, '/'); /* NULL: "GET * HTTP/1.1" */
    bool found = last && (yq_asset_find(r->path, &asset) || (!strchr(last, '.') && yq_asset_find("/index.html", &asset)));
    if (found) return send_asset(connection, &asset);
    return refuse_now(r, 404, "not_found", "no such page");
}

static enum MHD_Result answer_api(yq_server *s, struct MHD_Connection *connection, yq_request *r)
{
    if (r->answered && r->streams && r->status == 200) return send_stream(s, r);
    if (r->answered || !r->route) return send_answer(r);
    if (!comes_from_here(s, connection)) return refuse_now(r, 403, "denied", "this request came from another page");
    if (r->too_large) return refuse_now(r, 413, "too_large", r->route->binary ? "the file is larger than 64 MB; split it" : "the question is larger than 64 kB");
    if (r->body.failed || !queries_valid(r)) return refuse_now(r, 400, "bad_request", "the query is not UTF-8");
    MHD_suspend_connection(connection);
    if (enqueue(s, r)) return MHD_YES;
    yq_refuse(r, 503, "busy", "too many requests wait; try again in a moment");
    r->answered = true;
    MHD_resume_connection(connection);
    return MHD_YES;
}

static enum MHD_Result accept_request(void *arg, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                                      const char *data, size_t *size, void **state)
{
    yq_server *s = arg;
    yq_request *r = *state;
    (void)version;
    if (!r) {
        if (!(r = new_request(connection, method, url))) return MHD_NO;
        *state = r;
        open_request(r);
        return MHD_YES;
    }
    if (*size) {
        take_body(r, data, *size);
        *size = 0;
        return MHD_YES;
    }
    return is_api(r->path) ? answer_api(s, connection, r) : answer_page(connection, r);
}

static void request_over(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    (void)arg;
    (void)connection;
    (void)code;
    free_request(*state);
    *state = NULL;
}

/* ---------------------------------------------------------------- life */

static void quiet(void *arg, const char *fmt, va_list args)
{
    (void)arg;
    (void)fmt;
    (void)args;
}

static yq_code start_listening(yq_server *s, yq_err *err)
{
    const yq_serve_options *o = s->options;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(o->port) };
    if (inet_pton(AF_INET, o->address, &address.sin_addr) != 1) return yq_fail(err, YQ_INVALID, 0, "%s is not an IPv4 address to listen on", o->address);
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, o->port, NULL, NULL, accept_request, s,
        MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, request_over, s,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)(YQ_HTTP_CONNECTIONS + YQ_HTTP_STREAMS), MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)(YQ_HTTP_CONNECTIONS_PER_ADDRESS + YQ_HTTP_STREAMS),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)YQ_HTTP_IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)YQ_HTTP_HEADER_MAX,
        MHD_OPTION_END);
    if (!s->daemon) return yq_fail(err, YQ_IO, 0, "cannot listen on %s:%u; is the port taken? Choose another with --port", o->address, o->port);
    s->port = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return YQ_OK;
}

static yq_code start_workers(yq_server *s, yq_err *err)
{
    unsigned n = (s->options->workers ? s->options->workers : 2) + 1;
    if (!(s->workers = calloc(n, sizeof *s->workers))) return yq_fail(err, YQ_NOMEM, 0, "no memory for workers");
    for (unsigned i = 0; i < n; i++) {
        yq_worker *w = &s->workers[i];
        w->server = s;
        w->writes = i == 0;
        w->arena = yq_arena_new((size_t)256 << 20);
        yq_code rc = w->arena ? yq_reader_open(s->options->store, &w->reader, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for workers");
        if (rc == YQ_OK && pthread_create(&w->thread, NULL, work, w) != 0) rc = yq_fail(err, YQ_NOMEM, 0, "cannot start a thread");
        if (rc != YQ_OK) {
            yq_reader_close(w->reader);
            yq_arena_free(w->arena);
            return rc;
        }
        s->worker_count++;
    }
    return YQ_OK;
}

static yq_code start(yq_server *s, yq_err *err)
{
    const yq_store_options store_options = { 0 };
    const yq_import_watcher guard = { .enter = guard_enter, .leave = guard_leave, .arg = s };
    yq_code rc = yq_store_open(s->options->store, &store_options, &s->store, err);
    if (rc == YQ_OK) rc = yq_register_open(s->store, &s->reg, err);
    if (rc == YQ_OK) rc = yq_ties_keeper_open(s->options->store, YQ_TIES_SLOW_MS, &s->ties, err);
    if (rc == YQ_OK && !(s->streams = yq_streams_new())) rc = yq_fail(err, YQ_NOMEM, 0, "no memory for streams");
    if (rc == YQ_OK) rc = yq_standing_open(s->options->store, s->reg, news_told, s, &s->standing, err);
    if (rc == YQ_OK) rc = yq_inbox_open(s->store, s->reg, &guard, inbox_changed, s, &s->inbox, err);
    if (rc == YQ_OK) yq_streams_follow(s->streams, s->inbox);
    if (rc == YQ_OK) rc = start_workers(s, err);
    if (rc == YQ_OK) rc = yq_handover_listen(yq_store_folder(s->store), s->reg, &guard, &s->handover, err);
    if (rc == YQ_OK) rc = start_listening(s, err);
    return rc;
}

/* What waits is still answered; then the workers end. */
static void end(yq_server *s)
{
    yq_handover_close(s->handover);
    if (s->daemon) {
        MHD_socket fd = MHD_quiesce_daemon(s->daemon);
        if (fd >= 0) close(fd);
    }
    pthread_mutex_lock(&s->queue_lock);
    s->ending = true;
    for (size_t i = 0; i < sizeof s->queues / sizeof *s->queues; i++) pthread_cond_broadcast(&s->queues[i].filled);
    pthread_mutex_unlock(&s->queue_lock);
    for (unsigned i = 0; i < s->worker_count; i++) {
        pthread_join(s->workers[i].thread, NULL);
        yq_reader_close(s->workers[i].reader);
        yq_arena_free(s->workers[i].arena);
    }
    free(s->workers);
    yq_streams_end(s->streams);
    if (s->daemon) MHD_stop_daemon(s->daemon);
    yq_inbox_close(s->inbox);
    yq_standing_close(s->standing);
    yq_streams_free(s->streams);
    yq_ties_keeper_close(s->ties);
    yq_register_close(s->reg);
    yq_store_close(s->store);
}

yq_code yq_serve(const yq_serve_options *options, atomic_bool *stop, yq_err *err)
{
    yq_serve_options o = *options;
    if (!o.address) o.address = "127.0.0.1";
    yq_server s = { .options = &o,
                    .writing = PTHREAD_MUTEX_INITIALIZER,
                    .queue_lock = PTHREAD_MUTEX_INITIALIZER,
                    .queues = { { .filled = PTHREAD_COND_INITIALIZER }, { .filled = PTHREAD_COND_INITIALIZER } },
                    .askers_lock = PTHREAD_MUTEX_INITIALIZER };
    yq_code rc = start(&s, err);
    if (rc == YQ_OK) {
        if (o.ready) o.ready(o.arg, s.port);
        while (!atomic_load(stop)) {
            usleep(100000);
            yq_streams_tick(s.streams);
        }
    }
    end(&s);
    return rc;
}
