/* The linker on tables: reading, weights learnt without training, one partner each, groups, and ranking organisations by name. */
#include "resolve/link_internal.h"

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

static uint32_t random_below(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % n;
}

/* ---------------------------------------------------------------- two words */

/* Jaro's and Winkler's likeness as their papers tell it, and optimal string alignment by its whole table. */
static double plain_likeness(const uint32_t *x, size_t nx, const uint32_t *y, size_t ny)
{
    bool in_x[64] = { false }, in_y[64] = { false };
    size_t longest = nx > ny ? nx : ny, window = longest / 2 > 0 ? longest / 2 - 1 : 0, same = 0, k = 0;
    double matches = 0, moved = 0;
    for (size_t i = 0; i < nx; i++)
        for (size_t j = 0; j < ny && !in_x[i]; j++)
            if (!in_y[j] && x[i] == y[j] && (i > j ? i - j : j - i) <= window) in_x[i] = in_y[j] = true, matches++;
    for (size_t i = 0; i < nx; i++) {
        if (!in_x[i]) continue;
        while (!in_y[k]) k++;
        moved += x[i] != y[k++] ? 0.5 : 0;
    }
    if (matches == 0) return 0;
    double jaro = (matches / (double)nx + matches / (double)ny + (matches - moved) / matches) / 3;
    while (same < 4 && same < nx && same < ny && x[same] == y[same]) same++;
    return jaro > 0.7 ? jaro + 0.1 * (double)same * (1 - jaro) : jaro;
}

static unsigned plain_edits(const uint32_t *x, size_t nx, const uint32_t *y, size_t ny)
{
    unsigned d[32][32];
    for (size_t i = 0; i <= nx; i++) {
        for (size_t k = 0; k <= ny; k++) {
            unsigned best = i && k ? d[i - 1][k - 1] + (x[i - 1] != y[k - 1]) : (unsigned)(i + k);
            if (i && d[i - 1][k] + 1 < best) best = d[i - 1][k] + 1;
            if (k && d[i][k - 1] + 1 < best) best = d[i][k - 1] + 1;
            if (i > 1 && k > 1 && x[i - 1] == y[k - 2] && x[i - 2] == y[k - 1] && d[i - 2][k - 2] + 1 < best) best = d[i - 2][k - 2] + 1;
            d[i][k] = best;
        }
    }
    return d[nx][ny];
}

/* A word of few letters, so that they repeat; every third pair in Han. */
static yq_str random_word(uint32_t *state, bool han, char *bytes, uint32_t *out)
{
    size_t n = random_below(state, 14), at = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = (han ? 0x4E00 : 'a') + random_below(state, 5);
        at += yq_utf8_put(out[i], bytes + at);
    }
    return (yq_str){ bytes, at };
}

static unsigned lacking(uint64_t a, uint64_t b)
{
    return (unsigned)__builtin_popcountll(a & ~b);
}

/* Characters of x, each time counted, that y lacks. */
static unsigned without_partner(const uint32_t *x, size_t nx, const uint32_t *y, size_t ny)
{
    bool taken[64] = { false };
    unsigned left = (unsigned)nx;
    for (size_t i = 0; i < nx; i++)
        for (size_t k = 0; k < ny; k++)
            if (!taken[k] && x[i] == y[k]) {
                taken[k] = true, left--;
                break;
            }
    return left;
}

static void test_words(void)
{
    uint32_t state = 3, wrong[3] = { 0 };
    for (unsigned i = 0; i < 20000; i++) {
        char bytes[2][64];
        uint32_t x[32], y[32];
        yq_str a = random_word(&state, i % 3 == 0, bytes[0], x), b = random_word(&state, i % 3 == 0, bytes[1], y);
        size_t nx = yq_utf8_count(a), ny = yq_utf8_count(b);
        unsigned edits = plain_edits(x, nx, y, ny), most = 1 + i % 4;
        wrong[0] += link_jaro_winkler(a, b) != plain_likeness(x, nx, y, ny);
        wrong[1] += link_edits(a, b, most) != (edits > most ? most + 1 : edits);
        wrong[2] += lacking(link_letters(a), link_letters(b)) > without_partner(x, nx, y, ny);
    }
    CHECK("Jaro and Winkler by words of bits", wrong[0] == 0);
    CHECK("edits within a band", wrong[1] == 0);
    CHECK("letters never promise too little", wrong[2] == 0);
}

/* ---------------------------------------------------------------- made-up persons */

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

/* Who shares a name has a similar address, too, and there are more of them than of doubles: they are not the same for that. */
static void test_namesakes(yq_arena *a)
{
    enum { PEOPLE = 4000 };
    uint32_t state = 9;
    yq_buf text = { 0 };
    yq_link_table t;
    yq_link_pairs pairs;
    size_t said, right;
    yq_buf_put(&text, YQ_S("id,name,date_of_birth,city,phone,email\n"));
    for (unsigned i = 0; i < PEOPLE; i++) {
        person p = make_person(&state);
        unsigned number = random_below(&state, 1000), middle = random_below(&state, 26);
        for (unsigned k = 0; k < (i % 4 ? 1u : 2u); k++) {
            if (k) p.birth[9] = p.birth[9] == '1' ? '2' : '1';
            yq_buf_printf(&text, "%u,%s %c%c %s,%s,%s,%s,%s%c%s%u@%s\n", i + 10000 * k, p.given, 'A' + (int)middle, 'a' + (int)(middle * 7 % 26), p.surname, p.birth, p.city, p.phone, p.given,
                          'a' + (int)middle, p.surname, number, number % 3 ? "mail.com" : "hospital.cn");
        }
    }
    CHECK("namesakes", yq_link_csv(a, text.p, text.n, &t, NULL) == YQ_OK && yq_link_rows(a, &t, NULL, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    said = right = 0;
    for (size_t i = 0; i < pairs.n; i++) {
        if (pairs.pair[i].decision != YQ_SAME) continue;
        said++;
        right += abs(atoi(pairs.pair[i].id_a.p) - atoi(pairs.pair[i].id_b.p)) == 10000;
    }
    CHECK("namesakes are not the same", right >= PEOPLE / 4 * 95 / 100 && said - right <= right / 20);
    yq_buf_free(&text);
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

/* ---------------------------------------------------------------- identifiers */

/* Made-up persons with an ORCID iD each (its last digit by ISO 7064), and a few more rows. */
static void put_orcid(char out[20], unsigned n)
{
    unsigned total = 0;
    snprintf(out, 20, "0000-0002-%04u-%03u", n / 1000, n % 1000);
    for (const char *p = out; *p; p++)
        if (*p != '-') total = (total + (unsigned)(*p - '0')) * 2;
    unsigned check = (12 - total % 11) % 11;
    out[18] = check == 10 ? 'X' : (char)('0' + check);
    out[19] = 0;
}

/* Row k + 1000 is row k again: under another name but with its iD (k % 4 == 0), the same in all but the iD (1), with an iD whose check digit is wrong
 * (2), with none (3). */
static yq_str persons_with_orcid(yq_buf *out)
{
    uint32_t state = 11;
    yq_buf_put(out, YQ_S("id,given_name,surname,date_of_birth,city,phone,number\n"));
    for (unsigned i = 0; i < PERSONS; i++) {
        person p = make_person(&state), q = i % 4 ? p : make_person(&state);
        char own[20], other[20];
        put_orcid(own, i);
        put_orcid(other, i % 4 == 1 ? i + 5000 : i);
        if (i % 4 == 2) other[18] = other[18] == '0' ? '1' : '0';
        yq_buf_printf(out, "%u,%s,%s,%s,%s,%s,%s\n", i, p.given, p.surname, p.birth, p.city, p.phone, own);
        yq_buf_printf(out, "%u,%s,%s,%s,%s,%s,%s\n", i + 1000, q.given, q.surname, q.birth, q.city, q.phone, i % 4 == 3 ? "" : other);
    }
    return yq_buf_str(out);
}

/* same[k]: pairs of a row and its second form called same, by the kind of second form; [4]: of other rows. */
static void count_told(const yq_link_pairs *pairs, unsigned same[5], unsigned not_same[5])
{
    for (size_t i = 0; i < pairs->n; i++) {
        int a = atoi(pairs->pair[i].id_a.p), b = atoi(pairs->pair[i].id_b.p);
        unsigned *count = pairs->pair[i].decision == YQ_SAME ? same : not_same;
        count[abs(a - b) == 1000 ? a % 1000 % 4 : 4]++;
    }
}

static void check_told(const char *what, const yq_link_pairs *pairs)
{
    unsigned same[5] = { 0 }, not_same[5] = { 0 };
    count_told(pairs, same, not_same);
    CHECK(what, same[0] == PERSONS / 4);                            /* one iD: the same, whatever the names */
    CHECK(what, same[1] == 0 && not_same[1] == 0);                  /* two iDs: two, though all else agrees */
    CHECK(what, same[2] == PERSONS / 4 && same[3] == PERSONS / 4);  /* a wrong one is as good as none */
    CHECK(what, same[4] == 0);
}

static void test_identifiers(yq_arena *a)
{
    yq_buf text = { 0 };
    yq_link_table t, ta, tb;
    yq_link_pairs pairs;
    persons_with_orcid(&text);
    CHECK("persons with a number", yq_link_csv(a, text.p, text.n, &t, NULL) == YQ_OK);
    CHECK("linking by identifiers", yq_link_rows(a, &t, NULL, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    check_told("doubles in one table", &pairs);
    CHECK("a word about wrong ones", pairs.notices == 1 && pairs.notice[0].table == 0 && yq_has(pairs.notice[0].text, YQ_S("column number: values that are no valid ORCID iD and were not used: 100, the first at id 1002")));
    ta = tb = (yq_link_table){ .columns = t.columns, .header = t.header, .rows = t.rows / 2 };
    ta.cell = YQ_ARRAY(a, yq_str, ta.rows * t.columns), tb.cell = YQ_ARRAY(a, yq_str, ta.rows * t.columns);
    for (size_t i = 0; i < t.rows; i++) memcpy((i % 2 ? tb : ta).cell + i / 2 * t.columns, t.cell + i * t.columns, t.columns * sizeof *t.cell);
    CHECK("two tables with identifiers", yq_link_rows(a, &ta, &tb, YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    check_told("partners in two tables", &pairs);
    CHECK("a word about the second table", pairs.notices == 1 && pairs.notice[0].table == 1);
    CHECK("an iD of a person says nothing of a record", yq_link_rows(a, &t, NULL, YQ_LINK_RECORD, &pairs, NULL) == YQ_OK && pairs.notices == 0);
    yq_buf_free(&text);
}

#define MORE "4,Lincoln Hospital,\n5,Derby Clinic,\n6,Bath Institute,\n7,Exeter School,\n8,Oxford Museum,\n9,Dover Library,\n"

#define TWIN(id) id ",Lan Zhou,,lanzhou@a.cn,1970-02-03,13512345678\n"

static const struct {
    const char *what, *text;
    yq_link_kind kind;
    size_t same; /* pairs */
} told[] = {
    { "one ROR id, two names", "id,name,ror\n1,Jilin University,https://ror.org/00js3aw79\n2,Ji Da,00js3aw79\n3,York University,\n" MORE, YQ_LINK_ORGANIZATION, 1 },
    { "a credit code decides", "id,name,code\n1,福州甲公司,91350100M000100Y43\n2,Min Co,91350100M000100Y43\n3,York University,\n" MORE, YQ_LINK_ORGANIZATION, 1 },
    { "a trial's number decides", "id,title,trial\n1,Stroke at night,NCT04280705\n2,Stroke at night: a randomised trial,NCT04280705\n3,Diet,\n" MORE, YQ_LINK_RECORD, 1 },
    { "a title in the other language says nothing", "id,title,trial\n1,Stroke at night,ChiCTR2000029308\n2,夜间卒中的随机对照研究,ChiCTR2000029308\n3,Diet,\n" MORE, YQ_LINK_RECORD, 1 },
    { "two papers on one trial", "id,title,trial\n1,Stroke at night,NCT04280705\n2,Sleep and the brain,NCT04280705\n3,Diet,\n" MORE, YQ_LINK_RECORD, 0 },
    { "papers of a journal, called alike", "id,title,trial,journal\n1,Stroke at night: results,NCT04280705,Lancet\n2,Stroke at night: design,NCT04280705,Trials\n3,Diet,,\n"
      "4,Lincoln Hospital,,\n5,Derby Clinic,,\n6,Bath Institute,,\n", YQ_LINK_RECORD, 0 },
    { "a chain that two numbers forbid to close", "id,name,orcid,mail,date_of_birth,phone\n1,Lan Zhou,0000-0002-1825-0097,lanzhou@a.cn,1970-02-03,13512345678\n"
      "2,Lan Zhou,,lanzhou@a.cn,1970-02-03,13512345678\n3,Lan Zhou,0000-0001-5109-3700,lanzhou@a.cn,1970-02-03,13512345678\n"
      "4,Wei Li,,liwei@b.cn,1981-11-30,13900001111\n5,Min Chen,,chenmin@c.cn,1958-07-19,13877772222\n6,Jun Wu,,wujun@d.cn,1964-12-08,13633339999\n", YQ_LINK_PERSON, 1 },
    { "many without a number between two with one", "id,name,orcid,mail,date_of_birth,phone\n1,Lan Zhou,0000-0002-1825-0097,lanzhou@a.cn,1970-02-03,13512345678\n"
      "3,Lan Zhou,0000-0001-5109-3700,lanzhou@a.cn,1970-02-03,13512345678\n" TWIN("7") TWIN("8") TWIN("9") TWIN("10") TWIN("11")
      "4,Wei Li,,liwei@b.cn,1981-11-30,13900001111\n5,Min Chen,,chenmin@c.cn,1958-07-19,13877772222\n6,Jun Wu,,wujun@d.cn,1964-12-08,13633339999\n", YQ_LINK_PERSON, 15 },
    { "contradicting kinds leave the rest to decide", "id,name,ror,code\n1,Jilin University,00js3aw79,91350100M000100Y43\n2,York,00js3aw79,91350100MA00010A4J\n", YQ_LINK_ORGANIZATION, 0 },
};

static void test_told(yq_arena *a)
{
    yq_link_table t;
    yq_link_pairs pairs;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        size_t same = 0;
        read_text(a, told[i].text, &t, NULL);
        CHECK(told[i].what, yq_link_rows(a, &t, NULL, told[i].kind, &pairs, NULL) == YQ_OK);
        for (size_t k = 0; k < pairs.n; k++) {
            same += pairs.pair[k].decision == YQ_SAME;
            CHECK(told[i].what, !yq_eq(pairs.pair[k].id_a, YQ_S("1")) || !yq_eq(pairs.pair[k].id_b, YQ_S("3")) || pairs.pair[k].decision != YQ_SAME);
        }
        if (same != told[i].same) printf("%s: %zu pairs\n", told[i].what, same);
        CHECK(told[i].what, same == told[i].same);
    }
}

/* However much else agrees: twelve columns that would prove anything, and two iDs. */
static void test_outweighed(yq_arena *a)
{
    enum { ROWS = 200, CODES = 12 };
    uint32_t state = 5;
    yq_buf side[2] = { { 0 } };
    yq_link_table t[2];
    yq_link_pairs pairs;
    for (unsigned k = 0; k < 2; k++) yq_buf_put(&side[k], YQ_S("id,orcid,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12\n"));
    for (unsigned i = 0; i < ROWS; i++) {
        for (unsigned k = 0; k < 2; k++) {
            char orcid[20];
            uint32_t again = state;
            put_orcid(orcid, i + k * 7000);
            yq_buf_printf(&side[k], "%u,%s", i, orcid);
            for (unsigned c = 0; c < CODES; c++) yq_buf_printf(&side[k], ",%06u", random_below(&again, 1000000));
            yq_buf_byte(&side[k], '\n');
        }
        for (unsigned c = 0; c < CODES; c++) random_below(&state, 1000000);
    }
    for (unsigned k = 0; k < 2; k++) CHECK("codes", yq_link_csv(a, side[k].p, side[k].n, &t[k], NULL) == YQ_OK);
    CHECK("twelve codes against an iD", yq_link_rows(a, &t[0], &t[1], YQ_LINK_PERSON, &pairs, NULL) == YQ_OK);
    for (size_t i = 0; i < pairs.n; i++) CHECK("nothing outweighs two iDs", pairs.pair[i].decision != YQ_SAME);
    for (unsigned k = 0; k < 2; k++) yq_buf_free(&side[k]);
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

#define KNOWN "id,name,city,ror,code\njlu,Jilin University,Changchun,https://ror.org/00js3aw79,\nyku,York University,Toronto,,91350100M000100Y43\nuyk,University of York,York,,91350100MA00010A4J\n"

static const struct {
    const char *what, *known, *asked, *best; /* best of row 1; empty: none */
    size_t notices;
} identified[] = {
    { "a ROR id in the line, whatever its name", KNOWN, "id,name\n1,\"York University, Toronto, https://ror.org/00js3aw79\"\n", "jlu", 0 },
    { "a credit code in the line", KNOWN, "id,name\n1,Jilin University 91350100MA00010A4J\n", "uyk", 0 },
    { "a column of bare ids", KNOWN, "id,name,which\n1,York University,00js3aw79\n", "jlu", 0 },
    { "a check digit that is wrong says nothing", KNOWN, "id,name\n1,\"York University, Toronto, https://ror.org/00js3aw78\"\n", "yku", 0 },
    { "an id that the list lacks rules out who has another", KNOWN, "id,name\n1,\"Jilin University, https://ror.org/015w2mp89\"\n", "", 0 },
    { "but not who has none", KNOWN, "id,name\n1,\"York University, Toronto, https://ror.org/015w2mp89\"\n", "yku", 0 },
    { "two things' ids leave it to the name", KNOWN, "id,name\n1,\"York University, Toronto, 91350100MA00010A4J https://ror.org/00js3aw79\"\n", "yku", 0 },
    { "the list's ids are ROR ids themselves", "id,name\n00js3aw79,Jilin University\n015w2mp89,York University\n", "id,name\n1,\"York University, https://ror.org/00js3aw79\"\n", "00js3aw79", 0 },
    { "one id of two things decides nothing", "id,name,ror\na,Jilin University,00js3aw79\nb,York University,00js3aw79\n", "id,name,ror\n1,York University,00js3aw79\n", "b", 0 },
    { "wrong ones are told, in both tables", "id,name,ror\na,Jilin University,00js3aw79\nb,York University,00js3aw78\n",
      "id,name,ror\n1,York University,015w2mp89\n2,Jilin University,015w2mp88\n", "b", 2 },
    { "a line's own number is none", "id,name,ror\na,Jilin University,00js3aw79\nb,York University,015w2mp89\n", "id,name\n00js3aw79,York University\n", "b", 0 },
};

static void test_best_identified(yq_arena *a)
{
    yq_link_table asked, known;
    yq_link_pairs pairs;
    for (size_t i = 0; i < sizeof identified / sizeof *identified; i++) {
        const char *what = identified[i].what;
        CHECK(what, read_text(a, identified[i].known, &known, NULL) == YQ_OK && read_text(a, identified[i].asked, &asked, NULL) == YQ_OK);
        CHECK(what, yq_link_best(a, &asked, &known, &pairs, NULL) == YQ_OK);
        bool here = pairs.n > 0 && yq_eq(pairs.pair[0].id_a, asked.cell[0]);
        bool sure = here && yq_starts(pairs.pair[0].evidence, YQ_S("the same "));
        yq_str best = here ? pairs.pair[0].id_b : YQ_S("");
        if (strcmp(identified[i].best, "") == 0) CHECK(what, !here || !yq_eq(best, YQ_S("jlu")));
        else CHECK(what, yq_eq(best, yq_cstr(identified[i].best)));
        CHECK(what, !sure || pairs.pair[0].decision == YQ_SAME);
        CHECK(what, pairs.notices == identified[i].notices);
    }
    CHECK("the words name column and row", pairs.notices == 0 || yq_has(pairs.notice[0].text, YQ_S("column ror")));
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
    test_words();
    test_persons(a);
    test_namesakes(a);
    test_few(a);
    test_identifiers(a);
    test_best_identified(a);
    test_told(a);
    test_outweighed(a);
    test_best(a);
    test_memory();
    yq_arena_free(a);
    return check_done();
}
