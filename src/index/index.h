/* index/index.h - which passages speak of this? Immutable segments, BM25, exact top-k, nobody sees more.
 *
 * A segment is one file: postings of terms (words, character pairs, Latin stems, abbreviations) with field-weighted frequencies, owner and sharing
 * level of each document, and the collection's statistics. A manifest names the segments and the journal sequence they contain; both are written whole
 * (temporary file, fsync, rename), so a crash leaves the former index. Losing the folder loses nothing: the register builds it again.
 */
#ifndef YQ_INDEX_H
#define YQ_INDEX_H

#include "text/lexicon.h"
#include "text/text.h"

enum { YQ_INDEX_VERSION = 2 };

/* Who asks. Defined here because it is needed inside the scoring loop; store and match use the same one. */
typedef struct {
    int64_t institution;   /* own institution; documents of this owner are always seen */
    int level;             /* sees foreign documents shared at this level or below: 0 public … 3 own only */
} yq_viewer;
enum { YQ_SHARE_PUBLIC = 0, YQ_SHARE_ALLIANCE = 1, YQ_SHARE_PARTNER = 2, YQ_SHARE_OWN = 3 };
yq_viewer yq_viewer_office(void); /* the one built-in viewer: institution 1, sees everything of its own and what is shared with it */
bool yq_viewer_sees(const yq_viewer *v, int64_t owner, int sharing);

/* ---------------------------------------------------------------- terms */

typedef struct {
    yq_str text;    /* in the arena */
    float weight;   /* 1 for the asker's own words; less for pairs, expansions, feedback terms */
    uint16_t group; /* terms of one group stand for one thing asked (a word and its synonyms) */
} yq_term;
enum { YQ_NO_GROUP = UINT16_MAX }; /* of terms that support a word and stand for nothing by themselves (character pairs) */
typedef YQ_VEC(yq_term) yq_terms;

/* The terms of a text as they are indexed: words by yq_cut, Han character pairs, Latin words lower-cased and stemmed (Porter 1980), numbers
 * with units and hyphenated names kept whole and in parts. */
void yq_index_terms(yq_arena *a, yq_str plain, yq_terms *out);
/* The terms of a question: stop words dropped, each word a group; with expand, concepts of both languages join with lower weight. */
void yq_query_terms(yq_arena *a, yq_str plain, bool expand, yq_terms *out);
/* The words of a question that say what is asked for; word k is group k of yq_query_terms. */
void yq_query_words(yq_arena *a, yq_str plain, yq_words *out);
/* The term under which a concept is indexed in all its forms, together with the concepts next below it. */
yq_str yq_concept_term(yq_arena *a, uint32_t concept);

/* ---------------------------------------------------------------- building */

typedef struct {
    int64_t id;                /* the caller's; unique in the index; adding it again replaces it */
    int64_t owner;
    int sharing;
    yq_str title, text;        /* plain */
    const yq_terms *terms;     /* in place of title and text, for a caller who has cut them; NULL: they are cut here */
} yq_index_doc;

typedef struct yq_index yq_index; /* threads may search while one thread writes */

/* After an error of add, delete or commit the index is what it was at the last commit: all added since has to be added again.
 * folder NULL: in memory only (rank). Creates or opens; a damaged or foreign-version index is emptied and *stale set, so that the caller adds all
 * again. sequence: journal sequence it contains (0: nothing). */
yq_code yq_index_open(const char *folder, yq_index **out, int64_t *sequence, bool *stale, yq_err *err);
void yq_index_close(yq_index *x);
yq_code yq_index_add(yq_index *x, const yq_index_doc *docs, size_t n, yq_err *err);   /* buffered, searchable after commit */
yq_code yq_index_delete(yq_index *x, const int64_t *ids, size_t n, yq_err *err);
yq_code yq_index_commit(yq_index *x, int64_t sequence, yq_err *err);                  /* durable and searchable; merges small segments */
/* Puts all segments into one, which is searched soonest; durable at its return. */
yq_code yq_index_merge(yq_index *x, yq_err *err);
size_t yq_index_count(const yq_index *x);

/* ---------------------------------------------------------------- searching */

typedef struct {
    int64_t id;
    double score;         /* BM25, Robertson et al. 1994, as search.c defines it */
    uint32_t groups;      /* how many of the query's groups occur */
} yq_index_hit;

typedef struct {
    size_t top;
    bool exhaustive;                    /* score everything (the reference that tests compare with) */
    bool (*cancelled)(void *arg);       /* NULL: never */
    void *arg;
    const int64_t *only; size_t only_n; /* restrict to these ids (sorted), NULL: all */
} yq_search_options;

/* Best first; equal scores by id. The same list whether pruned or exhaustive. Hits are filtered by the viewer inside the loop. */
yq_code yq_index_search(yq_index *x, const yq_viewer *viewer, const yq_terms *query, const yq_search_options *options,
                        yq_index_hit *hits, size_t *n, yq_err *err);
/* Inverse document frequency of a term over all the viewer may see; for marking and calibration. */
double yq_index_idf(yq_index *x, const yq_viewer *viewer, yq_str term);

#endif
