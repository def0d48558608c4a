/* Traditional and simplified script, the form in which names are compared, and the language of a text. */
#include "text/internal.h"
#include "text/lexicon_format.h"

uint32_t script_simple(uint32_t cp)
{
    if (cp < HAN_FROM) return cp;
    if (cp < HAN_TO) {
        uint16_t to = SECTION(uint16_t, SIMPLE)[cp - HAN_FROM];
        return to ? to : cp;
    }
    const lexicon_pair *pair = lexicon_find_pair(SECTION(lexicon_pair, SIMPLE_FAR), lexicon_header()->items[SEC_SIMPLE_FAR], cp);
    return pair ? pair->value : cp;
}

uint8_t han_cost(uint32_t cp)
{
    if (cp < HAN_FROM) return cp >= 0x2010 && yq_is_punct(cp) ? 40 : 200;
    return cp >= 0x4E00 && cp < 0xA000 ? 70 : yq_is_punct(cp) ? 40 : 200;
}

yq_str yq_simplify(yq_arena *a, yq_str s)
{
    char *copy = NULL;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t cp = yq_utf8_next(s, &at), simple = script_simple(cp);
        if (simple == cp) continue;
        if (!copy) copy = yq_dupz(a, s);
        yq_utf8_put(simple, copy + from);
    }
    return copy ? (yq_str){ copy, s.n } : s;
}

/* Full-width and other compatibility forms of ASCII. */
static uint32_t narrow(uint32_t cp)
{
    return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp;
}

yq_str yq_fold(yq_arena *a, yq_str s)
{
    yq_str plain = yq_simplify(a, s);
    char *out = yq_alloc(a, plain.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < plain.n;) {
        uint32_t cp = narrow(yq_utf8_next(plain, &at));
        if (yq_is_space(cp) || yq_is_punct(cp)) continue;
        if (cp >= 'A' && cp <= 'Z') cp += 'a' - 'A';
        n += yq_utf8_put(cp, out + n);
    }
    return (yq_str){ out, n };
}

const char *yq_lang_name(yq_lang lang)
{
    static const char *const names[] = { "", "zh-Hans", "zh-Hant", "en", "mixed" };
    return (unsigned)lang < sizeof names / sizeof *names ? names[lang] : "";
}

yq_lang yq_lang_of(yq_str text)
{
    size_t han = 0, traditional = 0, latin = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = yq_utf8_next(text, &at);
        if (is_letter(cp)) latin++;
        else if (yq_is_han(cp)) han++, traditional += script_simple(cp) != cp;
    }
    if (han == 0 && latin == 0) return YQ_LANG_UNKNOWN;
    if (latin > han * 20) return YQ_LANG_EN;
    if (latin > han * 4) return YQ_LANG_MIXED;
    return traditional * 20 > han ? YQ_LANG_HANT : YQ_LANG_HANS;
}
