"""match, show and export on the example: the form of every answer, and whether what is expected of the example is found."""
import json
import os

from outside import DOCUMENTS, DONE, EXAMPLES, REFUSED, ROOT, USAGE, Folder, read_json
from schema import faults, named
from stores import new_store

KINDS = ["person", "organization", "technology", "trial", "call", "fund", "policy"]
# Of the 18 needs of the example that something answers, so many have an expected answer in first place; of the 3 that nothing answers, so many
# are answered with nothing. Reached on 2026-11-25: 16 and 3. Raise the floors when more is reached: they are there so that a loss is seen.
FIRST_FLOOR, NONE_FLOOR = 14, 2


def match_one(check, program, store):
    api = read_json(os.path.join(ROOT, "src", "http", "openapi.json"))
    ran = program.run("match", "--store", store, "--json", "乡镇卫生院没有眼科医生，想找糖网筛查的相机", "--want", "technology", "--top", "3")
    answer = json.loads(ran.out)
    wrong = list(faults(api, named(api, "Match"), answer))
    check("match --json has the form of the API", ran.status == DONE and not wrong, wrong[:3])
    check("one list for the wanted kind, at most --top", [x["want"] for x in answer["lists"]] == ["technology"] and len(answer["lists"][0]["answers"]) <= 3, ran.out)
    check("the expected technology is among them", any("澄眸" in a["name"] for a in answer["lists"][0]["answers"]), ran.out)
    check("each answer has its sentence", all(a["reasons"] and a["reasons"][0]["text"] for a in answer["lists"][0]["answers"]), ran.out)
    all_kinds = json.loads(program.run("match", "--store", store, "--json", "肺结节随访").out)
    check.equal("without --want: people, institutions, technologies", sorted(x["want"] for x in all_kinds["lists"]), ["organization", "person", "technology"])
    spoken = program.run("match", "--store", store, "肺结节随访软件", "--want", "technology")
    check("in words: name, sureness, sentence and document", spoken.status == DONE and "明察" in spoken.out and "「" in spoken.out and any(n in spoken.out for n in os.listdir(DOCUMENTS)), spoken.out)
    again = program.run("match", "--store", store, "肺结节随访软件", "--want", "technology")
    check("asked twice, the same answer", again.out == spoken.out)
    for what, words in (("an empty need", [""]), ("a blank need", ["  \n "])):
        ran = program.run("match", "--store", store, *words)
        check("%s is refused in words" % what, ran.status in (REFUSED, USAGE) and ran.err.strip() and not ran.out, ran)
    for what, need in (("punctuation only", "？！……"), ("one letter", "a"), ("quotes and wildcards", "\"*' OR 1=1 -- %_ NEAR("), ("four thousand characters", "糖网筛查" * 1000)):
        ran = program.run("match", "--store", store, need, "--json")
        check("%s is answered" % what, ran.status == DONE and "lists" in json.loads(ran.out), ran)


def conditions(check, program, store, f):
    need = "想找砚湖市做糖网筛查的专家，最好会英语"
    spoken = program.run("match", "--store", store, need, "--want", "person", "--top", "2").out
    check("conditions are said above the answers, a wish in brackets", "conditions: region=砚湖市; (language=en)" in spoken, spoken)
    check("each answer says what it meets, and why, and what nobody says", "+ region=砚湖市  「砚湖市" in spoken and "? language=en" in spoken, spoken)
    fewer = program.run("match", "--store", store, need, "--want", "person", "--without", "region=砚湖市; language=en").out
    check("--without takes them away", "conditions:" not in fewer and "砚湖市眼科医院" in fewer, fewer)
    more = json.loads(program.run("match", "--store", store, "做糖网筛查的专家", "--want", "person", "--where", "region=华南; unit=医院", "--json").out)
    check("--where adds some", [c["id"] for c in more["conditions"]] == ["region=华南", "unit=hospital"], more["conditions"])
    none = program.run("match", "--store", store, "找会说阿拉伯语的眼科专家", "--want", "person").out
    check("none: what is missing, and the nearest without a rank", "missing: 未提到会阿拉伯语" in none and "nearest: " in none and "0." not in none.split("nearest:")[1].split("  ")[0], none)
    for what, words in (("a kind that is none", ["--where", "weather=fine"]), ("words that say no place", ["--where", "region=眼科"]), ("no =", ["--where", "region"])):
        ran = program.run("match", "--store", store, need, *words)
        check("--where with %s is refused in words" % what, ran.status == REFUSED and ran.err.strip() and not ran.out, ran)
    asked = [{"id": "n1", "text": "找做糖网筛查的专家", "want": "person", "conditions": [{"kind": "language", "words": "阿拉伯语"}]}]
    ran = program.run("match", "--store", store, "--needs", f.write("fields.json", json.dumps(asked)), "--out", f("fields-out.json"))
    check("a need of a file may have conditions as fields", ran.status == DONE and read_json(f("fields-out.json")) == {"n1": []}, ran)
    asked[0]["conditions"] = [{"kind": "region", "words": "眼科"}]
    ran = program.run("match", "--store", store, "--needs", f.write("fields.json", json.dumps(asked)), "--out", f("never.json"))
    check("and one that says nothing is refused", ran.status == REFUSED and "fields.json" in ran.err and not os.path.exists(f("never.json")), ran)


def needs_file(check, program, store, f):
    needs = os.path.join(EXAMPLES, "needs.json")
    ran = program.run("match", "--store", store, "--needs", needs, "--out", f("made/answers.json"))
    check("match --needs: status 0, the folder was made", ran.status == DONE, ran)
    answers = read_json(f("made/answers.json"))
    asked = {n["id"]: n["want"] for n in read_json(needs)}
    check.equal("every need is present, and no other", sorted(answers), sorted(asked))
    for need, found in answers.items():
        wrong = list(answer_faults(found, asked[need]))
        check("answers of %s have the form of COMMANDS.md" % need, not wrong, wrong[:3])
    top = program.run("match", "--store", store, "--needs", needs, "--out", f("two.json"), "--top", "2")
    check("--top 2: the first two of each", top.status == DONE and read_json(f("two.json")) == {k: v[:2] for k, v in answers.items()}, top)
    for what, text in (("no JSON", "[{"), ("no list", '{"id": "n1"}'), ("a need without text", '[{"id": "n1", "want": "person"}]'), ("a need without id", '[{"text": "x"}]'),
                       ("an unknown kind", '[{"id": "n1", "text": "x", "want": "animal"}]'), ("text that is a number", '[{"id": "n1", "text": 3, "want": "person"}]')):
        ran = program.run("match", "--store", store, "--needs", f.write("bad.json", text), "--out", f("none.json"))
        check("needs with %s: refused, the file named, no output" % what, ran.status == REFUSED and "bad.json" in ran.err and not os.path.exists(f("none.json")), ran)
    none = program.run("match", "--store", store, "--needs", f.write("empty.json", "[]"), "--out", f("empty-out.json"))
    check("no needs: no answers", none.status == DONE and read_json(f("empty-out.json")) == {}, none)
    score(check, answers)


def answer_faults(found, want):
    if len(found) > 20:
        yield "%d answers" % len(found)
    for a in found:
        if not {"kind", "name", "score"} <= set(a) <= {"kind", "name", "organization", "score"}:
            yield "members %s" % sorted(a)
        elif a["kind"] != want or not a["name"] or not 0 <= a["score"] <= 1:
            yield "%s" % a
    scores = [a["score"] for a in found]
    if scores != sorted(scores, reverse=True):
        yield "scores %s are not descending" % scores
    if len({(a["name"], a.get("organization")) for a in found}) != len(found):
        yield "an answer stands there twice"


def fits(answer, accepted):
    return answer["kind"] == accepted["kind"] and answer["name"] == accepted["name"] and accepted.get("organization") in (None, answer.get("organization"))


def score(check, answers):
    expected = read_json(os.path.join(EXAMPLES, "needs_expected.json"))
    first = none = within = 0
    for need, accepted in sorted(expected.items()):
        found = answers[need]
        place = next((i + 1 for i, a in enumerate(found) if any(fits(a, e) for e in accepted)), 0)
        first += bool(accepted) and place == 1
        within += bool(accepted) and 0 < place <= 5
        none += not accepted and not found
        if (accepted and place != 1) or (not accepted and found):
            print("  %s: first %s, expected %s%s" % (need, found[0]["name"] if found else "nothing", accepted[0]["name"] if accepted else "nothing",
                                                     " (in place %d)" % place if place else ""))
    print("  of 18 needs %d have an expected answer first, %d among five; of 3 without an answer %d are answered with none" % (first, within, none))
    check("at least %d of 18 expected answers come first" % FIRST_FLOOR, first >= FIRST_FLOOR, first)
    check("at least %d of 3 needs that nothing fits are answered with none" % NONE_FLOOR, none >= NONE_FLOOR, none)


def show(check, program, store):
    ran = program.run("show", "--store", store, "汤岫白")
    check("show: the name, a fact with its sentence and document", ran.status == DONE and "汤岫白" in ran.out and "棠川医科大学附属第一医院" in ran.out and ".csv" in ran.out, ran)
    for form in ("tangxiubai", "txb"):
        check("show by %s" % form, "汤岫白" in program.run("show", "--store", store, form).out)
    ran = program.run("show", "--store", store, "查无此人")
    check("show of nobody: status 1 and words", ran.status == REFUSED and "查无此人" in ran.err and not ran.out, ran)


def export(check, program, store, f):
    ran = program.run("export", "--store", store, "--identities", f("deep/er/identities.json"))
    check("export: status 0, the folder was made", ran.status == DONE, ran)
    entities = read_json(f("deep/er/identities.json"))
    stems = {n.rsplit(".", 1)[0] for n in os.listdir(DOCUMENTS)}
    for e in entities:
        wrong = sorted(e) != ["kind", "mentions", "name"] or e["kind"] not in ("person", "organization") or not e["name"] or not e["mentions"]
        wrong = wrong or any(not {"doc", "name"} <= set(m) <= {"doc", "name", "organization"} or m["doc"] not in stems or not all(m.values()) for m in e["mentions"])
        if wrong:
            check("an exported entity has the form of COMMANDS.md", False, e)
    check("exported entities have the form of COMMANDS.md", len(entities) > 100, len(entities))
    people = {}
    for e in entities:
        if e["kind"] == "person":
            people.setdefault(e["name"], []).append({m.get("organization", "") for m in e["mentions"]})
    check("people with a single mention are there too", any(e["kind"] == "person" and len(e["mentions"]) == 1 for e in entities))
    check("people of several documents are one", any(len({m["doc"] for m in e["mentions"]}) >= 3 for e in entities if e["kind"] == "person" and e["name"] == "纪长风"), [e for e in entities if e["name"] == "纪长风"])
    check("the two named 陈志远 are two", len(people.get("陈志远", [])) >= 2, people.get("陈志远"))
    check("and so are the two named 孙雅琴", len(people.get("孙雅琴", [])) >= 2, people.get("孙雅琴"))
    check("no entity joins the hospital's and the investor's 陈志远", not any({"霁明资本", "棠川省肿瘤医院"} <= orgs for orgs in people.get("陈志远", [])), people.get("陈志远"))


def on_the_example(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"), DOCUMENTS)
        match_one(check, program, store)
        conditions(check, program, store, f)
        needs_file(check, program, store, f)
        show(check, program, store)
        export(check, program, store, f)


def on_nothing(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"))
        ran = program.run("match", "--store", store, "糖网筛查", "--json")
        check("an empty store answers with none", ran.status == DONE and all(x["answers"] == [] for x in json.loads(ran.out)["lists"]), ran)
        ran = program.run("export", "--store", store, "--identities", f("i.json"))
        check("an empty store exports no one", ran.status == DONE and read_json(f("i.json")) == [], ran)


SECTIONS = [on_the_example, on_nothing]
