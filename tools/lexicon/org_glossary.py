"""Makes org_glossary.tsv: what the words of Chinese names of organisations are called in English names.

usage: org_glossary.py ROR_SUBSET.jsonl.gz LEXICON_FOLDER

Learnt from organisations of the Research Organization Registry that carry names in both scripts: the words of each name are aligned by
IBM Model 1 (Brown et al. 1993), in both directions, and a word is kept with the English words that both directions give it. What
org_glossary_hand.txt beside this script lists comes first. Words that stand together are joined by a space, words that stand for each other by ;.
"""
import collections
import gzip
import json
import math
import os
import re
import sys
import unicodedata

from common import lines, read_table, write

HEAD = """org_glossary: words of Chinese names of organisations and what English names have in their place
columns: Chinese, English (alternatives separated by ;)
source: by hand, and learnt from the Research Organization Registry, CC0; made by tools/lexicon/org_glossary.py"""
HAN = re.compile("^[\u3400-\u9fff]+$")
BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
STOP = set("of the and for in at on to de la s a an".split())
CHINESE = {"CN", "TW", "HK", "MO", "SG", "MY"}
ROUNDS, LONGEST = 12, 3


def words_of(lexicon):
    total, words = 0, {}
    for column in read_table(os.path.join(lexicon, "words.tsv")):
        if len(column[0]) <= LONGEST and not (column[2] in ("nt", "nr") and len(column[0]) > 2):
            words[column[0]] = int(column[1]) + 1
            total += int(column[1]) + 1
    return {w: math.log(n / total) for w, n in words.items()}


def cut(name, words):
    best = [(0.0, 0)] + [(-1e9, 0)] * len(name)
    for end in range(1, len(name) + 1):
        for n in range(1, min(LONGEST, end) + 1):
            score = best[end - n][0] + words.get(name[end - n:end], -20.0 if n == 1 else -1e9)
            if score > best[end][0]:
                best[end] = (score, end - n)
    out, end = [], len(name)
    while end:
        out.append(name[best[end][1]:end])
        end = best[end][1]
    return out[::-1]


def english(name):
    plain = unicodedata.normalize("NFD", BRACKETS.sub(" ", name).lower().replace("'", "").replace("’", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [w for w in re.findall("[a-z0-9]+", plain) if w not in STOP]


def read_pairs(path, words, trad):
    for line in gzip.open(path, "rt", encoding="utf-8"):
        o = json.loads(line)
        names = [(BRACKETS.sub("", n[0]), n[1], n[2]) for n in o["names"]]
        han = {"".join(trad.get(c, c) for c in n) for n, _, _ in names if HAN.match(n)}
        latin = [n for n in o["names"] if "acronym" not in n[2] and not re.search("[\u0250-\uffff]", n[0]) and n[1] in ("en", "")]
        for zh in sorted(han):
            for en in latin[:3]:
                e = english(en[0])
                if e and len(zh) > 2:
                    yield cut(zh, words), e, 1.0 if o["country"] in CHINESE else 0.25


def model_one(pairs, forward):
    """t(target | source), pairs: [(zh, en, weight)]."""
    pairs = [(p[0], p[1], p[2]) if forward else (p[1], p[0], p[2]) for p in pairs]
    t = collections.defaultdict(lambda: 1.0)
    for _ in range(ROUNDS):
        count, total = collections.defaultdict(float), collections.defaultdict(float)
        for source, target, weight in pairs:
            source = source + [""]
            for e in target:
                z = sum(t[c, e] for c in source)
                for c in source:
                    share = weight * t[c, e] / z
                    count[c, e] += share
                    total[c] += share
        t = collections.defaultdict(lambda: 1e-7, {k: v / total[k[0]] for k, v in count.items() if v / total[k[0]] > 1e-4})
    return t


def learn(pairs):
    there, back = model_one(pairs, True), model_one(pairs, False)
    seen, met = collections.Counter(), collections.defaultdict(list)
    support = collections.defaultdict(float)
    for zh, en, weight in pairs:
        for c in set(zh):
            seen[c] += 1
            met[c].append(set(en))
            for e in set(en):
                support[c, e] += weight
    found = collections.defaultdict(list)
    for (c, e), p in there.items():
        q = back[e, c]
        if c and len(e) > 1 and support[c, e] > 0.9 and p > 0.08 and q > 0.05 and p * q > 0.02:
            found[c].append((p * math.sqrt(q), e))
    for c, list_ in found.items():
        list_ = [e for _, e in sorted(list_, reverse=True)[:4]]
        groups = []
        for e in list_:
            for g in groups:
                both = sum(e in m and g[0] in m for m in met[c])
                fewer = min(sum(e in m for m in met[c]), sum(g[0] in m for m in met[c]))
                if both > 0.6 * fewer and fewer > 1:
                    g.append(e)
                    break
            else:
                groups.append([e])
        if seen[c] > 1 or len(c) > 1:
            yield c, ";".join(" ".join(g) for g in groups[:3])


def main():
    ror, lexicon = sys.argv[1:3]
    trad = dict(row[:2] for row in read_table(os.path.join(lexicon, "trad.tsv")))
    words = words_of(lexicon)
    out = {}
    for line in lines(os.path.dirname(os.path.abspath(__file__)), "org_glossary_hand.txt"):
        zh, en = line.split(" ", 1)
        out[zh] = en
    for zh, en in learn(list(read_pairs(ror, words, trad))):
        out.setdefault(zh, en)
    write(os.path.join(lexicon, "org_glossary.tsv"), HEAD, sorted(out.items()))


if __name__ == "__main__":
    main()
