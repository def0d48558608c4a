/* Files inside of files: mails with what is attached, archives with what is packed; what is hostile in them, and where a span leads back to. */
#include "check.h"
#include "outline.h"
#include "pack.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- mails */

#define HEAD "Subject: =?gb2312?B?1MbJz8LbzLM=?=\r\nFrom: =?UTF-8?Q?=E5=91=A8=E5=B2=9A?= <lan@example.org>\r\nDate: Tue, 3 Jun 2025 10:00:00 +0800\r\n"
#define SEEN "T:云上论坛|M:From: 周岚 <lan@example.org>|M:Date: Tue, 3 Jun 2025 10:00:00 +0800|"
#define MULTI(kind) "MIME-Version: 1.0\r\nContent-Type: multipart/" kind "; boundary=\"=_b 1\"\r\n\r\npreamble\r\n"
#define ROSTER "Content-Type: text/csv; name*=UTF-8''%E5%90%8D%E5%8D%95.csv\r\nContent-Disposition: attachment; filename*0*=UTF-8''%E5%90%8D; filename*1*=%E5%8D%95.csv\r\n" \
               "Content-Transfer-Encoding: base64\r\n\r\n5aeT5ZCNLOWNleS9jQrlkajlspos5LqR5LiK5Yy76ZmiCg==\r\n"
#define ROSTER_SEEN "H:名单.csv|B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院|"

static const struct { const char *what, *text, *blocks; } mails[] = {
    { "plain, quoted-printable, soft line ends", HEAD "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E5=91=A8=E5=B2=9A=\r\n=E5=88=B0=E4=BC=9A=E3=80=82\r\n",
      SEEN "P:周岚到会。|" },
    { "base64 in GB2312", HEAD "Content-Type: text/plain; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\n1tzhsLW9u+GhozzUxsnPPqGj\r\n", SEEN "P:周岚到会。<云上>。|" },
    { "eight bits of GB18030, nothing said", HEAD "\r\n\xD6\xDC\xE1\xB0\xB5\xBD\xBB\xE1\xA3\xAC\xD4\xC6\xC9\xCF\xD2\xBD\xD4\xBA\xB0\xEC\xC2\xDB\xCC\xB3\xA1\xA3\r\n", SEEN "P:周岚到会，云上医院办论坛。|" },
    { "Big5 in the subject, cut inside of a character between two words",
      "Subject: =?big5?B?tg==?=\r\n =?big5?B?s6R9?= A\r\nFrom: a@b\r\n\r\nText.\r\n", "T:雲弓 A|M:From: a@b|P:Text.|" },
    { "raw subject in GBK, reply mark", "Subject: \xBB\xD8\xB8\xB4\xA3\xBARe: \xD4\xC6\xC9\xCF\xC2\xDB\xCC\xB3\r\nFrom: a@b\r\n\r\nText.\r\n", "T:云上论坛|M:From: a@b|P:Text.|" },
    { "folded header, no blank line in it lost", "Subject: One\r\n\tTwo\r\nFrom: a@b\r\n\r\nText.\r\n", "T:One Two|M:From: a@b|P:Text.|" },
    { "alternative: the page that says something", HEAD MULTI("alternative") "--=_b 1\r\n\r\nplain\r\n--=_b 1\r\nContent-Type: text/html\r\n\r\n<meta charset=gb2312><p>周岚到会。<p>林舟也到会。\r\n--=_b 1--\r\nepilogue",
      SEEN "P:周岚到会。|P:林舟也到会。|" },
    { "alternative: a page without text", HEAD MULTI("alternative") "--=_b 1\r\n\r\n周岚到会。\r\n--=_b 1\r\nContent-Type: text/html\r\n\r\n<html><style>p{x:y}</style><p>&nbsp;</p></html>\r\n--=_b 1--\r\n",
      SEEN "P:周岚到会。|" },
    { "an attached roster, a logo", HEAD MULTI("mixed") "--=_b 1\r\n\r\n名单见附件。\r\n--=_b 1\r\n" ROSTER "--=_b 1\r\nContent-Type: image/png; name=logo.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--=_b 1--\r\n",
      SEEN "P:名单见附件。|" ROSTER_SEEN },
    { "a boundary that is never closed", HEAD MULTI("mixed") "--=_b 1\r\n\r\n名单见附件。\r\n--=_b 1\r\n" ROSTER, SEEN "P:名单见附件。|" ROSTER_SEEN },
    { "a longer boundary that begins alike is text", HEAD MULTI("mixed") "--=_b 1\r\n\r\n甲在此。\r\n--=_b 12\r\n\r\n乙在此。\r\n--=_b 1--\r\n", SEEN "P:甲在此。|P:--=_b 12|P:乙在此。|" },
    { "a mail in a mail", HEAD MULTI("mixed") "--=_b 1\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\nFrom: c@d\r\n\r\n林舟到会。\r\n--=_b 1--\r\n",
      SEEN "H:Inner.eml|H:Inner|M:From: c@d|P:林舟到会。|" },
    { "base64 with what does not belong there", HEAD "Content-Transfer-Encoding: BASE64\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n5!ZG$o5bKa\r\n5Yiw*5Lya44CC==xx\r\n", SEEN "P:周岚到会。|" },
    { "quotes and a signature head nothing", HEAD "\r\n> 议程\r\n\r\n同意以上的安排，请各位按照时间到云上会堂来，我们在那里见面，再一起商量下一步的合作该怎么走才好。\r\n\r\n-- \r\n周岚\r\n\r\n云上医院创新办公室，云上市一号路二号楼三层，欢迎各位朋友随时来访，来之前请先打一个电话或者写一封邮件。\r\n",
      SEEN "P:> 议程|P:同意以上的安排，请各位按照时间到云上会堂来，我们在那里见面，再一起商量下一步的合作该怎么走才好。|P:--|P:周岚|P:云上医院创新办公室，云上市一号路二号楼三层，欢迎各位朋友随时来访，来之前请先打一个电话或者写一封邮件。|" },
    { "what closes a letter, and the head of an earlier one", HEAD "\r\n一、时间：6月3日\r\n二、地点：云上会堂\r\n\r\n此致\r\n敬礼\r\n\r\n云上医院 创新办公室\r\n电话：0871-1234567\r\n\r\n"
      "发件人: 林舟\r\n发送时间: 2025年5月30日\r\n\r\n日子定了吗？\r\n",
      SEEN "P:一、时间：6月3日|I:二、地点：云上会堂|P:此致|P:敬礼|P:云上医院 创新办公室|P:电话：0871-1234567|M:发件人: 林舟|M:发送时间: 2025年5月30日|P:日子定了吗？|" },
};

static void check_mails(void)
{
    for (size_t i = 0; i < sizeof mails / sizeof *mails; i++) {
        result r = read_text("a.eml", mails[i].text);
        if (CHECK(mails[i].what, r.code == YQ_OK)) {
            yq_str got = outline(&r);
            if (!CHECK(mails[i].what, yq_eq(got, yq_cstr(mails[i].blocks)))) fprintf(stderr, "  got %.*s\n", YQ_FMT(got));
        } else fprintf(stderr, "  %s: %s\n", mails[i].what, r.err.msg);
        yq_arena_free(r.arena);
    }
}

/* A span finds its attachment, and in it its bytes. */
static void check_places(void)
{
    result r = read_text("a.eml", HEAD MULTI("mixed") "--=_b 1\r\n\r\n名单见附件。\r\n--=_b 1\r\n" ROSTER "--=_b 1--\r\n");
    size_t at = r.code ? SIZE_MAX : yq_find(r.reading.clean, YQ_S("周岚\t云上医院"), 0);
    if (CHECK("found", at != SIZE_MAX)) {
        const yq_part *p = yq_part_at(&r.reading, at);
        if (CHECK("in its attachment", p && yq_eq(p->name, YQ_S("名单.csv"))))
            CHECK("at its bytes", yq_map_origin(&r.reading.map, at) - p->origin == strlen("姓名,单位\n"));
        CHECK("the subject is in none", yq_part_at(&r.reading, 0) == NULL);
        CHECK("and found in the file", yq_map_origin(&r.reading.map, 0) == strlen("Subject: "));
        CHECK("the date of the mail", strcmp(r.reading.date, "2025-06-03") == 0);
    }
    yq_arena_free(r.arena);
}

static const struct { const char *what, *text, *says; } refused_mails[] = {
    { "no header", "Guten Tag\r\n", "it is no mail" },
    { "headers of another thing", "Host: example.org\r\nAccept: x\r\n\r\nText", "it is no mail" },
    { "only a picture", "Content-Type: image/png; name=x.png\r\n\r\nxxxx", "no file of a kind" },
};

static void check_refused_mails(void)
{
    for (size_t i = 0; i < sizeof refused_mails / sizeof *refused_mails; i++) {
        result r = read_text("a.eml", refused_mails[i].text);
        CHECK(refused_mails[i].what, r.code == YQ_INVALID);
        if (!CHECK(refused_mails[i].what, strstr(r.err.msg, refused_mails[i].says) != NULL)) fprintf(stderr, "  said: %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
}

/* An attachment that is refused is named; the mail stands. */
static void check_partly(void)
{
    char said[240];
    result r = read_text("a.eml", HEAD MULTI("mixed") "--=_b 1\r\n\r\n名单见附件。\r\n--=_b 1\r\nContent-Type: application/json; name=\"../x/broken.json\"\r\n\r\n{\"a\": [\r\n--=_b 1--\r\n");
    if (CHECK("the mail is read", r.code == YQ_OK)) {
        yq_parts_unread(&r.reading, said, sizeof said);
        CHECK("and says what was not", yq_starts(yq_cstr(said), YQ_S("broken.json inside was not read: not valid JSON")));
    }
    yq_arena_free(r.arena);
    r = read_text("a.eml", HEAD MULTI("mixed") "--=_b 1\r\n\r\n见图。\r\n--=_b 1\r\nContent-Type: image/png; name=logo.png\r\n\r\nxx\r\n--=_b 1--\r\n");
    if (CHECK("a mail with a logo", r.code == YQ_OK)) {
        yq_parts_unread(&r.reading, said, sizeof said);
        CHECK("has nothing unread", !*said && r.reading.parts.n == 2 && r.reading.parts.v[1].code == YQ_NOTFOUND);
    }
    yq_arena_free(r.arena);
}

/* ---------------------------------------------------------------- what grows without end */

static void repeat(yq_buf *b, const char *text, size_t times)
{
    while (times--) yq_buf_put(b, yq_cstr(text));
}

static void check_bounds(void)
{
    static const struct { const char *what, *before, *again; size_t times; const char *behind; yq_code code; } rows[] = {
        { "a million headers", HEAD, "X-Y: z\r\n", 1000000, "\r\nText.\r\n", YQ_OK },
        { "a header that is continued a million times", HEAD "X: ", "\r\n y", 1000000, "\r\n\r\nText.\r\n", YQ_OK },
        { "a subject of unclosed words", "From: a@b\r\nSubject: ", "=?a?b?", 1000000, "\r\n\r\nText.\r\n", YQ_OK },
        { "a type of quoted parameters", "From: a@b\r\nContent-Type: text/plain", "; a=\"", 1000000, "\r\n\r\nText.\r\n", YQ_OK },
        { "multiparts of one boundary", HEAD, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 100, "\r\nText.\r\n", YQ_OK },
        { "mails in each other", HEAD "\r\n", "Content-Type: message/rfc822\r\n\r\n", 100, "\r\nText.\r\n", YQ_OK },
        { "a million parts", HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\nx\r\n", 1000000, "--b--\r\n", YQ_INVALID },
        { "many empty parts", HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n\r\n", 50000, "--b\r\n\r\nText.\r\n--b--\r\n", YQ_OK },
        { "boundary lines of another", HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n", "--bc\r\n", 100000, "--b--\r\n", YQ_OK },
        { "open tags", HEAD "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nText.\r\n--b\r\nContent-Type: text/html\r\n\r\n", "<!--", 60000, "\r\n--b--\r\n", YQ_OK },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_buf b = { 0 };
        yq_buf_put(&b, yq_cstr(rows[i].before));
        repeat(&b, rows[i].again, rows[i].times);
        yq_buf_put(&b, yq_cstr(rows[i].behind));
        int64_t begin = yq_monotonic_us();
        yq_arena *a = yq_arena_new(400u << 20);
        yq_reading reading;
        yq_err err = { 0 };
        yq_code code = yq_intake_read(a, YQ_S("a.eml"), yq_buf_str(&b), NULL, &reading, &err);
        if (!CHECK(rows[i].what, code == rows[i].code)) fprintf(stderr, "  %d: %s\n", code, err.msg);
        CHECK(rows[i].what, yq_monotonic_us() - begin < 9000000);
        yq_arena_free(a);
        yq_buf_free(&b);
    }
}

static void check_nested(const char *kind, unsigned depth, yq_code code)
{
    yq_buf b = { 0 };
    yq_buf_put(&b, YQ_S(HEAD));
    for (unsigned i = 0; i < depth; i++) yq_buf_printf(&b, "Content-Type: multipart/%s; boundary=b%u\r\n\r\n--b%u\r\n", kind, i, i);
    yq_buf_put(&b, YQ_S("\r\nText.\r\n"));
    result r = read_bytes("a.eml", yq_buf_str(&b));
    CHECK(kind, r.code == code && (code == YQ_OK || strstr(r.err.msg, "nested deeper than 20")));
    yq_arena_free(r.arena);
    yq_buf_free(&b);
}

/* Cut off anywhere, a mail is read or refused with a reason. */
static void check_truncated(void)
{
    const yq_str whole = yq_cstr(HEAD MULTI("mixed") "--=_b 1\r\n\r\n名单见附件。\r\n--=_b 1\r\n" ROSTER "--=_b 1--\r\n");
    for (size_t n = 1; n < whole.n; n++) {
        char *exact = malloc(n); /* so that a byte behind it is seen by the sanitizer */
        memcpy(exact, whole.p, n);
        result r = read_bytes("a.eml", (yq_str){ exact, n });
        CHECK("cut", r.code == YQ_OK ? r.reading.blocks.n > 0 : r.code == YQ_INVALID && r.err.msg[0]);
        yq_arena_free(r.arena);
        free(exact);
    }
}

/* ---------------------------------------------------------------- archives */

static result read_pack(const part *parts, size_t n)
{
    yq_buf b = { 0 };
    pack(parts, n, &b);
    result r = read_bytes("a.zip", yq_buf_str(&b));
    yq_buf_free(&b);
    return r;
}

enum { ENTRIES = 5 };
static const struct { const char *what; part entries[ENTRIES]; const char *blocks; } archives[] = {
    { "each behind its name", { { "会/名单.csv", "姓名,单位\n周岚,云上医院\n" }, { "b.md", "# 云上论坛\n\n## 小节\n\n周岚到会。\n" }, { "c.png", "x" } },
      "H:会/名单.csv|B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院|H:b.md|H:云上论坛|H:小节|P:周岚到会。|" },
    { "the only one keeps its title", { { "b.md", "# 云上论坛\n\n周岚到会。\n" }, { "c.png", "x" } }, "H:b.md|T:云上论坛|P:周岚到会。|" },
    { "what systems leave behind", { { "__MACOSX/._a.txt", "x" }, { ".DS_Store", "x" }, { "~$a.docx", "x" }, { "a/", "" }, { "a.txt", "周岚到会。" } }, "H:a.txt|P:周岚到会。|" },
    { "names that lead out", { { "../../etc/a.txt", "甲到会。" }, { "C:\\x\\b.txt", "乙到会。" }, { "/c.txt", "丙到会。" } }, "H:etc/a.txt|P:甲到会。|H:x/b.txt|P:乙到会。|H:c.txt|P:丙到会。|" },
    { "a mail in an archive", { { "m.eml", HEAD "\r\n周岚到会。\r\n" }, { "n.txt", "林舟到会。" } },
      "H:m.eml|H:云上论坛|M:From: 周岚 <lan@example.org>|M:Date: Tue, 3 Jun 2025 10:00:00 +0800|P:周岚到会。|H:n.txt|P:林舟到会。|" },
    { "one of two is broken", { { "a.json", "{" }, { "n.txt", "林舟到会。" } }, "H:a.json|H:n.txt|P:林舟到会。|" },
};

static void check_archives(void)
{
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
        result r = read_pack(archives[i].entries, ENTRIES);
        if (CHECK(archives[i].what, r.code == YQ_OK)) {
            yq_str got = outline(&r);
            if (!CHECK(archives[i].what, yq_eq(got, yq_cstr(archives[i].blocks)))) fprintf(stderr, "  got %.*s\n", YQ_FMT(got));
        } else fprintf(stderr, "  %s: %s\n", archives[i].what, r.err.msg);
        yq_arena_free(r.arena);
    }
}

static const struct { const char *what; part entries[ENTRIES]; const char *says; } refused_archives[] = {
    { "no file", { { "a/", "" } }, "holds no files" },
    { "only pictures", { { "a.png", "x" }, { "b.exe", "x" } }, "no file of a kind" },
    { "all broken", { { "a.json", "{" }, { "b.json", "[" } }, "nothing in it could be read; a.json: not valid JSON" },
};

static void check_refused_archives(void)
{
    for (size_t i = 0; i < sizeof refused_archives / sizeof *refused_archives; i++) {
        result r = read_pack(refused_archives[i].entries, ENTRIES);
        CHECK(refused_archives[i].what, r.code == YQ_INVALID);
        if (!CHECK(refused_archives[i].what, strstr(r.err.msg, refused_archives[i].says) != NULL)) fprintf(stderr, "  said: %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
}

/* Packs an archive into itself `depth` times, a text at the bottom and one beside it at each level. */
static void nested(unsigned depth, yq_buf *out)
{
    yq_buf inner = { 0 };
    yq_buf_put(&inner, YQ_S("周岚到会。"));
    for (unsigned i = 0; i < depth; i++) {
        zip_error_t error;
        zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
        zip_source_keep(target);
        zip_t *z = zip_open_from_source(target, ZIP_TRUNCATE, &error);
        zip_file_add(z, i ? "inner.zip" : "a.txt", zip_source_buffer(z, inner.p, inner.n, 0), ZIP_FL_ENC_UTF_8);
        zip_close(z);
        zip_source_open(target);
        char piece[4096];
        zip_int64_t got;
        out->n = 0;
        while ((got = zip_source_read(target, piece, sizeof piece)) > 0) yq_buf_put(out, (yq_str){ piece, (size_t)got });
        zip_source_close(target);
        zip_source_free(target);
        inner.n = 0;
        yq_buf_put(&inner, yq_buf_str(out));
    }
    yq_buf_free(&inner);
}

static void check_depth(void)
{
    static const struct { const char *what; unsigned depth; const char *says; } rows[] = {
        { "three deep are read", 3, NULL }, { "four are not", 4, "packed deeper than 3" }, { "nor a hundred", 100, "packed deeper than 3" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_buf b = { 0 };
        nested(rows[i].depth, &b);
        result r = read_bytes("a.zip", yq_buf_str(&b));
        if (!rows[i].says) CHECK(rows[i].what, r.code == YQ_OK && yq_has(r.reading.clean, YQ_S("周岚到会")) && r.reading.parts.n == rows[i].depth);
        else if (!CHECK(rows[i].what, r.code == YQ_INVALID && strstr(r.err.msg, rows[i].says))) fprintf(stderr, "  said %d %s\n", r.code, r.err.msg);
        if (!rows[i].says && !r.code) CHECK("the innermost has its whole way", yq_eq(r.reading.parts.v[2].name, YQ_S("inner.zip/inner.zip/a.txt")));
        yq_arena_free(r.arena);
        yq_buf_free(&b);
    }
}

/* Entries that promise little and unpack to much, too many, with a password, in the GBK of old programs. */
static void check_hostile_archives(void)
{
    char *zeros = calloc(1, (20u << 20) + 1);
    memset(zeros, 'a', 20u << 20);
    result r = read_pack((part[]){ { "a.txt", zeros } }, 1);
    CHECK("a bomb", r.code == YQ_INVALID && strstr(r.err.msg, "over 200 times its size"));
    yq_arena_free(r.arena);
    free(zeros);

    part *many = calloc(1500, sizeof *many);
    char (*names)[16] = calloc(1500, sizeof *names);
    for (size_t i = 0; i < 1500; i++) {
        snprintf(names[i], sizeof *names, "%zu.txt", i);
        many[i] = (part){ names[i], "x" };
    }
    r = read_pack(many, 1500);
    CHECK("too many", r.code == YQ_INVALID && strstr(r.err.msg, "over 1000 files"));
    yq_arena_free(r.arena);
    free(many);
    free(names);

    yq_buf b = { 0 };
    pack((part[]){ { "zz.txt", "周岚到会。" } }, 1, &b);
    for (size_t i = 0; i + 6 < b.n; i++) {
        if (!memcmp(b.p + i, "zz.txt", 6)) memcpy(b.p + i, "\xC3\xFB", 2); /* 名 */
        if (!memcmp(b.p + i, "PK\1\2", 4)) b.p[i + 8] = b.p[i + 9] = 0; /* not marked as UTF-8 */
        if (!memcmp(b.p + i, "PK\3\4", 4)) b.p[i + 6] = b.p[i + 7] = 0;
    }
    r = read_bytes("a.zip", yq_buf_str(&b));
    CHECK("a name in GBK", r.code == YQ_OK && yq_eq(r.reading.parts.v[0].name, YQ_S("名.txt")));
    yq_arena_free(r.arena);
    for (size_t i = 0; i + 10 < b.n; i++)
        if (!memcmp(b.p + i, "PK\1\2", 4)) b.p[i + 8] |= 1;
        else if (!memcmp(b.p + i, "PK\3\4", 4)) b.p[i + 6] |= 1;
    r = read_bytes("a.zip", yq_buf_str(&b));
    CHECK("a password", r.code == YQ_INVALID && strstr(r.err.msg, "password"));
    yq_arena_free(r.arena);
    for (size_t n = 0; n < b.n; n++) {
        r = read_bytes("a.zip", (yq_str){ b.p, n });
        CHECK("cut off", r.code == YQ_INVALID && r.err.msg[0]);
        yq_arena_free(r.arena);
    }
    yq_buf_free(&b);
}

int main(void)
{
    check_mails();
    check_places();
    check_refused_mails();
    check_partly();
    check_bounds();
    check_nested("mixed", 15, YQ_OK);
    check_nested("mixed", 100, YQ_INVALID);
    check_nested("alternative", 15, YQ_OK);
    check_nested("alternative", 100, YQ_INVALID);
    check_truncated();
    check_archives();
    check_refused_archives();
    check_depth();
    check_hostile_archives();
    for (size_t i = 0; i < sizeof mails / sizeof *mails; i++) read_mutations(mails[i].what, "a.eml", yq_cstr(mails[i].text), 200);
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
        yq_buf b = { 0 };
        pack(archives[i].entries, ENTRIES, &b);
        read_mutations(archives[i].what, "a.zip", yq_buf_str(&b), 200);
        yq_buf_free(&b);
    }
    return check_done();
}
