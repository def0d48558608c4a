/* Reads documents and writes their findings: run_cases OUT_DIR FILE... Files go through the readers and the extractor as the command
 * line would send them. With a second reading of each file it checks that extraction is deterministic and that every span lies inside
 * the clean text. */
#include "../check.h"
#include "extract/extract.h"

static yq_str stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return (yq_str){ name, dot ? (size_t)(dot - name) : strlen(name) };
}

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

int main(int argc, char **argv)
{
    if (argc < 3) return fprintf(stderr, "usage: run_cases OUT_DIR FILE...\n"), 2;
    yq_folder_make(argv[1], NULL);
    for (int i = 2; i < argc; i++) {
        yq_buf first = { 0 }, second = { 0 };
        char path[4096];
        yq_str stem = stem_of(argv[i]);
        CHECK(argv[i], read_one(argv[i], &first) && read_one(argv[i], &second));
        CHECK(argv[i], yq_eq(yq_buf_str(&first), yq_buf_str(&second)));
        snprintf(path, sizeof path, "%s/%.*s.json", argv[1], YQ_FMT(stem));
        CHECK(path, yq_file_write(path, yq_buf_str(&first), NULL) == YQ_OK);
        yq_buf_free(&first);
        yq_buf_free(&second);
    }
    return check_done();
}
