#!/usr/bin/env python3
"""How much of the medical language do the concepts know, and do they contradict it?

A lexicon that is well formed may still miss the words people use, or give an
English word to the wrong illness. Two public sets measure both when they lie
beside the project: phenotypes in English and Chinese, and Chinese medical words
with their frequency. The sets stay outside; nothing of them enters the lexicon.

Without them the check says so and counts nothing as failed. What it measures with
is itself measured first, on a lexicon small enough to be counted by eye.

usage: check_coverage.py [CONCEPTS] [FOLDER OF THE SETS] [--list]
"""
import gzip
import os
import sys

from check_concepts import HAN, Concept, ancestors, key, read

HERE = os.path.dirname(os.path.abspath(__file__))
CONCEPTS = os.path.join(HERE, "../../lexicon/concepts.tsv")
SETS = os.path.join(HERE, "../../../shared/data")

# Least share that must stay known, in percent; a little under what is known today.
LEAST_PHENOTYPES = 6.0
LEAST_WORDS = 26.0
LEAST_WORDS_TOUCHED = 37.0
# Words seen in fewer documents say little about what people write.
FREQUENT = 60

# Pairs in which the two languages of the phenotypes disagree and ours is right, judged by hand.
JUDGED = {
    ("Achromatopsia", "色盲"): "the Chinese names any colour blindness, the English only the total one",
    ("Dysuria", "排尿困难"): "dysuria is pain on passing water; the Chinese names difficulty of passing it",
}


class Words:
    """Which concepts own a word; abbreviations in their own case only."""

    def __init__(self, concepts):
        self.by_zh = {concept.zh: concept for concept in concepts}
        self.owners, self.chinese, self.longest = {}, set(), 1
        for concept in concepts:
            for term in [concept.zh, concept.en] + concept.zh_also + concept.en_also:
                self.own(key(term), concept)
            for term in concept.short:
                self.own("=" + term.rstrip("*"), concept)
            for term in [concept.zh] + concept.zh_also:
                self.chinese.add(term.rstrip("*"))
        self.longest = max(map(len, self.chinese), default=1)

    def own(self, word, concept):
        self.owners.setdefault(word, set()).add(concept.zh)

    def of(self, term):
        return self.owners.get(key(term), set()) | self.owners.get("=" + term, set())

    def family(self, names):
        """The concepts named and all above them."""
        above = {up.zh for name in names for up in ancestors(self.by_zh[name], self.by_zh)}
        return set(names) | above

    def touches(self, text):
        """Does a word of ours stand anywhere in the text?"""
        size = range(2, min(len(text), self.longest) + 1)
        return any(text[i:i + n] in self.chinese for n in size for i in range(len(text) - n + 1))


def contradicts(words, english, chinese):
    """Both words are ours, and yet no concept holds both or stands above the other."""
    one, other = words.of(english), words.of(chinese)
    if not one or not other:
        return False
    return not (words.family(one) & other or words.family(other) & one)


def share(part, whole):
    return 100.0 * part / whole if whole else 0.0


def phenotypes(words, pairs):
    """Share known in either language, contradictions, and Chinese words we lack for our own English."""
    known, wrong, lacking = 0, [], []
    for english, chinese in pairs:
        known += bool(words.of(english) or words.of(chinese))
        if contradicts(words, english, chinese):
            wrong.append((english, chinese))
        elif words.of(english) and not words.of(chinese):
            lacking.append((english, chinese))
    return share(known, len(pairs)), wrong, lacking


def frequent_words(words, counted):
    """Shares of the frequent words that are ours, and that hold a word of ours; and those that do neither."""
    frequent = [word for word, count in counted if count >= FREQUENT and len(word) > 1]
    whole = sum(1 for word in frequent if words.of(word))
    strangers = [word for word in frequent if not words.touches(word)]
    return share(whole, len(frequent)), share(len(frequent) - len(strangers), len(frequent)), strangers


def read_pairs(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        fields = [line.rstrip("\n").split("\t") for line in lines]
    return [(english, chinese) for _, english, chinese in fields[1:] if HAN.search(chinese)]


def read_counted(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        fields = [line.split("\t") for line in lines]
    return [(field[0].strip(), int(field[1])) for field in fields if len(field) > 1 and field[1].strip().isdigit()]


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, good, what):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAILED: {what}")


def measure_the_measure(tally):
    """A lexicon of four lines in which everything can be counted by eye."""
    lines = ["心脏病\t\theart disease\t\t\tdisease\t\t心血管", "心肌梗死\t心梗\theart attack\t\tMI\tdisease\t心脏病\t心血管",
             "卒中\t中风\tstroke\t\t\tdisease\t\t神经", "急性白血病\t\tacute leukemia\t\tALL\tdisease\t\t血液"]
    words = Words([Concept(number, line.split("\t")) for number, line in enumerate(lines, 1)])
    pairs = [("Heart attack", "心梗"), ("Stroke", "心梗"), ("Heart disease", "心肌梗死"), ("Stroke", "脑血管意外"),
             ("All", "所有"), ("Cough", "咳嗽")]
    known, wrong, lacking = phenotypes(words, pairs)
    tally.check(round(known) == 67, f"four of six phenotypes are known, not {known:.0f} %")
    tally.check(wrong == [("Stroke", "心梗")], f"one contradiction was planted, found: {wrong}")
    tally.check(lacking == [("Stroke", "脑血管意外")], f"one Chinese word is lacking, found: {lacking}")
    whole, touched, strangers = frequent_words(words, [("心梗", 900), ("急性心梗", 800), ("咳嗽", 700), ("中风", FREQUENT - 1)])
    tally.check(round(whole) == 33 and round(touched) == 67, f"shares of words: {whole:.0f} and {touched:.0f} %")
    tally.check(strangers == ["咳嗽"], f"one word is strange, found: {strangers}")


def against_phenotypes(tally, words, path, listing):
    known, wrong, lacking = phenotypes(words, read_pairs(path))
    print(f"phenotypes known: {known:.1f} % (at least {LEAST_PHENOTYPES})")
    tally.check(known >= LEAST_PHENOTYPES, "too few phenotypes are known")
    for english, chinese in wrong:
        tally.check((english, chinese) in JUDGED,
                    f"{english} is under {sorted(words.of(english))}, {chinese} under {sorted(words.of(chinese))}")
    print(f"our English without their Chinese: {len(lacking)}")
    for english, chinese in lacking if listing else []:
        print(f"  {english}\t{chinese}\t{' '.join(sorted(words.of(english)))}")


def against_words(tally, words, path, listing):
    whole, touched, strangers = frequent_words(words, read_counted(path))
    print(f"frequent medical words: {whole:.1f} % ours (at least {LEAST_WORDS}), "
          f"{touched:.1f} % hold a word of ours (at least {LEAST_WORDS_TOUCHED})")
    tally.check(whole >= LEAST_WORDS, "too few frequent words are ours")
    tally.check(touched >= LEAST_WORDS_TOUCHED, "too few frequent words hold a word of ours")
    if listing:
        print("  " + " ".join(strangers))


def main(arguments):
    listing = "--list" in arguments
    given = [argument for argument in arguments[1:] if argument != "--list"]
    concepts, errors = read(given[0] if given else CONCEPTS)
    sets = given[1] if len(given) > 1 else SETS
    tally, words = Tally(), Words(concepts)
    tally.check(concepts and not errors, "the concepts cannot be read")
    measure_the_measure(tally)
    for name, against in (("lex-hpo-zh-en/terms.tsv.gz", against_phenotypes),
                          ("lex-thuocl/THUOCL_medical.txt.gz", against_words)):
        path = os.path.join(sets, name)
        if os.path.exists(path):
            against(tally, words, path, listing)
        else:
            print(f"not measured: {name} is not beside the project")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
