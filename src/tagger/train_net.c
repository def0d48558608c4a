/* Learning the net: the same likelihood, sent back through the memory cells; Adam's steps (Kingma and Ba, ICLR 2015) for its own weights, AdaGrad's for what
 * it is told of characters, of which each sentence touches few. Half of the hidden values are dropped at each step (Srivastava et al., JMLR 15, 2014). */
#include "tagger/internal.h"

#include <math.h>

static const float rate_at_first = 0.002f, input_rate = 0.05f, step_rate = 0.05f, input_dropout = 0.2f, hidden_dropout = 0.5f;
static const float most_gradient = 5, first_decay = 0.9f, second_decay = 0.999f;

typedef struct {
    tagger_trainer *base;
    size_t which;                           /* of the nets */
    float *gradient, *first, *second;       /* of the net's weights: now, and the two moments */
    float *input_square, *step_square;
    float first_left, second_left;          /* decay to the power of steps */
} trainer;

/* ---------------------------------------------------------------- beginning */

static float around_zero(tagger_trainer *r, float most)
{
    return most * ((float)(tagger_draw(r) >> 40) / 8388608.0f - 1);
}

static void scatter(tagger_trainer *r, float *v, size_t n, float most)
{
    for (size_t i = 0; i < n; i++) v[i] = around_zero(r, most);
}

/* Glorot and Bengio, AISTATS 2010; the forgetting gate begins open (Jozefowicz, Zaremba and Sutskever, ICML 2015). */
static void begin_weights(tagger_trainer *r, size_t which)
{
    const net_shape *s = &r->t->shape;
    float *weight = r->t->net[which].weight;
    for (int d = 0; d < 2; d++) {
        scatter(r, weight + s->input[d], TAGGER_NET_IN * TAGGER_NET_GATES, sqrtf(3.0f / (TAGGER_NET_IN + TAGGER_NET_HIDDEN)));
        scatter(r, weight + s->recurrent[d], TAGGER_NET_HIDDEN * TAGGER_NET_GATES, sqrtf(3.0f / (2 * TAGGER_NET_HIDDEN)));
        for (size_t k = 0; k < TAGGER_NET_HIDDEN; k++) weight[s->bias[d] + TAGGER_NET_HIDDEN + k] = 1;
    }
    scatter(r, weight + s->output, 2 * TAGGER_NET_HIDDEN * s->columns, sqrtf(6.0f / (float)(2 * TAGGER_NET_HIDDEN + s->columns)));
    for (size_t row = 0; row < r->t->inputs.names.rows; row++) scatter(r, r->t->inputs.weight + row * r->t->inputs.columns + which * TAGGER_NET_IN, TAGGER_NET_IN, 0.1f);
}

static void begin(trainer *n)
{
    yq_arena *a = n->base->arena;
    yq_tagger *t = n->base->t;
    size_t steps = (t->kinds + 1) * (t->kinds + 1), all = t->shape.all;
    n->input_square = YQ_ARRAY(a, float, t->inputs.names.rows * TAGGER_NET_IN + 1);
    t->net[n->which] = (tagger_net){ YQ_ARRAY(a, float, all), YQ_ARRAY(a, float, steps) };
    n->gradient = YQ_ARRAY(a, float, all);
    n->first = YQ_ARRAY(a, float, all);
    n->second = YQ_ARRAY(a, float, all);
    n->step_square = YQ_ARRAY(a, float, steps);
    n->first_left = n->second_left = 1;
    begin_weights(n->base, n->which);
}

/* ---------------------------------------------------------------- one step */

static tagger_list hide_inputs(tagger_trainer *r, const tagger_list *l, size_t n)
{
    tagger_list out = { YQ_ARRAY(r->scratch, uint32_t, n + 1), YQ_ARRAY(r->scratch, uint32_t, l->from[n] + 1) };
    uint32_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        for (uint32_t k = l->from[i]; k < l->from[i + 1]; k++)
            if (!tagger_chance(r, input_dropout)) out.row[kept++] = l->row[k];
        out.from[i + 1] = kept;
    }
    return out;
}

static float *draw_kept(tagger_trainer *r, size_t n)
{
    float *keep = YQ_ARRAY(r->scratch, float, n);
    for (size_t k = 0; k < n; k++) keep[k] = tagger_chance(r, hidden_dropout) ? 0 : 1 / (1 - hidden_dropout);
    return keep;
}

/* How much of the gradient is followed: a wild one is cut to most_gradient (Pascanu, Mikolov and Bengio, ICML 2013). */
FAST static float tame(const float *gradient, size_t n)
{
    float part[8] = { 0 }, sum = 0;
    for (size_t i = 0; i < n; i++) part[i & 7] += gradient[i] * gradient[i];
    for (size_t i = 0; i < 8; i++) sum += part[i];
    return sum > most_gradient * most_gradient ? most_gradient / sqrtf(sum) : 1;
}

FAST static void descend_net(trainer *n, float rate)
{
    size_t all = n->base->t->shape.all;
    float *weight = n->base->t->net[n->which].weight, scale = tame(n->gradient, all);
    n->first_left *= first_decay;
    n->second_left *= second_decay;
    float step = rate * sqrtf(1 - n->second_left) / (1 - n->first_left);
    for (size_t i = 0; i < all; i++) {
        float g = scale * n->gradient[i];
        n->first[i] += (1 - first_decay) * (g - n->first[i]);
        n->second[i] += (1 - second_decay) * (g * g - n->second[i]);
        weight[i] -= step * n->first[i] / (sqrtf(n->second[i]) + 1e-8f);
    }
}

static void descend_inputs(trainer *n, const tagger_list *l, size_t chars, const float *gradient, float rate)
{
    const tagger_table *t = &n->base->t->inputs;
    for (size_t i = 0; i < chars; i++)
        for (uint32_t k = l->from[i]; k < l->from[i + 1]; k++) {
            float *weight = t->weight + (size_t)l->row[k] * t->columns + n->which * TAGGER_NET_IN;
            tagger_descend(weight, n->input_square + (size_t)l->row[k] * TAGGER_NET_IN, gradient + i * TAGGER_NET_IN, TAGGER_NET_IN, 0, rate);
        }
}

/* left: the share of the rates that is left at this time, from 1 to nearly 0. */
static void learn(trainer *n, const tagger_example *e, float left)
{
    tagger_trainer *r = n->base;
    yq_tagger *t = r->t;
    size_t chars = e->rows.n;
    tagger_rows rows = { .n = chars, .inputs = hide_inputs(r, &e->rows.inputs, chars) };
    float *keep = draw_kept(r, chars * 2 * TAGGER_NET_HIDDEN), *x_gradient = YQ_ARRAY(r->scratch, float, chars * TAGGER_NET_IN);
    net_pass pass;
    tagger_scores s;
    tagger_shares g;
    tagger_score_net(t, r->scratch, &rows, n->which, keep, &pass, &s);
    tagger_chart(r->scratch, &s, &g);
    tagger_subtract_gold(&s, &e->gold, &g);
    memset(n->gradient, 0, t->shape.all * sizeof *n->gradient);
    tagger_net_backward(r->scratch, &t->shape, t->net[n->which].weight, keep, &pass, g.chars, n->gradient, x_gradient);
    descend_net(n, left * rate_at_first);
    descend_inputs(n, &rows.inputs, chars, x_gradient, left * input_rate);
    tagger_descend(t->net[n->which].step, n->step_square, g.step, (t->kinds + 1) * (t->kinds + 1), 0, step_rate);
    yq_arena_clear(r->scratch);
}

static void train_one(tagger_trainer *r, size_t which)
{
    trainer n = { .base = r, .which = which };
    begin(&n);
    for (unsigned epoch = 0; epoch < r->options->net_epochs; epoch++) {
        tagger_shuffle(r);
        for (size_t i = 0; i < r->count; i++) {
            float done = ((float)epoch + (float)i / (float)r->count) / (float)r->options->net_epochs;
            learn(&n, &r->example[r->order[i]], 1 - 0.95f * done);
        }
        if (r->options->each) r->options->each(r->options->arg, r->t, epoch);
    }
}

void tagger_train_nets(tagger_trainer *r, size_t nets)
{
    yq_tagger *t = r->t;
    t->nets = nets;
    t->shape = tagger_net_shape(t->kinds);
    t->inputs.columns = nets * TAGGER_NET_IN;
    t->inputs.weight = YQ_ARRAY(r->arena, float, t->inputs.names.rows * t->inputs.columns + 1);
    for (size_t i = 0; i < nets; i++) train_one(r, i);
}
