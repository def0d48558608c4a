/* extract/people.c - Chinese names of people.
 *
 * A name is a surname and one or two more characters, and nothing marks it: every place where a surname stands is a candidate with two or
 * three ends. Each candidate is judged by what it is made of (how usual the surname is, how typical the characters are of given names, is
 * the whole a word of the language), by what stands before it (title, organisation, 由, 联系人：, another person in a list) and behind it
 * (title, verb of saying, punctuation). The points are sums of small numbers that were set by hand and are explained where they stand.
 * Names with a middle dot (阿依古丽·买买提, 安妮卡·桑德尔) are read by their own rule.
 */
#include "extract/chinese.h"


enum { CANDIDATES = 4 };

typedef struct {
    yq_span span;
    double points;  /* in all */
    double context; /* of what stands before and behind */
} candidate;

/* The middle dot inside of a name, in each of its forms. */
static bool is_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0x2027;
}

/* ---------------------------------------------------------------- what a name is made of */

static double given_points(yq_str character)
{
    yq_str value;
    if (yq_uses(character) & YQ_USE_NOT_LAST) return -3;
    if (!yq_lex_is(character, YQ_LEX_GIVEN_CHARS, &value)) {
        bool common = yq_lex_is(character, YQ_LEX_WORDS, &value) && yq_lex_number(value, 0, 0) > 500;
        return common ? -1.5 : -0.2; /* a rare character is rather part of a name than of a sentence */
    }
    return (yq_lex_number(value, 0, 5) - 5) * 0.2;
}

/* Words that sentences are made of: 致辞|时, 曾任|国, 康复. */
static bool speaks(yq_str word)
{
    yq_str ignored;
    if (yq_uses(word) & (YQ_USE_VERB_IN_NAMES | YQ_USE_DESCRIBING | YQ_USE_GENERAL | YQ_USE_NEVER_IN_NAMES | YQ_USE_LABEL | YQ_USE_FOLLOWER)) return true;
    return yq_lex_is(word, YQ_LEX_SPEECH_VERBS, &ignored) || yq_lex_is(word, YQ_LEX_HOST_VERBS, &ignored);
}

/* A word of the language and one more character (介绍|了, 多年|来) is no name either, unless much speaks for it. */
static double beginning_points(yq_str name)
{
    yq_str value;
    size_t two = 0;
    for (int i = 0; i < 2 && two < name.n; i++) yq_utf8_next(name, &two);
    if (two < name.n && speaks(yq_sub(name, 0, two))) return -4;
    if (two == name.n || !yq_lex_is(yq_sub(name, 0, two), YQ_LEX_WORDS, &value) || yq_starts(yq_lex_column(value, 1), YQ_S("nr"))) return 0;
    double frequency = yq_lex_number(value, 0, 0);
    return frequency > 3000 ? -2.5 : frequency > 300 ? -1.5 : -0.3;
}

/* Nor is a character and a word (缺|培训), a number with its measure (占|三成), a place (白沙|镇). */
static double ending_points(yq_str name)
{
    yq_str value;
    size_t first = 0, at;
    yq_utf8_next(name, &first);
    yq_str rest = yq_sub(name, first, name.n);
    if (rest.n < 6) return 0;
    at = 0;
    uint32_t middle = yq_utf8_next(rest, &at), last = yq_utf8_next(rest, &at);
    if (yq_one_of(middle, "一二三四五六七八九十两几") && yq_one_of(last, "成分倍名位例项个家年月日天次")) return -3;
    if (yq_one_of(last, "镇县市村乡省区州")) return -3;
    if (!yq_lex_is(rest, YQ_LEX_WORDS, &value) || yq_starts(yq_lex_column(value, 1), YQ_S("nr"))) return 0;
    return yq_lex_number(value, 0, 0) > 1500 ? -2 : 0;
}

/* A whole that is a word of the language is seldom a name. */
static double word_points(yq_str s)
{
    yq_str value;
    if (speaks(s)) return -5;
    if (yq_lex_is(s, YQ_LEX_PLACES, &value)) return -3;
    static const yq_lex_class things[] = { YQ_LEX_TITLE_PREFIXES, YQ_LEX_TITLES, YQ_LEX_EVENT_WORDS, YQ_LEX_VENUE_WORDS, YQ_LEX_ORG_ENDINGS, YQ_LEX_DEPARTMENT_ENDINGS };
    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        if (yq_lex_is(s, things[i], &value)) return -5;
    if (!yq_lex_is(s, YQ_LEX_WORDS, &value)) return beginning_points(s) + ending_points(s);
    yq_str tag = yq_lex_column(value, 1);
    if (yq_starts(tag, YQ_S("nr"))) return 0.3;
    double frequency = yq_lex_number(value, 0, 0);
    return frequency > 1000 ? -3.5 : frequency > 100 ? -2.5 : -1.5;
}

/* ---------------------------------------------------------------- what stands before and behind */

static bool edge(const yq_line *l, size_t at, uint8_t bit)
{
    return l->edge[at - l->span.from] & bit;
}

/* Ends one of the words of `list` exactly before byte at, with ：or blanks between? */
static bool label_before(const yq_line *l, size_t at)
{
    bool colon = false;
    for (uint32_t c; at > l->span.from && (yq_is_space(c = yq_char_before(l, at)) || yq_one_of(c, "：:丨｜|│/")); at = yq_utf8_back(l->text, at)) colon |= !yq_is_space(c);
    if (at <= l->span.from || !yq_ends_label(yq_sub(l->text, yq_utf8_back(l->text, at), at))) return false;
    for (size_t from = at, n = 0; from > l->span.from && n < 4; n++) {
        from = yq_utf8_back(l->text, from);
        if (yq_uses(yq_sub(l->text, from, at)) & YQ_USE_LABEL) return n || colon || yq_char_before(l, at) == 0x7531; /* 由 */
    }
    return false;
}

static double points_before(const yq_line *l, size_t at)
{
    uint32_t c = yq_char_before(l, at);
    size_t i = at - l->span.from;
    if (l->title_from[i]) return 3;
    if (label_before(l, at)) return yq_one_of(c, "：:") ? 3.2 : 2.5;
    if (edge(l, at, YQ_EDGE_COHORT_TO)) return 2.5;
    if (edge(l, at, YQ_EDGE_ORG_TO)) return 2;
    if (edge(l, at, YQ_EDGE_DEPARTMENT_TO)) return 1.6;
    if (yq_one_of(c, "、和与及") && at > l->span.from + 3 && edge(l, yq_utf8_back(l->text, at), YQ_EDGE_PERSON_TO)) return 2.6;
    if (yq_one_of(c, "、")) return 0.6;
    if (!c) return 0.8;
    if (yq_is_punct(c) || yq_is_space(c)) {
        size_t back = yq_utf8_back(l->text, at);
        if (yq_is_space(c) && back > l->span.from && l->title_from[back - l->span.from]) return 2.6;
        if (yq_is_space(c) && back > l->span.from && (edge(l, back, YQ_EDGE_PERSON_TO) || edge(l, back, YQ_EDGE_ORG_TO))) return 2;
        return yq_one_of(c, "（(。，；：！？ \t\n") ? 0.8 : 0.4;
    }
    return yq_one_of(c, "由与和及请为") ? 0.8 : 0;
}

/* A verb of one character, where another verb or a preposition follows it: 苏门答|在论坛上谈到 has no verb 答. */
static bool verb_of_another(const yq_line *l, yq_str c, size_t to)
{
    if (!yq_in_list(c, " 答 道 问 讲 笑 称 指 说 致 ")) return false;
    uint32_t next = yq_char_at(l, to);
    if (edge(l, to, YQ_EDGE_SPEECH)) return true;
    if (yq_one_of(next, "在于向从") && !yq_in_list(c, " 说 致 ")) return true;
    size_t k = yq_token_from(l, to);
    return k != SIZE_MAX && l->tokens[k].to - l->tokens[k].from >= 6 && l->tokens[k].uses & YQ_USE_FOLLOWER && !yq_in_list(c, " 致 ");
}

/* Points for the word that begins behind the name. */
static double follower_points(const yq_line *l, size_t at)
{
    double best = 0;
    size_t to = at;
    yq_utf8_next(l->text, &to);
    if (!yq_begins_follower(yq_sub(l->text, at, to))) return 0;
    to = at;
    for (int n = 1; n <= 4 && to < l->span.to; n++) {
        yq_utf8_next(l->text, &to);
        if (to > l->span.to) break;
        if (!(yq_uses(yq_sub(l->text, at, to)) & YQ_USE_FOLLOWER)) continue;
        uint32_t next = yq_char_at(l, to);
        if (n == 1 && (!next || yq_is_punct(next)) && yq_one_of(yq_char_at(l, at), "和与及以对向为则任")) continue;
        bool digit = next >= '0' && next <= '9' && !yq_one_of(yq_char_at(l, at), "和与及");
        if (n == 1 && (!next || yq_is_space(next) || digit)) continue;
        if (n == 1 && verb_of_another(l, yq_sub(l->text, at, to), to)) continue;
        bool inside = n == 1 && !edge(l, at, YQ_EDGE_WORD) && at < l->span.to; /* 达成合|作意向 */
        best = inside ? 0.4 : n == 1 ? 1.6 : 2.2;
    }
    return best;
}

static double points_behind(const yq_line *l, size_t at)
{
    uint32_t c = yq_char_at(l, at);
    size_t i = at - l->span.from;
    if (!c) return 1.6;
    if (l->title_to[i]) return 3;
    if (yq_one_of(c, "（(")) return 1.6;
    if (yq_is_punct(c) || yq_is_space(c)) return c == 0xB7 ? -3 : 1.5; /* the middle dot belongs inside a longer name */
    if (edge(l, at, YQ_EDGE_SPEECH)) return 2.4;
    double points = follower_points(l, at);
    if (points > 0) return points;
    size_t k = yq_token_from(l, at);
    if (k == SIZE_MAX) return -0.5;
    const yq_token *t = &l->tokens[k];
    bool goes_on = t->tag[0] && strchr("vpdc", t->tag[0]);
    if (t->to - t->from >= 6 && t->tag[0]) return goes_on ? 1.4 : 0.2;
    return t->han ? goes_on ? 0.4 : -0.2 : 0.5;
}

/* Does a word of the cut reach across the borders of the span? The cut knows no names, so it counts for little where a title or a
 * label stands before it. */
static double crossing_points(const yq_line *l, yq_span span)
{
    double points = 0;
    if (!edge(l, span.from, YQ_EDGE_WORD)) points -= 1.6;
    return points;
}

/* The last character may be the first word of what follows: 韩霁|则, 蒲苇|任. */
static double last_points(const yq_line *l, size_t from, size_t to)
{
    size_t last = yq_utf8_back(l->text, to);
    if (last <= from) return 0;
    yq_str c = yq_sub(l->text, last, to);
    uint32_t next = yq_char_at(l, to);
    if (l->title_to[to - l->span.from] && yq_in_list(c, " 任 为 兼 原 前 现 是 ")) return -4;
    if (!next || yq_is_space(next) || (next >= '0' && next <= '9') || verb_of_another(l, c, to)) return 0;
    if (l->edge[to - l->span.from] & YQ_EDGE_SPEECH) return yq_in_list(c, " 则 将 也 还 在 ") ? -1.2 : -0.6;
    return yq_uses(c) & (YQ_USE_FOLLOWER | YQ_USE_SELDOM_LAST) ? -1.2 : 0;
}

/* The most that the characters of a name, their word and what is enclosed can add; given names weigh 9 at most (given_chars.tsv). */
enum { LEAST_TENTHS = 31 }; /* points below which no name is taken, rounded down: see confidence_of() */
static double most_of(size_t characters, bool alone, bool may_be_enclosed)
{
    return 0.3 + (double)characters * 0.8 + (characters == 2 ? 0.3 : 0) + (alone ? 1.2 : 0) + (may_be_enclosed ? 1.2 : 0);
}

/* Does a sentence go on at byte `at`, and no name: punctuation, an end, a verb, an adverb, a word of time? Behind 云浦 stands 市. */
static bool goes_on(const yq_work *w, size_t at)
{
    const yq_sentence *s = yq_sentence_at(w, at);
    if (!s) return true;
    size_t i = (size_t)(s - w->sentences.v), high = w->chinese->first_token.v[i + 1];
    for (size_t k = w->chinese->first_token.v[i]; k < high && w->chinese->tokens.v[k].from <= at; k++) {
        const yq_token *t = &w->chinese->tokens.v[k];
        if (t->from == at) return !t->word || (t->tag[0] && strchr("vdptrc", t->tag[0]));
    }
    return false;
}

/* Is the same found elsewhere in the document with other characters around it? A name stands between all sorts of words, a stretch of a phrase does not
 * (accessor variety: Feng et al., "Accessor variety criteria for Chinese word extraction", Computational Linguistics 30(1), 2004). */
static bool stands_alone_elsewhere(const yq_line *l, yq_span span)
{
    enum { NEIGHBOURHOOD = 1 << 14 }; /* bytes looked at on either side */
    size_t low = span.from > NEIGHBOURHOOD ? span.from - NEIGHBOURHOOD : 0, high = span.to + NEIGHBOURHOOD;
    yq_str name = yq_at(l->text, span), text = yq_sub(l->w->text, 0, high < l->w->text.n ? high : l->w->text.n);
    uint32_t before = yq_char_before(l, span.from), behind = yq_char_at(l, span.to);
    for (size_t at = yq_find(text, name, low); at != SIZE_MAX; at = yq_find(text, name, at + name.n)) {
        size_t to = at + name.n, back = at ? yq_utf8_back(text, at) : 0;
        uint32_t other_before = at ? yq_utf8_next(text, &back) : 0, other_behind = to < text.n ? yq_utf8_next(text, &(size_t){ to }) : 0;
        if (at != span.from && other_before != before && other_behind != behind && goes_on(l->w, to)) return true;
    }
    return false;
}

#define RARE_SURNAME -1.2
#define MET_AGAIN 1.4

static candidate weigh(const yq_line *l, size_t from, size_t given, size_t to, double surname, double before)
{
    candidate c = { .span = { (uint32_t)from, (uint32_t)to } };
    double behind = points_behind(l, to), crossing = before < 1.5 ? crossing_points(l, c.span) : 0;
    bool alone = from == l->span.from && to == l->span.to; /* a cell or line of its own */
    c.context = before + behind;
    c.points = surname + crossing + c.context + most_of(yq_utf8_count(yq_sub(l->text, given, to)), alone, before >= 2.6) + (before >= 2.5 ? MET_AGAIN : 0);
    if (c.points * 10 < LEAST_TENTHS) return c; /* whatever its characters are */
    double word = word_points(yq_sub(l->text, from, to));
    bool listed = surname > RARE_SURNAME, ordinary_word = word < -1.6;
    if (before >= 2.5 && behind >= 1.4 && word < 0 && listed) word *= word > -3 ? 0.4 : 0.75; /* 院长原野表示 */
    uint32_t border = yq_char_at(l, to);
    bool enclosed = before >= 2.6 && (!border || yq_is_punct(border) || border == '\n' || border == '\t');
    double own = surname + word + crossing;
    size_t characters = 0;
    for (size_t at = given; at < to; characters++) {
        size_t next = at;
        yq_utf8_next(l->text, &next);
        own += given_points(yq_sub(l->text, at, next));
        at = next;
    }
    if (!listed && word < 0 && to - from == 6) own -= 3; /* 聘书: a word, and no surname */
    if (characters == 2) own += 0.3 + last_points(l, given, to); /* four names in five have two given characters */
    if (alone) own += 1.2;
    if (enclosed && !ordinary_word) own += 1.2;                                    /* nothing else between title and comma */
    c.points = own + c.context;
    if (before >= 2.5 && c.points > 1 && c.points < 5 && stands_alone_elsewhere(l, c.span)) {
        c.points += MET_AGAIN;
        c.context += MET_AGAIN;
    }
    return c;
}

/* ---------------------------------------------------------------- candidates */

static bool all_han(const yq_line *l, size_t from, size_t to)
{
    while (from < to)
        if (!yq_is_han(yq_utf8_next(l->text, &from))) return false;
    return true;
}

/* Names in lists and tables are spaced out to a common width: 韩　霁. */
static size_t skip_name_space(const yq_line *l, size_t at)
{
    size_t next = at;
    if (next >= l->span.to) return at;
    uint32_t c = yq_utf8_next(l->text, &next);
    if (!yq_is_space(c) || c == '\n' || c == '\t') return at;
    uint32_t after = yq_char_at(l, next);
    size_t end = next;
    if (!yq_is_han(after)) return at;
    yq_utf8_next(l->text, &end);
    uint32_t border = yq_char_at(l, end);
    return !border || border == '\t' || border == '\n' ? next : at;
}

/* All names that begin at byte `at` with a surname of `length` bytes; the number of them. */
static size_t names_with(const yq_line *l, size_t at, size_t length, double surname, double before, candidate *out)
{
    size_t given = at + length, n = 0;
    if (at == l->span.from) given = skip_name_space(l, given);
    size_t to = given;
    for (int k = 0; k < 2 && to < l->span.to; k++) {
        yq_utf8_next(l->text, &to);
        if (to > l->span.to || !all_han(l, given, to)) break;
        out[n++] = weigh(l, at, given, to, surname, before);
    }
    return n;
}

#define ENCLOSED_SURNAME -0.6

/* 眼科主任 把多林；: two or three characters and nothing else between a title or label and the next border, no word of the language: `at` when it is not so. */
static size_t enclosed_run(const yq_line *l, size_t at)
{
    size_t to = at;
    yq_str ignored;
    while (to < l->span.to && yq_is_han(yq_char_at(l, to)) && to - at <= 9) yq_utf8_next(l->text, &to);
    uint32_t border = yq_char_at(l, to), before = yq_char_before(l, at);
    bool open = !before || yq_is_punct(before) || yq_is_space(before), closed = !border || ((yq_is_punct(border) || yq_is_space(border)) && !is_dot(border));
    yq_str run = yq_sub(l->text, at, to);
    bool name = open && closed && (run.n == 6 || run.n == 9) && !yq_lex_is(run, YQ_LEX_WORDS, &ignored) && !l->title_to[at - l->span.from];
    return name ? to : at;
}

static bool best_name(const yq_line *l, size_t at, candidate *best)
{
    yq_lex_hit hits[4];
    candidate all[CANDIDATES * 2];
    size_t n = 0, surnames = yq_lex_at(l->text, at, 1u << YQ_LEX_SURNAMES, hits, 4), next = at;
    yq_utf8_next(l->text, &next);
    bool rare = !(yq_uses(yq_sub(l->text, at, next)) & YQ_USE_NO_SURNAME);
    if (!surnames && !rare && yq_is_han(yq_char_before(l, at))) return false;
    double before = points_before(l, at);
    if (before == 0 && !edge(l, at, YQ_EDGE_WORD)) return false; /* inside a word, after nothing that leads to a name */
    for (size_t i = 0; i < surnames; i++) {
        if (at + hits[i].length >= l->span.to) continue;
        double weight = (yq_lex_number(hits[i].value, 0, 3) - 4) * 0.18 + (hits[i].length > 3 ? 1.5 : 0);
        n += names_with(l, at, hits[i].length, weight, before, all + n);
        if (n + 2 > CANDIDATES * 2) break;
    }
    /* Any character may be a rare surname where a title or a label leaves nothing else to expect. */
    if (before >= 2.5 && rare && n + 2 <= CANDIDATES * 2) n += names_with(l, at, next - at, RARE_SURNAME, before, all + n);
    size_t run = before >= 2.5 ? enclosed_run(l, at) : at;
    if (run > at && n < CANDIDATES * 2) all[n++] = weigh(l, at, next, run, ENCLOSED_SURNAME, before);
    *best = (candidate){ .points = -100 };
    for (size_t i = 0; i < n; i++)
        if (all[i].points > best->points) *best = all[i];
    return n > 0;
}

/* ---------------------------------------------------------------- names with a middle dot */

static const char32_t sound_chars[] = U"阿埃艾安奥巴白班贝本比彼宾波伯博布查达戴丹道德迪蒂顿多厄恩尔法范菲费芬弗夫福盖戈哥格古哈海汉赫亨霍吉加杰金卡凯坎康科克库拉莱兰朗劳勒雷里理利丽莲林琳龙卢鲁路伦罗洛马玛迈麦曼芒梅门蒙米密明莫默姆穆纳娜"
                                  U"内尼涅宁纽诺帕佩皮珀普齐奇乔琼丘热仁瑞若萨塞桑瑟森莎沙珊舍什圣施史士斯丝松苏索塔泰坦特汤提廷图托瓦万威韦维魏温沃伍西希锡夏肖谢辛休雅亚扬耶叶伊以因英尤约泽扎詹珍治朱佐妮黛蕾薇茜娅婷妲缇妙露嘉依买吐迪力孜木江再努尔古热比娅合甫帕提麦合达瓦旺堆次仁顿珠卓玛央宗扎西多吉尼玛平措边巴洛桑乌仁其其格巴特朝克图苏日娜哈斯那日松不都合曼丽扎依拉姆德吉央白玛江措次曲吾尔开丽努孜莱汗提肉子买买让云";

enum { PART_CHARS = 8 };

/* Nothing of a name goes on here: a title, a verb of saying, punctuation, an end. */
static bool ends_here(const yq_line *l, size_t at)
{
    uint32_t c = yq_char_at(l, at);
    if (!c || !yq_is_han(c) || l->title_to[at - l->span.from] || edge(l, at, YQ_EDGE_SPEECH)) return true;
    size_t k = yq_token_from(l, at);
    return k != SIZE_MAX && l->tokens[k].to - at >= 6 && (l->tokens[k].uses & YQ_USE_FOLLOWER || (l->tokens[k].tag[0] == 'v' && l->tokens[k].frequency > 50));
}

static bool begins_here(const yq_line *l, size_t at)
{
    uint32_t c = yq_char_before(l, at);
    return !c || !yq_is_han(c) || l->title_from[at - l->span.from] || label_before(l, at);
}

/* Where the part of a name before / behind a dot ends: at a border, when there is one near; else where the characters do that are used for sounds. */
static size_t sounds_left(const yq_line *l, size_t at)
{
    size_t from = at, border = at;
    for (int n = 0; n < PART_CHARS && border > l->span.from && !(border < at && begins_here(l, border)); n++) border = yq_utf8_back(l->text, border);
    if (border < at && begins_here(l, border)) return border;
    for (int n = 0; n < PART_CHARS && from > l->span.from && yq_one_in(yq_char_before(l, from), sound_chars); n++) from = yq_utf8_back(l->text, from);
    return from;
}

static size_t sounds_right(const yq_line *l, size_t at)
{
    size_t to = at, border = at;
    for (int n = 0; n < PART_CHARS && border < l->span.to && !(border > at && ends_here(l, border)); n++) yq_utf8_next(l->text, &border);
    if (border > at && ends_here(l, border)) return border;
    for (int n = 0; n < PART_CHARS && to < l->span.to && yq_one_in(yq_char_at(l, to), sound_chars); n++) yq_utf8_next(l->text, &to);
    return to;
}

static bool mostly_sounds(const yq_line *l, size_t from, size_t to)
{
    size_t sounds = 0, all = 0;
    while (from < to) {
        uint32_t c = yq_utf8_next(l->text, &from);
        sounds += yq_one_in(c, sound_chars);
        all += yq_is_han(c);
    }
    return 2 * sounds > all;
}

static void dotted_name(yq_line *l, size_t dot, size_t behind)
{
    size_t from = sounds_left(l, dot), to = sounds_right(l, behind);
    if (dot - from < 3 || to - behind < 3) return;
    while (to < l->span.to && is_dot(yq_char_at(l, to))) {
        size_t next = to;
        yq_utf8_next(l->text, &next);
        size_t more = sounds_right(l, next);
        if (more == next) break;
        to = more;
    }
    if (to - from < 12 || !mostly_sounds(l, from, to)) return;
    l->edge[to - l->span.from] |= YQ_EDGE_PERSON_TO;
    yq_propose(l->w, YQ_M_PERSON, (yq_span){ (uint32_t)from, (uint32_t)to }, YQ_S(""), 0.95, YQ_VOICE_PATTERN);
}

static bool all_sounds(const yq_line *l, size_t from, size_t to)
{
    while (from < to)
        if (!yq_one_in(yq_utf8_next(l->text, &from), sound_chars)) return false;
    return true;
}

/* 扎西平措, 乌云其其格: names by sound without a surname, between a title or label and a clear end. */
static bool name_by_sound(yq_line *l, size_t at)
{
    if (points_before(l, at) < 2.5) return false;
    size_t to = sounds_right(l, at);
    if (!all_sounds(l, at, to)) return false;
    size_t chars = yq_utf8_count(yq_sub(l->text, at, to));
    if (chars < 4 || chars > 6 || points_behind(l, to) < 1.4 || is_dot(yq_char_at(l, to))) return false;
    yq_propose(l->w, YQ_M_PERSON, (yq_span){ (uint32_t)at, (uint32_t)to }, YQ_S(""), 0.9, YQ_VOICE_PATTERN);
    l->edge[to - l->span.from] |= YQ_EDGE_PERSON_TO;
    return true;
}

/* ---------------------------------------------------------------- the line */

/* Points to confidence; 3.6 is where a name is more likely than not. */
static double confidence_of(double points)
{
    double c = 0.5 + (points - 3.6) * 0.12;
    return c > 0.98 ? 0.98 : c < 0 ? 0 : c;
}

/* A name seen clearly somewhere is taken elsewhere with little support; it is noted for the last step of the pass. */
static void note_name(yq_work *w, yq_str name)
{
    yq_finder_add(w, &w->chinese->names, name, name, YQ_S(""));
}

/* The titles that begin in [*seen, at) are looked at; *covered is the end of the one that reaches farthest. */
static bool inside_title(const yq_line *l, size_t at, size_t *seen, size_t *covered)
{
    enum { REACH = 40 };
    for (; *seen < at; ++*seen) {
        size_t length = l->title_to[*seen - l->span.from], end = *seen + (length < REACH ? length : REACH);
        if (end > *covered) *covered = end;
    }
    return *covered > at;
}

/* The heads of columns name no people (籍贯). */
static bool in_header(const yq_line *l)
{
    const yq_sentence *s = l->sentence;
    return s->table != YQ_NO_TABLE && s->row < l->w->reading->tables.v[s->table].header_rows;
}

void yq_line_people(yq_line *l)
{
    size_t seen = l->span.from, covered = 0;
    if (in_header(l)) return;
    for (size_t at = l->span.from; at < l->span.to;) {
        size_t next = at;
        uint32_t c = yq_utf8_next(l->text, &next);
        if (is_dot(c)) dotted_name(l, at, next);
        candidate best;
        if (yq_is_han(c) && name_by_sound(l, at)) {
            at = next;
            continue;
        }
        if (!yq_is_han(c) || inside_title(l, at, &seen, &covered) || !best_name(l, at, &best) || confidence_of(best.points) < 0.45) {
            at = next;
            continue;
        }
        double confidence = confidence_of(best.points);
        yq_propose(l->w, YQ_M_PERSON, best.span, YQ_S(""), confidence, YQ_VOICE_PATTERN);
        l->edge[best.span.to - l->span.from] |= YQ_EDGE_PERSON_TO;
        if (best.context >= 3.5 && confidence > 0.6) note_name(l->w, yq_at(l->text, best.span));
        at = best.points > 5 ? best.span.to : next;
    }
}
