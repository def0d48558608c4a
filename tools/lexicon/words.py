"""Makes words.tsv from jieba's dictionary.

usage: words.py JIEBA_FOLDER LEXICON_FOLDER

Left out, because they teach a segmenter nothing and fill the trie: spelled-out
numerals longer than two characters, rare single characters that are no Han
characters, and words met fewer than three times that are only one character.
"""
import sys

from common import is_han, lines, write

HEAD = """words: general vocabulary for cutting Chinese text into words
columns: word, frequency (in jieba's corpus), tag (jieba's part of speech: n noun, v verb, nr person, ns place, nt organisation ...)
source: jieba 0.42.1, dict.txt, MIT licence; made by tools/lexicon/words.py"""

NUMERALS = set("零一二三四五六七八九十百千万亿两〇几数多余第")


def wanted(word, frequency, tag):
    if tag.startswith("m") and len(word) > 2 and word[0] in NUMERALS:
        return False
    if len(word) == 1:
        return is_han(word) and frequency >= 3
    return True


def main(jieba, lexicon):
    kept = {}
    for line in lines(jieba, "dict.txt"):
        word, frequency, tag = line.rsplit(" ", 2)
        word = word.strip()
        if word and wanted(word, int(frequency), tag):
            old = kept.get(word)
            if old is None or int(frequency) > old[0]:
                kept[word] = (int(frequency), tag)
    write(lexicon + "/words.tsv", HEAD, ((w, f, t) for w, (f, t) in sorted(kept.items())))
    print("words.tsv", len(kept))


if __name__ == "__main__":
    main(*sys.argv[1:3])
