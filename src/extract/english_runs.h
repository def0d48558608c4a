/* extract/english_runs.h - runs of capitalised words in English text, and what is proposed from them. Shared by english.c, english_orgs.c and
 * english_people.c. */
#ifndef YQ_EXTRACT_ENGLISH_RUNS_H
#define YQ_EXTRACT_ENGLISH_RUNS_H

#include "extract/english.h"

enum { YQ_RUN_WORDS_MAX = 24 };

/* Capitalised words, and small ones that join them (of, de la), parted by single blanks. */
typedef struct {
    yq_span word[YQ_RUN_WORDS_MAX];
    size_t n;
} yq_run;

/* ---------------------------------------------------------------- english.c */

/* Is the word, in small letters, one of those in a list parted and surrounded by blanks? */
bool yq_word_among(yq_str s, yq_span word, const char *list);
/* A word of the language (Manual, Wards, Handling), not of names. */
bool yq_common_word(yq_str s, yq_span span);
/* The run that begins with the capitalised word at `at`. */
yq_run yq_run_at(yq_str s, size_t at, size_t end);
/* Where the words [from, to) of the run stand. */
yq_span yq_run_span(const yq_run *r, size_t from, size_t to);
extern const char yq_legal_forms[], yq_joints[]; /* lists for yq_word_among: ltd, inc; of, de, & */

/* ---------------------------------------------------------------- english_orgs.c */

/* The word that says what kind of organisation [from, to) is, over *words words; SIZE_MAX: none. */
size_t yq_org_head(yq_str s, const yq_run *r, size_t from, size_t to, size_t *words, yq_str *kind);
/* Where a name begins behind a title that leads into it (Chairman of YuHeng Medical); *linked: "of" or the like stood between. */
size_t yq_behind_title(yq_str s, const yq_run *r, size_t from, size_t to, bool *linked);
/* The end of the first of several names that stand in one run. */
size_t yq_first_name_end(yq_str s, const yq_run *r, size_t from, size_t to);
/* Proposes the words [from, to) as an organisation, when a word in them says so. end: of the sentence. */
bool yq_propose_english_org(yq_work *w, const yq_run *r, size_t from, size_t to, size_t end, bool headline);
void yq_propose_known_org(yq_work *w, size_t at, size_t end);
/* An organisation only by what is said of it: Leeds firm Dovemark. */
void yq_propose_org_by_context(yq_work *w, const yq_run *r, yq_span within);
extern const char yq_no_names[]; /* words that begin sentences or headings and are no names */

/* ---------------------------------------------------------------- english_people.c */

/* Proposes the words [from, to) as a person, when enough speaks for it. */
bool yq_propose_english_person(yq_work *w, const yq_run *r, size_t from, size_t to, yq_span within);
/* People met again by their family name or a part of their name. */
void yq_repeat_english_names(yq_work *w);

#endif
