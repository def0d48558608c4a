/* extract/link.c - from mentions to entries: which written names of one document mean the same organisation or person.
 *
 * Organisations are compared by a key: the name with what is known to be written short spelt out (西安交大一附院 -> 西安交通大学第一附属医院,
 * 卫健委 -> 卫生健康委员会), without quotation marks. Names with one key are one organisation. A name that is the end of a longer one, cut at a
 * word (协和医院 of 中国医学科学院北京协和医院), means the longer one; so does one that leaves words in the middle away, for kinds in which
 * that is usual. Everything is found by hashes of the possible ends, so that long lists cost no more than short ones.
 */
#include "extract/chinese.h"

enum { ROLES_MAX = 200, HONOURS_MAX = 50 }; /* of one person */
enum { SKIPPING_MAX = 400 }; /* names up to which words left away in the middle are looked for, pair by pair */

/* ---------------------------------------------------------------- a table from text to index */

typedef struct {
    uint64_t *hash;
    int *value;
    size_t cap, n;
} table;

static size_t slot_of(const table *t, uint64_t hash)
{
    size_t i = hash & (t->cap - 1);
    while (t->hash[i] && t->hash[i] != hash) i = (i + 1) & (t->cap - 1);
    return i;
}

static void table_grow(yq_arena *a, table *t)
{
    table old = *t;
    t->cap = old.cap ? old.cap * 2 : 64;
    t->hash = YQ_ARRAY(a, uint64_t, t->cap);
    t->value = YQ_ARRAY(a, int, t->cap);
    for (size_t i = 0; i < old.cap; i++) {
        if (!old.hash[i]) continue;
        size_t k = slot_of(t, old.hash[i]);
        t->hash[k] = old.hash[i];
        t->value[k] = old.value[i];
    }
}

static uint64_t hash_of(yq_str s)
{
    uint64_t h = yq_hash64(s);
    return h ? h : 1;
}

static int table_get(const table *t, yq_str s)
{
    if (!t->cap) return YQ_NONE;
    size_t i = slot_of(t, hash_of(s));
    return t->hash[i] ? t->value[i] : YQ_NONE;
}

/* Puts the value unless the text has one already. */
static void table_put(yq_arena *a, table *t, yq_str s, int value)
{
    if (t->n * 2 >= t->cap) table_grow(a, t);
    size_t i = slot_of(t, hash_of(s));
    if (t->hash[i]) return;
    t->hash[i] = hash_of(s);
    t->value[i] = value;
    t->n++;
}

struct yq_linker {
    table names;  /* written form or key of an organisation -> written name */
    table orgs;   /* the same -> entry */
    table people; /* folded name -> entry */
    YQ_VEC(struct written) written;
};

/* A distinct written name of an organisation. */
struct written {
    yq_str name, key, kind;
    size_t count;
    int same; /* the written name that it means, itself if none */
};

/* ---------------------------------------------------------------- keys */

static const struct { const char *brief, *full; } endings[] = {
    { "卫生健康委", "卫生健康委员会" }, { "卫健委", "卫生健康委员会" }, { "卫健局", "卫生健康局" }, { "药监局", "药品监督管理局" }, { "科技厅", "科学技术厅" },
    { "科技局", "科学技术局" }, { "科委", "科学技术委员会" }, { "医保局", "医疗保障局" }, { "发改委", "发展和改革委员会" }, { "发展改革委", "发展和改革委员会" },
    { "疾控中心", "疾病预防控制中心" }, { "疾控局", "疾病预防控制局" }, { "专委会", "专业委员会" }, { "管委会", "管理委员会" }, { "市政府", "市人民政府" },
    { "省政府", "省人民政府" }, { "区政府", "区人民政府" }, { "县政府", "县人民政府" }, { "人社厅", "人力资源和社会保障厅" }, { "人社局", "人力资源和社会保障局" },
    { "市监局", "市场监督管理局" }, { "工信厅", "工业和信息化厅" }, { "工信局", "工业和信息化局" }, { "工信部", "工业和信息化部" }, { "科技部", "科学技术部" },
    { "基金委", "基金委员会" }, { "中医院", "中医医院" }, { "妇保院", "妇幼保健院" }, { "总医院", "总医院" },
};

static yq_str spell_number(yq_arena *a, yq_str head, yq_str number, bool affiliated)
{
    yq_str end = affiliated ? YQ_S("附属医院") : YQ_S("医院");
    return yq_concat(a, head, yq_concat(a, YQ_S("第"), yq_concat(a, number, end)));
}

/* 一附院 -> 第一附属医院, 附属二院 and 附属第二医院 -> 第二附属医院, 三院 -> 第三医院. */
static yq_str spell_hospital(yq_arena *a, yq_str s)
{
    static const char *const numbers[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" };
    static const struct { const char *before, *behind; bool affiliated; } forms[] = {
        { "附属第", "医院", true }, { "附属", "院", true }, { "", "附院", true }, { "", "院", false },
    };
    enum { NUMBER = 3 }; /* bytes */
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        yq_str before = yq_cstr(forms[k].before), behind = yq_cstr(forms[k].behind);
        if (!yq_ends(s, behind) || s.n <= before.n + NUMBER + behind.n) continue;
        yq_str head = yq_sub(s, 0, s.n - behind.n - NUMBER), number = yq_sub(s, head.n, head.n + NUMBER);
        for (size_t i = 0; yq_ends(head, before) && i < sizeof numbers / sizeof *numbers; i++)
            if (yq_eq(number, yq_cstr(numbers[i]))) return spell_number(a, yq_sub(head, 0, head.n - before.n), number, forms[k].affiliated);
    }
    return s;
}

static yq_str without_marks(yq_arena *a, yq_str s)
{
    static const char *const marks[] = { "“", "”", "\"", "《", "》", "「", "」" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (size_t at; (at = yq_find(s, yq_cstr(marks[i]), 0)) != SIZE_MAX;) s = yq_concat(a, yq_sub(s, 0, at), yq_sub(s, at + strlen(marks[i]), s.n));
    return s;
}

static yq_str key_of(yq_work *w, yq_str name)
{
    yq_str s = without_marks(w->arena, name);
    const yq_alias *alias = w->chinese ? yq_finder_at(&w->chinese->aliases, s, 0, s.n) : NULL;
    if (alias && alias->form.n < s.n && yq_ends(alias->full, YQ_S("大学"))) s = yq_concat(w->arena, alias->full, yq_sub(s, alias->form.n, s.n));
    else if (alias && alias->form.n == s.n && !yq_eq(alias->full, name)) s = alias->full;
    if (yq_ends(s, YQ_S("院"))) s = spell_hospital(w->arena, s);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        yq_str brief = yq_cstr(endings[i].brief), full = yq_cstr(endings[i].full);
        if (yq_ends(s, full)) break;
        if (!yq_ends(s, brief)) continue;
        s = yq_concat(w->arena, yq_sub(s, 0, s.n - brief.n), full);
        break;
    }
    return yq_fold(w->arena, s);
}

/* ---------------------------------------------------------------- written names */

/* What a mention is written for: the name that it completes to, or its own words. */
static yq_str name_of(yq_work *w, const yq_mention *m, size_t *completion)
{
    struct yq_chinese *zh = w->chinese;
    if (zh) {
        while (*completion < zh->completions.n && zh->completions.v[*completion].from < m->span.from) ++*completion;
        const yq_completion *c = *completion < zh->completions.n ? &zh->completions.v[*completion] : NULL;
        if (c && c->from == m->span.from && c->to == m->span.to) return c->full;
    }
    return yq_words_of(w, m->span);
}

static int note_written(yq_work *w, yq_str name, yq_str kind)
{
    struct yq_linker *k = w->linker;
    int found = table_get(&k->names, name);
    if (found != YQ_NONE) {
        k->written.v[found].count++;
        return found;
    }
    struct written item = { .name = name, .key = key_of(w, name), .kind = kind, .count = 1, .same = (int)k->written.n };
    table_put(w->arena, &k->names, name, item.same);
    *yq_push(w->arena, &k->written) = item;
    return item.same;
}

static int final_of(const struct yq_linker *k, int i)
{
    for (int hops = 0; k->written.v[i].same != i && hops < 16; hops++) i = k->written.v[i].same;
    return i;
}

/* Is the first name the better name of the two? Chinese before Latin letters, then the longer. */
static bool fuller(yq_str a, yq_str b)
{
    bool latin_a = (unsigned char)a.p[0] < 0x80, latin_b = (unsigned char)b.p[0] < 0x80;
    return latin_a != latin_b ? latin_b : yq_utf8_count(a) > yq_utf8_count(b);
}

static void join_keys(yq_work *w)
{
    struct yq_linker *k = w->linker;
    table keys = { 0 };
    for (size_t i = 0; i < k->written.n; i++) {
        struct written *x = &k->written.v[i];
        int first = table_get(&keys, x->key);
        if (first == YQ_NONE) table_put(w->arena, &keys, x->key, (int)i);
        else if (fuller(x->name, k->written.v[first].name)) {
            k->written.v[first].same = (int)i; /* the longest form is the name */
            x->same = (int)i;
            k->written.v[i].count += k->written.v[first].count;
            keys.value[slot_of(&keys, hash_of(x->key))] = (int)i;
        } else x->same = first;
    }
}

/* May the words that a longer name has in front of a shorter one name something (中国医学科学院北京|协和医院, 台湾|汐屿纪念医院)? Else the border of the
 * longer name was read wrong (公里外|梧桥县人民医院). */
static bool names_something(yq_str head)
{
    yq_lex_hit hit;
    yq_str ignored;
    if (yq_lex_is(head, YQ_LEX_PLACES, &ignored)) return true;
    for (size_t at = 0; at < head.n;) {
        yq_utf8_next(head, &at);
        if (yq_lex_suffix(head, at, YQ_LEX_ORG_ENDINGS, &hit) && hit.length > 3) return true;
    }
    size_t n = yq_utf8_count(head);
    return n >= 2 && n <= 4 && (yq_ends(head, YQ_S("省")) || yq_ends(head, YQ_S("市")) || yq_ends(head, YQ_S("县")) || yq_ends(head, YQ_S("区")));
}

/* Joins names to longer ones that end with them. Every end of a name that starts at a word is put into a table first. */
static void join_ends(yq_work *w)
{
    struct yq_linker *k = w->linker;
    table ends = { 0 };
    for (size_t i = 0; i < k->written.n; i++) {
        struct written *x = &k->written.v[i];
        if (final_of(k, (int)i) != (int)i) continue;
        for (size_t at = 0, step = 0; at < x->key.n && step < 24; step++) {
            yq_utf8_next(x->key, &at);
            if (x->key.n - at >= 9) table_put(w->arena, &ends, yq_sub(x->key, at, x->key.n), (int)i);
        }
    }
    for (size_t i = 0; i < k->written.n; i++) {
        struct written *x = &k->written.v[i];
        int longer = x->same == (int)i ? table_get(&ends, x->key) : YQ_NONE;
        if (longer == YQ_NONE || longer == (int)i || final_of(k, longer) == (int)i) continue;
        if (!yq_eq(x->kind, k->written.v[longer].kind) && !yq_ends(x->name, YQ_S("院"))) continue;
        struct written *y = &k->written.v[longer];
        if (names_something(yq_sub(y->key, 0, y->key.n - x->key.n))) x->same = final_of(k, longer);
        else if (y->count <= x->count) y->same = (int)i;
    }
}

/* Does `brief` stand in `full` in two pieces, the first and the last of them whole words, with something left out between? */
static bool skips_middle(yq_str brief, yq_str full)
{
    for (size_t cut = 0; cut < brief.n;) {
        yq_utf8_next(brief, &cut);
        yq_str head = yq_sub(brief, 0, cut), tail = yq_sub(brief, cut, brief.n);
        if (head.n < 6 || tail.n < 9) continue;
        size_t at = yq_find(full, head, 0);
        if (at != SIZE_MAX && yq_ends(full, tail) && at + head.n < full.n - tail.n) return true;
    }
    return false;
}

static void join_skipping(yq_work *w)
{
    static const char *const kinds[] = { "park", "government" };
    struct yq_linker *k = w->linker;
    if (k->written.n > SKIPPING_MAX) return;
    for (size_t i = 0; i < k->written.n; i++) {
        struct written *x = &k->written.v[i];
        bool usual = false;
        for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++) usual |= yq_eq(x->kind, yq_cstr(kinds[j]));
        if (!usual || x->same != (int)i) continue;
        for (size_t j = 0; j < k->written.n; j++) {
            struct written *y = &k->written.v[j];
            if (j == i || final_of(k, (int)j) == (int)i || !yq_eq(x->kind, y->kind) || y->key.n <= x->key.n || !skips_middle(x->key, y->key)) continue;
            x->same = final_of(k, (int)j);
            break;
        }
    }
}

/* ---------------------------------------------------------------- entries */

int yq_org_by_name(yq_work *w, yq_str name, bool create)
{
    struct yq_linker *k = w->linker;
    yq_str key = key_of(w, name);
    int found = table_get(&k->orgs, key);
    if (found != YQ_NONE || !create || !name.n) return found;
    yq_found_org org = { .name = yq_dup(w->arena, name) };
    found = (int)w->out->orgs.n;
    *yq_push(w->arena, &w->out->orgs) = org;
    table_put(w->arena, &k->orgs, key, found);
    return found;
}

static void add_form(yq_work *w, yq_found_org *org, yq_str printed)
{
    if (yq_eq(printed, org->name) || org->forms.n >= 32) return;
    for (size_t i = 0; i < org->forms.n; i++)
        if (yq_eq(org->forms.v[i], printed)) return;
    *yq_push(w->arena, &org->forms) = yq_dup(w->arena, printed);
}

static int org_entry(yq_work *w, int written)
{
    struct yq_linker *k = w->linker;
    const struct written *x = &k->written.v[final_of(k, written)];
    int org = yq_org_by_name(w, x->name, true);
    if (!w->out->orgs.v[org].kind.n) w->out->orgs.v[org].kind = x->kind;
    table_put(w->arena, &k->orgs, k->written.v[written].key, org);
    return org;
}

/* Is the organisation of a kind that a pronoun (该院: @hospital) may mean? */
static bool pronoun_means(yq_str pronoun, yq_str kind)
{
    static const struct { const char *pronoun, *kinds; } meanings[] = {
        { "@hospital", " hospital school institute university " }, { "@company", " company fund " }, { "@university", " university school " },
        { "@institute", " institute lab platform " }, { "@government", " government " }, { "@society", " society alliance " }, { "@school", " school " },
        { "@alliance", " alliance " }, { "@media", " media " }, { "@park", " park " },
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (yq_eq(pronoun, yq_cstr(meanings[i].pronoun))) return yq_in_list(kind, meanings[i].kinds);
    return false;
}

/* 先导区, where only its administration was named: 麓湖国际医疗先导区管理局. */
static int park_of_administration(yq_work *w, yq_str word)
{
    for (size_t i = 0; i < w->out->orgs.n && i < SKIPPING_MAX; i++) {
        yq_str name = w->out->orgs.v[i].name;
        size_t at = yq_find(name, word, 0);
        if (at == SIZE_MAX || !at || at + word.n >= name.n) continue;
        yq_str rest = yq_sub(name, at + word.n, name.n);
        if (!yq_starts(rest, YQ_S("管"))) continue;
        int org = yq_org_by_name(w, yq_sub(name, 0, at + word.n), true);
        w->out->orgs.v[org].kind = YQ_S("park");
        return org;
    }
    return YQ_NONE;
}

static int pronoun_entry(yq_work *w, size_t mention)
{
    yq_str pronoun = w->mentions.v[mention].value;
    if (yq_eq(pronoun, YQ_S("@media"))) { /* 本报 is the paper that the head of the page names */
        for (size_t i = 0; i < w->out->orgs.n && i < SKIPPING_MAX; i++)
            if (yq_ends(w->out->orgs.v[i].name, YQ_S("报"))) return (int)i;
        return YQ_NONE;
    }
    for (size_t i = mention, steps = 0; i > 0 && steps < 400; steps++) {
        const yq_mention *m = &w->mentions.v[--i];
        if (m->kind == YQ_M_ORG && m->ref != YQ_NONE && pronoun_means(pronoun, w->out->orgs.v[m->ref].kind)) return m->ref;
    }
    if (yq_eq(pronoun, YQ_S("@park"))) return park_of_administration(w, yq_at(w->text, w->mentions.v[mention].span));
    return YQ_NONE;
}

static void link_orgs(yq_work *w)
{
    int *written = YQ_ARRAY(w->arena, int, w->mentions.n + 1);
    size_t completion = 0;
    for (size_t i = 0; i < w->mentions.n; i++) {
        yq_mention *m = &w->mentions.v[i];
        if (m->kind == YQ_M_ORG && !yq_starts(m->value, YQ_S("@"))) written[i] = note_written(w, name_of(w, m, &completion), m->value);
    }
    join_keys(w);
    join_ends(w);
    join_skipping(w);
    for (size_t i = 0; i < w->mentions.n; i++) {
        yq_mention *m = &w->mentions.v[i];
        if (m->kind != YQ_M_ORG) continue;
        bool pronoun = yq_starts(m->value, YQ_S("@"));
        m->ref = pronoun ? pronoun_entry(w, i) : org_entry(w, written[i]);
        if (m->ref == YQ_NONE) continue;
        yq_found_org *org = &w->out->orgs.v[m->ref];
        *yq_push(w->arena, &org->mentions) = yq_evidence_of(w, m->span, m->confidence, m->voices);
        if (!pronoun) add_form(w, org, yq_trim(yq_at(w->reading->clean, m->span)));
    }

}

/* ---------------------------------------------------------------- people */

/* 韩　霁 is 韩霁; Latin names keep their single spaces. */
static yq_str person_name(yq_work *w, yq_str written)
{
    yq_str name = yq_trim(written);
    if (!name.n || (unsigned char)name.p[0] < 0x80) return name;
    for (size_t at = 0, next; at < name.n; at = next) {
        next = at;
        if (yq_is_space(yq_utf8_next(name, &next))) {
            name = yq_concat(w->arena, yq_sub(name, 0, at), yq_sub(name, next, name.n));
            next = at;
        }
    }
    return name;
}

/* A Chinese name is found by its pinyin as well, in either order: Yang Guanglin, Guanglin Yang. */
static void note_pinyin(yq_work *w, yq_str name, int person)
{
    if ((unsigned char)name.p[0] < 0x80) return;
    yq_str all = yq_pinyin_full(w->arena, name);
    yq_lex_hit hit;
    size_t surname = yq_lex_longest(name, 0, YQ_LEX_SURNAMES, &hit) && hit.length < name.n ? hit.length : 3;
    yq_str family = yq_pinyin_full(w->arena, yq_concat(w->arena, yq_sub(name, 0, surname), YQ_S("")));
    table_put(w->arena, &w->linker->people, all, person);
    if (yq_starts(all, family)) table_put(w->arena, &w->linker->people, yq_concat(w->arena, yq_sub(all, family.n, all.n), family), person);
}

int yq_person_by_name(yq_work *w, yq_str name, bool create)
{
    name = person_name(w, name);
    yq_str key = yq_fold(w->arena, name);
    int found = table_get(&w->linker->people, key);
    if (found != YQ_NONE || !create || !name.n) return found;
    yq_found_person person = { .name = yq_dup(w->arena, name) };
    found = (int)w->out->people.n;
    *yq_push(w->arena, &w->out->people) = person;
    table_put(w->arena, &w->linker->people, key, found);
    note_pinyin(w, name, found);
    return found;
}

static void person_form(yq_work *w, yq_found_person *p, yq_str printed)
{
    if (yq_eq(printed, p->name) || p->forms.n >= 32) return;
    for (size_t i = 0; i < p->forms.n; i++)
        if (yq_eq(p->forms.v[i], printed)) return;
    *yq_push(w->arena, &p->forms) = yq_dup(w->arena, printed);
}

/* 杨智惠 (Annie Yang): the name in brackets is another form of the one in front. Its entry, or none. */
static int in_brackets_of(yq_work *w, const yq_mention *last, const yq_mention *m)
{
    if (!last || last->ref == YQ_NONE || last->span.to >= m->span.from) return YQ_NONE;
    yq_str gap = yq_trim(yq_sub(w->text, last->span.to, m->span.from));
    if (!yq_eq(gap, YQ_S("(")) && !yq_eq(gap, YQ_S("（"))) return YQ_NONE;
    bool other_script = ((unsigned char)w->text.p[last->span.from] < 0x80) != ((unsigned char)w->text.p[m->span.from] < 0x80);
    if (!other_script) return YQ_NONE;
    table_put(w->arena, &w->linker->people, yq_fold(w->arena, yq_at(w->text, m->span)), last->ref);
    return last->ref;
}

static void link_people(yq_work *w)
{
    const yq_mention *last = NULL;
    for (size_t i = 0; i < w->mentions.n; i++) {
        yq_mention *m = &w->mentions.v[i];
        if (m->kind != YQ_M_PERSON) continue;
        m->ref = in_brackets_of(w, last, m);
        if (m->ref == YQ_NONE) m->ref = yq_person_by_name(w, m->value.n ? m->value : yq_at(w->text, m->span), true);
        last = m;
        if (m->ref == YQ_NONE) continue;
        yq_found_person *p = &w->out->people.v[m->ref];
        *yq_push(w->arena, &p->mentions) = yq_evidence_of(w, m->span, m->confidence, m->voices);
        person_form(w, p, yq_trim(yq_at(w->reading->clean, m->span)));
    }
}

static bool same_text(yq_str a, yq_str b)
{
    return a.n == b.n && yq_eq(a, b);
}

void yq_add_role(yq_work *w, int person, int org, yq_str position, yq_evidence evidence)
{
    yq_found_person *p = &w->out->people.v[person];
    for (size_t i = 0; i < p->roles.n; i++)
        if (p->roles.v[i].org == org && (!position.n || same_text(p->roles.v[i].position, position))) return; /* that somebody works there is known */
    if (p->roles.n >= ROLES_MAX) return;
    yq_found_role role = { .org = org, .position = yq_dup(w->arena, position), .evidence = evidence };
    *yq_push(w->arena, &p->roles) = role;
}

void yq_add_honour(yq_work *w, int person, yq_str honour, yq_evidence evidence)
{
    yq_found_person *p = &w->out->people.v[person];
    for (size_t i = 0; i < p->honours.n; i++)
        if (same_text(p->honours.v[i].text, honour)) return;
    if (p->honours.n >= HONOURS_MAX) return;
    yq_found_text text = { .text = yq_dup(w->arena, honour), .evidence = evidence };
    *yq_push(w->arena, &p->honours) = text;
}

void yq_tie_mentions(yq_work *w)
{
    w->linker = YQ_NEW(w->arena, struct yq_linker);
    link_orgs(w);
    link_people(w);
}
