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

uint32_t link_letters(yq_str s)
{
    uint32_t set = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 'a' && c <= 'z') set |= 1u << (c - 'a');
        else if (c >= '0' && c <= '9') set |= 1u << ((c - '0') * 3 + 1);
        else if (c >= 0x80) set |= 1u << (c & 31);
    }
    return set;
}

/* Characters of x that stand near an equal one of y: Jaro 1989, JASA 84(406). */
static size_t jaro_matches(const uint32_t *x, size_t nx, const uint32_t *y, size_t ny, uint64_t *in_x, uint64_t *in_y)
{
    size_t longest = nx > ny ? nx : ny, window = longest / 2 > 0 ? longest / 2 - 1 : 0, matches = 0;
    for (size_t i = 0; i < nx; i++) {
        size_t from = i > window ? i - window : 0, to = i + window + 1 < ny ? i + window + 1 : ny;
        for (size_t k = from; k < to; k++) {
            if ((*in_y >> k & 1) || x[i] != y[k]) continue;
            *in_x |= (uint64_t)1 << i;
            *in_y |= (uint64_t)1 << k;
            matches++;
            break;
        }
    }
    return matches;
}

static size_t jaro_moved(const uint32_t *x, size_t nx, const uint32_t *y, uint64_t in_x, uint64_t in_y)
{
    size_t moved = 0, k = 0;
    for (size_t i = 0; i < nx; i++) {
        if (!(in_x >> i & 1)) continue;
        while (!(in_y >> k & 1)) k++;
        moved += x[i] != y[k++];
    }
    return moved;
}

/* Winkler 1990, Proc. Survey Research Methods, ASA: the first four characters count more, by 0.1 each. */
double link_jaro_winkler(yq_str a, yq_str b)
{
    uint32_t x[MOST_CHARACTERS], y[MOST_CHARACTERS];
    size_t nx = link_characters(a, x, MOST_CHARACTERS), ny = link_characters(b, y, MOST_CHARACTERS), same = 0;
    uint64_t in_x = 0, in_y = 0;
    if (nx == 0 || ny == 0) return 0;
    double matches = (double)jaro_matches(x, nx, y, ny, &in_x, &in_y);
    if (matches == 0) return 0;
    double moved = (double)jaro_moved(x, nx, y, in_x, in_y) / 2;
    double jaro = (matches / (double)nx + matches / (double)ny + (matches - moved) / matches) / 3;
    while (same < 4 && same < nx && same < ny && x[same] == y[same]) same++;
    return jaro > 0.7 ? jaro + 0.1 * (double)same * (1 - jaro) : jaro;
}

/* Insertions, deletions, substitutions and exchanges of neighbours (optimal string alignment: Damerau 1964, CACM 7(3)), at most `most`. */
unsigned link_edits(yq_str a, yq_str b, unsigned most)
{
    uint32_t x[MOST_CHARACTERS], y[MOST_CHARACTERS];
    uint8_t rows[3][MOST_CHARACTERS + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    size_t nx = link_characters(a, x, MOST_CHARACTERS), ny = link_characters(b, y, MOST_CHARACTERS);
    if ((nx > ny ? nx - ny : ny - nx) > most) return most + 1;
    memset(rows, MOST_CHARACTERS, sizeof rows);
    for (size_t k = 0; k <= ny && k <= most; k++) last[k] = (uint8_t)k;
    for (size_t i = 1; i <= nx; i++) { /* only the band around the diagonal can stay within `most`: Ukkonen 1985 */
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
