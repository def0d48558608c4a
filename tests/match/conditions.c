/* Which conditions a need names, and which words only look like one; and what sentences say of them. */
#include "check.h"
#include "match/condition.h"
#include "match/standing.h"

#define TODAY "2026-11-25"

/* The ids of what is read, a wish with ~ before it. */
static const struct { const char *need, *ids; } phrases[] = {
    /* regions and their parts */
    { "想找华南的三甲医院合作", "region=华南 unit=hospital grade=3A" },
    { "粤港澳大湾区有没有做手术机器人的团队", "region=粤港澳大湾区" },
    { "请推荐广东的心内科专家", "region=广东省" },
    { "找一位在广州的康复科主任", "region=广州市" },
    { "請推薦廣東的心內科專家", "region=广东省" },
    { "尋找臺灣的醫材廠商", "region=台湾省 unit=company" },
    { "长三角地区能做动物实验的平台", "region=长三角" },
    { "京津冀哪家医院在招胃癌的临床试验", "region=京津冀 unit=hospital" },
    { "找国外专家指导质子治疗", "region=!中国" },
    { "looking for a partner in the Yangtze River Delta", "region=长三角" },
    { "A device maker in Europe with CE experience", "region=欧洲" },
    { "Which German hospitals run a stroke telemedicine network?", "region=德国 unit=hospital" },
    { "Surgeons from Hong Kong who do robotic liver resection", "region=香港特别行政区" },
    { "Need an overseas expert on cell therapy", "region=!中国" },
    { "Who in Beijing treats ataxia?", "region=北京市" },
    { "请推荐云岭省内能来讲课的呼吸科主任", "region=云岭省" },
    { "Contract research company in Yunpu", "region=yunpu unit=company" },
    { "想找砚湖市做糖网筛查的专家", "region=砚湖市" },
    { "想找华东或华中的企业", "region=华东 region=华中 unit=company" },
    { "想找专家，不要北京的", "region=!北京市" },
    { "Looking for a trial site, not in the US", "region=!美国" },
    { "找除了上海以外的医院", "region=!上海市 unit=hospital" },
    { "最好在深圳，找做脑机接口的公司", "~region=深圳市 unit=company" },
    { "Looking for a rehab hospital, preferably in Singapore", "unit=hospital ~region=新加坡" },
    /* places that are no condition */
    { "我们在云南，想找做包虫病的专家", "" },
    { "产品想卖到欧洲和美国，谁能帮忙办当地注册", "" },
    { "境外已上市的器械怎样先用起来", "" },
    { "日本血吸虫病的防治经验", "" },
    { "流行性日本脑炎疫苗", "" },
    { "Who treats Japanese encephalitis in children?", "" },
    { "让我们的病人少跑县里", "" },
    { "德国小蠊过敏原检测", "" },
    { "地区不限，找做透析的团队", "" },
    { "We make heart valves in Europe and want a mainland Chinese plant", "region=中国大陆 unit=company" },
    { "偏远山区县的孕妇监护", "" },
    /* units */
    { "想找懂细胞治疗的投资机构", "unit=investment" },
    { "找做过多中心研究的高校团队", "unit=university" },
    { "希望和科研院所合作", "unit=institute" },
    { "想请教药监局怎么审批", "unit=government" },
    { "找合作方，不要药企", "unit=!company" },
    { "只找医院，不找公司", "unit=hospital unit=!company" },
    { "looking for a manufacturer of dialysis filters", "unit=company" },
    { "Manufacturer of cochlear implants for toddlers", "unit=company" },
    { "不想住医院，在家就能测的东西", "" },
    { "医院感染怎么防", "" },
    { "我们医院想降低再入院率", "" },
    { "Our hospital has many readmissions", "" },
    { "How do we cut hospital-acquired infection?", "" },
    /* grades */
    { "要三级甲等医院牵头", "unit=hospital grade=3A" },
    { "找三甲综合医院的麻醉科主任", "unit=hospital grade=3A" },
    { "二级以上医院都可以参加的培训，找主办方", "" },
    { "寻二级医院做试点", "unit=hospital grade=2" },
    { "Looking for a tertiary hospital to lead the study", "unit=hospital grade=3" },
    { "脑卒中三级预防", "" },
    { "二级护理的病人", "" },
    { "我们的二类器械要注册", "" },
    { "Who works on secondary prevention of stroke?", "" },
    /* stage */
    { "要已经有注册证的康复机器人", "stage=available" },
    { "A ventilator already on the market", "stage=available" },
    { "最好已上市的血糖仪", "~stage=available" },
    { "想买断光疗毯的专利", "" },
    { "想买能压住抖动的手环", "stage=available" },
    { "新技术怎样评估", "" },
    /* languages */
    { "找会说英语的心脏外科专家", "language=en" },
    { "能用英语授课的老师", "language=en" },
    { "能用英语跟外宾交流更好", "~language=en" },
    { "找会说阿拉伯语的产科专家", "language=ar" },
    { "English-speaking venture partner", "language=en" },
    { "Child psychiatrist who speaks Uyghur", "language=ug" },
    { "Lung physician who can lecture in English", "language=en" },
    { "Who can train ward nurses, in Chinese, to change bags?", "language=zh" },
    { "請會粵語的護士", "language=yue" },
    { "英文论文润色", "" },
    { "需要英文摘要", "" },
    { "Chinese medicine for asthma", "" },
    { "Review published in English", "" },
    /* budgets */
    { "预算不超过200万元的内镜", "budget=0-2000000" },
    { "500万元以内的核磁", "budget=0-5000000" },
    { "三十来万就够，找资助", "budget=300000-390000" },
    { "二三十万的概念验证经费", "budget=200000-300000" },
    { "A scanner under $1m", "budget=0-7000000" },
    { "grant between 2 and 3 million yuan", "budget=2000000-3000000" },
    { "預算約五百萬元的超聲", "budget=3500000-6500000" },
    { "至少1000万元的投资", "budget=10000000-" },
    { "影像公司年收入五千万，要融B轮", "" },
    { "服务500万人口的城市", "" },
    { "做过一万例手术", "" },
    /* periods */
    { "2025年以来做过房颤脉冲消融的", "period=2025-01-01/" },
    { "近三年发表过相关研究的团队", "period=近三年" },
    { "最近6个月的数据", "period=最近6个月" },
    { "2026年底前能交付的设备", "period=by /2026-12-31" },
    { "半年内能装机的", "period=半年内" },
    { "Teams active since 2024", "period=2024-01-01/" },
    { "published in the last two years", "period=in the last two years" },
    { "needed within six months", "period=within six months" },
    { "must start by June 2027", "period=by /2027-06-30" },
    { "enrolling this year", "period=this year" },
    { "术后半年内复发的病人", "" },
    { "小月龄宝宝筛髋脱位", "" },
    { "两个小时知道结果", "" },
    { "随访三年的队列", "" },
    { "infants within 6 months of birth", "" },
    { "new drug for stroke within 3 hours of onset", "" },
    { "我院近三年卒中病人增加，想请专家", "" },
    /* several at once */
    { "限广东三甲医院，2025年以来做过经导管三尖瓣修复，最好会英语", "region=广东省 unit=hospital grade=3A ~language=en period=2025-01-01/" },
    { "想找治失眠的好办法", "" },
};

static const char *ids_of(yq_arena *a, const char *need)
{
    yq_conditions c = { 0 };
    yq_str all = YQ_S("");
    yq_conditions_read(a, yq_cstr(need), YQ_S(TODAY), &c);
    for (size_t i = 0; i < c.n; i++) all = yq_printf(a, "%.*s%s%s%.*s", YQ_FMT(all), i ? " " : "", c.v[i].hard ? "" : "~", YQ_FMT(c.v[i].id));
    return yq_dupz(a, all);
}

/* The same set, in whatever order. */
static bool same_ids(yq_arena *a, const char *read, const char *expected)
{
    size_t n = 0, m = 0;
    yq_str rest = yq_cstr(expected), one, all = yq_printf(a, " %s ", read);
    while (*expected && yq_split(&rest, ' ', &one)) {
        if (yq_starts(one, YQ_S("/"))) continue; /* the tail of "by /2026" */
        n += yq_has(all, yq_printf(a, " %.*s ", YQ_FMT(one)));
        m++;
    }
    size_t words = 0;
    for (const char *p = read; *p; p++) words += *p == '=';
    size_t wanted = 0;
    for (const char *p = expected; *p; p++) wanted += *p == '=';
    return n == m && words == wanted;
}

static void test_phrases(yq_arena *a)
{
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        const char *read = ids_of(a, phrases[i].need);
        if (!CHECK(phrases[i].need, same_ids(a, read, phrases[i].ids))) fprintf(stderr, "  read:     %s\n  expected: %s\n", read, phrases[i].ids);
    }
}

/* ---------------------------------------------------------------- places */

static const struct { const char *place, *region; place_relation relation; } lies[] = {
    { "深圳", "华南", PLACE_INSIDE }, { "深圳", "粤港澳大湾区", PLACE_INSIDE }, { "汕头市", "粤港澳大湾区", PLACE_APART }, { "香港", "粤港澳大湾区", PLACE_INSIDE }, { "南山区", "广东省", PLACE_INSIDE },
    { "广东", "广州市", PLACE_OVERLAPS }, { "珠三角", "广东省", PLACE_INSIDE }, { "长三角", "江苏省", PLACE_OVERLAPS }, { "Guangdong", "华南", PLACE_INSIDE }, { "Lyon", "欧洲", PLACE_INSIDE },
    { "Munich", "北欧", PLACE_APART }, { "London", "欧盟", PLACE_APART }, { "Boston", "北美", PLACE_INSIDE }, { "东京", "东亚", PLACE_INSIDE }, { "东京", "中国", PLACE_APART }, { "台北", "中国大陆", PLACE_APART },
    { "延边", "东北", PLACE_INSIDE }, { "Inner Mongolia", "华北", PLACE_INSIDE }, { "欧洲", "德国", PLACE_OVERLAPS }, { "Xi'an", "西北", PLACE_INSIDE },
};

static const struct { const char *house, *region; bool unlisted; place_relation relation; } houses[] = {
    { "深圳市第二人民医院", "广东省", false, PLACE_INSIDE }, { "四川大学华西医院", "西南", false, PLACE_INSIDE }, { "华西第二医院", "四川省", false, PLACE_INSIDE }, { "瑞金医院", "广东省", false, PLACE_APART },
    { "中国医科大学附属盛京医院", "辽宁省", false, PLACE_INSIDE }, { "北京大学深圳医院", "广东省", false, PLACE_INSIDE }, { "Mayo Clinic", "美国", false, PLACE_INSIDE }, { "某某生物科技有限公司", "广东省", false, PLACE_OVERLAPS },
    { "云岭省人民医院", "云岭省", true, PLACE_INSIDE }, { "云岭大学附属第一医院", "云岭省", true, PLACE_INSIDE }, { "朔原省人民医院", "云岭省", true, PLACE_APART }, { "澜州市中心医院", "云岭省", true, PLACE_OVERLAPS },
    { "上海市第一人民医院", "云岭省", true, PLACE_APART }, { "云浦市康复医院", "yunpu", true, PLACE_INSIDE }, { "Yunpu Rehabilitation Hospital", "yunpu", true, PLACE_INSIDE }, { "云岭省人民医院", "美国", false, PLACE_APART },
    { "石渡市人民医院", "砺城市", true, PLACE_APART },
};

static void test_places(yq_arena *a)
{
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
        if (!CHECK(lies[i].place, place_relates(a, yq_cstr(lies[i].place), yq_cstr(lies[i].region)) == lies[i].relation)) fprintf(stderr, "  in %s\n", lies[i].region);
    for (size_t i = 0; i < sizeof houses / sizeof *houses; i++)
        if (!CHECK(houses[i].house, place_of_name(a, yq_cstr(houses[i].house), yq_cstr(houses[i].region), houses[i].unlisted) == houses[i].relation))
            fprintf(stderr, "  in %s\n", houses[i].region);
    CHECK("a place has its English name", yq_eq(place_english(YQ_S("广东省")), YQ_S("Guangdong")) && yq_eq(place_english(YQ_S("华南")), YQ_S("South China")));
}

/* ---------------------------------------------------------------- what sentences say */

static const struct { const char *kind, *words, *of, *sentence; bool row; yq_condition_state state; } said[] = {
    { "grade", "三甲", "organization", "云岭省人民医院是一所三级甲等综合医院", false, YQ_COND_MET }, { "grade", "三甲", "organization", "该院是二级甲等医院", false, YQ_COND_UNMET },
    { "grade", "三甲", "organization", "寻求三甲医院开展首次人体试验", false, YQ_COND_UNKNOWN }, { "grade", "三级医院", "organization", "三级甲等医院", false, YQ_COND_MET },
    { "grade", "二级以上医院", "organization", "三级甲等医院", false, YQ_COND_MET }, { "grade", "三甲", "organization", "三级预防的典范", false, YQ_COND_UNKNOWN },
    { "language", "英语", "person", "她英语流利，可用英文授课", false, YQ_COND_MET }, { "language", "法语", "person", "姓名：周岚；语言：中文、法文；可下乡：是", true, YQ_COND_MET },
    { "language", "法语", "person", "姓名：周岚；语言：中文；可下乡：是", true, YQ_COND_UNMET }, { "language", "英语", "person", "发表英文论文三篇", false, YQ_COND_UNKNOWN },
    { "language", "English", "person", "Fluent in English and Arabic", false, YQ_COND_MET }, { "language", "法语", "technology", "可用法语授课", false, YQ_COND_UNKNOWN },
    { "budget", "200万元以内", "technology", "专利转让（底价120万元）", false, YQ_COND_MET }, { "budget", "100万元以内", "technology", "专利转让（底价120万元）", false, YQ_COND_UNMET },
    { "budget", "100万元以内", "technology", "A轮融资5000万元", false, YQ_COND_UNKNOWN }, { "budget", "50万元以内", "technology", "合作意向：专利转让；报价(万元)：60", true, YQ_COND_UNMET },
    { "budget", "三十来万", "fund", "每项15万至40万元", false, YQ_COND_MET }, { "budget", "800万元", "fund", "每项15万至40万元", false, YQ_COND_MET }, { "budget", "至少800万元", "fund", "每项15万至40万元", false, YQ_COND_UNMET },
    { "budget", "under $1m", "technology", "售价12万元", false, YQ_COND_MET }, { "region", "广东", "organization", "公司总部位于深圳", false, YQ_COND_MET },
    { "region", "广东", "organization", "机构：某公司；所在地：苏州市", true, YQ_COND_UNMET }, { "region", "广东", "organization", "代表团赴苏州考察", false, YQ_COND_UNKNOWN },
    { "region", "Germany", "organization", "The company is based in Munich", false, YQ_COND_MET },
};

static void test_said(yq_arena *a)
{
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        yq_condition c;
        yq_err err = { 0 };
        yq_code rc = yq_condition_given(a, yq_cstr(said[i].kind), yq_cstr(said[i].words), YQ_S(TODAY), &c, &err);
        if (!CHECK(said[i].words, rc == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
        if (rc == YQ_OK && !CHECK(said[i].sentence, condition_said(a, &c, yq_cstr(said[i].sentence), yq_cstr(said[i].of), said[i].row) == said[i].state))
            fprintf(stderr, "  for %s\n", said[i].words);
    }
}

/* ---------------------------------------------------------------- fields and hostile words */

static void test_fields(yq_arena *a)
{
    static const struct { const char *kind, *words, *id; } good[] = {
        { "region", "珠三角", "region=珠三角" }, { "region", "Yangtze River Delta", "region=长三角" }, { "unit", "hospital", "unit=hospital" }, { "unit", "企业", "unit=company" }, { "grade", "三甲", "grade=3A" },
        { "stage", "available", "stage=available" }, { "language", "ar", "language=ar" }, { "language", "英语", "language=en" }, { "budget", "200万", "budget=0-2000000" }, { "period", "近三年", "period=近三年" },
    };
    static const struct { const char *kind, *words; } bad[] = { { "region", "眼科" }, { "weather", "晴" }, { "budget", "很便宜" }, { "period", "不久" }, { "unit", "" }, { "language", "火星语" } };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        yq_condition c = { 0 };
        yq_code rc = yq_condition_given(a, yq_cstr(good[i].kind), yq_cstr(good[i].words), YQ_S(TODAY), &c, NULL);
        if (!CHECK(good[i].words, rc == YQ_OK && yq_eq(c.id, yq_cstr(good[i].id)) && !c.span.to && c.label[0].n && c.label[1].n)) fprintf(stderr, "  %.*s\n", YQ_FMT(c.id));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        yq_condition c;
        yq_err err = { 0 };
        CHECK(bad[i].words, yq_condition_given(a, yq_cstr(bad[i].kind), yq_cstr(bad[i].words), YQ_S(TODAY), &c, &err) == YQ_INVALID && err.msg[0]);
    }
}

/* The question that a kept need asks, from its lines and back. */
static void test_lines(yq_arena *a)
{
    yq_need_question q = { .text = YQ_S("找近三年做过消融的三甲医院"), .today = YQ_S(TODAY) };
    yq_need_act act = { 0 };
    asked_conditions today, later;
    CHECK("fields of a line", yq_question_where(a, YQ_S(" region = 华南 ;; language=英语; "), &q, NULL) == YQ_OK && q.given_count == 2);
    CHECK("ids of a line", yq_question_without(a, YQ_S("unit=hospital; ;period=近三年"), &q, NULL) == YQ_OK && q.without_count == 2);
    yq_naming_need(a, &q, &act);
    CHECK("as a need is kept", yq_eq(act.where, YQ_S("region=华南;language=英语")) && yq_eq(act.without, YQ_S("period=近三年;unit=hospital")));
    conditions_of(a, &q, &today);
    q.today = YQ_S("2027-01-04");
    conditions_of(a, &q, &later);
    CHECK("time that was left out stays so on another day", today.all.n == 3 && later.all.n == 3 && later.ignored.n == 2);
    CHECK("what says nothing is refused", yq_question_where(a, YQ_S("region=眼科"), &q, NULL) == YQ_INVALID && yq_question_where(a, YQ_S("华南"), &q, NULL) == YQ_INVALID);
    CHECK("so is too much", yq_question_where(a, YQ_S("grade=1;grade=2;grade=3;grade=1;grade=2;grade=3;grade=1;grade=2;grade=3;grade=1;grade=2;grade=3;grade=1"), &q, NULL) == YQ_INVALID);
    yq_condition odd;
    CHECK("a field with what ends it in a line", yq_condition_given(a, YQ_S("region"), YQ_S("华南;广东"), YQ_S(TODAY), &odd, NULL) == YQ_OK);
    q.given = &odd, q.given_count = 1;
    yq_naming_need(a, &q, &act);
    CHECK("is one field", yq_eq(act.where, YQ_S("region=华南 广东")));
}

/* Whatever the bytes, a condition lies in the text and there are not many. */
static void test_any_bytes(yq_arena *a)
{
    static const char *const pieces[] = { "不要", "华南", "三甲", "2025年", "以来", "近三", "万元", "\xe4\xb8", "$", "1e9", "in ", "the ", "not ", "，", "\n", "英语", "会", "999999999999999999999", "年", "Yunpu", "省", "—", "二三十" };
    uint32_t state = 11;
    for (int round = 0; round < 400; round++) {
        yq_str text = YQ_S("");
        yq_conditions c = { 0 };
        for (int i = 0; i < 14; i++) text = yq_concat(a, text, yq_cstr(pieces[(state = state * 1664525u + 1013904223u) % (sizeof pieces / sizeof *pieces)]));
        yq_conditions_read(a, text, YQ_S(TODAY), &c);
        bool inside = c.n <= MOST_CONDITIONS;
        for (size_t i = 0; i < c.n; i++) inside &= c.v[i].span.from < c.v[i].span.to && c.v[i].span.to <= text.n && c.v[i].id.n > 0;
        if (!inside) CHECK("a condition lies in the text", false);
        if (round % 50 == 49) yq_arena_clear(a);
    }
    CHECK("four hundred texts of pieces were read", true);
}

int main(void)
{
    yq_arena *a = yq_arena_new(64 << 20);
    test_phrases(a);
    test_places(a);
    test_said(a);
    test_fields(a);
    test_lines(a);
    test_any_bytes(a);
    yq_arena_free(a);
    return check_done();
}
