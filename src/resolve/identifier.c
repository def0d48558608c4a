/* A table of kinds, each with a reader that takes as many bytes as its form has and looks at the check digit. */
#include "resolve/identifier.h"

#include <ctype.h>
#include <stdio.h>

typedef struct {
    yq_str s;
    size_t at, n; /* next byte; bytes of text so far */
    char *text;
} taking;

static int byte_at(const taking *t)
{
    return t->at < t->s.n ? (unsigned char)t->s.p[t->at] : 0;
}

static void take(taking *t, char as)
{
    t->at++;
    if (t->n + 1 < YQ_IDENTIFIER_BYTES) t->text[t->n++] = as;
}

static bool take_digits(taking *t, size_t count)
{
    for (; count; count--) {
        if (!isdigit(byte_at(t))) return false;
        take(t, (char)byte_at(t));
    }
    return true;
}

static bool take_byte(taking *t, char c)
{
    if (byte_at(t) != c) return false;
    take(t, c);
    return true;
}

/* Passes over a word that is not part of the number, whatever its case. */
static bool skip_word(taking *t, const char *word)
{
    size_t at = t->at;
    for (; *word; word++, at++)
        if (at >= t->s.n || tolower((unsigned char)t->s.p[at]) != *word) return false;
    t->at = at;
    return true;
}

static void skip_any(taking *t, const char *bytes)
{
    while (byte_at(t) && strchr(bytes, byte_at(t))) t->at++;
}

/* ---------------------------------------------------------------- readers */

static bool read_orcid(taking *t)
{
    unsigned total = 0;
    skip_word(t, "https://orcid.org/");
    for (unsigned group = 0; group < 4; group++) {
        if (group && !take_byte(t, '-')) return false;
        if (!take_digits(t, group < 3 ? 4 : 3)) return false;
    }
    char check = (char)toupper(byte_at(t));
    for (size_t i = 0; i < t->n; i++)
        if (isdigit((unsigned char)t->text[i])) total = (total + (unsigned)(t->text[i] - '0')) * 2;
    unsigned wanted = (12 - total % 11) % 11;
    if (check != (wanted == 10 ? 'X' : (char)('0' + wanted))) return false;
    take(t, check);
    return true;
}

static int value_of(const char *alphabet, int c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

static bool read_ror(taking *t)
{
    static const char base32[] = "0123456789abcdefghjkmnpqrstvwxyz";
    uint64_t number = 0;
    char check[3];
    if (skip_word(t, "https://ror.org/") || skip_word(t, "ror.org/") || skip_word(t, "ror")) skip_any(t, ": ");
    else return false;
    if (byte_at(t) != '0') return false;
    for (unsigned i = 0; i < 7; i++) {
        int c = tolower(byte_at(t)), v = value_of(base32, c);
        if (v < 0) return false;
        number = number * 32 + (unsigned)v;
        take(t, (char)c);
    }
    snprintf(check, sizeof check, "%02u", (unsigned)(98 - number * 100 % 97) % 100);
    return take_byte(t, check[0]) && take_byte(t, check[1]);
}

static bool read_uscc(taking *t)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    unsigned sum = 0, weight = 1;
    for (unsigned i = 0; i < 17; i++) {
        int v = value_of(alphabet, byte_at(t));
        if (v < 0 || (i >= 2 && i < 8 && v > 9)) return false; /* the place that registered it is a number */
        sum += (unsigned)v * weight;
        weight = weight * 3 % 31;
        take(t, (char)byte_at(t));
    }
    return take_byte(t, alphabet[(31 - sum % 31) % 31]);
}

static bool read_nct(taking *t)
{
    if (!skip_word(t, "nct")) return false;
    memcpy(t->text, "NCT", 3);
    t->n = 3;
    return take_digits(t, 8);
}

static bool read_chictr(taking *t)
{
    if (!skip_word(t, "chictr")) return false;
    memcpy(t->text, "ChiCTR", 6);
    t->n = 6;
    if (byte_at(t) != '-') return take_digits(t, 10);
    take(t, '-');
    while (t->n < 12 && isalpha(byte_at(t))) take(t, (char)toupper(byte_at(t)));
    return take_byte(t, '-') && take_digits(t, 8);
}

static bool read_eudract(taking *t)
{
    if (!take_byte(t, '2') || !take_byte(t, '0') || !take_digits(t, 2)) return false;
    return take_byte(t, '-') && take_digits(t, 6) && take_byte(t, '-') && take_digits(t, 2);
}

/* 8 digits and check until 2003, 12 since. */
static bool read_patent(taking *t)
{
    unsigned sum = 0;
    if (!skip_word(t, "zl") && !skip_word(t, "cn")) return false;
    skip_any(t, " ");
    while (isdigit(byte_at(t)) && t->n < 12) {
        sum += (unsigned)(byte_at(t) - '0') * (2 + (unsigned)t->n % 8);
        take(t, (char)byte_at(t));
    }
    if ((t->n != 8 && t->n != 12) || !take_byte(t, '.')) return false;
    char check = (char)toupper(byte_at(t));
    if (check != (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11))) return false;
    take(t, check);
    return true;
}

static const struct {
    yq_identifier_kind kind;
    const char *name;
    bool (*read)(taking *t);
} kinds[] = {
    { YQ_ID_ORCID, "ORCID iD", read_orcid }, { YQ_ID_ROR, "ROR id", read_ror },
    { YQ_ID_USCC, "unified social credit code", read_uscc }, { YQ_ID_NCT, "trial number", read_nct },
    { YQ_ID_CHICTR, "trial number", read_chictr }, { YQ_ID_EUDRACT, "trial number", read_eudract },
    { YQ_ID_PATENT, "patent number", read_patent },
};

/* ---------------------------------------------------------------- in a text */

static bool touches(yq_str text, size_t at)
{
    return at < text.n && isalnum((unsigned char)text.p[at]);
}

static bool read_at(yq_str text, size_t at, yq_identifier *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *out = (yq_identifier){ .kind = kinds[i].kind };
        taking t = { text, at, 0, out->text };
        if (!kinds[i].read(&t) || touches(text, t.at)) continue;
        out->span = (yq_span){ (uint32_t)at, (uint32_t)t.at };
        return true;
    }
    return false;
}

bool yq_identifier_next(yq_str text, size_t *at, yq_identifier *out)
{
    for (size_t i = *at; i < text.n; i++) {
        if (!touches(text, i) || (i > 0 && touches(text, i - 1)) || !read_at(text, i, out)) continue;
        *at = out->span.to;
        return true;
    }
    *at = text.n;
    return false;
}

/* A number in its one form: those that a text has behind a word are known by the word's absence too. */
static bool read_bare(yq_str s, yq_identifier *out)
{
    static const char *const words[] = { "ror:", "zl" };
    char with[YQ_IDENTIFIER_BYTES + 8];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int n = snprintf(with, sizeof with, "%s%.*s", words[i], YQ_FMT(s));
        if (n > 0 && (size_t)n < sizeof with && read_at(yq_cstr(with), 0, out) && out->span.to == (size_t)n) return true;
    }
    return false;
}

bool yq_identifier_read(yq_str s, yq_identifier *out)
{
    s = yq_trim(s);
    if (s.n < 9 || s.n > YQ_IDENTIFIER_BYTES + 16 || !isalnum((unsigned char)s.p[0])) return false;
    return (read_at(s, 0, out) && out->span.to == s.n) || read_bare(s, out);
}

const char *yq_identifier_name(yq_identifier_kind kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind) return kinds[i].name;
    return "";
}
