/* Nobody sees more: rows that a viewer may not see change no byte of any answer.
 *
 * One document of four is shared with everybody. All that a stranger can ask is written down; then every row of the other three documents is
 * taken out of the tables, and the stranger asks again. */
#include "world.h"

static void put_entity(yq_json *j, const yq_entity *e)
{
    yq_json_object(j);
    yq_json_kv(j, "ulid", yq_cstr(e->ulid));
    yq_json_kv(j, "kind", e->kind);
    yq_json_kv(j, "name", e->name);
    yq_json_kv(j, "organization", e->organization);
    yq_json_kv(j, "position", e->position);
    yq_json_ki(j, "facts", e->facts);
    yq_json_ki(j, "documents", e->documents);
    yq_json_end_object(j);
}

static void put_facts(yq_json *j, const yq_facts *facts)
{
    yq_json_array(j);
    for (size_t i = 0; i < facts->n; i++) {
        const yq_fact *f = &facts->v[i];
        const yq_str texts[] = { f->predicate, yq_cstr(f->subject_ulid), yq_cstr(f->object_ulid), yq_cstr(f->document_ulid), f->subject_name, f->object_name,
                                 f->value, f->date, f->sentence_text, f->document_name, f->document_date, f->document_title, f->state };
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) yq_json_str(j, texts[k]);
        yq_json_int(j, f->span.from);
        yq_json_int(j, f->sentence.to);
        yq_json_real(j, f->confidence);
    }
    yq_json_end_array(j);
}

static void put_nameds(yq_json *j, const yq_nameds *named)
{
    yq_json_array(j);
    for (size_t i = 0; i < named->n; i++) {
        yq_json_str(j, yq_cstr(named->v[i].ulid));
        yq_json_str(j, named->v[i].kind);
        yq_json_str(j, named->v[i].name);
        yq_json_int(j, named->v[i].span.from);
    }
    yq_json_end_array(j);
}

static const char *const queries[] = { "", "周岚", "李", "lwj", "zhoulan", "人民医院", "绿道", "读片", "lanzhou" };

static void ask_register(world *w, const yq_viewer *v, yq_json *j)
{
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        yq_entities found;
        size_t total = 0;
        CHECK(queries[q], yq_register_find(w->reader, v, w->arena, yq_cstr(queries[q]), YQ_S(""), 0, 50, &found, &total, NULL) == YQ_OK);
        yq_json_int(j, (int64_t)total);
        for (size_t i = 0; i < found.n; i++) {
            yq_facts facts, names;
            put_entity(j, &found.v[i]);
            CHECK("facts", yq_register_facts(w->reader, v, w->arena, found.v[i].id, &facts, NULL) == YQ_OK);
            CHECK("names", yq_register_names(w->reader, v, w->arena, found.v[i].id, &names, NULL) == YQ_OK);
            put_facts(j, &facts);
            put_facts(j, &names);
        }
    }
}

static void ask_documents(world *w, const yq_viewer *v, yq_json *j)
{
    yq_documents list;
    size_t total;
    CHECK("documents", yq_register_documents(w->reader, v, w->arena, YQ_S(""), 0, 50, &list, &total, NULL) == YQ_OK);
    yq_json_int(j, (int64_t)total);
    for (size_t i = 0; i < list.n; i++) {
        yq_document d;
        yq_str clean;
        yq_facts facts;
        yq_nameds named;
        CHECK("document", yq_register_document(w->reader, v, w->arena, yq_cstr(list.v[i].ulid), &d, &clean, &facts, &named, NULL) == YQ_OK);
        yq_json_str(j, d.name);
        yq_json_str(j, clean);
        yq_json_int(j, d.facts);
        put_facts(j, &facts);
        put_nameds(j, &named);
    }
}

static void ask_counts(world *w, const yq_viewer *v, yq_json *j)
{
    yq_register_counts c;
    CHECK("counts", yq_register_count(w->reader, v, &c, NULL) == YQ_OK);
    const int64_t counts[] = { c.documents, c.people, c.organizations, c.technologies, c.needs, c.events, c.facts, c.doubtful };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) yq_json_int(j, counts[i]);
}

static void ask_said(world *w, const yq_viewer *v, yq_json *j, int64_t entity)
{
    char ulid[YQ_ULID_CHARS + 1];
    yq_str name;
    yq_claims claims;
    yq_entity place = { .id = entity };
    CHECK("name", yq_register_known_as(w->reader, v, w->arena, entity, ulid, &name, NULL) == YQ_OK);
    CHECK("claims", yq_register_claims(w->reader, v, w->arena, entity, &claims, NULL) == YQ_OK);
    CHECK("place", yq_register_place(w->reader, v, w->arena, &place, NULL) == YQ_OK);
    yq_json_str(j, yq_cstr(ulid));
    yq_json_str(j, name);
    yq_json_str(j, place.organization);
    for (size_t i = 0; i < claims.n; i++) yq_json_str(j, claims.v[i].other), yq_json_str(j, claims.v[i].value);
}

/* Passages by every id that exists, seen or not; what is said of whom they name. */
static void ask_passages(world *w, const yq_viewer *v, yq_json *j, const int64_t *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        yq_passage p;
        yq_namings named;
        yq_naming last;
        yq_str words = { 0 };
        if (!yq_register_words(w->reader, v, w->arena, ids[i], (yq_span){ 0, 30 }, &words, NULL)) yq_json_str(j, words);
        if (!yq_register_last_named(w->reader, v, w->arena, ids[i], YQ_S("person"), UINT32_MAX >> 1, &last, NULL)) yq_json_int(j, last.entity);
        if (yq_register_passage(w->reader, v, w->arena, ids[i], &p, &named, NULL)) continue;
        yq_json_str(j, p.text);
        yq_json_str(j, yq_cstr(p.document_ulid));
        for (size_t k = 0; k < named.n; k++) ask_said(w, v, j, named.v[k].entity);
    }
}

static yq_buf ask_all(world *w, const yq_viewer *v, const int64_t *ids, size_t n)
{
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_json_array(&j);
    ask_register(w, v, &j);
    ask_documents(w, v, &j);
    ask_counts(w, v, &j);
    ask_passages(w, v, &j, ids, n);
    yq_json_end_array(&j);
    CHECK("identities", yq_register_identities(w->reader, v, &out, NULL) == YQ_OK);
    return out;
}

static size_t all_ids(world *w, int64_t *out, size_t cap)
{
    yq_stmt *s;
    bool row;
    size_t n = 0;
    if (yq_db_prepare(yq_store_db(w->store), "SELECT id FROM passage UNION SELECT id FROM document ORDER BY id", &s, NULL)) return 0;
    while (n < cap && !yq_step(s, &row, NULL) && row) out[n++] = yq_col_int(s, 0);
    yq_finish(s);
    return n;
}

static void for_each_table(world *w, const char *format, int64_t document)
{
    static const char *const tables[] = { "document", "passage", "entity", "name", "fact", "mention" };
    char sql[200];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, format, tables[i], i ? "document" : "id", (long long)document);
        CHECK(tables[i], yq_db_exec(yq_store_db(w->store), sql, NULL) == YQ_OK);
    }
}

/* An entity that goes on under the row of a document which is gone now needs that row; nothing of it but its number may show. */
static bool put_back_survivors(world *w)
{
    static const char sql[] = "INSERT INTO entity (id, ulid, kind, name, survivor, document, owner, sharing, state, sequence) "
                              "SELECT DISTINCT survivor, 'x' || survivor, kind, '', survivor, 0, 9, 9, '', 0 FROM entity e "
                              "WHERE NOT EXISTS (SELECT 1 FROM entity o WHERE o.id = e.survivor)";
    return yq_db_exec(yq_store_db(w->store), sql, NULL) == YQ_OK;
}

static void one_shared(const char *name)
{
    world w;
    const yq_viewer stranger = { 2, YQ_SHARE_PUBLIC }, partner = { 2, YQ_SHARE_PARTNER }, office = yq_viewer_office();
    int64_t ids[128], document;
    char sql[160];
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    size_t n = all_ids(&w, ids, 128);
    yq_buf nothing = ask_all(&w, &partner, ids, n);
    CHECK("before anything is shared others see nothing", !yq_has(yq_buf_str(&nothing), YQ_S("周岚")) && !yq_has(yq_buf_str(&nothing), YQ_S("医院")));

    snprintf(sql, sizeof sql, "SELECT id FROM document WHERE name = '%s'", name);
    document = one_int(yq_store_db(w.store), sql);
    /* Hidden documents know fuller names: the stranger must not read them. */
    snprintf(sql, sizeof sql, "UPDATE name SET text = text || '全称', rank = rank + 9 WHERE document <> %lld", (long long)document);
    CHECK("fuller names", yq_db_exec(yq_store_db(w.store), sql, NULL) == YQ_OK);
    for_each_table(&w, "UPDATE %s SET sharing = 0 WHERE %s = %lld", document);
    yq_buf shared = ask_all(&w, &stranger, ids, n), all = ask_all(&w, &office, ids, n);
    CHECK("something is seen", yq_has(yq_buf_str(&shared), YQ_S("周岚")) || yq_has(yq_buf_str(&shared), YQ_S("医院")));
    CHECK("less than the owner sees", shared.n < all.n && shared.n > nothing.n);

    for_each_table(&w, "DELETE FROM %s WHERE %s <> %lld", document);
    CHECK("the survivors' rows", put_back_survivors(&w));
    yq_buf alone = ask_all(&w, &stranger, ids, n);
    CHECK(name, yq_eq(yq_buf_str(&shared), yq_buf_str(&alone)));
    yq_buf_free(&nothing);
    yq_buf_free(&shared);
    yq_buf_free(&all);
    yq_buf_free(&alone);
    world_free(&w);
}

int main(void)
{
    for (int i = 0; i < TOLD; i++) one_shared(told[i].name);
    return check_done();
}
