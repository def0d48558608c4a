/* The tree of a record, from JSON and from XML. */
#include "intake/record.h"

#include <stdlib.h>

static yq_node *add_node(yq_arena *a, yq_node *parent, yq_str key)
{
    yq_node *n = YQ_NEW(a, yq_node);
    n->key = key;
    n->parent = parent;
    if (parent->last) parent->last->next = n;
    else parent->first = n;
    return parent->last = n;
}

/* ---------------------------------------------------------------- JSON */

/* A list's members become children of the list's parent, each under the list's key. */
static void add_json(yq_arena *a, yq_node *parent, yq_str key, const yq_json_value *v)
{
    if (v->type == YQ_JSON_ARRAY) {
        for (const yq_json_value *m = v->first; m; m = m->next) add_json(a, parent, key, m);
        return;
    }
    yq_node *n = add_node(a, parent, key);
    n->leaf = v->type != YQ_JSON_OBJECT;
    n->text = (yq_span){ v->from, v->to };
    for (const yq_json_value *m = v->first; m; m = m->next) add_json(a, n, m->key, m);
}

yq_record yq_record_of_json(yq_arena *a, const yq_decoded *source, const yq_json_value *root)
{
    yq_record r = { .source = source->text, .map = source->map, .json = true };
    yq_str key = root->type == YQ_JSON_ARRAY ? YQ_S("item") : YQ_S("");
    if (root->type != YQ_JSON_OBJECT) add_json(a, &r.root, key, root);
    else for (const yq_json_value *m = root->first; m; m = m->next) add_json(a, &r.root, m->key, m);
    return r;
}

/* ---------------------------------------------------------------- XML */

typedef struct {
    yq_arena *arena;
    yq_text_builder text;
    yq_record *record;
    size_t nodes, most;
} builder;

static yq_span keep(builder *b, yq_str text, size_t at)
{
    uint32_t from = (uint32_t)yq_text_length(&b->text);
    yq_text_insert(&b->text, text, at);
    return (yq_span){ from, (uint32_t)yq_text_length(&b->text) };
}

static void add_leaf(builder *b, yq_node *parent, yq_str key, yq_str text, size_t at)
{
    yq_node *n = add_node(b->arena, parent, key);
    n->leaf = true;
    n->text = keep(b, text, at);
}

static yq_node *add_element(builder *b, yq_node *parent, const yq_xml_event *e)
{
    yq_node *n = add_node(b->arena, parent, yq_dup(b->arena, yq_cstr(e->name)));
    for (unsigned i = 0; i < e->count; i++) {
        yq_str key = yq_printf(b->arena, "@%s", e->attributes[i].name);
        add_leaf(b, n, key, yq_cstr(e->attributes[i].value), e->at);
        if (yq_eq(key, YQ_S("@id"))) *yq_push(b->arena, &b->record->ids) = (yq_node_id){ yq_dup(b->arena, yq_cstr(e->attributes[i].value)), n };
    }
    return n;
}

static yq_code build(yq_xml *x, void *arg, yq_err *err)
{
    builder *b = arg;
    yq_xml_event e;
    YQ_VEC(yq_node *) open = { 0 };
    *yq_push(b->arena, &open) = &b->record->root;
    while (yq_xml_next(x, &e)) {
        yq_node *parent = open.v[open.n - 1];
        if (++b->nodes > b->most) return yq_fail(err, YQ_INVALID, e.at, "the file has over %zu elements and texts; split it", b->most);
        if (e.kind == YQ_XML_OPEN) *yq_push(b->arena, &open) = add_element(b, parent, &e);
        else if (e.kind == YQ_XML_TEXT) add_leaf(b, parent, YQ_S(""), e.text, e.at);
        else if (open.n > 1) open.n--;
    }
    return YQ_OK;
}

static int by_id(const void *a, const void *b)
{
    return yq_cmp(((const yq_node_id *)a)->key, ((const yq_node_id *)b)->key);
}

/* libxml2 would look for a converter that the cage no longer has: the text is UTF-8 by now, whatever the first line says. */
static yq_str without_declaration(yq_arena *a, yq_str xml)
{
    size_t end = yq_starts(xml, YQ_S("<?xml")) ? yq_find(yq_sub(xml, 0, 1000), YQ_S("?>"), 0) : SIZE_MAX;
    if (end == SIZE_MAX) return xml;
    char *copy = yq_dupz(a, xml);
    memset(copy, ' ', end + 2);
    return (yq_str){ copy, xml.n };
}

static const char *declared_encoding(yq_arena *a, yq_str bytes)
{
    yq_str head = yq_sub(bytes, 0, 200);
    size_t at = yq_starts(head, YQ_S("<?xml")) ? yq_find(head, YQ_S("encoding="), 0) : SIZE_MAX;
    if (at == SIZE_MAX || at + 11 > head.n) return NULL;
    const char *end = memchr(head.p + at + 10, head.p[at + 9], head.n - at - 10);
    return end ? yq_dupz(a, (yq_str){ head.p + at + 10, (size_t)(end - head.p) - at - 10 }) : NULL;
}

yq_code yq_record_of_xml(yq_draft *d, yq_str bytes, yq_record *out, yq_err *err)
{
    yq_decoded decoded;
    yq_map inner;
    *out = (yq_record){ 0 };
    yq_code rc = yq_decode(d->arena, bytes, declared_encoding(d->arena, bytes), &decoded, err);
    if (rc) return rc;
    d->encoding = decoded.encoding;
    yq_str xml = without_declaration(d->arena, decoded.text);
    size_t lead = 0;
    while (lead < xml.n && strchr(" \t\r\n", xml.p[lead])) lead++;
    builder b = { .arena = d->arena, .text = { .arena = d->arena }, .record = out, .most = d->limits->table_cells };
    rc = yq_xml_run(d, yq_sub(xml, lead, xml.n), YQ_XML_DOCTYPE, build, &b, err);
    if (rc) return rc;
    out->source = yq_text_done(&b.text, &inner);
    for (size_t i = 0; i < inner.n; i++) inner.run[i].origin += (uint32_t)lead;
    out->map = yq_map_join(d->arena, &inner, &decoded.map);
    if (out->ids.n) qsort(out->ids.v, out->ids.n, sizeof *out->ids.v, by_id);
    return YQ_OK;
}
