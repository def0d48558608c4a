/* extract/english.h - words and posts of English text, shared by english.c, english_roles.c and english_posts.c. */
#ifndef YQ_EXTRACT_ENGLISH_H
#define YQ_EXTRACT_ENGLISH_H

#include "extract/chinese.h"

/* The end of the English word that begins at `at` (apostrophes, hyphens and stops inside belong to it); `at` if none begins there. */
size_t yq_word_end(yq_str s, size_t at, size_t end);
bool yq_capital(yq_str s, size_t at);

/* Reads posts behind a name or a verb: parts between commas, each a degree, a post, an organisation or a department (english_roles.c). */
enum { YQ_POSTS_MAX = 12 };
typedef struct {
    yq_work *w;
    const yq_sentence *s;
    int person;
    yq_span title[YQ_POSTS_MAX]; /* waiting for an organisation */
    size_t n;
    int org;                     /* the last one that was named, YQ_NONE: none */
} yq_post_reader;

/* Reads from `at` to `limit`; what is not read as a post ends it. */
void yq_read_posts(yq_post_reader *r, size_t at, size_t limit);
/* Gives the waiting posts to the person, at that organisation. */
void yq_give_posts(yq_post_reader *r, int org);
/* The first title that begins at a word of the text; its kind as in titles_en.tsv. */
bool yq_title_within(const yq_post_reader *r, size_t from, size_t to, yq_span *title, yq_str *kind);
/* Posts that verbs, pronouns, labels and biographies tell of (english_posts.c). */
void yq_find_english_posts(yq_work *w);

#endif
