#!/usr/bin/env python3
"""Is the concept lexicon fit to be loaded?

A wrong line in lexicon/concepts.tsv harms silently: a search finds the wrong
documents and nobody sees why. This check reads the file as the program does
and reports every line that breaks the rules given in the file's own head.

Usage: check_concepts.py [concepts.tsv] [least number of lines]
"""
import os
import re
import sys

KINDS = {"disease", "symptom", "procedure", "device", "drug", "specialty",
         "technology", "trial", "regulatory", "organization", "population",
         "need", "place", "body", "word"}
# Words of everyday and technical language belong to no specialty.
FREE_KINDS = {"body", "word"}
COLUMNS = 8
# Simplified characters that the national set of 1980 does not hold.
LATER_SIMPLIFIED = set("腘镥锕铼锶钇钆钬铥镱铒钕瞤瘆嘌呤鲀珐齁呫噁")
HAN = re.compile(r"[\u3400-\u9fff]")
FULL_WIDTH = re.compile(r"[；，｜|]")
ABBREVIATION = re.compile(r"[ -~α-ωΑ-Ω]+\Z")


def read(path):
    """The concepts of the file, each with its line number."""
    concepts, errors = [], []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != COLUMNS:
                errors.append((number, f"{len(fields)} columns instead of {COLUMNS}"))
                continue
            concepts.append(Concept(number, fields))
    return concepts, errors


class Concept:
    def __init__(self, line, fields):
        self.line = line
        self.fields = fields
        self.zh, zh_also, self.en, en_also, short, self.kind, self.broader, self.specialty = fields
        self.zh_also = zh_also.split(";") if zh_also else []
        self.en_also = en_also.split(";") if en_also else []
        self.short = short.split(";") if short else []

    def also(self):
        return self.zh_also + self.en_also + self.short


def key(term):
    """Two spellings that a reader would take for one word have one key."""
    return re.sub(r"[\s\-]+", " ", term.rstrip("*").casefold()).strip()


def simplified(text):
    for char in HAN.findall(text):
        if char in LATER_SIMPLIFIED:
            continue
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            return char
    return None


def check_fields(concept):
    """What can be said of a line without looking at the others."""
    if not concept.zh or not concept.en:
        yield "a preferred term is empty"
    if concept.kind not in KINDS:
        yield f"unknown kind {concept.kind!r}"
    for field in concept.fields:
        if field != field.strip() or "  " in field:
            yield f"stray blank in {field!r}"
        if FULL_WIDTH.search(field):
            yield f"wrong separator in {field!r}"
        strange = simplified(field)
        if strange:
            yield f"{strange!r} in {field!r} is no simplified character"
    for term in (concept.zh, concept.en):
        if ";" in term or "*" in term:
            yield f"a preferred term is one plain term, not {term!r}"


def check_terms(concept):
    """Each synonym is a word, in its column, once."""
    seen = {key(concept.zh), key(concept.en)}
    for term in concept.also():
        bare = term.rstrip("*")
        if bare != bare.strip() or not bare:
            yield f"empty or padded synonym {term!r}"
        elif len(bare) < 2 and term not in concept.short:
            yield f"synonym {term!r} is too short"
        if key(term) in seen:
            yield f"synonym {term!r} is there twice"
        seen.add(key(term))
    for term in concept.zh_also:
        if not HAN.search(term):
            yield f"{term!r} among the Chinese synonyms is not Chinese"
    for term in [concept.en] + concept.en_also:
        if HAN.search(term):
            yield f"{term!r} among the English terms is Chinese"
    for term in concept.short:
        if not ABBREVIATION.match(term):
            yield f"abbreviation {term!r} is not plain"


def ancestors(concept, by_zh):
    """The broader concepts, nearest first; ends at a ring."""
    chain, seen = [], {concept.zh}
    while concept.broader in by_zh and concept.broader not in seen:
        seen.add(concept.broader)
        concept = by_zh[concept.broader]
        chain.append(concept)
    return chain


def check_links(concept, by_zh):
    """Broader and specialty must lead somewhere, and not in a ring; only free kinds may have no specialty."""
    if concept.broader and concept.broader not in by_zh:
        yield f"broader concept {concept.broader!r} does not exist"
    chain = ancestors(concept, by_zh)
    last = chain[-1] if chain else concept
    if last.broader in by_zh:
        yield "the broader concepts form a ring"
    if not concept.specialty and concept.kind in FREE_KINDS:
        return
    home = by_zh.get(concept.specialty)
    if home is None or home.kind != "specialty":
        yield f"specialty {concept.specialty!r} is no line of kind specialty"


def holders(concepts):
    """For each word, the concepts that claim it and whether they mark it."""
    words = {}
    for concept in concepts:
        for term in (concept.zh, concept.en):
            words.setdefault(key(term), []).append((concept, "preferred"))
        for term in concept.also():
            state = "marked" if term.endswith("*") else "plain"
            words.setdefault(key(term), []).append((concept, state))
    return words


def check_words(concepts):
    """A word under two concepts is marked; a marked word has two concepts."""
    for word, claims in holders(concepts).items():
        owners = {concept.zh for concept, _ in claims}
        preferred = [concept for concept, state in claims if state == "preferred"]
        if len({concept.zh for concept in preferred}) > 1:
            yield preferred[-1].line, f"preferred term {word!r} is also line {preferred[0].line}"
        for concept, state in claims:
            if len(owners) > 1 and state == "plain":
                other = next(c for c, _ in claims if c.zh != concept.zh)
                yield concept.line, f"{word!r} is also under {other.zh} (line {other.line}) and not marked"
            if len(owners) == 1 and state == "marked":
                yield concept.line, f"{word!r} is marked but nothing else has it"


def check(concepts):
    by_zh = {}
    for concept in concepts:
        if concept.zh in by_zh:
            yield concept.line, f"{concept.zh!r} is also line {by_zh[concept.zh].line}"
        by_zh.setdefault(concept.zh, concept)
    for concept in concepts:
        for rule in (check_fields(concept), check_terms(concept), check_links(concept, by_zh)):
            for message in rule:
                yield concept.line, message
    yield from check_words(concepts)


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    path = arguments[1] if len(arguments) > 1 else os.path.join(here, "../../lexicon/concepts.tsv")
    least = int(arguments[2]) if len(arguments) > 2 else 9000
    concepts, errors = read(path)
    errors += check(concepts)
    for line, message in sorted(errors):
        print(f"{path}:{line}: {message}")
    if len(concepts) < least:
        errors.append((0, f"{len(concepts)} concepts, at least {least} expected"))
        print(f"{path}: {errors[-1][1]}")
    words = sum(2 + len(concept.also()) for concept in concepts)
    print(f"{len(concepts)} concepts, {words} words, {len(errors)} errors")
    print(f"{len(concepts)} passed, {len(errors)} failed")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
