/* What persons decide of who is who: split, told apart, joined - with facts and links, through another reading, a settling and a rebuild - and each taken back to the letter. */
#include "world.h"

enum { PAGE = 50 };

static yq_appearances_shown appearances_of(world *w, int64_t entity)
{
    yq_viewer office = yq_viewer_office();
    yq_appearances_shown list = { 0 };
    size_t total;
    CHECK("appearances", yq_register_appearances(w->reader, &office, w->arena, entity, 0, PAGE, &list, &total, NULL) == YQ_OK && total == list.n);
    return list;
}

static yq_rulings_shown rulings_on(world *w, int64_t entity)
{
    yq_viewer office = yq_viewer_office();
    yq_rulings_shown list = { 0 };
    CHECK("decisions", yq_register_rulings(w->reader, &office, w->arena, entity, &list, NULL) == YQ_OK);
    return list;
}

/* The appearance of a name in a document that is read now. */
static int64_t appearance_in(world *w, const char *document, const char *name)
{
    yq_stmt *s;
    int64_t id = 0;
    CHECK("look", yq_db_prepare(w->reader->db, "SELECT e.id FROM entity e JOIN document d ON d.id = e.document WHERE d.name = :document AND e.name = :name AND EXISTS (SELECT 1 FROM name n "
                                                "WHERE n.entity_was = e.id)", &s, NULL) == YQ_OK);
    yq_bind_text(s, "document", yq_cstr(document));
    yq_bind_text(s, "name", yq_cstr(name));
    CHECK("look", yq_one_int(s, 0, &id, NULL) == YQ_OK && id);
    return id;
}

static int64_t now_at(world *w, int64_t appearance)
{
    int64_t now = 0;
    CHECK("now", yq_identity_survivor(w->reader->db, appearance, &now, NULL) == YQ_OK);
    return now;
}

static yq_entity entity_at(world *w, int64_t appearance)
{
    yq_viewer office = yq_viewer_office();
    yq_entity e = { 0 };
    yq_register_entity(w->reader, &office, w->arena, yq_printf(w->arena, "%lld", (long long)appearance), &e, NULL);
    return e;
}

static void tell_one(world *w, const told_document *t)
{
    yq_import_result result;
    CHECK(t->name, yq_register_begin(w->reg, NULL) == YQ_OK && tell(w->reg, t, &result, NULL) == YQ_OK && yq_register_commit(w->reg, NULL) == YQ_OK);
}

static bool replays(world *w)
{
    yq_buf now = dump_of(w->store);
    bool same = yq_rebuild(w->store, NULL) == YQ_OK && same_dump(w->store, &now);
    yq_buf_free(&now);
    return same;
}

static void settle(world *w)
{
    yq_settle_outcome o;
    CHECK("settle", yq_register_settle(w->reg, &o, NULL) == YQ_OK);
}

/* ---------------------------------------------------------------- a split */

/* 周岚 of a.txt, b.txt and d.txt is one person by the rules: her hospital is the same. */
static void new_world(world *w, int64_t zhou[3])
{
    world_new(w);
    tell_all(w, in_order, TOLD);
    static const char *const documents[] = { "a.txt", "b.txt", "d.txt" };
    for (size_t i = 0; i < 3; i++) zhou[i] = appearance_in(w, documents[i], "周岚");
    CHECK("one", now_at(w, zhou[0]) == now_at(w, zhou[1]) && now_at(w, zhou[1]) == now_at(w, zhou[2]));
}

static bool apart(world *w, const int64_t zhou[3])
{
    return now_at(w, zhou[0]) != now_at(w, zhou[1]) && now_at(w, zhou[0]) == now_at(w, zhou[2]);
}

static void split(void)
{
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    settle(&w);
    yq_appearances_shown before = appearances_of(&w, now_at(&w, zhou[0]));
    CHECK("a name in each document, the latest first, with its post and its places", before.n == 3 && yq_eq(before.v[0].document_name, YQ_S("d.txt")) && yq_eq(before.v[1].position, YQ_S("院长")) &&
                                                                                         yq_eq(before.v[1].organization, YQ_S("澜州市中心医院")) && before.v[1].places == 1 && before.v[1].named == 1);
    int64_t facts = entity_at(&w, zhou[0]).facts;
    yq_buf whole = dump_of(w.store);
    CHECK("split", yq_register_split(w.reg, &zhou[1], 1, "office", "another hospital", NULL) == YQ_OK);
    int64_t number = yq_register_sequence(w.reg);
    CHECK("two, and what b.txt says went along", apart(&w, zhou) && entity_at(&w, zhou[1]).documents == 1 && entity_at(&w, zhou[0]).documents == 2);
    CHECK("no fact is lost", entity_at(&w, zhou[1]).facts > 0 && entity_at(&w, zhou[0]).facts + entity_at(&w, zhou[1]).facts == facts);
    yq_rulings_shown told_of = rulings_on(&w, now_at(&w, zhou[1]));
    CHECK("told with its number", told_of.n == 1 && told_of.v[0].sequence == number && yq_eq(told_of.v[0].verdict, YQ_S("split")) && yq_eq(told_of.v[0].why, YQ_S("another hospital")));
    settle(&w);
    CHECK("settling holds", apart(&w, zhou));
    CHECK("replays", replays(&w));
    CHECK("taken back", yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_OK);
    CHECK("to the letter", same_dump(w.store, &whole));
    CHECK("once only", yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_NOTFOUND);
    CHECK("replays", replays(&w) && rulings_on(&w, now_at(&w, zhou[0])).n == 0);
    yq_buf_free(&whole);
    world_free(&w);
}

/* The document comes again: the same bytes, and other ones. */
static void split_and_read_again(void)
{
    static const told_document again = { "b.txt", "呼吸论坛（更正）\n澜州市中心医院周岚院长致辞。\n", "2025-04-02", { "澜州市中心医院" }, { { "周岚", 1, "院长" } }, NULL, NULL };
    static const told_document more = { "e.txt", "澜州市中心医院周岚出席。\n", "2025-07-01", { "澜州市中心医院" }, { { "周岚", 1, "院长" } }, NULL, NULL };
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    CHECK("split", yq_register_split(w.reg, &zhou[1], 1, "office", "", NULL) == YQ_OK);
    int64_t number = yq_register_sequence(w.reg);
    for (int round = 0; round < 3; round++) {
        if (round < 2) tell_one(&w, round ? &again : &told[1]);
        else tell_one(&w, &told[0]);
        zhou[0] = appearance_in(&w, "a.txt", "周岚"), zhou[1] = appearance_in(&w, "b.txt", "周岚");
        CHECK("read again", apart(&w, zhou));
        settle(&w);
        CHECK("and settled", apart(&w, zhou));
    }
    tell_one(&w, &more);
    CHECK("who comes new could be either, and joins neither", now_at(&w, appearance_in(&w, "e.txt", "周岚")) == appearance_in(&w, "e.txt", "周岚"));
    CHECK("replays", replays(&w));
    CHECK("taken back", yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_OK);
    settle(&w);
    CHECK("one again, with all that was read since", now_at(&w, zhou[0]) == now_at(&w, zhou[1]) && entity_at(&w, zhou[0]).documents == 4);
    CHECK("replays", replays(&w));
    world_free(&w);
}

/* A name that was read twice before it was split off: the id known from the first reading goes along. */
static void read_again_and_split(void)
{
    static const told_document other = { "b.txt", "呼吸论坛（更正）\n澜州市中心医院周岚院长致辞。\n", "2025-04-02", { "澜州市中心医院" }, { { "周岚", 1, "院长" } }, NULL, NULL };
    world w;
    int64_t zhou[3];
    for (int changed = 0; changed < 2; changed++) {
        new_world(&w, zhou);
        int64_t former = zhou[1];
        tell_one(&w, changed ? &other : &told[1]);
        zhou[1] = appearance_in(&w, "b.txt", "周岚");
        CHECK("a new reading", zhou[1] != former && now_at(&w, zhou[1]) == now_at(&w, zhou[0]));
        CHECK("the former one cannot be named", yq_register_split(w.reg, &former, 1, "office", "", NULL) == YQ_INVALID);
        CHECK("split", yq_register_split(w.reg, &zhou[1], 1, "office", "", NULL) == YQ_OK && apart(&w, zhou));
        CHECK("the id known before leads to it", now_at(&w, former) == now_at(&w, zhou[1]));
        settle(&w);
        CHECK("and after settling", apart(&w, zhou) && now_at(&w, former) == now_at(&w, zhou[1]));
        CHECK("replays", replays(&w));
        world_free(&w);
    }
}

/* The first two of three go, the eldest among them: they stay one, the third leads itself. */
static void split_the_eldest(void)
{
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    yq_entity lead = entity_at(&w, zhou[0]), hospital = only(&w, "澜州市中心医院", "organization");
    yq_buf whole = dump_of(w.store);
    CHECK("split", yq_register_split(w.reg, zhou, 2, "office", "", NULL) == YQ_OK);
    int64_t number = yq_register_sequence(w.reg);
    CHECK("two of them are one", now_at(&w, zhou[0]) == now_at(&w, zhou[1]) && now_at(&w, zhou[2]) != now_at(&w, zhou[0]));
    settle(&w);
    CHECK("settling holds", now_at(&w, zhou[0]) == now_at(&w, zhou[1]) && now_at(&w, zhou[2]) != now_at(&w, zhou[0]));
    CHECK("the id known outside leads on", entity_at(&w, lead.id).documents == 2);
    CHECK("links lead to each", entity_at(&w, hospital.id).facts == hospital.facts);
    CHECK("a second split on top", yq_register_split(w.reg, &zhou[0], 1, "office", "", NULL) == YQ_OK && now_at(&w, zhou[0]) != now_at(&w, zhou[1]));
    int64_t second = yq_register_sequence(w.reg);
    CHECK("later decisions go first", yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_INVALID);
    CHECK("one after the other", yq_register_take_back(w.reg, second, "office", "", NULL) == YQ_OK && yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_OK);
    settle(&w);
    CHECK("as before", now_at(&w, zhou[0]) == now_at(&w, zhou[1]) && now_at(&w, zhou[1]) == now_at(&w, zhou[2]));
    CHECK("replays", replays(&w));
    yq_buf_free(&whole);
    world_free(&w);
}

static void split_refused(void)
{
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    int64_t other = appearance_in(&w, "a.txt", "李文静"), two[] = { zhou[0], other }, twice[] = { zhou[0], zhou[0] }, nobody = 12345, entries = yq_journal_sequence(w.store);
    CHECK("of two entities", yq_register_split(w.reg, two, 2, "office", "", NULL) == YQ_INVALID);
    CHECK("one named twice", yq_register_split(w.reg, twice, 2, "office", "", NULL) == YQ_INVALID);
    CHECK("all", yq_register_split(w.reg, zhou, 3, "office", "", NULL) == YQ_INVALID);
    CHECK("the only one", yq_register_split(w.reg, &other, 1, "office", "", NULL) == YQ_INVALID);
    CHECK("nobody", yq_register_split(w.reg, &nobody, 1, "office", "", NULL) == YQ_NOTFOUND && yq_register_split(w.reg, zhou, 0, "office", "", NULL) == YQ_INVALID);
    CHECK("a number that is no decision", yq_register_take_back(w.reg, 1, "office", "", NULL) == YQ_NOTFOUND && yq_register_take_back(w.reg, 999, "office", "", NULL) == YQ_NOTFOUND);
    CHECK("nothing is written", yq_journal_sequence(w.store) == entries);
    world_free(&w);
}

/* What was split off is merged elsewhere: the split cannot be taken back below that. */
static void split_then_merged(void)
{
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    int64_t alone = appearance_in(&w, "c.txt", "周岚");
    CHECK("split", yq_register_split(w.reg, &zhou[1], 1, "office", "", NULL) == YQ_OK);
    yq_buf parted = dump_of(w.store);
    int64_t number = yq_register_sequence(w.reg);
    CHECK("merged", yq_register_merge(w.reg, alone, zhou[1], "office", "", NULL) == YQ_OK);
    yq_err err = { 0 };
    CHECK("not now", yq_register_take_back(w.reg, number, "office", "", &err) == YQ_INVALID && yq_has(yq_cstr(err.msg), YQ_S("joined since")));
    CHECK("the merge first", yq_register_rule(w.reg, zhou[1], alone, YQ_S("undo"), "office", "", NULL) == YQ_OK && same_dump(w.store, &parted));
    CHECK("then the split", yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_OK && now_at(&w, zhou[0]) == now_at(&w, zhou[1]));
    CHECK("those that stay are merged into the one that went", yq_register_split(w.reg, &zhou[1], 1, "office", "", NULL) == YQ_OK);
    number = yq_register_sequence(w.reg);
    CHECK("by another pair", yq_register_merge(w.reg, zhou[1], zhou[2], "office", "", NULL) == YQ_OK && now_at(&w, zhou[0]) == zhou[1]);
    CHECK("no circle", yq_register_take_back(w.reg, number, "office", "", &err) == YQ_INVALID && yq_has(yq_cstr(err.msg), YQ_S("joined since")));
    CHECK("back", yq_register_rule(w.reg, zhou[1], zhou[2], YQ_S("undo"), "office", "", NULL) == YQ_OK && yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_OK);
    CHECK("joined again by name", yq_register_split(w.reg, &zhou[1], 1, "office", "", NULL) == YQ_OK && yq_register_merge(w.reg, zhou[0], zhou[1], "office", "", NULL) == YQ_OK);
    settle(&w);
    CHECK("the later decision holds", now_at(&w, zhou[0]) == now_at(&w, zhou[1]));
    CHECK("replays", replays(&w));
    yq_buf_free(&parted);
    world_free(&w);
}

/* ---------------------------------------------------------------- each decision taken back */

static const struct { const char *what, *verdict; bool one; } verdicts[] = { { "same", "same", true }, { "different", "different", false }, { "set aside", "undecided", false } };

static void taken_back(void)
{
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    int64_t alone = appearance_in(&w, "c.txt", "周岚");
    yq_buf before = dump_of(w.store);
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        CHECK(verdicts[i].what, yq_register_rule(w.reg, alone, zhou[0], yq_cstr(verdicts[i].verdict), "office", "", NULL) == YQ_OK && (now_at(&w, alone) == now_at(&w, zhou[0])) == verdicts[i].one);
        CHECK("replays", replays(&w));
        CHECK("by number", yq_register_take_back(w.reg, yq_register_sequence(w.reg), "office", "", NULL) == YQ_OK);
        CHECK("facts, links and doubts as before", same_dump(w.store, &before));
    }
    CHECK("an earlier decision holds again", yq_register_rule(w.reg, alone, zhou[0], YQ_S("different"), "office", "", NULL) == YQ_OK);
    yq_buf different = dump_of(w.store);
    CHECK("changed one's mind, and back", yq_register_rule(w.reg, zhou[0], alone, YQ_S("same"), "office", "", NULL) == YQ_OK &&
                                              yq_register_rule(w.reg, alone, zhou[0], YQ_S("undo"), "office", "", NULL) == YQ_OK && same_dump(w.store, &different));
    settle(&w);
    CHECK("and is obeyed", now_at(&w, alone) != now_at(&w, zhou[0]));
    yq_buf_free(&before);
    yq_buf_free(&different);
    world_free(&w);
}

/* Merged, then unmerged: the same tables but for the decision; that taken back: merged again. */
static void unmerge_restores(void)
{
    world w;
    int64_t zhou[3];
    new_world(&w, zhou);
    int64_t alone = appearance_in(&w, "c.txt", "周岚"), need = only(&w, "基层缺少夜间读片能力", "need").id;
    yq_entity before = entity_at(&w, alone), other = entity_at(&w, zhou[0]);
    CHECK("merge the elder into the younger", yq_register_merge(w.reg, alone, zhou[0], "office", "", NULL) == YQ_OK);
    CHECK("facts of both", entity_at(&w, alone).facts == before.facts + other.facts);
    yq_buf merged = dump_of(w.store);
    CHECK("unmerge by an id known outside", yq_register_unmerge(w.reg, zhou[1], "office", "", NULL) == YQ_OK);
    int64_t number = yq_register_sequence(w.reg);
    CHECK("facts of each as before", entity_at(&w, alone).facts == before.facts && entity_at(&w, zhou[0]).facts == other.facts && now_at(&w, zhou[1]) == now_at(&w, zhou[0]));
    CHECK("what asks is there", entity_at(&w, need).facts > 0);
    CHECK("replays", replays(&w));
    CHECK("taken back: merged to the letter", yq_register_take_back(w.reg, number, "office", "", NULL) == YQ_OK && same_dump(w.store, &merged));
    CHECK("replays", replays(&w));
    yq_buf_free(&merged);
    world_free(&w);
}

/* ---------------------------------------------------------------- one document may not join what a person took apart */

static const told_document at_three[] = {
    { "x.txt", "澜州市中心医院周岚到会。\n", "2025-01-01", { "澜州市中心医院" }, { { "周岚", 1, "院长" } }, NULL, NULL },
    { "y.txt", "汀阳市人民医院周岚到会。\n", "2025-01-02", { "汀阳市人民医院" }, { { "周岚", 1, "主任" } }, NULL, NULL },
    { "z.txt", "云岭省人民医院周岚到会。\n", "2025-01-03", { "云岭省人民医院" }, { { "周岚", 1, "主任" } }, NULL, NULL },
};

/* 周岚 who works at all three: whoever is found to be hers is one, over however many steps - but not those that a person told apart. */
static void joined_by_a_third(bool ruled)
{
    static const char text[] = "周岚先后任职于澜州市中心医院、汀阳市人民医院、云岭省人民医院。\n";
    world w;
    yq_reading reading;
    yq_findings f = { 0 };
    yq_import_result result = { 0 };
    int64_t id[3];
    world_new(&w);
    for (size_t i = 0; i < 3; i++) tell_one(&w, &at_three[i]);
    for (size_t i = 0; i < 3; i++) id[i] = appearance_in(&w, at_three[i].name, "周岚");
    CHECK("three", now_at(&w, id[0]) != now_at(&w, id[1]) && now_at(&w, id[1]) != now_at(&w, id[2]) && now_at(&w, id[0]) != now_at(&w, id[2]));
    if (ruled) CHECK("told apart", yq_register_rule(w.reg, id[1], id[2], YQ_S("different"), "office", "", NULL) == YQ_OK);
    const told_document third = { "t.txt", text, "2025-02-01", { "澜州市中心医院", "汀阳市人民医院", "云岭省人民医院" }, { { "周岚", 1, "院长" } }, NULL, NULL };
    reading_of(w.arena, &third, &reading);
    findings_of(w.arena, &third, &reading, &f);
    for (int org = 1; org < 3; org++) *yq_push(w.arena, &f.people.v[0].roles) = (yq_found_role){ org, YQ_S("主任"), evidence_of(&reading, "周岚") };
    CHECK("import", yq_register_begin(w.reg, NULL) == YQ_OK && yq_import_findings(w.reg, w.arena, &reading, (int64_t)reading.clean.n, &f, YQ_EXTRACT_VERSION, &result, NULL) == YQ_OK &&
                        yq_register_commit(w.reg, NULL) == YQ_OK);
    CHECK("the document joins the first two", now_at(&w, id[0]) == now_at(&w, id[1]));
    CHECK(ruled ? "and keeps apart whom a person told apart" : "and the third", (now_at(&w, id[1]) == now_at(&w, id[2])) == !ruled);
    CHECK("replays", replays(&w));
    world_free(&w);
}

int main(void)
{
    split();
    split_and_read_again();
    read_again_and_split();
    split_the_eldest();
    split_refused();
    split_then_merged();
    taken_back();
    unmerge_restores();
    joined_by_a_third(false);
    joined_by_a_third(true);
    return check_done();
}
