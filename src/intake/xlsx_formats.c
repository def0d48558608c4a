/* A date in a workbook is a number and a format: 45814 with "yyyy/m/d". Which formats show dates is known for the built-in ones (ECMA-376 part 1,
 * 18.8.30; 27 to 36 and 50 to 58 are the East Asian dates) and read from the code for those of the user's own.
 */
#include "intake/xlsx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { MOST_FORMATS = 65536, DAYS_TO_1970 = 25569, DAYS_1900_TO_1904 = 1462, DAY_SECONDS = 86400 };

enum { DATE = YQ_SHOWS_YEAR | YQ_SHOWS_MONTH | YQ_SHOWS_DAY };

static const struct { long from, to; uint8_t shows; } built_in[] = {
    { 9, 10, YQ_SHOWS_PERCENT },
    { 14, 15, DATE },
    { 16, 16, YQ_SHOWS_MONTH | YQ_SHOWS_DAY },
    { 17, 17, YQ_SHOWS_YEAR | YQ_SHOWS_MONTH },
    { 18, 21, YQ_SHOWS_TIME },
    { 22, 22, DATE | YQ_SHOWS_TIME },
    { 27, 27, YQ_SHOWS_YEAR | YQ_SHOWS_MONTH | YQ_SHOWS_HAN },
    { 28, 29, YQ_SHOWS_MONTH | YQ_SHOWS_DAY | YQ_SHOWS_HAN },
    { 30, 30, DATE },
    { 31, 31, DATE | YQ_SHOWS_HAN },
    { 32, 33, YQ_SHOWS_TIME },
    { 34, 35, YQ_SHOWS_TIME },
    { 36, 36, YQ_SHOWS_YEAR | YQ_SHOWS_MONTH | YQ_SHOWS_HAN },
    { 45, 47, YQ_SHOWS_TIME },
    { 50, 50, YQ_SHOWS_YEAR | YQ_SHOWS_MONTH | YQ_SHOWS_HAN },
    { 51, 51, YQ_SHOWS_MONTH | YQ_SHOWS_DAY | YQ_SHOWS_HAN },
    { 52, 52, YQ_SHOWS_YEAR | YQ_SHOWS_MONTH | YQ_SHOWS_HAN },
    { 53, 54, YQ_SHOWS_MONTH | YQ_SHOWS_DAY | YQ_SHOWS_HAN },
    { 55, 56, YQ_SHOWS_TIME },
    { 57, 57, YQ_SHOWS_YEAR | YQ_SHOWS_MONTH | YQ_SHOWS_HAN },
    { 58, 58, YQ_SHOWS_MONTH | YQ_SHOWS_DAY | YQ_SHOWS_HAN },
};

/* Of a code like yyyy"年"m"月"d"日";@ - quoted text, brackets and escaped characters count for nothing but 年 and 月. M is minutes beside h or s. */
static uint8_t shown_by_code(const char *code)
{
    uint8_t shows = 0;
    bool month = false, colour = false, quoted = false;
    if (!strcasecmp(code, "General") || !strcasecmp(code, "Standard")) return 0;
    for (const char *p = code; *p && *p != ';'; p++) {
        char c = *p | 32;
        if (*p == '"') quoted = !quoted;
        else if (*p == '[') colour = p[1] != 'h' && p[1] != 'm' && p[1] != 's';
        else if (*p == ']') colour = false;
        else if ((*p == '\\' || *p == '_') && p[1]) p++;
        else if (quoted || colour) continue;
        else if (c == 'y' || c == 'e') shows |= YQ_SHOWS_YEAR;
        else if (c == 'd') shows |= YQ_SHOWS_DAY;
        else if (c == 'h' || c == 's') shows |= YQ_SHOWS_TIME;
        else if (c == 'm') month = true;
        else if (*p == '%') shows |= YQ_SHOWS_PERCENT;
        else if (*p == '0' || *p == '#') shows &= (uint8_t)~YQ_SHOWS_YEAR; /* 0.00E+00 */
    }
    if (month && !(shows & YQ_SHOWS_TIME && !(shows & (YQ_SHOWS_YEAR | YQ_SHOWS_DAY)))) shows |= YQ_SHOWS_MONTH;
    if (strstr(code, "年") || strstr(code, "月")) shows |= YQ_SHOWS_HAN;
    return shows;
}

typedef struct {
    long id;
    uint8_t shows;
} own_format;

typedef struct {
    yq_arena *arena;
    yq_xlsx_formats *out;
    YQ_VEC(own_format) own;
} format_reader;

static uint8_t shown_by_id(const format_reader *r, long id)
{
    for (size_t i = 0; i < r->own.n; i++)
        if (r->own.v[i].id == id) return r->own.v[i].shows;
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (id >= built_in[i].from && id <= built_in[i].to) return built_in[i].shows;
    return 0;
}

static yq_code read_styles(yq_xml *x, void *arg, yq_err *err)
{
    format_reader *r = arg;
    yq_xml_event e;
    unsigned cells = 0;
    (void)err;
    while (yq_xml_next(x, &e)) {
        if (yq_xml_opens(&e, "cellXfs")) cells = yq_xml_depth(x);
        else if (e.kind == YQ_XML_CLOSE && yq_xml_depth(x) < cells) cells = 0;
        else if (yq_xml_opens(&e, "numFmt") && r->own.n < MOST_FORMATS)
            *yq_push(r->arena, &r->own) = (own_format){ yq_xml_number(&e, "numFmtId", 0, 1 << 30, 0), shown_by_code(yq_xml_value(&e, "formatCode")) };
        else if (yq_xml_opens(&e, "xf") && cells && r->out->shows.n < MOST_FORMATS)
            *yq_push(r->arena, &r->out->shows) = shown_by_id(r, yq_xml_number(&e, "numFmtId", 0, 1 << 30, 0));
    }
    return YQ_OK;
}

yq_code yq_xlsx_read_formats(yq_office *o, yq_zip *z, const char *part, yq_xlsx_formats *out, yq_err *err)
{
    format_reader r = { .arena = o->writer.draft->arena, .out = out };
    return yq_office_read(o, z, part, read_styles, &r, err);
}

/* ---------------------------------------------------------------- showing a number */

/* Days from 1970 to year, month, day; Howard Hinnant, "chrono-compatible low-level date algorithms". */
static void civil(int64_t days, int *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

static yq_str show_date(yq_arena *a, int year, int month, int day, uint8_t shows)
{
    bool han = shows & YQ_SHOWS_HAN;
    if (!(shows & YQ_SHOWS_DAY)) return yq_printf(a, han ? "%d年%d月" : "%d-%02d", year, month);
    if (!(shows & YQ_SHOWS_YEAR)) return yq_printf(a, "%d月%d日", month, day);
    return yq_printf(a, han ? "%d年%d月%d日" : "%04d-%02d-%02d", year, month, day);
}

/* Before March 1900 Excel counts a day that never was: nobody dates a congress there. */
static yq_str show_instant(yq_arena *a, const yq_xlsx_formats *f, double serial, uint8_t shows)
{
    int year, month, day;
    int64_t seconds = llround(serial * DAY_SECONDS), days = seconds / DAY_SECONDS;
    int minutes = (int)(seconds % DAY_SECONDS / 60);
    civil(days - DAYS_TO_1970 + (f->from_1904 ? DAYS_1900_TO_1904 : 0), &year, &month, &day);
    yq_str clock = yq_printf(a, "%02d:%02d", minutes / 60, minutes % 60);
    if (!(shows & DATE)) return clock;
    yq_str date = show_date(a, year, month, day, shows);
    return shows & YQ_SHOWS_TIME ? yq_printf(a, "%.*s %.*s", YQ_FMT(date), YQ_FMT(clock)) : date;
}

yq_str yq_xlsx_number(yq_arena *a, const yq_xlsx_formats *f, yq_str value, long style)
{
    char *end, *text = yq_dupz(a, yq_trim(value));
    double number = strtod(text, &end);
    uint8_t shows = style >= 0 && (size_t)style < f->shows.n ? f->shows.v[style] : 0;
    if (end == text || *end || !isfinite(number)) return yq_cstr(text);
    bool instant = shows & (DATE | YQ_SHOWS_TIME);
    if (instant && number >= 0 && number < 2958466) return show_instant(a, f, number, shows); /* to the end of 9999 */
    if (shows & YQ_SHOWS_PERCENT) return yq_printf(a, "%.12g%%", number * 100);
    return strpbrk(text, ".eE") ? yq_printf(a, "%.15g", number) : yq_cstr(text);
}
