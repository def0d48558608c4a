/* Who asks: the person or institution that voices a need, or that looks for something. Whoever asks for a thing is no answer to who has it.
 *
 * Needs that were found lead to their askers: the people in the row of a demand list, those under a challenge, the speaker of a sentence. Beyond them
 * stand sentences that look for something (急需引进…, 想找…, is looking for …). Who offers in the same words, a partner for his own result or money for
 * projects of others, does not ask.
 */
#include "extract/relations.h"

enum { ASKS_MAX = 1000 }; /* each is compared with those before it */

/* Looking for something that others have. */
static const char *const cues[] = {
    "急需", "亟需", "想找", "正在找", "寻找", "寻求", "希望引进", "希望有人", "希望有", "希望能有", "希望找到", "希望得到", "求购", "诚征", "盼望有", "盼有", "想要一", "需要一种",
    "需要一套", "需要一款", "征集技术", "征集解决", "能否有", "有没有一种", "有没有办法", "苦于", "还没有找到", "looking for", "is seeking", "are seeking", "seeks a", "seeks an",
    "we need", "needs a ", "in need of", "would like to find", "searching for",
};
const yq_cue_words yq_ask_cues[] = { YQ_CUE_WORDS(ASK, cues), { 0 } };

/* Who offers something of his own, pays, or takes part. */
static const char *const offers[] = {
    "转化", "产业化", "落地", "授权", "推广", "投资", "标的", "基金", "资助", "项目", "融资", "招聘", "入组", "受试", "代理", "经销", "合作企业", "合作生产", "量产", "investor",
    "license", "licence", "invest", "distributor", "enrol", "recruit", "applicants", "proposals",
};

#define HAS(words, list) yq_has_any((words), (list), YQ_COUNT(list))

/* Compared in small letters. */
static yq_str lower(yq_arena *a, yq_str s)
{
    char *p = YQ_ARRAY(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++) p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 32 : s.p[i];
    return (yq_str){ p, s.n };
}

/* Told already: the person, or the institution without one, for this sentence. */
static bool known(const yq_work *w, int person, int org, yq_span sentence)
{
    for (size_t i = w->out->asks.n; i-- > 0;) {
        const yq_found_ask *k = &w->out->asks.v[i];
        bool same = person == YQ_NONE ? k->org == org : k->person == person;
        if (same && k->evidence.sentence.from == sentence.from) return true;
    }
    return false;
}

/* Whoever gives money speaks of what is missing when he says where he puts it. */
static bool gives_money(const yq_work *w, int org)
{
    static const char *const words[] = { "创投", "投资", "资本", "基金", "Ventures", "Capital", "Partners", "Fund" };
    return org != YQ_NONE && HAS(w->out->orgs.v[org].name, words);
}

static void add_ask(yq_work *w, int person, int org, int need, yq_str text, yq_evidence evidence)
{
    if ((person == YQ_NONE && org == YQ_NONE) || w->out->asks.n >= ASKS_MAX || known(w, person, org, evidence.sentence)) return;
    *yq_push(w->arena, &w->out->asks) = (yq_found_ask){ .person = person, .org = org, .need = need, .text = text, .evidence = evidence };
}

/* ---------------------------------------------------------------- needs of lists */

/* Everybody in a row of a demand list asks; also those under an entry, up to the next one. */
static void people_ask(yq_work *w, int need, yq_span where)
{
    yq_mention_list list = { 0 };
    const yq_found_need *d = &w->out->needs.v[need];
    if (w->out->asks.n >= ASKS_MAX) return;
    yq_evidence evidence = d->evidence;
    evidence.sentence = where;
    yq_mentions_in(w, where, YQ_MASK(YQ_M_PERSON), &list);
    for (size_t i = 0; i < list.n; i++) add_ask(w, list.v[i]->ref, d->holder, need, d->text, evidence);
    /* a name that only its column tells is no mention of the text */
    for (size_t i = 0; i < w->out->people.n; i++) {
        const yq_found_person *p = &w->out->people.v[i];
        for (size_t k = 0; k < p->mentions.n; k++)
            if (p->mentions.v[k].span.from >= where.from && p->mentions.v[k].span.to <= where.to) add_ask(w, (int)i, d->holder, need, d->text, evidence);
    }
    add_ask(w, YQ_NONE, d->holder, need, d->text, evidence);
}

/* The lines of an entry: from the need's block back to its heading, and on to the next heading or item. */
static yq_span entry_around(const yq_work *w, const yq_sentence *s)
{
    enum { LINES = 10 };
    const yq_block *b = w->reading->blocks.v;
    size_t from = s->block, to = s->block;
    while (from > 0 && s->block - from < LINES && b[from].kind == YQ_BLOCK_PARAGRAPH) from--;
    while (to + 1 < w->reading->blocks.n && to - s->block < LINES && b[to + 1].kind == YQ_BLOCK_PARAGRAPH) to++;
    return (yq_span){ b[from].span.from, b[to].span.to };
}

/* ---------------------------------------------------------------- speakers */

/* The speaker of the words at `at`: the last person before them in their sentence; the one before an open quotation, when they go on with it. */
static const yq_mention *speaker_of(const yq_work *w, const yq_sentence *s, size_t at)
{
    const yq_mention *who = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at);
    if (who) return who;
    if (!w->sentences.n || s == w->sentences.v || s[-1].block != s->block) return NULL;
    yq_lex_hit hit;
    bool says = false;
    for (size_t p = s[-1].span.from; p < s[-1].span.to && !says; yq_utf8_next(w->text, &p)) says = yq_lex_longest(w->text, p, YQ_LEX_SPEECH_VERBS, &hit);
    return says ? yq_last_mention(w, s - 1, YQ_MASK(YQ_M_PERSON), s[-1].span.to) : NULL;
}

static void speaker_asks(yq_work *w, const yq_sentence *s, size_t at, int need, yq_span words)
{
    const yq_mention *who = speaker_of(w, s, at), *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), at);
    /* whoever made something says what was missing as well */
    static const char *const makes[] = { "研发", "研制", "自主", "推出", "发明", "我们开发", "获批", "上市" };
    if (HAS(yq_at(w->text, s->span), makes)) return;
    int house = need != YQ_NONE ? w->out->needs.v[need].holder : who ? yq_org_of_person(w, who->ref) : org ? org->ref : YQ_NONE;
    if (gives_money(w, house) || (who && gives_money(w, yq_org_of_person(w, who->ref)))) return;
    add_ask(w, who ? who->ref : YQ_NONE, house, need, yq_words_of(w, words), yq_evidence_of(w, words, 0.6, YQ_VOICE_PATTERN));
}

static void need_asks(yq_work *w, int i)
{
    const yq_found_need *d = &w->out->needs.v[i];
    const yq_sentence *s = yq_sentence_at(w, d->evidence.span.from);
    if (!s) return;
    if (d->evidence.voices & YQ_VOICE_TABLE) people_ask(w, i, s->table == YQ_NO_TABLE ? entry_around(w, s) : d->evidence.sentence);
    else speaker_asks(w, s, d->evidence.span.from, i, d->evidence.span);
}

/* "某某说，科里急需…": a sentence that looks for something. */
static void sentence_asks(yq_work *w, const yq_sentence *s)
{
    yq_str words = lower(w->arena, yq_at(w->text, s->span));
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < YQ_COUNT(cues); i++) {
        size_t here = yq_find(words, yq_cstr(cues[i]), 0);
        if (here < at) at = here;
    }
    if (at == SIZE_MAX) return;
    yq_span clause = yq_clause_at(w, s, s->span.from + at);
    if (!HAS(lower(w->arena, yq_at(w->text, clause)), offers)) speaker_asks(w, s, s->span.from + at, YQ_NONE, clause);
}

void yq_find_asks(yq_work *w)
{
    for (size_t i = 0; i < w->out->needs.n; i++) need_asks(w, (int)i);
    for (size_t i = 0; i < w->sentences.n; i++)
        if (w->sentences.v[i].table == YQ_NO_TABLE && w->sentences.v[i].cues & YQ_CUE(ASK)) sentence_asks(w, &w->sentences.v[i]);
}
