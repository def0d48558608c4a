/* The caller's side of the cage: hands a document over, waits, and turns what came of it into a reading or a reason.
 *
 * The small process is the one thing of the whole program that is kept in a global place: it must be there before any thread, and there is one.
 */
#include "intake/cage_internal.h"
#include "intake/internal.h"
#include "intake/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/single_threaded.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEGABYTE = 1 << 20, CPU_SLACK_MS = 100 };

static struct {
    pthread_mutex_t lock; /* over starting and stopping; requests need none */
    int control;          /* -1: not started */
    pid_t pid;
    yq_cage_work *work;
} cage = { PTHREAD_MUTEX_INITIALIZER, -1, 0, yq_intake_parse };

/* ---------------------------------------------------------------- starting and stopping */

static yq_code start_locked(yq_err *err)
{
    int ends[2];
    if (!__libc_single_threaded) return yq_fail(err, YQ_IO, 0, "the process that reads documents is not there and cannot be started beside threads; start the program again");
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) return yq_fail(err, YQ_IO, 0, "no socket for the process that reads documents");
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        yq_cage_serve(ends[1], cage.work);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return yq_fail(err, YQ_IO, 0, "the process that reads documents cannot be started: the system has no room for it");
    }
    cage.control = ends[0];
    cage.pid = pid;
    return YQ_OK;
}

yq_code yq_cage_start(yq_cage_work *work, yq_err *err)
{
    pthread_mutex_lock(&cage.lock);
    yq_code rc = YQ_OK;
    if (cage.control < 0) {
        cage.work = work ? work : yq_intake_parse;
        rc = start_locked(err);
    }
    pthread_mutex_unlock(&cage.lock);
    return rc;
}

void yq_cage_stop(void)
{
    pthread_mutex_lock(&cage.lock);
    if (cage.control >= 0) {
        close(cage.control);
        while (waitpid(cage.pid, NULL, 0) < 0 && errno == EINTR) continue;
    }
    cage.control = -1;
    pthread_mutex_unlock(&cage.lock);
}

/* The socket of the running process; started when it was not. */
static yq_code reach(int *control, yq_err *err)
{
    pthread_mutex_lock(&cage.lock);
    yq_code rc = cage.control >= 0 ? YQ_OK : start_locked(err);
    *control = cage.control;
    pthread_mutex_unlock(&cage.lock);
    return rc;
}

/* ---------------------------------------------------------------- asking */

typedef struct {
    int document, answer, report, reports; /* reports: the end that the small process writes */
} channels;

static void close_channels(channels *c)
{
    const int fds[] = { c->document, c->answer, c->report, c->reports };
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0) close(fds[i]);
}

bool yq_cage_write(int fd, yq_str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes = yq_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

static bool open_channels(channels *c, yq_str bytes)
{
    int ends[2];
    *c = (channels){ memfd_create("document", MFD_CLOEXEC), memfd_create("answer", MFD_CLOEXEC), -1, -1 };
    if (c->document < 0 || c->answer < 0 || pipe2(ends, O_CLOEXEC)) return false;
    c->report = ends[0];
    c->reports = ends[1];
    return yq_cage_write(c->document, bytes);
}

yq_str yq_cage_name(yq_str name)
{
    return name.n > YQ_CAGE_NAME_BYTES ? yq_sub(name, name.n - YQ_CAGE_NAME_BYTES, name.n) : name;
}

bool yq_cage_send(int control, const int *fds, size_t count, yq_str name, size_t bytes, const yq_intake_limits *limits, yq_cage_step step)
{
    union { struct cmsghdr align; char bytes[CMSG_SPACE(YQ_CAGE_DESCRIPTORS * sizeof *fds)]; } space = { 0 };
    name = yq_cage_name(name);
    yq_cage_request head = { .limits = *limits, .bytes = bytes, .name = (uint32_t)name.n, .step = step };
    struct iovec parts[] = { { &head, sizeof head }, { (char *)name.p, name.n } };
    struct msghdr m = { .msg_iov = parts, .msg_iovlen = 2, .msg_control = space.bytes, .msg_controllen = CMSG_SPACE(count * sizeof *fds) };
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    h->cmsg_len = CMSG_LEN(count * sizeof *fds);
    memcpy(CMSG_DATA(h), fds, count * sizeof *fds);
    ssize_t n;
    while ((n = sendmsg(control, &m, MSG_NOSIGNAL)) < 0 && errno == EINTR) continue;
    return n > 0;
}

static bool wait_report(channels *c, yq_cage_report *out)
{
    ssize_t n;
    close(c->reports); /* so that the end of the small process is seen */
    c->reports = -1;
    while ((n = read(c->report, out, sizeof *out)) < 0 && errno == EINTR) continue;
    return n == sizeof *out;
}

/* ---------------------------------------------------------------- judging */

/* A reader that ended badly, in words for whoever gave the file. */
static yq_code ended_badly(const yq_cage_report *r, const yq_intake_limits *l, yq_err *err)
{
    int signal_number = WIFSIGNALED(r->status) ? WTERMSIG(r->status) : WEXITSTATUS(r->status) > 128 ? WEXITSTATUS(r->status) - 128 : 0;
    bool timed = signal_number == SIGXCPU || (signal_number == SIGKILL && r->cpu_ms + CPU_SLACK_MS >= l->cpu_seconds * 1000u);
    if (timed || r->overdue) return yq_fail(err, YQ_INVALID, 0, "the reader needs more than %u s for this file; split it or save it in a simpler format", l->cpu_seconds);
    if (r->peak_bytes > l->address_space / 4 * 3 || (signal_number == SIGKILL && !r->overdue))
        return yq_fail(err, YQ_INVALID, 0, "the reader needs more than %zu MB of memory for this file; split it", l->address_space / MEGABYTE);
    if (signal_number == SIGXFSZ) return yq_fail(err, YQ_INVALID, 0, "the file gives more text than %zu MB; split it", l->memory / MEGABYTE);
    if (signal_number == SIGSYS) return yq_fail(err, YQ_INVALID, 0, "the reader tried what no reader may; the file is refused");
    return yq_fail(err, YQ_INVALID, 0, "the reader crashed on this file (%s); save it in another format", signal_number ? sigdescr_np(signal_number) : "it gave up");
}

/* A reader's own words: from inside the cage, so they are made harmless first. */
static yq_code refused_inside(const yq_cage_head *h, yq_err *err)
{
    char msg[sizeof h->msg];
    memcpy(msg, h->msg, sizeof msg);
    msg[sizeof msg - 1] = 0;
    for (char *p = msg; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = ' ';
    bool known = h->code == YQ_INVALID || h->code == YQ_NOMEM;
    bool readable = yq_utf8_valid(yq_cstr(msg), NULL);
    return yq_fail(err, known ? (yq_code)h->code : YQ_INVALID, h->at, "%s", readable ? msg : "the reader refused the file");
}

static yq_code judge_answer(yq_arena *a, yq_str answer, const yq_cage_report *r, const yq_intake_limits *l, yq_reading *out, yq_err *err)
{
    yq_cage_head head = { 0 };
    if (answer.n >= sizeof head) memcpy(&head, answer.p, sizeof head);
    bool ended_well = WIFEXITED(r->status) && WEXITSTATUS(r->status) == 0;
    if (ended_well && head.outcome == YQ_CAGE_READING) return yq_wire_read(a, yq_sub(answer, sizeof head, answer.n), l, out, err);
    if (ended_well && head.outcome == YQ_CAGE_REFUSAL) return refused_inside(&head, err);
    if (ended_well && head.outcome == YQ_CAGE_FORBIDDEN)
        return yq_fail(err, YQ_INVALID, 0, "the reader tried to %s, which no reader may; the file is refused", yq_cage_attempt(head.code));
    return ended_badly(r, l, err);
}

/* Whoever takes what came back: a reading, or text of a helper. */
typedef yq_code taker(yq_arena *a, yq_str answer, const yq_cage_report *r, const yq_intake_limits *l, void *out, yq_err *err);

static yq_code take_reading(yq_arena *a, yq_str answer, const yq_cage_report *r, const yq_intake_limits *l, void *out, yq_err *err)
{
    return judge_answer(a, answer, r, l, out, err);
}

typedef struct {
    yq_arena *arena;
    yq_str from, *to;
} copying;

static yq_code copy_text(void *arg, yq_err *err)
{
    copying *c = arg;
    (void)err;
    *c->to = yq_dup(c->arena, c->from);
    return YQ_OK;
}

static yq_code take_text(yq_arena *a, yq_str answer, const yq_cage_report *r, const yq_intake_limits *l, void *out, yq_err *err)
{
    copying c = { a, answer, out };
    yq_cage_head why = { .code = YQ_INVALID };
    int status = WIFEXITED(r->status) ? WEXITSTATUS(r->status) : -1;
    if (status == YQ_HELPER_DONE && answer.n) return yq_arena_run(a, copy_text, &c, err);
    if (status == YQ_HELPER_MISSING) return yq_fail(err, YQ_INVALID, 0, "PDF needs the program yiqiao-pdf beside yiqiao; save the file as text or HTML");
    if (status == YQ_HELPER_SCANNED) return YQ_NOTFOUND; /* pictures of pages: another program is asked */
    if (status != YQ_HELPER_REFUSED || !answer.n) return ended_badly(r, l, err);
    memcpy(why.msg, answer.p, answer.n < sizeof why.msg ? answer.n : sizeof why.msg - 1);
    return refused_inside(&why, err);
}

/* Where the result of a conversion goes, and what its failure is called. */
typedef struct {
    yq_convert_way way;
    const char *what, *instead;
    yq_str *to;
} conversion;

static yq_code take_converted(yq_arena *a, yq_str answer, const yq_cage_report *r, const yq_intake_limits *l, void *out, yq_err *err)
{
    const conversion *c = out;
    const yq_convert_limits *may = yq_convert_limits_of(c->way);
    copying copy = { a, answer, c->to };
    switch (WIFEXITED(r->status) ? WEXITSTATUS(r->status) : -1) {
    case YQ_HELPER_DONE: return !yq_blank(answer) ? yq_arena_run(a, copy_text, &copy, err) : yq_fail(err, YQ_INVALID, 0, "%s found no text in %s; %s", may->program, c->what, c->instead);
    case YQ_HELPER_MISSING: return yq_fail(err, YQ_INVALID, 0, "%s needs %s: install %s, or %s", c->what, may->program, may->packages, c->instead);
    case YQ_HELPER_OVERDUE: return yq_fail(err, YQ_INVALID, 0, "%s needs more than %u s for %s; %s", may->program, may->seconds, c->what, c->instead);
    case YQ_HELPER_NO_CAGE: return yq_fail(err, YQ_INVALID, 0, "this system cannot keep %s apart (Landlock, Linux 5.13, is missing); %s", may->program, c->instead);
    case YQ_HELPER_REFUSED: return take_text(a, answer, r, l, c->to, err);
    default: return yq_fail(err, YQ_INVALID, 0, "%s could not read %s: damaged, or protected by a password; %s", may->program, c->what, c->instead);
    }
}

static yq_code judge(yq_arena *a, int answer, const yq_cage_report *r, const yq_intake_limits *l, taker *take, void *out, yq_err *err)
{
    struct stat st;
    if (fstat(answer, &st)) return yq_fail(err, YQ_IO, 0, "the reader's answer is lost");
    size_t n = (size_t)st.st_size;
    char *bytes = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, answer, 0) : NULL;
    if (bytes == MAP_FAILED) return yq_fail(err, YQ_NOMEM, 0, "no memory for the reader's answer");
    yq_code rc = take(a, (yq_str){ bytes, n }, r, l, out, err);
    if (bytes) munmap(bytes, n);
    return rc;
}

yq_code yq_cage_judge(yq_arena *a, int answer, const yq_cage_report *report, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    return judge(a, answer, report, limits, take_reading, out, err);
}

/* ---------------------------------------------------------------- the whole */

static yq_code ask(yq_arena *a, int control, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_cage_step step, void *out, yq_err *err)
{
    static taker *const takers[] = { [YQ_CAGE_READ] = take_reading, [YQ_CAGE_PDF] = take_text, [YQ_CAGE_OFFICE] = take_converted, [YQ_CAGE_SCAN] = take_converted };
    channels c;
    yq_cage_report report;
    yq_code rc;
    if (!open_channels(&c, bytes)) rc = yq_fail(err, YQ_NOMEM, 0, "no memory to hand the file to its reader");
    else if (!yq_cage_send(control, (const int[]){ c.document, c.answer, c.reports }, 3, name, bytes.n, limits, step)) rc = yq_fail(err, YQ_IO, 0, "the process that reads documents has ended; start the program again");
    else if (!wait_report(&c, &report)) rc = yq_fail(err, YQ_IO, 0, "this system cannot keep readers apart (no seccomp, or no room for a process); documents are not read without");
    else rc = judge(a, c.answer, &report, limits, takers[step], out, err);
    close_channels(&c);
    return rc;
}

static yq_code convert(yq_arena *a, int control, yq_str name, yq_str bytes, const yq_intake_limits *limits, conversion *c, yq_err *err)
{
    yq_intake_limits longer = *limits;
    longer.cpu_seconds = yq_convert_limits_of(c->way)->seconds; /* the small process ends what lasts several times as long */
    return ask(a, control, name, bytes, &longer, c->way == YQ_CONVERT_OFFICE ? YQ_CAGE_OFFICE : YQ_CAGE_SCAN, c, err);
}

static yq_code read_pdf(yq_arena *a, int control, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_str *text, yq_err *err)
{
    yq_code rc = ask(a, control, name, bytes, limits, YQ_CAGE_PDF, text, err);
    conversion c = { YQ_CONVERT_SCAN, "a scan (a PDF of pictures without text)", "run text recognition over it first", text };
    return rc == YQ_NOTFOUND ? convert(a, control, name, bytes, limits, &c, err) : rc;
}

static yq_code read_converted(yq_arena *a, int control, const yq_conversion *known, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    char instead[32], under[32];
    yq_str result;
    conversion c = { YQ_CONVERT_OFFICE, known->what, instead, &result };
    snprintf(instead, sizeof instead, "save it as .%s", known->becomes);
    snprintf(under, sizeof under, "document.%s", known->becomes);
    yq_code rc = convert(a, control, name, bytes, limits, &c, err);
    if (!rc) rc = ask(a, control, yq_cstr(under), result, limits, YQ_CAGE_READ, out, err);
    if (!rc) out->format = known->extension;
    return rc;
}

typedef struct {
    int control;
    yq_cage_series *series; /* NULL: none */
} asking;

/* One file, or one part of one. */
static yq_code read_one(void *arg, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    const asking *by = arg;
    yq_str text = bytes;
    const yq_conversion *known = yq_conversion_of(name);
    yq_code rc = yq_intake_check(name, bytes, limits, err);
    if (rc) return rc;
    if (known && !yq_conversion_unneeded(known, bytes)) return read_converted(a, by->control, known, name, bytes, limits, out, err);
    if (by->series && yq_intake_is_own(name) && yq_cage_series_read(by->series, by->control, a, name, bytes, limits, out)) return YQ_OK;
    if (yq_intake_needs_helper(name)) rc = read_pdf(a, by->control, name, bytes, limits, &text, err);
    return rc ? rc : ask(a, by->control, name, text, limits, YQ_CAGE_READ, out, err);
}

yq_code yq_cage_read_next(yq_cage_series *s, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    yq_intake_limits defaults = yq_intake_defaults();
    asking by = { .series = s };
    *out = (yq_reading){ 0 };
    if (!limits) limits = &defaults;
    yq_code rc = yq_intake_check(name, bytes, limits, err);
    if (!rc) rc = reach(&by.control, err);
    if (!rc) rc = read_one(&by, a, name, bytes, limits, out, err);
    if (!rc) rc = yq_parts_join(a, limits, bytes.n, read_one, &by, out, err);
    return rc ? rc : yq_intake_derive(a, name, bytes, out, err);
}

yq_code yq_cage_read(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    return yq_cage_read_next(NULL, a, name, bytes, limits, out, err);
}
