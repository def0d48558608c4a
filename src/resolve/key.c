/* The keys under which names meet, and what a name alone can prove.
 *
 * A name proves who is meant only by what is left when everything that thousands of organisations share is taken away: 云岭 of 云岭省人民医院, and
 * nothing of 人民医院 or 省科学技术厅. The endings come from lexicon/org_endings.tsv; the words below are what else such names are made of.
 */
#include "resolve/internal.h"

/* 国家, 中国, 全国, 中华 are no such words: with them a ministry or a society is one of its kind. */
static const char *const shared_words[] = {
    "中西医结合", "卫生健康", "科学技术", "药品监督", "医疗保障", "市场监督", "工业和信息化", "组织委员会", "指导委员会", "妇女儿童",
    "红十字", "中医药", "自治区", "自治州", "附属", "直属", "第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九", "第十",
    "大学", "医科", "医学", "医药", "医疗", "医院", "人民", "中心", "综合", "专科", "中医", "妇幼", "妇产", "儿童", "肿瘤", "口腔", "眼科", "胸科",
    "骨科", "康复", "传染", "精神", "卫生", "健康", "教育", "财政", "科技", "技术", "科学", "创新", "发展", "研究", "管理", "监督", "规划", "信息",
    "专家", "学术", "组委", "秘书", "执行", "筹备", "联合", "国际", "产业", "转化", "协同", "合作", "交流", "服务", "咨询", "评审", "审评", "应急",
    "生物", "工程", "疾病", "预防", "控制", "临床", "基础", "护理", "药学", "药物", "器械", "影像", "检验", "公共", "质量", "数据", "智能",
    "有限", "责任", "股份", "公司", "集团", "理工", "师范", "办公", "委员", "学院", "学校", "分院", "总院", "分会", "总会", "院区", "园区",
    "新区", "省级", "市级",
};

/* Characters that say nothing when nothing else is left: 市 of 市中心医院. In 三亚市 or 大连市 something else is. */
static const char unit_characters[] = "省市县区镇乡旗盟院校会局厅处部所室科系本该我各全";

/* Whole names that hospitals of several cities carry. */
static const char *const carried_by_many[] = { "协和医院", "同济医院", "中山医院", "同仁医院", "仁爱医院", "博爱医院", "康复医院", "友谊医院" };

static const char *const shared_words_en[] = {
    "the", "of", "and", "for", "at", "in", "on", "a", "first", "second", "third", "fourth", "fifth", "sixth", "1st", "2nd", "3rd", "affiliated",
    "affiliate", "attached", "hospital", "hospitals", "university", "college", "school", "faculty", "institute", "institutes", "institution",
    "academy", "center", "centre", "central", "department", "division", "ministry", "bureau", "office", "commission", "committee", "council",
    "administration", "association", "alliance", "society", "federation", "foundation", "fund", "company", "group", "medical", "medicine", "health",
    "healthcare", "science", "sciences", "technology", "technologies", "engineering", "research", "innovation", "clinical", "clinic", "general",
    "people", "peoples", "s", "people's", "children", "children's", "cancer", "eye", "teaching", "provincial", "municipal", "city", "province",
    "biomedical", "biological", "biology", "pharmacy", "pharmaceutical", "pharmaceuticals", "nursing", "surgery", "translational", "preventive",
    "digital", "data", "information", "device", "devices", "industry", "development", "management", "service", "services", "education",
    "county", "district", "national", "international", "public", "centers", "laboratory", "lab", "co", "ltd", "inc", "limited",
};

static const char *const legal_endings[] = { "股份有限公司", "有限责任公司", "有限公司" };
static const char *const legal_words_en[] = { "co", "ltd", "inc", "llc", "corp", "corporation", "limited", "company", "plc", "gmbh", "ag",
                                              "ab", "sa", "bv", "nv", "kk", "pte", "pty", "sarl", "spa", "oy", "as" };

#define LISTED(list, word) listed((list), sizeof(list) / sizeof *(list), (word))

static bool listed(const char *const *list, size_t n, yq_str word)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(word, yq_cstr(list[i]))) return true;
    return false;
}

bool resolve_has_han(yq_str s)
{
    for (size_t at = 0; at < s.n;)
        if (yq_is_han(yq_utf8_next(s, &at))) return true;
    return false;
}

/* ---------------------------------------------------------------- brackets */

static int bracket(uint32_t cp)
{
    if (cp == '(' || cp == 0xFF08 || cp == '[' || cp == 0x3010) return 1;
    return cp == ')' || cp == 0xFF09 || cp == ']' || cp == 0x3011 ? -1 : 0;
}

/* Cuts the name into what stands outside of brackets and inside of them. Without anything outside, all is outside. */
static void part_brackets(yq_arena *a, yq_str name, yq_str *outside, yq_str *inside)
{
    char *out = yq_alloc(a, name.n + 1), *in = yq_alloc(a, name.n + 1);
    size_t out_n = 0, in_n = 0;
    int depth = 0;
    for (size_t at = 0; at < name.n;) {
        size_t from = at;
        int turn = bracket(yq_utf8_next(name, &at));
        if (turn > 0) depth++;
        else if (turn < 0) depth -= depth > 0;
        char *to = depth ? in + in_n : out + out_n;
        if (turn) *to = ' ';
        else memcpy(to, name.p + from, at - from);
        *(depth ? &in_n : &out_n) += turn ? 1 : at - from;
    }
    *outside = yq_trim((yq_str){ out, out_n });
    *inside = yq_trim((yq_str){ in, in_n });
    if (!outside->n) *outside = name, *inside = YQ_S("");
}

yq_str resolve_outside(yq_arena *a, yq_str name)
{
    yq_str outside, inside;
    part_brackets(a, name, &outside, &inside);
    return outside;
}

static bool all_capitals(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z') return false;
    return true;
}

yq_str yq_org_qualifier(yq_arena *a, yq_str name)
{
    yq_str outside, inside;
    part_brackets(a, name, &outside, &inside);
    bool han = resolve_has_han(inside);
    if (resolve_has_han(outside) ? !han : han || all_capitals(inside)) return YQ_S("");
    return yq_fold(a, inside);
}

/* ---------------------------------------------------------------- words of a Latin name */

typedef YQ_VEC(yq_str) words;

static bool in_word(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019 || !(yq_is_space(cp) || yq_is_punct(cp));
}

static void cut_latin(yq_arena *a, yq_str name, words *out)
{
    for (size_t at = 0; at < name.n;) {
        size_t from = at, end = at;
        while (at < name.n && in_word(yq_utf8_next(name, &at))) end = at;
        if (end > from) *yq_push(a, out) = yq_fold(a, yq_sub(name, from, end));
    }
}

static yq_str join(yq_arena *a, const words *w)
{
    yq_str all = YQ_S("");
    for (size_t i = 0; i < w->n; i++) all = yq_concat(a, all, w->v[i]);
    return all;
}

static yq_str latin_org_key(yq_arena *a, yq_str outside)
{
    words w = { 0 };
    cut_latin(a, outside, &w);
    if (w.n > 1 && yq_eq(w.v[0], YQ_S("the"))) w.v++, w.n--;
    while (w.n > 1 && LISTED(legal_words_en, w.v[w.n - 1])) w.n--;
    return join(a, &w);
}

/* ---------------------------------------------------------------- names that are written in more than one way */

/* The bytes of 第一 … 第十二 at the start; 0: none. */
static size_t ordinal_at(yq_str s)
{
    size_t at = 3, end = 0;
    if (!yq_starts(s, YQ_S("第"))) return 0;
    while (at < s.n) {
        size_t from = at;
        yq_utf8_next(s, &at);
        if (!yq_has(YQ_S("一二三四五六七八九十"), yq_sub(s, from, at))) break;
        end = at;
    }
    return end;
}

static yq_str without_prefix(yq_str s, yq_str prefix)
{
    return yq_starts(s, prefix) ? yq_sub(s, prefix.n, s.n) : s;
}

/* No university has a 第一医院 beside its 附属第一医院; a university without ordinals has a 大学医院 beside its 附属医院, which stay apart. */
static yq_str plain_affiliation(yq_arena *a, yq_str s)
{
    size_t at = yq_find(s, YQ_S("大学"), 0);
    if (at == SIZE_MAX || at == 0) return s;
    yq_str university = yq_sub(s, 0, at + 6), rest = without_prefix(yq_sub(s, at + 6, s.n), YQ_S("医学院"));
    rest = without_prefix(rest, YQ_S("附属"));
    size_t ordinal = ordinal_at(rest);
    if (!ordinal || !yq_eq(without_prefix(yq_sub(rest, ordinal, rest.n), YQ_S("附属")), YQ_S("医院"))) return s;
    yq_str number = yq_sub(rest, 0, ordinal);
    return yq_printf(a, "%.*s%.*s医院", YQ_FMT(university), YQ_FMT(number));
}

/* 天津市一中心 is how people say 天津市第一中心医院. */
static yq_str spoken_center(yq_arena *a, yq_str s)
{
    yq_lex_hit place;
    if (!yq_ends(s, YQ_S("中心")) || s.n < 15) return s;
    yq_str city = yq_sub(s, 0, s.n - 9), number = yq_sub(s, s.n - 9, s.n - 6);
    if (!yq_has(YQ_S("一二三四五六七八九"), number)) return s;
    if (!yq_ends(city, YQ_S("市")) && !(yq_lex_longest(city, 0, YQ_LEX_PLACES, &place) && place.length == city.n)) return s;
    return yq_printf(a, "%.*s第%.*s中心医院", YQ_FMT(city), YQ_FMT(number));
}

/* The whole name of what everybody calls 吉大一院, or ITRI; empty: nobody. A company's short name may be that of its group, an authority's that of
 * its like in another province. */
static yq_str known_in_full(yq_arena *a, yq_str s)
{
    static const char *const others[] = { "company", "government" };
    yq_str value;
    if (!yq_lex_is(s, YQ_LEX_ORGS, &value) || LISTED(carried_by_many, s) || LISTED(others, yq_lex_column(value, 0))) return YQ_S("");
    return yq_fold(a, yq_lex_column(value, 1));
}

yq_str resolve_full_form(yq_arena *a, yq_str s)
{
    yq_str full = known_in_full(a, s);
    return plain_affiliation(a, spoken_center(a, full.n ? full : s));
}

static yq_str han_org_key(yq_arena *a, yq_str outside)
{
    yq_str s = resolve_full_form(a, yq_fold(a, outside));
    for (size_t i = 0; i < sizeof legal_endings / sizeof *legal_endings; i++) {
        yq_str ending = yq_cstr(legal_endings[i]);
        if (s.n > ending.n + 3 && yq_ends(s, ending)) return yq_sub(s, 0, s.n - ending.n);
    }
    return s;
}

yq_str yq_org_key(yq_arena *a, yq_str name)
{
    yq_str outside, inside;
    part_brackets(a, name, &outside, &inside);
    if (resolve_has_han(outside)) return han_org_key(a, outside);
    yq_str full = known_in_full(a, outside);
    return resolve_has_han(full) ? han_org_key(a, full) : latin_org_key(a, outside);
}

static void sort_words(words *w)
{
    for (size_t i = 1; i < w->n; i++)
        for (size_t k = i; k > 0 && yq_cmp(w->v[k - 1], w->v[k]) > 0; k--) {
            yq_str swapped = w->v[k];
            w->v[k] = w->v[k - 1];
            w->v[k - 1] = swapped;
        }
}

yq_str yq_name_key(yq_arena *a, yq_identity_kind kind, yq_str name)
{
    enum { MOST_WORDS = 12 };
    if (kind == YQ_ORGANIZATION) return yq_org_key(a, name);
    if (resolve_has_han(name)) return yq_fold(a, name);
    words w = { 0 };
    cut_latin(a, name, &w);
    if (w.n > MOST_WORDS) w.n = MOST_WORDS;
    sort_words(&w);
    return join(a, &w);
}

/* ---------------------------------------------------------------- what a name proves */

/* A medical term (心血管, stroke) tells an institute's field and not which institute it is. Words of kind "word" may: places are among them. */
static size_t term_at(yq_str s, size_t at)
{
    enum { LEAST_TERM_BYTES = 6 };
    yq_concept_hit hits[16];
    size_t longest = 0, n = yq_concepts_at(s, at, hits, 16);
    for (size_t i = 0; i < n; i++)
        if (hits[i].length > longest && !yq_eq(yq_concept_column(hits[i].id, 5), YQ_S("word"))) longest = hits[i].length;
    return longest >= LEAST_TERM_BYTES ? longest : 0;
}

static size_t shared_at(yq_str s, size_t at)
{
    size_t longest = term_at(s, at);
    for (size_t i = 0; i < sizeof shared_words / sizeof *shared_words; i++) {
        yq_str word = yq_cstr(shared_words[i]);
        if (word.n > longest && yq_starts(yq_sub(s, at, s.n), word)) longest = word.n;
    }
    return longest;
}

/* Does enough remain when the shared words are taken away? */
static bool has_own_part(yq_str s)
{
    size_t left = 0, own = 0;
    for (size_t at = 0; at < s.n;) {
        size_t shared = shared_at(s, at), from = at;
        if (shared) {
            at += shared;
            continue;
        }
        yq_utf8_next(s, &at);
        left++;
        own += !yq_has(yq_cstr(unit_characters), yq_sub(s, from, at));
    }
    return left >= 2 && own >= 1;
}

static bool latin_is_specific(yq_arena *a, yq_str outside)
{
    size_t own = 0;
    for (size_t at = 0; at < outside.n;) {
        size_t end = at, next = at + term_at(outside, at);
        if (next > at) { /* terms may be of several words */
            at = next;
            continue;
        }
        while (next < outside.n && in_word(yq_utf8_next(outside, &next))) end = next;
        yq_str word = yq_fold(a, yq_sub(outside, at, end));
        own += LISTED(shared_words_en, word) ? 0 : word.n;
        at = next;
    }
    return own >= 3;
}

bool yq_org_is_specific(yq_arena *a, yq_str name)
{
    yq_str outside, inside;
    part_brackets(a, name, &outside, &inside);
    if (known_in_full(a, resolve_has_han(outside) ? yq_fold(a, outside) : outside).n) return true;
    if (!resolve_has_han(outside)) return latin_is_specific(a, outside);
    yq_str s = yq_fold(a, outside);
    yq_lex_hit ending;
    if (LISTED(carried_by_many, s)) return false;
    if (yq_lex_suffix(s, s.n, YQ_LEX_ORG_ENDINGS, &ending)) s = yq_sub(s, 0, s.n - ending.length);
    return has_own_part(s);
}

bool yq_org_is_membership(yq_arena *a, yq_str name)
{
    static const char *const kinds[] = { "society", "alliance", "foundation", "media", "platform", "congress_center" };
    yq_str plain = yq_simplify(a, name);
    yq_lex_hit ending;
    return yq_lex_suffix(plain, plain.n, YQ_LEX_ORG_ENDINGS, &ending) && LISTED(kinds, yq_lex_column(ending.value, 0));
}
