"""/jobs/uploads: files handed in are kept, read in their turn, and followed by server-sent events."""
import http.client
import json
import time
from urllib.parse import quote

PLACE = "/api/v1/jobs/uploads"
STREAMS = 32
LINE = "澜州市中心医院第%d号公告：院长周岚到会。\n"


def put(client, name, data):
    return client.request("POST", PLACE + "?name=" + quote(name), data)


class Stream:
    """One page that follows. Reads events until `enough` says so, or the time is over."""

    def __init__(self, client, after=None, last=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", client.server.port, timeout=10)
        self.connection.request("GET", PLACE + "/events" + ("?after=%d" % after if after is not None else ""), headers={"Last-Event-ID": str(last)} if last is not None else {})
        self.answer = self.connection.getresponse()
        self.status, self.type = self.answer.status, self.answer.headers["Content-Type"]

    def events(self, enough, seconds=20):
        """[(id, event, data)] in the order in which they came."""
        seen, block, until = [], {}, time.monotonic() + seconds
        while time.monotonic() < until and not enough(seen):
            line = self.answer.readline().decode().rstrip("\n")
            if line:
                key, _, value = line.partition(": ")
                block[key] = value
            elif "data" in block:
                seen.append((int(block.get("id", 0)), block.get("event", "message"), json.loads(block["data"])))
                block = {}
            else:
                block = {}
        return seen

    def close(self):
        self.answer.close()
        self.connection.close()


def done(client, count, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        items = client.get("/jobs/uploads")["items"]
        if len(items) >= count and not any(i["state"] in ("waiting", "reading") for i in items):
            return items
        time.sleep(0.1)
    return items


def following(check, client):
    client.request("POST", PLACE + "/clear")
    start = client.ask(check, "uploads", "GET", PLACE, 200).json()["items"]
    check.equal("uploads: nothing yet", start, [])
    stream = Stream(client, 0)
    check("events: a stream", stream.status == 200 and stream.type == "text/event-stream", (stream.status, stream.type))
    client.seen.add(("GET", PLACE + "/events", 200))
    for i in range(20):
        client.ask(check, "hand in", "POST", PLACE + "?name=" + quote("公告/第%d号.txt" % i), 202, (LINE % i).encode())
    client.ask(check, "hand in an empty file", "POST", PLACE + "?name=empty.txt", 202, b"")
    client.ask(check, "hand in one twice", "POST", PLACE + "?name=again.txt", 202, (LINE % 3).encode())
    ends = lambda seen: {d["id"]: d for _, e, d in seen if e == "message" and d["state"] not in ("waiting", "reading")}
    seen = stream.events(lambda seen: len(ends(seen)) == 22)
    last = ends(seen)
    check("events: each file comes to its end", len(last) == 22, seen[-3:])
    check("events: read, with what was found", sum(d["state"] == "new" and d["found"] > 0 and d["said"] == "" for d in last.values()) == 20, last)
    check("events: refused, and why", [d["said"] for d in last.values() if d["state"] == "refused"] == ["the file is empty"], last)
    check("events: known already", [d["name"] for d in last.values() if d["state"] == "known"] == ["again.txt"], last)
    check("events: in the order of what happened", [i for i, _, _ in seen] == sorted({i for i, _, _ in seen}), [i for i, _, _ in seen])
    check("events: each is an Upload as announced", all(not list(client_faults(client, d)) for _, e, d in seen if e == "message"))
    items = done(client, 22)
    check("the list says the same", {i["id"]: i for i in items} == last)
    check("the documents are there under their folders", client.get("/documents", q="公告/第7号.txt")["items"][0]["id"] == next(i["document"] for i in items if i["name"] == "公告/第7号.txt"))
    middle = seen[len(seen) // 2][0]
    again = Stream(client, last=middle)
    check("a page that comes back gets what it missed", [i for i, _, _ in again.events(lambda s: s and s[-1][0] == seen[-1][0])] == sorted({d[0] for d in newest(seen) if d[0] > middle}))
    again.close()
    cleared = client.ask(check, "clear", "POST", PLACE + "/clear", 200).json()
    check("clear: all that were done", cleared == {"cleared": 22} and client.get("/jobs/uploads")["items"] == [], cleared)
    check("clear: pages are told", [e for _, e, _ in stream.events(lambda s: bool(s))] == ["cleared"])
    stream.close()


def newest(seen):
    """Of each file the last event: what a page that comes late is told."""
    return list({d["id"]: (i, e, d) for i, e, d in seen}.values())


def client_faults(client, item):
    from schema import faults, named
    return faults(client.api, named(client.api, "Upload"), item)


def many_pages(check, client):
    put(client, "wakes.txt", (LINE % 999).encode())  # whoever has gone is noticed when something is to be said
    done(client, 1)
    time.sleep(0.3)
    streams = [Stream(client) for _ in range(STREAMS)]
    check("32 pages may follow", all(s.status == 200 for s in streams), [s.status for s in streams])
    client.ask(check, "the 33rd is told to ask for the list", "GET", PLACE + "/events", 503)
    began = time.monotonic()
    client.ask(check, "others are answered meanwhile", "GET", "/api/v1/status", 200)
    check("at once", time.monotonic() - began < 2)
    for s in streams[:8]:
        s.close()
    put(client, "wakes.txt", (LINE % 1000).encode())
    until = time.monotonic() + 10
    while time.monotonic() < until:
        s = Stream(client)
        s.close()
        if s.status == 200:
            break
        put(client, "wakes.txt", (LINE % int(until - time.monotonic() + 2000)).encode())
        time.sleep(0.2)
    check("a place that was left is free again", s.status == 200, s.status)
    for s in streams[8:]:
        s.close()
    done(client, 1)


def refusals(check, client):
    before = client.get("/jobs/uploads")
    for what, query in (("no name", ""), ("an empty name", "?name="), ("a whole path", "?name=/etc/a.txt"), ("a way upwards", "?name=a/../b.txt"), ("a hidden file", "?name=.a.txt"), ("a folder", "?name=a/"),
                        ("a line end in it", "?name=a%0Ab.txt"), ("600 letters", "?name=" + "a" * 600), ("what is no UTF-8", "?name=%ff.txt")):
        client.ask(check, "hand in with %s" % what, "POST", PLACE + query, 400, b"x")
    client.ask(check, "hand in 65 MB", "POST", PLACE + "?name=big.txt", 413, b"a" * (65 << 20))
    client.ask(check, "events after what is no number", "GET", PLACE + "/events?after=x", 400)
    check("refused: nothing is kept", client.get("/jobs/uploads") == before)


SECTIONS = [following, many_pages, refusals]
