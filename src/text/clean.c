/* Clean-up of decoded text in three steps, each with its map; the maps are joined at the end. */
#include "text/internal.h"

typedef struct {
    yq_arena *arena;
    yq_str text;
    yq_map map;
    bool any; /* a step has been done */
} stage;

static yq_text_builder begin(const stage *s)
{
    yq_text_builder b = { .arena = s->arena };
    yq_text_reserve(&b, s->text.n + s->text.n / 16 + 16);
    return b;
}

static void finish(stage *s, yq_text_builder *b)
{
    yq_map map;
    s->text = yq_text_done(b, &map);
    s->map = s->any ? yq_map_join(s->arena, &map, &s->map) : map;
    s->any = true;
}

yq_code yq_clean(yq_arena *a, yq_str text, yq_clean_options options, yq_str *clean, yq_map *map, yq_err *err)
{
    if (text.n > UINT32_MAX / 4) return yq_fail(err, YQ_INVALID, 0, "the text is larger than 1 GB; split it");
    stage s = { a, text, { 0 }, false };
    yq_text_builder b = begin(&s);
    yq_clean_characters(&b, s.text);
    finish(&s, &b);
    b = begin(&s);
    yq_clean_lines(&b, s.text, options.unwrap);
    finish(&s, &b);
    b = begin(&s);
    yq_clean_glosses(&b, s.text);
    finish(&s, &b);
    *clean = s.text;
    *map = s.map;
    return YQ_OK;
}
