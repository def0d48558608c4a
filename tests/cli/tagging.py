"""tagger: learns marked spans, marks them in new sentences, and says what is wrong with a file."""
import json
import os

from outside import DONE, REFUSED, USAGE, Folder

NAMES = ["周岚", "李明远", "王霁", "欧阳雪", "陈建国", "韩思齐", "赵岚", "钱明远"]
PLACES = ["澜州市中心医院", "安平县人民医院", "东江医科大学", "江城骨科医院", "北岭中医院"]


def sentences():
    """(text, [(kind, first, last)]) made of names and hospitals, all of them different."""
    made = []
    for i, name in enumerate(NAMES):
        for k, place in enumerate(PLACES):
            parts = [("由", None), (name, "name"), ("主持，", None), (place, "org"), ("承办。", None)] if (i + k) % 2 else \
                [("来自", None), (place, "org"), ("的", None), (name, "name"), ("说", None)]
            text, spans = "", []
            for part, kind in parts:
                if kind:
                    spans.append((kind, len(text), len(text) + len(part) - 1))
                text += part
            made.append((text, spans))
    return made + [("今天没有会议。", [])]


def as_jsonl(made, marked):
    lines = []
    for text, spans in made:
        label = {}
        for kind, a, b in spans:
            label.setdefault(kind, {}).setdefault(text[a:b + 1], []).append([a, b])
        lines.append(json.dumps({"text": text, "label": label} if marked else {"text": text}, ensure_ascii=False) + "\n")
    return "".join(lines)


def as_bmes(made, marked):
    out = []
    for text, spans in made:
        tags = ["O"] * len(text)
        for kind, a, b in spans:
            tags[a:b + 1] = ["S-" + kind] if a == b else ["B-" + kind] + ["M-" + kind] * (b - a - 1) + ["E-" + kind]
        out += [c + (" " + t if marked else "") for c, t in zip(text, tags)] + [""]
    return "\n".join(out) + "\n"


FORMS = [("jsonl", as_jsonl), ("bmes", as_bmes)]


def learns_and_marks(check, program):
    with Folder() as f:
        for form, write in FORMS:
            made = sentences()
            train, ask = f.write("train." + form, write(made, True)), f.write("ask." + form, write(made, False))
            ran = program.run("tagger", "train", train, "--out", f("new/model." + form))
            check("%s: training, the folder of the model is made" % form, ran.status == DONE and "41 sentences" in ran.out, ran)
            ran = program.run("tagger", "tag", f("new/model." + form), ask, "--out", f("new/out." + form))
            check("%s: tagging" % form, ran.status == DONE, ran)
            with open(f("new/out." + form), encoding="utf-8") as h:
                got = h.read()
            if form == "bmes":
                check("bmes: what was shown is marked again, every sentence in order", got == write(made, True), got[:300])
            else:
                check("jsonl: what was shown is marked again, every sentence in order",
                      [json.loads(x) for x in got.splitlines()] == [json.loads(x) for x in write(made, True).splitlines()], got[:300])
        again = program.run("tagger", "train", f("train.bmes"), "--out", f("again"))
        with open(f("again"), "rb") as a, open(f("new/model.bmes"), "rb") as b:
            check("the same file gives the same model", again.status == DONE and a.read() == b.read(), again)
        new = f.write("one.jsonl", json.dumps({"text": "来自澜州市中心医院的吴思齐说"}, ensure_ascii=False))
        ran = program.run("tagger", "tag", f("new/model.bmes"), new, "--out", f("one.out.jsonl"))
        with open(f("one.out.jsonl"), encoding="utf-8") as h:
            label = json.load(h)["label"]
        check("a model serves both forms, and a name it never saw", ran.status == DONE and label.get("name") == {"吴思齐": [[10, 12]]}, label)


def refusals(check, program):
    with Folder() as f:
        good = f.write("good.bmes", as_bmes(sentences()[:6], True))
        ran = program.run("tagger", "train", good, "--out", f("model"))
        check("a small file is learnt", ran.status == DONE, ran)
        bad = [("broken.jsonl", '{"text": "周", "label": {}}\n{"text', "line 2"), ("tag.bmes", "周 O\n岚 Q-NAME\n", "line 2"),
               ("cross.jsonl", '{"text": "周岚说", "label": {"n": {"周岚": [[0, 1]], "岚说": [[1, 2]]}}}', "cross"),
               ("empty.jsonl", "", "empty"), ("nothing.bmes", "周 O\n\n", "nothing to learn"), ("form.txt", "周 O\n", ".bmes or .jsonl")]
        for name, text, words in bad:
            ran = program.run("tagger", "train", f.write(name, text), "--out", f("never"))
            check("%s: status 1, the file and the reason" % name, ran.status == REFUSED and name in ran.err and words in ran.err, ran)
        ran = program.run("tagger", "train", f("missing.bmes"), "--out", f("never"))
        check("a file that is not there: status 1, its name", ran.status == REFUSED and "missing.bmes" in ran.err, ran)
        check("what was refused leaves no model", not os.path.exists(f("never")))
        ask = f.write("ask.bmes", "周\n岚\n")
        with open(f("model"), "rb") as h:
            model = h.read()
        for what, content in (("half", model[:len(model) // 2]), ("changed", model[:-1] + bytes([model[-1] ^ 1])), ("foreign", b"no model " * 99)):
            with open(f(what), "wb") as h:
                h.write(content)
            ran = program.run("tagger", "tag", f(what), ask, "--out", f("out.bmes"))
            check("a %s model: status 1, its name, no output" % what, ran.status == REFUSED and what in ran.err and not os.path.exists(f("out.bmes")), ran)
        ran = program.run("tagger", "tag", f("model"), ask, "--out", f("out.jsonl"))
        check("another form for the output: refused", ran.status == REFUSED and "ending" in ran.err, ran)
        for what, words in (("no action", ["tagger"]), ("another action", ["tagger", "fly", "x", "--out", "y"]), ("train without --out", ["tagger", "train", good]),
                            ("tag without input", ["tagger", "tag", f("model"), "--out", "y"])):
            ran = program.run(*words, cwd=f.path)
            check("%s: status 2" % what, ran.status == USAGE and "usage" in ran.err, ran)


def quick_form(check, program):
    with Folder() as f:
        made = sentences() * 4
        train, ask = f.write("train.jsonl", as_jsonl(made, True)), f.write("ask.jsonl", as_jsonl(made[:41], False))
        ran = program.run("tagger", "train", train, "--quick", "--out", f("quick"))
        check("--quick: training", ran.status == DONE and "164 sentences, 2 kinds" in ran.out, ran)
        check("a model of half a megabyte, whatever it learnt", os.path.getsize(f("quick")) < 600000)
        ran = program.run("tagger", "tag", f("quick"), ask, "--out", f("out.jsonl"))
        with open(f("out.jsonl"), encoding="utf-8") as h:
            got = [json.loads(x) for x in h]
        want = [json.loads(x) for x in as_jsonl(made[:41], True).splitlines()]
        check("what was shown is marked again", ran.status == DONE and sum(a == b for a, b in zip(got, want)) >= 39, got[:3])
        four = f.write("four.jsonl", "".join(json.dumps({"text": "周岚", "label": {k: {"周岚": [[0, 1]]}}}) + "\n" for k in "abcd"))
        ran = program.run("tagger", "train", four, "--quick", "--out", f("never"))
        check("four kinds: refused, with the limit", ran.status == REFUSED and "3 kinds at most" in ran.err and not os.path.exists(f("never")), ran)


def voices(check, program):
    """The model is one voice of extraction: it agrees with others, finds what they miss, and says so."""
    text = "论坛由璧江医学院院长柏知秋主持，湖州理工大学教授成都凯作报告。"
    with Folder() as f:
        document = f.write("forum.txt", text)
        # A model that knows other names for its kinds says nothing here.
        f.write("other.jsonl", as_jsonl([(t, [("x" + k, a, b) for k, a, b in spans]) for t, spans in sentences()], True))
        program.run("tagger", "train", f("other.jsonl"), "--quick", "--out", f("silent"))
        ran = [program.run("extract", document, "--out", f("with")), program.run("extract", document, "--voice", f("silent"), "--out", f("without"))]
        check("extraction with the shipped voice and with one that is silent", all(r.status == DONE and not r.err for r in ran), ran)
        found = {}
        for which in ("with", "without"):
            with open(f(which + "/forum.json"), encoding="utf-8") as h:
                findings = json.load(h)
            found[which] = {findings["people"][e["index"]]["name"]: e["voices"] for e in findings["evidence"] if e["field"] == "people"}
        check("two voices found the same", found["with"].get("柏知秋") == ["pattern", "tagger"] and found["without"].get("柏知秋") == ["pattern"], found)
        check("a name like a place is found by what stands around it", found["with"].get("成都凯") == ["tagger"] and "成都凯" not in found["without"], found)
        for what, content in (("cut", b"YQQUICK1" + bytes(99)), ("foreign", b"no model")):
            with open(f(what), "wb") as h:
                h.write(content)
            ran = program.run("extract", document, "--voice", f(what), "--out", f("never"))
            check("a %s model for the voice: status 1, its name" % what, ran.status == REFUSED and what in ran.err and not os.path.exists(f("never/forum.json")), ran)
        ran = program.run("extract", document, "--voice", f("missing"), "--out", f("never"))
        check("a model that is not there: status 1, its name", ran.status == REFUSED and "missing" in ran.err, ran)


SECTIONS = [learns_and_marks, refusals, quick_form, voices]
