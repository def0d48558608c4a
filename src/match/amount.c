/* "不超过200万元", "三十来万就够", "under $1m": amounts of money as ranges in yuan. Currencies are compared at round rates, good enough to tell a hundred thousand
 * from a million and meant for no more. */
#include "match/condition.h"

#include <math.h>

/* ---------------------------------------------------------------- numbers */

static const struct { const char *word; double value; } han_digits[] = {
    { "一", 1 }, { "二", 2 }, { "两", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 }, { "半", 0.5 },
};
static const struct { const char *word; double value; } scales[] = {
    { "千万", 1e7 }, { "百万", 1e6 }, { "十万", 1e5 }, { "亿", 1e8 }, { "万", 1e4 }, { "千", 1e3 }, { "百", 1e2 }, { "十", 10 },
    { "million", 1e6 }, { "mn", 1e6 }, { "m", 1e6 }, { "billion", 1e9 }, { "bn", 1e9 }, { "thousand", 1e3 }, { "k", 1e3 },
};
static const struct { const char *word; double yuan; } currencies[] = {
    { "元人民币", 1 }, { "元", 1 }, { "块", 1 }, { "人民币", 1 }, { "yuan", 1 }, { "rmb", 1 }, { "cny", 1 }, { "¥", 1 }, { "￥", 1 },
    { "美元", 7 }, { "美金", 7 }, { "us dollars", 7 }, { "us$", 7 }, { "usd", 7 }, { "dollars", 7 }, { "dollar", 7 }, { "$", 7 },
    { "欧元", 8 }, { "euros", 8 }, { "euro", 8 }, { "eur", 8 }, { "€", 8 }, { "英镑", 9 }, { "gbp", 9 }, { "pounds", 9 }, { "£", 9 },
    { "港元", 0.9 }, { "港币", 0.9 }, { "hk$", 0.9 }, { "hkd", 0.9 }, { "新台币", 0.22 }, { "台币", 0.22 }, { "nt$", 0.22 }, { "日元", 0.05 }, { "韩元", 0.005 }, { "瑞士法郎", 8 }, { "chf", 8 },
};

static bool letter_at(yq_str s, size_t at)
{
    return at < s.n && s.p[at] >= 'a' && s.p[at] <= 'z';
}

/* The longest word of a table at low[at]; SIZE_MAX: none. Latin words end there. */
#define LONGEST(table, low, at, length)                                                                        \
    ({                                                                                                         \
        size_t best_ = SIZE_MAX;                                                                               \
        *(length) = 0;                                                                                         \
        for (size_t i_ = 0; i_ < sizeof table / sizeof *table; i_++) {                                         \
            size_t n_ = strlen(table[i_].word);                                                                \
            bool whole_ = !letter_at(yq_cstr(table[i_].word), n_ - 1) || !letter_at(low, (at) + n_);           \
            if (n_ > *(length) && whole_ && yq_starts(yq_sub(low, at, (low).n), yq_cstr(table[i_].word))) best_ = i_, *(length) = n_; \
        }                                                                                                      \
        best_;                                                                                                 \
    })

static size_t ascii_number(yq_str low, size_t at, double *value)
{
    double v = 0, tenth = 0;
    size_t i = at;
    for (; i < low.n && i < at + 20; i++) {
        char c = low.p[i];
        if (c >= '0' && c <= '9') {
            v = tenth > 0 ? v + (c - '0') * tenth : v * 10 + (c - '0');
            if (tenth > 0) tenth /= 10;
        } else if (c == '.' && tenth == 0 && i + 1 < low.n && low.p[i + 1] >= '0' && low.p[i + 1] <= '9')
            tenth = 0.1;
        else if (!(c == ',' && tenth == 0 && i + 3 < low.n && low.p[i + 1] >= '0' && low.p[i + 1] <= '9'))
            break;
    }
    *value = v;
    return i - at;
}

/* 三, 三十, 二百五; "二三十" is from 20 to 30. */
static size_t han_number(yq_str low, size_t at, double *least, double *most)
{
    double whole = 0, digit = -1, before = -1;
    size_t i = at, length;
    while (i < low.n) {
        size_t k = LONGEST(han_digits, low, i, &length);
        if (k != SIZE_MAX) {
            before = digit;
            digit = han_digits[k].value;
            i += length;
            continue;
        }
        bool ten = yq_starts(yq_sub(low, i, low.n), YQ_S("十")), hundred = yq_starts(yq_sub(low, i, low.n), YQ_S("百"));
        if (!ten && !hundred) break;
        double scale = ten ? 10 : 100;
        if (before >= 0) { /* 二三十 */
            *least = whole + before * scale;
            *most = whole + digit * scale;
            return i + 3 - at;
        }
        whole += (digit < 0 ? 1 : digit) * scale;
        digit = -1;
        i += 3;
    }
    *least = whole + (before >= 0 ? before : digit < 0 ? 0 : digit);
    *most = whole + (digit < 0 ? 0 : digit);
    return *most > 0 ? i - at : 0;
}

static size_t number_at(yq_str low, size_t at, double *least, double *most)
{
    if (low.p[at] >= '0' && low.p[at] <= '9') {
        if (at && (letter_at(low, at - 1) || low.p[at - 1] == '.' || (low.p[at - 1] >= '0' && low.p[at - 1] <= '9'))) return 0;
        size_t n = ascii_number(low, at, least);
        *most = *least;
        return n;
    }
    if (yq_starts(yq_sub(low, at, low.n), YQ_S("几")) || yq_starts(yq_sub(low, at, low.n), YQ_S("数"))) {
        *least = 2, *most = 9;
        return 3;
    }
    return han_number(low, at, least, most);
}

static size_t skip_words(yq_str low, size_t at, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_starts(yq_sub(low, at, low.n), yq_cstr(words[i]))) return strlen(words[i]);
    return 0;
}

/* Behind a number: 来, 多, a blank; then a scale, perhaps two (百 万); then a currency. */
static size_t scale_at(yq_str low, size_t at, double *scale, bool *rough)
{
    static const char *const about[] = { "来", "多", "余", " " };
    size_t i = at, length;
    *scale = 1;
    for (int k = 0; k < 3; k++) {
        size_t skipped = skip_words(low, i, about, sizeof about / sizeof *about), s;
        s = LONGEST(scales, low, i + skipped, &length);
        if (s == SIZE_MAX) break;
        if (skipped && low.p[i] != ' ') *rough = true;
        *scale *= scales[s].value;
        i += skipped + length;
    }
    return i - at;
}

static size_t currency_behind(yq_str low, size_t at, double *yuan)
{
    size_t blank = at < low.n && low.p[at] == ' ', length, k = LONGEST(currencies, low, at + blank, &length);
    if (k == SIZE_MAX) return 0;
    *yuan = currencies[k].yuan;
    return blank + length;
}

static bool currency_before(yq_str low, size_t at, double *yuan, size_t *from)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        yq_str word = yq_cstr(currencies[i].word), left = yq_sub(low, 0, at);
        if (left.n && left.p[left.n - 1] == ' ') left.n--;
        if (!yq_ends(left, word) || (uint8_t)word.p[0] >= 0xE0) continue; /* 元 stands behind */
        *yuan = currencies[i].yuan;
        *from = left.n - word.n;
        return true;
    }
    return false;
}

/* ---------------------------------------------------------------- ranges */

static size_t dash_at(yq_str low, size_t at)
{
    static const char *const dashes[] = { "至", "到", "-", "~", "～", "–", "—", " to ", " and " };
    size_t n = skip_words(low, at, dashes, sizeof dashes / sizeof *dashes), length;
    size_t k = n ? SIZE_MAX : LONGEST(scales, low, at, &length);
    if (k != SIZE_MAX && scales[k].value >= 1e3) { /* 15万至40万 */
        size_t dash = skip_words(low, at + length, dashes, sizeof dashes / sizeof *dashes);
        double yuan;
        size_t money = dash ? 0 : currency_behind(low, at + length, &yuan);
        if (money) dash = skip_words(low, at + length + money, dashes, sizeof dashes / sizeof *dashes);
        return dash ? length + money + dash : 0;
    }
    return n;
}

/* "报价(万元)：45": the heading of a column says what its numbers count. */
static bool says_ten_thousands(yq_str low, size_t at)
{
    static const char *const heads[] = { "(万元)：", "（万元）：", "(万元):", "（万元）:" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (yq_ends(yq_sub(low, 0, at), yq_cstr(heads[i]))) return true;
    return false;
}

static bool amount_at(yq_str low, size_t at, amount *out)
{
    double least, most, more_least, more_most, scale, first_scale = 1, yuan = 1;
    bool rough = false, ranged = false;
    size_t i = at, n = number_at(low, at, &least, &most), from = at, step;
    if (!n) return false;
    bool before = currency_before(low, at, &yuan, &from);
    i += n;
    size_t dash = dash_at(low, i);
    if (dash) {
        size_t second = i + dash;
        if (second < low.n && (low.p[second] == '$' || low.p[second] == ' ')) second++;
        size_t more = second < low.n ? number_at(low, second, &more_least, &more_most) : 0;
        if (more) {
            size_t length;
            size_t k = LONGEST(scales, low, i, &length);
            first_scale = k != SIZE_MAX ? scales[k].value : 0;
            most = more_most;
            ranged = true;
            i = second + more;
        }
    }
    step = scale_at(low, i, &scale, &rough);
    if (!step && says_ten_thousands(low, from)) scale = 1e4, before = true;
    i += step;
    size_t behind = currency_behind(low, i, &yuan);
    i += behind;
    *out = (amount){ { (uint32_t)from, (uint32_t)i }, least * (ranged && first_scale > 0 ? first_scale : scale), most * scale, before || behind };
    if (rough) out->most *= 1.3;
    out->least *= yuan;
    out->most *= yuan;
    return before || behind || scale >= 1e4;
}

size_t amounts_in(yq_str low, amount *out, size_t cap)
{
    size_t n = 0;
    for (size_t at = 0; at < low.n && n < cap;) {
        if (amount_at(low, at, &out[n]) && out[n].most > 0) at = out[n++].span.to;
        else {
            double least, most;
            size_t number = number_at(low, at, &least, &most);
            if (number) at += number;
            else yq_utf8_next(low, &at);
        }
    }
    return n;
}

/* ---------------------------------------------------------------- bounds */

static const char *const at_most_before[] = { "不超过", "不高于", "低于", "不到", "少于", "小于", "最多", "至多", "控制在", "以下", "under ", "below ", "up to ", "at most ", "less than ", "within ", "no more than ", "max", "not exceed" };
static const char *const at_most_behind[] = { "以内", "以下", "之内", "封顶", "内", "or less", "at most", "max" };
static const char *const at_least_before[] = { "至少", "不低于", "不少于", "高于", "起投", "at least ", "over ", "more than ", "above ", "minimum", "no less than " };
static const char *const at_least_behind[] = { "以上", "起步", "起", "or more", "and above", "plus" };
static const char *const about[] = { "大约", "约", "大概", "about ", "around ", "roughly ", "some " };
static const char *const about_behind[] = { "左右", "上下" };

static void bound(yq_str low, amount *m)
{
    yq_span clause = clause_around(low, m->span.from);
    size_t back = m->span.from > clause.from + 18 ? m->span.from - 18 : clause.from, end = m->span.to + 12 < clause.to ? m->span.to + 12 : clause.to;
    while (back > 0 && (low.p[back] & 0xC0) == 0x80) back--;
    if (HAS_ANY(low, back, m->span.from, about) || HAS_ANY(low, m->span.to, end, about_behind)) m->least *= 0.7, m->most *= 1.3;
    if (HAS_ANY(low, back, m->span.from, at_most_before) || HAS_ANY(low, m->span.to, end, at_most_behind)) m->least = 0;
    else if (HAS_ANY(low, back, m->span.from, at_least_before) || HAS_ANY(low, m->span.to, end, at_least_behind)) m->most = -1;
}

static bool is_bounded(const amount *before, const amount *after)
{
    return before->least != after->least || before->most != after->most;
}

/* ---------------------------------------------------------------- budgets of needs */

static const char *const money_words[] = { "预算", "经费", "价", "费用", "花费", "花", "资金", "资助", "一笔", "够", "投", "拨款", "融资额", "转让费", "许可费", "采购", "出得起", "cost", "price", "budget", "fund", "grant", "afford",
    "cheque", "check size", "ticket", "invest", "spend", "pay" };
static const char *const other_money[] = { "收入", "营收", "产值", "估值", "注册资本", "市值", "销售额", "利润", "罚", "亏", "负债", "人口", "例", "患者", "人次", "revenue", "turnover", "valuation", "market cap", "sales of",
    "population", "patients", "cases", "people" };

static yq_str spoken(yq_arena *a, double yuan, bool chinese)
{
    double v = yuan;
    const char *unit = chinese ? "元" : " yuan";
    if (chinese && v >= 1e8) v /= 1e8, unit = "亿元";
    else if (chinese && v >= 1e4) v /= 1e4, unit = "万元";
    else if (!chinese && v >= 1e6) v /= 1e6, unit = " million yuan";
    yq_str number = v == floor(v) ? yq_printf(a, "%.0f", v) : yq_printf(a, "%.1f", v);
    return yq_printf(a, "%.*s%s", YQ_FMT(number), unit);
}

static yq_str budget_label(yq_arena *a, const amount *m, bool zh)
{
    yq_str least = spoken(a, m->least, zh), most = m->most < 0 ? YQ_S("") : spoken(a, m->most, zh);
    if (m->most < 0) return yq_printf(a, zh ? "%.*s以上" : "%.*s or more", YQ_FMT(least));
    if (!(m->least > 0)) return yq_printf(a, zh ? "%.*s以内" : "up to %.*s", YQ_FMT(most));
    if (m->least == m->most) return most;
    return yq_printf(a, zh ? "%.*s至%.*s" : "%.*s to %.*s", YQ_FMT(least), YQ_FMT(most));
}

static void add_budget(asking_words *r, amount m)
{
    static const char *const ceilings[] = { "预算", "经费只有", "只有", "budget", "afford" };
    yq_span clause = clause_around(r->low, m.span.from);
    amount free = m;
    bound(r->low, &m);
    bool cued = r->field || HAS_ANY(r->low, clause.from, clause.to, money_words), bounded = is_bounded(&free, &m);
    if (!cued && !(bounded && m.currency)) return;
    if (!bounded && m.least == m.most && (r->field || HAS_ANY(r->low, clause.from, m.span.from, ceilings))) m.least = 0;
    if (!r->field && HAS_ANY(r->low, clause.from, clause.to, other_money)) return;
    yq_str value = m.most < 0 ? yq_printf(r->arena, "%.0f-", m.least) : yq_printf(r->arena, "%.0f-%.0f", m.least, m.most);
    yq_condition *c = add_condition(r, YQ_COND_BUDGET, m.span, value, budget_label(r->arena, &m, true), budget_label(r->arena, &m, false));
    if (!c) return;
    c->negated = false; /* "不超过" bounds and refuses nothing */
    c->id = yq_printf(r->arena, "budget=%.*s", YQ_FMT(value));
    c->least = m.least;
    c->most = m.most;
}

void read_budgets(asking_words *r)
{
    amount found[8];
    size_t n = amounts_in(r->low, found, 8);
    for (size_t i = 0; i < n; i++) add_budget(r, found[i]);
}

/* ---------------------------------------------------------------- what things cost and funds give */

static const char *const prices[] = { "价", "售", "转让", "许可", "费用", "收费", "price", "cost", "fee", "licen", "$", "per unit" };
static const char *const grants[] = { "资助", "支持", "每项", "单项", "额度", "经费", "奖励", "补助", "万元", "up to", "each", "per project", "grant", "award", "budget", "投资", "出资" };
static const char *const totals[] = { "总额", "总盘", "总规模", "总计", "合计", "共计", "规模", "捐", "市场", "产值", "收入", "融资", "total", "in all", "market", "revenue", "donat" };

yq_condition_state budget_said(const yq_condition *c, yq_str low, yq_str of, bool row)
{
    amount found[8];
    bool gives = yq_eq(of, YQ_S("fund")) || yq_eq(of, YQ_S("call")), costs = yq_eq(of, YQ_S("technology"));
    size_t n = gives || costs ? amounts_in(low, found, 8) : 0;
    for (size_t i = 0; i < n; i++) {
        yq_span clause = clause_around(low, found[i].span.from);
        if (row) clause.from = clause.from > 30 ? clause.from - 30 : 0; /* "报价(万元)：120万元" */
        bool about_it = gives ? HAS_ANY(low, clause.from, clause.to, grants) : HAS_ANY(low, clause.from, clause.to, prices);
        if (!about_it || HAS_ANY(low, clause.from, clause.to, totals)) continue;
        bound(low, &found[i]);
        double most = found[i].most < 0 ? INFINITY : found[i].most, asked = c->most < 0 ? INFINITY : c->most;
        return found[i].least <= asked * 1.0001 && c->least <= most * 1.0001 ? YQ_COND_MET : YQ_COND_UNMET;
    }
    return YQ_COND_UNKNOWN;
}
