/* Forms are found with their classes; Latin forms on word borders only; concepts by all their names. */
#include "check.h"
#include "text/lexicon.h"

#include <stdio.h>

static uint32_t bit(yq_lex_class class)
{
    return 1u << class;
}

/* Is there a form of the class with this length at the place? */
static bool found(yq_str text, size_t at, yq_lex_class class, uint32_t length)
{
    yq_lex_hit hits[64];
    size_t n = yq_lex_at(text, at, UINT32_MAX, hits, 64);
    for (size_t i = 0; i < n; i++)
        if (hits[i].class == class && hits[i].length == length) return true;
    return false;
}

static void at_a_place(void)
{
    static const struct {
        const char *what, *text;
        size_t at;
        yq_lex_class class;
        uint32_t length;
        bool there;
    } rows[] = {
        { "a place", "在北京市开会", 3, YQ_LEX_PLACES, 9, true },
        { "its short form", "在北京市开会", 3, YQ_LEX_PLACES, 6, true },
        { "not one byte later", "在北京市开会", 4, YQ_LEX_PLACES, 6, false },
        { "an ending", "医院院长", 0, YQ_LEX_ORG_ENDINGS, 6, true },
        { "a title", "医院院长", 6, YQ_LEX_TITLES, 6, true },
        { "a surname", "欧阳澈", 0, YQ_LEX_SURNAMES, 6, true },
        { "a word", "医院院长", 0, YQ_LEX_WORDS, 6, true },
        { "Latin in any case", "by PFIZER today", 3, YQ_LEX_ORGS, 6, true },
        { "Latin inside of a word", "xpfizer", 1, YQ_LEX_ORGS, 6, false },
        { "Latin that goes on", "pfizers", 0, YQ_LEX_ORGS, 6, false },
        { "Latin before Han", "辉瑞Pfizer中国", 6, YQ_LEX_ORGS, 6, true },
        { "both scripts", "由GE医疗提供", 3, YQ_LEX_ORGS, 8, true },
        { "a unit behind its number", "2.5mg一次", 3, YQ_LEX_UNITS, 2, true },
        { "a number does not begin inside of another", "12mg", 1, YQ_LEX_UNITS, 3, false },
        { "a form of a character before the common ones", "䶮", 0, YQ_LEX_WORDS, 3, false },
        { "a character of four bytes", "𠮷", 0, YQ_LEX_WORDS, 4, false },
        { "the end of the text", "医院", 6, YQ_LEX_WORDS, 6, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(rows[i].what, found(yq_cstr(rows[i].text), rows[i].at, rows[i].class, rows[i].length) == rows[i].there);
}

static void order_and_limits(void)
{
    yq_lex_hit hits[64];
    yq_str text = YQ_S("北京大学第三医院");
    size_t n = yq_lex_at(text, 0, UINT32_MAX, hits, 64), few = yq_lex_at(text, 0, UINT32_MAX, hits + 32, 2);
    CHECK("several forms", n > 2 && few == 2);
    for (size_t i = 1; i < n; i++) CHECK("shortest first", hits[i - 1].length <= hits[i].length);
    for (size_t cap = 0; cap <= n; cap++) {
        yq_lex_hit some[64] = { 0 };
        size_t got = yq_lex_at(text, 0, UINT32_MAX, some, cap);
        CHECK("the shortest when there is no room", got == cap && (cap == 0 || some[cap - 1].length == hits[cap - 1].length) && some[cap].length == 0);
    }
    n = yq_lex_at(text, 0, bit(YQ_LEX_PLACES), hits, 64);
    for (size_t i = 0; i < n; i++) CHECK("only the class that is wanted", hits[i].class == YQ_LEX_PLACES);
    CHECK("no class, no form", yq_lex_at(text, 0, 0, hits, 64) == 0);
}

static void longest_and_whole(void)
{
    yq_lex_hit hit = { 0 };
    yq_str value;
    CHECK("the longest", yq_lex_longest(YQ_S("副主任医师王海涛"), 0, YQ_LEX_TITLES, &hit) && hit.length == 15);
    CHECK("the longest word", yq_lex_longest(YQ_S("医院里"), 0, YQ_LEX_WORDS, &hit) && hit.length == 6);
    CHECK("none", !yq_lex_longest(YQ_S("王海涛"), 0, YQ_LEX_ORG_ENDINGS, &hit));
    CHECK("whole", yq_lex_is(YQ_S("院长"), YQ_LEX_TITLES, &value) && yq_eq(yq_lex_column(value, 0), YQ_S("post")));
    CHECK("whole, without asking for the value", yq_lex_is(YQ_S("pFIZER"), YQ_LEX_ORGS, NULL));
    CHECK("only a part", !yq_lex_is(YQ_S("院长室里"), YQ_LEX_TITLES, &value));
    CHECK("of another class", !yq_lex_is(YQ_S("院长"), YQ_LEX_PLACES, &value));
    CHECK("a word", yq_lex_is(YQ_S("医院"), YQ_LEX_WORDS, &value) && yq_lex_number(value, 0, 0) > 1000);
    CHECK("nothing", !yq_lex_is(YQ_S(""), YQ_LEX_WORDS, &value));
}

static void suffixes(void)
{
    static const struct {
        const char *what, *text;
        yq_lex_class class;
        uint32_t length; /* 0: none */
    } rows[] = {
        { "the longest ending", "云岭大学附属第一医院", YQ_LEX_ORG_ENDINGS, 18 },
        { "a short ending", "澜州市医院", YQ_LEX_ORG_ENDINGS, 6 },
        { "none", "澜州市", YQ_LEX_ORG_ENDINGS, 0 },
        { "Latin on a word border", "Lund University", YQ_LEX_ORG_ENDINGS_EN, 10 },
        { "Latin inside of a word", "Multiuniversity", YQ_LEX_ORG_ENDINGS_EN, 0 },
        { "a word", "住在医院", YQ_LEX_WORDS, 6 },
        { "empty", "", YQ_LEX_ORG_ENDINGS, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_lex_hit hit = { 0 };
        yq_str text = yq_cstr(rows[i].text);
        bool any = yq_lex_suffix(text, text.n, rows[i].class, &hit);
        if (!CHECK(rows[i].what, any == (rows[i].length > 0) && hit.length == rows[i].length)) fprintf(stderr, "  length %u\n", hit.length);
    }
    yq_lex_hit hit;
    CHECK("an end beyond the text", !yq_lex_suffix(YQ_S("医院"), 99, YQ_LEX_ORG_ENDINGS, &hit));
    CHECK("before the end", yq_lex_suffix(YQ_S("医院长"), 6, YQ_LEX_ORG_ENDINGS, &hit) && hit.length == 6);
}

static void columns(void)
{
    yq_str value = YQ_S("3\tpost\t\tx");
    CHECK("first", yq_eq(yq_lex_column(value, 0), YQ_S("3")));
    CHECK("empty", yq_lex_column(value, 2).n == 0);
    CHECK("last", yq_eq(yq_lex_column(value, 3), YQ_S("x")));
    CHECK("beyond", yq_lex_column(value, 4).n == 0);
    CHECK("number", yq_lex_number(value, 0, 7) == 3);
    CHECK("no number", yq_lex_number(value, 1, 7) == 7 && yq_lex_number(value, 9, 7) == 7);
}

static void concepts(void)
{
    yq_concept_hit hits[16];
    size_t n = yq_concepts_at(YQ_S("心内科主任"), 0, hits, 16);
    CHECK("a Chinese synonym", n > 0 && yq_eq(yq_concept_column(hits[n - 1].id, 0), YQ_S("心血管内科")) && hits[n - 1].length == 9);
    n = yq_concepts_at(YQ_S("Cardiology ward"), 0, hits, 16);
    CHECK("an English name in any case", n > 0 && yq_eq(yq_concept_column(hits[n - 1].id, 0), YQ_S("心血管内科")));
    CHECK("not inside of a word", yq_concepts_at(YQ_S("cardiologys"), 0, hits, 16) == 0);
    CHECK("what is broader", yq_eq(yq_concept_column(yq_concept_broader(hits[0].id), 0), YQ_S("心血管")));
    CHECK("nothing is broader", yq_concept_broader(0) == UINT32_MAX);
    const yq_near *near = NULL;
    bool looked_after = false, back = false;
    n = yq_concepts_at(YQ_S("心房颤动"), 0, hits, 16);
    size_t m = n ? yq_concept_near(hits[n - 1].id, &near) : 0;
    for (size_t i = 0; i < m; i++) looked_after |= near[i].relation == YQ_REL_SPECIALTY && !near[i].back;
    CHECK("the specialty that looks after it", looked_after);
    n = yq_concepts_at(YQ_S("胆囊结石"), 0, hits, 16);
    m = n ? yq_concept_near(hits[n - 1].id, &near) : 0;
    for (size_t i = 0; i < m; i++) back |= near[i].relation == YQ_REL_SIGN && near[i].back;
    CHECK("its signs", back);
    CHECK("nothing near beyond the last", yq_concept_near(UINT32_MAX, &near) == 0);
    n = yq_concepts_at(YQ_S("甲乳外科"), 0, hits, 16);
    CHECK("two concepts of one form, both marked", n == 2 && hits[0].ambiguous && hits[1].ambiguous && hits[0].id != hits[1].id);
    n = yq_concepts_at(YQ_S("ECMO team"), 0, hits, 16);
    CHECK("an abbreviation", n > 0);
    CHECK("not a word that is written like one", yq_concepts_at(YQ_S("his valve"), 0, hits, 16) == 0 && yq_concepts_at(YQ_S("His valve"), 0, hits, 16) == 0);
    CHECK("but the information system", yq_concepts_at(YQ_S("HIS valve"), 0, hits, 16) > 0);
    CHECK("lower case among Chinese", yq_concepts_at(YQ_S("谁会pfa消融"), 6, hits, 16) > 0);
    CHECK("no such concept", yq_concept_line(yq_concept_count()).n == 0 && yq_concept_broader(UINT32_MAX) == UINT32_MAX);
}

/* Each line of the concepts is found by its own first column, and each broader concept exists. */
static void every_concept(void)
{
    size_t lost = 0, dangling = 0;
    for (uint32_t id = 0; id < yq_concept_count(); id++) {
        yq_concept_hit hits[64];
        yq_str name = yq_concept_column(id, 0);
        size_t n = yq_concepts_at(name, 0, hits, 64), i = 0;
        while (i < n && !(hits[i].id == id && hits[i].length == name.n)) i++;
        lost += i == n;
        dangling += yq_concept_column(id, 6).n && yq_concept_broader(id) == UINT32_MAX;
    }
    CHECK("hundreds", yq_concept_count() > 300);
    CHECK("none is lost", lost == 0);
    CHECK("none hangs on nothing", dangling == 0);
}

/* Each line of a file is found with its value. Reads the file itself, so that the compiled lexicon and the sources cannot part. */
static void every_line(yq_lex_class class, const char *stem)
{
    char path[300], line[2000];
    size_t lines = 0, lost = 0;
    snprintf(path, sizeof path, "%s/%s.tsv", LEXICON_FOLDER, stem);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        yq_str rest = yq_cstr(line), form;
        rest.n -= rest.n && rest.p[rest.n - 1] == '\n';
        if (line[0] == '#' || rest.n == 0) continue;
        yq_split(&rest, '\t', &form);
        lines++;
        lost += !yq_lex_is(form, class, NULL);
    }
    if (f) fclose(f);
    if (!CHECK(stem, lines > 10 && lost == 0)) fprintf(stderr, "  %zu lines, %zu lost\n", lines, lost);
}

int main(void)
{
    at_a_place();
    order_and_limits();
    longest_and_whole();
    suffixes();
    columns();
    concepts();
    every_concept();
#define X(name, file) every_line(YQ_LEX_##name, file);
    YQ_LEX_CLASSES(X)
#undef X
    return check_done();
}
