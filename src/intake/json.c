/* JSON as registers and crawlers export it. What record_forms.c knows is written by its table; all other by its shape:
 *
 * An array of objects becomes a table whose header is their keys in order of first sight; an object becomes lines "key: value", with
 * title, date and text read as what they are; long text becomes paragraphs. Nested values inside a table's cell are written flat.
 */
#include "intake/json_tree.h"
#include "intake/record.h"

/* ---------------------------------------------------------------- writing it down */

typedef struct {
    yq_writer w;
    yq_str text;
    yq_err *err;
} printer;

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
        uint32_t cp = yq_json_unescape(s, i, &n);
        yq_writer_flow(&p->w, start, i);
        if (cp == '\n' && lines) yq_writer_line(&p->w, YQ_BLOCK_PARAGRAPH, 0, false);
        else yq_text_insert(&p->w.text, cp == '\n' ? YQ_S(" ") : (yq_str){ bytes, yq_utf8_put(cp, bytes) }, i);
        i += n;
        start = i < to ? i : to;
    }
    yq_writer_flow(&p->w, start, to);
}

/* A value on one line: members with "、" between, keys left out. */
static void write_flat(printer *p, const yq_json_value *v)
{
    if (v->type == YQ_JSON_STRING || v->type == YQ_JSON_OTHER) {
        write_string(p, v->from, v->to, false);
        return;
    }
    for (const yq_json_value *m = v->first; m; m = m->next) {
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

static bool is_table(const yq_json_value *v)
{
    if (v->type != YQ_JSON_ARRAY || v->count < 2) return false;
    for (const yq_json_value *row = v->first; row; row = row->next)
        if (row->type != YQ_JSON_OBJECT || !row->count) return false;
    return true;
}

/* An article has a long text: a list of such is no table. */
static bool holds_article(const printer *p, const yq_json_value *v)
{
    for (const yq_json_value *row = v->first; row; row = row->next)
        for (const yq_json_value *m = row->first; m; m = m->next)
            if (m->type == YQ_JSON_STRING && m->to - m->from > 1200) return true;
    return (void)p, false;
}

enum { TABLE_KEYS = 64 };

static yq_code write_table(printer *p, const yq_json_value *v)
{
    keys k = { 0 };
    yq_code rc = YQ_OK;
    uint32_t row = 1;

    for (const yq_json_value *r = v->first; r && k.n < TABLE_KEYS; r = r->next)
        for (const yq_json_value *m = r->first; m; m = m->next) key_index(p, &k, m->key);
    yq_writer_table_open(&p->w);
    for (size_t i = 0; i < k.n && !rc; i++) {
        write_string(p, (uint32_t)(k.v[i].p - p->text.p), (uint32_t)(k.v[i].p - p->text.p + k.v[i].n), false);
        rc = yq_writer_cell(&p->w, (yq_cell){ .row = 0, .col = (uint32_t)i, .rows = 1, .cols = 1, .header = true }, p->err);
    }
    yq_writer_row_end(&p->w);
    for (const yq_json_value *r = v->first; r && !rc; r = r->next, row++) {
        for (size_t i = 0; i < k.n && !rc; i++) {
            for (const yq_json_value *m = r->first; m; m = m->next)
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

static void write_member(printer *p, const yq_json_value *v)
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

static yq_code write_value(printer *p, const yq_json_value *v, unsigned depth)
{
    if (v->type == YQ_JSON_STRING || v->type == YQ_JSON_OTHER) return write_member(p, v), YQ_OK;
    if (v->key.n) {
        uint32_t from = (uint32_t)(v->key.p - p->text.p);
        write_string(p, from, from + (uint32_t)v->key.n, false);
        yq_writer_line(&p->w, YQ_BLOCK_HEADING, (uint8_t)(depth < 5 ? depth + 2 : 6), true);
    }
    if (is_table(v) && !holds_article(p, v)) return write_table(p, v);
    for (const yq_json_value *m = v->first; m; m = m->next) {
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
    yq_json_value root;
    if ((rc = yq_json_parse(d->arena, source.text, d->limits, &root, err))) return rc;
    yq_record record = yq_record_of_json(d->arena, &source, &root);
    if (yq_record_known(d->arena, &record)) return yq_record_write(d, &record, err);
    printer p = { .w = yq_writer_on(d, source.text), .text = source.text, .err = err };
    if ((rc = write_value(&p, &root, 0))) return rc;
    return yq_writer_done(&p.w, &source.map, err);
}
