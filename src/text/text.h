/* text/text.h - from bytes in any encoding to clean text, its words and its sentences.
 *
 * Positions. Everything later speaks in byte offsets of a reading's clean text. A yq_map leads them back to the bytes of the
 * original file. The plain form (simplified characters, for comparison) has, by construction, the same byte length as the clean text
 * character by character, so one span serves both: a character whose simplified form has another length in UTF-8 stays as it is.
 */
#ifndef YQ_TEXT_H
#define YQ_TEXT_H

#include "base/base.h"

/* Raised whenever clean-up, simplification or word cutting gives other results; stored with readings and indexes. */
enum { YQ_TEXT_VERSION = 1 };

/* ---------------------------------------------------------------- maps back to the original */

/* From `clean` on, each step of clean_step bytes stands for origin_step bytes from `origin` on, until the next run begins. */
typedef struct {
    uint32_t clean, origin;
    uint8_t clean_step, origin_step;
} yq_map_run;

typedef struct {
    yq_map_run *run; /* ordered by clean */
    size_t n;
} yq_map;

size_t yq_map_origin(const yq_map *map, size_t clean);
/* outer: clean -> middle, inner: middle -> origin; gives clean -> origin. */
yq_map yq_map_join(yq_arena *a, const yq_map *outer, const yq_map *inner);
/* Compact text form for the store: "clean,origin,cs,os;..." and back. */
void yq_map_write(const yq_map *map, yq_buf *out);
yq_code yq_map_parse(yq_arena *a, yq_str text, yq_map *out, yq_err *err);

/* A text that is put together from pieces of a source, with its map. */
typedef struct {
    yq_arena *arena;
    YQ_VEC(char) text;
    YQ_VEC(yq_map_run) runs;
} yq_text_builder;

/* Appends the characters that lie wholly in source[from, to); origin offsets are those of the source. */
void yq_text_copy(yq_text_builder *b, yq_str source, size_t from, size_t to);
/* Appends text that the source does not hold; it maps to `origin`. */
void yq_text_insert(yq_text_builder *b, yq_str text, size_t origin);
size_t yq_text_length(const yq_text_builder *b);
yq_str yq_text_done(yq_text_builder *b, yq_map *map); /* with a NUL behind it */

/* ---------------------------------------------------------------- decoding */

typedef struct {
    yq_str text; /* valid UTF-8, line ends as \n, no BOM */
    yq_map map;  /* text -> bytes */
    const char *encoding; /* "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE", "windows-1252" */
} yq_decoded;

/* Declared: what the file says of itself (charset of HTML), or NULL; believed only when the bytes agree. gb2312 and gbk are read as GB18030, Big5 with
 * Hong Kong's supplement; a few malformed characters become U+FFFD each. Errors: YQ_INVALID - empty, binary (NUL bytes, control characters), over 1 GB,
 * or in no known encoding: the message says which and what to do. */
yq_code yq_decode(yq_arena *a, yq_str bytes, const char *declared, yq_decoded *out, yq_err *err);

/* ---------------------------------------------------------------- clean-up */

typedef struct {
    bool unwrap; /* plain text and PDF: join lines that were wrapped by a page's width, make tabs of the wide gaps in rows of columns */
} yq_clean_options;

/* Cleans decoded text; map: clean -> text. Lines of the result are paragraphs, list items, headings or table rows (\t between cells), each ended
 * by \n; none is empty and none has blanks around.
 *   characters  NFC; zero-width, control and soft-hyphen characters go; full-width letters, digits and the marks inside of numbers become ASCII, Chinese
 *               punctuation stays; radicals (U+2E80..2FD5) become the ideographs they stand for; private-use and compatibility ideographs stay
 *   blanks      a run becomes one space, none beside Chinese punctuation; 韩　霁 and 会 议 议 程 are set together again
 *   glosses     readings in brackets behind characters go: 國(guó), 對(duì?), 國(ㄍㄨㄛˊ)
 *   lines       (unwrap) joined where the lines around show that a page's width cut them, even with an empty line between all of them; a hyphen of
 *               the page goes; list items, fields, rows, headings and captions stay apart
 * No Han character is lost or moved, whatever the input. Errors: YQ_INVALID - over 1 GB. */
yq_code yq_clean(yq_arena *a, yq_str text, yq_clean_options options, yq_str *clean, yq_map *map, yq_err *err);

/* ---------------------------------------------------------------- script */

typedef enum { YQ_LANG_UNKNOWN, YQ_LANG_HANS, YQ_LANG_HANT, YQ_LANG_EN, YQ_LANG_MIXED } yq_lang;
const char *yq_lang_name(yq_lang lang); /* "zh-Hans", "zh-Hant", "en", "mixed", "" */
yq_lang yq_lang_of(yq_str text);

/* Simplified characters at the same byte positions as s (see the head of this file). Text without a traditional character is
 * returned as it is, without a copy. OpenCC tw2s decides, by the words around, where a character is ambiguous (著, 乾) or in no table. */
yq_str yq_simplify(yq_arena *a, yq_str s);

/* The form in which names are compared: simplified, NFKC for width, lower case, without spaces, punctuation and quotes. */
yq_str yq_fold(yq_arena *a, yq_str s);

/* ---------------------------------------------------------------- pinyin */

/* Fills out with the readings of a Han character without tone ("xiong"), the usual one first; the number of them, at most cap. */
size_t yq_pinyin(uint32_t cp, const char *out[], size_t cap);
/* "hexiaoshun" and "hxs" of a Chinese name (surname readings respected); other text is folded. For searching a register. */
yq_str yq_pinyin_full(yq_arena *a, yq_str name);
yq_str yq_pinyin_initials(yq_arena *a, yq_str name);

/* ---------------------------------------------------------------- sentences and words */

typedef YQ_VEC(yq_span) yq_spans;

/* Sentences of text[within), added to out: ended by 。！？… or newline, by . ! ? before a space and a capital, a digit or Han (not after Dr., Prof., et al.,
 * No., initials, numbers of a list), not inside of quotes 「」“” and brackets while these stay open; ； ends one only when it is long. Spans hold no outer
 * white space, none is empty, and together they hold all that is not white space. */
void yq_sentences(yq_arena *a, yq_str text, yq_span within, yq_spans *out);

typedef struct {
    yq_span span;
    bool han; /* a Chinese word; else a run of letters and digits kept whole: CAR-T, PD-1, 2.5mg, IL-6 */
    yq_str value; /* of a Chinese word: its columns of lexicon/words.tsv, as yq_lex_is gives them; p NULL: it is not there, or no Chinese word */
} yq_word;
typedef YQ_VEC(yq_word) yq_words;

/* Cuts text into words by the most probable way through the dictionary (lexicon/words.tsv; unigram model, Viterbi over the lattice).
 * Punctuation and spaces are left out. Works on plain text. */
void yq_cut(yq_arena *a, yq_str plain, yq_words *out);

#endif
