"""What writes: uploads, merging and unmerging, and questions that overtake each other."""
import json
import os
import threading
from urllib.parse import quote

from outside import DOCUMENTS
from routes import ULID

REPORT = "# 澜州卒中绿道交流会\n\n澜州市中心医院院长周岚作《卒中绿道》报告。澜州市中心医院研制的“岚桥”卒中转运平台已在12家医院使用。\n"
JSON = {"Content-Type": "application/json"}


def upload(check, client):
    before = client.get("/status")["counts"]
    new = client.ask(check, "upload", "POST", "/api/v1/documents?name=" + quote("岚桥 1.md"), 200, REPORT.encode()).json()
    check("upload: read as new", new["outcome"] == "new" and new["found"] > 0 and new["unread"] == "", new)
    counts = client.get("/status")["counts"]
    check("upload: counted", counts["documents"] == before["documents"] + 1 and counts["sequence"] > before["sequence"], counts)
    page = client.get("/documents/" + new["document"])
    check("upload: the document is there under its name", page["document"]["name"] == "岚桥 1.md" and "周岚" in page["text"], page["document"])
    check("upload: its people are in the register", any(e["name"] == "周岚" for e in client.get("/entities", q="zhoulan")["items"]))
    found = client.match("做过卒中绿道的医生", want="person").json()["lists"][0]["answers"]
    check("upload: it answers needs at once", any(a["name"] == "周岚" for a in found), [a["name"] for a in found])
    again = client.ask(check, "the same upload", "POST", "/api/v1/documents?name=" + quote("岚桥 1.md"), 200, REPORT.encode()).json()
    check("the same upload changes nothing", again["outcome"] == "known" and again["document"] == new["document"] and client.get("/status")["counts"] == counts, again)


def upload_in_part(check, client):
    """A mail whose attachment is broken: read, and what was not is said."""
    mail = ("Subject: 岚桥名单\r\nFrom: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n澜州市中心医院院长汤秋到会。\r\n"
            "--x\r\nContent-Type: application/json; name=broken.json\r\n\r\n{\r\n--x--\r\n")
    new = client.ask(check, "upload of a mail", "POST", "/api/v1/documents?name=m.eml", 200, mail.encode()).json()
    check("upload of a mail: read, the attachment named with its reason", new["outcome"] == "new" and new["unread"].startswith("broken.json inside was not read: "), new)


def upload_refusals(check, client):
    before = client.get("/status")["counts"]
    noise = bytes(range(256)) * 64
    for what, name, data in (("an empty file", "empty.txt", b""), ("noise", "noise.txt", noise), ("an unknown format", "strange.xyz", REPORT.encode() + b"1"), ("a name without ending", "name", REPORT.encode() + b"2"),
                             ("over-deep HTML", "deep.html", b"<div>" * 100000), ("broken JSON", "broken.json", b'{"a": '), ("noise as HTML", "noise.html", noise)):
        answer = client.ask(check, "upload of %s" % what, "POST", "/api/v1/documents?name=" + name, 422, data)
        check("upload of %s: says why" % what, len(answer.json()["error"]["message"]) > 8, answer)
    for what, query in (("no name", ""), ("an empty name", "?name="), ("a path for a name", "?name=" + quote("../x.txt", safe="")), ("a name of 600 letters", "?name=" + "a" * 600 + ".txt"), ("a name that is no UTF-8", "?name=%ff.txt")):
        client.ask(check, "upload with %s" % what, "POST", "/api/v1/documents" + query, 400, REPORT.encode())
    client.ask(check, "upload of 65 MB", "POST", "/api/v1/documents?name=big.txt", 413, b"a" * (65 << 20))
    check.equal("refused uploads change nothing", client.get("/status")["counts"], before)


def two_people(client):
    """Two different people with facts."""
    found = [client.get("/entities", q=n, kind="person")["items"][0] for n in ("纪长风", "倪疏影")]
    return found[0]["id"], found[1]["id"]


def whole(client, id):
    page = client.get("/entities/" + id)
    return {"entity": page["entity"], "names": sorted(json.dumps(n, sort_keys=True) for n in page["names"]), "facts": sorted(json.dumps(x, sort_keys=True) for x in page["facts"])}


def merge(check, client):
    keep, gone = two_people(client)
    before, other = whole(client, keep), whole(client, gone)
    counts = client.get("/status")["counts"]
    done = client.ask(check, "merge", "POST", "/api/v1/entities/%s/merge" % keep, 200, {"gone": gone, "why": "a test of undoing"}, JSON).json()
    check("merge: a step of the journal", done["sequence"] == counts["sequence"] + 1 == client.get("/status")["counts"]["sequence"], done)
    one = whole(client, keep)
    check("merge: one less in the register", client.get("/status")["counts"]["people"] == counts["people"] - 1)
    ids = lambda page: {json.loads(x)["id"] for x in page["facts"]}
    check("merge: it has the facts of both", ids(one) == ids(before) | ids(other), len(one["facts"]))
    check("merge: the old address leads to it", client.get("/entities/" + gone)["entity"]["id"] == keep)
    check("merge: found by either name", all(keep in [e["id"] for e in client.get("/entities", q=n, kind="person")["items"]] for n in ("纪长风", "倪疏影")))
    check("merge: the list shows it once", gone not in [e["id"] for e in client.get("/entities", q="倪疏影", kind="person")["items"]])
    client.ask(check, "merge of what is merged", "POST", "/api/v1/entities/%s/merge" % keep, (400, 404, 422), {"gone": gone}, JSON)
    client.ask(check, "unmerge", "POST", "/api/v1/entities/%s/unmerge" % gone, 200)
    check.equal("unmerge: the one as before", whole(client, keep), before)
    check.equal("unmerge: the other as before", whole(client, gone), other)
    check("unmerge: counted as before", {k: v for k, v in client.get("/status")["counts"].items() if k != "sequence"} == {k: v for k, v in counts.items() if k != "sequence"})


def merge_refusals(check, client):
    keep, gone = two_people(client)
    hospital = client.get("/entities", kind="organization", limit=1)["items"][0]["id"]
    counts = client.get("/status")["counts"]
    path = "/api/v1/entities/%s/merge" % keep
    for what, where, order, expected in (
            ("with itself", path, {"gone": keep}, (400, 422)), ("of a person and an institution", path, {"gone": hospital}, (400, 422)), ("with nobody", path, {"gone": ULID}, 404),
            ("into nobody", "/api/v1/entities/%s/merge" % ULID, {"gone": gone}, 404), ("without saying whom", path, {}, 400), ("with a number", path, {"gone": 1}, 400),
            ("with what nobody announced", path, {"gone": gone, "force": True}, 400), ("with a list", path, [gone], 400)):
        client.ask(check, "merge %s" % what, "POST", where, expected, order, JSON)
    client.ask(check, "merge without JSON", "POST", path, 400, b"gone=1")
    client.ask(check, "unmerge of what was never merged", "POST", "/api/v1/entities/%s/unmerge" % gone, (400, 404, 422))
    client.ask(check, "unmerge of nobody", "POST", "/api/v1/entities/%s/unmerge" % ULID, 404)
    check.equal("refused merges change nothing", client.get("/status")["counts"], counts)


def overtaking(check, client):
    """A page that types on: an older question gives way or is answered; the newest is always answered."""
    client.match("糖网筛查", asker="page", turn=9)
    client.ask(check, "an overtaken question", "POST", "/api/v1/match", (200, 409), {"text": "糖网筛查", "asker": "page", "turn": 3})
    client.ask(check, "the same turn of another page", "POST", "/api/v1/match", 200, {"text": "糖网筛查", "asker": "other page", "turn": 3})
    statuses = {}

    def ask(turn):
        answer = client.match("糖尿病病人眼底没人看，想找能下乡筛查的设备"[:turn + 3], asker="typist", turn=turn)
        statuses[turn] = (answer.status, client.faults("POST", "/api/v1/match", answer))

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(20)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    check("questions that overtake each other: answered or given way", len(statuses) == 20 and all(s in (200, 409) and not w for s, w in statuses.values()), statuses)
    check("the newest is answered", statuses[19][0] == 200, statuses[19])


SECTIONS = [upload, upload_in_part, upload_refusals, merge, merge_refusals, overtaking]
