/* Office files: packed here part by part, so that each row shows the XML it is about. */
#include "check.h"
#include "outline.h"
#include "pack.h"

#include <string.h>

#define W(body) "<w:document xmlns:w='w' xmlns:r='r' xmlns:mc='mc'><w:body>" body "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLED(style, text) "<w:p><w:pPr><w:pStyle w:val='" style "'/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define LISTED(list, text) "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='" list "'/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"

static const char styles[] = "<w:styles xmlns:w='w'><w:style w:styleId='a1'><w:name w:val='heading 1'/></w:style><w:style w:styleId='T'><w:name w:val='Title'/></w:style>"
                             "<w:style w:styleId='own'><w:name w:val='My big one'/><w:basedOn w:val='a1'/></w:style>"
                             "<w:style w:styleId='toc'><w:name w:val='toc 1'/></w:style></w:styles>";
static const char numbering[] = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
                                "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>"
                                "<w:lvlText w:val='x'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
                                "<w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num></w:numbering>";

static result read_parts(const char *name, const part *parts, size_t n)
{
    yq_buf b = { 0 };
    pack(parts, n, &b);
    result r = read_bytes(name, yq_buf_str(&b));
    yq_buf_free(&b);
    return r;
}

static void check_blocks(const char *what, result r, const char *blocks)
{
    if (CHECK(what, r.code == YQ_OK)) {
        yq_str got = outline(&r);
        if (!CHECK(what, yq_eq(got, yq_cstr(blocks)))) fprintf(stderr, "  got %.*s\n", YQ_FMT(got));
    } else fprintf(stderr, "  %s\n", r.err.msg);
    yq_arena_free(r.arena);
}

/* ---------------------------------------------------------------- Word */

static const struct { const char *what, *document, *blocks; } words[] = {
    { "runs of one paragraph, entities, a tab", W("<w:p><w:r><w:t>周</w:t></w:r><w:r><w:t>岚&amp;林</w:t><w:tab/><w:t>舟到会。</w:t></w:r></w:p>"), "P:周岚&林 舟到会。|" },
    { "styles by built-in name and by what they are based on", W(STYLED("T", "云上论坛") STYLED("a1", "甲节") P("正文。") STYLED("own", "乙节") P("正文二。")),
      "T:云上论坛|H:甲节|P:正文。|H:乙节|P:正文二。|" },
    { "a sentence in a heading's clothes", W(STYLED("a1", "论坛在云上会堂举行，二百多名医生到会。")), "P:论坛在云上会堂举行，二百多名医生到会。|" },
    { "a table of contents repeats", W(STYLED("T", "云上论坛") STYLED("toc", "甲节 3") P("正文。")), "T:云上论坛|P:正文。|" },
    { "numbers that Word prints", W(P("正文在前。") LISTED("1", "榜单说明如下。") LISTED("1", "揭榜条件如下。")), "P:正文在前。|I:一、榜单说明如下。|I:二、揭榜条件如下。|" },
    { "bullets", W(P("正文在前。") LISTED("2", "甲项") LISTED("2", "乙项")), "P:正文在前。|I:甲项|I:乙项|" },
    { "deleted, hidden and doubled text",
      W("<w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着</w:t></w:r><w:r><w:t>的。</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P("框内。") "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P("框内。")
        "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>框外。</w:t></w:r></w:p>"),
      "P:留下的。|P:框内。|P:框外。|" },
    { "a line break is a line", W("<w:p><w:r><w:t>甲单位</w:t><w:br/><w:t>乙单位</w:t></w:r></w:p>"), "T:甲单位|P:乙单位|" },
    { "cells merged across and down",
      W("<w:tbl><w:tr>" TC("", "时间") TC("", "题目") TC("", "主持人") "</w:tr><w:tr>" TC("", "9:00") TC("", "甲") TC("<w:vMerge w:val='restart'/>", "周岚") "</w:tr><w:tr>"
        TC("", "10:00") TC("", "乙") TC("<w:vMerge/>", "") "</w:tr><w:tr>" TC("<w:gridSpan w:val='3'/>", "茶歇") "</w:tr></w:tbl>"),
      "B:h1 0,0=时间 0,1=题目 0,2=主持人 1,0=9:00 1,1=甲 1,2/2x1=周岚 2,0=10:00 2,1=乙 3,0/1x3=茶歇|" },
    { "a table inside of a cell is its text", W("<w:tbl><w:tr>" TC("", "姓名") TC("", "单位") "</w:tr><w:tr>" TC("", "周岚") "<w:tc><w:tbl><w:tr>" TC("", "云上") TC("", "医院")
        "</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"), "B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上 医院|" },
    { "one cell only draws a frame", W("<w:tbl><w:tr>" TC("", "框内甲。</w:t></w:r></w:p><w:p><w:r><w:t>框内乙。") "</w:tr></w:tbl>"), "P:框内甲。|P:框内乙。|" },
    { "a deleted row", W("<w:tbl><w:tr>" TC("", "姓名") TC("", "单位") "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" TC("<w:vMerge w:val='restart'/>", "林舟") TC("", "海上")
        "</w:tr><w:tr>" TC("<w:vMerge/>", "周岚") TC("", "云上") "</w:tr></w:tbl>"), "B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上|" },
};

static void check_words(void)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        part parts[] = { { "word/document.xml", words[i].document }, { "word/styles.xml", styles }, { "word/numbering.xml", numbering },
                         { "word/footer1.xml", "<w:ftr xmlns:w='w'>" P("页脚") "</w:ftr>" } };
        check_blocks(words[i].what, read_parts("a.docx", parts, 4), words[i].blocks);
    }
}

/* ---------------------------------------------------------------- Excel */

#define SHEET(rows, more) "<worksheet><sheetData>" rows "</sheetData>" more "</worksheet>"
#define S(at, text) "<c r='" at "' t='inlineStr'><is><t>" text "</t></is></c>"

static const char workbook[] = "<workbook xmlns:r='r'><workbookPr/><sheets><sheet name='名单' r:id='r1'/><sheet name='Sheet2' r:id='r2'/><sheet name='藏' state='hidden' r:id='r3'/></sheets></workbook>";
static const char relations[] = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/one.xml'/><Relationship Id='r2' Type='x/worksheet' Target='/xl/two.xml'/>"
                                "<Relationship Id='r3' Type='x/worksheet' Target='three.xml'/><Relationship Id='r4' Type='x/sharedStrings' Target='shared.xml'/>"
                                "<Relationship Id='r5' Type='x/styles' Target='looks.xml'/></Relationships>";
static const char shared[] = "<sst><si><t>姓名</t></si><si><r><t>周</t></r><r><t>岚</t></r><rPh><t>ZHOU</t></rPh></si></sst>";
static const char looks[] = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'/><numFmt numFmtId='171' formatCode='[Red]0.00'/></numFmts>"
                            "<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='20'/><xf numFmtId='9'/>"
                            "<xf numFmtId='171'/><xf numFmtId='22'/></cellXfs></styleSheet>";

static const struct { const char *what, *sheet, *second, *blocks; } books[] = {
    { "shared and rich strings", SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c>" S("B1", "单位") "</row><row r='2'><c r='A2' t='s'><v>1</v></c>" S("B2", "云上医院") "</row>", ""), "",
      "T:名单|B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院|" },
    { "a title merged across, empty rows and columns, a note",
      SHEET("<row r='2'>" S("C2", "专家名单") "</row><row r='4'>" S("C4", "姓名") S("E4", "单位") "</row><row r='5'>" S("C5", "周岚") S("E5", "云上医院") "</row><row r='6'><c r='A6' s='1'/></row>"
            "<row r='9'>" S("C9", "林舟") S("E9", "海上医院") "</row><row r='12'>" S("C12", "注：以上为第一批") "</row>", "<mergeCells><mergeCell ref='C2:E2'/></mergeCells>"), "",
      "T:专家名单|B:h1 0,0=姓名 0,1=单位 1,0=周岚 1,1=云上医院 2,0=林舟 2,1=海上医院|P:注：以上为第一批|" },
    { "merged down over an empty row, merged across groups",
      SHEET("<row r='1'>" S("A1", "基本") S("C1", "任职") "</row><row r='2'>" S("A2", "姓名") S("B2", "性别") S("C2", "单位") "</row><row r='3'>" S("A3", "周岚") S("B3", "女") S("C3", "云上医院")
            "</row><row r='5'>" S("A5", "林舟") S("B5", "男") "</row>", "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='C3:C5'/></mergeCells>"), "",
      "T:名单|B:h2 0,0/1x2=基本 0,2=任职 1,0=姓名 1,1=性别 1,2=单位 2,0=周岚 2,1=女 2,2/2x1=云上医院 3,0=林舟 3,1=男|" },
    { "numbers by their formats",
      SHEET("<row r='1'>" S("A1", "日期") S("B1", "数量") "</row><row r='2'><c r='A2' s='1'><v>45814</v></c><c r='B2'><v>2.7000000000000002</v></c></row>"
            "<row r='3'><c r='A3' s='2'><v>45814</v></c><c r='B3' s='4'><v>0.12</v></c></row><row r='4'><c r='A4' s='3'><v>0.39583333333333331</v></c><c r='B4' s='5'><v>3</v></c></row>"
            "<row r='5'><c r='A5' s='6'><v>45814.5</v></c><c r='B5' t='e'><v>#N/A</v></c>" S("C5", "注") "</row>", ""), "",
      "T:名单|B:h1 0,0=日期 0,1=数量 1,0=2025-06-06 1,1=2.7 2,0=2025年6月6日 2,1=12% 3,0=09:30 3,1=3 4,0=2025-06-06 12:00 4,2=注|" },
    { "lines of a cell stay apart; formula text; places left out", SHEET("<row><c t='inlineStr'><is><t>姓名</t></is></c><c t='inlineStr'><is><t>单位</t></is></c></row><row><c t='inlineStr'><is><t>周岚\n林舟</t></is></c>"
            "<c t='str'><f>A1</f><v>云上医院</v></c></row>", ""), "", "T:名单|B:h1 0,0=姓名 0,1=单位 1,0=周岚 林舟 1,1=云上医院|" },
    { "a second sheet that nobody named", SHEET("<row r='1'>" S("A1", "论坛名单") "</row>", ""), SHEET("<row r='1'>" S("A1", "填表说明在此。") "</row>", ""), "T:论坛名单|P:填表说明在此。|" },
};

static void check_books(void)
{
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        part parts[] = { { "xl/workbook.xml", workbook }, { "xl/_rels/workbook.xml.rels", relations }, { "xl/shared.xml", shared }, { "xl/looks.xml", looks },
                         { "xl/worksheets/one.xml", books[i].sheet }, { "xl/three.xml", SHEET("<row r='1'>" S("A1", "藏着的") "</row>", "") },
                         { *books[i].second ? "xl/two.xml" : NULL, books[i].second } };
        check_blocks(books[i].what, read_parts("a.xlsx", parts, 7), books[i].blocks);
    }
}

/* ---------------------------------------------------------------- PowerPoint */

#define SHAPE(placeholder, text) "<p:sp><p:nvPr>" placeholder "</p:nvPr><p:txBody>" text "</p:txBody></p:sp>"
#define AP(text) "<a:p><a:r><a:t>" text "</a:t></a:r></a:p>"
#define SLIDE(body) "<p:sld xmlns:p='p' xmlns:a='a'>" body "</p:sld>"

static void check_slides(void)
{
    part parts[] = {
        { "ppt/presentation.xml", "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='r2'/><p:sldId id='257' r:id='r1'/></p:sldIdLst></p:presentation>" },
        { "ppt/_rels/presentation.xml.rels", "<Relationships><Relationship Id='r1' Type='x/slide' Target='slides/slide1.xml'/><Relationship Id='r2' Type='x/slide' Target='slides/slide2.xml'/></Relationships>" },
        { "ppt/slides/slide2.xml", SLIDE(SHAPE("<p:ph type='ctrTitle'/>", AP("云上论坛")) SHAPE("<p:ph type='sldNum'/>", AP("1")) SHAPE("", AP("周岚到会并讲话。"))) },
        { "ppt/slides/slide1.xml", SLIDE(SHAPE("<p:ph type='title'/>", AP("议程")) SHAPE("<p:ph idx='1'/>", AP("甲项") "<a:p><a:pPr lvl='1'/><a:r><a:t>乙项</a:t></a:r></a:p>")
          "<a:tbl><a:tr><a:tc>" AP("时间") "</a:tc><a:tc>" AP("讲者") "</a:tc></a:tr><a:tr><a:tc gridSpan='2'>" AP("茶歇") "</a:tc><a:tc hMerge='1'><a:p/></a:tc></a:tr></a:tbl>") },
    };
    check_blocks("slides in their order", read_parts("a.pptx", parts, 4), "T:云上论坛|P:周岚到会并讲话。|H:议程|I:甲项|I:乙项|B:h1 0,0=时间 0,1=讲者 1,0/1x2=茶歇|");
}

/* ---------------------------------------------------------------- what is refused */

static char nested[20000];

static const struct { const char *what, *name; part parts[2]; const char *says; } refusals[] = {
    { "a document type", "a.docx", { { "word/document.xml", "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>" } }, "DOCTYPE" },
    { "a document type in a lesser part", "a.docx", { { "word/document.xml", W(P("甲")) }, { "word/styles.xml", "<!DOCTYPE s><s/>" } }, "DOCTYPE" },
    { "XML that breaks off", "a.docx", { { "word/document.xml", "<w:document xmlns:w='w'><w:body><w:p>" } }, "not well formed" },
    { "no text", "a.docx", { { "word/document.xml", W("") } }, "no text was found" },
    { "nothing that belongs there", "a.docx", { { "readme.txt", "x" } }, "no text was found" },
    { "nested too deeply", "a.docx", { { "word/document.xml", nested } }, "nested too deeply" },
    { "no sheet", "a.xlsx", { { "xl/workbook.xml", "<workbook/>" } }, "no visible sheet" },
};

static void check_refusals(void)
{
    for (size_t i = 0; i < 1000; i++) strcat(nested, "<a>");
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        result r = read_parts(refusals[i].name, refusals[i].parts, 2);
        CHECK(refusals[i].what, r.code == YQ_INVALID);
        if (!CHECK(refusals[i].what, strstr(r.err.msg, refusals[i].says) != NULL)) fprintf(stderr, "  says: %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
}

static const struct { const char *what, *bytes, *says; } strangers[] = {
    { "an old binary file", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "password" },
    { "text with a new ending", "hello", "no .docx file" },
    { "a ZIP that breaks off", "PK\x03\x04junk", "damaged" },
};

/* A cut or changed byte anywhere ends in a reading or a refusal, never in a crash; a reading never comes from less than the whole. */
static void check_damage(void)
{
    part parts[] = { { "word/document.xml", W(P("论坛在云上会堂举行。") "<w:tbl><w:tr>" TC("", "姓名") TC("", "单位") "</w:tr><w:tr>" TC("", "周岚") TC("", "云上") "</w:tr></w:tbl>") }, { "word/styles.xml", styles } };
    yq_buf b = { 0 };
    pack(parts, 2, &b);
    size_t refused = 0, n = b.n;
    for (size_t cut = 1; cut < n; cut += 7) {
        result r = read_bytes("a.docx", (yq_str){ b.p, n - cut });
        refused += r.code == YQ_INVALID;
        yq_arena_free(r.arena);
    }
    CHECK("every cut file is refused", refused == (n + 5) / 7);
    for (size_t at = 0; at < n; at += 3) {
        b.p[at] ^= 0x5A;
        result r = read_bytes("a.docx", yq_buf_str(&b));
        CHECK("a changed byte", r.code == YQ_OK || r.code == YQ_INVALID);
        yq_arena_free(r.arena);
        b.p[at] ^= 0x5A;
    }
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        result r = read_bytes("a.docx", yq_cstr(strangers[i].bytes));
        if (!CHECK(strangers[i].what, r.code == YQ_INVALID && strstr(r.err.msg, strangers[i].says))) fprintf(stderr, "  says: %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
    yq_buf_free(&b);
}

static void check_bombs(void)
{
    yq_buf body = { 0 }, b = { 0 };
    yq_intake_limits limits = yq_intake_defaults();
    yq_reading reading;
    yq_err err = { 0 };
    for (size_t i = 0; i < 6000000; i++) yq_buf_byte(&body, '0');
    yq_buf_byte(&body, 0);
    pack((part[]){ { "word/document.xml", body.p } }, 1, &b);
    yq_arena *a = yq_arena_new(64u << 20);
    CHECK("unpacks to hundreds of times its size", yq_intake_read(a, YQ_S("a.docx"), yq_buf_str(&b), &limits, &reading, &err) == YQ_INVALID && strstr(err.msg, "times its size"));
    limits.file_bytes = 1 << 20;
    CHECK("unpacks to more than a part may hold", yq_intake_read(a, YQ_S("a.docx"), yq_buf_str(&b), &limits, &reading, &err) == YQ_INVALID && strstr(err.msg, "over the limit"));
    CHECK("little was unpacked", yq_arena_used(a) < 1 << 20);
    yq_arena_free(a);
    yq_buf_free(&b);
    yq_buf_free(&body);
}

/* Memory that runs out at any moment ends in a refusal and leaves nothing behind (the sanitizers look). */
static void check_little_memory(void)
{
    part parts[] = { { "word/document.xml", W(P("论坛在云上会堂举行。") P("周岚到会。")) }, { "word/styles.xml", styles }, { "word/numbering.xml", numbering } };
    yq_buf b = { 0 };
    size_t failed = 0;
    pack(parts, 3, &b);
    for (size_t max = 1024; max < 120000; max += 1500) {
        yq_arena *a = yq_arena_new(max);
        yq_reading reading;
        yq_code rc = yq_intake_read(a, YQ_S("a.docx"), yq_buf_str(&b), NULL, &reading, NULL);
        CHECK("little memory", rc == YQ_OK || rc == YQ_NOMEM);
        failed += rc == YQ_NOMEM;
        yq_arena_free(a);
    }
    CHECK("memory did run out", failed > 3);
    yq_buf_free(&b);
}

/* A position leads into the XML of its paragraph, parts laid one behind the other. */
static void check_positions(void)
{
    static const char document[] = W(P("甲段在此。") P("乙段在此。"));
    part parts[] = { { "word/document.xml", document } };
    result r = read_parts("a.docx", parts, 1);
    if (CHECK("two paragraphs", r.code == YQ_OK && r.reading.blocks.n == 2)) {
        size_t at = yq_map_origin(&r.reading.map, r.reading.blocks.v[1].span.from), second = (size_t)(strstr(document, "乙") - document);
        CHECK("a byte of the second paragraph", at >= second && at <= second + 30);
    }
    yq_arena_free(r.arena);
}

int main(void)
{
    check_words();
    check_books();
    check_slides();
    check_refusals();
    check_damage();
    check_bombs();
    check_little_memory();
    check_positions();
    return check_done();
}
