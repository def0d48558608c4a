/* The list of known organisations: its names as words, the words' lists of names, and what names say about kinds and about each other. */
#include "resolve/link_best.h"

#include <math.h>
#include <stdlib.h>

static const double RAREST = 18, UNKNOWN = 0.6; /* UNKNOWN: of it, for a word that the list does not have */
static const double BRACKET = 0.25; /* what a name has in brackets says mostly where it is */

static const struct {
    const char *word;
    uint16_t kind;
} kind_words[] = {
    { "university", KIND_UNIVERSITY }, { "polytechnic", KIND_UNIVERSITY }, { "hochschule", KIND_UNIVERSITY }, { "college", KIND_COLLEGE },
    { "academy", KIND_ACADEMY }, { "institute", KIND_INSTITUTE }, { "hospital", KIND_HOSPITAL }, { "clinic", KIND_HOSPITAL },
    { "infirmary", KIND_HOSPITAL }, { "center", KIND_CENTRE }, { "laboratory", KIND_LABORATORY }, { "observatory", KIND_LABORATORY },
    { "department", KIND_UNIT }, { "faculty", KIND_UNIT }, { "school", KIND_UNIT }, { "division", KIND_UNIT }, { "unit", KIND_UNIT },
    { "group", KIND_UNIT }, { "section", KIND_UNIT }, { "program", KIND_UNIT }, { "programme", KIND_UNIT }, { "branch", KIND_UNIT },
    { "society", KIND_SOCIETY }, { "association", KIND_SOCIETY }, { "foundation", KIND_SOCIETY }, { "trust", KIND_SOCIETY }, { "fund", KIND_SOCIETY },
    { "federation", KIND_SOCIETY }, { "network", KIND_SOCIETY }, { "council", KIND_SOCIETY }, { "consortium", KIND_SOCIETY },
    { "ministry", KIND_GOVERNMENT }, { "government", KIND_GOVERNMENT }, { "agency", KIND_GOVERNMENT }, { "administration", KIND_GOVERNMENT },
    { "bureau", KIND_GOVERNMENT }, { "commission", KIND_GOVERNMENT }, { "office", KIND_GOVERNMENT }, { "inc", KIND_COMPANY }, { "ltd", KIND_COMPANY },
    { "limited", KIND_COMPANY }, { "gmbh", KIND_COMPANY }, { "corporation", KIND_COMPANY }, { "corp", KIND_COMPANY }, { "company", KIND_COMPANY },
    { "co", KIND_COMPANY }, { "llc", KIND_COMPANY }, { "library", KIND_COLLECTION }, { "museum", KIND_COLLECTION }, { "press", KIND_COLLECTION },
    { "journal", KIND_COLLECTION }, { "archive", KIND_COLLECTION }, { "system", KIND_SYSTEM },
};

uint16_t link_kind(yq_str word)
{
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (yq_eq(word, yq_cstr(kind_words[i].word))) return kind_words[i].kind;
    return 0;
}

static uint32_t word_number(link_list *l, yq_str s)
{
    uint32_t w = link_number(l->arena, &l->words, s);
    if (w == l->text.n) *yq_push(l->arena, &l->text) = s;
    return w;
}

/* A form keeps Han names as pairs of characters and others as words; a form has one script for most of its part. */
static org_name read_form(link_list *l, form *f, yq_str name)
{
    org_name n = org_read(l->arena, name);
    for (size_t i = 0; i < n.n; i++) f->han |= n.word[i].pair;
    f->acronym = org_is_acronym(name);
    f->acronym_letters = (uint8_t)(f->acronym ? name.n : 0);
    f->whole = link_normal(l->arena, name);
    f->own = f->within = NO_THING;
    for (size_t i = 0; i < n.n && f->n < FORM_WORDS; i++) {
        if (n.word[i].rendered || !n.word[i].groups || (f->han && !n.word[i].pair)) continue;
        f->word[f->n] = word_number(l, n.word[i].group->word[0]);
        f->part_of[f->n++] = n.word[i].bracket && i > 0 ? (float)BRACKET : 1;
    }
    return n;
}

/* Names of two words and more, so that what was written as one word or apart still meets. */
static void note_pairs(link_list *l, const form *f, const org_name *n)
{
    char text[64];
    if (f->han || f->acronym) return;
    for (size_t i = 0; i + 1 < n->n; i++) {
        yq_str a = n->word[i].plain, b = n->word[i + 1].plain;
        if (a.n < 2 || b.n < 2 || a.n + b.n > sizeof text || n->word[i].part != n->word[i + 1].part) continue;
        memcpy(text, a.p, a.n);
        memcpy(text + a.n, b.p, b.n);
        uint32_t at = link_number(l->arena, &l->joined, (yq_str){ text, a.n + b.n });
        if (at == l->pair.n) *yq_push(l->arena, &l->pair) = (word_pair){ word_number(l, n->word[i].group->word[0]), word_number(l, n->word[i + 1].group->word[0]) };
    }
}

size_t link_column(const yq_link_table *t, yq_str name)
{
    for (size_t c = 1; c < t->columns; c++)
        if (yq_eq(t->header[c], name)) return c;
    return 0;
}

/* Cities are numbered by their words in one form; 0 is no city. */
static uint32_t city_number(link_list *l, const org_name *city)
{
    yq_str text = { 0 };
    for (size_t i = 0; i < city->n && i < 4; i++) {
        if (!city->word[i].groups) return NO_CITY;
        yq_str word = city->word[i].group->word[0];
        text = text.n ? yq_concat(l->arena, yq_concat(l->arena, text, YQ_S(" ")), word) : word;
    }
    return text.n ? link_number(l->arena, &l->cities, text) + 1 : NO_CITY;
}

static void note_country(link_list *l, const form *f)
{
    if (f->city_number == NO_CITY) return;
    while (l->city_country.n <= f->city_number) *yq_push(l->arena, &l->city_country) = YQ_S("?");
    yq_str *c = &l->city_country.v[f->city_number];
    if (yq_eq(*c, YQ_S("?"))) *c = f->country;
    else if (!yq_eq(*c, f->country)) *c = (yq_str){ 0 };
}

static void read_place(link_list *l, form *f, const yq_str *cell, size_t city, size_t country)
{
    if (country && cell[country].n) {
        f->country = cell[country];
        const char *code = org_country_code(link_normal(l->arena, cell[country]));
        if (code) f->country = yq_cstr(code);
    }
    if (!city || !cell[city].n) return;
    f->city = org_read(l->arena, cell[city]);
    f->city_number = city_number(l, &f->city);
    note_country(l, f);
}

static int by_text(const void *x, const void *y, void *l)
{
    return yq_cmp(((link_list *)l)->text.v[*(const uint32_t *)x], ((link_list *)l)->text.v[*(const uint32_t *)y]);
}

/* Inverse document frequency in bits: Sparck Jones 1972. A word of no name would weigh RAREST bits whatever the length of the list, so that
 * what was learnt on a long one holds on a short one. */
static void weigh_words(link_list *l)
{
    size_t words = l->text.n, total = 0;
    double scale = l->forms ? RAREST / log2(1 + (double)l->forms / 0.5) : 0;
    l->count = YQ_ARRAY(l->arena, uint32_t, words + 1);
    l->weight = YQ_ARRAY(l->arena, float, words + 1);
    l->kind = YQ_ARRAY(l->arena, uint16_t, words + 1);
    l->first = YQ_ARRAY(l->arena, uint32_t, words + 2);
    l->sorted = YQ_ARRAY(l->arena, uint32_t, words + 1);
    for (size_t i = 0; i < l->forms; i++)
        for (size_t k = 0; k < l->form[i].n; k++) l->count[l->form[i].word[k]]++, total++;
    l->list = YQ_ARRAY(l->arena, uint32_t, total + 1);
    l->unknown = (float)(UNKNOWN * RAREST);
    for (size_t w = 0; w < words; w++) {
        l->first[w + 1] = l->first[w] + l->count[w];
        l->weight[w] = (float)(log2(1 + (double)l->forms / (0.5 + l->count[w])) * scale);
        l->kind[w] = link_kind(l->text.v[w]);
        l->sorted[w] = (uint32_t)w;
    }
    qsort_r(l->sorted, words, sizeof *l->sorted, by_text, l);
}

static yq_str sequence(const form *f, size_t from, size_t to)
{
    return (yq_str){ (const char *)(f->word + from), (to - from) * sizeof *f->word };
}

/* Names by the sequence of their words, so that others that go on from them are known. */
static void note_sequence(link_list *l, form *f)
{
    enum { LEAST_LETTERS = 3 };
    if (f->han || f->n == 0 || (f->n == 1 && (f->acronym_letters < LEAST_LETTERS || f->kinds))) return;
    f->own = link_number(l->arena, &l->sequences, sequence(f, 0, f->n));
    if (f->own == l->sequence_kinds.n) *yq_push(l->arena, &l->sequence_kinds) = f->kinds;
}

static void index_words(link_list *l)
{
    weigh_words(l);
    uint32_t *at = YQ_ARRAY(l->arena, uint32_t, l->text.n + 1);
    memcpy(at, l->first, l->text.n * sizeof *at);
    for (size_t i = 0; i < l->forms; i++) {
        form *f = &l->form[i];
        for (size_t k = 0; k < f->n; k++) {
            l->list[at[f->word[k]]++] = (uint32_t)i;
            f->weight += l->weight[f->word[k]] * f->part_of[k];
            f->kinds |= l->kind[f->word[k]];
        }
        note_sequence(l, f);
    }
}


static uint32_t find_within(const link_list *l, const form *f)
{
    for (size_t n = f->n - 1; n >= 1; n--)
        for (size_t from = 0; from + n <= f->n; from++) {
            uint32_t at = link_find(&l->sequences, sequence(f, from, from + n));
            if (at != UINT32_MAX) return at;
        }
    return NO_THING;
}

/* Where a name stands that goes on from a sequence: the key of child_places. */
typedef struct {
    uint32_t sequence, city;
    char country[4];
} child_place;

static yq_str child_key(child_place *room, uint32_t sequence, uint32_t city, yq_str country)
{
    *room = (child_place){ .sequence = sequence, .city = city };
    for (size_t i = 0; i < country.n && i < sizeof room->country; i++) room->country[i] = country.p[i];
    return (yq_str){ (const char *)room, sizeof *room };
}

static void note_child(link_list *l, const form *f, uint32_t city, yq_str country)
{
    child_place room;
    uint32_t at = link_number(l->arena, &l->child_places, child_key(&room, f->within, city, country));
    if (at == l->children.n) *yq_push(l->arena, &l->children) = 0;
    l->children.v[at]++;
}

/* Indiana University School of Medicine goes on from Indiana University, in Indianapolis and in the United States. */
static void note_within(link_list *l, form *f)
{
    if (f->han || f->n < 2) return;
    f->within = find_within(l, f);
    if (f->within == NO_THING) return;
    note_child(l, f, NO_CITY, f->country);
    if (f->city_number != NO_CITY) note_child(l, f, f->city_number, (yq_str){ 0 });
}

uint32_t link_list_children(const link_list *l, const form *f, yq_str country)
{
    child_place room;
    uint32_t at = f->own == NO_THING ? UINT32_MAX : link_find(&l->child_places, child_key(&room, f->own, NO_CITY, country));
    return at == UINT32_MAX ? 0 : l->children.v[at];
}

bool link_list_child_in(const link_list *l, const form *f, uint32_t city)
{
    child_place room;
    return f->own != NO_THING && link_find(&l->child_places, child_key(&room, f->own, city, (yq_str){ 0 })) != UINT32_MAX;
}

static void index_names(link_list *l)
{
    for (size_t i = 0; i < l->forms; i++) note_within(l, &l->form[i]);
}

/* How many things have the name: one whose names agree twice counts twice, which hardly happens. */
static void note_name(link_list *l, form *f)
{
    f->same_name = link_number(l->arena, &l->wholes, f->whole);
    if (f->same_name == l->things_of.n) *yq_push(l->arena, &l->things_of) = 0;
    l->things_of.v[f->same_name]++;
    while (l->forms_of.n <= f->thing) *yq_push(l->arena, &l->forms_of) = 0;
    l->forms_of.v[f->thing]++;
}

void link_list_read(link_list *l, const yq_link_table *b)
{
    size_t name = link_column(b, YQ_S("name")), city = link_column(b, YQ_S("city")), country = link_column(b, YQ_S("country"));
    if (!name && b->columns > 1) name = 1;
    l->form = YQ_ARRAY(l->arena, form, b->rows + 1);
    for (size_t i = 0; i < b->rows; i++) {
        const yq_str *cell = b->cell + i * b->columns;
        form *f = &l->form[l->forms++];
        f->thing = link_number(l->arena, &l->things, cell[0]);
        if (f->thing == l->id.n) *yq_push(l->arena, &l->id) = cell[0];
        org_name read = read_form(l, f, cell[name]);
        note_pairs(l, f, &read);
        read_place(l, f, cell, city, country);
        note_name(l, f);
    }
    index_words(l);
    index_names(l);
}
