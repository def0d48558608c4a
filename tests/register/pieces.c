/* The pieces of an import: names cut out and put back, passages, people told apart, trials and calls by their words. */
#include "world.h"

static yq_arena *arena;

/* ---------------------------------------------------------------- names cut out of texts */

static const char *const forms[][3] = { { "何晓顺", "He Xiaoshun", "何" }, { "李文静", "文静", NULL }, { "An", "Li An", NULL } };

static const struct { const char *what, *text; int cuts; const char *erased; } cuts[] = {
    { "one name", "何晓顺院长", 1, "■■■院长" },
    { "Latin name at a word border", "by He Xiaoshun, MD", 1, "by ■■■**, MD" },
    { "not inside a word", "by The Xiaoshunite", 0, "by The Xiaoshunite" },
    { "two of them", "何晓顺、李文静", 2, "■■■、李文静" },
    { "the longest first", "李文静", 1, "李文静" },
    { "a shorter form alone", "文静说", 1, "文静说" },
    { "a single character is no name", "何处", 0, "何处" },
    { "nothing", "", 0, "" },
    { "the same twice", "何晓顺和何晓顺", 2, "■■■和■■■" },
};

static void check_names(void)
{
    yq_name_cutter *c = yq_name_cutter_new(arena);
    json_t *parts[3];
    for (size_t p = 0; p < 3; p++) {
        json_t *printed = json_array();
        for (size_t k = 0; k < 3 && forms[p][k]; k++) {
            yq_name_cutter_add(c, p, k, yq_cstr(forms[p][k]));
            json_array_append_new(printed, json_string(forms[p][k]));
        }
        parts[p] = json_pack("{s:o}", "printed", printed);
    }
    json_t *without_first[] = { NULL, parts[1], parts[2] };
    yq_name_source all = { arena, parts, 3 }, erased = { arena, without_first, 3 };
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        yq_str text = yq_cstr(cuts[i].text), cut = yq_name_cut(c, text), gone;
        int marks = 0;
        for (size_t k = 0; k < cut.n; k++) marks += cut.p[k] == '\x01';
        CHECK(cuts[i].what, marks == cuts[i].cuts);
        CHECK(cuts[i].what, yq_eq(yq_name_restore(&all, cut), text));
        gone = yq_name_restore(&erased, cut);
        CHECK(cuts[i].what, yq_eq(gone, yq_cstr(cuts[i].erased)) && gone.n == text.n);
    }
    CHECK("a broken mark does no harm", yq_name_restore(&all, YQ_S("a\x01" "9.9.3\x02" "b\x01")).n > 0);
    for (size_t p = 0; p < 3; p++) json_decref(parts[p]);
}

/* ---------------------------------------------------------------- passages */

static yq_str sentences(size_t n)
{
    yq_str all = YQ_S("");
    for (size_t i = 0; i < n; i++) all = yq_concat(arena, all, YQ_S("这是一个说得清楚的句子，讲的是绿道和转运的时间。"));
    return all;
}

static void add_block(yq_reading *r, yq_block_kind kind, yq_str text)
{
    uint32_t from = (uint32_t)r->clean.n;
    r->clean = yq_concat(arena, yq_concat(arena, r->clean, text), YQ_S("\n"));
    *yq_push(arena, &r->blocks) = (yq_block){ .kind = kind, .span = { from, from + (uint32_t)text.n } };
    if (kind == YQ_BLOCK_TITLE) r->title = (yq_span){ from, from + (uint32_t)text.n };
}

static void add_cell(yq_reading *r, yq_table *t, uint32_t row, uint32_t col, uint32_t rows, const char *text)
{
    uint32_t from = (uint32_t)r->clean.n;
    r->clean = yq_concat(arena, yq_concat(arena, r->clean, yq_cstr(text)), YQ_S("\t"));
    *yq_push(arena, &t->cells) = (yq_cell){ row, col, rows, 1, row == 0, { from, from + (uint32_t)strlen(text) } };
}

static void check_passages(void)
{
    yq_reading r = { .clean = YQ_S("") };
    yq_new_reading n = { .read = &r, .next_id = 1000 };
    yq_table t = { .rows = 3, .cols = 2, .header_rows = 1 };
    add_block(&r, YQ_BLOCK_TITLE, YQ_S("卒中绿道"));
    add_block(&r, YQ_BLOCK_PARAGRAPH, sentences(2));
    add_block(&r, YQ_BLOCK_HEADING, YQ_S("一、现状"));
    add_block(&r, YQ_BLOCK_PARAGRAPH, YQ_S("短。"));
    add_block(&r, YQ_BLOCK_PARAGRAPH, sentences(60));
    uint32_t from = (uint32_t)r.clean.n;
    add_cell(&r, &t, 0, 0, 1, "科室");
    add_cell(&r, &t, 0, 1, 1, "需求");
    add_cell(&r, &t, 1, 0, 2, "骨科");
    add_cell(&r, &t, 1, 1, 1, "快速下床");
    add_cell(&r, &t, 2, 1, 1, "夜间读片");
    *yq_push(arena, &r.tables) = t;
    *yq_push(arena, &r.blocks) = (yq_block){ .kind = YQ_BLOCK_TABLE, .span = { from, (uint32_t)r.clean.n } };
    yq_cut_passages(arena, &n);

    uint32_t end = 0;
    bool ordered = true, bounded = true, whole = true;
    for (size_t i = 0; i < n.passages.n; i++) {
        const yq_new_passage *p = &n.passages.v[i];
        ordered = ordered && p->span.from >= end && p->span.to > p->span.from && p->id == 1000 + (int64_t)i;
        bounded = bounded && yq_utf8_count(yq_at(r.clean, p->span)) <= 620;
        whole = whole && yq_utf8_valid(yq_at(r.clean, p->span), NULL);
        end = p->span.to;
    }
    CHECK("in order, with ids that follow each other", ordered);
    CHECK("none too long", bounded);
    CHECK("no character is cut", whole);
    CHECK("title and first paragraph together", n.passages.n > 4 && yq_starts(yq_at(r.clean, n.passages.v[0].span), YQ_S("卒中绿道\n这是")));
    CHECK("a heading begins a new one", yq_starts(yq_at(r.clean, n.passages.v[1].span), YQ_S("一、现状\n短。")));
    CHECK("and is remembered", n.passages.n > 4 && yq_eq(n.passages.v[2].title, YQ_S("卒中绿道 · 一、现状")));
    const yq_new_passage *last = &n.passages.v[n.passages.n - 1];
    CHECK("a row with its headings, the merged cell too", yq_eq(last->text, YQ_S("科室：骨科；需求：夜间读片")));
    CHECK("its span is the row", yq_eq(yq_at(r.clean, last->span), YQ_S("夜间读片")));
    CHECK("one for each row", yq_eq(last[-1].text, YQ_S("科室：骨科；需求：快速下床")));
}

/* ---------------------------------------------------------------- two of one name in a roster */

static const struct {
    const char *what, *row[2], *org[2];
    yq_block_kind kind;
    size_t people;
    const char *other; /* the line of 周岚, who stands behind them */
} rosters[] = {
    { "lines of a roster", { "李文静，云岭省人民医院", "李文静，汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_PARAGRAPH, 2, "周岚，澜州市中心医院" },
    { "blanks, and one is numbered", { "李文静 云岭省人民医院", "李文静 汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_PARAGRAPH, 2, "3. 周岚 主任" },
    { "a roster of one hospital", { "李文静 云岭省人民医院", "李文静 云岭省人民医院" }, { "云岭省人民医院", "云岭省人民医院" }, YQ_BLOCK_PARAGRAPH, 1, "周岚 主任" },
    { "an article", { "李文静说，云岭省人民医院", "李文静在汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_PARAGRAPH, 1, "周岚，澜州市中心医院" },
    { "others are spoken of", { "李文静，云岭省人民医院", "李文静，汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_PARAGRAPH, 1, "周岚主任主持" },
    { "two rows, two hospitals", { "李文静 云岭省人民医院", "李文静 汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_TABLE, 2 },
    { "two items", { "李文静 云岭省人民医院", "李文静 汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_ITEM, 2 },
    { "told in sentences", { "李文静，云岭省人民医院", "李文静，汀阳市人民医院" }, { "云岭省人民医院", "汀阳市人民医院" }, YQ_BLOCK_PARAGRAPH, 1 },
    { "one hospital twice", { "李文静 云岭省人民医院", "李文静 云岭省人民医院" }, { "云岭省人民医院", "云岭省人民医院" }, YQ_BLOCK_TABLE, 1 },
    { "work and a body", { "李文静 云岭省人民医院", "李文静 云岭医学创新联盟" }, { "云岭省人民医院", "云岭医学创新联盟" }, YQ_BLOCK_TABLE, 1 },
    { "a university and its hospital", { "李文静 云岭大学", "李文静 云岭大学附属第一医院" }, { "云岭大学", "云岭大学附属第一医院" }, YQ_BLOCK_TABLE, 1 },
};

static void check_rosters(void)
{
    for (size_t i = 0; i < sizeof rosters / sizeof *rosters; i++) {
        yq_reading r = { .clean = YQ_S("") };
        yq_findings f = { 0 };
        yq_found_person p = { .name = YQ_S("李文静") }, *people;
        for (int k = 0; k < 2; k++) {
            add_block(&r, rosters[i].kind, yq_cstr(rosters[i].row[k]));
            yq_span row = r.blocks.v[k].span;
            yq_evidence e = { .span = { row.from, row.from + 9 }, .sentence = row, .confidence = 0.9f };
            *yq_push(arena, &p.mentions) = e;
            *yq_push(arena, &f.orgs) = (yq_found_org){ .name = yq_cstr(rosters[i].org[k]) };
            *yq_push(arena, &p.roles) = (yq_found_role){ k && !strcmp(rosters[i].org[0], rosters[i].org[1]) ? 0 : k, YQ_S("主任"), e };
        }
        if (rosters[i].other) {
            yq_found_person *other = yq_push(arena, &f.people);
            add_block(&r, rosters[i].kind, yq_cstr(rosters[i].other));
            uint32_t at = (uint32_t)yq_find(r.clean, YQ_S("周岚"), 0);
            *other = (yq_found_person){ .name = YQ_S("周岚") };
            *yq_push(arena, &other->mentions) = (yq_evidence){ .span = { at, at + 6 }, .sentence = r.blocks.v[2].span };
        }
        size_t n = yq_tell_apart(arena, &r, &f, &p, &people);
        CHECK(rosters[i].what, n == rosters[i].people);
        CHECK(rosters[i].what, n != 2 || (people[0].roles.n == 1 && people[1].roles.n == 1 && people[1].roles.v[0].org == 1 && people[1].mentions.n == 1));
    }
}

/* Behind the roster a sentence names both, each beside the hospital: the second is not told of three times. */
static void check_named_again(void)
{
    static const char *const lines[] = { "李文静，云岭省人民医院", "李文静，汀阳市人民医院", "周岚，澜州市中心医院", "李文静（云岭省人民医院）主讲，汀阳市人民医院主任李文静主持" };
    static const char *const orgs[] = { "云岭省人民医院", "汀阳市人民医院" };
    yq_reading r = { .clean = YQ_S("") };
    yq_findings f = { 0 };
    yq_found_person p = { .name = YQ_S("李文静") }, other = { .name = YQ_S("周岚") }, *people;
    for (int i = 0; i < 4; i++) add_block(&r, YQ_BLOCK_PARAGRAPH, yq_cstr(lines[i]));
    for (size_t at = 0; (at = yq_find(r.clean, p.name, at)) != SIZE_MAX; at += p.name.n)
        *yq_push(arena, &p.mentions) = (yq_evidence){ .span = { (uint32_t)at, (uint32_t)at + 9 } };
    uint32_t zhou = (uint32_t)yq_find(r.clean, other.name, 0);
    *yq_push(arena, &other.mentions) = (yq_evidence){ .span = { zhou, zhou + 6 } };
    for (int k = 0; k < 2; k++) {
        yq_found_org *o = yq_push(arena, &f.orgs);
        *o = (yq_found_org){ .name = yq_cstr(orgs[k]) };
        for (size_t at = 0; (at = yq_find(r.clean, o->name, at)) != SIZE_MAX; at += o->name.n)
            *yq_push(arena, &o->mentions) = (yq_evidence){ .span = { (uint32_t)at, (uint32_t)(at + o->name.n) } };
        *yq_push(arena, &p.roles) = (yq_found_role){ k, YQ_S("主任"), { .span = r.blocks.v[k].span, .sentence = r.blocks.v[k].span } };
    }
    *yq_push(arena, &f.people) = other;
    CHECK("two", yq_tell_apart(arena, &r, &f, &p, &people) == 2);
    CHECK("each is named in the line and in the sentence", people[0].mentions.n == 2 && people[1].mentions.n == 2 && people[1].mentions.v[1].span.from > people[0].mentions.v[1].span.from);
}

/* ---------------------------------------------------------------- identifiers */

/* Two people and two organisations; where each identifier of the text belongs. */
static const struct { const char *what, *text, *owner; bool person; } tellings[] = {
    { "in brackets behind the name", "周岚（ORCID：0000-0002-1825-0097）与李文静到会。", "周岚", true },
    { "behind the second", "周岚与李文静（0000-0002-1825-0097）到会。", "李文静", true },
    { "in a row", "1\t周岚\t院长\t0000-0002-1825-0097\n2\t李文静\t主任\t\n", "周岚", true },
    { "before the name", "0000-0002-1825-0097\t周岚\n李文静\n", "周岚", true },
    { "a card of fields", "姓名：周岚\nORCID：0000-0002-1825-0097\n\n姓名：李文静\n", "周岚", true },
    { "a code", "澜州市中心医院（统一社会信用代码91350100M000100Y43）与汀阳市人民医院。周岚、李文静", "澜州市中心医院", false },
    { "nobody near", "周岚\n\n\n李文静\n\n\n0000-0002-1825-0097", "", true },
    { "a wrong digit", "周岚（ORCID：0000-0002-1825-0098）与李文静", "", true },
};

static void check_identifiers(void)
{
    yq_arena *a = arena;
    static const char *const people[] = { "周岚", "李文静" }, *const orgs[] = { "澜州市中心医院", "汀阳市人民医院" };
    for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++) {
        yq_findings f = { 0 };
        yq_reading r = { .clean = yq_cstr(tellings[i].text), .plain = yq_cstr(tellings[i].text) };
        for (size_t k = 0; k < 2; k++) {
            yq_found_person *p = yq_push(a, &f.people);
            *p = (yq_found_person){ .name = yq_cstr(people[k]) };
            *yq_push(a, &p->mentions) = evidence_of(&r, people[k]);
            if (!yq_has(r.clean, yq_cstr(orgs[k]))) continue;
            yq_found_org *o = yq_push(a, &f.orgs);
            *o = (yq_found_org){ .name = yq_cstr(orgs[k]) };
            *yq_push(a, &o->mentions) = evidence_of(&r, orgs[k]);
        }
        yq_told_identifiers told_ids = yq_find_identifiers(a, r.clean, &f);
        CHECK(tellings[i].what, told_ids.n == (*tellings[i].owner != 0));
        if (told_ids.n) CHECK(tellings[i].what, told_ids.v[0].person == tellings[i].person && yq_eq(yq_at(r.clean, told_ids.v[0].owner), yq_cstr(tellings[i].owner)));
    }
}

int main(void)
{
    arena = yq_arena_new(64 << 20);
    check_names();
    check_passages();
    check_rosters();
    check_named_again();
    check_identifiers();
    yq_arena_free(arena);
    return check_done();
}
