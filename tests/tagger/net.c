/* The net's way back against its way forward: slopes measured by moving one weight a little. */
#include "check.h"
#include "tagger/internal.h"

#include <math.h>

enum { CHARACTERS = 5, KINDS = 3, TRIES = 40 };

typedef struct {
    yq_arena *arena;
    net_shape shape;
    float *weight, *x, *keep, *wanted; /* wanted: the slope of the loss by each output */
} bench;

static float any(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (float)(*state >> 40) / 8388608.0f - 1;
}

static float *some(yq_arena *a, uint64_t *state, size_t n, float most)
{
    float *v = YQ_ARRAY(a, float, n);
    for (size_t i = 0; i < n; i++) v[i] = most * any(state);
    return v;
}

static double loss(const bench *b)
{
    net_pass p = { .n = CHARACTERS, .x = b->x };
    double sum = 0;
    tagger_net_forward(b->arena, &b->shape, b->weight, b->keep, &p);
    for (size_t i = 0; i < CHARACTERS * b->shape.columns; i++) sum += (double)p.out[i] * b->wanted[i];
    return sum;
}

static double measured(const bench *b, float *moved)
{
    const float step = 0.01f;
    float kept = *moved;
    *moved = kept + step;
    double up = loss(b);
    *moved = kept - step;
    double down = loss(b);
    *moved = kept;
    return (up - down) / (2 * step);
}

static bool agree(double a, double b)
{
    return fabs(a - b) < 0.02 + 0.02 * fabs(b);
}

static void compare(const bench *b, uint64_t *state)
{
    net_pass p = { .n = CHARACTERS, .x = b->x };
    float *weight = YQ_ARRAY(b->arena, float, b->shape.all), *x = YQ_ARRAY(b->arena, float, CHARACTERS * TAGGER_NET_IN);
    tagger_net_forward(b->arena, &b->shape, b->weight, b->keep, &p);
    tagger_net_backward(b->arena, &b->shape, b->weight, b->keep, &p, b->wanted, weight, x);
    const struct { const char *what; size_t from, n; } parts[] = {
        { "input, forward", b->shape.input[0], TAGGER_NET_IN * TAGGER_NET_GATES },
        { "input, backward", b->shape.input[1], TAGGER_NET_IN * TAGGER_NET_GATES },
        { "recurrent, forward", b->shape.recurrent[0], TAGGER_NET_HIDDEN * TAGGER_NET_GATES },
        { "recurrent, backward", b->shape.recurrent[1], TAGGER_NET_HIDDEN * TAGGER_NET_GATES },
        { "bias, forward", b->shape.bias[0], TAGGER_NET_GATES },
        { "bias, backward", b->shape.bias[1], TAGGER_NET_GATES },
        { "output", b->shape.output, 2 * TAGGER_NET_HIDDEN * b->shape.columns },
        { "output bias", b->shape.output_bias, b->shape.columns },
    };
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        for (size_t i = 0; i < TRIES; i++) {
            size_t at = parts[k].from + (size_t)((any(state) + 1) * 0.4999f * (float)parts[k].n);
            CHECK(parts[k].what, agree(weight[at], measured(b, b->weight + at)));
        }
    for (size_t i = 0; i < TRIES; i++) {
        size_t at = (size_t)((any(state) + 1) * 0.4999f * CHARACTERS * TAGGER_NET_IN);
        CHECK("what is told of a character", agree(x[at], measured(b, b->x + at)));
    }
}

/* The first character's output depends on the last character, and the other way round. */
static void sees_all(const bench *b)
{
    net_pass p = { .n = CHARACTERS, .x = b->x };
    tagger_net_forward(b->arena, &b->shape, b->weight, NULL, &p);
    float first = p.out[0], last = p.out[(CHARACTERS - 1) * b->shape.columns];
    for (size_t k = 0; k < TAGGER_NET_IN; k++) b->x[(CHARACTERS - 1) * TAGGER_NET_IN + k] += 1;
    tagger_net_forward(b->arena, &b->shape, b->weight, NULL, &p);
    CHECK("the first sees the last", p.out[0] != first);
    for (size_t k = 0; k < TAGGER_NET_IN; k++) b->x[(CHARACTERS - 1) * TAGGER_NET_IN + k] -= 1, b->x[k] += 1;
    tagger_net_forward(b->arena, &b->shape, b->weight, NULL, &p);
    CHECK("the last sees the first", p.out[(CHARACTERS - 1) * b->shape.columns] != last);
}

int main(void)
{
    uint64_t state = 11;
    yq_arena *a = yq_arena_new((size_t)1 << 30);
    bench b = { .arena = a, .shape = tagger_net_shape(KINDS) };
    b.weight = some(a, &state, b.shape.all, 0.2f);
    b.x = some(a, &state, CHARACTERS * TAGGER_NET_IN, 1);
    b.wanted = some(a, &state, CHARACTERS * b.shape.columns, 1);
    b.keep = some(a, &state, CHARACTERS * 2 * TAGGER_NET_HIDDEN, 1);
    for (size_t i = 0; i < CHARACTERS * 2 * TAGGER_NET_HIDDEN; i++) b.keep[i] = b.keep[i] > 0 ? 2 : 0;
    compare(&b, &state);
    sees_all(&b);
    yq_arena_free(a);
    return check_done();
}
