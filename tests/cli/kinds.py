"""kinds: what kinds there are; a folder of kinds is checked, and a new kind is a new file."""
import json
import os
import shutil

from outside import BROKEN, DONE, REFUSED, ROOT, Folder, read_json
from schema import faults, named

KINDS = os.path.join(ROOT, "kinds")
VISIT = """{
  "id": "visit", "order": 900, "zh": "参观", "en": "Visit", "en_plural": "Visits",
  "description_zh": "一次参观。", "description_en": "One visit.",
  "listed": false, "wanted": "never", "sharing": "own", "named_by": "guest",
  "fields": [
    { "id": "guest", "zh": "来访人", "en": "Guest", "type": "entity", "kinds": ["person"], "required": true },
    { "id": "day", "zh": "日期", "en": "Day", "type": "date", "precision": "day" }
  ],
  "states": [
    { "id": "planned", "zh": "已约", "en": "Planned", "initial": true },
    { "id": "over", "zh": "已来访", "en": "Over", "final": true }
  ],
  "moves": [
    { "id": "receive", "zh": "接待", "en": "Receive", "from": ["planned"], "to": "over", "who": ["member"], "required": ["day"], "deadline": "day" }
  ],
  "facts": [], "towards": []
}
"""


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
        check("a new kind is a new file", ran.status == DONE and "visit  参观 Visit" in ran.out, ran)
        f.write("own/visit.json", VISIT.replace('"to": "over"', '"to": "done"').replace('"zh": "日期", ', ""))
        ran = program.run("kinds", own)
        check("mistakes: status 1, nothing printed", ran.status == REFUSED and not ran.out, ran)
        check("each on a line that begins with its file and names the place", all(line.startswith("visit.json: ") for line in ran.err.splitlines()) and
              "fields[1] (day)" in ran.err and "moves[0] (receive)" in ran.err and '"done"' in ran.err, ran)
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


SECTIONS = [those_of_the_program, those_of_a_folder]
