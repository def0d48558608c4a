/* What `rank` does after the first search: subjects of a corpus, rarity among the first, words that carry a sentence, owners by their best. */
#include "check.h"
#include "match/internal.h"

#include <math.h>
#include <unistd.h>

static char folder[] = "/tmp/yq-near-XXXXXX", file[64];

static corpus *corpus_of(const char *lines)
{
    corpus *c = NULL;
    yq_file_write(file, yq_cstr(lines), NULL);
    CHECK("the corpus is read", corpus_read(file, &c, NULL) == YQ_OK);
    return c;
}

#define DOC(id, text) "{\"id\":\"" id "\",\"text\":\"" text "\",\"owner\":\"\"}\n"

/* Two subjects with VOCABULARY words each. A document has WORDS of its subject's, but for the first few documents of both subjects never the words
 * 0 to 5, which are asked for. So these documents have no word of the question, and only the company of its words can tell them apart. */
enum { DOCUMENTS = 150, VOCABULARY = 150, WORDS = 12, APART = 10 };
static const char question[] = "heart0 heart1 heart2 heart3 heart4 heart5";

static corpus *corpus_of_subjects(void)
{
    static const char *const subjects[] = { "heart", "eye" };
    static char lines[2 * DOCUMENTS * (WORDS * 10 + 64)];
    size_t at = 0;
    uint32_t state = 7;
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < DOCUMENTS; i++) {
            at += (size_t)snprintf(lines + at, sizeof lines - at, "{\"id\":\"%s%d\",\"text\":\"", subjects[s], i);
            for (int k = 0; k < WORDS; k++) {
                unsigned word = (state = state * 1664525u + 1013904223u) >> 8;
                word = i < APART ? 6 + word % (VOCABULARY - 6) : word % VOCABULARY;
                at += (size_t)snprintf(lines + at, sizeof lines - at, "%s%u ", subjects[s], word);
            }
            at += (size_t)snprintf(lines + at, sizeof lines - at, "\"}\n");
        }
    return corpus_of(lines);
}

static yq_terms terms_of(yq_arena *a, const char *text)
{
    yq_terms t = { 0 };
    yq_query_terms(a, yq_cstr(text), false, &t);
    return t;
}

static double mean(const double *v, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sum += v[i];
    return sum / n;
}

static void test_subjects(void)
{
    corpus *c = corpus_of_subjects();
    yq_arena *a = yq_arena_new((size_t)1 << 26);
    latent *l = latent_of(c, a), *again = latent_of(c, a);
    yq_index_hit hits[2 * DOCUMENTS];
    double like[2 * DOCUMENTS], twice[2 * DOCUMENTS];
    for (int i = 0; i < 2 * DOCUMENTS; i++) hits[i] = (yq_index_hit){ i, 1, 0 };
    yq_terms q = terms_of(a, question);
    latent_like(c, l, &q, hits, 2 * DOCUMENTS, like);
    latent_like(c, again, &q, hits, 2 * DOCUMENTS, twice);
    CHECK("the same subject in other words", mean(like, APART) > 0.05 && mean(like, APART) > 3 * mean(like + DOCUMENTS, APART));
    CHECK("the words themselves are nearer", mean(like + APART, DOCUMENTS - APART) > mean(like, APART));
    CHECK("the same numbers each time", memcmp(like, twice, sizeof like) == 0);
    q = terms_of(a, "xyzzy");
    latent_like(c, l, &q, hits, 8, like);
    CHECK("a word that nothing has is like nothing", like[0] == 0 && like[7] == 0);
    yq_arena_free(a);
    corpus_free(c);
}

/* With fewer documents than directions nothing is lost: the likeness is the cosine of the whole vectors. */
static void test_exact(void)
{
    corpus *c = corpus_of(DOC("0", "qwaro qwbro") DOC("1", "qwaro qwcro") DOC("2", "qwbro qwcro"));
    yq_arena *a = yq_arena_new((size_t)1 << 26);
    yq_index_hit hits[] = { { 0, 1, 0 }, { 1, 1, 0 }, { 2, 1, 0 } };
    double like[3];
    yq_terms q = terms_of(a, "qwaro");
    latent_like(c, latent_of(c, a), &q, hits, 3, like);
    CHECK("the cosine itself", fabs(like[0] - sqrt(0.5)) < 1e-3 && fabs(like[1] - sqrt(0.5)) < 1e-3 && like[2] < 1e-3);
    yq_arena_free(a);
    corpus_free(c);
}

static void test_no_subjects(void)
{
    corpus *c = corpus_of(""), *one = corpus_of(DOC("a", "lens") DOC("b", ""));
    yq_arena *a = yq_arena_new((size_t)1 << 26);
    double like;
    CHECK("an empty corpus has none", latent_of(c, a) == NULL);
    yq_terms q = terms_of(a, "lens");
    latent_like(one, latent_of(one, a), &q, &(yq_index_hit){ 0, 1, 0 }, 1, &like);
    CHECK("one document has no company of words", like == 0);
    yq_arena_free(a);
    corpus_free(one);
    corpus_free(c);
}

/* "lens" is the rarer word in the corpus, but all of the first documents have it. */
static const char crowd[] =
    DOC("0", "lens care") DOC("1", "lens diet") DOC("2", "lens care") DOC("3", "lens care") DOC("4", "diet") DOC("5", "diet") DOC("6", "diet") DOC("7", "diet")
    DOC("8", "diet") DOC("9", "diet");

static void test_apart(void)
{
    corpus *c = corpus_of(crowd);
    yq_arena *a = yq_arena_new((size_t)1 << 26);
    yq_terms q = terms_of(a, "lens diet");
    yq_index_hit flat[] = { { 0, 1.5, 0 }, { 1, 1.4, 0 }, { 2, 1.3, 0 }, { 3, 1.2, 0 } }, special[] = { { 0, 1.5, 0 }, { 1, 1.4, 0 } };
    tell_apart(c, NULL, a, &q, 0, flat, 4);
    CHECK("where all speak of the subject the other word decides", flat[0].id == 1);
    CHECK("no score becomes less, the rest keep their order", flat[0].score > 1.4 && flat[1].id == 0 && flat[1].score >= 1.5 && flat[2].id == 2 && flat[3].id == 3);
    tell_apart(c, NULL, a, &q, 1, special, 2);
    CHECK("where the first stands out nothing changes", special[0].id == 0 && special[0].score == 1.5 && special[1].score == 1.4);
    tell_apart(c, NULL, a, &q, 0.5, special, 0);
    yq_arena_free(a);
    corpus_free(c);
}

/* How many documents of the subject are in the upper half, of all that have no word of the question. */
static int risen(const corpus *c, const latent *l, yq_arena *a, double committed)
{
    yq_terms q = terms_of(a, question);
    yq_index_hit hits[2 * APART];
    int n = 0;
    for (int i = 0; i < APART; i++) hits[i] = (yq_index_hit){ DOCUMENTS + i, 1.01, 0 };
    for (int i = 0; i < APART; i++) hits[APART + i] = (yq_index_hit){ i, 1, 0 };
    tell_apart(c, l, a, &q, committed, hits, 2 * APART);
    CHECK("by half of the first score at most", hits[0].score <= 1.01 * 1.5 + 1e-6);
    for (int i = 0; i < APART; i++) n += hits[i].id < DOCUMENTS;
    return n;
}

static void test_subject_rises(void)
{
    corpus *c = corpus_of_subjects();
    yq_arena *a = yq_arena_new((size_t)1 << 26);
    latent *l = latent_of(c, a);
    CHECK("documents of the subject rise", risen(c, l, a, 1) >= 7);
    CHECK("but not where all score alike", risen(c, l, a, 0) == 0);
    CHECK("nor without subjects", risen(c, NULL, a, 1) == 0);
    yq_arena_free(a);
    corpus_free(c);
}

static const struct { const char *what, *word; float weight; } speech[] = {
    { "a noun", "高血压", 1 }, { "a verb", "吃", 0.75f }, { "a pronoun", "怎么", 0.55f },
    { "a word of no dictionary", "吡咯替尼片", 1 }, { "English", "lens", 1 },
};

static void test_speech(void)
{
    for (size_t i = 0; i < sizeof speech / sizeof *speech; i++) {
        yq_term t = { yq_cstr(speech[i].word), 1, 0 };
        yq_terms q = { .v = &t, .n = 1 };
        weigh_speech(&q);
        CHECK(speech[i].what, fabsf(t.weight - speech[i].weight) < 1e-6f);
    }
}

static void test_commitment(void)
{
    yq_index_hit hits[100];
    for (int i = 0; i < 100; i++) hits[i] = (yq_index_hit){ i, 4 - i * 0.02, 0 };
    CHECK("few documents: they stand out", commitment(hits, 99) == 1);
    CHECK("by the hundredth against the first", fabs(commitment(hits, 100) - 1.98 / 4) < 1e-9);
}

/* deep: nine on the subject and nine on something else; wide: five and one. The mean of all prefers wide. */
static void test_best_of_an_owner(void)
{
    char lines[4096];
    size_t at = 0;
    static const struct { const char *owner, *text; int times; } works[] = {
        { "deep", "cataract lens surgery", 9 }, { "deep", "river bridge", 9 }, { "wide", "cataract lens surgery", 5 }, { "wide", "river bridge", 1 },
    };
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        for (int k = 0; k < works[i].times; k++)
            at += (size_t)snprintf(lines + at, sizeof lines - at, "{\"id\":\"%zu-%d\",\"text\":\"%s\",\"owner\":\"%s\"}\n", i, k, works[i].text, works[i].owner);
    corpus *c = corpus_of(lines);
    yq_arena *a = yq_arena_new((size_t)1 << 26);
    double like[2];
    owners_like(c, a, YQ_S("lens surgery for cataract"), like);
    CHECK("other work does not speak against an owner", like[0] > like[1] && like[0] <= 1 + 1e-9);
    owners_like(c, a, YQ_S("river bridge"), like);
    CHECK("one document alone does not make an owner", like[0] > 4 * like[1]);
    yq_arena_free(a);
    corpus_free(c);
}

int main(void)
{
    if (!mkdtemp(folder)) return EXIT_FAILURE;
    snprintf(file, sizeof file, "%s/c", folder);
    test_subjects();
    test_exact();
    test_no_subjects();
    test_apart();
    test_subject_rises();
    test_speech();
    test_commitment();
    test_best_of_an_owner();
    unlink(file);
    rmdir(folder);
    return check_done();
}
