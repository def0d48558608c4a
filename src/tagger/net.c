/* A bidirectional long short-term memory over the characters of a sentence (Hochreiter and Schmidhuber, Neural Computation 9, 1997; Graves and
 * Schmidhuber, Neural Networks 18, 2005), as used for tagging by Huang, Xu and Yu, arXiv:1508.01991.
 *
 * Weighted features see a window; the net carries what was read before and behind. Everything is plain loops over rows whose lengths are
 * multiples of eight, in the vectors of the compiler.
 */
#include "tagger/internal.h"

typedef float wide __attribute__((vector_size(32), aligned(4), may_alias));
enum { WIDE = 8, PANEL = 2 * WIDE, NET_IN = TAGGER_NET_IN, NET_HIDDEN = TAGGER_NET_HIDDEN, NET_GATES = TAGGER_NET_GATES };

net_shape tagger_net_shape(size_t kinds)
{
    net_shape s = { .columns = (tagger_width(kinds) + PANEL - 1) / PANEL * PANEL };
    for (int d = 0; d < 2; d++) {
        s.input[d] = s.all, s.all += (size_t)NET_IN * NET_GATES;
        s.recurrent[d] = s.all, s.all += (size_t)NET_HIDDEN * NET_GATES;
        s.bias[d] = s.all, s.all += NET_GATES;
    }
    s.output = s.all, s.all += 2 * NET_HIDDEN * s.columns;
    s.output_bias = s.all, s.all += s.columns;
    return s;
}

/* ---------------------------------------------------------------- products of rows and matrices
 *
 * Each keeps a small square of sums in registers and walks along the third direction, so that what it reads is used several times. Rows of
 * matrices are multiples of PANEL long; what is left of steps and rows is done one at a time. */

enum { STEPS = 6, ROWS = 4 };

#define LOAD(p) (*(const wide *)(p))
#define ADD(p, v) (*(wide *)(p) += (v))

/* y[columns] += x[rows] * matrix, for `steps` rows of x and y at once; steps is STEPS or 1, known where it is called. */
static inline __attribute__((always_inline)) void multiply_steps(const float *matrix, size_t rows, size_t columns, const float *x, size_t x_step, float *y,
                                                                  size_t y_step, size_t steps)
{
    for (size_t k = 0; k < columns; k += PANEL) {
        wide a[STEPS] = { 0 }, b[STEPS] = { 0 };
        for (size_t r = 0; r < rows; r++) {
            wide m = LOAD(matrix + r * columns + k), n = LOAD(matrix + r * columns + k + WIDE);
            for (size_t t = 0; t < steps; t++) a[t] += x[t * x_step + r] * m, b[t] += x[t * x_step + r] * n;
        }
        for (size_t t = 0; t < steps; t++) ADD(y + t * y_step + k, a[t]), ADD(y + t * y_step + k + WIDE, b[t]);
    }
}

/* The same for n rows, one every x_step and y_step. */
FAST static void multiply(const float *matrix, size_t rows, size_t columns, const float *x, size_t x_step, float *y, size_t y_step, size_t n)
{
    size_t t = 0;
    for (; t + STEPS <= n; t += STEPS) multiply_steps(matrix, rows, columns, x + t * x_step, x_step, y + t * y_step, y_step, STEPS);
    for (; t < n; t++) multiply_steps(matrix, rows, columns, x + t * x_step, x_step, y + t * y_step, y_step, 1);
}

/* y += x * matrix for a single row; by rows of the matrix, which lie one behind the other. */
FAST static void multiply_one(const float *matrix, size_t rows, size_t columns, const float *x, float *y)
{
    for (size_t r = 0; r + 8 <= rows; r += 8) {
        const float *m = matrix + r * columns;
        for (size_t k = 0; k < columns; k += WIDE) {
            wide a = x[r] * LOAD(m + k) + x[r + 1] * LOAD(m + columns + k), b = x[r + 2] * LOAD(m + 2 * columns + k) + x[r + 3] * LOAD(m + 3 * columns + k);
            wide c = x[r + 4] * LOAD(m + 4 * columns + k) + x[r + 5] * LOAD(m + 5 * columns + k);
            wide d = x[r + 6] * LOAD(m + 6 * columns + k) + x[r + 7] * LOAD(m + 7 * columns + k);
            ADD(y + k, (a + b) + (c + d));
        }
    }
}

static inline float sum_of(const wide *v)
{
    return (((*v)[0] + (*v)[4]) + ((*v)[2] + (*v)[6])) + (((*v)[1] + (*v)[5]) + ((*v)[3] + (*v)[7]));
}

static inline __attribute__((always_inline)) void multiply_back_steps(const float *matrix, size_t rows, size_t columns, const float *y, size_t y_step, float *x,
                                                                       size_t x_step, size_t steps)
{
    for (size_t r = 0; r < rows; r += ROWS) {
        const float *m = matrix + r * columns;
        wide sum[3][ROWS] = { 0 };
        for (size_t k = 0; k < columns; k += WIDE)
            for (size_t t = 0; t < steps; t++)
                for (size_t q = 0; q < ROWS; q++) sum[t][q] += LOAD(m + q * columns + k) * LOAD(y + t * y_step + k);
        for (size_t t = 0; t < steps; t++)
            for (size_t q = 0; q < ROWS; q++) x[t * x_step + r + q] += sum_of(&sum[t][q]);
    }
}

/* x[rows] += matrix * y[columns], for n rows of x and y */
FAST static void multiply_back(const float *matrix, size_t rows, size_t columns, const float *y, size_t y_step, float *x, size_t x_step, size_t n)
{
    size_t t = 0;
    for (; t + 3 <= n; t += 3) multiply_back_steps(matrix, rows, columns, y + t * y_step, y_step, x + t * x_step, x_step, 3);
    for (; t < n; t++) multiply_back_steps(matrix, rows, columns, y + t * y_step, y_step, x + t * x_step, x_step, 1);
}

/* matrix += sum over n steps of x (rows, every x_step) times y (columns, every y_step) */
FAST static void add_products(float *matrix, size_t rows, size_t columns, const float *x, size_t x_step, const float *y, size_t y_step, size_t n)
{
    for (size_t r = 0; r < rows; r += ROWS)
        for (size_t k = 0; k < columns; k += PANEL) {
            wide a[ROWS] = { 0 }, b[ROWS] = { 0 };
            for (size_t t = 0; t < n; t++) {
                wide u = LOAD(y + t * y_step + k), v = LOAD(y + t * y_step + k + WIDE);
                for (size_t q = 0; q < ROWS; q++) a[q] += x[t * x_step + r + q] * u, b[q] += x[t * x_step + r + q] * v;
            }
            for (size_t q = 0; q < ROWS; q++) ADD(matrix + (r + q) * columns + k, a[q]), ADD(matrix + (r + q) * columns + k + WIDE, b[q]);
        }
}

/* ---------------------------------------------------------------- forward */

static inline __attribute__((always_inline)) float squash(float x)
{
    return 1 / (1 + tagger_exp(-x));
}

/* The hyperbolic tangent. */
static inline __attribute__((always_inline)) float bend(float x)
{
    return 2 * squash(2 * x) - 1;
}

/* The place that comes before t in a direction; n: none. */
static inline size_t before(size_t t, size_t n, int d)
{
    return d == 0 ? (t ? t - 1 : n) : t + 1;
}

FAST static void open_gates(float *gates, const float *last_cell, float *restrict cell, float *restrict bent, float *restrict hidden)
{
    for (size_t k = 0; k < 3 * NET_HIDDEN; k++) gates[k] = squash(gates[k]);
    for (size_t k = 3 * NET_HIDDEN; k < 4 * NET_HIDDEN; k++) gates[k] = bend(gates[k]);
    for (size_t k = 0; k < NET_HIDDEN; k++) cell[k] = gates[k] * gates[3 * NET_HIDDEN + k] + gates[NET_HIDDEN + k] * last_cell[k];
    for (size_t k = 0; k < NET_HIDDEN; k++) {
        bent[k] = bend(cell[k]);
        hidden[k] = gates[2 * NET_HIDDEN + k] * bent[k];
    }
}

static void run_direction(const net_shape *shape, const float *weight, net_pass *p, int d)
{
    static const float nothing[NET_HIDDEN];
    for (size_t t = 0; t < p->n; t++) memcpy(p->gate[d] + t * NET_GATES, weight + shape->bias[d], NET_GATES * sizeof(float));
    multiply(weight + shape->input[d], NET_IN, NET_GATES, p->x, NET_IN, p->gate[d], NET_GATES, p->n);
    for (size_t i = 0; i < p->n; i++) {
        size_t t = d == 0 ? i : p->n - 1 - i, last = before(t, p->n, d);
        if (last < p->n) multiply_one(weight + shape->recurrent[d], NET_HIDDEN, NET_GATES, p->hidden[d] + last * NET_HIDDEN, p->gate[d] + t * NET_GATES);
        open_gates(p->gate[d] + t * NET_GATES, last < p->n ? p->cell[d] + last * NET_HIDDEN : nothing, p->cell[d] + t * NET_HIDDEN,
                   p->bent[d] + t * NET_HIDDEN, p->hidden[d] + t * NET_HIDDEN);
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
        float *joined = p->joined + t * 2 * NET_HIDDEN;
        for (int d = 0; d < 2; d++) memcpy(joined + d * NET_HIDDEN, p->hidden[d] + t * NET_HIDDEN, NET_HIDDEN * sizeof *joined);
        for (size_t k = 0; keep && k < 2 * NET_HIDDEN; k++) joined[k] *= keep[t * 2 * NET_HIDDEN + k];
        memcpy(p->out + t * shape->columns, weight + shape->output_bias, shape->columns * sizeof *p->out);
    }
    multiply(weight + shape->output, 2 * NET_HIDDEN, shape->columns, p->joined, 2 * NET_HIDDEN, p->out, shape->columns, p->n);
}

/* ---------------------------------------------------------------- backward */

/* Gradients of one step: from that of hidden (and of the cell, which is handed on) to that of the gates before their functions. */
FAST static void close_gates(const net_pass *p, int d, size_t t, size_t last, const float *hidden, float *cell, float *gates)
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
        multiply_back(weight + shape->recurrent[d], NET_HIDDEN, NET_GATES, gates + t * NET_GATES, NET_GATES, handed, NET_HIDDEN, 1);
    }
    multiply_back(weight + shape->input[d], NET_IN, NET_GATES, gates, NET_GATES, x_gradient, NET_IN, p->n);
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
    multiply_back(weight + shape->output, 2 * NET_HIDDEN, shape->columns, out_gradient, shape->columns, joined, 2 * NET_HIDDEN, p->n);
    for (size_t t = 0; t < p->n; t++)
        for (size_t k = 0; k < shape->columns; k++) weight_gradient[shape->output_bias + k] += out_gradient[t * shape->columns + k];
    if (keep)
        for (size_t k = 0; k < p->n * 2 * NET_HIDDEN; k++) joined[k] *= keep[k];
    for (int d = 0; d < 2; d++) return_direction(a, shape, weight, p, d, joined, weight_gradient, x_gradient);
}
