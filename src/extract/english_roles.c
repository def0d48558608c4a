/* extract/english_roles.c - posts of people in English sentences.
 *
 * They stand behind the name, in parts between commas: "Keith Hemmert, MD Medical Director, Department of Emergency Medicine", "Shen Yanzhou,
 * Vice President of the First Affiliated Hospital". Each part is a degree, a title (whose department reaches up to at, of, for and an
 * organisation), an organisation that all titles before it belong to, or a department; at anything else reading stops. In front of the
 * name there may be one title: "Chairman Yang Guanglin", "whose Deputy Director, Mr Xu Zhaoning".
 */
#include "extract/english.h"

#include <ctype.h>

enum { PART_BYTES_MAX = 160 };

typedef yq_post_reader part_reader;

static yq_str text_of(const part_reader *r, size_t from, size_t to)
{
    return from < to ? yq_sub(r->w->text, from, to) : (yq_str){ 0 };
}

static void give(part_reader *r, int org)
{
    for (size_t i = 0; i < r->n; i++) {
        yq_str position = yq_trim(yq_at(r->w->text, r->title[i]));
        yq_add_role(r->w, r->person, org, position, yq_evidence_of(r->w, r->title[i], 0.8, YQ_VOICE_PATTERN));
    }
    if (!r->n && org != YQ_NONE && r->org == YQ_NONE) yq_add_role(r->w, r->person, org, YQ_S(""), yq_evidence_of(r->w, (yq_span){ r->s->span.from, r->s->span.to }, 0.5, YQ_VOICE_PATTERN));
    r->n = 0;
    if (org != YQ_NONE) r->org = org;
}

/* ---------------------------------------------------------------- parts */

/* The end of the part that begins at `at`: , ; : ( ) and the ends of lines and sentences border it. A comma inside "Co., Ltd." does not. */
static size_t part_end(const part_reader *r, size_t at)
{
    yq_str s = r->w->text;
    for (; at < r->s->span.to; at++) {
        const yq_mention *org = yq_next_mention(r->w, r->s, YQ_MASK(YQ_M_ORG), at);
        if (org && org->span.from == at) {
            at = org->span.to - 1;
            continue;
        }
        if (s.p[at] && strchr(",;:()\n\t\"", s.p[at])) return at;
        if (yq_starts(yq_sub(s, at, s.n), YQ_S("“")) || yq_starts(yq_sub(s, at, s.n), YQ_S("”")) || yq_starts(yq_sub(s, at, s.n), YQ_S("，"))) return at;
    }
    return r->s->span.to;
}

/* The first title in the text of a kind that is held; its kind in *kind. */
static bool title_in(const part_reader *r, size_t from, size_t to, yq_span *title, yq_str *kind)
{
    yq_str s = r->w->text;
    for (size_t at = from; at < to;) {
        size_t end = yq_word_end(s, at, to);
        yq_lex_hit hit;
        if (end > at && yq_lex_longest(s, at, YQ_LEX_TITLES_EN, &hit) && at + hit.length <= to) {
            *kind = yq_lex_column(hit.value, 0);
            *title = (yq_span){ (uint32_t)at, (uint32_t)(at + hit.length) };
            return true;
        }
        at = end > at ? end : at + 1;
    }
    return false;
}

static bool starts_word(yq_str s, const char *word)
{
    size_t n = strlen(word);
    return s.n >= n && !strncasecmp(s.p, word, n) && (s.n == n || !isalpha((unsigned char)s.p[n]));
}

/* "and", "who", "the": words in front of a title that are not of it. */
static size_t skip_small(const part_reader *r, size_t at, size_t to)
{
    static const char *const small[] = { "and", "who", "is", "was", "the", "a", "an", "currently", "also", "now", "until now", "until recently", "most recently", "previously", "formerly", "then", "both", "today", "as" };
    for (int again = 1; again;) {
        again = 0;
        while (at < to && (r->w->text.p[at] == ' ' || r->w->text.p[at] == '-' || r->w->text.p[at] == '.')) at++;
        for (size_t i = 0; i < sizeof small / sizeof *small; i++)
            if (starts_word(text_of(r, at, to), small[i])) at += strlen(small[i]), again = 1;
    }
    return at;
}

static size_t skip_degrees(const part_reader *r, size_t at, size_t to)
{
    yq_lex_hit hit;
    for (;;) {
        while (at < to && (r->w->text.p[at] == ' ' || r->w->text.p[at] == '/')) at++;
        if (at >= to || !yq_lex_longest(r->w->text, at, YQ_LEX_TITLES_EN, &hit) || at + hit.length > to) return at;
        if (!yq_eq(yq_lex_column(hit.value, 0), YQ_S("degree"))) return at;
        at += hit.length;
    }
}

/* A run of capital letters where titles stand is a degree or a certificate that the dictionary lacks: CSSGB, MSHI. */
static size_t skip_capitals(const part_reader *r, size_t at, size_t to)
{
    yq_lex_hit hit;
    for (;;) {
        at = skip_degrees(r, at, to);
        size_t end = yq_word_end(r->w->text, at, to);
        bool officer = end - at >= 3 && end - at <= 5 && r->w->text.p[at] == 'C' && r->w->text.p[end - 1] == 'O'; /* CMIO */
        bool capitals = end >= at + 2 && !officer && !yq_lex_longest(r->w->text, at, YQ_LEX_TITLES_EN, &hit);
        for (size_t i = at; i < end; i++) capitals &= isupper((unsigned char)r->w->text.p[i]) || r->w->text.p[i] == '.' || r->w->text.p[i] == '-';
        if (!capitals || yq_mention_from(r->w, r->s, YQ_MASK(YQ_M_ORG), at)) return at;
        at = end;
    }
}

/* Words that lead from a title to the organisation: at, of the, for. Returns the end of the position in front of them. */
static size_t before_link(const part_reader *r, size_t from, size_t org)
{
    static const char *const links[] = { " of the", " at the", " for the", " in the", " of", " at", " for", " in", " with", " from", " the", "'s", ",", " as", " and" };
    size_t to = org;
    for (int again = 1; again;) {
        again = 0;
        while (to > from && r->w->text.p[to - 1] == ' ') to--;
        for (size_t i = 0; i < sizeof links / sizeof *links && !again; i++)
            if (yq_ends(text_of(r, from, to), yq_cstr(links[i]))) to -= strlen(links[i]), again = 1;
    }
    return to;
}

static void wait(part_reader *r, size_t from, size_t to)
{
    if (r->n < YQ_POSTS_MAX && from < to) r->title[r->n++] = (yq_span){ (uint32_t)from, (uint32_t)to };
}

static bool department_part(yq_str part)
{
    static const char *const heads[] = { "Department", "Division", "Section", "Unit", "Faculty", "Dept" };
    static const char *const tails[] = { "Program", "Programme", "Department", "Division", "Unit" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (starts_word(part, heads[i])) return true;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (yq_ends(part, yq_cstr(tails[i]))) return true;
    return false;
}

static bool read_part(part_reader *r, size_t from, size_t to);

static bool honour(part_reader *r, size_t from, size_t to)
{
    yq_str part = yq_trim(text_of(r, from, to));
    static const char *const heads[] = { "member of the Chinese Academy", "fellow of the Royal", "fellow of the Chinese Academy", "fellow of the Academy", "fellow of the National", "member of the National Academy", "academician", "foreign member of", "member of the Academy" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (part.n < strlen(heads[i]) || strncasecmp(part.p, heads[i], strlen(heads[i]))) continue;
        size_t and = yq_find(yq_sub(r->w->text, 0, to), YQ_S(" and "), from);
        yq_span title;
        yq_str kind;
        bool more = and != SIZE_MAX && title_in(r, and + 5, and + 30 < to ? and + 30 : to, &title, &kind);
        size_t end = more ? and : to;
        while (end > from && r->w->text.p[end - 1] == '.') end--;
        yq_add_honour(r->w, r->person, yq_trim(text_of(r, from, end)), yq_evidence_of(r->w, (yq_span){ (uint32_t)from, (uint32_t)end }, 0.8, YQ_VOICE_PATTERN));
        if (more) read_part(r, and + 5, to);
        return true;
    }
    return false;
}

static bool lower_verb(const part_reader *r, size_t at, size_t to)
{
    return at < to && !yq_capital(r->w->text, at) && isalpha((unsigned char)r->w->text.p[at]);
}

/* The end of a position inside its part: in front of a verb or of a clause. */
static size_t position_end(const part_reader *r, size_t title, size_t to)
{
    static const char *const stops[] = { " who ", " which ", " that ", " said ", " spoke ", " gave ", " and ", " will ", " has ", " is ", " was ", " at ", " told ", " says ", " noted ", " added ", " - ", " as ", " since ", " from ", " with ", " where ", " after ", " effective ", " until ", " following ", " before ", " in charge " };
    size_t best = to;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = yq_find(yq_sub(r->w->text, 0, best), yq_cstr(stops[i]), title);
        if (at != SIZE_MAX && at < best) {
            yq_span other;
            yq_str kind;
            size_t near = at + 29 < to ? at + 29 : to;
            if (!strcmp(stops[i], " and ") && !title_in(r, at, near, &other, &kind) && yq_capital(r->w->text, at + 5)) continue; /* Innovation and Partnership */
            best = at;
        }
    }
    while (best > title && r->w->text.p[best - 1] == '.') best--;
    return best;
}

/* "President of the Association": the one named last. Its position ends in front of "of the". */
static size_t bare_organisation(const part_reader *r, size_t title, size_t to, int *org)
{
    size_t at = yq_find(yq_sub(r->w->text, 0, to), YQ_S(" of the "), title);
    if (at == SIZE_MAX) return to;
    yq_str rest = yq_trim(text_of(r, at + 8, to)), kind;
    if (!rest.n || !yq_lex_is(rest, YQ_LEX_ORG_ENDINGS_EN, &kind)) return to;
    size_t last = r->s->first + r->s->count, limit = last > 2000 ? last - 2000 : 0;
    for (size_t i = last; i-- > limit;) {
        const yq_mention *m = &r->w->mentions.v[i];
        if (m->kind != YQ_M_ORG || m->ref == YQ_NONE || m->span.from >= title || !yq_eq(m->value, yq_lex_column(kind, 0))) continue;
        *org = m->ref;
        break;
    }
    return at;
}

/* Reads one part; false: nothing that belongs to the person, reading stops. */
static bool read_part(part_reader *r, size_t from, size_t to)
{
    yq_work *w = r->w;
    from = skip_small(r, from, to);
    from = skip_capitals(r, from, to);
    if (from >= to) return true;
    if (honour(r, from, to)) return true;
    yq_span title;
    yq_str kind;
    const yq_mention *org = yq_next_mention(w, r->s, YQ_MASK(YQ_M_ORG), from);
    if (org && org->span.to > to) org = NULL;
    bool titled = title_in(r, from, to, &title, &kind) && !yq_eq(kind, YQ_S("address")) && !(org && org->span.from < title.from);
    if (!titled && org && org->span.from - from < 12) {
        give(r, org->ref);
        return true;
    }
    if (!titled && org && org->span.to - from < PART_BYTES_MAX && yq_capital(w->text, from) && before_link(r, from, org->span.from) + 3 <= org->span.from) {
        wait(r, from, before_link(r, from, org->span.from)); /* Population Health & Data Science Lead at DIHI: "at" makes it a post */
        give(r, org->ref);
        return true;
    }
    size_t officer = to > from && w->text.p[to - 1] == '.' ? to - 1 : to;
    if (!titled && officer - from >= 3 && officer - from <= 5 && w->text.p[from] == 'C' && w->text.p[officer - 1] == 'O') {
        wait(r, from, officer);
        return true;
    }
    if (!titled) {
        yq_str part = yq_trim(text_of(r, from, to));
        if (department_part(part) && r->n && r->title[r->n - 1].to + 3 >= from) r->title[r->n - 1].to = (uint32_t)to;
        else if (lower_verb(r, from, to) || part.n > 60) return false;
        return true;
    }
    bool time = starts_word(text_of(r, from, to), "former") || starts_word(text_of(r, from, to), "acting") || starts_word(text_of(r, from, to), "interim") || starts_word(text_of(r, from, to), "founding");
    if (title.from > from + 48 || (lower_verb(r, from, to) && title.from > from && !time)) return false;
    size_t end = org ? before_link(r, title.to > from ? title.to : from, org->span.from) : to;
    if (end < title.to) end = title.to;
    size_t stop = position_end(r, title.to, end);
    int bare = YQ_NONE;
    if (!org) stop = bare_organisation(r, title.to, stop, &bare);
    wait(r, from, stop);
    if (bare != YQ_NONE) {
        give(r, bare);
        return true;
    }
    size_t member = yq_find(yq_sub(w->text, 0, to), YQ_S(" and a member of the "), from);
    if (member != SIZE_MAX) honour(r, member + strlen(" and a "), to);
    if (stop < end && title_in(r, stop, end, &title, &kind)) { /* a second title behind "and" */
        size_t second = skip_small(r, stop, end);
        if (second - stop < 6 && title.from - second < 30) wait(r, second, position_end(r, title.to, end));
        else org = NULL;
    } else if (stop < end && !yq_starts(text_of(r, stop, end), YQ_S(" at"))) org = NULL;
    if (org) give(r, org->ref);
    return true;
}

/* ---------------------------------------------------------------- a name */

/* The organisation of a title in front of the name: YuHeng Medical Chairman Gu Linchuan; Associate Professor Shan Yinuo of Lanzhou University. */
static int org_beside(const part_reader *r, const yq_mention *title, const yq_mention *p)
{
    const yq_mention *before = yq_last_mention(r->w, r->s, YQ_MASK(YQ_M_ORG), title->span.from);
    if (before && before->span.to + 1 == title->span.from) return before->ref;
    const yq_mention *behind = yq_next_mention(r->w, r->s, YQ_MASK(YQ_M_ORG), p->span.to);
    if (behind && behind->span.from - p->span.to < 10 && before_link(r, p->span.to, behind->span.from) == p->span.to) return behind->ref;
    if (r->org != YQ_NONE || !before || !yq_eq(title->value, YQ_S("post"))) return r->org;
    const yq_mention *other = yq_last_mention(r->w, r->s, YQ_MASK(YQ_M_PERSON), title->span.from);
    return other && other->span.to > before->span.from ? YQ_NONE : before->ref; /* a delegation from X, led by Vice President Roe */
}

/* The title that ends at most a blank or a stop in front of byte `at`. */
static const yq_mention *title_against(const part_reader *r, size_t at)
{
    const yq_mention *t = yq_last_mention(r->w, r->s, YQ_MASK(YQ_M_TITLE), at);
    return t && at - t->span.to < 3 && !memchr(r->w->text.p + t->span.to, ',', at - t->span.to) ? t : NULL;
}

/* Titles in front: "Chairman Yang Guanglin"; "whose Deputy Director, Mr Xu Zhaoning" takes the organisation before "whose". */
static void title_in_front(part_reader *r, const yq_mention *p)
{
    yq_work *w = r->w;
    size_t at = p->span.from;
    for (const yq_mention *t; (t = title_against(r, at)); at = t->span.from)
        if (!yq_eq(t->value, YQ_S("address")) && !yq_eq(t->value, YQ_S("degree")) && !yq_eq(t->value, YQ_S("honour")))
            yq_add_role(w, r->person, org_beside(r, t, p), yq_trim(yq_at(w->text, t->span)), yq_evidence_of(w, t->span, 0.7, YQ_VOICE_PATTERN));
    const yq_mention *t = yq_last_mention(w, r->s, YQ_MASK(YQ_M_TITLE), at);
    if (!t || !yq_eq(yq_trim(text_of(r, t->span.to, at)), YQ_S(",")) || !yq_ends(text_of(r, r->s->span.from, t->span.from), YQ_S("whose "))) return;
    const yq_mention *org = yq_last_mention(w, r->s, YQ_MASK(YQ_M_ORG), t->span.from);
    yq_add_role(w, r->person, org ? org->ref : YQ_NONE, yq_trim(yq_at(w->text, t->span)), yq_evidence_of(w, t->span, 0.7, YQ_VOICE_PATTERN));
}

/* "has appointed Dr Yin Sipu as its first Chief Innovation Officer": the post is at the organisation that appoints. */
static void appointed(part_reader *r, const yq_mention *p)
{
    yq_work *w = r->w;
    yq_str front = yq_trim(text_of(r, r->s->span.from, p->span.from));
    for (const yq_mention *t; (t = title_against(r, p->span.from)) && yq_eq(t->value, YQ_S("address"));) {
        front = yq_trim(text_of(r, r->s->span.from, t->span.from));
        break;
    }
    static const char *const verbs[] = { "appointed", "appoints", "named", "names", "hired", "promoted", "elected", "appointment of", "welcomed", "welcomes", "recruited" };
    bool verb = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) verb |= yq_ends(front, yq_cstr(verbs[i]));
    size_t as = verb ? yq_find(yq_sub(w->text, 0, r->s->span.to), YQ_S(" as "), p->span.to) : SIZE_MAX;
    if (as == SIZE_MAX || as - p->span.to > 120) return;
    size_t from = as + 4;
    static const char *const small[] = { "its ", "the ", "a ", "new ", "first " };
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (yq_starts(text_of(r, from, r->s->span.to), yq_cstr(small[i]))) from += strlen(small[i]);
    yq_span title;
    yq_str kind;
    size_t to = part_end(r, from);
    if (!title_in(r, from, to, &title, &kind) || title.from > from + 30) return;
    const yq_mention *org = yq_next_mention(w, r->s, YQ_MASK(YQ_M_ORG), r->s->span.from); /* the subject, not where it acts */
    if (org && org->span.to > p->span.from) org = NULL;
    size_t end = position_end(r, title.to, to);
    yq_add_role(w, r->person, org ? org->ref : YQ_NONE, yq_trim(text_of(r, from, end)), yq_evidence_of(w, title, 0.75, YQ_VOICE_PATTERN));
}

static bool latin(const yq_work *w, const yq_mention *m)
{
    size_t at = m->span.from;
    return yq_utf8_next(w->text, &at) < 0x250;
}

void yq_read_posts(yq_post_reader *r, size_t at, size_t limit)
{
    yq_str s = r->w->text;
    for (int parts = 0; parts < 12 && at < limit; parts++) {
        size_t from = at;
        while (from < limit && strchr(",;:()|/ -", s.p[from])) from++;
        for (size_t i = 0; i < 2; i++)
            if (yq_starts(yq_sub(s, from, limit), yq_cstr(i ? "–" : "—"))) from += 3;
        while (from < limit && s.p[from] == ' ') from++;
        size_t to = part_end(r, from);
        if (to > limit) to = limit;
        if (from >= to || to - from > PART_BYTES_MAX || (unsigned char)s.p[from] >= 0xE3) break;
        static const char *const seats[] = { "chair", "moderator", "convenor", "convener", "pictured", "left", "right", "centre", "speaker", "host" };
        bool seat = from > 0 && s.p[from - 1] == '(' && to < limit && s.p[to] == ')', is_seat = false;
        for (size_t i = 0; seat && i < sizeof seats / sizeof *seats; i++) is_seat |= starts_word(yq_sub(s, from, to), seats[i]) && to - from < 14;
        if (!is_seat && !read_part(r, from, to)) break;
        at = to;
        if (seat && to + 1 < limit && strchr(",; ", s.p[to + 1])) at++; /* Deputy Dean (Research), Faculty of Medicine */
        if (at < limit && !strchr(",;:(|", s.p[at])) break;
    }
}

void yq_give_posts(yq_post_reader *r, int org)
{
    give(r, org);
}

bool yq_title_within(const yq_post_reader *r, size_t from, size_t to, yq_span *title, yq_str *kind)
{
    return title_in(r, from, to, title, kind);
}

/* Where the titles in front of a name begin: …, and|occupational therapist Eilidh Fairweather. */
static size_t titles_begin(const yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    size_t at = p->span.from;
    yq_lex_hit hit;
    for (int i = 0; i < 4; i++) {
        size_t to = at;
        while (to > s->span.from && (w->text.p[to - 1] == ' ' || w->text.p[to - 1] == '.')) to--;
        if (to == at || !yq_lex_suffix(yq_sub(w->text, 0, to), to, YQ_LEX_TITLES_EN, &hit) || hit.length > to - s->span.from) break;
        if (to - hit.length > s->span.from && isalpha((unsigned char)w->text.p[to - hit.length - 1])) break;
        at = to - hit.length;
    }
    return at;
}

static void read_name(yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    part_reader r = { .w = w, .s = s, .person = p->ref, .org = YQ_NONE };
    const yq_mention *next = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p->span.to);
    size_t limit = next ? titles_begin(w, s, next) : s->span.to, at = p->span.to;
    if (limit < at) limit = at;
    /* A degree may follow without a comma, a title behind a colon or a bracket. */
    if (at < limit && w->text.p[at] == ' ') {
        size_t after = skip_capitals(&r, at, limit);
        if (after < limit && w->text.p[after] != ',' && w->text.p[after] != ':' && w->text.p[after] != '(' && w->text.p[after] != '-') {
            yq_span inner;
            yq_str kind;
            size_t stop = part_end(&r, after);
            bool capital = yq_capital(w->text, after) && title_in(&r, after, stop < limit ? stop : limit, &inner, &kind) && inner.from < after + 30; /* Data Analyst */
            bool title = capital || after > at + 1 || (yq_mention_from(w, s, YQ_MASK(YQ_M_TITLE), after) && yq_capital(w->text, after));
            bool stroke = w->text.p[after] == '|' || yq_starts(yq_sub(w->text, after, limit), YQ_S("–")) || yq_starts(yq_sub(w->text, after, limit), YQ_S("—"));
            if (!title && !stroke) limit = at;
        }
        at = after;
    }
    yq_read_posts(&r, at, limit);
    give(&r, YQ_NONE);
    title_in_front(&r, p);
    appointed(&r, p);
}

void yq_find_english_roles(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        for (const yq_mention *p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), s->span.from); p; p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p->span.to))
            if (p->ref != YQ_NONE && latin(w, p)) read_name(w, s, p);
    }
    yq_find_english_posts(w);
}
