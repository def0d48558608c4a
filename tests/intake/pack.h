/* tests/intake/pack.h - a ZIP made of texts. */
#ifndef YQ_TESTS_PACK_H
#define YQ_TESTS_PACK_H

#include "base/base.h"

#include <zip.h>

typedef struct {
    const char *name, *content;
} part;

/* Packs parts into a ZIP in b. */
static void pack(const part *parts, size_t n, yq_buf *b)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *z = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (size_t i = 0; i < n && parts[i].name; i++)
        zip_file_add(z, parts[i].name, zip_source_buffer(z, parts[i].content, strlen(parts[i].content), 0), ZIP_FL_ENC_UTF_8);
    zip_close(z);
    zip_source_open(target);
    char piece[4096];
    zip_int64_t got;
    while ((got = zip_source_read(target, piece, sizeof piece)) > 0) yq_buf_put(b, (yq_str){ piece, (size_t)got });
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
}

#endif
