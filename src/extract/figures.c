/* Counts, money, rates and measures that the document states: the number, its unit, what is counted, of whom.
 *
 * Numbers in digits are mentions already; those in characters (三成, 两万根, 四分之一) are read here. Dates, ordinals, clock times, codes and
 * numbers inside titles or names are no figures. What is counted is told by the words around the number, between two commas.
 */
#include "extract/relations.h"

#include <stdlib.h>

enum { WHAT_CHARS = 60, SHORT_WHAT = 9 };

/* ---------------------------------------------------------------- numbers in characters */

static const struct { const char *sign; int value; } digits[] = {
    { "一", 1 }, { "二", 2 }, { "两", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 },
};
static const struct { const char *sign; double value; } powers[] = { { "十", 10 }, { "百", 100 }, { "千", 1000 } };

const yq_cue_words yq_figure_cues[] = { YQ_CUE_FIELD(NUMERAL, digits, sign), YQ_CUE_FIELD(NUMERAL, powers, sign), { 0 } };

static int digit_at(yq_str text, size_t at, size_t high)
{
    for (size_t i = 0; i < YQ_COUNT(digits); i++)
        if (at + 3 <= high && !memcmp(text.p + at, digits[i].sign, 3)) return digits[i].value;
    return 0;
}

static double power_at(yq_str text, size_t at, size_t high)
{
    for (size_t i = 0; i < YQ_COUNT(powers); i++)
        if (at + 3 <= high && !memcmp(text.p + at, powers[i].sign, 3)) return powers[i].value;
    return 0;
}

/* 三百二十, 十二, 两: the value and the bytes it takes; 万 and 亿 stay with the unit. */
static double chinese_number(yq_str text, size_t at, size_t high, size_t *length)
{
    double sum = 0, digit = 0;
    size_t p = at;
    for (; p < high; p += 3) {
        int d = digit_at(text, p, high);
        double power = power_at(text, p, high);
        if (d) digit = d;
        else if (power) sum += (digit ? digit : 1) * power, digit = 0;
        else break;
    }
    *length = p - at;
    return sum + digit;
}

/* ---------------------------------------------------------------- which numbers count */


static const char *const calendar_units[] = { "月", "日", "号", "时", "点", "时许", "点钟", "季度", "届", "期", "年度", "年代", "世纪", "学年", "版",
                                              "级", "分", "刻钟", "星", "期临床" };
static const char *const weak_units[] = { "次", "回", "步", "轮", "段", "点", "种", "条", "部", "批", "类", "层", "方", "大", "期", "道", "句",
                                          "周年" };

static bool listed(yq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(s, yq_cstr(words[i]))) return true;
    return false;
}

/* 个省份, 家医院, 张床位: the measure word is the unit, the noun says what is counted. 人次 and 例次 are units of their own; 以上, 内 are none. */
static yq_str plain_unit(yq_str unit)
{
    static const char *const tails[] = { "以上", "以下", "内", "左右" };
    static const char *const multipliers[] = { "万", "亿", "千", "百" };
    yq_str value;
    size_t tail = yq_ends_with_any(unit, 0, unit.n, tails, YQ_COUNT(tails)), skip = 0, first;
    if (tail && tail < unit.n) unit.n -= tail;
    if (yq_ends(unit, YQ_S("次")) || !yq_lex_is(unit, YQ_LEX_UNITS, &value) || !yq_eq(yq_lex_column(value, 0), YQ_S("count"))) return unit;
    skip = yq_begins_with_any(unit, 0, unit.n, multipliers, YQ_COUNT(multipliers));
    first = skip;
    if (first >= unit.n) return unit;
    yq_utf8_next(unit, &first);
    yq_str measure = yq_sub(unit, skip, first);
    bool known = yq_lex_is(measure, YQ_LEX_UNITS, &value) && yq_eq(yq_lex_column(value, 0), YQ_S("count"));
    return known && (unsigned char)measure.p[0] >= 0x80 ? yq_sub(unit, 0, first) : unit;
}

/* 第3例, No. 7, ZL2023…, 1∶1, a year, a number in a name. */
static bool no_figure(const yq_work *w, const yq_sentence *s, yq_span span, double value, yq_str unit)
{
    static const char *const ordinals[] = { "第", "前", "近", "电话", "专利：", "专利号", "注册号：", "No.", "No. ", "编号", "-", "∶", ":", "ZL",
                                            "Class ", "Phase " };
    if (yq_ends_with_any(w->text, s->span.from, span.from, ordinals, YQ_COUNT(ordinals))) {
        if (yq_ends_with_any(w->text, s->span.from, span.from, (const char *const[]){ "近", "前" }, 2) == 0) return true;
    }
    if (listed(unit, calendar_units, YQ_COUNT(calendar_units))) return true;
    static const char *const letters[] = { "D", "d", "G", "K", "V", "A", "U", "W", "处", "载", "本", "a", "s" };
    bool opens = span.from == w->reading->blocks.v[s->block].span.from && w->reading->blocks.v[s->block].kind != YQ_BLOCK_PARAGRAPH;
    if (opens || listed(unit, letters, YQ_COUNT(letters))) return true;
    if (value >= 1900 && value < 2100 && value == (int)value && !yq_has(unit, YQ_S("元")) && !yq_has(unit, YQ_S("万")) && span.to - span.from < 9
        && yq_has(yq_sub(w->text, span.to, span.to + 3), YQ_S("湾"))) return true;
    bool year = (yq_eq(unit, YQ_S("年")) || yq_eq(unit, YQ_S("year"))) && value >= 1900 && value <= 2200;
    if (year) return true;
    const yq_mention *date = yq_last_mention(w, s, YQ_MASK(YQ_M_DATE), span.to + 12);
    if (date && date->span.from <= span.from && date->span.to >= span.from + 1) return true;
    static const unsigned names = YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_PERSON) | YQ_MASK(YQ_M_TITLE) | YQ_MASK(YQ_M_COHORT);
    for (size_t i = s->first; i < s->first + s->count; i++) {
        const yq_mention *m = &w->mentions.v[i];
        if ((YQ_MASK(m->kind) & names) && m->span.from <= span.from && m->span.to >= span.to) return true;
    }
    return false;
}

static bool in_book(const yq_work *w, const yq_sentence *s, size_t at)
{
    yq_quote q;
    for (size_t from = s->span.from; yq_next_quote(w->text, s->span, from, &q) && q.outer.from < at; from = q.outer.to)
        if (q.book && at < q.outer.to) return true;
    return false;
}

/* Inside the title of a talk a number is a turn of phrase. */
static bool in_talk_title(const yq_work *w, size_t at)
{
    for (size_t i = 0; i < w->out->talks.n; i++) {
        yq_span title = w->out->talks.v[i].evidence.span;
        if (at >= title.from && at < title.to) return true;
    }
    return false;
}

static bool already_read(const yq_work *w, yq_span span)
{
    for (size_t i = w->out->figures.n; i-- > 0;) {
        yq_span known = w->out->figures.v[i].evidence.span;
        if (known.to + YQ_SENTENCE_BYTES < span.from) break;
        if (span.from < known.to && known.from < span.to) return true;
    }
    return false;
}

/* ---------------------------------------------------------------- what is counted */

static yq_span part_around(const yq_work *w, const yq_sentence *s, yq_span number)
{
    yq_span part = s->span;
    static const char marks[] = "，,。；;：:！？“”「」";
    size_t n;
    for (size_t at = number.from; at > s->span.from;) {
        size_t back = yq_utf8_back(w->text, at);
        if (yq_mark_at(w->text, back, marks, &n)) {
            part.from = (uint32_t)at;
            break;
        }
        at = back;
    }
    for (size_t at = number.to; at < s->span.to;) {
        bool decimal = w->text.p[at] == ',' || w->text.p[at] == '.' || w->text.p[at] == ':', mark = yq_mark_at(w->text, at, marks, &n);
        size_t next = at + n;
        if (mark && !(decimal && next < s->span.to && w->text.p[next] != ' ' && w->text.p[next] < 'A')) {
            part.to = (uint32_t)at;
            break;
        }
        at = next;
    }
    return part;
}

/* The words of the part around the number, without the number; a part that is hardly more than the number takes the one before it. */
static yq_str what_of(yq_work *w, const yq_sentence *s, yq_span number)
{
    yq_span part = part_around(w, s, number);
    yq_str before = yq_trim(yq_sub(w->text, part.from, number.from)), behind = yq_trim(yq_sub(w->text, number.to, part.to));
    if (yq_utf8_count(before) + yq_utf8_count(behind) < SHORT_WHAT && part.from > s->span.from) {
        yq_span earlier = part_around(w, s, (yq_span){ (uint32_t)yq_utf8_back(w->text, part.from), part.from });
        size_t from = earlier.from;
        const yq_span one = part_around(w, s, (yq_span){ (uint32_t)from, (uint32_t)from });
        before = yq_trim(yq_sub(w->text, one.from, number.from));
    }
    while (yq_utf8_count(before) > WHAT_CHARS) {
        size_t cut = 0;
        yq_utf8_next(before, &cut);
        before = yq_sub(before, cut, before.n);
    }
    while (yq_utf8_count(behind) > WHAT_CHARS) behind = yq_sub(behind, 0, yq_utf8_back(behind, behind.n));
    if (!before.n) return behind;
    return behind.n ? yq_printf(w->arena, "%.*s %.*s", YQ_FMT(before), YQ_FMT(behind)) : before;
}

/* The heading above a block, when it heads a catalogue's entry: its technology or need. */
static yq_str entry_of(const yq_work *w, const yq_sentence *s)
{
    for (size_t i = s->block; i-- > 0 && s->block - i < 8;) {
        const yq_block *b = &w->reading->blocks.v[i];
        if (b->kind != YQ_BLOCK_HEADING && b->kind != YQ_BLOCK_ITEM) continue;
        for (size_t k = 0; k < w->out->technologies.n; k++) {
            yq_span span = w->out->technologies.v[k].evidence.span;
            if (span.from >= b->span.from && span.to <= b->span.to) return w->out->technologies.v[k].name;
        }
        for (size_t k = 0; k < w->out->needs.n; k++) {
            yq_str heading = w->out->needs.v[k].heading;
            if (heading.n && yq_has(yq_at(w->text, b->span), heading)) return heading;
        }
        return (yq_str){ 0 };
    }
    return (yq_str){ 0 };
}

/* A technology named in the same sentence or the one before. */
static yq_str technology_near(const yq_work *w, const yq_sentence *s, size_t at)
{
    const yq_sentence *from = s > w->sentences.v && s[-1].block == s->block ? s - 1 : s;
    for (size_t k = w->out->technologies.n; k-- > 0;) {
        yq_span span = w->out->technologies.v[k].evidence.span;
        if (span.from >= from->span.from && span.to <= at) return w->out->technologies.v[k].name;
    }
    return (yq_str){ 0 };
}

/* Of whom: the entry of a catalogue, the organisation named last before the number in the sentence, a technology, the event. */
static yq_str subject_of(const yq_work *w, const yq_sentence *s, size_t at)
{
    yq_str entry = entry_of(w, s);
    if (entry.n) return entry;
    const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), at);
    if (m && m->ref != YQ_NONE) return w->out->orgs.v[m->ref].name;
    yq_str technology = technology_near(w, s, at);
    if (technology.n) return technology;
    for (size_t k = 0; k < w->out->events.n; k++) {
        const yq_sentence *told = yq_sentence_at(w, w->out->events.v[k].evidence.span.from);
        if (told && told->block == s->block) return w->out->events.v[k].name;
    }
    return (yq_str){ 0 };
}

static bool known_figure(const yq_work *w, double value, yq_str unit, yq_str what)
{
    for (size_t i = 0; i < w->out->figures.n; i++) {
        const yq_found_figure *f = &w->out->figures.v[i];
        if (f->value == value && yq_eq(f->unit, unit) && (yq_eq(f->what, what) || yq_has(f->what, what) || yq_has(what, f->what))) return true;
    }
    return false;
}

static void add_figure(yq_work *w, const yq_sentence *s, yq_span span, double value, yq_str unit, double confidence)
{
    if (w->out->figures.n >= YQ_FOUND_MAX || already_read(w, span) || in_talk_title(w, span.from)) return;
    yq_str what = what_of(w, s, (yq_span){ span.from, span.to - (uint32_t)(unit.n - plain_unit(unit).n) });
    unit = plain_unit(unit);
    if (yq_eq(unit, YQ_S("per cent")) || yq_eq(unit, YQ_S("percent"))) unit = YQ_S("%");
    if (known_figure(w, value, unit, what)) return;
    yq_found_figure f = { .value = value, .unit = unit, .what = what, .subject = subject_of(w, s, span.from),
                          .evidence = yq_evidence_of(w, span, confidence, YQ_VOICE_PATTERN) };
    *yq_push(w->arena, &w->out->figures) = f;
}

/* ---------------------------------------------------------------- sentences */

static void read_digits(yq_work *w, const yq_sentence *s)
{
    size_t n;
    const yq_mention *m = yq_sentence_mentions(w, s, &n);
    for (size_t i = 0; i < n; i++) {
        if (m[i].kind != YQ_M_NUMBER || !m[i].value.n) continue;
        if (no_figure(w, s, m[i].span, m[i].number, m[i].value) || in_book(w, s, m[i].span.from)) continue;
        add_figure(w, s, m[i].span, m[i].number, m[i].value, 0.8);
    }
}

/* 四分之一: the share as a number without unit would say little, so it is given in per cent. */
static size_t read_share(yq_work *w, const yq_sentence *s, size_t at)
{
    size_t lower, upper;
    double below = chinese_number(w->text, at, s->span.to, &lower);
    static const char middle[] = "分之";
    size_t behind = at + lower + sizeof middle - 1;
    if (!lower || below < 2 || behind > s->span.to || memcmp(w->text.p + at + lower, middle, sizeof middle - 1)) return 0;
    double above = chinese_number(w->text, behind, s->span.to, &upper);
    if (!upper || above > below) return 0;
    add_figure(w, s, (yq_span){ (uint32_t)at, (uint32_t)(behind + upper) }, above / below * 100, YQ_S("%"), 0.6);
    return behind + upper - at;
}

/* 三成, 两套, 两万根. One of something is seldom a figure; 一 is left out. */
static size_t read_characters(yq_work *w, const yq_sentence *s, size_t at)
{
    size_t length, unit_at;
    yq_lex_hit hit;
    double value = chinese_number(w->text, at, s->span.to, &length);
    static const char *const vague[] = { "数", "几", "上", "好" };
    if (yq_ends_with_any(w->text, s->span.from, at, vague, YQ_COUNT(vague))) return 0;
    if (!length || value < 2 || (at > s->span.from && !memcmp(w->text.p + yq_utf8_back(w->text, at), "第", 3))) return 0;
    unit_at = at + length;
    size_t multiplier = unit_at, about = 0;
    if (unit_at + 3 <= s->span.to && (!memcmp(w->text.p + unit_at, "万", 3) || !memcmp(w->text.p + unit_at, "亿", 3))) multiplier += 3;
    static const char *const words[] = { "余", "多" };
    about = yq_begins_with_any(w->text, multiplier, s->span.to, words, YQ_COUNT(words));
    if (!yq_lex_longest(yq_sub(w->text, 0, s->span.to), multiplier + about, YQ_LEX_UNITS, &hit)) return 0;
    yq_str unit = yq_concat(w->arena, yq_sub(w->text, unit_at, multiplier), yq_sub(w->text, multiplier + about, multiplier + about + hit.length));
    yq_str kind = yq_lex_column(hit.value, 0);
    bool tenth = yq_eq(unit, YQ_S("成"));
    bool money = yq_eq(kind, YQ_S("money")), count = yq_eq(kind, YQ_S("count"));
    if (!tenth && !money && !count && multiplier == unit_at) return 0;
    if (!tenth && value < 10 && multiplier == unit_at && (listed(unit, weak_units, YQ_COUNT(weak_units)) || yq_eq(unit, YQ_S("个")))) return 0;
    yq_span span = { (uint32_t)at, (uint32_t)(multiplier + about + hit.length) };
    if (no_figure(w, s, span, value, unit) || in_book(w, s, at)) return 0;
    add_figure(w, s, span, value, unit, 0.65);
    return span.to - at;
}

static void read_words(yq_work *w, const yq_sentence *s)
{
    for (size_t at = s->span.from; (at = yq_next_cue(w, at, s->span.to, YQ_CUE(NUMERAL))) < s->span.to;) {
        size_t n = read_share(w, s, at);
        if (!n) n = read_characters(w, s, at);
        if (!n) (void)chinese_number(w->text, at, s->span.to, &n);
        if (n) at += n;
        else yq_utf8_next(w->text, &at);
    }
}

/* ---------------------------------------------------------------- English */

static const struct { const char *word; double value; } number_words[] = {
    { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 },
    { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 }, { "sixteen", 16 }, { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 }, { "twenty", 20 }, { "thirty", 30 },
    { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 }, { "eighty", 80 }, { "ninety", 90 }, { "two hundred", 200 }, { "a hundred", 100 },
};
/* As written; the longer first. */
static const char *const currencies[] = { "EUR", "USD", "GBP", "RMB", "CNY", "HKD", "SEK", "NOK", "DKK", "CHF", "JPY", "AUD", "NZD", "SGD", "CAD", "TWD", "MOP", "KES", "ZAR", "NGN", "GHS", "EGP", "BRL", "MXN", "PLN", "CZK", "HUF", "RON", "TRY", "AED", "SAR", "ILS", "MYR", "VND", "PKR", "BDT", "LKR", "UGX", "TZS", "ETB", "ARS", "CLP", "COP", "PEN", "KZT", "MNT", "QAR", "KRW", "NZ$", "US$", "AU$", "HK$", "NT$", "A$", "C$",
                                          "S$", "R$", "RM", "THB", "IDR", "PHP", "INR", "Rs", "₹", "₩", "$", "€", "£", "¥" };

static size_t word_at(yq_str text, size_t at, size_t high)
{
    size_t end = at;
    while (end < high && (((text.p[end] | 32) >= 'a' && (text.p[end] | 32) <= 'z') || (end > at && text.p[end] == '-'))) end++;
    return end - at;
}

/* People, and what is done to them, are counted by their own word: 716 open-heart operations, 380 rectal cancer patients. */
static const char *const heads[] = { "patients", "people", "children", "adults", "women", "men", "infants", "babies", "newborns", "participants", "volunteers", "operations", "procedures", "surgeries", "staff", "clinicians",
                                     "nurses", "doctors", "surgeons", "students", "delegates", "employees", "beds" };
static const char *const no_nouns[] = { "and", "was", "is", "has", "his", "its", "this", "as", "us", "does", "these", "those", "hers", "ours", "theirs", "yes", "plus", "versus", "less", "which", "that", "from", "to",
                                        "the", "who", "were", "are", "will", "than", "with", "but", "for", "sides", "parties", "per", "of", "in", "on", "at", "by", "or" };

static bool among(yq_str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(word, yq_cstr(list[i]))) return true;
    return false;
}

/* "teaching hospitals", "fellows", "rectal cancer patients": up to three words, ending with a plural. *head: where the unit begins. */
static size_t counted_noun(yq_str text, size_t at, size_t high, size_t *head)
{
    size_t end = at;
    for (int i = 0; i < 3; i++) {
        size_t n = word_at(text, end, high);
        yq_str word = yq_sub(text, end, end + n);
        if (n < 3 || (text.p[end] >= 'A' && text.p[end] <= 'Z') || among(word, no_nouns, YQ_COUNT(no_nouns))) return 0;
        bool person = among(word, heads, YQ_COUNT(heads)), plural = i < 2 && text.p[end + n - 1] == 's' && text.p[end + n - 2] != 's';
        *head = person ? end : at;
        if (person || plural) return end + n - at;
        end += n;
        if (end >= high || text.p[end] != ' ') return 0;
        end++;
    }
    return 0;
}

/* 150,000 or 2.4 without its commas; the bytes it takes. */
static double amount_at(yq_str text, size_t at, size_t high, size_t *length)
{
    char number[24];
    size_t n = 0, end = at;
    for (; end < high && n < sizeof number - 1; end++) {
        bool inside = end + 1 < high && text.p[end + 1] >= '0' && text.p[end + 1] <= '9' && end > at;
        if (text.p[end] == ',' && inside) continue;
        if ((text.p[end] < '0' || text.p[end] > '9') && !(text.p[end] == '.' && inside)) break;
        number[n++] = text.p[end];
    }
    number[n] = 0;
    *length = end - at;
    return strtod(number, NULL);
}

/* EUR 6 million, NZ$150,000, £2.5m */
static bool read_money(yq_work *w, const yq_sentence *s, size_t at)
{
    static const struct { const char *written, *scale; } scales[] = { { " million", "million" }, { " billion", "billion" }, { "m ", "million" }, { "m,", "million" }, { "m.", "million" }, { "bn", "billion" }, { "k ", "thousand" } };
    for (size_t i = 0; i < YQ_COUNT(currencies); i++) {
        yq_str sign = yq_cstr(currencies[i]);
        if (!yq_starts(yq_sub(w->text, at, s->span.to), sign)) continue;
        size_t from = at + sign.n, length, scale = 0;
        if (from < s->span.to && w->text.p[from] == ' ') from++;
        double value = amount_at(w->text, from, s->span.to, &length);
        if (!length) return false;
        yq_str unit = sign;
        for (size_t k = 0; k < YQ_COUNT(scales) && !scale; k++) {
            if (!yq_starts(yq_sub(w->text, from + length, s->span.to), yq_cstr(scales[k].written))) continue;
            unit = yq_printf(w->arena, "%s %.*s", scales[k].scale, YQ_FMT(sign));
            scale = strlen(scales[k].written) - (k > 1 && k != 5);
        }
        add_figure(w, s, (yq_span){ (uint32_t)at, (uint32_t)(from + length + scale) }, value, unit, 0.8);
        return true;
    }
    return false;
}

/* eleven, forty-five: its value and length; 0: no number. */
static double spelled_at(yq_str text, size_t at, size_t high, size_t *length)
{
    double value = 0;
    *length = 0;
    for (size_t i = 0; i < YQ_COUNT(number_words); i++) {
        size_t n = strlen(number_words[i].word);
        bool here = n > *length && at + n < high && !strncasecmp(text.p + at, number_words[i].word, n) && !(((text.p[at + n]) | 32) >= 'a' && ((text.p[at + n]) | 32) <= 'z');
        if (here) value = number_words[i].value, *length = n;
    }
    if (!*length || value < 20 || value > 90 || text.p[at + *length] != '-') return value;
    size_t more;
    double ones = spelled_at(text, at + *length + 1, high, &more);
    if (ones > 0 && ones < 10) value += ones, *length += more + 1;
    return value;
}

/* The abstract in English tells again what the text told. */
static bool told_in_chinese(const yq_work *w, double value)
{
    for (size_t i = 0; i < w->out->figures.n && i < 400; i++)
        if (w->out->figures.v[i].value == value && w->out->figures.v[i].unit.n && (unsigned char)w->out->figures.v[i].unit.p[0] >= 0xE3) return true;
    return false;
}

/* 40 fellows, four teaching hospitals, eleven weeks: a number that the units do not know, and the noun behind it. */
static void read_count(yq_work *w, const yq_sentence *s, size_t at)
{
    size_t length, head = 0;
    double value = spelled_at(w->text, at, s->span.to, &length);
    if (!length) value = amount_at(w->text, at, s->span.to, &length);
    size_t behind = at + length;
    if (!length || behind + 2 > s->span.to || w->text.p[behind] != ' ') return;
    static const char *const percent[] = { " per cent", " percent" };
    size_t share = w->text.p[at] > '9' ? yq_begins_with_any(w->text, behind, s->span.to, percent, 2) : 0;
    if (share) {
        add_figure(w, s, (yq_span){ (uint32_t)at, (uint32_t)(behind + share) }, value, YQ_S("%"), 0.7);
        return;
    }
    static const char *const powers_of_ten[] = { " million ", " billion ", " thousand " };
    size_t scale = yq_begins_with_any(w->text, behind, s->span.to, powers_of_ten, YQ_COUNT(powers_of_ten)), number = behind;
    if (scale) behind += scale - 1;
    bool year = !scale && length == 4 && value >= 1900 && value <= 2100 && w->text.p[at] <= '9';
    size_t noun = counted_noun(w->text, behind + 1, s->span.to, &head);
    yq_span span = { (uint32_t)at, (uint32_t)(behind + 1 + noun) };
    const yq_mention *known = yq_mention_from(w, s, YQ_MASK(YQ_M_NUMBER), at);
    bool longer = (known && known->span.to > span.to) || told_in_chinese(w, value);
    if (!noun || year || longer || (known && !scale && head == behind + 1) || no_figure(w, s, span, value, YQ_S(""))) return;
    yq_str unit = yq_sub(w->text, head, span.to);
    if (scale) unit = yq_printf(w->arena, "%.*s %.*s", YQ_FMT(yq_trim(yq_sub(w->text, number, behind))), YQ_FMT(unit)); /* 2.1 million patients */
    add_figure(w, s, span, value, unit, 0.55);
}

static void read_english(yq_work *w, const yq_sentence *s)
{
    for (size_t at = s->span.from; at < s->span.to; at++) {
        bool border = at == s->span.from || strchr(" (/", w->text.p[at - 1]);
        if (border && !read_money(w, s, at)) read_count(w, s, at);
    }
}

/* Cells that hold a sentence may state figures; a programme's times and a roster's numbers do not. */
static bool tells(const yq_work *w, const yq_sentence *s)
{
    enum { CELL_CHARS = 14 };
    yq_block_kind kind = w->reading->blocks.v[s->block].kind;
    if (kind == YQ_BLOCK_META) return false;
    return s->table == YQ_NO_TABLE || yq_utf8_count(yq_at(w->text, s->span)) >= CELL_CHARS;
}

void yq_find_figures(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        if (!tells(w, s)) continue;
        if (s->lang == YQ_LANG_EN) read_english(w, s);
        read_digits(w, s);
        if (s->cues & YQ_CUE(NUMERAL)) read_words(w, s);
    }
}
