/* Finding one's way between mentions: where a clause ends, what a quote holds, who stands before a verb. */
#include "extract/relations.h"

/* ---------------------------------------------------------------- quotes and clauses */

enum { QUOTE_BYTES = 1200 }; /* a longer one was never closed */

static const struct { const char *open, *close; bool book; } marks[] = {
    { "《", "》", true }, { "“", "”", false }, { "「", "」", false }, { "『", "』", false }, { "‘", "’", false }, { "\"", "\"", false },
};
static const char *const opening[] = { "《", "“", "「", "『", "‘", "\"" };
const yq_cue_words yq_quote_cues[] = { YQ_CUE_WORDS(QUOTE, opening), { 0 } };

/* Most bytes open nothing: the first ones tell. Of a quote or a bracket. */
static inline bool may_open(const char *p)
{
    uint8_t c = (uint8_t)p[0];
    if (c < 0x80) return c == '"' || c == '(';
    return (c == 0xE2 && (uint8_t)p[1] == 0x80) || (c == 0xE3 && (uint8_t)p[1] == 0x80) || (c == 0xEF && (uint8_t)p[1] == 0xBC);
}

static bool opens_here(yq_str text, size_t at, size_t high, size_t *mark)
{
    bool wide = (uint8_t)text.p[at] >= 0x80;
    if ((!wide && text.p[at] != '"') || (wide && at + 3 > high)) return false;
    for (size_t k = 0; k < YQ_COUNT(marks); k++) /* the last byte tells them apart */
        if (text.p[at] == marks[k].open[0] && (!wide || (text.p[at + 2] == marks[k].open[2] && text.p[at + 1] == marks[k].open[1]))) return *mark = k, true;
    return false;
}

/* The closing mark that belongs to an opening one, counting those of its own kind between. */
static size_t closing(yq_str text, size_t from, size_t high, size_t mark)
{
    const char *open = marks[mark].open, *close = marks[mark].close;
    size_t no = strlen(open), nc = strlen(close), depth = 1;
    if (high > from + QUOTE_BYTES) high = from + QUOTE_BYTES;
    if (from >= high || !yq_holds(text.p + from, high - from, close, nc)) return SIZE_MAX;
    bool same = strcmp(open, close) == 0;
    for (size_t at = from; at + nc <= high; at++) {
        if (!memcmp(text.p + at, close, nc)) {
            if (--depth == 0) return at;
        } else if (!same && at + no <= high && !memcmp(text.p + at, open, no)) depth++;
    }
    return SIZE_MAX;
}

bool yq_quote_at(yq_str text, size_t at, size_t high, yq_quote *q)
{
    size_t mark;
    if (at >= high || at + 1 >= text.n || !may_open(text.p + at) || !opens_here(text, at, high, &mark)) return false;
    size_t inner = at + strlen(marks[mark].open), end = closing(text, inner, high, mark);
    if (end == SIZE_MAX) return false;
    *q = (yq_quote){ { (uint32_t)at, (uint32_t)(end + strlen(marks[mark].close)) }, { (uint32_t)inner, (uint32_t)end }, marks[mark].book };
    return true;
}

bool yq_next_quote(yq_str text, yq_span within, size_t from, yq_quote *q)
{
    for (size_t at = within.from; at < within.to; at++) {
        if (at + 1 >= text.n || !may_open(text.p + at) || !yq_quote_at(text, at, within.to, q)) continue;
        if (at >= from) return true;
        at = (q->outer.to > from ? q->inner.from : q->outer.to) - 1; /* `from` lies inside: quotes in this quote are asked for */
    }
    return false;
}

bool yq_in_quote(yq_str text, yq_span within, size_t at)
{
    yq_quote q;
    for (size_t from = within.from; yq_next_quote(text, within, from, &q) && q.outer.from < at; from = q.outer.to)
        if (at > q.outer.from && at < q.outer.to) return true;
    return false;
}

/* The byte behind a quote or bracket that opens at `at`; `at` itself when none does. */
static size_t past_group(yq_str text, size_t at, size_t high)
{
    size_t mark;
    if (at + 1 >= text.n || !may_open(text.p + at)) return at;
    if (opens_here(text, at, high, &mark)) {
        size_t inner = at + strlen(marks[mark].open), end = closing(text, inner, high, mark);
        return end == SIZE_MAX ? at : end + strlen(marks[mark].close);
    }
    static const struct { const char *open, *close; } brackets[] = { { "（", "）" }, { "(", ")" }, { "【", "】" }, { "〔", "〕" } };
    for (size_t k = 0; k < YQ_COUNT(brackets); k++) {
        size_t n = strlen(brackets[k].open);
        if (at + n > high || memcmp(text.p + at, brackets[k].open, n)) continue;
        size_t end = yq_find(yq_sub(text, 0, high < at + QUOTE_BYTES ? high : at + QUOTE_BYTES), yq_cstr(brackets[k].close), at + n);
        return end == SIZE_MAX ? at : end + strlen(brackets[k].close);
    }
    return at;
}

size_t yq_find_outside(yq_str text, yq_span within, size_t from, const char *needle)
{
    size_t n = strlen(needle);
    if (from >= within.to || !yq_holds(text.p + from, within.to - from, needle, n)) return SIZE_MAX;
    for (size_t at = from; at + n <= within.to;) {
        if (text.p[at] == needle[0] && !memcmp(text.p + at, needle, n)) return at;
        size_t past = past_group(text, at, within.to);
        if (past > at) at = past;
        else yq_utf8_next(text, &at);
    }
    return SIZE_MAX;
}

bool yq_mark_at(yq_str text, size_t at, const char *list, size_t *n)
{
    size_t next = at;
    yq_utf8_next(text, &next);
    const char *p = text.p + at;
    *n = next - at;
    if ((uint8_t)*p >= 0xE4 && (uint8_t)*p <= 0xE9) return false; /* Chinese characters are no marks */
    if (*n == 1) return strchr(list, *p) && *p;
    for (; *list; list++)
        if (*list == *p && !strncmp(list, p, *n)) return true;
    return false;
}

void yq_cut_at(yq_arena *a, yq_str text, yq_span within, const char *list, yq_spans *out)
{
    uint32_t from = within.from;
    size_t n;
    out->n = 0;
    for (size_t at = within.from; at < within.to;) {
        size_t past = past_group(text, at, within.to);
        if (past > at) {
            at = past;
            continue;
        }
        if (yq_mark_at(text, at, list, &n)) {
            if (at > from) *yq_push(a, out) = (yq_span){ from, (uint32_t)at };
            from = (uint32_t)(at + n);
        }
        at += n;
    }
    if (within.to > from) *yq_push(a, out) = (yq_span){ from, within.to };
}

yq_span yq_tighten(yq_str text, yq_span s)
{
    static const char edge[] = " \t\n，,。；;：:、！!—-–·•*.";
    size_t n;
    while (s.from < s.to && yq_mark_at(text, s.from, edge, &n)) s.from += (uint32_t)n;
    while (s.to > s.from) {
        size_t back = yq_utf8_back(text, s.to);
        if (!yq_mark_at(text, back, edge, &n)) break;
        s.to = (uint32_t)back;
    }
    return s;
}

bool yq_span_has(yq_str text, yq_span s, const char *word)
{
    return yq_has(yq_at(text, s), yq_cstr(word));
}

size_t yq_ends_with_any(yq_str text, size_t low, size_t end, const char *const *words, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; end > low && i < n; i++) {
        size_t length = strlen(words[i]);
        if (length > best && words[i][length - 1] == text.p[end - 1] && end >= low + length && !memcmp(text.p + end - length, words[i], length)) best = length;
    }
    return best;
}

size_t yq_begins_with_any(yq_str text, size_t at, size_t high, const char *const *words, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; at + 1 < high && i < n; i++) {
        if (words[i][0] != text.p[at] || (words[i][1] && words[i][1] != text.p[at + 1])) continue;
        size_t length = strlen(words[i]);
        if (length > best && at + length <= high && !memcmp(text.p + at, words[i], length)) best = length;
    }
    return best;
}

bool yq_holds(const char *list, size_t n, const char *p, size_t m)
{
    return yq_has((yq_str){ list, n }, (yq_str){ p, m });
}

bool yq_has_any(yq_str s, const char *const *words, size_t n)
{
    yq_sieve sieve = yq_sieve_of(s);
    for (size_t i = 0; i < n; i++)
        if (yq_sieve_passes(&sieve, words[i]) && yq_has(s, yq_cstr(words[i]))) return true;
    return false;
}

yq_span yq_clause_at(const yq_work *w, const yq_sentence *s, size_t at)
{
    yq_spans parts = { 0 };
    yq_cut_at(w->arena, w->text, s->span, "。；;！？", &parts);
    for (size_t i = 0; i < parts.n; i++)
        if (at >= parts.v[i].from && at < parts.v[i].to) return parts.v[i];
    return s->span;
}

/* ---------------------------------------------------------------- who did it */

enum { SUBJECT_GAP = 60, LIST_GAP = 220 };

/* Words that show that a new predicate began between two names: they are no list. */
static const char *const predicates[] = {
    "主持", "出席", "致辞", "表示", "指出", "介绍", "认为", "强调", "参加", "参会", "签订", "签署", "围绕", "分享", "讲解", "讲授", "主讲", "以《", "以“", "作了",
    "做了", "进行", "说，", "为题", "揭牌", "聘", "邀请", "透露", "担任", "颁发", "宣读", "陪同", "带领", "一行", "见证", "来自",
};

static bool has_clause_mark(yq_str s)
{
    static const char *const punctuation[] = { "。", "；", "：", "！", "？", ";" };
    return yq_has_any(s, punctuation, YQ_COUNT(punctuation));
}

/* May `gap` stand between a subject and its verb? */
static bool gap_to_verb(yq_str gap, bool comma)
{
    if (gap.n > SUBJECT_GAP || has_clause_mark(gap)) return false;
    if (!comma && (yq_has(gap, YQ_S("，")) || yq_has(gap, YQ_S(",")))) return false;
    return !yq_has_any(gap, predicates, YQ_COUNT(predicates)) && !yq_has(gap, YQ_S("、"));
}

static bool gap_in_list(yq_str gap)
{
    return gap.n <= LIST_GAP && !has_clause_mark(gap) && !yq_has_any(gap, predicates, YQ_COUNT(predicates));
}

static yq_str between(const yq_work *w, size_t from, size_t to)
{
    return to > from ? yq_sub(w->text, from, to) : (yq_str){ 0 };
}

/* Behind "A、B、C，分别结合经历" the subjects stand before 分别. */
static size_t anchor(const yq_work *w, const yq_sentence *s, size_t at, bool *comma)
{
    *comma = false;
    for (size_t p = at; p > s->span.from + 6; p--) {
        if (memcmp(w->text.p + p - 6, "分别", 6)) continue;
        if (yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p) && yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p)->span.to <= at) break;
        return *comma = true, p - 6;
    }
    return at;
}

yq_people_list yq_subjects_before(const yq_work *w, const yq_sentence *s, size_t at)
{
    yq_people_list list = { .n = 0 };
    const yq_mention *found[YQ_LIST_PEOPLE];
    bool comma;
    size_t n = 0, edge = anchor(w, s, at, &comma);
    const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), edge);

    if (!m || !gap_to_verb(between(w, m->span.to, edge), comma)) return list;
    for (; m && n < YQ_LIST_PEOPLE;) {
        found[n++] = m;
        const yq_mention *before = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), m->span.from);
        if (!before || !gap_in_list(between(w, before->span.to, m->span.from))) break;
        yq_str gap = between(w, before->span.to, m->span.from);
        bool joined = yq_has(gap, YQ_S("、")) || yq_has(gap, YQ_S("和")) || yq_has(gap, YQ_S("与")) || yq_has(gap, YQ_S("及"));
        if (!joined && !(comma && yq_has(gap, YQ_S("，")))) break;
        m = before;
    }
    while (n--) list.who[list.n++] = found[n];
    return list;
}

const yq_mention *yq_last_person(const yq_work *w, const yq_sentence *s, size_t at)
{
    const yq_sentence *first = w->sentences.v;
    for (const yq_sentence *t = s; t >= first && t->block == s->block; t--) {
        const yq_mention *m = yq_last_mention(w, t, YQ_MASK(YQ_M_PERSON), t == s ? at : t->span.to);
        if (m) return m;
    }
    return NULL;
}

int yq_org_of_person(const yq_work *w, int person)
{
    if (person < 0 || (size_t)person >= w->out->people.n) return YQ_NONE;
    const yq_found_person *p = &w->out->people.v[person];
    for (size_t i = 0; i < p->roles.n; i++)
        if (p->roles.v[i].org != YQ_NONE) return p->roles.v[i].org;
    return YQ_NONE;
}

/* ---------------------------------------------------------------- blocks */

yq_str yq_block_text(const yq_work *w, size_t block)
{
    return yq_trim(yq_at(w->text, w->reading->blocks.v[block].span));
}

enum { LABEL_CHARS = 12 };

bool yq_labelled(yq_str text, yq_span line, yq_span *label, yq_span *value)
{
    yq_str s = yq_at(text, line);
    size_t wide = yq_find(s, YQ_S("："), 0), narrow = yq_find(s, YQ_S(":"), 0), at = wide < narrow ? wide : narrow;
    if (at == SIZE_MAX || at == 0 || at + 1 > s.n) return false;
    *label = yq_tighten(text, (yq_span){ line.from, line.from + (uint32_t)at });
    *value = yq_tighten(text, (yq_span){ line.from + (uint32_t)(at + (at == wide ? 3 : 1)), line.to });
    return label->to > label->from && yq_utf8_count(yq_at(text, *label)) <= LABEL_CHARS;
}

int yq_org_in(const yq_work *w, yq_span span)
{
    yq_mention_list list = { 0 };
    yq_mentions_in(w, span, YQ_MASK(YQ_M_ORG), &list);
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i]->ref != YQ_NONE) return list.v[i]->ref;
    return YQ_NONE;
}

/* Letters and digits only, ASCII in lower case; of long texts the beginning. */
static size_t squeeze(yq_str s, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t cp = yq_utf8_next(s, &at);
        if (yq_is_punct(cp) || yq_is_space(cp)) continue;
        if (n + (at - from) > cap) break;
        for (; from < at; from++) out[n++] = s.p[from] >= 'A' && s.p[from] <= 'Z' ? s.p[from] | 32 : s.p[from];
    }
    return n;
}

/* Could y stand in x? Surely not when y's first letter, a Chinese one, does not. */
static bool may_hold(yq_str x, yq_str y)
{
    for (size_t at = 0, from = 0; at < y.n; from = at) {
        uint32_t cp = yq_utf8_next(y, &at);
        if (!yq_is_punct(cp) && !yq_is_space(cp)) return cp < 0x80 || yq_has(x, yq_sub(y, from, at));
    }
    return false;
}

bool yq_same_words(yq_str x, yq_str y)
{
    enum { COMPARED_BYTES = 480 };
    char bx[COMPARED_BYTES], by[COMPARED_BYTES];
    if (!may_hold(x, y) && !may_hold(y, x)) return false; /* each new finding asks all those before it */
    size_t nx = squeeze(x, bx, sizeof bx), ny = squeeze(y, by, sizeof by);
    if (!nx || !ny) return false;
    return nx >= ny ? yq_holds(bx, nx, by, ny) : yq_holds(by, ny, bx, nx);
}

yq_str yq_position_in(yq_arena *a, yq_str department, yq_str title)
{
    static const char *const bare[] = { "主任", "副主任", "科主任", "科副主任", "系主任", "系副主任", "护士长", "副护士长", "总护士长", "负责人", "科长", "副科长", "处长", "副处长", "部长", "副部长",
                                        "行政主任", "执行主任", "主任医师", "副主任医师", "主治医师", "住院医师", "医师", "主任护师", "副主任护师" };
    bool wants = false;
    for (size_t i = 0; i < YQ_COUNT(bare); i++) wants |= yq_eq(title, yq_cstr(bare[i]));
    if (!wants || !department.n) return title;
    bool twice = yq_starts(title, YQ_S("科")) && yq_ends(department, YQ_S("科"));
    return yq_concat(a, department, twice ? yq_sub(title, 3, title.n) : title);
}
