/* store/schema.h - the tables as data. Inside store only; from one description come the tables of both databases, the dump and the copy. */
#ifndef YQ_STORE_SCHEMA_H
#define YQ_STORE_SCHEMA_H

#include "store/db.h"

typedef struct {
    const char *name;
    const char *columns;    /* "id i, ulid t, salt b?": i integer, r real, t text, b bytes; ? may be null */
    const char *key;        /* "id" or "sequence, part" */
    const char *indexes[8]; /* column lists */
    bool projected;         /* written by projectors only; may be thrown away */
} yq_table;

extern const yq_table yq_tables[];
extern const size_t yq_table_count;

typedef struct {
    char name[32];
    char type;
    bool null;
} yq_column;

/* Takes the next column off *rest; false at the end. Works on a key as well (type is 0 then). */
bool yq_column_next(const char **rest, yq_column *out);

/* Marks a SQLite file as a store of Yiqiao ("YQ" and a number), so that somebody else's database is left as it is. */
#define YQ_APPLICATION_ID "1498501425"

/* Raised when the journal's own tables change, and when a projected table does or the keys of resolve. What folding and pinyin give stands in
 * the tables too, so their version is a part of it. A newer one in the store is YQ_NEWER. */
enum { YQ_JOURNAL_WITH_ORIGINALS = 2, YQ_JOURNAL_VERSION = 2, YQ_PROJECTION_VERSION = 8 + 1000 * YQ_TEXT_VERSION };

/* Makes a new store, or checks the one that is there and adds what a store of an older format lacks beside the projection. *stale: the projection was
 * made by an older version; rebuild. */
typedef enum { YQ_SCHEMA_READ, YQ_SCHEMA_WRITE, YQ_SCHEMA_MAKE } yq_schema_rights;
yq_code yq_schema_check(yq_db *db, yq_schema_rights rights, bool *stale, yq_err *err);
/* Inside a transaction: throws the projected tables away and makes them again, empty. */
yq_code yq_schema_renew(yq_db *db, yq_err *err);

yq_code yq_meta_get(yq_db *db, const char *what, char *out, size_t cap, yq_err *err); /* "" when absent */
yq_code yq_meta_set(yq_db *db, const char *what, yq_str value, yq_err *err);

#endif
