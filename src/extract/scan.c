/* extract/scan.c - drives the Chinese voices: cuts each sentence into words, marks its borders, and lets them propose. See chinese.h. */
#include "extract/chinese.h"

size_t yq_token_from(const yq_line *l, size_t at)
{
    size_t low = 0, high = l->token_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (l->tokens[mid].from < at) low = mid + 1;
        else high = mid;
    }
    return low < l->token_count && l->tokens[low].from == at ? low : SIZE_MAX;
}

size_t yq_token_to(const yq_line *l, size_t at)
{
    size_t low = 0, high = l->token_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (l->tokens[mid].to < at) low = mid + 1;
        else high = mid;
    }
    return low < l->token_count && l->tokens[low].to == at ? low : SIZE_MAX;
}

bool yq_in_list(yq_str s, const char *list)
{
    enum { WORD_MAX = 62 };
    char word[WORD_MAX + 2] = " ";
    if (!s.n || s.n > WORD_MAX) return false;
    memcpy(word + 1, s.p, s.n);
    word[s.n + 1] = ' ';
    return yq_has(yq_cstr(list), (yq_str){ word, s.n + 2 });
}

/* ---------------------------------------------------------------- words */

static yq_token token_of(const yq_work *w, uint32_t from, uint32_t to, const yq_word *cut)
{
    yq_token t = { .from = from, .to = to, .han = cut->han, .word = true };
    yq_str word = yq_at(w->text, (yq_span){ from, to }), value = cut->value;
    if (cut->han) t.uses = (uint16_t)yq_uses(word);
    if (cut->han ? !value.p : !yq_lex_is(word, YQ_LEX_WORDS, &value)) return t;
    yq_str tag = yq_lex_column(value, 1);
    if (tag.n) memcpy(t.tag, tag.p, tag.n < 2 ? tag.n : 2);
    t.frequency = (float)yq_lex_number(value, 0, 0);
    return t;
}

/* What the cut leaves out between two words becomes one token a character; white space too, since it ends names. */
static void fill_gap(yq_work *w, struct yq_chinese *zh, size_t from, size_t to)
{
    while (from < to) {
        size_t next = from;
        yq_utf8_next(w->text, &next);
        yq_token t = { .from = (uint32_t)from, .to = (uint32_t)next };
        *yq_push(w->arena, &zh->tokens) = t;
        from = next;
    }
}

static void cut_sentence(yq_work *w, struct yq_chinese *zh, const yq_sentence *s, yq_words *words)
{
    words->n = 0;
    yq_cut(w->arena, yq_at(w->text, s->span), words);
    size_t at = s->span.from;
    for (size_t i = 0; i < words->n; i++) {
        uint32_t from = s->span.from + words->v[i].span.from, to = s->span.from + words->v[i].span.to;
        fill_gap(w, zh, at, from);
        *yq_push(w->arena, &zh->tokens) = token_of(w, from, to, &words->v[i]);
        at = to;
    }
    fill_gap(w, zh, at, s->span.to);
}

static void cut_all(yq_work *w)
{
    enum { BYTES_OF_TOKEN = 4 }; /* most have more: so the list seldom moves */
    yq_words words = { 0 };
    w->chinese->tokens.cap = w->text.n / BYTES_OF_TOKEN + 1;
    w->chinese->tokens.v = YQ_ARRAY(w->arena, yq_token, w->chinese->tokens.cap);
    for (size_t i = 0; i < w->sentences.n; i++) {
        *yq_push(w->arena, &w->chinese->first_token) = (uint32_t)w->chinese->tokens.n;
        cut_sentence(w, w->chinese, &w->sentences.v[i], &words);
    }
    *yq_push(w->arena, &w->chinese->first_token) = (uint32_t)w->chinese->tokens.n;
}

/* ---------------------------------------------------------------- borders */

/* 医学部主任, 科副主任, 本报记者 stand in the dictionary, but their first part is a department or an organisation and is read as such; of 主任教授 and
 * the like each is a title. `named`: a word stands in front of it (鲤湖|市委书记). */
static bool is_composed(yq_str title, bool named)
{
    yq_str ignored;
    if (yq_starts(title, YQ_S("本报")) || yq_starts(title, YQ_S("主任教授"))) return true;
    for (size_t at = 0; at < title.n;) {
        yq_utf8_next(title, &at);
        yq_str head = yq_sub(title, 0, at), tail = yq_sub(title, at, title.n);
        if (!tail.n || !yq_lex_is(tail, YQ_LEX_TITLES, &ignored)) continue;
        if (yq_in_list(head, " 党委 党组 纪委 团委 党工委 ") || (!named && yq_in_list(head, " 市委 省委 区委 县委 政协 人大 "))) return false;
        if (yq_lex_is(head, YQ_LEX_ORG_ENDINGS, &ignored) || yq_lex_is(head, YQ_LEX_DEPARTMENTS, &ignored) || yq_lex_is(head, YQ_LEX_DEPARTMENT_ENDINGS, &ignored)) return true;
    }
    return false;
}

/* 主任|何, 部长|江, 会长|孙: the word across the end is but the last character of the title and a surname. */
static bool surname_behind(const yq_line *l, size_t end)
{
    yq_lex_hit hit;
    size_t last = yq_utf8_back(l->text, end), k = yq_token_from(l, last);
    if (k == SIZE_MAX || l->tokens[k].to != end + 3) return false;
    return yq_lex_longest(l->text, end, YQ_LEX_SURNAMES, &hit) && end + hit.length < l->span.to;
}

/* Does a word of the language reach across the end of a title (董事|局)? */
static bool cut_short(const yq_line *l, size_t end)
{
    if (end >= l->span.to || l->edge[end - l->span.from] & YQ_EDGE_WORD) return false;
    return yq_is_han(yq_char_at(l, end)) && yq_token_to(l, end) == SIZE_MAX && !surname_behind(l, end);
}

/* 主任医生, 副主任医生: two dictionary words that are one grade. */
static size_t grade_of_doctor(const yq_line *l, size_t end, yq_str title)
{
    return yq_ends(title, YQ_S("主任")) && yq_starts(yq_sub(l->text, end, l->span.to), YQ_S("医生")) ? 6 : 0;
}

/* The longest title at byte `at`, from the forms that begin there: any prefixes, then a title. Titles behind it are known already (the line is
 * walked from its end). */
static void mark_title(yq_line *l, size_t at, const yq_lex_hit *hits, size_t n)
{
    size_t i = at - l->span.from;
    const char *kind = NULL;
    for (size_t k = 0; k < n; k++) {
        size_t length = hits[k].length;
        if (length > 400) continue;
        if (hits[k].class == YQ_LEX_TITLES) {
            yq_str title = yq_sub(l->text, at, at + length);
            length += grade_of_doctor(l, at + length, title);
            bool composed = !yq_starts(hits[k].value, YQ_S("honour")) && is_composed(title, yq_is_han(yq_char_before(l, at)));
            if (length <= l->title_to[i] || composed || cut_short(l, at + length)) continue;
            l->title_to[i] = (uint16_t)length;
            kind = yq_lex_column(hits[k].value, 0).p;
        } else if (hits[k].class == YQ_LEX_TITLE_PREFIXES && l->title_to[i + length] && length + l->title_to[i + length] > l->title_to[i] && l->title_to[i + length] < 400) {
            l->title_to[i] = (uint16_t)(length + l->title_to[i + length]);
            kind = NULL;
        }
    }
    if (!l->title_to[i]) return;
    size_t end = i + l->title_to[i];
    if (l->title_to[i] < l->title_from[end]) return;
    l->title_from[end] = l->title_to[i];
    if (kind) l->title_kind[end] = !strncmp(kind, "pr", 2) ? 'n' : *kind;
}

static void propose_plain(yq_line *l, size_t at, const yq_lex_hit *hit, yq_mention_kind kind, double confidence, uint8_t edge)
{
    if (!hit) return;
    size_t to = at + hit->length;
    l->edge[to - l->span.from] |= edge;
    yq_propose(l->w, kind, (yq_span){ (uint32_t)at, (uint32_t)to }, yq_lex_column(hit->value, 0), confidence, YQ_VOICE_DICTIONARY);
}

/* Everything that the dictionaries know to begin at byte `at`, in one step: titles, verbs of saying, and, at the border of a word, departments
 * and places. */
static void mark_forms(yq_line *l, size_t at)
{
    enum { MASK = 1 << YQ_LEX_TITLES | 1 << YQ_LEX_TITLE_PREFIXES | 1 << YQ_LEX_SPEECH_VERBS | 1 << YQ_LEX_TALK_VERBS | 1 << YQ_LEX_DEPARTMENTS | 1 << YQ_LEX_PLACES };
    yq_lex_hit hits[32];
    const yq_lex_hit *department = NULL, *place = NULL;
    size_t n = yq_lex_at(yq_sub(l->text, 0, l->span.to), at, MASK, hits, 32);
    if (!n) return;
    for (size_t k = 0; k < n; k++) {
        if (hits[k].class == YQ_LEX_SPEECH_VERBS || hits[k].class == YQ_LEX_TALK_VERBS) l->edge[at - l->span.from] |= YQ_EDGE_SPEECH;
        if (hits[k].class == YQ_LEX_DEPARTMENTS) department = &hits[k];
        if (hits[k].class == YQ_LEX_PLACES) place = &hits[k];
    }
    mark_title(l, at, hits, n);
    if (!(l->edge[at - l->span.from] & YQ_EDGE_WORD)) return;
    propose_plain(l, at, department, YQ_M_DEPARTMENT, 0.5, YQ_EDGE_DEPARTMENT_TO);
    propose_plain(l, at, place, YQ_M_PLACE, 0.4, YQ_EDGE_PLACE_TO);
}

static void mark_line(yq_line *l)
{
    for (size_t i = 0; i < l->token_count; i++)
        if (l->tokens[i].word) l->edge[l->tokens[i].from - l->span.from] |= YQ_EDGE_WORD;
    for (size_t at = l->span.to; at > l->span.from;) {
        at = yq_utf8_back(l->text, at);
        if ((unsigned char)l->text.p[at] >= 0x80) mark_forms(l, at);
    }
}

static yq_str kind_of_title(char letter)
{
    static const struct { char letter; const char *kind; } kinds[] = {
        { 'p', "post" }, { 'r', "rank" }, { 'h', "honour" }, { 'd', "degree" }, { 'n', "press" }, { 'm', "member" }, { 'a', "address" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].letter == letter) return yq_cstr(kinds[i].kind);
    return YQ_S("post");
}

static void propose_titles(yq_line *l)
{
    size_t n = l->span.to - l->span.from;
    for (size_t i = 1; i <= n; i++) {
        if (!l->title_from[i]) continue;
        yq_span span = { (uint32_t)(l->span.from + i - l->title_from[i]), (uint32_t)(l->span.from + i) };
        yq_propose(l->w, YQ_M_TITLE, span, kind_of_title(l->title_kind[i]), 0.7, YQ_VOICE_DICTIONARY);
    }
}

/* ---------------------------------------------------------------- passes */

static yq_line line_of(yq_work *w, size_t i)
{
    const yq_sentence *s = &w->sentences.v[i];
    size_t n = s->span.to - s->span.from + 1, first = w->chinese->first_token.v[i];
    yq_line l = { .w = w, .sentence = s, .text = w->text, .span = s->span };
    l.tokens = w->chinese->tokens.v + first;
    l.token_count = w->chinese->first_token.v[i + 1] - first;
    yq_borders *b = w->chinese->borders;
    memset(b->edge, 0, n);
    memset(b->title_kind, 0, n);
    memset(b->title_to, 0, n * sizeof *b->title_to);
    memset(b->title_from, 0, n * sizeof *b->title_from);
    l.edge = b->edge;
    l.title_to = b->title_to;
    l.title_from = b->title_from;
    l.title_kind = b->title_kind;
    return l;
}

bool yq_has_han(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0xE3) return true;
    return false;
}

/* Organisation borders that the first pass proposed, for the second. */
static void mark_organizations(yq_line *l, size_t *at, size_t end)
{
    for (; *at < end && l->w->proposals.v[*at].span.from < l->span.to; ++*at) {
        const yq_mention *v = l->w->proposals.v;
        if (v[*at].span.from < l->span.from || v[*at].kind != YQ_M_ORG) continue;
        l->edge[v[*at].span.from - l->span.from] |= YQ_EDGE_ORG_FROM;
        l->edge[v[*at].span.to - l->span.from] |= YQ_EDGE_ORG_TO;
    }
}

static void first_pass(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        if (!yq_has_han(yq_at(w->text, w->sentences.v[i].span))) continue;
        yq_line l = line_of(w, i);
        yq_line_organizations(&l);
    }
}

static void second_pass(yq_work *w)
{
    size_t cursor = w->chinese->first_proposal, end = w->proposals.n;
    for (size_t i = 0; i < w->sentences.n; i++) {
        yq_line l = line_of(w, i);
        bool han = yq_has_han(yq_at(w->text, l.span));
        if (han) mark_line(&l);
        mark_organizations(&l, &cursor, end);
        yq_line_aliases(&l);
        if (!han) continue;
        propose_titles(&l);
        yq_line_people(&l);
    }
}

void yq_propose_chinese(yq_work *w)
{
    w->chinese = YQ_NEW(w->arena, struct yq_chinese);
    w->chinese->borders = YQ_NEW(w->arena, yq_borders);
    w->chinese->first_proposal = w->proposals.n;
    cut_all(w);
    first_pass(w);
    yq_derive_aliases(w);
    second_pass(w);
    yq_repeat_names(w);
}
