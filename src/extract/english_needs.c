/* extract/english_needs.c - stated wants in English sentences: what is missing, late, too hard, too few.
 *
 * A want is one sentence, or what somebody says in quotation marks inside it. Words of want have weights; what somebody says needs fewer, because
 * people quoted in such pages speak of what troubles them. Rules, refusals and what is already done are no wants.
 */
#include "extract/english.h"
#include "extract/relations.h"

#include <ctype.h>

enum { ENOUGH = 3, ENOUGH_SAID = 2, NEED_BYTES_MIN = 28, NEED_BYTES_MAX = 330 };

static const struct { const char *word; int weight; } cues[] = {
    /* missing */
    { " lack of ", 3 }, { " lacks ", 3 }, { " lack ", 3 }, { "shortage", 3 }, { " have no ", 3 }, { " has no ", 3 }, { " had no ", 2 }, { "there is no ", 3 }, { "there are no ", 3 }, { " nowhere ", 3 }, { " nobody ", 2 },
    { " no one ", 2 }, { " does not have ", 3 }, { " do not have ", 3 }, { " don't have ", 3 }, { " doesn't have ", 3 }, { " don’t have ", 3 }, { " doesn’t have ", 3 }, { " not available", 3 }, { " unavailable", 3 },
    { " unmet ", 3 }, { " without a ", 1 }, { " without any ", 2 }, { " no reliable ", 3 }, { " no good ", 2 }, { " no affordable ", 3 }, { " only available in ", 2 },
    /* too few, too long */
    { " only one ", 2 }, { " only two ", 2 }, { " only three ", 2 }, { " just one ", 2 }, { " just two ", 2 }, { " not enough ", 3 }, { " too few ", 3 }, { " insufficient ", 3 }, { " turn away ", 2 }, { " turned away", 2 },
    { " waiting list", 3 }, { " waiting time", 3 }, { " wait up to ", 3 }, { " waits of ", 3 }, { " wait for ", 2 }, { " queue ", 2 }, { " backlog", 3 }, { " overcrowded", 3 }, { " understaffed", 3 }, { " overstretched", 3 },
    { " burnout", 2 }, { " takes too long", 3 }, { " too long ", 2 }, { " too late", 3 }, { " too slow", 3 }, { " delayed ", 2 }, { " delays ", 2 }, { " travel up to ", 3 }, { " hours away", 3 }, { " up to six hours", 2 },
    { " months to see ", 3 }, { " wasted", 2 },
    /* too hard */
    { " cannot ", 2 }, { " can't ", 2 }, { " can’t ", 2 }, { " unable to ", 3 }, { " struggle", 3 }, { " hard to ", 2 }, { " difficult to ", 3 }, { " impossible to ", 3 }, { " fail to ", 3 }, { " fails to ", 3 },
    { " too costly", 3 }, { " too expensive", 3 }, { " too heavy", 3 }, { " too big ", 3 }, { " too small ", 2 }, { " too large ", 3 }, { " too frail ", 3 }, { " too bulky", 3 }, { " bottleneck", 3 }, { " by hand", 2 }, { " on paper", 2 },
    { " still rely on ", 3 }, { " still relies on ", 3 }, { " still depend", 3 }, { " guesswork", 3 }, { " by eye", 2 }, { " undetected", 3 }, { " is missed ", 3 }, { " are missed ", 3 }, { " go unnoticed", 3 }, { " slip", 1 },
    { " times the norm", 3 }, { " times the ward norm", 3 }, { " injur", 1 }, { " readmitted", 2 }, { " relapse", 2 }, { " never ", 1 }, { " rarely ", 2 }, { " seldom ", 2 }, { " still ", 1 }, { " often ", 1 }, { " every time ", 1 },
    { " half of ", 2 }, { " one in ", 2 }, { " falls off", 2 }, { " fall off", 2 }, { " breaks ", 2 }, { " leak", 2 }, { " fails ", 3 }, { " die ", 3 }, { " lost ", 1 }, { " lose ", 1 }, { " not have ", 2 },
    /* asked for */
    { " must be a better ", 3 }, { " needs to be ", 1 },
    { " we need a ", 3 }, { " need a ", 2 }, { " needs a ", 2 }, { " urgently need", 3 }, { " is needed", 2 }, { " are needed", 2 }, { " what we need ", 3 }, { " problem is ", 2 }, { " the problem ", 1 }, { " remains ", 1 },
};

static const char *const excuses[] = {
    " can now ", " no longer ", " solved ", "conflict of interest", "unsubscribe", "Unsubscribe", "cookie", " may not ", " must not ", " should not ", " not responsible", " cannot be held ", " no suitable ", " significant difference",
    " free of charge", " no later than ", " not only ", "hesitate", "forward-looking", "rights reserved", " will not be ", " reserve ", " no adverse ", " no serious ", " no cost", "do not need ", " no need ", "not yet opened",
    " applicants ", " Applicants ", " apply ", " proceeds ", "refund", " registration ",
};

static int want_of(yq_arena *a, yq_str words)
{
    int sum = 0;
    yq_str padded = yq_concat(a, YQ_S(" "), yq_concat(a, words, YQ_S(" ")));
    char *small = yq_dupz(a, padded);
    for (char *p = small; *p; p++) *p = (char)tolower((unsigned char)*p);
    for (size_t i = 0; i < YQ_COUNT(cues); i++)
        if (strstr(small, cues[i].word)) sum += cues[i].weight;
    return sum;
}

/* What stands in quotation marks in the sentence, also when the quotation began before it or goes on behind it. */
static bool said_in(const yq_work *w, const yq_sentence *s, yq_span *said)
{
    static const char *const opens[] = { "\"", "“" }, *const closes[] = { "\"", "”" };
    for (size_t i = 0; i < 2; i++) {
        yq_str open = yq_cstr(opens[i]), close = yq_cstr(closes[i]), text = yq_sub(w->text, 0, s->span.to);
        size_t first = yq_find(text, open, s->span.from), end = first == SIZE_MAX ? SIZE_MAX : yq_find(text, close, first + open.n);
        if (first == SIZE_MAX) { /* … does not have 125 ml to lose,” said Dr Roe. */
            size_t only = yq_find(text, close, s->span.from);
            if (only == SIZE_MAX) continue;
            *said = (yq_span){ s->span.from, (uint32_t)only };
            return true;
        }
        bool closing = end == SIZE_MAX && i == 0 && first + 1 < s->span.to && (w->text.p[first + 1] == ' ' || w->text.p[first + 1] == '.') && first > s->span.from + 1;
        *said = closing ? (yq_span){ s->span.from, (uint32_t)first } : (yq_span){ (uint32_t)(first + open.n), end == SIZE_MAX ? s->span.to : (uint32_t)end };
        return true;
    }
    return false;
}

/* "The director said that the ward has no …": what is said. */
static yq_span behind_that(const yq_work *w, yq_span s)
{
    static const char *const verbs[] = { " said that ", " says that ", " explained that ", " noted that ", " warned that ", " added that ", " reported that " };
    for (size_t i = 0; i < YQ_COUNT(verbs); i++) {
        size_t at = yq_find(yq_sub(w->text, 0, s.to), yq_cstr(verbs[i]), s.from);
        if (at != SIZE_MAX && at < s.from + 160) s.from = (uint32_t)(at + strlen(verbs[i]));
    }
    return s;
}

/* The title of a talk or an event is no complaint. */
static bool is_title(const yq_work *w, yq_span s)
{
    for (size_t i = 0; i < w->out->talks.n && i < 400; i++)
        if (w->out->talks.v[i].evidence.span.from < s.to && s.from < w->out->talks.v[i].evidence.span.to) return true;
    size_t words = 0, capitals = 0;
    for (size_t at = s.from, to; at < s.to; at = to > at ? to : at + 1) {
        to = yq_word_end(w->text, at, s.to);
        if (to >= at + 4) words++, capitals += yq_capital(w->text, at);
    }
    return words && capitals * 10 > words * 6;
}

/* Sentences that follow each other in one quotation are one thought. */
static bool joined_to_last(yq_work *w, const yq_sentence *s, yq_span span)
{
    yq_found_need *last = w->out->needs.n ? &w->out->needs.v[w->out->needs.n - 1] : NULL;
    if (!last || last->evidence.span.to > span.from || span.from - last->evidence.span.to > 3 || span.to - last->evidence.span.from > NEED_BYTES_MAX) return false;
    const yq_sentence *t = yq_sentence_at(w, last->evidence.span.from);
    if (!t || t->block != s->block) return false;
    yq_span both = { last->evidence.span.from, span.to };
    last->text = yq_words_of(w, both);
    last->evidence.span = both;
    last->evidence.sentence.to = s->span.to;
    return true;
}

void yq_read_english_need(yq_work *w, const yq_sentence *s)
{
    yq_span said, span = s->span;
    bool quoted = said_in(w, s, &said) && said.to > said.from + NEED_BYTES_MIN;
    if (quoted) span = said;
    span = yq_tighten(w->text, behind_that(w, span));
    yq_str words = yq_at(w->text, span);
    if (words.n < NEED_BYTES_MIN || words.n > NEED_BYTES_MAX || yq_has_any(words, excuses, YQ_COUNT(excuses))) return;
    int want = want_of(w->arena, words);
    if (want < (quoted ? ENOUGH_SAID : ENOUGH) || is_title(w, span)) return;
    if (!quoted || !joined_to_last(w, s, span)) yq_note_need(w, s, span);
}
