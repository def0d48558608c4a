"""/needs, /news, /feedback, /report: kept, told once, seen, marked, taken back; and every way of saying no."""
import http.client

from routes import ULID
from uploads import Stream
from writing import JSON

NEED = "想找做重症超声引导穿刺培训的医生"
FIRST = "# 培训班通知\n\n澜州市中心医院重症医学科主任骆知秋讲授重症超声引导穿刺。\n"
LATER = "# 第二期培训班\n\n汀阳市人民医院重症医学科医师司徒静怡主讲重症超声引导穿刺培训。\n"


class NewsStream(Stream):
    def __init__(self, client):
        self.connection = http.client.HTTPConnection("127.0.0.1", client.server.port, timeout=10)
        self.connection.request("GET", "/api/v1/news/events")
        self.answer = self.connection.getresponse()
        self.status, self.type = self.answer.status, self.answer.headers["Content-Type"]


def names(page):
    return [n["name"] for n in page["notices"]]


def keeping(check, client):
    client.upload("一期.md", FIRST.encode())
    asked = client.ask(check, "a need nobody keeps", "POST", "/api/v1/needs/asked", 200, {"text": NEED}, JSON).json()
    check("nobody keeps it: no need, no marks", asked == {"marks": []}, asked)
    kept = client.ask(check, "keep", "POST", "/api/v1/needs", 200, {"text": NEED, "want": "person", "who": "张主任"}, JSON).json()["need"]
    check("kept: as it was said", (kept["text"], kept["want"], kept["who"], kept["state"], kept["told"]) == (NEED, "person", "张主任", "kept", 0), kept)
    before = client.get("/status")["counts"]["sequence"]
    again = client.ask(check, "keep again", "POST", "/api/v1/needs", 200, {"text": " " + NEED, "want": "person"}, JSON).json()["need"]
    check("kept again: the same, and nothing is written", again["id"] == kept["id"] and client.get("/status")["counts"]["sequence"] == before, again)
    check("it is listed", [n["id"] for n in client.ask(check, "needs", "GET", "/api/v1/needs?state=kept", 200).json()["needs"]] == [kept["id"]])
    check("it is known by its text", client.ask(check, "asked", "POST", "/api/v1/needs/asked", 200, {"text": NEED, "want": "person"}, JSON).json()["need"]["id"] == kept["id"])
    order = {"text": NEED, "want": "person", "conditions": [{"kind": "language", "words": "阿拉伯语"}], "without": ["unit=hospital"], "who": "李主任"}
    held = client.ask(check, "keep with conditions", "POST", "/api/v1/needs", 200, order, JSON).json()["need"]
    check("with conditions: another need, which has them", held["id"] != kept["id"] and (held["where"], held["without"], [c["id"] for c in held["conditions"]]) == (order["conditions"], order["without"], ["language=ar"]), held)
    del order["who"]
    check("it is known by them", client.ask(check, "asked with conditions", "POST", "/api/v1/needs/asked", 200, order, JSON).json()["need"]["id"] == held["id"])
    return kept


def news(check, client):
    kept = keeping(check, client)
    stream = NewsStream(client)
    check("news: a stream", stream.status == 200 and stream.type == "text/event-stream", (stream.status, stream.type))
    client.seen.add(("GET", "/api/v1/news/events", 200))
    client.upload("二期.md", LATER.encode())
    told = stream.events(lambda seen: len(seen) == 1, 10)
    check("news: an open page hears of it", [e for _, e, _ in told] == ["news"], told)
    page = client.ask(check, "news", "GET", "/api/v1/news?unseen=1", 200).json()
    check("news: whom the new document brings, not whom the need had already", page["unseen"] == 1 and names(page) == ["司徒静怡"], page)
    [one] = page["notices"]
    check("news: with its sentence, to its need", one["need"] == kept["id"] and one["fresh"] and "主讲重症超声引导穿刺培训" in one["sentence"] and one["document"]["name"] == "二期.md", one)
    text = client.get("/documents/" + one["document"]["id"])["text"].encode()
    check("news: the sentence stands there", text[one["span"][0]:one["span"][1]].decode() == one["sentence"], one)
    client.upload("二期.md", (LATER + "\n地点另行通知。\n").encode())
    check("the document comes again with the same sentence: no news", client.get("/news")["unseen"] == 1, client.get("/news"))
    client.upload("食堂.md", "# 食堂公告\n\n下周一食堂改用新菜单，请各科室互相转告。\n".encode())
    check("a document about something else: no news", client.get("/news")["unseen"] == 1)
    check("for another asker there is none", names(client.get("/news", who="李主任")) == [] and names(client.get("/news", who="张主任")) == ["司徒静怡"])
    page = client.ask(check, "seen", "POST", "/api/v1/needs/%s/seen" % kept["id"], 200).json()
    check("seen: nothing is new, all is there", page["need"]["unseen"] == 0 and page["need"]["told"] == 1 and names(page) == ["司徒静怡"] and client.get("/news")["unseen"] == 0, page)
    check("seen: other pages hear of it", [e for _, e, _ in stream.events(lambda seen: len(seen) == 1, 10)] == ["news"])
    stream.close()
    check("all seen: was so already", client.ask(check, "all seen", "POST", "/api/v1/news/seen", 200).json() == {"changed": False})


def marks_of(page):
    return sorted((m["name"], m["mark"], m["who"]) for m in page["marks"])


def feedback(check, client):
    [kept] = [n for n in client.get("/needs", state="kept")["needs"] if not n["where"]]
    entity = client.ask(check, "a need", "GET", "/api/v1/needs/" + kept["id"], 200).json()["notices"][0]["id"]
    say = lambda what, mark, path="/api/v1/feedback", **more: client.ask(check, what, "POST", path, 200, dict({"need": kept["id"], "entity": entity, "mark": mark, "who": "张主任"}, **more), JSON).json()
    check("useful", marks_of(say("useful", "useful")) == [("司徒静怡", "useful", "张主任")])
    check("not useful takes its place", marks_of(say("not useful", "not_useful")) == [("司徒静怡", "not_useful", "张主任")])
    say("useful after all", "useful")
    say("met", "met")
    page = say("contacted", "contacted")
    check("in the order in which things go", [m["mark"] for m in page["marks"]] == ["useful", "contacted", "met"], page["marks"])
    check("taken back", [m["mark"] for m in say("taken back", "met", "/api/v1/feedback/undo")["marks"]] == ["useful", "contacted"])
    other = client.ask(check, "on a need nobody keeps", "POST", "/api/v1/feedback", 200, {"text": "谁讲超声", "entity": entity, "mark": "not_useful"}, JSON).json()
    check("on a need nobody keeps: remembered, not kept", other["need"]["state"] == "asked" and [m["mark"] for m in other["marks"]] == ["not_useful"], other)
    report = client.ask(check, "report", "GET", "/api/v1/report", 200).json()
    row = next(r for r in report["needs"] if r["id"] == kept["id"])
    check("report: of the need", (row["useful"], row["not_useful"], row["contacted"], row["met"], row["precision"]) == (1, 0, 1, 0, 1) and row["shown"] >= 1, row)
    check("report: of all", (report["all"]["useful"], report["all"]["not_useful"], report["all"]["precision"]) == (1, 1, 0.5), report["all"])
    for other in client.get("/needs", state="kept")["needs"]:
        if other["id"] != kept["id"]: client.ask(check, "close the other", "POST", "/api/v1/needs/%s/close" % other["id"], 200)
    closed = client.ask(check, "close", "POST", "/api/v1/needs/%s/close" % kept["id"], 200).json()
    check("closed: marks and news stay", closed["need"]["state"] == "closed" and len(closed["notices"]) == 1 and len(closed["marks"]) == 2, closed)
    client.upload("三期.md", "# 第三期\n\n云岭省人民医院重症医学科主任欧阳霁月主讲重症超声引导穿刺培训。\n".encode())
    check("closed: told no more", client.get("/news")["unseen"] == 0)


def refusals(check, client):
    kept = client.get("/needs")["needs"][0]["id"]
    entity = client.get("/entities", kind="person")["items"][0]["id"]
    counts = client.get("/status")["counts"]
    for what, path, body, status in (("an empty need", "/needs", {"text": " "}, 400), ("no text", "/needs", {}, 400), ("a kind nobody asks for", "/needs", {"text": "x", "want": "dog"}, 400),
                                     ("what nobody announced", "/needs", {"text": "x", "why": "x"}, 400), ("a need of 4001 characters", "/needs", {"text": "长" * 4001}, 400),
                                     ("a name of 300 bytes", "/needs", {"text": "x", "who": "长" * 100}, 422), ("a condition that says nothing", "/needs", {"text": "x", "conditions": [{"kind": "region", "words": "眼科"}]}, 400), ("left out, no list", "/needs/asked", {"text": "x", "without": "unit"}, 400), ("asked, empty", "/needs/asked", {"text": ""}, 400),
                                     ("close: no such need", "/needs/%s/close" % ULID, None, 404), ("seen: no such need", "/needs/%s/seen" % ULID, None, 404),
                                     ("no such mark", "/feedback", {"need": kept, "entity": entity, "mark": "loved"}, 400), ("no such answer", "/feedback", {"need": kept, "entity": ULID, "mark": "useful"}, 404),
                                     ("no such need", "/feedback", {"need": ULID, "entity": entity, "mark": "useful"}, 404), ("no need", "/feedback", {"entity": entity, "mark": "useful"}, 400),
                                     ("undo on a need nobody knows", "/feedback/undo", {"text": "没有人问过", "entity": entity, "mark": "useful"}, 404)):
        client.ask(check, "needs: " + what, "POST", "/api/v1" + path, status, body, JSON)
    client.ask(check, "needs: no such need", "GET", "/api/v1/needs/" + ULID, 404)
    client.ask(check, "needs: no such state", "GET", "/api/v1/needs?state=lost", 400)
    client.ask(check, "news: a limit of 0", "GET", "/api/v1/news?limit=0", 400)
    check.equal("refused: nothing is written", client.get("/status")["counts"], counts)


SECTIONS = [news, feedback, refusals]
