/* The decision for one mention: collect the known entities that carry one of its names, weigh what each shares with it, and say so.
 *
 * Equal names are asked for by their key, translations by theirs; other spellings of a person's name are looked for among those who work where the
 * mention does. Evidence that could speak of several (a translation with liberties, initials, a name told without work) counts only when
 * it speaks of one.
 *
 * Several known entities may turn out to be the mention. Then this document joins them (`also`), for persons always, for organisations only
 * across scripts: that a hospital's Chinese and English names stand side by side proves something, that a reader took one Chinese name for a
 * short form of another proves too little to merge what other documents keep apart.
 */
#include "resolve/identifier.h"
#include "resolve/internal.h"

#include <stdio.h>

enum { MOST_NAMES = 64, MOST_ORGS = 64, MOST_CANDIDATES = 32, SURE_FORM_CHARACTERS = 6, SURE_FORM_LETTERS = 12 };

typedef struct {
    int64_t entity;
    yq_verdict verdict;
    double probability;
    const char *reason;
    bool han;      /* organisations: it was met under a name in Chinese characters */
    bool by_main;  /* under the mention's own name, not under another form of it */
    bool of_main;  /* and that is the known one's main name */
    bool identified; /* by an identifier */
    bool alone;    /* counts only if no other is met so */
    yq_str qualifier;
    yq_str name;   /* persons: the known one's name, where it is spelt otherwise */
} candidate;

typedef struct {
    yq_arena *arena;
    const yq_known *known;
    const yq_mention *mention;
    bool *membership; /* by organisation of the mention's roles: a body that people belong to beside their work */
    bool own_employer;
    candidate all[MOST_CANDIDATES];
    size_t n;
} weighing;

/* Keeps the better evidence of an entity that is met twice. */
static void add(weighing *w, const candidate *c)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->all[i].entity != c->entity) continue;
        if (c->probability > w->all[i].probability) w->all[i] = *c;
        return;
    }
    if (w->n < MOST_CANDIDATES) w->all[w->n++] = *c;
}

/* ---------------------------------------------------------------- organisations */

/* May this written form, which is not the main name of its document, stand for the organisation elsewhere too? 吉大一院 and ITRI may not. */
static bool sure_form(yq_arena *a, yq_str form)
{
    if (!yq_org_is_specific(a, form)) return false;
    yq_str key = yq_org_key(a, form);
    return resolve_has_han(form) ? yq_utf8_count(key) >= SURE_FORM_CHARACTERS : key.n >= SURE_FORM_LETTERS;
}

static bool qualifiers_agree(yq_str a, yq_str b)
{
    return !a.n || !b.n || yq_eq(a, b);
}

static bool is_place(yq_str s)
{
    yq_str value;
    return yq_lex_is(s, YQ_LEX_PLACES, &value);
}

/* 云岭大学 and 云岭大学医学院, or 心血管病研究所 and 云岭大学心血管病研究所: one is a part of the other or leaves away whose part it is. To leave away
 * the city (香港汐屿纪念医院) is no such thing. */
static bool part_of_other(yq_arena *a, yq_str x, yq_str y)
{
    yq_str p = yq_org_key(a, x), q = yq_org_key(a, y), longer = p.n > q.n ? p : q, shorter = p.n > q.n ? q : p;
    if (longer.n == shorter.n) return false;
    return yq_starts(longer, shorter) || (yq_ends(longer, shorter) && !is_place(yq_sub(longer, 0, longer.n - shorter.n)));
}

/* Is the form as good as the main name beside which it stands? */
static bool sure_beside(yq_arena *a, yq_str form, yq_str main_name)
{
    return sure_form(a, form) && !part_of_other(a, form, main_name);
}

static bool sure_pair(weighing *w, yq_str form, bool main, const yq_known_name *known)
{
    if (!main && !sure_beside(w->arena, form, w->mention->name)) return false;
    return known->main || sure_beside(w->arena, known->name, w->known->org_name(w->known->self, known->entity));
}

/* 棠医大二院, met as a form of the known one and made of its name: parent, ordinal, kind. */
static bool shortens_with_ordinal(weighing *w, yq_str form, const yq_known_name *known)
{
    static const char numbers[] = "一二三四五六七八九十";
    bool ordinal = false;
    for (size_t at = 0; at < form.n;) {
        size_t from = at;
        yq_utf8_next(form, &at);
        ordinal |= yq_has(yq_cstr(numbers), yq_sub(form, from, at));
    }
    return ordinal && yq_utf8_count(form) >= 4 && yq_org_shortens(w->arena, w->known->org_name(w->known->self, known->entity), form);
}

static void weigh_org_name(weighing *w, yq_str form, bool main, const yq_known_name *known)
{
    yq_arena *a = w->arena;
    candidate c = { .entity = known->entity, .han = resolve_has_han(form), .by_main = main, .of_main = known->main,
                    .qualifier = yq_org_qualifier(a, known->name) };
    bool specific = yq_org_is_specific(a, form);
    if (!specific && !(main && known->main)) return; /* 该院 here and 该院 there */
    if (!qualifiers_agree(yq_org_qualifier(a, form), c.qualifier)) return;
    if (!specific) c.verdict = YQ_UNDECIDED, c.probability = 0.3, c.reason = "same name, but many organisations carry it";
    else if (main && !known->main && shortens_with_ordinal(w, form, known))
        c.verdict = YQ_SAME, c.alone = true, c.probability = 0.87, c.reason = "a short form of its name, and no other carries it";
    else if (!sure_pair(w, form, main, known)) c.verdict = YQ_UNDECIDED, c.probability = 0.7, c.reason = "a short form is equal";
    else c.verdict = YQ_SAME, c.probability = main && known->main ? 0.98 : 0.95, c.reason = main ? "name equal" : "another written form is equal";
    add(w, &c);
}

static void weigh_org(weighing *w, yq_str form, bool main)
{
    yq_known_name names[MOST_NAMES];
    yq_str key = yq_org_key(w->arena, form);
    if (!key.n) return;
    size_t n = w->known->by_name(w->known->self, YQ_ORGANIZATION, key, names, MOST_NAMES);
    for (size_t i = 0; i < n; i++) weigh_org_name(w, form, main, &names[i]);
}

/* 香港嘉曜医院 and 嘉曜医院（香港）. Companies of one name in both forms are mostly two. */
static void weigh_org_place(weighing *w, yq_str key, yq_str place)
{
    yq_known_name names[MOST_NAMES];
    size_t n = w->known->by_name(w->known->self, YQ_ORGANIZATION, key, names, MOST_NAMES);
    for (size_t i = 0; i < n; i++) {
        if (place.n && !yq_eq(yq_org_qualifier(w->arena, names[i].name), place)) continue;
        candidate c = { .entity = names[i].entity, .han = true, .by_main = true, .of_main = true, .qualifier = YQ_S(""), .verdict = YQ_SAME,
                        .probability = 0.93, .reason = "the same name, its place before it or in brackets" };
        add(w, &c);
    }
}

static void weigh_org_places(weighing *w)
{
    yq_arena *a = w->arena;
    yq_str name = w->mention->name, folded = yq_fold(a, name), outside = resolve_outside(a, name);
    yq_lex_hit place;
    if (!resolve_has_han(name) || yq_ends(outside, YQ_S("公司"))) return;
    for (size_t i = 0; i <= w->mention->form_count; i++) {
        yq_str q = yq_org_qualifier(a, i ? w->mention->forms[i - 1] : name);
        if (is_place(q) && (!i || yq_eq(yq_org_key(a, w->mention->forms[i - 1]), yq_org_key(a, name)))) weigh_org_place(w, yq_concat(a, q, yq_org_key(a, name)), YQ_S(""));
    }
    if (!yq_lex_longest(folded, 0, YQ_LEX_PLACES, &place) || place.length == folded.n) return;
    yq_str rest = yq_sub(folded, place.length, folded.n);
    if (yq_org_is_specific(a, rest)) weigh_org_place(w, rest, yq_sub(folded, 0, place.length));
}

/* May one document make these two known organisations one? Both carry the name as their main name, or this document pairs the main names of both
 * in two scripts. A form that some reader took for a name of one of them is too little. */
static bool may_join_orgs(const candidate *x, const candidate *y)
{
    if (!x->of_main || !y->of_main || !qualifiers_agree(x->qualifier, y->qualifier)) return false;
    return (x->by_main && y->by_main) || x->han != y->han;
}

/* ---------------------------------------------------------------- persons */

typedef struct {
    bool employer, membership; /* shared */
    bool two_employers;        /* told of both; asked only where they share a membership */
    bool around;               /* the document names their employer */
} sharing;

static bool is_membership(weighing *w, int64_t org)
{
    return yq_org_is_membership(w->arena, w->known->org_name(w->known->self, org));
}

static void read_own_orgs(weighing *w)
{
    w->membership = YQ_ARRAY(w->arena, bool, w->mention->org_count + 1);
    for (size_t k = 0; k < w->mention->org_count; k++) {
        w->membership[k] = is_membership(w, w->mention->orgs[k]);
        w->own_employer |= !w->membership[k];
    }
}

static bool is_around(const weighing *w, int64_t org)
{
    for (size_t k = 0; k < w->mention->around_count; k++)
        if (w->mention->around[k] == org) return true;
    return false;
}

static bool any_employer(weighing *w, const int64_t *orgs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_membership(w, orgs[i])) return true;
    return false;
}

/* Hundreds carry a frequent name, so that the name of an organisation is asked for only where it matters. */
static sharing shared_orgs(weighing *w, int64_t person, size_t *theirs)
{
    int64_t orgs[MOST_ORGS];
    sharing s = { 0 };
    size_t n = w->known->orgs_of(w->known->self, person, orgs, MOST_ORGS);
    *theirs = n;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < w->mention->org_count; k++)
            if (orgs[i] == w->mention->orgs[k]) *(w->membership[k] ? &s.membership : &s.employer) = true;
        if (!s.around && is_around(w, orgs[i])) s.around = !is_membership(w, orgs[i]);
    }
    s.two_employers = s.membership && w->own_employer && any_employer(w, orgs, n);
    return s;
}

/* A name that few carry, told without work where the work of the known one is spoken of. */
static bool rare_and_around(weighing *w, const sharing *s)
{
    return !w->own_employer && s->around && yq_person_is_rare(w->arena, w->mention->name);
}

static void weigh_person(weighing *w, int64_t person)
{
    size_t theirs;
    candidate c = { .entity = person, .verdict = YQ_UNDECIDED };
    sharing s = shared_orgs(w, person, &theirs);
    if (s.employer) c.verdict = YQ_SAME, c.probability = 0.98, c.reason = "name equal; works at the same organisation";
    else if (s.membership && !s.two_employers) c.verdict = YQ_SAME, c.probability = 0.93, c.reason = "name equal; belongs to the same body";
    else if (s.membership) c.probability = 0.5, c.reason = "name equal; belongs to the same body, but works elsewhere";
    else if (rare_and_around(w, &s)) c.verdict = YQ_SAME, c.alone = true, c.probability = 0.85, c.reason = "a rare name, and the document names where its bearer works";
    else if (!w->mention->org_count) c.probability = 0.4, c.reason = "name equal; this document names no organisation";
    else if (!theirs) c.probability = 0.4, c.reason = "name equal; no organisation is known of the other";
    else c.probability = 0.2, c.reason = "name equal; no organisation in common";
    add(w, &c);
}

/* 沈院长 and Dr. Shen name a person within one document only; a main name and a whole Latin name do everywhere. */
static bool whole_name(yq_str form, bool main)
{
    return main || (!resolve_has_han(form) && yq_has(yq_trim(form), YQ_S(" ")));
}

static void weigh_namesakes(weighing *w, const yq_known_name *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (whole_name(names[i].name, names[i].main)) weigh_person(w, names[i].entity);
}

static bool found_colleague(const weighing *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->all[i].verdict == YQ_SAME && !w->all[i].alone) return true;
    return false;
}

static bool has_identifier(const yq_mention *m)
{
    yq_identifier id;
    for (size_t i = 0; i < m->form_count; i++)
        if (yq_identifier_read(m->forms[i], &id)) return true;
    return false;
}

/* Colleagues of the name come first: there may be more of it in the register than are looked at. Beside one, those who work elsewhere change nothing
 * - unless an identifier may yet say that the colleague is another. */
static void weigh_person_name(weighing *w, yq_str form, bool main)
{
    yq_known_name names[MOST_NAMES];
    yq_str key = yq_name_key(w->arena, YQ_PERSON, form);
    if (yq_utf8_count(key) < 2 || !whole_name(form, main)) return; /* 李 of 李某 */
    for (size_t k = 0; k < w->mention->org_count; k++)
        weigh_namesakes(w, names, w->known->by_name_at(w->known->self, w->mention->orgs[k], key, names, MOST_NAMES));
    if (found_colleague(w) && !has_identifier(w->mention)) return;
    weigh_namesakes(w, names, w->known->by_name(w->known->self, YQ_PERSON, key, names, MOST_NAMES));
}

/* ---------------------------------------------------------------- across scripts */

/* One side in characters, the other in Latin letters: two names in one script have met by their own key or not at all. */
static bool across(yq_str a, yq_str b)
{
    return resolve_has_han(a) != resolve_has_han(b);
}

static void add_translation(weighing *w, const yq_known_name *known, bool loose)
{
    candidate c = { .entity = known->entity, .han = resolve_has_han(known->name), .of_main = true, .qualifier = YQ_S(""), .alone = loose };
    c.verdict = YQ_SAME;
    c.probability = loose ? 0.85 : 0.9;
    c.reason = loose ? "one name may be the translation of the other, and no third fits" : "one name is the translation of the other";
    add(w, &c);
}

static bool may_translate(yq_arena *a, yq_str x, yq_str y)
{
    return resolve_has_han(x) ? resolve_may_translate(a, x, y) : resolve_may_translate(a, y, x);
}

static void weigh_org_latin(weighing *w, yq_str key, bool loose)
{
    yq_known_name names[MOST_NAMES];
    yq_str own = w->mention->name;
    size_t n = w->known->by_latin(w->known->self, YQ_ORGANIZATION, key, names, MOST_NAMES);
    for (size_t i = 0; i < n; i++)
        if (names[i].main && across(own, names[i].name) && (!loose || may_translate(w->arena, own, names[i].name))) add_translation(w, &names[i], loose);
}

/* With liberties only if nothing translates word for word. */
static void weigh_org_translations(weighing *w)
{
    yq_str key = yq_latin_key(w->arena, YQ_ORGANIZATION, w->mention->name), other[RESOLVE_KEYS];
    if (key.n) weigh_org_latin(w, key, false);
    for (size_t i = 0; i < w->n; i++)
        if (w->all[i].verdict == YQ_SAME) return;
    size_t n = resolve_latin_keys(w->arena, w->mention->name, other, RESOLVE_KEYS);
    for (size_t i = 0; i < n; i++) weigh_org_latin(w, other[i], true);
}

/* ---------------------------------------------------------------- persons in another spelling */

static const struct {
    yq_verdict verdict;
    double probability;
    const char *reason;
} spelt[] = {
    [YQ_SPELT_INITIAL] = { YQ_UNDECIDED, 0.4, "surname and an initial agree; works at the same organisation" },
    [YQ_SPELT_INITIALS] = { YQ_SAME, 0.85, "surname and initials agree; works at the same organisation" },
    [YQ_SPELT_SOUND] = { YQ_SAME, 0.85, "one name sounds like the other; works at the same organisation" },
    [YQ_SPELT_CANTONESE] = { YQ_SAME, 0.88, "one name is the other in Cantonese spelling; works at the same organisation" },
    [YQ_SPELT_WADE] = { YQ_SAME, 0.88, "one name is the other in the spelling of Taiwan; works at the same organisation" },
    [YQ_SPELT_PINYIN] = { YQ_SAME, 0.9, "one name is the pinyin of the other; works at the same organisation" },
};

/* The Chinese name that an entity goes by: 李玮 is not the Li Wei who is 李伟. */
static yq_str han_name_of(weighing *w, int64_t entity)
{
    yq_known_name names[MOST_NAMES];
    size_t n = w->known->names_of(w->known->self, entity, names, MOST_NAMES);
    for (size_t i = 0; i < n; i++)
        if (names[i].main && resolve_has_han(names[i].name)) return yq_name_key(w->arena, YQ_PERSON, names[i].name);
    return YQ_S("");
}

static void add_spelt(weighing *w, const yq_known_name *known, yq_spelling how)
{
    yq_str own = w->mention->name, han = han_name_of(w, known->entity);
    if (resolve_has_han(own) && han.n && !yq_eq(han, yq_name_key(w->arena, YQ_PERSON, own))) return;
    candidate c = { .entity = known->entity, .verdict = spelt[how].verdict, .probability = spelt[how].probability, .reason = spelt[how].reason,
                    .name = han.n ? han : known->name };
    c.alone = how < YQ_SPELT_CANTONESE;
    add(w, &c);
}

static void weigh_colleagues(weighing *w, int64_t org)
{
    enum { MOST_PEOPLE = 2000 };
    yq_known_name *names = YQ_ARRAY(w->arena, yq_known_name, MOST_PEOPLE);
    yq_str own = w->mention->name;
    bool han = resolve_has_han(own);
    resolve_speller *speller = resolve_speller_of(w->arena, own);
    size_t n = w->known->people_of(w->known->self, org, !han, names, MOST_PEOPLE);
    for (size_t i = 0; i < n; i++) {
        yq_spelling how = han ? resolve_spelt(speller, names[i].name) : yq_spells(w->arena, names[i].name, own);
        if (how != YQ_SPELT_NOT) add_spelt(w, &names[i], how);
    }
}

/* Pinyin without shared work is shared by thousands; a rare name, beside the place of its work, is not. */
static void weigh_pinyin_around(weighing *w)
{
    yq_known_name names[MOST_NAMES];
    const yq_mention *m = w->mention;
    if (w->own_employer) return;
    yq_str key = yq_latin_key(w->arena, YQ_PERSON, m->name);
    size_t theirs, n = key.n ? w->known->by_latin(w->known->self, YQ_PERSON, key, names, MOST_NAMES) : 0;
    for (size_t i = 0; i < n; i++) {
        if (!names[i].main || !across(m->name, names[i].name)) continue;
        sharing s = shared_orgs(w, names[i].entity, &theirs);
        bool rare = yq_person_is_rare(w->arena, resolve_has_han(m->name) ? m->name : names[i].name);
        if (s.employer || !s.around || !rare) continue;
        add_spelt(w, &names[i], YQ_SPELT_PINYIN);
        for (size_t k = 0; k < w->n; k++) {
            if (w->all[k].entity != names[i].entity) continue;
            w->all[k].probability = 0.8;
            w->all[k].alone = true;
            w->all[k].reason = "the pinyin of a rare name, and the document names where its bearer works";
        }
    }
}

static void weigh_spellings(weighing *w)
{
    for (size_t i = 0; i < w->mention->org_count; i++)
        if (!w->membership[i]) weigh_colleagues(w, w->mention->orgs[i]);
    weigh_pinyin_around(w);
}

/* ---------------------------------------------------------------- identifiers */

static bool tells_identity(yq_identity_kind kind, const yq_identifier *id)
{
    return kind == YQ_PERSON ? id->kind == YQ_ID_ORCID : id->kind == YQ_ID_ROR || id->kind == YQ_ID_USCC;
}

static void weigh_identifier(weighing *w, const yq_identifier *id)
{
    yq_known_name names[MOST_NAMES];
    yq_str text = yq_cstr(id->text);
    if (!tells_identity(w->mention->kind, id)) return;
    size_t n = w->known->by_name(w->known->self, w->mention->kind, yq_name_key(w->arena, w->mention->kind, text), names, MOST_NAMES);
    for (size_t i = 0; i < n; i++) {
        if (!yq_eq(names[i].name, text)) continue;
        candidate c = { .entity = names[i].entity, .verdict = YQ_SAME, .probability = 0.995, .identified = true, .by_main = true, .of_main = true,
                        .qualifier = YQ_S(""), .reason = id->kind == YQ_ID_ORCID ? "the same ORCID iD" : id->kind == YQ_ID_ROR ? "the same ROR id" : "the same credit code" };
        add(w, &c);
    }
}

/* Does the known one carry another identifier of this kind, and not this? */
static bool contradicts(weighing *w, int64_t entity, const yq_identifier *id)
{
    yq_known_name names[MOST_NAMES];
    yq_identifier other;
    bool another = false;
    size_t n = w->known->names_of(w->known->self, entity, names, MOST_NAMES);
    for (size_t i = 0; i < n; i++) {
        if (!yq_identifier_read(names[i].name, &other) || other.kind != id->kind) continue;
        if (strcmp(other.text, id->text) == 0) return false;
        another = true;
    }
    return another;
}

static void drop_contradicted(weighing *w, const yq_identifier *id)
{
    size_t kept = 0;
    if (!tells_identity(w->mention->kind, id)) return;
    for (size_t i = 0; i < w->n; i++)
        if (w->all[i].identified || !contradicts(w, w->all[i].entity, id)) w->all[kept++] = w->all[i];
    w->n = kept;
}

/* ---------------------------------------------------------------- the decision */

static void weigh_form(weighing *w, yq_str form, bool main)
{
    yq_identifier id;
    if (!main && yq_identifier_read(form, &id)) weigh_identifier(w, &id);
    else if (w->mention->kind == YQ_PERSON) weigh_person_name(w, form, main);
    else weigh_org(w, form, main);
}

static void weigh_all(weighing *w)
{
    const yq_mention *m = w->mention;
    yq_identifier id;
    read_own_orgs(w);
    weigh_form(w, m->name, true);
    for (size_t i = 0; i < m->form_count; i++) weigh_form(w, m->forms[i], false);
    if (m->kind == YQ_PERSON) weigh_spellings(w);
    else weigh_org_places(w), weigh_org_translations(w);
    for (size_t i = 0; i < m->form_count; i++)
        if (yq_identifier_read(m->forms[i], &id)) drop_contradicted(w, &id);
}

/* The mention's own name before other forms, then the surer, then the longer known. */
static bool better(const candidate *x, const candidate *y)
{
    if (x->by_main != y->by_main) return x->by_main;
    if (x->probability != y->probability) return x->probability > y->probability;
    return x->entity < y->entity;
}

static const candidate *best_of(const weighing *w, yq_verdict verdict)
{
    const candidate *best = NULL;
    for (size_t i = 0; i < w->n; i++)
        if (w->all[i].verdict == verdict && (!best || better(&w->all[i], best))) best = &w->all[i];
    return best;
}

static void decide(yq_decision *out, yq_verdict verdict, int64_t entity, double probability, const char *reason)
{
    *out = (yq_decision){ .verdict = verdict, .entity = entity, .probability = probability };
    snprintf(out->reason, sizeof out->reason, "%s", reason);
}

/* Two known ones, equally named, that somebody told apart or that differ in what stands in brackets: the mention could be either. */
static bool could_be_either(const weighing *w, const candidate *best, const candidate *c)
{
    if (w->known->ruled(w->known->self, best->entity, c->entity) < 0) return true;
    return w->mention->kind == YQ_ORGANIZATION && best->by_main == c->by_main && !qualifiers_agree(best->qualifier, c->qualifier);
}

/* One spelling stands for several names. */
static bool spelt_alike(const weighing *w, const candidate *best, const candidate *c)
{
    return w->mention->kind == YQ_PERSON && best->name.n && c->name.n && resolve_has_han(best->name) && resolve_has_han(c->name) && !yq_eq(best->name, c->name);
}

static void decide_same(const weighing *w, const candidate *best, yq_decision *out)
{
    decide(out, YQ_SAME, best->entity, best->probability, best->reason);
    for (size_t i = 0; i < w->n; i++) {
        const candidate *c = &w->all[i];
        if (c == best || (c->verdict != YQ_SAME && !best->alone)) continue;
        if (best->alone || could_be_either(w, best, c) || spelt_alike(w, best, c)) {
            decide(out, YQ_UNDECIDED, best->entity, 0.5, "two known ones of this name are told apart; it could be either");
            return;
        }
        if (c->alone) continue;
        bool joins = w->mention->kind == YQ_PERSON || may_join_orgs(best, c);
        if (joins && out->also_count < YQ_RESOLVE_ALSO) out->also[out->also_count++] = c->entity;
    }
}

/* A short form is a chance; that the same person, of a name that few carry, works there, is proof. */
static bool shares_person(const weighing *w, int64_t org)
{
    enum { MOST_PEOPLE = 500 };
    const yq_mention *m = w->mention;
    if (m->kind != YQ_ORGANIZATION || !m->people_count) return false;
    yq_known_name *names = YQ_ARRAY(w->arena, yq_known_name, MOST_PEOPLE);
    size_t n = w->known->people_of(w->known->self, org, true, names, MOST_PEOPLE);
    for (size_t i = 0; i < n; i++) {
        yq_str key = yq_name_key(w->arena, YQ_PERSON, names[i].name);
        for (size_t k = 0; k < m->people_count; k++)
            if (yq_eq(key, yq_name_key(w->arena, YQ_PERSON, m->people[k])) && yq_person_is_rare(w->arena, key)) return true;
    }
    return false;
}

yq_code yq_resolve(yq_arena *a, const yq_known *known, const yq_mention *mention, yq_decision *out, yq_err *err)
{
    (void)err;
    weighing w = { .arena = a, .known = known, .mention = mention };
    weigh_all(&w);
    const candidate *same = best_of(&w, YQ_SAME), *maybe = best_of(&w, YQ_UNDECIDED);
    if (same) decide_same(&w, same, out);
    else if (maybe && maybe->probability >= 0.5 && shares_person(&w, maybe->entity))
        decide(out, YQ_SAME, maybe->entity, 0.88, "a short form is equal, and a person of a rare name works at both");
    else if (maybe) decide(out, YQ_UNDECIDED, maybe->entity, maybe->probability, maybe->reason);
    else decide(out, YQ_DIFFERENT, 0, 0, "nobody known carries this name");
    return YQ_OK;
}
