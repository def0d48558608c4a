/* make_lexicon LEXICON_DIR OUT.bin OUT.S OUT.d - compiles lexicon/ into one file (lexicon_format.h), at build time.
 *
 * OUT.S embeds OUT.bin and, being written anew with it, makes the build compile it again. OUT.d names what was read, for ninja.
 * A line that breaks the format of lexicon/ ends the build with its file and number.
 */
#include "text/inflect.h"
#include "text/lexicon_format.h"
#include "text/trie.h"
#include "text/trie_build.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_COLUMNS = 12 };

typedef struct {
    yq_str key;
    lexicon_entry entry;
    uint32_t order; /* as read, so that sorting is stable */
} form;

typedef struct {
    yq_str key;
    uint32_t ref;   /* CONCEPT_AMBIGUOUS | id */
    bool inflected; /* not written in the file: what is written there of another concept goes before it */
} concept_form;

typedef struct {
    uint32_t from;
    yq_near near;
} related;

typedef YQ_VEC(trie_key) trie_keys;

typedef struct {
    yq_arena *arena;
    yq_str dir;
    FILE *depends;
    YQ_VEC(form) forms;
    YQ_VEC(form) words;
    YQ_VEC(lexicon_slice) word_values;
    YQ_VEC(char) pool;
    uint32_t *seen; /* hash table of slices already in the pool: index + 1 in seen_slices */
    size_t seen_cap;
    YQ_VEC(lexicon_slice) seen_slices;
    YQ_VEC(concept_form) concept_forms;
    YQ_VEC(lexicon_slice) concept_lines;
    YQ_VEC(yq_str) concept_names, concept_parents, concept_specialties;
    trie_keys names; /* of concepts, in order */
    YQ_VEC(related) relations;
    uint16_t *simple;
    YQ_VEC(lexicon_pair) simple_far;
    uint16_t *pinyin;
    YQ_VEC(lexicon_pair) pinyin_far;
    YQ_VEC(uint16_t) readings;
    YQ_VEC(yq_str) syllables;
    const char *file; /* being read */
    size_t line;
    int class;
} maker;

static _Noreturn void stop(const maker *m, const char *why, yq_str what)
{
    fprintf(stderr, "%.*s/%s:%zu: %s: %.*s\n", YQ_FMT(m->dir), m->file ? m->file : "", m->line, why, YQ_FMT(what));
    exit(1);
}

/* ---------------------------------------------------------------- reading */

typedef void (*row_fn)(maker *m, yq_str line, const yq_str *column, size_t columns);

static char *read_whole(maker *m, const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *p = yq_alloc(m->arena, (size_t)size + 1);
    *n = fread(p, 1, (size_t)size, f);
    fclose(f);
    return p;
}

static void read_row(maker *m, yq_str line, row_fn row)
{
    yq_str column[MAX_COLUMNS] = { 0 }, rest = line;
    size_t n = 0;
    if (!yq_utf8_valid(line, NULL)) stop(m, "not UTF-8", YQ_S(""));
    while (n < MAX_COLUMNS && yq_split(&rest, '\t', &column[n])) n++;
    if (column[0].n == 0 || column[0].n > TRIE_MAX_KEY) stop(m, "a form is 1..400 bytes", line);
    row(m, line, column, n);
}

static void read_rows(maker *m, const char *stem, row_fn row)
{
    size_t n;
    yq_str path = yq_printf(m->arena, "%.*s/%s.tsv", YQ_FMT(m->dir), stem);
    m->file = path.p + m->dir.n + 1;
    m->line = 0;
    char *text = read_whole(m, path.p, &n);
    if (!text) stop(m, "cannot read", yq_cstr(stem));
    fprintf(m->depends, " %s", path.p);
    yq_str rest = { text, n }, line;
    while (yq_split(&rest, '\n', &line)) {
        m->line++;
        if (line.n && line.p[line.n - 1] == '\r') stop(m, "line ends must be LF", line);
        if (line.n && line.p[0] != '#') read_row(m, line, row);
    }
}

/* ---------------------------------------------------------------- pool */

static yq_str pooled(const maker *m, lexicon_slice s)
{
    return (yq_str){ m->pool.v + s.at, s.n };
}

static size_t slot_of(const maker *m, yq_str s) /* FNV-1a */
{
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * 0x100000001B3u;
    return (h ^ h >> 29) & (m->seen_cap - 1);
}

static void grow_seen(maker *m)
{
    m->seen_cap = m->seen_cap ? m->seen_cap * 2 : 1 << 12;
    m->seen = YQ_ARRAY(m->arena, uint32_t, m->seen_cap);
    for (size_t i = 0; i < m->seen_slices.n; i++) {
        size_t h = slot_of(m, pooled(m, m->seen_slices.v[i]));
        while (m->seen[h]) h = (h + 1) & (m->seen_cap - 1);
        m->seen[h] = (uint32_t)i + 1;
    }
}

/* Index in seen_slices; equal strings get the same one. */
static uint32_t pool_index(maker *m, yq_str s)
{
    if (m->seen_slices.n * 2 >= m->seen_cap) grow_seen(m);
    size_t h = slot_of(m, s);
    for (; m->seen[h]; h = (h + 1) & (m->seen_cap - 1))
        if (yq_eq(pooled(m, m->seen_slices.v[m->seen[h] - 1]), s)) return m->seen[h] - 1;
    lexicon_slice slice = { (uint32_t)m->pool.n, (uint32_t)s.n };
    for (size_t i = 0; i < s.n; i++) *yq_push(m->arena, &m->pool) = s.p[i];
    *yq_push(m->arena, &m->seen_slices) = slice;
    m->seen[h] = (uint32_t)m->seen_slices.n;
    return (uint32_t)m->seen_slices.n - 1;
}

static lexicon_slice pool_slice(maker *m, yq_str s)
{
    uint32_t i = pool_index(m, s);
    return m->seen_slices.v[i];
}

static yq_str lower(maker *m, yq_str s)
{
    char *p = yq_dupz(m->arena, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] += 'a' - 'A';
    return (yq_str){ p, s.n };
}

/* ---------------------------------------------------------------- rows */

static yq_str behind_form(yq_str line, yq_str first)
{
    return line.n > first.n ? yq_sub(line, first.n + 1, line.n) : YQ_S("");
}

static void add_form(maker *m, yq_str line, const yq_str *column, size_t columns)
{
    (void)columns;
    yq_str value = behind_form(line, column[0]);
    if (value.n > UINT16_MAX) stop(m, "too long", column[0]);
    lexicon_slice s = pool_slice(m, value);
    *yq_push(m->arena, &m->forms) =
        (form){ lower(m, column[0]), { s.at, (uint16_t)s.n, (uint8_t)m->class, 0 }, (uint32_t)m->forms.n };
}

static void add_word(maker *m, yq_str line, const yq_str *column, size_t columns)
{
    (void)columns;
    uint32_t value = pool_index(m, behind_form(line, column[0]));
    *yq_push(m->arena, &m->words) = (form){ lower(m, column[0]), { value, 0, 0, 0 }, (uint32_t)m->words.n };
}

static void add_inflections(maker *m, yq_str term, bool verb, uint32_t ref)
{
    yq_str forms[YQ_MAX_INFLECTIONS];
    size_t n = yq_inflect(m->arena, term, verb, forms);
    for (size_t i = 0; i < n; i++)
        if (forms[i].n <= TRIE_MAX_KEY) *yq_push(m->arena, &m->concept_forms) = (concept_form){ forms[i], ref, true };
}

typedef enum { CHINESE, ENGLISH, ENGLISH_WORD, ABBREVIATION } form_of_concept;

static void add_concept_forms(maker *m, yq_str list, uint32_t id, form_of_concept what)
{
    yq_str part;
    while (yq_split(&list, ';', &part)) {
        part = yq_trim(part);
        bool ambiguous = yq_ends(part, YQ_S("*"));
        if (ambiguous) part.n--;
        if (part.n == 0) continue;
        if (part.n > TRIE_MAX_KEY) stop(m, "a form is 1..400 bytes", part);
        uint32_t flags = (ambiguous ? CONCEPT_AMBIGUOUS : 0) | (what == ABBREVIATION ? CONCEPT_ABBREVIATION : 0);
        concept_form f = { lower(m, part), id | flags, false };
        *yq_push(m->arena, &m->concept_forms) = f;
        if (what == ENGLISH || what == ENGLISH_WORD) add_inflections(m, f.key, what == ENGLISH_WORD, f.ref);
    }
}

static void add_concept(maker *m, yq_str line, const yq_str *column, size_t columns)
{
    uint32_t id = (uint32_t)m->concept_lines.n;
    if (columns != 8) stop(m, "a concept has 8 columns", column[0]);
    form_of_concept english = yq_eq(column[5], YQ_S("word")) ? ENGLISH_WORD : ENGLISH;
    const form_of_concept what[] = { CHINESE, CHINESE, english, english, ABBREVIATION };
    for (size_t k = 0; k < sizeof what / sizeof *what; k++) add_concept_forms(m, column[k], id, what[k]);
    lexicon_slice whole = pool_slice(m, line);
    *yq_push(m->arena, &m->concept_lines) = whole;
    *yq_push(m->arena, &m->concept_names) = column[0];
    *yq_push(m->arena, &m->concept_parents) = column[6];
    *yq_push(m->arena, &m->concept_specialties) = column[7];
}

static uint32_t only_char(const maker *m, yq_str s)
{
    size_t at = 0;
    uint32_t cp = s.n ? yq_utf8_next(s, &at) : 0;
    if (!cp || at != s.n) stop(m, "one character expected", s);
    return cp;
}

/* A pair whose sides differ in UTF-8 length would shift positions: the character stays as it is (text.h). */
static void add_simple(maker *m, yq_str line, const yq_str *column, size_t columns)
{
    (void)line;
    if (columns < 2) stop(m, "two columns expected", column[0]);
    uint32_t from = only_char(m, column[0]), to = only_char(m, column[1]);
    if (column[0].n != column[1].n) return;
    if (from >= HAN_TO)
        *yq_push(m->arena, &m->simple_far) = (lexicon_pair){ from, to };
    else if (from >= HAN_FROM)
        m->simple[from - HAN_FROM] = (uint16_t)to;
}

static uint16_t syllable_index(maker *m, yq_str s)
{
    if (s.n == 0 || s.n >= SYLLABLE_BYTES) stop(m, "no syllable", s);
    for (size_t i = 0; i < m->syllables.n; i++)
        if (yq_eq(m->syllables.v[i], s)) return (uint16_t)i;
    *yq_push(m->arena, &m->syllables) = s;
    return (uint16_t)(m->syllables.n - 1);
}

/* The list of readings, shared when an earlier character has exactly the same one. */
static uint16_t reading_index(maker *m, yq_str list)
{
    uint16_t own[16];
    size_t n = 0;
    yq_str part;
    while (yq_split(&list, ' ', &part)) {
        if (n == 16) stop(m, "too many readings", part);
        own[n++] = syllable_index(m, part);
    }
    own[n - 1] |= READING_LAST;
    for (size_t i = 0; i + n <= m->readings.n; i++)
        if (memcmp(m->readings.v + i, own, n * sizeof *own) == 0) return (uint16_t)i;
    size_t at = m->readings.n;
    if (at + n >= PINYIN_NONE) stop(m, "too many readings", YQ_S(""));
    for (size_t i = 0; i < n; i++) *yq_push(m->arena, &m->readings) = own[i];
    return (uint16_t)at;
}

static void add_pinyin(maker *m, yq_str line, const yq_str *column, size_t columns)
{
    (void)line;
    if (columns < 2) stop(m, "two columns expected", column[0]);
    uint32_t cp = only_char(m, column[0]);
    uint16_t at = reading_index(m, column[1]);
    if (cp >= HAN_FROM && cp < HAN_TO)
        m->pinyin[cp - HAN_FROM] = at;
    else
        *yq_push(m->arena, &m->pinyin_far) = (lexicon_pair){ cp, at };
}

/* ---------------------------------------------------------------- tries */

static int by_key(const void *x, const void *y)
{
    const form *a = x, *b = y;
    int c = yq_cmp(a->key, b->key);
    return c ? c : (a->order > b->order) - (a->order < b->order);
}

static int by_concept_key(const void *x, const void *y)
{
    const concept_form *a = x, *b = y;
    int c = yq_cmp(a->key, b->key);
    if (!c) c = a->inflected - b->inflected;
    return c ? c : ((a->ref & CONCEPT_ID) > (b->ref & CONCEPT_ID)) - ((a->ref & CONCEPT_ID) < (b->ref & CONCEPT_ID));
}

static int by_trie_key(const void *x, const void *y)
{
    return yq_cmp(((const trie_key *)x)->key, ((const trie_key *)y)->key);
}

static int by_pair(const void *x, const void *y)
{
    uint32_t a = ((const lexicon_pair *)x)->key, b = ((const lexicon_pair *)y)->key;
    return (a > b) - (a < b);
}

typedef struct {
    const void *data;
    size_t item, items;
} section;

static section trie_section(maker *m, trie_keys *keys)
{
    uint32_t *units = NULL;
    size_t n = 0;
    yq_err err;
    if (yq_trie_build(m->arena, keys->v, keys->n, &units, &n, &err)) stop(m, "trie", yq_cstr(err.msg));
    return (section){ units, sizeof *units, n };
}

/* The node behind each character that most positions of Chinese text begin with. */
static section starts_section(maker *m, section trie)
{
    enum { N = START_TO - START_FROM };
    uint32_t *nodes = YQ_ARRAY(m->arena, uint32_t, N);
    for (uint32_t i = 0; i < N; i++) {
        char text[4];
        size_t n = yq_utf8_put(START_FROM + i, text), k = 0;
        uint32_t node = 0;
        while (k < n && trie_step(trie.data, &node, (uint8_t)text[k])) k++;
        nodes[i] = k == n ? node : 0;
    }
    return (section){ nodes, sizeof *nodes, N };
}

/* Which classes have forms that begin, or end, with a character. */
static section classes_section(maker *m, bool last)
{
    enum { N = START_TO - START_FROM };
    uint32_t *classes = YQ_ARRAY(m->arena, uint32_t, N);
    for (size_t i = 0; i < m->forms.n; i++) {
        yq_str key = m->forms.v[i].key;
        size_t at = last && key.n ? yq_utf8_back(key, key.n) : 0;
        uint32_t cp = key.n ? yq_utf8_next(key, &at) : 0;
        if (cp >= START_FROM && cp < START_TO) classes[cp - START_FROM] |= 1u << m->forms.v[i].entry.class;
    }
    return (section){ classes, sizeof *classes, N };
}

static yq_str reversed(maker *m, yq_str s)
{
    char *p = yq_alloc(m->arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++) p[i] = s.p[s.n - 1 - i];
    return (yq_str){ p, s.n };
}

static void make_forms(maker *m, section out[SEC_COUNT])
{
    lexicon_entry *entries = YQ_ARRAY(m->arena, lexicon_entry, m->forms.n + 1);
    trie_keys forward = { 0 }, backward = { 0 };
    qsort(m->forms.v, m->forms.n, sizeof *m->forms.v, by_key);
    for (size_t i = 0; i < m->forms.n; i++) {
        const form *f = &m->forms.v[i];
        entries[i] = f->entry;
        entries[i].last = i + 1 == m->forms.n || !yq_eq(f->key, f[1].key);
        if (i && yq_eq(f->key, f[-1].key)) continue;
        *yq_push(m->arena, &forward) = (trie_key){ f->key, (uint32_t)i };
        *yq_push(m->arena, &backward) = (trie_key){ reversed(m, f->key), (uint32_t)i };
    }
    qsort(backward.v, backward.n, sizeof *backward.v, by_trie_key);
    out[SEC_FORMS] = trie_section(m, &forward);
    out[SEC_FORM_STARTS] = starts_section(m, out[SEC_FORMS]);
    out[SEC_FIRST_CLASSES] = classes_section(m, false);
    out[SEC_LAST_CLASSES] = classes_section(m, true);
    out[SEC_BACKWARD] = trie_section(m, &backward);
    out[SEC_ENTRIES] = (section){ entries, sizeof *entries, m->forms.n };
}

static double frequency(const maker *m, const form *word)
{
    double n = yq_lex_number(pooled(m, m->seen_slices.v[word->entry.at]), 0, 1);
    return n < 1 ? 1 : n;
}

static uint32_t word_cost(double share)
{
    double cost = round(-log(share) * WORD_COST_UNIT);
    return cost < 1 ? 1 : cost > WORD_COST_MAX ? WORD_COST_MAX : (uint32_t)cost;
}

/* Words that differ only in case share a form; the more frequent one stays. */
static void make_words(maker *m, section out[SEC_COUNT])
{
    trie_keys keys = { 0 };
    double total = 0;
    qsort(m->words.v, m->words.n, sizeof *m->words.v, by_key);
    for (size_t i = 0; i < m->words.n; i++) total += frequency(m, &m->words.v[i]);
    for (size_t i = 0; i < m->words.n; i++) {
        const form *w = &m->words.v[i];
        uint32_t value = word_cost(frequency(m, w) / total) << WORD_COST_SHIFT | w->entry.at;
        if (keys.n && yq_eq(keys.v[keys.n - 1].key, w->key)) {
            if (value < keys.v[keys.n - 1].value) keys.v[keys.n - 1].value = value;
        } else
            *yq_push(m->arena, &keys) = (trie_key){ w->key, value };
    }
    if (m->seen_slices.n >> WORD_COST_SHIFT) stop(m, "too many values", YQ_S(""));
    out[SEC_WORDS] = trie_section(m, &keys);
    out[SEC_WORD_STARTS] = starts_section(m, out[SEC_WORDS]);
    out[SEC_WORD_VALUES] = (section){ m->seen_slices.v, sizeof(lexicon_slice), m->seen_slices.n };
}

static void sort_names(maker *m)
{
    for (size_t i = 0; i < m->concept_names.n; i++) *yq_push(m->arena, &m->names) = (trie_key){ m->concept_names.v[i], (uint32_t)i };
    if (m->names.n) qsort(m->names.v, m->names.n, sizeof *m->names.v, by_trie_key);
}

static uint32_t concept_called(const maker *m, yq_str name)
{
    trie_key sought = { name, 0 };
    const trie_key *found = name.n && m->names.n ? bsearch(&sought, m->names.v, m->names.n, sizeof sought, by_trie_key) : NULL;
    return found ? found->value : UINT32_MAX;
}

/* ---------------------------------------------------------------- what is near what */

static uint32_t known_concept(maker *m, yq_str name)
{
    uint32_t id = concept_called(m, name);
    if (id == UINT32_MAX) stop(m, "no concept is called", name);
    return id;
}

static void relate(maker *m, uint32_t from, yq_relation relation, uint32_t to)
{
    *yq_push(m->arena, &m->relations) = (related){ from, { to, (uint16_t)relation, 0 } };
    if (relation != YQ_REL_SPECIALTY) *yq_push(m->arena, &m->relations) = (related){ to, { from, (uint16_t)relation, 1 } };
}

static void add_relation(maker *m, yq_str line, const yq_str *column, size_t columns)
{
    static const char *const names[] = { "sign", "treats", "finds", "leads", "uses", "site" };
    size_t relation = 0, from = 0;
    if (columns != 3) stop(m, "a relation has 3 columns", line);
    while (relation < sizeof names / sizeof *names && !yq_eq(column[1], yq_cstr(names[relation]))) relation++;
    if (relation == sizeof names / sizeof *names) stop(m, "no such relation", column[1]);
    for (size_t i = 0; i <= column[2].n; i++) {
        if (i < column[2].n && column[2].p[i] != ';') continue;
        relate(m, known_concept(m, column[0]), (yq_relation)relation, known_concept(m, yq_sub(column[2], from, i)));
        from = i + 1;
    }
}

static int by_first(const void *x, const void *y)
{
    const related *a = x, *b = y;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->near.relation != b->near.relation) return a->near.relation < b->near.relation ? -1 : 1;
    if (a->near.back != b->near.back) return a->near.back < b->near.back ? -1 : 1;
    return (a->near.id > b->near.id) - (a->near.id < b->near.id);
}

static void make_relations(maker *m, section out[SEC_COUNT])
{
    size_t lines = m->concept_lines.n, k = 0;
    for (size_t i = 0; i < lines; i++) {
        uint32_t specialty = concept_called(m, m->concept_specialties.v[i]);
        if (specialty != UINT32_MAX && specialty != i) relate(m, (uint32_t)i, YQ_REL_SPECIALTY, specialty);
    }
    yq_near *near = YQ_ARRAY(m->arena, yq_near, m->relations.n + 1);
    uint32_t *at = YQ_ARRAY(m->arena, uint32_t, lines + 1);
    if (m->relations.n) qsort(m->relations.v, m->relations.n, sizeof *m->relations.v, by_first);
    for (size_t i = 0; i <= lines; i++) {
        at[i] = (uint32_t)k;
        for (; k < m->relations.n && m->relations.v[k].from == i; k++) near[k] = m->relations.v[k].near;
    }
    out[SEC_CONCEPT_NEAR_AT] = (section){ at, sizeof *at, lines + 1 };
    out[SEC_CONCEPT_NEAR] = (section){ near, sizeof *near, m->relations.n };
}

static void make_concepts(maker *m, section out[SEC_COUNT])
{
    size_t n = 0, lines = m->concept_lines.n;
    uint32_t *refs = YQ_ARRAY(m->arena, uint32_t, m->concept_forms.n + 1), *up = YQ_ARRAY(m->arena, uint32_t, lines + 1);
    trie_keys keys = { 0 };
    const concept_form *last = NULL;
    qsort(m->concept_forms.v, m->concept_forms.n, sizeof *m->concept_forms.v, by_concept_key);
    for (size_t i = 0; i < m->concept_forms.n; i++) {
        const concept_form *f = &m->concept_forms.v[i];
        bool same = n && yq_eq(f->key, last->key);
        if (same && (((f->ref ^ last->ref) & CONCEPT_ID) == 0 || (f->inflected && !last->inflected))) continue;
        last = f;
        if (same) refs[n - 1] &= ~CONCEPT_LAST;
        else *yq_push(m->arena, &keys) = (trie_key){ f->key, (uint32_t)n };
        refs[n++] = f->ref | CONCEPT_LAST;
    }
    for (size_t i = 0; i < lines; i++) up[i] = concept_called(m, m->concept_parents.v[i]);
    out[SEC_CONCEPTS] = trie_section(m, &keys);
    out[SEC_CONCEPT_STARTS] = starts_section(m, out[SEC_CONCEPTS]);
    out[SEC_CONCEPT_REFS] = (section){ refs, sizeof *refs, n };
    out[SEC_CONCEPT_LINES] = (section){ m->concept_lines.v, sizeof(lexicon_slice), lines };
    out[SEC_CONCEPT_UP] = (section){ up, sizeof *up, lines };
}

/* Every character of a word is as frequent as the word. */
static double count_characters(const maker *m, double *count)
{
    double total = 0;
    for (size_t i = 0; i < m->words.n; i++) {
        yq_str word = m->words.v[i].key;
        double n = frequency(m, &m->words.v[i]);
        for (size_t at = 0; at < word.n;) {
            uint32_t cp = yq_utf8_next(word, &at);
            if (cp >= HAN_FROM && cp < HAN_TO) count[cp - HAN_FROM] += n, total += n;
        }
    }
    return total;
}

static void make_char_costs(maker *m, section out[SEC_COUNT])
{
    enum { N = HAN_TO - HAN_FROM };
    double *count = YQ_ARRAY(m->arena, double, N), total = count_characters(m, count);
    uint8_t *costs = YQ_ARRAY(m->arena, uint8_t, N);
    for (size_t i = 0; i < N; i++) {
        double n = m->simple[i] ? count[m->simple[i] - HAN_FROM] : count[i];
        double cost = n > 0 ? -10 * log(n / total) : CHAR_UNSEEN;
        costs[i] = (uint8_t)(cost < CHAR_UNSEEN ? cost : CHAR_UNSEEN);
    }
    out[SEC_CHAR_COST] = (section){ costs, 1, N };
}

static void make_characters(maker *m, section out[SEC_COUNT])
{
    char (*syllables)[SYLLABLE_BYTES] = yq_alloc(m->arena, (m->syllables.n + 1) * SYLLABLE_BYTES);
    for (size_t i = 0; i < m->syllables.n; i++) memcpy(syllables[i], m->syllables.v[i].p, m->syllables.v[i].n);
    if (m->simple_far.n) qsort(m->simple_far.v, m->simple_far.n, sizeof(lexicon_pair), by_pair);
    if (m->pinyin_far.n) qsort(m->pinyin_far.v, m->pinyin_far.n, sizeof(lexicon_pair), by_pair);
    out[SEC_SIMPLE] = (section){ m->simple, sizeof(uint16_t), HAN_TO - HAN_FROM };
    out[SEC_SIMPLE_FAR] = (section){ m->simple_far.v, sizeof(lexicon_pair), m->simple_far.n };
    out[SEC_PINYIN] = (section){ m->pinyin, sizeof(uint16_t), HAN_TO - HAN_FROM };
    out[SEC_PINYIN_FAR] = (section){ m->pinyin_far.v, sizeof(lexicon_pair), m->pinyin_far.n };
    out[SEC_READINGS] = (section){ m->readings.v, sizeof(uint16_t), m->readings.n };
    out[SEC_SYLLABLES] = (section){ syllables, SYLLABLE_BYTES, m->syllables.n };
}

/* ---------------------------------------------------------------- writing */

static void write_blob(maker *m, const section *sections, const char *path)
{
    enum { ALIGN = 64 };
    static const char zeros[ALIGN];
    lexicon_head head = { .magic = LEXICON_MAGIC, .version = LEXICON_VERSION, .byte_order = LEXICON_BYTE_ORDER };
    size_t at = sizeof head;
    for (int s = 0; s < SEC_COUNT; s++) {
        at = (at + ALIGN - 1) / ALIGN * ALIGN;
        head.at[s] = (uint32_t)at;
        head.items[s] = (uint32_t)sections[s].items;
        at += sections[s].item * sections[s].items;
    }
    head.bytes = (uint32_t)at;
    FILE *f = fopen(path, "wb");
    if (!f) stop(m, "cannot write", yq_cstr(path));
    fwrite(&head, sizeof head, 1, f);
    size_t written = sizeof head;
    for (int s = 0; s < SEC_COUNT; s++) {
        written += fwrite(zeros, 1, head.at[s] - written, f);
        if (sections[s].items) written += sections[s].item * fwrite(sections[s].data, sections[s].item, sections[s].items, f);
    }
    if (fclose(f) || written != at) stop(m, "cannot write", yq_cstr(path));
}

static void write_assembly(maker *m, const char *path, const char *blob)
{
    FILE *f = fopen(path, "w");
    if (!f) stop(m, "cannot write", yq_cstr(path));
    fprintf(f, ".section .rodata\n.balign 64\n.globl yq_lexicon_blob\nyq_lexicon_blob:\n.incbin \"%s\"\n.byte 0\n", blob);
    fprintf(f, ".section .note.GNU-stack,\"\",%%progbits\n");
    if (fclose(f)) stop(m, "cannot write", yq_cstr(path));
}

static void read_lexicon(maker *m)
{
    static const char *const files[] = {
#define X(name, file) file,
        YQ_LEX_CLASSES(X)
#undef X
    };
    for (m->class = 0; m->class < YQ_LEX_CLASS_COUNT; m->class++)
        read_rows(m, files[m->class], m->class == YQ_LEX_WORDS ? add_word : add_form);
    m->class = LEXICON_SURNAME_READING;
    read_rows(m, "surnames_pinyin", add_form);
    read_rows(m, "concepts", add_concept);
    sort_names(m);
    read_rows(m, "relations", add_relation);
    read_rows(m, "trad", add_simple);
    read_rows(m, "pinyin", add_pinyin);
}

static void start(maker *m, const char *dir)
{
    m->arena = yq_arena_new((size_t)2 << 30);
    m->dir = yq_cstr(dir);
    m->simple = YQ_ARRAY(m->arena, uint16_t, HAN_TO - HAN_FROM);
    m->pinyin = YQ_ARRAY(m->arena, uint16_t, HAN_TO - HAN_FROM);
    memset(m->pinyin, 0xFF, (HAN_TO - HAN_FROM) * sizeof(uint16_t));
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: make_lexicon LEXICON_DIR OUT.bin OUT.S OUT.d\n");
        return 2;
    }
    maker m = { 0 };
    section sections[SEC_COUNT] = { 0 };
    start(&m, argv[1]);
    m.depends = fopen(argv[4], "w");
    if (!m.depends) stop(&m, "cannot write", yq_cstr(argv[4]));
    fprintf(m.depends, "%s: %s", argv[2], argv[1]);
    read_lexicon(&m);
    fputc('\n', m.depends);
    fclose(m.depends);
    make_forms(&m, sections);
    make_words(&m, sections);
    make_concepts(&m, sections);
    make_relations(&m, sections);
    make_char_costs(&m, sections);
    make_characters(&m, sections);
    sections[SEC_POOL] = (section){ m.pool.v, 1, m.pool.n };
    write_blob(&m, sections, argv[2]);
    write_assembly(&m, argv[3], argv[2]);
    yq_arena_free(m.arena);
    return 0;
}
