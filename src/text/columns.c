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

double yq_lex_number(yq_str value, unsigned k, double otherwise)
{
    yq_str s = yq_lex_column(value, k);
    char digits[32], *end;
    if (s.n == 0 || s.n >= sizeof digits) return otherwise;
    memcpy(digits, s.p, s.n);
    digits[s.n] = 0;
    double number = strtod(digits, &end);
    return *end ? otherwise : number;
}
