/* HTML as sites and office programs write it: find the article, leave the page around it, keep the way back to the bytes.
 *
 * gumbo parses; three things are done before and beside it. The bytes are decoded here, since gumbo reads UTF-8 only and pages lie about
 * their charset. Nesting is counted before parsing and memory and time while parsing, since gumbo's work grows with depth times length.
 * Text nodes are aligned with the source they came from, entity by entity, so that a span of the reading still finds its bytes.
 *
 * Furniture is told by tags (nav, footer), by class names, by being hidden, and by link density; what words tell is left to furniture.c.
 */
#include "intake/internal.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum {
    OPEN_LIMIT_FACTOR = 10,      /* unclosed elements before parsing, as a multiple of the depth limit: bad pages leave some open */
    PARSE_MEMORY = 300 << 20,
    PARSE_US = 8000000,
    LINK_HEAVY_PERCENT = 70,     /* a block of which so much is anchor text is a menu or a list of articles */
    LINK_HEAVY_LINKS = 3,
    MENU_CELL_BYTES = 24,
    MAX_SPAN = 1000              /* rowspan, colspan */
};

/* ---------------------------------------------------------------- charset and depth, before parsing */

/* The value of charset=… in a meta tag within the first bytes, in any letter case and quoting. */
static const char *declared_charset(yq_arena *a, yq_str bytes)
{
    yq_str head = yq_sub(bytes, 0, 4096);
    char *text = yq_dupz(a, head);
    for (size_t i = 0; i < head.n; i++)
        if (!text[i]) text[i] = ' ';
    for (char *at = text; (at = strcasestr(at, "<meta"));) {
        char *end = strchr(at, '>');
        if (!end) return NULL;
        *end = 0;
        char *found = strcasestr(at, "charset=");
        if (found) {
            found += strlen("charset=");
            found += strspn(found, "\"' ");
            found[strcspn(found, "\"' ;/")] = 0;
            return *found ? found : NULL;
        }
        at = end + 1;
    }
    return NULL;
}

/* Elements without content, and those whose next sibling closes them: they do not nest. */
static bool never_nests(const char *name, size_t n)
{
    static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
                                         "track", "wbr", "p", "li", "dd", "dt", "option", "td", "th", "tr", "tbody", "thead", "tfoot" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && !strncasecmp(name, names[i], n)) return true;
    return false;
}

/* The deepest level of open elements, counted without a tree. *where: the byte where the limit is passed. */
static bool opens_more_than(yq_str html, size_t limit, size_t *where)
{
    size_t depth = 0;
    for (size_t i = 0; i + 1 < html.n; i++) {
        if (html.p[i] != '<') continue;
        bool closes = html.p[i + 1] == '/';
        size_t name = i + 1 + closes, end = name;
        while (end < html.n && (((html.p[end] | 32) >= 'a' && (html.p[end] | 32) <= 'z') || (end > name && html.p[end] >= '0' && html.p[end] <= '9')))
            end++;
        if (end == name || never_nests(html.p + name, end - name)) continue;
        if (closes) depth -= depth > 0;
        else if (++depth > limit) return *where = i, true;
    }
    return false;
}

/* ---------------------------------------------------------------- parsing within bounds */

typedef struct node_header {
    struct node_header *next, *before;
    size_t size;
    size_t padding;
} node_header;

typedef struct {
    node_header all; /* a ring: what gumbo holds is freed even when it is left half-way */
    size_t held, calls;
    int64_t deadline;
    const char *why;
    jmp_buf escape;
} parse_bounds;

static void *bounded_alloc(void *user, size_t size)
{
    parse_bounds *b = user;
    if (b->held + size > PARSE_MEMORY) b->why = "needs too much memory";
    else if (++b->calls % 4096 == 0 && yq_monotonic_us() > b->deadline) b->why = "takes too long to read";
    node_header *h = b->why ? NULL : malloc(sizeof *h + size);
    if (!h) longjmp(b->escape, 1);
    *h = (node_header){ .next = b->all.next, .before = &b->all, .size = size };
    h->next->before = h;
    b->all.next = h;
    b->held += size;
    return h + 1;
}

static void bounded_free(void *user, void *p)
{
    parse_bounds *b = user;
    if (!p) return;
    node_header *h = (node_header *)p - 1;
    h->next->before = h->before;
    h->before->next = h->next;
    b->held -= h->size;
    free(h);
}

static void free_all(parse_bounds *b)
{
    while (b->all.next != &b->all) bounded_free(b, b->all.next + 1);
}

/* ---------------------------------------------------------------- the walk */

typedef struct {
    yq_draft *draft;
    yq_writer writer;
    yq_str source;
    size_t depth;
    unsigned list_depth;
    size_t page_text; /* bytes of text in the body */
    bool in_link;
    bool has_heading; /* an h1 was seen in the body */
    yq_code code;
    yq_err *err;
} walk;

static const char *attribute(const GumboNode *node, const char *name)
{
    GumboAttribute *a = gumbo_get_attribute(&node->v.element.attributes, name);
    return a && a->value ? a->value : "";
}

typedef enum { FLOW, BLOCK, SKIP, BREAK, HEADING, LIST, ITEM, CAPTION, TABLE } role;

static role role_of(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NAV: case GUMBO_TAG_FOOTER: case GUMBO_TAG_ASIDE: case GUMBO_TAG_BUTTON: case GUMBO_TAG_SELECT: case GUMBO_TAG_SVG:
    case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_HEAD: case GUMBO_TAG_OBJECT: case GUMBO_TAG_AUDIO: case GUMBO_TAG_VIDEO: case GUMBO_TAG_RT:
    case GUMBO_TAG_RP:
        return SKIP;
    case GUMBO_TAG_BR: case GUMBO_TAG_HR:
        return BREAK;
    case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6:
        return HEADING;
    case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_MENU: case GUMBO_TAG_DIR:
        return LIST;
    case GUMBO_TAG_LI:
        return ITEM;
    case GUMBO_TAG_FIGCAPTION:
        return CAPTION;
    case GUMBO_TAG_TABLE:
        return TABLE;
    case GUMBO_TAG_P: case GUMBO_TAG_DIV: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE: case GUMBO_TAG_MAIN: case GUMBO_TAG_HEADER:
    case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_PRE: case GUMBO_TAG_DL: case GUMBO_TAG_DT: case GUMBO_TAG_DD: case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_ADDRESS: case GUMBO_TAG_CENTER: case GUMBO_TAG_FORM: case GUMBO_TAG_FIELDSET: case GUMBO_TAG_TR: case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: case GUMBO_TAG_TBODY: case GUMBO_TAG_THEAD: case GUMBO_TAG_TFOOT: case GUMBO_TAG_BODY: case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_DETAILS: case GUMBO_TAG_SUMMARY:
        return BLOCK;
    default:
        return FLOW;
    }
}

/* Words of class and id names that mark what is not the article. */
static bool is_furniture_word(const char *word, size_t n)
{
    static const char *const words[] = {
        "nav", "navbar", "navigation", "menu", "submenu", "crumb", "crumbs", "breadcrumb", "breadcrumbs", "sidebar", "side", "aside", "foot",
        "footer", "ad", "ads", "advert", "advertisement", "adsense", "banner", "related", "relate", "recommend", "recommended", "recommendation",
        "comment", "comments", "share", "sharing", "social", "toolbar", "login", "search", "searchbox", "pager", "pagination", "pagenav",
        "copyright", "sponsor", "sponsored", "promo", "popup", "modal", "cookie", "cookies", "qrcode", "hide", "hidden", "invisible", "none",
        "sr-only", "hot", "hotnews", "topbar", "prenext", "prevnext", "skip", "subscribe", "newsletter", "widget", "friendlink", "links",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && !strncasecmp(word, words[i], n)) return true;
    return false;
}

static bool names_furniture(const char *names)
{
    for (const char *at = names; *at;) {
        size_t n = strcspn(at, " -_");
        /* camelCase: sideBar is two words */
        size_t word = 0;
        while (word < n && !(word && at[word] >= 'A' && at[word] <= 'Z' && at[word - 1] >= 'a')) word++;
        if (word && is_furniture_word(at, word)) return true;
        at += word ? word : 1;
        at += strspn(at, " -_");
    }
    return false;
}

static bool is_hidden(const GumboNode *node)
{
    const char *style = attribute(node, "style");
    char flat[256];
    size_t n = 0;
    for (; *style && n < sizeof flat - 1; style++)
        if (*style != ' ') flat[n++] = *style;
    flat[n] = 0;
    return gumbo_get_attribute(&node->v.element.attributes, "hidden") || strcasestr(flat, "display:none") || strcasestr(flat, "visibility:hidden")
        || !strcasecmp(attribute(node, "aria-hidden"), "true");
}

typedef struct {
    size_t text, link, links;
    bool heading, table, sentence;
} measure;

static void measure_text(const char *text, bool link, measure *m)
{
    size_t n = 0;
    for (const char *p = text; *p; p++) n += (unsigned char)*p > ' ';
    m->text += n;
    if (link) m->link += n;
    else if (strstr(text, "。") || strstr(text, "；") || strstr(text, ". ")) m->sentence = true;
}

static void measure_node(const GumboNode *node, bool link, size_t depth, measure *m)
{
    if (node->type == GUMBO_NODE_TEXT) {
        measure_text(node->v.text.text, link, m);
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || !depth) return;
    GumboTag tag = node->v.element.tag;
    role r = role_of(tag);
    if (r == SKIP) return;
    m->heading |= tag == GUMBO_TAG_H1;
    m->table |= tag == GUMBO_TAG_TABLE;
    if (tag == GUMBO_TAG_A && *attribute(node, "href")) {
        link = true;
        m->links++;
    }
    const GumboVector *children = &node->v.element.children;
    for (unsigned i = 0; i < children->length; i++) measure_node(children->data[i], link, depth - 1, m);
}

static bool is_furniture(const walk *w, const GumboNode *node, role r)
{
    GumboTag tag = node->v.element.tag;
    if (is_hidden(node)) return true;
    if (tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_A) return false;
    bool named = names_furniture(attribute(node, "class")) || names_furniture(attribute(node, "id"))
        || !strcasecmp(attribute(node, "role"), "navigation");
    if (!named && (r == FLOW || r == HEADING || r == ITEM)) return false;
    measure m = { 0 };
    measure_node(node, false, w->draft->limits->depth, &m);
    if (named) return !m.heading && m.text * 2 < w->page_text;
    return m.links >= LINK_HEAVY_LINKS && m.link * 100 >= m.text * LINK_HEAVY_PERCENT && !m.sentence && m.text * 2 < w->page_text;
}

static void visit(walk *w, const GumboNode *node);

static void visit_children(walk *w, const GumboNode *node)
{
    const GumboVector *children = node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children : &node->v.element.children;
    for (unsigned i = 0; i < children->length && !w->code; i++) visit(w, children->data[i]);
}

/* ---------------------------------------------------------------- text nodes */

static size_t entity_length(yq_str raw, size_t at)
{
    size_t end = at + 1;
    while (end < raw.n && end - at < 40 && (raw.p[end] == '#' || ((raw.p[end] | 32) >= 'a' && (raw.p[end] | 32) <= 'z') || (raw.p[end] >= '0' && raw.p[end] <= '9')))
        end++;
    return end - at + (end < raw.n && raw.p[end] == ';');
}

/* Writes a node's text: parts equal to the source are copied from it, an entity's characters are inserted at the entity's place. */
static void write_text(walk *w, yq_str text, yq_str raw)
{
    size_t base = (size_t)(raw.p - w->source.p), t = 0, r = 0;
    while (t < text.n) {
        size_t same = 0;
        while (t + same < text.n && r + same < raw.n && text.p[t + same] == raw.p[r + same] && raw.p[r + same] != '&') same++;
        while (same && t + same < text.n && ((unsigned char)text.p[t + same] & 0xC0) == 0x80) same--; /* alike as far as a part of a character */
        if (same) yq_writer_flow(&w->writer, base + r, base + r + same);
        t += same;
        r += same;
        if (t >= text.n) break;
        size_t next = t;
        uint32_t cp = yq_utf8_next(text, &next);
        yq_str piece = yq_sub(text, t, next);
        if (yq_is_space(cp)) piece = YQ_S(" ");
        bool doubled = yq_is_space(cp) && w->writer.text.text.n && w->writer.text.text.v[w->writer.text.text.n - 1] == ' ';
        if (!doubled) yq_text_insert(&w->writer.text, piece, base + (r < raw.n ? r : raw.n));
        t = next;
        if (r < raw.n) r += raw.p[r] == '&' ? entity_length(raw, r) : 1;
        if (r > raw.n) r = raw.n;
    }
}

static void visit_text(walk *w, const GumboNode *node)
{
    const GumboText *text = &node->v.text;
    yq_str raw = { text->original_text.data, text->original_text.length };
    size_t before = yq_text_length(&w->writer.text);

    if (!raw.p || raw.p < w->source.p || raw.p + raw.n > w->source.p + w->source.n) return;
    write_text(w, yq_cstr(text->text), raw);
    if (w->in_link) w->writer.link_bytes += (uint32_t)(yq_text_length(&w->writer.text) - before);
}

/* ---------------------------------------------------------------- tables */

typedef struct {
    const GumboNode *cell;
    uint32_t row, col, rows, cols;
    bool header;
} placed;
typedef YQ_VEC(placed) places;

static bool holds_block(const GumboNode *node, size_t depth)
{
    if (node->type != GUMBO_NODE_ELEMENT || !depth) return false;
    GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_TABLE || (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H4)) return true;
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        if (holds_block(node->v.element.children.data[i], depth - 1)) return true;
    return false;
}

static uint32_t span_of(const GumboNode *cell, const char *name)
{
    long n = strtol(attribute(cell, name), NULL, 10);
    return n < 1 ? 1 : n > MAX_SPAN ? MAX_SPAN : (uint32_t)n;
}

/* Columns that cells of earlier rows still cover: how many more rows, per column. */
typedef struct {
    uint32_t left[MAX_SPAN];
} covered;

static void place_row(walk *w, const GumboNode *row, uint32_t index, covered *c, places *out)
{
    uint32_t col = 0;
    for (unsigned i = 0; i < row->v.element.children.length; i++) {
        const GumboNode *cell = row->v.element.children.data[i];
        if (cell->type != GUMBO_NODE_ELEMENT || (cell->v.element.tag != GUMBO_TAG_TD && cell->v.element.tag != GUMBO_TAG_TH)) continue;
        while (col < MAX_SPAN && c->left[col]) col++;
        uint32_t cols = span_of(cell, "colspan");
        if (col + cols > MAX_SPAN) break;
        placed p = { cell, index, col, span_of(cell, "rowspan"), cols, cell->v.element.tag == GUMBO_TAG_TH };
        for (uint32_t k = 0; k < cols; k++) c->left[col + k] = p.rows;
        *yq_push(w->draft->arena, out) = p;
        col += cols;
    }
    for (uint32_t k = 0; k < MAX_SPAN; k++) c->left[k] -= c->left[k] > 0;
}

/* Rows lie in the table or in its sections. Returns how many there are. */
static uint32_t place_rows(walk *w, const GumboNode *node, uint32_t row, covered *c, places *out)
{
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (child->type != GUMBO_NODE_ELEMENT) continue;
        GumboTag tag = child->v.element.tag;
        if (tag == GUMBO_TAG_TR) place_row(w, child, row++, c, out);
        else if (tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TFOOT) row = place_rows(w, child, row, c, out);
    }
    return row;
}

/* A table that holds tables or headings, or has one row or column, arranges a page. */
static bool arranges_page(const walk *w, const places *cells, uint32_t rows)
{
    uint32_t cols = 0;
    for (size_t i = 0; i < cells->n; i++) {
        const placed *p = &cells->v[i];
        if (p->col + p->cols > cols) cols = p->col + p->cols;
        for (unsigned k = 0; k < p->cell->v.element.children.length; k++)
            if (holds_block(p->cell->v.element.children.data[k], w->draft->limits->depth)) return true;
    }
    return rows < 2 || cols < 2;
}

/* A cell's text on one line: a line end inside it becomes a space. */
static void write_cell_text(walk *w, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
        visit_text(w, node);
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || role_of(node->v.element.tag) == SKIP || is_hidden(node)) return;
    role r = role_of(node->v.element.tag);
    yq_text_builder *b = &w->writer.text;
    char last = b->text.n ? b->text.v[b->text.n - 1] : '\n';
    if ((r == BREAK || r == BLOCK || r == ITEM) && !strchr(" \t\n", last))
        yq_text_insert(b, YQ_S(" "), node->v.element.start_pos.offset);
    if (++w->depth > w->draft->limits->depth) return (void)w->depth--;
    for (unsigned i = 0; i < node->v.element.children.length; i++) write_cell_text(w, node->v.element.children.data[i]);
    w->depth--;
}

static void write_data_table(walk *w, const places *cells, uint32_t rows)
{
    uint32_t row = 0;
    yq_writer_table_open(&w->writer);
    for (size_t i = 0; i < cells->n && !w->code; i++) {
        const placed *p = &cells->v[i];
        for (; row < p->row; row++) yq_writer_row_end(&w->writer);
        for (unsigned k = 0; k < p->cell->v.element.children.length; k++) write_cell_text(w, p->cell->v.element.children.data[k]);
        uint32_t rows_left = rows - p->row;
        yq_cell cell = { .row = p->row, .col = p->col, .rows = p->rows < rows_left ? p->rows : rows_left, .cols = p->cols, .header = p->header };
        w->code = yq_writer_cell(&w->writer, cell, w->err);
    }
    yq_writer_table_close(&w->writer);
}

/* One row of short cells: a menu of an old page. It is written as one line, so that its words can be judged together. */
static bool menu_row(const walk *w, const places *cells, uint32_t rows)
{
    if (rows != 1 || cells->n < 3) return false;
    for (size_t i = 0; i < cells->n; i++) {
        measure m = { 0 };
        measure_node(cells->v[i].cell, false, w->draft->limits->depth, &m);
        if (m.text > MENU_CELL_BYTES || m.table) return false;
    }
    return true;
}

static void write_menu_row(walk *w, const places *cells)
{
    for (size_t i = 0; i < cells->n; i++) {
        if (i) yq_text_insert(&w->writer.text, YQ_S(" | "), cells->v[i].cell->v.element.start_pos.offset);
        write_cell_text(w, cells->v[i].cell);
    }
    yq_writer_line(&w->writer, YQ_BLOCK_PARAGRAPH, 0, false);
}

static void visit_table(walk *w, const GumboNode *node)
{
    places cells = { 0 };
    covered *c = YQ_NEW(w->draft->arena, covered);
    uint32_t rows = place_rows(w, node, 0, c, &cells);

    yq_writer_line(&w->writer, YQ_BLOCK_PARAGRAPH, 0, false);
    if (menu_row(w, &cells, rows)) {
        write_menu_row(w, &cells);
        return;
    }
    if (arranges_page(w, &cells, rows)) {
        visit_children(w, node);
        return;
    }
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (child->type != GUMBO_NODE_ELEMENT || child->v.element.tag != GUMBO_TAG_CAPTION) continue;
        visit_children(w, child);
        yq_writer_line(&w->writer, YQ_BLOCK_HEADING, 4, true);
    }
    write_data_table(w, &cells, rows);
}

/* ---------------------------------------------------------------- elements */

static void end_line(walk *w, yq_block_kind kind, uint8_t level, bool told)
{
    yq_writer_line(&w->writer, kind, level, told);
}

static void visit_block(walk *w, const GumboNode *node, role r)
{
    GumboTag tag = node->v.element.tag;
    end_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
    w->list_depth += r == LIST;
    visit_children(w, node);
    w->list_depth -= r == LIST;
    uint8_t level = w->list_depth < 6 ? (uint8_t)w->list_depth : 6;
    if (r == HEADING) end_line(w, tag == GUMBO_TAG_H1 ? YQ_BLOCK_TITLE : YQ_BLOCK_HEADING, (uint8_t)(tag - GUMBO_TAG_H1 + 1), true);
    else if (r == ITEM) end_line(w, YQ_BLOCK_ITEM, level ? level : 1, true);
    else if (r == CAPTION) end_line(w, YQ_BLOCK_CAPTION, 0, true);
    else end_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
}

/* The kind that a line gets when a <br> ends it inside a heading or an item. */
static void visit_break(walk *w, const GumboNode *node)
{
    const GumboNode *up = node->parent;
    for (; up && up->type == GUMBO_NODE_ELEMENT; up = up->parent) {
        GumboTag tag = up->v.element.tag;
        if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6) {
            end_line(w, tag == GUMBO_TAG_H1 ? YQ_BLOCK_TITLE : YQ_BLOCK_HEADING, (uint8_t)(tag - GUMBO_TAG_H1 + 1), true);
            return;
        }
        if (role_of(tag) != FLOW) break;
    }
    end_line(w, YQ_BLOCK_PARAGRAPH, 0, false);
}

static void visit_element(walk *w, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    role r = role_of(tag);
    bool outer_link = w->in_link;

    if (r == SKIP || is_furniture(w, node, r)) return;
    w->in_link |= tag == GUMBO_TAG_A && *attribute(node, "href");
    if (r == BREAK) visit_break(w, node);
    else if (r == TABLE) visit_table(w, node);
    else if (r == FLOW) visit_children(w, node);
    else visit_block(w, node, r);
    w->in_link = outer_link;
}

static void visit(walk *w, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
        visit_text(w, node);
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_DOCUMENT) return;
    if (++w->depth > w->draft->limits->depth)
        w->code = yq_fail(w->err, YQ_INVALID, node->type == GUMBO_NODE_ELEMENT ? node->v.element.start_pos.offset : 0,
                          "nested deeper than %zu elements; save the page as plain text", w->draft->limits->depth);
    else if (node->type == GUMBO_NODE_DOCUMENT) visit_children(w, node);
    else visit_element(w, node);
    w->depth--;
}

/* <meta name="pubdate" content="2025-06-06 …"> and its cousins. */
static void find_meta_date(walk *w, const GumboNode *node, unsigned depth)
{
    static const char *const names[] = { "pubdate", "publishdate", "publish_date", "article:published_time", "date", "datepublished", "dc.date" };
    if (node->type != GUMBO_NODE_ELEMENT || !depth) return;
    if (node->v.element.tag == GUMBO_TAG_BODY) return;
    if (node->v.element.tag == GUMBO_TAG_META) {
        const char *name = *attribute(node, "name") ? attribute(node, "name") : attribute(node, "property");
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (!strcasecmp(name, names[i])) yq_find_date(yq_cstr(attribute(node, "content")), 0, w->draft->date, NULL);
    }
    for (unsigned i = 0; i < node->v.element.children.length; i++) find_meta_date(w, node->v.element.children.data[i], depth - 1);
}

typedef struct {
    walk *walk;
    const GumboOutput *tree;
} tree_walk;

/* The tree is not in the arena: memory that runs out must come back here, so that it is freed. */
static yq_code walk_tree(void *arg, yq_err *err)
{
    tree_walk *t = arg;
    measure m = { 0 };
    (void)err;
    measure_node(t->tree->root, false, t->walk->draft->limits->depth, &m);
    t->walk->page_text = m.text;
    find_meta_date(t->walk, t->tree->root, 4);
    visit(t->walk, t->tree->document);
    return t->walk->code;
}

static yq_code parse_and_walk(walk *w, yq_err *err)
{
    parse_bounds *b = YQ_NEW(w->draft->arena, parse_bounds);
    GumboOptions options = kGumboDefaultOptions;
    tree_walk t = { .walk = w };

    b->all.next = b->all.before = &b->all;
    b->deadline = yq_monotonic_us() + PARSE_US;
    options.allocator = bounded_alloc;
    options.deallocator = bounded_free;
    options.userdata = b;
    options.max_errors = 0;
    if (setjmp(b->escape)) {
        yq_code rc = yq_fail(err, YQ_INVALID, 0, "the page %s; save it as plain text", b->why ? b->why : "needs too much memory");
        free_all(b);
        return rc;
    }
    t.tree = gumbo_parse_with_options(&options, w->source.p, w->source.n);
    yq_code rc = yq_arena_run(w->draft->arena, walk_tree, &t, err);
    free_all(b);
    return rc;
}

yq_code yq_read_html(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_decoded source;
    size_t where = 0;
    yq_code rc = yq_decode(d->arena, bytes, declared_charset(d->arena, bytes), &source, err);
    if (rc) return rc;
    d->encoding = source.encoding;
    if (opens_more_than(source.text, d->limits->depth * OPEN_LIMIT_FACTOR, &where))
        return yq_fail(err, YQ_INVALID, where, "over %zu elements are open at once; nested too deeply to be a page; save it as plain text",
                       d->limits->depth * OPEN_LIMIT_FACTOR);
    walk w = { .draft = d, .writer = yq_writer_on(d, source.text), .source = source.text, .err = err };
    if ((rc = parse_and_walk(&w, err))) return rc;
    return yq_writer_done(&w.writer, &source.map, err);
}
