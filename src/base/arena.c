/* Arenas: blocks that double up to four megabytes, freed at once. An allocation beyond the stated maximum leaves by the innermost
 * yq_arena_run(). Large blocks are asked of the system in its large pages, for each page that is touched first costs more than filling it. */
#include "base/base.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

typedef struct block {
    struct block *next;
    size_t used, size;
    size_t touched; /* bytes from here on are zero still */
    _Alignas(16) char bytes[];
} block;

struct yq_arena {
    block *head;
    size_t max, held, used;
    jmp_buf *escape;
};

enum { FIRST_BLOCK = 8 << 10, LARGEST_BLOCK = 4 << 20, LARGE_PAGE = 2 << 20, PAGE = 4096 };

yq_arena *yq_arena_new(size_t max_bytes)
{
    yq_arena *a = calloc(1, sizeof *a);
    if (a) a->max = max_bytes;
    return a;
}

/* Does a block lie on the borders of large pages? Under a sanitizer none does, so that it sees them. */
static bool is_large(size_t bytes)
{
#ifdef __SANITIZE_ADDRESS__
    return bytes == SIZE_MAX;
#else
    return bytes >= LARGE_PAGE;
#endif
}

/* Zeroed. */
static block *new_block(size_t size)
{
    size_t bytes = sizeof(block) + size;
    if (!is_large(bytes)) return calloc(1, bytes);
    char *p = mmap(NULL, bytes + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) return NULL;
    size_t skip = -(uintptr_t)p % LARGE_PAGE, end = (skip + bytes + PAGE - 1) / PAGE * PAGE;
    if (skip) munmap(p, skip);
    if (end < bytes + LARGE_PAGE) munmap(p + end, bytes + LARGE_PAGE - end);
    madvise(p + skip, bytes, MADV_HUGEPAGE); /* a system that has none goes on without */
    return (block *)(p + skip);
}

static void free_blocks(block *b)
{
    while (b) {
        block *next = b->next;
        if (is_large(sizeof *b + b->size)) munmap(b, sizeof *b + b->size);
        else free(b);
        b = next;
    }
}

void yq_arena_free(yq_arena *a)
{
    if (!a) return;
    free_blocks(a->head);
    free(a);
}

void yq_arena_clear(yq_arena *a)
{
    a->used = 0;
    if (!a->head) return;
    free_blocks(a->head->next);
    a->head->next = NULL;
    a->head->used = 0;
    a->held = a->head->size;
}

size_t yq_arena_used(const yq_arena *a)
{
    return a->used;
}

static _Noreturn void out_of_memory(yq_arena *a)
{
    if (a->escape) longjmp(*a->escape, 1);
    fputs("yiqiao: out of memory outside of any arena run\n", stderr);
    abort();
}

static block *add_block(yq_arena *a, size_t bytes)
{
    size_t size = a->head ? a->head->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < bytes) size = bytes;
    if (a->held + size > a->max) size = bytes;
    if (size > a->max || a->held > a->max - size) out_of_memory(a);
    block *b = new_block(size);
    if (!b) out_of_memory(a);
    b->next = a->head;
    b->size = size;
    a->head = b;
    a->held += size;
    return b;
}

/* The next bytes of the block, zeroed: those that were never given out are so already. */
static void *take(yq_arena *a, block *b, size_t bytes)
{
    char *p = b->bytes + b->used;
    if (b->used < b->touched) memset(p, 0, bytes < b->touched - b->used ? bytes : b->touched - b->used);
    b->used += bytes;
    a->used += bytes;
    if (b->used > b->touched) b->touched = b->used;
    return p;
}

static size_t rounded(size_t bytes)
{
    return (bytes + 15) & ~(size_t)15;
}

void *yq_alloc(yq_arena *a, size_t bytes)
{
    if (bytes > SIZE_MAX - 32) out_of_memory(a);
    bytes = rounded(bytes);
    block *b = a->head;
    if (!b || b->size - b->used < bytes) b = add_block(a, bytes);
    return take(a, b, bytes);
}

char *yq_dupz(yq_arena *a, yq_str s)
{
    char *p = yq_alloc(a, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    return p;
}

yq_str yq_dup(yq_arena *a, yq_str s)
{
    return (yq_str){ yq_dupz(a, s), s.n };
}

yq_str yq_concat(yq_arena *a, yq_str x, yq_str y)
{
    char *p = yq_alloc(a, x.n + y.n + 1);
    if (x.n) memcpy(p, x.p, x.n);
    if (y.n) memcpy(p + x.n, y.p, y.n);
    return (yq_str){ p, x.n + y.n };
}

yq_str yq_printf(yq_arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *p = yq_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
    if (n > 0) vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (yq_str){ p, n < 0 ? 0 : (size_t)n };
}

/* What was given out last may grow where it is. */
static bool grow_in_place(yq_arena *a, const char *old, size_t bytes, size_t more)
{
    block *b = a->head;
    if (!old || !b || b->used < bytes || old != b->bytes + b->used - bytes || b->size - b->used < more - bytes) return false;
    take(a, b, more - bytes);
    return true;
}

void *yq_vec_grow(yq_arena *a, void *old, size_t n, size_t *cap, size_t item)
{
    size_t more = *cap ? *cap * 2 : 8;
    if (more > SIZE_MAX / 2 / item) out_of_memory(a);
    if (grow_in_place(a, old, rounded(*cap * item), rounded(more * item))) return *cap = more, old;
    void *p = yq_alloc(a, more * item);
    if (n) memcpy(p, old, n * item);
    *cap = more;
    return p;
}

yq_code yq_arena_run(yq_arena *a, yq_code (*work)(void *arg, yq_err *err), void *arg, yq_err *err)
{
    jmp_buf escape;
    jmp_buf *volatile outer = a->escape;
    a->escape = &escape;
    yq_code rc;
    if (setjmp(escape) == 0)
        rc = work(arg, err);
    else
        rc = yq_fail(err, YQ_NOMEM, 0, "needs more than the allowed %zu MB of memory", a->max >> 20);
    a->escape = outer;
    return rc;
}

void yq_keep_freed(size_t bytes)
{
    mallopt(M_MMAP_THRESHOLD, LARGE_PAGE);
    mallopt(M_TRIM_THRESHOLD, (int)bytes);
}
