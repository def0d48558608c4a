/* "想请华南三甲医院的医生，最好会英语，不要药企的": beside what a need is about it says where, at what kind of house, in which language, for how much and of when.
 *
 * Each kind of condition is read from its own words (condition_kinds.c, condition_region.c, amount.c, period.c). Here is what all share: the clause a word
 * stands in tells whether it is meant of the answer or of the asker ("我们是上海的一家医院，想找…"), wanted or not, a must or a wish. */
#include "match/condition.h"

static const char *const kind_names[YQ_COND_KINDS] = { "region", "unit", "grade", "stage", "language", "budget", "period" };

const char *yq_condition_kind_name(yq_condition_kind kind)
{
    return kind < YQ_COND_KINDS ? kind_names[kind] : NULL;
}

yq_str small_letters(yq_arena *a, yq_str s)
{
    char *p = yq_dupz(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return (yq_str){ p, s.n };
}

/* ---------------------------------------------------------------- clauses and words */

static size_t border_length(yq_str low, size_t at)
{
    static const char *const marks[] = { "，", "。", "；", "？", "！", "：", ";", "?", "!", "\n" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (yq_starts(yq_sub(low, at, low.n), yq_cstr(marks[i]))) return strlen(marks[i]);
    bool point = low.p[at] == ',' || low.p[at] == '.' || low.p[at] == ':';
    return point && (at + 1 == low.n || low.p[at + 1] == ' ') ? 1 : 0;
}

yq_span clause_around(yq_str low, size_t at)
{
    yq_span s = { 0, (uint32_t)low.n };
    for (size_t i = 0; i < low.n; i++) {
        size_t length = border_length(low, i);
        if (length && i + length <= at) s.from = (uint32_t)(i + length);
        if (length && i >= at) {
            s.to = (uint32_t)i;
            break;
        }
    }
    return s;
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* An English word is found whole but for its ending. */
static bool stands_at(yq_str low, size_t at, yq_str word)
{
    return !is_letter(word.p[0]) || at == 0 || !is_letter(low.p[at - 1]);
}

size_t first_of(yq_str low, size_t from, size_t to, const char *const *words, size_t n, size_t *length)
{
    yq_str part = yq_sub(low, 0, to);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        yq_str word = yq_cstr(words[i]);
        size_t at = yq_find(part, word, from);
        while (at != SIZE_MAX && !stands_at(part, at, word)) at = yq_find(part, word, at + 1);
        if (at == SIZE_MAX || at > best || (at == best && length && *length >= word.n)) continue;
        best = at;
        if (length) *length = word.n;
    }
    return best;
}

bool any_of(yq_str low, size_t from, size_t to, const char *const *words, size_t n)
{
    return first_of(low, from, to, words, n, NULL) != SIZE_MAX;
}

/* ---------------------------------------------------------------- who speaks of whom */

static const char *const asker_words[] = { "我们", "我院", "我科", "我司", "我是", "我在", "我所", "本院", "本公司", "本人", "本科室", "我公司", "咱", "we ", "we're", "our ", "my ", "i am", "i'm", "us " };

static const char *const seeking[] = { "找", "寻", "请", "推荐", "想", "需要", "求", "有没有", "有无", "哪", "谁", "征集", "联系", "对接", "介绍", "希望", "欲", "限", "要", "必须", "最好", "优先", "只",
    "looking", "seek", "want", "need", "who", "which", "find", "recommend", "is there", "are there", "any ", "partner", "invite", "introduce", "prefer", "must", "should", "ideally", "only", "require" };

bool is_of_asker(const asking_words *r, size_t at)
{
    yq_span clause = clause_around(r->low, at);
    static const char *const own[] = { "我们", "我", "本", "我们的", "贵", "our ", "my " };
    yq_str before = yq_sub(r->low, clause.from, at);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (yq_ends(before, yq_cstr(own[i]))) return true;
    return HAS_ANY(r->low, clause.from, at, asker_words) && !HAS_ANY(r->low, clause.from, at, seeking);
}

bool is_sought(const asking_words *r, size_t at)
{
    return HAS_ANY(r->low, clause_around(r->low, at).from, at, seeking);
}

bool before_house_or_person(const asking_words *r, size_t at)
{
    static const char *const nouns[] = { "医院", "专家", "医生", "大夫", "医师", "教授", "学者", "团队", "企业", "公司", "厂", "机构", "大学", "高校", "研究", "中心", "单位", "投资", "合作", "同行", "主任", "科室",
        "hospital", "clinic", "expert", "doctor", "surgeon", "physician", "professor", "team", "compan", "manufactur", "plant", "institut", "universit", "centre", "center", "partner", "specialist",
        "investor", "fund", "supplier", "vendor", "scientist", "group", "field site", "site", "researcher", "clinician", "nurse", "firm", "start-up", "startup", "adviser", "advisor" };
    size_t end = at, words = 0;
    while (end < r->low.n && words < 3 && !border_length(r->low, end)) words += r->low.p[end++] == ' ';
    if (end > at + 36) end = at + 36;
    return HAS_ANY(r->low, at, end, nouns);
}

/* ---------------------------------------------------------------- wanted or not, a must or a wish */

enum { NEAR_BEFORE = 24 };

static bool is_negated(const asking_words *r, yq_span span)
{
    static const char *const words[] = { "不要", "不想", "不找", "不需要", "不考虑", "不接受", "不能是", "不是", "别找", "别要", "除了", "除", "非", "不在", "排除", "避开", "谢绝", "而不是", "而非", "not ", "except",
        "other than", "outside", "excluding", "no ", "without", "rather than", "instead of", "non-", "avoid" };
    yq_span clause = clause_around(r->low, span.from);
    size_t from = span.from > clause.from + NEAR_BEFORE ? span.from - NEAR_BEFORE : clause.from, length = 0;
    while (from > clause.from && (r->low.p[from] & 0xC0) == 0x80) from--;
    size_t at = first_of(r->low, from, span.from, words, sizeof words / sizeof *words, &length);
    if (at == SIZE_MAX) return false;
    static const char *const ends[] = { "但", "而是", "要", "找", "以外", "之外", "外的", "but ", "and " }; /* "不要药企、要医院", "除了上海以外的医院" */
    return !HAS_ANY(r->low, at + length, span.from, ends);
}

static bool is_wish(const asking_words *r, yq_span span)
{
    static const char *const words[] = { "最好", "优先", "更好", "为佳", "尽量", "更佳", "优选", "倾向", "如果能", "若能", "如能", "加分", "prefer", "ideally", "if possible", "a plus", "would be nice", "would be good",
        "would help", "better if", "bonus", "where possible" };
    yq_span clause = clause_around(r->low, span.from);
    uint32_t end = clause.to;
    if (end < r->low.n && r->low.p[end] == ',') end = clause_around(r->low, end + 1).to; /* "in English, if possible" */
    static const char *const behind[] = { "更好", "优先", "为佳", "更佳", "if possible", "a plus", "would be" };
    return HAS_ANY(r->low, clause.from, clause.to, words) || (end > clause.to && end < clause.to + 24 && HAS_ANY(r->low, clause.to, end, behind));
}

static bool is_free(const asking_words *r, yq_span span)
{
    static const char *const words[] = { "不限", "均可", "都可以", "都行", "无所谓", "不拘", "anywhere", "any country", "does not matter", "doesn't matter", "no matter" };
    yq_span clause = clause_around(r->low, span.from);
    return HAS_ANY(r->low, clause.from, clause.to, words);
}

/* "在美国厂家做过产品的顾问": where somebody once was says nothing of where he is. */
static bool is_past(const asking_words *r, yq_condition_kind kind, yq_span span)
{
    static const char *const words[] = { "做过产品", "工作过", "待过", "干过", "任职过", "留学", "进修过", "used to work", "worked in", "worked at", "trained in", "trained at", "background in" };
    yq_span clause = clause_around(r->low, span.from);
    return (kind == YQ_COND_REGION || kind == YQ_COND_UNIT) && HAS_ANY(r->low, clause.from, clause.to, words);
}

static bool is_known_already(const yq_conditions *all, yq_str id)
{
    for (size_t i = 0; i < all->n; i++)
        if (yq_eq(all->v[i].id, id)) return true;
    return false;
}

yq_condition *add_condition(asking_words *r, yq_condition_kind kind, yq_span span, yq_str value, yq_str zh, yq_str en)
{
    yq_condition c = { .kind = kind, .value = value, .label = { zh, en }, .span = span, .hard = true, .most = -1 };
    if (!r->field && (r->out->n == MOST_CONDITIONS || is_free(r, span) || is_past(r, kind, span) || is_of_asker(r, span.from))) return NULL;
    c.negated = is_negated(r, span);
    if (!r->field) c.hard = !is_wish(r, span);
    else c.span = (yq_span){ 0, 0 };
    c.id = yq_printf(r->arena, "%s=%s%.*s", kind_names[kind], c.negated ? "!" : "", YQ_FMT(value));
    if (is_known_already(r->out, c.id)) return NULL;
    yq_condition *added = yq_push(r->arena, r->out);
    *added = c;
    return added;
}

/* ---------------------------------------------------------------- all kinds */

static void (*const readers[YQ_COND_KINDS])(asking_words *r) = { read_regions, read_units, read_grades, read_stage, read_languages, read_budgets, read_periods };

yq_str day_of_clock(yq_arena *a)
{
    char instant[28];
    yq_clock *clock = yq_clock_system();
    yq_instant_text(clock->now_us(clock), instant);
    return yq_dup(a, (yq_str){ instant, 10 });
}

static asking_words words_of(yq_arena *a, yq_str text, yq_str today, yq_conditions *out)
{
    asking_words r = { .arena = a, .plain = yq_simplify(a, text), .today = today.n ? today : day_of_clock(a), .out = out };
    r.low = small_letters(a, r.plain);
    yq_cut(a, r.plain, &r.words);
    return r;
}

void yq_conditions_read(yq_arena *a, yq_str text, yq_str today, yq_conditions *out)
{
    asking_words r = words_of(a, text, today, out);
    for (int k = 0; k < YQ_COND_KINDS; k++) readers[k](&r);
}

yq_code yq_condition_given(yq_arena *a, yq_str kind, yq_str words, yq_str today, yq_condition *out, yq_err *err)
{
    yq_conditions found = { 0 };
    asking_words r = words_of(a, yq_trim(words), today, &found);
    r.field = true;
    for (int k = 0; k < YQ_COND_KINDS; k++) {
        if (!yq_eq(kind, yq_cstr(kind_names[k]))) continue;
        readers[k](&r);
        if (!found.n) return yq_fail(err, YQ_INVALID, 0, "\"%.*s\" says no %s", words.n > 60 ? 60 : (int)words.n, words.p, kind_names[k]);
        *out = found.v[0];
        out->words = yq_dup(a, yq_trim(words));
        return YQ_OK;
    }
    return yq_fail(err, YQ_INVALID, 0, "a condition is region, unit, grade, stage, language, budget or period");
}

/* ---------------------------------------------------------------- what is said */

yq_condition_state as_wanted(const yq_condition *c, yq_condition_state s)
{
    if (!c->negated || s == YQ_COND_UNKNOWN) return s;
    return s == YQ_COND_MET ? YQ_COND_UNMET : YQ_COND_MET;
}

yq_condition_state condition_said(yq_arena *a, const yq_condition *c, yq_str plain, yq_str of, bool row)
{
    yq_str low = small_letters(a, plain);
    switch (c->kind) {
    case YQ_COND_REGION: return region_said(a, c, plain, row);
    case YQ_COND_GRADE: return yq_eq(of, YQ_S("organization")) ? grade_said(a, c, low) : YQ_COND_UNKNOWN;
    case YQ_COND_LANGUAGE: return yq_eq(of, YQ_S("person")) || yq_eq(of, YQ_S("organization")) ? language_said(c, low, row) : YQ_COND_UNKNOWN;
    case YQ_COND_BUDGET: return budget_said(c, low, of, row);
    default: return YQ_COND_UNKNOWN;
    }
}

static const struct { const char *zh, *en, *not_zh, *not_en; } unmet_words[YQ_COND_KINDS] = {
    [YQ_COND_REGION] = { "不在~", "not in ~", "在~", "in ~" },
    [YQ_COND_UNIT] = { "不是~", "not a ~", "是~", "a ~" },
    [YQ_COND_GRADE] = { "不是~", "not ~", "是~", "~" },
    [YQ_COND_STAGE] = { "尚未上市", "not on the market yet", "已经上市", "already on the market" },
    [YQ_COND_LANGUAGE] = { "未提到~", "not said to speak ~", "~", "speaks ~" },
    [YQ_COND_BUDGET] = { "金额不合要求（~）", "the amount is not ~", "金额不合要求", "the amount does not fit" },
    [YQ_COND_PERIOD] = { "时间不合要求（~）", "not ~", "时间不合要求", "the time does not fit" },
};

yq_str condition_unmet(yq_arena *a, const yq_condition *c, bool chinese)
{
    const char *form = c->negated ? chinese ? unmet_words[c->kind].not_zh : unmet_words[c->kind].not_en : chinese ? unmet_words[c->kind].zh : unmet_words[c->kind].en;
    yq_str label = c->label[chinese ? 0 : 1], all = yq_cstr(form);
    size_t at = yq_find(all, YQ_S("~"), 0);
    if (at == SIZE_MAX) return all;
    return yq_printf(a, "%.*s%.*s%.*s", YQ_FMT(yq_sub(all, 0, at)), YQ_FMT(label), YQ_FMT(yq_sub(all, at + 1, all.n)));
}
