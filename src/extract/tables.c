/* What tables say: programmes, rosters, demand lists, catalogues.
 *
 * A column is known by the words of its header. From the columns follows what a row is: a talk (题目 + 讲者), a member (姓名 + 单位 or 职务), a
 * need (需求描述), a technology (成果名称). The labels of catalogues that are typed as text are known by the same words (items.c).
 */
#include "extract/columns.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- columns and labels */

/* The longest word that the header holds decides. */
static const struct { const char *word; column kind; } column_words[] = {
    { "姓名", COL_NAME }, { "专家姓名", COL_NAME }, { "成员姓名", COL_NAME }, { "委员姓名", COL_NAME }, { "name", COL_NAME },
    { "讲者", COL_SPEAKER }, { "主讲", COL_SPEAKER }, { "主讲人", COL_SPEAKER }, { "报告人", COL_SPEAKER }, { "演讲人", COL_SPEAKER },
    { "演讲嘉宾", COL_SPEAKER },
    { "嘉宾", COL_SPEAKER }, { "授课人", COL_SPEAKER }, { "授课专家", COL_SPEAKER }, { "授课老师", COL_SPEAKER }, { "讲师", COL_SPEAKER },
    { "主讲专家", COL_SPEAKER },
    { "汇报人", COL_SPEAKER }, { "分享人", COL_SPEAKER }, { "speaker", COL_SPEAKER }, { "presenter", COL_SPEAKER },
    { "lecturer", COL_SPEAKER },
    { "主持", COL_CHAIR }, { "主持人", COL_CHAIR }, { "会议主席", COL_CHAIR }, { "主席", COL_CHAIR }, { "chair", COL_CHAIR },
    { "moderator", COL_CHAIR },
    { "题目", COL_TITLE }, { "主题", COL_TITLE }, { "议题", COL_TITLE }, { "报告题目", COL_TITLE }, { "演讲题目", COL_TITLE },
    { "讲题", COL_TITLE },
    { "报告内容", COL_TITLE }, { "内容", COL_TITLE }, { "课程", COL_TITLE }, { "授课内容", COL_TITLE }, { "topic", COL_TITLE },
    { "title", COL_TITLE },
    { "时间", COL_TIME }, { "time", COL_TIME }, { "日期", COL_TIME },
    { "单位", COL_ORG }, { "工作单位", COL_ORG }, { "所在单位", COL_ORG }, { "机构", COL_ORG }, { "医院", COL_ORG }, { "企业", COL_ORG },
    { "需求单位", COL_ORG },
    { "持有单位", COL_ORG }, { "完成单位", COL_ORG }, { "提出单位", COL_ORG }, { "发布单位", COL_ORG }, { "成果单位", COL_ORG }, { "申报单位", COL_ORG },
    { "研发单位", COL_ORG }, { "权利人", COL_ORG }, { "专利权人", COL_ORG }, { "需求方", COL_ORG }, { "出题单位", COL_ORG },
    { "affiliation", COL_ORG },
    { "institution", COL_ORG }, { "organization", COL_ORG }, { "organisation", COL_ORG }, { "hospital", COL_ORG },
    { "company", COL_ORG }, { "holder", COL_ORG },
    { "职务", COL_POST }, { "职位", COL_POST }, { "科室及职务", COL_POST }, { "行政职务", COL_POST }, { "单位职务", COL_POST },
    { "position", COL_POST },
    { "职称", COL_RANK }, { "技术职称", COL_RANK }, { "职称/职务", COL_POST }, { "职务/职称", COL_POST }, { "职务职称", COL_POST },
    { "委员会职务", COL_OFFICE }, { "学会职务", COL_OFFICE }, { "联盟职务", COL_OFFICE }, { "专委会职务", COL_OFFICE }, { "拟任职务", COL_OFFICE },
    { "聘任职务", COL_OFFICE }, { "组内职务", COL_OFFICE }, { "理事会职务", COL_OFFICE }, { "任职", COL_OFFICE }, { "role", COL_OFFICE },
    { "需求描述", COL_NEED }, { "需求内容", COL_NEED }, { "需求说明", COL_NEED }, { "临床需求", COL_NEED }, { "临床痛点", COL_NEED },
    { "痛点", COL_NEED },
    { "问题描述", COL_NEED }, { "现状与问题", COL_NEED }, { "技术需求", COL_NEED }, { "需求背景", COL_NEED }, { "拟解决问题", COL_NEED },
    { "难题描述", COL_NEED },
    { "need", COL_NEED }, { "challenge", COL_NEED }, { "problem", COL_NEED }, { "unmet need", COL_NEED }, { "具体需求", COL_NEED },
    { "榜单内容", COL_NEED },
    { "需求名称", COL_NEED_NAME }, { "需求题目", COL_NEED_NAME }, { "难题名称", COL_NEED_NAME }, { "榜单名称", COL_NEED_NAME },
    { "需求", COL_NEED_NAME },
    { "技术名称", COL_TECH }, { "成果名称", COL_TECH }, { "产品名称", COL_TECH }, { "技术成果", COL_TECH }, { "成果", COL_TECH }, { "产品", COL_TECH },
    { "专利名称", COL_TECH }, { "technology", COL_TECH }, { "product", COL_TECH },
    { "项目名称", COL_PROJECT }, { "课题名称", COL_PROJECT }, { "作品名称", COL_PROJECT }, { "参赛项目", COL_PROJECT }, { "拟资助项目", COL_PROJECT },
    { "类别", COL_KIND }, { "类型", COL_KIND }, { "领域", COL_KIND },
    { "金额", COL_AMOUNT }, { "经费", COL_AMOUNT }, { "资助额", COL_AMOUNT }, { "预算", COL_AMOUNT }, { "投资额", COL_AMOUNT }, { "合同额", COL_AMOUNT },
    { "报价", COL_AMOUNT }, { "价格", COL_AMOUNT }, { "amount", COL_AMOUNT }, { "budget", COL_AMOUNT },
    { "简介", COL_SUMMARY }, { "成果简介", COL_SUMMARY }, { "技术简介", COL_SUMMARY }, { "技术特点", COL_SUMMARY }, { "产品简介", COL_SUMMARY },
    { "summary", COL_SUMMARY },
    { "description", COL_SUMMARY }, { "联系人", COL_CONTACT }, { "contact", COL_CONTACT }, { "对接人", COL_CONTACT },
    { "负责人", COL_CONTACT }, { "inventor", COL_CONTACT },
    { "完成人", COL_CONTACT }, { "发明人", COL_CONTACT },
    { "需求编号", COL_IGNORED }, { "成果编号", COL_IGNORED }, { "项目编号", COL_IGNORED }, { "需求来源", COL_IGNORED }, { "需求类型", COL_IGNORED },
    { "现状", COL_NEED }, { "临床问题", COL_NEED }, { "主要问题", COL_NEED }, { "主要困难", COL_NEED }, { "技术瓶颈", COL_NEED }, { "瓶颈问题", COL_NEED },
    { "需求概述", COL_NEED }, { "困难描述", COL_NEED }, { "现状与期望", COL_NEED }, { "存在问题", COL_NEED }, { "存在的问题", COL_NEED }, { "难题", COL_NEED_NAME },
    { "提出科室", COL_DEPARTMENT }, { "科室", COL_DEPARTMENT }, { "部门", COL_DEPARTMENT }, { "department", COL_DEPARTMENT },
    { "需求科室", COL_DEPARTMENT },
    { "联系方式", COL_IGNORED }, { "联系电话", COL_IGNORED }, { "联系邮箱", COL_IGNORED }, { "合作方式", COL_IGNORED }, { "籍贯", COL_IGNORED },
    { "单位地址", COL_IGNORED }, { "地点", COL_IGNORED }, { "会场", COL_IGNORED }, { "专业方向", COL_IGNORED }, { "研究方向", COL_IGNORED },
    { "性别", COL_IGNORED },
};

column yq_column_of(yq_str header)
{
    char lower[64];
    size_t n = 0, best = 0;
    column kind = COL_NONE;
    for (size_t i = 0; i < header.n && n < sizeof lower; i++)
        if (!strchr(" \t", header.p[i])) lower[n++] = header.p[i] >= 'A' && header.p[i] <= 'Z' ? header.p[i] | 32 : header.p[i];
    for (size_t i = 0; i < YQ_COUNT(column_words); i++) {
        size_t length = strlen(column_words[i].word);
        if (length > best && memmem(lower, n, column_words[i].word, length)) best = length, kind = column_words[i].kind;
    }
    return kind;
}

/* ---------------------------------------------------------------- cells */

enum { TABLE_COLUMNS = 64 };

typedef struct {
    yq_work *w;
    const yq_table *t;
    int col[COL_KINDS]; /* the column of each kind, or -1 */
    int body;           /* the organisation that the title names: a roster's committee, a list's hospital */
    yq_span session;
} sheet;

static yq_span cell_span(const sheet *s, uint32_t row, column kind)
{
    if (s->col[kind] < 0) return (yq_span){ 0 };
    const yq_cell *c = yq_table_at(s->t, row, (uint32_t)s->col[kind]);
    return c ? yq_tighten(s->w->text, c->span) : (yq_span){ 0 };
}

static yq_str cell_text(const sheet *s, uint32_t row, column kind)
{
    return yq_at(s->w->text, cell_span(s, row, kind));
}

static void read_columns(sheet *s)
{
    for (size_t k = 0; k < COL_KINDS; k++) s->col[k] = -1;
    if (!s->t->header_rows) return;
    for (uint32_t c = 0; c < s->t->cols && c < TABLE_COLUMNS; c++) {
        const yq_cell *cell = yq_table_at(s->t, s->t->header_rows - 1, c);
        if (!cell || cell->col != c) continue;
        column kind = yq_column_of(yq_at(s->w->text, cell->span));
        if (s->col[kind] < 0) s->col[kind] = (int)c;
    }
    /* "name" beside a holder and a summary is a thing's name */
    bool thing = s->col[COL_NAME] >= 0 && s->col[COL_ORG] >= 0 && s->col[COL_SUMMARY] >= 0 && s->col[COL_TECH] < 0;
    if (!thing || s->col[COL_POST] >= 0 || s->col[COL_RANK] >= 0 || s->col[COL_OFFICE] >= 0) return;
    s->col[COL_TECH] = s->col[COL_NAME];
    s->col[COL_NAME] = -1;
}

static bool has(const sheet *s, column kind)
{
    return s->col[kind] >= 0;
}

/* An organisation's cell: the mention in it, or else its words when they are a name. */
static int org_of_cell(sheet *s, yq_span cell)
{
    int org = yq_org_in(s->w, cell);
    yq_str words = yq_words_of(s->w, cell);
    size_t chars = yq_utf8_count(words);
    if (org != YQ_NONE || chars < 3 || chars > 40 || yq_has(words, YQ_S("。"))) return org;
    yq_lex_hit hit;
    if (!yq_lex_suffix(s->w->text, cell.to, YQ_LEX_ORG_ENDINGS, &hit)) return YQ_NONE;
    return yq_org_by_name(s->w, words, true);
}

/* Titles behind or before a name in its cell: 周岚教授. */
static yq_span without_titles(const yq_work *w, yq_span name)
{
    yq_lex_hit hit;
    while (yq_utf8_count(yq_at(w->text, name)) > 2 && yq_lex_suffix(w->text, name.to, YQ_LEX_TITLES, &hit) && hit.length < name.to - name.from) {
        yq_span shorter = yq_tighten(w->text, (yq_span){ name.from, name.to - hit.length });
        if (yq_utf8_count(yq_at(w->text, shorter)) < 2) break;
        name = shorter;
    }
    return name;
}

static bool is_name(yq_str s)
{
    size_t chars = yq_utf8_count(s), han = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = yq_utf8_next(s, &at);
        if (cp >= '0' && cp <= '9') return false;
        han += yq_is_han(cp);
    }
    return han ? han >= 2 && chars <= 14 && (han <= 4 || yq_has(s, YQ_S("·"))) : s.n >= 5 && s.n <= 40 && yq_has(s, YQ_S(" "));
}

typedef YQ_VEC(int) refs;

/* "邝知行 某大学教授": the name before a space, when it is long enough to be one; else the whole. */
static yq_span name_before_space(const yq_work *w, yq_span s)
{
    size_t space = yq_find(yq_sub(w->text, 0, s.to), YQ_S(" "), s.from);
    if (is_name(yq_at(w->text, s)) || space == SIZE_MAX) return s;
    yq_span first = { s.from, (uint32_t)space };
    bool han = yq_is_han(yq_utf8_next(w->text, &(size_t){ s.from }));
    return han && is_name(yq_at(w->text, first)) ? first : s;
}

/* What stands behind the name in its cell: an organisation and a position there. */
static void role_in_cell(yq_work *w, int person, yq_span rest, yq_evidence evidence)
{
    yq_mention_list orgs = { 0 };
    yq_mentions_in(w, rest, YQ_MASK(YQ_M_ORG), &orgs);
    if (!orgs.n || orgs.v[0]->ref == YQ_NONE) return;
    yq_span position = yq_tighten(w->text, (yq_span){ orgs.v[0]->span.to, rest.to });
    yq_str words = yq_words_of(w, position);
    yq_add_role(w, person, orgs.v[0]->ref, yq_utf8_count(words) <= 20 ? words : (yq_str){ 0 }, evidence);
}

/* The people of a cell: its mentions; else its words cut at 、 and spaces wider than a name's own. */
static void people_of_cell(sheet *s, yq_span cell, refs *out)
{
    yq_mention_list list = { 0 };
    yq_spans parts = { 0 };
    out->n = 0;
    yq_mentions_in(s->w, cell, YQ_MASK(YQ_M_PERSON), &list);
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i]->ref != YQ_NONE) *yq_push(s->w->arena, out) = list.v[i]->ref;
    if (out->n) return;
    yq_cut_at(s->w->arena, s->w->text, cell, "、/，,；;\n", &parts);
    for (size_t i = 0; i < parts.n; i++) {
        yq_span part = yq_tighten(s->w->text, parts.v[i]), name = without_titles(s->w, name_before_space(s->w, part));
        if (!is_name(yq_at(s->w->text, name))) continue;
        int person = yq_person_by_name(s->w, yq_words_of(s->w, name), true);
        if (person == YQ_NONE) continue;
        *yq_push(s->w->arena, &s->w->out->people.v[person].mentions) = yq_evidence_of(s->w, name, 0.8, YQ_VOICE_TABLE);
        *yq_push(s->w->arena, out) = person;
        if (name.to < part.to) role_in_cell(s->w, person, (yq_span){ name.to, part.to }, yq_evidence_of(s->w, part, 0.8, YQ_VOICE_TABLE));
    }
}

static yq_evidence evidence(const sheet *s, yq_span span)
{
    return yq_evidence_of(s->w, span, 0.9, YQ_VOICE_TABLE);
}

/* ---------------------------------------------------------------- programmes */

static bool is_pause(yq_str title)
{
    static const char *const words[] = { "茶歇", "讨论", "合影", "签到", "午餐", "晚餐", "休息", "开幕式", "闭幕", "报到", "自由交流", "问答", "颁奖", "致辞",
                                         "Break", "Lunch",
                                         "Registration", "Discussion", "Opening", "Closing", "Q&A", "Panel", "用餐", "总结", "参观" };
    return yq_has_any(title, words, YQ_COUNT(words)) && yq_utf8_count(title) <= 24;
}

/* A row that is merged across, or has one filled cell, names the session below it. */
static bool session_row(sheet *s, uint32_t row)
{
    size_t filled = 0;
    const yq_cell *only = NULL;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const yq_cell *cell = yq_table_at(s->t, row, c);
        if (!cell || cell->col != c || cell->row != row || yq_blank(yq_at(s->w->text, cell->span))) continue;
        filled++;
        only = cell;
    }
    if (filled != 1 || only->col > 0) return false;
    s->session = yq_tighten(s->w->text, only->span);
    return true;
}

static void add_talk(sheet *s, int person, yq_span title)
{
    yq_found_talk talk = { .person = person, .title = yq_words_of(s->w, title), .session = yq_words_of(s->w, s->session), .evidence = evidence(s, title) };
    *yq_push(s->w->arena, &s->w->out->talks) = talk;
}

static void programme_row(sheet *s, uint32_t row)
{
    refs people = { 0 };
    const yq_cell *title_cell = yq_table_at(s->t, row, (uint32_t)s->col[COL_TITLE]);
    yq_span title = cell_span(s, row, COL_TITLE), org_cell = cell_span(s, row, COL_ORG);

    if (session_row(s, row) || !title_cell || title_cell->cols > 2 || is_pause(yq_at(s->w->text, title))) return;
    yq_span speaker = cell_span(s, row, COL_SPEAKER);
    people_of_cell(s, speaker, &people);
    int org = org_of_cell(s, org_cell);
    if (org == YQ_NONE) org = yq_org_in(s->w, speaker);
    yq_str post = has(s, COL_POST) ? cell_text(s, row, COL_POST) : (yq_str){ 0 };
    for (size_t i = 0; i < people.n; i++) {
        if (title.to > title.from) add_talk(s, people.v[i], title);
        if (org != YQ_NONE || post.n) yq_add_role(s->w, people.v[i], org, post, evidence(s, speaker));
    }
    people_of_cell(s, cell_span(s, row, COL_CHAIR), &people);
}

/* ---------------------------------------------------------------- rosters */

/* "主任医师、教授、中国工程院院士": positions, and what is an honour. */
static void add_positions(sheet *s, int person, int org, yq_span cell)
{
    yq_spans parts = { 0 };
    yq_cut_at(s->w->arena, s->w->text, cell, "、/，,；;\n", &parts);
    for (size_t i = 0; i < parts.n; i++) {
        yq_str words = yq_words_of(s->w, yq_tighten(s->w->text, parts.v[i]));
        if (!words.n || yq_utf8_count(words) > 30) continue;
        if (yq_ends(words, YQ_S("院士"))) yq_add_honour(s->w, person, words, evidence(s, parts.v[i]));
        else yq_add_role(s->w, person, org, words, evidence(s, parts.v[i]));
    }
}

/* 神经外科 beside 主任 is 神经外科主任; a director of the house needs no department. */
static void add_post(sheet *s, uint32_t row, int person, int org)
{
    static const char *const of_department[] = { "主任", "副主任", "科主任", "护士长", "负责人", "科长", "副科长", "处长", "副处长", "行政主任", "执行主任",
                                                 "总护士长" };
    yq_str department = cell_text(s, row, COL_DEPARTMENT), post = cell_text(s, row, COL_POST);
    for (size_t i = 0; department.n && i < YQ_COUNT(of_department); i++) {
        if (!yq_eq(post, yq_cstr(of_department[i]))) continue;
        yq_add_role(s->w, person, org, yq_concat(s->w->arena, department, post), evidence(s, cell_span(s, row, COL_POST)));
        return;
    }
    add_positions(s, person, org, cell_span(s, row, COL_POST));
}

/* Two people, two posts, one or two institutions in a row: each has his own. */
static bool parallel_row(sheet *s, uint32_t row, const refs *people)
{
    yq_spans posts = { 0 };
    yq_mention_list orgs = { 0 };
    if (people->n < 2 || !has(s, COL_POST) || has(s, COL_RANK) || has(s, COL_OFFICE)) return false;
    yq_cut_at(s->w->arena, s->w->text, cell_span(s, row, COL_POST), "、/，,；;\n", &posts);
    yq_mentions_in(s->w, cell_span(s, row, COL_ORG), YQ_MASK(YQ_M_ORG), &orgs);
    if (posts.n != people->n || (orgs.n != 1 && orgs.n != people->n)) return false;
    for (size_t i = 0; i < people->n; i++) add_positions(s, people->v[i], orgs.v[orgs.n == 1 ? 0 : i]->ref, posts.v[i]);
    return true;
}

static void roster_row(sheet *s, uint32_t row)
{
    refs people = { 0 };
    column who = has(s, COL_NAME) ? COL_NAME : COL_CONTACT;
    yq_span name = cell_span(s, row, who), post = cell_span(s, row, COL_POST), rank = cell_span(s, row, COL_RANK), office = cell_span(s, row, COL_OFFICE);

    people_of_cell(s, name, &people);
    if (!people.n || parallel_row(s, row, &people)) return;
    int org = org_of_cell(s, cell_span(s, row, COL_ORG));
    bool own = org == YQ_NONE && who == COL_CONTACT;
    if (own) org = s->body;
    for (size_t i = 0; i < people.n; i++) {
        add_post(s, row, people.v[i], org);
        add_positions(s, people.v[i], org, rank);
        add_positions(s, people.v[i], s->body, office);
        if (post.to == post.from && rank.to == rank.from && org != YQ_NONE) yq_add_role(s->w, people.v[i], org, (yq_str){ 0 }, evidence(s, name));
    }
}

/* ---------------------------------------------------------------- needs and technologies */

void yq_add_list_need(yq_work *w, yq_span text, yq_span heading, int holder)
{
    yq_found_need need = { .text = yq_words_of(w, text), .heading = yq_words_of(w, heading), .holder = holder,
                           .evidence = yq_evidence_of(w, text, 0.95, YQ_VOICE_TABLE) };
    *yq_push(w->arena, &w->out->needs) = need;
}

/* A list of needs without a column that says so: its longest texts tell them. */
static void find_need_column(sheet *s)
{
    uint64_t best = 0;
    if (has(s, COL_NEED) || !has(s, COL_NEED_NAME)) return;
    for (uint32_t c = 0; c < s->t->cols && c < TABLE_COLUMNS; c++) {
        uint64_t sum = 0;
        for (uint32_t r = s->t->header_rows; r < s->t->rows; r++) {
            const yq_cell *cell = yq_table_at(s->t, r, c);
            if (cell && cell->col == c && cell->row == r) sum += cell->span.to - cell->span.from;
        }
        if (sum > best && sum > 45 * (uint64_t)(s->t->rows - s->t->header_rows)) best = sum, s->col[COL_NEED] = (int)c;
    }
}

static void need_row(sheet *s, uint32_t row)
{
    yq_span text = cell_span(s, row, COL_NEED), name = cell_span(s, row, COL_NEED_NAME);
    if (text.to == text.from) text = name;
    if (yq_utf8_count(yq_at(s->w->text, text)) < 4) return;
    int holder = org_of_cell(s, cell_span(s, row, COL_ORG));
    yq_add_list_need(s->w, text, name, holder == YQ_NONE ? s->body : holder);
}

void yq_add_list_technology(yq_work *w, yq_span name, yq_span holder, yq_span summary)
{
    int org = holder.to > holder.from ? yq_org_in(w, holder) : yq_body_of(w);
    yq_found_technology t = { .name = yq_words_of(w, name), .holder = org, .holder_text = yq_words_of(w, holder),
                              .summary = yq_words_of(w, summary), .evidence = yq_evidence_of(w, name, 0.95, YQ_VOICE_TABLE) };
    *yq_push(w->arena, &w->out->technologies) = t;
}

static void technology_row(sheet *s, uint32_t row)
{
    yq_span name = cell_span(s, row, COL_TECH);
    if (yq_utf8_count(yq_at(s->w->text, name)) >= 3) yq_add_list_technology(s->w, name, cell_span(s, row, COL_ORG), cell_span(s, row, COL_SUMMARY));
}

/* ---------------------------------------------------------------- projects and what they get */

/* Behind the name of a thing a project says what is done with it: 支架|的首次人体试验, 胶原膜|用于鼓膜修补. */
static uint32_t thing_end(const yq_work *w, yq_span s)
{
    static const char *const predicates[] = { "的", "用于", "在", "治疗", "对", "及其", "研发", "研制", "开发", "转化", "产业化", "应用", "关键技术", "研究" };
    for (size_t at = s.from + 3; at < s.to; yq_utf8_next(w->text, &at)) {
        yq_lex_hit hit;
        if (!yq_begins_with_any(w->text, at, s.to, predicates, YQ_COUNT(predicates))) continue;
        if (yq_lex_suffix(yq_sub(w->text, 0, at), at, YQ_LEX_TECH_ENDINGS, &hit) && at - s.from >= 12) return (uint32_t)at;
    }
    return s.to;
}

/* A project is a thing that somebody has when its name begins with one, or when the table says so and no research is named. */
static void project_row(sheet *s, uint32_t row)
{
    static const char *const things[] = { "器械", "材料", "装备", "设备", "药物", "药品", "试剂", "耗材", "产品", "护理用品", "硬件" };
    static const char *const studies[] = { "研究", "模式", "机制", "调查", "评价", "分析", "探索", "体系", "培训", "建设" };
    yq_lex_hit hit;
    yq_span name = cell_span(s, row, COL_PROJECT);
    if (yq_utf8_count(yq_at(s->w->text, name)) < 4) return;
    name.to = thing_end(s->w, name);
    bool ending = yq_lex_suffix(yq_sub(s->w->text, 0, name.to), name.to, YQ_LEX_TECH_ENDINGS, &hit);
    bool study = yq_ends_with_any(s->w->text, name.from, name.to, studies, YQ_COUNT(studies));
    bool called = has(s, COL_KIND) && yq_has_any(cell_text(s, row, COL_KIND), things, YQ_COUNT(things));
    if (!study && (ending || called)) yq_add_list_technology(s->w, name, cell_span(s, row, COL_ORG), (yq_span){ 0 });
}

/* 金额（万元）: the unit of the numbers below it. */
static yq_str unit_of_column(const sheet *s)
{
    static const char *const money[] = { "亿元", "百万元", "万元", "千元", "万美元", "元" };
    const yq_cell *header = s->t->header_rows ? yq_table_at(s->t, s->t->header_rows - 1, (uint32_t)s->col[COL_AMOUNT]) : NULL;
    for (size_t i = 0; header && i < YQ_COUNT(money); i++)
        if (yq_has(yq_at(s->w->text, header->span), yq_cstr(money[i]))) return yq_cstr(money[i]);
    return (yq_str){ 0 };
}

/* 1,046 and 12.5 and nothing else; negative: it is no number. */
static double bare_number(yq_work *w, yq_str s)
{
    char digits[32];
    size_t n = 0;
    for (size_t i = 0; i < s.n && n + 1 < sizeof digits; i++) {
        if (s.p[i] == ',' || s.p[i] == ' ') continue;
        if ((s.p[i] < '0' || s.p[i] > '9') && s.p[i] != '.') return -1;
        digits[n++] = s.p[i];
    }
    return n ? strtod(yq_dupz(w->arena, (yq_str){ digits, n }), NULL) : -1;
}

static void add_amount(sheet *s, uint32_t row, double value, yq_str unit, yq_span at)
{
    const yq_cell *header = yq_table_at(s->t, s->t->header_rows - 1, (uint32_t)s->col[COL_AMOUNT]);
    yq_span subject = has(s, COL_PROJECT) ? cell_span(s, row, COL_PROJECT) : has(s, COL_TECH) ? cell_span(s, row, COL_TECH) : cell_span(s, row, COL_ORG);
    if (s->w->out->figures.n >= YQ_FOUND_MAX) return;
    yq_found_figure f = { .value = value, .unit = unit, .what = header ? yq_words_of(s->w, header->span) : (yq_str){ 0 }, .subject = yq_words_of(s->w, subject),
                          .evidence = evidence(s, at) };
    *yq_push(s->w->arena, &s->w->out->figures) = f;
}

/* 180 below 金额（万元）, or 320 万元 in the cell itself. */
static void amount_row(sheet *s, uint32_t row, yq_str unit)
{
    yq_mention_list numbers = { 0 };
    yq_span cell = cell_span(s, row, COL_AMOUNT);
    if (cell.to <= cell.from) return;
    yq_mentions_in(s->w, cell, YQ_MASK(YQ_M_NUMBER), &numbers);
    if (numbers.n && numbers.v[0]->value.n) return add_amount(s, row, numbers.v[0]->number, numbers.v[0]->value, numbers.v[0]->span);
    double value = unit.n ? bare_number(s->w, yq_at(s->w->text, cell)) : -1;
    if (value >= 0) add_amount(s, row, value, unit, cell);
}

/* ---------------------------------------------------------------- one table */

/* "单位：某医院" above or below a table. */
static int body_of_label(const yq_work *w)
{
    static const char *const labels[] = { "单位", "发布单位", "填报单位", "报送单位", "需求单位", "编制单位", "发布" };
    for (size_t i = 0; i < w->reading->blocks.n; i++) {
        yq_span label, value;
        const yq_block *b = &w->reading->blocks.v[i];
        if (b->kind == YQ_BLOCK_TABLE || !yq_labelled(w->text, b->span, &label, &value)) continue;
        for (size_t k = 0; k < YQ_COUNT(labels); k++)
            if (yq_eq(yq_at(w->text, label), yq_cstr(labels[k])) && yq_org_in(w, value) != YQ_NONE) return yq_org_in(w, value);
    }
    return YQ_NONE;
}

/* The organisation that a list is about: the last one that the title names; a committee in front of 名单. */
int yq_body_of(yq_work *w)
{
    yq_mention_list list = { 0 };
    yq_span title = w->reading->title;
    for (size_t i = 0; title.to == title.from && i < w->reading->blocks.n && i < 3; i++)
        if (w->reading->blocks.v[i].kind != YQ_BLOCK_TABLE) title = w->reading->blocks.v[i].span;
    static const char *const lists[] = { "名单", "名册", "一览表", "委员名单", "成员名单", "专家名单" };
    for (size_t i = 0; i < YQ_COUNT(lists); i++) {
        size_t at = yq_find(yq_sub(w->text, 0, title.to), yq_cstr(lists[i]), title.from);
        yq_lex_hit hit;
        if (at == SIZE_MAX || !yq_lex_suffix(w->text, at, YQ_LEX_ORG_ENDINGS, &hit)) continue;
        return yq_org_by_name(w, yq_words_of(w, yq_tighten(w->text, (yq_span){ title.from, (uint32_t)at })), true);
    }
    yq_mentions_in(w, title, YQ_MASK(YQ_M_ORG), &list);
    return list.n ? list.v[list.n - 1]->ref : body_of_label(w);
}

static void read_table(yq_work *w, const yq_table *t)
{
    sheet s = { .w = w, .t = t, .body = yq_body_of(w) };
    read_columns(&s);
    find_need_column(&s);
    bool programme = has(&s, COL_TITLE) && has(&s, COL_SPEAKER);
    bool roster = !programme && (has(&s, COL_NAME) || has(&s, COL_CONTACT));
    bool needs = has(&s, COL_NEED) || (has(&s, COL_NEED_NAME) && !programme);
    yq_str unit = has(&s, COL_AMOUNT) ? unit_of_column(&s) : (yq_str){ 0 };
    for (uint32_t row = t->header_rows; row < t->rows; row++) {
        if (programme) programme_row(&s, row);
        if (roster) roster_row(&s, row);
        if (needs) need_row(&s, row);
        if (has(&s, COL_TECH) && !needs) technology_row(&s, row);
        if (has(&s, COL_PROJECT) && !needs) project_row(&s, row);
        if (has(&s, COL_AMOUNT)) amount_row(&s, row, unit);
    }
}

void yq_find_table_facts(yq_work *w)
{
    for (size_t i = 0; i < w->reading->tables.n; i++) read_table(w, &w->reading->tables.v[i]);
}
