/* index/internal.h - what the files of index/ share: bytes, segments, the view of a moment, the disk. */
#ifndef YQ_INDEX_INTERNAL_H
#define YQ_INDEX_INTERNAL_H

#include "index/index.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- constants of the scoring (see search.c) */

#define BM25_K1 1.2
#define BM25_B 0.75
enum {
    TITLE_WEIGHT = 2,    /* a word of the title counts as so many of the text */
    MAX_TERM = 64,       /* bytes; longer tokens are cut there */
    MAX_TF = 65535,
    BLOCK = 128,         /* postings packed together */
    MAX_QUERY = 4096     /* terms of one question */
};

/* ---------------------------------------------------------------- bytes, little endian */

static inline uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t get64(const uint8_t *p)
{
    return get32(p) | (uint64_t)get32(p + 4) << 32;
}

static inline void put32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++) p[i] = (uint8_t)(v >> 8 * i);
}

static inline void put64(uint8_t *p, uint64_t v)
{
    for (int i = 0; i < 8; i++) p[i] = (uint8_t)(v >> 8 * i);
}

/* The first eight bytes of a term as a number that compares as they do; what is not there counts as zeros. */
static inline uint64_t term_begin(yq_str text)
{
    uint64_t begin = 0;
    for (size_t i = 0; i < 8; i++) begin = begin << 8 | (i < text.n ? (uint8_t)text.p[i] : 0);
    return begin;
}

void buf_u32(yq_buf *b, uint32_t v);
void buf_u64(yq_buf *b, uint64_t v);
void buf_varint(yq_buf *b, uint64_t v);
/* Reads one variable-byte number; false when the bytes end or the number is too long. */
bool get_varint(const uint8_t **p, const uint8_t *end, uint32_t *v);
/* Changes when any bit changes; fast enough to be taken over a whole segment at opening. */
uint64_t checksum(const void *bytes, size_t n, uint64_t seed);

/* ---------------------------------------------------------------- words */

/* Cuts the n lower-case ASCII letters to their stem in place; its length. */
size_t yq_porter(char *letters, size_t n);
/* Of the concept lexicon, whose concepts are terms: another lexicon, another index. */
uint32_t concepts_fingerprint(void);

/* ---------------------------------------------------------------- disk */

/* The steps by which an index reaches the disk, so that a test can fail or stop at each of them. */
typedef struct disk {
    yq_code (*write)(struct disk *d, const char *path, yq_str content, yq_err *err); /* there whole or not at all */
    yq_code (*sync_folder)(struct disk *d, const char *folder, yq_err *err);
    void (*remove)(struct disk *d, const char *path);
} disk;

disk *disk_system(void);
yq_code index_open_on(disk *d, const char *folder, yq_index **out, int64_t *sequence, bool *stale, yq_err *err);

/* ---------------------------------------------------------------- segments (segment.c has the byte format) */

typedef struct {
    int64_t owner;
    uint32_t sharing, first, count; /* documents [first, first + count) of the segment */
    uint64_t length;                /* of all of them */
} doc_class;

typedef struct segment {
    atomic_uint references;
    uint64_t number;       /* in the file's name */
    const uint8_t *bytes;
    size_t size;
    bool mapped;           /* else from malloc */
    uint32_t docs, classes, terms;
    const uint8_t *class_at, *id_at, *length_at, *group_at, *text_at, *posting_at;
    const uint8_t *order_at; /* NULL: ids rise with the numbers */
    uint64_t text_size, posting_size;
    uint64_t sum;          /* checksum in the header */
} segment;

/* Takes the bytes over (munmap or free at the last release); YQ_CORRUPT leaves them to the caller. */
yq_code segment_open(const uint8_t *bytes, size_t size, bool mapped, uint64_t number, segment **out, yq_err *err);
yq_code segment_map(const char *path, uint64_t number, segment **out, yq_err *err);
segment *segment_keep(segment *s);
void segment_release(segment *s);
doc_class segment_class(const segment *s, uint32_t i);
static inline int64_t segment_id(const segment *s, uint32_t doc) { return (int64_t)get64(s->id_at + 8 * (size_t)doc); }
static inline uint32_t segment_length(const segment *s, uint32_t doc) { return get32(s->length_at + 4 * (size_t)doc); }
/* The document with this id, or UINT32_MAX. */
uint32_t segment_find(const segment *s, int64_t id);

/* Where the runs of one term lie; nothing between them: the term is not there. */
typedef struct {
    const uint8_t *at, *end;
} postings;

postings segment_term(const segment *s, yq_str text);

/* All terms in byte order. Zeroed but for `s` before the first. */
typedef struct {
    const segment *s;
    uint32_t next;          /* number of the term behind this one */
    const uint8_t *at;      /* in the texts, behind this one */
    uint64_t posting;       /* offset of the next one's */
    uint32_t n;
    char text[MAX_TERM];
    postings found;
} term_walk;

bool term_walk_next(term_walk *w); /* false: no more (or damaged) */
static inline yq_str term_walk_text(const term_walk *w) { return (yq_str){ w->text, w->n }; }

/* The postings of one term in one class of documents; doc numbers count from the class's first. */
typedef struct {
    const uint8_t *skip, *data, *end; /* skip: 16 bytes a full block; data: where offsets count from */
    uint32_t class, df, full;         /* full blocks; the rest is the tail */
    uint32_t max_tf;
    float min_ratio;                  /* least length / tf */
    uint32_t docs;                    /* of the class: every number is below */
} run;

/* Takes the next run off. False: no more (or damaged). */
bool segment_next_run(const segment *s, postings *p, run *out);

typedef struct {
    run r;
    uint32_t block;              /* loaded; UINT32_MAX before the first */
    uint32_t n, at;              /* postings in the block, the current one */
    uint32_t look;               /* first block that may reach into the window, for bounds */
    uint32_t doc[BLOCK], tf[BLOCK];
} cursor;

void cursor_open(cursor *c, const run *r);
uint32_t run_blocks(const run *r);
uint32_t run_last(const run *r, uint32_t block); /* last document of a block; UINT32_MAX for the tail */
/* Bounds of one block. */
void run_block_bounds(const run *r, uint32_t block, uint32_t *max_tf, float *min_ratio);
/* Loads the block; false at the end. */
bool cursor_load(cursor *c, uint32_t block);
/* Moves to the first posting >= doc; false: none. Never moves back. */
bool cursor_seek(cursor *c, uint32_t doc);
static inline uint32_t cursor_doc(const cursor *c) { return c->doc[c->at]; }

/* ---------------------------------------------------------------- writing a segment */

typedef struct {
    int64_t id, owner;
    uint32_t sharing, length;
} doc_entry;

typedef struct segment_writer segment_writer;

/* docs: sorted by doc_order, without doubles. */
segment_writer *segment_writer_new(const doc_entry *docs, uint32_t n);
/* Terms in byte order; keys: doc << 32 | tf, rising. */
void segment_writer_term(segment_writer *w, yq_str text, const uint64_t *keys, size_t n);
/* The bytes of the file, from malloc. The writer is freed in any case. */
yq_code segment_writer_done(segment_writer *w, uint8_t **bytes, size_t *size, yq_err *err);
void segment_writer_free(segment_writer *w);
int doc_order(const doc_entry *a, const doc_entry *b); /* by owner, sharing, id */

/* ---------------------------------------------------------------- building and merging */

typedef struct builder builder;

builder *builder_new(void);
void builder_free(builder *b);
void builder_clear(builder *b); /* forgets what was added */
yq_code builder_add(builder *b, const yq_index_doc *doc, yq_err *err);
yq_code builder_delete(builder *b, int64_t id, yq_err *err);
bool builder_full(const builder *b);  /* time to make a segment of it */
bool builder_empty(const builder *b);
/* Ids that were added or deleted, sorted, without doubles: what older segments hold of them is void. */
const int64_t *builder_touched(builder *b, size_t *n);
/* The segment's bytes, NULL when nothing is left to index; the builder is empty afterwards, also on error. */
yq_code builder_flush(builder *b, uint8_t **bytes, size_t *size, yq_err *err);

/* A segment with what is gone from it: immutable. */
typedef struct view {
    atomic_uint references;
    segment *segment;
    uint64_t *dead;        /* a bit for each document; NULL: none */
    uint32_t dead_count;
    struct { uint32_t docs; uint64_t length; } *live; /* of each class */
} view;

view *view_new(segment *s, uint64_t *dead); /* takes both over, also when it fails (NULL) */
view *view_keep(view *v);
void view_release(view *v);
static inline bool view_is_dead(const view *v, uint32_t doc) { return v->dead && (v->dead[doc >> 6] >> (doc & 63) & 1); }
/* The view without these ids (sorted); the same view, kept, when none is in it. NULL: no memory. */
view *view_without(view *v, const int64_t *ids, size_t n);

yq_code merge_views(view *const *views, size_t n, uint8_t **bytes, size_t *size, yq_err *err);

/* ---------------------------------------------------------------- the state of a moment and the manifest */

typedef struct {
    atomic_uint references;
    int64_t sequence;
    uint64_t generation, next_number;
    size_t n;
    view *views[];
} snapshot;

snapshot *snapshot_new(view *const *views, size_t n); /* keeps the views */
snapshot *snapshot_keep(snapshot *s);
void snapshot_release(snapshot *s);

void segment_path(const char *folder, uint64_t number, char *out, size_t cap);
yq_code manifest_write(disk *d, const char *folder, const snapshot *s, yq_err *err);
/* YQ_NOTFOUND: no index there; YQ_CORRUPT, YQ_NEWER: not usable. */
yq_code manifest_read(const char *folder, snapshot **out, yq_err *err);
yq_code manifest_generation(const char *folder, uint64_t *generation, yq_err *err);
/* Removes segment files that the snapshot does not name. */
void manifest_sweep(disk *d, const char *folder, const snapshot *s);

struct yq_index {
    pthread_mutex_t lock;     /* guards now */
    pthread_mutex_t writing;
    snapshot *now;            /* what searchers take */
    disk *disk;
    char *folder;             /* NULL: in memory */
    builder *building;
    view **pending;           /* NULL, or before commit: the views of now without what was touched, then new segments */
    size_t pending_n;
};

snapshot *index_snapshot(yq_index *x); /* kept; release it */

#endif
