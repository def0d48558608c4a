/* What the tagger sees of a sentence: its characters in one form, the words it is cut into, and every form of the lexicon that lies in it. */
#include "tagger/internal.h"
#include "text/lexicon.h"
#include "text/text.h"

enum { MOST_HITS_AT = 48 }; /* of the lexicon, at one place */
#define ALL_CLASSES (((1u << YQ_LEX_CLASS_COUNT) - 1) & ~(1u << YQ_LEX_REGIONS)) /* regions say how places lie to each other: no sort of word */
#define HASH_BASE 0x9E3779B97F4A7C15u

uint64_t tagger_mix(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xFF51AFD7ED558CCDu;
    h ^= h >> 32;
    h *= 0xC4CEB9FE1A85EC53u;
    h ^= h >> 29;
    return h ? h : 1;
}

uint64_t tagger_chars(const tagger_view *v, size_t from, size_t to)
{
    return tagger_mix(v->prefix[to] - v->prefix[from] * v->power[to - from], to - from);
}

/* ---------------------------------------------------------------- characters */

static uint32_t half_width(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E) cp -= 0xFEE0;
    return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
}

typedef enum { SHAPE_HAN = 1, SHAPE_NUMERAL, SHAPE_DIGIT, SHAPE_LETTER, SHAPE_SPACE, SHAPE_OPEN, SHAPE_CLOSE, SHAPE_POINT, SHAPE_MARK, SHAPE_OTHER } shape;

static bool among(uint32_t cp, const char *set)
{
    yq_str s = yq_cstr(set);
    for (size_t at = 0; at < s.n;)
        if (yq_utf8_next(s, &at) == cp) return true;
    return false;
}

static shape shape_of(uint32_t cp)
{
    if (cp >= '0' && cp <= '9') return SHAPE_DIGIT;
    if (cp >= 'a' && cp <= 'z') return SHAPE_LETTER;
    if (yq_is_han(cp)) return among(cp, "〇一二三四五六七八九十百千万亿两") ? SHAPE_NUMERAL : SHAPE_HAN;
    if (yq_is_space(cp)) return SHAPE_SPACE;
    if (among(cp, "《「『“‘(<[〈【")) return SHAPE_OPEN;
    if (among(cp, "》」』”’)>]〉】")) return SHAPE_CLOSE;
    if (among(cp, "·•・.-—_&")) return SHAPE_POINT;
    return yq_is_punct(cp) ? SHAPE_MARK : cp >= 0xC0 && cp < 0x250 ? SHAPE_LETTER : SHAPE_OTHER;
}

static void see_characters(yq_arena *a, yq_str plain, tagger_view *v)
{
    size_t count = yq_utf8_count(plain), at = 0;
    v->n = count;
    v->at = YQ_ARRAY(a, uint32_t, count + 1);
    v->cp = YQ_ARRAY(a, uint32_t, count + 1);
    v->shape = YQ_ARRAY(a, uint8_t, count + 1);
    v->prefix = YQ_ARRAY(a, uint64_t, count + 1);
    v->power = YQ_ARRAY(a, uint64_t, count + 1);
    v->power[0] = 1;
    for (size_t i = 0; i < count; i++) {
        v->at[i] = (uint32_t)at;
        v->cp[i] = half_width(yq_utf8_next(plain, &at));
        v->shape[i] = (uint8_t)shape_of(v->cp[i]);
        v->prefix[i + 1] = v->prefix[i] * HASH_BASE + v->cp[i] + 1;
        v->power[i + 1] = v->power[i] * HASH_BASE;
    }
    v->at[count] = (uint32_t)at;
}

/* The character that begins at a byte or holds it. */
static size_t char_at(const tagger_view *v, size_t byte)
{
    size_t low = 0, high = v->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (v->at[middle] < byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* ---------------------------------------------------------------- words */

static uint64_t sort_of_word(yq_str plain, const tagger_view *v, size_t from, size_t to)
{
    yq_str value;
    if (yq_lex_is(yq_sub(plain, v->at[from], v->at[to]), YQ_LEX_WORDS, &value)) return tagger_mix(1, yq_hash64(yq_lex_column(value, 1)));
    return tagger_mix(2, v->shape[from]);
}

static void add_word(yq_str plain, tagger_view *v, size_t from, size_t to)
{
    if (from >= to) return;
    for (size_t i = from; i < to; i++) v->word_at[i] = (uint16_t)v->words;
    v->word[v->words++] = (tagger_word){ (uint16_t)from, (uint16_t)to, tagger_chars(v, from, to), sort_of_word(plain, v, from, to) };
}

/* The words of the cutter, and each character between them as one. */
static void see_words(yq_arena *a, yq_str plain, tagger_view *v)
{
    yq_words cut = { 0 };
    size_t done = 0;
    yq_cut(a, plain, &cut);
    v->word = YQ_ARRAY(a, tagger_word, v->n + 1);
    v->word_at = YQ_ARRAY(a, uint16_t, v->n + 1);
    for (size_t k = 0; k < cut.n; k++) {
        size_t from = char_at(v, cut.v[k].span.from), to = char_at(v, cut.v[k].span.to);
        for (; done < from; done++) add_word(plain, v, done, done + 1);
        add_word(plain, v, from, to);
        done = to;
    }
    for (; done < v->n; done++) add_word(plain, v, done, done + 1);
}

/* ---------------------------------------------------------------- the lexicon */

/* Which column of a class tells its kinds apart; others have one kind. */
static const int8_t kind_column[YQ_LEX_CLASS_COUNT] = {
    [YQ_LEX_WORDS] = 2,     [YQ_LEX_TITLES] = 1, [YQ_LEX_PLACES] = 1,   [YQ_LEX_ORGS] = 1,     [YQ_LEX_ORG_ENDINGS] = 1,
    [YQ_LEX_TECH_ENDINGS] = 1, [YQ_LEX_UNITS] = 1,  [YQ_LEX_SURNAMES] = 1, [YQ_LEX_GIVEN_CHARS] = 1,
};

static uint64_t sort_of_hit(const yq_lex_hit *hit)
{
    int column = kind_column[hit->class];
    return tagger_mix(100u + (uint64_t)hit->class, column ? yq_hash64(yq_lex_column(hit->value, (unsigned)column - 1)) : 0);
}

static void see_hits_at(yq_str plain, size_t i, tagger_view *v, yq_arena *a, size_t *cap)
{
    yq_lex_hit found[MOST_HITS_AT];
    size_t n = yq_lex_at(plain, v->at[i], ALL_CLASSES, found, MOST_HITS_AT);
    for (size_t k = 0; k < n; k++) {
        size_t to = char_at(v, v->at[i] + found[k].length);
        if (v->hits == *cap) v->hit = yq_vec_grow(a, v->hit, v->hits, cap, sizeof *v->hit);
        v->hit[v->hits++] = (tagger_hit){ (uint16_t)i, (uint16_t)to, sort_of_hit(&found[k]), found[k].class == YQ_LEX_WORDS };
    }
}

/* Lists the hits by where they end (counting sort). */
static void order_by_end(yq_arena *a, tagger_view *v)
{
    v->hit_end = YQ_ARRAY(a, uint32_t, v->n + 2);
    v->by_end = YQ_ARRAY(a, uint32_t, v->hits + 1);
    for (size_t k = 0; k < v->hits; k++) v->hit_end[v->hit[k].to + 1]++;
    for (size_t i = 1; i < v->n + 2; i++) v->hit_end[i] += v->hit_end[i - 1];
    uint32_t *next = YQ_ARRAY(a, uint32_t, v->n + 2);
    memcpy(next, v->hit_end, (v->n + 2) * sizeof *next);
    for (uint32_t k = 0; k < v->hits; k++) v->by_end[next[v->hit[k].to]++] = k;
}

static void see_hits(yq_arena *a, yq_str plain, tagger_view *v)
{
    size_t cap = 0;
    v->hit_from = YQ_ARRAY(a, uint32_t, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        v->hit_from[i] = (uint32_t)v->hits;
        see_hits_at(plain, i, v, a, &cap);
    }
    v->hit_from[v->n] = (uint32_t)v->hits;
    order_by_end(a, v);
}

void tagger_see(yq_arena *a, yq_str text, tagger_view *v)
{
    *v = (tagger_view){ .text = text };
    yq_str plain = yq_simplify(a, text);
    see_characters(a, plain, v);
    see_words(a, plain, v);
    see_hits(a, plain, v);
}
