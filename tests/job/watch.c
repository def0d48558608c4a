/* Which files of a folder are reported, when, and under which name. */
#include "check.h"
#include "job/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/yiqiao-watch-XXXXXX";

static const char *in(const char *name)
{
    static char paths[4][512];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static FILE *begin(const char *name, const char *text)
{
    FILE *f = fopen(in(name), "w");
    if (f) fputs(text, f), fflush(f);
    return f;
}

static void make(const char *name)
{
    FILE *f = begin(name, "text");
    if (f) fclose(f);
}

/* What comes within the time, as names behind "/./", sorted by nothing: "a.txt b.txt ". */
static const char *come(yq_watch *w, int ms, char out[512])
{
    int64_t until = yq_monotonic_us() + (int64_t)ms * 1000;
    *out = 0;
    while (yq_monotonic_us() < until) {
        const char *const *list;
        size_t n;
        if (yq_watch_next(w, 100, &list, &n, NULL)) return "failed";
        for (size_t i = 0; i < n; i++) {
            const char *mark = strstr(list[i], "/./");
            snprintf(out + strlen(out), 512 - strlen(out), "%s ", mark ? mark + 3 : list[i]);
        }
        if (n) break;
    }
    return out;
}

int main(void)
{
    char seen[512];
    yq_watch *w;
    yq_err err = { 0 };
    const char *const nowhere[] = { "/nonexistent/x" };
    if (!CHECK("a folder", mkdtemp(folder) != NULL)) return check_done();
    const char *const roots[] = { folder };
    CHECK("what is not there", yq_watch_open(nowhere, 1, &w, &err) == YQ_NOTFOUND && strstr(err.msg, "/nonexistent/x is not there"));
    make("old.txt");
    if (!CHECK("opened", yq_watch_open(roots, 1, &w, &err) == YQ_OK)) return check_done();

    make("new.txt");
    CHECK("nothing before it has settled", !*come(w, 1000, seen));
    CHECK("then it comes, and what was there before does not", !strcmp(come(w, 5000, seen), "new.txt "));
    CHECK("once", !*come(w, 2500, seen));

    make(".hidden"), make("~$new.docx"), make("new.txt.part"), make("gone.txt");
    unlink(in("gone.txt"));
    CHECK("hidden, passing and removed ones never", !*come(w, 2500, seen));
    rename(in("new.txt.part"), in("moved.txt"));
    CHECK("one that gets its name at the end", !strcmp(come(w, 5000, seen), "moved.txt "));

    FILE *slow = begin("slow.txt", "half");
    CHECK("one that is open waits", !*come(w, 2500, seen));
    if (slow) fclose(slow);
    CHECK("until it is closed", !strcmp(come(w, 5000, seen), "slow.txt "));

    mkdir(in("sub"), 0700);
    make("sub/early.txt");
    CHECK("a file of a new folder", !strcmp(come(w, 5000, seen), "sub/early.txt "));
    rename(in("sub"), in("renamed"));
    CHECK("a renamed folder brings its files", !strcmp(come(w, 5000, seen), "renamed/early.txt "));
    make("renamed/late.txt");
    CHECK("and is watched under its new name", !strcmp(come(w, 5000, seen), "renamed/late.txt "));
    yq_watch_close(w);

    const char *const one[] = { in("old.txt") };
    CHECK("a single file", yq_watch_open(one, 1, &w, &err) == YQ_OK);
    make("other.txt"), make("old.txt");
    CHECK("only it", !strcmp(come(w, 5000, seen), "old.txt "));
    yq_watch_close(w);

    static const char *const left[] = { "old.txt", "new.txt", ".hidden", "~$new.docx", "moved.txt", "slow.txt", "other.txt", "renamed/early.txt", "renamed/late.txt", "renamed" };
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) remove(in(left[i]));
    rmdir(folder);
    return check_done();
}
