#!/usr/bin/env python3
"""Ways at the API on a large register: bench/ways_store.py PROGRAM [--people N] [--pairs N]

Fills the tables of a new store with made-up people (200,000), their posts, talks, agreements and classes (five facts each: 1,000,000) and asks a server
for the ways between pairs. The rows are written past the journal, which would take hours for nothing: only reading is measured.

read      seconds from the first question to its answer: ties are read from the store
ways      milliseconds of a question at the API afterwards, median, 90th and 99th percentile (bar 10), and of the server's processor
resident  MB of the server with the ties

Standard library only."""
import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlencode

from figures import Server, percentile

BASE = 1 << 40
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安岚宁川舟远晴禾青墨言溪"


def ulid(n):
    return "0W" + str(n).zfill(24)


def name_rows(entity, kind, name):
    return (entity, 1, name, entity, kind, name, "", name, "", "", "zh", 1, 1000, 0, 0, 1, 3)


class Filling:
    def __init__(self, path, seed):
        self.db, self.dice, self.next = sqlite3.connect(path), random.Random(seed), BASE
        self.db.execute("PRAGMA synchronous=OFF")
        self.entities, self.names, self.facts = [], [], []

    def entity(self, kind, name):
        self.next += 1
        self.entities.append((self.next, ulid(self.next), kind, name, self.next, 1, 1, 3, "found", 1))
        self.names.append(name_rows(self.next, kind, name))
        return self.next

    def fact(self, predicate, subject, target=0, value="", date=""):
        self.next += 1
        reading = 1 + len(self.facts) // 50 % self.readings  # what one document says lies together
        self.facts.append((self.next, reading, reading, predicate, subject, subject, target, target, value, date, 0, 3, 0, 30, 0.5 + self.dice.random() / 2, 2, "proposed", 0, 0, 1, 3, 1))

    def skewed(self, things):
        return things[int(len(things) * self.dice.random() ** 2.2)]

    def documents(self, n):
        self.readings = n
        text = "甲医院院长乙作报告。" * 20
        self.db.executemany("INSERT INTO document VALUES (?,?,?,?,?,1,3,?,1,1)", ((i, ulid(i), "%d.txt" % i, bytes([i % 251]) * 32, 600, i) for i in range(1, n + 1)))
        self.db.executemany("INSERT INTO reading VALUES (?,?,?,?,'txt','UTF-8','zh-Hans','',?,?,'','[]',1,1,1,0,0,1,1)",
                            ((i, i, bytes([i % 251]) * 32, "%d.txt" % i, "20%02d-%02d-01" % (10 + i % 16, 1 + i % 12), text) for i in range(1, n + 1)))

    def write(self):
        for table, rows in (("entity", self.entities), ("name", self.names), ("fact", self.facts)):
            self.db.executemany("INSERT INTO %s VALUES (%s)" % (table, ",".join("?" * len(rows[0]))), rows)
        self.db.executemany("INSERT INTO mention VALUES (?,1,1,0,?,?,0,3,'','',1,3)", ((e[0], e[0], e[0]) for e in self.entities))
        self.db.commit()
        self.db.close()


def fill(path, people):
    f = Filling(path, 5)
    f.documents(people // 10)
    who = [f.entity("person", f.dice.choice(SURNAMES) + f.dice.choice(GIVEN) + f.dice.choice(GIVEN) + str(i)) for i in range(people)]
    employers = [f.entity("organization", "第%d人民医院" % i) for i in range(people // 40)]
    events = [f.entity("event", "第%d届论坛" % i) for i in range(people // 60)]
    deals = [f.entity("deal", "协议%d" % i) for i in range(people // 8)]
    for p in who:
        f.fact("role", p, f.skewed(employers), "主任")
    for _ in range(people * 2):
        f.fact("spoke", f.dice.choice(who), f.skewed(events), "报告")
    for e in events:
        f.fact("organized", f.dice.choice(employers), e, "host", "2024-05-01")
    for _ in range(people):
        f.fact("party", f.dice.choice(who), f.dice.choice(deals), "cooperation")
        f.fact("cohort", f.dice.choice(who), 0, "%d级" % (1980 + f.dice.randrange(40)))
    f.write()
    return who, employers


def processor_ms(pid):
    fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(server, who, employers, pairs):
    dice, times, found = random.Random(8), [], 0
    connection = server.connection()

    def ask(source, target):
        began = time.monotonic()
        body = server.ask("GET", "/api/v1/ways?" + urlencode({"from": ulid(source), "to": ulid(target)}), connection=connection)
        return (time.monotonic() - began) * 1000, body

    before = processor_ms(server.process.pid)
    first, _ = ask(employers[0], who[0])
    print("read      %.1f s, processor %.1f s" % (first / 1000, (processor_ms(server.process.pid) - before) / 1000))
    before = processor_ms(server.process.pid)
    for i in range(pairs):
        ms, body = ask(who[dice.randrange(len(who))] if i % 2 else employers[int(len(employers) * dice.random() ** 2.2)], dice.choice(who))
        times.append(ms)
        found += b'"outcome":"found"' in body
    spent = (processor_ms(server.process.pid) - before) / pairs
    print("ways      p50 %.1f ms, p90 %.1f ms, p99 %.1f ms; processor %.1f ms each; %d of %d found" % (
        statistics.median(times), percentile(times, 90), percentile(times, 99), spent, found, pairs))
    print("resident  %.0f MB" % server.resident_mb())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("--people", type=int, default=200000)
    options.add_argument("--pairs", type=int, default=300)
    o = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store.db")
        subprocess.run([o.program, "init", "--store", store], check=True)
        who, employers = fill(store, o.people)
        with Server(o.program, store) as server:
            print("people %d, facts %d" % (o.people, o.people * 5 + o.people // 60))
            measure(server, who, employers, o.pairs)


if __name__ == "__main__":
    sys.exit(main())
