/* How does an answer stand to the conditions of the need? What its name and its house say comes first, then what the register holds of it, then the sentences
 * in which it is named. Nothing said is no fault: the state is then unknown, and only what says otherwise is held against an answer. */
#include "match/condition.h"
#include "match/evidence.h"

#include <stdlib.h>

enum { PASSAGES_OF_ONE = 8, SENTENCES_ON = 3 };

/* ---------------------------------------------------------------- keeping what was found */

/* What says yes goes before what says no: a list may be old, and a house has branches. */
static yq_condition_check *note(candidate *c, size_t i, yq_condition_state state, yq_str said)
{
    yq_condition_check *k = &c->checks[i];
    if (state == YQ_COND_UNKNOWN || k->state == YQ_COND_MET || k->state == state) return NULL;
    *k = (yq_condition_check){ .state = state, .said = said };
    return k;
}

static void note_claim(candidate *c, size_t i, yq_condition_state state, yq_str said, const yq_claim *f)
{
    yq_condition_check *k = note(c, i, state, said);
    if (!k || !f) return;
    k->document = f->document;
    k->document_name = f->document_name;
    k->document_title = f->document_title;
    k->date = f->date;
    k->span = f->sentence;
    memcpy(k->document_ulid, f->document_ulid, sizeof k->document_ulid);
}

/* ---------------------------------------------------------------- what a passage says */

/* The part of a sentence that is said of one name: up to its neighbours of the same kind. */
static yq_span share_of_sentence(const reading *r, const yq_naming *e, yq_span s)
{
    uint32_t own = where_named(r, e);
    for (size_t i = 0; i < r->named.n; i++) {
        uint32_t place = where_named(r, &r->named.v[i]);
        if (r->named.v[i].entity == e->entity || !yq_eq(r->named.v[i].kind, e->kind) || place < s.from || place >= s.to) continue;
        uint32_t end = place + r->named.v[i].span.to - r->named.v[i].span.from;
        if (place > own && place < s.to) s.to = place;
        if (place < own && end > s.from && end <= own) s.from = end;
    }
    return s;
}

/* How far the passage goes on about the name: to the next sentence that names another of its kind. */
static uint32_t last_sentence(const reading *r, const yq_naming *e, uint32_t first)
{
    uint32_t last = first;
    while (last + 1 < r->sentences.n && last < first + SENTENCES_ON) {
        yq_span next = r->sentences.v[last + 1];
        for (size_t i = 0; i < r->named.n; i++) {
            uint32_t place = where_named(r, &r->named.v[i]);
            if (r->named.v[i].entity != e->entity && yq_eq(r->named.v[i].kind, e->kind) && place >= next.from && place < next.to) return last;
        }
        last++;
    }
    return last;
}

static void hear_stretch(tally *t, candidate *c, const reading *r, yq_str plain, yq_span stretch, yq_span sentence)
{
    const yq_passage *p = &r->passage;
    for (size_t i = 0; i < t->conditions->n; i++) {
        yq_condition_state s = condition_said(t->arena, &t->conditions->v[i], yq_at(plain, stretch), c->kind, r->row);
        yq_condition_check *k = note(c, i, s, r->row ? YQ_S("") : yq_at(p->text, sentence));
        if (!k) continue;
        k->document = p->document;
        k->document_name = p->document_name;
        k->document_title = p->document_title;
        k->date = p->date;
        k->span = r->row ? p->span : (yq_span){ p->span.from + sentence.from, p->span.from + sentence.to };
        memcpy(k->document_ulid, p->document_ulid, sizeof k->document_ulid);
    }
}

/* Kinds of conditions that sentences tell of. */
static bool is_told_by_sentences(const yq_condition *c)
{
    return c->kind == YQ_COND_REGION || c->kind == YQ_COND_GRADE || c->kind == YQ_COND_LANGUAGE || c->kind == YQ_COND_BUDGET;
}

void hear_conditions(tally *t, candidate *c, const reading *r, const yq_naming *e)
{
    bool any = false;
    for (size_t i = 0; i < t->conditions->n; i++) any |= is_told_by_sentences(&t->conditions->v[i]);
    if (!any || !r->sentences.n) return;
    yq_str plain = yq_simplify(t->arena, r->passage.text);
    uint32_t first = r->away ? 0 : sentence_at(r, where_named(r, e)), last = r->away || heads(r, e) ? (uint32_t)r->sentences.n - 1 : last_sentence(r, e, first);
    for (uint32_t i = first; i <= last; i++) {
        yq_span s = r->sentences.v[i];
        hear_stretch(t, c, r, plain, i == first && !r->row && !r->away ? share_of_sentence(r, e, s) : s, s);
    }
}

/* ---------------------------------------------------------------- names and houses */

static const struct { const char *asked, *kind; } also_kinds[] = {
    { "institute", "lab" }, { "institute", "platform" }, { "university", "school" }, { "society", "alliance" }, { "investment", "foundation" },
};
/* A university has hospitals and a hospital professors: neither tells against the other. */
static bool may_be_both(yq_str asked, yq_str kind)
{
    bool house = yq_eq(asked, YQ_S("hospital")) || yq_eq(asked, YQ_S("university")) || yq_eq(asked, YQ_S("institute"));
    return house && (yq_eq(kind, YQ_S("hospital")) || yq_eq(kind, YQ_S("university")) || yq_eq(kind, YQ_S("school")) || yq_eq(kind, YQ_S("institute")) || yq_eq(kind, YQ_S("lab")));
}

static yq_condition_state unit_of_name(tally *t, const yq_condition *c, yq_str name, bool itself)
{
    yq_str kind = organization_kind(t->arena, name);
    if (!kind.n) return YQ_COND_UNKNOWN;
    if (yq_eq(kind, c->value)) return YQ_COND_MET;
    for (size_t i = 0; i < sizeof also_kinds / sizeof *also_kinds; i++)
        if (yq_eq(c->value, yq_cstr(also_kinds[i].asked)) && yq_eq(kind, yq_cstr(also_kinds[i].kind))) return YQ_COND_MET;
    return !itself && may_be_both(c->value, kind) ? YQ_COND_UNKNOWN : YQ_COND_UNMET;
}

/* 须企业牵头的榜, 投公司的基金: the kind of house is the asker's, not that of whoever calls or gives. */
static bool is_applied_to(yq_str kind)
{
    return yq_eq(kind, YQ_S("call")) || yq_eq(kind, YQ_S("fund")) || yq_eq(kind, YQ_S("policy")) || yq_eq(kind, YQ_S("trial"));
}

static void judge_house(tally *t, candidate *c, yq_str name, const yq_claim *f, bool itself)
{
    for (size_t i = 0; i < t->conditions->n && name.n; i++) {
        const yq_condition *k = &t->conditions->v[i];
        yq_condition_state s = YQ_COND_UNKNOWN;
        if (k->kind == YQ_COND_UNIT) s = unit_of_name(t, k, name, itself);
        if (k->kind == YQ_COND_REGION) {
            place_relation r = place_of_name(t->arena, name, k->value, k->unlisted);
            s = r == PLACE_INSIDE ? YQ_COND_MET : r == PLACE_APART ? YQ_COND_UNMET : YQ_COND_UNKNOWN;
        }
        bool elsewhere = s == YQ_COND_UNMET && yq_eq(c->kind, YQ_S("trial")); /* who pays for a trial may sit anywhere */
        elsewhere |= s == YQ_COND_UNMET && k->kind == YQ_COND_UNIT && is_applied_to(c->kind);
        if (!elsewhere) note_claim(c, i, s, name, f);
    }
}

static bool is_employer(const candidate *c, const yq_claim *f)
{
    return f->itself && yq_eq(f->predicate, YQ_S("role")) && yq_eq(f->other, c->employer);
}

/* The regions and the money that the register holds of a call or a fund. */
static void judge_fact(tally *t, candidate *c, const yq_claim *f)
{
    for (size_t i = 0; i < t->conditions->n; i++) {
        const yq_condition *k = &t->conditions->v[i];
        yq_str low = small_letters(t->arena, yq_simplify(t->arena, f->value));
        if (k->kind == YQ_COND_REGION && yq_eq(f->predicate, YQ_S("region"))) {
            place_relation r = place_of_name(t->arena, f->value, k->value, k->unlisted);
            note_claim(c, i, r == PLACE_INSIDE ? YQ_COND_MET : r == PLACE_APART ? YQ_COND_UNMET : YQ_COND_UNKNOWN, f->value, f);
        }
        if (k->kind == YQ_COND_BUDGET && yq_eq(f->predicate, YQ_S("budget")))
            note_claim(c, i, budget_said(k, yq_printf(t->arena, "资助%.*s", YQ_FMT(low)), c->kind, false), f->value, f);
    }
}

static void judge_claims(tally *t, candidate *c)
{
    bool person = yq_eq(c->kind, YQ_S("person")), told = false;
    if (yq_eq(c->kind, YQ_S("organization"))) judge_house(t, c, c->name, NULL, true);
    for (size_t i = 0; c->claims && i < c->claims->n; i++) {
        const yq_claim *f = &c->claims->v[i];
        if (!f->itself) continue;
        judge_fact(t, c, f);
        bool house = person ? !told && is_employer(c, f) : yq_eq(f->predicate, YQ_S("holder"));
        if (house && !yq_eq(c->kind, YQ_S("organization"))) judge_house(t, c, f->other, f, false), told = true;
    }
}

/* ---------------------------------------------------------------- of when */

static void note_evidence(candidate *c, size_t i, yq_condition_state s, const evidence *e)
{
    yq_condition_check *k = note(c, i, s, e->date);
    if (!k) return;
    k->document = e->document;
    k->document_name = e->document_name;
    k->document_title = e->document_title;
    k->date = e->date;
    k->span = e->span;
    memcpy(k->document_ulid, e->document_ulid, sizeof k->document_ulid);
}

/* What was said within the days asked for meets them; only when all that is said has a date and none is within, it does not. */
static void judge_dates(const tally *t, candidate *c, size_t i)
{
    const yq_condition *k = &t->conditions->v[i];
    bool undated = false;
    for (size_t n = 0; n < c->evidence.n; n++) {
        const evidence *e = &c->evidence.v[n];
        if (e->value < c->evidence.v[0].value / 2) continue;
        undated |= e->date.n < 10;
        bool within = e->date.n >= 10 && (!k->from.n || yq_cmp(e->date, k->from) >= 0) && (!k->to.n || yq_cmp(e->date, k->to) <= 0);
        if (within) note_evidence(c, i, YQ_COND_MET, e);
    }
    if (c->evidence.n && !undated) note_evidence(c, i, YQ_COND_UNMET, &c->evidence.v[0]);
}

static void judge_period(const tally *t, candidate *c, size_t i)
{
    const yq_condition *k = &t->conditions->v[i];
    if (!k->ahead) {
        judge_dates(t, c, i);
        return;
    }
    for (size_t n = 0; c->claims && n < c->claims->n; n++) { /* what may still be joined */
        const yq_claim *f = &c->claims->v[n];
        if (f->itself && yq_eq(f->predicate, YQ_S("deadline")) && f->value.n == 10 && f->value.p[4] == '-')
            note_claim(c, i, yq_cmp(f->value, t->today) >= 0 ? YQ_COND_MET : YQ_COND_UNMET, f->value, f);
    }
}

/* ---------------------------------------------------------------- the passages that name it */

static yq_code hear_passage(tally *t, candidate *c, int64_t id, yq_err *err)
{
    reading r = { 0 };
    yq_code rc = tally_read(t, id, &r, err);
    if (rc == YQ_NOTFOUND) return YQ_OK;
    if (rc != YQ_OK) return rc;
    yq_span whole = { 0, (uint32_t)r.passage.text.n };
    r.row = r.passage.text.n != r.passage.span.to - r.passage.span.from;
    if (r.row) *yq_push(t->arena, &r.sentences) = whole;
    else yq_sentences(t->arena, r.passage.text, whole, &r.sentences);
    for (size_t i = 0; i < r.named.n; i++)
        if (r.named.v[i].entity == c->entity) hear_conditions(t, c, &r, &r.named.v[i]);
    return YQ_OK;
}

static bool wants_sentences(const tally *t, const candidate *c)
{
    for (size_t i = 0; i < t->conditions->n; i++)
        if (c->checks[i].state != YQ_COND_MET && is_told_by_sentences(&t->conditions->v[i])) return true;
    return false;
}

static void judge_stage(candidate *c, size_t i)
{
    if (!yq_eq(c->kind, YQ_S("technology")) || c->stage.early == c->stage.available) return;
    yq_condition_check *k = note(c, i, c->stage.available > c->stage.early ? YQ_COND_MET : YQ_COND_UNMET, c->stage_said.said);
    yq_condition_state state = k ? k->state : YQ_COND_UNKNOWN;
    if (!k) return;
    *k = c->stage_said;
    k->state = state;
}

/* "华东或华中": one place, one kind of house of several is enough. */
static void join_alternatives(const tally *t, candidate *c)
{
    for (size_t i = 0; i < t->conditions->n; i++)
        for (size_t n = 0; n < t->conditions->n; n++) {
            const yq_condition *x = &t->conditions->v[i], *y = &t->conditions->v[n];
            bool same = x->kind == y->kind && !x->negated && !y->negated && (x->kind == YQ_COND_REGION || x->kind == YQ_COND_UNIT || x->kind == YQ_COND_GRADE);
            if (i != n && same && c->checks[n].state == YQ_COND_MET && c->checks[i].state == YQ_COND_UNMET) c->checks[i].state = YQ_COND_UNKNOWN;
        }
}

yq_code judge_conditions(tally *t, candidate *c, yq_err *err)
{
    yq_ids ids = { 0 };
    yq_code rc = YQ_OK;
    if (!t->conditions->n) return YQ_OK;
    judge_claims(t, c);
    if (wants_sentences(t, c)) rc = yq_register_passages_naming(t->reader, t->viewer, t->arena, c->entity, PASSAGES_OF_ONE, &ids, err);
    for (size_t i = 0; rc == YQ_OK && i < ids.n; i++) rc = hear_passage(t, c, ids.v[i], err);
    for (size_t i = 0; rc == YQ_OK && i < t->conditions->n; i++) {
        if (t->conditions->v[i].kind == YQ_COND_PERIOD) judge_period(t, c, i);
        if (t->conditions->v[i].kind == YQ_COND_STAGE) judge_stage(c, i);
    }
    for (size_t i = 0; i < t->conditions->n; i++) c->checks[i].state = as_wanted(&t->conditions->v[i], c->checks[i].state);
    join_alternatives(t, c);
    return rc;
}
