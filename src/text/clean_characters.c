/* First step of clean-up, character by character: invisible characters go, composed letters replace letters with marks, wide letters and digits
 * become narrow, blanks become one space. What stays is copied in whole stretches. */
#include "text/internal.h"
#include "text/lexicon.h"

typedef struct {
    yq_str text;
    yq_text_builder *out;
    size_t good;        /* text[good, now) is to be copied as it is */
    size_t token;       /* where the present run of non-blank characters began */
    size_t spaced_end;  /* spaced-out characters have been judged up to here, */
    uint32_t spaced_gap; /* and gaps of this width between them are not meant */
} pass;

typedef enum { KEEP, GONE, BLANK, NEWLINE, WIDE, UNUSUAL, LIGATURE } kind;

static const struct {
    uint32_t from, to;
    kind is;
} kinds[] = { /* in order; what is in none of them is kept */
    { 0x00, 0x08, GONE },      { 0x09, 0x09, BLANK },      { 0x0A, 0x0D, NEWLINE },   { 0x0E, 0x1F, GONE },      { 0x20, 0x20, BLANK },
    { 0x7F, 0x84, GONE },      { 0x85, 0x85, NEWLINE },    { 0x86, 0x9F, GONE },      { 0xA0, 0xA0, BLANK },     { 0xAD, 0xAD, GONE },
    { 0x34F, 0x34F, GONE },    { 0x1680, 0x1680, BLANK },  { 0x180E, 0x180E, GONE },  { 0x2000, 0x200A, BLANK }, { 0x200B, 0x200F, GONE },
    { 0x2028, 0x2029, NEWLINE }, { 0x202A, 0x202E, GONE }, { 0x202F, 0x202F, BLANK }, { 0x205F, 0x205F, BLANK }, { 0x2060, 0x206F, GONE },
    { 0x2126, 0x212B, UNUSUAL }, { 0x2E80, 0x2FD5, UNUSUAL }, { 0x3000, 0x3000, BLANK }, { 0xFB00, 0xFB06, LIGATURE },
    { 0xFE00, 0xFE0F, GONE },  { 0xFEFF, 0xFEFF, GONE },   { 0xFFF9, 0xFFFC, GONE },  { 0xE0001, 0xE01EF, GONE },
};

static kind kind_of(uint32_t cp)
{
    if (cp > 0x20 && cp < 0x7F) return KEEP;
    if (cp > 0x3000 && cp < 0xFB00) return KEEP;
    if (cp > 0xFF00 && cp < 0xFF5F) return WIDE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && kinds[i].from <= cp; i++)
        if (cp <= kinds[i].to) return kinds[i].is;
    return KEEP;
}

static uint32_t char_at(yq_str s, size_t at)
{
    return at < s.n ? next_char(s, &at) : '\n';
}

static uint32_t char_before(yq_str s, size_t at)
{
    return at ? char_at(s, yq_utf8_back(s, at)) : '\n';
}

static void flush(pass *p, size_t upto, size_t resume)
{
    yq_text_copy(p->out, p->text, p->good, upto);
    p->good = resume;
}

static void replace(pass *p, yq_str text, size_t from, size_t to)
{
    flush(p, from, to);
    yq_text_replace(p->out, text, from, to);
}

/* ---------------------------------------------------------------- wide forms */

/* Narrow form of a full-width character, 0 for others. */
static uint32_t narrow(uint32_t cp)
{
    return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : 0;
}

static bool is_alnum(uint32_t cp)
{
    uint32_t n = narrow(cp) ? narrow(cp) : cp;
    return is_letter(n) || is_digit(n);
}

/* Letters and digits always; marks that belong to a number or a name only inside of one (２．５％, ＰＤ－１), since alone they are Chinese punctuation. */
static void wide_form(pass *p, uint32_t cp, size_t from, size_t to)
{
    char c = (char)narrow(cp);
    if (!is_alnum(cp) && !strchr("%-.+/&@_", c)) return;
    uint32_t before = char_before(p->text, from);
    bool inside = is_alnum(before) && is_alnum(char_at(p->text, to));
    bool percent = c == '%' && is_alnum(before);
    if (is_alnum(cp) || percent || (inside && strchr("-.+/&@_", c))) replace(p, (yq_str){ &c, 1 }, from, to);
}

static void ligature(pass *p, uint32_t cp, size_t from, size_t to)
{
    static const char *const parts[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };
    replace(p, yq_cstr(parts[cp - 0xFB00]), from, to);
}

static void unusual(pass *p, uint32_t cp, size_t from, size_t to)
{
    char text[4];
    uint32_t usual = yq_shape_usual(cp);
    if (usual != cp) replace(p, (yq_str){ text, yq_utf8_put(usual, text) }, from, to);
}

/* ---------------------------------------------------------------- letters with marks */

enum { MOST_MARKS = 8 };

/* Marks of one class keep their order; those of a lower class come first (canonical order). */
static void sort_marks(uint32_t *marks, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && yq_shape_mark_class(marks[k - 1]) > yq_shape_mark_class(marks[k]); k--) {
            uint32_t swap = marks[k];
            marks[k] = marks[k - 1];
            marks[k - 1] = swap;
        }
}

/* The letter in text[from, at) and the marks behind it, composed as far as Unicode goes. Returns where the marks end. */
static size_t compose(pass *p, uint32_t cp, size_t from, size_t at)
{
    uint32_t marks[MOST_MARKS];
    char text[4 * (MOST_MARKS + 1)];
    size_t n = 0, end = at;
    while (n < MOST_MARKS && end < p->text.n && yq_shape_mark_class(char_at(p->text, end))) marks[n++] = next_char(p->text, &end);
    if (n == 0) return at;
    sort_marks(marks, n);
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        bool blocked = left && yq_shape_mark_class(marks[left - 1]) == yq_shape_mark_class(marks[i]);
        uint32_t whole = blocked ? 0 : yq_shape_compose(cp, marks[i]);
        if (whole)
            cp = whole;
        else
            marks[left++] = marks[i];
    }
    size_t bytes = yq_utf8_put(cp, text);
    for (size_t i = 0; i < left; i++) bytes += yq_utf8_put(marks[i], text + bytes);
    replace(p, (yq_str){ text, bytes }, from, end);
    return end;
}

static bool mark_follows(yq_str text, size_t at)
{
    return at < text.n && ((uint8_t)text.p[at] == 0xCC || (uint8_t)text.p[at] == 0xCD);
}

/* ---------------------------------------------------------------- characters set apart: 韩　霁, 目 录 */

typedef struct {
    size_t from, to; /* blanks */
    uint32_t width;  /* in columns: an ideographic space has two */
    bool tab;
} gap;

static gap gap_from(yq_str text, size_t from)
{
    gap g = { from, from, 0, false };
    while (g.to < text.n) {
        size_t next = g.to;
        uint32_t cp = next_char(text, &next);
        kind k = kind_of(cp);
        if (k != BLANK && k != GONE) break;
        if (k == BLANK) g.width += cp == 0x3000 ? 2 : 1;
        g.tab |= cp == '\t';
        g.to = next;
    }
    return g;
}

static bool is_word_char(uint32_t cp)
{
    return is_han(cp) || is_alnum(cp);
}

/* Judges characters that stand one by one from `token` on. Gaps between them are not meant, unless some are wider than others: then only the
 * narrow ones are not (王 五　　李 四). A character next to a number or a Latin word belongs to that (第 3 组). */
static void judge_spaced(pass *p, size_t token)
{
    enum { MOST = 32 };
    uint32_t least = UINT32_MAX, before_last = UINT32_MAX, width = UINT32_MAX;
    size_t at = token, end = token, end_before_last = token;
    for (size_t n = 0; n < MOST && is_han(char_at(p->text, at)); n++) {
        size_t next = at;
        next_char(p->text, &next);
        if (is_word_char(char_at(p->text, next))) break;
        before_last = least;
        end_before_last = end;
        if (width < least) least = width;
        end = next;
        gap g = gap_from(p->text, next);
        if (g.width && is_alnum(char_at(p->text, g.to))) least = before_last, end = end_before_last;
        if (g.width == 0 || g.tab) break;
        width = g.width;
        at = g.to;
    }
    p->spaced_end = end;
    p->spaced_gap = least;
}

/* Surname and ideographic space before the rest of the name and what follows it: 韩　霁教授. */
static bool splits_name(const pass *p, const gap *g)
{
    yq_str surname = yq_sub(p->text, p->token, g->from);
    return g->width == 2 && char_at(p->text, g->from) == 0x3000 && yq_utf8_count(surname) == 1 && is_han(char_at(surname, 0)) &&
           yq_lex_is(surname, YQ_LEX_SURNAMES, NULL) && is_han(char_at(p->text, g->to));
}

static bool stands_alone(const pass *p, size_t end)
{
    size_t at = p->token;
    return at < end && is_han(next_char(p->text, &at)) && at == end;
}

static bool follows_number(const pass *p)
{
    if (kind_of(char_before(p->text, p->token)) != BLANK) return false;
    return is_alnum(char_before(p->text, yq_utf8_back(p->text, p->token)));
}

/* Is this gap inside of a spaced-out word? */
static bool is_spaced_out(pass *p, const gap *g)
{
    if (g->tab || !stands_alone(p, g->from) || !is_han(char_at(p->text, g->to))) return false;
    if (g->from >= p->spaced_end && !follows_number(p)) judge_spaced(p, p->token);
    return (g->from < p->spaced_end && g->width == p->spaced_gap) || splits_name(p, g);
}

/* ---------------------------------------------------------------- blanks */

static bool is_chinese_mark(uint32_t cp)
{
    static const uint32_t marks[] = { 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (cp == marks[i]) return true;
    return (cp >= 0x3001 && cp <= 0x3002) || (cp >= 0x3008 && cp <= 0x3011) || (cp >= 0x3014 && cp <= 0x301B);
}

static bool is_curly_quote(uint32_t cp)
{
    return cp >= 0x2018 && cp <= 0x201D;
}

/* Chinese punctuation brings its own room; a blank beside it says nothing. */
static bool is_idle(uint32_t before, uint32_t after)
{
    return is_chinese_mark(before) || is_chinese_mark(after) || (is_han(before) && is_curly_quote(after)) ||
           (is_curly_quote(before) && is_han(after));
}

static void blanks(pass *p, const gap *g)
{
    yq_str as = YQ_S(" ");
    uint32_t before = char_before(p->text, g->from), after = char_at(p->text, g->to);
    unsigned column_gap = is_han(before) || is_han(after) ? 2 : 3; /* English prose has two spaces behind a stop */
    if (kind_of(after) == NEWLINE)
        as = YQ_S("");
    else if (g->tab) {
        flush(p, g->from, g->to);
        for (size_t at = g->from; at < g->to; at++)
            if (p->text.p[at] == '\t') yq_text_copy(p->out, p->text, at, at + 1);
        return;
    } else if (is_idle(before, after) || is_spaced_out(p, g))
        as = YQ_S("");
    else if (g->width >= column_gap)
        as = YQ_S("  ");
    if (g->to - g->from == as.n && memcmp(p->text.p + g->from, as.p, as.n) == 0) return;
    flush(p, g->from, g->to);
    yq_text_replace(p->out, as, g->from, g->to);
}

/* ---------------------------------------------------------------- the pass */

/* A soft hyphen at the end of a line says that the word goes on; yq_clean_lines needs it. */
static bool ends_line(yq_str text, size_t at)
{
    return kind_of(char_at(text, gap_from(text, at).to)) == NEWLINE;
}

/* Blanks that begin a line stay, because an indented line begins a paragraph. Returns where to go on. */
static size_t blank_at(pass *p, size_t from, size_t to, bool line_start)
{
    gap g = gap_from(p->text, from);
    if (line_start && kind_of(char_at(p->text, g.to)) != NEWLINE) return to;
    blanks(p, &g);
    return g.to;
}

static void newline(pass *p, uint32_t cp, size_t from, size_t to)
{
    if (cp == '\r' && char_at(p->text, to) == '\n' && to < p->text.n)
        flush(p, from, to);
    else if (cp != '\n')
        replace(p, YQ_S("\n"), from, to);
}

void yq_clean_characters(yq_text_builder *b, yq_str text)
{
    pass p = { .text = text, .out = b };
    bool line_start = true;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t cp = next_char(text, &at);
        kind k = kind_of(cp);
        if (k == KEEP && mark_follows(text, at))
            at = compose(&p, cp, from, at);
        else if (k == BLANK)
            at = blank_at(&p, from, at, line_start);
        else if (k == NEWLINE)
            newline(&p, cp, from, at);
        else if (k == GONE && !(cp == 0xAD && ends_line(text, at)))
            flush(&p, from, at);
        else if (k == WIDE)
            wide_form(&p, cp, from, at);
        else if (k == UNUSUAL)
            unusual(&p, cp, from, at);
        else if (k == LIGATURE)
            ligature(&p, cp, from, at);
        if (k == NEWLINE || (k != BLANK && k != GONE)) line_start = k == NEWLINE;
        if (!is_word_char(cp) && k != GONE) p.token = at;
    }
    flush(&p, text.n, text.n);
}
