/* What a reader may do, as one table, and what it is told when it does more.
 *
 * The list says what is allowed; all else is not. A reader has its document and its answer open and needs memory, nothing more: no path, no address, no
 * other process. Whatever a library opens lazily (converters of iconv) is opened by the small process beforehand.
 */
#include "intake/cage_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
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

enum {
    SEE_FILE = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE, SEE = SEE_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    ALL_OF_FILES = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1
};

static int rules_begin(void)
{
    struct landlock_ruleset_attr rules = { .handled_access_fs = ALL_OF_FILES };
    return (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
}

static void allow_below(int rules, const char *path, uint64_t access)
{
    struct stat st;
    int below = open(path, O_PATH | O_CLOEXEC);
    if (below < 0) return;
    if (fstat(below, &st) == 0 && !S_ISDIR(st.st_mode)) access &= SEE_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    struct landlock_path_beneath_attr rule = { .parent_fd = below, .allowed_access = access };
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(below);
}

static bool rules_end(int rules)
{
    bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return ok;
}

bool yq_cage_rights_look(const char *folder)
{
    const char *const seen[] = { "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/var/cache/fontconfig", folder };
    int rules = rules_begin();
    if (rules < 0) return false;
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) allow_below(rules, seen[i], SEE);
    return rules_end(rules);
}

/* ---------------------------------------------------------------- programs that were not written for this */

/* The folder of the program; that above it too when it is LibreOffice's "program", beside which its data lie. */
static void allow_program(int rules, const char *program)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", program);
    char *slash = strrchr(folder, '/');
    if (!slash || slash == folder) return;
    *slash = 0;
    char *last = strrchr(folder, '/');
    if (last && last != folder && !strcmp(last, "/program")) *last = 0;
    allow_below(rules, folder, SEE);
}

bool yq_cage_rights_write_only(const char *folder, const char *program)
{
    static const char *const seen[] = { "/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/libreoffice", "/etc/localtime", "/etc/nsswitch.conf", "/etc/passwd",
                                        "/etc/alternatives", "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice", "/etc/locale.alias", "/proc", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random" };
    int rules = rules_begin();
    if (rules < 0) return false;
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) allow_below(rules, seen[i], SEE);
    allow_below(rules, "/dev/null", SEE_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    allow_below(rules, folder, ALL_OF_FILES & ~(uint64_t)(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK));
    allow_program(rules, program);
    return rules_end(rules);
}

/* A list of what is forbidden: what LibreOffice needs is too much to list, and changes with each version. */
static const int forbidden_to_programs[] = {
    SCMP_SYS(connect),       SCMP_SYS(sendmsg),        SCMP_SYS(sendmmsg),
    SCMP_SYS(ptrace),        SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open),  SCMP_SYS(pidfd_getfd),    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(setsid),        SCMP_SYS(setpgid),        SCMP_SYS(mount),          SCMP_SYS(umount2),          SCMP_SYS(pivot_root),     SCMP_SYS(chroot),
    SCMP_SYS(unshare),       SCMP_SYS(setns),          SCMP_SYS(bpf),            SCMP_SYS(perf_event_open),  SCMP_SYS(userfaultfd),    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),        SCMP_SYS(add_key),        SCMP_SYS(request_key),    SCMP_SYS(open_by_handle_at), SCMP_SYS(kexec_load),    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),  SCMP_SYS(reboot),         SCMP_SYS(swapon),         SCMP_SYS(swapoff),          SCMP_SYS(acct),           SCMP_SYS(quotactl),
    SCMP_SYS(sethostname),   SCMP_SYS(settimeofday),   SCMP_SYS(clock_settime),  SCMP_SYS(personality),      SCMP_SYS(tkill),          SCMP_SYS(shmget),
    SCMP_SYS(msgget),        SCMP_SYS(semget),         SCMP_SYS(mq_open),        SCMP_SYS(tgkill),
};

/* With one argument other than this they are forbidden: signals and limits of other processes, sockets of any network, messages to an address. */
static const struct { int number; unsigned argument; uint64_t allowed; } allowed_with[] = {
    { SCMP_SYS(kill), 0, 0 }, { SCMP_SYS(prlimit64), 0, 0 }, { SCMP_SYS(socket), 0, AF_UNIX }, { SCMP_SYS(sendto), 4, 0 },
};

/* LibreOffice does not start without a local socket on which a second LibreOffice would call. It is told that it has it, and nothing is done. */
static const int pretended[] = { SCMP_SYS(bind), SCMP_SYS(listen) };

static scmp_filter_ctx describe_programs(void)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
    int failed = !ctx;
    for (size_t i = 0; !failed && i < sizeof forbidden_to_programs / sizeof *forbidden_to_programs; i++)
        if (forbidden_to_programs[i] >= 0) failed = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EACCES), forbidden_to_programs[i], 0);
    for (size_t i = 0; !failed && i < sizeof allowed_with / sizeof *allowed_with; i++)
        failed = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EACCES), allowed_with[i].number, 1, SCMP_CMP(allowed_with[i].argument, SCMP_CMP_NE, allowed_with[i].allowed));
    for (size_t i = 0; !failed && i < sizeof pretended / sizeof *pretended; i++) failed = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(0), pretended[i], 0);
    if (failed && ctx) seccomp_release(ctx);
    return failed ? NULL : ctx;
}

bool yq_cage_rights_drop_program(void)
{
    scmp_filter_ctx ctx = describe_programs();
    bool loaded = ctx && seccomp_load(ctx) == 0;
    if (ctx) seccomp_release(ctx);
    return loaded;
}
