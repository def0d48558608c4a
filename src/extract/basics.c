/* extract/basics.c - what needs no dictionary of names: alumni years, dates, numbers with their units, quotations.
 *
 * Dates come out as YYYY-MM-DD, YYYY-MM, or --MM-DD where neither the text nor the date of publication gives the year. A day of which only
 * the number is given (昨（28）日, 28日) takes month and year from the publication.
 */
#include "extract/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { QUOTE_BYTES_MAX = 1200 };

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number of digits at `at`, at most `max`. */
static size_t digits_at(yq_str s, size_t at, size_t max)
{
    size_t n = 0;
    while (n < max && at + n < s.n && digit(s.p[at + n])) n++;
    return n;
}

static int number_of(yq_str s, size_t at, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++) v = v * 10 + (s.p[at + i] - '0');
    return v;
}

static bool here(yq_str s, size_t at, const char *what)
{
    return yq_starts(yq_sub(s, at, s.n), yq_cstr(what));
}

static size_t blanks_at(yq_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] == ' ') n++;
    return n;
}

/* ---------------------------------------------------------------- dates */

typedef struct {
    int year, month, day; /* 0: not given */
} calendar;

static bool possible(calendar d)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (d.year && (d.year < 1800 || d.year > 2199)) return false;
    if (d.month < 1 || d.month > 12) return false;
    return d.day >= 0 && d.day <= days[d.month - 1];
}

static void propose_date(yq_work *w, size_t from, size_t to, calendar d)
{
    if (!possible(d)) return;
    char text[48];
    if (!d.year && strlen(w->reading->date) == 10 && d.day) d.year = atoi(w->reading->date);
    if (d.year && d.day) snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    else if (d.year) snprintf(text, sizeof text, "%04d-%02d", d.year, d.month);
    else if (d.day) snprintf(text, sizeof text, "--%02d-%02d", d.month, d.day);
    else return;
    yq_propose(w, YQ_M_DATE, (yq_span){ (uint32_t)from, (uint32_t)to }, yq_dup(w->arena, yq_cstr(text)), 0.95, YQ_VOICE_PATTERN);
}

/* 2025年6月6日, 2025年6月, 6月6日. The end, or 0. */
static size_t chinese_date(yq_work *w, yq_str s, size_t from)
{
    calendar d = { 0 };
    size_t at = from, n = digits_at(s, at, 4);
    if (n == 4 && here(s, at + 4 + blanks_at(s, at + 4), "年")) {
        d.year = number_of(s, at, 4);
        at += 4 + blanks_at(s, at + 4) + 3;
        at += blanks_at(s, at);
        n = digits_at(s, at, 2);
    }
    if (!n || n > 2 || !here(s, at + n + blanks_at(s, at + n), "月")) return 0;
    d.month = number_of(s, at, n);
    at += n + blanks_at(s, at + n) + 3;
    size_t end = at, day = at + blanks_at(s, at);
    n = digits_at(s, day, 2);
    size_t after = day + n + blanks_at(s, day + n);
    if (n && (here(s, after, "日") || here(s, after, "号"))) {
        d.day = number_of(s, day, n);
        end = after + 3;
    }
    propose_date(w, from, end, d);
    return end;
}

/* 2025-06-06, 2025.6.6, 2025/6/6. The end, or 0. */
static size_t plain_date(yq_work *w, yq_str s, size_t from)
{
    if (digits_at(s, from, 5) != 4) return 0;
    size_t at = from + 4;
    char mark = at < s.n ? s.p[at] : 0;
    if (mark != '-' && mark != '.' && mark != '/') return 0;
    size_t m = digits_at(s, at + 1, 2);
    if (!m || at + 1 + m >= s.n || s.p[at + 1 + m] != mark) return 0;
    size_t d = digits_at(s, at + 2 + m, 3);
    if (!d || d > 2) return 0;
    propose_date(w, from, at + 2 + m + d, (calendar){ number_of(s, from, 4), number_of(s, at + 1, m), number_of(s, at + 2 + m, d) });
    return at + 2 + m + d;
}

/* 昨（28）日, 28日: the month of the publication. */
static size_t day_of_publication(yq_work *w, yq_str s, size_t from)
{
    const char *date = w->reading->date;
    size_t n = digits_at(s, from, 3), after = from + n;
    if (!n || n > 2 || strlen(date) != 10) return 0;
    if (here(s, after, "）日") || here(s, after, ")日")) after += here(s, after, "）") ? 3 : 1;
    else if (from >= 3 && yq_is_han(yq_utf8_next(s, &(size_t){ yq_utf8_back(s, from) }))) return 0;
    if (!here(s, after, "日") || here(s, after, "日前") || here(s, after, "日内")) return 0;
    int day = number_of(s, from, n);
    propose_date(w, from, after + 3, (calendar){ atoi(date), atoi(date + 5), day });
    return after + 3;
}

static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };

/* The month whose name, whole or cut to three or four letters, stands at `at`; *length of the word with its stop. */
static int month_at(yq_str s, size_t at, size_t *length)
{
    size_t n = 0;
    while (at + n < s.n && isalpha((unsigned char)s.p[at + n])) n++;
    if (n < 3 || (at && isalpha((unsigned char)s.p[at - 1]))) return 0;
    for (int m = 0; m < 12; m++) {
        if (n > strlen(months[m]) || strncasecmp(s.p + at, months[m], n) || !isupper((unsigned char)s.p[at])) continue;
        if (n > 4 && n != strlen(months[m])) continue;
        *length = n + (at + n < s.n && s.p[at + n] == '.');
        return m + 1;
    }
    return 0;
}

/* Skips st, nd, rd, th behind a day. */
static size_t ordinal_at(yq_str s, size_t at)
{
    static const char *const ends[] = { "st", "nd", "rd", "th" };
    for (size_t i = 0; i < 4; i++)
        if (here(s, at, ends[i])) return 2;
    return 0;
}

/* , 2025 or 2025 behind day and month. */
static size_t year_at(yq_str s, size_t at, int *year)
{
    size_t skip = at < s.n && s.p[at] == ',' ? 1 : 0;
    skip += blanks_at(s, at + skip);
    if (!skip || digits_at(s, at + skip, 5) != 4) return 0;
    *year = number_of(s, at + skip, 4);
    return skip + 4;
}

/* The end of a range behind a day: –21 in 20–21 November, " to 4" in July 2 to 4. Its length, 0: none. */
static size_t range_at(yq_str s, size_t at)
{
    static const char *const marks[] = { "-", "–", "—", "/", " - ", " – ", " to ", " and ", " & " };
    size_t best = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!here(s, at, marks[i])) continue;
        size_t from = at + strlen(marks[i]), n = digits_at(s, from, 3);
        if (n && n < 3) best = from + n + ordinal_at(s, from + n) - at;
    }
    return best;
}

/* 6 June 2025, 20–21 June, June 6th, 2025, June 2025. The end, or 0. */
static size_t english_date(yq_work *w, yq_str s, size_t from)
{
    calendar d = { 0 };
    size_t at = from, length = 0, n = digits_at(s, at, 3);
    if (n == 3) return 0;
    if (n) {
        d.day = number_of(s, at, n);
        at += n + ordinal_at(s, at + n);
        size_t range = range_at(s, at);
        if (range && month_at(s, at + range + blanks_at(s, at + range), &length)) at += range;
        size_t blank = blanks_at(s, at);
        if (!blank || !(d.month = month_at(s, at + blank, &length))) return 0;
        at += blank + length;
        at += year_at(s, at, &d.year);
        propose_date(w, from, at, d);
        return at;
    }
    if (!(d.month = month_at(s, at, &length))) return 0;
    at += length;
    size_t day = at + blanks_at(s, at);
    n = day > at ? digits_at(s, day, 3) : 0;
    if (n && n < 3 && !digit(day + n < s.n ? s.p[day + n] : ' ')) {
        d.day = number_of(s, day, n);
        at = day + n + ordinal_at(s, day + n);
        at += range_at(s, at);
    }
    size_t year = year_at(s, at, &d.year);
    if (!d.day && !year) return 0;
    propose_date(w, from, at + year, d);
    return at + year;
}

/* ---------------------------------------------------------------- numbers */

static double value_at(yq_str s, size_t at, size_t *length)
{
    char text[48];
    size_t n = 0, i = at;
    for (; i < s.n && n < sizeof text - 1; i++) {
        bool comma = s.p[i] == ',' && digits_at(s, i + 1, 4) == 3 && i > at;
        bool point = s.p[i] == '.' && i > at && digits_at(s, i + 1, 1);
        if (comma) continue;
        if (!digit(s.p[i]) && !point) break;
        text[n++] = s.p[i];
    }
    text[n] = 0;
    *length = i - at;
    return strtod(text, NULL);
}

/* 余, 多, 近 between a number and its unit, and the multiplier that belongs to the unit. */
static size_t about_at(yq_str s, size_t at)
{
    static const char *const words[] = { "余", "多", "来" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (here(s, at, words[i])) return strlen(words[i]);
    return 0;
}

/* 多位 in 200多位: the unit is 位; in 1.2万余名 it is 万名. */
static void propose_number(yq_work *w, yq_str s, size_t from)
{
    size_t length, at;
    double value = value_at(s, from, &length);
    at = from + length;
    if (at < s.n && s.p[at] == ' ') at++;
    at += about_at(s, at);
    size_t multiplier = at;
    static const char *const thousands[] = { "万亿", "亿", "千万", "百万", "万", "千", "百", "十" };
    for (size_t i = 0; i < sizeof thousands / sizeof *thousands && multiplier == at; i++)
        if (here(s, at, thousands[i])) multiplier += strlen(thousands[i]);
    size_t about = about_at(s, multiplier);
    yq_lex_hit hit;
    yq_str unit = yq_sub(s, at, multiplier);
    size_t end = multiplier;
    if (yq_lex_longest(s, at, YQ_LEX_UNITS, &hit) && at + hit.length > multiplier) {
        unit = yq_sub(s, at, at + hit.length);
        end = at + hit.length;
    } else if (yq_lex_longest(s, multiplier + about, YQ_LEX_UNITS, &hit)) {
        unit = yq_concat(w->arena, unit, yq_sub(s, multiplier + about, multiplier + about + hit.length));
        end = multiplier + about + hit.length;
    }
    if (!unit.n) return;
    size_t before = w->proposals.n;
    yq_propose(w, YQ_M_NUMBER, (yq_span){ (uint32_t)from, (uint32_t)end }, unit, 0.9, YQ_VOICE_PATTERN);
    if (w->proposals.n > before) w->proposals.v[before].number = value;
}

/* ---------------------------------------------------------------- quotations and alumni years */

static void propose_quote(yq_work *w, yq_str s, size_t from)
{
    static const struct { const char *open, *close; } marks[] = { { "“", "”" }, { "「", "」" }, { "『", "』" }, { "《", "》" }, { "\"", "\"" } };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!here(s, from, marks[i].open)) continue;
        size_t inside = from + strlen(marks[i].open);
        size_t close = yq_find(yq_sub(s, 0, inside + QUOTE_BYTES_MAX), yq_cstr(marks[i].close), inside);
        if (close == SIZE_MAX || close == inside) return;
        yq_propose(w, YQ_M_QUOTE, (yq_span){ (uint32_t)from, (uint32_t)(close + strlen(marks[i].close)) }, yq_sub(s, inside, close), 0.9, YQ_VOICE_PATTERN);
        return;
    }
}

/* 1988级校友; the end, or 0. */
static size_t propose_cohort(yq_work *w, yq_str s, size_t from)
{
    if (digits_at(s, from, 5) != 4 || !here(s, from + 4, "级")) return 0;
    int year = number_of(s, from, 4);
    if (year < 1900 || year > 2099) return 0;
    size_t to = from + 7;
    static const char *const words[] = { "杰出校友", "校友", "学长", "学姐", "同学", "毕业生", "学生" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (here(s, to, words[i])) {
            to += strlen(words[i]);
            break;
        }
    yq_propose(w, YQ_M_COHORT, (yq_span){ (uint32_t)from, (uint32_t)to }, yq_sub(s, from, from + 7), 0.95, YQ_VOICE_PATTERN);
    return to;
}

/* ---------------------------------------------------------------- a sentence */

/* s is the text cut off behind the sentence, so that offsets stay those of the document. */
static size_t number_or_date(yq_work *w, yq_str s, size_t at)
{
    static size_t (*const readers[])(yq_work *, yq_str, size_t) = { propose_cohort, chinese_date, plain_date, english_date, day_of_publication };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        size_t end = readers[i](w, s, at);
        if (end) return end;
    }
    propose_number(w, s, at);
    size_t length;
    value_at(s, at, &length);
    return at + (length ? length : 1);
}

void yq_propose_basics(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        yq_span span = w->sentences.v[i].span;
        yq_str s = yq_sub(w->text, 0, span.to);
        for (size_t at = span.from; at < span.to;) {
            unsigned char c = (unsigned char)s.p[at];
            size_t end = 0, next = at;
            bool first = at == span.from || !(isalnum((unsigned char)s.p[at - 1]) && isalnum(c));
            if (digit((char)c) && first) end = number_or_date(w, s, at);
            else if (isupper(c) && first) end = english_date(w, s, at);
            else if (c == '"' || c >= 0xE2) propose_quote(w, s, at);
            yq_utf8_next(s, &next);
            at = end > at ? end : next;
        }
    }
}
