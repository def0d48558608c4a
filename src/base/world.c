/* The outside world: hashes and ids, clock, random, files. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

yq_hash yq_hash_of(yq_str bytes)
{
    yq_hash h;
    crypto_generichash(h.b, sizeof h.b, (const uint8_t *)bytes.p, bytes.n, NULL, 0);
    return h;
}

yq_hash yq_hash_of_parts(const yq_str *parts, size_t n)
{
    yq_hash h;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof h.b);
    for (size_t i = 0; i < n; i++) {
        uint8_t length[8];
        for (int k = 0; k < 8; k++) length[k] = (uint8_t)((uint64_t)parts[i].n >> (8 * k));
        crypto_generichash_update(&state, length, sizeof length);
        crypto_generichash_update(&state, (const uint8_t *)parts[i].p, parts[i].n);
    }
    crypto_generichash_final(&state, h.b, sizeof h.b);
    return h;
}

void yq_hex(const void *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *b = bytes;
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[b[i] >> 4];
        out[2 * i + 1] = digits[b[i] & 15];
    }
    out[2 * n] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool yq_unhex(yq_str hex, void *out, size_t n)
{
    uint8_t *b = out;
    if (hex.n != 2 * n) return false;
    for (size_t i = 0; i < n; i++) {
        int high = hex_value(hex.p[2 * i]), low = hex_value(hex.p[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        b[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

uint64_t yq_hash64(yq_str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t system_now(yq_clock *self)
{
    (void)self;
    return read_clock(CLOCK_REALTIME);
}

static void system_fill(yq_random *self, void *out, size_t n)
{
    (void)self;
    randombytes_buf(out, n);
}

yq_clock *yq_clock_system(void)
{
    static yq_clock clock = { system_now };
    return &clock;
}

yq_random *yq_random_system(void)
{
    static yq_random random = { system_fill };
    return &random;
}

int64_t yq_monotonic_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void yq_ulid(yq_clock *clock, yq_random *random, char out[YQ_ULID_CHARS + 1])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint8_t b[16];
    uint64_t ms = (uint64_t)(clock->now_us(clock) / 1000);
    for (int i = 0; i < 6; i++) b[i] = (uint8_t)(ms >> (40 - 8 * i));
    random->fill(random, b + 6, 10);
    /* 130 bits are written as 26 digits of 5, the first two bits being 0. */
    for (int i = 0; i < YQ_ULID_CHARS; i++) {
        unsigned v = 0;
        for (int k = 0; k < 5; k++) {
            int bit = i * 5 + k - 2;
            v = v << 1 | (bit < 0 ? 0u : (unsigned)(b[bit / 8] >> (7 - bit % 8) & 1));
        }
        out[i] = digits[v];
    }
    out[YQ_ULID_CHARS] = '\0';
}

void yq_instant_text(int64_t us, char out[28])
{
    time_t s = (time_t)(us / 1000000);
    struct tm t;
    gmtime_r(&s, &t);
    size_t n = strftime(out, 28, "%Y-%m-%dT%H:%M:%S", &t);
    snprintf(out + n, 28 - n, ".%06dZ", (int)(us % 1000000));
}

yq_code yq_file_read(const char *path, size_t max, char **out, size_t *n, yq_err *err)
{
    yq_code rc = YQ_OK;
    char *buf = NULL;
    struct stat st;

    *out = NULL;
    *n = 0;
    FILE *f = fopen(path, "rb");
    if (!f) return yq_fail(err, errno == ENOENT ? YQ_NOTFOUND : YQ_IO, 0, "cannot open: %s", strerror(errno));
    if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
        rc = yq_fail(err, YQ_INVALID, 0, "is not a regular file");
        goto done;
    }
    if ((uint64_t)st.st_size > max) {
        rc = yq_fail(err, YQ_INVALID, max, "has %lld bytes, more than the allowed %zu; split it", (long long)st.st_size, max);
        goto done;
    }
    size_t size = (size_t)st.st_size;
    if (!(buf = malloc(size + 1))) {
        rc = yq_fail(err, YQ_NOMEM, 0, "no memory for %zu bytes", size);
        goto done;
    }
    size_t len = fread(buf, 1, size, f);
    if (ferror(f)) {
        rc = yq_fail(err, YQ_IO, len, "read failed: %s", strerror(errno));
        goto done;
    }
    buf[len] = '\0';
    *n = len;
    *out = buf;
    buf = NULL; /* now the caller's */
done:
    free(buf);
    fclose(f);
    return rc;
}

static bool write_all(int fd, yq_str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        s = yq_sub(s, (size_t)n, s.n);
    }
    return true;
}

/* /dev/null, a pipe: a file in its place would take it away from everybody. */
static bool is_device(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static yq_code write_into(const char *path, yq_str content, yq_err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, content);
    if (fd >= 0) ok = close(fd) == 0 && ok;
    return ok ? YQ_OK : yq_fail(err, YQ_IO, 0, "cannot write %s: %s", path, strerror(errno));
}

static yq_code write_file(const char *path, yq_str content, bool wait, yq_err *err)
{
    if (is_device(path)) return write_into(path, content, err);
    yq_code rc = YQ_OK;
    size_t n = strlen(path);
    char *temp = malloc(n + 8);
    if (!temp) return yq_fail(err, YQ_NOMEM, 0, "no memory for a path");
    memcpy(temp, path, n);
    memcpy(temp + n, ".XXXXXX", 8);
    int fd = mkstemp(temp);
    if (fd < 0) {
        rc = yq_fail(err, YQ_IO, 0, "cannot write beside %s: %s", path, strerror(errno));
        goto done;
    }
    bool ok = write_all(fd, content) && fchmod(fd, 0644) == 0 && (!wait || fsync(fd) == 0);
    ok = close(fd) == 0 && ok;
    if (!ok || rename(temp, path) != 0) {
        rc = yq_fail(err, YQ_IO, 0, "cannot write %s: %s", path, strerror(errno));
        unlink(temp);
    }
done:
    free(temp);
    return rc;
}

yq_code yq_file_write(const char *path, yq_str content, yq_err *err)
{
    return write_file(path, content, true, err);
}

yq_code yq_file_put(const char *path, yq_str content, yq_err *err)
{
    return write_file(path, content, false, err);
}

yq_code yq_folder_make(const char *path, yq_err *err)
{
    yq_code rc = YQ_OK;
    char *copy = strdup(path);
    if (!copy) return yq_fail(err, YQ_NOMEM, 0, "no memory for a path");
    for (char *p = copy + 1;; p++) {
        if (*p && *p != '/') continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(copy, 0755) != 0 && errno != EEXIST) {
            rc = yq_fail(err, YQ_IO, 0, "cannot make the folder %s: %s", copy, strerror(errno));
            break;
        }
        if (!kept) break;
        *p = kept;
    }
    free(copy);
    return rc;
}
