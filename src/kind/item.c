/* An item, a JSON object of fields, against its kind. Problems are told in the reader's language, under the field's label, with what to do. */
#include "kind/internal.h"

#include <jansson.h>
#include <stdio.h>

typedef struct {
    const yq_kind *kind;
    const yq_move *move;
    yq_tongue tongue;
    yq_arena *arena;
    yq_problems *out;
    const json_t *item;
    const yq_field *field; /* the one that is looked at */
} checking;

/* After the label. %s: what the fault needs to be understood. */
static const char *const told[YQ_FAULT_COUNT][YQ_TONGUES] = {
    [YQ_FAULT_FORM] = { "内容须是一个 JSON 对象%s", "the item must be a JSON object%s" },
    [YQ_FAULT_UNKNOWN] = { "没有这个字段%s，请删去或改用本类别的字段", "there is no such field%s; leave it out, or use one of this kind" },
    [YQ_FAULT_MISSING] = { "必填%s，请补上", "is required%s; fill it in" },
    [YQ_FAULT_TYPE] = { "格式不对，须是%s", "has the wrong form; it must be %s" },
    [YQ_FAULT_DATE] = { "不是有效日期，请写成%s", "is no valid date; write it as %s" },
    [YQ_FAULT_CHOICE] = { "不在可选项中，可选：%s", "is none of the choices; choose one of %s" },
    [YQ_FAULT_LENGTH] = { "太长，最多 %s 个字符，请缩短", "is too long; shorten it to %s characters" },
    [YQ_FAULT_RANGE] = { "超出范围，须在 %s 之间", "is out of range; it must be from %s" },
    [YQ_FAULT_MONEY] = { "金额须写明最小单位的整数和币种，如 %s", "must give a whole number of the smallest unit and a currency, as %s" },
    [YQ_FAULT_ID] = { "须是已登记条目的编号（%s），请从列表中选", "must be the id of something on record (%s); choose it from the list" },
    [YQ_FAULT_URL] = { "不是网址，须以 %s 开头", "is no web address; it must begin with %s" },
    [YQ_FAULT_MANY] = { "%s", "%s" },
};

static const char *const type_told[YQ_FIELD_TYPES][YQ_TONGUES] = {
    [YQ_FIELD_TEXT] = { "一行文字", "text in one line" },    [YQ_FIELD_LONG_TEXT] = { "文字", "text" },
    [YQ_FIELD_DATE] = { "日期文字", "a date as text" },      [YQ_FIELD_MONEY] = { "金额", "an amount of money" },
    [YQ_FIELD_INTEGER] = { "整数", "a whole number" },       [YQ_FIELD_CHOICE] = { "选项的编号", "the id of a choice" },
    [YQ_FIELD_ENTITY] = { "条目的编号", "the id of an entry" }, [YQ_FIELD_URL] = { "网址", "a web address" },
    [YQ_FIELD_FILE] = { "附件的编号", "the id of an attachment" },
};

static void problem(checking *c, yq_item_fault fault, yq_str id, yq_str label, yq_str detail)
{
    const char *text = told[fault][c->tongue], *hole = strstr(text, "%s");
    yq_str before = { text, (size_t)(hole - text) };
    yq_str message = yq_printf(c->arena, "%.*s%s%.*s%.*s%s", YQ_FMT(label), label.n ? (c->tongue == YQ_ZH ? "：" : ": ") : "", YQ_FMT(before), YQ_FMT(detail), hole + 2);
    *yq_push(c->arena, c->out) = (yq_problem){ fault, id, message };
}

static void wrong(checking *c, yq_item_fault fault, yq_str detail)
{
    problem(c, fault, c->field->id, c->field->label.in[c->tongue], detail);
}

static void wrong_type(checking *c)
{
    wrong(c, YQ_FAULT_TYPE, yq_cstr(type_told[c->field->type][c->tongue]));
}

/* ---------------------------------------------------------------- one value of each type */

static yq_str text_of(const json_t *v)
{
    return (yq_str){ json_string_value(v), json_string_length(v) };
}

static void check_text(checking *c, const json_t *v)
{
    yq_str s = text_of(v);
    if (yq_utf8_count(s) > (size_t)c->field->max) wrong(c, YQ_FAULT_LENGTH, yq_printf(c->arena, "%lld", (long long)c->field->max));
    else if (c->field->type == YQ_FIELD_TEXT && yq_has(s, YQ_S("\n"))) wrong_type(c);
}

/* Takes n digits off *s. */
static bool take_digits(yq_str *s, size_t n, int *out)
{
    *out = 0;
    if (s->n < n) return false;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9') return false;
        *out = *out * 10 + (s->p[i] - '0');
    }
    *s = yq_sub(*s, n, s->n);
    return true;
}

static bool take_dash(yq_str *s)
{
    if (!yq_starts(*s, YQ_S("-"))) return false;
    *s = yq_sub(*s, 1, s->n);
    return true;
}

/* "2026", "2026-11" or "2026-11-22", and a day that exists; whole_day: the last form only. */
static bool is_date(yq_str s, bool whole_day)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year, month, day;
    if (!take_digits(&s, 4, &year) || !year) return false;
    if (!s.n) return !whole_day;
    if (!take_dash(&s) || !take_digits(&s, 2, &month) || month < 1 || month > 12) return false;
    if (!s.n) return !whole_day;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return take_dash(&s) && take_digits(&s, 2, &day) && !s.n && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

static void check_date(checking *c, const json_t *v)
{
    if (is_date(text_of(v), c->field->whole_day)) return;
    bool zh = c->tongue == YQ_ZH;
    wrong(c, YQ_FAULT_DATE, c->field->whole_day ? YQ_S("2026-11-22") : zh ? YQ_S("2026、2026-11 或 2026-11-22") : YQ_S("2026, 2026-11 or 2026-11-22"));
}

static void check_money(checking *c, const json_t *v)
{
    const json_t *minor = json_object_get(v, "minor"), *currency = json_object_get(v, "currency");
    const char *code = json_string_value(currency);
    bool letters = code && strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
    if (json_object_size(v) != 2 || !json_is_integer(minor) || !letters) {
        wrong(c, YQ_FAULT_MONEY, YQ_S("{\"minor\": 12050000, \"currency\": \"CNY\"}"));
        return;
    }
    if (json_integer_value(minor) < 0) wrong(c, YQ_FAULT_RANGE, YQ_S("0 – …"));
}

static void check_integer(checking *c, const json_t *v)
{
    json_int_t n = json_integer_value(v);
    if (n >= c->field->min && n <= c->field->max) return;
    const char *form = c->tongue == YQ_ZH ? "%lld 到 %lld" : "%lld to %lld";
    char range[64];
    snprintf(range, sizeof range, form, (long long)c->field->min, (long long)c->field->max);
    wrong(c, YQ_FAULT_RANGE, yq_cstr(range));
}

static void check_choice(checking *c, const json_t *v)
{
    yq_choices choices = c->field->choices;
    if (yq_choice_find(choices, text_of(v))) return;
    yq_str all = YQ_S("");
    for (size_t i = 0; i < choices.n; i++)
        all = yq_printf(c->arena, "%.*s%s%.*s (%.*s)", YQ_FMT(all), i ? ", " : "", YQ_FMT(choices.v[i].label.in[c->tongue]), YQ_FMT(choices.v[i].id));
    wrong(c, YQ_FAULT_CHOICE, all);
}

static void check_ulid(checking *c, const json_t *v)
{
    yq_str s = text_of(v);
    bool good = s.n == YQ_ULID_CHARS && s.p[0] <= '7';
    for (size_t i = 0; good && i < s.n; i++) good = strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", s.p[i]) != NULL;
    if (!good) wrong(c, YQ_FAULT_ID, YQ_S("ULID"));
}

static void check_url(checking *c, const json_t *v)
{
    yq_str s = text_of(v);
    bool good = (yq_starts(s, YQ_S("https://")) && s.n > 8) || (yq_starts(s, YQ_S("http://")) && s.n > 7);
    for (size_t i = 0; good && i < s.n; i++) good = (unsigned char)s.p[i] > ' ' && s.p[i] != '"' && s.p[i] != '<';
    if (!good) wrong(c, YQ_FAULT_URL, YQ_S("https://"));
    else if (s.n > 2000) wrong(c, YQ_FAULT_LENGTH, YQ_S("2000"));
}

static void check_value(checking *c, const json_t *v)
{
    static void (*const checks[YQ_FIELD_TYPES])(checking *, const json_t *) = {
        [YQ_FIELD_TEXT] = check_text,       [YQ_FIELD_LONG_TEXT] = check_text, [YQ_FIELD_DATE] = check_date,
        [YQ_FIELD_MONEY] = check_money,     [YQ_FIELD_INTEGER] = check_integer, [YQ_FIELD_CHOICE] = check_choice,
        [YQ_FIELD_ENTITY] = check_ulid,     [YQ_FIELD_URL] = check_url,        [YQ_FIELD_FILE] = check_ulid,
    };
    yq_field_type t = c->field->type;
    bool fits = t == YQ_FIELD_MONEY ? json_is_object(v) : t == YQ_FIELD_INTEGER ? json_is_integer(v) : json_is_string(v);
    if (fits) checks[t](c, v);
    else wrong_type(c);
}

/* ---------------------------------------------------------------- fields */

static bool is_empty(const json_t *v)
{
    return !v || json_is_null(v) || (json_is_string(v) && yq_blank(text_of(v))) || (json_is_array(v) && !json_array_size(v));
}

static void check_many(checking *c, const json_t *list)
{
    bool zh = c->tongue == YQ_ZH;
    size_t n = json_array_size(list), before = c->out->n;
    if (!json_is_array(list)) {
        wrong(c, YQ_FAULT_MANY, zh ? YQ_S("可填多项，须写成列表") : YQ_S("takes several values; write them as a list"));
        return;
    }
    if (n > YQ_KIND_LIST_MAX) {
        wrong(c, YQ_FAULT_MANY, yq_printf(c->arena, zh ? "太多，最多 %d 项" : "has too many values; at most %d", YQ_KIND_LIST_MAX));
        return;
    }
    for (size_t i = 0; i < n && c->out->n == before; i++) { /* one problem of a field is enough */
        check_value(c, json_array_get(list, i));
        for (size_t k = 0; k < i && c->out->n == before; k++)
            if (json_equal(json_array_get(list, k), json_array_get(list, i))) wrong(c, YQ_FAULT_MANY, zh ? YQ_S("有重复的项，请删去一个") : YQ_S("has the same value twice; leave one out"));
    }
}

static bool is_needed(const checking *c, size_t field)
{
    if (c->kind->fields.v[field].required) return true;
    for (size_t i = 0; c->move && i < c->move->required.n; i++)
        if (c->move->required.v[i] == field) return true;
    return false;
}

static void check_fields(checking *c)
{
    for (size_t i = 0; i < c->kind->fields.n; i++) {
        c->field = &c->kind->fields.v[i];
        const json_t *v = json_object_getn(c->item, c->field->id.p, c->field->id.n);
        if (is_empty(v)) {
            if (!is_needed(c, i)) continue;
            bool by_move = !c->field->required;
            yq_str why = by_move ? yq_printf(c->arena, c->tongue == YQ_ZH ? "（%.*s前）" : " (for: %.*s)", YQ_FMT(c->move->label.in[c->tongue])) : YQ_S("");
            wrong(c, YQ_FAULT_MISSING, why);
        } else if (c->field->many) {
            check_many(c, v);
        } else {
            check_value(c, v);
        }
    }
}

static void check_unknown(checking *c)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)c->item, name, v) {
        if (c->out->n >= YQ_KIND_LIST_MAX) return;
        if (!yq_kind_field(c->kind, yq_cstr(name))) problem(c, YQ_FAULT_UNKNOWN, yq_dup(c->arena, yq_cstr(name)), yq_dup(c->arena, yq_cstr(name)), YQ_S(""));
    }
}

static yq_code check_all(void *arg, yq_err *err)
{
    checking *c = arg;
    if (!json_is_object(c->item)) {
        problem(c, YQ_FAULT_FORM, YQ_S(""), YQ_S(""), YQ_S(""));
    } else {
        check_fields(c);
        check_unknown(c);
    }
    if (!c->out->n) return YQ_OK;
    return yq_fail(err, YQ_INVALID, 0, "%.*s", YQ_FMT(c->out->v[0].message));
}

yq_code yq_item_check(const yq_kind *k, yq_str json, const yq_move *move, yq_tongue tongue, yq_arena *a, yq_problems *out, yq_err *err)
{
    json_t *item = json.n <= YQ_ITEM_MAX ? json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
    checking c = { .kind = k, .move = move, .tongue = tongue, .arena = a, .out = out, .item = item };
    *out = (yq_problems){ 0 };
    yq_code rc = yq_arena_run(a, check_all, &c, err);
    json_decref(item);
    return rc;
}
