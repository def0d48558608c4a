/* Two people of one name in one roster.
 *
 * A reader of documents takes one name in one document for one person, which holds for what is told in sentences. In the rows of a table, the
 * items of a list or the lines of a plain roster two rows of one name with two employers are two people. Here such a finding is told apart: rows that
 * share an employer, or whose employers are parts of one institution, belong together; where the name stands elsewhere it is the person's whose employer
 * stands beside it, else the one's told nearest before.
 */
#include "register/internal.h"

#include <stdlib.h>

enum { MOST_MENTIONS = 400 }; /* beyond that the name is left as one: every pair is compared */

typedef struct {
    yq_arena *arena;
    const yq_reading *reading;
    const yq_findings *f;
    const yq_found_person *p;
    size_t *group;    /* by mention: the mention that leads its group */
    int *employer;    /* by mention: the employer told in its row, or YQ_NONE */
    bool roster;      /* somebody else's name, too, begins a line as it does in a roster */
} telling;

static bool inside(yq_span a, yq_span b)
{
    return b.from <= a.from && a.to <= b.to;
}

static bool in_rows(const yq_reading *r, yq_span at)
{
    size_t low = 0, high = r->blocks.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->blocks.v[middle].span.to <= at.from) low = middle + 1;
        else high = middle;
    }
    return low < r->blocks.n && inside(at, r->blocks.v[low].span) &&
           (r->blocks.v[low].kind == YQ_BLOCK_TABLE || r->blocks.v[low].kind == YQ_BLOCK_ITEM);
}

/* ---------------------------------------------------------------- rosters without marks */

static bool is_one_of(uint32_t cp, const uint32_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == cp) return true;
    return false;
}

/* What may stand before the first name of a line: 3. (3) 3、 • */
static bool numbers_lines(uint32_t cp)
{
    static const uint32_t marks[] = { '.', ')', '(', '-', '*', 0x3001, 0xFF08, 0xFF09, 0xFF0E, 0x2022, 0xB7, 0x25CF, 0x25A0 };
    return (cp >= '0' && cp <= '9') || (cp >= 0x2460 && cp <= 0x2473) || yq_is_space(cp) || is_one_of(cp, marks, sizeof marks / sizeof *marks);
}

/* 王伟，… and 王伟 …, not 王伟表示. */
static bool ends_name(uint32_t cp)
{
    static const uint32_t marks[] = { ',', ':', '(', '|', 0xFF0C, 0xFF1A, 0xFF08, 0x3001, 0xFF1B, 0x2014 };
    return yq_is_space(cp) || is_one_of(cp, marks, sizeof marks / sizeof *marks);
}

/* A short line that a name begins. */
static bool begins_entry(const yq_reading *r, yq_span name)
{
    enum { ENTRY_BYTES = 300 };
    yq_str s = r->clean;
    size_t from = name.from, to = name.to, at = to;
    while (from > 0 && s.p[from - 1] != '\n') from--;
    while (to < s.n && s.p[to] != '\n') to++;
    if (to - from > ENTRY_BYTES || at == to || !ends_name(yq_utf8_next(s, &at))) return false;
    while (from < name.from)
        if (!numbers_lines(yq_utf8_next(s, &from))) return false;
    return true;
}

static bool begins_entries(const yq_reading *r, const yq_found_person *p)
{
    for (size_t i = 0; i < p->mentions.n; i++)
        if (begins_entry(r, p->mentions.v[i].span)) return true;
    return false;
}

/* One alone with two lines of their own is told of twice. */
static bool in_roster(const telling *t)
{
    if (!begins_entries(t->reading, t->p)) return false;
    for (size_t i = 0; i < t->f->people.n; i++)
        if (!yq_eq(t->f->people.v[i].name, t->p->name) && begins_entries(t->reading, &t->f->people.v[i])) return true;
    return false;
}

static bool in_entry(const telling *t, yq_span at)
{
    return in_rows(t->reading, at) || (t->roster && begins_entry(t->reading, at));
}

/* ---------------------------------------------------------------- rows */

/* The mention of the person in the row that tells something; SIZE_MAX: none. */
static size_t mention_in(const yq_found_person *p, const yq_evidence *e)
{
    for (size_t i = 0; i < p->mentions.n; i++)
        if (inside(p->mentions.v[i].span, e->sentence)) return i;
    return SIZE_MAX;
}

static void find_employers(telling *t)
{
    t->roster = in_roster(t);
    for (size_t i = 0; i < t->p->mentions.n; i++) t->employer[i] = YQ_NONE;
    for (size_t i = 0; i < t->p->roles.n; i++) {
        const yq_found_role *r = &t->p->roles.v[i];
        size_t m = mention_in(t->p, &r->evidence);
        if (m == SIZE_MAX || r->org < 0 || (size_t)r->org >= t->f->orgs.n || t->employer[m] != YQ_NONE) continue;
        if (!in_entry(t, t->p->mentions.v[m].span) || yq_org_is_membership(t->arena, t->f->orgs.v[r->org].name)) continue;
        t->employer[m] = r->org;
    }
}

/* 云岭大学 and 云岭大学附属第一医院, or two schools of one university. */
static bool related(const telling *t, int a, int b)
{
    static const char *const parents[] = { "大学", "科学院", "University" };
    if (a == b) return true;
    yq_str x = t->f->orgs.v[a].name, y = t->f->orgs.v[b].name;
    size_t n = 0;
    while (n < x.n && n < y.n && x.p[n] == y.p[n]) n++;
    if (n == x.n || n == y.n) return true;
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        if (yq_has(yq_sub(x, 0, n), yq_cstr(parents[i]))) return true;
    return false;
}

static bool has_han(yq_str s)
{
    for (size_t at = 0; at < s.n;)
        if (yq_is_han(yq_utf8_next(s, &at))) return true;
    return false;
}

/* A name in Latin letters beside one in characters is its translation, not a namesake. */
static bool same_script(const telling *t, size_t a, size_t b)
{
    return has_han(yq_at(t->reading->clean, t->p->mentions.v[a].span)) == has_han(yq_at(t->reading->clean, t->p->mentions.v[b].span));
}

static size_t group_rows(telling *t)
{
    size_t groups = 0, n = t->p->mentions.n;
    for (size_t i = 0; i < n; i++) {
        t->group[i] = SIZE_MAX;
        if (t->employer[i] == YQ_NONE) continue;
        for (size_t k = 0; k < i && t->group[i] == SIZE_MAX; k++)
            if (t->employer[k] != YQ_NONE && (related(t, t->employer[k], t->employer[i]) || !same_script(t, k, i))) t->group[i] = t->group[k];
        if (t->group[i] != SIZE_MAX) continue;
        t->group[i] = i;
        groups++;
    }
    return groups;
}

/* The group told nearest before a place, or the first one. */
static size_t group_before(const telling *t, uint32_t at)
{
    size_t best = SIZE_MAX, first = SIZE_MAX;
    for (size_t i = 0; i < t->p->mentions.n; i++) {
        if (t->group[i] == SIZE_MAX) continue;
        uint32_t from = t->p->mentions.v[i].span.from;
        if (first == SIZE_MAX || from < t->p->mentions.v[first].span.from) first = i;
        if (from <= at && (best == SIZE_MAX || from > t->p->mentions.v[best].span.from)) best = i;
    }
    return t->group[best == SIZE_MAX ? first : best];
}

/* Bytes between two places of one line; SIZE_MAX: another line. */
static size_t gap(yq_str text, yq_span a, yq_span b)
{
    uint32_t from = a.to < b.to ? a.to : b.to, to = a.from > b.from ? a.from : b.from;
    for (uint32_t i = from; i < to; i++)
        if (text.p[i] == '\n') return SIZE_MAX;
    return to > from ? to - from : 0;
}

static size_t gap_to_employer(const telling *t, int org, yq_span name)
{
    const yq_found_org *o = &t->f->orgs.v[org];
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < o->mentions.n; i++) {
        size_t n = gap(t->reading->clean, o->mentions.v[i].span, name);
        if (n < least) least = n;
    }
    return least;
}

/* 汀阳市人民医院骨科主任王伟, or 王伟（汀阳市人民医院）. */
static size_t group_of_mention(const telling *t, size_t m)
{
    enum { BESIDE_BYTES = 24 };
    size_t best = SIZE_MAX, least = BESIDE_BYTES + 1;
    if (t->group[m] != SIZE_MAX) return t->group[m];
    for (size_t i = 0; i < t->p->mentions.n; i++) {
        size_t n = t->employer[i] == YQ_NONE ? SIZE_MAX : gap_to_employer(t, t->employer[i], t->p->mentions.v[m].span);
        if (n < least) least = n, best = t->group[i];
    }
    return best != SIZE_MAX ? best : group_before(t, t->p->mentions.v[m].span.from);
}

static size_t group_of_role(const telling *t, const yq_found_role *r)
{
    size_t m = mention_in(t->p, &r->evidence);
    if (m != SIZE_MAX && t->group[m] != SIZE_MAX) return t->group[m];
    for (size_t i = 0; i < t->p->mentions.n; i++)
        if (t->employer[i] != YQ_NONE && t->employer[i] == r->org) return t->group[i];
    return group_before(t, r->evidence.span.from);
}

static void take_group(const telling *t, size_t leader, yq_found_person *out)
{
    yq_arena *a = t->arena;
    const yq_found_person *p = t->p;
    *out = (yq_found_person){ .name = p->name, .forms = p->forms, .cohort = p->cohort };
    for (size_t i = 0; i < p->mentions.n; i++)
        if (group_of_mention(t, i) == leader) *yq_push(a, &out->mentions) = p->mentions.v[i];
    for (size_t i = 0; i < p->roles.n; i++)
        if (group_of_role(t, &p->roles.v[i]) == leader) *yq_push(a, &out->roles) = p->roles.v[i];
    for (size_t i = 0; i < p->honours.n; i++)
        if (group_before(t, p->honours.v[i].evidence.span.from) == leader) *yq_push(a, &out->honours) = p->honours.v[i];
}

size_t yq_tell_apart(yq_arena *a, const yq_reading *reading, const yq_findings *f, const yq_found_person *p, yq_found_person **out)
{
    telling t = { a, reading, f, p, YQ_ARRAY(a, size_t, p->mentions.n + 1), YQ_ARRAY(a, int, p->mentions.n + 1), false };
    size_t groups = 0, n = 0;
    if (p->mentions.n > 1 && p->mentions.n <= MOST_MENTIONS) {
        find_employers(&t);
        groups = group_rows(&t);
    }
    *out = YQ_ARRAY(a, yq_found_person, groups + 1);
    if (groups < 2) {
        (*out)[0] = *p;
        return 1;
    }
    for (size_t i = 0; i < p->mentions.n; i++)
        if (t.group[i] == i) take_group(&t, i, &(*out)[n++]);
    return n;
}
