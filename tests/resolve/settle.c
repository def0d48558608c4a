/* tests/resolve/settle.c - clusters as a pure function: the order of what is told, and above all what persons decided. */
#include "check.h"
#include "resolve/settle.h"

typedef struct {
    yq_arena *arena;
    yq_appearance v[16];
    yq_settle_name name[16];
    size_t n, role[16];
} told;

static size_t tell(told *t, size_t document, yq_identity_kind kind, const char *name, size_t org)
{
    yq_str text = yq_cstr(name);
    t->name[t->n] = (yq_settle_name){ text, yq_name_key(t->arena, kind, text), yq_latin_key(t->arena, kind, text) };
    t->role[t->n] = org;
    t->v[t->n] = (yq_appearance){ kind, document, &t->name[t->n], 1, &t->role[t->n], org != SIZE_MAX };
    return t->n++;
}

/* Three documents, each with one 周岚 of 澜州市中心医院; a fourth names her alone. */
static told four(yq_arena *a)
{
    told t = { .arena = a };
    for (size_t d = 0; d < 3; d++) {
        size_t org = tell(&t, d, YQ_ORGANIZATION, "澜州市中心医院", SIZE_MAX);
        tell(&t, d, YQ_PERSON, "周岚", org);
    }
    tell(&t, 3, YQ_PERSON, "周岚", SIZE_MAX);
    return t;
}

static yq_settled settled(told *t, const yq_ruling *r, size_t n)
{
    yq_settled out;
    yq_err err = { 0 };
    for (size_t i = 0; i < t->n; i++) { /* where the table lies now */
        t->v[i].name = &t->name[i];
        t->v[i].org = &t->role[i];
    }
    CHECK("settle", yq_settle(t->arena, t->v, t->n, r, n, &out, &err) == YQ_OK);
    return out;
}

static bool one(const yq_settled *s, size_t a, size_t b)
{
    return s->cluster[a] == s->cluster[b];
}

static void alone(yq_arena *a)
{
    told t = four(a);
    yq_settled s = settled(&t, NULL, 0);
    CHECK("one hospital", one(&s, 0, 2) && one(&s, 2, 4));
    CHECK("one colleague", one(&s, 1, 3) && one(&s, 3, 5));
    CHECK("who is named without work stays in doubt", !one(&s, 1, 6) && s.doubt.n == 1 && s.doubt.v[0].a == 6 && s.doubt.v[0].reason.n);
    CHECK("each join has its reason", s.same.n == 4 && s.same.v[0].reason.n);
}

static void rulings(yq_arena *a)
{
    told t = four(a);
    yq_settled s = settled(&t, (yq_ruling[]){ { 6, 1, 1 } }, 1);
    CHECK("same holds, and nothing is in doubt", one(&s, 1, 6) && s.doubt.n == 0);
    s = settled(&t, (yq_ruling[]){ { 6, 1, -1 } }, 1);
    CHECK("different: not asked again", !one(&s, 1, 6) && s.doubt.n == 0);
    s = settled(&t, (yq_ruling[]){ { 3, 1, -1 } }, 1);
    CHECK("told apart for good, against the rules", !one(&s, 1, 3));
    CHECK("nor joined by a third", !(one(&s, 1, 5) && one(&s, 3, 5)));
    s = settled(&t, (yq_ruling[]){ { 3, 1, -1 }, { 5, 1, 1 } }, 2);
    CHECK("apart from all that was joined with it", one(&s, 1, 5) && !one(&s, 3, 5) && !one(&s, 1, 3));
    s = settled(&t, (yq_ruling[]){ { 3, 1, -1 }, { 1, 3, 0 } }, 2);
    CHECK("taken back: as if never decided", one(&s, 1, 3));
    s = settled(&t, (yq_ruling[]){ { 1, 3, 1 }, { 3, 5, 1 }, { 1, 5, -1 } }, 3);
    CHECK("the later decision wins over the earlier", !one(&s, 1, 5) && one(&s, 3, 5));
    s = settled(&t, (yq_ruling[]){ { 0, 1, 1 } }, 1);
    CHECK("a hospital is no person", !one(&s, 0, 1));
}

int main(void)
{
    yq_arena *a = yq_arena_new(64 << 20);
    alone(a);
    rulings(a);
    yq_arena_free(a);
    return check_done();
}
