/* tests/intake/outline.h - a reading as one line of text that a row of a test can hold. */
#ifndef YQ_TESTS_OUTLINE_H
#define YQ_TESTS_OUTLINE_H

#include "check.h"
#include "intake/intake.h"

static const char kind_letter[] = "TSHPIBCM"; /* title, subtitle, heading, paragraph, item, table (B), caption, meta */

typedef struct {
    yq_arena *arena;
    yq_reading reading;
    yq_code code;
    yq_err err;
} result;

static result read_bytes(const char *name, yq_str bytes)
{
    result r = { .arena = yq_arena_new(64u << 20) };
    r.code = yq_intake_read(r.arena, yq_cstr(name), bytes, NULL, &r.reading, &r.err);
    return r;
}

__attribute__((unused)) static result read_text(const char *name, const char *text)
{
    return read_bytes(name, yq_cstr(text));
}

/* "T:标题|P:段落|": kind and text of each block; of tables, the cells "r,c=text" with spans "rxc". */
static yq_str outline(const result *r)
{
    yq_buf b = { 0 };
    for (size_t i = 0; i < r->reading.blocks.n; i++) {
        const yq_block *block = &r->reading.blocks.v[i];
        yq_buf_printf(&b, "%c:", kind_letter[block->kind]);
        if (block->kind != YQ_BLOCK_TABLE) yq_buf_put(&b, yq_at(r->reading.clean, block->span));
        else {
            const yq_table *t = &r->reading.tables.v[block->table];
            yq_buf_printf(&b, "h%u", t->header_rows);
            for (size_t k = 0; k < t->cells.n; k++) {
                const yq_cell *c = &t->cells.v[k];
                yq_str text = yq_at(r->reading.clean, c->span);
                if (!text.n) continue;
                yq_buf_printf(&b, " %u,%u", c->row, c->col);
                if (c->rows > 1 || c->cols > 1) yq_buf_printf(&b, "/%ux%u", c->rows, c->cols);
                yq_buf_printf(&b, "=%.*s", YQ_FMT(text));
            }
        }
        yq_buf_byte(&b, '|');
    }
    yq_str out = yq_dup(r->arena, yq_buf_str(&b));
    yq_buf_free(&b);
    return out;
}

/* Bytes changed, left out, repeated at random places: it is read, or refused with a reason; the sanitizer watches. The same each time. */
__attribute__((unused)) static void read_mutations(const char *what, const char *name, yq_str bytes, unsigned times)
{
    uint64_t state = 88172645463325252u ^ bytes.n;
    for (unsigned i = 0; i < times && bytes.n > 8; i++) {
        yq_buf b = { 0 };
        yq_buf_put(&b, bytes);
        for (unsigned k = 0; k < 1 + i % 4; k++) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            size_t at = state % b.n, n = (state >> 20) % 16;
            if (state & 1 << 8) b.p[at] = (char)(state >> 32);
            else if (state & 1 << 9) memmove(b.p + at, b.p + (at + n < b.n ? at + n : b.n), at + n < b.n ? b.n - at - n : 0), b.n -= at + n < b.n ? n : 0;
            else yq_buf_put(&b, yq_sub(bytes, at, at + n * 8));
        }
        result r = read_bytes(name, yq_buf_str(&b));
        CHECK(what, r.code == YQ_OK ? r.reading.blocks.n > 0 : (r.code == YQ_INVALID || r.code == YQ_NOMEM) && r.err.msg[0]);
        yq_arena_free(r.arena);
        yq_buf_free(&b);
    }
}

#endif
