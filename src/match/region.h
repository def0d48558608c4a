/* match/region.h - places: read in text, one under all its names, one inside of another. Shared inside match/ only. */
#ifndef YQ_MATCH_REGION_H
#define YQ_MATCH_REGION_H

#include "text/lexicon.h"
#include "text/text.h"

typedef enum {
    PLACE_NAMED,  /* 广州, Guangdong, 华南 */
    PLACE_PEOPLE, /* German: a place when a word for a house or a person follows */
    PLACE_SEAT,   /* 协和医院: a house that stands there */
    PLACE_UNKNOWN /* 云岭省, Yunpu: no list has it; key is its name without 省, or its pinyin */
} place_sort;

typedef struct {
    yq_span span; /* in the text */
    yq_str key;   /* the place's own name: 广东省, 华南, 美国 */
    place_sort sort;
} map_place;

/* The longest place that begins at text[at]; text is simplified. False: none. */
bool place_at(yq_str text, size_t at, map_place *out);
/* A place that no list has and that is called one by its form: "云岭省内", "in Yunpu"; it begins at text[at]. */
bool place_unlisted_at(yq_arena *a, yq_str text, size_t at, map_place *out);
/* The key of a place by any of its names; empty: it is none. */
yq_str place_key(yq_arena *a, yq_str name);

typedef enum { PLACE_APART, PLACE_OVERLAPS, PLACE_INSIDE } place_relation;
place_relation place_relates(yq_arena *a, yq_str place, yq_str region);
/* "Guangdong" for 广东省; the key itself where nobody says its English name. */
yq_str place_english(yq_str key);

/* The same of what begins at text[at], for a region that no list has. */
place_relation place_of_unlisted(yq_arena *a, yq_str text, size_t at, yq_str key);
/* Where a house stands, as its name says: in the region, elsewhere, or (OVERLAPS) the name does not tell. key: of a place of any sort. */
place_relation place_of_name(yq_arena *a, yq_str name, yq_str key, bool unlisted);

#endif
