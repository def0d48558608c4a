/* `rank` over small files: the order, the form, what is refused. */
#include "check.h"
#include "match/internal.h"

#include <unistd.h>

static char folder[] = "/tmp/yq-rank-XXXXXX";

static char *path_of(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *p = paths[next++ % 4];
    snprintf(p, sizeof paths[0], "%s/%s", folder, name);
    return p;
}

static char *run(const char *docs, const char *queries, size_t top, bool by_owner, yq_code *rc, yq_err *err)
{
    char *out = NULL;
    size_t n;
    unlink(path_of("run"));
    yq_file_write(path_of("c"), yq_cstr(docs), NULL);
    yq_file_write(path_of("q"), yq_cstr(queries), NULL);
    *rc = yq_rank_files(path_of("c"), path_of("q"), top, by_owner, path_of("run"), err);
    return yq_file_read(path_of("run"), 1 << 20, &out, &n, NULL) == YQ_OK ? out : NULL;
}

static const char small[] =
    "{\"id\":\"d1\",\"title\":\"\",\"text\":\"心房颤动的导管消融\",\"owner\":\"a\"}\n"
    "{\"id\":\"d2\",\"title\":\"\",\"text\":\"图书馆的开放时间\",\"owner\":\"b\"}\n"
    "{\"id\":\"d3\",\"title\":\"Stroke triage\",\"text\":\"Ambulance crews and stroke patients\",\"owner\":\"a\"}\n"
    "\n"
    "{\"id\":\"d4\",\"title\":\"\",\"text\":\"library opening hours\",\"owner\":\"c\"}\n"
    "{\"id\":\"d5\",\"title\":\"\",\"text\":\"library opening hours\",\"owner\":\"c\"}\n";

static const struct { const char *what, *query; size_t top; bool by_owner; const char *first, *hasnot; } asked[] = {
    { "Chinese words", "导管消融", 10, false, "q1 Q0 d1 1 ", NULL },
    { "English stems", "strokes in an ambulance", 10, false, "q1 Q0 d3 1 ", NULL },
    { "traditional script", "導管消融", 10, false, "q1 Q0 d1 1 ", NULL },
    { "across the languages by a concept", "atrial fibrillation", 10, false, "q1 Q0 d1 1 ", NULL },
    { "equal scores in the order of the corpus", "library hours", 10, false, "q1 Q0 d4 1 ", NULL },
    { "no more than asked for", "library hours", 1, false, "q1 Q0 d4 1 ", "\nq1" },
    { "owners by all their documents", "stroke", 10, true, "q1 Q0 a 1 ", NULL },
};

static void test_order(void)
{
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        char query[256];
        yq_code rc;
        snprintf(query, sizeof query, "{\"id\":\"q1\",\"text\":\"%s\"}\n", asked[i].query);
        char *out = run(small, query, asked[i].top, asked[i].by_owner, &rc, NULL);
        CHECK(asked[i].what, rc == YQ_OK && out && strncmp(out, asked[i].first, strlen(asked[i].first)) == 0);
        CHECK(asked[i].what, out && (!asked[i].hasnot || !strstr(out, asked[i].hasnot)));
        free(out);
    }
}

static void test_lines(void)
{
    yq_code rc;
    char *out = run(small, "{\"id\":\"q1\",\"text\":\"xyzzy\"}\n{\"id\":\"q2\",\"text\":\"\"}\n", 10, false, &rc, NULL);
    CHECK("a query without a hit has no line", rc == YQ_OK && out && !*out);
    free(out);
    out = run(small, "{\"id\":\"q1\",\"text\":\"stroke\"}\n", 10, true, &rc, NULL);
    CHECK("each owner has a line", out && strstr(out, " a 1 ") && strstr(out, "q1 Q0 b ") && strstr(out, "q1 Q0 c "));
    free(out);
    out = run("", "{\"id\":\"q1\",\"text\":\"stroke\"}\n", 10, false, &rc, NULL);
    CHECK("an empty corpus", rc == YQ_OK && out && !*out);
    free(out);
}

/* The more of a text an owner's documents share, the higher, also between questions. */
static void test_comparable(void)
{
    static const char query[] = "{\"id\":\"near\",\"text\":\"stroke patients in ambulances, triage by crews\"}\n"
                                "{\"id\":\"far\",\"text\":\"stroke and the opening of new libraries, bridges, ferries and gardens in the whole of the county\"}\n";
    yq_code rc;
    double near = 0, far = 0;
    char *out = run(small, query, 10, true, &rc, NULL), *line = out;
    for (; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        sscanf(line, "near Q0 a %*d %lf", &near);
        sscanf(line, "far Q0 a %*d %lf", &far);
    }
    CHECK("scores are comparable between questions", near > far && near <= 1 && far > 0);
    free(out);
}

static const struct { const char *what, *docs, *queries, *message; } refused[] = {
    { "no JSON", "{\"id\":\"a\",\"text\":\"b\"}\n{oops\n", "", "c: line 2 " },
    { "no text", "{\"id\":\"a\"}\n", "", "c: line 1 " },
    { "an id twice", "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"a\",\"text\":\"c\"}\n", "", "c: line 2 has an id" },
    { "a query without id", "{\"id\":\"a\",\"text\":\"b\"}\n", "{\"text\":\"b\"}\n", "q: line 1 " },
    { "an empty id", "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"\",\"text\":\"b\"}\n", "", "c: line 2 has an \"id\"" },
    { "an id with a space", "{\"id\":\"a b\",\"text\":\"b\"}\n", "", "c: line 1 has an \"id\"" },
    { "a query id with a space", "{\"id\":\"a\",\"text\":\"b\"}\n", "{\"id\":\"q\u30001\",\"text\":\"b\"}\n", "q: line 1 has an \"id\"" },
    { "no object", "[1]\n", "", "c: line 1 " },
};

static void test_refusals(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        yq_err err = { 0 };
        yq_code rc;
        char *out = run(refused[i].docs, refused[i].queries, 10, false, &rc, &err);
        CHECK(refused[i].what, rc == YQ_INVALID && strstr(err.msg, refused[i].message) && strncmp(err.msg, folder, strlen(folder)) == 0);
        CHECK("and leaves no output", !out);
        free(out);
    }
    yq_err err = { 0 };
    yq_code rc;
    char *out = run("{\"id\":\"a\",\"text\":\"b\"}\n", "{\"id\":\"q\",\"text\":\"b\"}\n", 10, true, &rc, &err);
    CHECK("owners where there are none", rc == YQ_INVALID && strstr(err.msg, "owner") && !out);
    free(out);
    CHECK("no such file", yq_rank_files("/nowhere/c", "/nowhere/q", 10, false, path_of("run"), &err) == YQ_IO && strstr(err.msg, "/nowhere/c"));
}

int main(void)
{
    if (!mkdtemp(folder)) return EXIT_FAILURE;
    test_order();
    test_lines();
    test_comparable();
    test_refusals();
    static const char *const files[] = { "c", "q", "run" };
    for (size_t i = 0; i < 3; i++) unlink(path_of(files[i]));
    rmdir(folder);
    return check_done();
}
