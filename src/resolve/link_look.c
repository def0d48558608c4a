/* How a name of the list looks beside a written affiliation: features, each with one meaning, that link_best.c weighs.
 *
 * First each name by itself: how much of it one part of the text has, in which order, what else stands there, whether places agree. Then the names beside each other: which
 * is covered by a longer one, which is a university's school or laboratory, which university stands in another part.
 */
#include "resolve/link_best.h"

#include <math.h>

enum { MOST_WHOLE = 32 };

/* Where the words of a form stand in the text. */
typedef struct {
    const link_ask *q;
    const form *f;
    float like[FORM_WORDS];      /* best of the whole text */
    float in_part[FORM_WORDS];   /* best of the best part */
    int16_t at[FORM_WORDS];      /* place in the best part, -1: not there */
    int16_t anywhere[FORM_WORDS];
    bool used[ORG_WORDS];
    size_t part;
    double have, all;            /* bits that the best part has, and that the text has */
} alignment;

static double bits_of(const alignment *a, size_t k)
{
    return a->q->l->weight[a->f->word[k]] * a->f->part_of[k];
}

static bool counts(const alignment *a, const hit *h)
{
    return !a->f->acronym || a->q->name.word[h->query].capitals;
}

static void choose_part(alignment *a)
{
    const link_ask *q = a->q;
    double part[ORG_PARTS] = { 0 };
    for (size_t k = 0; k < a->f->n; k++) {
        float of_part[ORG_PARTS] = { 0 };
        for (int32_t h = q->first_hit[a->f->word[k]]; h >= 0; h = q->next_hit[h]) {
            const hit *x = &q->hits[h];
            size_t p = q->name.word[x->query].part;
            if (!counts(a, x)) continue;
            a->used[x->query] = true;
            if (x->like > a->like[k]) a->like[k] = x->like;
            if (x->like > of_part[p]) part[p] += (x->like - of_part[p]) * bits_of(a, k), of_part[p] = x->like;
        }
        a->all += a->like[k] * bits_of(a, k);
    }
    for (size_t p = 1; p < q->name.parts; p++)
        if (part[p] > part[a->part] + 1e-6) a->part = p;
    a->have = part[a->part];
}

/* The place of a form's word: the first that does not go back behind the last one, else the first at all. */
static int16_t place_of(const alignment *a, size_t k, int16_t last, bool one_part, float *like)
{
    const link_ask *q = a->q;
    int16_t forth = -1, any = -1;
    for (int32_t h = q->first_hit[a->f->word[k]]; h >= 0; h = q->next_hit[h]) {
        const hit *x = &q->hits[h];
        int16_t at = (int16_t)x->query;
        if (!counts(a, x) || (one_part && q->name.word[x->query].part != a->part)) continue;
        if (x->like > *like) *like = x->like;
        if (at >= last && (forth < 0 || at < forth)) forth = at;
        if (any < 0 || at < any) any = at;
    }
    return forth >= 0 ? forth : any;
}

static void align(alignment *a)
{
    int16_t last = -1, last_anywhere = -1;
    choose_part(a);
    for (size_t k = 0; k < a->f->n; k++) {
        float ignored = 0;
        a->at[k] = place_of(a, k, last, true, &a->in_part[k]);
        a->anywhere[k] = place_of(a, k, last_anywhere, false, &ignored);
        if (a->at[k] >= 0) last = a->at[k];
        if (a->anywhere[k] >= 0) last_anywhere = a->anywhere[k];
    }
}

/* Do all words of the form (but those in brackets) follow each other, with nothing between them that is not theirs? */
static bool follow(const alignment *a, const int16_t *at, bool *forward)
{
    int16_t last = -1;
    bool close = true;
    *forward = true;
    for (size_t k = 0; k < a->f->n; k++) {
        if (at[k] < 0 && a->f->part_of[k] < 1) continue;
        if (at[k] < 0) return *forward = false;
        if (at[k] < last) *forward = false;
        for (int16_t i = last + 1; last >= 0 && i < at[k]; i++) close &= a->used[i];
        last = at[k];
    }
    return close && *forward && last >= 0;
}

/* ---------------------------------------------------------------- the name by itself */

/* Bits that only other parts of the text have; a city behind the name is hardly a word of it. */
static void look_elsewhere(const alignment *a, look *o)
{
    double place = 0, other = 0;
    for (size_t k = 0; k < a->f->n; k++) {
        if (a->at[k] >= 0 || a->anywhere[k] < 0) continue;
        *(a->q->place[a->anywhere[k]] ? &place : &other) += a->like[k] * bits_of(a, k);
    }
    o->x[LOOK_ELSEWHERE] = (float)(fmin(other, 20) / 10);
    o->x[LOOK_ELSEWHERE_PLACE] = (float)(fmin(place, 20) / 10);
}

static void look_words(const alignment *a, look *o)
{
    const form *f = a->f;
    double missing = f->weight - a->all, rarest = 0, found = 0, fuzzy = 0, own = 0, place = 0;
    for (size_t k = 0; k < f->n; k++) {
        uint16_t kind = a->q->l->kind[f->word[k]];
        if (bits_of(a, k) > rarest) rarest = bits_of(a, k), found = a->like[k];
        if (a->like[k] < 1) fuzzy += bits_of(a, k) * (a->like[k] > 0);
        if (a->like[k] == 0 && kind) o->x[LOOK_KIND_LACKING] = 1;
        if (a->at[k] < 0 || kind) continue;
        own += bits_of(a, k);
        if (a->q->place[a->at[k]]) place += bits_of(a, k);
    }
    o->cover = f->weight > 0 ? (float)(a->have / f->weight) : 0;
    o->x[LOOK_HAVE] = (float)(1 - exp(-a->have / 8));
    o->x[LOOK_HAVE_MUCH] = (float)(1 - exp(-a->have / 25));
    o->x[LOOK_COVER] = o->cover;
    o->x[LOOK_MISSING] = (float)(missing > 0 ? fmin(missing, 40) / 10 : 0);
    o->x[LOOK_MISSING_ANY] = (float)(missing > 0 ? 1 - exp(-missing / 4) : 0);
    o->x[LOOK_RAREST_MISSING] = found == 0 && f->n > 1;
    look_elsewhere(a, o);
    o->x[LOOK_FUZZY] = (float)(fmin(fuzzy, 20) / 10);
    o->x[LOOK_ONLY_PLACE] = own > 0 ? (float)(place / own) : 0;
}

static bool is_city_word(const form *f, yq_str word)
{
    for (size_t i = 0; i < f->city.n; i++)
        if (f->city.word[i].groups && yq_eq(f->city.word[i].group->word[0], word)) return true;
    return false;
}

static bool only_kinds_lack(const alignment *a)
{
    bool lacks = false;
    for (size_t k = 0; k < a->f->n; k++) {
        if (a->at[k] >= 0) continue;
        if (!a->q->l->kind[a->f->word[k]]) return false;
        lacks = true;
    }
    return lacks;
}

/* What else stands in the part, in bits: a university's department says nothing against it. The form's own city is none of it. */
static bool look_beyond(const alignment *a, look *o)
{
    const link_ask *q = a->q;
    double bits = 0;
    bool unit = false;
    for (size_t i = 0; i < q->name.n; i++) {
        const org_word *w = &q->name.word[i];
        if (w->part != a->part || a->used[i] || w->pair != a->f->han || !w->groups) continue;
        if (is_city_word(a->f, w->group->word[0])) continue;
        unit |= (q->kind[i] & (KIND_UNIT | KIND_COLLEGE)) != 0;
        bits += q->of_query[i];
    }
    o->x[unit ? LOOK_BEYOND_UNIT : LOOK_BEYOND] = (float)(1 - exp(-bits / 8));
    o->x[LOOK_KIND_ONLY_LACKING] = unit && only_kinds_lack(a);
    return bits == 0;
}

/* Does the text have the name letter for letter? */
static bool stands_in(yq_str name, yq_str text)
{
    for (size_t at = 0; (at = yq_find(text, name, at)) != SIZE_MAX; at++)
        if ((at == 0 || text.p[at - 1] == ' ') && (at + name.n == text.n || text.p[at + name.n] == ' ')) return name.n > 0;
    return false;
}

static void look_order(const alignment *a, look *o, bool alone)
{
    bool forward, across;
    if (a->f->n == 0 || a->f->acronym) return;
    bool run = follow(a, a->at, &forward), shortened = false;
    size_t there = 0;
    for (size_t k = 0; k < a->f->n; k++) {
        there += a->at[k] >= 0;
        if (a->at[k] >= 0) shortened |= a->q->name.word[a->at[k]].short_form;
    }
    o->x[LOOK_RUN] = run && a->f->n > 1;
    if (there == a->f->n && !forward) o->x[shortened ? LOOK_INVERTED_SHORT : LOOK_INVERTED] = 1;
    if (there < a->f->n) o->x[run ? LOOK_BRACKET_LACKING : LOOK_RUN_ACROSS] = run || follow(a, a->anywhere, &across);
    o->x[LOOK_VERBATIM] = (run || o->x[LOOK_RUN_ACROSS] > 0) && stands_in(a->f->whole, a->q->whole);
    o->x[LOOK_WHOLE_PART] = run && alone;
    o->x[LOOK_WHOLE_TEXT] = yq_eq(a->f->whole, a->q->whole);
}

/* Bits of the city when the text names it beside the name: what is part of the name says nothing twice. */
static double city_bits(const alignment *a)
{
    const link_ask *q = a->q;
    double bits = 0;
    for (size_t k = 0; k < a->f->city.n; k++) {
        bool beside = false;
        if (!a->f->city.word[k].groups) return 0;
        yq_str word = a->f->city.word[k].group->word[0];
        for (size_t i = 0; i < q->name.n && !beside; i++)
            beside = q->name.word[i].groups && !a->used[i] && yq_eq(q->name.word[i].group->word[0], word);
        if (!beside) return 0;
        uint32_t w = link_find(&q->l->words, word);
        bits += w == UINT32_MAX ? q->l->unknown : q->l->weight[w];
    }
    return bits;
}

/* The form's city, or its beginning: Frankfurt for Frankfurt am Main. */
static bool names_city(const link_ask *q, size_t city, const form *f)
{
    size_t words = (size_t)(q->city[city].to - q->city[city].from);
    if (q->city[city].number == f->city_number) return true;
    for (size_t i = 0; i < words; i++) {
        const org_word *w = &q->name.word[q->city[city].from + i];
        if (i >= f->city.n || !f->city.word[i].groups || !w->groups || !yq_eq(f->city.word[i].group->word[0], w->group->word[0])) return false;
    }
    return words > 0;
}

/* Which city the text names: the form's, one with a body that is named after it, or neither. */
static void look_city(const alignment *a, look *o)
{
    const link_ask *q = a->q;
    bool named = false, other = false, child = false, alone = false;
    for (size_t i = 0; i < q->cities; i++) {
        if (names_city(q, i, a->f)) named = true, alone |= q->city[i].alone;
        else if (link_list_child_in(q->l, a->f, q->city[i].number)) child = true;
        else other |= q->city[i].alone;
    }
    o->x[LOOK_CITY] = (float)(fmin(city_bits(a), 10) / 10);
    o->x[LOOK_CITY_IN_NAME] = alone && o->x[LOOK_CITY] == 0;
    o->x[LOOK_CITY_OTHER] = a->f->city_number != NO_CITY && other && !named && !child;
    o->x[LOOK_CITY_OF_CHILD] = child && !named;
}

static void look_country(const alignment *a, look *o)
{
    const link_ask *q = a->q;
    bool here = false;
    if (!q->countries || !a->f->country.n) return;
    for (size_t i = 0; i < q->countries; i++) here |= link_one_country(a->f->country, q->country[i]);
    o->x[here ? LOOK_COUNTRY : LOOK_COUNTRY_OTHER] = 1;
}

/* A whole name that no other thing has. */
static bool is_sure(const alignment *a, const look *o)
{
    bool whole = (o->cover > 0.95 && o->x[LOOK_RUN] > 0) || o->x[LOOK_RUN_ACROSS] > 0;
    return whole && a->q->l->things_of.v[a->f->same_name] == 1;
}

/* Beside a sure name places weigh differently: Harvard is Harvard also when a line says Boston. */
static void look_sure(look *o)
{
    static const uint8_t moved[][2] = { { LOOK_CITY, LOOK_CITY_OF_SURE }, { LOOK_CITY_IN_NAME, LOOK_CITY_IN_SURE },
                                        { LOOK_CITY_OTHER, LOOK_CITY_OTHER_OF_SURE }, { LOOK_CITY_OF_CHILD, LOOK_CITY_CHILD_OF_SURE },
                                        { LOOK_COUNTRY, LOOK_COUNTRY_OF_SURE }, { LOOK_COUNTRY_OTHER, LOOK_COUNTRY_OTHER_OF_SURE } };
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++) {
        o->x[moved[i][1]] = o->x[moved[i][0]];
        o->x[moved[i][0]] = 0;
    }
}

static void look_kinds(const alignment *a, look *o)
{
    uint16_t kinds = 0;
    for (size_t k = 0; k < a->f->n; k++)
        if (a->at[k] >= 0) kinds |= a->q->l->kind[a->f->word[k]];
    for (size_t k = 0; k < KINDS; k++)
        if (kinds >> k & 1) o->x[LOOK_UNIVERSITY + k] = o->cover;
}

static float few(size_t n)
{
    return n ? (float)(fmin(log2((double)n), 4) / 4) : 0;
}

static void look_acronym(const alignment *a, look *o, bool alone)
{
    const form *f = a->f;
    if (!f->acronym) return;
    o->x[f->acronym_letters <= 2 ? LOOK_ACRONYM_2 : f->acronym_letters == 3 ? LOOK_ACRONYM_3 : f->acronym_letters == 4 ? LOOK_ACRONYM_4 : LOOK_ACRONYM_5] = 1;
    o->x[LOOK_ACRONYM_ALONE] = alone;
    if (f->n) o->x[LOOK_ACRONYM_SHARED] = few(a->q->l->count[f->word[0]]);
}

/* Where the part stands among those that name no place: 0 first, 1 last. */
static float how_late(const link_ask *q, size_t part)
{
    size_t before = 0, all = 0;
    bool seen[ORG_PARTS] = { false };
    for (size_t i = 0; i < q->name.n; i++) seen[q->name.word[i].part] = true;
    for (size_t p = 0; p < q->name.parts; p++) {
        if (!seen[p] || q->place_part[p]) continue;
        all++;
        before += p < part;
    }
    return all > 1 ? (float)before / (float)(all - 1) : 0;
}

/* Which of the things that share a name is meant? Mostly the one that has names in many languages and bodies named after it. */
static void look_fame(const alignment *a, look *o)
{
    const link_list *l = a->q->l;
    size_t twins = l->things_of.v[a->f->same_name];
    o->x[LOOK_TWINS] = few(twins);
    o->x[LOOK_FORMS] = few(l->forms_of.v[a->f->thing]);
    o->x[LOOK_CHILDREN] = few(1 + link_list_children(l, a->f, a->f->country));
    if (twins < 2 && !a->f->acronym) return;
    o->x[LOOK_FORMS_OF_TWIN] = o->x[LOOK_FORMS];
    o->x[LOOK_CHILDREN_OF_TWIN] = o->x[LOOK_CHILDREN];
}

/* Goes the name on from a university's? Its school or laboratory is rarely what is meant, its hospital is. */
static void look_within(const alignment *a, look *o)
{
    const form *f = a->f;
    enum { UNITS = KIND_UNIT | KIND_LABORATORY | KIND_COLLECTION | KIND_SOCIETY };
    if (f->within == NO_THING || o->x[LOOK_BRACKET_LACKING] > 0 || !(a->q->l->sequence_kinds.v[f->within] & (KIND_UNIVERSITY | KIND_COLLEGE))) return;
    o->x[f->kinds & KIND_HOSPITAL ? LOOK_WITHIN_HOSPITAL : f->kinds & UNITS ? LOOK_WITHIN_UNIT : LOOK_WITHIN_OTHER] = o->cover;
}

static void look_name(const link_ask *q, form *f, look *o)
{
    alignment a = { .q = q, .f = f };
    *o = (look){ 0 };
    align(&a);
    look_words(&a, o);
    bool alone = look_beyond(&a, o);
    look_order(&a, o, alone);
    look_city(&a, o);
    look_country(&a, o);
    look_kinds(&a, o);
    look_acronym(&a, o, alone);
    if (is_sure(&a, o)) look_sure(o);
    o->part = (uint8_t)a.part;
    o->x[LOOK_LATER] = fminf(how_late(q, a.part), 1);
    look_fame(&a, o);
    for (size_t k = 0; k < f->n; k++) {
        int16_t at = o->x[LOOK_RUN_ACROSS] > 0 ? a.anywhere[k] : a.at[k];
        if (at >= 0) o->used[at / 64] |= (uint64_t)1 << (at % 64);
    }
    look_within(&a, o);
}

/* ---------------------------------------------------------------- the names beside each other */

/* A name that stands whole in the text. */
static bool is_whole(const form *f, const look *o)
{
    return !f->acronym && f->kinds && ((o->cover > 0.95 && o->x[LOOK_RUN] > 0) || o->x[LOOK_RUN_ACROSS] > 0) && o->x[LOOK_ONLY_PLACE] < 1;
}

static bool covers(const look *larger, const look *smaller)
{
    bool all = (smaller->used[0] & ~larger->used[0]) == 0 && (smaller->used[1] & ~larger->used[1]) == 0;
    return all && (smaller->used[0] != larger->used[0] || smaller->used[1] != larger->used[1]);
}

static bool is_university(const form *f)
{
    return (f->kinds & (KIND_UNIVERSITY | KIND_COLLEGE)) && !(f->kinds & (KIND_UNIT | KIND_HOSPITAL | KIND_SYSTEM | KIND_LABORATORY | KIND_COLLECTION | KIND_SOCIETY));
}

static uint16_t main_kind(const form *f)
{
    return is_university(f) ? KIND_UNIVERSITY : f->kinds & (KIND_HOSPITAL | KIND_LABORATORY | KIND_UNIT | KIND_SOCIETY | KIND_GOVERNMENT | KIND_COMPANY);
}

/* A longer name covers this one. Of Indiana University School of Medicine it may still be the university that is meant, and the school's place says nothing against it. */
static void look_longer(const form *f, look *o, const form *g, const look *other)
{
    if (f->own == NO_THING || g->within != f->own) {
        o->x[LOOK_PART_OF_LONGER] = 1;
        return;
    }
    o->x[g->kinds & KIND_HOSPITAL ? LOOK_HOSPITAL_OF_LONGER : LOOK_UNIVERSITY_OF_LONGER] = 1;
    for (size_t i = LOOK_CITY; i <= LOOK_CITY_CHILD_OF_SURE; i++)
        if (i != LOOK_COUNTRY && i != LOOK_COUNTRY_OTHER) o->x[i] = other->x[i];
}

static void look_beside(const form *f, look *o, const form *g, const look *other)
{
    if (covers(other, o)) look_longer(f, o, g, other);
    if (other->part == o->part) return;
    if (other->part < o->part) o->x[main_kind(f) == main_kind(g) ? LOOK_AFTER_SAME_KIND : LOOK_AFTER_OTHER] = o->cover;
    if (!is_university(g) || is_university(f)) return;
    if (f->city_number != g->city_number) o->x[LOOK_BESIDE_OTHER] = o->cover;
    else if (f->kinds & KIND_HOSPITAL) o->x[LOOK_BESIDE_UNIVERSITY_HOSPITAL] = o->cover;
    else if (f->kinds & (KIND_LABORATORY | KIND_UNIT)) o->x[LOOK_BESIDE_UNIVERSITY_LAB] = o->cover;
    else o->x[LOOK_BESIDE_UNIVERSITY] = o->cover;
}

/* A name and its acronym in one text, as in Chinese Academy of Sciences (CAS), confirm each other. */
static void look_both(const link_ask *q, link_candidate_form *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const form *f = &q->l->form[c[i].form];
        if (!f->acronym || c[i].look.cover < 1) continue;
        for (size_t k = 0; k < n; k++)
            if (q->l->form[c[k].form].thing == f->thing && !q->l->form[c[k].form].acronym) c[k].look.x[LOOK_BOTH_NAMES] = c[k].look.cover;
    }
}

void link_look(const link_ask *q, link_candidate_form *c, size_t n)
{
    size_t whole[MOST_WHOLE], wholes = 0;
    for (size_t i = 0; i < n; i++) {
        form *f = &q->l->form[c[i].form];
        look_name(q, f, &c[i].look);
        if (wholes < MOST_WHOLE && is_whole(f, &c[i].look)) whole[wholes++] = i;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t w = 0; w < wholes; w++) {
            const form *f = &q->l->form[c[i].form], *g = &q->l->form[c[whole[w]].form];
            if (f->thing != g->thing) look_beside(f, &c[i].look, g, &c[whole[w]].look);
        }
    look_both(q, c, n);
}
