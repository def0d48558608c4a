/* A bidirectional long short-term memory over the characters of a sentence (Hochreiter and Schmidhuber, Neural Computation 9, 1997; Graves and
 * Schmidhuber, Neural Networks 18, 2005), as used for tagging by Huang, Xu and Yu, arXiv:1508.01991.
 *
 * Weighted features see a window; the net carries what was read before and behind. Everything is plain loops over rows whose lengths are
 * multiples of eight, in the vectors of the compiler.
 */
#include "tagger/internal.h"

#include <math.h>

typedef float wide __attribute__((vector_size(32), aligned(4), may_alias));
enum { WIDE = 8, NET_IN = TAGGER_NET_IN, NET_HIDDEN = TAGGER_NET_HIDDEN, NET_GATES = TAGGER_NET_GATES };

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define FAST __attribute__((target_clones("arch=haswell", "default")))
#else
#define FAST
#endif

net_shape tagger_net_shape(size_t kinds)
{
    net_shape s = { .columns = (tagger_width(kinds) + WIDE - 1) / WIDE * WIDE };
    for (int d = 0; d < 2; d++) {
        s.input[d] = s.all, s.all += (size_t)NET_IN * NET_GATES;
        s.recurrent[d] = s.all, s.all += (size_t)NET_HIDDEN * NET_GATES;
        s.bias[d] = s.all, s.all += NET_GATES;
    }
    s.output = s.all, s.all += 2 * NET_HIDDEN * s.columns;
    s.output_bias = s.all, s.all += s.columns;
    return s;
}

/* ---------------------------------------------------------------- products of rows and matrices */

/* y[columns] += x[rows] * matrix */
FAST static void multiply(const float *matrix, size_t rows, size_t columns, const float *x, float *y)
{
    for (size_t r = 0; r + 4 <= rows; r += 4) {
        const float *m = matrix + r * columns;
        float a = x[r], b = x[r + 1], c = x[r + 2], d = x[r + 3];
        for (size_t k = 0; k < columns; k += WIDE)
            *(wide *)(y + k) += a * *(const wide *)(m + k) + b * *(const wide *)(m + columns + k) + c * *(const wide *)(m + 2 * columns + k) +
                                d * *(const wide *)(m + 3 * columns + k);
    }
}

/* x[rows] += matrix * y[columns] */
FAST static void multiply_back(const float *matrix, size_t rows, size_t columns, const float *y, float *x)
{
    for (size_t r = 0; r < rows; r++) {
        const float *m = matrix + r * columns;
        wide sum = { 0 };
        for (size_t k = 0; k < columns; k += WIDE) sum += *(const wide *)(m + k) * *(const wide *)(y + k);
        for (int i = 0; i < WIDE; i++) x[r] += sum[i];
    }
}

/* matrix += sum over n steps of x (rows, every x_step) times y (columns, every y_step) */
FAST static void add_products(float *matrix, size_t rows, size_t columns, const float *x, size_t x_step, const float *y, size_t y_step, size_t n)
{
    for (size_t r = 0; r < rows; r++) {
        float *m = matrix + r * columns;
        size_t t = 0;
        for (; t + 4 <= n; t += 4) {
            float a = x[t * x_step + r], b = x[(t + 1) * x_step + r], c = x[(t + 2) * x_step + r], d = x[(t + 3) * x_step + r];
            const float *q = y + t * y_step;
            for (size_t k = 0; k < columns; k += WIDE)
                *(wide *)(m + k) += a * *(const wide *)(q + k) + b * *(const wide *)(q + y_step + k) + c * *(const wide *)(q + 2 * y_step + k) +
                                    d * *(const wide *)(q + 3 * y_step + k);
        }
        for (; t < n; t++) {
            float a = x[t * x_step + r];
            for (size_t k = 0; k < columns; k += WIDE) *(wide *)(m + k) += a * *(const wide *)(y + t * y_step + k);
        }
    }
}

/* ---------------------------------------------------------------- forward */

static inline float squash(float x)
{
    return 1 / (1 + expf(-x));
}

/* The place that comes before t in a direction; n: none. */
static inline size_t before(size_t t, size_t n, int d)
{
    return d == 0 ? (t ? t - 1 : n) : t + 1;
}

static void open_gates(net_pass *p, int d, size_t t, const float *last_cell)
{
    float *g = p->gate[d] + t * NET_GATES, *cell = p->cell[d] + t * NET_HIDDEN;
    for (size_t k = 0; k < 3 * NET_HIDDEN; k++) g[k] = squash(g[k]);
    for (size_t k = 0; k < NET_HIDDEN; k++) {
        float *candidate = &g[3 * NET_HIDDEN + k];
        *candidate = tanhf(*candidate);
        cell[k] = g[k] * *candidate + (last_cell ? g[NET_HIDDEN + k] * last_cell[k] : 0);
        p->bent[d][t * NET_HIDDEN + k] = tanhf(cell[k]);
        p->hidden[d][t * NET_HIDDEN + k] = g[2 * NET_HIDDEN + k] * p->bent[d][t * NET_HIDDEN + k];
    }
}

static void run_direction(const net_shape *shape, const float *weight, net_pass *p, int d)
{
    for (size_t i = 0; i < p->n; i++) {
        size_t t = d == 0 ? i : p->n - 1 - i, last = before(t, p->n, d);
        float *g = p->gate[d] + t * NET_GATES;
        memcpy(g, weight + shape->bias[d], NET_GATES * sizeof *g);
        multiply(weight + shape->input[d], NET_IN, NET_GATES, p->x + t * NET_IN, g);
        if (last < p->n) multiply(weight + shape->recurrent[d], NET_HIDDEN, NET_GATES, p->hidden[d] + last * NET_HIDDEN, g);
        open_gates(p, d, t, last < p->n ? p->cell[d] + last * NET_HIDDEN : NULL);
    }
}

void tagger_net_forward(yq_arena *a, const net_shape *shape, const float *weight, const float *keep, net_pass *p)
{
    for (int d = 0; d < 2; d++) {
        p->gate[d] = YQ_ARRAY(a, float, p->n * NET_GATES);
        p->cell[d] = YQ_ARRAY(a, float, p->n * NET_HIDDEN);
        p->bent[d] = YQ_ARRAY(a, float, p->n * NET_HIDDEN);
        p->hidden[d] = YQ_ARRAY(a, float, p->n * NET_HIDDEN);
        run_direction(shape, weight, p, d);
    }
    p->joined = YQ_ARRAY(a, float, p->n * 2 * NET_HIDDEN);
    p->out = YQ_ARRAY(a, float, p->n * shape->columns);
    for (size_t t = 0; t < p->n; t++) {
        float *joined = p->joined + t * 2 * NET_HIDDEN, *out = p->out + t * shape->columns;
        for (size_t k = 0; k < 2 * NET_HIDDEN; k++) {
            joined[k] = p->hidden[k / NET_HIDDEN][t * NET_HIDDEN + k % NET_HIDDEN];
            if (keep) joined[k] *= keep[t * 2 * NET_HIDDEN + k];
        }
        memcpy(out, weight + shape->output_bias, shape->columns * sizeof *out);
        multiply(weight + shape->output, 2 * NET_HIDDEN, shape->columns, joined, out);
    }
}

/* ---------------------------------------------------------------- backward */

/* Gradients of one step: from that of hidden (and of the cell, which is handed on) to that of the gates before their functions. */
static void close_gates(const net_pass *p, int d, size_t t, size_t last, const float *hidden, float *cell, float *gates)
{
    const float *g = p->gate[d] + t * NET_GATES, *bent = p->bent[d] + t * NET_HIDDEN;
    for (size_t k = 0; k < NET_HIDDEN; k++) {
        float in = g[k], forget = g[NET_HIDDEN + k], out = g[2 * NET_HIDDEN + k], candidate = g[3 * NET_HIDDEN + k];
        float held = last < p->n ? p->cell[d][last * NET_HIDDEN + k] : 0;
        cell[k] += hidden[k] * out * (1 - bent[k] * bent[k]);
        gates[k] = cell[k] * candidate * in * (1 - in);
        gates[NET_HIDDEN + k] = cell[k] * held * forget * (1 - forget);
        gates[2 * NET_HIDDEN + k] = hidden[k] * bent[k] * out * (1 - out);
        gates[3 * NET_HIDDEN + k] = cell[k] * in * (1 - candidate * candidate);
        cell[k] *= forget;
    }
}

static void return_direction(yq_arena *a, const net_shape *shape, const float *weight, const net_pass *p, int d, const float *joined_gradient,
                             float *weight_gradient, float *x_gradient)
{
    float hidden[NET_HIDDEN], cell[NET_HIDDEN] = { 0 }, handed[NET_HIDDEN] = { 0 };
    float *gates = YQ_ARRAY(a, float, p->n * NET_GATES);
    for (size_t i = 0; i < p->n; i++) {
        size_t t = d == 0 ? p->n - 1 - i : i, last = before(t, p->n, d);
        for (size_t k = 0; k < NET_HIDDEN; k++) hidden[k] = handed[k] + joined_gradient[t * 2 * NET_HIDDEN + (size_t)d * NET_HIDDEN + k];
        close_gates(p, d, t, last, hidden, cell, gates + t * NET_GATES);
        memset(handed, 0, sizeof handed);
        multiply_back(weight + shape->recurrent[d], NET_HIDDEN, NET_GATES, gates + t * NET_GATES, handed);
        multiply_back(weight + shape->input[d], NET_IN, NET_GATES, gates + t * NET_GATES, x_gradient + t * NET_IN);
    }
    add_products(weight_gradient + shape->input[d], NET_IN, NET_GATES, p->x, NET_IN, gates, NET_GATES, p->n);
    if (p->n > 1 && d == 0)
        add_products(weight_gradient + shape->recurrent[d], NET_HIDDEN, NET_GATES, p->hidden[d], NET_HIDDEN, gates + NET_GATES, NET_GATES, p->n - 1);
    if (p->n > 1 && d == 1)
        add_products(weight_gradient + shape->recurrent[d], NET_HIDDEN, NET_GATES, p->hidden[d] + NET_HIDDEN, NET_HIDDEN, gates, NET_GATES, p->n - 1);
    for (size_t t = 0; t < p->n; t++)
        for (size_t k = 0; k < NET_GATES; k++) weight_gradient[shape->bias[d] + k] += gates[t * NET_GATES + k];
}

void tagger_net_backward(yq_arena *a, const net_shape *shape, const float *weight, const float *keep, const net_pass *p, const float *out_gradient,
                         float *weight_gradient, float *x_gradient)
{
    float *joined = YQ_ARRAY(a, float, p->n * 2 * NET_HIDDEN);
    add_products(weight_gradient + shape->output, 2 * NET_HIDDEN, shape->columns, p->joined, 2 * NET_HIDDEN, out_gradient, shape->columns, p->n);
    for (size_t t = 0; t < p->n; t++) {
        multiply_back(weight + shape->output, 2 * NET_HIDDEN, shape->columns, out_gradient + t * shape->columns, joined + t * 2 * NET_HIDDEN);
        for (size_t k = 0; k < shape->columns; k++) weight_gradient[shape->output_bias + k] += out_gradient[t * shape->columns + k];
    }
    if (keep)
        for (size_t k = 0; k < p->n * 2 * NET_HIDDEN; k++) joined[k] *= keep[k];
    for (int d = 0; d < 2; d++) return_direction(a, shape, weight, p, d, joined, weight_gradient, x_gradient);
}
