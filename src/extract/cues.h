/* extract/cues.h - which families of patterns can fire where, by one walk over the text.
 *
 * A family of patterns (deals, needs, talks ...) begins with one of some words: a verb, a mark, a label. It names them here, and looks only at the
 * sentences, and in them only at the places, where one of them may begin. One table holds the words of all families, by their first bytes (two
 * characters of Chinese, four letters), so that a place is asked once for all; what it says may be too much, never too little.
 */
#ifndef YQ_EXTRACT_CUES_H
#define YQ_EXTRACT_CUES_H

#include "base/base.h"

typedef enum {
    YQ_CUE_QUOTE,          /* a mark that opens a quotation */
    YQ_CUE_WANT,           /* needs.c */
    YQ_CUE_ACT,            /* deals.c */
    YQ_CUE_TOPIC,          /* talks.c: before a topic */
    YQ_CUE_OBJECT,         /* talks.c: before an object */
    YQ_CUE_HOLDING,        /* events.c: verbs of holding */
    YQ_CUE_HOST,           /* events.c: verbs of hosting */
    YQ_CUE_HELD,           /* events.c: before a name in passing */
    YQ_CUE_MAKING,         /* technologies.c: verbs of making */
    YQ_CUE_PRESENTED,      /* technologies.c: behind a name */
    YQ_CUE_ONLINE,         /* technologies.c */
    YQ_CUE_PRODUCTS,       /* technologies.c: before a list */
    YQ_CUE_NUMERAL,        /* figures.c: a number in characters */
    YQ_CUE_SCHEME_END,     /* schemes.c: how names of schemes end */
    YQ_CUE_TRIAL,          /* schemes.c: what a sentence tells of a trial */
    YQ_CUE_FUND,           /* the same of a fund */
    YQ_CUE_ENGLISH_SCHEME, /* schemes.c: nouns of English names */
    YQ_CUE_CALLED,         /* schemes.c */
    YQ_CUE_DETAIL,         /* scheme_details.c: a label, a verb, the number of a register */
    YQ_CUE_STATE,          /* scheme_details.c: how a scheme stands */
    YQ_CUE_ASK,            /* asks.c */
    YQ_CUES
} yq_cue;

typedef uint64_t yq_cues; /* a set of them */
#define YQ_CUE(name) ((yq_cues)1 << YQ_CUE_##name)

/* Words of a family: n strings, `stride` bytes from each to the next. A list of these ends with one that has none. */
typedef struct {
    yq_cues cue;
    const char *const *word;
    size_t n, stride;
} yq_cue_words;
#define YQ_CUE_WORDS(name, list) { YQ_CUE(name), (list), sizeof(list) / sizeof *(list), sizeof *(list) }
#define YQ_CUE_FIELD(name, list, field) { YQ_CUE(name), &(list)[0].field, sizeof(list) / sizeof *(list), sizeof *(list) }

extern const yq_cue_words yq_quote_cues[], yq_need_cues[], yq_deal_cues[], yq_talk_cues[], yq_event_cues[], yq_technology_cues[], yq_figure_cues[],
    yq_scheme_cues[], yq_detail_cues[], yq_ask_cues[];

/* All that may begin in the span, in whatever case its letters are. */
yq_cues yq_cues_in(yq_str text, yq_span span);
/* The first place from `at` on where one of the set may begin; `high`: there is none. */
size_t yq_cue_from(yq_str text, size_t at, size_t high, yq_cues cues);

#endif
