/* Reading the register, as one viewer sees it: entities, facts, documents, passages.
 *
 * Every statement holds the viewer's condition itself (VISIBLE), on every table it takes a row from, so that what a viewer may not see changes
 * no byte of an answer: not a count, not a total, not which of several names is shown. An entity is there only through a visible mention.
 */
#include "register/internal.h"
#include "register/review.h"

#include <stdlib.h>

#define SEEN(c) "EXISTS (SELECT 1 FROM mention m WHERE m.entity = " c " AND " VISIBLE("m") ")"

static yq_code open_inside(yq_reader *r, const char *url, yq_err *err)
{
    const yq_store_options reading = { .read_only = true };
    yq_code rc = yq_store_open(url, &reading, &r->store, err);
    if (rc) return rc;
    r->db = yq_store_db(r->store);
    return yq_refuse_stale(r->store, err);
}

yq_code yq_reader_open(const char *url, yq_reader **out, yq_err *err)
{
    *out = NULL;
    yq_reader *r = calloc(1, sizeof *r);
    if (!r) return yq_fail(err, YQ_NOMEM, 0, "no memory for a reader");
    yq_code rc = open_inside(r, url, err);
    if (rc) yq_reader_close(r);
    else *out = r;
    return rc;
}

void yq_reader_close(yq_reader *r)
{
    if (!r) return;
    yq_queue_forget(r->queue);
    yq_store_close(r->store);
    free(r);
}

static void copy_ulid(char out[YQ_ULID_CHARS + 1], yq_str ulid)
{
    ulid = yq_sub(ulid, 0, YQ_ULID_CHARS);
    if (ulid.n) memcpy(out, ulid.p, ulid.n);
    out[ulid.n] = '\0';
}

/* The number in s, or 0 when it is none. */
static int64_t id_of(yq_str s)
{
    int64_t id = 0;
    if (!s.n || s.n > 18) return 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return 0;
        id = id * 10 + (s.p[i] - '0');
    }
    return id;
}

/* ---------------------------------------------------------------- one entity */

yq_code yq_register_place(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_entity *e, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT f.predicate, f.value, f.object, " NAME_OF("f.object") " FROM fact f JOIN reading d ON d.id = f.reading "
                               "WHERE f.subject = :entity AND f.predicate IN ('role', 'holder') AND " STANDS("f")
                               " ORDER BY CASE WHEN f.object > 0 THEN 0 ELSE 1 END, d.date DESC, f.id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", e->id);
    rc = yq_step(s, &row, err);
    if (!rc && row) {
        bool role = yq_eq(yq_col_text(s, 0), YQ_S("role"));
        e->organization = yq_col_int(s, 2) ? yq_kept(a, s, 3) : role ? YQ_S("") : yq_kept(a, s, 1);
        if (role) e->position = yq_kept(a, s, 1);
    }
    yq_finish(s);
    return rc;
}

static yq_code load_entity(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t id, yq_entity *e, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT e.id, " ULID_OF("e.id") ", e.kind, " NAME_OF("e.id") ", (SELECT count(*) FROM fact f WHERE f.subject = e.id AND " STANDS("f")
                               ") + (SELECT count(*) FROM fact f WHERE f.object = e.id AND f.subject <> e.id AND " STANDS("f")
                               "), (SELECT count(DISTINCT m.document) FROM mention m WHERE m.entity = e.id AND " VISIBLE("m")
                               ") FROM entity e WHERE e.id = :id AND e.survivor = e.id AND " SEEN("e.id"), &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "id", id);
    rc = yq_step(s, &row, err);
    *e = (yq_entity){ 0 };
    if (!rc && row) {
        e->id = yq_col_int(s, 0);
        copy_ulid(e->ulid, yq_col_text(s, 1));
        e->kind = yq_kept(a, s, 2);
        e->name = yq_kept(a, s, 3);
        e->facts = yq_col_int(s, 4);
        e->documents = yq_col_int(s, 5);
    }
    yq_finish(s);
    if (!rc && !e->id) rc = yq_fail(err, YQ_NOTFOUND, 0, "there is no such entry in the register");
    return rc ? rc : yq_register_place(r, v, a, e, err);
}

/* By ULID only what the viewer may see; an internal number is no secret, what it leads to is checked like everything. */
static yq_code find_row(yq_reader *r, const yq_viewer *v, yq_str ulid_or_id, int64_t *id, int64_t *survivor, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *id = *survivor = 0;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT e.id, e.survivor FROM entity e WHERE e.ulid = :ulid AND " VISIBLE("e")
                               " UNION ALL SELECT id, survivor FROM entity WHERE id = :id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_text(s, "ulid", ulid_or_id);
    yq_bind_int(s, "id", id_of(ulid_or_id));
    rc = yq_step(s, &row, err);
    if (!rc && row) *id = yq_col_int(s, 0), *survivor = yq_col_int(s, 1);
    yq_finish(s);
    return rc || *id ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no such entry in the register");
}

yq_code yq_register_entity(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_entity *out, yq_err *err)
{
    int64_t id, survivor;
    yq_code rc = find_row(r, v, ulid_or_id, &id, &survivor, err);
    return rc ? rc : load_entity(r, v, a, survivor, out, err);
}

yq_code yq_register_redirected(yq_reader *r, yq_str ulid, int64_t *id, yq_err *err)
{
    const yq_viewer everything = { YQ_OWN_INSTITUTION, YQ_SHARE_OWN };
    int64_t survivor;
    return find_row(r, &everything, ulid, id, &survivor, err);
}

/* ---------------------------------------------------------------- search in the register */

/* Names beginning with the typed text, in characters, pinyin or initials; names that hold it inside when it is long enough to mean something.
 * A visible name says that its entity is visible: both stand in one document. Every branch reads one index and no table. */
#define KIND "(:kind = '' OR n.kind = :kind) AND "
#define HITS                                                                                                                                \
    "SELECT entity, CASE WHEN folded = :folded THEN 0 ELSE 1 END AS class FROM name n WHERE folded >= :folded AND folded < :folded_end AND " KIND \
    VISIBLE("n") " UNION ALL SELECT entity, 2 FROM name n WHERE pinyin >= :folded AND pinyin < :folded_end AND " KIND VISIBLE("n")               \
    " UNION ALL SELECT entity, 3 FROM name n WHERE initials >= :folded AND initials < :folded_end AND " KIND VISIBLE("n")                       \
    " UNION ALL SELECT entity, 4 FROM name n WHERE :inside = 1 AND folded LIKE :pattern AND " KIND VISIBLE("n")

/* Of few, those with the most facts come first; to count the facts of many would take longer than a keystroke. */
static const char find_typed[] =
    "SELECT x.id FROM (SELECT h.entity AS id, min(h.class) AS class FROM (" HITS ") h GROUP BY h.entity) x ORDER BY x.class, "
    "CASE WHEN :few = 1 THEN (SELECT count(*) FROM fact f WHERE f.subject = x.id AND " STANDS("f") ") ELSE 0 END DESC, x.id LIMIT :limit OFFSET :offset";
static const char count_typed[] = "SELECT count(DISTINCT h.entity) FROM (" HITS ") h";
static const char find_all[] =
    "SELECT e.id FROM (SELECT n.entity AS id FROM name n WHERE " KIND VISIBLE("n") " GROUP BY n.entity) e LEFT JOIN (SELECT f.subject AS id, "
    "count(*) AS facts FROM fact f WHERE " STANDS("f") " GROUP BY f.subject) c ON c.id = e.id LEFT JOIN (SELECT f.object AS id, "
    "count(*) AS facts FROM fact f WHERE f.object <> 0 AND f.subject <> f.object AND " STANDS("f") " GROUP BY f.object) o ON o.id = e.id "
    "ORDER BY coalesce(c.facts, 0) + coalesce(o.facts, 0) DESC, e.id "
    "LIMIT :limit OFFSET :offset";
static const char count_all[] = "SELECT count(DISTINCT n.entity) FROM name n WHERE " KIND VISIBLE("n");

enum { MOST_QUERY_BYTES = 200, FEW = 500 };

/* Binds what both statements of a search share. `end` is the first text behind all that begin with the query: its last byte is raised; no byte
 * of UTF-8 is 0xFF, and texts are compared by bytes. */
static void bind_query(yq_stmt *s, yq_arena *a, const yq_viewer *v, yq_str folded, yq_str kind)
{
    yq_bind_viewer(s, v);
    yq_bind_text(s, "kind", kind);
    if (!folded.n) return;
    char *last = yq_dupz(a, folded);
    size_t at = yq_utf8_back(folded, folded.n), next = at;
    uint32_t cp = yq_utf8_next(folded, &next) + 1;
    char behind[4];
    size_t n = yq_utf8_put(cp == 0xD800 ? 0xE000 : cp, behind);
    yq_str end = n ? yq_concat(a, yq_sub((yq_str){ last, folded.n }, 0, at), (yq_str){ behind, n }) : folded;
    bool inside = folded.n >= 4; /* two characters, or four letters */
    yq_bind_text(s, "folded", folded);
    yq_bind_text(s, "folded_end", end);
    yq_bind_int(s, "inside", inside);
    yq_bind_text(s, "pattern", yq_printf(a, "%%%.*s%%", YQ_FMT(folded)));
}

static yq_code count_found(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str folded, yq_str kind, size_t *total, yq_err *err)
{
    yq_stmt *s;
    int64_t n;
    yq_code rc = yq_db_prepare(r->db, folded.n ? count_typed : count_all, &s, err);
    if (rc) return rc;
    bind_query(s, a, v, folded, kind);
    rc = yq_one_int(s, 0, &n, err);
    *total = (size_t)n;
    return rc;
}

typedef YQ_VEC(int64_t) ids;

static yq_code find_ids(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str folded, yq_str kind, bool few, size_t offset, size_t limit, ids *out,
                        yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, folded.n ? find_typed : find_all, &s, err);
    if (rc) return rc;
    bind_query(s, a, v, folded, kind);
    if (folded.n) yq_bind_int(s, "few", few);
    yq_bind_int(s, "limit", (int64_t)limit);
    yq_bind_int(s, "offset", (int64_t)offset);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = yq_col_int(s, 0);
    yq_finish(s);
    return rc;
}

yq_code yq_register_find(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str query, yq_str kind, size_t offset, size_t limit, yq_entities *out,
                         size_t *total, yq_err *err)
{
    ids found = { 0 };
    yq_str folded = yq_fold(a, yq_sub(query, 0, MOST_QUERY_BYTES));
    *out = (yq_entities){ 0 };
    *total = 0;
    if (!folded.n && !yq_blank(query)) return YQ_OK; /* only punctuation was typed: nothing carries it */
    yq_code rc = count_found(r, v, a, folded, kind, total, err);
    if (!rc && *total) rc = find_ids(r, v, a, folded, kind, *total <= FEW, offset, limit, &found, err);
    for (size_t i = 0; i < found.n && !rc; i++) rc = load_entity(r, v, a, found.v[i], yq_push(a, out), err);
    return rc;
}

/* ---------------------------------------------------------------- facts */

/* The clean text of the reading that the last fact came from; facts of one reading follow each other. */
typedef struct {
    yq_reader *reader;
    yq_arena *arena;
    int64_t reading;
    yq_stmt *statement;
    yq_str clean; /* valid while the statement stands on its row */
} open_reading;

static yq_code reading_text(open_reading *o, int64_t reading, yq_err *err)
{
    bool row;
    if (o->reading == reading) return YQ_OK;
    yq_finish(o->statement);
    o->statement = NULL;
    o->clean = YQ_S("");
    yq_code rc = yq_db_prepare(o->reader->db, "SELECT clean FROM reading WHERE id = :id", &o->statement, err);
    if (rc) return rc;
    yq_bind_int(o->statement, "id", reading);
    rc = yq_step(o->statement, &row, err);
    if (!rc && row) o->clean = yq_col_text(o->statement, 0);
    o->reading = reading;
    return rc;
}

#define FACT_COLUMNS                                                                                                                    \
    "f.id, f.document, f.predicate, f.subject, f.object, " ULID_OF("f.subject") ", " ULID_OF("f.object") ", d.ulid, " NAME_OF("f.subject") ", " \
    NAME_OF("f.object") ", f.value, f.date, f.span_from, f.span_to, f.sentence_from, f.sentence_to, d.name, r.date, r.title, " SURENESS("f") ", "  \
    "f.state, f.reading, coalesce(c.verdict, ''), coalesce(c.value, ''), coalesce(c.date, ''), coalesce(c.subject_name, ''), coalesce(c.object_name, ''), "     \
    "CASE WHEN f.reading = d.reading THEN 0 ELSE 1 END, f.voices FROM fact f JOIN document d ON d.id = f.document JOIN reading r ON r.id = f.reading LEFT JOIN decision c "                                           \
    "ON c.id = f.decision WHERE " VISIBLE("d") " AND "

static yq_code take_fact(open_reading *o, yq_stmt *s, yq_fact *f, yq_err *err)
{
    yq_arena *a = o->arena;
    *f = (yq_fact){ .id = yq_col_int(s, 0), .document = yq_col_int(s, 1), .predicate = yq_kept(a, s, 2), .subject = yq_col_int(s, 3),
                    .object = yq_col_int(s, 4), .subject_name = yq_kept(a, s, 8), .object_name = yq_kept(a, s, 9), .value = yq_kept(a, s, 10),
                    .date = yq_kept(a, s, 11), .document_name = yq_kept(a, s, 16), .document_date = yq_kept(a, s, 17),
                    .document_title = yq_kept(a, s, 18), .confidence = yq_col_real(s, 19), .state = yq_kept(a, s, 20),
                    .voices = (unsigned)yq_col_int(s, 28) };
    f->span = (yq_span){ (uint32_t)yq_col_int(s, 12), (uint32_t)yq_col_int(s, 13) };
    f->sentence = (yq_span){ (uint32_t)yq_col_int(s, 14), (uint32_t)yq_col_int(s, 15) };
    copy_ulid(f->subject_ulid, yq_col_text(s, 5));
    copy_ulid(f->object_ulid, yq_col_text(s, 6));
    copy_ulid(f->document_ulid, yq_col_text(s, 7));
    f->former = yq_col_int(s, 27) != 0;
    if ((f->corrected = yq_eq(yq_col_text(s, 22), YQ_S("corrected"))))
        f->read = (yq_fact_read){ yq_kept(a, s, 23), yq_kept(a, s, 24), yq_kept(a, s, 25), yq_kept(a, s, 26) };
    yq_code rc = reading_text(o, yq_col_int(s, 21), err);
    if (!rc) f->sentence_text = yq_dup(a, yq_at(o->clean, f->sentence));
    return rc;
}

/* All rows of a statement over FACT_COLUMNS, which is bound already. */
static yq_code take_facts(yq_reader *r, yq_arena *a, yq_stmt *s, yq_facts *out, yq_err *err)
{
    open_reading o = { .reader = r, .arena = a };
    bool row;
    yq_code rc;
    while (!(rc = yq_step(s, &row, err)) && row && !(rc = take_fact(&o, s, yq_push(a, out), err))) {}
    yq_finish(o.statement);
    yq_finish(s);
    return rc;
}

yq_code yq_register_facts(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_facts *out, yq_err *err)
{
    yq_stmt *s;
    *out = (yq_facts){ 0 };
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT " FACT_COLUMNS STANDS("f") " AND f.subject = :entity UNION ALL SELECT " FACT_COLUMNS STANDS("f")
                               " AND f.object = :entity AND f.subject <> :entity ORDER BY 18 DESC, 22, 15, 1", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    return take_facts(r, a, s, out, err);
}

yq_code yq_register_fact(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t fact, yq_fact *out, yq_err *err)
{
    yq_stmt *s;
    yq_facts found = { 0 };
    yq_code rc = yq_db_prepare(r->db, "SELECT " FACT_COLUMNS STANDS("f") " AND f.id = :fact", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "fact", fact);
    rc = take_facts(r, a, s, &found, err);
    if (!rc && !found.n) rc = yq_fail(err, YQ_NOTFOUND, 0, "there is no such fact");
    if (!rc) *out = found.v[0];
    return rc;
}

yq_code yq_register_names(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t entity, yq_facts *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_facts){ 0 };
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT n.document, n.text, n.lang, n.span_from, n.span_to, d.ulid, d.name, r.date, r.title FROM name n JOIN document d "
                               "ON d.id = n.document JOIN reading r ON r.id = d.reading WHERE n.entity = :entity AND " VISIBLE("n") " AND " VISIBLE("d")
                               " ORDER BY n.main DESC, n.rank DESC, n.text, n.document", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "entity", entity);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_fact *f = yq_push(a, out);
        *f = (yq_fact){ .document = yq_col_int(s, 0), .predicate = YQ_S("name"), .subject = entity, .value = yq_kept(a, s, 1),
                        .document_name = yq_kept(a, s, 6), .document_date = yq_kept(a, s, 7), .document_title = yq_kept(a, s, 8),
                        .confidence = 1, .state = YQ_S("proposed") };
        f->span = f->sentence = (yq_span){ (uint32_t)yq_col_int(s, 3), (uint32_t)yq_col_int(s, 4) };
        copy_ulid(f->document_ulid, yq_col_text(s, 5));
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- documents */

#define DOCUMENT_COLUMNS                                                                                                                  \
    "d.id, d.ulid, d.name, r.title, r.date, r.lang, r.format, r.encoding, (SELECT count(*) FROM fact f WHERE f.document = d.id AND " STANDS("f")  \
    "), (SELECT count(*) FROM fact f WHERE f.document = d.id AND " DOUBTFUL("f") "), d.imported_us "                         \
    "FROM document d JOIN reading r ON r.id = d.reading WHERE " VISIBLE("d")

static void take_document(yq_arena *a, yq_stmt *s, yq_document *d)
{
    *d = (yq_document){ .id = yq_col_int(s, 0), .name = yq_kept(a, s, 2), .title = yq_kept(a, s, 3), .date = yq_kept(a, s, 4),
                        .lang = yq_kept(a, s, 5), .format = yq_kept(a, s, 6), .encoding = yq_kept(a, s, 7), .facts = yq_col_int(s, 8),
                        .doubtful = yq_col_int(s, 9), .imported_us = yq_col_int(s, 10) };
    copy_ulid(d->ulid, yq_col_text(s, 1));
}

/* % and _ are typed as they are, not as signs of LIKE. */
static yq_str like_pattern(yq_arena *a, yq_str query)
{
    YQ_VEC(char) out = { 0 };
    *yq_push(a, &out) = '%';
    for (size_t i = 0; i < query.n; i++) {
        if (strchr("%_\\", query.p[i]) && query.p[i]) *yq_push(a, &out) = '\\';
        *yq_push(a, &out) = query.p[i];
    }
    *yq_push(a, &out) = '%';
    return (yq_str){ out.v, out.n };
}

yq_code yq_register_documents(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str query, size_t offset, size_t limit, yq_documents *out,
                              size_t *total, yq_err *err)
{
    yq_stmt *s;
    bool row;
    int64_t count;
    yq_str pattern = like_pattern(a, yq_trim(yq_sub(query, 0, MOST_QUERY_BYTES)));
    *out = (yq_documents){ 0 };
    *total = 0;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT count(*) FROM document d JOIN reading r ON r.id = d.reading WHERE " VISIBLE("d")
                               " AND (d.name LIKE :pattern ESCAPE '\\' OR r.title LIKE :pattern ESCAPE '\\')", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_text(s, "pattern", pattern);
    if ((rc = yq_one_int(s, 0, &count, err))) return rc;
    *total = (size_t)count;
    rc = yq_db_prepare(r->db,
                       "SELECT " DOCUMENT_COLUMNS " AND (d.name LIKE :pattern ESCAPE '\\' OR r.title LIKE :pattern ESCAPE '\\') "
                       "ORDER BY d.imported_us DESC, d.id DESC LIMIT :limit OFFSET :offset", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_text(s, "pattern", pattern);
    yq_bind_int(s, "limit", (int64_t)limit);
    yq_bind_int(s, "offset", (int64_t)offset);
    while (!(rc = yq_step(s, &row, err)) && row) take_document(a, s, yq_push(a, out));
    yq_finish(s);
    return rc;
}

static yq_code load_document(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_document *d, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *d = (yq_document){ 0 };
    yq_code rc = yq_db_prepare(r->db, "SELECT " DOCUMENT_COLUMNS " AND (d.ulid = :ulid OR d.id = :id) LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_text(s, "ulid", ulid_or_id);
    yq_bind_int(s, "id", id_of(ulid_or_id));
    rc = yq_step(s, &row, err);
    if (!rc && row) take_document(a, s, d);
    yq_finish(s);
    return rc || d->id ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no such document");
}

/* ---------------------------------------------------------------- namings */

#define NAMED_COLUMNS "m.entity, " ULID_OF("m.entity") ", e.kind, " NAME_OF("m.entity") ", m.span_from, m.span_to FROM mention m JOIN entity e ON e.id = m.entity WHERE " VISIBLE("m")

static yq_code take_nameds(yq_arena *a, yq_stmt *s, yq_nameds *out, yq_err *err)
{
    bool row;
    yq_code rc;
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_named *n = yq_push(a, out);
        *n = (yq_named){ .entity = yq_col_int(s, 0), .kind = yq_kept(a, s, 2), .name = yq_kept(a, s, 3), .weight = 1 };
        n->span = (yq_span){ (uint32_t)yq_col_int(s, 4), (uint32_t)yq_col_int(s, 5) };
        copy_ulid(n->ulid, yq_col_text(s, 1));
    }
    yq_finish(s);
    return rc;
}

static yq_code load_clean(yq_reader *r, yq_arena *a, int64_t document, yq_str *clean, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *clean = YQ_S("");
    yq_code rc = yq_db_prepare(r->db, "SELECT r.clean FROM reading r JOIN document d ON d.reading = r.id WHERE d.id = :document", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", document);
    rc = yq_step(s, &row, err);
    if (!rc && row) *clean = yq_kept(a, s, 0);
    yq_finish(s);
    return rc;
}

/* With what was refused, so that it can be taken back; without what was corrected, which stands beside its correction. */
static yq_code document_facts(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_facts *out, yq_err *err)
{
    yq_stmt *s;
    *out = (yq_facts){ 0 };
    yq_code rc = yq_db_prepare(r->db, "SELECT " FACT_COLUMNS VISIBLE("f") " AND f.document = :document AND "
                               "(f.state <> 'refused' OR c.verdict <> 'corrected') ORDER BY f.span_from, f.span_to, f.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", document);
    return take_facts(r, a, s, out, err);
}

yq_code yq_register_sentence_of(yq_reader *r, const yq_viewer *v, int64_t fact, int64_t *document, yq_span *sentence, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT f.document, f.sentence_from, f.sentence_to FROM fact f WHERE f.id = :fact AND " VISIBLE("f"), &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "fact", fact);
    rc = yq_step(s, &row, err);
    if (!rc && row) *document = yq_col_int(s, 0), *sentence = (yq_span){ (uint32_t)yq_col_int(s, 1), (uint32_t)yq_col_int(s, 2) };
    yq_finish(s);
    return rc || row ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no such fact; the document may have been read again: open it anew");
}

yq_code yq_register_said_in(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_span sentence, yq_facts *out, yq_err *err)
{
    yq_stmt *s;
    *out = (yq_facts){ 0 };
    yq_code rc = yq_db_prepare(r->db, "SELECT " FACT_COLUMNS VISIBLE("f") " AND f.document = :document AND f.sentence_from = :from AND f.sentence_to = :to AND "
                               "(f.state <> 'refused' OR c.verdict <> 'corrected') ORDER BY f.span_from, f.span_to, f.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", document);
    yq_bind_int(s, "from", sentence.from);
    yq_bind_int(s, "to", sentence.to);
    return take_facts(r, a, s, out, err);
}

static yq_code document_nameds(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_nameds *out, yq_err *err)
{
    yq_stmt *s;
    *out = (yq_nameds){ 0 };
    yq_code rc = yq_db_prepare(r->db, "SELECT " NAMED_COLUMNS " AND m.document = :document ORDER BY m.span_from, m.span_to, m.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", document);
    return take_nameds(a, s, out, err);
}

yq_code yq_register_document(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_document *doc, yq_str *clean, yq_facts *facts,
                             yq_nameds *named, yq_err *err)
{
    yq_code rc = load_document(r, v, a, ulid_or_id, doc, err);
    if (!rc && clean) rc = load_clean(r, a, doc->id, clean, err);
    if (!rc && facts) rc = document_facts(r, v, a, doc->id, facts, err);
    if (!rc && named) rc = document_nameds(r, v, a, doc->id, named, err);
    return rc;
}

yq_code yq_register_original(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid_or_id, yq_document *doc, yq_buf *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_hash hash = { { 0 } };
    yq_code rc = load_document(r, v, a, ulid_or_id, doc, err);
    if (rc) return rc;
    rc = yq_db_prepare(r->db, "SELECT hash FROM document WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", doc->id);
    rc = yq_step(s, &row, err);
    yq_str bytes = !rc && row ? yq_col_text(s, 0) : YQ_S("");
    if (bytes.n == sizeof hash.b) memcpy(hash.b, bytes.p, sizeof hash.b);
    yq_finish(s);
    return rc ? rc : yq_original_read(r->store, &hash, out, err);
}

/* ---------------------------------------------------------------- counts */

static yq_code count_entities(yq_reader *r, const yq_viewer *v, yq_register_counts *out, yq_err *err)
{
    const struct { const char *kind; int64_t *to; } kinds[] = {
        { "person", &out->people }, { "organization", &out->organizations }, { "technology", &out->technologies }, { "need", &out->needs },
        { "event", &out->events },
    };
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT n.kind, count(DISTINCT n.entity) FROM name n WHERE " VISIBLE("n") " GROUP BY n.kind", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    while (!(rc = yq_step(s, &row, err)) && row)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (yq_eq(yq_col_text(s, 0), yq_cstr(kinds[i].kind))) *kinds[i].to += yq_col_int(s, 1);
    yq_finish(s);
    return rc;
}

static yq_code count_rows(yq_reader *r, const yq_viewer *v, yq_register_counts *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT (SELECT count(*) FROM document d WHERE " VISIBLE("d") "), (SELECT count(*) FROM fact f WHERE " STANDS("f")
                               "), (SELECT count(*) FROM fact f WHERE " DOUBTFUL("f") ")", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    rc = yq_step(s, &row, err);
    if (!rc && row) out->documents = yq_col_int(s, 0), out->facts = yq_col_int(s, 1), out->doubtful = yq_col_int(s, 2);
    yq_finish(s);
    return rc ? rc : count_entities(r, v, out, err);
}

yq_code yq_reader_sequence(yq_reader *r, int64_t *sequence, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, "SELECT coalesce(max(sequence), 0) FROM entry", &s, err);
    return rc ? rc : yq_one_int(s, 0, sequence, err);
}

bool yq_one_viewer(const yq_viewer *a, const yq_viewer *b)
{
    return a->institution == b->institution && a->level == b->level;
}

/* Asked for after each decision and on each page, and every row is looked at: so kept until something is written. */
yq_code yq_register_count(yq_reader *r, const yq_viewer *v, yq_register_counts *out, yq_err *err)
{
    *out = (yq_register_counts){ 0 };
    yq_code rc = yq_reader_sequence(r, &out->sequence, err);
    if (rc) return rc;
    if (r->counted && r->counts.sequence == out->sequence && yq_one_viewer(v, &r->counted_for)) return *out = r->counts, YQ_OK;
    if ((rc = count_rows(r, v, out, err))) return rc;
    r->counts = *out;
    r->counted_for = *v;
    r->counted = true;
    return YQ_OK;
}
