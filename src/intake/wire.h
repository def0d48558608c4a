/* intake/wire.h - a reading as bytes: how it comes out of the cage.
 *
 * Format, all numbers little endian, u32 unless said otherwise; a text is its length and its bytes:
 *
 *     "YQR2"
 *     format, encoding    texts of at most 32 bytes
 *     date                text, "" or YYYY-MM-DD
 *     title               from, to
 *     clean               text
 *     runs                count, then for each: clean, origin, clean_step u8, origin_step u8
 *     blocks              count, then for each: kind u8, level u8, table, from, to
 *     tables              count, then for each: rows, columns, header rows, count of cells, then for each cell:
 *                         row, column, rows, columns, header u8, from, to
 *     parts               count, then for each: blocks before it, body u8, name (text of at most 512 bytes), bytes (text, of any bytes)
 *     "END."
 *
 * Who wrote it may have been taken over by the document. So nothing is believed: every length, index, order and border of a character is checked,
 * and what follows from the text alone (simplified form, language, hash) is not sent but made again by whoever receives it.
 */
#ifndef YQ_INTAKE_WIRE_H
#define YQ_INTAKE_WIRE_H

#include "intake/intake.h"

/* Hands the bytes to `put`, a stretch of at most 64 KB at a time. */
void yq_wire_write(const yq_reading *r, void (*put)(void *arg, yq_str bytes), void *arg);

/* Fills what the format holds; the rest of *out stays as it was. The reading lives in the arena and borrows nothing from bytes.
 * Errors: YQ_INVALID - not exactly one reading; YQ_NOMEM. */
yq_code yq_wire_read(yq_arena *a, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);

#endif
