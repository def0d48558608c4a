"""queue: the undecided pairs, most facts first; decided, set aside, taken back; what a person decided survives a settling and another reading."""
import glob
import json
import os
import shutil

from outside import DONE, REFUSED, ROOT, USAGE, Folder
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
    decide(check, program, store, "maybe", told["items"][1], REFUSED)
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


def on_the_cases(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"), *CASES)
        check("settle", program.run("settle", "--store", store).status == DONE)
        told = listed(check, program, store)
        decided(check, program, store, told)
        survives(check, program, store, f, told)


def refused(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"))
        ran = program.run("queue", "--store", store)
        check("an empty register: none undecided", ran.status == DONE and ran.out == "0 undecided\n", ran)
        ran = program.run("queue", "same", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--store", store)
        check("ids of nobody: refused", ran.status == REFUSED and ran.err, ran)
        check("a decision without ids: status 2", program.run("queue", "same", "--store", store).status == USAGE)


SECTIONS = [on_the_cases, refused]
