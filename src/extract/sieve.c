/* extract/sieve.c - which of many words may stand in a sentence, by one walk over it.
 *
 * Stages ask hundreds of words of each sentence, and nearly all of them are not there. A sieve keeps a bit for each three bytes of the sentence that
 * follow each other, by their hash (Bloom 1970); a word whose first three bytes have no bit is not looked for.
 */
#include "extract/relations.h"

enum { SIEVED_BYTES = 800 }; /* a longer text fills the bits and hides nothing */

static unsigned bit_of(const char *p)
{
    uint32_t v = 0;
    for (int i = 0; i < 3; i++) v = v << 8 | ((uint8_t)p[i] | ((uint8_t)p[i] < 0x80 ? 32u : 0)); /* words of English are found in any case */
    return v * 0x9E3779B1u >> 22;
}

yq_sieve yq_sieve_of(yq_str s)
{
    yq_sieve v = { { 0 } };
    if (s.n > SIEVED_BYTES) memset(&v, 0xFF, sizeof v);
    else
        for (size_t i = 0; i + 3 <= s.n; i++) v.bit[bit_of(s.p + i) >> 6] |= (uint64_t)1 << (bit_of(s.p + i) & 63);
    return v;
}

bool yq_sieve_passes(const yq_sieve *v, const char *word)
{
    return !word[0] || !word[1] || !word[2] || (v->bit[bit_of(word) >> 6] >> (bit_of(word) & 63) & 1);
}
