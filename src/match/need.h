/* match/need.h - a need taken apart: what must a text speak of to answer it? Shared inside match/ only. */
#ifndef YQ_MATCH_NEED_H
#define YQ_MATCH_NEED_H

#include "match/match.h"
#include "match/stage.h"

enum { MAX_PARTS = 64 };

/* A form under which a part may be met, and how much meeting it is worth: 1 the thing itself. */
typedef struct {
    yq_str term;
    uint64_t key; /* yq_hash64 of the term */
    float worth;
    bool near; /* it stands in a relation to the thing asked for */
} form;

/* One thing asked for: a concept that one or several words name, or a word. */
typedef struct {
    yq_span span;             /* in the need's text */
    YQ_VEC(form) concepts;
    YQ_VEC(form) words;       /* all of them together are worth 1 */
    YQ_VEC(form) pieces;      /* character pairs and characters of Chinese words */
    float pieces_worth;       /* of all of them */
    double weight;            /* how much of the need it is */
    double core;              /* its rarity when it is a disease, a procedure, a device, …; else 0 */
    bool known, known_itself; /* something in the register speaks of it or of what is near it; of the thing itself */
} part;

typedef enum { OF_CONCEPT, OF_WORD, OF_PIECE } form_kind;

/* A form of any part, found by its key. */
typedef struct {
    uint64_t key;
    float worth;
    uint8_t part, kind;
} asked_form;

typedef struct {
    yq_str plain;
    YQ_VEC(part) parts;
    double total;             /* of the weights */
    yq_terms terms;           /* for the index */
    yq_str available;         /* the words that ask for what can be had today, or empty; set by who reads the conditions */
    asked_form *forms;        /* of all parts, by key */
    size_t form_count;
    uint32_t *table;          /* open addressing: number + 1 of the first form with a key */
    uint32_t table_size;
} need;

/* ignored: places whose words do not count. */
void need_read(yq_arena *a, yq_index *index, const yq_viewer *v, yq_str text, const yq_spans *ignored, need *out);

/* How much a stretch of text speaks of each part: 0 not, 1 of the thing itself. */
void need_met(yq_arena *a, const need *n, yq_str plain, float met[MAX_PARTS]);
/* What a stretch has of one part, form by form, and how much of it that is. */
typedef struct {
    float concept, piece;
    uint32_t words;
} met_tally;
void need_meet(const asked_form *f, met_tally *m);
float need_part_met(const part *p, const met_tally *m);
/* The same in two steps, for a text that many needs are held against: the keys of its terms, and what they meet. seen: room for form_count of the need. */
typedef YQ_VEC(uint64_t) need_key_list;
void need_keys(yq_arena *a, yq_str plain, need_key_list *out);
void need_met_by_keys(const need *n, const uint64_t *keys, size_t count, bool *seen, float met[MAX_PARTS]);
/* Sum of the weights of the parts met. */
double need_value(const need *n, const float met[MAX_PARTS]);
/* Places in plain where a word or concept of the need stands. */
void need_marks(yq_arena *a, const need *n, yq_str plain, yq_spans *out);

#endif
