/* intake/foreign.h - files that another program turns into what is read here: old Office files, RTF, OpenDocument, WPS by LibreOffice; scanned pages by
 * tesseract. Both are optional: without them the refusal says what to install, or how to save the file.
 */
#ifndef YQ_INTAKE_FOREIGN_H
#define YQ_INTAKE_FOREIGN_H

#include "intake/internal.h"

typedef struct {
    const char *extension;
    const char *what;    /* for people: "Word (.doc)" */
    const char *opened;  /* the ending under which LibreOffice is given it */
    const char *becomes; /* docx, xlsx, pptx */
    bool old;            /* binary: under its name often come HTML, text or the new format, and these are read without a conversion */
} yq_conversion;

/* NULL: files of this name are not converted. */
const yq_conversion *yq_conversion_of(yq_str name);
/* What the file is whatever its ending says: "docx", "html", "csv"; NULL: what its ending says. */
const char *yq_conversion_unneeded(const yq_conversion *c, yq_str bytes);

typedef enum { YQ_CONVERT_OFFICE, YQ_CONVERT_SCAN } yq_convert_way;

/* What a conversion may use; it is far more than a reader may, so it stands apart from yq_intake_limits. */
typedef struct {
    const char *program;     /* whose absence is told */
    unsigned seconds;        /* that pass, from begin to end */
    size_t address_space;    /* of each process */
    size_t result_bytes;
    unsigned pages;          /* of a scan, more are not recognised */
    const char *packages;    /* in Debian */
} yq_convert_limits;

const yq_convert_limits *yq_convert_limits_of(yq_convert_way way);

#endif
