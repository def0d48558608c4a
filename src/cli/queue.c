/* yiqiao settle, yiqiao queue: who is who, decided again or put to a person. */
#include "cli/internal.h"

#include <stdio.h>

static void print_outcome(const yq_arguments *a, const yq_settle_outcome *o)
{
    static const char words[] = "%zu names in documents are %zu people and organisations; %zu of them changed; %zu pairs undecided (model %d)\n";
    static const char json[] = "{\"appearances\":%zu,\"clusters\":%zu,\"changed\":%zu,\"undecided\":%zu,\"model\":%d}\n";
    if (a->json) printf(json, o->appearances, o->clusters, o->changed, o->undecided, o->model);
    else printf(words, o->appearances, o->clusters, o->changed, o->undecided, o->model);
}

int yq_run_settle(const yq_arguments *a)
{
    const yq_store_options how = { 0 };
    yq_store *s = NULL;
    yq_register *r = NULL;
    yq_settle_outcome outcome;
    yq_err err = { 0 };
    yq_code rc = yq_store_open(a->store, &how, &s, &err);
    if (!rc) rc = yq_register_open(s, &r, &err);
    if (!rc) rc = yq_register_settle(r, &outcome, &err);
    yq_register_close(r);
    yq_store_close(s);
    if (rc) return yq_report(a->store, rc, &err);
    print_outcome(a, &outcome);
    return YQ_EXIT_DONE;
}
