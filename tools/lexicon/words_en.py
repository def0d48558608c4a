#!/usr/bin/env python3
"""Makes words_en.tsv: common English words, which alone say that a run of capitalised words is no name.

They are the lower-case words of the English columns of concepts.tsv, and words of headlines and menus from words_en.txt beside this file.
Given names are left out. words_en.py LEXICON"""
import os
import re
import sys

HEAD = """# words_en: common English words, none of which is a given name
# columns: word, lower case
# source: written for this project, Apache-2.0; made by tools/lexicon/words_en.py from concepts.tsv and a list by hand
"""


def rows(path):
    with open(path, encoding="utf-8") as h:
        return [line.rstrip("\n").split("\t") for line in h if line.strip() and not line.startswith("#")]


def main(lexicon):
    here = os.path.dirname(os.path.abspath(__file__))
    words = set()
    for row in rows(os.path.join(lexicon, "concepts.tsv")):
        for cell in row[2:4]:
            words.update(w for w in re.findall(r"[A-Za-z]+", cell) if w.islower())
    with open(os.path.join(here, "words_en.txt"), encoding="utf-8") as h:
        words.update(h.read().split())
    names = {row[0].lower() for row in rows(os.path.join(lexicon, "given_names_en.tsv"))}
    with open(os.path.join(lexicon, "words_en.tsv"), "w", encoding="utf-8") as out:
        out.write(HEAD + "".join(w + "\n" for w in sorted(words - names) if len(w) > 2))


if __name__ == "__main__":
    main(sys.argv[1])
