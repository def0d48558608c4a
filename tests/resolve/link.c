/* The linker on tables: reading, weights learnt without training, one partner each, groups, and ranking organisations by name. */
#include "resolve/link.h"

#include "check.h"

static yq_code read_text(yq_arena *a, const char *text, yq_link_table *out, yq_err *err)
{
    char *bytes = yq_dupz(a, yq_cstr(text));
    return yq_link_csv(a, bytes, strlen(text), out, err);
}

/* ---------------------------------------------------------------- reading */

static const struct {
    const char *what, *text, *says; /* says NULL: read */
    size_t rows;
} tables[] = {
    { "plain", "id,name\n1,a\n2,b\n", NULL, 2 },
    { "no line end at the end", "id,name\n1,a", NULL, 1 },
    { "CRLF and BOM", "\xEF\xBB\xBFid,name\r\n1,a\r\n", NULL, 1 },
    { "an empty line", "id,name\n\n1,a\n\n", NULL, 1 },
    { "header only", "id,name\n", NULL, 0 },
    { "a short row", "id,name,city\n1,a\n", NULL, 1 },
    { "a line break in quotes", "id,name\n1,\"a\nb\"\n", NULL, 1 },
    { "empty", "", "empty", 0 },
    { "first column is not id", "name,id\na,1\n", "must be id", 0 },
    { "too many cells", "id,name\n1,a,b\n", "line 2: more cells", 0 },
    { "an open quote", "id,name\n1,\"a\n", "line 2: a quote", 0 },
    { "a row without id", "id,name\n1,a\n,b\n", "line 3: no id", 0 },
    { "not UTF-8", "id,name\n1,\xC3(\n", "not UTF-8", 0 },
};

static void test_reading(yq_arena *a)
{
    yq_link_table t;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        yq_err err = { 0 };
        yq_code rc = read_text(a, tables[i].text, &t, &err);
        CHECK(tables[i].what, tables[i].says ? rc == YQ_INVALID && strstr(err.msg, tables[i].says) : rc == YQ_OK && t.rows == tables[i].rows);
    }
    CHECK("quotes", read_text(a, "id,name\n1,\" say \"\"no\"\", twice\"\n", &t, NULL) == YQ_OK);
    CHECK("a doubled quote is one", yq_eq(t.cell[1], YQ_S("say \"no\", twice")));
}

/* ---------------------------------------------------------------- made-up persons */

static uint32_t random_below(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % n;
}

static const char *const surnames[] = { "Baker", "Turner", "Hughes", "Palmer", "Foster", "Murray", "Gibson", "Dawson", "Walton", "Pearce",
                                        "Hobson", "Lowell", "Quincy", "Sutton", "Tanner", "Upton" };
static const char *const given[] = { "Alice", "Robert", "Martin", "Helena", "Victor", "Judith", "Samuel", "Teresa", "Oliver", "Nadine", "Gordon", "Phoebe" };
static const char *const cities[] = { "Leeds", "York", "Bath", "Derby", "Exeter", "Lincoln" };

typedef struct {
    char given[16], surname[16], birth[16], city[16], phone[16];
} person;

static person make_person(uint32_t *state)
{
    person p;
    snprintf(p.given, sizeof p.given, "%s", given[random_below(state, 12)]);
    snprintf(p.surname, sizeof p.surname, "%s", surnames[random_below(state, 16)]);
    snprintf(p.birth, sizeof p.birth, "%u-%02u-%02u", 1940 + random_below(state, 60), 1 + random_below(state, 12), 1 + random_below(state, 28));
    snprintf(p.city, sizeof p.city, "%s", cities[random_below(state, 6)]);
    snprintf(p.phone, sizeof p.phone, "0%u%05u", 100 + random_below(state, 900), random_below(state, 100000));
    return p;
}

/* One spelling error in the surname, and one more of five changes. */
static person damage(uint32_t *state, person p)
{
    p.surname[1 + random_below(state, 4)] = 'e';
    switch (random_below(state, 5)) {
    case 0: p.phone[4] = p.phone[4] == '1' ? '7' : '1'; break;
    case 1: p.phone[0] = 0; break;
    case 2: p.birth[9] = p.birth[9] == '1' ? '2' : '1'; break;
    case 3: snprintf(p.city, sizeof p.city, "Oxford"); break;
    default: p.given[1] = 0; break;
    }
    return p;
}

static void put_row(yq_buf *out, unsigned id, const person *p)
{
    yq_buf_printf(out, "%u,%s,%s,%s,%s,%s\n", id, p->given, p->surname, p->birth, p->city, p->phone);
}

static const char HEADER[] = "id,given_name,surname,date_of_birth,city,phone\n";
enum { PERSONS = 400 };

/* How right the pairs are: the true partner of id k is k + 1000. */
static void count_pairs(const yq_link_pairs *pairs, size_t *said, size_t *right)
{
    *said = *right = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        int a = atoi(pairs->pair[i].id_a.p), b = atoi(pairs->pair[i].id_b.p);
        if (pairs->pair[i].decision != YQ_SAME) continue;
        (*said)++;
        *right += abs(a - b) == 1000;
    }
}

static void test_persons(yq_arena *a)
{
    uint32_t state = 7;
    yq_buf one = { 0 }, both[2] = { { 0 } };
    yq_buf *all[] = { &one, &both[0], &both[1] };
    yq_link_table t, ta, tb;
    yq_link_pairs pairs;
    size_t said, right;
    for (unsigned i = 0; i < 3; i++) yq_buf_put(all[i], yq_cstr(HEADER));
    for (unsigned i = 0; i < PERSONS; i++) {
        person p = make_person(&state), q = damage(&state, p);
        put_row(&one, i, &p);
        put_row(&both[0], i, &p);
        if (i % 2) continue;
        put_row(&one, i + 1000, &q);
        put_row(&both[1], i + 1000, &q);
    }
    CHECK("one table is read", yq_link_csv(a, one.p, one.n, &t, NULL) == YQ_OK && t.rows == PERSONS * 3 / 2);
    CHECK("doubles in one table", yq_link_rows(a, &t, NULL, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    count_pairs(&pairs, &said, &right);
    CHECK("nearly all doubles are found", right >= PERSONS / 2 * 95 / 100);
    CHECK("hardly any other is called same", said - right <= 4);
    CHECK("two tables are read", yq_link_csv(a, both[0].p, both[0].n, &ta, NULL) == YQ_OK && yq_link_csv(a, both[1].p, both[1].n, &tb, NULL) == YQ_OK);
    CHECK("partners in two tables", yq_link_rows(a, &ta, &tb, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    count_pairs(&pairs, &said, &right);
    CHECK("nearly all partners are found", right >= PERSONS / 2 * 97 / 100);
    CHECK("and hardly any wrong one", said - right <= 4);
    for (size_t i = 0; i < pairs.n; i++)
        if (pairs.pair[i].probability < 0 || pairs.pair[i].probability > 1) CHECK("a probability is 0 to 1", false);
    CHECK("the evidence names fields and levels", pairs.n && yq_has(pairs.pair[0].evidence, YQ_S("date_of_birth equal")));
    for (unsigned i = 0; i < 3; i++) yq_buf_free(all[i]);
}

/* The same name twice is no proof when nothing else agrees; tables of no or one row have no pairs. */
static void test_few(yq_arena *a)
{
    yq_link_table t, empty;
    yq_link_pairs pairs;
    read_text(a, "id,given_name,surname,date_of_birth\n1,Lan,Zhou,1970-02-03\n2,Lan,Zuo,1970-02-03\n3,Wei,Li,1981-11-30\n", &t, NULL);
    read_text(a, "id,given_name\n", &empty, NULL);
    CHECK("three rows", yq_link_rows(a, &t, NULL, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    for (size_t i = 0; i < pairs.n; i++) CHECK("Li Wei is nobody else", pairs.pair[i].decision != YQ_SAME || !yq_eq(pairs.pair[i].id_b, YQ_S("3")));
    CHECK("no rows", yq_link_rows(a, &empty, NULL, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK && pairs.n == 0);
    CHECK("an empty second table", yq_link_rows(a, &t, &empty, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK && pairs.n == 0);
    CHECK("an empty first table", yq_link_rows(a, &empty, &t, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK && pairs.n == 0);
}

/* ---------------------------------------------------------------- organisations by name */

static const char list[] = "id,name,city,country\n"
                           "jlu,Jilin University,Changchun,CN\njlu,吉林大学,Changchun,CN\n"
                           "jlu2,Second Hospital of Jilin University,Changchun,CN\n"
                           "pku,Peking University,Beijing,CN\n"
                           "pku1,Peking University First Hospital,Beijing,CN\n"
                           "sxn,Shaanxi Normal University,Xi'an,CN\n"
                           "sxi,Shanxi University,Taiyuan,CN\n"
                           "uvm,University of Vermont,Burlington,US\n"
                           "yku,York University,Toronto,CA\nuyk,University of York,York,GB\n"
                           "tum,Technical University of Munich,Munich,DE\ntum,Technische Universität München,Munich,DE\ntum,TUM,Munich,DE\n"
                           "har,Harbin Institute of Technology,Harbin,CN\n"
                           "mos,Nanfang Stomatological Hospital,Guangzhou,CN\n"
                           "mda,The University of Texas MD Anderson Cancer Center,Houston,US\ntex,University of Texas,Austin,US\n"
                           "brn,Brandeis University,Waltham,US\nbra,Bradford University,Bradford,GB\n"
                           "ust,Hong Kong University of Science and Technology,Hong Kong,HK\n"
                           "gz,Hong Kong University of Science and Technology (Guangzhou),Guangzhou,CN\n"
                           "nwl,Northwestern University,Laoag,PH\nnwl,NWU Laoag,Laoag,PH\nnwu,Northwestern University,Evanston,US\n"
                           "mil,University of Milan,Milan,IT\nbic,University of Milano-Bicocca,Milan,IT\n";

static const struct {
    const char *what, *name, *best;
} names[] = {
    { "the Chinese name in the list", "吉林大学", "jlu" },
    { "traditional characters", "吉林大學", "jlu" },
    { "an ordinal and a part", "吉林大学第二医院", "jlu2" },
    { "an old spelling of Beijing", "北京大学", "pku" },
    { "its hospital", "北京大学第一医院", "pku1" },
    { "陕西 is Shaanxi", "陕西师范大学", "sxn" },
    { "山西 is Shanxi", "山西大学", "sxi" },
    { "a kind of hospital", "南方口腔医院", "mos" },
    { "a whole line", "Department of Psychology, University of Vermont, Burlington, VT, USA", "uvm" },
    { "abbreviations", "Harbin Inst. of Technol., China", "har" },
    { "the order of words", "Department of Biology, University of York", "uyk" },
    { "the country decides", "York Univ., Dept. of Physics, Canada", "yku" },
    { "German", "Technische Universität München, Fakultät für Mathematik", "tum" },
    { "an acronym", "TUM, Garching, Germany", "tum" },
    { "initials", "M. D. Anderson Cancer Center, Houston", "mda" },
    { "initials without blanks", "University of Texas M.D. Anderson Cancer Center", "mda" },
    { "a wrong letter", "Department of Physics, Brandeie University, Waltham, MA", "brn" },
    { "Hong Kong is in China", "Hong Kong Univ. of Sci. & Technol., Kowloon, China", "ust" },
    { "a city that no name holds", "Department of Physics, Northwestern University, Evanston, Illinois", "nwu" },
    { "a city in its own language", "University of Milano, 20122 Milano, Italy", "mil" },
};

static void test_best(yq_arena *a)
{
    yq_link_table asked, known;
    yq_link_pairs pairs;
    CHECK("the list", read_text(a, list, &known, NULL) == YQ_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        yq_str text = yq_printf(a, "id,name\n1,\"%s\"\n", names[i].name);
        CHECK(names[i].what, read_text(a, text.p, &asked, NULL) == YQ_OK);
        CHECK(names[i].what, yq_link_best(a, &asked, &known, &pairs, NULL) == YQ_OK);
        CHECK(names[i].what, pairs.n > 0 && yq_eq(pairs.pair[0].id_b, yq_cstr(names[i].best)));
        CHECK(names[i].what, pairs.n <= YQ_LINK_BEST);
        for (size_t k = 0; k < pairs.n; k++)
            for (size_t j = 0; j < k; j++)
                if (yq_eq(pairs.pair[k].id_b, pairs.pair[j].id_b)) CHECK("each id once", false);
    }
    read_text(a, "id,name\n1,\n2,()\n3,龘\n", &asked, NULL);
    CHECK("names that say nothing", yq_link_best(a, &asked, &known, &pairs, NULL) == YQ_OK);
}

/* Too little memory is an error, not an end. */
static void test_memory(void)
{
    yq_arena *big = yq_arena_new((size_t)1 << 26);
    yq_link_table t;
    yq_link_pairs pairs;
    read_text(big, list, &t, NULL);
    for (size_t kb = 16; kb < 2048; kb *= 2) {
        yq_arena *small = yq_arena_new(kb << 10);
        yq_code rc = yq_link_rows(small, &t, NULL, YQ_LINK_ORGANIZATION, &pairs, NULL);
        CHECK("linking in little memory", rc == YQ_NOMEM || rc == YQ_OK);
        rc = yq_link_best(small, &t, &t, &pairs, NULL);
        CHECK("ranking in little memory", rc == YQ_NOMEM || rc == YQ_OK);
        yq_arena_free(small);
    }
    yq_arena_free(big);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)2 << 30);
    test_reading(a);
    test_persons(a);
    test_few(a);
    test_best(a);
    test_memory();
    yq_arena_free(a);
    return check_done();
}
