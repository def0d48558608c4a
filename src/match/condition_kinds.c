/* What kind of house, of which grade, how far a thing has come, in which language: conditions that are read from lists of words. */
#include "match/condition.h"
#include "match/stage.h"

/* ---------------------------------------------------------------- units */

static const struct { const char *value, *zh, *en; } unit_labels[] = {
    { "hospital", "医院", "hospital" }, { "company", "企业", "company" }, { "university", "高校", "university" }, { "institute", "科研院所", "research institute" },
    { "government", "政府部门", "public authority" }, { "investment", "投资机构", "investor" }, { "society", "学会协会", "society" },
};

static const struct { const char *word, *value; } unit_words[] = {
    { "医院", "hospital" }, { "hospital", "hospital" }, { "medical centre", "hospital" }, { "medical center", "hospital" },
    { "公司", "company" }, { "企业", "company" }, { "厂家", "company" }, { "厂商", "company" }, { "工厂", "company" }, { "厂子", "company" }, { "生产商", "company" }, { "供应商", "company" },
    { "药企", "company" }, { "械企", "company" }, { "制造商", "company" }, { "compan", "company" }, { "manufacturer", "company" }, { "supplier", "company" }, { "vendor", "company" },
    { "plant", "company" }, { "药厂", "company" }, { "industry", "company" },
    { "大学", "university" }, { "高校", "university" }, { "院校", "university" }, { "universit", "university" },
    { "研究院", "institute" }, { "研究所", "institute" }, { "科研院所", "institute" }, { "科研机构", "institute" }, { "research institute", "institute" }, { "institute", "institute" },
    { "卫健委", "government" }, { "卫生健康委", "government" }, { "卫生局", "government" }, { "药监局", "government" }, { "医保局", "government" }, { "政府", "government" }, { "主管部门", "government" },
    { "监管部门", "government" }, { "authority", "government" }, { "authorities", "government" }, { "government", "government" }, { "regulator", "government" }, { "ministry", "government" },
    { "投资机构", "investment" }, { "基金公司", "investment" }, { "创投", "investment" }, { "风投", "investment" }, { "资本", "investment" }, { "投资人", "investment" }, { "venture fund", "investment" },
    { "investor", "investment" }, { "venture capital", "investment" },
    { "学会", "society" }, { "协会", "society" },
};

static const char *unit_at(yq_str low, size_t at, uint32_t *length)
{
    const char *value = NULL;
    *length = 0;
    if (at && (uint8_t)low.p[at] < 0x80 && low.p[at - 1] >= 'a' && low.p[at - 1] <= 'z') return NULL;
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        size_t n = strlen(unit_words[i].word);
        if (n > *length && yq_starts(yq_sub(low, at, low.n), yq_cstr(unit_words[i].word))) *length = (uint32_t)n, value = unit_words[i].value;
    }
    return value;
}

/* "医院场景", "company's", "早期公司想融资": the word tells of something else, or of who wants. */
static bool is_of_other(const asking_words *r, yq_span span)
{
    static const char *const behind[] = { "场景", "里", "管理", "系统", "信息", "感染", "获得", "制剂", "采购", "能采购", "想", "希望", "需要", "准备", "打算", "正在", "缺", "自己", "内部", "名称", "标准", "项目", "投资", "风险",
        "性", "化", "生", "能用", "可用", "使用", "'s ", " bed", " stay", " admission", " acquired", "-acquired", " infection", " wants", " is looking", " needs", " discharge", " record", " management", " information",
        " visit", " readmission", " standard" };
    static const char *const before[] = { "住", "去", "到", "来", "跑", "进", "回", "出", "在", "多家", "几家", "两家", "各", "各级", "各家", "医生或", "专家或", "教授或", "主任或", "doctor or ", "expert or ", "open to ", "for other ",
                                          "sold to ", "several ", "many ", "multiple " }; /* 不想住医院 */
    yq_str right = yq_sub(r->low, span.to, r->low.n), left = yq_sub(r->low, 0, span.from);
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (yq_starts(right, yq_cstr(behind[i]))) return true;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (yq_ends(left, yq_cstr(before[i]))) return true;
    return false;
}

/* "Manufacturer of cochlear implants", "三甲医院的心内科主任": a need may be nothing but what it seeks. */
static bool opens_need(const asking_words *r, yq_span span)
{
    size_t blanks = 0;
    for (size_t i = 0; i < span.from; i++) blanks += r->low.p[i] == ' ';
    if ((uint8_t)r->low.p[span.from] < 0x80) return blanks <= 3 && clause_around(r->low, span.from).from == 0;
    bool end = span.to == clause_around(r->low, span.from).to || yq_starts(yq_sub(r->low, span.to, r->low.n), YQ_S("的"));
    return end && span.from <= 18 && clause_around(r->low, span.from).from == 0;
}

static bool is_dictionary_word_around(const asking_words *r, yq_span span)
{
    for (size_t i = 0; i < r->words.n; i++) {
        yq_span w = r->words.v[i].span;
        if (w.from <= span.from && span.to < w.to && w.to - span.to > 0 && r->words.v[i].han) return true; /* 医院感染 as one word */
    }
    return false;
}

static void add_unit(asking_words *r, const char *value, yq_span span)
{
    for (size_t i = 0; i < sizeof unit_labels / sizeof *unit_labels; i++)
        if (!strcmp(unit_labels[i].value, value)) add_condition(r, YQ_COND_UNIT, span, yq_cstr(value), yq_cstr(unit_labels[i].zh), yq_cstr(unit_labels[i].en));
}

/* A house that was asked for with "which" stands before. */
static bool was_chosen(const asking_words *r, size_t at)
{
    static const char *const which[] = { "哪家", "哪个", "哪些", "which ", "what " };
    for (size_t i = 0; i < r->out->n; i++) {
        const yq_condition *c = &r->out->v[i];
        size_t from = c->span.from > 12 ? c->span.from - 12 : 0;
        while (from > 0 && (r->low.p[from] & 0xC0) == 0x80) from--;
        if (c->kind == YQ_COND_UNIT && c->span.to < at && HAS_ANY(r->low, from, c->span.from, which)) return true;
    }
    return false;
}

void read_units(asking_words *r)
{
    static const char *const unwanted[] = { "不要", "不找", "除了", "not ", "no ", "except", "非", "不考虑" };
    for (size_t at = 0; at < r->low.n;) {
        uint32_t length;
        const char *value = unit_at(r->low, at, &length);
        yq_span span = { (uint32_t)at, (uint32_t)(at + length) };
        if (value) {
            yq_span clause = clause_around(r->low, at);
            bool meant = r->field || is_sought(r, at) || opens_need(r, span) || HAS_ANY(r->low, clause.from, at, unwanted);
            if (was_chosen(r, at)) return; /* "哪家医院正征集合作企业", "Which manufacturer is looking for hospitals": the first is asked for */
            if (meant && (r->field || (!is_of_other(r, span) && !is_dictionary_word_around(r, span)))) add_unit(r, value, span);
            at += length;
        } else
            yq_utf8_next(r->low, &at);
        for (size_t i = 0; i < sizeof unit_labels / sizeof *unit_labels && r->field; i++)
            if (yq_eq(r->low, yq_cstr(unit_labels[i].value)) || yq_eq(r->low, yq_cstr(unit_labels[i].zh))) add_unit(r, unit_labels[i].value, (yq_span){ 0, (uint32_t)r->low.n });
    }
}

/* ---------------------------------------------------------------- grades of hospitals */

static const struct { const char *word; int rank; bool top; } grade_words[] = { /* rank: 1 to 3; top: 甲等 */
    { "三级甲等", 3, true }, { "三甲", 3, true }, { "三级乙等", 3, false }, { "三级", 3, false }, { "二级甲等", 2, true }, { "二甲", 2, true }, { "二级", 2, false }, { "一级", 1, false },
    { "grade 3a", 3, true }, { "class 3a", 3, true }, { "3a hospital", 3, true }, { "grade a tertiary", 3, true }, { "class a tertiary", 3, true }, { "tertiary a", 3, true }, { "tertiary grade a", 3, true },
    { "grade iii class a", 3, true }, { "grade iiia", 3, true }, { "level 3a", 3, true }, { "tertiary", 3, false }, { "secondary", 2, false }, { "grade 3 ", 3, false }, { "grade 2a", 2, true },
};

static int grade_at(yq_str low, size_t at, uint32_t *length, bool *top)
{
    int rank = 0;
    *length = 0;
    if (at && (uint8_t)low.p[at] < 0x80 && low.p[at - 1] >= 'a' && low.p[at - 1] <= 'z') return 0;
    for (size_t i = 0; i < sizeof grade_words / sizeof *grade_words; i++) {
        size_t n = strlen(grade_words[i].word);
        if (n <= *length || !yq_starts(yq_sub(low, at, low.n), yq_cstr(grade_words[i].word))) continue;
        *length = (uint32_t)n;
        rank = grade_words[i].rank;
        *top = grade_words[i].top;
    }
    return rank;
}

/* 三级 alone is also a kind of nursing, of prevention, of stenosis; 三甲 means hospitals only. A house must follow. */
static bool is_of_hospital(yq_str low, size_t from, size_t to)
{
    static const char *const hospitals[] = { "医院", "综合", "专科", "公立", "医疗机构", "及以上", "以上", "甲等", "妇幼", "中医", " hospital", " centre", " center", " care", " referral", " teaching", " public", " medical", "hospital" };
    static const char *const others[] = { "预防", "护理", "手术", "学科", "器械", "市场", "高血压", "响应", " prevention", " outcome", " endpoint", " school", " education" };
    static const char *const ends[] = { "的", "、", "，", "或", "；", "。", "）", "级", "以上" };
    size_t end = to + 24 < low.n ? to + 24 : low.n;
    yq_str said = yq_sub(low, from, to);
    bool alone = to == low.n || first_of(low, to, to + 6 < low.n ? to + 6 : low.n, ends, sizeof ends / sizeof *ends, NULL) == to, short_form = yq_ends(said, YQ_S("甲"));
    if (HAS_ANY(low, to, to + 9 < low.n ? to + 9 : low.n, others)) return false;
    return (short_form && alone) || yq_has(said, YQ_S("等")) || yq_has(said, YQ_S("hospital")) || HAS_ANY(low, to, end, hospitals);
}

void read_grades(asking_words *r)
{
    for (size_t at = 0; at < r->low.n;) {
        uint32_t length;
        bool top = false;
        int rank = grade_at(r->low, at, &length, &top);
        if (rank && (r->field || is_of_hospital(r->low, at, at + length))) {
            bool more = yq_starts(yq_sub(r->low, at + length, r->low.n), YQ_S("以上")) || yq_starts(yq_sub(r->low, at + length, r->low.n), YQ_S("及以上"));
            static const char *const zh[] = { "一级", "二级", "三级" }, *const en[] = { "primary", "secondary", "tertiary" };
            yq_str value = yq_printf(r->arena, "%d%s%s", rank, top ? "A" : "", more ? "+" : "");
            add_condition(r, YQ_COND_GRADE, (yq_span){ (uint32_t)at, (uint32_t)(at + length) }, value,
                          yq_printf(r->arena, "%s%s%s", zh[rank - 1], top ? "甲等医院" : "医院", more ? "以上" : ""),
                          yq_printf(r->arena, "%s%s hospital%s", top ? "grade A " : "", en[rank - 1], more ? " or above" : ""));
        }
        if (rank) at += length;
        else yq_utf8_next(r->low, &at);
    }
}

/* A grade beside a name is its own unless it is what the house looks for ("寻求三甲医院"). */
yq_condition_state grade_said(yq_arena *a, const yq_condition *c, yq_str low)
{
    static const char *const sought[] = { "寻求", "寻找", "征集", "面向", "联合", "需要", "邀请", "looking for", "seek" };
    int asked = c->value.p[0] - '0';
    bool top = yq_has(c->value, YQ_S("A")), more = yq_has(c->value, YQ_S("+"));
    (void)a;
    for (size_t at = 0; at < low.n;) {
        uint32_t length;
        bool said_top = false;
        int rank = grade_at(low, at, &length, &said_top);
        yq_span clause = clause_around(low, at);
        if (rank && is_of_hospital(low, at, at + length) && !HAS_ANY(low, clause.from, at, sought)) {
            if (rank != asked) return (more && rank > asked) ? YQ_COND_MET : YQ_COND_UNMET;
            return !top || said_top ? YQ_COND_MET : YQ_COND_UNKNOWN;
        }
        if (rank) at += length;
        else yq_utf8_next(low, &at);
    }
    return YQ_COND_UNKNOWN;
}

/* ---------------------------------------------------------------- stage */

/* "想买断专利": rights may be bought of what nobody sells yet. */
static bool is_of_rights(const asking_words *r, yq_str words)
{
    static const char *const rights[] = { "专利", "受让", "转让", "买断", "技术许可", "patent", "licence", "license" };
    bool buys = yq_has(words, YQ_S("买")) || yq_has(words, YQ_S("购")) || yq_has(words, YQ_S("buy")) || yq_has(words, YQ_S("purchase"));
    yq_span clause = clause_around(r->low, words.n ? (size_t)(words.p - r->plain.p) : 0);
    return buys && HAS_ANY(r->low, clause.from, clause.to, rights);
}

void read_stage(asking_words *r)
{
    yq_str words = stage_asked(r->arena, r->plain), left = yq_sub(r->plain, 0, words.n ? (size_t)(words.p - r->plain.p) : 0);
    yq_str right = words.n ? yq_sub(r->low, (size_t)(words.p - r->plain.p) + words.n, r->low.n) : YQ_S("");
    if (yq_starts(right, YQ_S(" abroad")) || yq_starts(right, YQ_S(" to practi")) || yq_ends(left, YQ_S("境外")) || yq_ends(left, YQ_S("国外")) || yq_ends(left, YQ_S("海外"))) return; /* there, and not here */
    if (is_of_rights(r, words)) return;
    uint32_t from = words.n ? (uint32_t)(words.p - r->plain.p) : 0;
    if (words.n || (r->field && yq_eq(r->low, YQ_S("available"))))
        add_condition(r, YQ_COND_STAGE, (yq_span){ from, from + (uint32_t)words.n }, YQ_S("available"), YQ_S("已上市"), YQ_S("on the market"));
}

/* ---------------------------------------------------------------- languages */

static const struct { const char *value, *zh, *en; const char *words[6]; } languages[] = {
    { "en", "英语", "English", { "英语", "英文", "english", NULL } },
    { "zh", "中文", "Chinese", { "中文", "汉语", "普通话", "国语", "mandarin", "chinese" } },
    { "yue", "粤语", "Cantonese", { "粤语", "广东话", "cantonese", NULL } },
    { "ar", "阿拉伯语", "Arabic", { "阿拉伯语", "阿语", "arabic", NULL } }, { "fr", "法语", "French", { "法语", "法文", "french", NULL } },
    { "de", "德语", "German", { "德语", "德文", "german", NULL } }, { "ja", "日语", "Japanese", { "日语", "日文", "japanese", NULL } },
    { "ko", "韩语", "Korean", { "韩语", "韩文", "朝鲜语", "korean", NULL } }, { "ru", "俄语", "Russian", { "俄语", "俄文", "russian", NULL } },
    { "es", "西班牙语", "Spanish", { "西班牙语", "spanish", NULL } }, { "pt", "葡萄牙语", "Portuguese", { "葡萄牙语", "葡语", "portuguese", NULL } },
    { "it", "意大利语", "Italian", { "意大利语", "italian", NULL } }, { "vi", "越南语", "Vietnamese", { "越南语", "vietnamese", NULL } },
    { "th", "泰语", "Thai", { "泰语", "thai", NULL } }, { "ms", "马来语", "Malay", { "马来语", "malay", NULL } }, { "id", "印尼语", "Indonesian", { "印尼语", "indonesian", NULL } },
    { "hi", "印地语", "Hindi", { "印地语", "hindi", NULL } }, { "ug", "维吾尔语", "Uyghur", { "维吾尔语", "维语", "uyghur", "uighur", NULL } },
    { "bo", "藏语", "Tibetan", { "藏语", "藏文", "tibetan", NULL } }, { "mn", "蒙古语", "Mongolian", { "蒙古语", "蒙语", "mongolian", NULL } },
    { "kk", "哈萨克语", "Kazakh", { "哈萨克语", "哈语", "kazakh", NULL } }, { "nan", "闽南语", "Hokkien", { "闽南语", "台语", "hokkien", NULL } },
    { "sw", "斯瓦希里语", "Swahili", { "斯瓦希里语", "swahili", NULL } }, { "sign", "手语", "sign language", { "会手语", "懂手语", "sign language", NULL } },
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

static int language_at(yq_str low, size_t at, uint32_t *length)
{
    if (at && low.p[at] >= 'a' && low.p[at] <= 'z' && low.p[at - 1] >= 'a' && low.p[at - 1] <= 'z') return -1;
    for (int i = 0; i < LANGUAGES; i++)
        for (int k = 0; k < 6 && languages[i].words[k]; k++) {
            yq_str word = yq_cstr(languages[i].words[k]);
            bool latin = (uint8_t)word.p[0] < 0x80, whole = at + word.n >= low.n || !(low.p[at + word.n] >= 'a' && low.p[at + word.n] <= 'z');
            if (!yq_starts(yq_sub(low, at, low.n), word) || (latin && !whole)) continue;
            *length = (uint32_t)word.n;
            return i;
        }
    return -1;
}

/* Somebody speaks it, works or teaches in it; papers and editions in it are another matter. */
static bool is_spoken(yq_str low, size_t from, size_t to)
{
    static const char *const before[] = { "会说", "会讲", "会", "能说", "能讲", "说", "讲", "懂", "用", "以", "通", "精通", "熟练", "掌握", "双语", "语言：", "工作语言", "speak", "fluent in", "fluent", "teach", "lecture", "train", "talk",
        "present", "communicat", "consult", "works in", "work in", "working in", "languages:", "language:", "command of", "conversational", "good", "proficient" };
    static const char *const behind[] = { "流利", "授课", "讲课", "讲座", "交流", "沟通", "会诊", "报告", "主持", "教学", "服务", "对话", "接待", "工作", "好", "熟练", "能力", "水平", "-speaking", " speaking", " speaker", " fluent", "-language support", "带教",
                                          "解说", "、" };
    static const char *const not_spoken[] = { "摘要", "论文", "文献", "期刊", "版", "说明书", "名称", "翻译", "缩写", "材料", "资料", " hospital", " literature", " abstract", " paper", " journal", " edition", " version", " version", " medicine", " plant",
        " compan", " manufactur", " population", " patient", " translation", " registration", " market", " label", " stroke", " cohort" };
    size_t back = from > 30 ? from - 30 : 0, end = to + 15 < low.n ? to + 15 : low.n;
    while (back > 0 && (low.p[back] & 0xC0) == 0x80) back--;
    yq_span clause = clause_around(low, from);
    if (back < clause.from) back = clause.from;
    if (HAS_ANY(low, to, end, not_spoken)) return false;
    if (HAS_ANY(low, to, end, behind)) return true;
    return HAS_ANY(low, back, from, before);
}

/* "in English" tells how somebody is to teach, and nothing when it is what was published. */
static bool taught_in(yq_str low, size_t from)
{
    static const char *const papers[] = { "publish", "written", "available in", "paper", "report in", "article" };
    yq_span clause = clause_around(low, from);
    return yq_ends(yq_sub(low, 0, from), YQ_S(" in ")) && !HAS_ANY(low, clause.from, from, papers);
}

void read_languages(asking_words *r)
{
    for (size_t at = 0; at < r->low.n;) {
        uint32_t length = 0;
        int i = language_at(r->low, at, &length);
        bool latin = i >= 0 && (uint8_t)r->low.p[at] < 0x80;
        if (i >= 0 && (r->field || is_spoken(r->low, at, at + length) || (latin && taught_in(r->low, at) && at + length + 1 >= clause_around(r->low, at).to)))
            add_condition(r, YQ_COND_LANGUAGE, (yq_span){ (uint32_t)at, (uint32_t)at + length }, yq_cstr(languages[i].value), yq_printf(r->arena, "会%s", languages[i].zh),
                          yq_cstr(languages[i].en));
        if (i >= 0) at += length;
        else yq_utf8_next(r->low, &at);
    }
    for (int i = 0; i < LANGUAGES && r->field; i++)
        if (yq_eq(r->low, yq_cstr(languages[i].value)))
            add_condition(r, YQ_COND_LANGUAGE, (yq_span){ 0, 0 }, yq_cstr(languages[i].value), yq_printf(r->arena, "会%s", languages[i].zh), yq_cstr(languages[i].en));
}

/* A list of languages without the one that is asked for says that it is not spoken. */
yq_condition_state language_said(const yq_condition *c, yq_str low, bool row)
{
    static const char *const listing[] = { "语言：", "语言:", "语种：", "languages:", "language:", "languages：" };
    bool lists = HAS_ANY(low, 0, low.n, listing), others = false;
    (void)row;
    for (size_t at = 0; at < low.n;) {
        uint32_t length = 0;
        int i = language_at(low, at, &length);
        if (i >= 0 && (lists || is_spoken(low, at, at + length))) {
            if (yq_eq(c->value, yq_cstr(languages[i].value))) return YQ_COND_MET;
            others = true;
        }
        if (i >= 0) at += length;
        else yq_utf8_next(low, &at);
    }
    return lists && others ? YQ_COND_UNMET : YQ_COND_UNKNOWN;
}
