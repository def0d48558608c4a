/* From facts to ties.
 *
 * A fact says that somebody belongs to a group (graph/graph.h): who has a post works with an employer's staff, who spoke was at an event, who is a party
 * signed an agreement. Groups and stops are numbered in the order in which visible facts first name them, so that facts which are hidden from
 * a viewer change nothing, not even which of two equal ways stands first. "Now" is the newest date of a visible document: an answer
 * depends on what is stored and not on the day of asking.
 *
 * Strength of a step = what the kind of group is worth x the odds that a person who is asked helps (ASKING) / log2(members) x for each end the sureness
 * of its fact and 2^(-age / twice the half-life). An institution stands for its staff, a school for its graduates: between it and one of them
 * the size does not count. Half of it counts between who organised an event and who spoke there.
 */
#include "register/ties_inside.h"

#include <math.h>
#include <stdlib.h>

static const double ASKING = 0.5;

static const struct {
    const char *word;
    double strength;
    double half_life; /* months; 0: does not fade */
} kinds[YQ_TIE_KINDS] = {
    [YQ_TIE_WORK] = { "work", 0.7, 96 },       [YQ_TIE_SOCIETY] = { "society", 0.5, 72 }, [YQ_TIE_EVENT] = { "event", 0.4, 48 },
    [YQ_TIE_SESSION] = { "session", 0.7, 60 }, [YQ_TIE_DEAL] = { "deal", 0.8, 72 },       [YQ_TIE_THING] = { "thing", 0.8, 72 },
    [YQ_TIE_CLASS] = { "class", 0.6, 0 },      [YQ_TIE_SCHOOL] = { "school", 0.25, 0 },
};

enum { NO_DATE = -1, AGE_WITHOUT_DATE = 120, OLDEST = 288 }; /* months */
enum { MEMBER, HOST, HEAD };                                /* how a stop belongs to a group */

typedef struct {
    uint32_t stop, group;
    int64_t fact;   /* 0: of a head */
    int32_t month;
    float confidence;
    uint8_t belongs;
} raw_tie;

typedef struct {
    uint64_t hash;
    uint32_t number; /* + 1; 0: empty */
} slot;

typedef struct {
    slot *slots;
    uint32_t size, n;
} table;

typedef enum { ANY_ORG, SOCIETY, SCHOOL } org_class;

typedef struct {
    yq_reader *r;
    const yq_viewer *v;
    yq_arena *a, *keep;
    table stop_table, group_table;
    YQ_VEC(int64_t) stops;
    YQ_VEC(uint8_t) classes; /* of each stop: org_class + 1; 0: not looked up yet */
    YQ_VEC(tie_group) groups;
    YQ_VEC(raw_tie) ties;
    int32_t now;
    yq_ties *out;
} gathering;

const char *yq_tie_word(yq_tie_kind kind)
{
    return kinds[kind].word;
}

/* ---------------------------------------------------------------- numbering */

static void put_slot(table *t, slot s)
{
    uint32_t at = (uint32_t)s.hash & (t->size - 1);
    while (t->slots[at].number) at = (at + 1) & (t->size - 1);
    t->slots[at] = s;
}

static void grow(yq_arena *a, table *t)
{
    table more = { .size = t->size ? t->size * 2 : 1024, .n = t->n };
    more.slots = YQ_ARRAY(a, slot, more.size);
    for (uint32_t i = 0; i < t->size; i++)
        if (t->slots[i].number) put_slot(&more, t->slots[i]);
    *t = more;
}

static uint32_t stop_number(gathering *x, int64_t entity)
{
    table *t = &x->stop_table;
    uint64_t hash = yq_hash64((yq_str){ (const char *)&entity, sizeof entity });
    if (t->n * 2 >= t->size) grow(x->a, t);
    for (uint32_t at = (uint32_t)hash & (t->size - 1); t->slots[at].number; at = (at + 1) & (t->size - 1))
        if (x->stops.v[t->slots[at].number - 1] == entity) return t->slots[at].number - 1;
    *yq_push(x->a, &x->stops) = entity;
    *yq_push(x->a, &x->classes) = 0;
    put_slot(t, (slot){ hash, ++t->n });
    return t->n - 1;
}

static bool same_group(const tie_group *a, const tie_group *b)
{
    return a->kind == b->kind && a->entity == b->entity && a->document == b->document && yq_eq(a->detail, b->detail);
}

static uint32_t group_number(gathering *x, const tie_group *g)
{
    table *t = &x->group_table;
    int64_t numbers[3] = { g->kind, g->entity, g->document };
    uint64_t hash = yq_hash64((yq_str){ (const char *)numbers, sizeof numbers }) ^ yq_hash64(g->detail) * 3;
    if (t->n * 2 >= t->size) grow(x->a, t);
    for (uint32_t at = (uint32_t)hash & (t->size - 1); t->slots[at].number; at = (at + 1) & (t->size - 1))
        if (same_group(&x->groups.v[t->slots[at].number - 1], g)) return t->slots[at].number - 1;
    tie_group *kept = yq_push(x->a, &x->groups);
    *kept = *g;
    kept->detail = yq_dup(x->keep, g->detail);
    put_slot(t, (slot){ hash, ++t->n });
    return t->n - 1;
}

/* ---------------------------------------------------------------- dates */

static bool number_at(yq_str s, size_t at, size_t n, int *out)
{
    *out = 0;
    if (at + n > s.n) return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return true;
}

/* Months since the year 0; a year alone is its middle. */
static int32_t month_of(yq_str date)
{
    int year, month = 6;
    if (!number_at(date, 0, 4, &year)) return NO_DATE;
    if (date.n >= 7 && date.p[4] == '-') number_at(date, 5, 2, &month);
    return year * 12 + month;
}

/* ---------------------------------------------------------------- what kind of organisation */

static org_class class_by_name(yq_str name)
{
    static const struct {
        const char *kind;
        org_class class;
    } known[] = { { "society", SOCIETY }, { "alliance", SOCIETY }, { "university", SCHOOL }, { "school", SCHOOL } };
    yq_lex_hit hit;
    bool found = yq_lex_suffix(name, name.n, YQ_LEX_ORG_ENDINGS, &hit) || yq_lex_suffix(name, name.n, YQ_LEX_ORG_ENDINGS_EN, &hit);
    for (size_t i = 0; found && i < sizeof known / sizeof *known; i++)
        if (yq_eq(yq_lex_column(hit.value, 0), yq_cstr(known[i].kind))) return known[i].class;
    return ANY_ORG;
}

static yq_code class_of(gathering *x, uint32_t stop, org_class *out, yq_err *err)
{
    char ulid[YQ_ULID_CHARS + 1];
    yq_str name;
    *out = ANY_ORG;
    if (x->classes.v[stop]) return *out = x->classes.v[stop] - 1, YQ_OK;
    yq_code rc = yq_register_known_as(x->r, x->v, x->a, x->stops.v[stop], ulid, &name, err);
    if (rc) return rc;
    *out = class_by_name(name);
    x->classes.v[stop] = (uint8_t)(*out + 1);
    return YQ_OK;
}

/* ---------------------------------------------------------------- facts */

typedef struct {
    int64_t id, subject, object, document;
    yq_str predicate, subject_kind, object_kind, value, date, document_date;
    float confidence;
} fact_row;

static bool is_stop(yq_str kind)
{
    return yq_eq(kind, YQ_S("person")) || yq_eq(kind, YQ_S("organization"));
}

static void add(gathering *x, int64_t entity, uint32_t group, const fact_row *f, int belongs)
{
    int32_t month = month_of(f->date);
    raw_tie t = { stop_number(x, entity), group, belongs == HEAD ? 0 : f->id, month == NO_DATE ? month_of(f->document_date) : month, f->confidence, (uint8_t)belongs };
    *yq_push(x->a, &x->ties) = t;
}

static uint32_t group_of(gathering *x, yq_tie_kind kind, int64_t entity)
{
    return group_number(x, &(tie_group){ .kind = (uint8_t)kind, .entity = entity });
}

static yq_code take_role(gathering *x, const fact_row *f, yq_err *err)
{
    org_class class;
    if (!yq_eq(f->subject_kind, YQ_S("person")) || !yq_eq(f->object_kind, YQ_S("organization"))) return YQ_OK;
    yq_code rc = class_of(x, stop_number(x, f->object), &class, err);
    if (rc) return rc;
    uint32_t group = group_of(x, class == SOCIETY ? YQ_TIE_SOCIETY : YQ_TIE_WORK, f->object);
    add(x, f->object, group, f, HEAD);
    add(x, f->subject, group, f, MEMBER);
    return YQ_OK;
}

static yq_code take_spoke(gathering *x, const fact_row *f, yq_err *err)
{
    (void)err;
    if (yq_eq(f->object_kind, YQ_S("event"))) add(x, f->subject, group_of(x, YQ_TIE_EVENT, f->object), f, MEMBER);
    return YQ_OK;
}

static yq_code take_organized(gathering *x, const fact_row *f, yq_err *err)
{
    (void)err;
    if (yq_eq(f->object_kind, YQ_S("event"))) add(x, f->subject, group_of(x, YQ_TIE_EVENT, f->object), f, HOST);
    return YQ_OK;
}

static yq_code take_party(gathering *x, const fact_row *f, yq_err *err)
{
    (void)err;
    if (f->object) add(x, f->subject, group_of(x, YQ_TIE_DEAL, f->object), f, MEMBER);
    return YQ_OK;
}

/* Two who hold one technology have made it together; two who miss one thing need not know each other. */
static yq_code take_holder(gathering *x, const fact_row *f, yq_err *err)
{
    (void)err;
    if ((yq_eq(f->subject_kind, YQ_S("technology")) || yq_eq(f->subject_kind, YQ_S("trial"))) && is_stop(f->object_kind))
        add(x, f->object, group_of(x, YQ_TIE_THING, f->subject), f, MEMBER);
    return YQ_OK;
}

static yq_code take_trial(gathering *x, const fact_row *f, yq_err *err)
{
    (void)err;
    if (yq_eq(f->object_kind, YQ_S("trial"))) add(x, f->subject, group_of(x, YQ_TIE_THING, f->object), f, MEMBER);
    return YQ_OK;
}

static yq_code take_date(gathering *x, const fact_row *f, yq_err *err)
{
    (void)err;
    if (!yq_eq(f->subject_kind, YQ_S("event")) || f->date.n > 10) return YQ_OK;
    snprintf(x->groups.v[group_of(x, YQ_TIE_EVENT, f->subject)].date, 11, "%.*s", YQ_FMT(f->date));
    return YQ_OK;
}

static const struct {
    const char *predicate;
    bool subject_is_stop;
    yq_code (*take)(gathering *x, const fact_row *f, yq_err *err);
} rules[] = {
    { "role", true, take_role },     { "spoke", true, take_spoke },   { "organized", true, take_organized }, { "party", true, take_party },
    { "holder", false, take_holder }, { "trial", true, take_trial }, { "date", false, take_date },
};

static yq_code take_fact(gathering *x, const fact_row *f, yq_err *err)
{
    int32_t month = month_of(f->document_date);
    if (month > x->now) x->now = month;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (yq_eq(f->predicate, yq_cstr(rules[i].predicate))) return !rules[i].subject_is_stop || is_stop(f->subject_kind) ? rules[i].take(x, f, err) : YQ_OK;
    return YQ_OK;
}

static fact_row take_row(yq_stmt *s)
{
    return (fact_row){ .id = yq_col_int(s, 0), .predicate = yq_col_text(s, 1), .subject = yq_col_int(s, 2), .subject_kind = yq_col_text(s, 3),
                       .object = yq_col_int(s, 4), .object_kind = yq_col_text(s, 5), .value = yq_col_text(s, 6), .date = yq_col_text(s, 7),
                       .document_date = yq_col_text(s, 8), .confidence = (float)yq_col_real(s, 9), .document = yq_col_int(s, 10) };
}

#define FACT_ROW                                                                                                                            \
    "SELECT f.id, f.predicate, f.subject, s.kind, f.object, coalesce(o.kind, ''), f.value, f.date, r.date, " SURENESS("f") ", f.document, f.span_from, " \
    "f.sentence_from, f.sentence_to FROM fact f JOIN reading r ON r.id = f.reading JOIN entity s ON s.id = f.subject LEFT JOIN entity o ON "        \
    "o.id = f.object WHERE " STANDS("f") " AND "

static yq_code read_facts(gathering *x, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(x->r->db, FACT_ROW "f.predicate IN ('role', 'spoke', 'organized', 'party', 'holder', 'trial', 'date') ORDER BY f.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    while (!(rc = yq_step(s, &row, err)) && row) {
        fact_row f = take_row(s);
        if ((rc = take_fact(x, &f, err))) break;
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- sessions: what a document says under one heading, or in one sentence */

typedef struct {
    yq_span span;
    yq_str heading;
} part;
typedef YQ_VEC(part) parts;

/* The title of a passage is that of its document and, behind " · ", the heading above it. */
static yq_str heading_of(yq_str title)
{
    static const yq_str between = { " · ", sizeof " · " - 1 };
    size_t at = yq_find(title, between, 0);
    return at == SIZE_MAX ? YQ_S("") : yq_sub(title, at + between.n, title.n);
}

static yq_code read_parts(gathering *x, int64_t document, parts *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (parts){ 0 };
    yq_code rc = yq_db_prepare(x->r->db, "SELECT p.span_from, p.span_to, p.title FROM passage p WHERE p.document = :document AND " VISIBLE("p")
                               " ORDER BY p.span_from, p.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    yq_bind_int(s, "document", document);
    while (!(rc = yq_step(s, &row, err)) && row)
        *yq_push(x->a, out) = (part){ { (uint32_t)yq_col_int(s, 0), (uint32_t)yq_col_int(s, 1) }, yq_dup(x->a, heading_of(yq_col_text(s, 2))) };
    yq_finish(s);
    return rc;
}

static yq_str heading_at(const parts *p, uint32_t at)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (p->v[middle].span.to <= at) low = middle + 1;
        else high = middle;
    }
    return low < p->n && p->v[low].span.from <= at ? p->v[low].heading : YQ_S("");
}

/* Without a heading, those whom one sentence lets speak one after the other. */
static void take_session(gathering *x, const fact_row *f, yq_str heading, uint32_t sentence)
{
    tie_group g = { .kind = YQ_TIE_SESSION, .entity = yq_eq(f->object_kind, YQ_S("event")) ? f->object : 0, .document = f->document, .detail = heading };
    char place[16];
    int n = snprintf(place, sizeof place, "\n%u", sentence);
    if (!heading.n) g.detail = (yq_str){ place, (size_t)n };
    add(x, f->subject, group_number(x, &g), f, MEMBER);
}

static yq_code read_sessions(gathering *x, yq_err *err)
{
    yq_stmt *s;
    bool row;
    parts p = { 0 };
    int64_t document = 0;
    yq_code rc = yq_db_prepare(x->r->db, FACT_ROW "f.predicate = 'spoke' ORDER BY f.document, f.span_from, f.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    while (!(rc = yq_step(s, &row, err)) && row) {
        fact_row f = take_row(s);
        if (!is_stop(f.subject_kind)) continue;
        if (f.document != document && (rc = read_parts(x, document = f.document, &p, err))) break;
        take_session(x, &f, heading_at(&p, (uint32_t)yq_col_int(s, 11)), (uint32_t)yq_col_int(s, 12));
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- classes of a school */

typedef struct {
    int64_t entity;
    yq_span span;
} school_named;

typedef struct {
    yq_str clean;
    YQ_VEC(school_named) named;
    int64_t host; /* the school that held the meeting; 0: none */
} school_page;

static yq_code keep_if_school(gathering *x, int64_t entity, yq_span span, school_page *page, yq_err *err)
{
    org_class class;
    yq_code rc = class_of(x, stop_number(x, entity), &class, err);
    if (!rc && class == SCHOOL) *yq_push(x->a, &page->named) = (school_named){ entity, span };
    return rc;
}

static yq_code read_schools(gathering *x, int64_t document, school_page *page, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(x->r->db, "SELECT m.entity, m.span_from, m.span_to FROM mention m JOIN entity e ON e.id = m.entity WHERE m.document = :document "
                               "AND e.kind = 'organization' AND " VISIBLE("m") " ORDER BY m.span_from, m.span_to, m.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    yq_bind_int(s, "document", document);
    while (!(rc = yq_step(s, &row, err)) && row)
        if ((rc = keep_if_school(x, yq_col_int(s, 0), (yq_span){ (uint32_t)yq_col_int(s, 1), (uint32_t)yq_col_int(s, 2) }, page, err))) break;
    yq_finish(s);
    return rc;
}

static yq_code read_host(gathering *x, int64_t document, school_page *page, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(x->r->db, "SELECT f.subject FROM fact f WHERE f.document = :document AND f.predicate = 'organized' AND "
                               STANDS("f") " ORDER BY f.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    yq_bind_int(s, "document", document);
    while (!(rc = yq_step(s, &row, err)) && row && !page->host)
        for (size_t i = 0; i < page->named.n; i++)
            if (page->named.v[i].entity == yq_col_int(s, 0)) page->host = yq_col_int(s, 0);
    yq_finish(s);
    return rc;
}

static yq_code read_page(gathering *x, int64_t document, school_page *page, yq_err *err)
{
    *page = (school_page){ 0 };
    yq_code rc = yq_register_words(x->r, x->v, x->a, document, (yq_span){ 0, UINT32_MAX }, &page->clean, err);
    if (!rc) rc = read_schools(x, document, page, err);
    return rc ? rc : read_host(x, document, page, err);
}

/* 棠川医科大学1988级校友: the school stands right before the class; else it is the one that invited its graduates. */
static int64_t school_of(const school_page *page, yq_str class, yq_span sentence)
{
    size_t at = yq_find(yq_sub(page->clean, 0, sentence.to), class, sentence.from);
    for (size_t i = 0; at != SIZE_MAX && i < page->named.n; i++)
        if (page->named.v[i].span.to == at) return page->named.v[i].entity;
    return page->host;
}

/* Of a class whose school nobody names, those of one document are together. */
static void take_class(gathering *x, const fact_row *f, int64_t school)
{
    tie_group class = { .kind = YQ_TIE_CLASS, .entity = school, .document = school ? 0 : f->document, .detail = f->value };
    add(x, f->subject, group_number(x, &class), f, MEMBER);
    if (!school) return;
    uint32_t graduates = group_of(x, YQ_TIE_SCHOOL, school);
    add(x, school, graduates, f, HEAD);
    add(x, f->subject, graduates, f, MEMBER);
}

static yq_code read_classes(gathering *x, yq_err *err)
{
    yq_stmt *s;
    bool row;
    school_page page = { 0 };
    int64_t document = 0;
    yq_code rc = yq_db_prepare(x->r->db, FACT_ROW "f.predicate = 'cohort' ORDER BY f.document, f.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, x->v);
    while (!(rc = yq_step(s, &row, err)) && row) {
        fact_row f = take_row(s);
        if (!is_stop(f.subject_kind)) continue;
        if (f.document != document && (rc = read_page(x, document = f.document, &page, err))) break;
        take_class(x, &f, school_of(&page, f.value, (yq_span){ (uint32_t)yq_col_int(s, 12), (uint32_t)yq_col_int(s, 13) }));
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- costs */

/* A session was when its event was, whatever the document says that tells of it. */
static void date_sessions(gathering *x)
{
    for (size_t i = 0, n = x->groups.n; i < n; i++) {
        if (x->groups.v[i].kind != YQ_TIE_SESSION || !x->groups.v[i].entity) continue;
        uint32_t event = group_of(x, YQ_TIE_EVENT, x->groups.v[i].entity);
        memcpy(x->groups.v[i].date, x->groups.v[event].date, sizeof x->groups.v[i].date);
    }
}

static double age_cost(const gathering *x, const raw_tie *t)
{
    const tie_group *g = &x->groups.v[t->group];
    double half_life = kinds[g->kind].half_life;
    int32_t month = *g->date ? month_of(yq_cstr(g->date)) : t->month;
    int32_t age = month == NO_DATE ? AGE_WITHOUT_DATE : x->now - month;
    if (half_life == 0 || age <= 0) return 0;
    return M_LN2 * (age < OLDEST ? age : OLDEST) / half_life / 2;
}

static double crowd_cost(uint32_t size)
{
    return size > 2 ? log(log2(size)) : 0;
}

static float tie_cost(const gathering *x, const raw_tie *t, uint32_t size)
{
    static const double without_crowd[] = { [MEMBER] = 0, [HOST] = 0.5, [HEAD] = 1 };
    double sure = t->belongs == HEAD ? 1 : fmin(1, fmax(0.1, t->confidence));
    return (float)(-log(sure) + (t->belongs == HEAD ? 0 : age_cost(x, t)) - without_crowd[t->belongs] * crowd_cost(size));
}

static int by_group(const void *p, const void *q)
{
    const raw_tie *a = p, *b = q;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->stop != b->stop) return a->stop < b->stop ? -1 : 1;
    return (a->fact > b->fact) - (a->fact < b->fact);
}

/* Groups of one are dropped: nobody can be met there. Those that stay are numbered anew, in the same order. */
static void weigh(gathering *x, yq_graph_tie *ties, size_t *tie_count, float *costs, tie_group *groups, uint32_t *group_count)
{
    for (size_t from = 0, to; from < x->ties.n; from = to) {
        uint32_t size = 0, group = x->ties.v[from].group;
        for (to = from; to < x->ties.n && x->ties.v[to].group == group; to++)
            if (to == from || x->ties.v[to].stop != x->ties.v[to - 1].stop) size++;
        if (size < 2) continue;
        const tie_group *g = &x->groups.v[group];
        for (size_t i = from; i < to; i++)
            ties[(*tie_count)++] = (yq_graph_tie){ x->ties.v[i].stop, *group_count, tie_cost(x, &x->ties.v[i], size), x->ties.v[i].fact };
        costs[*group_count] = (float)(-log(kinds[g->kind].strength * ASKING) + crowd_cost(size));
        groups[(*group_count)++] = *g;
    }
}

static yq_code make_graph(gathering *x, yq_err *err)
{
    yq_graph_tie *ties = YQ_ARRAY(x->a, yq_graph_tie, x->ties.n + 1);
    float *costs = YQ_ARRAY(x->a, float, x->groups.n + 1);
    tie_group *groups = YQ_ARRAY(x->keep, tie_group, x->groups.n + 1);
    size_t tie_count = 0;
    uint32_t group_count = 0;
    if (x->ties.n) qsort(x->ties.v, x->ties.n, sizeof *x->ties.v, by_group);
    weigh(x, ties, &tie_count, costs, groups, &group_count);
    x->out->groups = groups;
    yq_code rc = yq_graph_build((uint32_t)x->stops.n, costs, group_count, ties, tie_count, &x->out->graph, err);
    if (rc) return rc;
    x->out->rank = YQ_ARRAY(x->keep, double, x->stops.n + 1);
    return yq_graph_rank(x->out->graph, NULL, 0, 0.85, 20, x->out->rank, err);
}

/* ---------------------------------------------------------------- the whole */

typedef struct {
    int64_t entity;
    uint32_t stop;
} entity_stop;

static int by_entity(const void *p, const void *q)
{
    const entity_stop *a = p, *b = q;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static void keep_stops(gathering *x)
{
    size_t n = x->stops.n;
    entity_stop *sorted = YQ_ARRAY(x->a, entity_stop, n + 1);
    int64_t *entities = YQ_ARRAY(x->keep, int64_t, n + 1);
    uint32_t *order = YQ_ARRAY(x->keep, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        entities[i] = x->stops.v[i];
        sorted[i] = (entity_stop){ entities[i], i };
    }
    qsort(sorted, n, sizeof *sorted, by_entity);
    for (size_t i = 0; i < n; i++) order[i] = sorted[i].stop;
    x->out->entities = entities;
    x->out->by_entity = order;
}

uint32_t stop_of(const yq_ties *t, int64_t entity)
{
    uint32_t low = 0, high = yq_graph_stops(t->graph);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (t->entities[t->by_entity[middle]] < entity) low = middle + 1;
        else high = middle;
    }
    return low < yq_graph_stops(t->graph) && t->entities[t->by_entity[low]] == entity ? t->by_entity[low] : UINT32_MAX;
}

static yq_code read_sequence(gathering *x, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->r->db, "SELECT coalesce(max(sequence), 0) FROM entry", &s, err);
    return rc ? rc : yq_one_int(s, 0, &x->out->sequence, err);
}

static yq_code gather(void *arg, yq_err *err)
{
    gathering *x = arg;
    yq_code rc = read_sequence(x, err);
    if (!rc) rc = read_facts(x, err);
    if (!rc) rc = read_sessions(x, err);
    if (!rc) rc = read_classes(x, err);
    if (rc) return rc;
    date_sessions(x);
    keep_stops(x);
    return make_graph(x, err);
}

static yq_code gather_kept(void *arg, yq_err *err)
{
    gathering *x = arg;
    return yq_arena_run(x->a, gather, x, err);
}

static yq_code read_as_it_stands(gathering *x, yq_err *err)
{
    yq_code rc = yq_reader_begin(x->r, err);
    if (rc) return rc;
    rc = yq_arena_run(x->keep, gather_kept, x, err);
    yq_reader_end(x->r);
    return rc;
}

yq_code yq_ties_read(yq_reader *r, const yq_viewer *v, yq_ties **out, yq_err *err)
{
    enum { TEMPORARY = INT32_MAX, KEPT = 1 << 30 };
    yq_ties *t = calloc(1, sizeof *t);
    gathering x = { .r = r, .v = v, .a = yq_arena_new(TEMPORARY), .keep = yq_arena_new(KEPT), .now = 0, .out = t };
    yq_code rc = t && x.a && x.keep ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for ties");
    *out = NULL;
    if (!rc) {
        pthread_mutex_init(&t->lock, NULL);
        t->viewer = *v;
        t->arena = x.keep;
        rc = read_as_it_stands(&x, err);
    } else {
        yq_arena_free(x.keep);
        free(t);
        t = NULL;
    }
    yq_arena_free(x.a);
    if (rc) yq_ties_free(t);
    else *out = t;
    return rc;
}

void yq_ties_free(yq_ties *t)
{
    if (!t) return;
    for (size_t i = 0; i < t->scratches; i++) yq_graph_scratch_free(t->scratch[i]);
    yq_graph_free(t->graph);
    yq_arena_free(t->arena);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

int64_t yq_ties_sequence(const yq_ties *t)
{
    return t->sequence;
}

size_t yq_ties_count(const yq_ties *t)
{
    return yq_graph_ties(t->graph);
}
