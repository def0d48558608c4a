/* match/internal.h - shared inside match/ only. */
#ifndef YQ_MATCH_INTERNAL_H
#define YQ_MATCH_INTERNAL_H

#include "match/match.h"

/* ---------------------------------------------------------------- strings with numbers */

typedef struct {
    yq_arena *arena;
    YQ_VEC(yq_str) names;
    uint32_t *table; /* number + 1, open addressing */
    uint32_t size;
} numbering;

/* The number of the string; *fresh (may be NULL): it had none yet. */
uint32_t number_of(numbering *n, yq_str s, bool *fresh);
uint32_t number_known(const numbering *n, yq_str s); /* UINT32_MAX: none */

/* ---------------------------------------------------------------- a corpus of `rank` in memory */

typedef struct {
    uint32_t term;
    float tf;
} cell;

typedef struct {
    cell *cells; /* by term */
    size_t n;
    double length;
    uint32_t owner;
} vector;

typedef struct {
    yq_arena *arena;
    numbering ids, owners, terms;
    YQ_VEC(vector) docs;    /* by number of the id, which is also the id in the index */
    YQ_VEC(uint32_t) df;    /* of each term */
    double mean_length;
    yq_index *index;
} corpus;

/* Calls work for every line of a file of JSON objects; stops at its first error. Errors name file and line. */
typedef yq_code line_work(void *arg, yq_str id, yq_str title, yq_str text, yq_str owner, yq_err *err);
yq_code each_line(const char *path, line_work *work, void *arg, yq_err *err);

yq_code corpus_read(const char *path, corpus **out, yq_err *err);
void corpus_free(corpus *c);
double corpus_idf(const corpus *c, uint32_t term);
/* The cells of a text, in the arena; terms that no document has are left out. */
vector corpus_vector(corpus *c, yq_arena *a, yq_str text);

/* Words that carry a sentence (verbs, adverbs, pronouns, measures) weigh less than what it speaks of. */
void weigh_speech(yq_terms *query);

/* How much the first document stands out of the first hundred: 1 alone, 0 all score alike. */
double commitment(const yq_index_hit *hits, size_t n);
/* Adds terms of the best documents to a question that was asked once. */
void feed_back(const corpus *c, yq_arena *a, const yq_index_hit *hits, size_t n, yq_terms *query);

/* The subjects of a corpus; NULL: it is too large for that, or empty. */
typedef struct latent latent;
latent *latent_of(const corpus *c, yq_arena *a);
/* The cosine of the question and each hit in the space of subjects, 0..1. */
void latent_like(const corpus *c, const latent *l, const yq_terms *query, const yq_index_hit *hits, size_t n, double *likeness);
/* Scores the hits again and sorts them. No score becomes less. asked: the question before feedback; l may be NULL. */
void tell_apart(const corpus *c, const latent *l, yq_arena *a, const yq_terms *asked, double committed, yq_index_hit *hits, size_t n);

/* The likeness of a question to every owner, 0..1, comparable between questions; likeness has room for all owners. */
void owners_like(corpus *c, yq_arena *a, yq_str text, double *likeness);

#endif
