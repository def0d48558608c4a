/* From findings to what the journal will hold: entities with ids, their mentions and facts, and the decision who is known already.
 *
 * Organisations come first, then persons, who are told apart by them, then everything that an organisation holds. Every entity of a document
 * is an appearance of its own; that it is somebody known is a decision beside it, which can be taken back.
 */
#include "register/internal.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_FORMS = 64, NAME_BYTES = 360 };

typedef struct {
    yq_arena *arena;
    const yq_findings *f;
    yq_new_reading *n;
    yq_knowledge knowledge;
    yq_known known;
    size_t *org_at, *event_at, *scheme_at; /* finding -> entity */
    int64_t *need_id;                      /* finding -> entity; that of the call it is asked in */
    yq_told_identifiers told;
    int64_t *around;                       /* the organisations of the document, as they are known */
    size_t *person_at, *person_count;      /* finding -> its first entity and how many (apart.c) */
    YQ_VEC(int64_t) again;                 /* appearances of the former reading that are found again */
    yq_code failed;                        /* of looking for them */
} assembly;

int64_t yq_new_id(yq_new_reading *n)
{
    return n->next_id++;
}

/* ---------------------------------------------------------------- pieces */

void yq_add_form(yq_arena *a, yq_new_entity *e, yq_str text, yq_span span)
{
    if (!text.n || e->forms.n >= MOST_FORMS) return;
    for (size_t i = 0; i < e->forms.n; i++)
        if (yq_eq(e->forms.v[i].text, text)) return;
    *yq_push(a, &e->forms) = (yq_new_form){ text, span };
}

/* The passage that holds a place; passages stand in order. */
static int64_t passage_at(const yq_new_reading *n, uint32_t at)
{
    size_t low = 0, high = n->passages.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (n->passages.v[middle].span.to <= at) low = middle + 1;
        else high = middle;
    }
    return low < n->passages.n && n->passages.v[low].span.from <= at ? n->passages.v[low].id : 0;
}

void yq_add_mention(yq_arena *a, yq_new_reading *n, yq_new_entity *e, yq_span span, yq_str organization)
{
    yq_str printed = yq_at(n->read->clean, span);
    *yq_push(a, &e->mentions) = (yq_new_mention){ yq_new_id(n), passage_at(n, span.from), span, printed, organization };
    if (printed.n <= NAME_BYTES) yq_add_form(a, e, printed, span);
}

yq_new_entity *yq_add_entity(yq_arena *a, yq_new_reading *n, const char *kind, yq_str name, yq_span span)
{
    yq_new_entity *e = yq_push(a, &n->entities);
    *e = (yq_new_entity){ .id = yq_new_id(n), .kind = kind, .name = name };
    e->known = e->id;
    yq_add_form(a, e, name, span);
    if (span.to > span.from && strcmp(kind, "person") != 0 && strcmp(kind, "organization") != 0) {
        /* A thing is named where its evidence stands; that may be a sentence, which is no written form of its name. */
        *yq_push(a, &e->mentions) = (yq_new_mention){ yq_new_id(n), passage_at(n, span.from), span, name, YQ_S("") };
    }
    return e;
}

yq_new_fact *yq_add_fact(yq_arena *a, yq_new_reading *n, yq_new_entity *e, const char *predicate, int64_t object, yq_str value, const yq_evidence *ev)
{
    yq_new_fact *f = e ? yq_push(a, &e->facts) : yq_push(a, &n->facts);
    *f = (yq_new_fact){ yq_new_id(n), predicate, object, value, "", *ev };
    return f;
}

static yq_new_entity *entity_at(assembly *s, size_t at)
{
    return &s->n->entities.v[at];
}

static bool has_org(const assembly *s, int org)
{
    return org >= 0 && (size_t)org < s->f->orgs.n;
}

static int64_t org_id(assembly *s, int org)
{
    return has_org(s, org) ? entity_at(s, s->org_at[org])->id : 0;
}

static bool has_person(const assembly *s, int person)
{
    return person >= 0 && (size_t)person < s->f->people.n;
}

/* ---------------------------------------------------------------- decisions */

/* Has a person told apart any two of those that would be one? What this document joins counts as joined. */
static bool may_join(assembly *s, int64_t x, int64_t y)
{
    const yq_knowledge *k = &s->knowledge;
    x = yq_knowledge_now(k, x), y = yq_knowledge_now(k, y);
    for (size_t i = 0; i <= k->joined.n; i += 2) {
        int64_t u = i < k->joined.n ? k->joined.v[i] : x;
        if (yq_knowledge_now(k, u) != x) continue;
        for (size_t n = 0; n <= k->joined.n; n += 2) {
            int64_t v = n < k->joined.n ? k->joined.v[n] : y;
            if (yq_knowledge_now(k, v) == y && s->known.ruled(s->known.self, u, v) < 0) return false;
        }
    }
    return true;
}

static void take_also(assembly *s, yq_decision *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->also_count; i++) {
        if (!may_join(s, d->also[i], d->entity)) continue;
        *yq_push(s->arena, &s->knowledge.joined) = d->also[kept++] = d->also[i];
        *yq_push(s->arena, &s->knowledge.joined) = d->entity;
    }
    d->also_count = kept;
}

static void take_decision(assembly *s, yq_new_entity *e, const yq_decision *d)
{
    e->decision = *d;
    e->decided = true;
    if (d->verdict != YQ_SAME) return;
    e->known = d->entity;
    take_also(s, &e->decision);
}

/* Whom a person decided about in a former reading of this document is whom this reading names there; so the decision lives on. */
static yq_code decided_before(assembly *s, size_t at, int64_t *survivor, yq_err *err)
{
    const yq_new_entity *e = entity_at(s, at);
    int64_t before = 0;
    *survivor = 0;
    if (!s->n->replaces) return YQ_OK;
    for (size_t i = 0; i < at; i++) before += strcmp(entity_at(s, i)->kind, e->kind) == 0 && yq_eq(entity_at(s, i)->name, e->name);
    return yq_identity_former(s->knowledge.db, s->n->document, e->kind, e->name, before, survivor, err);
}

/* The same bytes read again: who is named here was named here before, and whatever became of that appearance, by a person or the program, holds. */
static bool found_again(assembly *s, yq_new_entity *e)
{
    yq_decision d = { .verdict = YQ_SAME, .probability = 1 };
    if (!s->n->again || s->failed) return false;
    s->failed = yq_known_again(&s->knowledge, e, s->again.v, s->again.n, &e->again, &d.entity, NULL);
    if (s->failed || !e->again) return false;
    *yq_push(s->arena, &s->again) = e->again;
    snprintf(d.reason, sizeof d.reason, "the same name of the same document, read before");
    take_decision(s, e, &d);
    return true;
}

static yq_code resolve_one(assembly *s, size_t at, const yq_mention *m, yq_err *err)
{
    yq_decision d = { .verdict = YQ_SAME, .probability = 1, .reason = "a person decided about this name in a former reading of the document" };
    if (found_again(s, entity_at(s, at))) return YQ_OK;
    yq_code rc = decided_before(s, at, &d.entity, err);
    if (!rc && !d.entity) rc = yq_resolve(s->arena, &s->known, m, &d, err);
    if (!rc) take_decision(s, entity_at(s, at), &d);
    return rc;
}

static void resolve_thing(assembly *s, yq_new_entity *e, int holder, const char *date)
{
    if (found_again(s, e)) return;
    int64_t org = has_org(s, holder) ? yq_knowledge_now(&s->knowledge, entity_at(s, s->org_at[holder])->known) : 0;
    int64_t known = yq_known_thing(&s->knowledge, e, org, yq_cstr(date));
    if (!known) return;
    yq_decision d = { .verdict = YQ_SAME, .entity = known, .probability = 0.9 };
    snprintf(d.reason, sizeof d.reason, "same name, and nothing speaks against it");
    take_decision(s, e, &d);
}

/* ---------------------------------------------------------------- organisations */

static yq_str *people_at(assembly *s, size_t org, size_t *count)
{
    yq_str *names = YQ_ARRAY(s->arena, yq_str, s->f->people.n + 1);
    *count = 0;
    for (size_t i = 0; i < s->f->people.n; i++) {
        const yq_found_person *p = &s->f->people.v[i];
        bool here = false;
        for (size_t k = 0; k < p->roles.n; k++) here |= p->roles.v[k].org == (int)org;
        if (here) names[(*count)++] = p->name;
    }
    return names;
}

static yq_code add_org(assembly *s, size_t i, yq_err *err)
{
    const yq_found_org *o = &s->f->orgs.v[i];
    s->org_at[i] = s->n->entities.n;
    yq_new_entity *e = yq_add_entity(s->arena, s->n, "organization", o->name, o->mentions.n ? o->mentions.v[0].span : (yq_span){ 0 });
    for (size_t k = 0; k < o->mentions.n; k++) yq_add_mention(s->arena, s->n, e, o->mentions.v[k].span, YQ_S(""));
    for (size_t k = 0; k < o->forms.n; k++) yq_add_form(s->arena, e, o->forms.v[k], (yq_span){ 0 });
    yq_mention m = { .kind = YQ_ORGANIZATION, .name = o->name, .form_count = o->forms.n };
    m.forms = yq_forms_with_identifiers(s->arena, &s->told, false, o->mentions.v, o->mentions.n, e, o->forms.v, &m.form_count);
    m.people = people_at(s, i, &m.people_count);
    return resolve_one(s, s->org_at[i], &m, err);
}

/* The one organisation of this document that a name fits by `fits`; NULL: none, or several. */
static yq_new_entity *fitting(assembly *s, size_t i, bool (*fits)(yq_arena *a, yq_str full, yq_str name))
{
    yq_new_entity *found = NULL;
    for (size_t k = 0; k < s->f->orgs.n; k++) {
        yq_new_entity *e = entity_at(s, s->org_at[k]);
        if (k == i || yq_knowledge_now(&s->knowledge, e->known) == entity_at(s, s->org_at[i])->id || !fits(s->arena, s->f->orgs.v[k].name, s->f->orgs.v[i].name)) continue;
        if (found && yq_knowledge_now(&s->knowledge, found->known) != yq_knowledge_now(&s->knowledge, e->known)) return NULL;
        found = e;
    }
    return found;
}

static void join_if_fitting(assembly *s, size_t i, bool (*fits)(yq_arena *a, yq_str full, yq_str name), double probability, const char *reason)
{
    yq_new_entity *e = entity_at(s, s->org_at[i]), *full;
    if ((e->decided && e->decision.verdict == YQ_SAME) || !(full = fitting(s, i, fits))) return;
    yq_decision d = { .verdict = YQ_SAME, .entity = yq_knowledge_now(&s->knowledge, full->known), .probability = probability };
    snprintf(d.reason, sizeof d.reason, "%s", reason);
    take_decision(s, e, &d);
    *yq_push(s->arena, &s->knowledge.joined) = e->id;
    *yq_push(s->arena, &s->knowledge.joined) = d.entity;
}

/* 省科学技术厅 beside 云岭省科学技术厅, a translation beside its original, once all names of the document are there. */
static void join_within(assembly *s)
{
    enum { MOST_ORGS = 400 }; /* every pair is looked at */
    if (s->f->orgs.n > MOST_ORGS) return;
    for (size_t i = 0; i < s->f->orgs.n; i++) join_if_fitting(s, i, yq_org_names_agree, 0.9, "two names of this document mean one organisation");
    for (size_t i = 0; i < s->f->orgs.n; i++) join_if_fitting(s, i, yq_org_shortens, 0.85, "a short name, and one organisation of the document that it fits");
}

/* ---------------------------------------------------------------- persons */

static uint32_t distance(yq_span a, yq_span b)
{
    if (a.to < b.from) return b.from - a.to;
    return b.to < a.from ? a.from - b.to : 0;
}

/* The organisation's name as printed nearest to a place. */
static yq_str printed_org(const assembly *s, int org, yq_span near)
{
    const yq_found_org *o = &s->f->orgs.v[org];
    const yq_evidence *best = NULL;
    for (size_t i = 0; i < o->mentions.n; i++)
        if (!best || distance(o->mentions.v[i].span, near) < distance(best->span, near)) best = &o->mentions.v[i];
    return best ? yq_at(s->n->read->clean, best->span) : o->name;
}

/* The organisation that stands with a person at one place: that of the role told nearest to it. */
static yq_str org_beside(const assembly *s, const yq_found_person *p, yq_span at)
{
    const yq_found_role *best = NULL;
    for (size_t i = 0; i < p->roles.n; i++) {
        const yq_found_role *r = &p->roles.v[i];
        if (has_org(s, r->org) && (!best || distance(r->evidence.span, at) < distance(best->evidence.span, at))) best = r;
    }
    return best ? printed_org(s, best->org, best->evidence.span) : YQ_S("");
}

static void add_person_facts(assembly *s, yq_new_entity *e, const yq_found_person *p)
{
    for (size_t i = 0; i < p->roles.n; i++)
        yq_add_fact(s->arena, s->n, e, "role", org_id(s, p->roles.v[i].org), p->roles.v[i].position, &p->roles.v[i].evidence);
    for (size_t i = 0; i < p->honours.n; i++) yq_add_fact(s->arena, s->n, e, "honour", 0, p->honours.v[i].text, &p->honours.v[i].evidence);
    if (p->cohort.n && p->mentions.n) yq_add_fact(s->arena, s->n, e, "cohort", 0, p->cohort, &p->mentions.v[0]);
}

static int64_t *orgs_of_roles(assembly *s, const yq_found_person *p, size_t *count)
{
    int64_t *orgs = YQ_ARRAY(s->arena, int64_t, p->roles.n + 1);
    *count = 0;
    for (size_t i = 0; i < p->roles.n; i++)
        if (has_org(s, p->roles.v[i].org)) orgs[(*count)++] = yq_knowledge_now(&s->knowledge, entity_at(s, s->org_at[p->roles.v[i].org])->known);
    return orgs;
}

static yq_code add_person(assembly *s, const yq_found_person *p, yq_err *err)
{
    size_t at = s->n->entities.n;
    yq_new_entity *e = yq_add_entity(s->arena, s->n, "person", p->name, p->mentions.n ? p->mentions.v[0].span : (yq_span){ 0 });
    for (size_t k = 0; k < p->mentions.n; k++)
        yq_add_mention(s->arena, s->n, e, p->mentions.v[k].span, org_beside(s, p, p->mentions.v[k].span));
    for (size_t k = 0; k < p->forms.n; k++) yq_add_form(s->arena, e, p->forms.v[k], (yq_span){ 0 });
    add_person_facts(s, e, p);
    yq_mention m = { .kind = YQ_PERSON, .name = p->name, .form_count = p->forms.n, .cohort = p->cohort };
    m.forms = yq_forms_with_identifiers(s->arena, &s->told, true, p->mentions.v, p->mentions.n, e, p->forms.v, &m.form_count);
    m.orgs = orgs_of_roles(s, p, &m.org_count);
    m.around = s->around, m.around_count = s->f->orgs.n;
    return resolve_one(s, at, &m, err);
}

static void list_orgs(assembly *s)
{
    s->around = YQ_ARRAY(s->arena, int64_t, s->f->orgs.n + 1);
    for (size_t i = 0; i < s->f->orgs.n; i++) s->around[i] = yq_knowledge_now(&s->knowledge, entity_at(s, s->org_at[i])->known);
}

static yq_code add_people(assembly *s, size_t i, yq_err *err)
{
    yq_found_person *people;
    yq_code rc = YQ_OK;
    s->person_at[i] = s->n->entities.n;
    s->person_count[i] = yq_tell_apart(s->arena, s->n->read, s->f, &s->f->people.v[i], &people);
    for (size_t k = 0; k < s->person_count[i] && !rc; k++) rc = add_person(s, &people[k], err);
    return rc;
}

/* Of the people under one finding, the one who is named in the same sentence or row; else the one named nearest. */
static yq_new_entity *person_beside(assembly *s, int person, const yq_evidence *ev)
{
    yq_new_entity *best = entity_at(s, s->person_at[person]);
    uint32_t least = UINT32_MAX;
    for (size_t k = 0; k < s->person_count[person]; k++) {
        yq_new_entity *e = entity_at(s, s->person_at[person] + k);
        for (size_t i = 0; i < e->mentions.n; i++) {
            uint32_t far = distance(e->mentions.v[i].span, ev->sentence.to > ev->sentence.from ? ev->sentence : ev->span);
            if (far < least) least = far, best = e;
        }
    }
    return best;
}

/* ---------------------------------------------------------------- events and talks */

static void add_event(assembly *s, size_t i)
{
    const yq_found_event *v = &s->f->events.v[i];
    s->event_at[i] = s->n->entities.n;
    yq_new_entity *e = yq_add_entity(s->arena, s->n, "event", v->name, v->evidence.span);
    int64_t id = e->id;
    if (*v->date) yq_add_fact(s->arena, s->n, e, "date", 0, yq_cstr(v->date), &v->evidence)->date = v->date;
    if (v->place.n) yq_add_fact(s->arena, s->n, e, "place", 0, v->place, &v->evidence);
    if (v->theme.n) yq_add_fact(s->arena, s->n, e, "theme", 0, v->theme, &v->evidence);
    for (size_t k = 0; k < v->sessions.n; k++) yq_add_fact(s->arena, s->n, e, "session", 0, v->sessions.v[k], &v->evidence);
    for (size_t k = 0; k < v->organizers.n; k++) {
        if (!has_org(s, v->organizers.v[k].org)) continue;
        yq_new_entity *org = entity_at(s, s->org_at[v->organizers.v[k].org]);
        yq_add_fact(s->arena, s->n, org, "organized", id, yq_cstr(v->organizers.v[k].role), &v->evidence)->date = v->date;
    }
    resolve_thing(s, e, v->organizers.n ? v->organizers.v[0].org : YQ_NONE, v->date);
}

/* The event a talk belongs to: the one that has its session, or the only one. */
static int64_t event_of(assembly *s, const yq_found_talk *t)
{
    for (size_t i = 0; t->session.n && i < s->f->events.n; i++) {
        const yq_found_event *v = &s->f->events.v[i];
        for (size_t k = 0; k < v->sessions.n; k++)
            if (yq_eq(v->sessions.v[k], t->session)) return entity_at(s, s->event_at[i])->id;
        if (yq_eq(v->name, t->session)) return entity_at(s, s->event_at[i])->id;
    }
    return s->f->events.n == 1 ? entity_at(s, s->event_at[0])->id : 0;
}

static void add_talk(assembly *s, const yq_found_talk *t)
{
    if (!has_person(s, t->person)) return;
    yq_add_fact(s->arena, s->n, person_beside(s, t->person, &t->evidence), "spoke", event_of(s, t), t->title, &t->evidence);
}

/* ---------------------------------------------------------------- deals */

static yq_str deal_name(const assembly *s, const yq_found_deal *d)
{
    if (d->subject.n) return d->subject;
    yq_str sentence = yq_trim(yq_at(s->n->read->plain, d->evidence.sentence));
    if (sentence.n <= NAME_BYTES) return sentence;
    size_t end = NAME_BYTES;
    while (end > 0 && ((unsigned char)sentence.p[end] & 0xC0) == 0x80) end--;
    return yq_sub(sentence, 0, end);
}

/* 共同设立北屿听障儿童基金: the name of what was set up, behind the verb; empty: the words name no fund. */
static yq_str fund_name(const yq_found_deal *d)
{
    static const char *const verbs[] = { "设立", "成立", "发起", "建立", "组建" }, *const funds[] = { "基金", "专项", "资金", "奖学金", "奖" };
    yq_str name = yq_trim(d->subject);
    bool fund = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t at = yq_find(name, yq_cstr(verbs[i]), 0);
        if (at != SIZE_MAX && at <= 18) name = yq_trim(yq_sub(name, at + strlen(verbs[i]), name.n));
    }
    if (yq_starts(name, YQ_S("了"))) name = yq_trim(yq_sub(name, 3, name.n));
    for (size_t i = 0; i < sizeof funds / sizeof *funds; i++) fund |= yq_has(name, yq_cstr(funds[i])) && name.n > strlen(funds[i]) + 3;
    return fund ? name : (yq_str){ 0 };
}

static bool overlap(yq_span a, yq_span b)
{
    return a.from < b.to && b.from < a.to;
}

/* The call in whose entry a need is told; NULL: none. */
static yq_new_entity *call_around(assembly *s, const yq_evidence *ev)
{
    for (size_t i = 0; i < s->f->schemes.n; i++) {
        const yq_found_scheme *m = &s->f->schemes.v[i];
        if (strcmp(m->kind, "call") == 0 && overlap(ev->span, m->scope)) return entity_at(s, s->scheme_at[i]);
    }
    return NULL;
}

/* 设立2026年度概念验证基金, and in the headline 某联盟2026年度概念验证基金: names of funds that end alike. */
static bool end_alike(yq_str a, yq_str b)
{
    enum { SHARED_BYTES = 18 };
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[a.n - 1 - n] == b.p[b.n - 1 - n]) n++;
    return n >= SHARED_BYTES;
}

/* A fund that is set up in a sentence is the fund of that name; else the deal names it. */
static yq_new_entity *entity_of_deal(assembly *s, const yq_found_deal *d)
{
    bool fund = strcmp(d->kind, "fund") == 0;
    for (size_t i = 0; fund && i < s->f->schemes.n; i++) {
        const yq_found_scheme *m = &s->f->schemes.v[i];
        if (strcmp(m->kind, "fund") == 0 && (overlap(d->evidence.span, m->evidence.sentence) || end_alike(d->subject, m->name))) return entity_at(s, s->scheme_at[i]);
    }
    yq_str name = fund ? fund_name(d) : (yq_str){ 0 };
    yq_new_entity *e = yq_add_entity(s->arena, s->n, name.n ? "fund" : "deal", name.n ? name : deal_name(s, d), d->evidence.span);
    resolve_thing(s, e, d->parties.n ? d->parties.v[0] : YQ_NONE, "");
    return e;
}

static void add_deal(assembly *s, const yq_found_deal *d)
{
    yq_new_entity *e = entity_of_deal(s, d);
    int64_t id = e->id;
    yq_add_fact(s->arena, s->n, e, "deal", 0, yq_cstr(d->kind), &d->evidence);
    for (size_t k = 0; k < d->parties.n; k++)
        if (has_org(s, d->parties.v[k])) yq_add_fact(s->arena, s->n, entity_at(s, s->org_at[d->parties.v[k]]), "party", id, yq_cstr(d->kind), &d->evidence);
    for (size_t k = 0; k < d->people.n; k++)
        if (has_person(s, d->people.v[k])) yq_add_fact(s->arena, s->n, person_beside(s, d->people.v[k], &d->evidence), "party", id, yq_cstr(d->kind), &d->evidence);
}

/* ---------------------------------------------------------------- technologies, needs, figures */

static void add_holder(assembly *s, yq_new_entity *e, int holder, yq_str text, const yq_evidence *ev)
{
    if (has_org(s, holder)) yq_add_fact(s->arena, s->n, e, "holder", org_id(s, holder), YQ_S(""), ev);
    else if (text.n) yq_add_fact(s->arena, s->n, e, "holder", 0, text, ev);
}

static void add_technology(assembly *s, const yq_found_technology *t)
{
    yq_new_entity *e = yq_add_entity(s->arena, s->n, "technology", t->name, t->evidence.span);
    add_holder(s, e, t->holder, t->holder_text, &t->evidence);
    if (t->summary.n) yq_add_fact(s->arena, s->n, e, "summary", 0, t->summary, &t->evidence);
    resolve_thing(s, e, t->holder, "");
}

/* What a list of challenges asks for is said of the challenge; else a need is a thing of its own. */
static void add_need(assembly *s, size_t i)
{
    const yq_found_need *d = &s->f->needs.v[i];
    yq_new_entity *e = call_around(s, &d->evidence);
    bool call = e != NULL;
    if (!call) e = yq_add_entity(s->arena, s->n, "need", d->heading.n ? d->heading : d->text, d->evidence.span);
    s->need_id[i] = e->id;
    yq_add_fact(s->arena, s->n, e, "need", 0, d->text, &d->evidence);
    if (call) return;
    add_holder(s, e, d->holder, d->holder_text, &d->evidence);
    resolve_thing(s, e, d->holder, "");
}

static void say_asks(assembly *s, yq_new_entity *e, int64_t need, yq_str text, const yq_evidence *ev)
{
    for (size_t i = e->facts.n; i-- > 0;) {
        const yq_new_fact *f = &e->facts.v[i];
        bool same = (need && f->object == need) || f->evidence.sentence.from == ev->sentence.from;
        if (same && strcmp(f->predicate, "asks") == 0) return;
    }
    yq_add_fact(s->arena, s->n, e, "asks", need, text, ev);
}

/* Who asks is told of the person and of the institution: neither is an answer to what they ask for. */
static void add_ask(assembly *s, const yq_found_ask *k)
{
    int64_t need = k->need >= 0 && (size_t)k->need < s->f->needs.n ? s->need_id[k->need] : 0;
    if (has_person(s, k->person)) say_asks(s, person_beside(s, k->person, &k->evidence), need, k->text, &k->evidence);
    if (has_org(s, k->org)) say_asks(s, entity_at(s, s->org_at[k->org]), need, k->text, &k->evidence);
}

/* ---------------------------------------------------------------- trials, calls, funds, policies */

static void add_detail(assembly *s, size_t at, const yq_found_detail *d)
{
    int64_t object = has_org(s, d->org) ? org_id(s, d->org) : has_person(s, d->person) ? person_beside(s, d->person, &d->evidence)->id : 0;
    yq_new_fact *f = yq_add_fact(s->arena, s->n, entity_at(s, at), d->field, object, d->value, &d->evidence);
    f->date = d->date;
}

/* An entry of a list is quoted whole: all of it is what is asked. A call that fills its document is quoted by the sentence that names the asker. */
static bool is_entry_around(yq_span scope, yq_span inside)
{
    enum { ENTRY_BYTES = 600 };
    return scope.to > scope.from && scope.to - scope.from <= ENTRY_BYTES && inside.from >= scope.from && inside.to <= scope.to;
}

/* Whoever issues a call, and whom it names for questions, asks. */
static void callers_ask(assembly *s, const yq_found_scheme *m, int64_t call)
{
    for (size_t i = 0; i < m->details.n && strcmp(m->kind, "call") == 0; i++) {
        const yq_found_detail *d = &m->details.v[i];
        yq_new_entity *e = has_org(s, d->org) ? entity_at(s, s->org_at[d->org]) : has_person(s, d->person) ? person_beside(s, d->person, &d->evidence) : NULL;
        yq_evidence ev = d->evidence;
        if (is_entry_around(m->scope, d->evidence.span)) ev.sentence = m->scope;
        if (e) say_asks(s, e, call, m->name, &ev);
    }
}

static int holder_of(const yq_found_scheme *m)
{
    for (size_t i = 0; i < m->details.n; i++)
        if (strcmp(m->details.v[i].field, "holder") == 0 && m->details.v[i].org != YQ_NONE) return m->details.v[i].org;
    return YQ_NONE;
}

static void add_scheme(assembly *s, size_t i)
{
    const yq_found_scheme *m = &s->f->schemes.v[i];
    s->scheme_at[i] = s->n->entities.n;
    yq_new_entity *e = yq_add_entity(s->arena, s->n, m->kind, m->name, m->evidence.span);
    int64_t id = e->id;
    for (size_t k = 0; k < m->forms.n; k++) yq_add_form(s->arena, e, m->forms.v[k], (yq_span){ 0 });
    for (size_t k = 0; k < m->mentions.n; k++) yq_add_mention(s->arena, s->n, e, m->mentions.v[k], YQ_S(""));
    if (strcmp(m->kind, "trial") == 0) yq_add_fact(s->arena, s->n, e, "trial", 0, YQ_S(""), &m->evidence);
    for (size_t k = 0; k < m->details.n; k++) add_detail(s, s->scheme_at[i], &m->details.v[k]);
    callers_ask(s, m, id);
    resolve_thing(s, entity_at(s, s->scheme_at[i]), holder_of(m), "");
}

/* The organisation or event that a figure speaks of, by its name. */
static yq_new_entity *named(assembly *s, yq_str name)
{
    for (size_t i = 0; name.n && i < s->f->orgs.n; i++)
        if (yq_eq(s->f->orgs.v[i].name, name)) return entity_at(s, s->org_at[i]);
    for (size_t i = 0; name.n && i < s->f->events.n; i++)
        if (yq_eq(s->f->events.v[i].name, name)) return entity_at(s, s->event_at[i]);
    return NULL;
}

static void add_figure(assembly *s, const yq_found_figure *g)
{
    yq_new_entity *e = named(s, g->subject);
    yq_str value = yq_printf(s->arena, "%.15g%.*s%s%.*s", g->value, YQ_FMT(g->unit), g->what.n ? " " : "", YQ_FMT(g->what));
    if (!e && g->subject.n) value = yq_printf(s->arena, "%.*s: %.*s", YQ_FMT(g->subject), YQ_FMT(value));
    yq_add_fact(s->arena, s->n, e, "figure", 0, value, &g->evidence);
}

static void add_things(assembly *s)
{
    const yq_findings *f = s->f;
    for (size_t i = 0; i < f->events.n; i++) add_event(s, i);
    for (size_t i = 0; i < f->talks.n; i++) add_talk(s, &f->talks.v[i]);
    for (size_t i = 0; i < f->schemes.n; i++) add_scheme(s, i);
    for (size_t i = 0; i < f->deals.n; i++) add_deal(s, &f->deals.v[i]);
    for (size_t i = 0; i < f->technologies.n; i++) add_technology(s, &f->technologies.v[i]);
    for (size_t i = 0; i < f->needs.n; i++) add_need(s, i);
    for (size_t i = 0; i < f->asks.n; i++) add_ask(s, &f->asks.v[i]);
    for (size_t i = 0; i < f->figures.n; i++) add_figure(s, &f->figures.v[i]);
}

yq_code yq_assemble(yq_arena *a, yq_store *store, const yq_findings *f, yq_new_reading *n, yq_err *err)
{
    assembly s = { .arena = a, .f = f, .n = n, .knowledge = { .arena = a, .db = yq_store_db(store), .reading = n } };
    yq_code rc = YQ_OK;
    s.known = yq_knowledge_face(&s.knowledge);
    s.org_at = YQ_ARRAY(a, size_t, f->orgs.n + 1);
    s.person_at = YQ_ARRAY(a, size_t, f->people.n + 1);
    s.person_count = YQ_ARRAY(a, size_t, f->people.n + 1);
    s.event_at = YQ_ARRAY(a, size_t, f->events.n + 1);
    s.scheme_at = YQ_ARRAY(a, size_t, f->schemes.n + 1);
    s.need_id = YQ_ARRAY(a, int64_t, f->needs.n + 1);
    s.told = yq_find_identifiers(a, n->read->clean, f);
    for (size_t i = 0; i < f->orgs.n && !rc; i++) rc = add_org(&s, i, err);
    join_within(&s);
    list_orgs(&s);
    for (size_t i = 0; i < f->people.n && !rc; i++) rc = add_people(&s, i, err);
    if (rc) return rc;
    add_things(&s);
    if (s.failed) return yq_fail(err, s.failed, 0, "the former reading cannot be looked at");
    for (size_t i = 0; i < n->entities.n; i++) yq_ulid(yq_store_clock(store), yq_store_random(store), n->entities.v[i].ulid);
    return YQ_OK;
}
