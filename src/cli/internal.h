/* cli/internal.h - what the commands share. */
#ifndef YQ_CLI_INTERNAL_H
#define YQ_CLI_INTERNAL_H

#include "kind/kind.h"
#include "match/match.h"

#include <jansson.h>
#include <stdatomic.h>

enum { YQ_EXIT_DONE, YQ_EXIT_REFUSED, YQ_EXIT_USAGE, YQ_EXIT_BROKEN };

/* What was given on the command line, whichever command it is; NULL or 0: not given. */
typedef struct {
    const char *store, *out, *needs, *want, *corpus, *queries, *by, *identities, *address, *kind, *from, *to, *institution, *voice, *value, *date, *subject, *object, *corrections, *where, *without, *owner;
    long top, port;
    bool json, store_given, best, watch, quick, raw, all, apply, reset;
    const char **rest; /* what is no option, in order */
    size_t rest_count;
} yq_arguments;

typedef struct {
    const char *name, *usage, *purpose;
    const char *takes;      /* the options it knows: "store top json" */
    size_t least, most;     /* how many words beside options */
    int (*run)(const yq_arguments *a);
} yq_command;

/* Is it a kind of answer that may be asked for? */
bool yq_wanted_kind(const char *want);
enum { YQ_WANTED_BYTES = 400 };
yq_str yq_wanted_kinds(char out[YQ_WANTED_BYTES]); /* "person, organization or technology" */
/* Says it on stderr; returns the exit status that fits. subject (may be NULL) stands in front. */
int yq_report(const char *subject, yq_code code, const yq_err *err);
/* Makes the folder in which a file is to be written, if it is missing. */
yq_code yq_folder_of(const char *file, yq_err *err);
/* Set by Ctrl-C and SIGTERM once yq_watch_signals was called. */
extern atomic_bool yq_stop_asked;
void yq_watch_signals(void);

/* A store for reading with its index: that of the register when nobody else writes (so that it catches up), else the one on disk. */
typedef struct {
    yq_store *store;
    yq_register *reg;
    yq_reader *reader;
    yq_index *index, *own_index;
} yq_session;
int yq_session_open(const yq_arguments *a, yq_session *s); /* exit status */
void yq_session_close(yq_session *s);

/* store.c */
int yq_run_init(const yq_arguments *a);
int yq_run_import(const yq_arguments *a);
int yq_run_verify(const yq_arguments *a);
int yq_run_rebuild(const yq_arguments *a);
int yq_run_dump(const yq_arguments *a);
int yq_run_backup(const yq_arguments *a);
int yq_run_restore(const yq_arguments *a);
int yq_run_export(const yq_arguments *a);
int yq_run_reread(const yq_arguments *a);
/* review.c */
int yq_run_review(const yq_arguments *a);
/* engines.c */
int yq_run_extract(const yq_arguments *a);
int yq_run_rank(const yq_arguments *a);
/* kinds.c */
int yq_run_kinds(const yq_arguments *a);
/* link.c */
int yq_run_link(const yq_arguments *a);
/* tagger.c */
int yq_run_tagger(const yq_arguments *a);
/* ask.c */
int yq_run_match(const yq_arguments *a);
/* "conditions": [{"kind": "region", "words": "华南"}] of a need in a file. */
yq_code yq_listed_conditions(yq_arena *arena, const json_t *need, yq_need_question *q, yq_err *err);
int yq_run_show(const yq_arguments *a);
int yq_run_serve(const yq_arguments *a);
/* queue.c */
int yq_run_settle(const yq_arguments *a);
int yq_run_queue(const yq_arguments *a);
/* need.c */
int yq_run_need(const yq_arguments *a);
/* learn.c */
int yq_run_report(const yq_arguments *a);
int yq_run_tune(const yq_arguments *a);
/* ways.c */
int yq_run_ways(const yq_arguments *a);

#endif
