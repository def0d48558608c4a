"""extract: documents to findings. What cannot be read whole is refused in words, within 10 s and 512 MB, and leaves no output."""
import os
import random

from outside import DOCUMENTS, DONE, REFUSED, Folder, read_json

SENTENCE = "澜州市中心医院院长周岚作《卒中绿道》报告。"
FOUND = {
    "doc": "900.txt", "lang": "zh-Hans",
    "organizations": ["澜州市中心医院"],
    "people": [{"name": "周岚", "roles": [{"organization": "澜州市中心医院", "position": "院长"}]}],
    "events": [], "talks": [{"speaker": "周岚", "title": "卒中绿道"}],
    "deals": [], "technologies": [], "needs": [], "figures": [],
}
SECONDS, MEGABYTES = 10, 512

STRING = {"type": "string", "minLength": 1}
STRINGS = {"type": "array", "items": STRING}
NUMBER = {"type": "integer", "minimum": 0}
SPAN = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}


def thing(required, **properties):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def things(required, **properties):
    return {"type": "array", "items": thing(required, **properties)}


ORGANIZER = things(["organization", "role"], organization=STRING, role={"enum": ["host", "organizer", "co-organizer", "supporter", "media"]})
DEALS = ["cooperation", "appointment", "studio", "alliance", "letter_of_intent", "fund", "launch", "initiative", "unveiling", "funding"]
# Beside the form of the cases: where each finding stands and how sure it is, the short name of a need, what a catalogue says of a technology.
FINDINGS = thing(
    list(FOUND) + ["evidence"], evidence=things(["field", "index", "at", "sentence", "confidence", "voices"], field=STRING, index=NUMBER, person=NUMBER, at=SPAN, sentence=SPAN,
                                                confidence={"type": "number", "minimum": 0, "maximum": 1}, voices=STRINGS), doc=STRING, lang={"enum": ["zh-Hans", "zh-Hant", "en", "mixed"]}, title=STRING, date={"type": "string", "minLength": 10, "maxLength": 10},
    organizations=STRINGS,
    people=things(["name"], name=STRING, roles=things([], organization=STRING, position=STRING), honours=STRINGS, cohort=STRING),
    events=things(["name"], name=STRING, date=STRING, place=STRING, theme=STRING, organizers=ORGANIZER, sessions=STRINGS),
    talks=things(["title"], speaker=STRING, title=STRING, session=STRING),
    deals=things(["kind"], kind={"enum": DEALS}, subject=STRING, parties=STRINGS, people=STRINGS),
    technologies=things(["name"], name=STRING, holder=STRING, summary=STRING), needs=things(["text"], text=STRING, holder=STRING, heading=STRING),
    figures=things(["value"], value={"type": "number"}, unit=STRING, what=STRING, subject=STRING))


def found(path):
    """What SCHEMA.md knows of a document; the rest is checked by its form."""
    return {k: v for k, v in read_json(path).items() if k != "evidence"}


def cut(span):
    return SENTENCE.encode()[span[0]:span[1]].decode()


def example(check, program):
    with Folder() as f:
        ran = program.run("extract", f.write("900.txt", SENTENCE), "--out", f("made/for/it"))
        check("the example: status 0, nothing on stderr", ran.status == DONE and not ran.err, ran)
        check.equal("the example, in a folder that was made", found(f("made/for/it/900.json")), FOUND)
        evidence = read_json(f("made/for/it/900.json"))["evidence"]
        check("each finding of the example has its place", sorted(cut(e["at"]) for e in evidence) == sorted(["澜州市中心医院", "周岚", "院长", "卒中绿道"]), evidence)
        check("and its sentence", all(cut(e["sentence"]) == SENTENCE for e in evidence), evidence)
        for name, data in (("gb.txt", SENTENCE.encode("gb18030")), ("bom.txt", b"\xef\xbb\xbf" + SENTENCE.encode()), ("crlf.txt", SENTENCE + "\r\n"),
                           ("page.html", "<html><head><meta charset=gbk></head><body><p>%s</p></body></html>" % SENTENCE)):
            data = data.encode("gbk") if name == "page.html" else data
            program.run("extract", f.write(name, data), "--out", f("o"))
            seen = found(f("o", name.split(".")[0] + ".json"))
            check.equal("the example as %s" % name, dict(seen, doc="900.txt"), FOUND)
        big5 = program.run("extract", f.write("big5.txt", "澳門中央醫院院長周嵐作《卒中綠道》報告。這是繁體字寫成的新聞稿,供各界參考。".encode("big5")), "--out", f("o"))
        seen = read_json(f("o/big5.json"))
        check("traditional script in Big5: simplified names, and it says so", big5.status == DONE and seen["lang"] == "zh-Hant" and [p["name"] for p in seen["people"]] == ["周岚"], seen)
        again = program.run("extract", f("900.txt"), "--out", f("again"))
        check("the same input gives the same bytes", again.status == DONE and open(f("again/900.json"), "rb").read() == open(f("made/for/it/900.json"), "rb").read())


def shared_stems(check, program):
    with Folder() as f:
        files = [f.write("204.txt", SENTENCE), f.write("204.md", "# 题\n\n" + SENTENCE), f.write("205.txt", SENTENCE)]
        ran = program.run("extract", "--out", f("o"), *files)
        check("options may come first", ran.status == DONE, ran)
        check.equal("inputs that share a stem keep their full names", sorted(os.listdir(f("o"))), ["204.md.json", "204.txt.json", "205.json"])
        check.equal("each says which document it is", [read_json(f("o", n))["doc"] for n in sorted(os.listdir(f("o")))], ["204.md", "204.txt", "205.txt"])


def form(check, program):
    from schema import faults
    with Folder() as f:
        paths = [os.path.join(DOCUMENTS, n) for n in sorted(os.listdir(DOCUMENTS))]
        ran = program.run("extract", *paths, "--out", f("o"))
        check("every example is read", ran.status == DONE and len(os.listdir(f("o"))) == len(paths), ran)
        for name in sorted(os.listdir(f("o"))):
            wrong = list(faults({}, FINDINGS, read_json(f("o", name))))
            check("%s has the form of SCHEMA.md" % name, not wrong, "; ".join(wrong[:3]))


def refused_files(f):
    """Name, content, and a word that its reason must have (any of them)."""
    noise = random.Random(7).randbytes(200_000)
    files = {
        "empty.txt": b"",
        "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + noise[:5000],
        "noise.txt": noise,
        "noise.html": noise,
        "noise.csv": noise,
        "deep.html": "<html><body>" + "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
        "deep.json": "[" * 100_000 + "]" * 100_000,
        "broken.json": '{"title": "卒中绿道", "text": ',
        "strange.xyz": SENTENCE,
        "noending": SENTENCE,
    }
    return [f.write(name, data) for name, data in files.items()] + [f("missing.txt")]


def refusals(check, program):
    with Folder() as f:
        good = [f.write("good.txt", SENTENCE), f.write("last.txt", SENTENCE)]
        bad = refused_files(f)
        ran = program.run("extract", good[0], *bad, good[1], "--out", f("o"))
        check("some refused: status 1", ran.status == REFUSED, ran)
        check.equal("the others are written, the refused leave nothing", sorted(os.listdir(f("o"))), ["good.json", "last.json"])
        lines = ran.err.splitlines()
        check.equal("one line for each", len(lines), len(bad))
        for path in bad:
            name = os.path.basename(path)
            said = [line for line in lines if line.startswith(name + ": ")]
            check("%s: its name and why, in one line" % name, len(said) == 1 and len(said[0]) > len(name) + 8, ran.err)
            alone = program.run("extract", path, "--out", f("alone"))
            check("%s alone: status 1, in time and memory" % name, alone.status == REFUSED and fits(alone, program), measured(alone))
        check("nothing was left of any", not os.path.exists(f("alone")) or not os.listdir(f("alone")))
        check("empty.txt says that it is empty", "empty.txt: the file is empty" in ran.err, ran.err)


def fits(ran, program):
    return ran.seconds < SECONDS * program.patience and ran.megabytes < MEGABYTES * program.fat


def measured(ran):
    return "%.1f s, %d MB, %s" % (ran.seconds, ran.megabytes, ran)


def large_files():
    line = "".join("%s市第%d人民医院院长%s%s说，第%d次会诊用了%d分钟。" % ("澜棠砚松"[i % 4], i % 90 + 1, "周何汤倪"[i % 4], "岚秋白影"[i // 4 % 4], i, i % 60) for i in range(2000))
    spans = "<table>" + "<tr><td rowspan=99999999 colspan=99999999>周岚</td></tr>" * 300 + "</table>"
    return {
        "line.txt": (line * (30_000_000 // len(line.encode()) + 1)).encode()[:30_000_000].decode("utf-8", "ignore"),
        "letters.txt": "a" * 30_000_000,
        "hanzi.txt": "医" * 10_000_000,
        "line.html": "<p>" + line * (30_000_000 // len(line.encode())),
        "nested.html": "<html><body>" + "<b><i>" * 50_000 + SENTENCE,
        "cells.csv": "姓名,单位\n" + "周岚,澜州市中心医院\n" * 400_000,
        "commas.csv": "," * 20_000_000,
        "spans.html": spans,
        "quotes.json": '["' + "\\u533b" * 4_000_000 + '"]',
    }


def large(check, program):
    """Whether read or refused: within the limits, and output exactly when it was read."""
    for name, content in large_files().items():
        with Folder() as f:
            ran = program.run("extract", f.write(name, content), "--out", f("o"), timeout=60)
            check("%s: within %d s and %d MB" % (name, SECONDS, MEGABYTES), fits(ran, program), measured(ran))
            made = os.path.exists(f("o")) and os.listdir(f("o"))
            check("%s: read with output or refused without" % name, ran.status in (DONE, REFUSED) and bool(made) == (ran.status == DONE), measured(ran))
            check("%s: a refusal says why" % name, ran.status == DONE or ran.err.startswith(name + ": "), ran)


SECTIONS = [example, shared_stems, form, refusals, large]
