/* Needs put to a register of hand-made findings: who comes first, why, and when nobody does. */
#include "../register/world.h"
#include "match/evidence.h"

/* ---------------------------------------------------------------- the register */

static const told_document told_here[] = {
    { "heart.txt",
      "心脏论坛\n澜州市中心医院心内科主任周岚介绍了脉冲电场消融治疗心房颤动的随访结果，汀阳市人民医院护理部主任李文静主持会议，记者叶知秋到场报道。\n",
      "2025-03-01", { "澜州市中心医院", "汀阳市人民医院" },
      { { "周岚", 1, "心内科主任" }, { "李文静", 2, "护理部主任" }, { "叶知秋", 0, "记者" } }, NULL, NULL },
    { "stroke.txt", "卒中研讨会\n云岭省人民医院推出卒中绿道分诊仪，院长鹿鸣说，救护车上就能判断患者要不要转诊。\n", "2025-04-01", { "云岭省人民医院" },
      { { "鹿鸣", 1, "院长" } }, "卒中绿道分诊仪", NULL },
    { "money.txt", "签约仪式\n云岭省人民医院与恒沚创投共建样机转化的团队。\n", "2025-05-02", { "云岭省人民医院", "恒沚创投" }, { { NULL, 0, NULL } }, NULL, NULL },
    { "lists.txt", "护理通报\n殷素问讲压疮护理。\n殷素问讲压疮护理。\n殷素问讲压疮护理。\n白露讲导尿护理。\n", "2025-05-01", { NULL },
      { { "殷素问", 0, NULL }, { "白露", 0, NULL } }, NULL, NULL },
    { "society.txt", "换届\n云岭省护理学会选举秦越川为副会长。\n", "2025-08-01", { "云岭省护理学会" }, { { "秦越川", 1, "副会长" } }, NULL, NULL },
    { "clinic.txt", "伤口造口门诊\n汀阳市人民医院造口治疗师秦越川介绍造口旁疝的腹带。\n", "2024-02-01", { "汀阳市人民医院" },
      { { "秦越川", 1, "造口治疗师" } }, NULL, NULL },
    { "list-a.txt", "成果\n澜州市中心医院\n载氧水凝胶敷料\n用于糖尿病足创面，持续供氧。\n", "2025-01-01", { "澜州市中心医院" }, { { NULL, 0, NULL } },
      "载氧水凝胶敷料", NULL },
    { "calls-a.txt", "榜单\n“帕金森震颤手环”一项已撤销。\n", "2026-02-01", { NULL }, { { NULL } }, NULL, NULL, "帕金森震颤手环", "stopped" },
    { "calls-b.txt", "榜单\n“孕妇胎心贴片”正在征集。\n", "2026-02-02", { NULL }, { { NULL } }, NULL, NULL, "孕妇胎心贴片", "open" },
    { "later.txt", "建设\n云岭省人民医院重离子治疗中心在建，尚未开展重离子治疗。\n汀阳市人民医院开展重离子治疗。\n", "2026-03-02", { "云岭省人民医院", "汀阳市人民医院" },
      { { NULL, 0, NULL } }, NULL, NULL },
    { "asks.txt", "来信\n镇医院的龙溪想找会腹膜透析置管的医生。\n云岭省人民医院的卓然做腹膜透析置管已有十年。\n", "2026-03-01", { "云岭省人民医院" },
      { { "龙溪", 0, NULL }, { "卓然", 1, NULL } }, NULL, NULL, NULL, NULL, "龙溪" },
    { "list-b.txt", "成果\n汀阳市人民医院试用载氧水凝胶敷料，治糖尿病足创面。\n", "2025-02-01", { "汀阳市人民医院" }, { { NULL, 0, NULL } }, "载氧水凝胶敷料", NULL },
    { "trade.txt", "展会\n屿衡医疗科技有限公司的顾临川介绍了左心耳封堵。\n汀阳市人民医院的蒲苇介绍了左心耳封堵。\n", "2026-04-01",
      { "屿衡医疗科技有限公司", "汀阳市人民医院" }, { { "顾临川", 1, "产品总监" }, { "蒲苇", 2, "医师" } }, NULL, NULL },
    { "wares.txt", "成果\n膀胱容量贴片由汀阳市人民医院的泌尿外科与几位工程师一同研制了两年，参加过三次展会，听到过许多人的意见和建议。\n"
      "供尿潴留的病人夜里使用，提示护士和家属什么时候该帮忙了，不必一夜之间反复叫醒病人，也少了不必要的操作和感染。成熟度：样机\n",
      "2026-04-02", { "汀阳市人民医院" }, { { NULL, 0, NULL } }, "膀胱容量贴片", NULL },
    { "soles.txt", "汀阳市人民医院\n足底压力鞋垫供糖尿病足的病人行走时使用，已取得二类医疗器械注册证。\n", "2026-04-03", { "汀阳市人民医院" }, { { NULL, 0, NULL } }, "足底压力鞋垫", NULL },
    { "tongue.txt", "门诊\n澜州市中心医院的钟漱石做重症超声，可用法语授课。\n汀阳市人民医院的岑参商做重症超声。\n", "2024-05-04", { "澜州市中心医院", "汀阳市人民医院" },
      { { "钟漱石", 1, "医师" }, { "岑参商", 2, "医师" } }, NULL, NULL },
    { "roster.txt", "名册\n汀阳市人民医院的岑参商德文流利。\n", "2024-05-05", { "汀阳市人民医院" }, { { "岑参商", 1, "医师" } }, NULL, NULL },
    { "mine.txt", "榜单\n汀阳市人民医院张榜“井下供氧面罩”，须由企业牵头。\n", "2026-04-05", { "汀阳市人民医院" }, { { NULL } }, NULL, NULL, "井下供氧面罩", "open" },
    { "show.txt", "发布\n会上发布了手持眼底相机，乡镇卫生院即可买到。汀阳市人民医院展示了睑板腺热敷眼罩，目前处于样机阶段。\n", "2026-04-06", { "汀阳市人民医院" }, { { NULL } },
      "睑板腺热敷眼罩", NULL, NULL, NULL, NULL, "手持眼底相机" },
    { "gifts.txt", "捐赠\n汀阳市人民医院共同设立听障儿童基金，资助听障儿童验配。\n", "2026-04-07", { "汀阳市人民医院" }, { { NULL } }, NULL, NULL,
      NULL, NULL, NULL, NULL, "共同设立听障儿童基金" },
    { "paper.txt", "捐赠\n汀阳市人民医院签署三方协议，资助听障儿童。\n", "2026-04-08", { "汀阳市人民医院" }, { { NULL } }, NULL, NULL, NULL, NULL, NULL, NULL, "签署三方协议" },
    { "bowel.txt", "门诊\n云岭省人民医院的裴思远看肠梗阻。\n", "2026-04-04", { "云岭省人民医院" }, { { "裴思远", 1, "医师" } }, NULL, NULL },
};

static void fill(world *w)
{
    yq_import_result result;
    yq_err err = { 0 };
    CHECK("begin", yq_register_begin(w->reg, &err) == YQ_OK);
    for (size_t i = 0; i < sizeof told_here / sizeof *told_here; i++)
        CHECK(told_here[i].name, tell(w->reg, &told_here[i], &result, &err) == YQ_OK);
    if (!CHECK("commit", yq_register_commit(w->reg, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
}

static yq_match_list ask(world *w, const char *text, const char *want)
{
    yq_viewer office = yq_viewer_office();
    yq_need_question q = { .text = yq_cstr(text), .want = yq_cstr(want), .top = 10 };
    yq_match_lists lists = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_match(w->reader, yq_register_index(w->reg), &office, w->arena, &q, &lists, &err);
    if (!CHECK(text, rc == YQ_OK && lists.n == (*want ? 1 : 3))) fprintf(stderr, "  %s\n", err.msg);
    return lists.n ? lists.v[0] : (yq_match_list){ 0 };
}

/* ---------------------------------------------------------------- who comes first */

static const struct { const char *what, *text, *want, *first; } needs[] = {
    { "whose own clause it is", "想请做过脉冲电场消融的医生来讲课", "person", "周岚" },
    { "a short form", "谁会PFA", "person", "周岚" },
    { "in English", "Looking for a doctor experienced in pulsed field ablation", "person", "周岚" },
    { "lay words", "老人心跳不齐，想找心内科的医生", "person", "周岚" },
    { "traditional script", "想請做過脈衝電場消融的醫生", "person", "周岚" },
    { "a position", "想找护理部主任交流", "person", "李文静" },
    { "a technology", "卒中患者分诊的设备", "technology", "卒中绿道分诊仪" },
    { "a technology in English", "a triage tool for stroke patients", "technology", "卒中绿道分诊仪" },
    { "an investor, not the hospital beside it", "样机团队缺钱，想找肯投早期、又懂医院场景的机构", "organization", "恒沚创投" },
    { "a hospital, not the investor beside it", "样机转化想找医院", "organization", "云岭省人民医院" },
    { "an organisation", "哪家医院推出了卒中分诊的设备", "organization", "云岭省人民医院" },
};

static void test_first(world *w)
{
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        yq_match_list l = ask(w, needs[i].text, needs[i].want);
        bool first = l.answers.n && yq_eq(l.answers.v[0].name, yq_cstr(needs[i].first));
        if (!CHECK(needs[i].what, first) && l.answers.n) fprintf(stderr, "  first is %.*s\n", YQ_FMT(l.answers.v[0].name));
        for (size_t k = 0; k < l.answers.n; k++) {
            CHECK("a score is 0 to 1", l.answers.v[k].score > 0 && l.answers.v[k].score <= 1);
            CHECK("best first", k == 0 || l.answers.v[k].score <= l.answers.v[k - 1].score);
            CHECK("of the kind", yq_eq(l.answers.v[k].kind, yq_cstr(needs[i].want)));
        }
    }
}

static bool among(const yq_match_list *l, const char *name)
{
    for (size_t i = 0; i < l->answers.n; i++)
        if (yq_eq(l->answers.v[i].name, yq_cstr(name))) return true;
    return false;
}

static void test_reporter(world *w)
{
    yq_match_list l = ask(w, "脉冲电场消融", "person");
    CHECK("who reports is no answer", l.answers.n && !among(&l, "叶知秋"));
    CHECK("who is named beside is behind", yq_eq(l.answers.v[0].name, YQ_S("周岚")) && l.answers.v[0].score > 1.2 * (l.answers.n > 1 ? l.answers.v[1].score : 0));
}

static void test_repetition(world *w)
{
    yq_match_list once = ask(w, "导尿", "person"), thrice = ask(w, "压疮", "person");
    CHECK("found", once.answers.n && thrice.answers.n && yq_eq(once.answers.v[0].name, YQ_S("白露")) && yq_eq(thrice.answers.v[0].name, YQ_S("殷素问")));
    CHECK("what is said three times is said once", thrice.answers.v[0].score < 1.1 * once.answers.v[0].score);
}

/* ---------------------------------------------------------------- reasons */

/* Sentences of two answers: each stands in its document where it is said to, and no place is quoted twice. */
static void test_places(world *w)
{
    static const char *const asked[] = { "脉冲电场消融治疗房颤", "护理部主任", "糖尿病足创面敷料" };
    static const char *const kinds[] = { "person", "organization", "technology" };
    size_t quoted = 0;
    for (size_t i = 0; i < 9; i++) {
        yq_match_list l = ask(w, asked[i / 3], kinds[i % 3]);
        for (size_t k = 0; k < l.answers.n; k++)
            for (size_t r = 0; r < l.answers.v[k].reasons.n; r++, quoted++) {
                const yq_reason *reason = &l.answers.v[k].reasons.v[r];
                yq_viewer office = yq_viewer_office();
                yq_str words;
                CHECK("read", yq_register_words(w->reader, &office, w->arena, reason->document, reason->span, &words, NULL) == YQ_OK);
                CHECK("the sentence stands there", words.n && yq_eq(words, reason->text));
                for (size_t o = 0; o < r; o++) CHECK("once", !yq_eq(reason->text, l.answers.v[k].reasons.v[o].text));
            }
    }
    CHECK("there was something to look at", quoted > 5);
}

static void test_employer(world *w)
{
    yq_match_list l = ask(w, "造口旁疝", "person");
    CHECK("where one works, not the society that elected one last",
          l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("秦越川")) && yq_eq(l.answers.v[0].organization, YQ_S("汀阳市人民医院")) &&
              yq_eq(l.answers.v[0].position, YQ_S("造口治疗师")));
}

static void test_over(world *w)
{
    yq_match_list l = ask(w, "我们做了帕金森震颤的手环，哪个榜能揭", "call");
    CHECK("what is over is no answer", l.answers.n == 0 && l.has_nearest && yq_eq(l.nearest.name, YQ_S("帕金森震颤手环")));
    CHECK("and it is said why", yq_eq(l.missing, YQ_S("已终止")));
    l = ask(w, "a challenge for Parkinson tremor wristbands", "call");
    CHECK("in the language of the need", l.answers.n == 0 && (!l.has_nearest || yq_eq(l.missing, YQ_S("stopped"))));
    l = ask(w, "孕妇胎心的贴片，哪个榜在征集", "call");
    CHECK("what is open is", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("孕妇胎心贴片")));
}

static void test_unreal(world *w)
{
    yq_match_list l = ask(w, "哪家医院能做重离子治疗", "organization");
    CHECK("who has it, before who has it not yet", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("汀阳市人民医院")));
    for (size_t i = 1; i < l.answers.n; i++)
        if (yq_eq(l.answers.v[i].name, YQ_S("云岭省人民医院"))) CHECK("by far", l.answers.v[i].score < 0.7 * l.answers.v[0].score);
}

static void test_asker(world *w)
{
    yq_match_list l = ask(w, "想找会腹膜透析置管的医生", "person");
    CHECK("who can, not who asks", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("卓然")));
    for (size_t i = 0; i < l.answers.n; i++) CHECK("who asks is no answer", !yq_eq(l.answers.v[i].name, YQ_S("龙溪")));
}

static void test_profession(world *w)
{
    yq_match_list l = ask(w, "想请做过左心耳封堵的医生", "person");
    CHECK("a doctor, not who sells it", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("蒲苇")));
    CHECK("by far", l.answers.n == 1 || (l.answers.n && l.answers.v[1].score < 0.8 * l.answers.v[0].score));
    l = ask(w, "想认识做左心耳封堵的厂家", "person");
    CHECK("who sells it, not a doctor", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("顾临川")));
    CHECK("by far", l.answers.n == 1 || (l.answers.n && l.answers.v[1].score < 0.8 * l.answers.v[0].score));
}

static bool is_first(const yq_match_list *l, const char *name)
{
    return l->answers.n && yq_eq(l->answers.v[0].name, yq_cstr(name));
}

static bool is_answer(const yq_match_list *l, const char *name)
{
    for (size_t i = 0; i < l->answers.n; i++)
        if (yq_eq(l->answers.v[i].name, yq_cstr(name))) return true;
    return false;
}

static void test_conditions(world *w)
{
    yq_match_list l = ask(w, "找汀阳市做重症超声的医生", "person");
    CHECK("a region met", is_first(&l, "岑参商") && l.answers.v[0].checks[0].state == YQ_COND_MET && yq_eq(l.answers.v[0].checks[0].said, YQ_S("汀阳市人民医院")));
    CHECK("who is known to be elsewhere is no answer", !is_answer(&l, "钟漱石"));
    l = ask(w, "找做重症超声的医生，最好在汀阳市", "person");
    CHECK("a wish keeps nobody out", is_first(&l, "岑参商") && is_answer(&l, "钟漱石"));
    l = ask(w, "找做重症超声的医生，不在汀阳市", "person");
    CHECK("nor wanted there", is_first(&l, "钟漱石") && !is_answer(&l, "岑参商"));
    l = ask(w, "找会法语的医生讲重症超声", "person");
    CHECK("a language met by a sentence", is_first(&l, "钟漱石") && l.answers.v[0].checks[0].state == YQ_COND_MET && l.answers.v[0].checks[0].document && yq_has(l.answers.v[0].checks[0].said, YQ_S("法语")));
    l = ask(w, "找会德语的医生讲重症超声", "person");
    CHECK("a language said where nothing else of the need is", is_first(&l, "岑参商") && l.answers.v[0].checks[0].state == YQ_COND_MET && yq_has(l.answers.v[0].checks[0].said, YQ_S("德文")));
    l = ask(w, "找会阿拉伯语的医生讲重症超声", "person");
    CHECK("a language that nobody is said to speak", !l.answers.n && l.has_nearest && yq_eq(l.unmet, YQ_S("未提到会阿拉伯语")));
    l = ask(w, "找美国的脉冲电场消融专家", "person");
    CHECK("the nearest and what it misses", !is_answer(&l, "周岚") && (!l.has_nearest || yq_has(l.unmet, YQ_S("美国"))));
    l = ask(w, "2026年以来做过重症超声的医生", "person");
    CHECK("all that is said is older", !is_answer(&l, "钟漱石") && !is_answer(&l, "岑参商"));
    l = ask(w, "2024年以来做过重症超声的医生", "person");
    CHECK("said in that time", l.answers.n && l.answers.v[0].checks[0].state == YQ_COND_MET && yq_eq(l.answers.v[0].checks[0].said, YQ_S("2024-05-04")));
}

/* A passage that the search did not find tells as well: all that name the candidate are looked through. */
static void test_other_passages(world *w)
{
    yq_viewer office = yq_viewer_office();
    yq_match_list l = ask(w, "找做重症超声的医生，在汀阳市", "person");
    yq_conditions asked = { 0 };
    need nothing = { 0 };
    yq_conditions_read(w->arena, YQ_S("找会德语的医生"), YQ_S(""), &asked);
    tally t = { .reader = w->reader, .viewer = &office, .arena = w->arena, .need = &nothing, .conditions = &asked, .today = YQ_S("2026-11-25") };
    candidate c = { .entity = l.answers.n ? l.answers.v[0].entity : 0, .kind = YQ_S("person"), .checks = YQ_ARRAY(w->arena, yq_condition_check, 1) };
    bool judged = yq_reader_begin(w->reader, NULL) == YQ_OK && judge_conditions(&t, &c, NULL) == YQ_OK;
    yq_reader_end(w->reader);
    CHECK("heard in a passage that nobody searched for", judged && asked.n == 1 && c.checks[0].state == YQ_COND_MET && c.checks[0].document && yq_has(c.checks[0].said, YQ_S("德文")));
}

/* Fields come beside the words, and what is left out does not count, nor do its words. */
static void test_given(world *w)
{
    yq_viewer office = yq_viewer_office();
    yq_condition given;
    yq_str without = YQ_S("region=汀阳市");
    yq_match_lists lists = { 0 };
    CHECK("a field", yq_condition_given(w->arena, YQ_S("region"), YQ_S("澜州市"), YQ_S(""), &given, NULL) == YQ_OK);
    yq_need_question q = { .text = YQ_S("找做重症超声的医生"), .want = YQ_S("person"), .top = 10, .given = &given, .given_count = 1 };
    CHECK("asked with a field", yq_match(w->reader, yq_register_index(w->reg), &office, w->arena, &q, &lists, NULL) == YQ_OK);
    CHECK("a field counts", is_first(&lists.v[0], "钟漱石") && !is_answer(&lists.v[0], "岑参商") && lists.conditions.n == 1);
    yq_need_question free = { .text = YQ_S("找汀阳市做重症超声的医生"), .want = YQ_S("person"), .top = 10, .without = &without, .without_count = 1 };
    yq_match_lists freed = { 0 };
    CHECK("asked without", yq_match(w->reader, yq_register_index(w->reg), &office, w->arena, &free, &freed, NULL) == YQ_OK);
    CHECK("what is left out keeps nobody out", is_answer(&freed.v[0], "钟漱石") && is_answer(&freed.v[0], "岑参商") && !freed.conditions.n);
}

static void test_stage(world *w)
{
    yq_match_list l = ask(w, "尿潴留的病人夜里用的设备", "technology");
    CHECK("the line below a name speaks of it", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("膀胱容量贴片")));
    l = ask(w, "尿潴留的病人夜里用的设备，要已上市的", "technology");
    CHECK("a prototype cannot be had", !l.answers.n && l.has_nearest && yq_eq(l.nearest.name, YQ_S("膀胱容量贴片")) && yq_eq(l.missing, YQ_S("已上市")));
    l = ask(w, "糖尿病足的病人行走时用的鞋垫，要已上市的", "technology");
    CHECK("what is registered can", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("足底压力鞋垫")));
}

/* What is said of one thing is not held against another. */
static void test_whose(world *w)
{
    yq_match_list l = ask(w, "我们公司有井下供氧的面罩，想揭必须企业牵头的榜", "call");
    CHECK("the company is the asker, not who calls", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("井下供氧面罩")));
    l = ask(w, "卫生院想要眼底相机，要马上能买的", "technology");
    CHECK("a prototype beside it makes nothing too early", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("手持眼底相机")));
    l = ask(w, "资助听障儿童的基金", "fund");
    CHECK("a fund has a fund's name", l.answers.n == 1 && yq_eq(l.answers.v[0].name, YQ_S("听障儿童基金")));
}

static const struct { const char *what, *said; bool early, available; } stages[] = {
    { "a prototype", "成熟度：样机", true, false }, { "not yet", "尚未取得注册证", true, false }, { "registered", "已取得三类医疗器械注册证", false, true },
    { "in English", "CE-marked since 2024", false, true }, { "early in English", "Prototype, bench tests done", true, false }, { "nothing", "适用身高95至140厘米", false, false },
};

static void test_stage_words(world *w)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        stage s = stage_said(w->arena, yq_cstr(stages[i].said));
        CHECK(stages[i].what, (s.early > 0) == stages[i].early && (s.available > 0) == stages[i].available);
    }
    CHECK("asked for", stage_asked(w->arena, YQ_S("要已经有注册证、医院能采购的")).n && stage_asked(w->arena, YQ_S("Something on the MARKET")).n);
    CHECK("not asked for", !stage_asked(w->arena, YQ_S("想找做涂层的教授谈专利许可")).n);
}

/* The asker's kind of organisation is not the one asked for. */
static void test_who_asks(world *w)
{
    yq_match_list l = ask(w, "做样机的医疗器械公司想融资，找投资机构", "organization");
    CHECK("money, not companies", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("恒沚创投")));
    l = ask(w, "Which company introduced left atrial appendage closure and looks for hospitals?", "organization");
    CHECK("what comes first is asked for", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("屿衡医疗科技有限公司")));
}

static void test_near(world *w)
{
    yq_match_list l = ask(w, "病人停止排气排便，想请医生看看", "person");
    CHECK("a complaint finds who sees the illness", l.answers.n && yq_eq(l.answers.v[0].name, YQ_S("裴思远")));
}

static void test_doubles(world *w)
{
    yq_match_list l = ask(w, "糖尿病足创面供氧的敷料", "technology");
    size_t named = 0;
    for (size_t i = 0; i < l.answers.n; i++) named += yq_eq(l.answers.v[i].name, YQ_S("载氧水凝胶敷料"));
    CHECK("one name, one answer", named == 1);
}

static void test_reasons(world *w)
{
    yq_match_list l = ask(w, "脉冲电场消融治疗房颤", "person");
    if (!CHECK("an answer with a reason", l.answers.n && l.answers.v[0].reasons.n)) return;
    const yq_answer *a = &l.answers.v[0];
    const yq_reason *r = &a->reasons.v[0];
    CHECK("employer and post", yq_eq(a->organization, YQ_S("澜州市中心医院")) && yq_eq(a->position, YQ_S("心内科主任")));
    CHECK("the sentence", yq_has(r->text, YQ_S("周岚介绍了脉冲电场消融")));
    CHECK("its source", yq_eq(r->document_name, YQ_S("heart.txt")) && strlen(r->document_ulid) == YQ_ULID_CHARS);
    CHECK("a mark", r->marks.n > 0);
    for (size_t i = 0; i < r->marks.n; i++) CHECK("marks lie inside", r->marks.v[i].from < r->marks.v[i].to && r->marks.v[i].to <= r->text.n);
    bool marked = false;
    for (size_t i = 0; i < r->marks.n; i++) marked |= yq_eq(yq_at(r->text, r->marks.v[i]), YQ_S("心房颤动"));
    CHECK("the synonym is marked", marked);
    CHECK("parts say where the score comes from", a->parts.n > 0);
    CHECK("the span opens the sentence", r->span.to > r->span.from);
}

/* ---------------------------------------------------------------- none */

static void test_none(world *w)
{
    yq_match_list l = ask(w, "太阳能电池板的清洗", "person");
    CHECK("nothing fits", l.answers.n == 0);
    CHECK("and what is missing is said", yq_has(l.missing, YQ_S("太阳能")));
    l = ask(w, "想请开展肝移植的护理部主任", "person");
    CHECK("the thing itself is missing, the post alone is no answer", l.answers.n == 0);
    CHECK("who comes nearest", l.has_nearest && yq_eq(l.nearest.name, YQ_S("李文静")) && yq_has(l.missing, YQ_S("肝移植")));
    l = ask(w, "脉冲电场消融", "policy");
    CHECK("no such kind here", l.answers.n == 0 && !l.has_nearest);
    l = ask(w, "的", "person");
    CHECK("a need without a word", l.answers.n == 0);
}

static bool always(void *arg)
{
    (void)arg;
    return true;
}

static void test_viewer_and_cancel(world *w)
{
    yq_viewer stranger = { 99, YQ_SHARE_PUBLIC }, office = yq_viewer_office();
    yq_need_question q = { .text = YQ_S("脉冲电场消融"), .want = YQ_S("person"), .top = 10 };
    yq_match_lists lists = { 0 };
    CHECK("a stranger asks", yq_match(w->reader, yq_register_index(w->reg), &stranger, w->arena, &q, &lists, NULL) == YQ_OK);
    CHECK("and is told nothing", lists.n == 1 && lists.v[0].answers.n == 0 && !lists.v[0].has_nearest);
    q.cancelled = always;
    lists = (yq_match_lists){ 0 };
    CHECK("cancelled", yq_match(w->reader, yq_register_index(w->reg), &office, w->arena, &q, &lists, NULL) == YQ_CANCELLED);
}

/* ---------------------------------------------------------------- parts of a need, JSON */

static void test_parts(world *w)
{
    yq_viewer office = yq_viewer_office();
    need n;
    const yq_spans nothing = { 0 };
    need_read(w->arena, yq_register_index(w->reg), &office, YQ_S("想请做过脉冲电场消融的医生来讲课"), &nothing, &n);
    const part *ablation = NULL, *doctor = NULL;
    for (size_t i = 0; i < n.parts.n; i++) {
        yq_str s = yq_at(n.plain, n.parts.v[i].span);
        if (yq_has(s, YQ_S("消融"))) ablation = &n.parts.v[i];
        if (yq_eq(s, YQ_S("医生"))) doctor = &n.parts.v[i];
    }
    CHECK("a concept is one part", ablation && yq_eq(yq_at(n.plain, ablation->span), YQ_S("脉冲电场消融")));
    CHECK("known to the register", ablation && ablation->known);
    need not_all;
    need_read(w->arena, yq_register_index(w->reg), &office, YQ_S("卒中患者分诊，不想用脉冲电场消融，除了导尿还要压疮护理"), &nothing, &not_all);
    for (size_t i = 0; i < not_all.parts.n; i++) {
        yq_str s = yq_at(not_all.plain, not_all.parts.v[i].span);
        if (yq_has(s, YQ_S("消融")) || yq_eq(s, YQ_S("导尿"))) CHECK("what is not wanted need not be met", !(not_all.parts.v[i].weight > 0) && !(not_all.parts.v[i].core > 0));
        if (yq_has(s, YQ_S("卒中")) || yq_eq(s, YQ_S("分诊"))) CHECK("what stands before is wanted", not_all.parts.v[i].weight > 0);
    }
    CHECK("whom to ask weighs less than what for", ablation && (!doctor || doctor->weight < ablation->weight / 3));
    float there[MAX_PARTS], elsewhere[MAX_PARTS];
    size_t g = ablation ? (size_t)(ablation - n.parts.v) : 0;
    need_met(w->arena, &n, YQ_S("PFA术后随访"), there);
    need_met(w->arena, &n, YQ_S("图书馆开放"), elsewhere);
    CHECK("met by a short form", there[g] == 1);
    CHECK("not met by something else", elsewhere[g] == 0 && need_value(&n, elsewhere) == 0);
    CHECK("met once or twice is met", need_value(&n, there) > 0 && need_value(&n, there) <= n.total);
}

static void test_json(world *w)
{
    yq_match_lists lists = { 0 };
    yq_buf out = { 0 };
    *yq_push(w->arena, &lists) = ask(w, "脉冲电场消融", "person");
    yq_json j = yq_json_to(&out);
    yq_match_json(&lists, &j);
    json_t *o = json_loadb(out.p, out.n, 0, NULL), *list = json_array_get(json_object_get(o, "lists"), 0);
    json_t *first = json_array_get(json_object_get(list, "answers"), 0), *reason = json_array_get(json_object_get(first, "reasons"), 0);
    CHECK("the API's form", json_string_value(json_object_get(first, "id")) && json_is_number(json_object_get(first, "score")));
    CHECK("reasons open their document", json_string_value(json_object_get(json_object_get(reason, "document"), "id")) != NULL);
    json_decref(o);
    out.n = 0;
    j = yq_json_to(&out);
    yq_match_answers_json(&lists.v[0], &j);
    o = json_loadb(out.p, out.n, 0, NULL);
    first = json_array_get(o, 0);
    CHECK("the short form", json_object_size(first) == 4 && !strcmp(json_string_value(json_object_get(first, "name")), "周岚"));
    json_decref(o);
    yq_buf_free(&out);
}

int main(void)
{
    world w;
    world_new(&w);
    fill(&w);
    test_first(&w);
    test_reporter(&w);
    test_repetition(&w);
    test_reasons(&w);
    test_places(&w);
    test_employer(&w);
    test_doubles(&w);
    test_over(&w);
    test_unreal(&w);
    test_asker(&w);
    test_profession(&w);
    test_conditions(&w);
    test_other_passages(&w);
    test_given(&w);
    test_stage(&w);
    test_whose(&w);
    test_stage_words(&w);
    test_who_asks(&w);
    test_near(&w);
    test_none(&w);
    test_viewer_and_cancel(&w);
    test_parts(&w);
    test_json(&w);
    world_free(&w);
    return check_done();
}
