/* Does a name in Latin letters spell a Chinese one?
 *
 * 何佩兰 is He Peilan in Beijing, Ho Pui-lan in Hong Kong and Ho P'ei-lan in Taipei; the surname stands first or last, the given name in one word, in
 * two or with a hyphen, or as initials; an English name may stand beside it. Each character has its spellings under a system, and a system
 * must explain all letters: surname in Cantonese and given name in pinyin is somebody else. Taiwan alone mixes, Wade-Giles with pinyin.
 *
 * Names that are themselves transliterations (阿卜杜拉·买买提, Abdulla Memet) have no spelling to check; there the consonants are compared, in
 * classes that Chinese characters can tell apart.
 */
#include "resolve/internal.h"
#include "resolve/link_internal.h"

enum { MOST_WORDS = 6, MOST_CHARACTERS = 4, MOST_SPELLINGS = 24, MOST_PARTS = 4, MOST_SOUNDS = 24, LEAST_SOUNDS = 4 };

typedef enum { PINYIN, MANDARIN, CANTONESE, SYSTEMS } spelling_system;

typedef struct {
    yq_str spelling[MOST_SPELLINGS];
    size_t n;
} options;

struct resolve_speller {
    yq_arena *arena;
    yq_str han;
    bool chinese, spelt; /* the name is in characters; and they have spellings */
    options of[SYSTEMS][MOST_CHARACTERS];
    size_t surname, characters; /* the surname is the first of them, or the first two */
    yq_str word[MOST_WORDS];
    bool initials[MOST_WORDS];  /* written as initials: Y.Z., YZ */
    size_t words;
};

/* ---------------------------------------------------------------- the Chinese side */

static void add_option(options *o, yq_str s)
{
    for (size_t i = 0; i < o->n; i++)
        if (yq_eq(o->spelling[i], s)) return;
    if (s.n && o->n < MOST_SPELLINGS) o->spelling[o->n++] = s;
}

static void add_list(options *o, yq_str list)
{
    yq_str one;
    while (list.n && yq_split(&list, ' ', &one))
        if (!yq_eq(one, YQ_S("-"))) add_option(o, one);
}

/* 吕 is written Lv, Lu or Lyu. */
static void add_pinyin(yq_arena *a, options *o, yq_str p)
{
    size_t v = yq_find(p, YQ_S("v"), 0);
    if (v == SIZE_MAX) {
        add_option(o, p);
        return;
    }
    yq_str before = yq_sub(p, 0, v), behind = yq_sub(p, v + 1, p.n);
    add_option(o, p);
    add_option(o, yq_printf(a, "%.*su%.*s", YQ_FMT(before), YQ_FMT(behind)));
    add_option(o, yq_printf(a, "%.*syu%.*s", YQ_FMT(before), YQ_FMT(behind)));
}

static void read_options(resolve_speller *c, size_t i, yq_str character, const yq_str *pinyin, size_t n)
{
    yq_str value;
    for (size_t k = 0; k < n; k++) {
        add_pinyin(c->arena, &c->of[PINYIN][i], pinyin[k]);
        if (yq_lex_is(pinyin[k], YQ_LEX_ROMANISATION, &value)) add_list(&c->of[MANDARIN][i], yq_lex_column(value, 2));
    }
    for (size_t k = 0; k < c->of[PINYIN][i].n; k++) add_option(&c->of[MANDARIN][i], c->of[PINYIN][i].spelling[k]);
    if (yq_lex_is(character, YQ_LEX_CANTONESE, &value)) add_list(&c->of[CANTONESE][i], yq_lex_column(value, 0));
}

/* 单 is Shan as a surname, whatever it is elsewhere. */
yq_str resolve_surname_pinyin(yq_arena *a, yq_str surname)
{
    yq_str with = yq_pinyin_full(a, yq_concat(a, surname, YQ_S("一")));
    return yq_ends(with, YQ_S("yi")) ? yq_sub(with, 0, with.n - 2) : with;
}

enum { MOST_READINGS = 8 };

static size_t readings(yq_str character, yq_str *out)
{
    const char *known[MOST_READINGS];
    size_t at = 0, n = yq_pinyin(yq_utf8_next(character, &at), known, MOST_READINGS);
    for (size_t k = 0; k < n; k++) out[k] = yq_cstr(known[k]);
    return n;
}

static void read_character(resolve_speller *c, size_t i, yq_str character)
{
    yq_str pinyin[MOST_READINGS];
    size_t n = readings(character, pinyin);
    read_options(c, i, character, pinyin, n);
}

/* 尉迟 is Yuchi: what the reading of the whole has before a reading of the second character is the first one's. */
static void read_surname(resolve_speller *c, yq_str surname)
{
    yq_str whole = resolve_surname_pinyin(c->arena, surname), second[MOST_READINGS];
    size_t at = 0, n = 0;
    yq_utf8_next(surname, &at);
    if (at == surname.n) {
        read_options(c, 0, surname, &whole, 1);
        return;
    }
    read_character(c, 0, yq_sub(surname, 0, at));
    n = readings(yq_sub(surname, at, surname.n), second);
    for (size_t k = 0; k < n; k++) {
        yq_str first = yq_sub(whole, 0, whole.n - second[k].n);
        if (yq_ends(whole, second[k])) read_options(c, 0, yq_sub(surname, 0, at), &first, 1);
    }
    read_character(c, 1, yq_sub(surname, at, surname.n));
}

static bool read_han(resolve_speller *c, yq_str han)
{
    yq_str s = yq_fold(c->arena, han);
    yq_lex_hit surname;
    c->characters = yq_utf8_count(s);
    if (c->characters < 2 || c->characters > MOST_CHARACTERS) return false;
    if (!yq_lex_longest(s, 0, YQ_LEX_SURNAMES, &surname) || surname.length >= s.n) return false;
    c->surname = yq_utf8_count(yq_sub(s, 0, surname.length));
    read_surname(c, yq_sub(s, 0, surname.length));
    for (size_t at = surname.length, i = c->surname; at < s.n; i++) {
        size_t from = at;
        if (!yq_is_han(yq_utf8_next(s, &at))) return false;
        read_character(c, i, yq_sub(s, from, at));
    }
    return true;
}

/* ---------------------------------------------------------------- the Latin side */

static bool is_address(yq_str word)
{
    static const char *const words[] = { "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "md", "phd", "academician" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (yq_eq(word, yq_cstr(words[i]))) return true;
    return false;
}

/* The letters of a word without accents, apostrophes, hyphens; empty when it is none. */
static yq_str letters_of(yq_arena *a, yq_str word)
{
    yq_str normal = link_normal(a, word);
    char *out = yq_alloc(a, normal.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < normal.n; i++) {
        if (normal.p[i] == ' ') continue;
        if (normal.p[i] < 'a' || normal.p[i] > 'z') return YQ_S("");
        out[n++] = normal.p[i];
    }
    return (yq_str){ out, n };
}

static bool written_as_initials(yq_str word, yq_str letters)
{
    if (letters.n > 3) return false;
    if (yq_has(word, YQ_S("."))) return true;
    for (size_t i = 0; i < word.n; i++)
        if ((word.p[i] >= 'a' && word.p[i] <= 'z') || (unsigned char)word.p[i] >= 0x80) return false;
    return letters.n > 0;
}

static bool read_latin(resolve_speller *c, yq_str latin)
{
    yq_str rest = resolve_outside(c->arena, latin);
    while (rest.n && c->words < MOST_WORDS) {
        size_t end = 0;
        while (end < rest.n && rest.p[end] != ' ' && rest.p[end] != ',') end++;
        yq_str word = yq_sub(rest, 0, end), letters = letters_of(c->arena, word);
        rest = yq_sub(rest, end + 1, rest.n);
        if (!letters.n || is_address(letters)) continue;
        c->initials[c->words] = written_as_initials(word, letters);
        c->word[c->words++] = letters;
    }
    return c->words >= 2;
}

static yq_str joined(const resolve_speller *c, size_t from, size_t to)
{
    yq_str all = YQ_S("");
    for (size_t i = from; i < to; i++) all = all.n ? yq_concat(c->arena, all, c->word[i]) : c->word[i];
    return all;
}

/* ---------------------------------------------------------------- comparing */

static bool spells(const options *of, size_t n, yq_str letters)
{
    if (n == 0) return letters.n == 0;
    for (size_t i = 0; i < of->n; i++)
        if (yq_starts(letters, of->spelling[i]) && spells(of + 1, n - 1, yq_sub(letters, of->spelling[i].n, letters.n))) return true;
    return false;
}

static bool spells_initials(const options *of, size_t n, yq_str letters)
{
    if (letters.n > n) return false;
    for (size_t i = 0; i < letters.n; i++) {
        bool found = false;
        for (size_t k = 0; k < of[i].n; k++) found |= of[i].spelling[k].p[0] == letters.p[i];
        if (!found) return false;
    }
    return letters.n > 0;
}

static bool all_initials(const resolve_speller *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!c->initials[i]) return false;
    return from < to;
}

static yq_spelling grade(spelling_system system)
{
    return system == PINYIN ? YQ_SPELT_PINYIN : system == MANDARIN ? YQ_SPELT_WADE : YQ_SPELT_CANTONESE;
}

/* Words [at, at + k) are the surname, those [from, to) the given name. */
static yq_spelling compare_split(const resolve_speller *c, spelling_system system, size_t at, size_t k, size_t from, size_t to)
{
    const options *given = c->of[system] + c->surname;
    size_t n = c->characters - c->surname;
    if (!spells(c->of[system], c->surname, joined(c, at, at + k))) return YQ_SPELT_NOT;
    yq_str letters = joined(c, from, to);
    if (spells(given, n, letters)) return grade(system);
    if (!all_initials(c, from, to) || !spells_initials(given, n, letters)) return YQ_SPELT_NOT;
    return letters.n >= 2 && letters.n == n ? YQ_SPELT_INITIALS : YQ_SPELT_INITIAL;
}

static yq_spelling compare_system(const resolve_speller *c, spelling_system system)
{
    yq_spelling best = YQ_SPELT_NOT;
    for (size_t k = 1; k <= 2 && k < c->words; k++) {
        yq_spelling first = compare_split(c, system, 0, k, k, c->words), last = compare_split(c, system, c->words - k, k, 0, c->words - k);
        if (first > best) best = first;
        if (last > best) best = last;
    }
    return best;
}

/* Takes away an English name beside the Chinese one: Anna Ho Pui-lan. False: there is none, or too little would be left. */
static bool drop_english(resolve_speller *c)
{
    yq_str value;
    for (size_t i = 0; c->words > 2 && i < c->words; i++) {
        if (!yq_lex_is(c->word[i], YQ_LEX_GIVEN_NAMES_EN, &value)) continue;
        c->words--;
        memmove(&c->word[i], &c->word[i + 1], (c->words - i) * sizeof *c->word);
        memmove(&c->initials[i], &c->initials[i + 1], (c->words - i) * sizeof *c->initials);
        return true;
    }
    return false;
}

static yq_spelling compare_systems(const resolve_speller *c)
{
    yq_spelling best = YQ_SPELT_NOT;
    for (spelling_system s = PINYIN; s < SYSTEMS; s++) {
        yq_spelling found = compare_system(c, s);
        if (found > best) best = found;
    }
    return best;
}

/* ---------------------------------------------------------------- transliterations */

/* Consonants that a Chinese rendering keeps apart; vowels, h and y are none. */
static char sound_class(char c, char next)
{
    static const char class[26] = { 0, 'b', 'k', 'd', 0, 'f', 'k', 0, 0, 's', 'k', 'l', 'n', 'n', 0, 'b', 's', 'l', 's', 'd', 0, 'w', 'w', 's', 0, 's' };
    if (c < 'a' || c > 'z') return 0;
    if (c == 'c' && (next == 'e' || next == 'i' || next == 'y' || next == 'h')) return 's';
    return class[c - 'a'];
}

/* ng ends a syllable as n does. */
static size_t sounds_of(yq_str s, bool pinyin, char *out)
{
    size_t n = 0;
    char last = 0;
    for (size_t i = 0; i < s.n && n < MOST_SOUNDS; i++) {
        char next = i + 1 < s.n ? s.p[i + 1] : 0, k = sound_class(s.p[i], next);
        if (pinyin && s.p[i] == 'q') k = 's';
        if (s.p[i] == 'm') k = 'm';
        if (s.p[i] == 'g' && i > 0 && s.p[i - 1] == 'n' && (pinyin || sound_class(next, 0))) k = 0, last = 'n';
        if (k && k != last) out[n++] = k;
        last = k;
    }
    return n;
}

/* Equal, but for an r or l that closes a Latin syllable and is mostly left away. */
static bool sounds_agree(const char *han, size_t n, const char *latin, size_t m)
{
    if (n == 0 && m == 0) return true;
    if (n && m && *han == *latin && sounds_agree(han + 1, n - 1, latin + 1, m - 1)) return true;
    return m && *latin == 'l' && sounds_agree(han, n, latin + 1, m - 1);
}

static bool is_middle_dot(uint32_t cp)
{
    static const uint32_t dots[] = { 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF0E, 0xFF65, 0x25CF, 0x0387, 0x16EB, 0x2E31, '.' };
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
        if (cp == dots[i]) return true;
    return false;
}

/* 阿卜杜拉 and 买买提 of 阿卜杜拉·买买提. */
static size_t dotted_parts(yq_arena *a, yq_str han, yq_str *out)
{
    size_t n = 0, from = 0;
    for (size_t at = 0; at <= han.n;) {
        size_t here = at;
        bool cut = at == han.n || is_middle_dot(yq_utf8_next(han, &at));
        if (!cut) continue;
        yq_str part = yq_fold(a, yq_sub(han, from, here));
        if (part.n && n < MOST_PARTS) out[n++] = part;
        from = at;
        if (here == han.n) break;
    }
    return n;
}

static bool reads_as(yq_str han, yq_str letters)
{
    yq_str reading[MOST_READINGS];
    size_t at = 0, n;
    if (!han.n) return !letters.n;
    n = readings(han, reading);
    yq_utf8_next(han, &at);
    for (size_t i = 0; i < n; i++)
        if (yq_starts(letters, reading[i]) && reads_as(yq_sub(han, at, han.n), yq_sub(letters, reading[i].n, letters.n))) return true;
    return false;
}

/* Part by part in this order of the words; or the letters are the pinyin itself, as passports have it. */
static yq_spelling transliterates(yq_arena *a, const yq_str *part, const yq_str *word, size_t n, bool backward)
{
    size_t sounds = 0, equal = 0;
    for (size_t i = 0; i < n; i++) {
        char x[MOST_SOUNDS], y[MOST_SOUNDS];
        yq_str w = word[backward ? n - 1 - i : i];
        size_t k = sounds_of(yq_pinyin_full(a, part[i]), true, x), m = sounds_of(w, false, y);
        if (!sounds_agree(x, k, y, m)) return YQ_SPELT_NOT;
        sounds += k;
        equal += reads_as(part[i], w);
    }
    if (equal == n) return YQ_SPELT_PINYIN;
    return sounds >= LEAST_SOUNDS ? YQ_SPELT_SOUND : YQ_SPELT_NOT;
}

static yq_spelling compare_parts(resolve_speller *c, yq_str han)
{
    yq_str part[MOST_PARTS];
    size_t n = dotted_parts(c->arena, han, part);
    if (n < 2 || n != c->words) return YQ_SPELT_NOT;
    yq_spelling forward = transliterates(c->arena, part, c->word, n, false), backward = transliterates(c->arena, part, c->word, n, true);
    return forward > backward ? forward : backward;
}

resolve_speller *resolve_speller_of(yq_arena *a, yq_str han)
{
    resolve_speller *c = YQ_NEW(a, resolve_speller);
    c->arena = a;
    c->han = han;
    c->chinese = resolve_has_han(han);
    c->spelt = c->chinese && read_han(c, han);
    return c;
}

yq_spelling resolve_spelt(resolve_speller *c, yq_str latin)
{
    c->words = 0;
    if (!c->chinese || resolve_has_han(latin) || !read_latin(c, latin)) return YQ_SPELT_NOT;
    if (!c->spelt) return compare_parts(c, c->han);
    yq_spelling best = compare_systems(c);
    while (best == YQ_SPELT_NOT && drop_english(c)) best = compare_systems(c);
    return best;
}

yq_spelling yq_spells(yq_arena *a, yq_str han, yq_str latin)
{
    return resolve_spelt(resolve_speller_of(a, han), latin);
}

/* ---------------------------------------------------------------- spellings of a part of an organisation's name */

static size_t cross(yq_arena *a, yq_str *all, size_t n, const options *o, size_t cap)
{
    yq_str next[RESOLVE_SPELLINGS];
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < o->n && m < cap; k++) next[m++] = yq_concat(a, all[i], o->spelling[k]);
    memcpy(all, next, m * sizeof *all);
    return m;
}

size_t resolve_spellings(yq_arena *a, yq_str han, yq_str *out, size_t cap)
{
    static const spelling_system systems[] = { CANTONESE, MANDARIN };
    size_t total = 0;
    if (cap > RESOLVE_SPELLINGS) cap = RESOLVE_SPELLINGS;
    for (size_t s = 0; s < sizeof systems / sizeof *systems; s++) {
        yq_str all[RESOLVE_SPELLINGS] = { YQ_S("") };
        size_t n = 1;
        for (size_t at = 0; at < han.n && n;) {
            resolve_speller *c = YQ_NEW(a, resolve_speller);
            size_t from = at;
            c->arena = a;
            yq_utf8_next(han, &at);
            read_character(c, 0, yq_sub(han, from, at));
            n = cross(a, all, n, &c->of[systems[s]][0], cap - total);
        }
        memcpy(out + total, all, n * sizeof *out);
        total += n;
    }
    return total;
}
