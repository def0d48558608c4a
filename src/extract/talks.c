/* Who spoke on what: given or announced talks with a stated topic.
 *
 * Four ways of saying it. (1) A list of people and a list of topics: A、B、C分别围绕X、Y、Z作了分享. (2) A title in quotation marks behind a verb
 * of lecturing: 以《X》为题, 主讲《X》, spoke on "X". (3) A plain object: 介绍了X, 对X进行了讲解. (4) Lines of a programme: 讲题：X under
 * a name, Title: X beside Speaker: Y. Tables are read in tables.c.
 */
#include "extract/relations.h"

/* ---------------------------------------------------------------- adding */

static const char *const no_titles[] = { "TBD", "TBA", "待定", "待确定", "致辞", "主持", "讨论", "茶歇" };

static bool known_talk(const yq_work *w, int person, yq_str title)
{
    for (size_t i = 0; i < w->out->talks.n; i++) {
        const yq_found_talk *t = &w->out->talks.v[i];
        if (t->person == person && yq_same_words(t->title, title)) return true;
    }
    return false;
}

static void add_talk(yq_work *w, const yq_mention *who, yq_span title, double confidence)
{
    title = yq_tighten(w->text, title);
    yq_str words = yq_words_of(w, title);
    if (who->ref == YQ_NONE || w->out->talks.n >= YQ_FOUND_MAX || yq_utf8_count(words) < 3 || known_talk(w, who->ref, words)) return;
    for (size_t i = 0; i < YQ_COUNT(no_titles); i++)
        if (yq_eq(words, yq_cstr(no_titles[i]))) return;
    yq_found_talk talk = { .person = who->ref, .title = words, .evidence = yq_evidence_of(w, title, confidence, YQ_VOICE_PATTERN) };
    *yq_push(w->arena, &w->out->talks) = talk;
}

/* ---------------------------------------------------------------- lists of people and topics */

static const char *const topic_openers[] = { "围绕", "聚焦", "聚焦于", "就", "针对", "从" };
/* 等内容 ends a list for certain; a verb may also be a word of the topic (微球开展及进展), so the last one counts. */
static const char *const list_closers[] = { "等内容", "等主题", "等话题", "等方面", "等议题", "等问题", "等热点", "等专题", "等题目", "等领域", "等课题", "等方向" };
static const char *const topic_closers[] = {
    "进行", "作了", "做了", "作专题", "作主题", "作报告", "作主旨", "作分享", "作交流", "作学术", "作精彩", "作大会", "作特邀", "作演讲", "作讲座", "作题为", "做专题", "做主题",
    "做报告", "做分享", "做演讲", "做讲座", "做学术", "展开", "开展", "发表", "带来", "为题", "为主题", "畅谈", "分享了", "讲解了", "授课", "提出", "阐述了", "做精彩", "作汇报",
    "做交流", "作介绍", "作经验", "做经验",
};
static const char *const talk_nouns[] = {
    "分享", "报告", "演讲", "讲座", "授课", "讲解", "介绍", "发言", "汇报", "解读", "阐述", "宣讲", "为题", "讲课", "交流", "主题演", "论述", "感想", "剖析",
};
static const char *const meeting_nouns[] = { "研讨", "讨论", "座谈", "对话", "探讨", "提问", "调研", "合作" };

static const char *const object_verbs[] = { "介绍了", "讲解了", "解读了", "讨论了", "阐述了", "分享了", "汇报了", "讲授了", "剖析了", "报告了", "探讨了", "阐释了" };
static const char *const toward[] = { "对" };

const yq_cue_words yq_talk_cues[] = { YQ_CUE_WORDS(TOPIC, topic_openers), YQ_CUE_WORDS(OBJECT, object_verbs), YQ_CUE_WORDS(OBJECT, toward), { 0 } };

/* Splits a list of topics at 、 outside quotes. */
static void split_topics(yq_work *w, yq_span region, yq_spans *out)
{
    yq_cut_at(w->arena, w->text, region, "、", out);
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++) {
        yq_span t = yq_tighten(w->text, out->v[i]);
        if (t.to > t.from) out->v[kept++] = t;
    }
    out->n = kept;
}

/* Is b named together with a ("郭静沫和郭操"), so that both gave one talk? */
static bool joined_pair(const yq_work *w, const yq_mention *a, const yq_mention *b)
{
    static const char *const words[] = { "和", "与", "及", "以及" };
    yq_str gap = yq_trim(yq_sub(w->text, a->span.to, b->span.from));
    for (size_t i = 0; i < YQ_COUNT(words); i++)
        if (yq_eq(gap, yq_cstr(words[i]))) return true;
    return false;
}

/* Gives each person the number of the topic; false: the lists do not fit. */
static bool align(const yq_work *w, const yq_people_list *people, size_t topics, size_t *topic_of)
{
    size_t groups = 0;
    for (size_t i = 0; i < people->n; i++) {
        bool joins = i && people->n != topics && joined_pair(w, people->who[i - 1], people->who[i]);
        topic_of[i] = joins ? topic_of[i - 1] : groups++;
    }
    return groups == topics;
}

/* Topics that hold a 、 themselves: the shortest piece is joined to its neighbour until the numbers fit. */
static void merge_topics(yq_spans *topics, size_t wanted)
{
    while (topics->n > wanted && wanted > 0) {
        size_t shortest = 0;
        for (size_t i = 1; i < topics->n; i++)
            if (topics->v[i].to - topics->v[i].from < topics->v[shortest].to - topics->v[shortest].from) shortest = i;
        size_t left = shortest + 1 < topics->n ? shortest : shortest - 1;
        topics->v[left].to = topics->v[left + 1].to;
        memmove(&topics->v[left + 1], &topics->v[left + 2], (topics->n - left - 2) * sizeof *topics->v);
        topics->n--;
    }
}

static void add_list(yq_work *w, const yq_people_list *people, yq_span region)
{
    yq_spans topics = { 0 };
    size_t topic_of[YQ_LIST_PEOPLE];

    split_topics(w, region, &topics);
    if (!topics.n) return;
    if (people->n == 1 || topics.n == 1) {
        for (size_t i = 0; i < people->n; i++) add_talk(w, people->who[i], region, 0.8);
        return;
    }
    if (!align(w, people, topics.n, topic_of)) {
        if (topics.n > people->n) merge_topics(&topics, people->n);
        for (size_t i = 0; i < people->n; i++) topic_of[i] = i < topics.n ? i : topics.n - 1;
    }
    for (size_t i = 0; i < people->n; i++) add_talk(w, people->who[i], topics.v[topic_of[i]], 0.85);
}

/* 作联合分享, 做口头报告: the verb counts when a talk follows at once; 工作, 合作 are no verbs. */
static bool gives_talk(const yq_work *w, yq_span clause, size_t at)
{
    static const char *const verbs[] = { "作", "做" };
    static const char *const words[] = { "工作", "合作", "操作", "协作", "动作", "制作", "运作", "创作", "写作", "著作" };
    if (!yq_begins_with_any(w->text, at, clause.to, verbs, YQ_COUNT(verbs))) return false;
    if (yq_ends_with_any(w->text, clause.from, at + 3, words, YQ_COUNT(words))) return false;
    return yq_has_any(yq_sub(w->text, at + 3, at + 24 < clause.to ? at + 24 : clause.to), talk_nouns, YQ_COUNT(talk_nouns));
}

/* The first 等内容 of a span. */
static size_t list_end(const yq_work *w, yq_span span, size_t from)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < YQ_COUNT(list_closers); i++) {
        size_t at = yq_find_outside(w->text, span, from, list_closers[i]);
        if (at < first) first = at;
    }
    return first;
}

/* The last verb of a span. */
static size_t verb_end(const yq_work *w, yq_span span, size_t from)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < YQ_COUNT(topic_closers); i++)
        for (size_t at = from; (at = yq_find_outside(w->text, span, at, topic_closers[i])) != SIZE_MAX; at += 3)
            if (last == SIZE_MAX || at > last) last = at;
    for (size_t at = from; at < span.to; yq_utf8_next(w->text, &at))
        if (gives_talk(w, span, at) && !yq_in_quote(w->text, span, at) && (last == SIZE_MAX || at > last)) last = at;
    return last;
}

/* Where the topic ends: 等内容 or the verb in the part up to the comma; only a list goes beyond it. */
static size_t topic_end(const yq_work *w, yq_span clause, size_t from)
{
    size_t comma = yq_find_outside(w->text, clause, from, "，");
    yq_span part = { clause.from, comma == SIZE_MAX ? clause.to : (uint32_t)comma };
    size_t end = list_end(w, part, from);
    if (end == SIZE_MAX) end = verb_end(w, part, from);
    return end == SIZE_MAX ? list_end(w, clause, from) : end;
}

/* A single quoted topic is what stands between its marks, whatever follows: 围绕“X”对未来提出建议. */
static yq_span strip_quotes(const yq_work *w, yq_span s)
{
    yq_quote q;
    s = yq_tighten(w->text, s);
    bool opens = yq_next_quote(w->text, s, s.from, &q) && q.outer.from == s.from;
    return opens && yq_find_outside(w->text, s, s.from, "、") == SIZE_MAX && q.outer.to - q.outer.from > 12 ? q.inner : s;
}

static void try_topic(yq_work *w, const yq_sentence *s, size_t opener, size_t length)
{
    yq_span clause = yq_clause_at(w, s, opener);
    yq_people_list people = yq_subjects_before(w, s, opener);
    if (!people.n) return;
    size_t from = opener + length, end = topic_end(w, clause, from);
    if (end == SIZE_MAX || end <= from + 6) return;
    yq_span region = { (uint32_t)from, (uint32_t)end };
    yq_str topic = yq_at(w->text, region), tail = yq_sub(w->text, end, clause.to);
    size_t comma = yq_find(tail, YQ_S("，"), 0);
    if (comma != SIZE_MAX) tail = yq_sub(tail, 0, comma);
    bool quoted = yq_starts(yq_trim(topic), YQ_S("“")) || yq_starts(yq_trim(topic), YQ_S("《"));
    if (yq_has_any(tail, meeting_nouns, YQ_COUNT(meeting_nouns)) && !yq_has_any(tail, talk_nouns, 7)) return;
    if (!quoted && (!yq_has_any(tail, talk_nouns, YQ_COUNT(talk_nouns)) || yq_has(topic, YQ_S("，")) || yq_has(topic, YQ_S(",")))) return;
    add_list(w, &people, strip_quotes(w, region));
}

static void find_topic_lists(yq_work *w, const yq_sentence *s)
{
    for (size_t at = s->span.from; (at = yq_next_cue(w, at, s->span.to, YQ_CUE(TOPIC))) < s->span.to;) {
        size_t n = yq_begins_with_any(w->text, at, s->span.to, topic_openers, YQ_COUNT(topic_openers));
        if (n && !yq_in_quote(w->text, s->span, at)) try_topic(w, s, at, n);
        yq_utf8_next(w->text, &at);
    }
}

/* ---------------------------------------------------------------- titles in quotation marks */

/* Words directly before the quote. book_only: they precede other quotes too often. tail: a talk noun must follow. */
static const struct { const char *word; bool book_only, tail; } leads[] = {
    { "主题为", true, true },   { "题为", false, false },   { "题目为", false, false },   { "题目是", false, false },   { "题目：", false, false },  { "讲题为", false, false },
    { "主讲", false, false },   { "主讲了", false, false },   { "讲授", false, false },     { "讲授了", false, false },  { "讲述", true, false },
    { "分享", false, false },   { "分享了", false, false },   { "讲", true, false },        { "讲了", true, false },     { "讲解", true, false },
    { "讲解了", true, false },  { "解读", true, true },       { "作", false, true },        { "做", false, true },       { "作了", false, true },
    { "做了", false, true },    { "进行", false, true },      { "进行了", false, true },    { "发表", false, true },     { "发表了", false, true },
    { "带来", true, false },    { "带来了", true, false },    { "报告", true, false },      { "演讲", true, false },     { "讲座", true, false },
    { "发言", true, false },    { "介绍了", true, false },    { "汇报了", true, false },    { "聚焦", true, false },     { "聚焦于", true, false },
    { "围绕", true, false },    { "以", false, false },       { "就", true, true },         { "授课", true, false },     { "阐述了", true, false },
    { "为大家带来", true, false }, { "论坛报告", true, false },
    { "介绍", true, true },      { "宣讲", true, false },     { "演讲题目为", false, false },
};
static const char *const not_titles[] = { "协议", "意向书", "备忘录", "合同", "倡议", "倡议书", "行动计划", "批复", "通知", "办法", "条例", "意见", "证书",
                                          "章程", "杂志", "日报" };

/* 作了题为《X》的报告: the verb before 题为 is no other predicate. */
static const char *const verbs_before[] = { "作了", "做了", "作", "做", "发表了", "发表", "带来了", "带来", "进行了", "进行", "分享了", "分享", "主讲" };

static bool leads_to_title(const yq_work *w, const yq_sentence *s, const yq_quote *q, size_t *lead_at, bool *sure)
{
    size_t best = 0;
    bool ok = false;
    *sure = q->book;
    yq_str tail = yq_sub(w->text, q->outer.to, q->outer.to + 48 < s->span.to ? q->outer.to + 48 : s->span.to);
    for (size_t i = 0; i < YQ_COUNT(leads); i++) {
        size_t n = strlen(leads[i].word);
        if (n <= best || q->outer.from < s->span.from + n || memcmp(w->text.p + q->outer.from - n, leads[i].word, n)) continue;
        best = n;
        *sure = q->book || yq_has(yq_cstr(leads[i].word), YQ_S("题")) || strcmp(leads[i].word, "以") == 0;
        ok = (!leads[i].book_only || q->book) && (!leads[i].tail || yq_has_any(tail, talk_nouns, YQ_COUNT(talk_nouns)));
        if (strcmp(leads[i].word, "以") == 0)
            ok = yq_starts(tail, YQ_S("为题")) || (yq_starts(tail, YQ_S("为主题")) && !yq_starts(tail, YQ_S("为主题的")))
                || yq_starts(tail, YQ_S("为标题")) || yq_starts(tail, YQ_S("为演讲"));
    }
    size_t at = q->outer.from - best;
    at -= yq_ends_with_any(w->text, s->span.from, at, verbs_before, YQ_COUNT(verbs_before));
    *lead_at = at;
    return best && ok;
}

/* 他的演讲题目为, 她以《…》为题: the person meant stands before. */
static bool pronoun_before(const yq_work *w, const yq_sentence *s, size_t at)
{
    size_t low = at > s->span.from + 36 ? at - 36 : s->span.from;
    yq_str gap = yq_sub(w->text, low, at);
    size_t he = yq_find(gap, YQ_S("他"), 0), she = yq_find(gap, YQ_S("她"), 0);
    size_t p = he < she ? he : she;
    return p != SIZE_MAX && !yq_starts(yq_sub(gap, p, gap.n), YQ_S("他们")) && !yq_has(yq_sub(gap, p, gap.n), YQ_S("，"));
}

static bool ends_in_any(yq_str s, const char *const *words, size_t n)
{
    return yq_ends_with_any(s, 0, s.n, words, n) > 0;
}

/* "周岚强调……，并以《X》为题": behind the last comma the subject goes on; words there that are no adverb are another subject. */
static bool goes_on(const yq_work *w, yq_span gap)
{
    static const char *const adverbs[] = { "并", "还", "随后", "现场", "会上", "接着", "同时", "并现场", "受邀", "应邀" };
    size_t from = SIZE_MAX;
    for (size_t at = gap.from; (at = yq_find_outside(w->text, gap, at, "，")) != SIZE_MAX; at += 3) from = at + 3;
    if (from == SIZE_MAX) return false;
    from += yq_begins_with_any(w->text, from, gap.to, adverbs, YQ_COUNT(adverbs));
    return yq_blank(yq_sub(w->text, from, gap.to));
}

/* 分别以「X」及「Y」为题: as many titles as people. True when the quotes were such a list. */
static bool quoted_list(yq_work *w, const yq_sentence *s, yq_quote q)
{
    static const char *const joins[] = { "及", "和", "与", "、", "以及" };
    yq_people_list people = { .n = 0 };
    yq_span titles[YQ_LIST_PEOPLE];
    size_t n = 0;
    if (!yq_ends_with_any(w->text, s->span.from, q.outer.from, (const char *const[]){ "以" }, 1)) return false;
    people = yq_subjects_before(w, s, q.outer.from - 3);
    for (;;) {
        if (n < YQ_LIST_PEOPLE) titles[n++] = q.inner;
        size_t join = yq_begins_with_any(w->text, q.outer.to, s->span.to, joins, YQ_COUNT(joins)), next = q.outer.to + join;
        if (!join || !yq_next_quote(w->text, s->span, next, &q) || q.outer.from != next) break;
    }
    if (n < 2 || n != people.n || !yq_starts(yq_sub(w->text, q.outer.to, s->span.to), YQ_S("为题"))) return false;
    for (size_t i = 0; i < n; i++) add_talk(w, people.who[i], titles[i], 0.9);
    return true;
}

/* The subject stands directly before the verb, or is carried over: 他以《X》为题, ……，并主讲《X》. */
static void find_quoted(yq_work *w, const yq_sentence *s)
{
    yq_quote q;
    for (size_t from = s->span.from; yq_next_quote(w->text, s->span, from, &q); from = q.outer.to) {
        size_t lead;
        bool sure;
        if (quoted_list(w, s, q)) continue;
        if (ends_in_any(yq_at(w->text, q.inner), not_titles, YQ_COUNT(not_titles)) || !leads_to_title(w, s, &q, &lead, &sure)) continue;
        yq_people_list people = yq_subjects_before(w, s, lead);
        for (size_t i = 0; i < people.n; i++) add_talk(w, people.who[i], q.inner, 0.9);
        if (people.n) continue;
        const yq_mention *m = pronoun_before(w, s, lead) ? yq_last_person(w, s, lead) : yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), lead);
        bool only = m && (pronoun_before(w, s, lead) || goes_on(w, (yq_span){ m->span.to, (uint32_t)lead }));
        if (only && sure) add_talk(w, m, q.inner, 0.6);
    }
}

/* ---------------------------------------------------------------- plain objects */

static size_t object_end(const yq_work *w, yq_span clause, size_t from)
{
    static const char *const ends[] = { "，", ",", "：" };
    size_t best = clause.to;
    for (size_t i = 0; i < YQ_COUNT(ends); i++) {
        size_t at = yq_find_outside(w->text, clause, from, ends[i]);
        if (at < best) best = at;
    }
    return best;
}

/* A与B依次介绍了X和Y: as many objects as people. */
static void try_object_list(yq_work *w, const yq_people_list *people, yq_span object)
{
    yq_spans topics = { 0 };
    split_topics(w, object, &topics);
    for (size_t at = object.from; topics.n + 1 == people->n && (at = yq_find_outside(w->text, object, at, "和")) != SIZE_MAX; at += 3) {
        yq_span last = topics.v[topics.n - 1];
        if (at <= last.from + 9 || at + 12 >= last.to) continue;
        topics.v[topics.n - 1].to = (uint32_t)at;
        *yq_push(w->arena, &topics) = (yq_span){ (uint32_t)at + 3, last.to };
    }
    if (topics.n != people->n) return;
    for (size_t i = 0; i < people->n; i++) add_talk(w, people->who[i], topics.v[i], 0.7);
}

static void try_object(yq_work *w, const yq_sentence *s, size_t at, size_t length)
{
    static const char *const in_turn[] = { "依次", "分别", "先后", "依次为大家", "分别为大家" };
    yq_span clause = yq_clause_at(w, s, at);
    size_t turn = yq_ends_with_any(w->text, s->span.from, at, in_turn, YQ_COUNT(in_turn));
    yq_people_list people = yq_subjects_before(w, s, at - turn);
    if (people.n > 1 && turn) {
        try_object_list(w, &people, (yq_span){ (uint32_t)(at + length), (uint32_t)object_end(w, clause, at + length) });
        return;
    }
    if (people.n != 1 || at + length >= clause.to || w->text.p[at + length] == '"') return;
    yq_span object = { (uint32_t)(at + length), (uint32_t)object_end(w, clause, at + length) };
    yq_str words = yq_at(w->text, object);
    static const char *const own[] = { "自主研发的", "自己研发的", "团队研发的", "自身的" };
    object.from += (uint32_t)yq_begins_with_any(w->text, object.from, object.to, own, YQ_COUNT(own));
    size_t chars = yq_utf8_count(words);
    if (chars < 4 || chars > 60) return;
    if (yq_starts(words, YQ_S("《"))) return; /* with its marks, find_quoted has it */
    add_talk(w, people.who[0], object, 0.6);
}

/* 对X进行了介绍, directly behind the person. */
static void try_toward(yq_work *w, const yq_sentence *s, size_t at)
{
    static const char *const closers[] = { "进行了介绍", "进行了讲解", "进行了解读", "进行了汇报", "进行了阐述", "作了介绍", "做了介绍", "进行了详细介绍", "作了讲解",
                                           "进行了分享", "作了解读", "作了汇报", "进行了宣讲", "进行了深入讲解", "进行了详细解读" };
    yq_span clause = yq_clause_at(w, s, at);
    yq_people_list people = yq_subjects_before(w, s, at);
    if (people.n != 1) return;
    for (size_t i = 0; i < YQ_COUNT(closers); i++) {
        size_t end = yq_find_outside(w->text, clause, at, closers[i]);
        if (end == SIZE_MAX || yq_has(yq_sub(w->text, at, end), YQ_S("，"))) continue;
        add_talk(w, people.who[0], (yq_span){ (uint32_t)(at + 3), (uint32_t)end }, 0.6);
        return;
    }
}

static void find_objects(yq_work *w, const yq_sentence *s)
{
    for (size_t at = s->span.from; (at = yq_next_cue(w, at, s->span.to, YQ_CUE(OBJECT))) < s->span.to;) {
        size_t n = yq_begins_with_any(w->text, at, s->span.to, object_verbs, YQ_COUNT(object_verbs));
        if (n && !yq_in_quote(w->text, s->span, at)) try_object(w, s, at, n);
        else if (at + 3 <= s->span.to && !memcmp(w->text.p + at, "对", 3) && !yq_in_quote(w->text, s->span, at)) try_toward(w, s, at);
        yq_utf8_next(w->text, &at);
    }
}

/* ---------------------------------------------------------------- English */

static const char *const english_leads[] = {
    "entitled", "titled", "spoke on", "spoke about", "talk on", "lecture on", "keynote on", "presentation on", "closed with",
    "opened with", "presented",
    "lectured on", "talk", "lecture", "keynote", "presentation", "address", "speech", "delivered", "on the topic of", "seminar",
    "on", "with", "about", "called", "talked about", "speech on",
};

static bool title_case(yq_str s)
{
    size_t words = 0, capitals = 0;
    yq_str rest = s, word;
    while (yq_split(&rest, ' ', &word)) {
        if (word.n < 4) continue;
        words++;
        capitals += word.p[0] >= 'A' && word.p[0] <= 'Z';
    }
    return words >= 1 && capitals * 2 >= words;
}

/* "“Title” — Ann Roe", "“Title”, by Dr Roe", "“Title” (Ann Roe, X Hospital)": the quote opens the line and the name stands directly behind. */
static const yq_mention *name_behind_quote(const yq_work *w, const yq_sentence *s, const yq_quote *q)
{
    static const char *const steps[] = { " ", ",", "-", "–", "—", "(", ":", "|", "/", "by ", "presented by ", "with ", "Speaker:", "speaker:" };
    static const char *const verbs[] = { " said", " says", " told", " asked", " added", " explained", " wrote" };
    yq_str front = yq_trim(yq_sub(w->text, s->span.from, q->outer.from));
    while (front.n && strchr("0123456789:.-*• ", front.p[front.n - 1])) front.n--;
    bool label = yq_ends(yq_trim(yq_sub(w->text, s->span.from, q->outer.from)), YQ_S(":"));
    if (front.n > (label ? 40u : 12u)) return NULL;
    size_t at = q->outer.to, n;
    while ((n = yq_begins_with_any(w->text, at, s->span.to, steps, YQ_COUNT(steps))) > 0) at += n;
    const yq_mention *m = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), at);
    for (const yq_mention *t; m && (t = yq_mention_from(w, s, YQ_MASK(YQ_M_TITLE), at)) && t->span.to < m->span.from + 1; at++) {
        at = t->span.to;
        while (at < m->span.from && strchr(" .", w->text.p[at])) at++;
        if (at == m->span.from) break;
    }
    bool speech = m && yq_begins_with_any(w->text, m->span.to, s->span.to, verbs, YQ_COUNT(verbs));
    return m && m->span.from == at && !speech && !yq_has(yq_at(w->text, q->inner), YQ_S(", ,")) ? m : NULL;
}

/* "Keynote: Ann Roe, “Title”", "Dr Roe (X Hospital), “Title”": nothing but a place of work between the name and the quote. */
static const yq_mention *name_before_quote(const yq_work *w, const yq_sentence *s, size_t end)
{
    const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), end);
    if (!m) return NULL;
    yq_str gap = yq_trim(yq_sub(w->text, m->span.to, end));
    bool bracket = gap.n > 2 && gap.p[0] == '(' && gap.p[gap.n - 1] == ')';
    return !gap.n || bracket ? m : NULL;
}

/* "a symposium on “…”", "the Forum entitled “…”": a meeting has the title. */
static bool title_of_meeting(const yq_work *w, const yq_sentence *s, size_t lead)
{
    static const char *const nouns[] = { "symposium", "Symposium", "seminar", "Seminar", "workshop", "Workshop", "forum", "Forum", "conference", "Conference", "meeting", "Meeting", "webinar", "Webinar", "Congress", "congress",
                                         "Summit", "summit", "round table", "roundtable" };
    while (lead > s->span.from && strchr(" ,:", w->text.p[lead - 1])) lead--;
    return yq_ends_with_any(w->text, s->span.from, lead, nouns, YQ_COUNT(nouns)) > 0;
}

static size_t word_count(yq_str s)
{
    size_t n = 0;
    for (yq_str rest = s, word; yq_split(&rest, ' ', &word);) n += word.n > 0;
    return n;
}

static void find_english(yq_work *w, const yq_sentence *s)
{
    yq_quote q;
    for (size_t from = s->span.from; yq_next_quote(w->text, s->span, from, &q); from = q.outer.to) {
        size_t end = q.outer.from, colon = end;
        while (colon > s->span.from && w->text.p[colon - 1] == ' ') colon--;
        bool listed = colon > s->span.from && w->text.p[colon - 1] == ':'; /* "09:00 Name, Hospital: "Title"" */
        while (end > s->span.from && strchr(" ,:", w->text.p[end - 1])) end--;
        size_t n = yq_ends_with_any(w->text, s->span.from, end, english_leads, YQ_COUNT(english_leads));
        yq_str title = yq_at(w->text, q.inner);
        if (!title_case(title)) continue;
        const yq_mention *behind = word_count(title) >= 3 ? name_behind_quote(w, s, &q) : NULL;
        const yq_mention *before = !n && !listed && word_count(title) >= 3 && end < q.outer.from ? name_before_quote(w, s, end) : NULL;
        if (behind || before) {
            add_talk(w, behind ? behind : before, q.inner, 0.8);
            continue;
        }
        if ((!n && !listed) || title_of_meeting(w, s, end - n)) continue;
        const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), end);
        if (m) add_talk(w, m, q.inner, 0.85);
    }
}

/* "Dr Roe will speak on tide-proof pumps": without quotation marks, up to the end of the clause. */
static void find_unquoted(yq_work *w, const yq_sentence *s)
{
    static const char *const verbs[] = { " spoke on ", " spoke about ", " will speak on ", " will speak about ", " speaks on ", " lectured on ", " will lecture on ", " gave a talk on ", " gave a lecture on ",
                                         " gave a keynote on ", " will talk about ", " talked about ", " presented on ", " delivered a keynote on ", " gave a keynote lecture on ", " delivered a lecture on " };
    static const char *const ends[] = { ". ", "; ", ", ", " and Dr ", " and Prof", " before ", " while ", " at the ", "\n" };
    for (size_t i = 0; i < YQ_COUNT(verbs); i++) {
        size_t at = yq_find_outside(w->text, s->span, s->span.from, verbs[i]);
        if (at == SIZE_MAX) continue;
        yq_span title = { (uint32_t)(at + strlen(verbs[i])), s->span.to };
        for (size_t k = 0; k < YQ_COUNT(ends); k++) {
            size_t end = yq_find_outside(w->text, title, title.from, ends[k]);
            if (end != SIZE_MAX) title.to = (uint32_t)end;
        }
        yq_quote q;
        const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at + 1);
        bool near = m && at < m->span.to + 100 && !yq_span_has(w->text, (yq_span){ m->span.to, (uint32_t)at }, ";");
        if (near && !yq_next_quote(w->text, title, title.from, &q) && word_count(yq_at(w->text, title)) >= 2) add_talk(w, m, title, 0.55);
    }
}

/* ---------------------------------------------------------------- lines of a programme */

static const char *const title_labels[] = { "讲题", "题目", "报告题目", "演讲题目", "讲座题目", "演讲主题", "报告主题", "分享主题", "授课题目", "议题", "Title",
                                            "Topic", "Talk" };
static const char *const speaker_labels[] = { "讲者", "报告人", "主讲人", "主讲", "演讲人", "演讲嘉宾", "主讲嘉宾", "分享嘉宾", "授课人", "讲师", "Speaker",
                                              "Speakers",
                                              "Speakers/Discussion", "Presenter", "Presenters", "Lecturer" };

static bool is_label(yq_str s, const char *const *labels, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(s, yq_cstr(labels[i]))) return true;
    return false;
}

typedef struct {
    yq_work *w;
    yq_span heading;        /* of the section, a talk's title when no Title: line is there */
    bool heading_is_talk;   /* a time stands under the heading */
    yq_span title;          /* of the last title line, empty: none */
    const yq_mention *name; /* the person in a heading */
    bool listing;           /* lines below a speaker label */
} programme;

/* The first person of a span. */
static const yq_mention *person_in(const yq_work *w, yq_span span)
{
    yq_mention_list list = { 0 };
    yq_mentions_in(w, span, YQ_MASK(YQ_M_PERSON), &list);
    return list.n ? list.v[0] : NULL;
}

static yq_span talk_title(const programme *p)
{
    if (p->title.to > p->title.from) return p->title;
    return p->heading_is_talk ? p->heading : (yq_span){ 0 };
}

static void add_speakers(programme *p, yq_span span, bool all)
{
    yq_mention_list list = { 0 };
    yq_span title = talk_title(p);
    if (title.to <= title.from) return;
    yq_mentions_in(p->w, span, YQ_MASK(YQ_M_PERSON), &list);
    for (size_t i = 0; i < list.n && (all || i == 0); i++) add_talk(p->w, list.v[i], title, 0.9);
}

/* A line that holds a date and hours: what stands above it is a talk or an event. */
static bool is_time_line(yq_str s)
{
    size_t colon = yq_find(s, YQ_S(":"), 0);
    bool range = colon != SIZE_MAX && colon > 0 && colon + 1 < s.n && s.p[colon - 1] >= '0' && s.p[colon - 1] <= '9' && s.p[colon + 1] >= '0'
        && s.p[colon + 1] <= '9';
    return range && s.n < 120;
}

static void read_heading(programme *p, size_t block)
{
    const yq_reading *r = p->w->reading;
    p->heading = yq_tighten(p->w->text, r->blocks.v[block].span);
    p->heading_is_talk = block + 1 < r->blocks.n && is_time_line(yq_block_text(p->w, block + 1));
    p->title = (yq_span){ 0 };
    p->name = person_in(p->w, r->blocks.v[block].span);
    p->listing = false;
}

static void read_line(programme *p, size_t block)
{
    const yq_block *b = &p->w->reading->blocks.v[block];
    yq_span label, value, whole = yq_tighten(p->w->text, b->span);
    if (is_label(yq_at(p->w->text, whole), speaker_labels, YQ_COUNT(speaker_labels))) {
        p->listing = true;
        return;
    }
    if (b->kind == YQ_BLOCK_HEADING || b->kind == YQ_BLOCK_TITLE) {
        if (b->level == 5) p->listing = false;
        else read_heading(p, block);
        return;
    }
    if (yq_labelled(p->w->text, b->span, &label, &value)) {
        yq_str name = yq_at(p->w->text, label);
        if (is_label(name, title_labels, YQ_COUNT(title_labels))) {
            p->title = value;
            if (p->name) add_talk(p->w, p->name, value, 0.95);
            return;
        }
        if (is_label(name, speaker_labels, YQ_COUNT(speaker_labels))) {
            add_speakers(p, value, true);
            return;
        }
    }
    if (p->listing) add_speakers(p, b->span, false);
    if (b->kind != YQ_BLOCK_ITEM) p->listing = false;
    if (!p->listing && b->kind != YQ_BLOCK_ITEM && b->span.to - b->span.from < 90 && person_in(p->w, b->span)) p->name = person_in(p->w, b->span);
}

static void read_programme(yq_work *w)
{
    programme p = { .w = w };
    for (size_t i = 0; i < w->reading->blocks.n; i++)
        if (w->reading->blocks.v[i].kind != YQ_BLOCK_TABLE) read_line(&p, i);
}

void yq_find_talks(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        if (s->table != YQ_NO_TABLE) continue;
        bool person = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), s->span.from);
        if (person && s->cues & YQ_CUE(TOPIC)) find_topic_lists(w, s);
        if (s->cues & YQ_CUE(QUOTE)) find_quoted(w, s);
        if (person && s->cues & YQ_CUE(OBJECT)) find_objects(w, s);
        if (person && s->cues & YQ_CUE(QUOTE)) find_english(w, s);
        if (person && s->lang == YQ_LANG_EN) find_unquoted(w, s);
    }
    read_programme(w);
}
