#include "extract/cues.h"

#include <pthread.h>

static const yq_cue_words *const families[] = { yq_quote_cues, yq_need_cues, yq_deal_cues, yq_talk_cues, yq_event_cues, yq_technology_cues, yq_figure_cues,
                                                yq_scheme_cues, yq_detail_cues, yq_ask_cues };

/* ---------------------------------------------------------------- keys */

/* The first bytes of a word, as a number: six or three where Chinese begins, four, two or one elsewhere. */
static uint64_t key_of(const char *p, size_t bytes)
{
    uint64_t v = 0;
    memcpy(&v, p, bytes);
    uint64_t high = v & 0x8080808080808080u;
    v |= (high ^ (0x8080808080808080u >> (64 - 8 * bytes))) >> 2; /* letters in small ones; other signs may come to be alike */
    return v | (uint64_t)bytes << 56;
}

static size_t key_bytes(const char *p, size_t n)
{
    if ((uint8_t)*p >= 0xE0) return n >= 6 ? 6 : 3;
    return n >= 4 ? 4 : n >= 2 ? 2 : 1;
}

/* ---------------------------------------------------------------- the table, filled once for the whole program */

enum { SLOT_BITS = 13, SLOTS = 1 << SLOT_BITS };

static struct {
    uint64_t key[SLOTS];
    yq_cues cues[SLOTS];
    uint64_t some[SLOTS / 64]; /* a bit for each slot that a key came to: nearly all places are answered here */
} table;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static size_t home_of(uint64_t key)
{
    return key * 0x9E3779B97F4A7C15u >> (64 - SLOT_BITS);
}

static size_t slot_of(uint64_t key)
{
    size_t i = home_of(key);
    while (table.key[i] && table.key[i] != key) i = (i + 1) & (SLOTS - 1);
    return i;
}

static void add_word(const char *word, yq_cues cue)
{
    uint64_t key = key_of(word, key_bytes(word, strlen(word)));
    size_t home = home_of(key), slot = slot_of(key);
    table.some[home / 64] |= (uint64_t)1 << home % 64;
    table.key[slot] = key;
    table.cues[slot] |= cue;
}

static void fill(void)
{
    for (size_t f = 0; f < sizeof families / sizeof *families; f++)
        for (const yq_cue_words *list = families[f]; list->n; list++)
            for (size_t i = 0; i < list->n; i++) add_word(*(const char *const *)((const char *)list->word + i * list->stride), list->cue);
}

/* ---------------------------------------------------------------- asking */

static inline yq_cues cues_of(const char *p, size_t bytes)
{
    uint64_t key = key_of(p, bytes);
    size_t home = home_of(key);
    return table.some[home / 64] >> home % 64 & 1 ? table.cues[slot_of(key)] : 0;
}

static inline yq_cues cues_here(yq_str text, size_t at)
{
    const char *p = text.p + at;
    size_t n = text.n - at;
    if ((uint8_t)*p >= 0xE0) return (n >= 6 ? cues_of(p, 6) : 0) | (n >= 3 ? cues_of(p, 3) : 0);
    return (n >= 4 ? cues_of(p, 4) : 0) | (n >= 2 ? cues_of(p, 2) : 0) | cues_of(p, 1);
}

size_t yq_cue_from(yq_str text, size_t at, size_t high, yq_cues cues)
{
    pthread_once(&once, fill);
    while (at < high && !(cues_here(text, at) & cues)) yq_utf8_next(text, &at);
    return at < high ? at : high;
}

yq_cues yq_cues_in(yq_str text, yq_span span)
{
    yq_cues all = 0;
    pthread_once(&once, fill);
    for (size_t at = span.from; at < span.to; at++)
        if (((uint8_t)text.p[at] & 0xC0) != 0x80) all |= cues_here(text, at);
    return all;
}
