/* tests/extract/taken.h - what is taken out of a made-up text, printed one line a finding, for tests that are rows of texts. */
#ifndef TEST_EXTRACT_TAKEN_H
#define TEST_EXTRACT_TAKEN_H

#include "check.h"
#include "extract/extract.h"

#include <string.h>

typedef struct {
    yq_arena *arena;
    yq_reading reading;
    yq_findings found;
} result;

static inline yq_code take(result *r, yq_str name, yq_str text, yq_err *err)
{
    yq_code rc = yq_intake_read(r->arena, name, text, NULL, &r->reading, err);
    return rc ? rc : yq_extract(r->arena, &r->reading, &r->found, err);
}

static inline result extract_text(const char *what, const char *name, const char *text)
{
    result r = { .arena = yq_arena_new(64u << 20) };
    yq_err err = { 0 };
    if (!CHECK(what, take(&r, yq_cstr(name), yq_cstr(text), &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    return r;
}

/* Text that repeats what is looked back for is read in time. */
static inline void check_long(const char *piece, int times, int64_t seconds)
{
    yq_buf b = { 0 };
    for (int i = 0; i < times; i++) yq_buf_put(&b, yq_cstr(piece));
    result r = { .arena = yq_arena_new(400u << 20) };
    yq_err err = { 0 };
    int64_t begin = yq_monotonic_us();
    yq_code rc = take(&r, YQ_S("a.txt"), yq_buf_str(&b), &err);
    CHECK("a long line", rc == YQ_OK || rc == YQ_NOMEM);
    CHECK("in time", yq_monotonic_us() - begin < seconds * 1000000);
    yq_buf_free(&b);
    yq_arena_free(r.arena);
}

/* ---------------------------------------------------------------- one line a finding */

typedef void printer(const result *r, yq_buf *b);

static inline yq_str org(const result *r, int i)
{
    return i == YQ_NONE ? YQ_S("-") : r->found.orgs.v[i].name;
}

static inline void print_orgs(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.orgs.n; i++) yq_buf_printf(b, "%.*s|", YQ_FMT(r->found.orgs.v[i].name));
}

/* name;position@organisation;*honour */
static inline void print_people(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.people.n; i++) {
        const yq_found_person *p = &r->found.people.v[i];
        yq_buf_printf(b, "%.*s", YQ_FMT(p->name));
        for (size_t k = 0; k < p->roles.n; k++) yq_buf_printf(b, ";%.*s@%.*s", YQ_FMT(p->roles.v[k].position), YQ_FMT(org(r, p->roles.v[k].org)));
        for (size_t k = 0; k < p->honours.n; k++) yq_buf_printf(b, ";*%.*s", YQ_FMT(p->honours.v[k].text));
        yq_buf_byte(b, '|');
    }
}

static inline void print_talks(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.talks.n; i++) {
        const yq_found_talk *t = &r->found.talks.v[i];
        yq_buf_printf(b, "%.*s:%.*s|", YQ_FMT(r->found.people.v[t->person].name), YQ_FMT(t->title));
    }
}

/* name;date;place;theme, and the organisers */
static inline void print_events(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.events.n; i++) {
        const yq_found_event *e = &r->found.events.v[i];
        yq_buf_printf(b, "%.*s;%s;%.*s;%.*s", YQ_FMT(e->name), e->date, YQ_FMT(e->place), YQ_FMT(e->theme));
        for (size_t k = 0; k < e->organizers.n; k++) yq_buf_printf(b, ";%s=%.*s", e->organizers.v[k].role, YQ_FMT(org(r, e->organizers.v[k].org)));
        yq_buf_byte(b, '|');
    }
}

/* kind:party+party, and who was appointed */
static inline void print_deals(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.deals.n; i++) {
        const yq_found_deal *d = &r->found.deals.v[i];
        yq_buf_printf(b, "%s", d->kind);
        for (size_t k = 0; k < d->parties.n; k++) yq_buf_printf(b, "%c%.*s", k ? '+' : ':', YQ_FMT(org(r, d->parties.v[k])));
        for (size_t k = 0; k < d->people.n && !strcmp(d->kind, "appointment"); k++)
            yq_buf_printf(b, "%c%.*s", k ? ',' : '/', YQ_FMT(r->found.people.v[d->people.v[k]].name));
        yq_buf_byte(b, '|');
    }
}

static inline void print_technologies(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.technologies.n; i++)
        yq_buf_printf(b, "%.*s@%.*s|", YQ_FMT(r->found.technologies.v[i].name), YQ_FMT(org(r, r->found.technologies.v[i].holder)));
}

static inline void print_needs(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.needs.n; i++)
        yq_buf_printf(b, "%.*s@%.*s|", YQ_FMT(r->found.needs.v[i].text), YQ_FMT(org(r, r->found.needs.v[i].holder)));
}

static inline void print_figures(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.figures.n; i++) yq_buf_printf(b, "%g %.*s|", r->found.figures.v[i].value, YQ_FMT(r->found.figures.v[i].unit));
}

/* ---------------------------------------------------------------- rows */

typedef struct {
    const char *what;
    printer *print;
    const char *name, *text, *expected;
} taken_row;

static inline void check_taken(const taken_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        result r = extract_text(rows[i].what, rows[i].name, rows[i].text);
        yq_buf b = { 0 };
        rows[i].print(&r, &b);
        if (!CHECK(rows[i].what, yq_eq(yq_buf_str(&b), yq_cstr(rows[i].expected))))
            fprintf(stderr, "  expected %s\n  found    %.*s\n", rows[i].expected, YQ_FMT(yq_buf_str(&b)));
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

#endif
