"""kinds: what kinds there are; a folder of kinds is checked, and a new kind is a new file."""
import json
import os
import re
import shutil

from outside import BROKEN, DONE, REFUSED, ROOT, Folder, read_json
from schema import faults, named

KINDS = os.path.join(ROOT, "kinds")
GUIDES = [os.path.join(ROOT, "docs", name) for name in ("kinds.md", "kinds.zh.md")]


def read(path):
    with open(path, encoding="utf-8") as h:
        return h.read()


VISIT = re.search(r"^```json\n(.*?)^```", read(GUIDES[0]), re.S | re.M).group(1)  # the example of the guide


def those_of_the_program(check, program):
    ran = program.run("kinds")
    check("kinds: status 0, in both languages", ran.status == DONE and not ran.err and "call  榜单 Open challenge" in ran.out and "形式审查" in ran.out, ran)
    ran = program.run("kinds", "--json")
    answer = json.loads(ran.out)
    api = read_json(os.path.join(ROOT, "src", "http", "openapi.json"))
    wrong = list(faults(api, named(api, "Kinds"), answer))
    check("kinds --json has the form of the API", ran.status == DONE and not wrong, wrong[:3])
    check.equal("one for each file", sorted(k["id"] + ".json" for k in answer["kinds"]), sorted(os.listdir(KINDS)))
    check("the folder it was built from gives the same", program.run("kinds", KINDS, "--json").out == ran.out)


def those_of_a_folder(check, program):
    with Folder() as f:
        own = shutil.copytree(KINDS, f("own"))
        f.write("own/visit.json", VISIT)
        f.write("own/notes.txt", "not a kind")
        ran = program.run("kinds", own)
        check("a new kind is a new file: the example of the guide", ran.status == DONE and "visit  来访 Visit" in ran.out, ran)
        f.write("own/visit.json", VISIT.replace('"to": "over"', '"to": "done"').replace('"zh": "事由", ', ""))
        ran = program.run("kinds", own)
        check("mistakes: status 1, nothing printed", ran.status == REFUSED and not ran.out, ran)
        check("each on a line that begins with its file and names the place", all(line.startswith("visit.json: ") for line in ran.err.splitlines()) and
              "fields[0] (subject)" in ran.err and "moves[0] (receive)" in ran.err and '"done"' in ran.err, ran)
        f.write("own/visit.json", VISIT + "}")
        ran = program.run("kinds", own)
        check("what is no JSON is refused with its line", ran.status == REFUSED and "visit.json: line " in ran.err, ran)
        f.write("own/visit.json", b" " * (300 << 10))
        ran = program.run("kinds", own)
        check("a file too large is refused by name", ran.status == REFUSED and "visit.json" in ran.err, ran)
        os.makedirs(f("empty"))
        ran = program.run("kinds", f("empty"))
        check("a folder without kinds: status 1 and its name", ran.status == REFUSED and "empty" in ran.err, ran)
        ran = program.run("kinds", f("nowhere"))
        check("no folder: status 3 and its name", ran.status == BROKEN and "nowhere" in ran.err, ran)


def the_guides(check, program):
    """What may stand in a kind is in both guides."""
    answer = json.loads(program.run("kinds", "--json").out)
    api = read_json(os.path.join(ROOT, "src", "http", "openapi.json"))
    field, kind = named(api, "KindField")["properties"], named(api, "Kind")["properties"]
    words = [x["id"] for x in answer["roles"] + answer["guards"]] + field["type"]["enum"] + field["sharing"]["enum"] + kind["wanted"]["enum"]
    words += ["order", "en_plural", "description_zh", "description_en", "hint_zh", "hint_en"] + [m for m in list(field) + list(kind) if m not in ("label", "hint", "plural", "description")]
    words += ["initial", "final"] + [m for m in named(api, "KindMove")["properties"] if m != "label"] + [m for m in named(api, "KindFact")["properties"] if m != "label"]
    for guide in GUIDES:
        text = read(guide)
        missing = [w for w in words if "`%s`" % w not in text and '"%s"' % w not in text]
        check("%s speaks of every word of kinds" % os.path.basename(guide), len(words) > 50 and not missing, missing)


SECTIONS = [those_of_the_program, those_of_a_folder, the_guides]
