/* The JSON parser; json_tree.h says what comes out. */
#include "intake/json_tree.h"

typedef struct {
    yq_arena *arena;
    yq_str text;
    size_t at, depth_limit, values, value_limit;
    yq_err *err;
} parser;

static yq_code parse_value(parser *p, size_t depth, yq_json_value *out);

static void skip_space(parser *p)
{
    while (p->at < p->text.n && strchr(" \t\r\n", p->text.p[p->at]) && p->text.p[p->at]) p->at++;
}

static bool take(parser *p, char c)
{
    skip_space(p);
    if (p->at >= p->text.n || p->text.p[p->at] != c) return false;
    p->at++;
    return true;
}

static yq_code broken(parser *p, const char *what)
{
    return yq_fail(p->err, YQ_INVALID, p->at, "not valid JSON at byte %zu: %s", p->at, what);
}

static yq_code parse_string(parser *p, uint32_t *from, uint32_t *to)
{
    if (!take(p, '"')) return broken(p, "a string in double quotes is missing");
    *from = (uint32_t)p->at;
    while (p->at < p->text.n && p->text.p[p->at] != '"') p->at += p->text.p[p->at] == '\\' ? 2 : 1;
    if (p->at >= p->text.n) return p->at = *from, broken(p, "a string is not closed");
    *to = (uint32_t)p->at++;
    return YQ_OK;
}

/* Members up to the closing mark; keys when it is an object. */
static yq_code parse_members(parser *p, size_t depth, yq_json_value *out)
{
    char close = out->type == YQ_JSON_OBJECT ? '}' : ']';
    yq_json_value **tail = &out->first;

    if (depth >= p->depth_limit) return yq_fail(p->err, YQ_INVALID, p->at, "nested deeper than %zu levels", p->depth_limit);
    if (take(p, close)) return YQ_OK;
    do {
        yq_json_value *v = *tail = YQ_NEW(p->arena, yq_json_value);
        uint32_t from, to;
        yq_code rc;
        if (++p->values > p->value_limit) return yq_fail(p->err, YQ_INVALID, p->at, "over %zu values; split the file", p->value_limit);
        if (out->type == YQ_JSON_OBJECT) {
            if ((rc = parse_string(p, &from, &to))) return rc;
            v->key = (yq_str){ p->text.p + from, to - from };
            if (!take(p, ':')) return broken(p, "a colon is missing behind a key");
        }
        if ((rc = parse_value(p, depth + 1, v))) return rc;
        tail = &v->next;
        out->count++;
    } while (take(p, ','));
    return take(p, close) ? YQ_OK : broken(p, "a comma or a closing bracket is missing");
}

static yq_code parse_value(parser *p, size_t depth, yq_json_value *out)
{
    if (take(p, '{')) return out->type = YQ_JSON_OBJECT, parse_members(p, depth, out);
    if (take(p, '[')) return out->type = YQ_JSON_ARRAY, parse_members(p, depth, out);
    if (p->at < p->text.n && p->text.p[p->at] == '"') return out->type = YQ_JSON_STRING, parse_string(p, &out->from, &out->to);
    out->type = YQ_JSON_OTHER;
    out->from = (uint32_t)p->at;
    while (p->at < p->text.n && !strchr(" \t\r\n,]}", p->text.p[p->at])) p->at++;
    out->to = (uint32_t)p->at;
    yq_str word = yq_sub(p->text, out->from, out->to);
    bool known = yq_eq(word, YQ_S("true")) || yq_eq(word, YQ_S("false")) || yq_eq(word, YQ_S("null"));
    if (!known && (!word.n || !strchr("-0123456789", word.p[0]))) return p->at = out->from, broken(p, "a value is missing");
    if (yq_eq(word, YQ_S("null"))) out->to = out->from;
    return YQ_OK;
}

yq_code yq_json_parse(yq_arena *a, yq_str text, const yq_intake_limits *limits, yq_json_value *root, yq_err *err)
{
    parser p = { .arena = a, .text = text, .depth_limit = limits->depth, .value_limit = limits->table_cells, .err = err };
    *root = (yq_json_value){ 0 };
    yq_code rc = parse_value(&p, 0, root);
    if (rc) return rc;
    skip_space(&p);
    return p.at < text.n ? broken(&p, "more follows behind the end") : YQ_OK;
}

/* ---------------------------------------------------------------- strings */

/* UINT32_MAX: not four digits. */
static uint32_t hex4(yq_str s, size_t at)
{
    uint8_t b[2];
    return at + 4 <= s.n && yq_unhex(yq_sub(s, at, at + 4), b, 2) ? (uint32_t)b[0] << 8 | b[1] : UINT32_MAX;
}

uint32_t yq_json_unescape(yq_str s, size_t at, size_t *n)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/ \n\n\n ";
    *n = 2;
    if (at + 1 >= s.n) return YQ_BAD_CHAR;
    if (s.p[at + 1] != 'u') {
        const char *found = s.p[at + 1] ? strchr(from, s.p[at + 1]) : NULL;
        if (!found) *n = 1; /* what follows it, which may be long, is text */
        return found ? (unsigned char)to[found - from] : YQ_BAD_CHAR;
    }
    uint32_t cp = hex4(s, at + 2);
    if (cp == UINT32_MAX) return YQ_BAD_CHAR;
    *n = 6;
    if (cp < 0xD800 || cp > 0xDBFF || at + 8 > s.n || s.p[at + 6] != '\\' || s.p[at + 7] != 'u') return cp;
    uint32_t low = hex4(s, at + 8);
    if (low < 0xDC00 || low > 0xDFFF) return YQ_BAD_CHAR;
    *n = 12;
    return 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
}
