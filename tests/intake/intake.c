/* Each reader on its own: what blocks come out, what is left out, and whether every span still finds its bytes. */
#include "check.h"
#include "intake/foreign.h"
#include "outline.h"

#include <string.h>

static const struct { const char *what, *name, *text, *blocks, *date; } documents[] = {
    { "title, subtitle and date line", "a.txt", "云上医院办论坛\n——一场对接会的侧记\n2025-03-04 10:00 来源：云上网\n\n3月3日，论坛在云上会堂举行，二百多名医生和工程师到会，讨论了许多事情。\n",
      "T:云上医院办论坛|S:——一场对接会的侧记|M:2025-03-04 10:00 来源：云上网|P:3月3日，论坛在云上会堂举行，二百多名医生和工程师到会，讨论了许多事情。|", "2025-03-04" },
    { "menu above, further articles and licence number below", "a.txt",
      "• 云上网\n• 云上日报\n• 云上杂志\n云上医院办论坛\n论坛在云上会堂举行，二百多名医生和工程师到会，讨论了许多事情，也约好了下一次再见面的时间。大家说，这样的会应当多开，开在病房旁边，开在工厂里面，开在真正需要它的人身边才好。\n相关阅读\n别的新闻\nICP备案号:云B-2005\n",
      "T:云上医院办论坛|P:论坛在云上会堂举行，二百多名医生和工程师到会，讨论了许多事情，也约好了下一次再见面的时间。大家说，这样的会应当多开，开在病房旁边，开在工厂里面，开在真正需要它的人身边才好。|",
      "" },
    { "section names above the title", "a.txt", "首页\n新闻动态\n综合新闻\n\n第三届云上健康论坛举行\n发布时间：2025-05-20  来源：科技处\n论坛在云上会堂举行。\n【关闭】 【打印】\n地址：云上市一号 邮编：650000\n",
      "T:第三届云上健康论坛举行|M:发布时间：2025-05-20 来源：科技处|P:论坛在云上会堂举行。|", "2025-05-20" },
    { "keys of a crawled page", "a.txt", "标题: 云上医院办论坛\n发布日期: 2024年2月6日\n浏览次数: 17\n正文内容:\n论坛在云上会堂举行。\n",
      "T:云上医院办论坛|M:发布日期: 2024年2月6日|P:论坛在云上会堂举行。|", "2024-02-06" },
    { "tabs draw a table; merged rows reach across", "a.txt", "日程\n时间\t题目\t讲者\t单位\n上午场\n09:00\t甲题\t周岚\t云上医院\n10:00\t茶歇\n10:20\t乙题\t林舟\t海上医院\n",
      "T:日程|B:h1 0,0=时间 0,1=题目 0,2=讲者 0,3=单位 1,0/1x4=上午场 2,0=09:00 2,1=甲题 2,2=周岚 2,3=云上医院 3,0=10:00 3,1/1x3=茶歇 4,0=10:20 4,1=乙题 4,2=林舟 4,3=海上医院|", "" },
    { "numbers head what follows", "a.txt", "临床需求榜单\n一、榜单\n1．房颤的判断\n需求：术中看不到损伤。\n2．癫痫的预警\n需求：夜间发作没有人知道。\n",
      "T:临床需求榜单|H:一、榜单|H:1．房颤的判断|P:需求：术中看不到损伤。|H:2．癫痫的预警|P:需求：夜间发作没有人知道。|", "" },
    { "markdown marks are taken out", "a.md", "# 云上**论坛**\n\n*云上网 · 2026-01-16*\n\n第一行\n第二行，见[报道](http://x.example)。\n\n## 小节\n\n- 甲\n  - 乙\n\n| 姓名 | 单位 |\n|---|---|\n| 周岚 | 云上医院 |\n",
      "T:云上论坛|M:云上网 · 2026-01-16|P:第一行第二行，见报道。|H:小节|I:甲|I:乙|B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院|", "2026-01-16" },
    { "wide blanks begin a paragraph, quoted lines go on", "a.md", "# 云上论坛\n联 系：周岚\n　　　　林舟（微信同号）\n\n> 第一行\n> 第二行\n\n甲\n\xE2\x80\x83乙\n",
      "T:云上论坛|P:联系：周岚|P:林舟（微信同号）|P:第一行第二行|P:甲乙|", "" },
    { "the article, not the page around it", "a.html",
      "<html><head><meta charset='utf-8'><script>var s='<p>假</p>'</script></head><body><div class=nav><a href=/>首页</a><a href=/b>要闻</a></div>"
      "<div class=\"crumb\">当前位置：首页</div><h1>云上论坛<br>——侧记</h1><p>　　周岚&amp;林舟&ldquo;到会&rdquo;。<p>第二段\n接着。"
      "<p style='display: none'>藏着</p><div class=side-bar><ul><li><a href=1>别的一</a><li><a href=2>别的二</a></ul></div>"
      "<ul><li>甲项</ul><div id=footer>版权</div><!-- <p>注</p> --></body></html>",
      "T:云上论坛|S:——侧记|P:周岚&林舟“到会”。|P:第二段接着。|I:甲项|", "" },
    { "a list of links is no text", "a.html", "<h1>题目在此</h1><p>正文在这里，很长很长的一段正文，超过链接的一半就好，再写一些字。</p><div><a href=1>其他新闻一</a><a href=2>其他新闻二</a><a href=3>其他新闻三</a></div>",
      "T:题目在此|P:正文在这里，很长很长的一段正文，超过链接的一半就好，再写一些字。|", "" },
    { "spans of table cells; header by words", "a.html",
      "<table><tr><td>时间<td>题目<td>主持人<tr><td>9:00<td>甲<td rowspan=2>周岚<tr><td>10:00<td>乙<tr><td colspan=3>茶歇</table>",
      "B:h1 0,0=时间 0,1=题目 0,2=主持人 1,0=9:00 1,1=甲 1,2/2x1=周岚 2,0=10:00 2,1=乙 3,0/1x3=茶歇|", "" },
    { "a table that only arranges the page", "a.html", "<TABLE><TR><TD>首页</TD><TD>要闻</TD><TD>健康</TD></TR></TABLE><table><tr><td><p>甲段文字。</p><table><tr><th>姓名<th>单位<tr><td>周岚<td>云上医院</table></td></tr></table>",
      "P:甲段文字。|B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院|", "" },
    { "titles, group headers, quotes, empty rows and notes", "a.csv",
      "专家名单,,\r\n,,\r\n基本,,任职\r\n姓名,职称,单位\r\n周岚,\"主任医师,\"\"教授\"\"\",云上医院\r\n,,\r\n林舟,\"工程师\n兼职\",海上公司\r\n注：以上为第一批,,\r\n",
      "T:专家名单|B:h2 0,0=基本 0,2=任职 1,0=姓名 1,1=职称 1,2=单位 2,0=周岚 2,1=主任医师,\"教授\" 2,2=云上医院 3,0=林舟 3,1=工程师兼职 3,2=海上公司|P:注：以上为第一批|", "" },
    { "semicolons", "a.csv", "姓名;单位\n周岚;云上医院,一部\n", "B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院,一部|", "" },
    { "tabs", "a.tsv", "姓名\t单位\n周岚\t云上医院\n", "B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院|", "" },
    { "what follows a broken escape stays whole", "a.json", "{\"a\": \"海\\上\\u上12，\\ufffd\\u6d77\"}",
      "T:a: 海\uFFFD上\uFFFD上12，\uFFFD海|", "" },
    { "an array of objects is a table", "a.json", "[{\"姓名\":\"周岚\",\"单位\":[\"云上\",\"海上\"]},{\"单位\":\"\\u6d77\\\"上\",\"年龄\":50}]",
      "B:h1 0,0=姓名 0,1=单位 0,2=年龄 1,0=周岚 1,1=云上、海上 2,1=海\"上 2,2=50|", "" },
    { "an object is an article", "a.json", "{\"title\":\"云上论坛\",\"date\":\"2025-03-04\",\"text\":\"甲段。\\n乙段。\",\"地点\":\"会堂\"}",
      "T:云上论坛|M:2025-03-04|P:甲段。|P:乙段。|P:地点: 会堂|", "2025-03-04" },
    { "English release with a dateline", "a.txt", "FOR IMMEDIATE RELEASE\n\nTwo Hospitals Sign a Memorandum on Training\n\nCLOUDTOWN, 3 December 2025 - Two hospitals signed a memorandum of understanding on training today in the presence of many guests.\n",
      "M:FOR IMMEDIATE RELEASE|T:Two Hospitals Sign a Memorandum on Training|P:CLOUDTOWN, 3 December 2025 - Two hospitals signed a memorandum of understanding on training today in the presence of many guests.|",
      "2025-12-03" },
};

static void check_documents(void)
{
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        result r = read_text(documents[i].name, documents[i].text);
        if (CHECK(documents[i].what, r.code == YQ_OK)) {
            yq_str got = outline(&r);
            if (!CHECK(documents[i].what, yq_eq(got, yq_cstr(documents[i].blocks)))) fprintf(stderr, "  got %.*s\n", YQ_FMT(got));
            CHECK(documents[i].what, strcmp(r.reading.date, documents[i].date) == 0);
        } else fprintf(stderr, "  %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
}

static const struct { const char *what, *name, *text, *says; } refusals[] = {
    { "nothing", "a.txt", "", "empty" },
    { "only blanks", "a.txt", " \n\n \n", "" },
    { "PDF", "报告.pdf", "%PDF-1.4", "in the cage only" },
    { "Word in capitals", "A.DOCX", "PK", "damaged or incomplete" },
    { "no extension", "README", "text", "no reader" },
    { "old Word", "a.doc", "\xD0\xCF\x11\xE0", "in the cage only, by LibreOffice; save it as .docx" },
    { "RTF", "a.rtf", "{\\rtf1 x}", "in the cage only" },
    { "RAR", "a.rar", "Rar!", "pack it as .zip" },
    { "Outlook", "a.msg", "\xD0\xCF\x11\xE0", "save the message as .eml" },
    { "broken JSON", "a.json", "{\"a\": [1, 2", "not valid JSON at byte" },
    { "more behind JSON", "a.json", "{} x", "more follows" },
    { "a page without text", "a.html", "<script>x</script>", "no text" },
};

static void check_refusals(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        result r = read_text(refusals[i].name, refusals[i].text);
        CHECK(refusals[i].what, r.code == YQ_INVALID);
        if (!CHECK(refusals[i].what, strstr(r.err.msg, refusals[i].says) != NULL)) fprintf(stderr, "  said: %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
}

/* The characters at a block's begin are found again in the file's bytes. */
static void check_map(void)
{
    static const char page[] = "<html><body>\r\n<p>a &lt; b</p><p>后来的<b>周岚</b>到会。</p></body></html>";
    result r = read_text("a.html", page);
    size_t at = yq_find(r.reading.clean, YQ_S("周岚"), 0);
    CHECK("found in the reading", r.code == YQ_OK && at != SIZE_MAX);
    if (at != SIZE_MAX) CHECK("and in the bytes", strncmp(page + yq_map_origin(&r.reading.map, at), "周岚", 6) == 0);
    yq_arena_free(r.arena);

    static const char csv[] = "\xEF\xBB\xBF姓名,\"单位\"\r\n\"周岚\",云上";
    r = read_text("a.csv", csv);
    at = yq_find(r.reading.clean, YQ_S("周岚"), 0);
    CHECK("csv: found", r.code == YQ_OK && at != SIZE_MAX);
    if (at != SIZE_MAX) CHECK("csv: in the bytes", strncmp(csv + yq_map_origin(&r.reading.map, at), "周岚", 6) == 0);
    yq_arena_free(r.arena);
}

static void repeat(yq_buf *b, const char *text, size_t times)
{
    while (times--) yq_buf_put(b, yq_cstr(text));
}

/* What nests or grows without end is refused, or read, in time. */
static void check_bounds(void)
{
    static const struct { const char *what, *name, *open, *middle, *close; size_t times; yq_code code; } rows[] = {
        { "deep divs", "a.html", "<div>", "云上医院", "</div>", 100000, YQ_INVALID },
        { "deep spans closed by the wrong tags", "a.html", "<span><div></span>", "云上医院", "</div>", 50000, YQ_INVALID },
        { "deep options in foreign content", "a.html", "<svg><option>", "x", "", 30000, YQ_INVALID },
        { "deep lists", "a.html", "<ul><li>", "甲", "</ul>", 500, YQ_INVALID },
        { "many unclosed paragraphs are flat", "a.html", "<p>甲段。", "", "", 20000, YQ_OK },
        { "deep tables", "a.html", "<table><tr><td>", "甲", "</table>", 3000, YQ_INVALID },
        { "deep JSON", "a.json", "[", "1", "]", 100000, YQ_INVALID },
        { "one long line", "a.txt", "云上医院的周岚", "。", "", 100000, YQ_OK },
        { "many columns", "a.csv", "甲,", "乙\n丙,丁\n", "", 20000, YQ_OK },
        { "many tabs", "a.txt", "甲\t", "乙\n丙\t丁\n", "", 20000, YQ_OK },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_buf b = { 0 };
        repeat(&b, rows[i].open, rows[i].times);
        repeat(&b, rows[i].middle, 1);
        repeat(&b, rows[i].close, rows[i].times);
        int64_t begin = yq_monotonic_us();
        yq_arena *a = yq_arena_new(400u << 20);
        yq_reading reading;
        yq_err err = { 0 };
        yq_code code = yq_intake_read(a, yq_cstr(rows[i].name), yq_buf_str(&b), NULL, &reading, &err);
        if (!CHECK(rows[i].what, code == rows[i].code)) fprintf(stderr, "  %d: %s\n", code, err.msg);
        CHECK(rows[i].what, yq_monotonic_us() - begin < 9000000);
        CHECK(rows[i].what, code == YQ_OK || err.msg[0]);
        yq_arena_free(a);
        yq_buf_free(&b);
    }
}

/* A file over the limit is refused before it is read; memory over the limit is an error, not a crash. */
static void check_limits(void)
{
    yq_intake_limits limits = yq_intake_defaults();
    yq_arena *a = yq_arena_new(1u << 20);
    yq_reading reading;
    yq_err err;
    yq_buf b = { 0 };
    limits.file_bytes = 10;
    CHECK("over file_bytes", yq_intake_read(a, YQ_S("a.txt"), YQ_S("0123456789a"), &limits, &reading, &err) == YQ_INVALID);
    limits.file_bytes = 64 << 20;
    limits.table_cells = 5;
    CHECK("over table_cells", yq_intake_read(a, YQ_S("a.csv"), YQ_S("a,b\nc,d\ne,f\n"), &limits, &reading, &err) == YQ_INVALID);
    limits.table_cells = 1000000;
    limits.text_bytes = 12;
    CHECK("over text_bytes", yq_intake_read(a, YQ_S("a.txt"), YQ_S("云上医院"), &limits, &reading, &err) == YQ_INVALID);
    CHECK("tags do not count", yq_intake_read(a, YQ_S("a.html"), YQ_S("<p><b>云上</b></p>"), &limits, &reading, &err) == YQ_OK);
    limits.text_bytes = 8 << 20;
    repeat(&b, "<p>云上医院办论坛。</p>", 40000);
    CHECK("over memory", yq_intake_read(a, YQ_S("a.html"), yq_buf_str(&b), &limits, &reading, &err) == YQ_NOMEM);
    yq_buf_free(&b);
    yq_arena_free(a);
}

static void check_encodings(void)
{
    static const char gbk[] = "<META http-equiv=Content-Type content=\"text/html; CHARSET=gb2312\"><p>\xD6\xDC\xE1\xB0\xB5\xBD\xBB\xE1\xA1\xA3</p>";
    result r = read_text("a.html", gbk);
    CHECK("gb2312 in a shouted meta tag", r.code == YQ_OK && yq_eq(r.reading.clean, YQ_S("周岚到会。\n")));
    yq_arena_free(r.arena);
    static const char nul[] = "a\0b\0c\1\2\3";
    r = read_bytes("a.txt", (yq_str){ nul, sizeof nul - 1 });
    CHECK("bytes that are no text", r.code == YQ_INVALID);
    yq_arena_free(r.arena);
}

/* What has an old ending and is another thing is read as what it is. */
static const struct { const char *what, *name, *text, *truth; } false_endings[] = {
    { "a page", "a.xls", "\r\n<HTML><table>", "html" }, { "a table of a page", "a.xls", "<table border=1>", "html" }, { "text with tabs", "a.xls", "\xD0\xD5\t\xC3\xFB\r\n", "csv" },
    { "text", "a.doc", "text\r\n", "txt" },              { "the new format", "a.doc", "PK\3\4", "docx" },           { "the new format of WPS", "a.et", "PK\3\4", "xlsx" },
    { "a true one", "a.doc", "\xD0\xCF\x11\xE0", NULL }, { "RTF under Word's name", "a.doc", "{\\rtf1", NULL },       { "XML of Office 2003", "a.xls", "<?xml version=\"1.0\"?>", NULL },
    { "OpenDocument is a ZIP too", "a.odt", "PK\3\4", NULL }, { "RTF", "a.rtf", "{\\rtf1", NULL },                    { "bytes", "a.ppt", "\1\2\3", NULL },
};

static void check_false_endings(void)
{
    for (size_t i = 0; i < sizeof false_endings / sizeof *false_endings; i++) {
        const yq_conversion *c = yq_conversion_of(yq_cstr(false_endings[i].name));
        if (!CHECK(false_endings[i].what, c != NULL)) continue;
        CHECK(false_endings[i].what, yq_eq(yq_cstr(yq_conversion_unneeded(c, yq_cstr(false_endings[i].text))), yq_cstr(false_endings[i].truth)));
    }
    result r = read_text("a.xls", "<table><tr><td>姓名<td>单位<tr><td>周岚<td>云上医院</table>");
    CHECK("and read so", r.code == YQ_OK && r.reading.tables.n == 1 && strcmp(r.reading.format, "html") == 0);
    yq_arena_free(r.arena);
}

static void check_names(void)
{
    CHECK("text", yq_intake_knows(YQ_S("a.txt")) && yq_intake_knows(YQ_S("甲.HTML")) && yq_intake_knows(YQ_S("b.json")));
    CHECK("others", !yq_intake_knows(YQ_S("a.exe")) && !yq_intake_knows(YQ_S("txt")) && !yq_intake_knows(YQ_S("")));
}

int main(void)
{
    check_documents();
    check_refusals();
    check_map();
    check_bounds();
    check_limits();
    check_encodings();
    check_names();
    check_false_endings();
    return check_done();
}
