/* The bodies of the entries "reading" and "identity", written.
 *
 * reading, part 0 (every text with persons' names cut out, see names.c):
 *   {"v":1, "document":{"id","ulid","name","hash","bytes","owner","sharing"},
 *    "reading":{"id","replaces","format","encoding","lang","title","date","clean","map","blocks":[[kind,level,from,to],…],
 *               "versions":[text,intake,extract]},
 *    "passages":[[id,from,to,title,text?],…], "entities":[entity | {"id","ulid","part":k},…], "facts":[fact,…]}
 * parts[k] of one person: {"printed":[form,…]} and the members of an entity.
 *   entity = {"id","ulid","kind","name","forms":[[text,from,to],…],"mentions":[[id,passage,from,to,form,organization],…],"facts":[fact,…]}
 *   fact   = [id,predicate,object,value,date,from,to,sentence from,sentence to,confidence,voices]
 *
 * identity: {"v":1,"by":"program","model":version,"document":id,"decisions":[[id,a,b,"same"|"again"|"undecided",probability,reason],…]}; again: b is an appearance of the
 * document's former reading, which a is now. Decisions of a person are written by identity.c.
 */
#include "register/internal.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    yq_arena *arena;
    yq_json json;
    const yq_name_cutter *cutter; /* NULL: texts as they are */
} writer;

static void put_text(writer *w, yq_str s)
{
    yq_json_str(&w->json, w->cutter ? yq_name_cut(w->cutter, s) : s);
}

static void put_member(writer *w, const char *key, yq_str s)
{
    yq_json_key(&w->json, key);
    put_text(w, s);
}

static void put_span(writer *w, yq_span s)
{
    yq_json_int(&w->json, s.from);
    yq_json_int(&w->json, s.to);
}

static void put_facts(writer *w, const yq_new_fact *v, size_t n)
{
    yq_json_key(&w->json, "facts");
    yq_json_array(&w->json);
    for (size_t i = 0; i < n; i++) {
        yq_json_array(&w->json);
        yq_json_int(&w->json, v[i].id);
        yq_json_str(&w->json, yq_cstr(v[i].predicate));
        yq_json_int(&w->json, v[i].object);
        put_text(w, v[i].value);
        yq_json_str(&w->json, yq_cstr(v[i].date));
        put_span(w, v[i].evidence.span);
        put_span(w, v[i].evidence.sentence);
        yq_json_real(&w->json, round((double)v[i].evidence.confidence * 1e4) / 1e4); /* 0.9, not 0.899999976 */
        yq_json_int(&w->json, v[i].evidence.voices);
        yq_json_end_array(&w->json);
    }
    yq_json_end_array(&w->json);
}

static void put_mentions(writer *w, const yq_new_entity *e)
{
    yq_json_key(&w->json, "mentions");
    yq_json_array(&w->json);
    for (size_t i = 0; i < e->mentions.n; i++) {
        const yq_new_mention *m = &e->mentions.v[i];
        yq_json_array(&w->json);
        yq_json_int(&w->json, m->id);
        yq_json_int(&w->json, m->passage);
        put_span(w, m->span);
        put_text(w, m->form);
        put_text(w, m->organization);
        yq_json_end_array(&w->json);
    }
    yq_json_end_array(&w->json);
}

/* The members of an entity; the object is open. */
static void put_entity(writer *w, const yq_new_entity *e)
{
    yq_json_ki(&w->json, "id", e->id);
    yq_json_kv(&w->json, "ulid", yq_cstr(e->ulid));
    yq_json_kv(&w->json, "kind", yq_cstr(e->kind));
    put_member(w, "name", e->name);
    yq_json_key(&w->json, "forms");
    yq_json_array(&w->json);
    for (size_t i = 0; i < e->forms.n; i++) {
        yq_json_array(&w->json);
        put_text(w, e->forms.v[i].text);
        put_span(w, e->forms.v[i].span);
        yq_json_end_array(&w->json);
    }
    yq_json_end_array(&w->json);
    put_mentions(w, e);
    put_facts(w, e->facts.v, e->facts.n);
}

static void put_document(writer *w, const yq_new_reading *n)
{
    char hash[2 * YQ_HASH_BYTES + 1];
    yq_hex(n->read->hash.b, YQ_HASH_BYTES, hash);
    yq_json_key(&w->json, "document");
    yq_json_object(&w->json);
    yq_json_ki(&w->json, "id", n->document);
    yq_json_kv(&w->json, "ulid", yq_cstr(n->document_ulid));
    put_member(w, "name", n->read->name);
    yq_json_kv(&w->json, "hash", yq_cstr(hash));
    yq_json_ki(&w->json, "bytes", n->bytes);
    yq_json_ki(&w->json, "owner", YQ_OWN_INSTITUTION);
    yq_json_ki(&w->json, "sharing", YQ_SHARE_OWN);
    yq_json_end_object(&w->json);
}

static void put_blocks(writer *w, const yq_reading *r)
{
    yq_json_key(&w->json, "blocks");
    yq_json_array(&w->json);
    for (size_t i = 0; i < r->blocks.n; i++) {
        yq_json_array(&w->json);
        yq_json_int(&w->json, r->blocks.v[i].kind);
        yq_json_int(&w->json, r->blocks.v[i].level);
        put_span(w, r->blocks.v[i].span);
        yq_json_end_array(&w->json);
    }
    yq_json_end_array(&w->json);
}

static yq_str map_text(yq_arena *a, const yq_map *map)
{
    yq_buf out = { 0 };
    yq_map_write(map, &out);
    yq_str kept = yq_dup(a, yq_buf_str(&out));
    yq_buf_free(&out);
    return kept;
}

static void put_reading(writer *w, const yq_new_reading *n)
{
    const yq_reading *r = n->read;
    yq_json_key(&w->json, "reading");
    yq_json_object(&w->json);
    yq_json_ki(&w->json, "id", n->reading);
    yq_json_ki(&w->json, "replaces", n->replaces);
    yq_json_kv(&w->json, "format", yq_cstr(r->format));
    yq_json_kv(&w->json, "encoding", yq_cstr(r->encoding));
    yq_json_kv(&w->json, "lang", yq_cstr(yq_lang_name(r->lang)));
    put_member(w, "title", yq_at(r->clean, r->title));
    yq_json_kv(&w->json, "date", yq_cstr(r->date));
    put_member(w, "clean", r->clean);
    yq_json_kv(&w->json, "map", map_text(w->arena, &r->map));
    put_blocks(w, r);
    yq_json_key(&w->json, "versions");
    yq_json_array(&w->json);
    yq_json_int(&w->json, YQ_TEXT_VERSION);
    yq_json_int(&w->json, YQ_INTAKE_VERSION);
    yq_json_int(&w->json, n->extract_version);
    yq_json_end_array(&w->json);
    yq_json_end_object(&w->json);
}

static void put_passages(writer *w, const yq_new_reading *n)
{
    yq_json_key(&w->json, "passages");
    yq_json_array(&w->json);
    for (size_t i = 0; i < n->passages.n; i++) {
        const yq_new_passage *p = &n->passages.v[i];
        yq_json_array(&w->json);
        yq_json_int(&w->json, p->id);
        put_span(w, p->span);
        put_text(w, p->title);
        if (p->text.n) put_text(w, p->text);
        yq_json_end_array(&w->json);
    }
    yq_json_end_array(&w->json);
}

static bool is_person(const yq_new_entity *e)
{
    return strcmp(e->kind, "person") == 0;
}

static void put_entities(writer *w, const yq_new_reading *n)
{
    int64_t part = 0;
    yq_json_key(&w->json, "entities");
    yq_json_array(&w->json);
    for (size_t i = 0; i < n->entities.n; i++) {
        const yq_new_entity *e = &n->entities.v[i];
        yq_json_object(&w->json);
        if (is_person(e)) {
            yq_json_ki(&w->json, "id", e->id);
            yq_json_kv(&w->json, "ulid", yq_cstr(e->ulid));
            yq_json_ki(&w->json, "part", part++);
        } else {
            put_entity(w, e);
        }
        yq_json_end_object(&w->json);
    }
    yq_json_end_array(&w->json);
}

/* ---------------------------------------------------------------- the parts of persons */

typedef YQ_VEC(yq_str) texts;

static void add_text(yq_arena *a, texts *t, yq_str s)
{
    for (size_t i = 0; i < t->n; i++)
        if (yq_eq(t->v[i], s)) return;
    *yq_push(a, t) = s;
}

static texts printed_forms(yq_arena *a, const yq_new_entity *e)
{
    texts t = { 0 };
    for (size_t i = 0; i < e->forms.n; i++) add_text(a, &t, e->forms.v[i].text);
    for (size_t i = 0; i < e->mentions.n; i++) add_text(a, &t, e->mentions.v[i].form);
    return t;
}

static yq_code finish_text(yq_arena *a, yq_buf *out, yq_str *kept, yq_err *err)
{
    if (out->failed) return yq_fail(err, YQ_NOMEM, 0, "no memory for an entry of the journal");
    *kept = yq_dup(a, yq_buf_str(out));
    return YQ_OK;
}

static yq_code person_part(yq_arena *a, const yq_new_entity *e, size_t part, yq_name_cutter *cutter, yq_str *out, yq_err *err)
{
    yq_buf text = { 0 };
    writer w = { a, yq_json_to(&text), NULL };
    texts printed = printed_forms(a, e);
    yq_json_object(&w.json);
    yq_json_key(&w.json, "printed");
    yq_json_array(&w.json);
    for (size_t i = 0; i < printed.n; i++) {
        yq_json_str(&w.json, printed.v[i]);
        yq_name_cutter_add(cutter, part, i, printed.v[i]);
    }
    yq_json_end_array(&w.json);
    put_entity(&w, e);
    yq_json_end_object(&w.json);
    yq_code rc = finish_text(a, &text, out, err);
    yq_buf_free(&text);
    return rc;
}

static yq_code person_parts(yq_arena *a, const yq_new_reading *n, yq_name_cutter *cutter, yq_str **parts, size_t *count, yq_err *err)
{
    *parts = YQ_ARRAY(a, yq_str, n->entities.n + 1);
    *count = 0;
    for (size_t i = 0; i < n->entities.n; i++) {
        if (!is_person(&n->entities.v[i])) continue;
        yq_code rc = person_part(a, &n->entities.v[i], *count, cutter, &(*parts)[*count], err);
        if (rc) return rc;
        ++*count;
    }
    return YQ_OK;
}

yq_code yq_body_of_reading(yq_arena *a, const yq_new_reading *n, yq_str *body, yq_str **parts, size_t *part_count, yq_err *err)
{
    yq_name_cutter *cutter = yq_name_cutter_new(a);
    yq_code rc = person_parts(a, n, cutter, parts, part_count, err);
    if (rc) return rc;
    yq_buf text = { 0 };
    writer w = { a, yq_json_to(&text), cutter };
    yq_json_object(&w.json);
    yq_json_ki(&w.json, "v", 1);
    put_document(&w, n);
    put_reading(&w, n);
    put_passages(&w, n);
    put_entities(&w, n);
    put_facts(&w, n->facts.v, n->facts.n);
    yq_json_end_object(&w.json);
    rc = finish_text(a, &text, body, err);
    yq_buf_free(&text);
    return rc;
}

/* ---------------------------------------------------------------- decisions */

static void put_decision(yq_json *j, int64_t id, int64_t a, int64_t b, const char *verdict, const yq_decision *d)
{
    yq_json_array(j);
    yq_json_int(j, id);
    yq_json_int(j, a);
    yq_json_int(j, b);
    yq_json_str(j, yq_cstr(verdict));
    yq_json_real(j, d->probability);
    yq_json_str(j, yq_cstr(d->reason));
    yq_json_end_array(j);
}

static bool put_decisions(yq_json *j, yq_new_reading *n)
{
    bool any = false;
    for (size_t i = 0; i < n->entities.n; i++) {
        const yq_new_entity *e = &n->entities.v[i];
        const yq_decision *d = &e->decision;
        if (!e->decided || d->verdict == YQ_DIFFERENT || !d->entity) continue;
        any = true;
        if (e->again) put_decision(j, yq_new_id(n), e->id, e->again, "again", d);
        else put_decision(j, yq_new_id(n), e->id, d->entity, d->verdict == YQ_SAME ? "same" : "undecided", d);
        for (size_t k = 0; k < d->also_count; k++) put_decision(j, yq_new_id(n), d->also[k], d->entity, "same", d);
    }
    return any;
}

yq_str yq_body_of_decisions(yq_arena *a, yq_new_reading *n)
{
    yq_buf text = { 0 };
    yq_json j = yq_json_to(&text);
    yq_json_object(&j);
    yq_json_ki(&j, "v", 1);
    yq_json_kv(&j, "by", YQ_S("program"));
    yq_json_ki(&j, "model", YQ_RESOLVE_VERSION);
    yq_json_ki(&j, "document", n->document);
    yq_json_key(&j, "decisions");
    yq_json_array(&j);
    bool any = put_decisions(&j, n);
    yq_json_end_array(&j);
    yq_json_end_object(&j);
    yq_str kept = any && !text.failed ? yq_dup(a, yq_buf_str(&text)) : YQ_S("");
    yq_buf_free(&text);
    return kept;
}
