/* Trials, open calls, funds and policies: finding and naming them. What is said of each is read in scheme_details.c.
 *
 * A name ends in a word that tells its kind (…随机对照试验, …概念验证基金, …实施办法), or the place where it stands does: a column called
 * 榜单名称, a line "榜单一：…", a label 项目名称, an item of a document whose headline announces a list of challenges. Four passes go from the surest to the
 * vaguest: rows of tables, entries of lists, the headline, sentences. What an earlier pass named is not named again by a later one. The words stand in
 * scheme_words.h.
 */
#include "extract/scheme_words.h"

enum { NAME_CHARS_MIN = 4, NAME_CHARS_MAX = 90, ENGLISH_NAME_CHARS_MAX = 200, HEAD_LINES = 5, HEAD_BYTES = 320, WORD_NAMES_MAX = 60,
       SCHEMES_MAX = 1000 /* each new name is compared with all before it */ };

/* ---------------------------------------------------------------- words */

bool yq_word_at(yq_str text, size_t at, size_t high, const char *word)
{
    for (; *word; word++, at++) {
        if (at >= high) return false;
        char c = text.p[at];
        if (c >= 'A' && c <= 'Z') c |= 32;
        if (c != *word) return false;
    }
    return true;
}

size_t yq_find_word(yq_str s, const char *word)
{
    if (word[0] & 0x80) return yq_find(s, yq_cstr(word), 0);
    for (size_t at = 0, n = strlen(word); at + n <= s.n; at++)
        if ((s.p[at] | 32) == (word[0] | 32) && yq_word_at(s, at, s.n, word)) return at;
    return SIZE_MAX;
}

static size_t ends_word(yq_str s, const char *word)
{
    size_t n = strlen(word);
    if (s.n < n || !yq_word_at(s, s.n - n, s.n, word)) return 0;
    bool letter = (word[0] & 0x80) == 0 && s.n > n && (((s.p[s.n - n - 1] | 32) >= 'a' && (s.p[s.n - n - 1] | 32) <= 'z'));
    return letter ? 0 : n;
}

static bool has_word(yq_str s, const char *const *words, size_t n)
{
    yq_sieve sieve = yq_sieve_of(s);
    for (size_t i = 0; i < n; i++)
        if (yq_sieve_passes(&sieve, words[i]) && yq_find_word(s, words[i]) != SIZE_MAX) return true;
    return false;
}

const yq_cue_words yq_scheme_cues[] = { YQ_CUE_WORDS(TRIAL, trial_cues), YQ_CUE_WORDS(FUND, fund_cues), YQ_CUE_FIELD(ENGLISH_SCHEME, nouns, noun),
                                        YQ_CUE_WORDS(CALLED, called), YQ_CUE_FIELD(SCHEME_END, endings, word), { 0 } };

#define HAS_WORD(s, list) has_word((s), (list), YQ_COUNT(list))

static size_t longest_ending(yq_str s, unsigned kinds, size_t *which)
{
    size_t best = 0;
    for (size_t i = 0; i < YQ_COUNT(endings); i++) {
        size_t n = ends_word(s, endings[i].word);
        if (n > best && (endings[i].kind & kinds)) best = n, *which = i;
    }
    return best;
}

/* A bracket at the end, (试行) or （2026年版）, taken off. */
static yq_str without_bracket(yq_str s)
{
    static const struct { const char *open, *close; } brackets[] = { { "（", "）" }, { "(", ")" } };
    for (size_t k = 0; k < YQ_COUNT(brackets); k++) {
        if (!yq_ends(s, yq_cstr(brackets[k].close))) continue;
        size_t last = SIZE_MAX;
        for (size_t at = 0; (at = yq_find(s, yq_cstr(brackets[k].open), at)) != SIZE_MAX; at++) last = at;
        if (last != SIZE_MAX && last > 0) return yq_trim(yq_sub(s, 0, last));
    }
    return s;
}

static bool fits(yq_str name)
{
    size_t chars = yq_utf8_count(name);
    bool han = yq_is_han(yq_utf8_next(name, &(size_t){ 0 })) || yq_is_punct(yq_utf8_next(name, &(size_t){ 0 }));
    return chars >= NAME_CHARS_MIN && chars <= (han ? NAME_CHARS_MAX : ENGLISH_NAME_CHARS_MAX);
}

/* "What we fund" is no name: those have capitals, but for small words. */
static bool has_capitals(yq_str name)
{
    static const char *const small[] = { "of ", "for ", "the ", "and ", "in ", "on ", "to ", "a " };
    bool start = true;
    for (size_t at = 0; at < name.n; at++) {
        if (start && name.p[at] >= 'a' && name.p[at] <= 'z' && !yq_begins_with_any(name, at, name.n, small, YQ_COUNT(small))) return false;
        start = name.p[at] == ' ';
    }
    return true;
}

/* The kind that a name's end tells; 0: none. */
static unsigned kind_of_name(yq_str name, unsigned kinds)
{
    size_t which = 0;
    yq_str bare = without_bracket(yq_trim(name));
    size_t n = fits(name) ? longest_ending(bare, kinds, &which) : 0;
    if (!n && (kinds & YQ_FUND) && fits(name) && HAS_WORD(bare, fund_heads)) return YQ_FUND;
    if (!n || bare.n < n + 6 || (endings[which].kind == YQ_FUND && !has_capitals(bare))) return 0;
    return endings[which].weak && !HAS_WORD(bare, designs) ? 0 : endings[which].kind;
}

/* ---------------------------------------------------------------- adding */

static yq_span span_of(const yq_work *w, yq_str part)
{
    uint32_t from = (uint32_t)(part.p - w->text.p);
    return (yq_span){ from, from + (uint32_t)part.n };
}

static size_t block_at(const yq_work *w, size_t at)
{
    size_t low = 0, high = w->reading->blocks.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->reading->blocks.v[middle].span.to <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Do two names share half of their pairs of characters? */
static bool alike(yq_str x, yq_str y)
{
    size_t shared = 0, pairs = 0;
    if (y.n < x.n) return alike(y, x);
    for (size_t at = 0, next, end; at < x.n; at = next) {
        next = at;
        yq_utf8_next(x, &next);
        end = next;
        if (end >= x.n) break;
        yq_utf8_next(x, &end);
        pairs++;
        shared += yq_find(y, yq_sub(x, at, end), 0) != SIZE_MAX;
    }
    return pairs >= 4 && shared * 2 >= pairs;
}

/* A scheme that has the name already. What the headline says in other words is the one that a sentence names in full. */
static yq_scheme *known_scheme(yq_schemes *s, unsigned kind, yq_str name, yq_scheme_source source)
{
    for (size_t i = 0; i < s->all.n; i++) {
        yq_scheme *e = &s->all.v[i];
        if (e->kind != kind) continue;
        if (yq_same_words(e->found->name, name)) return e;
        bool headline = e->source == YQ_BY_TITLE || (e->source == YQ_BY_WORDS && e->block < s->head_blocks);
        if (kind != YQ_TRIAL || !headline || source != YQ_BY_WORDS || e->found->forms.n || !alike(e->found->name, name)) continue;
        bool fuller = name.n > e->found->name.n;
        *yq_push(s->w->arena, &e->found->forms) = fuller ? e->found->name : name;
        if (fuller) e->found->name = name, e->found->evidence.span = (yq_span){ (uint32_t)(name.p - s->w->text.p), (uint32_t)(name.p - s->w->text.p + name.n) };
        if (fuller) e->found->evidence = yq_evidence_of(s->w, e->found->evidence.span, 0.85, YQ_VOICE_PATTERN);
        return e;
    }
    return NULL;
}

static const char *kind_name(unsigned kind)
{
    return kind == YQ_TRIAL ? "trial" : kind == YQ_CALL ? "call" : kind == YQ_FUND ? "fund" : "policy";
}

/* Quotation marks around the whole of a name taken off. */
static yq_span unquoted(const yq_work *w, yq_span name)
{
    yq_quote q;
    name = yq_tighten(w->text, name);
    bool whole = yq_quote_at(w->text, name.from, name.to, &q) && q.outer.from == name.from && q.outer.to == name.to;
    return whole ? yq_tighten(w->text, q.inner) : name;
}

static yq_scheme *add_scheme(yq_schemes *s, unsigned kind, yq_span name, yq_scheme_source source)
{
    yq_work *w = s->w;
    name = unquoted(w, name);
    yq_str words = yq_at(w->text, name);
    if (!fits(words) || s->all.n >= SCHEMES_MAX || known_scheme(s, kind, words, source)) return NULL;
    yq_found_scheme *found = YQ_ARRAY(w->arena, yq_found_scheme, 1);
    static const double confidence[] = { [YQ_BY_ROW] = 0.95, [YQ_BY_ENTRY] = 0.9, [YQ_BY_TITLE] = 0.85, [YQ_BY_WORDS] = 0.7 };
    *found = (yq_found_scheme){ .kind = kind_name(kind), .name = words,
                                .evidence = yq_evidence_of(w, name, confidence[source], source == YQ_BY_ROW ? YQ_VOICE_TABLE : YQ_VOICE_PATTERN) };
    yq_scheme *made = yq_push(w->arena, &s->all);
    *made = (yq_scheme){ .found = found, .kind = kind, .source = source, .block = block_at(w, name.from) };
    return made;
}

/* ---------------------------------------------------------------- the headline */

static bool is_call_title(yq_str line)
{
    bool asks = HAS_WORD(line, call_titles) || (yq_has(line, YQ_S("征集")) && !yq_has(line, YQ_S("意见")));
    return asks && !(kind_of_name(line, YQ_POLICY) && !HAS_WORD(line, (const char *const[]){ "榜单" }));
}

static unsigned about_of(yq_str line)
{
    unsigned kind = 0, named = kind_of_name(line, YQ_ANY_SCHEME);
    if (is_call_title(line)) kind |= YQ_CALL;
    if (HAS_WORD(line, bundle_titles) || named == YQ_POLICY) kind |= YQ_POLICY;
    if (HAS_WORD(line, fund_titles) && !(kind & YQ_POLICY)) kind |= YQ_FUND;
    if (named == YQ_TRIAL) kind |= YQ_TRIAL;
    return kind;
}

static yq_str strip_front(yq_str line)
{
    for (size_t n; (n = yq_begins_with_any(line, 0, line.n, openers, YQ_COUNT(openers))) > 0 && n + 12 < line.n;) line = yq_trim(yq_sub(line, n, line.n));
    return line;
}

static yq_str strip_notice(yq_str line, unsigned kind)
{
    for (size_t n; !kind_of_name(line, kind) && (n = yq_ends_with_any(line, 0, line.n, notices, YQ_COUNT(notices))) > 0 && n + 9 < line.n;)
        line = yq_trim(yq_sub(line, 0, line.n - n));
    return line;
}

/* "某网2026年度“破土”概念验证资金" is called “破土”概念验证资金. */
static yq_str from_own_name(yq_str name)
{
    size_t at = yq_find(name, YQ_S("“"), 0), end = yq_find(name, YQ_S("”"), 0);
    bool own = at != SIZE_MAX && end != SIZE_MAX && at > 6 && end > at && end + 9 < name.n;
    return own ? yq_sub(name, at, name.n) : name;
}

static bool is_notice(yq_str line)
{
    static const char *const lists[] = { "榜单", "汇编", "清单", "一览表", "一览", "目录" };
    return yq_ends_with_any(line, 0, line.n, notices, YQ_COUNT(notices)) > 0 || yq_ends_with_any(line, 0, line.n, lists, YQ_COUNT(lists)) > 0;
}

/* "印发《…办法》的通知": what is issued is the policy. */
static yq_str issued_book(yq_str line)
{
    size_t open = yq_find(line, YQ_S("《"), 0), close = yq_find(line, YQ_S("》"), 0);
    bool issued = open != SIZE_MAX && close != SIZE_MAX && close > open + 12;
    return issued ? yq_sub(line, open + 3, close) : line;
}

static void name_policy(yq_schemes *s, yq_str line)
{
    line = issued_book(line);
    if (kind_of_name(line, YQ_POLICY)) add_scheme(s, YQ_POLICY, span_of(s->w, line), YQ_BY_TITLE);
    else if (kind_of_name(strip_notice(line, YQ_POLICY), YQ_POLICY))
        add_scheme(s, YQ_POLICY, span_of(s->w, strip_front(strip_notice(line, YQ_POLICY))), YQ_BY_TITLE);
}

static void name_fund(yq_schemes *s, yq_str line)
{
    yq_str whole = strip_notice(strip_front(line), YQ_FUND), name = from_own_name(whole);
    if (!kind_of_name(name, YQ_FUND) || (HAS_WORD(line, news) && !is_notice(line))) return;
    yq_scheme *made = add_scheme(s, YQ_FUND, span_of(s->w, name), YQ_BY_TITLE);
    if (made && name.n < whole.n) *yq_push(s->w->arena, &made->found->forms) = whole;
}

static void name_call(yq_schemes *s, yq_str line)
{
    bool english = true;
    for (size_t i = 0; i < line.n; i++) english &= (unsigned char)line.p[i] < 0xE3;
    if (!is_call_title(line) || (!is_notice(line) && !english)) return;
    for (size_t i = 0; i < s->all.n; i++)
        if (s->all.v[i].kind == YQ_CALL) return; /* its entries are what is answered */
    yq_str name = strip_front(line);
    size_t n = yq_ends_with_any(name, 0, name.n, notices, 7); /* 的通知, 公告, … but not 指南 */
    add_scheme(s, YQ_CALL, span_of(s->w, n && n + 12 < name.n ? yq_sub(name, 0, name.n - n) : name), YQ_BY_TITLE);
}

/* The name of a trial in s, without the occasion behind it; empty when s names none. */
static yq_str trial_name(yq_str s)
{
    s = yq_trim(s);
    for (int i = 0; i < 3; i++) {
        size_t n;
        if (kind_of_name(s, YQ_TRIAL) && yq_utf8_count(s) >= 6) return s;
        if (!(n = yq_ends_with_any(s, 0, s.n, occasions, YQ_COUNT(occasions)))) break;
        s = yq_trim(yq_sub(s, 0, s.n - n));
    }
    return YQ_S("");
}

static void name_trial(yq_schemes *s, yq_str line, yq_scheme_source source)
{
    yq_str name = trial_name(line);
    if (name.n) add_scheme(s, YQ_TRIAL, span_of(s->w, name), source);
}

static void name_from_head(yq_schemes *s)
{
    for (size_t i = 0; i < s->head_blocks; i++) {
        yq_str line = yq_block_text(s->w, i);
        if (!line.n || HAS_WORD(line, bundle_titles)) continue;
        name_policy(s, line);
        name_call(s, line);
        name_fund(s, line);
        name_trial(s, line, YQ_BY_TITLE);
    }
}

/* ---------------------------------------------------------------- rows of tables */

enum { TABLE_COLUMNS = 64 };

typedef struct {
    unsigned kind;
    int name; /* column */
} table_sense;

/* The longest word that a header holds. */
static int header_of(yq_str cell)
{
    size_t best = 0;
    int which = -1;
    for (size_t i = 0; i < YQ_COUNT(headers); i++) {
        size_t n = strlen(headers[i].word);
        if (n > best && yq_find_word(cell, headers[i].word) != SIZE_MAX) best = n, which = (int)i;
    }
    return which;
}

/* The columns of kind k: how many speak for it, and which holds the names. */
static int votes_for(const yq_schemes *s, const yq_table *t, unsigned kind, int *name)
{
    int votes = 0;
    *name = -1;
    for (uint32_t c = 0; c < t->cols && c < TABLE_COLUMNS; c++) {
        const yq_cell *cell = yq_table_at(t, t->header_rows - 1, c);
        int h = cell && cell->col == c ? header_of(yq_at(s->w->text, cell->span)) : -1;
        if (h < 0 || !(headers[h].kinds & kind)) continue;
        bool sure = headers[h].kinds == kind;
        votes += sure ? 2 : 1;
        if (headers[h].name && *name < 0) *name = (int)c;
    }
    return votes + (s->about & kind ? 1 : 0);
}

static table_sense sense_of(const yq_schemes *s, const yq_table *t)
{
    table_sense best = { 0, -1 };
    int most = 2;
    for (unsigned kind = YQ_TRIAL; t->header_rows && kind <= YQ_POLICY; kind <<= 1) {
        int name, votes = votes_for(s, t, kind, &name);
        bool titled = kind == YQ_CALL && (s->about & YQ_CALL) && name >= 0;
        if (name >= 0 && (votes > most || (titled && !best.kind))) best = (table_sense){ kind, name }, most = votes > most ? votes : most;
    }
    return best;
}

static void read_table(yq_schemes *s, const yq_table *t)
{
    table_sense sense = sense_of(s, t);
    for (uint32_t row = t->header_rows; sense.kind && row < t->rows; row++) {
        const yq_cell *cell = yq_table_at(t, row, (uint32_t)sense.name);
        if (!cell || cell->row != row) continue;
        yq_scheme *made = add_scheme(s, sense.kind, cell->span, YQ_BY_ROW);
        if (made) made->table = t, made->row = row;
    }
}

/* ---------------------------------------------------------------- entries of lists */

/* A digit of a number, Chinese or Arabic; *n: its bytes. */
static bool is_digit(yq_str s, size_t at, size_t *n)
{
    static const char digits[] = "一二三四五六七八九十0123456789";
    size_t next = at;
    if (at >= s.n) return false;
    yq_utf8_next(s, &next);
    *n = next - at;
    return yq_holds(digits, sizeof digits - 1, s.p + at, *n);
}

/* "一、", "（1）", "3." in front taken off; the name begins behind. */
static yq_str without_number(yq_str s)
{
    static const char *const marks[] = { "、", "．", ".", "）", ")", " ", "　" };
    static const char *const open[] = { "（", "(", "【", "-", "•", "*", "#", " " };
    yq_str whole = s;
    size_t n, at = 0, digits = 0;
    while ((n = yq_begins_with_any(s, at, s.n, open, YQ_COUNT(open))) > 0) at += n;
    while (is_digit(s, at, &n)) at += n, digits++;
    size_t mark = yq_begins_with_any(s, at, s.n, marks, YQ_COUNT(marks));
    if (digits && !mark) return whole;
    for (; (n = yq_begins_with_any(s, at, s.n, marks, YQ_COUNT(marks))) > 0; at += n) {}
    s = yq_trim(yq_sub(s, at, s.n));
    return s.n ? s : whole;
}

/* The first colon, Chinese or not, within the first bytes of s; SIZE_MAX: none. */
static size_t colon_in(yq_str s, size_t within, size_t *behind)
{
    yq_str front = yq_sub(s, 0, within);
    size_t wide = yq_find(front, YQ_S("："), 0), narrow = yq_find(front, YQ_S(":"), 0), at = wide < narrow ? wide : narrow;
    *behind = at == SIZE_MAX ? 0 : at + (at == wide ? 3 : 1);
    return at;
}

/* A name ends at the end of its line or sentence, or where a bracket or the next label begins. */
static yq_str first_line(yq_str s)
{
    static const char *const ends[] = { "\n", "。", "；", ";", "（", "，", ". " };
    size_t low = s.n;
    yq_quote q;
    size_t from = yq_quote_at(s, 0, s.n, &q) ? q.outer.to : 0;
    if (from && (s.p[0] & 0x80) == 0) return yq_at(s, q.inner);
    for (size_t i = 0; i < YQ_COUNT(ends); i++) {
        size_t at = yq_find(s, yq_cstr(ends[i]), from);
        if (at < low && at > 0) low = at;
    }
    return yq_trim(yq_sub(s, 0, low));
}

/* "榜单一：X", "Challenge 2: X": X; empty: the line is none. */
static yq_str numbered_name(yq_str line)
{
    size_t n = yq_begins_with_any(line, 0, line.n, numbered, YQ_COUNT(numbered)), d, behind;
    for (size_t i = 0; !n && i < YQ_COUNT(numbered_english); i++)
        if (yq_word_at(line, 0, line.n, numbered_english[i])) n = strlen(numbered_english[i]);
    if (!n || !is_digit(line, n, &d)) return YQ_S("");
    while (is_digit(line, n, &d)) n += d;
    yq_str rest = yq_sub(line, n, line.n);
    size_t colon = colon_in(rest, 8, &behind);
    if (colon == 0) return first_line(yq_trim(yq_sub(rest, behind, rest.n)));
    static const char *const marks[] = { " ", "、", "．", ".", "　", "-", "—" };
    size_t mark = yq_begins_with_any(rest, 0, rest.n, marks, YQ_COUNT(marks));
    return mark ? first_line(yq_trim(yq_sub(rest, mark, rest.n))) : YQ_S("");
}

/* "项目名称：X": X, and the kind; empty: the line is none. */
static yq_str labelled_name(const yq_schemes *s, yq_str line, unsigned *kind)
{
    size_t behind, colon = colon_in(line, 40, &behind);
    if (colon == SIZE_MAX) return YQ_S("");
    yq_str label = without_bracket(yq_trim(yq_sub(line, 0, colon)));
    for (size_t i = 0; i < YQ_COUNT(name_labels); i++) {
        if (label.n != strlen(name_labels[i].word) || !yq_word_at(label, 0, label.n, name_labels[i].word)) continue;
        static const unsigned order[] = { YQ_CALL, YQ_TRIAL, YQ_FUND, YQ_POLICY };
        *kind = name_labels[i].kind;
        yq_str name = first_line(yq_trim(yq_sub(line, behind, line.n)));
        if (!*kind) *kind = kind_of_name(name, s->about ? s->about : YQ_ANY_SCHEME);
        for (size_t k = 0; !*kind && k < YQ_COUNT(order); k++) *kind = s->about & order[k];
        return name;
    }
    return YQ_S("");
}

/* The lines at the top, up to the first that is a sentence. */
static void read_head(yq_schemes *s)
{
    const yq_reading *r = s->w->reading;
    for (size_t i = 0; i < r->blocks.n && i < HEAD_LINES; i++) {
        yq_str line = yq_block_text(s->w, i);
        bool entry = r->blocks.v[i].kind == YQ_BLOCK_ITEM || r->blocks.v[i].kind == YQ_BLOCK_TABLE;
        entry |= labelled_name(s, line, &(unsigned){ 0 }).n || (i > 0 && (without_number(line).n < line.n || numbered_name(line).n));
        if (entry || line.n > HEAD_BYTES || yq_has(line, YQ_S("。"))) break;
        s->head_blocks = i + 1;
        s->about |= about_of(line);
    }
    if (!(s->about & YQ_CALL) && HAS_WORD(s->w->text, call_texts)) s->about |= YQ_CALL;
}

static bool has_call_label(yq_str line)
{
    yq_sieve sieve = yq_sieve_of(line);
    for (size_t i = 0; i < YQ_COUNT(call_labels); i++) {
        if (!yq_sieve_passes(&sieve, call_labels[i])) continue;
        size_t at = yq_find_word(line, call_labels[i]), n = strlen(call_labels[i]);
        if (at != SIZE_MAX && (call_labels[i][n - 1] == ':' || yq_starts(yq_sub(line, at + n, line.n), YQ_S("：")) || yq_starts(yq_sub(line, at + n, line.n), YQ_S(":")))) return true;
    }
    return false;
}

/* Do the lines behind block i, up to the next heading or item, have labels of a challenge? */
static bool call_lines_behind(const yq_schemes *s, size_t i)
{
    enum { LINES = 12 };
    const yq_block *b = s->w->reading->blocks.v;
    yq_block_kind kind = b[i].kind;
    for (size_t k = i; k < s->w->reading->blocks.n && k < i + LINES; k++) {
        if (k > i && (b[k].kind == YQ_BLOCK_HEADING || (b[k].kind == kind && kind == YQ_BLOCK_ITEM))) return false;
        if (has_call_label(yq_block_text(s->w, k))) return true;
    }
    return false;
}

/* "（1）某某基金：规模…", "一、《…细则》", "3．…" of a list of challenges. */
static void listed_name(yq_schemes *s, size_t i, yq_str line)
{
    size_t behind, colon = colon_in(line, HEAD_BYTES, &behind);
    yq_str bare = without_number(line), head = first_line(bare);
    yq_quote q;
    size_t book = yq_find(head, YQ_S("《"), 0);
    bool numbered_line = (bare.n < line.n && line.p[0] != '-' && line.p[0] != '*') || s->w->reading->blocks.v[i].kind == YQ_BLOCK_HEADING;
    if (colon != SIZE_MAX && colon > (size_t)(bare.p - line.p)) head = first_line(yq_trim(yq_sub(line, (size_t)(bare.p - line.p), colon)));
    if (book != SIZE_MAX && yq_quote_at(bare, book, bare.n, &q) && book < 60 && (s->about & YQ_POLICY)) {
        add_scheme(s, YQ_POLICY, span_of(s->w, yq_at(bare, q.inner)), YQ_BY_ENTRY);
        return;
    }
    if (!numbered_line) return;
    unsigned kind = kind_of_name(head, s->about & YQ_POLICY ? YQ_ANY_SCHEME : YQ_TRIAL | YQ_FUND);
    if (kind == YQ_POLICY && yq_utf8_count(head) < 10) kind = 0;
    if (kind == YQ_FUND && !(s->about & YQ_FUND) && colon == SIZE_MAX) kind = 0;
    if (!kind && (s->about & YQ_CALL) && call_lines_behind(s, i) && !has_call_label(line) && !HAS_WORD(head, call_labels) && !yq_ends_list(head)) kind = YQ_CALL;
    if (kind) add_scheme(s, kind, span_of(s->w, head), YQ_BY_ENTRY);
}

static void read_entry(yq_schemes *s, size_t i)
{
    unsigned kind = YQ_CALL;
    yq_str line = yq_block_text(s->w, i), bare = without_number(line), name;
    bool headline = s->w->reading->blocks.v[i].kind == YQ_BLOCK_TITLE; /* of a page that has none, the first label may be taken for one */
    if (!line.n) return;
    if (headline) name = labelled_name(s, bare, &kind), kind = name.n ? kind : 0;
    if (headline && !kind) return;
    if (!headline && (name = numbered_name(bare)).n && ((s->about & YQ_CALL) || call_lines_behind(s, i))) add_scheme(s, YQ_CALL, span_of(s->w, name), YQ_BY_ENTRY);
    else if ((name = labelled_name(s, bare, &kind)).n && kind) add_scheme(s, kind, span_of(s->w, name), YQ_BY_ENTRY);
    else listed_name(s, i, line);
}

/* ---------------------------------------------------------------- sentences */

/* Where the clause that ends at `end` begins, and in it the last word that stands before names. */
static size_t name_start(const yq_schemes *s, const yq_sentence *in, size_t end)
{
    yq_spans clauses = { 0 };
    yq_span within = { in->span.from, (uint32_t)end };
    yq_cut_at(s->w->arena, s->w->text, within, "，。；：！？,;:\n", &clauses);
    yq_span clause = clauses.n ? clauses.v[clauses.n - 1] : within;
    size_t from = clause.from;
    for (size_t i = 0; i < YQ_COUNT(before_names); i++)
        for (size_t at = clause.from; (at = yq_find_outside(s->w->text, clause, at, before_names[i])) != SIZE_MAX; at++)
            if (at + strlen(before_names[i]) > from && at + strlen(before_names[i]) + 12 <= end) from = at + strlen(before_names[i]);
    const yq_mention *m = yq_last_mention(s->w, in, YQ_MASK(YQ_M_ORG) | YQ_MASK(YQ_M_PERSON) | YQ_MASK(YQ_M_DATE), end);
    while (m && m->span.to > end) m = yq_last_mention(s->w, in, YQ_MASK(YQ_M_ORG), m->span.from);
    if (m && m->kind != YQ_M_ORG && m->span.to > from && m->span.to + 12 <= end) from = m->span.to;
    size_t size = yq_find(yq_sub(s->w->text, 0, end), YQ_S("元的"), from); /* 规模3亿元的某某基金 */
    if (size != SIZE_MAX) from = size + 6;
    yq_str bare = without_number(yq_sub(s->w->text, from, end));
    from = end - bare.n;
    while (from + 3 < end && (!memcmp(s->w->text.p + from, "的", 3) || !memcmp(s->w->text.p + from, "了", 3))) from += 3;
    return from;
}

/* What is left of a name without the words of its kind and design. */
static size_t own_chars(yq_str name)
{
    static const char *const common[] = { "临床", "试验", "研究", "多中心", "国际", "随机", "对照", "双盲", "前瞻性", "真实世界", "单臂", "注册", "基金", "专项", "资金", "资助",
                                          "计划", "、", "的", "项目", "期", "队列", "I", "Ⅰ", "Ⅱ", "Ⅲ", "/", "大规模", "一项", "科研", "创新", "医疗", "产业", "投资" };
    size_t chars = yq_utf8_count(name);
    for (size_t i = 0; i < YQ_COUNT(common); i++)
        for (size_t at = 0; (at = yq_find(name, yq_cstr(common[i]), at)) != SIZE_MAX; at += strlen(common[i])) {
            size_t n = yq_utf8_count(yq_cstr(common[i]));
            chars -= n < chars ? n : chars;
        }
    return chars;
}

static bool named_enough(yq_str name, unsigned kind)
{
    bool quoted = yq_has(name, YQ_S("“"));
    if (!fits(name) || yq_begins_with_any(name, 0, name.n, generic_start, YQ_COUNT(generic_start))) return false;
    return quoted || own_chars(name) >= (kind == YQ_TRIAL ? 5u : 3u);
}

/* 资助 is a verb as often. */
static bool said_too(const char *ending)
{
    return !strcmp(ending, "资助") || !strcmp(ending, "资助项目") || !strcmp(ending, "专项");
}

static bool ends_there(const yq_schemes *s, const yq_sentence *in, size_t at, unsigned kinds, unsigned *kind)
{
    static const char *const longer[] = { "会", "管理", "公司", "委", "项目", "所", "院", "者", "中心", "办", "型", "室", "基金", "机构" };
    for (size_t i = 0; i < YQ_COUNT(endings); i++) {
        bool latin = (endings[i].word[0] & 0x80) == 0;
        if (latin || !(endings[i].kind & kinds)) continue;
        size_t n = strlen(endings[i].word);
        if (at < in->span.from + n || s->w->text.p[at - 1] != endings[i].word[n - 1] || said_too(endings[i].word) || at < in->span.from + n || memcmp(s->w->text.p + at - n, endings[i].word, n)) continue;
        if (yq_begins_with_any(s->w->text, at, in->span.to, longer, YQ_COUNT(longer))) return false;
        return *kind = endings[i].kind, true;
    }
    return false;
}

/* Of which kinds a sentence tells beside a name. */
static unsigned told_kinds(const yq_schemes *s, const yq_sentence *in)
{
    yq_str words = yq_at(s->w->text, in->span);
    bool trial = in->cues & YQ_CUE(TRIAL) && HAS_WORD(words, trial_cues);
    bool fund = in->cues & YQ_CUE(FUND) && HAS_WORD(words, fund_cues) && !HAS_WORD(words, received);
    return (trial ? YQ_TRIAL : 0) | (fund ? YQ_FUND : 0);
}

static void words_of_sentence(yq_schemes *s, const yq_sentence *in)
{
    unsigned kinds = in->cues & YQ_CUE(SCHEME_END) ? told_kinds(s, in) : 0, kind;
    size_t made = 0;
    for (size_t at = in->span.from; kinds && at <= in->span.to && made < WORD_NAMES_MAX; at == in->span.to ? at++ : (yq_utf8_next(s->w->text, &at), 0)) {
        if (!ends_there(s, in, at, kinds, &kind) || yq_in_quote(s->w->text, in->span, at)) continue;
        yq_span name = yq_tighten(s->w->text, (yq_span){ (uint32_t)name_start(s, in, at), (uint32_t)at });
        if (kind_of_name(yq_at(s->w->text, name), kind) && named_enough(yq_at(s->w->text, name), kind)) made += add_scheme(s, kind, name, YQ_BY_WORDS) != NULL;
    }
}

/* Names in quotation marks: a policy in 《》, a trial in any, a fund in any where the sentence tells of one. */
static void quotes_of_sentence(yq_schemes *s, const yq_sentence *in)
{
    yq_quote q;
    for (size_t from = in->span.from; yq_next_quote(s->w->text, in->span, from, &q); from = q.inner.from) {
        yq_str inside = yq_at(s->w->text, q.inner);
        bool refers = yq_ends_with_any(s->w->text, in->span.from, q.outer.from, referring, YQ_COUNT(referring)) > 0;
        if (q.book && !refers && kind_of_name(inside, YQ_POLICY)) add_scheme(s, YQ_POLICY, q.inner, YQ_BY_WORDS);
        else if (kind_of_name(inside, YQ_FUND) && (q.book || (told_kinds(s, in) & YQ_FUND && named_enough(inside, YQ_FUND)))) add_scheme(s, YQ_FUND, q.inner, YQ_BY_WORDS);
        else name_trial(s, inside, YQ_BY_WORDS);
    }
}

/* ---------------------------------------------------------------- sentences in English */

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* "a multicentre randomised trial of X in Y": from behind the article to where the phrase ends. */
static yq_span english_trial(yq_str text, yq_span in, size_t noun, size_t behind)
{
    static const char *const articles[] = { " a ", " an ", " the ", " our ", " this ", " of the ", " its ", " for the " };
    static const char *const stops[] = { ",", ".", ";", " (", " at ", " is ", " will ", " led ", " has ", " which ", " that ", " sponsored ", " and is ", ":", " was ", " by " };
    size_t from = in.from, to = in.to;
    for (size_t i = 0; i < YQ_COUNT(articles); i++)
        for (size_t at = in.from; at < noun; at++)
            if (yq_word_at(text, at, noun, articles[i]) && at + strlen(articles[i]) > from) from = at + strlen(articles[i]);
    for (size_t i = 0; i < YQ_COUNT(stops); i++)
        for (size_t at = behind; at < to; at++)
            if (yq_word_at(text, at, in.to, stops[i])) to = at;
    return (yq_span){ (uint32_t)from, (uint32_t)to };
}

/* "the Harrow Bridge Seed Fund": words with capitals (and of, for, the between) that end in the noun. */
static yq_span english_fund(yq_str text, yq_span in, size_t behind)
{
    static const char *const small[] = { "of", "for", "the", "and", "in", "on" };
    size_t from = behind, at = behind;
    while (at > in.from) {
        size_t end = at, start;
        while (end > in.from && text.p[end - 1] == ' ') end--;
        for (start = end; start > in.from && text.p[start - 1] != ' ' && text.p[start - 1] != '\n'; start--) {}
        yq_str word = yq_sub(text, start, end);
        bool joins = false;
        for (size_t i = 0; i < YQ_COUNT(small); i++) joins |= word.n == strlen(small[i]) && yq_word_at(text, start, end, small[i]);
        bool capital = word.n && word.p[0] >= 'A' && word.p[0] <= 'Z' && !strchr(".,;:", word.p[word.n - 1]);
        if (!capital && !joins) break;
        if (capital && !(joins && start == in.from)) from = start;
        at = start;
        if (start == in.from) break;
    }
    if (yq_word_at(text, from, behind, "the ")) from += 4;
    return (yq_span){ (uint32_t)from, (uint32_t)behind };
}

static void english_words(yq_schemes *s, const yq_sentence *in)
{
    yq_str text = s->w->text;
    unsigned kinds = told_kinds(s, in);
    for (size_t at = in->span.from; kinds && at < in->span.to; at++) {
        if (at > in->span.from && is_letter(text.p[at - 1])) continue;
        for (size_t i = 0; i < YQ_COUNT(nouns); i++) {
            size_t behind = at + strlen(nouns[i].noun);
            if (!(nouns[i].kind & kinds) || !yq_word_at(text, at, in->span.to, nouns[i].noun) || (behind < in->span.to && is_letter(text.p[behind]))) continue;
            bool trial = nouns[i].kind == YQ_TRIAL;
            yq_span name = trial ? english_trial(text, in->span, at, behind) : english_fund(text, in->span, behind);
            yq_str found = yq_trim(yq_at(text, name));
            bool good = trial ? HAS_WORD(found, designs) && found.n > 30 : found.n > strlen(nouns[i].noun) + 5;
            if (good) add_scheme(s, nouns[i].kind, name, YQ_BY_WORDS);
        }
    }
}

/* "Challenge track (open call): "X"", "张榜征集“X”": what is quoted behind such words is asked for. */
static void called_in_sentence(yq_schemes *s, const yq_sentence *in)
{
    yq_str words = yq_at(s->w->text, in->span);
    for (size_t i = 0; i < YQ_COUNT(called); i++) {
        yq_quote q;
        size_t at = yq_find_word(words, called[i]);
        if (at == SIZE_MAX || !yq_next_quote(s->w->text, in->span, in->span.from + at, &q)) continue;
        if (q.outer.from > in->span.from + at + strlen(called[i]) + 40 || yq_utf8_count(yq_at(s->w->text, q.inner)) < 6) continue;
        add_scheme(s, YQ_CALL, q.inner, YQ_BY_WORDS);
        return;
    }
}

/* "榜单中“…”一项已撤销": a challenge that is named only to say that it is over. */
static void ended_call(yq_schemes *s, const yq_sentence *in)
{
    yq_quote q;
    const char *status = s->about & YQ_CALL ? yq_scheme_status(yq_at(s->w->text, in->span), YQ_CALL) : NULL;
    if (!status || !strcmp(status, "open") || !yq_span_has(s->w->text, in->span, "榜") || !yq_next_quote(s->w->text, in->span, in->span.from, &q)) return;
    if (!q.book && yq_utf8_count(yq_at(s->w->text, q.inner)) >= 6) add_scheme(s, YQ_CALL, q.inner, YQ_BY_WORDS);
}

static void read_sentences(yq_schemes *s)
{
    for (size_t i = 0; i < s->w->sentences.n; i++) {
        const yq_sentence *in = &s->w->sentences.v[i];
        if (in->table != YQ_NO_TABLE) continue;
        if (in->cues & YQ_CUE(QUOTE)) quotes_of_sentence(s, in);
        words_of_sentence(s, in);
        if (in->cues & YQ_CUE(ENGLISH_SCHEME)) english_words(s, in);
        if (in->cues & YQ_CUE(CALLED)) called_in_sentence(s, in);
        if (in->cues & YQ_CUE(STATE)) ended_call(s, in);
    }
}

/* ---------------------------------------------------------------- the stage */

void yq_find_schemes(yq_work *w)
{
    yq_schemes s = { .w = w };
    read_head(&s);
    for (size_t i = 0; i < w->reading->tables.n; i++) read_table(&s, &w->reading->tables.v[i]);
    for (size_t i = 0; i < w->reading->blocks.n; i++)
        if (w->reading->blocks.v[i].kind != YQ_BLOCK_TABLE) read_entry(&s, i);
    name_from_head(&s);
    read_sentences(&s);
    yq_read_scheme_details(&s);
    for (size_t i = 0; i < s.all.n; i++) *yq_push(w->arena, &w->out->schemes) = *s.all.v[i].found;
}
