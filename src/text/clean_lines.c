/* Second step of clean-up: lines. A page's width cuts paragraphs into lines; copied out of a newspaper, every line may even stand between empty
 * ones. Which breaks were meant is learnt from the lines around: in wrapped text most lines reach the same width, few of those end a sentence, and
 * breaks fall inside of words. Where that is not so, every line is a paragraph.
 *
 * A decision is made for each pair of neighbouring lines by the first rule of `rules` that has an opinion.
 */
#include "text/internal.h"
#include "text/lexicon.h"

enum {
    WIDE_VIEW = 16,   /* lines that are looked at together */
    NARROW_VIEW = 6,  /* the same for captions and other small columns inside a page */
    WIDEST = 255,     /* columns; wider lines are not told apart */
    NARROWEST = 8,    /* columns a wrapped column of text has at least */
    WIDEST_WRAP = 170 /* and at most */
};

typedef struct {
    uint32_t from, to;  /* without blanks around */
    uint16_t width;     /* columns, with the indent; Han has two */
    uint16_t first;     /* columns of what could not be cut off the line's start */
    uint16_t indent;    /* columns */
    uint8_t gaps;       /* wide gaps and tabs inside */
    uint8_t blanks;     /* empty lines before it */
    bool ended;         /* closes a sentence */
    bool marked;        /* opens with a list mark, or is one of its own kind: never a continuation */
    bool row;           /* of a table */
    bool label;         /* opens with the name of a field: 时间：, Venue: */
    bool lower;         /* opens with a small Latin letter */
    bool splits;        /* the break to the next line falls inside of a word */
    uint16_t marks, stops, han, latin; /* commas and stops; full stops alone; characters */
} line;

typedef YQ_VEC(line) lines;

/* What the lines of a window have in common. */
typedef struct {
    uint16_t width;  /* 0: they are not wrapped */
    uint8_t share;   /* of lines that reach it, percent */
    bool latin;
    bool spaced;     /* empty lines stand between the lines of a paragraph */
    bool indents;    /* first lines of paragraphs are indented */
} regime;

typedef struct {
    yq_str text;
    line *v;
    size_t n;
    regime *wide, *narrow; /* of the lines in view from each line on */
    unsigned typed;        /* columns at which somebody who typed the page broke its lines, 0: unknown */
} page;

/* ---------------------------------------------------------------- measuring a line */

typedef struct {
    uint32_t from, to;
} range;

static bool in_set(uint32_t cp, const uint32_t *set)
{
    for (; *set; set++)
        if (*set == cp) return true;
    return false;
}

static bool ends_sentence(uint32_t cp)
{
    static const uint32_t set[] = { 0x3002, 0xFF01, 0xFF1F, '.', '!', '?', 0x2026, 0xFF1B, ';', 0 };
    return in_set(cp, set);
}

static bool is_closing(uint32_t cp)
{
    static const uint32_t set[] = { 0x201D, 0x2019, 0x300D, 0x300F, 0xFF09, ')', 0x300B, 0x3009, 0x3011, 0x3015, ']', '"', 0 };
    return in_set(cp, set);
}

/* What no Chinese line may open with (GB/T 15834): it belongs to the line before. */
static bool never_opens(uint32_t cp)
{
    static const uint32_t set[] = { 0x3002, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A, 0xFF1F, 0xFF01, 0x201D, 0x2019, 0x300D, 0x300F, 0xFF09, 0x300B,
                                    0x3009, 0x3011, 0x3015, 0 };
    return in_set(cp, set);
}

static bool never_closes(uint32_t cp)
{
    static const uint32_t set[] = { 0x201C, 0x2018, 0x300C, 0x300E, 0xFF08, 0x300A, 0x3008, 0x3010, 0x3014, 0x3001, '(', 0 };
    return in_set(cp, set);
}

static bool is_clause_mark(uint32_t cp)
{
    static const uint32_t set[] = { 0xFF0C, 0x3002, 0xFF1B, 0xFF01, 0xFF1F, 0xFF1A, 0x201C, 0x201D, ',', '.', 0 };
    return in_set(cp, set);
}

static unsigned columns_of(uint32_t cp)
{
    return cp >= 0x2E80 && cp < 0x1F000 ? 2 : cp >= 0x20000 ? 2 : cp >= 0x2014 && cp <= 0x2026 ? 2 : 1;
}

static uint32_t first_char(yq_str s)
{
    size_t at = 0;
    return s.n ? next_char(s, &at) : 0;
}

static uint32_t last_char(yq_str s)
{
    size_t at = s.n ? yq_utf8_back(s, s.n) : 0;
    return s.n ? next_char(s, &at) : 0;
}

/* Does the text close a sentence, closing quotes and brackets not counted? */
static bool closes_sentence(yq_str s)
{
    while (s.n && is_closing(last_char(s))) s.n = yq_utf8_back(s, s.n);
    return s.n && ends_sentence(last_char(s));
}

/* 1. 1) 1、 (1) （一） 一、 第一章 ① • ▲ — * #: what opens with it begins something of its own. */
static bool opens_list(yq_str s)
{
    static const uint32_t bullets[] = { 0x2022, 0xB7, 0x25CF, 0x25CB, 0x25A0, 0x25A1, 0x25C6, 0x25C7, 0x2605, 0x2606, 0x25B2, 0x25B3, 0x25BC, 0x25BD,
                                        0x25B6, 0x25B8, 0x25BA, 0x2192, 0x203B, 0x2713, 0x2714, 0x3010, 0x2014, 0x2500, '#', '|', '>', '*', 0 };
    static const char digits[] = "一二三四五六七八九十百0123456789";
    size_t at = 0, next;
    uint32_t cp = first_char(s);
    if (in_set(cp, bullets) || (cp >= 0x2460 && cp <= 0x24FF) || (cp >= 0x2776 && cp <= 0x2793) || (cp >= 0x25A0 && cp <= 0x25FF)) return true;
    if ((cp == '-' || cp == '+') && s.n > 1 && s.p[1] == ' ') return true;
    bool bracket = cp == '(' || cp == 0xFF08, ordinal = cp == 0x7B2C; /* 第 */
    if (bracket || ordinal) next_char(s, &at);
    size_t from = at;
    while (at < s.n && at - from < 12) {
        next = at;
        next_char(s, &next);
        if (!yq_has(yq_cstr(digits), yq_sub(s, at, next))) break;
        at = next;
    }
    if (at == from || at >= s.n) return false;
    next = at;
    cp = next_char(s, &next);
    uint32_t after = next < s.n ? first_char(yq_sub(s, next, s.n)) : 0;
    if (bracket) return cp == ')' || cp == 0xFF09;
    if (ordinal) return cp == 0x7AE0 || cp == 0x8282 || cp == 0x6761 || cp == 0x7BC7 || cp == 0x90E8; /* 章节条篇部 */
    return cp == 0x3001 || cp == 0xFF0E || cp == ')' || cp == 0xFF09 || (cp == '.' && !is_digit(after));
}

/* A few characters and a colon, as fields of a form have them. */
static bool opens_field(yq_str s)
{
    enum { LONGEST_LABEL = 8 };
    size_t at = 0;
    for (int i = 0; i <= LONGEST_LABEL && at < s.n; i++) {
        uint32_t cp = next_char(s, &at);
        if (cp == 0xFF1A || cp == ':') return i > 0;
        if (!is_han(cp) && !is_letter(cp) && cp != ' ') return false;
    }
    return false;
}

static void count_char(line *l, uint32_t cp)
{
    if (is_han(cp))
        l->han += l->han < UINT16_MAX;
    else if (is_letter(cp))
        l->latin += l->latin < UINT16_MAX;
    else if (is_clause_mark(cp)) {
        l->marks += l->marks < UINT16_MAX;
        l->stops += cp == 0x3002 && l->stops < UINT16_MAX;
    }
}

/* Columns of the first piece that cannot be cut: a character with the marks that may not open a line, or a Latin word. */
static uint16_t uncut_width(yq_str s)
{
    size_t at = 0;
    unsigned width = 0;
    bool latin = false;
    while (at < s.n && width < 40) {
        uint32_t cp = next_char(s, &at);
        bool word = cp > ' ' && cp < 0x250;
        if (width && !never_opens(cp) && !(latin && word)) break;
        latin = word;
        width += columns_of(cp);
    }
    return (uint16_t)width;
}

static line measure(yq_str text, size_t from, size_t to, uint16_t indent)
{
    line l = { .from = (uint32_t)from, .to = (uint32_t)to, .indent = indent };
    yq_str s = yq_sub(text, from, to);
    unsigned width = indent;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = next_char(s, &at);
        count_char(&l, cp);
        if (width <= WIDEST) width += columns_of(cp);
        bool gap = cp == '\t' || (cp == ' ' && at < s.n && s.p[at] == ' ');
        l.gaps += gap && l.gaps < UINT8_MAX;
        l.row |= cp == '\t';
    }
    l.width = (uint16_t)(width < WIDEST ? width : WIDEST);
    l.first = uncut_width(s);
    l.ended = closes_sentence(s);
    l.marked = opens_list(s);
    l.label = opens_field(s);
    l.lower = s.n && s.p[0] >= 'a' && s.p[0] <= 'z';
    return l;
}

/* Takes the blanks off [*from, *to) and returns the columns of those before. */
static uint16_t take_blanks(yq_str text, size_t *from, size_t *to)
{
    unsigned columns = 0;
    while (*from < *to) {
        size_t next = *from;
        uint32_t cp = next_char(text, &next);
        if (!yq_is_space(cp)) break;
        columns += cp == '\t' ? 4 : columns_of(cp);
        *from = next;
    }
    while (*to > *from) {
        size_t back = yq_utf8_back(text, *to), next = back;
        if (!yq_is_space(next_char(text, &next))) break;
        *to = back;
    }
    return (uint16_t)(columns < 200 ? columns : 200);
}

/* A tab that opens a line with further tabs is an empty cell, and not an indent. */
static size_t first_cell(yq_str text, size_t begin, size_t from, size_t to)
{
    const char *tab = memchr(text.p + begin, '\t', from - begin);
    return tab && memchr(text.p + from, '\t', to - from) ? (size_t)(tab - text.p) : from;
}

static void find_lines(yq_arena *a, yq_str text, lines *out)
{
    size_t at = 0, blanks = 0;
    while (at < text.n) {
        const char *stop = memchr(text.p + at, '\n', text.n - at);
        size_t end = stop ? (size_t)(stop - text.p) : text.n, from = at, to = end;
        uint16_t indent = take_blanks(text, &from, &to);
        from = first_cell(text, at, from, to);
        at = end + 1;
        if (from == to) {
            blanks++;
            continue;
        }
        line l = measure(text, from, to, indent);
        l.blanks = (uint8_t)(blanks < UINT8_MAX ? blanks : UINT8_MAX);
        *yq_push(a, out) = l;
        blanks = 0;
    }
}

/* Lines with the same number of wide gaps one below the other are rows, or with several each; a gap in a single line is only a gap, and one
 * between the fields of a form as well. */
static bool are_rows(const line *x, const line *y)
{
    return x->gaps && !x->label && !y->label && (x->gaps == y->gaps || (x->gaps > 1 && y->gaps > 1));
}

static void find_rows(line *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((i > 0 && are_rows(&v[i], &v[i - 1])) || (i + 1 < n && are_rows(&v[i], &v[i + 1]))) v[i].row = true;
}

/* ---------------------------------------------------------------- does a break fall inside of a word? */

/* The last characters of one line and the first of the next, cut into words: does a word lie across the break? */
static bool splits_word(yq_str before, yq_str after)
{
    enum { REACH = 3 };
    size_t from = before.n, to = 0;
    char joined[2 * REACH * 4 + 1];
    if (!is_han(last_char(before)) || !is_han(first_char(after))) return false;
    for (int i = 0; i < REACH && from > 0 && is_han(last_char(yq_sub(before, 0, from))); i++) from = yq_utf8_back(before, from);
    for (int i = 0; i < REACH && to < after.n && is_han(first_char(yq_sub(after, to, after.n))); i++) next_char(after, &to);
    size_t border = before.n - from;
    memcpy(joined, before.p + from, border);
    memcpy(joined + border, after.p, to);
    return yq_cut_crosses((yq_str){ joined, border + to }, border);
}

static yq_str line_text(const page *p, size_t i)
{
    return yq_sub(p->text, p->v[i].from, p->v[i].to);
}

static void find_splits(page *p)
{
    for (size_t i = 0; i + 1 < p->n; i++) p->v[i].splits = !p->v[i].ended && splits_word(line_text(p, i), line_text(p, i + 1));
}

/* ---------------------------------------------------------------- regimes */

/* Sums over the lines of a window, kept while it slides. */
typedef struct {
    unsigned at_width[WIDEST + 1], open_at_width[WIDEST + 1]; /* lines; those of them that end no sentence */
    unsigned lines, open, splits, lower, spaced, indented, marks, stops, inner_stops, han, latin;
} sums;

static void slide(sums *s, const line *l, int by)
{
    if (l->row || l->label) return;
    unsigned one = (unsigned)by;
    s->at_width[l->width] += one;
    s->open_at_width[l->width] += l->ended ? 0 : one;
    s->lines += one;
    s->open += l->ended ? 0 : one;
    s->splits += l->splits ? one : 0;
    s->lower += l->lower ? one : 0;
    s->spaced += l->blanks == 1 ? one : 0;
    s->indented += l->indent >= 2 ? one : 0;
    s->marks += one * l->marks;
    s->stops += one * l->stops;
    s->inner_stops += l->stops > l->ended ? one : 0;
    s->han += one * l->han;
    s->latin += one * l->latin;
}

static unsigned count_in(const unsigned *at_width, int from, int to)
{
    unsigned n = 0;
    for (int w = from < 0 ? 0 : from; w <= to && w <= WIDEST; w++) n += at_width[w];
    return n;
}

/* Is it prose? Entries of a list may be equally wide, but their ends make no words and they hold no sentences; a page's width does not care where
 * words end. A few lines may by chance break between words only: where the page as a whole is prose, sentences that end inside of lines do. */
static bool is_prose(const sums *s, bool latin, bool page_is_prose)
{
    if (latin) return s->lower * 4 >= s->open && s->lower > 0;
    if (page_is_prose && s->inner_stops > 0 && s->marks * 25 >= s->han) return true;
    bool sentences = s->inner_stops > 0 || s->stops > 1;
    return s->marks > 0 && s->splits * 8 >= s->open && (s->splits > 1 || (s->splits > 0 && sentences));
}

static regime regime_of(const sums *s, bool page_is_prose)
{
    regime r = { 0 };
    r.latin = s->latin > s->han * 2;
    int slack = r.latin ? 14 : 4;
    unsigned best = 0, wider = s->at_width[WIDEST];
    for (int w = WIDEST_WRAP; w >= NARROWEST; w--) {
        unsigned near = s->at_width[w] ? count_in(s->at_width, w - slack, w) : 0;
        if (near > best && wider * 8 <= s->lines) best = near, r.width = (uint16_t)w;
        wider += s->at_width[w];
    }
    unsigned open = count_in(s->open_at_width, r.width - slack, r.width);
    bool enough = best >= 2 && best * 5 >= s->lines * 2 && open * 5 >= best * 3;
    if (!r.width || !enough || !is_prose(s, r.latin, page_is_prose)) return (regime){ .latin = r.latin };
    r.share = (uint8_t)(best * 100 / s->lines);
    r.spaced = s->spaced * 10 >= s->lines * 6;
    r.indents = s->indented > 0 && s->indented * 2 < s->lines;
    return r;
}

static bool page_is_prose(const page *p)
{
    sums s = { 0 };
    for (size_t i = 0; i < p->n; i++) slide(&s, &p->v[i], 1);
    return s.splits > 2 && s.inner_stops > 2 && is_prose(&s, s.latin > s.han * 2, false);
}

/* regimes[i]: of the `size` lines from i on. */
static regime *find_regimes(yq_arena *a, const page *p, size_t size)
{
    sums s = { 0 };
    regime *out = YQ_ARRAY(a, regime, p->n + 1);
    bool prose = page_is_prose(p);
    for (size_t i = 0; i < p->n && i < size; i++) slide(&s, &p->v[i], 1);
    for (size_t i = 0; i < p->n; i++) {
        out[i] = regime_of(&s, prose);
        slide(&s, &p->v[i], -1);
        if (i + size < p->n) slide(&s, &p->v[i + size], 1);
    }
    return out;
}

/* The clearest of the windows that hold lines i and i + 1: those that begin with them, end with them, or have them in the middle. */
static regime clearest(const page *p, const regime *regimes, size_t size, size_t i)
{
    size_t starts[] = { i, i + 2 > size ? i + 2 - size : 0, i + 1 > size / 2 ? i + 1 - size / 2 : 0 };
    regime best = { 0 };
    for (size_t k = 0; k < 3; k++) {
        regime r = regimes[starts[k]];
        if (r.width && p->v[i].width <= r.width + 4 && r.share > best.share) best = r;
    }
    return best;
}

/* People who break lines by hand do not count columns. */
static unsigned ragged(unsigned width)
{
    return width * 15 / 100;
}

/* Could the next line go on with this one? */
static bool may_go_on(const line *l, const line *next)
{
    return !l->gaps && l->han > 2 && !l->ended && next->han > 0 && !next->gaps && !next->blanks && !next->label && !next->marked;
}

/* Forms and lists have too few full lines in a row for a regime. Where no line of the page is wider than several that may go on, the width of these is
 * the one at which the page was typed. */
static unsigned typed_width(const page *p)
{
    enum { SEVERAL = 3, LEAST = 48 };
    unsigned widest = 0, widest_open = 0, near = 0;
    for (size_t i = 0; i + 1 < p->n; i++) {
        const line *l = &p->v[i];
        if (l->gaps || l->han <= 2) continue;
        if (l->width > widest) widest = l->width;
        if (may_go_on(l, l + 1) && l->width > widest_open) widest_open = l->width;
    }
    if (widest_open < LEAST || widest > WIDEST_WRAP || widest > widest_open + ragged(widest_open)) return 0;
    for (size_t i = 0; i + 1 < p->n; i++) near += may_go_on(&p->v[i], &p->v[i + 1]) && p->v[i].width + ragged(widest_open) >= widest_open;
    return near >= SEVERAL ? widest_open : 0;
}

/* ---------------------------------------------------------------- rules for a pair of lines */

typedef enum { NO_OPINION, JOIN, BREAK } verdict;

typedef struct {
    const page *p;
    const line *first;          /* of the paragraph */
    const line *before, *after;
    yq_str text, next;          /* of these two */
    unsigned width;             /* of the line before, with pieces that were parted from it */
    bool ended;                 /* the line before closes a sentence, or closes the quotation of one */
    regime r, small;            /* around them, in the wide and the narrow view */
} pair;

static verdict rows_stay(const pair *x)
{
    return x->before->row || x->after->row ? BREAK : NO_OPINION;
}

static verdict bad_opening_joins(const pair *x)
{
    return never_opens(first_char(x->next)) && x->after->blanks <= 1 ? JOIN : NO_OPINION;
}

static verdict list_mark_breaks(const pair *x)
{
    return x->after->marked ? BREAK : NO_OPINION;
}

/* One field below the other. */
static verdict field_breaks(const pair *x)
{
    return x->after->label && x->first->label ? BREAK : NO_OPINION;
}

/* Empty lines part paragraphs, unless they stand everywhere. */
static verdict empty_lines_break(const pair *x)
{
    if (x->after->blanks == 0) return NO_OPINION;
    bool everywhere = (x->r.width && x->r.spaced) || (x->small.width && x->small.spaced);
    return everywhere && x->after->blanks == 1 ? NO_OPINION : BREAK;
}

static verdict bad_ending_joins(const pair *x)
{
    return never_closes(last_char(x->text)) && !x->ended ? JOIN : NO_OPINION;
}

static bool is_hyphen(uint32_t cp)
{
    return cp == '-' || cp == 0xAD || cp == 0x2010;
}

/* A word or a clause goes on with a small letter. */
static verdict small_letter_joins(const pair *x)
{
    uint32_t last = last_char(x->text);
    bool open = is_letter(last) || is_hyphen(last) || last == ',' || last == ';' || is_digit(last);
    return x->after->lower && open && x->before->width >= 20 ? JOIN : NO_OPINION;
}

static bool is_quote(uint32_t cp)
{
    return cp == 0x201C || cp == 0x201D || cp == 0x300C || cp == 0x300D;
}

/* Programs that copy text out of a page may part a line at its quotation marks. Are these pieces of one line? */
static bool is_parted(const pair *x)
{
    bool mark = is_quote(first_char(x->next)) || is_quote(last_char(x->text)) || never_opens(first_char(x->next));
    return mark && x->r.width && !x->r.latin && x->width + x->after->width <= x->r.width + 5u;
}

static verdict parted_joins(const pair *x)
{
    return is_parted(x) && !x->ended && x->width + x->after->width + 4 >= x->r.width ? JOIN : NO_OPINION;
}

/* The field of a form, an item, or a word goes on in the next line, for which this one had no room. */
static verdict typed_width_joins(const pair *x)
{
    bool open = may_go_on(x->before, x->after) && x->after->indent <= x->before->indent + 4;
    uint32_t first = first_char(x->next);
    bool goes_on = !is_letter(first) && (x->first->label || x->first->marked || x->before->splits);
    return open && goes_on && x->p->typed && x->before->width + x->after->first + ragged(x->p->typed) > x->p->typed ? JOIN : NO_OPINION;
}

static verdict unwrapped_breaks(const pair *x)
{
    return x->r.width || x->small.width ? NO_OPINION : BREAK;
}

static verdict indent_breaks(const pair *x)
{
    bool first_line = x->after->indent >= 2 && x->r.indents;
    return first_line || (x->after->indent >= x->before->indent + 2 && !x->before->marked) ? BREAK : NO_OPINION;
}

/* Would the first piece of the next line have found no room here, if `lost` columns more were filled? Typesetters squeeze punctuation, so a line
 * without any is some columns narrower than its neighbours; how many is `squeezed`. */
static bool fills(const pair *x, const regime *r, unsigned lost, unsigned squeezed)
{
    return r->width && x->width + x->after->first + lost + 2 + squeezed > r->width;
}

static bool is_full(const pair *x, unsigned lost)
{
    return fills(x, &x->r, lost, x->r.width / 12) || fills(x, &x->small, lost, 0);
}

/* A sentence that ends where the line ends: the next line is a new paragraph if it lacks the two characters of an indent that was lost. */
static verdict full_ended(const pair *x)
{
    if (!x->ended) return NO_OPINION;
    if (!fills(x, &x->r, 0, 0)) return BREAK;
    bool lost_indent = !x->r.latin && !x->after->ended && x->after->width + 6 >= x->r.width && x->after->width + 3 <= x->r.width;
    return lost_indent ? BREAK : JOIN;
}

static verdict full_joins(const pair *x)
{
    return is_full(x, 0) ? JOIN : NO_OPINION;
}

/* The first line of a paragraph whose indent was lost is four columns short, and not alone. */
static verdict lost_indent_joins(const pair *x)
{
    bool goes_on = x->after->ended || x->after->width + 4 + x->r.width / 12 >= x->r.width;
    bool begins = x->first == x->before && !x->before->marked;
    return begins && goes_on && !x->r.latin && is_full(x, 4) ? JOIN : NO_OPINION;
}

/* The caption beside a picture begins with its mark and may be narrower than anything around it. */
static verdict cut_caption_joins(const pair *x)
{
    return x->before->marked && x->before->splits ? JOIN : NO_OPINION;
}

typedef verdict (*rule)(const pair *x);
static const rule rules[] = {
    rows_stay,          bad_opening_joins, list_mark_breaks, field_breaks,  empty_lines_break, bad_ending_joins,
    small_letter_joins, typed_width_joins, unwrapped_breaks, indent_breaks, parted_joins,      full_ended,
    full_joins,         lost_indent_joins, cut_caption_joins,
};

typedef struct {
    size_t first;     /* line of the present paragraph */
    unsigned cut_off; /* columns of the pieces before the last line that were parted from it */
    bool ended;       /* the line before the last one closes a sentence */
} paragraph;

static bool is_only_closing(yq_str s)
{
    for (size_t at = 0; at < s.n;)
        if (!is_closing(next_char(s, &at))) return false;
    return true;
}

static bool joins(const page *p, size_t i, paragraph *so_far)
{
    pair x = { p, &p->v[so_far->first], &p->v[i], &p->v[i + 1], line_text(p, i), line_text(p, i + 1), p->v[i].width + so_far->cut_off,
               p->v[i].ended || (so_far->ended && is_only_closing(line_text(p, i))), clearest(p, p->wide, WIDE_VIEW, i),
               clearest(p, p->narrow, NARROW_VIEW, i) };
    verdict v = NO_OPINION;
    for (size_t k = 0; !v && k < sizeof rules / sizeof *rules; k++) v = rules[k](&x);
    so_far->cut_off = v == JOIN && is_parted(&x) ? x.width : 0;
    so_far->ended = v == JOIN && x.ended;
    if (v != JOIN) so_far->first = i + 1;
    return v == JOIN;
}

/* ---------------------------------------------------------------- writing */

/* First parts that keep their hyphen when the line ends behind it; other words were cut by the page. */
static bool keeps_hyphen(yq_str word)
{
    static const char *const firsts[] = { "non",   "self",  "well",   "high",  "low",   "long",  "short",   "large",   "small",    "cross",   "end",
                                          "real",  "early", "late",   "first", "second", "third", "half",   "full",    "open",     "close",   "follow",
                                          "anti",  "multi", "post",   "state", "up",    "one",   "two",     "three",   "four",     "five",    "single",
                                          "double", "point", "hand",  "head",  "face",  "life",  "risk",    "cost",    "evidence", "patient", "data" };
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        if (word.n == strlen(firsts[i]) && strncasecmp(word.p, firsts[i], word.n) == 0) return true;
    return false;
}

/* Ms Pui-lan Ho: behind a form of address it is a given name. */
static bool is_addressed(yq_str before)
{
    static const char *const forms[] = { "Dr", "Dr.", "Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Miss", "Prof", "Prof.", "Professor" };
    yq_str word = yq_trim(before);
    size_t from = word.n;
    while (from > 0 && word.p[from - 1] != ' ') from--;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (yq_eq(yq_sub(word, from, word.n), yq_cstr(forms[i]))) return true;
    return false;
}

/* Is the hyphen that ends the text only the page's? Not behind a part that has another hyphen or a digit, nor before a capital. */
static bool hyphen_is_lost(yq_str text, const line *after)
{
    size_t hyphen = yq_utf8_back(text, text.n), from = hyphen;
    if (!after->lower) return false;
    while (from > 0 && is_letter((uint8_t)text.p[from - 1])) from--;
    if (hyphen - from < 2 || (from > 0 && !yq_is_space((uint8_t)text.p[from - 1]) && text.p[from - 1] != '(')) return false;
    return last_char(text) != '-' || !(keeps_hyphen(yq_sub(text, from, hyphen)) || is_addressed(yq_sub(text, 0, from)));
}

static bool is_latin_end(uint32_t cp)
{
    return cp < 0x250 || cp == 0x2019 || cp == 0x201D;
}

/* One line; wide gaps become tabs in a row and spaces elsewhere. */
static void put_line(yq_text_builder *b, yq_str text, const line *l, size_t to)
{
    size_t good = l->from;
    for (size_t at = l->from; l->gaps && at + 1 < to; at++) {
        if (text.p[at] != ' ' || text.p[at + 1] != ' ') continue;
        yq_text_copy(b, text, good, at);
        yq_text_replace(b, l->row ? YQ_S("\t") : YQ_S(" "), at, at + 2);
        good = at + 2;
        at++;
    }
    yq_text_copy(b, text, good, to);
}

/* The line, and what stands between it and the next one that belongs to the same paragraph. */
static void put_joined(yq_text_builder *b, const page *p, size_t i)
{
    yq_str text = line_text(p, i), next = line_text(p, i + 1);
    uint32_t last = last_char(text), first = first_char(next);
    bool hyphen = is_hyphen(last) && hyphen_is_lost(text, &p->v[i + 1]);
    put_line(b, p->text, &p->v[i], hyphen ? p->v[i].from + yq_utf8_back(text, text.n) : p->v[i].to);
    bool number = is_digit(last) && is_digit(first);
    bool word = is_hyphen(last) || number || never_closes(last) || never_opens(first);
    if (!word && is_latin_end(last) && is_latin_end(first)) yq_text_replace(b, YQ_S(" "), p->v[i].to, p->v[i + 1].from);
}

static void put_all(yq_text_builder *b, const page *p, bool unwrap)
{
    paragraph so_far = { 0, 0 };
    for (size_t i = 0; i < p->n; i++) {
        bool joined = unwrap && i + 1 < p->n && joins(p, i, &so_far);
        if (joined)
            put_joined(b, p, i);
        else
            put_line(b, p->text, &p->v[i], p->v[i].to);
        if (!joined) yq_text_replace(b, YQ_S("\n"), p->v[i].to, i + 1 < p->n ? p->v[i + 1].from : p->text.n);
    }
}

void yq_clean_lines(yq_text_builder *b, yq_str text, bool unwrap)
{
    lines all = { 0 };
    find_lines(b->arena, text, &all);
    page p = { .text = text, .v = all.v, .n = all.n };
    if (unwrap) { /* otherwise the format has said what is a line and what a cell */
        find_rows(p.v, p.n);
        find_splits(&p);
        p.typed = typed_width(&p);
        p.wide = find_regimes(b->arena, &p, WIDE_VIEW);
        p.narrow = find_regimes(b->arena, &p, NARROW_VIEW);
    }
    put_all(b, &p, unwrap);
}
