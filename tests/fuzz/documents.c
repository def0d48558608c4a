/* Targets that read documents: decoding, clean-up, one reader a format, the wire out of the cage, findings. */
#include "check.h"
#include "extract/extract.h"
#include "inside.h"
#include "intake/internal.h"
#include "intake/wire.h"
#include "text/clean.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

/* ---------------------------------------------------------------- text */

static void check_map(const yq_map *map, size_t clean, size_t origin)
{
    size_t before = 0;
    for (size_t i = 0; i <= clean; i++) {
        size_t at = yq_map_origin(map, i);
        PROMISED("a map rises and stays inside", at >= before && at <= origin);
        before = at;
    }
}

void feed_decode(yq_arena *a, const char *name, yq_str bytes)
{
    static const char *const declared[] = { NULL, "gbk", "big5", "utf-8", "windows-1252", "utf-16" };
    (void)name;
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
        yq_decoded out = { 0 };
        if (yq_decode(a, bytes, declared[i], &out, NULL)) continue;
        PROMISED("decoded text is UTF-8", yq_utf8_valid(out.text, NULL));
        check_map(&out.map, out.text.n, bytes.n);
    }
}

void feed_clean(yq_arena *a, const char *name, yq_str bytes)
{
    yq_decoded in = { 0 };
    (void)name;
    if (yq_decode(a, bytes, NULL, &in, NULL)) return;
    for (int unwrap = 0; unwrap < 2; unwrap++) {
        yq_str clean;
        yq_map map;
        if (yq_clean(a, in.text, (yq_clean_options){ unwrap }, &clean, &map, NULL)) fuzz_broken("small texts are cleaned", __FILE__, __LINE__);
        PROMISED("clean text is UTF-8", yq_utf8_valid(clean, NULL));
        PROMISED("no Han character is lost", keeps_han(in.text, clean));
        PROMISED("characters are where the map says", map_is_exact(in.text, clean, &map));
        PROMISED("lines are ended, none is empty", !clean.n || (clean.p[clean.n - 1] == '\n' && clean.p[0] != '\n' && !yq_has(clean, YQ_S("\n\n"))));
        check_map(&map, clean.n, in.text.n);
    }
}

/* ---------------------------------------------------------------- readings */

static yq_intake_limits small(void)
{
    yq_intake_limits l = yq_intake_defaults();
    l.memory = (size_t)128 << 20;
    l.file_bytes = (size_t)4 << 20;
    l.text_bytes = (size_t)2 << 20;
    l.parts_bytes = (size_t)8 << 20;
    l.table_cells = 20000;
    l.parts = 50;
    return l;
}

static void put(void *arg, yq_str bytes)
{
    yq_buf_put(arg, bytes);
}

/* Whatever a reader makes, the other side of the cage takes, and finds the same in it. */
static void check_reading(yq_arena *a, const yq_reading *r, const yq_intake_limits *limits)
{
    yq_buf wire = { 0 };
    yq_reading again = { 0 };
    yq_err err = { 0 };
    yq_wire_write(r, put, &wire);
    yq_code rc = yq_wire_read(a, yq_buf_str(&wire), limits, &again, &err);
    if (rc) fuzz_broken(err.msg, __FILE__, __LINE__);
    PROMISED("the wire keeps the text", yq_eq(again.clean, r->clean) && again.blocks.n == r->blocks.n && again.tables.n == r->tables.n);
    PROMISED("the simplified text has the same places", r->plain.n == r->clean.n && yq_utf8_valid(r->plain, NULL));
    yq_buf_free(&wire);
}

static yq_code read_as(yq_arena *a, const char *extension, yq_str bytes, yq_reading *out)
{
    char name[32];
    yq_intake_limits limits = small();
    snprintf(name, sizeof name, "a.%s", extension);
    yq_code rc = yq_intake_read(a, yq_cstr(name), bytes, &limits, out, NULL);
    if (!rc) check_reading(a, out, &limits);
    return rc;
}

void feed_document(yq_arena *a, const char *name, yq_str bytes)
{
    yq_reading r = { 0 };
    read_as(a, name, bytes, &r);
}

/* ---------------------------------------------------------------- ZIP with its parts in the open */

/* "@@ name", a line end, content, until the next line that begins so. A changed byte of a real ZIP fails its checksum; here it comes through. */
static bool next_part(yq_str *rest, yq_str *name, yq_str *content)
{
    if (!yq_starts(*rest, YQ_S("@@ "))) return false;
    size_t line = yq_find(*rest, YQ_S("\n"), 0);
    if (line == SIZE_MAX) return false;
    size_t next = yq_find(*rest, YQ_S("\n@@ "), line);
    size_t end = next == SIZE_MAX ? rest->n : next;
    *name = yq_sub(*rest, 3, line);
    *content = yq_sub(*rest, line + 1, end < line + 1 ? line + 1 : end);
    *rest = yq_sub(*rest, next == SIZE_MAX ? rest->n : next + 1, rest->n);
    return name->n > 0;
}

static yq_str packed(yq_arena *a, yq_str parcel)
{
    zip_error_t error;
    yq_str name, content;
    yq_buf out = { 0 };
    char piece[4096];
    zip_int64_t got;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *z = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    while (next_part(&parcel, &name, &content)) {
        zip_source_t *source = zip_source_buffer(z, content.p, content.n, 0);
        zip_int64_t i = zip_file_add(z, yq_dupz(a, name), source, ZIP_FL_ENC_GUESS);
        if (i < 0) zip_source_free(source);
        else zip_set_file_compression(z, (zip_uint64_t)i, ZIP_CM_STORE, 0);
    }
    if (zip_close(z)) zip_discard(z);
    if (zip_source_open(target) == 0) {
        while ((got = zip_source_read(target, piece, sizeof piece)) > 0) yq_buf_put(&out, (yq_str){ piece, (size_t)got });
        zip_source_close(target);
    }
    zip_source_free(target);
    zip_error_fini(&error);
    yq_str bytes = yq_dup(a, yq_buf_str(&out));
    yq_buf_free(&out);
    return bytes;
}

void feed_office(yq_arena *a, const char *name, yq_str bytes)
{
    feed_document(a, name, yq_starts(bytes, YQ_S("@@ ")) ? packed(a, bytes) : bytes);
}

/* ---------------------------------------------------------------- behind the cage */

void feed_wire(yq_arena *a, const char *name, yq_str bytes)
{
    yq_intake_limits limits = small();
    yq_reading r = { 0 };
    yq_findings found = { 0 };
    (void)name;
    if (yq_wire_read(a, bytes, &limits, &r, NULL) || yq_intake_derive(a, YQ_S("a.txt"), bytes, &r, NULL)) return;
    PROMISED("text of the wire is UTF-8", yq_utf8_valid(r.clean, NULL));
    yq_extract(a, &r, &found, NULL); /* a hostile reading goes on to the extractor */
}

/* The first letter says as what the rest is read. */
void feed_extract(yq_arena *a, const char *name, yq_str bytes)
{
    static const char *const forms[] = { "txt", "md", "html", "csv", "json" };
    yq_reading r = { 0 };
    yq_findings found = { 0 };
    yq_buf out = { 0 };
    (void)name;
    if (!bytes.n || read_as(a, forms[(unsigned char)bytes.p[0] % 5], yq_sub(bytes, 1, bytes.n), &r)) return;
    if (yq_extract(a, &r, &found, NULL)) return;
    yq_findings_json(&r, &found, &out);
    json_t *json = json_loadb(out.p, out.n, 0, NULL);
    PROMISED("findings are JSON", json != NULL);
    json_decref(json);
    yq_buf_free(&out);
}
