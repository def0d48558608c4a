/* Server-sent events (HTML standard, 9.2): a page follows the files it handed in, or the news for kept needs.
 *
 *   id: 17\ndata: {"id",…}\n\n        a file as it stands now; 17 is the number of its change, which a page that comes back sends as Last-Event-ID
 *   event: cleared\ndata: {}\n\n      what was done was cleared from the list: ask for it anew
 *   event: news\ndata: {}\n\n          on a stream of news: there is some, or it was looked at; ask for it
 *   :\n\n                             every 15 s, so that a page that has gone is noticed
 *
 * MHD asks a stream for bytes on its one thread. One that has none is suspended there and resumed by whoever changes something, so that it costs nothing while
 * nothing happens. Nothing is queued: a stream knows the number of the last change it told, and asks the inbox for what changed since. Lock order: streams, then inbox.
 */
#include "http/internal.h"

#include <microhttpd.h>
#include <stdlib.h>

enum { SILENT_US = 15000000, AT_ONCE = 64, BLOCK = 16 << 10 };

typedef struct stream {
    struct stream *next;
    yq_streams *all;
    struct MHD_Connection *connection;
    bool news;         /* it tells of news, not of files */
    int64_t told;      /* the last change that was told */
    int64_t spoke_us;  /* when something was sent last */
    bool suspended;
    yq_buf ready;      /* to be sent; from `sent` on */
    size_t sent;
} stream;

struct yq_streams {
    pthread_mutex_t lock;
    yq_inbox *inbox;
    stream *first;
    unsigned count;
    int64_t news;      /* changes of news so far */
    bool ending;
};

/* ---------------------------------------------------------------- what is said */

void yq_inbox_json(yq_json *j, const yq_inbox_item *i)
{
    yq_json_object(j);
    yq_json_ki(j, "id", i->id);
    yq_json_ki(j, "changed", i->changed);
    yq_json_kv(j, "name", yq_cstr(i->name));
    yq_json_kv(j, "state", yq_cstr(yq_inbox_state_name(i->state)));
    yq_json_ki(j, "bytes", i->bytes);
    yq_json_ki(j, "found", i->found);
    yq_json_ki(j, "doubtful", i->doubtful);
    if (i->document[0]) yq_json_kv(j, "document", yq_cstr(i->document));
    yq_json_kv(j, "said", yq_cstr(i->said));
    yq_json_end_object(j);
}

static void say_items(stream *s)
{
    yq_inbox_item items[AT_ONCE];
    size_t n;
    int64_t cleared;
    yq_inbox_since(s->all->inbox, s->told, items, AT_ONCE, &n, &cleared);
    if (cleared && !n) yq_buf_printf(&s->ready, "id: %lld\n", (long long)(s->told = cleared));
    if (cleared) yq_buf_put(&s->ready, YQ_S("event: cleared\ndata: {}\n\n"));
    for (size_t i = 0; i < n; i++) {
        yq_buf_printf(&s->ready, "id: %lld\ndata: ", (long long)items[i].changed);
        yq_json j = yq_json_to(&s->ready);
        yq_inbox_json(&j, &items[i]);
        yq_buf_put(&s->ready, YQ_S("\n\n"));
        s->told = items[i].changed;
    }
}

static void say_news(stream *s)
{
    if (s->told == s->all->news) return;
    s->told = s->all->news;
    yq_buf_put(&s->ready, YQ_S("event: news\ndata: {}\n\n"));
}

/* ---------------------------------------------------------------- MHD's side */

static ssize_t take_ready(stream *s, char *out, size_t max)
{
    size_t n = s->ready.n - s->sent;
    if (n > max) n = max;
    memcpy(out, s->ready.p + s->sent, n);
    s->sent += n;
    if (s->sent == s->ready.n) s->ready.n = s->sent = 0;
    s->spoke_us = yq_monotonic_us();
    return (ssize_t)n;
}

static ssize_t read_stream(void *arg, uint64_t at, char *out, size_t max)
{
    stream *s = arg;
    ssize_t n = 0;
    (void)at;
    pthread_mutex_lock(&s->all->lock);
    if (!s->ready.n && s->news) say_news(s);
    else if (!s->ready.n) say_items(s);
    if (!s->ready.n && yq_monotonic_us() - s->spoke_us > SILENT_US) yq_buf_put(&s->ready, YQ_S(":\n\n"));
    if (s->all->ending || s->ready.failed) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (s->ready.n) {
        n = take_ready(s, out, max);
    } else {
        s->suspended = true;
        MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&s->all->lock);
    return n;
}

static void stream_over(void *arg)
{
    stream *s = arg;
    yq_streams *all = s->all;
    pthread_mutex_lock(&all->lock);
    for (stream **p = &all->first; *p; p = &(*p)->next)
        if (*p == s) {
            *p = s->next;
            all->count--;
            break;
        }
    pthread_mutex_unlock(&all->lock);
    yq_buf_free(&s->ready);
    free(s);
}

static stream *new_stream(yq_streams *all, struct MHD_Connection *connection, bool news, int64_t after)
{
    stream *s = NULL;
    pthread_mutex_lock(&all->lock);
    if (!all->ending && all->count < YQ_HTTP_STREAMS && (s = calloc(1, sizeof *s))) {
        *s = (stream){ .next = all->first, .all = all, .connection = connection, .news = news, .told = news ? all->news : after, .spoke_us = yq_monotonic_us() };
        yq_buf_put(&s->ready, YQ_S("retry: 2000\n\n"));
        all->first = s;
        all->count++;
    }
    pthread_mutex_unlock(&all->lock);
    return s;
}

struct MHD_Response *yq_stream_open(yq_streams *all, struct MHD_Connection *connection, bool news, int64_t after)
{
    stream *s = new_stream(all, connection, news, after);
    if (!s) return NULL;
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, s, stream_over);
    if (!r) stream_over(s);
    return r;
}

/* ---------------------------------------------------------------- life */

static void resume(stream *s)
{
    if (!s->suspended) return;
    s->suspended = false;
    MHD_resume_connection(s->connection);
}

void yq_streams_wake(yq_streams *all)
{
    pthread_mutex_lock(&all->lock);
    for (stream *s = all->first; s; s = s->next) resume(s);
    pthread_mutex_unlock(&all->lock);
}

void yq_streams_news(yq_streams *all)
{
    pthread_mutex_lock(&all->lock);
    all->news++;
    pthread_mutex_unlock(&all->lock);
    yq_streams_wake(all);
}

void yq_streams_tick(yq_streams *all)
{
    int64_t now = yq_monotonic_us();
    pthread_mutex_lock(&all->lock);
    for (stream *s = all->first; s; s = s->next)
        if (now - s->spoke_us > SILENT_US) resume(s);
    pthread_mutex_unlock(&all->lock);
}

void yq_streams_end(yq_streams *all)
{
    if (!all) return;
    pthread_mutex_lock(&all->lock);
    all->ending = true;
    for (stream *s = all->first; s; s = s->next) resume(s);
    pthread_mutex_unlock(&all->lock);
}

yq_streams *yq_streams_new(void)
{
    yq_streams *all = calloc(1, sizeof *all);
    if (all) pthread_mutex_init(&all->lock, NULL);
    return all;
}

void yq_streams_follow(yq_streams *all, yq_inbox *inbox)
{
    all->inbox = inbox;
}

void yq_streams_free(yq_streams *all)
{
    if (!all) return;
    pthread_mutex_destroy(&all->lock);
    free(all);
}
