/* Growable bytes and the JSON writer. */
#include "base/base.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void yq_buf_free(yq_buf *b)
{
    free(b->p);
    *b = (yq_buf){ 0 };
}

static bool reserve(yq_buf *b, size_t more)
{
    if (b->failed || more > SIZE_MAX / 2 - b->n) return b->failed = true, false;
    if (b->n + more <= b->cap) return true;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->n + more) cap *= 2;
    char *p = realloc(b->p, cap);
    if (!p) return b->failed = true, false;
    b->p = p;
    b->cap = cap;
    return true;
}

void yq_buf_put(yq_buf *b, yq_str s)
{
    if (s.n == 0 || !reserve(b, s.n)) return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void yq_buf_byte(yq_buf *b, char c)
{
    if (reserve(b, 1)) b->p[b->n++] = c;
}

void yq_buf_printf(yq_buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n > 0 && reserve(b, (size_t)n + 1)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

yq_str yq_buf_str(const yq_buf *b)
{
    return (yq_str){ b->p ? b->p : "", b->n };
}

/* ---------------------------------------------------------------- JSON */

yq_json yq_json_to(yq_buf *out)
{
    return (yq_json){ .out = out, .first = { true } };
}

/* The comma before a value, unless a key or nothing stands before it. */
static void separate(yq_json *j)
{
    if (j->keyed) {
        j->keyed = false;
        return;
    }
    if (!j->first[j->depth] && j->depth) yq_buf_byte(j->out, ',');
    j->first[j->depth] = false;
}

static void open_level(yq_json *j, char c)
{
    separate(j);
    yq_buf_byte(j->out, c);
    if (j->depth + 1 >= sizeof j->first) {
        j->out->failed = true;
        return;
    }
    j->first[++j->depth] = true;
}

static void close_level(yq_json *j, char c)
{
    yq_buf_byte(j->out, c);
    if (j->depth) j->depth--;
}

void yq_json_object(yq_json *j)
{
    open_level(j, '{');
}

void yq_json_array(yq_json *j)
{
    open_level(j, '[');
}

void yq_json_end_object(yq_json *j)
{
    close_level(j, '}');
}

void yq_json_end_array(yq_json *j)
{
    close_level(j, ']');
}

static void escaped(yq_buf *b, yq_str s)
{
    static const char names[] = "btn\0fr"; /* \b \t \n (none) \f \r */
    yq_buf_byte(b, '"');
    size_t plain = 0;
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        uint32_t cp = yq_utf8_next(s, &i);
        bool bad = cp == YQ_BAD_CHAR && i - start == 1;
        if (cp >= 0x20 && cp != '"' && cp != '\\' && !bad) continue;
        yq_buf_put(b, yq_sub(s, plain, start));
        plain = i;
        if (bad) yq_buf_put(b, YQ_S("\xEF\xBF\xBD"));
        else if (cp >= 0x20) yq_buf_byte(b, '\\'), yq_buf_byte(b, (char)cp);
        else if (cp >= 8 && cp <= 13 && cp != 11) yq_buf_byte(b, '\\'), yq_buf_byte(b, names[cp - 8]);
        else yq_buf_printf(b, "\\u%04x", (unsigned)cp);
    }
    yq_buf_put(b, yq_sub(s, plain, s.n));
    yq_buf_byte(b, '"');
}

void yq_json_key(yq_json *j, const char *key)
{
    separate(j);
    escaped(j->out, yq_cstr(key));
    yq_buf_byte(j->out, ':');
    j->keyed = true;
}

void yq_json_str(yq_json *j, yq_str s)
{
    separate(j);
    escaped(j->out, s);
}

/* Writes v in decimal, with at least `least` digits. */
static void put_digits(yq_buf *b, uint64_t v, size_t least)
{
    char text[24];
    size_t at = sizeof text;
    for (; v || least; v /= 10, least -= least > 0) text[--at] = (char)('0' + v % 10);
    yq_buf_put(b, (yq_str){ text + at, sizeof text - at });
}

void yq_json_int(yq_json *j, int64_t v)
{
    separate(j);
    if (v < 0) yq_buf_byte(j->out, '-');
    put_digits(j->out, v < 0 ? -(uint64_t)v : (uint64_t)v, 1);
}

/* What has three decimals at most, as nearly all numbers here; false: it has not. */
static bool put_plain(yq_buf *b, double v)
{
    const double most = 1e5;
    if (!(v > 0 && v < most)) return false;
    uint64_t thousandths = (uint64_t)(v * 1000 + 0.5);
    if ((double)thousandths / 1000 != v) return false;
    put_digits(b, thousandths / 1000, 1);
    unsigned rest = (unsigned)(thousandths % 1000), digits = 3;
    if (!rest) return true;
    for (; rest % 10 == 0; rest /= 10) digits--;
    yq_buf_byte(b, '.');
    put_digits(b, rest, digits);
    return true;
}

void yq_json_real(yq_json *j, double v)
{
    separate(j);
    if (!isfinite(v)) {
        yq_buf_put(j->out, YQ_S("null"));
        return;
    }
    if (put_plain(j->out, v)) return;
    char text[40];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v) break;
    }
    yq_buf_put(j->out, yq_cstr(text));
}

void yq_json_bool(yq_json *j, bool v)
{
    separate(j);
    yq_buf_put(j->out, v ? YQ_S("true") : YQ_S("false"));
}

void yq_json_null(yq_json *j)
{
    separate(j);
    yq_buf_put(j->out, YQ_S("null"));
}

void yq_json_kv(yq_json *j, const char *key, yq_str s)
{
    yq_json_key(j, key);
    yq_json_str(j, s);
}

void yq_json_ki(yq_json *j, const char *key, int64_t v)
{
    yq_json_key(j, key);
    yq_json_int(j, v);
}

void yq_json_kr(yq_json *j, const char *key, double v)
{
    yq_json_key(j, key);
    yq_json_real(j, v);
}

void yq_json_kb(yq_json *j, const char *key, bool v)
{
    yq_json_key(j, key);
    yq_json_bool(j, v);
}

void yq_json_span(yq_json *j, const char *key, yq_span span)
{
    if (key) yq_json_key(j, key);
    yq_json_array(j);
    yq_json_int(j, span.from);
    yq_json_int(j, span.to);
    yq_json_end_array(j);
}
