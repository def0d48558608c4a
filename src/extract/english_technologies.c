/* extract/english_technologies.c - products and devices that English text names.
 *
 * A brand is a coined word with a capital inside (WarmNest), a word with a trade mark behind it, or whatever a verb of naming stands before ("a sensor
 * called Gulp", built “Egret”, a continuum robot). The common words behind it up to a kind of thing belong to its name. Without a brand counts
 * what somebody invented, built or unveiled, if its last word is a kind of thing.
 */
#include "extract/english.h"
#include "extract/relations.h"

#include <ctype.h>

static const char *const things[] = {
    "system", "device", "patch", "platform", "sensor", "implant", "kit", "probe", "app", "robot", "scanner", "monitor", "catheter", "stent", "valve", "warmer", "cover", "machine", "pump", "glove", "belt",
    "software", "algorithm", "assay", "test", "vaccine", "gel", "dressing", "needle", "camera", "microscope", "endoscope", "ventilator", "incubator", "prosthesis", "exoskeleton", "mattress", "stand",
    "wearable", "headset", "tool", "technology", "drug", "inhaler", "stethoscope", "splint", "brace", "suture", "scaffold", "laser", "tracker", "chair", "bed", "cot", "trolley", "helmet", "mask", "tube", "clip",
    "thermometer", "oximeter", "analyser", "analyzer", "simulator", "biosensor", "ultrasound", "prototype", "chatbot", "dashboard", "toothbrush", "cushion", "sleeve", "ring", "watch", "bandage", "line",
};

static bool listed(yq_str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(word, yq_cstr(list[i]))) return true;
    return false;
}

static bool is_thing(yq_str word)
{
    if (listed(word, things, YQ_COUNT(things))) return true;
    return word.n > 1 && word.p[word.n - 1] == 's' && listed(yq_sub(word, 0, word.n - 1), things, YQ_COUNT(things));
}

/* ---------------------------------------------------------------- brands */

/* QuietCot, DewPoint, ReCell-A: a capital inside, small letters around it. */
static bool coined(yq_str s, size_t at, size_t to)
{
    static const char *const known[] = { "LinkedIn", "YouTube", "WeChat", "WhatsApp", "PowerPoint", "ResearchGate", "PubMed", "GitHub", "MedTech", "BioTech", "HealthTech", "TikTok", "FaceTime", "OpenAI", "JavaScript", "PhD", "MSc", "BSc", "DPhil" };
    static const char *const surnames[] = { "Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "Du", "O" };
    size_t inner = 0, small = 0, first = 0;
    for (size_t i = at + 1; i < to; i++) {
        if (isupper((unsigned char)s.p[i]) && islower((unsigned char)s.p[i - 1])) inner++, first = first ? first : i;
        small += islower((unsigned char)s.p[i]) != 0;
    }
    if (!inner || inner > 2 || small < 3 || to - at < 5 || listed(yq_sub(s, at, to), known, YQ_COUNT(known))) return false;
    return !listed(yq_sub(s, at, first), surnames, YQ_COUNT(surnames)) && islower((unsigned char)s.p[first + 1 < to ? first + 1 : first - 1]);
}

static size_t trade_mark(yq_str s, size_t at, size_t end)
{
    static const char *const marks[] = { "(TM)", "™", "®", "(R)" };
    return yq_begins_with_any(s, at, end, marks, YQ_COUNT(marks));
}

/* The end of a name with the words behind its brand: "MikroWash disc technology", "TriAnchor annuloplasty system"; brand if no thing follows. */
static size_t with_thing(yq_str s, size_t brand, size_t end)
{
    size_t best = brand, at = brand + trade_mark(s, brand, end);
    for (int words = 0; words < 5 && at < end && s.p[at] == ' '; words++) {
        size_t to = yq_word_end(s, at + 1, end);
        yq_str word = yq_sub(s, at + 1, to);
        static const char *const stops[] = { "is", "was", "has", "will", "and", "for", "to", "in", "at", "with", "that", "which", "can", "by", "on", "of", "a", "the", "from", "as", "had" };
        if (to == at + 1 || listed(word, stops, YQ_COUNT(stops))) break;
        if (is_thing(word)) best = to;
        at = to;
    }
    return best;
}

static bool trial_behind(yq_str s, size_t at, size_t end)
{
    static const char *const studies[] = { " trial", " study", " Trial", " Study", " registry", " project", " consortium", " programme", " network", " Network", " campaign", " Ltd", " Inc", " GmbH", "'s", "’s" };
    return yq_begins_with_any(s, at, end, studies, YQ_COUNT(studies)) > 0;
}

/* Is it named: "a sensor called Gulp", "sold as Dovetail"? */
static bool naming_before(yq_str s, size_t low, size_t at)
{
    static const char *const verbs[] = { "called ", "dubbed ", "branded ", "known as ", "marketed as ", "sold as ", "christened ", "nicknamed ", "trademarked " };
    return yq_ends_with_any(s, low, at, verbs, YQ_COUNT(verbs)) > 0;
}

/* ", a 2.8 mm continuum robot": a thing within few words behind the name. */
static bool thing_in_apposition(yq_str s, size_t at, size_t end)
{
    static const char *const opens[] = { ", a ", ", an ", ", the ", ", its ", " – a ", " — a ", " (a " };
    size_t open = yq_begins_with_any(s, at, end, opens, YQ_COUNT(opens));
    for (size_t from = at + open, words = 0; open && from < end && words < 7; words++) {
        size_t to = yq_word_end(s, from, end);
        if (to == from && isdigit((unsigned char)s.p[from]) == 0) return false;
        if (to == from) to = from + 1;
        if (is_thing(yq_sub(s, from, to))) return true;
        if (to < end && s.p[to] == '.' && to + 1 < end && isdigit((unsigned char)s.p[to + 1])) to += 2;
        while (to < end && isdigit((unsigned char)s.p[to])) to++;
        if (to >= end || s.p[to] != ' ') return false;
        from = to + 1;
    }
    return false;
}

/* Where the word in front of `at` begins; `at` when a mark or the beginning stands there. */
static size_t word_start(yq_str s, size_t low, size_t at)
{
    static const char small = ' ';
    if (at < low + 2 || s.p[at - 1] != small) return low > 0 ? at - 1 : at;
    size_t from = at - 1;
    while (from > low && (isalnum((unsigned char)s.p[from - 1]) || s.p[from - 1] == '-')) from--;
    return from;
}

static bool read_brand(yq_work *w, const yq_sentence *s, size_t at, size_t to)
{
    yq_str text = w->text;
    size_t mark = trade_mark(text, to, s->span.to);
    static const char *const heads[] = { "The", "This", "Our", "It", "In", "At", "A" };
    bool person = yq_mention_from(w, s, YQ_MASK(YQ_M_PERSON) | YQ_MASK(YQ_M_PLACE), at) != NULL || listed(yq_sub(text, at, to), heads, YQ_COUNT(heads));
    bool named = naming_before(text, s->span.from, at), brand = coined(text, at, to) || mark > 0 || named;
    if (!brand && !(thing_in_apposition(text, to, s->span.to) && yq_capital(text, at) && at > s->span.from)) return false;
    bool part = !coined(text, at, to) && !mark && !named && (yq_capital(text, word_start(text, s->span.from, at)) || to - at < 3);
    if (part || person || trial_behind(text, to, s->span.to)) return false;
    for (size_t next; named && to + 1 < s->span.to && text.p[to] == ' ' && yq_capital(text, to + 1); to = next) /* dubbed System Pulse */
        if ((next = yq_word_end(text, to + 1, s->span.to)) == to + 1) break;
    size_t end = with_thing(text, to, s->span.to);
    if (end > to && trial_behind(text, end, s->span.to)) return false;
    yq_note_technology(w, (yq_span){ (uint32_t)at, (uint32_t)end }, end > to || mark || named ? 0.7 : 0.55);
    return true;
}

static bool inside_name(const yq_work *w, const yq_sentence *s, size_t at)
{
    for (const yq_mention *m = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_PERSON), s->span.from); m && m->span.from <= at; m = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_PERSON), m->span.from + 1))
        if (at < m->span.to) return true;
    for (size_t i = 0; i < w->out->events.n && i < 200; i++) {
        yq_span name = w->out->events.v[i].evidence.span;
        if (at >= name.from && at < name.to) return true;
    }
    return false;
}

/* “Egret”, a continuum robot; a sensor called “Gulp”. */
static void read_quoted(yq_work *w, const yq_sentence *s)
{
    enum { BRAND_BYTES = 30 };
    yq_quote q;
    for (size_t from = s->span.from; yq_next_quote(w->text, s->span, from, &q); from = q.outer.to) {
        if (q.inner.to - q.inner.from > BRAND_BYTES || q.inner.to < q.inner.from + 3 || !yq_capital(w->text, q.inner.from)) continue;
        size_t comma = q.inner.to;
        if (w->text.p[comma - 1] == ',') comma--;
        static const char *const speeches[] = { "talk", "lecture", "speech", "keynote", "paper", "session", "symposium", "workshop", "seminar", "event", "report", "campaign", "book", "article", "poster" };
        size_t low = q.outer.from > s->span.from + 40 ? q.outer.from - 40 : s->span.from;
        if (yq_has_any(yq_sub(w->text, low, q.outer.from), speeches, YQ_COUNT(speeches))) continue;
        bool named = naming_before(w->text, s->span.from, q.outer.from);
        bool thing = thing_in_apposition(w->text, q.outer.to, s->span.to);
        if (named || thing) yq_note_technology(w, (yq_span){ q.inner.from, (uint32_t)comma }, 0.7);
    }
}

/* ---------------------------------------------------------------- things without a brand */

/* "has invented a tide-proof insulin pump": the words between the article and the thing. */
static void read_made(yq_work *w, const yq_sentence *s)
{
    static const char *const verbs[] = { " invented ", " patented ", " developed ", " prototyped ", " unveiled ", " demonstrated ", " has built ", " have built ", " designed ", " is developing ", " will co-develop " };
    static const char *const articles[] = { "a new ", "an ", "a ", "the first ", "the world's first ", "its ", "the " };
    for (size_t i = 0; i < YQ_COUNT(verbs); i++) {
        size_t at = yq_find_outside(w->text, s->span, s->span.from, verbs[i]);
        if (at == SIZE_MAX) continue;
        at += strlen(verbs[i]);
        size_t article = yq_begins_with_any(w->text, at, s->span.to, articles, YQ_COUNT(articles)), from = at + article, end = 0, words = 0;
        for (size_t p = from; article && p < s->span.to && words < 5; words++) {
            size_t to = yq_word_end(w->text, p, s->span.to);
            if (to == p || yq_capital(w->text, p)) break;
            if (is_thing(yq_sub(w->text, p, to)) && words) end = to;
            if (to >= s->span.to || w->text.p[to] != ' ') break;
            p = to + 1;
        }
        static const char *const called[] = { " called ", ", called ", " named ", ", dubbed ", " dubbed " };
        if (end && !yq_begins_with_any(w->text, end, s->span.to, called, YQ_COUNT(called))) yq_note_technology(w, (yq_span){ (uint32_t)from, (uint32_t)end }, 0.5);
        return;
    }
}

void yq_read_english_technologies(yq_work *w, const yq_sentence *s)
{
    size_t known = w->out->technologies.n;
    for (size_t at = s->span.from; at < s->span.to;) {
        size_t to = yq_word_end(w->text, at, s->span.to);
        if (to == at || !yq_capital(w->text, at) || to - at < 3) {
            at = to > at ? to : at + 1;
            continue;
        }
        if (!inside_name(w, s, at) && !yq_in_quote(w->text, s->span, at)) read_brand(w, s, at, to);
        at = to;
    }
    read_quoted(w, s);
    if (w->out->technologies.n == known) read_made(w, s);
}
