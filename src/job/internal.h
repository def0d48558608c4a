/* job/internal.h - documents one after the other, in groups, whatever brings them. */
#ifndef YQ_JOB_INTERNAL_H
#define YQ_JOB_INTERNAL_H

#include "job/import.h"

typedef struct {
    /* Reads number i; fills name, path and result of p. */
    yq_code (*one)(void *arg, yq_register *r, size_t i, yq_import_progress *p, yq_err *err);
    void *arg;
    size_t total;
} yq_batch;

/* Each group is one transaction. A document's own fault is told and counted, anything else ends the batch. */
yq_code yq_batch_run(yq_register *r, const yq_batch *b, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);
/* Is it the document's own fault? */
bool yq_is_refusal(yq_code code);

#endif
