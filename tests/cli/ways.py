"""ways on the example: who can introduce whom, in words and as JSON, and every way in which there is none."""
import json
import os

from outside import DOCUMENTS, DONE, REFUSED, ROOT, USAGE, Folder, read_json
from schema import faults, named
from stores import new_store


def in_words(check, program, store):
    ran = program.run("ways", "--store", store, "--from", "砚湖市第一人民医院", "--to", "苗可歆")
    check("ways: from the asker by a colleague and a session", ran.status == DONE and ran.out.startswith("1. 砚湖市第一人民医院") and "纪长风" in ran.out and "same session of" in ran.out, ran)
    check("ways: each step with its sentence and document", all(any("「" in x and name in x and any(d in x for d in os.listdir(DOCUMENTS)) for x in ran.out.splitlines()) for name in ("纪长风", "苗可歆")), ran)
    check("ways: three when nothing is said", ran.out.count("\n2. ") == ran.out.count("\n3. ") == 1 and "\n4. " not in ran.out, ran)
    again = program.run("ways", "--store", store, "--from", "砚湖市第一人民医院", "--to", "苗可歆")
    check("ways: asked twice, the same", again.out == ran.out)
    one = program.run("ways", "--store", store, "--from", "砚湖市第一人民医院", "--to", "苗可歆", "--top", "1")
    check("ways --top 1: the first alone", one.out and ran.out.startswith(one.out) and "\n2. " not in one.out, one)


def as_json(check, program, store):
    api = read_json(os.path.join(ROOT, "src", "http", "openapi.json"))
    ran = program.run("ways", "--store", store, "--from", "棠川省人民医院", "--to", "戴闻笙", "--json")
    answer = json.loads(ran.out)
    wrong = list(faults(api, named(api, "Ways"), answer))
    check("ways --json has the form of the API", ran.status == DONE and not wrong and answer["outcome"] == "found", wrong[:3])
    by_id = program.run("ways", "--store", store, "--from", answer["from"]["id"], "--to", answer["to"]["id"], "--json")
    check("by id the same as by name", by_id.out == ran.out, by_id)


def none(check, program, store):
    own = program.run("ways", "--store", store, "--from", "苗可歆", "--to", "苗可歆")
    check("to oneself: said so", own.status == DONE and own.out.strip() == "that is the asker", own)
    ran = program.run("ways", "--store", store, "--from", "何小满", "--to", "岳千里")
    check("no way: none, and whom one should know", ran.status == DONE and ran.out.startswith("none") and "whom most ways around 岳千里 pass" in ran.out and "「" in ran.out, ran)
    thing = program.run("ways", "--store", store, "--from", "苗可歆", "--to", "“澄眸”免散瞳眼底相机与糖网筛查算法")
    check("to a technology: by way of its holder", thing.status == DONE and "by way of 澄目智能科技有限公司" in thing.out, thing)


def refused(check, program, store):
    for what, source, target, words in (("nobody of that name", "查无此人", "苗可歆", "查无此人"), ("an answer of no name", "苗可歆", "查无此人", "查无此人"), ("namesakes", "苗可歆", "陈志远", "霁明资本"),
                                        ("an empty name", "", "苗可歆", "no"), ("a thing that asks", "“澄眸”免散瞳眼底相机与糖网筛查算法", "苗可歆", "person or an institution")):
        ran = program.run("ways", "--store", store, "--from", source, "--to", target)
        check("ways with %s: refused in words" % what, ran.status == REFUSED and words in ran.err and not ran.out, ran)
    for what, words in (("no --from", ["--to", "苗可歆"]), ("no --to", ["--from", "苗可歆"]), ("--top 0", ["--from", "苗可歆", "--to", "纪长风", "--top", "0"]), ("a word too many", ["--from", "苗可歆", "--to", "纪长风", "x"])):
        ran = program.run("ways", "--store", store, *words)
        check("ways with %s: status 2" % what, ran.status == USAGE and ran.err.strip() and not ran.out, ran)


def on_the_example(check, program):
    with Folder() as f:
        store = new_store(check, program, f("store"), DOCUMENTS)
        for part in (in_words, as_json, none, refused):
            part(check, program, store)


def on_nothing(check, program):
    with Folder() as f:
        ran = program.run("ways", "--store", new_store(check, program, f("store")), "--from", "甲", "--to", "乙")
        check("in an empty register there is nobody", ran.status == REFUSED and "甲" in ran.err, ran)
        ran = program.run("ways", "--store", f("nowhere"), "--from", "甲", "--to", "乙")
        check("without a store: says where, and makes none", ran.status in (1, 3) and "nowhere" in ran.err and not os.path.exists(f("nowhere")), ran)


SECTIONS = [on_the_example, on_nothing]
