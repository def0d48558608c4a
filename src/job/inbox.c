/* The list of files in memory, its folder on the disk, and the thread between them and the register. */
#include "job/inbox.h"
#include "job/internal.h"

#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ID_DIGITS = 16, PATH_MAX_BYTES = 4400, READ_NICE = 5, GROUP = 16, GROUP_US = 200000, AGAIN_S = 3 };

struct yq_inbox {
    char folder[4300];
    yq_register *reg;
    yq_import_watcher guard;
    void (*changed)(void *arg);
    void *arg;
    pthread_t thread;

    pthread_mutex_t lock;
    pthread_cond_t filled;
    yq_inbox_item *items; /* by id */
    size_t n, cap, waiting;
    int64_t next_id, sequence, cleared;
    bool ending;
};

static const char *const state_names[] = { "waiting", "reading", "new", "known", "reread", "refused" };

const char *yq_inbox_state_name(yq_inbox_state s)
{
    return state_names[s];
}

/* ---------------------------------------------------------------- names */

static bool is_plain_name(yq_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F || s.p[i] == '\\') return false;
    return s.n > 0 && s.p[0] != '.';
}

bool yq_inbox_name_fits(yq_str name)
{
    yq_str rest = name, part;
    if (!name.n || name.n > YQ_INBOX_NAME_MAX || name.p[0] == '/' || name.p[name.n - 1] == '/' || !yq_utf8_valid(name, NULL)) return false;
    while (yq_split(&rest, '/', &part))
        if (!is_plain_name(part)) return false;
    return true;
}

static void path_of(const yq_inbox *b, int64_t id, const char *ending, char out[PATH_MAX_BYTES])
{
    snprintf(out, PATH_MAX_BYTES, "%s/%016llx%s", b->folder, (unsigned long long)id, ending);
}

/* ---------------------------------------------------------------- the list; all under the lock */

static size_t place_of(const yq_inbox *b, int64_t id)
{
    size_t low = 0, high = b->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (b->items[middle].id < id) low = middle + 1;
        else high = middle;
    }
    return low;
}

static yq_inbox_item *find(yq_inbox *b, int64_t id)
{
    size_t at = place_of(b, id);
    return at < b->n && b->items[at].id == id ? &b->items[at] : NULL;
}

static bool is_done(const yq_inbox_item *i)
{
    return i->state >= YQ_INBOX_NEW;
}

static yq_inbox_item *add(yq_inbox *b, const yq_inbox_item *item)
{
    if (b->n == b->cap) {
        size_t cap = b->cap ? 2 * b->cap : 64;
        yq_inbox_item *more = realloc(b->items, cap * sizeof *more);
        if (!more) return NULL;
        b->items = more, b->cap = cap;
    }
    size_t at = place_of(b, item->id);
    memmove(&b->items[at + 1], &b->items[at], (b->n - at) * sizeof *b->items);
    b->items[at] = *item;
    b->items[at].changed = ++b->sequence;
    b->waiting += item->state == YQ_INBOX_WAITING;
    b->n++;
    return &b->items[at];
}

/* Takes out those that are done: all, or the oldest beyond the limit. */
static size_t forget_done(yq_inbox *b, bool all)
{
    size_t kept = 0, done = 0, gone = 0;
    for (size_t i = 0; i < b->n; i++) done += is_done(&b->items[i]);
    for (size_t i = 0; i < b->n; i++) {
        char path[PATH_MAX_BYTES];
        bool leave = is_done(&b->items[i]) && (all || done - gone > YQ_INBOX_DONE_MAX);
        if (!leave) {
            b->items[kept++] = b->items[i];
            continue;
        }
        path_of(b, b->items[i].id, ".refused", path);
        if (b->items[i].state == YQ_INBOX_REFUSED) unlink(path);
        gone++;
    }
    b->n = kept;
    return gone;
}

/* ---------------------------------------------------------------- the folder */

/* A name in a folder is safe only once the folder is. */
static void sync_folder(const yq_inbox *b)
{
    int fd = open(b->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

static void head_json(yq_buf *out, const yq_inbox_item *i, bool refused)
{
    yq_json j = yq_json_to(out);
    yq_json_object(&j);
    yq_json_kv(&j, "name", yq_cstr(i->name));
    if (refused) yq_json_ki(&j, "bytes", i->bytes);
    if (refused) yq_json_kv(&j, "said", yq_cstr(i->said));
    yq_json_end_object(&j);
    yq_buf_byte(out, '\n');
}

static yq_code write_item(const yq_inbox *b, const yq_inbox_item *i, yq_str bytes, yq_err *err)
{
    yq_buf content = { 0 };
    char path[PATH_MAX_BYTES];
    bool refused = i->state == YQ_INBOX_REFUSED;
    path_of(b, i->id, refused ? ".refused" : "", path);
    head_json(&content, i, refused);
    yq_buf_put(&content, bytes);
    yq_code rc = content.failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the file") : yq_file_write(path, yq_buf_str(&content), err);
    yq_buf_free(&content);
    if (!rc) sync_folder(b);
    return rc;
}

/* The number in a file's name; 0: not one of ours. */
static int64_t number_of(const char *name, bool *refused)
{
    char *end;
    if (strlen(name) < ID_DIGITS || strspn(name, "0123456789abcdef") != ID_DIGITS) return 0;
    unsigned long long id = strtoull(name, &end, 16);
    *refused = strcmp(name + ID_DIGITS, ".refused") == 0;
    return (*refused || !name[ID_DIGITS]) && id < INT64_MAX ? (int64_t)id : 0;
}

static void take_text(char *out, size_t cap, const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    snprintf(out, cap, "%s", s ? s : "");
}

/* Only the first line is read: the bytes behind it wait for their turn. */
static bool look_at(const yq_inbox *b, int64_t id, bool refused, yq_inbox_item *i)
{
    char path[PATH_MAX_BYTES], line[2 * YQ_INBOX_NAME_MAX + 1000];
    struct stat st;
    path_of(b, id, refused ? ".refused" : "", path);
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    bool ok = fgets(line, sizeof line, f) && fstat(fileno(f), &st) == 0;
    fclose(f);
    json_t *o = ok ? json_loads(line, 0, NULL) : NULL;
    *i = (yq_inbox_item){ .id = id, .state = refused ? YQ_INBOX_REFUSED : YQ_INBOX_WAITING };
    take_text(i->name, sizeof i->name, o, "name");
    take_text(i->said, sizeof i->said, o, "said");
    i->bytes = refused ? json_integer_value(json_object_get(o, "bytes")) : ok ? (int64_t)st.st_size - (int64_t)strlen(line) : 0;
    json_decref(o);
    return i->name[0] != '\0';
}

static yq_code load_folder(yq_inbox *b, yq_err *err)
{
    if (yq_folder_make(b->folder, err)) return YQ_IO;
    chmod(b->folder, 0700);
    DIR *d = opendir(b->folder);
    if (!d) return yq_fail(err, YQ_IO, 0, "cannot read the folder %s", b->folder);
    yq_code rc = YQ_OK;
    for (struct dirent *e; !rc && (e = readdir(d));) {
        bool refused;
        yq_inbox_item item;
        int64_t id = number_of(e->d_name, &refused);
        if (!id) continue;
        if (id >= b->next_id) b->next_id = id + 1;
        if (look_at(b, id, refused, &item) && !add(b, &item)) rc = yq_fail(err, YQ_NOMEM, 0, "no memory for the list of files");
    }
    closedir(d);
    return rc;
}

/* ---------------------------------------------------------------- handing in, looking */

static void tell(yq_inbox *b)
{
    if (b->changed) b->changed(b->arg);
}

static yq_code reserve(yq_inbox *b, yq_inbox_item *item, yq_err *err)
{
    pthread_mutex_lock(&b->lock);
    bool full = b->waiting >= YQ_INBOX_WAITING_MAX;
    if (!full) item->id = b->next_id++;
    pthread_mutex_unlock(&b->lock);
    return full ? yq_fail(err, YQ_BUSY, 0, "%d files wait to be read; go on when some are done", YQ_INBOX_WAITING_MAX) : YQ_OK;
}

yq_code yq_inbox_put(yq_inbox *b, yq_str name, yq_str bytes, yq_inbox_item *out, yq_err *err)
{
    yq_inbox_item item = { .state = YQ_INBOX_WAITING, .bytes = (int64_t)bytes.n };
    if (!yq_inbox_name_fits(name)) return yq_fail(err, YQ_INVALID, 0, "name must be the file's name with its ending, and its folders if it has any, as in rosters/2025.xlsx");
    memcpy(item.name, name.p, name.n);
    yq_code rc = reserve(b, &item, err);
    if (!rc) rc = write_item(b, &item, bytes, err);
    if (rc) return rc;
    pthread_mutex_lock(&b->lock);
    const yq_inbox_item *added = add(b, &item);
    if (added) *out = *added;
    pthread_cond_signal(&b->filled);
    pthread_mutex_unlock(&b->lock);
    tell(b);
    return added ? YQ_OK : yq_fail(err, YQ_NOMEM, 0, "no memory for the list of files; it is read at the next start");
}

int64_t yq_inbox_sequence(yq_inbox *b, size_t *count)
{
    pthread_mutex_lock(&b->lock);
    int64_t sequence = b->sequence;
    if (count) *count = b->n;
    pthread_mutex_unlock(&b->lock);
    return sequence;
}

static int by_change(const void *x, const void *y)
{
    const yq_inbox_item *a = x, *b = y;
    return (a->changed > b->changed) - (a->changed < b->changed);
}

/* Keeps the cap that changed first: what is given later is asked for with a later `since`. */
void yq_inbox_since(yq_inbox *b, int64_t since, yq_inbox_item *out, size_t cap, size_t *n, int64_t *cleared)
{
    *n = 0;
    pthread_mutex_lock(&b->lock);
    for (size_t i = 0; i < b->n; i++) {
        const yq_inbox_item *item = &b->items[i];
        if (item->changed <= since) continue;
        size_t at = *n;
        if (!cap) break;
        if (at == cap) { /* full: it takes the place of the one that changed last, if that is later */
            at = 0;
            for (size_t k = 1; k < cap; k++)
                if (out[k].changed > out[at].changed) at = k;
            if (out[at].changed < item->changed) continue;
        } else {
            ++*n;
        }
        out[at] = *item;
    }
    *cleared = b->cleared > since ? b->cleared : 0;
    pthread_mutex_unlock(&b->lock);
    if (*n) qsort(out, *n, sizeof *out, by_change);
}

size_t yq_inbox_clear(yq_inbox *b)
{
    pthread_mutex_lock(&b->lock);
    size_t gone = forget_done(b, true);
    if (gone) b->cleared = ++b->sequence;
    pthread_mutex_unlock(&b->lock);
    if (gone) tell(b);
    return gone;
}

/* ---------------------------------------------------------------- reading */

typedef struct {
    int64_t ids[GROUP];
    yq_import_progress done[GROUP];
    size_t n;
} group;

static void set_state(yq_inbox *b, int64_t id, yq_inbox_state state)
{
    pthread_mutex_lock(&b->lock);
    yq_inbox_item *i = find(b, id);
    if (i) {
        b->waiting += (state == YQ_INBOX_WAITING) - (size_t)(i->state == YQ_INBOX_WAITING);
        i->state = state;
        i->changed = ++b->sequence;
    }
    pthread_mutex_unlock(&b->lock);
    tell(b);
}

/* The first that waits; 0: none, or the inbox ends. */
static int64_t next_waiting(yq_inbox *b, yq_inbox_item *out, bool wait)
{
    int64_t id = 0;
    pthread_mutex_lock(&b->lock);
    while (wait && !b->ending && !b->waiting) pthread_cond_wait(&b->filled, &b->lock);
    for (size_t i = 0; i < b->n && !b->ending && !id; i++)
        if (b->items[i].state == YQ_INBOX_WAITING) *out = b->items[i], id = out->id;
    pthread_mutex_unlock(&b->lock);
    return id;
}

static yq_code read_one(yq_inbox *b, const yq_inbox_item *i, yq_import_result *result, yq_err *err)
{
    char path[PATH_MAX_BYTES], *content;
    size_t n;
    path_of(b, i->id, "", path);
    yq_code rc = yq_file_read(path, yq_intake_defaults().file_bytes + sizeof i->name * 6 + 100, &content, &n, err);
    if (rc) return rc == YQ_IO ? yq_fail(err, YQ_INVALID, 0, "the file was taken away before it was read") : rc;
    yq_str bytes = { content, n }, head;
    yq_split(&bytes, '\n', &head);
    rc = yq_register_import(b->reg, yq_cstr(i->name), bytes.p ? bytes : YQ_S(""), result, err);
    free(content);
    return rc;
}

/* Files from the first waiting one on, inside one transaction. */
static yq_code read_group(yq_inbox *b, group *g, yq_inbox_item *first, yq_err *err)
{
    int64_t begun = yq_monotonic_us();
    yq_code rc = YQ_OK;
    do {
        yq_import_progress *p = &g->done[g->n];
        *p = (yq_import_progress){ 0 };
        set_state(b, first->id, YQ_INBOX_READING);
        p->code = read_one(b, first, &p->result, &p->error);
        g->ids[g->n++] = first->id;
        if (p->code && !yq_is_refusal(p->code)) {
            if (err) *err = p->error;
            rc = p->code;
        }
    } while (!rc && g->n < GROUP && yq_monotonic_us() - begun < GROUP_US && next_waiting(b, first, false));
    return rc;
}

static yq_code run_group(yq_inbox *b, group *g, yq_inbox_item *first, yq_err *err)
{
    b->guard.enter(b->guard.arg);
    yq_code rc = yq_register_begin(b->reg, err);
    if (!rc) {
        rc = read_group(b, g, first, err);
        if (!rc) rc = yq_register_commit(b->reg, err);
        else yq_register_rollback(b->reg);
    }
    b->guard.leave(b->guard.arg);
    return rc;
}

/* What became of a file whose group is committed. */
static void settle(yq_inbox *b, int64_t id, const yq_import_progress *p)
{
    static const yq_inbox_state states[] = { [YQ_IMPORT_NEW] = YQ_INBOX_NEW, [YQ_IMPORT_KNOWN] = YQ_INBOX_KNOWN, [YQ_IMPORT_REREAD] = YQ_INBOX_REREAD };
    char path[PATH_MAX_BYTES];
    yq_inbox_item done = { 0 };
    pthread_mutex_lock(&b->lock);
    yq_inbox_item *i = find(b, id);
    if (i) {
        i->state = p->code ? YQ_INBOX_REFUSED : states[p->result.outcome];
        i->found = p->result.found;
        i->doubtful = p->result.doubtful;
        memcpy(i->document, p->result.ulid, sizeof i->document);
        snprintf(i->said, sizeof i->said, "%s", p->code ? p->error.msg : p->result.unread);
        i->changed = ++b->sequence;
        done = *i;
    }
    pthread_mutex_unlock(&b->lock);
    if (p->code) write_item(b, &done, YQ_S(""), NULL); /* if that fails it is forgotten with the program, and its file is there */
    path_of(b, id, "", path);
    unlink(path);
    tell(b);
}

/* The disk is full, say: all of the group wait again, and the reason is shown. */
static void put_back(yq_inbox *b, const group *g, const yq_err *err)
{
    for (size_t k = 0; k < g->n; k++) {
        pthread_mutex_lock(&b->lock);
        yq_inbox_item *i = find(b, g->ids[k]);
        if (i) snprintf(i->said, sizeof i->said, "%s", err->msg);
        pthread_mutex_unlock(&b->lock);
        set_state(b, g->ids[k], YQ_INBOX_WAITING);
    }
}

static void pause_unless_ending(yq_inbox *b)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += AGAIN_S;
    pthread_mutex_lock(&b->lock);
    while (!b->ending && pthread_cond_timedwait(&b->filled, &b->lock, &until) == 0) {}
    pthread_mutex_unlock(&b->lock);
}

static void *read_loop(void *arg)
{
    yq_inbox *b = arg;
    group *g = calloc(1, sizeof *g);
    yq_inbox_item first;
    setpriority(PRIO_PROCESS, (id_t)gettid(), READ_NICE); /* of this thread alone: who searches goes first */
    while (g && next_waiting(b, &first, true)) {
        yq_err err = { 0 };
        g->n = 0;
        if (run_group(b, g, &first, &err) == YQ_OK) {
            for (size_t k = 0; k < g->n; k++) settle(b, g->ids[k], &g->done[k]);
            pthread_mutex_lock(&b->lock);
            forget_done(b, false);
            pthread_mutex_unlock(&b->lock);
        } else {
            put_back(b, g, &err);
            pause_unless_ending(b);
        }
    }
    free(g);
    return NULL;
}

/* ---------------------------------------------------------------- life */

static void no_guard(void *arg)
{
    (void)arg;
}

static void free_inbox(yq_inbox *b)
{
    pthread_mutex_destroy(&b->lock);
    pthread_cond_destroy(&b->filled);
    free(b->items);
    free(b);
}

yq_code yq_inbox_open(const yq_store *store, yq_register *reg, const yq_import_watcher *guard, void (*changed)(void *arg), void *arg, yq_inbox **out, yq_err *err)
{
    yq_inbox *b = calloc(1, sizeof *b);
    *out = NULL;
    if (!b) return yq_fail(err, YQ_NOMEM, 0, "no memory for the inbox");
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->filled, NULL);
    b->reg = reg, b->changed = changed, b->arg = arg, b->next_id = 1;
    b->sequence = yq_store_clock(store)->now_us(yq_store_clock(store)); /* a page that followed an earlier program's numbers goes on with these */
    b->guard = guard ? *guard : (yq_import_watcher){ 0 };
    if (!b->guard.enter) b->guard.enter = no_guard;
    if (!b->guard.leave) b->guard.leave = no_guard;
    snprintf(b->folder, sizeof b->folder, "%s.inbox", yq_store_file(store));
    yq_code rc = load_folder(b, err);
    if (!rc && pthread_create(&b->thread, NULL, read_loop, b) != 0) rc = yq_fail(err, YQ_NOMEM, 0, "cannot start a thread");
    if (rc) free_inbox(b);
    else *out = b;
    return rc;
}

void yq_inbox_close(yq_inbox *b)
{
    if (!b) return;
    pthread_mutex_lock(&b->lock);
    b->ending = true;
    pthread_cond_broadcast(&b->filled);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    free_inbox(b);
}
