/* Named technologies, products, devices, drugs and therapies that somebody offers, shows or releases.
 *
 * Surest is a brand in quotation marks with what it is behind it: “夜航”卒中影像辅助决策系统; or a Latin brand before Chinese words. Next comes the
 * object of a verb of developing, showing or giving whose last word is an ending of the lexicon; the noun behind "某院的"; a list behind
 * 核心技术包括; the topic of a talk that begins with such a name. Catalogues are read in tables.c.
 */
#include "extract/relations.h"

enum { TAIL_BYTES = 72, NAME_CHARS_MIN = 4, NAME_CHARS_MAX = 26 };

static const char *const making_verbs[] = { "研发", "开发", "推出", "推出了", "发布了", "展示了", "演示了", "自主研发的", "研制", "研制的", "捐赠", "赠送",
                                            "带来", "带来了", "研制出", "研发的",
                                            "共同研究", "设计了", "上线了", "研究", "启用", "引进", "开发了", "研发出", "开发的", "展示", "建成" };
/* Behind what was presented. */
static const char *const presented[] = { "进行了详细介绍", "进行了介绍", "的发展历程", "进行了讲解", "进行了演示", "进行了展示", "的研发", "进行了系统介绍" };
static const char *const going_online[] = { "同步上线", "正式上线", "上线运行", "正式启用", "投入使用", "上线" };
/* Before a list. */
static const char *const list_leads[] = { "核心技术包括", "技术包括", "产品包括", "展示了", "成果包括", "产品有", "主要技术有" };

const yq_cue_words yq_technology_cues[] = { YQ_CUE_WORDS(MAKING, making_verbs), YQ_CUE_WORDS(PRESENTED, presented), YQ_CUE_WORDS(ONLINE, going_online),
                                            YQ_CUE_WORDS(PRODUCTS, list_leads), { 0 } };

/* ---------------------------------------------------------------- adding */

static bool known_technology(const yq_work *w, yq_str name)
{
    for (size_t i = 0; i < w->out->technologies.n; i++)
        if (yq_same_words(w->out->technologies.v[i].name, name)) return true;
    return false;
}

/* The organisation that holds it: named last before it in the sentence, or of the person named there. */
static int holder_of(const yq_work *w, size_t at)
{
    const yq_sentence *s = yq_sentence_at(w, at);
    if (!s) return YQ_NONE;
    const yq_mention *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), at), *who = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at);
    if (org && org->ref != YQ_NONE) return org->ref;
    return who ? yq_org_of_person(w, who->ref) : YQ_NONE;
}

static void add_technology(yq_work *w, yq_span name, double confidence)
{
    name = yq_tighten(w->text, name);
    yq_str words = yq_words_of(w, name);
    size_t chars = yq_utf8_count(words);
    if (chars < 3 || chars > NAME_CHARS_MAX + 14 || w->out->technologies.n >= YQ_FOUND_MAX || known_technology(w, words)) return;
    yq_found_technology t = { .name = words, .holder = holder_of(w, name.from), .evidence = yq_evidence_of(w, name, confidence, YQ_VOICE_PATTERN) };
    *yq_push(w->arena, &w->out->technologies) = t;
}

/* ---------------------------------------------------------------- endings */

static size_t ending_at(const yq_work *w, size_t from, size_t end, yq_str *kind)
{
    yq_lex_hit hit;
    if (!yq_lex_suffix(yq_sub(w->text, 0, end), end, YQ_LEX_TECH_ENDINGS, &hit) || hit.length > end - from) return 0;
    *kind = yq_lex_column(hit.value, 0);
    return hit.length;
}

static const char *const no_products[] = {
    "计划", "项目", "基金", "工程", "行动", "倡议", "论坛", "活动", "仪式", "工作室", "联盟", "实验室", "专项", "公益", "大会", "会议", "政策", "战略", "模式", "理念",
    "机制", "主题", "问题",
    "培训班", "研讨会", "学术周", "创新周", "工作站", "基地", "教学", "环节", "课题", "称号", "奖", "精神", "讲堂", "发布会", "体系", "生态", "新", "字", "品牌", "专家",
    "方面", "中心", "之路", "支持", "难题", "建设", "启动仪", "签约仪", "揭牌仪", "经典名方", "能力", "水平", "服务",
};

/* Where a brand's common noun ends: at a mark, or at a word that cannot be part of it. */
static size_t tail_end(const yq_work *w, size_t from, size_t high)
{
    static const char *const stops[] = { "的", "在", "已", "让", "也", "和", "与", "及", "夺", "获", "将", "由", "为", "可以", "能够", "实时",
                                         "完成", "进行", "帮助", "等", "从", "是", "更",
                                         "并", "同步", "首次" };
    size_t at = from;
    while (at < high && at - from < TAIL_BYTES) {
        size_t next = at;
        uint32_t cp = yq_utf8_next(w->text, &next);
        bool latin = (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == '-';
        if (!yq_is_han(cp) && !latin) break;
        if (yq_begins_with_any(w->text, at, high, stops, YQ_COUNT(stops))) break;
        at = next;
    }
    return at;
}

/* The longest part of [from, end) that ends with an ending; 0: none. */
static size_t longest_with_ending(const yq_work *w, size_t from, size_t end)
{
    yq_str kind;
    for (size_t at = end; at > from + 3; at = yq_utf8_back(w->text, at))
        if (ending_at(w, from, at, &kind)) return at;
    return 0;
}

/* Directly behind a verb of offering. */
static bool is_product_context(const yq_work *w, const yq_sentence *s, size_t at)
{
    static const char *const verbs[] = { "推出", "推出了", "发布", "发布了", "捐赠", "推广", "启用", "使用", "凭", "研发", "研发的", "展示", "演示", "带来",
                                         "研制", "试用", "的" };
    return yq_ends_with_any(w->text, s->span.from, at, verbs, YQ_COUNT(verbs)) > 0;
}

static bool is_thing(yq_str kind)
{
    return yq_eq(kind, YQ_S("device")) || yq_eq(kind, YQ_S("drug")) || yq_eq(kind, YQ_S("diagnostic"));
}

/* ---------------------------------------------------------------- brands */

static void read_brand(yq_work *w, const yq_sentence *s, const yq_quote *q)
{
    enum { BRAND_CHARS = 10 };
    yq_str brand = yq_at(w->text, q->inner);
    size_t chars = yq_utf8_count(brand), end = tail_end(w, q->outer.to, s->span.to), named = longest_with_ending(w, q->outer.to, end);
    const yq_mention *org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), s->span.from);
    for (; org && org->span.to <= q->outer.from; org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), org->span.to)) {}
    if (org && org->span.from < end) return; /* “再生医学”医疗器械创新中心 is an institution */
    if (q->book || chars < 2 || chars > BRAND_CHARS || yq_has(brand, YQ_S("，")) || yq_has(brand, YQ_S("、"))) return;
    yq_str kind, tail = yq_sub(w->text, q->outer.to, end);
    if (!tail.n) { /* the quote itself is the name: “乳晕乳汁流量计” */
        bool thing = chars >= 4 && ending_at(w, q->inner.from, q->inner.to, &kind) && is_thing(kind);
        if (thing && is_product_context(w, s, q->outer.from)) add_technology(w, q->inner, 0.6);
        return;
    }
    if (yq_ends_with_any(w->text, q->outer.to, named ? named : end, no_products, YQ_COUNT(no_products))) return;
    size_t ending = named ? ending_at(w, q->outer.to, named, &kind) : 0;
    bool proper = named - q->outer.to >= ending + 6 || (ending >= 9 && named - q->outer.to >= 9); /* “临门一脚”技术 has no part of its own */
    static const char *const places[] = { "创新中心", "中心", "基地", "产业", "联盟", "研究院", "实验室", "公司" };
    if (named && yq_begins_with_any(w->text, named, s->span.to, places, YQ_COUNT(places))) return;
    if (named && proper && (ending >= 6 || named == end)) {
        add_technology(w, (yq_span){ q->outer.from, (uint32_t)named }, 0.85);
        return;
    }
    bool short_tail = tail.n >= 6 && tail.n <= 36 && is_product_context(w, s, q->outer.from) && memcmp(w->text.p + q->outer.from - 3, "的", 3);
    if (short_tail && (end >= s->span.to || yq_is_punct(yq_utf8_next(w->text, &(size_t){ end })) || (w->text.p[end] >= '0' && w->text.p[end] <= '9')))
        add_technology(w, (yq_span){ q->outer.from, (uint32_t)end }, 0.6);
}

/* TriAnchor三尖瓣环成形系统: a word of Latin letters with a small one, glued to Chinese words. */
static void read_latin_brand(yq_work *w, const yq_sentence *s)
{
    for (size_t at = s->span.from; at < s->span.to;) {
        size_t end = at, small = 0, large = 0;
        for (; end < s->span.to && (((w->text.p[end] | 32) >= 'a' && (w->text.p[end] | 32) <= 'z') || (end > at && strchr("-0123456789", w->text.p[end]))); end++) {
            small += w->text.p[end] >= 'a' && w->text.p[end] <= 'z';
            large += w->text.p[end] >= 'A' && w->text.p[end] <= 'Z';
        }
        if (end == at) {
            yq_utf8_next(w->text, &at);
            continue;
        }
        size_t tail = tail_end(w, end, s->span.to), named = longest_with_ending(w, end, tail);
        if (large >= 1 && small >= 3 && named && named - end >= 12 && !yq_mention_from(w, s, YQ_MASK(YQ_M_ORG), at))
            add_technology(w, (yq_span){ (uint32_t)at, (uint32_t)named }, 0.8);
        at = end;
    }
}

/* ---------------------------------------------------------------- objects of verbs */

/* The name at the end of a span: attributes before the last 的 go, quantities and 样机 behind it too. */
static yq_span name_at_end(const yq_work *w, yq_span s)
{
    static const char *const tails[] = { "样机", "两套", "一套", "一台", "两台", "产品", "新品", "原型机", "第一代" };
    for (size_t n; (n = yq_ends_with_any(w->text, s.from, s.to, tails, YQ_COUNT(tails))) > 0;) s.to -= (uint32_t)n;
    uint32_t from = s.from;
    for (size_t at = s.from; (at = yq_find_outside(w->text, s, at, "的")) != SIZE_MAX; at += 3)
        if (s.to - at > 15) from = (uint32_t)at + 3;
    return yq_tighten(w->text, (yq_span){ from, s.to });
}

static bool is_offered_kind(yq_str kind, size_t ending)
{
    static const char *const sure[] = { "device", "drug", "diagnostic", "software", "therapy" };
    for (size_t i = 0; i < YQ_COUNT(sure); i++)
        if (yq_eq(kind, yq_cstr(sure[i]))) return ending >= 3;
    return ending >= 12; /* a platform or a technique needs a telling ending */
}

static void read_object(yq_work *w, const yq_sentence *s, size_t at)
{
    static const char *const vague[] = { "先进", "新型", "新的", "相关", "创新", "前沿", "各类", "多种", "关键", "核心", "医疗", "一批", "优质", "国际",
                                         "现代", "第", "更多", "其他", "这种", "上述" };
    static const char marks[] = "，,。；;：:、（(“”";
    static const char *const nouns[] = { "总监", "中心", "部", "人员", "团队", "机构", "平台", "能力", "投入", "经费", "院", "所", "者", "计划", "方向",
                                         "生" };
    yq_quote q;
    size_t end = at, n;
    if (yq_begins_with_any(w->text, at, s->span.to, nouns, YQ_COUNT(nouns))) return;
    for (size_t next = end; end < s->span.to && end - at < 120; end = next) {
        bool mark = yq_mark_at(w->text, end, marks, &n);
        next = end + n;
        if (mark || (w->text.p[end] >= '0' && w->text.p[end] <= '9' && longest_with_ending(w, at, end) == end)) break;
    }
    yq_span name = name_at_end(w, (yq_span){ (uint32_t)at, (uint32_t)end });
    if (yq_next_quote(w->text, s->span, name.from, &q) && q.outer.from == name.from) return;
    yq_str kind = { 0 };
    size_t ending = ending_at(w, name.from, name.to, &kind), chars = yq_utf8_count(yq_at(w->text, name));
    if (name.to > name.from && w->text.p[name.from] >= '0' && w->text.p[name.from] <= '9') return;
    if (!ending || !is_offered_kind(kind, ending) || chars < NAME_CHARS_MIN + 1 || chars > NAME_CHARS_MAX || name.to - name.from < ending + 6) return;
    if (yq_begins_with_any(w->text, name.from, name.to, vague, YQ_COUNT(vague)) && chars < 9) return;
    add_technology(w, name, 0.6);
}

static void read_objects(yq_work *w, const yq_sentence *s)
{
    for (size_t at = s->span.from; (at = yq_next_cue(w, at, s->span.to, YQ_CUE(MAKING))) < s->span.to;) {
        size_t n = yq_begins_with_any(w->text, at, s->span.to, making_verbs, YQ_COUNT(making_verbs));
        if (n && !yq_in_quote(w->text, s->span, at)) read_object(w, s, at + n);
        if (n) at += n;
        else yq_utf8_next(w->text, &at);
    }
}

/* 某院的便携式脑氧监测仪 */
static void read_possessions(yq_work *w, const yq_sentence *s)
{
    for (size_t i = s->first; i < s->first + s->count; i++) {
        const yq_mention *m = &w->mentions.v[i];
        if (m->kind != YQ_M_ORG || m->span.to + 3 >= s->span.to || memcmp(w->text.p + m->span.to, "的", 3)) continue;
        size_t from = m->span.to + 3, end = tail_end(w, from, s->span.to), named = longest_with_ending(w, from, end);
        yq_str kind = { 0 };
        size_t ending = named ? ending_at(w, from, named, &kind) : 0;
        if (is_thing(kind) && ending >= 6 && named == end && named - from >= 15) add_technology(w, (yq_span){ (uint32_t)from, (uint32_t)named }, 0.6);
    }
}

/* 对X进行了详细介绍, 对X（缩写）的发展历程进行了阐述 */
static void read_presented(yq_work *w, const yq_sentence *s)
{
    for (size_t i = 0; i < YQ_COUNT(presented); i++) {
        size_t at = yq_find_outside(w->text, s->span, s->span.from, presented[i]), from = at;
        if (at == SIZE_MAX) continue;
        while (from > s->span.from && at - from < 120 && memcmp(w->text.p + from - 3, "对", 3)) from--;
        yq_str kind, name = yq_sub(w->text, from, at);
        size_t bracket = yq_find(name, YQ_S("（"), 0), end = bracket == SIZE_MAX ? at : from + bracket;
        if (from <= s->span.from || at - from >= 120 || yq_has(name, YQ_S("，")) || ending_at(w, from, end, &kind) < 6 || end - from < 15) continue;
        add_technology(w, (yq_span){ (uint32_t)from, (uint32_t)at }, 0.6);
    }
}

/* X平台同步上线, X系统投入使用 */
static void read_going_online(yq_work *w, const yq_sentence *s)
{
    static const char marks[] = "，,。；;：:、";
    for (size_t i = 0; i < YQ_COUNT(going_online); i++) {
        size_t at = yq_find_outside(w->text, s->span, s->span.from, going_online[i]), from = at, n;
        if (at == SIZE_MAX) continue;
        while (from > s->span.from) {
            size_t back = yq_utf8_back(w->text, from);
            if (yq_mark_at(w->text, back, marks, &n)) break;
            from = back;
        }
        const yq_mention *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), at);
        if (org && org->span.to > from) from = org->span.to;
        static const char *const owners[] = { "联盟", "医院", "公司", "该院", "大会", "的" };
        from += yq_begins_with_any(w->text, from, at, owners, YQ_COUNT(owners));
        yq_str kind;
        yq_span name = { (uint32_t)from, (uint32_t)at };
        if (ending_at(w, from, at, &kind) && at - from >= 12 && at - from <= 72) add_technology(w, name_at_end(w, name), 0.6);
        return;
    }
}

/* 核心技术包括A、B、C等先进技术 */
static void read_lists(yq_work *w, const yq_sentence *s)
{
    static const char *const owns[] = { "国内独有的", "自主研发的", "独有的", "国内首创的" };
    static const char *const closers[] = { "等先进技术", "等技术", "等产品", "等成果", "等创新产品", "等一批", "等新技术" };
    for (size_t i = 0; i < YQ_COUNT(list_leads); i++) {
        size_t at = yq_find_outside(w->text, s->span, s->span.from, list_leads[i]), end = SIZE_MAX;
        if (at == SIZE_MAX) continue;
        at += strlen(list_leads[i]);
        for (size_t k = 0; k < YQ_COUNT(closers); k++) {
            size_t found = yq_find_outside(w->text, s->span, at, closers[k]);
            if (found < end) end = found;
        }
        if (end == SIZE_MAX) continue;
        yq_spans parts = { 0 };
        yq_span region = { (uint32_t)(at + yq_begins_with_any(w->text, at, end, owns, YQ_COUNT(owns))), (uint32_t)end };
        yq_cut_at(w->arena, w->text, region, "、", &parts);
        for (size_t k = 0; parts.n >= 2 && k < parts.n; k++) add_technology(w, parts.v[k], 0.7);
    }
}

/* ---------------------------------------------------------------- topics of talks */

/* 非经静脉ICD的临床应用: the name that the topic begins with, before its predicate. */
static void read_topic(yq_work *w, const yq_found_talk *talk)
{
    static const char *const predicates[] = { "的临床", "在", "治疗", "国内外", "临床应用", "的应用", "新技术临床", "的临床研究", "用于", "的鉴定", "开展", "：" };
    yq_span topic = talk->evidence.span;
    yq_str kind;
    for (size_t at = topic.from + 4; at < topic.to; yq_utf8_next(w->text, &at)) {
        if (!yq_begins_with_any(w->text, at, topic.to, predicates, YQ_COUNT(predicates))) continue;
        size_t ending = ending_at(w, topic.from, at, &kind);
        bool latin = w->text.p[at - 1] >= 'A' && w->text.p[at - 1] <= 'Z' && w->text.p[at - 2] >= 'A';
        bool telling = ending >= 6 && !yq_eq(kind, YQ_S("technique")) && !yq_eq(kind, YQ_S("therapy"));
        telling |= ending >= 6 && yq_has(yq_sub(w->text, topic.from, at), YQ_S("技术"));
        telling |= ending >= 6 && yq_ends(yq_sub(w->text, topic.from, at), YQ_S("疗法"));
        static const char *const sentence[] = { "也", "是", "怎", "何", "吗", "我", "一台", "一种", "一款", "一个", "一项" };
        if (yq_has_any(yq_sub(w->text, topic.from, at), sentence, YQ_COUNT(sentence))) return;
        size_t chars = yq_utf8_count(yq_sub(w->text, topic.from, at));
        bool coined = chars >= 4 && w->text.p[topic.from] >= 'A' && w->text.p[topic.from] <= 'Z' && (size_t)(at - topic.from) == chars; /* OEC3D在… */
        bool drug = chars >= 3 && chars <= 7 && yq_starts(yq_sub(w->text, at, topic.to), YQ_S("的临床研究"));
        if (coined || drug) add_technology(w, (yq_span){ topic.from, (uint32_t)at }, 0.5);
        else if ((telling || latin) && at - topic.from >= 12 && at - topic.from <= 66) add_technology(w, (yq_span){ topic.from, (uint32_t)at }, 0.5);
        return;
    }
}

void yq_note_technology(yq_work *w, yq_span name, double confidence)
{
    add_technology(w, name, confidence);
}

static void read_sentence(yq_work *w, const yq_sentence *s)
{
    yq_quote q;
    for (size_t from = s->span.from; s->cues & YQ_CUE(QUOTE) && yq_next_quote(w->text, s->span, from, &q); from = q.inner.from) read_brand(w, s, &q);
    read_latin_brand(w, s);
    if (s->cues & YQ_CUE(MAKING) && w->reading->blocks.v[s->block].kind != YQ_BLOCK_ITEM) read_objects(w, s);
    read_possessions(w, s);
    if (s->cues & YQ_CUE(PRESENTED)) read_presented(w, s);
    if (s->cues & YQ_CUE(ONLINE)) read_going_online(w, s);
    if (s->cues & YQ_CUE(PRODUCTS)) read_lists(w, s);
    if (s->lang == YQ_LANG_EN) yq_read_english_technologies(w, s);
}

void yq_find_technologies(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        yq_block_kind kind = w->reading->blocks.v[s->block].kind;
        if (s->table == YQ_NO_TABLE && kind != YQ_BLOCK_META) read_sentence(w, s);
    }
    size_t prose = w->out->talks.n;
    for (size_t i = 0; i < prose; i++)
        if (!(w->out->talks.v[i].evidence.voices & YQ_VOICE_TABLE)) read_topic(w, &w->out->talks.v[i]);
}
