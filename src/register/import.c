/* One document into the register: known already? read, extract, assemble, journal.
 *
 * Both entries of a document stand inside one savepoint: a document that fails in the middle of a group leaves nothing, and the group goes on.
 */
#include "register/internal.h"
#include "register/review.h"

#include <stdio.h>

enum { DOUBTFUL_BELOW = 80 }; /* percent */

typedef struct {
    yq_register *reg;
    yq_arena *arena;
    yq_str name, bytes;
    yq_hash hash;
    const yq_extractor *extractor;
    yq_import_result *result;
} importing;

static const yq_extractor present_extractor = { yq_extract, YQ_EXTRACT_VERSION };

/* ---------------------------------------------------------------- what is known of the file */

static yq_code document_by_hash(yq_register *r, const yq_hash *hash, int64_t *document, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, "SELECT id FROM document WHERE hash = :hash ORDER BY id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_blob(s, "hash", (yq_str){ (const char *)hash->b, sizeof hash->b });
    return yq_one_int(s, 0, document, err);
}

/* The document of this name and its present reading, whose place the new one takes. */
static yq_code document_by_name(yq_register *r, yq_new_reading *n, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT id, reading, ulid, hash FROM document WHERE name = :name ORDER BY id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "name", n->read->name);
    rc = yq_step(s, &row, err);
    if (!rc && row) {
        n->document = yq_col_int(s, 0);
        n->replaces = yq_col_int(s, 1);
        yq_str ulid = yq_sub(yq_col_text(s, 2), 0, YQ_ULID_CHARS);
        memcpy(n->document_ulid, ulid.p, ulid.n);
        n->again = yq_eq(yq_col_text(s, 3), (yq_str){ (const char *)n->read->hash.b, sizeof n->read->hash.b });
    }
    yq_finish(s);
    return rc;
}

static yq_code identify(yq_register *r, yq_new_reading *n, yq_err *err)
{
    yq_store *store = r->store;
    yq_code rc = document_by_name(r, n, err);
    if (rc) return rc;
    n->next_id = yq_id_block(yq_journal_sequence(store) + 1);
    if (!n->document) {
        n->document = yq_new_id(n);
        yq_ulid(yq_store_clock(store), yq_store_random(store), n->document_ulid);
    }
    n->reading = yq_new_id(n);
    return YQ_OK;
}

/* ---------------------------------------------------------------- counting */

static void count_one(yq_import_result *r, float confidence)
{
    r->found++;
    if (confidence * 100 < DOUBTFUL_BELOW) r->doubtful++;
}

static float surest(const yq_evidence *v, size_t n)
{
    float best = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].confidence > best) best = v[i].confidence;
    return best;
}

static void count_findings(const yq_findings *f, yq_import_result *r)
{
    for (size_t i = 0; i < f->orgs.n; i++) count_one(r, surest(f->orgs.v[i].mentions.v, f->orgs.v[i].mentions.n));
    for (size_t i = 0; i < f->people.n; i++) count_one(r, surest(f->people.v[i].mentions.v, f->people.v[i].mentions.n));
    for (size_t i = 0; i < f->events.n; i++) count_one(r, f->events.v[i].evidence.confidence);
    for (size_t i = 0; i < f->talks.n; i++) count_one(r, f->talks.v[i].evidence.confidence);
    for (size_t i = 0; i < f->deals.n; i++) count_one(r, f->deals.v[i].evidence.confidence);
    for (size_t i = 0; i < f->technologies.n; i++) count_one(r, f->technologies.v[i].evidence.confidence);
    for (size_t i = 0; i < f->needs.n; i++) count_one(r, f->needs.v[i].evidence.confidence);
    for (size_t i = 0; i < f->figures.n; i++) count_one(r, f->figures.v[i].evidence.confidence);
}

/* ---------------------------------------------------------------- one document */

static yq_code journal(yq_register *r, yq_arena *a, yq_new_reading *n, yq_err *err)
{
    yq_entry e = { .kind = "reading", .actor = "office" };
    yq_str *parts;
    int64_t sequence;
    yq_code rc = yq_body_of_reading(a, n, &e.body, &parts, &e.part_count, err);
    if (rc) return rc;
    e.parts = parts;
    yq_str decisions = yq_body_of_decisions(a, n);
    if (n->next_id >= yq_id_block(yq_journal_sequence(r->store) + 2))
        return yq_fail(err, YQ_INVALID, 0, "holds more than %d names and facts; split it", (1 << YQ_ID_BITS) - 1);
    rc = yq_journal_append(r->store, &e, &sequence, err);
    if (rc || !decisions.n) return rc;
    return yq_journal_append(r->store, &(yq_entry){ "identity", "program", decisions, NULL, 0 }, &sequence, err);
}

/* From findings on; everything lies in the arena. */
yq_code yq_import_findings(yq_register *r, yq_arena *a, const yq_reading *reading, int64_t bytes, const yq_findings *findings, int version,
                           yq_import_result *out, yq_err *err)
{
    yq_new_reading n = { .read = reading, .bytes = bytes, .extract_version = version };
    if (yq_has(reading->clean, YQ_S("\x01")) || yq_has(reading->clean, YQ_S("\x02")))
        return yq_fail(err, YQ_INVALID, 0, "holds control characters and is no text; save it as plain text");
    yq_code rc = identify(r, &n, err);
    if (rc) return rc;
    yq_cut_passages(a, &n);
    if ((rc = yq_assemble(a, r->store, findings, &n, err))) return rc;
    if ((rc = journal(r, a, &n, err))) return rc;
    count_findings(findings, out);
    out->outcome = n.replaces ? YQ_IMPORT_REREAD : YQ_IMPORT_NEW;
    out->document = n.document;
    return YQ_OK;
}

static yq_code import_inside(void *arg, yq_err *err)
{
    importing *im = arg;
    yq_intake_limits limits = yq_intake_defaults();
    yq_reading reading;
    yq_findings findings = { 0 };
    yq_code rc = yq_cage_read_next(im->reg->series, im->arena, im->name, im->bytes, &limits, &reading, err);
    if (rc) return rc;
    if ((rc = yq_original_keep(im->reg->store, &im->hash, im->bytes, err))) return rc;
    reading.name = im->name; /* with its folders: two files of one name in two folders are two documents */
    reading.hash = im->hash;
    yq_parts_unread(&reading, im->result->unread, sizeof im->result->unread);
    rc = im->extractor->extract(im->arena, &reading, &findings, err);
    return rc ? rc : yq_import_findings(im->reg, im->arena, &reading, (int64_t)im->bytes.n, &findings, im->extractor->version, im->result, err);
}

static yq_code import_in_savepoint(importing *im, yq_err *err)
{
    yq_db *db = im->reg->db;
    yq_code rc = yq_db_exec(db, "SAVEPOINT document", err);
    if (rc) return rc;
    rc = yq_arena_run(im->arena, import_inside, im, err);
    if (!rc) return yq_db_exec(db, "RELEASE SAVEPOINT document", err);
    *im->result = (yq_import_result){ 0 };
    /* After a full disk SQLite has given up the whole transaction by itself: the savepoint is gone, and the group with it. */
    if (yq_db_exec(db, "ROLLBACK TO SAVEPOINT document", NULL)) return rc == YQ_INVALID || rc == YQ_NOMEM ? YQ_IO : rc;
    yq_db_exec(db, "RELEASE SAVEPOINT document", NULL);
    return rc;
}

static yq_code import_new(yq_register *r, yq_str name, yq_str bytes, const yq_hash *hash, const yq_extractor *with, yq_import_result *out, yq_err *err)
{
    if (!r->series) r->series = yq_cage_series_new();
    importing im = { r, yq_arena_new(yq_intake_defaults().memory), name, bytes, *hash, with, out };
    if (!im.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for a document");
    yq_code rc = import_in_savepoint(&im, err);
    yq_arena_free(im.arena);
    return rc;
}

static yq_code take_ulid(yq_register *r, yq_import_result *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT ulid FROM document WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", out->document);
    rc = yq_step(s, &row, err);
    if (!rc && row) snprintf(out->ulid, sizeof out->ulid, "%.*s", YQ_FMT(yq_col_text(s, 0)));
    yq_finish(s);
    return rc;
}

yq_code yq_register_import(yq_register *r, yq_str name, yq_str bytes, yq_import_result *out, yq_err *err)
{
    yq_hash hash = yq_hash_of(bytes);
    bool alone;
    *out = (yq_import_result){ .outcome = YQ_IMPORT_KNOWN };
    yq_code rc = yq_register_enter(r, &alone, err);
    if (rc) return rc;
    rc = document_by_hash(r, &hash, &out->document, err);
    if (!rc && !out->document) rc = import_new(r, name, bytes, &hash, &present_extractor, out, err);
    if (!rc) rc = take_ulid(r, out, err);
    return yq_register_leave(r, alone, rc, err);
}

/* ---------------------------------------------------------------- reading again */

static yq_code add_outdated(yq_register *r, yq_arena *a, yq_rereads *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT d.id, d.name FROM document d JOIN reading r ON r.id = d.reading WHERE r.text_version < :text OR r.intake_version < :intake OR "
                               "r.extract_version < :extract ORDER BY d.id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "text", YQ_TEXT_VERSION);
    yq_bind_int(s, "intake", YQ_INTAKE_VERSION);
    yq_bind_int(s, "extract", YQ_EXTRACT_VERSION);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = (yq_reread){ yq_col_int(s, 0), yq_kept(a, s, 1) };
    yq_finish(s);
    return rc;
}

static yq_code add_meant(yq_register *r, yq_arena *a, yq_str which, yq_rereads *out, yq_err *err)
{
    yq_stmt *s;
    yq_reread *d = yq_push(a, out);
    *d = (yq_reread){ 0, which };
    yq_code rc = yq_db_prepare(r->db, "SELECT id FROM document WHERE name = :which OR ulid = :which ORDER BY id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "which", which);
    return yq_one_int(s, 0, &d->document, err);
}

yq_code yq_register_to_reread(yq_register *r, yq_arena *a, const char *const *which, size_t n, yq_rereads *out, yq_err *err)
{
    *out = (yq_rereads){ 0 };
    if (!n) return add_outdated(r, a, out, err);
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < n && !rc; i++) rc = add_meant(r, a, yq_dup(a, yq_cstr(which[i])), out, err);
    return rc;
}

/* The document's name, heap, and its bytes as they came. */
static yq_code kept_original(yq_register *r, int64_t document, yq_buf *name, yq_hash *hash, yq_buf *bytes, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT name, hash FROM document WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", document);
    rc = yq_step(s, &row, err);
    if (!rc && row) {
        yq_buf_put(name, yq_col_text(s, 0));
        if (yq_col_text(s, 1).n == sizeof hash->b) memcpy(hash->b, yq_col_text(s, 1).p, sizeof hash->b);
    }
    yq_finish(s);
    if (rc || !row) return rc ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no such document");
    rc = yq_original_read(r->store, hash, bytes, err);
    if (rc == YQ_NOTFOUND) return yq_fail(err, YQ_NOTFOUND, 0, "its original is not kept; import the file again");
    return rc ? rc : name->failed || bytes->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for a document") : YQ_OK;
}

yq_code yq_register_reread(yq_register *r, int64_t document, const yq_extractor *with, yq_import_result *out, yq_err *err)
{
    yq_buf name = { 0 }, bytes = { 0 };
    yq_hash hash = { { 0 } };
    bool alone;
    *out = (yq_import_result){ .outcome = YQ_IMPORT_REREAD };
    yq_code rc = yq_register_enter(r, &alone, err);
    if (rc) return rc;
    rc = kept_original(r, document, &name, &hash, &bytes, err);
    if (!rc) rc = import_new(r, yq_buf_str(&name), yq_buf_str(&bytes), &hash, with ? with : &present_extractor, out, err);
    yq_buf_free(&name);
    yq_buf_free(&bytes);
    return yq_register_leave(r, alone, rc, err);
}
