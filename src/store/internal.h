/* store/internal.h - the store's own structure. */
#ifndef YQ_STORE_INTERNAL_H
#define YQ_STORE_INTERNAL_H

#include "store/schema.h"

#include <assert.h>

enum { YQ_MAX_PROJECTORS = 32, YQ_SALT_BYTES = 32, YQ_MAX_PARTS = 100000 };

typedef struct {
    const char *kind;
    yq_project project;
    void *self;
} yq_projector;

struct yq_store {
    yq_db *db;
    yq_clock *clock;
    yq_random *random;
    bool read_only, stale;
    int lock; /* of the lock file, or -1 */
    char folder[4096], file[4200];
    yq_projector projectors[YQ_MAX_PROJECTORS];
    size_t projector_count;
};

/* The chain of one database; yq_verify and restore share it. */
yq_code yq_chain_verify(yq_db *db, yq_verify_report *report, yq_err *err);
/* Each original has the hash under which it is kept; counts them. */
yq_code yq_originals_verify(yq_db *db, yq_verify_report *report, yq_err *err);

#endif
