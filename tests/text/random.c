/* Twenty thousand small random inputs: nothing crashes, nothing is lost, and every promise of the face holds. The bytes are the same each time. */
#include "clean.h"

#include <stdlib.h>

static uint64_t state = 88172645463325252u;

static uint32_t random_below(uint32_t n) /* xorshift, Marsaglia 2003 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 20) % n);
}

static const char *const pieces[] = {
    "医", "學", "中國(guó)", "（yī）", "𠮷", "、", "。", "，", "“", "”", "「", "\n", "\n\n", "\r\n", " ", "　", "    ", "\t", "A", "fibril-\n", "CAR-T", "2.5",
    "．", "Ａ", "\xC2\xAD", "\xCC\x81", "e\xCC\x81", "\xE2\x80\x8B", "\xE2\xBC\x88", "(", ")", "?", "-", "•", "1.", "：", "臺", "著名", "é", "\xEF\xAC\x81", "…", ";",
    "Dr. ", "\x80", "\xE5", "\xB0\xA1", "\xFF", "\x01",
};

enum { BYTES, PIECES, KINDS };

static yq_str random_input(yq_buf *b, int kind)
{
    uint32_t n = random_below(kind == BYTES ? 60 : 40);
    b->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (kind == BYTES)
            yq_buf_byte(b, (char)(random_below(4) ? 0x80 + random_below(128) : 1 + random_below(127)));
        else
            yq_buf_put(b, yq_cstr(pieces[random_below(sizeof pieces / sizeof *pieces)]));
    }
    return yq_buf_str(b);
}

static bool maps_rise(const yq_map *map, size_t clean, size_t origin)
{
    size_t before = 0;
    for (size_t i = 0; i <= clean; i++) {
        size_t at = yq_map_origin(map, i);
        if (at < before || at > origin) return false;
        before = at;
    }
    return true;
}

static bool words_are_sound(yq_arena *a, yq_str text)
{
    yq_words words = { 0 };
    size_t at = 0;
    yq_cut(a, text, &words);
    for (size_t i = 0; i < words.n; i++) {
        if (words.v[i].span.from < at || words.v[i].span.to <= words.v[i].span.from) return false;
        at = words.v[i].span.to;
    }
    return at <= text.n;
}

static bool sentences_are_sound(yq_arena *a, yq_str text)
{
    yq_spans spans = { 0 };
    size_t at = 0;
    yq_sentences(a, text, (yq_span){ 0, (uint32_t)text.n }, &spans);
    for (size_t i = 0; i < spans.n; i++) {
        if (spans.v[i].from < at || spans.v[i].to <= spans.v[i].from || !yq_blank(yq_sub(text, at, spans.v[i].from))) return false;
        at = spans.v[i].to;
    }
    return yq_blank(yq_sub(text, at, text.n));
}

/* A second cleaning finds nothing left to do to lines that are paragraphs already. */
static bool ends_in_lines(yq_str clean)
{
    return clean.n == 0 || (clean.p[clean.n - 1] == '\n' && clean.p[0] != '\n' && !yq_has(clean, YQ_S("\n\n")));
}

static void try_text(yq_arena *a, yq_str text)
{
    for (int unwrap = 0; unwrap < 2; unwrap++) {
        yq_map map;
        yq_str clean = clean_text(a, text, unwrap, &map), plain = yq_simplify(a, clean);
        if (!yq_utf8_valid(clean, NULL)) CHECK("clean text is UTF-8", false);
        if (!keeps_han(text, clean)) CHECK("no Han character is lost", false);
        if (!map_is_exact(text, clean, &map)) CHECK("characters are where the map says", false);
        if (!maps_rise(&map, clean.n, text.n)) CHECK("the map rises and stays inside", false);
        if (!ends_in_lines(clean)) CHECK("lines are ended, none is empty", false);
        if (plain.n != clean.n) CHECK("simplifying keeps places", false);
        if (!words_are_sound(a, plain)) CHECK("words are in order", false);
        if (!sentences_are_sound(a, clean)) CHECK("sentences hold all but blanks", false);
        yq_fold(a, clean);
        yq_pinyin_full(a, yq_sub(clean, 0, 30));
        yq_pinyin_initials(a, yq_sub(clean, 0, 30));
        yq_lang_of(clean);
    }
}

static void decoded_text(yq_arena *a, yq_str bytes)
{
    static const char *const declared[] = { NULL, "gbk", "big5", "utf-8", "windows-1252" };
    yq_decoded d = { 0 };
    yq_err err = { 0 };
    yq_code rc = yq_decode(a, bytes, declared[random_below(5)], &d, &err);
    if (rc != YQ_OK) {
        if (rc != YQ_INVALID || !err.msg[0]) CHECK("refused with a reason", false);
        return;
    }
    if (!yq_utf8_valid(d.text, NULL)) CHECK("decoded text is UTF-8", false);
    if (yq_has(d.text, YQ_S("\r"))) CHECK("line ends are one", false);
    if (!maps_rise(&d.map, d.text.n, bytes.n)) CHECK("the map rises and stays inside", false);
    try_text(a, d.text);
}

int main(void)
{
    enum { ROUNDS = 10000 };
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    yq_buf b = { 0 };
    for (int kind = 0; kind < KINDS; kind++)
        for (int i = 0; i < ROUNDS; i++) {
            yq_str input = random_input(&b, kind);
            char *copy = malloc(input.n ? input.n : 1); /* so that a sanitizer sees reading beyond its end */
            if (input.n) memcpy(copy, input.p, input.n);
            decoded_text(a, (yq_str){ copy, input.n });
            if (yq_utf8_valid(input, NULL)) try_text(a, (yq_str){ copy, input.n });
            free(copy);
            yq_arena_clear(a);
        }
    CHECK("all rounds", true);
    yq_buf_free(&b);
    yq_arena_free(a);
    return check_done();
}
