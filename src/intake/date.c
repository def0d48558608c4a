/* Full dates in the forms that pages and papers print them. */
#include "intake/internal.h"

#include <stdio.h>
#include <strings.h>

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

static bool digit(yq_str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

static bool letter(yq_str s, size_t at)
{
    return at < s.n && ((s.p[at] | 32) >= 'a' && (s.p[at] | 32) <= 'z');
}

static void skip_blank(yq_str s, size_t *at)
{
    while (*at < s.n && s.p[*at] == ' ') ++*at;
}

/* A number of at most `digits` digits that no further digit follows. */
static bool number(yq_str s, size_t *at, int digits, int *out)
{
    size_t from = *at;
    *out = 0;
    while (digit(s, *at) && *at - from < (size_t)digits) *out = *out * 10 + (s.p[(*at)++] - '0');
    return *at > from && !digit(s, *at);
}

static bool literal(yq_str s, size_t *at, const char *text)
{
    size_t n = strlen(text);
    if (s.n - *at < n || memcmp(s.p + *at, text, n)) return false;
    *at += n;
    return true;
}

static bool put(char out[11], int year, int month, int day)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    snprintf(out, 11, "%04d-%02d-%02d", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
    return true;
}

static bool numeric(yq_str s, size_t *at, char out[11])
{
    static const struct { const char *year, *month, *day; } forms[] = {
        { "-", "-", "" }, { "/", "/", "" }, { ".", ".", "" }, { "年", "月", "日" }, { "年", "月", "號" },
    };
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        size_t p = *at;
        int year, month, day;
        if (!number(s, &p, 4, &year) || p - *at != 4) return false;
        skip_blank(s, &p);
        if (!literal(s, &p, forms[f].year)) continue;
        skip_blank(s, &p);
        if (!number(s, &p, 2, &month)) continue;
        skip_blank(s, &p);
        if (!literal(s, &p, forms[f].month)) continue;
        skip_blank(s, &p);
        if (!number(s, &p, 2, &day)) continue;
        skip_blank(s, &p);
        if (!literal(s, &p, forms[f].day) || !put(out, year, month, day)) continue;
        return *at = p, true;
    }
    return false;
}

static bool month_name(yq_str s, size_t *at, int *month)
{
    size_t p = *at;
    for (int m = 0; m < 12; m++) {
        if (s.n - p < 3 || strncasecmp(s.p + p, months[m], 3)) continue;
        while (letter(s, p)) p++;
        if (p - *at > 9) return false;
        if (p < s.n && s.p[p] == '.') p++;
        return *month = m + 1, *at = p, true;
    }
    return false;
}

static void skip_ordinal(yq_str s, size_t *at)
{
    if (letter(s, *at) && letter(s, *at + 1) && strcasestr("st nd rd th", (char[]){ s.p[*at], s.p[*at + 1], 0 })) *at += 2;
}

static bool separator(yq_str s, size_t *at)
{
    size_t from = *at;
    skip_blank(s, at);
    if (*at < s.n && s.p[*at] == ',') ++*at;
    skip_blank(s, at);
    return *at > from;
}

/* Month day, year or day month year. */
static bool english(yq_str s, size_t *at, char out[11])
{
    size_t p = *at;
    int year, month, day;
    bool day_first = digit(s, p);

    if (day_first) {
        if (!number(s, &p, 2, &day)) return false;
        skip_ordinal(s, &p);
        skip_blank(s, &p);
    }
    if (!month_name(s, &p, &month)) return false;
    if (!day_first) {
        skip_blank(s, &p);
        if (!number(s, &p, 2, &day)) return false;
        skip_ordinal(s, &p);
    }
    if (!separator(s, &p) || !number(s, &p, 4, &year) || !put(out, year, month, day)) return false;
    return *at = p, true;
}

bool yq_find_date(yq_str s, size_t from, char out[11], yq_span *where)
{
    for (size_t at = from; at < s.n; at++) {
        size_t end = at;
        if (at > from && (digit(s, at) ? digit(s, at - 1) : letter(s, at - 1))) continue;
        if (!digit(s, at) && !letter(s, at)) continue;
        if (!(digit(s, at) && numeric(s, &end, out)) && !english(s, &end, out)) continue;
        if (where) *where = (yq_span){ (uint32_t)at, (uint32_t)end };
        return true;
    }
    return false;
}
