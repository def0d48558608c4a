/* extract/bios.c - posts in short biographies: a line with name and title, labels (现职, 经历, 学历), and a list under each.
 *
 *     赖飞罴 教授
 *     经历
 *     * 国立台湾大学计算机与资讯中心主任
 *     * 工程师/专案副理，工业技术研究院/电子与光电研究所
 *
 * The person of the last such line holds what the list says, written as organisation, department, title, or as title, organisation/department.
 * Lists of degrees, prizes and fields of research hold no posts.
 */
#include "extract/internal.h"

enum { LINE_CHARS_MAX = 44, LABEL_CHARS_MAX = 9 };

typedef struct {
    yq_work *w;
    int person;  /* YQ_NONE: none yet */
    int org;     /* on the line of the name */
    bool posts;  /* the list that is read holds posts */
} bio_reader;

static const char post_labels[] = " 经历 现职 现任 曾任 历任 任职 履历 工作履历 职称 单位职务 单位及职务 工作单位及职务 现任职务 现任职 职务 工作经历 任职经历 主要经历 主要任职 社会任职 学术任职 社会兼职 学术兼职 兼职 学会任职 学历与经历 学经历 学历经历 简历 专业经历 重要经历 ";
static const char other_labels[] = " 学历 教育背景 教育经历 荣誉 荣誉与获奖 获奖 专长 研究专长 研究方向 专长与研究方向 研究领域 介绍 简介 代表著作 论文 著作 讲题 专业领域 研究兴趣 ";

static bool in_list(yq_str s, const char *list)
{
    for (const char *p = list; s.n && (p = strchr(p, ' ')); p++)
        if (!strncmp(p + 1, s.p, s.n) && p[1 + s.n] == ' ') return true;
    return false;
}

/* The line without marks of lists and what closes a label. */
static yq_str bare(yq_str s)
{
    static const char *const marks[] = { "*", "-", "•", "·", "【", "】", "：", ":", "■", "●", "◆", "▪", "[", "]" };
    for (bool again = true; again;) {
        again = false;
        s = yq_trim(s);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            yq_str mark = yq_cstr(marks[i]);
            if (s.n && yq_starts(s, mark)) s = yq_sub(s, mark.n, s.n), again = true;
            if (s.n && yq_ends(s, mark)) s.n -= mark.n, again = true;
        }
    }
    return s;
}

static bool label(bio_reader *r, yq_str line)
{
    line = bare(line);
    if (!line.n || yq_utf8_count(line) > LABEL_CHARS_MAX) return false;
    bool posts = in_list(line, post_labels);
    if (!posts && !in_list(line, other_labels)) return false;
    r->posts = posts;
    return true;
}

static bool degree(const yq_work *w, const yq_mention *t)
{
    yq_str s = yq_at(w->text, t->span);
    if (yq_eq(t->value, YQ_S("degree"))) return !yq_has(s, YQ_S("访问"));
    return yq_eq(t->value, YQ_S("address")) || yq_eq(t->value, YQ_S("honour"));
}

static yq_str joined(yq_work *w, yq_str s)
{
    s = yq_trim(s);
    for (size_t at = 0, next; at < s.n; at = next) {
        next = at;
        uint32_t c = yq_utf8_next(s, &next);
        bool latin = at && next < s.n && (unsigned char)s.p[at - 1] < 0x80 && (unsigned char)s.p[next] < 0x80;
        if (!yq_is_space(c) || latin) continue;
        s = yq_concat(w->arena, yq_sub(s, 0, at), yq_sub(s, next, s.n));
        next = at;
    }
    while (yq_starts(s, YQ_S("兼")) || yq_starts(s, YQ_S("暨"))) s = yq_sub(s, 3, s.n);
    while (yq_starts(s, YQ_S("的")) || yq_starts(s, YQ_S("/"))) s = yq_sub(s, yq_starts(s, YQ_S("/")) ? 1 : 3, s.n);
    return s;
}

/* The entry of an organisation that only its place in the line shows; name is a part of the text. */
static int unmarked_org(yq_work *w, yq_str name)
{
    int org = yq_org_by_name(w, name, true);
    if (org == YQ_NONE) return org;
    size_t from = (size_t)(name.p - w->text.p);
    yq_found_org *found = &w->out->orgs.v[org];
    if (!found->mentions.n) *yq_push(w->arena, &found->mentions) = yq_evidence_of(w, (yq_span){ (uint32_t)from, (uint32_t)(from + name.n) }, 0.5, YQ_VOICE_PATTERN);
    return org;
}

/* ---------------------------------------------------------------- the line of a name */

/* A short line of one person and a title behind: the next lists are his. */
static bool subject(bio_reader *r, const yq_sentence *s)
{
    yq_work *w = r->w;
    const yq_mention *p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), s->span.from);
    const yq_mention *other = p ? yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p->span.to) : NULL;
    if (!p || p->ref == YQ_NONE || (other && other->ref != p->ref)) return false;
    if (yq_utf8_count(yq_at(w->text, s->span)) > LINE_CHARS_MAX) return false;
    const yq_mention *t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), p->span.to);
    if (!t || t->span.to != s->span.to) return false;
    r->person = p->ref;
    r->posts = false;
    const yq_mention *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), p->span.from);
    yq_str front = yq_trim(yq_sub(w->text, s->span.from, p->span.from));
    size_t word = 0;
    while (word < front.n && front.p[word] != ' ') word++;
    if (!org && word >= 6 && word <= 24 && (unsigned char)front.p[0] >= 0xE3) { /* 宣捷生技 黄曳弘 副研究员 */
        r->org = unmarked_org(w, yq_sub(front, 0, word));
    } else r->org = org ? org->ref : YQ_NONE;
    if (r->org != YQ_NONE && !degree(w, t)) yq_add_role(w, p->ref, r->org, yq_at(w->text, t->span), yq_evidence_of(w, t->span, 0.7, YQ_VOICE_PATTERN));
    return true;
}

/* ---------------------------------------------------------------- lines of posts */

enum { FIELD_BYTES_MAX = 1200 };

static void add(bio_reader *r, int org, yq_str position, yq_span span)
{
    if (position.n) yq_add_role(r->w, r->person, org, position, yq_evidence_of(r->w, span, 0.7, YQ_VOICE_PATTERN));
}

/* Of a school and its university in one line the university is the organisation. */
static const yq_mention *whole_of(const yq_work *w, const yq_sentence *s, const yq_mention *org)
{
    const yq_mention *next = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), org->span.to);
    return next && yq_eq(org->value, YQ_S("school")) && yq_eq(next->value, YQ_S("university")) ? next : org;
}

/* 工程师/专案副理，工业技术研究院/电子与光电研究所 */
static bool title_first(bio_reader *r, const yq_sentence *s)
{
    yq_work *w = r->w;
    const yq_mention *first = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), s->span.from), *org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), s->span.from);
    if (!first || bare(yq_sub(w->text, s->span.from, first->span.from)).n) return false;
    size_t comma = yq_find(yq_sub(w->text, 0, s->span.to), YQ_S("，"), first->span.to), end = comma;
    if (comma == SIZE_MAX) comma = end = yq_find(yq_sub(w->text, 0, s->span.to), YQ_S(","), first->span.to);
    if (comma == SIZE_MAX) return false;
    yq_str rest = bare(yq_sub(w->text, comma + (w->text.p[comma] == ',' ? 1 : 3), s->span.to)), department = { 0 };
    int home = org && org->span.from > comma ? whole_of(w, s, org)->ref : YQ_NONE;
    if (home != YQ_NONE) department = home == org->ref ? joined(w, yq_sub(w->text, org->span.to, s->span.to)) : (yq_str){ 0 };
    else if (yq_has(rest, YQ_S("/")) && yq_utf8_count(rest) > 5) { /* an organisation that nothing marks, up to the stroke */
        size_t stroke = yq_find(rest, YQ_S("/"), 0);
        home = unmarked_org(w, yq_trim(yq_sub(rest, 0, stroke)));
        department = joined(w, yq_sub(rest, stroke, rest.n));
    } else return false;
    for (const yq_mention *t = first; t && t->span.to <= end; t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), t->span.to))
        if (!degree(w, t)) add(r, home, yq_concat(w->arena, department, yq_trim(yq_at(w->text, t->span))), t->span);
    return true;
}

/* 国立台湾大学计算机与资讯中心主任 */
static void title_last(bio_reader *r, const yq_sentence *s)
{
    yq_work *w = r->w;
    const yq_mention *t = yq_last_mention(w, s, YQ_MASK(YQ_M_TITLE), s->span.to), *org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), s->span.from);
    if (!t || degree(w, t) || s->span.to - t->span.to > 8) return;
    if (org && org->span.to <= t->span.from) {
        add(r, org->ref, joined(w, yq_sub(w->text, org->span.to, t->span.to)), t->span);
        return;
    }
    /* An organisation that nothing marks: the first word of the line. */
    yq_str line = bare(yq_sub(w->text, s->span.from, t->span.from));
    size_t word = 0;
    while (word < line.n && line.p[word] != ' ') word++;
    if (word < 6 || word >= line.n || (unsigned char)line.p[0] < 0xE3) return;
    size_t from = (size_t)(line.p - w->text.p);
    add(r, unmarked_org(w, yq_sub(line, 0, word)), joined(w, yq_sub(w->text, from + word, t->span.to)), t->span);
}

/* ---------------------------------------------------------------- posts behind a label, in one line */

/* Where the words behind the label begin, 0: the line has none that leads to posts. */
static size_t behind_label(const yq_work *w, yq_span line)
{
    static const char *const english[] = { "Current position", "Current positions", "Currently", "Previously", "Previous positions", "Positions", "Appointments" };
    static const char *const colons[] = { "：", ":", "】" };
    yq_str s = yq_at(w->text, line);
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
        size_t at = yq_find(s, yq_cstr(colons[i]), 0);
        if (at == SIZE_MAX || at > 36) continue;
        yq_str name = bare(yq_sub(s, 0, at));
        bool posts = in_list(name, post_labels);
        for (size_t k = 0; k < sizeof english / sizeof *english; k++) posts |= yq_eq(name, yq_cstr(english[k]));
        if (posts) return line.from + at + strlen(colons[i]);
    }
    return 0;
}

/* 某大学 某研究所 教授兼所长: what stands between the organisation and the first title belongs to all of the titles. */
static bool posts_of_piece(bio_reader *r, const yq_sentence *s, yq_span piece, int *org)
{
    yq_work *w = r->w;
    const yq_mention *m = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), piece.from), *t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), piece.from);
    size_t from = piece.from;
    bool any = false;
    for (; t && t->span.to <= piece.to && degree(w, t); t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), t->span.to)) continue;
    if (!t || t->span.to > piece.to) return false;
    if (m && m->span.to <= t->span.from && m->ref != YQ_NONE) *org = whole_of(w, s, m)->ref, from = m->span.to;
    yq_str department = joined(w, yq_sub(w->text, from, t->span.from));
    if (*org == YQ_NONE) { /* an organisation that nothing marks: the first word */
        yq_str line = bare(yq_sub(w->text, piece.from, t->span.from));
        size_t word = 0;
        while (word < line.n && line.p[word] != ' ') word++;
        if (word < 6 || word >= line.n || (unsigned char)line.p[0] < 0xE3) return false;
        *org = unmarked_org(w, yq_sub(line, 0, word));
        department = joined(w, yq_sub(line, word, line.n));
    }
    for (; t && t->span.to <= piece.to; t = yq_next_mention(w, s, YQ_MASK(YQ_M_TITLE), t->span.to))
        if (!degree(w, t)) add(r, *org, yq_concat(w->arena, department, joined(w, yq_at(w->text, t->span))), t->span), any = true;
    return any;
}

/* 现职：某大学 某研究所 教授兼所长；某中心 主任. True: the line was such a field. */
static bool field_of_posts(bio_reader *r, const yq_sentence *s)
{
    static const char *const marks[] = { "；", ";", "，", "、", "。" };
    size_t at = behind_label(r->w, s->span);
    if (!at || s->span.to - at > FIELD_BYTES_MAX || yq_lang_of(yq_sub(r->w->text, at, s->span.to)) == YQ_LANG_EN) return false;
    int org = YQ_NONE;
    size_t from = at;
    for (size_t p = at; p <= s->span.to;) {
        size_t mark = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !mark; i++)
            if (p < s->span.to && yq_starts(yq_sub(r->w->text, p, s->span.to), yq_cstr(marks[i]))) mark = strlen(marks[i]);
        if (!mark && p < s->span.to) {
            yq_utf8_next(r->w->text, &p);
            continue;
        }
        posts_of_piece(r, s, (yq_span){ (uint32_t)from, (uint32_t)p }, &org);
        from = p + mark;
        if (p == s->span.to) break;
        p = from;
    }
    return true;
}

void yq_find_bios(yq_work *w)
{
    bio_reader r = { .w = w, .person = YQ_NONE, .org = YQ_NONE };
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        if (s->table != YQ_NO_TABLE) continue;
        if (subject(&r, s) || label(&r, yq_at(w->text, s->span))) continue;
        if (r.person != YQ_NONE && field_of_posts(&r, s)) continue;
        if (r.person == YQ_NONE || !r.posts || yq_utf8_count(yq_at(w->text, s->span)) > LINE_CHARS_MAX * 2) continue;
        if (yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), s->span.from)) continue;
        if (!title_first(&r, s)) title_last(&r, s);
    }
}
