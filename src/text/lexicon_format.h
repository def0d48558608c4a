/* text/lexicon_format.h - inside text/: the bytes of lexicon.bin, which make_lexicon.c writes at build time and lexicon.c reads where it lies.
 *
 * The file is one lexicon_head and then the sections, each aligned to 64 bytes, in the byte order of the machine that builds. A section's
 * place is its offset from the start of the file; its length is counted in items.
 *
 *   FORMS          trie units (trie.h); value: index of the form's first entry
 *   FORM_STARTS    uint32 by character from START_FROM: the node of FORMS behind it, 0 if no form begins so
 *   FIRST_CLASSES  uint32 by character from START_FROM: a bit for each class that has a form beginning with it
 *   LAST_CLASSES   the same for forms that end with it
 *   BACKWARD       trie units over the reversed bytes of the same forms; same values
 *   ENTRIES        lexicon_entry; the entries of one form stand together, the last one says so
 *   WORDS          trie units; value: cost << WORD_COST_SHIFT | index in WORD_VALUES
 *   WORD_STARTS    the same for WORDS
 *   WORD_VALUES    lexicon_slice of POOL ("frequency TAB tag"); equal ones are stored once
 *   POOL           bytes
 *   CONCEPTS       trie units; value: index of the form's first reference
 *   CONCEPT_STARTS the same as FORM_STARTS for CONCEPTS
 *   CONCEPT_REFS   uint32: CONCEPT_LAST | CONCEPT_AMBIGUOUS | CONCEPT_ABBREVIATION | id
 *   CONCEPT_LINES  lexicon_slice of POOL, by id
 *   CONCEPT_UP     uint32 by id: the broader concept, UINT32_MAX none
 *   CONCEPT_NEAR_AT uint32 by id, and one more: where its items of CONCEPT_NEAR begin
 *   CONCEPT_NEAR   yq_near: what stands in a relation to a concept (lexicon/relations.tsv, specialties), in both directions
 *   SIMPLE         uint16 by character from HAN_FROM: its simplified form, 0 if it is its own
 *   SIMPLE_FAR     lexicon_pair by character: the same above U+FFFF
 *   CHAR_COST      uint8 by character from HAN_FROM: -ln(its share of the text behind words.tsv) in tenths, CHAR_UNSEEN if it has none;
 *                  a traditional character has that of its simplified form
 *   PINYIN         uint16 by character from HAN_FROM: index of its first reading, PINYIN_NONE
 *   PINYIN_FAR     lexicon_pair: the same for characters outside of that range
 *   READINGS       uint16: READING_LAST | index of the syllable
 *   SYLLABLES      char[8], padded with NUL, at least one
 *
 * Forms of all tries are in lower case (ASCII). Surname readings are entries of the class LEXICON_SURNAME_READING.
 */
#ifndef YQ_TEXT_LEXICON_FORMAT_H
#define YQ_TEXT_LEXICON_FORMAT_H

#include "text/lexicon.h"
#include "text/trie.h"

#define LEXICON_MAGIC "YQLEXIC"
enum { LEXICON_VERSION = 6, LEXICON_BYTE_ORDER = 0x01020304 };

enum {
    SEC_FORMS, SEC_FORM_STARTS, SEC_FIRST_CLASSES, SEC_LAST_CLASSES, SEC_BACKWARD, SEC_ENTRIES, SEC_WORDS, SEC_WORD_STARTS, SEC_WORD_VALUES, SEC_POOL, SEC_CONCEPTS, SEC_CONCEPT_STARTS, SEC_CONCEPT_REFS, SEC_CONCEPT_LINES,
    SEC_CONCEPT_UP, SEC_CONCEPT_NEAR_AT, SEC_CONCEPT_NEAR, SEC_SIMPLE, SEC_SIMPLE_FAR, SEC_CHAR_COST, SEC_PINYIN, SEC_PINYIN_FAR, SEC_READINGS, SEC_SYLLABLES, SEC_COUNT
};

typedef struct {
    char magic[8];
    uint32_t version, byte_order, bytes; /* bytes: of the whole file */
    uint32_t at[SEC_COUNT], items[SEC_COUNT];
} lexicon_head;

typedef struct {
    uint32_t at, n;
} lexicon_slice;

typedef struct {
    uint32_t at;  /* value: POOL[at, at + n) */
    uint16_t n;
    uint8_t class;
    uint8_t last;
} lexicon_entry;

typedef struct {
    uint32_t key, value;
} lexicon_pair; /* in order of key */

/* One class more than the face has. */
enum { LEXICON_SURNAME_READING = YQ_LEX_CLASS_COUNT };
_Static_assert(LEXICON_SURNAME_READING < 32, "a class is a bit of a mask");

/* What a word costs in the lattice: -ln(probability) in steps of 1/WORD_COST_UNIT, 1..2047. */
enum { WORD_COST_SHIFT = 20, WORD_COST_MAX = 2047, WORD_COST_UNIT = 100 };

#define CONCEPT_LAST 0x80000000u
#define CONCEPT_AMBIGUOUS 0x40000000u
#define CONCEPT_ABBREVIATION 0x20000000u
#define CONCEPT_ID 0x1FFFFFFFu

enum { START_FROM = 0x4E00, START_TO = 0xA000 };

enum { HAN_FROM = 0x3400, HAN_TO = 0x10000, PINYIN_NONE = 0xFFFF, CHAR_UNSEEN = 220, READING_LAST = 0x8000, SYLLABLE_BYTES = 8 };

extern const char yq_lexicon_blob[];

static inline const lexicon_head *lexicon_header(void)
{
    return (const lexicon_head *)yq_lexicon_blob;
}

static inline const void *lexicon_section(int section)
{
    return yq_lexicon_blob + lexicon_header()->at[section];
}

#define SECTION(type, name) ((const type *)lexicon_section(SEC_##name))

/* The walk into a trie from s[at) on. Most positions of Chinese text begin with a character that has a node of its own in `starts`, so that its three
 * bytes need not be walked. Returns how many bytes *node stands for: 3, or 0 at the root; false: nothing begins so. */
static inline bool lexicon_enter(const uint32_t *starts, yq_str s, size_t at, uint32_t *node, size_t *bytes)
{
    const uint8_t *p = (const uint8_t *)s.p + at;
    *node = 0;
    *bytes = 0;
    if (p[0] < 0xE4 || p[0] > 0xE9 || s.n - at < 3) return true;
    uint32_t cp = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    if (cp < START_FROM || ((p[1] & p[2]) & 0xC0) != 0x80) return true;
    *node = starts[cp - START_FROM];
    *bytes = 3;
    return *node != 0;
}

/* May a form of one of the classes begin (or end: `classes` says which) with the character at s[at)? Most are told so, at once, that none does. */
static inline bool lexicon_may(const uint32_t *classes, yq_str s, size_t at, uint32_t mask)
{
    const uint8_t *p = (const uint8_t *)s.p + at;
    if (s.n - at < 3 || p[0] < 0xE4 || p[0] > 0xE9) return true;
    uint32_t cp = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return cp < START_FROM || ((p[1] & p[2]) & 0xC0) != 0x80 || (classes[cp - START_FROM] & mask);
}

/* The columns of a word, by the value of its node. */
static inline yq_str lexicon_word(uint32_t value)
{
    lexicon_slice s = SECTION(lexicon_slice, WORD_VALUES)[value & ((1u << WORD_COST_SHIFT) - 1)];
    return (yq_str){ SECTION(char, POOL) + s.at, s.n };
}

/* The pair with this key, or NULL. */
const lexicon_pair *yq_lexicon_find_pair(const lexicon_pair *pairs, size_t n, uint32_t key);

#endif
