/* The register over hand-made findings: who is one, what is found, what is undone, what survives. */
#include "resolve/settle.h"
#include "world.h"

#include <signal.h>

/* ---------------------------------------------------------------- finding */

static const struct { const char *what, *query, *kind; size_t total; } searches[] = {
    { "everything", "", "", 9 },
    { "all people", "", "person", 4 },
    { "all organisations", "", "organization", 3 },
    { "characters", "周岚", "person", 2 },
    { "traditional characters", "周嵐", "person", 2 },
    { "beginning", "周", "person", 2 },
    { "pinyin", "zhoulan", "person", 2 },
    { "pinyin with a space and a capital", "Zhou Lan", "person", 2 },
    { "initials", "lwj", "person", 2 },
    { "inside a name", "人民医院", "organization", 2 },
    { "inside a name, one kind", "人民医院", "person", 0 },
    { "nobody", "顾临川", "", 0 },
    { "punctuation", "。", "", 0 },
    { "signs of LIKE", "%", "", 0 },
    { "a technology", "分诊仪", "technology", 1 },
    { "a need", "基层", "need", 1 },
};

static void find(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    world_new(&w);
    CHECK("empty register", total_of(&w, &office, "", "") == 0);
    tell_all(&w, in_order, TOLD);
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        size_t total = total_of(&w, &office, searches[i].query, searches[i].kind);
        if (!CHECK(searches[i].what, total == searches[i].total)) fprintf(stderr, "  %zu\n", total);
    }
    yq_entities page;
    size_t total;
    CHECK("a page", yq_register_find(w.reader, &office, w.arena, YQ_S(""), YQ_S(""), 2, 3, &page, &total, NULL) == YQ_OK && page.n == 3 && total == 9);
    world_free(&w);
}

/* ---------------------------------------------------------------- who is one */

static yq_entity person_at(world *w, const char *query, const char *organization)
{
    yq_viewer office = yq_viewer_office();
    yq_entities found;
    size_t total;
    yq_register_find(w->reader, &office, w->arena, yq_cstr(query), YQ_S("person"), 0, 10, &found, &total, NULL);
    for (size_t i = 0; i < found.n; i++)
        if (yq_eq(found.v[i].organization, yq_cstr(organization))) return found.v[i];
    return (yq_entity){ 0 };
}

static void identity(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_facts facts, names;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_entity zhou = person_at(&w, "周岚", "澜州市中心医院"), alone = person_at(&w, "周岚", "");
    CHECK("one person in three documents", zhou.documents == 3);
    CHECK("latest position", yq_eq(zhou.position, YQ_S("")) || yq_eq(zhou.position, YQ_S("院长")));
    CHECK("without an organisation she stays apart", alone.documents == 1 && alone.id != zhou.id);
    yq_entity a = person_at(&w, "李文静", "汀阳市人民医院"), b = person_at(&w, "李文静", "云岭省人民医院");
    CHECK("two of one name stay two", a.id && b.id && a.id != b.id && a.documents == 1 && b.documents == 1);
    CHECK("the name is the simplified one", yq_eq(zhou.name, YQ_S("周岚")));
    CHECK("by ulid", yq_register_entity(w.reader, &office, w.arena, yq_cstr(zhou.ulid), &zhou, NULL) == YQ_OK && zhou.documents == 3);
    CHECK("by id", yq_register_entity(w.reader, &office, w.arena, yq_printf(w.arena, "%lld", (long long)a.id), &a, NULL) == YQ_OK);
    CHECK("nobody", yq_register_entity(w.reader, &office, w.arena, YQ_S("01ARZ3NDEKTSV4RRFFQ69G5FAV"), &a, NULL) == YQ_NOTFOUND);

    CHECK("facts", yq_register_facts(w.reader, &office, w.arena, zhou.id, &facts, NULL) == YQ_OK && facts.n == 3);
    CHECK("count agrees", (int64_t)facts.n == zhou.facts);
    const yq_fact *f = facts.n ? &facts.v[0] : &(yq_fact){ 0 };
    CHECK("latest first", yq_eq(f->document_date, YQ_S("2025-06-01")));
    f = facts.n ? &facts.v[facts.n - 1] : f;
    CHECK("predicate and object", yq_eq(f->predicate, YQ_S("role")) && yq_eq(f->object_name, YQ_S("澜州市中心医院")) && yq_eq(f->value, YQ_S("院长")));
    CHECK("opens its sentence", yq_eq(f->sentence_text, YQ_S("澜州市中心医院院长周岚作《卒中绿道》报告。")));
    CHECK("subject and ids", yq_eq(f->subject_name, YQ_S("周岚")) && strlen(f->subject_ulid) == 26 && strlen(f->object_ulid) == 26 && strlen(f->document_ulid) == 26);
    CHECK("its document", yq_eq(f->document_name, YQ_S("a.txt")) && yq_eq(f->document_title, YQ_S("卒中绿道研讨会")));

    CHECK("names", yq_register_names(w.reader, &office, w.arena, zhou.id, &names, NULL) == YQ_OK && names.n == 5);
    yq_entity hospital = only(&w, "澜州市中心医院", "organization");
    CHECK("the hospital in three documents, two scripts", hospital.documents == 3);
    CHECK("facts of an object", yq_register_facts(w.reader, &office, w.arena, hospital.id, &facts, NULL) == YQ_OK && facts.n == 4);
    yq_entity instrument = only(&w, "卒中绿道分诊仪", "technology");
    CHECK("who holds it", yq_eq(instrument.organization, YQ_S("澜州市中心医院")));
    world_free(&w);
}

/* Which mentions stand together must not depend on the order in which documents came. */
static void any_order(void)
{
    static const int orders[][TOLD] = { { 0, 1, 2, 3 }, { 3, 2, 1, 0 }, { 2, 0, 3, 1 }, { 1, 3, 0, 2 } };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        world w;
        yq_viewer office = yq_viewer_office();
        world_new(&w);
        tell_all(&w, orders[i], TOLD);
        CHECK("people", total_of(&w, &office, "", "person") == 4);
        CHECK("organisations", total_of(&w, &office, "", "organization") == 3);
        CHECK("three documents", person_at(&w, "周岚", "澜州市中心医院").documents == 3);
        world_free(&w);
    }
}

/* ---------------------------------------------------------------- things */

/* A technology in a second document: one with the first, or another. */
static const struct { const char *what, *name, *holder; size_t total; } things[] = {
    { "same name, same holder", "卒中绿道分诊仪", "澜州市中心医院", 1 },
    { "same name, another holder", "卒中绿道分诊仪", "汀阳市人民医院", 2 },
    { "another name", "卒中绿道分诊仪二代", "澜州市中心医院", 2 },
};

static void same_thing(void)
{
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        world w;
        yq_viewer office = yq_viewer_office();
        yq_import_result result;
        char text[300];
        world_new(&w);
        tell_all(&w, in_order, 1);
        snprintf(text, sizeof text, "新品发布\n%s展出%s。\n", things[i].holder, things[i].name);
        told_document second = { "t.txt", text, "2025-08-01", { things[i].holder }, { { NULL } }, things[i].name, NULL };
        CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK && tell(w.reg, &second, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
        CHECK(things[i].what, total_of(&w, &office, "卒中绿道分诊仪", "technology") == things[i].total);
        world_free(&w);
    }
}

/* ---------------------------------------------------------------- an older program's tables */

static void older_tables(void)
{
    world w;
    yq_reader *reader;
    yq_err err = { 0 };
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_buf before = dump_of(w.store);
    CHECK("as if made before", yq_db_exec(yq_store_db(w.store), "UPDATE meta SET value = '1' WHERE what = 'projection'; DELETE FROM name", NULL) == YQ_OK);
    CHECK("a reader says what to do", yq_reader_open(w.base.url, &reader, &err) == YQ_INVALID && strstr(err.msg, "rebuild"));
    world_shut(&w);
    world_open(&w);
    CHECK("opening makes them again", same_dump(w.store, &before));
    yq_buf_free(&before);
    world_free(&w);
}

/* ---------------------------------------------------------------- export */

static void identities(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_buf out = { 0 };
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    CHECK("export", yq_register_identities(w.reader, &office, &out, NULL) == YQ_OK);
    json_t *all = json_loadb(out.p, out.n, 0, NULL);
    CHECK("people and organisations only", json_array_size(all) == 7);
    CHECK("as printed, traditional", yq_has(yq_buf_str(&out), YQ_S("{\"doc\":\"b\",\"name\":\"周嵐\",\"organization\":\"瀾州市中心醫院\"}")));
    CHECK("no organisation where none is given", yq_has(yq_buf_str(&out), YQ_S("{\"doc\":\"c\",\"name\":\"周岚\"}")));
    CHECK("organisations have none", yq_has(yq_buf_str(&out), YQ_S("{\"doc\":\"a\",\"name\":\"汀阳市人民医院\"}")));
    json_decref(all);
    yq_buf_free(&out);
    world_free(&w);
}

/* ---------------------------------------------------------------- merge and unmerge */

static void merge(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_err err = { 0 };
    yq_entity e;
    int64_t id = 0;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_entity zhou = person_at(&w, "周岚", "澜州市中心医院"), alone = person_at(&w, "周岚", ""), hospital = only(&w, "澜州市中心医院", "organization");
    CHECK("not a person with a hospital", yq_register_merge(w.reg, zhou.id, hospital.id, "office", "no", &err) == YQ_INVALID);
    CHECK("not with itself", yq_register_merge(w.reg, zhou.id, zhou.id, "office", "no", &err) == YQ_INVALID);
    CHECK("not with nobody", yq_register_merge(w.reg, zhou.id, 12345, "office", "no", &err) == YQ_NOTFOUND);
    CHECK("merge", yq_register_merge(w.reg, zhou.id, alone.id, "office", "known to us", &err) == YQ_OK);
    CHECK("the gone one leads to the other", yq_register_entity(w.reader, &office, w.arena, yq_cstr(alone.ulid), &e, NULL) == YQ_OK && e.id == zhou.id);
    CHECK("four documents", e.documents == 4);
    CHECK("one person fewer", total_of(&w, &office, "", "person") == 3);
    CHECK("once only", yq_register_merge(w.reg, zhou.id, alone.id, "office", "again", &err) == YQ_INVALID);
    yq_buf merged = dump_of(w.store);
    CHECK("rebuild", yq_rebuild(w.store, &err) == YQ_OK && same_dump(w.store, &merged));
    CHECK("its own id", yq_register_redirected(w.reader, yq_cstr(alone.ulid), &id, NULL) == YQ_OK && id == alone.id);
    CHECK("unmerge", yq_register_unmerge(w.reg, alone.id, "office", "two after all", &err) == YQ_OK);
    CHECK("two again", yq_register_entity(w.reader, &office, w.arena, yq_cstr(alone.ulid), &e, NULL) == YQ_OK && e.id == alone.id && e.documents == 1);
    CHECK("the other as before", person_at(&w, "周岚", "澜州市中心医院").documents == 3);
    CHECK("nothing left to undo", yq_register_unmerge(w.reg, alone.id, "office", "again", &err) == YQ_NOTFOUND);
    yq_buf undone = dump_of(w.store);
    CHECK("rebuild", yq_rebuild(w.store, &err) == YQ_OK && same_dump(w.store, &undone));
    yq_buf_free(&merged);
    yq_buf_free(&undone);
    world_free(&w);
}

/* a -> b -> c; taking b out of c takes a with it. */
static void chain(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_entity a = person_at(&w, "周岚", ""), b = person_at(&w, "李文静", "汀阳市人民医院"), c = person_at(&w, "李文静", "云岭省人民医院"), e;
    CHECK("a to b", yq_register_merge(w.reg, b.id, a.id, "office", "", NULL) == YQ_OK);
    CHECK("b to c", yq_register_merge(w.reg, c.id, b.id, "office", "", NULL) == YQ_OK);
    CHECK("a is c", yq_register_entity(w.reader, &office, w.arena, yq_cstr(a.ulid), &e, NULL) == YQ_OK && e.id == c.id && e.documents == 3);
    CHECK("b out of c", yq_register_unmerge(w.reg, b.id, "office", "", NULL) == YQ_OK);
    CHECK("a is b", yq_register_entity(w.reader, &office, w.arena, yq_cstr(a.ulid), &e, NULL) == YQ_OK && e.id == b.id && e.documents == 2);
    CHECK("c alone", yq_register_entity(w.reader, &office, w.arena, yq_cstr(c.ulid), &e, NULL) == YQ_OK && e.documents == 1);
    yq_buf now = dump_of(w.store);
    CHECK("rebuild", yq_rebuild(w.store, NULL) == YQ_OK && same_dump(w.store, &now));
    yq_buf_free(&now);
    world_free(&w);
}

/* What a person told apart stays apart when the next document comes. */
static void never_overruled(void)
{
    static const told_document later = { "e.txt", "澜州市中心医院周岚出席。\n", "2025-07-01", { "澜州市中心医院" }, { { "周岚", 1, "院长" } }, NULL, NULL };
    world w;
    yq_viewer office = yq_viewer_office();
    yq_import_result result;
    yq_stmt *s;
    int64_t gone = 0;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_entity zhou = person_at(&w, "周岚", "澜州市中心医院");
    CHECK("an automatic merge", yq_db_prepare(yq_store_db(w.store), "SELECT gone FROM redirect WHERE keep = :keep ORDER BY gone LIMIT 1", &s, NULL) == YQ_OK);
    yq_bind_int(s, "keep", zhou.id);
    CHECK("can be undone", yq_one_int(s, 0, &gone, NULL) == YQ_OK && gone && yq_register_unmerge(w.reg, gone, "office", "two", NULL) == YQ_OK);
    CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK && tell(w.reg, &later, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
    CHECK("the new one could be either and joins neither", total_of(&w, &office, "周岚", "person") == 4);
    world_free(&w);
}

/* Told apart, then settled, then read again and settled: still apart; merged against the rules: still one. */
static const told_document with_nurse = { "a.txt", "卒中绿道研讨会（更正）\n李文静到会。\n", "2025-03-02", { NULL }, { { "李文静", 0, NULL } }, NULL, NULL };

static void settled_and_ruled(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_import_result result;
    yq_settle_outcome o;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_entity nurse = person_at(&w, "李文静", "汀阳市人民医院"), head = person_at(&w, "李文静", "云岭省人民医院"), zhou = person_at(&w, "周岚", "澜州市中心医院"), e;
    CHECK("merge", yq_register_merge(w.reg, head.id, nurse.id, "office", "", NULL) == YQ_OK);
    CHECK("settle keeps it", yq_register_settle(w.reg, &o, NULL) == YQ_OK && o.model == YQ_SETTLE_MODEL && total_of(&w, &office, "李文静", "person") == 1);
    int64_t gone = one_int(yq_store_db(w.store), "SELECT max(gone) FROM redirect r JOIN entity e ON e.id = r.gone WHERE e.kind = 'person' AND e.name = '周岚'");
    CHECK("unmerge", gone && yq_register_unmerge(w.reg, gone, "office", "two", NULL) == YQ_OK);
    size_t people = total_of(&w, &office, "周岚", "person");
    CHECK("settle never joins what a person took apart", yq_register_settle(w.reg, &o, NULL) == YQ_OK && total_of(&w, &office, "周岚", "person") >= people);
    CHECK("the id known outside leads on", yq_register_entity(w.reader, &office, w.arena, yq_cstr(zhou.ulid), &e, NULL) == YQ_OK && e.id);
    CHECK("read again", yq_register_begin(w.reg, NULL) == YQ_OK && tell(w.reg, &with_nurse, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
    CHECK("a merge survives another reading", result.outcome == YQ_IMPORT_REREAD && total_of(&w, &office, "李文静", "person") == 1);
    CHECK("and settling", yq_register_settle(w.reg, &o, NULL) == YQ_OK && total_of(&w, &office, "李文静", "person") == 1);
    CHECK("the old id of the merged one leads on", yq_register_entity(w.reader, &office, w.arena, yq_cstr(nurse.ulid), &e, NULL) == YQ_OK && e.documents == 2);
    yq_buf now = dump_of(w.store);
    CHECK("settled already", yq_register_settle(w.reg, &o, NULL) == YQ_OK && !o.changed && same_dump(w.store, &now));
    CHECK("rebuild", yq_rebuild(w.store, NULL) == YQ_OK && same_dump(w.store, &now));
    yq_buf_free(&now);
    world_free(&w);
}

/* ---------------------------------------------------------------- reading again */

static const told_document again = { "a.txt", "卒中绿道研讨会（更正）\n澜州市中心医院院长周岚作报告。\n", "2025-03-02", { "澜州市中心医院" },
                                     { { "周岚", 1, "院长" } }, NULL, NULL };

static size_t hits(world *w, const char *words)
{
    yq_terms terms = { 0 };
    yq_index_hit found[10];
    size_t n = 10;
    yq_viewer office = yq_viewer_office();
    yq_query_terms(w->arena, yq_cstr(words), false, &terms);
    yq_search_options o = { .top = 10 };
    return yq_index_search(yq_register_index(w->reg), &office, &terms, &o, found, &n, NULL) ? 99u : n;
}

static void reread(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_import_result result;
    yq_documents list;
    size_t total;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    CHECK("found before", hits(&w, "护理部") == 1);
    CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK && tell(w.reg, &again, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
    CHECK("read again", result.outcome == YQ_IMPORT_REREAD);
    CHECK("the same document", yq_register_documents(w.reader, &office, w.arena, YQ_S("a.txt"), 0, 10, &list, &total, NULL) == YQ_OK && total == 1 && list.v[0].id == result.document);
    CHECK("who is not in it any more is not there any more", person_at(&w, "李文静", "汀阳市人民医院").id == 0);
    CHECK("who is stays", person_at(&w, "周岚", "澜州市中心医院").documents == 3);
    CHECK("old words are not found", hits(&w, "护理部") == 0);
    CHECK("new ones are", hits(&w, "更正") == 1);
    CHECK("both readings are kept", one_int(yq_store_db(w.store), "SELECT count(*) FROM reading") == TOLD + 1);
    yq_buf now = dump_of(w.store);
    CHECK("rebuild", yq_rebuild(w.store, NULL) == YQ_OK && same_dump(w.store, &now));
    yq_buf_free(&now);
    world_free(&w);
}

/* ---------------------------------------------------------------- erasing one person */

static void erase(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_verify_report report;
    yq_entity e;
    yq_document d;
    yq_str clean;
    yq_facts facts;
    yq_nameds named;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_entity li = person_at(&w, "李文静", "汀阳市人民医院");
    CHECK("found before", hits(&w, "李文静") == 2);
    yq_hash first = yq_hash_of(yq_cstr(told[0].text)), second = yq_hash_of(yq_cstr(told[1].text));
    CHECK("originals are kept", yq_original_keep(w.store, &first, yq_cstr(told[0].text), NULL) == YQ_OK && yq_original_keep(w.store, &second, yq_cstr(told[1].text), NULL) == YQ_OK);
    CHECK("erase her part of the first entry", yq_erase_part(w.store, 1, 1, NULL) == YQ_OK);
    CHECK("the chain is whole", yq_verify(w.store, &report, NULL) == YQ_OK && report.originals == 1);
    yq_buf bytes = { 0 };
    CHECK("the original that names her is gone, the other is there",
          yq_original_read(w.store, &first, &bytes, NULL) == YQ_NOTFOUND && yq_original_read(w.store, &second, &bytes, NULL) == YQ_OK);
    yq_buf_free(&bytes);
    CHECK("she is not shown", yq_register_entity(w.reader, &office, w.arena, yq_cstr(li.ulid), &e, NULL) == YQ_NOTFOUND);
    CHECK("the document is", yq_register_document(w.reader, &office, w.arena, YQ_S("1048576"), &d, &clean, &facts, &named, NULL) == YQ_OK);
    CHECK("without her name, at the same length", clean.n == strlen(told[0].text) && !yq_has(clean, YQ_S("李文静")) && yq_has(clean, YQ_S("护理部主任■■■到会")));
    CHECK("the others are", yq_has(clean, YQ_S("周岚作")) && person_at(&w, "周岚", "澜州市中心医院").documents == 3);
    CHECK("her namesake elsewhere too", person_at(&w, "李文静", "云岭省人民医院").documents == 1);
    world_shut(&w);
    world_open(&w);
    CHECK("not found by words any more", hits(&w, "李文静") == 1);
    yq_buf now = dump_of(w.store);
    CHECK("rebuild", yq_rebuild(w.store, NULL) == YQ_OK && same_dump(w.store, &now));
    yq_buf_free(&now);
    world_free(&w);
}

/* ---------------------------------------------------------------- groups, crashes, the index */

static void groups(void)
{
    static const told_document bad = { "bad.txt", "a\x01" "b\n", "", { NULL }, { { NULL } }, NULL, NULL };
    world w;
    yq_import_result result;
    yq_err err = { 0 };
    world_new(&w);
    CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK);
    CHECK("one", tell(w.reg, &told[0], &result, NULL) == YQ_OK && result.found == 5 && result.doubtful == 0 && result.outcome == YQ_IMPORT_NEW);
    CHECK("one that is refused", tell(w.reg, &bad, &result, &err) == YQ_INVALID);
    yq_register_rollback(w.reg);
    CHECK("nothing is left", yq_journal_sequence(w.store) == 0 && one_int(yq_store_db(w.store), "SELECT count(*) FROM name") == 0);
    tell_all(&w, in_order, 2);
    CHECK("searchable after commit", hits(&w, "绿道") == 1);
    world_free(&w);
}

static void bytes_again(void)
{
    static const char text[] = "澜州市中心医院院长周岚作《卒中绿道》报告。\n";
    world w;
    yq_import_result first, second, other, changed;
    world_new(&w);
    CHECK("import", yq_register_import(w.reg, YQ_S("a.txt"), yq_cstr(text), &first, NULL) == YQ_OK && first.outcome == YQ_IMPORT_NEW);
    yq_buf before = dump_of(w.store), bytes = { 0 };
    yq_viewer office = yq_viewer_office(), stranger = { 2, YQ_SHARE_PUBLIC };
    yq_document d;
    yq_str id = yq_printf(w.arena, "%lld", (long long)first.document);
    CHECK("its bytes are kept", yq_register_original(w.reader, &office, w.arena, id, &d, &bytes, NULL) == YQ_OK && yq_eq(yq_buf_str(&bytes), yq_cstr(text)));
    CHECK("not for everybody", yq_register_original(w.reader, &stranger, w.arena, id, &d, &bytes, NULL) == YQ_NOTFOUND);
    yq_buf_free(&bytes);
    CHECK("again", yq_register_import(w.reg, YQ_S("a.txt"), yq_cstr(text), &second, NULL) == YQ_OK);
    CHECK("known", second.outcome == YQ_IMPORT_KNOWN && second.document == first.document && same_dump(w.store, &before));
    CHECK("under another name", yq_register_import(w.reg, YQ_S("b.txt"), yq_cstr(text), &other, NULL) == YQ_OK && other.outcome == YQ_IMPORT_KNOWN);
    CHECK("changed", yq_register_import(w.reg, YQ_S("a.txt"), YQ_S("汀阳市人民医院院长周岚到任。\n"), &changed, NULL) == YQ_OK);
    CHECK("is read again", changed.outcome == YQ_IMPORT_REREAD && changed.document == first.document);
    CHECK("back to the first text", yq_register_import(w.reg, YQ_S("a.txt"), yq_cstr(text), &second, NULL) == YQ_OK && second.outcome == YQ_IMPORT_REREAD);
    yq_err err = { 0 };
    int64_t entries = yq_journal_sequence(w.store);
    CHECK("an empty file is refused", yq_register_import(w.reg, YQ_S("e.txt"), YQ_S(""), &other, &err) == YQ_INVALID && err.msg[0]);
    CHECK("and leaves nothing", yq_journal_sequence(w.store) == entries);
    yq_buf_free(&before);
    world_free(&w);
}

static void index_lost(void)
{
    world w;
    char command[5000];
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    CHECK("found", hits(&w, "绿道") > 0);
    size_t n = hits(&w, "绿道");
    snprintf(command, sizeof command, "rm -rf '%s.index'", yq_store_file(w.store));
    world_shut(&w);
    CHECK("lose the index", system(command) == 0);
    world_open(&w);
    CHECK("made again", hits(&w, "绿道") == n);
    yq_store *s;
    yq_register *reg;
    CHECK("beside the writer", yq_store_open(w.base.url, &(yq_store_options){ .read_only = true }, &s, NULL) == YQ_OK && yq_register_open(s, &reg, NULL) == YQ_OK);
    yq_register *own = w.reg;
    w.reg = reg;
    CHECK("a reader finds the same", hits(&w, "绿道") == n);
    yq_import_result result;
    CHECK("and does not write", yq_register_import(reg, YQ_S("x.txt"), YQ_S("周岚"), &result, NULL) == YQ_DENIED);
    w.reg = own;
    yq_register_close(reg);
    yq_store_close(s);
    CHECK("rebuild throws it away", yq_register_rebuild(w.store, NULL) == YQ_OK);
    world_shut(&w);
    world_open(&w);
    CHECK("and it is made again", hits(&w, "绿道") == n);
    world_free(&w);
}

static void import_until_killed(fixture *f, int out)
{
    yq_store *s;
    yq_register *r;
    yq_import_result result;
    char name[64], text[256];
    if (yq_store_open(f->url, NULL, &s, NULL) || yq_register_open(s, &r, NULL)) _exit(1);
    for (int64_t i = yq_journal_sequence(s);; i++) {
        snprintf(name, sizeof name, "%lld.txt", (long long)i);
        snprintf(text, sizeof text, "第%lld届论坛在澜州举行，澜州市中心医院院长周岚致辞。\n", (long long)i);
        if (yq_register_begin(r, NULL) || yq_register_import(r, yq_cstr(name), yq_cstr(text), &result, NULL) || yq_register_commit(r, NULL)) _exit(1);
        if (write(out, &result.document, sizeof result.document) < 0) _exit(1);
    }
}

static void killed(void)
{
    world w;
    yq_verify_report report;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    for (unsigned round = 0; round < 4; round++) {
        int ends[2], status;
        int64_t document, last = 0;
        world_shut(&w);
        if (pipe(ends)) abort();
        pid_t child = fork();
        if (child == 0) import_until_killed(&w.base, ends[1]);
        close(ends[1]);
        if (read(ends[0], &document, sizeof document) == sizeof document) last = document;
        usleep(20000 + 17000 * round);
        kill(child, SIGKILL);
        while (read(ends[0], &document, sizeof document) == sizeof document) last = document;
        close(ends[0]);
        waitpid(child, &status, 0);
        CHECK("killed at work", WIFSIGNALED(status) && last);
        if (w.base.postgres) usleep(500000); /* until the server has seen it */
        world_open(&w);
        CHECK("verify", yq_verify(w.store, &report, NULL) == YQ_OK);
        yq_viewer office = yq_viewer_office();
        yq_document d;
        CHECK("the last told is there", yq_register_document(w.reader, &office, w.arena, yq_printf(w.arena, "%lld", (long long)last), &d, NULL, NULL, NULL, NULL) == YQ_OK);
        CHECK("and in the index", yq_index_count(yq_register_index(w.reg)) == (size_t)one_int(yq_store_db(w.store), "SELECT count(*) FROM passage"));
        yq_buf now = dump_of(w.store);
        CHECK("rebuild equal", yq_rebuild(w.store, NULL) == YQ_OK && same_dump(w.store, &now));
        yq_buf_free(&now);
    }
    world_free(&w);
}

/* ---------------------------------------------------------------- what is asked, and who asks */

static int64_t counted(world *w, const char *sql)
{
    yq_stmt *s;
    int64_t n = -1;
    CHECK("the question is one", yq_db_prepare(yq_store_db(w->store), sql, &s, NULL) == YQ_OK && yq_one_int(s, -1, &n, NULL) == YQ_OK);
    return n;
}

/* A challenge is one entity with its issuer, money and deadline; the issuer and the contact ask for it. A need of a list has askers as well. */
static void calls_and_askers(void)
{
    static const char calls[] = "关于发布汀阳省医学“揭榜挂帅”榜单的公告\n\n揭榜截止2031年5月31日。\n\n榜单一：骨折愈合的居家评估\n"
                                "发榜单位：汀阳市骨科医院。临床需求：愈合好坏全凭电话询问。资助150万元。联系人：何晓明。\n";
    static const char needs[] = "需求名称,需求单位,需求描述,联系人\n床旁凝血快检,汀阳市中心医院,急诊等凝血结果要一个小时,岳小禾\n";
    world w;
    yq_import_result result;
    world_new(&w);
    CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK);
    CHECK("a challenge", yq_register_import(w.reg, YQ_S("calls.txt"), yq_cstr(calls), &result, NULL) == YQ_OK);
    CHECK("a need", yq_register_import(w.reg, YQ_S("needs.csv"), yq_cstr(needs), &result, NULL) == YQ_OK);
    CHECK("commit", yq_register_commit(w.reg, NULL) == YQ_OK);
    CHECK("one call", counted(&w, "SELECT count(*) FROM entity WHERE kind = 'call'") == 1);
    CHECK("its need is no second thing", counted(&w, "SELECT count(*) FROM entity WHERE kind = 'need'") == 1);
    CHECK("issuer", counted(&w, "SELECT count(*) FROM fact f JOIN entity e ON e.id = f.subject AND e.kind = 'call' WHERE f.predicate = 'holder' AND f.object > 0") == 1);
    CHECK("money", counted(&w, "SELECT count(*) FROM fact WHERE predicate = 'budget' AND value = '150万元'") == 1);
    CHECK("deadline", counted(&w, "SELECT count(*) FROM fact WHERE predicate = 'deadline' AND date = '2031-05-31'") == 1);
    CHECK("two persons ask", counted(&w, "SELECT count(*) FROM fact f JOIN entity e ON e.id = f.subject AND e.kind = 'person' WHERE f.predicate = 'asks' AND f.object > 0") == 2);
    CHECK("two institutions ask",
          counted(&w, "SELECT count(*) FROM fact f JOIN entity e ON e.id = f.subject AND e.kind = 'organization' WHERE f.predicate = 'asks' AND f.object > 0") == 2);
    world_free(&w);
}

/* More people of one name than are looked at: the colleague is found among them, by an import and by settling. */
static void crowd(void)
{
    enum { CROWD = 80 };
    static const char marks[] = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲红晓华建国春梅志海波宁云飞龙雪琳佳欣宇晨浩思雨子英俊燕鹏鑫鹤凤兰玉珍淑芬萍莉颖慧婷瑞凯斌峰林东永德忠义成新庆祥";
    world w;
    yq_settle_outcome o;
    yq_import_result result;
    world_new(&w);
    CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK);
    for (int i = 0; i <= CROWD; i++) {
        int place = i < CROWD ? i : CROWD - 1; /* the last is named twice */
        const char *org = yq_dupz(w.arena, yq_printf(w.arena, "岚%.3s市人民医院", marks + 3 * place)), *name = yq_dupz(w.arena, yq_printf(w.arena, "%d.txt", i));
        const char *text = yq_dupz(w.arena, yq_printf(w.arena, "论坛\n%s主任王伟第%d次到会。\n", org, i));
        told_document t = { name, text, "2025-03-01", { org }, { { "王伟", 1, "主任" } }, NULL, NULL };
        CHECK("told", tell(w.reg, &t, &result, NULL) == YQ_OK);
    }
    CHECK("commit", yq_register_commit(w.reg, NULL) == YQ_OK);
    static const char people[] = "SELECT count(DISTINCT subject) FROM fact WHERE predicate = 'role'", facts[] = "SELECT count(*) FROM fact WHERE predicate = 'role'";
    CHECK("each has a role in each document", counted(&w, facts) == CROWD + 1);
    CHECK("who is named twice at one place is one, the others are others", counted(&w, people) == CROWD);
    CHECK("and settling sees the same", yq_register_settle(w.reg, &o, NULL) == YQ_OK && counted(&w, people) == CROWD);
    world_free(&w);
}

int main(void)
{
    find();
    crowd();
    identity();
    any_order();
    same_thing();
    older_tables();
    identities();
    merge();
    chain();
    never_overruled();
    settled_and_ruled();
    calls_and_askers();
    reread();
    erase();
    groups();
    bytes_again();
    index_lost();
    killed();
    return check_done();
}
