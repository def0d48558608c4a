"""rank: the retrieval engine alone, in the form of TREC runs."""
import json

from outside import DONE, REFUSED, USAGE, Folder

CORPUS = [
    {"id": "d1", "title": "卒中绿道", "text": "发病四小时内送达，静脉溶栓后转入卒中单元。", "owner": "r1"},
    {"id": "d2", "title": "", "text": "糖尿病视网膜病变的乡镇筛查，护士拍照，远程判读。", "owner": "r2"},
    {"id": "d3", "title": "Stroke triage", "text": "Thrombolysis within four hours of stroke onset in rural hospitals.", "owner": "r1"},
    {"id": "d4", "title": "骨科机器人", "text": "关节置换手术机器人的多中心试验。", "owner": "r3"},
    {"id": "d5", "title": "", "text": "Robot assisted knee replacement: a randomised trial.", "owner": "r3"},
    {"id": "d6", "title": "", "text": "同样的一句话，用来比较先后。", "owner": "r4"},
    {"id": "d7", "title": "", "text": "同样的一句话，用来比较先后。", "owner": "r5"},
    {"id": "d8", "title": "人工耳蜗", "text": "远程调试让孩子不必去省城。", "owner": "r2"},
]
QUERIES = [
    {"id": "q1", "text": "卒中急救怎样更快"},
    {"id": "q2", "text": "stroke thrombolysis"},
    {"id": "q3", "text": "同样的一句话"},
    {"id": "q4", "text": "qwxyz zzzz"},
    {"id": "q5", "text": "膝關節置換機器人"},
    {"id": "q6", "text": "randomized trials of robots"},
]


def lines(rows):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def read_run(path):
    rows = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            query, q0, doc, rank, score, tag = line.split()
            assert q0 == "Q0" and tag == "yiqiao", line
            rows.setdefault(query, []).append((doc, int(rank), float(score)))
    return rows


def ranked(program, f, *more, corpus=CORPUS, queries=QUERIES):
    ran = program.run("rank", "--corpus", f.write("C.jsonl", lines(corpus)), "--queries", f.write("Q.jsonl", lines(queries)), "--out", f("made/run.trec"), *more)
    assert ran.status == DONE, str(ran)
    return read_run(f("made/run.trec"))


def in_order(check, what, run):
    for query, rows in run.items():
        scores = [s for _, _, s in rows]
        check("%s: %s best first, ranks from 1, nothing twice" % (what, query), scores == sorted(scores, reverse=True)
              and [r for _, r, _ in rows] == list(range(1, len(rows) + 1)) and len({d for d, _, _ in rows}) == len(rows), rows)


def documents(check, program):
    with Folder() as f:
        run = ranked(program, f)
        in_order(check, "documents", run)
        firsts = {q: rows[0][0] for q, rows in run.items()}
        check("a Chinese need finds its document", firsts.get("q1") == "d1", firsts)
        check("an English one too", firsts.get("q2") == "d3", firsts)
        check("equal scores stand in corpus order", [d for d, _, _ in run["q3"][:2]] == ["d6", "d7"] and run["q3"][0][2] == run["q3"][1][2], run["q3"])
        check("a query without a hit has no line", "q4" not in run, run.get("q4"))
        check("traditional script finds simplified text", "d4" in [d for d, _, _ in run["q5"][:2]], run["q5"])
        check("British and American spelling, plural and singular", firsts.get("q6") == "d5", firsts)
        turned = ranked(program, f, corpus=CORPUS[::-1])
        check("corpus order decides equal scores, not the id", [d for d, _, _ in turned["q3"][:2]] == ["d7", "d6"], turned["q3"])
        short = ranked(program, f, "--top", "1")
        check("--top 1 gives the first of the same list", {q: r[0][0] for q, r in short.items()} == firsts and all(len(r) == 1 for r in short.values()), short)
        check("a title counts", ranked(program, f, queries=[{"id": "t", "text": "人工耳蜗"}])["t"][0][0] == "d8")


def owners(check, program):
    with Folder() as f:
        run = ranked(program, f, "--by", "owner")
        in_order(check, "owners", run)
        names = {c["owner"] for c in CORPUS}
        check("the owner of the best documents comes first", run["q1"][0][0] == "r1" and run["q6"][0][0] == "r3", run)
        check("with fewer than N owners each has a line", all({d for d, _, _ in rows} == names for q, rows in run.items() if q != "q4"), run)
        two = ranked(program, f, "--by", "owner", "--top", "2")
        check("--top counts owners", all(len(rows) == 2 for q, rows in two.items() if q != "q4"), two)
        works = [("once", "乡镇糖网筛查的免散瞳相机"), ("once", "髋关节置换手术机器人"), ("twice", "乡镇糖网筛查的免散瞳相机"), ("twice", "糖网筛查的远程判读")]
        pile = [{"id": "x%d" % i, "title": "", "text": text, "owner": owner} for i, (owner, text) in enumerate(works)]
        run = ranked(program, f, "--by", "owner", corpus=pile + CORPUS, queries=[{"id": "p", "text": "糖网筛查相机"}])
        check("owners are ranked by all their documents together", [d for d, _, _ in run["p"][:2]] == ["twice", "once"], run["p"])


def refusals(check, program):
    with Folder() as f:
        good = f.write("good.jsonl", lines(CORPUS))
        queries = f.write("queries.jsonl", lines(QUERIES))
        bad = [("a line that is no JSON", lines(CORPUS[:2]) + "{oops\n"), ("a document without id", lines([{"title": "", "text": "x"}])), ("an empty id", lines([{"id": "", "title": "", "text": "x"}])),
               ("text that is a number", lines([{"id": "a", "title": "", "text": 5}])), ("an id with a space", lines([{"id": "a b", "title": "", "text": "x"}]))]
        for what, text in bad:
            ran = program.run("rank", "--corpus", f.write("bad.jsonl", text), "--queries", queries, "--out", f("o.trec"))
            check("%s: status 1, the file named" % what, ran.status in (REFUSED, USAGE) and "bad.jsonl" in ran.err, ran)
        ran = program.run("rank", "--corpus", f("nothing.jsonl"), "--queries", queries, "--out", f("o.trec"))
        check("a corpus that is not there: the file named", ran.status in (REFUSED, 3) and "nothing.jsonl" in ran.err, ran)
        ran = program.run("rank", "--corpus", good, "--queries", queries, "--by", "owner", "--out", f("made.trec"))
        check("the good one is ranked", ran.status == DONE, ran)
        ownerless = f.write("ownerless.jsonl", lines([{"id": "a", "title": "", "text": "卒中"}]))
        ran = program.run("rank", "--corpus", ownerless, "--queries", queries, "--by", "owner", "--out", f("p.trec"))
        check("--by owner without owners: refused in words", ran.status == REFUSED and "owner" in ran.err, ran)
        ran = program.run("rank", "--corpus", f.write("none.jsonl", ""), "--queries", queries, "--out", f("empty.trec"))
        check("an empty corpus: an empty run", ran.status == DONE and open(f("empty.trec")).read() == "", ran)


SECTIONS = [documents, owners, refusals]
