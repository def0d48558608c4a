/* match/standing.h - kept needs against what arrives: after each commit the new documents, and only those, are held against every need that is kept, and what is an answer by itself
 * becomes news (register/needs.h).
 *
 * A document is looked at alone: what it says decides, not what came in the same group, so that the same documents bring the same news however they were imported. */
#ifndef YQ_STANDING_H
#define YQ_STANDING_H

#include "match/match.h"
#include "register/needs.h"

typedef struct yq_standing yq_standing;

typedef struct {
    int64_t documents, pairs, matched, told; /* looked at; needs times documents; of these, matched in full; news */
} yq_standing_counts;

/* Follows what reg commits, on the committing thread. told(arg) is called when news was journalled; may be NULL. What arrived while nobody looked is looked at with the next
 * document. Whatever goes wrong in it undoes no import: those documents are looked at again. */
yq_code yq_standing_open(const char *url, yq_register *reg, void (*told)(void *arg), void *arg, yq_standing **out, yq_err *err);
/* Notes in the journal until where all was looked at. */
void yq_standing_close(yq_standing *s);
yq_standing_counts yq_standing_count(const yq_standing *s);
/* For tests and the bench: every need is matched in full against every document. */
void yq_standing_exhaustive(yq_standing *s, bool on);

/* The question that a kept need asks; what was set before in q stays. A field that says nothing any more is left out with those behind it. */
void yq_question_of(yq_arena *a, const yq_kept_need *n, yq_need_question *q);
/* The need as the API gives it, with the conditions that count today. */
void yq_standing_need_json(yq_arena *a, const yq_kept_need *n, yq_json *j);

/* The act that keeps what a question asks. What is an answer now, by the best sentence of each, is no news. */
void yq_keeping(yq_arena *a, const yq_need_question *q, const yq_match_lists *answers, yq_need_act *out);
/* Text, kind and conditions of a question, as an act names them. */
void yq_naming_need(yq_arena *a, const yq_need_question *q, yq_need_act *out);

#endif
