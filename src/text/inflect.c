/* English forms by rule. Each step is applied to all forms that the steps before it gave, so that "tumour-free margin" also gives
 * "tumor free margins". A form that nobody writes does no harm: it is never met. */
#include "text/inflect.h"

typedef struct {
    yq_arena *arena;
    yq_str *out;
    size_t n;
    yq_str term;
} forms;

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool is_english(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && s.p[i] != ' ' && s.p[i] != '-' && s.p[i] != '\'' && !(s.p[i] >= '0' && s.p[i] <= '9')) return false;
    return s.n > 0;
}

static void add(forms *f, yq_str s)
{
    if (f->n == YQ_MAX_INFLECTIONS || yq_eq(s, f->term)) return;
    for (size_t i = 0; i < f->n; i++)
        if (yq_eq(f->out[i], s)) return;
    f->out[f->n++] = s;
}

/* ---------------------------------------------------------------- spelling */

/* Letters that both sides write differently, wherever they stand. */
static const struct { const char *british, *american; } spellings[] = {
    { "tumour", "tumor" },     { "haem", "hem" },         { "paediatr", "pediatr" }, { "orthopaed", "orthoped" }, { "oesophag", "esophag" },
    { "anaesth", "anesth" },   { "ischaem", "ischem" },   { "anaemi", "anemi" },     { "leukaemi", "leukemi" },   { "glycaem", "glycem" },
    { "septicaem", "septicem" }, { "oedema", "edema" },   { "foetal", "fetal" },     { "gynaecolog", "gynecolog" }, { "diarrhoea", "diarrhea" },
    { "caesarean", "cesarean" }, { "fibre", "fiber" },    { "centre", "center" },    { "colour", "color" },       { "behaviour", "behavior" },
    { "labour", "labor" },     { "programme", "program" }, { "analys", "analyz" },   { "isation", "ization" },    { "ising", "izing" },
    { "ised", "ized" },        { "mould", "mold" },       { "dialyse", "dialyze" },  { "metre", "meter" },        { "litre", "liter" },
    { "ageing", "aging" },     { "oestrogen", "estrogen" }, { "coeliac", "celiac" }, { "faecal", "fecal" },       { "manoeuvre", "maneuver" },
};

static size_t place_of(yq_str s, yq_str what)
{
    for (size_t i = 0; i + what.n <= s.n; i++)
        if (yq_eq(yq_sub(s, i, i + what.n), what)) return i;
    return SIZE_MAX;
}

static void respell(forms *f, yq_str s, const char *from, const char *to)
{
    yq_str what = yq_cstr(from);
    size_t at = place_of(s, what);
    if (at == SIZE_MAX) return;
    add(f, yq_printf(f->arena, "%.*s%s%.*s", (int)at, s.p, to, YQ_FMT(yq_sub(s, at + what.n, s.n))));
}

static void spell(forms *f, yq_str s)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        respell(f, s, spellings[i].british, spellings[i].american);
        if (place_of(s, yq_cstr(spellings[i].british)) == SIZE_MAX) respell(f, s, spellings[i].american, spellings[i].british);
    }
}

/* ---------------------------------------------------------------- hyphens */

static void exchange(forms *f, yq_str s, char from, char to)
{
    char *p = yq_dupz(f->arena, s);
    bool any = false;
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == from) p[i] = to, any = true;
    if (any) add(f, (yq_str){ p, s.n });
}

static void hyphenate(forms *f, yq_str s)
{
    size_t blanks = 0;
    for (size_t i = 0; i < s.n; i++) blanks += s.p[i] == ' ';
    exchange(f, s, '-', ' ');
    if (blanks == 1) exchange(f, s, ' ', '-');
}

/* ---------------------------------------------------------------- endings */

static void end_with(forms *f, yq_str s, size_t cut, const char *ending)
{
    add(f, yq_printf(f->arena, "%.*s%s", (int)(s.n - cut), s.p, ending));
}

static bool hisses(yq_str s)
{
    return yq_ends(s, YQ_S("s")) || yq_ends(s, YQ_S("x")) || yq_ends(s, YQ_S("z")) || yq_ends(s, YQ_S("ch")) || yq_ends(s, YQ_S("sh"));
}

static bool ends_consonant_y(yq_str s)
{
    return s.n > 2 && yq_ends(s, YQ_S("y")) && !is_vowel(s.p[s.n - 2]);
}

/* Plurals that are not made with s. */
static const struct { const char *one, *many; } plurals[] = {
    { "sis", "ses" }, { "itis", "itides" }, { "us", "i" }, { "um", "a" }, { "ix", "ices" }, { "ex", "ices" }, { "oma", "omata" }, { "man", "men" },
    { "child", "children" }, { "foot", "feet" }, { "tooth", "teeth" }, { "mouse", "mice" }, { "knife", "knives" }, { "life", "lives" },
};

static void make_plural(forms *f, yq_str s)
{
    for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++)
        if (yq_ends(s, yq_cstr(plurals[i].one))) end_with(f, s, strlen(plurals[i].one), plurals[i].many);
    if (ends_consonant_y(s)) end_with(f, s, 1, "ies");
    else end_with(f, s, 0, hisses(s) ? "es" : "s");
}

static void make_singular(forms *f, yq_str s)
{
    if (s.n < 5 || !yq_ends(s, YQ_S("s")) || yq_ends(s, YQ_S("ss")) || yq_ends(s, YQ_S("us")) || yq_ends(s, YQ_S("is"))) return;
    if (yq_ends(s, YQ_S("ies"))) end_with(f, s, 3, "y");
    else if (yq_ends(s, YQ_S("xes")) || yq_ends(s, YQ_S("ches")) || yq_ends(s, YQ_S("shes")) || yq_ends(s, YQ_S("sses"))) end_with(f, s, 2, "");
    else end_with(f, s, 1, "");
}

/* "plan" doubles its last letter, "screen" and "weaken" do not: one syllable, one vowel before one consonant. */
static bool doubles(yq_str s)
{
    size_t vowels = 0;
    for (size_t i = 0; i < s.n; i++) vowels += is_vowel(s.p[i]);
    char last = s.p[s.n - 1];
    return s.n >= 3 && vowels == 1 && is_vowel(s.p[s.n - 2]) && !is_vowel(last) && last != 'w' && last != 'x' && last != 'y';
}

static void conjugate(forms *f, yq_str s)
{
    char twice[2] = { s.p[s.n - 1], 0 };
    if (yq_has(s, YQ_S(" ")) || yq_ends(s, YQ_S("ing"))) return;
    if (yq_ends(s, YQ_S("e"))) {
        end_with(f, s, 1, "ing");
        end_with(f, s, 1, "ed");
    } else if (ends_consonant_y(s)) {
        end_with(f, s, 0, "ing");
        end_with(f, s, 1, "ied");
    } else {
        yq_str stem = doubles(s) ? yq_printf(f->arena, "%.*s%s", YQ_FMT(s), twice) : s;
        end_with(f, stem, 0, "ing");
        end_with(f, stem, 0, "ed");
    }
}

/* ---------------------------------------------------------------- the whole */

typedef void step(forms *f, yq_str s);

static void apply(forms *f, step *work)
{
    size_t n = f->n;
    work(f, f->term);
    for (size_t i = 0; i < n; i++) work(f, f->out[i]);
}

size_t yq_inflect(yq_arena *a, yq_str term, bool verb, yq_str out[YQ_MAX_INFLECTIONS])
{
    forms f = { a, out, 0, term };
    if (!is_english(term) || term.n < 3 || !is_letter(term.p[term.n - 1])) return 0;
    apply(&f, spell);
    apply(&f, hyphenate);
    size_t written = f.n;
    for (size_t i = 0; i <= written; i++) {
        yq_str s = i ? out[i - 1] : term;
        make_plural(&f, s);
        make_singular(&f, s);
        if (verb) conjugate(&f, s);
    }
    return f.n;
}
