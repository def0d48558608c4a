/* extract/english_posts.c - posts that English text tells of elsewhere than behind a name between commas.
 *
 * By a verb: "has been appointed Director of …", "joins as Lead", "was previously Scientist at …", whose subject is the name in front, a pronoun, or the
 * subject of the verb before "and". In front of the name: "Tarn's head of quality, Ann Roe", "the Director of the Institute, Dr Roe". By a
 * label: "Principal investigator: Dr Roe", "Tarn Devices: Ann Roe, Head of Press". By a heading: a biography under a name begins with its posts.
 */
#include "extract/english.h"
#include "extract/relations.h"

#include <ctype.h>

enum { OBJECT_BYTES = 40, FRONT_BYTES = 90, LOOK_BACK = 40 /* sentences */ };

static bool latin_name(const yq_work *w, const yq_mention *m)
{
    size_t at = m->span.from;
    return m->ref != YQ_NONE && yq_utf8_next(w->text, &at) < 0x250;
}

static bool word_here(yq_str s, size_t at, size_t end, const char *word)
{
    size_t n = strlen(word);
    return at + n <= end && !strncasecmp(s.p + at, word, n) && (at + n == end || !isalpha((unsigned char)s.p[at + n]));
}

/* Skips one of the words and the blanks behind it. */
static size_t skip_one(yq_str s, size_t at, size_t end, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!word_here(s, at, end, words[i])) continue;
        at += strlen(words[i]);
        while (at < end && s.p[at] == ' ') at++;
        return at;
    }
    return at;
}

/* The name without the honorific in front of it begins here. */
static size_t behind_address(const yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    size_t at = p->span.from;
    for (const yq_mention *t; (t = yq_last_mention(w, s, YQ_MASK(YQ_M_TITLE), at)) && yq_eq(t->value, YQ_S("address")) && at - t->span.to < 3;) at = t->span.from;
    return at;
}

/* ---------------------------------------------------------------- verbs of office */

static const char *const auxiliaries[] = { "has been", "have been", "had been", "will be", "was", "is", "were", "are", "will" };
static const char *const adverbs[] = { "now", "also", "currently", "recently", "previously", "formerly", "concurrently", "today", "later", "then", "once", "unanimously" };
static const char *const office_verbs[] = {
    "appointed", "named", "elected", "re-elected", "promoted to", "confirmed as", "installed as", "made", "becomes", "became", "become", "serves as", "served as", "serve as",
    "works as", "worked as", "joins as", "joined as", "takes over as", "took over as", "steps down as", "stepped down as", "retires as", "retired as", "continues as",
    "acts as", "succeeds as",
};
static const char *const openers[] = { "as", "to be", "the", "a", "an", "its", "their", "our", "first", "new", "next" };

/* The object of the verb of office that begins at `at`; 0: none does. "is" and "was" alone are verbs of office when a post follows at once. */
static size_t office_object(yq_str s, size_t at, size_t end)
{
    size_t from = at, verb;
    at = skip_one(s, at, end, adverbs, YQ_COUNT(adverbs));
    at = skip_one(s, at, end, auxiliaries, YQ_COUNT(auxiliaries));
    at = skip_one(s, at, end, adverbs, YQ_COUNT(adverbs));
    verb = skip_one(s, at, end, office_verbs, YQ_COUNT(office_verbs));
    if (verb == from) return 0;
    for (size_t before = 0; before != verb;) before = verb, verb = skip_one(s, verb, end, openers, YQ_COUNT(openers));
    return verb;
}

/* "joins Tarn Devices as Head of Quality": the organisation between, and what follows "as". */
static size_t joined_object(const yq_work *w, const yq_sentence *s, size_t at, int *org)
{
    static const char *const joins[] = { "has joined", "joined", "joins", "will join", "left", "leaves", "moves to", "moved to", "returns to", "is joining" };
    size_t from = skip_one(w->text, at, s->span.to, joins, YQ_COUNT(joins));
    if (from == at) return 0;
    from = skip_one(w->text, from, s->span.to, (const char *const[]){ "the" }, 1);
    const yq_mention *m = yq_mention_from(w, s, YQ_MASK(YQ_M_ORG), from);
    if (!m || !yq_starts(yq_sub(w->text, m->span.to, s->span.to), YQ_S(" as "))) return 0;
    *org = m->ref;
    from = m->span.to + 4;
    for (size_t before = 0; before != from;) before = from, from = skip_one(w->text, from, s->span.to, openers, YQ_COUNT(openers));
    return from;
}

/* ---------------------------------------------------------------- whose verb it is */

static bool pronoun_to(yq_str s, size_t low, size_t at)
{
    static const char *const pronouns[] = { "he", "she", "He", "She" };
    while (at > low && s.p[at - 1] == ' ') at--;
    size_t from = at;
    while (from > low && isalpha((unsigned char)s.p[from - 1])) from--;
    for (size_t i = 0; i < YQ_COUNT(pronouns); i++)
        if (yq_eq(yq_sub(s, from, at), yq_cstr(pronouns[i]))) return true;
    return false;
}

/* May the gap lie between a subject and its verb: nothing, who, an apposition between commas, or a predicate before "and"? */
static bool subject_gap(yq_str gap)
{
    gap = yq_trim(gap);
    if (!gap.n || yq_eq(gap, YQ_S("who")) || yq_eq(gap, YQ_S(", who")) || yq_eq(gap, YQ_S("("))) return true;
    if (gap.n > 220 || yq_has(gap, YQ_S("\"")) || yq_has(gap, YQ_S("“"))) return false;
    if (yq_ends(gap, YQ_S(" who"))) gap.n -= 4;
    if (gap.p[0] == ',' && yq_ends(gap, YQ_S(","))) return true;
    if (gap.p[0] == '(' && yq_ends(gap, YQ_S(")"))) return true;
    return yq_ends(gap, YQ_S(" and")) || yq_eq(gap, YQ_S("and"));
}

/* Whom a pronoun means: the last one of the paragraph, else the only one of the paragraph before. */
static const yq_mention *meant(const yq_work *w, const yq_sentence *s, size_t at)
{
    const yq_mention *m = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), at), *only = NULL;
    const yq_sentence *t = s;
    for (int back = 0; !m && back < LOOK_BACK && t-- > w->sentences.v && t->block == s->block; back++) m = yq_next_mention(w, t, YQ_MASK(YQ_M_PERSON), t->span.from); /* the subject of the sentence before */
    t = s;
    for (int back = 0; back < LOOK_BACK && t > w->sentences.v && t->block == s->block; back++) t--;
    uint32_t block = t->block;
    for (int back = 0; !m && back < LOOK_BACK && block != s->block && t->block == block; t--, back++) {
        for (const yq_mention *p = yq_next_mention(w, t, YQ_MASK(YQ_M_PERSON), t->span.from); p; p = yq_next_mention(w, t, YQ_MASK(YQ_M_PERSON), p->span.to)) {
            if (only && only->ref != p->ref) return NULL;
            only = p;
        }
        if (t == w->sentences.v) break;
    }
    return m ? m : only;
}

static int subject_of(const yq_work *w, const yq_sentence *s, size_t verb)
{
    const yq_mention *m = NULL;
    if (pronoun_to(w->text, s->span.from, verb)) m = meant(w, s, verb);
    else {
        m = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), verb);
        if (m && !subject_gap(yq_sub(w->text, m->span.to, verb))) m = NULL;
        bool carried = !m && yq_ends(yq_trim(yq_sub(w->text, s->span.from, verb)), YQ_S(" and"));
        if (carried && (word_here(w->text, s->span.from, s->span.to, "He") || word_here(w->text, s->span.from, s->span.to, "She"))) m = meant(w, s, verb);
    }
    return m && latin_name(w, m) ? m->ref : YQ_NONE;
}

/* "from Ostmark, where she was": the organisation in front of "where". */
static int place_before_where(const yq_work *w, const yq_sentence *s, size_t verb)
{
    size_t low = verb > s->span.from + 14 ? verb - 14 : s->span.from;
    size_t where = yq_find(yq_sub(w->text, 0, verb), YQ_S("where "), low);
    const yq_mention *m = where == SIZE_MAX ? NULL : yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), where);
    return m && where - m->span.to < 4 ? m->ref : YQ_NONE;
}

/* ---------------------------------------------------------------- the organisation that speaks */

/* The only organisation that the first two blocks name. */
static int owner_of_page(const yq_work *w)
{
    int found = YQ_NONE;
    for (size_t i = 0; i < w->mentions.n && i < 200; i++) {
        const yq_mention *m = &w->mentions.v[i];
        const yq_sentence *s = yq_sentence_at(w, m->span.from);
        if (!s || s->block > 0) break;
        if (m->kind != YQ_M_ORG || m->ref == YQ_NONE) continue;
        if (found != YQ_NONE && found != m->ref) return YQ_NONE;
        found = m->ref;
    }
    return found;
}

static bool has_position(const yq_work *w, int person, yq_str position)
{
    const yq_found_person *p = &w->out->people.v[person];
    for (size_t i = 0; i < p->roles.n; i++)
        if (yq_eq(p->roles.v[i].position, position)) return true;
    return false;
}

/* Gives what was read, unless the person is known to hold it. home: where no organisation is named. */
static void give_new(yq_post_reader *r, int home)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->n; i++)
        if (!has_position(r->w, r->person, yq_trim(yq_at(r->w->text, r->title[i])))) r->title[kept++] = r->title[i];
    r->n = kept;
    if (kept) yq_give_posts(r, r->org != YQ_NONE ? r->org : home);
}

/* ---------------------------------------------------------------- reading a verb */

static bool post_near(const yq_post_reader *r, size_t at, size_t end, yq_span *title)
{
    yq_str kind;
    size_t near = at + OBJECT_BYTES < end ? at + OBJECT_BYTES : end;
    for (size_t i = at; i < near; i++)
        if (strchr(",;:(", r->w->text.p[i])) near = i;
    return yq_title_within(r, at, end, title, &kind) && title->from <= near && !yq_eq(kind, YQ_S("address")) && !yq_eq(kind, YQ_S("degree"));
}

static void read_verb(yq_work *w, const yq_sentence *s, size_t at)
{
    int org = YQ_NONE;
    size_t object = joined_object(w, s, at, &org);
    bool joined = object != 0;
    if (!object) object = office_object(w->text, at, s->span.to);
    if (!object || object >= s->span.to) return;
    yq_post_reader r = { .w = w, .s = s, .person = subject_of(w, s, at), .org = YQ_NONE };
    yq_span title;
    if (r.person == YQ_NONE || !post_near(&r, object, s->span.to, &title)) return;
    bool bare = title.from == object || yq_capital(w->text, object);
    if (!bare && title.from > object + 24) return;
    const yq_mention *next = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), object);
    size_t stop = next ? behind_address(w, s, next) : s->span.to, where = yq_find(yq_sub(w->text, 0, stop), YQ_S(", where "), object);
    size_t since = joined || yq_find(yq_sub(w->text, 0, object), YQ_S("join"), at) != SIZE_MAX ? yq_find(yq_sub(w->text, 0, stop), YQ_S(" from "), object) : SIZE_MAX;
    if (since < where) where = since; /* joins as Lead from the firm where she was before */
    yq_read_posts(&r, object, where == SIZE_MAX ? stop : where);
    int place = joined ? org : place_before_where(w, s, at);
    if (place != YQ_NONE) r.org = place;
    give_new(&r, owner_of_page(w));
}

static void read_verbs(yq_work *w, const yq_sentence *s)
{
    yq_str text = w->text;
    for (size_t at = s->span.from; at < s->span.to; at++)
        if ((at == s->span.from || text.p[at - 1] == ' ') && islower((unsigned char)text.p[at])) read_verb(w, s, at);
}

/* "who also chairs the Perfusion Group of the Strait Society": the chair of the group, at the society. */
static void read_chairs(yq_work *w, const yq_sentence *s)
{
    static const struct { const char *verb, *post; } heads[] = { { " chairs the ", "chair of the " }, { " co-chairs the ", "co-chair of the " }, { " heads the ", "head of the " }, { " directs the ", "director of the " } };
    for (size_t i = 0; i < YQ_COUNT(heads); i++) {
        size_t at = yq_find(yq_sub(w->text, 0, s->span.to), yq_cstr(heads[i].verb), s->span.from);
        if (at == SIZE_MAX) continue;
        size_t object = at + strlen(heads[i].verb), begin = at;
        if (yq_ends(yq_sub(w->text, s->span.from, at), YQ_S(" also"))) begin -= 5;
        int person = subject_of(w, s, begin + 1);
        const yq_mention *org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), object);
        if (person == YQ_NONE || !org || org->span.from > object + 70 || !yq_capital(w->text, object)) continue;
        bool whole = org->span.from == object;
        static const char *const links[] = { " of the", " at the", " of", " at" };
        size_t end = org->span.from;
        while (end > object && w->text.p[end - 1] == ' ') end--;
        size_t link = yq_ends_with_any(w->text, object, end, links, YQ_COUNT(links));
        if (!whole && !link) continue;
        yq_str part = yq_sub(w->text, object, end - link);
        yq_str post = whole ? yq_sub(yq_cstr(heads[i].post), 0, strlen(heads[i].post) - strlen(" of the ")) : yq_concat(w->arena, yq_cstr(heads[i].post), part);
        yq_add_role(w, person, org->ref, post, yq_evidence_of(w, (yq_span){ (uint32_t)begin, org->span.to }, 0.7, YQ_VOICE_PATTERN));
    }
}

/* ---------------------------------------------------------------- in front of the name */

static yq_str role_words(yq_str s)
{
    s = yq_trim(s);
    while (s.n && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ':')) s.n--;
    return s;
}

/* Does a post begin the words and none of the marks of a clause stand in them? */
static bool is_post(const yq_post_reader *r, size_t from, size_t to)
{
    yq_span title;
    yq_str kind, words = yq_sub(r->w->text, from, to);
    static const char *const breaks[] = { ",", ";", ":", "(", ")", " and ", " with ", " said", " that ", "\"", " by ", " to ", " has ", " was ", " is ", "\n" };
    if (words.n < 3 || words.n > FRONT_BYTES || yq_has_any(words, breaks, YQ_COUNT(breaks))) return false;
    bool found = yq_title_within(r, from, to, &title, &kind);
    return found && title.from - from < 36 && !yq_eq(kind, YQ_S("address")) && !yq_eq(kind, YQ_S("degree")) && !yq_eq(kind, YQ_S("honour"));
}

/* "Tarn Devices' head of quality, Ann Roe" and "the Director of the Institute, Dr Roe,". */
static void post_in_front(yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    yq_post_reader r = { .w = w, .s = s, .person = p->ref, .org = YQ_NONE };
    size_t name = behind_address(w, s, p);
    const yq_mention *org = yq_last_mention(w, s, YQ_MASK(YQ_M_ORG), name), *other = yq_last_mention(w, s, YQ_MASK(YQ_M_PERSON), name);
    if (!org || name - org->span.to > FRONT_BYTES) return;
    yq_str between = role_words(yq_sub(w->text, org->span.to, name));
    size_t from = org->span.to, to = from;
    if (between.n) {
        static const char *const owners[] = { "'s ", "’s ", "' ", "’ ", " " };
        size_t skip = yq_begins_with_any(w->text, from, name, owners, YQ_COUNT(owners));
        from += skip;
        to = (size_t)(between.p - w->text.p) + between.n;
        if (!skip || (other && other->span.from >= org->span.to)) return;
    } else {
        to = org->span.from;
        static const char *const links[] = { " of the ", " at the ", " for the ", " of ", " at ", " for " };
        size_t link = yq_ends_with_any(w->text, s->span.from, to, links, YQ_COUNT(links));
        if (!link) return;
        to -= link;
        from = to > s->span.from + FRONT_BYTES ? to - FRONT_BYTES : s->span.from;
        for (size_t k = from; k < to; k++)
            if (strchr(",;:(.", w->text.p[k])) from = k + 1;
        while (from < to && w->text.p[from] == ' ') from++;
        if (other && other->span.to + 3 >= from) return; /* the post of the one before */
        from = skip_one(w->text, from, to, openers, YQ_COUNT(openers));
    }
    if (!is_post(&r, from, to)) return;
    yq_str words = yq_trim(yq_sub(w->text, from, to));
    if (!has_position(w, p->ref, words)) yq_add_role(w, p->ref, org->ref, words, yq_evidence_of(w, (yq_span){ (uint32_t)from, (uint32_t)to }, 0.65, YQ_VOICE_PATTERN));
}

/* "Zeynep Aksoy of Bosphorus Imaging": somebody of whom nothing else is said. */
static void place_behind(yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    static const char *const links[] = { " of the ", " from the ", " at the ", " of ", " from ", " at " };
    size_t link = yq_begins_with_any(w->text, p->span.to, s->span.to, links, YQ_COUNT(links));
    const yq_mention *org = link ? yq_mention_from(w, s, YQ_MASK(YQ_M_ORG), p->span.to + link) : NULL;
    if (org && !w->out->people.v[p->ref].roles.n) yq_add_role(w, p->ref, org->ref, YQ_S(""), yq_evidence_of(w, p->span, 0.6, YQ_VOICE_PATTERN));
}

/* ---------------------------------------------------------------- labels */

/* "Tarn Devices: Ann Roe, Head of Press": posts without an organisation are of the one in the label. */
static void place_in_label(yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    const yq_mention *org = yq_next_mention(w, s, YQ_MASK(YQ_M_ORG), s->span.from);
    if (!org || org->span.to > p->span.from || org->span.from > s->span.from + 6) return;
    yq_str gap = yq_trim(yq_sub(w->text, org->span.to, behind_address(w, s, p)));
    if (!yq_eq(gap, YQ_S(":")) && !yq_eq(gap, YQ_S("|")) && !yq_eq(gap, YQ_S("–"))) return;
    yq_found_person *who = &w->out->people.v[p->ref];
    for (size_t i = 0; i < who->roles.n; i++)
        if (who->roles.v[i].org == YQ_NONE) who->roles.v[i].org = org->ref;
    if (!who->roles.n) yq_add_role(w, p->ref, org->ref, YQ_S(""), yq_evidence_of(w, p->span, 0.6, YQ_VOICE_PATTERN));
}

/* "Principal investigator is Dr Roe, Head of Surgery at X"; "Study coordinator: Ann Roe": a post beside the person's own, at the same place. */
static void post_in_label(yq_work *w, const yq_sentence *s, const yq_mention *p)
{
    static const char *const none[] = { "chair", "chairs", "moderator", "moderators", "speaker", "speakers", "contact", "host", "keynote", "editor", "author", "by" };
    size_t name = behind_address(w, s, p), low = s->span.from;
    yq_str front = yq_trim(yq_sub(w->text, low, name));
    static const char *const marks[] = { " is", " was", ":", " will be" };
    size_t mark = yq_ends_with_any(front, 0, front.n, marks, YQ_COUNT(marks));
    if (!mark || front.n > 60 + mark) return;
    yq_str post = yq_trim(yq_sub(front, 0, front.n - mark));
    size_t from = (size_t)(post.p - w->text.p);
    from = skip_one(w->text, from, from + post.n, openers, YQ_COUNT(openers));
    post = yq_sub(w->text, from, (size_t)(post.p - w->text.p) + post.n);
    for (size_t i = 0; i < YQ_COUNT(none); i++)
        if (word_here(post, 0, post.n, none[i]) && post.n < strlen(none[i]) + 3) return;
    yq_post_reader r = { .w = w, .s = s, .person = p->ref, .org = YQ_NONE };
    yq_span title;
    yq_str kind;
    bool whole = yq_title_within(&r, from, from + post.n, &title, &kind) && title.from == from && title.to == from + post.n;
    if (whole && !yq_eq(kind, YQ_S("address")) && !yq_eq(kind, YQ_S("press")) && !has_position(w, p->ref, post))
        yq_add_role(w, p->ref, yq_org_of_person(w, p->ref), post, yq_evidence_of(w, title, 0.65, YQ_VOICE_PATTERN));
}

/* "…; Ge Tianyou, Chief Perfusionist at X, is co-investigator": a post that names no place is held where the person's first is. */
static void posts_at_own_place(yq_work *w, int person)
{
    static const char *const own[] = { "investigator", "coordinator" };
    yq_found_person *p = &w->out->people.v[person];
    for (size_t i = 0; i < p->roles.n; i++)
        if (p->roles.v[i].org == YQ_NONE && yq_ends_with_any(p->roles.v[i].position, 0, p->roles.v[i].position.n, own, YQ_COUNT(own))) p->roles.v[i].org = yq_org_of_person(w, person);
}

/* ---------------------------------------------------------------- biographies */

enum { HEADING_BYTES = 120 };

/* The one person of a heading or a short line that says nothing else. */
static int person_of_heading(const yq_work *w, uint32_t block)
{
    const yq_block *b = &w->reading->blocks.v[block];
    yq_mention_list people = { 0 };
    if (b->kind == YQ_BLOCK_TABLE || b->span.to - b->span.from > HEADING_BYTES) return YQ_NONE;
    yq_mentions_in(w, b->span, YQ_MASK(YQ_M_PERSON), &people);
    for (size_t i = 1; i < people.n; i++)
        if (people.v[i]->ref != people.v[0]->ref) return YQ_NONE;
    return people.n ? people.v[0]->ref : YQ_NONE;
}

/* A sentence that begins with a post and names nobody, under a name. */
static void read_biography(yq_work *w, const yq_sentence *s, int person)
{
    yq_post_reader r = { .w = w, .s = s, .person = person, .org = YQ_NONE };
    yq_span title;
    size_t at = s->span.from;
    if (!yq_capital(w->text, at) || yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), at) || !post_near(&r, at, s->span.to, &title)) return;
    for (size_t k = at; k < title.from; k++) /* He was previously Scientist: a sentence, no post */
        if (w->text.p[k] == ' ' && k + 1 < title.from && !yq_capital(w->text, k + 1)) return;
    size_t verb = yq_find(yq_sub(w->text, 0, s->span.to), YQ_S(" has "), at);
    yq_read_posts(&r, at, verb == SIZE_MAX ? s->span.to : verb);
    if (r.n) yq_give_posts(&r, YQ_NONE);
}

static void read_biographies(yq_work *w)
{
    int person = YQ_NONE;
    uint32_t block = UINT32_MAX, since = 0;
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        if (s->table != YQ_NO_TABLE) continue;
        if (s->block != block) {
            block = s->block;
            int named = person_of_heading(w, block);
            bool heads = w->reading->blocks.v[block].kind == YQ_BLOCK_HEADING || w->reading->blocks.v[block].kind == YQ_BLOCK_TITLE;
            if (named != YQ_NONE || heads) person = named, since = block;
        }
        if (person != YQ_NONE && block > since && block - since <= 4 && yq_lang_of(yq_at(w->text, s->span)) == YQ_LANG_EN) read_biography(w, s, person);
    }
}

/* ---------------------------------------------------------------- all */

static void read_people(yq_work *w, const yq_sentence *s)
{
    for (const yq_mention *p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), s->span.from); p; p = yq_next_mention(w, s, YQ_MASK(YQ_M_PERSON), p->span.to)) {
        if (!latin_name(w, p)) continue;
        post_in_front(w, s, p);
        place_in_label(w, s, p);
        post_in_label(w, s, p);
        place_behind(w, s, p);
        posts_at_own_place(w, p->ref);
    }
}

void yq_find_english_posts(yq_work *w)
{
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        if (s->table == YQ_NO_TABLE && yq_lang_of(yq_at(w->text, s->span)) == YQ_LANG_EN) {
            read_verbs(w, s);
            read_chairs(w, s);
        }
        read_people(w, s);
    }
    read_biographies(w);
}
