/* Stated shortcomings and unmet needs in running text. Demand lists are read in tables.c.
 *
 * What somebody says or the paper reports is cut at commas; a piece counts when it tells of something missing, too little, too late or too
 * hard: by a cue of the lexicon, by one of the patterns of want below, or by a rate that is called low. Neighbouring pieces that count are
 * one need. Plans, praise and what was already overcome are none.
 */
#include "extract/relations.h"

enum { STRONG = 3, ENOUGH = 3, PIECES_MAX = 160, NEED_CHARS_MIN = 7, NEED_CHARS_MAX = 110, THOUGHT_CHARS = 42 };

/* Cues of the lexicon that ask or plan rather than tell of a want; they count in demand lists only. */
static const char *const asking[] = {
    "希望", "期待", "期望", "需求", "寻求", "寻找", "征集", "求购", "诚征", "诚寻", "拟", "攻关", "攻克", "突破", "需要", "挑战", "难题", "痛点", "瓶颈", "堵点",
    "卡脖子", "最后一公里", "临床",
    "揭榜", "榜单", "求助", "招募", "盼", "想要", "想找", "迫切", "紧迫", "需解决", "待解决", "对接", "填补", "空白", "问题", "壁垒", "障碍", "制约", "限制", "局限",
    "困难", "困境", "亟待", "亟需", "急需",
    "误诊", "漏诊", "缺口",
};

/* Patterns of want, each with its weight. */
static const struct { const char *word; int weight; } wants[] = {
    /* missing */
    { "没有任何", 3 }, { "都没有", 3 }, { "也没有", 2 }, { "还没有", 3 }, { "尚无", 3 }, { "尚未", 2 }, { "缺的是", 3 }, { "买不起", 3 }, { "用不起", 3 }, { "做不了", 3 }, { "做不到", 3 },
    { "开展不了", 3 }, { "招不到", 3 }, { "留不住", 3 }, { "请不到", 3 }, { "缺人", 2 }, { "人手", 1 }, { "不够用", 3 }, { "不够", 2 }, { "只够", 3 }, { "凑不", 2 }, { "空置", 2 }, { "闲置", 2 },
    { "缺乏", 3 }, { "匮乏", 3 }, { "短缺", 3 }, { "紧缺", 3 }, { "缺少", 3 }, { "欠缺", 3 }, { "最缺", 3 }, { "一直缺", 3 }, { "缺口", 3 },
    { "短板", 3 }, { "没有", 2 }, { "没人", 3 }, { "无人", 3 },
    { "没有人", 3 }, { "没有一名", 3 }, { "没有一个", 3 }, { "没有一台", 3 }, { "没有好", 3 }, { "找不到", 3 }, { "依赖进口", 3 }, { "仍依赖", 3 },
    { "不多", 1 }, { "方法不多", 3 }, { "手段不多", 3 }, { "选择不多", 3 },
    /* too little, too few */
    { "不足", 3 }, { "不到", 2 }, { "仅为", 3 }, { "只有", 2 }, { "只有1", 3 }, { "只有一", 3 }, { "仍有", 2 }, { "仍不到", 3 }, { "偏低", 3 },
    { "较低", 2 }, { "低下", 3 }, { "不高", 2 }, { "薄弱", 3 }, { "落后", 3 },
    { "差距", 3 }, { "分布不均", 3 }, { "不均衡", 3 }, { "有待提升", 3 }, { "有待提高", 3 }, { "有待完善", 3 }, { "越来越少", 3 }, { "流失", 3 },
    { "停留于", 2 }, { "停留在", 2 },
    /* too late, too long */
    { "来不及", 3 }, { "等不起", 2 }, { "排队", 2 }, { "轮候", 3 }, { "动辄", 3 }, { "长达", 2 }, { "周期长", 2 }, { "耗时", 2 }, { "平均要", 2 },
    { "才能", 1 }, { "才到", 2 }, { "就要", 1 }, { "滞后", 3 }, { "顾不上", 3 }, { "跟不上", 3 }, { "忙不过来", 3 },
    { "不过来", 2 },
    /* too hard, unseen, by hand */
    { "说不清", 3 }, { "不知道", 2 }, { "不清楚", 2 }, { "没把握", 3 }, { "最难", 3 }, { "难的是", 3 }, { "难点", 2 }, { "头疼", 3 }, { "头痛的是", 3 }, { "难题", 2 }, { "最大风险", 3 },
    { "最大的障碍", 3 }, { "最大障碍", 3 }, { "传不", 3 }, { "连不上", 3 }, { "认不出", 3 }, { "测不准", 3 }, { "测不到", 3 }, { "读不出", 3 }, { "对不上", 3 }, { "不兼容", 3 }, { "失灵", 3 }, { "失效", 2 },
    { "失真", 2 }, { "接触不良", 3 }, { "脱落", 2 }, { "松动", 2 }, { "漏气", 2 }, { "漏液", 2 }, { "堵塞", 2 }, { "堵管", 3 }, { "卡在", 2 }, { "卡住", 2 }, { "生锈", 2 }, { "脱胶", 3 }, { "错过", 2 }, { "延误", 3 },
    { "耽误", 3 }, { "失访", 3 }, { "假警报", 3 }, { "报警频繁", 3 }, { "误差", 2 }, { "偏大", 2 }, { "偏差", 2 }, { "因人而异", 3 }, { "凭感觉", 3 }, { "凭手感", 3 }, { "靠手工", 3 }, { "靠肉眼", 3 }, { "手工", 1 },
    { "还是靠", 3 }, { "仍用", 2 }, { "仍须", 2 }, { "仍要", 2 }, { "老办法", 2 }, { "土办法", 2 }, { "怕担", 3 }, { "担心", 1 }, { "反复", 1 }, { "费时", 3 }, { "费力", 3 }, { "费劲", 3 }, { "不准", 2 },
    { "不互认", 3 }, { "不理想", 3 }, { "不稳定", 3 }, { "不一致", 3 }, { "摆设", 3 }, { "等不了", 3 }, { "来回", 1 }, { "经常", 1 }, { "只好", 2 }, { "只能", 2 }, { "掉到", 2 }, { "一台难求", 3 }, { "一床难求", 3 },
    { "难以", 3 }, { "无法", 3 }, { "难免", 3 }, { "不便", 2 }, { "不敢", 3 }, { "看不见", 3 }, { "看不到", 3 }, { "看不懂", 2 }, { "拿不准", 3 },
    { "靠经验", 3 }, { "凭经验", 3 }, { "全凭", 3 }, { "全靠", 3 }, { "靠人工", 3 },
    { "仍靠", 3 }, { "仰赖", 2 }, { "不敏感", 3 }, { "误报", 3 }, { "漏检", 3 }, { "漏诊", 3 }, { "误诊", 3 }, { "复发", 2 }, { "再次住院", 3 },
    { "再入院", 3 }, { "往往", 2 }, { "常常", 1 }, { "高达", 2 },
    /* not joined */
    { "不通", 2 }, { "不一", 2 }, { "互不", 3 }, { "不畅", 3 }, { "脱节", 3 }, { "梗阻", 3 }, { "不完善", 3 }, { "不健全", 3 }, { "存在的问题", 3 },
    /* English */
    { "lack of", 3 }, { "shortage", 3 }, { "nowhere to", 3 }, { "too late", 3 }, { "often too", 3 }, { "too slow", 3 },
    { "too costly", 3 }, { "unable to", 3 }, { "unmet", 3 }, { "no effective", 3 }, { "struggle", 3 },
    { "bottleneck", 3 }, { "remains difficult", 3 }, { "insufficient", 3 }, { "have no ", 3 }, { "there is no ", 3 },
};

/* What is called low. */
static const char *const low[] = { "只有", "仅有", "仅为", "仅" };
static const char *const said_twice[] = { "缺" };

const yq_cue_words yq_need_cues[] = { YQ_CUE_FIELD(WANT, wants, word), YQ_CUE_WORDS(WANT, low), YQ_CUE_WORDS(WANT, said_twice), { 0 } };

/* What makes a piece something else: a plan, an achievement, an event, thanks. */
static const char *const excuses[] = {
    "将", "实现", "破解", "解决", "打破", "突破", "填补", "改善", "提升了", "提高到", "降至", "降到", "下降", "缩短", "已建成", "签", "捐", "获得", "夺得", "受邀",
    "出席", "举行", "举办", "召开", "主办", "启动", "避免",
    "防止", "助力", "推动", "补齐", "不仅", "无需", "毋须", "不需要", "不再", "承诺", "优先", "不超过", "不少于", "不低于", "申请", "报名", "为了", "成立时", "成立之初",
    "当年", "感谢", "免费", "进行了", "揭示", "数据显示", "指出", "表示", "坦言", "will ", "can now", "significant difference", "adverse", "launched", "to help",
};

/* What is low here is no want. */
static const char *const prices[] = { "售价", "价格", "成本", "费用", "收费", "价钱" };

static bool is_asking(yq_str cue)
{
    for (size_t i = 0; i < YQ_COUNT(asking); i++)
        if (yq_has(cue, yq_cstr(asking[i]))) return true;
    return false;
}

/* The weight of a cue of the lexicon at `at`; 0 of those that ask or say little. */
static int strength_of(yq_str text, size_t at, const yq_lex_hit *cue)
{
    int strength = (int)yq_lex_number(cue->value, 0, 1);
    return strength < STRONG || cue->length < 4 || is_asking(yq_sub(text, at, at + cue->length)) ? 0 : strength;
}

/* May a piece of the sentence tell of a want? */
static bool may_want(const yq_work *w, const yq_sentence *s)
{
    yq_lex_hit hit[8];
    if (s->cues & YQ_CUE(WANT)) return true;
    for (size_t at = s->span.from; at < s->span.to; yq_utf8_next(w->text, &at))
        for (size_t n = yq_lex_at(w->text, at, 1u << YQ_LEX_NEED_CUES, hit, YQ_COUNT(hit)); n > 0; n--)
            if (strength_of(w->text, at, &hit[n - 1])) return true;
    return false;
}

/* The weight of one piece. */
static int want_of(yq_str piece)
{
    int sum = 0;
    yq_lex_hit hit;
    yq_sieve sieve = yq_sieve_of(piece);
    for (size_t i = 0; i < YQ_COUNT(wants); i++) {
        if (!yq_sieve_passes(&sieve, wants[i].word) || !yq_has(piece, yq_cstr(wants[i].word))) continue;
        sum += wants[i].weight;
    }
    size_t first = yq_find(piece, YQ_S("缺"), 0); /* 缺人、缺设备: said twice it is a want whatever is missing */
    if (first != SIZE_MAX && yq_find(piece, YQ_S("缺"), first + 3) != SIZE_MAX) sum += 3;
    for (size_t at = 0; at < piece.n; yq_utf8_next(piece, &at))
        if (yq_lex_longest(piece, at, YQ_LEX_NEED_CUES, &hit)) sum += strength_of(piece, at, &hit);
    return sum;
}

static bool excused(yq_str piece)
{
    return yq_has_any(piece, excuses, YQ_COUNT(excuses));
}

/* ---------------------------------------------------------------- where the content begins */

/* Behind "某某表示，", "坦言：“": the name and the verb of speech are no part of a need. */
static yq_span behind_speech(const yq_work *w, yq_span piece)
{
    static const char *const verbs[] = { "表示", "指出", "说", "介绍", "坦言", "直言", "透露", "认为", "反映", "发现", "强调", "提到", "告诉记者", "指",
                                         "称", "但", "而", "目前", "但是", "然而", "可", "却", "其中",
                                         "表示：", "普遍反映", "现阶段", "同时", "并指出", "笑言", "忧虑", "现时", "如今", "数据显示", "据介绍", "他说", "她说",
                                         "当前" };
    for (bool more = true; more;) {
        size_t n = yq_begins_with_any(w->text, piece.from, piece.to, verbs, YQ_COUNT(verbs));
        more = n > 0 && piece.to - piece.from > n + 6;
        if (more) piece = yq_tighten(w->text, (yq_span){ piece.from + (uint32_t)n, piece.to });
    }
    return piece;
}

/* The end of the last verb of speech that a piece holds behind a person: 院长周岚说全县没有… */
static yq_span behind_speaker(const yq_work *w, const yq_sentence *s, yq_span piece)
{
    yq_lex_hit hit;
    const yq_mention *first = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), piece.from);
    for (size_t at = first ? first->span.to : piece.to; at < piece.to; yq_utf8_next(w->text, &at)) {
        if (!yq_lex_longest(yq_sub(w->text, 0, piece.to), at, YQ_LEX_SPEECH_VERBS, &hit)) continue;
        const yq_mention *who = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at);
        bool near = who && who->span.from >= piece.from && at - who->span.to <= 30;
        if (near && at + hit.length + 12 < piece.to) return yq_tighten(w->text, (yq_span){ (uint32_t)(at + hit.length), piece.to });
    }
    return piece;
}

/* ---------------------------------------------------------------- pieces */

typedef struct {
    yq_span span;
    int want;
    bool stop;    /* a full stop or semicolon ends it */
    bool said;    /* somebody's words begin with it: 某某说, */
    bool excused;
} piece;

/* Quotes of a word or two (靠“热”起效) are part of the piece. */
static bool short_quote(const yq_work *w, const yq_sentence *s, size_t at, size_t *behind)
{
    enum { SHORT_QUOTE_BYTES = 24 };
    yq_quote q;
    if (!yq_quote_at(w->text, at, s->span.to, &q) || q.outer.to - q.outer.from > SHORT_QUOTE_BYTES) return false;
    return *behind = q.outer.to, true;
}

/* Cuts a sentence at every comma and stop, inside quotes as well: people speak in them. */
static size_t cut_pieces(const yq_work *w, const yq_sentence *s, piece *out)
{
    static const char commas[] = "，,：:“”「」\"", stops[] = "。；;！？!?";
    size_t n = 0;
    uint32_t from = s->span.from;
    for (size_t at = s->span.from; at < s->span.to && n < PIECES_MAX - 1;) {
        size_t length, next;
        bool stop = yq_mark_at(w->text, at, stops, &length), comma = yq_mark_at(w->text, at, commas, &length);
        next = at + length;
        if (short_quote(w, s, at, &next)) {
            at = next;
            continue;
        }
        bool number = w->text.p[at] == ',' && at > from && w->text.p[at - 1] >= '0' && w->text.p[at - 1] <= '9' && next < s->span.to && w->text.p[next] >= '0'
            && w->text.p[next] <= '9';
        if (!number && (stop || comma)) {
            yq_span span = yq_tighten(w->text, (yq_span){ from, (uint32_t)at });
            if (span.to > span.from) out[n++] = (piece){ .span = span, .stop = stop };
            else if (stop && n) out[n - 1].stop = true;
            from = (uint32_t)next;
        }
        at = next;
    }
    yq_span rest = yq_tighten(w->text, (yq_span){ from, s->span.to });
    if (rest.to > rest.from) out[n++] = (piece){ .span = rest, .stop = true };
    return n;
}

/* ---------------------------------------------------------------- adding */

static bool told_in_list(const yq_work *w, yq_span span)
{
    for (size_t i = 0; i < w->out->needs.n; i++) {
        yq_span known = w->out->needs.v[i].evidence.span;
        if (span.from < known.to && known.from < span.to) return true;
        if (yq_same_words(w->out->needs.v[i].text, yq_at(w->text, span))) return true;
    }
    return false;
}

/* Whose want it is: the organisation of the speaker, or the one named in the sentence. */
static int holder_of(const yq_work *w, const yq_sentence *s, size_t at)
{
    const yq_mention *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), at), *who = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at);
    if (who && yq_org_of_person(w, who->ref) != YQ_NONE) return yq_org_of_person(w, who->ref);
    return org ? org->ref : YQ_NONE;
}

static void add_need(yq_work *w, const yq_sentence *s, yq_span span)
{
    size_t chars = yq_utf8_count(yq_at(w->text, span));
    size_t most = yq_is_han(yq_utf8_next(w->text, &(size_t){ span.from })) ? NEED_CHARS_MAX : NEED_CHARS_MAX * 3;
    if (chars < NEED_CHARS_MIN || chars > most || w->out->needs.n >= YQ_FOUND_MAX || told_in_list(w, span)) return;
    yq_found_need need = { .text = yq_words_of(w, span), .holder = holder_of(w, s, span.from), .evidence = yq_evidence_of(w, span, 0.55, YQ_VOICE_PATTERN) };
    *yq_push(w->arena, &w->out->needs) = need;
}

/* "…等医疗发展短板", "…等问题": the end of the row before what it is called. */
static uint32_t row_end(const yq_work *w, yq_span span)
{
    enum { TAIL_BYTES = 30 };
    static const char *const nouns[] = { "短板", "问题", "难题", "困难", "不足", "现象", "瓶颈", "困境" };
    for (size_t n, at = span.to; at > span.from + 3 && span.to - at < TAIL_BYTES; at = yq_utf8_back(w->text, at)) {
        if (memcmp(w->text.p + at - 3, "等", 3)) continue;
        n = yq_ends_with_any(w->text, at, span.to, nouns, YQ_COUNT(nouns));
        return n ? (uint32_t)at - 3 : span.to;
    }
    return span.to;
}

/* "A不足、B匮乏、C有待提升": wants in a row are as many needs. */
static bool add_row(yq_work *w, const yq_sentence *s, yq_span span)
{
    yq_spans parts = { 0 };
    static const char *const heads[] = { "仍存在", "还存在", "存在", "普遍存在", "面临" };
    span.to = row_end(w, span);
    for (size_t i = 0; i < YQ_COUNT(heads); i++) {
        size_t at = yq_find_outside(w->text, span, span.from, heads[i]);
        if (at != SIZE_MAX && at < span.from + 30) span.from = (uint32_t)(at + strlen(heads[i]));
    }
    yq_cut_at(w->arena, w->text, span, "、", &parts);
    for (size_t i = 0; i < parts.n; i++)
        if (want_of(yq_at(w->text, parts.v[i])) < ENOUGH || yq_utf8_count(yq_at(w->text, parts.v[i])) < NEED_CHARS_MIN) return false;
    if (parts.n < 2) return false;
    for (size_t i = 0; i < parts.n; i++) add_need(w, s, yq_tighten(w->text, parts.v[i]));
    return true;
}

/* ---------------------------------------------------------------- one sentence */

static bool ends_speaking(const yq_work *w, yq_span words)
{
    yq_lex_hit hit;
    return yq_lex_suffix(yq_sub(w->text, 0, words.to), words.to, YQ_LEX_SPEECH_VERBS, &hit) && hit.length <= words.to - words.from;
}

/* What somebody says in two or three pieces is one thought: the whole quote that holds the span; else the span. */
static yq_span whole_quote(const yq_work *w, const yq_sentence *s, yq_span span)
{
    yq_quote q;
    for (size_t from = s->span.from; yq_next_quote(w->text, s->span, from, &q) && q.outer.from < span.to; from = q.outer.to) {
        if (q.book || span.from < q.inner.from || span.to > q.inner.to) continue;
        yq_str words = yq_at(w->text, q.inner);
        size_t most = yq_is_han(yq_utf8_next(w->text, &(size_t){ q.inner.from })) ? THOUGHT_CHARS : THOUGHT_CHARS * 3;
        size_t stop = yq_find(words, YQ_S("。"), 0);
        if (yq_utf8_count(words) <= most && !excused(words) && (stop == SIZE_MAX || stop + 3 >= words.n)) return yq_tighten(w->text, q.inner);
    }
    return span;
}

/* 只有54.6%, 仅有3家: a number that is called low. What was so in an earlier year is history. */
static int called_low(yq_str words)
{
    if (words.n > 7 && words.p[0] >= '1' && words.p[0] <= '2' && !memcmp(words.p + 4, "年", 3)) return 0;
    for (size_t i = 0; i < YQ_COUNT(low); i++) {
        size_t at = yq_find(words, yq_cstr(low[i]), 0), behind = at + strlen(low[i]);
        if (at != SIZE_MAX && behind < words.n && words.p[behind] >= '0' && words.p[behind] <= '9') return 3;
    }
    return 0;
}

static size_t thought_chars(const yq_work *w, const piece *p, size_t from, size_t to)
{
    size_t chars = yq_utf8_count(yq_sub(w->text, p[from].span.from, p[to].span.to));
    return yq_is_han(yq_utf8_next(w->text, &(size_t){ p[from].span.from })) ? chars : chars / 3;
}

/* Are piece i and the next parts of one thought: nothing but a comma between, and neither tells of a plan or of what was done? */
static bool goes_with(const yq_work *w, const piece *p, size_t i)
{
    yq_str mark = yq_trim(yq_sub(w->text, p[i].span.to, p[i + 1].span.from));
    bool chinese = (unsigned char)w->text.p[p[i].span.from] >= 0x80; /* English sets off by commas who speaks */
    bool comma = chinese && (yq_eq(mark, YQ_S("，")) || yq_eq(mark, YQ_S(","))), connective = p[i].span.to - p[i].span.from < 9;
    return !p[i].stop && comma && !connective && !p[i + 1].said && !p[i].excused && !p[i + 1].excused;
}

/* p: room for the pieces. */
static void read_sentence(yq_work *w, const yq_sentence *s, piece *p)
{
    size_t n = cut_pieces(w, s, p);
    for (size_t i = 0; i < n; i++) {
        yq_span whole = p[i].span;
        p[i].span = behind_speech(w, behind_speaker(w, s, whole));
        p[i].said = p[i].span.from > whole.from || (i && ends_speaking(w, p[i - 1].span));
        yq_str words = yq_at(w->text, p[i].span);
        p[i].excused = excused(words);
        p[i].want = p[i].excused ? 0 : want_of(words) + called_low(words);
        if (i && yq_has_any(yq_at(w->text, p[i - 1].span), prices, YQ_COUNT(prices))) p[i].want = 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (p[i].want < ENOUGH) continue;
        size_t from = i, to = i;
        if (add_row(w, s, p[i].span)) continue;
        while (to + 1 < n && !p[to].stop && p[to + 1].want >= 2 && p[to + 1].span.from - p[to].span.to <= 6) to++;
        while (from > 0 && !p[from].said && goes_with(w, p, from - 1) && thought_chars(w, p, from - 1, to) <= THOUGHT_CHARS) from--;
        while (to + 1 < n && goes_with(w, p, to) && thought_chars(w, p, from, to + 1) <= THOUGHT_CHARS) to++;
        add_need(w, s, whole_quote(w, s, behind_speech(w, yq_tighten(w->text, (yq_span){ p[from].span.from, p[to].span.to }))));
        i = to;
    }
}

void yq_note_need(yq_work *w, const yq_sentence *s, yq_span span)
{
    add_need(w, s, span);
}

void yq_find_needs(yq_work *w)
{
    piece *p = YQ_ARRAY(w->arena, piece, PIECES_MAX);
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        yq_block_kind kind = w->reading->blocks.v[s->block].kind;
        if (s->table != YQ_NO_TABLE || (kind != YQ_BLOCK_PARAGRAPH && kind != YQ_BLOCK_ITEM)) continue;
        size_t known = w->out->needs.n;
        if (may_want(w, s)) read_sentence(w, s, p);
        if (w->out->needs.n == known && s->lang == YQ_LANG_EN) yq_read_english_need(w, s);
    }
}
