/* An item against its kind: every sort of mistake is told once, under its field, in the language asked for, with what to do. */
#include "check.h"
#include "kind/kind.h"

#include <stdlib.h>

#define ULID "01ARZ3NDEKTSV4RRFFQ69G5FAV"
#define NEED "'title': '夜间低血糖预警'"
#define BID "'title': 't', 'call': '" ULID "', 'lead': '" ULID "'"

/* A ' stands for a quotation mark. fault: YQ_FAULT_COUNT when nothing is wrong. */
static const struct {
    const char *what, *kind, *json;
    yq_item_fault fault;
    const char *field, *zh, *en;
} rows[] = {
    { "least", "need", "{" NEED "}", YQ_FAULT_COUNT, "", "", "" },
    { "null and blank are absent", "need", "{" NEED ", 'type': null, 'problem': ' ', 'specialty': []}", YQ_FAULT_COUNT, "", "", "" },
    { "every type", "need", "{" NEED ", 'problem': 'a\\nb', 'type': 'device', 'specialty': ['内分泌', '护理'], 'holder': '" ULID "', 'patients': 300, "
      "'budget': {'minor': 12050000, 'currency': 'CNY'}, 'wanted_by': '2027-03', 'attachments': ['" ULID "']}", YQ_FAULT_COUNT, "", "", "" },
    { "a web address", "person", "{'name': '周岚', 'homepage': 'https://example.org/a?b=c'}", YQ_FAULT_COUNT, "", "", "" },
    { "no object", "need", "[1]", YQ_FAULT_FORM, "", "JSON", "JSON object" },
    { "no JSON", "need", "{oops", YQ_FAULT_FORM, "", "JSON", "JSON object" },
    { "two of a name", "need", "{" NEED ", 'title': 'b'}", YQ_FAULT_FORM, "", "JSON", "JSON object" },
    { "a required field missing", "need", "{}", YQ_FAULT_MISSING, "title", "一句话需求：必填，请补上", "The need in one sentence: is required; fill it in" },
    { "a required field blank", "need", "{'title': '　'}", YQ_FAULT_MISSING, "title", "必填", "required" },
    { "an unknown field", "need", "{" NEED ", 'colour': 'red'}", YQ_FAULT_UNKNOWN, "colour", "没有这个字段", "no such field" },
    { "text that is a number", "need", "{'title': 5}", YQ_FAULT_TYPE, "title", "一行文字", "text in one line" },
    { "text of two lines", "need", "{'title': 'a\\nb'}", YQ_FAULT_TYPE, "title", "一行文字", "text in one line" },
    { "a number that is text", "need", "{" NEED ", 'patients': '300'}", YQ_FAULT_TYPE, "patients", "整数", "whole number" },
    { "a number with a fraction", "need", "{" NEED ", 'patients': 1.5}", YQ_FAULT_TYPE, "patients", "整数", "whole number" },
    { "a number out of range", "technology", "{'name': 'x', 'trl': 10}", YQ_FAULT_RANGE, "trl", "1 到 9", "1 to 9" },
    { "a number below the range", "technology", "{'name': 'x', 'trl': 0}", YQ_FAULT_RANGE, "trl", "1 到 9", "1 to 9" },
    { "a choice that is none", "need", "{" NEED ", 'urgency': 'now'}", YQ_FAULT_CHOICE, "urgency", "半年内 (high)", "Within half a year (high)" },
    { "a month that is none", "need", "{" NEED ", 'wanted_by': '2027-13'}", YQ_FAULT_DATE, "wanted_by", "2026-11", "write it as" },
    { "a day that is none", "need", "{" NEED ", 'wanted_by': '2027-02-29'}", YQ_FAULT_DATE, "wanted_by", "不是有效日期", "no valid date" },
    { "a day of a leap year", "need", "{" NEED ", 'wanted_by': '2028-02-29'}", YQ_FAULT_COUNT, "", "", "" },
    { "a day of no leap year", "need", "{" NEED ", 'wanted_by': '2100-02-29'}", YQ_FAULT_DATE, "wanted_by", "不是有效日期", "no valid date" },
    { "a date written otherwise", "need", "{" NEED ", 'wanted_by': '2027年3月'}", YQ_FAULT_DATE, "wanted_by", "请写成", "write it as" },
    { "a date with more behind it", "need", "{" NEED ", 'wanted_by': '2027-03-01T00'}", YQ_FAULT_DATE, "wanted_by", "请写成", "write it as" },
    { "a year where a day is needed", "bid", "{" BID ", 'supplement_until': '2027'}", YQ_FAULT_DATE, "supplement_until", "请写成2026-11-22", "write it as 2026-11-22" },
    { "text too long", "person", "{'name': 'x', 'phone': '1234567890123456789012345678901234567890123456789012345678901'}", YQ_FAULT_LENGTH, "phone", "最多 60 个字符", "60 characters" },
    { "sixty Chinese characters", "person", "{'name': 'x', 'phone': '电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电'}", YQ_FAULT_COUNT, "", "", "" },
    { "money as a number", "need", "{" NEED ", 'budget': 500}", YQ_FAULT_TYPE, "budget", "金额", "money" },
    { "money without a currency", "need", "{" NEED ", 'budget': {'minor': 5}}", YQ_FAULT_MONEY, "budget", "CNY", "CNY" },
    { "money in fractions", "need", "{" NEED ", 'budget': {'minor': 5.5, 'currency': 'CNY'}}", YQ_FAULT_MONEY, "budget", "最小单位", "smallest unit" },
    { "money in yuan", "need", "{" NEED ", 'budget': {'minor': 5, 'currency': '元'}}", YQ_FAULT_MONEY, "budget", "币种", "currency" },
    { "money below zero", "need", "{" NEED ", 'budget': {'minor': -5, 'currency': 'CNY'}}", YQ_FAULT_RANGE, "budget", "超出范围", "out of range" },
    { "a name for an id", "need", "{" NEED ", 'holder': '澜州市中心医院'}", YQ_FAULT_ID, "holder", "从列表中选", "choose it from the list" },
    { "an id in small letters", "need", "{" NEED ", 'holder': '01arz3ndektsv4rrffq69g5fav'}", YQ_FAULT_ID, "holder", "编号", "id" },
    { "no web address", "person", "{'name': 'x', 'homepage': 'example.org'}", YQ_FAULT_URL, "homepage", "https://", "https://" },
    { "a script for a web address", "person", "{'name': 'x', 'homepage': 'javascript:alert(1)'}", YQ_FAULT_URL, "homepage", "https://", "https://" },
    { "one value where there may be many", "need", "{" NEED ", 'specialty': '护理'}", YQ_FAULT_MANY, "specialty", "列表", "list" },
    { "many values where there is one", "need", "{'title': ['a']}", YQ_FAULT_TYPE, "title", "一行文字", "text in one line" },
    { "the same twice", "need", "{" NEED ", 'partners': ['fund', 'fund']}", YQ_FAULT_MANY, "partners", "重复", "twice" },
    { "one wrong among many", "need", "{" NEED ", 'partners': ['fund', 'moon']}", YQ_FAULT_CHOICE, "partners", "不在可选项中", "none of the choices" },
};

static char *quoted(const char *s)
{
    char *copy = strdup(s);
    for (char *p = copy; *p; p++)
        if (*p == '\'') *p = '"';
    return copy;
}

static const yq_kind *kind_of(const char *id)
{
    return yq_kind_find(yq_kinds_builtin(), yq_cstr(id));
}

static void each_row(yq_arena *a)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *json = quoted(rows[i].json);
        for (int t = 0; t < YQ_TONGUES; t++) {
            yq_problems p;
            yq_err err = { 0 };
            bool good = rows[i].fault == YQ_FAULT_COUNT;
            yq_code rc = yq_item_check(kind_of(rows[i].kind), yq_cstr(json), NULL, (yq_tongue)t, a, &p, &err);
            if (!CHECK(rows[i].what, rc == (good ? YQ_OK : YQ_INVALID) && p.n == !good) && p.n) fprintf(stderr, "  %.*s\n", YQ_FMT(p.v[0].message));
            if (good || !p.n) continue;
            const char *says = t == YQ_ZH ? rows[i].zh : rows[i].en;
            CHECK(rows[i].what, p.v[0].fault == rows[i].fault && yq_eq(p.v[0].field, yq_cstr(rows[i].field)));
            if (!CHECK(rows[i].what, yq_has(p.v[0].message, yq_cstr(says)))) fprintf(stderr, "  %.*s\n", YQ_FMT(p.v[0].message));
        }
        free(json);
        yq_arena_clear(a);
    }
}

/* What a move needs is asked for by that move only, and says for what. */
static void before_a_move(yq_arena *a)
{
    const yq_kind *need = kind_of("need");
    const yq_move *submit;
    yq_problems p;
    yq_str json = YQ_S("{\"title\": \"夜间低血糖预警\"}");
    CHECK("the move", yq_kind_move(need, YQ_S("draft"), YQ_S("submit"), YQ_ROLE_MEMBER, &submit, NULL) == YQ_OK);
    CHECK("a draft may be thin", yq_item_check(need, json, NULL, YQ_ZH, a, &p, NULL) == YQ_OK);
    CHECK("a submission may not", yq_item_check(need, json, submit, YQ_ZH, a, &p, NULL) == YQ_INVALID && p.n == 2);
    CHECK("in the order of the form", yq_eq(p.v[0].field, YQ_S("problem")) && yq_eq(p.v[1].field, YQ_S("type")));
    CHECK("told for what", yq_eq(p.v[0].message, YQ_S("问题与背景：必填（提交前），请补上")));
    CHECK("in English", yq_item_check(need, json, submit, YQ_EN, a, &p, NULL) == YQ_INVALID && yq_eq(p.v[1].message, YQ_S("Type: is required (for: Submit); fill it in")));
    yq_arena_clear(a);
}

static void several_problems(yq_arena *a)
{
    yq_problems p;
    yq_err err = { 0 };
    yq_str json = YQ_S("{\"zzz\": 1, \"trl\": 99, \"form\": \"cloud\"}");
    CHECK("all are told", yq_item_check(kind_of("technology"), json, NULL, YQ_EN, a, &p, &err) == YQ_INVALID && p.n == 4);
    CHECK("fields in their order, unknown ones last", p.v[0].fault == YQ_FAULT_MISSING && p.v[1].fault == YQ_FAULT_CHOICE && p.v[2].fault == YQ_FAULT_RANGE && p.v[3].fault == YQ_FAULT_UNKNOWN);
    CHECK("the error is the first", yq_eq(yq_cstr(err.msg), p.v[0].message));
    yq_arena_clear(a);
}

static void limits(yq_arena *a)
{
    yq_buf json = { 0 };
    yq_problems p;
    yq_buf_printf(&json, "{\"title\": \"x\", \"specialty\": [");
    for (int i = 0; i <= YQ_KIND_LIST_MAX; i++) yq_buf_printf(&json, "%s\"s%d\"", i ? "," : "", i);
    yq_buf_printf(&json, "]}");
    CHECK("too many values", yq_item_check(kind_of("need"), yq_buf_str(&json), NULL, YQ_EN, a, &p, NULL) == YQ_INVALID && p.n == 1 && p.v[0].fault == YQ_FAULT_MANY);
    yq_buf_free(&json);
    char *big = malloc(YQ_ITEM_MAX + 1);
    memset(big, ' ', YQ_ITEM_MAX + 1);
    memcpy(big, "{}", 2);
    CHECK("an item too large", yq_item_check(kind_of("need"), (yq_str){ big, YQ_ITEM_MAX + 1 }, NULL, YQ_EN, a, &p, NULL) == YQ_INVALID && p.v[0].fault == YQ_FAULT_FORM);
    free(big);
    yq_arena *small = yq_arena_new(64);
    CHECK("no memory", yq_item_check(kind_of("need"), YQ_S("{}"), NULL, YQ_EN, small, &p, NULL) == YQ_NOMEM);
    yq_arena_free(small);
}

int main(void)
{
    yq_arena *a = yq_arena_new(16 << 20);
    each_row(a);
    before_a_move(a);
    several_problems(a);
    limits(a);
    yq_arena_free(a);
    return check_done();
}
