/* Every input that once broke something is fed again, and the cases too: without a fuzzer, by any compiler, each in a process of its own that may not
 * take long.
 *
 *   test-fuzz-kept                  all files of tests/fuzz/kept/TARGET/
 *   test-fuzz-kept TARGET FILE…     those
 *   test-fuzz-kept --list           "TARGET BYTES" a line
 */
#include "check.h"
#include "targets.h"

#include <dirent.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 20, LARGEST = 1 << 24 };

static void feed_file(const fuzz_target *t, const char *path)
{
    char *bytes;
    size_t n;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(SECONDS);
        if (yq_file_read(path, LARGEST, &bytes, &n, NULL)) _exit(3);
        fuzz_feed(t, bytes, n);
        _exit(0);
    }
    int status = -1;
    waitpid(pid, &status, 0);
    CHECK(path, status == 0);
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static void feed_folder(const fuzz_target *t)
{
    char folder[512], path[1024];
    struct dirent **names;
    snprintf(folder, sizeof folder, KEPT_FOLDER "/%s", t->name);
    int n = scandir(folder, &names, visible, alphasort);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        feed_file(t, path);
        free(names[i]);
    }
    if (n >= 0) free(names);
}

/* A target that sees nothing would pass everything. */
static void feed_nothing(const fuzz_target *t)
{
    fuzz_feed(t, "", 0);
    CHECK(t->name, fuzz_target_of(t->name) == t);
}

static int list(void)
{
    for (size_t i = 0; i < fuzz_target_count; i++) printf("%s %zu\n", fuzz_targets[i].name, fuzz_targets[i].most);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--list")) return list();
    const fuzz_target *one = argc > 1 ? fuzz_target_of(argv[1]) : NULL;
    CHECK("a target of that name", argc == 1 || one);
    for (int i = 2; one && i < argc; i++) feed_file(one, argv[i]);
    for (size_t i = 0; argc == 1 && i < fuzz_target_count; i++) {
        feed_nothing(&fuzz_targets[i]);
        feed_folder(&fuzz_targets[i]);
    }
    return check_done();
}
