"""Files inside of files, and files that other programs turn into text: what a user hands over is read with all that is in it, or says what was not."""
import io
import os
import shutil
import zipfile
import zlib
from email.message import EmailMessage

from extracting import fits, measured
from outside import DONE, REFUSED, Folder, read_json
from stores import counts, dump, new_store

ROSTER = "姓名,职称,单位\n周岚,主任医师,澜州市中心医院\n林舟,教授,棠海大学附属医院\n"
TALK = "各位专家：\n\n澜州市中心医院院长周岚将作《卒中绿道》报告，名单见附件。\n"


def mail(*attached):
    """A mail in GB2312 as an office program writes it, with (name, bytes) attached."""
    m = EmailMessage()
    m["Subject"], m["From"], m["Date"] = "回复：论坛专家名单", "何秘书 <he@example.org>", "Tue, 3 Jun 2025 10:00:00 +0800"
    m.set_content(TALK, charset="gb2312", cte="base64")
    m.add_alternative("<html><body>%s</body></html>" % "".join("<p>%s</p>" % line for line in TALK.split()), subtype="html", charset="gb2312", cte="quoted-printable")
    for name, content in attached:
        m.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return m.as_bytes()


def pack(*entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in entries:
            z.writestr(name, content)
    return out.getvalue()


def people(path):
    return sorted(p["name"] for p in read_json(path)["people"])


def mails(check, program):
    with Folder() as f:
        path = f.write("m.eml", mail(("专家名单.csv", ROSTER.encode("gb18030")), ("logo.png", b"\x89PNG")))
        ran = program.run("extract", path, "--out", f("o"))
        check("a mail with a roster and a logo: status 0, silent", ran.status == DONE and not ran.err, ran)
        seen = read_json(f("o/m.json"))
        check.equal("the people of its text and of the roster", people(f("o/m.json")), ["周岚", "林舟"])
        check.equal("its talk, title and date", (seen["talks"], seen["title"], seen["date"]), ([{"speaker": "周岚", "title": "卒中绿道"}], "论坛专家名单", "2025-06-03"))
        s = new_store(check, program, f("store"))
        ran = program.run("import", "--store", s, "--json", path)
        check("imported: one document", ran.status == DONE and counts(ran)["read"] == 1 and not ran.err, ran)
        check("the register has the roster's people", "林舟" in dump(program, s))
        check("imported again: known", counts(program.run("import", "--store", s, "--json", path))["known"] == 1)


def partly(check, program):
    with Folder() as f:
        path = f.write("m.eml", mail(("名单.xlsx", b"PK but no workbook"), ("二.csv", ROSTER.encode())))
        ran = program.run("extract", path, "--out", f("o"))
        check("a broken attachment: status 1, named with its reason", ran.status == REFUSED and ran.err.startswith("m.eml: 名单.xlsx inside was not read: ") and ran.err.count("\n") == 1, ran)
        check.equal("the rest of the mail is read", people(f("o/m.json")), ["周岚", "林舟"])
        s = new_store(check, program, f("store"))
        ran = program.run("import", "--store", s, "--json", path)
        check("import says the same", ran.status == REFUSED and counts(ran)["read"] == counts(ran)["partly"] == 1 and "名单.xlsx inside was not read" in ran.err, ran)


def archives(check, program):
    with Folder() as f:
        inner = pack(("名单.csv", ROSTER))
        path = f.write("z.zip", pack(("会议/报告.txt", TALK), ("会议/inner.zip", inner), ("photo.jpg", b"x"), ("../../evil.txt", "棠海大学副校长许立到会。")))
        ran = program.run("extract", path, "--out", f("o"), cwd=f("."))
        check("an archive: status 0, silent", ran.status == DONE and not ran.err, ran)
        check.equal("people of every entry, also of an archive inside", people(f("o/z.json")), ["周岚", "林舟", "许立"])
        check("nothing was written beside the output", sorted(os.listdir(f("."))) == ["o", "z.zip"] and not os.path.exists(f("../../evil.txt")))


def hostile(check, program):
    bomb = pack(("a.txt", b"a" * 60_000_000))
    files = {
        "bomb.zip": bomb,
        "bombs.zip": pack(*[("%d.zip" % i, bomb) for i in range(200)]),
        "many.zip": pack(*[("%d.txt" % i, "x") for i in range(5000)]),
        "half.zip": pack(("a.txt", TALK))[:-30],
        "no.zip": b"Rar!\x1a\x07\0",
        "no.eml": b"\0\1\2" * 100,
        "deep.eml": b"Subject: x\r\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(100)),
        "old.msg": b"\xd0\xcf\x11\xe0",
    }
    for name, content in files.items():
        with Folder() as f:
            ran = program.run("extract", f.write(name, content), "--out", f("o"))
            check("%s: status 1, its name and why" % name, ran.status == REFUSED and ran.err.startswith(name + ": ") and len(ran.err) > len(name) + 12, ran)
            check("%s: no output, in time and memory" % name, not (os.path.exists(f("o")) and os.listdir(f("o"))) and fits(ran, program), measured(ran))


TRIAL = """{"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": "A Trial of Green Lanes in Stroke"}, "statusModule": {"overallStatus": "RECRUITING"},
 "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Sun Yat-sen University"}}, "contactsLocationsModule": {"overallOfficials": [{"name": "Lan Zhou",
 "affiliation": "Peking Union Medical College Hospital", "role": "PRINCIPAL_INVESTIGATOR"}], "locations": [{"facility": "Cleveland Clinic", "city": "Cleveland"}]}}}"""


def records(check, program):
    """A trial's record: who leads it and where are found; the ending of its name says nothing but JSON or XML."""
    with Folder() as f:
        ran = program.run("extract", f.write("anything.json", TRIAL), f.write("other.xml", "<a><b>x</b></a>"), "--out", f("o"))
        check("XML of no known kind: status 1, says what is known", ran.status == REFUSED and "other.xml: this kind of XML is not known" in ran.err and "PubMed" in ran.err, ran)
        seen = read_json(f("o/anything.json"))
        check.equal("title", seen["title"], "A Trial of Green Lanes in Stroke")
        check("the investigator", [p["name"] for p in seen["people"]] == ["Lan Zhou"], seen["people"])
        check("sponsor, affiliation and site", {"Sun Yat-sen University", "Peking Union Medical College Hospital", "Cleveland Clinic"} <= set(seen["organizations"]), seen["organizations"])


DOCX = ('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'
        % "澜州市中心医院院长周岚作《卒中绿道》报告。")
# What a system without converters has on its PATH, and Office files as far as their first bytes tell.
NOTHING = {"PATH": "/nonexistent"}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
RTF = b"{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 Arial;}}\\f0 " + "".join("\\u%d?" % (ord(c) if ord(c) < 32768 else ord(c) - 65536) for c in "澜州市中心医院院长周岚作《卒中绿道》报告。").encode() + b"\\par}"


def scan(width=1240, height=200):
    """A PDF whose only page is a grey picture."""
    picture, drawing = zlib.compress(b"\xc0" * (width * height)), b"q 595 0 0 96 0 0 cm /I Do Q\n"
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 96]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"]
    bodies = [p.encode() for p in parts] + [
        b"<</Length %d>>stream\n" % len(drawing) + drawing + b"endstream",
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n" % (width, height, len(picture)) + picture + b"\nendstream"]
    out, places = b"%PDF-1.4\n", []
    for i, body in enumerate(bodies):
        places.append(len(out))
        out += b"%d 0 obj" % (i + 1) + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def programs(f, **scripts):
    """A PATH with made-up programs."""
    for name, script in scripts.items():
        os.chmod(f.write("bin/" + name, "#!/bin/sh\n" + script), 0o755)
    return {"PATH": f("bin") + ":/usr/bin:/bin"}


def without_converters(check, program):
    """Both are optional: what is missing is named, with what to install and what else to do."""
    with Folder() as f:
        names = {"a.doc": "Word", "b.xls": "Excel", "c.ppt": "PowerPoint", "d.wps": "WPS", "e.et": "WPS", "f.odt": "OpenDocument", "g.rtf": "RTF"}
        files = [f.write(n, RTF if n.endswith("rtf") else b"PK\3\4" if n.endswith("odt") else OLD) for n in names] + [f.write("s.pdf", scan())]
        ran = program.run("extract", *files, "--out", f("o"), env=NOTHING)
        check("without LibreOffice: refused", ran.status == REFUSED and not os.listdir(f("o")), ran)
        for name, what in names.items():
            said = [line for line in ran.err.splitlines() if line.startswith(name + ": " + what)]
            check("%s: what to install, how to save it" % name, len(said) == 1 and "needs LibreOffice: install libreoffice-writer-nogui" in said[0] and "save it as ." in said[0], ran.err)
        check("s.pdf: is said to be a scan, and what to install", "s.pdf: a scan (a PDF of pictures without text) needs tesseract: install tesseract-ocr tesseract-ocr-chi-sim" in ran.err, ran.err)
        false = [f.write("page.xls", "<html><meta charset=gb2312><table><tr><td>姓名<td>单位<tr><td>周岚<td>澜州市中心医院</table>".encode("gb18030")),
                 f.write("tabs.xls", "姓名\t单位\n周岚\t澜州市中心医院\n".encode("gb18030")), f.write("new.doc", pack(("word/document.xml", DOCX)))]
        ran = program.run("extract", *false, "--out", f("p"), env=NOTHING)
        check("what is only called .xls or .doc is read without it", ran.status == DONE and all(people(f("p", n)) == ["周岚"] for n in ("page.json", "tabs.json", "new.json")), ran)


def with_made_up_converters(check, program):
    """What LibreOffice leaves is read like any file; whatever it tries, it writes in its folder only, and that is gone afterwards."""
    with Folder() as f:
        f.write("bin/made.docx", pack(("word/document.xml", DOCX)))
        os.makedirs(f("tmp"))
        env = dict(programs(f, soffice='cp "$(dirname "$0")/made.docx" out.x; mkdir out; mv out.x out/in.docx\n'), TMPDIR=f("tmp"))
        path = f.write("a.doc", OLD)
        ran = program.run("extract", path, "--out", f("o"), env=env)
        check("the result is read", ran.status == DONE and people(f("o/a.json")) == ["周岚"], ran)
        ran = program.run("extract", f.write("m.eml", mail(("旧.doc", OLD))), "--out", f("o"), env=env)
        check("also of an attachment", ran.status == DONE and not ran.err, ran)
        tricks = {
            "fails": "exit 1\n",
            "leaves a link out of the folder": "mkdir out; ln -s /etc/passwd out/in.docx\n",
            "leaves no Office file": "mkdir out; echo text > out/in.docx\n",
            "writes elsewhere": "echo x > %s; mkdir out; cp %s out/in.docx\n" % (f("stolen"), f("secret.docx")),
            "leaves a process behind": "(sleep 300; true) & exit 1\n",
        }
        f.write("secret.docx", pack(("word/document.xml", DOCX)))
        for what, script in tricks.items():
            env = dict(programs(f, soffice=script), TMPDIR=f("tmp"))
            ran = program.run("extract", path, "--out", f("p"), env=env)
            check("one that %s: refused in words" % what, ran.status == REFUSED and ran.err.startswith("a.doc: ") and not (os.path.exists(f("p")) and os.listdir(f("p"))), ran)
        check("nothing was written elsewhere", not os.path.exists(f("stolen")))
        check("no folder is left", os.listdir(f("tmp")) == [], os.listdir(f("tmp")))
        env = dict(programs(f, pdftoppm="for p in page-1 page-2; do echo x > $p.png; done\n", tesseract='cat "$(dirname "$0")/$2" > "$2.txt"\n'), TMPDIR=f("tmp"))
        f.write("bin/page-1", "澜州市中心医院院长周岚作《卒中绿道》报告。"), f.write("bin/page-2", "棠海大学附属医院副院长林舟主持。")
        ran = program.run("extract", f.write("s.pdf", scan()), "--out", f("o"), env=env)
        check("the pages of a scan in order", ran.status == DONE and people(f("o/s.json")) == ["周岚", "林舟"], ran)
        check("and no folder is left of these", os.listdir(f("tmp")) == [], os.listdir(f("tmp")))


def with_libreoffice(check, program):
    """The real one, where it is installed."""
    with Folder() as f:
        ran = program.run("extract", f.write("a.rtf", RTF), "--out", f("o"), timeout=200)
        if shutil.which("soffice"):
            check("RTF by LibreOffice", ran.status == DONE and people(f("o/a.json")) == ["周岚"] and read_json(f("o/a.json"))["doc"] == "a.rtf", ran)
        else:
            check("RTF without LibreOffice", ran.status == REFUSED and "needs LibreOffice" in ran.err, ran)


SECTIONS = [mails, partly, archives, hostile, records, without_converters, with_made_up_converters, with_libreoffice]
