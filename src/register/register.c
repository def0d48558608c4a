/* The register's writer: opening, groups of writes, and the index that follows them. */
#include "register/internal.h"

#include <stdlib.h>

void yq_register_projectors(yq_store *s)
{
    yq_store_projector(s, "reading", yq_project_reading, NULL);
    yq_store_projector(s, "identity", yq_project_identity, NULL);
    yq_store_projector(s, "review", yq_project_review, NULL);
    yq_project_needs(s);
}

yq_code yq_refuse_stale(const yq_store *s, yq_err *err)
{
    if (!yq_store_stale(s)) return YQ_OK;
    return yq_fail(err, YQ_INVALID, 0, "the tables of this store were made by an older version; make them again with: yiqiao rebuild");
}

/* After an update of the program the tables are made again here, without being asked. */
static yq_code renew(yq_register *r, yq_err *err)
{
    if (yq_store_read_only(r->store)) return yq_refuse_stale(r->store, err);
    return yq_store_stale(r->store) ? yq_register_rebuild(r->store, err) : YQ_OK;
}

static yq_code open_inside(yq_register *r, yq_err *err)
{
    yq_register_projectors(r->store);
    yq_code rc = renew(r, err);
    return rc ? rc : yq_indexing_open(r, err);
}

yq_code yq_register_open(yq_store *store, yq_register **out, yq_err *err)
{
    *out = NULL;
    yq_register *r = calloc(1, sizeof *r);
    if (!r) return yq_fail(err, YQ_NOMEM, 0, "no memory for the register");
    r->store = store;
    r->db = yq_store_db(store);
    yq_code rc = open_inside(r, err);
    if (rc) yq_register_close(r);
    else *out = r;
    return rc;
}

void yq_register_close(yq_register *r)
{
    if (!r) return;
    if (r->group) yq_register_rollback(r);
    yq_index_close(r->index);
    free(r);
}

yq_index *yq_register_index(yq_register *r)
{
    return r->index;
}

yq_code yq_register_begin(yq_register *r, yq_err *err)
{
    if (yq_store_read_only(r->store)) return yq_fail(err, YQ_DENIED, 0, "the store was opened for reading");
    yq_code rc = yq_db_begin(r->db, true, err);
    r->group = rc == YQ_OK;
    return rc;
}

/* What one asker's documents may have done to their reader ends with the group. */
static void end_series(yq_register *r)
{
    yq_cage_series_free(r->series);
    r->series = NULL;
}

yq_code yq_register_commit(yq_register *r, yq_err *err)
{
    end_series(r);
    yq_code rc = yq_db_commit(r->db, err);
    if (rc) {
        yq_register_rollback(r);
        return rc;
    }
    r->group = false;
    rc = yq_indexing_catch_up(r, err);
    if (rc || !r->committed || r->telling) return rc;
    r->telling = true;
    r->committed(r->committed_arg);
    r->telling = false;
    return YQ_OK;
}

void yq_register_on_commit(yq_register *r, void (*committed)(void *arg), void *arg)
{
    r->committed = committed;
    r->committed_arg = arg;
}

yq_store *yq_register_store(yq_register *r)
{
    return r->store;
}

void yq_register_rollback(yq_register *r)
{
    end_series(r);
    if (r->group) yq_db_rollback(r->db);
    r->group = false;
}

yq_code yq_register_rebuild(yq_store *store, yq_err *err)
{
    yq_register_projectors(store);
    yq_code rc = yq_rebuild(store, err);
    if (!rc) yq_indexing_forget(store);
    return rc;
}
