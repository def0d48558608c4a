/* extract/english.c - organisations and people in English text.
 *
 * Names are runs of capitalised words. A run is cut where it holds two things (… Health System and Norrvik Cardio AB), where a title leads
 * into it (Chairman of YuHeng Medical), and is an organisation when a word in it says so (english_orgs.c). What remains may be a person
 * (english_people.c). Roles of English names are read in english_roles.c.
 */
#include "extract/english_runs.h"

#include <ctype.h>

/* A byte of the two-byte letters of Latin-1 and Latin Extended (é, ö, Ł), or an ASCII letter. */
static bool letter_at(yq_str s, size_t at, size_t *next)
{
    *next = at + 1;
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x80) return isalpha(c);
    *next = at;
    uint32_t cp = yq_utf8_next(s, next);
    return cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7;
}

/* The end of the word that begins at `at`: letters, digits, apostrophes, hyphens and stops inside (O’Brien, Shu-wei, D.Healthcare), & alone. */
size_t yq_word_end(yq_str s, size_t at, size_t end)
{
    size_t to = at, next;
    if (at < end && s.p[at] == '&') return at + 1;
    while (to < end) {
        if (letter_at(s, to, &next) || isdigit((unsigned char)s.p[to])) {
            to = next;
            continue;
        }
        size_t mark = s.p[to] == '\'' || s.p[to] == '-' || s.p[to] == '.' ? 1 : yq_starts(yq_sub(s, to, end), YQ_S("’")) ? 3 : 0;
        if (!mark || to == at || to + mark >= end || !letter_at(s, to + mark, &next)) break;
        if (s.p[to] == '.' && to - at > 1 && isupper((unsigned char)s.p[to + 1])) break; /* a blank was forgotten: Mr.Sydney */
        to += mark;
    }
    return to;
}

bool yq_capital(yq_str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x80) return isupper(c);
    size_t next = at;
    uint32_t cp = yq_utf8_next(s, &next);
    return (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || cp == 0x141 || cp == 0x15A || cp == 0x160 || cp == 0x17D;
}

/* ---------------------------------------------------------------- runs of capitalised words */

bool yq_word_among(yq_str s, yq_span word, const char *list)
{
    char text[40];
    size_t n = word.to - word.from;
    if (n >= sizeof text) return false;
    for (size_t i = 0; i < n; i++) text[i] = (char)tolower((unsigned char)s.p[word.from + i]);
    return yq_in_list((yq_str){ text, n }, list);
}

/* A name ends where a headline begins to tell: Heting Hospital|Completes Its …; and none begins with a legal form: Ltd.|of Shidu. */
static const char tells[] = " completes opens launches signs announces appoints receives wins joins hosts unveils celebrates introduces performs starts begins names reports treats "
                            "welcomes presents publishes expands becomes gets gives its their ";
const char yq_legal_forms[] = " ltd inc co corp llc gmbh limited plc llp bv pty pte jsc bhd sdn srl sarl ";

const char yq_joints[] = " of the for and & in de la del van von der di da du des dos das für zu y e et und ter ten bin binti ibn al ";

/* The next word behind `at` when only one blank (or a stop and a blank, after an initial) lies between. */
static bool next_word(yq_str s, size_t at, size_t end, yq_span *word)
{
    if (at < end && s.p[at] == '.' && at + 1 < end && s.p[at + 1] == ' ') at++;
    if (at >= end || s.p[at] != ' ') return false;
    size_t from = at + 1, next, to;
    if (from >= end || !(letter_at(s, from, &next) || s.p[from] == '&')) return false;
    to = yq_word_end(s, from, end);
    *word = (yq_span){ (uint32_t)from, (uint32_t)to };
    return to > from;
}

/* An initial (C.) or a shortened word whose stop does not end a sentence. */
static bool stop_belongs(yq_str s, yq_span word)
{
    return word.to - word.from == 1 || yq_word_among(s, word, " dr mr mrs ms prof st assoc asst sr jr co corp inc ltd no dept univ ");
}

/* The run that begins with the capitalised word at `at`. */
yq_run yq_run_at(yq_str s, size_t at, size_t end)
{
    yq_run r = { .n = 0 };
    yq_span word = { (uint32_t)at, (uint32_t)yq_word_end(s, at, end) };
    size_t kept = 0;
    while (r.n < YQ_RUN_WORDS_MAX) {
        r.word[r.n++] = word;
        bool joint = yq_word_among(s, word, yq_joints);
        if (!joint) kept = r.n;
        if (!joint && word.to < end && s.p[word.to] == '.' && !stop_belongs(s, word)) break;
        yq_span next;
        if (!next_word(s, word.to, end, &next)) break;
        bool affiliated = yq_word_among(s, word, " affiliated ") && yq_word_among(s, next, " to with ");
        if (kept && yq_word_among(s, next, tells)) break;
        if (!yq_capital(s, next.from) && !yq_word_among(s, next, yq_joints) && !affiliated && !isdigit((unsigned char)s.p[next.from])) break;
        word = next;
    }
    r.n = kept;
    return r;
}

yq_span yq_run_span(const yq_run *r, size_t from, size_t to)
{
    return (yq_span){ r->word[from].from, r->word[to - 1].to };
}

/* A word of the language (Manual, Wards, Handling), not of names. */
bool yq_common_word(yq_str s, yq_span span)
{
    static const char *const ends[] = { "", "s", "es", "ed", "ing", "ly" };
    yq_str word = yq_at(s, span), ignored;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        yq_str end = yq_cstr(ends[i]);
        if (yq_ends(word, end) && word.n >= end.n + 3 && yq_lex_is(yq_sub(word, 0, word.n - end.n), YQ_LEX_WORDS_EN, &ignored)) return true;
    }
    return false;
}

/* ---------------------------------------------------------------- sentences */

/* yq_word_end, for loops that see every character: those of three bytes begin no word. */
static size_t word_from(yq_str s, size_t at, size_t end)
{
    return (unsigned char)s.p[at] >= 0xE3 ? at : yq_word_end(s, at, end);
}

static void propose_titles(yq_work *w, yq_span within)
{
    yq_str s = w->text;
    for (size_t at = within.from; at < within.to;) {
        size_t to = word_from(s, at, within.to), next = at;
        yq_lex_hit hit;
        bool bracketed = at > within.from && (s.p[at - 1] == '(' || yq_ends(yq_sub(s, within.from, at), YQ_S("（"))); /* 主要研究者（PI） */
        if (to > at && !bracketed && yq_lex_longest(s, at, YQ_LEX_TITLES_EN, &hit) && at + hit.length <= within.to && (yq_capital(s, at) || hit.length > 8))
            yq_propose(w, YQ_M_TITLE, (yq_span){ (uint32_t)at, (uint32_t)(at + hit.length) }, yq_lex_column(hit.value, 0), 0.5, YQ_VOICE_DICTIONARY);
        yq_utf8_next(s, &next);
        at = to > at ? to : next;
    }
}

/* Reads the words [from, to) of a run, in which one organisation stands, or names of people between "and". */
static void read_part(yq_work *w, const yq_run *r, size_t from, size_t to, yq_span within, bool headline)
{
    yq_str s = w->text;
    size_t joint = from;
    while (joint < to && !yq_word_among(s, r->word[joint], yq_joints)) joint++;
    /* Associate Professor Shan Yinuo of Lanzhou University of Technology */
    bool person = joint < to && yq_word_among(s, r->word[joint], " of from at ") && yq_propose_english_person(w, r, from, joint, within);
    if (person) from = joint + 1;
    bool org = (!headline || to - from <= 8) && from < to && yq_propose_english_org(w, r, from, to, within.to, headline);
    for (size_t i = from, part = from; !person && i <= to; i++)
        if (i == to || yq_word_among(s, r->word[i], " and & of for in the ")) {
            if (i > part && (!org || i < to)) yq_propose_english_person(w, r, part, i, within);
            part = i + 1;
        }
}

static size_t read_run(yq_work *w, size_t at, yq_span within, bool headline)
{
    yq_run r = yq_run_at(w->text, at, within.to);
    if (!r.n) return yq_word_end(w->text, at, within.to);
    size_t from = 0, known = w->proposals.n;
    while (from < r.n && yq_word_among(w->text, r.word[from], yq_legal_forms)) from++;
    while (from && from < r.n && yq_word_among(w->text, r.word[from], yq_joints)) from++;
    while (from < r.n) {
        size_t to = yq_first_name_end(w->text, &r, from, r.n);
        read_part(w, &r, from, to, within, headline);
        from = to;
        while (from < r.n && yq_word_among(w->text, r.word[from], yq_joints)) from++;
    }
    if (w->proposals.n == known && !headline) yq_propose_org_by_context(w, &r, within);
    return r.word[r.n - 1].to;
}

/* Are most of the longer words capitalised, as in headlines? */
static bool title_case(yq_str s, yq_span within)
{
    size_t capital = 0, all = 0;
    for (size_t at = within.from; at < within.to;) {
        size_t to = word_from(s, at, within.to), next = at;
        yq_utf8_next(s, &next);
        if (to >= at + 4) all++, capital += yq_capital(s, at);
        at = to > at ? to : next;
    }
    return all >= 4 && capital * 10 > all * 7;
}

/* In headlines and titles of talks all words are capitalised, so that runs say nothing of where names end. */
static void read_sentence(yq_work *w, yq_span within, bool headline)
{
    yq_str s = w->text;
    bool quoted = false;
    for (size_t at = within.from; at < within.to;) {
        size_t next = at, to = word_from(s, at, within.to);
        uint32_t c = yq_utf8_next(s, &next);
        if (to == at) {
            if (c == '"' || c == 0x201C || c == 0x201D) quoted = c == '"' ? !quoted : c == 0x201C;
            at = next;
            continue;
        }
        yq_propose_known_org(w, at, within.to);
        at = yq_capital(s, at) ? read_run(w, at, within, headline || quoted) : to;
    }
    propose_titles(w, within);
}

void yq_propose_english(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        yq_block_kind kind = w->reading->blocks.v[w->sentences.v[i].block].kind;
        read_sentence(w, w->sentences.v[i].span, (kind == YQ_BLOCK_TITLE || kind == YQ_BLOCK_SUBTITLE || kind == YQ_BLOCK_HEADING) && title_case(w->text, w->sentences.v[i].span));
    }
    yq_repeat_english_names(w);
}
