/* extract/entries.c - lists of names: one entry a line, in a table without a header or typed with blanks, and the office that heads them.
 *
 * 副主任委员（4人）          an office alone on its line, or with a colon in front of an entry, holds for the entries below it
 * 周岚  云上医院  心内科主任   a line that begins with a name; the pieces behind it say where and as what
 * 会长：云上医院院长  林舟    the post stands before the name: roles.c has read it, the office is added
 *
 * The office is held in the body that elects: named on a line of its own above the list, or last before it.
 */
#include "extract/chinese.h"
#include "extract/relations.h"

enum { ENTRY_CHARS = 160, PIECE_CHARS = 32, PIECES_MOST = 40, OFFICE_CHARS = 14, BODY_CHARS_MIN = 4, BODY_CHARS_MAX = 40, BODY_ROWS = 14 };

/* ---------------------------------------------------------------- pieces */

static bool is_opening(uint32_t c)
{
    return yq_one_of(c, "（([【《“「『");
}

static bool is_closing(uint32_t c)
{
    return yq_one_of(c, "）)]】》”」』");
}

/* Behind the brackets that close at `to`, or `to`: 周岚（女）. */
static uint32_t before_brackets(yq_str text, yq_span s)
{
    uint32_t at = s.to;
    for (int depth = 0; at > s.from;) {
        size_t back = yq_utf8_back(text, at);
        uint32_t c = yq_utf8_next(text, &(size_t){ back });
        if (yq_one_of(c, "）)")) depth++;
        else if (yq_one_of(c, "（(")) depth--;
        else if (!depth) return at == s.to ? s.to : at;
        at = (uint32_t)back;
        if (!depth && at > s.from && !yq_one_of(yq_utf8_next(text, &(size_t){ yq_utf8_back(text, at) }), "）)")) return at;
    }
    return s.to;
}

yq_span yq_without_marks(yq_str text, yq_span s)
{
    for (size_t at = s.from; at < s.to; s.from = (uint32_t)at) {
        uint32_t c = yq_utf8_next(text, &at);
        bool letter = yq_is_han(c) || (c < 0x80 && c > ' ') || (c >= 0xC0 && c < 0x250);
        if (letter || yq_one_of(c, "《“「『【（〈")) break;
    }
    return s;
}

static bool ends_like_a_post(yq_str text, yq_span s)
{
    yq_lex_hit hit;
    yq_str head = yq_sub(text, 0, s.to);
    static const yq_lex_class classes[] = { YQ_LEX_TITLES, YQ_LEX_ORG_ENDINGS, YQ_LEX_DEPARTMENT_ENDINGS, YQ_LEX_DEPARTMENTS };
    for (size_t i = 0; i < YQ_COUNT(classes); i++)
        if (yq_lex_suffix(head, s.to, classes[i], &hit) && hit.length <= s.to - s.from) return true;
    return false;
}

static void add_piece(yq_work *w, yq_span span, yq_pieces *out)
{
    yq_mention_list people = { 0 };
    span = yq_tighten(w->text, span);
    if (span.to <= span.from || out->n >= PIECES_MOST) return;
    yq_piece p = { .span = span, .bare = { span.from, before_brackets(w->text, span) } };
    yq_mentions_in(w, p.bare, YQ_MASK(YQ_M_PERSON), &people);
    if (people.n && people.v[0]->span.from == span.from && people.v[0]->ref != YQ_NONE) p.person = people.v[0];
    p.post = !people.n && (yq_org_in(w, p.bare) != YQ_NONE || ends_like_a_post(w->text, p.bare));
    *yq_push(w->arena, out) = p;
}

void yq_cut_pieces(yq_work *w, yq_span line, yq_pieces *out)
{
    yq_mention_list names = { 0 };
    size_t name = 0;
    int depth = 0;
    uint32_t from = line.from;
    yq_mentions_in(w, line, YQ_MASK(YQ_M_PERSON) | YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_TITLE), &names);
    for (size_t at = line.from; at < line.to;) {
        size_t next = at;
        uint32_t c = yq_utf8_next(w->text, &next);
        if (c == 0x300A && !depth && from < at) { /* 《: what stands in front of a title is no part of it */
            add_piece(w, (yq_span){ from, (uint32_t)at }, out);
            from = (uint32_t)at;
        }
        depth += is_opening(c) - (depth && is_closing(c));
        while (name < names.n && names.v[name]->span.to <= at) name++;
        bool inside = name < names.n && names.v[name]->span.from < at && c != '\t';
        if (c == '\t') depth = 0;
        if (!depth && !inside && (yq_is_space(c) || yq_one_of(c, "、，,；;｜|"))) {
            add_piece(w, (yq_span){ from, (uint32_t)at }, out);
            from = (uint32_t)next;
        }
        at = next;
    }
    add_piece(w, (yq_span){ from, line.to }, out);
}

/* ---------------------------------------------------------------- the posts behind a name */

typedef struct {
    yq_work *w;
    int person, org;
    yq_str department;
    size_t roles;
} post_reader;

static yq_evidence evidence(const yq_work *w, yq_span span)
{
    return yq_evidence_of(w, span, 0.85, YQ_VOICE_TABLE);
}

/* The department is used up by the first title that wants one. */
static yq_str with_department(post_reader *r, yq_str title)
{
    yq_str position = yq_position_in(r->w->arena, r->department, title);
    if (position.p != title.p) r->department = (yq_str){ 0 };
    return position;
}

/* One piece: an institution, a department, a title, or these in a row. False: it is none of them. */
static bool read_post(post_reader *r, yq_span piece)
{
    yq_work *w = r->w;
    yq_mention_list orgs = { 0 };
    yq_lex_hit hit;
    yq_str whole = yq_words_of(w, piece), head = yq_sub(w->text, 0, piece.to);
    if (yq_ends(whole, YQ_S("院士"))) return yq_add_honour(w, r->person, whole, evidence(w, piece)), true;
    yq_mentions_in(w, piece, YQ_MASK(YQ_M_ORG), &orgs);
    yq_span rest = piece;
    if (orgs.n && orgs.v[0]->ref != YQ_NONE) {
        r->org = orgs.v[0]->ref;
        r->department = (yq_str){ 0 };
        rest = yq_tighten(w->text, (yq_span){ orgs.v[0]->span.to, piece.to });
    } else if (r->org == YQ_NONE && yq_lex_suffix(head, piece.to, YQ_LEX_ORG_ENDINGS, &hit) && hit.length < whole.n) {
        r->org = yq_org_by_name(w, whole, true);
        return true;
    }
    if (rest.to <= rest.from) return true;
    yq_str words = yq_words_of(w, rest);
    bool title = yq_lex_suffix(head, rest.to, YQ_LEX_TITLES, &hit) && hit.length <= words.n;
    if (title || yq_mention_to(w, yq_sentence_at(w, rest.from), YQ_MASK(YQ_M_TITLE), rest.to)) {
        yq_add_role(w, r->person, r->org, with_department(r, words), evidence(w, rest));
        r->roles++;
        return true;
    }
    r->department = words;
    return ends_like_a_post(w->text, rest);
}

/* What roles.c made of the same line without an institution is said better now. */
static void drop_bare(yq_found_person *p, yq_span line)
{
    size_t kept = 0;
    bool better = false;
    for (size_t i = 0; i < p->roles.n; i++) better |= p->roles.v[i].org != YQ_NONE && p->roles.v[i].evidence.voices == YQ_VOICE_TABLE;
    for (size_t i = 0; i < p->roles.n; i++) {
        const yq_found_role *role = &p->roles.v[i];
        bool inside = role->evidence.span.from >= line.from && role->evidence.span.to <= line.to;
        if (!better || role->org != YQ_NONE || !inside) p->roles.v[kept++] = *role;
    }
    p->roles.n = kept;
}

/* 周岚（云上医院 心内科主任）: the pieces inside of the brackets, when these hold posts only. */
static size_t read_brackets(post_reader *r, const yq_piece *piece)
{
    yq_pieces v = { 0 };
    yq_span inner = { piece->bare.to, piece->span.to };
    if (inner.to <= inner.from + 2) return 0;
    inner.from += r->w->text.p[inner.from] == '(' ? 1 : 3;
    inner.to -= r->w->text.p[inner.to - 1] == ')' ? 1 : 3;
    yq_cut_pieces(r->w, inner, &v);
    for (size_t i = 0; i < v.n; i++)
        if (!v.v[i].post) return 0;
    for (size_t i = 0; i < v.n; i++) read_post(r, v.v[i].bare);
    return v.n;
}

static size_t read_posts(yq_work *w, const yq_pieces *v, size_t at, size_t end, int person, int org)
{
    post_reader r = { .w = w, .person = person, .org = org };
    read_brackets(&r, &v->v[at - 1]);
    for (; at < end && !v->v[at].person; at++)
        if (v->v[at].post) read_post(&r, v->v[at].bare);
    if (!r.roles && r.org != YQ_NONE && r.org != org) yq_add_role(w, person, r.org, (yq_str){ 0 }, evidence(w, v->v[at - 1].span));
    return at;
}

/* ---------------------------------------------------------------- names that only their place shows */

static bool ordinary_word(yq_str s)
{
    yq_str value;
    return yq_lex_is(s, YQ_LEX_WORDS, &value) && yq_lex_number(value, 0, 0) > 100 && !yq_starts(yq_lex_column(value, 1), YQ_S("nr"));
}

static size_t han_only(yq_str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++)
        if (!yq_is_han(yq_utf8_next(s, &at))) return 0;
    return n;
}

/* 于  仕光 and 杭天一 in front of an institution, parted from it by a blank. The pieces that are the name; 0: none. */
static size_t name_by_place(yq_work *w, const yq_pieces *v, yq_str *name)
{
    yq_mention_list places = { 0 };
    yq_str first = v->n ? yq_at(w->text, v->v[0].bare) : (yq_str){ 0 }, value;
    yq_lex_hit hit;
    size_t chars = han_only(first), taken = 1;
    if (!chars || chars > 4 || v->n < 2 || !yq_is_space((unsigned char)w->text.p[v->v[0].span.to])) return 0;
    yq_mentions_in(w, v->v[0].bare, YQ_MASK(YQ_M_PLACE) | YQ_MASK(YQ_M_TITLE), &places);
    if (places.n) return 0;
    if (chars == 1) {
        yq_str second = yq_at(w->text, v->v[1].bare);
        size_t more = han_only(second);
        if (!more || more > 2 || !yq_lex_is(first, YQ_LEX_SURNAMES, &value)) return 0;
        first = yq_concat(w->arena, first, second);
        taken = 2;
    }
    if (taken >= v->n || (v->n == taken + 1 && !yq_lex_suffix(yq_sub(w->text, 0, v->v[taken].bare.to), v->v[taken].bare.to, YQ_LEX_TITLES, &hit))) return 0;
    if (yq_org_in(w, v->v[taken].bare) == YQ_NONE || (taken == 1 && (ordinary_word(first) || v->v[0].post))) return 0;
    return *name = first, taken;
}

static int person_by_place(yq_work *w, const yq_pieces *v, size_t taken, yq_str name)
{
    int person = yq_person_by_name(w, name, true);
    if (person == YQ_NONE) return person;
    yq_span span = { v->v[0].bare.from, v->v[taken - 1].bare.to };
    *yq_push(w->arena, &w->out->people.v[person].mentions) = yq_evidence_of(w, span, 0.7, YQ_VOICE_TABLE);
    return person;
}

/* ---------------------------------------------------------------- one line */

/* Everything else in the line is a post, a number or a short remark. */
static bool only_posts(const yq_work *w, const yq_pieces *v, size_t from)
{
    size_t posts = v->v[0].span.to > v->v[0].bare.to;
    for (size_t i = from; i < v->n; i++) {
        yq_str s = yq_at(w->text, v->v[i].bare);
        size_t chars = yq_utf8_count(s);
        if (v->v[i].person && v->v[i].bare.to > v->v[i].person->span.to + 18) return false;
        posts += v->v[i].person && v->v[i].span.to > v->v[i].bare.to;
        if (v->v[i].person) continue;
        if (chars > PIECE_CHARS || (!v->v[i].post && chars > 12) || yq_has(s, YQ_S("。"))) return false;
        posts += v->v[i].post;
    }
    return posts > 0;
}

static bool read_pieces(yq_work *w, yq_span line, const yq_pieces *v, int org, int *first)
{
    yq_str name;
    size_t at = 0;
    int person = v->v[0].person ? v->v[0].person->ref : YQ_NONE;
    if (person == YQ_NONE) {
        size_t taken = name_by_place(w, v, &name);
        if (!taken || !only_posts(w, v, taken)) return false;
        person = person_by_place(w, v, taken, name);
        at = taken - 1;
    } else if (!only_posts(w, v, 1)) return false;
    *first = person;
    while (person != YQ_NONE && at < v->n) {
        at = read_posts(w, v, at + 1, v->n, person, org);
        drop_bare(&w->out->people.v[person], line);
        person = at < v->n ? v->v[at].person->ref : YQ_NONE;
    }
    return true;
}

bool yq_read_entry(yq_work *w, yq_span line, int org)
{
    yq_pieces v = { 0 };
    int first;
    if (yq_utf8_count(yq_at(w->text, line)) > ENTRY_CHARS) return false;
    yq_cut_pieces(w, line, &v);
    return v.n && read_pieces(w, line, &v, org, &first);
}

/* ---------------------------------------------------------------- offices */

static const char *const office_ends[] = { "主任委员", "委员", "秘书长", "秘书", "会长", "理事长", "理事", "监事长", "监事", "顾问", "主席", "组长", "召集人", "总干事", "执行长",
                                           "发起人" };
static const char *const office_heads[] = { "名誉", "副", "候任", "常务", "执行", "首席", "荣誉", "创会", "轮值", "终身", "总", "青年", "学术", "联席", "特邀", "高级", "资深",
                                            "专职", "兼职", "当选", "前任", "现任", "首任", "第一", "第二", "共同", "法律", "专家", "核心", "普通", "个人", "单位" };

/* 副主任委员（4人）, 委员名单, 一、名誉会长: the office that is all of the line; empty: it is none. */
static yq_str office_of(const yq_work *w, yq_span s)
{
    static const char *const tails[] = { "名单", "：", ":", "如下", "人选" };
    s = yq_tighten(w->text, s);
    s.to = before_brackets(w->text, s);
    for (size_t n; (n = yq_ends_with_any(w->text, s.from, s.to, tails, YQ_COUNT(tails)));) s.to -= (uint32_t)n;
    s.to = before_brackets(w->text, s);
    yq_str words = yq_at(w->text, s);
    size_t mark = yq_find(words, YQ_S("、"), 0);
    if (mark != SIZE_MAX && mark <= 9) words = yq_sub(words, mark + 3, words.n);
    if (!han_only(words) || yq_utf8_count(words) > OFFICE_CHARS) return (yq_str){ 0 };
    size_t end = yq_ends_with_any(words, 0, words.n, office_ends, YQ_COUNT(office_ends)), at = 0;
    for (size_t n; end && (n = yq_begins_with_any(words, at, words.n - end, office_heads, YQ_COUNT(office_heads)));) at += n;
    return end && at == words.n - end ? words : (yq_str){ 0 };
}

/* ---------------------------------------------------------------- the body that elects */

static bool elects(yq_str kind)
{
    return yq_in_list(kind, " society alliance foundation platform ");
}

/* 黑土寒地医学装备创新联盟第一届专家委员会组成人员名单: a line that is a name. */
static int body_of_line(yq_work *w, yq_span s)
{
    static const char *const tails[] = { "组成人员名单", "组成人员", "成员名单", "委员名单", "专家名单", "人员名单", "名单", "组织机构", "组织架构", "领导班子", "成员", "人选", "公示",
                                         "公告", "拟任", "领导机构", "机构" };
    yq_lex_hit hit;
    s = yq_tighten(w->text, s);
    s.to = before_brackets(w->text, s);
    for (size_t n; (n = yq_ends_with_any(w->text, s.from, s.to, tails, YQ_COUNT(tails)));) s.to -= (uint32_t)n;
    size_t chars = han_only(yq_at(w->text, s));
    if (chars < BODY_CHARS_MIN || chars > BODY_CHARS_MAX || yq_starts(yq_at(w->text, s), YQ_S("关于"))) return YQ_NONE;
    if (!yq_lex_suffix(yq_sub(w->text, 0, s.to), s.to, YQ_LEX_ORG_ENDINGS, &hit) || hit.length + 6 > s.to - s.from) return YQ_NONE;
    yq_mention_list named = { 0 };
    yq_mentions_in(w, s, YQ_MASK(YQ_M_ORG), &named);
    if (named.n && named.v[named.n - 1]->span.to == s.to) return elects(yq_lex_column(hit.value, 0)) ? named.v[named.n - 1]->ref : YQ_NONE;
    if (named.n && named.v[0]->span.from != s.from) return YQ_NONE;
    bool committee = yq_ends(yq_at(w->text, s), YQ_S("委员会")) || yq_ends(yq_at(w->text, s), YQ_S("理事会"));
    return committee || elects(yq_lex_column(hit.value, 0)) ? yq_org_by_name(w, yq_words_of(w, s), true) : YQ_NONE;
}

static int body_in(const yq_work *w, yq_span s)
{
    yq_mention_list list = { 0 };
    yq_mentions_in(w, s, YQ_MASK(YQ_M_ORG), &list);
    for (size_t i = list.n; i-- > 0;)
        if (list.v[i]->ref != YQ_NONE && elects(w->out->orgs.v[list.v[i]->ref].kind)) return list.v[i]->ref;
    return YQ_NONE;
}

/* The body of the list that begins with row i. */
static int body_before(yq_work *w, size_t i)
{
    for (size_t n = 0; n < BODY_ROWS && i-- > 0; n++) {
        int body = body_of_line(w, w->rows.v[i].span);
        if (body == YQ_NONE) body = body_in(w, w->rows.v[i].span);
        if (body != YQ_NONE) return body;
    }
    return body_in(w, w->reading->title);
}

/* ---------------------------------------------------------------- the list */

typedef struct {
    yq_work *w;
    yq_str office; /* empty: none holds */
    yq_span office_at;
    int body;
    bool listing;  /* the body is known */
} list_reader;

static void open_office(list_reader *r, size_t row, yq_str office, yq_span at)
{
    if (!r->listing) r->body = body_before(r->w, row);
    r->listing = true;
    r->office = office;
    r->office_at = at;
}

/* The office, unless it is known already; what names no institution for it goes. */
static void add_office(list_reader *r, int person, yq_span line)
{
    if (person == YQ_NONE || !r->office.n || r->body == YQ_NONE) return;
    yq_found_person *p = &r->w->out->people.v[person];
    size_t kept = 0;
    for (size_t i = 0; i < p->roles.n; i++) {
        bool bare = p->roles.v[i].org == YQ_NONE && yq_eq(p->roles.v[i].position, r->office);
        if (!bare) p->roles.v[kept++] = p->roles.v[i];
    }
    p->roles.n = kept;
    yq_add_role(r->w, person, r->body, r->office, evidence(r->w, line));
}

/* Are all pieces names or posts, whichever comes first? */
static bool is_list_line(const yq_work *w, const yq_pieces *v)
{
    size_t people = 0;
    for (size_t i = 0; i < v->n; i++) {
        yq_mention_list list = { 0 };
        yq_mentions_in(w, v->v[i].bare, YQ_MASK(YQ_M_PERSON), &list);
        people += list.n;
        uint32_t behind = list.n ? list.v[list.n - 1]->span.to : v->v[i].bare.to;
        if (behind < v->v[i].bare.to && !ends_like_a_post(w->text, (yq_span){ behind, v->v[i].bare.to })) return false;
        if (!list.n && !v->v[i].post && yq_utf8_count(yq_at(w->text, v->v[i].bare)) > 12) return false;
        if (yq_has(yq_at(w->text, v->v[i].span), YQ_S("。"))) return false;
    }
    return people > 0;
}

/* Everybody who is named outside of brackets holds the office. */
static void give_office(list_reader *r, const yq_pieces *v, yq_span line)
{
    for (size_t i = 0; i < v->n; i++) {
        yq_mention_list list = { 0 };
        yq_mentions_in(r->w, v->v[i].bare, YQ_MASK(YQ_M_PERSON), &list);
        for (size_t k = 0; k < list.n; k++) add_office(r, list.v[k]->ref, line);
    }
}

static bool has_post_here(const yq_found_person *p, yq_span line)
{
    for (size_t i = 0; i < p->roles.n; i++) {
        yq_span at = p->roles.v[i].evidence.span;
        if (p->roles.v[i].org != YQ_NONE && at.from >= line.from && at.to <= line.to) return true;
    }
    return false;
}

/* 云上医院院长助理 | 周岚: posts in pieces of their own in front of a name, where roles.c, which reads cells one by one, saw none. */
static void read_name_last(yq_work *w, const yq_pieces *v, yq_span line)
{
    for (size_t i = 0, from = 0; i < v->n; i++) {
        const yq_mention *who = v->v[i].person;
        if (!who) continue;
        bool posts = i > from && !has_post_here(&w->out->people.v[who->ref], line);
        for (size_t k = from; k < i; k++) posts &= v->v[k].post;
        post_reader r = { .w = w, .person = who->ref, .org = YQ_NONE };
        for (size_t k = from; posts && k < i; k++) read_post(&r, v->v[k].bare);
        if (posts) drop_bare(&w->out->people.v[who->ref], line);
        from = i + 1;
    }
}

static bool read_list_line(list_reader *r, yq_span line)
{
    yq_pieces v = { 0 };
    int first = YQ_NONE;
    if (yq_utf8_count(yq_at(r->w->text, line)) > ENTRY_CHARS * 2) return false;
    yq_cut_pieces(r->w, line, &v);
    if (!v.n) return false;
    bool entry = read_pieces(r->w, line, &v, YQ_NONE, &first);
    if (!entry && !is_list_line(r->w, &v)) return false;
    if (!entry) read_name_last(r->w, &v, line);
    add_office(r, first, line);
    give_office(r, &v, line);
    return true;
}

static void read_row(list_reader *r, size_t i)
{
    yq_work *w = r->w;
    const yq_row *row = &w->rows.v[i];
    yq_span line = yq_without_marks(w->text, row->span), label, value;
    yq_str office = office_of(w, line);
    if (office.n) return open_office(r, i, office, line);
    bool labelled = yq_labelled(w->text, line, &label, &value);
    office = labelled ? office_of(w, label) : (yq_str){ 0 };
    if (office.n) open_office(r, i, office, label);
    else if (labelled) r->office.n = 0;
    if (row->named_columns && !r->office.n) return;
    if (!labelled || office.n) {
        if (read_list_line(r, labelled ? value : line) || row->in_table) return;
        r->office.n = 0;
        r->listing = r->listing && w->reading->blocks.v[row->block].kind != YQ_BLOCK_HEADING;
    }
}

void yq_find_entries(yq_work *w)
{
    list_reader r = { .w = w, .body = YQ_NONE };
    for (size_t i = 0; i < w->rows.n; i++) read_row(&r, i);
}
