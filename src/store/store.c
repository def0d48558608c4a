/* Opening a store: its place on the disk, its one writer, its tables.
 *
 * One writer a store. For SQLite that is a lock on the file `<store>.lock` beside it, held as long as the store is open and let go by the system
 * when the process dies; the file says who. For PostgreSQL it is an advisory lock of the session.
 */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- one writer */

static yq_code busy(int fd, const char *path, yq_err *err)
{
    char who[32] = "";
    ssize_t n = pread(fd, who, sizeof who - 1, 0);
    long pid = n > 0 ? strtol(who, NULL, 10) : 0;
    close(fd);
    if (pid <= 0) return yq_fail(err, YQ_BUSY, 0, "another process is writing to this store (%.120s); try again", path);
    return yq_fail(err, YQ_BUSY, 0, "process %ld is writing to this store (%.120s); stop it, or hand the work to it", pid, path);
}

static yq_code lock_file(yq_store *s, yq_err *err)
{
    char path[4300], who[32];
    snprintf(path, sizeof path, "%s.lock", s->file);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return yq_fail(err, YQ_IO, 0, "cannot write %.150s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) return busy(fd, path, err);
    int n = snprintf(who, sizeof who, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, who, (size_t)n, 0) != n) {
        int why = errno; /* the disk is full: the lock holds, only the name of its holder is missing */
        if (why != ENOSPC && why != EFBIG && why != EDQUOT) {
            close(fd);
            return yq_fail(err, YQ_IO, 0, "cannot write %.150s: %s", path, strerror(why));
        }
    }
    s->lock = fd;
    return YQ_OK;
}

static yq_code holder(yq_db *db, int64_t *pid, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(db, 
                               "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 1498501425 AND granted "
                               "AND objid::bigint = (hashtext(current_schema())::bigint & 4294967295)", &s, err);
    if (rc) return rc;
    rc = yq_step(s, &row, err);
    *pid = !rc && row ? yq_col_int(s, 0) : 0;
    yq_finish(s);
    return rc;
}

static yq_code lock_database(yq_store *s, yq_err *err)
{
    yq_stmt *q;
    bool row, got = false;
    yq_code rc = yq_db_prepare(s->db, "SELECT pg_try_advisory_lock(1498501425, hashtext(current_schema()))", &q, err);
    if (rc) return rc;
    rc = yq_step(q, &row, err);
    if (!rc && row) got = yq_col_int(q, 0);
    yq_finish(q);
    if (rc || got) return rc;
    int64_t pid;
    rc = holder(s->db, &pid, err);
    return rc ? rc : yq_fail(err, YQ_BUSY, 0, "another process is writing to this store (database session %lld); stop it, or hand the work to it",
                             (long long)pid);
}

/* ---------------------------------------------------------------- where things lie */

/* Of a PostgreSQL store nothing lies in the database's folder: index and socket go to the user's data folder, named after the URL's hash. */
static yq_code postgres_place(yq_store *s, const char *url, yq_err *err)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char name[17];
    yq_hash h = yq_hash_of(yq_cstr(url));
    yq_hex(h.b, 8, name);
    int n = data && *data ? snprintf(s->folder, sizeof s->folder, "%s/yiqiao/%s", data, name)
                          : snprintf(s->folder, sizeof s->folder, "%s/.local/share/yiqiao/%s", home && *home ? home : ".", name);
    if (n < 0 || (size_t)n >= sizeof s->folder) return yq_fail(err, YQ_INVALID, 0, "the path of the data folder is too long");
    snprintf(s->file, sizeof s->file, "%s/yiqiao", s->folder);
    return yq_folder_make(s->folder, err);
}

static yq_code sqlite_place(yq_store *s, const char *url, bool create, yq_err *err)
{
    yq_code rc = yq_url_file(url, s->file, sizeof s->file, err);
    if (rc) return rc;
    const char *slash = strrchr(s->file, '/');
    if (!slash) snprintf(s->folder, sizeof s->folder, ".");
    else snprintf(s->folder, sizeof s->folder, "%.*s", slash == s->file ? 1 : (int)(slash - s->file), s->file);
    return create ? yq_folder_make(s->folder, err) : YQ_OK;
}

/* ---------------------------------------------------------------- opening and closing */

static yq_code open_inside(yq_store *s, const char *url, const yq_store_options *o, yq_err *err)
{
    bool postgres = yq_url_is_postgres(url);
    yq_db_mode mode = o->read_only ? YQ_DB_READ : o->create ? YQ_DB_CREATE : YQ_DB_WRITE;
    yq_code rc = postgres ? postgres_place(s, url, err) : sqlite_place(s, url, o->create, err);
    if (rc) return rc;
    if (!postgres && !o->create && access(s->file, F_OK) != 0)
        return yq_fail(err, YQ_NOTFOUND, 0, "there is no store at %.100s; make one with: yiqiao init --store %.60s", s->file, s->file);
    if (!postgres && !o->read_only && (rc = lock_file(s, err))) return rc;
    if ((rc = yq_db_open_mode(url, mode, &s->db, err))) return rc;
    if (postgres && !o->read_only && (rc = lock_database(s, err))) return rc;
    return yq_schema_check(s->db, o->read_only ? YQ_SCHEMA_READ : o->create ? YQ_SCHEMA_MAKE : YQ_SCHEMA_WRITE, &s->stale, err);
}

yq_code yq_store_open(const char *url, const yq_store_options *options, yq_store **out, yq_err *err)
{
    static const yq_store_options defaults;
    const yq_store_options *o = options ? options : &defaults;
    *out = NULL;
    yq_store *s = calloc(1, sizeof *s);
    if (!s) return yq_fail(err, YQ_NOMEM, 0, "no memory for the store");
    s->lock = -1;
    s->clock = o->clock ? o->clock : yq_clock_system();
    s->random = o->random ? o->random : yq_random_system();
    s->read_only = o->read_only;
    yq_code rc = open_inside(s, url, o, err);
    if (rc) yq_store_close(s);
    else *out = s;
    return rc;
}

void yq_store_close(yq_store *s)
{
    if (!s) return;
    yq_db_close(s->db);
    if (s->lock >= 0) close(s->lock);
    free(s);
}

yq_db *yq_store_db(yq_store *s)
{
    return s->db;
}

const char *yq_store_folder(const yq_store *s)
{
    return s->folder;
}

const char *yq_store_file(const yq_store *s)
{
    return s->file;
}

bool yq_store_read_only(const yq_store *s)
{
    return s->read_only;
}

bool yq_store_stale(const yq_store *s)
{
    return s->stale;
}

yq_clock *yq_store_clock(const yq_store *s)
{
    return s->clock;
}

yq_random *yq_store_random(const yq_store *s)
{
    return s->random;
}

void yq_store_projector(yq_store *s, const char *kind, yq_project project, void *self)
{
    for (size_t i = 0; i < s->projector_count; i++) {
        if (strcmp(s->projectors[i].kind, kind) != 0) continue;
        s->projectors[i] = (yq_projector){ kind, project, self };
        return;
    }
    assert(s->projector_count < YQ_MAX_PROJECTORS);
    s->projectors[s->projector_count++] = (yq_projector){ kind, project, self };
}
