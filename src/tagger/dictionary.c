/* Numbers the features that carry weights, by a table of their hashes with linear probing. The 64-bit hash stands for the feature. */
#include "tagger/internal.h"

static size_t slot_of(const tagger_dictionary *d, uint64_t key)
{
    size_t i = (size_t)(key ^ key >> 31) & (d->size - 1);
    while (d->key[i] && d->key[i] != key) i = (i + 1) & (d->size - 1);
    return i;
}

uint32_t tagger_row(const tagger_dictionary *d, uint64_t key)
{
    size_t i = d->size ? slot_of(d, key) : 0;
    return d->size && d->key[i] ? d->row[i] : TAGGER_NO_ROW;
}

void tagger_dictionary_room(yq_arena *a, tagger_dictionary *d, size_t rows)
{
    for (d->size = 16; d->size <= 2 * rows; d->size *= 2) {}
    d->key = YQ_ARRAY(a, uint64_t, d->size);
    d->row = YQ_ARRAY(a, uint32_t, d->size);
}

static void grow(yq_arena *a, tagger_dictionary *d)
{
    tagger_dictionary old = *d;
    tagger_dictionary_room(a, d, old.size);
    for (size_t i = 0; i < old.size; i++) {
        if (!old.key[i]) continue;
        size_t slot = slot_of(d, old.key[i]);
        d->key[slot] = old.key[i];
        d->row[slot] = old.row[i];
    }
}

uint32_t tagger_row_add(yq_arena *a, tagger_dictionary *d, uint64_t key)
{
    if (d->rows * 2 >= d->size) grow(a, d);
    size_t i = slot_of(d, key);
    if (!d->key[i]) {
        d->key[i] = key;
        d->row[i] = d->rows++;
    }
    return d->row[i];
}

/* ---------------------------------------------------------------- the gazetteer, in the same way */

static size_t entry_slot(const tagger_gazetteer *g, uint64_t string)
{
    size_t i = (size_t)(string ^ string >> 31) & (g->size - 1);
    while (g->entry[i].string && g->entry[i].string != string) i = (i + 1) & (g->size - 1);
    return i;
}

void tagger_gazetteer_room(yq_arena *a, tagger_gazetteer *g, size_t entries)
{
    for (g->size = 16; g->size <= 2 * entries; g->size *= 2) {}
    g->entry = YQ_ARRAY(a, tagger_entry, g->size);
}

tagger_entry *tagger_entry_of(const tagger_gazetteer *g, uint64_t string)
{
    tagger_entry *e = &g->entry[entry_slot(g, string)];
    return e->string ? e : NULL;
}

tagger_entry *tagger_entry_add(tagger_gazetteer *g, uint64_t string)
{
    tagger_entry *e = &g->entry[entry_slot(g, string)];
    g->n += !e->string;
    e->string = string;
    return e;
}
