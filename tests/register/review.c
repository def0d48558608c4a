/* What a person decided of facts: it shows everywhere, it can be taken back, and it holds when the document is read again. */
#include "world.h"

#include "intake/cage.h"
#include "register/review.h"
#include "register/ties.h"

#define FIRST "卒中绿道研讨会\n澜州市中心医院院长周岚作《卒中绿道》报告。\n汀阳市人民医院护理部主任李文静到会。\n"

static const told_document first = { "a.txt", FIRST, "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" },
                                     { { "周岚", 1, "院长" }, { "李文静", 2, "护理部主任" } }, "卒中绿道分诊仪", NULL };

static yq_facts facts_of(world *w)
{
    yq_viewer office = yq_viewer_office();
    yq_document d;
    yq_facts facts = { 0 };
    yq_documents list;
    size_t total;
    yq_err err = { 0 };
    if (yq_register_documents(w->reader, &office, w->arena, YQ_S("a.txt"), 0, 1, &list, &total, &err) || total != 1 ||
        yq_register_document(w->reader, &office, w->arena, yq_cstr(list.v[0].ulid), &d, NULL, &facts, NULL, &err))
        fprintf(stderr, "facts: %s\n", err.msg);
    return facts;
}

/* The fact of a predicate about somebody; {0}: none. More than one counts as none. */
static yq_fact about(world *w, const char *predicate, const char *subject)
{
    yq_facts all = facts_of(w);
    yq_fact found = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (yq_eq(all.v[i].predicate, yq_cstr(predicate)) && yq_eq(all.v[i].subject_name, yq_cstr(subject))) found = all.v[i], n++;
    return n == 1 ? found : (yq_fact){ 0 };
}

static bool stands(world *w, const char *subject, const char *state, const char *value, const char *object)
{
    yq_fact f = about(w, "role", subject);
    bool ok = f.id && yq_eq(f.state, yq_cstr(state)) && yq_eq(f.value, yq_cstr(value)) && yq_eq(f.object_name, yq_cstr(object));
    if (!ok) fprintf(stderr, "  %s: %.*s %.*s %.*s\n", subject, YQ_FMT(f.state), YQ_FMT(f.value), YQ_FMT(f.object_name));
    return ok;
}

static yq_code decide(world *w, int64_t fact, yq_judgement j, const char *value, const char *object)
{
    yq_fact_decision d = { .fact = fact, .judgement = j };
    yq_err err = { 0 };
    if (value) d.correction.value = yq_cstr(value);
    if (object) d.correction.object = yq_cstr(object);
    yq_code rc = yq_register_decide(w->reg, &d, 1, "office", NULL, &err);
    if (rc && rc != YQ_INVALID && rc != YQ_NOTFOUND) fprintf(stderr, "  %s\n", err.msg);
    return rc;
}

static bool replays(world *w)
{
    yq_buf now = dump_of(w->store);
    bool same = yq_register_rebuild(w->store, NULL) == YQ_OK && same_dump(w->store, &now);
    yq_buf_free(&now);
    return same;
}

static void tell_one(world *w, const told_document *t)
{
    yq_import_result result;
    yq_err err = { 0 };
    CHECK("begin", yq_register_begin(w->reg, &err) == YQ_OK);
    if (!CHECK(t->name, tell(w->reg, t, &result, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    if (!CHECK("commit", yq_register_commit(w->reg, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
}

static int64_t role_of(world *w, const char *subject)
{
    return about(w, "role", subject).id;
}

static size_t facts_about(world *w, const char *name, const char *kind)
{
    yq_viewer office = yq_viewer_office();
    yq_facts facts = { 0 };
    yq_entity e = only(w, name, kind);
    yq_register_facts(w->reader, &office, w->arena, e.id, &facts, NULL);
    return e.id && (size_t)e.facts == facts.n ? facts.n : 999;
}

/* ---------------------------------------------------------------- deciding */

static void accept_and_refuse(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_register_counts counts;
    yq_claims claims;
    size_t changed = 9;
    world_new(&w);
    tell_one(&w, &first);
    int64_t zhou = role_of(&w, "周岚"), li = role_of(&w, "李文静");
    CHECK("proposed at first", stands(&w, "周岚", "proposed", "院长", "澜州市中心医院"));
    CHECK("confirm", decide(&w, zhou, YQ_CONFIRM, NULL, NULL) == YQ_OK && stands(&w, "周岚", "confirmed", "院长", "澜州市中心医院"));
    CHECK("what is confirmed is sure", about(&w, "role", "周岚").confidence == 1);
    int64_t entries = yq_journal_sequence(w.store);
    CHECK("again changes nothing", yq_register_decide(w.reg, &(yq_fact_decision){ .fact = zhou, .judgement = YQ_CONFIRM }, 1, "office", &changed, NULL) == YQ_OK && !changed &&
                                       yq_journal_sequence(w.store) == entries);
    CHECK("refuse", decide(&w, li, YQ_REFUSE, NULL, NULL) == YQ_OK && stands(&w, "李文静", "refused", "护理部主任", "汀阳市人民医院"));
    CHECK("it leaves her page", facts_about(&w, "李文静", "person") == 0);
    CHECK("and that of the hospital", facts_about(&w, "汀阳市人民医院", "organization") == 0);
    yq_entity e = only(&w, "李文静", "person");
    CHECK("and the place beside her name", !e.position.n && !e.organization.n);
    CHECK("and what a match reads", yq_register_claims(w.reader, &office, w.arena, e.id, &claims, NULL) == YQ_OK && !claims.n);
    CHECK("and the counts", yq_register_count(w.reader, &office, &counts, NULL) == YQ_OK && counts.facts == 2);
    yq_fact f;
    CHECK("by its number it is not there", yq_register_fact(w.reader, &office, w.arena, li, &f, NULL) == YQ_NOTFOUND);
    CHECK("replays", replays(&w));
    CHECK("take back", decide(&w, li, YQ_TAKE_BACK, NULL, NULL) == YQ_OK && stands(&w, "李文静", "proposed", "护理部主任", "汀阳市人民医院"));
    CHECK("back on her page", facts_about(&w, "李文静", "person") == 1);
    CHECK("no decision is left of it", one_int(yq_store_db(w.store), "SELECT count(*) FROM decision") == 1);
    CHECK("no such fact", decide(&w, 12345, YQ_CONFIRM, NULL, NULL) == YQ_NOTFOUND);
    CHECK("replays with what was taken back", replays(&w));
    world_free(&w);
}

static void correct(void)
{
    world w;
    world_new(&w);
    tell_one(&w, &first);
    tell_one(&w, &told[1]);
    int64_t li = role_of(&w, "李文静");
    CHECK("a correction that says nothing", decide(&w, li, YQ_CORRECT, NULL, NULL) == YQ_INVALID);
    CHECK("or what was read", decide(&w, li, YQ_CORRECT, "护理部主任", "汀阳市人民医院") == YQ_INVALID);
    CHECK("another value", decide(&w, li, YQ_CORRECT, "护理部副主任", NULL) == YQ_OK && stands(&w, "李文静", "confirmed", "护理部副主任", "汀阳市人民医院"));
    yq_fact f = about(&w, "role", "李文静");
    CHECK("what was read is told beside it", f.corrected && yq_eq(f.read.value, YQ_S("护理部主任")));
    CHECK("it opens its sentence", yq_eq(f.sentence_text, YQ_S("汀阳市人民医院护理部主任李文静到会。")) && !f.former);
    CHECK("one fact on her page", facts_about(&w, "汀阳市人民医院", "organization") == 1);
    CHECK("replays", replays(&w));
    CHECK("corrected again, from another name of the document", decide(&w, f.id, YQ_CORRECT, "护士长", "澜州市中心医院") == YQ_OK &&
                                                                      stands(&w, "李文静", "confirmed", "护士长", "澜州市中心医院"));
    CHECK("what was read is still told", yq_eq(about(&w, "role", "李文静").read.value, YQ_S("护理部主任")));
    CHECK("one whom only the register knows", decide(&w, role_of(&w, "李文静"), YQ_CORRECT, "主任", "云岭省人民医院") == YQ_OK &&
                                                  stands(&w, "李文静", "confirmed", "主任", "云岭省人民医院"));
    CHECK("is the one it knows", only(&w, "云岭省人民医院", "organization").documents == 2);
    CHECK("one that nobody knows", decide(&w, role_of(&w, "李文静"), YQ_CORRECT, "主任", "屿衡康复医院") == YQ_OK && stands(&w, "李文静", "confirmed", "主任", "屿衡康复医院"));
    CHECK("is found from now on", only(&w, "屿衡康复医院", "organization").documents == 1);
    CHECK("the former one is not named here any more", only(&w, "云岭省人民医院", "organization").documents == 1);
    CHECK("replays with new names", replays(&w));
    CHECK("refused after all", decide(&w, role_of(&w, "李文静"), YQ_REFUSE, NULL, NULL) == YQ_OK && stands(&w, "李文静", "refused", "护理部主任", "汀阳市人民医院"));
    CHECK("taken back", decide(&w, role_of(&w, "李文静"), YQ_TAKE_BACK, NULL, NULL) == YQ_OK && stands(&w, "李文静", "proposed", "护理部主任", "汀阳市人民医院"));
    CHECK("what was typed is gone", only(&w, "屿衡康复医院", "organization").id == 0);
    CHECK("replays", replays(&w));
    world_free(&w);
}

/* All or none, over several documents. */
static void together(void)
{
    world w;
    size_t changed;
    world_new(&w);
    tell_one(&w, &first);
    int64_t zhou = role_of(&w, "周岚"), li = role_of(&w, "李文静");
    yq_fact_decision good[] = { { .fact = zhou, .judgement = YQ_CONFIRM }, { .fact = li, .judgement = YQ_REFUSE } };
    yq_fact_decision bad[] = { { .fact = zhou, .judgement = YQ_CONFIRM }, { .fact = 77, .judgement = YQ_REFUSE } };
    CHECK("one that is not there", yq_register_decide(w.reg, bad, 2, "office", &changed, NULL) == YQ_NOTFOUND && !changed);
    CHECK("spoils the others", stands(&w, "周岚", "proposed", "院长", "澜州市中心医院"));
    CHECK("two at once are one entry", yq_register_decide(w.reg, good, 2, "office", &changed, NULL) == YQ_OK && changed == 2 && yq_journal_sequence(w.store) == 2);
    CHECK("replays", replays(&w));
    world_free(&w);
}

/* ---------------------------------------------------------------- reading again */

static const struct {
    const char *what;
    told_document newer;
    struct { const char *subject, *state, *value, *object; } expect[2]; /* of 周岚 (院长 was confirmed) and 李文静 (护理部主任 was refused) */
} newer[] = {
    { "the same found again", { "a.txt", FIRST, "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长" }, { "李文静", 2, "护理部主任" } } },
      { { "周岚", "confirmed", "院长", "澜州市中心医院" }, { "李文静", "refused", "护理部主任", "汀阳市人民医院" } } },
    { "other persons first, so that every number moves", { "a.txt", FIRST, "2025-03-01", { "汀阳市人民医院", "澜州市中心医院" }, { { "李文静", 1, "护理部主任" }, { "周岚", 2, "院长" } } },
      { { "周岚", "confirmed", "院长", "澜州市中心医院" }, { "李文静", "refused", "护理部主任", "汀阳市人民医院" } } },
    { "what was confirmed is not found any more", { "a.txt", FIRST, "2025-03-01", { "汀阳市人民医院" }, { { "李文静", 1, "护理部主任" } } },
      { { "周岚", "confirmed", "院长", "澜州市中心医院" }, { "李文静", "refused", "护理部主任", "汀阳市人民医院" } } },
    { "nothing is found at all", { "a.txt", FIRST, "2025-03-01", { NULL }, { { NULL } } }, { { "周岚", "confirmed", "院长", "澜州市中心医院" } } },
    { "another claim is a proposal of its own", { "a.txt", FIRST, "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长" }, { "李文静", 2, "主任" } } },
      { { "周岚", "confirmed", "院长", "澜州市中心医院" }, { "李文静", "proposed", "主任", "汀阳市人民医院" } } },
    { "lines that the former reader had not", { "a.txt", "云岭日报\n" FIRST, "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长" }, { "李文静", 2, "护理部主任" } } },
      { { "周岚", "confirmed", "院长", "澜州市中心医院" }, { "李文静", "refused", "护理部主任", "汀阳市人民医院" } } },
};

static void hold_on(void)
{
    for (size_t i = 0; i < sizeof newer / sizeof *newer; i++) {
        world w;
        world_new(&w);
        tell_one(&w, &first);
        decide(&w, role_of(&w, "周岚"), YQ_CONFIRM, NULL, NULL);
        decide(&w, role_of(&w, "李文静"), YQ_REFUSE, NULL, NULL);
        char before[YQ_ULID_CHARS + 1];
        memcpy(before, only(&w, "周岚", "person").ulid, sizeof before);
        for (int times = 0; times < 2; times++) {
            tell_one(&w, &newer[i].newer);
            for (size_t k = 0; k < 2 && newer[i].expect[k].subject; k++)
                CHECK(newer[i].what, stands(&w, newer[i].expect[k].subject, newer[i].expect[k].state, newer[i].expect[k].value, newer[i].expect[k].object));
            yq_fact f = about(&w, "role", "周岚");
            CHECK(newer[i].what, yq_eq(f.sentence_text, YQ_S("澜州市中心医院院长周岚作《卒中绿道》报告。")) && !f.former);
            CHECK(newer[i].what, strcmp(before, only(&w, "周岚", "person").ulid) == 0);
            CHECK(newer[i].what, replays(&w));
        }
        world_free(&w);
    }
}

/* What a person meant is what the newer version finds, or not: it is there once. */
static void meant_stays(void)
{
    static const told_document wrong = { "a.txt", FIRST, "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长" }, { "李文静", 2, "护理部主任" } } };
    static const told_document right = { "a.txt", FIRST, "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长" }, { "李文静", 1, "护士长" } } };
    static const told_document none = { "a.txt", FIRST, "2025-03-01", { "澜州市中心医院" }, { { "周岚", 1, "院长" } } };
    const told_document *const order[] = { &wrong, &right, &none, &right, &wrong };
    world w;
    world_new(&w);
    tell_one(&w, &first);
    CHECK("correct", decide(&w, role_of(&w, "李文静"), YQ_CORRECT, "护士长", "澜州市中心医院") == YQ_OK);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        tell_one(&w, order[i]);
        CHECK("as it was meant", stands(&w, "李文静", "confirmed", "护士长", "澜州市中心医院"));
        CHECK("replays", replays(&w));
    }
    CHECK("taken back, the reading's own is there", decide(&w, role_of(&w, "李文静"), YQ_TAKE_BACK, NULL, NULL) == YQ_OK && stands(&w, "李文静", "proposed", "护理部主任", "汀阳市人民医院"));
    CHECK("replays", replays(&w));
    world_free(&w);
}

/* Its sentence is gone from the document: the decision stays, and opens the reading in which it stood. */
static void sentence_gone(void)
{
    static const told_document cut = { "a.txt", "卒中绿道研讨会\n汀阳市人民医院护理部主任李文静到会。\n", "2025-03-02", { "汀阳市人民医院" }, { { "李文静", 1, "护理部主任" } } };
    world w;
    world_new(&w);
    tell_one(&w, &first);
    decide(&w, role_of(&w, "周岚"), YQ_CONFIRM, NULL, NULL);
    tell_one(&w, &cut);
    yq_fact f = about(&w, "role", "周岚");
    CHECK("confirmed", stands(&w, "周岚", "confirmed", "院长", "澜州市中心医院"));
    CHECK("from the former reading", f.former && yq_eq(f.sentence_text, YQ_S("澜州市中心医院院长周岚作《卒中绿道》报告。")));
    CHECK("replays", replays(&w));
    tell_one(&w, &first);
    CHECK("back in the text", !about(&w, "role", "周岚").former && stands(&w, "周岚", "confirmed", "院长", "澜州市中心医院"));
    world_free(&w);
}

/* Two places of one wording: deciding one says nothing of the other. */
static void twice_said(void)
{
    static const told_document twice = { "a.txt", "通讯录\n澜州市中心医院院长周岚。\n附：\n澜州市中心医院院长周岚。\n", "2025-03-01", { "澜州市中心医院" }, { { "周岚", 1, "院长" } } };
    world w;
    yq_arena *a = yq_arena_new(64 << 20);
    yq_reading r;
    yq_findings f;
    yq_import_result result = { 0 };
    world_new(&w);
    reading_of(a, &twice, &r);
    findings_of(a, &twice, &r, &f);
    yq_found_role second = f.people.v[0].roles.v[0];
    uint32_t at = (uint32_t)yq_find(r.clean, YQ_S("周岚"), second.evidence.span.to);
    second.evidence.span = (yq_span){ at, at + 6 };
    second.evidence.sentence = line_of(&r, second.evidence.span);
    *yq_push(a, &f.people.v[0].roles) = second;
    for (int i = 0; i < 2; i++) {
        CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK && yq_import_findings(w.reg, a, &r, 1, &f, 1, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
        yq_facts all = facts_of(&w);
        if (i == 0) CHECK("refuse the second", all.n == 2 && decide(&w, all.v[1].id, YQ_REFUSE, NULL, NULL) == YQ_OK);
        all = facts_of(&w);
        CHECK("the first is proposed", all.n == 2 && yq_eq(all.v[0].state, YQ_S("proposed")));
        CHECK("the second refused", all.n == 2 && yq_eq(all.v[1].state, YQ_S("refused")));
    }
    yq_arena_free(a);
    world_free(&w);
}

/* ---------------------------------------------------------------- identities, and the whole way through the original */

static yq_code finds_little(yq_arena *a, const yq_reading *r, yq_findings *f, yq_err *err)
{
    (void)err;
    findings_of(a, &first, r, f);
    f->people.n = 1;
    return YQ_OK;
}

static yq_code finds_all(yq_arena *a, const yq_reading *r, yq_findings *f, yq_err *err)
{
    (void)err;
    findings_of(a, &first, r, f);
    return YQ_OK;
}

static void identities_hold(void)
{
    world w;
    yq_viewer office = yq_viewer_office();
    yq_entity e;
    world_new(&w);
    tell_one(&w, &first);
    tell_one(&w, &told[1]);
    tell_one(&w, &told[2]);
    yq_entities all;
    size_t total;
    CHECK("two of one name", yq_register_find(w.reader, &office, w.arena, YQ_S("李文静"), YQ_S("person"), 0, 10, &all, &total, NULL) == YQ_OK && total == 2);
    CHECK("one, says a person", yq_register_merge(w.reg, all.v[1].id, all.v[0].id, "office", "same", NULL) == YQ_OK);
    tell_one(&w, &first);
    tell_one(&w, &told[1]);
    CHECK("still one", only(&w, "李文静", "person").documents == 2);
    CHECK("under both ids", yq_register_entity(w.reader, &office, w.arena, yq_cstr(all.v[0].ulid), &e, NULL) == YQ_OK && e.documents == 2);
    CHECK("replays", replays(&w));
    CHECK("two after all", yq_register_unmerge(w.reg, all.v[0].id, "office", "", NULL) == YQ_OK);
    tell_one(&w, &first);
    tell_one(&w, &told[1]);
    CHECK("what was read again went with each", yq_register_find(w.reader, &office, w.arena, YQ_S("李文静"), YQ_S("person"), 0, 10, &all, &total, NULL) == YQ_OK && total == 2 &&
                                                     all.v[0].documents == 1 && all.v[1].documents == 1);
    CHECK("replays", replays(&w));
    world_free(&w);
}

static void from_the_original(void)
{
    static const yq_extractor newer_one = { finds_little, YQ_EXTRACT_VERSION + 1 }, older_one = { finds_all, YQ_EXTRACT_VERSION - 1 };
    static const char *const name[] = { "a.txt" };
    world w;
    yq_import_result result;
    yq_rereads todo;
    yq_err err = { 0 };
    world_new(&w);
    if (!CHECK("import", yq_register_import(w.reg, YQ_S("a.txt"), yq_cstr(FIRST), &result, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    int64_t document = result.document;
    CHECK("nothing is out of date", yq_register_to_reread(w.reg, w.arena, NULL, 0, &todo, NULL) == YQ_OK && todo.n == 0);
    CHECK("by an older version", yq_register_reread(w.reg, document, &older_one, &result, &err) == YQ_OK && result.outcome == YQ_IMPORT_REREAD && result.document == document);
    CHECK("that is out of date", yq_register_to_reread(w.reg, w.arena, NULL, 0, &todo, NULL) == YQ_OK && todo.n == 1 && todo.v[0].document == document);
    CHECK("by name", yq_register_to_reread(w.reg, w.arena, name, 1, &todo, NULL) == YQ_OK && todo.n == 1 && todo.v[0].document == document);
    decide(&w, role_of(&w, "李文静"), YQ_CONFIRM, NULL, NULL);
    CHECK("by a newer one", yq_register_reread(w.reg, document, &newer_one, &result, &err) == YQ_OK);
    CHECK("its version is noted", one_int(yq_store_db(w.store), "SELECT r.extract_version FROM reading r JOIN document d ON d.reading = r.id") == YQ_EXTRACT_VERSION + 1);
    CHECK("the former readings are kept", one_int(yq_store_db(w.store), "SELECT count(*) FROM reading") == 3);
    CHECK("what a person confirmed is there", stands(&w, "李文静", "confirmed", "护理部主任", "汀阳市人民医院"));
    CHECK("up to date", yq_register_to_reread(w.reg, w.arena, NULL, 0, &todo, NULL) == YQ_OK && todo.n == 0);
    CHECK("replays", replays(&w));
    yq_hash hash = yq_hash_of(yq_cstr(FIRST));
    CHECK("without the original", yq_original_forget(w.store, &hash, NULL) == YQ_OK && yq_register_reread(w.reg, document, NULL, &result, &err) == YQ_NOTFOUND);
    CHECK("no such document", yq_register_reread(w.reg, 5, NULL, &result, &err) == YQ_NOTFOUND);
    world_free(&w);
}

/* Who is erased takes along what was decided of them; what was typed is a part of its own. */
static void erased(void)
{
    world w;
    world_new(&w);
    tell_one(&w, &first);
    decide(&w, role_of(&w, "李文静"), YQ_CORRECT, "护士长", "澜州市中心医院");
    CHECK("what was typed can be erased", yq_erase_part(w.store, 2, 0, NULL) == YQ_OK);
    CHECK("then the fact is refused", stands(&w, "李文静", "refused", "护理部主任", "汀阳市人民医院"));
    CHECK("erase her part of the reading", yq_erase_part(w.store, 1, 1, NULL) == YQ_OK);
    CHECK("nothing decided is left of her", one_int(yq_store_db(w.store), "SELECT count(*) FROM decision") == 0 && !role_of(&w, "李文静"));
    CHECK("replays", replays(&w));
    world_free(&w);
}

static bool journal_holds(const world *w, const char *words)
{
    yq_stmt *s;
    bool row;
    CHECK("ask the bodies", yq_db_prepare(yq_store_db(w->store), "SELECT count(*) FROM body WHERE content LIKE :like", &s, NULL) == YQ_OK);
    yq_bind_text(s, "like", yq_printf(w->arena, "%%%s%%", words));
    bool holds = yq_step(s, &row, NULL) == YQ_OK && row && yq_col_int(s, 0) > 0;
    yq_finish(s);
    return holds;
}

/* What was typed of a person goes with them, also what was taken back since; what was typed of others stays. */
static void erased_with_what_was_typed(void)
{
    world w;
    world_new(&w);
    tell_one(&w, &first);
    decide(&w, role_of(&w, "李文静"), YQ_CORRECT, "轮值护士长", NULL);
    decide(&w, role_of(&w, "李文静"), YQ_TAKE_BACK, NULL, NULL);
    decide(&w, role_of(&w, "李文静"), YQ_CORRECT, "代理护士长", NULL);
    decide(&w, role_of(&w, "周岚"), YQ_CORRECT, "李文静的导师", NULL);
    CHECK("typed of her", journal_holds(&w, "轮值护士长") && journal_holds(&w, "代理护士长") && journal_holds(&w, "的导师"));
    CHECK("erase her", yq_register_erase(w.store, 1, 1, NULL) == YQ_OK);
    CHECK("what was typed of her is gone", !journal_holds(&w, "轮值护士长") && !journal_holds(&w, "代理护士长"));
    CHECK("and what names her", !journal_holds(&w, "的导师") && !journal_holds(&w, "李文静"));
    CHECK("replays", replays(&w));
    world_free(&w);
    world_new(&w);
    tell_one(&w, &first);
    CHECK("typed of the other", decide(&w, role_of(&w, "周岚"), YQ_CORRECT, "荣誉院长", NULL) == YQ_OK && journal_holds(&w, "荣誉院长"));
    yq_err err = { 0 };
    if (!CHECK("erase the other", yq_register_erase(w.store, 1, 1, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    CHECK("her name is gone", !journal_holds(&w, "李文静"));
    CHECK("what was typed of others stays", journal_holds(&w, "荣誉院长"));
    CHECK("no such part", yq_register_erase(w.store, 1, 40, NULL) == YQ_NOTFOUND && yq_register_erase(w.store, 1, 1, NULL) == YQ_NOTFOUND);
    CHECK("replays", replays(&w));
    world_free(&w);
}

int main(void)
{
    yq_err err = { 0 };
    if (yq_cage_start(NULL, &err) != YQ_OK) return fprintf(stderr, "%s\n", err.msg), EXIT_FAILURE;
    accept_and_refuse();
    correct();
    together();
    hold_on();
    meant_stays();
    sentence_gone();
    twice_said();
    identities_hold();
    from_the_original();
    erased();
    erased_with_what_was_typed();
    return check_done();
}
