#!/usr/bin/env python3
"""Do the examples hold what examples/needs_expected.json promises?

Every example decodes in the encoding that its name states, every expected answer is named in a document, every need has an
expectation, and some needs have none that fits.  Exit 1: one line a fault.  Python 3 standard library only.
"""
import json
import os
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")
KINDS = {"person", "organization", "technology", "trial", "call", "fund", "policy"}


def encoding(name):
    return next((e for e in ("gb18030", "gbk") if "." + e + "." in name), "utf-8")


def documents():
    text = ""
    folder = os.path.join(FOLDER, "documents")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding=encoding(name)) as f:
            text += f.read() + "\n"
    return text


def load(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as f:
        return json.load(f)


def faults(text, needs, expected):
    if sorted(n["id"] for n in needs) != sorted(expected):
        yield "needs.json and needs_expected.json name different needs"
    for n in needs:
        if n["want"] not in KINDS or n["lang"] not in ("zh", "en"):
            yield "%s: want or lang" % n["id"]
        for answer in expected.get(n["id"], []):
            if answer["kind"] != n["want"]:
                yield "%s: %s is no %s" % (n["id"], answer["name"], n["want"])
            for s in (answer["name"], answer.get("organization", answer["name"])):
                if s not in text:
                    yield "%s: %s is in no document" % (n["id"], s)
    if sum(not a for a in expected.values()) < 3:
        yield "fewer than three needs without an answer"


def main():
    text, needs, expected = documents(), load("needs.json"), load("needs_expected.json")
    found = list(faults(text, needs, expected))
    if not list(faults(text, needs, dict(expected, **{needs[0]["id"]: [{"kind": needs[0]["want"], "name": "查无此人"}]}))):
        found.append("a name that is in no document is not noticed")
    for f in found:
        print(f, file=sys.stderr)
    print("%d passed, %d failed" % (len(needs), len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
