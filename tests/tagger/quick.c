/* The quick form: its chain against counting, what it learns, and its model as a file. */
#include "check.h"
#include "tagger/quick_internal.h"

#include <math.h>

/* ---------------------------------------------------------------- the chain against counting */

enum { LENGTH = 4, ROUNDS = 40 };

static float any(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (float)(*state >> 40) / 4194304.0f - 2;
}

typedef struct {
    float step[QUICK_STATES][QUICK_STATES], emit[LENGTH][QUICK_LANES];
    double all, share[LENGTH][QUICK_STATES];
} counting;

/* Every way through LENGTH states, from `at` on. */
static void count(counting *c, size_t at, const size_t *way, double score)
{
    size_t longer[LENGTH + 1];
    memcpy(longer, way, sizeof longer);
    if (at == LENGTH) {
        if (!quick_follows(way[LENGTH - 1], QUICK_STATES)) return;
        c->all += exp(score);
        for (size_t i = 0; i < LENGTH; i++) c->share[i][way[i]] += exp(score);
        return;
    }
    for (size_t y = 0; y < QUICK_STATES; y++) {
        if (!quick_follows(at ? way[at - 1] : QUICK_STATES, y)) continue;
        longer[at] = y;
        count(c, at + 1, longer, score + c->emit[at][y] + (at ? c->step[way[at - 1]][y] : 0));
    }
}

/* A whole span against the one way that has it; `strong` makes it likely. */
static void span_counts(yq_arena *a, counting *c, size_t kind)
{
    const float strong = 5;
    const size_t begin = tagger_column(kind, TAGGER_BEGIN), way[LENGTH] = { begin, begin + TAGGER_MIDDLE, begin + TAGGER_MIDDLE, begin + TAGGER_END }, none[LENGTH + 1] = { 0 };
    quick_chain chain = { 0 };
    double score = 0;
    float share = 0;
    quick_chain_fit(a, LENGTH, &chain);
    quick_chain_steps(&chain, (const float(*)[QUICK_STATES])c->step);
    for (size_t i = 0; i < LENGTH; i++) {
        c->emit[i][way[i]] += strong;
        score += c->emit[i][way[i]] + (i ? c->step[way[i - 1]][way[i]] : 0);
    }
    memcpy(chain.emit, c->emit, sizeof c->emit);
    c->all = 0;
    count(c, 0, none, 0);
    quick_chain_run(&chain);
    size_t to = quick_span_from(&chain, 0, kind, 0.5f, &share);
    double expected = exp(score) / c->all;
    CHECK("a span's share", expected < 0.5 ? to != LENGTH : to == LENGTH && fabs(share - expected) < 1e-4);
}

/* Written out once more: what follows what. */
static void follows(void)
{
    const size_t b = tagger_column(0, TAGGER_BEGIN), m = b + TAGGER_MIDDLE, e = b + TAGGER_END, s = b + TAGGER_ALONE, other = tagger_column(1, TAGGER_BEGIN);
    const struct { size_t from, to; bool may; } rules[] = {
        { 0, 0, true }, { 0, b, true }, { 0, s, true }, { 0, m, false }, { 0, e, false }, { b, m, true }, { b, e, true }, { b, 0, false }, { b, b, false }, { b, s, false },
        { m, m, true }, { m, e, true }, { m, 0, false }, { e, 0, true }, { e, b, true }, { e, other, true }, { e, m, false }, { s, s, true }, { s, e, false },
        { b, other + TAGGER_END, false }, { m, other + TAGGER_MIDDLE, false }, { b, other, false }, { QUICK_STATES, 0, true }, { QUICK_STATES, b, true },
        { QUICK_STATES, m, false }, { 0, QUICK_STATES, true }, { e, QUICK_STATES, true }, { b, QUICK_STATES, false }, { m, QUICK_STATES, false },
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) CHECK("what may follow", quick_follows(rules[i].from, rules[i].to) == rules[i].may);
}

static void chain_counts(yq_arena *a)
{
    uint64_t state = 7;
    follows();
    for (size_t round = 0; round < ROUNDS; round++) {
        counting c = { 0 };
        quick_chain chain = { 0 };
        size_t way[LENGTH + 1] = { 0 };
        for (size_t x = 0; x < QUICK_STATES; x++)
            for (size_t y = 0; y < QUICK_STATES; y++) c.step[x][y] = any(&state);
        quick_chain_fit(a, LENGTH, &chain);
        quick_chain_steps(&chain, (const float(*)[QUICK_STATES])c.step);
        for (size_t i = 0; i < LENGTH; i++)
            for (size_t y = 0; y < QUICK_STATES; y++) chain.emit[i][y] = c.emit[i][y] = any(&state);
        count(&c, 0, way, 0);
        quick_chain_run(&chain);
        for (size_t i = 0; i < LENGTH; i++)
            for (size_t y = 0; y < QUICK_STATES; y++) CHECK("a state's share", fabs(quick_share(&chain, i, y) - c.share[i][y] / c.all) < 1e-4);
        span_counts(a, &c, round % YQ_QUICK_KINDS);
    }
}

/* ---------------------------------------------------------------- learning */

static const char *const surnames[] = { "周", "李", "王", "欧阳", "陈", "韩", "赵", "钱" };
static const char *const given[] = { "岚", "明远", "霁", "建国", "雪", "思齐" };
static const char *const places[] = { "澜州市中心医院", "安平县人民医院", "东江医科大学", "江城骨科医院", "北岭中医院" };
static const char *const patterns[] = { "PN在O工作。", "由P主持，O承办。", "来自O的P说", "P", "今天没有会议。" };

typedef YQ_VEC(yq_tagger_span) spans;

static void add_span(yq_arena *a, yq_buf *text, const char *const *parts, size_t n, uint32_t kind, spans *list)
{
    size_t from = text->n;
    for (size_t i = 0; i < n; i++) yq_buf_put(text, yq_cstr(parts[i]));
    *yq_push(a, list) = (yq_tagger_span){ { (uint32_t)from, (uint32_t)text->n }, kind, 1 };
}

static yq_tagger_sentence sentence(yq_arena *a, size_t seed)
{
    spans list = { 0 };
    yq_buf text = { 0 };
    const char *person[2] = { surnames[seed % 8], given[seed / 3 % 6] }, *place = places[seed / 5 % 5];
    for (const char *p = patterns[seed % 5]; *p; p++) {
        if (*p == 'P') add_span(a, &text, person, 2, 0, &list);
        else if (*p == 'O') add_span(a, &text, &place, 1, 1, &list);
        else if (*p != 'N') yq_buf_byte(&text, *p);
    }
    yq_tagger_sentence s = { yq_dup(a, yq_buf_str(&text)), list.v, list.n };
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

static void tag(yq_arena *a, const yq_quick *m, yq_str plain, yq_tagger_sentence *out)
{
    yq_quick_word *word;
    size_t words = yq_quick_words(a, plain, &word);
    yq_quick_tag(yq_quick_room_new(a, m), plain, word, words, 0.5f, out);
}

static void learns(yq_arena *a, const yq_tagger_set *set, const yq_quick *m)
{
    size_t right = 0, marked = 0;
    for (size_t i = 0; i < set->sentences.n; i++) {
        yq_tagger_sentence found;
        tag(a, m, set->sentences.v[i].text, &found);
        marked += set->sentences.v[i].n;
        for (size_t k = 0; k < found.n; k++) {
            CHECK("a confidence is a share", found.span[k].confidence >= 0.5f && found.span[k].confidence <= 1);
            CHECK("in order, none overlapping", !k || found.span[k].span.from >= found.span[k - 1].span.to);
            if (k < set->sentences.v[i].n) right += !memcmp(&found.span[k].span, &set->sentences.v[i].span[k].span, sizeof(yq_span));
        }
    }
    CHECK("it tags what it was shown", right * 100 >= marked * 95);
}

static void a_new_name(yq_arena *a, const yq_quick *m)
{
    yq_tagger_sentence s;
    tag(a, m, YQ_S("来自西河市中心医院的吴思齐说"), &s);
    CHECK("two spans", s.n == 2);
    if (s.n == 2) CHECK("a name that was never shown", yq_eq(yq_at(s.text, s.span[1].span), YQ_S("吴思齐")) && s.span[1].kind == 0);
}

static void any_text(yq_arena *a, const yq_quick *m)
{
    static const char *const texts[] = { "", "x", "\n", "𠮷", "；；；；", "\xF0\x9F\x98\x80", "A B\tC", "周" };
    yq_tagger_sentence s;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tag(a, m, yq_cstr(texts[i]), &s);
        CHECK("spans lie in the text", !s.n || s.span[s.n - 1].span.to <= s.text.n);
    }
    yq_quick_room *room = yq_quick_room_new(a, m);
    for (size_t n = 40; n > 0; n -= 8) { /* a room that held more before */
        yq_buf text = { 0 };
        for (size_t i = 0; i < n; i++) yq_buf_put(&text, YQ_S("来自澜州市中心医院的周岚说"));
        yq_quick_word *word;
        size_t words = yq_quick_words(a, yq_buf_str(&text), &word);
        yq_quick_tag(room, yq_dup(a, yq_buf_str(&text)), word, words, 0.5f, &s);
        CHECK("every piece of a long text", s.n == 2 * n);
        yq_buf_free(&text);
    }
}

/* ---------------------------------------------------------------- the model */

static void damaged(yq_arena *a, const yq_buf *model)
{
    char *copy = yq_dupz(a, yq_buf_str(model));
    yq_quick m;
    yq_err err = { 0 };
    CHECK("cut short", yq_quick_open((yq_str){ copy, model->n - 1 }, &m, &err) == YQ_CORRUPT);
    copy[8] ^= 64;
    CHECK("another text engine", yq_quick_open((yq_str){ copy, model->n }, &m, &err) == YQ_NEWER);
    copy[8] ^= 64;
    copy[model->n / 2] ^= 1;
    CHECK("a weight changed", yq_quick_open((yq_str){ copy, model->n }, &m, &err) == YQ_CORRUPT);
    copy[model->n / 2] ^= 1;
    copy[12] = 9;
    CHECK("too many kinds", yq_quick_open((yq_str){ copy, model->n }, &m, &err) == YQ_CORRUPT);
    CHECK("no model", !yq_quick_is(YQ_S("YQTAGGER")) && yq_quick_open(YQ_S("x"), &m, &err) == YQ_CORRUPT);
}

static void refuses(yq_arena *a)
{
    yq_tagger_set set = world(a, 5);
    yq_buf out = { 0 };
    yq_err err = { 0 };
    for (size_t k = 0; k < 2; k++) *yq_push(a, &set.kinds) = YQ_S("more");
    CHECK("four kinds: refused", yq_quick_train(a, &set, 1, &out, &err) == YQ_INVALID && yq_has(yq_cstr(err.msg), YQ_S("3 kinds at most")));
    set.kinds.n = 1;
    set.kinds.v[0] = YQ_S("a kind with a long name");
    CHECK("a long name of a kind: refused", yq_quick_train(a, &set, 1, &out, &err) == YQ_INVALID && yq_has(yq_cstr(err.msg), YQ_S("16 bytes")));
    set.sentences.n = 0;
    CHECK("nothing marked: refused", yq_quick_train(a, &set, 1, &out, &err) == YQ_INVALID && yq_has(yq_cstr(err.msg), YQ_S("nothing to learn")));
    yq_buf_free(&out);
}

static void the_shipped_one(yq_arena *a)
{
    yq_quick m = yq_quick_shipped();
    yq_tagger_sentence s;
    CHECK("it knows people", m.kinds == 3 && yq_eq(m.kind[0], YQ_S("person")));
    tag(a, &m, YQ_S("澜州市中心医院院长柏知秋表示，将与澜州医科大学合作。"), &s);
    CHECK("and finds one", s.n && yq_eq(m.kind[s.span[s.n > 2 ? 2 : 0].kind], YQ_S("person")) && yq_eq(yq_at(s.text, s.span[s.n > 2 ? 2 : 0].span), YQ_S("柏知秋")));
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)2 << 30);
    yq_tagger_set set = world(a, 240);
    yq_buf model = { 0 }, again = { 0 };
    yq_err err = { 0 };
    yq_quick m = { 0 };
    chain_counts(a);
    CHECK("training", yq_quick_train(a, &set, 3, &model, &err) == YQ_OK && yq_quick_train(a, &set, 3, &again, &err) == YQ_OK);
    CHECK("the same set gives the same bytes", yq_eq(yq_buf_str(&model), yq_buf_str(&again)));
    CHECK("opening", yq_quick_is(yq_buf_str(&model)) && yq_quick_open(yq_buf_str(&model), &m, &err) == YQ_OK && m.kinds == 2);
    learns(a, &set, &m);
    a_new_name(a, &m);
    any_text(a, &m);
    damaged(a, &model);
    refuses(a);
    the_shipped_one(a);
    yq_buf_free(&model);
    yq_buf_free(&again);
    yq_arena_free(a);
    return check_done();
}
