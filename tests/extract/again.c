/* Every example is read and taken apart twice: the same findings come out, and every place lies inside the clean text. */
#include "../check.h"
#include "extract/extract.h"

#include <dirent.h>

static void check_evidence(const char *path, const yq_reading *r, const yq_evidence *e)
{
    CHECK(path, e->span.from <= e->span.to && e->span.to <= r->clean.n);
    CHECK(path, e->sentence.from <= e->span.from && e->sentence.to >= e->span.to && e->sentence.to <= r->clean.n);
}

static void check_spans(const char *path, const yq_reading *r, const yq_findings *f)
{
    for (size_t i = 0; i < f->orgs.n; i++)
        for (size_t k = 0; k < f->orgs.v[i].mentions.n; k++) check_evidence(path, r, &f->orgs.v[i].mentions.v[k]);
    for (size_t i = 0; i < f->people.n; i++)
        for (size_t k = 0; k < f->people.v[i].mentions.n; k++) check_evidence(path, r, &f->people.v[i].mentions.v[k]);
}

/* The findings of a file as JSON; false: it could not be read. */
static bool read_one(const char *path, yq_buf *out)
{
    yq_err err = { 0 };
    char *bytes = NULL;
    size_t n = 0;
    if (yq_file_read(path, 64u << 20, &bytes, &n, &err) != YQ_OK) return false;
    yq_intake_limits limits = yq_intake_defaults();
    yq_arena *a = yq_arena_new(limits.memory);
    yq_reading reading;
    yq_findings findings;
    const char *slash = strrchr(path, '/');
    yq_str name = yq_cstr(slash ? slash + 1 : path);
    bool ok = yq_intake_read(a, name, (yq_str){ bytes, n }, &limits, &reading, &err) == YQ_OK && yq_extract(a, &reading, &findings, &err) == YQ_OK;
    if (ok) {
        check_spans(path, &reading, &findings);
        yq_findings_json(&reading, &findings, out);
    } else fprintf(stderr, "%s: %s\n", path, err.msg);
    yq_arena_free(a);
    free(bytes);
    return ok;
}

static void read_twice(const char *name)
{
    char path[4096];
    yq_buf first = { 0 }, second = { 0 };
    snprintf(path, sizeof path, "%s/%s", EXAMPLES, name);
    CHECK(name, read_one(path, &first) && read_one(path, &second));
    CHECK(name, first.n > 100 && yq_eq(yq_buf_str(&first), yq_buf_str(&second)));
    yq_buf_free(&first);
    yq_buf_free(&second);
}

int main(void)
{
    DIR *folder = opendir(EXAMPLES);
    CHECK("the examples are there", folder != NULL);
    for (struct dirent *d; folder && (d = readdir(folder));)
        if (d->d_name[0] != '.') read_twice(d->d_name);
    if (folder) closedir(folder);
    return check_done();
}
