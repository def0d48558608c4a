"""What the tests of the store share: counts of an import, the contents of a store made comparable, and folders of documents to read."""
import json
import os
import sqlite3
from collections import Counter

from outside import DOCUMENTS, read_json

FAMILIES = "周何汤倪苗谭纪丘岑黎章祝费蔺温戴"
GIVEN = ["岚", "疏影", "岫白", "可歆", "听雨", "长风", "明月", "暮云", "星野", "若朴"]
PLACES = ["澜州", "棠川", "砚湖", "松坪", "老河", "青桥", "白渡", "云岭"]
KINDS = ["中心医院", "第一人民医院", "医科大学附属第二医院", "儿童医院"]
TOPICS = ["卒中绿道", "肺结节随访", "糖网筛查", "人工耳蜗调试", "关节置换机器人", "足底温度监测", "冷冻切片远程判读"]


def person(i):
    return FAMILIES[i % len(FAMILIES)] + GIVEN[i // 3 % len(GIVEN)]


def hospital(i):
    return PLACES[i % len(PLACES)] + KINDS[i // 5 % len(KINDS)]


def document(i):
    """A made-up report; many people and hospitals come back in other documents."""
    lines = ["%s%s交流会第%d期" % (PLACES[i % 8], TOPICS[i % 7], i), ""]
    for k in range(6):
        n = i * 5 + k * 11
        lines.append("%s院长%s作《%s》报告，介绍了第%d例病人的经过。" % (hospital(n), person(n), TOPICS[n % 7], n))
    return "\n\n".join(lines) + "\n"


def many(folder, n, trigger=None):
    """n documents in one folder; before number `trigger` stands an empty file, whose refusal tells that the import has come that far."""
    for i in range(n):
        folder.write("many/%04d.txt" % i, document(i))
    if trigger is not None:
        folder.write("many/%04d-.txt" % (trigger - 1), b"")
    return folder("many")


def new_store(check, program, path, *documents):
    """A store in a folder of its own."""
    os.makedirs(path, exist_ok=True)
    check("init of %s" % os.path.basename(path), program.run("init", "--store", path).status == 0)
    if documents:
        ran = program.run("import", "--store", path, *documents, timeout=300)
        check("import into %s" % os.path.basename(path), ran.status == 0, ran)
    return path


def counts(ran):
    """The JSON that import --json prints last."""
    return json.loads(ran.out.strip().splitlines()[-1])


def dump(program, store):
    ran = program.run("dump", "--store", store)
    assert ran.status == 0, str(ran)
    return ran.out


def identities(program, store, folder):
    """Every entity with its mentions, in an order that does not depend on ids."""
    out = folder("identities.json")
    ran = program.run("export", "--store", store, "--identities", out)
    assert ran.status == 0, str(ran)
    return sorted(json.dumps(dict(e, mentions=sorted(json.dumps(m, sort_keys=True, ensure_ascii=False) for m in e["mentions"])), sort_keys=True, ensure_ascii=False)
                  for e in read_json(out))


def content(program, store, folder):
    """What two stores must have in common that were filled with the same documents, whenever and under whatever ids: rows by table, and who is who."""
    rows = Counter(line.split("\t", 1)[0] for line in dump(program, store).splitlines())
    return {"rows": dict(rows), "identities": identities(program, store, folder)}


def database(store):
    return store if os.path.isfile(store) else os.path.join(store, "yiqiao.db")


def sql(store, *statements):
    """Runs statements on the store's own file; the rows of the last one."""
    db = sqlite3.connect(database(store), timeout=30)
    try:
        for statement in statements:
            rows = db.execute(statement).fetchall()
        db.commit()
        return rows
    finally:
        db.close()


def copy(store, to):
    """A second store with the same bytes in its journal, in one file of its own; its index is not copied."""
    source, target = sqlite3.connect(database(store)), sqlite3.connect(to)
    source.backup(target)
    target.execute("PRAGMA journal_mode=DELETE")
    source.close(), target.close()
    return to


def examples():
    return sorted(os.listdir(DOCUMENTS))
