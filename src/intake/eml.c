/* Mail (.eml): RFC 5322 headers, MIME bodies, attachments.
 *
 * The reading of a mail is its subject as title, who wrote to whom and when, its text, and what was attached, each attachment behind a heading with its
 * file name. The text and the attachments are parts (parts.c): a roster that came as a workbook is read as a workbook.
 *
 * Of several forms of one text (multipart/alternative) the one with the most structure is taken: a page that says something, else plain text.
 */
#include "intake/internal.h"
#include "intake/mime.h"

#include <stdio.h>
#include <strings.h>

enum { MULTIPART_DEPTH = 20, PROBED_BYTES = 256 << 10, FEWER_WORDS = 4 };

typedef struct {
    yq_draft *draft;
    yq_writer writer;
    yq_str bytes; /* of the file */
    yq_err *err;
} mail;

/* What an attachment without a telling name is. Others are known by their name's ending. */
static const struct { const char *type, *extension; } kinds[] = {
    { "text/plain", "txt" },       { "text/html", "html" },       { "text/csv", "csv" },       { "text/markdown", "md" },
    { "application/json", "json" }, { "application/pdf", "pdf" }, { "message/rfc822", "eml" }, { "application/zip", "zip" },
    { "application/x-zip-compressed", "zip" },
    { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
    { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
    { "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx" },
    { "application/msword", "doc" }, { "application/vnd.ms-excel", "xls" }, { "application/vnd.ms-powerpoint", "ppt" },
    { "application/xml", "xml" }, { "text/xml", "xml" },
};

static bool is_type(yq_str type, const char *word)
{
    return yq_starts(type, yq_cstr(word));
}

/* ---------------------------------------------------------------- which form of a text */

/* Characters that a reader would see, of a page or of plain text; enough of them are counted. */
static size_t visible(yq_str s, bool page)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        static const struct { const char *opens, *closes; } unseen[] = { { "<!--", "-->" }, { "<style", "</style" }, { "<title", "</title" }, { "<script", "</script" }, { "<", ">" } };
        for (size_t k = 0; page && k < sizeof unseen / sizeof *unseen; k++) {
            size_t length = strlen(unseen[k].opens);
            if (s.n - i < length || strncasecmp(s.p + i, unseen[k].opens, length)) continue;
            const char *end = strcasestr(s.p + i, unseen[k].closes);
            i = end ? (size_t)(end - s.p) + strlen(unseen[k].closes) - 1 : s.n - 1;
            break;
        }
        if (page && yq_starts(yq_sub(s, i, s.n), YQ_S("&nbsp;"))) i += 5;
        else if ((unsigned char)s.p[i] > ' ' && !(page && s.p[i] == '>')) n++;
    }
    return n;
}

typedef struct {
    size_t page, plain; /* characters */
} content;

/* What an entity holds of text, looked at from outside. */
static content weigh(mail *m, yq_str entity, unsigned depth)
{
    yq_arena *a = m->draft->arena;
    yq_entity_part e = yq_mime_entity(a, entity);
    yq_str type = yq_mime_type(a, &e), child;
    content all = { 0 };
    size_t at = 0;
    if (is_type(type, "multipart/")) {
        yq_str boundary = yq_mime_parameter(a, e.type, "boundary");
        while (depth && yq_mime_next(e.body, boundary, &at, &child)) {
            content one = weigh(m, child, depth - 1);
            all.page += one.page;
            all.plain += one.plain;
        }
        return all;
    }
    if (!is_type(type, "text/html") && !is_type(type, "text/plain")) return all;
    e.body = yq_sub(e.body, 0, PROBED_BYTES);
    yq_str text = yq_dup(a, yq_mime_bytes(a, &e)); /* a NUL ends it */
    size_t *which = is_type(type, "text/html") ? &all.page : &all.plain;
    *which = visible(text, is_type(type, "text/html"));
    return all;
}

static yq_str best_alternative(mail *m, yq_str body, yq_str boundary)
{
    yq_str child, best = { 0 };
    content most = { 0 };
    for (size_t at = 0; yq_mime_next(body, boundary, &at, &child);) {
        content c = weigh(m, child, MULTIPART_DEPTH);
        bool says_enough = c.page && c.page * FEWER_WORDS >= most.plain;
        bool better = !best.p || (says_enough && !most.page) || (!most.page && !says_enough && c.plain > most.plain);
        if (!better) continue;
        best = child;
        most = c;
    }
    return best;
}

/* ---------------------------------------------------------------- parts */

static yq_code add_part(mail *m, yq_str name, yq_str bytes, bool body)
{
    yq_part part = { .name = name, .bytes = bytes, .after = (uint32_t)m->draft->lines.n, .body = body };
    return yq_draft_part(m->draft, part, m->err);
}

/* Lines that end in a blank go on in the next (RFC 3676). */
static yq_str unflowed(yq_arena *a, yq_str s)
{
    char *out = yq_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool soft = s.p[i] == '\n' && n && out[n - 1] == ' ' && !(n >= 3 && !memcmp(out + n - 3, "-- ", 3) && (n == 3 || out[n - 4] == '\n'));
        if (!soft) out[n++] = s.p[i];
    }
    return (yq_str){ out, n };
}

static yq_code add_body(mail *m, const yq_entity_part *e, bool page)
{
    yq_arena *a = m->draft->arena;
    yq_str charset = yq_mime_parameter(a, e->type, "charset"), bytes = yq_mime_bytes(a, e);
    yq_decoded text;
    if (yq_blank(bytes)) return YQ_OK;
    yq_code rc = yq_decode(a, bytes, charset.n ? yq_dupz(a, charset) : NULL, &text, m->err);
    if (rc) return rc;
    if (!m->draft->encoding) m->draft->encoding = text.encoding;
    if (!page && yq_mime_is(yq_mime_parameter(a, e->type, "format"), "flowed")) text.text = unflowed(a, text.text);
    yq_str marked = yq_concat(a, YQ_S("\xEF\xBB\xBF"), text.text); /* whatever a page says of its charset, this is UTF-8 */
    return add_part(m, page ? YQ_S("mail.html") : YQ_S("mail.txt"), marked, true);
}

static yq_str name_without_folders(yq_str name)
{
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '/' || name.p[i] == '\\') return yq_sub(name, i + 1, name.n);
    return name;
}

/* The name that an attachment was given, or one made from its kind. */
static yq_str name_of(mail *m, const yq_entity_part *e, yq_str type)
{
    yq_arena *a = m->draft->arena;
    yq_str name = yq_mime_parameter(a, e->disposition, "filename");
    if (!name.n) name = yq_mime_parameter(a, e->type, "name");
    name = name_without_folders(name);
    if (name.n && yq_intake_knows(name)) return name;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (yq_mime_is(type, kinds[i].type)) return yq_printf(a, "%.*s.%s", YQ_FMT(name.n ? name : YQ_S("attachment")), kinds[i].extension);
    return name.n ? name : type;
}

static yq_str name_of_mail(mail *m, const yq_entity_part *e, yq_str name)
{
    yq_entity_part inner = yq_mime_entity(m->draft->arena, e->body);
    yq_str subject = yq_mime_text(m->draft->arena, inner.subject);
    return subject.n && yq_eq(name, YQ_S("attachment.eml")) ? yq_printf(m->draft->arena, "%.*s.eml", YQ_FMT(subject)) : name;
}

static yq_code add_attachment(mail *m, const yq_entity_part *e, yq_str type)
{
    yq_str name = name_of(m, e, type);
    if (yq_mime_is(type, "message/rfc822")) name = name_of_mail(m, e, name);
    name = yq_part_name(m->draft->arena, name);
    if (!yq_intake_knows(name)) return add_part(m, name, (yq_str){ 0 }, false);
    yq_text_insert(&m->writer.text, name, (size_t)(e->body.p - m->bytes.p));
    yq_writer_line(&m->writer, YQ_BLOCK_HEADING, 1, true);
    return add_part(m, name, yq_mime_bytes(m->draft->arena, e), false);
}

/* ---------------------------------------------------------------- the tree of entities */

static bool is_attached(mail *m, const yq_entity_part *e)
{
    yq_arena *a = m->draft->arena;
    return (e->disposition.n >= 10 && !strncasecmp(e->disposition.p, "attachment", 10)) || yq_mime_parameter(a, e->disposition, "filename").n
        || yq_mime_parameter(a, e->type, "name").n;
}

static yq_code visit(mail *m, yq_str entity, unsigned depth);

static yq_code visit_multipart(mail *m, const yq_entity_part *e, yq_str type, unsigned depth)
{
    yq_str boundary = yq_mime_parameter(m->draft->arena, e->type, "boundary"), child;
    size_t at = 0;
    yq_code rc = YQ_OK;
    if (depth >= MULTIPART_DEPTH) return yq_fail(m->err, YQ_INVALID, (size_t)(e->body.p - m->bytes.p), "the mail's parts are nested deeper than %d; save its text", MULTIPART_DEPTH);
    if (yq_mime_is(type, "multipart/alternative")) {
        child = best_alternative(m, e->body, boundary);
        return child.p ? visit(m, child, depth + 1) : YQ_OK;
    }
    while (!rc && yq_mime_next(e->body, boundary, &at, &child)) rc = visit(m, child, depth + 1);
    return rc;
}

static yq_code visit_parsed(mail *m, const yq_entity_part *e, unsigned depth)
{
    yq_str type = yq_mime_type(m->draft->arena, e);
    if (is_type(type, "multipart/")) return visit_multipart(m, e, type, depth);
    if (!is_attached(m, e) && is_type(type, "text/html")) return add_body(m, e, true);
    if (!is_attached(m, e) && is_type(type, "text/plain")) return add_body(m, e, false);
    return add_attachment(m, e, type);
}

static yq_code visit(mail *m, yq_str entity, unsigned depth)
{
    yq_entity_part e = yq_mime_entity(m->draft->arena, entity);
    return visit_parsed(m, &e, depth);
}

/* ---------------------------------------------------------------- the head */

/* "Re: 转发：…": how a mail travelled is no part of its title. */
static yq_str without_marks(yq_str s)
{
    static const char *const marks[] = { "re:", "re：", "fw:", "fwd:", "fw：", "aw:", "回复:", "回复：", "答复:", "答复：", "转发:", "转发：", "回覆:", "回覆：", "轉寄:", "轉寄：" };
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t n = strlen(marks[i]);
            if (s.n <= n || strncasecmp(s.p, marks[i], n)) continue;
            s = yq_trim(yq_sub(s, n, s.n));
            more = true;
        }
    }
    return s;
}

static void write_head(mail *m, const yq_entity_part *e)
{
    yq_arena *a = m->draft->arena;
    const struct { const char *label; yq_str value; } lines[] = { { "From: ", e->from }, { "To: ", e->to }, { "Cc: ", e->cc }, { "Date: ", e->date } };
    yq_str subject = without_marks(yq_mime_text(a, e->subject));
    if (subject.n) yq_text_insert(&m->writer.text, subject, (size_t)(e->subject.p - m->bytes.p));
    yq_writer_line(&m->writer, YQ_BLOCK_TITLE, 1, true);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        yq_str value = yq_mime_text(a, lines[i].value);
        if (!value.n) continue;
        size_t at = (size_t)(lines[i].value.p - m->bytes.p);
        yq_text_insert(&m->writer.text, yq_cstr(lines[i].label), at);
        yq_text_insert(&m->writer.text, value, at);
        yq_writer_line(&m->writer, YQ_BLOCK_META, 0, true);
    }
    yq_find_date(yq_mime_text(a, e->date), 0, m->draft->date, NULL);
}

/* What an mbox or an editor put in front of the first header. */
static yq_str without_preamble(yq_str bytes)
{
    if (yq_starts(bytes, YQ_S("\xEF\xBB\xBF"))) bytes = yq_sub(bytes, 3, bytes.n);
    const char *end = yq_starts(bytes, YQ_S("From ")) ? memchr(bytes.p, '\n', bytes.n) : NULL;
    return end ? yq_sub(bytes, (size_t)(end - bytes.p) + 1, bytes.n) : bytes;
}

yq_code yq_read_eml(yq_draft *d, yq_str bytes, yq_err *err)
{
    yq_entity_part e = yq_mime_entity(d->arena, without_preamble(bytes));
    mail m = { .draft = d, .writer = yq_writer_on(d, bytes), .bytes = bytes, .err = err };
    if (!e.headers || !(e.from.p || e.subject.p || e.date.p || e.type.p))
        return yq_fail(err, YQ_INVALID, 0, "it is no mail: no header From, Subject or Date was found; save the message as .eml again");
    write_head(&m, &e);
    yq_code rc = visit_parsed(&m, &e, 0);
    if (rc) return rc;
    const yq_map whole = { &(yq_map_run){ 0, 0, 1, 1 }, 1 };
    if (!d->encoding) d->encoding = "UTF-8";
    return yq_writer_done(&m.writer, &whole, err);
}
