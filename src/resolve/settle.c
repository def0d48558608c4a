/* The clusters are sets of a forest whose roots are their first appearances; the register behind yq_known is made of what stands before. */
#include "resolve/settle.h"

#include <stdlib.h>

enum { SCRATCH = 1 << 30, MOST_PASSES = 4, MOST_WITHIN = 400 };

typedef struct {
    uint64_t hash;
    size_t at, name;
} posting;

typedef struct {
    posting *v;
    size_t n;
} postings;

typedef struct {
    size_t a, b, order;
    int verdict;
} ruled_pair;

typedef struct {
    yq_arena *arena, *scratch;
    const yq_appearance *v;
    size_t n;
    size_t *parent, *next, *last; /* next, last: members of a cluster as a list; SIZE_MAX: its end */
    bool *seen;                   /* of a document before */
    bool *told_apart;             /* by root: some person keeps a member apart from somebody */
    size_t *staff, *staff_from;   /* organisation -> persons whose roles name it */
    postings meet, latin;
    ruled_pair *ruling;
    size_t rulings;
    size_t from, to;              /* the document that is read */
    size_t without;               /* cluster that is asked about; SIZE_MAX: none */
    int64_t *around;
    size_t around_count;
    bool *joined;                 /* organisations that have been found to be somebody */
    yq_settled *out;
} settling;

/* ---------------------------------------------------------------- clusters */

static size_t root_of(const settling *s, size_t i)
{
    while (s->parent[i] != i) i = s->parent[i] = s->parent[s->parent[i]];
    return i;
}

static bool splits(const settling *s, const ruled_pair *r, size_t x, size_t y)
{
    if (r->verdict >= 0) return false;
    size_t a = root_of(s, r->a), b = root_of(s, r->b);
    return (a == x && b == y) || (a == y && b == x);
}

static bool kept_apart(const settling *s, size_t x, size_t y)
{
    if (!s->told_apart[x] || !s->told_apart[y]) return false;
    for (size_t i = 0; i < s->rulings; i++)
        if (splits(s, &s->ruling[i], x, y)) return true;
    return false;
}

/* False: a person keeps them apart. */
static bool unite(settling *s, size_t a, size_t b)
{
    size_t x = root_of(s, a), y = root_of(s, b);
    if (x == y) return true;
    if (kept_apart(s, x, y)) return false;
    if (y < x) { size_t t = x; x = y; y = t; }
    s->parent[y] = x;
    s->next[s->last[x]] = y;
    s->last[x] = s->last[y];
    s->told_apart[x] |= s->told_apart[y];
    return true;
}

/* ---------------------------------------------------------------- what persons decided */

static int by_pair(const void *x, const void *y)
{
    const ruled_pair *p = x, *q = y;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    if (p->b != q->b) return p->b < q->b ? -1 : 1;
    return p->order > q->order ? -1 : p->order < q->order;
}

static int latest_first(const void *x, const void *y)
{
    const ruled_pair *p = x, *q = y;
    return p->order > q->order ? -1 : p->order < q->order;
}

static void keep_latest(settling *s, const yq_ruling *v, size_t n)
{
    size_t kept = 0;
    ruled_pair *r = YQ_ARRAY(s->arena, ruled_pair, n + 1);
    for (size_t i = 0; i < n; i++) r[i] = (ruled_pair){ v[i].a < v[i].b ? v[i].a : v[i].b, v[i].a < v[i].b ? v[i].b : v[i].a, i, v[i].verdict };
    qsort(r, n, sizeof *r, by_pair);
    for (size_t i = 0; i < n; i++) {
        if (kept && r[kept - 1].a == r[i].a && r[kept - 1].b == r[i].b) continue;
        r[kept++] = r[i];
    }
    qsort(r, kept, sizeof *r, latest_first);
    s->ruling = r;
    s->rulings = kept;
}

/* From the latest to the first; a decision that a later one contradicts is as if taken back. */
static void obey(settling *s)
{
    size_t all = s->rulings;
    for (s->rulings = 0; s->rulings < all; s->rulings++) {
        ruled_pair *r = &s->ruling[s->rulings];
        size_t x = root_of(s, r->a), y = root_of(s, r->b);
        if (s->v[r->a].kind != s->v[r->b].kind || (r->verdict < 0 && x == y)) r->verdict = 0;
        else if (r->verdict > 0) unite(s, x, y);
        else if (r->verdict < 0) s->told_apart[x] = s->told_apart[y] = true;
    }
}

/* ---------------------------------------------------------------- what is known: the callbacks of resolve */

static uint64_t hash_of(yq_identity_kind kind, yq_str key)
{
    uint64_t h = 14695981039346656037u ^ (uint64_t)kind; /* FNV-1a */
    for (size_t i = 0; i < key.n; i++) h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
    return h;
}

static int by_hash(const void *x, const void *y)
{
    const posting *p = x, *q = y;
    if (p->hash != q->hash) return p->hash < q->hash ? -1 : 1;
    if (p->at != q->at) return p->at < q->at ? -1 : 1;
    return p->name < q->name ? -1 : p->name > q->name;
}

static yq_str key_of(const settling *s, const posting *p, bool latin)
{
    const yq_settle_name *n = &s->v[p->at].name[p->name];
    return latin ? n->latin : n->meet;
}

static postings post(settling *s, bool latin)
{
    size_t most = 0;
    for (size_t i = 0; i < s->n; i++) most += s->v[i].names;
    postings p = { YQ_ARRAY(s->arena, posting, most + 1), 0 };
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->v[i].names; k++) {
            posting one = { 0, i, k };
            yq_str key = key_of(s, &one, latin);
            one.hash = hash_of(s->v[i].kind, key);
            if (key.n) p.v[p.n++] = one;
        }
    qsort(p.v, p.n, sizeof *p.v, by_hash);
    return p;
}

typedef YQ_VEC(yq_known_name) known_names;

static int by_entity(const void *x, const void *y)
{
    const yq_known_name *p = x, *q = y;
    if (p->entity != q->entity) return p->entity < q->entity ? -1 : 1;
    if (p->main != q->main) return p->main ? -1 : 1;
    return yq_cmp(p->name, q->name);
}

/* Sorted, each once, cut. */
static size_t give(known_names *list, yq_known_name *out, size_t cap)
{
    size_t n = 0;
    if (list->n) qsort(list->v, list->n, sizeof *list->v, by_entity);
    for (size_t i = 0; i < list->n && n < cap; i++)
        if (!i || by_entity(&list->v[i - 1], &list->v[i]) != 0) out[n++] = list->v[i];
    return n;
}

static bool is_known(const settling *s, size_t i)
{
    return s->seen[i] && root_of(s, i) != s->without;
}

static void take_name(settling *s, known_names *list, size_t i, size_t name)
{
    *yq_push(s->scratch, list) = (yq_known_name){ (int64_t)root_of(s, i) + 1, s->v[i].name[name].text, name == 0 };
}

static size_t first_posting(const postings *p, uint64_t hash)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (p->v[middle].hash < hash) low = middle + 1;
        else high = middle;
    }
    return low;
}

static size_t with_key(settling *s, const postings *p, bool latin, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    uint64_t hash = hash_of(kind, key);
    known_names list = { 0 };
    for (size_t at = first_posting(p, hash); at < p->n && p->v[at].hash == hash; at++) {
        const posting *one = &p->v[at];
        if (s->v[one->at].kind == kind && is_known(s, one->at) && yq_eq(key_of(s, one, latin), key)) take_name(s, &list, one->at, one->name);
    }
    return give(&list, out, cap);
}

static size_t by_name(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    settling *s = self;
    return with_key(s, &s->meet, false, kind, key, out, cap);
}

static size_t by_latin(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    settling *s = self;
    return with_key(s, &s->latin, true, kind, key, out, cap);
}

static bool works_at(const settling *s, size_t person, size_t org)
{
    for (size_t k = 0; k < s->v[person].orgs; k++)
        if (root_of(s, s->v[person].org[k]) == org) return true;
    return false;
}

/* All names of the clusters one of whose members works there. */
static size_t by_name_at(void *self, int64_t org, yq_str key, yq_known_name *out, size_t cap)
{
    settling *s = self;
    known_names list = { 0 };
    for (size_t at = first_posting(&s->meet, hash_of(YQ_PERSON, key)); at < s->meet.n && s->meet.v[at].hash == hash_of(YQ_PERSON, key); at++) {
        const posting *one = &s->meet.v[at];
        bool here = false;
        if (s->v[one->at].kind != YQ_PERSON || !is_known(s, one->at) || !yq_eq(key_of(s, one, false), key)) continue;
        for (size_t i = root_of(s, one->at); i != SIZE_MAX && !here; i = s->next[i]) here = s->seen[i] && works_at(s, i, (size_t)org - 1);
        if (here) take_name(s, &list, one->at, one->name);
    }
    return give(&list, out, cap);
}

static int by_number(const void *x, const void *y)
{
    const int64_t *p = x, *q = y;
    return *p < *q ? -1 : *p > *q;
}

static size_t orgs_of(void *self, int64_t person, int64_t *out, size_t cap)
{
    settling *s = self;
    YQ_VEC(int64_t) all = { 0 };
    size_t n = 0;
    for (size_t i = (size_t)person - 1; i != SIZE_MAX; i = s->next[i])
        for (size_t k = 0; s->seen[i] && k < s->v[i].orgs; k++) *yq_push(s->scratch, &all) = (int64_t)root_of(s, s->v[i].org[k]) + 1;
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_number);
    for (size_t i = 0; i < all.n && n < cap; i++)
        if (!i || all.v[i] != all.v[i - 1]) out[n++] = all.v[i];
    return n;
}

static bool in_characters(yq_str s)
{
    for (size_t at = 0; at < s.n;)
        if (yq_is_han(yq_utf8_next(s, &at))) return true;
    return false;
}

/* Chinese before others, then the fuller, then the first in the order of characters: as the register shows it. */
static bool shown_before(yq_str a, yq_str b)
{
    size_t x = yq_utf8_count(a) + (in_characters(a) ? 1000 : 0), y = yq_utf8_count(b) + (in_characters(b) ? 1000 : 0);
    return x != y ? x > y : yq_cmp(a, b) < 0;
}

static yq_str org_name(void *self, int64_t org)
{
    settling *s = self;
    size_t root = (size_t)org - 1;
    yq_str best = YQ_S("");
    for (size_t i = s->from; i < s->to; i++)
        if (s->v[i].kind == YQ_ORGANIZATION && root_of(s, i) == root) return s->v[i].name[0].text;
    for (size_t i = root; i != SIZE_MAX; i = s->next[i])
        if (s->seen[i] && (!best.n || shown_before(s->v[i].name[0].text, best))) best = s->v[i].name[0].text;
    return best;
}

static size_t names_of(void *self, int64_t entity, yq_known_name *out, size_t cap)
{
    settling *s = self;
    known_names list = { 0 };
    for (size_t i = (size_t)entity - 1; i != SIZE_MAX; i = s->next[i])
        for (size_t k = 0; s->seen[i] && k < s->v[i].names; k++) take_name(s, &list, i, k);
    return give(&list, out, cap);
}

static size_t people_of(void *self, int64_t org, bool han, yq_known_name *out, size_t cap)
{
    settling *s = self;
    known_names list = { 0 };
    for (size_t i = (size_t)org - 1; i != SIZE_MAX; i = s->next[i])
        for (size_t k = s->staff_from[i]; k < s->staff_from[i + 1]; k++) {
            size_t person = s->staff[k];
            if (is_known(s, person) && in_characters(s->v[person].name[0].text) == han) take_name(s, &list, person, 0);
        }
    return give(&list, out, cap);
}

static int ruled(void *self, int64_t a, int64_t b)
{
    settling *s = self;
    return kept_apart(s, root_of(s, (size_t)a - 1), root_of(s, (size_t)b - 1)) ? -1 : 0;
}

/* ---------------------------------------------------------------- one appearance */

static yq_mention mention_of(settling *s, size_t i)
{
    const yq_appearance *p = &s->v[i];
    yq_mention m = { .kind = p->kind, .name = p->name[0].text, .form_count = p->names - 1 };
    yq_str *forms = YQ_ARRAY(s->scratch, yq_str, p->names);
    for (size_t k = 1; k < p->names; k++) forms[k - 1] = p->name[k].text;
    m.forms = forms;
    if (p->kind == YQ_PERSON) {
        int64_t *orgs = YQ_ARRAY(s->scratch, int64_t, p->orgs + 1);
        for (size_t k = 0; k < p->orgs; k++) orgs[k] = (int64_t)root_of(s, p->org[k]) + 1;
        m.orgs = orgs, m.org_count = p->orgs, m.around = s->around, m.around_count = s->around_count;
        return m;
    }
    yq_str *people = YQ_ARRAY(s->scratch, yq_str, s->staff_from[i + 1] - s->staff_from[i] + 1);
    for (size_t k = s->staff_from[i]; k < s->staff_from[i + 1]; k++) people[m.people_count++] = s->v[s->staff[k]].name[0].text;
    m.people = people;
    return m;
}

static void note(settling *s, yq_settled_pairs *list, size_t a, size_t b, const yq_decision *d)
{
    *yq_push(s->arena, list) = (yq_settled_pair){ a, b, d->probability, yq_dup(s->arena, yq_cstr(d->reason)) };
}

static void join(settling *s, size_t a, size_t b, const yq_decision *d)
{
    if (root_of(s, a) != root_of(s, b) && unite(s, a, b)) note(s, &s->out->same, a, b, d);
}

/* What is found of one appearance; a doubt goes to `doubt`. */
static yq_code resolve_one(settling *s, size_t i, yq_settled_pairs *doubt, yq_err *err)
{
    yq_known known = { s, by_name, by_latin, by_name_at, orgs_of, org_name, names_of, people_of, ruled };
    yq_decision d;
    yq_arena_clear(s->scratch);
    yq_mention m = mention_of(s, i);
    yq_code rc = yq_resolve(s->scratch, &known, &m, &d, err);
    if (rc || !d.entity) return rc;
    if (d.verdict == YQ_UNDECIDED) note(s, doubt, i, (size_t)d.entity - 1, &d);
    if (d.verdict != YQ_SAME) return YQ_OK;
    s->joined[i] = true;
    join(s, i, (size_t)d.entity - 1, &d);
    for (size_t k = 0; k < d.also_count; k++) join(s, (size_t)d.also[k] - 1, (size_t)d.entity - 1, &d);
    return YQ_OK;
}

/* ---------------------------------------------------------------- one document */

typedef bool (*fit)(yq_arena *a, yq_str full, yq_str name);

/* The one organisation of the document that fits; SIZE_MAX: none, or several. */
static size_t fitting(settling *s, size_t i, size_t end, fit fits)
{
    size_t found = SIZE_MAX;
    for (size_t k = s->from; k < end; k++) {
        if (root_of(s, k) == root_of(s, i) || !fits(s->scratch, s->v[k].name[0].text, s->v[i].name[0].text)) continue;
        if (found != SIZE_MAX && root_of(s, found) != root_of(s, k)) return SIZE_MAX;
        found = k;
    }
    return found;
}

static void join_fitting(settling *s, size_t end, fit fits, const yq_decision *d)
{
    for (size_t i = s->from; i < end; i++) {
        yq_arena_clear(s->scratch);
        size_t full = s->joined[i] ? SIZE_MAX : fitting(s, i, end, fits);
        if (full == SIZE_MAX) continue;
        s->joined[i] = true;
        join(s, i, full, d);
    }
}

static void join_within(settling *s, size_t end)
{
    static const yq_decision agree = { .probability = 0.9, .reason = "two names of this document mean one organisation" },
                             shorter = { .probability = 0.85, .reason = "a short name, and one organisation of the document that it fits" };
    if (end - s->from > MOST_WITHIN) return;
    join_fitting(s, end, yq_org_names_agree, &agree);
    join_fitting(s, end, yq_org_shortens, &shorter);
}

static size_t first_person(const settling *s)
{
    size_t i = s->from;
    while (i < s->to && s->v[i].kind == YQ_ORGANIZATION) i++;
    return i;
}

static void look_around(settling *s)
{
    size_t end = first_person(s);
    s->around_count = 0;
    for (size_t i = s->from; i < end; i++) s->around[s->around_count++] = (int64_t)root_of(s, i) + 1;
}

static yq_code read_document(settling *s, yq_settled_pairs *doubt, yq_err *err)
{
    size_t end = first_person(s);
    yq_code rc = YQ_OK;
    for (size_t i = s->from; i < end && !rc; i++) rc = resolve_one(s, i, doubt, err);
    join_within(s, end);
    look_around(s);
    for (size_t i = end; i < s->to && !rc; i++) rc = resolve_one(s, i, doubt, err);
    for (size_t i = s->from; i < s->to; i++) s->seen[i] = true;
    return rc;
}

static void open_document(settling *s, size_t i)
{
    for (s->from = i; s->from > 0 && s->v[s->from - 1].document == s->v[i].document;) s->from--;
    for (s->to = i; s->to < s->n && s->v[s->to].document == s->v[i].document;) s->to++;
}

static yq_code read_all(settling *s, yq_settled_pairs *doubt, yq_err *err)
{
    yq_code rc = YQ_OK;
    for (s->to = 0; s->to < s->n && !rc;) {
        open_document(s, s->to);
        rc = read_document(s, doubt, err);
    }
    return rc;
}

/* Those in doubt once more, now that all are known. *fewer: some doubt is gone. */
static yq_code ask_again(settling *s, yq_settled_pairs *doubt, bool *fewer, yq_err *err)
{
    yq_settled_pairs old = *doubt;
    yq_code rc = YQ_OK;
    size_t joins = s->out->same.n;
    *doubt = (yq_settled_pairs){ 0 };
    for (size_t i = 0; i < old.n && !rc; i++) {
        if (root_of(s, old.v[i].a) == root_of(s, old.v[i].b)) continue;
        open_document(s, old.v[i].a);
        look_around(s);
        s->without = root_of(s, old.v[i].a);
        rc = resolve_one(s, old.v[i].a, doubt, err);
        s->without = SIZE_MAX;
    }
    *fewer = s->out->same.n > joins;
    return rc;
}

/* ---------------------------------------------------------------- all */

static void list_staff(settling *s)
{
    size_t all = 0;
    s->staff_from = YQ_ARRAY(s->arena, size_t, s->n + 2);
    for (size_t i = 0; i < s->n; i++) {
        all += s->v[i].orgs;
        for (size_t k = 0; k < s->v[i].orgs; k++) s->staff_from[s->v[i].org[k] + 2]++;
    }
    for (size_t i = 2; i < s->n + 2; i++) s->staff_from[i] += s->staff_from[i - 1];
    s->staff = YQ_ARRAY(s->arena, size_t, all + 1);
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->v[i].orgs; k++) s->staff[s->staff_from[s->v[i].org[k] + 1]++] = i;
}

static void begin(settling *s, const yq_ruling *ruling, size_t rulings)
{
    s->parent = YQ_ARRAY(s->arena, size_t, s->n + 1);
    s->next = YQ_ARRAY(s->arena, size_t, s->n + 1);
    s->last = YQ_ARRAY(s->arena, size_t, s->n + 1);
    s->seen = YQ_ARRAY(s->arena, bool, s->n + 1);
    s->told_apart = YQ_ARRAY(s->arena, bool, s->n + 1);
    s->joined = YQ_ARRAY(s->arena, bool, s->n + 1);
    s->around = YQ_ARRAY(s->arena, int64_t, s->n + 1);
    for (size_t i = 0; i < s->n; i++) s->parent[i] = s->last[i] = i, s->next[i] = SIZE_MAX;
    s->without = SIZE_MAX;
    list_staff(s);
    s->meet = post(s, false);
    s->latin = post(s, true);
    keep_latest(s, ruling, rulings);
    obey(s);
}

static bool was_ruled(const settling *s, size_t a, size_t b)
{
    for (size_t i = 0; i < s->rulings; i++)
        if (splits(s, &s->ruling[i], root_of(s, a), root_of(s, b))) return true;
    return false;
}

static void finish(settling *s, const yq_settled_pairs *doubt)
{
    s->out->cluster = YQ_ARRAY(s->arena, size_t, s->n + 1);
    for (size_t i = 0; i < s->n; i++) s->out->cluster[i] = root_of(s, i);
    for (size_t i = 0; i < doubt->n; i++) {
        const yq_settled_pair *p = &doubt->v[i];
        if (root_of(s, p->a) == root_of(s, p->b) || was_ruled(s, p->a, p->b)) continue;
        *yq_push(s->arena, &s->out->doubt) = *p;
    }
}

typedef struct {
    settling s;
    const yq_ruling *ruling;
    size_t rulings;
} settle_work;

static yq_code settle_inside(void *arg, yq_err *err)
{
    settle_work *w = arg;
    settling *s = &w->s;
    yq_settled_pairs doubt = { 0 };
    bool fewer = true;
    begin(s, w->ruling, w->rulings);
    yq_code rc = read_all(s, &doubt, err);
    for (int pass = 0; pass < MOST_PASSES && fewer && !rc; pass++) rc = ask_again(s, &doubt, &fewer, err);
    if (!rc) finish(s, &doubt);
    return rc;
}

yq_code yq_settle(yq_arena *a, const yq_appearance *v, size_t n, const yq_ruling *ruling, size_t rulings, yq_settled *out, yq_err *err)
{
    settle_work w = { .s = { .arena = a, .scratch = yq_arena_new(SCRATCH), .v = v, .n = n, .out = out }, .ruling = ruling, .rulings = rulings };
    *out = (yq_settled){ 0 };
    if (!w.s.scratch) return yq_fail(err, YQ_NOMEM, 0, "no memory for settling");
    yq_code rc = yq_arena_run(w.s.scratch, settle_inside, &w, err);
    yq_arena_free(w.s.scratch);
    return rc;
}
