/* Several documents by one reader, for the formats that nothing but this program's own code reads.
 *
 * A process costs more than reading a page. So the reader of a series stays, and each document is a turn: new contents in the same memory file, a new
 * arena, an answer that begins empty. What it may use is measured from here, turn by turn: the processor time by the process's clock, so that a
 * reader cannot lengthen it. Only readings are taken from a series. With anything else the process is ended and the caller asks for a
 * process of the document's own, so that no document is refused for what stood before it.
 */
#include "intake/cage_internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_WAITING = 20 }; /* times its processor time may pass: a busy machine is no reason */

struct yq_cage_series {
    bool running;
    yq_intake_limits limits;  /* that it was started with */
    int document, answer, turns, report;
    int process;              /* a descriptor: a number may be another process's one day */
    clockid_t clock;          /* of the process */
    unsigned read;
};

yq_cage_series *yq_cage_series_new(void)
{
    return calloc(1, sizeof(yq_cage_series));
}

static void close_all(const int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0) close(fds[i]);
}

static void end(yq_cage_series *s)
{
    const int fds[] = { s->document, s->answer, s->turns, s->report, s->process };
    if (s->running) pidfd_send_signal(s->process, SIGKILL, NULL, 0);
    if (s->running) close_all(fds, sizeof fds / sizeof *fds);
    s->running = false;
}

void yq_cage_series_free(yq_cage_series *s)
{
    if (s) end(s);
    free(s);
}

/* ---------------------------------------------------------------- starting */

/* The small process tells which process it started, or nothing. */
static bool meet(yq_cage_series *s)
{
    yq_cage_report r;
    ssize_t n;
    while ((n = read(s->report, &r, sizeof r)) < 0 && errno == EINTR) continue;
    if (n != sizeof r || !r.started || clock_getcpuclockid(r.started, &s->clock)) return false;
    s->process = pidfd_open(r.started, 0);
    return s->process >= 0;
}

static bool start(yq_cage_series *s, int control, const yq_intake_limits *limits)
{
    int turns[2] = { -1, -1 }, report[2] = { -1, -1 };
    s->document = memfd_create("document", MFD_CLOEXEC);
    s->answer = memfd_create("answer", MFD_CLOEXEC);
    s->process = -1;
    bool ok = s->document >= 0 && s->answer >= 0 && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, turns) == 0 && pipe2(report, O_CLOEXEC) == 0;
    ok = ok && yq_cage_send(control, (const int[]){ s->document, s->answer, report[1], turns[1] }, YQ_CAGE_DESCRIPTORS, YQ_S(""), 0, limits, YQ_CAGE_SERIES);
    close_all((const int[]){ turns[1], report[1] }, 2); /* so that the other's end is seen */
    s->turns = turns[0], s->report = report[0], s->limits = *limits, s->read = 0;
    if (ok && meet(s)) return s->running = true;
    close_all((const int[]){ s->document, s->answer, s->turns, s->report, s->process }, 5);
    return false;
}

/* ---------------------------------------------------------------- one turn */

static bool take_turn(const yq_cage_series *s, yq_str name, yq_str bytes)
{
    yq_cage_turn turn = { .bytes = bytes.n };
    name = yq_cage_name(name);
    turn.name = (uint32_t)name.n;
    memcpy(turn.name_bytes, name.p, name.n);
    bool ready = ftruncate(s->document, 0) == 0 && ftruncate(s->answer, 0) == 0 && lseek(s->document, 0, SEEK_SET) == 0 && yq_cage_write(s->document, bytes);
    return ready && send(s->turns, &turn, sizeof turn, MSG_NOSIGNAL) == sizeof turn;
}

static int64_t computed_ms(const yq_cage_series *s, int64_t otherwise)
{
    struct timespec t;
    return clock_gettime(s->clock, &t) ? otherwise : (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0: it ended, or took too long. */
static char wait_done(const yq_cage_series *s, int64_t begun_ms)
{
    int64_t last_us = yq_monotonic_us() + (int64_t)YQ_SERIES_MS * 1000 * MOST_WAITING;
    for (;;) {
        struct pollfd fd = { s->turns, POLLIN, 0 };
        int64_t left = YQ_SERIES_MS - (computed_ms(s, begun_ms) - begun_ms);
        char done = 0;
        if (left <= 0 || yq_monotonic_us() > last_us) return 0;
        int n = poll(&fd, 1, (int)left + 1);
        if (n < 0 && errno != EINTR) return 0;
        if (n > 0) return read(s->turns, &done, 1) == 1 ? done : 0;
    }
}

/* Field by field: between the fields lie bytes that nobody sets. */
static bool same_limits(const yq_intake_limits *a, const yq_intake_limits *b)
{
    return a->file_bytes == b->file_bytes && a->memory == b->memory && a->depth == b->depth && a->table_cells == b->table_cells &&
           a->text_bytes == b->text_bytes && a->address_space == b->address_space && a->cpu_seconds == b->cpu_seconds && a->parts == b->parts &&
           a->parts_bytes == b->parts_bytes && a->parts_depth == b->parts_depth && a->parts_seconds == b->parts_seconds;
}

bool yq_cage_series_read(yq_cage_series *s, int control, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out)
{
    static const yq_cage_report ended_well;
    if (bytes.n > YQ_SERIES_BYTES) return false;
    if (s->running && (s->read >= YQ_SERIES_DOCUMENTS || !same_limits(&s->limits, limits))) end(s);
    if (!s->running && !start(s, control, limits)) return false;
    s->read++;
    int64_t begun = computed_ms(s, 0);
    char done = take_turn(s, name, bytes) ? wait_done(s, begun) : 0;
    bool read = done && yq_cage_judge(a, s->answer, &ended_well, limits, out, NULL) == YQ_OK;
    if (!read || done != YQ_CAGE_TAKES_MORE) end(s);
    if (!read) *out = (yq_reading){ 0 };
    return read;
}
