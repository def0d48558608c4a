#!/usr/bin/env python3
"""Makes the tables that bench-affil learns from and measures on.

usage: affil_sets.py ROR.jsonl.gz OUT SET.jsonl[.gz] ...

ROR: the Research Organization Registry, one organisation a line {id, names [[name, language, kind]], country, city} (CC0). SET: written affiliations, one
a line {text, ror [id]}. Writes OUT/list.csv, for each SET OUT/NAME.csv with OUT/NAME-0.csv and OUT/NAME-1.csv, its halves, and OUT/zh-list.csv with
OUT/zh-0.csv and OUT/zh-1.csv: Chinese names of ROR that ask for the organisations' other names. The built-in weights come from

    bench-affil --learn OUT/list.csv,OUT/s2aff_train.csv --learn OUT/list.csv,OUT/crossref_train-1.csv --learn OUT/zh-list.csv,OUT/zh-0.csv \\
                --test OUT/list.csv,OUT/s2aff_val.csv --test OUT/list.csv,OUT/crossref_train-0.csv --test OUT/zh-list.csv,OUT/zh-1.csv
"""
import csv
import gzip
import json
import os
import random
import re
import sys

CHINESE = ("CN", "HK", "MO", "TW")


def lines(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as h:
        return [json.loads(line) for line in h if line.strip()]


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as h:
        csv.writer(h).writerows([header] + rows)


def halves(out, name, rows):
    for half in (0, 1):
        write(os.path.join(out, "%s-%d.csv" % (name, half)), ["id", "name", "right"], rows[half::2])


def chinese(text):
    return re.search("[\u4e00-\u9fff]", text) and not re.search("[\u3040-\u30ff]", text)


def chinese_tables(out, organisations):
    known, asked = [], []
    for o in organisations:
        if o["country"] not in CHINESE:
            continue
        other = [n[0] for n in o["names"] if not re.search("[\u4e00-\u9fff]", n[0])]
        known += [[o["id"], n, o["city"] or ""] for n in other]
        own = next((n[0] for n in o["names"] if chinese(n[0])), None)
        if own and any(" " in n for n in other):
            asked.append([len(asked), own, o["id"]])
    random.Random(1).shuffle(known)
    write(os.path.join(out, "zh-list.csv"), ["id", "name", "city"], known)
    halves(out, "zh", asked)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    ror, out, sets = sys.argv[1], sys.argv[2], sys.argv[3:]
    os.makedirs(out, exist_ok=True)
    organisations = lines(ror)
    known = [[o["id"], n[0], o["city"] or "", o["country"] or ""] for o in organisations for n in o["names"]]
    random.Random(5).shuffle(known)
    write(os.path.join(out, "list.csv"), ["id", "name", "city", "country"], known)
    for path in sets:
        name = re.sub(r"\.jsonl(\.gz)?$", "", os.path.basename(path))
        rows = [[i, x["text"], " ".join(x["ror"])] for i, x in enumerate(lines(path))]
        write(os.path.join(out, name + ".csv"), ["id", "name", "right"], rows)
        halves(out, name, rows)
    chinese_tables(out, organisations)


if __name__ == "__main__":
    main()
