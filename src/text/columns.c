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

/* Most numbers are a few digits, and strtod is made for other ones. */
static bool few_digits(yq_str s, double *number)
{
    uint32_t n = 0;
    if (s.n > 9) return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    }
    return *number = n, true;
}

double yq_lex_number(yq_str value, unsigned k, double otherwise)
{
    yq_str s = yq_lex_column(value, k);
    char digits[32], *end;
    double number;
    if (s.n == 0 || s.n >= sizeof digits) return otherwise;
    if (few_digits(s, &number)) return number;
    memcpy(digits, s.p, s.n);
    digits[s.n] = 0;
    number = strtod(digits, &end);
    return *end ? otherwise : number;
}
