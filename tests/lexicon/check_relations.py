#!/usr/bin/env python3
"""Is lexicon/relations.tsv well formed, and does it say nothing twice?

Every name must be the preferred Chinese of a concept, every relation known, and no line may repeat what concepts.tsv says (broader, at any height, and
specialty). The check measures itself first, on a few lines with planted faults.

usage: check_relations.py [RELATIONS [CONCEPTS]]
"""
import os
import sys

from check_concepts import ancestors, read

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, "../../lexicon/relations.tsv")
CONCEPTS = os.path.join(HERE, "../../lexicon/concepts.tsv")
RELATIONS = ("sign", "treats", "finds", "leads", "uses", "site")
MOST = 6


def known(concepts):
    """For each concept what concepts.tsv says above it: its broader concepts, nearest first, and its specialty."""
    by_zh = {concept.zh: concept for concept in concepts}
    return {concept.zh: [x.zh for x in ancestors(concept, by_zh)] + [concept.specialty] for concept in concepts}


def faults(lines, concepts):
    """[(line number, what is wrong)] and the number of lines that say something; concepts is what known() gives."""
    said, wrong, count = set(), [], 0
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line:
            continue
        count += 1
        columns = line.split("\t")
        if len(columns) != 3:
            wrong.append((number, f"{len(columns)} columns"))
            continue
        name, relation, targets = columns[0], columns[1], columns[2].split(";")
        wrong += [(number, f"no concept is called {x}") for x in [name] + targets if x not in concepts]
        if relation not in RELATIONS:
            wrong.append((number, f"no such relation: {relation}"))
        if (name, relation) in said:
            wrong.append((number, f"{name} {relation} was said before"))
        said.add((name, relation))
        if len(targets) > MOST or len(set(targets)) < len(targets) or name in targets:
            wrong.append((number, f"{name} {relation}: too many, doubled or itself"))
        wrong += [(number, f"{name}: concepts.tsv says {x} already") for x in targets if x in concepts.get(name, ())]
    return wrong, count


def measure_the_measure():
    concepts = {"甲": ["乙", "戊", "科"], "乙": ["戊", "科"], "丙": [], "戊": [], "科": []}
    concepts.update({x: [] for x in "子丑寅卯辰巳午"})
    lines = ["# head", "甲\tsign\t丙", "甲\tsign\t丙", "甲\tnear\t丙", "丁\tfinds\t丙", "乙\tuses\t乙", "甲\tleads\t乙", "甲\tsite",
             "甲\ttreats\t戊", "甲\tuses\t科", "丙\tuses\t乙;乙", "丙\tfinds\t子;丑;寅;卯;辰;巳", "乙\tfinds\t子;丑;寅;卯;辰;巳;午", "戊\tuses\t丙;;乙"]
    wrong, count = faults(lines, concepts)
    return count == 13 and [number for number, _ in wrong] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14]


def main(arguments):
    lines = open(arguments[1] if len(arguments) > 1 else FILE, encoding="utf-8").read().split("\n")
    concepts, errors = read(arguments[2] if len(arguments) > 2 else CONCEPTS)
    wrong, count = faults(lines, known(concepts))
    own = measure_the_measure()
    if not own:
        print("FAILED: the check does not see planted faults")
    for number, what in wrong:
        print(f"relations.tsv:{number}: {what}")
    failed = len({number for number, _ in wrong}) + (not own) + bool(errors)
    print(f"{count + 1 - len({number for number, _ in wrong})} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
