/* resolve/internal.h */
#ifndef YQ_RESOLVE_INTERNAL_H
#define YQ_RESOLVE_INTERNAL_H

#include "resolve/resolve.h"
#include "text/lexicon.h"

bool resolve_has_han(yq_str s);
yq_str resolve_outside(yq_arena *a, yq_str name); /* what stands outside of brackets */

/* roman.c: yq_spells of one Chinese name and many others. */
typedef struct resolve_speller resolve_speller;
resolve_speller *resolve_speller_of(yq_arena *a, yq_str han);
yq_spelling resolve_spelt(resolve_speller *c, yq_str latin);

yq_str resolve_surname_pinyin(yq_arena *a, yq_str surname); /* 单 gives shan */
/* roman.c: how Hong Kong and Taiwan may spell a run of characters, at most cap. */
enum { RESOLVE_SPELLINGS = 32 };
size_t resolve_spellings(yq_arena *a, yq_str han, yq_str *out, size_t cap);

/* latin.c: other keys of yq_latin_key under which translations of an organisation's name may be known - with or without its province, in the
 * spellings of Hong Kong and Taiwan. They are for looking; what they find must pass resolve_may_translate(). */
enum { RESOLVE_KEYS = 96 };
size_t resolve_latin_keys(yq_arena *a, yq_str name, yq_str *out, size_t cap);
bool resolve_may_translate(yq_arena *a, yq_str han, yq_str english);

/* key.c: folded; 大学附属第一医院, 大学第一附属医院 and 大学医学院附属第一医院 as 大学第一医院, 天津市一中心 as 天津市第一中心医院, and what lexicon/orgs.tsv
 * knows by a short name in full. */
yq_str resolve_full_form(yq_arena *a, yq_str folded);

#endif
