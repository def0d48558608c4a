/* What is said of a trial, call, fund or policy: whose it is, until when, how much, whom to ask, how it stands.
 *
 * First each scheme gets its scope: the row, the entry of the list, the block or the document. In it the same few words lead to the details whether
 * they head a column (截止), label a value (揭榜截止：…) or stand in a sentence (由某公司申办): one table of words serves all three.
 */
#include "extract/schemes.h"

typedef enum {
    TAKE_TEXT,   /* the words behind, to the end of the clause */
    TAKE_ORG,    /* the organisations named behind */
    TAKE_PERSON, /* the person named behind */
    TAKE_DATE,   /* the last date behind */
    TAKE_MONEY,  /* the amount behind */
} take;

/* bare: stands in sentences without a colon; else it is a label or a header. */
static const struct { const char *word, *field; take take; unsigned kinds; bool bare; } labels[] = {
    { "发榜单位", "holder", TAKE_ORG, YQ_CALL, false }, { "出题单位", "holder", TAKE_ORG, YQ_CALL, false }, { "需求单位", "holder", TAKE_ORG, YQ_CALL, false },
    { "提出单位", "holder", TAKE_ORG, YQ_CALL, false }, { "需求方", "holder", TAKE_ORG, YQ_CALL, false }, { "发榜方", "holder", TAKE_ORG, YQ_CALL, false },
    { "出题方", "holder", TAKE_ORG, YQ_CALL, false }, { "征集单位", "holder", TAKE_ORG, YQ_CALL, false }, { "challenge owner", "holder", TAKE_ORG, YQ_CALL, false },
    { "owner", "holder", TAKE_ORG, YQ_CALL, false }, { "issued by", "holder", TAKE_ORG, YQ_CALL | YQ_POLICY, true },
    { "发布单位", "holder", TAKE_ORG, YQ_ANY_SCHEME, false }, { "主管部门", "holder", TAKE_ORG, YQ_ANY_SCHEME, false },
    { "发文机关", "holder", TAKE_ORG, YQ_POLICY, false }, { "发文单位", "holder", TAKE_ORG, YQ_POLICY, false }, { "制定单位", "holder", TAKE_ORG, YQ_POLICY, false },
    { "印发单位", "holder", TAKE_ORG, YQ_POLICY, false }, { "牵头部门", "holder", TAKE_ORG, YQ_POLICY, false }, { "编制", "holder", TAKE_ORG, YQ_POLICY, false },
    { "管理人", "holder", TAKE_ORG, YQ_FUND, true }, { "基金管理人", "holder", TAKE_ORG, YQ_FUND, true }, { "管理机构", "holder", TAKE_ORG, YQ_FUND, true },
    { "资助方", "holder", TAKE_ORG, YQ_FUND, false }, { "资助单位", "holder", TAKE_ORG, YQ_FUND, false }, { "设立单位", "holder", TAKE_ORG, YQ_FUND, false },
    { "出资方", "holder", TAKE_ORG, YQ_FUND, false }, { "funder", "holder", TAKE_ORG, YQ_FUND, false }, { "managed by", "holder", TAKE_ORG, YQ_FUND, true },
    { "fund manager", "holder", TAKE_ORG, YQ_FUND, false },
    { "申办方", "holder", TAKE_ORG, YQ_TRIAL, false }, { "申办方或牵头单位", "holder", TAKE_ORG, YQ_TRIAL, false }, { "申办单位", "holder", TAKE_ORG, YQ_TRIAL, false }, { "申办者", "holder", TAKE_ORG, YQ_TRIAL, false },
    { "发起单位", "holder", TAKE_ORG, YQ_TRIAL, false }, { "sponsored by", "holder", TAKE_ORG, YQ_TRIAL, true }, { "sponsor", "holder", TAKE_ORG, YQ_TRIAL, false },
    { "牵头单位", "lead_site", TAKE_ORG, YQ_TRIAL, false }, { "组长单位", "lead_site", TAKE_ORG, YQ_TRIAL, false },
    { "研究单位", "lead_site", TAKE_ORG, YQ_TRIAL, false }, { "lead site", "lead_site", TAKE_ORG, YQ_TRIAL, false }, { "led by", "lead_site", TAKE_ORG, YQ_TRIAL, true },
    { "主要研究者", "investigator", TAKE_PERSON, YQ_TRIAL, true }, { "研究负责人", "investigator", TAKE_PERSON, YQ_TRIAL, true },
    { "principal investigator", "investigator", TAKE_PERSON, YQ_TRIAL, true }, { "pi", "investigator", TAKE_PERSON, YQ_TRIAL, false },
    { "项目负责人", "investigator", TAKE_PERSON, YQ_TRIAL, false }, { "研究者", "investigator", TAKE_PERSON, YQ_TRIAL, false },
    { "联系人", "contact", TAKE_PERSON, YQ_ANY_SCHEME, true }, { "对接人", "contact", TAKE_PERSON, YQ_ANY_SCHEME, true },
    { "咨询", "contact", TAKE_PERSON, YQ_ANY_SCHEME, false }, { "联系", "contact", TAKE_PERSON, YQ_ANY_SCHEME, false },
    { "项目咨询", "contact", TAKE_PERSON, YQ_ANY_SCHEME, false }, { "政策咨询", "contact", TAKE_PERSON, YQ_POLICY, false },
    { "政策解读人", "contact", TAKE_PERSON, YQ_POLICY, false }, { "解读", "contact", TAKE_PERSON, YQ_POLICY, false }, { "contact", "contact", TAKE_PERSON, YQ_ANY_SCHEME, false },
    { "截止", "deadline", TAKE_DATE, YQ_CALL | YQ_FUND | YQ_TRIAL, true }, { "揭榜截止", "deadline", TAKE_DATE, YQ_CALL, true },
    { "申报截止", "deadline", TAKE_DATE, YQ_CALL | YQ_FUND, true }, { "受理时间", "deadline", TAKE_DATE, YQ_CALL | YQ_FUND, true },
    { "申报时间", "deadline", TAKE_DATE, YQ_CALL | YQ_FUND, true }, { "申报期限", "deadline", TAKE_DATE, YQ_CALL | YQ_FUND, true },
    { "征集时间", "deadline", TAKE_DATE, YQ_CALL, true }, { "deadline", "deadline", TAKE_DATE, YQ_ANY_SCHEME, true },
    { "closing date", "deadline", TAKE_DATE, YQ_ANY_SCHEME, true }, { "applications close", "deadline", TAKE_DATE, YQ_CALL | YQ_FUND, true },
    { "入组截止", "deadline", TAKE_DATE, YQ_TRIAL, true }, { "招募截止", "deadline", TAKE_DATE, YQ_TRIAL, true },
    { "经费", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true }, { "资助", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true },
    { "资助经费", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true }, { "榜单金额", "budget", TAKE_MONEY, YQ_CALL, true }, { "榜额", "budget", TAKE_MONEY, YQ_CALL, true },
    { "悬赏", "budget", TAKE_MONEY, YQ_CALL, true }, { "拟投入", "budget", TAKE_MONEY, YQ_CALL, true }, { "资助额度", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true },
    { "资助强度", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true }, { "支持额度", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true },
    { "单笔", "budget", TAKE_MONEY, YQ_FUND, true }, { "每项资助", "budget", TAKE_MONEY, YQ_FUND, true }, { "每项", "budget", TAKE_MONEY, YQ_FUND, true },
    { "规模", "size", TAKE_MONEY, YQ_FUND, true }, { "总规模", "size", TAKE_MONEY, YQ_FUND, true }, { "基金规模", "size", TAKE_MONEY, YQ_FUND, true },
    { "总额", "size", TAKE_MONEY, YQ_FUND, true }, { "award of", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, true }, { "up to", "budget", TAKE_MONEY, YQ_FUND, true },
    { "budget", "budget", TAKE_MONEY, YQ_CALL | YQ_FUND, false }, { "prize", "budget", TAKE_MONEY, YQ_CALL, true },
    { "fund size", "size", TAKE_MONEY, YQ_FUND, true },
    { "状态", "status", TAKE_TEXT, YQ_ANY_SCHEME, false }, { "招募状态", "status", TAKE_TEXT, YQ_TRIAL, false }, { "进展", "status", TAKE_TEXT, YQ_ANY_SCHEME, false },
    { "status", "status", TAKE_TEXT, YQ_ANY_SCHEME, false },
    { "榜单编号", "number", TAKE_TEXT, YQ_CALL, false }, { "编号", "number", TAKE_TEXT, YQ_CALL | YQ_FUND, false }, { "文号", "number", TAKE_TEXT, YQ_POLICY, false },
    { "登记号", "number", TAKE_TEXT, YQ_TRIAL, false }, { "注册号", "number", TAKE_TEXT, YQ_TRIAL, false },
    { "适用地区", "region", TAKE_TEXT, YQ_ANY_SCHEME, false }, { "地区", "region", TAKE_TEXT, YQ_ANY_SCHEME, false }, { "区域", "region", TAKE_TEXT, YQ_ANY_SCHEME, false },
    { "适用区域", "region", TAKE_TEXT, YQ_ANY_SCHEME, false }, { "region", "region", TAKE_TEXT, YQ_ANY_SCHEME, false },
    { "榜单内容", "need", TAKE_TEXT, YQ_CALL, false }, { "临床需求", "need", TAKE_TEXT, YQ_CALL, false }, { "要解决的问题", "need", TAKE_TEXT, YQ_CALL, false },
    { "研究内容", "need", TAKE_TEXT, YQ_CALL, false }, { "攻关内容", "need", TAKE_TEXT, YQ_CALL, false }, { "需求描述", "need", TAKE_TEXT, YQ_CALL, false },
    { "要求", "need", TAKE_TEXT, YQ_CALL, false }, { "考核指标", "indicators", TAKE_TEXT, YQ_CALL, false }, { "技术指标", "indicators", TAKE_TEXT, YQ_CALL, false },
    { "支持方向", "focus", TAKE_TEXT, YQ_FUND, false }, { "资助方向", "focus", TAKE_TEXT, YQ_FUND, false }, { "投资方向", "focus", TAKE_TEXT, YQ_FUND, false },
    { "投资阶段", "focus", TAKE_TEXT, YQ_FUND, false }, { "支持范围", "focus", TAKE_TEXT, YQ_FUND, false },
    { "尚缺中心", "sites_wanted", TAKE_TEXT, YQ_TRIAL, false }, { "还需中心", "sites_wanted", TAKE_TEXT, YQ_TRIAL, false },
    { "拟增补中心", "sites_wanted", TAKE_TEXT, YQ_TRIAL, false }, { "招募中心", "sites_wanted", TAKE_TEXT, YQ_TRIAL, false },
    { "sites wanted", "sites_wanted", TAKE_TEXT, YQ_TRIAL, false }, { "入组条件", "inclusion", TAKE_TEXT, YQ_TRIAL, false },
    { "入选标准", "inclusion", TAKE_TEXT, YQ_TRIAL, false }, { "入排标准", "inclusion", TAKE_TEXT, YQ_TRIAL, false }, { "inclusion", "inclusion", TAKE_TEXT, YQ_TRIAL, false },
    { "适应症", "condition", TAKE_TEXT, YQ_TRIAL, false }, { "condition", "condition", TAKE_TEXT, YQ_TRIAL, false },
    { "分期", "phase", TAKE_TEXT, YQ_TRIAL, false }, { "phase", "phase", TAKE_TEXT, YQ_TRIAL, false },
};

/* "由某公司申办", "某医院牵头": who stands before the verb. */
static const struct { const char *word, *field; unsigned kinds; } verbs[] = {
    { "申办", "holder", YQ_TRIAL }, { "发起", "holder", YQ_TRIAL | YQ_FUND }, { "牵头", "lead_site", YQ_TRIAL }, { "设立", "holder", YQ_FUND },
    { "共同出资", "holder", YQ_FUND }, { "管理", "holder", YQ_FUND }, { "发布", "holder", YQ_CALL }, { "印发", "holder", YQ_POLICY }, { "出台", "holder", YQ_POLICY },
    { "invite", "holder", YQ_FUND | YQ_CALL }, { "jointly invite", "holder", YQ_FUND | YQ_CALL }, { "is sponsoring", "holder", YQ_TRIAL },
};

/* How it stands. The longest word of a clause decides; those without a status say something else. */
static const struct { const char *word, *status; unsigned kinds; } states[] = {
    { "入组中心", NULL, YQ_TRIAL }, { "招募中心", NULL, YQ_TRIAL }, { "招募中", "open", YQ_TRIAL }, { "正在招募", "open", YQ_TRIAL }, { "持续招募", "open", YQ_TRIAL }, { "入组中", "open", YQ_TRIAL }, { "正在入组", "open", YQ_TRIAL },
    { "开始招募", "open", YQ_TRIAL }, { "启动招募", "open", YQ_TRIAL }, { "尚可增补", "open", YQ_TRIAL }, { "尚缺", "open", YQ_TRIAL }, { "recruiting", "open", YQ_TRIAL },
    { "now recruiting", "open", YQ_TRIAL }, { "not recruiting", "closed", YQ_TRIAL }, { "not yet recruiting", "planned", YQ_TRIAL }, { "no longer recruiting", "closed", YQ_TRIAL },
    { "完成入组", "closed", YQ_TRIAL }, { "入组完成", "closed", YQ_TRIAL }, { "不再招募", "closed", YQ_TRIAL }, { "停止招募", "closed", YQ_TRIAL },
    { "招募结束", "closed", YQ_TRIAL }, { "已完成", "closed", YQ_TRIAL }, { "已结束", "closed", YQ_ANY_SCHEME }, { "满额", "closed", YQ_TRIAL },
    { "enrolment complete", "closed", YQ_TRIAL }, { "enrollment complete", "closed", YQ_TRIAL }, { "completed", "closed", YQ_TRIAL },
    { "提前终止", "stopped", YQ_TRIAL }, { "已终止", "stopped", YQ_ANY_SCHEME }, { "暂停", "stopped", YQ_TRIAL | YQ_FUND | YQ_CALL }, { "terminated", "stopped", YQ_TRIAL },
    { "suspended", "stopped", YQ_TRIAL }, { "已撤销", "stopped", YQ_CALL | YQ_FUND }, { "流榜", "stopped", YQ_CALL }, { "撤榜", "stopped", YQ_CALL },
    { "withdrawn", "stopped", YQ_ANY_SCHEME },
    { "尚未立项", "planned", YQ_TRIAL }, { "准备中", "planned", YQ_TRIAL }, { "伦理审查", "planned", YQ_TRIAL }, { "尚未启动", "planned", YQ_TRIAL | YQ_FUND },
    { "拟开展", "planned", YQ_TRIAL }, { "拟启动", "planned", YQ_TRIAL }, { "待启动", "planned", YQ_TRIAL }, { "筹备中", "planned", YQ_ANY_SCHEME },
    { "拟设立", "planned", YQ_FUND }, { "planned", "planned", YQ_TRIAL },
    { "征集中", "open", YQ_CALL }, { "受理中", "open", YQ_CALL | YQ_FUND }, { "申报中", "open", YQ_CALL | YQ_FUND }, { "开放申报", "open", YQ_CALL | YQ_FUND },
    { "长期有效", "open", YQ_CALL | YQ_FUND }, { "揭榜中", "open", YQ_CALL }, { "open for applications", "open", YQ_CALL | YQ_FUND },
    { "已截止", "closed", YQ_CALL | YQ_FUND }, { "停止申报", "closed", YQ_CALL | YQ_FUND }, { "不再受理", "closed", YQ_CALL | YQ_FUND },
    { "停止受理", "closed", YQ_CALL | YQ_FUND }, { "已揭榜", "closed", YQ_CALL }, { "已停止", "closed", YQ_CALL | YQ_FUND }, { "投资期已结束", "closed", YQ_FUND },
    { "now closed", "closed", YQ_CALL | YQ_FUND }, { "closed to applications", "closed", YQ_CALL | YQ_FUND },
    { "失效", "closed", YQ_POLICY }, { "废止", "closed", YQ_POLICY }, { "到期", "closed", YQ_POLICY }, { "不再执行", "closed", YQ_POLICY }, { "停止执行", "closed", YQ_POLICY },
    { "征求意见", "planned", YQ_POLICY }, { "起施行", "open", YQ_POLICY }, { "起执行", "open", YQ_POLICY }, { "起实施", "open", YQ_POLICY }, { "现行有效", "open", YQ_POLICY },
    { "repealed", "closed", YQ_POLICY }, { "expired", "closed", YQ_POLICY },
};

/* Registers of trials, by how their numbers begin. */
static const char *const registers[] = { "nct", "chictr", "ctr20", "isrctn", "euctr" };

const yq_cue_words yq_detail_cues[] = { YQ_CUE_FIELD(DETAIL, labels, word), YQ_CUE_FIELD(DETAIL, verbs, word), YQ_CUE_WORDS(DETAIL, registers),
                                        YQ_CUE_FIELD(STATE, states, word), { 0 } };

/* ---------------------------------------------------------------- scopes */

/* Lines that end the last entry of a list. */
static const char *const enders[] = { "说明", "附：", "附件", "注：", "备注", "联系方式", "申报要求", "申报程序", "揭榜条件", "揭榜要求", "揭榜流程", "申报方式", "有关要求", "其他",
                                      "咨询", "contact", "how to apply", "notes" };

bool yq_ends_list(yq_str line)
{
    for (size_t at = 0; at < line.n && at < 12; yq_utf8_next(line, &at))
        for (size_t i = 0; i < YQ_COUNT(enders); i++)
            if (yq_word_at(line, at, line.n, enders[i]) && (at == 0 || line.n < 60)) return true;
    return false;
}

static bool begins_other(const yq_schemes *s, const yq_scheme *e, size_t i)
{
    const yq_block *own = &s->w->reading->blocks.v[e->block], *b = &s->w->reading->blocks.v[i];
    if (b->kind == YQ_BLOCK_HEADING) return own->kind != YQ_BLOCK_HEADING || b->level <= own->level;
    if (b->kind == YQ_BLOCK_ITEM && own->kind == YQ_BLOCK_ITEM && b->level <= own->level) return true;
    return b->kind == YQ_BLOCK_META || yq_ends_list(yq_block_text(s->w, i));
}

static uint32_t entry_end(const yq_schemes *s, const yq_scheme *e)
{
    const yq_reading *r = s->w->reading;
    for (size_t i = e->block + 1; i < r->blocks.n; i++) {
        bool next = begins_other(s, e, i);
        for (size_t k = 0; !next && k < s->all.n; k++) next = s->all.v[k].source == YQ_BY_ENTRY && s->all.v[k].block == i;
        if (next) return r->blocks.v[i - 1].span.to;
    }
    return r->blocks.v[r->blocks.n - 1].span.to;
}

static yq_span row_span(const yq_scheme *e)
{
    yq_span row = e->found->evidence.span;
    size_t low = 0, high = e->table->cells.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (e->table->cells.v[middle].row < e->row) low = middle + 1;
        else high = middle;
    }
    for (; low < e->table->cells.n && e->table->cells.v[low].row == e->row; low++) {
        const yq_cell *c = &e->table->cells.v[low];
        if (c->span.from < row.from) row.from = c->span.from;
        if (c->span.to > row.to) row.to = c->span.to;
    }
    return row;
}

static bool only_one(const yq_schemes *s, const yq_scheme *e)
{
    size_t n = 0;
    for (size_t i = 0; i < s->all.n; i++) n += s->all.v[i].kind == e->kind && s->all.v[i].source >= YQ_BY_TITLE;
    return n == 1;
}

static void find_scope(yq_schemes *s, yq_scheme *e)
{
    const yq_reading *r = s->w->reading;
    yq_span whole = { 0, (uint32_t)s->w->text.n }, block = e->block < r->blocks.n ? r->blocks.v[e->block].span : whole;
    bool document = e->source == YQ_BY_TITLE || (e->source == YQ_BY_WORDS && only_one(s, e));
    if (e->source == YQ_BY_ROW) e->scope = row_span(e);
    else if (document) e->scope = whole;
    else e->scope = (yq_span){ block.from, e->source == YQ_BY_ENTRY ? entry_end(s, e) : block.to };
    e->found->scope = e->scope;
}

/* The number of sentences that begin before `at`. */
static size_t sentences_before(const yq_work *w, size_t at)
{
    size_t low = 0, high = w->sentences.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->sentences.v[middle].span.from < at) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Marks the sentences of rows and entries, which have a scope of their own and tell nothing of what stands around them. */
static void mark_owned(yq_schemes *s)
{
    s->owned = YQ_ARRAY(s->w->arena, bool, s->w->sentences.n + 1);
    for (size_t i = 0; i < s->all.n; i++) {
        const yq_scheme *o = &s->all.v[i];
        if (o->source > YQ_BY_ENTRY) continue;
        for (size_t k = sentences_before(s->w, o->scope.from); k < s->w->sentences.n && s->w->sentences.v[k].span.from < o->scope.to; k++) s->owned[k] = true;
    }
}

/* ---------------------------------------------------------------- one detail */

static bool has_detail(const yq_found_scheme *f, const char *field)
{
    for (size_t i = 0; i < f->details.n; i++)
        if (!strcmp(f->details.v[i].field, field)) return true;
    return false;
}

static yq_found_detail *add_detail(yq_schemes *s, yq_scheme *e, const char *field, yq_span span, yq_str value)
{
    enum { DETAILS_MAX = 64, VALUE_BYTES = 900 };
    if (e->found->details.n >= DETAILS_MAX || value.n > VALUE_BYTES) return NULL;
    yq_found_detail *d = yq_push(s->w->arena, &e->found->details);
    *d = (yq_found_detail){ .field = field, .value = value, .org = YQ_NONE, .person = YQ_NONE,
                            .evidence = yq_evidence_of(s->w, span, e->source <= YQ_BY_ENTRY ? 0.85 : 0.7, YQ_VOICE_PATTERN) };
    return d;
}

/* The organisations in span: the first, and those joined to it. */
static bool add_orgs(yq_schemes *s, yq_scheme *e, const char *field, yq_span span)
{
    yq_mention_list list = { 0 };
    bool any = false;
    yq_mentions_in(s->w, span, YQ_MASK(YQ_M_ORG), &list);
    for (size_t i = 0; i < list.n; i++) {
        static const char *const joints[] = { "、", "和", "与", "及", " ", "，", "," };
        yq_str gap = i ? yq_sub(s->w->text, list.v[i - 1]->span.to, list.v[i]->span.from) : YQ_S("、");
        if (list.v[i]->ref == YQ_NONE) continue;
        if (any && (gap.n > 18 || !yq_has_any(gap, joints, YQ_COUNT(joints)))) break;
        yq_found_detail *d = add_detail(s, e, field, list.v[i]->span, YQ_S(""));
        if (d) d->org = list.v[i]->ref, any = true;
    }
    return any;
}

/* A cell of a column of people holds a name, however unusual it is. */
static int person_of_cell(yq_work *w, yq_span cell)
{
    yq_str words = yq_words_of(w, yq_tighten(w->text, cell));
    size_t han = 0, chars = yq_utf8_count(words);
    for (size_t at = 0; at < words.n;) han += yq_is_han(yq_utf8_next(words, &at));
    if (han != chars || chars < 2 || chars > 4) return YQ_NONE;
    int person = yq_person_by_name(w, words, true);
    if (person != YQ_NONE) *yq_push(w->arena, &w->out->people.v[person].mentions) = yq_evidence_of(w, cell, 0.8, YQ_VOICE_TABLE);
    return person;
}

static bool add_person(yq_schemes *s, yq_scheme *e, const char *field, yq_span span, bool column)
{
    enum { NEAR_BYTES = 90 };
    yq_mention_list list = { 0 };
    yq_mentions_in(s->w, span, YQ_MASK(YQ_M_PERSON), &list);
    bool near = list.n && list.v[0]->ref != YQ_NONE && list.v[0]->span.from <= span.from + NEAR_BYTES;
    int person = near ? list.v[0]->ref : column && !list.n ? person_of_cell(s->w, span) : YQ_NONE;
    if (person == YQ_NONE) return false;
    yq_found_detail *d = add_detail(s, e, field, near ? list.v[0]->span : span, YQ_S(""));
    if (d) d->person = person;
    return d != NULL;
}

/* "2026年5月6日至6月5日": the last date, with the year of the first. */
static bool add_date(yq_schemes *s, yq_scheme *e, const char *field, yq_span span)
{
    enum { NEAR_BYTES = 40 };
    yq_mention_list list = { 0 };
    yq_mentions_in(s->w, span, YQ_MASK(YQ_M_DATE), &list);
    if (!list.n || list.v[0]->span.from > span.from + NEAR_BYTES) return false;
    const yq_mention *first = list.v[0], *last = first;
    for (size_t i = 1; i < list.n && list.v[i]->span.from - last->span.to <= 9; i++) last = list.v[i];
    yq_found_detail *d = add_detail(s, e, field, (yq_span){ first->span.from, last->span.to }, yq_words_of(s->w, (yq_span){ first->span.from, last->span.to }));
    if (!d) return false;
    yq_str value = last->value;
    if (yq_starts(value, YQ_S("--")) && first->value.n >= 4 && first->value.p[0] != '-') value = yq_concat(s->w->arena, yq_sub(first->value, 0, 4), yq_sub(value, 1, value.n));
    if (value.n < sizeof d->date) memcpy(d->date, value.p, value.n);
    return true;
}

/* The clause at `from`: to the next comma or stop. */
static yq_span clause_from(const yq_work *w, size_t from, size_t high, const char *marks)
{
    yq_spans parts = { 0 };
    yq_cut_at(w->arena, w->text, (yq_span){ (uint32_t)from, (uint32_t)high }, marks, &parts);
    return parts.n ? yq_tighten(w->text, parts.v[0]) : (yq_span){ (uint32_t)from, (uint32_t)from };
}

/* "3亿元的转化基金": the amount alone. */
static yq_span to_unit(const yq_work *w, yq_span clause)
{
    size_t last = SIZE_MAX;
    for (size_t at = clause.from; (at = yq_find(yq_sub(w->text, 0, clause.to), YQ_S("元"), at)) != SIZE_MAX; at += 3) last = at + 3;
    return last == SIZE_MAX ? clause : (yq_span){ clause.from, (uint32_t)last };
}

/* Digits near the label, and what counts money behind them. */
static bool add_money(yq_schemes *s, yq_scheme *e, const char *field, size_t from, size_t high, bool column)
{
    static const char *const units[] = { "元", "万", "亿", "gbp", "usd", "eur", "hkd", "rmb", "cny", "$", "£", "€" };
    yq_span clause = to_unit(s->w, clause_from(s->w, from, high, "，。；;、（\n"));
    yq_str words = yq_at(s->w->text, clause);
    size_t digit = 0;
    bool money = column;
    while (digit < words.n && (words.p[digit] < '0' || words.p[digit] > '9')) digit++;
    for (size_t i = 0; !money && i < YQ_COUNT(units); i++)
        for (size_t at = 0; at < words.n; at++) money |= yq_word_at(words, at, words.n, units[i]);
    if (digit == words.n || digit > 24 || !money || words.n > 120) return false;
    return add_detail(s, e, field, clause, words) != NULL;
}

const char *yq_scheme_status(yq_str words, unsigned kind)
{
    size_t best = 0;
    const char *status = NULL;
    yq_sieve sieve = yq_sieve_of(words);
    for (size_t i = 0; i < YQ_COUNT(states); i++) {
        size_t n = strlen(states[i].word);
        if (n > best && yq_sieve_passes(&sieve, states[i].word) && (states[i].kinds & kind) && yq_find_word(words, states[i].word) != SIZE_MAX) best = n, status = states[i].status;
    }
    return status;
}

static bool add_status(yq_schemes *s, yq_scheme *e, yq_span span)
{
    const char *status = yq_scheme_status(yq_at(s->w->text, span), e->kind);
    return status && !has_detail(e->found, "status") && add_detail(s, e, "status", span, yq_cstr(status));
}

static bool add_text(yq_schemes *s, yq_scheme *e, const char *field, yq_span value)
{
    yq_str words = yq_words_of(s->w, value);
    if (!strcmp(field, "status")) return add_status(s, e, value);
    return words.n && !yq_eq(words, YQ_S("—")) && !yq_eq(words, YQ_S("-")) && add_detail(s, e, field, value, words);
}

/* Label i leads to what stands in [from, high). */
static bool take_value(yq_schemes *s, yq_scheme *e, size_t i, size_t from, size_t high, bool column)
{
    yq_span rest = { (uint32_t)from, (uint32_t)high };
    if (has_detail(e->found, labels[i].field)) return false;
    switch (labels[i].take) {
    case TAKE_ORG: return add_orgs(s, e, labels[i].field, column ? rest : clause_from(s->w, from, high, "。；;\n"));
    case TAKE_PERSON: return add_person(s, e, labels[i].field, column ? rest : clause_from(s->w, from, high, "。；;\n"), column);
    case TAKE_DATE: return add_date(s, e, labels[i].field, rest);
    case TAKE_MONEY: return add_money(s, e, labels[i].field, from, high, column);
    default:
        if (!column && !strcmp(labels[i].field, "number")) return add_text(s, e, "number", clause_from(s->w, from, high, "，。；;）),、\n"));
        return add_text(s, e, labels[i].field, column ? yq_tighten(s->w->text, rest) : clause_from(s->w, from, high, "。；;\n"));
    }
}

/* ---------------------------------------------------------------- rows */

static int label_of_header(yq_str header, unsigned kind)
{
    size_t best = 0;
    int which = -1;
    for (size_t i = 0; i < YQ_COUNT(labels); i++) {
        size_t n = strlen(labels[i].word);
        for (size_t at = 0; n > best && (labels[i].kinds & kind) && at + n <= header.n; at++)
            if (yq_word_at(header, at, header.n, labels[i].word)) best = n, which = (int)i;
    }
    return which;
}

static void read_row(yq_schemes *s, yq_scheme *e)
{
    enum { COLUMNS = 64 };
    const yq_table *t = e->table;
    for (uint32_t c = 0; t->header_rows && c < t->cols && c < COLUMNS; c++) {
        const yq_cell *head = yq_table_at(t, t->header_rows - 1, c), *cell = yq_table_at(t, e->row, c);
        if (!head || !cell || head->col != c) continue;
        int i = label_of_header(yq_at(s->w->text, head->span), e->kind);
        if (i >= 0) take_value(s, e, (size_t)i, cell->span.from, cell->span.to, true);
    }
}

/* ---------------------------------------------------------------- sentences */

/* The longest label that begins at `at`; -1: none. A label that is not bare must have its colon. */
static int label_at(const yq_work *w, size_t at, size_t high, unsigned kind, size_t *behind)
{
    size_t best = 0;
    int which = -1;
    char first = at < high && w->text.p[at] >= 'A' && w->text.p[at] <= 'Z' ? w->text.p[at] | 32 : w->text.p[at];
    for (size_t i = 0; i < YQ_COUNT(labels); i++) {
        if (labels[i].word[0] != first || (at + 2 < high && first & 0x80 && labels[i].word[2] != w->text.p[at + 2])) continue;
        size_t n = strlen(labels[i].word), end = at + n;
        if (n <= best || !(labels[i].kinds & kind) || end > high || !yq_word_at(w->text, at, high, labels[i].word)) continue;
        bool colon = end < high && (w->text.p[end] == ':' || (end + 3 <= high && !memcmp(w->text.p + end, "：", 3)));
        bool letter = (labels[i].word[0] & 0x80) == 0 && at > 0 && (w->text.p[at - 1] | 32) >= 'a' && (w->text.p[at - 1] | 32) <= 'z';
        if (letter || (!colon && !labels[i].bare)) continue;
        best = n, which = (int)i, *behind = colon ? end + (w->text.p[end] == ':' ? 1 : 3) : end;
    }
    return which;
}

/* Whoever stands directly before a verb of the table. */
static void read_verb(yq_schemes *s, yq_scheme *e, const yq_sentence *in, size_t at)
{
    for (size_t i = 0; i < YQ_COUNT(verbs); i++) {
        const yq_mention *org;
        if (!(verbs[i].kinds & e->kind) || !yq_word_at(s->w->text, at, in->span.to, verbs[i].word) || has_detail(e->found, verbs[i].field)) continue;
        if (!(org = yq_last_mention(s->w, in, YQ_MASK(YQ_M_ORG), at)) || org->ref == YQ_NONE || at - org->span.to > 9) continue;
        yq_found_detail *d = add_detail(s, e, verbs[i].field, org->span, YQ_S(""));
        if (d) d->org = org->ref;
    }
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-';
}

/* NCT01234567, ChiCTR2600012345, CTR20261234: registers of trials. */
static void read_number(yq_schemes *s, yq_scheme *e, const yq_sentence *in, size_t at)
{
    size_t end = at, digits = 0;
    if (e->kind != YQ_TRIAL || has_detail(e->found, "number") || (at > 0 && is_alnum(s->w->text.p[at - 1]))) return;
    for (size_t i = 0; i < YQ_COUNT(registers) && end == at; i++)
        if (yq_word_at(s->w->text, at, in->span.to, registers[i])) end = at + strlen(registers[i]);
    if (end == at) return;
    while (end < in->span.to && is_alnum(s->w->text.p[end])) digits += s->w->text.p[end] >= '0' && s->w->text.p[end] <= '9', end++;
    yq_span span = { (uint32_t)at, (uint32_t)end };
    if (digits >= 6) add_detail(s, e, "number", span, yq_words_of(s->w, span));
}

/* 〔2026〕14号 with the letters before it, of a line of its own or in the head. */
static void read_document_number(yq_schemes *s, yq_scheme *e, const yq_sentence *in)
{
    size_t open = yq_find(yq_sub(s->w->text, 0, in->span.to), YQ_S("〔"), in->span.from);
    if (!(e->kind & (YQ_POLICY | YQ_CALL | YQ_FUND)) || open == SIZE_MAX || has_detail(e->found, "number")) return;
    size_t end = yq_find(yq_sub(s->w->text, 0, in->span.to), YQ_S("号"), open), from = open;
    if (end == SIZE_MAX || end > open + 30) return;
    while (from > in->span.from && open - from < 36) {
        size_t back = yq_utf8_back(s->w->text, from);
        if (!yq_is_han(yq_utf8_next(s->w->text, &(size_t){ back }))) break;
        from = back;
    }
    yq_span span = { (uint32_t)from, (uint32_t)end + 3 };
    add_detail(s, e, "number", span, yq_words_of(s->w, span));
}

/* A clause that tells how things stand with something it names in quotation marks tells nothing of the scheme around it. */
static void read_status(yq_schemes *s, yq_scheme *e, const yq_sentence *in)
{
    yq_quote q;
    bool own = e->found->evidence.span.from >= in->span.from && e->found->evidence.span.to <= in->span.to;
    yq_spans clauses = { 0 };
    yq_cut_at(s->w->arena, s->w->text, in->span, "。；;！\n", &clauses);
    for (size_t i = 0; i < clauses.n; i++)
        if (own || !yq_next_quote(s->w->text, clauses.v[i], clauses.v[i].from, &q)) add_status(s, e, yq_tighten(s->w->text, clauses.v[i]));
}

static void read_sentence(yq_schemes *s, yq_scheme *e, const yq_sentence *in)
{
    size_t behind = 0;
    bool may = in->cues & YQ_CUE(DETAIL);
    for (size_t at = in->span.from; may && (at = yq_next_cue(s->w, at, in->span.to, YQ_CUE(DETAIL))) < in->span.to; yq_utf8_next(s->w->text, &at)) {
        int i = label_at(s->w, at, in->span.to, e->kind, &behind);
        if (i >= 0) take_value(s, e, (size_t)i, behind, in->span.to, false);
        read_verb(s, e, in, at);
        read_number(s, e, in, at);
    }
    read_document_number(s, e, in);
    if (in->cues & YQ_CUE(STATE)) read_status(s, e, in);
}

static void read_scope(yq_schemes *s, yq_scheme *e)
{
    enum { SENTENCES = 4000 };
    size_t n = 0;
    for (size_t i = sentences_before(s->w, e->scope.from); i < s->w->sentences.n && n < SENTENCES; i++) {
        const yq_sentence *in = &s->w->sentences.v[i];
        if (in->span.to > e->scope.to) break;
        if (in->table != YQ_NO_TABLE && e->source <= YQ_BY_ENTRY) continue;
        if (e->source > YQ_BY_ENTRY && s->owned[i]) continue;
        read_sentence(s, e, in);
        n++;
    }
}

/* ---------------------------------------------------------------- what the whole document says */

/* The deadline of a list holds for its entries. */
static void inherit_deadlines(yq_schemes *s, yq_scheme *whole)
{
    for (size_t i = 0; i < s->all.n; i++) {
        yq_scheme *e = &s->all.v[i];
        if (e->source > YQ_BY_ENTRY || e->kind != whole->kind || has_detail(e->found, "deadline")) continue;
        for (size_t k = 0; k < whole->found->details.n; k++) {
            yq_found_detail *d = &whole->found->details.v[k];
            if (!strcmp(d->field, "deadline")) *yq_push(s->w->arena, &e->found->details) = *d;
        }
    }
}

/* What the text outside of the entries of a list says is read as one scheme that is not told. */
static void read_whole(yq_schemes *s, unsigned kind)
{
    yq_found_scheme found = { .kind = "call" };
    yq_scheme whole = { .found = &found, .kind = kind, .source = YQ_BY_TITLE, .scope = { 0, (uint32_t)s->w->text.n } };
    size_t entries = 0;
    for (size_t i = 0; i < s->all.n; i++) {
        if (s->all.v[i].kind == kind && s->all.v[i].source == YQ_BY_TITLE) return; /* whose deadline it is */
        entries += s->all.v[i].kind == kind && s->all.v[i].source <= YQ_BY_ENTRY;
    }
    if (!entries) return;
    read_scope(s, &whole);
    inherit_deadlines(s, &whole);
}

/* Who a scheme is of when nothing else says so: in its own line before the name, else in the headline of the document. */
static void holder_from_head(yq_schemes *s, yq_scheme *e)
{
    const yq_reading *r = s->w->reading;
    if (has_detail(e->found, "holder") || e->source == YQ_BY_ROW || e->block >= r->blocks.n) return;
    yq_span before = { r->blocks.v[e->block].span.from, e->found->evidence.span.from };
    if (before.to > before.from && e->source == YQ_BY_ENTRY && add_orgs(s, e, "holder", before)) return;
    bool notice = e->source == YQ_BY_TITLE || (e->source == YQ_BY_ENTRY && e->kind != YQ_TRIAL);
    yq_span head = { 0, s->head_blocks ? r->blocks.v[s->head_blocks - 1].span.to : 0 };
    if (notice) add_orgs(s, e, "holder", head);
}

/* "岚…省…办法": the place that a policy's name, or whoever issued it, begins with. */
static void region_from_name(yq_schemes *s, yq_scheme *e)
{
    static const char *const levels[] = { "省", "自治区", "新区", "高新区", "先行区", "市", "县", "特别行政区" };
    enum { PLACE_CHARS = 10 };
    if (has_detail(e->found, "region") || !(e->kind & (YQ_POLICY | YQ_FUND))) return;
    yq_span name = e->found->evidence.span;
    for (size_t i = 0; i < e->found->details.n && e->kind == YQ_POLICY; i++)
        if (!strcmp(e->found->details.v[i].field, "holder")) name = e->found->details.v[i].evidence.span;
    size_t at = name.from;
    for (int c = 0; c < PLACE_CHARS && at < name.to; c++) {
        yq_utf8_next(s->w->text, &at);
        yq_span place = { name.from, (uint32_t)at };
        size_t n = yq_ends_with_any(s->w->text, name.from, at, levels, YQ_COUNT(levels));
        if (!n || at - name.from < n + 6) continue;
        add_detail(s, e, "region", place, yq_words_of(s->w, place));
        return;
    }
}

/* ---------------------------------------------------------------- where its people are */

/* Who may be the house of a trial's investigator: not the company that pays for it. */
static bool has_investigators(yq_str kind)
{
    static const char *const kinds[] = { "hospital", "university", "school", "institute" };
    for (size_t i = 0; i < YQ_COUNT(kinds); i++)
        if (yq_eq(kind, yq_cstr(kinds[i]))) return true;
    return false;
}

static int house_of(const yq_schemes *s, const yq_scheme *e)
{
    int house = YQ_NONE, n = 0;
    for (size_t i = 0; i < e->found->details.n; i++) {
        const yq_found_detail *d = &e->found->details.v[i];
        bool fits = d->org != YQ_NONE && (e->kind != YQ_TRIAL || has_investigators(s->w->out->orgs.v[d->org].kind));
        if (fits && d->org != house) house = d->org, n++;
    }
    return n == 1 ? house : YQ_NONE;
}

/* The contact under a call or fund, and the investigator in a row of trials, are with the one institution that is named there, when nothing else
 * says where they are. */
static void place_people(yq_schemes *s, yq_scheme *e)
{
    int house = e->source <= YQ_BY_ENTRY && e->kind != YQ_POLICY ? house_of(s, e) : YQ_NONE;
    for (size_t i = 0; house != YQ_NONE && i < e->found->details.n; i++) {
        const yq_found_detail *d = &e->found->details.v[i];
        if (d->person != YQ_NONE && !s->w->out->people.v[d->person].roles.n) yq_add_role(s->w, d->person, house, YQ_S(""), d->evidence);
    }
}

/* ---------------------------------------------------------------- other names, other places */

/* （简称“破晓”研究，…）, (the HARBOUR trial): a short name behind the name. */
static void read_forms(yq_schemes *s, yq_scheme *e)
{
    static const char *const leads[] = { "（以下简称", "（简称", "（下称", "（又称", "（简称为", "，简称", "(the " };
    size_t at = e->found->evidence.span.to, high = s->w->text.n < at + 200 ? s->w->text.n : at + 200;
    if (at + 3 <= high && (!memcmp(s->w->text.p + at, "”", 3) || !memcmp(s->w->text.p + at, "》", 3))) at += 3;
    size_t n = yq_begins_with_any(s->w->text, at, high, leads, YQ_COUNT(leads));
    yq_span form = n ? clause_from(s->w, at + n, high, "，）),;；。\n") : (yq_span){ 0 };
    size_t chars = yq_utf8_count(yq_at(s->w->text, form));
    yq_quote q;
    if (n && yq_quote_at(s->w->text, form.from, form.to, &q) && q.outer.to == form.to) form = q.inner;
    if (chars >= 3 && chars <= 30) *yq_push(s->w->arena, &e->found->forms) = yq_words_of(s->w, form);
}

static void read_mentions(yq_schemes *s, yq_scheme *e, yq_str form)
{
    enum { MENTIONS_MAX = 40 };
    for (size_t at = 0; form.n >= 9 && e->found->mentions.n < MENTIONS_MAX && (at = yq_find(s->w->text, form, at)) != SIZE_MAX; at += form.n) {
        yq_span span = { (uint32_t)at, (uint32_t)(at + form.n) };
        if (span.from >= e->found->evidence.span.from && span.to <= e->found->evidence.span.to) continue;
        *yq_push(s->w->arena, &e->found->mentions) = span;
    }
}

static void read_names(yq_schemes *s, yq_scheme *e)
{
    read_forms(s, e);
    if (e->source == YQ_BY_ROW) return;
    read_mentions(s, e, e->found->name);
    for (size_t i = 0; i < e->found->forms.n; i++) read_mentions(s, e, e->found->forms.v[i]);
}

void yq_read_scheme_details(yq_schemes *s)
{
    enum { NAMED_MAX = 200 }; /* of each the whole text is searched */
    for (size_t i = 0; i < s->all.n; i++) find_scope(s, &s->all.v[i]);
    mark_owned(s);
    for (size_t i = 0; i < s->all.n; i++) {
        yq_scheme *e = &s->all.v[i];
        if (e->source == YQ_BY_ROW) read_row(s, e);
        else read_scope(s, e);
    }
    for (unsigned kind = YQ_TRIAL; kind <= YQ_POLICY; kind <<= 1) read_whole(s, kind);
    for (size_t i = 0; i < s->all.n; i++) {
        holder_from_head(s, &s->all.v[i]);
        region_from_name(s, &s->all.v[i]);
        place_people(s, &s->all.v[i]);
        if (i < NAMED_MAX) read_names(s, &s->all.v[i]);
    }
}
