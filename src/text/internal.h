/* text/internal.h - shared inside text/ only. */
#ifndef YQ_TEXT_INTERNAL_H
#define YQ_TEXT_INTERNAL_H

#include "text/text.h"

/* Makes room for `bytes` more, so that a copy of a known size grows once. */
void text_reserve(yq_text_builder *b, size_t bytes);
/* Appends text that stands for source[from, to) as a whole: a composed letter for its parts, a narrow digit for a wide one. */
void text_replace(yq_text_builder *b, yq_str text, size_t from, size_t to);
/* Appends text of which every `clean_step` bytes stand for `origin_step` bytes of the source from `origin` on. */
void text_steps(yq_text_builder *b, yq_str text, size_t origin, uint8_t clean_step, uint8_t origin_step);

/* The simplified form of a character when it has the same length in UTF-8, else itself. */
uint32_t script_simple(uint32_t cp);

/* How surprising a character is in Chinese text: -ln(probability) in tenths; 255 for one that no dictionary word holds. */
uint8_t han_cost(uint32_t cp);

static inline bool is_letter(uint32_t cp) /* ASCII */
{
    return cp < 0x80 && (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

static inline bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

#endif
