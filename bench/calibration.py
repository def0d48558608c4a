#!/usr/bin/env python3
"""Are confidences true? calibration.py YIQIAO [--cases DIR] [--fit FILE]

Prints reliability tables: findings by what is said of them, and how many of them are right. First over the cases of tests/cases, cross-validated: five times a voice
and a table are made without a fifth of the cases, which are then read. Then, as the program is, over the cases of DIR (text/ and gold/ as in tests/cases).
--fit writes the table that the program is built with, src/extract/reliability.inc, from all cases of tests/cases. Standard library only."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..")
OWN = os.path.join(ROOT, "tests", "cases")
sys.dont_write_bytecode = True
sys.path.insert(0, OWN)
from run import Case  # noqa: E402

FOLDS, LEAST, TRUST = 5, 40, 20  # parts; findings of a group of their own; how many findings the field's share counts as in a group
FIELDS = ["organizations", "people", "people.roles", "people.honours", "events", "talks", "deals", "technologies", "needs", "figures"]
BITS = {"dictionary": 1, "pattern": 2, "table": 4, "tagger": 8}
BINS = [0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01]


# ---------------------------------------------------------------- what was said, and is it right

def one_of(found, field, e):
    """The findings of a document with nothing but what the evidence speaks of."""
    if field.startswith("people."):
        person, part = found["people"][e["person"]], field.split(".")[1]
        return {"people": [{"name": person["name"], part: [person[part][e["index"]]]}]}
    return {field: [found[field][e["index"]]]}


def judge(case, found, field, e):
    """True: right; False: wrong; None: nobody asked."""
    name = {"people.roles": "roles", "people.honours": "honours"}.get(field, field)
    if name == "roles" and not found["people"][e["person"]]["roles"][e["index"]].get("position"):
        name = "role_pairs"
    for item in case.items(one_of(found, field, e))[name]:
        if any(case.same(name, gold, item) for gold in case.gold[name]):
            return True
        return None if case.excused(name, item) else False
    return None


def findings(program, cases, names, *options):
    """[(field, voices, confidence, right)], each finding once: where it is said surest."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "extract", *[os.path.join(cases, "text", n) for n in names], *options, "--out", folder], check=True, stderr=subprocess.DEVNULL)
        for name in names:
            stem = os.path.splitext(name)[0]
            with open(os.path.join(folder, stem + ".json"), encoding="utf-8") as h:
                found = json.load(h)
            with open(os.path.join(cases, "gold", stem + ".json"), encoding="utf-8") as h:
                case = Case(json.load(h))
            best = {}
            for e in found["evidence"]:
                key = (e["field"], e.get("person"), e["index"])
                if e["field"] in FIELDS and (key not in best or e["confidence"] > best[key]["confidence"]):
                    best[key] = e
            for (field, _, _), e in best.items():
                right = judge(case, found, field, e)
                if right is not None:
                    out.append((field, sum(BITS[v] for v in e["voices"]), e["confidence"], right))
    return out


# ---------------------------------------------------------------- from weights to shares

def rising(pairs, prior):
    """[(least weight, share)] from (weight, right): neighbours are joined until shares rise with weights and each has enough findings."""
    blocks = []
    for weight, right in sorted(pairs):
        if blocks and blocks[-1][0] == weight:
            blocks[-1][1] += right
            blocks[-1][2] += 1
        else:
            blocks.append([weight, int(right), 1])
        while len(blocks) > 1 and (blocks[-2][2] < LEAST or blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]):
            last = blocks.pop()
            blocks[-1][1] += last[1]
            blocks[-1][2] += last[2]
    if len(blocks) > 1 and blocks[-1][2] < LEAST:
        last = blocks.pop()
        blocks[-1][1] += last[1]
        blocks[-1][2] += last[2]
    blocks[0][0] = 0.0
    return [(weight, (right + TRUST * prior) / (n + TRUST)) for weight, right, n in blocks]


def fit(said):
    """[(field, voices, least weight, share)]; a set of voices with few findings is read with the others of its field."""
    everywhere = sum(right for *_, right in said) / len(said)
    table = []
    for field in FIELDS:
        mine = [x for x in said if x[0] == field]
        prior = (sum(x[3] for x in mine) + TRUST * everywhere) / (len(mine) + TRUST)
        groups = {v: [x for x in mine if x[1] == v] for v in sorted({x[1] for x in mine})}
        few = [x for v in groups if len(groups[v]) < LEAST for x in groups[v]]
        for voices in [v for v in groups if len(groups[v]) >= LEAST]:
            table += [(field, voices, weight, share) for weight, share in rising([x[2:] for x in groups[voices]], prior)]
        table += [(field, 0, weight, share) for weight, share in (rising([x[2:] for x in few], prior) if few else [(0.0, prior)])]
    return table


def apply(table, said):
    out = []
    for field, voices, weight, right in said:
        own = [r for r in table if r[0] == field and r[1] == voices] or [r for r in table if r[0] == field and r[1] == 0]
        out.append((field, voices, [r[3] for r in own if weight >= r[2]][-1], right))
    return out


def write(table, path):
    with open(path, "w", encoding="utf-8") as h:
        h.write("/* Made by bench/calibration.py --fit: field, voices, least weight, share of right ones. */\n")
        for field, voices, weight, share in table:
            h.write("{ %s, %d, %.4ff, %.3ff },\n" % (field.split(".")[-1].upper(), voices, max(0, weight - 0.0005), share))  # weights are read rounded


# ---------------------------------------------------------------- tables

def show(title, said):
    print("%s: %d findings, %.1f%% right" % (title, len(said), 100 * sum(x[3] for x in said) / len(said)))
    gap = 0
    for low, high in zip(BINS, BINS[1:]):
        mine = [x for x in said if low <= x[2] < high]
        if mine:
            claimed, right = sum(x[2] for x in mine) / len(mine), sum(x[3] for x in mine) / len(mine)
            gap += abs(claimed - right) * len(mine) / len(said)
            print("  said %.2f to %.2f: %4d findings, said %.3f, right %.3f" % (low, min(high, 1), len(mine), claimed, right))
    print("  mean gap %.3f, mean squared error %.4f" % (gap, sum((x[2] - x[3]) ** 2 for x in said) / len(said)))
    return gap


def cross_validated(program):
    """The weights of every case, read by a voice that did not learn it; by fold."""
    names, folds = sorted(os.listdir(os.path.join(OWN, "text"))), []
    with tempfile.TemporaryDirectory() as folder:
        for k in range(FOLDS):
            model = os.path.join(folder, "voice")
            subprocess.run([sys.executable, os.path.join(ROOT, "tools", "train-voice"), program, "--leave", "%d/%d" % (k, FOLDS), "--out", model], check=True,
                           stdout=subprocess.DEVNULL)
            folds.append(findings(program, OWN, [n for i, n in enumerate(names) if i % FOLDS == k], "--voice", model, "--raw"))
    return folds


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--cases")
    ap.add_argument("--fit")
    a = ap.parse_args()
    folds = cross_validated(a.program)
    flat = [x for fold in folds for x in fold]
    show("tests/cases, the weights as they were set by hand", flat)
    show("tests/cases, cross-validated", [x for k in range(FOLDS) for x in apply(fit([y for i in range(FOLDS) if i != k for y in folds[i]]), folds[k])])
    if a.fit:
        write(fit(flat), a.fit)
    if a.cases:
        names = [n for n in sorted(os.listdir(os.path.join(a.cases, "text"))) if os.path.exists(os.path.join(a.cases, "gold", os.path.splitext(n)[0] + ".json"))]
        show("further cases, weights", findings(a.program, a.cases, names, "--raw"))
        show("further cases, as the program says", findings(a.program, a.cases, names))


if __name__ == "__main__":
    main()
