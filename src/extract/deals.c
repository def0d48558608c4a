/* What was agreed, founded, given or begun, and between whom.
 *
 * An act is a verb with an object: 签署…协议, 聘请…为, 设立…基金, 发起“…”倡议. The table of acts says of each verb which kind it is, what its
 * object must hold, and where its parties stand. Parties are the organisations before the verb, back to the act before it in the same clause;
 * 分别与 pairs two lists; a part that begins with 与 has the subject of the act before; 双方 means the last two organisations named.
 */
#include "extract/relations.h"

enum { PARTIES_MAX = 40 };

typedef struct {
    int org[PARTIES_MAX];
    size_t n;
} parties;

typedef struct {
    yq_work *w;
    const yq_sentence *s;
    yq_span clause;
    uint32_t behind; /* where the act before ended, in this clause */
    int subject;     /* of the act before, in this clause */
} scene;

/* ---------------------------------------------------------------- parties */

static bool party_has(const parties *p, int org)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->org[i] == org) return true;
    return false;
}

static void add_party(parties *p, int org)
{
    if (org != YQ_NONE && p->n < PARTIES_MAX && !party_has(p, org)) p->org[p->n++] = org;
}

/* An organisation that only says where, whose or through whom. */
static bool bystander(const yq_work *w, yq_span clause, const yq_mention *m)
{
    static const char *const before[] = { "在", "于", "委托", "位于", "设在", "来自", "依托", "原", "前往", "挂靠" };
    static const char *const behind[] = { "牵头单位", "成员单位", "旗下", "下属", "所属", "会议室", "演讲厅", "报告厅", "会议厅", "学术厅", "国际会议", "承担的",
                                          "教学楼" };
    return yq_ends_with_any(w->text, clause.from, m->span.from, before, YQ_COUNT(before))
        || yq_begins_with_any(w->text, m->span.to, clause.to, behind, YQ_COUNT(behind));
}

/* 本报讯 */
static bool own_paper(const yq_work *w, const yq_mention *m)
{
    static const char *const names[] = { "本报", "本刊", "本网", "本台" };
    return yq_begins_with_any(w->text, m->span.from, m->span.to, names, YQ_COUNT(names)) > 0;
}

/* 某院等5家县区医院: the last says how many, not who. */
static bool sums_up(const yq_work *w, yq_span clause, const yq_mention *m)
{
    static const char *const counts[] = { "家", "所", "个" };
    if (!yq_ends_with_any(w->text, clause.from, m->span.from, counts, YQ_COUNT(counts))) return false;
    yq_str before = yq_sub(w->text, m->span.from > clause.from + 18 ? m->span.from - 18 : clause.from, m->span.from);
    return yq_has(before, YQ_S("等"));
}

static void parties_in(const yq_work *w, yq_span clause, yq_span span, parties *out)
{
    yq_mention_list list = { 0 };
    yq_mentions_in(w, span, YQ_MASK(YQ_M_ORG), &list);
    for (size_t i = 0; i < list.n; i++)
        if (!own_paper(w, list.v[i]) && !sums_up(w, clause, list.v[i]) && !bystander(w, clause, list.v[i]) && !yq_in_quote(w->text, clause, list.v[i]->span.from)) add_party(out, list.v[i]->ref);
}

static uint32_t last_comma(const yq_work *w, yq_span span, size_t at)
{
    uint32_t best = span.from;
    static const char *const commas[] = { "，", "," };
    for (size_t i = 0; i < YQ_COUNT(commas); i++)
        for (size_t p = span.from; (p = yq_find_outside(w->text, (yq_span){ span.from, (uint32_t)at }, p, commas[i])) != SIZE_MAX; p += strlen(commas[i]))
            if (p + strlen(commas[i]) > best) best = (uint32_t)(p + strlen(commas[i]));
    return best;
}

/* The organisation the document speaks for: of its title, else the first it names. */
static int body_of(const yq_work *w)
{
    yq_mention_list list = { 0 };
    yq_mentions_in(w, w->reading->title, YQ_MASK(YQ_M_ORG), &list);
    if (list.n) return list.v[list.n - 1]->ref;
    for (size_t i = 0; i < w->mentions.n; i++)
        if (w->mentions.v[i].kind == YQ_M_ORG && w->mentions.v[i].ref != YQ_NONE) return w->mentions.v[i].ref;
    return YQ_NONE;
}

/* 双方, 三方: as many organisations as that, named last before `at`. */
static void parties_before(const yq_work *w, size_t at, size_t wanted, parties *out)
{
    for (size_t i = w->mentions.n; i-- > 0 && out->n < wanted;) {
        const yq_mention *m = &w->mentions.v[i];
        if (m->kind == YQ_M_ORG && m->span.to <= at) add_party(out, m->ref);
    }
}

static size_t sides(const yq_work *w, yq_span span)
{
    if (yq_span_has(w->text, span, "三方")) return 3;
    static const char *const two[] = { "双方", "两院", "两校", "两家单位", "两地", "校院" };
    return yq_has_any(yq_at(w->text, span), two, YQ_COUNT(two)) ? 2 : 0;
}

/* What the act before founded or joined stands directly behind it; it is no party of the next. */
static uint32_t behind_object(const scene *sc)
{
    const yq_mention *m = yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_ORG), sc->behind);
    bool object = sc->behind > sc->clause.from && m && m->span.from <= sc->behind + 6;
    return object ? m->span.to : sc->behind;
}

/* 三方 in a later sentence: those who signed before. */
static bool parties_of_last_deal(const yq_work *w, size_t wanted, parties *out)
{
    for (size_t i = w->out->deals.n; i-- > 0;) {
        const yq_found_deal *d = &w->out->deals.v[i];
        if (d->parties.n != wanted) continue;
        for (size_t k = 0; k < wanted; k++) add_party(out, d->parties.v[k]);
        return true;
    }
    return false;
}

/* Who the clause is about when the act before was none that makes a deal: 某大学今日宣布成立中心，并与… */
static int first_of_clause(const scene *sc, size_t high)
{
    const yq_mention *m = yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_ORG), sc->clause.from);
    while (m && m->span.to <= high && (bystander(sc->w, sc->clause, m) || yq_in_quote(sc->w->text, sc->clause, m->span.from) || m->ref == YQ_NONE))
        m = yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_ORG), m->span.to);
    return m && m->span.to <= high ? m->ref : YQ_NONE;
}

/* The parties before a verb: of its part between commas, or further back to the act before. */
static void subject_parties(const scene *sc, size_t verb, parties *out)
{
    yq_span region = { behind_object(sc), (uint32_t)verb };
    yq_span part = { last_comma(sc->w, region, verb), (uint32_t)verb };
    size_t by = yq_find_outside(sc->w->text, part, part.from, "由");
    if (by != SIZE_MAX) region.from = part.from = (uint32_t)by + 3; /* 基金由A与B共同设立 */
    static const char *const joins[] = { "与", "同", "和", "并与", "还与", "又与" };
    size_t from = part.from;
    while (from < part.to && sc->w->text.p[from] == ' ') from++;
    parties_in(sc->w, sc->clause, part, out);
    if (yq_begins_with_any(sc->w->text, from, part.to, joins, YQ_COUNT(joins))) add_party(out, sc->subject != YQ_NONE ? sc->subject : first_of_clause(sc, part.from));
    if (out->n < 2) parties_in(sc->w, sc->clause, region, out);
    size_t n = sides(sc->w, part);
    if (out->n < 2 && n && !parties_of_last_deal(sc->w, n, out)) parties_before(sc->w, verb, n, out);
}

/* ---------------------------------------------------------------- adding */

static bool same_parties(const yq_found_deal *d, const parties *p)
{
    if (d->parties.n != p->n) return false;
    for (size_t i = 0; i < p->n; i++)
        if (!party_has(p, d->parties.v[i])) return false;
    return true;
}

static yq_found_deal *known_deal(yq_work *w, const char *kind, const parties *p)
{
    for (size_t i = 0; i < w->out->deals.n; i++)
        if (!strcmp(w->out->deals.v[i].kind, kind) && p->n && same_parties(&w->out->deals.v[i], p)) return &w->out->deals.v[i];
    return NULL;
}

static void add_person(yq_work *w, yq_found_deal *d, int person)
{
    if (person == YQ_NONE) return;
    for (size_t i = 0; i < d->people.n; i++)
        if (d->people.v[i] == person) return;
    *yq_push(w->arena, &d->people) = person;
}

static void add_people_in(yq_work *w, yq_found_deal *d, yq_span span)
{
    yq_mention_list list = { 0 };
    yq_mentions_in(w, span, YQ_MASK(YQ_M_PERSON), &list);
    for (size_t i = 0; i < list.n; i++) add_person(w, d, list.v[i]->ref);
}

/* people: where the people of the deal stand. The same parties in the same kind of deal are told again, not agreed again. */
static yq_found_deal *add_deal(yq_work *w, const char *kind, yq_span subject, const parties *p, yq_span people)
{
    yq_found_deal *d = known_deal(w, kind, p);
    if (!d && w->out->deals.n >= YQ_FOUND_MAX) d = &w->out->deals.v[w->out->deals.n - 1];
    subject = yq_tighten(w->text, subject);
    if (!d) {
        d = yq_push(w->arena, &w->out->deals);
        *d = (yq_found_deal){ .kind = kind, .subject = yq_words_of(w, subject), .evidence = yq_evidence_of(w, subject, 0.75, YQ_VOICE_PATTERN) };
        for (size_t i = 0; i < p->n; i++) *yq_push(w->arena, &d->parties) = p->org[i];
    }
    add_people_in(w, d, people);
    return d;
}

/* ---------------------------------------------------------------- signing */

static const char *kind_of_object(yq_str object)
{
    static const struct { const char *word, *kind; } kinds[] = {
        { "意向书", "letter_of_intent" }, { "意向协议", "letter_of_intent" }, { "合作意向", "letter_of_intent" }, { "融资协议", "funding" },
        { "投资协议", "funding" },
        { "轮融资", "funding" }, { "捐赠协议", "funding" }, { "聘任协议", "appointment" }, { "基金", "fund" }, { "工作室", "studio" }, { "工作站",
        "studio" },
        { "联盟", "alliance" }, { "letter of intent", "letter_of_intent" }, { "letters of intent", "letter_of_intent" },
    };
    for (size_t i = 0; i < YQ_COUNT(kinds); i++)
        if (yq_has(object, yq_cstr(kinds[i].word))) return kinds[i].kind;
    return "cooperation";
}

/* A与B、C与D分别签署: a deal for each part. False: the parts are no pairs. */
static bool sign_part_by_part(scene *sc, yq_span region, yq_span object)
{
    yq_spans parts = { 0 };
    parties pair[PARTIES_MAX] = { 0 };
    yq_cut_at(sc->w->arena, sc->w->text, region, "、", &parts);
    for (size_t i = 0; i < parts.n; i++) {
        if (i >= PARTIES_MAX || yq_find_outside(sc->w->text, parts.v[i], parts.v[i].from, "与") == SIZE_MAX) return false;
        parties_in(sc->w, sc->clause, parts.v[i], &pair[i]);
        if (pair[i].n != 2) return false;
    }
    if (parts.n < 2) return false;
    for (size_t i = 0; i < parts.n; i++) add_deal(sc->w, kind_of_object(yq_at(sc->w->text, object)), object, &pair[i], (yq_span){ 0 });
    sc->subject = pair[0].org[0];
    return true;
}

/* A、B分别与C、D签署, 与B、C分别签约: several deals. False: it is one. */
static bool sign_in_pairs(scene *sc, size_t verb, yq_span object)
{
    parties left = { 0 }, right = { 0 };
    yq_span region = { sc->behind, (uint32_t)verb };
    size_t each = yq_find_outside(sc->w->text, region, region.from, "分别"), with = yq_find_outside(sc->w->text, region, region.from, "与");
    if (each == SIZE_MAX || with == SIZE_MAX) return false;
    if (each > with && sign_part_by_part(sc, (yq_span){ region.from, (uint32_t)each }, object)) return true;
    parties_in(sc->w, sc->clause, (yq_span){ region.from, (uint32_t)(with < each ? with : each) }, &left);
    parties_in(sc->w, sc->clause, (yq_span){ (uint32_t)with, (uint32_t)verb }, &right);
    if (!left.n || !right.n || (left.n == 1 && right.n == 1)) return false;
    if (left.n > 1 && right.n > 1 && left.n != right.n) return false;
    size_t n = left.n > right.n ? left.n : right.n;
    for (size_t i = 0; i < n; i++) {
        parties pair = { 0 };
        add_party(&pair, left.org[left.n == 1 ? 0 : i]);
        add_party(&pair, right.org[right.n == 1 ? 0 : i]);
        add_deal(sc->w, kind_of_object(yq_at(sc->w->text, object)), object, &pair, (yq_span){ 0 });
    }
    sc->subject = left.org[0];
    return true;
}

/* 代表签约, without an object, tells again of what was signed before. */
static bool told_before(const yq_work *w, const parties *p)
{
    for (size_t i = 0; i < w->out->deals.n; i++)
        if (same_parties(&w->out->deals.v[i], p)) return true;
    return false;
}

/* 签署三方协议，设立X基金: the fund is what was agreed. */
static bool leads_to_fund(const yq_work *w, yq_span clause, yq_span object)
{
    yq_str rest = yq_sub(w->text, object.to, clause.to < object.to + 90 ? clause.to : object.to + 90);
    return yq_has(rest, YQ_S("设立")) && (yq_has(rest, YQ_S("基金")) || yq_has(rest, YQ_S("专项")));
}

static void sign(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    if (sign_in_pairs(sc, verb, object)) return;
    subject_parties(sc, verb, &p);
    if (p.n < 2 || (object.to - object.from < 12 && told_before(sc->w, &p))) return;
    const char *kind = leads_to_fund(sc->w, sc->clause, object) ? "fund" : kind_of_object(yq_at(sc->w->text, object));
    add_deal(sc->w, kind, object, &p, (yq_span){ sc->behind, (uint32_t)verb });
    sc->subject = p.org[0];
}

/* A揭榜B的项目, A拿下B的项目: the other party stands in the object. */
static void take_up(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    subject_parties(sc, verb, &p);
    if (p.n != 1) return;
    parties_in(sc->w, sc->clause, object, &p);
    if (p.n == 2) add_deal(sc->w, "cooperation", object, &p, (yq_span){ sc->behind, (uint32_t)verb });
}

/* ---------------------------------------------------------------- founding and funding */

/* 成立X联盟, 设立X基金, 共建X工作室: the parties found, what is founded is no party. */
static void found(scene *sc, size_t verb, yq_span object, const char *kind, size_t least)
{
    static const char *const signing[] = { "签署", "签订", "签约", "签下", "达成" };
    parties p = { 0 };
    if (yq_has_any(yq_at(sc->w->text, object), signing, YQ_COUNT(signing))) return; /* 就共建X签署协议: the agreement is the deal */
    subject_parties(sc, verb, &p);
    if (p.n >= least) add_deal(sc->w, kind, object, &p, (yq_span){ sc->behind, (uint32_t)verb });
}

/* 联盟由A、B发起 */
static void found_by(scene *sc, size_t verb, yq_span object)
{
    yq_span before = { sc->clause.from, (uint32_t)verb };
    if (yq_span_has(sc->w->text, before, "由") && yq_span_has(sc->w->text, before, "联盟")) found(sc, verb, object, "alliance", 2);
}

static void found_alliance(scene *sc, size_t verb, yq_span object)
{
    found(sc, verb, object, "alliance", 1);
}

static void join_alliance(scene *sc, size_t verb, yq_span object)
{
    found(sc, verb, object, "alliance", 2);
}

/* 母校: the first university or school of the document. */
static int alma_mater(const yq_work *w)
{
    for (size_t i = 0; i < w->out->orgs.n; i++) {
        yq_str kind = w->out->orgs.v[i].kind;
        if (yq_eq(kind, YQ_S("university")) || yq_eq(kind, YQ_S("school"))) return (int)i;
    }
    return body_of(w);
}

static void set_up_fund(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    yq_span region = { sc->clause.from, (uint32_t)verb };
    bool gift = yq_span_has(sc->w->text, region, "捐");
    if (gift && yq_span_has(sc->w->text, region, "母校")) add_party(&p, alma_mater(sc->w));
    else if (gift) parties_in(sc->w, sc->clause, region, &p);
    else subject_parties(sc, verb, &p);
    if (!p.n && yq_span_has(sc->w->text, sc->clause, "出资")) parties_in(sc->w, sc->clause, (yq_span){ object.to, sc->clause.to }, &p); /* 首期由A出资1000万元、B出资… */
    if (!p.n && !yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_PERSON), region.from)) return;
    add_deal(sc->w, "fund", object, &p, region);
}

static void found_studio(scene *sc, size_t verb, yq_span object)
{
    found(sc, verb, object, "studio", 1);
}

static void cooperate(scene *sc, size_t verb, yq_span object)
{
    found(sc, verb, object, "cooperation", 2);
}

/* A向B捐赠X: with 设立基金 behind it the fund is the deal; signing that leads to a fund as well. */
static void give(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    yq_str rest = yq_sub(sc->w->text, verb, sc->clause.to);
    static const char *const planned[] = { "将", "计划", "拟", "获", "得到", "接受" };
    static const char *const received[] = { "获", "得到", "接受", "受" };
    yq_span part = { last_comma(sc->w, (yq_span){ sc->behind, (uint32_t)verb }, verb), (uint32_t)verb };
    yq_mention_list amounts = { 0 };
    if (yq_has(rest, YQ_S("设立")) || yq_has_any(yq_at(sc->w->text, part), planned, YQ_COUNT(planned))) return;
    if (yq_ends_with_any(sc->w->text, part.from, verb, received, YQ_COUNT(received))) return;
    yq_mentions_in(sc->w, object, YQ_MASK(YQ_M_NUMBER), &amounts);
    if (!amounts.n && !yq_span_has(sc->w->text, part, "向")) return;
    if (yq_starts(yq_at(sc->w->text, object), YQ_S("资助")) && !yq_span_has(sc->w->text, part, "向")) return;
    subject_parties(sc, verb, &p);
    size_t toward = yq_find_outside(sc->w->text, sc->clause, sc->behind, "向");
    bool person = yq_last_mention(sc->w, sc->s, YQ_MASK(YQ_M_PERSON), verb) != NULL;
    if (p.n < 2 && person) { /* the giver is named by name only: 某公司董事长 may be known from elsewhere */
        const yq_mention *m = yq_last_mention(sc->w, sc->s, YQ_MASK(YQ_M_PERSON), toward == SIZE_MAX ? verb : toward);
        if (m && m->span.from >= sc->behind && !p.n) add_party(&p, yq_org_of_person(sc->w, m->ref));
    }
    if (toward != SIZE_MAX && p.n == 1 && sc->subject != YQ_NONE) add_party(&p, sc->subject);
    if (toward == SIZE_MAX && p.n == 1) parties_in(sc->w, sc->clause, object, &p);
    if (p.n || person) add_deal(sc->w, "funding", object, &p, (yq_span){ sc->behind, (uint32_t)verb });
}

/* 对X给予300万元资助 */
static void grant(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    yq_mention_list list = { 0 };
    if (!yq_span_has(sc->w->text, object, "资助") && !yq_span_has(sc->w->text, object, "支持")) return;
    yq_mentions_in(sc->w, (yq_span){ sc->behind, (uint32_t)verb }, YQ_MASK(YQ_M_ORG), &list);
    for (size_t i = 0; i < list.n; i++) add_party(&p, list.v[i]->ref);
    if (p.n >= 2) add_deal(sc->w, "funding", object, &p, (yq_span){ 0 });
}

/* ---------------------------------------------------------------- appointing */

static bool is_body(const yq_work *w, int org);

/* 聘请P担任某联盟顾问: the post is the alliance's, whoever hands over the letter. */
static void post_of_body(const scene *sc, size_t as, parties *out)
{
    const yq_mention *m = yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_ORG), as);
    if (m && m->span.from <= as + 12 && m->ref != YQ_NONE && is_body(sc->w, m->ref)) add_party(out, m->ref);
}

/* 聘请P、Q为首席专家 */
static void appoint(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    yq_span who = { object.from, sc->clause.to };
    size_t as = yq_find_outside(sc->w->text, sc->clause, object.from, "为"), office = yq_find_outside(sc->w->text, sc->clause, object.from, "担任");
    if (office < as) as = office;
    if (as != SIZE_MAX) who.to = (uint32_t)as;
    if (!yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_PERSON), who.from) || yq_next_mention(sc->w, sc->s, YQ_MASK(YQ_M_PERSON), who.from)->span.from >= who.to)
        return;
    post_of_body(sc, who.to, &p);
    if (!p.n) subject_parties(sc, verb, &p);
    if (!p.n) add_party(&p, sc->subject != YQ_NONE ? sc->subject : body_of(sc->w));
    add_deal(sc->w, "appointment", (yq_span){ (uint32_t)verb, sc->clause.to }, &p, who);
}

/* P获聘为A名誉顾问 */
static void be_appointed(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    const yq_mention *m = yq_last_mention(sc->w, sc->s, YQ_MASK(YQ_M_PERSON), verb);
    parties_in(sc->w, sc->clause, object, &p);
    if (m && p.n) add_deal(sc->w, "appointment", object, &p, m->span);
}

/* 受聘的顾问是：P，Q，R */
static void list_appointed(scene *sc, size_t verb, yq_span object)
{
    static const char *const colons[] = { "是：", "为：", "包括：", "有：" };
    parties p = { 0 };
    (void)object;
    for (size_t i = 0; i < YQ_COUNT(colons); i++) {
        size_t at = yq_find_outside(sc->w->text, sc->s->span, verb, colons[i]);
        if (at == SIZE_MAX || at > verb + 45) continue;
        add_party(&p, body_of(sc->w));
        yq_mention_list list = { 0 };
        yq_mentions_in(sc->w, (yq_span){ (uint32_t)at, sc->s->span.to }, YQ_MASK(YQ_M_PERSON), &list);
        if (list.n) add_deal(sc->w, "appointment", (yq_span){ (uint32_t)verb, (uint32_t)at }, &p, (yq_span){ (uint32_t)at, sc->s->span.to });
        return;
    }
}

static bool is_body(const yq_work *w, int org)
{
    static const char *const kinds[] = { "alliance", "society", "fund", "foundation" };
    static const char *const endings[] = { "委员会", "联盟", "学会", "协会", "分会", "专委会", "理事会", "协作组" };
    yq_str name = w->out->orgs.v[org].name, kind = w->out->orgs.v[org].kind;
    for (size_t i = 0; i < YQ_COUNT(kinds); i++)
        if (yq_eq(kind, yq_cstr(kinds[i]))) return true;
    return yq_ends_with_any(name, 0, name.n, endings, YQ_COUNT(endings)) > 0;
}

/* The society, alliance or committee named last before `at`. */
static int body_before(const yq_work *w, size_t at)
{
    for (size_t i = w->mentions.n; i-- > 0;) {
        const yq_mention *m = &w->mentions.v[i];
        if (m->kind == YQ_M_ORG && m->span.to <= at && m->ref != YQ_NONE && is_body(w, m->ref)) return m->ref;
    }
    return body_of(w);
}

/* P任理事长，Q、R任副理事长: two offices at least, so that a mere curriculum is no appointment. */
static void take_office(scene *sc, size_t verb, yq_span object)
{
    static const char *const offices[] = { "任理事长", "任副理事长", "任会长", "任副会长", "任主任委员", "任副主任委员", "任秘书长", "任主席", "任副主席", "任主任",
                                           "任副主任", "任名誉主任", "任召集人" };
    parties p = { 0 };
    size_t taken = 0;
    yq_str sentence = yq_at(sc->w->text, sc->s->span);
    for (size_t i = 0; i < YQ_COUNT(offices); i++) taken += yq_has(sentence, yq_cstr(offices[i]));
    if (taken < 2) return;
    add_party(&p, body_before(sc->w, verb));
    add_deal(sc->w, "appointment", object, &p, sc->s->span);
}

/* 选举P为理事长，Q、R为副理事长: all of the sentence; the body that elects is the last society or alliance named. */
static void elect(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    yq_span rest = { (uint32_t)verb, sc->s->span.to };
    (void)object;
    if (!yq_span_has(sc->w->text, rest, "为")) return;
    add_party(&p, body_before(sc->w, verb));
    yq_mention_list list = { 0 };
    yq_mentions_in(sc->w, rest, YQ_MASK(YQ_M_PERSON), &list);
    if (list.n) add_deal(sc->w, "appointment", (yq_span){ (uint32_t)verb, sc->clause.to }, &p, rest);
}

/* ---------------------------------------------------------------- unveiling, beginning, calling */

/* A院长P、B主任Q共同为X揭牌 */
static void unveil(scene *sc, size_t verb, yq_span object)
{
    parties p = { 0 };
    yq_span region = { sc->behind, (uint32_t)verb };
    size_t whose = yq_find_outside(sc->w->text, region, region.from, "为");
    (void)object;
    if (whose == SIZE_MAX) return;
    while (true) { /* the last 为 before the verb */
        size_t next = yq_find_outside(sc->w->text, region, whose + 3, "为");
        if (next == SIZE_MAX) break;
        whose = next;
    }
    yq_span who = { region.from, (uint32_t)whose };
    parties_in(sc->w, sc->clause, who, &p);
    yq_mention_list people = { 0 };
    yq_mentions_in(sc->w, who, YQ_MASK(YQ_M_PERSON), &people);
    for (size_t i = 0; i < people.n && p.n < people.n; i++) add_party(&p, yq_org_of_person(sc->w, people.v[i]->ref));
    if (people.n && p.n) add_deal(sc->w, "unveiling", (yq_span){ (uint32_t)whose, (uint32_t)verb + 6 }, &p, who);
}

static void launch(scene *sc, size_t verb, yq_span object)
{
    static const char *const things[] = { "计划", "项目", "研究", "试验", "平台", "系统", "工程", "技术", "产品", "成果", "行动", "“", "手册", "基地",
                                          "中心", "仪", "软件", "课题" };
    static const char *const acts[] = { "仪式", "启动会", "共识", "报告", "指南", "倡议", "宣言", "榜单", "通知", "预案", "机制", "发布会" };
    parties p = { 0 };
    yq_str words = yq_at(sc->w->text, object);
    if (!yq_has_any(words, things, YQ_COUNT(things)) || yq_has_any(words, acts, YQ_COUNT(acts)) || yq_utf8_count(words) > 40) return;
    subject_parties(sc, verb, &p);
    if (p.n && p.n <= 4) add_deal(sc->w, "launch", object, &p, (yq_span){ 0 });
}

/* X平台上线: what goes online stands before the verb. */
static void go_online(scene *sc, size_t verb, yq_span object)
{
    static const char *const things[] = { "平台", "系统", "软件", "小程序", "模型", "门诊", "数据库" };
    yq_span part = { last_comma(sc->w, (yq_span){ sc->behind, (uint32_t)verb }, verb), object.to };
    parties p = { 0 };
    if (!yq_has_any(yq_at(sc->w->text, (yq_span){ part.from, (uint32_t)verb }), things, YQ_COUNT(things))) return;
    parties_in(sc->w, sc->clause, part, &p);
    if (p.n && p.n <= 3) add_deal(sc->w, "launch", part, &p, (yq_span){ 0 });
}

/* 发起“X”倡议, 发布《X倡议》 */
static void call_upon(scene *sc, size_t verb, yq_span object)
{
    static const char *const calls[] = { "倡议", "宣言", "“", "联合工作小组", "工作专班" };
    parties p = { 0 };
    if (!yq_has_any(yq_at(sc->w->text, object), calls, YQ_COUNT(calls))) return;
    subject_parties(sc, verb, &p);
    if (!p.n) add_party(&p, body_of(sc->w));
    add_deal(sc->w, "initiative", object, &p, (yq_span){ 0 });
}

/* 面向全省征集需求, 征集揭榜单位 */
static void collect(scene *sc, size_t verb, yq_span object)
{
    static const char *const wanted[] = { "需求", "揭榜", "合作方", "项目", "解决方案", "单位", "课题", "榜单", "难题", "团队" };
    static const char *const heads[] = { "面向", "公开", "关于" };
    parties p = { 0 };
    yq_span before = { sc->clause.from, (uint32_t)verb };
    if (!yq_has_any(yq_at(sc->w->text, object), wanted, YQ_COUNT(wanted)) || !yq_has_any(yq_at(sc->w->text, before), heads, YQ_COUNT(heads))) return;
    parties_in(sc->w, sc->clause, before, &p);
    if (!p.n) add_party(&p, body_of(sc->w));
    if (p.n) add_deal(sc->w, "initiative", object, &p, (yq_span){ 0 });
}

/* ---------------------------------------------------------------- the table of acts */

typedef void act_reader(scene *sc, size_t verb, yq_span object);

/* object: one of these words must stand in it, separated by blanks; "": any. */
static const struct { const char *verb; act_reader *read; const char *object; } acts[] = {
    { "签订", sign, "协议 意向 合同 备忘录 合作 书 契约 MOU" }, { "签署", sign, "协议 意向 合同 备忘录 合作 书 契约 MOU" }, { "签下", sign, "" }, { "签约", sign, "" },
    { "签定", sign, "" }, { "达成", sign, "协议 合作 意向 共识" }, { "合作攻关", cooperate, "" }, { "携手研发", cooperate, "" },
    { "共同研究", cooperate, "" },
    { "联合研发", cooperate, "" }, { "联合攻关", cooperate, "" }, { "共同研发", cooperate, "" }, { "合作开发", cooperate, "" },
    { "共同开发", cooperate, "" },
    { "战略合作签约", sign, "" }, { "结为", cooperate, "友好 合作 对口" }, { "揭榜", take_up, "项目 课题 难题 的" }, { "拿下", take_up, "项目 榜 课题" },
    { "组建", found_alliance, "联盟 联合体 协作 专科 医联体 医共体 共同体" }, { "成立", found_alliance, "联盟 联合体 协作组 协作网" }, { "发起", found_by, "" },
    { "发起成立", found_alliance, "" }, { "牵头成立", found_alliance, "" },
    { "共同发起", found_alliance, "" }, { "加入", join_alliance, "联盟 联合体 协作" }, { "设立", set_up_fund, "基金 专项 项目 奖学金 奖励" },
    { "共同设立", set_up_fund, "" }, { "共建", found_studio, "工作室 工作站" }, { "共建", cooperate, "中心 实验室 基地 研究院 平台 联合" },
    { "设立", found_studio, "工作室 工作站" },
    { "捐赠", give, "" }, { "捐款", give, "" }, { "捐资", give, "" }, { "赠送", give, "" }, { "捐助", give, "" },
    { "资助", give, "万元 亿元 元" }, { "给予", grant, "" },
    { "聘请", appoint, "" }, { "聘任", appoint, "为" }, { "特聘", appoint, "为" }, { "任命", appoint, "为" }, { "获聘为", be_appointed, "" },
    { "受聘为", be_appointed, "" },
    { "被聘为", be_appointed, "" }, { "受聘担任", be_appointed, "" }, { "获聘", be_appointed, "" }, { "受聘的", list_appointed, "" },
    { "选举", elect, "" }, { "任", take_office, "理事长 会长 主任委员 秘书长 主席 主任 召集人" }, { "担任", take_office, "理事长 会长 主任委员 秘书长 主席 主任 召集人" },
    { "推选", elect, "" }, { "选举产生", elect, "" }, { "揭牌", unveil, "" }, { "揭幕", unveil, "" }, { "上线", go_online, "" },
    { "正式上线", go_online, "" }, { "同步上线", go_online, "" }, { "启动", launch, "" }, { "启动了", launch, "" },
    { "发布了", launch, "" }, { "推出", launch, "" }, { "推出了", launch, "" }, { "发布", launch, "“ 项 款" }, { "发起", call_upon, "" },
    { "发布", call_upon, "倡议 宣言" },
    { "发布了", call_upon, "倡议 宣言" }, { "发出", call_upon, "倡议" }, { "征集", collect, "" }, { "成立", call_upon, "工作小组 工作组" },
};

const yq_cue_words yq_deal_cues[] = { YQ_CUE_FIELD(ACT, acts, verb), { 0 } };

static bool object_holds(yq_str object, const char *words)
{
    yq_str rest = yq_cstr(words), word;
    if (!*words) return true;
    while (yq_split(&rest, ' ', &word))
        if (word.n && yq_has(object, word)) return true;
    return false;
}

/* The object reaches to the comma; a sign of aspect between is no part of it. */
static yq_span object_of(const yq_work *w, yq_span clause, size_t from)
{
    size_t end = clause.to;
    static const char *const ends[] = { "，", "," };
    for (size_t i = 0; i < YQ_COUNT(ends); i++) {
        size_t at = yq_find_outside(w->text, clause, from, ends[i]);
        if (at < end) end = at;
    }
    if (from + 3 <= end && !memcmp(w->text.p + from, "了", 3)) from += 3;
    return (yq_span){ (uint32_t)from, (uint32_t)end };
}

/* 签约仪式, 签署方, 启动会: the verb is part of a noun. */
static bool part_of_noun(const yq_work *w, yq_span clause, size_t behind)
{
    static const char *const nouns[] = { "仪式", "会", "环节", "现场", "方", "单位", "式", "礼", "期", "后，", "活动", "的", "大会", "工作室", "书" };
    return yq_begins_with_any(w->text, behind, clause.to, nouns, YQ_COUNT(nouns)) > 0;
}

/* 共建的“X工作室”揭牌 */
static bool studio_of(const yq_work *w, yq_span clause, size_t at)
{
    yq_str rest = yq_sub(w->text, at, clause.to < at + 60 ? clause.to : at + 60);
    return yq_starts(rest, YQ_S("共建的")) && (yq_has(rest, YQ_S("工作室")) || yq_has(rest, YQ_S("工作站")));
}

static void read_act(scene *sc, size_t at, size_t longest)
{
    for (size_t i = 0; i < YQ_COUNT(acts); i++) {
        size_t n = strlen(acts[i].verb);
        if (n != longest || memcmp(sc->w->text.p + at, acts[i].verb, n)) continue;
        yq_span object = object_of(sc->w, sc->clause, at + n);
        size_t before = sc->w->out->deals.n;
        if (!object_holds(yq_at(sc->w->text, object), acts[i].object)) continue;
        acts[i].read(sc, at, (yq_span){ (uint32_t)at, object.to });
        if (sc->w->out->deals.n == before) continue;
        const yq_found_deal *d = &sc->w->out->deals.v[before];
        if (sc->subject == YQ_NONE && d->parties.n) sc->subject = d->parties.v[0];
        return;
    }
}

static size_t longest_act(const yq_work *w, size_t at, size_t high)
{
    size_t best = 0;
    for (size_t i = 0; at + 2 <= high && i < YQ_COUNT(acts); i++) {
        if (memcmp(acts[i].verb, w->text.p + at, 2)) continue;
        size_t n = strlen(acts[i].verb);
        if (n > best && at + n <= high && !memcmp(w->text.p + at, acts[i].verb, n)) best = n;
    }
    return best;
}

static void read_clause(yq_work *w, const yq_sentence *s, yq_span clause)
{
    scene sc = { .w = w, .s = s, .clause = clause, .behind = clause.from, .subject = YQ_NONE };
    for (size_t at = clause.from; (at = yq_next_cue(w, at, clause.to, YQ_CUE(ACT))) < clause.to;) {
        size_t n = longest_act(w, at, clause.to);
        if (!n || yq_in_quote(w->text, s->span, at)) {
            yq_utf8_next(w->text, &at);
            continue;
        }
        bool noun = part_of_noun(w, clause, at + n) && memcmp(w->text.p + at, "受聘的", 9) && !studio_of(w, clause, at);
        size_t before = w->out->deals.n;
        if (!noun) read_act(&sc, at, n);
        at += n;
        if (w->out->deals.n > before) sc.behind = (uint32_t)at;
    }
}

/* A × B：《…协议》, in a list of what was signed: the sign stands for the verb. */
static void read_crossed(yq_work *w, const yq_sentence *s)
{
    static const char *const papers[] = { "协议", "备忘录", "意向书", "合同", "合作", "共建" };
    size_t cross = yq_find(yq_at(w->text, s->span), YQ_S("×"), 0);
    if (cross == SIZE_MAX || !yq_has_any(yq_at(w->text, s->span), papers, YQ_COUNT(papers))) return;
    cross += s->span.from;
    const yq_mention *left = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), cross), *right = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), cross);
    if (!left || !right || cross - left->span.to > 3 || right->span.from - cross > 6) return;
    parties p = { 0 };
    add_party(&p, left->ref);
    for (; right && right->span.from <= cross + 6; cross = right->span.to + 3, right = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), right->span.to)) add_party(&p, right->ref);
    yq_span object = { (uint32_t)cross, s->span.to };
    if (p.n >= 2 && object.from < object.to) add_deal(w, kind_of_object(yq_at(w->text, object)), object, &p, (yq_span){ 0 });
}

yq_found_deal *yq_note_deal(yq_work *w, const char *kind, yq_span subject, const int *orgs, size_t n, yq_span people)
{
    parties p = { 0 };
    for (size_t i = 0; i < n; i++) add_party(&p, orgs[i]);
    return add_deal(w, kind, subject, &p, people);
}

void yq_find_deals(yq_work *w)
{
    yq_spans clauses = { 0 };
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        yq_block_kind kind = w->reading->blocks.v[s->block].kind;
        if (s->table != YQ_NO_TABLE || kind == YQ_BLOCK_TITLE || kind == YQ_BLOCK_SUBTITLE) continue; /* a title repeats what the text tells */
        if (s->lang == YQ_LANG_EN) {
            yq_read_english_deal(w, s);
            continue;
        }
        read_crossed(w, s);
        if (!(s->cues & YQ_CUE(ACT))) continue;
        yq_cut_at(w->arena, w->text, s->span, "。；;！？", &clauses);
        for (size_t k = 0; k < clauses.n; k++) read_clause(w, s, clauses.v[k]);
    }
    yq_find_english_appointments(w);
}
