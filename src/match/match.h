/* match/match.h - a need in plain words in, ranked people, organisations and technologies out, each with the sentences that say so.
 *
 * Passages are scored by the index; their evidence is voted up to the entities named in them; below a calibrated level the answer is "none" with
 * the nearest miss.
 */
#ifndef YQ_MATCH_H
#define YQ_MATCH_H

#include "register/register.h"

enum { YQ_MATCH_MAX = 20, YQ_MATCH_SENTENCES = 3, YQ_GIVEN_MAX = 12, YQ_WITHOUT_MAX = 24 };

/* ---------------------------------------------------------------- conditions */

typedef enum { YQ_COND_REGION, YQ_COND_UNIT, YQ_COND_GRADE, YQ_COND_STAGE, YQ_COND_LANGUAGE, YQ_COND_BUDGET, YQ_COND_PERIOD, YQ_COND_KINDS } yq_condition_kind;

/* What a need says of whom it seeks beside what for: "在广东的", "三甲医院", "不超过200万元", "preferably English-speaking". */
typedef struct {
    yq_condition_kind kind;
    yq_str id;             /* kind=value, with ! before the value when it is not wanted: region=广东省, unit=!company; stays the same while the words do */
    yq_str value;          /* a place's own name; hospital, company, …; 3A, 3, 2; available; en, zh, …; yuan "0-2000000"; days "2025-01-01/2025-12-31" */
    yq_str label[2];       /* in words, Chinese and English */
    yq_span span;          /* the words in the need; empty: it came as a field */
    yq_str words;          /* of a field, as they came */
    bool negated;          /* it must not be so */
    bool hard;             /* false: a wish */
    bool unlisted;         /* a region that no list of places has */
    double least, most;    /* budget in yuan; most < 0: open */
    yq_str from, to;       /* period, days as YYYY-MM-DD; empty: open */
    bool ahead;            /* period: until when, and not of when */
} yq_condition;
typedef YQ_VEC(yq_condition) yq_conditions;

/* "region", "unit", …; NULL when there is no such kind. */
const char *yq_condition_kind_name(yq_condition_kind kind);
/* Reads the conditions of a need. today: YYYY-MM-DD, what "近三年" counts from. */
void yq_conditions_read(yq_arena *a, yq_str text, yq_str today, yq_conditions *out);
/* A condition given as a field, "region" and "华南", in words that a need might use or as an id has them. Errors: YQ_INVALID - no such kind, or the words say none of it. */
yq_code yq_condition_given(yq_arena *a, yq_str kind, yq_str words, yq_str today, yq_condition *out, yq_err *err);

typedef enum { YQ_COND_UNKNOWN, YQ_COND_MET, YQ_COND_UNMET } yq_condition_state;

/* How one answer stands to one condition, and what says so. */
typedef struct {
    yq_condition_state state;
    yq_str said;           /* a sentence, or the name or the date that tells; empty: unknown */
    int64_t document;      /* 0: no document, the name alone tells */
    char document_ulid[YQ_ULID_CHARS + 1];
    yq_str document_name, document_title, date;
    yq_span span;          /* in the document */
} yq_condition_check;

/* ---------------------------------------------------------------- answers */

typedef struct {
    yq_str text;          /* the sentence as printed */
    YQ_VEC(yq_span) marks; /* matched words inside text */
    int64_t document;
    char document_ulid[YQ_ULID_CHARS + 1];
    yq_str document_name, document_title, date;
    yq_span span;         /* in the document */
    double score;
} yq_reason;

typedef struct {
    yq_str name;
    double value;
} yq_score_part;          /* e.g. {"words", 7.2}, {"concepts", 1.3}, {"role", 0.4} */

typedef struct {
    int64_t entity;
    char ulid[YQ_ULID_CHARS + 1];
    yq_str kind, name, organization, position;
    double score;         /* 0..1, calibrated */
    bool sure;            /* an answer by itself, not only below a sure one */
    double meets;         /* of the diseases, procedures and devices that the need names, how much it meets; of the whole need when it names none */
    YQ_VEC(yq_reason) reasons;
    YQ_VEC(yq_score_part) parts;
    yq_condition_check *checks; /* one for each condition of the lists */
} yq_answer;
typedef YQ_VEC(yq_answer) yq_answers;

typedef struct {
    yq_str want;          /* person, organization, technology, trial, call, fund, policy, or "" = all kinds */
    yq_answers answers;   /* best first; empty: none */
    bool has_nearest;
    yq_answer nearest;    /* when empty: what came closest */
    yq_str missing;       /* in words: which part of the need nothing speaks of */
    yq_str unmet;         /* in words, the language of the need: the conditions that keep the nearest from being an answer ("不在广东省"); may be empty */
    int64_t weights;      /* version of the weights that ordered it; 0: as shipped */
} yq_match_list;

typedef struct {
    yq_match_list *v;
    size_t n, cap;
    yq_conditions conditions; /* of the need and of the fields, but those that were left out */
} yq_match_lists;

typedef struct {
    yq_str text;
    yq_str want;
    size_t top;           /* per list, 1..20 */
    const yq_condition *given; /* fields */
    size_t given_count;   /* at most YQ_GIVEN_MAX, and YQ_WITHOUT_MAX below */
    const yq_str *without; /* ids of conditions that do not count; neither do their words */
    size_t without_count;
    yq_str today;         /* YYYY-MM-DD; empty: by the clock */
    bool (*cancelled)(void *arg);
    void *arg;
} yq_need_question;

/* Fields from a line "region=华南; language=英语", and ids of conditions to be left out from a line "unit=hospital; …".
 * Errors: YQ_INVALID - too many, or one that says nothing. */
yq_code yq_question_where(yq_arena *a, yq_str line, yq_need_question *q, yq_err *err);
yq_code yq_question_without(yq_arena *a, yq_str line, yq_need_question *q, yq_err *err);

/* One list for the wanted kind, or one each for person, organization, technology when want is empty. */
yq_code yq_match(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, yq_match_lists *out, yq_err *err);

/* As COMMANDS.md: answers.json's list for one need. */
void yq_match_answers_json(const yq_match_list *list, yq_json *out);
/* As the API gives it: lists with reasons, marks, parts, nearest; and a member "conditions". */
void yq_conditions_json(const yq_conditions *list, yq_json *out);
void yq_match_json(const yq_match_lists *lists, yq_json *out);

/* Retrieval alone: `yiqiao rank`. by_owner: owners ranked by the documents of theirs that are nearest,
 * each owner with a score that is comparable between queries. */
yq_code yq_rank_files(const char *corpus, const char *queries, size_t top, bool by_owner, const char *out, yq_err *err);

#endif
