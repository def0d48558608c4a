/* Files of marked sentences: what is read, what is written, and what is refused in which words. */
#include "check.h"
#include "tagger/tagger.h"

static yq_str text_of(const char *s)
{
    return yq_cstr(s);
}

static bool has_span(const yq_tagger_set *set, size_t sentence, size_t k, const char *kind, const char *mention)
{
    const yq_tagger_sentence *s = &set->sentences.v[sentence];
    return k < s->n && yq_eq(set->kinds.v[s->span[k].kind], text_of(kind)) && yq_eq(yq_at(s->text, s->span[k].span), text_of(mention));
}

static bool read_text(yq_arena *a, const char *text, yq_tagger_form form, bool marked, yq_tagger_set *set, yq_err *err)
{
    return yq_tagger_read(a, text_of(text), form, marked, set, err) == YQ_OK;
}

/* ---------------------------------------------------------------- good */

static void reads_bmes(yq_arena *a)
{
    yq_tagger_set set;
    yq_err err = { 0 };
    const char *text = "周 B-NAME\n岚 E-NAME\n说 O\n\n𠮷 S-NAME\n林 B-ORG\n医 M-ORG\n院 E-ORG\n  O\n\n";
    CHECK("tags", read_text(a, text, YQ_TAGGER_BMES, true, &set, &err) && set.sentences.n == 2 && set.kinds.n == 2);
    CHECK("a sentence is its characters", yq_eq(set.sentences.v[0].text, YQ_S("周岚说")));
    CHECK("a blank is a character", yq_eq(set.sentences.v[1].text, YQ_S("𠮷林医院 ")));
    CHECK("begin and end", set.sentences.v[0].n == 1 && has_span(&set, 0, 0, "NAME", "周岚"));
    CHECK("alone, and a span behind it", set.sentences.v[1].n == 2 && has_span(&set, 1, 0, "NAME", "𠮷") && has_span(&set, 1, 1, "ORG", "林医院"));
    CHECK("no empty line at the end, CR LF, byte order mark", read_text(a, "\xEF\xBB\xBF说 O\r\n\r\n岚 S-A", YQ_TAGGER_BMES, true, &set, &err) &&
                                                                 set.sentences.n == 2 && has_span(&set, 1, 0, "A", "岚"));
    CHECK("a sentence cut inside of a span ends it", read_text(a, "林 B-ORG\n医 M-ORG\n\n院 E-ORG\n的 O\n", YQ_TAGGER_BMES, true, &set, &err) &&
                                                          has_span(&set, 0, 0, "ORG", "林医") && has_span(&set, 1, 0, "ORG", "院"));
    CHECK("unmarked", read_text(a, "周\n \n岚\n\n说\n", YQ_TAGGER_BMES, false, &set, &err) && set.sentences.n == 2 && yq_eq(set.sentences.v[0].text, YQ_S("周 岚")));
}

static void reads_jsonl(yq_arena *a)
{
    yq_tagger_set set;
    yq_err err = { 0 };
    CHECK("labels", read_text(a, "{\"text\": \"周岚说\", \"label\": {\"name\": {\"周岚\": [[0, 1]]}}}\n\n{\"text\": \"无\", \"label\": {}}", YQ_TAGGER_JSONL, true, &set, &err) &&
                        set.sentences.n == 2 && has_span(&set, 0, 0, "name", "周岚") && set.sentences.v[1].n == 0);
    CHECK("places count characters, not bytes", read_text(a, "{\"text\": \"𠮷a岚\", \"label\": {\"n\": {\"岚\": [[2, 2]], \"𠮷\": [[0, 0]]}}}", YQ_TAGGER_JSONL, true, &set, &err) &&
                                                    set.sentences.v[0].n == 2 && has_span(&set, 0, 0, "n", "𠮷") && has_span(&set, 0, 1, "n", "岚"));
    CHECK("the inner of two nested spans is left out", read_text(a, "{\"text\": \"林医院长\", \"label\": {\"o\": {\"林医院\": [[0, 2]]}, \"p\": {\"林\": [[0, 0]], \"医院\": [[1, 2]]}}}",
                                                                 YQ_TAGGER_JSONL, true, &set, &err) &&
                                                           set.sentences.v[0].n == 1 && has_span(&set, 0, 0, "o", "林医院"));
    CHECK("unmarked: labels do not matter", read_text(a, "{\"text\": \"周\", \"label\": 5}\n{\"text\": \"\"}", YQ_TAGGER_JSONL, false, &set, &err) &&
                                                set.sentences.n == 2 && !set.kinds.n && !set.sentences.v[1].text.n);
}

static void writes_what_it_read(yq_arena *a)
{
    static const struct { const char *what, *text; yq_tagger_form form; } cases[] = {
        { "bmes", "周 B-NAME\n岚 E-NAME\n说 O\n\n𠮷 S-NAME\n林 B-ORG\n医 M-ORG\n院 E-ORG\n\n", YQ_TAGGER_BMES },
        { "jsonl", "{\"text\":\"周岚找周岚和\\\"林\\\"\",\"label\":{\"name\":{\"周岚\":[[0,1],[3,4]],\"林\":[[7,7]]}}}\n{\"text\":\"\",\"label\":{}}\n", YQ_TAGGER_JSONL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_tagger_set set;
        yq_buf out = { 0 };
        yq_err err = { 0 };
        CHECK(cases[i].what, read_text(a, cases[i].text, cases[i].form, true, &set, &err));
        yq_tagger_write(a, &set, cases[i].form, &out);
        CHECK(cases[i].what, yq_eq(yq_buf_str(&out), text_of(cases[i].text)));
        yq_buf_free(&out);
    }
}

static void knows_the_form(void)
{
    yq_tagger_form form;
    CHECK("bmes", yq_tagger_form_of("a/b.char.bmes", &form) && form == YQ_TAGGER_BMES);
    CHECK("jsonl", yq_tagger_form_of("b.jsonl", &form) && form == YQ_TAGGER_JSONL);
    CHECK("neither", !yq_tagger_form_of("b.json", &form));
}

/* ---------------------------------------------------------------- bad */

static const struct { const char *what; yq_tagger_form form; bool marked; const char *text, *line, *words; } bad[] = {
    { "an unknown tag", YQ_TAGGER_BMES, true, "周 O\n岚 X-NAME\n", "line 2", "none of O" },
    { "a tag without kind", YQ_TAGGER_BMES, true, "周 B-\n", "line 1", "none of O" },
    { "a line without tag", YQ_TAGGER_BMES, true, "周\n", "line 1", "a character, a space and a tag" },
    { "two characters", YQ_TAGGER_BMES, true, "周岚 O\n", "line 1", "not one character" },
    { "two characters to be tagged", YQ_TAGGER_BMES, false, "周\n\n岚 O\n", "line 3", "one character and nothing else" },
    { "O inside of a span", YQ_TAGGER_BMES, true, "周 B-N\n岚 O\n", "line 2", "has not ended" },
    { "a span inside of a span", YQ_TAGGER_BMES, true, "周 B-N\n岚 S-N\n", "line 2", "before the one above" },
    { "an end without beginning", YQ_TAGGER_BMES, true, "周 O\n岚 E-N\n", "line 2", "follows no B-" },
    { "an end of another kind", YQ_TAGGER_BMES, true, "周 B-N\n岚 E-M\n", "line 2", "follows no B-" },
    { "not UTF-8", YQ_TAGGER_BMES, true, "周 O\n\xD6\xDC O\n", "line 2", "not UTF-8" },
    { "broken JSON", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": {}}\n{\"text\": ", "line 2", "not JSON" },
    { "no text", YQ_TAGGER_JSONL, true, "{\"label\": {}}", "line 1", "\"text\"" },
    { "no label", YQ_TAGGER_JSONL, true, "{\"text\": \"周\"}", "line 1", "no label" },
    { "a list for a label", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": [1]}", "line 1", "no label" },
    { "a kind without mentions", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": {\"n\": 1}}", "line 1", "mention" },
    { "a place that is no pair", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": {\"n\": {\"周\": [[0]]}}}", "line 1", "[first character, last character]" },
    { "a place outside", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": {\"n\": {\"周\": [[0, 1]]}}}", "line 1", "outside" },
    { "a place below zero", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": {\"n\": {\"周\": [[-1, 0]]}}}", "line 1", "outside" },
    { "an end before its beginning", YQ_TAGGER_JSONL, true, "{\"text\": \"周岚\", \"label\": {\"n\": {\"周岚\": [[1, 0]]}}}", "line 1", "before it begins" },
    { "another mention", YQ_TAGGER_JSONL, true, "{\"text\": \"周岚\", \"label\": {\"n\": {\"周\": [[1, 1]]}}}", "line 1", "not what the text has" },
    { "crossing spans", YQ_TAGGER_JSONL, true, "{\"text\": \"周岚说\", \"label\": {\"n\": {\"周岚\": [[0, 1]], \"岚说\": [[1, 2]]}}}", "line 1", "cross" },
    { "two kinds of one span", YQ_TAGGER_JSONL, true, "{\"text\": \"周\", \"label\": {\"n\": {\"周\": [[0, 0]]}, \"m\": {\"周\": [[0, 0]]}}}", "line 1", "two kinds" },
    { "an empty file", YQ_TAGGER_JSONL, true, "", "", "no sentence" },
    { "empty lines only", YQ_TAGGER_BMES, true, "\n\n", "", "no sentence" },
};

static void refuses(yq_arena *a)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        yq_tagger_set set;
        yq_err err = { 0 };
        CHECK(bad[i].what, yq_tagger_read(a, text_of(bad[i].text), bad[i].form, bad[i].marked, &set, &err) == YQ_INVALID);
        CHECK(bad[i].what, yq_has(text_of(err.msg), text_of(bad[i].line)) && yq_has(text_of(err.msg), text_of(bad[i].words)));
    }
}

static void put_many(yq_buf *b, const char *line, size_t times)
{
    for (size_t i = 0; i < times; i++) yq_buf_put(b, text_of(line));
}

static void keeps_limits(yq_arena *a)
{
    yq_tagger_set set;
    yq_err err = { 0 };
    yq_buf b = { 0 };
    put_many(&b, "周 O\n", YQ_TAGGER_SENTENCE);
    CHECK("the longest sentence", yq_tagger_read(a, yq_buf_str(&b), YQ_TAGGER_BMES, true, &set, &err) == YQ_OK);
    put_many(&b, "周 O\n", 1);
    CHECK("a longer one", yq_tagger_read(a, yq_buf_str(&b), YQ_TAGGER_BMES, true, &set, &err) == YQ_INVALID && yq_has(text_of(err.msg), YQ_S("2000 characters")));
    yq_buf_free(&b);
    b = (yq_buf){ 0 };
    put_many(&b, "周 B-N\n", 1);
    put_many(&b, "周 M-N\n", YQ_TAGGER_SPAN - 1);
    CHECK("the longest span", yq_tagger_read(a, yq_buf_str(&b), YQ_TAGGER_BMES, true, &set, &err) == YQ_OK);
    put_many(&b, "周 M-N\n", 1);
    CHECK("a longer one", yq_tagger_read(a, yq_buf_str(&b), YQ_TAGGER_BMES, true, &set, &err) == YQ_INVALID && yq_has(text_of(err.msg), YQ_S("64 characters")));
    yq_buf_free(&b);
    b = (yq_buf){ 0 };
    for (int k = 0; k < YQ_TAGGER_KINDS; k++) yq_buf_printf(&b, "周 S-K%d\n", k);
    CHECK("as many kinds as a model holds", yq_tagger_read(a, yq_buf_str(&b), YQ_TAGGER_BMES, true, &set, &err) == YQ_OK && set.kinds.n == YQ_TAGGER_KINDS);
    put_many(&b, "周 S-MORE\n", 1);
    CHECK("one more", yq_tagger_read(a, yq_buf_str(&b), YQ_TAGGER_BMES, true, &set, &err) == YQ_INVALID && yq_has(text_of(err.msg), YQ_S("49th kind")));
    yq_buf_free(&b);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)256 << 20);
    reads_bmes(a);
    reads_jsonl(a);
    writes_what_it_read(a);
    knows_the_form();
    refuses(a);
    keeps_limits(a);
    yq_arena_free(a);
    return check_done();
}
