/* resolve/link_org.h - the words of an organisation's name, in one form whatever the language. */
#ifndef YQ_LINK_ORG_H
#define YQ_LINK_ORG_H

#include "resolve/link_internal.h"

enum { ORG_PARTS = 30, ORG_WORDS = 120, ORG_GROUPS = 5, ORG_GROUP_WORDS = 6 };

/* A word of a name: what may stand for it in other names. A Chinese word has several renderings, each of some English words. */
typedef struct {
    yq_str word[ORG_GROUP_WORDS];
    size_t n;
} org_group;

typedef struct {
    org_group *group;
    size_t groups;
    yq_str plain;    /* a Latin word before it was given the form that all languages share */
    uint8_t part;    /* which part between commas */
    bool capitals;   /* written in capitals: may be an acronym */
    bool bracket;
    bool pair;       /* two neighbouring Han characters as they are: an addition for names in the same script */
    bool rendered;   /* a Chinese word in English */
    bool short_form; /* ends in a full stop: an abbreviation */
} org_word;

typedef struct {
    org_word *word;
    size_t n;
    size_t parts;
} org_name;

/* Lower case, without accents; forms of one word in the languages of Europe as one: universität, univ. -> university. */
org_name org_read(yq_arena *a, yq_str name);
yq_str org_one_form(yq_str word);      /* of one word in normal form */
bool org_is_acronym(yq_str name); /* as written: 2 to 8 letters, all capitals */
yq_str org_country(yq_str code);  /* the English name of an ISO 3166 code, in normal form; else empty */
const char *org_country_code(yq_str name); /* of a name in normal form; NULL: no country */

#endif
