/* extract/english.c - organisations and people in English text.
 *
 * Names are runs of capitalised words. A run is cut where it holds two things (… Health System and Norrvik Cardio AB), where a title leads
 * into it (Chairman of YuHeng Medical), and is an organisation when a word in it says so (Hospital, University, Inc.). What remains may be a
 * person: honorifics and degrees beside it, a known given name, a Chinese name in pinyin, or a title behind a comma speak for that.
 * Roles of English names are read in english_roles.c.
 */
#include "extract/english.h"

#include <ctype.h>

enum { RUN_WORDS_MAX = 24 };

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

typedef struct {
    yq_span word[RUN_WORDS_MAX];
    size_t n;
} run;

static bool is_word(yq_str s, yq_span word, const char *list)
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
static const char legal_forms[] = " ltd inc co corp llc gmbh limited plc llp bv pty pte jsc bhd sdn srl sarl ";

static const char joints[] = " of the for and & in de la del van von der di da du des dos das für zu y e et und ter ten bin binti ibn al ";

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
    return word.to - word.from == 1 || is_word(s, word, " dr mr mrs ms prof st assoc asst sr jr co corp inc ltd no dept univ ");
}

/* The run that begins with the capitalised word at `at`. */
static run run_at(yq_str s, size_t at, size_t end)
{
    run r = { .n = 0 };
    yq_span word = { (uint32_t)at, (uint32_t)yq_word_end(s, at, end) };
    size_t kept = 0;
    while (r.n < RUN_WORDS_MAX) {
        r.word[r.n++] = word;
        bool joint = is_word(s, word, joints);
        if (!joint) kept = r.n;
        if (!joint && word.to < end && s.p[word.to] == '.' && !stop_belongs(s, word)) break;
        yq_span next;
        if (!next_word(s, word.to, end, &next)) break;
        bool affiliated = is_word(s, word, " affiliated ") && is_word(s, next, " to with ");
        if (kept && is_word(s, next, tells)) break;
        if (!yq_capital(s, next.from) && !is_word(s, next, joints) && !affiliated && !isdigit((unsigned char)s.p[next.from])) break;
        word = next;
    }
    r.n = kept;
    return r;
}

static yq_span span_of(const run *r, size_t from, size_t to)
{
    return (yq_span){ r->word[from].from, r->word[to - 1].to };
}

/* A word of the language (Manual, Wards, Handling), not of names. */
static bool common_word(yq_str s, yq_span span)
{
    static const char *const ends[] = { "", "s", "es", "ed", "ing", "ly" };
    yq_str word = yq_at(s, span), ignored;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        yq_str end = yq_cstr(ends[i]);
        if (yq_ends(word, end) && word.n >= end.n + 3 && yq_lex_is(yq_sub(word, 0, word.n - end.n), YQ_LEX_WORDS_EN, &ignored)) return true;
    }
    return false;
}

/* ---------------------------------------------------------------- organisations */

/* The kind of organisation that the word names, and over how many words of the run; 0: none. */
static size_t org_word(yq_str s, const run *r, size_t i, yq_str *kind)
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
static const char no_names[] = " the this that these those in on at by for from to of and or but as with under after before during about our we he she it they when where while if what who how why new key first second third fourth both all each january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday abstract location speakers speaker title topic moderator moderators note editors contact contacts media release press news date venue theme virtual morning afternoon evening session keynote opening closing welcome address panel discussion organiser organizer organisers organizers supporters chair version table figure today yesterday tomorrow north south east west city province county area clinical medical health hospital university training centre center system heart data science series predictive learning emergency surgery cardiac care digital research program programme project initiative big real study design class human factors computer process patients patient older rural stroke minutes hong kong united states bridge building associate vice senior deputy assistant chief executive managing general principal provider staff lead leader acting interim former director vice junior global regional national international project product nurse physician dear best ";

/* Words of other languages that stand in front of the name: Hôpital Saint-Clair, Universiti Selat Utara. */
static const char heads_first[] = " hôpital hôpitaux clínica clinica klinikum universitätsklinikum krankenhaus ospedale policlinico universiti universitas universidad universidade università université universitat universität universiteit instituto istituto institut fondation fundación fondazione fundação ";

/* The word that says what kind of organisation [from, to) is: it closes the words in front of "of", "for", "in", "at" or the whole. Its length in
 * words; SIZE_MAX: none. */
static size_t head_of(yq_str s, const run *r, size_t from, size_t to, size_t *words, yq_str *kind)
{
    for (size_t i = from; i < to; i++) {
        size_t n = org_word(s, r, i, kind);
        if (!n) continue;
        bool closes = i + n >= to || is_word(s, r->word[i + n], " of for in at affiliated de da do del di la du des der für zu ") || s.p[r->word[i + n - 1].to] == '.';
        bool named = i == from && n == 1 && n < to - from && is_word(s, r->word[i], " hospital klinik rumah ") && yq_capital(s, r->word[i + 1].from) && !common_word(s, r->word[i + 1]);
        bool first = named || (i == from && n < to - from && (is_word(s, r->word[i], heads_first) || is_word(s, r->word[i + 1], " universitario universitari universitaire universitário clínico clinico ")));
        if (first) return *words = n, i;
        bool proper = yq_eq(*kind, YQ_S("university")) || yq_eq(*kind, YQ_S("hospital")); /* Yale University Heart Program */
        bool loose = n == 1 && is_word(s, r->word[i], " health healthcare medical care group ");
        if (loose && (i + 1 - from != 2 || is_word(s, r->word[from], no_names))) continue; /* Predictive Healthcare of many words is no company */
        if (!closes && !(proper && i > from && n == 1 && !is_word(s, r->word[i], " health healthcare clinic medical "))) continue;
        *words = n;
        return i;
    }
    return SIZE_MAX;
}

static bool department_word(yq_str s, yq_span word)
{
    return is_word(s, word, " department division section dept unit service office ");
}

/* What an organisation has inside it. */
static bool part_word(yq_str s, yq_span word)
{
    return department_word(s, word) || is_word(s, word, " group committee board panel chapter team branch ");
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
static bool title_before(yq_str s, const run *r, size_t from, size_t i)
{
    yq_lex_hit hit;
    for (size_t k = from; k < i; k++)
        if (yq_lex_longest(s, r->word[k].from, YQ_LEX_TITLES_EN, &hit) && r->word[k].from + hit.length >= r->word[i - 1].to) return true;
    return false;
}

/* Takes titles and honorifics off the left: "Chairman of YuHeng Medical" begins at YuHeng, "Dr Fan Yanqiu" at Fan. *linked: of, for or at stood
 * between. */
static size_t behind_title(yq_str s, const run *r, size_t from, size_t to, bool *linked)
{
    yq_lex_hit hit;
    *linked = false;
    for (size_t i = from + 1; i + 1 < to && i < from + 8; i++) {
        if (!is_word(s, r->word[i], " of for at ") || !title_before(s, r, from, i)) continue;
        bool definite = is_word(s, r->word[i + 1], " the ") || is_word(s, r->word[i], " at ");
        *linked = !definite;
        return definite ? i + 1 + is_word(s, r->word[i + 1], " the ") : i + 1;
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
static size_t first_name_end(yq_str s, const run *r, size_t from, size_t to)
{
    size_t words;
    yq_str kind;
    for (size_t i = from + 1; i + 1 < to; i++) {
        if (is_word(s, r->word[i], legal_forms) && is_word(s, r->word[i + 1], " for and to in at of from ")) return i + 1; /* Tussock Devices Ltd | for QuietCot */
        if (!is_word(s, r->word[i], " and in ")) continue;
        if (head_of(s, r, from, i, &words, &kind) == SIZE_MAX || i - from < 2) continue;
        if (is_word(s, r->word[i], " in ")) {
            yq_lex_hit place;
            if (yq_lex_longest(s, r->word[i + 1].from, YQ_LEX_PLACES, &place)) return i;
            continue;
        }
        if (head_of(s, r, i + 1, to, &words, &kind) != SIZE_MAX) return i;
    }
    return to;
}

/* Newsletter of the|Kowhai Clinical Innovation Hub: common words that name no organisation of their own. */
static size_t behind_common(yq_str s, const run *r, size_t from, size_t to)
{
    size_t words;
    yq_str kind;
    for (size_t i = from; i + 2 < to; i++) {
        bool staff = is_word(s, r->word[i], " of ") && !common_word(s, r->word[i + 1]); /* Staff of|Carrick Hospital */
        if (i > from && (staff || (is_word(s, r->word[i], " of for ") && is_word(s, r->word[i + 1], " the "))) && head_of(s, r, staff ? i + 1 : i + 2, to, &words, &kind) != SIZE_MAX) return staff ? i + 1 : i + 2;
        if (!common_word(s, r->word[i]) || org_word(s, r, i, &kind)) break;
    }
    return from;
}

/* Proposes the organisation in words [from, to) of the run; false: there is none. Headlines are trusted for the plainest kinds only. */
static bool propose_org(yq_work *w, const run *r, size_t from, size_t to, size_t end, bool headline)
{
    yq_str s = w->text, kind = { 0 };
    size_t words = 0;
    bool linked;
    bool patron = is_word(s, r->word[from], " sir lady dame lord prince princess king queen saint st "); /* Sir Alban Pryce Trust */
    size_t behind = behind_title(s, r, from, to, &linked);
    if (!patron) from = behind;
    while (from < to && is_word(s, r->word[from], " the a an and in of for at about under from with by our this as before after inside beyond ")) from++;
    while (to > from && is_word(s, r->word[to - 1], joints)) to--;
    for (size_t i = from; i + 2 < to; i++) /* Surgery Department of Tianjin First Central Hospital: the hospital */
        if (part_word(s, r->word[i]) && is_word(s, r->word[i + 1], " of at ") && head_of(s, r, i + 2, to, &words, &kind) != SIZE_MAX) from = i + 2;
    from = behind_common(s, r, from, to);
    for (size_t i = from + 1; i + 2 < to; i++) /* Arvind Pillai and Chua Zi Xuan of|Universiti Selatan */
        if (is_word(s, r->word[i], " of from at ") && is_word(s, r->word[i + 1], heads_first) && head_of(s, r, from, i, &words, &kind) == SIZE_MAX) from = i + 1;
    while (from < to && is_word(s, r->word[from], " the ")) from++;
    size_t head = from < to ? head_of(s, r, from, to, &words, &kind) : SIZE_MAX;
    if (head == SIZE_MAX) return false;
    yq_span span = span_of(r, from, to);
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
    bool own_name = yq_eq(kind, YQ_S("fund")) && !common_word(s, r->word[from]) && to - from <= 3; /* Northgate Ventures */
    if (weak_kind(kind) && !company && !own_name) return false;
    for (size_t i = from; headline && i < to; i++)
        if (is_word(s, r->word[i], " in for with at ")) return false;
    bool owned = yq_ends(yq_sub(s, 0, span.from), YQ_S(" of the ")) && to - from > 2; /* Newsletter of the Kowhai Clinical Innovation Hub */
    bool trade = yq_eq(kind, YQ_S("company")) && !company; /* Epidemiology & Informatics is a field */
    for (size_t i = from; trade && i < to; i++) trade = common_word(s, r->word[i]) || is_word(s, r->word[i], joints);
    if (trade) return false;
    if (headline && !company && !owned && !yq_eq(kind, YQ_S("hospital")) && !yq_eq(kind, YQ_S("university"))) return false;
    if (is_word(s, r->word[from], " hospitals universities companies institutes clinics laboratories centres centers schools colleges foundations ")) return false;
    if (is_word(s, r->word[to - 1], " initiative partnership collaboration network ") && !company) return false;
    bool plain = true;
    for (size_t i = from; i < to; i++) plain &= common_word(s, r->word[i]) || is_word(s, r->word[i], joints);
    if (linked && plain && (yq_eq(kind, YQ_S("government")) || yq_eq(kind, YQ_S("alliance")) || yq_eq(kind, YQ_S("park")))) return false; /* Director of Research Administration */
    double confidence = yq_eq(kind, YQ_S("society")) || yq_eq(kind, YQ_S("government")) || yq_eq(kind, YQ_S("alliance")) ? 0.75 : 0.9;
    yq_propose(w, YQ_M_ORG, span, kind, confidence, YQ_VOICE_PATTERN);
    return true;
}

/* Known organisations at the border of a word. */
static void known_org(yq_work *w, size_t at, size_t end)
{
    yq_lex_hit hit;
    if (!yq_lex_longest(w->text, at, YQ_LEX_ORGS, &hit) || at + hit.length > end || hit.length < 3) return;
    bool brief = hit.length <= 5;
    for (size_t i = at; i < at + hit.length && (brief || i == at); i++)
        if (islower((unsigned char)w->text.p[i]) || !yq_capital(w->text, at)) return;
    yq_propose(w, YQ_M_ORG, (yq_span){ (uint32_t)at, (uint32_t)(at + hit.length) }, yq_lex_column(hit.value, 0), 0.6, YQ_VOICE_DICTIONARY);
}

/* ---------------------------------------------------------------- people */

/* Is the word one to three syllables of pinyin (Yanzhou, Shu-wei)? A syllable is an initial and a final. */
static size_t pinyin_syllable(yq_str s, size_t at)
{
    static const char *const initials[] = { "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", "" };
    static const char *const finals[] = { "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai", "an", "ao", "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "a", "e", "i", "o", "u" };
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++) {
        size_t n = strlen(initials[i]);
        if (at + n > s.n || strncasecmp(s.p + at, initials[i], n)) continue;
        for (size_t k = 0; k < sizeof finals / sizeof *finals; k++) {
            size_t m = strlen(finals[k]);
            if (at + n + m <= s.n && !strncasecmp(s.p + at + n, finals[k], m)) return n + m;
        }
    }
    return 0;
}

static bool pinyin_word(yq_str word)
{
    size_t at = 0;
    for (int syllables = 0; at < word.n && syllables < 4; syllables++) {
        if (word.p[at] == '-') at++;
        size_t n = pinyin_syllable(word, at);
        /* The longest reading may take the first letter of the next syllable: Yi-nuo, not Yin-uo. */
        while (n && at + n < word.n && word.p[at + n] != '-' && !pinyin_syllable(word, at + n)) n--;
        if (!n) return false;
        at += n;
    }
    return at == word.n && word.n > 1;
}

static const char surnames[] = " wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng feng han cao zeng peng xiao cai pan tian dong yuan yu ye jiang du su wei cheng lu ding ren yao shen zhong tan fan jin shi lei jia liao xia fu fang zou xiong bai meng qin qiu hou jiang yin xue yan duan long tao mao gu lai hao kong shao wan qian yi chang kang ni niu mo geng zhan tong nie ouyang sima zhuge dugu yuwen weichi situ huangfu shangguan an qi bian ming ji cen chu chi chong dai du fei gan ge gong guan gui hang hong hua huo ji jian jiao jing ju kuang lang leng lian lou luan man mei miao mu na nan ning ou pei pi pu qiao qu quan ran rao rong ruan rui sang sha shan shang shuai shui si sui tai teng tu wen weng xi xian xiang xin xing xuan yue yun zang zha zhai zhi zhuang zhuo zong zu zuo chan cheung chow chu ho kwok lam lau lee leung lo ng ong poon tam tsang tse wong yeung yip yuen chiu choi chung fung kwan kwong lui mak ngai so szeto tsui ";

static bool surname(yq_str s, yq_span word)
{
    return is_word(s, word, surnames);
}

static bool given_name(yq_str s, yq_span word)
{
    yq_str ignored;
    return yq_lex_is(yq_at(s, word), YQ_LEX_GIVEN_NAMES_EN, &ignored);
}


static bool name_word(yq_str s, yq_span word)
{
    yq_str ignored;
    size_t n = word.to - word.from;
    if (!yq_capital(s, word.from) || is_word(s, word, no_names)) return false;
    bool small = n == 1;
    for (size_t i = word.from + 1; i < word.to; i++) small |= islower((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80;
    if (!small) return false; /* abbreviations */
    return !yq_lex_is(yq_at(s, word), YQ_LEX_ORG_ENDINGS_EN, &ignored) && !yq_lex_is(yq_at(s, word), YQ_LEX_TITLES_EN, &ignored);
}

/* Points for what only people do, directly behind: … said, … joins. */
static double human_verb(yq_str s, size_t at, size_t end)
{
    static const char verbs[] = " said says told explained explains adds added noted notes spoke speaks talked talks joins joined becomes became retires retired chairs chaired leads led presented presents lectured thanked welcomed recalled recalls asked asks argued argues demonstrated invented designed succeeds gave gives attended received won heads directs runs wrote teaches hopes expects believes plans accepted collected who whose ";
    static const char office[] = " is was has been will be now also currently the a an its our appointed elected named promoted to as stepped steps down took takes over serves served works worked ";
    size_t to = yq_word_end(s, at, end);
    if (to > at && is_word(s, (yq_span){ (uint32_t)at, (uint32_t)to }, verbs)) return 1.3;
    yq_lex_hit hit;
    for (int words = 0; words < 7 && to > at && is_word(s, (yq_span){ (uint32_t)at, (uint32_t)to }, office); words++) {
        at = to + 1;
        to = at < end ? yq_word_end(s, at, end) : at;
        if (to > at && yq_lex_longest(s, at, YQ_LEX_TITLES_EN, &hit)) return 1.6;
    }
    return 0;
}

/* Points for a degree or a title behind the name: ", MD, PhD", ", Director", " (Director". */
static double behind_points(yq_str s, size_t at, size_t end)
{
    yq_lex_hit hit;
    size_t start = at;
    while (at < end && (s.p[at] == ',' || s.p[at] == ' ' || s.p[at] == ':' || s.p[at] == '(' || s.p[at] == '-')) at++;
    if (at == start) return 0;
    if (at == start + 1 && s.p[start] == ' ' && !yq_capital(s, at)) return human_verb(s, at, end); /* Harrogate Biotics chief executive is no person's post */
    if (yq_lex_longest(s, at, YQ_LEX_TITLES_EN, &hit)) return yq_eq(yq_lex_column(hit.value, 0), YQ_S("degree")) ? 3 : 2;
    size_t capitals = at;
    while (capitals < end && isupper((unsigned char)s.p[capitals])) capitals++;
    if (s.p[start] == ',' && capitals - at >= 2 && capitals - at <= 6 && (capitals == end || !isalnum((unsigned char)s.p[capitals]))) return 1.6;
    /* A title may have words in front: "Associate Vice Chair", "Human Factors Scientist". */
    for (int words = 0; words < 3 && at < end && s.p[start] != ' '; words++) {
        size_t to = yq_word_end(s, at, end);
        if (to == at || to >= end || s.p[to] != ' ') break;
        at = to + 1;
        if (yq_lex_longest(s, at, YQ_LEX_TITLES_EN, &hit)) return 1.6;
    }
    return 0;
}

static double front_points(yq_str s, size_t from, size_t floor)
{
    if (from <= floor) return 0.4;
    size_t at = from;
    while (at > floor && (s.p[at - 1] == ' ' || s.p[at - 1] == '.')) at--;
    size_t word = at;
    while (word > floor && (isalpha((unsigned char)s.p[word - 1]) || s.p[word - 1] == '/')) word--;
    yq_lex_hit hit;
    for (size_t k = word, words = 0; word < at && words < 4; words++) { /* chief executive Ann Roe */
        if (yq_lex_longest(s, k, YQ_LEX_TITLES_EN, &hit) && k + hit.length >= at) return yq_eq(yq_lex_column(hit.value, 0), YQ_S("address")) ? 3 : 2;
        if (k < floor + 2 || s.p[k - 1] != ' ') break;
        for (k--; k > floor && (isalpha((unsigned char)s.p[k - 1]) || s.p[k - 1] == '-'); k--) {}
    }
    static const char leads[] = " appointed named by with said says told joins joined welcomed invited thanked ";
    if (word < at && is_word(s, (yq_span){ (uint32_t)word, (uint32_t)at }, leads)) return 0.8;
    static const char *const makers[] = { "edited by", "written by", "chaired by", "moderated by", "presented by", "photographed by", "delivered by", "invented by", "succeeded by", "interviewed by", "conceived by", "headed by", "Farewell to", "tribute to", "Welcome to" };
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (yq_ends(yq_sub(s, floor, at), yq_cstr(makers[i]))) return 1.3;
    if (yq_lex_suffix(yq_sub(s, 0, at), at, YQ_LEX_TITLES, &hit)) return 3; /* 副总裁Ingrid Solheim-Bao */
    static const char *const labels[] = { "Keynote", "Keynotes", "Speaker", "Speakers", "Chair", "Chairs", "Moderator", "Contact", "Presenter", "Also", "Panel", "Lead", "Host", "Panellists", "Facilitator", "Convenor", "Author" };
    for (size_t i = 0; at > floor && s.p[at - 1] == ':' && i < sizeof labels / sizeof *labels; i++)
        if (yq_ends(yq_sub(s, floor, at - 1), yq_cstr(labels[i]))) return 1.4;
    if (at > floor && s.p[at - 1] == ',' && yq_lex_suffix(yq_sub(s, 0, at - 1), at - 1, YQ_LEX_TITLES_EN, &hit)) return 0.8; /* …'s chief technology officer, Ann Roe */
    uint32_t c = (unsigned char)s.p[from - 1];
    if (c == ' ' && from >= 2 && strchr("-*:", s.p[from - 2])) return 0.6;
    return c == '\n' || c == '\t' ? 0.6 : 0;
}

static bool all_capitals(yq_str s, yq_span word)
{
    for (size_t i = word.from; i < word.to; i++)
        if (!isupper((unsigned char)s.p[i]) && s.p[i] != '.' && s.p[i] != '-') return false;
    return word.to - word.from >= 2;
}

/* Points for what follows the name inside the same run: a degree or a title (Stephanie Ottemiller MSN RN, Vincent Collins Data Analyst). */
static double run_points(yq_str s, const run *r, size_t from, size_t to)
{
    yq_lex_hit hit;
    if (from < to && all_capitals(s, r->word[from])) return 2;
    for (size_t i = from; i < to && i < from + 3; i++)
        if (yq_lex_longest(s, r->word[i].from, YQ_LEX_TITLES_EN, &hit)) return 2;
    return 0;
}

/* The words of a name at the beginning of [from, to): a title begins behind it at the latest. */
static size_t name_words(yq_str s, const run *r, size_t from, size_t to)
{
    yq_lex_hit hit;
    size_t n = 0;
    while (from + n < to && n < 4) {
        yq_span word = r->word[from + n];
        bool particle = n && is_word(s, word, " de la del van von der di da du des dos das ter ten bin binti ibn al zu y e ");
        bool honoured = !n && surname(s, word) && front_points(s, word.from, 0) >= 3; /* Ms. He Ju */
        if (!particle && !honoured && !name_word(s, word)) break;
        /* Two words that are the beginning of a title: Data Analyst, Senior Provider. */
        if (n >= 2 && (yq_lex_longest(s, word.from, YQ_LEX_TITLES_EN, &hit) || !given_name(s, word))) {
            bool titled = run_points(s, r, from + n, to) > 0;
            if (titled) break;
        }
        n++;
    }
    return n;
}

/* Ogilvie-Hart: both parts of a name begin with a capital. */
static bool double_name(yq_str s, yq_span word)
{
    for (size_t at = word.from + 2; at + 2 < word.to; at++)
        if (s.p[at] == '-' && yq_capital(s, at + 1)) return true;
    return false;
}

/* Points for the words themselves: names are no words of the language. */
static double sound_points(yq_str s, const run *r, size_t from, size_t to)
{
    size_t common = 0;
    for (size_t i = from; i < to; i++) common += common_word(s, r->word[i]);
    double points = common == 0 ? 0.6 : common == to - from ? -1.5 : 0;
    return points + (double_name(s, r->word[to - 1]) && !common ? 0.8 : 0);
}

/* Points for an organisation behind a comma, a bracket or a stroke: Sónia Carvalhal (Green Island University). */
static double place_of_work(yq_str s, size_t at, size_t end)
{
    static const char *const marks[] = { ", ", " (", " of ", " at ", " from ", " | ", " – ", " - ", " — ", "（", "，" };
    if (yq_starts(yq_sub(s, at, end), YQ_S(" and "))) /* Arvind Pillai and Chua Zi Xuan of … */
        for (size_t word = at + 5, to, n = 0; n < 4 && word < end && yq_capital(s, word); n++, word = to + 1) {
            to = yq_word_end(s, word, end);
            if (to == word) break;
            at = n ? to : at;
            if (to >= end || s.p[to] != ' ') break;
        }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!yq_starts(yq_sub(s, at, end), yq_cstr(marks[i]))) continue;
        size_t from = at + strlen(marks[i]), words;
        yq_str kind;
        if (from >= end || !yq_capital(s, from)) return 0;
        run r = run_at(s, from, end);
        return r.n > 1 && head_of(s, &r, 0, r.n, &words, &kind) != SIZE_MAX ? 1.3 : 0;
    }
    return 0;
}

/* Proposes the name in words [from, to). */
static bool propose_person(yq_work *w, const run *r, size_t from, size_t to, yq_span within)
{
    yq_str s = w->text;
    bool linked;
    from = behind_title(s, r, from, to, &linked);
    yq_lex_hit hit;
    for (size_t i = from, next; i + 2 < to; i++) { /* Group CEO|Sanjay Mehta-Wright */
        if (!yq_lex_longest(s, r->word[i].from, YQ_LEX_TITLES_EN, &hit)) continue;
        for (next = i; next < to && r->word[next].from < r->word[i].from + hit.length; next++) {}
        if (next + 1 < to) from = next;
    }
    size_t begin = from;
    bool called = to - from >= 3 && common_word(s, r->word[from]) && !given_name(s, r->word[from]) && !surname(s, r->word[from]);
    if (called) from++; /* Inventor Mele Fifita, Keynote Jane Roe */
    size_t words = name_words(s, r, from, to);
    if (words < 2 || linked) return false;
    double inside = run_points(s, r, from + words, to);
    if (from + words < to && !inside) return false;
    to = from + words;
    yq_span span = span_of(r, from, to);
    double points = front_points(s, span.from, within.from) + behind_points(s, span.to, within.to) + inside + sound_points(s, r, from, to) + place_of_work(s, span.to, within.to);
    if (called && from > begin) points += 1;
    yq_str first = yq_at(s, r->word[from]), last = yq_at(s, r->word[to - 1]), ignored;
    if (given_name(s, r->word[from])) points += 1.6;
    bool chinese = words == 2 && ((surname(s, r->word[from]) && pinyin_word(last)) || (surname(s, r->word[to - 1]) && (pinyin_word(first) || yq_find(first, YQ_S("-"), 0) != SIZE_MAX)));
    if (chinese) points += 2;
    if (words == 3 && r->word[from + 1].to - r->word[from + 1].from == 1) points += 1.5;
    if (yq_lex_is(yq_at(s, span), YQ_LEX_PLACES, &ignored)) return false;
    if (points < 1.9) return false;
    double confidence = 0.45 + points * 0.1;
    yq_propose(w, YQ_M_PERSON, span, YQ_S(""), confidence > 0.97 ? 0.97 : confidence, YQ_VOICE_PATTERN);
    return true;
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
static void read_part(yq_work *w, const run *r, size_t from, size_t to, yq_span within, bool headline)
{
    yq_str s = w->text;
    size_t joint = from;
    while (joint < to && !is_word(s, r->word[joint], joints)) joint++;
    /* Associate Professor Shan Yinuo of Lanzhou University of Technology */
    bool person = joint < to && is_word(s, r->word[joint], " of from at ") && propose_person(w, r, from, joint, within);
    if (person) from = joint + 1;
    bool org = (!headline || to - from <= 8) && from < to && propose_org(w, r, from, to, within.to, headline);
    for (size_t i = from, part = from; !person && i <= to; i++)
        if (i == to || is_word(s, r->word[i], " and & of for in the ")) {
            if (i > part && (!org || i < to)) propose_person(w, r, part, i, within);
            part = i + 1;
        }
}

/* ---------------------------------------------------------------- organisations by what is said of them */

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
        if (is_word(s, (yq_span){ (uint32_t)from, (uint32_t)to }, trades)) return true;
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
static void org_by_context(yq_work *w, const run *r, yq_span within)
{
    yq_str s = w->text, ignored;
    yq_span span = span_of(r, 0, r->n), before = word_before(s, within.from, span.from);
    if (r->n > 4 || yq_lex_is(yq_at(s, span), YQ_LEX_PLACES, &ignored) || yq_lex_is(yq_at(s, span), YQ_LEX_TITLES_EN, &ignored)) return;
    for (size_t i = 0; i < r->n; i++)
        if (is_word(s, r->word[i], joints) || (r->n == 1 && common_word(s, r->word[i]))) return;
    if (is_word(s, r->word[0], no_names) || department_word(s, r->word[r->n - 1])) return;
    static const char *const owners[] = { "'s", "’s" };
    for (size_t i = 0; i < 2; i++)
        if (yq_ends(yq_at(s, span), yq_cstr(owners[i]))) span.to -= (uint32_t)strlen(owners[i]);
    bool named = is_word(s, before, trades) && s.p[span.from - 1] == ' ';
    bool at = is_word(s, before, " at ") && post_at(s, within.from, before);
    bool joined = is_word(s, before, " joined joins ") && yq_starts(yq_sub(s, span.to, within.to), YQ_S(" as "));
    bool left = is_word(s, before, " from ") && yq_starts(yq_sub(s, span.to, within.to), YQ_S(", where "));
    if (named || at || joined || left || post_behind(s, span.to, within.to) || trade_behind(s, span.to, within.to))
        yq_propose(w, YQ_M_ORG, span, YQ_S("company"), 0.75, YQ_VOICE_PATTERN);
}

static size_t read_run(yq_work *w, size_t at, yq_span within, bool headline)
{
    run r = run_at(w->text, at, within.to);
    if (!r.n) return yq_word_end(w->text, at, within.to);
    size_t from = 0, known = w->proposals.n;
    while (from < r.n && is_word(w->text, r.word[from], legal_forms)) from++;
    while (from && from < r.n && is_word(w->text, r.word[from], joints)) from++;
    while (from < r.n) {
        size_t to = first_name_end(w->text, &r, from, r.n);
        read_part(w, &r, from, to, within, headline);
        from = to;
        while (from < r.n && is_word(w->text, r.word[from], joints)) from++;
    }
    if (w->proposals.n == known && !headline) org_by_context(w, &r, within);
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
        known_org(w, at, within.to);
        at = yq_capital(s, at) ? read_run(w, at, within, headline || quoted) : to;
    }
    propose_titles(w, within);
}

/* ---------------------------------------------------------------- people met again */

/* The part of a full name that an honorific stands before: the last word, of Chinese names in pinyin the first. */
static yq_str family_name(yq_str name)
{
    size_t first = 0, last = name.n;
    while (first < name.n && name.p[first] != ' ') first++;
    while (last && name.p[last - 1] != ' ') last--;
    yq_span word = { 0, (uint32_t)first };
    bool chinese = surname(name, word) && pinyin_word(yq_sub(name, last, name.n)) && !surname(name, (yq_span){ (uint32_t)last, (uint32_t)name.n });
    return chinese ? yq_sub(name, 0, first) : yq_sub(name, last, name.n);
}

typedef struct {
    yq_str family, full;
} full_name;

enum { NAMES_MAX = 400 };

/* Whom "Dr Zhan", "Prof. Weng" mean: the one whose full name the document gives. */
static void propose_short_names(yq_work *w, const full_name *names, size_t n)
{
    yq_str s = w->text;
    yq_lex_hit hit;
    for (size_t i = 0; i < w->sentences.n && n; i++)
        for (size_t at = w->sentences.v[i].span.from, end = w->sentences.v[i].span.to, to; at < end; at = to > at ? to : at + 1) {
            to = yq_word_end(s, at, end);
            if (to == at || !yq_capital(s, at) || !yq_lex_longest(s, at, YQ_LEX_TITLES_EN, &hit) || !yq_eq(yq_lex_column(hit.value, 0), YQ_S("address"))) continue;
            size_t from = at + hit.length;
            if (from < end && s.p[from] == '.') from++;
            if (from >= end || s.p[from] != ' ') continue;
            size_t word = yq_word_end(s, ++from, end);
            if (word + 1 < end && s.p[word] == ' ' && yq_capital(s, word + 1)) continue;
            for (size_t k = 0; k < n; k++) {
                bool owner = yq_starts(yq_sub(s, from, word), names[k].family) && (word - from == names[k].family.n || s.p[from + names[k].family.n] == '\'' || (unsigned char)s.p[from + names[k].family.n] == 0xE2);
                if (!owner || word == from) continue;
                yq_propose(w, YQ_M_PERSON, (yq_span){ (uint32_t)from, (uint32_t)(from + names[k].family.n) }, names[k].full, 0.9, YQ_VOICE_PATTERN);
                break;
            }
        }
}

/* "Mac Lean", "Te Whata" behind an honorific: the end of a full name. */
static void complete_names(yq_work *w, const full_name *names, size_t n, size_t proposed)
{
    for (size_t i = 0; i < proposed; i++) {
        yq_mention *m = &w->proposals.v[i];
        yq_str short_one = yq_at(w->text, m->span);
        if (m->kind != YQ_M_PERSON || m->value.n) continue;
        for (size_t k = 0; k < n && !m->value.n; k++) {
            yq_str full = names[k].full;
            if (full.n > short_one.n + 1 && yq_ends(full, short_one) && full.p[full.n - short_one.n - 1] == ' ') m->value = full;
        }
    }
}

static void repeat_english_names(yq_work *w)
{
    full_name *names = YQ_ARRAY(w->arena, full_name, NAMES_MAX);
    size_t n = 0, proposed = w->proposals.n;
    for (size_t i = 0; i < proposed && n < NAMES_MAX; i++) {
        const yq_mention *m = &w->proposals.v[i];
        if (m->kind != YQ_M_PERSON || m->confidence < 0.6) continue;
        yq_str full = yq_at(w->text, m->span);
        names[n++] = (full_name){ family_name(full), full };
    }
    if (proposed <= NAMES_MAX * 50) complete_names(w, names, n, proposed);
    propose_short_names(w, names, n);
}

void yq_propose_english(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        yq_block_kind kind = w->reading->blocks.v[w->sentences.v[i].block].kind;
        read_sentence(w, w->sentences.v[i].span, (kind == YQ_BLOCK_TITLE || kind == YQ_BLOCK_SUBTITLE || kind == YQ_BLOCK_HEADING) && title_case(w->text, w->sentences.v[i].span));
    }
    repeat_english_names(w);
}
