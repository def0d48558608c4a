/* Clean-up of decoded text. */
#include "text/internal.h"

static bool invisible(uint32_t cp)
{
    return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF || (cp < 0x20 && cp != '\n' && cp != '\t');
}

static bool wide_letter(uint32_t cp)
{
    return (cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A);
}

/* Characters: what cannot be seen goes, wide letters become narrow, runs of spaces become one. */
static void clean_characters(yq_text_builder *b, yq_str text)
{
    bool space = true;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t cp = yq_utf8_next(text, &at);
        if (invisible(cp)) continue;
        bool blank = yq_is_space(cp) && cp != '\n' && cp != '\t';
        if (blank && space) continue;
        space = blank || cp == '\n';
        char narrow = (char)(cp - 0xFEE0);
        if (cp == '\n' && (b->text.n == 0 || b->text.v[b->text.n - 1] == '\n')) continue;
        if (blank)
            text_replace(b, YQ_S(" "), from, at);
        else if (wide_letter(cp))
            text_replace(b, (yq_str){ &narrow, 1 }, from, at);
        else
            yq_text_copy(b, text, from, at);
    }
}

yq_code yq_clean(yq_arena *a, yq_str text, yq_clean_options options, yq_str *clean, yq_map *map, yq_err *err)
{
    (void)options;
    (void)err;
    yq_text_builder b = { .arena = a };
    text_reserve(&b, text.n + 1);
    clean_characters(&b, text);
    *clean = yq_text_done(&b, map);
    return YQ_OK;
}
