/* Styles and lists of a Word document. Styles are known by their built-in names, which Word writes in English in every language; a style of the
 * user's own is what it is based on. Numbers of automatic lists stand nowhere in the text: they are counted here as Word counts them, since a
 * reader of the page sees "一、" and "3．", and what follows leans on it.
 */
#include "intake/docx.h"

#include <stdio.h>
#include <strings.h>

enum { BASED_ON_STEPS = 12, MOST_STYLES = 10000, NUMBER_BYTES = 128 };

/* ---------------------------------------------------------------- styles */

static const struct { const char *name; yq_style_role role; } style_names[] = {
    { "title", YQ_STYLE_TITLE },         { "subtitle", YQ_STYLE_SUBTITLE },     { "heading ", YQ_STYLE_HEADING },       { "toc ", YQ_STYLE_CONTENTS },
    { "list bullet", YQ_STYLE_LIST },    { "caption", YQ_STYLE_CAPTION },       { "table of figures", YQ_STYLE_CONTENTS }, { "header", YQ_STYLE_CONTENTS },
    { "footer", YQ_STYLE_CONTENTS },     { "标题 ", YQ_STYLE_HEADING },
};

static void name_style(yq_style *s, const char *name)
{
    for (size_t i = 0; i < sizeof style_names / sizeof *style_names; i++) {
        size_t n = strlen(style_names[i].name);
        bool prefix = style_names[i].name[n - 1] == ' ';
        if (strncasecmp(name, style_names[i].name, n) || (!prefix && name[n])) continue;
        s->role = style_names[i].role;
        if (s->role == YQ_STYLE_HEADING) s->level = name[n] >= '1' && name[n] <= '9' ? (uint8_t)(name[n] - '0') : 1;
        return;
    }
}

typedef struct {
    yq_arena *arena;
    yq_docx_look *look;
} look_reader;

static void read_style(look_reader *r, yq_xml *x, const yq_xml_event *opened)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    yq_style s = { .id = yq_dupz(r->arena, yq_cstr(yq_xml_value(opened, "styleId"))), .based_on = "" };
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "name")) name_style(&s, yq_xml_value(&e, "val"));
        else if (yq_xml_opens(&e, "basedOn")) s.based_on = yq_dupz(r->arena, yq_cstr(yq_xml_value(&e, "val")));
        else if (yq_xml_opens(&e, "numId")) s.list = yq_xml_number(&e, "val", 0, 1 << 30, 0);
        else if (yq_xml_opens(&e, "ilvl")) s.depth = yq_xml_number(&e, "val", 0, YQ_LIST_LEVELS - 1, 0);
        else if (yq_xml_opens(&e, "outlineLvl") && s.role == YQ_STYLE_PLAIN && yq_xml_number(&e, "val", 0, 9, 9) < 9) {
            s.role = YQ_STYLE_HEADING;
            s.level = (uint8_t)(yq_xml_number(&e, "val", 0, 9, 0) + 1);
        }
    }
    if (r->look->styles.n < MOST_STYLES) *yq_push(r->arena, &r->look->styles) = s;
}

static yq_code read_styles(yq_xml *x, void *arg, yq_err *err)
{
    yq_xml_event e;
    (void)err;
    while (yq_xml_next(x, &e))
        if (yq_xml_opens(&e, "style")) read_style(arg, x, &e);
    return YQ_OK;
}

static const yq_style *find_style(const yq_docx_look *look, const char *id)
{
    for (size_t i = 0; *id && i < look->styles.n; i++)
        if (!strcmp(look->styles.v[i].id, id)) return &look->styles.v[i];
    return NULL;
}

yq_style yq_docx_style(const yq_docx_look *look, const char *id)
{
    yq_style out = { .id = id };
    for (int step = 0; step < BASED_ON_STEPS; step++) {
        const yq_style *s = find_style(look, id);
        if (!s) break;
        if (out.role == YQ_STYLE_PLAIN) out.role = s->role, out.level = s->level;
        if (!out.list) out.list = s->list, out.depth = s->depth;
        id = s->based_on;
    }
    return out;
}

/* ---------------------------------------------------------------- lists */

static void read_level(look_reader *r, yq_xml *x, const yq_xml_event *opened, yq_list *list)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    yq_list_level *level = &list->level[yq_xml_number(opened, "ilvl", 0, YQ_LIST_LEVELS - 1, 0)];
    *level = (yq_list_level){ "decimal", "", 1 };
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "start")) level->start = yq_xml_number(&e, "val", 0, 1 << 20, 1);
        else if (yq_xml_opens(&e, "numFmt")) level->format = yq_dupz(r->arena, yq_cstr(yq_xml_value(&e, "val")));
        else if (yq_xml_opens(&e, "lvlText")) level->text = yq_dupz(r->arena, yq_cstr(yq_xml_value(&e, "val")));
    }
}

static void read_definition(look_reader *r, yq_xml *x, const yq_xml_event *opened)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    yq_list list = { .id = yq_xml_number(opened, "abstractNumId", 0, 1 << 30, -1) };
    for (int i = 0; i < YQ_LIST_LEVELS; i++) list.level[i] = (yq_list_level){ "none", "", 1 };
    while (yq_xml_inside(x, depth, &e))
        if (yq_xml_opens(&e, "lvl")) read_level(r, x, &e, &list);
    if (r->look->lists.n < MOST_STYLES) *yq_push(r->arena, &r->look->lists) = list;
}

static uint32_t definition(const yq_docx_look *look, long id)
{
    for (size_t i = 0; i < look->lists.n; i++)
        if (look->lists.v[i].id == id) return (uint32_t)i;
    return UINT32_MAX;
}

/* A use shares its definition's count, unless it restarts: then it counts in a copy. */
static void read_use(look_reader *r, yq_xml *x, const yq_xml_event *opened)
{
    yq_xml_event e;
    unsigned depth = yq_xml_depth(x);
    yq_list_use use = { yq_xml_number(opened, "numId", 0, 1 << 30, -1), UINT32_MAX };
    long at = 0;
    while (yq_xml_inside(x, depth, &e)) {
        if (yq_xml_opens(&e, "abstractNumId")) use.list = definition(r->look, yq_xml_number(&e, "val", 0, 1 << 30, -1));
        else if (yq_xml_opens(&e, "lvlOverride")) at = yq_xml_number(&e, "ilvl", 0, YQ_LIST_LEVELS - 1, 0);
        else if (yq_xml_opens(&e, "startOverride") && use.list < r->look->lists.n) {
            yq_list copy = r->look->lists.v[use.list];
            copy.id = -1;
            copy.level[at].start = yq_xml_number(&e, "val", 0, 1 << 20, 1);
            use.list = (uint32_t)r->look->lists.n;
            *yq_push(r->arena, &r->look->lists) = copy;
        }
    }
    if (r->look->uses.n < MOST_STYLES) *yq_push(r->arena, &r->look->uses) = use;
}

static yq_code read_numbering(yq_xml *x, void *arg, yq_err *err)
{
    yq_xml_event e;
    (void)err;
    while (yq_xml_next(x, &e)) {
        if (yq_xml_opens(&e, "abstractNum")) read_definition(arg, x, &e);
        else if (yq_xml_opens(&e, "num")) read_use(arg, x, &e);
    }
    return YQ_OK;
}

yq_code yq_docx_read_look(yq_office *o, yq_zip *z, yq_docx_look *out, yq_err *err)
{
    look_reader r = { o->writer.draft->arena, out };
    yq_code rc = yq_office_read(o, z, "word/styles.xml", read_styles, &r, err);
    return rc ? rc : yq_office_read(o, z, "word/numbering.xml", read_numbering, &r, err);
}

/* ---------------------------------------------------------------- numbers as Word prints them */

static const char *const han_digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

/* 1 to 99 as 一, 十, 十二, 二十, 二十三. */
static void put_han(char *to, size_t room, long n)
{
    const char *tens = n >= 20 ? han_digits[n / 10] : "", *ten = n >= 10 ? "十" : "", *ones = n % 10 ? han_digits[n % 10] : "";
    snprintf(to, room, "%s%s%s", tens, ten, ones);
}

static void put_roman(char *to, size_t room, long n, bool small)
{
    static const struct { long value; const char *large, *small; } steps[] = {
        { 50, "L", "l" }, { 40, "XL", "xl" }, { 10, "X", "x" }, { 9, "IX", "ix" }, { 5, "V", "v" }, { 4, "IV", "iv" }, { 1, "I", "i" },
    };
    size_t at = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; n >= steps[i].value && at + 3 < room; n -= steps[i].value) at += (size_t)snprintf(to + at, room - at, "%s", small ? steps[i].small : steps[i].large);
}

static void put_number(char *to, size_t room, const char *format, long n)
{
    bool han = strstr(format, "hinese") || strstr(format, "japaneseCounting") || strstr(format, "taiwaneseCounting") || strstr(format, "ideograph");
    to[0] = 0;
    if (han && n >= 1 && n <= 99) put_han(to, room, n);
    else if (strstr(format, "Roman") && n >= 1 && n <= 89) put_roman(to, room, n, format[0] == 'l');
    else if (strstr(format, "Letter") && n >= 1 && n <= 26) snprintf(to, room, "%c", (char)((format[0] == 'l' ? 'a' : 'A') + n - 1));
    else if (!strcmp(format, "decimalEnclosedCircle") && n >= 1 && n <= 20) to[yq_utf8_put(0x245F + (uint32_t)n, to)] = 0;
    else snprintf(to, room, "%ld", n);
}

/* "%1.%2" with the numbers of its levels. */
static yq_str print_mark(yq_arena *a, const yq_list *list, long depth)
{
    char mark[NUMBER_BYTES] = "", number[40];
    size_t at = 0;
    for (const char *p = list->level[depth].text; *p && at + sizeof number < sizeof mark; p++) {
        if (p[0] != '%' || p[1] < '1' || p[1] > '9') {
            mark[at++] = *p;
            continue;
        }
        long level = *++p - '1';
        put_number(number, sizeof number, list->level[level].format, list->count[level] ? list->count[level] : list->level[level].start);
        at += (size_t)snprintf(mark + at, sizeof mark - at, "%s", number);
    }
    return yq_dup(a, (yq_str){ mark, at });
}

yq_str yq_docx_count(yq_arena *a, yq_docx_look *look, long list, long depth, bool *bullet)
{
    *bullet = false;
    for (size_t i = 0; i < look->uses.n; i++) {
        if (look->uses.v[i].id != list || look->uses.v[i].list >= look->lists.n) continue;
        yq_list *l = &look->lists.v[look->uses.v[i].list];
        l->count[depth] = l->count[depth] ? l->count[depth] + 1 : l->level[depth].start;
        for (long below = depth + 1; below < YQ_LIST_LEVELS; below++) l->count[below] = 0;
        *bullet = !strcmp(l->level[depth].format, "bullet");
        if (*bullet || !strcmp(l->level[depth].format, "none")) return (yq_str){ 0 };
        return print_mark(a, l, depth);
    }
    return (yq_str){ 0 };
}
