/* Identifiers decide. A column of them is told by its values: ORCID iDs of persons, ROR ids and credit codes of organisations, numbers of trials and
 * patents of records. Of each kind a thing has one: rows with the same are the same, rows with two are two, whatever else is said of them; where
 * two kinds contradict each other, neither decides. A value whose check digit is wrong is as good as unknown. A record's number must be its own:
 * papers on one trial are several, whatever they share.
 */
#include "resolve/link_internal.h"

/* Which kinds name the thing of a row, and not somebody who has to do with it. */
static const yq_identifier_kind deciding[][LINK_TOLD] = {
    [YQ_LINK_PERSON] = { YQ_ID_ORCID },
    [YQ_LINK_ORGANIZATION] = { YQ_ID_ROR, YQ_ID_USCC },
    [YQ_LINK_RECORD] = { YQ_ID_NCT, YQ_ID_CHICTR, YQ_ID_EUDRACT, YQ_ID_PATENT },
};

static int place_of(yq_link_kind kind, yq_identifier_kind id)
{
    for (int i = 0; i < LINK_TOLD; i++)
        if (id != YQ_ID_NONE && deciding[kind][i] == id) return i;
    return -1;
}

bool link_identifier(yq_link_kind kind, yq_str cell, yq_identifier *out)
{
    return yq_identifier_read(cell, out) && place_of(kind, out->kind) >= 0;
}

/* ---------------------------------------------------------------- what the rows are told by */

void link_read_told(link_rows *r)
{
    link_strings all = { 0 };
    link_number(r->arena, &all, YQ_S("")); /* 0: nothing is told */
    for (size_t f = 0; f < r->fields; f++) {
        const link_field *field = &r->field[f];
        if (field->type != LINK_IDENTIFIER) continue;
        for (size_t row = 0; row < r->rows; row++) {
            uint32_t v = field->of_row[row];
            if (!v) continue;
            uint32_t **told = &r->told[place_of(r->kind, field->mark[v].words)];
            if (!*told) *told = YQ_ARRAY(r->arena, uint32_t, r->rows);
            if (!(*told)[row]) (*told)[row] = link_number(r->arena, &all, field->value[v].text);
        }
    }
    r->told_numbers = all.n;
}

/* ---------------------------------------------------------------- numbers of something else */

/* Two papers on one trial carry its number, and the number is not theirs. */
static bool tells_of_papers(yq_arena *a, const yq_link_table *t)
{
    static const char *const headers[] = { "doi", "pmid", "pmcid", "issn", "journal", "期刊", "刊名", "期刊名称" };
    for (size_t c = 1; c < t->columns; c++)
        for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
            if (yq_eq(link_normal(a, t->header[c]), yq_cstr(headers[i]))) return true;
    return false;
}

/* What a row is called by: the text that most rows have of their own. -1: there is none. */
static int title_field(const link_rows *r)
{
    int best = -1;
    for (size_t f = 0; f < r->fields; f++) {
        bool text = r->field[f].type == LINK_TEXT || r->field[f].type == LINK_NAME;
        if (text && r->field[f].values * 2 > r->rows && (best < 0 || r->field[f].values > r->field[best].values)) best = (int)f;
    }
    return best;
}

static bool in_characters(yq_str s)
{
    for (size_t at = 0; at < s.n;)
        if (yq_is_han(yq_utf8_next(s, &at))) return true;
    return false;
}

/* A title in the other script says nothing. */
static bool called_otherwise(const link_rows *r, size_t title, uint32_t a, uint32_t b)
{
    const link_field *f = &r->field[title];
    uint32_t x = f->of_row[a], y = f->of_row[b];
    if (!x || !y || in_characters(f->value[x].text) != in_characters(f->value[y].text)) return false;
    unsigned level = link_level(link_compare(r, a, b), title);
    return level == LEVEL_WEAK || level == LEVEL_DIFFERENT;
}

/* The row's numbers of a kind are as good as unknown, as a column as well. */
static void forget_number(link_rows *r, unsigned kind, size_t row)
{
    for (size_t f = 0; f < r->fields; f++) {
        link_field *field = &r->field[f];
        if (field->type != LINK_IDENTIFIER || place_of(r->kind, field->mark[field->of_row[row]].words) != (int)kind) continue;
        field->of_row[row] = r->values[row * r->fields + f] = 0;
        field->known--;
    }
    r->told[kind][row] = 0;
}

/* Rows whose title is not that of the first with their number lose it; of papers all do. */
static void forget_numbers(link_rows *r, unsigned kind, bool papers, int title)
{
    uint32_t *first = YQ_ARRAY(r->arena, uint32_t, r->told_numbers + 1);
    for (size_t row = 0; row < r->rows; row++) {
        uint32_t number = r->told[kind][row], *f = &first[number];
        if (!number) continue;
        if (papers || (*f && title >= 0 && called_otherwise(r, (size_t)title, *f - 1, (uint32_t)row))) forget_number(r, kind, row);
        else if (!*f) *f = (uint32_t)row + 1;
    }
}

void link_own_told(link_rows *r, const yq_link_table *a)
{
    if (r->kind != YQ_LINK_RECORD) return;
    int title = title_field(r);
    bool papers = tells_of_papers(r->arena, a);
    for (unsigned k = 0; k < LINK_TOLD; k++)
        if (r->told[k]) forget_numbers(r, k, papers, title);
}

/* ---------------------------------------------------------------- pairs */

int link_told(uint32_t *const told[LINK_TOLD], uint32_t a, uint32_t b)
{
    bool same = false, other = false;
    for (unsigned k = 0; k < LINK_TOLD; k++) {
        if (!told[k] || !told[k][a] || !told[k][b]) continue;
        same |= told[k][a] == told[k][b];
        other |= told[k][a] != told[k][b];
    }
    return same - other;
}

/* ---------------------------------------------------------------- as candidates */

/* The first row of each table that carries a number, + 1. */
static void first_rows(const link_rows *r, const uint32_t *told, uint32_t *first[2])
{
    for (unsigned side = 0; side < 2; side++) memset(first[side], 0, r->told_numbers * sizeof **first);
    for (size_t row = r->rows; row-- > 0;) first[row >= r->first_b][told[row]] = (uint32_t)row + 1;
}

/* Each row with the first that carries the same number, of the other table if there are two. What stands in one group meets there. */
size_t link_told_pairs(const link_rows *r, uint64_t *out)
{
    size_t n = 0;
    uint32_t *first[2] = { YQ_ARRAY(r->arena, uint32_t, r->told_numbers + 1), YQ_ARRAY(r->arena, uint32_t, r->told_numbers + 1) };
    for (unsigned k = 0; k < LINK_TOLD; k++) {
        if (!r->told[k]) continue;
        first_rows(r, r->told[k], first);
        for (size_t row = 0; row < r->rows; row++) {
            uint32_t number = r->told[k][row];
            bool second = row >= r->first_b, two = r->first_b < r->rows;
            uint32_t other = number ? first[two ? !second : 0][number] : 0;
            if (!other || other - 1 == row) continue;
            if (out) out[n] = second || !two ? (uint64_t)(other - 1) << 32 | row : (uint64_t)row << 32 | (other - 1);
            n++;
        }
    }
    return n;
}

/* ---------------------------------------------------------------- in words */

yq_str link_notice(yq_arena *a, yq_str column, yq_identifier_kind kind, size_t wrong, yq_str first_id)
{
    return yq_printf(a, "column %.*s: values that are no valid %s and were not used: %zu, the first at id %.*s", YQ_FMT(column), yq_identifier_name(kind), wrong,
                     YQ_FMT(first_id));
}

static yq_str notice(const link_rows *r, const link_field *f, unsigned table)
{
    return link_notice(r->arena, f->name, f->mark[1].words, f->invalid[table], r->id[r->entity[f->first_invalid[table]]]);
}

void link_notices(const link_rows *r, yq_link_pairs *out)
{
    out->notice = YQ_ARRAY(r->arena, yq_link_notice, 2 * LINK_FIELDS);
    for (size_t f = 0; f < r->fields; f++)
        for (unsigned table = 0; table < 2; table++)
            if (r->field[f].invalid[table]) out->notice[out->notices++] = (yq_link_notice){ table, notice(r, &r->field[f], table) };
}
