"""settle: whatever the order in which documents came, who is who is one; a person's decision stands; little is left undecided."""
import glob
import json
import os
import random

from outside import DONE, ROOT, USAGE, Folder, read_json
from stores import new_store

CASES = sorted(glob.glob(os.path.join(ROOT, "tests", "cases", "text", "*")))
ORDERS = 10
UNDECIDED_AT_MOST = 0.05


def clusters(check, program, store, file):
    """Mentions as the export has them, without any id: sets of (document, name, organisation)."""
    ran = program.run("export", "--store", store, "--identities", file)
    check("export", ran.status == DONE, ran)
    return sorted(sorted((m["doc"], m["name"], m.get("organization", "")) for m in e["mentions"]) for e in read_json(file))


def settle(check, program, store):
    ran = program.run("settle", "--store", store, "--json")
    check("settle", ran.status == DONE, ran)
    return json.loads(ran.out)


def dump(program, store):
    return program.run("dump", "--store", store).out


def in_ten_orders(check, program):
    first, lagged = None, 0
    for seed in range(ORDERS):
        order = list(CASES)
        random.Random(seed).shuffle(order)
        with Folder() as f:
            store = new_store(check, program, f("store"), *order)
            before = clusters(check, program, store, f("before.json"))
            told = settle(check, program, store)
            now = clusters(check, program, store, f("now.json"))
            first = first or now
            lagged += before != now
            check("order %d: the clusters of the first" % seed, now == first, [c for c in now if c not in first][:3])
            check("what changed is told", (told["changed"] > 0) == (before != now), told)
            check("undecided at most 5%", told["undecided"] <= UNDECIDED_AT_MOST * told["appearances"] and told["appearances"] > 300, told)
            written = dump(program, store)
            again = settle(check, program, store)
            check("settled twice: nothing more is written", again["changed"] == 0 and dump(program, store) == written, again)
            if seed < 2:
                check("rebuild", program.run("rebuild", "--store", store).status == DONE and dump(program, store) == written)
    check("some order had something to settle", lagged > 0, lagged)


def refused(check, program):
    with Folder() as f:
        ran = program.run("settle", "--store", f("nowhere"))
        check("settle without a store: says where, and makes none", ran.status in (1, 3) and "nowhere" in ran.err and not os.path.exists(f("nowhere")), ran)
        check("settle with a word: status 2", program.run("settle", "x").status == USAGE)
        store = new_store(check, program, f("store"))
        check("settle of nothing", settle(check, program, store)["clusters"] == 0)


SECTIONS = [in_ten_orders, refused]
