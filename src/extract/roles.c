/* extract/roles.c - who holds which post where.
 *
 * Chinese writes it in front of the name as a chain: 西安交通大学党委常委、副校长、医学部主任、第一附属医院院长吕毅. Read from the name leftwards,
 * mentions of organisations and titles belong to the chain as long as nothing but separators or the name of a department stands between
 * them. Then, from its beginning: an organisation holds for all titles up to the next one; what stands between an organisation (or a
 * separator) and a title is the department and belongs to the position. A chain without an organisation takes that of the person before it
 * in the same list. Behind the name there may be a title (何晓顺教授), brackets (骆清和（科研处处长）), or a verb (任理事长).
 */
#include "extract/chinese.h"

enum { CHAIN_MAX = 48, DEPARTMENT_CHARS_MAX = 26, LOOK_BACK = 60 /* sentences */ };

typedef struct {
    yq_work *w;
    const yq_sentence *s;
    const yq_mention *chain[CHAIN_MAX];
    size_t n;
    size_t from;  /* where the chain begins, a department in front of it included */
    int org;      /* the organisation at its end */
    size_t roles; /* made from it */
} chain_reader;

static yq_str between(const yq_work *w, size_t from, size_t to)
{
    return from < to ? yq_sub(w->text, from, to) : (yq_str){ 0 };
}

static bool is_value(const yq_mention *m, const char *kind)
{
    return yq_eq(m->value, yq_cstr(kind));
}

/* ---------------------------------------------------------------- gaps */

static const char32_t separators[] = U"、，,;；/／ 兼暨和及与 \t";

/* Cuts separators off the left side, and an abbreviation in brackets in front of them （PI）、; how many bytes. */
static size_t separators_at(yq_str gap)
{
    size_t at = 0;
    if (yq_starts(gap, YQ_S("（"))) {
        size_t close = yq_find(gap, YQ_S("）"), 0);
        bool latin = close != SIZE_MAX && close < 16;
        for (size_t i = 3; latin && i < close; i++) latin = (unsigned char)gap.p[i] < 0x80;
        if (latin) at = close + 3;
    }
    while (at < gap.n) {
        size_t next = at;
        if (!yq_one_in(yq_utf8_next(gap, &next), separators)) break;
        at = next;
    }
    return at;
}

static bool only_separators(yq_str gap)
{
    return separators_at(gap) == gap.n;
}

/* Verbs and function words never stand in the name of a department. */
static bool plain_words(const yq_work *w, size_t from, size_t to)
{
    const yq_sentence *s = yq_sentence_at(w, from);
    if (!w->chinese || !s) return true;
    size_t i = (size_t)(s - w->sentences.v);
    const yq_token *t = w->chinese->tokens.v + w->chinese->first_token.v[i], *end = w->chinese->tokens.v + w->chinese->first_token.v[i + 1];
    for (; t < end && t->from < to; t++) {
        if (t->from < from || t->to > to || !t->han) continue;
        yq_str word = yq_sub(w->text, t->from, t->to);
        if (t->tag[0] == 'v' && t->tag[1] != 'n' && word.n >= 6 && t->frequency > 100 && !(t->uses & YQ_USE_VERB_IN_NAMES)) return false;
        if ((t->tag[0] == 'p' || t->tag[0] == 'r' || t->tag[0] == 'd') && word.n >= 6 && t->frequency > 300) return false;
    }
    return true;
}

/* May the text be the name of a department? Brackets and the marks of list names may stand in it; the reader of the chain knows where. */
static bool ends_department(yq_str s);

static bool department_like(const yq_work *w, size_t from, size_t to)
{
    yq_str s = between(w, from, to);
    int open = 0;
    bool digit = false;
    if (!s.n) return true;
    if (yq_utf8_count(s) > DEPARTMENT_CHARS_MAX) return false;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = yq_utf8_next(s, &at);
        if (yq_one_of(c, "的了是在将对把被让请向于给到由为从也都还就说有他她我你该，。；：！？、\n\t")) return false;
        if (yq_is_punct(c) && !yq_one_of(c, "（）()·&-/／“”")) return false;
        open += yq_one_of(c, "（(") - yq_one_of(c, "）)");
        if (open < 0 || (digit && yq_one_of(c, "年月日"))) return false; /* a date */
        digit = c >= '0' && c <= '9';
    }
    return !open && (ends_department(s) || plain_words(w, from, to));
}

static bool ends_department(yq_str s)
{
    static const char parts[] = " school lab institute platform "; /* 机械工程学院|副教授: of a university that is named elsewhere */
    yq_lex_hit hit;
    if (yq_lex_suffix(s, s.n, YQ_LEX_DEPARTMENT_ENDINGS, &hit) || yq_lex_suffix(s, s.n, YQ_LEX_DEPARTMENTS, &hit)) return true;
    return yq_lex_suffix(s, s.n, YQ_LEX_ORG_ENDINGS, &hit) && yq_in_list(yq_lex_column(hit.value, 0), parts);
}

/* Is the gap between two neighbours of a chain one that keeps them together? `next` NULL: the name itself. */
static bool keeps_together(const yq_work *w, const yq_mention *m, size_t next_from, const yq_mention *next)
{
    yq_str gap = between(w, m->span.to, next_from);
    size_t skip = separators_at(gap);
    if (m->kind == YQ_M_COHORT) return skip == gap.n;
    if (!next) {
        if (m->kind == YQ_M_TITLE) {
            bool colon = gap.n && skip < gap.n && yq_one_of(yq_utf8_next(gap, &(size_t){ skip }), ":：丨｜|│");
            return !gap.n || yq_blank(gap) || (colon && gap.n - skip <= 4) || (yq_starts(gap, YQ_S("（")) && yq_ends(gap, YQ_S("）")) && gap.n < 40 && department_like(w, m->span.to, next_from));
        }
        if (yq_ends(gap, YQ_S("的"))) gap.n -= 3;
        if (yq_blank(gap)) return true;
        return department_like(w, m->span.to, m->span.to + gap.n) && (ends_department(yq_trim(gap)) || gap.n < between(w, m->span.to, next_from).n);
    }
    if (next->kind == YQ_M_TITLE && m->kind == YQ_M_ORG && (yq_eq(gap, YQ_S("”")) || yq_eq(gap, YQ_S("」")))) return true;
    if (next->kind == YQ_M_TITLE && m->kind == YQ_M_ORG) return department_like(w, m->span.to, next_from) || (yq_blank(gap) && gap.n < 4);
    if (next->kind == YQ_M_TITLE) return skip == gap.n || department_like(w, m->span.to + skip, next_from);
    return skip == gap.n;
}

/* ---------------------------------------------------------------- collecting a chain */

static const unsigned chain_kinds = YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_TITLE) | YQ_MASK(YQ_M_COHORT);

/* Was this title just given to somebody else by a verb (仰观澜为第九届会长，……)? Then it begins no chain. */
static bool given_away(const yq_work *w, const yq_sentence *s, const yq_mention *title)
{
    yq_str front = yq_sub(w->text, s->span.from, title->span.from);
    size_t ordinal = SIZE_MAX, at = 0;
    while ((at = yq_find(front, YQ_S("届"), at)) != SIZE_MAX) ordinal = at, at += 3;
    if (ordinal != SIZE_MAX && ordinal + 3 == front.n) {
        size_t from = ordinal;
        for (int n = 0; n < 4 && from; n++) {
            from = yq_utf8_back(front, from);
            if (yq_starts(yq_sub(front, from, front.n), YQ_S("第")) || yq_starts(yq_sub(front, from, front.n), YQ_S("首"))) break;
        }
        front.n = from;
    }
    static const char *const verbs[] = { "为", "任", "当选", "担任", "选举", "聘", "辞去", "免去", "不再" };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (yq_ends(front, yq_cstr(verbs[i]))) return yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), title->span.from) != NULL;
    return false;
}

/* The mentions in front of byte `to` that hang together, in the order of the text. */
static void collect_left(chain_reader *r, size_t to, size_t floor)
{
    const yq_mention *next = NULL;
    size_t next_from = to, n = 0;
    while (n < CHAIN_MAX) {
        const yq_mention *m = yq_last_mention(r->w, r->s, chain_kinds, next_from);
        if (!m || m->span.from < floor || !keeps_together(r->w, m, next_from, next)) break;
        if (m->kind == YQ_M_TITLE && next && given_away(r->w, r->s, m)) break;
        r->chain[n++] = m;
        next = m;
        next_from = m->span.from;
    }
    for (size_t i = 0; i < n / 2; i++) {
        const yq_mention *swap = r->chain[i];
        r->chain[i] = r->chain[n - 1 - i];
        r->chain[n - 1 - i] = swap;
    }
    r->n = n;
}

/* ---------------------------------------------------------------- what stands in front of the first title */

/* The start of the run of words in front of byte `at`, back to a border of the sentence. */
static size_t run_before(const chain_reader *r, size_t at, size_t floor)
{
    size_t from = at, chars = 0;
    int closed = 0;
    while (from > floor && from > r->s->span.from && chars < DEPARTMENT_CHARS_MAX) {
        size_t back = yq_utf8_back(r->w->text, from);
        uint32_t c = yq_utf8_next(r->w->text, &(size_t){ back });
        if (yq_is_space(c) || (yq_is_punct(c) && !yq_one_of(c, "（）()·&-“”")) || yq_one_of(c, "的了是在将对把被让请向于给到由为从也就说有他她我你该日")) break;
        closed += yq_one_of(c, "）)") - yq_one_of(c, "（(");
        if (closed < 0) break;
        from = back;
        chars++;
    }
    return from;
}

static const char *const company_ends[] = { "生物科技", "生物医药", "医疗科技", "生物", "医药", "医疗", "科技", "药业", "制药", "投资", "资本", "创投", "基因", "健康", "集团", "器械", "智能", "控股", "基金", "诊断" };

/* The end of a company name without a legal form at the beginning of the run: 安渡生物|全球药政事务. */
static size_t company_prefix(yq_str run)
{
    for (size_t at = 0; at < run.n;) {
        yq_utf8_next(run, &at);
        if (at < 12) continue;
        for (size_t i = 0; i < sizeof company_ends / sizeof *company_ends; i++)
            if (yq_ends(yq_sub(run, 0, at), yq_cstr(company_ends[i]))) {
                while (at < run.n && yq_starts(yq_sub(run, at, run.n), YQ_S("集团"))) at += 6;
                return at;
            }
    }
    return 0;
}

/* Is the run made of ordinary words, and so says something instead of naming? */
static bool speaks(const yq_work *w, size_t from, size_t to)
{
    const yq_sentence *s = yq_sentence_at(w, from);
    if (!s || !w->chinese) return true;
    size_t i = (size_t)(s - w->sentences.v), common = 0, all = 0;
    const yq_token *t = w->chinese->tokens.v + w->chinese->first_token.v[i], *end = w->chinese->tokens.v + w->chinese->first_token.v[i + 1];
    for (; t < end && t->from < to; t++) {
        if (t->from < from || t->to > to) continue;
        size_t chars = yq_utf8_count(yq_sub(w->text, t->from, t->to));
        all += chars;
        bool name = !strncmp(t->tag, "nt", 2) || !strncmp(t->tag, "nz", 2) || !strncmp(t->tag, "ns", 2);
        if (t->han && chars > 1 && t->frequency > 50 && !name) common += chars;
    }
    return common * 3 > all * 2;
}

/* An organisation without a telling ending in front of the first title of the chain: 海医汇|理事长. Returns its end, or 0. */
static size_t unknown_org(const chain_reader *r, size_t from, size_t to, const yq_mention *title)
{
    yq_str run = between(r->w, from, to);
    size_t chars = yq_utf8_count(run);
    if (chars < 2 || chars > 16 || is_value(title, "honour") || is_value(title, "address") || is_value(title, "degree")) return 0;
    if (!plain_words(r->w, from, to) || yq_starts(run, YQ_S("第")) || yq_starts(run, YQ_S("本")) || (run.p[0] >= '0' && run.p[0] <= '9')) return 0;
    size_t company = company_prefix(run);
    if (company && !speaks(r->w, from, from + company)) return from + company;
    if (ends_department(run) || chars > 8 || speaks(r->w, from, to)) return 0;
    return is_value(title, "post") || is_value(title, "press") ? to : 0;
}

/* ---------------------------------------------------------------- making roles */

static yq_str position_of(yq_work *w, size_t from, size_t to)
{
    yq_str s = yq_trim(between(w, from, to));
    static const char *const times[] = { "现任", "时任", "曾任", "历任", "新任", "拟任", "为", "的", "之", "兼任", "兼" };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (yq_starts(s, yq_cstr(times[i]))) s = yq_trim(yq_sub(s, strlen(times[i]), s.n));
    for (size_t at = 0, next; at < s.n; at = next) { /* lines and blanks inside */
        next = at;
        uint32_t c = yq_utf8_next(s, &next);
        if (!yq_is_space(c) || (at && (unsigned char)s.p[at - 1] < 0x80 && next < s.n && (unsigned char)s.p[next] < 0x80)) continue;
        s = yq_concat(w->arena, yq_sub(s, 0, at), yq_sub(s, next, s.n));
        next = at;
    }
    return s;
}

/* What somebody is for this page only, not by office. */
static bool passing(yq_str title)
{
    return yq_in_list(title, " 联系人 统一对接人 对接人 联络人 主持人 主讲人 讲者 嘉宾 特邀嘉宾 发言人 申报人 报告人 专家 知名专家 患者 校友 成员 代表 与会专家 点评人 ");
}

static void add_title(yq_work *w, int person, int org, const yq_mention *title, size_t from, bool adjacent)
{
    yq_evidence e = yq_evidence_of(w, (yq_span){ (uint32_t)from, title->span.to }, title->confidence, YQ_VOICE_PATTERN);
    if (is_value(title, "honour")) {
        yq_add_honour(w, person, yq_trim(yq_at(w->text, title->span)), e);
        return;
    }
    if (is_value(title, "address") && !adjacent) return;
    if (is_value(title, "degree") && !adjacent) return;
    yq_str position = position_of(w, from, title->span.to);
    if (position.n && !passing(position)) yq_add_role(w, person, org, position, e);
}

/* Was the organisation abolished or the post left (原第一军医大学校长)? Then the word goes to the position. */
static bool former_before(const yq_work *w, size_t at)
{
    return yq_ends(yq_sub(w->text, at > 3 ? at - 3 : 0, at), YQ_S("原")) || yq_ends(yq_sub(w->text, at > 3 ? at - 3 : 0, at), YQ_S("前"));
}

static void add_former(yq_work *w, int person, int org, const yq_mention *title, size_t from)
{
    yq_str position = yq_concat(w->arena, YQ_S("原"), position_of(w, from, title->span.to));
    yq_add_role(w, person, org, position, yq_evidence_of(w, title->span, title->confidence, YQ_VOICE_PATTERN));
}

/* The entry of an organisation that only its place in the chain shows. */
static int org_of_run(yq_work *w, size_t from, size_t to)
{
    int org = yq_org_by_name(w, yq_trim(between(w, from, to)), true);
    if (org == YQ_NONE) return org;
    yq_found_org *found = &w->out->orgs.v[org];
    if (!found->mentions.n) *yq_push(w->arena, &found->mentions) = yq_evidence_of(w, (yq_span){ (uint32_t)from, (uint32_t)to }, 0.5, YQ_VOICE_PATTERN);
    return org;
}

/* 南方网、粤学习记者: another outlet in front of the one whose name ends at `at`. */
static int outlet_before(const chain_reader *r, size_t at, size_t floor)
{
    yq_str front = yq_sub(r->w->text, floor, at);
    if (!yq_ends(front, YQ_S("、"))) return YQ_NONE;
    size_t to = at - 3, from = run_before(r, to, floor);
    size_t chars = yq_utf8_count(between(r->w, from, to));
    if (chars < 2 || chars > 8 || !plain_words(r->w, from, to)) return YQ_NONE;
    return org_of_run(r->w, from, to);
}

/* An organisation named behind the titles that it belongs to: 主要研究者、云岭大学附属第一医院心血管内科主任. */
static int later_org(const chain_reader *r, size_t i)
{
    if (is_value(r->chain[i], "press")) return YQ_NONE;
    for (; i < r->n; i++)
        if (r->chain[i]->kind == YQ_M_ORG) return r->chain[i]->ref;
    return YQ_NONE;
}

/* The department that stands apart in front of a title: 放射科　主任医师. Its start, or `at`. */
static size_t department_apart(const chain_reader *r, size_t at, size_t floor)
{
    yq_work *w = r->w;
    size_t gap = at;
    while (gap > floor && yq_is_space(yq_utf8_next(w->text, &(size_t){ yq_utf8_back(w->text, gap) }))) gap = yq_utf8_back(w->text, gap);
    if (gap == at) return at;
    size_t word = run_before(r, gap, floor);
    return word < gap && ends_department(between(w, word, gap)) && department_like(w, word, gap) ? word : at;
}

/* The state of reading a chain from its beginning. */
typedef struct {
    int org, second; /* the organisation that holds, and another one beside it */
    bool former;     /* the organisation was called 原 */
} chain_state;

/* Words in front of a title that follow no organisation: an organisation that nothing else marks, or a department. Returns where the position
 * begins. */
static size_t read_run(chain_reader *r, chain_state *state, const yq_mention *title, size_t run, size_t floor)
{
    yq_work *w = r->w;
    size_t at = title->span.from;
    if (run == at) return department_apart(r, at, floor);
    size_t end = unknown_org(r, run, at, title);
    if (end) {
        state->org = org_of_run(w, run, end);
        if (is_value(title, "press")) state->second = outlet_before(r, run, floor);
        return end;
    }
    yq_str words = between(w, run, at);
    if (yq_starts(words, YQ_S("第")) && words.n <= 15) return run; /* 第九届会长 */
    return department_like(w, run, at) && ends_department(words) ? run : at;
}

/* Where the position begins that title i closes. */
static size_t position_start(chain_reader *r, chain_state *state, size_t i, size_t floor)
{
    yq_work *w = r->w;
    const yq_mention *m = r->chain[i], *last = i ? r->chain[i - 1] : NULL;
    if (!last) return read_run(r, state, m, run_before(r, m->span.from, floor), floor);
    if (last->kind == YQ_M_COHORT) return read_run(r, state, m, run_before(r, m->span.from, last->span.to), floor);
    size_t from = last->span.to + separators_at(between(w, last->span.to, m->span.from));
    bool quote = last->kind == YQ_M_ORG && m->span.from - from == 3 && yq_one_of(yq_utf8_next(w->text, &(size_t){ from }), "”」");
    if (quote) return m->span.from;
    bool words = last->kind == YQ_M_TITLE && from < m->span.from && !ends_department(between(w, from, m->span.from));
    return words ? read_run(r, state, m, from, floor) : from;
}

static void read_title(chain_reader *r, chain_state *state, size_t i, int person, size_t floor)
{
    const yq_mention *m = r->chain[i];
    bool beside_org = i && r->chain[i - 1]->kind == YQ_M_ORG;
    size_t from = position_start(r, state, i, floor);
    if (state->former && beside_org) add_former(r->w, person, state->org, m, from);
    else add_title(r->w, person, state->org == YQ_NONE ? later_org(r, i) : state->org, m, from, false);
    if (state->second != YQ_NONE && is_value(m, "press")) add_title(r->w, person, state->second, m, from, false);
    r->roles++;
}

/* Reads the chain for one person. `inherited`: the organisation that holds when the chain names none. */
static void read_chain(chain_reader *r, int person, size_t floor, int inherited)
{
    chain_state state = { .org = inherited, .second = YQ_NONE };
    for (size_t i = 0; i < r->n; i++) {
        const yq_mention *m = r->chain[i];
        if (m->kind == YQ_M_COHORT) r->w->out->people.v[person].cohort = m->value;
        else if (m->kind == YQ_M_TITLE) read_title(r, &state, i, person, floor);
        else {
            state.second = i && r->chain[i - 1]->kind == YQ_M_ORG ? state.org : YQ_NONE;
            state.org = m->ref;
            state.former = former_before(r->w, m->span.from);
        }
    }
    r->org = state.org;
}

/* ---------------------------------------------------------------- behind the name */

/* A title right behind the name; its end, or the end of the name. */
static size_t title_behind(chain_reader *r, const yq_mention *p, bool org_adjacent)
{
    yq_work *w = r->w;
    size_t at = p->span.to;
    while (at < r->s->span.to && w->text.p[at] == ' ') at++;
    const yq_mention *t = yq_mention_from(w, r->s, YQ_MASK(YQ_M_TITLE), at);
    if (!t || yq_starts(yq_sub(w->text, t->span.to, r->s->span.to), YQ_S("：")) || yq_starts(yq_sub(w->text, t->span.to, r->s->span.to), YQ_S(":"))) return p->span.to;
    if (t->span.from > p->span.to && is_value(t, "press")) return p->span.to; /* 记者 闻笛 通讯员 骆清和 */
    size_t from = t->span.from;
    if (org_adjacent && r->n && r->chain[r->n - 1]->kind == YQ_M_ORG) {
        /* The department stands between the organisation and the name: 神经内科李延峰教授. */
        yq_str department = yq_trim(between(w, r->chain[r->n - 1]->span.to, p->span.from));
        if (department.n && !yq_ends(department, YQ_S("的")) && !is_value(t, "honour") && !is_value(t, "address") && !is_value(t, "degree")) {
            yq_add_role(w, p->ref, r->org, yq_concat(w->arena, position_of(w, r->chain[r->n - 1]->span.to, p->span.from), yq_trim(yq_at(w->text, t->span))),
                        yq_evidence_of(w, t->span, 0.8, YQ_VOICE_PATTERN));
            return t->span.to;
        }
    }
    if (org_adjacent || is_value(t, "honour")) add_title(w, p->ref, r->org, t, from, org_adjacent);
    else if (is_value(t, "post") || is_value(t, "rank")) add_title(w, p->ref, r->org, t, from, false);
    return t->span.to;
}

/* 钟离墨　湛水市口腔医院种植科主任: in programmes the post stands behind the name, up to the end of the line or a new entry. */
static void entry_behind(chain_reader *r, const yq_mention *p, size_t at)
{
    yq_work *w = r->w;
    size_t from = at;
    while (from < r->s->span.to && yq_one_of(yq_utf8_next(w->text, &(size_t){ from }), " 　\t，,|—-·（(")) {
        size_t next = from;
        yq_utf8_next(w->text, &next);
        from = next;
    }
    const yq_mention *org = from > at ? yq_mention_from(w, r->s, YQ_MASK(YQ_M_ORG), from) : NULL;
    if (!org) return;
    const yq_mention *last = org, *next = org;
    while ((next = yq_next_mention(w, r->s, chain_kinds, last->span.to)) && keeps_together(w, last, next->span.from, next)) {
        last = next;
        if (next->kind == YQ_M_ORG) break;
    }
    yq_str rest = yq_sub(w->text, last->span.to, r->s->span.to);
    if (rest.n && !yq_one_of(yq_utf8_next(rest, &(size_t){ 0 }), "，,；;。\t\n）) ")) return; /* 院长张三: the title belongs to the next name */
    const yq_mention *person = yq_next_mention(w, r->s, YQ_MASK(YQ_M_PERSON), last->span.to);
    if (person && person->span.from - last->span.to <= 3) return;
    chain_reader entry = { .w = w, .s = r->s };
    collect_left(&entry, last->span.to, from);
    read_chain(&entry, p->ref, from, YQ_NONE);
    if (!entry.roles) yq_add_role(w, p->ref, org->ref, YQ_S(""), yq_evidence_of(w, org->span, 0.6, YQ_VOICE_PATTERN));
}

/* The organisation named last in front of byte `at` in the same block: 需求单位：……；联系人：骆清和（科研处处长）. */
static int org_in_block(const yq_work *w, const yq_sentence *s, size_t at)
{
    uint32_t block = s->block;
    for (int n = 0; n < LOOK_BACK && s >= w->sentences.v && s->block == block && s->table == YQ_NO_TABLE; s--, n++) {
        const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), at);
        if (m) return m->ref;
    }
    return YQ_NONE;
}

/* （科研处处长）, （麓湖国际医疗先导区管理局副局长） */
static void brackets_behind(chain_reader *r, const yq_mention *p, size_t at)
{
    yq_work *w = r->w;
    yq_str rest = yq_sub(w->text, at, r->s->span.to);
    size_t open = yq_starts(rest, YQ_S("（")) ? 3 : yq_starts(rest, YQ_S("(")) ? 1 : 0;
    if (!open) return;
    size_t close = yq_find(rest, YQ_S("）"), 0);
    if (close == SIZE_MAX) close = yq_find(rest, YQ_S(")"), 0);
    if (close == SIZE_MAX || close > 200) return;
    chain_reader inner = { .w = w, .s = r->s };
    size_t from = at + open, to = at + close;
    const yq_mention *last = yq_last_mention(w, r->s, YQ_MASK(YQ_M_TITLE) | YQ_MASK(YQ_M_ORG), to);
    if (!last || last->span.from < from) return;
    if (!only_separators(between(w, last->span.to, to)) && !(last->kind == YQ_M_ORG && department_like(w, last->span.to, to))) return;
    collect_left(&inner, last->span.to, from);
    if (!inner.n) return;
    int inherited = r->org;
    if (inherited == YQ_NONE) inherited = org_in_block(w, r->s, p->span.from);
    read_chain(&inner, p->ref, from, inherited);
    if (last->kind == YQ_M_ORG && !inner.roles) yq_add_role(w, p->ref, inner.org, YQ_S(""), yq_evidence_of(w, last->span, 0.7, YQ_VOICE_PATTERN));
}

/* The latest organisation of a kind that elects officers, in front of byte `at`. */
static int body_before(const yq_work *w, const yq_sentence *s, size_t at)
{
    size_t end = s->first + s->count, limit = end > LOOK_BACK * 40 ? end - LOOK_BACK * 40 : 0;
    for (size_t i = end; i-- > limit;) {
        const yq_mention *m = &w->mentions.v[i];
        if (m->span.from >= at || m->kind != YQ_M_ORG || m->ref == YQ_NONE) continue;
        yq_str kind = w->out->orgs.v[m->ref].kind;
        if (yq_eq(kind, YQ_S("alliance")) || yq_eq(kind, YQ_S("society")) || yq_eq(kind, YQ_S("foundation"))) return m->ref;
    }
    return YQ_NONE;
}

static bool officer(yq_str title)
{
    static const char *const ends[] = { "理事长", "秘书长", "会长", "监事长", "主任委员", "理事", "监事", "名誉主席" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (yq_ends(title, yq_cstr(ends[i]))) return true;
    return false;
}

/* Where does the verb end that gives a post to the person in front of it? 0: there is none. */
static size_t appointing_verb(const yq_work *w, const yq_sentence *s, size_t at)
{
    static const char *const verbs[] = { "被推举为", "推举为", "推选为", "被选为", "选为", "被推选为", "当选为", "当选", "获聘为", "获聘", "受聘为", "受聘担任", "受聘", "被聘为", "被任命为", "担任", "出任", "接任", "兼任", "就任", "任" };
    yq_str rest = yq_sub(w->text, at, s->span.to);
    static const char *const fillers[] = { "等", "同志", "教授", "院士", "博士", "均", "同时", "并", "将", "分别", "现", "曾", "正式" };
    for (size_t i = 0, skipped = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (yq_starts(rest, yq_cstr(fillers[i])) && skipped++ < 3) {
            at += strlen(fillers[i]);
            rest = yq_sub(w->text, at, s->span.to);
        }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (yq_starts(rest, yq_cstr(verbs[i]))) return at + strlen(verbs[i]);
    if (!yq_starts(rest, YQ_S("为"))) return 0;
    const yq_mention *t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), at + 3);
    bool office = t && officer(yq_at(w->text, t->span)) && department_like(w, at + 3, t->span.from) && t->span.from - at < 20;
    return office ? at + 3 : 0; /* 别云起为首届理事长 */
}

/* Titles given by a verb: the chain behind it, for the person and those in the same list in front of it. */
static void given_posts(chain_reader *r, const yq_mention *p, size_t at)
{
    yq_work *w = r->w;
    size_t verb = appointing_verb(w, r->s, at);
    if (!verb) return;
    const yq_mention *t = yq_next_mention(w, r->s, YQ_MASK(YQ_M_TITLE), verb);
    if (!t) return;
    chain_reader given = { .w = w, .s = r->s };
    const yq_mention *org = yq_mention_from(w, r->s, YQ_MASK(YQ_M_ORG), verb);
    if (org && !keeps_together(w, org, t->span.from, t)) return;
    if (!org && !department_like(w, verb, t->span.from)) return;
    collect_left(&given, t->span.to, verb);
    int inherited = YQ_NONE;
    if (!org && officer(yq_at(w->text, t->span))) inherited = body_before(w, r->s, p->span.from);
    else if (!org) inherited = r->org;
    if (!org && inherited == YQ_NONE && w->out->people.v[p->ref].roles.n) inherited = w->out->people.v[p->ref].roles.v[0].org;
    for (const yq_mention *m = p; m;) {
        int mine = inherited;
        if (org) mine = org->ref;
        yq_add_role(w, m->ref, mine, position_of(w, org ? org->span.to : verb, t->span.to), yq_evidence_of(w, t->span, 0.8, YQ_VOICE_PATTERN));
        const yq_mention *before = yq_last_mention(w, r->s, YQ_MASK(YQ_M_PERSON), m->span.from);
        if (!officer(yq_at(w->text, t->span)) || !before || !yq_starts(between(w, before->span.to, m->span.from), YQ_S("、"))) break;
        m = before;
    }
}

/* Verbs of appointment that stand further on: 沈砚舟则分享……，并获聘为嘉曜医院名誉顾问医生. */
static void appointed_later(yq_work *w, const yq_sentence *s)
{
    static const char *const verbs[] = { "获聘为", "获聘", "受聘为", "受聘担任", "当选为", "被聘为", "被任命为" };
    yq_str text = yq_sub(w->text, 0, s->span.to);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t at = yq_find(text, yq_cstr(verbs[i]), s->span.from);
        const yq_mention *p = at == SIZE_MAX ? NULL : yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at);
        if (!p || p->ref == YQ_NONE) continue;
        chain_reader r = { .w = w, .s = s, .org = YQ_NONE };
        given_posts(&r, p, at);
        return;
    }
}

/* 聘请A、B、C等为顾问: all people between the verb and 为 have the title, at the one organisation that appoints. */
static void appointed_together(yq_work *w, const yq_sentence *s)
{
    static const char *const verbs[] = { "聘请", "聘任", "特聘" };
    static const char *const ends[] = { "为", "担任" };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t verb = yq_find(yq_sub(w->text, 0, s->span.to), yq_cstr(verbs[i]), s->span.from);
        if (verb == SIZE_MAX) continue;
        const yq_mention *t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), verb);
        bool given = false;
        for (; t && !given; t = given ? t : yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), t->span.to))
            for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) given |= yq_ends(yq_sub(w->text, verb, t->span.from), yq_cstr(ends[k]));
        if (!given) continue;
        const yq_mention *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), verb);
        if (org && yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), org->span.from)) org = NULL; /* several appoint: it is not said who whom */
        for (const yq_mention *p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), verb); p && p->span.to < t->span.from; p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p->span.to))
            if (p->ref != YQ_NONE) yq_add_role(w, p->ref, org ? org->ref : YQ_NONE, position_of(w, t->span.from, t->span.to), yq_evidence_of(w, t->span, 0.8, YQ_VOICE_PATTERN));
        return;
    }
}

/* ---------------------------------------------------------------- sentences */

/* The organisation that a person without one of his own takes from the person before him. */
static int inherited_org(chain_reader *r, const yq_mention *before, size_t before_end, int before_org, bool before_bare)
{
    if (!before || !r->n || r->chain[0]->kind != YQ_M_TITLE) return before && !r->n && before_bare ? before_org : YQ_NONE;
    yq_str gap = between(r->w, before_end, r->chain[0]->span.from);
    size_t skip = separators_at(gap);
    if (!skip || skip > 4) return YQ_NONE;
    bool local_part = skip == gap.n || (department_like(r->w, before_end + skip, r->chain[0]->span.from) && ends_department(gap));
    return local_part && (is_value(r->chain[0], "post") || is_value(r->chain[0], "rank")) ? before_org : YQ_NONE;
}

/* A sentence that ended with a semicolon hands its organisation to a bare title at the beginning of the next: ……董事长顾临川介绍了……；首席科学家陆景行. */
static int handed_over(const yq_work *w, const chain_reader *r, const yq_sentence *s, int last_org)
{
    if (s == w->sentences.v || !r->n || r->chain[0]->kind != YQ_M_TITLE || !is_value(r->chain[0], "post")) return YQ_NONE;
    if (s[-1].block != s->block || s->table != YQ_NO_TABLE || !yq_ends(yq_at(w->text, s[-1].span), YQ_S("；"))) return YQ_NONE;
    return only_separators(between(w, s->span.from, r->chain[0]->span.from)) ? last_org : YQ_NONE;
}

/* Names in Latin letters are read here only behind a Chinese word: 副总裁Ingrid Solheim-Bao. */
static bool english_context(const yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    if ((unsigned char)w->text.p[p->span.from] >= 0xE3) return false;
    size_t at = p->span.from;
    while (at > s->span.from && w->text.p[at - 1] == ' ') at--;
    return at == s->span.from || (unsigned char)w->text.p[at - 1] < 0x80;
}

static int read_sentence(yq_work *w, const yq_sentence *s, int last_org)
{
    const yq_mention *before = NULL;
    int before_org = YQ_NONE;
    bool before_bare = false;
    size_t before_end = s->span.from;
    for (const yq_mention *p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), s->span.from); p; before = p, p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p->span.to)) {
        if (p->ref == YQ_NONE || english_context(w, s, p)) continue;
        chain_reader r = { .w = w, .s = s, .org = YQ_NONE };
        size_t floor = before ? before_end : s->span.from;
        collect_left(&r, p->span.from, floor);
        yq_str gap = before ? between(w, before->span.to, p->span.from) : (yq_str){ 0 };
        bool joined = yq_eq(gap, YQ_S("和")) || yq_eq(gap, YQ_S("与")) || yq_eq(gap, YQ_S("及"));
        int inherited = inherited_org(&r, before, before_end, before_org, before_bare && joined);
        if (!before) inherited = handed_over(w, &r, s, last_org);
        bool adjacent = r.n && r.chain[r.n - 1]->kind == YQ_M_ORG;
        read_chain(&r, p->ref, floor, inherited);
        if (!r.n) r.org = inherited;
        size_t end = title_behind(&r, p, adjacent);
        if (r.org != YQ_NONE && end == p->span.to && (adjacent || (joined && before_bare))) yq_add_role(w, p->ref, r.org, YQ_S(""), yq_evidence_of(w, p->span, 0.6, YQ_VOICE_PATTERN));
        brackets_behind(&r, p, end);
        if (!r.n) entry_behind(&r, p, end);
        given_posts(&r, p, end);
        before_org = r.org;
        before_end = end;
        before_bare = adjacent && end == p->span.to;
    }
    if (before) { /* somebody is named */
        appointed_later(w, s);
        appointed_together(w, s);
    }
    return before_org;
}

/* ---------------------------------------------------------------- cleaning up */

/* Is there another role that says the same and more? */
static bool said_better(const yq_found_person *p, size_t i)
{
    const yq_found_role *r = &p->roles.v[i];
    for (size_t k = 0; k < p->roles.n; k++) {
        const yq_found_role *other = &p->roles.v[k];
        if (k == i) continue;
        if (!r->position.n && other->org == r->org && (other->position.n || k < i)) return true;
        if (r->org == YQ_NONE && other->org != YQ_NONE && yq_ends(other->position, r->position)) return true;
        /* The English half of a page repeats the post without its institution: Party Secretary Nian Guangyu. */
        if (r->org == YQ_NONE && other->org != YQ_NONE && r->position.n && other->position.n && (unsigned char)r->position.p[0] < 0x80 && (unsigned char)other->position.p[0] >= 0x80) return true;
        if (r->org == other->org && r->org != YQ_NONE && other->position.n > r->position.n && yq_ends(other->position, r->position)) {
            yq_str ignored;
            yq_str head = yq_sub(other->position, 0, other->position.n - r->position.n);
            if (ends_department(head) || yq_lex_is(head, YQ_LEX_TITLE_PREFIXES, &ignored)) return true;
        }
    }
    return false;
}

static void tidy_person(yq_found_person *p)
{
    size_t kept = 0;
    bool *drop = (bool[256]){ 0 };
    for (size_t i = 0; i < p->roles.n && i < 256; i++) drop[i] = said_better(p, i);
    for (size_t i = 0; i < p->roles.n; i++)
        if (i >= 256 || !drop[i]) p->roles.v[kept++] = p->roles.v[i];
    p->roles.n = kept;
    kept = 0;
    for (size_t i = 0; i < p->honours.n; i++) {
        bool shorter = false;
        for (size_t k = 0; k < p->honours.n; k++) shorter |= k != i && p->honours.v[k].text.n > p->honours.v[i].text.n && yq_ends(p->honours.v[k].text, p->honours.v[i].text);
        if (!shorter) p->honours.v[kept++] = p->honours.v[i];
    }
    p->honours.n = kept;
}

void yq_find_roles(yq_work *w)
{
    int last_org = YQ_NONE;
    for (size_t i = 0; i < w->sentences.n; i++) last_org = read_sentence(w, &w->sentences.v[i], last_org);
    for (size_t i = 0; i < w->out->people.n; i++) tidy_person(&w->out->people.v[i]);
}
