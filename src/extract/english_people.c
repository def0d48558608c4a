/* extract/english_people.c - which run of English words is a person: honorifics and degrees beside it, a known given name, a Chinese name in pinyin, words
 * that are none of the language, a title behind a comma, or a verb of speech speak for that.
 */
#include "extract/english_runs.h"

#include <ctype.h>

/* ---------------------------------------------------------------- what speaks for a person */

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
    return yq_word_among(s, word, surnames);
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
    if (!yq_capital(s, word.from) || yq_word_among(s, word, yq_no_names)) return false;
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
    if (to > at && yq_word_among(s, (yq_span){ (uint32_t)at, (uint32_t)to }, verbs)) return 1.3;
    yq_lex_hit hit;
    for (int words = 0; words < 7 && to > at && yq_word_among(s, (yq_span){ (uint32_t)at, (uint32_t)to }, office); words++) {
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
    if (word < at && yq_word_among(s, (yq_span){ (uint32_t)word, (uint32_t)at }, leads)) return 0.8;
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
static double run_points(yq_str s, const yq_run *r, size_t from, size_t to)
{
    yq_lex_hit hit;
    if (from < to && all_capitals(s, r->word[from])) return 2;
    for (size_t i = from; i < to && i < from + 3; i++)
        if (yq_lex_longest(s, r->word[i].from, YQ_LEX_TITLES_EN, &hit)) return 2;
    return 0;
}

/* The words of a name at the beginning of [from, to): a title begins behind it at the latest. */
static size_t name_words(yq_str s, const yq_run *r, size_t from, size_t to)
{
    yq_lex_hit hit;
    size_t n = 0;
    while (from + n < to && n < 4) {
        yq_span word = r->word[from + n];
        bool particle = n && yq_word_among(s, word, " de la del van von der di da du des dos das ter ten bin binti ibn al zu y e ");
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
static double sound_points(yq_str s, const yq_run *r, size_t from, size_t to)
{
    size_t common = 0;
    for (size_t i = from; i < to; i++) common += yq_common_word(s, r->word[i]);
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
        yq_run r = yq_run_at(s, from, end);
        return r.n > 1 && yq_org_head(s, &r, 0, r.n, &words, &kind) != SIZE_MAX ? 1.3 : 0;
    }
    return 0;
}

/* Proposes the name in words [from, to). */
bool yq_propose_english_person(yq_work *w, const yq_run *r, size_t from, size_t to, yq_span within)
{
    yq_str s = w->text;
    bool linked;
    from = yq_behind_title(s, r, from, to, &linked);
    yq_lex_hit hit;
    for (size_t i = from, next; i + 2 < to; i++) { /* Group CEO|Sanjay Mehta-Wright */
        if (!yq_lex_longest(s, r->word[i].from, YQ_LEX_TITLES_EN, &hit)) continue;
        for (next = i; next < to && r->word[next].from < r->word[i].from + hit.length; next++) {}
        if (next + 1 < to) from = next;
    }
    size_t begin = from;
    bool called = to - from >= 3 && yq_common_word(s, r->word[from]) && !given_name(s, r->word[from]) && !surname(s, r->word[from]);
    if (called) from++; /* Inventor Mele Fifita, Keynote Jane Roe */
    size_t words = name_words(s, r, from, to);
    if (words < 2 || linked) return false;
    double inside = run_points(s, r, from + words, to);
    if (from + words < to && !inside) return false;
    to = from + words;
    yq_span span = yq_run_span(r, from, to);
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

void yq_repeat_english_names(yq_work *w)
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
