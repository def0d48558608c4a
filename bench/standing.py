#!/usr/bin/env python3
"""What kept needs cost an import: bench/standing.py PROGRAM [--needs 1000] [--documents 200] [--rounds 3] [--check]

The same made-up documents are imported into a store in which nobody keeps a need and into one with many, by turns; told is the ratio of processor seconds (user and system of the
importing process and those it starts). Needs and documents are drawn from lexicon/concepts.tsv with a fixed seed; about one document in four speaks of the subject of some need.
Bar: with 1,000 needs at most twice the import alone, so that
needs cost less than reading does. Standard library only."""
import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BAR = 2.0
ASKS = ["想找做过%s的医生来讲课", "本院想引进%s，找有经验的团队", "寻找%s的合作单位", "谁能提供%s？", "%s的病人随访困难，想找合适的产品", "希望与开展%s的医院共建中心"]
SENTENCES = ["%(h)s%(d)s主任%(p)s介绍了%(c)s的进展，随访%(n)d例。", "%(p)s来自%(h)s，长期从事%(c)s研究。", "%(h)s与%(k)s签署协议，共同推进%(c)s。",
             "会议由%(h)s%(p)s主持，%(k)s代表参加了讨论。", "%(h)s牵头开展%(c)s，计划入组%(n)d人。", "与会者参观了%(h)s，听取了院长%(p)s的介绍。"]
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗", "明华国文建志海丽静敏霞勇强磊洋艳军杰娟涛超平刚桂"
PLACES, DEPARTMENTS = "云岭 澜州 汀阳 青筠 桐陂 松坪 砚湖 棠川".split(), "心内科 骨科 眼科 呼吸科 神经外科 泌尿外科 康复医学科 内分泌科".split()


def concepts():
    with open(os.path.join(HERE, "..", "lexicon", "concepts.tsv"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return [r[0] for r in rows if len(r) > 5 and r[5] in ("disease", "procedure", "device", "technology", "drug") and len(r[0]) > 2]


def write_documents(folder, rng, subjects, count):
    os.mkdir(folder)
    for i in range(count):
        lines = ["%s医学交流会第%d期" % (rng.choice(PLACES), i + 1)]
        for _ in range(12):
            words = {"h": rng.choice(PLACES) + rng.choice(["市人民医院", "省中心医院", "大学附属医院"]), "d": rng.choice(DEPARTMENTS), "k": rng.choice(PLACES) + "医疗科技有限公司",
                     "p": rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN), "c": rng.choice(subjects), "n": rng.randrange(20, 900)}
            lines.append(rng.choice(SENTENCES) % words)
        with open(os.path.join(folder, "%03d.txt" % i), "w", encoding="utf-8") as out:
            out.write("\n\n".join(lines) + "\n")


def keep_needs(program, store, texts):
    with open(store + ".json", "w", encoding="utf-8") as out:
        json.dump([{"text": text} for text in texts], out, ensure_ascii=False)
    subprocess.run([program, "need", "keep", "--store", store, "--needs", store + ".json"], check=True, stdout=subprocess.DEVNULL)


def seconds_of_import(program, store, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "import", "--store", store, folder], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("--needs", type=int, default=1000)
    p.add_argument("--documents", type=int, default=200)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    program, rng, known = os.path.abspath(a.program), random.Random(26), concepts()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as work:  # the disk is not what is measured
        place = lambda name: os.path.join(work, name)
        write_documents(place("first"), rng, known, 60)
        write_documents(place("later"), rng, known, a.documents)
        os.mkdir(place("plain"))
        subprocess.run([program, "init", "--store", place("plain")], check=True)
        seconds_of_import(program, place("plain"), place("first"))
        shutil.copytree(place("plain"), place("kept"))
        keep_needs(program, place("kept"), sorted({rng.choice(ASKS) % rng.choice(known) for _ in range(a.needs + a.needs // 20)}, key=lambda text: rng.random())[:a.needs])
        spent = {"plain": [], "kept": []}
        for _ in range(a.rounds):
            for which in spent:
                shutil.copytree(place(which), place("now"))
                spent[which].append(seconds_of_import(program, place("now"), place("later")))
                if which == "kept":
                    told = json.loads(subprocess.run([program, "need", "list", "--store", place("now"), "--json"], check=True, capture_output=True, text=True).stdout)["needs"]
                shutil.rmtree(place("now"))
    plain, kept = min(spent["plain"]), min(spent["kept"])
    print("%d documents alone: %.2f s; beside %d kept needs: %.2f s; ratio %.2f (bar %.1f); %d needs were told %d answers" % (a.documents, plain, len(told), kept, kept / plain, BAR,
          sum(n["told"] > 0 for n in told), sum(n["told"] for n in told)))
    if a.check:
        good = kept / plain <= BAR
        print("%d passed, %d failed" % (good, not good))
        return 0 if good else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
