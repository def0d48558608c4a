/* From cells to fields: every distinct value once, in normal form, with its words, its coarse forms and how often it occurs.
 *
 * Comparing and blocking then work on numbers of values; a million rows rarely hold a million surnames.
 */
#include "resolve/link_internal.h"

#include <math.h>

enum { LEAST_FIRST_WORD = 6, SAMPLE = 1000 };

static uint32_t short_hash(yq_str s)
{
    uint32_t h = (uint32_t)(yq_hash64(s) >> 16);
    return h ? h : 1;
}

/* ---------------------------------------------------------------- columns */

static const struct {
    const char *name;
    link_type type;
} known_names[] = {
    { "given_name", LINK_NAME }, { "surname", LINK_NAME },  { "date_of_birth", LINK_DATE }, { "phone", LINK_CODE }, { "email", LINK_CODE },
    { "postcode", LINK_CODE },   { "year", LINK_NUMBER },   { "title", LINK_TEXT },         { "authors", LINK_TEXT },
    { "address", LINK_TEXT },    { "position", LINK_TEXT }, { "organization", LINK_TEXT },
};

static bool known_type(yq_str header, link_type *type)
{
    for (size_t i = 0; i < sizeof known_names / sizeof *known_names; i++)
        if (yq_eq(header, yq_cstr(known_names[i].name))) return *type = known_names[i].type, true;
    return false;
}

static size_t count_words(yq_str s)
{
    size_t n = s.n > 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == ' ';
    return n;
}

static bool has_digit(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') return true;
    return false;
}

/* A column of unknown name: mostly several words is text, mostly with digits is a code, else a word such as a name. */
static link_type guess_type(const link_field *f)
{
    size_t words = 0, digits = 0, letters = 0;
    for (size_t v = 1; v < f->values; v++) {
        yq_str s = f->value[v].text;
        words += count_words(s) + (s.n > 30);
        digits += has_digit(s);
        letters += s.n;
    }
    double n = (double)(f->values > 1 ? f->values - 1 : 1);
    if ((double)digits / n > 0.8 && (double)words / n < 3.5 && (double)letters / n < 40) return LINK_CODE;
    return (double)words / n > 1.3 ? LINK_TEXT : LINK_NAME;
}

/* ---------------------------------------------------------------- dates */

static size_t numbers_in(yq_str s, unsigned out[3], size_t digits[3])
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            i++;
            continue;
        }
        if (n == 3) return 0;
        out[n] = 0;
        digits[n] = 0;
        for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && digits[n] < 9; i++) out[n] = out[n] * 10 + (unsigned)(s.p[i] - '0'), digits[n]++;
        n++;
    }
    return n;
}

/* "yyyymmdd" of 1971-05-24, 19710524, 24/05/1971, 1971年5月24日; other text as it is. */
static yq_str date_form(yq_arena *a, yq_str s)
{
    unsigned v[3];
    size_t digits[3], n = numbers_in(s, v, digits);
    if (n != 3) return s;
    if (digits[2] == 4 && digits[0] <= 2) {
        unsigned year = v[2], month = v[1], day = v[0];
        if (month > 12) month = v[0], day = v[1];
        v[0] = year, v[1] = month, v[2] = day;
    } else if (digits[0] != 4) return s;
    return v[1] > 99 || v[2] > 99 ? s : yq_printf(a, "%04u%02u%02u", v[0], v[1], v[2]);
}

/* ---------------------------------------------------------------- coarse forms */

/* What is left of a name when spelling errors are likely: the first letter, then consonants, those that sound alike as one, no doubles.
 * In the manner of Soundex (Russell 1918), with the confusions of pinyin and Cantonese spellings (zh/z/j, x/s/h, q/c/k) together. */
static uint32_t sound(yq_str s)
{
    static const char class[26] = { 0, 'b', 'c', 'd', 0, 'f', 'c', 0, 0, 'c', 'c', 'l', 'n', 'n', 0, 'b', 'c', 'r', 's', 'd', 0, 'f', 0, 's', 0, 's' };
    char out[8];
    size_t n = 0;
    char last = 0;
    for (size_t i = 0; i < s.n && n < 5; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char k = c >= 'a' && c <= 'z' ? class[c - 'a'] : c >= '0' && c <= '9' ? (char)c : c >= 0x80 ? (char)c : 0;
        if (n == 0 && k == 0 && c != ' ') k = 'a';
        if (k && k != last) out[n++] = k;
        last = k;
    }
    return n ? short_hash((yq_str){ out, n }) : 0;
}

/* The letters in alphabetical order without spaces: He Xiaoshun, Xiaoshun He and hexiaoshun are one. */
static uint32_t letters(yq_str s)
{
    unsigned count[256] = { 0 };
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ') count[(unsigned char)s.p[i]]++;
    return short_hash((yq_str){ (const char *)count, sizeof count });
}

static yq_str first_characters(yq_str s, size_t n)
{
    size_t at = 0;
    while (n-- && at < s.n) yq_utf8_next(s, &at);
    return yq_sub(s, 0, at);
}

static yq_str last_characters(yq_str s, size_t n)
{
    size_t at = s.n;
    while (n-- && at > 0) at = yq_utf8_back(s, at);
    return yq_sub(s, at, s.n);
}

static void sketch_date(link_value *v)
{
    char part[8];
    if (v->text.n != 8) return;
    memcpy(part, v->text.p, 4), memcpy(part + 4, v->text.p + 4, 2);
    v->sketch[1] = short_hash((yq_str){ part, 6 });
    v->sketch[2] = short_hash(yq_sub(v->text, 4, 8)) ^ 1;
    memcpy(part + 4, v->text.p + 6, 2);
    v->sketch[3] = short_hash((yq_str){ part, 6 }) ^ 2;
}

/* The two rarest words that are not the only ones of their kind. */
static void sketch_words(link_value *v, const link_field *f)
{
    const link_word *d = f->dictionary;
    uint32_t best = UINT32_MAX, next = UINT32_MAX;
    for (uint32_t i = 0; i < v->words; i++) {
        uint32_t w = f->word[v->word + i];
        if (d[w].count < 2) continue;
        if (best == UINT32_MAX || d[w].count < d[best].count) next = best, best = w;
        else if (next == UINT32_MAX || d[w].count < d[next].count) next = w;
    }
    v->sketch[1] = best == UINT32_MAX ? 0 : best + 1;
    v->sketch[2] = next == UINT32_MAX ? v->sketch[1] : next + 1;
}

static void sketch(link_value *v, const link_field *f)
{
    yq_str spoken = v->latin.n ? v->latin : v->text;
    size_t n = yq_utf8_count(v->text);
    v->sketch[0] = short_hash(v->text);
    switch (f->type) {
    case LINK_NAME:
        v->sketch[1] = sound(spoken);
        v->sketch[2] = short_hash(first_characters(spoken, 3));
        v->sketch[3] = letters(spoken);
        break;
    case LINK_DATE: sketch_date(v); break;
    case LINK_CODE:
        v->sketch[1] = short_hash(first_characters(v->text, n - n / 2));
        v->sketch[2] = short_hash(last_characters(v->text, n - n / 2));
        break;
    case LINK_TEXT:
        sketch_words(v, f);
        v->sketch[3] = letters(spoken);
        break;
    case LINK_IDENTIFIER: break; /* link_told.c */
    case LINK_NUMBER: v->sketch[1] = v->sketch[2] = v->sketch[0]; break;
    }
}

static uint8_t count_characters(yq_str s)
{
    size_t n = yq_utf8_count(s);
    return n < LINK_LONG ? (uint8_t)n : LINK_LONG;
}

static bool eight_digits(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n == 8;
}

/* Of an e-mail address what stands before the @, as a hash; 0: nothing that could be one. */
static uint64_t first_word(yq_str s)
{
    const char *space = memchr(s.p, ' ', s.n);
    size_t n = space ? (size_t)(space - s.p) : 0;
    return n >= LEAST_FIRST_WORD ? yq_hash64(yq_sub(s, 0, n)) : 0;
}

static link_mark mark_of(const link_field *f, const link_value *v)
{
    yq_str spoken = v->latin.n ? v->latin : v->text;
    link_mark m = { .characters = count_characters(v->text), .spoken_characters = count_characters(spoken), .words = (uint8_t)v->words };
    m.chinese = v->latin.n > 0;
    m.date = f->type == LINK_DATE && eight_digits(v->text);
    m.letters = link_letters(v->text);
    m.spoken = f->type == LINK_CODE ? first_word(v->text) : v->latin.n ? link_letters(v->latin) : m.letters;
    if (m.date) memcpy(&m.letters, v->text.p, sizeof m.letters);
    memcpy(m.head, v->text.p, v->text.n < sizeof m.head ? v->text.n : sizeof m.head);
    m.alike[0] = f->type == LINK_CODE ? v->sketch[1] : v->sketch[3];
    m.alike[1] = f->type == LINK_CODE ? v->sketch[2] : v->sketch[0];
    return m;
}

static void sketch_all(yq_arena *a, link_field *f)
{
    char *room = yq_alloc(a, (f->values + 1) * sizeof(link_mark));
    f->mark = (link_mark *)(room + (uintptr_t)room % sizeof(link_mark)); /* 0 or 16: no mark lies across two cache lines */
    for (size_t v = 1; v < f->values; v++) {
        sketch(&f->value[v], f);
        f->mark[v] = mark_of(f, &f->value[v]);
    }
}

/* ---------------------------------------------------------------- words */

static size_t han_run(yq_str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        if (!yq_is_han(yq_utf8_next(s, &next))) break;
        at = next;
    }
    return at;
}

/* Words between spaces; a run of Han as its pairs of characters. */
static size_t split_words(yq_str s, yq_str *out, size_t cap)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n && n < cap;) {
        size_t end = han_run(s, at);
        if (end == at) {
            while (end < s.n && s.p[end] != ' ') end++;
            out[n++] = yq_sub(s, at, end);
        } else {
            size_t one = at;
            yq_utf8_next(s, &one);
            if (one == end) out[n++] = yq_sub(s, at, end);
            for (size_t next = one; next < end && n < cap;) {
                yq_utf8_next(s, &next);
                out[n++] = yq_sub(s, at, next);
                yq_utf8_next(s, &at);
            }
        }
        at = end + (end < s.n && s.p[end] == ' ');
    }
    return n;
}

static size_t unique_sorted(uint32_t *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 1; i < n; i++) {
        uint32_t x = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > x; k--) v[k] = v[k - 1];
        v[k] = x;
    }
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || v[kept - 1] != v[i]) v[kept++] = v[i];
    return kept;
}

static void find_words(yq_arena *a, link_field *f)
{
    link_strings seen = { 0 };
    YQ_VEC(uint32_t) words = { 0 };
    YQ_VEC(link_word) dictionary = { 0 };
    for (size_t v = 1; v < f->values; v++) {
        yq_str part[LINK_WORDS];
        uint32_t id[LINK_WORDS];
        size_t n = split_words(f->value[v].text, part, LINK_WORDS);
        for (size_t i = 0; i < n; i++) {
            id[i] = link_number(a, &seen, part[i]);
            if (id[i] == dictionary.n) *yq_push(a, &dictionary) = (link_word){ .text = part[i], .letters = link_letters(part[i]) };
        }
        n = unique_sorted(id, n);
        f->value[v].word = (uint32_t)words.n;
        f->value[v].words = (uint32_t)n;
        for (size_t i = 0; i < n; i++) {
            *yq_push(a, &words) = id[i];
            dictionary.v[id[i]].count += f->value[v].count;
        }
    }
    for (size_t i = 0; i < dictionary.n; i++)
        dictionary.v[i].weight = (float)log2(1.1 + (double)f->known / (double)dictionary.v[i].count);
    f->word = words.v;
    f->dictionary = dictionary.v;
    f->dictionary_size = dictionary.n;
}

/* ---------------------------------------------------------------- one field */

static bool all_han(yq_str s)
{
    for (size_t at = 0; at < s.n;) {
        if (s.p[at] == ' ') {
            at++;
            continue;
        }
        if (!yq_is_han(yq_utf8_next(s, &at))) return false;
    }
    return s.n > 0;
}

typedef struct {
    const link_rows *r;
    const yq_link_table *table[2];
    size_t column[2]; /* 0: the table does not have it */
    size_t given[2], surname[2]; /* of a full name beside its halves: 0 else */
} source;

static const yq_str *row_cells(const source *s, size_t row)
{
    unsigned side = row >= s->r->first_b;
    return s->table[side]->cell + (side ? row - s->r->first_b : row) * s->table[side]->columns;
}

static bool word_of(yq_str word, yq_str text)
{
    yq_str part;
    while (yq_split(&text, ' ', &part))
        if (yq_eq(part, word)) return true;
    return false;
}

/* A full name beside its halves says nothing twice: only what is neither given name nor surname remains. */
static yq_str beyond_halves(yq_arena *a, yq_str name, yq_str given, yq_str surname)
{
    yq_str rest = link_normal(a, name), word;
    given = link_normal(a, given);
    surname = link_normal(a, surname);
    char *out = yq_alloc(a, rest.n + 1);
    size_t n = 0;
    while (yq_split(&rest, ' ', &word)) {
        if (word_of(word, given) || word_of(word, surname)) continue;
        if (n) out[n++] = ' ';
        memcpy(out + n, word.p, word.n);
        n += word.n;
    }
    return (yq_str){ out, n };
}

static yq_str cell_of(yq_arena *a, const source *s, size_t row)
{
    unsigned side = row >= s->r->first_b;
    const yq_str *cell = row_cells(s, row);
    yq_str value = s->column[side] ? cell[s->column[side]] : (yq_str){ 0 };
    return value.n && s->given[side] ? beyond_halves(a, value, cell[s->given[side]], cell[s->surname[side]]) : value;
}

/* The values of one field: the raw text is looked up first, so that a text is brought to normal form once. */
static void read_values(yq_arena *a, const source *s, link_field *f, bool date)
{
    const link_rows *r = s->r;
    link_strings raw = { 0 }, normal = { 0 };
    YQ_VEC(uint32_t) of_raw = { 0 };
    YQ_VEC(link_value) value = { 0 };
    *yq_push(a, &value) = (link_value){ 0 };
    link_number(a, &normal, YQ_S(""));
    f->of_row = YQ_ARRAY(a, uint32_t, r->rows);
    for (size_t i = 0; i < r->rows; i++) {
        yq_str cell = cell_of(a, s, i);
        if (!cell.n) continue;
        uint32_t id = link_number(a, &raw, cell);
        if (id == of_raw.n) {
            yq_str text = link_normal(a, date ? date_form(a, cell) : cell);
            uint32_t v = link_number(a, &normal, text);
            if (v == value.n) *yq_push(a, &value) = (link_value){ .text = text };
            *yq_push(a, &of_raw) = v;
        }
        f->of_row[i] = of_raw.v[id];
        value.v[of_raw.v[id]].count++;
        f->known += of_raw.v[id] != 0;
    }
    f->value = value.v;
    f->values = value.n;
}

/* Are at least half of the first values identifiers that decide? */
static bool holds_identifiers(yq_arena *a, const source *s)
{
    size_t seen = 0, valid = 0;
    yq_identifier id;
    for (size_t i = 0; i < s->r->rows && seen < SAMPLE; i++) {
        yq_str cell = cell_of(a, s, i);
        seen += cell.n > 0;
        valid += link_identifier(s->r->kind, cell, &id);
    }
    return valid > 1 && valid * 2 >= seen;
}

static void read_identifiers(yq_arena *a, const source *s, link_field *f)
{
    const link_rows *r = s->r;
    link_strings seen = { 0 };
    YQ_VEC(link_value) value = { 0 };
    YQ_VEC(link_mark) mark = { 0 };
    yq_identifier id;
    *yq_push(a, &value) = (link_value){ 0 };
    *yq_push(a, &mark) = (link_mark){ 0 };
    link_number(a, &seen, YQ_S(""));
    f->of_row = YQ_ARRAY(a, uint32_t, r->rows);
    for (size_t i = 0; i < r->rows; i++) {
        yq_str cell = cell_of(a, s, i);
        unsigned table = i >= r->first_b;
        if (!cell.n) continue;
        if (!link_identifier(r->kind, cell, &id)) {
            if (f->invalid[table]++ == 0) f->first_invalid[table] = i;
            continue;
        }
        uint32_t v = link_number(a, &seen, yq_cstr(id.text));
        if (v == value.n) {
            *yq_push(a, &value) = (link_value){ .text = yq_dup(a, yq_cstr(id.text)) };
            *yq_push(a, &mark) = (link_mark){ .words = (uint8_t)id.kind };
        }
        f->of_row[i] = v;
        value.v[v].count++;
        f->known++;
    }
    f->type = LINK_IDENTIFIER;
    f->value = value.v;
    f->mark = mark.v;
    f->values = value.n;
}

/* Surname and given name in pinyin, apart. */
static void read_pinyin(yq_arena *a, yq_link_kind kind, link_field *f)
{
    if (kind != YQ_LINK_PERSON || (f->type != LINK_NAME && f->type != LINK_TEXT)) return;
    for (size_t v = 1; v < f->values; v++)
        if (all_han(f->value[v].text)) f->value[v].latin = yq_pinyin_full(a, f->value[v].text);
}

/* All rows alike say nothing: such a field is left with less than three values. */
static void read_field(yq_arena *a, const source *s, yq_str header, link_field *f)
{
    link_type type = LINK_TEXT;
    bool known = known_type(header, &type);
    *f = (link_field){ .name = header, .partner = -1 };
    if (!known && holds_identifiers(a, s)) {
        read_identifiers(a, s, f);
        return;
    }
    read_values(a, s, f, known && type == LINK_DATE);
    if (f->values < 3) return;
    f->type = known ? type : guess_type(f);
    find_words(a, f);
    read_pinyin(a, s->r->kind, f);
    sketch_all(a, f);
}

/* ---------------------------------------------------------------- both tables */

static size_t column_named(const yq_link_table *t, yq_str header)
{
    for (size_t c = 1; t && c < t->columns; c++)
        if (yq_eq(t->header[c], header)) return c;
    return 0;
}

static void read_ids(yq_arena *a, link_rows *r, const source *s)
{
    link_strings ids = { 0 };
    YQ_VEC(yq_str) id = { 0 };
    r->entity = YQ_ARRAY(a, uint32_t, r->rows);
    for (size_t i = 0; i < r->rows; i++) {
        if (i == r->first_b) { /* the tables number on their own */
            ids = (link_strings){ 0 };
            r->entities = id.n;
        }
        yq_str cell = row_cells(s, i)[0];
        uint32_t number = link_number(a, &ids, cell) + (uint32_t)r->entities;
        if (number == id.n) *yq_push(a, &id) = cell;
        r->entity[i] = number;
    }
    r->id = id.v;
    r->entities = id.n;
}

static int field_named(const link_rows *r, yq_str name)
{
    for (size_t f = 0; f < r->fields; f++)
        if (yq_eq(r->field[f].name, name)) return (int)f;
    return -1;
}

static void join_halves(link_rows *r)
{
    int given = field_named(r, YQ_S("given_name")), surname = field_named(r, YQ_S("surname"));
    if (given < 0 || surname < 0) return;
    r->field[given].partner = surname;
    r->field[surname].partner = given;
}

static void read_column(yq_arena *a, source s, yq_str header, link_field *out)
{
    for (unsigned side = 0; side < 2; side++) {
        s.column[side] = column_named(s.table[side], header);
        size_t given = column_named(s.table[side], YQ_S("given_name")), surname = column_named(s.table[side], YQ_S("surname"));
        bool full = yq_eq(header, YQ_S("name")) && given && surname;
        s.given[side] = full ? given : 0;
        s.surname[side] = full ? surname : 0;
    }
    read_field(a, &s, header, out);
}

/* Columns are read by two threads, each in an arena of its own. */
typedef struct {
    link_rows *r;
    source source;
    size_t column[LINK_FIELDS]; /* of the first table; 0: the ids */
    link_field field[LINK_FIELDS];
    size_t n;
} reading;

typedef struct {
    reading *reading;
    yq_arena *arena;
    size_t from, to;
} reading_part;

static yq_code read_some(void *arg, yq_err *err)
{
    reading_part *p = arg;
    reading *g = p->reading;
    (void)err;
    for (size_t i = p->from; i < p->to; i++) {
        if (g->column[i]) read_column(p->arena, g->source, g->source.table[0]->header[g->column[i]], &g->field[i]);
        else read_ids(p->arena, g->r, &g->source);
    }
    return YQ_OK;
}

/* Without memory the columns stay unread; r->failed tells which thread. */
static void read_part(void *arg, size_t from, size_t to, unsigned thread)
{
    reading *g = arg;
    reading_part p = { g, g->r->of_thread[thread], from, to };
    if (!g->r->failed[thread]) g->r->failed[thread] = yq_arena_run(p.arena, read_some, &p, NULL) != YQ_OK;
}

/* The unknown one counts; two rows that share their only identifier are told by it. */
static size_t least_values(const link_field *f)
{
    return f->type == LINK_IDENTIFIER ? 2 : 3;
}

static void keep_fields(reading *g)
{
    link_rows *r = g->r;
    for (size_t i = 0; i < g->n; i++)
        if (g->column[i] && g->field[i].values >= least_values(&g->field[i]) && r->fields < LINK_FIELDS) r->field[r->fields++] = g->field[i];
    g->n = 0;
}

static bool read_columns(reading *g)
{
    link_in_parts(g->n, 1, read_part, g);
    for (unsigned i = 0; i < LINK_THREADS; i++)
        if (g->r->failed[i]) return false;
    keep_fields(g);
    return true;
}

/* A city or a kind of post is compared once with each other. */
static void prepare_comparing(link_rows *r)
{
    enum { FEW_VALUES = 2048 };
    r->values = YQ_ARRAY(r->arena, uint32_t, r->rows * r->fields + 1);
    for (size_t row = 0, k = 0; row < r->rows; row++)
        for (size_t f = 0; f < r->fields; f++) r->values[k++] = r->field[f].of_row[row];
    for (size_t f = 0; f < r->fields; f++) {
        size_t n = r->field[f].values;
        if (n <= FEW_VALUES) r->field[f].level = (_Atomic uint8_t *)yq_alloc(r->arena, n * n);
    }
}

bool link_read(link_rows *r, const yq_link_table *a, const yq_link_table *b)
{
    reading *g = YQ_NEW(r->arena, reading);
    g->r = r;
    g->source = (source){ .r = r, .table = { a, b } };
    r->rows = a->rows + (b ? b->rows : 0);
    r->first_b = a->rows;
    r->field = YQ_ARRAY(r->arena, link_field, LINK_FIELDS + 1);
    g->column[g->n++] = 0;
    for (size_t c = 1; c < a->columns && r->fields < LINK_FIELDS; c++) {
        if (!b || column_named(b, a->header[c])) g->column[g->n++] = c;
        if (g->n == LINK_FIELDS && !read_columns(g)) return false;
    }
    if (g->n && !read_columns(g)) return false;
    join_halves(r);
    link_read_told(r);
    prepare_comparing(r);
    link_own_told(r, a);
    return true;
}
