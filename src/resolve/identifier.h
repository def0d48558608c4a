/* resolve/identifier.h - numbers that name one person, organisation, trial or patent, told by their form and check digits.
 *
 * kind      form                                     check
 * ORCID     0000-0002-1825-0097                      ISO/IEC 7064 MOD 11-2 (orcid.org: "Structure of the ORCID Identifier")
 * ROR       015w2mp89 behind ror.org/, or alone      ISO/IEC 7064 MOD 97-10 over Crockford base 32 (ror.org: "ROR identifier pattern")
 * USCC      91350100M000100Y43                       GB 32100-2015, weights 3^i modulo 31
 * NCT       NCT04280705                              none
 * ChiCTR    ChiCTR2000029308, ChiCTR-TRC-08000034    none
 * EudraCT   2004-000446-20                           none
 * patent    ZL202310990004.8, CN 202310990004.8      ZC 0006-2003, weights 2..9, 2..5 modulo 11
 */
#ifndef YQ_IDENTIFIER_H
#define YQ_IDENTIFIER_H

#include "base/base.h"

typedef enum { YQ_ID_NONE, YQ_ID_ORCID, YQ_ID_ROR, YQ_ID_USCC, YQ_ID_NCT, YQ_ID_CHICTR, YQ_ID_EUDRACT, YQ_ID_PATENT } yq_identifier_kind;

enum { YQ_IDENTIFIER_BYTES = 32 };

typedef struct {
    yq_identifier_kind kind;
    yq_span span;                   /* in the text, without "ZL" or an address before it */
    char text[YQ_IDENTIFIER_BYTES]; /* one form for all spellings: 0000-0002-1825-0097, 015w2mp89, 91350100M000100Y43, NCT04280705, …, 202310990004.8 */
} yq_identifier;

/* The first valid identifier at or behind *at, which moves past it. It stands alone: no letter or digit touches it. False: no more. A ROR id is found
 * only behind "ror.org/" or "ROR", and a patent's number behind "ZL" or "CN", since other numbers look the same. */
bool yq_identifier_next(yq_str text, size_t *at, yq_identifier *out);

/* Is the whole of s one, with or without what stands before it? */
bool yq_identifier_read(yq_str s, yq_identifier *out);

/* "ORCID iD"; for messages. */
const char *yq_identifier_name(yq_identifier_kind kind);

#endif
