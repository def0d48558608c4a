/* text/internal.h - shared inside text/ only. */
#ifndef YQ_TEXT_INTERNAL_H
#define YQ_TEXT_INTERNAL_H

#include "text/text.h"

/* Makes room for `bytes` more, so that a copy of a known size grows once. */
void yq_text_reserve(yq_text_builder *b, size_t bytes);
/* Appends text that stands for source[from, to) as a whole: a composed letter for its parts, a narrow digit for a wide one. */
void yq_text_replace(yq_text_builder *b, yq_str text, size_t from, size_t to);
/* Appends text of which every `clean_step` bytes stand for `origin_step` bytes of the source from `origin` on. */
void yq_text_steps(yq_text_builder *b, yq_str text, size_t origin, uint8_t clean_step, uint8_t origin_step);

/* The simplified form of a character when it has the same length in UTF-8, else itself. */
uint32_t yq_script_simple(uint32_t cp);

/* How surprising a character is in Chinese text: -ln(probability) in tenths. */
uint8_t yq_han_cost(uint32_t cp);

/* ---------------------------------------------------------------- shapes (shape.c) */

/* The letter that base and mark are together in Unicode; 0: none. */
uint32_t yq_shape_compose(uint32_t base, uint32_t mark);
/* Combining class of a mark that some composition uses; 0: no such mark. */
uint8_t yq_shape_mark_class(uint32_t cp);
/* The usual character for a radical or a letter-like sign, else itself. */
uint32_t yq_shape_usual(uint32_t cp);

/* ---------------------------------------------------------------- steps of yq_clean, each a text from a text */

/* Characters only; line breaks, blanks at the start of a line and wide gaps (as two spaces) stay for yq_clean_lines. */
void yq_clean_characters(yq_text_builder *b, yq_str text);
/* Lines: what was wrapped is joined, what is empty goes, gaps of table rows become tabs. */
void yq_clean_lines(yq_text_builder *b, yq_str text, bool unwrap);
/* Pinyin and zhuyin in brackets behind a character. */
void yq_clean_glosses(yq_text_builder *b, yq_str text);

/* Does the most probable way to cut a few characters lay a word across byte `border`? Any script; at most CUT_SHORT bytes. */
enum { CUT_SHORT = 32 };
bool yq_cut_crosses(yq_str han, size_t border);

/* Is s, without tone, a syllable of some character? */
bool yq_pinyin_is_syllable(yq_str s);

/* yq_utf8_next for the loops that see every character: ASCII and well-formed three-byte characters without a call. */
static inline uint32_t next_char(yq_str s, size_t *at)
{
    const uint8_t *p = (const uint8_t *)s.p + *at;
    if (p[0] < 0x80) return *at += 1, p[0];
    if (p[0] > 0xE0 && p[0] < 0xED && s.n - *at >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80)
        return *at += 3, (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return yq_utf8_next(s, at);
}

/* yq_is_han, with the usual block first. */
static inline bool is_han(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3000 && yq_is_han(cp));
}

static inline bool is_letter(uint32_t cp) /* ASCII */
{
    return cp < 0x80 && (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

static inline bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

#endif
