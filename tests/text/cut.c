/* Words by the most probable way, Latin words whole. */
#include "check.h"
#include "text/text.h"

static const struct {
    const char *what, *text, *words;
} rows[] = {
    { "plain words", "上海瑞金医院神经内科主任", "上海|瑞金医院|神经内科|主任" },
    { "the more probable of two ways", "研究生命的起源", "研究|生命|的|起源" },
    { "unknown characters one by one", "䶮𠮷说", "䶮|𠮷|说" },
    { "a number before a word", "IL-6升高", "IL-6|升高" },
    { "names of therapies and targets", "CAR-T、PD-1和p53", "CAR-T|PD-1|和|p53" },
    { "numbers with units", "2.5mg，3,000例，95%", "2.5mg|3|000|例|95" },
    { "ends of Latin words", "the end. A/B AT&T don't 3+", "the|end|A/B|AT&T|don't|3" },
    { "accents and Greek", "Müller的β受体", "Müller|的|β|受体" },
    { "punctuation is left out", "“医学”，（创新）。", "医学|创新" },
    { "empty", "", "" },
    { "only punctuation", "……—— ", "" },
};

static yq_str joined(yq_arena *a, yq_str text, const yq_words *w)
{
    yq_str out = YQ_S("");
    for (size_t i = 0; i < w->n; i++) out = yq_printf(a, "%.*s%s%.*s", YQ_FMT(out), i ? "|" : "", YQ_FMT(yq_at(text, w->v[i].span)));
    return out;
}

/* A run of Han longer than what is cut at once loses nothing. */
static void long_run(yq_arena *a)
{
    yq_buf b = { 0 };
    yq_words w = { 0 };
    for (int i = 0; i < 5000; i++) yq_buf_put(&b, YQ_S("医院"));
    yq_cut(a, yq_buf_str(&b), &w);
    size_t bytes = 0, whole = 0;
    for (size_t i = 0; i < w.n; i++) {
        bytes += w.v[i].span.to - w.v[i].span.from;
        whole += w.v[i].span.to - w.v[i].span.from == 6;
    }
    CHECK("all bytes", bytes == b.n);
    CHECK("nearly all words whole", whole > 4990);
    yq_buf_free(&b);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_words w = { 0 };
        yq_str text = yq_cstr(rows[i].text);
        yq_cut(a, text, &w);
        yq_str got = joined(a, text, &w);
        if (!CHECK(rows[i].what, yq_eq(got, yq_cstr(rows[i].words)))) fprintf(stderr, "  got: %.*s\n  not: %s\n", YQ_FMT(got), rows[i].words);
        for (size_t k = 0; k < w.n; k++) {
            size_t at = w.v[k].span.from;
            CHECK(rows[i].what, w.v[k].han == yq_is_han(yq_utf8_next(text, &at)));
        }
    }
    long_run(a);
    yq_arena_free(a);
    return check_done();
}
