/* yiqiao-pdf - the text of a PDF in the order in which people read it.
 *
 *     yiqiao-pdf < FILE 3> ANSWER      exit 0: ANSWER is UTF-8 text, one line of paper a line, an empty line where the page leaves room;
 *                                      exit 2: ANSWER is the reason why there is none
 *                                      exit 3: there is none, since the pages are pictures (a scan)
 *
 * A PDF knows places of characters and no paragraphs. Lines are taken from poppler with their boxes and cut where a gap runs through them. A page is
 * then parted at the border that the fewest lines cross, if text fills both sides of it, and each side again; lines that cross keep their height on
 * the page. A line that most pages repeat at their edge is a running head and is dropped, and so is a number alone there.
 *
 * This program links poppler, which is under the GPL: see README.md beside it.
 */
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ANSWER_FD = 3, MOST_PAGES = 3000, END_BYTES = 2048, SCANNED = 3, EDGE_PERCENT = 9 };

typedef struct {
    double x1, y1, x2, y2; /* points, from the top left */
    double units;          /* width of its text in characters as wide as high */
    char *text;
} line;

static const line no_line = { 1e9, 1e9, -1e9, -1e9, 0, NULL };

typedef struct {
    GArray *lines; /* of one page */
    double width, height;
} page;

static G_GNUC_NORETURN void refuse(const char *why)
{
    dprintf(ANSWER_FD, "%s", why);
    _exit(2);
}

/* ---------------------------------------------------------------- lines of a page */

static gboolean is_wide(gunichar c)
{
    return c >= 0x2E80 && g_unichar_iswide(c);
}

/* Size of the characters. Boxes are as high as a font says, which is often half as much again as its characters are: widths do not lie. */
static double size_of(const line *l)
{
    return l->units > 0 ? (l->x2 - l->x1) / l->units : l->y2 - l->y1;
}

static double middle_of(const line *l)
{
    return (l->y1 + l->y2) / 2;
}

/* A line that was stretched to the width of its column has blanks around its characters: these are no spaces. */
static void close_up(GString *s)
{
    enum { ALONE = 2 };
    glong n;
    gunichar *c = g_utf8_to_ucs4_fast(s->str, (glong)s->len, &n);
    int alone = 0;
    for (glong i = 1; i + 1 < n; i++) alone += is_wide(c[i]) && c[i - 1] == ' ' && c[i + 1] == ' ';
    g_string_truncate(s, 0);
    for (glong i = 0; i < n; i++) {
        gboolean between = c[i] == ' ' && i > 0 && i + 1 < n && (is_wide(c[i - 1]) || is_wide(c[i + 1]));
        gboolean stretched = between && ((i > 1 && c[i - 2] == ' ') || (i + 2 < n && c[i + 2] == ' '));
        if (alone < ALONE || !stretched) g_string_append_unichar(s, c[i]);
    }
    g_free(c);
}

static void end_line(page *p, line *l, GString *text)
{
    close_up(text);
    g_strstrip(text->str);
    if (*text->str) {
        l->text = g_strdup(text->str);
        g_array_append_val(p->lines, *l);
    }
    g_string_truncate(text, 0);
    *l = no_line;
}

static void widen(line *l, const PopplerRectangle *r)
{
    l->x1 = MIN(l->x1, r->x1);
    l->y1 = MIN(l->y1, r->y1);
    l->x2 = MAX(l->x2, r->x2);
    l->y2 = MAX(l->y2, r->y2);
}

/* A gap of more than a character and a half is not a space: another column begins there. */
static gboolean leaps(const line *l, const PopplerRectangle *r)
{
    return l->x2 > l->x1 && (r->x1 - l->x2 > 1.5 * size_of(l) || r->x1 < l->x1 - 1 || r->y1 > l->y2 || r->y2 < l->y1);
}

static void read_lines(PopplerPage *from, page *to)
{
    PopplerRectangle *boxes = NULL;
    guint n = 0;
    char *text = poppler_page_get_text(from);
    GString *open = g_string_new("");
    line l = no_line;
    poppler_page_get_size(from, &to->width, &to->height);
    to->lines = g_array_new(FALSE, FALSE, sizeof(line));
    if (text && !poppler_page_get_text_layout(from, &boxes, &n)) n = 0;
    const char *at = text ? text : "";
    for (guint i = 0; i < n && *at; i++, at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean blank = g_unichar_isspace(c);
        if (c == '\n' || (!blank && leaps(&l, &boxes[i]))) end_line(to, &l, open);
        if (c == '\n' || g_unichar_iscntrl(c)) continue;
        if (!blank) widen(&l, &boxes[i]);
        l.units += is_wide(c) ? 1 : 0.5;
        g_string_append_unichar(open, c);
    }
    end_line(to, &l, open);
    g_string_free(open, TRUE);
    g_free(boxes);
    g_free(text);
}

/* ---------------------------------------------------------------- reading order */

static int by_size(gconstpointer a, gconstpointer b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int by_top(gconstpointer a, gconstpointer b)
{
    const line *x = a, *y = b;
    if (middle_of(x) != middle_of(y)) return middle_of(x) < middle_of(y) ? -1 : 1;
    return x->x1 < y->x1 ? -1 : x->x1 > y->x1;
}

static double usual_size(const line *v, guint n)
{
    double sum = 0;
    for (guint i = 0; i < n; i++) sum += size_of(&v[i]);
    return sum / n;
}

static void order(line *v, guint n, int depth);

/* The left half first; each is ordered by itself. */
static void cut(line *v, guint n, double middle, int depth)
{
    line *copy = g_memdup2(v, n * sizeof *v);
    guint first = 0, last;
    for (guint i = 0; i < n; i++)
        if (copy[i].x1 < middle) v[first++] = copy[i];
    last = first;
    for (guint i = 0; i < n; i++)
        if (copy[i].x1 >= middle) v[last++] = copy[i];
    g_free(copy);
    order(v, first, depth + 1);
    order(v + first, n - first, depth + 1);
}

static gboolean crosses(const line *l, double x, double slack)
{
    return l->x1 < x - slack && l->x2 > x + slack;
}

/* Running text fills its column; cells of a table do not, and are read by rows. The widest lines do not count: they may be a page's head. */
static gboolean filled(const line *v, guint n, double x, double em, gboolean left)
{
    GArray *widths = g_array_new(FALSE, FALSE, sizeof(double));
    double sum = 0, usual = 0;
    for (guint i = 0; i < n; i++) {
        double width = v[i].x2 - v[i].x1;
        if (left ? v[i].x2 > x : v[i].x1 < x) continue;
        g_array_append_val(widths, width);
        sum += width;
    }
    guint count = widths->len;
    g_array_sort(widths, by_size);
    if (count) usual = g_array_index(widths, double, count * 4 / 5);
    g_array_free(widths, TRUE);
    return count >= 3 && usual >= 7 * em && sum > 0.6 * count * usual;
}

/* Where a page has two columns but for a few lines that lie across (a headline, a footer): the place with the fewest such, 0: no columns. */
static double column_border(const line *v, guint n, double em)
{
    double best = 0;
    guint fewest = n / 3 + 1;
    for (guint c = 0; c < n && n < 3000; c++) {
        guint across = 0;
        double x = v[c].x1 - 0.35 * em;
        for (guint i = 0; i < n && across < fewest; i++) across += crosses(&v[i], x, 0.2 * em);
        if (across < fewest && filled(v, n, x, em, TRUE) && filled(v, n, x, em, FALSE)) fewest = across, best = x;
    }
    return best;
}

/* Between two lines that lie across, the left column comes before the right one. */
static void order_bands(line *v, guint n, double x, double em, int depth)
{
    qsort(v, n, sizeof *v, by_top);
    while (n > 1 && middle_of(&v[n - 1]) - middle_of(&v[n - 2]) > 2 * em) n--; /* a foot of the page stays last */
    for (guint from = 0; from < n;) {
        guint end = from;
        while (end < n && !crosses(&v[end], x, 0.2 * em)) end++;
        if (end > from) cut(v + from, end - from, x, depth);
        from = end + 1;
    }
}

static void order(line *v, guint n, int depth)
{
    if (n < 2) return;
    double em = usual_size(v, n), x = depth < 8 && n > 6 ? column_border(v, n, em) : 0;
    if (x) order_bands(v, n, x, em, depth);
    else qsort(v, n, sizeof *v, by_top);
}

/* ---------------------------------------------------------------- running heads */

static gboolean at_edge(const page *p, const line *l)
{
    double edge = p->height * EDGE_PERCENT / 100;
    return l->y2 < edge || l->y1 > p->height - edge;
}

/* A page's number alone, with dashes or 第…页 around it. */
static gboolean is_number(const char *s)
{
    gboolean digit = FALSE;
    for (; *s; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (g_unichar_isdigit(c)) digit = TRUE;
        else if (!g_unichar_isspace(c) && !g_unichar_ispunct(c) && c != 0x7B2C && c != 0x9875 && c != 0x5171) return FALSE;
    }
    return digit;
}

/* The text of a line at the edge without its digits: what running heads share. */
static char *edge_key(const char *text)
{
    GString *s = g_string_new("");
    for (const char *p = text; *p; p++)
        if (!g_ascii_isdigit(*p) && *p != ' ') g_string_append_c(s, *p);
    return g_string_free(s, FALSE);
}

static void count_edges(const page *pages, int n, GHashTable *counts)
{
    for (int i = 0; i < n; i++)
        for (guint k = 0; k < pages[i].lines->len; k++) {
            const line *l = &g_array_index(pages[i].lines, line, k);
            if (!at_edge(&pages[i], l)) continue;
            char *key = edge_key(l->text);
            int seen = GPOINTER_TO_INT(g_hash_table_lookup(counts, key));
            g_hash_table_insert(counts, key, GINT_TO_POINTER(seen + 1));
        }
}

static gboolean dropped(const page *p, const line *l, int pages, GHashTable *counts)
{
    if (!at_edge(p, l)) return FALSE;
    char *key = edge_key(l->text);
    int seen = GPOINTER_TO_INT(g_hash_table_lookup(counts, key));
    g_free(key);
    return is_number(l->text) || (pages >= 3 && seen * 2 > pages);
}

/* ---------------------------------------------------------------- the whole */

enum { NEIGHBOURS = 10 };

/* Borders of the column a line stands in, from its neighbours in reading order that begin where it does, up to an indent. */
static void column_of(const line *v, guint n, guint i, double *left, double *right)
{
    guint from = i > NEIGHBOURS ? i - NEIGHBOURS : 0, to = MIN(n, i + NEIGHBOURS + 1);
    *left = v[i].x1;
    *right = v[i].x2;
    for (guint k = from; k < to; k++) {
        if (ABS(v[k].x1 - v[i].x1) > 2.4 * size_of(&v[i])) continue;
        *left = MIN(*left, v[k].x1);
        *right = MAX(*right, v[k].x2);
    }
}

/* Width of what cannot be parted at the start of a line: a word, or a Han character with the marks that may not open a line. */
static double first_width(const line *l)
{
    double units = 0;
    gunichar first = g_utf8_get_char(l->text);
    for (const char *p = l->text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gboolean goes_on = is_wide(first) ? g_unichar_ispunct(c) : !is_wide(c) && c != ' ';
        if (p > l->text && !goes_on) break;
        units += is_wide(c) ? 1 : 0.5;
    }
    return units * size_of(l);
}

static gboolean marks_caption(const char *s)
{
    gunichar c = g_utf8_get_char(s);
    return c >= 0x25A0 && c <= 0x25FF;
}

/* Was line i only ended by the width of its column? What opens the next would not have fitted any more, and the next
 * begins at the border of its own, below or at the top of the next column. */
static gboolean wrapped(const line *v, guint n, guint i)
{
    double left, right, next_left, next_right, size = size_of(&v[i]);
    if (i + 1 >= n || marks_caption(v[i + 1].text)) return FALSE;
    double other = size_of(&v[i + 1]), below = middle_of(&v[i + 1]) - middle_of(&v[i]);
    if (other > 1.15 * size || other < 0.85 * size || (below > 0 ? below > 2.2 * size : v[i + 1].x1 < v[i].x2)) return FALSE;
    column_of(v, n, i, &left, &right);
    column_of(v, n, i + 1, &next_left, &next_right);
    return right - left > 7 * size && v[i].x2 + first_width(&v[i + 1]) > right - 0.3 * size && v[i + 1].x1 - next_left < size;
}

/* Between two joined lines: nothing beside a Han character or inside of a number, a space between words, the line end where a word was parted. */
static const char *joint(const char *a, const char *b)
{
    const char *last = g_utf8_find_prev_char(a, a + strlen(a));
    gunichar x = last ? g_utf8_get_char(last) : 0, y = g_utf8_get_char(b);
    if (is_wide(x) || is_wide(y) || (x == '-' && g_unichar_isdigit(y))) return "";
    return x == '-' ? "\n" : " ";
}

typedef enum { FIRST, BESIDE, JOINED, BELOW } relation;

static relation relation_of(const line *v, guint n, guint i)
{
    if (!i) return FIRST;
    double below = middle_of(&v[i]) - middle_of(&v[i - 1]), size = size_of(&v[i]);
    if (v[i].x1 > v[i - 1].x2 && below < 0.4 * size && below > -0.4 * size) return BESIDE; /* cells of one row */
    return wrapped(v, n, i - 1) ? JOINED : BELOW;
}

static void write_page(const line *v, guint n, FILE *out)
{
    for (guint i = 0; i < n; i++) {
        relation r = relation_of(v, n, i);
        if (r == BESIDE) fputc('\t', out);
        else if (r == JOINED) fputs(joint(v[i - 1].text, v[i].text), out);
        else if (r == BELOW) fputs(middle_of(&v[i]) - middle_of(&v[i - 1]) > 2.2 * size_of(&v[i]) ? "\n\n" : "\n", out);
        fputs(v[i].text, out);
    }
    if (n) fputc('\n', out);
}

static void drop_edges(page *p, int pages, GHashTable *counts)
{
    for (guint i = p->lines->len; i-- > 0;)
        if (dropped(p, &g_array_index(p->lines, line, i), pages, counts)) g_array_remove_index(p->lines, i);
}

/* A PDF ends with %%EOF; one that was cut off can be patched together, but nobody would know what is missing. */
static void check_end(const char *bytes, size_t n)
{
    size_t from = n > END_BYTES ? n - END_BYTES : 0;
    if (n < 8 || !memmem(bytes, MIN(n, 1024), "%PDF-", 5)) refuse("it is no PDF, whatever its name says");
    if (!memmem(bytes + from, n - from, "%%EOF", 5)) refuse("the PDF is damaged or incomplete: its end is missing; fetch it again");
}

static PopplerDocument *open_document(void)
{
    struct stat st;
    GError *error = NULL;
    if (fstat(0, &st) || st.st_size <= 0) refuse("the file is empty");
    const char *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, 0, 0);
    if (bytes == MAP_FAILED) refuse("no memory for the PDF");
    check_end(bytes, (size_t)st.st_size);
    GBytes *whole = g_bytes_new_static(bytes, (gsize)st.st_size);
    PopplerDocument *d = poppler_document_new_from_bytes(whole, NULL, &error);
    if (d) return d;
    refuse(g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "the PDF is protected by a password; save it without one" : "the PDF is damaged");
}

int main(void)
{
    PopplerDocument *d = open_document();
    int n = poppler_document_get_n_pages(d);
    if (n > MOST_PAGES) refuse("the PDF has over 3000 pages; split it");
    page *pages = g_new0(page, n + 1);
    guint lines = 0;
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < n; i++) {
        PopplerPage *p = poppler_document_get_page(d, i);
        if (!p) refuse("the PDF is damaged: a page of it cannot be read");
        read_lines(p, &pages[i]);
        lines += pages[i].lines->len;
        g_object_unref(p);
    }
    if (!lines) _exit(SCANNED);
    count_edges(pages, n, counts);
    FILE *out = fdopen(ANSWER_FD, "w");
    if (!out) return 1;
    for (int i = 0; i < n; i++) {
        drop_edges(&pages[i], n, counts);
        line *v = (line *)(void *)pages[i].lines->data;
        order(v, pages[i].lines->len, 0);
        write_page(v, pages[i].lines->len, out);
    }
    return fclose(out) ? 1 : 0;
}
