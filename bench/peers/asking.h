/* bench/peers/asking.h - every engine is asked in the same way, by the same clock.
 *
 * An engine that is asked stays alive and idle between its turns, so that engines can take turns on one machine. On standard input it is told
 *   TERMS SECONDS
 * and asks each query of FOLDER/queries-TERMS once, as many as it manages in so many seconds; it answers with one line, the microseconds of each
 * query between blanks, and leaves FOLDER/ENGINE-TERMS.lists: a line a query, "record:score" between blanks, best first. */
#ifndef BENCH_PEERS_ASKING_H
#define BENCH_PEERS_ASKING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { TOP = 10, MOST_TERMS = 64 };

typedef struct {
    long long record; /* its line in FOLDER/records, from 0 */
    double score;
} peer_hit;

typedef struct {
    const char *name;
    /* Makes ready to ask for any of the n terms; not timed. */
    void (*prepare)(void *engine, char *const *terms, size_t n);
    /* How many hits; timed. */
    size_t (*ask)(void *engine, peer_hit *hits);
} peer;

/* Serves turns until standard input ends; the exit status. */
int peer_serve(const peer *p, void *engine, const char *folder);

#ifdef __cplusplus
}
#endif
#endif
