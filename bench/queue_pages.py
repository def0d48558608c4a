#!/usr/bin/env python3
"""Pages of the queue on a large register: bench/queue_pages.py PROGRAM [--people N] [--pairs N]

Fills the tables of a new store with made-up people (100,000) who share names, and pairs of them that the rules left undecided (8,000); asks a server for
the pages that the desk asks for. The rows are written past the journal: only reading is measured. Prints for each page milliseconds by the clock and of the
server's processor, each the mean of ten, and what the first cost, which finds nothing kept in its thread.

Standard library only."""
import argparse
import os
import subprocess
import sys
import tempfile
import time

from figures import Server
from ways_store import GIVEN, SURNAMES, Filling, processor_ms, ulid


def fill(path, people, pairs):
    f = Filling(path, 5)
    f.documents(people // 10)
    posts = [f.entity("organization", "第%d人民医院" % i) for i in range(people // 40)]
    of_name, waiting = {}, []
    for _ in range(people):
        name = f.dice.choice(SURNAMES) + f.dice.choice(GIVEN) + f.dice.choice(GIVEN) + f.dice.choice(GIVEN)
        person = f.entity("person", name)
        f.fact("role", person, f.skewed(posts), "主任")
        if name in of_name and len(waiting) < pairs:
            f.next += 1
            waiting.append((f.next, person, of_name[name], "undecided", "program", 0, 0.2, "name equal; no organisation in common", 1, 1))
        of_name.setdefault(name, person)
    f.db.executemany("INSERT INTO identity VALUES (?,?,?,?,?,?,?,?,?,?)", waiting)
    f.write()
    return waiting


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("--people", type=int, default=100000)
    options.add_argument("--pairs", type=int, default=8000)
    o = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store.db")
        subprocess.run([o.program, "init", "--store", store], check=True)
        waiting = fill(store, o.people, o.pairs)
        last = waiting[-1][2]
        pages = {"status": "status", "first page": "queue?limit=20", "a page in the middle": "queue?limit=20&offset=%d" % (len(waiting) // 2), "pairs of one person": "queue?limit=6&entity=" + ulid(last),
                 "decided": "queue?state=decided&limit=20"}
        with Server(o.program, store) as server:
            print("people %d, open pairs %d" % (o.people, len(waiting)))
            connection = server.connection()
            for what, page in pages.items():
                start = processor_ms(server.process.pid)
                server.ask("GET", "/api/v1/" + page, connection=connection)
                began, before = time.monotonic(), processor_ms(server.process.pid)
                for _ in range(10):
                    server.ask("GET", "/api/v1/" + page, connection=connection)
                print("%-22s %6.1f ms, processor %.1f ms, the first time %.0f ms" % (what, (time.monotonic() - began) * 100, (processor_ms(server.process.pid) - before) / 10, before - start))


if __name__ == "__main__":
    sys.exit(main())
