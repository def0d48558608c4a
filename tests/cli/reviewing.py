"""review, reread, export --corrections: what a person decides holds, whoever reads the document again, and feeds the tagger."""
import json
import os
import re

from outside import DOCUMENTS, DONE, REFUSED, USAGE, Folder, Server
from stores import counts, dump, examples, new_store, sql

NEWS = "19-rehab-salon.txt"


def facts(program, store, document, *more):
    ran = program.run("review", "--store", store, document, "--json", "--all", *more)
    return json.loads(ran.out) if ran.status == DONE else []


def roles(program, store, document=NEWS):
    return [f for f in facts(program, store, document) if f["predicate"] == "role"]


def three(program, store):
    """Roles of three people who have no other in the roster."""
    every = roles(program, store)
    names = [x["subject"]["name"] for x in every]
    return [x for x in every if names.count(x["subject"]["name"]) == 1][:3]


def state(program, store, fact):
    return next((f["state"] for f in facts(program, store, NEWS) if f["id"] == fact), "gone")


def replayed(program, store):
    before = dump(program, store)
    return program.run("rebuild", "--store", store).status == DONE and dump(program, store) == before


def deciding(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        listed = program.run("review", "--store", s, NEWS, "--all")
        check("a document's findings, with their sentences", listed.status == DONE and "proposed" in listed.out and "「" in listed.out, listed)
        doubtful = program.run("review", "--store", s, NEWS, "--json")
        check("without --all only what is doubtful", all(x["confidence"] < 0.8 and x["state"] == "proposed" for x in json.loads(doubtful.out)), doubtful)
        a, b, c = three(program, s)
        ran = program.run("review", "--store", s, "confirm", str(a["id"]), str(b["id"]))
        check("confirm two", ran.status == DONE and "2 decided" in ran.out and state(program, s, a["id"]) == "confirmed", ran)
        ran = program.run("review", "--store", s, "confirm", str(a["id"]))
        check("confirm again: said so", ran.status == DONE and "0 decided, 1" in ran.out, ran)
        said = lambda ran: len(re.findall("role: %s .*\n.*%s" % (re.escape(c["value"]), re.escape(NEWS)), ran.out))
        check("it is on the entity's page", said(program.run("show", "--store", s, c["subject"]["name"])) == 1)
        ran = program.run("review", "--store", s, "refuse", str(c["id"]))
        check("refuse", ran.status == DONE and state(program, s, c["id"]) == "refused", ran)
        shown = program.run("show", "--store", s, c["subject"]["name"])
        check("refused: not on the entity's page", said(shown) == 0, shown)
        ran = program.run("review", "--store", s, "undo", str(c["id"]))
        shown = program.run("show", "--store", s, c["subject"]["name"])
        check("undone: it is there again", said(shown) == 1 and state(program, s, c["id"]) == "proposed", shown)
        ran = program.run("review", "--store", s, "correct", str(c["id"]), "--value", "名誉主任", "--object", "澜州远望医院")
        now = next(x for x in roles(program, s) if x["subject"] == c["subject"] and x["state"] == "confirmed")
        check("correct", ran.status == DONE and now["value"] == "名誉主任" and now["object"]["name"] == "澜州远望医院" and now["read"]["value"] == c["value"], now)
        check("the correction opens the sentence", now["sentence"] == c["sentence"], now)
        check("decisions are in the journal", replayed(program, s))
        check("and it verifies", program.run("verify", "--store", s).status == DONE)
        for what, args, status in (("no such fact", ("confirm", "1"), REFUSED), ("no number", ("confirm", "abc"), REFUSED), ("a correction of nothing", ("correct", str(a["id"])), USAGE),
                                   ("a value to confirm", ("confirm", str(a["id"]), "--value", "x"), USAGE), ("a correction that says what was read", ("correct", str(a["id"]), "--value", a["value"]), REFUSED),
                                   ("no such document", ("none.txt",), REFUSED), ("nothing", (), USAGE)):
            ran = program.run("review", "--store", s, *args)
            check("%s: status %d, and why" % (what, status), ran.status == status and len(ran.err) > 10, ran)


def reading_again(check, program):
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        ran = program.run("reread", "--store", s, "--json")
        check("nothing is out of date: nothing is read", ran.status == DONE and counts(ran)["read"] == 0, ran)
        a, b, c = three(program, s)
        program.run("review", "--store", s, "confirm", str(a["id"]))
        program.run("review", "--store", s, "refuse", str(b["id"]))
        program.run("review", "--store", s, "correct", str(c["id"]), "--value", "名誉主任")
        say = lambda: sorted((x["subject"]["name"], x["value"], x.get("object", {}).get("name", ""), x["state"], x["sentence"]["text"]) for x in facts(program, s, NEWS))
        told = say()
        people = sql(s, "SELECT count(DISTINCT survivor) FROM entity WHERE kind = 'person'")[0][0]
        ran = program.run("reread", "--store", s, "--json", NEWS, "nobody.txt")
        check("by name, one that is not there: status 1, the other is read", ran.status == REFUSED and counts(ran)["read"] == 1 and counts(ran)["refused"] == 1 and "nobody.txt: " in ran.err, ran)
        check.equal("what is said and decided is the same", say(), told)
        check("by other rows", not {a["id"], b["id"]} & {x["id"] for x in facts(program, s, NEWS)})
        check.equal("nobody was doubled", sql(s, "SELECT count(DISTINCT survivor) FROM entity WHERE kind = 'person'")[0][0], people)
        sql(s, "UPDATE reading SET extract_version = 1")  # as if an older program had read all
        ran = program.run("reread", "--store", s, "--json", timeout=300)
        check("all that an older version read", ran.status == DONE and counts(ran)["read"] == len(examples()), ran)
        check.equal("what was decided holds", say(), told)
        check.equal("and nobody was doubled in the whole register", sql(s, "SELECT count(DISTINCT survivor) FROM entity WHERE kind = 'person'")[0][0], people)
        check("then nothing is out of date", counts(program.run("reread", "--store", s, "--json"))["read"] == 0)
        sql(s, "UPDATE reading SET extract_version = 9 WHERE extract_version = 1")
        check("readings and decisions are in the journal", replayed_after_repair(program, s))


def replayed_after_repair(program, store):
    program.run("rebuild", "--store", store)
    return replayed(program, store)


def beside_a_server(check, program):
    """With a server running, the command line hands over; both see what was decided."""
    with Folder() as f:
        s = new_store(check, program, f("store"), os.path.join(DOCUMENTS, NEWS))
        server = Server(program, s)
        fact = roles(program, s)[0]
        ran = program.run("review", "--store", s, "refuse", str(fact["id"]))
        check("a decision is handed to the server", ran.status == DONE and "1 decided" in ran.out and state(program, s, fact["id"]) == "refused", ran)
        ran = program.run("review", "--store", s, "correct", str(fact["id"]), "--value", "名誉主任")
        check("a correction too", ran.status == DONE and any(x["value"] == "名誉主任" for x in roles(program, s)), ran)
        ran = program.run("review", "--store", s, "confirm", "1")
        check("a refusal comes back", ran.status == REFUSED and "no such fact" in ran.err, ran)
        ran = program.run("reread", "--store", s, "--json", NEWS)
        check("reading again is handed over", ran.status == DONE and counts(ran)["read"] == 1, ran)
        check("and keeps the correction", any(x["value"] == "名誉主任" and x["state"] == "confirmed" for x in roles(program, s)))
        server.stop()
        check("replays", replayed(program, s))


def teaching(check, program):
    """What was decided comes out as sentences from which a model learns."""
    with Folder() as f:
        s = new_store(check, program, f("store"), DOCUMENTS)
        out = f("new/taught.jsonl")
        ran = program.run("export", "--store", s, "--corrections", out)
        check("nothing decided: no sentence", ran.status == DONE and ran.out.startswith("0 sentences") and open(out).read() == "", ran)
        every = [x["id"] for name in ("10-alumni-forum.md", "11-appointments.txt", "12-studio-agreement.txt") for x in facts(program, s, name)]
        one = facts(program, s, "17-newspaper-feature.txt")
        crowded = next(x for x in one if sum(y["sentence"]["span"] == x["sentence"]["span"] for y in one) > 1)
        wrong = next(x for x in facts(program, s, "11-appointments.txt") if x["predicate"] == "role" and len(x["value"]) > 2)
        program.run("review", "--store", s, "confirm", *map(str, every + [crowded["id"]]))
        program.run("review", "--store", s, "correct", str(wrong["id"]), "--value", wrong["value"][:-1])
        ran = program.run("export", "--store", s, "--corrections", out)
        lines = [json.loads(line) for line in open(out, encoding="utf-8")]
        check("sentences of what was decided", ran.status == DONE and len(lines) > 10, ran)
        check("one whose findings are not all decided is left out, and counted", not any(x["text"] == crowded["sentence"]["text"] for x in lines) and "; 1 left out" in ran.out, ran)
        kinds = {k for x in lines for k in x["label"]}
        check("people, institutions and positions are marked", {"person", "organization", "position"} <= kinds, kinds)
        check("every place holds its words", all(x["text"][a:b + 1] == words for x in lines for mentions in x["label"].values() for words, places in mentions.items() for a, b in places))
        taught = next(x for x in lines if x["text"] == wrong["sentence"]["text"])
        check("the correction is marked, not what was read", wrong["value"][:-1] in taught["label"]["position"] and wrong["value"] not in taught["label"]["position"], taught)
        ran = program.run("tagger", "train", out, "--out", f("model"), timeout=300)
        check("the tagger learns from it", ran.status == DONE and "%d sentences" % len(lines) in ran.out, ran)
        ask = f.write("ask.jsonl", json.dumps({"text": taught["text"]}, ensure_ascii=False) + "\n")
        ran = program.run("tagger", "tag", f("model"), ask, "--out", f("tagged.jsonl"))
        got = json.loads(open(f("tagged.jsonl"), encoding="utf-8").read())["label"]
        check("and marks the person it was taught", set(taught["label"]["person"]) & set(got.get("person", {})), got)


SECTIONS = [deciding, reading_again, beside_a_server, teaching]
