/* "2025年以来", "近三年", "six months", "2026年底前": of when something is to be, or until when, as days. What is counted back is counted from today. */
#include "match/condition.h"

#include <stdio.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- days */

typedef struct {
    int year, month, day;
} day;

static int days_of_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static day read_day(yq_str text)
{
    char s[11] = { 0 };
    memcpy(s, text.p, text.n < 10 ? text.n : 10);
    day d = { atoi(s), text.n >= 7 ? atoi(s + 5) : 1, text.n >= 10 ? atoi(s + 8) : 1 };
    if (d.month < 1 || d.month > 12) d.month = 1;
    return d;
}

static yq_str day_text(yq_arena *a, day d)
{
    return yq_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static day by_months(day d, int months)
{
    int all = d.year * 12 + d.month - 1 + months;
    d.year = all / 12;
    d.month = all % 12 + 1;
    if (d.day > days_of_month(d.year, d.month)) d.day = days_of_month(d.year, d.month);
    return d;
}

static day by_days(day d, int days)
{
    for (; days > 0; days--)
        if (++d.day > days_of_month(d.year, d.month)) d = by_months((day){ d.year, d.month, 1 }, 1);
    for (; days < 0; days++)
        if (--d.day < 1) {
            d = by_months((day){ d.year, d.month, 1 }, -1);
            d.day = days_of_month(d.year, d.month);
        }
    return d;
}

/* ---------------------------------------------------------------- numbers and units */

static size_t count_at(yq_str low, size_t at, double *count)
{
    static const struct { const char *word; double value; } words[] = {
        { "一", 1 }, { "两", 2 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 }, { "十", 10 }, { "半", 0.5 }, { "几", 3 },
        { "one ", 1 }, { "two ", 2 }, { "three ", 3 }, { "four ", 4 }, { "five ", 5 }, { "six ", 6 }, { "seven ", 7 }, { "eight ", 8 }, { "nine ", 9 }, { "ten ", 10 }, { "twelve ", 12 }, { "few ", 3 }, { "couple of ", 2 },
    };
    size_t i = at;
    for (*count = 0; i < low.n && i < at + 3 && low.p[i] >= '0' && low.p[i] <= '9'; i++) *count = *count * 10 + (low.p[i] - '0');
    if (i > at) return i - at + (i < low.n && low.p[i] == ' ');
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (yq_starts(yq_sub(low, at, low.n), yq_cstr(words[k].word))) {
            *count = words[k].value;
            return strlen(words[k].word);
        }
    return 0;
}

typedef struct {
    const char *word;
    int months, days;
} unit;

static const unit units[] = { { "个月", 1, 0 }, { "年", 12, 0 }, { "月", 1, 0 }, { "周", 0, 7 }, { "个星期", 0, 7 }, { "天", 0, 1 }, { "months", 1, 0 }, { "month", 1, 0 }, { "years", 12, 0 }, { "year", 12, 0 },
                              { "weeks", 0, 7 }, { "week", 0, 7 }, { "days", 0, 1 }, { "decade", 120, 0 } };

static const unit *unit_at(yq_str low, size_t at, size_t *length)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (yq_starts(yq_sub(low, at, low.n), yq_cstr(units[i].word))) {
            *length = strlen(units[i].word);
            return &units[i];
        }
    return NULL;
}

static day moved(day d, double count, const unit *u, int way)
{
    return u->months ? by_months(d, way * (int)(count * u->months)) : by_days(d, way * (int)(count * u->days));
}

/* ---------------------------------------------------------------- what time is of something else */

static bool is_of_illness(yq_str low, yq_span span)
{
    static const char *const words[] = { "术后", "术前", "出生", "发病", "随访", "婴", "新生儿", "病程", "复发", "每", "岁", "孕", "疗程", "质保", "保质", "生存", "治疗后", "出院", "死亡", "工龄", "年龄", "检测出", "出结果", "报告时间",
        "follow-up", "follow up", "followup", "survival", "after surgery", "of age", " old", "of birth", "of onset", "postoperative", "of discharge", "mortality", "recurrence", "warranty", "of infarction", "of symptom" };
    yq_span clause = clause_around(low, span.from);
    return HAS_ANY(low, clause.from, clause.to, words);
}

typedef struct {
    yq_span span;
    day from, to;
    bool has_from, has_to, ahead, relative; /* relative: counted from today */
} period;

static yq_str in_words(yq_arena *a, const period *p, bool zh)
{
    yq_str from = p->has_from ? day_text(a, p->from) : YQ_S(""), to = p->has_to ? day_text(a, p->to) : YQ_S("");
    if (p->ahead) return yq_printf(a, zh ? "%.*s之前" : "by %.*s", YQ_FMT(to));
    if (!p->has_to) return yq_printf(a, zh ? "%.*s以来" : "since %.*s", YQ_FMT(from));
    if (!p->has_from) return yq_printf(a, zh ? "%.*s以前" : "before %.*s", YQ_FMT(to));
    return yq_printf(a, zh ? "%.*s至%.*s" : "%.*s to %.*s", YQ_FMT(from), YQ_FMT(to));
}

static void add_period(asking_words *r, const period *p)
{
    if (!r->field && is_of_illness(r->low, p->span)) return;
    yq_str from = p->has_from ? day_text(r->arena, p->from) : YQ_S(""), to = p->has_to ? day_text(r->arena, p->to) : YQ_S("");
    yq_str value = yq_printf(r->arena, "%s%.*s/%.*s", p->ahead ? "by " : "", YQ_FMT(from), YQ_FMT(to));
    yq_condition *c = add_condition(r, YQ_COND_PERIOD, p->span, value, in_words(r->arena, p, true), in_words(r->arena, p, false));
    if (!c) return;
    if (p->relative) c->id = yq_printf(r->arena, "period=%s%.*s", c->negated ? "!" : "", YQ_FMT(yq_at(r->low, p->span))); /* the same tomorrow */
    c->from = from;
    c->to = to;
    c->ahead = p->ahead;
}

/* ---------------------------------------------------------------- forms */

static size_t one_of(yq_str low, size_t at, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_starts(yq_sub(low, at, low.n), yq_cstr(words[i]))) return strlen(words[i]);
    return 0;
}
#define ONE_OF(low, at, words) one_of(low, at, words, sizeof words / sizeof *words)

/* "2025年3月", "2025"; month 0: the year alone. */
static size_t year_at(yq_str low, size_t at, int *year, int *month)
{
    size_t i = at + 4;
    *month = 0;
    if (i > low.n || (at && low.p[at - 1] >= '0' && low.p[at - 1] <= '9') || !(yq_starts(yq_sub(low, at, i), YQ_S("20")) || yq_starts(yq_sub(low, at, i), YQ_S("19")))) return 0;
    for (size_t k = at; k < i; k++)
        if (low.p[k] < '0' || low.p[k] > '9') return 0;
    if (i < low.n && low.p[i] >= '0' && low.p[i] <= '9') return 0;
    *year = atoi((char[]){ low.p[at], low.p[at + 1], low.p[at + 2], low.p[at + 3], 0 });
    if (!yq_starts(yq_sub(low, i, low.n), YQ_S("年"))) return i - at;
    i += 3;
    size_t digits = i;
    while (digits < low.n && digits < i + 2 && low.p[digits] >= '0' && low.p[digits] <= '9') *month = *month * 10 + (low.p[digits++] - '0');
    if (digits > i && *month >= 1 && *month <= 12 && yq_starts(yq_sub(low, digits, low.n), YQ_S("月"))) return digits + 3 - at;
    *month = 0;
    return i - at;
}

static day first_day(int year, int month)
{
    return (day){ year, month ? month : 1, 1 };
}

static day last_day(int year, int month)
{
    return month ? (day){ year, month, days_of_month(year, month) } : (day){ year, 12, 31 };
}

static int month_named(yq_str before)
{
    static const char *const names[] = { "january ", "february ", "march ", "april ", "may ", "june ", "july ", "august ", "september ", "october ", "november ", "december " };
    for (int i = 0; i < 12; i++)
        if (yq_ends(before, yq_cstr(names[i]))) return i + 1;
    return 0;
}

/* "2025年以来", "since June 2024", "by the end of 2026". */
static bool of_year(yq_str low, size_t at, period *p)
{
    static const char *const since[] = { "以来", "以后", "之后", "起", "至今", "开始", "后" }, *const until[] = { "年底前", "年底之前", "年底以前", "底前", "底之前", "底以前", "前", "以前", "之前", "内", "年内" };
    static const char *const since_en[] = { "since ", "after ", "from ", "starting ", "from early ", "since early " }, *const by_en[] = { "by ", "before ", "until ", "by the end of ", "before the end of ", "by end of ", "by early ", "end of " };
    int year, month;
    size_t n = year_at(low, at, &year, &month), more;
    if (!n) return false;
    yq_str left = yq_sub(low, 0, at);
    int named = month_named(left);
    if (named) {
        month = named;
        left.n = yq_utf8_back(left, left.n);
        while (left.n && left.p[left.n - 1] != ' ') left.n--;
    }
    p->span = (yq_span){ (uint32_t)left.n, (uint32_t)(at + n) };
    if ((more = ONE_OF(low, at + n, since))) {
        p->span.to += (uint32_t)more;
        p->from = first_day(year, month), p->has_from = true;
        return true;
    }
    if ((more = ONE_OF(low, at + n, until))) {
        p->span.to += (uint32_t)more;
        p->to = last_day(year, month), p->has_to = p->ahead = true;
        return true;
    }
    for (size_t i = 0; i < sizeof since_en / sizeof *since_en; i++)
        if (yq_ends(left, yq_cstr(since_en[i]))) return p->span.from -= (uint32_t)strlen(since_en[i]), p->from = first_day(year, month), p->has_from = true;
    for (size_t i = 0; i < sizeof by_en / sizeof *by_en; i++)
        if (yq_ends(left, yq_cstr(by_en[i]))) return p->span.from -= (uint32_t)strlen(by_en[i]), p->to = last_day(year, month), p->has_to = p->ahead = true;
    return false;
}

/* "近三年", "in the last two years", "within six months", "半年内". */
static bool of_span(yq_str low, size_t at, day today, period *p)
{
    static const char *const past[] = { "最近这", "最近", "过去的", "过去", "近来", "近", "in the last ", "in the past ", "over the last ", "over the past ", "within the last ", "within the past ", "the last ", "the past ", "last ", "past " };
    static const char *const ahead[] = { "within the next ", "in the next ", "within ", "未来" }, *const inside[] = { "之内", "以内", "内" };
    size_t before = ONE_OF(low, at, past), coming = before ? 0 : ONE_OF(low, at, ahead), length, n;
    double count = 1;
    n = count_at(low, at + before + coming, &count);
    const unit *u = unit_at(low, at + before + coming + n, &length);
    if (!u || (!n && !before && !coming) || count <= 0 || count > 600) return false;
    if (!n && !yq_starts(yq_sub(low, at, low.n), YQ_S("the ")) && (uint8_t)low.p[at] >= 0xE0) return false; /* 近年 has no number */
    size_t end = at + before + coming + n + length, behind = ONE_OF(low, end, inside);
    if (at && low.p[at - 1] >= 'a' && low.p[at - 1] <= 'z' && low.p[at] >= 'a' && low.p[at] <= 'z') return false;
    if (!before && !coming && !behind) return false;
    p->span = (yq_span){ (uint32_t)at, (uint32_t)(end + behind) };
    p->relative = true;
    if (before) p->from = moved(today, count, u, -1), p->has_from = true;
    else p->to = moved(today, count, u, 1), p->has_to = p->ahead = true;
    return true;
}

/* "今年", "年底前", "this month". */
static bool of_now(yq_str low, size_t at, day today, period *p)
{
    static const struct { const char *word; int from_year, to_year; bool from, to, month; } words[] = {
        { "去年以来", -1, 0, true, false, false }, { "今年以来", 0, 0, true, false, false }, { "今年内", 0, 0, false, true, false }, { "今年年底前", 0, 0, false, true, false }, { "今年底前", 0, 0, false, true, false },
        { "年底前", 0, 0, false, true, false }, { "年内", 0, 0, false, true, false }, { "明年底前", 0, 1, false, true, false }, { "本月内", 0, 0, false, true, true }, { "this month", 0, 0, false, true, true },
        { "this year", 0, 0, false, true, false }, { "by the end of the year", 0, 0, false, true, false }, { "by year-end", 0, 0, false, true, false }, { "before year-end", 0, 0, false, true, false },
        { "since last year", -1, 0, true, false, false },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!yq_starts(yq_sub(low, at, low.n), yq_cstr(words[i].word))) continue;
        p->span = (yq_span){ (uint32_t)at, (uint32_t)(at + strlen(words[i].word)) };
        p->relative = true;
        if (words[i].from) p->from = first_day(today.year + words[i].from_year, 0), p->has_from = true;
        if (words[i].to) p->to = last_day(today.year + words[i].to_year, words[i].month ? today.month : 0), p->has_to = p->ahead = true;
        return true;
    }
    return false;
}

void read_periods(asking_words *r)
{
    day today = read_day(r->today);
    for (size_t at = 0; at < r->low.n;) {
        period p = { 0 };
        if (of_year(r->low, at, &p) || of_now(r->low, at, today, &p) || of_span(r->low, at, today, &p)) {
            add_period(r, &p);
            at = p.span.to > at ? p.span.to : at + 1;
        } else
            yq_utf8_next(r->low, &at);
    }
}
