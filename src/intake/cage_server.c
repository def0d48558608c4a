/* The small process: it waits for requests, starts a reader for each, says how each ended. It never looks into a document itself.
 *
 * It was started while the program had one thread, so that a reader may use everything of the C library after fork(). What libraries load on first
 * use is used once here, before the first request: in a reader nothing can be opened any more.
 */
#include "intake/cage_internal.h"
#include "intake/internal.h"
#include "intake/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READING_NICE = 5 }; /* who searches goes before who reads documents in */
enum { MOST_READERS = 64, OVERDUE_FACTOR = 6, PATH_BYTES = 4096, HELPER_DESCRIPTORS = 64 };

typedef struct {
    pid_t pid;
    int report;          /* where to say how it ended */
    int64_t deadline_us; /* far behind its computing time: for a reader that only waits */
    bool overdue;
} reader;

typedef struct {
    int control, children; /* children: a descriptor that is readable when one ended */
    yq_cage_work *work;
    yq_cage_rights *rights, *helper_rights;
    char folder[PATH_BYTES], helper[PATH_BYTES + 32]; /* where yiqiao-pdf is; "" when it is nowhere */
    reader readers[MOST_READERS];
    size_t n;
    uint64_t mapped;     /* address space that every reader has taken before it begins: programs and libraries */
} server;

/* A request as it came, with its descriptors. */
typedef struct {
    yq_cage_request head;
    char name[YQ_CAGE_NAME_BYTES];
    int document, answer, report, turns; /* turns: of a series */
} request;

/* ---------------------------------------------------------------- inside a reader */

static void set_limit(int which, rlim_t soft, rlim_t hard)
{
    setrlimit(which, &(struct rlimit){ soft, hard });
}

static void set_limits(const yq_intake_limits *l, rlim_t descriptors)
{
    set_limit(RLIMIT_CPU, l->cpu_seconds, l->cpu_seconds + 1);
    set_limit(RLIMIT_FSIZE, l->memory, l->memory);
    set_limit(RLIMIT_CORE, 0, 0);
    set_limit(RLIMIT_NOFILE, descriptors, descriptors);
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes */
    set_limit(RLIMIT_AS, l->address_space, l->address_space);
#endif
}

/* A Ctrl-C is the program's affair, whose end is seen on the socket. */
static void set_signals(sighandler_t handler)
{
    static const int of_the_program[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };
    for (size_t i = 0; i < sizeof of_the_program / sizeof *of_the_program; i++) signal(of_the_program[i], handler);
}

static void forget_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    set_signals(SIG_DFL);
    signal(SIGSEGV, SIG_DFL); /* a sanitizer would tell of the crash, and may not */
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Only the answer stays open. */
static const char *take_document(const request *q)
{
    const char *bytes = q->head.bytes ? mmap(NULL, q->head.bytes, PROT_READ, MAP_PRIVATE, q->document, 0) : "";
    if (bytes == MAP_FAILED || dup2(q->answer, YQ_CAGE_ANSWER_FD) < 0 || close_range(YQ_CAGE_ANSWER_FD + 1, ~0u, 0)) return NULL;
    return bytes;
}

static void put(void *arg, yq_str bytes)
{
    bool *failed = arg;
    while (bytes.n && !*failed) {
        ssize_t n = write(YQ_CAGE_ANSWER_FD, bytes.p, bytes.n);
        if (n <= 0) *failed = true;
        else bytes = yq_sub(bytes, (size_t)n, bytes.n);
    }
}

/* The head goes last to its place in front, so that an answer that broke off has none. */
static bool answer(yq_code rc, const yq_reading *reading, const yq_err *err)
{
    yq_cage_head head = { 0 };
    bool failed = lseek(YQ_CAGE_ANSWER_FD, sizeof head, SEEK_SET) < 0;
    if (!rc) yq_wire_write(reading, put, &failed);
    head.outcome = rc ? YQ_CAGE_REFUSAL : YQ_CAGE_READING;
    head.code = rc;
    head.at = err->at;
    memcpy(head.msg, err->msg, sizeof head.msg);
    return !failed && pwrite(YQ_CAGE_ANSWER_FD, &head, sizeof head, 0) == sizeof head;
}

/* Reads one document in an arena of its own, and answers. */
static bool read_document(const server *s, yq_str name, yq_str bytes, const yq_intake_limits *limits, size_t *used)
{
    yq_reading reading = { 0 };
    yq_err err = { 0 };
    yq_arena *a = yq_arena_new(limits->memory);
    if (!a) return false;
    yq_code rc = s->work(a, name, bytes, limits, &reading, &err);
    bool answered = answer(rc, &reading, &err);
    *used = yq_arena_used(a);
    yq_arena_free(a);
    return answered;
}

static _Noreturn void be_reader(const server *s, const request *q)
{
    size_t used;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    forget_signals();
    const char *bytes = take_document(q);
    set_limits(&q->head.limits, YQ_CAGE_ANSWER_FD + 1);
    if (!bytes || !yq_cage_rights_drop(s->rights)) _exit(1);
    _exit(read_document(s, (yq_str){ q->name, q->head.name }, (yq_str){ bytes, q->head.bytes }, &q->head.limits, &used) ? 0 : 1);
}

/* ---------------------------------------------------------------- inside the reader of a series */

/* Answer and turns stay open; the file of the documents stays mapped, and is as long as the present document. */
static const char *take_series(const request *q)
{
    const char *bytes = mmap(NULL, YQ_SERIES_BYTES, PROT_READ, MAP_SHARED, q->document, 0);
    int answer_fd = fcntl(q->answer, F_DUPFD, 16), turns = fcntl(q->turns, F_DUPFD, 16);
    if (bytes == MAP_FAILED || dup2(answer_fd, YQ_CAGE_ANSWER_FD) < 0 || dup2(turns, YQ_CAGE_TURNS_FD) < 0 || close_range(YQ_CAGE_TURNS_FD + 1, ~0u, 0)) return NULL;
    return bytes;
}

/* False: it should read no more. */
static bool read_turn(const server *s, const char *bytes, const yq_intake_limits *limits)
{
    enum { MUCH = YQ_SERIES_MEMORY / 4 }; /* what stays of it with the C library would be missed by later ones */
    yq_cage_turn turn;
    size_t used = 0;
    ssize_t n = read(YQ_CAGE_TURNS_FD, &turn, sizeof turn);
    if (n == 0) _exit(0); /* the asker has no more */
    if (n != sizeof turn || turn.bytes > YQ_SERIES_BYTES || turn.name > sizeof turn.name_bytes) _exit(1);
    if (!read_document(s, (yq_str){ turn.name_bytes, turn.name }, (yq_str){ bytes, turn.bytes }, limits, &used)) _exit(1);
    char done = used < MUCH ? YQ_CAGE_TAKES_MORE : YQ_CAGE_LEAVES;
    return write(YQ_CAGE_TURNS_FD, &done, 1) == 1 && done == YQ_CAGE_TAKES_MORE;
}

static _Noreturn void be_series(const server *s, const request *q)
{
    yq_intake_limits limits = q->head.limits;
    if (limits.memory > YQ_SERIES_MEMORY) limits.memory = YQ_SERIES_MEMORY;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    forget_signals();
    yq_keep_freed(YQ_SERIES_MEMORY / 4);
    const char *bytes = take_series(q);
    set_limits(&q->head.limits, YQ_CAGE_TURNS_FD + 1);
    if (!bytes || !yq_cage_rights_drop(s->rights)) _exit(1);
    while (read_turn(s, bytes, &limits)) continue;
    _exit(0);
}

/* ---------------------------------------------------------------- helpers */

/* A program of its own, for a library whose licence or size does not belong here: document on 0, answer on YQ_CAGE_ANSWER_FD. */
static _Noreturn void be_helper(const server *s, const request *q)
{
    char libraries[PATH_BYTES + 32]; /* in a bundle they lie beside it */
    char *arguments[] = { (char *)s->helper, NULL }, *environment[] = { "LC_ALL=C.UTF-8", "TZ=UTC0", "HOME=/nonexistent", libraries, NULL };
    snprintf(libraries, sizeof libraries, "LD_LIBRARY_PATH=%s", s->folder);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    forget_signals();
    if (!*s->helper) _exit(YQ_HELPER_MISSING);
    int document = fcntl(q->document, F_DUPFD, 16), answer_fd = fcntl(q->answer, F_DUPFD, 16);
    if (dup2(document, 0) < 0 || dup2(answer_fd, YQ_CAGE_ANSWER_FD) < 0 || close_range(YQ_CAGE_ANSWER_FD + 1, ~0u, 0)) _exit(1);
    set_limits(&q->head.limits, HELPER_DESCRIPTORS);
    yq_cage_rights_look(s->folder); /* where the system can: else it may read what its user may, and still write and send nothing */
    if (!s->helper_rights || !yq_cage_rights_drop(s->helper_rights)) _exit(1);
    execve(s->helper, arguments, environment);
    _exit(YQ_HELPER_MISSING);
}

/* Programs of others: they are watched from outside, since they need processes and files of their own. */
static _Noreturn void be_converter(const request *q)
{
    forget_signals();
    yq_cage_convert(q->head.step == YQ_CAGE_OFFICE ? YQ_CONVERT_OFFICE : YQ_CONVERT_SCAN, (yq_str){ q->name, q->head.name }, q->document, q->head.bytes, q->answer);
}

/* Beside the program, in its build folder, or in that of a test. */
static void find_helper(server *s)
{
    static const char *const places[] = { "", "/src/pdfreader", "/../../src/pdfreader", "/../libexec/yiqiao" };
    char self[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    while (n > 0 && self[n - 1] != '/') n--;
    for (size_t i = 0; n > 1 && i < sizeof places / sizeof *places; i++) {
        char folder[PATH_BYTES * 2];
        snprintf(folder, sizeof folder, "%.*s%s", (int)n - 1, self, places[i]);
        if (!realpath(folder, s->folder)) continue;
        snprintf(s->helper, sizeof s->helper, "%s/yiqiao-pdf", s->folder);
        if (access(s->helper, X_OK) == 0) return;
    }
    s->helper[0] = 0;
}

/* ---------------------------------------------------------------- requests */

static void close_all(const int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0) close(fds[i]);
}

/* 1: a request, 0: the other end is closed, -1: none after all. */
static int receive(const server *s, request *q)
{
    union { struct cmsghdr align; char bytes[CMSG_SPACE(YQ_CAGE_DESCRIPTORS * sizeof(int))]; } space = { 0 };
    struct iovec parts[] = { { &q->head, sizeof q->head }, { q->name, sizeof q->name } };
    struct msghdr m = { .msg_iov = parts, .msg_iovlen = 2, .msg_control = space.bytes, .msg_controllen = sizeof space.bytes };
    int fds[YQ_CAGE_DESCRIPTORS] = { -1, -1, -1, -1 };
    ssize_t n = recvmsg(s->control, &m, MSG_CMSG_CLOEXEC);
    if (n <= 0) return n < 0 && errno == EINTR ? -1 : 0;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
    q->document = fds[0], q->answer = fds[1], q->report = fds[2], q->turns = fds[3];
    bool all = q->report >= 0 && (q->head.step == YQ_CAGE_SERIES) == (q->turns >= 0);
    if (n >= (ssize_t)sizeof q->head && all && q->head.name == (size_t)n - sizeof q->head) return 1;
    close_all(fds, YQ_CAGE_DESCRIPTORS);
    return -1;
}

/* The reader of a series may wait for its asker as long as that likes; its time is measured there, turn by turn. */
static void introduce(reader *r)
{
    yq_cage_report out = { .started = r->pid };
    r->deadline_us = INT64_MAX;
    ssize_t n = write(r->report, &out, sizeof out);
    (void)n; /* the asker may be gone; then its socket is closed, and the reader ends */
}

static void start_reader(server *s, const request *q)
{
    pid_t pid = s->rights ? _Fork() : -1; /* without what libraries do at a fork: there is one thread, and none of their locks is held */
    if (pid == 0 && q->head.step == YQ_CAGE_PDF) be_helper(s, q);
    if (pid == 0 && q->head.step == YQ_CAGE_SERIES) be_series(s, q);
    if (pid == 0 && q->head.step != YQ_CAGE_READ) be_converter(q);
    if (pid == 0) be_reader(s, q);
    close_all((const int[]){ q->document, q->answer, q->turns }, 3);
    if (pid < 0) {
        close(q->report); /* nothing is reported: the asker sees that there is no cage */
        return;
    }
    int64_t wait_us = (int64_t)q->head.limits.cpu_seconds * OVERDUE_FACTOR * 1000000;
    s->readers[s->n++] = (reader){ .pid = pid, .report = q->report, .deadline_us = yq_monotonic_us() + wait_us };
    if (q->head.step == YQ_CAGE_SERIES) introduce(&s->readers[s->n - 1]);
}

/* ---------------------------------------------------------------- how readers end */

static void report(const server *s, const reader *r, int status, const struct rusage *used)
{
    yq_cage_report out = { .status = status, .peak_bytes = ((uint64_t)used->ru_maxrss << 10) + s->mapped, .overdue = r->overdue };
    out.cpu_ms = (uint32_t)((used->ru_utime.tv_sec + used->ru_stime.tv_sec) * 1000 + (used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1000);
    ssize_t n = write(r->report, &out, sizeof out);
    (void)n; /* whoever asked may be gone */
    close(r->report);
}

static void collect(server *s)
{
    struct signalfd_siginfo ignored;
    struct rusage used;
    int status;
    pid_t pid;
    while (read(s->children, &ignored, sizeof ignored) > 0) continue;
    while ((pid = wait4(-1, &status, WNOHANG, &used)) > 0)
        for (size_t i = 0; i < s->n; i++) {
            if (s->readers[i].pid != pid) continue;
            report(s, &s->readers[i], status, &used);
            s->readers[i] = s->readers[--s->n];
            break;
        }
}

/* Ends readers that wait for ever; returns how long the next one may still, in milliseconds, -1: none does. */
static int end_overdue(server *s)
{
    int64_t now = yq_monotonic_us(), next = INT64_MAX;
    for (size_t i = 0; i < s->n; i++) {
        reader *r = &s->readers[i];
        if (r->overdue) continue;
        if (r->deadline_us <= now) r->overdue = kill(r->pid, SIGKILL) == 0;
        else if (r->deadline_us < next) next = r->deadline_us;
    }
    return next == INT64_MAX ? -1 : (int)((next - now) / 1000) + 1;
}

/* ---------------------------------------------------------------- before the first request */

/* Nothing of the program it came from stays open. */
static void leave_the_program(int control)
{
    prctl(PR_SET_NAME, "yiqiao-cage");
    set_signals(SIG_IGN);
    setpriority(PRIO_PROCESS, 0, READING_NICE);
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3 && null >= 0; fd++) dup2(null, fd);
    if (control > 3) close_range(3, (unsigned)control - 1, 0);
    close_range((unsigned)control + 1, ~0u, 0);
}

static int by_byte(const void *a, const void *b)
{
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* iconv keeps a converter's module while a handle of it is open, the time zone is read once, sorting asks once
 * how much memory there is, HTML and XML fill tables on first use. */
static void warm_up(void)
{
    static const char *const encodings[] = { "GB18030", "BIG5-HKSCS", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "GBK", "GB2312", "UTF-16", "ISO-8859-1" };
    static const struct { const char *name, *bytes; } samples[] = {
        { "a.txt", "\xD4\xC6\xC9\xCF\xD2\xBD\xD4\xBA\xB0\xEC\xC2\xDB\xCC\xB3\xA1\xA3" },
        { "a.html", "<h1>雲上醫院</h1><p>論壇在雲上會堂舉行&mdash;著名。</p>" },
        { "a.csv", "姓名,单位\n周岚,云上医院\n" },
        { "a.json", "{\"text\":\"雲上\"}" },
        { "a.md", "# 云上\n\n- 甲\n" },
        { "a.docx", "PK" },
    };
    setenv("TZ", "UTC0", 1); /* a zone by name is looked up again and again */
    tzset();
    char letters[4096] = "ba";
    qsort(letters, sizeof letters, 1, by_byte);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) iconv_open("UTF-8", encodings[i]); /* and never closed */
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    yq_intake_limits limits = yq_intake_defaults();
    for (size_t i = 0; a && i < sizeof samples / sizeof *samples; i++) {
        yq_reading reading;
        yq_intake_parse(a, yq_cstr(samples[i].name), yq_cstr(samples[i].bytes), &limits, &reading, NULL);
        yq_arena_clear(a);
    }
    yq_arena_free(a);
}

static uint64_t mapped_bytes(void)
{
    unsigned long long pages = 0;
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes, and sets no limit */
    FILE *f = fopen("/proc/self/statm", "re");
    if (f && fscanf(f, "%llu", &pages) != 1) pages = 0;
    if (f) fclose(f);
#endif
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int watch_children(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

_Noreturn void yq_cage_serve(int control, yq_cage_work *work)
{
    static server s; /* this process is nothing else */
    leave_the_program(control);
    s = (server){ .control = control, .work = work, .children = watch_children(), .rights = yq_cage_rights_make(false), .helper_rights = yq_cage_rights_make(true) };
    find_helper(&s);
    warm_up();
    s.mapped = mapped_bytes();
    for (;;) {
        struct pollfd fds[] = { { s.children, POLLIN, 0 }, { s.n < MOST_READERS ? control : -1, POLLIN, 0 } };
        request q;
        int got = -1;
        if (poll(fds, 2, end_overdue(&s)) < 0 && errno != EINTR) _exit(1);
        if (fds[0].revents) collect(&s);
        if (fds[1].revents && (got = receive(&s, &q)) == 0) _exit(0); /* readers end with it */
        if (got > 0) start_reader(&s, &q);
    }
}
