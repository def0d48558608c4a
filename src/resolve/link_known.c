/* Identifiers that a line or its columns carry decide which organisation of the list is meant: ROR ids and credit codes with their check digits.
 *
 * In a text they stand behind ror.org/ or are 18 characters long; a bare one is taken for one only where at least half of its column are. A line whose
 * identifier no organisation of the list has means none that has another of the kind. Where a line carries two that are two things', names decide.
 */
#include "resolve/link_best.h"
#include "resolve/link_internal.h"

enum { SAMPLE = 1000, SHARED = UINT32_MAX - 1 };

static unsigned kind_bit(yq_identifier_kind kind)
{
    return kind == YQ_ID_ROR ? 1 : kind == YQ_ID_USCC ? 2 : 0;
}

static bool read_cell(yq_str cell, yq_identifier *id)
{
    return link_identifier(YQ_LINK_ORGANIZATION, cell, id);
}

static bool holds_identifiers(const yq_link_table *t, size_t column)
{
    size_t seen = 0, valid = 0;
    yq_identifier id;
    for (size_t i = 0; i < t->rows && seen < SAMPLE; i++) {
        yq_str cell = t->cell[i * t->columns + column];
        seen += cell.n > 0;
        valid += read_cell(cell, &id);
    }
    return valid > 0 && valid * 2 >= seen;
}

static bool *identifier_columns(yq_arena *a, const yq_link_table *t, size_t from)
{
    bool *is = YQ_ARRAY(a, bool, t->columns + 1);
    for (size_t c = from; c < t->columns; c++) is[c] = holds_identifiers(t, c);
    return is;
}

/* ---------------------------------------------------------------- the list */

static void note(link_known *k, const yq_identifier *id, uint32_t thing)
{
    uint32_t at = link_number(k->arena, &k->numbers, yq_cstr(id->text));
    if (at == k->thing.n) *yq_push(k->arena, &k->thing) = thing;
    else if (k->thing.v[at] != thing) k->thing.v[at] = SHARED;
    k->kinds[thing] |= (uint8_t)kind_bit(id->kind);
}

void link_known_read(link_known *k, const link_list *l, const yq_link_table *a, const yq_link_table *b)
{
    bool *in_b = identifier_columns(k->arena, b, 0);
    yq_identifier id;
    k->kinds = YQ_ARRAY(k->arena, uint8_t, l->id.n + 1);
    k->column = identifier_columns(k->arena, a, 1);
    for (size_t row = 0; row < b->rows; row++)
        for (size_t c = 0; c < b->columns; c++)
            if (in_b[c] && read_cell(b->cell[row * b->columns + c], &id)) note(k, &id, l->form[row].thing);
}

/* ---------------------------------------------------------------- a line */

static void take(const link_known *k, const yq_identifier *id, link_told_by *out)
{
    unsigned bit = kind_bit(id->kind);
    uint32_t at = bit ? link_find(&k->numbers, yq_cstr(id->text)) : UINT32_MAX;
    out->kinds |= (uint8_t)bit;
    if (at == UINT32_MAX) return;
    if (out->thing != NO_THING && out->thing != k->thing.v[at]) out->contradictory = true;
    out->thing = k->thing.v[at];
    out->kind = id->kind;
}

link_told_by link_known_of(const link_known *k, const yq_link_table *a, size_t row)
{
    link_told_by out = { .thing = NO_THING };
    yq_identifier id;
    for (size_t c = 1; c < a->columns; c++) {
        yq_str cell = a->cell[row * a->columns + c];
        if (k->column[c] && read_cell(cell, &id)) take(k, &id, &out);
        for (size_t at = 0; !k->column[c] && yq_identifier_next(cell, &at, &id);) take(k, &id, &out);
    }
    if (out.contradictory || out.thing == SHARED) out = (link_told_by){ .thing = NO_THING };
    return out;
}

bool link_known_forbids(const link_known *k, const link_told_by *told, uint32_t thing)
{
    return (k->kinds[thing] & told->kinds) != 0;
}

/* ---------------------------------------------------------------- in words */

static void note_wrong(link_known *k, const yq_link_table *t, unsigned table, size_t column, yq_link_pairs *out)
{
    size_t wrong = 0, first = 0;
    yq_identifier_kind kind = YQ_ID_NONE;
    yq_identifier id;
    for (size_t row = 0; row < t->rows; row++) {
        yq_str cell = t->cell[row * t->columns + column];
        if (read_cell(cell, &id)) kind = kind ? kind : id.kind;
        else if (cell.n && wrong++ == 0) first = row;
    }
    if (wrong) out->notice[out->notices++] = (yq_link_notice){ table, link_notice(k->arena, t->header[column], kind, wrong, t->cell[first * t->columns]) };
}

void link_known_notices(link_known *k, const yq_link_table *a, const yq_link_table *b, yq_link_pairs *out)
{
    bool *in_b = identifier_columns(k->arena, b, 1);
    out->notice = YQ_ARRAY(k->arena, yq_link_notice, a->columns + b->columns + 1);
    for (size_t c = 1; c < a->columns; c++)
        if (k->column[c]) note_wrong(k, a, 0, c, out);
    for (size_t c = 1; c < b->columns; c++)
        if (in_b[c]) note_wrong(k, b, 1, c, out);
}
