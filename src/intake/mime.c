/* Headers, parameters, encoded words and transfer encodings of mails; mime.h says what each is. Every loop moves on with each step, so that no input
 * costs more than its length. */
#include "intake/mime.h"

#include <stddef.h>
#include <strings.h>

enum { HEADER_BYTES = 16 << 10, WORD_BYTES = 2000, PARAMETER_PIECES = 100, BOUNDARY_BYTES = 200 };

bool yq_mime_is(yq_str s, const char *word)
{
    return s.n == strlen(word) && !strncasecmp(s.p, word, s.n);
}

static yq_str trimmed(yq_str s)
{
    while (s.n && strchr(" \t\r\n", s.p[0]) && s.p[0]) s.p++, s.n--;
    while (s.n && strchr(" \t\r\n", s.p[s.n - 1]) && s.p[s.n - 1]) s.n--;
    return s;
}

/* ---------------------------------------------------------------- headers */

static const struct { const char *name; size_t field; } kept[] = {
    { "Subject", offsetof(yq_entity_part, subject) },
    { "From", offsetof(yq_entity_part, from) },
    { "To", offsetof(yq_entity_part, to) },
    { "Cc", offsetof(yq_entity_part, cc) },
    { "Date", offsetof(yq_entity_part, date) },
    { "Content-Type", offsetof(yq_entity_part, type) },
    { "Content-Disposition", offsetof(yq_entity_part, disposition) },
    { "Content-Transfer-Encoding", offsetof(yq_entity_part, encoding) },
};

static yq_str line_from(yq_str s, size_t at)
{
    const char *end = memchr(s.p + at, '\n', s.n - at);
    return yq_sub(s, at, end ? (size_t)(end - s.p) + 1 : s.n);
}

/* A header's name; n == 0: the line is none. */
static yq_str name_of(yq_str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':') n++;
    return (yq_str){ line.p, n < line.n && line.p[n] == ':' ? n : 0 };
}

static bool continues(yq_str s, size_t at)
{
    return at < s.n && (s.p[at] == ' ' || s.p[at] == '\t') && !yq_blank(line_from(s, at));
}

static void keep(yq_entity_part *e, yq_str name, yq_str value)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        yq_str *field = (yq_str *)((char *)e + kept[i].field);
        if (yq_mime_is(name, kept[i].name) && !field->p) *field = trimmed(yq_sub(value, 0, HEADER_BYTES));
    }
}

yq_entity_part yq_mime_entity(yq_arena *a, yq_str bytes)
{
    yq_entity_part e = { 0 };
    size_t at = 0;
    (void)a;
    while (at < bytes.n) {
        yq_str line = line_from(bytes, at), name = name_of(line);
        size_t end = at + line.n;
        if (!name.n) {
            at += yq_blank(line) ? line.n : 0;
            break;
        }
        while (continues(bytes, end)) end += line_from(bytes, end).n;
        keep(&e, name, yq_sub(bytes, at + name.n + 1, end));
        e.headers++;
        at = end;
    }
    e.body = yq_sub(bytes, at, bytes.n);
    return e;
}

/* ---------------------------------------------------------------- transfer encodings */

static int base64_value(unsigned char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static yq_str from_base64(yq_arena *a, yq_str s)
{
    char *out = yq_alloc(a, s.n / 4 * 3 + 4);
    size_t n = 0;
    unsigned bits = 0, have = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        int v = base64_value((unsigned char)s.p[i]);
        if (v < 0) continue;
        bits = (bits << 6 | (unsigned)v) & 0xFFFFFF;
        have += 6;
        if (have >= 8) out[n++] = (char)(bits >> (have -= 8));
    }
    return (yq_str){ out, n };
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "=3D" or "%3D"; *at moves to its last byte. -1: none. */
static int escaped(yq_str s, size_t *at)
{
    int high = *at + 2 < s.n ? hex_value(s.p[*at + 1]) : -1, low = high >= 0 ? hex_value(s.p[*at + 2]) : -1;
    if (low < 0) return -1;
    *at += 2;
    return high << 4 | low;
}

/* Bytes of a soft line end behind "=": blanks and the end of the line; 0: none. */
static size_t soft_end(yq_str s, size_t at)
{
    size_t i = at;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r')) i++;
    return i < s.n && s.p[i] == '\n' ? i + 1 - at : i == s.n ? i - at + 1 : 0;
}

static yq_str from_quoted(yq_arena *a, yq_str s, char mark, bool words)
{
    char *out = yq_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        size_t soft = s.p[i] == mark && !words ? soft_end(s, i + 1) : 0;
        int byte = s.p[i] == mark && !soft ? escaped(s, &i) : -1;
        if (soft) i += soft;
        else if (byte >= 0) out[n++] = (char)byte;
        else out[n++] = words && s.p[i] == '_' && mark == '=' ? ' ' : s.p[i];
    }
    return (yq_str){ out, n };
}

yq_str yq_mime_bytes(yq_arena *a, const yq_entity_part *e)
{
    if (yq_mime_is(e->encoding, "base64")) return from_base64(a, e->body);
    if (yq_mime_is(e->encoding, "quoted-printable")) return from_quoted(a, e->body, '=', false);
    return e->body;
}

/* ---------------------------------------------------------------- words of headers */

static yq_str in_utf8(yq_arena *a, yq_str bytes, yq_str charset)
{
    yq_decoded d;
    if (!bytes.n || yq_decode(a, bytes, charset.n ? yq_dupz(a, charset) : NULL, &d, NULL)) return (yq_str){ 0 };
    return d.text;
}

typedef struct {
    yq_str charset, text;
    bool base64;
    size_t end; /* behind the word */
} encoded_word;

/* =?charset*language?B?text?= at `at`. */
static bool word_at(yq_str s, size_t at, encoded_word *w)
{
    if (at + 8 > s.n || s.p[at] != '=' || s.p[at + 1] != '?') return false;
    size_t first = yq_find(yq_sub(s, 0, at + 80), YQ_S("?"), at + 2);
    if (first == SIZE_MAX || first + 3 > s.n || s.p[first + 2] != '?' || !s.p[first + 1] || !strchr("bBqQ", s.p[first + 1])) return false;
    size_t end = yq_find(yq_sub(s, 0, first + WORD_BYTES), YQ_S("?="), first + 3);
    if (end == SIZE_MAX) return false;
    w->charset = yq_sub(s, at + 2, first);
    const char *star = memchr(w->charset.p, '*', w->charset.n);
    if (star) w->charset.n = (size_t)(star - w->charset.p);
    w->base64 = (s.p[first + 1] | 32) == 'b';
    w->text = yq_sub(s, first + 3, end);
    w->end = end + 2;
    return true;
}

/* Writers cut characters between words: neighbours of one charset are decoded together. */
static yq_str words_from(yq_arena *a, yq_str s, size_t *at)
{
    yq_str bytes = { 0 }, charset = { 0 };
    encoded_word w;
    for (size_t next = *at; word_at(s, next, &w);) {
        if (charset.p && !(w.charset.n == charset.n && !strncasecmp(w.charset.p, charset.p, charset.n))) break;
        yq_str more = w.base64 ? from_base64(a, w.text) : from_quoted(a, w.text, '=', true);
        bytes = yq_concat(a, bytes, more);
        charset = w.charset;
        *at = next = w.end;
        while (next < s.n && strchr(" \t\r\n", s.p[next]) && s.p[next]) next++;
    }
    return in_utf8(a, bytes, charset);
}

static void append(yq_arena *a, yq_text_builder *b, yq_str text)
{
    (void)a;
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        bool space = yq_is_space(yq_utf8_next(text, &i));
        char last = b->text.n ? b->text.v[b->text.n - 1] : ' ';
        if (!space) yq_text_insert(b, yq_sub(text, from, i), 0);
        else if (last != ' ') yq_text_insert(b, YQ_S(" "), 0);
    }
}

/* Between two encoded words white space means nothing (RFC 2047, 6.2). */
static size_t gap_between_words(yq_str s, size_t at)
{
    encoded_word w;
    size_t next = at;
    while (next < s.n && strchr(" \t\r\n", s.p[next]) && s.p[next]) next++;
    return next > at && word_at(s, next, &w) ? next : at;
}

yq_str yq_mime_text(yq_arena *a, yq_str s)
{
    yq_text_builder b = { .arena = a };
    yq_map map;
    for (size_t at = 0, from = 0; at <= s.n; at++) {
        encoded_word w;
        bool word = at < s.n && word_at(s, at, &w);
        if (!word && at < s.n) continue;
        if (at > from) append(a, &b, in_utf8(a, yq_sub(s, from, at), (yq_str){ 0 }));
        if (!word) break;
        append(a, &b, words_from(a, s, &at));
        at = from = gap_between_words(s, at);
        at--;
    }
    return yq_trim(yq_text_done(&b, &map));
}

/* ---------------------------------------------------------------- parameters */

yq_str yq_mime_type(yq_arena *a, const yq_entity_part *e)
{
    size_t n = 0;
    while (n < e->type.n && e->type.p[n] != ';' && (unsigned char)e->type.p[n] > ' ') n++;
    if (!n) return YQ_S("text/plain");
    char *out = yq_dupz(a, yq_sub(e->type, 0, n));
    for (size_t i = 0; i < n; i++)
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] |= 32;
    return (yq_str){ out, n };
}

/* The string whose opening quote stands at *at; *at moves to its closing one. */
static yq_str quoted_string(yq_arena *a, yq_str s, size_t *at)
{
    size_t from = *at + 1, end = from, n = 0;
    while (end < s.n && s.p[end] != '"') end += s.p[end] == '\\' ? 2 : 1;
    *at = end = end < s.n ? end : s.n;
    char *out = yq_alloc(a, end - from + 1);
    for (size_t i = from; i < end; i++) {
        if (s.p[i] == '\\' && i + 1 < end) i++;
        if (s.p[i] != '\r' && s.p[i] != '\n') out[n++] = s.p[i];
    }
    return (yq_str){ out, n };
}

/* One "; key=value" from *at on, quotes taken off. */
static bool next_parameter(yq_arena *a, yq_str s, size_t *at, yq_str *key, yq_str *value)
{
    while (*at < s.n && s.p[*at] != ';') *at += 1;
    if (*at >= s.n) return false;
    size_t from = ++*at;
    while (*at < s.n && s.p[*at] != '=' && s.p[*at] != ';') *at += 1;
    *key = trimmed(yq_sub(s, from, *at));
    *value = (yq_str){ 0 };
    if (*at >= s.n || s.p[*at] != '=') return true;
    for (*at += 1; *at < s.n && strchr(" \t\r\n", s.p[*at]) && s.p[*at]; *at += 1) continue;
    if (*at < s.n && s.p[*at] == '"') {
        *value = quoted_string(a, s, at);
        return true;
    }
    from = *at;
    while (*at < s.n && s.p[*at] != ';') *at += 1;
    *value = trimmed(yq_sub(s, from, *at));
    return true;
}

/* charset'language'text, percent-encoded (RFC 2231). */
static yq_str extended(yq_arena *a, yq_str s)
{
    size_t first = yq_find(s, YQ_S("'"), 0), second = first == SIZE_MAX ? SIZE_MAX : yq_find(s, YQ_S("'"), first + 1);
    if (second == SIZE_MAX) return in_utf8(a, from_quoted(a, s, '%', true), (yq_str){ 0 });
    return in_utf8(a, from_quoted(a, yq_sub(s, second + 1, s.n), '%', true), yq_sub(s, 0, first));
}

yq_str yq_mime_parameter(yq_arena *a, yq_str header, const char *name)
{
    size_t at = 0, n = strlen(name), pieces = 0;
    yq_str key, value, joined = { 0 };
    bool encoded = false;
    while (next_parameter(a, header, &at, &key, &value)) {
        if (key.n < n || strncasecmp(key.p, name, n)) continue;
        yq_str rest = yq_sub(key, n, key.n); /* "", "*", "*0", "*0*" */
        if (!rest.n && value.n) return yq_mime_text(a, value);
        if (rest.n && (rest.p[0] != '*' || pieces++ >= PARAMETER_PIECES)) continue;
        encoded |= rest.n && rest.p[rest.n - 1] == '*';
        joined = yq_concat(a, joined, value);
    }
    return encoded ? extended(a, joined) : yq_mime_text(a, joined);
}

/* ---------------------------------------------------------------- multiparts */

/* The next line "--boundary" from `from` on; *end: behind that line. SIZE_MAX: none. */
static size_t boundary_line(yq_str body, yq_str boundary, size_t from, size_t *end, bool *last)
{
    char mark[BOUNDARY_BYTES + 2] = "--";
    if (!boundary.n || boundary.n > BOUNDARY_BYTES) return SIZE_MAX;
    memcpy(mark + 2, boundary.p, boundary.n);
    yq_str needle = { mark, boundary.n + 2 };
    for (size_t at = yq_find(body, needle, from); at != SIZE_MAX; at = yq_find(body, needle, at + 1)) {
        if (at && body.p[at - 1] != '\n') continue;
        yq_str rest = yq_sub(line_from(body, at), needle.n, body.n);
        *last = yq_starts(rest, YQ_S("--"));
        if (!yq_blank(*last ? yq_sub(rest, 2, rest.n) : rest)) continue; /* a longer boundary that begins like this one */
        *end = at + line_from(body, at).n;
        return at;
    }
    return SIZE_MAX;
}

bool yq_mime_next(yq_str body, yq_str boundary, size_t *at, yq_str *entity)
{
    size_t end, behind;
    bool last = false;
    if (*at >= body.n) return false;
    size_t begin = boundary_line(body, boundary, *at, &end, &last);
    if (begin == SIZE_MAX || last) return *at = body.n, false;
    size_t next = boundary_line(body, boundary, end, &behind, &last);
    *at = next == SIZE_MAX ? body.n : next;
    size_t to = *at;
    if (next != SIZE_MAX && to > end) to -= to >= end + 2 && body.p[to - 2] == '\r' ? 2 : 1; /* the line end belongs to the boundary */
    *entity = yq_sub(body, end, to);
    return true;
}
