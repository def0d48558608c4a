/* What agreement says: for each field and level, how often it is met among pairs that are the same (m) and among others (u).
 *
 * Fellegi & Sunter 1969, JASA 64(328): the weight of a level is log2(m/u), and weights add. u is counted over pairs drawn at random, nearly all
 * of which are different (and what is not is taken off again). m and the share of same pairs are found by expectation maximisation (Dempster,
 * Laird & Rubin 1977; for linkage Winkler 1988) over the whole space of pairs: candidates carry their levels, all other pairs count as different.
 * Equality of a rare value says more than that of a frequent one (Newcombe 1959; Winkler 1989): u of EQUAL is the value's own frequency.
 */
#include "resolve/link_internal.h"

#include <math.h>

enum { SAMPLE = 300000, LEARN_FROM = 2000000, ROUNDS = 60, FIRST_ROUNDS = 5, FEW_VALUES = 300, PRIOR_PAIRS = 4, LEAN = 20 };

typedef struct {
    uint64_t pattern;
    double count;
} tally;

uint64_t link_random(uint64_t *state) /* xorshift64*: Marsaglia 2003, Vigna 2016; a fixed seed, so that results repeat */
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

static double all_pairs(const link_rows *r)
{
    double n = (double)r->rows, b = (double)(r->rows - r->first_b);
    return b > 0 ? (double)r->first_b * b : n * (n - 1) / 2;
}

/* ---------------------------------------------------------------- pairs at random */

static void count_random(const link_rows *r, double count[LINK_FIELDS][LINK_LEVELS])
{
    uint64_t state = 88172645463325252u;
    size_t second = r->first_b < r->rows ? r->first_b : 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        uint32_t a = (uint32_t)((link_random(&state) >> 32) % r->first_b);
        uint32_t b = (uint32_t)(second + (link_random(&state) >> 32) % (r->rows - second));
        if (a == b || r->entity[a] == r->entity[b]) continue;
        uint64_t pattern = link_compare(r, a, b);
        for (size_t f = 0; f < r->fields; f++) count[f][link_level(pattern, f)]++;
    }
}

/* Chance that two rows carry the same value. */
static double chance_equal(const link_field *f)
{
    double sum = 0, n = (double)f->known;
    for (size_t v = 1; v < f->values; v++) sum += (double)f->value[v].count * ((double)f->value[v].count - 1);
    return n > 1 ? sum / (n * (n - 1)) : 0;
}

/* What is known before anything is counted, for tables of a few rows: counts as 20 pairs. */
static const double first_u[LINK_LEVELS] = { 0, 0.01, 0.002, 0.002, 0.01, 0.03, 0.945, 0.001 };
static const double first_m[LINK_LEVELS] = { 0, 0.8, 0.07, 0.04, 0.03, 0.02, 0.03, 0.01 };

/* Identifiers decide by 80 bits, more than all fields together say. They are neither learnt nor learnt from: who tells doubtful cases apart by them,
 * and only those, would else teach that agreement means nothing. */
static bool fix_identifier(const link_rows *r, link_shares shares, size_t f, unsigned likely, unsigned unlikely)
{
    if (r->field[f].type != LINK_IDENTIFIER) return false;
    for (unsigned s = 0; s < LINK_STATES; s++) shares[f][s][likely] = 1, shares[f][s][unlikely] = 0x1p-80;
    return true;
}

/* u of a field, with the share of same pairs among the random ones taken off. */
static void set_u(const link_rows *r, double count[LINK_FIELDS][LINK_LEVELS], const link_dependence *d, link_model *m)
{
    double scale = fmin(1, all_pairs(r) / SAMPLE);
    for (size_t f = 0; f < r->fields; f++) {
        double n = 1, sum = 0, *u = m->u[f][STATE_OTHER];
        if (fix_identifier(r, m->u, f, LEVEL_DIFFERENT, LEVEL_EQUAL)) continue;
        for (unsigned l = 1; l < LINK_LEVELS; l++) n += count[f][l] * scale + 20 * first_u[l];
        for (unsigned l = 1; l < LINK_LEVELS; l++) {
            double share = l == LEVEL_EQUAL ? chance_equal(&r->field[f]) : (count[f][l] * scale + 0.1 + 20 * first_u[l]) / n;
            double least = l == LEVEL_EQUAL ? 0.3 / ((double)r->field[f].known + 1) : share * 0.05;
            share -= m->prior * m->m[f][STATE_OTHER][l];
            u[l] = share > least ? share : least;
            sum += u[l];
        }
        for (unsigned l = 1; l < LINK_LEVELS; l++) u[l] /= sum;
        memcpy(m->u[f][STATE_DIFFERS], u, sizeof m->u[f][0]);
        memcpy(m->u[f][STATE_AGREES], m->parent[f] < 0 ? u : d->share[f], sizeof m->u[f][0]);
    }
}

/* ---------------------------------------------------------------- expectation maximisation */

static size_t tally_patterns(const link_rows *r, const uint64_t *pattern, size_t n, tally **out)
{
    size_t step = n / LEARN_FROM + 1, taken = 0, kept = 0;
    uint64_t *v = YQ_ARRAY(r->arena, uint64_t, n / step + 1), *spare = YQ_ARRAY(r->arena, uint64_t, n / step + 1);
    for (size_t i = 0; i < n; i += step) v[taken++] = pattern[i];
    v = link_sort_u64(v, spare, taken);
    for (size_t i = 0; i < taken; i++) kept += i == 0 || v[i] != v[i - 1];
    *out = YQ_ARRAY(r->arena, tally, kept + 1);
    kept = 0;
    for (size_t i = 0; i < taken; i++) {
        if (i == 0 || v[i] != v[i - 1]) (*out)[kept++].pattern = v[i];
        (*out)[kept - 1].count += (double)step;
    }
    return kept;
}

static double odds(const link_rows *r, const link_model *m, uint64_t pattern)
{
    double log_odds = log(m->prior / (1 - m->prior));
    for (size_t f = 0; f < r->fields; f++) {
        unsigned l = link_level(pattern, f), state = link_state(m, pattern, f);
        if (l && r->field[f].type != LINK_IDENTIFIER) log_odds += log(m->m[f][state][l] / m->u[f][state][l]);
    }
    return exp(log_odds < 500 ? log_odds : 500);
}

/* m from counts: all states together first, then each, which leans on all together as on LEAN pairs. */
static void set_m(const link_rows *r, link_shares sum, double same, link_model *m)
{
    for (size_t f = 0; f < r->fields; f++) {
        double all[LINK_LEVELS] = { 0 }, n = 0;
        if (fix_identifier(r, m->m, f, LEVEL_EQUAL, LEVEL_DIFFERENT)) continue;
        for (unsigned l = 1; l < LINK_LEVELS; l++) {
            all[l] = 5 * first_m[l] + 0.1;
            for (unsigned s = 0; s < LINK_STATES; s++) all[l] += sum[f][s][l];
            n += all[l];
        }
        for (unsigned s = 0; s < LINK_STATES; s++) {
            double known = LEAN;
            for (unsigned l = 1; l < LINK_LEVELS; l++) known += sum[f][s][l];
            for (unsigned l = 1; l < LINK_LEVELS; l++) m->m[f][s][l] = (sum[f][s][l] + LEAN * all[l] / n) / known;
        }
    }
    m->prior = (same + 0.5) / (all_pairs(r) + 1);
}

static void count_pattern(const link_rows *r, const link_model *m, uint64_t pattern, double p, link_shares sum)
{
    for (size_t f = 0; f < r->fields; f++) sum[f][link_state(m, pattern, f)][link_level(pattern, f)] += p;
}

static void one_round(const link_rows *r, const tally *t, size_t n, link_model *m)
{
    link_shares sum = { 0 };
    double same = 0;
    for (size_t i = 0; i < n; i++) {
        double o = odds(r, m, t[i].pattern), p = t[i].count * o / (1 + o);
        same += p;
        count_pattern(r, m, t[i].pattern, p, sum);
    }
    set_m(r, sum, same, m);
}

static void maximise(const link_rows *r, const tally *t, size_t n, double count[LINK_FIELDS][LINK_LEVELS], const link_dependence *d,
                     unsigned rounds, link_model *m)
{
    for (size_t f = 0; f < r->fields; f++) {
        for (unsigned s = 0; s < LINK_STATES; s++) memcpy(m->m[f][s], first_m, sizeof first_m);
        fix_identifier(r, m->m, f, LEVEL_EQUAL, LEVEL_DIFFERENT);
    }
    m->prior = 0.2 * (double)r->rows / all_pairs(r);
    for (unsigned i = 0; i < rounds; i++) {
        set_u(r, count, d, m);
        one_round(r, t, n, m);
    }
}

/* Twice: with fields read as independent, only to tell which pairs are different when looking for what hangs together, and then with that. The first
 * time stops early. Left to run, it may settle on all who share a name and so an e-mail address alike, rather than on those who are the same: double
 * counting makes them the likelier class, and in that light nothing seems to hang together among the different ones. */
void link_learn(const link_rows *r, const uint64_t *pattern, size_t n, link_model *out)
{
    double count[LINK_FIELDS][LINK_LEVELS] = { { 0 } };
    link_dependence d = { 0 };
    tally *t;
    size_t patterns = tally_patterns(r, pattern, n, &t);
    count_random(r, count);
    for (size_t f = 0; f < r->fields; f++) out->parent[f] = -1;
    maximise(r, t, patterns, count, &d, FIRST_ROUNDS, out);
    link_find_parents(r, out, &d);
    maximise(r, t, patterns, count, &d, ROUNDS, out);
}

/* ---------------------------------------------------------------- again, with what the pairs say of one another */

/* SIGMOD Conference in one table is International Conference on Management of Data in the other: learnt from the pairs themselves. */
static void learn_together(const link_rows *r, const link_edge *edge, const float *p, size_t n, size_t field, link_model *m)
{
    const link_field *f = &r->field[field];
    if (f->type == LINK_IDENTIFIER || f->values > FEW_VALUES || f->known < f->values * 10) return;
    if (!m->together[field]) m->together[field] = YQ_ARRAY(r->arena, float, f->values * f->values), m->alone[field] = YQ_ARRAY(r->arena, float, f->values);
    memset(m->together[field], 0, sizeof(float) * f->values * f->values);
    memset(m->alone[field], 0, sizeof(float) * f->values);
    for (size_t i = 0; i < n; i++) {
        uint32_t x = f->of_row[edge[i].a], y = f->of_row[edge[i].b];
        if (!x || !y) continue;
        m->together[field][x * f->values + y] += p[i];
        m->alone[field][x] += p[i];
    }
}

void link_learn_again(const link_rows *r, const link_edge *edge, const float *p, size_t n, link_model *m)
{
    link_shares sum = { 0 };
    double same = 0;
    for (size_t i = 0; i < n; i++) {
        same += p[i];
        count_pattern(r, m, edge[i].pattern, p[i], sum);
    }
    set_m(r, sum, same, m);
    for (size_t f = 0; f < r->fields; f++) learn_together(r, edge, p, n, f, m);
}

/* ---------------------------------------------------------------- one pair */

/* The level's weight is the guess that counts as PRIOR_PAIRS pairs; what was seen of these two values moves it. */
static double bits_together(const link_field *f, const link_model *m, size_t field, uint32_t x, uint32_t y, double bits)
{
    double chance = (double)f->value[y].count / (double)f->known;
    double seen = m->together[field][x * f->values + y] + PRIOR_PAIRS * chance * exp2(bits < 20 ? bits : 20);
    return log2(seen / ((m->alone[field][x] + PRIOR_PAIRS) * chance));
}

double link_bits(const link_rows *r, const link_model *m, uint32_t a, uint32_t b, uint64_t pattern, size_t field)
{
    const link_field *f = &r->field[field];
    unsigned level = link_level(pattern, field);
    if (level == LEVEL_UNKNOWN) return 0;
    unsigned state = link_state(m, pattern, field);
    double u = m->u[field][state][level], count = (double)f->value[f->of_row[a]].count - 1.5; /* without this pair */
    if (level == LEVEL_EQUAL && f->type != LINK_IDENTIFIER) u *= (count > 0.5 ? count : 0.5) / ((double)f->known + 10) / m->u[field][STATE_OTHER][level];
    double bits = log2(m->m[field][state][level] / (u < 1 ? u : 1));
    return m->together[field] ? bits_together(f, m, field, f->of_row[a], f->of_row[b], bits) : bits;
}

double link_score(const link_rows *r, const link_model *m, uint32_t a, uint32_t b, uint64_t pattern)
{
    double sum = log2(m->prior / (1 - m->prior));
    for (size_t f = 0; f < r->fields; f++) sum += link_bits(r, m, a, b, pattern, f);
    return sum;
}
