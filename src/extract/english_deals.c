/* extract/english_deals.c - what English text tells of agreements, appointments, gifts, launches and calls.
 *
 * A sentence holds an act when a verb of the table stands in it and its object names what the verb is about. Parties are the organisations of the
 * clause that neither say where, nor whose post somebody holds, nor of what something is a part; "the two hospitals" are the last two of their kind.
 * Appointments are told by posts: one that a verb of taking office stands in front of.
 */
#include "extract/english.h"
#include "extract/relations.h"

#include <ctype.h>

enum { PARTIES_MAX = 12, OBJECT_BYTES = 260, LOOK_BACK = 400 /* mentions or sentences */ };

typedef struct {
    int org[PARTIES_MAX];
    size_t n;
} parties;

static void add_party(parties *p, int org)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->org[i] == org) return;
    if (org != YQ_NONE && p->n < PARTIES_MAX) p->org[p->n++] = org;
}

/* ---------------------------------------------------------------- the table of acts */

/* verb: one of its forms, in any case. object: one of these must stand behind it (or, of a passive verb, before it); "": any. */
typedef struct {
    const char *verbs, *kind, *objects;
    size_t least;  /* parties */
    bool money;    /* an amount must be named */
} act;

static const char agreements[] = "agreement|memorandum|MoU|MOU|letter of intent|letters of intent|contract|licence|license|partnership|pact|protocol|accord|collaboration|term sheet|deal|alliance";
static const act acts[] = {
    { "signed|sign|signs|signing|inked|inks|concluded|concludes|entered into|enters into|enter into|reached|struck|sealed|exchanged|finalised|finalized|renewed|extended", NULL, agreements, 2, false },
    { "announced|announces|announce|agreed|unveiled", NULL, "a partnership|a strategic partnership|an agreement|a collaboration|a joint venture|a memorandum|a licensing agreement|a licence agreement|a strategic alliance", 2, false },
    { "agreed to|have agreed|agree to|will jointly|are jointly|jointly|teamed up|team up|teams up|joined forces|join forces|partnered with|partners with|partnering with|collaborates with|"
      "collaborated with|will collaborate|to collaborate|cooperates with|will co-develop|to co-develop|co-develop", "cooperation", "", 2, false },
    { "licensed|out-licensed|in-licensed|licenses|has licensed", "cooperation", "", 2, false },
    { "donated|donates|gifted|pledged|bequeathed|endowed|contributed|awarded|awards|granted|invested|invests|funds|funded|sponsors", "funding", "", 1, true },
    { "raised|raises|secured|secures|closed|closes|received|receives|won|attracted|obtained|was awarded|has been awarded", "funding", "", 1, true },
    { "set up|sets up|established|establishes|created|creates|launched|launches", "fund", " fund | fund,| fund.|endowment", 1, true },
    { "founded|formed|forms|set up|established|establishes|created|launched|launches|joined|joins", "alliance", "alliance|consortium|coalition|Alliance|Consortium|Coalition", 1, false },
    { "is putting up|are putting up|puts up|put up|is offering|are offering|invites|invite|is inviting|are inviting|calls for|called for|issued a call|launched a call|seeks|is seeking|opens|opened|launched|launches",
      "initiative", "applications|proposals|problems|expressions of interest|open call|challenge|solutions|submissions|ideas from|call for", 1, false },
    { "unveiled|unveils|inaugurated|inaugurates|officially opened", "unveiling", "plaque|centre|center|laboratory|Centre|Center|Laboratory|institute|Institute|building|wing|unit", 1, false },
    { "launched|launches|launch|introduced|introduces|released|releases|rolled out|rolls out|unveiled|unveils|started|has established|established|opened", "launch", "", 1, false },
};

static bool word_at(yq_str s, size_t at, size_t end, yq_str word)
{
    return at + word.n <= end && !strncasecmp(s.p + at, word.p, word.n) && (at + word.n == end || !isalnum((unsigned char)s.p[at + word.n]));
}

/* The first place in span where a form of the act stands as a word, outside quotes; its length in *length. */
static size_t verb_of(const yq_work *w, yq_span span, const act *a, size_t *length)
{
    size_t best = SIZE_MAX;
    for (size_t at = span.from; at < span.to; at++) {
        if ((at > span.from && w->text.p[at - 1] != ' ') || yq_capital(w->text, at)) continue;
        yq_str rest = yq_cstr(a->verbs), verb;
        if (!memchr(rest.p, w->text.p[at], rest.n)) continue;
        while (yq_split(&rest, '|', &verb))
            if (word_at(w->text, at, span.to, verb) && (best != at || verb.n > *length)) best = at, *length = verb.n;
        if (best != SIZE_MAX && yq_in_quote(w->text, span, at)) best = SIZE_MAX;
        if (best != SIZE_MAX) return best;
    }
    return best;
}

static bool has_one_of(yq_str s, const char *list)
{
    yq_str rest = yq_cstr(list), word;
    if (!*list) return true;
    while (yq_split(&rest, '|', &word))
        if (yq_has(s, word)) return true;
    return false;
}

static bool has_money(yq_str s)
{
    static const char *const money[] = { "$", "€", "£", "¥", "USD", "EUR", "GBP", "RMB", "CNY", "HKD", "AUD", "NZD", "SEK", "CHF", "JPY", "million", "billion", "yuan", "euros", "dollars", "Series " };
    return yq_has_any(s, money, YQ_COUNT(money));
}

static const char *kind_of_agreement(yq_str object)
{
    static const struct { const char *word, *kind; } kinds[] = {
        { "letter of intent", "letter_of_intent" }, { "letters of intent", "letter_of_intent" }, { "Letter of Intent", "letter_of_intent" }, { "investment agreement", "funding" },
        { "donation agreement", "funding" }, { "grant agreement", "funding" }, { "alliance", "alliance" }, { "consortium", "alliance" },
    };
    for (size_t i = 0; i < YQ_COUNT(kinds); i++)
        if (yq_has(object, yq_cstr(kinds[i].word))) return kinds[i].kind;
    return "cooperation";
}

/* ---------------------------------------------------------------- parties */

/* An organisation that says where, of what something is part, who gave leave, or where somebody works. */
static bool bystander(const yq_work *w, const yq_sentence *s, const yq_mention *m)
{
    static const char *const where[] = { " at the ", " at ", " in the ", " in ", " inside ", " where ", " near ", " hosted by ", " awarded by ", " approved by ", " from the former " };
    static const char *const of[] = { " of the ", " of " };
    if (yq_ends_with_any(w->text, s->span.from, m->span.from, where, YQ_COUNT(where))) return true;
    size_t part = yq_ends_with_any(w->text, s->span.from, m->span.from, of, YQ_COUNT(of));
    if (part) {
        size_t word = m->span.from - part;
        while (word > s->span.from && w->text.p[word - 1] != ' ') word--;
        static const char *const joins[] = { "consisting", "agreement", "composed", "behalf", "alliance", "partnership", "consortium", "support" };
        return !yq_begins_with_any(w->text, word, m->span.from, joins, YQ_COUNT(joins));
    }
    const yq_mention *who = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), m->span.from), *title = yq_last_mention(w, s, YQ_MASK(YQ_M_TITLE), m->span.from);
    bool post = who && title && title->span.from >= who->span.to && m->span.from - title->span.to < 40;
    return post && title->span.from - who->span.to < 40;
}

static void parties_in(const yq_work *w, const yq_sentence *s, yq_span span, parties *out)
{
    static const char *const ends[] = { " in the presence of ", " witnessed by ", ", where ", " supervised by ", " after ", " following " };
    for (size_t i = 0; i < YQ_COUNT(ends); i++) {
        size_t at = yq_find_outside(w->text, span, span.from, ends[i]);
        if (at != SIZE_MAX) span.to = (uint32_t)at;
    }
    yq_mention_list list = { 0 };
    yq_mentions_in(w, span, YQ_MASK(YQ_M_ORG), &list);
    for (size_t i = 0; i < list.n; i++)
        if (!bystander(w, s, list.v[i]) && !yq_in_quote(w->text, s->span, list.v[i]->span.from)) add_party(out, list.v[i]->ref);
}

/* "The two hospitals": as many as are said, of that kind, named last before. */
static void parties_meant(const yq_work *w, const yq_sentence *s, yq_span before, parties *out)
{
    static const struct { const char *words, *kind; size_t n; } groups[] = {
        { "two hospitals", "hospital", 2 }, { "two universities", "university", 2 }, { "two companies", "company", 2 }, { "three hospitals", "hospital", 3 }, { "both hospitals", "hospital", 2 },
        { "two institutions", "", 2 }, { "two sides", "", 2 }, { "two parties", "", 2 }, { "two organisations", "", 2 }, { "two organizations", "", 2 }, { "Both sides", "", 2 }, { "Both parties", "", 2 },
        { "The partners", "", 2 }, { "The parties", "", 2 }, { "three parties", "", 3 }, { "three partners", "", 3 }, { "two partners", "", 2 },
    };
    for (size_t i = 0; i < YQ_COUNT(groups); i++) {
        if (!yq_span_has(w->text, before, groups[i].words)) continue;
        for (size_t k = s->first, back = 0; k-- > 0 && back < LOOK_BACK && out->n < groups[i].n; back++) {
            const yq_mention *m = &w->mentions.v[k];
            bool fits = m->kind == YQ_M_ORG && m->ref != YQ_NONE && m->span.to <= before.from && (!*groups[i].kind || yq_eq(w->out->orgs.v[m->ref].kind, yq_cstr(groups[i].kind)));
            if (fits) add_party(out, m->ref);
        }
        return;
    }
}

/* "It", "The company": whom the paragraph is about; else whom the document speaks for. */
static int speaker_of(const yq_work *w, const yq_sentence *s)
{
    int back = 0;
    for (const yq_sentence *t = s; back < LOOK_BACK && t-- > w->sentences.v && t->block == s->block; back++) {
        const yq_mention *m = yq_next_mention(w, t, YQ_MASK(YQ_M_ORG), t->span.from);
        if (m && m->ref != YQ_NONE) return m->ref;
    }
    for (size_t i = 0; i < w->mentions.n && i < LOOK_BACK; i++)
        if (w->mentions.v[i].kind == YQ_M_ORG && w->mentions.v[i].ref != YQ_NONE) return w->mentions.v[i].ref;
    return YQ_NONE;
}

/* Those whose people act: "signed by Ann Roe, Director of X, and Bo Li, President of Y". */
static void parties_of_people(const yq_work *w, yq_span span, parties *out)
{
    yq_mention_list people = { 0 };
    yq_mentions_in(w, span, YQ_MASK(YQ_M_PERSON), &people);
    for (size_t i = 0; i < people.n; i++) add_party(out, yq_org_of_person(w, people.v[i]->ref));
}

/* The end of what is told of one act: a stop, or the words of one who comments. */
static uint32_t object_end(const yq_work *w, const yq_sentence *s, size_t from)
{
    static const char *const ends[] = { "; ", ", said ", ", according to ", " in the presence of " };
    uint32_t end = s->span.to < from + OBJECT_BYTES ? s->span.to : (uint32_t)(from + OBJECT_BYTES);
    for (size_t i = 0; i < YQ_COUNT(ends); i++) {
        size_t at = yq_find_outside(w->text, (yq_span){ (uint32_t)from, end }, from, ends[i]);
        if (at != SIZE_MAX) end = (uint32_t)at;
    }
    return end;
}

/* ---------------------------------------------------------------- one act */

/* What a launch is of: a thing with a name or a kind, not a meeting or a look. */
static bool launches_a_thing(const yq_work *w, yq_span object)
{
    static const char *const things[] = { "system", "device", "platform", "programme", "program", "trial", "study", "service", "app ", "app,", "app.", "kit", "sensor", "product", "project", "scheme", "centre", "center", "laboratory",
                                          "initiative", "registry", "tool", "robot", "patch", "scanner", "software", "company", "clinic", "Workshop", "hub", "Hub", "Centre", "Center", "Laboratory", "test", "model", "belt", "monitor", "Unit", "Institute", "Ward", "Wing" };
    static const char *const none[] = { "session", "meeting", "ceremony", "report", "investigation", "door", "conference", "forum", "symposium", "the day", "a new era", "website", "appeal" };
    yq_str words = yq_at(w->text, object);
    if (words.n > 90) words.n = 90;
    return yq_has_any(words, things, YQ_COUNT(things)) && !yq_has_any(words, none, YQ_COUNT(none));
}

static bool denied(const yq_work *w, yq_span before)
{
    static const char *const words[] = { " not ", " never ", " plans to ", " hopes to ", " may ", " could ", " would ", " intends to ", "If ", " if " };
    yq_str s = yq_at(w->text, before);
    return yq_has_any(s.n > 40 ? yq_sub(s, s.n - 40, s.n) : s, words, YQ_COUNT(words));
}

static bool told(const yq_work *w, yq_span s)
{
    for (size_t i = w->out->deals.n, back = 0; i-- > 0 && back < LOOK_BACK; back++) {
        yq_span known = w->out->deals.v[i].evidence.span;
        if (known.from < s.to && s.from < known.to) return true;
    }
    return false;
}

static bool read_act(yq_work *w, const yq_sentence *s, yq_span clause, const act *a)
{
    size_t length = 0, verb = verb_of(w, clause, a, &length);
    if (verb == SIZE_MAX) return false;
    yq_span before = { clause.from, (uint32_t)verb }, object = { (uint32_t)verb, object_end(w, s, verb) };
    if (object.to > clause.to) object.to = clause.to;
    static const char *const passives[] = { " was ", " were ", " has been ", " have been ", " be " };
    bool passive = yq_ends_with_any(w->text, before.from, before.to, passives, YQ_COUNT(passives)) > 0, received = a->least == 1 && !strcmp(a->kind ? a->kind : "", "funding");
    yq_str about = yq_at(w->text, passive ? clause : object);
    if (!has_one_of(about, a->objects) || (a->money && !has_money(yq_at(w->text, clause))) || denied(w, before) || (passive && a->kind && !received)) return false;
    if (a->kind && !strcmp(a->kind, "launch") && !launches_a_thing(w, object)) return false;
    parties p = { 0 };
    parties_in(w, s, before, &p);
    if (!p.n) parties_meant(w, s, before, &p);
    if (!p.n && !passive) add_party(&p, speaker_of(w, s));
    const char *kind = a->kind ? a->kind : kind_of_agreement(about);
    bool own = !strcmp(kind, "launch") || !strcmp(kind, "initiative") || !strcmp(kind, "unveiling");
    if (!own) parties_in(w, s, object, &p);
    static const char *const with[] = { " with the ", " with ", " together with ", " and the " };
    for (size_t i = 0; own && i < YQ_COUNT(with); i++) {
        size_t at = yq_find_outside(w->text, object, object.from, with[i]);
        if (at != SIZE_MAX && yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), at) && yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), at)->span.from == at + strlen(with[i])) parties_in(w, s, (yq_span){ (uint32_t)at, object.to }, &p);
    }
    if (p.n < a->least) parties_of_people(w, clause, &p);
    if (p.n < a->least || told(w, (yq_span){ object.from, object.to })) return false;
    yq_note_deal(w, kind, object, p.org, p.n, a->kind ? before : clause);
    return true;
}

/* ---------------------------------------------------------------- appointments */

/* Does a verb of taking office stand in front of the post, and no verb of leaving or having had it? */
static bool takes_office(yq_str front)
{
    static const char *const takes[] = { "appointed", "appoints", "named", "names", "elected", "elects", "promoted to", "becomes", "joins", "joined", "appointment of", "welcomes", "welcomed", "takes over", "took over", "hired", "will become", "succeeds", "re-elected" };
    static const char *const small[] = { "as ", "the ", "a ", "an ", "its ", "their ", "our ", "first ", "new ", "next ", "to be " };
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < YQ_COUNT(small); i++)
            if (yq_ends(front, yq_cstr(small[i]))) front.n -= strlen(small[i]), more = true;
    }
    front = yq_trim(front);
    for (size_t i = 0; i < YQ_COUNT(takes); i++) {
        yq_str verb = yq_cstr(takes[i]);
        if (yq_ends(front, verb)) return true;
        size_t at = yq_find(front, verb, 0); /* appointed Ann Roe, former …, as; joins Tarn Devices as */
        bool name = at != SIZE_MAX && at + verb.n + 1 < front.n && yq_capital(front, at + verb.n + 1);
        if (name && !memchr(front.p + at, ';', front.n - at)) return true;
    }
    return false;
}

static void appointment(yq_work *w, int person, const yq_found_role *role)
{
    enum { FRONT = 150 };
    const yq_sentence *s = yq_sentence_at(w, role->evidence.span.from);
    if (!s || role->org == YQ_NONE || s->table != YQ_NO_TABLE) return;
    yq_span post = role->evidence.span;
    size_t low = post.from > s->span.from + FRONT ? post.from - FRONT : s->span.from;
    yq_str front = yq_sub(w->text, low, post.from);
    bool as = yq_ends(yq_trim(front), YQ_S(" as")) || yq_has(yq_sub(front, front.n > 24 ? front.n - 24 : 0, front.n), YQ_S(" as "));
    static const char *const direct[] = { "appointed ", "named ", "elected ", "becomes ", "promoted to ", "become ", "appointed the ", "becomes the ", "elected the ", "becomes a ", "becomes an ", "appointed a ", "named the ", "new " };
    bool near = yq_ends_with_any(front, 0, front.n, direct, YQ_COUNT(direct)) > 0;
    if (!(near || as) || !takes_office(front)) return;
    yq_found_deal *d = yq_note_deal(w, "appointment", post, &role->org, 1, (yq_span){ 0 });
    for (size_t i = 0; i < d->people.n; i++)
        if (d->people.v[i] == person) return;
    *yq_push(w->arena, &d->people) = person;
}

void yq_find_english_appointments(yq_work *w)
{
    for (size_t i = 0; i < w->out->people.n; i++)
        for (size_t k = 0; k < w->out->people.v[i].roles.n; k++) appointment(w, (int)i, &w->out->people.v[i].roles.v[k]);
}

static void read_clause(yq_work *w, const yq_sentence *s, yq_span clause)
{
    for (size_t i = 0; i < YQ_COUNT(acts); i++)
        if (read_act(w, s, clause, &acts[i])) return;
}

/* Does an organisation and then a verb of the table begin the words: "…, and Tidewrist has raised"? */
static bool new_act(const yq_work *w, const yq_sentence *s, yq_span rest)
{
    enum { SUBJECT_BYTES = 60 };
    const yq_mention *org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), rest.from);
    if (!org || org->span.from > rest.from + 5) return false;
    yq_span near = { org->span.to, org->span.to + SUBJECT_BYTES < rest.to ? org->span.to + SUBJECT_BYTES : rest.to };
    for (size_t i = 0, n = 0; i < YQ_COUNT(acts); i++)
        if (verb_of(w, near, &acts[i], &n) != SIZE_MAX) return true;
    return false;
}

void yq_read_english_deal(yq_work *w, const yq_sentence *s)
{
    static const char *const joins[] = { ", and ", ", while ", "; " };
    yq_span clause = s->span;
    for (size_t at = s->span.from; at < s->span.to; at++) {
        size_t n = yq_begins_with_any(w->text, at, s->span.to, joins, YQ_COUNT(joins));
        if (!n || !new_act(w, s, (yq_span){ (uint32_t)(at + n), s->span.to })) continue;
        read_clause(w, s, (yq_span){ clause.from, (uint32_t)at });
        clause.from = (uint32_t)(at + n);
    }
    read_clause(w, s, clause);
}
