/* Wrapped lines are joined, and only those. */
#include "clean.h"

#define COLUMN /* a column of a newspaper, nine characters wide, as it comes out of a PDF file */ \
    "清晨六点半，松坪\n\n县老河镇卫生院门\n\n口已经排起了队。\n\n今天是“即拍即筛”\n\n的日子，护士把一\n\n台比手电筒大不了\n\n多少的相机举到老\n\n人眼前。\n\n" \
    "公司负责人说，\n\n最早的样机要连着\n\n笔记本电脑，乡镇\n\n网络一断就成了摆\n\n设。\n\n"

static const clean_row rows[] = {
    { "paragraphs that are lines", "第一段说到这里。\n第二段也说完了。\n", "第一段说到这里。\n第二段也说完了。\n" },
    { "a column with an empty line between all lines", COLUMN,
      "清晨六点半，松坪县老河镇卫生院门口已经排起了队。今天是“即拍即筛”的日子，护士把一台比手电筒大不了多少的相机举到老人眼前。\n"
      "公司负责人说，最早的样机要连着笔记本电脑，乡镇网络一断就成了摆设。\n" },
    { "indented paragraphs",
      "　　公司首席执行官说，最早的样机要连着笔记本电\n脑，乡镇网络一断就成了摆设，现在不联网也能出结果，\n医生不必再等。\n"
      "　　全省糖尿病患者超过一百九十万人，能看眼底的\n医生只有四百多名，而且九成在城里工作，不少人眼底出\n问题的时候，脚也已经麻了。\n",
      "公司首席执行官说，最早的样机要连着笔记本电脑，乡镇网络一断就成了摆设，现在不联网也能出结果，医生不必再等。\n"
      "全省糖尿病患者超过一百九十万人，能看眼底的医生只有四百多名，而且九成在城里工作，不少人眼底出问题的时候，脚也已经麻了。\n" },
    { "a heading over a wrapped paragraph",
      "合作内容\n双方将围绕医学研究、专科建设和人才培养开展深度合\n作，推动产学研协同发展，共同加快建设区域医学中心，\n为当地群众的健康提供更好的保障，让专家资源沉到基\n层。\n",
      "合作内容\n双方将围绕医学研究、专科建设和人才培养开展深度合作，推动产学研协同发展，共同加快建设区域医学中心，为当地群众的健康提供更好的保障，让专家资源沉到基层。\n" },
    { "English, ragged",
      "The partners will train forty fellows a year, share simulation models and\nprepare a registry of patients with severe regurgitation. The centre will\n"
      "open in March and serve\nfour provinces.\n\nContact the office for details.\n",
      "The partners will train forty fellows a year, share simulation models and prepare a registry of patients with severe regurgitation. The centre "
      "will open in March and serve four provinces.\nContact the office for details.\n" },
    { "a word cut by the page", "Patients with atrial fibril-\nlation were enrolled.\n", "Patients with atrial fibrillation were enrolled.\n" },
    { "a word cut at a soft hyphen", "Patients with atrial fibril\u00ad\nlation were enrolled.\n", "Patients with atrial fibrillation were enrolled.\n" },
    { "a hyphen of its own", "The registry will hold data of real-\nworld patients.\n", "The registry will hold data of real-world patients.\n" },
    { "a given name", "The talk was given by Dr Pui-\nlan Ho of the hospital.\n", "The talk was given by Dr Pui-lan Ho of the hospital.\n" },
    { "a name of a therapy", "The patients were treated with CAR-\nT cells for a year.\n", "The patients were treated with CAR-\nT cells for a year.\n" },
    { "a comma cannot open a line", "会议由联盟主办\n，医院承办。\n", "会议由联盟主办，医院承办。\n" },
    { "a closing quote cannot either", "“今天先到这里。\n\n”院长说。\n", "“今天先到这里。”院长说。\n" },
    { "an opening bracket cannot end one", "参会的有云岭大学（\n含附属医院）等单位。\n", "参会的有云岭大学（含附属医院）等单位。\n" },

    { "fields of a form that were broken by hand",
      "需求一\n提出单位：云岭省人民医院\n现状：夜间来的病人里每五个就有一个要等到天亮才能做检查，值班的医生只能凭\n经验判断。\n期望：半小时内有结果。\n\n"
      "需求二\n提出单位：鹿渡市人民医院\n现状：造口底盘夏天平均两天就要换一次，说明书上写的是五天，病人每个月多花\n六百元。\n期望：耐汗。\n\n"
      "需求三\n提出单位：磐浦市中心医院\n现状：口岸发热的病人多，两种病的早期症状难以区分，送到省城最快也要一天才\n能知道。\n期望：床旁出结果。\n",
      "需求一\n提出单位：云岭省人民医院\n现状：夜间来的病人里每五个就有一个要等到天亮才能做检查，值班的医生只能凭经验判断。\n期望：半小时内有结果。\n"
      "需求二\n提出单位：鹿渡市人民医院\n现状：造口底盘夏天平均两天就要换一次，说明书上写的是五天，病人每个月多花六百元。\n期望：耐汗。\n"
      "需求三\n提出单位：磐浦市中心医院\n现状：口岸发热的病人多，两种病的早期症状难以区分，送到省城最快也要一天才能知道。\n期望：床旁出结果。\n" },
    { "fields that end without a stop, each on its line",
      "时间：二〇二六年三月五日上午九点到十二点，下午两点到五点半，当天来回\n报到处在一楼\n地点：鹿渡国际会议中心\n",
      "时间：二〇二六年三月五日上午九点到十二点，下午两点到五点半，当天来回\n报到处在一楼\n地点：鹿渡国际会议中心\n" },
    { "a list of names", "王海涛\n李文静\n沈砚舟\n范砚秋\n周若棠\n", "王海涛\n李文静\n沈砚舟\n范砚秋\n周若棠\n" },
    { "entries of a roster, equally wide",
      "王海涛，云岭大学附属第一医院，主任\n李文静，云岭省人民医院呼吸科，主任\n沈砚舟，澜州市中心医院骨科，副主任\n范砚秋，砚湖市眼科医院眼底科，主任\n"
      "周若棠，松坪县人民医院检验科，主任\n",
      "王海涛，云岭大学附属第一医院，主任\n李文静，云岭省人民医院呼吸科，主任\n沈砚舟，澜州市中心医院骨科，副主任\n范砚秋，砚湖市眼科医院眼底科，主任\n"
      "周若棠，松坪县人民医院检验科，主任\n" },
    { "numbered items", "一、总体要求\n二、重点任务\n（一）建设平台\n（二）培养人才\n1.立项\n2.验收\n", "一、总体要求\n二、重点任务\n（一）建设平台\n（二）培养人才\n1.立项\n2.验收\n" },
    { "bullets", "• 南方网\n• 南方日报\n* 学历\n- Director\n▲ 会场\n", "• 南方网\n• 南方日报\n* 学历\n- Director\n▲ 会场\n" },
    { "fields of a form", "时间：2025年9月12日\n地点：砚湖市科学会堂\n主办：砚湖市人民政府\n", "时间：2025年9月12日\n地点：砚湖市科学会堂\n主办：砚湖市人民政府\n" },
    { "rows of a table", "姓名\t单位\n王海涛\t云岭大学\n李文静\t澜州大学\n", "姓名\t单位\n王海涛\t云岭大学\n李文静\t澜州大学\n" },
    { "headline and author", "六道难题都有人接了\n——签约仪式侧记\n\n本报记者 杭小南\n", "六道难题都有人接了\n——签约仪式侧记\n本报记者 杭小南\n" },
    { "English titles", "Director, Cardiology\nYunling Hospital\nChair, Programme Committee\n", "Director, Cardiology\nYunling Hospital\nChair, Programme Committee\n" },
};

/* In the middle of a wrapped page stand things that are as wide as its lines and yet their own. */
#define ABOVE "省医科大学副校长在会上介绍，榜单四月发布，六月底截\n止，共收到九个省份的揭榜书。经形式审查和专家评议，全\n部项目都有人揭榜，签约仪式在砚湖理工大学举行，由省卫\n生健康委员会主办。\n"
#define ABOVE_JOINED "省医科大学副校长在会上介绍，榜单四月发布，六月底截止，共收到九个省份的揭榜书。经形式审查和专家评议，全部项目都有人揭榜，签约仪式在砚湖理工大学举行，由省卫生健康委员会主办。\n"

static const clean_row inside[] = {
    { "the page", ABOVE, ABOVE_JOINED },
    { "rows of a table", ABOVE "云岭大学附属第一医院\t心血管内科病区\t副主任医师沈砚\n澜州市中心医院骨科研究所\t关节外科\t主任医师周若棠\n",
      ABOVE_JOINED "云岭大学附属第一医院\t心血管内科病区\t副主任医师沈砚\n澜州市中心医院骨科研究所\t关节外科\t主任医师周若棠\n" },
    { "fields of a form", ABOVE "持有单位：云岭省人民医院和澜芯智影信息技术有限公司\n合作方式：征集县级医院代理渠道并且共同建设示范中心\n项目阶段：已经取得三类医疗器械注册证书并且投入使用\n",
      ABOVE_JOINED "持有单位：云岭省人民医院和澜芯智影信息技术有限公司\n合作方式：征集县级医院代理渠道并且共同建设示范中心\n项目阶段：已经取得三类医疗器械注册证书并且投入使用\n" },
    { "items of a list", ABOVE "（一）建设覆盖全省的区域医学中心以及县级的协作单位\n（二）培养一批既懂临床又懂工程的复合型医学创新人才\n",
      ABOVE_JOINED "（一）建设覆盖全省的区域医学中心以及县级的协作单位\n（二）培养一批既懂临床又懂工程的复合型医学创新人才\n" },
    { "a caption beside a picture", ABOVE "▲韩霁在对接会上演示移动卒中单\n元。\n", ABOVE_JOINED "▲韩霁在对接会上演示移动卒中单元。\n" },
    { "lines parted at their quotes",
      "科学会堂里，工程师和投资\n\n人坐在一起。大学校长认为，\n\n脑科学的难处不在\n\n“看见”\n\n，而在“看懂”，要让工程\n\n师住进病房，让医生走进实\n\n验室，把题目一道一道做\n\n完。\n",
      "科学会堂里，工程师和投资人坐在一起。大学校长认为，脑科学的难处不在“看见”，而在“看懂”，要让工程师住进病房，让医生走进实验室，把题目一道一道做完。\n" },
    { "a first line whose indent was lost",
      "榜单四月发布，六月底截止，共收到九个省份的揭榜书。\n全部项目都有人揭榜，签约仪式昨天在砚湖理工大学\n举行，由省卫生健康委员会主办，六家医院和四家企业的\n负责人到场签约，项目资助总额一千四百万元，分三年拨\n付到位。\n",
      "榜单四月发布，六月底截止，共收到九个省份的揭榜书。\n全部项目都有人揭榜，签约仪式昨天在砚湖理工大学举行，由省卫生健康委员会主办，六家医院和四家企业的负责人到场签约，项目资助总额一千四百万元，分三年拨付到位。\n" },
};

static void without_unwrapping(void)
{
    static const clean_row kept[] = {
        { "lines stay", "清晨六点半，松坪\n县老河镇卫生院门\n口已经排起了队。\n", "清晨六点半，松坪\n县老河镇卫生院门\n口已经排起了队。\n" },
        { "gaps are no cells", "第一天    上午    开幕\n第二天    上午    签约\n", "第一天 上午 开幕\n第二天 上午 签约\n" },
        { "tabs are", "第一天\t上午\t开幕\n", "第一天\t上午\t开幕\n" },
    };
    check_clean(kept, sizeof kept / sizeof *kept, false);
}

/* ---------------------------------------------------------------- any width */

/* Paragraphs, one a line; wrapped at some width in some way, clean-up must give them back. */
static const char *const paragraphs[] = {
    "六道难题都有人接了",
    "昨天下午，全省临床难题揭榜项目签约仪式在砚湖理工大学举行。仪式由省卫生健康委员会、省科学技术厅主办，六家医院、四家企业和两所大学的负责人到场签约，项目资助总额一千四百万元。",
    "省医科大学副校长在会上介绍，榜单四月发布，六月底截止，共收到九个省份的三十八份揭榜书。经形式审查、专家评议和现场答辩，最后全部六个项目都有人揭榜。",
    "“最难的不是出题，是题目出来以后没有人用。”公司总经理说，公司研发的小导管在附属第一医院试用，介入科的医师每天早晚查房都要提意见，工程师当天就改，改完又去问，三个月换了十一版样机。",
    "信息公司首席执行官则承诺，产品将在十二家县级医院先用一年，出了问题随叫随到，费用由公司承担，数据留在医院，不出院墙。",
    "下一步怎么走",
    "投资公司总经理在交流时坦言，早期医疗器械项目风险大、周期长、临床数据不足，希望医院能把验证的位子让给企业，也希望政府的引导基金看得更远一些，不要只看三年的回报。",
};

typedef struct {
    unsigned width;    /* columns */
    const char *between; /* behind each line */
    const char *behind;  /* a paragraph */
    const char *indent;
    unsigned lost;       /* columns of an indent that was lost */
    bool squeezed;       /* punctuation is half as wide as a character */
} layout;

static unsigned columns_of(uint32_t cp, bool squeezed)
{
    return cp < 0x2000 || (squeezed && yq_is_punct(cp)) ? 1 : 2;
}

static bool may_not_open(uint32_t cp)
{
    char text[4];
    return yq_has(YQ_S("，。、；：？！”）》"), (yq_str){ text, yq_utf8_put(cp, text) });
}

static uint32_t char_at(yq_str s, size_t at)
{
    return yq_utf8_next(s, &at);
}

/* Columns of what may not be parted: the character at `at`, and marks behind it that may not open a line. */
static unsigned columns_needed(yq_str p, size_t at, bool squeezed)
{
    bool opens = char_at(p, at) == 0x201C;
    unsigned n = columns_of(yq_utf8_next(p, &at), squeezed);
    while (at < p.n && (opens || may_not_open(char_at(p, at)))) {
        opens = false;
        n += columns_of(yq_utf8_next(p, &at), squeezed);
    }
    return n;
}

/* Lays a paragraph out as a page would: no line opens with a closing mark or ends with an opening one. */
static void wrap(yq_buf *out, yq_str p, const layout *l)
{
    unsigned used = l->lost + (unsigned)strlen(l->indent) / 3 * 2;
    yq_buf_put(out, yq_cstr(l->indent));
    for (size_t at = 0; at < p.n;) {
        size_t from = at;
        if (used + columns_needed(p, at, l->squeezed) > l->width && !may_not_open(char_at(p, at))) {
            yq_buf_put(out, yq_cstr(l->between));
            used = 0;
        }
        used += columns_of(yq_utf8_next(p, &at), l->squeezed);
        yq_buf_put(out, yq_sub(p, from, at));
    }
    yq_buf_put(out, yq_cstr(l->behind));
}

/* Lines of `clean` that are paragraphs. */
static size_t count_given_back(yq_str clean)
{
    size_t n = 0;
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++) {
        yq_buf line = { 0 };
        yq_buf_printf(&line, "%s%s\n", i ? "\n" : "", paragraphs[i]);
        n += yq_has(clean, yq_buf_str(&line));
        yq_buf_free(&line);
    }
    return n;
}

static void any_width(void)
{
    static const struct {
        const char *what;
        layout l;
        size_t least; /* paragraphs given back at any width, of 7; without indent or empty line, one that fills its line runs into the next */
    } ways[] = {
        { "indented, one line below the other", { 0, "\n", "\n", "\u3000\u3000", 0, false }, 7 },
        { "an empty line behind each paragraph", { 0, "\n", "\n\n", "", 0, false }, 7 },
        { "an empty line behind each line, indented", { 0, "\n\n", "\n\n", "\u3000\u3000", 0, false }, 7 },
        { "the same with the indent lost", { 0, "\n\n", "\n\n", "", 4, false }, 5 },
        { "and with punctuation squeezed", { 0, "\n", "\n", "", 4, true }, 5 },
    };
    static const unsigned widths[] = { 18, 22, 28, 36, 44, 52, 60, 76 };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            yq_arena *a = yq_arena_new((size_t)16 << 20);
            yq_buf page = { 0 };
            yq_map map;
            layout l = ways[i].l;
            l.width = widths[w];
            for (size_t k = 0; k < sizeof paragraphs / sizeof *paragraphs; k++) wrap(&page, yq_cstr(paragraphs[k]), &l);
            yq_str clean = clean_text(a, yq_buf_str(&page), true, &map);
            size_t n = count_given_back(clean);
            if (!CHECK(ways[i].what, n >= ways[i].least)) fprintf(stderr, "  width %u: %zu of 7\n%.*s", l.width, n, YQ_FMT(clean));
            CHECK(ways[i].what, keeps_han(yq_buf_str(&page), clean) && map_is_exact(yq_buf_str(&page), clean, &map));
            yq_buf_free(&page);
            yq_arena_free(a);
        }
}

/* ---------------------------------------------------------------- size */

static yq_str repeated(yq_buf *b, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++) yq_buf_put(b, yq_cstr(piece));
    return yq_buf_str(b);
}

/* Time grows with the text and not with its square: these take a moment, or the test runs into its limit. */
static void large_texts(void)
{
    static const struct {
        const char *what, *piece;
        size_t times;
    } cases[] = {
        { "a hundred thousand empty lines", "\n", 100000 },       { "one line of eight megabytes", "医学创新联盟，", 400000 },
        { "characters set apart", "医 ", 500000 },                { "opening brackets", "医(", 500000 },
        { "a hundred thousand short lines", "医学，\n", 100000 }, { "hyphens", "fibril-\n", 100000 },
        { "marks without a letter", "\u0301", 500000 },           { "wide gaps", "医    学", 200000 },
        { "closing marks on lines of their own", "”\n", 200000 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_arena *a = yq_arena_new((size_t)800 << 20);
        yq_buf b = { 0 };
        yq_map map;
        int64_t start = yq_monotonic_us();
        yq_str text = repeated(&b, cases[i].piece, cases[i].times), clean = clean_text(a, text, true, &map);
        CHECK(cases[i].what, keeps_han(text, clean));
        CHECK(cases[i].what, yq_monotonic_us() - start < 20000000);
        yq_buf_free(&b);
        yq_arena_free(a);
    }
}

int main(void)
{
    check_clean(rows, sizeof rows / sizeof *rows, true);
    check_clean(inside, sizeof inside / sizeof *inside, true);
    without_unwrapping();
    any_width();
    large_texts();
    return check_done();
}
