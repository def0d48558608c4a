/* Cuts a text into sentences. */
#include "text/internal.h"

static void add_sentence(yq_arena *a, yq_str text, size_t from, size_t to, yq_spans *out)
{
    yq_str s = yq_trim(yq_sub(text, from, to));
    if (s.n == 0) return;
    uint32_t at = (uint32_t)(s.p - text.p);
    *yq_push(a, out) = (yq_span){ at, at + (uint32_t)s.n };
}

static bool closes(uint32_t cp)
{
    return cp == 0x201D || cp == 0x2019 || cp == 0x300D || cp == 0x300F || cp == 0xFF09 || cp == ')' || cp == '"';
}

void yq_sentences(yq_arena *a, yq_str text, yq_span within, yq_spans *out)
{
    size_t from = within.from, at = within.from, end = within.to < text.n ? within.to : text.n;
    yq_str part = yq_sub(text, 0, end);
    while (at < end) {
        size_t start = at;
        uint32_t cp = yq_utf8_next(part, &at);
        bool ends = cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == '\n';
        if ((cp == '.' || cp == '!' || cp == '?') && at < end && part.p[at] == ' ') ends = at + 1 < end && part.p[at + 1] >= 'A' && part.p[at + 1] <= 'Z';
        if (!ends) continue;
        while (at < end) {
            size_t next = at;
            if (!closes(yq_utf8_next(part, &next))) break;
            at = next;
        }
        add_sentence(a, text, from, cp == '\n' ? start : at, out);
        from = at;
    }
    add_sentence(a, text, from, end, out);
}
