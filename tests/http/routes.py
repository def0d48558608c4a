"""Every route: what it answers, and every way in which it says no."""
import json
import os
from glob import glob
from urllib.parse import quote

from outside import ROOT, read_json
from schema import faults, named

ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
TECHNOLOGY = {"text": "乡镇卫生院没有眼科医生，想找糖网筛查的相机", "want": "technology", "top": 5}


def the_validator_can_say_no(check, client):
    """A validator that finds everything right would make all that follows worthless."""
    good = {"weights": 0, "conditions": [], "lists": [{"want": "person", "answers": []}]}
    bad = [{}, [], {"lists": {}}, {"conditions": [], "lists": []}, {"weights": 0, "lists": []}, {"weights": 0, "conditions": [], "lists": {}}, {"weights": 0, "conditions": [], "lists": [], "more": 1},
           {"weights": 0, "conditions": [], "lists": [{"want": 3, "answers": []}]}, {"weights": 0, "conditions": [], "lists": [{"want": "x", "answers": [{"id": "1"}]}]},
           {"weights": 0, "conditions": [{"id": "region=x"}], "lists": []}]
    check("a right answer has no fault", not list(faults(client.api, named(client.api, "Match"), good)))
    for value in bad:
        check("a wrong answer is noticed: %s" % json.dumps(value), list(faults(client.api, named(client.api, "Match"), value)))
    short = {"type": "array", "items": {"$ref": "#/components/schemas/Status"}, "minItems": 1}
    check("limits and references too", list(faults(client.api, short, [])) and list(faults(client.api, short, [{"version": 1}])))


def status(check, client):
    counts = client.ask(check, "status", "GET", "/api/v1/status", 200).json()["counts"]
    check("status counts what the examples hold", counts["documents"] == 19 and counts["people"] > 50 and counts["facts"] > 100 and counts["sequence"] > 0, counts)
    client.ask(check, "the description", "GET", "/api/v1/openapi.json", 200)


def kinds(check, client):
    """The kinds are those of the files; what may be asked for follows from them, in the description and in the answers."""
    shown = client.ask(check, "kinds", "GET", "/api/v1/kinds", 200).json()["kinds"]
    files = sorted((read_json(path) for path in glob(os.path.join(ROOT, "kinds", "*.json"))), key=lambda k: k["order"])
    check.equal("kinds: those of the files, in their order", [k["id"] for k in shown], [k["id"] for k in files])
    for k, file in zip(shown, files):
        check("%s: labels, fields, states and moves of its file" % k["id"], k["label"] == {"zh": file["zh"], "en": file["en"]} and
              all([(x["id"], x["label"]["zh"], x["label"]["en"]) for x in k[part]] == [(x["id"], x["zh"], x["en"]) for x in file[part]] for part in ("fields", "states", "moves", "facts", "towards")), k)
    listed = [k["id"] for k in shown if k["listed"]]
    wanted = [k["id"] for k in shown if k["wanted"] != "never"]
    question = named(client.api, "MatchQuestion")["properties"]
    asked = next(p for p in client.api["paths"]["/api/v1/entities"]["get"]["parameters"] if p["name"] == "kind")
    check.equal("the description offers the kinds that the register lists", asked["schema"]["enum"], [""] + listed)
    check.equal("and those that a need may ask for", question["want"]["enum"], [""] + wanted)
    for k in shown:
        client.ask(check, "entities of kind %s" % k["id"], "GET", "/api/v1/entities?kind=" + k["id"], 200 if k["listed"] else 400)
        client.ask(check, "a need for %s" % k["id"], "POST", "/api/v1/match", 200 if k["wanted"] != "never" else 400, {"text": "肺结节随访", "want": k["id"]})


def predicates(check, client):
    """Whatever the register says of a thing has its word in that thing's kind, on both sides."""
    kinds = {k["id"]: k for k in client.get("/kinds")["kinds"]}
    words = {(k["id"], side): {p["id"]: [v["id"] for v in p["values"]] for p in k[side]} for k in kinds.values() for side in ("facts", "towards")}
    seen = set()
    for offset in range(0, client.get("/entities", limit=1)["total"], 200):
        for e in client.get("/entities", offset=offset, limit=200)["items"]:
            for fact in client.get("/entities/" + e["id"])["facts"]:
                side = "facts" if fact["subject"]["id"] == e["id"] else "towards"
                values = words[e["kind"], side].get(fact["predicate"])
                seen.add((e["kind"], side, fact["predicate"], fact["value"] if values else "", values is not None and (not values or fact["value"] in values)))
    for kind, side, predicate, value, known in sorted(seen):
        check("kinds/%s.json has a word in its %s for %s %s" % (kind, side, predicate, value), known)
    check("facts of several kinds were seen", len({s[0] for s in seen}) >= 5, seen)


def match(check, client):
    answer = client.ask(check, "match", "POST", "/api/v1/match", 200, TECHNOLOGY).json()
    check("match: one list, of the wanted kind", [x["want"] for x in answer["lists"]] == ["technology"], answer)
    best = answer["lists"][0]["answers"][0]
    check("match: the expected answer", "澄眸" in best["name"], best["name"])
    check("match: its score and parts are told", 0 < best["score"] <= 1 and best["parts"], best)
    for question in (TECHNOLOGY, {"text": "社区糖网筛查的快速出结果"}, {"text": "软接触房角成像仪"}, {"text": "cochlear implants in children"}):
        for found in client.match(**question).json()["lists"]:
            for one in found["answers"]:
                reasons(check, client, one)
    check("match: some words are marked", any(r["marks"] for r in best["reasons"]), best["reasons"])
    everything = client.ask(check, "match of all kinds", "POST", "/api/v1/match", 200, {"text": "肺结节随访"}).json()
    check("match of all kinds: three lists", sorted(x["want"] for x in everything["lists"]) == ["organization", "person", "technology"])
    none = client.ask(check, "match without an answer", "POST", "/api/v1/match", 200, {"text": "想引进质子重离子放疗装置，找有运行经验的物理师", "want": "person"}).json()["lists"][0]
    check("nothing fits: an empty list and what is missing", none["answers"] == [] and none.get("missing"), none)


def reasons(check, client, answer):
    """Each sentence is as its document prints it, at the place that is named, and is quoted once."""
    for reason in answer["reasons"]:
        text = reason["text"].encode()
        check("match: marks lie in the text and cut no character", all(a < b <= len(text) and text[a:b].decode() for a, b in reason["marks"]), reason)
        page = client.get("/documents/" + reason["document"]["id"])
        a, b = reason["span"]
        printed = page["text"].encode()[a:b].decode()
        check("match: the sentence stands in its document where it is said to", printed.split() == reason["text"].split(), (answer["name"], printed, reason["text"]))
    places = [(r["document"]["id"], *r["span"]) for r in answer["reasons"]]
    apart = all(p[0] != q[0] or p[2] <= q[1] or q[2] <= p[1] for i, p in enumerate(places) for q in places[:i])
    check("match: no place is quoted twice", apart, (answer["name"], [r["text"] for r in answer["reasons"]]))


def conditions(check, client):
    need = "想找砚湖市做糖网筛查的专家，最好会英语"
    def ask(what, **more):
        return client.ask(check, "match with conditions: " + what, "POST", "/api/v1/match", 200, dict(more, text=need, want="person")).json()
    whole = ask("as they are read")
    read = {c["id"]: c for c in whole["conditions"]}
    check("a region and a wish are read", sorted(read) == ["language=en", "region=砚湖市"] and read["region=砚湖市"]["hard"] and not read["language=en"]["hard"], read)
    a, b = read["region=砚湖市"]["span"]
    check("the words of a condition are those of the need", need.encode()[a:b].decode() == "砚湖市", (a, b))
    best = whole["lists"][0]["answers"][0]
    states = {c["id"]: c for c in best["conditions"]}
    check("an answer says of each condition whether it meets it", set(states) == set(read) and states["region=砚湖市"]["state"] == "met" and states["language=en"]["state"] == "unknown", states)
    check("what meets it says why", "砚湖市" in states["region=砚湖市"].get("said", "") and "said" not in states["language=en"], states)
    ref = states["region=砚湖市"]
    printed = client.get("/documents/" + ref["document"]["id"])["text"].encode()[ref["span"][0]:ref["span"][1]].decode()
    check("and where that is said", best["name"] in printed or "砚湖市" in printed, printed)
    fewer = ask("without one", without=["region=砚湖市"])
    check("a condition that is left out does not count", [c["id"] for c in fewer["conditions"]] == ["language=en"], fewer["conditions"])
    field = ask("a field instead of words", conditions=[{"kind": "region", "words": "上海"}])
    check("a field replaces the words of its kind", "region=上海市" in [c["id"] for c in field["conditions"]] and "region=砚湖市" not in [c["id"] for c in field["conditions"]], field["conditions"])
    check("a field has no place in the need", all("span" not in c for c in field["conditions"] if c["id"] == "region=上海市"), field["conditions"])
    arabic = client.match("找会说阿拉伯语的眼科专家", want="person").json()["lists"][0]
    check("nobody meets a hard condition: none, the nearest, and what is missing", arabic["answers"] == [] and "阿拉伯语" in arabic["unmet"] and arabic["nearest"]["name"], arabic)
    freed = client.match("找会说阿拉伯语的眼科专家", want="person", without=["language=ar"]).json()["lists"][0]
    check("and without it there are answers", freed["answers"] and freed["answers"][0]["name"] == arabic["nearest"]["name"], freed)
    elsewhere = client.match("找美国的眼科专家做糖网筛查", want="person").json()["lists"][0]
    check("who is known to be elsewhere is no answer", best["name"] not in [x["name"] for x in elsewhere["answers"]], elsewhere)
    bad = {"no kind": [{"words": "华南"}], "an unknown kind": [{"kind": "weather", "words": "晴"}], "words that say none of it": [{"kind": "region", "words": "眼科"}], "text": "华南", "a list of text": ["华南"],
           "a member nobody knows": [{"kind": "region", "words": "华南", "hard": True}], "thirteen": [{"kind": "region", "words": "华南"}] * 13, "blank words": [{"kind": "region", "words": " "}]}
    for what, value in bad.items():
        client.ask(check, "conditions with %s" % what, "POST", "/api/v1/match", 400, {"text": need, "conditions": value})
    for what, value in (("numbers", [1]), ("text", "region=上海市"), ("too many", ["x"] * 25)):
        client.ask(check, "without with %s" % what, "POST", "/api/v1/match", 400, {"text": need, "without": value})


def match_refusals(check, client):
    bad = {
        "no text": {}, "empty text": {"text": ""}, "blank text": {"text": " \n　"}, "text that is a number": {"text": 5}, "4001 letters": {"text": "a" * 4001},
        "4001 characters": {"text": "糖" * 4001}, "an unknown kind": {"text": "x", "want": "animal"}, "want that is a number": {"text": "x", "want": 1}, "top 0": {"text": "x", "top": 0},
        "top 21": {"text": "x", "top": 21}, "top in words": {"text": "x", "top": "5"}, "top in parts": {"text": "x", "top": 1.5}, "an asker of 65 letters": {"text": "x", "asker": "a" * 65},
        "a turn in words": {"text": "x", "asker": "a", "turn": "first"}, "what nobody announced": {"text": "x", "color": "red"}, "a list": [1], "null": None,
    }
    for what, question in bad.items():
        client.ask(check, "match with %s" % what, "POST", "/api/v1/match", 400, json.dumps(question, ensure_ascii=False).encode())
    for what, body in (("no JSON", b"{oops"), ("no body", b""), ("two of a name", b'{"text": "a", "text": "b"}'), ("broken UTF-8", b'{"text": "\xff\xfe"}'), ("very deep JSON", b'{"text": ' + b"[" * 20000),
                       ("NUL in the text", b'{"text": "a\\u0000b", "want": "animal"}')):
        client.ask(check, "match with %s" % what, "POST", "/api/v1/match", 400, body)
    client.ask(check, "4000 characters are answered", "POST", "/api/v1/match", 200, {"text": "糖" * 4000})
    client.ask(check, "a question of 70 kB", "POST", "/api/v1/match", 413, b'{"text": "' + b"a" * 70000 + b'"}')


def entities(check, client):
    page = client.ask(check, "entities", "GET", "/api/v1/entities", 200).json()
    check("entities: 50 at a time, most facts first", len(page["items"]) == 50 and page["total"] > 100 and [e["facts"] for e in page["items"]] == sorted((e["facts"] for e in page["items"]), reverse=True), page["total"])
    seen = []
    for offset in range(0, page["total"] + 200, 200):
        seen += client.get("/entities", offset=offset, limit=200)["items"]
    check("entities: the pages together are all, each once", len(seen) == len({e["id"] for e in seen}) == page["total"], (len(seen), page["total"]))
    for kind in ("person", "organization", "technology", "need", "event"):
        some = client.ask(check, "entities of kind %s" % kind, "GET", "/api/v1/entities?kind=%s&limit=200" % kind, 200).json()
        check("only %s" % kind, some["items"] and all(e["kind"] == kind for e in some["items"]), some["total"])
    counts = client.get("/status")["counts"]
    for kind, name in (("person", "people"), ("organization", "organizations"), ("technology", "technologies"), ("need", "needs"), ("event", "events")):
        check("status counts %s as the register does" % name, counts[name] == client.get("/entities", kind=kind, limit=1)["total"], counts)
    for query in ("kind=animal", "limit=0", "limit=201", "limit=-1", "limit=x", "limit=1.5", "offset=-1", "offset=x", "q=%ff%fe", "limit=99999999999999999999"):
        client.ask(check, "entities?%s" % query, "GET", "/api/v1/entities?" + query, 400)
    client.ask(check, "entities far behind the last", "GET", "/api/v1/entities?offset=1000000", 200)
    for q in ("%", "_", "'", '"', "\\", "a" * 5000, "\u0000", "𠮷", "*", " "):
        client.ask(check, "entities with q %r" % q[:5], "GET", "/api/v1/entities?q=" + quote(q), (200, 400))
    check("a wildcard is a letter like any other", client.get("/entities", q="%%%")["total"] == 0)


def search(check, client):
    """Characters, pinyin and initials find the same person, and the one with that name comes first."""
    for name, forms in (("汤岫白", ("tangxiubai", "TangXiubai", "tang xiubai", "txb", "TXB", "湯岫白")), ("何小满", ("hexiaoman", "hxm")), ("苗可歆", ("miaokexin", "mkx"))):
        found = client.get("/entities", q=name, kind="person")["items"]
        if not check("%s is found" % name, found and found[0]["name"] == name, found[:2]):
            continue
        for form in forms:
            ids = [e["id"] for e in client.get("/entities", q=form, kind="person", limit=200)["items"]]
            check("%s finds %s" % (form, name), found[0]["id"] in ids, len(ids))
    part = client.get("/entities", q="医科大学附属", kind="organization")["items"]
    check("a part of a name finds it", any(e["name"] == "棠川医科大学附属第一医院" for e in part), part[:3])
    check("nobody has this name", client.get("/entities", q="查无此人")["total"] == 0)


def entity(check, client):
    for e in client.get("/entities", limit=200)["items"][::17]:
        page = client.ask(check, "entity %s" % e["name"], "GET", "/api/v1/entities/" + e["id"], 200).json()
        check("%s: as in the list" % e["name"], page["entity"] == e, page["entity"])
        check("%s: as many facts as are counted" % e["name"], len(page["facts"]) == e["facts"], (len(page["facts"]), e["facts"]))
        for fact in page["facts"][:5]:
            sentence(check, client, fact)
    for what, id in (("no ULID", "nonsense"), ("a ULID of nobody", ULID), ("a number from inside", "1"), ("something odd", "%2e%2e%2f%00"), ("very long", "A" * 3000), ("broken UTF-8", "%ff%fe")):
        client.ask(check, "entity with %s" % what, "GET", "/api/v1/entities/" + id, (400, 404))


def sentence(check, client, fact):
    """A fact names its sentence, and its document holds that sentence there."""
    text = client.get("/documents/" + fact["document"]["id"])["text"].encode()
    a, b = fact["sentence"]["span"]
    check("the fact's sentence stands where it is said to", text[a:b].decode() == fact["sentence"]["text"], fact)
    check("the fact lies inside its sentence", a <= fact["span"][0] <= fact["span"][1] <= b, fact)
    check("it says which voices found it", fact["voices"] and set(fact["voices"]) <= {"dictionary", "pattern", "table", "tagger"}, fact)
    check("its confidence is a share", 0 <= fact["confidence"] <= 1 and fact["state"] in ("proposed", "confirmed", "refused"), fact)


def documents(check, client):
    page = client.ask(check, "documents", "GET", "/api/v1/documents?limit=200", 200).json()
    check("documents: newest first", page["total"] == len(page["items"]) == 19 and [d["imported"] for d in page["items"]] == sorted((d["imported"] for d in page["items"]), reverse=True))
    found = client.ask(check, "documents with q", "GET", "/api/v1/documents?q=" + quote("appointments"), 200).json()
    check("documents by words of the name", [d["name"] for d in found["items"]] == ["11-appointments.txt"], found)
    title = next(d["title"] for d in page["items"] if d["title"])
    check("documents by words of the title", any(d["title"] == title for d in client.get("/documents", q=title[2:8])["items"]), title)
    for d in page["items"]:
        one = client.ask(check, "document %s" % d["name"], "GET", "/api/v1/documents/" + d["id"], 200).json()
        size = len(one["text"].encode())
        check("%s: as in the list, with its facts" % d["name"], one["document"] == d and len(one["facts"]) == d["facts"], (one["document"], len(one["facts"])))
        check("%s: everything found lies inside the text" % d["name"], all(0 <= x["span"][0] < x["span"][1] <= size for x in one["facts"] + one["named"]))
        kept = client.ask(check, "original of %s" % d["name"], "GET", "/api/v1/documents/%s/original" % d["id"], 200)
        with open(os.path.join(ROOT, "examples", "documents", d["name"]), "rb") as file:
            check("%s: byte by byte the file that was read" % d["name"], kept.body == file.read())
        check("%s: saved under its name, never shown as a page" % d["name"], quote(d["name"]) in kept.headers.get("Content-Disposition", "") and
              kept.headers["Content-Disposition"].startswith("attachment"), kept.headers)
    for query in ("limit=0", "limit=201", "offset=-1", "q=%ff"):
        client.ask(check, "documents?%s" % query, "GET", "/api/v1/documents?" + query, 400)
    for what, id in (("no ULID", "nonsense"), ("a ULID of none", ULID), ("a number from inside", "1")):
        client.ask(check, "document with %s" % what, "GET", "/api/v1/documents/" + id, (400, 404))
        client.ask(check, "original with %s" % what, "GET", "/api/v1/documents/%s/original" % id, 404)


def all_were_asked(check, client):
    """No route of the description went unasked, and none of its announced answers was never seen."""
    for path, methods in client.api["paths"].items():
        for method in methods:
            check("%s %s answered 200" % (method, path), (method.upper(), path, 200) in client.seen or (method.upper(), path, 202) in client.seen)
    client.seen.clear()


def elsewhere(check, client):
    for method, path, expected in (("GET", "/api/v1/nothing", 404), ("GET", "/api/", 404), ("GET", "/api/v2/status", 404), ("GET", "/api/v1/status/", 404), ("GET", "/api/v1/entities//merge", 404),
                                   ("POST", "/api/v1/status", 405), ("DELETE", "/api/v1/documents", 405), ("GET", "/api/v1/match", 405), ("PUT", "/api/v1/entities/" + ULID, 405), ("PATCH", "/api/v1/match", 405)):
        client.ask(check, "%s %s" % (method, path), method, path, expected)
    for path in ("/", "/documents", "/register", "/entities/" + ULID):
        page = client.request("GET", path)
        check("%s is the desk" % path, page.status == 200 and page.headers["Content-Type"].startswith("text/html") and b"<script" in page.body, page)
    check("a file that is not there", client.request("GET", "/nothing.js").status == 404)
    check("the desk takes no POST", client.request("POST", "/").status == 405)
    check("answers are not kept, nor guessed at", client.request("GET", "/api/v1/status").headers["Cache-Control"] == "no-store" and client.request("GET", "/").headers["X-Content-Type-Options"] == "nosniff")
    policy = client.request("GET", "/").headers["Content-Security-Policy"] or ""
    check("the desk may load from here only", "default-src 'self'" in policy and "frame-ancestors 'none'" in policy, policy)


SECTIONS = [the_validator_can_say_no, status, kinds, predicates, match, conditions, match_refusals, entities, search, entity, documents, elsewhere]
