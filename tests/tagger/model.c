/* Learning, the model as a file, and tagging, on sentences made here. */
#include "check.h"
#include "tagger/internal.h"

static const yq_tagger_options quick = { .epochs = 6, .net_epochs = 2, .seed = 5 };
enum { HEAD = 56 };

/* ---------------------------------------------------------------- a small world of sentences */

static const char *const surnames[] = { "周", "李", "王", "欧阳", "陈", "韩", "赵", "钱" };
static const char *const given[] = { "岚", "明远", "霁", "建国", "雪", "思齐" };
static const char *const hospitals[] = { "澜州市中心医院", "安平县人民医院", "东江医科大学", "江城骨科医院", "北岭中医院" };
static const char *const patterns[] = { "PN在O工作。", "由P主持，O承办。", "来自O的P说", "P", "今天没有会议。" };

static void add_span(yq_arena *a, yq_buf *text, const char *const *parts, size_t n, uint32_t kind, void *spans)
{
    YQ_VEC(yq_tagger_span) *list = spans;
    size_t from = text->n;
    for (size_t i = 0; i < n; i++) yq_buf_put(text, yq_cstr(parts[i]));
    *yq_push(a, list) = (yq_tagger_span){ { (uint32_t)from, (uint32_t)text->n }, kind, 1 };
}

static yq_tagger_sentence sentence(yq_arena *a, size_t seed)
{
    YQ_VEC(yq_tagger_span) spans = { 0 };
    yq_buf text = { 0 };
    const char *person[2] = { surnames[seed % 8], given[seed / 3 % 6] }, *hospital = hospitals[seed / 5 % 5];
    for (const char *p = patterns[seed % 5]; *p; p++) {
        if (*p == 'P') add_span(a, &text, person, 2, 0, &spans);
        else if (*p == 'O') add_span(a, &text, &hospital, 1, 1, &spans);
        else if (*p != 'N') yq_buf_byte(&text, *p);
    }
    yq_tagger_sentence s = { yq_dup(a, yq_buf_str(&text)), spans.v, spans.n };
    yq_buf_free(&text);
    return s;
}

static yq_tagger_set world(yq_arena *a, size_t n)
{
    yq_tagger_set set = { 0 };
    *yq_push(a, &set.kinds) = YQ_S("person");
    *yq_push(a, &set.kinds) = YQ_S("hospital");
    for (size_t i = 0; i < n; i++) *yq_push(a, &set.sentences) = sentence(a, i);
    return set;
}

static yq_buf trained(yq_arena *a, const yq_tagger_set *set)
{
    yq_buf model = { 0 };
    yq_err err = { 0 };
    CHECK("training", yq_tagger_train(a, set, &quick, &model, &err) == YQ_OK);
    return model;
}

static yq_tagger *loaded(const yq_buf *model)
{
    yq_tagger *t = NULL;
    yq_err err = { 0 };
    CHECK("loading", yq_tagger_load(yq_buf_str(model), &t, &err) == YQ_OK);
    return t;
}

static bool same_spans(const yq_tagger_sentence *a, const yq_tagger_sentence *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (memcmp(&a->span[i].span, &b->span[i].span, sizeof a->span[i].span) || a->span[i].kind != b->span[i].kind) return false;
    return true;
}

/* ---------------------------------------------------------------- what it learns */

static void learns(yq_arena *a, const yq_tagger_set *set, const yq_tagger *t)
{
    size_t right = 0;
    for (size_t i = 0; i < set->sentences.n; i++) {
        yq_tagger_sentence found;
        yq_tagger_tag(t, a, set->sentences.v[i].text, &found);
        right += same_spans(&found, &set->sentences.v[i]);
        for (size_t k = 0; k < found.n; k++) CHECK("a confidence is a share", found.span[k].confidence > 0 && found.span[k].confidence <= 1);
    }
    CHECK("it tags what it was shown", right * 100 >= set->sentences.n * 98);
}

static void generalizes(yq_arena *a, const yq_tagger *t)
{
    static const struct { const char *text, *person, *hospital; } cases[] = {
        { "由吴思齐主持，东江医科大学承办。", "吴思齐", "东江医科大学" },
        { "来自西河市中心医院的周岚说", "周岚", "西河市中心医院" },
        { "來自澜州市中心醫院的李霽說", "李霽", "澜州市中心醫院" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_tagger_sentence s;
        yq_str person = yq_cstr(cases[i].person), hospital = yq_cstr(cases[i].hospital);
        yq_tagger_tag(t, a, yq_cstr(cases[i].text), &s);
        CHECK(cases[i].text, s.n == 2);
        for (size_t k = 0; k < s.n; k++)
            CHECK(cases[i].text, yq_eq(yq_at(s.text, s.span[k].span), yq_eq(yq_tagger_kind(t, s.span[k].kind), YQ_S("person")) ? person : hospital));
    }
}

static void any_text(yq_arena *a, const yq_tagger *t)
{
    static const char *const texts[] = { "", "x", "\n", "𠮷", "；；；；", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "A B\tC", "a\xCC\x81" };
    yq_tagger_sentence s;
    yq_buf long_text = { 0 };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        yq_tagger_tag(t, a, yq_cstr(texts[i]), &s);
        CHECK("spans lie in the text", !s.n || s.span[s.n - 1].span.to <= s.text.n);
    }
    for (size_t i = 0; i < 400; i++) yq_buf_put(&long_text, YQ_S("来自澜州市中心医院的周岚说"));
    yq_tagger_tag(t, a, yq_buf_str(&long_text), &s);
    CHECK("a text beyond the limit of a sentence is tagged to its end", s.n >= 400 && s.span[s.n - 1].span.to + 12 >= long_text.n);
    for (size_t k = 1; k < s.n; k++) CHECK("in order, none overlapping", s.span[k].span.from >= s.span[k - 1].span.to);
    yq_buf_free(&long_text);
}

static void same_again(yq_arena *a, const yq_tagger_set *set, const yq_buf *model)
{
    yq_buf again = trained(a, set);
    CHECK("the same set gives the same bytes", yq_eq(yq_buf_str(&again), yq_buf_str(model)));
    yq_buf_free(&again);
}

/* A sentence that is learnt must not find its own spans in the gazetteer, else the gazetteer would be believed in everything. */
static void forgets_itself(yq_arena *a, const yq_tagger *t)
{
    tagger_view v;
    tagger_rows known, learnt;
    tagger_cuts own = { 0 };
    tagger_see(a, YQ_S("来自澜州市中心医院的周岚说"), &v);
    *yq_push(a, &own) = (tagger_cut){ 2, 9, 1 };
    const tagger_entry *e = tagger_entry_of(&t->gazetteer, tagger_chars(&v, 2, 9));
    tagger_entry once = *e;
    CHECK("a marked string is in the gazetteer", e && e->kind[0] == 1 && e->count[0] > 1 && e->seen >= e->count[0]);
    once.seen = once.count[0] = 1;
    *tagger_entry_of(&t->gazetteer, once.string) = once;
    tagger_rows_of(t, a, &v, NULL, &known);
    tagger_rows_of(t, a, &v, &own, &learnt);
    size_t items = v.n * t->longest;
    CHECK("known when tagging, forgotten when it is learnt from", learnt.spans.from[items] < known.spans.from[items]);
}

static void nothing_to_learn(yq_arena *a)
{
    yq_tagger_set set = { 0 };
    yq_buf model = { 0 };
    yq_err err = { 0 };
    *yq_push(a, &set.sentences) = (yq_tagger_sentence){ YQ_S("没有"), NULL, 0 };
    CHECK("no span: refused", yq_tagger_train(a, &set, &quick, &model, &err) == YQ_INVALID && yq_has(yq_cstr(err.msg), YQ_S("no span")));
    yq_buf_free(&model);
}

static void little_memory(const yq_tagger_set *set)
{
    for (size_t bytes = 1 << 16; bytes < (size_t)64 << 20; bytes *= 3) {
        yq_arena *a = yq_arena_new(bytes);
        yq_buf model = { 0 };
        yq_err err = { 0 };
        yq_tagger_options o = { .epochs = 0, .net_epochs = 0, .seed = 1 };
        yq_code rc = yq_tagger_train(a, set, &o, &model, &err);
        CHECK("memory is enough, or it says so", rc == YQ_OK || rc == YQ_NOMEM);
        yq_buf_free(&model);
        yq_arena_free(a);
    }
}

/* ---------------------------------------------------------------- damaged models */

static bool refused(yq_str bytes, yq_code want, const char *words)
{
    yq_tagger *t = NULL;
    yq_err err = { 0 };
    yq_code rc = yq_tagger_load(bytes, &t, &err);
    yq_tagger_free(t);
    return rc == want && !(rc == YQ_OK && t) && (!words || yq_has(yq_cstr(err.msg), yq_cstr(words)));
}

static void cut_short(const yq_buf *model)
{
    size_t step = model->n / 97;
    for (size_t n = 0; n < model->n; n += n < 80 ? 1 : step) CHECK("cut short", refused((yq_str){ model->p, n }, YQ_CORRUPT, NULL));
}

static void changed(yq_arena *a, const yq_buf *model)
{
    char *copy = yq_dupz(a, yq_buf_str(model));
    for (size_t at = 0; at < model->n; at += at < 80 ? 1 : model->n / 61) {
        copy[at] ^= 16;
        CHECK("a bit turned", refused((yq_str){ copy, model->n }, at >= 8 && at < 16 ? YQ_NEWER : YQ_CORRUPT, NULL));
        copy[at] ^= 16;
    }
    CHECK("no model", refused(YQ_S("{\"text\": \"this is no model at all, but long enough to be one at first\"}"), YQ_CORRUPT, "not a model"));
    CHECK("more behind it", refused(yq_concat(a, yq_buf_str(model), YQ_S("x")), YQ_CORRUPT, "cut short, or something follows"));
}

/* Bodies that are wrong although the hash fits, as a hostile file may be: no crash, and what is loaded can be used. */
static void hostile(yq_arena *a, const yq_buf *model)
{
    uint64_t state = 99;
    char *copy = yq_dupz(a, yq_buf_str(model));
    for (size_t i = 0; i < 60; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        size_t at = HEAD + (size_t)(state >> 33) % (i < 40 ? 120 : model->n - HEAD);
        char kept = copy[at];
        copy[at] = (char)(state >> 20);
        yq_hash hash = yq_hash_of((yq_str){ copy + HEAD, model->n - HEAD });
        memcpy(copy + 24, hash.b, sizeof hash.b);
        yq_tagger *t = NULL;
        yq_err err = { 0 };
        yq_tagger_sentence s;
        yq_code rc = yq_tagger_load((yq_str){ copy, model->n }, &t, &err);
        CHECK("loaded or refused", rc == YQ_OK ? t != NULL : rc == YQ_CORRUPT || rc == YQ_NOMEM);
        if (t) yq_tagger_tag(t, a, YQ_S("来自澜州市中心医院的周岚说"), &s);
        yq_tagger_free(t);
        copy[at] = kept;
    }
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)2 << 30);
    yq_tagger_set set = world(a, 240);
    yq_buf model = trained(a, &set);
    yq_tagger *t = loaded(&model);
    CHECK("kinds by their names", yq_tagger_kind_count(t) == 2 && yq_eq(yq_tagger_kind(t, 1), YQ_S("hospital")) && !yq_tagger_kind(t, 2).n);
    learns(a, &set, t);
    generalizes(a, t);
    any_text(a, t);
    same_again(a, &set, &model);
    forgets_itself(a, t);
    nothing_to_learn(a);
    little_memory(&set);
    cut_short(&model);
    changed(a, &model);
    hostile(a, &model);
    yq_tagger_free(t);
    yq_buf_free(&model);
    yq_arena_free(a);
    return check_done();
}
