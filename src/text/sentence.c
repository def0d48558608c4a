/* Cuts a text into sentences, for one fact is to open one sentence. A Chinese stop always ends one, unless a quotation goes on behind it; a Latin
 * full stop may belong to an abbreviation, an initial, a number or an address in the net. A sentence that runs on over many clauses is cut at a
 * semicolon, so that what is shown stays readable.
 */
#include "text/internal.h"

#include <strings.h>

enum {
    LONG = 360,    /* bytes from which on a semicolon ends a sentence, about 120 characters */
    VERY_LONG = 3000, /* bytes from which on a comma does */
    DEEPEST = 8    /* quotes and brackets that are followed */
};

typedef struct {
    yq_arena *arena;
    yq_str text; /* up to the end of what is cut */
    yq_spans *out;
    size_t from;   /* of the present sentence */
    uint32_t open[DEEPEST]; /* closing marks that are awaited */
    size_t depth;
} cutter;

/* ---------------------------------------------------------------- marks */

static uint32_t partner(uint32_t cp)
{
    static const uint32_t pairs[][2] = { { 0x201C, 0x201D }, { 0x300C, 0x300D }, { 0x300E, 0x300F }, { 0x2018, 0x2019 },
                                         { 0xFF08, 0xFF09 }, { 0x300A, 0x300B }, { 0x3010, 0x3011 }, { '(', ')' } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == cp) return pairs[i][1];
    return 0;
}

static bool is_closing(uint32_t cp)
{
    return cp == 0x201D || cp == 0x2019 || cp == 0x300D || cp == 0x300F || cp == 0xFF09 || cp == ')' || cp == '"' || cp == 0x300B || cp == 0x3011;
}

static bool is_chinese_stop(uint32_t cp)
{
    return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0x2026;
}

static uint32_t char_at(yq_str s, size_t at)
{
    return at < s.n ? next_char(s, &at) : '\n';
}

static uint32_t char_before(yq_str s, size_t at)
{
    return at ? char_at(s, yq_utf8_back(s, at)) : '\n';
}

/* ---------------------------------------------------------------- Latin full stops */

static yq_str word_before(yq_str s, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 24 && (is_letter((uint8_t)s.p[from - 1]) || (s.p[from - 1] == '.' && from < at))) from--;
    return yq_sub(s, from, at);
}

/* Abbreviations behind which a sentence goes on even with a capital (Dr. Chen), and those that may as well end one (Inc., Ltd.). */
static bool is_title(yq_str word)
{
    static const char *const titles[] = { "Dr",  "Mr",  "Mrs", "Ms",  "Prof", "Assoc", "Asst", "Hon",  "St",  "Sr", "Rev", "Gen",  "Col", "Capt", "Lt",
                                          "vs",  "al",  "No",  "Nos", "Fig",  "Figs",  "Vol",  "Vols", "pp",  "Eq", "Ref", "Refs", "cf",  "e.g",  "i.e",
                                          "approx", "Dept", "Univ", "ca", "Tel",  "Mt", "Ph.D", "M.D", "U.S", "U.K" };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (word.n == strlen(titles[i]) && strncasecmp(word.p, titles[i], word.n) == 0) return true;
    return false;
}

/* J. Smith, W.-H. Chen */
static bool is_initial(yq_str s, size_t stop)
{
    if (stop == 0 || s.p[stop - 1] < 'A' || s.p[stop - 1] > 'Z') return false;
    uint32_t before = char_before(s, stop - 1);
    return before == ' ' || before == '.' || before == '-' || before == '\n' || before == '(' || before == ',';
}

/* 1. Introduction: the number of a list item. */
static bool is_item_number(const cutter *c, size_t stop)
{
    size_t at = stop;
    while (at > c->from && is_digit((uint8_t)c->text.p[at - 1])) at--;
    return at < stop && yq_blank(yq_sub(c->text, c->from, at));
}

/* Does the full stop, ! or ? in text[stop, after) end a sentence? */
static bool latin_stop_ends(const cutter *c, size_t stop, size_t after)
{
    size_t next = after;
    while (is_closing(char_at(c->text, next)) && next < c->text.n) next_char(c->text, &next);
    uint32_t follows = char_at(c->text, next);
    if (follows == '\n') return true;
    if (is_han(follows) || follows == 0x201C) return c->text.p[stop] != '.' || is_han(char_before(c->text, stop));
    if (follows != ' ') return false;
    uint32_t begins = char_at(c->text, next + 1);
    bool opens = (begins >= 'A' && begins <= 'Z') || is_digit(begins) || is_han(begins) || begins == '"' || begins == 0x201C || begins == '(' ||
                 begins == '\n' || (begins >= 0xC0 && begins <= 0xDE);
    if (c->text.p[stop] != '.') return opens;
    return opens && !is_title(word_before(c->text, stop)) && !is_initial(c->text, stop) && !is_item_number(c, stop);
}

/* ---------------------------------------------------------------- quotes */

static void follow_quotes(cutter *c, uint32_t cp)
{
    if (c->depth && c->open[c->depth - 1] == cp)
        c->depth--;
    else if (partner(cp) && c->depth < DEEPEST)
        c->open[c->depth++] = partner(cp);
}

/* Behind the closing quote the sentence around it goes on: “……！”，他说 */
static bool sentence_goes_on(const cutter *c, size_t after)
{
    uint32_t next = char_at(c->text, after);
    return next == 0xFF0C || next == 0x3001 || next == 0xFF1B || next == ',' || next == 0x3002;
}

/* ---------------------------------------------------------------- cutting */

static void end_sentence(cutter *c, size_t at)
{
    yq_str s = yq_trim(yq_sub(c->text, c->from, at));
    if (s.n) *yq_push(c->arena, c->out) = (yq_span){ (uint32_t)(s.p - c->text.p), (uint32_t)(s.p - c->text.p + (ptrdiff_t)s.n) };
    c->from = at;
    c->depth = 0;
}

/* Further stops and closing marks belong to the sentence that they end: ？！ ……” */
static size_t take_closing(cutter *c, size_t at)
{
    while (at < c->text.n) {
        size_t next = at;
        uint32_t cp = next_char(c->text, &next);
        if (!is_closing(cp) && !is_chinese_stop(cp)) break;
        follow_quotes(c, cp);
        at = next;
    }
    return at;
}

static bool is_stop(const cutter *c, uint32_t cp, size_t from, size_t at)
{
    if (is_chinese_stop(cp)) return cp != 0x2026 || char_at(c->text, at) != 0x2026;
    if (cp == '.' || cp == '!' || cp == '?') return latin_stop_ends(c, from, at);
    if (c->depth) return at - c->from > VERY_LONG && (cp == 0xFF0C || cp == 0xFF1B);
    if (cp == 0xFF1B || cp == ';') return at - c->from > LONG;
    return at - c->from > VERY_LONG && (cp == 0xFF0C || cp == ',' || cp == ' ');
}

/* A stop inside of a quotation ends the sentence only if the quotation is closed right behind it and nothing goes on; or when the sentence is
 * long, since a mark that is never closed must not hide the stops behind it. */
static size_t try_stop(cutter *c, size_t at)
{
    bool quoted = c->depth > 0;
    size_t end = take_closing(c, at);
    bool still_open = c->depth > 0;
    if (still_open && end - c->from <= LONG) return end;
    if (quoted && !still_open && sentence_goes_on(c, end)) return end;
    end_sentence(c, end);
    return end;
}

void yq_sentences(yq_arena *a, yq_str text, yq_span within, yq_spans *out)
{
    size_t to = within.to < text.n ? within.to : text.n;
    cutter c = { .arena = a, .text = yq_sub(text, 0, to), .out = out, .from = within.from };
    for (size_t at = within.from; at < to;) {
        size_t from = at;
        uint32_t cp = next_char(c.text, &at);
        if (cp == '\n')
            end_sentence(&c, at);
        else if (is_stop(&c, cp, from, at))
            at = try_stop(&c, at);
        else
            follow_quotes(&c, cp);
    }
    if (c.from < to) end_sentence(&c, to);
}
