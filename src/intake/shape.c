/* Decides what each line is, from its words and its place: title, heading, list item, caption, something said about the document.
 *
 * Formats tell some of it (an h1, a # line); copied text tells nothing, and a programme typed by hand numbers its own lists. The same
 * rules serve all formats and touch only lines that the format left open.
 */
#include "intake/internal.h"

enum {
    TITLE_CHARS = 70, TITLE_LINES = 24, HEADING_CHARS = 32, NUMBERED_HEADING_CHARS = 46, META_CHARS = 64, CAPTION_CHARS = 44,
    BODY_CHARS = 40, BESIDE_DATE_BYTES = 36, DATELINE_BYTES = 160, HEAD_META_LINES = 12, TAIL_META_LINES = 5
};

static yq_str text_of(const yq_draft *d, size_t i)
{
    return yq_at(d->text, d->lines.v[i].span);
}

static bool open_line(const yq_line *line)
{
    return !line->dropped && !line->told && line->kind == YQ_BLOCK_PARAGRAPH;
}

/* The next line that is kept, or lines.n. */
static size_t following(const yq_draft *d, size_t i)
{
    for (i++; i < d->lines.n && d->lines.v[i].dropped;) i++;
    return i;
}

static uint32_t first_char(yq_str s)
{
    return s.n ? yq_utf8_next(s, &(size_t){ 0 }) : 0;
}

static uint32_t last_char(yq_str s)
{
    return s.n ? yq_utf8_next(s, &(size_t){ yq_utf8_back(s, s.n) }) : 0;
}

static bool starts_with_any(yq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_starts(s, yq_cstr(words[i]))) return true;
    return false;
}

static bool has_any(yq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_has(s, yq_cstr(words[i]))) return true;
    return false;
}

#define STARTS(s, words) starts_with_any((s), (words), sizeof(words) / sizeof *(words))
#define HAS(s, words) has_any((s), (words), sizeof(words) / sizeof *(words))

static bool ends_sentence(yq_str s)
{
    uint32_t cp = last_char(s);
    return cp == 0x3002 || cp == 0xFF1B || cp == ';' || cp == 0xFF0C || cp == ',' || cp == 0x3001 || cp == '.';
}

static bool has_date(yq_str s, yq_span *where)
{
    char date[11];
    return yq_find_date(s, 0, date, where);
}

/* ---------------------------------------------------------------- lines "key: value" of crawled pages */

static const struct { const char *key; yq_block_kind kind; bool cut; } key_lines[] = {
    { "标题:", YQ_BLOCK_TITLE, true },      { "标题：", YQ_BLOCK_TITLE, true },     { "新闻标题：", YQ_BLOCK_TITLE, true },
    { "文章标题：", YQ_BLOCK_TITLE, true }, { "发布日期", YQ_BLOCK_META, false },   { "发布时间", YQ_BLOCK_META, false },
    { "发表时间", YQ_BLOCK_META, false },   { "更新时间", YQ_BLOCK_META, false },   { "时间戳", YQ_BLOCK_META, false },
    { "信息来源", YQ_BLOCK_META, false },   { "新闻来源", YQ_BLOCK_META, false },   { "文章来源", YQ_BLOCK_META, false },
};

static void read_key_lines(yq_draft *d)
{
    for (size_t i = 0; i < d->lines.n && i < HEAD_META_LINES; i++) {
        yq_line *line = &d->lines.v[i];
        if (!open_line(line)) continue;
        for (size_t k = 0; k < sizeof key_lines / sizeof *key_lines; k++) {
            yq_str key = yq_cstr(key_lines[k].key);
            if (!yq_starts(text_of(d, i), key)) continue;
            if (key_lines[k].cut) {
                line->span.from += (uint32_t)key.n;
                while (line->span.from < line->span.to && d->text.p[line->span.from] == ' ') line->span.from++;
            }
            line->kind = key_lines[k].kind;
            line->told = true;
            break;
        }
    }
}

/* ---------------------------------------------------------------- what is said about the document */

static const char *const meta_openers[] = {
    "来源", "作者", "责任编辑", "责编", "编辑", "本版编辑", "记者", "本报记者", "本刊记者", "通讯员", "摄影", "校对", "美编", "供稿", "撰稿", "文/", "图/",
    "文字：", "图片：", "信息来源", "审核", "审稿", "监制", "联系人", "联系电话", "新闻联系", "媒体联系", "编制：", "发布单位", "发布日期", "发布时间", "日期：",
    "发布机构", "Media contact", "Media Contact", "MEDIA CONTACT", "Contact:", "FOR IMMEDIATE", "FORIMMEDIATE", "For immediate",
    "Source:", "Author",
    "By ", "Published", "Posted", "Editor:", "Note to Editors", "PRESS RELEASE", "NEWS RELEASE", "MEDIA RELEASE",
    "News release", "Press release", "新闻稿", "新聞稿",
};
static const char *const meta_words[] = {
    "来源", "來源", "发布", "發布", "作者", "字号", "浏览", "编辑", "編輯", "记者", "記者", "通讯员", "阅读", "点击", "版", "编制", "Published", "Posted",
};
static const char *const byline_words[] = { "记者", "記者", "通讯员", "通訊員", "宣传科", "供稿", "摄影", "编辑", "編輯", "报道", "報道" };

static bool in_brackets(yq_str s)
{
    uint32_t a = first_char(s), b = last_char(s);
    return (a == '(' || a == 0xFF08 || a == 0x3010 || a == '[') && (b == ')' || b == 0xFF09 || b == 0x3011 || b == ']');
}

/* When something takes place, not when it was published: a range of hours, or a place and theme beside the date. */
static bool is_event_time(yq_str s)
{
    static const char *const words[] = { "Add to Calendar", "主题", "主題", "地点", "地點", "会议时间", "时间：", "会展中心", "会议中心", "Venue",
                                         "Location" };
    if (HAS(s, words)) return true;
    for (size_t i = 0; i + 4 < s.n; i++) {
        if (s.p[i] != ':' || s.p[i + 1] < '0' || s.p[i + 1] > '9') continue;
        yq_str rest = yq_trim(yq_sub(s, i + 3, s.n));
        if (yq_starts(rest, YQ_S("-")) || yq_starts(rest, YQ_S("–")) || yq_starts(rest, YQ_S("—")) || yq_starts(rest, YQ_S("~")) || yq_starts(rest, YQ_S("至")))
            return true;
    }
    return false;
}

static bool is_meta(yq_str s, bool head)
{
    yq_span date;
    size_t chars = yq_utf8_count(s);
    if (chars > META_CHARS || (yq_has(s, YQ_S("。")) && !in_brackets(s))) return false;
    if (STARTS(s, meta_openers)) return true;
    bool dated = has_date(s, &date) && !is_event_time(s);
    if (dated && (date.to - date.from) * 2 >= s.n) return true;
    if (dated && HAS(s, meta_words)) return true;
    if (dated && head && (in_brackets(s) || s.n - (date.to - date.from) <= BESIDE_DATE_BYTES)) return true;
    if (chars > 30 || yq_has(s, YQ_S("。"))) return false;
    return HAS(s, byline_words) && (in_brackets(s) || chars <= 24);
}

/* Who issued a notice signs above the date at its end. */
static void find_signature(yq_draft *d)
{
    size_t last = d->lines.n;
    while (last > 0 && d->lines.v[last - 1].dropped) last--;
    if (last < 3 || d->lines.v[last - 1].kind != YQ_BLOCK_META || !has_date(text_of(d, last - 1), NULL)) return;
    yq_line *above = &d->lines.v[last - 2];
    if (open_line(above) && yq_utf8_count(text_of(d, last - 2)) <= META_CHARS && !ends_sentence(text_of(d, last - 2))) above->kind = YQ_BLOCK_META;
}

/* "Date: 27 September" above "Venue: …" is when something takes place. */
static bool heads_event_labels(const yq_draft *d, size_t i)
{
    static const char *const dates[] = { "Date", "When", "Time", "时间", "日期", "会议时间" };
    static const char *const places[] = { "Venue", "Where", "Location", "Place", "地点", "会场", "会议地点", "Theme", "主题" };
    if (!STARTS(text_of(d, i), dates)) return false;
    for (size_t next = following(d, i), k = 0; next < d->lines.n && k < 2; next = following(d, next), k++)
        if (STARTS(text_of(d, next), places)) return true;
    return false;
}

static void find_meta(yq_draft *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->lines.n; i++) {
        yq_line *line = &d->lines.v[i];
        if (line->dropped) continue;
        kept++;
        if (open_line(line) && is_meta(text_of(d, i), kept <= HEAD_META_LINES) && !heads_event_labels(d, i)) line->kind = YQ_BLOCK_META;
    }
}

/* ---------------------------------------------------------------- the title */

static bool could_be_title(yq_str s)
{
    size_t chars = yq_utf8_count(s);
    if (chars < 2 || chars > TITLE_CHARS * (yq_is_han(first_char(s)) ? 1u : 2u)) return false;
    return !ends_sentence(s) && !yq_has(s, YQ_S("。")) && last_char(s) != ':' && last_char(s) != 0xFF1A;
}

static bool continues_title(yq_str title, yq_str s)
{
    uint32_t cp = first_char(s);
    if (!could_be_title(s)) return false;
    return cp == 0x2014 || cp == 0x2015 || yq_starts(s, YQ_S("--")) || yq_starts(s, YQ_S("关于")) || last_char(title) == 0x2014;
}

static void set_title(yq_draft *d, size_t i)
{
    size_t next = following(d, i);
    d->lines.v[i].kind = YQ_BLOCK_TITLE;
    if (next < d->lines.n && (open_line(&d->lines.v[next]) || d->lines.v[next].kind == YQ_BLOCK_TITLE)
        && (d->lines.v[next].told || continues_title(text_of(d, i), text_of(d, next))))
        d->lines.v[next].kind = YQ_BLOCK_SUBTITLE;
}

/* English papers print letterheads first: the title is the first line in title case that is long enough to say something. */
static bool looks_like_headline(yq_str s)
{
    size_t words = 0, capitals = 0;
    yq_str rest = s, word;
    for (size_t at = 0; at < s.n;)
        if (yq_is_han(yq_utf8_next(s, &at))) return true;
    while (yq_split(&rest, ' ', &word)) {
        if (!word.n) continue;
        words++;
        capitals += word.p[0] >= 'A' && word.p[0] <= 'Z';
    }
    return words >= 3 && capitals >= 2;
}

/* Copied pages put the names of their sections first; the line above the line of date and source is the title. False: there is none. */
static bool title_above_date(yq_draft *d)
{
    enum { TITLE_CHARS_SURE = 8 };
    size_t above = d->lines.n;
    for (size_t i = 0; i < d->lines.n && i < TITLE_LINES; i++) {
        if (d->lines.v[i].dropped) continue;
        bool dated = d->lines.v[i].kind == YQ_BLOCK_META && has_date(text_of(d, i), NULL) && above < d->lines.n;
        if (dated && open_line(&d->lines.v[above]) && yq_utf8_count(text_of(d, above)) >= TITLE_CHARS_SURE && could_be_title(text_of(d, above))
            && !continues_title((yq_str){ 0 }, text_of(d, above))) {
            for (size_t k = 0; k < above; k++)
                if (!d->lines.v[k].dropped && yq_utf8_count(text_of(d, k)) >= TITLE_CHARS_SURE) return false;
            for (size_t k = 0; k < above; k++) d->lines.v[k].dropped |= open_line(&d->lines.v[k]);
            set_title(d, above);
            return true;
        }
        if (yq_utf8_count(text_of(d, i)) >= TITLE_CHARS) return false;
        above = i;
    }
    return false;
}

static void find_title(yq_draft *d)
{
    for (size_t i = 0; i < d->lines.n; i++)
        if (!d->lines.v[i].dropped && d->lines.v[i].kind == YQ_BLOCK_TITLE) {
            set_title(d, i);
            return;
        }
    if (title_above_date(d)) return;
    for (size_t i = 0; i < d->lines.n && i < TITLE_LINES; i++) {
        const yq_line *line = &d->lines.v[i];
        if (line->dropped || line->kind == YQ_BLOCK_META) continue;
        if (line->kind == YQ_BLOCK_HEADING) {
            set_title(d, i);
            return;
        }
        if (line->kind != YQ_BLOCK_PARAGRAPH) return;
        yq_str s = text_of(d, i);
        if (could_be_title(s) && looks_like_headline(s)) {
            set_title(d, i);
            return;
        }
        if (yq_utf8_count(s) >= TITLE_CHARS) return;
    }
}

/* One title a document: further ones that a format told are headings. */
static void single_title(yq_draft *d)
{
    bool seen = false;
    for (size_t i = 0; i < d->lines.n; i++) {
        yq_line *line = &d->lines.v[i];
        if (line->dropped || line->kind != YQ_BLOCK_TITLE) continue;
        if (seen) line->kind = YQ_BLOCK_HEADING, line->level = 1;
        seen = true;
    }
}

/* ---------------------------------------------------------------- captions, items, headings */

static bool is_caption(yq_str s)
{
    static const char *const marks[] = { "▲", "▼", "▶", "◀", "△", "▽", "►", "◄", "图：", "图为", "图：", "Photo:", "Figure ", "图1",
                                         "图2" };
    static const char *const endings[] = { "现场", "现场。", "合影", "合影。", "摄", "摄）", "主会场", "会场。", "发言", "致辞", "供图" };
    if (yq_utf8_count(s) > CAPTION_CHARS) return false;
    if (STARTS(s, marks)) return true;
    if (yq_has(s, YQ_S("，")) || yq_has(s, YQ_S("：")) || yq_has(s, YQ_S(":"))) return false;
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
        if (yq_ends(s, yq_cstr(endings[k]))) return true;
    return false;
}


typedef enum { NO_NUMBER, CHINESE_NUMBER, CHINESE_BRACKET, NUMBER, ROUND_NUMBER, BULLET } numbering;

/* The number or mark a line begins with; *length: its bytes. */
static numbering number_of(yq_str s, size_t *length)
{
    static const char *const digits[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百" };
    static const char *const bullets[] = { "•", "●", "■", "◆", "★", "- ", "* ", "· ", "◇", "○ ", "▪", "‣", "– " };
    size_t at = 0, from;
    *length = 0;
    for (size_t k = 0; k < sizeof bullets / sizeof *bullets; k++)
        if (yq_starts(s, yq_cstr(bullets[k]))) return *length = strlen(bullets[k]), BULLET;
    uint32_t cp = first_char(s);
    if (cp >= 0x2460 && cp <= 0x2473) return *length = 3, ROUND_NUMBER;
    bool bracket = cp == 0xFF08 || cp == '(';
    if (bracket) at = cp == '(' ? 1 : 3;
    from = at;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9') at++;
    bool arabic = at > from;
    for (bool more = !arabic; more;) {
        more = false;
        for (size_t k = 0; k < sizeof digits / sizeof *digits; k++)
            if (yq_starts(yq_sub(s, at, s.n), yq_cstr(digits[k]))) at += strlen(digits[k]), more = true;
    }
    if (at == from || at - from > 9) return NO_NUMBER;
    yq_str rest = yq_sub(s, at, s.n);
    cp = first_char(rest);
    size_t mark = rest.n ? (cp < 0x80 ? 1 : 3) : 0;
    *length = at + mark;
    if (bracket) return cp == ')' || cp == 0xFF09 ? (arabic ? ROUND_NUMBER : CHINESE_BRACKET) : NO_NUMBER;
    if (!arabic) return cp == 0x3001 || cp == 0xFF0E || cp == '.' ? CHINESE_NUMBER : NO_NUMBER;
    if (cp == ' ' && at - from == 2 && from == 0) return NUMBER;
    if (cp == '.' && rest.n > 1 && rest.p[1] >= '0' && rest.p[1] <= '9') return NO_NUMBER;
    return at - from <= 2 && (cp == 0x3001 || cp == 0xFF0E || cp == '.' || cp == ')' || cp == 0xFF09) ? NUMBER : NO_NUMBER;
}

static bool is_label_line(yq_str s)
{
    static const char *const labels[] = {
        "Speaker", "Speakers", "Speakers/Discussion", "Abstract", "Location", "Moderator", "Moderators", "Moderators:",
        "Panelists", "Topics",
        "Date", "Time", "Venue", "Agenda", "Programme", "Program", "About", "Biography", "学历", "學歷", "经历", "經歷", "简介", "介紹",
        "介绍", "摘要",
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (yq_eq(s, yq_cstr(labels[i]))) return true;
    return false;
}

static bool opens_session(yq_str s)
{
    static const char *const words[] = { "分会场", "主会场", "分论坛", "主论坛", "专场", "第一单元", "第二单元", "第三单元", "第一部分", "第二部分", "第三部分",
                                         "上午", "下午", "Session ", "SESSION ", "Part ", "Track ", "Panel " };
    return STARTS(s, words) && yq_utf8_count(s) <= 60 && !ends_sentence(s);
}

/* "需求单位：…": a label, a colon and a value. */
static bool is_labelled(yq_str s)
{
    size_t colon = yq_find(s, YQ_S("："), 0), ascii = yq_find(s, YQ_S(":"), 0);
    size_t at = colon < ascii ? colon : ascii;
    return at != SIZE_MAX && at > 0 && yq_utf8_count(yq_sub(s, 0, at)) <= 10;
}

/* "Location" heads one line, "Virtual": that is its value. */
static bool follows_label(const yq_draft *d, size_t i)
{
    while (i > 0 && d->lines.v[i - 1].dropped) i--;
    return i > 0 && d->lines.v[i - 1].kind == YQ_BLOCK_HEADING && is_label_line(text_of(d, i - 1));
}

static bool short_heading(const yq_draft *d, size_t i)
{
    yq_str s = text_of(d, i);
    size_t next = following(d, i), chars = yq_utf8_count(s), limit = yq_is_han(first_char(s)) ? HEADING_CHARS : HEADING_CHARS * 3;
    if (ends_sentence(s) || is_labelled(s) || next >= d->lines.n || follows_label(d, i) || is_event_time(s)) return false;
    if (has_date(text_of(d, next), NULL) && is_event_time(text_of(d, next)) && chars <= limit * 2) return true;
    if (chars > limit) return false;
    yq_str after = text_of(d, next);
    size_t mark;
    if (number_of(after, &mark) || d->lines.v[next].kind == YQ_BLOCK_ITEM || d->lines.v[next].kind == YQ_BLOCK_TABLE) return true;
    if (is_labelled(after) && !yq_has(s, YQ_S("，"))) return true;
    return yq_utf8_count(after) >= BODY_CHARS && yq_utf8_count(after) >= chars * 2;
}

/* A numbered line heads what follows unless the next line goes on counting. */
static void shape_numbered(yq_draft *d, size_t i, numbering kind)
{
    yq_line *line = &d->lines.v[i];
    yq_str s = text_of(d, i);
    size_t next = following(d, i), mark;
    bool brief = yq_utf8_count(s) <= NUMBERED_HEADING_CHARS && !ends_sentence(s) && !is_labelled(s);
    bool counts_on = next < d->lines.n && number_of(text_of(d, next), &mark) == kind;

    if (brief && kind != BULLET && !counts_on && next < d->lines.n && d->lines.v[next].kind != YQ_BLOCK_HEADING) {
        line->kind = YQ_BLOCK_HEADING;
        line->level = kind == CHINESE_NUMBER ? 2 : kind == CHINESE_BRACKET ? 3 : 4;
        return;
    }
    line->kind = kind == CHINESE_NUMBER && brief ? YQ_BLOCK_HEADING : YQ_BLOCK_ITEM;
    line->level = line->kind == YQ_BLOCK_HEADING ? 2 : 1;
}

static void shape_lines(yq_draft *d)
{
    for (size_t i = 0; i < d->lines.n; i++) {
        yq_line *line = &d->lines.v[i];
        size_t mark;
        if (!open_line(line)) continue;
        yq_str s = text_of(d, i);
        numbering kind = number_of(s, &mark);
        if (kind) shape_numbered(d, i, kind);
        else if (is_label_line(s)) line->kind = YQ_BLOCK_HEADING, line->level = 5;
        else if (opens_session(s)) line->kind = YQ_BLOCK_HEADING, line->level = 3;
        else if (is_caption(s)) line->kind = YQ_BLOCK_CAPTION;
        else if (short_heading(d, i)) line->kind = YQ_BLOCK_HEADING, line->level = 3;
    }
}

/* ---------------------------------------------------------------- the date of publication */

static bool date_in(yq_draft *d, size_t i)
{
    const yq_line *line = &d->lines.v[i];
    return !line->dropped && line->kind == YQ_BLOCK_META && yq_find_date(text_of(d, i), 0, d->date, NULL);
}

/* English releases open with "CITY, 3 December 2025 - ". */
static bool dateline(yq_draft *d, size_t i)
{
    yq_span where;
    yq_str s = yq_sub(text_of(d, i), 0, DATELINE_BYTES);
    if (d->lines.v[i].dropped || d->lines.v[i].kind != YQ_BLOCK_PARAGRAPH || !yq_find_date(s, 0, d->date, &where)) return false;
    yq_str rest = yq_trim(yq_sub(s, where.to, s.n));
    if (where.from > 0 && (yq_starts(rest, YQ_S("-")) || yq_starts(rest, YQ_S("–")) || yq_starts(rest, YQ_S("—")))) return true;
    return d->date[0] = 0, false;
}

static void find_date(yq_draft *d)
{
    if (d->date[0]) return;
    for (size_t i = 0, kept = 0; i < d->lines.n && kept < TITLE_LINES; i++) {
        kept += !d->lines.v[i].dropped;
        if (date_in(d, i) || dateline(d, i)) return;
    }
    for (size_t i = d->lines.n, kept = 0; i-- > 0 && kept < TAIL_META_LINES;) {
        kept += !d->lines.v[i].dropped;
        if (date_in(d, i)) return;
    }
}

void yq_shape(yq_draft *d)
{
    yq_drop_furniture(d);
    read_key_lines(d);
    find_meta(d);
    find_signature(d);
    if (!d->parts.n) find_title(d); /* of a mail or an archive only the format tells it: its headings are names of files */
    single_title(d);
    shape_lines(d);
    find_date(d);
}
