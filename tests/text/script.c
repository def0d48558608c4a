/* Simplification in place, folding, language. */
#include "check.h"
#include "text/text.h"

static yq_arena *arena;

static void simplifying(void)
{
    static const struct {
        const char *what, *in, *out;
    } rows[] = {
        { "Taiwan", "臺灣大學醫學院附設醫院", "台湾大学医学院附设医院" },
        { "Hong Kong", "香港中文大學醫學院裏", "香港中文大学医学院里" },
        { "one form, two meanings", "皇后與後勤，乾隆與乾燥", "皇后与后勤，乾隆与干燥" },
        { "著 by its words", "著名專家意味著", "著名专家意味着" },
        { "simplified characters beside them", "老么意味著學習", "老么意味着学习" },
        { "names", "鍾南山、葉醫生、餘先生", "钟南山、叶医生、余先生" },
        { "variants that have only a table", "峯會羣體", "峰会群体" },
        { "the only traditional character has two forms", "鍾情", "钟情" },
        { "regional variants", "產業、顔面、査驗、驗証", "产业、颜面、查验、验证" },
        { "ambiguous characters in simplified text", "著名的乾隆，慰藉", "著名的乾隆，慰藉" },
        { "Latin letters stay", "GE醫療CT、é", "GE医疗CT、é" },
        { "several paragraphs", "醫院\n医院\n學會", "医院\n医院\n学会" },
        { "characters of four bytes stay where they are", "𠮷先生與醫生", "𠮷先生与医生" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_str in = yq_cstr(rows[i].in), out = yq_simplify(arena, in);
        if (!CHECK(rows[i].what, yq_eq(out, yq_cstr(rows[i].out)))) fprintf(stderr, "  got: %.*s\n", YQ_FMT(out));
        CHECK(rows[i].what, out.n == in.n);
    }
    yq_str simple = YQ_S("北京协和医院神经内科");
    CHECK("nothing traditional, no copy", yq_simplify(arena, simple).p == simple.p);
    CHECK("empty", yq_simplify(arena, YQ_S("")).n == 0);
    yq_str cut = yq_simplify(arena, YQ_S("醫院\xE5\x8C"));
    CHECK("cut off inside of a character", yq_eq(cut, YQ_S("医院\xE5\x8C")));
}

/* Every character keeps its place and length, whatever stands around it. */
static void places_stay(void)
{
    yq_buf all = { 0 };
    for (uint32_t cp = 0x3400; cp < 0xA000; cp++) {
        char text[4];
        yq_buf_put(&all, (yq_str){ text, yq_utf8_put(cp, text) });
        if (cp % 50 == 0) yq_buf_put(&all, YQ_S("𠮷aé\n"));
    }
    yq_str in = yq_buf_str(&all), out = yq_simplify(arena, in);
    size_t at = 0, moved = 0;
    CHECK("the same length", in.n == out.n);
    while (at < in.n && at < out.n) {
        size_t other = at;
        yq_utf8_next(in, &at);
        yq_utf8_next(out, &other);
        moved += at != other;
    }
    CHECK("no character moves", moved == 0);
    CHECK("valid", yq_utf8_valid(out, NULL));
    yq_str again = yq_simplify(arena, out);
    size_t changed = 0;
    for (size_t i = 0; i < out.n; i++) changed += again.p[i] != out.p[i];
    CHECK("what is simple stays, but for the few that phrases decide", changed < 200);
    yq_buf_free(&all);
}

static void long_line(void)
{
    yq_buf b = { 0 };
    for (int i = 0; i < 20000; i++) yq_buf_put(&b, YQ_S("醫學創新聯盟"));
    yq_str in = yq_buf_str(&b), out = yq_simplify(arena, in);
    size_t wrong = 0;
    for (size_t at = 0; at < out.n; at += 18) wrong += !yq_eq(yq_sub(out, at, at + 18), YQ_S("医学创新联盟"));
    CHECK("a long line is simplified to its end", out.n == in.n && wrong == 0);
    yq_buf_free(&b);
}

static void folding(void)
{
    static const struct {
        const char *what, *in, *out;
    } rows[] = {
        { "script, case, spaces", "臺灣 GE Healthcare", "台湾gehealthcare" },
        { "width", "ＧＥ医疗（中国）", "ge医疗中国" },
        { "quotes and punctuation", "“夜航”卒中影像、CAR-T", "夜航卒中影像cart" },
        { "middle dots", "阿卜杜拉·买买提", "阿卜杜拉买买提" },
        { "other dots", "安妮卡・桑德尔•安", "安妮卡桑德尔安" },
        { "accents keep, case goes", "ÉCOLE Žižek ŁÓDŹ", "écoležižekłódź" },
        { "Greek", "ΑΒΓ-干扰素", "αβγ干扰素" },
        { "Roman numerals", "Ⅲ期 Ⅷ因子", "iii期viii因子" },
        { "empty", "", "" },
        { "only punctuation", "——…（）", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_str out = yq_fold(arena, yq_cstr(rows[i].in));
        if (!CHECK(rows[i].what, yq_eq(out, yq_cstr(rows[i].out)))) fprintf(stderr, "  got: %.*s\n", YQ_FMT(out));
    }
}

static void language(void)
{
    static const struct {
        const char *text;
        const char *lang;
    } rows[] = {
        { "澜州脑健康创新周在科学会堂开幕", "zh-Hans" },
        { "香港晴嶺醫院簽署合作備忘錄", "zh-Hant" },
        { "The centre will open in March.", "en" },
        { "GE医疗中国AVS产品部经理介绍CT新技术", "zh-Hans" },
        { "The Chinese University of Hong Kong 香港中文大學 announced a new laboratory for training in minimally invasive surgery on Monday.", "en" },
        { "创新联盟年会在澜州召开，来自全国的专家参加。 The annual meeting of the alliance was held in Lanzhou with experts from all over the country.", "mixed" },
        { "2025-09-12", "" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!CHECK(rows[i].text, strcmp(yq_lang_name(yq_lang_of(yq_cstr(rows[i].text))), rows[i].lang) == 0))
            fprintf(stderr, "  got: %s\n", yq_lang_name(yq_lang_of(yq_cstr(rows[i].text))));
    CHECK("no such language", strcmp(yq_lang_name((yq_lang)99), "") == 0);
}

int main(void)
{
    arena = yq_arena_new((size_t)256 << 20);
    simplifying();
    places_stay();
    long_line();
    folding();
    language();
    yq_arena_free(arena);
    return check_done();
}
