/* The cage, with readers planted that do what a document could make a reader do. Each is refused with its own reason, and the next file is read. */
#include "check.h"
#include "intake/cage.h"
#include "intake/internal.h"
#include "outline.h"
#include "pack.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* ---------------------------------------------------------------- planted readers */

static void open_file(void)
{
    if (open("/etc/passwd", O_RDONLY) >= 0) _exit(7);
}

static void open_socket(void)
{
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0) _exit(7);
}

static void run_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
}

static void fork_process(void)
{
    if (fork() >= 0) _exit(7);
}

static void be_traced(void)
{
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) _exit(7);
}

static void send_signal(void)
{
    if (kill(getpid(), 0) == 0) _exit(7);
}

static void delete_file(void)
{
    if (unlink("/tmp/yiqiao-never-there") == 0) _exit(7);
}

static void run_data(void)
{
    if (mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) _exit(7);
}

static void loop(void)
{
    for (volatile unsigned n = 0;; n++) continue;
}

/* A sanitizer's build has no limit on its address space: there the bomb stops by itself, as a crash. */
static void take_all_memory(void)
{
    for (size_t taken = 0; !SANITIZED || taken < (size_t)64 << 20; taken += 1 << 20) memset(malloc(1 << 20), 1, 1 << 20);
    abort();
}

static void segfault(void)
{
    volatile int *volatile nowhere = (volatile int *)8;
    *nowhere = 1;
}

static void overflow_stack(void)
{
    volatile char page[4096];
    page[0] = page[4095] = 1;
    void (*volatile again)(void) = overflow_stack;
    again();
    page[1] = 1;
}

static void fill_answer(void)
{
    static char megabyte[1 << 20];
    while (write(3, megabyte, sizeof megabyte) > 0) continue;
    _exit(1);
}

static void lie(void)
{
    struct { uint32_t outcome, code; uint64_t at; char msg[240]; } head = { .outcome = 1 };
    if (pwrite(3, &head, sizeof head, 0) > 0 && pwrite(3, "YQR1 and then nothing true", 26, sizeof head) > 0) _exit(0);
    _exit(1);
}

static void answer_nothing(void)
{
    _exit(0);
}

static const struct { const char *what, *name; void (*does)(void); const char *says; } planted[] = {
    { "opens a file", "open.txt", open_file, "tried to open a file" },
    { "opens a socket", "socket.txt", open_socket, "tried to reach the network" },
    { "starts a program", "exec.txt", run_program, "tried to start a program" },
    { "starts a process", "fork.txt", fork_process, "tried to start a process" },
    { "asks to be traced", "ptrace.txt", be_traced, "tried to reach into another process" },
    { "sends a signal", "kill.txt", send_signal, "tried to reach into another process" },
    { "deletes a file", "unlink.txt", delete_file, "tried to change files" },
    { "makes data executable", "code.txt", run_data, "tried to make data executable" },
    { "loops", "loop.txt", loop, "needs more than 1 s" },
    { "takes all memory", "memory.txt", take_all_memory, SANITIZED ? "crashed" : "needs more than 256 MB of memory" },
    { "segfaults", "segfault.txt", segfault, "crashed on this file" },
    { "overflows the stack", "stack.txt", overflow_stack, "crashed on this file" },
    { "aborts", "abort.txt", abort, "crashed on this file (Aborted)" },
    { "answers without end", "fill.txt", fill_answer, "gives more text than" },
    { "answers what is no reading", "lie.txt", lie, "gave back what is no reading" },
    { "answers nothing", "nothing.txt", answer_nothing, "crashed on this file" },
};

/* Readers that answer well, with more than a turn of a series may use, or with what they can see there of the turns before. */
static unsigned turns; /* that this process has had */

static yq_str tell_turn(yq_arena *a, yq_str bytes)
{
    (void)bytes;
    return yq_printf(a, "turn %u\n", turns);
}

static yq_str tell_behind(yq_arena *a, yq_str bytes) /* what lies behind the document, in its page */
{
    size_t n = 0;
    while (n < 4096 - bytes.n && !bytes.p[bytes.n + n]) n++;
    return yq_printf(a, "%zu empty bytes\n", n + bytes.n);
}

static yq_str compute_long(yq_arena *a, yq_str bytes)
{
    (void)bytes;
    for (clock_t begun = clock(); clock() - begun < CLOCKS_PER_SEC / 10 * 7;) continue;
    return yq_printf(a, "turn %u\n", turns);
}

static yq_str use_memory(yq_arena *a, yq_str bytes)
{
    (void)bytes;
    memset(yq_alloc(a, (size_t)80 << 20), 1, (size_t)80 << 20);
    return yq_printf(a, "turn %u\n", turns);
}

static yq_str use_some_memory(yq_arena *a, yq_str bytes)
{
    (void)bytes;
    yq_alloc(a, (size_t)20 << 20);
    return yq_printf(a, "turn %u\n", turns);
}

static const struct { const char *name; yq_str (*tells)(yq_arena *a, yq_str bytes); } telling[] = {
    { "turn.txt", tell_turn }, { "behind.txt", tell_behind }, { "long.txt", compute_long }, { "much.txt", use_memory }, { "some.txt", use_some_memory }, { "turn.html", tell_turn },
};

/* In the cage: a planted reader by the file's name, else the true ones. */
static yq_code dispatch(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    turns++;
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        if (yq_eq(name, yq_cstr(telling[i].name))) return yq_intake_parse(a, YQ_S("a.txt"), telling[i].tells(a, bytes), limits, out, err);
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++)
        if (yq_eq(name, yq_cstr(planted[i].name))) planted[i].does();
    return yq_intake_parse(a, name, bytes, limits, out, err);
}

/* ---------------------------------------------------------------- reading in it */

static yq_intake_limits small_limits(void)
{
    yq_intake_limits l = yq_intake_defaults();
    l.address_space = (size_t)256 << 20;
    l.memory = (size_t)64 << 20;
    return l;
}

#define TEXT "云上医院办论坛\n——一场对接会的侧记\n2025-03-04 10:00 来源：云上网\n\n3月3日，论坛在云上会堂举行，二百多名医生和工程师到会，讨论了许多事情。\n\n姓名\t单位\t职务\n周岚\t云上医院\t院长\n林舟\t海上医院\t主任\n"

static result read_next(yq_cage_series *s, const char *name, yq_str bytes, const yq_intake_limits *limits)
{
    result r = { .arena = yq_arena_new((size_t)256 << 20) };
    r.code = yq_cage_read_next(s, r.arena, yq_cstr(name), bytes, limits, &r.reading, &r.err);
    return r;
}

static result read_caged(const char *name, yq_str bytes, const yq_intake_limits *limits)
{
    return read_next(NULL, name, bytes, limits);
}

static void check_next_is_read(const char *what)
{
    result r = read_caged("next.txt", YQ_S(TEXT), NULL);
    CHECK(what, r.code == YQ_OK && r.reading.blocks.n == 5 && r.reading.tables.n == 1 && yq_eq(r.reading.name, YQ_S("next.txt")));
    yq_arena_free(r.arena);
}

static void check_planted(void)
{
    yq_intake_limits limits = small_limits();
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        limits.cpu_seconds = planted[i].does == loop ? 1 : 6;
        result r = read_caged(planted[i].name, YQ_S(TEXT), &limits);
        CHECK(planted[i].what, r.code == YQ_INVALID);
        if (!CHECK(planted[i].what, strstr(r.err.msg, planted[i].says) != NULL)) fprintf(stderr, "  says: %s\n", r.err.msg);
        yq_arena_free(r.arena);
        check_next_is_read(planted[i].what);
    }
}

/* ---------------------------------------------------------------- the same in and outside */

static bool same_reading(const result *a, const result *b)
{
    const yq_reading *x = &a->reading, *y = &b->reading;
    bool same = yq_eq(x->clean, y->clean) && yq_eq(x->plain, y->plain) && x->lang == y->lang && !strcmp(x->date, y->date) && !strcmp(x->format, y->format)
        && !strcmp(x->encoding, y->encoding) && !memcmp(&x->hash, &y->hash, sizeof x->hash) && x->title.from == y->title.from && x->title.to == y->title.to
        && yq_eq(outline(a), outline(b));
    for (size_t at = 0; same && at < x->clean.n; at++) same = yq_map_origin(&x->map, at) == yq_map_origin(&y->map, at);
    return same;
}

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct { const char *what, *name, *bytes; size_t n; } documents[] = {
    { "UTF-8", "a.txt", BYTES(TEXT) },
    { "GB18030", "a.txt", BYTES("\xD4\xC6\xC9\xCF\xD2\xBD\xD4\xBA\xB0\xEC\xC2\xDB\xCC\xB3\xA1\xA3\n") },
    { "Big5", "a.txt", BYTES("\xB6\xB3\xA4\x57\xC2\xE5\xB0\x7C\xC1\x7C\xBF\xEC\xBD\xD7\xBE\xC2\xA1\x41\xA6\x5E\xB3\xF8\xA1\x43\n") },
    { "UTF-16", "a.txt", BYTES("\xFF\xFE\x91\x4E\x0A\x4E\x3B\x53\x62\x96\x1E\x52\xBA\x8B\x9B\x57\x02\x30") },
    { "windows-1252", "a.txt", BYTES("Caf\xE9 na\xEFve \x93quoted\x94 text about the hospital.\n") },
    { "HTML with traditional script", "a.html", BYTES("<meta charset=utf-8><h1>雲上著名醫院</h1><p>論壇&mdash;在雲上會堂舉行，乾隆年間。</p><table><tr><td>姓名<td>單位<tr><td>周嵐<td>雲上</table>") },
    { "Markdown", "a.md", BYTES("# 云上\n\n- 甲\n- 乙\n") },
    { "CSV", "a.csv", BYTES("姓名,单位\n周岚,云上\n") },
    { "JSON", "a.json", BYTES("{\"title\":\"云上论坛\",\"date\":\"2025-03-04\",\"text\":\"甲段。\"}") },
};

static void check_both(const char *what, const char *name, yq_str bytes)
{
    yq_cage_series *series = yq_cage_series_new();
    result in = read_caged(name, bytes, NULL), out = read_bytes(name, bytes), first = read_next(series, name, bytes, NULL), second = read_next(series, name, bytes, NULL);
    CHECK(what, out.code == YQ_OK);
    if (!CHECK(what, in.code == YQ_OK && same_reading(&in, &out))) fprintf(stderr, "  says: %s\n", in.err.msg);
    CHECK("the same in a series", first.code == YQ_OK && same_reading(&first, &out) && second.code == YQ_OK && same_reading(&second, &out));
    for (size_t i = 0; i < 4; i++) yq_arena_free((yq_arena *[]){ in.arena, out.arena, first.arena, second.arena }[i]);
    yq_cage_series_free(series);
}

static void check_documents(void)
{
    yq_buf docx = { 0 }, xlsx = { 0 }, sheet = { 0 };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        check_both(documents[i].what, documents[i].name, (yq_str){ documents[i].bytes, documents[i].n });
    yq_buf_put(&sheet, YQ_S("<worksheet><sheetData>"));
    for (int row = 1; row <= 200; row++) /* enough to be sorted in earnest */
        yq_buf_printf(&sheet, "<row r='%d'><c r='A%d' t='inlineStr'><is><t>周岚</t></is></c><c r='B%d'><v>%d.5</v></c></row>", row, row, row, row);
    yq_buf_put(&sheet, YQ_S("</sheetData></worksheet>\0"));
    pack((part[]){ { "word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>论坛在云上会堂举行。</w:t></w:r></w:p></w:body></w:document>" } }, 1, &docx);
    pack((part[]){ { "xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='名单' r:id='1'/></sheets></workbook>" },
                   { "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='1' Type='x/worksheet' Target='a.xml'/></Relationships>" },
                   { "xl/a.xml", sheet.p } }, 3, &xlsx);
    check_both("Word", "a.docx", yq_buf_str(&docx));
    check_both("Excel", "a.xlsx", yq_buf_str(&xlsx));
    yq_buf_free(&docx);
    yq_buf_free(&xlsx);
    yq_buf_free(&sheet);
}

static const struct { const char *what, *name, *bytes; } refusals[] = {
    { "a reader's own refusal", "a.json", "{\"a\": [1, 2" }, { "an empty file", "a.txt", "" }, { "no reader", "a.xyz", "x" }, { "a broken archive", "a.docx", "PK" },
    { "little memory", "a.txt", TEXT },
};

static void check_refusals(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        yq_intake_limits limits = yq_intake_defaults();
        if (i + 1 == sizeof refusals / sizeof *refusals) limits.memory = 600;
        result in = read_caged(refusals[i].name, yq_cstr(refusals[i].bytes), &limits);
        result out = { .arena = yq_arena_new(limits.memory) };
        out.code = yq_intake_read(out.arena, yq_cstr(refusals[i].name), yq_cstr(refusals[i].bytes), &limits, &out.reading, &out.err);
        if (!CHECK(refusals[i].what, in.code == out.code && in.err.at == out.err.at && !strcmp(in.err.msg, out.err.msg)))
            fprintf(stderr, "  says: %s\n", in.err.msg);
        yq_arena_free(in.arena);
        yq_arena_free(out.arena);
    }
}

/* ---------------------------------------------------------------- several by one process */

static void check_says(yq_cage_series *s, const char *name, const char *bytes, const char *says)
{
    result r = read_next(s, name, yq_cstr(bytes), NULL);
    if (!CHECK(name, r.code == YQ_OK && yq_eq(r.reading.clean, yq_cstr(says)))) fprintf(stderr, "  says: %s%.*s, not %s\n", r.err.msg, YQ_FMT(r.reading.clean), says);
    yq_arena_free(r.arena);
}

/* A reader that counts its turns shows which documents shared a process: small ones of own formats, at most 64. */
static void check_shared(void)
{
    yq_cage_series *s = yq_cage_series_new();
    yq_buf large = { 0 };
    char says[32];
    for (int i = 1; i <= 130; i++) {
        snprintf(says, sizeof says, "turn %d\n", (i - 1) % 64 + 1);
        check_says(s, "turn.txt", "x", says);
    }
    check_says(s, "turn.html", "a library reads it: a process of its own", "turn 1\n");
    check_says(s, "turn.txt", "x", "turn 3\n");
    for (int i = 0; i < 30000; i++) yq_buf_put(&large, YQ_S("a long text "));
    yq_buf_byte(&large, 0);
    check_says(s, "turn.txt", large.p, "turn 1\n");
    check_says(s, "turn.txt", "x", "turn 4\n");
    check_says(s, "long.txt", "more time than a turn has", "turn 1\n");
    check_says(s, "turn.txt", "x", "turn 1\n");
    check_says(s, "much.txt", "more memory than a turn has", "turn 1\n");
    check_says(s, "some.txt", "so much that the process is not kept", "turn 1\n");
    check_says(s, "turn.txt", "x", "turn 1\n");
    check_says(s, "turn.txt", "x", "turn 2\n");
    yq_buf_free(&large);
    yq_cage_series_free(s);
}

/* Equal limits are equal whatever lies in the bytes between their fields; with others the process is another. */
static void check_limits_compared(void)
{
    yq_cage_series *s = yq_cage_series_new();
    for (unsigned i = 1; i <= 4; i++) {
        yq_intake_limits limits = yq_intake_defaults();
        memset((char *)&limits + offsetof(yq_intake_limits, cpu_seconds) + sizeof limits.cpu_seconds, (int)i,
               offsetof(yq_intake_limits, parts) - offsetof(yq_intake_limits, cpu_seconds) - sizeof limits.cpu_seconds);
        limits.depth += i == 4;
        result r = read_next(s, "turn.txt", YQ_S("x"), &limits);
        CHECK("one process for equal limits", r.code == YQ_OK && r.reading.clean.n > 5 && r.reading.clean.p[5] == (i == 4 ? '1' : (char)('0' + i)));
        yq_arena_free(r.arena);
    }
    yq_cage_series_free(s);
}

/* Nothing of a document is there for the next one to see, and a short answer behind a long one is taken. */
static void check_forgotten(void)
{
    yq_cage_series *s = yq_cage_series_new();
    char says[32];
    for (int i = 0; i < 3; i++) {
        yq_arena_free(read_next(s, "a.txt", YQ_S(TEXT TEXT TEXT), NULL).arena);
        check_says(s, "behind.txt", "short", "4096 empty bytes\n");
        snprintf(says, sizeof says, "turn %d\n", 3 * i + 3);
        check_says(s, "turn.txt", "x", says);
    }
    yq_cage_series_free(s);
}

/* Each misbehaving document in the middle of a series: it alone is refused, for the reason it has alone, and those around it are read. */
static void check_planted_between(void)
{
    yq_cage_series *s = yq_cage_series_new();
    yq_intake_limits limits = small_limits();
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        limits.cpu_seconds = planted[i].does == loop ? 1 : 6;
        for (int turn = 0; turn < 3; turn++) {
            result r = read_next(s, turn == 1 ? planted[i].name : "between.txt", YQ_S(TEXT), &limits);
            bool as_expected = turn == 1 ? r.code == YQ_INVALID && strstr(r.err.msg, planted[i].says) : r.code == YQ_OK && r.reading.blocks.n == 5;
            if (!CHECK(planted[i].what, as_expected)) fprintf(stderr, "  turn %d says: %s\n", turn, r.err.msg);
            yq_arena_free(r.arena);
        }
    }
    yq_cage_series_free(s);
}

/* ---------------------------------------------------------------- PDF, by the program yiqiao-pdf */

/* A page whose font is named and not carried (GBK-EUC-H): poppler-data says what its bytes mean. */
#define PDF(content)                                                                                                                        \
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"                             \
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"                      \
    "4 0 obj<<>>stream\n" content "\nendstream endobj\n"                                                                                  \
    "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>endobj\n"                          \
    "6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"          \
    "/DW 1000/FontDescriptor 7 0 R>>endobj\n7 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"       \
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>endobj\ntrailer<</Root 1 0 R>>\n"
#define END "startxref\n0\n%%EOF\n"
#define AT(x, y, hex) "BT /F1 10 Tf " x " " y " Td <" hex "> Tj ET\n"
#define LEFT(y) AT("50", y, "D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0D6DCE1B0")  /* 周岚 ten times */
#define RIGHT(y) AT("300", y, "C1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DBC1D6D6DB") /* 林舟 */

static const struct { const char *what, *pdf, *says; yq_code code; } pdfs[] = {
    { "a font that is named only", PDF(AT("50", "700", "D4C6C9CFD2BDD4BAD6DCE1B0B5BDBBE1A1A3")) END, "云上医院周岚到会。\n", YQ_OK },
    { "two columns, the left one first", PDF(LEFT("700") RIGHT("700") LEFT("686") RIGHT("686") LEFT("672") RIGHT("672") LEFT("658") AT("300", "658", "C1D6D6DBA1A3")) END,
      "周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚周岚"
      "林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟林舟。\n", YQ_OK },
    { "a page number is dropped", PDF(AT("50", "700", "D6DCE1B0B5BDBBE1A1A3") AT("290", "20", "33")) END, "周岚到会。\n", YQ_OK },
    { "no text", PDF("0 0 m 10 10 l S") END, "a scan", YQ_INVALID },
    { "its end is missing", PDF(AT("50", "700", "D6DCE1B0")), "damaged or incomplete", YQ_INVALID },
    { "no PDF", "hello", "it is no PDF", YQ_INVALID },
};

static void check_pdfs(void)
{
    for (size_t i = 0; i < sizeof pdfs / sizeof *pdfs; i++) {
        result r = read_caged("a.pdf", yq_cstr(pdfs[i].pdf), NULL);
        CHECK(pdfs[i].what, r.code == pdfs[i].code);
        bool said = r.code ? strstr(r.err.msg, pdfs[i].says) != NULL : yq_eq(r.reading.clean, yq_cstr(pdfs[i].says));
        if (!CHECK(pdfs[i].what, said)) fprintf(stderr, "  says: %s%.*s\n", r.code ? r.err.msg : "", YQ_FMT(r.reading.clean));
        yq_arena_free(r.arena);
    }
}

/* ---------------------------------------------------------------- many at a time, and what it costs */

static void *read_many(void *arg)
{
    size_t *read = arg;
    yq_cage_series *s = yq_cage_series_new();
    for (int i = 0; i < 50; i++) {
        yq_str bytes = i % 5 ? YQ_S(TEXT) : YQ_S("x");
        yq_intake_limits limits = small_limits();
        result r = read_next(i % 2 ? s : NULL, i % 5 ? "a.txt" : "segfault.txt", bytes, &limits);
        *read += i % 5 ? r.code == YQ_OK && r.reading.blocks.n == 5 : r.code == YQ_INVALID;
        yq_arena_free(r.arena);
    }
    yq_cage_series_free(s);
    return NULL;
}

static void check_threads(void)
{
    pthread_t threads[4];
    size_t read[4] = { 0 };
    for (size_t i = 0; i < 4; i++) pthread_create(&threads[i], NULL, read_many, &read[i]);
    for (size_t i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    for (size_t i = 0; i < 4; i++) CHECK("each thread gets its own answers", read[i] == 50);
}

static size_t open_descriptors(void)
{
    size_t n = 0;
    for (int fd = 0; fd < 1024; fd++) n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static int64_t computed_us(int whose)
{
    struct rusage u;
    getrusage(whose, &u);
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

/* What an empty process costs here: some tenths of a millisecond on bare metal, some milliseconds in a guest of a guest. */
static int64_t price_of_a_process(void)
{
    enum { TIMES = 100 };
    int64_t begun = computed_us(RUSAGE_SELF) + computed_us(RUSAGE_CHILDREN);
    for (int i = 0; i < TIMES; i++) {
        pid_t pid = fork();
        if (pid == 0) _exit(0);
        waitpid(pid, NULL, 0);
    }
    return (computed_us(RUSAGE_SELF) + computed_us(RUSAGE_CHILDREN) - begun) / TIMES;
}

static int64_t cost_in_series(int times)
{
    int64_t begun = computed_us(RUSAGE_SELF) + computed_us(RUSAGE_CHILDREN);
    CHECK("started for the count of a series", yq_cage_start(dispatch, NULL) == YQ_OK);
    yq_cage_series *s = yq_cage_series_new();
    for (int i = 0; i < times; i++) yq_arena_free(read_next(s, "a.txt", YQ_S(TEXT), NULL).arena);
    yq_cage_series_free(s);
    yq_cage_stop();
    return (computed_us(RUSAGE_SELF) + computed_us(RUSAGE_CHILDREN) - begun) / times;
}

/* Computing time, since the machine may be busy with other things; that of the cage counts once it has ended. */
static void check_cost(void)
{
    enum { TIMES = 200 };
    size_t before = open_descriptors();
    int64_t wall = yq_monotonic_us(), begun = computed_us(RUSAGE_SELF) + computed_us(RUSAGE_CHILDREN);
    CHECK("started for the count", yq_cage_start(dispatch, NULL) == YQ_OK);
    for (int i = 0; i < TIMES; i++) yq_arena_free(read_caged("a.txt", YQ_S(TEXT), NULL).arena);
    yq_cage_stop();
    int64_t caged = (computed_us(RUSAGE_SELF) + computed_us(RUSAGE_CHILDREN) - begun) / TIMES;
    wall = (yq_monotonic_us() - wall) / TIMES;
    int64_t shared = cost_in_series(TIMES);
    begun = computed_us(RUSAGE_SELF);
    for (int i = 0; i < TIMES; i++) yq_arena_free(read_bytes("a.txt", YQ_S(TEXT)).arena);
    int64_t bare = (computed_us(RUSAGE_SELF) - begun) / TIMES;
    int64_t process = price_of_a_process();
    printf("a document costs %lld us more of computing in the cage, %lld us in a series, an empty process %lld us; %lld us pass\n", (long long)(caged - bare),
           (long long)(shared - bare), (long long)process, (long long)wall);
    CHECK("half of that at most in a series", shared < caged / 2);
    CHECK("less than 2 ms beside what processes cost", SANITIZED || caged - bare < 2000 + 5 * process);
    CHECK("no descriptor is left open", open_descriptors() == before);
}

static void check_restart(void)
{
    yq_cage_stop();
    CHECK("no child is left", waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
    CHECK("started again", yq_cage_start(dispatch, NULL) == YQ_OK && yq_cage_start(NULL, NULL) == YQ_OK);
    check_next_is_read("after stopping and starting");
}

int main(void)
{
    CHECK("started", yq_cage_start(dispatch, NULL) == YQ_OK);
    check_next_is_read("the first file");
    check_documents();
    check_refusals();
    check_pdfs();
    check_planted();
    check_shared();
    check_limits_compared();
    check_forgotten();
    check_planted_between();
    yq_cage_stop();
    check_cost();
    check_restart();
    check_threads();
    yq_cage_stop();
    return check_done();
}
