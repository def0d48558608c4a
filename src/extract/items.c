/* extract/items.c - catalogues, challenge lists and lists of demands that are typed as text: a heading, and fields "label：value" below it.
 *
 * 榜单1　牧区布病快速分型        a heading, a number, a field that names the thing, or the first row of a form opens an item
 * 发榜单位：云上医院 检验科      the fields hold for the item: its unit is the unit of the people that it names, who give none of their own
 * 联系人：周岚（科主任）        what the item is, a need or a technology, follows from the fields that it has
 *
 * Several fields may stand in one line, parted by blanks, tabs or the end of a sentence, in any order; a form may be drawn as a table.
 */
#include "extract/columns.h"

enum { LABEL_CHARS = 9, PEOPLE_MOST = 12 };

/* ---------------------------------------------------------------- fields */

typedef enum { FIELD_OTHER, FIELD_NAME, FIELD_UNIT, FIELD_DEPARTMENT, FIELD_PERSON, FIELD_NEED, FIELD_SUMMARY } item_field;

static const char *const others_units[] = { "合作", "协作", "参与", "支持", "推荐", "主管", "归口", "协办", "参加", "应用", "生产", "受让", "许可", "主办", "承办", "指导单位",
                                            "服务", "编制", "金额" };
static const char *const units[] = { "单位", "机构", "持有人", "权利人", "专利权人", "需求方", "出题方", "发榜方", "提出方", "依托", "Holder", "Owner", "Institution",
                                     "Affiliation", "Organisation", "Organization", "Hospital", "Company" };
static const char *const people[] = { "联系", "联络", "联系方式", "技术指导", "首席专家", "团队成员", "主要成员", "设计者", "发明者", "完成者", "项目组长", "团队带头", "Inventors",
                                      "Inventor", "Contact", "Lead", "PI", "负责" };
static const char *const no_people[] = { "主持人", "法人", "法定代表人", "每人", "受益人", "申请人须知", "报告人", "演讲人", "主讲人" };
/* Only what somebody offers has these. */
static const char *const of_technologies[] = { "持有", "完成", "成果", "研发", "权利人", "发明", "成熟度", "专利", "合作方式", "转化", "知识产权", "Holder", "Owner",
                                               "Inventor" };

static bool among(yq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(s, yq_cstr(words[i]))) return true;
    return false;
}

static bool names_people(yq_str label)
{
    if (among(label, no_people, YQ_COUNT(no_people)) || yq_has_any(label, units, YQ_COUNT(units))) return false;
    return yq_ends(label, YQ_S("人")) || among(label, people, YQ_COUNT(people));
}

static item_field field_of(yq_str label)
{
    static const char *const names[] = { "名称", "题目", "名" };
    if (names_people(label)) return FIELD_PERSON;
    if (yq_has_any(label, others_units, YQ_COUNT(others_units))) return FIELD_OTHER;
    if (yq_has_any(label, units, YQ_COUNT(units))) return FIELD_UNIT;
    column c = yq_column_of(label);
    if (c == COL_DEPARTMENT) return FIELD_DEPARTMENT;
    if (c == COL_NEED) return FIELD_NEED;
    if (c == COL_SUMMARY) return FIELD_SUMMARY;
    bool thing = c == COL_TECH || c == COL_NEED_NAME;
    return thing && yq_ends_with_any(label, 0, label.n, names, YQ_COUNT(names)) ? FIELD_NAME : FIELD_OTHER;
}

/* The end of the label that begins at `at`: Han, letters and strokes up to a colon; 0: there is none. */
static size_t label_end(const yq_work *w, size_t at, size_t high, size_t *value)
{
    size_t end = at, chars = 0;
    for (; end < high && chars <= LABEL_CHARS; chars++) {
        size_t next = end;
        uint32_t c = yq_utf8_next(w->text, &next);
        if (!yq_is_han(c) && !((c | 32) >= 'a' && (c | 32) <= 'z') && !(c == '/' && chars)) break;
        end = next;
    }
    bool wide = end + 3 <= high && !memcmp(w->text.p + end, "：", 3);
    if (chars < 2 || chars > LABEL_CHARS || end >= high || (!wide && w->text.p[end] != ':')) return 0;
    *value = end + (wide ? 3 : 1);
    return end;
}

/* The next "label：" of a line at or behind `from`: it begins the line or stands behind a blank, a stroke or the end of a sentence; behind a comma only
 * a field that is known. */
static bool next_label(const yq_work *w, yq_span line, size_t from, yq_span *label, size_t *value)
{
    static const char *const borders[] = { " ", "；", "。", "\t", ";", "｜", "|", "\n" }, *const commas[] = { "，", "," };
    for (size_t at = from; at < line.to; yq_utf8_next(w->text, &at)) {
        bool border = at == line.from || yq_ends_with_any(w->text, line.from, at, borders, YQ_COUNT(borders));
        bool comma = !border && yq_ends_with_any(w->text, line.from, at, commas, YQ_COUNT(commas));
        size_t end = border || comma ? label_end(w, at, line.to, value) : 0;
        if (!end || (comma && field_of(yq_sub(w->text, at, end)) == FIELD_OTHER)) continue;
        *label = (yq_span){ (uint32_t)at, (uint32_t)end };
        return true;
    }
    return false;
}

/* ---------------------------------------------------------------- headings with a number */

/* 成果 3, 需求一, 榜单1, Challenge 2: what counts the item, with what parts it from the name; 0: there is none. */
static size_t counted(yq_str s)
{
    static const char *const words[] = { "难题", "需求", "榜单", "课题", "项目", "成果", "技术", "任务", "产品", "方案", "案例", "专利", "题目", "榜题", "Challenge",
                                         "Need", "Project", "Item", "Case", "Technology", "No." };
    static const char *const numbers[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0" };
    static const char *const marks[] = { "：", ":", " ", "、", "\t", "】", "．", ".", "—", "-", "|", "｜" };
    size_t at = yq_starts(s, YQ_S("【")) ? 3 : 0, digits = 0, parted = 0;
    at += yq_begins_with_any(s, at, s.n, words, YQ_COUNT(words));
    if (at < 4) return 0;
    while (at < s.n && s.p[at] == ' ') at++;
    for (size_t n; (n = yq_begins_with_any(s, at, s.n, numbers, YQ_COUNT(numbers))) > 0; at += n) digits += n;
    for (size_t n; digits && (n = yq_begins_with_any(s, at, s.n, marks, YQ_COUNT(marks))) > 0; at += n) parted += n;
    return parted ? at : 0;
}

/* The number in front of a heading taken off: 01, 1．, （一）, 一、, 成果 3 */
static yq_span without_number(const yq_work *w, yq_span s)
{
    static const char *const marks[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "．", "、", "（", "）", "(", ")",
                                         " ", "-", "•", "#",
                                         "一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、" };
    yq_span whole = s;
    for (size_t n; s.from < s.to && (n = yq_begins_with_any(w->text, s.from, s.to, marks, YQ_COUNT(marks))) > 0;) s.from += (uint32_t)n;
    s.from += (uint32_t)counted(yq_at(w->text, s));
    return s.to > s.from ? s : whole;
}

/* ---------------------------------------------------------------- one item */

typedef struct {
    yq_work *w;
    yq_span heading, need, summary, unit, department;
    yq_span people[PEOPLE_MOST], labels[PEOPLE_MOST]; /* values of fields that name somebody, and these fields */
    size_t people_count;
    bool open, technology; /* technology: its labels are those of a catalogue */
} item;

static int unit_of(const item *e)
{
    return e->unit.to > e->unit.from ? yq_org_in(e->w, e->unit) : YQ_NONE;
}

/* 提出单位/科室：云上医院 急诊科 names the department behind the unit. */
static yq_str department_of(const item *e)
{
    yq_mention_list orgs = { 0 };
    if (e->department.to > e->department.from) return yq_words_of(e->w, e->department);
    yq_mentions_in(e->w, e->unit, YQ_MASK(YQ_M_ORG), &orgs);
    if (!orgs.n) return (yq_str){ 0 };
    yq_str rest = yq_words_of(e->w, yq_tighten(e->w->text, (yq_span){ orgs.v[orgs.n - 1]->span.to, e->unit.to }));
    return yq_utf8_count(rest) <= 12 ? rest : (yq_str){ 0 };
}

/* The house whose page it is: its title begins with it. */
static int house(yq_work *w)
{
    static const char *const kinds[] = { "hospital", "university", "institute", "company", "school" };
    yq_mention_list list = { 0 };
    yq_span title = w->reading->title;
    yq_mentions_in(w, title, YQ_MASK(YQ_M_ORG), &list);
    if (!list.n || list.v[0]->ref == YQ_NONE || list.v[0]->span.from != title.from) return YQ_NONE;
    yq_str kind = w->out->orgs.v[list.v[0]->ref].kind;
    return among(kind, kinds, YQ_COUNT(kinds)) ? list.v[0]->ref : YQ_NONE;
}

/* A bare 护士长 of an item is the one of its department. */
static void settle_role(yq_work *w, yq_found_role *role, int unit, yq_str department)
{
    if (role->org == YQ_NONE) role->org = unit;
    if (role->org == unit) role->position = yq_position_in(w->arena, department, role->position);
}

/* 负责人：周岚 is what she is for this item, no post. */
static void drop_label_roles(yq_found_person *p, yq_span label)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->roles.n; i++) {
        yq_span at = p->roles.v[i].evidence.span;
        if (at.from < label.from || at.to > label.to) p->roles.v[kept++] = p->roles.v[i];
    }
    p->roles.n = kept;
}

static void settle_person(yq_work *w, yq_span value, const yq_mention *who, int unit, yq_str department)
{
    if (who->ref == YQ_NONE) return;
    yq_found_person *p = &w->out->people.v[who->ref];
    size_t said = 0;
    for (size_t i = 0; i < p->roles.n; i++) {
        yq_span at = p->roles.v[i].evidence.span;
        if (at.from < value.from || at.to > value.to) continue;
        settle_role(w, &p->roles.v[i], unit, department);
        said++;
    }
    if (!said && unit != YQ_NONE && !p->roles.n) yq_add_role(w, who->ref, unit, (yq_str){ 0 }, yq_evidence_of(w, who->span, 0.8, YQ_VOICE_PATTERN));
}

/* 持有单位：某院、某公司: with two holders nobody says whose the contact is. */
static bool shared(const item *e)
{
    yq_mention_list orgs = { 0 };
    yq_mentions_in(e->w, e->unit, YQ_MASK(YQ_M_ORG), &orgs);
    for (size_t i = 1; i < orgs.n; i++)
        if (orgs.v[i]->ref != orgs.v[0]->ref) return true;
    return false;
}

static void settle_people(item *e)
{
    int unit = shared(e) ? YQ_NONE : unit_of(e);
    yq_str department = department_of(e);
    if (unit == YQ_NONE && !shared(e)) unit = house(e->w);
    for (size_t i = 0; i < e->people_count; i++) {
        yq_mention_list list = { 0 };
        yq_read_entry(e->w, e->people[i], unit);
        yq_mentions_in(e->w, e->people[i], YQ_MASK(YQ_M_PERSON), &list);
        for (size_t k = 0; k < list.n; k++) {
            if (list.v[k]->ref != YQ_NONE) drop_label_roles(&e->w->out->people.v[list.v[k]->ref], e->labels[i]);
            settle_person(e->w, e->people[i], list.v[k], unit, department);
        }
    }
}

/* An item ends at the next heading: what was gathered becomes a need or a technology. */
static void close_item(item *e)
{
    if (e->open && e->need.to > e->need.from) yq_add_list_need(e->w, e->need, e->heading, unit_of(e));
    else if (e->open && e->technology) yq_add_list_technology(e->w, e->heading, e->unit, e->summary);
    if (e->people_count) settle_people(e);
    *e = (item){ .w = e->w };
}

static void open_item(item *e, yq_span heading)
{
    close_item(e);
    e->heading = without_number(e->w, yq_tighten(e->w->text, heading));
    e->open = true;
}

/* ---------------------------------------------------------------- lines */

static void read_field(item *e, yq_span label_at, yq_span value)
{
    yq_str label = yq_at(e->w->text, label_at);
    item_field kind = field_of(label);
    if (kind == FIELD_NAME) {
        bool further = e->need.to > e->need.from || e->unit.to > e->unit.from || e->people_count;
        if (!e->open || further) open_item(e, value);
        else e->heading = value;
    }
    if (kind == FIELD_UNIT && e->unit.to == e->unit.from) e->unit = value;
    if (kind == FIELD_DEPARTMENT) e->department = value;
    if (kind == FIELD_PERSON && e->people_count < PEOPLE_MOST) {
        e->labels[e->people_count] = label_at;
        e->people[e->people_count++] = value;
    }
    if (kind == FIELD_NEED && e->need.to == e->need.from) e->need = value;
    if (kind == FIELD_SUMMARY) e->summary = value;
    e->technology |= yq_has_any(label, of_technologies, YQ_COUNT(of_technologies));
}

static void read_fields(item *e, yq_span line)
{
    yq_span label, next = { 0 };
    size_t value, after = 0;
    bool more = next_label(e->w, line, line.from, &label, &value);
    while (more) {
        more = next_label(e->w, line, value, &next, &after);
        yq_span whole = { (uint32_t)value, more ? next.from : line.to };
        read_field(e, label, yq_tighten(e->w->text, whole));
        label = next;
        value = after;
    }
}

/* Lists of prizes: "1. 名称（单位 人、人）" in a document on a contest or on results. */
static void read_prize(yq_work *w, yq_span line)
{
    static const char *const contests[] = { "获奖", "大赛", "入选", "评选", "优秀成果", "擂台赛", "入围" };
    yq_span s = yq_tighten(w->text, line);
    size_t open = yq_find(yq_sub(w->text, 0, s.to), YQ_S("（"), s.from);
    if (open == SIZE_MAX || s.to - s.from > 260 || !yq_ends(yq_at(w->text, s), YQ_S("）"))) return;
    if (!yq_has_any(yq_at(w->text, w->reading->title), contests, YQ_COUNT(contests))) return;
    yq_span name = without_number(w, yq_tighten(w->text, (yq_span){ s.from, (uint32_t)open })), inside = { (uint32_t)open + 3, s.to - 3 };
    size_t chars = yq_utf8_count(yq_at(w->text, name));
    if (chars >= 4 && chars <= 30 && yq_org_in(w, inside) != YQ_NONE) yq_add_list_technology(w, name, inside, (yq_span){ 0 });
}

static bool begins_with_field(const yq_work *w, yq_span line)
{
    yq_span label;
    size_t value;
    return next_label(w, line, line.from, &label, &value) && label.from == line.from;
}

static void read_row(item *e, const yq_row *row)
{
    yq_work *w = e->w;
    yq_span line = yq_tighten(w->text, yq_without_marks(w->text, row->span));
    yq_block_kind kind = w->reading->blocks.v[row->block].kind;
    if (row->named_columns) return;
    if (!row->in_table) read_prize(w, line);
    bool field = begins_with_field(w, line);
    if (counted(yq_at(w->text, line))) open_item(e, line);
    else if (kind == YQ_BLOCK_HEADING || (kind == YQ_BLOCK_ITEM && !field)) open_item(e, line);
    else if (field) read_fields(e, line);
}

void yq_find_items(yq_work *w)
{
    item e = { .w = w };
    for (size_t i = 0; i < w->rows.n; i++) read_row(&e, &w->rows.v[i]);
    close_item(&e);
}
