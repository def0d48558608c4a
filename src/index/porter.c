/* One stem for the forms of an English word: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the two
 * departures its author published later (-logi- and -bli-). Each step of the paper is a table of endings; the measure m of a stem is
 * the number of times a vowel run is followed by a consonant run. */
#include "index/internal.h"

typedef struct {
    char *p;
    size_t n; /* bytes of the word */
} word;

typedef struct {
    const char *from, *to;
} ending;

static bool consonant(const char *p, size_t i)
{
    switch (p[i]) {
    case 'a': case 'e': case 'i': case 'o': case 'u': return false;
    case 'y': return i == 0 || !consonant(p, i - 1);
    default: return true;
    }
}

/* The measure of the first n letters. */
static unsigned measure(const char *p, size_t n)
{
    unsigned m = 0;
    bool vowel_before = false;
    for (size_t i = 0; i < n; i++) {
        bool c = consonant(p, i);
        m += c && vowel_before;
        vowel_before = !c;
    }
    return m;
}

static bool has_vowel(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!consonant(p, i)) return true;
    return false;
}

static bool double_consonant(const char *p, size_t n)
{
    return n >= 2 && p[n - 1] == p[n - 2] && consonant(p, n - 1);
}

/* *o of the paper: consonant, vowel, consonant, the last not w, x or y. */
static bool short_end(const char *p, size_t n)
{
    return n >= 3 && consonant(p, n - 3) && !consonant(p, n - 2) && consonant(p, n - 1) && !strchr("wxy", p[n - 1]);
}

/* Letters in front of the ending, or SIZE_MAX. */
static size_t before(const word *w, const char *end)
{
    size_t n = strlen(end);
    return w->n >= n && memcmp(w->p + w->n - n, end, n) == 0 ? w->n - n : SIZE_MAX;
}

static void replace(word *w, size_t stem, const char *to)
{
    size_t n = strlen(to);
    memcpy(w->p + stem, to, n); /* never longer than what stood there, except the e of step 1b, for which there is room */
    w->n = stem + n;
}

/* The first ending of the table that the word has is replaced when its stem measures more than `above`. */
static void apply(word *w, const ending *table, size_t count, unsigned above)
{
    for (size_t i = 0; i < count; i++) {
        size_t stem = before(w, table[i].from);
        if (stem == SIZE_MAX) continue;
        if (measure(w->p, stem) > above) replace(w, stem, table[i].to);
        return;
    }
}

static void plurals(word *w)
{
    size_t stem;
    if ((stem = before(w, "sses")) != SIZE_MAX) w->n = stem + 2;
    else if ((stem = before(w, "ies")) != SIZE_MAX) w->n = stem + 1;
    else if (before(w, "ss") == SIZE_MAX && (stem = before(w, "s")) != SIZE_MAX) w->n = stem;
}

static void after_ed_ing(word *w)
{
    if (before(w, "at") != SIZE_MAX || before(w, "bl") != SIZE_MAX || before(w, "iz") != SIZE_MAX)
        replace(w, w->n, "e");
    else if (double_consonant(w->p, w->n) && !strchr("lsz", w->p[w->n - 1]))
        w->n--;
    else if (measure(w->p, w->n) == 1 && short_end(w->p, w->n))
        replace(w, w->n, "e");
}

static void past_and_participle(word *w)
{
    size_t stem = before(w, "eed");
    if (stem != SIZE_MAX) {
        if (measure(w->p, stem) > 0) w->n--;
        return;
    }
    stem = before(w, "ed");
    if (stem == SIZE_MAX) stem = before(w, "ing");
    if (stem == SIZE_MAX || !has_vowel(w->p, stem)) return;
    w->n = stem;
    after_ed_ing(w);
}

static void last_y(word *w)
{
    if (w->p[w->n - 1] == 'y' && has_vowel(w->p, w->n - 1)) w->p[w->n - 1] = 'i';
}

static const ending step2[] = {
    { "ational", "ate" }, { "tional", "tion" }, { "enci", "ence" }, { "anci", "ance" }, { "izer", "ize" }, { "bli", "ble" },
    { "alli", "al" }, { "entli", "ent" }, { "eli", "e" }, { "ousli", "ous" }, { "ization", "ize" }, { "ation", "ate" },
    { "ator", "ate" }, { "alism", "al" }, { "iveness", "ive" }, { "fulness", "ful" }, { "ousness", "ous" }, { "aliti", "al" },
    { "iviti", "ive" }, { "biliti", "ble" }, { "logi", "log" },
};

static const ending step3[] = {
    { "icate", "ic" }, { "ative", "" }, { "alize", "al" }, { "iciti", "ic" }, { "ical", "ic" }, { "ful", "" }, { "ness", "" },
};

static const char *const step4[] = {
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
};

static void bare_suffix(word *w)
{
    for (size_t i = 0; i < sizeof step4 / sizeof *step4; i++) {
        size_t stem = before(w, step4[i]);
        if (stem == SIZE_MAX) continue;
        bool ion = strcmp(step4[i], "ion") == 0;
        if (ion && (stem == 0 || !strchr("st", w->p[stem - 1]))) return;
        if (measure(w->p, stem) > 1) w->n = stem;
        return;
    }
}

static void last_e_and_ll(word *w)
{
    if (w->p[w->n - 1] == 'e') {
        unsigned m = measure(w->p, w->n - 1);
        if (m > 1 || (m == 1 && !short_end(w->p, w->n - 1))) w->n--;
    }
    if (w->p[w->n - 1] == 'l' && double_consonant(w->p, w->n) && measure(w->p, w->n) > 1) w->n--;
}

size_t yq_porter(char *letters, size_t n)
{
    word w = { letters, n };
    if (n < 3) return n;
    plurals(&w);
    past_and_participle(&w);
    last_y(&w);
    apply(&w, step2, sizeof step2 / sizeof *step2, 0);
    apply(&w, step3, sizeof step3 / sizeof *step3, 0);
    bare_suffix(&w);
    last_e_and_ll(&w);
    return w.n;
}
