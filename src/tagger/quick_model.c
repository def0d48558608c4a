/* The quick tagger's model as bytes, and tagging with it.
 *
 *   0    8   "YQQUICK1"
 *   8    4   version of the text engine: other words, other features
 *   12   4   kinds; f32 scale of the weights
 *   20   3 x 16   names of the kinds, filled up with 0
 *   68   f32 x states^2   scores of the steps
 *   744  32  BLAKE2b-256 of the rest
 *   776      YQ_QUICK_ROWS rows of 16: weights of the states as signed bytes, not used ones 0, and last the check
 *
 * A feature stands in the row that its lowest bits name or in that row's neighbour; the check, its highest byte, tells it from others that
 * would stand there. One in 255 of the features that no training saw is mistaken, which a sum of thirty bears.
 */
#include "tagger/quick_internal.h"
#include "text/text.h"

enum { KIND_BYTES = QUICK_NAME, STEPS = QUICK_STATES * QUICK_STATES, HASH_AT = 68 + 4 * STEPS, ROWS_AT = HASH_AT + 32, ROW = 16, CHECK = ROW - 1 };
static const char magic[8] = "YQQUICK1";

/* ---------------------------------------------------------------- bytes */

static uint32_t u32_at(yq_str bytes, size_t at)
{
    const unsigned char *p = (const unsigned char *)bytes.p + at;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static float f32_at(yq_str bytes, size_t at)
{
    union { uint32_t bits; float value; } x = { u32_at(bytes, at) };
    return x.value > -1e6f && x.value < 1e6f ? x.value : 0; /* false for what is no number as well */
}

bool yq_quick_is(yq_str bytes)
{
    return bytes.n >= sizeof magic && !memcmp(bytes.p, magic, sizeof magic);
}

static void open_head(yq_str bytes, yq_quick *m)
{
    m->kinds = u32_at(bytes, 12);
    m->scale = f32_at(bytes, 16);
    for (size_t k = 0; k < YQ_QUICK_KINDS; k++) m->kind[k] = (yq_str){ bytes.p + 20 + k * KIND_BYTES, strnlen(bytes.p + 20 + k * KIND_BYTES, KIND_BYTES) };
    for (size_t k = 0; k < STEPS; k++) m->step[k / QUICK_STATES][k % QUICK_STATES] = f32_at(bytes, 68 + 4 * k);
    m->rows = (const int8_t *)bytes.p + ROWS_AT;
}

yq_code yq_quick_open(yq_str bytes, yq_quick *m, yq_err *err)
{
    memset(m, 0, sizeof *m);
    if (!yq_quick_is(bytes) || bytes.n != ROWS_AT + (size_t)ROW * YQ_QUICK_ROWS) return yq_fail(err, YQ_CORRUPT, 0, "not a model of yiqiao tagger train, or cut short");
    if (u32_at(bytes, 8) != YQ_TEXT_VERSION) return yq_fail(err, YQ_NEWER, 8, "trained with another version of the text engine; train it again");
    yq_hash hash = yq_hash_of(yq_sub(bytes, ROWS_AT, bytes.n));
    if (memcmp(hash.b, bytes.p + HASH_AT, sizeof hash.b)) return yq_fail(err, YQ_CORRUPT, HASH_AT, "the model was changed since it was written; copy it again");
    open_head(bytes, m);
    for (size_t k = 0; k < m->kinds && k < YQ_QUICK_KINDS; k++)
        if (!m->kind[k].n || !yq_utf8_valid(m->kind[k], NULL)) m->kinds = 0;
    if (!m->kinds || m->kinds > YQ_QUICK_KINDS) return yq_fail(err, YQ_CORRUPT, 12, "the model contradicts itself; train it again");
    return YQ_OK;
}

extern const char yq_voice_model[], yq_voice_model_end[];

yq_quick yq_quick_shipped(void)
{
    yq_quick m = { 0 };
    open_head((yq_str){ yq_voice_model, (size_t)(yq_voice_model_end - yq_voice_model) }, &m);
    return m;
}

/* ---------------------------------------------------------------- scores */

typedef int8_t bytes16 __attribute__((vector_size(16), may_alias));
typedef int16_t shorts16 __attribute__((vector_size(32), aligned(16), may_alias));

/* Sums the rows of the features. No branch asks whether a feature has a row: a mask of its check hides what is not meant. */
FAST static void score(const yq_quick *m, const uint64_t *feature, size_t n, float *out)
{
    shorts16 sum = { 0 };
    for (size_t k = 0; k < n; k++) {
        size_t at = feature[k] & (YQ_QUICK_ROWS - 1);
        int8_t check = quick_check(feature[k]);
        at ^= m->rows[at * ROW + CHECK] != check;
        const int8_t *row = m->rows + at * ROW;
        bytes16 weights;
        memcpy(&weights, row, sizeof weights);
        weights &= (bytes16){ 0 } - (int8_t)(row[CHECK] == check);
        sum += __builtin_convertvector(weights, shorts16);
    }
    for (size_t y = 0; y < QUICK_LANES; y++) out[y] = m->scale * sum[y];
}

/* ---------------------------------------------------------------- spans */

typedef YQ_VEC(yq_tagger_span) span_list;

size_t quick_span_from(const quick_chain *c, size_t from, size_t kind, float least, float *share)
{
    size_t begin = tagger_column(kind, TAGGER_BEGIN), middle = begin + TAGGER_MIDDLE, end = begin + TAGGER_END;
    *share = quick_share(c, from, tagger_column(kind, TAGGER_ALONE));
    if (*share >= least) return from + 1;
    float way = c->ahead[from][begin];
    size_t last = begin;
    for (size_t at = from + 1; at < c->n && at - from < YQ_TAGGER_SPAN && way > 0; at++) {
        float there = way / c->sum[at];
        *share = there * c->step[last][end] * c->emit[at][end] * c->behind[at][end];
        if (*share >= least) return at + 1;
        way = there * c->step[last][middle] * c->emit[at][middle];
        last = middle;
    }
    return 0;
}

static void find_spans(const yq_quick *m, yq_arena *a, const quick_view *v, const quick_chain *c, float least, span_list *out)
{
    for (size_t i = 0; i < v->n; i++)
        for (size_t k = 0; k < m->kinds; k++) {
            float begins = quick_share(c, i, tagger_column(k, TAGGER_BEGIN)) + quick_share(c, i, tagger_column(k, TAGGER_ALONE)), share;
            size_t to = begins >= least ? quick_span_from(c, i, k, least, &share) : 0;
            if (!to) continue;
            yq_span span = { v->c[i].at, to < v->n ? v->c[to].at : (uint32_t)v->text.n };
            *yq_push(a, out) = (yq_tagger_span){ span, (uint32_t)k, share < 1 ? share : 1 };
        }
}

struct yq_quick_room {
    yq_arena *arena;
    const yq_quick *model;
    quick_view view;
    quick_chain chain;
};

yq_quick_room *yq_quick_room_new(yq_arena *a, const yq_quick *m)
{
    yq_quick_room *r = YQ_NEW(a, yq_quick_room);
    r->arena = a;
    r->model = m;
    quick_chain_steps(&r->chain, m->step);
    return r;
}

/* May a span begin here? Where outside is ten times as probable as any beginning, by the character alone, the chain would seldom find one. */
static bool may_begin(const yq_quick *m, const float *score)
{
    const float far = 2.3f;
    for (size_t k = 0; k < m->kinds; k++)
        if (score[tagger_column(k, TAGGER_BEGIN)] + far > score[0] || score[tagger_column(k, TAGGER_ALONE)] + far > score[0]) return true;
    return false;
}

void yq_quick_tag(yq_quick_room *r, yq_str plain, const yq_quick_word *word, size_t words, float least, yq_tagger_sentence *out)
{
    span_list spans = { 0 };
    uint64_t feature[QUICK_FEATURES];
    bool some = false;
    quick_see(r->arena, plain, word, words, &r->view);
    quick_chain_fit(r->arena, r->view.n, &r->chain);
    for (size_t i = 0; i < r->view.n; i++) {
        score(r->model, feature, quick_features(&r->view, i, feature), r->chain.emit[i]);
        some |= may_begin(r->model, r->chain.emit[i]);
    }
    if (some) {
        quick_chain_run(&r->chain);
        find_spans(r->model, r->arena, &r->view, &r->chain, least, &spans);
    }
    *out = (yq_tagger_sentence){ plain, spans.v, spans.n };
}

/* ---------------------------------------------------------------- writing */

static void put_u32(yq_buf *out, uint32_t v)
{
    for (int shift = 0; shift < 32; shift += 8) yq_buf_byte(out, (char)(v >> shift));
}

static void put_f32(yq_buf *out, float v)
{
    union { float value; uint32_t bits; } x = { v };
    put_u32(out, x.bits);
}

void quick_write(const yq_quick *m, yq_buf *out)
{
    char name[KIND_BYTES];
    yq_hash hash = yq_hash_of((yq_str){ (const char *)m->rows, (size_t)ROW * YQ_QUICK_ROWS });
    yq_buf_put(out, (yq_str){ magic, sizeof magic });
    put_u32(out, YQ_TEXT_VERSION);
    put_u32(out, (uint32_t)m->kinds);
    put_f32(out, m->scale);
    for (size_t k = 0; k < YQ_QUICK_KINDS; k++) {
        memset(name, 0, sizeof name);
        if (m->kind[k].n) memcpy(name, m->kind[k].p, m->kind[k].n);
        yq_buf_put(out, (yq_str){ name, sizeof name });
    }
    for (size_t k = 0; k < STEPS; k++) put_f32(out, m->step[k / QUICK_STATES][k % QUICK_STATES]);
    yq_buf_put(out, (yq_str){ (const char *)hash.b, sizeof hash.b });
    yq_buf_put(out, (yq_str){ (const char *)m->rows, (size_t)ROW * YQ_QUICK_ROWS });
}
