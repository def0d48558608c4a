/* "三甲医院，华南的": a need names a region, and an answer's house is called 深圳市某某医院. lexicon/regions.tsv says which names are one place and what an area
 * consists of, lexicon/places.tsv what each place lies in; small towns that neither knows are recognised by their form and compared by sound. */
#include "match/region.h"

enum { DEEPEST = 8, MOST_PARTS_OF_NAME = 12, KEY_BYTES = 96 };

/* ---------------------------------------------------------------- names and keys */

static bool has_capital(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] >= 'A' && s.p[i] <= 'Z') || (uint8_t)s.p[i] >= 0xE0) return true;
    return false;
}

/* 广州 is 广州市: the longer form, where it lies in the same land. */
static yq_str full_name(yq_arena *a, yq_str name, yq_str parent)
{
    static const char *const ends[] = { "省", "市", "县", "区", "自治区", "自治州", "自治县", "特别行政区", "盟", "地区" };
    yq_str value;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        yq_str longer = yq_concat(a, name, yq_cstr(ends[i]));
        if (yq_lex_is(longer, YQ_LEX_PLACES, &value) && yq_eq(yq_lex_column(value, 1), parent)) return longer;
    }
    return name;
}

yq_str place_key(yq_arena *a, yq_str name)
{
    yq_str value;
    if (yq_lex_is(name, YQ_LEX_REGIONS, &value)) return yq_lex_column(value, 1);
    return yq_lex_is(name, YQ_LEX_PLACES, &value) ? full_name(a, name, yq_lex_column(value, 1)) : YQ_S("");
}

static place_sort sort_of(const yq_lex_hit *hit)
{
    yq_str kind = yq_lex_column(hit->value, 0);
    if (hit->class != YQ_LEX_REGIONS) return PLACE_NAMED;
    return yq_eq(kind, YQ_S("people")) ? PLACE_PEOPLE : yq_eq(kind, YQ_S("seat")) ? PLACE_SEAT : PLACE_NAMED;
}

bool place_at(yq_str text, size_t at, map_place *out)
{
    yq_lex_hit hits[8];
    size_t n = yq_lex_at(text, at, 1u << YQ_LEX_PLACES | 1u << YQ_LEX_REGIONS, hits, 8);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        yq_str name = yq_sub(text, at, at + hits[i].length);
        if (!has_capital(name) || name.n < 2) continue; /* "us", "turkey" */
        found = true;
        out->span = (yq_span){ (uint32_t)at, (uint32_t)(at + name.n) };
        out->sort = sort_of(&hits[i]);
        out->key = hits[i].class == YQ_LEX_REGIONS ? yq_lex_column(hits[i].value, 1) : name;
    }
    return found;
}

yq_str place_english(yq_str key)
{
    yq_str value, english = YQ_S("-");
    if (yq_lex_is(key, YQ_LEX_REGIONS, &value)) english = yq_lex_column(value, 3);
    return english.n && !yq_eq(english, YQ_S("-")) ? english : key;
}

/* ---------------------------------------------------------------- one in the other */

/* What the place lies in (up), or what the area consists of, several separated by |; empty: nothing is known. */
static yq_str relatives(yq_str key, bool up)
{
    yq_str value, related = YQ_S("-");
    bool region = false;
    if (yq_lex_is(key, YQ_LEX_REGIONS, &value)) {
        region = yq_eq(yq_lex_column(value, 0), YQ_S("region"));
        related = yq_lex_column(value, 2);
    } else if (yq_lex_is(key, YQ_LEX_PLACES, &value))
        related = yq_lex_column(value, 1);
    return region == up || yq_eq(related, YQ_S("-")) ? YQ_S("") : related;
}

static bool lies_in(yq_arena *a, yq_str key, yq_str region, int depth)
{
    yq_str up = relatives(key, true), parts = relatives(region, false), one;
    if (yq_eq(key, region)) return true;
    if (depth == DEEPEST) return false;
    while (yq_split(&parts, '|', &one))
        if (one.n && lies_in(a, key, one, depth + 1)) return true;
    while (yq_split(&up, '|', &one))
        if (one.n && lies_in(a, place_key(a, one), region, depth + 1)) return true;
    return false;
}

place_relation place_relates(yq_arena *a, yq_str name, yq_str region)
{
    yq_str key = place_key(a, name), parts, one;
    if (!key.n) key = name;
    if (lies_in(a, key, region, 0)) return PLACE_INSIDE;
    parts = relatives(key, false);
    size_t all = 0, inside = 0, touching = 0;
    while (yq_split(&parts, '|', &one)) {
        if (!one.n) continue;
        inside += lies_in(a, one, region, 0);
        touching += lies_in(a, region, one, 0);
        all++;
    }
    if (all && inside == all) return PLACE_INSIDE;
    if (inside || touching || lies_in(a, region, key, 0)) return PLACE_OVERLAPS;
    parts = relatives(region, false);
    while (yq_split(&parts, '|', &one))
        if (one.n && lies_in(a, one, key, 0)) return PLACE_OVERLAPS;
    return PLACE_APART;
}

/* ---------------------------------------------------------------- places that no list has */

/* Words that stand before 省 or 县 and name none of them. */
static bool names_none(yq_str two)
{
    static const char *const words[] = { "全", "各", "本", "我", "该", "外", "邻", "某", "哪", "每", "两", "几", "多", "到", "在", "从", "跨", "出", "的", "和", "与", "是", "个", "副", "乡",
                                         "区", "级", "市", "县", "省", "下", "同", "这", "那", "贫", "山", "边", "有", "找", "请", "去", "做", "对", "为", "内", "大", "小", "中", "已", "未", "上", "拟", "将", "刚" };
    yq_str value;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (yq_has(two, yq_cstr(words[i]))) return true;
    return yq_lex_is(two, YQ_LEX_WORDS, &value) && !yq_starts(yq_lex_column(value, 1), YQ_S("ns"));
}

/* Two characters and 省, 市 or 县. */
static bool han_unlisted(yq_str text, size_t at, map_place *out)
{
    static const char *const kinds[] = { "省", "市", "县" };
    size_t end = at;
    for (int i = 0; i < 2; i++)
        if (end >= text.n || !yq_is_han(yq_utf8_next(text, &end))) return false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (yq_starts(yq_sub(text, end, text.n), yq_cstr(kinds[k])) && !names_none(yq_sub(text, at, end))) {
            *out = (map_place){ { (uint32_t)at, (uint32_t)(end + strlen(kinds[k])) }, yq_sub(text, at, end + strlen(kinds[k])), PLACE_UNKNOWN };
            return true;
        }
    return false;
}

static size_t syllable(yq_str s, size_t at)
{
    static const char *const initials[] = { "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", "" };
    static const char *const finals[] = { "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai", "an", "ao", "ei", "en", "er", "ia", "ie", "in", "iu",
                                          "ou", "ua", "ue", "ui", "un", "uo", "a", "e", "i", "o", "u" };
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++) {
        size_t from = at + strlen(initials[i]);
        if (!yq_starts(yq_sub(s, at, s.n), yq_cstr(initials[i]))) continue;
        for (size_t k = 0; k < sizeof finals / sizeof *finals; k++)
            if (yq_starts(yq_sub(s, from, s.n), yq_cstr(finals[k]))) return from + strlen(finals[k]) - at;
        return 0;
    }
    return 0;
}

static bool is_pinyin(yq_str low)
{
    size_t at = 0, n = 0;
    while (at < low.n) {
        size_t length = syllable(low, at);
        if (!length) return false;
        at += length;
        n++;
    }
    return n == 2 || n == 3;
}

/* "Yunpu": a capital, and in all two or three syllables of pinyin. */
static bool latin_unlisted(yq_arena *a, yq_str text, size_t at, map_place *out)
{
    size_t end = at;
    yq_str value;
    while (end < text.n && ((text.p[end] | 0x20) >= 'a' && (text.p[end] | 0x20) <= 'z')) end++;
    yq_str word = yq_sub(text, at, end), low = yq_fold(a, word);
    if (end - at < 5 || !(text.p[at] >= 'A' && text.p[at] <= 'Z') || (text.p[at + 1] >= 'A' && text.p[at + 1] <= 'Z') || !is_pinyin(low)) return false;
    if (yq_lex_is(low, YQ_LEX_WORDS, &value)) return false;
    *out = (map_place){ { (uint32_t)at, (uint32_t)end }, low, PLACE_UNKNOWN };
    return true;
}

bool place_unlisted_at(yq_arena *a, yq_str text, size_t at, map_place *out)
{
    size_t next = at;
    if (at >= text.n) return false;
    return yq_is_han(yq_utf8_next(text, &next)) ? han_unlisted(text, at, out) : latin_unlisted(a, text, at, out);
}

/* ---------------------------------------------------------------- houses */

static bool is_latin(yq_str key)
{
    return key.n && (uint8_t)key.p[0] < 0x80;
}

/* Two provinces, two cities are not one in the other; a city may lie in any province. */
static bool same_level(yq_str x, yq_str y)
{
    return x.n >= 3 && y.n >= 3 && yq_eq(yq_sub(x, x.n - 3, x.n), yq_sub(y, y.n - 3, y.n));
}

/* 云岭省人民医院 and 云岭大学 for 云岭省; 云浦市康复医院 for Yunpu; 朔原省人民医院 is not in 云岭省, and in which province 澜州市 lies no name says. */
place_relation place_of_unlisted(yq_arena *a, yq_str text, size_t at, yq_str key)
{
    map_place p;
    yq_str here = yq_sub(text, at, text.n), stem = is_latin(key) ? key : yq_sub(key, 0, key.n - 3);
    yq_str spelt = !is_latin(key) ? here : here.n && (uint8_t)here.p[0] >= 0xE0 ? yq_pinyin_full(a, yq_sub(here, 0, 6)) : yq_fold(a, yq_sub(here, 0, 24));
    if (yq_starts(spelt, stem)) return PLACE_INSIDE;
    if (is_latin(key)) return PLACE_OVERLAPS;
    bool read = han_unlisted(text, at, &p) || (place_at(text, at, &p) && p.sort == PLACE_NAMED);
    return read && same_level(yq_at(text, p.span), key) ? PLACE_APART : PLACE_OVERLAPS;
}

/* What the places of a name say of one region, the seats of houses only where no place is named. */
static place_relation name_in_listed(yq_arena *a, yq_str name, yq_str key, bool seats, size_t *found)
{
    place_relation best = PLACE_APART;
    for (size_t at = 0; at < name.n && *found < MOST_PARTS_OF_NAME;) {
        map_place p;
        if (place_at(name, at, &p) && (p.sort == PLACE_SEAT) == seats) {
            place_relation r = place_relates(a, p.key, key);
            if (r > best) best = r;
            (*found)++;
            at = p.span.to;
        } else
            yq_utf8_next(name, &at);
    }
    return best;
}

/* A town that no list has lies in China, and in which province of it only a name with 省 says. */
static place_relation unlisted_in_listed(yq_arena *a, yq_str name, yq_str key)
{
    map_place own;
    if (!han_unlisted(name, 0, &own)) return PLACE_OVERLAPS;
    place_relation china = place_relates(a, YQ_S("中国"), key);
    return china != PLACE_OVERLAPS ? china : yq_ends(own.key, YQ_S("省")) ? PLACE_APART : PLACE_OVERLAPS;
}

place_relation place_of_name(yq_arena *a, yq_str name, yq_str key, bool unlisted)
{
    yq_str plain = yq_simplify(a, name);
    size_t places = 0, seats = 0;
    place_relation r, seated;
    map_place p;
    if (unlisted) {
        r = place_of_unlisted(a, plain, 0, key);
        return r == PLACE_OVERLAPS && place_at(plain, 0, &p) && p.sort == PLACE_NAMED ? PLACE_APART : r;
    }
    r = name_in_listed(a, plain, key, false, &places);
    if (places && r != PLACE_OVERLAPS) return r;
    seated = name_in_listed(a, plain, key, true, &seats); /* 中国医科大学 stands in 沈阳 */
    if (seats) return seated;
    return places ? r : unlisted_in_listed(a, plain, key);
}
