/* The shares of all ways through a chain of states, as products of probabilities that are brought back to a sum of 1 at each character (Rabiner,
 * Proceedings of the IEEE 77, 1989): no logarithms, and rows of sixteen numbers are vectors. */
#include "tagger/quick_internal.h"

#include <math.h>

/* The kind of a state and its place in it; outside is closed on both sides. */
bool quick_follows(size_t a, size_t b)
{
    size_t left = a == QUICK_STATES || a == 0 ? TAGGER_ALONE : (a - 1) % TAGGER_PLACES, right = b == QUICK_STATES || b == 0 ? TAGGER_ALONE : (b - 1) % TAGGER_PLACES;
    bool open = left == TAGGER_BEGIN || left == TAGGER_MIDDLE, goes_on = right == TAGGER_MIDDLE || right == TAGGER_END;
    if (open != goes_on) return false;
    return !open || (a - 1) / TAGGER_PLACES == (b - 1) / TAGGER_PLACES;
}

void quick_chain_fit(yq_arena *a, size_t n, quick_chain *c)
{
    c->n = n;
    if (n <= c->most && c->emit) {
        memset(c->emit, 0, n * sizeof *c->emit);
        memset(c->sum, 0, n * sizeof *c->sum);
        return;
    }
    float *rows = YQ_ARRAY(a, float, 3 * n * QUICK_LANES + n + 1);
    c->most = n;
    c->emit = (float(*)[QUICK_LANES])rows;
    c->ahead = c->emit + n;
    c->behind = c->ahead + n;
    c->sum = (float *)(c->behind + n);
}

void quick_chain_steps(quick_chain *c, const float step[QUICK_STATES][QUICK_STATES])
{
    memset(c->step, 0, sizeof c->step);
    for (size_t x = 0; x < QUICK_STATES; x++)
        for (size_t y = 0; y < QUICK_STATES; y++) c->step[x][y] = quick_follows(x, y) ? expf(step[x][y]) : 0;
}

/* A row as one value: the compiler is told what to do with it, for what it makes of such loops by itself is ten times as long. */
typedef float lanes __attribute__((vector_size(4 * QUICK_LANES), aligned(16), may_alias));
typedef int32_t whole_lanes __attribute__((vector_size(4 * QUICK_LANES), aligned(16), may_alias));
#define ROW(p) (*(const lanes *)(p))
#define OUT(p) (*(lanes *)(p))

/* Each lane of a where the mask has bits, else that of b. */
#define CHOSEN(mask, a, b) ((lanes)(((whole_lanes)(a) & (mask)) | ((whole_lanes)(b) & ~(mask))))

/* Scores to e to their power, the greatest being 1: tagger_exp of a row. */
FAST static void raise(float *row)
{
    const whole_lanes lane = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    const lanes none = { 0 };
    float most = row[0];
    for (size_t y = 1; y < QUICK_STATES; y++) most = row[y] > most ? row[y] : most;
    lanes x = ROW(row) - most;
    x = CHOSEN(x < none - 80, none - 80, x);
    whole_lanes n = __builtin_convertvector(x * 1.44269504f + 256.5f, whole_lanes) - 256;
    lanes r = x - __builtin_convertvector(n, lanes) * 0.693147181f;
    lanes e = (lanes)((n + 127) << 23) * (1 + r * (1 + r * (0.5f + r * (0.166666667f + r * (0.0416666667f + r * (0.00833333333f + r * 0.00138888889f))))));
    OUT(row) = CHOSEN(lane < (int)QUICK_STATES, e, none);
}

FAST static float forward_step(const float step[QUICK_LANES][QUICK_LANES], const float *last, const float *emit, float *restrict out)
{
    lanes sum = { 0 };
    float all = 0;
    for (size_t x = 0; x < QUICK_STATES; x++) sum += last[x] * ROW(step[x]);
    sum *= ROW(emit);
    for (size_t y = 0; y < QUICK_STATES; y++) all += sum[y];
    OUT(out) = sum * (all > 0 ? 1 / all : 0);
    return all;
}

static void forward(quick_chain *c)
{
    float first[QUICK_LANES] = { 0 };
    for (size_t y = 0; y < QUICK_STATES; y++) first[y] = quick_follows(QUICK_STATES, y) ? c->emit[0][y] : 0;
    for (size_t y = 0; y < QUICK_STATES; y++) c->sum[0] += first[y];
    for (size_t y = 0; y < QUICK_STATES; y++) c->ahead[0][y] = first[y] / c->sum[0];
    for (size_t i = 1; i < c->n; i++) c->sum[i] = forward_step(c->step, c->ahead[i - 1], c->emit[i], c->ahead[i]);
}

FAST static void backward_step(const float back[QUICK_LANES][QUICK_LANES], const float *next, const float *emit, float sum, float *restrict out)
{
    lanes way = ROW(next) * ROW(emit) * (sum > 0 ? 1 / sum : 0), got = { 0 };
    for (size_t y = 0; y < QUICK_STATES; y++) got += way[y] * ROW(back[y]);
    OUT(out) = got;
}

static void backward(quick_chain *c)
{
    float back[QUICK_LANES][QUICK_LANES], whole = 0;
    for (size_t x = 0; x < QUICK_LANES; x++)
        for (size_t y = 0; y < QUICK_LANES; y++) back[y][x] = c->step[x][y];
    float *last = c->behind[c->n - 1];
    for (size_t y = 0; y < QUICK_STATES; y++) last[y] = quick_follows(y, QUICK_STATES);
    for (size_t y = 0; y < QUICK_STATES; y++) whole += last[y] * c->ahead[c->n - 1][y];
    for (size_t y = 0; y < QUICK_STATES; y++) last[y] = whole > 0 ? last[y] / whole : 0;
    for (size_t i = c->n - 1; i-- > 0;) backward_step(back, c->behind[i + 1], c->emit[i + 1], c->sum[i + 1], c->behind[i]);
}

void quick_chain_run(quick_chain *c)
{
    if (!c->n) return;
    for (size_t i = 0; i < c->n; i++) raise(c->emit[i]);
    forward(c);
    backward(c);
}
