/* A need is a list of parts: things it asks for. A part is a concept, in whatever words and language, or a word that no concept
 * covers; its weight is its rarity in what the viewer may see, less for words that say whom or where and not what. */
#include "match/need.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_HITS = 8, MOST_NEAR = 32, MOST_TERMS = 400 };

/* Worth of meeting something near the thing itself. */
#define AMBIGUOUS 0.6f
#define NESTED 0.6f
#define BROADER 0.4f
#define SOME_WORDS 0.6f
#define PIECES 0.4f
#define LATIN_WORD 0.4 /* an English word that is no concept: most of the register is Chinese */
#define NEAR_TERM 0.5f /* of what is near, in the search for passages */
#define UNKNOWN 0.5 /* weight of what nothing in the register speaks of, of a word that is rare beyond measure */

/* ---------------------------------------------------------------- how much a part is of the need */

static const struct { const char *kind; double weight; } concept_weights[] = {
    { "organization", 0.3 }, { "population", 0.8 }, { "body", 0.8 }, { "need", 0.3 }, { "place", 0.3 }, { "trial", 0.6 }, { "specialty", 0.8 },
};

/* Words that say who or where. */
static const struct { yq_lex_class class; double weight; } word_weights[] = {
    { YQ_LEX_PLACES, 0.15 }, { YQ_LEX_TITLES, 0.2 }, { YQ_LEX_TITLES_EN, 0.2 }, { YQ_LEX_ORG_ENDINGS, 0.2 }, { YQ_LEX_ORG_ENDINGS_EN, 0.2 },
    { YQ_LEX_UNITS, 0.3 }, { YQ_LEX_VENUE_WORDS, 0.3 }, { YQ_LEX_EVENT_WORDS, 0.3 }, { YQ_LEX_SPEECH_VERBS, 0.3 }, { YQ_LEX_DEAL_VERBS, 0.3 },
};

static bool is_number(yq_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if ((word.p[i] < '0' || word.p[i] > '9') && word.p[i] != '.' && word.p[i] != '%') return false;
    return true;
}

/* What kinds of words name things (tags of words.tsv, the longest prefix decides). */
static const struct { const char *tag; double weight; } tag_weights[] = {
    { "vn", 1 }, { "v", 0.5 }, { "an", 1 }, { "ad", 0.3 }, { "a", 0.5 }, { "b", 0.7 }, { "d", 0.2 }, { "z", 0.4 }, { "ns", 0.15 }, { "m", 0.2 },
    { "q", 0.2 }, { "r", 0.1 }, { "p", 0.1 }, { "c", 0.1 }, { "u", 0.1 }, { "t", 0.2 }, { "f", 0.2 }, { "y", 0.1 }, { "s", 0.4 },
};

#define ALL_WORDS 6e7  /* running words behind the frequencies of words.tsv */
#define RARE_WORD 100.0

/* Words of everyday language say less than their rarity in the register suggests: 1 for a rare word, 0.3 for the commonest. */
static double everyday(yq_str value)
{
    double f = yq_lex_number(value, 0, 1), w = log(ALL_WORDS / (f + RARE_WORD)) / log(ALL_WORDS / RARE_WORD);
    yq_str tag = yq_lex_column(value, 1);
    for (size_t i = 0; i < sizeof tag_weights / sizeof *tag_weights; i++)
        if (yq_starts(tag, yq_cstr(tag_weights[i].tag))) return tag_weights[i].weight * w;
    return w;
}

/* PD-1, ECMO, 5G; in English text also a name. */
static bool is_name(yq_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if ((word.p[i] >= '0' && word.p[i] <= '9') || (i && word.p[i] >= 'A' && word.p[i] <= 'Z')) return true;
    return false;
}

static double word_weight(yq_str word, bool han)
{
    yq_str value;
    for (size_t i = 0; i < sizeof word_weights / sizeof *word_weights; i++)
        if (yq_lex_is(word, word_weights[i].class, &value)) return word_weights[i].weight;
    if (is_number(word)) return 0.2;
    if (!han) return is_name(word) ? 1 : LATIN_WORD;
    double weight = yq_lex_is(word, YQ_LEX_WORDS, &value) ? everyday(value) : 1;
    return yq_utf8_count(word) == 1 ? weight * 0.4 : weight;
}

/* A word of everyday or technical language is worth what the Chinese one is, in whatever language it was written. */
static double concept_weight(uint32_t concept)
{
    yq_str kind = yq_concept_column(concept, 5);
    if (yq_eq(kind, YQ_S("word"))) return word_weight(yq_concept_column(concept, 0), true);
    for (size_t i = 0; i < sizeof concept_weights / sizeof *concept_weights; i++)
        if (yq_eq(kind, yq_cstr(concept_weights[i].kind))) return concept_weights[i].weight;
    return 1.2;
}

/* ---------------------------------------------------------------- forms */

static void add_form(yq_arena *a, part *p, bool concept, yq_str term, float worth)
{
    form f = { term, yq_hash64(term), worth, false };
    if (concept) *yq_push(a, &p->concepts) = f;
    else *yq_push(a, &p->words) = f;
}

/* Worth of what stands in a relation to the thing asked for: said of it (the need names the sign, the text the illness), and the other way round. */
static const float near_worth[YQ_REL_COUNT][2] = {
    [YQ_REL_SIGN] = { 0.5f, 0.2f }, [YQ_REL_TREATS] = { 0.2f, 0.25f }, [YQ_REL_FINDS] = { 0.2f, 0.25f }, [YQ_REL_LEADS] = { 0.15f, 0.15f },
    [YQ_REL_USES] = { 0.2f, 0.2f }, [YQ_REL_SITE] = { 0.25f, 0 }, [YQ_REL_SPECIALTY] = { 0.25f, 0 },
};

static void add_near(yq_arena *a, part *p, uint32_t concept, float worth)
{
    const yq_near *near;
    size_t n = yq_concept_near(concept, &near);
    for (size_t i = 0; i < n && i < MOST_NEAR; i++) {
        float w = worth * near_worth[near[i].relation][near[i].back];
        yq_str term = yq_concept_term(a, near[i].id);
        if (w > 0) *yq_push(a, &p->concepts) = (form){ term, yq_hash64(term), w, true };
    }
}

static void add_concept(yq_arena *a, part *p, uint32_t concept, float worth)
{
    add_form(a, p, true, yq_concept_term(a, concept), worth);
    add_near(a, p, concept, worth);
    uint32_t broader = yq_concept_broader(concept);
    if (broader != UINT32_MAX) add_form(a, p, true, yq_concept_term(a, broader), worth * BROADER);
}

/* Pairs and characters of a Chinese word: a word that shares some of them is often near in meaning (低温, 降温). */
static void add_pieces(yq_arena *a, part *p, const yq_terms *terms)
{
    for (size_t i = 0; i < terms->n; i++)
        if (!(terms->v[i].weight > 0) && terms->v[i].text.n >= 3 && terms->v[i].text.p[0] != '\x02')
            *yq_push(a, &p->pieces) = (form){ terms->v[i].text, yq_hash64(terms->v[i].text), (float)terms->v[i].text.n / 6, false };
}

/* The words of text[span), by which a part is met where no concept says it. */
static void add_words(yq_arena *a, part *p, yq_str text)
{
    yq_terms terms = { 0 };
    yq_index_terms(a, text, &terms);
    for (size_t i = 0; i < terms.n; i++)
        if (terms.v[i].weight > 0) add_form(a, p, false, terms.v[i].text, 1);
    add_pieces(a, p, &terms);
}

/* ---------------------------------------------------------------- cutting the need into parts */

typedef struct {
    yq_arena *arena;
    yq_index *index;
    const yq_viewer *viewer;
    const yq_spans *ignored;
    double rarest; /* idf of a term that nothing has */
} asking;

/* The word at whose end the concept ends, or SIZE_MAX: it would cut a word. */
static size_t last_word(const yq_words *words, size_t i, uint32_t end)
{
    for (; i < words->n && words->v[i].span.from < end; i++)
        if (words->v[i].span.to == end) return i;
    return SIZE_MAX;
}

/* The longest concepts that begin with word i; *last: the word they end with. */
static size_t longest_concepts(yq_str plain, const yq_words *words, size_t i, yq_concept_hit *hits, size_t *last)
{
    size_t n = yq_concepts_at(plain, words->v[i].span.from, hits, MOST_HITS), kept = 0;
    uint32_t longest = 0;
    for (size_t k = 0; k < n; k++) {
        size_t end = last_word(words, i, words->v[i].span.from + hits[k].length);
        if (end == SIZE_MAX || hits[k].length < longest) continue;
        if (hits[k].length > longest) kept = 0;
        longest = hits[k].length;
        *last = end;
        hits[kept++] = hits[k];
    }
    return kept;
}

static void nested_concepts(yq_arena *a, part *p, yq_str plain, const yq_words *words, size_t first, size_t last)
{
    yq_concept_hit hits[MOST_HITS];
    for (size_t i = first; i <= last; i++) {
        size_t n = yq_concepts_at(plain, words->v[i].span.from, hits, MOST_HITS);
        for (size_t k = 0; k < n; k++) {
            uint32_t end = words->v[i].span.from + hits[k].length;
            bool whole = i == first && end == p->span.to;
            if (!whole && end <= p->span.to) add_form(a, p, true, yq_concept_term(a, hits[k].id), NESTED * (hits[k].ambiguous ? AMBIGUOUS : 1));
        }
    }
}

/* The idf of the thing itself when the register speaks of it, else of the rarest thing near it; known when any form occurs. */
static double rarity(const asking *q, part *p)
{
    double itself = 0, near = 0;
    for (int which = 0; which < 2; which++) {
        size_t n = which ? p->words.n : p->concepts.n;
        const form *f = which ? p->words.v : p->concepts.v;
        for (size_t i = 0; i < n; i++) {
            double idf = yq_index_idf(q->index, q->viewer, f[i].term);
            if (idf >= q->rarest - 1e-9 || f[i].near) continue;
            double *most = f[i].worth >= AMBIGUOUS ? &itself : &near;
            if (idf > *most) *most = idf;
        }
    }
    p->known = itself > 0 || near > 0;
    p->known_itself = itself > 0;
    return itself > 0 ? itself : near > 0 ? near : q->rarest * UNKNOWN;
}

/* "不想用含二甲亚砜的", "除了呼吸机以外", "not a brace": what is not wanted need not be met. */
static const char *const unwanted[] = { "不要", "不想", "不用", "不需要", "不含", "而不是", "而非", "除了", " not a ", " not an ", " rather than ", " instead of ",
                                        " other than ", " without " };
enum { UNWANTED_BYTES = 18 };

/* What stands right before a place in its clause, with a blank in front. */
static yq_str just_before(yq_arena *a, yq_str plain, uint32_t at)
{
    static const char *const ends[] = { "，", "。", "；", "、", ",", ";", ".", ":" };
    size_t from = at > UNWANTED_BYTES ? at - UNWANTED_BYTES : 0;
    while (from > 0 && (plain.p[from] & 0xC0) == 0x80) from--;
    for (size_t i = from; i < at; i++)
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (yq_starts(yq_sub(plain, i, at), yq_cstr(ends[k]))) from = i + strlen(ends[k]);
    return yq_concat(a, YQ_S(" "), yq_sub(plain, from, at));
}

static bool is_unwanted(yq_arena *a, yq_str plain, uint32_t at)
{
    yq_str before = just_before(a, plain, at);
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        if (yq_has(before, yq_cstr(unwanted[i]))) return true;
    return false;
}

static bool is_ignored(const asking *q, yq_span span)
{
    for (size_t i = 0; i < q->ignored->n; i++)
        if (span.from < q->ignored->v[i].to && q->ignored->v[i].from < span.to) return true;
    return false;
}

static size_t add_part(const asking *q, need *n, const yq_words *words, size_t i)
{
    yq_concept_hit hits[MOST_HITS];
    size_t last = i, found = longest_concepts(n->plain, words, i, hits, &last);
    part *p = yq_push(q->arena, &n->parts);
    *p = (part){ .span = { words->v[i].span.from, words->v[last].span.to } };
    double weight = 0;
    for (size_t k = 0; k < found; k++) {
        add_concept(q->arena, p, hits[k].id, hits[k].ambiguous ? AMBIGUOUS : 1);
        if (concept_weight(hits[k].id) > weight) weight = concept_weight(hits[k].id);
    }
    if (found) nested_concepts(q->arena, p, n->plain, words, i, last);
    add_words(q->arena, p, yq_at(n->plain, p->span));
    if (!found) weight = word_weight(yq_at(n->plain, p->span), words->v[i].han);
    double rare = rarity(q, p);
    p->weight = weight * rare;
    if (found && weight > 1) p->core = p->known_itself ? rare : q->rarest;
    if (!p->known && !words->v[i].han) p->weight *= UNKNOWN; /* a foreign word that no concept translates tells little */
    if (is_ignored(q, p->span) || is_unwanted(q->arena, n->plain, p->span.from)) p->weight = p->core = 0;
    n->total += p->weight;
    return last;
}

/* Terms of the index weigh as their parts do. */
static void weigh_terms(need *n, const yq_words *words)
{
    double most = 0;
    for (size_t i = 0; i < n->parts.n; i++)
        if (n->parts.v[i].weight > most) most = n->parts.v[i].weight;
    for (size_t i = 0; i < n->terms.n; i++) {
        size_t group = n->terms.v[i].group;
        if (group >= words->n) continue;
        for (size_t k = 0; k < n->parts.n; k++) {
            const part *p = &n->parts.v[k];
            if (words->v[group].span.from < p->span.from || words->v[group].span.to > p->span.to) continue;
            n->terms.v[i].weight *= (float)(0.2 + 0.8 * p->weight / (most > 0 ? most : 1));
        }
    }
}

/* What is only near a part is searched for as well, or a passage that says nothing else would never be looked at. */
static void ask_near(yq_arena *a, need *n)
{
    double most = 0;
    for (size_t i = 0; i < n->parts.n; i++)
        if (n->parts.v[i].weight > most) most = n->parts.v[i].weight;
    for (size_t i = 0; i < n->parts.n && n->terms.n < MOST_TERMS; i++)
        for (size_t k = 0; k < n->parts.v[i].concepts.n; k++) {
            const form *f = &n->parts.v[i].concepts.v[k];
            float weight = NEAR_TERM * f->worth * (float)(n->parts.v[i].weight / (most > 0 ? most : 1));
            if (f->near && weight > 0) *yq_push(a, &n->terms) = (yq_term){ f->term, weight, YQ_NO_GROUP };
        }
}

/* The same thing asked twice is one part, also when it was said in other words. */
static bool asked_before(const need *n, size_t k)
{
    const part *p = &n->parts.v[k];
    for (size_t i = 0; i < k; i++) {
        const part *o = &n->parts.v[i];
        if (yq_eq(yq_at(n->plain, o->span), yq_at(n->plain, p->span))) return true;
        if (o->concepts.n && p->concepts.n && o->concepts.v[0].key == p->concepts.v[0].key) return true;
    }
    return false;
}

/* ---------------------------------------------------------------- finding forms by key */

static int by_key(const void *a, const void *b)
{
    const asked_form *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void add_asked(need *n, const form *f, size_t count, size_t number, form_kind kind)
{
    for (size_t i = 0; i < count; i++) n->forms[n->form_count++] = (asked_form){ f[i].key, f[i].worth, (uint8_t)number, (uint8_t)kind };
}

static void index_forms(yq_arena *a, need *n)
{
    size_t all = 0;
    for (size_t g = 0; g < n->parts.n; g++) all += n->parts.v[g].concepts.n + n->parts.v[g].words.n + n->parts.v[g].pieces.n;
    n->forms = YQ_ARRAY(a, asked_form, all + 1);
    for (size_t g = 0; g < n->parts.n; g++) {
        part *p = &n->parts.v[g];
        add_asked(n, p->concepts.v, p->concepts.n, g, OF_CONCEPT);
        add_asked(n, p->words.v, p->words.n, g, OF_WORD);
        add_asked(n, p->pieces.v, p->pieces.n, g, OF_PIECE);
        for (size_t i = 0; i < p->pieces.n; i++) p->pieces_worth += p->pieces.v[i].worth;
    }
    qsort(n->forms, n->form_count, sizeof *n->forms, by_key);
    for (n->table_size = 8; n->table_size < 2 * n->form_count; n->table_size *= 2) continue;
    n->table = YQ_ARRAY(a, uint32_t, n->table_size);
    for (size_t i = 0; i < n->form_count; i++) {
        if (i && n->forms[i].key == n->forms[i - 1].key) continue;
        uint32_t at = (uint32_t)n->forms[i].key & (n->table_size - 1);
        while (n->table[at]) at = (at + 1) & (n->table_size - 1);
        n->table[at] = (uint32_t)i + 1;
    }
}

void need_read(yq_arena *a, yq_index *index, const yq_viewer *v, yq_str text, const yq_spans *ignored, need *out)
{
    asking q = { a, index, v, ignored, yq_index_idf(index, v, YQ_S("\x01")) };
    yq_words words = { 0 };
    *out = (need){ .plain = yq_simplify(a, text) };
    yq_query_words(a, out->plain, &words);
    yq_query_terms(a, out->plain, true, &out->terms);
    for (size_t i = 0; i < words.n && out->parts.n < MAX_PARTS; i++) {
        i = add_part(&q, out, &words, i);
        if (asked_before(out, out->parts.n - 1)) out->total -= out->parts.v[--out->parts.n].weight;
    }
    weigh_terms(out, &words);
    ask_near(a, out);
    index_forms(a, out);
}

/* ---------------------------------------------------------------- meeting parts */

/* The first form with the key; form_count: none. */
static size_t first_form(const need *n, uint64_t key)
{
    for (uint32_t at = (uint32_t)key & (n->table_size - 1); n->table[at]; at = (at + 1) & (n->table_size - 1))
        if (n->forms[n->table[at] - 1].key == key) return n->table[at] - 1;
    return n->form_count;
}

static void meet_form(const need *n, uint64_t key, bool *seen, met_tally *met)
{
    for (size_t i = first_form(n, key); i < n->form_count && n->forms[i].key == key && !seen[i]; i++) {
        const asked_form *f = &n->forms[i];
        seen[i] = true;
        need_meet(f, &met[f->part]);
    }
}

float need_part_met(const part *p, const met_tally *m)
{
    float by_words = !m->words ? 0 : m->words == p->words.n ? 1 : SOME_WORDS * (float)m->words / (float)p->words.n;
    float by_pieces = p->pieces_worth > 0 ? PIECES * m->piece / p->pieces_worth : 0;
    return fmaxf(m->concept, fmaxf(by_words, by_pieces));
}

void need_meet(const asked_form *f, met_tally *m)
{
    if (f->kind == OF_CONCEPT) m->concept = fmaxf(m->concept, f->worth);
    else if (f->kind == OF_PIECE) m->piece += f->worth;
    else m->words++;
}

void need_keys(yq_arena *a, yq_str plain, need_key_list *out)
{
    yq_terms terms = { 0 };
    yq_index_terms(a, plain, &terms);
    for (size_t i = 0; i < terms.n; i++) *yq_push(a, out) = yq_hash64(terms.v[i].text);
}

void need_met_by_keys(const need *n, const uint64_t *keys, size_t count, bool *seen, float met[MAX_PARTS])
{
    met_tally tally[MAX_PARTS] = { 0 };
    memset(seen, 0, n->form_count);
    for (size_t i = 0; i < count; i++) meet_form(n, keys[i], seen, tally);
    for (size_t g = 0; g < n->parts.n; g++) met[g] = need_part_met(&n->parts.v[g], &tally[g]);
}

void need_met(yq_arena *a, const need *n, yq_str plain, float met[MAX_PARTS])
{
    need_key_list keys = { 0 };
    need_keys(a, plain, &keys);
    need_met_by_keys(n, keys.v, keys.n, YQ_ARRAY(a, bool, n->form_count + 1), met);
}

double need_value(const need *n, const float met[MAX_PARTS])
{
    double sum = 0;
    for (size_t g = 0; g < n->parts.n; g++) sum += n->parts.v[g].weight * met[g];
    return sum;
}

/* ---------------------------------------------------------------- marks */

static bool is_asked(const need *n, yq_str term, form_kind kind)
{
    uint64_t key = yq_hash64(term);
    for (size_t i = first_form(n, key); i < n->form_count && n->forms[i].key == key; i++) {
        const asked_form *f = &n->forms[i];
        if (f->kind == kind && (kind == OF_CONCEPT ? f->worth >= NESTED : n->parts.v[f->part].weight > 0)) return true;
    }
    return false;
}

static uint32_t concept_end(yq_arena *a, const need *n, yq_str plain, uint32_t at)
{
    yq_concept_hit hits[MOST_HITS];
    uint32_t end = 0;
    size_t count = yq_concepts_at(plain, at, hits, MOST_HITS);
    for (size_t i = 0; i < count; i++)
        if (at + hits[i].length > end && is_asked(n, yq_concept_term(a, hits[i].id), OF_CONCEPT)) end = at + hits[i].length;
    return end;
}

static bool word_asked(yq_arena *a, const need *n, yq_str word)
{
    yq_terms terms = { 0 };
    yq_index_terms(a, word, &terms);
    for (size_t i = 0; i < terms.n; i++)
        if (terms.v[i].weight > 0 && is_asked(n, terms.v[i].text, OF_WORD)) return true;
    return false;
}

void need_marks(yq_arena *a, const need *n, yq_str plain, yq_spans *out)
{
    yq_words words = { 0 };
    yq_cut(a, plain, &words);
    for (size_t i = 0; i < words.n; i++) {
        yq_span w = words.v[i].span;
        uint32_t end = concept_end(a, n, plain, w.from);
        if (out->n && w.from < out->v[out->n - 1].to) continue;
        if (!end && word_asked(a, n, yq_at(plain, w))) end = w.to;
        if (end) *yq_push(a, out) = (yq_span){ w.from, end };
    }
}
