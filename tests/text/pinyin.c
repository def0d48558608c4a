/* Readings of characters and of names. */
#include "check.h"
#include "text/text.h"

static void readings(void)
{
    static const struct {
        uint32_t cp;
        const char *first;
    } rows[] = { { U'雄', "xiong" }, { U'醫', "yi" }, { U'医', "yi" }, { U'女', "nv" }, { U'䶮', "yan" }, { U'一', "yi" } };
    const char *out[8];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(rows[i].first, yq_pinyin(rows[i].cp, out, 8) > 0 && strcmp(out[0], rows[i].first) == 0);
    CHECK("no reading of a letter", yq_pinyin('a', out, 8) == 0);
    CHECK("no reading of an emoji", yq_pinyin(0x1F600, out, 8) == 0);
    CHECK("at most cap", yq_pinyin(U'行', out, 1) == 1);
    CHECK("several", yq_pinyin(U'行', out, 8) > 1);
}

static void names(void)
{
    static const struct {
        const char *name, *full, *initials;
    } rows[] = {
        { "何晓顺", "hexiaoshun", "hxs" },
        { "鍾南山", "zhongnanshan", "zns" },
        { "单霁翔", "shanjixiang", "sjx" },
        { "曾益新", "zengyixin", "zyx" },
        { "仇保兴", "qiubaoxing", "qbx" },
        { "尉迟恭", "yuchigong", "ycg" },
        { "欧阳澈", "ouyangche", "oyc" },
        { "单", "dan", "d" },
        { "John Smith", "johnsmith", "johnsmith" },
        { "GE医疗", "geyiliao", "geyl" },
        { "", "", "" },
    };
    yq_arena *a = yq_arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_str full = yq_pinyin_full(a, yq_cstr(rows[i].name)), initials = yq_pinyin_initials(a, yq_cstr(rows[i].name));
        if (!CHECK(rows[i].name, yq_eq(full, yq_cstr(rows[i].full)))) fprintf(stderr, "  got: %.*s\n", YQ_FMT(full));
        if (!CHECK(rows[i].name, yq_eq(initials, yq_cstr(rows[i].initials)))) fprintf(stderr, "  got: %.*s\n", YQ_FMT(initials));
    }
    yq_arena_free(a);
}

int main(void)
{
    readings();
    names();
    return check_done();
}
