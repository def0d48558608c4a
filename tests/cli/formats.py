"""Files inside of files, and files that other programs turn into text: what a user hands over is read with all that is in it, or says what was not."""
import io
import os
import zipfile
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


SECTIONS = [mails, partly, archives, hostile, records]
