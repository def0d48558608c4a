/* extract/relations.h - what the relation stages (talks, events, deals, technologies, needs, figures, tables) share: quotes, clauses, and
 * who stands before a verb. Only these stages include it.
 */
#ifndef YQ_EXTRACT_RELATIONS_H
#define YQ_EXTRACT_RELATIONS_H

#include "extract/internal.h"

#define YQ_COUNT(array) (sizeof(array) / sizeof *(array))

/* ---------------------------------------------------------------- quotes and clauses */

typedef struct {
    yq_span outer, inner; /* with and without the marks */
    bool book;            /* 《》 */
} yq_quote;

/* The quote that opens at byte `at` and closes before `high`; false: none does. */
bool yq_quote_at(yq_str text, size_t at, size_t high, yq_quote *q);
/* The first quote in `within` that opens at or behind `from`; quotes inside quotes are passed over. */
bool yq_next_quote(yq_str text, yq_span within, size_t from, yq_quote *q);
/* Is byte `at` inside a quote of `within`? */
bool yq_in_quote(yq_str text, yq_span within, size_t at);
/* First occurrence of needle in within, from `from` on; outside quotes and brackets. SIZE_MAX: none. */
size_t yq_find_outside(yq_str text, yq_span within, size_t from, const char *needle);
/* Cuts `within` at the marks (a string of characters) that stand outside quotes and brackets. */
void yq_cut_at(yq_arena *a, yq_str text, yq_span within, const char *marks, yq_spans *out);
/* White space, list marks and stray punctuation at the borders taken off. */
yq_span yq_tighten(yq_str text, yq_span s);
/* Is the character at byte `at` one of the marks (a string of them; none is a Chinese character)? Gives its bytes in any case. */
bool yq_mark_at(yq_str text, size_t at, const char *list, size_t *n);
bool yq_span_has(yq_str text, yq_span s, const char *word);
/* Does text[..end) end with one of the words (from `low` on)? Gives the word's length, 0: none. */
size_t yq_ends_with_any(yq_str text, size_t low, size_t end, const char *const *words, size_t n);
size_t yq_begins_with_any(yq_str text, size_t at, size_t high, const char *const *words, size_t n);
/* Does the list, or any text of n bytes, hold the m bytes? memmem makes tables that a text this short does not pay back. */
bool yq_holds(const char *list, size_t n, const char *p, size_t m);
/* sieve.c: false: the word is surely not in the text, in whatever case its letters are. */
typedef struct {
    uint64_t bit[16];
} yq_sieve;
yq_sieve yq_sieve_of(yq_str s);
bool yq_sieve_passes(const yq_sieve *v, const char *word);
bool yq_has_any(yq_str s, const char *const *words, size_t n);
/* The clause (between 。；！？ outside quotes) of the sentence that holds byte at. */
yq_span yq_clause_at(const yq_work *w, const yq_sentence *s, size_t at);

/* ---------------------------------------------------------------- who did it */

enum { YQ_LIST_PEOPLE = 24 };

typedef struct {
    const yq_mention *who[YQ_LIST_PEOPLE]; /* in order of the text */
    size_t n;
} yq_people_list;

/* The person, or list of people, that stands directly before `at` as subject of what begins there: titles, adverbs and brackets may stand
 * between, no clause may. With 分别 between, a comma may. */
yq_people_list yq_subjects_before(const yq_work *w, const yq_sentence *s, size_t at);
/* For "他": the last person named in the block before `at`; NULL: none. */
const yq_mention *yq_last_person(const yq_work *w, const yq_sentence *s, size_t at);
/* Organisation of a person's first role; YQ_NONE: none. */
int yq_org_of_person(const yq_work *w, int person);

/* ---------------------------------------------------------------- blocks */

yq_str yq_block_text(const yq_work *w, size_t block);
/* "标签：值": the label and the value of a line; false: it has none. Labels are at most 12 characters. */
bool yq_labelled(yq_str text, yq_span line, yq_span *label, yq_span *value);
/* Organisation named first in a span; YQ_NONE: none. */
int yq_org_in(const yq_work *w, yq_span span);

/* ---------------------------------------------------------------- entries (entries.c) */

/* A piece of a line between blanks, tabs and marks. */
typedef struct {
    yq_span span, bare;       /* with and without the brackets at its end */
    const yq_mention *person; /* that it begins with, or NULL */
    bool post;                /* an institution, a department, a title; nobody's name */
} yq_piece;
typedef YQ_VEC(yq_piece) yq_pieces;

/* Behind the marks of a list, whatever they are: ◎, ●, ①, 👉 */
yq_span yq_without_marks(yq_str text, yq_span s);
/* Cuts a line at blanks and marks that stand outside of brackets and inside of no name. */
void yq_cut_pieces(yq_work *w, yq_span line, yq_pieces *out);
/* "周岚  云上医院  心内科主任、教授": gives each person that begins a piece the posts in the pieces behind. False, and nothing is added, when the
 * line does not begin with a name or holds other things. org: holds where the line names none, or YQ_NONE. */
bool yq_read_entry(yq_work *w, yq_span line, int org);

/* 主任 beside 心内科 is 心内科主任, and so is 科主任; a title that needs no department, or without one, comes back as it is. */
yq_str yq_position_in(yq_arena *a, yq_str department, yq_str title);

/* Similar enough to be one: equal, or one holds the other, without punctuation, spaces and case. */
bool yq_same_words(yq_str x, yq_str y);

/* Relations are compared with those found before them, so each kind has a most: more than a document that people wrote can state. */
enum { YQ_FOUND_MAX = 4000 };

/* ---------------------------------------------------------------- events (english_events.c) */

void yq_read_english_event(yq_work *w, const yq_sentence *s);
/* Lines that begin with a date and name what is held on it. */
void yq_find_english_diary(yq_work *w);

/* ---------------------------------------------------------------- needs (needs.c, english_needs.c) */

/* Adds a stated want unless it is known; its holder is read from the sentence. */
void yq_note_need(yq_work *w, const yq_sentence *s, yq_span span);
void yq_read_english_need(yq_work *w, const yq_sentence *s);

/* ---------------------------------------------------------------- technologies (technologies.c, english_technologies.c) */

/* Adds a named technology unless it is known; its holder is read from the sentence. */
void yq_note_technology(yq_work *w, yq_span name, double confidence);
void yq_read_english_technologies(yq_work *w, const yq_sentence *s);

/* ---------------------------------------------------------------- agreements (deals.c, english_deals.c) */

/* Adds a deal of these organisations, with the people named in the span; the same parties in the same kind of deal are one. */
yq_found_deal *yq_note_deal(yq_work *w, const char *kind, yq_span subject, const int *orgs, size_t n, yq_span people);
/* What an English sentence tells. */
void yq_read_english_deal(yq_work *w, const yq_sentence *s);
/* Posts that somebody is appointed to in English text. */
void yq_find_english_appointments(yq_work *w);

#endif
