/* JSON as registers and crawlers export it. An own small reader, since a span must find its bytes again and no library keeps places.
 *
 * An array of objects becomes a table whose header is their keys in order of first sight; an object becomes lines "key: value", with
 * title, date and text read as what they are; long text becomes paragraphs. Nested values inside a table's cell are written flat.
 */
#include "intake/internal.h"

typedef enum { JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_OTHER } json_type;

typedef struct json_value {
    json_type type;
    uint32_t from, to;        /* of a string without its quotes */
    yq_str key;               /* in an object, as written */
    struct json_value *first, *next;
    uint32_t count;
} json_value;

typedef struct {
    yq_arena *arena;
    yq_str text;
    size_t at, depth_limit, values, value_limit;
    yq_err *err;
} parser;

static yq_code parse_value(parser *p, size_t depth, json_value *out);

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
static yq_code parse_members(parser *p, size_t depth, json_value *out)
{
    char close = out->type == JSON_OBJECT ? '}' : ']';
    json_value **tail = &out->first;

    if (depth >= p->depth_limit) return yq_fail(p->err, YQ_INVALID, p->at, "nested deeper than %zu levels", p->depth_limit);
    if (take(p, close)) return YQ_OK;
    do {
        json_value *v = *tail = YQ_NEW(p->arena, json_value);
        uint32_t from, to;
        yq_code rc;
        if (++p->values > p->value_limit) return yq_fail(p->err, YQ_INVALID, p->at, "over %zu values; split the file", p->value_limit);
        if (out->type == JSON_OBJECT) {
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

static yq_code parse_value(parser *p, size_t depth, json_value *out)
{
    if (take(p, '{')) return out->type = JSON_OBJECT, parse_members(p, depth, out);
    if (take(p, '[')) return out->type = JSON_ARRAY, parse_members(p, depth, out);
    if (p->at < p->text.n && p->text.p[p->at] == '"') return out->type = JSON_STRING, parse_string(p, &out->from, &out->to);
    out->type = JSON_OTHER;
    out->from = (uint32_t)p->at;
    while (p->at < p->text.n && !strchr(" \t\r\n,]}", p->text.p[p->at])) p->at++;
    out->to = (uint32_t)p->at;
    yq_str word = yq_sub(p->text, out->from, out->to);
    bool known = yq_eq(word, YQ_S("true")) || yq_eq(word, YQ_S("false")) || yq_eq(word, YQ_S("null"));
    if (!known && (!word.n || !strchr("-0123456789", word.p[0]))) return p->at = out->from, broken(p, "a value is missing");
    if (yq_eq(word, YQ_S("null"))) out->to = out->from;
    return YQ_OK;
}

/* ---------------------------------------------------------------- writing it down */

typedef struct {
    yq_writer w;
    yq_str text;
    yq_err *err;
} printer;

static uint32_t hex4(yq_str s, size_t at)
{
    uint8_t b[2];
    return at + 4 <= s.n && yq_unhex(yq_sub(s, at, at + 4), b, 2) ? (uint32_t)b[0] << 8 | b[1] : YQ_BAD_CHAR;
}

/* The character an escape stands for; *n: its bytes in the source. */
static uint32_t unescape(yq_str s, size_t at, size_t *n)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/ \n\n\n ";
    *n = 2;
    if (at + 1 >= s.n) return YQ_BAD_CHAR;
    if (s.p[at + 1] != 'u') {
        const char *found = s.p[at + 1] ? strchr(from, s.p[at + 1]) : NULL;
        return found ? (unsigned char)to[found - from] : YQ_BAD_CHAR;
    }
    uint32_t cp = hex4(s, at + 2);
    *n = 6;
    if (cp < 0xD800 || cp > 0xDBFF || at + 8 > s.n || s.p[at + 6] != '\\' || s.p[at + 7] != 'u') return cp;
    uint32_t low = hex4(s, at + 8);
    if (low < 0xDC00 || low > 0xDFFF) return YQ_BAD_CHAR;
    *n = 12;
    return 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
}

/* A string's characters. With lines: a line end in it ends the paragraph. */
static void write_string(printer *p, uint32_t from, uint32_t to, bool lines)
{
    yq_str s = yq_sub(p->text, 0, to);
    size_t start = from;
    for (size_t i = from; i < to;) {
        if (s.p[i] != '\\') {
            i++;
            continue;
        }
        size_t n;
        char bytes[4];
        uint32_t cp = unescape(s, i, &n);
        yq_writer_flow(&p->w, start, i);
        if (cp == '\n' && lines) yq_writer_line(&p->w, YQ_BLOCK_PARAGRAPH, 0, false);
        else yq_text_insert(&p->w.text, cp == '\n' ? YQ_S(" ") : (yq_str){ bytes, yq_utf8_put(cp, bytes) }, i);
        i += n;
        start = i < to ? i : to;
    }
    yq_writer_flow(&p->w, start, to);
}

/* A value on one line: members with "、" between, keys left out. */
static void write_flat(printer *p, const json_value *v)
{
    if (v->type == JSON_STRING || v->type == JSON_OTHER) {
        write_string(p, v->from, v->to, false);
        return;
    }
    for (const json_value *m = v->first; m; m = m->next) {
        write_flat(p, m);
        if (m->next) yq_text_insert(&p->w.text, YQ_S("、"), m->to);
    }
}

typedef YQ_VEC(yq_str) keys;

static size_t key_index(printer *p, keys *k, yq_str key)
{
    for (size_t i = 0; i < k->n; i++)
        if (yq_eq(k->v[i], key)) return i;
    *yq_push(p->w.draft->arena, k) = key;
    return k->n - 1;
}

static bool is_table(const json_value *v)
{
    if (v->type != JSON_ARRAY || v->count < 2) return false;
    for (const json_value *row = v->first; row; row = row->next)
        if (row->type != JSON_OBJECT || !row->count) return false;
    return true;
}

/* An article has a long text: a list of such is no table. */
static bool holds_article(const printer *p, const json_value *v)
{
    for (const json_value *row = v->first; row; row = row->next)
        for (const json_value *m = row->first; m; m = m->next)
            if (m->type == JSON_STRING && m->to - m->from > 1200) return true;
    return (void)p, false;
}

enum { TABLE_KEYS = 64 };

static yq_code write_table(printer *p, const json_value *v)
{
    keys k = { 0 };
    yq_code rc = YQ_OK;
    uint32_t row = 1;

    for (const json_value *r = v->first; r && k.n < TABLE_KEYS; r = r->next)
        for (const json_value *m = r->first; m; m = m->next) key_index(p, &k, m->key);
    yq_writer_table_open(&p->w);
    for (size_t i = 0; i < k.n && !rc; i++) {
        write_string(p, (uint32_t)(k.v[i].p - p->text.p), (uint32_t)(k.v[i].p - p->text.p + k.v[i].n), false);
        rc = yq_writer_cell(&p->w, (yq_cell){ .row = 0, .col = (uint32_t)i, .rows = 1, .cols = 1, .header = true }, p->err);
    }
    yq_writer_row_end(&p->w);
    for (const json_value *r = v->first; r && !rc; r = r->next, row++) {
        for (size_t i = 0; i < k.n && !rc; i++) {
            for (const json_value *m = r->first; m; m = m->next)
                if (yq_eq(m->key, k.v[i])) write_flat(p, m);
            rc = yq_writer_cell(&p->w, (yq_cell){ .row = row, .col = (uint32_t)i, .rows = 1, .cols = 1 }, p->err);
        }
        yq_writer_row_end(&p->w);
    }
    yq_writer_table_close(&p->w);
    return rc;
}

static const struct { const char *key; yq_block_kind kind; } known_keys[] = {
    { "title", YQ_BLOCK_TITLE },   { "标题", YQ_BLOCK_TITLE },    { "headline", YQ_BLOCK_TITLE }, { "text", YQ_BLOCK_PARAGRAPH },
    { "content", YQ_BLOCK_PARAGRAPH }, { "body", YQ_BLOCK_PARAGRAPH }, { "正文", YQ_BLOCK_PARAGRAPH }, { "内容", YQ_BLOCK_PARAGRAPH },
    { "date", YQ_BLOCK_META },     { "日期", YQ_BLOCK_META },     { "published", YQ_BLOCK_META }, { "source", YQ_BLOCK_META },
    { "来源", YQ_BLOCK_META },     { "author", YQ_BLOCK_META },   { "作者", YQ_BLOCK_META },
};

static void write_member(printer *p, const json_value *v)
{
    for (size_t i = 0; i < sizeof known_keys / sizeof *known_keys; i++) {
        if (!yq_eq(v->key, yq_cstr(known_keys[i].key))) continue;
        write_string(p, v->from, v->to, known_keys[i].kind == YQ_BLOCK_PARAGRAPH);
        yq_writer_line(&p->w, known_keys[i].kind, 1, known_keys[i].kind != YQ_BLOCK_PARAGRAPH);
        return;
    }
    if (v->key.n && v->to > v->from && v->to - v->from < 200) {
        uint32_t from = (uint32_t)(v->key.p - p->text.p);
        write_string(p, from, from + (uint32_t)v->key.n, false);
        yq_text_insert(&p->w.text, YQ_S(": "), v->from);
    }
    write_string(p, v->from, v->to, true);
    yq_writer_line(&p->w, YQ_BLOCK_PARAGRAPH, 0, false);
}

static yq_code write_value(printer *p, const json_value *v, unsigned depth)
{
    if (v->type == JSON_STRING || v->type == JSON_OTHER) return write_member(p, v), YQ_OK;
    if (v->key.n) {
        uint32_t from = (uint32_t)(v->key.p - p->text.p);
        write_string(p, from, from + (uint32_t)v->key.n, false);
        yq_writer_line(&p->w, YQ_BLOCK_HEADING, (uint8_t)(depth < 5 ? depth + 2 : 6), true);
    }
    if (is_table(v) && !holds_article(p, v)) return write_table(p, v);
    for (const json_value *m = v->first; m; m = m->next) {
        yq_code rc = write_value(p, m, depth + 1);
        if (rc) return rc;
    }
    return YQ_OK;
}

yq_code yq_read_json(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_decoded source;
    yq_code rc = yq_decode(d->arena, bytes, NULL, &source, err);
    if (rc) return rc;
    d->encoding = source.encoding;
    parser parse = { .arena = d->arena, .text = source.text, .depth_limit = d->limits->depth, .value_limit = d->limits->table_cells, .err = err };
    json_value root = { 0 };
    if ((rc = parse_value(&parse, 0, &root))) return rc;
    skip_space(&parse);
    if (parse.at < source.text.n) return broken(&parse, "more follows behind the end");
    printer p = { .w = yq_writer_on(d, source.text), .text = source.text, .err = err };
    if ((rc = write_value(&p, &root, 0))) return rc;
    return yq_writer_done(&p.w, &source.map, err);
}
