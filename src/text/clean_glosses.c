/* Third step of clean-up: readings that a page's software wrote behind characters, 國(guó) 醫(yī)療(liáo) or 國(ㄍㄨㄛˊ). What stands in the brackets is
 * compared with the readings of the characters before them, so that a real remark in brackets stays. Marks may be damaged (duì?) or missing. */
#include "text/internal.h"

enum { LONGEST = 48 /* bytes between the brackets */ };

/* Vowels with tone marks, and the letters that fonts for pinyin use. */
static const struct {
    uint32_t from;
    char to;
} toned[] = {
    { 0x101, 'a' }, { 0xE1, 'a' }, { 0x1CE, 'a' }, { 0xE0, 'a' },  { 0x113, 'e' }, { 0xE9, 'e' },  { 0x11B, 'e' }, { 0xE8, 'e' },  { 0x12B, 'i' },
    { 0xED, 'i' },  { 0x1D0, 'i' }, { 0xEC, 'i' }, { 0x14D, 'o' }, { 0xF3, 'o' },  { 0x1D2, 'o' }, { 0xF2, 'o' },  { 0x16B, 'u' }, { 0xFA, 'u' },
    { 0x1D4, 'u' }, { 0xF9, 'u' }, { 0x1D6, 'v' }, { 0x1D8, 'v' }, { 0x1DA, 'v' }, { 0x1DC, 'v' }, { 0x144, 'n' }, { 0x148, 'n' }, { 0x1F9, 'n' },
    { 0x103, 'a' }, { 0x115, 'e' }, { 0x12D, 'i' }, { 0x14F, 'o' }, { 0x16D, 'u' },
};
static const struct {
    uint32_t from;
    char to;
} plain[] = { { 0xFC, 'v' }, { 0xEA, 'e' }, { 0x251, 'a' }, { 0x261, 'g' } };

typedef struct {
    char letters[LONGEST + 1]; /* without tones; '?' for what cannot be read */
    size_t n;
    bool marked;   /* a tone or damage shows that it is pinyin */
    bool zhuyin;
} reading;

static char letter_of(uint32_t cp, bool *marked)
{
    if (cp >= 'a' && cp <= 'z') return (char)cp;
    for (size_t i = 0; i < sizeof toned / sizeof *toned; i++)
        if (toned[i].from == cp) return *marked = true, toned[i].to;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].from == cp) return plain[i].to;
    return cp == '?' || cp == YQ_BAD_CHAR || cp == 0xFF1F ? (*marked = true, '?') : 0;
}

static bool is_zhuyin(uint32_t cp)
{
    return (cp >= 0x3105 && cp <= 0x312F) || cp == 0x2CA || cp == 0x2C7 || cp == 0x2CB || cp == 0x2D9;
}

static bool closes(uint32_t cp)
{
    return cp == ')' || cp == 0xFF09;
}

/* Reads what stands behind an opening bracket up to the closing one, moving *at behind it. False: it is no reading. */
static bool read_gloss(yq_str text, size_t *at, reading *r)
{
    size_t from = *at, zhuyin = 0, chars = 0, known = 0;
    while (*at < text.n && *at - from <= LONGEST) {
        uint32_t cp = next_char(text, at);
        if (closes(cp)) {
            r->zhuyin = zhuyin && zhuyin == chars;
            return known > 0;
        }
        if (cp == ' ' || cp == '\'' || cp == 0x2019) continue;
        chars++;
        zhuyin += is_zhuyin(cp);
        char c = is_zhuyin(cp) ? 'z' : letter_of(cp, &r->marked);
        if (!c) return false;
        known += c != '?';
        r->letters[r->n++] = c;
    }
    return false;
}

/* Does the syllable fit the letters? '?' stands for none to two letters. Returns how many letters it takes, or SIZE_MAX. */
static bool fits(const char *syllable, const char *letters, size_t n)
{
    if (n == 0) return *syllable == 0;
    if (*letters != '?') return *letters == *syllable && fits(syllable + 1, letters + 1, n - 1);
    for (size_t skip = 0; skip <= 2; skip++) {
        if (fits(syllable + skip, letters + 1, n - 1)) return true;
        if (syllable[skip] == 0) return false;
    }
    return false;
}

static bool reads_as(uint32_t cp, const char *letters, size_t n)
{
    const char *known[16];
    size_t count = yq_pinyin(cp, known, 16);
    for (size_t i = 0; i < count; i++)
        if (fits(known[i], letters, n)) return true;
    return false;
}

/* Do the letters read the last characters before `end`, one syllable each? */
static bool reads_before(yq_str text, size_t end, const reading *r)
{
    enum { LONGEST_SYLLABLE = 7 };
    size_t left = r->n, characters = 0;
    while (left > 0) {
        if (end == 0) return false;
        size_t back = yq_utf8_back(text, end), at = back, take;
        uint32_t cp = next_char(text, &at);
        if (!is_han(cp)) return false;
        for (take = 1; take <= left && take <= LONGEST_SYLLABLE; take++)
            if (reads_as(cp, r->letters + left - take, take)) break;
        if (take > left || take > LONGEST_SYLLABLE) return false;
        left -= take;
        end = back;
        characters++;
    }
    return characters == 1 || r->marked;
}

/* A syllable with a tone behind a character is its reading even if no dictionary knows it. */
static bool is_toned_syllable(const reading *r)
{
    return r->marked && r->n <= 6 && !memchr(r->letters, '?', r->n) && yq_pinyin_is_syllable((yq_str){ r->letters, r->n });
}

typedef struct {
    yq_str text;
    yq_text_builder *out;
    size_t good;    /* copied up to here */
    unsigned found; /* glosses so far */
} pass;

enum { GLOSSED = 5 }; /* so many glosses show that a page has them everywhere */

/* Is the bracket at `at` directly behind a character? */
static bool follows_han(yq_str text, size_t at)
{
    if (at == 0) return false;
    size_t back = yq_utf8_back(text, at);
    return is_han(next_char(text, &back));
}

/* In a page full of glosses, one with a tone is one even where the character before it was lost. */
static bool is_gloss(const pass *p, size_t bracket, const reading *r)
{
    if (!follows_han(p->text, bracket)) return p->found >= GLOSSED && is_toned_syllable(r);
    return r->zhuyin || reads_before(p->text, bracket, r) || is_toned_syllable(r);
}

static void drop(pass *p, size_t from, size_t to)
{
    yq_text_copy(p->out, p->text, p->good, from);
    p->good = to;
    p->found++;
}

/* An opening bracket at [from, at). Returns where to go on. */
static size_t try_bracket(pass *p, size_t from, size_t at)
{
    reading r = { 0 };
    size_t end = at;
    if (!read_gloss(p->text, &end, &r) || !is_gloss(p, from, &r)) return at;
    drop(p, from, end);
    return end;
}

/* The rest of a gloss that lost its opening bracket together with its character: ?duì) */
static size_t try_rest(pass *p, size_t at)
{
    reading r = { 0 };
    size_t end = at;
    if (p->found < GLOSSED || !read_gloss(p->text, &end, &r) || !is_toned_syllable(&r)) return at;
    drop(p, at, end);
    return end;
}

/* The next byte from `at` on that can begin a gloss: an ASCII bracket or question mark, or the first byte of a wide bracket. */
static size_t next_mark(yq_str text, size_t at)
{
    while (at < text.n && text.p[at] != '(' && text.p[at] != '?' && (uint8_t)text.p[at] != 0xEF) at++;
    return at;
}

void yq_clean_glosses(yq_text_builder *b, yq_str text)
{
    pass p = { .text = text, .out = b };
    for (size_t at = next_mark(text, 0); at < text.n; at = next_mark(text, at)) {
        size_t from = at;
        uint32_t cp = next_char(text, &at);
        if (cp == '(' || cp == 0xFF08)
            at = try_bracket(&p, from, at);
        else if (cp == '?')
            at = try_rest(&p, at);
    }
    yq_text_copy(b, text, p.good, text.n);
}
