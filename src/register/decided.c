/* What a person decided of a fact, applied to the tables: at once, and again to every later reading of the document.
 *
 * A reading's facts come and go; a decision stays. So it is keyed on what the fact says and where: document, predicate, the names at both ends, value,
 * date, and the words of its sentence, all compared folded (docs/decisions/0017-what-a-person-decided.md). The row of `decision` holds this key as it
 * was read (`said`) and what holds instead (`meant`; the same unless corrected).
 *
 *   confirmed   facts that say so are confirmed; if the reading has none, the fact stands by the person's word (typed = 1)
 *   corrected   facts that say what was read are refused; what was meant is confirmed, or stands by the person's word
 *   refused     facts that say so are refused
 *   undone      the facts are proposals again, what stood by the person's word alone is gone, and so is the decision's row
 *
 * Body: {"v":1,"by","document","decisions":[{"id","fact","verdict","part"?},…]}; part k of a correction, which a person may be named in:
 * {"value"?,"date"?,"subject"?:id,"object"?:id,"entities":[entity as in a reading,…]}. A correction whose part was erased replays as a refusal.
 */
#include "register/internal.h"

#include <stdlib.h>

typedef struct {
    int64_t entity; /* the appearance, 0: none */
    yq_str kind, name;
} end_of_fact;

typedef struct {
    end_of_fact subject, object;
    yq_str value, date;
} claim;

typedef struct {
    int64_t id, document, reading, fact, owner, sharing, sequence, at_us;
    yq_str verdict, predicate, sentence_text, by;
    claim said, meant;
    yq_span span, sentence;
} decision;

typedef struct {
    yq_store *store;
    yq_db *db;
    yq_arena *arena;
} deciding;

static bool is(const decision *d, const char *verdict)
{
    return yq_eq(d->verdict, yq_cstr(verdict));
}

static yq_span span_of(yq_stmt *s, int col)
{
    return (yq_span){ (uint32_t)yq_col_int(s, col), (uint32_t)yq_col_int(s, col + 1) };
}

/* ---------------------------------------------------------------- the table of decisions */

static yq_code put_decision(deciding *x, const decision *d, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->db,
                               "INSERT INTO decision (id, document, reading, fact, verdict, predicate, subject, subject_kind, subject_name, object, object_kind, "
                               "object_name, value, date, meant_subject, meant_subject_kind, meant_subject_name, meant_object, meant_object_kind, "
                               "meant_object_name, meant_value, meant_date, span_from, span_to, sentence_from, sentence_to, sentence, decided_by, decided_us, "
                               "owner, sharing, sequence) VALUES (:id, :document, :reading, :fact, :verdict, :predicate, :subject, :subject_kind, "
                               ":subject_name, :object, :object_kind, :object_name, :value, :date, :meant_subject, :meant_subject_kind, :meant_subject_name, "
                               ":meant_object, :meant_object_kind, :meant_object_name, :meant_value, :meant_date, :from, :to, :sentence_from, :sentence_to, "
                               ":sentence, :by, :at, :owner, :sharing, :sequence)", &s, err);
    if (rc) return rc;
    const struct { const char *name; int64_t v; } numbers[] = {
        { "id", d->id }, { "document", d->document }, { "reading", d->reading }, { "fact", d->fact }, { "subject", d->said.subject.entity },
        { "object", d->said.object.entity }, { "meant_subject", d->meant.subject.entity }, { "meant_object", d->meant.object.entity }, { "from", d->span.from },
        { "to", d->span.to }, { "sentence_from", d->sentence.from }, { "sentence_to", d->sentence.to }, { "at", d->at_us }, { "owner", d->owner },
        { "sharing", d->sharing }, { "sequence", d->sequence },
    };
    const struct { const char *name; yq_str v; } texts[] = {
        { "verdict", d->verdict }, { "predicate", d->predicate }, { "subject_kind", d->said.subject.kind }, { "subject_name", d->said.subject.name },
        { "object_kind", d->said.object.kind }, { "object_name", d->said.object.name }, { "value", d->said.value }, { "date", d->said.date },
        { "meant_subject_kind", d->meant.subject.kind }, { "meant_subject_name", d->meant.subject.name }, { "meant_object_kind", d->meant.object.kind },
        { "meant_object_name", d->meant.object.name }, { "meant_value", d->meant.value }, { "meant_date", d->meant.date }, { "sentence", d->sentence_text },
        { "by", d->by },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) yq_bind_int(s, numbers[i].name, numbers[i].v);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) yq_bind_text(s, texts[i].name, texts[i].v);
    return yq_change(s, err);
}

#define DECISION                                                                                                                              \
    "SELECT id, document, reading, fact, verdict, predicate, subject, subject_kind, subject_name, object, object_kind, object_name, value, date, "    \
    "meant_subject, meant_subject_kind, meant_subject_name, meant_object, meant_object_kind, meant_object_name, meant_value, meant_date, span_from, "  \
    "span_to, sentence_from, sentence_to, sentence, decided_by, decided_us, owner, sharing, sequence FROM decision WHERE "

static claim take_claim(yq_arena *a, yq_stmt *s, int col)
{
    return (claim){ { yq_col_int(s, col), yq_kept(a, s, col + 1), yq_kept(a, s, col + 2) },
                    { yq_col_int(s, col + 3), yq_kept(a, s, col + 4), yq_kept(a, s, col + 5) }, yq_kept(a, s, col + 6), yq_kept(a, s, col + 7) };
}

static decision take_decision(yq_arena *a, yq_stmt *s)
{
    return (decision){ .id = yq_col_int(s, 0), .document = yq_col_int(s, 1), .reading = yq_col_int(s, 2), .fact = yq_col_int(s, 3), .verdict = yq_kept(a, s, 4),
                       .predicate = yq_kept(a, s, 5), .said = take_claim(a, s, 6), .meant = take_claim(a, s, 14), .span = span_of(s, 22),
                       .sentence = span_of(s, 24), .sentence_text = yq_kept(a, s, 26), .by = yq_kept(a, s, 27), .at_us = yq_col_int(s, 28),
                       .owner = yq_col_int(s, 29), .sharing = yq_col_int(s, 30), .sequence = yq_col_int(s, 31) };
}

/* ---------------------------------------------------------------- facts of the present reading */

typedef struct {
    int64_t id, reading, subject, object;
    yq_str predicate, value, date, sentence_text;
    yq_span span, sentence;
} proposal;
typedef YQ_VEC(proposal) proposals;

/* What the document's reading proposes under a predicate and nobody has decided. */
static yq_code load_proposals(deciding *x, const decision *d, proposals *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(x->db,
                               "SELECT f.id, f.reading, f.subject_was, f.object_was, f.predicate, f.value, f.date, f.span_from, f.span_to, f.sentence_from, "
                               "f.sentence_to, r.clean FROM fact f JOIN reading r ON r.id = f.reading WHERE f.document = :document AND f.predicate = :predicate AND "
                               "f.decision = 0 ORDER BY f.id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", d->document);
    yq_bind_text(s, "predicate", d->predicate);
    while (!(rc = yq_step(s, &row, err)) && row) {
        proposal *p = yq_push(x->arena, out);
        *p = (proposal){ .id = yq_col_int(s, 0), .reading = yq_col_int(s, 1), .subject = yq_col_int(s, 2), .object = yq_col_int(s, 3),
                         .predicate = yq_kept(x->arena, s, 4), .value = yq_kept(x->arena, s, 5), .date = yq_kept(x->arena, s, 6), .span = span_of(s, 7),
                         .sentence = span_of(s, 9) };
        p->sentence_text = yq_dup(x->arena, yq_at(yq_col_text(s, 11), p->sentence));
    }
    yq_finish(s);
    return rc;
}

/* Does the document call the appearance by this name? */
static yq_code is_called(deciding *x, int64_t document, int64_t appearance, const end_of_fact *e, bool *yes, yq_err *err)
{
    yq_stmt *s;
    int64_t found = 0;
    *yes = appearance == e->entity;
    if (*yes || !appearance || !e->entity) return YQ_OK;
    yq_code rc = yq_db_prepare(x->db, "SELECT 1 FROM name WHERE entity_was = :entity AND document = :document AND kind = :kind AND folded = :folded LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "entity", appearance);
    yq_bind_int(s, "document", document);
    yq_bind_text(s, "kind", e->kind);
    yq_bind_text(s, "folded", yq_fold(x->arena, e->name));
    rc = yq_one_int(s, 0, &found, err);
    *yes = found != 0;
    return rc;
}

static bool alike(deciding *x, yq_str a, yq_str b)
{
    return yq_eq(a, b) || yq_eq(yq_fold(x->arena, a), yq_fold(x->arena, b));
}

/* A newer version may cut the same words into other sentences. */
static bool same_sentence(deciding *x, yq_str a, yq_str b)
{
    enum { TELLING_BYTES = 12 }; /* four characters */
    yq_str s = yq_fold(x->arena, a), t = yq_fold(x->arena, b);
    if (yq_eq(s, t)) return true;
    return s.n >= TELLING_BYTES && t.n >= TELLING_BYTES && (yq_has(s, t) || yq_has(t, s));
}

static yq_code says(deciding *x, const decision *d, const claim *c, const proposal *p, bool *yes, yq_err *err)
{
    *yes = alike(x, p->value, c->value) && yq_eq(p->date, c->date) && same_sentence(x, p->sentence_text, d->sentence_text);
    yq_code rc = *yes ? is_called(x, d->document, p->subject, &c->subject, yes, err) : YQ_OK;
    return rc || !*yes ? rc : is_called(x, d->document, p->object, &c->object, yes, err);
}

static uint32_t far(const decision *d, const proposal *p)
{
    return p->sentence.from > d->sentence.from ? p->sentence.from - d->sentence.from : d->sentence.from - p->sentence.from;
}

static yq_code mark(deciding *x, int64_t fact, const char *state, int64_t by, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->db, "UPDATE fact SET state = :state, decision = :by WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "state", yq_cstr(state));
    yq_bind_int(s, "by", by);
    yq_bind_int(s, "id", fact);
    return yq_change(s, err);
}

/* In the reading that was decided on, the fact itself, or what says c in its sentence; in another one whatever says c in the same words. */
static yq_code fits(deciding *x, const decision *d, const claim *c, const proposal *p, bool *yes, yq_err *err)
{
    *yes = p->reading == d->reading && c == &d->said && p->id == d->fact;
    bool beside = p->reading == d->reading && (c == &d->said || p->sentence.from != d->sentence.from);
    return *yes || beside ? YQ_OK : says(x, d, c, p, yes, err);
}

/* Marks what says c; of several sentences of the same words the one nearest to where it stood. */
static yq_code mark_all(deciding *x, const decision *d, const claim *c, const char *state, size_t *marked, yq_err *err)
{
    proposals all = { 0 };
    YQ_VEC(const proposal *) fit = { 0 };
    const proposal *nearest = NULL;
    yq_code rc = load_proposals(x, d, &all, err);
    for (size_t i = 0; i < all.n && !rc; i++) {
        const proposal *p = &all.v[i];
        bool yes;
        rc = fits(x, d, c, p, &yes, err);
        if (rc || !yes) continue;
        *yq_push(x->arena, &fit) = p;
        if (!nearest || far(d, p) < far(d, nearest)) nearest = p;
    }
    *marked = 0;
    for (size_t i = 0; i < fit.n && !rc; i++) {
        if (fit.v[i]->sentence.from != nearest->sentence.from) continue;
        rc = mark(x, fit.v[i]->id, state, d->id, err);
        ++*marked;
    }
    return rc;
}

/* ---------------------------------------------------------------- what stands by a person's word */

/* Where the words stand in another reading, spaces and line ends aside: the place nearest to `near`. */
static bool find_words(yq_str clean, yq_str words, uint32_t near, yq_span *out)
{
    enum { MOST_STEPS = 50000000 }; /* a text of one letter, and a sentence of it */
    size_t steps = 0;
    bool found = false;
    words = yq_trim(words);
    if (!words.n) return false;
    for (size_t from = 0; from < clean.n && steps < MOST_STEPS; from++) {
        const char *next = memchr(clean.p + from, words.p[0], clean.n - from);
        if (!next) break;
        from = (size_t)(next - clean.p);
        size_t at = from, i = 0;
        for (; i < words.n && at < clean.n; steps++) {
            size_t a = at, b = i;
            if (yq_is_space(yq_utf8_next(clean, &a))) at = a;
            else if (yq_is_space(yq_utf8_next(words, &b))) i = b;
            else if (clean.p[at] == words.p[i]) at++, i++;
            else break;
        }
        if (i < words.n) continue;
        uint32_t here = (uint32_t)from, there = out->from;
        if (!found || (here > near ? here - near : near - here) < (there > near ? there - near : near - there)) *out = (yq_span){ here, (uint32_t)at };
        found = true;
    }
    return found;
}

/* The place of a decided fact in the document's present reading; the reading it was decided in, when the words are gone. */
static yq_code place_of(deciding *x, const decision *d, yq_place *at, yq_span *span, yq_span *sentence, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *at = (yq_place){ d->document, d->reading, d->owner, d->sharing, d->sequence };
    *span = d->span;
    *sentence = d->sentence;
    yq_code rc = yq_db_prepare(x->db, "SELECT r.id, r.clean FROM document d JOIN reading r ON r.id = d.reading WHERE d.id = :document", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", d->document);
    rc = yq_step(s, &row, err);
    if (!rc && row && yq_col_int(s, 0) != d->reading) {
        yq_str clean = yq_col_text(s, 1);
        yq_span found;
        if (find_words(clean, d->sentence_text, d->sentence.from, &found)) {
            yq_str words = yq_sub(d->sentence_text, d->span.from - d->sentence.from, d->span.to - d->sentence.from);
            *sentence = found;
            if (d->span.from < d->sentence.from || !find_words(yq_sub(clean, 0, found.to), words, found.from, span)) *span = found;
            at->reading = yq_col_int(s, 0);
        }
    }
    yq_finish(s);
    return rc;
}

/* Who an end of the fact is in the document now: the appearance itself where it is still named, else one of its kind and name. 0: none. */
static yq_code present(deciding *x, int64_t document, const end_of_fact *e, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->db,
                               "SELECT n.entity_was FROM name n WHERE n.document = :document AND (n.entity_was = :entity OR (n.kind = :kind AND n.folded = :folded)) "
                               "ORDER BY CASE WHEN n.entity_was = :entity THEN 0 ELSE 1 END, n.main DESC, n.entity_was LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", document);
    yq_bind_int(s, "entity", e->entity);
    yq_bind_text(s, "kind", e->kind);
    yq_bind_text(s, "folded", yq_fold(x->arena, e->name));
    return yq_one_int(s, 0, out, err);
}

static yq_code passage_at(deciding *x, const yq_place *at, uint32_t byte, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->db, "SELECT id FROM passage WHERE reading = :reading AND document = :document AND span_from <= :at AND span_to > :at ORDER BY id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "reading", at->reading);
    yq_bind_int(s, "document", at->document);
    yq_bind_int(s, "at", byte);
    return yq_one_int(s, 0, out, err);
}

static yq_code survivor(deciding *x, int64_t appearance, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x->db, "SELECT survivor FROM entity WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", appearance);
    return yq_one_int(s, appearance, out, err);
}

/* The name stands for whoever the appearance is today. */
static yq_code follow(deciding *x, int64_t appearance, int64_t document, int64_t to, yq_err *err)
{
    static const char *const sql[] = { "UPDATE name SET entity = :to WHERE entity_was = :was AND document = :document",
                                       "UPDATE mention SET entity = :to WHERE entity_was = :was AND document = :document" };
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        yq_stmt *s;
        yq_code rc = yq_db_prepare(x->db, sql[i], &s, err);
        if (rc) return rc;
        yq_bind_int(s, "was", appearance);
        yq_bind_int(s, "to", to);
        yq_bind_int(s, "document", document);
        if ((rc = yq_change(s, err))) return rc;
    }
    return YQ_OK;
}

/* An end of a fact that the reading does not have: found in the document, or named in it again. */
static yq_code keep_named(deciding *x, const yq_place *at, yq_span span, const end_of_fact *e, int64_t mention, int64_t *was, int64_t *now, yq_err *err)
{
    *was = *now = 0;
    if (!e->entity) return YQ_OK;
    yq_code rc = present(x, at->document, e, was, err);
    if (!rc && !*was) {
        yq_named_again n = { .entity = e->entity, .mention = mention, .kind = e->kind, .name = e->name, .span = span };
        *was = e->entity;
        rc = passage_at(x, at, span.from, &n.passage, err);
        if (!rc) rc = yq_put_back(x->store, x->arena, at, &n, err);
    }
    if (!rc) rc = survivor(x, *was, now, err);
    return rc ? rc : follow(x, *was, at->document, *now, err);
}

static yq_code put_typed(deciding *x, const decision *d, const claim *c, yq_err *err)
{
    yq_stmt *s;
    yq_place at;
    yq_span span, sentence;
    int64_t subject_was, subject, object_was, object;
    yq_code rc = place_of(x, d, &at, &span, &sentence, err);
    if (!rc) rc = keep_named(x, &at, span, &c->subject, d->id + 1, &subject_was, &subject, err);
    if (!rc) rc = keep_named(x, &at, span, &c->object, d->id + 2, &object_was, &object, err);
    if (rc) return rc;
    rc = yq_db_prepare(x->db,
                       "INSERT INTO fact (id, document, reading, predicate, subject, subject_was, object, object_was, value, date, span_from, span_to, "
                       "sentence_from, sentence_to, confidence, voices, state, decision, typed, owner, sharing, sequence) VALUES (:id, :document, :reading, "
                       ":predicate, :subject, :subject_was, :object, :object_was, :value, :date, :from, :to, :sentence_from, :sentence_to, 1, 0, 'confirmed', "
                       ":decision, 1, :owner, :sharing, :sequence)", &s, err);
    if (rc) return rc;
    const struct { const char *name; int64_t v; } numbers[] = {
        { "id", d->id + 3 }, { "document", at.document }, { "reading", at.reading }, { "subject", subject }, { "subject_was", subject_was }, { "object", object },
        { "object_was", object_was }, { "from", span.from }, { "to", span.to }, { "sentence_from", sentence.from }, { "sentence_to", sentence.to },
        { "decision", d->id }, { "owner", at.owner }, { "sharing", at.sharing }, { "sequence", at.sequence },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) yq_bind_int(s, numbers[i].name, numbers[i].v);
    yq_bind_text(s, "predicate", d->predicate);
    yq_bind_text(s, "value", c->value);
    yq_bind_text(s, "date", c->date);
    return yq_change(s, err);
}

/* ---------------------------------------------------------------- applying */

static yq_code hold(deciding *x, const decision *d, const claim *c, yq_err *err)
{
    size_t marked;
    yq_code rc = mark_all(x, d, c, "confirmed", &marked, err);
    return rc || marked ? rc : put_typed(x, d, c, err);
}

static bool same_claim(const claim *a, const claim *b)
{
    return a->subject.entity == b->subject.entity && a->object.entity == b->object.entity && yq_eq(a->value, b->value) && yq_eq(a->date, b->date);
}

/* What was corrected before it was refused is refused both as it was read and as it was meant. */
static yq_code apply(deciding *x, const decision *d, yq_err *err)
{
    size_t marked;
    if (is(d, "confirmed")) return hold(x, d, &d->said, err);
    yq_code rc = mark_all(x, d, &d->said, "refused", &marked, err);
    if (!rc && is(d, "corrected")) return hold(x, d, &d->meant, err);
    return rc || same_claim(&d->said, &d->meant) ? rc : mark_all(x, d, &d->meant, "refused", &marked, err);
}

yq_code yq_decided_again(yq_store *store, yq_arena *a, int64_t document, yq_err *err)
{
    deciding x = { store, yq_store_db(store), a };
    YQ_VEC(decision) all = { 0 };
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(x.db, DECISION "document = :document ORDER BY id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "document", document);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, &all) = take_decision(a, s);
    yq_finish(s);
    for (size_t i = 0; i < all.n && !rc; i++) rc = apply(&x, &all.v[i], err);
    return rc;
}

/* ---------------------------------------------------------------- taking back */

static yq_code release(deciding *x, const decision *d, yq_err *err)
{
    static const char *const sql[] = {
        "DELETE FROM fact WHERE decision = :id AND typed = 1", "UPDATE fact SET state = 'proposed', decision = 0 WHERE decision = :id",
        "DELETE FROM mention WHERE id > :id AND id < :behind",
        "DELETE FROM name WHERE document = :document AND entity_was IN (SELECT n.meant FROM (SELECT subject AS meant FROM decision WHERE id = :id UNION ALL SELECT "
        "object FROM decision WHERE id = :id UNION ALL SELECT meant_subject FROM decision WHERE id = :id UNION ALL SELECT meant_object FROM decision WHERE "
        "id = :id) n) AND NOT EXISTS (SELECT 1 FROM mention m WHERE m.document = :document AND m.entity_was = name.entity_was)",
        "DELETE FROM decision WHERE id = :id",
    };
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        yq_stmt *s;
        yq_code rc = yq_db_prepare(x->db, sql[i], &s, err);
        if (rc) return rc;
        yq_bind_int(s, "id", d->id);
        if (strstr(sql[i], ":behind")) yq_bind_int(s, "behind", d->id + YQ_REVIEW_IDS);
        if (strstr(sql[i], ":document")) yq_bind_int(s, "document", d->document);
        if ((rc = yq_change(s, err))) return rc;
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- projecting the entry "review" */

typedef struct {
    deciding x;
    int64_t sequence, at_us, document;
    const json_t *root;
    json_t **parts; /* NULL where erased */
    size_t part_count;
} review;

static yq_code load_end(deciding *x, int64_t appearance, end_of_fact *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (end_of_fact){ appearance, YQ_S(""), YQ_S("") };
    if (!appearance) return YQ_OK;
    yq_code rc = yq_db_prepare(x->db, "SELECT kind, name FROM entity WHERE id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", appearance);
    rc = yq_step(s, &row, err);
    if (!rc && row) out->kind = yq_kept(x->arena, s, 0), out->name = yq_kept(x->arena, s, 1);
    yq_finish(s);
    return rc;
}

/* The fact as it stands in the tables, and which decision it is under. *there false: it has gone, with the person it was about. */
static yq_code load_fact(const review *v, int64_t fact, decision *d, int64_t *under, bool *there, yq_err *err)
{
    deciding x = v->x;
    yq_stmt *s;
    yq_code rc = yq_db_prepare(x.db,
                               "SELECT f.document, f.reading, f.predicate, f.value, f.date, f.span_from, f.span_to, f.sentence_from, f.sentence_to, f.owner, "
                               "f.sharing, f.decision, f.subject_was, f.object_was, r.clean FROM fact f JOIN reading r ON r.id = f.reading WHERE f.id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", fact);
    rc = yq_step(s, there, err);
    int64_t subject = 0, object = 0;
    if (!rc && *there) {
        *d = (decision){ .document = yq_col_int(s, 0), .reading = yq_col_int(s, 1), .fact = fact, .predicate = yq_kept(x.arena, s, 2),
                         .said = { .value = yq_kept(x.arena, s, 3), .date = yq_kept(x.arena, s, 4) }, .span = span_of(s, 5), .sentence = span_of(s, 7),
                         .owner = yq_col_int(s, 9), .sharing = yq_col_int(s, 10) };
        *under = yq_col_int(s, 11);
        subject = yq_col_int(s, 12), object = yq_col_int(s, 13);
        d->sentence_text = yq_dup(x.arena, yq_at(yq_col_text(s, 14), d->sentence));
    }
    yq_finish(s);
    if (!rc && *there) rc = load_end(&x, subject, &d->said.subject, err);
    if (!rc && *there) rc = load_end(&x, object, &d->said.object, err);
    d->meant = d->said;
    return rc;
}

/* The key of the decision that the fact is under already is also the key of the new one. */
static yq_code inherit(deciding *x, int64_t under, decision *d, yq_err *err)
{
    yq_stmt *s;
    bool row;
    if (!under) return YQ_OK;
    yq_code rc = yq_db_prepare(x->db, DECISION "id = :id", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "id", under);
    rc = yq_step(s, &row, err);
    if (!rc && row) *d = take_decision(x->arena, s);
    yq_finish(s);
    return rc || !row ? rc : release(x, d, err);
}

static yq_str text_or(yq_arena *a, const json_t *part, const char *key, yq_str otherwise)
{
    const json_t *v = json_object_get(part, key);
    return json_is_string(v) ? yq_dup(a, (yq_str){ json_string_value(v), json_string_length(v) }) : otherwise;
}

static yq_code end_or(review *v, const json_t *part, const char *key, end_of_fact *e, yq_err *err)
{
    const json_t *id = json_object_get(part, key);
    return json_is_integer(id) ? load_end(&v->x, json_integer_value(id), e, err) : YQ_OK;
}

static yq_code take_correction(review *v, decision *d, const json_t *part, yq_err *err)
{
    const json_t *entities = json_object_get(part, "entities");
    yq_place at = { d->document, d->reading, d->owner, d->sharing, v->sequence };
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < json_array_size(entities) && !rc; i++) rc = yq_put_appearance(v->x.store, v->x.arena, &at, json_array_get(entities, i), err);
    d->meant.value = text_or(v->x.arena, part, "value", d->meant.value);
    d->meant.date = text_or(v->x.arena, part, "date", d->meant.date);
    if (!rc) rc = end_or(v, part, "subject", &d->meant.subject, err);
    return rc ? rc : end_or(v, part, "object", &d->meant.object, err);
}

static yq_code project_one(review *v, const json_t *row, yq_err *err)
{
    decision d = { 0 };
    int64_t under = 0;
    bool there;
    const json_t *part = json_object_get(row, "part");
    size_t k = (size_t)json_integer_value(part);
    yq_code rc = load_fact(v, json_integer_value(json_object_get(row, "fact")), &d, &under, &there, err);
    if (rc || !there) return rc;
    if ((rc = inherit(&v->x, under, &d, err))) return rc;
    d.id = json_integer_value(json_object_get(row, "id"));
    d.verdict = yq_cstr(json_string_value(json_object_get(row, "verdict")));
    d.by = yq_cstr(json_string_value(json_object_get(v->root, "by")));
    d.sequence = v->sequence;
    d.at_us = v->at_us;
    if (is(&d, "undone")) return YQ_OK;
    if (is(&d, "confirmed")) d.meant = d.said;
    if (is(&d, "corrected") && k < v->part_count && v->parts[k]) rc = take_correction(v, &d, v->parts[k], err);
    else if (is(&d, "corrected")) d.verdict = YQ_S("refused");
    if (!rc) rc = put_decision(&v->x, &d, err);
    return rc ? rc : apply(&v->x, &d, err);
}

static yq_code project_inside(void *arg, yq_err *err)
{
    review *v = arg;
    const json_t *list = json_object_get(v->root, "decisions");
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < json_array_size(list) && !rc; i++) rc = project_one(v, json_array_get(list, i), err);
    return rc;
}

static bool load_parts(review *v, const yq_str *parts)
{
    for (size_t i = 0; i < v->part_count; i++)
        if (parts[i].p && !(v->parts[i] = json_loadb(parts[i].p, parts[i].n, 0, NULL))) return false;
    return true;
}

yq_code yq_project_review(void *self, yq_store *s, int64_t sequence, int64_t at_us, yq_str body, const yq_str *parts, size_t part_count, yq_err *err)
{
    enum { MEMORY = 512 << 20 };
    (void)self;
    json_t *root = json_loadb(body.p, body.n, 0, NULL);
    review v = { .x = { s, yq_store_db(s), yq_arena_new(MEMORY) }, .sequence = sequence, .at_us = at_us, .root = root,
                 .parts = calloc(part_count + 1, sizeof *v.parts), .part_count = part_count };
    yq_code rc = YQ_OK;
    if (!v.x.arena || !v.parts) rc = yq_fail(err, YQ_NOMEM, 0, "no memory for decisions");
    else if (!root || json_integer_value(json_object_get(root, "v")) != 1 || !load_parts(&v, parts)) rc = yq_fail(err, YQ_CORRUPT, 0, "the body is not that of a review");
    if (!rc) rc = yq_arena_run(v.x.arena, project_inside, &v, err);
    for (size_t i = 0; v.parts && i < part_count; i++) json_decref(v.parts[i]);
    free(v.parts);
    yq_arena_free(v.x.arena);
    json_decref(root);
    return rc;
}
