/* Bytes in any encoding become UTF-8 with exact maps, or are refused with a reason. */
#include "check.h"
#include "text/text.h"

#include <iconv.h>

static yq_arena *arena;

static yq_str encode(const char *to, yq_str text)
{
    iconv_t cd = iconv_open(to, "UTF-8");
    char *in = (char *)text.p, *out = yq_alloc(arena, text.n * 4 + 8), *start = out;
    size_t left = text.n, room = text.n * 4 + 8;
    if (cd == (iconv_t)-1 || iconv(cd, &in, &left, &out, &room) == (size_t)-1) return CHECK("the test's own encoding", false), YQ_S("");
    iconv(cd, NULL, NULL, &out, &room);
    iconv_close(cd);
    return (yq_str){ start, (size_t)(out - start) };
}

/* Every character of the text is found at the bytes that encode what stands before it. */
static bool map_is_exact(const char *encoding, size_t mark, const yq_decoded *d)
{
    for (size_t at = 0; at < d->text.n;) {
        size_t from = at;
        uint32_t cp = yq_utf8_next(d->text, &at);
        if (cp == 0x304 || cp == 0x30C) continue; /* the second half of what HKSCS has as one */
        if (yq_map_origin(&d->map, from) != mark + encode(encoding, yq_sub(d->text, 0, from)).n) return false;
    }
    return true;
}

static void round_trips(void)
{
    static const struct {
        const char *what, *text, *encoding, *detected;
    } cases[] = {
        { "ASCII", "Opening remarks", "UTF-8", "UTF-8" },
        { "UTF-8", "澜州脑健康创新周", "UTF-8", "UTF-8" },
        { "GB18030", "澜州脑健康创新周在科学会堂开幕。", "GB18030", "GB18030" },
        { "GBK with Latin letters", "GE医疗CT产品部AVS经理3人", "GBK", "GB18030" },
        { "four bytes of GB18030", "患者𠮷先生，嵌入ǹ与€", "GB18030", "GB18030" },
        { "traditional characters in GBK", "中國研究型醫院學會會長", "GBK", "GB18030" },
        { "Big5", "香港晴嶺醫院簽署聽覺復康合作備忘錄", "BIG5", "Big5" },
        { "Big5-HKSCS", "喺香港嘅醫院睇醫生，唔該", "BIG5-HKSCS", "Big5" },
        { "two characters from one code of HKSCS", "醫院的學會Ê̄ê̌與醫生", "BIG5-HKSCS", "Big5" },
        { "short GB18030", "心内科", "GB18030", "GB18030" },
        { "short Big5", "心臟科", "BIG5", "Big5" },
        { "one word of GB18030", "医院", "GB18030", "GB18030" },
        { "short Western in UTF-8", "caf\u00e9", "UTF-8", "UTF-8" },
        { "Russian in UTF-8", "\u041f\u0440\u0438\u0432\u0435\u0442", "UTF-8", "UTF-8" },
        { "Western", "Jos\u00e9 M\u00fcller, Universit\u00e4t Z\u00fcrich \u2013 \u201ccardiology\u201d", "WINDOWS-1252", "windows-1252" },
        { "Western with one accent", "The caf\u00e9 was closed on Monday.", "WINDOWS-1252", "windows-1252" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_decoded d = { 0 };
        yq_err err = { 0 };
        yq_str bytes = encode(cases[i].encoding, yq_cstr(cases[i].text));
        if (!CHECK(cases[i].what, yq_decode(arena, bytes, NULL, &d, &err) == YQ_OK)) {
            fprintf(stderr, "  %s\n", err.msg);
            continue;
        }
        if (!CHECK(cases[i].what, strcmp(d.encoding, cases[i].detected) == 0)) fprintf(stderr, "  %s\n", d.encoding);
        CHECK(cases[i].what, yq_eq(d.text, yq_cstr(cases[i].text)));
        CHECK(cases[i].what, map_is_exact(cases[i].encoding, 0, &d));
    }
}

static void marks(void)
{
    static const struct {
        const char *what, *mark, *encoding, *detected;
        size_t n;
    } cases[] = {
        { "UTF-8 with a mark", "\xEF\xBB\xBF", "UTF-8", "UTF-8", 3 },
        { "UTF-16, little end first", "\xFF\xFE", "UTF-16LE", "UTF-16LE", 2 },
        { "UTF-16, big end first", "\xFE\xFF", "UTF-16BE", "UTF-16BE", 2 },
        { "UTF-16 without a mark", "", "UTF-16LE", "UTF-16LE", 0 },
        { "UTF-16, big end first, without a mark", "", "UTF-16BE", "UTF-16BE", 0 },
    };
    yq_str text = YQ_S("医学 innovation 𠮷\n创新联盟 2025");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_decoded d = { 0 };
        yq_str bytes = yq_concat(arena, (yq_str){ cases[i].mark, cases[i].n }, encode(cases[i].encoding, text));
        CHECK(cases[i].what, yq_decode(arena, bytes, NULL, &d, NULL) == YQ_OK && strcmp(d.encoding, cases[i].detected) == 0);
        CHECK(cases[i].what, yq_eq(d.text, text) && map_is_exact(cases[i].encoding, cases[i].n, &d));
    }
}

static void declared(void)
{
    static const struct {
        const char *what, *text, *encoding, *declared, *detected;
    } cases[] = {
        { "believed", "临床", "GB18030", "gb2312", "GB18030" },
        { "upper case", "心臟", "BIG5", "Big5", "Big5" },
        { "a lie about UTF-8", "澜州脑健康创新周", "UTF-8", "gb2312", "UTF-8" },
        { "a lie about GB18030", "澜州脑健康创新周在科学会堂开幕", "GB18030", "utf-8", "GB18030" },
        { "a lie about Big5", "香港晴嶺醫院簽署聽覺復康合作備忘錄", "BIG5", "gbk", "Big5" },
        { "no such encoding", "澜州脑健康创新周", "GB18030", "klingon", "GB18030" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_decoded d = { 0 };
        yq_str bytes = encode(cases[i].encoding, yq_cstr(cases[i].text));
        CHECK(cases[i].what, yq_decode(arena, bytes, cases[i].declared, &d, NULL) == YQ_OK && strcmp(d.encoding, cases[i].detected) == 0);
        CHECK(cases[i].what, yq_eq(d.text, yq_cstr(cases[i].text)));
    }
}

static void damaged(void)
{
    static const struct {
        const char *what, *bytes, *text;
    } cases[] = {
        { "UTF-8 with one broken character", "澜州脑健康创新周在科\xE5\xAD会堂开幕，三百人参加", "澜州脑健康创新周在科\uFFFD会堂开幕，三百人参加" },
        { "UTF-8 cut off at its end", "澜州脑健康创新周\xE5\x8C", "澜州脑健康创新周\uFFFD" },
        { "GB18030 cut off at its end", "\xD2\xBD\xD1\xA7\xB4\xB4\xD0\xC2\xC1\xAA\xC3\xCB\xB4", "医学创新联盟\uFFFD" },
        { "line ends", "一\r\n二\r三\n", "一\n二\n三\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_decoded d = { 0 };
        CHECK(cases[i].what, yq_decode(arena, yq_cstr(cases[i].bytes), NULL, &d, NULL) == YQ_OK);
        CHECK(cases[i].what, yq_eq(d.text, yq_cstr(cases[i].text)));
    }
    yq_decoded d = { 0 };
    yq_decode(arena, YQ_S("一\r\n二\r\n三"), NULL, &d, NULL);
    CHECK("behind line ends of two bytes", yq_map_origin(&d.map, 8) == 10);
}

static void refused(void)
{
    static const struct {
        const char *what, *bytes;
        size_t n;
        const char *says;
    } cases[] = {
        { "empty", "", 0, "the file is empty" },
        { "only a mark", "\xEF\xBB\xBF", 3, "the file is empty" },
        { "only blanks", " \n\t\n", 4, "the file is empty" },
        { "a picture", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0", 18, "the file is not text: it holds NUL bytes" },
        { "control characters", "abc\x01\x02\x03\x04" "def", 10, "the file is not text: it is full of control characters" },
        { "random bytes", "\x9F\xE1\x83\xC5\xF9\x8A\xB7\xDC\xFB\x95\xE8\x91\xFD\xA9\x87\xEE\xC9\xFA\x99\xD5\xE3\x8C\xF0\xB6", 24, "the text is in no encoding known here" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_decoded d = { 0 };
        yq_err err = { 0 };
        CHECK(cases[i].what, yq_decode(arena, (yq_str){ cases[i].bytes, cases[i].n }, NULL, &d, &err) == YQ_INVALID);
        if (!CHECK(cases[i].what, yq_starts(yq_cstr(err.msg), yq_cstr(cases[i].says)))) fprintf(stderr, "  %s\n", err.msg);
    }
}

/* Longer than what is converted at once, with characters of two bytes across every border. */
static void long_text(void)
{
    yq_buf b = { 0 };
    yq_decoded d = { 0 };
    yq_buf_byte(&b, 'x');
    for (int i = 0; i < 20000; i++) yq_buf_put(&b, YQ_S("医学创新联盟，"));
    CHECK("decoded", yq_decode(arena, encode("GB18030", yq_buf_str(&b)), NULL, &d, NULL) == YQ_OK);
    CHECK("the same text", yq_eq(d.text, yq_buf_str(&b)));
    CHECK("in two runs", d.map.n <= 3 && yq_map_origin(&d.map, d.text.n - 3) == 1 + 20000 * 14 - 2);
    yq_buf_free(&b);
}

int main(void)
{
    arena = yq_arena_new((size_t)512 << 20);
    round_trips();
    marks();
    declared();
    damaged();
    refused();
    long_text();
    yq_arena_free(arena);
    return check_done();
}
