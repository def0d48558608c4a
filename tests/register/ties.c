/* A made-up world in which the right way is known; then the same world with facts that a viewer may not see. */
#include "world.h"

#include "register/ties.h"

typedef struct {
    const char *name;
    int org; /* 1…: place in orgs; 0: none */
    const char *position, *cohort, *talk;
} actor;

typedef struct {
    const char *name, *text, *date;
    const char *orgs[4];
    actor people[4];
    const char *event, *event_date; /* held by the first organisation, spoken at by those with a talk */
    const char *deal;               /* between the first two organisations */
    const char *technology;         /* held by the first organisation */
} scene;

/* 周岚 and 李文静 (of 汀阳) meet nowhere but in the last one. */
static const scene scenes[] = {
    { "forum.txt", "脑卒中论坛\n云岭省人民医院主办脑卒中论坛。\n澜州市中心医院院长周岚、云岭省人民医院主任顾临川分别作报告。\n", "2025-04-10",
      { "云岭省人民医院", "澜州市中心医院" }, { { "周岚", 2, "院长", NULL, "绿道" }, { "顾临川", 1, "主任", NULL, "取栓" } }, "脑卒中论坛", "2025-04-08", NULL, NULL },
    { "alumni.txt", "云岭医科大学校友会\n云岭医科大学1988级顾临川、云岭医科大学1988级李文静、1995级苏青禾回校。\n李文静现任汀阳市人民医院护理部主任，顾临川现任云岭省人民医院主任。\n",
      "2023-10-01", { "云岭医科大学", "汀阳市人民医院", "云岭省人民医院" },
      { { "顾临川", 3, "主任", "1988级", NULL }, { "李文静", 2, "护理部主任", "1988级", NULL }, { "苏青禾", 0, NULL, "1995级", NULL } }, "云岭医科大学校友会", "2023-10-01", NULL, NULL },
    { "signing.txt", "签约\n澜州市中心医院与云岭光学有限公司签署合作协议。\n云岭光学有限公司总经理白鹭洲出席，记者陆远志报道。\n", "2024-05-01",
      { "澜州市中心医院", "云岭光学有限公司" }, { { "白鹭洲", 2, "总经理", NULL, NULL }, { "陆远志", 0, NULL, NULL, NULL } }, NULL, NULL, "合作协议", "术中光学导航仪" },
    { "namesake.txt", "名单\n沙河县医院护士李文静。\n沙河县医院医生田禾。\n", "2024-06-01", { "沙河县医院" }, { { "李文静", 1, "护士", NULL, NULL }, { "田禾", 1, "医生", NULL, NULL } },
      NULL, NULL, NULL, NULL },
    { "secret.txt", "闭门会\n澜州市中心医院主办闭门会。\n澜州市中心医院院长周岚、汀阳市人民医院护理部主任李文静分别作报告。\n", "2025-05-01",
      { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长", NULL, "甲" }, { "李文静", 2, "护理部主任", NULL, "乙" } }, "闭门会", "2025-05-01", NULL, NULL },
};
enum { SCENES = sizeof scenes / sizeof *scenes, SECRET = SCENES - 1 };

static void put_orgs(yq_arena *a, const scene *t, const yq_reading *r, yq_findings *f)
{
    for (int i = 0; i < 4 && t->orgs[i]; i++) {
        yq_found_org *o = yq_push(a, &f->orgs);
        *o = (yq_found_org){ .name = yq_cstr(t->orgs[i]) };
        yq_evidence e = evidence_of(r, t->orgs[i]);
        for (size_t at = 0; (at = yq_find(r->plain, o->name, at)) != SIZE_MAX; at += o->name.n) {
            e.span = (yq_span){ (uint32_t)at, (uint32_t)(at + o->name.n) };
            e.sentence = line_of(r, e.span);
            *yq_push(a, &o->mentions) = e;
        }
    }
}

static void put_people(yq_arena *a, const scene *t, const yq_reading *r, yq_findings *f)
{
    for (int i = 0; i < 4 && t->people[i].name; i++) {
        const actor *who = &t->people[i];
        yq_found_person *p = yq_push(a, &f->people);
        *p = (yq_found_person){ .name = yq_cstr(who->name), .cohort = yq_cstr(who->cohort) };
        *yq_push(a, &p->mentions) = evidence_of(r, who->name);
        if (who->org) *yq_push(a, &p->roles) = (yq_found_role){ who->org - 1, yq_cstr(who->position), evidence_of(r, who->name) };
        if (who->talk) *yq_push(a, &f->talks) = (yq_found_talk){ i, yq_cstr(who->talk), YQ_S(""), evidence_of(r, who->name) };
    }
}

static void put_rest(yq_arena *a, const scene *t, const yq_reading *r, yq_findings *f)
{
    if (t->event) {
        yq_found_event *v = yq_push(a, &f->events);
        *v = (yq_found_event){ .name = yq_cstr(t->event), .evidence = evidence_of(r, t->event) };
        snprintf(v->date, sizeof v->date, "%s", t->event_date);
        *yq_push(a, &v->organizers) = (yq_found_organizer){ 0, "host" };
    }
    if (t->deal) {
        yq_found_deal *d = yq_push(a, &f->deals);
        *d = (yq_found_deal){ .kind = "cooperation", .subject = yq_cstr(t->deal), .evidence = evidence_of(r, t->deal) };
        *yq_push(a, &d->parties) = 0;
        *yq_push(a, &d->parties) = 1;
    }
    if (t->technology) *yq_push(a, &f->technologies) = (yq_found_technology){ .name = yq_cstr(t->technology), .holder = 1, .evidence = evidence_of(r, t->orgs[1]) };
}

static void play(world *w, const scene *t)
{
    const told_document page = { .name = t->name, .text = t->text, .date = t->date };
    yq_arena *a = yq_arena_new(64 << 20);
    yq_reading r;
    yq_findings f = { 0 };
    yq_import_result result = { 0 };
    yq_err err = { 0 };
    reading_of(a, &page, &r);
    put_orgs(a, t, &r, &f);
    put_people(a, t, &r, &f);
    put_rest(a, t, &r, &f);
    CHECK("begin", yq_register_begin(w->reg, &err) == YQ_OK);
    if (!CHECK(t->name, yq_import_findings(w->reg, a, &r, (int64_t)r.clean.n, &f, YQ_EXTRACT_VERSION, &result, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    CHECK("commit", yq_register_commit(w->reg, &err) == YQ_OK);
    yq_arena_free(a);
}

static void play_all(world *w, size_t n)
{
    world_new(w);
    for (size_t i = 0; i < n; i++) play(w, &scenes[i]);
}

/* ---------------------------------------------------------------- asking */

static yq_entity meant(world *w, const yq_viewer *v, const char *name)
{
    yq_entity e = { 0 };
    yq_err err = { 0 };
    if (yq_register_meant(w->reader, v, w->arena, yq_cstr(name), &e, &err)) fprintf(stderr, "  %s: %s\n", name, err.msg);
    return e;
}

static yq_code ask(world *w, const yq_viewer *v, const yq_entity *from, const yq_entity *to, size_t top, yq_ways *out)
{
    yq_ties *ties;
    yq_err err = { 0 };
    yq_code rc = yq_ties_read(w->reader, v, &ties, &err);
    if (!rc) rc = yq_register_ways(w->reader, ties, v, w->arena, from, to, top, out, &err);
    if (rc) fprintf(stderr, "  %s\n", err.msg);
    yq_ties_free(ties);
    return rc;
}

/* "澜州市中心医院 work 周岚 session 顾临川": the way as one line. */
static yq_str line(world *w, const yq_ways *found, size_t i)
{
    if (i >= found->ways.n) return YQ_S("none");
    yq_str s = found->from.name;
    for (size_t k = 0; k < found->ways.v[i].steps.n; k++) {
        const yq_way_step *step = &found->ways.v[i].steps.v[k];
        s = yq_printf(w->arena, "%.*s %s %.*s", YQ_FMT(s), yq_tie_word(step->kind), YQ_FMT(step->to.name));
    }
    return s;
}

static yq_entity li_of_tingyang(world *w, const yq_viewer *v)
{
    yq_entities found;
    size_t total;
    yq_register_find(w->reader, v, w->arena, YQ_S("李文静"), YQ_S("person"), 0, 10, &found, &total, NULL);
    for (size_t i = 0; i < found.n; i++)
        if (yq_eq(found.v[i].organization, YQ_S("汀阳市人民医院"))) return found.v[i];
    return (yq_entity){ 0 };
}

static const struct { const char *what, *from, *to, *way; } known[] = {
    { "an institution and its own", "澜州市中心医院", "周岚", "澜州市中心医院 work 周岚" },
    { "and back", "周岚", "澜州市中心医院", "周岚 work 澜州市中心医院" },
    { "two of one session", "周岚", "顾临川", "周岚 session 顾临川" },
    { "signed with each other", "澜州市中心医院", "云岭光学有限公司", "澜州市中心医院 deal 云岭光学有限公司" },
    { "by the partner to his manager", "周岚", "白鹭洲", "周岚 work 澜州市中心医院 deal 云岭光学有限公司 work 白鹭洲" },
    { "a school and its graduate", "云岭医科大学", "苏青禾", "云岭医科大学 school 苏青禾" },
    { "graduates of different years", "顾临川", "苏青禾", "顾临川 school 苏青禾" },
    { "colleagues", "田禾", "沙河县医院", "田禾 work 沙河县医院" },
    { "a thing leads to who holds it", "云岭光学有限公司", "术中光学导航仪", "none" },
    { "and from elsewhere too", "澜州市中心医院", "术中光学导航仪", "澜州市中心医院 deal 云岭光学有限公司" },
    { "named in one sentence only: no tie", "白鹭洲", "陆远志", "none" },
    { "no way leads there", "周岚", "田禾", "none" },
};

static void right_ways(void)
{
    world w;
    const yq_viewer office = yq_viewer_office();
    play_all(&w, SECRET);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        yq_ways found;
        yq_entity from = meant(&w, &office, known[i].from), to = meant(&w, &office, known[i].to);
        CHECK(known[i].what, ask(&w, &office, &from, &to, 1, &found) == YQ_OK);
        yq_str got = line(&w, &found, 0);
        if (!CHECK(known[i].what, yq_eq(got, yq_cstr(known[i].way)))) fprintf(stderr, "  %.*s\n", YQ_FMT(got));
    }
    world_free(&w);
}

static bool said(const yq_fact *f, const char *words)
{
    return yq_has(f->sentence_text, yq_cstr(words)) && f->document_ulid[0];
}

/* The way of the brief: from the hospital by a talk and a class to somebody in another town. */
static void steps_with_sources(void)
{
    world w;
    const yq_viewer office = yq_viewer_office();
    yq_ways found;
    play_all(&w, SECRET);
    yq_entity from = meant(&w, &office, "澜州市中心医院"), to = li_of_tingyang(&w, &office);
    CHECK("asks", ask(&w, &office, &from, &to, 3, &found) == YQ_OK && found.ways.n >= 1);
    yq_str got = line(&w, &found, 0);
    if (!CHECK("by a talk and a class", yq_eq(got, YQ_S("澜州市中心医院 work 周岚 session 顾临川 class 李文静")))) fprintf(stderr, "  %.*s\n", YQ_FMT(got));
    const yq_way_step *s = found.ways.v[0].steps.v;
    CHECK("her post", s[0].facts.n == 1 && said(&s[0].facts.v[0], "院长周岚") && yq_eq(s[0].facts.v[0].value, YQ_S("院长")) && yq_eq(s[0].date, YQ_S("2025-04-10")));
    CHECK("the forum, on its day", yq_eq(s[1].through.name, YQ_S("脑卒中论坛")) && yq_eq(s[1].date, YQ_S("2025-04-08")) && !s[1].detail.n);
    CHECK("both talks", s[1].facts.n == 2 && said(&s[1].facts.v[0], "周岚") && said(&s[1].facts.v[1], "顾临川") && yq_eq(s[1].facts.v[0].predicate, YQ_S("spoke")));
    CHECK("their school and class", yq_eq(s[2].through.name, YQ_S("云岭医科大学")) && yq_eq(s[2].detail, YQ_S("1988级")) && yq_eq(s[2].date, YQ_S("2023-10-01")));
    CHECK("strengths fall", found.ways.v[0].strength > 0 && found.ways.v[0].strength < 1 && (found.ways.n < 2 || found.ways.v[1].strength <= found.ways.v[0].strength));
    world_free(&w);
}

/* ---------------------------------------------------------------- edges */

static void ends(void)
{
    world w;
    const yq_viewer office = yq_viewer_office(), stranger = { 2, YQ_SHARE_PUBLIC };
    yq_ways found;
    yq_ties *ties;
    yq_err err = { 0 };
    play_all(&w, SECRET);
    yq_entity zhou = meant(&w, &office, "周岚"), tian = meant(&w, &office, "田禾"), thing = meant(&w, &office, "术中光学导航仪"), e, alone = meant(&w, &office, "陆远志");
    CHECK("asker and answer are one", ask(&w, &office, &zhou, &zhou, 3, &found) == YQ_OK && found.self && !found.ways.n && !found.has_contact);
    CHECK("no way: whom one should know", ask(&w, &office, &zhou, &tian, 3, &found) == YQ_OK && !found.ways.n && found.has_contact && yq_eq(found.contact.to.name, YQ_S("田禾")) &&
                                              found.contact.from.id != tian.id && found.contact.facts.n);
    CHECK("nobody is tied to him", ask(&w, &office, &zhou, &alone, 3, &found) == YQ_OK && !found.ways.n && !found.has_contact);
    CHECK("a thing cannot ask", yq_ties_read(w.reader, &office, &ties, &err) == YQ_OK && yq_register_ways(w.reader, ties, &office, w.arena, &thing, &zhou, 3, &found, &err) == YQ_INVALID);
    CHECK("ties are for their viewer only", yq_register_ways(w.reader, ties, &stranger, w.arena, &zhou, &tian, 3, &found, &err) == YQ_DENIED);
    CHECK("no way asked for", yq_register_ways(w.reader, ties, &office, w.arena, &zhou, &tian, 0, &found, &err) == YQ_INVALID);
    yq_ties_free(ties);
    CHECK("namesakes are not guessed between", yq_register_meant(w.reader, &office, w.arena, YQ_S("李文静"), &e, &err) == YQ_INVALID && strstr(err.msg, "汀阳市人民医院") && strstr(err.msg, "沙河县医院"));
    CHECK("nobody", yq_register_meant(w.reader, &office, w.arena, YQ_S("查无此人"), &e, &err) == YQ_NOTFOUND);
    CHECK("punctuation", yq_register_meant(w.reader, &office, w.arena, YQ_S("？"), &e, &err) == YQ_NOTFOUND);
    CHECK("by id", yq_register_meant(w.reader, &office, w.arena, yq_cstr(zhou.ulid), &e, &err) == YQ_OK && e.id == zhou.id);
    world_free(&w);
}

static void merged(void)
{
    world w;
    const yq_viewer office = yq_viewer_office();
    yq_ways found;
    play_all(&w, SECRET);
    yq_entity zhou = meant(&w, &office, "周岚"), tian = meant(&w, &office, "田禾"), keep = li_of_tingyang(&w, &office), gone = { 0 }, now;
    yq_entities list;
    size_t total;
    yq_register_find(w.reader, &office, w.arena, YQ_S("李文静"), YQ_S("person"), 0, 10, &list, &total, NULL);
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].id != keep.id) gone = list.v[i];
    CHECK("merge", yq_register_merge(w.reg, keep.id, gone.id, "office", "", NULL) == YQ_OK);
    now = meant(&w, &office, gone.ulid);
    CHECK("the id of one who was merged leads to who is left", now.id == keep.id);
    CHECK("through both her places", ask(&w, &office, &zhou, &tian, 1, &found) == YQ_OK && found.ways.n == 1);
    yq_str got = line(&w, &found, 0);
    if (!CHECK("a colleague of hers", yq_eq(got, YQ_S("周岚 session 顾临川 class 李文静 work 田禾")))) fprintf(stderr, "  %.*s\n", YQ_FMT(got));
    CHECK("unmerge", yq_register_unmerge(w.reg, gone.id, "office", "", NULL) == YQ_OK);
    CHECK("and the way is gone", ask(&w, &office, &zhou, &tian, 1, &found) == YQ_OK && !found.ways.n);
    world_free(&w);
}

/* Ties that are older than the store: a fact which was refused since then makes its way unsaid. */
static void outdated(void)
{
    world w;
    const yq_viewer office = yq_viewer_office();
    yq_ways found;
    yq_ties *ties;
    play_all(&w, SECRET);
    yq_entity zhou = meant(&w, &office, "周岚"), gu = meant(&w, &office, "顾临川");
    CHECK("ties", yq_ties_read(w.reader, &office, &ties, NULL) == YQ_OK);
    CHECK("there is a way", yq_register_ways(w.reader, ties, &office, w.arena, &zhou, &gu, 1, &found, NULL) == YQ_OK && found.ways.n == 1);
    CHECK("refuse", yq_db_exec(yq_store_db(w.store), "UPDATE fact SET state = 'refused' WHERE predicate = 'spoke'", NULL) == YQ_OK);
    CHECK("it is not told any more", yq_register_ways(w.reader, ties, &office, w.arena, &zhou, &gu, 1, &found, NULL) == YQ_OK && !found.ways.n);
    yq_ties_free(ties);
    CHECK("nor found anew", ask(&w, &office, &zhou, &gu, 3, &found) == YQ_OK);
    for (size_t i = 0; i < found.ways.n; i++)
        for (size_t k = 0; k < found.ways.v[i].steps.n; k++) CHECK("through no talk", found.ways.v[i].steps.v[k].kind != YQ_TIE_SESSION && found.ways.v[i].steps.v[k].kind != YQ_TIE_EVENT);
    world_free(&w);
}

static void exec_many(world *w, const char *format, int from, int to)
{
    char sql[600];
    for (int i = from; i < to; i++) {
        snprintf(sql, sizeof sql, format, i, i, i);
        if (yq_db_exec(yq_store_db(w->store), sql, NULL)) CHECK("insert", false);
    }
}

/* A congress with 5,000 speakers: 5,000 ties more, not millions. */
static void congress(void)
{
    enum { SPEAKERS = 5000, FIRST = 800000 };
    world w;
    const yq_viewer office = yq_viewer_office();
    yq_ties *before, *after;
    yq_ways found;
    play_all(&w, SECRET);
    CHECK("before", yq_ties_read(w.reader, &office, &before, NULL) == YQ_OK);
    CHECK("begin", yq_db_exec(yq_store_db(w.store), "BEGIN", NULL) == YQ_OK);
    exec_many(&w, "INSERT INTO entity (id, ulid, kind, name, survivor, document, owner, sharing, state, sequence) SELECT %d, 's%d', 'person', '', %d, document, owner, sharing, "
              "'found', sequence FROM entity WHERE kind = 'event' AND name = '脑卒中论坛'", FIRST, FIRST + SPEAKERS);
    exec_many(&w, "INSERT INTO fact (id, document, reading, predicate, subject, subject_was, object, object_was, value, date, span_from, span_to, sentence_from, sentence_to, "
              "confidence, voices, state, decision, typed, owner, sharing, sequence) SELECT 90000000 + %d, document, reading, 'spoke', %d, %d, object, object, value, date, 0, 0, 0, 1, confidence, voices, "
              "state, 0, 0, owner, sharing, sequence FROM fact WHERE id = (SELECT min(id) FROM fact WHERE predicate = 'spoke')", FIRST, FIRST + SPEAKERS);
    CHECK("commit", yq_db_exec(yq_store_db(w.store), "COMMIT", NULL) == YQ_OK);
    CHECK("after", yq_ties_read(w.reader, &office, &after, NULL) == YQ_OK);
    size_t more = yq_ties_count(after) - yq_ties_count(before);
    if (!CHECK("one tie a speaker to the congress and one to the session", more == 2 * SPEAKERS)) fprintf(stderr, "  %zu\n", more);
    yq_entity zhou = meant(&w, &office, "周岚"), li = li_of_tingyang(&w, &office);
    CHECK("the way is still found", yq_register_ways(w.reader, after, &office, w.arena, &zhou, &li, 3, &found, NULL) == YQ_OK && found.ways.n >= 1);
    yq_ties_free(before);
    yq_ties_free(after);
    world_free(&w);
}

/* ---------------------------------------------------------------- nobody sees more */

static const char *const ends_of_all[] = { "澜州市中心医院", "周岚", "顾临川", "云岭省人民医院", "汀阳市人民医院", "苏青禾", "云岭医科大学", "白鹭洲", "术中光学导航仪", "脑卒中论坛", "田禾" };
enum { ENDS = sizeof ends_of_all / sizeof *ends_of_all };

/* Every way between all of them, as this viewer is told. */
static yq_buf ask_all(world *w, const yq_viewer *v)
{
    yq_buf out = { 0 };
    yq_ties *ties;
    CHECK("ties", yq_ties_read(w->reader, v, &ties, NULL) == YQ_OK);
    for (size_t i = 0; i < ENDS; i++)
        for (size_t k = 0; k < ENDS; k++) {
            yq_entity from, to;
            yq_ways ways;
            yq_err err = { 0 };
            yq_code rc = yq_register_meant(w->reader, v, w->arena, yq_cstr(ends_of_all[i]), &from, &err);
            if (!rc) rc = yq_register_meant(w->reader, v, w->arena, yq_cstr(ends_of_all[k]), &to, &err);
            if (!rc) rc = yq_register_ways(w->reader, ties, v, w->arena, &from, &to, YQ_WAYS_TOP_MAX, &ways, &err);
            yq_json j = yq_json_to(&out);
            if (rc) yq_json_str(&j, yq_cstr(err.msg));
            else yq_ways_json(&ways, &j);
            yq_buf_byte(&out, '\n');
        }
    yq_ties_free(ties);
    return out;
}

static void for_each_table(world *w, const char *format, const char *compare)
{
    static const char *const tables[] = { "document", "passage", "entity", "name", "fact", "mention" };
    char sql[300];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, format, tables[i], i ? "document" : "id", compare);
        CHECK(tables[i], yq_db_exec(yq_store_db(w->store), sql, NULL) == YQ_OK);
    }
}

static void put_back_survivors(world *w)
{
    static const char sql[] = "INSERT INTO entity (id, ulid, kind, name, survivor, document, owner, sharing, state, sequence) "
                              "SELECT DISTINCT survivor, 'x' || survivor, kind, '', survivor, 0, 9, 9, '', 0 FROM entity e "
                              "WHERE NOT EXISTS (SELECT 1 FROM entity o WHERE o.id = e.survivor)";
    CHECK("the survivors' rows", yq_db_exec(yq_store_db(w->store), sql, NULL) == YQ_OK);
}

/* Each scene in turn is hidden, the others are public. */
static void hidden(size_t which)
{
    world w;
    const yq_viewer stranger = { 2, YQ_SHARE_PUBLIC }, office = yq_viewer_office();
    char secret[100];
    play_all(&w, SCENES);
    snprintf(secret, sizeof secret, "(SELECT id FROM document WHERE name = '%s')", scenes[which].name);
    yq_buf nothing = ask_all(&w, &stranger);
    CHECK("before anything is shared there is no way", !yq_has(yq_buf_str(&nothing), YQ_S("steps")));
    for_each_table(&w, "UPDATE %s SET sharing = 0 WHERE %s NOT IN %s", secret);
    yq_buf shared = ask_all(&w, &stranger), all = ask_all(&w, &office);
    CHECK("the stranger finds ways", yq_has(yq_buf_str(&shared), YQ_S("\"steps\"")));
    CHECK("other than the owner's", !yq_eq(yq_buf_str(&shared), yq_buf_str(&all)));
    if (which == SECRET) CHECK("not by the closed meeting", yq_has(yq_buf_str(&all), YQ_S("闭门会")) && !yq_has(yq_buf_str(&shared), YQ_S("闭门会")));
    int64_t document = one_int(yq_store_db(w.store), "SELECT coalesce(max(id), 0) FROM document WHERE sharing <> 0");
    char number[24];
    snprintf(number, sizeof number, "(%lld)", (long long)document);
    for_each_table(&w, "DELETE FROM %s WHERE %s IN %s", number);
    put_back_survivors(&w);
    yq_buf alone = ask_all(&w, &stranger);
    CHECK(scenes[which].name, document && yq_eq(yq_buf_str(&shared), yq_buf_str(&alone)));
    yq_buf_free(&nothing);
    yq_buf_free(&shared);
    yq_buf_free(&all);
    yq_buf_free(&alone);
    world_free(&w);
}

/* ---------------------------------------------------------------- kept while a server runs */

static void keeper(void)
{
    world w;
    const yq_viewer office = yq_viewer_office();
    yq_ties_keeper *k;
    const yq_ties *a, *b, *c;
    play_all(&w, 2);
    CHECK("opens", yq_ties_keeper_open(w.base.url, 60000, &k, NULL) == YQ_OK);
    CHECK("reads", yq_ties_take(k, w.reader, &office, &a, NULL) == YQ_OK && yq_ties_take(k, w.reader, &office, &b, NULL) == YQ_OK);
    CHECK("once", a == b);
    size_t before = yq_ties_count(a);
    int64_t sequence = yq_ties_sequence(a);
    play(&w, &scenes[2]);
    CHECK("again when something was written", yq_ties_take(k, w.reader, &office, &c, NULL) == YQ_OK && c != a && yq_ties_sequence(c) > sequence && yq_ties_count(c) > before);
    CHECK("who still holds the former ones keeps them", yq_ties_count(a) == before);
    yq_ties_give_back(k, a);
    CHECK("until the last gives them back", yq_ties_count(b) == before);
    yq_ties_give_back(k, b);
    yq_ties_give_back(k, c);
    for (int level = 0; level < 2 * YQ_TIES_VIEWERS; level++) {
        const yq_viewer v = { 2, level };
        CHECK("many viewers", yq_ties_take(k, w.reader, &v, &a, NULL) == YQ_OK);
        CHECK("each their own", (yq_ties_count(a) > 0) == (level >= YQ_SHARE_OWN));
        yq_ties_give_back(k, a);
    }
    yq_ties_keeper_close(k);
    world_free(&w);
}

/* A register that takes long to read: answers come from the former ties, and soon from the new ones. */
static void keeper_of_a_large_one(void)
{
    world w;
    const yq_viewer office = yq_viewer_office();
    yq_ties_keeper *k;
    const yq_ties *a, *b = NULL;
    play_all(&w, 2);
    CHECK("opens", yq_ties_keeper_open(w.base.url, -1, &k, NULL) == YQ_OK && yq_ties_take(k, w.reader, &office, &a, NULL) == YQ_OK);
    play(&w, &scenes[2]);
    CHECK("nobody waits", yq_ties_take(k, w.reader, &office, &b, NULL) == YQ_OK && b == a);
    for (int tries = 0; b == a && tries < 500; tries++) {
        yq_ties_give_back(k, b);
        usleep(20000);
        CHECK("takes", yq_ties_take(k, w.reader, &office, &b, NULL) == YQ_OK);
    }
    CHECK("then they are new", b != a && yq_ties_sequence(b) > yq_ties_sequence(a) && yq_ties_count(b) > yq_ties_count(a));
    yq_ties_give_back(k, a);
    yq_ties_give_back(k, b);
    play(&w, &scenes[3]);
    CHECK("asks", yq_ties_take(k, w.reader, &office, &a, NULL) == YQ_OK);
    yq_ties_give_back(k, a);
    yq_ties_keeper_close(k); /* while the thread is at it */
    world_free(&w);
}

int main(void)
{
    right_ways();
    steps_with_sources();
    ends();
    merged();
    outdated();
    congress();
    for (size_t i = 0; i < SCENES; i++) hidden(i);
    keeper();
    keeper_of_a_large_one();
    return check_done();
}
