/* extract/english_events.c - what English text tells of conferences, symposia and meetings.
 *
 * Four ways: "the Luhu Forum was held at …"; a line of a diary that begins with its date ("2–3 July — Bedside Engineering Meeting, Wellington"); a
 * kind of meeting with its title in quotation marks ("a symposium, “Every Drop Counts”"); a name in passing with its date ("at the Luhu Forum in
 * Bergen on 3 May"). Hosts and supporters stand behind "hosted by", "supported by".
 */
#include "extract/english.h"
#include "extract/relations.h"

#include <ctype.h>

static const char *const event_nouns[] = { "Forum", "Conference", "Symposium", "Summit", "Congress", "Workshop", "Seminar", "Annual Meeting", "Ceremony", "Roundtable", "Colloquium", "Innovation Week",
                                           "Hackathon", "Meeting", "Webinar", "Masterclass", "Expo", "Fair", "Convention", "Open Day", "Study Day", "Symposia", "Showcase", "Demo Day", "Lecture Series", "Summer School" };

static bool starts_small(yq_str s, const char *word)
{
    size_t n = strlen(word);
    return s.n >= n && !strncasecmp(s.p, word, n);
}

/* ---------------------------------------------------------------- adding */

static yq_found_event *note(yq_work *w, yq_span name, double confidence)
{
    yq_str words = yq_words_of(w, yq_tighten(w->text, name));
    for (size_t i = 0; i < w->out->events.n; i++)
        if (yq_same_words(w->out->events.v[i].name, words)) return &w->out->events.v[i];
    if (w->out->events.n >= YQ_FOUND_MAX) return &w->out->events.v[w->out->events.n - 1];
    yq_found_event *e = yq_push(w->arena, &w->out->events);
    *e = (yq_found_event){ .name = words, .evidence = yq_evidence_of(w, name, confidence, YQ_VOICE_PATTERN) };
    return e;
}

static void set_date(yq_found_event *e, const yq_mention *m)
{
    if (e->date[0] || !m || m->value.n < 7 || m->value.n > 10) return;
    memcpy(e->date, m->value.p, m->value.n);
    e->date[m->value.n] = 0;
}

static void set_place(const yq_work *w, yq_found_event *e, yq_span place)
{
    enum { PLACE_BYTES = 70 };
    place = yq_tighten(w->text, place);
    yq_str words = yq_words_of(w, place);
    if (!e->place.n && words.n >= 3 && words.n <= PLACE_BYTES && yq_capital(w->text, place.from)) e->place = words;
}

static void add_organizer(yq_work *w, yq_found_event *e, int org, const char *role)
{
    for (size_t i = 0; i < e->organizers.n; i++)
        if (e->organizers.v[i].org == org) return;
    if (org != YQ_NONE) *yq_push(w->arena, &e->organizers) = (yq_found_organizer){ org, role };
}

static const struct { const char *verb, *role; } hosts[] = {
    { "co-hosted by", "host" }, { "hosted by", "host" }, { "co-organised by", "co-organizer" }, { "co-organized by", "co-organizer" }, { "organised by", "organizer" }, { "organized by", "organizer" },
    { "convened by", "organizer" }, { "supported by", "supporter" }, { "sponsored by", "supporter" }, { "in partnership with", "co-organizer" }, { "media partner", "media" },
};

/* "Hosted by A and B; supported by C": each verb has the organisations up to the next. */
static void read_hosts(yq_work *w, yq_found_event *e, yq_span span)
{
    const char *role = NULL;
    yq_mention_list orgs = { 0 };
    size_t from = span.from;
    for (size_t at = span.from; at <= span.to; at++) {
        const char *next = NULL;
        for (size_t i = 0; at < span.to && i < YQ_COUNT(hosts) && !next; i++)
            if ((at == span.from || !isalpha((unsigned char)w->text.p[at - 1])) && w->text.p[at - (at > span.from)] != '-' && starts_small(yq_sub(w->text, at, span.to), hosts[i].verb)) next = hosts[i].role;
        bool stop = at == span.to || next || w->text.p[at] == ';' || (w->text.p[at] == '.' && at + 1 < span.to && w->text.p[at + 1] == ' ');
        if (stop && role && at > from) {
            yq_mentions_in(w, (yq_span){ (uint32_t)from, (uint32_t)at }, YQ_MASK(YQ_M_ORG), &orgs);
            for (size_t k = 0; k < orgs.n; k++) add_organizer(w, e, orgs.v[k]->ref, role);
            role = NULL;
        }
        if (next) role = next, from = at;
    }
}

/* The whole block of a sentence. */
static yq_span block_of(const yq_work *w, const yq_sentence *s)
{
    return w->reading->blocks.v[s->block].span;
}

/* ---------------------------------------------------------------- held */

/* An abstract in English tells again of an event of the same day: it may add the year. */
static bool told_on_same_day(yq_work *w, const yq_sentence *s)
{
    const yq_mention *date = yq_next_mention(w, s, YQ_MASK(YQ_M_DATE), s->span.from);
    if (!date || date->value.n != 10) return false;
    for (size_t i = 0; i < w->out->events.n; i++) {
        yq_found_event *event = &w->out->events.v[i];
        size_t n = strlen(event->date);
        if (n < 7 || memcmp(event->date + n - 5, date->value.p + 5, 5)) continue;
        if (event->date[0] == '-') memcpy(event->date, date->value.p, 10), event->date[10] = 0;
        return true;
    }
    return false;
}

/* The place behind "at" or "in": up to a date, a comma or what else follows. */
static void place_behind(const yq_work *w, yq_found_event *e, yq_span rest)
{
    static const char *const ends[] = { " on ", ", ", " with ", " from ", ". ", " this ", " next ", " last ", " by ", " under ", " and was " };
    size_t at = yq_find_outside(w->text, rest, rest.from, " at "), in = yq_find_outside(w->text, rest, rest.from, " in ");
    if (in < at) at = in;
    if (at == SIZE_MAX) return;
    yq_span place = { (uint32_t)at + 4, rest.to };
    for (size_t k = 0; k < YQ_COUNT(ends); k++) {
        size_t end = yq_find_outside(w->text, place, place.from, ends[k]);
        if (end != SIZE_MAX) place.to = (uint32_t)end;
    }
    if (starts_small(yq_at(w->text, place), "the ")) place.from += 4;
    yq_mention_list dates = { 0 };
    yq_mentions_in(w, place, YQ_MASK(YQ_M_DATE), &dates);
    if (!dates.n) set_place(w, e, place);
}

static const yq_mention *date_near(const yq_work *w, const yq_sentence *s, size_t verb)
{
    const yq_mention *date = yq_next_mention(w, s, YQ_MASK(YQ_M_DATE), verb);
    if (!date || date->span.from > verb + 100) date = yq_next_mention(w, s, YQ_MASK(YQ_M_DATE), s->span.from);
    if (!date && s > w->sentences.v && s[-1].block == s->block) date = yq_last_mention(w, &s[-1], YQ_MASK(YQ_M_DATE), s[-1].span.to);
    return date;
}

/* Where the name that ends at `end` begins: its capitalised words, with the small ones between them. */
static size_t name_from(const yq_work *w, size_t low, size_t end)
{
    static const char small[] = " of on for and in the & de ";
    size_t from = end, best = end;
    while (from > low) {
        size_t to = from;
        while (to > low && w->text.p[to - 1] == ' ') to--;
        size_t word = to;
        while (word > low && !strchr(" ,;:()\"\n", w->text.p[word - 1])) word--;
        if (word == to || (to < from && to < end && strchr(",;:.", w->text.p[to - 1]))) break;
        yq_str text = yq_sub(w->text, word, to);
        bool joint = yq_has(yq_cstr(small), yq_concat(w->arena, YQ_S(" "), yq_concat(w->arena, text, YQ_S(" "))));
        bool number = isdigit((unsigned char)text.p[0]);
        if (!yq_capital(w->text, word) && !joint && !number) break;
        if (!joint) best = word;
        from = word;
    }
    static const char *const leads[] = { "The ", "At the ", "On ", "In ", "At ", "This ", "Our " };
    for (size_t i = 0; i < YQ_COUNT(leads); i++)
        if (starts_small(yq_sub(w->text, best, end), leads[i])) best += strlen(leads[i]);
    return best;
}

static bool names_event(yq_str s)
{
    size_t words = 0;
    for (yq_str rest = s, word; yq_split(&rest, ' ', &word);) words += word.n > 0;
    return words >= 2 && s.n <= 140 && yq_has_any(s, event_nouns, YQ_COUNT(event_nouns));
}

static bool read_held(yq_work *w, const yq_sentence *s)
{
    static const char *const held[] = { " was held", " took place", " will be held", " will take place", " is held", " was convened", " takes place", " will be hosted", " was hosted", " opened on", " opens on",
                                        " will run", " returns ", " is to be held", " was organised", " was organized", " drew ", " attracted ", " brought together" };
    for (size_t i = 0; i < YQ_COUNT(held); i++) {
        size_t verb = yq_find_outside(w->text, s->span, s->span.from, held[i]), from = verb;
        if (verb == SIZE_MAX) continue;
        size_t the = SIZE_MAX;
        for (size_t k = s->span.from; k < verb; k++)
            if ((starts_small(yq_sub(w->text, k, verb), "the ") && (k == s->span.from || w->text.p[k - 1] == ' ')) && yq_capital(w->text, k + 4) && yq_has_any(yq_sub(w->text, k, verb), event_nouns, YQ_COUNT(event_nouns))) the = k + 4;
        from = the != SIZE_MAX && verb - the < 140 ? the : name_from(w, s->span.from, verb);
        if (!names_event(yq_sub(w->text, from, verb)) || told_on_same_day(w, s)) continue;
        yq_found_event *e = note(w, (yq_span){ (uint32_t)from, (uint32_t)verb }, 0.75);
        set_date(e, date_near(w, s, verb));
        place_behind(w, e, (yq_span){ (uint32_t)(verb + 4), s->span.to });
        read_hosts(w, e, s->span);
        return true;
    }
    return false;
}

/* ---------------------------------------------------------------- titles in quotation marks */

static bool read_quoted(yq_work *w, const yq_sentence *s)
{
    enum { NOUN_BYTES = 60 };
    static const char *const nouns[] = { "symposium", "workshop", "seminar", "webinar", "conference", "forum", "roundtable", "colloquium", "masterclass", "panel discussion", "study day", "hackathon" };
    yq_quote q;
    for (size_t from = s->span.from; yq_next_quote(w->text, s->span, from, &q); from = q.outer.to) {
        size_t low = q.outer.from > s->span.from + NOUN_BYTES ? q.outer.from - NOUN_BYTES : s->span.from;
        yq_str front = yq_trim(yq_sub(w->text, low, q.outer.from));
        static const char *const verbs[] = { " about", " on", " entitled", "talk", " lecture", " said", ":" };
        if (!yq_has_any(front, nouns, YQ_COUNT(nouns)) || yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), low) == NULL) {
            if (!yq_has_any(front, nouns, YQ_COUNT(nouns))) continue;
        }
        bool titled = yq_ends(front, YQ_S("entitled")) || yq_ends(front, YQ_S("titled")) || yq_ends(front, YQ_S("called")) || yq_ends(front, YQ_S(","));
        for (size_t i = 0; i < YQ_COUNT(nouns); i++) titled |= yq_ends(front, yq_cstr(nouns[i]));
        const yq_mention *who = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), q.outer.from);
        bool talk = (who && who->span.from >= low) || (!titled && yq_ends_with_any(front, 0, front.n, verbs, YQ_COUNT(verbs)));
        if (!titled || talk || !yq_capital(w->text, q.inner.from)) continue;
        yq_found_event *e = note(w, q.inner, 0.65);
        read_hosts(w, e, block_of(w, s));
        const yq_mention *date = yq_next_mention(w, s, YQ_MASK(YQ_M_DATE), s->span.from);
        if (date) set_date(e, date);
        return true;
    }
    return false;
}

/* ---------------------------------------------------------------- named in passing */

/* "At the Luhu Forum in Bergen on 3 May": the name with a date close behind. */
static void read_passing(yq_work *w, const yq_sentence *s)
{
    for (size_t i = 0; i < YQ_COUNT(event_nouns); i++) {
        size_t noun = yq_find_outside(w->text, s->span, s->span.from, event_nouns[i]), end = noun + strlen(event_nouns[i]);
        if (noun == SIZE_MAX || (end < s->span.to && isalpha((unsigned char)w->text.p[end]))) continue;
        static const char *const more[] = { " on ", " for ", " of " };
        size_t link = yq_begins_with_any(w->text, end, s->span.to, more, YQ_COUNT(more));
        for (size_t at = end + link, to; link && at < s->span.to && yq_capital(w->text, at); at = to + 1) { /* Forum on Rural Stroke Care */
            to = yq_word_end(w->text, at, s->span.to);
            if (to == at) break;
            end = to;
            if (to >= s->span.to || w->text.p[to] != ' ') break;
            static const char *const joints[] = { "and ", "of ", "in ", "for ", "& " };
            size_t joint = yq_begins_with_any(w->text, to + 1, s->span.to, joints, YQ_COUNT(joints));
            if (joint && to + 1 + joint < s->span.to && yq_capital(w->text, to + 1 + joint)) to += joint;
        }
        const yq_mention *date = yq_next_mention(w, s, YQ_MASK(YQ_M_DATE), end);
        size_t from = name_from(w, s->span.from, end);
        if (!date || date->span.from > end + 40 || !names_event(yq_sub(w->text, from, end)) || noun == from || yq_span_has(w->text, (yq_span){ (uint32_t)end, date->span.from }, ";")) continue;
        yq_found_event *e = note(w, (yq_span){ (uint32_t)from, (uint32_t)end }, 0.55);
        set_date(e, date);
        place_behind(w, e, (yq_span){ (uint32_t)end, s->span.to });
        return;
    }
}

void yq_read_english_event(yq_work *w, const yq_sentence *s)
{
    if (!read_held(w, s) && !read_quoted(w, s)) read_passing(w, s);
}

/* ---------------------------------------------------------------- lines of a diary */

static bool mostly_capital(const yq_work *w, yq_span s)
{
    size_t words = 0, capitals = 0;
    for (size_t at = s.from; at < s.to;) {
        size_t to = yq_word_end(w->text, at, s.to);
        if (to >= at + 4) words++, capitals += yq_capital(w->text, at);
        at = to > at ? to : at + 1;
    }
    return words && capitals * 4 >= words * 3;
}

/* Does a date with its weekday open the line? Where the rest begins, 0: none does. */
static size_t behind_date(const yq_work *w, const yq_block *b, const yq_mention *date)
{
    enum { WEEKDAY_BYTES = 16 };
    static const char *const steps[] = { " ", "–", "—", "-", ":", "|", ",", "(", ")", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "nesday", "day", "sday", "rsday", "urday", "." };
    if (date->span.from > b->span.from + WEEKDAY_BYTES) return 0;
    size_t at = date->span.to, n;
    bool mark = false;
    while ((n = yq_begins_with_any(w->text, at, b->span.to, steps, YQ_COUNT(steps))) > 0) {
        mark |= n == 3 || strchr("-:|,", w->text.p[at]) != NULL;
        at += n;
    }
    return mark ? at : 0;
}

/* "2–3 July — Bedside Engineering Meeting, Wellington. Hosted by …": name, place, and what else the line says. */
static void read_diary_line(yq_work *w, const yq_block *b)
{
    enum { NAME_BYTES = 110 };
    static const char *const none[] = { "deadline", "Deadline", "close", "Close", "due", "applications open", "Applications", "Abstract", "Issue", "issue", "Published", "Press" };
    yq_mention_list dates = { 0 };
    yq_mentions_in(w, b->span, YQ_MASK(YQ_M_DATE), &dates);
    size_t from = dates.n ? behind_date(w, b, dates.v[0]) : 0, end = from;
    if (!from || from >= b->span.to || !yq_capital(w->text, from)) return;
    while (end < b->span.to && !strchr(",;:(|\n", w->text.p[end]) && !(w->text.p[end] == '.' && (end + 1 == b->span.to || w->text.p[end + 1] == ' ')) && !yq_starts(yq_sub(w->text, end, b->span.to), YQ_S(" —"))
           && !yq_starts(yq_sub(w->text, end, b->span.to), YQ_S(" –"))) end++;
    yq_span name = { (uint32_t)from, (uint32_t)end };
    yq_mention_list people = { 0 };
    yq_mentions_in(w, name, YQ_MASK(YQ_M_PERSON), &people);
    if (end - from < 6 || end - from > NAME_BYTES || people.n || !mostly_capital(w, name) || yq_has_any(yq_at(w->text, name), none, YQ_COUNT(none))) return;
    yq_found_event *e = note(w, name, 0.7);
    set_date(e, dates.v[0]);
    size_t stop = end;
    while (stop < b->span.to && !(w->text.p[stop] == '.' && (stop + 1 == b->span.to || w->text.p[stop + 1] == ' ')) && w->text.p[stop] != ';' && w->text.p[stop] != '\n') stop++;
    if (end < b->span.to && w->text.p[end] == ',') set_place(w, e, (yq_span){ (uint32_t)end + 1, (uint32_t)stop });
    size_t theme = yq_find(yq_sub(w->text, 0, b->span.to), YQ_S("Theme: "), end);
    if (theme != SIZE_MAX && !e->theme.n) {
        size_t to = theme + 7;
        while (to < b->span.to && w->text.p[to] != '.' && w->text.p[to] != '\n') to++;
        e->theme = yq_words_of(w, (yq_span){ (uint32_t)theme + 7, (uint32_t)to });
    }
    read_hosts(w, e, b->span);
}

void yq_find_english_diary(yq_work *w)
{
    enum { LINE_BYTES = 700 };
    for (size_t i = 0; i < w->reading->blocks.n; i++) {
        const yq_block *b = &w->reading->blocks.v[i];
        bool line = b->kind == YQ_BLOCK_ITEM || b->kind == YQ_BLOCK_PARAGRAPH;
        if (line && b->span.to - b->span.from < LINE_BYTES && b->span.to > b->span.from && yq_lang_of(yq_at(w->text, b->span)) == YQ_LANG_EN) read_diary_line(w, b);
    }
}
