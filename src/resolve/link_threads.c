/* Work on many like things by two threads, which take parts as they come free: a part that takes longer holds nobody up. */
#include "resolve/link_internal.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
    atomic_size_t next;
    size_t n, part;
    link_work work;
    void *arg;
} shared_work;

typedef struct {
    shared_work *shared;
    unsigned thread;
} worker;

static void *take_parts(void *arg)
{
    worker *w = arg;
    shared_work *s = w->shared;
    for (size_t from; (from = atomic_fetch_add(&s->next, s->part)) < s->n;) s->work(s->arg, from, from + s->part < s->n ? from + s->part : s->n, w->thread);
    return NULL;
}

void link_in_parts(size_t n, size_t part, link_work work, void *arg)
{
    shared_work shared = { 0, n, part, work, arg };
    worker w[LINK_THREADS];
    pthread_t thread[LINK_THREADS];
    bool started[LINK_THREADS] = { false };
    for (unsigned i = 0; i < LINK_THREADS; i++) {
        w[i] = (worker){ &shared, i };
        started[i] = i > 0 && n > part && pthread_create(&thread[i], NULL, take_parts, &w[i]) == 0;
    }
    take_parts(&w[0]); /* all of it, if no thread could be started */
    for (unsigned i = 1; i < LINK_THREADS; i++)
        if (started[i]) pthread_join(thread[i], NULL);
}
