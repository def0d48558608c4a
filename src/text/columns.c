/* Columns of a lexicon value. Apart from lexicon.c because make_lexicon needs them before there is a lexicon. */
#include "text/lexicon.h"

#include <stdlib.h>

yq_str yq_lex_column(yq_str value, unsigned k)
{
    yq_str part = { "", 0 };
    for (unsigned i = 0; i <= k; i++)
        if (!yq_split(&value, '\t', &part)) return YQ_S("");
    return part;
}

/* Most numbers are a few digits at the beginning of the value. */
static bool few_digits(yq_str value, double *number)
{
    enum { FEW = 9 };
    uint32_t n = 0;
    size_t i = 0;
    for (; i < value.n && i <= FEW && value.p[i] != '\t'; i++) {
        if (value.p[i] < '0' || value.p[i] > '9') return false;
        n = n * 10 + (uint32_t)(value.p[i] - '0');
    }
    return *number = n, i > 0 && i <= FEW;
}

double yq_lex_number(yq_str value, unsigned k, double otherwise)
{
    char digits[32], *end;
    double number;
    if (k == 0 && few_digits(value, &number)) return number;
    yq_str s = yq_lex_column(value, k);
    if (s.n == 0 || s.n >= sizeof digits) return otherwise;
    if (few_digits(s, &number)) return number;
    memcpy(digits, s.p, s.n);
    digits[s.n] = 0;
    number = strtod(digits, &end);
    return *end ? otherwise : number;
}
