/* Every mistake in a kind file is told with the file, the place in it and what is wrong. A right pair of kinds is broken in one place a row. */
#include "check.h"
#include "kind/kind.h"

#include <stdlib.h>

static const char thing[] =
    "{ \"id\": \"thing\", \"order\": 1, \"zh\": \"物件\", \"en\": \"Thing\", \"en_plural\": \"Things\",\n"
    "  \"description_zh\": \"一件物件。\", \"description_en\": \"Some thing.\",\n"
    "  \"listed\": true, \"wanted\": \"if_asked\", \"subject\": true, \"sharing\": \"alliance\", \"named_by\": \"title\",\n"
    "  \"fields\": [\n"
    "    { \"id\": \"title\", \"zh\": \"名称\", \"en\": \"Title\", \"type\": \"text\", \"required\": true },\n"
    "    { \"id\": \"size\", \"zh\": \"大小\", \"en\": \"Size\", \"type\": \"integer\", \"min\": 1, \"max\": 9 },\n"
    "    { \"id\": \"colour\", \"zh\": \"颜色\", \"en\": \"Colour\", \"type\": \"choice\", \"choices\": [\n"
    "      { \"id\": \"red\", \"zh\": \"红\", \"en\": \"Red\" }, { \"id\": \"blue\", \"zh\": \"蓝\", \"en\": \"Blue\" } ] },\n"
    "    { \"id\": \"due\", \"zh\": \"期限\", \"en\": \"Due\", \"type\": \"date\", \"precision\": \"day\" },\n"
    "    { \"id\": \"since\", \"zh\": \"自\", \"en\": \"Since\", \"type\": \"date\" },\n"
    "    { \"id\": \"where\", \"zh\": \"地点\", \"en\": \"Where\", \"type\": \"entity\", \"kinds\": [\"place\"] },\n"
    "    { \"id\": \"story\", \"zh\": \"来历\", \"en\": \"Story\", \"type\": \"long_text\", \"max\": 900 } ],\n"
    "  \"states\": [\n"
    "    { \"id\": \"new\", \"zh\": \"新\", \"en\": \"New\", \"initial\": true },\n"
    "    { \"id\": \"used\", \"zh\": \"在用\", \"en\": \"Used\" },\n"
    "    { \"id\": \"gone\", \"zh\": \"没了\", \"en\": \"Gone\", \"final\": true } ],\n"
    "  \"moves\": [\n"
    "    { \"id\": \"use\", \"zh\": \"启用\", \"en\": \"Use\", \"from\": [\"new\"], \"to\": \"used\", \"who\": [\"member\"], \"required\": [\"size\"] },\n"
    "    { \"id\": \"drop\", \"zh\": \"丢弃\", \"en\": \"Drop\", \"from\": [\"used\"], \"to\": \"gone\", \"who\": [\"office\"], \"guards\": [\"after_deadline\"], \"deadline\": \"due\" } ],\n"
    "  \"facts\": [ { \"id\": \"stands\", \"zh\": \"位于\", \"en\": \"Stands at\", \"to\": [\"place\"], \"values\": [ { \"id\": \"in\", \"zh\": \"里\", \"en\": \"in\" } ] },\n"
    "             { \"id\": \"stood\", \"zh\": \"曾在\", \"en\": \"Stood at\", \"values\": \"stands\" } ],\n"
    "  \"towards\": [] }\n";

static const char place[] =
    "{ \"id\": \"place\", \"order\": 2, \"zh\": \"地方\", \"en\": \"Place\", \"en_plural\": \"Places\",\n"
    "  \"description_zh\": \"一个地方。\", \"description_en\": \"Some place.\",\n"
    "  \"listed\": true, \"wanted\": \"never\", \"sharing\": \"public\", \"named_by\": \"name\",\n"
    "  \"fields\": [ { \"id\": \"name\", \"zh\": \"名称\", \"en\": \"Name\", \"type\": \"text\", \"required\": true } ],\n"
    "  \"states\": [], \"moves\": [], \"facts\": [], \"towards\": [ { \"id\": \"stands\", \"zh\": \"物件\", \"en\": \"Things\" } ] }\n";

/* In `find` and `put` a ' stands for a quotation mark. The fault must begin with `at` and hold `says`. */
static const struct {
    const char *what, *find, *put, *at, *says;
} rows[] = {
    { "no JSON", "'order': 1,", "'order': 1", "thing.json: line 1", "expected" },
    { "two members of one name", "'order': 1,", "'order': 1, 'order': 3,", "thing.json: line", "duplicate" },
    { "an unknown member", "'order': 1,", "'order': 1, 'colour': 3,", "thing.json: \"colour\" is not known here", "named_by" },
    { "an unknown member of a field", "'type': 'integer',", "'type': 'integer', 'unit': 'cm',", "thing.json: fields[1] (size): \"unit\"", "known are id" },
    { "another id than the file's", "'id': 'thing'", "'id': 'things'", "thing.json: id is \"things\"", "without .json" },
    { "no id", "'id': 'thing', ", "", "thing.json: id is missing", "" },
    { "an id with capitals", "'id': 'size'", "'id': 'Size'", "thing.json: fields[1] (Size): id", "small letters" },
    { "no order", "'order': 1, ", "", "thing.json: order is missing", "" },
    { "an order in words", "'order': 1", "'order': 'first'", "thing.json: order must be a whole number", "" },
    { "the order of another", "'order': 1", "'order': 2", "thing.json: order 2 is that of place.json", "" },
    { "no Chinese label", "'zh': '物件', ", "", "thing.json: zh is missing", "" },
    { "no English label", "'en': 'Thing', ", "", "thing.json: en is missing", "" },
    { "an empty Chinese label", "'zh': '物件'", "'zh': ' '", "thing.json: zh is empty", "" },
    { "no English plural", ", 'en_plural': 'Things'", "", "thing.json: en_plural is missing", "" },
    { "an empty description", "'一件物件。'", "''", "thing.json: description_zh is empty", "" },
    { "a field without a Chinese label", "'zh': '大小', ", "", "thing.json: fields[1] (size): zh is missing", "" },
    { "a choice without an English label", "'en': 'Red'", "'en': ''", "thing.json: fields[2] (colour): choices[0] (red): en is empty", "" },
    { "a state without an English label", ", 'en': 'Used'", "", "thing.json: states[1] (used): en is missing", "" },
    { "a move without a Chinese label", "'zh': '启用', ", "", "thing.json: moves[0] (use): zh is missing", "" },
    { "a fact without an English label", "'en': 'Stands at', ", "", "thing.json: facts[0] (stands): en is missing", "" },
    { "listed in words", "'listed': true", "'listed': 'yes'", "thing.json: listed must be true or false", "" },
    { "an unknown way of being wanted", "'if_asked'", "'sometimes'", "thing.json: wanted \"sometimes\"", "never, if_asked, always" },
    { "an unknown sharing level", "'alliance'", "'friends'", "thing.json: sharing \"friends\"", "public, alliance, partner, own" },
    { "named by an unknown field", "'named_by': 'title'", "'named_by': 'name'", "thing.json: named_by: there is no \"name\"", "" },
    { "named by a field that may be empty", "'type': 'text', 'required': true", "'type': 'text'", "thing.json: named_by", "required" },
    { "named by a number", "'named_by': 'title'", "'named_by': 'size'", "thing.json: named_by", "text or entity" },
    { "fields that are no list", "'fields': [", "'fields': 3, 'towards2': [", "thing.json: fields must be a list", "" },
    { "a field that is no object", "'fields': [", "'fields': [ 'title',", "thing.json: fields[0]: must be an object", "" },
    { "an unknown type", "'type': 'integer', 'min': 1, 'max': 9", "'type': 'number'", "thing.json: fields[1] (size): type \"number\"", "text, long_text, date, money, integer" },
    { "a choice without choices", ", 'choices': [\n      { 'id': 'red', 'zh': '红', 'en': 'Red' }, { 'id': 'blue', 'zh': '蓝', 'en': 'Blue' } ]", "", "thing.json: fields[2] (colour)", "two choices" },
    { "choices of a number", "'min': 1,", "'choices': [],", "thing.json: fields[1] (size): choices are for", "" },
    { "two choices of one id", "'id': 'blue'", "'id': 'red'", "thing.json: fields[2] (colour): choices[0] and choices[1] have the same id \"red\"", "" },
    { "an entity without kinds", ", 'kinds': ['place']", "", "thing.json: fields[5] (where)", "needs kinds" },
    { "an entity of an unknown kind", "'kinds': ['place']", "'kinds': ['palace']", "thing.json: fields[5] (where): kinds: there is no \"palace\"", "" },
    { "a precision of months", "'precision': 'day'", "'precision': 'month'", "thing.json: fields[3] (due): precision", "\"day\"" },
    { "min over max", "'min': 1, 'max': 9", "'min': 10, 'max': 9", "thing.json: fields[1] (size): min is over max", "" },
    { "max of a date", "'en': 'Since', 'type': 'date'", "'en': 'Since', 'type': 'date', 'max': 3", "thing.json: fields[4] (since): max is for", "" },
    { "a text too long", "'max': 900", "'max': 900000", "thing.json: fields[6] (story): max of a text", "20000" },
    { "an indexed long text", "'max': 900", "'indexed': true", "thing.json: fields[6] (story)", "cannot be indexed" },
    { "a hint in one language", "'max': 900", "'hint_en': 'Tell all'", "thing.json: fields[6] (story)", "hint_zh and hint_en" },
    { "two fields of one id", "'id': 'since'", "'id': 'due'", "thing.json: fields[3] and fields[4] have the same id \"due\"", "" },
    { "two initial states", "'en': 'Used'", "'en': 'Used', 'initial': true", "thing.json: states: 2 are initial", "exactly one" },
    { "no initial state", "'initial': true", "'initial': false", "thing.json: states: 0 are initial", "" },
    { "no final state", ", 'final': true", "", "thing.json: states: none is final", "" },
    { "an unreachable state", "'from': ['new'], 'to': 'used'", "'from': ['new'], 'to': 'new'", "thing.json: states[1] (used): no way of moves leads here", "" },
    { "a state without a way out", "'from': ['used'], 'to': 'gone'", "'from': ['new'], 'to': 'gone'", "thing.json: states[1] (used): no way of moves leads from here", "" },
    { "two states of one id", "'states': [", "'states': [ { 'id': 'gone', 'zh': '没了', 'en': 'Gone' },", "thing.json: states[0] and states[3] have the same id \"gone\"", "" },
    { "a move to an unknown state", "'to': 'used'", "'to': 'worn'", "thing.json: moves[0] (use): to: there is no \"worn\"", "" },
    { "a move from an unknown state", "'from': ['new']", "'from': ['old']", "thing.json: moves[0] (use): from: there is no \"old\"", "" },
    { "a move from nowhere", "'from': ['new']", "'from': []", "thing.json: moves[0] (use): from: name at least one", "" },
    { "a move from one state twice", "'from': ['new']", "'from': ['new', 'new']", "thing.json: moves[0] (use): from: \"new\" stands there twice", "" },
    { "a move out of a final state", "'from': ['used']", "'from': ['used', 'gone']", "thing.json: moves[1] (drop): from: state \"gone\" is final", "" },
    { "a move without a target", ", 'to': 'used'", "", "thing.json: moves[0] (use): to is missing", "" },
    { "two moves of one id", "'id': 'drop'", "'id': 'use'", "thing.json: moves[0] and moves[1] have the same id", "" },
    { "an unknown role", "'who': ['member']", "'who': ['king']", "thing.json: moves[0] (use): who: there is no \"king\"", "" },
    { "a move of nobody", "'who': ['member']", "'who': []", "thing.json: moves[0] (use): who: nobody", "" },
    { "a role that is a number", "'who': ['member']", "'who': [1]", "thing.json: moves[0] (use): who[0] must be text", "" },
    { "an unknown guard", "'after_deadline'", "'full_moon'", "thing.json: moves[1] (drop): guards: there is no \"full_moon\"", "" },
    { "an unknown required field", "'required': ['size']", "'required': ['weight']", "thing.json: moves[0] (use): required: there is no \"weight\"", "" },
    { "an unknown deadline", "'deadline': 'due'", "'deadline': 'end'", "thing.json: moves[1] (drop): deadline: there is no \"end\"", "" },
    { "a deadline that may be a year", "'deadline': 'due'", "'deadline': 'since'", "thing.json: moves[1] (drop): deadline: field \"since\"", "precision" },
    { "a deadline that is a text", "'deadline': 'due'", "'deadline': 'title'", "thing.json: moves[1] (drop): deadline: field \"title\"", "single date" },
    { "a guard on a deadline that is not there", ", 'deadline': 'due'", "", "thing.json: moves[1] (drop): guards speak of a deadline", "" },
    { "a fact that ends at an unknown kind", "'to': ['place']", "'to': ['palace']", "thing.json: facts[0] (stands): to: there is no \"palace\"", "" },
    { "a fact that ends at a kind without a word for it", "'to': ['place']", "'to': ['place', 'thing']", "thing.json: facts[0] (stands): to: thing.json has no \"towards\"", "" },
    { "values of an unknown fact", "'values': 'stands'", "'values': 'lies'", "thing.json: facts[1] (stood): values: no fact \"lies\"", "" },
    { "two values of one id", "{ 'id': 'in', 'zh': '里', 'en': 'in' }", "{ 'id': 'in', 'zh': '里', 'en': 'in' }, { 'id': 'in', 'zh': '内', 'en': 'in' }", "thing.json: facts[0] (stands): values[0] and values[1]", "" },
    { "what nobody says of others", "'towards': []", "'towards': [ { 'id': 'stood', 'zh': '曾有', 'en': 'Once held' } ]", "thing.json: towards[0] (stood): no kind has", "" },
    { "wanted without being listed", "'listed': true", "'listed': false", "thing.json: wanted", "listed" },
    { "a subject that cannot be wanted", "'if_asked'", "'never'", "thing.json: subject", "" },
};

static char *quoted(const char *s)
{
    char *copy = strdup(s);
    for (char *p = copy; *p; p++)
        if (*p == '\'') *p = '"';
    return copy;
}

/* The first `find` in text becomes `put`; NULL: it is not there. The caller frees. */
static char *replaced(const char *text, const char *find, const char *put)
{
    char *old = quoted(find), *new = quoted(put), *out = NULL;
    const char *at = strstr(text, old);
    if (at && asprintf(&out, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old)) < 0) out = NULL;
    free(old);
    free(new);
    return out;
}

static yq_code read_pair(yq_arena *a, const char *text, yq_kinds *kinds, yq_kind_faults *faults, yq_err *err)
{
    const yq_kind_file files[] = { { YQ_S("place.json"), yq_cstr(place) }, { YQ_S("thing.json"), yq_cstr(text) } };
    *faults = (yq_kind_faults){ 0 };
    return yq_kinds_read(files, 2, a, kinds, faults, err);
}

static bool is_told(const yq_kind_faults *faults, const char *at, const char *says)
{
    for (size_t i = 0; i < faults->n; i++)
        if (yq_starts(faults->v[i], yq_cstr(at)) && yq_has(faults->v[i], yq_cstr(says))) return true;
    for (size_t i = 0; i < faults->n; i++) fprintf(stderr, "  told: %.*s\n", YQ_FMT(faults->v[i]));
    return false;
}

static void each_mistake(yq_arena *a)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_kinds kinds;
        yq_kind_faults faults;
        yq_err err = { 0 };
        char *text = replaced(thing, rows[i].find, rows[i].put);
        if (!CHECK(rows[i].what, text != NULL)) continue;
        CHECK(rows[i].what, read_pair(a, text, &kinds, &faults, &err) == YQ_INVALID);
        CHECK(rows[i].what, is_told(&faults, rows[i].at, rows[i].says));
        CHECK(rows[i].what, kinds.n == 0 && faults.n && yq_starts(faults.v[0], yq_cstr("")) && *err.msg);
        yq_arena_clear(a);
        free(text);
    }
}

/* What is right in two ways must not be told as wrong. */
static void the_pair_is_right(yq_arena *a)
{
    yq_kinds kinds;
    yq_kind_faults faults;
    yq_err err = { 0 };
    CHECK("the unbroken pair", read_pair(a, thing, &kinds, &faults, &err) == YQ_OK);
    CHECK("in order", kinds.n == 2 && yq_eq(kinds.v[0].id, YQ_S("thing")) && yq_eq(kinds.v[1].id, YQ_S("place")));
    CHECK("no fault", faults.n == 0);
    CHECK("lent values", kinds.v[0].facts.v[1].values.n == 1 && yq_eq(kinds.v[0].facts.v[1].values.v[0].id, YQ_S("in")));
    CHECK("defaults", kinds.v[0].fields.v[0].max == 500 && kinds.v[0].fields.v[0].sharing == YQ_SHARED_ALLIANCE && !kinds.v[0].fields.v[4].whole_day);
    CHECK("the field of a deadline", kinds.v[0].moves.v[1].deadline == 3 && kinds.v[0].moves.v[0].deadline == YQ_NO_FIELD);
    CHECK("a kind without states", yq_kind_initial(&kinds.v[1]) == NULL);
    yq_arena_clear(a);
}

/* All mistakes of all files are told at once. */
static void several_mistakes(yq_arena *a)
{
    yq_kinds kinds;
    yq_kind_faults faults;
    char *one = replaced(thing, "'zh': '大小', ", ""), *two = replaced(one, "'who': ['member']", "'who': ['king']");
    CHECK("two mistakes", read_pair(a, two, &kinds, &faults, NULL) == YQ_INVALID);
    CHECK("both are told", faults.n == 2 && is_told(&faults, "thing.json: fields[1]", "zh") && is_told(&faults, "thing.json: moves[0]", "king"));
    free(one);
    free(two);
    yq_arena_clear(a);
}

/* Cut anywhere, it is refused and nothing else happens. */
static void cut_anywhere(yq_arena *a)
{
    size_t refused = 0, all = 0;
    for (size_t n = 0; n + 2 < sizeof thing; n += 7, all++) {
        const yq_kind_file files[] = { { YQ_S("thing.json"), { thing, n } }, { YQ_S("place.json"), yq_cstr(place) } };
        yq_kinds kinds;
        yq_kind_faults faults = { 0 };
        refused += yq_kinds_read(files, 2, a, &kinds, &faults, NULL) == YQ_INVALID;
        yq_arena_clear(a);
    }
    CHECK("every part of a file", all > 100 && refused == all);
}

static void limits(yq_arena *a)
{
    yq_kinds kinds;
    yq_kind_faults faults = { 0 };
    yq_err err = { 0 };
    char *big = calloc(1, YQ_KIND_FILE_MAX + 1);
    memset(big, ' ', YQ_KIND_FILE_MAX + 1);
    const yq_kind_file file = { YQ_S("thing.json"), { big, YQ_KIND_FILE_MAX + 1 } };
    CHECK("a file too large", yq_kinds_read(&file, 1, a, &kinds, &faults, &err) == YQ_INVALID && is_told(&faults, "thing.json: is over 256 kB", ""));
    CHECK("no file", yq_kinds_read(&file, 0, a, &kinds, &faults, &err) == YQ_INVALID);
    CHECK("too many files", yq_kinds_read(&file, YQ_KINDS_MAX + 1, a, &kinds, &faults, &err) == YQ_INVALID);
    CHECK("no folder", yq_kinds_read_folder("/nowhere", a, &kinds, &faults, &err) == YQ_IO);
    yq_arena *small = yq_arena_new(4096);
    CHECK("no memory", read_pair(small, thing, &kinds, &faults, &err) == YQ_NOMEM);
    yq_arena_free(small);
    free(big);
    yq_arena_clear(a);
}

int main(void)
{
    yq_arena *a = yq_arena_new(64 << 20);
    the_pair_is_right(a);
    each_mistake(a);
    several_mistakes(a);
    cut_anywhere(a);
    limits(a);
    yq_arena_free(a);
    return check_done();
}
