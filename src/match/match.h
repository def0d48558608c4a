/* match/match.h - a need in plain words in, ranked people, organisations and technologies out, each with the sentences that say so.
 *
 * Passages are scored by the index; their evidence is voted up to the entities named in them; below a calibrated level the answer is "none" with
 * the nearest miss.
 */
#ifndef YQ_MATCH_H
#define YQ_MATCH_H

#include "register/register.h"

enum { YQ_MATCH_MAX = 20, YQ_MATCH_SENTENCES = 3 };

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
} yq_answer;
typedef YQ_VEC(yq_answer) yq_answers;

typedef struct {
    yq_str want;          /* person, organization, technology, trial, call, fund, policy, or "" = all kinds */
    yq_answers answers;   /* best first; empty: none */
    bool has_nearest;
    yq_answer nearest;    /* when empty: what came closest */
    yq_str missing;       /* in words: which part of the need nothing speaks of */
    int64_t weights;      /* version of the weights that ordered it; 0: as shipped */
} yq_match_list;
typedef YQ_VEC(yq_match_list) yq_match_lists;

typedef struct {
    yq_str text;
    yq_str want;
    size_t top;           /* per list, 1..20 */
    bool (*cancelled)(void *arg);
    void *arg;
} yq_need_question;

/* One list for the wanted kind, or one each for person, organization, technology when want is empty. */
yq_code yq_match(yq_reader *r, yq_index *index, const yq_viewer *v, yq_arena *a, const yq_need_question *q, yq_match_lists *out, yq_err *err);

/* As COMMANDS.md: answers.json's list for one need. */
void yq_match_answers_json(const yq_match_list *list, yq_json *out);
/* As the API gives it: lists with reasons, marks, parts, nearest. */
void yq_match_json(const yq_match_lists *lists, yq_json *out);

/* Retrieval alone: `yiqiao rank`. by_owner: owners ranked by the documents of theirs that are nearest,
 * each owner with a score that is comparable between queries. */
yq_code yq_rank_files(const char *corpus, const char *queries, size_t top, bool by_owner, const char *out, yq_err *err);

#endif
