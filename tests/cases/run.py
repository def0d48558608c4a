#!/usr/bin/env python3
"""Runs `yiqiao extract` on the cases beside this file and compares: run.py PROGRAM [--errors] [--cases DIR]

A case is text/NAME.* and gold/NAME.json (README.md says how to add one). Printed is F1 for each field over all cases; floors.json holds what
each field must not fall below, so that a change that loses something is seen. Standard library only."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ALIKE = 0.6  # how much two titles must share of their character pairs


def plain(text):
    """What is left of a name when width, case, spaces and punctuation are taken off."""
    text = unicodedata.normalize("NFKC", str(text or "")).lower()
    return "".join(c for c in text if c.isalnum() or c == "%")


def pairs(text):
    return {text[i:i + 2] for i in range(max(1, len(text) - 1))} if text else set()


def alike(a, b):
    a, b = pairs(plain(a)), pairs(plain(b))
    return bool(a and b) and len(a & b) / len(a | b) >= ALIKE


class Case:
    """The gold of one document: its items by field, other accepted forms, and what is neither asked for nor punished."""

    def __init__(self, gold):
        self.canonical = {plain(form): plain(name) for name, forms in gold.get("aliases", {}).items() for form in forms}
        self.optional = gold.get("optional", {})
        self.gold = self.items(gold)

    def name(self, text):
        return self.canonical.get(plain(text), plain(text))

    def items(self, d):
        n = self.name
        people = [(n(p.get("name")), p) for p in d.get("people", [])]
        roles = [(who, n(r.get("organization")), n(r.get("position"))) for who, p in people for r in p.get("roles", [])]
        return {
            "organizations": {n(o) for o in d.get("organizations", [])},
            "people": {who for who, _ in people},
            "role_pairs": {(who, org) for who, org, _ in roles if org},
            "roles": {role for role in roles if role[2]},
            "honours": {(who, n(h)) for who, p in people for h in p.get("honours", [])},
            "events": {(e.get("name", ""),) for e in d.get("events", [])},
            "event_dates": {(e.get("name", ""), e["date"][-5:]) for e in d.get("events", []) if e.get("date")},
            "talks": {(n(t.get("speaker")), t.get("title", "")) for t in d.get("talks", [])},
            "deals": {(x.get("kind"), frozenset(n(p) for p in x.get("parties", []))) for x in d.get("deals", [])},
            "technologies": {(t.get("name", ""),) for t in d.get("technologies", [])},
            "needs": {(x.get("text", ""),) for x in d.get("needs", [])},
            "figures": {(float(f["value"]), plain(f.get("unit"))) for f in d.get("figures", [])
                        if isinstance(f.get("value"), (int, float))},
        }

    def same(self, field, a, b):
        if field in ("events", "technologies", "needs"):
            return alike(self.name(a[0]), self.name(b[0]))
        if field == "event_dates":
            return alike(a[0], b[0]) and a[1] == b[1]
        if field == "talks":
            return a[0] == b[0] and alike(a[1], b[1])
        return a == b

    def excused(self, field, item):
        words = self.optional.get({"roles": "positions", "role_pairs": "-"}.get(field, field), [])
        if field == "figures":
            return any(w.split(" ")[0] == "%g" % item[0] for w in words)
        if field == "roles":
            return item[2] in {"教授", "博士", "老师", "医生", "女士", "先生", "dr", "prof", "professor", "mr", "ms"} or any(
                self.name(w) == item[2] for w in words)
        if field == "deals":
            return bool(words)
        text = item if isinstance(item, str) else item[-1] if field == "talks" else item[0]
        return any(self.name(w) == self.name(text) or (field in ("events", "event_dates", "technologies", "needs", "talks") and alike(w, text))
                   for w in words)

    def compare(self, found):
        """{field: (right, extra, missed)}"""
        out, found = {}, self.items(found)
        for field, gold in self.gold.items():
            left, extra = sorted(gold, key=repr), []
            right = 0
            for item in sorted(found[field], key=repr):
                hit = next((g for g in left if self.same(field, g, item)), None)
                if hit is not None:
                    left.remove(hit)
                    right += 1
                elif not self.excused(field, item):
                    extra.append(item)
            out[field] = (right, extra, left)
        return out


def f1(right, extra, missed):
    return 2 * right / (2 * right + extra + missed) if right or extra or missed else 1.0


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--cases", default=HERE)
    ap.add_argument("--errors", action="store_true")
    a = ap.parse_args()
    texts = sorted(os.listdir(os.path.join(a.cases, "text")))
    totals, passed, failed = {}, 0, 0
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([a.program, "extract", *[os.path.join(a.cases, "text", t) for t in texts], "--out", out], capture_output=True, text=True)
        if run.returncode:
            print(run.stderr.strip())
        for text in texts:
            stem = os.path.splitext(text)[0]
            made, gold = os.path.join(out, stem + ".json"), os.path.join(a.cases, "gold", stem + ".json")
            if not os.path.exists(made):
                print("%s: nothing was written" % text)
                failed += 1
                continue
            passed += 1
            case = Case(json.load(open(gold, encoding="utf-8")))
            for field, (right, extra, missed) in case.compare(json.load(open(made, encoding="utf-8"))).items():
                t = totals.setdefault(field, [0, 0, 0])
                t[0], t[1], t[2] = t[0] + right, t[1] + len(extra), t[2] + len(missed)
                if a.errors:
                    for sign, items in (("+", extra), ("-", missed)):
                        for item in items:
                            print(sign, stem, field, item)
    floors_path = os.path.join(a.cases, "floors.json")
    floors = json.load(open(floors_path)) if os.path.exists(floors_path) else {}
    for field, t in totals.items():
        value, floor = f1(*t), floors.get(field, 0.0)
        print("%-14s F1 %.4f  floor %.4f  (right %d, extra %d, missed %d)" % (field, value, floor, *t))
        passed, failed = (passed + 1, failed) if value >= floor else (passed, failed + 1)
    print("macro F1 %.4f over %d cases" % (sum(f1(*t) for t in totals.values()) / max(1, len(totals)), len(texts)))
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
