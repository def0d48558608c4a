/* Text that nobody wrote: pieces of sentences in any order, cut anywhere, with marks and odd characters between. Extraction must end, keep
 * its spans inside the text, give valid JSON positions and the same result twice. The sequence is fixed by its seed, so a failure
 * repeats. */
#include "../check.h"
#include "extract/extract.h"

static const char *const pieces[] = {
    "澜州市中心医院", "院长", "副院长", "周岚", "表示，", "、", "和", "的", "“", "”", "《", "》", "（", "）", "(", ")", "\n", "\t", "。", "：", "；", "1988级校友", "2025年6月6日", "昨（28）日",
    "200多位", "12.5%", "第一附属医院", "附属", "一附院", "有限公司", "屿衡医疗科技（澜州）", "云岭省卫生健康委员会", "党委常委", "医学部", "主任", "教授", "中国工程院院士", "·", "安妮卡·桑德尔",
    "Dr ", "Annika Sandell", ", MD, PhD, ", "Professor ", "Chief Executive Officer", " of ", " the ", "First Affiliated Hospital", " and ", "Co., Ltd.", "Yunling University", "&", " Norrvik Cardio AB ",
    "任", "为", "获聘为", "聘请", "围绕", "分别", "签署", "合作协议", "以《", "》为题", "主办", "承办", "联系人：", "—", "……", "\xF0\xA0\x80\x80", "\xEF\xBF\xBD", "a", "Z", "9", " ", "  ", "\"", "'",
    "* ", "- ", "/", "经历", "现职", "工程师", "，", ",", "该院", "本报记者", "省", "市", "县医院", "缺乏", "瓶颈", "系统", "机器人", "万元", "韩　霁", "\xE3\x80\x80",
};

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t next_random(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) % below);
}

static void make_text(yq_buf *b, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        yq_str piece = yq_cstr(pieces[next_random(sizeof pieces / sizeof *pieces)]);
        if (next_random(8) == 0) { /* a part of it, cut between characters */
            size_t at = 0, stop = next_random((uint32_t)piece.n) + 1;
            while (at < piece.n && at < stop) yq_utf8_next(piece, &at);
            piece.n = at;
        }
        yq_buf_put(b, piece);
    }
}

static bool inside(const yq_reading *r, yq_span span)
{
    return span.from <= span.to && span.to <= r->clean.n;
}

static bool spans_inside(const yq_reading *r, const yq_findings *f)
{
    bool ok = true;
    for (size_t i = 0; i < f->orgs.n; i++)
        for (size_t k = 0; k < f->orgs.v[i].mentions.n; k++) ok &= inside(r, f->orgs.v[i].mentions.v[k].span) && inside(r, f->orgs.v[i].mentions.v[k].sentence);
    for (size_t i = 0; i < f->people.n; i++) {
        for (size_t k = 0; k < f->people.v[i].mentions.n; k++) ok &= inside(r, f->people.v[i].mentions.v[k].span);
        for (size_t k = 0; k < f->people.v[i].roles.n; k++) {
            int org = f->people.v[i].roles.v[k].org;
            ok &= inside(r, f->people.v[i].roles.v[k].evidence.span) && org >= YQ_NONE && org < (int)f->orgs.n;
        }
    }
    return ok;
}

static bool findings_of(yq_str name, yq_str text, yq_buf *out)
{
    yq_arena *a = yq_arena_new(256u << 20);
    yq_intake_limits limits = yq_intake_defaults();
    yq_reading reading;
    yq_findings findings;
    bool ok = true;
    if (yq_intake_read(a, name, text, &limits, &reading, NULL) == YQ_OK) {
        ok = yq_extract(a, &reading, &findings, NULL) == YQ_OK && spans_inside(&reading, &findings);
        if (ok) yq_findings_json(&reading, &findings, out);
    }
    yq_arena_free(a);
    return ok && !out->failed && yq_utf8_valid(yq_buf_str(out), NULL);
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "x.txt", "x.md", "x.html", "x.csv" };
    long rounds = argc > 1 ? atol(argv[1]) : 400;
    for (long i = 0; i < rounds; i++) {
        yq_buf text = { 0 }, first = { 0 }, second = { 0 };
        make_text(&text, next_random(i % 50 == 0 ? 4000 : 120) + 1);
        yq_str name = yq_cstr(names[next_random(4)]);
        if (!CHECK("extraction of random text", findings_of(name, yq_buf_str(&text), &first))) fprintf(stderr, "    round %ld\n", i);
        if (i % 16 == 0) CHECK("the same twice", findings_of(name, yq_buf_str(&text), &second) && yq_eq(yq_buf_str(&first), yq_buf_str(&second)));
        yq_buf_free(&text);
        yq_buf_free(&first);
        yq_buf_free(&second);
    }
    return check_done();
}
