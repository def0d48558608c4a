"""Who is who, decided by a person: the queue, merging by any id, taking apart, and everything taken back."""
import json

from routes import ULID
from writing import JSON, whole


def decide(check, client, what, a, b, verdict, status=200, **more):
    return client.ask(check, what, "POST", "/api/v1/queue/decisions", status, dict(more, a=a, b=b, verdict=verdict), JSON).json()


def undo(check, client, what, number, status=200):
    return client.ask(check, what, "POST", "/api/v1/decisions/%s/undo" % number, status).json()


def pairs(queue):
    return [(p["a"]["id"], p["b"]["id"]) for p in queue["items"]]


def queue(check, client):
    told = client.ask(check, "queue", "GET", "/api/v1/queue", 200).json()
    check("some pairs wait, and the status says how many", told["open"] == len(told["items"]) > 3 and client.get("/status")["counts"]["undecided"] == told["open"], told["open"])
    facts = [p["facts"] for p in told["items"]]
    check("most facts first", facts == sorted(facts, reverse=True) and facts[0] > facts[-1], facts)
    check("evidence for and against is data", all({e["against"] for e in p["evidence"]} == {True, False} for p in told["items"]), told["items"][:2])
    page = client.get("/queue", offset=2, limit=2)
    check("paged", pairs(page) == pairs(told)[2:4] and page["open"] == told["open"], page)
    check("only the counts", client.get("/queue", limit=0) == {"open": told["open"], "aside": 0, "decided": 0, "items": []})
    pair = told["items"][1]
    of_one = client.get("/queue", entity=pair["b"]["entity"])
    check("of one entity: its pairs, and no other", (pair["a"]["id"], pair["b"]["id"]) in pairs(of_one) and all(pair["b"]["entity"] in (p["a"]["entity"], p["b"]["entity"]) for p in of_one["items"]) and
          of_one["open"] < told["open"], of_one)
    for query in ("limit=201", "limit=x", "offset=-1", "state=closed"):
        client.ask(check, "queue?%s" % query, "GET", "/api/v1/queue?" + query, 400)
    client.ask(check, "queue of nobody", "GET", "/api/v1/queue?entity=" + ULID, 404)
    check("a state with none", client.get("/queue", state="decided")["items"] == [])


def decisions(check, client):
    before = client.get("/queue")
    first = before["items"][0]
    a, b = first["a"]["id"], first["b"]["id"]
    ends = [whole(client, first[x]["entity"]) for x in "ab"]
    for verdict, state in (("same", None), ("different", "decided"), ("undecided", "aside")):
        done = decide(check, client, verdict, a, b, verdict, why="a test")
        now = client.get("/queue")
        check("%s: out of the queue, and the next stands first" % verdict, pairs(now) == pairs(before)[1:] and now["open"] == before["open"] - 1, pairs(now)[:2])
        check("%s: counted where it is" % verdict, now["decided"] == (state == "decided") and now["aside"] == (state == "aside"), now)
        if state:
            check("%s: can be looked up" % verdict, pairs(client.get("/queue", state=state)) == [(a, b)])
        else:
            check("same: both ids lead to one", client.get("/entities/" + a)["entity"]["id"] == client.get("/entities/" + b)["entity"]["id"])
            decide(check, client, "same of what is one", a, b, "same", 422)
        told = client.get("/entities/%s/appearances" % a)["decisions"]
        check("%s: the entity tells the decision" % verdict, [(d["sequence"], d["verdict"], d["why"]) for d in told] == [(done["sequence"], verdict, "a test")], told)
        undo(check, client, "undo of %s" % verdict, done["sequence"])
        check("%s taken back: as before" % verdict, client.get("/queue") == before and [whole(client, first[x]["entity"]) for x in "ab"] == ends)
        undo(check, client, "undo of what was taken back", done["sequence"], 404)
    decide(check, client, "same", a, b, "same")
    decide(check, client, "undo of the last decision on two", a, b, "undo")
    check("undone by the pair: as before", client.get("/queue") == before)
    decide(check, client, "undo of nothing", a, b, "undo", 404)


def merged_ids(check, client):
    """A pair that waits is decided by ids that were merged away meanwhile."""
    before = client.get("/queue")
    first = before["items"][0]
    into = client.get("/entities", q="纪长风", kind="person")["items"][0]["id"]
    check("another entity", into not in (first["a"]["entity"], first["b"]["entity"]))
    merged = client.ask(check, "merge one end away", "POST", "/api/v1/entities/%s/merge" % into, 200, {"gone": first["a"]["entity"]}, JSON).json()
    now = next(p for p in client.get("/queue")["items"] if p["a"]["id"] == first["a"]["id"] and p["b"]["id"] == first["b"]["id"])
    check("the pair is between those who are now", now["a"]["entity"] == into != first["a"]["entity"], now["a"])
    done = decide(check, client, "decided by the merged id", first["a"]["id"], first["b"]["id"], "same")
    check("all three are one", len({client.get("/entities/" + x)["entity"]["id"] for x in (into, first["a"]["id"], first["b"]["id"])}) == 1)
    undo(check, client, "the last back", done["sequence"])
    undo(check, client, "the first back", merged["sequence"])
    check("as before", client.get("/queue") == before)


def somebody(client):
    """A person named in several documents."""
    for e in client.get("/entities", kind="person", limit=200)["items"]:
        if e["documents"] > 2:
            return e["id"]


def split(check, client):
    id = somebody(client)
    before = whole(client, id)
    told = client.ask(check, "appearances", "GET", "/api/v1/entities/%s/appearances" % id, 200).json()
    check("a name in each document", told["total"] == len(told["items"]) >= before["entity"]["documents"], told["total"])
    check("the latest document first", [x["document"]["date"] for x in told["items"]] == sorted((x["document"]["date"] for x in told["items"]), reverse=True))
    for x in told["items"]:
        text = client.get("/documents/" + x["document"]["id"])["text"].encode()
        check("each place is inside its document", x["named"] >= len(x["places"]) > 0 and all(0 <= a < b <= len(text) for a, b in x["places"]), x)
    path = "/api/v1/entities/%s/split" % id
    gone, stays = told["items"][0], told["items"][1]
    done = client.ask(check, "split", "POST", path, 200, {"appearances": [gone["id"]], "why": "another of this name"}, JSON).json()
    one, other = whole(client, stays["id"]), whole(client, gone["id"])
    check("two entities", one["entity"]["id"] != other["entity"]["id"] and other["entity"]["documents"] == 1, other["entity"])
    ids = lambda page: {json.loads(x)["id"] for x in page["facts"]}
    documents = lambda page: {json.loads(x)["document"]["id"] for x in page["facts"]}
    check("facts follow", ids(one) | ids(other) == ids(before) and documents(other) <= {gone["document"]["id"]}, len(other["facts"]))
    check("the old id leads to one of them", client.get("/entities/" + id)["entity"]["id"] in (one["entity"]["id"], other["entity"]["id"]))
    decision = client.get("/entities/%s/appearances" % gone["id"])["decisions"]
    check("the decision is told", decision[0]["sequence"] == done["sequence"] and decision[0]["why"] == "another of this name", decision)
    undo(check, client, "split taken back", done["sequence"])
    check.equal("as before", whole(client, id), before)
    for what, where, order, expected in (("of all", path, {"appearances": [x["id"] for x in told["items"]]}, 422), ("of none", path, {"appearances": []}, 422), ("of nobody", path, {"appearances": [ULID]}, 404),
                                         ("of what is no id", path, {"appearances": [1, "x"]}, 404), ("twice", path, {"appearances": [gone["id"]] * 2}, 422), ("without a list", path, {"appearances": gone["id"]}, 400),
                                         ("of somebody else", path, {"appearances": [client.get("/queue")["items"][0]["a"]["id"]]}, 422), ("from nobody", "/api/v1/entities/%s/split" % ULID, {"appearances": [gone["id"]]}, 404)):
        client.ask(check, "split %s" % what, "POST", where, expected, order, JSON)
    client.ask(check, "appearances of nobody", "GET", "/api/v1/entities/%s/appearances" % ULID, 404)
    client.ask(check, "appearances by a wrong limit", "GET", "/api/v1/entities/%s/appearances?limit=0" % id, 400)


def refusals(check, client):
    first = client.get("/queue")["items"][0]
    a, b = first["a"]["id"], first["b"]["id"]
    hospital = client.get("/entities", kind="organization", limit=1)["items"][0]["id"]
    counts = client.get("/status")["counts"]
    for what, order, expected in (("with itself", {"a": a, "b": a, "verdict": "same"}, 422), ("of two kinds", {"a": a, "b": hospital, "verdict": "same"}, 422), ("of nobody", {"a": a, "b": ULID, "verdict": "same"}, 404),
                                  ("by a number from inside", {"a": "1", "b": b, "verdict": "same"}, 404), ("of another word", {"a": a, "b": b, "verdict": "maybe"}, 422), ("without a verdict", {"a": a, "b": b}, 400),
                                  ("with what nobody announced", {"a": a, "b": b, "verdict": "same", "force": True}, 400)):
        client.ask(check, "decision %s" % what, "POST", "/api/v1/queue/decisions", expected, order, JSON)
    for number in ("0", "1", "x", "999999999", "99999999999999999999", "-1"):
        undo(check, client, "undo of %s" % number, number, 404)
    check.equal("refused decisions change nothing", client.get("/status")["counts"], counts)


SECTIONS = [queue, decisions, merged_ids, split, refusals]
