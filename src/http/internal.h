/* http/internal.h - a request on its way from the event loop to a worker and back. */
#ifndef YQ_HTTP_INTERNAL_H
#define YQ_HTTP_INTERNAL_H

#include "http/http.h"
#include "job/inbox.h"
#include "register/ties.h"

#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
    YQ_HTTP_JSON_MAX = 64 << 10,       /* body of a JSON request */
    YQ_HTTP_HEADER_MAX = 32 << 10,     /* all headers of one request */
    YQ_HTTP_CONNECTIONS = 256,
    YQ_HTTP_CONNECTIONS_PER_ADDRESS = 64,
    YQ_HTTP_IDLE_SECONDS = 30,
    YQ_HTTP_WAITING = 256,             /* requests that wait for a worker; more are told to come back */
    YQ_HTTP_STREAMS = 32,              /* pages that follow something; more ask again now and then */
    YQ_HTTP_ASKERS = 64                /* pages whose newest question is remembered */
};

typedef struct yq_server yq_server;

/* What one worker has to itself. */
typedef struct {
    yq_server *server;
    yq_reader *reader;
    yq_arena *arena;
    bool writes;                    /* answers what changes something, one after the other; the others only read */
    pthread_t thread;
} yq_worker;

typedef struct yq_request {
    struct yq_request *next;
    void *connection;               /* MHD's */
    const struct yq_route *route;
    char *method, *path;
    yq_str param;                   /* what stands at {id} */
    char *query[8][2];              /* name, value (decoded) */
    unsigned queries;
    yq_buf body;
    size_t body_max;
    bool too_large, answered;
    bool streams;                   /* the answer is a stream of events, those after `after` */
    bool news;                      /* of news, not of files handed in */
    int64_t after;
    unsigned status;
    const char *type;
    yq_buf answer;
    yq_buf disposition;             /* of an answer that is a file: what the browser shall do with it; empty: a page's data */
} yq_request;

typedef struct yq_route {
    const char *method, *path;
    void (*answer)(yq_worker *w, yq_request *r);
    bool binary; /* the body is a document, not JSON */
    bool writes;
} yq_route;

/* routes.c */
const yq_route *yq_route_find(const char *method, const char *path, yq_str *param, bool *path_known);
void yq_refuse(yq_request *r, unsigned status, const char *code, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void yq_refuse_as(yq_request *r, yq_code code, const yq_err *err); /* with the status that fits the error */
yq_str yq_query(const yq_request *r, const char *name);
/* A whole number between least and most; absent: otherwise. False: refused. */
bool yq_query_number(yq_request *r, const char *name, size_t least, size_t most, size_t otherwise, size_t *out);

typedef struct {
    const char *name;
    json_type type;
    bool required;
} yq_body_member;
/* The JSON object in the body with its members checked: these, of these types, and no other. To be given back with json_decref; NULL: refused. */
json_t *yq_body_read(yq_request *r, const yq_body_member *members, size_t n);
yq_str yq_body_text(const json_t *o, const char *key); /* p NULL or empty: not there */

/* The number that stands in an address as {id}; 0: it is none. */
int64_t yq_number_in(yq_str id);
/* By the id that stands outside; YQ_NOTFOUND when there is nothing. */
yq_code yq_find_entity(yq_worker *w, yq_str id, yq_entity *out, yq_err *err);

/* "conditions" and "without" of the body, as /match takes them. False: refused. */
bool yq_body_conditions(yq_worker *w, yq_request *r, const json_t *o, yq_need_question *q);

/* review.c */
void yq_post_decision(yq_worker *w, yq_request *r);

/* identity.c */
void yq_get_queue(yq_worker *w, yq_request *r);
void yq_get_appearances(yq_worker *w, yq_request *r);
void yq_post_pair(yq_worker *w, yq_request *r);
void yq_post_merge(yq_worker *w, yq_request *r);
void yq_post_unmerge(yq_worker *w, yq_request *r);
void yq_post_split(yq_worker *w, yq_request *r);
void yq_post_undo(yq_worker *w, yq_request *r);

/* needs.c */
void yq_get_needs(yq_worker *w, yq_request *r);
void yq_get_need(yq_worker *w, yq_request *r);
void yq_get_news(yq_worker *w, yq_request *r);
void yq_get_news_events(yq_worker *w, yq_request *r);
void yq_get_report(yq_worker *w, yq_request *r);
void yq_post_asked(yq_worker *w, yq_request *r);
void yq_post_need(yq_worker *w, yq_request *r);
void yq_post_need_close(yq_worker *w, yq_request *r);
void yq_post_seen(yq_worker *w, yq_request *r);
void yq_post_feedback(yq_worker *w, yq_request *r);
void yq_post_feedback_undo(yq_worker *w, yq_request *r);

/* uploads.c */
void yq_post_upload(yq_worker *w, yq_request *r);
void yq_get_uploads(yq_worker *w, yq_request *r);
void yq_clear_uploads(yq_worker *w, yq_request *r);
void yq_get_upload_events(yq_worker *w, yq_request *r);

/* stream.c */
struct MHD_Connection;
struct MHD_Response;
typedef struct yq_streams yq_streams;
yq_streams *yq_streams_new(void);
void yq_streams_follow(yq_streams *s, yq_inbox *inbox); /* before the first is opened */
void yq_streams_free(yq_streams *s); /* once no connection is left */
void yq_streams_wake(yq_streams *s); /* something changed */
void yq_streams_tick(yq_streams *s); /* now and then: the silent ones say that they live */
void yq_streams_end(yq_streams *s);  /* all end, none begins */
void yq_streams_news(yq_streams *s); /* there is news for kept needs, or it was looked at */
/* A stream of what changes after `after` (of news: from now on), on this connection, called on the event loop. NULL: too many are open. */
struct MHD_Response *yq_stream_open(yq_streams *s, struct MHD_Connection *connection, bool news, int64_t after);
void yq_inbox_json(yq_json *j, const yq_inbox_item *i);

/* ways.c */
void yq_get_ways(yq_worker *w, yq_request *r);

/* server.c */
yq_register *yq_server_enter(yq_server *s); /* the one writer; others wait */
void yq_server_leave(yq_server *s);
yq_index *yq_server_index(yq_server *s);
yq_ties_keeper *yq_server_ties(yq_server *s);
yq_inbox *yq_server_inbox(yq_server *s);
void yq_server_tell_news(yq_server *s);
const char *yq_server_institution(const yq_server *s); /* NULL: not told */
/* Notes that `asker` is now at `turn`, and whether a question of an earlier turn is overtaken. */
void yq_server_turn(yq_server *s, yq_str asker, int64_t turn);
bool yq_server_overtaken(yq_server *s, yq_str asker, int64_t turn);

/* The desk, built into the program by tools/embed.py. */
typedef struct {
    const char *type;
    const unsigned char *bytes;
    size_t n;
    bool immutable; /* its name holds a hash of its content */
} yq_asset;
bool yq_asset_find(const char *path, yq_asset *out); /* "/" is index.html */

#endif
