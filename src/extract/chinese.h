/* extract/chinese.h - what the Chinese voices share: one sentence with its words and borders. Linking and the readers of roles ask it for
 * words as well.
 *
 * Two passes over the sentences. The first cuts words and proposes organisations. Then the document's short forms are derived
 * (屿衡医疗 of 屿衡医疗科技（澜州）有限公司). The second proposes titles, departments, places, short forms and, between all these, people.
 */
#ifndef YQ_EXTRACT_CHINESE_H
#define YQ_EXTRACT_CHINESE_H

#include "extract/internal.h"

#include <uchar.h>

/* What an ordinary word is used for; see vocabulary.c. */
enum {
    YQ_USE_FUNCTION = 1,
    YQ_USE_VERB_IN_NAMES = 2,
    YQ_USE_GENERAL = 4,
    YQ_USE_NEVER_IN_NAMES = 8,
    YQ_USE_DESCRIBING = 16,
    YQ_USE_LABEL = 32,
    YQ_USE_FOLLOWER = 64,
    YQ_USE_NO_SURNAME = 128,
    YQ_USE_NOT_LAST = 256,
    YQ_USE_SELDOM_LAST = 512,
    YQ_USE_VAGUE = 1024
};
unsigned yq_uses(yq_str word); /* a set of YQ_USE_*, 0 for other words */
/* Does a word of that use end, or begin, with the character? */
bool yq_ends_label(yq_str character);
bool yq_begins_follower(yq_str character);

/* A word of the cut, or a character that belongs to none (punctuation). */
typedef struct {
    uint32_t from, to;
    float frequency;
    uint16_t uses;  /* YQ_USE_* */
    char tag[3];    /* part of speech, "" if the dictionary does not have it */
    bool han : 1;   /* Chinese word; else letters and digits, or punctuation when !word */
    bool word : 1;
} yq_token;

/* What stands at the borders between bytes, for one sentence. Index: byte - span.from. */
enum {
    YQ_EDGE_WORD = 1,       /* a word of the cut begins here */
    YQ_EDGE_ORG_FROM = 2,   /* a proposed organisation begins / ends here */
    YQ_EDGE_ORG_TO = 4,
    YQ_EDGE_SPEECH = 8,     /* a verb of saying, hosting, lecturing begins here */
    YQ_EDGE_DEPARTMENT_TO = 16,
    YQ_EDGE_PERSON_TO = 32, /* an accepted person ends here */
    YQ_EDGE_PLACE_TO = 64,
    YQ_EDGE_COHORT_TO = 128
};

typedef struct {
    yq_work *w;
    const yq_sentence *sentence;
    yq_str text;              /* of the document */
    yq_span span;
    const yq_token *tokens;   /* of the sentence */
    size_t token_count;
    uint8_t *edge;            /* span length + 1 */
    uint16_t *title_to;       /* length of the longest title that begins here, 0: none */
    uint16_t *title_from;     /* length of the longest title that ends here */
    char *title_kind;         /* letter for the kind of the title that ends here, see scan.c */
} yq_line;

/* A form that is looked for: a short form of an organisation, or a name of a person. */
typedef struct {
    yq_str form, full, kind;
    uint32_t next; /* 1 + index of another form with the same hash, 0: none */
} yq_alias;

typedef struct {
    YQ_VEC(yq_alias) forms;
    uint32_t *slots;
    size_t slot_count;
} yq_finder;


/* What a name that leaves its head away means at one place of the document. */
typedef struct {
    uint32_t from, to;
    yq_str full;
} yq_completion;

/* The arrays of yq_line; one set serves all sentences in turn. */
typedef struct {
    uint8_t edge[YQ_SENTENCE_BYTES + 1];
    char title_kind[YQ_SENTENCE_BYTES + 1];
    uint16_t title_to[YQ_SENTENCE_BYTES + 1], title_from[YQ_SENTENCE_BYTES + 1];
} yq_borders;

struct yq_chinese {
    yq_borders *borders;
    size_t first_proposal;             /* of these voices */
    YQ_VEC(yq_token) tokens;
    YQ_VEC(uint32_t) first_token;      /* by sentence, and one more for the end */
    YQ_VEC(yq_completion) completions; /* in the order of the text */
    yq_finder aliases;                 /* short forms of organisations */
    yq_finder names;                   /* people that are clear somewhere */
};

/* Is there a character of Chinese, or of its kin, in s? */
bool yq_has_han(yq_str s);
/* The character before / behind a byte of the line; 0 at its border. */
static inline uint32_t yq_char_before(const yq_line *l, size_t at)
{
    if (at <= l->span.from) return 0;
    size_t back = yq_utf8_back(l->text, at);
    return yq_utf8_next(l->text, &back);
}
static inline uint32_t yq_char_at(const yq_line *l, size_t at)
{
    return at < l->span.to ? yq_utf8_next(l->text, &at) : 0;
}
/* The token that begins / ends at a byte; SIZE_MAX: none. */
size_t yq_token_from(const yq_line *l, size_t at);
size_t yq_token_to(const yq_line *l, size_t at);
/* Is the character one of those in the list, a literal or an array of char32_t without its 0? */
static inline bool yq_among(uint32_t c, const char32_t *list, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) any |= list[i] == c;
    return any;
}
#define yq_one_of(c, literal) yq_among((c), U##literal, sizeof(U##literal) / sizeof(char32_t) - 1)
#define yq_one_in(c, array) yq_among((c), (array), sizeof(array) / sizeof(char32_t) - 1)
/* Is s one of the words of a list in which they are separated (and surrounded) by blanks? */
bool yq_in_list(yq_str s, const char *list);

void yq_line_organizations(yq_line *l); /* organizations.c: first pass */
void yq_line_aliases(yq_line *l);       /* aliases.c: second pass */
void yq_line_people(yq_line *l);        /* people.c: second pass */
void yq_derive_aliases(yq_work *w);     /* aliases.c: between the passes */
void yq_repeat_names(yq_work *w);       /* aliases.c: after them */

/* aliases.c: forms by their first two characters. Add all, build once, then ask: the longest form that begins at text[at, end). */
void yq_finder_add(yq_work *w, yq_finder *f, yq_str form, yq_str full, yq_str kind);
void yq_finder_build(yq_work *w, yq_finder *f);
const yq_alias *yq_finder_at(const yq_finder *f, yq_str text, size_t at, size_t end);

#endif
