/* Every example and case is read and taken apart twice, once with a look at every sentence whatever its cues (src/extract/cues.h): the same findings
 * come out, and every place lies inside the clean text. */
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

/* What the JSON of findings leaves out. */
static void write_rest(const yq_findings *f, yq_buf *out)
{
    for (size_t i = 0; i < f->schemes.n; i++) {
        const yq_found_scheme *s = &f->schemes.v[i];
        yq_buf_printf(out, "%s %.*s %u-%u\n", s->kind, YQ_FMT(s->name), s->scope.from, s->scope.to);
        for (size_t k = 0; k < s->details.n; k++) yq_buf_printf(out, "  %s %.*s %s %d %d\n", s->details.v[k].field, YQ_FMT(s->details.v[k].value), s->details.v[k].date,
                                                                s->details.v[k].org, s->details.v[k].person);
    }
    for (size_t i = 0; i < f->asks.n; i++) yq_buf_printf(out, "ask %d %d %d %.*s\n", f->asks.v[i].person, f->asks.v[i].org, f->asks.v[i].need, YQ_FMT(f->asks.v[i].text));
}

/* The findings of a file as JSON and lines; false: it could not be read. */
static bool read_one(const char *path, bool every, yq_buf *out)
{
    yq_extract_options options = yq_extract_defaults();
    options.every = every;
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
    bool ok = yq_intake_read(a, name, (yq_str){ bytes, n }, &limits, &reading, &err) == YQ_OK && yq_extract_with(a, &reading, &options, &findings, &err) == YQ_OK;
    if (ok) {
        check_spans(path, &reading, &findings);
        yq_findings_json(&reading, &findings, out);
        write_rest(&findings, out);
    } else fprintf(stderr, "%s: %s\n", path, err.msg);
    yq_arena_free(a);
    free(bytes);
    return ok;
}

static void read_twice(const char *folder, const char *name)
{
    char path[4096];
    yq_buf first = { 0 }, second = { 0 };
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK(name, read_one(path, false, &first) && read_one(path, true, &second));
    CHECK(name, first.n > 100 && yq_eq(yq_buf_str(&first), yq_buf_str(&second)));
    yq_buf_free(&first);
    yq_buf_free(&second);
}

static void read_folder(const char *path)
{
    DIR *folder = opendir(path);
    CHECK(path, folder != NULL);
    for (struct dirent *d; folder && (d = readdir(folder));)
        if (d->d_name[0] != '.') read_twice(path, d->d_name);
    if (folder) closedir(folder);
}

int main(void)
{
    read_folder(EXAMPLES);
    read_folder(CASES);
    return check_done();
}
