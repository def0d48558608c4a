/* What a reader may do, as one table, and what it is told when it does more.
 *
 * The list says what is allowed; all else is not. A reader has its document and its answer open and needs memory, nothing more: no path, no address, no
 * other process. Whatever a library opens lazily (converters of iconv) is opened by the small process beforehand.
 */
#include "intake/cage_internal.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(write),         SCMP_SYS(pread64),        SCMP_SYS(pwrite64),      SCMP_SYS(lseek),      SCMP_SYS(writev),
    SCMP_SYS(brk),           SCMP_SYS(munmap),        SCMP_SYS(mremap),         SCMP_SYS(madvise),       SCMP_SYS(futex),      SCMP_SYS(exit),
    SCMP_SYS(exit_group),    SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),  SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(gettimeofday),  SCMP_SYS(time),           SCMP_SYS(sched_yield),   SCMP_SYS(sigaltstack), SCMP_SYS(clock_getres),
    SCMP_SYS(restart_syscall), SCMP_SYS(getrusage),
};

/* Memory may be mapped, but never made executable. */
static const int allowed_without_exec[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };

/* What starting a program and reading fonts needs more. Files are opened to read only. */
static const int allowed_to_helpers[] = {
    SCMP_SYS(execve),        SCMP_SYS(close),           SCMP_SYS(fstat),           SCMP_SYS(newfstatat),  SCMP_SYS(stat),       SCMP_SYS(lstat),
    SCMP_SYS(access),        SCMP_SYS(faccessat),       SCMP_SYS(faccessat2),      SCMP_SYS(readlink),    SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),        SCMP_SYS(fcntl),           SCMP_SYS(arch_prctl),      SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
    SCMP_SYS(prlimit64),     SCMP_SYS(uname),           SCMP_SYS(sysinfo),         SCMP_SYS(getuid),      SCMP_SYS(geteuid),    SCMP_SYS(getgid),
    SCMP_SYS(getegid),       SCMP_SYS(statfs),          SCMP_SYS(fstatfs),         SCMP_SYS(rt_sigaction), SCMP_SYS(fadvise64), SCMP_SYS(mmap),
    SCMP_SYS(mprotect),      SCMP_SYS(sched_getaffinity), SCMP_SYS(statx),
};
static const int opens[] = { SCMP_SYS(open), SCMP_SYS(openat) };

static const struct { int number; const char *what; } attempts[] = {
    { SCMP_SYS(open), "open a file" },                  { SCMP_SYS(openat), "open a file" },            { SCMP_SYS(creat), "open a file" },
    { SCMP_SYS(openat2), "open a file" },               { SCMP_SYS(stat), "look for a file" },          { SCMP_SYS(lstat), "look for a file" },
    { SCMP_SYS(newfstatat), "look for a file" },        { SCMP_SYS(access), "look for a file" },        { SCMP_SYS(faccessat), "look for a file" },
    { SCMP_SYS(readlink), "look for a file" },          { SCMP_SYS(unlink), "change files" },           { SCMP_SYS(rename), "change files" },
    { SCMP_SYS(unlinkat), "change files" },             { SCMP_SYS(mkdir), "change files" },            { SCMP_SYS(socket), "reach the network" },
    { SCMP_SYS(socketpair), "reach the network" },      { SCMP_SYS(connect), "reach the network" },     { SCMP_SYS(sendto), "reach the network" },
    { SCMP_SYS(execve), "start a program" },            { SCMP_SYS(execveat), "start a program" },      { SCMP_SYS(fork), "start a process" },
    { SCMP_SYS(vfork), "start a process" },             { SCMP_SYS(clone), "start a process" },         { SCMP_SYS(clone3), "start a process" },
    { SCMP_SYS(ptrace), "reach into another process" }, { SCMP_SYS(kill), "reach into another process" },
    { SCMP_SYS(process_vm_readv), "reach into another process" }, { SCMP_SYS(tgkill), "reach into another process" },
    { SCMP_SYS(mmap), "make data executable" },         { SCMP_SYS(mprotect), "make data executable" },
};

struct yq_cage_rights {
    struct sock_fprog program;
};

const char *yq_cage_attempt(uint32_t number)
{
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        if (attempts[i].number >= 0 && (uint32_t)attempts[i].number == number) return attempts[i].what;
    return "use the system in an unknown way";
}

static int allow_helper(scmp_filter_ctx ctx)
{
    int failed = 0;
    for (size_t i = 0; !failed && i < sizeof allowed_to_helpers / sizeof *allowed_to_helpers; i++)
        if (allowed_to_helpers[i] >= 0) failed = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed_to_helpers[i], 0);
    for (unsigned i = 0; !failed && i < sizeof opens / sizeof *opens; i++)
        if (opens[i] >= 0)
            failed = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, opens[i], 1, SCMP_CMP(1 + i, SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY));
    return failed;
}

static scmp_filter_ctx describe(bool helper)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_TRAP);
    int failed = !ctx;
    for (size_t i = 0; !failed && i < sizeof allowed / sizeof *allowed; i++)
        if (allowed[i] >= 0) failed = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i], 0);
    if (!failed && helper) failed = allow_helper(ctx);
    for (size_t i = 0; !failed && !helper && i < sizeof allowed_without_exec / sizeof *allowed_without_exec; i++)
        failed = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed_without_exec[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (failed && ctx) seccomp_release(ctx);
    return failed ? NULL : ctx;
}

/* libseccomp writes the compiled filter to a descriptor; it is kept in memory. */
static bool compile(scmp_filter_ctx ctx, struct sock_fprog *out)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    bool ok = fd >= 0 && seccomp_export_bpf(ctx, fd) == 0;
    off_t n = ok ? lseek(fd, 0, SEEK_END) : 0;
    if (n > 0 && (out->filter = malloc((size_t)n))) {
        ok = pread(fd, out->filter, (size_t)n, 0) == n;
        out->len = (unsigned short)((size_t)n / sizeof *out->filter);
    } else ok = false;
    if (fd >= 0) close(fd);
    return ok;
}

yq_cage_rights *yq_cage_rights_make(bool helper)
{
    yq_cage_rights *r = calloc(1, sizeof *r);
    scmp_filter_ctx ctx = describe(helper);
    bool ok = r && ctx && compile(ctx, &r->program);
    if (ctx) seccomp_release(ctx);
    return ok ? r : NULL; /* for the life of the process */
}

/* abort() sends a signal to its own process: that is a crash, not an attempt. */
static bool own_abort(const siginfo_t *info, const ucontext_t *context)
{
#if defined __x86_64__
    return info->si_syscall == SYS_tgkill && context->uc_mcontext.gregs[REG_RDI] == getpid() && context->uc_mcontext.gregs[REG_RDX] == SIGABRT;
#elif defined __aarch64__
    return info->si_syscall == SYS_tgkill && (pid_t)context->uc_mcontext.regs[0] == getpid() && context->uc_mcontext.regs[2] == SIGABRT;
#else
    (void)info, (void)context;
    return false;
#endif
}

static void on_forbidden(int signal_number, siginfo_t *info, void *context)
{
    yq_cage_head head = { .outcome = YQ_CAGE_FORBIDDEN, .code = (uint32_t)info->si_syscall };
    (void)signal_number;
    if (own_abort(info, context)) _exit(128 + SIGABRT);
    ssize_t n = pwrite(YQ_CAGE_ANSWER_FD, &head, sizeof head, 0);
    _exit(n == sizeof head ? 0 : 1);
}

bool yq_cage_rights_drop(const yq_cage_rights *r)
{
    struct sigaction action = { .sa_sigaction = on_forbidden, .sa_flags = SA_SIGINFO };
    return sigaction(SIGSYS, &action, NULL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &r->program) == 0;
}

/* ---------------------------------------------------------------- which files a helper sees */

bool yq_cage_rights_look(const char *folder)
{
    const char *const seen[] = { "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/var/cache/fontconfig", folder };
    enum { READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE, ALL = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
    struct landlock_ruleset_attr rules = { .handled_access_fs = ALL };
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (fd < 0) return false;
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        int below = open(seen[i], O_PATH | O_CLOEXEC);
        bool file = i == 3;
        struct landlock_path_beneath_attr rule = { .parent_fd = below, .allowed_access = READ | (file ? 0 : LANDLOCK_ACCESS_FS_READ_DIR) };
        if (below < 0) continue;
        syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(below);
    }
    bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    close(fd);
    return ok;
}
