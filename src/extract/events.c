/* What was held, when, where, about what, by whom.
 *
 * A sentence tells of an event by a verb of holding: NAME在PLACE举行, 在PLACE召开NAME, ORG举办NAME, DATE开幕的NAME. The name ends with an event
 * word of the lexicon and is cut free of what stands before it (以“…”为主题的, 由…主办的). Programmes and notices tell it by labels under a
 * title; a series of talks by a heading above a line with date and hours. What later sentences say of 论坛 or 会议 goes to the event last named.
 */
#include "extract/relations.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME_CHARS_MIN = 5, NAME_CHARS_MAX = 90, PLACE_CHARS_MAX = 60 };

static const char *const holding_verbs[] = { "举行", "举办", "召开", "开幕", "开讲", "启幕", "揭幕", "落幕", "闭幕", "开班", "启动", "开展", "举行了",
                                             "举办了", "召开了", "登场" };
static const char *const adverbs[] = { "隆重", "成功", "正式", "顺利", "圆满", "盛大", "如期", "现场", "共同", "联合", "将", "线上", "同步", "同时", "组织",
                                       "胜利" };

static const char *const hosting[] = { "主办", "承办", "协办" };
/* Before a name in passing. */
static const char *const held_lately[] = { "结束的", "举行的", "召开的", "举办的", "开幕的", "落幕的", "闭幕的" };

const yq_cue_words yq_event_cues[] = { YQ_CUE_WORDS(HOLDING, holding_verbs), YQ_CUE_WORDS(HOST, hosting), YQ_CUE_WORDS(HELD, held_lately), { 0 } };

/* ---------------------------------------------------------------- names */

static yq_span strip_end(yq_str text, yq_span s, const char *const *words, size_t n)
{
    for (size_t cut; (cut = yq_ends_with_any(text, s.from, s.to, words, n)) > 0;) s.to -= (uint32_t)cut;
    return yq_tighten(text, s);
}

static yq_span strip_begin(yq_str text, yq_span s, const char *const *words, size_t n)
{
    for (size_t cut; (cut = yq_begins_with_any(text, s.from, s.to, words, n)) > 0;) s.from += (uint32_t)cut;
    return yq_tighten(text, s);
}

/* Behind "由A主办的", "以“T”为主题的", "9月18日开幕的": the last 的 that ends such a part. */
static yq_span behind_attribute(const yq_work *w, yq_span s)
{
    static const char *const verbs[] = { "主办", "承办", "协办", "申办", "牵头", "主题", "开幕", "举办", "支持", "发起", "组织", "举行", "召开", "指导",
                                         "为期", "题为", "期待" };
    uint32_t from = s.from;
    for (size_t at = s.from; (at = yq_find_outside(w->text, s, at, "的")) != SIZE_MAX; at += 3)
        if (yq_has_any(yq_sub(w->text, s.from, at), verbs, YQ_COUNT(verbs))) from = (uint32_t)at + 3;
    return yq_tighten(w->text, (yq_span){ from, s.to });
}

static yq_span behind_dates(const yq_work *w, yq_span s)
{
    static const char *const times[] = { "上午", "下午", "当天", "当日", "晚", "晚上", "日前", "近日", "至", "日", "，", ",", "）", "今日", "今天",
                                         "昨日", "昨天", "（星期",
                                         "本次", "此次", "本届", "这次", "今年", "去年", "我院", "我校", "正值", "期间", "首次", "：" };
    yq_mention_list dates = { 0 };
    yq_mentions_in(w, s, YQ_MASK(YQ_M_DATE), &dates);
    for (size_t i = 0; i < dates.n; i++)
        if (dates.v[i]->span.from <= s.from + 24 && dates.v[i]->span.to > s.from) s.from = dates.v[i]->span.to;
    return strip_begin(w->text, yq_tighten(w->text, s), times, YQ_COUNT(times));
}

/* Takes a name out of a span that ends with it: attributes, dates and the marks of a quote go; in “THEME——NAME” the name stands last. */
static yq_span clean_name(const yq_work *w, yq_span s, yq_span *theme)
{
    yq_quote q;
    s = behind_dates(w, yq_tighten(w->text, s));
    s = behind_attribute(w, s);
    s = behind_dates(w, s);
    if (!yq_next_quote(w->text, s, s.from, &q) || q.outer.from != s.from || q.outer.to != s.to) return s;
    size_t dash = yq_find(yq_sub(w->text, 0, q.inner.to), YQ_S("——"), q.inner.from);
    if (dash == SIZE_MAX) return q.inner;
    *theme = yq_tighten(w->text, (yq_span){ q.inner.from, (uint32_t)dash });
    return yq_tighten(w->text, (yq_span){ (uint32_t)dash + 6, q.inner.to });
}

/* Endings that make an event only at the end of a longer name. */
static const char *const name_endings[] = { "公益行动", "启用礼", "开幕礼", "揭幕礼", "典礼", "仪式", "公益行", "会议", "签署仪式", "启动会", "擂台赛", "挑战赛" };

static size_t event_word(const yq_work *w, yq_span s)
{
    yq_lex_hit hit;
    size_t ending = yq_ends_with_any(w->text, s.from, s.to, name_endings, YQ_COUNT(name_endings));
    bool known = yq_lex_suffix(yq_sub(w->text, 0, s.to), s.to, YQ_LEX_EVENT_WORDS, &hit) && hit.length <= s.to - s.from;
    return known && hit.length > ending ? hit.length : ending;
}

/* A name says more than its event word; a sentence or a speech is none. */
static bool is_event_name(const yq_work *w, yq_span s)
{
    static const char *const generic[] = { "本次", "此次", "该", "开幕式", "闭幕式", "圆桌", "欢迎", "首场", "系列" };
    static const char *const sentence[] = { "，", "。", "；", "表示", "指出", "出席", "强调", "下一届", "下届", "历届" };
    yq_str name = yq_at(w->text, s);
    size_t chars = yq_utf8_count(name), word = event_word(w, s);
    if (word == s.to - s.from && chars == 4 && yq_ends(name, YQ_S("仪式"))) return true; /* 签约仪式于某处举行 */
    if (!word || chars < NAME_CHARS_MIN || chars > NAME_CHARS_MAX || s.to - s.from < word + 6) return false;
    if (yq_begins_with_any(w->text, s.from, s.to, generic, YQ_COUNT(generic)) && chars < 12) return false;
    return !yq_has_any(name, sentence, YQ_COUNT(sentence));
}

/* The full name without remarks in brackets. */
static yq_str name_words(yq_work *w, yq_span s)
{
    static const char *const openers[] = { "（以下", "（简称", "（下称", "(以下", "(简称" };
    yq_str name = yq_words_of(w, s);
    for (size_t i = 0; i < YQ_COUNT(openers); i++) {
        size_t at = yq_find(name, yq_cstr(openers[i]), 0), end = at == SIZE_MAX ? at : yq_find(name, YQ_S("）"), at);
        if (end != SIZE_MAX) return yq_concat(w->arena, yq_sub(name, 0, at), yq_sub(name, end + 3, name.n));
    }
    return name;
}

/* ---------------------------------------------------------------- the register of events */

typedef struct {
    yq_work *w;
    int last; /* the event that 论坛, 会议 mean; YQ_NONE: none yet */
} events;

static yq_found_event *event_at(const events *e, int i)
{
    return i == YQ_NONE ? NULL : &e->w->out->events.v[i];
}

static int known_event(const events *e, yq_str name)
{
    for (size_t i = 0; i < e->w->out->events.n; i++)
        if (yq_same_words(e->w->out->events.v[i].name, name)) return (int)i;
    return YQ_NONE;
}

static yq_found_event *note_words(events *e, yq_str words, yq_span name, double confidence)
{
    int i = known_event(e, words);
    if (i == YQ_NONE && e->w->out->events.n >= YQ_FOUND_MAX) i = e->last == YQ_NONE ? 0 : e->last;
    if (i == YQ_NONE) {
        yq_found_event *fresh = yq_push(e->w->arena, &e->w->out->events);
        *fresh = (yq_found_event){ .name = words, .evidence = yq_evidence_of(e->w, name, confidence, YQ_VOICE_PATTERN) };
        i = (int)e->w->out->events.n - 1;
    }
    return event_at(e, e->last = i);
}

static yq_found_event *note_event(events *e, yq_span name, double confidence)
{
    return note_words(e, name_words(e->w, name), name, confidence);
}

/* A month far ahead of the publication lies in the year before it: in January one reads of December. */
static void set_date(const yq_work *w, yq_found_event *event, const yq_mention *m)
{
    if (event->date[0] || !m || m->value.n < 7 || m->value.n > 10) return;
    memcpy(event->date, m->value.p, m->value.n);
    event->date[m->value.n] = 0;
    bool full = m->value.n == 10 && event->date[4] == '-', said = m->span.from >= 12 && !memcmp(w->text.p + m->span.from - 6, "去年", 6);
    const char *published = w->reading->date;
    if (!full || strlen(published) != 10 || strncmp(event->date, published, 4) != 0) return;
    if (yq_find(yq_at(w->text, m->span), YQ_S("年"), 0) != SIZE_MAX) return;
    if (!said && atoi(event->date + 5) < atoi(published + 5) + 6) return;
    char year[5];
    snprintf(year, sizeof year, "%04u", (unsigned)(atoi(published) - 1) % 10000);
    memcpy(event->date, year, 4);
}

static const struct { const char *word, *place; } short_places[] = {
    { "京", "北京" }, { "沪", "上海" }, { "津", "天津" }, { "渝", "重庆" }, { "穗", "广州" }, { "蓉", "成都" }, { "汉", "武汉" }, { "杭", "杭州" },
    { "宁", "南京" }, { "深", "深圳" },
};

static void set_place(const yq_work *w, yq_found_event *event, yq_span place)
{
    static const char *const ends[] = { "内", "里", "上" };
    static const char *const begins[] = { "我院", "学校", "线上", "学院" };
    place = strip_end(w->text, yq_tighten(w->text, place), adverbs, YQ_COUNT(adverbs));
    place = strip_end(w->text, place, ends, YQ_COUNT(ends));
    yq_span tail = strip_begin(w->text, place, begins, YQ_COUNT(begins));
    if (tail.to > tail.from) place = tail;
    yq_mention_list dates = { 0 };
    size_t comma = yq_find(yq_sub(w->text, 0, place.to), YQ_S(", "), place.from);
    if (comma != SIZE_MAX && comma > place.from) place.to = (uint32_t)comma; /* the city and province behind an English name */
    yq_mentions_in(w, place, YQ_MASK(YQ_M_DATE), &dates);
    yq_str words = yq_words_of(w, place);
    if (dates.n || event->place.n || !words.n || yq_utf8_count(words) > PLACE_CHARS_MAX || yq_has(words, YQ_S("，"))) return;
    event->place = words;
    for (size_t i = 0; i < YQ_COUNT(short_places); i++)
        if (yq_eq(words, yq_cstr(short_places[i].word))) event->place = yq_cstr(short_places[i].place);
}

static void set_theme(const yq_work *w, yq_found_event *event, yq_span theme)
{
    if (!event->theme.n && theme.to > theme.from) event->theme = yq_words_of(w, theme);
}

/* 以“T”为主题, 主题为“T”, 主题：T */
static yq_span theme_in(const yq_work *w, yq_span s)
{
    static const char *const leads[] = { "主题为", "主题是", "主题", "主题：", "主题:", "以", "围绕" };
    yq_quote q;
    for (size_t from = s.from; yq_next_quote(w->text, s, from, &q); from = q.outer.to) {
        size_t n = yq_ends_with_any(w->text, s.from, q.outer.from, leads, YQ_COUNT(leads));
        if (n >= 6 && n != 6) return q.inner;
        if (n && yq_starts(yq_sub(w->text, q.outer.to, s.to), YQ_S("为主题"))) return q.inner;
    }
    return (yq_span){ 0 };
}

/* ---------------------------------------------------------------- organizers */

static void add_organizer(events *e, yq_found_event *event, int org, yq_str role)
{
    for (size_t i = 0; i < event->organizers.n; i++)
        if (event->organizers.v[i].org == org && yq_eq(yq_cstr(event->organizers.v[i].role), role)) return;
    *yq_push(e->w->arena, &event->organizers) = (yq_found_organizer){ org, yq_dupz(e->w->arena, role) };
}

/* The host verb of a part; 举办 and 召开 count only with 由 or a body in front, which the caller sees by the organisations. */
static size_t host_verb(const yq_work *w, yq_span s, yq_lex_hit *hit)
{
    for (size_t at = s.from; at < s.to; yq_utf8_next(w->text, &at))
        if (yq_lex_longest(yq_sub(w->text, 0, s.to), at, YQ_LEX_HOST_VERBS, hit) && !yq_in_quote(w->text, s, at)) return at;
    return SIZE_MAX;
}

/* "由A、B主办", "A为支持单位", "主办：A、B": in each part between commas the organisations before the verb, or behind its colon. */
static void read_organizers(events *e, yq_found_event *event, yq_span s)
{
    yq_spans parts = { 0 };
    yq_mention_list orgs = { 0 };
    yq_lex_hit hit;
    yq_cut_at(e->w->arena, e->w->text, s, "，,；;。、 ", &parts);
    uint32_t from = s.from;
    for (size_t i = 0; i < parts.n; i++) {
        size_t verb = host_verb(e->w, parts.v[i], &hit);
        if (verb == SIZE_MAX) continue;
        size_t behind = verb + hit.length;
        bool label = behind < s.to && (e->w->text.p[behind] == ':' || yq_starts(yq_sub(e->w->text, behind, s.to), YQ_S("：")));
        yq_span where = { from, (uint32_t)verb };
        if (label) {
            where = (yq_span){ (uint32_t)behind, parts.v[i].to };
            for (size_t k = i + 1; k < parts.n && host_verb(e->w, parts.v[k], &hit) == SIZE_MAX; k++) where.to = parts.v[k].to;
            (void)yq_lex_longest(yq_sub(e->w->text, 0, s.to), verb, YQ_LEX_HOST_VERBS, &hit);
        }
        yq_mentions_in(e->w, where, YQ_MASK(YQ_M_ORG), &orgs);
        static const char *const where_words[] = { "在", "于", "设在" };
        for (size_t k = 0; k < orgs.n; k++)
            if (orgs.v[k]->ref != YQ_NONE && !yq_ends_with_any(e->w->text, s.from, orgs.v[k]->span.from, where_words, YQ_COUNT(where_words))) add_organizer(e, event, orgs.v[k]->ref, yq_lex_column(hit.value, 0));
        from = parts.v[i].to;
    }
}

/* ---------------------------------------------------------------- sentences */

/* The part between commas that holds byte at. */
static yq_span comma_part(const yq_work *w, const yq_sentence *s, size_t at)
{
    yq_spans parts = { 0 };
    yq_cut_at(w->arena, w->text, s->span, "，,；;。", &parts);
    for (size_t i = 0; i < parts.n; i++)
        if (at >= parts.v[i].from && at < parts.v[i].to) return parts.v[i];
    return s->span;
}

static size_t last_outside(const yq_work *w, yq_span s, const char *word)
{
    size_t last = SIZE_MAX;
    for (size_t at = s.from; (at = yq_find_outside(w->text, s, at, word)) != SIZE_MAX; at += strlen(word)) last = at;
    return last;
}

static void finish(events *e, const yq_sentence *s, yq_found_event *event, size_t verb)
{
    const yq_mention *date = yq_last_mention(e->w, s, YQ_MASK(YQ_M_DATE), verb);
    if (!date) date = yq_next_mention(e->w, s, YQ_MASK(YQ_M_DATE), s->span.from);
    if (date && date->span.from > verb + 60) date = NULL;
    if (!date && s > e->w->sentences.v && s[-1].block == s->block) date = yq_last_mention(e->w, &s[-1], YQ_MASK(YQ_M_DATE), s[-1].span.to);
    const yq_mention *first = yq_next_mention(e->w, s, YQ_MASK(YQ_M_DATE), s->span.from);
    set_date(e->w, event, first && date && first->span.from < date->span.from && date->span.from >= s->span.from ? first : date);
    set_theme(e->w, event, theme_in(e->w, s->span));
    read_organizers(e, event, s->span);
}

/* NAME在PLACE举行 */
static bool name_before(events *e, const yq_sentence *s, yq_span part, size_t verb)
{
    yq_span theme = { 0 }, place = { 0 }, head = { part.from, (uint32_t)verb };
    size_t in = last_outside(e->w, head, "在"), at_place = last_outside(e->w, head, "于");
    if (in == SIZE_MAX || (at_place != SIZE_MAX && at_place > in)) in = at_place;
    yq_span name = { part.from, in == SIZE_MAX ? (uint32_t)verb : (uint32_t)in };
    if (in != SIZE_MAX) place = (yq_span){ (uint32_t)in + 3, (uint32_t)verb };
    name = clean_name(e->w, strip_end(e->w->text, name, adverbs, YQ_COUNT(adverbs)), &theme);
    if (!is_event_name(e->w, name)) return false;
    yq_found_event *event = note_event(e, name, 0.85);
    set_place(e->w, event, place);
    set_theme(e->w, event, theme);
    finish(e, s, event, verb);
    return true;
}

/* 在PLACE举行NAME, ORG举办NAME */
static bool name_behind(events *e, const yq_sentence *s, yq_span part, size_t verb, size_t length)
{
    static const char *const particles[] = { "了", "的", "“首届" };
    yq_span theme = { 0 }, name = { (uint32_t)(verb + length), part.to };
    size_t in = last_outside(e->w, (yq_span){ part.from, (uint32_t)verb }, "在");
    name = strip_begin(e->w->text, name, particles, 2);
    for (size_t end = name.to; end > name.from + 9 && !event_word(e->w, name);) { /* 开幕的创新周上被提起: the name ends inside */
        end = yq_utf8_back(e->w->text, end);
        name.to = (uint32_t)end;
    }
    name = clean_name(e->w, name, &theme);
    size_t whose = last_outside(e->w, (yq_span){ part.from, (uint32_t)verb }, "为");
    yq_found_event *event;
    if (in == SIZE_MAX && !yq_next_mention(e->w, s, YQ_MASK(YQ_M_DATE), s->span.from)) return false; /* plans and praise */
    if (event_word(e->w, name) && yq_utf8_count(yq_at(e->w->text, name)) <= 4 && whose != SIZE_MAX && verb - whose > 12) { /* 为某中心举行启用礼 */
        yq_str owner = yq_words_of(e->w, (yq_span){ (uint32_t)whose + 3, (uint32_t)verb });
        event = note_words(e, yq_concat(e->w->arena, owner, yq_words_of(e->w, name)), name, 0.7);
    } else if (is_event_name(e->w, name)) event = note_event(e, name, 0.75);
    else return false;
    if (in != SIZE_MAX) set_place(e->w, event, (yq_span){ (uint32_t)in + 3, (uint32_t)verb });
    set_theme(e->w, event, theme);
    finish(e, s, event, verb);
    return true;
}

/* NAME由A主办: the name stands before 由. */
static void hosted_by(events *e, const yq_sentence *s)
{
    yq_span theme = { 0 };
    size_t by = yq_find_outside(e->w->text, s->span, s->span.from, "由");
    if (by == SIZE_MAX || !yq_has_any(yq_sub(e->w->text, by, s->span.to), hosting, YQ_COUNT(hosting))) return;
    yq_span name = clean_name(e->w, (yq_span){ comma_part(e->w, s, by).from, (uint32_t)by }, &theme);
    if (is_event_name(e->w, name)) finish(e, s, note_event(e, name, 0.7), by);
}

/* 在刚刚结束的NAME上: named in passing, for the first time. */
static void named_in_passing(events *e, const yq_sentence *s)
{
    static const char *const behind[] = { "上，", "中，", "期间，", "现场，", "上,", "上被" };
    for (size_t i = 0; i < YQ_COUNT(held_lately); i++) {
        size_t at = yq_find_outside(e->w->text, s->span, s->span.from, held_lately[i]);
        if (at == SIZE_MAX) continue;
        yq_span name = { (uint32_t)(at + strlen(held_lately[i])), 0 };
        for (size_t end = name.from; end < s->span.to && !name.to; yq_utf8_next(e->w->text, &end))
            if (yq_begins_with_any(e->w->text, end, s->span.to, behind, YQ_COUNT(behind))) name.to = (uint32_t)end;
        if (name.to <= name.from || !is_event_name(e->w, name)) continue;
        yq_found_event *event = note_event(e, name, 0.7);
        const yq_mention *date = yq_last_mention(e->w, s, YQ_MASK(YQ_M_DATE), at);
        if (date && at - date->span.to < 12) set_date(e->w, event, date);
    }
}

static bool negated(const yq_work *w, const yq_sentence *s, size_t verb)
{
    static const char *const words[] = { "曾", "历届", "每年", "下一届", "筹备" };
    yq_str before = yq_sub(w->text, verb > s->span.from + 24 ? verb - 24 : s->span.from, verb);
    return yq_has_any(before, words, YQ_COUNT(words));
}

static void read_sentence(events *e, const yq_sentence *s)
{
    bool may = s->cues & YQ_CUE(HOLDING);
    for (size_t at = s->span.from; may && (at = yq_next_cue(e->w, at, s->span.to, YQ_CUE(HOLDING))) < s->span.to;) {
        size_t n = yq_begins_with_any(e->w->text, at, s->span.to, holding_verbs, YQ_COUNT(holding_verbs));
        static const char *const nouns[] = { "启动会", "启动仪式", "启动大会", "启动暨", "闭幕式", "开幕式", "开幕词", "召集人", "开班式", "开班仪式", "揭幕仪式",
                                             "揭幕战" };
        bool noun = n && yq_begins_with_any(e->w->text, at, s->span.to, nouns, YQ_COUNT(nouns));
        if (n && !noun && !yq_in_quote(e->w->text, s->span, at) && !negated(e->w, s, at)) {
            yq_span part = comma_part(e->w, s, at);
            if (!name_before(e, s, part, at)) name_behind(e, s, part, at, n);
        }
        if (n) at += n;
        else yq_utf8_next(e->w->text, &at);
    }
    if (s->cues & YQ_CUE(HOST)) hosted_by(e, s);
    if (s->cues & YQ_CUE(HELD)) named_in_passing(e, s);
}

/* "论坛由A主办", "创新周主题为…", "开幕式设在…": said of the event last named. */
static void read_about(events *e, const yq_sentence *s)
{
    static const char *const subjects[] = { "论坛", "大会", "会议", "本次", "此次", "本届", "活动", "仪式", "年会", "峰会", "创新周", "学术周", "研讨会",
                                            "培训班", "座谈会", "主办", "大赛",
                                            "该活动", "由", "启动会", "决赛" };
    yq_found_event *event = event_at(e, e->last);
    if (!event) return;
    bool same = s->span.from < event->evidence.span.to;
    if (same && s->span.to < event->evidence.span.from) return;
    size_t gap = same ? 0 : s->span.from - event->evidence.span.to;
    size_t low = s->span.from, high = s->span.from + 40 < s->span.to ? s->span.from + 40 : s->span.to;
    bool about = same || (gap < 900 && yq_has_any(yq_sub(e->w->text, low, high), subjects, YQ_COUNT(subjects)));
    if (!about) return;
    static const char *const hosts[] = { "主办", "承办", "协办", "支持", "指导单位" };
    if (yq_has_any(yq_at(e->w->text, s->span), hosts, YQ_COUNT(hosts))) read_organizers(e, event, s->span);
    set_theme(e->w, event, theme_in(e->w, s->span));
    static const char *const places[] = { "设在", "在" };
    for (size_t i = 0; i < YQ_COUNT(places) && !event->place.n; i++) {
        size_t at = yq_find_outside(e->w->text, s->span, s->span.from, places[i]);
        if (at == SIZE_MAX) continue;
        yq_span part = comma_part(e->w, s, at), place = { (uint32_t)(at + strlen(places[i])), part.to };
        size_t verb = SIZE_MAX;
        for (size_t k = 0; k < YQ_COUNT(holding_verbs) && verb == SIZE_MAX; k++) verb = yq_find_outside(e->w->text, place, place.from, holding_verbs[k]);
        if (verb == SIZE_MAX && i) continue;
        if (verb != SIZE_MAX) place.to = (uint32_t)verb;
        set_place(e->w, event, place);
        const yq_mention *date = yq_last_mention(e->w, s, YQ_MASK(YQ_M_DATE), at);
        if (date && at - date->span.to < 12) set_date(e->w, event, date);
    }
}

/* ---------------------------------------------------------------- English */

static const char *const english_words[] = { "Forum", "Conference", "Symposium", "Summit", "Congress", "Workshop", "Seminar",
                                             "Annual Meeting", "Ceremony", "Roundtable", "Colloquium",
                                             "Innovation Week", "Hackathon" };

/* ---------------------------------------------------------------- titles and labels */

/* The event that a title names: 第六届大会日程, 关于召开X的通知, ——X侧记. */
static yq_span name_in_title(const yq_work *w, yq_span title)
{
    static const char *const ends[] = { "日程", "议程", "侧记", "的通知", "邀请函", "程序册", "会议手册", "综述", "圆满落幕", "报名通知", "通知", "预告", "日程安排",
                                        "会议日程", "纪要", "纪实" };
    static const char *const begins[] = { "关于召开", "关于举办", "关于举行", "——", "—", "召开", "举办" };
    yq_spans parts = { 0 };
    yq_span theme = { 0 };
    yq_cut_at(w->arena, w->text, title, "—，, ：|\n", &parts);
    for (size_t i = parts.n; i-- > 0;) {
        yq_span s = strip_end(w->text, yq_tighten(w->text, parts.v[i]), ends, YQ_COUNT(ends));
        s = clean_name(w, strip_begin(w->text, s, begins, YQ_COUNT(begins)), &theme);
        if (is_event_name(w, s)) return s;
    }
    return (yq_span){ 0 };
}

typedef enum { LABEL_DATE, LABEL_PLACE, LABEL_THEME, LABEL_HOST } label_kind;
static const struct { const char *word; label_kind kind; } labels[] = {
    { "时间", LABEL_DATE }, { "日期", LABEL_DATE }, { "会议时间", LABEL_DATE }, { "活动时间", LABEL_DATE }, { "举办时间", LABEL_DATE },
    { "地点", LABEL_PLACE },
    { "会议地点", LABEL_PLACE }, { "活动地点", LABEL_PLACE }, { "举办地点", LABEL_PLACE }, { "会场", LABEL_PLACE }, { "主题", LABEL_THEME },
    { "大会主题", LABEL_THEME },
    { "会议主题", LABEL_THEME }, { "论坛主题", LABEL_THEME }, { "主办", LABEL_HOST }, { "承办", LABEL_HOST }, { "协办", LABEL_HOST },
    { "支持", LABEL_HOST },
    { "主办单位", LABEL_HOST }, { "承办单位", LABEL_HOST }, { "协办单位", LABEL_HOST }, { "支持单位", LABEL_HOST }, { "媒体支持", LABEL_HOST },
    { "指导单位", LABEL_HOST },
    { "Date", LABEL_DATE }, { "Time", LABEL_DATE }, { "When", LABEL_DATE }, { "Venue", LABEL_PLACE }, { "Place", LABEL_PLACE },
    { "Location", LABEL_PLACE },
    { "Where", LABEL_PLACE }, { "Theme", LABEL_THEME }, { "Organiser", LABEL_HOST }, { "Organizer", LABEL_HOST },
    { "Organisers", LABEL_HOST },
    { "Organizers", LABEL_HOST }, { "Host", LABEL_HOST }, { "Hosts", LABEL_HOST }, { "Supporters", LABEL_HOST },
    { "Supported by", LABEL_HOST },
};

/* Pieces of a line between wide gaps: "时间：… 地点：…", "2024年6月22日 国际会展中心". */
static bool read_piece(events *e, yq_found_event *event, yq_span piece)
{
    yq_str s = yq_at(e->w->text, piece);
    for (size_t i = YQ_COUNT(labels); i-- > 0;) {
        yq_str word = yq_cstr(labels[i].word);
        if (!yq_starts(s, word)) continue;
        yq_str rest = yq_sub(s, word.n, s.n);
        if (!yq_starts(rest, YQ_S("：")) && !yq_starts(rest, YQ_S(":")) && !yq_starts(rest, YQ_S(" "))) continue;
        yq_span value = yq_tighten(e->w->text, (yq_span){ piece.from + (uint32_t)word.n, piece.to });
        yq_mention_list dates = { 0 };
        if (labels[i].kind == LABEL_PLACE) set_place(e->w, event, value);
        else if (labels[i].kind == LABEL_THEME) set_theme(e->w, event, value);
        else if (labels[i].kind == LABEL_DATE) {
            yq_mentions_in(e->w, value, YQ_MASK(YQ_M_DATE), &dates);
            if (dates.n) set_date(e->w, event, dates.v[0]);
        }
        return true;
    }
    return false;
}

/* The next place in a line where a label begins, behind a space. */
static uint32_t piece_end(const yq_work *w, yq_span line, uint32_t from)
{
    for (uint32_t at = from + 1; at < line.to; at++) {
        static const char *const borders[] = { " ", "；", "）", "。", "，", "|" };
        size_t border = yq_ends_with_any(w->text, line.from, at, borders, YQ_COUNT(borders));
        if (!border) continue;
        for (size_t i = 0; i < YQ_COUNT(labels); i++) {
            yq_str rest = yq_sub(w->text, at, line.to), word = yq_cstr(labels[i].word);
            if (!yq_starts(rest, word)) continue;
            rest = yq_sub(rest, word.n, rest.n);
            if (w->text.p[at - 1] == ' ' || yq_starts(rest, YQ_S("：")) || yq_starts(rest, YQ_S(":"))) return at;
        }
    }
    return line.to;
}

static bool has_venue(const yq_work *w, yq_span s)
{
    static const char *const english[] = { "Centre", "Center", "Hall", "Hotel", "Auditorium", "Theatre", "Theater", "Campus",
                                           "Pavilion", "Library" };
    yq_lex_hit hit;
    if (yq_has_any(yq_at(w->text, s), english, YQ_COUNT(english))) return true;
    return yq_lex_suffix(yq_sub(w->text, 0, s.to), s.to, YQ_LEX_VENUE_WORDS, &hit) && hit.length < s.to - s.from;
}

/* "2024年6月22日（星期六）国际会展中心": the day of the week goes with the date. */
static yq_span behind_bracket(const yq_work *w, yq_span s)
{
    size_t close = yq_find(yq_sub(w->text, 0, s.to), YQ_S("）"), s.from);
    if (s.from > 2 && close != SIZE_MAX && (!memcmp(w->text.p + s.from, "（", 3) || close - s.from <= 6)) s.from = (uint32_t)close + 3;
    return yq_tighten(w->text, s);
}

static void read_label_line(events *e, yq_found_event *event, yq_span line)
{
    for (uint32_t from = line.from; from < line.to;) {
        uint32_t end = piece_end(e->w, line, from);
        yq_span piece = yq_tighten(e->w->text, (yq_span){ from, end });
        if (!read_piece(e, event, piece)) {
            yq_spans words = { 0 };
            bool barred = yq_span_has(e->w->text, piece, "|");
            yq_cut_at(e->w->arena, e->w->text, piece, barred ? "|" : " ", &words);
            for (size_t i = 0; i < words.n; i++)
                if (has_venue(e->w, words.v[i])) set_place(e->w, event, behind_bracket(e->w, behind_dates(e->w, words.v[i])));
        }
        from = end;
    }
}

/* A title that names an event, with date and place in the lines below it. */
static void read_programme(events *e)
{
    enum { HEAD_BLOCKS = 12 };
    yq_span title = e->w->reading->title, name = (yq_span){ 0 };
    const yq_reading *r = e->w->reading;
    for (size_t i = 0; i < r->blocks.n && i < 4 && name.to == name.from; i++)
        if (r->blocks.v[i].kind == YQ_BLOCK_TITLE || r->blocks.v[i].kind == YQ_BLOCK_SUBTITLE) name = name_in_title(e->w, r->blocks.v[i].span);
    if (name.to == name.from && title.to > title.from) {
        if (yq_has_any(yq_at(e->w->text, title), english_words, YQ_COUNT(english_words))) name = title;
    }
    if (name.to == name.from) return;
    yq_found_event draft = { 0 };
    bool dated = false;
    for (size_t i = 0; i < r->blocks.n && i < HEAD_BLOCKS; i++) {
        const yq_block *b = &r->blocks.v[i];
        if (b->kind == YQ_BLOCK_TABLE || b->span.to - b->span.from > 400) break;
        if (b->kind == YQ_BLOCK_TITLE) continue;
        yq_mention_list dates = { 0 };
        yq_mentions_in(e->w, b->span, YQ_MASK(YQ_M_DATE), &dates);
        read_label_line(e, &draft, b->span);
        if (dates.n && b->kind != YQ_BLOCK_META && !dated) set_date(e->w, &draft, dates.v[0]), dated = true;
    }
    if (!draft.date[0] && !draft.place.n) return;
    yq_found_event *event = note_event(e, name, 0.8);
    if (!event->date[0]) memcpy(event->date, draft.date, sizeof draft.date);
    if (!event->place.n) event->place = draft.place;
    if (!event->theme.n) event->theme = draft.theme;
    for (size_t i = 0; i < r->blocks.n && i < HEAD_BLOCKS; i++)
        if (r->blocks.v[i].kind != YQ_BLOCK_TABLE && r->blocks.v[i].kind != YQ_BLOCK_TITLE && r->blocks.v[i].span.to - r->blocks.v[i].span.from < 400)
            read_organizers(e, event, r->blocks.v[i].span);
}

/* ---------------------------------------------------------------- a series: heading, date with hours, Location */

static bool is_hours(yq_str s)
{
    for (size_t i = 1; i + 3 < s.n; i++)
        if (s.p[i] == ':' && s.p[i - 1] >= '0' && s.p[i - 1] <= '9' && s.p[i + 1] >= '0' && s.p[i + 1] <= '9') return s.n < 140;
    return false;
}

static void read_series(events *e)
{
    const yq_reading *r = e->w->reading;
    yq_found_event *open = NULL;
    bool place_next = false;
    for (size_t i = 0; i < r->blocks.n; i++) {
        const yq_block *b = &r->blocks.v[i];
        yq_str s = yq_block_text(e->w, i);
        yq_mention_list dates = { 0 };
        if (b->kind == YQ_BLOCK_TABLE) continue;
        yq_mentions_in(e->w, b->span, YQ_MASK(YQ_M_DATE), &dates);
        bool when = dates.n && is_hours(s);
        if (place_next && open && !when) set_place(e->w, open, b->span);
        place_next = yq_eq(s, YQ_S("Location")) || yq_eq(s, YQ_S("Venue")) || yq_eq(s, YQ_S("地点"));
        if (when && open && !open->date[0]) set_date(e->w, open, dates.v[0]);
        bool heads = b->kind == YQ_BLOCK_HEADING && b->level != 5 && i + 1 < r->blocks.n;
        if (!heads) continue;
        bool dated = false, label = false;
        for (size_t k = i + 1; k < r->blocks.n && k < i + 12 && !dated; k++) {
            if (r->blocks.v[k].kind == YQ_BLOCK_HEADING && r->blocks.v[k].level != 5) break;
            yq_mentions_in(e->w, r->blocks.v[k].span, YQ_MASK(YQ_M_DATE), &dates);
            label |= r->blocks.v[k].kind == YQ_BLOCK_HEADING;
            dated = dates.n && is_hours(yq_block_text(e->w, k));
            label |= dated && k == i + 1;
        }
        open = dated && label ? note_event(e, yq_tighten(e->w->text, b->span), 0.7) : NULL;
    }
}

void yq_find_events(yq_work *w)
{
    events e = { .w = w, .last = YQ_NONE };
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        yq_block_kind kind = w->reading->blocks.v[s->block].kind;
        if (s->table != YQ_NO_TABLE || kind == YQ_BLOCK_TITLE || kind == YQ_BLOCK_SUBTITLE) continue;
        if (s->lang == YQ_LANG_EN) {
            yq_read_english_event(w, s);
            continue;
        }
        read_sentence(&e, s);
        read_about(&e, s);
    }
    yq_find_english_diary(w);
    read_programme(&e);
    read_series(&e);
}
