/* Where sentences end, and where they do not. */
#include "check.h"
#include "text/text.h"

/* Expected sentences, parted by |. */
static const struct {
    const char *what, *text, *sentences;
} rows[] = {
    { "stops", "会议开始。谁来？好！完", "会议开始。|谁来？|好！|完" },
    { "lines", "标题\n正文第一句。第二句。\n", "标题|正文第一句。|第二句。" },
    { "empty", "", "" },
    { "only blanks", " \n\u3000\n", "" },
    { "several stops", "真的吗？！他问……然后走了。", "真的吗？！|他问……|然后走了。" },
    { "a speech of two sentences", "院长说：“先试。再推广。”随后散会。", "院长说：“先试。再推广。”|随后散会。" },
    { "corner brackets", "他說：「先試。再推廣。」會後散會。", "他說：「先試。再推廣。」|會後散會。" },
    { "a sentence goes on behind the quote", "他问“行吗？”，没人回答。", "他问“行吗？”，没人回答。" },
    { "brackets", "联盟（成立于2024年。以下同）开会。", "联盟（成立于2024年。以下同）开会。" },
    { "a quote that is never closed", "他说：“开始。\n下一段。第二句。", "他说：“开始。|下一段。|第二句。" },
    { "a semicolon ends a clause only", "一是试用；二是推广；三是评价。", "一是试用；二是推广；三是评价。" },
    { "Latin sentences", "The centre opened. It has 40 beds! Why? Nobody knows", "The centre opened.|It has 40 beds!|Why?|Nobody knows" },
    { "titles", "Dr. Chen met Prof. Wang and Mr. Li at the hospital. They signed.", "Dr. Chen met Prof. Wang and Mr. Li at the hospital.|They signed." },
    { "initials", "J. Smith and W.-H. Chen spoke.", "J. Smith and W.-H. Chen spoke." },
    { "et al.", "Chen et al. Showed this in No. 5 of the journal.", "Chen et al. Showed this in No. 5 of the journal." },
    { "a company goes on", "YuHeng Co., Ltd. signed. Norrvik Inc. signed too.", "YuHeng Co., Ltd. signed.|Norrvik Inc. signed too." },
    { "decimals and addresses", "It costs 2.5 million. See www.example.org for v1.2 of it.", "It costs 2.5 million.|See www.example.org for v1.2 of it." },
    { "a small letter goes on", "The trial (approx. one year) began.", "The trial (approx. one year) began." },
    { "a number of a list", "1. Introduction and welcome. 2. Signing", "1. Introduction and welcome.|2. Signing" },
    { "quotes in English", "\"We start.\" Ms Sandell said so. \"Good.\"", "\"We start.\"|Ms Sandell said so.|\"Good.\"" },
    { "both languages", "签约完成。The MoU was signed. 会后参观。", "签约完成。|The MoU was signed.|会后参观。" },
    { "a stop in the middle of Chinese digits", "增长2.5倍，达3.6亿元。", "增长2.5倍，达3.6亿元。" },
};

static yq_str joined(yq_arena *a, yq_str text, const yq_spans *s)
{
    yq_str out = YQ_S("");
    for (size_t i = 0; i < s->n; i++) out = yq_printf(a, "%.*s%s%.*s", YQ_FMT(out), i ? "|" : "", YQ_FMT(yq_at(text, s->v[i])));
    return out;
}

/* Spans are in order, trimmed, never empty, and hold all but white space. */
static bool is_sound(yq_str text, const yq_spans *s)
{
    size_t at = 0;
    for (size_t i = 0; i < s->n; i++) {
        yq_str part = yq_at(text, s->v[i]);
        if (s->v[i].from < at || part.n == 0 || yq_trim(part).n != part.n || !yq_blank(yq_sub(text, at, s->v[i].from))) return false;
        at = s->v[i].to;
    }
    return yq_blank(yq_sub(text, at, text.n));
}

static void within(yq_arena *a)
{
    yq_spans s = { 0 };
    yq_str text = YQ_S("甲。乙。丙。");
    yq_sentences(a, text, (yq_span){ 6, 12 }, &s);
    CHECK("only inside of the span", s.n == 1 && yq_eq(yq_at(text, s.v[0]), YQ_S("乙。")));
    yq_sentences(a, text, (yq_span){ 12, 99 }, &s);
    CHECK("a span beyond the end; spans are added", s.n == 2 && yq_eq(yq_at(text, s.v[1]), YQ_S("丙。")));
}

static void long_ones(yq_arena *a)
{
    yq_buf b = { 0 };
    yq_spans s = { 0 };
    for (int i = 0; i < 100; i++) yq_buf_put(&b, YQ_S("一是完成平台的建设和试用；"));
    yq_sentences(a, yq_buf_str(&b), (yq_span){ 0, (uint32_t)b.n }, &s);
    CHECK("a very long sentence is cut at semicolons", s.n > 5 && is_sound(yq_buf_str(&b), &s));
    b.n = 0;
    s.n = 0;
    for (int i = 0; i < 100000; i++) yq_buf_put(&b, YQ_S("“（"));
    yq_sentences(a, yq_buf_str(&b), (yq_span){ 0, (uint32_t)b.n }, &s);
    CHECK("nothing but opening marks", is_sound(yq_buf_str(&b), &s));
    b.n = 0;
    s.n = 0;
    yq_buf_put(&b, YQ_S("他说：“"));
    for (int i = 0; i < 1000; i++) yq_buf_put(&b, YQ_S("这一句在没有关上的引号里。"));
    yq_sentences(a, yq_buf_str(&b), (yq_span){ 0, (uint32_t)b.n }, &s);
    CHECK("an open quote does not swallow a page", s.n > 900 && is_sound(yq_buf_str(&b), &s));
    yq_buf_free(&b);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_spans s = { 0 };
        yq_str text = yq_cstr(rows[i].text);
        yq_sentences(a, text, (yq_span){ 0, (uint32_t)text.n }, &s);
        yq_str got = joined(a, text, &s);
        if (!CHECK(rows[i].what, yq_eq(got, yq_cstr(rows[i].sentences)))) fprintf(stderr, "  got: %.*s\n  not: %s\n", YQ_FMT(got), rows[i].sentences);
        CHECK(rows[i].what, is_sound(text, &s));
    }
    within(a);
    long_ones(a);
    yq_arena_free(a);
    return check_done();
}
