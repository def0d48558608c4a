/* extract/organizations.c - Chinese names of organisations.
 *
 * A name of an organisation ends in a word that says what it is (医院, 有限公司, 管理局). Where it begins is not marked, so it is walked
 * back word by word until something stands there that is no part of a name: punctuation, a function word, a verb that does not occur in
 * names, a title, a word for organisations in general (企业, 单位). What is then at the left and only describes (知名, 三甲, 本地) is taken off.
 *
 * Names nest: 大学 + 医学院 + 附属瑞金医院 is one name. Walking back from a later ending may arrive at the end of an earlier name; then the
 * two are one organisation if the second is of a kind that has a head of its own, otherwise the second is a department of the first.
 */
#include "extract/chinese.h"

enum { NAME_CHARS_MAX = 34, PAREN_BYTES_MAX = 36 };


typedef struct {
    yq_span span;
    yq_span root;  /* the university, academy or company at the head of a nested name */
    yq_str kind;
} found_org;

/* The part of the line that was read so far. */
typedef struct {
    yq_line *l;
    found_org last; /* kind.p == NULL: none yet */
} reader;

static bool is_kind(yq_str kind, const char *name)
{
    return yq_eq(kind, yq_cstr(name));
}

/* ---------------------------------------------------------------- what may stand in a name */

/* The ordinal of a hospital (第一医院), not of an event (第九届). */
static bool ordinal(yq_str s)
{
    static const char *const counts[] = { "届", "次", "期", "批", "天", "季度", "轮", "版" };
    if (!yq_starts(s, YQ_S("第")) || s.n <= 3) return false;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (yq_ends(s, yq_cstr(counts[i]))) return false;
    return true;
}

static bool number_char(uint32_t c)
{
    return yq_one_of(c, "一二三四五六七八九十〇");
}

static bool function_char(uint32_t c)
{
    char bytes[4];
    return c && yq_uses((yq_str){ bytes, yq_utf8_put(c, bytes) }) & YQ_USE_FUNCTION;
}

static bool han_word_fits(const yq_line *l, const yq_token *t, size_t ending)
{
    yq_str s = yq_sub(l->text, t->from, t->to);
    size_t at = 0;
    uint32_t c = yq_utf8_next(s, &at);
    if (at == s.n) return number_char(c) ? t->to == ending || yq_one_of(yq_char_at(l, t->to), "院附零〇一二三四五六七八九") : !function_char(c) && !(t->uses & YQ_USE_NEVER_IN_NAMES);
    if (ordinal(s)) return true;
    unsigned use = t->uses;
    if (use & YQ_USE_NEVER_IN_NAMES || (use & YQ_USE_GENERAL && t->to != ending)) return false;
    if (use & YQ_USE_VERB_IN_NAMES) return true;
    yq_str ignored;
    if (t->to != ending && yq_lex_is(s, YQ_LEX_TITLES, &ignored) && !yq_one_of(yq_char_at(l, t->to), "委协学")) return false;
    if (yq_lex_is(s, YQ_LEX_PLACES, &ignored)) return true;
    if (strchr("pcudrytm", t->tag[0]) && t->tag[0]) return !strncmp(t->tag, "tg", 2);
    if (t->tag[0] == 'v' && t->tag[1] != 'n') return false;
    return !yq_lex_is(s, YQ_LEX_HOST_VERBS, &ignored) && !yq_lex_is(s, YQ_LEX_SPEECH_VERBS, &ignored);
}

static bool latin_fits(const yq_line *l, const yq_token *t)
{
    bool capital = false;
    for (size_t i = t->from; i < t->to; i++) capital |= l->text.p[i] >= 'A' && l->text.p[i] <= 'Z';
    return capital || (t->to - t->from == 3 && yq_token_from(l, t->to) != SIZE_MAX && yq_starts(yq_sub(l->text, t->to, l->span.to), YQ_S("医院")));
}

/* The opening bracket that belongs to the closing one before byte `at`; SIZE_MAX: none, or too far away. */
static size_t bracket_before(const yq_line *l, size_t at)
{
    for (size_t p = at; p > l->span.from && at - p < PAREN_BYTES_MAX;) {
        uint32_t c = yq_char_before(l, p);
        if (p < at && yq_one_of(c, "）)，。；：、0123456789")) return SIZE_MAX;
        p = yq_utf8_back(l->text, p);
        if (p < yq_utf8_back(l->text, at) && yq_one_of(c, "（(")) return p;
    }
    return SIZE_MAX;
}

static bool latin_letter(uint32_t c)
{
    return c < 0x80 && ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool place_begins(const yq_line *l, size_t at, size_t to);

/* May a name go on to the left of 与, 和, 及 (基因与细胞治疗研究院) or of a number (万户良方)? Only if at least `least` and at most
 * four words lead from there to the organisation that it is a part of, or to a place that begins the run. */
static bool goes_on_left(const reader *r, size_t at, size_t ending, int least)
{
    const yq_line *l = r->l;
    size_t from = at;
    yq_str ignored;
    if (least && place_begins(l, at + 3, ending)) return false;
    for (size_t k = least ? yq_token_from(l, at + 3) : SIZE_MAX, n = 0; k != SIZE_MAX && k < l->token_count && n < 4; k++, n++) /* a place that no list has: 璧江省 */
        if (n && yq_one_of(yq_char_before(l, l->tokens[k].to), "省市县区州")) return false;
    for (int words = 0; words < 4; words++) {
        if (r->last.kind.p && from == r->last.span.to) return words >= least;
        size_t k = yq_token_to(l, from);
        if (k == SIZE_MAX || !l->tokens[k].han || !han_word_fits(l, &l->tokens[k], ending)) return false;
        from = l->tokens[k].from;
        if (yq_lex_is(yq_sub(l->text, from, l->tokens[k].to), YQ_LEX_ORG_ENDINGS, &ignored)) return false;
        if (!place_begins(l, from, ending) || words < least) continue;
        uint32_t c = yq_char_before(l, from);
        return !c || yq_is_punct(c) || yq_is_space(c) || function_char(c);
    }
    return false;
}

/* 联合 and its like behind a whole name join it to the next: 某公司联合某大学. Directly before the ending they belong to it: 某大学联合实验室. */
static bool joins_next(const reader *r, const yq_token *t, size_t at, size_t ending)
{
    static const char *const words[] = { "联合", "携手", "会同", "联手", "牵手", "协同", "连同" };
    if (!r->last.kind.p || t->from != r->last.span.to || at == ending) return false;
    yq_str word = yq_sub(r->l->text, t->from, t->to);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (yq_eq(word, yq_cstr(words[i]))) return true;
    return false;
}

/* The border one step further left than `at`, or SIZE_MAX when a name ends its run there. */
static size_t step_left(const reader *r, size_t at, size_t ending)
{
    const yq_line *l = r->l;
    uint32_t c = yq_char_before(l, at);
    if (yq_one_of(c, "）)")) return bracket_before(l, at);
    size_t k = yq_token_to(l, at);
    if (k == SIZE_MAX) return SIZE_MAX;
    const yq_token *t = &l->tokens[k];
    if (c == ' ' && latin_letter(yq_char_before(l, t->from)) && latin_letter(yq_char_at(l, at))) return t->from;
    if (!t->word) return yq_one_of(c, "·&-") && latin_letter(yq_char_before(l, t->from)) ? t->from : SIZE_MAX;
    bool conjunction = yq_one_of(c, "与和及") && t->to - t->from == 3;
    if (t->han && at != ending && (conjunction || (t->tag[0] == 'm' && t->to - t->from > 3)) && goes_on_left(r, t->from, ending, conjunction)) return t->from;
    if (t->han) return han_word_fits(l, t, ending) && !joins_next(r, t, at, ending) ? t->from : SIZE_MAX;
    return latin_fits(l, t) ? t->from : SIZE_MAX;
}

/* ---------------------------------------------------------------- where a name begins */

static bool describes(const yq_line *l, size_t from, size_t to)
{
    return yq_uses(yq_sub(l->text, from, to)) & YQ_USE_DESCRIBING;
}

/* Says nothing in front of an ending: 应用|医院; a single usual character does not if it stands alone there: 供|医院. */
static bool empty_word(const yq_line *l, size_t from, size_t to, bool alone)
{
    yq_str s = yq_sub(l->text, from, to), value;
    if (yq_uses(s) & (YQ_USE_DESCRIBING | YQ_USE_VERB_IN_NAMES)) return true;
    return alone && s.n == 3 && yq_lex_is(s, YQ_LEX_WORDS, &value) && yq_lex_number(value, 0, 0) > 800;
}

static bool place_begins(const yq_line *l, size_t at, size_t to)
{
    yq_lex_hit hit;
    return yq_lex_longest(l->text, at, YQ_LEX_PLACES, &hit) && at + hit.length <= to;
}

/* Is every word of [from, to) an ordinary word of the language, so that it rather speaks than names? */
static bool ordinary(const yq_line *l, size_t from, size_t to)
{
    if (yq_token_from(l, from) == SIZE_MAX) return false;
    for (size_t k = yq_token_from(l, from); k != SIZE_MAX && k < l->token_count && l->tokens[k].from < to; k++) {
        const yq_token *t = &l->tokens[k];
        if (!t->han || t->to - t->from < 6 || t->frequency < 300 || !strncmp(t->tag, "ns", 2) || !strncmp(t->tag, "nt", 2)) return false;
    }
    return true;
}

/* Is there a word that names: a proper noun, a word that no dictionary has, a character by itself? */
static bool has_name(const yq_line *l, size_t from, size_t ending)
{
    for (size_t k = yq_token_from(l, from); k != SIZE_MAX && k < l->token_count && l->tokens[k].from < ending; k++) {
        const yq_token *t = &l->tokens[k];
        size_t bytes = (t->to < ending ? t->to : ending) - t->from;
        if (!t->han || bytes <= 3 || (t->frequency < 20 && bytes <= 9 && !t->uses) || (t->tag[0] == 'n' && t->tag[1] && strchr("stzr", t->tag[1]))) return true;
    }
    return false;
}

/* What somebody is to others stands in front of a name: 管理人青禾创业投资有限公司; of 申办方 the verb alone ends a name, and 方 is left over. */
static size_t behind_role(const yq_line *l, size_t from, size_t ending)
{
    static const char *const roles[] = { "管理人", "出资人", "持有人", "代理人", "受托人", "申办方", "合作方", "承办方", "主办方", "协办方", "投资方", "出资方", "供应方", "需求方", "持有方",
                                         "受让方", "转让方", "牵头方", "发起方", "运营方", "资助方", "供应商", "生产商", "代理商", "经销商", "制造商", "开发商", "运营商", "服务商", "申办者" };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        size_t n = strlen(roles[i]), behind = from + n;
        if (behind + 3 < ending && !memcmp(l->text.p + from, roles[i], n)) return behind;
        if (from + 6 < ending && from + 3 >= l->span.from + n && !memcmp(l->text.p + from + 3 - n, roles[i], n)) return from + 3;
    }
    return from;
}

/* 1998级|内蒙古某学院, 3名|…: what counts belongs to the number in front of it. */
static size_t behind_measure(const yq_line *l, size_t from, size_t ending)
{
    uint32_t before = yq_char_before(l, from);
    size_t first = yq_token_from(l, from);
    if (first == SIZE_MAX || before < '0' || before > '9' || !l->tokens[first].han || l->tokens[first].to - from != 3 || l->tokens[first].to >= ending) return from;
    return l->tokens[first].to;
}

/* Takes describing words off the left side of [from, ending); a place further right is a better beginning than ordinary words. */
static size_t trim_left(const yq_line *l, size_t from, size_t ending)
{
    size_t first = yq_token_from(l, from);
    if (first != SIZE_MAX && l->tokens[first].to - from == 3 && yq_char_at(l, from) == 0x539F && l->tokens[first].to < ending) from += 3; /* 原 */
    if (first != SIZE_MAX && yq_eq(yq_sub(l->text, from, l->tokens[first].to), YQ_S("中共")) && !yq_starts(yq_sub(l->text, ending, l->span.to), YQ_S("委员会"))) from = l->tokens[first].to;
    for (size_t k = yq_token_from(l, from); k != SIZE_MAX && k < l->token_count && l->tokens[k].to <= ending; k++) {
        if (!describes(l, l->tokens[k].from, l->tokens[k].to) || place_begins(l, l->tokens[k].from, ending)) break;
        if (l->tokens[k].to - l->tokens[k].from == 3 && yq_one_of(yq_char_at(l, l->tokens[k].from), "省市县区")) break;
        size_t next = l->tokens[k].to;
        if (next >= ending) return from; /* nothing but descriptions: the caller refuses it */
        /* Taken off only in front of something that begins a name by itself. */
        if (!place_begins(l, next, ending) && !ordinal(yq_sub(l->text, next, ending)) && l->tokens[k].frequency < 2000) break;
        from = next;
    }
    from = behind_role(l, behind_measure(l, from, ending), ending);
    for (size_t k = yq_token_from(l, from); k != SIZE_MAX && k < l->token_count && l->tokens[k].from < ending; k++) {
        size_t at = l->tokens[k].from;
        if (at > from && place_begins(l, at, ending) && ordinary(l, from, at)) return at;
    }
    return from;
}

static bool only_descriptions(const yq_line *l, size_t from, size_t ending)
{
    if (yq_utf8_count(yq_sub(l->text, from, ending)) >= 6 && yq_one_of(yq_char_at(l, ending), "委学协联基")) return false; /* 医药卫生交流合作|委员会 */
    for (size_t k = yq_token_from(l, from); k != SIZE_MAX && k < l->token_count && l->tokens[k].from < ending; k++)
        if (!empty_word(l, l->tokens[k].from, l->tokens[k].to < ending ? l->tokens[k].to : ending, l->tokens[k].from == from && l->tokens[k].to >= ending)) return false;
    return true;
}

/* ---------------------------------------------------------------- one name after another */

static bool contains(const yq_line *l, yq_span span, const char *what)
{
    return yq_has(yq_at(l->text, span), yq_cstr(what));
}

/* Schools that have a hospital's or an institution's standing of their own; other schools are parts of their university. */
static bool medical_school(yq_str name)
{
    static const char *const ends[] = { "医学院", "医学部", "卫生学院", "药学院", "护理学院", "医药学院", "研究生院", "健康学院", "书院" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (yq_ends(name, yq_cstr(ends[i]))) return true;
    return false;
}

/* Does the name that ends in `span` with this kind make one organisation with the one before it? */
static bool joins(const yq_line *l, yq_str before, yq_span span, yq_str kind)
{
    yq_str name = yq_at(l->text, span);
    if (is_kind(kind, "school")) return medical_school(name);
    if (is_kind(before, "university") && yq_ends(name, YQ_S("研究所"))) return false;
    if (is_kind(kind, "lab")) return contains(l, span, "国家") || contains(l, span, "全国") || contains(l, span, "省重点") || contains(l, span, "教育部");
    if (is_kind(kind, "platform") || is_kind(kind, "congress_center") || is_kind(kind, "media")) return false;
    if (is_kind(kind, "fund")) return yq_ends(name, YQ_S("基金")) && is_kind(before, "foundation");
    if (is_kind(kind, "society")) {
        static const char *const parts[] = { "学术委员会", "常务委员会", "理事会", "监事会", "编辑委员会", "编委会", "组委会", "青年委员会", "学组" };
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (yq_ends(name, yq_cstr(parts[i]))) return false;
        return true;
    }
    if (yq_ends(name, YQ_S("委员会")) && contains(l, (yq_span){ l->span.from, span.from }, "中共")) return false; /* the committee speaks for the institution */
    if (yq_ends(name, YQ_S("委员会")) && !is_kind(before, "society") && !is_kind(before, "alliance")) return false;
    if (is_kind(before, "hospital") && yq_ends(name, YQ_S("中心"))) return false;
    if (is_kind(before, "university") && (yq_ends(name, YQ_S("研究中心")) || yq_ends(name, YQ_S("创新中心")) || yq_ends(name, YQ_S("工程中心")))) return false;
    return true;
}

static void propose_org(reader *r, yq_span span, yq_span root, yq_str kind, double confidence)
{
    yq_propose(r->l->w, YQ_M_ORG, span, kind, confidence, YQ_VOICE_PATTERN);
    r->last = (found_org){ .span = span, .root = root, .kind = kind };
}

/* Notes which organisation is meant by a name that leaves its head away: 第二医院 in 吉林大学附属第一医院、第二医院. */
static void complete(reader *r, yq_span span, yq_str full, yq_str kind, double confidence)
{
    yq_work *w = r->l->w;
    yq_completion c = { .from = span.from, .to = span.to, .full = full };
    *yq_push(w->arena, &w->chinese->completions) = c;
    yq_propose(w, YQ_M_ORG, span, kind, confidence, YQ_VOICE_PATTERN);
}

/* May a bare ending stand for a part of the institution named before it in the sentence? */
static bool part_of_last(const reader *r, yq_str name, size_t from)
{
    if (!r->last.kind.p || !(is_kind(r->last.kind, "university") || is_kind(r->last.kind, "hospital") || is_kind(r->last.kind, "school"))) return false;
    if (!yq_ends(yq_at(r->l->text, r->last.root), YQ_S("大学")) && !yq_ends(yq_at(r->l->text, r->last.root), YQ_S("院"))) return false;
    uint32_t before = yq_char_before(r->l, from);
    if (!yq_one_of(before, "、和与及，；")) return false;
    return ordinal(name) || yq_starts(name, YQ_S("附属")) || yq_eq(name, YQ_S("医学部")) || yq_eq(name, YQ_S("医学院")) || yq_eq(name, YQ_S("口腔医院")) ||
           yq_has(name, YQ_S("联谊医院"));
}

/* A name without anything in front of its ending: 第一附属医院, 医学部, 人民医院. */
static void bare_ending(reader *r, yq_span span, yq_str kind)
{
    yq_str name = yq_at(r->l->text, span), known;
    if (yq_ends(name, YQ_S("院区"))) return;
    if (yq_lex_is(name, YQ_LEX_ORGS, &known) && !part_of_last(r, name, span.from)) {
        propose_org(r, span, span, kind, 0.85);
        return;
    }
    if (is_kind(kind, "alliance") && yq_eq(name, YQ_S("联盟"))) yq_propose(r->l->w, YQ_M_ORG, span, YQ_S("@alliance"), 0.6, YQ_VOICE_PATTERN);
    if (is_kind(kind, "park") && span.to - span.from == 9) yq_propose(r->l->w, YQ_M_ORG, span, YQ_S("@park"), 0.5, YQ_VOICE_PATTERN);
    if (!part_of_last(r, name, span.from)) return;
    complete(r, span, yq_concat(r->l->w->arena, yq_at(r->l->text, r->last.root), name), kind, 0.8);
}

/* 市政府, 省科学技术厅, 市第三人民医院: the place is the one spoken of. */
static bool local(yq_str name)
{
    return yq_starts(name, YQ_S("市")) || yq_starts(name, YQ_S("省")) || yq_starts(name, YQ_S("县")) || yq_starts(name, YQ_S("区"));
}

static void local_name(reader *r, yq_span span, yq_str kind)
{
    const yq_line *l = r->l;
    yq_str name = yq_at(l->text, span);
    if (yq_utf8_count(name) < 3 || yq_starts(yq_sub(name, 3, name.n), YQ_S("级"))) return;
    char level[4] = { name.p[0], name.p[1], name.p[2], 0 };
    yq_str before = r->last.kind.p ? yq_at(l->text, r->last.span) : (yq_str){ 0 };
    size_t at = before.n ? yq_find(before, yq_cstr(level), 0) : SIZE_MAX;
    if (at != SIZE_MAX && at > 0) complete(r, span, yq_concat(l->w->arena, yq_sub(before, 0, at), name), kind, 0.8);
    else yq_propose(l->w, YQ_M_ORG, span, kind, 0.6, YQ_VOICE_PATTERN);
}

/* A company without a legal form ends where a title, punctuation or a function word follows; otherwise the name goes on or is none
 * (潮州医疗科技|创新联盟, 中国生物|经济). */
static bool ends_clearly(const yq_line *l, size_t to)
{
    yq_lex_hit hit;
    uint32_t c = yq_char_at(l, to);
    if (!c || yq_is_space(c) || (yq_is_punct(c) && !yq_one_of(c, "（(“")) || yq_one_of(c, "的与和等在")) return true;
    size_t k = yq_token_from(l, to);
    if (k != SIZE_MAX && yq_lex_longest(l->text, l->tokens[k].to, YQ_LEX_TITLES, &hit)) return true; /* 投资|经理 */
    if (k != SIZE_MAX && l->tokens[k].uses & YQ_USE_VERB_IN_NAMES) return false;
    if (k != SIZE_MAX && l->tokens[k].tag[0] && strchr("vdpc", l->tokens[k].tag[0]) && l->tokens[k].tag[1] != 'n') return true;
    if (yq_lex_longest(l->text, to, YQ_LEX_TITLES, &hit) || yq_lex_longest(l->text, to, YQ_LEX_SPEECH_VERBS, &hit)) return true;
    return yq_lex_longest(l->text, to, YQ_LEX_TITLE_PREFIXES, &hit) && yq_lex_longest(l->text, to + hit.length, YQ_LEX_TITLES, &hit);
}

/* Does the token say what a company does and not what it is called? */
static bool says_trade(const yq_line *l, const yq_token *t)
{
    static const char words[] = " 细胞 基因 器械 医疗器械 设备 装备 信息 软件 网络 材料 电子 机器人 影像 仪器 药业 制药 产业 股份 资本 创业 技术 公司 基金 集团 母婴 声学 光学 物 "
                                "生命科学 信息技术 生命 科学 ";
    yq_str word = yq_sub(l->text, t->from, t->to);
    return t->uses & (YQ_USE_DESCRIBING | YQ_USE_VERB_IN_NAMES) || yq_in_list(word, words);
}

/* Where the words for the trade begin in [from, ending): what stands before them is the company's own name. */
static size_t own_end(const yq_line *l, size_t from, size_t ending)
{
    size_t end = from;
    for (size_t k = yq_token_from(l, from); k != SIZE_MAX && k < l->token_count && l->tokens[k].from < ending; k++)
        if (!says_trade(l, &l->tokens[k])) end = l->tokens[k].to < ending ? l->tokens[k].to : ending;
    return end;
}

static bool legal_form(yq_str tail)
{
    return yq_ends(tail, YQ_S("有限公司")) || yq_ends(tail, YQ_S("股份公司")) || yq_ends(tail, YQ_S("责任公司"));
}

/* 听|竹睡眠科技, 界和|细胞治疗: the own name of a company has two characters at least. When fewer are left of it, the character where the walk ended,
 * which elsewhere is a verb or 和, is the first or second of the name. */
static size_t complete_own_name(const yq_line *l, size_t from, size_t ending)
{
    static const char32_t may_begin[] = U"听看问见得知予能所更再如若供讲说名家里上下内外时之者";
    size_t own = yq_utf8_count(yq_sub(l->text, from, own_end(l, from, ending)));
    if (own >= 2 || from <= l->span.from) return from;
    uint32_t before = yq_char_before(l, from);
    size_t back = yq_utf8_back(l->text, from);
    if (yq_one_in(before, may_begin)) return back;
    size_t word = own ? SIZE_MAX : yq_token_to(l, from); /* 初晓, 未来: words of time and the like that stand in no other name */
    if (word != SIZE_MAX && l->tokens[word].han && from - l->tokens[word].from >= 6 && !l->tokens[word].uses && !strchr("vpcurm", l->tokens[word].tag[0])) return l->tokens[word].from;
    size_t k = own ? SIZE_MAX : yq_token_to(l, back);
    bool inside = yq_one_of(before, "和与") && k != SIZE_MAX && l->tokens[k].han && l->tokens[k].to - l->tokens[k].from == 3 && !l->tokens[k].uses;
    return inside ? l->tokens[k].from : from;
}

/* 问渠医疗科技有限公司 at the head of a clause: nothing else stands there, so all of it is the name, whatever its first character is elsewhere. */
static size_t from_clause(const yq_line *l, size_t from, size_t ending)
{
    enum { NAME_CHARS = 10 };
    static const char32_t may_begin[] = U"听看问见得知予能所更再如若供讲说", joining[] = U"和与及"; /* these join nothing behind 、 or at the head of a sentence */
    size_t at = from, chars = yq_utf8_count(yq_sub(l->text, from, ending));
    while (at > l->span.from && chars < NAME_CHARS && yq_is_han(yq_char_before(l, at))) at = yq_utf8_back(l->text, at), chars++;
    uint32_t border = yq_char_before(l, at);
    bool clause = !border || yq_is_punct(border) || yq_is_space(border), joins = yq_one_in(yq_char_at(l, at), joining) && border != 0xFF0C && border != ',';
    return clause && at < from && (yq_one_in(yq_char_at(l, at), may_begin) || joins) && from - at <= 6 ? at : from;
}

/* May the word stand inside a name that nothing else bounds? Words that sentences are made of do not, however short what they leave is. */
static bool may_name(const yq_line *l, const yq_token *t)
{
    enum { SELDOM = 300 };
    static const char sentence_tags[] = "pcudrymq";
    yq_str s = yq_sub(l->text, t->from, t->to), ignored;
    unsigned not_names = YQ_USE_FUNCTION | YQ_USE_GENERAL | YQ_USE_NEVER_IN_NAMES | YQ_USE_DESCRIBING | YQ_USE_LABEL | YQ_USE_FOLLOWER;
    bool one = t->to - t->from == 3;
    if (!t->han || t->to - t->from > 9) return false;
    if (one && (yq_one_of(yq_char_at(l, t->from), "大小中新老里上") || (t->tag[0] == 'n' && !(t->uses & not_names)))) return true;
    if (t->uses & not_names || (t->tag[0] && strchr(sentence_tags, t->tag[0]))) return false;
    if (one || ordinal(s)) return false;
    if (yq_lex_is(s, YQ_LEX_TITLES, &ignored) || yq_lex_is(s, YQ_LEX_HOST_VERBS, &ignored) || yq_lex_is(s, YQ_LEX_SPEECH_VERBS, &ignored)) return false;
    return t->tag[0] != 'v' ? t->frequency < 10 * SELDOM : t->frequency < SELDOM && !yq_lex_is(s, YQ_LEX_DEAL_VERBS, &ignored);
}

/* 大老山医院, 三亚落笔洞国际医疗中心: the walk stops at 大 and at 落笔, which in a sentence say something else. Where only a word or two stand between
 * there and a border, or a place, nothing was said: they are the name's. */
static size_t from_border(const yq_line *l, size_t from, size_t ending)
{
    enum { WORDS = 3, BYTES = 12 };
    size_t at = from;
    if (place_begins(l, from, ending)) return from;
    for (int n = 0; n < WORDS && at > l->span.from && from - at < BYTES; n++) {
        size_t k = yq_token_to(l, at);
        if (k == SIZE_MAX || !l->tokens[k].word) return from;
        bool place = n && place_begins(l, l->tokens[k].from, at);
        if (!place && !may_name(l, &l->tokens[k])) return from;
        at = l->tokens[k].from;
        uint32_t c = yq_char_before(l, at);
        bool border = !c || c == '\n' || yq_one_of(c, "，。；：、（(「『【“《!！?？　 \t▪●◎·-");
        if (place || (border && yq_utf8_count(yq_sub(l->text, at, from)) <= 3)) return at;
    }
    return from;
}

/* How sure a name of a kind is by its ending alone; 0: it is not taken without something that names. */
static double trust(const yq_line *l, yq_span span, yq_str kind, size_t ending, bool place)
{
    bool named = place || has_name(l, span.from, ending);
    static const struct { const char *kind; double alone, with_place; } table[] = {
        { "hospital", 0.85, 0.95 }, { "university", 0.9, 0.95 }, { "school", 0.7, 0.9 }, { "institute", 0.6, 0.9 }, { "company", 0.7, 0.8 },
        { "government", 0.7, 0.95 }, { "society", 0.8, 0.9 }, { "alliance", 0.7, 0.8 }, { "park", 0.75, 0.85 }, { "fund", 0, 0.3 },
        { "foundation", 0.85, 0.9 }, { "media", 0.6, 0.8 }, { "lab", 0.0, 0.7 }, { "platform", 0, 0.3 }, { "congress_center", 0, 0 },
    };
    yq_str tail = yq_sub(l->text, ending, span.to);
    if (yq_utf8_count(tail) < 2 && !place) return 0;
    if (legal_form(tail) && own_end(l, span.from, ending) == span.from) return 0; /* 细胞治疗有限公司 */
    if (is_kind(kind, "company") && (yq_ends(tail, YQ_S("公司")) || yq_ends(tail, YQ_S("集团")))) return 0.95;
    if ((is_kind(kind, "company") || is_kind(kind, "fund")) && !ends_clearly(l, span.to)) return 0;
    if (is_kind(kind, "fund") && !yq_ends(tail, YQ_S("基金"))) return 0.8;
    if (is_kind(kind, "lab") && yq_one_of(yq_char_before(l, span.from), "“「") && yq_one_of(yq_char_at(l, span.to), "”」")) return 0.9;
    if (!named && (is_kind(kind, "park") || is_kind(kind, "institute"))) return 0;
    if (is_kind(kind, "alliance") && !yq_ends(tail, YQ_S("联盟")) && (!place || yq_ends(tail, YQ_S("网络")) || yq_ends(tail, YQ_S("共同体")))) return 0;
    if (is_kind(kind, "lab") && (contains(l, span, "重点") || contains(l, span, "国家"))) return 0.9;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (is_kind(kind, table[i].kind)) return place ? table[i].with_place : table[i].alone;
    return 0.5;
}

/* Does the name begin with a place that no list has (璧川市, 麓湖新区): one to three characters and the word for its level? */
static bool unlisted_place(const yq_line *l, size_t from, size_t ending)
{
    size_t at = from;
    for (int n = 0; n < 4 && at < ending; n++) {
        uint32_t c = yq_utf8_next(l->text, &at);
        if (n && yq_one_of(c, "省市县区州镇")) return true;
        if (!yq_is_han(c)) return false;
    }
    return false;
}

/* Walks left from the ending, word by word; *joined: the walk arrived at the organisation before it. */
static size_t walk_left(const reader *r, size_t ending, bool *joined)
{
    const yq_line *l = r->l;
    size_t from = ending, chars = 0;
    /* The ending may begin inside a word of the cut. */
    while (yq_token_to(l, from) == SIZE_MAX && from > l->span.from && yq_token_from(l, from) == SIZE_MAX) from = yq_utf8_back(l->text, from);
    while (from > l->span.from && chars < NAME_CHARS_MAX) {
        *joined = r->last.kind.p && from <= r->last.span.to && ending >= r->last.span.to;
        size_t next = *joined ? SIZE_MAX : step_left(r, from, ending);
        if (next == SIZE_MAX) break;
        chars += yq_utf8_count(yq_sub(l->text, next, from));
        from = next;
    }
    return from;
}

static bool has_place(const yq_line *l, yq_span name, size_t ending)
{
    for (size_t k = yq_token_from(l, name.from); k != SIZE_MAX && k < l->token_count && l->tokens[k].from < ending; k++)
        if (place_begins(l, l->tokens[k].from, name.to)) return true;
    return unlisted_place(l, name.from, ending);
}

/* 县级医院, 三甲医院: a kind, also behind a short word that the walk took along. */
static bool is_vague(const yq_line *l, yq_span name, size_t ending)
{
    if (yq_utf8_count(yq_at(l->text, name)) >= 8) return false;
    size_t word = yq_token_to(l, ending);
    return yq_uses(yq_at(l->text, name)) & YQ_USE_VAGUE || (word != SIZE_MAX && yq_uses(yq_sub(l->text, l->tokens[word].from, name.to)) & YQ_USE_VAGUE);
}

/* 代表|医院, 患者|大学: houses of a kind and not one; but 作者|协会 is a name. */
static bool spoken_of(const yq_line *l, size_t from, size_t ending, yq_str kind)
{
    static const char *const houses[] = { "hospital", "university", "school", "company", "institute", "media", "fund" };
    if (!(yq_uses(yq_sub(l->text, from, ending)) & YQ_USE_GENERAL)) return false;
    for (size_t i = 0; i < sizeof houses / sizeof *houses; i++)
        if (is_kind(kind, houses[i])) return true;
    return false;
}

/* A name that hangs on no other: which sort is it? */
static void read_single(reader *r, yq_span name, size_t ending, yq_str kind)
{
    const yq_line *l = r->l;
    yq_str words = yq_at(l->text, name);
    bool bare = name.from >= ending, place = has_place(l, name, ending);
    if (is_vague(l, name, ending) || yq_one_of(yq_char_at(l, name.from), "（(")) return;
    if (!bare && spoken_of(l, name.from, ending, kind)) return;
    if (yq_in_list(yq_sub(l->text, name.from, ending), " 公司 基金 企业 集团 机构 产业 ")) return; /* 公司投资 */
    if (local(words) && (bare || !place)) local_name(r, name, kind);
    else if (bare || (ordinal(words) && part_of_last(r, words, name.from))) bare_ending(r, name, kind);
    else if ((place && !describes(l, name.from, ending)) || !only_descriptions(l, name.from, ending)) {
        double confidence = trust(l, name, kind, ending, place);
        if (confidence > 0) propose_org(r, name, name, kind, confidence);
    }
}

/* Reads the name that ends in text[ending, to). */
static void read_name(reader *r, size_t ending, size_t to, yq_str kind)
{
    const yq_line *l = r->l;
    bool joined = false;
    size_t from = walk_left(r, ending, &joined);
    if (r->last.kind.p && from > l->span.from && r->last.span.to + 1 == from && l->text.p[from - 1] == '/') return; /* 大学/研究所: a department */
    if (!joined) {
        size_t start = trim_left(l, from, ending);
        if (start < ending) start = behind_role(l, from_border(l, start, ending), ending);
        if (legal_form(yq_sub(l->text, ending, to))) start = from_clause(l, complete_own_name(l, start, ending), ending);
        read_single(r, (yq_span){ (uint32_t)start, (uint32_t)to }, ending, kind);
        return;
    }
    yq_span whole = { r->last.span.from, (uint32_t)to };
    if (joins(l, r->last.kind, (yq_span){ r->last.span.to, (uint32_t)to }, kind)) propose_org(r, whole, r->last.root, kind, 0.95);
}

/* 一附院, 附属二院, 三院: hospitals by number, written short. */
static size_t numbered_hospital(const yq_line *l, size_t to)
{
    if (yq_ends(yq_sub(l->text, l->span.from, to), YQ_S("中心")) && number_char(yq_char_before(l, to - 6)) && !yq_starts(yq_sub(l->text, to, l->span.to), YQ_S("医院")))
        return 9;
    if (yq_char_before(l, to) != 0x9662) return 0; /* 院 */
    size_t at = yq_utf8_back(l->text, to);
    bool affiliated = yq_char_before(l, at) == 0x9644; /* 附 */
    if (affiliated) at = yq_utf8_back(l->text, at);
    if (!number_char(yq_char_before(l, at))) return 0;
    at = yq_utf8_back(l->text, at);
    if (at >= l->span.from + 6 && yq_ends(yq_sub(l->text, l->span.from, at), YQ_S("附属"))) at -= 6;
    return to - at;
}

static bool ends_word(const yq_line *l, size_t to)
{
    return to == l->span.to || yq_token_to(l, to) != SIZE_MAX || yq_token_from(l, to) != SIZE_MAX;
}

/* A known organisation at a word border; its ending, if it has one, is read as any other. */
static void known_org(reader *r, size_t at)
{
    const yq_line *l = r->l;
    yq_lex_hit hit;
    if (!yq_lex_longest(l->text, at, YQ_LEX_ORGS, &hit) || at + hit.length > l->span.to) return;
    size_t to = at + hit.length;
    yq_str ignored;
    if (yq_lex_is(yq_sub(l->text, at, to), YQ_LEX_ORG_ENDINGS, &ignored)) return; /* read_name() knows better what it belongs to */
    if (!ends_word(l, to) || (r->last.kind.p && r->last.span.to > at)) return;
    static const char *const arms[] = { "（中国）", "(中国)", "中国" };
    for (size_t i = 0; i < sizeof arms / sizeof *arms; i++)
        if (yq_starts(yq_sub(l->text, to, l->span.to), yq_cstr(arms[i]))) {
            to += strlen(arms[i]);
            break;
        }
    yq_span span = { (uint32_t)at, (uint32_t)to };
    propose_org(r, span, span, yq_lex_column(hit.value, 0), 0.9);
}

/* ---------------------------------------------------------------- other signs of an organisation */

/* 《医师报》社 */
static void publisher(reader *r, size_t at)
{
    const yq_line *l = r->l;
    yq_str rest = yq_sub(l->text, at, l->span.to);
    if (!yq_starts(rest, YQ_S("《"))) return;
    size_t close = yq_find(rest, YQ_S("》"), 0);
    if (close == SIZE_MAX || close > 60) return;
    static const char *const ends[] = { "杂志社", "编辑部", "报社", "社" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!yq_starts(yq_sub(rest, close + 3, rest.n), yq_cstr(ends[i]))) continue;
        yq_span span = { (uint32_t)at, (uint32_t)(at + close + 3 + strlen(ends[i])) };
        propose_org(r, span, span, YQ_S("media"), 0.95);
        return;
    }
}

/* 【明曜报专讯】, 澜州日报讯: the paper, from its name in front of the word for a report. */
static void outlet(reader *r, size_t at)
{
    const yq_line *l = r->l;
    if (at != l->span.from && !yq_one_of(yq_char_before(l, at), "【（(")) return;
    yq_str head = yq_sub(l->text, at, at + 30 < l->span.to ? at + 30 : l->span.to);
    size_t to = yq_find(head, YQ_S("专讯"), 0);
    if (to == SIZE_MAX) to = yq_find(head, YQ_S("讯"), 0);
    if (to == SIZE_MAX || to < 9 || !yq_ends(yq_sub(head, 0, to), YQ_S("报")) || yq_starts(head, YQ_S("本报"))) return;
    for (size_t i = 0; i < to;)
        if (!yq_is_han(yq_utf8_next(head, &i))) return;
    yq_propose(l->w, YQ_M_ORG, (yq_span){ (uint32_t)at, (uint32_t)(at + to) }, YQ_S("media"), 0.8, YQ_VOICE_PATTERN);
}

/* 该院, 我院: the institution spoken of. The kind says which kinds it can be. */
static void pronoun(reader *r, size_t at)
{
    static const struct { const char *word, *kind; } table[] = {
        { "该院", "@hospital" }, { "我院", "@hospital" }, { "本院", "@hospital" }, { "该公司", "@company" }, { "该校", "@university" },
        { "我校", "@university" }, { "该所", "@institute" }, { "该局", "@government" }, { "该会", "@society" }, { "该学院", "@school" },
        { "该医院", "@hospital" }, { "该大学", "@university" }, { "该企业", "@company" }, { "该联盟", "@alliance" }, { "本报", "@media" },
        { "该中心", "@institute" }, { "该研究院", "@institute" }, { "该研究所", "@institute" }, { "本公司", "@company" },
    };
    if (!yq_one_of(yq_char_at(r->l, at), "该我本")) return;
    yq_str rest = yq_sub(r->l->text, at, r->l->span.to);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n = strlen(table[i].word);
        if (!yq_starts(rest, yq_cstr(table[i].word))) continue;
        yq_propose(r->l->w, YQ_M_ORG, (yq_span){ (uint32_t)at, (uint32_t)(at + n) }, yq_cstr(table[i].kind), 0.9, YQ_VOICE_PATTERN);
    }
}

/* Does a post follow before the words end: 医院|党委书记, 公司|研发部经理? */
static bool post_follows(const yq_line *l, size_t at)
{
    enum { POST_BYTES = 30 };
    yq_lex_hit hit;
    for (size_t end = at + POST_BYTES < l->span.to ? at + POST_BYTES : l->span.to; at < end && yq_is_han(yq_char_at(l, at)); yq_utf8_next(l->text, &at))
        if (yq_lex_longest(l->text, at, YQ_LEX_TITLES, &hit) && hit.length >= 6) return true;
    return false;
}

/* 医院党委书记, 学校副校长, 公司总经理: the house that the page speaks of, by its kind alone. Anywhere else the word may mean any house. */
static void house_of_page(reader *r, size_t at)
{
    static const struct { const char *word, *kind; } table[] = {
        { "医院", "@hospital" }, { "院", "@hospital" }, { "学校", "@university" }, { "校", "@university" }, { "公司", "@company" }, { "集团", "@company" },
        { "企业", "@company" }, { "学院", "@school" }, { "研究院", "@institute" }, { "研究所", "@institute" }, { "学会", "@society" }, { "协会", "@society" },
        { "联盟", "@alliance" }, { "大学", "@university" },
    };
    const yq_line *l = r->l;
    uint32_t before = yq_char_before(l, at);
    if (before && !yq_is_punct(before) && !yq_is_space(before) && !yq_one_of(before, "由与和向请及")) return;
    yq_str rest = yq_sub(l->text, at, l->span.to);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n = strlen(table[i].word);
        if (!yq_starts(rest, yq_cstr(table[i].word)) || !post_follows(l, at + n)) continue;
        yq_lex_hit whole;
        if (yq_lex_longest(l->text, at, YQ_LEX_TITLES, &whole) && whole.length > n) return; /* 院长, 校友: a title by itself */
        yq_propose(l->w, YQ_M_ORG, (yq_span){ (uint32_t)at, (uint32_t)(at + n) }, yq_cstr(table[i].kind), 0.6, YQ_VOICE_PATTERN);
        return;
    }
}

/* X主办, X承办, X协办 between commas: whatever X is, it is an organisation. */
static void host(reader *r, size_t at)
{
    const yq_line *l = r->l;
    yq_lex_hit hit;
    if (!yq_lex_longest(l->text, at, YQ_LEX_HOST_VERBS, &hit) || at + hit.length > l->span.to) return;
    if (!yq_ends(yq_sub(l->text, at, at + hit.length), YQ_S("办"))) return;
    size_t from = at, chars = 0;
    for (; from > l->span.from && chars < 9; chars++) {
        uint32_t c = yq_char_before(l, from);
        if (yq_is_punct(c) || yq_is_space(c)) break;
        if (function_char(c) && chars) break;
        from = yq_utf8_back(l->text, from);
    }
    uint32_t border = yq_char_before(l, from);
    if (chars < 2 || chars > 8 || !yq_one_of(border, "，、,；由") || only_descriptions(l, from, at) || ordinary(l, from, at)) return;
    yq_propose(l->w, YQ_M_ORG, (yq_span){ (uint32_t)from, (uint32_t)at }, YQ_S(""), 0.55, YQ_VOICE_PATTERN);
}

/* The names that end at byte `to`. Endings of three characters and more are seen inside words as well: the cut knows no names and may
 * have taken 局|局长 together. */
static void endings_at(reader *r, size_t to)
{
    const yq_line *l = r->l;
    yq_lex_hit hit;
    yq_str kind = YQ_S("hospital");
    size_t length = numbered_hospital(l, to);
    if (yq_lex_suffix(l->text, to, YQ_LEX_ORG_ENDINGS, &hit) && hit.length >= length) {
        length = hit.length;
        kind = yq_lex_column(hit.value, 0);
    }
    if (!length && r->last.kind.p && yq_ends(yq_sub(l->text, l->span.from, to), YQ_S("院区"))) length = 6; /* a campus of the hospital before it */
    yq_lex_hit title;
    bool cut = length < 9 && yq_token_to(l, to) == SIZE_MAX; /* 大学|教授权: the cut took the border into a word */
    if (length <= 3 || length > to - l->span.from || (cut && !yq_lex_longest(l->text, to, YQ_LEX_TITLES, &title))) return;
    yq_str ending = yq_sub(l->text, to - length, to);
    if (yq_in_list(ending, " 党委 党组 纪委 团委 党工委 ")) return;
    if (yq_in_list(ending, " 一中 ") && yq_char_at(l, to) == 0x5FC3) return; /* 一中心 */
    if (yq_in_list(ending, " 传媒 媒体 投资 基金 创投 ") && yq_char_at(l, to) == 0x4EBA) return; /* 传媒人 */
    read_name(r, to - length, to, kind);
}

void yq_line_organizations(yq_line *l)
{
    reader r = { .l = l };
    for (size_t i = 0; i < l->token_count; i++) {
        const yq_token *t = &l->tokens[i];
        if (!t->word) {
            publisher(&r, t->from);
            continue;
        }
        known_org(&r, t->from);
        pronoun(&r, t->from);
        house_of_page(&r, t->from);
        outlet(&r, t->from);
        host(&r, t->from);
        for (size_t at = t->from; t->han && at < t->to;) {
            yq_utf8_next(l->text, &at);
            endings_at(&r, at);
        }
        if (!t->han) endings_at(&r, t->to);
    }
}
