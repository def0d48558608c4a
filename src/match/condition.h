/* match/condition.h - reading the conditions of a need, and what sentences say of them. Shared inside match/ only. */
#ifndef YQ_MATCH_CONDITION_H
#define YQ_MATCH_CONDITION_H

#include "match/match.h"
#include "match/region.h"

enum { MOST_CONDITIONS = 12 };

/* A need being read for its conditions. */
typedef struct {
    yq_arena *arena;
    yq_str plain, low;  /* simplified; and with small letters, at the same places */
    yq_words words;
    yq_str today;
    yq_conditions *out;
    bool field;         /* the words are a field: who says it and how does not matter */
} asking_words;

/* Adds a condition that the words at span say, unless they say it of the asker or of nothing ("不限"); negation and wish are read around it. */
yq_condition *add_condition(asking_words *r, yq_condition_kind kind, yq_span span, yq_str value, yq_str zh, yq_str en);

/* The part of the sentence between commas in which a place stands. */
yq_span clause_around(yq_str low, size_t at);
/* The first of the words that stands in low[from, to); its place, or SIZE_MAX. */
size_t first_of(yq_str low, size_t from, size_t to, const char *const *words, size_t n, size_t *length);
bool any_of(yq_str low, size_t from, size_t to, const char *const *words, size_t n);
#define HAS_ANY(low, from, to, words) any_of(low, from, to, words, sizeof words / sizeof *words)
/* The asker speaks of himself there ("我们在云南"), or has not yet said that he seeks something. */
bool is_of_asker(const asking_words *r, size_t at);
bool is_sought(const asking_words *r, size_t at);
/* How a word that says whom ends a phrase at i: a house or a person. */
bool before_house_or_person(const asking_words *r, size_t at);

/* condition_kinds.c */
void read_units(asking_words *r);
void read_grades(asking_words *r);
void read_stage(asking_words *r);
void read_languages(asking_words *r);
/* condition_region.c */
void read_regions(asking_words *r);
/* amount.c, period.c */
void read_budgets(asking_words *r);
void read_periods(asking_words *r);

/* What a question asks beside its words, and which of its words ask for nothing else. */
typedef struct {
    yq_conditions all;   /* of the words and of the fields, but those that were left out */
    yq_spans ignored;    /* words of conditions that were left out */
    yq_spans no_subject; /* these, and words that no text has to speak of */
    yq_str available;    /* the words that ask for what can be had today, or empty */
    yq_str today;
} asked_conditions;
void conditions_of(yq_arena *a, const yq_need_question *q, asked_conditions *out);

/* ---------------------------------------------------------------- what is said */

/* An amount of money in text. */
typedef struct {
    yq_span span;
    double least, most; /* yuan; most < 0: open */
    bool currency;      /* said as money, not only as a number */
} amount;
size_t amounts_in(yq_str low, amount *out, size_t cap);

/* What a sentence says of a condition by its words; low: simplified, small letters. of: the kind of thing it is said of. */
yq_condition_state condition_said(yq_arena *a, const yq_condition *c, yq_str plain, yq_str of, bool row);
yq_condition_state grade_said(yq_arena *a, const yq_condition *c, yq_str low);
yq_condition_state language_said(const yq_condition *c, yq_str low, bool row);
yq_condition_state budget_said(const yq_condition *c, yq_str low, yq_str of, bool row);
yq_condition_state region_said(yq_arena *a, const yq_condition *c, yq_str plain, bool row);
/* The other way round when the condition is that it must not be so. */
yq_condition_state as_wanted(const yq_condition *c, yq_condition_state s);
/* "不在广东省", "not in Guangdong": what an answer is that does not meet it. */
yq_str condition_unmet(yq_arena *a, const yq_condition *c, bool chinese);
/* Today by the clock, YYYY-MM-DD. */
yq_str day_of_clock(yq_arena *a);
/* In small letters; places stay. */
yq_str small_letters(yq_arena *a, yq_str s);

#endif
