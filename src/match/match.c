/* A need in, ranked answers out: passages from the index, their evidence voted up to who is named there, the best of each wanted kind looked
 * at closely, and "none" with the nearest miss where nothing meets enough of the need. */
#include "kind/kind.h"
#include "match/condition.h"
#include "match/evidence.h"
#include "match/inside.h"

#include <math.h>
#include <stdlib.h>

enum {
    PASSAGES = 60,       /* from the index */
    CLOSER = 24,         /* candidates of a kind whose facts are read */
    MISSING_PARTS = 3,
    LOOKED_AT = 3        /* for a sure answer */
};

#define LEVEL 0.1 /* of the need has to be met by any answer */
#define NEAR_THE_BEST 0.7
#define NEAR_THE_BARRED 0.5
#define HEAVY 0.6 /* of the heaviest part */

/* A part is met when the thing itself or something near it is spoken of, not when a few characters are the same. */
#define MET 0.5f

/* How likely it is that who asked takes the best candidate for an answer, by logistic regression on what is known of it (see sureness()); below the
 * level the answer is "none". Fitted on the open half of tests/needs and on examples/needs.json, needs that have no answer weighing double; the level
 * was chosen looking at the needs in shared use as well (docs/decisions/0009-none-by-regression.md). */
static const struct { double bias, core, met, unknown, level; } none = { -1.29, 2.19, 0.64, -2.01, -1.2 };

/* A need that says "company" is not answered by a hospital; it may still be the nearest. What is done there tells when no noun does. */
static const struct { const char *word, *kind; bool noun; } asked_kinds[] = {
    { "公司", "company", true }, { "企业", "company", true }, { "厂家", "company", true }, { "厂商", "company", true },
    { "生产商", "company", true }, { "供应商", "company", true }, { "药企", "company", true }, { "company", "company", true },
    { "manufacturer", "company", true }, { "supplier", "company", true }, { "plant", "company", true }, { "vendor", "company", true },
    { "医院", "hospital", true }, { "hospital", "hospital", true }, { "大学", "university", true }, { "高校", "university", true },
    { "university", "university", true }, { "基金", "investment", true }, { "创投", "investment", true }, { "资本", "investment", true },
    { "investor", "investment", true }, { "投资", "investment", false }, { "投", "investment", false }, { "生产", "company", false },
    { "制造", "company", false }, { "代工", "company", false }, { "供货", "company", false },
};
enum { ASKED_KINDS = sizeof asked_kinds / sizeof *asked_kinds };

/* Where those work whom a need calls so; a doctor is not sought in a company. */
static const struct { const char *word, *place; } professions[] = {
    { "医生", "academic" }, { "大夫", "academic" }, { "医师", "academic" }, { "主任", "academic" }, { "护士", "academic" }, { "护士长", "academic" },
    { "doctor", "academic" }, { "surgeon", "academic" }, { "physician", "academic" }, { "clinician", "academic" }, { "nurse", "academic" },
    { "specialist", "academic" }, { "教授", "academic" }, { "学者", "academic" }, { "professor", "academic" }, { "scientist", "academic" },
    { "投资人", "investment" }, { "investor", "investment" }, { "厂家", "company" }, { "企业家", "company" }, { "entrepreneur", "company" },
};
enum { PROFESSIONS = sizeof professions / sizeof *professions };

typedef struct {
    tally t;
    need need;
    yq_index *index;
    const yq_need_question *question;
    yq_match_lists *out;
    judged_candidates *judged; /* NULL: nobody wants them */
    score_weights weights;
    asked_conditions beside;
    bool asks_kind, asked[ASKED_KINDS]; /* of organisation */
    bool asks_profession, called[PROFESSIONS];
} matching;

/* ---------------------------------------------------------------- passages */

static yq_code find_passages(matching *m, yq_index_hit *hits, size_t *n, yq_err *err)
{
    yq_search_options o = { .top = PASSAGES, .cancelled = m->question->cancelled, .arg = m->question->arg };
    return yq_index_search(m->index, m->t.viewer, &m->need.terms, &o, hits, n, err);
}

static yq_code read_passages(matching *m, yq_err *err)
{
    yq_index_hit hits[PASSAGES];
    size_t n;
    yq_code rc = find_passages(m, hits, &n, err);
    for (size_t i = 0; rc == YQ_OK && i < n; i++) {
        rc = tally_passage(&m->t, hits[i].id, err);
        if (rc == YQ_OK && m->question->cancelled && m->question->cancelled(m->question->arg))
            rc = yq_fail(err, YQ_CANCELLED, 0, "the question was cancelled");
    }
    return rc;
}

/* ---------------------------------------------------------------- what kind of organisation is asked for */

#define OTHER_KIND 0.4
#define UNTOLD_KIND 0.7 /* the name does not say what it is */
#define ASKED_KIND 1.25
#define TOO_EARLY 0.4 /* enough to be the nearest miss */
#define OTHER_PROFESSION 0.6
#define INVESTOR_WEIGHT 1.0f
#define STAGE_WEIGHT 0.5f
#define INVESTOR_SHARE 0.15 /* of a need for money, met by whoever gives money, whatever for */

/* "懂医院场景的机构" asks for no hospital: there the word says what kind of thing the next noun is. */
static bool before_noun(yq_str plain, const yq_words *words, size_t i)
{
    yq_str value;
    if (i + 1 == words->n || words->v[i + 1].span.from != words->v[i].span.to || !words->v[i].han) return false;
    return yq_lex_is(yq_at(plain, words->v[i + 1].span), YQ_LEX_WORDS, &value) && yq_starts(yq_lex_column(value, 1), YQ_S("n"));
}

/* "早期公司想融资": who wants something is not what is wanted. */
static bool wants(yq_str plain, const yq_words *words, size_t i)
{
    static const char *const verbs[] = { "想", "想要", "希望", "需要", "准备", "打算", "正在找", "正在寻找", "缺" };
    if (i + 1 == words->n || words->v[i + 1].span.from != words->v[i].span.to) return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (yq_eq(yq_at(plain, words->v[i + 1].span), yq_cstr(verbs[k]))) return true;
    return false;
}

/* "Which manufacturer is looking for hospitals?": what is asked for comes first, the rest tells of it. */
static bool asks_which(const matching *m, const yq_words *words)
{
    yq_str first = words->n ? yq_fold(m->t.arena, yq_at(m->need.plain, words->v[0].span)) : YQ_S("");
    return yq_eq(first, YQ_S("which")) || yq_eq(first, YQ_S("what"));
}

/* Words of a condition that was taken away, or that says what is not wanted. */
static bool is_left_out(const matching *m, yq_span word)
{
    for (size_t i = 0; i < m->beside.ignored.n; i++)
        if (word.from < m->beside.ignored.v[i].to && m->beside.ignored.v[i].from < word.to) return true;
    for (size_t i = 0; i < m->out->conditions.n; i++) {
        const yq_condition *c = &m->out->conditions.v[i];
        if (c->negated && word.from < c->span.to && c->span.from < word.to) return true;
    }
    return false;
}

/* asked[k]: the need names kind k of the table as what it looks for; true: any. */
static bool find_asked(const matching *m, bool noun, bool *asked)
{
    yq_words words = { 0 };
    bool any = false;
    yq_cut(m->t.arena, m->need.plain, &words);
    for (size_t i = 0; i < words.n && !(any && asks_which(m, &words)); i++) {
        yq_str word = yq_at(m->need.plain, words.v[i].span);
        if (is_left_out(m, words.v[i].span)) continue;
        if (noun && (before_noun(m->need.plain, &words, i) || wants(m->need.plain, &words, i))) continue;
        for (size_t k = 0; k < ASKED_KINDS; k++) {
            yq_str sought = yq_cstr(asked_kinds[k].word);
            bool same = words.v[i].han ? yq_ends(word, sought) : yq_starts(yq_fold(m->t.arena, word), sought);
            if (asked_kinds[k].noun == noun && same) asked[k] = any = true;
        }
    }
    return any;
}

/* How well the kind fits what the need names; 1 when it names none. */
static double kind_fit(const matching *m, yq_str kind)
{
    if (!m->asks_kind) return 1;
    if (!kind.n) return UNTOLD_KIND;
    for (size_t k = 0; k < ASKED_KINDS; k++)
        if (m->asked[k] && yq_eq(kind, yq_cstr(asked_kinds[k].kind))) return ASKED_KIND;
    return OTHER_KIND;
}

/* Who gives money is named so in few words, and a need that asks for it says what for: their passages are looked at as well. */
static void ask_investors(matching *m)
{
    static const char *const names[] = { "创投", "投资", "基金", "资本" };
    if (kind_fit(m, YQ_S("investment")) <= 1) return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        *yq_push(m->t.arena, &m->need.terms) = (yq_term){ yq_cstr(names[i]), INVESTOR_WEIGHT, YQ_NO_GROUP };
}

/* How far a thing has come often stands in a line of its own that says nothing else. */
static void ask_stage(matching *m)
{
    static const char *const words[] = { "样机", "注册证", "上市", "获批", "prototyp", "licenc", "成熟度" };
    for (size_t i = 0; m->need.available.n && i < sizeof words / sizeof *words; i++)
        *yq_push(m->t.arena, &m->need.terms) = (yq_term){ yq_cstr(words[i]), STAGE_WEIGHT, YQ_NO_GROUP };
}

/* Whoever gives money, where money is asked for: what for does not matter. */
static bool is_asked_investor(const matching *m, const candidate *c)
{
    if (!m->asks_kind || !yq_eq(c->kind, YQ_S("organization"))) return false;
    return yq_eq(organization_kind(m->t.arena, c->name), YQ_S("investment")) && kind_fit(m, YQ_S("investment")) > 1;
}

/* called[k]: the need calls whom it looks for so; true: any. */
static bool find_professions(const matching *m, bool *called)
{
    yq_words words = { 0 };
    bool any = false;
    yq_cut(m->t.arena, m->need.plain, &words);
    for (size_t i = 0; i < words.n; i++) {
        yq_str word = yq_at(m->need.plain, words.v[i].span);
        if (before_noun(m->need.plain, &words, i) || wants(m->need.plain, &words, i)) continue;
        for (size_t k = 0; k < PROFESSIONS; k++) {
            yq_str sought = yq_cstr(professions[k].word);
            bool same = words.v[i].han ? yq_ends(word, sought) : yq_starts(yq_fold(m->t.arena, word), sought);
            if (same) called[k] = any = true;
        }
    }
    return any;
}

/* Hospitals have professors and universities have hospitals: these two are one. Empty: the kind tells nothing of who works there. */
static yq_str workplace(yq_str kind)
{
    if (yq_eq(kind, YQ_S("hospital")) || yq_eq(kind, YQ_S("university"))) return YQ_S("academic");
    return yq_eq(kind, YQ_S("company")) || yq_eq(kind, YQ_S("investment")) ? kind : YQ_S("");
}

/* How well the place where somebody works fits what the need calls him; 1 when it calls him nothing. */
static double profession_fit(const matching *m, const candidate *c)
{
    yq_str place = m->asks_profession && c->employer.n ? workplace(organization_kind(m->t.arena, c->employer)) : YQ_S("");
    for (size_t k = 0; k < PROFESSIONS; k++)
        if (m->called[k] && yq_eq(place, yq_cstr(professions[k].place))) return 1;
    return place.n ? OTHER_PROFESSION : 1;
}

/* What can be had today is asked for, and what is said of this speaks of a prototype. */
static bool is_too_early(const matching *m, const candidate *c)
{
    return m->need.available.n && yq_eq(c->kind, YQ_S("technology")) && c->stage.early > c->stage.available;
}

/* ---------------------------------------------------------------- conditions */

#define UNMET_CONDITION 0.4  /* enough to be the nearest miss */
#define UNMET_WISH 0.85

/* The kind of a house is weighed where it is read from the name (kind_fit, profession_fit). */
static bool is_weighed_elsewhere(const candidate *c, const yq_condition *k)
{
    bool named = yq_eq(c->kind, YQ_S("organization")) || yq_eq(c->kind, YQ_S("person"));
    return k->kind == YQ_COND_STAGE || (k->kind == YQ_COND_UNIT && !k->negated && named);
}

static double conditions_fit(const matching *m, const candidate *c)
{
    double fit = 1;
    for (size_t i = 0; c->claims && i < m->out->conditions.n; i++) {
        const yq_condition *k = &m->out->conditions.v[i];
        if (is_weighed_elsewhere(c, k)) continue;
        if (c->checks[i].state == YQ_COND_MET) fit *= MET_CONDITION;
        if (c->checks[i].state == YQ_COND_UNMET) fit *= k->hard ? UNMET_CONDITION : UNMET_WISH;
    }
    return fit;
}

/* Nobody mentions that somebody does not speak Arabic: who is to speak it, and of whom no one says so, does not. Chinese and English many speak of whom nobody
 * says it. */
static bool must_be_said(const yq_condition *k)
{
    return k->kind == YQ_COND_LANGUAGE && !yq_eq(k->value, YQ_S("zh")) && !yq_eq(k->value, YQ_S("en"));
}

/* Does the condition keep the candidate from being an answer? A hospital where a company was asked for stands further below, and that is enough. */
static bool is_barred_by(const candidate *c, const yq_condition *k, yq_condition_state s)
{
    return k->hard && s == YQ_COND_UNMET && !is_weighed_elsewhere(c, k);
}

static bool is_barred(const matching *m, const candidate *c)
{
    for (size_t i = 0; i < m->out->conditions.n; i++)
        if (is_barred_by(c, &m->out->conditions.v[i], c->checks[i].state)) return true;
    return false;
}

static bool is_unsaid(const matching *m, const candidate *c, size_t i)
{
    const yq_condition *k = &m->out->conditions.v[i];
    return k->hard && !k->negated && must_be_said(k) && c->checks[i].state == YQ_COND_UNKNOWN && (yq_eq(c->kind, YQ_S("person")) || yq_eq(c->kind, YQ_S("organization")));
}

static bool leaves_unsaid(const matching *m, const candidate *c)
{
    for (size_t i = 0; i < m->out->conditions.n; i++)
        if (is_unsaid(m, c, i)) return true;
    return false;
}

static void weigh_kind(matching *m, candidate *c)
{
    settle(&m->need, &m->weights, c);
    c->score *= conditions_fit(m, c);
    if (is_too_early(m, c)) c->score *= TOO_EARLY;
    if (yq_eq(c->kind, YQ_S("person"))) c->score *= profession_fit(m, c);
    if (!m->asks_kind || !yq_eq(c->kind, YQ_S("organization"))) return;
    c->score *= kind_fit(m, organization_kind(m->t.arena, c->name));
    if (c->score > 0 && is_asked_investor(m, c)) c->score += INVESTOR_SHARE;
}

/* ---------------------------------------------------------------- one list */

static int higher(const void *a, const void *b)
{
    const candidate *x = *(candidate *const *)a, *y = *(candidate *const *)b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

typedef struct {
    candidate **v;
    size_t n;
} short_list;

static bool is_among(const tally *t, int64_t entity)
{
    for (size_t i = 0; i < t->among_count; i++)
        if (t->among[i] == entity) return true;
    return !t->among;
}

static yq_code of_kind(matching *m, yq_str want, short_list *l, yq_err *err)
{
    yq_code rc = YQ_OK;
    *l = (short_list){ YQ_ARRAY(m->t.arena, candidate *, m->t.candidates.n + 1), 0 };
    for (size_t i = 0; rc == YQ_OK && i < m->t.candidates.n; i++) {
        candidate *c = &m->t.candidates.v[i];
        if (!yq_eq(c->kind, want) || !is_among(&m->t, c->entity)) continue;
        rc = yq_register_known_as(m->t.reader, m->t.viewer, m->t.arena, c->entity, c->ulid, &c->name, err);
        weigh_kind(m, c);
        l->v[l->n++] = c;
    }
    qsort(l->v, l->n, sizeof *l->v, higher);
    return rc;
}

/* A thing that the register still holds twice under one name is one answer; persons and organisations may share a name. */
static bool named_before(matching *m, const short_list *l, size_t i)
{
    if (yq_eq(l->v[i]->kind, YQ_S("person")) || yq_eq(l->v[i]->kind, YQ_S("organization"))) return false;
    yq_str name = yq_fold(m->t.arena, l->v[i]->name);
    for (size_t k = 0; k < i; k++)
        if (yq_eq(yq_fold(m->t.arena, l->v[k]->name), name)) return true;
    return false;
}

static void drop_doubles(matching *m, short_list *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++) {
        l->v[kept] = l->v[i];
        kept += !named_before(m, l, kept);
    }
    l->n = kept;
}

static yq_code look_closer(matching *m, short_list *l, yq_err *err)
{
    size_t kept = 0;
    if (l->n > CLOSER) l->n = CLOSER;
    for (size_t i = 0; i < l->n; i++) {
        yq_code rc = tally_claims(&m->t, l->v[i], err);
        if (rc == YQ_OK) rc = judge_conditions(&m->t, l->v[i], err);
        if (rc != YQ_OK) return rc;
        weigh_kind(m, l->v[i]);
        if (!l->v[i]->reporter) l->v[kept++] = l->v[i];
    }
    l->n = kept;
    qsort(l->v, l->n, sizeof *l->v, higher);
    drop_doubles(m, l);
    return YQ_OK;
}

/* ---------------------------------------------------------------- answers */

/* One place is quoted once, and so is one sentence. */
static bool quoted(const yq_answer *out, const evidence *e, yq_str text)
{
    for (size_t i = 0; i < out->reasons.n; i++) {
        const yq_reason *r = &out->reasons.v[i];
        if (yq_eq(r->text, text)) return true;
        if (r->document == e->document && r->span.from < e->span.to && e->span.from < r->span.to) return true;
    }
    return false;
}

static yq_code add_reason(matching *m, yq_answer *out, const evidence *e, yq_err *err)
{
    yq_spans marks = { 0 };
    yq_arena *a = m->t.arena;
    yq_str text = e->sentence;
    yq_code rc = text.n ? YQ_OK : yq_register_words(m->t.reader, m->t.viewer, a, e->document, e->span, &text, err);
    if (rc != YQ_OK || !text.n || quoted(out, e, text)) return rc;
    yq_reason *r = yq_push(a, &out->reasons);
    *r = (yq_reason){ .text = text, .document = e->document, .document_name = e->document_name, .document_title = e->document_title, .date = e->date,
                      .span = e->span, .score = e->value / m->need.total };
    memcpy(r->document_ulid, e->document_ulid, sizeof r->document_ulid);
    need_marks(a, &m->need, yq_simplify(a, text), &marks);
    for (size_t i = 0; i < marks.n; i++) *yq_push(a, &r->marks) = marks.v[i];
    return YQ_OK;
}

static void add_parts(matching *m, yq_answer *out, const candidate *c)
{
    for (int k = 0; k < SCORE_PARTS; k++)
        if (c->part[k] > 0) *yq_push(m->t.arena, &out->parts) = (yq_score_part){ yq_cstr(weights_part(k)), c->part[k] };
}

/* The row of a table stands as it does in its document. */
static yq_code add_checks(matching *m, yq_answer *out, const candidate *c, yq_err *err)
{
    yq_code rc = YQ_OK;
    out->checks = c->checks;
    for (size_t i = 0; rc == YQ_OK && i < m->out->conditions.n; i++) {
        yq_condition_check *k = &out->checks[i];
        if (k->state != YQ_COND_UNKNOWN && !k->said.n && k->document) rc = yq_register_words(m->t.reader, m->t.viewer, m->t.arena, k->document, k->span, &k->said, err);
    }
    return rc;
}

static yq_code make_answer(matching *m, const candidate *c, yq_answer *out, yq_err *err)
{
    yq_arena *a = m->t.arena;
    yq_entity place = { .id = c->entity, .kind = c->kind };
    *out = (yq_answer){ .entity = c->entity, .kind = c->kind, .name = c->name, .score = c->score < 1 ? c->score : 1 };
    memcpy(out->ulid, c->ulid, sizeof out->ulid);
    yq_code rc = yq_register_place(m->t.reader, m->t.viewer, a, &place, err);
    out->organization = place.organization;
    out->position = place.position;
    if (c->employer.n && is_society(organization_kind(a, place.organization))) out->organization = c->employer, out->position = c->post;
    add_parts(m, out, c);
    if (rc == YQ_OK) rc = add_checks(m, out, c, err);
    for (size_t i = 0; rc == YQ_OK && i < c->evidence.n && out->reasons.n < YQ_MATCH_SENTENCES; i++) rc = add_reason(m, out, &c->evidence.v[i], err);
    return rc;
}

/* ---------------------------------------------------------------- none, and what came closest */

static float met_by(const candidate *c, size_t g)
{
    float most = 0;
    for (size_t i = 0; c && i < c->evidence.n; i++)
        if (c->evidence.v[i].met[g] > most) most = c->evidence.v[i].met[g];
    return most;
}

/* The heaviest parts that the candidate (NULL: nobody) does not meet, in the need's words. */
static yq_str missing_words(matching *m, const candidate *c)
{
    yq_str all = YQ_S("");
    bool told[MAX_PARTS] = { false };
    for (int k = 0; k < MISSING_PARTS; k++) {
        size_t best = MAX_PARTS;
        for (size_t g = 0; g < m->need.parts.n; g++) {
            if (told[g] || met_by(c, g) >= MET) continue;
            if (best == MAX_PARTS || m->need.parts.v[g].weight > m->need.parts.v[best].weight) best = g;
        }
        if (best == MAX_PARTS) break;
        told[best] = true;
        all = yq_printf(m->t.arena, "%.*s%s%.*s", YQ_FMT(all), all.n ? "、" : "", YQ_FMT(yq_at(m->need.plain, m->need.parts.v[best].span)));
    }
    return all;
}

/* How much is met of the diseases, procedures and devices that the need names; below 0 when it names none. */
static double core_share(const matching *m, const candidate *c)
{
    double core = 0, met = 0;
    for (size_t g = 0; g < m->need.parts.n; g++) {
        core += m->need.parts.v[g].core;
        met += m->need.parts.v[g].core * met_by(c, g);
    }
    return core > 0 ? fmin(met / core, 1) : -1;
}

/* From what is met of the core (all of it when the need has none), how much of the whole need is met, and how much of it nobody here speaks of. */
static double sureness(const matching *m, const candidate *c)
{
    double unknown = 0, all_met = 0, core = core_share(m, c);
    for (size_t g = 0; g < m->need.parts.n; g++) {
        const part *p = &m->need.parts.v[g];
        if (met_by(c, g) >= MET) all_met += p->weight;
        if (!p->known_itself) unknown += p->weight;
    }
    return none.bias + none.core * (core < 0 ? 1 : core) + (none.met * all_met + none.unknown * unknown) / m->need.total;
}

/* A call that is closed or only planned, a trial that was stopped: nobody can join it. */
static bool is_over(const candidate *c)
{
    return yq_eq(c->status, YQ_S("closed")) || yq_eq(c->status, YQ_S("stopped"));
}

/* Is it an answer by itself? */
static bool is_sure(const matching *m, const candidate *c)
{
    if (is_over(c) || is_too_early(m, c) || is_barred(m, c) || leaves_unsaid(m, c) || c->score < LEVEL) return false;
    return is_asked_investor(m, c) || sureness(m, c) >= none.level;
}

/* A heavy part that is spoken of beside the candidate, but only as what is not there, or not yet; parts.n: there is none. */
static size_t promised_part(const matching *m, const candidate *c)
{
    double most = 0;
    for (size_t g = 0; g < m->need.parts.n; g++) most = fmax(most, m->need.parts.v[g].weight);
    for (size_t g = 0; g < m->need.parts.n; g++) {
        float promised = 0;
        for (size_t i = 0; i < c->evidence.n; i++) promised = fmaxf(promised, c->evidence.v[i].promised[g]);
        if (m->need.parts.v[g].weight >= HEAVY * most && promised >= MET && met_by(c, g) < MET) return g;
    }
    return m->need.parts.n;
}

/* How good the others have to be where the best of all is none: what is over, too early or in the wrong place shows what would have been meant. */
static double least_score(const matching *m, const short_list *l)
{
    double least = LEVEL;
    for (size_t i = 0; i < l->n; i++) {
        const candidate *c = l->v[i];
        if (i == 0 && is_over(c)) least = fmax(least, NEAR_THE_BEST * c->score);
        if (is_too_early(m, c)) least = fmax(least, NEAR_THE_BEST * c->score / TOO_EARLY);
        else if (is_barred(m, c)) least = fmax(least, NEAR_THE_BARRED * c->score / conditions_fit(m, c));
    }
    return least;
}

/* One sure answer carries others that meet enough of the need; but where the best is over, what is left is offered only if it comes near it. */
static bool is_answered(const matching *m, const short_list *l)
{
    bool sure = false;
    double least = least_score(m, l);
    size_t promised = l->n ? promised_part(m, l->v[0]) : 0;
    for (size_t i = 0; i < l->n && i < LOOKED_AT; i++) {
        const candidate *c = l->v[i];
        bool there = promised == m->need.parts.n || met_by(c, promised) >= MET; /* what the best only promises, the others must have */
        sure |= there && c->score >= least && is_sure(m, c);
    }
    return sure;
}

/* Two entries of one name and one organisation cannot be told apart by who asked, and are one answer. */
static void drop_same(matching *m, yq_answers *answers)
{
    const yq_answer *last = &answers->v[answers->n - 1];
    yq_str name = yq_fold(m->t.arena, last->name);
    for (size_t i = 0; i + 1 < answers->n; i++) {
        const yq_answer *x = &answers->v[i];
        if (!yq_eq(x->organization, last->organization) || !yq_eq(yq_fold(m->t.arena, x->name), name)) continue;
        answers->n--;
        return;
    }
}

static bool is_chinese(const matching *m)
{
    size_t at = 0;
    while (at < m->need.plain.n)
        if (yq_is_han(yq_utf8_next(m->need.plain, &at))) return true;
    return false;
}

/* The conditions that keep it from being an answer. */
static yq_str unmet_words(const matching *m, const candidate *c)
{
    bool chinese = is_chinese(m);
    yq_str all = YQ_S("");
    for (size_t i = 0; c && i < m->out->conditions.n; i++) {
        const yq_condition *k = &m->out->conditions.v[i];
        bool wrong = (k->hard && c->checks[i].state == YQ_COND_UNMET) || is_unsaid(m, c, i);
        if (wrong) all = yq_printf(m->t.arena, "%.*s%s%.*s", YQ_FMT(all), all.n ? chinese ? "，" : ", " : "", YQ_FMT(condition_unmet(m->t.arena, k, chinese)));
    }
    return all;
}

/* How it stands, in the words of its kind and the language of the need. */
static yq_str status_words(const matching *m, const candidate *c)
{
    bool chinese = is_chinese(m);
    const yq_kind *kind = yq_kind_find(yq_kinds_builtin(), c->kind);
    const yq_predicate *status = kind ? yq_kind_fact(kind, YQ_S("status")) : NULL;
    const yq_choice *value = status ? yq_choice_find(status->values, c->status) : NULL;
    return value ? value->label.in[chinese ? YQ_ZH : YQ_EN] : c->status;
}

/* What keeps the nearest (NULL: there is none) from being an answer. */
static yq_str what_is_missing(matching *m, const candidate *nearest)
{
    if (nearest && is_over(nearest)) return status_words(m, nearest);
    if (nearest && is_too_early(m, nearest)) return m->need.available;
    return missing_words(m, nearest);
}

/* What a kept need asks of an answer before it interrupts somebody. */
static void note_grounds(const matching *m, const candidate *c, yq_answer *out)
{
    double core = core_share(m, c);
    out->sure = is_sure(m, c);
    out->meets = core < 0 ? fmin(c->part[PART_WHOLE], 1) : core;
}

static yq_code fill_list(matching *m, yq_match_list *list, short_list *l, yq_err *err)
{
    size_t top = m->question->top && m->question->top < YQ_MATCH_MAX ? m->question->top : YQ_MATCH_MAX;
    yq_code rc = YQ_OK;
    bool answered = m->t.only || is_answered(m, l); /* of a document alone each answer speaks for itself */
    for (size_t i = 0; answered && rc == YQ_OK && i < l->n && list->answers.n < top && l->v[i]->score >= LEVEL; i++) {
        if (is_over(l->v[i]) || is_barred(m, l->v[i]) || (m->t.only && !is_sure(m, l->v[i]))) continue;
        rc = make_answer(m, l->v[i], yq_push(m->t.arena, &list->answers), err);
        note_grounds(m, l->v[i], &list->answers.v[list->answers.n - 1]);
        if (rc == YQ_OK) drop_same(m, &list->answers);
    }
    if (rc != YQ_OK || list->answers.n || m->t.only) return rc;
    list->has_nearest = l->n > 0;
    list->unmet = unmet_words(m, l->n ? l->v[0] : NULL);
    list->missing = what_is_missing(m, l->n ? l->v[0] : NULL);
    return l->n ? make_answer(m, l->v[0], &list->nearest, err) : YQ_OK;
}

static void note_candidates(matching *m, const short_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        judged_candidate *j = yq_push(m->t.arena, m->judged);
        j->entity = l->v[i]->entity;
        j->score = l->v[i]->score;
        memcpy(j->part, l->v[i]->part, sizeof j->part);
    }
}

static yq_code add_list(matching *m, yq_str want, yq_err *err)
{
    yq_match_list *list = yq_push(m->t.arena, m->out);
    short_list l;
    *list = (yq_match_list){ .want = want, .weights = m->weights.version };
    yq_code rc = of_kind(m, want, &l, err);
    if (rc == YQ_OK) rc = look_closer(m, &l, err);
    if (rc == YQ_OK && m->judged) {
        note_candidates(m, &l);
        return YQ_OK;
    }
    return rc == YQ_OK ? fill_list(m, list, &l, err) : rc;
}

/* Conditions, kinds and professions that the need asks for. */
static void take_need(matching *m)
{
    m->t.need = &m->need;
    m->t.conditions = &m->beside.all;
    m->t.today = m->beside.today;
    m->out->conditions = m->beside.all;
    m->asks_kind = find_asked(m, true, m->asked) || find_asked(m, false, m->asked);
    m->asks_profession = find_professions(m, m->called);
    if (yq_kind_is_subject(yq_kinds_builtin(), m->question->want)) m->t.spoken_of = m->question->want;
}

static yq_code add_lists(matching *m, yq_err *err)
{
    const yq_kinds *kinds = yq_kinds_builtin();
    yq_code rc = YQ_OK;
    if (m->question->want.n) return add_list(m, m->question->want, err);
    for (size_t i = 0; rc == YQ_OK && i < kinds->n; i++)
        if (kinds->v[i].wanted == YQ_WANTED_ALWAYS) rc = add_list(m, kinds->v[i].id, err);
    return rc;
}

void match_read_need(yq_arena *a, yq_index *index, const yq_viewer *v, const yq_need_question *q, need *n, asked_conditions *beside)
{
    conditions_of(a, q, beside);
    need_read(a, index, v, q->text, &beside->no_subject, n);
    n->available = beside->available;
}

static yq_code match_inside(void *arg, yq_err *err)
{
    matching *m = arg;
    match_read_need(m->t.arena, m->index, m->t.viewer, m->question, &m->need, &m->beside);
    take_need(m);
    ask_investors(m);
    ask_stage(m);
    yq_code rc = m->judged ? YQ_OK : weights_read(m->t.reader, &m->weights, err);
    if (rc == YQ_OK) rc = read_passages(m, err);
    return rc == YQ_OK ? add_lists(m, err) : rc;
}

static yq_code run(matching *m, yq_err *err)
{
    yq_code rc = yq_reader_begin(m->t.reader, err);
    if (rc != YQ_OK) return rc;
    rc = yq_arena_run(m->t.arena, match_inside, m, err);
    yq_reader_end(m->t.reader);
    return rc;
}

yq_code yq_match(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, yq_match_lists *out, yq_err *err)
{
    matching m = { .t = { .reader = r, .viewer = v, .arena = a }, .index = index, .question = q, .out = out };
    return run(&m, err);
}

yq_code match_candidates(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, const score_weights *w, judged_candidates *out, yq_err *err)
{
    yq_match_lists lists = { 0 };
    matching m = { .t = { .reader = r, .viewer = v, .arena = a }, .index = index, .question = q, .out = &lists, .judged = out, .weights = *w };
    return run(&m, err);
}

/* ---------------------------------------------------------------- one document alone (inside.h) */

yq_code match_document(const tally *t, const yq_need_question *q, const asked_conditions *beside, const int64_t *passages, size_t n, const score_weights *w, yq_match_lists *out, yq_err *err)
{
    matching m = { .t = *t, .need = *t->need, .beside = *beside, .question = q, .out = out, .weights = *w };
    yq_code rc = YQ_OK;
    take_need(&m);
    for (size_t i = 0; rc == YQ_OK && i < n && i < PASSAGES; i++) rc = tally_passage(&m.t, passages[i], err);
    return rc == YQ_OK ? add_lists(&m, err) : rc;
}
