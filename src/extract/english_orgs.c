/* extract/english_orgs.c - which run of English words is an organisation: a word in it says so (Hospital, University, Inc.), or what is said of it
 * does (Leeds firm Dovemark, Tallow Quay, a maker of valves).
 */
#include "extract/english_runs.h"

#include <ctype.h>

/* ---------------------------------------------------------------- by a word in the name */

/* The kind of organisation that the word names, and over how many words of the run; 0: none. */
static size_t org_word(yq_str s, const yq_run *r, size_t i, yq_str *kind)
{
    yq_lex_hit hit;
    static const char *const capitals[] = { "AS", "ASA", "SE", "KK", "NV", "SAS" }; /* legal forms that are words when written small */
    for (size_t k = 0; i && k < sizeof capitals / sizeof *capitals; k++)
        if (yq_eq(yq_at(s, r->word[i]), yq_cstr(capitals[k]))) return *kind = YQ_S("company"), 1;
    if (!yq_lex_longest(s, r->word[i].from, YQ_LEX_ORG_ENDINGS_EN, &hit)) return 0;
    size_t to = r->word[i].from + hit.length, words = 0;
    while (i + words < r->n && r->word[i + words].from < to) words++;
    *kind = yq_lex_column(hit.value, 0);
    return words;
}

static bool weak_kind(yq_str kind)
{
    static const char *const weak[] = { "congress_center", "platform", "media", "fund" };
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        if (yq_eq(kind, yq_cstr(weak[i]))) return true;
    return false;
}

/* Words that begin sentences or headings and are no names. */
const char yq_no_names[] = " the this that these those in on at by for from to of and or but as with under after before during about our we he she it they when where while if what who how why new key first second third fourth both all each january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday abstract location speakers speaker title topic moderator moderators note editors contact contacts media release press news date venue theme virtual morning afternoon evening session keynote opening closing welcome address panel discussion organiser organizer organisers organizers supporters chair version table figure today yesterday tomorrow north south east west city province county area clinical medical health hospital university training centre center system heart data science series predictive learning emergency surgery cardiac care digital research program programme project initiative big real study design class human factors computer process patients patient older rural stroke minutes hong kong united states bridge building associate vice senior deputy assistant chief executive managing general principal provider staff lead leader acting interim former director vice junior global regional national international project product nurse physician dear best ";

/* Words of other languages that stand in front of the name: Hôpital Saint-Clair, Universiti Selat Utara. */
static const char heads_first[] = " hôpital hôpitaux clínica clinica klinikum universitätsklinikum krankenhaus ospedale policlinico universiti universitas universidad universidade università université universitat universität universiteit instituto istituto institut fondation fundación fondazione fundação ";

/* The word that says what kind of organisation [from, to) is: it closes the words in front of "of", "for", "in", "at" or the whole. Its length in
 * words; SIZE_MAX: none. */
size_t yq_org_head(yq_str s, const yq_run *r, size_t from, size_t to, size_t *words, yq_str *kind)
{
    for (size_t i = from; i < to; i++) {
        size_t n = org_word(s, r, i, kind);
        if (!n) continue;
        bool closes = i + n >= to || yq_word_among(s, r->word[i + n], " of for in at affiliated de da do del di la du des der für zu ") || s.p[r->word[i + n - 1].to] == '.';
        bool named = i == from && n == 1 && n < to - from && yq_word_among(s, r->word[i], " hospital klinik rumah ") && yq_capital(s, r->word[i + 1].from) && !yq_common_word(s, r->word[i + 1]);
        bool first = named || (i == from && n < to - from && (yq_word_among(s, r->word[i], heads_first) || yq_word_among(s, r->word[i + 1], " universitario universitari universitaire universitário clínico clinico ")));
        if (first) return *words = n, i;
        bool proper = yq_eq(*kind, YQ_S("university")) || yq_eq(*kind, YQ_S("hospital")); /* Yale University Heart Program */
        bool loose = n == 1 && yq_word_among(s, r->word[i], " health healthcare medical care group ");
        if (loose && (i + 1 - from != 2 || yq_word_among(s, r->word[from], yq_no_names))) continue; /* Predictive Healthcare of many words is no company */
        if (!closes && !(proper && i > from && n == 1 && !yq_word_among(s, r->word[i], " health healthcare clinic medical "))) continue;
        *words = n;
        return i;
    }
    return SIZE_MAX;
}

static bool department_word(yq_str s, yq_span word)
{
    return yq_word_among(s, word, " department division section dept unit service office ");
}

/* What an organisation has inside it. */
static bool part_word(yq_str s, yq_span word)
{
    return department_word(s, word) || yq_word_among(s, word, " group committee board panel chapter team branch ");
}

/* Words behind a run that belong to a company: " (Lanzhou) Co., Ltd.", ", Inc." */
static size_t company_tail(yq_str s, size_t to, size_t end)
{
    size_t at = to;
    if (at + 2 < end && s.p[at] == ' ' && s.p[at + 1] == '(' && yq_capital(s, at + 2)) {
        size_t close = yq_find(yq_sub(s, 0, at + 30 < end ? at + 30 : end), YQ_S(")"), at);
        if (close != SIZE_MAX) at = close + 1;
    }
    static const char *const tails[] = { " Co., Ltd.", " Co., Ltd", " Co. Ltd.", " Co. Ltd", " Co. Limited", ", Inc.", ", Inc", " Inc.", " Ltd.", ", Ltd.", " Corp.", " Co.,Ltd.", " Co.,Ltd", "., Ltd.", "., Ltd", ". Ltd.", ". Limited", ", LLC", ", S.A.", " S.p.A." };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (yq_starts(yq_sub(s, at, end), yq_cstr(tails[i]))) return at + strlen(tails[i]);
    return to;
}

/* Does a title end with the words in front of word i? */
static bool title_before(yq_str s, const yq_run *r, size_t from, size_t i)
{
    yq_lex_hit hit;
    for (size_t k = from; k < i; k++)
        if (yq_lex_longest(s, r->word[k].from, YQ_LEX_TITLES_EN, &hit) && r->word[k].from + hit.length >= r->word[i - 1].to) return true;
    return false;
}

/* Takes titles and honorifics off the left: "Chairman of YuHeng Medical" begins at YuHeng, "Dr Fan Yanqiu" at Fan. *linked: of, for or at stood
 * between. */
size_t yq_behind_title(yq_str s, const yq_run *r, size_t from, size_t to, bool *linked)
{
    yq_lex_hit hit;
    *linked = false;
    for (size_t i = from + 1; i + 1 < to && i < from + 8; i++) {
        if (!yq_word_among(s, r->word[i], " of for at ") || !title_before(s, r, from, i)) continue;
        bool definite = yq_word_among(s, r->word[i + 1], " the ") || yq_word_among(s, r->word[i], " at ");
        *linked = !definite;
        return definite ? i + 1 + yq_word_among(s, r->word[i + 1], " the ") : i + 1;
    }
    while (from < to && yq_lex_longest(s, r->word[from].from, YQ_LEX_TITLES_EN, &hit)) {
        size_t end = r->word[from].from + hit.length, next = from;
        yq_str kind = yq_lex_column(hit.value, 0);
        while (next < to && r->word[next].from < end) next++;
        if (next == to || yq_eq(kind, YQ_S("degree"))) break;
        from = next;
    }
    return from;
}

/* Where does one organisation end inside the words [from, to)? At "and", "&" or "in" when both sides name one. */
size_t yq_first_name_end(yq_str s, const yq_run *r, size_t from, size_t to)
{
    size_t words;
    yq_str kind;
    for (size_t i = from + 1; i + 1 < to; i++) {
        if (yq_word_among(s, r->word[i], yq_legal_forms) && yq_word_among(s, r->word[i + 1], " for and to in at of from ")) return i + 1; /* Tussock Devices Ltd | for QuietCot */
        if (!yq_word_among(s, r->word[i], " and in ")) continue;
        if (yq_org_head(s, r, from, i, &words, &kind) == SIZE_MAX || i - from < 2) continue;
        if (yq_word_among(s, r->word[i], " in ")) {
            yq_lex_hit place;
            if (yq_lex_longest(s, r->word[i + 1].from, YQ_LEX_PLACES, &place)) return i;
            continue;
        }
        if (yq_org_head(s, r, i + 1, to, &words, &kind) != SIZE_MAX) return i;
    }
    return to;
}

/* Newsletter of the|Kowhai Clinical Innovation Hub: common words that name no organisation of their own. */
static size_t behind_common(yq_str s, const yq_run *r, size_t from, size_t to)
{
    size_t words;
    yq_str kind;
    for (size_t i = from; i + 2 < to; i++) {
        bool staff = yq_word_among(s, r->word[i], " of ") && !yq_common_word(s, r->word[i + 1]); /* Staff of|Carrick Hospital */
        if (i > from && (staff || (yq_word_among(s, r->word[i], " of for ") && yq_word_among(s, r->word[i + 1], " the "))) && yq_org_head(s, r, staff ? i + 1 : i + 2, to, &words, &kind) != SIZE_MAX) return staff ? i + 1 : i + 2;
        if (!yq_common_word(s, r->word[i]) || org_word(s, r, i, &kind)) break;
    }
    return from;
}

/* Proposes the organisation in words [from, to) of the run; false: there is none. Headlines are trusted for the plainest kinds only. */
bool yq_propose_english_org(yq_work *w, const yq_run *r, size_t from, size_t to, size_t end, bool headline)
{
    yq_str s = w->text, kind = { 0 };
    size_t words = 0;
    bool linked;
    bool patron = yq_word_among(s, r->word[from], " sir lady dame lord prince princess king queen saint st "); /* Sir Alban Pryce Trust */
    size_t behind = yq_behind_title(s, r, from, to, &linked);
    if (!patron) from = behind;
    while (from < to && yq_word_among(s, r->word[from], " the a an and in of for at about under from with by our this as before after inside beyond ")) from++;
    while (to > from && yq_word_among(s, r->word[to - 1], yq_joints)) to--;
    for (size_t i = from; i + 2 < to; i++) /* Surgery Department of Tianjin First Central Hospital: the hospital */
        if (part_word(s, r->word[i]) && yq_word_among(s, r->word[i + 1], " of at ") && yq_org_head(s, r, i + 2, to, &words, &kind) != SIZE_MAX) from = i + 2;
    from = behind_common(s, r, from, to);
    for (size_t i = from + 1; i + 2 < to; i++) /* Arvind Pillai and Chua Zi Xuan of|Universiti Selatan */
        if (yq_word_among(s, r->word[i], " of from at ") && yq_word_among(s, r->word[i + 1], heads_first) && yq_org_head(s, r, from, i, &words, &kind) == SIZE_MAX) from = i + 1;
    while (from < to && yq_word_among(s, r->word[from], " the ")) from++;
    size_t head = from < to ? yq_org_head(s, r, from, to, &words, &kind) : SIZE_MAX;
    if (head == SIZE_MAX) return false;
    yq_span span = yq_run_span(r, from, to);
    if (span.to > span.from + 2 && yq_ends(yq_at(s, span), YQ_S("'s"))) span.to -= 2;
    if (span.to > span.from + 4 && yq_ends(yq_at(s, span), YQ_S("’s"))) span.to -= 4;
    size_t tail = company_tail(s, span.to, end);
    bool company = tail > span.to;
    span.to = (uint32_t)tail;
    if (company) kind = YQ_S("company");
    if (to - from == 1 && !company) return false;                   /* "University" alone */
    bool office = yq_eq(kind, YQ_S("government")) && words >= 3; /* Ministry of Health */
    if (head == from && words == to - from && !company && !office) return false; /* "Medical School" alone */
    if (department_word(s, r->word[from]) && !company && !yq_eq(kind, YQ_S("government"))) return false;
    bool own_name = yq_eq(kind, YQ_S("fund")) && !yq_common_word(s, r->word[from]) && to - from <= 3; /* Northgate Ventures */
    if (weak_kind(kind) && !company && !own_name) return false;
    for (size_t i = from; headline && i < to; i++)
        if (yq_word_among(s, r->word[i], " in for with at ")) return false;
    bool owned = yq_ends(yq_sub(s, 0, span.from), YQ_S(" of the ")) && to - from > 2; /* Newsletter of the Kowhai Clinical Innovation Hub */
    bool trade = yq_eq(kind, YQ_S("company")) && !company; /* Epidemiology & Informatics is a field */
    for (size_t i = from; trade && i < to; i++) trade = yq_common_word(s, r->word[i]) || yq_word_among(s, r->word[i], yq_joints);
    if (trade) return false;
    if (headline && !company && !owned && !yq_eq(kind, YQ_S("hospital")) && !yq_eq(kind, YQ_S("university"))) return false;
    if (yq_word_among(s, r->word[from], " hospitals universities companies institutes clinics laboratories centres centers schools colleges foundations ")) return false;
    if (yq_word_among(s, r->word[to - 1], " initiative partnership collaboration network ") && !company) return false;
    bool plain = true;
    for (size_t i = from; i < to; i++) plain &= yq_common_word(s, r->word[i]) || yq_word_among(s, r->word[i], yq_joints);
    if (linked && plain && (yq_eq(kind, YQ_S("government")) || yq_eq(kind, YQ_S("alliance")) || yq_eq(kind, YQ_S("park")))) return false; /* Director of Research Administration */
    double confidence = yq_eq(kind, YQ_S("society")) || yq_eq(kind, YQ_S("government")) || yq_eq(kind, YQ_S("alliance")) ? 0.75 : 0.9;
    yq_propose(w, YQ_M_ORG, span, kind, confidence, YQ_VOICE_PATTERN);
    return true;
}

/* Known organisations at the border of a word. */
void yq_propose_known_org(yq_work *w, size_t at, size_t end)
{
    yq_lex_hit hit;
    if (!yq_lex_longest(w->text, at, YQ_LEX_ORGS, &hit) || at + hit.length > end || hit.length < 3) return;
    bool brief = hit.length <= 5;
    for (size_t i = at; i < at + hit.length && (brief || i == at); i++)
        if (islower((unsigned char)w->text.p[i]) || !yq_capital(w->text, at)) return;
    yq_propose(w, YQ_M_ORG, (yq_span){ (uint32_t)at, (uint32_t)(at + hit.length) }, yq_lex_column(hit.value, 0), 0.6, YQ_VOICE_DICTIONARY);
}

/* ---------------------------------------------------------------- by what is said of them */

static const char trades[] = " firm company startup start-up consultancy manufacturer maker distributor charity spin-out spin-off spinout spinoff developer insurer investor supplier nonprofit non-profit multinational subsidiary ";

/* The small word that ends at most a blank in front of `at`. */
static yq_span word_before(yq_str s, size_t floor, size_t at)
{
    while (at > floor && s.p[at - 1] == ' ') at--;
    size_t from = at;
    while (from > floor && (isalpha((unsigned char)s.p[from - 1]) || s.p[from - 1] == '-')) from--;
    return (yq_span){ (uint32_t)from, (uint32_t)at };
}

/* Posts that only an organisation has, in small letters directly behind its name: … chief executive Ann Roe, …'s founder. */
static bool post_behind(yq_str s, size_t at, size_t end)
{
    yq_lex_hit hit;
    if (yq_starts(yq_sub(s, at, end), YQ_S("'s "))) at += 2;
    else if (yq_starts(yq_sub(s, at, end), YQ_S("’s "))) at += 4;
    if (at + 1 >= end || s.p[at] != ' ' || !islower((unsigned char)s.p[at + 1])) return false;
    return yq_lex_longest(s, at + 1, YQ_LEX_TITLES_EN, &hit) && yq_eq(yq_lex_column(hit.value, 0), YQ_S("post"));
}

/* ", a Leeds-based maker of sensors": a trade within few words. */
static bool trade_behind(yq_str s, size_t at, size_t end)
{
    static const char *const opens[] = { ", a ", ", an ", ", the " };
    size_t from = SIZE_MAX;
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (yq_starts(yq_sub(s, at, end), yq_cstr(opens[i]))) from = at + strlen(opens[i]);
    for (int words = 0; from < end && words < 6; words++) {
        size_t to = yq_word_end(s, from, end);
        if (to == from) return false;
        if (yq_word_among(s, (yq_span){ (uint32_t)from, (uint32_t)to }, trades)) return true;
        if (to >= end || s.p[to] != ' ') return false;
        from = to + 1;
    }
    return false;
}

/* "Director of Quality at Ostmark": a post in front of "at" within the clause. */
static bool post_at(yq_str s, size_t floor, yq_span at)
{
    size_t from = at.from > floor + 60 ? at.from - 60 : floor;
    for (size_t k = at.from; k > from && !strchr(",;:.", s.p[k - 1]); k--) {
        yq_lex_hit hit;
        bool border = k == floor || !isalpha((unsigned char)s.p[k - 1]);
        if (border && yq_lex_longest(s, k, YQ_LEX_TITLES_EN, &hit) && k + hit.length <= at.from && !yq_eq(yq_lex_column(hit.value, 0), YQ_S("degree"))) return true;
    }
    return false;
}

/* Organisations whose name says nothing are known by what stands around it: "Bristol firm X", "X chief executive", "X, a maker of …". */
void yq_propose_org_by_context(yq_work *w, const yq_run *r, yq_span within)
{
    yq_str s = w->text, ignored;
    yq_span span = yq_run_span(r, 0, r->n), before = word_before(s, within.from, span.from);
    if (r->n > 4 || yq_lex_is(yq_at(s, span), YQ_LEX_PLACES, &ignored) || yq_lex_is(yq_at(s, span), YQ_LEX_TITLES_EN, &ignored)) return;
    for (size_t i = 0; i < r->n; i++)
        if (yq_word_among(s, r->word[i], yq_joints) || (r->n == 1 && yq_common_word(s, r->word[i]))) return;
    if (yq_word_among(s, r->word[0], yq_no_names) || department_word(s, r->word[r->n - 1])) return;
    static const char *const owners[] = { "'s", "’s" };
    for (size_t i = 0; i < 2; i++)
        if (yq_ends(yq_at(s, span), yq_cstr(owners[i]))) span.to -= (uint32_t)strlen(owners[i]);
    bool named = yq_word_among(s, before, trades) && s.p[span.from - 1] == ' ';
    bool at = yq_word_among(s, before, " at ") && post_at(s, within.from, before);
    bool joined = yq_word_among(s, before, " joined joins ") && yq_starts(yq_sub(s, span.to, within.to), YQ_S(" as "));
    bool left = yq_word_among(s, before, " from ") && yq_starts(yq_sub(s, span.to, within.to), YQ_S(", where "));
    if (named || at || joined || left || post_behind(s, span.to, within.to) || trade_behind(s, span.to, within.to))
        yq_propose(w, YQ_M_ORG, span, YQ_S("company"), 0.75, YQ_VOICE_PATTERN);
}
