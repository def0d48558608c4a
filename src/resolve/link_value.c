/* The normal form of a value, and how far two words lie apart. */
#include "resolve/link_internal.h"

enum { MOST_CHARACTERS = 64 };

/* Base letters of U+00C0..U+017F; two-letter ones are spelled out below. */
static const char base_letters[] =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const struct {
    uint32_t cp;
    const char *letters;
} spelled[] = { { 0xC6, "ae" }, { 0xDE, "th" }, { 0xDF, "ss" }, { 0xE6, "ae" }, { 0xFE, "th" }, { 0x132, "ij" }, { 0x133, "ij" }, { 0x152, "oe" }, { 0x153, "oe" } };

typedef struct {
    char *p;
    size_t n;
    bool space, han; /* a space is due before the next letter; the last one was Han */
} normal_form;

static void put(normal_form *f, uint32_t cp)
{
    bool han = yq_is_han(cp);
    if (f->n && (f->space || han != f->han)) f->p[f->n++] = ' ';
    f->space = false;
    f->han = han;
    f->n += yq_utf8_put(cp, f->p + f->n);
}

static void put_latin(normal_form *f, uint32_t cp)
{
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        if (spelled[i].cp != cp) continue;
        put(f, (uint32_t)spelled[i].letters[0]);
        put(f, (uint32_t)spelled[i].letters[1]);
        return;
    }
    char c = base_letters[cp - 0xC0];
    if (c == ' ') f->space = true;
    else put(f, (uint32_t)c);
}

/* &#228; as bibliographies exported from web pages hold it; 0: none begins at s[*at]. */
static uint32_t entity(yq_str s, size_t *at)
{
    size_t i = *at + 2;
    uint32_t cp = 0;
    if (i >= s.n || s.p[*at] != '&' || s.p[*at + 1] != '#') return 0;
    for (; i < s.n && i < *at + 9 && s.p[i] >= '0' && s.p[i] <= '9'; i++) cp = cp * 10 + (uint32_t)(s.p[i] - '0');
    if (i >= s.n || s.p[i] != ';' || cp < 0x20 || cp > 0x10FFFF) return 0;
    *at = i + 1;
    return cp;
}

static void put_any(normal_form *f, uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E) cp -= 0xFEE0;
    if (cp < 0x80) {
        if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')) put(f, cp);
        else if (cp >= 'A' && cp <= 'Z') put(f, cp + 32);
        else if (cp != '\'') f->space = true;
    } else if (cp >= 0xC0 && cp < 0x180) put_latin(f, cp);
    else if ((cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F)) put(f, cp + 32);
    else if (cp >= 0x300 && cp < 0x370) return; /* combining marks */
    else if (cp == 0x2019 || cp == 0xB4) return;
    else if (cp < 0xC0 || yq_is_punct(cp) || yq_is_space(cp) || cp == YQ_BAD_CHAR) f->space = true;
    else put(f, cp);
}

static bool is_ascii(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

yq_str link_normal(yq_arena *a, yq_str s)
{
    if (!is_ascii(s)) s = yq_simplify(a, s);
    normal_form f = { .p = yq_alloc(a, s.n * 2 + 5) };
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = s.p[at] == '&' ? entity(s, &at) : 0;
        put_any(&f, cp ? cp : yq_utf8_next(s, &at));
    }
    return (yq_str){ f.p, f.n };
}

size_t link_characters(yq_str s, uint32_t *out, size_t cap)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n && n < cap;) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < 0x80) out[n++] = c, at++;
        else out[n++] = yq_utf8_next(s, &at);
    }
    return n;
}

/* Bit of the k-th time (from 0) that a letter or digit occurs. All second letters and most repeated digits have a bit of their own; a bit that
 * two of them share makes the bound weaker, never wrong. */
static unsigned letter_bit(unsigned char c, unsigned k)
{
    static const uint8_t digit[] = { 52, 0, 10, 26, 36 };
    if (c >= 'a' && c <= 'z') return c - 'a' + (k ? 26u : 0u);
    return c - '0' + (unsigned)digit[k < 5 ? k : 4];
}

uint64_t link_letters(yq_str s)
{
    uint8_t seen[128] = { 0 };
    uint64_t set = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = (unsigned char)s.p[at] < 0x80 ? (unsigned char)s.p[at++] : yq_utf8_next(s, &at);
        if (c >= 0x80) set |= (uint64_t)1 << (c * 0x9E3779B1u >> 26);
        else if (c != ' ') set |= (uint64_t)1 << (letter_bit((unsigned char)c, seen[c]) & 63), seen[c] += seen[c] < 5;
    }
    return set;
}

/* ---------------------------------------------------------------- Jaro and Winkler */

enum { SLOTS = 128 };

typedef struct {
    size_t nx, ny;
    uint64_t in_x, in_y; /* characters that have a partner */
    size_t moved;        /* partners that differ when read in order */
} jaro;

static size_t window_of(const jaro *j)
{
    size_t longest = j->nx > j->ny ? j->nx : j->ny;
    return longest / 2 > 0 ? longest / 2 - 1 : 0;
}

/* Characters of x that stand near an equal one of y: Jaro 1989, JASA 84(406). */
static void match_characters(jaro *j, const uint32_t *x, const uint32_t *y)
{
    size_t window = window_of(j);
    for (size_t i = 0; i < j->nx; i++) {
        size_t from = i > window ? i - window : 0, to = i + window + 1 < j->ny ? i + window + 1 : j->ny;
        for (size_t k = from; k < to; k++) {
            if ((j->in_y >> k & 1) || x[i] != y[k]) continue;
            j->in_x |= (uint64_t)1 << i;
            j->in_y |= (uint64_t)1 << k;
            break;
        }
    }
    for (uint64_t p = j->in_x, q = j->in_y; p; p &= p - 1, q &= q - 1) j->moved += x[__builtin_ctzll(p)] != y[__builtin_ctzll(q)];
}

/* The same for ASCII, where the places of each character in x are the bits of a word, so that the window is looked through at once. Taking the first
 * free partner from the left finds the same partners whichever string is walked. */
static void match_bytes(jaro *j, const char *x, const char *y)
{
    uint64_t place[SLOTS];
    size_t window = window_of(j);
    for (size_t k = 0; k < j->ny; k++) place[(unsigned char)y[k]] = 0;
    for (size_t i = 0; i < j->nx; i++) place[(unsigned char)x[i]] = 0;
    for (size_t i = 0; i < j->nx; i++) place[(unsigned char)x[i]] |= (uint64_t)1 << i;
    uint64_t near = ((uint64_t)2 << window) - 1; /* places i <= k + window */
    for (size_t k = 0; k < j->ny; k++) {
        uint64_t free_ones = place[(unsigned char)y[k]] & near & ~j->in_x, first = free_ones & -free_ones;
        j->in_x |= first;
        j->in_y |= (uint64_t)(first != 0) << k;
        near = near << 1 | (k < window);
    }
    for (uint64_t p = j->in_x, q = j->in_y; p; p &= p - 1, q &= q - 1) j->moved += x[__builtin_ctzll(p)] != y[__builtin_ctzll(q)];
}

static bool short_ascii(yq_str s)
{
    unsigned char all = 0;
    for (size_t i = 0; i < s.n && i < MOST_CHARACTERS; i++) all |= (unsigned char)s.p[i];
    return all < 0x80 && s.n <= MOST_CHARACTERS;
}

/* Winkler 1990, Proc. Survey Research Methods, ASA: the first four characters count more, by 0.1 each. */
static double winkler(const jaro *j, size_t same)
{
    double matches = __builtin_popcountll(j->in_x), moved = (double)j->moved / 2;
    if (matches == 0) return 0;
    double alike = (matches / (double)j->nx + matches / (double)j->ny + (matches - moved) / matches) / 3;
    return alike > 0.7 ? alike + 0.1 * (double)same * (1 - alike) : alike;
}

double link_jaro_winkler(yq_str a, yq_str b)
{
    uint32_t x[MOST_CHARACTERS], y[MOST_CHARACTERS];
    jaro j = { a.n, b.n, 0, 0, 0 };
    size_t same = 0;
    if (a.n == 0 || b.n == 0) return 0;
    if (short_ascii(a) && short_ascii(b)) {
        match_bytes(&j, a.p, b.p);
        while (same < 4 && same < a.n && same < b.n && a.p[same] == b.p[same]) same++;
        return winkler(&j, same);
    }
    j.nx = link_characters(a, x, MOST_CHARACTERS);
    j.ny = link_characters(b, y, MOST_CHARACTERS);
    match_characters(&j, x, y);
    while (same < 4 && same < j.nx && same < j.ny && x[same] == y[same]) same++;
    return winkler(&j, same);
}

/* ---------------------------------------------------------------- edits */

/* Only the band around the diagonal can stay within `most`: Ukkonen 1985. */
static unsigned edits_in_band(const uint32_t *x, size_t nx, const uint32_t *y, size_t ny, unsigned most)
{
    uint8_t rows[3][MOST_CHARACTERS + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    memset(rows, MOST_CHARACTERS, sizeof rows);
    for (size_t k = 0; k <= ny && k <= most; k++) last[k] = (uint8_t)k;
    for (size_t i = 1; i <= nx; i++) {
        size_t from = i > most ? i - most : 1, to = i + most < ny ? i + most : ny;
        unsigned least = row[from - 1] = (uint8_t)(from == 1 ? i : MOST_CHARACTERS);
        if (to < ny) row[to + 1] = MOST_CHARACTERS;
        for (size_t k = from; k <= to; k++) {
            unsigned best = last[k - 1] + (x[i - 1] != y[k - 1]);
            if (last[k] + 1u < best) best = last[k] + 1u;
            if (row[k - 1] + 1u < best) best = row[k - 1] + 1u;
            if (i > 1 && k > 1 && x[i - 1] == y[k - 2] && x[i - 2] == y[k - 1] && before[k - 2] + 1u < best) best = before[k - 2] + 1u;
            row[k] = (uint8_t)best;
            if (best < least) least = best;
        }
        if (least > most) return most + 1;
        uint8_t *free_row = before;
        before = last, last = row, row = free_row;
    }
    return last[ny] > most ? most + 1 : last[ny];
}

/* Insertions, deletions, substitutions and exchanges of neighbours (optimal string alignment: Damerau 1964, CACM 7(3)), at most `most`. What both
 * begin and end with is left out first: it never costs an edit. */
unsigned link_edits(yq_str a, yq_str b, unsigned most)
{
    uint32_t x[MOST_CHARACTERS], y[MOST_CHARACTERS];
    size_t nx = link_characters(a, x, MOST_CHARACTERS), ny = link_characters(b, y, MOST_CHARACTERS), same = 0;
    if ((nx > ny ? nx - ny : ny - nx) > most) return most + 1;
    while (same < nx && same < ny && x[same] == y[same]) same++;
    while (nx > same && ny > same && x[nx - 1] == y[ny - 1]) nx--, ny--;
    nx -= same, ny -= same;
    if (nx == 0 || ny == 0) return (unsigned)(nx + ny); /* within `most`, as the lengths are */
    if (nx == 1 && ny == 1) return most < 1 ? most + 1 : 1;
    return edits_in_band(x + same, nx, y + same, ny, most);
}
