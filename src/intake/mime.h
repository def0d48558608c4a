/* intake/mime.h - one entity of a mail (RFC 5322, 2045-2047, 2231): its headers, what its body is, its bytes without their transfer encoding.
 *
 * An own reader and no library: what is needed is two hundred lines over bytes that are in memory anyway, while GMime brings GLib into the cage,
 * and hides where in the file a header stood.
 */
#ifndef YQ_INTAKE_MIME_H
#define YQ_INTAKE_MIME_H

#include "intake/intake.h"

/* Header values are as they stand in the file, unfolded; NULL where there is none. The first of a name counts. */
typedef struct {
    yq_str subject, from, to, cc, date, type, disposition, encoding;
    size_t headers; /* lines of the shape "Name: value" */
    yq_str body;    /* as it stands in the file */
} yq_entity_part;

/* Splits an entity into its headers and its body. Never fails: what is no header ends them. */
yq_entity_part yq_mime_entity(yq_arena *a, yq_str bytes);
/* Encoded words and raw bytes of any Chinese encoding as UTF-8, white space folded. */
yq_str yq_mime_text(yq_arena *a, yq_str value);
/* "text/html" in lower case; "text/plain" where nothing is said. */
yq_str yq_mime_type(yq_arena *a, const yq_entity_part *e);
/* A parameter of a header: charset, boundary, name, filename. Continued and encoded forms are put together. Empty: none. */
yq_str yq_mime_parameter(yq_arena *a, yq_str value, const char *name);
/* The body's bytes; characters that do not belong into an encoding are passed over, as RFC 2045 asks. */
yq_str yq_mime_bytes(yq_arena *a, const yq_entity_part *e);
/* The next entity of a multipart body from *at on. A boundary that is never closed ends with the body. */
bool yq_mime_next(yq_str body, yq_str boundary, size_t *at, yq_str *entity);
/* Compares without letter case. */
bool yq_mime_is(yq_str s, const char *word);

#endif
