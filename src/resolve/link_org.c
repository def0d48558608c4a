/* The words of an organisation's name.
 *
 * Names of one organisation differ by language (Universität, Università), by abbreviation (Univ., Inst. of Technol.) and by script. Chinese names are
 * rendered word by word with lexicon/org_glossary.tsv and the medical concepts, places and whatever is left in pinyin (without tones, Hanyu pinyin,
 * ISO 7098, which writes the parts of a name together). A word with several renderings carries all of them.
 */
#include "resolve/link_org.h"

#include "text/lexicon.h"

static const struct {
    const char *begins, *stands;
    bool whole;
} same_words[] = {
    { "universitatsk", "hospital" }, { "universitatss", "hospital" }, { "universitatsm", "medical" }, { "universitatsb", "library" },
    { "universitetss", "hospital" }, { "univ", "university", true }, { "universit", "university" }, { "universid", "university" }, { "univerz", "university" }, { "uniwersyt", "university" }, { "egyetem", "university" }, { "yliopisto", "university" }, { "uni", "university", true },
    { "inst", "institute", true }, { "institut", "institute" }, { "istitut", "institute" }, { "instytut", "institute" },
    { "hosp", "hospital", true }, { "hospit", "hospital" }, { "hopita", "hospital" }, { "ospedal", "hospital" }, { "krankenh", "hospital" },
    { "clinic", "clinic" }, { "klini", "clinic" }, { "central", "central" }, { "centr", "center" }, { "zentr", "center" }, { "ctr", "center", true },
    { "acad", "academy", true }, { "academ", "academy" }, { "akadem", "academy" }, { "accadem", "academy" },
    { "polytech", "polytechnic" }, { "politec", "polytechnic" }, { "politech", "polytechnic" },
    { "technol", "technology" }, { "tecnol", "technology" }, { "technic", "technical" }, { "technisch", "technical" }, { "tecnic", "technical" },
    { "sci", "science", true }, { "scienc", "science" }, { "scientif", "science" }, { "scienz", "science" }, { "ciencia", "science" },
    { "med", "medical", true }, { "medic", "medical" }, { "medizin", "medical" }, { "agric", "agriculture", true }, { "agricul", "agriculture" },
    { "eng", "engineering", true }, { "engineer", "engineering" }, { "natl", "national", true }, { "nation", "national" }, { "nacion", "national" },
    { "nazional", "national" }, { "lab", "laboratory", true }, { "labs", "laboratory", true }, { "laborat", "laboratory" },
    { "coll", "college", true }, { "colleg", "college" }, { "sch", "school", true }, { "schol", "school", true }, { "res", "research", true },
    { "recherch", "research" }, { "ricerc", "research" }, { "forschung", "research" }, { "investigac", "research" }, { "dept", "department", true },
    { "depart", "department" }, { "dipart", "department" }, { "pharmac", "pharmacy" }, { "chemi", "chemistry" }, { "biolog", "biology" },
    { "children", "children" }, { "econom", "economics" }, { "forest", "forestry" }, { "mathemat", "mathematics" }, { "comput", "computer" },
    { "environm", "environment" }, { "affiliat", "affiliated" }, { "financ", "finance" }, { "industr", "industry" }, { "aeronaut", "aeronautics" },
    { "federal", "federal" }, { "found", "foundation", true }, { "intl", "international", true }, { "electronic", "electronics" },
    { "ministr", "ministry" }, { "minist", "ministry", true }, { "fac", "faculty", true }, { "faculdade", "faculty" }, { "provinc", "province" },
    { "psychiat", "psychiatry" }, { "geolog", "geology" }, { "nutrit", "nutrition" }, { "genetic", "genetics" }, { "surg", "surgery", true },
    { "tech", "technology", true }, { "nat", "national", true }, { "inf", "information", true }, { "info", "information", true }, { "st", "saint", true }, { "max", "max", true }, { "mt", "mount", true }, { "hlth", "health", true }, { "bus", "business", true },
    { "milano", "milan", true }, { "roma", "rome", true }, { "torino", "turin", true }, { "napoli", "naples", true }, { "firenze", "florence", true },
    { "venezia", "venice", true }, { "genova", "genoa", true }, { "padova", "padua", true }, { "munchen", "munich", true }, { "muenchen", "munich", true },
    { "koln", "cologne", true }, { "wien", "vienna", true }, { "geneve", "geneva", true }, { "geneva", "geneva", true }, { "lisboa", "lisbon", true },
    { "praha", "prague", true }, { "warszawa", "warsaw", true }, { "moskva", "moscow", true }, { "kobenhavn", "copenhagen", true },
    { "goteborg", "gothenburg", true }, { "bruxelles", "brussels", true }, { "brussel", "brussels", true }, { "antwerpen", "antwerp", true },
    { "sevilla", "seville", true }, { "bucuresti", "bucharest", true }, { "nurnberg", "nuremberg", true }, { "gent", "ghent", true },
};

static const char *const empty_words[] = { "of", "the", "and", "for", "in", "at", "on", "to", "de", "du", "des", "la", "le", "les", "del", "della", "di", "do", "da",
                                           "dos", "das", "der", "die", "fur", "und", "et", "y", "e", "el", "los", "las", "a", "an", "s", "d", "l", "van", "von", "i", "w" };

static bool is_empty_word(yq_str w)
{
    for (size_t i = 0; i < sizeof empty_words / sizeof *empty_words; i++)
        if (yq_eq(w, yq_cstr(empty_words[i]))) return true;
    return false;
}

yq_str org_one_form(yq_str w)
{
    for (size_t i = 0; i < sizeof same_words / sizeof *same_words; i++) {
        yq_str begins = yq_cstr(same_words[i].begins);
        if (same_words[i].whole ? yq_eq(w, begins) : yq_starts(w, begins)) return yq_cstr(same_words[i].stands);
    }
    bool plural = w.n > 4 && w.p[w.n - 1] == 's' && w.p[w.n - 2] != 's';
    return plural ? yq_sub(w, 0, w.n - 1) : w;
}

/* ---------------------------------------------------------------- countries */

static const struct {
    const char *code, *name;
} countries[] = {
    { "US", "united states" }, { "US", "usa" }, { "US", "united states of america" }, { "GB", "united kingdom" }, { "GB", "uk" }, { "GB", "england" },
    { "GB", "scotland" }, { "GB", "wales" }, { "GB", "great britain" }, { "GB", "northern ireland" }, { "CN", "china" }, { "CN", "prc" },
    { "DE", "germany" }, { "DE", "deutschland" }, { "FR", "france" }, { "IT", "italy" }, { "IT", "italia" }, { "ES", "spain" }, { "ES", "espana" },
    { "JP", "japan" }, { "IN", "india" }, { "BR", "brazil" }, { "BR", "brasil" }, { "CA", "canada" }, { "AU", "australia" }, { "RU", "russia" },
    { "RU", "russian federation" }, { "RU", "ussr" }, { "KR", "korea" }, { "KR", "south korea" }, { "NL", "netherlands" }, { "NL", "the netherlands" },
    { "SE", "sweden" }, { "CH", "switzerland" }, { "PL", "poland" }, { "BE", "belgium" }, { "AT", "austria" }, { "DK", "denmark" }, { "NO", "norway" },
    { "FI", "finland" }, { "IE", "ireland" }, { "PT", "portugal" }, { "GR", "greece" }, { "TR", "turkey" }, { "TR", "turkiye" }, { "IR", "iran" },
    { "IL", "israel" }, { "TW", "taiwan" }, { "HK", "hong kong" }, { "MO", "macau" }, { "SG", "singapore" }, { "MY", "malaysia" }, { "TH", "thailand" },
    { "ID", "indonesia" }, { "VN", "vietnam" }, { "PH", "philippines" }, { "PK", "pakistan" }, { "BD", "bangladesh" }, { "SA", "saudi arabia" },
    { "AE", "united arab emirates" }, { "EG", "egypt" }, { "ZA", "south africa" }, { "NG", "nigeria" }, { "KE", "kenya" }, { "MX", "mexico" },
    { "AR", "argentina" }, { "CL", "chile" }, { "CO", "colombia" }, { "PE", "peru" }, { "CZ", "czech republic" }, { "CZ", "czechia" }, { "HU", "hungary" },
    { "RO", "romania" }, { "BG", "bulgaria" }, { "RS", "serbia" }, { "HR", "croatia" }, { "SI", "slovenia" }, { "SK", "slovakia" }, { "UA", "ukraine" },
    { "NZ", "new zealand" }, { "LT", "lithuania" }, { "LV", "latvia" }, { "EE", "estonia" }, { "IQ", "iraq" }, { "JO", "jordan" }, { "LB", "lebanon" },
    { "TN", "tunisia" }, { "MA", "morocco" }, { "DZ", "algeria" }, { "ET", "ethiopia" }, { "GH", "ghana" }, { "UG", "uganda" }, { "TZ", "tanzania" },
    { "CU", "cuba" }, { "VE", "venezuela" }, { "EC", "ecuador" }, { "UY", "uruguay" }, { "IS", "iceland" }, { "LU", "luxembourg" }, { "CY", "cyprus" },
    { "MT", "malta" }, { "QA", "qatar" }, { "KW", "kuwait" }, { "LK", "sri lanka" }, { "NP", "nepal" }, { "KZ", "kazakhstan" }, { "BY", "belarus" },
};

yq_str org_country(yq_str code)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (yq_eq(code, yq_cstr(countries[i].code))) return yq_cstr(countries[i].name);
    return (yq_str){ 0 };
}

/* The codes that a text names; 0 when a name is no country. */
const char *org_country_code(yq_str name)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (yq_eq(name, yq_cstr(countries[i].name))) return countries[i].code;
    return NULL;
}

/* ---------------------------------------------------------------- Chinese words */

typedef struct {
    yq_arena *arena;
    org_word *word;
    size_t n;
    uint8_t part;
    bool bracket;
} reading;

static org_word *add_word(reading *r)
{
    if (r->n == ORG_WORDS) return NULL;
    org_word *w = &r->word[r->n++];
    *w = (org_word){ .part = r->part, .bracket = r->bracket };
    return w;
}

static void add_group(reading *r, org_word *w, yq_str words)
{
    yq_str part;
    if (!w || w->groups == ORG_GROUPS) return;
    if (!w->group) w->group = YQ_ARRAY(r->arena, org_group, ORG_GROUPS);
    org_group *g = &w->group[w->groups];
    while (g->n < ORG_GROUP_WORDS && yq_split(&words, ' ', &part))
        if (part.n && !is_empty_word(part)) g->word[g->n++] = org_one_form(part);
    w->groups += g->n > 0;
}

static org_word *add_single(reading *r, yq_str s)
{
    org_word *w = add_word(r);
    if (!w) return NULL;
    w->group = YQ_NEW(r->arena, org_group);
    *w->group = (org_group){ .word = { s }, .n = 1 };
    w->groups = 1;
    return w;
}

static void add_alternatives(reading *r, org_word *w, yq_str list)
{
    yq_str one;
    while (yq_split(&list, ';', &one)) add_group(r, w, link_normal(r->arena, one));
}

/* 独墅湖 -> dushuhu; also du shu hu, for names of places are sometimes written apart. */
static void add_pinyin(reading *r, org_word *w, yq_str han)
{
    if (!w) return;
    static const char *const ends[] = { "省", "市", "县", "区" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (han.n > 6 && yq_ends(han, yq_cstr(ends[i]))) han.n -= strlen(ends[i]);
    yq_str apart = { 0 };
    char *together = yq_alloc(r->arena, han.n * 4 + 1);
    size_t n = 0, count = 0;
    for (size_t at = 0; at < han.n; count++) {
        const char *syllable;
        if (yq_pinyin(yq_utf8_next(han, &at), &syllable, 1) == 0) return;
        yq_str s = yq_cstr(syllable);
        if (s.n > 6) return;
        memcpy(together + n, s.p, s.n);
        n += s.n;
        apart = apart.n ? yq_concat(r->arena, yq_concat(r->arena, apart, YQ_S(" ")), s) : s;
    }
    add_group(r, w, (yq_str){ together, n });
    if (count > 1 && count < 5) add_group(r, w, apart);
}

typedef struct {
    yq_str han, glossary, concept;
    bool place;
} match;

/* The longest word of the glossary, the places or the concepts that begins here; of equally long ones the glossary's. */
static bool longest(yq_str s, size_t at, match *out)
{
    yq_lex_hit hit;
    yq_concept_hit concept[8];
    size_t best = 0;
    *out = (match){ 0 };
    if (yq_lex_longest(s, at, YQ_LEX_ORG_GLOSSARY, &hit)) best = hit.length, out->glossary = yq_lex_column(hit.value, 0);
    if (yq_lex_longest(s, at, YQ_LEX_PLACES, &hit) && hit.length > best && hit.length >= 6) {
        best = hit.length;
        *out = (match){ .place = true };
    }
    size_t n = yq_concepts_at(s, at, concept, 8);
    if (n && concept[n - 1].length > best && concept[n - 1].length >= 6) {
        best = concept[n - 1].length;
        *out = (match){ .concept = yq_concept_column(concept[n - 1].id, 2) };
    }
    out->han = yq_sub(s, at, at + best);
    return best > 0;
}

static void add_rendered(reading *r, const match *m)
{
    org_word *w = add_word(r);
    if (!w) return;
    w->rendered = true;
    if (m->glossary.n) add_alternatives(r, w, m->glossary);
    if (m->concept.n) add_alternatives(r, w, m->concept);
    if (yq_utf8_count(m->han) <= 4) add_pinyin(r, w, m->han);
}

/* Characters that stand in no list are most likely the name of a place or a person. */
static void add_unknown(reading *r, yq_str han)
{
    while (han.n) {
        size_t at = 0;
        size_t count = yq_utf8_count(han), take = count == 4 ? 2 : count > 4 ? 2 : count;
        for (size_t i = 0; i < take; i++) yq_utf8_next(han, &at);
        org_word *w = add_word(r);
        if (!w) return;
        w->rendered = true;
        add_pinyin(r, w, yq_sub(han, 0, at));
        han = yq_sub(han, at, han.n);
    }
}

static void add_pairs(reading *r, yq_str han)
{
    size_t at = 0, next = 0;
    if (han.n) yq_utf8_next(han, &next);
    while (next < han.n) {
        size_t end = next;
        yq_utf8_next(han, &end);
        org_word *w = add_single(r, yq_sub(han, at, end));
        if (!w) return;
        w->pair = true;
        at = next, next = end;
    }
}

static void read_chinese(reading *r, yq_str han)
{
    size_t unknown = 0, at = 0;
    match m;
    while (at < han.n) {
        if (!longest(han, at, &m)) {
            yq_utf8_next(han, &at);
            continue;
        }
        add_unknown(r, yq_sub(han, unknown, at));
        add_rendered(r, &m);
        at += m.han.n;
        unknown = at;
    }
    add_unknown(r, yq_sub(han, unknown, han.n));
    add_pairs(r, han);
}

/* ---------------------------------------------------------------- a name */

static bool all_capitals(yq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z') return false;
        n += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return n > 1;
}

bool org_is_acronym(yq_str name)
{
    return name.n <= 8 && all_capitals(name) && !memchr(name.p, ' ', name.n);
}

static void read_latin(reading *r, yq_str raw, yq_str normal)
{
    yq_str part;
    while (yq_split(&normal, ' ', &part)) {
        if (part.n == 0 || is_empty_word(part)) continue;
        org_word *w = add_single(r, org_one_form(part));
        if (!w) return;
        w->plain = part;
        w->capitals = all_capitals(raw);
        w->short_form = yq_ends(raw, YQ_S("."));
    }
}

static void read_run(reading *r, yq_str raw)
{
    yq_str normal = link_normal(r->arena, raw), part;
    size_t at = 0;
    if (normal.n == 0) return;
    if (!yq_is_han(yq_utf8_next(normal, &at))) {
        bool mixed = false;
        for (at = 0; at < normal.n && !mixed;) mixed = yq_is_han(yq_utf8_next(normal, &at));
        if (!mixed) {
            read_latin(r, raw, normal);
            return;
        }
    }
    while (yq_split(&normal, ' ', &part)) {
        at = 0;
        if (part.n && yq_is_han(yq_utf8_next(part, &at))) read_chinese(r, part);
        else read_latin(r, part, part);
    }
}

static bool divides(uint32_t cp, bool *bracket)
{
    static const uint32_t marks[] = { ',', ';', '/', '#', '|', '\n', '\t', 0xFF0C, 0x3001, 0xFF1B, 0x3002, ':', 0x2022 };
    bool open = cp == '(' || cp == '[' || cp == 0xFF08 || cp == 0x3010, close = cp == ')' || cp == ']' || cp == 0xFF09 || cp == 0x3011;
    if (open || close) return *bracket = open, true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == cp) return true;
    return false;
}

static bool is_capital(yq_str s, size_t at)
{
    return at < s.n && s.p[at] >= 'A' && s.p[at] <= 'Z';
}

static bool is_letter(yq_str s, size_t at)
{
    return at < s.n && (((s.p[at] | 32) >= 'a' && (s.p[at] | 32) <= 'z') || (unsigned char)s.p[at] >= 0x80);
}

/* Where the next capital letter that stands alone begins, over a full stop, a blank or an ampersand; 0: none follows. */
static size_t next_initial(yq_str s, size_t at)
{
    size_t from = at;
    while (at < s.n && at < from + 3 && (s.p[at] == '.' || s.p[at] == ' ' || s.p[at] == '&')) at++;
    return at > from && is_capital(s, at) && !is_letter(s, at + 1) ? at : 0;
}

/* M. D. Anderson and Texas A&M as MD Anderson and Texas AM. */
static yq_str join_initials(yq_arena *a, yq_str s)
{
    char *out = yq_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        bool alone = is_capital(s, at) && !is_letter(s, at + 1) && (at == 0 || !is_letter(s, at - 1));
        out[n++] = s.p[at++];
        for (size_t next; alone && (next = next_initial(s, at)); at = next + 1) out[n++] = s.p[next];
    }
    return (yq_str){ out, n };
}

org_name org_read(yq_arena *a, yq_str name)
{
    name = join_initials(a, name);
    org_word room[ORG_WORDS];
    reading r = { .arena = a, .word = room };
    size_t from = 0;
    for (size_t at = 0; at <= name.n;) {
        size_t start = at;
        bool bracket = r.bracket;
        uint32_t cp = at < name.n ? yq_utf8_next(name, &at) : (at++, '\n');
        bool ends = divides(cp, &bracket);
        if (!ends && !yq_is_space(cp)) continue;
        read_run(&r, yq_sub(name, from, start));
        from = at;
        r.bracket = bracket;
        if (ends && r.part + 1 < ORG_PARTS) r.part++;
    }
    org_word *kept = YQ_ARRAY(a, org_word, r.n + 1);
    memcpy(kept, room, r.n * sizeof *kept);
    return (org_name){ kept, r.n, (size_t)r.part + 1 };
}
