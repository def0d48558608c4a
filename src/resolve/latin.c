/* Chinese names and English names brought to one form, so that a document in English and one in Chinese can be seen to speak of one institution.
 *
 * An organisation's name is made of common words, which are translated, and of a proper part, which is spelt in pinyin. Both languages are brought
 * to: the common words in English, sorted, a bar, the proper part in Latin letters. 云岭大学附属第一医院 and First Affiliated Hospital of Yunling
 * University both give "affiliated first hospital university|yunling". 市 is dropped, since English does; 县 and 省 are not. A person's name
 * gives surname and given name in pinyin, in alphabetical order. Names that English writes by another dialect (Ka Yiu, Pui-lan Ho) do not meet.
 */
#include "resolve/internal.h"

#include <stdlib.h>

static const struct { const char *zh, *en; } words[] = {
    { "妇幼保健院", "maternal child health hospital" }, { "疾病预防控制中心", "disease control prevention center" },
    { "卫生健康委员会", "health commission" }, { "药品监督管理局", "drug administration" }, { "药品审评中心", "drug evaluation center" },
    { "科学技术厅", "science technology department" }, { "科学技术局", "science technology bureau" }, { "中西医结合", "integrated medicine" },
    { "口腔医学院", "stomatology school" }, { "公共卫生学院", "public health school" }, { "医学院", "medical school" }, { "药学院", "pharmacy school" },
    { "研究院", "institute" }, { "研究所", "institute" }, { "研究中心", "research center" }, { "科学院", "academy sciences" },
    { "管理委员会", "administration committee" }, { "委员会", "committee" }, { "管理局", "administration" }, { "先导区", "pilot zone" },
    { "示范区", "demonstration zone" }, { "开发区", "development zone" }, { "股份有限公司", "" }, { "有限责任公司", "" }, { "有限公司", "" },
    { "人民政府", "government" }, { "人民", "people" }, { "医科大学", "medical university" }, { "理工大学", "technology university" },
    { "师范大学", "normal university" }, { "中医药大学", "chinese medicine university" }, { "科技大学", "science technology university" },
    { "大学", "university" }, { "学院", "college" }, { "附属", "affiliated" }, { "第一", "first" }, { "第二", "second" }, { "第三", "third" },
    { "第四", "fourth" }, { "第五", "fifth" }, { "第六", "sixth" }, { "中心医院", "center hospital" }, { "总医院", "general hospital" },
    { "中医医院", "hospital traditional chinese medicine" }, { "中医院", "hospital traditional chinese medicine" }, { "儿童医院", "children hospital" },
    { "肿瘤医院", "cancer hospital" }, { "胸科医院", "chest hospital" }, { "眼科医院", "eye hospital" }, { "口腔医院", "stomatology hospital" },
    { "医院", "hospital" }, { "中心", "center" }, { "纪念", "memorial" }, { "国际", "international" }, { "医疗", "medical" }, { "医学", "medical" },
    { "医药", "pharmaceutical" }, { "制药", "pharmaceutical" }, { "药业", "pharmaceutical" }, { "科技", "technology" }, { "技术", "technology" },
    { "信息", "information" }, { "生物", "biological" }, { "康复", "rehabilitation" }, { "机器人", "robot" }, { "创新", "innovation" },
    { "联盟", "alliance" }, { "医学会", "medical association" }, { "学会", "society" }, { "协会", "association" }, { "基金会", "foundation" },
    { "基因", "gene" }, { "健康", "health" }, { "器械", "device" }, { "集团", "group" }, { "实验室", "laboratory" }, { "公司", "" }, { "省", "province" },
    { "县", "county" }, { "市", "" },
};

/* English words that are written in more than one way, or left out. */
static const struct { const char *word, *means; } english[] = {
    { "the", "" }, { "of", "" }, { "and", "" }, { "for", "" }, { "at", "" }, { "co", "" }, { "ltd", "" }, { "inc", "" }, { "llc", "" }, { "corp", "" },
    { "corporation", "" }, { "limited", "" }, { "company", "" }, { "plc", "" }, { "ab", "" }, { "ag", "" }, { "gmbh", "" }, { "s", "" }, { "city", "" },
    { "municipal", "" }, { "municipality", "" }, { "provincial", "province" }, { "central", "center" }, { "centre", "center" }, { "people's", "people" },
    { "peoples", "people" }, { "people", "people" }, { "children's", "children" }, { "robotics", "robot" }, { "robots", "robot" }, { "robot", "robot" },
    { "tumor", "cancer" }, { "tumour", "cancer" }, { "oncology", "cancer" }, { "pharma", "pharmaceutical" }, { "pharmaceuticals", "pharmaceutical" },
    { "biotechnology", "biological technology" }, { "biotech", "biological technology" }, { "maternity", "maternal" }, { "medicine", "medicine" },
    { "1st", "first" }, { "2nd", "second" }, { "3rd", "third" }, { "devices", "device" }, { "technologies", "technology" }, { "genomics", "gene" },
};

typedef YQ_VEC(yq_str) tokens;

static void add_token(yq_arena *a, tokens *t, yq_str s)
{
    if (s.n) *yq_push(a, t) = s;
}

static void add_tokens(yq_arena *a, tokens *t, const char *list)
{
    yq_str rest = yq_cstr(list), word;
    while (rest.n && yq_split(&rest, ' ', &word)) add_token(a, t, word);
}

static int by_bytes(const void *x, const void *y)
{
    return yq_cmp(*(const yq_str *)x, *(const yq_str *)y);
}

static yq_str join_sorted(yq_arena *a, tokens *t, yq_str proper)
{
    yq_str key = YQ_S("");
    if (t->n) qsort(t->v, t->n, sizeof *t->v, by_bytes);
    for (size_t i = 0; i < t->n; i++) key = yq_printf(a, "%.*s%s%.*s", YQ_FMT(key), key.n ? " " : "", YQ_FMT(t->v[i]));
    return yq_printf(a, "%.*s|%.*s", YQ_FMT(key), YQ_FMT(proper));
}

/* ---------------------------------------------------------------- Chinese */

static size_t word_at(yq_str s, size_t at, const char **en)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        yq_str zh = yq_cstr(words[i].zh);
        if (zh.n > longest && yq_starts(yq_sub(s, at, s.n), zh)) longest = zh.n, *en = words[i].en;
    }
    return longest;
}

static yq_str han_key(yq_arena *a, yq_str name)
{
    yq_str s = yq_fold(a, name), proper = YQ_S("");
    tokens common = { 0 };
    for (size_t at = 0; at < s.n;) {
        const char *en;
        size_t n = word_at(s, at, &en), from = at;
        if (n) {
            add_tokens(a, &common, en);
            at += n;
            continue;
        }
        yq_utf8_next(s, &at);
        proper = yq_concat(a, proper, yq_pinyin_full(a, yq_sub(s, from, at)));
    }
    return join_sorted(a, &common, proper);
}

/* ---------------------------------------------------------------- English */

static bool is_common(yq_str word, const char **means)
{
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        if (yq_eq(word, yq_cstr(english[i].word))) return *means = english[i].means, true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        yq_str rest = yq_cstr(words[i].en), part;
        while (rest.n && yq_split(&rest, ' ', &part))
            if (yq_eq(part, word)) return *means = NULL, true; /* stands for itself */
    }
    return false;
}

static yq_str english_key(yq_arena *a, yq_str name)
{
    yq_str proper = YQ_S("");
    tokens common = { 0 };
    for (size_t at = 0; at < name.n;) {
        size_t end = at;
        while (end < name.n && (((name.p[end] | 32) >= 'a' && (name.p[end] | 32) <= 'z') || (name.p[end] >= '0' && name.p[end] <= '9') || name.p[end] == '\'')) end++;
        if (end == at) {
            yq_utf8_next(name, &at);
            continue;
        }
        char *word = yq_dupz(a, yq_sub(name, at, end));
        for (char *p = word; *p; p++)
            if (*p >= 'A' && *p <= 'Z') *p += 'a' - 'A';
        const char *means = NULL;
        if (!is_common(yq_cstr(word), &means)) proper = yq_concat(a, proper, yq_cstr(word));
        else add_tokens(a, &common, means ? means : word);
        at = end;
    }
    return join_sorted(a, &common, proper);
}

static yq_str org_key(yq_arena *a, yq_str name)
{
    enum { LEAST_PROPER = 4 };
    yq_str outside = resolve_outside(a, name);
    yq_str key = resolve_has_han(outside) ? han_key(a, outside) : english_key(a, outside);
    size_t bar = yq_find(key, YQ_S("|"), 0);
    return bar == 0 || key.n - bar - 1 < LEAST_PROPER ? YQ_S("") : key; /* Yi Hospital: too many could be meant */
}

/* ---------------------------------------------------------------- persons */

static yq_str two_words(yq_arena *a, yq_str x, yq_str y)
{
    return yq_cmp(x, y) < 0 ? yq_printf(a, "%.*s %.*s", YQ_FMT(x), YQ_FMT(y)) : yq_printf(a, "%.*s %.*s", YQ_FMT(y), YQ_FMT(x));
}

static yq_str han_person_key(yq_arena *a, yq_str name)
{
    yq_str s = yq_fold(a, name);
    yq_lex_hit surname;
    size_t characters = yq_utf8_count(s);
    if (characters < 2 || characters > 4 || !yq_lex_longest(s, 0, YQ_LEX_SURNAMES, &surname) || surname.length >= s.n) return YQ_S("");
    return two_words(a, yq_pinyin_full(a, yq_sub(s, 0, surname.length)), yq_pinyin_full(a, yq_sub(s, surname.length, s.n)));
}

static yq_str latin_person_key(yq_arena *a, yq_str name)
{
    yq_str rest = yq_trim(name), part, word[2];
    size_t n = 0;
    while (rest.n && yq_split(&rest, ' ', &part)) {
        part = yq_fold(a, part); /* without hyphens */
        if (!part.n) continue;
        if (n == 2) return YQ_S("");
        word[n++] = part;
    }
    return n == 2 ? two_words(a, word[0], word[1]) : YQ_S("");
}

yq_str yq_latin_key(yq_arena *a, yq_identity_kind kind, yq_str name)
{
    if (kind == YQ_ORGANIZATION) return org_key(a, name);
    return resolve_has_han(name) ? han_person_key(a, name) : latin_person_key(a, name);
}
