/* Trials, open calls, funds and policies: what a need may ask for beside people, organisations and technologies.
 *
 * Findings do not tell these apart; the words do that name them. So the rules are lists of words: where a word stands in the title, in the
 * text, or at the end of a quoted name.
 */
#include "register/internal.h"


/* An open call says so in its title, or asks for applications in its text. */
static const char *const call_titles[] = { "揭榜", "榜单", "征集", "申报指南", "open call", "call for", "request for proposals" };
static const char *const call_texts[] = { "公开征集", "揭榜方", "揭榜挂帅", "征集合作方", "征集合作企业" };

/* A title that ends so names a policy. */
static const char *const policy_endings[] = { "办法", "措施", "条例", "规定", "若干意见", "实施意见", "指导意见", "实施方案", "行动计划", "管理细则", "实施细则", "规划" };

/* A name that ends so is a clinical trial or study with patients. */
static const char *const trial_endings[] = {
    "临床试验", "临床研究", "对照试验", "对照研究", "真实世界研究", "真实世界数据研究", "真实世界数据研究计划", "队列研究", "注册登记研究", "注册研究",
    "多中心研究", "clinical trial", "clinical study", "controlled trial", "registry study", "real-world study",
};

/* What follows a trial's name when an event or a deal is named after it. */
static const char *const trial_occasions[] = { "启动会暨研究者培训会", "研究者培训会", "研究者会", "中期会", "总结会", "启动会", "培训会", "启动仪式", "启动",
                                               "项目", "计划" };

static const struct { const char *deal, *kind; } deal_kinds[] = { { "fund", "fund" } };


static yq_str lower(yq_arena *a, yq_str s)
{
    char *p = yq_dupz(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] += 'a' - 'A';
    return (yq_str){ p, s.n };
}

static bool has_any(yq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_has(s, yq_cstr(words[i]))) return true;
    return false;
}

static yq_str ending_of(yq_str s, const char *const *words, size_t n)
{
    yq_str best = YQ_S("");
    for (size_t i = 0; i < n; i++) {
        yq_str word = yq_cstr(words[i]);
        if (yq_ends(s, word) && word.n > best.n) best = word;
    }
    return best;
}

#define HAS(s, list) has_any((s), (list), sizeof(list) / sizeof *(list))
#define ENDING(s, list) ending_of((s), (list), sizeof(list) / sizeof *(list))

bool yq_is_open_call(const yq_reading *r)
{
    return HAS(yq_at(r->plain, r->title), call_titles) || HAS(r->plain, call_texts);
}

const char *yq_deal_kind(const yq_found_deal *d)
{
    for (size_t i = 0; i < sizeof deal_kinds / sizeof *deal_kinds; i++)
        if (strcmp(d->kind, deal_kinds[i].deal) == 0) return deal_kinds[i].kind;
    return "deal";
}

/* ---------------------------------------------------------------- policies */

void yq_find_policy(yq_arena *a, yq_new_reading *n)
{
    const yq_reading *r = n->read;
    yq_str title = yq_trim(yq_at(r->plain, r->title));
    if (!ENDING(title, policy_endings).n || yq_is_open_call(r)) return;
    yq_add_entity(a, n, "policy", title, r->title);
}

/* ---------------------------------------------------------------- trials */

/* The name of a trial in s: s itself, or s without the occasion behind it; empty when s names none. */
static yq_str trial_name(yq_arena *a, yq_str s)
{
    enum { LEAST_BYTES = 18, MOST_BYTES = 360 };
    s = yq_trim(s);
    for (int i = 0; i < 3; i++) {
        yq_str low = lower(a, s), ending = ENDING(low, trial_endings), occasion = ENDING(s, trial_occasions);
        if (ending.n && s.n > ending.n + 3 && s.n >= LEAST_BYTES && s.n <= MOST_BYTES) return s;
        if (!occasion.n) break;
        s = yq_trim(yq_sub(s, 0, s.n - occasion.n));
    }
    return YQ_S("");
}

static void add_trial(yq_arena *a, yq_new_reading *n, yq_str named, const yq_evidence *ev)
{
    yq_str name = trial_name(a, named);
    if (!name.n) return;
    for (size_t i = 0; i < n->entities.n; i++)
        if (strcmp(n->entities.v[i].kind, "trial") == 0 && yq_eq(n->entities.v[i].name, name)) return;
    yq_new_entity *e = yq_add_entity(a, n, "trial", name, ev->span);
    yq_add_fact(a, n, e, "trial", 0, YQ_S(""), ev);
}

static yq_span sentence_around(yq_arena *a, const yq_reading *r, yq_span span)
{
    for (size_t i = 0; i < r->blocks.n; i++) {
        yq_span block = r->blocks.v[i].span;
        if (span.from < block.from || span.to > block.to) continue;
        yq_spans sentences = { 0 };
        yq_sentences(a, r->clean, block, &sentences);
        for (size_t k = 0; k < sentences.n; k++)
            if (sentences.v[k].from <= span.from && span.to <= sentences.v[k].to) return sentences.v[k];
        return block;
    }
    return span;
}

/* Names in quotation marks. */
static void quoted_trials(yq_arena *a, yq_new_reading *n)
{
    static const struct { const char *open, *close; } marks[] = { { "“", "”" }, { "《", "》" }, { "「", "」" } };
    yq_str text = n->read->plain;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        yq_str open = yq_cstr(marks[m].open), close = yq_cstr(marks[m].close);
        for (size_t at = 0; (at = yq_find(text, open, at)) != SIZE_MAX;) {
            size_t from = at + open.n, to = yq_find(text, close, from);
            if (to == SIZE_MAX) break;
            at = from;
            if (!trial_name(a, yq_sub(text, from, to)).n) continue;
            yq_evidence ev = { .span = { (uint32_t)from, (uint32_t)to }, .confidence = 0.8f, .voices = YQ_VOICE_PATTERN };
            ev.sentence = sentence_around(a, n->read, ev.span);
            add_trial(a, n, yq_sub(text, from, to), &ev);
        }
    }
}

void yq_find_trials(yq_arena *a, const yq_findings *f, yq_new_reading *n)
{
    quoted_trials(a, n);
    for (size_t i = 0; i < f->events.n; i++) add_trial(a, n, f->events.v[i].name, &f->events.v[i].evidence);
    for (size_t i = 0; i < f->deals.n; i++) add_trial(a, n, f->deals.v[i].subject, &f->deals.v[i].evidence);
}
