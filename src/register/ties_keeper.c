/* Ties while a server runs: read anew when something was written, without keeping anybody waiting.
 *
 * A small register is read in the time of the question. A large one takes seconds: then one thread, with a reader of its own, reads it anew while
 * answers still come from what is there; each fact of an answer is read from the store anyway, so that an old tie whose fact is gone is noticed
 * (ways.c). Ties are counted by who holds them and go with the last.
 */
#include "register/ties_inside.h"

#include <stdlib.h>

typedef struct {
    yq_viewer viewer;
    yq_ties *ties;    /* NULL: none yet */
    int64_t used, ms; /* used: for giving up the one longest unused; ms: how long it took to read */
    bool reading;     /* somebody is at it */
} kept;

typedef struct {
    const yq_ties *ties;
    size_t holders;
    bool left; /* no longer kept: the last holder frees it */
} lent;

struct yq_ties_keeper {
    char *url;
    int64_t slow_ms;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    bool started, running, closing; /* started: thread is to be joined */
    kept of[YQ_TIES_VIEWERS];
    lent lent[4 * SCRATCHES];
    int64_t clock;
};

yq_code yq_ties_keeper_open(const char *url, int64_t slow_ms, yq_ties_keeper **out, yq_err *err)
{
    yq_ties_keeper *k = calloc(1, sizeof *k);
    *out = NULL;
    if (!k || !(k->url = strdup(url))) {
        free(k);
        return yq_fail(err, YQ_NOMEM, 0, "no memory to keep ties");
    }
    k->slow_ms = slow_ms;
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->changed, NULL);
    *out = k;
    return YQ_OK;
}

void yq_ties_keeper_close(yq_ties_keeper *k)
{
    if (!k) return;
    pthread_mutex_lock(&k->lock);
    k->closing = true;
    pthread_mutex_unlock(&k->lock);
    if (k->started) pthread_join(k->thread, NULL);
    for (size_t i = 0; i < YQ_TIES_VIEWERS; i++) yq_ties_free(k->of[i].ties);
    pthread_cond_destroy(&k->changed);
    pthread_mutex_destroy(&k->lock);
    free(k->url);
    free(k);
}

/* ---------------------------------------------------------------- who holds what; with the lock held */

static lent *lent_of(yq_ties_keeper *k, const yq_ties *t)
{
    lent *free_place = NULL;
    for (size_t i = 0; i < sizeof k->lent / sizeof *k->lent; i++) {
        if (k->lent[i].ties == t) return &k->lent[i];
        if (!k->lent[i].ties) free_place = &k->lent[i];
    }
    return free_place;
}

static yq_code lend(yq_ties_keeper *k, kept *of, const yq_ties **out, yq_err *err)
{
    lent *l = lent_of(k, of->ties);
    if (!l) return yq_fail(err, YQ_BUSY, 0, "too many questions at once");
    l->ties = of->ties;
    l->holders++;
    of->used = ++k->clock;
    *out = of->ties;
    return YQ_OK;
}

static void drop(yq_ties_keeper *k, yq_ties *t)
{
    lent *l = t ? lent_of(k, t) : NULL;
    if (l && l->ties == t) l->left = true;
    else yq_ties_free(t);
}

void yq_ties_give_back(yq_ties_keeper *k, const yq_ties *t)
{
    if (!t) return;
    pthread_mutex_lock(&k->lock);
    lent *l = lent_of(k, t);
    if (--l->holders == 0) {
        if (l->left) yq_ties_free((yq_ties *)t);
        *l = (lent){ 0 };
    }
    pthread_mutex_unlock(&k->lock);
}

static kept *kept_for(yq_ties_keeper *k, const yq_viewer *v)
{
    kept *oldest = NULL;
    for (size_t i = 0; i < YQ_TIES_VIEWERS; i++) {
        kept *of = &k->of[i];
        if (of->used && of->viewer.institution == v->institution && of->viewer.level == v->level) return of;
        if (!of->reading && (!oldest || of->used < oldest->used)) oldest = of;
    }
    if (!oldest) return NULL;
    drop(k, oldest->ties);
    *oldest = (kept){ .viewer = *v, .used = ++k->clock };
    return oldest;
}

/* ---------------------------------------------------------------- reading */

static int64_t sequence_now(yq_reader *r)
{
    yq_stmt *s;
    int64_t sequence = -1;
    if (!yq_db_prepare(r->db, "SELECT coalesce(max(sequence), 0) FROM entry", &s, NULL)) yq_one_int(s, -1, &sequence, NULL);
    return sequence;
}

/* Takes the lock off while it reads. */
static yq_code read_anew(yq_ties_keeper *k, kept *of, yq_reader *r, yq_err *err)
{
    yq_viewer v = of->viewer;
    yq_ties *t;
    of->reading = true;
    pthread_mutex_unlock(&k->lock);
    int64_t began = yq_monotonic_us();
    yq_code rc = yq_ties_read(r, &v, &t, err);
    int64_t ms = (yq_monotonic_us() - began) / 1000;
    pthread_mutex_lock(&k->lock);
    of->reading = false;
    if (!rc) {
        drop(k, of->ties);
        of->ties = t;
        of->ms = ms;
    }
    pthread_cond_broadcast(&k->changed);
    return rc;
}

static void read_slow_ones(yq_ties_keeper *k, yq_reader *r)
{
    int64_t now = sequence_now(r);
    for (size_t i = 0; i < YQ_TIES_VIEWERS && !k->closing; i++) {
        kept *of = &k->of[i];
        if (of->ties && !of->reading && of->ties->sequence != now) read_anew(k, of, r, NULL);
    }
}

static void *read_behind(void *arg)
{
    yq_ties_keeper *k = arg;
    yq_reader *r = NULL;
    yq_code rc = yq_reader_open(k->url, &r, NULL);
    pthread_mutex_lock(&k->lock);
    if (!rc) read_slow_ones(k, r);
    k->running = false;
    pthread_mutex_unlock(&k->lock);
    yq_reader_close(r);
    return NULL;
}

static void start_reading(yq_ties_keeper *k)
{
    if (k->running || k->closing) return;
    if (k->started) pthread_join(k->thread, NULL); /* it has nothing left to do with the lock */
    k->started = k->running = pthread_create(&k->thread, NULL, read_behind, k) == 0;
}

/* Those of the viewer, once nobody reads them for the first time. While waiting they may be given up for another viewer. */
static kept *settled(yq_ties_keeper *k, const yq_viewer *v)
{
    kept *of;
    while ((of = kept_for(k, v)) && of->reading && !(of->ties && of->ms > k->slow_ms)) pthread_cond_wait(&k->changed, &k->lock);
    return of;
}

static yq_code take_inside(yq_ties_keeper *k, yq_reader *r, const yq_viewer *v, int64_t now, const yq_ties **out, yq_err *err)
{
    kept *of = settled(k, v);
    if (!of) return yq_fail(err, YQ_BUSY, 0, "too many different viewers at once");
    if (of->ties && of->ties->sequence >= now) return lend(k, of, out, err);
    if (of->ties && of->ms > k->slow_ms) {
        start_reading(k);
        return lend(k, of, out, err);
    }
    yq_code rc = read_anew(k, of, r, err);
    return rc ? rc : lend(k, of, out, err);
}

yq_code yq_ties_take(yq_ties_keeper *k, yq_reader *r, const yq_viewer *v, const yq_ties **out, yq_err *err)
{
    int64_t now = sequence_now(r);
    *out = NULL;
    pthread_mutex_lock(&k->lock);
    yq_code rc = take_inside(k, r, v, now, out, err);
    pthread_mutex_unlock(&k->lock);
    return rc;
}
