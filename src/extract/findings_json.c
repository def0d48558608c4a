/* extract/findings_json.c - findings as one JSON object: the fields of the case schema, and beside them "evidence".
 *
 * "evidence" is a list of {"field", "index", "at": [from, to], "sentence": [from, to], "confidence", "voices": [...]} with byte offsets of
 * the clean text. `field` and `index` name the entry of the lists above; for roles and honours the field is "people.roles" or
 * "people.honours" and "person" says whose.
 */
#include "extract/extract.h"

static void string_or_nothing(yq_json *j, const char *key, yq_str s)
{
    if (s.n) yq_json_kv(j, key, s);
}

static yq_str org_name(const yq_findings *f, int org)
{
    return org == YQ_NONE ? (yq_str){ 0 } : f->orgs.v[org].name;
}

static void write_orgs(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "organizations");
    yq_json_array(j);
    for (size_t i = 0; i < f->orgs.n; i++) yq_json_str(j, f->orgs.v[i].name);
    yq_json_end_array(j);
}

static void write_roles(yq_json *j, const yq_findings *f, const yq_found_person *p)
{
    yq_json_key(j, "roles");
    yq_json_array(j);
    for (size_t i = 0; i < p->roles.n; i++) {
        yq_json_object(j);
        string_or_nothing(j, "organization", org_name(f, p->roles.v[i].org));
        string_or_nothing(j, "position", p->roles.v[i].position);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_people(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "people");
    yq_json_array(j);
    for (size_t i = 0; i < f->people.n; i++) {
        const yq_found_person *p = &f->people.v[i];
        yq_json_object(j);
        yq_json_kv(j, "name", p->name);
        if (p->roles.n) write_roles(j, f, p);
        if (p->honours.n) {
            yq_json_key(j, "honours");
            yq_json_array(j);
            for (size_t k = 0; k < p->honours.n; k++) yq_json_str(j, p->honours.v[k].text);
            yq_json_end_array(j);
        }
        string_or_nothing(j, "cohort", p->cohort);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_organizers(yq_json *j, const yq_findings *f, const yq_found_event *e)
{
    yq_json_key(j, "organizers");
    yq_json_array(j);
    for (size_t i = 0; i < e->organizers.n; i++) {
        yq_json_object(j);
        string_or_nothing(j, "organization", org_name(f, e->organizers.v[i].org));
        yq_json_kv(j, "role", yq_cstr(e->organizers.v[i].role));
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_events(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "events");
    yq_json_array(j);
    for (size_t i = 0; i < f->events.n; i++) {
        const yq_found_event *e = &f->events.v[i];
        yq_json_object(j);
        yq_json_kv(j, "name", e->name);
        string_or_nothing(j, "date", yq_cstr(e->date));
        string_or_nothing(j, "place", e->place);
        string_or_nothing(j, "theme", e->theme);
        if (e->organizers.n) write_organizers(j, f, e);
        if (e->sessions.n) {
            yq_json_key(j, "sessions");
            yq_json_array(j);
            for (size_t k = 0; k < e->sessions.n; k++) yq_json_str(j, e->sessions.v[k]);
            yq_json_end_array(j);
        }
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_talks(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "talks");
    yq_json_array(j);
    for (size_t i = 0; i < f->talks.n; i++) {
        const yq_found_talk *t = &f->talks.v[i];
        yq_json_object(j);
        if (t->person != YQ_NONE) yq_json_kv(j, "speaker", f->people.v[t->person].name);
        yq_json_kv(j, "title", t->title);
        string_or_nothing(j, "session", t->session);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_deals(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "deals");
    yq_json_array(j);
    for (size_t i = 0; i < f->deals.n; i++) {
        const yq_found_deal *d = &f->deals.v[i];
        yq_json_object(j);
        yq_json_kv(j, "kind", yq_cstr(d->kind));
        string_or_nothing(j, "subject", d->subject);
        yq_json_key(j, "parties");
        yq_json_array(j);
        for (size_t k = 0; k < d->parties.n; k++) yq_json_str(j, org_name(f, d->parties.v[k]));
        yq_json_end_array(j);
        yq_json_key(j, "people");
        yq_json_array(j);
        for (size_t k = 0; k < d->people.n; k++) yq_json_str(j, f->people.v[d->people.v[k]].name);
        yq_json_end_array(j);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_technologies(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "technologies");
    yq_json_array(j);
    for (size_t i = 0; i < f->technologies.n; i++) {
        const yq_found_technology *t = &f->technologies.v[i];
        yq_json_object(j);
        yq_json_kv(j, "name", t->name);
        string_or_nothing(j, "holder", t->holder == YQ_NONE ? t->holder_text : org_name(f, t->holder));
        string_or_nothing(j, "summary", t->summary);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_needs(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "needs");
    yq_json_array(j);
    for (size_t i = 0; i < f->needs.n; i++) {
        const yq_found_need *n = &f->needs.v[i];
        yq_json_object(j);
        yq_json_kv(j, "text", n->text);
        string_or_nothing(j, "heading", n->heading);
        string_or_nothing(j, "holder", n->holder == YQ_NONE ? n->holder_text : org_name(f, n->holder));
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void write_figures(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "figures");
    yq_json_array(j);
    for (size_t i = 0; i < f->figures.n; i++) {
        const yq_found_figure *x = &f->figures.v[i];
        yq_json_object(j);
        yq_json_kr(j, "value", x->value);
        yq_json_kv(j, "unit", x->unit);
        string_or_nothing(j, "what", x->what);
        string_or_nothing(j, "subject", x->subject);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

/* ---------------------------------------------------------------- evidence */

static void write_span(yq_json *j, const char *key, yq_span span)
{
    yq_json_key(j, key);
    yq_json_array(j);
    yq_json_int(j, span.from);
    yq_json_int(j, span.to);
    yq_json_end_array(j);
}

void yq_voices_json(yq_json *j, unsigned voices)
{
    static const struct { unsigned bit; const char *name; } names[] = {
        { YQ_VOICE_DICTIONARY, "dictionary" }, { YQ_VOICE_PATTERN, "pattern" }, { YQ_VOICE_TABLE, "table" }, { YQ_VOICE_TAGGER, "tagger" },
    };
    yq_json_key(j, "voices");
    yq_json_array(j);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (voices & names[i].bit) yq_json_str(j, yq_cstr(names[i].name));
    yq_json_end_array(j);
}

static void write_evidence(yq_json *j, const char *field, int person, size_t index, const yq_evidence *e)
{
    yq_json_object(j);
    yq_json_kv(j, "field", yq_cstr(field));
    if (person != YQ_NONE) yq_json_ki(j, "person", person);
    yq_json_ki(j, "index", (int64_t)index);
    write_span(j, "at", e->span);
    write_span(j, "sentence", e->sentence);
    yq_json_kr(j, "confidence", (double)(int)(e->confidence * 1000 + 0.5f) / 1000);
    yq_voices_json(j, e->voices);
    yq_json_end_object(j);
}

static void write_person_evidence(yq_json *j, const yq_found_person *p, size_t i)
{
    for (size_t k = 0; k < p->mentions.n; k++) write_evidence(j, "people", YQ_NONE, i, &p->mentions.v[k]);
    for (size_t k = 0; k < p->roles.n; k++) write_evidence(j, "people.roles", (int)i, k, &p->roles.v[k].evidence);
    for (size_t k = 0; k < p->honours.n; k++) write_evidence(j, "people.honours", (int)i, k, &p->honours.v[k].evidence);
}

static void write_all_evidence(yq_json *j, const yq_findings *f)
{
    yq_json_key(j, "evidence");
    yq_json_array(j);
    for (size_t i = 0; i < f->orgs.n; i++)
        for (size_t k = 0; k < f->orgs.v[i].mentions.n; k++) write_evidence(j, "organizations", YQ_NONE, i, &f->orgs.v[i].mentions.v[k]);
    for (size_t i = 0; i < f->people.n; i++) write_person_evidence(j, &f->people.v[i], i);
#define SIMPLE(list, name) \
    for (size_t i = 0; i < f->list.n; i++) write_evidence(j, name, YQ_NONE, i, &f->list.v[i].evidence)
    SIMPLE(events, "events");
    SIMPLE(talks, "talks");
    SIMPLE(deals, "deals");
    SIMPLE(technologies, "technologies");
    SIMPLE(needs, "needs");
    SIMPLE(figures, "figures");
#undef SIMPLE
    yq_json_end_array(j);
}

void yq_findings_json(const yq_reading *reading, const yq_findings *f, yq_buf *out)
{
    yq_json writer = yq_json_to(out), *j = &writer;
    yq_json_object(j);
    yq_json_kv(j, "doc", reading->name);
    if (*yq_lang_name(reading->lang)) yq_json_kv(j, "lang", yq_cstr(yq_lang_name(reading->lang)));
    string_or_nothing(j, "title", yq_trim(yq_at(reading->plain, reading->title)));
    string_or_nothing(j, "date", yq_cstr(reading->date));
    write_orgs(j, f);
    write_people(j, f);
    write_events(j, f);
    write_talks(j, f);
    write_deals(j, f);
    write_technologies(j, f);
    write_needs(j, f);
    write_figures(j, f);
    write_all_evidence(j, f);
    yq_json_end_object(j);
    yq_buf_byte(out, '\n');
}
