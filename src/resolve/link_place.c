/* Where a written affiliation says it is: countries, states that tell a country, cities of the list; and which parts between commas name nothing else. */
#include "resolve/link_best.h"

enum { PLACE_WORDS = 3, STATE_LETTERS = 2 };

/* Written for a country's part: the United States and Canada stand behind their states. Those that are also a country or a common word are left out. */
static const struct {
    const char *name, *country;
} states[] = {
    { "al", "US" }, { "ak", "US" }, { "az", "US" }, { "ar", "US" }, { "ca", "US" }, { "co", "US" }, { "ct", "US" }, { "dc", "US" }, { "fl", "US" },
    { "ga", "US" }, { "hi", "US" }, { "ia", "US" }, { "id", "US" }, { "il", "US" }, { "in", "US" }, { "ks", "US" }, { "ky", "US" }, { "ma", "US" },
    { "md", "US" }, { "me", "US" }, { "mi", "US" }, { "mn", "US" }, { "mo", "US" }, { "ms", "US" }, { "nc", "US" }, { "nd", "US" }, { "ne", "US" },
    { "nh", "US" }, { "nj", "US" }, { "nm", "US" }, { "nv", "US" }, { "ny", "US" }, { "oh", "US" }, { "ok", "US" }, { "or", "US" }, { "pa", "US" },
    { "ri", "US" }, { "sc", "US" }, { "tn", "US" }, { "tx", "US" }, { "ut", "US" }, { "va", "US" }, { "vt", "US" }, { "wa", "US" }, { "wi", "US" },
    { "wv", "US" }, { "ab", "CA" }, { "bc", "CA" }, { "mb", "CA" }, { "nb", "CA" }, { "ns", "CA" }, { "on", "CA" }, { "qc", "CA" }, { "nsw", "AU" }, { "qld", "AU" }, { "vic", "AU" },
    { "alabama", "US" }, { "alaska", "US" }, { "arizona", "US" }, { "arkansas", "US" }, { "california", "US" }, { "colorado", "US" }, { "connecticut", "US" },
    { "florida", "US" }, { "hawaii", "US" }, { "idaho", "US" }, { "illinoi", "US" }, { "indiana", "US" }, { "iowa", "US" }, { "kansa", "US" },
    { "kentucky", "US" }, { "louisiana", "US" }, { "maine", "US" }, { "maryland", "US" }, { "massachusett", "US" }, { "michigan", "US" },
    { "minnesota", "US" }, { "mississippi", "US" }, { "missouri", "US" }, { "montana", "US" }, { "nebraska", "US" }, { "nevada", "US" },
    { "new hampshire", "US" }, { "new jersey", "US" }, { "new mexico", "US" }, { "new york", "US" }, { "north carolina", "US" }, { "north dakota", "US" },
    { "ohio", "US" }, { "oklahoma", "US" }, { "oregon", "US" }, { "pennsylvania", "US" }, { "rhode island", "US" }, { "south carolina", "US" },
    { "south dakota", "US" }, { "tennessee", "US" }, { "texa", "US" }, { "utah", "US" }, { "vermont", "US" }, { "virginia", "US" },
    { "west virginia", "US" }, { "wisconsin", "US" }, { "wyoming", "US" }, { "ontario", "CA" }, { "quebec", "CA" }, { "british columbia", "CA" },
    { "alberta", "CA" }, { "manitoba", "CA" }, { "saskatchewan", "CA" }, { "nova scotia", "CA" }, { "new brunswick", "CA" },
    { "new south wales", "AU" }, { "victoria", "AU" }, { "queensland", "AU" }, { "tasmania", "AU" },
};

/* Words of an address that are no name. */
static const char *const address_words[] = { "p", "r", "pr", "cedex", "po", "box", "zip", "street", "road", "avenue", "north", "south", "east", "west", "tab", "n", "republic", "people", "province", "city" };

static bool is_number(yq_str w)
{
    for (size_t i = 0; i < w.n; i++)
        if (w.p[i] >= '0' && w.p[i] <= '9') return true;
    return false;
}

static bool is_address_word(yq_str w)
{
    for (size_t i = 0; i < sizeof address_words / sizeof *address_words; i++)
        if (yq_eq(w, yq_cstr(address_words[i]))) return true;
    return false;
}

static const char *state_country(yq_str text, bool capitals)
{
    if (text.n <= STATE_LETTERS && !capitals) return NULL;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (yq_eq(text, yq_cstr(states[i].name))) return states[i].country;
    return NULL;
}

/* The words from..to in one form, in room; empty: they are not all Latin words of one part. */
static yq_str words_as_text(const link_ask *q, size_t from, size_t to, char *room, size_t cap)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const org_word *w = &q->name.word[i];
        if (!w->groups || w->pair || w->part != q->name.word[from].part) return (yq_str){ 0 };
        yq_str s = w->group->word[0];
        if (n + s.n + 1 > cap) return (yq_str){ 0 };
        if (n) room[n++] = ' ';
        memcpy(room + n, s.p, s.n);
        n += s.n;
    }
    return (yq_str){ room, n };
}

typedef struct {
    const char *country;
    uint32_t city;
    uint8_t words;
    bool state;
} place;

/* The longest place that begins at word i. */
static place place_at(const link_ask *q, size_t i)
{
    char room[96];
    for (size_t n = PLACE_WORDS; n > 0; n--) {
        if (i + n > q->name.n) continue;
        yq_str text = words_as_text(q, i, i + n, room, sizeof room);
        if (text.n == 0) continue;
        place p = { .words = (uint8_t)n, .country = org_country_code(text) };
        if (!p.country) p.state = (p.country = state_country(text, q->name.word[i].capitals)) != NULL;
        uint32_t city = text.n > STATE_LETTERS ? link_find(&q->l->cities, text) : UINT32_MAX;
        p.city = city == UINT32_MAX ? NO_CITY : city + 1;
        if (p.country || p.city) return p;
    }
    return (place){ 0 };
}

/* Is each word of the part a place, a number or a word of addresses, and one of them a place or number? */
static void mark_part(link_ask *q, size_t from, size_t to, const uint8_t *placed)
{
    bool only = false;
    for (size_t i = from; i < to; i++) {
        yq_str w = q->name.word[i].groups ? q->name.word[i].group->word[0] : (yq_str){ 0 };
        if (placed[i] || is_number(w)) only = true;
        else if (!is_address_word(w)) return;
    }
    for (size_t i = from; i < to && only; i++) q->place[i] = true;
    if (only) q->place_part[q->name.word[from].part] = true;
}

static void mark_parts(link_ask *q, const uint8_t *placed)
{
    memset(q->place, 0, sizeof q->place);
    memset(q->place_part, 0, sizeof q->place_part);
    for (size_t from = 0, to; from < q->name.n; from = to) {
        for (to = from + 1; to < q->name.n && q->name.word[to].part == q->name.word[from].part;) to++;
        mark_part(q, from, to, placed);
    }
}

static void add_country(link_ask *q, yq_str country)
{
    for (size_t i = 0; i < q->countries; i++)
        if (yq_eq(q->country[i], country)) return;
    if (country.n && q->countries < MOST_COUNTRIES) q->country[q->countries++] = country;
}

/* GA and Center for ...: an abbreviated state before the next name. */
static bool begins_part(const link_ask *q, size_t i)
{
    return i > 0 && q->name.word[i].capitals && q->name.word[i - 1].part != q->name.word[i].part;
}

/* Countries and states that stand by themselves or end the text; if there are none those inside of names, and what cities tell. */
static void choose_countries(link_ask *q, const place *at)
{
    for (size_t i = 0; i < q->name.n; i++)
        if (at[i].country && !at[i].state && (q->place[i] || i + at[i].words == q->name.n)) add_country(q, yq_cstr(at[i].country));
    for (size_t i = 0; i < q->name.n; i++)
        if (at[i].country && at[i].state && (q->place[i] || i + at[i].words == q->name.n || begins_part(q, i))) add_country(q, yq_cstr(at[i].country));
    for (size_t i = 0; i < q->name.n && !q->countries; i++)
        if (at[i].country && !at[i].state) add_country(q, yq_cstr(at[i].country));
    if (q->countries) return;
    for (size_t i = 0; i < q->cities; i++)
        if (q->city[i].alone && q->l->city_country.n > q->city[i].number) add_country(q, q->l->city_country.v[q->city[i].number]);
}

static void note_city(link_ask *q, size_t i, const place *p)
{
    if (p->city == NO_CITY || q->cities == MOST_CITIES) return;
    q->city[q->cities].number = p->city;
    q->city[q->cities].from = (uint8_t)i;
    q->city[q->cities].to = (uint8_t)(i + p->words);
    q->city[q->cities++].alone = q->place[i];
}

void link_place_read(link_ask *q)
{
    place at[ORG_WORDS];
    uint8_t placed[ORG_WORDS] = { 0 };
    q->countries = q->cities = 0;
    memset(at, 0, sizeof at);
    for (size_t i = 0; i < q->name.n; i += at[i].words ? at[i].words : 1) {
        at[i] = place_at(q, i);
        for (size_t k = i; k < i + at[i].words; k++) placed[k] = 1;
    }
    mark_parts(q, placed);
    for (size_t i = 0; i < q->name.n; i++) note_city(q, i, &at[i]);
    choose_countries(q, at);
}

bool link_one_country(yq_str a, yq_str b)
{
    static const char *const china[] = { "CN", "HK", "MO", "TW" };
    bool x = false, y = false;
    for (size_t i = 0; i < sizeof china / sizeof *china; i++) x |= yq_eq(a, yq_cstr(china[i])), y |= yq_eq(b, yq_cstr(china[i]));
    return yq_eq(a, b) || (x && y);
}
