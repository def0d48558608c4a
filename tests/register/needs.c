/* Kept needs in the journal: acts, news told once, marks and who may take them back, weights, replay, erasure. */
#include "world.h"
#include "register/needs.h"

static const yq_viewer office = { YQ_OWN_INSTITUTION, YQ_SHARE_OWN };

static yq_code act(world *w, yq_need_act x, char *ulid, bool *changed)
{
    yq_err err = { 0 };
    char ignored[YQ_ULID_CHARS + 1];
    yq_code rc = yq_register_act(w->reg, &x, ulid ? ulid : ignored, changed, &err);
    return rc;
}

static yq_kept_need need_of(world *w, const char *text)
{
    yq_kept_need n;
    return yq_register_need_of(w->reader, &office, w->arena, &(yq_need_act){ .text = yq_cstr(text) }, &n, NULL) ? (yq_kept_need){ 0 } : n;
}

static size_t count_notices(world *w, int64_t need, bool unseen)
{
    yq_notices list;
    const yq_notice_filter f = { .need = need, .unseen = unseen };
    return yq_register_notices(w->reader, &office, w->arena, &f, &list, NULL) ? 999 : list.n;
}

static yq_notice first_notice(world *w, int64_t need)
{
    yq_notices list;
    const yq_notice_filter f = { .need = need };
    return yq_register_notices(w->reader, &office, w->arena, &f, &list, NULL) || !list.n ? (yq_notice){ 0 } : list.v[0];
}

static yq_document document(world *w, const char *name)
{
    yq_documents found;
    size_t total;
    return yq_register_documents(w->reader, &office, w->arena, yq_cstr(name), 0, 5, &found, &total, NULL) || total != 1 ? (yq_document){ 0 } : found.v[0];
}

/* The place of words in a document. */
static yq_shown place(world *w, int64_t need, int64_t entity, const char *name, const char *words)
{
    yq_str clean;
    yq_document d = document(w, name), same;
    yq_code rc = yq_register_document(w->reader, &office, w->arena, yq_cstr(d.ulid), &same, &clean, NULL, NULL, NULL);
    size_t at = rc ? 0 : yq_find(clean, yq_cstr(words), 0);
    CHECK(words, !rc && at != SIZE_MAX);
    return (yq_shown){ need, entity, d.id, { (uint32_t)at, (uint32_t)(at + strlen(words)) }, 0.5 };
}

static size_t tell_these(world *w, const yq_shown *v, size_t n)
{
    size_t news_told = 999;
    CHECK("told", yq_register_tell(w->reg, v, n, false, &news_told, NULL) == YQ_OK);
    return news_told;
}

/* The tables are the journal's, whatever state they are in. */
static void replays(world *w, const char *what)
{
    yq_buf before = dump_of(w->store);
    CHECK(what, yq_rebuild(w->store, NULL) == YQ_OK && same_dump(w->store, &before));
    yq_buf_free(&before);
}

/* ---------------------------------------------------------------- acts */

#define ZHOU_SAYS "汀阳市人民医院护理部主任李文静到会。"
#define BREATH "云岭省人民医院主任李文静主持论坛。"

static void kept(void)
{
    world w;
    char ulid[YQ_ULID_CHARS + 1], again[YQ_ULID_CHARS + 1];
    bool changed;
    world_new(&w);
    tell_all(&w, in_order, TOLD);
    yq_need_act keep = { .kind = YQ_ACT_KEEP, .text = YQ_S("想找护理部主任"), .who = YQ_S("张主任") };
    CHECK("keep", act(&w, keep, ulid, &changed) == YQ_OK && changed && strlen(ulid) == YQ_ULID_CHARS);
    keep.text = YQ_S("  想找護理部主任 ");
    CHECK("the same in another script: is kept", act(&w, keep, again, &changed) == YQ_OK && !changed && !strcmp(again, ulid));
    keep.want = YQ_S("person");
    CHECK("of one kind: another need", act(&w, keep, again, &changed) == YQ_OK && changed && strcmp(again, ulid));
    keep.where = YQ_S("region=华南;language=英语"), keep.without = YQ_S("unit=hospital");
    CHECK("with conditions beside it: another need", act(&w, keep, again, &changed) == YQ_OK && changed && strcmp(again, ulid));
    yq_kept_need held;
    CHECK("its conditions come back", yq_register_need(w.reader, &office, w.arena, yq_cstr(again), &held, NULL) == YQ_OK && yq_eq(held.where, keep.where) && yq_eq(held.without, keep.without));
    CHECK("it is known by them", yq_register_need_of(w.reader, &office, w.arena, &keep, &held, NULL) == YQ_OK && !strcmp(held.ulid, again));
    keep.where = keep.without = YQ_S("");
    yq_kept_need n = need_of(&w, "想找护理部主任");
    CHECK("as it was said", yq_eq(n.text, YQ_S("想找护理部主任")) && yq_eq(n.who, YQ_S("张主任")) && yq_eq(n.state, YQ_S("kept")) && n.kept_us > 0);
    CHECK("close", act(&w, (yq_need_act){ .kind = YQ_ACT_CLOSE, .need = yq_cstr(ulid) }, NULL, &changed) == YQ_OK && changed);
    CHECK("close again", act(&w, (yq_need_act){ .kind = YQ_ACT_CLOSE, .need = yq_cstr(ulid) }, NULL, &changed) == YQ_OK && !changed);
    CHECK("closed", yq_eq(need_of(&w, "想找护理部主任").state, YQ_S("closed")));
    keep.want = YQ_S(""), keep.who = YQ_S("");
    CHECK("kept again: it is the same", act(&w, keep, again, &changed) == YQ_OK && changed && !strcmp(again, ulid) && yq_eq(need_of(&w, "想找护理部主任").who, YQ_S("张主任")));
    replays(&w, "acts replay");
    world_free(&w);
}

static void refused(void)
{
    world w;
    bool changed;
    char *longer = malloc(YQ_NEED_BYTES + 2);
    world_new(&w);
    memset(longer, 'x', YQ_NEED_BYTES + 1);
    const struct { const char *what; yq_need_act act; yq_code code; } cases[] = {
        { "empty", { .kind = YQ_ACT_KEEP, .text = YQ_S(" ") }, YQ_INVALID },
        { "too long", { .kind = YQ_ACT_KEEP, .text = { longer, YQ_NEED_BYTES + 1 } }, YQ_INVALID },
        { "no UTF-8", { .kind = YQ_ACT_KEEP, .text = YQ_S("\xff\xfe") }, YQ_INVALID },
        { "no such need", { .kind = YQ_ACT_CLOSE, .need = YQ_S("01ARZ3NDEKTSV4RRFFQ69G5FAV") }, YQ_NOTFOUND },
        { "no need at all", { .kind = YQ_ACT_CLOSE }, YQ_INVALID },
        { "no such mark", { .kind = YQ_ACT_MARK, .text = YQ_S("x"), .entity = YQ_S("y"), .mark = YQ_S("loved") }, YQ_INVALID },
        { "no such answer", { .kind = YQ_ACT_MARK, .text = YQ_S("x"), .entity = YQ_S("01ARZ3NDEKTSV4RRFFQ69G5FAV"), .mark = YQ_S("met") }, YQ_NOTFOUND },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) CHECK(cases[i].what, act(&w, cases[i].act, NULL, &changed) == cases[i].code && !changed);
    CHECK("nothing was written", yq_journal_sequence(w.store) == 0);
    world_free(&w);
    free(longer);
}

/* An act as the socket of a server carries it. */
static void carried(void)
{
    yq_arena *a = yq_arena_new(1 << 20);
    const yq_shown shown = { 0, 7, 8, { 3, 9 }, 0.25 };
    yq_buf out = { 0 };
    yq_json j = yq_json_to(&out);
    yq_need_act x = { .kind = YQ_ACT_UNMARK, .need = YQ_S("n"), .text = YQ_S("“引号”\n"), .want = YQ_S("person"), .where = YQ_S("region=华南"), .without = YQ_S("unit=hospital"), .who = YQ_S("谁"), .entity = YQ_S("e"), .mark = YQ_S("met"), .shown = &shown,
                      .shown_count = 1 }, y;
    yq_act_json(&x, &j);
    CHECK("read", yq_act_read(a, yq_buf_str(&out), &y) && y.kind == x.kind && yq_eq(y.need, x.need) && yq_eq(y.text, x.text) && yq_eq(y.want, x.want) && yq_eq(y.who, x.who));
    CHECK("its conditions", yq_eq(y.where, x.where) && yq_eq(y.without, x.without));
    CHECK("all of it", yq_eq(y.entity, x.entity) && yq_eq(y.mark, x.mark) && y.shown_count == 1 && y.shown[0].entity == 7 && y.shown[0].document == 8 && y.shown[0].span.to == 9 && y.shown[0].score == 0.25);
    CHECK("what is none", !yq_act_read(a, YQ_S("{\"act\":\"dance\"}"), &y) && !yq_act_read(a, YQ_S("["), &y));
    yq_buf_free(&out);
    yq_arena_free(a);
}

/* ---------------------------------------------------------------- news */

static void news(void)
{
    world w;
    int64_t unseen, looked;
    world_new(&w);
    tell_all(&w, in_order, 1);
    yq_entity li = only(&w, "李文静", "person");
    const yq_shown known = place(&w, 0, li.id, "a.txt", ZHOU_SAYS);
    CHECK("keep, with an answer of today", act(&w, (yq_need_act){ .kind = YQ_ACT_KEEP, .text = YQ_S("护理"), .shown = &known, .shown_count = 1 }, NULL, NULL) == YQ_OK);
    CHECK("keep another", act(&w, (yq_need_act){ .kind = YQ_ACT_KEEP, .text = YQ_S("论坛") }, NULL, NULL) == YQ_OK);
    yq_kept_need care = need_of(&w, "护理"), forum = need_of(&w, "论坛");
    tell_all(&w, (const int[]){ 1 }, 1);
    yq_entities found;
    size_t total;
    CHECK("two of that name", yq_register_find(w.reader, &office, w.arena, YQ_S("李文静"), YQ_S("person"), 0, 5, &found, &total, NULL) == YQ_OK && total == 2);
    int64_t other = found.v[0].id == li.id ? found.v[1].id : found.v[0].id;
    const yq_shown all[] = { place(&w, care.id, li.id, "a.txt", ZHOU_SAYS), place(&w, care.id, other, "b.txt", BREATH), place(&w, care.id, other, "b.txt", BREATH),
                             place(&w, forum.id, other, "b.txt", BREATH) };
    CHECK("what was known, and what comes twice, is no news", tell_these(&w, all, 4) == 2);
    CHECK("told to each need", count_notices(&w, care.id, true) == 1 && count_notices(&w, forum.id, true) == 1 && count_notices(&w, 0, false) == 2);
    yq_notice n = first_notice(&w, care.id);
    CHECK("whole", yq_eq(n.name, YQ_S("李文静")) && yq_eq(n.sentence, YQ_S(BREATH)) && yq_eq(n.document_name, YQ_S("b.txt")) && n.fresh && n.unseen && n.score == 0.5 && yq_eq(n.organization, YQ_S("云岭省人民医院")));
    CHECK("never twice", tell_these(&w, all, 4) == 0);
    const yq_shown more = place(&w, care.id, other, "b.txt", "呼吸论坛");
    CHECK("another sentence of the same answer", tell_these(&w, &more, 1) == 1 && !first_notice(&w, care.id).fresh);
    CHECK("unseen", yq_register_unseen(w.reader, &office, &unseen, NULL) == YQ_OK && unseen == 3);
    CHECK("seen", act(&w, (yq_need_act){ .kind = YQ_ACT_SEEN, .need = yq_cstr(care.ulid) }, NULL, NULL) == YQ_OK);
    CHECK("of one need only", count_notices(&w, care.id, true) == 0 && count_notices(&w, care.id, false) == 2 && count_notices(&w, forum.id, true) == 1);
    CHECK("seen, all", act(&w, (yq_need_act){ .kind = YQ_ACT_SEEN }, NULL, NULL) == YQ_OK && yq_register_unseen(w.reader, &office, &unseen, NULL) == YQ_OK && unseen == 0);
    size_t none;
    CHECK("a mark that all was looked at", yq_register_tell(w.reg, NULL, 0, true, &none, NULL) == YQ_OK && yq_register_looked_at(w.reader, &looked, NULL) == YQ_OK &&
                                               looked == yq_journal_sequence(w.store));
    replays(&w, "news replays");
    world_free(&w);
}

/* A document that comes again in other words: what it said before is no news, and where it stands is found. */
static void read_again(void)
{
    world w;
    yq_import_result result;
    told_document next = told[0];
    world_new(&w);
    tell_all(&w, in_order, 1);
    CHECK("keep", act(&w, (yq_need_act){ .kind = YQ_ACT_KEEP, .text = YQ_S("护理") }, NULL, NULL) == YQ_OK);
    yq_kept_need care = need_of(&w, "护理");
    next.text = "卒中绿道论坛\n新添的一行在前面。\n汀阳市人民医院护理部主任李文静到会。\n李文静讲护理。\n";
    CHECK("begin", yq_register_begin(w.reg, NULL) == YQ_OK && tell(w.reg, &next, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
    yq_entity li = only(&w, "李文静", "person");
    const yq_shown v[] = { place(&w, care.id, li.id, "a.txt", ZHOU_SAYS), place(&w, care.id, li.id, "a.txt", "李文静讲护理。") };
    CHECK("only what is new in it", tell_these(&w, v, 2) == 1 && yq_eq(first_notice(&w, care.id).sentence, YQ_S("李文静讲护理。")));
    next.text = "卒中绿道论坛\n又添一行。\n再添一行，让后面的都往后移。\n李文静讲护理。\n";
    CHECK("again", yq_register_begin(w.reg, NULL) == YQ_OK && tell(w.reg, &next, &result, NULL) == YQ_OK && yq_register_commit(w.reg, NULL) == YQ_OK);
    yq_notice n = first_notice(&w, care.id);
    yq_shown now = place(&w, care.id, li.id, "a.txt", "李文静讲护理。");
    CHECK("it opens where it stands now", n.span.from == now.span.from && yq_eq(n.sentence, YQ_S("李文静讲护理。")));
    world_free(&w);
}

/* ---------------------------------------------------------------- marks */

static bool marks_are(world *w, int64_t need, const char *expected)
{
    yq_feedbacks list;
    yq_str all = YQ_S("");
    if (yq_register_feedback(w->reader, &office, w->arena, need, &list, NULL)) return false;
    for (size_t i = 0; i < list.n; i++) all = yq_printf(w->arena, "%.*s%s%.*s:%.*s", YQ_FMT(all), i ? " " : "", YQ_FMT(list.v[i].name), YQ_FMT(list.v[i].mark));
    if (yq_eq(all, yq_cstr(expected))) return true;
    fprintf(stderr, "  %.*s\n", YQ_FMT(all));
    return false;
}

static bool mark(world *w, yq_act_kind kind, const yq_entity *e, const char *mark_name)
{
    bool changed = false;
    CHECK(mark_name, act(w, (yq_need_act){ .kind = kind, .text = YQ_S("护理"), .entity = yq_cstr(e->ulid), .mark = yq_cstr(mark_name), .who = YQ_S("张主任") }, NULL, &changed) == YQ_OK);
    return changed;
}

static void marks(void)
{
    world w;
    yq_need_reports rows;
    world_new(&w);
    tell_all(&w, in_order, 2);
    yq_entities found;
    size_t total;
    yq_register_find(w.reader, &office, w.arena, YQ_S("李文静"), YQ_S("person"), 0, 5, &found, &total, NULL);
    yq_entity a = found.v[0], b = found.v[1], zhou = only(&w, "周岚", "person");
    CHECK("on a need that nobody keeps", mark(&w, YQ_ACT_MARK, &a, "useful") && yq_eq(need_of(&w, "护理").state, YQ_S("asked")));
    int64_t need = need_of(&w, "护理").id;
    CHECK("twice is once", !mark(&w, YQ_ACT_MARK, &a, "useful") && marks_are(&w, need, "李文静:useful"));
    CHECK("not useful takes its place", mark(&w, YQ_ACT_MARK, &a, "not_useful") && marks_are(&w, need, "李文静:not_useful"));
    CHECK("taken back", mark(&w, YQ_ACT_UNMARK, &a, "not_useful") && marks_are(&w, need, "") && !mark(&w, YQ_ACT_UNMARK, &a, "not_useful"));
    mark(&w, YQ_ACT_MARK, &a, "signed"), mark(&w, YQ_ACT_MARK, &a, "useful"), mark(&w, YQ_ACT_MARK, &b, "useful"), mark(&w, YQ_ACT_MARK, &zhou, "not_useful");
    CHECK("the report", yq_register_report(w.reader, &office, w.arena, &rows, NULL) == YQ_OK && rows.n == 2);
    const yq_need_report *r = &rows.v[rows.n - 1];
    CHECK("counts", r->shown == 3 && r->useful == 2 && r->not_useful == 1 && r->contacted == 1 && r->met == 1 && r->signed_ == 1 && r->declined == 0);
    CHECK("precision", yq_report_precision(r) > 0.66 && yq_report_precision(r) < 0.67 && yq_report_precision(&(yq_need_report){ 0 }) < 0);
    CHECK("merge", yq_register_merge(w.reg, a.id, b.id, "office", "", NULL) == YQ_OK);
    CHECK("one answer has the marks of both, once", marks_are(&w, need, "周岚:not_useful 李文静:useful 李文静:signed"));
    CHECK("and they are taken off both", mark(&w, YQ_ACT_UNMARK, &a, "useful") && marks_are(&w, need, "周岚:not_useful 李文静:signed"));
    replays(&w, "marks replay");
    world_free(&w);
}

/* ---------------------------------------------------------------- erasing */

static int64_t last_of_kind(world *w, const char *kind)
{
    yq_stmt *s;
    int64_t sequence = 0;
    bool row;
    if (yq_db_prepare(yq_store_db(w->store), "SELECT max(sequence) FROM entry WHERE kind = :kind", &s, NULL)) return 0;
    yq_bind_text(s, "kind", yq_cstr(kind));
    if (!yq_step(s, &row, NULL) && row) sequence = yq_col_int(s, 0);
    yq_finish(s);
    return sequence;
}

static void erased(void)
{
    world w;
    yq_need_reports rows;
    yq_verify_report report;
    world_new(&w);
    tell_all(&w, in_order, 1);
    yq_entity li = only(&w, "李文静", "person"), zhou = only(&w, "周岚", "person");
    CHECK("keep", act(&w, (yq_need_act){ .kind = YQ_ACT_KEEP, .text = YQ_S("护理"), .who = YQ_S("周岚") }, NULL, NULL) == YQ_OK);
    yq_kept_need care = need_of(&w, "护理");
    const yq_shown v[] = { place(&w, care.id, li.id, "a.txt", ZHOU_SAYS), place(&w, care.id, zhou.id, "a.txt", ZHOU_SAYS) };
    CHECK("told", tell_these(&w, v, 2) == 2);
    mark(&w, YQ_ACT_MARK, &zhou, "useful");
    mark(&w, YQ_ACT_MARK, &li, "met");
    int64_t about_li = last_of_kind(&w, "feedback");
    CHECK("erase what was said of one answer", yq_erase_part(w.store, about_li, 0, NULL) == YQ_OK && marks_are(&w, care.id, "周岚:useful"));
    mark(&w, YQ_ACT_MARK, &li, "met");
    CHECK("erase her from the document", yq_erase_part(w.store, 1, 1, NULL) == YQ_OK);
    CHECK("she is in no list any more", marks_are(&w, care.id, "周岚:useful") && count_notices(&w, care.id, false) == 1);
    CHECK("nor counted", yq_register_report(w.reader, &office, w.arena, &rows, NULL) == YQ_OK && rows.v[0].shown == 1 && rows.v[0].met == 0);
    CHECK("erase the need", yq_erase_part(w.store, last_of_kind(&w, "need"), 0, NULL) == YQ_OK);
    yq_kept_needs needs;
    CHECK("it is in no list any more", yq_register_needs(w.reader, &office, w.arena, YQ_S(""), &needs, NULL) == YQ_OK && needs.n == 0 && count_notices(&w, 0, false) == 0);
    CHECK("the chain is whole", yq_verify(w.store, &report, NULL) == YQ_OK);
    world_free(&w);
}

/* ---------------------------------------------------------------- weights, and stores from before */

static void weights(void)
{
    world w;
    int64_t version;
    yq_weight read[] = { { "best", 0.4 }, { "talk", 0 } };
    world_new(&w);
    CHECK("as shipped", yq_register_weights(w.reader, read, 2, &version, NULL) == YQ_OK && version == 0 && read[0].weight == 0.4);
    CHECK("first", yq_register_weigh(w.reg, (yq_weight[]){ { "best", 0.5 }, { "talk", -0.25 }, { "gone", 9 } }, 3, 40, &version, NULL) == YQ_OK && version == 1);
    CHECK("in force", yq_register_weights(w.reader, read, 2, &version, NULL) == YQ_OK && version == 1 && read[0].weight == 0.5 && read[1].weight == -0.25);
    CHECK("second", yq_register_weigh(w.reg, (yq_weight[]){ { "best", 0.75 } }, 1, 50, &version, NULL) == YQ_OK && version == 2);
    CHECK("back", yq_register_weigh(w.reg, NULL, 0, 0, &version, NULL) == YQ_OK && version == 0);
    read[0].weight = 0.4, read[1].weight = 0;
    CHECK("as shipped again", yq_register_weights(w.reader, read, 2, &version, NULL) == YQ_OK && version == 0 && read[0].weight == 0.4 && read[1].weight == 0);
    CHECK("no number is used twice", yq_register_weigh(w.reg, (yq_weight[]){ { "best", 1 } }, 1, 60, &version, NULL) == YQ_OK && version == 3);
    replays(&w, "weights replay");
    world_free(&w);
}

/* The tables of an older program lack ours; the writer makes them again from the journal when it opens. */
static void older_store(void)
{
    static const char sql[] = "DROP TABLE kept_need; DROP TABLE notice; DROP TABLE feedback; DROP TABLE weights; UPDATE meta SET value = '6' WHERE what = 'projection'";
    world w;
    world_new(&w);
    tell_all(&w, in_order, 1);
    yq_buf before = dump_of(w.store);
    CHECK("as it was before", yq_db_exec(yq_store_db(w.store), sql, NULL) == YQ_OK);
    world_shut(&w);
    world_open(&w);
    CHECK("the same, with the new tables", same_dump(w.store, &before));
    CHECK("a need can be kept", act(&w, (yq_need_act){ .kind = YQ_ACT_KEEP, .text = YQ_S("护理") }, NULL, NULL) == YQ_OK && need_of(&w, "护理").id);
    yq_buf_free(&before);
    world_free(&w);
}

int main(void)
{
    kept();
    refused();
    carried();
    news();
    read_again();
    marks();
    erased();
    weights();
    older_store();
    return check_done();
}
