/* From bytes in some encoding to UTF-8 with a map back. What a file declares is believed only when its bytes agree; otherwise the encodings are
 * weighed by how surprising the characters are that each of them would read (han_cost). */
#include "text/internal.h"

#include <iconv.h>
#include <strings.h>

typedef enum { UTF8, GB18030, BIG5, UTF16LE, UTF16BE, WINDOWS1252, ENCODINGS, NONE = ENCODINGS } encoding;

static const struct {
    const char *name, *iconv_name;
} encodings[ENCODINGS] = {
    { "UTF-8", NULL },          { "GB18030", "GB18030" },   { "Big5", "BIG5-HKSCS" },
    { "UTF-16LE", "UTF-16LE" }, { "UTF-16BE", "UTF-16BE" }, { "windows-1252", "WINDOWS-1252" },
};

static const struct {
    const char *label;
    encoding is;
} labels[] = {
    { "utf-8", UTF8 },       { "utf8", UTF8 },           { "gb18030", GB18030 },        { "gbk", GB18030 },         { "gb2312", GB18030 },
    { "gb_2312-80", GB18030 }, { "x-gbk", GB18030 },     { "cp936", GB18030 },          { "ms936", GB18030 },       { "euc-cn", GB18030 },
    { "big5", BIG5 },        { "big5-hkscs", BIG5 },     { "x-x-big5", BIG5 },          { "cn-big5", BIG5 },        { "cp950", BIG5 },
    { "utf-16", UTF16LE },   { "utf-16le", UTF16LE },    { "utf-16be", UTF16BE },       { "windows-1252", WINDOWS1252 },
    { "iso-8859-1", WINDOWS1252 }, { "latin1", WINDOWS1252 }, { "us-ascii", WINDOWS1252 },
};

static encoding labelled(const char *label)
{
    for (size_t i = 0; label && i < sizeof labels / sizeof *labels; i++)
        if (strcasecmp(labels[i].label, label) == 0) return labels[i].is;
    return NONE;
}

/* ---------------------------------------------------------------- characters of an encoding, in bytes */

/* Length of the character at p in a multi-byte encoding by its form alone; 0: cannot be one. */
static size_t gb18030_length(const uint8_t *p, size_t left)
{
    if (p[0] < 0x80) return 1;
    if (p[0] == 0x80 || p[0] == 0xFF || left < 2) return 0;
    if (p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF) return 2;
    bool four = left >= 4 && p[1] >= 0x30 && p[1] <= 0x39 && p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39;
    return four ? 4 : 0;
}

static size_t big5_length(const uint8_t *p, size_t left)
{
    if (p[0] < 0x80) return 1;
    if (p[0] < 0x87 || p[0] == 0xFF || left < 2) return 0;
    bool trail = (p[1] >= 0x40 && p[1] <= 0x7E) || (p[1] >= 0xA1 && p[1] <= 0xFE);
    return trail ? 2 : 0;
}

static size_t utf16_length(const uint8_t *p, size_t left, bool big_endian)
{
    if (left < 2) return 0;
    uint8_t high = big_endian ? p[0] : p[1];
    if (high >= 0xDC && high < 0xE0) return 0;
    if (high < 0xD8 || high >= 0xE0) return 2;
    uint8_t low = left < 4 ? 0 : big_endian ? p[2] : p[3];
    return low >= 0xDC && low < 0xE0 ? 4 : 0;
}

static size_t char_length(encoding e, const uint8_t *p, size_t left)
{
    switch (e) {
    case GB18030: return gb18030_length(p, left);
    case BIG5: return big5_length(p, left);
    case UTF16LE: return utf16_length(p, left, false);
    case UTF16BE: return utf16_length(p, left, true);
    default: return 1;
    }
}

static size_t smallest_unit(encoding e, size_t left)
{
    return (e == UTF16LE || e == UTF16BE) && left >= 2 ? 2 : 1;
}

/* ---------------------------------------------------------------- conversion */

typedef struct {
    encoding e;
    iconv_t cd;
    yq_str bytes;
    size_t at;
    size_t bad; /* characters that were none */
    yq_text_builder *out;
} conversion;

/* One character that iconv refused or that has no form in the encoding. */
static void put_bad(conversion *c, size_t n)
{
    yq_text_replace(c->out, YQ_S("\xEF\xBF\xBD"), c->at, c->at + n);
    c->at += n;
    c->bad++;
}

/* Hands out the characters of a converted stretch with the bytes each came from. A pair of Big5-HKSCS may give two characters. */
static void put_aligned(conversion *c, yq_str text, size_t end)
{
    size_t at = 0;
    while (at < text.n && c->at < end) {
        size_t from = at, n = char_length(c->e, (const uint8_t *)c->bytes.p + c->at, end - c->at);
        uint32_t cp = next_char(text, &at);
        bool two = c->e == BIG5 && n == 2 && (cp == 0xCA || cp == 0xEA) && at < text.n && (uint8_t)text.p[at] == 0xCC &&
                   (uint8_t)c->bytes.p[c->at] == 0x88 && (uint8_t)c->bytes.p[c->at + 1] != 0x66 && (uint8_t)c->bytes.p[c->at + 1] != 0xA7;
        if (two) next_char(text, &at);
        yq_text_steps(c->out, yq_sub(text, from, at), c->at, (uint8_t)(at - from), (uint8_t)n);
        c->at += n;
    }
}

/* The end of the well-formed stretch from c->at on, of at most one chunk. */
static size_t formed_until(const conversion *c)
{
    enum { CHUNK = 4096 };
    size_t end = c->at, limit = c->at + CHUNK < c->bytes.n ? c->at + CHUNK : c->bytes.n;
    while (end < limit) {
        size_t n = char_length(c->e, (const uint8_t *)c->bytes.p + end, c->bytes.n - end);
        if (n == 0) break;
        end += n;
    }
    return end;
}

static void convert_all(conversion *c)
{
    while (c->at < c->bytes.n) {
        char text[4 * 4096 + 64], *to = text;
        size_t end = formed_until(c), room = sizeof text;
        if (end == c->at) {
            put_bad(c, smallest_unit(c->e, c->bytes.n - c->at));
            continue;
        }
        char *from = (char *)c->bytes.p + c->at;
        size_t left = end - c->at;
        bool refused = iconv(c->cd, &from, &left, &to, &room) == (size_t)-1;
        iconv(c->cd, NULL, NULL, &to, &room); /* Big5-HKSCS holds a character back until it sees the next */
        put_aligned(c, (yq_str){ text, (size_t)(to - text) }, end - left);
        if (refused) put_bad(c, char_length(c->e, (const uint8_t *)c->bytes.p + c->at, c->bytes.n - c->at));
    }
}

/* Bytes of a malformed character: its first byte and what would rightly go on from there (one sign for the whole of it, Unicode 3.9). */
static size_t malformed_length(yq_str bytes, size_t at)
{
    uint8_t lead = (uint8_t)bytes.p[at];
    size_t whole = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : 1, n = 1;
    while (n < whole && at + n < bytes.n && ((uint8_t)bytes.p[at + n] & 0xC0) == 0x80) n++;
    return n < whole ? n : 1;
}

/* The first byte from `at` on that belongs to no well-formed character. */
static size_t well_formed_until(yq_str s, size_t at)
{
    while (at < s.n) {
        size_t from = at;
        if (next_char(s, &at) == YQ_BAD_CHAR && at - from == 1) return from;
    }
    return s.n;
}

static size_t convert_utf8(yq_str bytes, size_t at, yq_text_builder *out)
{
    size_t bad = 0;
    yq_text_reserve(out, bytes.n + 1);
    for (size_t good = at; good < bytes.n;) {
        at = well_formed_until(bytes, good);
        yq_text_copy(out, bytes, good, at);
        if (at == bytes.n) break;
        good = at + malformed_length(bytes, at);
        yq_text_replace(out, YQ_S("\xEF\xBF\xBD"), at, good);
        bad++;
    }
    return bad;
}

/* Characters that could not be read are counted in *bad. */
static yq_code convert(yq_str bytes, size_t at, encoding e, yq_text_builder *out, size_t *bad, yq_err *err)
{
    if (e == UTF8) return *bad = convert_utf8(bytes, at, out), YQ_OK;
    conversion c = { e, iconv_open("UTF-8", encodings[e].iconv_name), bytes, at, 0, out };
    if (c.cd == (iconv_t)-1) return yq_fail(err, YQ_IO, 0, "this system's iconv does not know %s", encodings[e].iconv_name);
    yq_text_reserve(out, bytes.n + bytes.n / 2 + 64);
    convert_all(&c);
    iconv_close(c.cd);
    *bad = c.bad;
    return YQ_OK;
}

/* ---------------------------------------------------------------- which encoding */

/* Costs in tenths of -ln(probability), the unit of han_cost. */
enum { ASCII_COST = 30, BAD_COST = 600, LATIN_COST = 50, ODD_LATIN_COST = 90, DECLARED_BONUS = 40, TOO_STRANGE = 125 };

typedef struct {
    encoding e;
    uint64_t total;   /* what the sample costs when it is read so */
    uint64_t foreign; /* the part of it that is no ASCII, */
    size_t chars;     /* how many characters that is, */
    size_t bad;       /* and how many more could not be read */
} guess;

static guess guess_of(yq_arena *a, yq_str sample, encoding e)
{
    yq_text_builder b = { .arena = a };
    guess g = { .e = e, .total = UINT64_MAX };
    if (convert(sample, 0, e, &b, &g.bad, NULL)) return g;
    yq_str text = yq_text_done(&b, NULL);
    g.total = (uint64_t)BAD_COST * g.bad;
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = next_char(text, &at);
        uint32_t cost = cp < 0x80 ? ASCII_COST : yq_han_cost(cp);
        if (cp == YQ_BAD_CHAR) continue;
        g.total += cost;
        if (cp >= 0x80) g.foreign += cost, g.chars++;
    }
    return g;
}

/* Western text has single accented letters beside ASCII ones, and the quotes and dashes of word processors. */
static guess guess_western(yq_str s)
{
    static const char marks[] = "\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA3\xA7\xA9\xAB\xAE\xB0\xB1\xB2\xB3\xB5\xB7\xBB\xBD";
    guess g = { .e = WINDOWS1252 };
    size_t ascii = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        bool beside = (i > 0 && is_letter((uint8_t)s.p[i - 1])) || (i + 1 < s.n && is_letter((uint8_t)s.p[i + 1]));
        bool undefined = c == 0x81 || c == 0x8D || c == 0x8F || c == 0x90 || c == 0x9D;
        ascii += c < 0x80;
        g.total += c < 0x80 ? ASCII_COST : undefined ? BAD_COST : (c >= 0xC0 && beside) || strchr(marks, c) ? LATIN_COST : ODD_LATIN_COST;
    }
    if (ascii * 10 < s.n * 7) g.total = UINT64_MAX;
    return g;
}

/* The stretch that tells most: from the first byte that is no ASCII on. */
static yq_str sample_of(yq_str bytes)
{
    enum { SAMPLE = 1 << 18, BEFORE = 8 };
    size_t at = 0;
    while (at < bytes.n && (uint8_t)bytes.p[at] < 0x80) at++;
    at = at > BEFORE ? at - BEFORE : 0;
    return yq_sub(bytes, at, at + SAMPLE);
}

/* Characters that occur, and few that could not be read. */
static bool is_plausible(const guess *g)
{
    return g->foreign <= (uint64_t)TOO_STRANGE * g->chars && g->bad * 20 <= g->chars + 20;
}

static const guess *cheapest(guess *g, size_t n, encoding declared)
{
    const guess *best = NULL;
    for (size_t i = 0; i < n; i++) {
        if (g[i].total == UINT64_MAX) continue;
        uint64_t bonus = g[i].e == declared ? DECLARED_BONUS * (uint64_t)g[i].chars : 0;
        g[i].total -= bonus < g[i].total ? bonus : g[i].total;
        if (!best || g[i].total < best->total) best = &g[i];
    }
    return best && is_plausible(best) ? best : NULL;
}

/* A few characters of GB18030 may happen to be valid UTF-8, but only of two bytes each: 医院 is then two letters of Cyrillic and Arabic. Western
 * text in UTF-8 has ASCII letters beside them. */
static bool could_be_gb18030(yq_str bytes)
{
    enum { SHORT = 256 };
    size_t foreign = 0;
    if (bytes.n > SHORT) return false;
    for (size_t i = 0; i < bytes.n; i++) {
        uint8_t c = (uint8_t)bytes.p[i];
        if (c >= 0xE0) return false;
        bool beside = i > 0 && ((c >= 0x80) != ((uint8_t)bytes.p[i - 1] >= 0x80));
        if (beside && (is_letter(c) || is_letter((uint8_t)bytes.p[i - 1]))) return false;
        foreign += c >= 0x80;
    }
    return foreign > 0;
}

static encoding detect_short(yq_arena *a, yq_str bytes, encoding declared)
{
    enum { COMMON = 85 };
    guess g = guess_of(a, bytes, GB18030);
    bool common = !g.bad && g.foreign <= (uint64_t)COMMON * g.chars;
    return common && declared != UTF8 ? GB18030 : UTF8;
}

static encoding detect(yq_arena *a, yq_str bytes, encoding declared)
{
    if (well_formed_until(bytes, 0) == bytes.n) return could_be_gb18030(bytes) ? detect_short(a, bytes, declared) : UTF8;
    yq_str sample = sample_of(bytes);
    guess g[] = { guess_of(a, sample, UTF8), guess_of(a, sample, GB18030), guess_of(a, sample, BIG5), guess_western(sample) };
    const guess *best = cheapest(g, sizeof g / sizeof *g, declared);
    return best ? best->e : NONE;
}

/* Text with NUL bytes may still be UTF-16 that lost its mark. */
static encoding detect_wide(yq_arena *a, yq_str bytes)
{
    enum { USUAL = 60 }; /* a byte */
    if (bytes.n % 2) return NONE;
    yq_str sample = yq_sub(bytes, 0, 1 << 16);
    guess g[] = { guess_of(a, sample, UTF16LE), guess_of(a, sample, UTF16BE) };
    const guess *best = cheapest(g, 2, NONE);
    return best && best->total <= (uint64_t)USUAL * sample.n ? best->e : NONE;
}

static size_t count_controls(yq_str bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        uint8_t c = (uint8_t)bytes.p[i];
        n += (c < 0x20) & ((c < 0x09) | (c > 0x0D)); /* without branches, so that it runs over many bytes at once */
    }
    return n;
}

/* Finds the encoding of bytes without a mark, or says why it is no text. */
static yq_code find_encoding(yq_arena *a, yq_str bytes, const char *declared, encoding *e, yq_err *err)
{
    const char *nul = memchr(bytes.p, 0, bytes.n);
    *e = nul ? detect_wide(a, bytes) : NONE;
    if (nul && *e == NONE)
        return yq_fail(err, YQ_INVALID, (size_t)(nul - bytes.p), "the file is not text: it holds NUL bytes; save it as plain text in UTF-8");
    if (*e == NONE && count_controls(bytes) * 50 > bytes.n)
        return yq_fail(err, YQ_INVALID, 0, "the file is not text: it is full of control characters; save it as plain text in UTF-8");
    if (*e == NONE) *e = detect(a, bytes, labelled(declared));
    if (*e == NONE)
        return yq_fail(err, YQ_INVALID, 0, "the text is in no encoding known here (UTF-8, UTF-16, GB18030, Big5, windows-1252); save it as UTF-8");
    return YQ_OK;
}

/* ---------------------------------------------------------------- line ends */

static yq_str unify_line_ends(yq_arena *a, yq_str text, yq_map *map)
{
    if (!text.n || !memchr(text.p, '\r', text.n)) return text;
    yq_text_builder b = { .arena = a };
    yq_map ends;
    size_t from = 0;
    yq_text_reserve(&b, text.n);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\r') continue;
        bool pair = i + 1 < text.n && text.p[i + 1] == '\n';
        yq_text_copy(&b, text, from, i);
        yq_text_replace(&b, YQ_S("\n"), i, i + 1 + pair);
        from = i + 1 + pair;
        i += pair;
    }
    yq_text_copy(&b, text, from, text.n);
    text = yq_text_done(&b, &ends);
    *map = yq_map_join(a, &ends, map);
    return text;
}

static encoding by_mark(yq_str bytes, size_t *skip)
{
    static const struct {
        const char *mark;
        size_t n;
        encoding e;
    } marks[] = { { "\xEF\xBB\xBF", 3, UTF8 }, { "\xFF\xFE", 2, UTF16LE }, { "\xFE\xFF", 2, UTF16BE } };
    for (size_t i = 0; i < 3; i++)
        if (yq_starts(bytes, (yq_str){ marks[i].mark, marks[i].n })) return *skip = marks[i].n, marks[i].e;
    return NONE;
}

yq_code yq_decode(yq_arena *a, yq_str bytes, const char *declared, yq_decoded *out, yq_err *err)
{
    size_t skip = 0, bad;
    encoding e = by_mark(bytes, &skip);
    if (yq_blank(yq_sub(bytes, skip, bytes.n))) return yq_fail(err, YQ_INVALID, 0, "the file is empty");
    if (bytes.n > UINT32_MAX / 4) return yq_fail(err, YQ_INVALID, 0, "the file is larger than 1 GB; split it");
    if (e == NONE) {
        yq_code rc = find_encoding(a, bytes, declared, &e, err);
        if (rc) return rc;
    }
    yq_text_builder b = { .arena = a };
    yq_code rc = convert(bytes, skip, e, &b, &bad, err);
    if (rc) return rc;
    out->text = yq_text_done(&b, &out->map);
    out->text = unify_line_ends(a, out->text, &out->map);
    out->encoding = encodings[e].name;
    return YQ_OK;
}
