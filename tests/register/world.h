/* tests/register/world.h - documents with findings made by hand, so that these tests say what the register does with them whatever a reader of
 * documents finds today. All names are invented. */
#ifndef YQ_REGISTER_WORLD_H
#define YQ_REGISTER_WORLD_H

#include "../store/fixture.h"
#include "register/internal.h"

typedef struct {
    const char *name;
    int org; /* 1…: place in orgs; 0: none */
    const char *position, *form;
} told_person;

typedef struct {
    const char *name, *text, *date;
    const char *orgs[4];
    told_person people[4];
    const char *technology, *need; /* held by the first organisation */
    const char *call, *status;     /* of an open challenge */
    const char *asks;              /* who asks in the line where the name stands; a person of the list */
    const char *other;             /* another technology */
    const char *fund;              /* the words of a deal that sets up a fund */
} told_document;

static const told_document told[] = {
    { "a.txt", "卒中绿道研讨会\n澜州市中心医院院长周岚作《卒中绿道》报告。\n汀阳市人民医院护理部主任李文静到会。\n", "2025-03-01",
      { "澜州市中心医院", "汀阳市人民医院" }, { { "周岚", 1, "院长" }, { "李文静", 2, "护理部主任" } }, "卒中绿道分诊仪", NULL },
    { "b.txt", "呼吸论坛\n云岭省人民医院主任李文静主持论坛。\n瀾州市中心醫院周嵐院長致辞。\n", "2025-04-01",
      { "云岭省人民医院", "澜州市中心医院" }, { { "李文静", 1, "主任" }, { "周岚", 2, "院长" } }, NULL, "基层缺少夜间读片能力" },
    { "c.txt", "周岚教授访谈\n周岚说，绿道不能只靠一家医院。\n", "2025-05-01", { NULL }, { { "周岚", 0, NULL } }, NULL, NULL },
    { "d.txt", "Zhou Lan joins\n澜州市中心医院（Lanzhou Central Hospital）的周岚（Zhou Lan）到任。\n", "2025-06-01", { "澜州市中心医院" },
      { { "周岚", 1, NULL, "Zhou Lan" } }, NULL, NULL },
};
enum { TOLD = sizeof told / sizeof *told };

/* The first place of a name in the text, in either script. */
__attribute__((unused)) static yq_span place_of(const yq_reading *r, const char *name)
{
    size_t at = yq_find(r->plain, yq_cstr(name), 0);
    if (at == SIZE_MAX) return (yq_span){ 0, 0 };
    return (yq_span){ (uint32_t)at, (uint32_t)(at + strlen(name)) };
}

__attribute__((unused)) static yq_span line_of(const yq_reading *r, yq_span s)
{
    while (s.from > 0 && r->clean.p[s.from - 1] != '\n') s.from--;
    while (s.to < r->clean.n && r->clean.p[s.to] != '\n') s.to++;
    return s;
}

__attribute__((unused)) static yq_evidence evidence_of(const yq_reading *r, const char *name)
{
    yq_evidence e = { .span = place_of(r, name), .confidence = 0.9f, .voices = YQ_VOICE_PATTERN };
    e.sentence = line_of(r, e.span);
    return e;
}

__attribute__((unused)) static void reading_of(yq_arena *a, const told_document *t, yq_reading *r)
{
    *r = (yq_reading){ .name = yq_cstr(t->name), .format = "txt", .encoding = "UTF-8", .clean = yq_cstr(t->text), .lang = YQ_LANG_HANS };
    r->plain = yq_simplify(a, r->clean);
    r->hash = yq_hash_of(r->clean);
    snprintf(r->date, sizeof r->date, "%s", t->date);
    for (uint32_t at = 0; at < r->clean.n;) {
        uint32_t end = (uint32_t)yq_find(r->clean, YQ_S("\n"), at);
        *yq_push(a, &r->blocks) = (yq_block){ .kind = at ? YQ_BLOCK_PARAGRAPH : YQ_BLOCK_TITLE, .span = { at, end } };
        if (!at) r->title = (yq_span){ 0, end };
        at = end + 1;
    }
}

__attribute__((unused)) static void findings_of(yq_arena *a, const told_document *t, const yq_reading *r, yq_findings *f)
{
    *f = (yq_findings){ 0 };
    for (int i = 0; i < 4 && t->orgs[i]; i++) {
        yq_found_org *o = yq_push(a, &f->orgs);
        *o = (yq_found_org){ .name = yq_cstr(t->orgs[i]), .kind = YQ_S("hospital") };
        *yq_push(a, &o->mentions) = evidence_of(r, t->orgs[i]);
    }
    for (int i = 0; i < 4 && t->people[i].name; i++) {
        yq_found_person *p = yq_push(a, &f->people);
        *p = (yq_found_person){ .name = yq_cstr(t->people[i].name) };
        *yq_push(a, &p->mentions) = evidence_of(r, t->people[i].name);
        if (t->people[i].form) *yq_push(a, &p->forms) = yq_cstr(t->people[i].form);
        if (t->people[i].org || t->people[i].position)
            *yq_push(a, &p->roles) = (yq_found_role){ t->people[i].org - 1, yq_cstr(t->people[i].position), evidence_of(r, t->people[i].name) };
    }
    if (t->technology)
        *yq_push(a, &f->technologies) = (yq_found_technology){ .name = yq_cstr(t->technology), .holder = 0, .evidence = evidence_of(r, t->orgs[0]) };
    if (t->other) *yq_push(a, &f->technologies) = (yq_found_technology){ .name = yq_cstr(t->other), .holder = YQ_NONE, .evidence = evidence_of(r, t->other) };
    if (t->fund) *yq_push(a, &f->deals) = (yq_found_deal){ .kind = "fund", .subject = yq_cstr(t->fund), .evidence = evidence_of(r, t->fund) };
    if (t->call) {
        yq_found_scheme *s = yq_push(a, &f->schemes);
        *s = (yq_found_scheme){ .kind = "call", .name = yq_cstr(t->call), .scope = { 0, (uint32_t)r->clean.n }, .evidence = evidence_of(r, t->call) };
        *yq_push(a, &s->details) = (yq_found_detail){ .field = "status", .value = yq_cstr(t->status), .org = YQ_NONE, .person = YQ_NONE, .evidence = evidence_of(r, t->call) };
        if (t->orgs[0]) *yq_push(a, &s->details) = (yq_found_detail){ .field = "holder", .org = 0, .person = YQ_NONE, .evidence = evidence_of(r, t->orgs[0]) };
    }
    for (int i = 0; t->asks && i < 4 && t->people[i].name; i++)
        if (!strcmp(t->people[i].name, t->asks))
            *yq_push(a, &f->asks) = (yq_found_ask){ .person = i, .org = YQ_NONE, .need = YQ_NONE, .text = YQ_S("asks"), .evidence = evidence_of(r, t->asks) };
    if (t->need) *yq_push(a, &f->needs) = (yq_found_need){ .text = yq_cstr(t->need), .holder = 0, .evidence = evidence_of(r, t->orgs[0]) };
}

/* Journals one of them, inside a write. */
__attribute__((unused)) static yq_code tell(yq_register *r, const told_document *t, yq_import_result *out, yq_err *err)
{
    yq_reading reading;
    yq_findings f;
    yq_arena *a = yq_arena_new(64 << 20);
    reading_of(a, t, &reading);
    findings_of(a, t, &reading, &f);
    *out = (yq_import_result){ 0 };
    yq_code rc = yq_import_findings(r, a, &reading, (int64_t)reading.clean.n, &f, YQ_EXTRACT_VERSION, out, err);
    yq_arena_free(a);
    return rc;
}

typedef struct {
    fixture base;
    yq_store *store;
    yq_register *reg;
    yq_reader *reader;
    yq_arena *arena;
} world;

__attribute__((unused)) static void world_open(world *w)
{
    yq_err err = { 0 };
    yq_store_options o = { .clock = &w->base.clock.face, .random = &w->base.random.face, .create = true };
    if (yq_store_open(w->base.url, &o, &w->store, &err) || yq_register_open(w->store, &w->reg, &err) || yq_reader_open(w->base.url, &w->reader, &err)) {
        fprintf(stderr, "cannot open: %s\n", err.msg);
        exit(EXIT_FAILURE);
    }
}

__attribute__((unused)) static void world_shut(world *w)
{
    yq_reader_close(w->reader);
    yq_register_close(w->reg);
    yq_store_close(w->store);
    w->reader = NULL;
}

__attribute__((unused)) static void world_new(world *w)
{
    *w = (world){ 0 };
    fixture_new(&w->base);
    if (w->base.postgres) setenv("XDG_DATA_HOME", w->base.folder, 1); /* where the index lies */
    w->arena = yq_arena_new(256 << 20);
    world_open(w);
}

__attribute__((unused)) static void world_free(world *w)
{
    world_shut(w);
    yq_arena_free(w->arena);
    fixture_free(&w->base);
}

__attribute__((unused)) static void tell_all(world *w, const int *order, size_t n)
{
    yq_import_result result;
    yq_err err = { 0 };
    CHECK("begin", yq_register_begin(w->reg, &err) == YQ_OK);
    for (size_t i = 0; i < n; i++)
        if (!CHECK(told[order[i]].name, tell(w->reg, &told[order[i]], &result, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    if (!CHECK("commit", yq_register_commit(w->reg, &err) == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
}

static const int in_order[] = { 0, 1, 2, 3 };

/* The only entity of that name and kind; {0} when there is none or more. */
__attribute__((unused)) static yq_entity only(world *w, const char *query, const char *kind)
{
    yq_viewer office = yq_viewer_office();
    yq_entities found;
    size_t total;
    if (yq_register_find(w->reader, &office, w->arena, yq_cstr(query), yq_cstr(kind), 0, 10, &found, &total, NULL) || total != 1 || found.n != 1)
        return (yq_entity){ 0 };
    return found.v[0];
}

__attribute__((unused)) static size_t total_of(world *w, const yq_viewer *v, const char *query, const char *kind)
{
    yq_entities found;
    size_t total = 999;
    yq_err err = { 0 };
    if (yq_register_find(w->reader, v, w->arena, yq_cstr(query), yq_cstr(kind), 0, 100, &found, &total, &err)) return fprintf(stderr, "%s\n", err.msg), 999u;
    return found.n == total ? total : 998u;
}

#endif
