/* Where: a place of the lists, a people before a house or a person ("German hospitals"), everything outside of China, or a town that is called one by its form. */
#include "match/condition.h"

/* "卖到欧洲", "去省城", "境外已上市": the place is where something goes or went on, and not where the answer is. */
static bool is_destination(const asking_words *r, yq_span span)
{
    static const char *const before[] = { "卖到", "销往", "出口", "进入", "卖往", "发往", "送到", "运到", "去", "到", "往", "赴", "飞", "援", "回", "export to", "sell to", "sell in", "sold in", "market in",
                                          "licensed in", "approved in", "registered in", "launch in", "enter ", "travel to", "move to", "to " };
    static const char *const behind[] = { "上市", "已上市", "获批", "已获批", "注册", "已注册", "批准", "市场", "注册证", "开展", "户口", "籍", "人口", "路", "话", "语", "菜", "药典", "还没", "尚未", "未" };
    yq_str left = yq_sub(r->low, 0, span.from), right = yq_sub(r->low, span.to, r->low.n);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (yq_ends(left, yq_cstr(before[i]))) return true;
    if (yq_ends(left, YQ_S("和")) || yq_ends(left, YQ_S("、"))) { /* "卖到欧洲和美国" */
        yq_span clause = clause_around(r->low, span.from);
        if (HAS_ANY(r->low, clause.from, span.from, before)) return true;
    }
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (yq_starts(right, yq_cstr(behind[i]))) return true;
    return false;
}

/* A place must begin and end with words of the sentence: 中山 is none in 中山医院, 日本 none in 日本血吸虫. */
static bool cuts_no_word(const asking_words *r, yq_span span)
{
    bool from = false, to = false;
    for (size_t i = 0; i < r->words.n; i++) {
        yq_span w = r->words.v[i].span;
        from |= w.from == span.from;
        to |= w.to == span.to || (w.from < span.to && span.to < w.to && yq_eq(yq_sub(r->plain, span.to, w.to), YQ_S("内"))); /* 省内 */
    }
    return from && to;
}

static bool in_concept(const asking_words *r, yq_span span)
{
    yq_concept_hit hits[8];
    size_t n = yq_concepts_at(r->plain, span.from, hits, 8);
    for (size_t i = 0; i < n; i++)
        if (span.from + hits[i].length > span.to) return true;
    return false;
}

/* "南京大学的教授" names a house: 南京大学 is looked for and not Nanjing. 广东的大学 and 北京三甲医院 do. */
static bool in_house(const asking_words *r, yq_span span)
{
    static const char *const behind[] = { "大学", "医科大学", "理工", "师范", "中医药", "协和", "儿童医院", "人民医院", "银行", "时间", "国际", " university", " medical university", " union", " children",
                                          " first", " central hospital", " people's" };
    yq_lex_hit hit;
    yq_str right = yq_sub(r->low, span.to, r->low.n);
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (yq_starts(right, yq_cstr(behind[i]))) return true;
    return yq_lex_longest(r->plain, span.from, YQ_LEX_ORGS, &hit) && span.from + hit.length > span.to;
}

/* What is said of a place that is none of the lists' by its form: in front of it stands where, or behind it. */
static bool says_where(const asking_words *r, yq_span span)
{
    static const char *const before[] = { "在", "位于", "找", "请", "推荐", "寻", " in ", "near ", "based in ", "within ", "around ", "from " };
    static const char *const behind[] = { "内", "的", "境内", "本地", "当地", "范围" };
    yq_str left = yq_sub(r->low, 0, span.from), right = yq_sub(r->low, span.to, r->low.n);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (yq_ends(left, yq_cstr(before[i]))) return true;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (yq_starts(right, yq_cstr(behind[i]))) return true;
    return false;
}

static void add_region(asking_words *r, const map_place *p)
{
    yq_str key = p->sort == PLACE_UNKNOWN ? p->key : place_key(r->arena, p->key), said = yq_at(r->plain, p->span);
    if (!key.n) key = p->key;
    bool unlisted = p->sort == PLACE_UNKNOWN;
    yq_str zh = unlisted ? said : key, en = unlisted ? said : place_english(key);
    yq_condition *c = add_condition(r, YQ_COND_REGION, p->span, key, zh, en);
    if (c) c->unlisted = unlisted;
}

/* "国外专家", "overseas partner": everywhere but in China. */
static size_t abroad_at(asking_words *r, size_t at)
{
    static const char *const words[] = { "国外", "海外", "境外", "外国", "overseas", "foreign", "abroad" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        yq_str word = yq_cstr(words[i]);
        yq_span span = { (uint32_t)at, (uint32_t)(at + word.n) };
        if (!yq_starts(yq_sub(r->low, at, r->low.n), word) || is_destination(r, span)) continue;
        if (!r->field && !before_house_or_person(r, span.to) && !yq_ends(yq_sub(r->low, 0, at), YQ_S("在"))) continue;
        yq_condition *c = add_condition(r, YQ_COND_REGION, span, YQ_S("中国"), YQ_S("中国"), YQ_S("China"));
        if (!c) return word.n;
        c->negated = !c->negated;
        c->id = c->negated ? YQ_S("region=!中国") : YQ_S("region=中国");
        return word.n;
    }
    return 0;
}

/* 德国小蠊, 日本血吸虫病, 西班牙流感: what begins with the name of a land is from there only where a house or a person follows, or a word says so. */
static bool is_only_named(const asking_words *r, const map_place *p)
{
    static const char *const before[] = { "在", "来自", "从", "位于", "和", "或", "、", "不要" }, *const behind[] = { "的", "、", "和", "或", "，", "。", "境内", "本土", "以外", "之外" };
    yq_str left = yq_sub(r->low, 0, p->span.from), right = yq_sub(r->low, p->span.to, r->low.n), value;
    if ((uint8_t)r->low.p[p->span.from] < 0x80 || !yq_lex_is(yq_at(r->plain, p->span), YQ_LEX_PLACES, &value) || !yq_eq(yq_lex_column(value, 0), YQ_S("country"))) return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (yq_ends(left, yq_cstr(before[i]))) return false;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (yq_starts(right, yq_cstr(behind[i]))) return false;
    return right.n && !before_house_or_person(r, p->span.to);
}

static bool is_region(const asking_words *r, const map_place *p)
{
    if (p->sort == PLACE_SEAT) return false;
    if (r->field) return true;
    if (p->sort == PLACE_UNKNOWN) return says_where(r, p->span) && !is_destination(r, p->span) && !in_concept(r, p->span);
    if (p->sort == PLACE_PEOPLE && !before_house_or_person(r, p->span.to)) return false;
    return cuts_no_word(r, p->span) && !is_only_named(r, p) && !in_concept(r, p->span) && !in_house(r, p->span) && !is_destination(r, p->span);
}

void read_regions(asking_words *r)
{
    for (size_t at = 0; at < r->plain.n;) {
        map_place p;
        size_t skipped = abroad_at(r, at);
        if (skipped) {
            at += skipped;
            continue;
        }
        bool found = place_at(r->plain, at, &p) || place_unlisted_at(r->arena, r->plain, at, &p);
        bool begins = at == 0 || (uint8_t)r->plain.p[at] >= 0x80 || !((r->low.p[at - 1] | 0x20) >= 'a' && (r->low.p[at - 1] | 0x20) <= 'z');
        if (found && begins && is_region(r, &p)) add_region(r, &p);
        if (found && begins) at = p.span.to;
        else yq_utf8_next(r->plain, &at);
    }
}

/* ---------------------------------------------------------------- what is said of it */

/* What stands right behind such words is where a house is. */
static const char *const seated[] = { "位于", "地处", "坐落", "坐落于", "总部在", "总部设在", "总部位于", "落户", "注册在", "注册于", "设在", "所在地：", "所在城市：", "所在城市:", "所在地:", "城市：", "地区：", "地址：", "省份：",
    "based in ", "located in ", "headquartered in ", "city: ", "location: ", "country: ", "address: " };

static yq_condition_state place_said(yq_arena *a, const yq_condition *c, yq_str plain, size_t at)
{
    map_place p;
    if (!c->unlisted && !place_at(plain, at, &p)) return YQ_COND_UNKNOWN;
    place_relation relation = c->unlisted ? place_of_unlisted(a, plain, at, c->value) : place_relates(a, p.key, c->value);
    return relation == PLACE_INSIDE ? YQ_COND_MET : relation == PLACE_APART ? YQ_COND_UNMET : YQ_COND_UNKNOWN;
}

yq_condition_state region_said(yq_arena *a, const yq_condition *c, yq_str plain, bool row)
{
    yq_str low = small_letters(a, plain);
    (void)row;
    for (size_t from = 0, length = 0;;) {
        size_t at = first_of(low, from, low.n, seated, sizeof seated / sizeof *seated, &length);
        if (at == SIZE_MAX || at + length >= low.n) return YQ_COND_UNKNOWN;
        yq_condition_state s = place_said(a, c, plain, at + length);
        if (s != YQ_COND_UNKNOWN) return s;
        from = at + length;
    }
}
