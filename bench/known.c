/* How long does it take to see who of a document is known? Makes up a register and asks it for the people and units of documents.
 *
 *   bench-known STORE [NAMES [DOCUMENTS]]    default 1000000 names, 30 documents of 40 people; STORE is made when it is not there
 *
 * Eight names of nine are persons', at employers as large as Zipf's law has them; surnames and given names are as frequent as in China, so that
 * hundreds are called 王伟; every fifth is known in Latin letters. Half of the organisations have an English name beside. The rows are written past the
 * journal, which would take hours for nothing: only reading is measured. Of 40 people in a document 20 are known and at their place, 8 are namesakes elsewhere,
 * 6 stand there in the other script, 6 are nobody. Reading and extracting the document are not timed; deciding who its people and units are is.
 */
#include "register/internal.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE_OF_DOCUMENT = 40, MOST_DOCUMENTS = 1000 };

static const char surnames[] = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
static const char given[] = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲红晓顺华建国春梅志海波宁云飞龙雪琳佳欣宇晨浩思雨子";
static const char brands[] = "仁和华康安泰同济博爱瑞金嘉曜汐屿棠云岭鹤鸣青禾";
static const char *const cities[] = { "长春", "北京", "上海", "广州", "深圳", "成都", "武汉", "杭州", "南京", "西安", "重庆", "天津", "沈阳", "大连", "哈尔滨",
                                      "济南", "青岛", "郑州", "长沙", "合肥", "福州", "厦门", "南昌", "昆明", "贵阳", "南宁", "兰州", "太原" };
static const struct {
    const char *han, *latin;
} kinds[] = { { "医院", "Hospital" }, { "医科大学", "Medical University" }, { "肿瘤医院", "Cancer Hospital" }, { "生物科技有限公司", "Biotechnology Co., Ltd." },
              { "研究院", "Institute" }, { "第一医院", "First Hospital" }, { "大学", "University" }, { "妇幼保健院", "Maternal and Child Health Hospital" } };

typedef struct {
    uint64_t state;
} dice;

static uint32_t roll(dice *d, uint32_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % sides);
}

/* The first far oftener than the last. */
static uint32_t skewed(dice *d, uint32_t n, double how)
{
    double u = (roll(d, 1 << 30) + 0.5) / (1 << 30);
    return (uint32_t)(n * pow(u, how)) % n;
}

static yq_str character(const char *list, size_t i)
{
    return (yq_str){ list + 3 * i, 3 };
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define CHARACTERS(list) ((sizeof(list) - 1) / 3)

/* ---------------------------------------------------------------- the made-up world: everything follows from a number */

typedef struct {
    uint32_t orgs, people;
} world;

static yq_str han_person(yq_arena *a, uint32_t i)
{
    dice d = { i * 2654435761u + 17 };
    roll(&d, 2);
    yq_str surname = character(surnames, skewed(&d, CHARACTERS(surnames), 1.8)), first = character(given, roll(&d, CHARACTERS(given)));
    if (roll(&d, 3) == 0) return yq_concat(a, surname, first);
    return yq_concat(a, surname, yq_concat(a, first, character(given, roll(&d, CHARACTERS(given)))));
}

static char capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static yq_str capitalised(yq_arena *a, yq_str han)
{
    yq_str s = yq_dup(a, yq_pinyin_full(a, han));
    if (s.n) ((char *)s.p)[0] = capital(s.p[0]);
    return s;
}

static yq_str latin_person(yq_arena *a, uint32_t i)
{
    yq_str han = han_person(a, i), first = capitalised(a, yq_sub(han, 3, han.n)), last = capitalised(a, yq_sub(han, 0, 3));
    return yq_printf(a, "%.*s %.*s", YQ_FMT(first), YQ_FMT(last));
}

static bool is_latin(uint32_t i)
{
    return i % 5 == 4;
}

static yq_str person_name(yq_arena *a, uint32_t i)
{
    return is_latin(i) ? latin_person(a, i) : han_person(a, i);
}

static uint32_t employer(const world *w, uint32_t person)
{
    dice d = { person * 40503u + 99 };
    roll(&d, 2);
    return skewed(&d, w->orgs, 2.2);
}

static yq_str brand(yq_arena *a, uint32_t i)
{
    uint32_t n = CHARACTERS(brands);
    return yq_concat(a, character(brands, i % n), character(brands, i / n % n));
}

static yq_str han_org(yq_arena *a, uint32_t i)
{
    yq_str rest = brand(a, i / (COUNT(cities) * COUNT(kinds)));
    return yq_printf(a, "%s%.*s%s", cities[i % COUNT(cities)], YQ_FMT(rest), kinds[i / COUNT(cities) % COUNT(kinds)].han);
}

static yq_str latin_org(yq_arena *a, uint32_t i)
{
    yq_str city = capitalised(a, yq_cstr(cities[i % COUNT(cities)])), rest = capitalised(a, brand(a, i / (COUNT(cities) * COUNT(kinds))));
    return yq_printf(a, "%.*s %.*s %s", YQ_FMT(city), YQ_FMT(rest), kinds[i / COUNT(cities) % COUNT(kinds)].latin);
}

/* ---------------------------------------------------------------- filling */

enum { FIRST_ORG = 1 << 20, FIRST_PERSON = 1 << 28, FIRST_FACT = 1 << 29 };

static void stop(yq_code rc, const yq_err *err)
{
    if (rc) fprintf(stderr, "%s\n", err->msg), exit(1);
}

static void put_entity(yq_db *db, int64_t id, const char *kind, yq_str name)
{
    yq_stmt *s;
    yq_err err = { 0 };
    char ulid[32];
    snprintf(ulid, sizeof ulid, "0W%024lld", (long long)id);
    stop(yq_db_prepare(db, "INSERT INTO entity (id, ulid, kind, name, survivor, document, owner, sharing, state, sequence) VALUES (:id, :ulid, :kind, :name, :id, :document, 1, 3, 'found', 1)", &s, &err), &err);
    yq_bind_int(s, "id", id);
    yq_bind_text(s, "ulid", yq_cstr(ulid));
    yq_bind_text(s, "kind", yq_cstr(kind));
    yq_bind_text(s, "name", name);
    yq_bind_int(s, "document", 1 + id % 100000);
    stop(yq_change(s, &err), &err);
}

static void put_name(yq_arena *a, yq_db *db, int64_t id, yq_identity_kind kind, yq_str name, bool han)
{
    yq_stmt *s;
    yq_err err = { 0 };
    stop(yq_db_prepare(db, "INSERT INTO name (entity_was, document, text, entity, kind, meet, latin, folded, pinyin, initials, lang, main, rank, span_from, span_to, owner, sharing) VALUES "
                           "(:id, :document, :text, :id, :kind, :meet, :latin, :folded, :pinyin, :initials, :lang, 1, :rank, 0, 0, 1, 3)", &s, &err), &err);
    yq_bind_int(s, "id", id);
    yq_bind_int(s, "document", 1 + id % 100000);
    yq_bind_text(s, "text", name);
    yq_bind_text(s, "kind", kind == YQ_PERSON ? YQ_S("person") : YQ_S("organization"));
    yq_bind_text(s, "meet", yq_name_key(a, kind, name));
    yq_bind_text(s, "latin", yq_latin_key(a, kind, name));
    yq_bind_text(s, "folded", yq_fold(a, name));
    yq_bind_text(s, "pinyin", yq_pinyin_full(a, name));
    yq_bind_text(s, "initials", yq_pinyin_initials(a, name));
    yq_bind_text(s, "lang", han ? YQ_S("zh") : YQ_S("en"));
    yq_bind_int(s, "rank", (han ? 1000 : 0) + (int64_t)name.n);
    stop(yq_change(s, &err), &err);
}

static void put_role(yq_db *db, int64_t id, int64_t person, int64_t org)
{
    yq_stmt *s;
    yq_err err = { 0 };
    stop(yq_db_prepare(db, "INSERT INTO fact (id, document, reading, predicate, subject, subject_was, object, object_was, value, date, span_from, span_to, sentence_from, sentence_to, "
                           "confidence, voices, state, decision, typed, owner, sharing, sequence) VALUES (:id, :document, 1, 'role', :person, :person, :org, :org, '主任', '', 0, 3, 0, 30, 0.9, 2, "
                           "'proposed', 0, 0, 1, 3, 1)", &s, &err), &err);
    yq_bind_int(s, "id", id);
    yq_bind_int(s, "document", 1 + person % 100000);
    yq_bind_int(s, "person", person);
    yq_bind_int(s, "org", org);
    stop(yq_change(s, &err), &err);
}

static void fill(yq_store *store, const world *w)
{
    yq_db *db = yq_store_db(store);
    yq_err err = { 0 };
    yq_arena *a = yq_arena_new((size_t)1 << 30);
    stop(yq_db_begin(db, true, &err), &err);
    for (uint32_t i = 0; i < w->orgs; i++) {
        put_entity(db, FIRST_ORG + i, "organization", han_org(a, i));
        put_name(a, db, FIRST_ORG + i, YQ_ORGANIZATION, han_org(a, i), true);
        if (i % 2) put_name(a, db, FIRST_ORG + i, YQ_ORGANIZATION, latin_org(a, i), false);
        yq_arena_clear(a);
    }
    for (uint32_t i = 0; i < w->people; i++) {
        put_entity(db, FIRST_PERSON + i, "person", person_name(a, i));
        put_name(a, db, FIRST_PERSON + i, YQ_PERSON, person_name(a, i), !is_latin(i));
        put_role(db, FIRST_FACT + i, FIRST_PERSON + i, FIRST_ORG + employer(w, i));
        yq_arena_clear(a);
    }
    stop(yq_db_commit(db, &err), &err);
    yq_arena_free(a);
}

/* ---------------------------------------------------------------- documents */

static void put_row(yq_arena *a, yq_buf *out, const world *w, dice *d, int i)
{
    uint32_t person = roll(d, w->people), org = employer(w, person);
    yq_str name = person_name(a, person), unit = han_org(a, org);
    if (i >= 34) name = yq_printf(a, "欧%.*s", YQ_FMT(han_person(a, person))), unit = yq_printf(a, "新%.*s", YQ_FMT(unit));
    else if (i >= 28) name = is_latin(person) ? han_person(a, person) : latin_person(a, person);
    else if (i >= 20) unit = han_org(a, roll(d, w->orgs));
    yq_buf_printf(out, "%.*s,%.*s,主任医师\n", YQ_FMT(name), YQ_FMT(unit));
}

static yq_str document(yq_arena *a, const world *w, uint32_t number)
{
    yq_buf out = { 0 };
    dice d = { number * 7919u + 5 };
    yq_buf_put(&out, YQ_S("姓名,单位,职务\n"));
    for (int i = 0; i < PEOPLE_OF_DOCUMENT; i++) put_row(a, &out, w, &d, i);
    yq_str kept = yq_dup(a, yq_buf_str(&out));
    yq_buf_free(&out);
    return kept;
}

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct {
    double clock, processor;
    size_t people, decided[3]; /* by verdict */
} spent;

static spent decide(yq_store *store, const world *w, uint32_t number)
{
    yq_err err = { 0 };
    yq_arena *a = yq_arena_new((size_t)1 << 30);
    yq_reading reading;
    yq_findings findings = { 0 };
    yq_intake_limits limits = yq_intake_defaults();
    spent s = { 0 };
    stop(yq_intake_read(a, YQ_S("roster.csv"), document(a, w, number), &limits, &reading, &err), &err);
    stop(yq_extract(a, &reading, &findings, &err), &err);
    yq_new_reading n = { .read = &reading, .next_id = yq_id_block(1 << 20) };
    n.document = yq_new_id(&n), n.reading = yq_new_id(&n);
    stop(yq_db_begin(yq_store_db(store), true, &err), &err); /* an import decides inside its write */
    double clock = now_ms(CLOCK_MONOTONIC), processor = now_ms(CLOCK_PROCESS_CPUTIME_ID);
    stop(yq_assemble(a, store, &findings, &n, &err), &err);
    s.clock = now_ms(CLOCK_MONOTONIC) - clock;
    s.processor = now_ms(CLOCK_PROCESS_CPUTIME_ID) - processor;
    yq_db_rollback(yq_store_db(store));
    s.people = findings.people.n;
    for (size_t i = 0; i < n.entities.n; i++)
        if (strcmp(n.entities.v[i].kind, "person") == 0) s.decided[n.entities.v[i].decision.verdict]++;
    yq_arena_free(a);
    return s;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void show(const char *what, double *ms, size_t n)
{
    qsort(ms, n, sizeof *ms, by_size);
    printf("%-10s median %.1f ms, 90th percentile %.1f ms, most %.1f ms\n", what, ms[n / 2], ms[n * 9 / 10], ms[n - 1]);
}

/* What the system keeps of the file in memory is given back, as after a start of the machine. */
static void forget_pages(const char *path)
{
    int f = open(path, O_RDONLY);
    if (f < 0) return;
    fdatasync(f);
    posix_fadvise(f, 0, 0, POSIX_FADV_DONTNEED);
    close(f);
}

/* As in a server that has run for a while: the system has the file in its memory. */
static void remember_pages(const char *path)
{
    static char room[1 << 20];
    int f = open(path, O_RDONLY);
    while (f >= 0 && read(f, room, sizeof room) > 0) continue;
    if (f >= 0) close(f);
}

static void measure(yq_store *store, const char *path, const world *w, uint32_t documents)
{
    static double clock[MOST_DOCUMENTS], processor[MOST_DOCUMENTS];
    size_t people = 0, decided[3] = { 0 };
    struct rusage use;
    spent first = decide(store, w, 0);
    printf("first      %.1f ms, processor %.1f ms (%zu people; nothing of the store in memory)\n", first.clock, first.processor, first.people);
    remember_pages(path);
    for (uint32_t i = 0; i < documents; i++) {
        spent s = decide(store, w, i + 1);
        clock[i] = s.clock, processor[i] = s.processor, people += s.people;
        for (size_t v = 0; v < 3; v++) decided[v] += s.decided[v];
    }
    show("clock", clock, documents);
    show("processor", processor, documents);
    getrusage(RUSAGE_SELF, &use);
    printf("people     %.1f a document: known %.1f, undecided %.1f, new %.1f; %.0f MB in all\n", (double)people / documents, (double)decided[YQ_SAME] / documents,
           (double)decided[YQ_UNDECIDED] / documents, (double)decided[YQ_DIFFERENT] / documents, (double)use.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    uint32_t names = argc > 2 ? (uint32_t)atol(argv[2]) : 1000000, documents = argc > 3 ? (uint32_t)atol(argv[3]) : 30;
    world w = { names / 13, names - names / 13 * 3 / 2 };
    yq_store *store;
    yq_err err = { 0 };
    if (argc < 2 || names < 100 || documents < 1 || documents > MOST_DOCUMENTS) return fprintf(stderr, "usage: bench-known STORE [NAMES [DOCUMENTS]]\n"), 2;
    if (access(argv[1], F_OK)) {
        stop(yq_store_open(argv[1], &(yq_store_options){ .create = true }, &store, &err), &err);
        double began = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        fill(store, &w);
        printf("filled     %u names in %.0f s of processor\n", names, (now_ms(CLOCK_PROCESS_CPUTIME_ID) - began) / 1e3);
        yq_store_close(store);
    }
    forget_pages(argv[1]);
    stop(yq_store_open(argv[1], &(yq_store_options){ 0 }, &store, &err), &err);
    measure(store, argv[1], &w, documents);
    yq_store_close(store);
    return 0;
}
