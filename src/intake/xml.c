/* XML as a stream of events that the reader asks for, on top of libxml2's push parser, which wants to call.
 *
 * A few kilobytes are pushed at a time and the events they give wait in a queue, so that memory does not grow with the file and no reader becomes a
 * state machine. The queue lies on the heap and its growth fails softly: nothing may leave through libxml2's frames.
 *
 * A document type is where XML becomes dangerous (entities that open files or double themselves): Office files never carry one, so it is refused
 * before anything in it is looked at.
 */
#include "intake/office.h"

#include <libxml/parser.h>
#include <stdlib.h>

enum { PUSH_BYTES = 16 << 10, QUEUE_BYTES_MAX = 64 << 20 };

/* Places in the queue's bytes, since these move while they grow. */
typedef struct {
    const char *name;
    size_t value;
} attribute;

typedef struct {
    yq_xml_kind kind;
    const char *name; /* in the parser's dictionary */
    size_t at, text, length, first;
    unsigned count;
} event;

struct yq_xml {
    yq_draft *draft;
    yq_str xml;
    size_t pushed;
    xmlParserCtxtPtr parser;
    yq_xml_mode mode;
    unsigned depth;   /* of the reader */
    unsigned nesting; /* of the parser, ahead of it */
    bool ended;
    yq_code code;
    yq_err *err;

    yq_buf bytes; /* texts and values, each ended by NUL */
    event *events;
    size_t events_n, events_cap, next;
    attribute *attributes;
    size_t attributes_n, attributes_cap;
    yq_xml_attribute *shown; /* of the event handed out */
    size_t shown_cap;
};

static void stop(yq_xml *x, yq_code code, const char *why)
{
    if (x->code) return;
    x->code = yq_fail(x->err, code, 0, "%s", why);
    xmlStopParser(x->parser);
}

static void *grown(yq_xml *x, void *v, size_t n, size_t *cap, size_t item)
{
    if (n < *cap) return v;
    size_t more = *cap ? *cap * 2 : 256;
    void *p = realloc(v, more * item);
    if (p) *cap = more;
    else stop(x, YQ_NOMEM, "no memory for a part of the file");
    return p;
}

static size_t keep(yq_xml *x, const char *from, size_t n)
{
    size_t at = x->bytes.n;
    if (n > QUEUE_BYTES_MAX - at) return stop(x, YQ_INVALID, "one element of the file is over 64 MB"), 0;
    yq_buf_put(&x->bytes, (yq_str){ from, n });
    yq_buf_byte(&x->bytes, 0);
    if (x->bytes.failed) stop(x, YQ_NOMEM, "no memory for a part of the file");
    return at;
}

static event *add_event(yq_xml *x, yq_xml_kind kind, const char *name)
{
    if (x->code) return NULL;
    event *v = grown(x, x->events, x->events_n, &x->events_cap, sizeof *v);
    if (!v) return NULL;
    x->events = v;
    const xmlParserInput *in = x->parser->input;
    v[x->events_n] = (event){ .kind = kind, .name = name, .at = in ? in->consumed + (size_t)(in->cur - in->base) : 0, .first = x->attributes_n };
    return &v[x->events_n++];
}

/* ---------------------------------------------------------------- what libxml2 calls */

/* libxml2 leaves an ampersand of an attribute as a reference when it expands nothing. */
static size_t keep_value(yq_xml *x, const char *from, size_t n)
{
    size_t at = keep(x, from, n), to = at;
    if (x->code || !memmem(from, n, "&#38;", 5)) return at;
    for (size_t i = 0; i < n; i++) {
        x->bytes.p[to++] = from[i];
        if (n - i >= 5 && !memcmp(from + i, "&#38;", 5)) i += 4;
    }
    x->bytes.p[to] = 0;
    return at;
}

static void on_open(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
                    int attributes_n, int defaulted_n, const xmlChar **attributes)
{
    yq_xml *x = ((xmlParserCtxtPtr)ctx)->_private;
    (void)prefix, (void)uri, (void)namespaces_n, (void)namespaces, (void)defaulted_n;
    if (++x->nesting > x->draft->limits->depth) return stop(x, YQ_INVALID, "the file is nested too deeply to be a document");
    event *e = add_event(x, YQ_XML_OPEN, (const char *)name);
    if (!e) return;
    e->count = (unsigned)attributes_n;
    for (int i = 0; i < attributes_n && !x->code; i++) {
        const xmlChar **one = attributes + i * 5; /* name, prefix, address, value, its end */
        attribute *v = grown(x, x->attributes, x->attributes_n, &x->attributes_cap, sizeof *v);
        if (!v) return;
        x->attributes = v;
        v[x->attributes_n++] = (attribute){ (const char *)one[0], keep_value(x, (const char *)one[3], (size_t)(one[4] - one[3])) };
    }
}

static void on_close(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    yq_xml *x = ((xmlParserCtxtPtr)ctx)->_private;
    (void)prefix, (void)uri;
    x->nesting--;
    add_event(x, YQ_XML_CLOSE, (const char *)name);
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    yq_xml *x = ((xmlParserCtxtPtr)ctx)->_private;
    event *e = add_event(x, YQ_XML_TEXT, "");
    if (!e) return;
    e->length = (size_t)n;
    e->text = keep(x, (const char *)text, (size_t)n);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *public, const xmlChar *system)
{
    yq_xml *x = ((xmlParserCtxtPtr)ctx)->_private;
    (void)name, (void)public, (void)system;
    if (x->mode == YQ_XML_STRICT) stop(x, YQ_INVALID, "the file declares a document type (DOCTYPE), which Office files never do; it is refused unread");
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system, xmlChar *content)
{
    yq_xml *x = ((xmlParserCtxtPtr)ctx)->_private;
    (void)name, (void)type, (void)public, (void)system, (void)content;
    stop(x, YQ_INVALID, "the file declares entities of its own; it is refused unread");
}

static void on_complaint(void *ctx, xmlErrorPtr error)
{
    (void)ctx, (void)error; /* the parser's state says whether the file is well formed */
}

static const xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC, .startElementNs = on_open, .endElementNs = on_close, .characters = on_text, .cdataBlock = on_text,
    .ignorableWhitespace = on_text, .internalSubset = on_doctype, .entityDecl = on_entity, .serror = on_complaint,
};

/* ---------------------------------------------------------------- what the reader asks for */

/* Pushes until events wait. */
static bool fill(yq_xml *x)
{
    x->events_n = x->attributes_n = x->next = x->bytes.n = 0;
    while (!x->events_n && !x->ended && !x->code) {
        size_t n = x->xml.n - x->pushed < PUSH_BYTES ? x->xml.n - x->pushed : PUSH_BYTES;
        x->ended = x->pushed + n >= x->xml.n;
        int error = xmlParseChunk(x->parser, x->xml.p + x->pushed, (int)n, x->ended);
        x->pushed += n;
        if (!x->code && (error || x->parser->wellFormed == 0)) {
            x->code = yq_fail(x->err, YQ_INVALID, x->pushed, "the file is damaged: its XML breaks off or is not well formed");
        }
    }
    return x->events_n > 0 && !x->code;
}

static void show_attributes(yq_xml *x, const event *e, yq_xml_event *out)
{
    if (e->count > x->shown_cap) {
        yq_xml_attribute *v = realloc(x->shown, e->count * sizeof *v);
        if (!v) return stop(x, YQ_NOMEM, "no memory for a part of the file");
        x->shown = v;
        x->shown_cap = e->count;
    }
    for (unsigned i = 0; i < e->count; i++) {
        const attribute *a = &x->attributes[e->first + i];
        x->shown[i] = (yq_xml_attribute){ a->name, x->bytes.p + a->value };
    }
    out->attributes = x->shown;
    out->count = e->count;
}

bool yq_xml_next(yq_xml *x, yq_xml_event *out)
{
    if (x->next >= x->events_n && !fill(x)) return false;
    const event *e = &x->events[x->next++];
    *out = (yq_xml_event){ .kind = e->kind, .name = e->name, .at = e->at };
    if (e->kind == YQ_XML_TEXT) out->text = (yq_str){ x->bytes.p + e->text, e->length };
    if (e->kind == YQ_XML_OPEN) show_attributes(x, e, out), x->depth++;
    if (e->kind == YQ_XML_CLOSE) x->depth--;
    return !x->code;
}

unsigned yq_xml_depth(const yq_xml *x)
{
    return x->depth;
}

bool yq_xml_inside(yq_xml *x, unsigned depth, yq_xml_event *e)
{
    return yq_xml_next(x, e) && x->depth >= depth;
}

void yq_xml_skip(yq_xml *x)
{
    yq_xml_event e;
    unsigned depth = x->depth;
    while (yq_xml_inside(x, depth, &e)) continue;
}

bool yq_xml_opens(const yq_xml_event *e, const char *name)
{
    return e->kind == YQ_XML_OPEN && !strcmp(e->name, name);
}

const char *yq_xml_value(const yq_xml_event *e, const char *name)
{
    for (unsigned i = 0; i < e->count; i++)
        if (!strcmp(e->attributes[i].name, name)) return e->attributes[i].value;
    return "";
}

long yq_xml_number(const yq_xml_event *e, const char *name, long least, long most, long otherwise)
{
    char *end;
    const char *value = yq_xml_value(e, name);
    long n = strtol(value, &end, 10);
    if (end == value) return otherwise;
    return n < least ? least : n > most ? most : n;
}

/* ---------------------------------------------------------------- the parser's life */

typedef struct {
    yq_xml *x;
    yq_code (*work)(yq_xml *x, void *arg, yq_err *err);
    void *arg;
} task;

static yq_code run_task(void *arg, yq_err *err)
{
    task *t = arg;
    return t->work(t->x, t->arg, err);
}

static void release(yq_xml *x)
{
    if (x->parser->myDoc) xmlFreeDoc(x->parser->myDoc); /* which libxml2 makes for declared entities, and leaves */
    xmlFreeParserCtxt(x->parser);
    yq_buf_free(&x->bytes);
    free(x->events);
    free(x->attributes);
    free(x->shown);
}

yq_code yq_xml_run(yq_draft *d, yq_str xml, yq_xml_mode mode, yq_code (*work)(yq_xml *x, void *arg, yq_err *err), void *arg, yq_err *err)
{
    xmlSAXHandler sax = handler;
    yq_err why = { 0 };
    yq_xml x = { .draft = d, .xml = xml, .mode = mode, .err = &why };
    x.parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    if (!x.parser) return yq_fail(err, YQ_NOMEM, 0, "no memory for a part of the file");
    x.parser->_private = &x;
    xmlCtxtUseOptions(x.parser, XML_PARSE_NONET | XML_PARSE_COMPACT);
    task t = { &x, work, arg };
    yq_code rc = yq_arena_run(d->arena, run_task, &t, err);
    if (!rc && x.code) {
        rc = x.code;
        if (err) *err = why;
    }
    release(&x);
    return rc;
}
