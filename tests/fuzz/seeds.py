#!/usr/bin/env python3
"""tests/fuzz/seeds.py DIR: the cases as first inputs, DIR/TARGET/…, and DIR/words.dict: pieces that a mutation would not find by itself.

Office files are also written as parcels ("@@ name", content), which the target packs: a byte changed in there is no broken checksum.
"""
import io
import os
import re
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
CASES = os.path.join(ROOT, "tests", "cases", "text")
EXAMPLES = os.path.join(ROOT, "examples", "documents")
LARGEST = 6000
FORMS = "txt md html csv json".split()

XML = '<?xml version="1.0" encoding="UTF-8"?>'
WORD = (XML + '<w:document xmlns:w="w"><w:body>%s<w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/>'
        '<w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>单位</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>周岚</w:t></w:r></w:p></w:tc>'
        '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>')
SHEET = (XML + '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>单位</t></is></c></row><row r="2"><c r="A2" s="1"><v>45000.5'
         '</v></c><c r="B2" t="b"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A3:B4"/></mergeCells></worksheet>')
RELATIONS = XML + '<Relationships><Relationship Id="rId1" Type="x/%s" Target="%s"/></Relationships>'


def parcels():
    paragraph = "".join('<w:p><w:pPr><w:pStyle w:val="%s"/><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r>'
                        '</w:del></w:p>' % style for style in [("Heading1", "云上医学创新联盟成立"), ("a", "云上大学附属医院副院长周岚主持会议。")])
    styles = XML + '<w:styles xmlns:w="w"><w:style w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style></w:styles>'
    yield "docx", {"word/document.xml": WORD % paragraph, "word/styles.xml": styles, "word/footnotes.xml": "<w:footnotes/>"}
    yield "xlsx", {"xl/workbook.xml": XML + '<workbook><workbookPr date1904="1"/><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
                   "xl/_rels/workbook.xml.rels": RELATIONS % ("worksheet", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml": SHEET,
                   "xl/sharedStrings.xml": XML + '<sst><si><t>姓名</t></si><si><r><t>周</t></r><rPh><t>x</t></rPh></si></sst>',
                   "xl/styles.xml": XML + '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'}
    yield "pptx", {"ppt/presentation.xml": XML + '<p:presentation xmlns:r="r"><p:sldIdLst><p:sldId id="1" r:id="rId1"/></p:sldIdLst></p:presentation>',
                   "ppt/_rels/presentation.xml.rels": RELATIONS % ("slide", "slides/slide1.xml"),
                   "ppt/slides/slide1.xml": XML + '<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><p:txBody><a:p><a:r><a:t>云上论坛</a:t></a:r></a:p></p:txBody></p:sp>'
                   '<a:tbl><a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>甲</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:sld>'}
    yield "zip", {"a.txt": "云上医院院长周岚出席。", "b/名单.csv": "姓名,单位\n周岚,云上医院\n", "c.eml": "Subject: x\n\n你好", "d.zip": "PK", "../e.html": "<h1>云</h1>"}


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items():
            z.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


MAILS = [
    "From: =?GB2312?B?1tzhsA==?= <a@b.cn>\nSubject: =?utf-8?q?=E4=BA=91?=\nDate: Fri, 06 Jun 2025 10:00:00 +0800\nContent-Type: multipart/mixed; boundary=\"x\"\n\n"
    "--x\nContent-Type: text/plain; charset=gb18030\nContent-Transfer-Encoding: quoted-printable\n\n=D4=C6=C9=CF\n> quoted\n-- \nsigned\n"
    "--x\nContent-Type: text/csv; name*=utf-8''%E4%BA%91.csv\nContent-Disposition: attachment; filename=\"r.csv\"\nContent-Transfer-Encoding: base64\n\nYSxiCjEsMgo=\n--x--\n",
    "Subject: x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/html\n\n<p>云上</p>\n--y\nContent-Type: message/rfc822\n\nSubject: in\n\nbody\n--y--\n",
]
XMLS = ['<?xml version="1.0"?><!DOCTYPE article><article><front><article-title>云上</article-title></front><body><sec><title>一</title><p>周岚&lt;x</p><table-wrap><table><tr><td '
        'colspan="2">甲</td></tr></table></table-wrap></sec></body></article>', "<rss><channel><item><title>云</title><pubDate>2025-06-06</pubDate></item></channel></rss>"]
MARKED = {"bmes": ["周 B-NAME\n岚 E-NAME\n在 O\n云 B-ORG\n上 M-ORG\n院 E-ORG\n\n好 S-X\n"],
          "jsonl": ['{"text": "周岚在云上医院", "label": {"name": {"周岚": [[0, 1]]}, "org": {"云上医院": [[3, 6]]}}}\n{"text":"x"}\n']}
LINK = ["id,surname,given_name,date_of_birth,postcode\n1,周,岚,1980-01-02,510000\n2,周,岚,19800102,510000\n3,\"欧\"\"阳\",x,,\n",
        "id,name,place\n1,澜州市中心医院,澜州\n2,中心医院,\n3,Lanzhou Central Hospital,x\n1,澜州中心,\n"]
NEEDS = ["想找能做房颤导管消融的专家，最好在广东", "We need a hospital for a phase II trial of CAR-T in lupus", "心理", "骨科机器人 导航 2.5mm PD-1"]
WORDS = ["<table>", "<td colspan=\"9\">", "<li>", "<h1>", "&#x4E91;", "<!--", "<script>", "# ", "| a | b |\n|---|---|", "```", "- ", "\"\"", "{\"a\":[", "\\u4e91", "=?GB2312?B?",
         "Content-Type: multipart/mixed; boundary=", "\n--x\n", "@@ ", "<w:tbl>", "<w:gridSpan w:val=\"3\"/>", "<mergeCell ref=\"A1:XFD9\"/>", "YQR2", "END.", "2025年6月6日",
         "2025-06-06", "分别", "、", "。", "“", "”", "（以下简称“", "等", "院长", "主任", "表示", "主办", "签署", "战略合作协议", "大学", "医院", "有限公司", "亿元", "Professor ",
         "University", "Hospital", " of ", ", ", "signed"]


def write(folder, target, n, content):
    path = os.path.join(folder, target)
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "seed-%03d" % n), "wb") as h:
        h.write(content if isinstance(content, bytes) else content.encode())


def of_cases(folder):
    for n, (where, name) in enumerate(sorted((d, f) for d in (CASES, EXAMPLES) for f in os.listdir(d))):
        with open(os.path.join(where, name), "rb") as h:
            content = h.read(LARGEST)
        form = name.rsplit(".", 1)[1]
        for target in {form, "decode", "clean"} | ({"pdf", "doc"} if form == "txt" else set()):
            write(folder, target, n, content)
        write(folder, "extract", n, bytes([FORMS.index(form) + 60]) + content)
        for k, line in enumerate(content.decode("utf-8", "replace").splitlines()[:3]):
            write(folder, "need", 10 * n + k + 100, line)


def dictionary(path):
    words = list(WORDS)
    for name in ("titles.tsv", "org_endings.tsv", "departments.tsv", "deal_verbs.tsv", "event_words.tsv", "need_cues.tsv", "units.tsv", "surnames.tsv"):
        with open(os.path.join(ROOT, "lexicon", name), encoding="utf-8") as h:
            words += [line.split("\t")[0].strip() for line in h if not line.startswith("#")][::9]
    with open(path, "w", encoding="utf-8") as h:
        for word in dict.fromkeys(w for w in words if 0 < len(w.encode()) < 60):
            h.write('"%s"\n' % re.sub(r'[^ !#-\[\]-~]', lambda m: "".join("\\x%02X" % b for b in m.group().encode()), word))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    of_cases(folder)
    for target, parts in parcels():
        write(folder, target, 900, "\n".join("@@ %s\n%s" % part for part in parts.items()) + "\n")
        write(folder, target, 901, packed(parts))
    for target, many in dict(MARKED, eml=MAILS, xml=XMLS, link=LINK, need=NEEDS, model=["\0\0\0\0"], segment=["\0\0\0\0"], wire=["YQR2"],
                             json=['[{"name":"周岚","org":["云上医院"],"n":1.5e3}]']).items():
        for n, content in enumerate(many):
            write(folder, target, 950 + n, content)
    dictionary(os.path.join(folder, "words.dict"))


if __name__ == "__main__":
    main()
