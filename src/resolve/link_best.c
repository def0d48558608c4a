/* For a written name or affiliation the organisations of a list that it may mean, best first.
 *
 * Retrieval by inverted lists of words, then a closer look at the best. A candidate's score is in bits: the words of its name that the text has,
 * each by its rarity (inverse document frequency, Sparck Jones 1972), less those the text lacks, less a part of what else stands in the same part
 * of the text; plus what its city and country add. Parts between commas name one organisation each, so that words spread over several count less.
 */
#include "resolve/link_org.h"

#include <math.h>
#include <stdlib.h>

enum { LOOK_CLOSER = 400, FUZZY_WORDS = 24, FORM_WORDS = 24, MOST_HITS = 1200 };

/* The weights of the score: found by hand on development data, the same for every kind of text. Words found saturate, for a
 * laboratory with a long name is not likelier meant than its university with a short one. */
#ifndef PARAM
#define PARAM(name, value) static const double name = value;
#endif
PARAM(MISSING, 0.9)
PARAM(BEYOND, 0.3)
PARAM(BEYOND_MOST, 5)
PARAM(ELSEWHERE, 0.5)
PARAM(BRACKET, 0.25)
PARAM(CITY, 0.45)
PARAM(CITY_MOST, 4)
PARAM(COUNTRY, 1.5)
PARAM(WRONG_COUNTRY, 4)
PARAM(FULL, 25)
PARAM(LATER, 1)
PARAM(FORMS, 0.5)
PARAM(PRIOR, 4)
PARAM(WHOLE, 6)
PARAM(IN_ORDER, 4)
PARAM(ACRONYM_TOO, 3)

typedef struct {
    uint32_t word[FORM_WORDS];
    float part_of[FORM_WORDS]; /* 1, or less for what stands in brackets */
    size_t n;
    uint32_t thing;   /* the entity of its id */
    float weight;     /* of all its words */
    bool acronym, han;
    size_t acronym_letters;
    yq_str whole;     /* normal form */
    int8_t prior;     /* kinds that affiliations mostly mean, or mostly do not */
    org_name city;
    yq_str country;   /* code, or empty */
} form;

typedef struct {
    yq_arena *arena;
    link_strings words, things;
    YQ_VEC(yq_str) text;   /* of words */
    YQ_VEC(yq_str) id;     /* of things */
    YQ_VEC(uint32_t) forms_of;
    form *form;
    size_t forms;
    uint32_t *count;       /* words -> forms that have it */
    float *weight;         /* words -> bits */
    uint32_t *first, *list; /* words -> forms */
    uint32_t *sorted;      /* words in alphabetical order */
} listing;

/* A word of the query that stands in the list, and how well. */
typedef struct {
    uint32_t word, query; /* query: place of the query's word */
    float like;
    uint8_t group;
} hit;

typedef struct {
    listing *l;
    org_name name;
    yq_str whole;
    hit *hits;
    size_t n;
    const char *country;
    float *of_query;      /* weight of each of its words */
    int32_t *first_hit;   /* words of the list -> first hit, -1 */
    int32_t *next_hit;
    float *sum;           /* forms -> likely score */
    uint32_t *touched;
    size_t touched_n;
} query;

/* ---------------------------------------------------------------- the list */

static uint32_t word_number(listing *l, yq_str s)
{
    uint32_t w = link_number(l->arena, &l->words, s);
    if (w == l->text.n) *yq_push(l->arena, &l->text) = s;
    return w;
}

/* A form keeps Han names as pairs of characters and others as words; a form has one script for most of its part. */
static void read_form(listing *l, form *f, yq_str name)
{
    org_name n = org_read(l->arena, name);
    for (size_t i = 0; i < n.n; i++) f->han |= n.word[i].pair;
    f->acronym = org_is_acronym(name);
    f->acronym_letters = name.n;
    f->whole = link_normal(l->arena, name);
    for (size_t i = 0; i < n.n && f->n < FORM_WORDS; i++) {
        if (n.word[i].rendered || !n.word[i].groups || (f->han && !n.word[i].pair)) continue;
        f->word[f->n] = word_number(l, n.word[i].group->word[0]);
        f->part_of[f->n++] = n.word[i].bracket && i > 0 ? (float)BRACKET : 1;
    }
}

/* Who writes an affiliation mostly means the university or hospital, not its library, and a department is rarely in a list. */
static const struct {
    const char *word;
    int8_t prior;
} kinds[] = { { "university", 1 }, { "college", 1 }, { "department", -1 }, { "faculty", -1 }, { "school", -1 }, { "library", -1 }, { "press", -1 },
              { "society", -1 }, { "foundation", -1 }, { "museum", -1 }, { "division", -1 }, { "trust", -1 }, { "laboratory", -1 }, { "association", -1 },
              { "journal", -1 }, { "institute", 0 } };

static int8_t prior_of(const listing *l, const form *f)
{
    int sum = 0;
    for (size_t k = 0; k < f->n; k++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (yq_eq(l->text.v[f->word[k]], yq_cstr(kinds[i].word))) sum += kinds[i].prior;
    return (int8_t)(sum > 1 ? 1 : sum < -1 ? -1 : sum);
}

static size_t column(const yq_link_table *t, yq_str name)
{
    for (size_t c = 1; c < t->columns; c++)
        if (yq_eq(t->header[c], name)) return c;
    return 0;
}

static void read_place(listing *l, form *f, const yq_str *cell, size_t city, size_t country)
{
    if (city && cell[city].n) f->city = org_read(l->arena, cell[city]);
    if (!country || !cell[country].n) return;
    f->country = cell[country];
    const char *code = org_country_code(link_normal(l->arena, cell[country]));
    if (code) f->country = yq_cstr(code);
}

static int by_text(const void *x, const void *y, void *l)
{
    return yq_cmp(((listing *)l)->text.v[*(const uint32_t *)x], ((listing *)l)->text.v[*(const uint32_t *)y]);
}

static void index_words(listing *l)
{
    size_t words = l->text.n, total = 0;
    l->count = YQ_ARRAY(l->arena, uint32_t, words + 1);
    l->weight = YQ_ARRAY(l->arena, float, words + 1);
    l->first = YQ_ARRAY(l->arena, uint32_t, words + 2);
    l->sorted = YQ_ARRAY(l->arena, uint32_t, words + 1);
    for (size_t i = 0; i < l->forms; i++)
        for (size_t k = 0; k < l->form[i].n; k++) l->count[l->form[i].word[k]]++, total++;
    l->list = YQ_ARRAY(l->arena, uint32_t, total + 1);
    for (size_t w = 0; w < words; w++) {
        l->first[w + 1] = l->first[w] + l->count[w];
        l->weight[w] = (float)log2(1 + (double)l->forms / (0.5 + l->count[w]));
        l->sorted[w] = (uint32_t)w;
    }
    uint32_t *at = YQ_ARRAY(l->arena, uint32_t, words + 1);
    memcpy(at, l->first, words * sizeof *at);
    for (size_t i = 0; i < l->forms; i++) {
        form *f = &l->form[i];
        for (size_t k = 0; k < f->n; k++) {
            l->list[at[f->word[k]]++] = (uint32_t)i;
            f->weight += l->weight[f->word[k]] * f->part_of[k];
        }
    }
    qsort_r(l->sorted, words, sizeof *l->sorted, by_text, l);
}

static uint32_t *of_thing(listing *l, uint32_t thing)
{
    while (l->forms_of.n <= thing) *yq_push(l->arena, &l->forms_of) = 0;
    return &l->forms_of.v[thing];
}

static void read_list(listing *l, const yq_link_table *b)
{
    size_t name = column(b, YQ_S("name")), city = column(b, YQ_S("city")), country = column(b, YQ_S("country"));
    if (!name && b->columns > 1) name = 1;
    l->form = YQ_ARRAY(l->arena, form, b->rows + 1);
    for (size_t i = 0; i < b->rows; i++) {
        const yq_str *cell = b->cell + i * b->columns;
        form *f = &l->form[l->forms];
        f->thing = link_number(l->arena, &l->things, cell[0]);
        if (f->thing == l->id.n) *yq_push(l->arena, &l->id) = cell[0];
        read_form(l, f, cell[name]);
        read_place(l, f, cell, city, country);
        f->prior = prior_of(l, f);
        *of_thing(l, f->thing) += 1;
        l->forms++;
    }
    index_words(l);
}

/* ---------------------------------------------------------------- the words of the query in the list */

static void add_hit(query *q, uint32_t word, size_t i, unsigned group, double like)
{
    if (q->n == MOST_HITS) return;
    q->hits[q->n] = (hit){ word, (uint32_t)i, (float)like, (uint8_t)group };
    q->next_hit[q->n] = q->first_hit[word];
    q->first_hit[word] = (int32_t)q->n++;
}

static size_t lower_bound(const listing *l, yq_str s)
{
    size_t from = 0, to = l->text.n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (yq_cmp(l->text.v[l->sorted[middle]], s) < 0) from = middle + 1;
        else to = middle;
    }
    return from;
}

/* Words that an abbreviation begins. */
static size_t begun(query *q, size_t i, unsigned group, yq_str w)
{
    const listing *l = q->l;
    size_t found = 0;
    for (size_t at = lower_bound(l, w); at < l->text.n && found < FUZZY_WORDS; at++) {
        yq_str other = l->text.v[l->sorted[at]];
        if (!yq_starts(other, w)) break;
        if (other.n > w.n) add_hit(q, l->sorted[at], i, group, 0.75), found++;
    }
    return found;
}

/* Words that a spelling error parts from this one; its first two letters are taken to be right. */
static void misspelt(query *q, size_t i, unsigned group, yq_str w)
{
    const listing *l = q->l;
    yq_str head = yq_sub(w, 0, 2);
    size_t found = 0;
    for (size_t at = lower_bound(l, head); at < l->text.n && found < FUZZY_WORDS; at++) {
        yq_str other = l->text.v[l->sorted[at]];
        if (!yq_starts(other, head)) break;
        if (other.n + 1 >= w.n && other.n <= w.n + 1 && link_edits(w, other, 1) <= 1) add_hit(q, l->sorted[at], i, group, 0.8), found++;
    }
}

static void fuzzy(query *q, size_t i, unsigned group, yq_str w, bool abbreviation)
{
    enum { LEAST_ABBREVIATION = 3, LEAST_MISSPELT = 6 };
    if (w.n < LEAST_ABBREVIATION || (unsigned char)w.p[0] >= 0x80) return;
    if (abbreviation && begun(q, i, group, w)) return;
    if (w.n >= LEAST_MISSPELT) misspelt(q, i, group, w);
}

static void find_group(query *q, size_t i, unsigned group)
{
    const org_word *word = &q->name.word[i];
    double weight = 0;
    for (size_t k = 0; k < word->group[group].n; k++) {
        yq_str s = word->group[group].word[k];
        uint32_t w = link_find(&q->l->words, s);
        if (w != UINT32_MAX) add_hit(q, w, i, group, 1), weight += q->l->weight[w];
        else if (!word->rendered && !word->pair) fuzzy(q, i, group, s, word->short_form || s.n >= 4), weight += log2(1.0 + (double)q->l->forms) * 0.6;
    }
    if (word->short_form && word->group[group].n == 1 && q->n && q->hits[q->n - 1].query == i) fuzzy(q, i, group, word->group[group].word[0], true);
    if (weight > q->of_query[i]) q->of_query[i] = (float)weight;
}

static void find_country(query *q)
{
    char text[64];
    for (size_t i = 0; i < q->name.n; i++) {
        size_t n = 0;
        for (size_t k = i; k < i + 3 && k < q->name.n && q->name.word[k].groups; k++) {
            yq_str w = q->name.word[k].group->word[0];
            if (n + w.n + 2 > sizeof text) break;
            if (n) text[n++] = ' ';
            memcpy(text + n, w.p, w.n);
            n += w.n;
            const char *code = org_country_code((yq_str){ text, n });
            if (code) q->country = code;
        }
    }
}

/* ---------------------------------------------------------------- scores */

static void touch(query *q)
{
    listing *l = q->l;
    q->touched_n = 0;
    for (size_t i = 0; i < q->n; i++) {
        uint32_t w = q->hits[i].word;
        if (q->first_hit[w] != (int32_t)i) continue; /* each word once, by its last hit */
        if (l->count[w] > l->forms / 8 + 50 && q->n > 3) continue;
        float best = 0;
        for (int32_t h = q->first_hit[w]; h >= 0; h = q->next_hit[h])
            if (q->hits[h].like > best) best = q->hits[h].like;
        for (uint32_t k = l->first[w]; k < l->first[w + 1]; k++) {
            uint32_t f = l->list[k];
            if (q->sum[f] == 0) q->touched[q->touched_n++] = f;
            q->sum[f] += (float)(1 + MISSING) * l->weight[w] * best;
        }
    }
}

typedef struct {
    uint32_t form;
    double score;
} scored;

static int by_score(const void *x, const void *y)
{
    const scored *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

/* Bits of the form's words in each part of the text; *used marks the query's words that it took. */
static double matched(const query *q, const form *f, double part[ORG_PARTS], bool used[ORG_WORDS])
{
    double all = 0;
    for (size_t k = 0; k < f->n; k++) {
        double best = 0, of_part[ORG_PARTS] = { 0 }, weight = q->l->weight[f->word[k]] * f->part_of[k];
        for (int32_t h = q->first_hit[f->word[k]]; h >= 0; h = q->next_hit[h]) {
            const org_word *w = &q->name.word[q->hits[h].query];
            double like = q->hits[h].like;
            if (f->acronym && !w->capitals) continue;
            used[q->hits[h].query] = true;
            if (like > best) best = like;
            if (like > of_part[w->part]) of_part[w->part] = like;
        }
        all += best * weight;
        for (size_t p = 0; p < q->name.parts; p++) part[p] += of_part[p] * weight;
    }
    return all;
}

static double beyond(const query *q, const form *f, size_t part, const bool used[ORG_WORDS], double city_bits)
{
    double sum = 0;
    for (size_t i = 0; i < q->name.n; i++) {
        const org_word *w = &q->name.word[i];
        if (w->part != part || used[i] || w->pair != f->han) continue;
        sum += w->pair || w->rendered || f->han == false ? q->of_query[i] : 0;
    }
    return sum > city_bits ? sum - city_bits : 0;
}

static bool named_beside(const query *q, uint32_t word, const bool used[ORG_WORDS])
{
    for (int32_t h = q->first_hit[word]; h >= 0; h = q->next_hit[h])
        if (!used[q->hits[h].query]) return true;
    return false;
}

/* A city that no name of the list contains: its words are looked for in the text itself. */
static bool written(const query *q, yq_str word)
{
    for (size_t i = 0; i < q->name.n; i++)
        if (q->name.word[i].groups && yq_eq(q->name.word[i].group->word[0], word)) return true;
    return false;
}

/* Bits of the city when the text names it beside the name: what is part of the name says nothing twice. */
static double city_bits(const query *q, const form *f, const bool used[ORG_WORDS])
{
    double bits = 0;
    for (size_t k = 0; k < f->city.n; k++) {
        if (!f->city.word[k].groups) return 0;
        uint32_t w = link_find(&q->l->words, f->city.word[k].group->word[0]);
        bool beside = w == UINT32_MAX ? written(q, f->city.word[k].group->word[0]) : named_beside(q, w, used);
        if (!beside) return 0;
        bits += w == UINT32_MAX ? log2(1 + (double)q->l->forms) : q->l->weight[w];
    }
    return bits;
}

/* Does the text have the name word for word? */
static bool stands_in(yq_str name, yq_str text)
{
    for (size_t at = 0; (at = yq_find(text, name, at)) != SIZE_MAX; at++)
        if ((at == 0 || text.p[at - 1] == ' ') && (at + name.n == text.n || text.p[at + name.n] == ' ')) return name.n > 0;
    return false;
}

/* Hong Kong writes China or not. */
static bool one_country(yq_str a, yq_str b)
{
    static const char *const china[] = { "CN", "HK", "MO", "TW" };
    bool x = false, y = false;
    for (size_t i = 0; i < sizeof china / sizeof *china; i++) x |= yq_eq(a, yq_cstr(china[i])), y |= yq_eq(b, yq_cstr(china[i]));
    return yq_eq(a, b) || (x && y);
}

/* That a university is mostly meant holds where the text speaks of one: Boston alone is no Boston University. */
static double prior_here(const query *q, const form *f)
{
    if (f->prior <= 0) return f->prior;
    for (size_t k = 0; k < f->n; k++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (kinds[i].prior > 0 && q->first_hit[f->word[k]] >= 0 && yq_eq(q->l->text.v[f->word[k]], yq_cstr(kinds[i].word))) return f->prior;
    return 0;
}

static double score_form(const query *q, const form *f)
{
    double part[ORG_PARTS] = { 0 }, weight = f->weight;
    bool used[ORG_WORDS] = { false };
    double all = matched(q, f, part, used), city = city_bits(q, f, used);
    size_t best = 0;
    for (size_t p = 1; p < q->name.parts; p++)
        if (part[p] > part[best]) best = p;
    double have = part[best] + ELSEWHERE * (all - part[best]), others = BEYOND * beyond(q, f, best, used, city);
    if (f->acronym) { /* few letters mean many things */
        bool only = f->acronym_letters >= 4 && q->l->count[f->word[0]] == 1;
        double sure = only ? 0.9 : f->acronym_letters >= 5 ? 0.8 : f->acronym_letters == 4 ? 0.65 : f->acronym_letters == 3 ? 0.45 : 0.1;
        have *= sure;
        weight *= sure;
    }
    double score = FULL * (1 - exp(-have / FULL)) - MISSING * (weight - have) - BEYOND_MOST * (1 - exp(-others / BEYOND_MOST));
    score += PRIOR * prior_here(q, f) + FORMS * log2(q->l->forms_of.v[f->thing]);
    if (q->name.parts > 1) score += LATER * (double)best / (double)(q->name.parts - 1);
    score += city * CITY < CITY_MOST ? city * CITY : CITY_MOST;
    if (q->country && f->country.n) score += one_country(f->country, yq_cstr(q->country)) ? COUNTRY : -WRONG_COUNTRY;
    if (yq_eq(f->whole, q->whole)) score += WHOLE;
    if (!f->acronym && stands_in(f->whole, q->whole)) score += IN_ORDER;
    return score;
}

/* ---------------------------------------------------------------- a query */

static void read_query(query *q, yq_str name)
{
    q->name = org_read(q->l->arena, name);
    q->whole = link_normal(q->l->arena, name);
    q->n = 0;
    q->country = NULL;
    memset(q->of_query, 0, sizeof(float) * ORG_WORDS);
    for (size_t i = 0; i < q->name.n; i++)
        for (unsigned g = 0; g < q->name.word[i].groups; g++) find_group(q, i, g);
    find_country(q);
}

static void forget(query *q)
{
    for (size_t i = 0; i < q->n; i++) q->first_hit[q->hits[i].word] = -1;
    for (size_t i = 0; i < q->touched_n; i++) q->sum[q->touched[i]] = 0;
}

static void reverse(scored *v, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        scored x = v[i];
        v[i] = v[n - 1 - i];
        v[n - 1 - i] = x;
    }
}

/* Lets x down from the root of a heap whose root is the worst. */
static void sift(scored *heap, size_t n, scored x)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && by_score(&heap[child + 1], &heap[child]) > 0) child++;
        if (by_score(&heap[child], &x) <= 0) break;
        heap[at] = heap[child];
    }
    heap[at] = x;
}

/* The LOOK_CLOSER likeliest of the touched forms, in any order. */
static size_t select_likely(const query *q, scored *heap)
{
    size_t n = 0;
    for (size_t i = 0; i < q->touched_n; i++) {
        uint32_t f = q->touched[i];
        scored x = { f, q->sum[f] - MISSING * q->l->form[f].weight };
        if (n < LOOK_CLOSER) {
            heap[n++] = x;
            if (n == LOOK_CLOSER) qsort(heap, n, sizeof *heap, by_score), reverse(heap, n);
        } else if (by_score(&x, &heap[0]) < 0) sift(heap, n, x);
    }
    return n;
}

/* A name and its acronym in one text, as in Chinese Academy of Sciences (CAS), confirm each other. */
static void acronyms_too(const query *q, scored *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const form *f = &q->l->form[s[i].form];
        if (!f->acronym || s[i].score < 0) continue;
        for (size_t k = 0; k < n; k++)
            if (q->l->form[s[k].form].thing == f->thing && !q->l->form[s[k].form].acronym) s[k].score += ACRONYM_TOO;
    }
}

/* The likeliest forms, looked at closer; *n of them, best first. */
static scored *rank(query *q, scored *out, size_t *n)
{
    touch(q);
    *n = select_likely(q, out);
    for (size_t i = 0; i < *n; i++) out[i].score = score_form(q, &q->l->form[out[i].form]);
    acronyms_too(q, out, *n);
    qsort(out, *n, sizeof *out, by_score);
    return out;
}

typedef struct {
    listing l;
    const yq_link_table *a, *b;
    yq_link_pairs *out;
} job;

typedef YQ_VEC(yq_link_pair) pair_list;

/* The probability among the candidates (softmax in bits), with a chance that none is meant. */
static void put_best(job *j, yq_str id, const scored *s, size_t n, pair_list *out)
{
    yq_arena *a = j->l.arena;
    uint32_t seen[YQ_LINK_BEST];
    size_t taken = 0;
    double sum = exp2(4), top = n ? s[0].score : 0;
    double shift = top > 40 ? top - 40 : 0;
    for (size_t i = 0; i < n; i++) sum += exp2(s[i].score - shift);
    for (size_t i = 0; i < n && taken < YQ_LINK_BEST; i++) {
        const form *f = &j->l.form[s[i].form];
        bool again = false;
        for (size_t k = 0; k < taken; k++) again |= seen[k] == f->thing;
        if (again) continue;
        seen[taken++] = f->thing;
        double p = exp2(s[i].score - shift) / sum;
        *yq_push(a, out) = (yq_link_pair){ id, j->l.id.v[f->thing], p, p >= 0.9 ? YQ_SAME : p >= 0.1 ? YQ_UNDECIDED : YQ_DIFFERENT,
                                           yq_printf(a, "name \"%.*s\" %.1f bits", YQ_FMT(f->whole), s[i].score) };
    }
}

static void make_query(query *q, listing *l)
{
    *q = (query){ .l = l, .hits = YQ_ARRAY(l->arena, hit, MOST_HITS), .of_query = YQ_ARRAY(l->arena, float, ORG_WORDS),
                  .next_hit = YQ_ARRAY(l->arena, int32_t, MOST_HITS), .first_hit = YQ_ARRAY(l->arena, int32_t, l->text.n + 1),
                  .sum = YQ_ARRAY(l->arena, float, l->forms + 1), .touched = YQ_ARRAY(l->arena, uint32_t, l->forms + 1) };
    for (size_t w = 0; w <= l->text.n; w++) q->first_hit[w] = -1;
}

static yq_code run(void *arg, yq_err *err)
{
    job *j = arg;
    query q;
    pair_list out = { 0 };
    (void)err;
    read_list(&j->l, j->b);
    make_query(&q, &j->l);
    scored *room = YQ_ARRAY(j->l.arena, scored, j->l.forms + 1);
    size_t name = column(j->a, YQ_S("name")), n;
    if (!name && j->a->columns > 1) name = 1;
    for (size_t i = 0; i < j->a->rows; i++) {
        const yq_str *cell = j->a->cell + i * j->a->columns;
        read_query(&q, cell[name]);
        rank(&q, room, &n);
        put_best(j, cell[0], room, n, &out);
        forget(&q);
    }
    *j->out = (yq_link_pairs){ out.v, out.n };
    return YQ_OK;
}

yq_code yq_link_best(yq_arena *arena, const yq_link_table *a, const yq_link_table *b, yq_link_pairs *out, yq_err *err)
{
    job j = { .l = { .arena = arena }, .a = a, .b = b, .out = out };
    *out = (yq_link_pairs){ 0 };
    if (a->rows > YQ_LINK_MAX_ROWS || b->rows > YQ_LINK_MAX_ROWS) return yq_fail(err, YQ_INVALID, 0, "more than %d rows", YQ_LINK_MAX_ROWS);
    return yq_arena_run(arena, run, &j, err);
}
