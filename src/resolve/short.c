/* Names that say less: short forms of an organisation inside one document, and names of persons that many carry. */
#include "resolve/internal.h"

/* ---------------------------------------------------------------- short forms */

static const char units[] = "省市县区州盟";

/* What a short form may end with, and so what its full name is. */
static const char *const short_ends[] = { "院", "大", "所", "厅", "局", "委", "会", "中心" };

static yq_str first_character(yq_str s)
{
    size_t at = 0;
    if (s.n) yq_utf8_next(s, &at);
    return yq_sub(s, 0, at);
}

/* 省科学技术厅 of 云岭省科学技术厅: nothing but the place is left away. */
static bool leaves_place(yq_str full, yq_str shorter)
{
    yq_lex_hit ending;
    yq_str first = first_character(shorter);
    if (!first.n || !yq_has(yq_cstr(units), first) || !yq_ends(full, shorter)) return false;
    yq_str place = yq_sub(full, 0, full.n - shorter.n);
    return yq_utf8_count(place) >= 2 && yq_utf8_count(place) <= 4 && !yq_lex_suffix(place, place.n, YQ_LEX_ORG_ENDINGS, &ending);
}

static bool ends_as_short(yq_str s)
{
    for (size_t i = 0; i < sizeof short_ends / sizeof *short_ends; i++)
        if (yq_ends(s, yq_cstr(short_ends[i]))) return true;
    return false;
}

/* Where a character that stands for a word may stand: first of a word of such names, last of the name, the number in 第一, 大 of a 医科大学. */
typedef struct {
    yq_str character;
    bool begins, stands, number;
} place_of_character;

enum { MOST_PLACES = 48 };

static size_t read_places(yq_str full, place_of_character *out)
{
    size_t n = 0;
    for (size_t at = 0, word_end = 0; at < full.n && n < MOST_PLACES;) {
        size_t from = at;
        yq_lex_hit hit;
        bool begins = at >= word_end;
        if (begins) word_end = yq_lex_longest(full, at, YQ_LEX_ORG_WORDS, &hit) ? at + hit.length : 0;
        yq_utf8_next(full, &at);
        yq_str c = yq_sub(full, from, at);
        bool number = n > 0 && yq_eq(out[n - 1].character, YQ_S("第")) && yq_has(YQ_S("一二三四五六七八九十"), c);
        bool university = yq_starts(yq_sub(full, from, full.n), YQ_S("大学"));
        out[n++] = (place_of_character){ c, begins, begins || number || university || at == full.n, number };
    }
    return n;
}

/* Each character of the short form stands for a word, in order, its last for the last word; no number is left away. */
static bool stands_for_words(const place_of_character *place, size_t n, yq_str shorter)
{
    size_t k = 0;
    for (size_t at = 0; at < shorter.n; k++) {
        size_t from = at;
        yq_utf8_next(shorter, &at);
        yq_str c = yq_sub(shorter, from, at);
        while (k < n && !(place[k].stands && yq_eq(place[k].character, c)))
            if (place[k++].number) return false;
        if (k == n) return false;
    }
    for (; k < n; k++)
        if (place[k].number || place[k].begins) return false;
    return true;
}

static bool abbreviates(yq_str full, yq_str shorter)
{
    enum { LEAST = 2, MOST = 6 };
    place_of_character place[MOST_PLACES];
    size_t characters = yq_utf8_count(shorter), all = yq_utf8_count(full);
    if (characters < LEAST || characters > MOST || characters * 2 > all + 1 || !ends_as_short(shorter)) return false;
    if (yq_starts(full, YQ_S("国立"))) full = yq_sub(full, 6, full.n);
    if (!yq_eq(first_character(full), first_character(shorter))) return false;
    return stands_for_words(place, read_places(full, place), shorter);
}

bool yq_org_shortens(yq_arena *a, yq_str full, yq_str shorter)
{
    yq_str f = yq_fold(a, resolve_outside(a, full)), s = yq_fold(a, resolve_outside(a, shorter));
    if (!resolve_has_han(f) || !resolve_has_han(s) || s.n >= f.n) return false;
    return leaves_place(f, s) || abbreviates(f, s);
}

static bool translate(yq_arena *a, yq_str x, yq_str y)
{
    if (resolve_has_han(x) == resolve_has_han(y)) return false;
    yq_str key = yq_latin_key(a, YQ_ORGANIZATION, x);
    return key.n && yq_eq(key, yq_latin_key(a, YQ_ORGANIZATION, y));
}

/* Asked of every pair in a document; most fail at the keys. */
bool yq_org_names_agree(yq_arena *a, yq_str x, yq_str y)
{
    if (!yq_eq(yq_org_key(a, x), yq_org_key(a, y)) && !translate(a, x, y)) return false;
    yq_str qx = yq_org_qualifier(a, x), qy = yq_org_qualifier(a, y);
    return yq_org_is_specific(a, x) && yq_org_is_specific(a, y) && (!qx.n || !qy.n || yq_eq(qx, qy));
}

/* ---------------------------------------------------------------- rare names */

/* The characters that given names of the last eighty years are mostly made of. A name of two others is carried by few. */
static const char frequent[] =
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲红晓华建国春梅志海波宁云飞龙雪琳佳欣宇晨浩思雨子英俊燕鹏鑫鹤凤兰玉珍淑芬萍莉颖慧婷瑞凯斌峰林"
    "东永德忠义成新庆祥福生荣光辰轩涵泽梓怡诗悦嘉博睿翔宏立民利力学良友兴胜亮晶丹倩琴彬康健安远天一小大卫爱君青蓉素月金银宝贵富全树根长江河山石中正"
    "清秋冬夏松柏雷震维亚洲世家传启少仁智信礼孝贤昌盛元亨贞士诚武振道继承先恒达万振钢铁培彦颜雅雯萌蕾薇欢乐美娇媛婉可心依诺琪璐瑶珊珠琼瑾";

bool yq_person_is_rare(yq_arena *a, yq_str name)
{
    yq_str s = yq_fold(a, name);
    yq_lex_hit surname;
    size_t given = 0, common = 0;
    if (!yq_lex_longest(s, 0, YQ_LEX_SURNAMES, &surname)) return false;
    for (size_t at = surname.length; at < s.n; given++) {
        size_t from = at;
        if (!yq_is_han(yq_utf8_next(s, &at))) return false;
        common += yq_has(yq_cstr(frequent), yq_sub(s, from, at));
    }
    return given == 2 && common < given;
}
