/* intake/xlsx.h - numbers of a workbook as its formats show them. */
#ifndef YQ_INTAKE_XLSX_H
#define YQ_INTAKE_XLSX_H

#include "intake/office.h"

/* What a number format shows of a number, as bits. */
enum { YQ_SHOWS_YEAR = 1, YQ_SHOWS_MONTH = 2, YQ_SHOWS_DAY = 4, YQ_SHOWS_TIME = 8, YQ_SHOWS_PERCENT = 16, YQ_SHOWS_HAN = 32 };

typedef struct {
    YQ_VEC(uint8_t) shows; /* of each cell style */
    bool from_1904;        /* days are counted from 1904 */
} yq_xlsx_formats;

/* Reads xl/styles.xml, which may be missing. */
yq_code yq_xlsx_read_formats(yq_office *o, yq_zip *z, const char *part, yq_xlsx_formats *out, yq_err *err);
/* The text of a number in a cell of that style: "2025-06-06", "2025年6月6日", "09:30", "12%", "2.7". */
yq_str yq_xlsx_number(yq_arena *a, const yq_xlsx_formats *f, yq_str value, long style);

#endif
