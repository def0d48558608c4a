/* http/http.h - the desk and the REST API: one table of routes over the engines.
 *
 * libmicrohttpd speaks HTTP on one event loop; a request's connection is suspended while one of the workers, each with its own reader on
 * the store, answers it, so that no slow route stalls another. Everything that writes goes through one register behind one lock.
 */
#ifndef YQ_HTTP_H
#define YQ_HTTP_H

#include <stdatomic.h>

#include "match/match.h"

typedef struct {
    const char *store;      /* file, folder or URL, as everywhere */
    const char *address;    /* NULL: 127.0.0.1 */
    uint16_t port;          /* 0: any that is free */
    const char *institution; /* whose store this is, by name or id: who asks for ways when the page does not say; NULL: not told */
    unsigned workers;       /* that read, 0: 2; one more writes */
    void (*ready)(void *arg, uint16_t port); /* called once it listens; may be NULL */
    void *arg;
} yq_serve_options;

/* Serves until *stop is set. Errors: YQ_BUSY (another process writes this store), YQ_IO (the port is taken), those of opening a store. */
yq_code yq_serve(const yq_serve_options *options, atomic_bool *stop, yq_err *err);

/* ---------------------------------------------------------------- routes (also for the tests that hold them against openapi.json) */

typedef struct {
    const char *method, *path; /* "/api/v1/entities/{id}" */
} yq_route_name;
bool yq_http_route(size_t i, yq_route_name *out); /* false: there are only i routes */
yq_str yq_http_openapi(void);

#endif
