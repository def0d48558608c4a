/* extract/aliases.c - short forms of organisations, and names of people met again.
 *
 * A document gives the full name once and then writes short: 屿衡医疗 for 屿衡医疗科技（澜州）有限公司, 西安交大 for 西安交通大学, whatever stands in
 * （以下简称“…”）. The short forms are derived from the full names found in the first pass and looked for in the second. A name of a person
 * that was clear in one place is looked for everywhere at the end.
 *
 * Looking for many forms at once: a table by the first two characters of each form, so that the text is walked once.
 */
#include "extract/chinese.h"

enum { FORMS_MAX = 20000 };

/* ---------------------------------------------------------------- the table of forms */

static size_t two_characters(yq_str s)
{
    size_t at = 0;
    for (int i = 0; i < 2 && at < s.n; i++) yq_utf8_next(s, &at);
    return at;
}

/* Where forms are listed that begin as s does. Two characters have eight bytes at most. */
static size_t slot_of(const yq_finder *f, yq_str s)
{
    uint64_t v = 0;
    memcpy(&v, s.p, two_characters(s));
    v *= 0x9E3779B97F4A7C15u;
    return (v ^ v >> 32) & (f->slot_count - 1);
}

void yq_finder_add(yq_work *w, yq_finder *f, yq_str form, yq_str full, yq_str kind)
{
    if (f->forms.n >= FORMS_MAX || form.n < 2) return;
    yq_alias alias = { .form = form, .full = full, .kind = kind, .next = 0 };
    *yq_push(w->arena, &f->forms) = alias;
}

void yq_finder_build(yq_work *w, yq_finder *f)
{
    f->slot_count = 16;
    while (f->slot_count < f->forms.n * 2) f->slot_count *= 2;
    f->slots = YQ_ARRAY(w->arena, uint32_t, f->slot_count);
    for (size_t i = 0; i < f->forms.n; i++) {
        yq_str form = f->forms.v[i].form;
        size_t slot = slot_of(f, form);
        uint32_t k = f->slots[slot];
        while (k && !yq_eq(f->forms.v[k - 1].form, form)) k = f->forms.v[k - 1].next;
        if (k) continue; /* the first meaning of a form holds */
        f->forms.v[i].next = f->slots[slot];
        f->slots[slot] = (uint32_t)i + 1;
    }
}

const yq_alias *yq_finder_at(const yq_finder *f, yq_str text, size_t at, size_t end)
{
    const yq_alias *best = NULL;
    yq_str rest = yq_sub(text, at, end);
    if (!f->slot_count || !rest.n) return NULL;
    size_t slot = slot_of(f, rest);
    for (uint32_t i = f->slots[slot]; i; i = f->forms.v[i - 1].next) {
        const yq_alias *a = &f->forms.v[i - 1];
        if (yq_starts(rest, a->form) && (!best || a->form.n > best->form.n)) best = a;
    }
    return best;
}

/* ---------------------------------------------------------------- short forms */

static const char *const legal_ends[] = { "集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司", "股份公司", "集团公司", "公司", "集团" };
/* Taken off one at a time, so that each step in between is a form as well. */
static const char *const industry[] = { "科技", "技术", "信息", "生物", "医药", "制药", "药业", "医疗", "器械", "健康", "机器人", "基因", "智能", "数据", "网络", "软件", "电子", "控股", "投资", "管理", "咨询",
                                        "实业", "国际", "医学", "康复", "诊断", "检验", "检测", "影像", "仪器", "设备", "新材料", "材料", "工程", "集团", "发展", "服务", "中国", "创投", "资本", "传媒" };

static bool ends_with_any(yq_str *s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        yq_str end = yq_cstr(list[i]);
        if (!yq_ends(*s, end) || s->n < end.n + 6) continue;
        s->n -= end.n;
        return true;
    }
    return false;
}

/* A form of two characters is taken only if it is no word. */
static bool usable(yq_str form)
{
    yq_str value;
    size_t n = yq_utf8_count(form);
    if (n < 2 || n > 80 || (n > 16 && (unsigned char)form.p[0] >= 0x80) || yq_lex_is(form, YQ_LEX_PLACES, &value) || yq_lex_is(form, YQ_LEX_ORG_ENDINGS, &value)) return false;
    if (!yq_lex_is(form, YQ_LEX_WORDS, &value)) return true;
    yq_str tag = yq_lex_column(value, 1);
    return (n > 2 || yq_lex_number(value, 0, 0) < 60 || yq_starts(tag, YQ_S("nt")) || yq_starts(tag, YQ_S("j"))) && yq_lex_number(value, 0, 0) < 2000;
}

static void add_form(yq_work *w, yq_str form, yq_str full, yq_str kind)
{
    if (usable(form) && !yq_eq(form, full)) yq_finder_add(w, &w->chinese->aliases, form, full, kind);
}

static yq_str without_place(yq_str s)
{
    yq_lex_hit hit;
    return yq_lex_longest(s, 0, YQ_LEX_PLACES, &hit) && s.n >= hit.length + 6 ? yq_sub(s, hit.length, s.n) : s;
}

/* Without what stands in brackets: 屿衡医疗科技（澜州）有限公司. */
static yq_str without_brackets(yq_arena *a, yq_str s)
{
    size_t open = yq_find(s, YQ_S("（"), 0), n = 3;
    if (open == SIZE_MAX) open = yq_find(s, YQ_S("("), 0), n = 1;
    if (open == SIZE_MAX || !open) return s;
    size_t close = yq_find(s, n == 3 ? YQ_S("）") : YQ_S(")"), open);
    if (close == SIZE_MAX) return s;
    return yq_concat(a, yq_sub(s, 0, open), yq_sub(s, close + n, s.n));
}

static void company_forms(yq_work *w, yq_str full, yq_str kind)
{
    yq_str stem = without_brackets(w->arena, full);
    add_form(w, stem, full, kind);
    ends_with_any(&stem, legal_ends, sizeof legal_ends / sizeof *legal_ends);
    do {
        add_form(w, stem, full, kind);
        add_form(w, without_place(stem), full, kind);
    } while (ends_with_any(&stem, industry, sizeof industry / sizeof *industry));
}

/* 西安交通大学: 西安交大, 交大. 吉林大学: 吉大. */
static void university_forms(yq_work *w, yq_str full, yq_str kind)
{
    yq_str stem = yq_sub(full, 0, full.n - strlen("大学"));
    if (yq_starts(stem, YQ_S("国立"))) {
        add_form(w, yq_sub(full, 6, full.n), full, kind);
        stem = yq_sub(stem, 6, stem.n);
    }
    yq_lex_hit hit;
    size_t place = yq_lex_longest(stem, 0, YQ_LEX_PLACES, &hit) ? hit.length : 0;
    static const char *const fields[] = { "交通", "理工", "医科", "科技", "师范", "工业", "中医药", "农业", "财经", "政法", "民族", "工程", "药科" };
    for (size_t i = 0; i < sizeof fields / sizeof *fields && !place; i++)
        if (yq_ends(stem, yq_cstr(fields[i]))) place = stem.n - strlen(fields[i]); /* a place that no list has */
    if (stem.n < 6) return;
    if (!place || place >= stem.n) {
        add_form(w, yq_concat(w->arena, yq_sub(stem, 0, 3), YQ_S("大")), full, kind);
        return;
    }
    yq_str tail = yq_concat(w->arena, yq_sub(stem, place, place + 3), YQ_S("大"));
    add_form(w, yq_concat(w->arena, yq_sub(stem, 0, place), tail), full, kind);
    add_form(w, tail, full, kind);
}

/* What stands in brackets behind a name: （以下简称“X”）, （简称X）, （Norrvik Cardio AB）, （NCBI）. Places and remarks are not taken. */
static yq_str bracket_form(yq_str text, size_t at)
{
    yq_str rest = yq_sub(text, at, at + 160);
    size_t open = yq_starts(rest, YQ_S("（")) ? 3 : yq_starts(rest, YQ_S(" (")) ? 2 : yq_starts(rest, YQ_S("(")) ? 1 : 0;
    if (!open) return (yq_str){ 0 };
    size_t close = yq_find(rest, YQ_S("）"), open), ascii = yq_find(rest, YQ_S(")"), open);
    if (ascii < close) close = ascii;
    if (close == SIZE_MAX) return (yq_str){ 0 };
    yq_str inside = yq_sub(rest, open, close);
    bool said = false;
    static const char *const heads[] = { "以下简称", "下称", "简称", "以下称", "又称", "：", ":", "为", "“", "\"", "「", "英文简称" };
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
            if (yq_starts(inside, yq_cstr(heads[i]))) {
                inside = yq_sub(inside, strlen(heads[i]), inside.n);
                said |= i < 5;
            }
    static const char *const tails[] = { "”", "\"", "」" };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (yq_ends(inside, yq_cstr(tails[i]))) inside.n -= strlen(tails[i]);
    size_t letters = 0;
    for (size_t i = 0; i < inside.n; i++) letters += (unsigned char)inside.p[i] < 0x80 && inside.p[i] != '\n';
    bool latin = inside.n >= 3 && letters == inside.n && inside.p[0] >= 'A' && inside.p[0] <= 'Z';
    return said || latin ? inside : (yq_str){ 0 };
}

/* Norrvik Cardio AB: Norrvik Cardio. YuHeng Medical Technology (Lanzhou) Co., Ltd.: YuHeng Medical Technology, YuHeng Medical. */
static void latin_company_forms(yq_work *w, yq_str full, yq_str kind)
{
    yq_str stem = full;
    for (int words = 0; words < 6; words++) {
        size_t cut = stem.n;
        while (cut && stem.p[cut - 1] != ' ') cut--;
        while (cut && (stem.p[cut - 1] == ' ' || stem.p[cut - 1] == ',')) cut--;
        stem.n = cut;
        if (!memchr(stem.p, ' ', stem.n)) break;
        if (!yq_ends(stem, YQ_S("&")) && !yq_ends(stem, YQ_S(" and")) && !yq_ends(stem, YQ_S(" of"))) yq_finder_add(w, &w->chinese->aliases, yq_trim(stem), full, kind);
    }
    if (stem.n >= 5 && !yq_lex_is(stem, YQ_LEX_PLACES, &(yq_str){ 0 }) && !yq_lex_is(stem, YQ_LEX_ORG_ENDINGS_EN, &(yq_str){ 0 }) && !yq_lex_is(stem, YQ_LEX_GIVEN_NAMES_EN, &(yq_str){ 0 }))
        yq_finder_add(w, &w->chinese->aliases, stem, full, kind);
}

/* （Northmere University Medical Center，NUMC）: both parts are forms. */
static void latin_pair(yq_work *w, const yq_mention *m, yq_str full)
{
    yq_str rest = yq_sub(w->text, m->span.to, m->span.to + 160);
    size_t open = yq_starts(rest, YQ_S("（")) ? 3 : yq_starts(rest, YQ_S("(")) ? 1 : 0, close = yq_find(rest, YQ_S("）"), open);
    if (close == SIZE_MAX) close = yq_find(rest, YQ_S(")"), open);
    size_t comma = yq_find(rest, YQ_S("，"), open), n = 3;
    if (comma == SIZE_MAX || comma > close) comma = yq_find(rest, YQ_S(","), open), n = 1;
    if (!open || close == SIZE_MAX || comma == SIZE_MAX || comma > close) return;
    yq_str parts[] = { yq_trim(yq_sub(rest, open, comma)), yq_trim(yq_sub(rest, comma + n, close)) };
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < parts[i].n; k++)
            if ((unsigned char)parts[i].p[k] >= 0x80 || parts[0].p[0] < 'A' || parts[0].p[0] > 'Z') return;
    for (size_t i = 0; i < 2; i++)
        if (parts[i].n >= 3) add_form(w, parts[i], full, m->value);
}

/* Kowhai Innovation Hub: the Hub. */
static void latin_generic_forms(yq_work *w, yq_str full, yq_str kind)
{
    static const char *const articles[] = { "the ", "The ", "our ", "Our " };
    size_t last = full.n;
    while (last && full.p[last - 1] != ' ') last--;
    yq_str word = yq_sub(full, last, full.n);
    if (!last || word.n < 3 || word.p[0] < 'A' || word.p[0] > 'Z' || !yq_lex_is(word, YQ_LEX_ORG_ENDINGS_EN, &(yq_str){ 0 })) return;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) add_form(w, yq_concat(w->arena, yq_cstr(articles[i]), word), full, kind);
}

static void forms_of(yq_work *w, const yq_mention *m)
{
    yq_str full = yq_at(w->text, m->span);
    yq_str said = bracket_form(w->text, m->span.to);
    if (said.n) add_form(w, said, full, m->value);
    else latin_pair(w, m, full);
    if ((unsigned char)full.p[0] < 0x80) {
        if (yq_eq(m->value, YQ_S("company"))) latin_company_forms(w, full, m->value);
        else latin_generic_forms(w, full, m->value);
    } else if (yq_eq(m->value, YQ_S("company")) || yq_eq(m->value, YQ_S("fund"))) company_forms(w, full, m->value);
    else if (yq_ends(full, YQ_S("大学"))) university_forms(w, full, m->value);
}

/* Does the longer name, where it was seen, say how this one begins: 大老山医院 once, and here 向大|老山医院? */
static bool goes_on_as(const yq_work *w, const yq_mention *m, const yq_mention *longer)
{
    size_t size = m->span.to - m->span.from, whole = longer->span.to - longer->span.from;
    if (whole <= size || whole > m->span.to || m->span.from - (whole - size) > m->span.from) return false;
    return !memcmp(w->text.p + longer->span.from, w->text.p + m->span.to - whole, whole);
}

/* One house has one name in a document: where the same text stands in front of it, it begins where it began elsewhere. */
static void agree_on_names(yq_work *w)
{
    enum { COMPARED = 600, SURE = 70 };
    size_t n = w->proposals.n < COMPARED ? w->proposals.n : COMPARED;
    for (size_t i = 0; i < n; i++) {
        yq_mention *m = &w->proposals.v[i];
        if (m->kind != YQ_M_ORG || yq_starts(m->value, YQ_S("@"))) continue;
        for (size_t k = 0; k < n; k++) {
            const yq_mention *o = &w->proposals.v[k];
            if (o->kind != YQ_M_ORG || o->confidence * 100 < SURE || !goes_on_as(w, m, o)) continue;
            m->span.from = m->span.to - (o->span.to - o->span.from);
        }
    }
}

void yq_derive_aliases(yq_work *w)
{
    agree_on_names(w);
    for (size_t i = 0; i < w->proposals.n && w->chinese->aliases.forms.n < FORMS_MAX; i++) {
        const yq_mention *m = &w->proposals.v[i];
        if (m->kind != YQ_M_ORG || yq_starts(m->value, YQ_S("@"))) continue;
        yq_str name = yq_at(w->text, m->span);
        if (m->confidence >= 0.7) forms_of(w, m);
        else if (!m->value.n && usable(name)) yq_finder_add(w, &w->chinese->aliases, name, name, m->value); /* known by what it does only */
    }
    yq_finder_build(w, &w->chinese->aliases);
}

static bool latin_border(yq_str text, size_t from, size_t to)
{
#define LETTER(c) (((c) | 32) >= 'a' && ((c) | 32) <= 'z')
    return !(from && LETTER(text.p[from]) && LETTER(text.p[from - 1])) && !(to < text.n && LETTER(text.p[to - 1]) && LETTER(text.p[to]));
#undef LETTER
}

void yq_line_aliases(yq_line *l)
{
    for (size_t at = l->span.from; at < l->span.to;) {
        const yq_alias *a = yq_finder_at(&l->w->chinese->aliases, l->text, at, l->span.to);
        size_t next = at;
        yq_utf8_next(l->text, &next);
        if (a && latin_border(l->text, at, at + a->form.n)) {
            size_t to = at + a->form.n;
            if (!(l->edge[at - l->span.from] & YQ_EDGE_ORG_FROM)) {
                l->edge[at - l->span.from] |= YQ_EDGE_ORG_FROM;
                l->edge[to - l->span.from] |= YQ_EDGE_ORG_TO;
            }
            yq_propose(l->w, YQ_M_ORG, (yq_span){ (uint32_t)at, (uint32_t)to }, a->kind, 0.8, YQ_VOICE_PATTERN);
            next = to;
        }
        at = next;
    }
}

/* ---------------------------------------------------------------- names met again */

void yq_repeat_names(yq_work *w)
{
    yq_finder *f = &w->chinese->names;
    yq_finder_build(w, f);
    for (size_t i = 0; f->forms.n && i < w->sentences.n; i++) {
        yq_span span = w->sentences.v[i].span;
        for (size_t at = span.from; at < span.to;) {
            const yq_alias *a = yq_finder_at(f, w->text, at, span.to);
            size_t next = at;
            yq_utf8_next(w->text, &next);
            if (a) {
                double confidence = yq_utf8_count(a->form) > 2 ? 0.85 : 0.7;
                yq_propose(w, YQ_M_PERSON, (yq_span){ (uint32_t)at, (uint32_t)(at + a->form.n) }, YQ_S(""), confidence, YQ_VOICE_PATTERN);
            }
            at = next;
        }
    }
}
