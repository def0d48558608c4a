/* Which fields hang together among pairs that are different, and how.
 *
 * Two people of one name have e-mail addresses that look alike, two of one city have hospitals that share words. Read as independent, such
 * agreement would count twice. For each field pairs are drawn that agree in it; among them, weighted by how likely they are different as the other
 * fields tell, the levels of every further field are counted. Each field then hangs on the one that changes its distribution most, as a tree:
 * Chow & Liu 1968, IEEE Trans. Information Theory 14(3); for classification Friedman, Geiger & Goldszmidt 1997.
 */
#include "resolve/link_internal.h"

#include <math.h>
#include <stdlib.h>

enum { DRAWS = 30000, LEAST_WEIGHT = 200 };
static const double LEAST_GAIN = 0.05; /* bits */
static const double LEAST_DIFFERENT = 0.3; /* who agrees in a number of his own is mostly the same: nothing to learn of different pairs there */

typedef struct {
    double count[LINK_FIELDS][LINK_FIELDS][LINK_LEVELS]; /* parent, field, level */
    double drawn[LINK_FIELDS], different[LINK_FIELDS];   /* by parent */
} joint;

/* Rows in the order of their values of one field. */
static void order_rows(const link_rows *r, const link_field *f, uint32_t *first, uint32_t *row)
{
    memset(first, 0, (f->values + 2) * sizeof *first);
    for (size_t i = 0; i < r->rows; i++) first[f->of_row[i] + 2]++;
    for (size_t v = 1; v < f->values + 2; v++) first[v] += first[v - 1];
    for (size_t i = 0; i < r->rows; i++) row[first[f->of_row[i] + 1]++] = (uint32_t)i;
}

/* Probability that a pair is different, as the fields beside `without` tell. Equality is left in (without: none), for it is mostly rightly the
 * sign of a same pair; what is only alike must not vouch for itself. */
static double different(const link_rows *r, const link_model *m, uint64_t pattern, size_t without)
{
    double bits = log2(m->prior / (1 - m->prior));
    for (size_t f = 0; f < r->fields; f++) {
        unsigned level = link_level(pattern, f);
        if (f != without && level && r->field[f].type != LINK_IDENTIFIER) bits += log2(m->m[f][STATE_OTHER][level] / m->u[f][STATE_OTHER][level]);
    }
    return 1 / (1 + exp2(bits));
}

static void draw_pairs(const link_rows *r, const link_model *m, size_t parent, const uint32_t *first, const uint32_t *row, joint *j)
{
    const link_field *f = &r->field[parent];
    uint64_t state = 88172645463325252u + parent;
    for (size_t i = 0; i < DRAWS; i++) {
        uint32_t a = (uint32_t)((link_random(&state) >> 32) % r->rows), value = f->of_row[a], from = value ? first[value] : 0;
        uint32_t n = f->value[value].count;
        if (!value || n < 2) continue;
        uint32_t b = row[from + (link_random(&state) >> 32) % n];
        if (a == b || r->entity[a] == r->entity[b] || (r->first_b < r->rows && (a < r->first_b) == (b < r->first_b))) continue;
        uint64_t pattern = link_compare(r, a < b ? a : b, a < b ? b : a);
        j->drawn[parent]++;
        j->different[parent] += different(r, m, pattern, LINK_FIELDS);
        for (size_t g = 0; g < r->fields; g++) {
            unsigned level = link_level(pattern, g);
            double p = different(r, m, pattern, level == LEVEL_EQUAL ? LINK_FIELDS : g);
            if (g != parent && level && p > 0.5) j->count[parent][g][level] += p;
        }
    }
}

/* How far the levels of g among pairs that agree in the parent lie from those among all (Kullback & Leibler 1951, in bits). */
static double gain(const double count[LINK_LEVELS], const double u[LINK_LEVELS], double share[LINK_LEVELS])
{
    double n = 0, sum = 0;
    for (unsigned l = 1; l < LINK_LEVELS; l++) n += count[l];
    if (n < LEAST_WEIGHT) return 0;
    for (unsigned l = 1; l < LINK_LEVELS; l++) {
        share[l] = (count[l] + 20 * u[l]) / (n + 20);
        sum += share[l] * log2(share[l] / u[l]);
    }
    return sum;
}

static bool would_circle(const link_model *m, size_t field, size_t parent)
{
    for (int f = (int)parent; f >= 0; f = m->parent[f])
        if ((size_t)f == field) return true;
    return false;
}

static bool take_best(const link_rows *r, const joint *j, link_model *m, link_dependence *out)
{
    double best = LEAST_GAIN, share[LINK_LEVELS] = { 0 };
    size_t field = 0;
    int parent = -1;
    for (size_t f = 0; f < r->fields; f++) {
        if (r->field[f].type == LINK_IDENTIFIER || j->different[f] < LEAST_DIFFERENT * j->drawn[f]) continue;
        for (size_t g = 0; g < r->fields; g++) {
            if (r->field[g].type == LINK_IDENTIFIER || m->parent[g] >= 0 || would_circle(m, g, f)) continue;
            double bits = gain(j->count[f][g], m->u[g][STATE_OTHER], share);
            if (bits > best) best = bits, parent = (int)f, field = g;
        }
    }
    if (parent < 0) return false;
    gain(j->count[parent][field], m->u[field][STATE_OTHER], out->share[field]);
    m->parent[field] = parent;
    return true;
}

void link_find_parents(const link_rows *r, link_model *m, link_dependence *out)
{
    joint *j = YQ_NEW(r->arena, joint);
    uint32_t *row = YQ_ARRAY(r->arena, uint32_t, r->rows + 1);
    for (size_t f = 0; f < r->fields; f++) {
        uint32_t *first = YQ_ARRAY(r->arena, uint32_t, r->field[f].values + 2);
        order_rows(r, &r->field[f], first, row);
        draw_pairs(r, m, f, first, row, j);
    }
    while (take_best(r, j, m, out)) continue;
}
