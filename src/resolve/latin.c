/* Chinese names and English names brought to one form, so that a document in English and one in Chinese can be seen to speak of one institution.
 *
 * An organisation's name is made of common words, which are translated, and of a proper part, which is spelt in pinyin. Both languages are brought
 * to: the common words in English, sorted, a bar, the proper part in Latin letters. 云岭大学附属第一医院 and First Affiliated Hospital of Yunling
 * University both give "first hospital university|yunling". The words stand in lexicon/org_words.tsv. 市 is dropped, since English does; 县 and 省
 * are not, but resolve_latin_keys() also asks for the name with or without 省. Hong Kong and Taiwan spell otherwise, one character in several ways:
 * there one side lists what the other may have. A person's name gives surname and given name in pinyin, in alphabetical order.
 */
#include "resolve/internal.h"

#include <stdlib.h>

typedef YQ_VEC(yq_str) tokens;

typedef struct {
    yq_arena *arena;
    tokens common;
    tokens proper; /* pieces: of a Chinese name runs of characters (spelt later) and fixed spellings, of an English one words */
} name_parts;

static int by_bytes(const void *x, const void *y)
{
    return yq_cmp(*(const yq_str *)x, *(const yq_str *)y);
}

static bool has_token(const tokens *t, yq_str s)
{
    for (size_t i = 0; i < t->n; i++)
        if (yq_eq(t->v[i], s)) return true;
    return false;
}

static void drop_token(tokens *t, yq_str s)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->n; i++)
        if (!yq_eq(t->v[i], s)) t->v[kept++] = t->v[i];
    t->n = kept;
}

static bool has_ordinal(const tokens *t)
{
    static const char *const ordinals[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth" };
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
        if (has_token(t, yq_cstr(ordinals[i]))) return true;
    return false;
}

/* The first hospital of a university is its first affiliated one, whether it names the school of medicine between or not (key.c). */
static void drop_affiliation(tokens *t)
{
    if (!has_ordinal(t) || !has_token(t, YQ_S("university")) || !has_token(t, YQ_S("hospital"))) return;
    drop_token(t, YQ_S("affiliated"));
    drop_token(t, YQ_S("medschool"));
}

static yq_str sorted_words(yq_arena *a, tokens *t)
{
    yq_str key = YQ_S("");
    drop_affiliation(t);
    if (t->n) qsort(t->v, t->n, sizeof *t->v, by_bytes);
    for (size_t i = 0; i < t->n; i++) key = yq_printf(a, "%.*s%s%.*s", YQ_FMT(key), key.n ? " " : "", YQ_FMT(t->v[i]));
    return key;
}

/* The words of a row of org_words.tsv; those behind "=" are proper. */
static void add_row(name_parts *p, yq_str row)
{
    yq_str word;
    while (row.n && yq_split(&row, ' ', &word)) {
        if (!word.n || yq_eq(word, YQ_S("-"))) continue;
        if (word.p[0] == '=') *yq_push(p->arena, &p->proper) = yq_sub(word, 1, word.n);
        else *yq_push(p->arena, &p->common) = word;
    }
}

/* ---------------------------------------------------------------- reading a name */

static void add_character(name_parts *p, yq_str character, bool runs_on)
{
    if (runs_on) p->proper.v[p->proper.n - 1] = yq_concat(p->arena, p->proper.v[p->proper.n - 1], character);
    else *yq_push(p->arena, &p->proper) = character;
}

static void read_han(name_parts *p, yq_str name)
{
    yq_str s = resolve_full_form(p->arena, yq_fold(p->arena, name));
    bool runs_on = false;
    for (size_t at = 0; at < s.n;) {
        yq_lex_hit hit;
        size_t from = at;
        if (yq_lex_longest(s, at, YQ_LEX_ORG_WORDS, &hit)) {
            add_row(p, yq_lex_column(hit.value, 0));
            at += hit.length;
            runs_on = false;
            continue;
        }
        yq_utf8_next(s, &at);
        add_character(p, yq_sub(s, from, at), runs_on);
        runs_on = true;
    }
}

static bool in_latin_word(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '\'';
}

static yq_str lower(yq_arena *a, yq_str s)
{
    char *out = yq_dupz(a, s);
    for (char *c = out; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c += 'a' - 'A';
    return (yq_str){ out, s.n };
}

static void read_english(name_parts *p, yq_str name)
{
    for (size_t at = 0; at < name.n;) {
        size_t end = at;
        yq_lex_hit hit;
        while (end < name.n && in_latin_word(name.p[end])) end++;
        if (end == at) {
            yq_utf8_next(name, &at);
            continue;
        }
        if (yq_lex_longest(name, at, YQ_LEX_ORG_WORDS, &hit)) {
            add_row(p, yq_lex_column(hit.value, 0));
            end = at + hit.length;
        } else *yq_push(p->arena, &p->proper) = lower(p->arena, yq_sub(name, at, end));
        at = end;
    }
}

/* Xi'an is one word to the key. */
static yq_str without_apostrophes(yq_arena *a, yq_str s)
{
    char *out = yq_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\'') out[n++] = s.p[i];
    return (yq_str){ out, n };
}

static name_parts read_name(yq_arena *a, yq_str name, bool *han)
{
    name_parts p = { .arena = a };
    yq_str outside = resolve_outside(a, name);
    *han = resolve_has_han(outside);
    if (*han) read_han(&p, outside);
    else read_english(&p, outside);
    return p;
}

/* ---------------------------------------------------------------- keys of organisations */

enum { LEAST_PROPER = 4, LEAST_SPELT = 5 };

static yq_str pinyin_of(yq_arena *a, yq_str run)
{
    yq_str all = YQ_S("");
    for (size_t at = 0; at < run.n;) {
        size_t from = at;
        yq_utf8_next(run, &at);
        all = yq_concat(a, all, yq_pinyin_full(a, yq_sub(run, from, at)));
    }
    return all;
}

static yq_str proper_letters(yq_arena *a, const tokens *proper)
{
    yq_str all = YQ_S("");
    for (size_t i = 0; i < proper->n; i++)
        all = yq_concat(a, all, resolve_has_han(proper->v[i]) ? pinyin_of(a, proper->v[i]) : without_apostrophes(a, proper->v[i]));
    return all;
}

/* Yi Hospital: too many could be meant. */
static yq_str key_of(yq_arena *a, yq_str words, yq_str proper, size_t least)
{
    return !words.n || proper.n < least ? YQ_S("") : yq_printf(a, "%.*s|%.*s", YQ_FMT(words), YQ_FMT(proper));
}

static yq_str org_key(yq_arena *a, yq_str name)
{
    bool han;
    name_parts p = read_name(a, name, &han);
    return key_of(a, sorted_words(a, &p.common), proper_letters(a, &p.proper), LEAST_PROPER);
}

static void add_key(yq_str key, yq_str *out, size_t *n, size_t cap)
{
    for (size_t i = 0; i < *n; i++)
        if (yq_eq(out[i], key)) return;
    if (key.n && *n < cap) out[(*n)++] = key;
}

/* The proper part as Hong Kong and Taiwan may spell it: of its runs of characters only the longest is spelt so, the others are places. */
static void add_spelt(yq_arena *a, yq_str words, const tokens *proper, yq_str *out, size_t *n, size_t cap)
{
    enum { MOST_CHARACTERS = 3 };
    yq_str spelling[RESOLVE_SPELLINGS];
    size_t at = proper->n;
    for (size_t i = 0; i < proper->n; i++)
        if (resolve_has_han(proper->v[i]) && (at == proper->n || proper->v[i].n > proper->v[at].n)) at = i;
    if (at == proper->n || yq_utf8_count(proper->v[at]) < 2 || yq_utf8_count(proper->v[at]) > MOST_CHARACTERS) return;
    size_t m = resolve_spellings(a, proper->v[at], spelling, RESOLVE_SPELLINGS);
    for (size_t k = 0; k < m; k++) {
        tokens other = { 0 };
        for (size_t i = 0; i < proper->n; i++) *yq_push(a, &other) = i == at ? spelling[k] : proper->v[i];
        add_key(key_of(a, words, proper_letters(a, &other), LEAST_SPELT), out, n, cap);
    }
}

/* What characters of Hong Kong or Taiwan would be in pinyin. */
static size_t pinyin_options(yq_str word, unsigned system, yq_str *out, size_t cap)
{
    yq_str value, one;
    size_t n = 0;
    if (!yq_lex_is(word, YQ_LEX_ROMANISATION, &value)) return 0;
    value = yq_lex_column(value, system);
    while (n < cap && value.n && yq_split(&value, ' ', &one))
        if (!yq_eq(one, YQ_S("-"))) out[n++] = one;
    return n;
}

static size_t extend(yq_arena *a, yq_str *all, size_t n, const yq_str *option, size_t options)
{
    yq_str next[RESOLVE_SPELLINGS];
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < options && m < RESOLVE_SPELLINGS; k++) next[m++] = yq_concat(a, all[i], option[k]);
    memcpy(all, next, m * sizeof *all);
    return m;
}

/* Each word of the proper part must be a syllable of the one system. The Chinese name may begin with its region. */
static void add_unspelt(yq_arena *a, yq_str words, const tokens *proper, yq_str *out, size_t *n, size_t cap)
{
    enum { SYSTEMS = 2, MOST_OPTIONS = 6 };
    static const char *const region[SYSTEMS] = { "hongkong", "taiwan" };
    for (unsigned system = 0; system < SYSTEMS; system++) {
        yq_str all[RESOLVE_SPELLINGS] = { YQ_S("") }, option[MOST_OPTIONS];
        size_t m = 1;
        for (size_t i = 0; i < proper->n && m; i++) m = extend(a, all, m, option, pinyin_options(proper->v[i], system, option, MOST_OPTIONS));
        for (size_t k = 0; k < m; k++) add_key(key_of(a, words, all[k], LEAST_PROPER), out, n, cap);
        for (size_t k = 0; k < m; k++) add_key(key_of(a, words, yq_concat(a, yq_cstr(region[system]), all[k]), LEAST_PROPER), out, n, cap);
    }
}

/* 吉林 is a province and a city in it. */
static bool also_a_city(yq_arena *a, const tokens *proper)
{
    yq_str value;
    return proper->n && yq_lex_is(yq_concat(a, proper->v[0], YQ_S("市")), YQ_LEX_PLACES, &value);
}

/* English leaves 省 away where no city has the name of the province. */
static yq_str other_province(yq_arena *a, const name_parts *p, bool han)
{
    tokens words = { 0 };
    bool has = has_token(&p->common, YQ_S("province"));
    if (has != han || also_a_city(a, &p->proper)) return YQ_S("");
    for (size_t i = 0; i < p->common.n; i++) *yq_push(a, &words) = p->common.v[i];
    if (has) drop_token(&words, YQ_S("province"));
    else *yq_push(a, &words) = YQ_S("province");
    return sorted_words(a, &words);
}

/* Hong Kong says of few of its hospitals that they are there; who writes from elsewhere does. */
static bool drop_region(tokens *proper)
{
    static const char *const regions[] = { "hongkong", "macau", "taiwan" };
    size_t before = proper->n;
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) drop_token(proper, yq_cstr(regions[i]));
    return proper->n && proper->n < before;
}

size_t resolve_latin_keys(yq_arena *a, yq_str name, yq_str *out, size_t cap)
{
    bool han;
    name_parts p = read_name(a, name, &han);
    yq_str province = other_province(a, &p, han), words = sorted_words(a, &p.common);
    size_t n = 0;
    add_key(key_of(a, province, proper_letters(a, &p.proper), LEAST_PROPER), out, &n, cap);
    do {
        add_key(key_of(a, words, proper_letters(a, &p.proper), LEAST_PROPER), out, &n, cap);
        if (han) add_spelt(a, words, &p.proper, out, &n, cap);
        else add_unspelt(a, words, &p.proper, out, &n, cap);
    } while (drop_region(&p.proper));
    return n;
}

/* Does the Chinese name give the key of the English one in some spelling, with or without its province or region? */
bool resolve_may_translate(yq_arena *a, yq_str han, yq_str english)
{
    yq_str key[RESOLVE_KEYS], wanted = org_key(a, english), short_key;
    size_t n = resolve_latin_keys(a, han, key, RESOLVE_KEYS);
    bool is_han;
    name_parts p = read_name(a, english, &is_han);
    drop_region(&p.proper);
    short_key = key_of(a, sorted_words(a, &p.common), proper_letters(a, &p.proper), LEAST_PROPER);
    for (size_t i = 0; i < n; i++)
        if (wanted.n && (yq_eq(key[i], wanted) || yq_eq(key[i], short_key))) return true;
    return false;
}

/* ---------------------------------------------------------------- persons */

static yq_str two_words(yq_arena *a, yq_str x, yq_str y)
{
    return yq_cmp(x, y) < 0 ? yq_printf(a, "%.*s %.*s", YQ_FMT(x), YQ_FMT(y)) : yq_printf(a, "%.*s %.*s", YQ_FMT(y), YQ_FMT(x));
}

static yq_str han_person_key(yq_arena *a, yq_str name)
{
    yq_str s = yq_fold(a, name);
    yq_lex_hit surname;
    size_t characters = yq_utf8_count(s);
    if (characters < 2 || characters > 4 || !yq_lex_longest(s, 0, YQ_LEX_SURNAMES, &surname) || surname.length >= s.n) return YQ_S("");
    return two_words(a, resolve_surname_pinyin(a, yq_sub(s, 0, surname.length)), yq_pinyin_full(a, yq_sub(s, surname.length, s.n)));
}

static yq_str latin_person_key(yq_arena *a, yq_str name)
{
    enum { MOST_WORDS = 4 };
    yq_str rest = yq_trim(name), part, word[MOST_WORDS], given = YQ_S("");
    size_t n = 0;
    while (rest.n && yq_split(&rest, ' ', &part)) {
        part = yq_fold(a, part); /* without hyphens */
        if (!part.n) continue;
        if (n == MOST_WORDS) return YQ_S("");
        word[n++] = part;
    }
    if (n == 2) return two_words(a, word[0], word[1]);
    if (n != 3) return YQ_S("");
    for (size_t i = 1; i < n; i++) given = yq_concat(a, given, word[i]); /* Shen Yan Zhou */
    return two_words(a, word[0], given);
}

yq_str yq_latin_key(yq_arena *a, yq_identity_kind kind, yq_str name)
{
    if (kind == YQ_ORGANIZATION) return org_key(a, name);
    return resolve_has_han(name) ? han_person_key(a, name) : latin_person_key(a, name);
}
