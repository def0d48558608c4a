/* The entry "reading" becomes rows: document, reading, passages, entities, names, mentions, facts. From the body alone.
 *
 * A document that is read again keeps its row; what its former reading said is taken out of the tables (the journal keeps it). An entity whose
 * part was erased stays as a row without a name, so that what refers to it does not dangle. What a name is found by (folded form, pinyin,
 * initials, key) is computed here and not journalled: it follows the program's version, see YQ_PROJECTION_VERSION. What people decided of the facts of
 * earlier readings is applied to those of this one (decided.c).
 */
#include "register/internal.h"

#include <stdlib.h>

typedef struct {
    yq_store *store;
    yq_db *db;
    yq_arena *arena;
    yq_str body;
    const yq_str *part_text;
    size_t part_count;
    json_t *root, **parts; /* parts: NULL where erased */
    yq_name_source names;
    int64_t sequence, at_us;
    int64_t document, reading, owner, sharing;
} projecting;

/* ---------------------------------------------------------------- reading JSON */

static int64_t member_int(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static yq_str text_of(projecting *p, const json_t *v)
{
    if (!json_is_string(v)) return YQ_S("");
    return yq_name_restore(&p->names, (yq_str){ json_string_value(v), json_string_length(v) });
}

static yq_str member_text(projecting *p, const json_t *o, const char *key)
{
    return text_of(p, json_object_get(o, key));
}

static int64_t item_int(const json_t *array, size_t i)
{
    return json_integer_value(json_array_get(array, i));
}

static yq_str item_text(projecting *p, const json_t *array, size_t i)
{
    return text_of(p, json_array_get(array, i));
}

static yq_code malformed(yq_err *err)
{
    return yq_fail(err, YQ_CORRUPT, 0, "the body is not that of a reading");
}

static yq_code parse(projecting *p, yq_err *err)
{
    p->root = json_loadb(p->body.p, p->body.n, JSON_ALLOW_NUL, NULL);
    p->parts = calloc(p->part_count + 1, sizeof *p->parts);
    if (!p->parts) return yq_fail(err, YQ_NOMEM, 0, "no memory for a body");
    for (size_t i = 0; i < p->part_count; i++)
        if (p->part_text[i].p && !(p->parts[i] = json_loadb(p->part_text[i].p, p->part_text[i].n, JSON_ALLOW_NUL, NULL))) return malformed(err);
    if (!p->root || member_int(p->root, "v") != 1) return malformed(err);
    p->names = (yq_name_source){ p->arena, p->parts, p->part_count };
    return YQ_OK;
}

/* ---------------------------------------------------------------- document and reading */

static yq_code put_document(projecting *p, const json_t *d, int64_t reading, yq_err *err)
{
    yq_stmt *s;
    uint8_t hash[YQ_HASH_BYTES] = { 0 };
    yq_unhex(member_text(p, d, "hash"), hash, sizeof hash);
    p->document = member_int(d, "id");
    p->owner = member_int(d, "owner");
    p->sharing = member_int(d, "sharing");
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO document (id, ulid, name, hash, bytes, owner, sharing, reading, imported_us, sequence) "
                               "VALUES (:id, :ulid, :name, :hash, :bytes, :owner, :sharing, :reading, :at, :sequence) "
                               "ON CONFLICT (id) DO UPDATE SET name = :name, hash = :hash, bytes = :bytes, reading = :reading, imported_us = :at, "
                               "sequence = :sequence", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", p->document);
    yq_bind_text(s, "ulid", member_text(p, d, "ulid"));
    yq_bind_text(s, "name", member_text(p, d, "name"));
    yq_bind_blob(s, "hash", (yq_str){ (char *)hash, sizeof hash });
    yq_bind_int(s, "bytes", member_int(d, "bytes"));
    yq_bind_int(s, "owner", p->owner);
    yq_bind_int(s, "sharing", p->sharing);
    yq_bind_int(s, "reading", reading);
    yq_bind_int(s, "at", p->at_us);
    yq_bind_int(s, "sequence", p->sequence);
    return yq_change(s, err);
}

static yq_str compact(yq_arena *a, const json_t *v)
{
    char *text = json_dumps(v, JSON_COMPACT);
    yq_str kept = yq_dup(a, yq_cstr(text));
    free(text);
    return kept;
}

static yq_code put_reading(projecting *p, const json_t *d, const json_t *r, const json_t *passages, yq_err *err)
{
    yq_stmt *s;
    const json_t *versions = json_object_get(r, "versions");
    uint8_t hash[YQ_HASH_BYTES] = { 0 };
    yq_unhex(member_text(p, d, "hash"), hash, sizeof hash);
    p->reading = member_int(r, "id");
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO reading (id, document, hash, name, format, encoding, lang, title, date, clean, map, blocks, text_version, "
                               "intake_version, extract_version, first_passage, passages, at_us, sequence) VALUES (:id, :document, :hash, :name, "
                               ":format, :encoding, :lang, :title, :date, :clean, :map, :blocks, :text_version, :intake_version, :extract_version, "
                               ":first, :passages, :at, :sequence)", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", p->reading);
    yq_bind_int(s, "document", p->document);
    yq_bind_blob(s, "hash", (yq_str){ (char *)hash, sizeof hash });
    yq_bind_text(s, "name", member_text(p, d, "name"));
    yq_bind_text(s, "format", member_text(p, r, "format"));
    yq_bind_text(s, "encoding", member_text(p, r, "encoding"));
    yq_bind_text(s, "lang", member_text(p, r, "lang"));
    yq_bind_text(s, "title", member_text(p, r, "title"));
    yq_bind_text(s, "date", member_text(p, r, "date"));
    yq_bind_text(s, "clean", member_text(p, r, "clean"));
    yq_bind_text(s, "map", member_text(p, r, "map"));
    yq_bind_text(s, "blocks", compact(p->arena, json_object_get(r, "blocks")));
    yq_bind_int(s, "text_version", item_int(versions, 0));
    yq_bind_int(s, "intake_version", item_int(versions, 1));
    yq_bind_int(s, "extract_version", item_int(versions, 2));
    yq_bind_int(s, "first", item_int(json_array_get(passages, 0), 0));
    yq_bind_int(s, "passages", (int64_t)json_array_size(passages));
    yq_bind_int(s, "at", p->at_us);
    yq_bind_int(s, "sequence", p->sequence);
    return yq_change(s, err);
}

/* What the former reading of the document said. */
static yq_code clear_document(projecting *p, yq_err *err)
{
    static const char *const sql[] = { "DELETE FROM passage WHERE document = :document", "DELETE FROM name WHERE document = :document",
                                       "DELETE FROM mention WHERE document = :document", "DELETE FROM fact WHERE document = :document" };
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        yq_stmt *s;
        yq_code rc = yq_db_prepare(p->db, sql[i], &s, err);
        if (rc) return rc;
        yq_bind_int(s, "document", p->document);
        if ((rc = yq_change(s, err))) return rc;
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- passages */

static void bind_common(projecting *p, yq_stmt *s)
{
    yq_bind_int(s, "document", p->document);
    yq_bind_int(s, "owner", p->owner);
    yq_bind_int(s, "sharing", p->sharing);
}

static yq_code put_passage(projecting *p, const json_t *v, yq_str clean, yq_err *err)
{
    yq_stmt *s;
    yq_span span = { (uint32_t)item_int(v, 1), (uint32_t)item_int(v, 2) };
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO passage (id, document, reading, owner, sharing, span_from, span_to, title, text) VALUES (:id, :document, "
                               ":reading, :owner, :sharing, :from, :to, :title, :text)", &s, err);
    if (rc) return rc;
    bind_common(p, s);
    yq_bind_int(s, "id", item_int(v, 0));
    yq_bind_int(s, "reading", p->reading);
    yq_bind_int(s, "from", span.from);
    yq_bind_int(s, "to", span.to);
    yq_bind_text(s, "title", item_text(p, v, 3));
    yq_bind_text(s, "text", json_array_size(v) > 4 ? item_text(p, v, 4) : yq_at(clean, span));
    return yq_change(s, err);
}

static yq_code put_passages(projecting *p, const json_t *passages, yq_str clean, yq_err *err)
{
    for (size_t i = 0; i < json_array_size(passages); i++) {
        yq_code rc = put_passage(p, json_array_get(passages, i), clean, err);
        if (rc) return rc;
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- entities */

typedef struct {
    int64_t id;
    yq_str kind, name;
    yq_identity_kind identity; /* how its names meet */
    bool named_by_fold;        /* things: by folded name */
} row_entity;

static yq_code put_entity(projecting *p, const json_t *v, const row_entity *e, bool erased, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO entity (id, ulid, kind, name, survivor, document, owner, sharing, state, sequence) VALUES (:id, :ulid, :kind, "
                               ":name, :id, :document, :owner, :sharing, :state, :sequence)", &s, err);
    if (rc) return rc;
    bind_common(p, s);
    yq_bind_int(s, "id", e->id);
    yq_bind_text(s, "ulid", member_text(p, v, "ulid"));
    yq_bind_text(s, "kind", e->kind);
    yq_bind_text(s, "name", e->name);
    yq_bind_text(s, "state", erased ? YQ_S("erased") : YQ_S("found"));
    yq_bind_int(s, "sequence", p->sequence);
    return yq_change(s, err);
}

static bool has_han(yq_str s)
{
    for (size_t at = 0; at < s.n;)
        if (yq_is_han(yq_utf8_next(s, &at))) return true;
    return false;
}

/* Which name is shown where several are known: Chinese before others, then the longer, that is the fuller. */
static int64_t rank_of(yq_str text, bool han)
{
    size_t characters = yq_utf8_count(text);
    return (han ? YQ_RANK_HAN : 0) + (int64_t)(characters < 300 ? characters : 300);
}

static yq_code put_name(projecting *p, const row_entity *e, const json_t *v, bool main, yq_err *err)
{
    yq_stmt *s;
    yq_arena *a = p->arena;
    yq_str text = item_text(p, v, 0), folded = yq_fold(a, text);
    bool han = has_han(text);
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO name (entity_was, document, text, entity, kind, meet, latin, folded, pinyin, initials, lang, main, rank, span_from, "
                               "span_to, owner, sharing) VALUES (:id, :document, :text, :id, :kind, :meet, :latin, :folded, :pinyin, :initials, :lang, :main, "
                               ":rank, :from, :to, :owner, :sharing) ON CONFLICT (entity_was, document, text) DO NOTHING", &s, err);
    if (rc) return rc;
    bind_common(p, s);
    yq_bind_int(s, "id", e->id);
    yq_bind_text(s, "text", text);
    yq_bind_text(s, "kind", e->kind);
    yq_bind_text(s, "meet", e->named_by_fold ? folded : yq_name_key(a, e->identity, text));
    yq_bind_text(s, "latin", e->named_by_fold || !main ? YQ_S("") : yq_latin_key(a, e->identity, text));
    yq_bind_text(s, "folded", folded);
    yq_bind_text(s, "pinyin", yq_pinyin_full(a, text));
    yq_bind_text(s, "initials", yq_pinyin_initials(a, text));
    yq_bind_text(s, "lang", han ? YQ_S("zh") : YQ_S("en"));
    yq_bind_int(s, "main", main);
    yq_bind_int(s, "rank", rank_of(text, han));
    yq_bind_int(s, "from", item_int(v, 1));
    yq_bind_int(s, "to", item_int(v, 2));
    return yq_change(s, err);
}

static yq_code put_mention(projecting *p, const row_entity *e, const json_t *v, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO mention (id, document, reading, passage, entity, entity_was, span_from, span_to, form, organization, owner, "
                               "sharing) VALUES (:id, :document, :reading, :passage, :entity, :entity, :from, :to, :form, :organization, :owner, :sharing)",
                               &s, err);
    if (rc) return rc;
    bind_common(p, s);
    yq_bind_int(s, "id", item_int(v, 0));
    yq_bind_int(s, "reading", p->reading);
    yq_bind_int(s, "passage", item_int(v, 1));
    yq_bind_int(s, "entity", e->id);
    yq_bind_int(s, "from", item_int(v, 2));
    yq_bind_int(s, "to", item_int(v, 3));
    yq_bind_text(s, "form", item_text(p, v, 4));
    yq_bind_text(s, "organization", item_text(p, v, 5));
    return yq_change(s, err);
}

static yq_code put_fact(projecting *p, int64_t subject, const json_t *v, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(p->db,
                               "INSERT INTO fact (id, document, reading, predicate, subject, subject_was, object, object_was, value, date, span_from, span_to, "
                               "sentence_from, sentence_to, confidence, voices, state, decision, typed, owner, sharing, sequence) VALUES (:id, :document, "
                               ":reading, :predicate, :subject, :subject, :object, :object, :value, :date, :from, :to, :sentence_from, :sentence_to, "
                               ":confidence, :voices, 'proposed', 0, 0, :owner, :sharing, :sequence)", &s, err);
    if (rc) return rc;
    bind_common(p, s);
    yq_bind_int(s, "id", item_int(v, 0));
    yq_bind_int(s, "reading", p->reading);
    yq_bind_text(s, "predicate", item_text(p, v, 1));
    yq_bind_int(s, "subject", subject);
    yq_bind_int(s, "object", item_int(v, 2));
    yq_bind_text(s, "value", item_text(p, v, 3));
    yq_bind_text(s, "date", item_text(p, v, 4));
    yq_bind_int(s, "from", item_int(v, 5));
    yq_bind_int(s, "to", item_int(v, 6));
    yq_bind_int(s, "sentence_from", item_int(v, 7));
    yq_bind_int(s, "sentence_to", item_int(v, 8));
    yq_bind_real(s, "confidence", json_number_value(json_array_get(v, 9)));
    yq_bind_int(s, "voices", item_int(v, 10));
    yq_bind_int(s, "sequence", p->sequence);
    return yq_change(s, err);
}

static yq_code put_facts(projecting *p, int64_t subject, const json_t *facts, yq_err *err)
{
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < json_array_size(facts) && !rc; i++) rc = put_fact(p, subject, json_array_get(facts, i), err);
    return rc;
}

static yq_code put_whole_entity(projecting *p, const json_t *v, yq_err *err)
{
    const json_t *forms = json_object_get(v, "forms"), *mentions = json_object_get(v, "mentions");
    row_entity e = { .id = member_int(v, "id"), .kind = member_text(p, v, "kind"), .name = member_text(p, v, "name") };
    bool person = yq_eq(e.kind, YQ_S("person"));
    e.identity = person ? YQ_PERSON : YQ_ORGANIZATION;
    e.named_by_fold = !person && !yq_eq(e.kind, YQ_S("organization"));
    yq_code rc = put_entity(p, v, &e, false, err);
    for (size_t i = 0; i < json_array_size(forms) && !rc; i++) rc = put_name(p, &e, json_array_get(forms, i), i == 0, err);
    for (size_t i = 0; i < json_array_size(mentions) && !rc; i++) rc = put_mention(p, &e, json_array_get(mentions, i), err);
    return rc ? rc : put_facts(p, e.id, json_object_get(v, "facts"), err);
}

static projecting at_place(yq_store *s, yq_arena *a, const yq_place *at)
{
    return (projecting){ .store = s, .db = yq_store_db(s), .arena = a, .names = { .arena = a }, .sequence = at->sequence, .document = at->document,
                         .reading = at->reading, .owner = at->owner, .sharing = at->sharing };
}

yq_code yq_put_appearance(yq_store *s, yq_arena *a, const yq_place *at, const json_t *entity, yq_err *err)
{
    projecting p = at_place(s, a, at);
    return put_whole_entity(&p, entity, err);
}

/* An appearance whose document names it no more gets its name and one mention back; its row is there. */
yq_code yq_put_back(yq_store *s, yq_arena *a, const yq_place *at, const yq_named_again *n, yq_err *err)
{
    projecting p = at_place(s, a, at);
    row_entity e = { .id = n->entity, .kind = n->kind, .name = n->name };
    bool person = yq_eq(e.kind, YQ_S("person"));
    e.identity = person ? YQ_PERSON : YQ_ORGANIZATION;
    e.named_by_fold = !person && !yq_eq(e.kind, YQ_S("organization"));
    json_t *form = json_pack("[s%,I,I]", n->name.p, n->name.n, (json_int_t)0, (json_int_t)0);
    json_t *mention = json_pack("[I,I,I,I,s%,s]", (json_int_t)n->mention, (json_int_t)n->passage, (json_int_t)n->span.from, (json_int_t)n->span.to, n->name.p,
                                n->name.n, "");
    yq_code rc = form && mention ? put_name(&p, &e, form, true, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for a name");
    if (!rc) rc = put_mention(&p, &e, mention, err);
    json_decref(form);
    json_decref(mention);
    return rc;
}

/* A person stands in a part of the body, or nowhere any more. */
static yq_code put_listed_entity(projecting *p, const json_t *v, yq_err *err)
{
    const json_t *part = json_object_get(v, "part");
    size_t k = (size_t)json_integer_value(part);
    if (!part) return put_whole_entity(p, v, err);
    if (k >= p->part_count) return malformed(err);
    if (p->parts[k]) return put_whole_entity(p, p->parts[k], err);
    row_entity e = { .id = member_int(v, "id"), .kind = YQ_S("person"), .name = YQ_S("") };
    return put_entity(p, v, &e, true, err);
}

/* Who was erased from what was read must not be found again in what it was read from. */
static yq_code forget_original(projecting *p, const json_t *d, yq_err *err)
{
    yq_hash hash = { { 0 } };
    bool erased = false;
    for (size_t i = 0; i < p->part_count; i++) erased |= !p->parts[i];
    yq_unhex(member_text(p, d, "hash"), hash.b, sizeof hash.b);
    return erased ? yq_original_forget(p->store, &hash, err) : YQ_OK;
}

static yq_code project_inside(void *arg, yq_err *err)
{
    projecting *p = arg;
    yq_code rc = parse(p, err);
    if (rc) return rc;
    const json_t *d = json_object_get(p->root, "document"), *r = json_object_get(p->root, "reading");
    const json_t *passages = json_object_get(p->root, "passages"), *entities = json_object_get(p->root, "entities");
    rc = put_document(p, d, member_int(r, "id"), err);
    if (!rc && member_int(r, "replaces")) rc = clear_document(p, err);
    if (!rc) rc = put_reading(p, d, r, passages, err);
    if (!rc) rc = put_passages(p, passages, member_text(p, r, "clean"), err);
    for (size_t i = 0; i < json_array_size(entities) && !rc; i++) rc = put_listed_entity(p, json_array_get(entities, i), err);
    if (!rc) rc = forget_original(p, d, err);
    if (!rc) rc = put_facts(p, 0, json_object_get(p->root, "facts"), err);
    return rc ? rc : yq_decided_again(p->store, p->arena, p->document, err);
}

yq_code yq_project_reading(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err)
{
    enum { MEMORY = 1 << 30 };
    projecting p = { .store = s, .db = yq_store_db(s), .arena = yq_arena_new(MEMORY), .body = body, .part_text = parts, .part_count = part_count,
                     .sequence = sequence, .at_us = at_us };
    (void)self;
    if (!p.arena) return yq_fail(err, YQ_NOMEM, 0, "no memory for a reading");
    yq_code rc = yq_arena_run(p.arena, project_inside, &p, err);
    for (size_t i = 0; p.parts && i < part_count; i++) json_decref(p.parts[i]);
    free(p.parts);
    json_decref(p.root);
    yq_arena_free(p.arena);
    return rc;
}
