/* Two people of one name in one roster.
 *
 * A reader of documents takes one name in one document for one person, which holds for what is told in sentences. In the rows of a table or the
 * items of a list two rows of one name with two employers are two people. Here such a finding is told apart: rows that share an employer, or whose
 * employers are parts of one institution, belong together; what else is said of the name goes to the person told nearest before it.
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

/* The mention of the person in the row that tells something; SIZE_MAX: none. */
static size_t mention_in(const yq_found_person *p, const yq_evidence *e)
{
    for (size_t i = 0; i < p->mentions.n; i++)
        if (inside(p->mentions.v[i].span, e->sentence)) return i;
    return SIZE_MAX;
}

static void find_employers(telling *t)
{
    for (size_t i = 0; i < t->p->mentions.n; i++) t->employer[i] = YQ_NONE;
    for (size_t i = 0; i < t->p->roles.n; i++) {
        const yq_found_role *r = &t->p->roles.v[i];
        size_t m = mention_in(t->p, &r->evidence);
        if (m == SIZE_MAX || r->org < 0 || (size_t)r->org >= t->f->orgs.n || t->employer[m] != YQ_NONE) continue;
        if (!in_rows(t->reading, t->p->mentions.v[m].span) || yq_org_is_membership(t->arena, t->f->orgs.v[r->org].name)) continue;
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
    for (size_t i = 0; i < p->mentions.n; i++) {
        size_t group = t->group[i] != SIZE_MAX ? t->group[i] : group_before(t, p->mentions.v[i].span.from);
        if (group == leader) *yq_push(a, &out->mentions) = p->mentions.v[i];
    }
    for (size_t i = 0; i < p->roles.n; i++)
        if (group_of_role(t, &p->roles.v[i]) == leader) *yq_push(a, &out->roles) = p->roles.v[i];
    for (size_t i = 0; i < p->honours.n; i++)
        if (group_before(t, p->honours.v[i].evidence.span.from) == leader) *yq_push(a, &out->honours) = p->honours.v[i];
}

size_t yq_tell_apart(yq_arena *a, const yq_reading *reading, const yq_findings *f, const yq_found_person *p, yq_found_person **out)
{
    telling t = { a, reading, f, p, YQ_ARRAY(a, size_t, p->mentions.n + 1), YQ_ARRAY(a, int, p->mentions.n + 1) };
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
