/* Whatever step a commit dies at, the folder holds the old index or the new one; whatever is damaged in it is seen. */
#include "world.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A disk that fails, or ends the process, at one of its steps. */
typedef struct {
    disk d;
    int step, fail_at;
    bool die, half;    /* half: the file is written in part under its final name's temporary */
} bad_disk;

static bool strikes(bad_disk *b)
{
    return b->step++ == b->fail_at;
}

static yq_code bad_write(disk *d, const char *path, yq_str content, yq_err *err)
{
    bad_disk *b = (bad_disk *)d;
    if (strikes(b)) {
        char temp[4200];
        snprintf(temp, sizeof temp, "%s.AbCdEf", path);
        FILE *f = fopen(temp, "wb");
        if (f) {
            fwrite(content.p, 1, content.n / 2, f);
            fclose(f);
        }
        if (b->die) _exit(9);
        return yq_fail(err, YQ_IO, 0, "no space");
    }
    return disk_system()->write(d, path, content, err);
}

static yq_code bad_sync(disk *d, const char *folder, yq_err *err)
{
    bad_disk *b = (bad_disk *)d;
    if (strikes(b)) {
        if (b->die) _exit(9);
        return yq_fail(err, YQ_IO, 0, "no sync");
    }
    return disk_system()->sync_folder(d, folder, err);
}

static void bad_remove(disk *d, const char *path)
{
    bad_disk *b = (bad_disk *)d;
    if (strikes(b)) {
        if (b->die) _exit(9);
        return;
    }
    disk_system()->remove(d, path);
}

static bad_disk make_bad(int fail_at, bool die)
{
    return (bad_disk){ { bad_write, bad_sync, bad_remove }, 0, fail_at, die, false };
}

/* ---------------------------------------------------------------- folders */

static void empty_folder(const char *folder)
{
    char path[4096];
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        unlink(path);
    }
    closedir(dir);
}

static size_t files_in(const char *folder, const char *ending)
{
    size_t n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) n += yq_ends(yq_cstr(e->d_name), yq_cstr(ending));
    if (dir) closedir(dir);
    return n;
}

/* ---------------------------------------------------------------- two states of an index */

enum { OLD = 400, NEW = 700 };

static yq_index_doc *docs_of_test(yq_arena *a)
{
    dice d = { 1 };
    return made_docs(a, &d, NEW);
}

/* The second commit replaces some, deletes one and adds more; enough small commits before make it merge too. */
static yq_code second_commit(yq_index *x, const yq_index_doc *docs)
{
    int64_t gone = docs[0].id;
    yq_code rc = yq_index_add(x, docs + 300, NEW - 300, NULL);
    if (rc == YQ_OK) rc = yq_index_delete(x, &gone, 1, NULL);
    return rc == YQ_OK ? yq_index_commit(x, 2, NULL) : rc;
}

static void make_old(const char *folder, const yq_index_doc *docs)
{
    yq_index *x;
    empty_folder(folder);
    yq_index_open(folder, &x, NULL, NULL, NULL);
    for (size_t i = 0; i < 7; i++) {
        yq_index_add(x, docs + OLD * i / 7, OLD * (i + 1) / 7 - OLD * i / 7, NULL);
        yq_index_commit(x, 1, NULL);
    }
    yq_index_close(x);
}

typedef enum { IS_OLD, IS_NEW, IS_BROKEN } state;

static state state_of(const char *folder)
{
    yq_index *x;
    int64_t sequence;
    bool stale;
    if (yq_index_open(folder, &x, &sequence, &stale, NULL) != YQ_OK) return IS_BROKEN;
    size_t n = yq_index_count(x);
    yq_index_close(x);
    if (stale) return IS_BROKEN;
    if (sequence == 1 && n == OLD) return IS_OLD;
    return sequence == 2 && n == NEW - 1 ? IS_NEW : IS_BROKEN;
}

static void test_failing_steps(const char *folder, yq_index_doc *docs)
{
    bool finished = false;
    int old = 0, new = 0;
    for (int step = 0; !finished && step < 100; step++) {
        bad_disk b = make_bad(step, false);
        yq_index *x;
        make_old(folder, docs);
        index_open_on(&b.d, folder, &x, NULL, NULL, NULL);
        yq_code rc = second_commit(x, docs);
        finished = b.step <= step;
        size_t n = yq_index_count(x);
        CHECK("a failed commit leaves what is searched as it was", rc == YQ_OK ? n == NEW - 1 : n == OLD);
        state s = state_of(folder);
        old += s == IS_OLD, new += s == IS_NEW;
        CHECK("old or new", s != IS_BROKEN);
        CHECK("said done is done", rc != YQ_OK || s == IS_NEW);
        b.fail_at = -1;
        yq_code again = second_commit(x, docs);
        CHECK("the next attempt succeeds", again == YQ_OK || again == YQ_BUSY);
        CHECK("and is whole", again != YQ_OK || state_of(folder) == IS_NEW);
        yq_index_close(x);
    }
    CHECK("every step was failed", finished && old > 1 && new > 1);
}

static void test_dying_steps(const char *folder, yq_index_doc *docs)
{
    bool finished = false;
    int old = 0, new = 0;
    for (int step = 0; !finished && step < 100; step++) {
        make_old(folder, docs);
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            bad_disk b = make_bad(step, true);
            yq_index *x;
            index_open_on(&b.d, folder, &x, NULL, NULL, NULL);
            second_commit(x, docs);
            _exit(0);
        }
        int status;
        waitpid(child, &status, 0);
        finished = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        state s = state_of(folder);
        old += s == IS_OLD, new += s == IS_NEW;
        CHECK("old or new after a death", s != IS_BROKEN);
        yq_index *x;
        yq_index_open(folder, &x, NULL, NULL, NULL);
        CHECK("goes on after a death", second_commit(x, docs) == YQ_OK);
        yq_index_close(x);
        CHECK("nothing is left lying", files_in(folder, ".AbCdEf") == 0 && state_of(folder) == IS_NEW);
    }
    CHECK("every step was died at", finished && old > 1 && new > 1);
}

/* Merging changes what files there are and nothing else, so whichever step fails, the old index is there. */
static void test_failing_merge(const char *folder, yq_index_doc *docs)
{
    bool finished = false;
    for (int step = 0; !finished && step < 100; step++) {
        bad_disk b = make_bad(step, false);
        yq_index *x;
        make_old(folder, docs);
        index_open_on(&b.d, folder, &x, NULL, NULL, NULL);
        yq_code rc = yq_index_merge(x, NULL);
        finished = b.step <= step;
        CHECK("a failed merge loses nothing", yq_index_count(x) == OLD && state_of(folder) == IS_OLD);
        CHECK("a merge leaves one file", rc != YQ_OK || !finished || files_in(folder, ".yqs") == 1);
        yq_index_close(x);
    }
    CHECK("every step was failed", finished);
}

/* ---------------------------------------------------------------- damage */

static void damage(const char *folder, const char *ending, size_t at, bool cut)
{
    char path[4096];
    DIR *dir = opendir(folder);
    for (struct dirent *e; (e = readdir(dir));) {
        if (!yq_ends(yq_cstr(e->d_name), yq_cstr(ending))) continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        FILE *f = fopen(path, "r+b");
        fseek(f, 0, SEEK_END);
        long size = ftell(f), where = (long)(at % (size_t)size);
        if (cut && ftruncate(fileno(f), where) != 0) perror("truncate");
        fseek(f, where, SEEK_SET);
        int c = cut ? EOF : fgetc(f);
        fseek(f, where, SEEK_SET);
        if (!cut) fputc(c ^ 0x40, f);
        fclose(f);
        break;
    }
    closedir(dir);
}

static const struct { const char *what, *ending; size_t at; bool cut; } damages[] = {
    { "segment head", ".yqs", 3, false },       { "segment version", ".yqs", 8, false },  { "segment body", ".yqs", 5000, false },
    { "segment cut", ".yqs", 3000, true },      { "segment empty", ".yqs", 0, true },     { "manifest head", "manifest.yqm", 2, false },
    { "manifest body", "manifest.yqm", 50, false }, { "manifest cut", "manifest.yqm", 60, true }, { "manifest empty", "manifest.yqm", 0, true },
};

static void test_damage(const char *folder, yq_index_doc *docs)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        yq_index *x;
        int64_t sequence = 77;
        bool stale = false;
        make_old(folder, docs);
        damage(folder, damages[i].ending, damages[i].at, damages[i].cut);
        CHECK(damages[i].what, yq_index_open(folder, &x, &sequence, &stale, NULL) == YQ_OK && stale && sequence == 0);
        CHECK("empty then", yq_index_count(x) == 0);
        CHECK("can be built again", yq_index_add(x, docs, OLD, NULL) == YQ_OK && yq_index_commit(x, 1, NULL) == YQ_OK);
        yq_index_close(x);
        CHECK("and is whole", state_of(folder) == IS_OLD);
    }
}

/* Writes the version before this into the first file of that ending, with a checksum that is right. */
static void make_older(const char *folder, const char *ending)
{
    char path[4096], *bytes;
    size_t n;
    DIR *dir = opendir(folder);
    for (struct dirent *e; (e = readdir(dir));) {
        if (!yq_ends(yq_cstr(e->d_name), yq_cstr(ending))) continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (yq_file_read(path, 1 << 24, &bytes, &n, NULL) != YQ_OK) break;
        uint8_t *p = (uint8_t *)bytes;
        put32(p + 8, YQ_INDEX_VERSION - 1);
        if (yq_ends(yq_cstr(ending), YQ_S(".yqm"))) put64(p + n - 8, checksum(p, n - 8, 0));
        else put64(p + 96, checksum(p + 104, n - 104, checksum(p, 96, 0)));
        yq_file_write(path, (yq_str){ bytes, n }, NULL);
        free(bytes);
        break;
    }
    closedir(dir);
}

/* An index of an older format is not misread: it is emptied, and its owner told to add all again. */
static void test_older_format(const char *folder, yq_index_doc *docs)
{
    static const char *const endings[] = { ".yqm", ".yqs" };
    for (size_t i = 0; i < 2; i++) {
        yq_index *x;
        int64_t sequence = 77;
        bool stale = false;
        make_old(folder, docs);
        make_older(folder, endings[i]);
        CHECK(endings[i], yq_index_open(folder, &x, &sequence, &stale, NULL) == YQ_OK && stale && sequence == 0 && yq_index_count(x) == 0);
        CHECK("is built again", yq_index_add(x, docs, OLD, NULL) == YQ_OK && yq_index_commit(x, 1, NULL) == YQ_OK);
        yq_index_close(x);
        CHECK("and is whole", state_of(folder) == IS_OLD);
    }
}

static void test_two_writers(const char *folder, yq_index_doc *docs)
{
    yq_index *x, *y;
    make_old(folder, docs);
    yq_index_open(folder, &x, NULL, NULL, NULL);
    yq_index_open(folder, &y, NULL, NULL, NULL);
    CHECK("the first commits", second_commit(x, docs) == YQ_OK);
    CHECK("the second is told", second_commit(y, docs) == YQ_BUSY);
    CHECK("and still searches what it had", yq_index_count(y) == OLD);
    yq_index_close(x);
    yq_index_close(y);
    CHECK("nothing is lost", state_of(folder) == IS_NEW);
}

/* ---------------------------------------------------------------- searching while writing */

typedef struct {
    yq_index *x;
    atomic_bool stop;
    atomic_uint wrong, searches;
} shared;

/* At any moment each document is there once, in its old or its new form. */
static void *searcher(void *arg)
{
    shared *s = arg;
    yq_viewer v = { 1, YQ_SHARE_OWN };
    yq_arena *a = yq_arena_new(1 << 20);
    yq_terms q = { 0 };
    *yq_push(a, &q) = (yq_term){ YQ_S("common"), 1, 0 };
    while (!atomic_load(&s->stop)) {
        yq_index_hit hits[64];
        size_t n;
        yq_search_options o = { .top = 64 };
        if (yq_index_search(s->x, &v, &q, &o, hits, &n, NULL) != YQ_OK || n != 50) atomic_fetch_add(&s->wrong, 1);
        atomic_fetch_add(&s->searches, 1);
    }
    yq_arena_free(a);
    return NULL;
}

static void test_threads(const char *folder)
{
    shared s = { 0 };
    pthread_t t[3];
    yq_index_doc docs[50];
    empty_folder(folder);
    yq_index_open(folder, &s.x, NULL, NULL, NULL);
    for (int i = 0; i < 50; i++) docs[i] = (yq_index_doc){ i, 1, 0, YQ_S(""), YQ_S("common word") };
    yq_index_add(s.x, docs, 50, NULL);
    yq_index_commit(s.x, 1, NULL);
    for (int i = 0; i < 3; i++) pthread_create(&t[i], NULL, searcher, &s);
    for (int i = 0; i < 60; i++) {
        yq_index_add(s.x, docs + i % 40, 10, NULL);
        yq_index_commit(s.x, i + 2, NULL);
    }
    atomic_store(&s.stop, true);
    for (int i = 0; i < 3; i++) pthread_join(t[i], NULL);
    CHECK("searched meanwhile", atomic_load(&s.searches) > 0);
    CHECK("every search saw one moment", atomic_load(&s.wrong) == 0);
    yq_index_close(s.x);
}

int main(void)
{
    char folder[] = "/tmp/yq-index-XXXXXX";
    yq_arena *a = yq_arena_new(1 << 28);
    if (!mkdtemp(folder)) return EXIT_FAILURE;
    yq_index_doc *docs = docs_of_test(a);
    test_failing_steps(folder, docs);
    test_dying_steps(folder, docs);
    test_failing_merge(folder, docs);
    test_damage(folder, docs);
    test_older_format(folder, docs);
    test_two_writers(folder, docs);
    test_threads(folder);
    empty_folder(folder);
    rmdir(folder);
    yq_arena_free(a);
    return check_done();
}
