/* Learns the weights by which `yiqiao link --best` ranks organisations, and measures them.
 *
 *     bench-affil [--start] [--wrong] [--ridge R] [--learn LIST.csv,ASKED.csv]... [--test LIST.csv,ASKED.csv]...
 *
 * LIST.csv is what `link` takes as B. ASKED.csv has the columns id, name and right: the ids of the list that are right, separated by blanks. The weights maximise the
 * likelihood of the right names among the looked-at ones (a conditional logit, McFadden 1974), less a penalty on their squares (ridge), by gradient ascent with
 * Adam (Kingma & Ba 2015). They are printed as the lines of LINK_FEATURES in src/resolve/link_best.h. --ridge is the penalty; --start keeps the weights that are built in and only measures; --wrong shows the features of what went wrong.
 */
#include "resolve/link_best.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_SETS = 16, ROUNDS = 400 };
static const double STEP = 0.05, NO_SHARE = -1e9;

#define FEATURE_NAME(name, latin, han) #name,
#define FEATURE_WEIGHT(name, latin, han) { latin, han },
static const char *const names[LOOKS] = { LINK_FEATURES(FEATURE_NAME) };
typedef double weights[2][LOOKS];
static const double built_in[LOOKS][2] = { LINK_FEATURES(FEATURE_WEIGHT) };

typedef struct {
    size_t from, n;  /* candidates */
    size_t possible; /* how many of them are right */
    bool han;
} question;

typedef struct {
    const char *path;
    bool learn;
    float (*x)[LOOKS];
    bool *right;
    uint32_t *thing; /* candidates -> the first of their question that is a name of the same thing */
    size_t candidates, room;
    question *question;
    size_t questions;
} set;

static yq_link_table read_table(yq_arena *a, const char *path)
{
    yq_err err = { 0 };
    yq_link_table t;
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) perror(path), exit(1);
    long n = ftell(f);
    char *bytes = yq_alloc(a, (size_t)n + 1);
    rewind(f);
    if (fread(bytes, 1, (size_t)n, f) != (size_t)n || yq_link_csv(a, bytes, (size_t)n, &t, &err)) fprintf(stderr, "%s: %s\n", path, err.msg), exit(1);
    fclose(f);
    return t;
}

static bool is_right(yq_str right, yq_str id)
{
    yq_str one;
    while (yq_split(&right, ' ', &one))
        if (yq_eq(one, id)) return true;
    return false;
}

static void keep(set *s, const link_candidate_form *c, uint32_t thing, bool right)
{
    if (s->candidates == s->room) {
        s->room = s->room ? s->room * 2 : 4096;
        s->x = realloc(s->x, s->room * sizeof *s->x);
        s->right = realloc(s->right, s->room * sizeof *s->right);
        s->thing = realloc(s->thing, s->room * sizeof *s->thing);
        if (!s->x || !s->right || !s->thing) abort();
    }
    memcpy(s->x[s->candidates], c->look.x, sizeof *s->x);
    s->right[s->candidates] = right;
    s->thing[s->candidates++] = thing;
}

static void ask_all(set *s, link_list *l, const yq_link_table *asked)
{
    static link_candidate_form room[LOOK_CLOSER];
    link_ask q;
    size_t name = link_column(asked, YQ_S("name")), right = link_column(asked, YQ_S("right"));
    link_ask_make(&q, l);
    s->question = calloc(asked->rows + 1, sizeof *s->question);
    for (size_t i = 0; i < asked->rows; i++) {
        const yq_str *cell = asked->cell + i * asked->columns;
        question *at = &s->question[s->questions++];
        link_ask_read(&q, cell[name]);
        *at = (question){ s->candidates, link_likely(&q, room), 0, q.han };
        for (size_t k = 0; k < at->n; k++) {
            uint32_t thing = l->form[room[k].form].thing;
            bool yes = is_right(cell[right], l->id.v[thing]);
            at->possible += yes;
            size_t first = 0;
            while (l->form[room[first].form].thing != thing) first++;
            keep(s, &room[k], (uint32_t)first, yes);
        }
        link_ask_forget(&q);
    }
}

/* A list that the last set has, too, is not read again. */
static void read_set(set *s, const char *argument)
{
    static yq_arena *a;
    static char *last;
    static link_list l;
    if (!a) a = yq_arena_new((size_t)8 << 30);
    char *list = yq_dupz(a, yq_cstr(argument)), *asked = strchr(list, ',');
    if (!asked) fprintf(stderr, "%s: two files, separated by a comma\n", argument), exit(2);
    *asked++ = 0;
    yq_link_table questions = read_table(a, asked);
    if (!last || strcmp(last, list)) {
        yq_link_table known = read_table(a, list);
        l = (link_list){ .arena = a };
        link_list_read(&l, &known);
    }
    last = list;
    s->path = argument;
    ask_all(s, &l, &questions);
}

static double score(const float *x, const double *w)
{
    double sum = 0;
    for (size_t i = 0; i < LOOKS; i++) sum += x[i] * w[i];
    return sum;
}

/* ---------------------------------------------------------------- learning */

/* The best name of each thing stands for it: the others are marked with NO_SHARE. */
static void best_names(const set *s, const question *q, const weights w, double *e)
{
    static size_t best[LOOK_CLOSER];
    for (size_t k = 0; k < q->n; k++) {
        size_t first = s->thing[q->from + k];
        e[k] = score(s->x[q->from + k], w[q->han]);
        if (first == k) best[first] = k;
        else if (e[k] > e[best[first]]) e[best[first]] = NO_SHARE, best[first] = k;
        else e[k] = NO_SHARE;
    }
}

/* Adds the gradient of one question's log likelihood: what is right looks like, less what is expected. */
static double climb(const set *s, const question *q, const weights w, weights gradient)
{
    static double e[LOOK_CLOSER];
    double all = 0, right = 0, top = NO_SHARE;
    if (!q->possible) return 0;
    best_names(s, q, w, e);
    for (size_t k = 0; k < q->n; k++)
        if (e[k] > top) top = e[k];
    for (size_t k = 0; k < q->n; k++) {
        e[k] = e[k] == NO_SHARE ? 0 : exp2(e[k] - top);
        all += e[k];
        if (s->right[q->from + k]) right += e[k];
    }
    for (size_t k = 0; k < q->n; k++) {
        double share = (s->right[q->from + k] ? e[k] / right : 0) - e[k] / all;
        for (size_t i = 0; share != 0 && i < LOOKS; i++) gradient[q->han][i] += share * s->x[q->from + k][i];
    }
    return log2(right / all);
}

/* One step of Adam along the gradient g. */
static void step(double *w, double g, double *first, double *second, int round)
{
    double rate = STEP * (1 - 0.9 * round / ROUNDS);
    *first = 0.9 * *first + 0.1 * g;
    *second = 0.99 * *second + 0.01 * g * g;
    *w += rate * (*first / (1 - pow(0.9, round))) / (sqrt(*second / (1 - pow(0.99, round))) + 1e-6);
}

static double climb_all(const set *s, const weights w, weights gradient)
{
    weights part = { { 0 } };
    double likelihood = 0;
    if (!s->questions) return 0;
    for (size_t i = 0; i < s->questions; i++) likelihood += climb(s, &s->question[i], w, part);
    for (size_t i = 0; i < 2 * LOOKS; i++) gradient[i / LOOKS][i % LOOKS] += part[i / LOOKS][i % LOOKS] / (double)s->questions;
    return likelihood / (double)s->questions;
}

static void learn(const set *sets, size_t n, weights w, double ridge)
{
    weights first = { { 0 } }, second = { { 0 } };
    for (int round = 1; round <= ROUNDS; round++) {
        weights gradient = { { 0 } };
        double likelihood = 0;
        for (size_t s = 0; s < n; s++)
            if (sets[s].learn) likelihood += climb_all(&sets[s], w, gradient);
        for (size_t h = 0; h < 2; h++)
            for (size_t i = 0; i < LOOKS; i++) step(&w[h][i], gradient[h][i] - ridge * w[h][i], &first[h][i], &second[h][i], round);
        if (round % 100 == 0) printf("round %d: %.4f bits a question\n", round, likelihood);
    }
}

/* Bits for none of the list: the whole number that best parts questions from the same without their right names. */
static double likelihood_of_none(const set *s, const weights w, double none)
{
    static double e[LOOK_CLOSER];
    double sum = 0;
    for (size_t i = 0; i < s->questions; i++) {
        const question *q = &s->question[i];
        double all = 0, wrong = 0, chance = exp2(none);
        if (!q->possible) continue;
        best_names(s, q, w, e);
        for (size_t k = 0; k < q->n; k++) {
            if (e[k] == NO_SHARE) continue;
            all += exp2(e[k]);
            if (!s->right[q->from + k]) wrong += exp2(e[k]);
        }
        sum += log2(all / (all + chance)) + log2(chance / (wrong + chance));
    }
    return s->questions ? sum / (double)s->questions : 0;
}

static int learn_none(const set *sets, size_t n, const weights w)
{
    enum { MOST_BITS = 40 };
    double best = 0;
    int best_bits = 0;
    for (int bits = 0; bits <= MOST_BITS; bits++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            if (sets[i].learn) sum += likelihood_of_none(&sets[i], w, bits);
        if (bits == 0 || sum > best) best = sum, best_bits = bits;
    }
    return best_bits;
}

/* ---------------------------------------------------------------- measuring */

/* How many things stand before the first right one; many when there is none. */
static size_t place_of_right(const set *s, const question *q, const weights w)
{
    static double e[LOOK_CLOSER];
    double best = NO_SHARE;
    size_t before = 0;
    if (!q->possible) return LOOK_CLOSER;
    best_names(s, q, w, e);
    for (size_t k = 0; k < q->n; k++)
        if (s->right[q->from + k] && e[k] > best) best = e[k];
    for (size_t k = 0; k < q->n; k++) before += e[k] > best;
    return before;
}

static void measure(const set *s, const weights w)
{
    size_t first = 0, ten = 0, fifty = 0, looked = 0;
    for (size_t i = 0; i < s->questions; i++) {
        size_t place = place_of_right(s, &s->question[i], w);
        first += place == 0, ten += place < 10, fifty += place < 50, looked += s->question[i].possible > 0;
    }
    double n = s->questions ? (double)s->questions : 1;
    printf("%-5s %zu questions: first %.4f, among 10 %.4f, among 50 %.4f, looked at %.4f  (%s)\n", s->learn ? "learn" : "test", s->questions, (double)first / n, (double)ten / n,
           (double)fifty / n, (double)looked / n, s->path);
}

/* What the weights say of one question: its best things and the right one, feature by feature. */
static void explain(const set *s, const question *q, const weights w)
{
    static double e[LOOK_CLOSER];
    double best = NO_SHARE, right = NO_SHARE;
    best_names(s, q, w, e);
    for (size_t k = 0; k < q->n; k++) {
        if (e[k] > best) best = e[k];
        if (s->right[q->from + k] && e[k] > right) right = e[k];
    }
    for (size_t k = 0; k < q->n; k++) {
        if (e[k] == NO_SHARE || (e[k] != best && e[k] != right)) continue;
        printf("  %s %6.2f:", s->right[q->from + k] ? "right" : "wrong", e[k]);
        for (size_t i = 0; i < LOOKS; i++)
            if (fabs(w[q->han][i] * s->x[q->from + k][i]) >= 0.05) printf(" %s %.1f", names[i], w[q->han][i] * s->x[q->from + k][i]);
        printf("\n");
    }
}

static void explain_wrong(const set *s, const weights w)
{
    for (size_t i = 0; i < s->questions; i++) {
        if (place_of_right(s, &s->question[i], w) == 0) continue;
        printf("row %zu\n", i);
        explain(s, &s->question[i], w);
    }
}

int main(int argc, char **argv)
{
    static set sets[MOST_SETS];
    size_t n = 0;
    bool start = false, wrong = false;
    double ridge = 0.0004;
    weights w;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--start") == 0) start = true;
        else if (strcmp(argv[i], "--ridge") == 0) ridge = atof(argv[++i]);
        else if (strcmp(argv[i], "--wrong") == 0) wrong = true;
        else if (i + 1 < argc && n < MOST_SETS && (strcmp(argv[i], "--learn") == 0 || strcmp(argv[i], "--test") == 0)) {
            sets[n].learn = argv[i][2] == 'l';
            read_set(&sets[n++], argv[i + 1]);
            i++;
        } else return fprintf(stderr, "usage: bench-affil [--start] [--wrong] [--ridge R] [--learn LIST.csv,ASKED.csv]... [--test LIST.csv,ASKED.csv]...\n"), 2;
    }
    for (size_t i = 0; i < 2 * LOOKS; i++) w[i / LOOKS][i % LOOKS] = built_in[i % LOOKS][i / LOOKS];
    if (!start) learn(sets, n, w, ridge);
    for (size_t i = 0; i < LOOKS && !start; i++) printf("    F(%s, %.2f, %.2f)\n", names[i], w[0][i], w[1][i]);
    printf("none: %d bits\n", learn_none(sets, n, w));
    for (size_t i = 0; i < n; i++) {
        measure(&sets[i], w);
        if (wrong) explain_wrong(&sets[i], w);
    }
    return 0;
}
