/* The journal: a chain of entries, each committing to the parts of its body.
 *
 * All numbers below are written as 8 bytes, little endian; H is yq_hash_of_parts, which sets the length before each of its inputs.
 *
 *   part hash   P(i)  = H("yiqiao part 1", salt, content)                 salt: 32 random bytes
 *   body hash   B     = H("yiqiao body 1", P(0), P(1), …)
 *   entry hash  E(n)  = H("yiqiao entry 1", n, at_us, kind, actor, number of parts, E(n-1), B)      E(0) = 32 zero bytes
 *   meta head         = "n E(n)" in hexadecimal, so that entries cut off at the end are missed
 *
 * Erasing a part removes its salt and content and keeps P: the chain stays whole, and without the salt nobody can try names against P. An entry
 * of kind "erasure" says which part was erased; a part that is gone without one is damage.
 */
#include "store/internal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- hashes */

static yq_str number(int64_t v, uint8_t out[8])
{
    for (int k = 0; k < 8; k++) out[k] = (uint8_t)((uint64_t)v >> (8 * k));
    return (yq_str){ (char *)out, 8 };
}

static yq_str bytes_of(const yq_hash *h)
{
    return (yq_str){ (const char *)h->b, sizeof h->b };
}

static yq_hash part_hash(yq_str salt, yq_str content)
{
    yq_str inputs[] = { YQ_S("yiqiao part 1"), salt, content };
    return yq_hash_of_parts(inputs, 3);
}

/* parts hold P(0)…: inputs has one place more, for the label. */
static yq_hash body_hash(yq_str *inputs, size_t parts)
{
    inputs[0] = YQ_S("yiqiao body 1");
    return yq_hash_of_parts(inputs, parts + 1);
}

typedef struct {
    int64_t sequence, at_us, parts;
    yq_str kind, actor, previous, body_hash, hash;
} entry_row;

static yq_hash entry_hash(const entry_row *e)
{
    uint8_t sequence[8], at[8], parts[8];
    yq_str inputs[] = { YQ_S("yiqiao entry 1"), number(e->sequence, sequence), number(e->at_us, at), e->kind, e->actor, number(e->parts, parts),
                        e->previous, e->body_hash };
    return yq_hash_of_parts(inputs, sizeof inputs / sizeof *inputs);
}

/* ---------------------------------------------------------------- appending */

static yq_code head_of(yq_db *db, int64_t *sequence, yq_hash *hash, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *sequence = 0;
    *hash = (yq_hash){ 0 };
    yq_code rc = yq_db_prepare(db, "SELECT sequence, hash FROM entry ORDER BY sequence DESC LIMIT 1", &s, err);
    if (rc) return rc;
    rc = yq_step(s, &row, err);
    if (!rc && row) {
        *sequence = yq_col_int(s, 0);
        yq_str h = yq_col_text(s, 1);
        if (h.n == sizeof hash->b) memcpy(hash->b, h.p, h.n);
        else rc = yq_fail(err, YQ_CORRUPT, 0, "entry %lld of the journal is damaged; run verify", (long long)*sequence);
    }
    yq_finish(s);
    return rc;
}

int64_t yq_journal_sequence(yq_store *s)
{
    int64_t sequence;
    yq_hash hash;
    return head_of(s->db, &sequence, &hash, NULL) == YQ_OK ? sequence : 0;
}

static yq_code insert_part(yq_store *s, int64_t sequence, size_t part, yq_str content, yq_hash *hash, yq_err *err)
{
    yq_stmt *q;
    uint8_t salt[YQ_SALT_BYTES];
    s->random->fill(s->random, salt, sizeof salt);
    yq_str salted = { (char *)salt, sizeof salt };
    *hash = part_hash(salted, content);
    yq_code rc = yq_db_prepare(s->db, "INSERT INTO body (sequence, part, salt, content, hash) VALUES (:sequence, :part, :salt, :content, :hash)", &q, err);
    if (rc) return rc;
    yq_bind_int(q, "sequence", sequence);
    yq_bind_int(q, "part", (int64_t)part);
    yq_bind_blob(q, "salt", salted);
    yq_bind_text(q, "content", content);
    yq_bind_blob(q, "hash", bytes_of(hash));
    return yq_run(q, err);
}

static yq_code insert_body(yq_store *s, int64_t sequence, const yq_entry *e, yq_hash *out, yq_err *err)
{
    size_t parts = e->part_count + 1;
    yq_hash *hashes = malloc(parts * sizeof *hashes);
    yq_str *inputs = malloc((parts + 1) * sizeof *inputs);
    yq_code rc = hashes && inputs ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for an entry");
    for (size_t i = 0; i < parts && !rc; i++) {
        rc = insert_part(s, sequence, i, i ? e->parts[i - 1] : e->body, &hashes[i], err);
        if (!rc) inputs[i + 1] = bytes_of(&hashes[i]);
    }
    if (!rc) *out = body_hash(inputs, parts);
    free(inputs);
    free(hashes);
    return rc;
}

static yq_code insert_entry(yq_store *s, const entry_row *e, yq_err *err)
{
    yq_stmt *q;
    yq_code rc = yq_db_prepare(s->db,
                               "INSERT INTO entry (sequence, at_us, kind, actor, parts, previous, body_hash, hash) "
                               "VALUES (:sequence, :at, :kind, :actor, :parts, :previous, :body_hash, :hash)", &q, err);
    if (rc) return rc;
    yq_bind_int(q, "sequence", e->sequence);
    yq_bind_int(q, "at", e->at_us);
    yq_bind_text(q, "kind", e->kind);
    yq_bind_text(q, "actor", e->actor);
    yq_bind_int(q, "parts", e->parts);
    yq_bind_blob(q, "previous", e->previous);
    yq_bind_blob(q, "body_hash", e->body_hash);
    yq_bind_blob(q, "hash", e->hash);
    return yq_run(q, err);
}

static yq_code set_head(yq_db *db, int64_t sequence, const yq_hash *hash, yq_err *err)
{
    char text[2 * YQ_HASH_BYTES + 32];
    int n = snprintf(text, 32, "%lld ", (long long)sequence);
    yq_hex(hash->b, sizeof hash->b, text + n);
    return yq_meta_set(db, "head", yq_cstr(text), err);
}

static yq_code project(yq_store *s, const entry_row *e, yq_str body, const yq_str *parts, size_t n, yq_err *err)
{
    for (size_t i = 0; i < s->projector_count; i++) {
        const yq_projector *p = &s->projectors[i];
        if (yq_eq(yq_cstr(p->kind), e->kind)) return p->project(p->self, s, e->sequence, e->at_us, body, parts, n, err);
    }
    if (yq_eq(e->kind, YQ_S("erasure"))) return YQ_OK; /* what it erased is already gone from the bodies */
    return yq_fail(err, YQ_NEWER, 0, "entry %lld is of the kind %.*s, which this program does not know; update it", (long long)e->sequence,
                   YQ_FMT(yq_sub(e->kind, 0, 40)));
}

yq_code yq_journal_append(yq_store *s, const yq_entry *entry, int64_t *sequence, yq_err *err)
{
    yq_hash previous, body, hash;
    entry_row e = { .kind = yq_cstr(entry->kind), .actor = yq_cstr(entry->actor), .parts = (int64_t)entry->part_count + 1 };
    if (s->read_only) return yq_fail(err, YQ_DENIED, 0, "the store was opened for reading");
    if (entry->part_count > YQ_MAX_PARTS) return yq_fail(err, YQ_INVALID, YQ_MAX_PARTS, "an entry has more than %d parts", YQ_MAX_PARTS);
    yq_code rc = head_of(s->db, &e.sequence, &previous, err);
    if (rc) return rc;
    e.sequence++;
    e.at_us = s->clock->now_us(s->clock);
    if ((rc = insert_body(s, e.sequence, entry, &body, err))) return rc;
    e.previous = bytes_of(&previous);
    e.body_hash = bytes_of(&body);
    hash = entry_hash(&e);
    e.hash = bytes_of(&hash);
    if ((rc = insert_entry(s, &e, err)) || (rc = set_head(s->db, e.sequence, &hash, err))) return rc;
    *sequence = e.sequence;
    return project(s, &e, entry->body, entry->parts, entry->part_count, err);
}

/* ---------------------------------------------------------------- walking the chain */

typedef struct {
    int64_t sequence;
    int64_t part;
} erased_part;

/* What a walk over the journal holds of one entry: everything copied, so that visitors may use the connection. */
typedef struct {
    entry_row row;
    yq_arena *arena;
    YQ_VEC(yq_str) salts, contents, hashes; /* by part; p == NULL: erased */
    bool gap;                               /* part numbers are not 0, 1, 2, … */
} walk_entry;

typedef yq_code (*visit)(void *arg, const walk_entry *e, yq_err *err);

static yq_str copy_col(yq_arena *a, yq_stmt *s, int col)
{
    return yq_col_null(s, col) ? (yq_str){ NULL, 0 } : yq_dup(a, yq_col_text(s, col));
}

static yq_code read_parts(yq_db *db, walk_entry *e, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(db, "SELECT part, salt, content, hash FROM body WHERE sequence = :sequence ORDER BY part", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "sequence", e->row.sequence);
    while (!(rc = yq_step(s, &row, err)) && row) {
        if (yq_col_int(s, 0) != (int64_t)e->hashes.n) e->gap = true;
        *yq_push(e->arena, &e->salts) = copy_col(e->arena, s, 1);
        *yq_push(e->arena, &e->contents) = copy_col(e->arena, s, 2);
        *yq_push(e->arena, &e->hashes) = copy_col(e->arena, s, 3);
    }
    yq_finish(s);
    return rc;
}

/* The entry after `after`; *found false: there is none. One query an entry, so that no cursor is open while tables are made anew. */
static yq_code read_entry(yq_db *db, int64_t after, walk_entry *e, bool *found, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(db,
                               "SELECT sequence, at_us, parts, kind, actor, previous, body_hash, hash FROM entry WHERE sequence > :after "
                               "ORDER BY sequence LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "after", after);
    rc = yq_step(s, found, err);
    if (!rc && *found)
        e->row = (entry_row){ yq_col_int(s, 0), yq_col_int(s, 1), yq_col_int(s, 2), copy_col(e->arena, s, 3), copy_col(e->arena, s, 4),
                              copy_col(e->arena, s, 5), copy_col(e->arena, s, 6), copy_col(e->arena, s, 7) };
    yq_finish(s);
    return rc || !*found ? rc : read_parts(db, e, err);
}

typedef struct {
    yq_db *db;
    yq_arena *arena;
    visit visit;
    void *arg;
} walking;

static yq_code walk_inside(void *arg, yq_err *err)
{
    walking *w = arg;
    for (int64_t after = INT64_MIN;;) {
        walk_entry e = { .arena = w->arena };
        bool found;
        yq_code rc = read_entry(w->db, after, &e, &found, err);
        if (!rc && found) rc = w->visit(w->arg, &e, err);
        if (rc || !found) return rc;
        after = e.row.sequence;
        yq_arena_clear(w->arena);
    }
}

static yq_code walk(yq_db *db, visit visitor, void *arg, yq_err *err)
{
    enum { ENTRY_MEMORY = 1 << 30 };
    walking w = { db, yq_arena_new(ENTRY_MEMORY), visitor, arg };
    if (!w.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory to read the journal");
    yq_code rc = yq_arena_run(w.arena, walk_inside, &w, err);
    yq_arena_free(w.arena);
    return rc;
}

/* ---------------------------------------------------------------- verifying */

typedef struct {
    yq_db *db;
    yq_verify_report *report;
    yq_arena *arena; /* of the erasures */
    YQ_VEC(erased_part) erased;
    yq_hash previous;
    int64_t sequence;
} verification;

static yq_code bad(verification *v, int64_t sequence, yq_err *err, const char *what)
{
    v->report->first_bad = sequence;
    snprintf(v->report->what, sizeof v->report->what, "%s", what);
    return yq_fail(err, YQ_CORRUPT, 0, "entry %lld of the journal: %s", (long long)sequence, what);
}

static yq_code note_erasure(void *arg, const walk_entry *e, yq_err *err)
{
    verification *v = arg;
    (void)err;
    if (!yq_eq(e->row.kind, YQ_S("erasure")) || !e->contents.n || !e->contents.v[0].p) return YQ_OK;
    json_t *body = json_loadb(e->contents.v[0].p, e->contents.v[0].n, 0, NULL);
    erased_part part = { json_integer_value(json_object_get(body, "sequence")), json_integer_value(json_object_get(body, "part")) };
    json_decref(body);
    *yq_push(v->arena, &v->erased) = part;
    return YQ_OK;
}

static bool was_erased(const verification *v, int64_t sequence, size_t part)
{
    for (size_t i = 0; i < v->erased.n; i++)
        if (v->erased.v[i].sequence == sequence && v->erased.v[i].part == (int64_t)part) return true;
    return false;
}

static const char *part_fault(const verification *v, const walk_entry *e, size_t i)
{
    yq_str salt = e->salts.v[i], content = e->contents.v[i], hash = e->hashes.v[i];
    if (hash.n != YQ_HASH_BYTES) return "the hash of a part was changed";
    if (!salt.p && !content.p) return was_erased(v, e->row.sequence, i) ? NULL : "a part of its body is gone without an erasure";
    if (!salt.p || !content.p) return "half of a part is gone";
    yq_hash is = part_hash(salt, content);
    return yq_eq(bytes_of(&is), hash) ? NULL : "a part of its body was changed";
}

static const char *entry_fault(const verification *v, const walk_entry *e)
{
    const entry_row *r = &e->row;
    if (r->sequence != v->sequence + 1) return "an entry before it is missing";
    if (r->parts != (int64_t)e->hashes.n || e->gap) return "parts of its body are missing or were added";
    if (!yq_eq(r->previous, bytes_of(&v->previous))) return "it does not follow the entry before it";
    for (size_t i = 0; i < e->hashes.n; i++) {
        const char *fault = part_fault(v, e, i);
        if (fault) return fault;
    }
    yq_str *inputs = YQ_ARRAY(e->arena, yq_str, e->hashes.n + 1);
    for (size_t i = 0; i < e->hashes.n; i++) inputs[i + 1] = e->hashes.v[i];
    yq_hash body = body_hash(inputs, e->hashes.n), entry = entry_hash(r);
    if (!yq_eq(bytes_of(&body), r->body_hash)) return "its body is not the one it was written with";
    return yq_eq(bytes_of(&entry), r->hash) ? NULL : "its kind, author, time or hash was changed";
}

static yq_code verify_entry(void *arg, const walk_entry *e, yq_err *err)
{
    verification *v = arg;
    const char *fault = entry_fault(v, e);
    if (fault) return bad(v, e->row.sequence, err, fault);
    v->sequence = e->row.sequence;
    memcpy(v->previous.b, e->row.hash.p, sizeof v->previous.b);
    v->report->entries++;
    return YQ_OK;
}

static yq_code verify_head(verification *v, yq_err *err)
{
    char head[2 * YQ_HASH_BYTES + 32], hex[2 * YQ_HASH_BYTES + 1], is[2 * YQ_HASH_BYTES + 32];
    yq_code rc = yq_meta_get(v->db, "head", head, sizeof head, err);
    if (rc) return rc;
    yq_hex(v->previous.b, sizeof v->previous.b, hex);
    snprintf(is, sizeof is, "%lld %s", (long long)v->sequence, hex);
    if (v->sequence == 0 && !*head) return YQ_OK;
    if (strcmp(head, is) == 0) return YQ_OK;
    long long last = strtoll(head, NULL, 10);
    return bad(v, last > v->sequence ? last : v->sequence, err,
               last > v->sequence ? "it was the last one and is missing" : "the end of the journal is not the one that was written");
}

static yq_code verify_orphans(verification *v, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(v->db, "SELECT min(b.sequence) FROM body b WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.sequence = b.sequence)", &s,
                               err);
    if (rc) return rc;
    rc = yq_step(s, &row, err);
    bool orphan = !rc && row && !yq_col_null(s, 0);
    int64_t sequence = orphan ? yq_col_int(s, 0) : 0;
    yq_finish(s);
    return rc || !orphan ? rc : bad(v, sequence, err, "there is a body without its entry");
}

static yq_code verify_inside(void *arg, yq_err *err)
{
    verification *v = arg;
    yq_code rc = walk(v->db, note_erasure, v, err);
    if (!rc) rc = walk(v->db, verify_entry, v, err);
    if (!rc) rc = verify_orphans(v, err);
    return rc ? rc : verify_head(v, err);
}

yq_code yq_chain_verify(yq_db *db, yq_verify_report *report, yq_err *err)
{
    enum { ERASURE_MEMORY = 256 << 20 };
    *report = (yq_verify_report){ 0 };
    verification v = { .db = db, .report = report, .arena = yq_arena_new(ERASURE_MEMORY) };
    if (!v.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory to verify");
    yq_code rc = yq_db_begin(db, false, err);
    if (!rc) {
        rc = yq_arena_run(v.arena, verify_inside, &v, err);
        yq_db_rollback(db);
    }
    yq_arena_free(v.arena);
    return rc;
}

yq_code yq_verify(yq_store *s, yq_verify_report *report, yq_err *err)
{
    yq_code rc = yq_chain_verify(s->db, report, err);
    return rc ? rc : yq_originals_verify(s->db, report, err);
}

/* ---------------------------------------------------------------- showing entries */

typedef struct {
    const char *kind;
    yq_see_entry see;
    void *arg;
} showing;

static yq_code show(void *arg, const walk_entry *e, yq_err *err)
{
    const showing *w = arg;
    if (!yq_eq(e->row.kind, yq_cstr(w->kind)) || !e->contents.n || !e->contents.v[0].p) return YQ_OK;
    return w->see(w->arg, e->row.sequence, e->contents.v[0], e->contents.v + 1, e->contents.n - 1, err);
}

yq_code yq_journal_each(yq_store *s, const char *kind, yq_see_entry see, void *arg, yq_err *err)
{
    return walk(s->db, show, &(showing){ kind, see, arg }, err);
}

/* ---------------------------------------------------------------- rebuilding and erasing */

static yq_code replay(void *arg, const walk_entry *e, yq_err *err)
{
    yq_store *s = arg;
    yq_err why = { 0 };
    if (!e->contents.n || !e->contents.v[0].p) return yq_fail(err, YQ_CORRUPT, 0, "entry %lld has no body; run verify", (long long)e->row.sequence);
    yq_code rc = project(s, &e->row, e->contents.v[0], e->contents.v + 1, e->contents.n - 1, &why);
    return rc ? yq_fail(err, rc, why.at, "entry %lld: %.200s", (long long)e->row.sequence, why.msg) : YQ_OK;
}

static yq_code rebuild_inside(yq_store *s, yq_err *err)
{
    yq_code rc = yq_schema_renew(s->db, err);
    return rc ? rc : walk(s->db, replay, s, err);
}

yq_code yq_rebuild(yq_store *s, yq_err *err)
{
    if (s->read_only) return yq_fail(err, YQ_DENIED, 0, "the store was opened for reading");
    yq_verify_report report;
    yq_code rc = yq_chain_verify(s->db, &report, err); /* tables are made from what was written, or not at all */
    if (!rc) rc = yq_db_begin(s->db, true, err);
    if (rc) return rc;
    rc = rebuild_inside(s, err);
    if (!rc) rc = yq_db_commit(s->db, err);
    if (rc) yq_db_rollback(s->db);
    else s->stale = false;
    return rc;
}

static yq_code blank_part(yq_store *s, int64_t sequence, size_t part, yq_err *err)
{
    yq_stmt *q;
    bool row;
    yq_code rc = yq_db_prepare(s->db,
                               "UPDATE body SET salt = NULL, content = NULL WHERE sequence = :sequence AND part = :part AND content IS NOT NULL "
                               "RETURNING part", &q, err);
    if (rc) return rc;
    yq_bind_int(q, "sequence", sequence);
    yq_bind_int(q, "part", (int64_t)part);
    rc = yq_step(q, &row, err);
    bool none = !rc && !row;
    yq_finish(q);
    return none ? yq_fail(err, YQ_NOTFOUND, 0, "entry %lld has no part %zu, or it is already erased", (long long)sequence, part) : rc;
}

static yq_code erase_inside(yq_store *s, int64_t sequence, size_t part, yq_err *err)
{
    char body[80];
    int64_t erasure;
    snprintf(body, sizeof body, "{\"sequence\":%lld,\"part\":%zu}", (long long)sequence, part);
    yq_code rc = blank_part(s, sequence, part, err);
    return rc ? rc : yq_journal_append(s, &(yq_entry){ "erasure", "office", yq_cstr(body), NULL, 0 }, &erasure, err);
}

yq_code yq_erase_part(yq_store *s, int64_t sequence, size_t part, yq_err *err)
{
    return yq_erase_parts(s, &(yq_part_place){ sequence, part }, 1, err);
}

yq_code yq_erase_parts(yq_store *s, const yq_part_place *places, size_t n, yq_err *err)
{
    if (s->read_only) return yq_fail(err, YQ_DENIED, 0, "the store was opened for reading");
    /* The bytes themselves have to go: pages are overwritten, and the write-ahead log that still holds them is cut off. */
    yq_code rc = s->db->postgres ? YQ_OK : yq_db_exec(s->db, "PRAGMA secure_delete=ON", err);
    if (!rc) rc = yq_db_begin(s->db, true, err);
    if (rc) return rc;
    for (size_t i = 0; i < n && !rc; i++) rc = erase_inside(s, places[i].sequence, places[i].part + 1, err);
    if (!rc) rc = rebuild_inside(s, err);
    if (!rc) rc = yq_db_commit(s->db, err);
    if (rc) yq_db_rollback(s->db);
    if (s->db->postgres) return rc;
    yq_code after = yq_db_exec(s->db, "PRAGMA secure_delete=OFF; PRAGMA wal_checkpoint(TRUNCATE)", rc ? NULL : err);
    return rc ? rc : after;
}
