/* What the quick tagger sees of a sentence, and what it asks of each character. */
#include "tagger/quick_internal.h"
#include "text/lexicon.h"
#include "text/text.h"

enum { AROUND = 3 }; /* characters beyond the sentence that may be asked for */

/* ---------------------------------------------------------------- words */

static uint16_t sort_of(yq_str word)
{
    yq_str value;
    if (!yq_lex_is(word, YQ_LEX_WORDS, &value)) return 0;
    yq_str tag = yq_lex_column(value, 1);
    return (uint16_t)(tag.n ? (unsigned char)tag.p[0] + (tag.n > 1 ? 256 * (unsigned char)tag.p[1] : 0) : 0);
}

typedef YQ_VEC(yq_quick_word) word_list;

static void add_gap(yq_arena *a, yq_str plain, size_t from, size_t to, word_list *out)
{
    while (from < to) {
        size_t next = from;
        yq_utf8_next(plain, &next);
        *yq_push(a, out) = (yq_quick_word){ (uint32_t)from, (uint32_t)next, 0 };
        from = next;
    }
}

size_t yq_quick_words(yq_arena *a, yq_str plain, yq_quick_word **out)
{
    yq_words cut = { 0 };
    word_list list = { 0 };
    size_t at = 0;
    yq_cut(a, plain, &cut);
    for (size_t k = 0; k < cut.n; k++) {
        yq_span s = cut.v[k].span;
        add_gap(a, plain, at, s.from, &list);
        *yq_push(a, &list) = (yq_quick_word){ s.from, s.to, cut.v[k].han ? sort_of(yq_at(plain, s)) : 0 };
        at = s.to;
    }
    add_gap(a, plain, at, plain.n, &list);
    *out = list.v;
    return list.n;
}

/* ---------------------------------------------------------------- what is seen */

/* Sorts of forms, a bit each. */
static const uint16_t sort_bit[YQ_LEX_CLASS_COUNT] = {
    [YQ_LEX_TITLES] = 1,        [YQ_LEX_TITLE_PREFIXES] = 2, [YQ_LEX_DEPARTMENTS] = 4,  [YQ_LEX_DEPARTMENT_ENDINGS] = 4, [YQ_LEX_ORG_ENDINGS] = 8,
    [YQ_LEX_ORGS] = 16,         [YQ_LEX_PLACES] = 32,        [YQ_LEX_SPEECH_VERBS] = 64, [YQ_LEX_TALK_VERBS] = 64,      [YQ_LEX_HOST_VERBS] = 64,
    [YQ_LEX_EVENT_WORDS] = 128, [YQ_LEX_ORG_WORDS] = 256,
};
#define BIT(class) (1u << YQ_LEX_##class)
#define ASKED (BIT(TITLES) | BIT(TITLE_PREFIXES) | BIT(DEPARTMENTS) | BIT(DEPARTMENT_ENDINGS) | BIT(ORG_ENDINGS) | BIT(ORGS) | BIT(PLACES) | BIT(SPEECH_VERBS) | \
               BIT(TALK_VERBS) | BIT(HOST_VERBS) | BIT(EVENT_WORDS) | BIT(ORG_WORDS) | BIT(SURNAMES) | BIT(GIVEN_CHARS))

static void see_form(quick_char *c, const yq_lex_hit *hit, yq_str plain)
{
    if (hit->class == YQ_LEX_GIVEN_CHARS) {
        c->given = (uint8_t)(1 + yq_lex_number(hit->value, 0, 0) / 3);
        return;
    }
    size_t characters = 1;
    for (size_t at = c->at + 1; at < c->at + hit->length; at++) characters += ((unsigned char)plain.p[at] & 0xC0) != 0x80;
    if (hit->class == YQ_LEX_SURNAMES) {
        c->surname = (uint8_t)(characters > 1 ? 6 : 1 + yq_lex_number(hit->value, 0, 0) / 2);
        return;
    }
    c->begins |= sort_bit[hit->class];
    c[characters - 1].ends |= sort_bit[hit->class];
}

static void see_forms(yq_str plain, quick_view *v)
{
    enum { MOST = 24 };
    yq_lex_hit hit[MOST];
    for (size_t i = 0; i < v->n; i++) {
        if (v->c[i].cp < 0x80) continue; /* words of other scripts are not this voice's */
        size_t hits = yq_lex_at(plain, v->c[i].at, ASKED, hit, MOST);
        for (size_t k = 0; k < hits; k++)
            if (v->c[i].at + hit[k].length <= plain.n) see_form(&v->c[i], &hit[k], plain);
    }
}

static void see_words(const yq_quick_word *word, size_t words, quick_view *v)
{
    size_t i = 0;
    for (size_t k = 0; k < words; k++) {
        quick_seen_word *w = &v->word[k];
        w->from = (uint32_t)i;
        w->id = 7;
        for (; i < v->n && v->c[i].at < word[k].to; i++) {
            v->c[i].word = (uint32_t)k;
            w->id = tagger_mix(w->id, v->c[i].cp);
        }
        w->to = (uint32_t)i;
        w->sort = word[k].sort;
    }
    v->words = words;
}

static void make_room(yq_arena *a, size_t words, quick_view *v)
{
    if (!v->c || v->n > v->most) v->c = YQ_ARRAY(a, quick_char, v->n + 2 * AROUND) + AROUND, v->most = v->n;
    if (!v->word || words > v->most_words) v->word = YQ_ARRAY(a, quick_seen_word, words + 2) + 1, v->most_words = words;
    memset(v->c - AROUND, 0, (v->n + 2 * AROUND) * sizeof *v->c);
    memset(&v->word[words], 0, sizeof *v->word);
}

void quick_see(yq_arena *a, yq_str plain, const yq_quick_word *word, size_t words, quick_view *v)
{
    v->text = plain;
    v->n = yq_utf8_count(plain);
    make_room(a, words, v);
    size_t at = 0;
    for (size_t i = 0; i < v->n; i++) {
        v->c[i].at = (uint32_t)at;
        v->c[i].cp = yq_utf8_next(plain, &at);
        if (v->c[i].cp >= '0' && v->c[i].cp <= '9') v->c[i].cp = '0';
    }
    see_words(word, words, v);
    see_forms(plain, v);
}

/* ---------------------------------------------------------------- what is asked */

typedef struct {
    uint64_t *out;
    size_t n;
} answers;

static inline void add(answers *f, uint64_t question, uint64_t answer)
{
    uint64_t h = (answer + question * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    h = (h ^ h >> 32) * 0xC4CEB9FE1A85EC53u;
    f->out[f->n++] = h ^ h >> 29;
}

/* Windows of characters. */
static inline void ask_characters(const quick_char *c, answers *f)
{
    static const int8_t window[][2] = { { 0, 0 }, { -1, -1 }, { 1, 1 }, { -1, 0 }, { 0, 1 }, { -2, -1 }, { 1, 2 }, { -1, 1 }, { -2, -2 }, { 2, 2 } };
    for (size_t k = 0; k < sizeof window / sizeof *window; k++) add(f, 1 + k, (uint64_t)c[window[k][0]].cp << 21 | c[window[k][1]].cp);
    add(f, 11, ((uint64_t)c[-1].cp << 42) | ((uint64_t)c->cp << 21) | c[1].cp);
}

/* The word, where the character stands in it, and its neighbours. */
static inline void ask_words(const quick_view *v, size_t i, answers *f)
{
    const quick_seen_word *w = &v->word[v->c[i].word];
    uint64_t place = w->to - w->from == 1 ? 0 : i == w->from ? 1 : i + 1 == w->to ? 3 : 2, length = w->to - w->from < 6 ? w->to - w->from : 6;
    add(f, 12, w->id ^ place);
    add(f, 13, w[-1].id ^ place);
    add(f, 14, w[1].id ^ place);
    add(f, 15, (uint64_t)w->sort << 8 | length << 2 | place);
    add(f, 16, (uint64_t)w[-1].sort << 34 | (uint64_t)w->sort << 18 | (uint64_t)w[1].sort << 2 | place);
}

/* Forms of the lexicon: what ends before, begins here and lies behind at the lengths of names. */
static inline void ask_forms(const quick_char *c, answers *f)
{
    add(f, 17, c[-1].ends | (uint64_t)c->begins << 16);
    add(f, 18, c->ends | (uint64_t)c[1].begins << 16);
    add(f, 19, c[-1].ends | (uint64_t)c[2].begins << 16);
    add(f, 20, c[-1].ends | (uint64_t)c[3].begins << 16);
    add(f, 21, c[-2].ends | (uint64_t)c[1].begins << 16);
    add(f, 22, c[-3].ends | (uint64_t)c[1].begins << 16);
    add(f, 23, c->begins | (uint64_t)c->ends << 16);
    add(f, 24, c->surname | c[1].given << 4 | (uint64_t)c[2].given << 8 | (uint64_t)c[-1].ends << 16);
    add(f, 25, c[-1].surname | c->given << 4 | (uint64_t)c[1].given << 8 | (uint64_t)c[1].begins << 16);
    add(f, 26, c[-2].surname | c[-1].given << 4 | (uint64_t)c->given << 8 | (uint64_t)c[1].begins << 16);
    add(f, 27, c->surname | c[1].given << 4 | (uint64_t)c[2].given << 8 | (uint64_t)c[3].given << 12 | (uint64_t)c[-1].surname << 16);
}

size_t quick_features(const quick_view *v, size_t i, uint64_t *out)
{
    answers f = { out, 0 };
    ask_characters(&v->c[i], &f);
    ask_words(v, i, &f);
    ask_forms(&v->c[i], &f);
    return f.n;
}
