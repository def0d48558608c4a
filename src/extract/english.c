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
static const char legal_forms[] = " ltd inc co corp llc gmbh limited plc ";

static const char joints[] = " of the for and & in de la del van von der di da ";

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

/* ---------------------------------------------------------------- organisations */

/* The kind of organisation that the word names, and over how many words of the run; 0: none. */
static size_t org_word(yq_str s, const run *r, size_t i, yq_str *kind)
{
    yq_lex_hit hit;
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

/* The word that says what kind of organisation [from, to) is: it closes the words in front of "of", "for", "in", "at" or the whole. Its length in
 * words; SIZE_MAX: none. */
static size_t head_of(yq_str s, const run *r, size_t from, size_t to, size_t *words, yq_str *kind)
{
    for (size_t i = from; i < to; i++) {
        size_t n = org_word(s, r, i, kind);
        if (!n) continue;
        bool closes = i + n >= to || is_word(s, r->word[i + n], " of for in at affiliated ") || s.p[r->word[i + n - 1].to] == '.';
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

/* Proposes the organisation in words [from, to) of the run; false: there is none. Headlines are trusted for the plainest kinds only. */
static bool propose_org(yq_work *w, const run *r, size_t from, size_t to, size_t end, bool headline)
{
    yq_str s = w->text, kind = { 0 };
    size_t words = 0;
    bool linked;
    from = behind_title(s, r, from, to, &linked);
    while (from < to && is_word(s, r->word[from], " the a an and in of for at about under from with by our this as before after inside beyond ")) from++;
    while (to > from && is_word(s, r->word[to - 1], joints)) to--;
    for (size_t i = from; i + 2 < to; i++) /* Surgery Department of Tianjin First Central Hospital: the hospital */
        if (department_word(s, r->word[i]) && is_word(s, r->word[i + 1], " of at ") && head_of(s, r, i + 2, to, &words, &kind) != SIZE_MAX) from = i + 2;
    while (from < to && is_word(s, r->word[from], " the ")) from++;
    size_t head = from < to ? head_of(s, r, from, to, &words, &kind) : SIZE_MAX;
    if (head == SIZE_MAX) return false;
    yq_span span = span_of(r, from, to);
    size_t tail = company_tail(s, span.to, end);
    bool company = tail > span.to;
    span.to = (uint32_t)tail;
    if (company) kind = YQ_S("company");
    if (to - from == 1 && !company) return false;                   /* "University" alone */
    if (head == from && words == to - from && !company) return false; /* "Medical School" alone */
    if (department_word(s, r->word[from]) && !company) return false;
    if (weak_kind(kind) && !company) return false;
    for (size_t i = from; headline && i < to; i++)
        if (is_word(s, r->word[i], " in for with at ")) return false;
    if (headline && !company && !yq_eq(kind, YQ_S("hospital")) && !yq_eq(kind, YQ_S("university"))) return false;
    if (is_word(s, r->word[to - 1], " initiative partnership collaboration network ") && !company) return false;
    if (linked && (yq_eq(kind, YQ_S("government")) || yq_eq(kind, YQ_S("alliance")) || yq_eq(kind, YQ_S("park")))) return false; /* Director of Research Administration */
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

/* Points for a degree or a title behind the name: ", MD, PhD", ", Director", " (Director". */
static double behind_points(yq_str s, size_t at, size_t end)
{
    yq_lex_hit hit;
    size_t start = at;
    while (at < end && (s.p[at] == ',' || s.p[at] == ' ' || s.p[at] == ':' || s.p[at] == '(' || s.p[at] == '-')) at++;
    if (at == start) return 0;
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
    if (word < at && yq_lex_longest(s, word, YQ_LEX_TITLES_EN, &hit) && word + hit.length >= at) return yq_eq(yq_lex_column(hit.value, 0), YQ_S("address")) ? 3 : 2;
    static const char leads[] = " appointed named by with said says told joins joined welcomed invited thanked ";
    if (word < at && is_word(s, (yq_span){ (uint32_t)word, (uint32_t)at }, leads)) return 0.8;
    if (yq_lex_suffix(yq_sub(s, 0, at), at, YQ_LEX_TITLES, &hit)) return 3; /* 副总裁Ingrid Solheim-Bao */
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
        bool particle = n && is_word(s, word, " de la del van von der di da ");
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

/* Proposes the name in words [from, to). */
static bool propose_person(yq_work *w, const run *r, size_t from, size_t to, yq_span within)
{
    yq_str s = w->text;
    bool linked;
    from = behind_title(s, r, from, to, &linked);
    size_t words = name_words(s, r, from, to);
    if (words < 2 || linked) return false;
    double inside = run_points(s, r, from + words, to);
    if (from + words < to && !inside) return false;
    to = from + words;
    yq_span span = span_of(r, from, to);
    double points = front_points(s, span.from, within.from) + behind_points(s, span.to, within.to) + inside;
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
    bool org = (!headline || to - from <= 5) && from < to && propose_org(w, r, from, to, within.to, headline);
    for (size_t i = from, part = from; !person && i <= to; i++)
        if (i == to || is_word(s, r->word[i], " and & of for in the ")) {
            if (i > part && (!org || i < to)) propose_person(w, r, part, i, within);
            part = i + 1;
        }
}

static size_t read_run(yq_work *w, size_t at, yq_span within, bool headline)
{
    run r = run_at(w->text, at, within.to);
    if (!r.n) return yq_word_end(w->text, at, within.to);
    size_t from = 0;
    while (from < r.n && is_word(w->text, r.word[from], legal_forms)) from++;
    while (from && from < r.n && is_word(w->text, r.word[from], joints)) from++;
    while (from < r.n) {
        size_t to = first_name_end(w->text, &r, from, r.n);
        read_part(w, &r, from, to, within, headline);
        from = to;
        while (from < r.n && is_word(w->text, r.word[from], joints)) from++;
    }
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

void yq_propose_english(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        yq_block_kind kind = w->reading->blocks.v[w->sentences.v[i].block].kind;
        read_sentence(w, w->sentences.v[i].span, (kind == YQ_BLOCK_TITLE || kind == YQ_BLOCK_SUBTITLE || kind == YQ_BLOCK_HEADING) && title_case(w->text, w->sentences.v[i].span));
    }
}
