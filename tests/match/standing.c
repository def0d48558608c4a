/* Kept needs against documents that arrive: the bounds lose nothing, few pairs are matched in full, groups do not matter, and nothing is told twice or too early. */
#include "../register/world.h"
#include "match/standing.h"

static const yq_viewer office = { YQ_OWN_INSTITUTION, YQ_SHARE_OWN };

/* ---------------------------------------------------------------- made-up needs and documents */

static const char *const subjects[] = { "脉冲电场消融", "心房颤动", "糖尿病足", "人工耳蜗植入", "青光眼", "脑卒中", "肺结节", "肾动脉去神经", "压疮护理", "帕金森病", "胎心监护", "腹膜透析置管",
                                        "左心耳封堵", "膀胱起搏器", "经颅磁刺激", "手术机器人", "重离子治疗", "内镜黏膜下剥离", "骨质疏松", "乳腺癌筛查", "远程会诊", "可穿戴心电", "肠梗阻", "白内障" };
static const char *const asks[] = { "想找做过%s的医生", "哪家医院开展%s", "寻找%s的合作单位和设备", "%s的病人多，缺少合适的产品", "希望建设%s中心，找团队", "looking for a partner for %s",
                                    "想找投资机构支持%s的样机", "有没有已经获批的%s产品", "想找生产%s的厂家", "请推荐广东做过%s的三甲医院专家，最好会英语" };
static const char *const lines[] = { "%s%s主任%s介绍了%s的随访结果，听众提了许多问题。", "%s%s的%s长期从事研究，会后谈到%s。", "%s与%s签约，%s到场；双方将共同推进%s。",
                                     "%s%s尚未开展此项，%s说，%s预计明年启动。" };
static const char *const hospitals[] = { "深圳市屿衡医院", "北京市澜心医院", "澜州市中心医院", "汀阳市人民医院", "云岭省人民医院", "恒沚创投", "屿衡医疗科技有限公司" };
static const char *const wards[] = { "心内科", "眼科", "骨科", "护理部" };
static const char *const people[] = { "周岚", "李文静", "鹿鸣", "殷素问", "白露", "秦越川", "卓然", "龙溪", "顾临川", "蒲苇" };

static uint64_t state;
static size_t below(size_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state >> 33) % n;
}
#define ANY(list) (list)[below(sizeof(list) / sizeof *(list))]

enum { DOCUMENTS = 24, LINES = 4, TEXT = 2000 };

typedef struct {
    char name[16], text[TEXT], people[3][20];
    told_document told;
} made_document;

static void make_document(made_document *d, int number)
{
    snprintf(d->name, sizeof d->name, "n%02d.txt", number);
    int at = snprintf(d->text, TEXT, "%s交流会第%d期\n", ANY(subjects), number);
    d->told = (told_document){ .name = d->name, .text = d->text, .date = "2026-05-01" };
    for (int i = 0; i < LINES; i++) {
        const char *hospital = ANY(hospitals), *person = ANY(people);
        char line[500];
        snprintf(line, sizeof line, lines[below(4)], hospital, ANY(wards), person, ANY(subjects));
        at += snprintf(d->text + at, TEXT - (size_t)at, "%s\n", line);
        if (!i) d->told.orgs[0] = hospital;
        if (i < 3) {
            bool twice = false;
            for (int k = 0; k < i; k++) twice |= d->told.people[k].name && !strcmp(d->told.people[k].name, person);
            if (!twice) {
                int k = 0;
                while (d->told.people[k].name) k++;
                d->told.people[k].name = person;
                d->told.people[k].org = strstr(d->text, d->told.orgs[0]) && !strcmp(hospital, d->told.orgs[0]) ? 1 : 0;
                d->told.people[k].position = "主任";
            }
        }
    }
    if (below(3) == 0) d->told.technology = "卒中绿道分诊仪";
}

static made_document made[DOCUMENTS];

static void make_documents(void)
{
    state = 26;
    for (int i = 0; i < DOCUMENTS; i++) made[i] = (made_document){ 0 }, make_document(&made[i], i);
}

static void keep_with(world *w, const char *text, const char *want, const char *where, const char *without)
{
    char ulid[YQ_ULID_CHARS + 1];
    yq_need_act act = { .kind = YQ_ACT_KEEP, .text = yq_cstr(text), .want = yq_cstr(want), .where = yq_cstr(where), .without = yq_cstr(without), .who = YQ_S("office") };
    CHECK(text, yq_register_act(w->reg, &act, ulid, NULL, NULL) == YQ_OK);
}

static void keep(world *w, const char *text, const char *want)
{
    keep_with(w, text, want, "", "");
}

static void keep_many(world *w, size_t n)
{
    static const char *const kinds[] = { "", "person", "organization", "technology" };
    state = 7;
    for (size_t i = 0; i < n; i++) {
        char text[200];
        const char *ask_for = ANY(asks), *subject = ANY(subjects);
        snprintf(text, sizeof text, ask_for, subject);
        snprintf(text + strlen(text), sizeof text - strlen(text), "（%zu）", i);
        keep(w, text, kinds[below(4)]);
    }
}

/* In groups of so many documents. */
static void arrive(world *w, int from, int to, int group)
{
    yq_import_result result;
    yq_err err = { 0 };
    for (int i = from; i < to; i += group) {
        CHECK("begin", yq_register_begin(w->reg, NULL) == YQ_OK);
        for (int k = i; k < to && k < i + group; k++)
            if (!CHECK("arrives", tell(w->reg, &made[k].told, &result, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
        CHECK("commit", yq_register_commit(w->reg, NULL) == YQ_OK);
    }
}

/* All news, a line each, in an order that does not depend on when it was told. */
static int by_text(const void *a, const void *b)
{
    return yq_cmp(*(const yq_str *)a, *(const yq_str *)b);
}

static yq_str news_of(world *w)
{
    yq_notices list;
    yq_str all = YQ_S("");
    const yq_notice_filter f = { .limit = 100000 };
    if (yq_register_notices(w->reader, &office, w->arena, &f, &list, NULL)) return YQ_S("?");
    yq_str *lines_told = YQ_ARRAY(w->arena, yq_str, list.n + 1);
    for (size_t i = 0; i < list.n; i++)
        lines_told[i] = yq_printf(w->arena, "%.*s|%.*s|%.*s", YQ_FMT(list.v[i].need_text), YQ_FMT(list.v[i].name), YQ_FMT(list.v[i].sentence));
    qsort(lines_told, list.n, sizeof *lines_told, by_text);
    for (size_t i = 0; i < list.n; i++) all = yq_printf(w->arena, "%.*s%.*s\n", YQ_FMT(all), YQ_FMT(lines_told[i]));
    return all;
}

typedef struct {
    size_t needs;
    int group;
    bool exhaustive;
    yq_standing_counts counts;
    size_t news;
    char *text;
} run_of;

static void run(run_of *r)
{
    world w;
    yq_standing *s;
    world_new(&w);
    arrive(&w, 0, 4, 4);
    keep_many(&w, r->needs);
    CHECK("open", yq_standing_open(w.base.url, w.reg, NULL, NULL, &s, NULL) == YQ_OK);
    yq_standing_exhaustive(s, r->exhaustive);
    arrive(&w, 4, DOCUMENTS, r->group);
    r->counts = yq_standing_count(s);
    yq_str all = news_of(&w);
    r->text = strndup(all.p, all.n);
    for (size_t i = 0; i < all.n; i++) r->news += all.p[i] == '\n';
    yq_standing_close(s);
    world_free(&w);
}

static void bounds(void)
{
    run_of few = { .needs = 60, .group = 5 }, all = { .needs = 60, .group = 5, .exhaustive = true }, alone = { .needs = 60, .group = 1 };
    run(&few), run(&all), run(&alone);
    CHECK("there is news", few.news > 10);
    CHECK("the bounds lose nothing", !strcmp(few.text, all.text));
    size_t same = 0;
    while (few.text[same] && few.text[same] == all.text[same]) same++;
    if (few.text[same] != all.text[same]) fprintf(stderr, "  the first that differs: %.300s\n  and without bounds: %.300s\n", few.text + same, all.text + same);
    CHECK("nor does it matter what came together", few.news >= alone.news && alone.news > 10);
    CHECK("every pair was looked at", all.counts.pairs == 60 * (DOCUMENTS - 4) && few.counts.pairs == all.counts.pairs && few.counts.documents == DOCUMENTS - 4);
    CHECK("half of them at most are matched in full, though all speak of the same two dozen subjects", few.counts.matched * 2 <= all.counts.matched);
    CHECK("told as counted", (size_t)few.counts.told == few.news);
    printf("%lld of %lld pairs matched in full, %zu news\n", (long long)few.counts.matched, (long long)few.counts.pairs, few.news);
    free(few.text), free(all.text), free(alone.text);
}

/* ---------------------------------------------------------------- what is no news */

static const told_document expert = { "expert.txt", "学术日\n汀阳市人民医院泌尿外科主任欧阳霁月介绍了膀胱起搏器植入的经验。\n", "2026-06-01", { "汀阳市人民医院" }, { { "欧阳霁月", 1, "泌尿外科主任" } }, NULL, NULL },
                           second = { "second.txt", "学术日第二场\n云岭省人民医院泌尿外科主任司徒静怡演示膀胱起搏器植入。\n", "2026-06-02", { "云岭省人民医院" }, { { "司徒静怡", 1, "泌尿外科主任" } }, NULL, NULL },
                           canteen = { "canteen.txt", "食堂公告\n汀阳市人民医院食堂下周换菜单，总务科长龙溪负责。\n", "2026-06-03", { "汀阳市人民医院" }, { { "龙溪", 1, "总务科长" } }, NULL, NULL };

static void bring(world *w, const told_document *d)
{
    yq_import_result result;
    CHECK(d->name, yq_register_begin(w->reg, NULL) == YQ_OK && tell(w->reg, d, &result, NULL) == YQ_OK && yq_register_commit(w->reg, NULL) == YQ_OK);
}

static void count_told(void *arg)
{
    ++*(int *)arg;
}

static int64_t unseen(world *w)
{
    int64_t n = -1;
    CHECK("unseen", yq_register_unseen(w->reader, &office, &n, NULL) == YQ_OK);
    return n;
}

static void in_time(void)
{
    world w;
    yq_standing *s;
    int told_times = 0;
    int64_t looked, sequence;
    world_new(&w);
    CHECK("open", yq_standing_open(w.base.url, w.reg, count_told, &told_times, &s, NULL) == YQ_OK);
    bring(&w, &expert);
    sequence = yq_journal_sequence(w.store);
    keep(&w, "想找做过膀胱起搏器植入的医生", "person");
    CHECK("what was there before is no news, and no entry was made of it", unseen(&w) == 0 && told_times == 0 && yq_journal_sequence(w.store) == sequence + 1);
    bring(&w, &canteen);
    CHECK("what is about something else is none", unseen(&w) == 0 && told_times == 0);
    bring(&w, &second);
    CHECK("what arrives is, and it is said at once", unseen(&w) == 1 && told_times == 1);
    bring(&w, &second);
    CHECK("the same again is not", unseen(&w) == 1);
    yq_kept_needs needs;
    CHECK("close", yq_register_needs(w.reader, &office, w.arena, YQ_S("kept"), &needs, NULL) == YQ_OK && needs.n == 1);
    yq_need_act act = { .kind = YQ_ACT_CLOSE, .need = yq_cstr(needs.v[0].ulid) };
    char ulid[YQ_ULID_CHARS + 1];
    CHECK("close", yq_register_act(w.reg, &act, ulid, NULL, NULL) == YQ_OK);
    told_document third = second;
    third.name = "third.txt", third.text = "学术日第三场\n云岭省人民医院泌尿外科副主任苏晚舟演示膀胱起搏器植入。\n", third.people[0].name = "苏晚舟";
    bring(&w, &third);
    CHECK("closed: told no more", told_times == 1);
    yq_standing_close(s);
    CHECK("until where all was looked at is noted", yq_register_looked_at(w.reader, &looked, NULL) == YQ_OK && looked > 0);
    world_free(&w);
}

/* What came while nobody looked is looked at with the next document; what was looked at is not looked at again. */
static void catching_up(void)
{
    world w;
    yq_standing *s;
    int64_t looked;
    world_new(&w);
    keep(&w, "想找做过膀胱起搏器植入的医生", "person");
    bring(&w, &expert);
    keep(&w, "谁演示过膀胱起搏器植入", "person");
    CHECK("nobody looked", unseen(&w) == 0);
    CHECK("open", yq_standing_open(w.base.url, w.reg, NULL, NULL, &s, NULL) == YQ_OK);
    bring(&w, &canteen);
    CHECK("both were looked at; a need kept after the first is not told of it", unseen(&w) == 1 && yq_standing_count(s).documents == 2);
    yq_standing_close(s);
    CHECK("open again", yq_standing_open(w.base.url, w.reg, NULL, NULL, &s, NULL) == YQ_OK);
    told_document more = canteen;
    more.name = "more.txt", more.text = "食堂公告之二\n汀阳市人民医院食堂再换菜单，总务科长龙溪负责。\n";
    bring(&w, &more);
    CHECK("only the new one", yq_standing_count(s).documents == 1 && unseen(&w) == 1);
    yq_standing_close(s);
    CHECK("that it was looked at is noted, though it brought nothing", yq_register_looked_at(w.reader, &looked, NULL) == YQ_OK && looked == yq_journal_sequence(w.store));
    world_free(&w);
}

/* What older documents say of somebody makes nobody an answer whom a new one only names. */
static void by_itself(void)
{
    static const told_document named = { "named.txt", "年会通知\n泌尿外科年会由欧阳霁月主持，汀阳市人民医院承办会务。\n", "2026-06-05", { "汀阳市人民医院" }, { { "欧阳霁月", 0, NULL } }, NULL, NULL };
    world w;
    yq_standing *s;
    told_document head = expert;
    head.people[0].position = "膀胱起搏器植入中心主任"; /* the register knows it, from the older document */
    world_new(&w);
    bring(&w, &head);
    yq_entity known = only(&w, "欧阳霁月", "person");
    keep(&w, "泌尿外科膀胱起搏器植入", "person");
    CHECK("open", yq_standing_open(w.base.url, w.reg, NULL, NULL, &s, NULL) == YQ_OK);
    yq_standing_exhaustive(s, true);
    bring(&w, &named);
    yq_entities found;
    size_t total;
    CHECK("there are two of that name until somebody says they are one", yq_register_find(w.reader, &office, w.arena, YQ_S("欧阳霁月"), YQ_S("person"), 0, 5, &found, &total, NULL) == YQ_OK);
    for (size_t i = 0; i < found.n; i++)
        if (found.v[i].id != known.id) CHECK("merge", yq_register_merge(w.reg, known.id, found.v[i].id, "office", "", NULL) == YQ_OK);
    told_document again = named;
    again.name = "again.txt", again.text = "年会第二次通知\n泌尿外科年会改期，仍由欧阳霁月主持，汀阳市人民医院承办会务。\n";
    bring(&w, &again);
    yq_notices list;
    const yq_notice_filter f = { 0 };
    CHECK("news quotes the new document only", yq_register_notices(w.reader, &office, w.arena, &f, &list, NULL) == YQ_OK);
    CHECK("it says nothing of the need: there is none", list.n == 0);
    CHECK("it was matched in full", yq_standing_count(s).matched == 2);
    yq_standing_close(s);
    world_free(&w);
}

/* A title far above the passage that names somebody still says what it is about. */
static void titles(void)
{
    enum { LONG = 6000 };
    static char text[LONG];
    world w[2];
    int64_t news[2];
    told_document d = { "long.txt", text, "2026-06-06", { "汀阳市人民医院" }, { { "欧阳霁月", 0, NULL } }, NULL, NULL };
    int at = snprintf(text, LONG, "膀胱起搏器植入\n汀阳市人民医院承办。\n");
    for (int i = 0; i < 30; i++) at += snprintf(text + at, LONG - (size_t)at, "第%d项议程由会务组宣读，内容另行通知，请各位代表按时到场并保持安静。\n", i);
    snprintf(text + at, LONG - (size_t)at, "欧阳霁月作总结发言。\n");
    for (int k = 0; k < 2; k++) {
        yq_standing *s;
        world_new(&w[k]);
        bring(&w[k], &canteen);
        keep(&w[k], "膀胱起搏器植入", "person");
        CHECK("open", yq_standing_open(w[k].base.url, w[k].reg, NULL, NULL, &s, NULL) == YQ_OK);
        yq_standing_exhaustive(s, k);
        bring(&w[k], &d);
        news[k] = unseen(&w[k]);
        yq_standing_close(s);
        world_free(&w[k]);
    }
    CHECK("the same with bounds as without", news[0] == news[1]);
}

/* Every need is asked of the same two documents; names: who is told to it. */
static const struct { const char *what, *text, *where, *without, *names; } held[] = {
    { "no condition: both", "想找做过膀胱起搏器植入的医生", "", "", "司徒静怡 苏晚舟" },
    { "a region: only who is there", "想找广东做过膀胱起搏器植入的医生", "", "", "苏晚舟" },
    { "that it must not be", "想找做过膀胱起搏器植入的医生，不要广东的", "", "", "司徒静怡" },
    { "a wish keeps nobody out", "想找做过膀胱起搏器植入的医生，最好在广东", "", "", "司徒静怡 苏晚舟" },
    { "left out: it does not count", "想找广东做过膀胱起搏器植入的泌尿外科医生", "", "region=广东省", "司徒静怡 苏晚舟" },
    { "as a field", "想找做膀胱起搏器植入的医生", "region=广东", "", "苏晚舟" },
    { "a field goes before the words", "想找广东做过膀胱起搏器植入的专家", "region=北京", "", "司徒静怡" },
    { "a language that nobody is said to speak", "想找会阿拉伯语、做过膀胱起搏器植入的医生", "", "", "" },
    { "time: what was said too early", "想找2027年以来做过膀胱起搏器植入的医生", "", "", "" },
};

static yq_str names_told(world *w, const char *text, const char *where, const char *without)
{
    const yq_need_act asked = { .text = yq_cstr(text), .want = YQ_S("person"), .where = yq_cstr(where), .without = yq_cstr(without) };
    yq_kept_need n;
    yq_notices list;
    yq_str all = YQ_S("");
    if (yq_register_need_of(w->reader, &office, w->arena, &asked, &n, NULL) || yq_register_notices(w->reader, &office, w->arena, &(yq_notice_filter){ .need = n.id }, &list, NULL)) return YQ_S("?");
    for (size_t i = list.n; i-- > 0;) all = yq_printf(w->arena, "%.*s%s%.*s", YQ_FMT(all), all.n ? " " : "", YQ_FMT(list.v[i].name));
    return all;
}

/* What is told meets the conditions as an ordinary answer does. */
static void conditions(void)
{
    static const told_document north = { "north.txt", "学术日\n北京市澜心医院泌尿外科主任司徒静怡演示膀胱起搏器植入。\n", "2026-06-02", { "北京市澜心医院" }, { { "司徒静怡", 1, "泌尿外科主任" } }, NULL, NULL },
                               south = { "south.txt", "学术日\n深圳市屿衡医院泌尿外科主任苏晚舟演示膀胱起搏器植入。\n", "2026-06-03", { "深圳市屿衡医院" }, { { "苏晚舟", 1, "泌尿外科主任" } }, NULL, NULL },
                               plan = { "plan.txt", "规划\n深圳市屿衡医院泌尿外科主任苏晚舟说，预计2029年启动经颅磁刺激。\n", "2026-06-04", { "深圳市屿衡医院" }, { { "苏晚舟", 1, "泌尿外科主任" } }, NULL, NULL };
    world w;
    yq_standing *s;
    world_new(&w);
    bring(&w, &canteen);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) keep_with(&w, held[i].text, "person", held[i].where, held[i].without);
    keep(&w, "想找做经颅磁刺激的医生", "person");
    CHECK("open", yq_standing_open(w.base.url, w.reg, NULL, NULL, &s, NULL) == YQ_OK);
    bring(&w, &north);
    bring(&w, &south);
    bring(&w, &plan);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        yq_str names = names_told(&w, held[i].text, held[i].where, held[i].without);
        if (!CHECK(held[i].what, yq_eq(names, yq_cstr(held[i].names)))) fprintf(stderr, "  told: %.*s\n", YQ_FMT(names));
    }
    CHECK("what is only planned is no news", yq_eq(names_told(&w, "想找做经颅磁刺激的医生", "", ""), YQ_S("")));
    yq_standing_close(s);
    world_free(&w);
}

int main(void)
{
    make_documents();
    bounds();
    in_time();
    catching_up();
    by_itself();
    titles();
    conditions();
    return check_done();
}
