"""queue: the undecided pairs, most facts first; decided, set aside, taken back; what a person decided survives a settling and another reading."""
import glob
import json
import os
import re
import shutil

from outside import DONE, REFUSED, ROOT, USAGE, Folder, Server
from stores import new_store

CASES = sorted(glob.glob(os.path.join(ROOT, "tests", "cases", "text", "*")))


def queue(check, program, store):
    ran = program.run("queue", "--store", store, "--json", "--top", "100")
    check("queue --json", ran.status == DONE, ran)
    return json.loads(ran.out)


def decide(check, program, store, verdict, pair, status=DONE):
    ran = program.run("queue", verdict, pair["a"]["id"], pair["b"]["id"], "--store", store)
    check("queue %s" % verdict, ran.status == status, ran)
    return ran


def dump(program, store):
    return program.run("dump", "--store", store).out


def ids(told):
    return [(p["a"]["id"], p["b"]["id"]) for p in told["items"]]


def listed(check, program, store):
    told = queue(check, program, store)
    check("some pairs wait", told["open"] == len(told["items"]) > 1, told["open"])
    facts = [p["facts"] for p in told["items"]]
    check("most facts first", facts == sorted(facts, reverse=True) and facts[0] > 0, facts)
    check("two entities of one kind, for and against in words", all(p["a"]["entity"] != p["b"]["entity"] and p["a"]["kind"] == p["b"]["kind"] and {e["against"] for e in p["evidence"]} == {True, False} for p in told["items"]), told)
    words = program.run("queue", "--store", store, "--top", "1")
    check("in words: the first, and how many", words.out.startswith("1. %d fact" % facts[0]) and words.out.endswith("%d undecided\n" % told["open"]) and "against:" in words.out, words)
    check("one is singular", " 1 documents" not in words.out and "1 document\n" in program.run("queue", "--store", store, "--top", "100").out)
    return told


def decided(check, program, store, told):
    first, before = told["items"][0], ids(told)
    for verdict in ("same", "different", "undecided"):
        decide(check, program, store, verdict, first)
        check("%s: out of the queue" % verdict, ids(queue(check, program, store)) == before[1:])
        check("settle asks no more", program.run("settle", "--store", store).status == DONE and ids(queue(check, program, store)) == before[1:])
        decide(check, program, store, "undo", first)
        check("%s taken back: as before" % verdict, ids(queue(check, program, store)) == before, queue(check, program, store))
    decide(check, program, store, "undo", first, REFUSED)
    decide(check, program, store, "same", first)
    check("twice the same: refused", "one" in decide(check, program, store, "same", first, REFUSED).err)
    decide(check, program, store, "maybe", told["items"][1], USAGE)
    decide(check, program, store, "different", told["items"][1])


def survives(check, program, store, folder, told):
    """Every document comes again with another ending, one after the other: a new reading each."""
    first, second = told["items"][:2]
    shutil.copytree(os.path.dirname(CASES[0]), folder("text"))
    changed = []
    for name in sorted(os.listdir(folder("text"))):
        with open(os.path.join(folder("text"), name), "ab") as h:
            h.write(b"\n")
        changed.append(os.path.join(folder("text"), name))
    ran = program.run("import", "--store", store, *changed, timeout=300)
    check("read again", ran.status == DONE, ran)
    for step in ("read again", "settled"):
        if step == "settled":
            check("settle", program.run("settle", "--store", store).status == DONE)
        waiting = [{p["a"]["entity"], p["b"]["entity"]} for p in queue(check, program, store)["items"]]
        check("%s: what was decided does not wait again" % step, not any({first["a"]["name"], second["a"]["name"]} & {p["a"]["name"]} for p in queue(check, program, store)["items"]), waiting)
        decide(check, program, store, "same", first, REFUSED)
    now = dump(program, store)
    check("rebuild", program.run("rebuild", "--store", store).status == DONE and dump(program, store) == now)


def number(check, what, ran):
    """Of the decision that was made."""
    found = re.fullmatch(r"decision (\d+); yiqiao queue undo \1 takes it back\n", ran.out)
    check("%s: told with its number" % what, ran.status == DONE and found, ran)
    return found.group(1)


def sources(check, program, store, id):
    ran = program.run("queue", "sources", id, "--store", store, "--json")
    check("queue sources", ran.status == DONE, ran)
    return json.loads(ran.out)


def split(check, program, store):
    """One source out of several is somebody else; taken back, all is as it was."""
    pair = next(p for p in queue(check, program, store)["items"] if p["b"]["documents"] > 1)
    told = sources(check, program, store, pair["b"]["id"])
    before, gone = dump(program, store), told["items"][0]["id"]
    words = program.run("queue", "sources", pair["b"]["id"], "--store", store)
    check("a source a line", words.out.startswith(gone) and len(words.out.splitlines()) == told["total"] > 1 and "named 1 times" not in words.out, words)
    done = number(check, "split", program.run("queue", "split", gone, "--store", store))
    check("split: two", [x["id"] for x in sources(check, program, store, gone)["items"]] == [gone] and sources(check, program, store, told["items"][1]["id"])["total"] == told["total"] - 1)
    check("the only one cannot be split", program.run("queue", "split", gone, "--store", store).status == REFUSED)
    check("rebuild", program.run("rebuild", "--store", store).status == DONE)
    ran = program.run("queue", "undo", done, "--store", store)
    check("undo by number: as before", ran.status == DONE and dump(program, store) == before, ran)
    check("once only", program.run("queue", "undo", done, "--store", store).status == REFUSED)


def beside_a_server(check, program, store):
    """With a server running, deciding and settling are handed to it."""
    before = dump(program, store)
    server = Server(program, store)
    pair = queue(check, program, store)["items"][0]
    a, b = pair["a"]["id"], pair["b"]["id"]
    done = number(check, "handed over", program.run("queue", "same", a, b, "--store", store))
    check("decided: out of the queue", (a, b) not in ids(queue(check, program, store)))
    ran = program.run("queue", "same", a, b, "--store", store)
    check("what the server refuses is said", ran.status == REFUSED and "already one" in ran.err, ran)
    ran = program.run("settle", "--store", store, "--json")
    told = json.loads(ran.out or "{}")
    check("settle is handed over", ran.status == DONE and told["appearances"] > 300 and told["changed"] == 0 and told["model"] > 0, ran)
    check("undo is handed over", program.run("queue", "undo", done, "--store", store).status == DONE)
    cut = number(check, "split handed over", program.run("queue", "split", sources(check, program, store, b)["items"][0]["id"], "--store", store)) if pair["b"]["documents"] > 1 else None
    check("taken back", cut is None or program.run("queue", "undo", cut, "--store", store).status == DONE)
    check("ids of nobody", program.run("queue", "same", a, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--store", store).status == REFUSED)
    server.stop()
    check("all as before", dump(program, store) == before)


def on_the_cases(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"), *CASES)
        check("settle", program.run("settle", "--store", store).status == DONE)
        told = listed(check, program, store)
        split(check, program, store)
        beside_a_server(check, program, store)
        decided(check, program, store, told)
        survives(check, program, store, f, told)


def refused(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"))
        ran = program.run("queue", "--store", store)
        check("an empty register: none undecided", ran.status == DONE and ran.out == "0 undecided\n", ran)
        ran = program.run("queue", "same", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--store", store)
        check("ids of nobody: refused", ran.status == REFUSED and ran.err, ran)
        for words in (("same",), ("same", "x", "y", "z"), ("undo",), ("split",), ("sources",), ("all",)):
            check("queue %s: status 2" % " ".join(words), program.run("queue", *words, "--store", store).status == USAGE)
        check("a number of no decision", program.run("queue", "undo", "7", "--store", store).status == REFUSED)


SECTIONS = [on_the_cases, refused]
