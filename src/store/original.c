/* Originals: a document's bytes as they came, found by their hash. They are no projection, since nothing else holds them, and no entry of the journal,
 * since the journal says with the hash which bytes they have to be. Reading again with a newer reader, and opening the document itself, need them.
 */
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>

static yq_str bytes_of(const yq_hash *h)
{
    return (yq_str){ (const char *)h->b, sizeof h->b };
}

yq_code yq_original_keep(yq_store *s, const yq_hash *hash, yq_str bytes, yq_err *err)
{
    yq_stmt *q;
    yq_code rc = yq_db_prepare(s->db, "INSERT INTO original (hash, content) VALUES (:hash, :content) ON CONFLICT (hash) DO NOTHING", &q, err);
    if (rc) return rc;
    yq_bind_blob(q, "hash", bytes_of(hash));
    yq_bind_blob(q, "content", bytes);
    return yq_run(q, err);
}

yq_code yq_original_read(yq_store *s, const yq_hash *hash, yq_buf *out, yq_err *err)
{
    yq_stmt *q;
    bool row;
    yq_code rc = yq_db_prepare(s->db, "SELECT content FROM original WHERE hash = :hash", &q, err);
    if (rc) return rc;
    yq_bind_blob(q, "hash", bytes_of(hash));
    rc = yq_step(q, &row, err);
    if (!rc && row) yq_buf_put(out, yq_col_text(q, 0));
    yq_finish(q);
    if (!rc && !row) rc = yq_fail(err, YQ_NOTFOUND, 0, "the original is not kept here: it was read before originals were kept, or a person in it was erased");
    return !rc && out->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the original") : rc;
}

yq_code yq_original_forget(yq_store *s, const yq_hash *hash, yq_err *err)
{
    yq_stmt *q;
    yq_code rc = yq_db_prepare(s->db, "DELETE FROM original WHERE hash = :hash", &q, err);
    if (rc) return rc;
    yq_bind_blob(q, "hash", bytes_of(hash));
    return yq_run(q, err);
}

/* ---------------------------------------------------------------- are they what they were? */

static yq_code check_one(yq_stmt *q, yq_verify_report *report, yq_err *err)
{
    char hex[2 * YQ_HASH_BYTES + 1];
    yq_str hash = yq_col_text(q, 0), content = yq_col_text(q, 1);
    yq_hash is = yq_hash_of(content);
    if (yq_eq(hash, bytes_of(&is))) return YQ_OK;
    yq_hex(hash.p, hash.n < sizeof is.b ? hash.n : sizeof is.b, hex);
    snprintf(report->what, sizeof report->what, "the original %s was changed", hex);
    return yq_fail(err, YQ_CORRUPT, 0, "%s; read the document again from where it came", report->what);
}

yq_code yq_originals_verify(yq_db *db, yq_verify_report *report, yq_err *err)
{
    yq_stmt *q;
    bool row;
    char version[24];
    yq_code rc = yq_meta_get(db, "journal", version, sizeof version, err);
    if (rc || atoi(version) < YQ_JOURNAL_WITH_ORIGINALS) return rc;
    rc = yq_db_prepare(db, "SELECT hash, content FROM original ORDER BY hash", &q, err);
    if (rc) return rc;
    while (!(rc = yq_step(q, &row, err)) && row && !(rc = check_one(q, report, err))) report->originals++;
    yq_finish(q);
    return rc;
}
