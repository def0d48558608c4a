/* Marked sentences as files.
 *
 *   .bmes    周 B-NAME      begin, middle, end of a span of a kind, or S- for a span of one character; O is outside
 *            岚 E-NAME      an empty line ends a sentence
 *            说 O
 *
 *   .jsonl   {"text": "周岚说", "label": {"name": {"周岚": [[0, 1]]}}}      one sentence a line; places count characters, the last included
 *
 * Sentences that were cut at a page or a line begin and end inside of spans: M- or E- at the first character of a sentence begins a span, and the
 * sentence's end ends one. Anywhere else a span that does not close is an error.
 *
 * The model is flat. A span inside a longer one is therefore left out when training data is read (the longer one stays); spans that cross,
 * or one span with two kinds, contradict each other and are refused.
 */
#include "tagger/internal.h"

#include <jansson.h>
#include <stdlib.h>

enum { LONGEST_LINE = 1 << 20 };

bool yq_tagger_form_of(const char *path, yq_tagger_form *form)
{
    static const struct { const char *ending; yq_tagger_form form; } forms[] = { { ".bmes", YQ_TAGGER_BMES }, { ".jsonl", YQ_TAGGER_JSONL } };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (yq_ends(yq_cstr(path), yq_cstr(forms[i].ending))) return *form = forms[i].form, true;
    return false;
}

typedef YQ_VEC(yq_tagger_span) span_list;

typedef struct {
    yq_arena *arena;
    yq_str rest;
    size_t line;     /* number of the current one, from 1 */
    bool marked;
    size_t chars;    /* of all sentences so far */
    yq_tagger_set *set;
    yq_err *err;
} reader;

static yq_code wrong(const reader *r, size_t line, const char *what)
{
    return yq_fail(r->err, YQ_INVALID, line, "line %zu: %s", line, what);
}

static bool next_line(reader *r, yq_str *line)
{
    if (!yq_split(&r->rest, '\n', line)) return false;
    r->line++;
    if (yq_ends(*line, YQ_S("\r"))) line->n--;
    return true;
}

static yq_code kind_number(reader *r, yq_str name, uint32_t *out)
{
    for (uint32_t k = 0; k < r->set->kinds.n; k++)
        if (yq_eq(r->set->kinds.v[k], name)) return *out = k, YQ_OK;
    if (!name.n || name.n > YQ_TAGGER_KIND_BYTES) return wrong(r, r->line, "a kind's name must have 1 to 64 bytes");
    if (r->set->kinds.n == YQ_TAGGER_KINDS) return wrong(r, r->line, "this is the 49th kind; a model holds 48. Join some");
    *out = (uint32_t)r->set->kinds.n;
    *yq_push(r->arena, &r->set->kinds) = yq_dup(r->arena, name);
    return YQ_OK;
}

static yq_code add_sentence(reader *r, size_t line, yq_str text, const span_list *spans)
{
    size_t count = yq_utf8_count(text);
    r->chars += count;
    if (r->marked && count > YQ_TAGGER_SENTENCE) return wrong(r, line, "the sentence has over 2000 characters; cut it where it ends");
    if (r->marked && r->chars > YQ_TAGGER_TRAIN_CHARS) return wrong(r, line, "over 3,000,000 characters so far; train on a part of the file");
    if (r->set->sentences.n == YQ_TAGGER_SENTENCES) return wrong(r, line, "over 1,000,000 sentences; part the file");
    *yq_push(r->arena, &r->set->sentences) = (yq_tagger_sentence){ text, spans->v, spans->n };
    return YQ_OK;
}

/* ---------------------------------------------------------------- bmes */

typedef struct {
    YQ_VEC(char) text;
    span_list spans;
    size_t first_line;
    bool open;      /* the last span waits for its end */
    size_t chars;   /* of the open span */
} sentence;

static yq_code begin_span(reader *r, sentence *s, uint32_t kind, size_t from, size_t to, bool open)
{
    if (s->open) return wrong(r, r->line, "a span begins before the one above it has ended with E-");
    *yq_push(r->arena, &s->spans) = (yq_tagger_span){ { (uint32_t)from, (uint32_t)to }, kind, 1 };
    s->open = open;
    s->chars = 1;
    return YQ_OK;
}

static yq_code extend_span(reader *r, sentence *s, uint32_t kind, size_t to, bool last)
{
    yq_tagger_span *span = s->spans.n ? &s->spans.v[s->spans.n - 1] : NULL;
    if (!s->open || span->kind != kind) return wrong(r, r->line, "M- or E- follows no B- or M- of its kind");
    span->span.to = (uint32_t)to;
    s->open = !last;
    return ++s->chars > YQ_TAGGER_SPAN ? wrong(r, r->line, "the span has over 64 characters") : YQ_OK;
}

static yq_code take_tag(reader *r, sentence *s, yq_str tag, size_t from)
{
    uint32_t kind = 0;
    size_t to = s->text.n;
    if (yq_eq(tag, YQ_S("O"))) return s->open ? wrong(r, r->line, "O stands where the span above it has not ended with E-") : YQ_OK;
    if (tag.n < 3 || tag.p[1] != '-' || !strchr("BMES", tag.p[0])) return wrong(r, r->line, "the tag is none of O, B-KIND, M-KIND, E-KIND, S-KIND");
    yq_code rc = kind_number(r, yq_sub(tag, 2, tag.n), &kind);
    if (rc != YQ_OK) return rc;
    bool begins = strchr("BS", tag.p[0]) != NULL, last = strchr("ES", tag.p[0]) != NULL;
    return begins || from == 0 ? begin_span(r, s, kind, from, to, !last) : extend_span(r, s, kind, to, last);
}

static yq_code take_character(reader *r, sentence *s, yq_str line)
{
    size_t space = line.n, end = 0, from = s->text.n;
    yq_str c = line;
    if (!s->text.n) s->first_line = r->line;
    if (r->marked) {
        while (space > 1 && line.p[space - 1] != ' ') space--;
        if (space < 2) return wrong(r, r->line, "expected a character, a space and a tag");
        c = yq_sub(line, 0, space - 1);
    }
    yq_utf8_next(c, &end);
    if (end != c.n)
        return wrong(r, r->line, r->marked ? "what stands before the tag is not one character" : "expected one character and nothing else");
    for (size_t i = 0; i < c.n; i++) *yq_push(r->arena, &s->text) = c.p[i];
    return r->marked ? take_tag(r, s, yq_sub(line, space, line.n), from) : YQ_OK;
}

static yq_code close_sentence(reader *r, sentence *s)
{
    if (!s->text.n) return YQ_OK;
    yq_code rc = add_sentence(r, s->first_line, (yq_str){ s->text.v, s->text.n }, &s->spans);
    *s = (sentence){ 0 };
    return rc;
}

static yq_code read_bmes(reader *r)
{
    sentence s = { 0 };
    yq_str line;
    yq_code rc = YQ_OK;
    while (rc == YQ_OK && next_line(r, &line)) rc = line.n ? take_character(r, &s, line) : close_sentence(r, &s);
    return rc == YQ_OK ? close_sentence(r, &s) : rc;
}

/* ---------------------------------------------------------------- jsonl */

typedef struct {
    yq_str text;
    uint32_t *at; /* byte of each character and of the end */
    size_t n;
    span_list spans;
} marked_text;

static yq_str json_text(const json_t *s)
{
    return (yq_str){ json_string_value(s), json_string_length(s) };
}

static void number_characters(yq_arena *a, marked_text *m)
{
    size_t at = 0;
    m->n = yq_utf8_count(m->text);
    m->at = YQ_ARRAY(a, uint32_t, m->n + 1);
    for (size_t i = 0; i < m->n; i++) {
        m->at[i] = (uint32_t)at;
        yq_utf8_next(m->text, &at);
    }
    m->at[m->n] = (uint32_t)m->text.n;
}

static yq_code take_place(reader *r, marked_text *m, uint32_t kind, yq_str mention, const json_t *place)
{
    const json_t *a = json_array_get(place, 0), *b = json_array_get(place, 1);
    if (json_array_size(place) != 2 || !json_is_integer(a) || !json_is_integer(b))
        return wrong(r, r->line, "a place must be [first character, last character]");
    json_int_t first = json_integer_value(a), last = json_integer_value(b);
    if (first < 0 || last < first || last >= (json_int_t)m->n) return wrong(r, r->line, "a place lies outside of the text, or ends before it begins");
    if (last - first >= YQ_TAGGER_SPAN) return wrong(r, r->line, "a span has over 64 characters");
    yq_span span = { m->at[first], m->at[last + 1] };
    if (!yq_eq(yq_at(m->text, span), mention)) return wrong(r, r->line, "a mention is not what the text has at its place; places count characters from 0");
    *yq_push(r->arena, &m->spans) = (yq_tagger_span){ span, kind, 1 };
    return YQ_OK;
}

static yq_code take_mentions(reader *r, marked_text *m, uint32_t kind, json_t *mentions)
{
    const char *mention;
    json_t *places, *place;
    size_t i;
    if (!json_is_object(mentions)) return wrong(r, r->line, "a kind in label must hold {\"mention\": [[first, last]]}");
    json_object_foreach(mentions, mention, places) {
        if (!json_is_array(places)) return wrong(r, r->line, "a mention must hold [[first, last], …]");
        json_array_foreach(places, i, place) {
            yq_code rc = take_place(r, m, kind, yq_cstr(mention), place);
            if (rc != YQ_OK) return rc;
        }
    }
    return YQ_OK;
}

static yq_code take_labels(reader *r, marked_text *m, json_t *label)
{
    const char *name;
    json_t *mentions;
    uint32_t kind;
    if (!json_is_object(label)) return wrong(r, r->line, "the line has no label; write \"label\": {} for a sentence without spans");
    json_object_foreach(label, name, mentions) {
        yq_code rc = kind_number(r, yq_cstr(name), &kind);
        if (rc == YQ_OK) rc = take_mentions(r, m, kind, mentions);
        if (rc != YQ_OK) return rc;
    }
    return YQ_OK;
}

/* By where they begin, the longer first. */
static int by_place(const void *x, const void *y)
{
    const yq_tagger_span *a = x, *b = y;
    if (a->span.from != b->span.from) return a->span.from < b->span.from ? -1 : 1;
    return a->span.to == b->span.to ? 0 : a->span.to > b->span.to ? -1 : 1;
}

static yq_code order_spans(reader *r, marked_text *m)
{
    size_t kept = 0;
    if (m->spans.n) qsort(m->spans.v, m->spans.n, sizeof *m->spans.v, by_place);
    for (size_t i = 0; i < m->spans.n; i++) {
        yq_tagger_span s = m->spans.v[i], last = kept ? m->spans.v[kept - 1] : (yq_tagger_span){ 0 };
        bool same = kept && s.span.from == last.span.from && s.span.to == last.span.to;
        if (same && s.kind != last.kind) return wrong(r, r->line, "one span has two kinds");
        if (s.span.from < last.span.to && s.span.to > last.span.to) return wrong(r, r->line, "two spans cross each other");
        if (!kept || s.span.from >= last.span.to) m->spans.v[kept++] = s;
    }
    m->spans.n = kept;
    return YQ_OK;
}

static yq_code take_object(reader *r, json_t *line)
{
    json_t *text = json_object_get(line, "text"), *label = json_object_get(line, "label");
    if (!json_is_string(text)) return wrong(r, r->line, "expected {\"text\": \"…\"}, with \"label\" when it is to be learnt");
    marked_text m = { .text = yq_dup(r->arena, json_text(text)) };
    if (r->marked) {
        number_characters(r->arena, &m);
        yq_code rc = take_labels(r, &m, label);
        if (rc == YQ_OK) rc = order_spans(r, &m);
        if (rc != YQ_OK) return rc;
    }
    return add_sentence(r, r->line, m.text, &m.spans);
}

typedef struct {
    reader *r;
    json_t *line;
} json_job;

static yq_code run_object(void *arg, yq_err *err)
{
    json_job *j = arg;
    (void)err;
    return take_object(j->r, j->line);
}

static yq_code take_json(reader *r, yq_str line)
{
    json_error_t e;
    if (line.n > LONGEST_LINE) return wrong(r, r->line, "the line has over 1 MB");
    json_t *o = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &e);
    if (!o) return yq_fail(r->err, YQ_INVALID, r->line, "line %zu: not JSON: %s", r->line, e.text);
    json_job job = { r, o }; /* what is held here must go even when the arena runs out */
    yq_code rc = yq_arena_run(r->arena, run_object, &job, r->err);
    json_decref(o);
    return rc;
}

static yq_code read_jsonl(reader *r)
{
    yq_str line;
    yq_code rc = YQ_OK;
    while (rc == YQ_OK && next_line(r, &line))
        if (!yq_blank(line)) rc = take_json(r, line);
    return rc;
}

yq_code yq_tagger_read(yq_arena *a, yq_str bytes, yq_tagger_form form, bool marked, yq_tagger_set *out, yq_err *err)
{
    size_t bad, line = 1;
    reader r = { .arena = a, .rest = bytes, .marked = marked, .set = out, .err = err };
    *out = (yq_tagger_set){ 0 };
    if (!yq_utf8_valid(bytes, &bad)) {
        for (size_t i = 0; i < bad; i++) line += bytes.p[i] == '\n';
        return wrong(&r, line, "not UTF-8; save the file as UTF-8");
    }
    if (yq_starts(bytes, YQ_S("\xEF\xBB\xBF"))) r.rest = yq_sub(bytes, 3, bytes.n);
    yq_code rc = form == YQ_TAGGER_BMES ? read_bmes(&r) : read_jsonl(&r);
    if (rc == YQ_OK && !out->sentences.n) return yq_fail(err, YQ_INVALID, 0, "the file holds no sentence");
    return rc;
}

/* ---------------------------------------------------------------- writing */

static void write_tagged(const yq_tagger_set *set, const yq_tagger_sentence *s, yq_buf *out)
{
    size_t k = 0;
    for (size_t at = 0; at < s->text.n;) {
        size_t from = at;
        yq_utf8_next(s->text, &at);
        while (k < s->n && s->span[k].span.to <= from) k++;
        yq_buf_put(out, yq_sub(s->text, from, at));
        if (k == s->n || s->span[k].span.from > from) {
            yq_buf_put(out, YQ_S(" O\n"));
            continue;
        }
        bool first = s->span[k].span.from == from, last = s->span[k].span.to == at;
        yq_buf_printf(out, " %c-", first && last ? 'S' : first ? 'B' : last ? 'E' : 'M');
        yq_buf_put(out, set->kinds.v[s->span[k].kind]); /* whatever bytes it has */
        yq_buf_byte(out, '\n');
    }
    yq_buf_byte(out, '\n');
}

static bool named_before(const yq_tagger_sentence *s, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (s->span[i].kind == s->span[k].kind && yq_eq(yq_at(s->text, s->span[i].span), yq_at(s->text, s->span[k].span))) return true;
    return false;
}

static void write_place(yq_json *j, const yq_tagger_sentence *s, yq_span span)
{
    size_t first = yq_utf8_count(yq_sub(s->text, 0, span.from));
    yq_json_array(j);
    yq_json_int(j, (int64_t)first);
    yq_json_int(j, (int64_t)(first + yq_utf8_count(yq_at(s->text, span)) - 1));
    yq_json_end_array(j);
}

/* All places of the k-th span's string with its kind. */
static void write_places(yq_json *j, const yq_tagger_sentence *s, size_t k, yq_arena *a)
{
    yq_json_key(j, yq_dupz(a, yq_at(s->text, s->span[k].span)));
    yq_json_array(j);
    for (size_t i = k; i < s->n; i++)
        if (s->span[i].kind == s->span[k].kind && yq_eq(yq_at(s->text, s->span[i].span), yq_at(s->text, s->span[k].span)))
            write_place(j, s, s->span[i].span);
    yq_json_end_array(j);
}

static void write_labels(yq_json *j, const yq_tagger_set *set, const yq_tagger_sentence *s, yq_arena *a)
{
    for (uint32_t kind = 0; kind < set->kinds.n; kind++) {
        bool any = false;
        for (size_t k = 0; k < s->n; k++) {
            if (s->span[k].kind != kind || named_before(s, k)) continue;
            if (!any) yq_json_key(j, yq_dupz(a, set->kinds.v[kind])), yq_json_object(j);
            any = true;
            write_places(j, s, k, a);
        }
        if (any) yq_json_end_object(j);
    }
}

static void write_object(const yq_tagger_set *set, const yq_tagger_sentence *s, yq_arena *a, yq_buf *out)
{
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    yq_json_kv(&j, "text", s->text);
    yq_json_key(&j, "label");
    yq_json_object(&j);
    write_labels(&j, set, s, a);
    yq_json_end_object(&j);
    yq_json_end_object(&j);
    yq_buf_byte(out, '\n');
}

void yq_tagger_write(yq_arena *a, const yq_tagger_set *set, yq_tagger_form form, yq_buf *out)
{
    for (size_t i = 0; i < set->sentences.n; i++) {
        if (form == YQ_TAGGER_BMES) write_tagged(set, &set->sentences.v[i], out);
        else write_object(set, &set->sentences.v[i], a, out);
    }
}
