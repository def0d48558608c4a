/* Evidence for a need is voted up to the persons, organisations and technologies named beside it.
 *
 * Passages vote for the candidates in them, as in Macdonald & Ounis, "Voting for candidates: adapting data fusion techniques for an expert
 * search task" (CIKM 2006), and a vote weighs by how near the name stands to what was matched (Petkova & Croft, "Proximity-based document
 * representation for named entity retrieval", CIKM 2007). A vote is counted by parts of the need, so that what several passages say of one
 * candidate adds up to the need as in the candidate model of Balog, Azzopardi & de Rijke, "Formal models for expert finding in enterprise
 * corpora" (SIGIR 2006): half of a candidate's score is its best place alone, half the union of all of them.
 *
 * Nearness is counted in clauses. In "甲介绍了消融，乙介绍了封堵" each name owns the clause it stands in; a clause further on belongs to the
 * last name before it, as long as no other of that kind has come between. A sentence that a document repeats counts once. */
#include "match/evidence.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_CLAUSES = 256, AFFILIATION_BYTES = 60, ENTRY_BYTES = 400 };

/* Nearness of a clause to a name. */
#define SAME_CLAUSE 1.0f
#define SAME_SENTENCE 0.85f
#define NEXT_SENTENCE 0.6f
#define SAME_PASSAGE 0.4f
#define OTHERS_BETWEEN 0.5f /* times that, when another of its kind stands between */
#define HEADED 0.9f
#define IN_TITLE 0.35f
#define AFFILIATION 0.6f      /* times that, for the employer in front of a person's name */

/* Strength of what the register says by itself. */
static const struct { const char *predicate; evidence_source source; float subject, object; } predicates[] = {
    { "role", FROM_ROLE, 1.05f, 0.4f },  { "spoke", FROM_TALK, 1.15f, 0 },  { "holder", FROM_OTHER_FACT, 0.3f, 1.0f },
    { "need", FROM_OTHER_FACT, 1.0f, 0 }, { "trial", FROM_OTHER_FACT, 1.0f, 0.6f }, { "party", FROM_OTHER_FACT, 0.6f, 0.6f },
    { "honour", FROM_OTHER_FACT, 0.3f, 0 },
};

#define OWN_NAME 1.1f
#define OWN_NAME_ORGANIZATION 0.7f

/* ---------------------------------------------------------------- what is not, or not yet */

/* "尚未开展重离子治疗", "预计2027年投用": what a clause says of a thing that is not there, not any more or not yet. */
static const struct { const char *word; float worth; } unreal[] = {
    { "尚未", 0.3f },     { "还没有", 0.3f },   { "暂未", 0.3f },     { "暂无", 0.3f },      { "暂不", 0.3f },       { "尚无", 0.3f },
    { "不具备", 0.3f },   { "未开展", 0.3f },   { "不再", 0.3f },     { "停产", 0.3f },      { "停用", 0.3f },       { "已停", 0.3f },
    { "下架", 0.3f },     { "撤市", 0.3f },     { "终止", 0.3f },     { "撤下", 0.3f },       { "也没有", 0.3f },     { "仍没有", 0.3f },
    { "no further development", 0.3f }, { "project ended", 0.3f },   { "在建", 0.5f },      { "筹建", 0.5f },       { "拟建", 0.5f },
    { "预计", 0.6f },     { "将于", 0.6f },     { "有望", 0.6f },     { "计划于", 0.6f },    { "not yet", 0.3f },    { "no longer", 0.3f },
    { "discontinued", 0.3f }, { "withdrawn", 0.3f }, { "suspended", 0.3f }, { "under construction", 0.5f }, { "is planned", 0.6f }, { "is expected", 0.6f },
};

static float reality(yq_str clause)
{
    float least = 1;
    for (size_t i = 0; i < sizeof unreal / sizeof *unreal; i++)
        if (unreal[i].worth < least && yq_has(clause, yq_cstr(unreal[i].word))) least = unreal[i].worth;
    return least;
}

/* ---------------------------------------------------------------- clauses */

static bool seen_before(tally *t, int64_t document, yq_str sentence)
{
    uint64_t key = yq_hash64(sentence) ^ ((uint64_t)document * 0x9E3779B97F4A7C15u);
    for (size_t i = 0; i < t->sentences.n; i++)
        if (t->sentences.v[i] == key) return true;
    *yq_push(t->arena, &t->sentences) = key;
    return false;
}

/* "双方商谈研究者发起试验，尚未立项": a clause that begins so says it of the one before. */
static float reality_behind(yq_str plain, yq_span span, yq_span sentence)
{
    size_t at = span.to;
    if (at >= sentence.to) return 1;
    yq_utf8_next(plain, &at); /* the comma */
    yq_str rest = yq_trim(yq_sub(plain, at, sentence.to));
    for (size_t i = 0; i < sizeof unreal / sizeof *unreal; i++)
        if (yq_starts(rest, yq_cstr(unreal[i].word))) return unreal[i].worth;
    return 1;
}

static void add_clause(tally *t, reading *r, yq_str plain, yq_span span, uint32_t sentence)
{
    spoken_clause c = { .span = span, .sentence = sentence };
    if (r->clauses.n == MAX_CLAUSES || span.from == span.to) return;
    need_met(t->arena, t->need, yq_at(plain, span), c.met);
    float real = fminf(reality(yq_at(plain, span)), reality_behind(plain, span, r->sentences.v[sentence]));
    for (size_t g = 0; real < 1 && g < t->need->parts.n; g++) {
        c.promised[g] = c.met[g];
        c.met[g] *= real;
    }
    c.value = need_value(t->need, c.met);
    if (t->need->available.n) c.stage = stage_said(t->arena, yq_at(plain, span));
    if (c.value > 0 || c.stage.early > 0 || c.stage.available > 0) *yq_push(t->arena, &r->clauses) = c;
}

static bool ends_clause(uint32_t cp)
{
    return cp == 0xFF0C || cp == ',' || cp == 0xFF1B || cp == ';';
}

static void cut_sentence(tally *t, reading *r, yq_str plain, uint32_t number)
{
    yq_span s = r->sentences.v[number];
    uint32_t from = s.from;
    for (size_t at = s.from; at < s.to;) {
        size_t start = at;
        if (!ends_clause(yq_utf8_next(plain, &at))) continue;
        add_clause(t, r, plain, (yq_span){ from, (uint32_t)start }, number);
        from = (uint32_t)at;
    }
    add_clause(t, r, plain, (yq_span){ from, s.to }, number);
}

static void cut_passage(tally *t, reading *r)
{
    yq_str text = r->passage.text, plain = yq_simplify(t->arena, text);
    yq_span whole = { 0, (uint32_t)text.n };
    r->row = text.n != r->passage.span.to - r->passage.span.from;
    if (r->row) *yq_push(t->arena, &r->sentences) = whole;
    else yq_sentences(t->arena, text, whole, &r->sentences);
    for (uint32_t i = 0; i < r->sentences.n; i++) {
        if (seen_before(t, r->passage.document, yq_at(text, r->sentences.v[i]))) continue;
        if (r->row) add_clause(t, r, plain, whole, i);
        else cut_sentence(t, r, plain, i);
    }
    need_met(t->arena, t->need, yq_simplify(t->arena, r->passage.title), r->title);
}

/* ---------------------------------------------------------------- nearness */

/* Where the name stands in the passage's text. */
uint32_t where_named(const reading *r, const yq_naming *e)
{
    if (r->row || r->away || e->span.from < r->passage.span.from) return 0;
    return e->span.from - r->passage.span.from;
}

uint32_t sentence_at(const reading *r, uint32_t place)
{
    uint32_t i = 0;
    while (i + 1 < r->sentences.n && r->sentences.v[i + 1].from <= place) i++;
    return i;
}

static bool other_between(const reading *r, const yq_naming *e, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < r->named.n; i++) {
        const yq_naming *o = &r->named.v[i];
        uint32_t place = where_named(r, o);
        if (o->entity != e->entity && place >= from && place < to && yq_eq(o->kind, e->kind)) return true;
    }
    return false;
}

/* "甲、乙、丙分别介绍了……": what a clause says of several is said of each with less certainty; whose it is, the facts may tell. */
static float share_of(const reading *r, const yq_naming *e, const spoken_clause *c)
{
    static const float shares[] = { 1, 1, 0.85f, 0.7f, 0.6f };
    size_t n = 0, most = sizeof shares / sizeof *shares - 1;
    for (size_t i = 0; i < r->named.n && n < most; i++) {
        uint32_t place = where_named(r, &r->named.v[i]);
        n += place >= c->span.from && place < c->span.to && yq_eq(r->named.v[i].kind, e->kind);
    }
    return shares[n];
}

/* "08 载氧水凝胶创面敷料", and below it who holds it and what it does: a name in a short first line is what the passage is about. */
bool heads(const reading *r, const yq_naming *e)
{
    if (r->row || r->sentences.n < 2) return false;
    yq_str first = yq_trim(yq_at(r->passage.text, r->sentences.v[0]));
    uint32_t place = where_named(r, e), size = e->span.to - e->span.from;
    return place < r->sentences.v[0].to && size * 2 >= first.n && !yq_ends(first, YQ_S("。")) && !yq_eq(e->kind, YQ_S("organization")) &&
           !yq_eq(e->kind, YQ_S("person"));
}

static bool others_before(const reading *r, const yq_naming *e, const spoken_clause *c)
{
    uint32_t place = where_named(r, e);
    return c->span.from > place ? other_between(r, e, place, c->span.to) : other_between(r, e, c->span.from, place);
}

static float nearness(const reading *r, const yq_naming *e, const spoken_clause *c)
{
    uint32_t place = where_named(r, e), sentence = sentence_at(r, place);
    if (heads(r, e)) return HEADED;
    if (r->away) return NEXT_SENTENCE;
    if (r->row || (place >= c->span.from && place < c->span.to)) return SAME_CLAUSE * share_of(r, e, c);
    uint32_t apart = sentence > c->sentence ? sentence - c->sentence : c->sentence - sentence;
    float near = apart == 0 ? SAME_SENTENCE : apart == 1 ? NEXT_SENTENCE : SAME_PASSAGE;
    return others_before(r, e, c) ? near * OTHERS_BETWEEN : near;
}

/* "某医院主任某某": the organisation is there to say who the person is, and what is said is the person's. */
static bool is_affiliation(const reading *r, const yq_naming *e)
{
    if (!yq_eq(e->kind, YQ_S("organization"))) return false;
    for (size_t i = 0; i < r->named.n; i++) {
        const yq_naming *o = &r->named.v[i];
        if (yq_eq(o->kind, YQ_S("person")) && o->span.from >= e->span.to && o->span.from - e->span.to <= AFFILIATION_BYTES) return true;
    }
    return false;
}

/* ---------------------------------------------------------------- voting */

static candidate *candidate_of(tally *t, const yq_naming *e)
{
    for (size_t i = 0; i < t->candidates.n; i++)
        if (t->candidates.v[i].entity == e->entity) return &t->candidates.v[i];
    candidate *c = yq_push(t->arena, &t->candidates);
    *c = (candidate){ .entity = e->entity, .kind = e->kind };
    if (t->conditions->n) c->checks = YQ_ARRAY(t->arena, yq_condition_check, t->conditions->n);
    return c;
}

static void add_evidence(tally *t, candidate *c, evidence *e)
{
    e->value = need_value(t->need, e->met);
    if (e->value > 0) *yq_push(t->arena, &c->evidence) = *e;
}

/* What the clauses have for the name, into v->met; returns the sentence that gives it most. */
static uint32_t gather(const reading *r, const need *n, const yq_naming *e, evidence *v)
{
    float aside = is_affiliation(r, e) ? AFFILIATION : 1;
    uint32_t best = sentence_at(r, where_named(r, e));
    double most = 0, sum = 0;
    for (size_t i = 0; i < r->clauses.n; i++) {
        const spoken_clause *c = &r->clauses.v[i];
        float near = aside * nearness(r, e, c);
        for (size_t g = 0; g < n->parts.n; g++) {
            v->met[g] = fmaxf(v->met[g], c->met[g] * near);
            v->promised[g] = fmaxf(v->promised[g], c->promised[g] * near);
        }
        sum = near * c->value + (i && r->clauses.v[i - 1].sentence == c->sentence ? sum : 0);
        if (sum > most) most = sum, best = c->sentence;
    }
    return best;
}

/* What was last heard more clearly than all before is quoted. */
static void quote_stage(candidate *c, const reading *r, const spoken_clause *said)
{
    const yq_passage *p = &r->passage;
    yq_span s = r->row ? (yq_span){ 0, (uint32_t)p->text.n } : r->sentences.v[said->sentence];
    c->stage_said = (yq_condition_check){ .said = r->row ? YQ_S("") : yq_at(p->text, s), .document = p->document, .document_name = p->document_name,
                                          .document_title = p->document_title, .date = p->date, .span = r->row ? p->span : (yq_span){ p->span.from + s.from, p->span.from + s.to } };
    memcpy(c->stage_said.document_ulid, p->document_ulid, sizeof c->stage_said.document_ulid);
}

static void hear_stage(candidate *c, const reading *r, const yq_naming *e)
{
    for (size_t i = 0; i < r->clauses.n; i++) {
        const stage *s = &r->clauses.v[i].stage;
        uint32_t place = where_named(r, e);
        bool inside = place >= r->clauses.v[i].span.from && place < r->clauses.v[i].span.to;
        if (!r->row && !inside && !heads(r, e) && others_before(r, e, &r->clauses.v[i])) continue; /* how far that other one has come */
        float near = nearness(r, e, &r->clauses.v[i]);
        if (fmaxf(near * s->early, near * s->available) > fmaxf(c->stage.early, c->stage.available)) quote_stage(c, r, &r->clauses.v[i]);
        c->stage.early = fmaxf(c->stage.early, near * s->early);
        c->stage.available = fmaxf(c->stage.available, near * s->available);
    }
}

static void vote(tally *t, const reading *r, const yq_naming *e)
{
    const yq_passage *p = &r->passage;
    evidence v = { .source = FROM_TEXT, .document = p->document, .document_name = p->document_name, .document_title = p->document_title, .date = p->date };
    memcpy(v.document_ulid, p->document_ulid, sizeof v.document_ulid);
    for (size_t g = 0; g < t->need->parts.n; g++) v.met[g] = r->title[g] * IN_TITLE;
    uint32_t best = gather(r, t->need, e, &v);
    yq_span s = r->sentences.n ? r->sentences.v[best] : (yq_span){ 0, 0 };
    v.span = r->row ? p->span : (yq_span){ p->span.from + s.from, p->span.from + s.to };
    if (!r->row) v.sentence = yq_at(p->text, s);
    candidate *c = candidate_of(t, e);
    add_evidence(t, c, &v);
    if (t->need->available.n) hear_stage(c, r, e);
    if (t->conditions->n) hear_conditions(t, c, r, e);
}

/* ---------------------------------------------------------------- what a document is about */

/* A policy or a call is named once and spoken of to the end of the document, or until the next one is named; the entry of a technology in a catalogue
 * goes on for a few lines below its name. A passage that names none gives its evidence, a little further off, to the last one before it. */
static yq_code vote_for_last(tally *t, reading *r, yq_str kind, uint32_t reach, yq_err *err)
{
    yq_naming last;
    for (size_t i = 0; i < r->named.n; i++)
        if (yq_eq(r->named.v[i].kind, kind)) return YQ_OK;
    yq_code rc = yq_register_last_named(t->reader, t->viewer, t->arena, r->passage.document, kind, r->passage.span.from, &last, err);
    r->away = true;
    if (!rc && last.entity && r->passage.span.from - last.span.to <= reach) vote(t, r, &last);
    return rc;
}

yq_code tally_read(tally *t, int64_t passage, reading *r, yq_err *err)
{
    read_before *b = t->before;
    for (size_t i = 0; b && i < b->passages.n; i++) {
        if (b->passages.v[i].passage != passage) continue;
        r->passage = b->passages.v[i].text;
        r->named = b->passages.v[i].named;
        return YQ_OK;
    }
    yq_code rc = yq_register_passage(t->reader, t->viewer, b ? b->arena : t->arena, passage, &r->passage, &r->named, err);
    if (b && !rc) *yq_push(b->arena, &b->passages) = (read_passage){ passage, r->passage, r->named };
    return rc;
}

yq_code tally_passage(tally *t, int64_t passage, yq_err *err)
{
    reading r = { 0 };
    yq_code rc = tally_read(t, passage, &r, err);
    if (rc == YQ_NOTFOUND) return YQ_OK; /* the index may be ahead of the reader, or behind */
    if (rc != YQ_OK) return rc;
    cut_passage(t, &r);
    for (size_t i = 0; i < r.named.n; i++) vote(t, &r, &r.named.v[i]);
    if (!r.row) rc = vote_for_last(t, &r, YQ_S("technology"), ENTRY_BYTES, err);
    return !rc && t->spoken_of.n ? vote_for_last(t, &r, t->spoken_of, UINT32_MAX, err) : rc;
}

/* ---------------------------------------------------------------- what the register says by itself */

static bool is_press(yq_str position)
{
    yq_str value;
    return yq_lex_is(position, YQ_LEX_TITLES, &value) && yq_eq(yq_lex_column(value, 0), YQ_S("press"));
}

/* What an organisation is, in the words that needs use for it: its name often says so in others ("某某创投", "某某资本"). */
static const struct { const char *kind, *words; } said_kinds[] = {
    { "investment", "投资 投资机构 投资人 投" }, { "company", "企业 公司 厂家" },
};

static yq_str said_kind(yq_arena *a, yq_str name)
{
    yq_str kind = organization_kind(a, name);
    for (size_t i = 0; i < sizeof said_kinds / sizeof *said_kinds; i++)
        if (yq_eq(kind, yq_cstr(said_kinds[i].kind))) return yq_cstr(said_kinds[i].words);
    return YQ_S("");
}

yq_str organization_kind(yq_arena *a, yq_str name)
{
    yq_lex_hit hit;
    yq_str plain = yq_simplify(a, name);
    if (!yq_lex_suffix(plain, plain.n, YQ_LEX_ORG_ENDINGS, &hit) && !yq_lex_suffix(plain, plain.n, YQ_LEX_ORG_ENDINGS_EN, &hit)) return YQ_S("");
    yq_str kind = yq_lex_column(hit.value, 0);
    return yq_eq(kind, YQ_S("fund")) ? YQ_S("investment") : kind;
}

bool is_society(yq_str kind)
{
    static const char *const kinds[] = { "society", "alliance", "foundation", "media" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (yq_eq(kind, yq_cstr(kinds[i]))) return true;
    return false;
}

static void add_stated(tally *t, candidate *c, yq_str stated, float strength, evidence *e)
{
    need_met(t->arena, t->need, yq_simplify(t->arena, stated), e->met);
    for (size_t g = 0; g < t->need->parts.n; g++) e->met[g] *= strength;
    add_evidence(t, c, e);
}

static void note_employer(tally *t, candidate *c, const yq_claim *f)
{
    if (!f->other.n || is_society(organization_kind(t->arena, f->other))) return;
    if (c->employer.n && yq_cmp(f->date, c->employed) <= 0) return;
    c->employer = f->other;
    c->post = f->value;
    c->employed = f->date;
}

static void add_claim(tally *t, candidate *c, const yq_claim *f)
{
    bool counts = !t->only || f->document == t->only;
    for (size_t i = 0; counts && i < sizeof predicates / sizeof *predicates; i++) {
        if (!yq_eq(f->predicate, yq_cstr(predicates[i].predicate))) continue;
        float strength = f->itself ? predicates[i].subject : predicates[i].object;
        evidence e = { .source = predicates[i].source, .document = f->document, .span = f->sentence, .document_name = f->document_name,
                       .document_title = f->document_title, .date = f->date };
        memcpy(e.document_ulid, f->document_ulid, sizeof e.document_ulid);
        yq_str kind = said_kind(t->arena, f->other);
        if (strength > 0)
            add_stated(t, c, yq_printf(t->arena, "%.*s\n%.*s\n%.*s", YQ_FMT(f->other), YQ_FMT(f->value), YQ_FMT(kind)), strength, &e);
    }
    if (f->itself && yq_eq(f->predicate, YQ_S("status")) && !c->status.n) c->status = f->value; /* the latest document comes first */
    if (!f->itself || !yq_eq(f->predicate, YQ_S("role"))) return;
    note_employer(t, c, f);
    if (is_press(f->value)) c->reporter = true;
}

static void add_name(tally *t, candidate *c)
{
    if (yq_eq(c->kind, YQ_S("person")) || !c->evidence.n) return;
    evidence e = c->evidence.v[0];
    e.source = FROM_NAME;
    bool organization = yq_eq(c->kind, YQ_S("organization"));
    yq_str kind = organization ? said_kind(t->arena, c->name) : YQ_S("");
    add_stated(t, c, yq_printf(t->arena, "%.*s\n%.*s", YQ_FMT(c->name), YQ_FMT(kind)), organization ? OWN_NAME_ORGANIZATION : OWN_NAME, &e);
}

/* Whoever asks in a sentence does not offer what it names: what that sentence, or the row, has for him is taken away. */
static void drop_asked(candidate *c, const yq_claims *claims)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->evidence.n; i++) {
        const evidence *e = &c->evidence.v[i];
        bool asked = false;
        for (size_t k = 0; k < claims->n && !asked; k++) {
            const yq_claim *f = &claims->v[k];
            asked = f->itself && yq_eq(f->predicate, YQ_S("asks")) && f->document == e->document && e->span.from < f->sentence.to && f->sentence.from < e->span.to;
        }
        if (!asked) c->evidence.v[kept++] = *e;
    }
    c->evidence.n = kept;
}

static yq_code load_claims(tally *t, int64_t entity, yq_claims *out, yq_err *err)
{
    read_before *b = t->before;
    for (size_t i = 0; b && i < b->claims.n; i++)
        if (b->claims.v[i].entity == entity) return *out = b->claims.v[i].claims, YQ_OK;
    yq_code rc = yq_register_claims(t->reader, t->viewer, b ? b->arena : t->arena, entity, out, err);
    if (b && !rc) *yq_push(b->arena, &b->claims) = (read_claims){ entity, *out };
    return rc;
}

yq_code tally_claims(tally *t, candidate *c, yq_err *err)
{
    yq_claims *claims = YQ_NEW(t->arena, yq_claims);
    yq_code rc = load_claims(t, c->entity, claims, err);
    c->claims = claims;
    for (size_t i = 0; rc == YQ_OK && i < claims->n; i++) add_claim(t, c, &claims->v[i]);
    if (rc == YQ_OK) drop_asked(c, claims);
    if (rc == YQ_OK) add_name(t, c);
    return rc;
}

/* ---------------------------------------------------------------- the score */

static int stronger(const void *a, const void *b)
{
    const evidence *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? 1 : -1;
    if (x->document != y->document) return x->document < y->document ? -1 : 1;
    return (x->span.from > y->span.from) - (x->span.from < y->span.from);
}

static double union_of(const need *n, const candidate *c)
{
    double sum = 0;
    for (size_t g = 0; g < n->parts.n; g++) {
        float most = 0;
        for (size_t i = 0; i < c->evidence.n; i++)
            if (c->evidence.v[i].met[g] > most) most = c->evidence.v[i].met[g];
        sum += n->parts.v[g].weight * most;
    }
    return sum;
}

/* The best evidence that stands elsewhere: a position and the sentence that it was read from are one witness. */
static double second_place(const candidate *c)
{
    const evidence *first = &c->evidence.v[0];
    for (size_t i = 1; i < c->evidence.n; i++) {
        const evidence *e = &c->evidence.v[i];
        if (e->document != first->document || e->span.from >= first->span.to || e->span.to <= first->span.from) return e->value;
    }
    return 0;
}

/* The most that a kind of evidence has for the candidate. */
static void sum_sources(candidate *c)
{
    for (size_t i = 0; i < c->evidence.n; i++) {
        double *most = &c->part[PART_SOURCES + c->evidence.v[i].source];
        if (c->evidence.v[i].value > *most) *most = c->evidence.v[i].value;
    }
}

void settle(const need *n, const score_weights *w, candidate *c)
{
    c->score = 0;
    memset(c->part, 0, sizeof c->part);
    if (!c->evidence.n || !(n->total > 0)) return;
    qsort(c->evidence.v, c->evidence.n, sizeof *c->evidence.v, stronger);
    c->part[PART_BEST] = c->evidence.v[0].value;
    c->part[PART_WHOLE] = union_of(n, c);
    c->part[PART_SECOND] = second_place(c);
    sum_sources(c);
    for (int k = 0; k < SCORE_PARTS; k++) c->score += w->of[k] * c->part[k];
    for (int k = 0; k < SCORE_PARTS; k++) c->part[k] /= n->total;
    c->score = fmax(c->score, 0) / n->total;
}
