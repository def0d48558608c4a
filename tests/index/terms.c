/* How texts and questions are cut for the index. */
#include "check.h"
#include "index/internal.h"

static const struct { const char *word, *stem; } stems[] = {
    { "caresses", "caress" }, { "ponies", "poni" }, { "ties", "ti" }, { "cats", "cat" }, { "feed", "feed" }, { "agreed", "agre" },
    { "plastered", "plaster" }, { "bled", "bled" }, { "motoring", "motor" }, { "sing", "sing" }, { "conflated", "conflat" },
    { "troubled", "troubl" }, { "sized", "size" }, { "hopping", "hop" }, { "falling", "fall" }, { "hissing", "hiss" }, { "failing", "fail" },
    { "filing", "file" }, { "happy", "happi" }, { "sky", "sky" }, { "relational", "relat" }, { "conditional", "condit" },
    { "digitizer", "digit" }, { "radically", "radic" }, { "differently", "differ" }, { "vietnamization", "vietnam" },
    { "operator", "oper" }, { "feudalism", "feudal" }, { "decisiveness", "decis" }, { "hopefulness", "hope" }, { "formality", "formal" },
    { "sensitivity", "sensit" }, { "triplicate", "triplic" }, { "formative", "form" }, { "electrical", "electr" }, { "goodness", "good" },
    { "revival", "reviv" }, { "allowance", "allow" }, { "inference", "infer" }, { "adjustable", "adjust" }, { "replacement", "replac" },
    { "adoption", "adopt" }, { "communism", "commun" }, { "effective", "effect" }, { "probate", "probat" }, { "rate", "rate" },
    { "cease", "ceas" }, { "controll", "control" }, { "roll", "roll" }, { "cardiology", "cardiolog" }, { "is", "is" }, { "sses", "ss" },
};

static void test_stems(void)
{
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        char w[64];
        strcpy(w, stems[i].word);
        size_t n = yq_porter(w, strlen(w));
        CHECK(stems[i].word, n == strlen(stems[i].stem) && memcmp(w, stems[i].stem, n) == 0);
    }
}

/* " a b c " of the terms that a text gives. */
static const char *terms_of(yq_arena *a, const char *text, bool question)
{
    yq_terms terms = { 0 };
    yq_str all = YQ_S(" ");
    if (question) yq_query_terms(a, yq_cstr(text), false, &terms);
    else yq_index_terms(a, yq_cstr(text), &terms);
    for (size_t i = 0; i < terms.n; i++) all = yq_printf(a, "%.*s%.*s ", YQ_FMT(all), YQ_FMT(terms.v[i].text));
    return all.p;
}

static const struct { const char *what, *text, *has, *hasnot; } texts[] = {
    { "English words are stemmed", "Clinical trials", " trial ", " trials " },
    { "English stop words are left out", "the heart of it", " heart ", " the " },
    { "hyphenated capitals are joined", "PD-1 inhibitors", " pd1 ", NULL },
    { "the same without a hyphen", "PD1 inhibitors", " pd1 ", NULL },
    { "words with a hyphen also in parts", "robot-assisted surgery", " robot ", NULL },
    { "a number keeps its unit", "2.5mg daily", " 2.5mg ", NULL },
    { "and stands alone as well", "2.5mg daily", " 2.5 ", NULL },
    { "possessive", "the patient's view", " patient ", " s " },
    { "characters by pairs", "冠心病", " 冠心 ", NULL },
    { "and the whole word", "糖尿病", " 糖尿病 ", NULL },
    { "particles are left out", "心脏的手术", " 心脏 ", " 的 " },
    { "Latin inside Chinese", "使用CAR-T治疗", " cart ", NULL },
    { "empty", "", " ", NULL },
    { "only punctuation", "……！", " ", NULL },
};

static void test_texts(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        yq_arena *a = yq_arena_new(1 << 20);
        const char *all = terms_of(a, texts[i].text, false);
        CHECK(texts[i].what, strstr(all, texts[i].has) != NULL);
        CHECK(texts[i].what, !texts[i].hasnot || !strstr(all, texts[i].hasnot));
        yq_arena_free(a);
    }
}

/* Every term of a question without expansion occurs in the index of the same text. */
static void test_question_is_part_of_text(void)
{
    static const char *const all[] = { "肺结节历年CT散在不同医院，想找能自动对比的软件", "non-invasive PD-L1 tests in 3-year follow-up", "2.5mg/kg" };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        yq_arena *a = yq_arena_new(1 << 20);
        yq_terms q = { 0 };
        const char *text = terms_of(a, all[i], false);
        yq_query_terms(a, yq_cstr(all[i]), false, &q);
        for (size_t k = 0; k < q.n; k++)
            CHECK(all[i], strstr(text, yq_printf(a, " %.*s ", YQ_FMT(q.v[k].text)).p) != NULL);
        CHECK(all[i], q.n > 0);
        yq_arena_free(a);
    }
}

static void test_long_token(void)
{
    yq_arena *a = yq_arena_new(1 << 22);
    char *text = yq_alloc(a, 100001);
    yq_terms t = { 0 };
    memset(text, 'x', 100000);
    yq_index_terms(a, yq_cstr(text), &t);
    for (size_t i = 0; i < t.n; i++) CHECK("a long token is cut", t.v[i].text.n <= MAX_TERM);
    yq_arena_free(a);
}

int main(void)
{
    test_stems();
    test_texts();
    test_question_is_part_of_text();
    test_long_token();
    return check_done();
}
