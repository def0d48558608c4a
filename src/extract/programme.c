/* extract/programme.c - programmes that are typed line by line: who speaks when, on what.
 *
 * 09:10-09:30  卒中绿道  周岚  云上医院 院长      a slot: what stands between the time and the speaker is the title
 * 09:30-09:50  周岚（云上医院）：卒中绿道         the speaker may stand first
 * 09:50-10:10  The green channel               or in a line below, with or without a title of his own
 *              Prof. Lan Zhou (Yunshang Hospital)
 * 周岚：卒中绿道                                 without times only below words that announce talks, or with the title in 《》
 *
 * A line may be a row of a table without a header. What stands behind a speaker's name is read as in any list (entries.c).
 */
#include "extract/chinese.h"
#include "extract/relations.h"

enum { TITLE_CHARS_MIN = 4, TITLE_CHARS_MAX = 120, HEAD_CHARS = 44, LINE_CHARS = 200, BELOW = 3 /* lines that a slot waits */, LED_ROWS = 2 };

typedef struct {
    yq_work *w;
    yq_span title; /* of a slot that waits for its speaker */
    int org;       /* that the slot names: a company's satellite */
    int waits;     /* for so many lines more */
    int led;       /* so many lines more may be talks without a time */
} programme_reader;

/* ---------------------------------------------------------------- talks */

static bool is_known(const yq_work *w, int person, yq_str title)
{
    for (size_t i = w->out->talks.n; i-- > 0;)
        if (w->out->talks.v[i].person == person && yq_same_words(w->out->talks.v[i].title, title)) return true;
    return false;
}

/* 茶歇, 开幕式, Panel: nobody's talk. */
static bool is_no_talk(yq_str title)
{
    static const char *const words[] = { "茶歇", "茶 歇", "讨论", "合影", "签到", "午餐", "晚餐", "休息", "开幕", "闭幕", "报到", "交流", "问答", "颁奖", "致辞", "致词",
                                         "揭牌", "签约", "仪式", "主持", "Break", "Lunch", "Registration", "Discussion", "Opening", "Closing", "Q&A", "Panel", "用餐",
                                         "总结", "参观", "卫星会", "圆桌", "Welcome", "Live", "转播", "演示", "直播", "Chair", "抽奖", "考核", "自由" };
    size_t chars = yq_utf8_count(title);
    size_t most = yq_is_han(yq_utf8_next(title, &(size_t){ 0 })) ? 16 : 36;
    return chars < TITLE_CHARS_MIN || chars > TITLE_CHARS_MAX || (chars <= most && yq_has_any(title, words, YQ_COUNT(words)));
}

/* The marks around a whole title taken off. */
static yq_span unquoted(const yq_work *w, yq_span s)
{
    yq_quote q;
    s = yq_tighten(w->text, s);
    if (s.to > s.from && yq_quote_at(w->text, s.from, s.to, &q) && q.outer.from == s.from && q.outer.to == s.to) s = q.inner;
    return s;
}

static bool add_talk(programme_reader *r, int person, yq_span title)
{
    yq_work *w = r->w;
    title = unquoted(w, title);
    yq_str words = title.to > title.from ? yq_words_of(w, title) : (yq_str){ 0 };
    if (person == YQ_NONE || !words.n || is_no_talk(words) || w->out->talks.n >= YQ_FOUND_MAX || is_known(w, person, words)) return false;
    yq_found_talk talk = { .person = person, .title = words, .evidence = yq_evidence_of(w, title, 0.9, YQ_VOICE_PATTERN) };
    *yq_push(w->arena, &w->out->talks) = talk;
    return true;
}

/* ---------------------------------------------------------------- times */

static size_t digits_at(yq_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9') n++;
    return n;
}

/* 9:10, 09：10: its bytes, 0: no time. */
static size_t clock_at(yq_str s, size_t at)
{
    static const char *const parts[] = { ":", "：", "." };
    size_t hours = digits_at(s, at), from = at;
    at += hours;
    size_t part = hours && hours <= 2 ? yq_begins_with_any(s, at, s.n, parts, YQ_COUNT(parts)) : 0;
    if (!part || digits_at(s, at + part) != 2) return 0;
    return at + part + 2 - from;
}

/* The time that a slot begins with, with what stands around it; 0: none. A single time with a point could be any number. */
static size_t time_of(yq_str s)
{
    static const char *const before[] = { "上午", "下午", "晚上", "时间：", "【", "[", "（", "(", "• ", "· " };
    static const char *const between[] = { "-", "–", "—", "~", "～", "至", "到", " ", "－", "−" }, *const behind[] = { "】", "]", "）", ")", "am", "pm", "AM", "PM", "a.m.",
                                                                                                  "p.m." };
    size_t at = 0, n, range = 0;
    while ((n = yq_begins_with_any(s, at, s.n, before, YQ_COUNT(before)))) at += n;
    size_t first = clock_at(s, at), from = at;
    if (!first) return 0;
    at += first;
    while ((n = yq_begins_with_any(s, at + range, s.n, between, YQ_COUNT(between)))) range += n;
    size_t second = range ? clock_at(s, at + range) : 0;
    if (second) at += range + second;
    if (!second && yq_has(yq_sub(s, from, at), YQ_S("."))) return 0;
    at += yq_begins_with_any(s, at, s.n, behind, YQ_COUNT(behind));
    bool border = at == s.n || !yq_is_punct(yq_utf8_next(s, &(size_t){ at })) || yq_one_of(yq_utf8_next(s, &(size_t){ at }), "：:|｜—–-，,【《“「\"");
    return border ? at : 0;
}

/* ---------------------------------------------------------------- speakers */

static const char *const honorifics[] = { "Prof.", "Prof", "Professor", "Dr.", "Dr", "Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Sir", "教授", "博士", "医生", "先生", "女士", "老师", "主任" };
static const char *const speaker_words[] = { "讲者", "报告人", "主讲", "主讲人", "演讲人", "演讲", "汇报人", "汇报", "分享人", "分享", "分享嘉宾", "演讲嘉宾", "主讲嘉宾", "嘉宾", "讲师",
                                             "授课", "授课人", "报告", "发言人", "Speaker", "Speakers", "Presenter", "Lecturer", "by" };
static const char *const other_words[] = { "主持", "主持人", "术者", "致辞", "致词", "解说", "主席", "点评", "点评人", "讨论", "讨论嘉宾", "评委", "总结", "参会", "出席", "Chair",
                                           "Chairs", "Moderator", "Moderators", "Panelists", "Panel", "Discussants", "Discussant", "Host" };

/* Blanks, colons and strokes between the parts of a line. */
static bool is_parting(uint32_t c)
{
    return yq_is_space(c) || yq_one_of(c, "：:—–-|｜/／，,（(·•─");
}

static uint32_t step(yq_str text, size_t at)
{
    yq_utf8_next(text, &at);
    return (uint32_t)at;
}

static size_t back_over_parting(const yq_work *w, size_t low, size_t at)
{
    while (at > low) {
        size_t back = yq_utf8_back(w->text, at);
        if (!is_parting(yq_utf8_next(w->text, &(size_t){ back }))) break;
        at = back;
    }
    return at;
}

/* Where the title ends that stands in front of a speaker: labels and forms of address are none of it. other: the label is that of another part. */
static uint32_t title_end(const yq_work *w, uint32_t low, uint32_t at, bool *other)
{
    size_t end = back_over_parting(w, low, at);
    for (size_t n; (n = yq_ends_with_any(w->text, low, end, honorifics, YQ_COUNT(honorifics)));) end = back_over_parting(w, low, end - n);
    *other = yq_ends_with_any(w->text, low, end, other_words, YQ_COUNT(other_words)) > 0;
    size_t label = yq_ends_with_any(w->text, low, end, speaker_words, YQ_COUNT(speaker_words));
    size_t front = label ? back_over_parting(w, low, end - label) : end;
    return (uint32_t)(front < end - label || front == low ? front : end);
}

/* Is the rest of the line, from a name on, names with their posts? */
static bool is_tail(yq_work *w, yq_span tail)
{
    yq_pieces v = { 0 };
    yq_cut_pieces(w, tail, &v);
    for (size_t i = 0; i < v.n; i++)
        if (!v.v[i].person && !v.v[i].post && yq_utf8_count(yq_at(w->text, v.v[i].bare)) > 12) return false;
    return v.n && v.v[0].person;
}

/* The name that begins the names at the end of the line; NULL: none does. */
static const yq_mention *tail_name(yq_work *w, yq_span line)
{
    yq_mention_list people = { 0 };
    yq_mentions_in(w, line, YQ_MASK(YQ_M_PERSON), &people);
    for (size_t i = 0; i < people.n; i++) {
        const yq_mention *p = people.v[i];
        bool border = p->span.from == line.from || back_over_parting(w, line.from, p->span.from) < p->span.from || yq_one_of(yq_utf8_next(w->text, &(size_t){ yq_utf8_back(w->text, p->span.from) }), "》”」");
        if (p->ref != YQ_NONE && border && !yq_in_quote(w->text, line, p->span.from) && is_tail(w, (yq_span){ p->span.from, line.to })) return p;
    }
    return NULL;
}

/* Everybody in the tail outside of brackets gave the talk; their posts follow them. */
static bool add_tail(programme_reader *r, yq_span tail, yq_span title)
{
    yq_pieces v = { 0 };
    bool added = false;
    yq_cut_pieces(r->w, tail, &v);
    for (size_t i = 0; i < v.n; i++)
        if (v.v[i].person) added |= add_talk(r, v.v[i].person->ref, title);
    if (added) yq_read_entry(r->w, tail, r->org);
    return added;
}

/* ---------------------------------------------------------------- the speaker first */

/* 云上医院院长周岚（博士）：题目: what stands in front of the name may be his post. */
static bool is_head(const yq_work *w, yq_span head)
{
    head = yq_tighten(w->text, head);
    if (head.to <= head.from) return true;
    if (yq_utf8_count(yq_at(w->text, head)) > HEAD_CHARS) return false;
    size_t end = head.to;
    size_t word = yq_ends_with_any(w->text, head.from, end, honorifics, YQ_COUNT(honorifics));
    if (!word) word = yq_ends_with_any(w->text, head.from, end, speaker_words, YQ_COUNT(speaker_words));
    if (word && (end - word == head.from || back_over_parting(w, head.from, end - word) < end - word)) return true;
    yq_lex_hit hit;
    yq_mention_list orgs = { 0 };
    yq_mentions_in(w, head, YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_TITLE), &orgs);
    return (orgs.n && orgs.v[orgs.n - 1]->span.to == end) || yq_lex_suffix(yq_sub(w->text, 0, end), end, YQ_LEX_TITLES, &hit);
}

/* The end of the name's own pieces: forms of address, brackets, posts. */
static uint32_t own_end(yq_work *w, yq_span from_name, const yq_mention *p)
{
    yq_pieces v = { 0 };
    yq_cut_pieces(w, from_name, &v);
    uint32_t end = p->span.to;
    size_t at = end, close;
    while (at < from_name.to && w->text.p[at] == ' ') at++;
    at += yq_begins_with_any(w->text, at, from_name.to, honorifics, YQ_COUNT(honorifics));
    for (size_t n; (n = yq_begins_with_any(w->text, at, from_name.to, (const char *const[]){ "（", "(" }, 2));) {
        close = yq_find(yq_sub(w->text, 0, from_name.to), n == 3 ? YQ_S("）") : YQ_S(")"), at);
        if (close == SIZE_MAX) return from_name.to;
        at = close + n;
    }
    if (at > end && (w->text.p[at - 1] != ' ')) end = (uint32_t)at;
    for (size_t i = 1; i < v.n && v.v[i].post && v.v[i].span.from >= end; i++) end = v.v[i].span.to;
    return end;
}

/* A line that begins with its speaker; the rest is the title. */
static bool speaker_first(programme_reader *r, yq_span line, bool timed)
{
    yq_work *w = r->w;
    yq_mention_list people = { 0 };
    yq_mentions_in(w, line, YQ_MASK(YQ_M_PERSON), &people);
    const yq_mention *p = people.n ? people.v[0] : NULL;
    if (!p || p->ref == YQ_NONE || !is_head(w, (yq_span){ line.from, p->span.from })) return false;
    uint32_t own = own_end(w, (yq_span){ p->span.from, line.to }, p), at = own;
    while (at < line.to && is_parting(yq_utf8_next(w->text, &(size_t){ at }))) at = step(w->text, at);
    bool quoted = at < line.to && yq_one_of(yq_utf8_next(w->text, &(size_t){ at }), "《〈");
    bool closed = w->text.p[own - 1] == ')' || (own > 3 && !memcmp(w->text.p + own - 3, "）", 3)); /* no blank stands behind brackets */
    bool comma = own < line.to && yq_one_of(yq_utf8_next(w->text, &(size_t){ own }), ",，"); /* a post may follow: Lan Zhou, Head of Stroke */
    if (at >= line.to || (at == own && !quoted && !closed) || (comma && !quoted && !timed)) return false;
    yq_span title = { at, line.to };
    yq_str words = yq_at(w->text, unquoted(w, title));
    if (yq_has(words, YQ_S("。")) || (people.n > 1 && people.v[1]->span.from == at)) return false;
    if (!add_talk(r, p->ref, title)) return false;
    yq_read_entry(w, (yq_span){ p->span.from, own }, r->org);
    return true;
}

/* ---------------------------------------------------------------- lines */

/* The title first, the speaker behind it. */
static bool title_first(programme_reader *r, yq_span line, bool *other)
{
    const yq_mention *p = tail_name(r->w, line);
    *other = false;
    if (!p) return false;
    uint32_t end = title_end(r->w, line.from, p->span.from, other);
    if (*other) return false;
    yq_span title = { line.from, end };
    yq_span own = yq_tighten(r->w->text, title);
    bool titled = own.to > own.from && yq_utf8_count(yq_at(r->w->text, own)) >= TITLE_CHARS_MIN && !is_head(r->w, title);
    if (!titled) title = r->title;
    return add_tail(r, (yq_span){ p->span.from, line.to }, title);
}

static void read_slot(programme_reader *r, yq_span rest)
{
    bool other;
    r->title = (yq_span){ 0 };
    r->org = YQ_NONE;
    r->waits = 0;
    while (rest.from < rest.to && is_parting(yq_utf8_next(r->w->text, &(size_t){ rest.from }))) rest.from = step(r->w->text, rest.from);
    rest = yq_tighten(r->w->text, rest);
    if (rest.to <= rest.from) {
        r->waits = BELOW;
        return;
    }
    if (speaker_first(r, rest, true) || title_first(r, rest, &other) || other) return;
    r->title = rest;
    r->org = yq_org_in(r->w, rest);
    r->waits = BELOW;
}

/* A line below a slot that names its speaker, or title and speaker. */
static void read_below(programme_reader *r, yq_span line)
{
    bool other;
    yq_span label, value;
    r->waits--;
    if (yq_labelled(r->w->text, line, &label, &value) && yq_has_any(yq_at(r->w->text, label), other_words, YQ_COUNT(other_words))) return;
    if (title_first(r, line, &other) || (!other && speaker_first(r, line, true))) {
        r->waits = r->org == YQ_NONE ? 0 : BELOW;
        return;
    }
    if (r->title.to == r->title.from) r->title = line;
}

/* Do these words announce talks? */
static bool announces(yq_str s)
{
    static const char *const words[] = { "分享", "演讲", "报告", "讲座", "讲题", "题目", "授课", "主讲", "议题", "日程", "议程", "发言题", "专题", "Talks", "talks", "Lectures",
                                         "lectures", "Keynotes", "Presentations", "presentations", "Programme", "Agenda" };
    return yq_has_any(s, words, YQ_COUNT(words));
}

/* 周岚《卒中绿道》: the title in its marks ends the line, and nothing but posts stands beside the name. */
static bool ends_with_book(const yq_work *w, yq_span line)
{
    yq_quote q;
    for (size_t from = line.from; yq_next_quote(w->text, line, from, &q); from = q.outer.to)
        if (q.book) return q.outer.to == line.to;
    return false;
}

static void read_untimed(programme_reader *r, yq_span line, bool heading)
{
    yq_str words = yq_at(r->w->text, line);
    bool speech = yq_has(words, YQ_S("：“")) || yq_has(words, YQ_S(":“"));
    if (!speech && (r->led || ends_with_book(r->w, line)) && speaker_first(r, line, false)) {
        r->led = LED_ROWS;
        return;
    }
    if (r->led) r->led--;
    bool colon = yq_ends(words, YQ_S("：")) || yq_ends(words, YQ_S(":")) || heading;
    if (announces(words) && (colon || yq_ends(words, YQ_S("如下")) || yq_utf8_count(words) <= 20)) r->led = LED_ROWS;
}

static void read_row(programme_reader *r, const yq_row *row)
{
    yq_work *w = r->w;
    yq_block_kind kind = w->reading->blocks.v[row->block].kind;
    bool heading = kind == YQ_BLOCK_HEADING || kind == YQ_BLOCK_TITLE;
    if (row->named_columns) return;
    yq_span line = yq_without_marks(w->text, row->span);
    size_t time = time_of(yq_at(w->text, line));
    if (time) read_slot(r, (yq_span){ line.from + (uint32_t)time, line.to });
    else if (yq_utf8_count(yq_at(w->text, line)) > LINE_CHARS) r->waits = r->led = 0;
    else if (r->waits) read_below(r, yq_tighten(w->text, line));
    else read_untimed(r, (yq_span){ yq_tighten(w->text, line).from, line.to }, heading);
}

void yq_find_programmes(yq_work *w)
{
    programme_reader r = { .w = w, .org = YQ_NONE };
    for (size_t i = 0; i < w->rows.n; i++) read_row(&r, &w->rows.v[i]);
}
