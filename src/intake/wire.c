/* The wire format of a reading; wire.h describes it. */
#include "intake/wire.h"

enum { STRETCH = 64 << 10, NAME_MAX_BYTES = 32, PART_NAME_BYTES = 512 };

/* ---------------------------------------------------------------- writing */

typedef struct {
    void (*put)(void *arg, yq_str bytes);
    void *arg;
    size_t n;
    char bytes[STRETCH];
} sender;

static void flush(sender *s)
{
    if (s->n) s->put(s->arg, (yq_str){ s->bytes, s->n });
    s->n = 0;
}

static void put_bytes(sender *s, const void *from, size_t n)
{
    for (size_t done = 0; done < n;) {
        if (s->n == sizeof s->bytes) flush(s);
        size_t piece = sizeof s->bytes - s->n < n - done ? sizeof s->bytes - s->n : n - done;
        memcpy(s->bytes + s->n, (const char *)from + done, piece);
        s->n += piece;
        done += piece;
    }
}

static void put_u8(sender *s, unsigned v)
{
    put_bytes(s, &(uint8_t){ (uint8_t)v }, 1);
}

static void put_u32(sender *s, size_t v)
{
    uint8_t b[4] = { (uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24) };
    put_bytes(s, b, sizeof b);
}

static void put_text(sender *s, yq_str text)
{
    put_u32(s, text.n);
    put_bytes(s, text.p, text.n);
}

static void put_span(sender *s, yq_span span)
{
    put_u32(s, span.from);
    put_u32(s, span.to);
}

static void put_table(sender *s, const yq_table *t)
{
    put_u32(s, t->rows);
    put_u32(s, t->cols);
    put_u32(s, t->header_rows);
    put_u32(s, t->cells.n);
    for (size_t i = 0; i < t->cells.n; i++) {
        const yq_cell *c = &t->cells.v[i];
        put_u32(s, c->row);
        put_u32(s, c->col);
        put_u32(s, c->rows);
        put_u32(s, c->cols);
        put_u8(s, c->header);
        put_span(s, c->span);
    }
}

static void put_part(sender *s, const yq_part *p)
{
    put_u32(s, p->after);
    put_u8(s, p->body);
    put_text(s, yq_sub(p->name, 0, PART_NAME_BYTES));
    put_text(s, p->bytes);
}

void yq_wire_write(const yq_reading *r, void (*put)(void *arg, yq_str bytes), void *arg)
{
    sender s = { .put = put, .arg = arg };
    put_bytes(&s, "YQR2", 4);
    put_text(&s, yq_cstr(r->format));
    put_text(&s, yq_cstr(r->encoding));
    put_text(&s, yq_cstr(r->date));
    put_span(&s, r->title);
    put_text(&s, r->clean);
    put_u32(&s, r->map.n);
    for (size_t i = 0; i < r->map.n; i++) {
        const yq_map_run *run = &r->map.run[i];
        put_u32(&s, run->clean);
        put_u32(&s, run->origin);
        put_u8(&s, run->clean_step);
        put_u8(&s, run->origin_step);
    }
    put_u32(&s, r->blocks.n);
    for (size_t i = 0; i < r->blocks.n; i++) {
        put_u8(&s, r->blocks.v[i].kind);
        put_u8(&s, r->blocks.v[i].level);
        put_u32(&s, r->blocks.v[i].table);
        put_span(&s, r->blocks.v[i].span);
    }
    put_u32(&s, r->tables.n);
    for (size_t i = 0; i < r->tables.n; i++) put_table(&s, &r->tables.v[i]);
    put_u32(&s, r->parts.n);
    for (size_t i = 0; i < r->parts.n; i++) put_part(&s, &r->parts.v[i]);
    put_bytes(&s, "END.", 4);
    flush(&s);
}

/* ---------------------------------------------------------------- reading what may be a lie */

typedef struct {
    yq_arena *arena;
    yq_str bytes;
    size_t at;
    yq_str clean;
    size_t cells;            /* of all tables */
    size_t parts_bytes;      /* of all parts */
    const yq_intake_limits *limits;
    const char *wrong;       /* what was, NULL: nothing so far */
    yq_reading *out;
} receiver;

static void reject(receiver *r, const char *what)
{
    if (!r->wrong) r->wrong = what;
    r->at = r->bytes.n; /* nothing more is taken */
}

static const uint8_t *take(receiver *r, size_t n)
{
    static const uint8_t nothing[16];
    if (n > r->bytes.n - r->at) return reject(r, "it breaks off"), nothing;
    r->at += n;
    return (const uint8_t *)r->bytes.p + r->at - n;
}

static uint8_t take_u8(receiver *r)
{
    return *take(r, 1);
}

static uint32_t take_u32(receiver *r)
{
    const uint8_t *b = take(r, 4);
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Numbers in a row; C does not say in which order an initialiser would take them. */
static void take_numbers(receiver *r, uint32_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++) v[i] = take_u32(r);
}

/* A number of things that take at least so many bytes each: never more than the bytes can hold. */
static uint32_t take_count(receiver *r, size_t bytes_each)
{
    uint32_t n = take_u32(r);
    if (n > (r->bytes.n - r->at) / bytes_each) return reject(r, "a count is larger than the whole"), 0;
    return n;
}

static yq_str take_text(receiver *r, size_t most)
{
    uint32_t n = take_count(r, 1);
    if (n > most) return reject(r, "a text is too long"), (yq_str){ 0 };
    yq_str s = { (const char *)take(r, n), r->wrong ? 0 : n };
    if (!yq_utf8_valid(s, NULL)) return reject(r, "a text is no UTF-8"), (yq_str){ 0 };
    return s;
}

/* Does a character begin here, or the text end? */
static bool is_border(yq_str s, uint32_t at)
{
    return at == s.n || (at < s.n && ((unsigned char)s.p[at] & 0xC0) != 0x80);
}

static yq_span take_span(receiver *r)
{
    uint32_t v[2];
    take_numbers(r, v, 2);
    yq_span s = { v[0], v[1] };
    if (s.from > s.to || !is_border(r->clean, s.from) || !is_border(r->clean, s.to)) return reject(r, "a span lies outside of the text"), (yq_span){ 0 };
    return s;
}

static bool is_date(yq_str s)
{
    if (!s.n) return true;
    for (size_t i = 0; i < s.n; i++)
        if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n == 10;
}

static void take_head(receiver *r)
{
    yq_reading *out = r->out;
    if (memcmp(take(r, 4), "YQR2", 4)) return reject(r, "it is none");
    out->format = yq_dupz(r->arena, take_text(r, NAME_MAX_BYTES));
    out->encoding = yq_dupz(r->arena, take_text(r, NAME_MAX_BYTES));
    yq_str date = take_text(r, sizeof out->date - 1);
    if (!is_date(date)) return reject(r, "its date is none");
    if (date.n) memcpy(out->date, date.p, date.n);
    out->date[date.n] = 0;
    uint32_t from = take_u32(r);
    uint32_t to = take_u32(r); /* of the title, checked when the text is there */
    r->clean = out->clean = yq_dup(r->arena, take_text(r, UINT32_MAX / 4));
    if (from > to || !is_border(r->clean, from) || !is_border(r->clean, to)) return reject(r, "its title lies outside of the text");
    out->title = (yq_span){ from, to };
}

static void take_map(receiver *r)
{
    uint32_t n = take_count(r, 10), before = 0;
    yq_map_run *runs = YQ_ARRAY(r->arena, yq_map_run, n);
    for (uint32_t i = 0; i < n && !r->wrong; i++) {
        runs[i].clean = take_u32(r);
        runs[i].origin = take_u32(r);
        runs[i].clean_step = take_u8(r);
        runs[i].origin_step = take_u8(r);
        if (runs[i].clean < before || !runs[i].clean_step) reject(r, "its map is out of order");
        before = runs[i].clean;
    }
    r->out->map = (yq_map){ runs, n };
}

static void take_blocks(receiver *r)
{
    uint32_t n = take_count(r, 14), before = 0;
    for (uint32_t i = 0; i < n && !r->wrong; i++) {
        yq_block b;
        b.kind = take_u8(r);
        b.level = take_u8(r);
        b.table = take_u32(r);
        b.span = take_span(r);
        if (b.kind > YQ_BLOCK_META || b.span.from < before) return reject(r, "its blocks are out of order");
        before = b.span.to;
        *yq_push(r->arena, &r->out->blocks) = b;
    }
}

static bool cell_fits(const yq_table *t, const yq_cell *c, const yq_cell *before)
{
    if (!c->rows || !c->cols || c->row >= t->rows || c->col >= t->cols || c->rows > t->rows - c->row || c->cols > t->cols - c->col) return false;
    return !before || before->row < c->row || (before->row == c->row && before->col < c->col);
}

static void take_table(receiver *r)
{
    uint32_t size[3], n, v[4];
    take_numbers(r, size, 3);
    yq_table t = { .rows = size[0], .cols = size[1], .header_rows = size[2] };
    n = take_count(r, 25);
    r->cells += n;
    if (t.header_rows > t.rows || r->cells > r->limits->table_cells) return reject(r, "a table is out of bounds");
    for (uint32_t i = 0; i < n && !r->wrong; i++) {
        take_numbers(r, v, 4);
        yq_cell c = { .row = v[0], .col = v[1], .rows = v[2], .cols = v[3] };
        c.header = take_u8(r) != 0;
        c.span = take_span(r);
        if (!cell_fits(&t, &c, i ? &t.cells.v[i - 1] : NULL)) return reject(r, "a cell is out of place");
        *yq_push(r->arena, &t.cells) = c;
    }
    *yq_push(r->arena, &r->out->tables) = t;
}

/* Each table belongs to one block, in order. */
static void check_tables(receiver *r)
{
    uint32_t next = 0;
    for (size_t i = 0; i < r->out->blocks.n; i++)
        if (r->out->blocks.v[i].kind == YQ_BLOCK_TABLE && r->out->blocks.v[i].table != next++) return reject(r, "a block has another's table");
    if (next != r->out->tables.n) reject(r, "a table belongs to no block");
}

static void take_part(receiver *r, uint32_t before)
{
    yq_part p = { .after = take_u32(r) };
    p.body = take_u8(r) != 0;
    p.name = yq_dup(r->arena, take_text(r, PART_NAME_BYTES));
    uint32_t n = take_count(r, 1);
    r->parts_bytes += n;
    if (p.after < before || p.after > r->out->blocks.n || r->parts_bytes > r->limits->parts_bytes) return reject(r, "a part is out of bounds");
    p.bytes = yq_dup(r->arena, (yq_str){ (const char *)take(r, n), r->wrong ? 0 : n });
    *yq_push(r->arena, &r->out->parts) = p;
}

static void take_parts(receiver *r)
{
    uint32_t n = take_count(r, 13);
    if (n > r->limits->parts) return reject(r, "it has too many parts");
    for (uint32_t i = 0; i < n && !r->wrong; i++) take_part(r, i ? r->out->parts.v[i - 1].after : 0);
}

static yq_code receive(void *arg, yq_err *err)
{
    receiver *r = arg;
    take_head(r);
    if (!r->wrong) take_map(r);
    if (!r->wrong) take_blocks(r);
    uint32_t tables = take_count(r, 16);
    for (uint32_t i = 0; i < tables && !r->wrong; i++) take_table(r);
    if (!r->wrong) check_tables(r);
    if (!r->wrong) take_parts(r);
    if (!r->wrong && (memcmp(take(r, 4), "END.", 4) || r->at != r->bytes.n)) reject(r, "it does not end where it should");
    if (!r->wrong && !r->out->blocks.n && !r->out->parts.n) reject(r, "it holds no text");
    return r->wrong ? yq_fail(err, YQ_INVALID, 0, "the reader gave back what is no reading: %s", r->wrong) : YQ_OK;
}

yq_code yq_wire_read(yq_arena *a, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err)
{
    receiver r = { .arena = a, .bytes = bytes, .limits = limits, .out = out };
    return yq_arena_run(a, receive, &r, err);
}
