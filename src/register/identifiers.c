/* Whose identifiers a document tells: an ORCID iD is the person's, a ROR id or credit code the organisation's, who is named nearest before it in its
 * line or row, or behind it, or in the line before (a card of fields). They are kept as written forms, so that they are found and decide like names.
 */
#include "register/internal.h"

enum { MOST_IDENTIFIERS = 2000, FAR = 200 };

static bool is_persons(yq_identifier_kind kind)
{
    return kind == YQ_ID_ORCID;
}

static bool tells_identity(yq_identifier_kind kind)
{
    return kind == YQ_ID_ORCID || kind == YQ_ID_ROR || kind == YQ_ID_USCC;
}

static size_t lines_between(yq_str text, uint32_t from, uint32_t to)
{
    size_t n = 0;
    for (uint32_t i = from; i < to && i < text.n; i++) n += text.p[i] == '\n';
    return n;
}

/* How ill a mention fits an identifier, UINT32_MAX: not at all. */
static uint32_t misfit(yq_str text, yq_span mention, yq_span id)
{
    bool before = mention.to <= id.from;
    uint32_t gap = before ? id.from - mention.to : mention.from >= id.to ? mention.from - id.to : 0;
    if (gap > FAR) return UINT32_MAX;
    size_t lines = before ? lines_between(text, mention.to, id.from) : lines_between(text, id.to, mention.from);
    if (lines > (before ? 1 : 0)) return UINT32_MAX;
    return gap + (before ? 0 : FAR) + (lines ? 2 * FAR : 0);
}

typedef struct {
    yq_str text;
    yq_span id, owner;
    uint32_t least;
} search;

static void try_mentions(search *s, const yq_evidence *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t m = misfit(s->text, v[i].span, s->id);
        if (m < s->least) s->least = m, s->owner = v[i].span;
    }
}

static yq_span owner_of(yq_str text, const yq_findings *f, const yq_identifier *id)
{
    search s = { text, id->span, { 0 }, UINT32_MAX };
    if (is_persons(id->kind))
        for (size_t i = 0; i < f->people.n; i++) try_mentions(&s, f->people.v[i].mentions.v, f->people.v[i].mentions.n);
    else
        for (size_t i = 0; i < f->orgs.n; i++) try_mentions(&s, f->orgs.v[i].mentions.v, f->orgs.v[i].mentions.n);
    return s.owner;
}

yq_told_identifiers yq_find_identifiers(yq_arena *a, yq_str clean, const yq_findings *f)
{
    yq_told_identifiers out = { 0 };
    yq_identifier id;
    for (size_t at = 0; out.n < MOST_IDENTIFIERS && yq_identifier_next(clean, &at, &id);) {
        if (!tells_identity(id.kind)) continue;
        yq_span owner = owner_of(clean, f, &id);
        if (owner.to) *yq_push(a, &out) = (yq_told_identifier){ id, is_persons(id.kind), owner };
    }
    return out;
}

const yq_str *yq_forms_with_identifiers(yq_arena *a, const yq_told_identifiers *told, bool person, const yq_evidence *mention, size_t mentions, yq_new_entity *e,
                                        const yq_str *forms, size_t *count)
{
    yq_str *all = YQ_ARRAY(a, yq_str, *count + told->n + 1);
    size_t n = *count;
    if (n) memcpy(all, forms, n * sizeof *all);
    for (size_t i = 0; i < told->n; i++) {
        const yq_told_identifier *t = &told->v[i];
        for (size_t k = 0; k < mentions; k++) {
            if (t->person != person || mention[k].span.from != t->owner.from || mention[k].span.to != t->owner.to) continue;
            all[n] = yq_dup(a, yq_cstr(t->id.text));
            yq_add_form(a, e, all[n++], t->id.span);
            break;
        }
    }
    *count = n;
    return all;
}
