/* Programs that somebody else wrote and installed, LibreOffice and tesseract, turn a document into one that is read here.
 *
 * They need what no reader may have: processes, threads, files to write. So this process stays outside and watches: it makes an empty folder, puts the
 * document in, starts the program so that it can write in that folder only, reach no network and no other process, waits as long as is allowed, takes
 * the one result, ends all that was started and removes the folder. What comes out is as foreign as what went in: it is read in the cage like any other.
 */
#include "intake/cage_internal.h"
#include "intake/foreign.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 512, MOST_ARGUMENTS = 16, WALK_DESCRIPTORS = 16, DESCRIPTORS = 512 };

typedef struct {
    const yq_convert_limits *limits;
    const yq_conversion *conversion; /* OFFICE */
    char folder[PATH_BYTES];
    int64_t deadline_us;
    bool told_to_end;
    int answer;
} work;

/* ---------------------------------------------------------------- the folder */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)kind, (void)where;
    remove(path);
    return 0;
}

static _Noreturn void leave(work *w, int status, const char *why)
{
    if (*w->folder) nftw(w->folder, remove_one, WALK_DESCRIPTORS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    if (why) dprintf(w->answer, "%s", why);
    _exit(status);
}

static bool copy_all(int from, int to, size_t most)
{
    char bytes[64 << 10];
    ssize_t n;
    while ((n = read(from, bytes, sizeof bytes)) > 0) {
        if ((size_t)n > most) return false;
        most -= (size_t)n;
        for (ssize_t done = 0, put; done < n; done += put)
            if ((put = write(to, bytes + done, (size_t)(n - done))) <= 0) return false;
    }
    return n == 0;
}

static void path_in(const work *w, const char *name, char out[PATH_BYTES * 2])
{
    snprintf(out, PATH_BYTES * 2, "%s/%s", w->folder, name);
}

static bool put_document(const work *w, const char *name, int document, size_t bytes)
{
    char path[PATH_BYTES * 2];
    path_in(w, name, path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && lseek(document, 0, SEEK_SET) == 0 && copy_all(document, fd, bytes);
    if (fd >= 0) ok &= close(fd) == 0;
    return ok;
}

/* Appends a result to the answer; only a plain file counts, and no link out of the folder. */
static bool take_result(const work *w, const char *name)
{
    char path[PATH_BYTES * 2];
    struct stat st;
    path_in(w, name, path);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool ok = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1 && copy_all(fd, w->answer, w->limits->result_bytes);
    if (fd >= 0) close(fd);
    return ok;
}

/* ---------------------------------------------------------------- starting a program */

/* The program of that name on the PATH, links resolved. */
static bool find_program(const char *name, char out[PATH_MAX])
{
    yq_str rest = yq_cstr(getenv("PATH") ? getenv("PATH") : "/usr/local/bin:/usr/bin:/bin"), folder;
    while (yq_split(&rest, ':', &folder)) {
        char path[PATH_MAX];
        if (!folder.n || folder.p[0] != '/' || snprintf(path, sizeof path, "%.*s/%s", YQ_FMT(folder), name) >= (int)sizeof path) continue;
        if (access(path, X_OK) == 0 && realpath(path, out)) return true;
    }
    return false;
}

static void set_limit(int which, rlim_t n)
{
    setrlimit(which, &(struct rlimit){ n, n });
}

static _Noreturn void be_program(const work *w, const char *program, char *const *arguments)
{
    char home[PATH_BYTES + 16], temporary[PATH_BYTES + 16];
    char *environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC0", "OMP_THREAD_LIMIT=1", "SAL_USE_VCLPLUGIN=svp", home, temporary, NULL };
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    snprintf(home, sizeof home, "HOME=%s", w->folder);
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", w->folder);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0); /* and never out of this group again: the filter forbids it */
    set_limit(RLIMIT_CPU, w->limits->seconds);
    set_limit(RLIMIT_FSIZE, w->limits->result_bytes * 4);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_NOFILE, DESCRIPTORS);
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes */
    set_limit(RLIMIT_AS, w->limits->address_space);
#endif
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; fd++) dup2(null, fd);
    close_range(3, ~0u, 0);
    if (chdir(w->folder) || !yq_cage_rights_write_only(w->folder, program) || !yq_cage_rights_drop_program()) _exit(YQ_HELPER_NO_CAGE);
    execve(program, arguments, environment);
    _exit(YQ_HELPER_MISSING);
}

/* Its exit status; -1: it ended badly or was ended. All that it started ends with it. */
static int run(work *w, const char *name, char *const *arguments)
{
    static const int watched[] = { SIGCHLD, SIGTERM };
    char program[PATH_MAX];
    sigset_t set;
    int status = -1;
    if (!find_program(name, program)) return YQ_HELPER_MISSING;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) sigaddset(&set, watched[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    pid_t pid = fork();
    if (pid < 0) return -1;
    if (pid == 0) be_program(w, program, arguments);
    setpgid(pid, pid); /* here too, whoever comes first */
    for (pid_t ended = 0; ended != pid && !w->told_to_end;) {
        int64_t left = w->deadline_us - yq_monotonic_us();
        if (left <= 0) break;
        struct timespec wait = { left / 1000000, left % 1000000 * 1000 };
        w->told_to_end = sigtimedwait(&set, NULL, &wait) == SIGTERM;
        ended = waitpid(pid, &status, WNOHANG);
        if (ended != pid) status = -1;
    }
    kill(-pid, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) continue;
    return status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool out_of_time(const work *w)
{
    return yq_monotonic_us() >= w->deadline_us;
}

/* ---------------------------------------------------------------- Office files */

static _Noreturn void convert_office(work *w, int document, size_t bytes)
{
    char in[32], out[32], profile[PATH_BYTES + 64];
    const yq_conversion *c = w->conversion;
    snprintf(in, sizeof in, "in.%s", c->opened);
    snprintf(out, sizeof out, "out/in.%s", c->becomes);
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", w->folder);
    char *arguments[] = { "soffice", profile, "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--convert-to", (char *)c->becomes,
                          "--outdir", "out", in, NULL };
    if (!put_document(w, in, document, bytes)) leave(w, YQ_HELPER_REFUSED, "there is no room in the temporary folder to convert the file");
    int status = run(w, "soffice", arguments);
    if (status == YQ_HELPER_MISSING || status == YQ_HELPER_NO_CAGE) leave(w, status, NULL);
    if (out_of_time(w)) leave(w, YQ_HELPER_OVERDUE, NULL);
    if (take_result(w, out)) leave(w, YQ_HELPER_DONE, NULL);
    leave(w, YQ_HELPER_FAILED, NULL);
}

/* ---------------------------------------------------------------- scanned pages */

static bool recognise_page(work *w, unsigned number, unsigned digits, int *status)
{
    char page[32], text[40], base[32];
    snprintf(base, sizeof base, "page-%0*u", (int)digits, number);
    snprintf(page, sizeof page, "%s.png", base);
    snprintf(text, sizeof text, "%s.txt", base);
    char path[PATH_BYTES * 2];
    path_in(w, page, path);
    if (access(path, R_OK)) return false;
    char *arguments[] = { "tesseract", page, base, "-l", "chi_sim+eng", NULL };
    *status = run(w, "tesseract", arguments);
    if (!*status && take_result(w, text)) dprintf(w->answer, "\n");
    return !*status;
}

/* pdftoppm writes as many digits as the number of the last page has. */
static _Noreturn void recognise(work *w, int document, size_t bytes)
{
    char most[16], found[PATH_MAX];
    snprintf(most, sizeof most, "%u", w->limits->pages);
    char *arguments[] = { "pdftoppm", "-r", "200", "-gray", "-png", "-l", most, "in.pdf", "page", NULL };
    if (!find_program("tesseract", found)) leave(w, YQ_HELPER_MISSING, NULL);
    if (!put_document(w, "in.pdf", document, bytes)) leave(w, YQ_HELPER_REFUSED, "there is no room in the temporary folder to recognise the pages");
    int status = run(w, "pdftoppm", arguments);
    if (status == YQ_HELPER_MISSING || status == YQ_HELPER_NO_CAGE) leave(w, status, NULL);
    for (unsigned digits = 1; !status && digits <= 4; digits++)
        for (unsigned number = 1; number <= w->limits->pages && recognise_page(w, number, digits, &status); number++) continue;
    if (out_of_time(w)) leave(w, YQ_HELPER_OVERDUE, NULL);
    leave(w, status ? YQ_HELPER_FAILED : YQ_HELPER_DONE, NULL);
}

_Noreturn void yq_cage_convert(yq_convert_way way, yq_str name, int document, size_t bytes, int answer)
{
    work w = { .limits = yq_convert_limits_of(way), .conversion = yq_conversion_of(name), .answer = answer };
    const char *parent = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    w.deadline_us = yq_monotonic_us() + (int64_t)w.limits->seconds * 1000000;
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* with time to end what was started */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (snprintf(w.folder, sizeof w.folder, "%s/yiqiao-XXXXXX", parent) >= (int)sizeof w.folder || !mkdtemp(w.folder)) {
        w.folder[0] = 0;
        leave(&w, YQ_HELPER_REFUSED, "no temporary folder can be made to convert the file; set TMPDIR to a folder with room");
    }
    if (way == YQ_CONVERT_OFFICE && w.conversion) convert_office(&w, document, bytes);
    if (way == YQ_CONVERT_SCAN) recognise(&w, document, bytes);
    leave(&w, YQ_HELPER_FAILED, NULL);
}
