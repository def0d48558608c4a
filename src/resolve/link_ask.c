/* The words of a written name or affiliation in the list: as they are, abbreviated, misspelt, written together or apart. */
#include "resolve/link_best.h"

enum { FUZZY_WORDS = 24, MOST_HITS = 1200 };

static const double BEGUN = 0.75, MISSPELT = 0.8, JOINED = 0.9;

static void add_hit(link_ask *q, uint32_t word, size_t i, unsigned group, double like)
{
    if (q->n == MOST_HITS) return;
    q->hits[q->n] = (hit){ word, (uint32_t)i, (float)like, (uint8_t)group };
    q->next_hit[q->n] = q->first_hit[word];
    q->first_hit[word] = (int32_t)q->n++;
}

static size_t lower_bound(const link_list *l, yq_str s)
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
static size_t begun(link_ask *q, size_t i, unsigned group, yq_str w)
{
    const link_list *l = q->l;
    size_t found = 0;
    for (size_t at = lower_bound(l, w); at < l->text.n && found < FUZZY_WORDS; at++) {
        yq_str other = l->text.v[l->sorted[at]];
        if (!yq_starts(other, w)) break;
        if (other.n > w.n) add_hit(q, l->sorted[at], i, group, BEGUN), found++;
    }
    return found;
}

/* Words that a spelling error parts from this one; its first two letters are taken to be right. */
static size_t misspelt(link_ask *q, size_t i, unsigned group, yq_str w)
{
    const link_list *l = q->l;
    yq_str head = yq_sub(w, 0, 2);
    size_t found = 0;
    for (size_t at = lower_bound(l, head); at < l->text.n && found < FUZZY_WORDS; at++) {
        yq_str other = l->text.v[l->sorted[at]];
        if (!yq_starts(other, head)) break;
        if (other.n + 1 >= w.n && other.n <= w.n + 1 && link_edits(w, other, 1) <= 1) add_hit(q, l->sorted[at], i, group, MISSPELT), found++;
    }
    return found;
}

/* Universityof, without its blank. */
static bool with_empty_word(link_ask *q, size_t i, yq_str w)
{
    static const char *const ends[] = { "of", "de", "di", "for", "the" };
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        if (!yq_ends(w, yq_cstr(ends[k])) || w.n < 6) continue;
        uint32_t word = link_find(&q->l->words, org_one_form(yq_sub(w, 0, w.n - strlen(ends[k]))));
        if (word == UINT32_MAX) continue;
        add_hit(q, word, i, 0, JOINED);
        return true;
    }
    return false;
}

static void fuzzy(link_ask *q, size_t i, unsigned group, yq_str w, bool abbreviation)
{
    enum { LEAST_ABBREVIATION = 3, LEAST_MISSPELT = 6 };
    if (w.n < LEAST_ABBREVIATION || (unsigned char)w.p[0] >= 0x80) return;
    if (with_empty_word(q, i, w)) return;
    if (abbreviation && begun(q, i, group, w)) return;
    if (w.n >= LEAST_MISSPELT) misspelt(q, i, group, w);
}

static void find_group(link_ask *q, size_t i, unsigned group)
{
    const org_word *word = &q->name.word[i];
    double weight = 0;
    for (size_t k = 0; k < word->group[group].n; k++) {
        yq_str s = word->group[group].word[k];
        uint32_t w = link_find(&q->l->words, s);
        if (w != UINT32_MAX) add_hit(q, w, i, group, 1), weight += q->l->weight[w];
        else if (!word->rendered) {
            if (!word->pair) fuzzy(q, i, group, s, word->short_form || s.n >= 4);
            weight += q->l->unknown;
        }
    }
    if (word->short_form && word->group[group].n == 1 && q->n && q->hits[q->n - 1].query == i) fuzzy(q, i, group, word->group[group].word[0], true);
    if (weight > q->of_query[i]) q->of_query[i] = (float)weight;
}

/* Jiao tong for Jiaotong: a word of the list that the text writes as two. */
static void find_joined(link_ask *q, size_t i)
{
    char text[64];
    if (i + 1 >= q->name.n || q->name.word[i].part != q->name.word[i + 1].part) return;
    yq_str a = q->name.word[i].plain, b = q->name.word[i + 1].plain;
    if (a.n < 2 || b.n < 2 || a.n + b.n > sizeof text) return;
    memcpy(text, a.p, a.n);
    memcpy(text + a.n, b.p, b.n);
    yq_str both = org_one_form((yq_str){ text, a.n + b.n });
    uint32_t word = link_find(&q->l->words, both);
    if (word == UINT32_MAX || yq_eq(both, org_one_form(a)) || yq_eq(both, org_one_form(b))) return; /* universityhospital begins like university */
    add_hit(q, word, i, 0, JOINED);
    add_hit(q, word, i + 1, 0, JOINED);
}

/* Postgraduate for Post Graduate: two words of the list that the text writes as one. */
static void find_apart(link_ask *q, size_t i)
{
    enum { LEAST = 6 };
    yq_str w = q->name.word[i].plain;
    uint32_t at = w.n < LEAST ? UINT32_MAX : link_find(&q->l->joined, w);
    if (at == UINT32_MAX) return;
    add_hit(q, q->l->pair.v[at].first, i, 0, JOINED);
    add_hit(q, q->l->pair.v[at].second, i, 0, JOINED);
}

void link_ask_make(link_ask *q, link_list *l)
{
    yq_arena *a = l->arena;
    *q = (link_ask){ .l = l, .hits = YQ_ARRAY(a, hit, MOST_HITS), .of_query = YQ_ARRAY(a, float, ORG_WORDS), .next_hit = YQ_ARRAY(a, int32_t, MOST_HITS),
                     .first_hit = YQ_ARRAY(a, int32_t, l->text.n + 1), .sum = YQ_ARRAY(a, float, l->forms + 1),
                     .touched = YQ_ARRAY(a, uint32_t, l->forms + 1) };
    for (size_t w = 0; w <= l->text.n; w++) q->first_hit[w] = -1;
}

void link_ask_read(link_ask *q, yq_str name)
{
    q->name = org_read(q->l->arena, name);
    q->whole = link_normal(q->l->arena, name);
    q->n = 0;
    q->han = false;
    memset(q->of_query, 0, sizeof(float) * ORG_WORDS);
    for (size_t i = 0; i < q->name.n; i++) {
        for (unsigned g = 0; g < q->name.word[i].groups; g++) find_group(q, i, g);
        find_joined(q, i);
        find_apart(q, i);
        q->han |= q->name.word[i].pair;
        q->kind[i] = q->name.word[i].groups ? link_kind(q->name.word[i].group->word[0]) : 0;
    }
    link_place_read(q);
}

void link_ask_forget(link_ask *q)
{
    for (size_t i = 0; i < q->n; i++) q->first_hit[q->hits[i].word] = -1;
    for (size_t i = 0; i < q->touched_n; i++) q->sum[q->touched[i]] = 0;
    q->touched_n = 0;
}
