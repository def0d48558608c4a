/* text/trie.h - inside text/: a static trie in one array of 32-bit units (a double array with XOR addressing, after S. Yata's darts-clone).
 *
 * Unit of a node:  bit 31 = 0 | bits 9..30 base | bit 8 has a value | bits 0..7 the byte that leads here
 * Unit of a value: bit 31 = 1 | bits 0..30 the value
 * The child of a node by byte c lies at base ^ c; it is a child when its bits 31 and 0..7 equal c. The value of a node lies at base ^ 0.
 * No two nodes share a base, so the byte alone tells a child from a stranger's unit. The root is unit 0; free units are 1 << 31.
 * The number of units is a multiple of 256, so base ^ c never leaves the array.
 */
#ifndef YQ_TEXT_TRIE_H
#define YQ_TEXT_TRIE_H

#include <stdbool.h>
#include <stdint.h>

#define TRIE_LEAF 0x80000000u
enum { TRIE_HAS_VALUE = 1 << 8, TRIE_BASE_SHIFT = 9, TRIE_BASE_BITS = 22 };

/* Moves *node along byte c; false: no form goes on that way. */
static inline bool trie_step(const uint32_t *unit, uint32_t *node, uint8_t c)
{
    uint32_t child = ((unit[*node] & ~TRIE_LEAF) >> TRIE_BASE_SHIFT) ^ c;
    if ((unit[child] & (TRIE_LEAF | 0xFF)) != c) return false;
    *node = child;
    return true;
}

/* Does a form end at this node? */
static inline bool trie_value(const uint32_t *unit, uint32_t node, uint32_t *value)
{
    if (!(unit[node] & TRIE_HAS_VALUE)) return false;
    *value = unit[unit[node] >> TRIE_BASE_SHIFT] & ~TRIE_LEAF;
    return true;
}

#endif
