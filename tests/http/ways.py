"""Ways to be introduced: what the route answers, and that each step is as its documents print it."""
from urllib.parse import quote, urlencode

ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
PAIRS = [("砚湖市第一人民医院", "苗可歆"), ("棠川省人民医院", "戴闻笙"), ("棠川省人民医院", "封亦然"), ("苗可歆", "梁景熙"), ("棠川医科大学", "岳千里"), ("聆谷听力科技（砚湖）有限公司", "汤岫白")]


def address(**query):
    return "/api/v1/ways?" + urlencode(query)


def sourced(check, client, step):
    for fact in step["facts"]:
        a, b = fact["sentence"]["span"]
        printed = client.get("/documents/" + fact["document"]["id"])["text"].encode()[a:b].decode()
        check("a step's sentence stands in its document", printed == fact["sentence"]["text"] and printed, fact)
    own = [f["of"] for f in step["facts"]]
    ends = {step["from"]["id"], step["to"]["id"], step.get("through", {}).get("id")}
    check("its facts tell of its ends", set(own) <= ends, (own, ends))


def whole(check, client, answer):
    """Each way leads from the asker to the end, step by step, and never twice past one."""
    for way in answer["ways"]:
        stops = [way["steps"][0]["from"]["id"]] + [s["to"]["id"] for s in way["steps"]]
        check("the steps follow each other", all(a["to"] == b["from"] for a, b in zip(way["steps"], way["steps"][1:])), way)
        check("from the asker to the end", stops[0] == answer["from"]["id"] and stops[-1] == answer["end"]["id"], stops)
        check("nobody twice", len(set(stops)) == len(stops), stops)
        for step in way["steps"]:
            sourced(check, client, step)
    strengths = [w["strength"] for w in answer["ways"]]
    check("strongest first", strengths == sorted(strengths, reverse=True) and all(0 < s <= 1 for s in strengths), strengths)


def ways(check, client):
    for source, target in PAIRS:
        answer = client.ask(check, "ways from %s to %s" % (source, target), "GET", address(**{"from": source, "to": target, "top": 5}), 200).json()
        check("%s to %s: found" % (source, target), answer["outcome"] == "found" and 1 <= len(answer["ways"]) <= 5, answer["outcome"])
        whole(check, client, answer)
        again = client.ask(check, "asked again", "GET", address(**{"from": answer["from"]["id"], "to": answer["to"]["id"], "top": 5}), 200).json()
        check("by id the same as by name, and as before", again == answer, (source, target))
        check("three when nothing is said", len(client.get("/ways", **{"from": source, "to": target})["ways"]) <= 3)
    session = [s for s in client.get("/ways", **{"from": "砚湖市第一人民医院", "to": "苗可歆", "top": 1})["ways"][0]["steps"]]
    check("the known way: own staff, then a session", [s["kind"] for s in session] == ["work", "session"] and session[0]["to"]["name"] == "纪长风" and session[1]["date"], session)


def other_outcomes(check, client):
    own = client.ask(check, "ways to oneself", "GET", address(**{"from": "苗可歆", "to": "苗可歆"}), 200).json()
    check("oneself: said so, no way", own["outcome"] == "self" and own["ways"] == [] and "contact" not in own, own)
    none = client.ask(check, "no way", "GET", address(**{"from": "何小满", "to": "岳千里"}), 200).json()
    check("no way: a contact around the answer, with its source", none["outcome"] == "none" and none["contact"]["to"]["name"] == "岳千里" and none["contact"]["facts"], none)
    sourced(check, client, none["contact"])
    who = client.ask(check, "nobody said who asks", "GET", address(to="苗可歆"), 200).json()
    check("then it is asked", who == {"outcome": "who", "ways": []}, who)
    thing = client.get("/entities", kind="technology", q="澄眸")["items"][0]
    answer = client.ask(check, "ways to a technology", "GET", address(**{"from": "苗可歆", "to": thing["id"]}), 200).json()
    check("they lead to who holds it", answer["to"]["id"] == thing["id"] and answer["end"]["name"] == "澄目智能科技有限公司", answer["end"])
    whole(check, client, answer)


def refusals(check, client):
    for what, query, status in (
            ("no answer named", {"from": "苗可歆"}, 400), ("top 0", {"from": "苗可歆", "to": "纪长风", "top": 0}, 400), ("top 11", {"from": "苗可歆", "to": "纪长风", "top": 11}, 400),
            ("top in words", {"from": "苗可歆", "to": "纪长风", "top": "x"}, 400), ("nobody of that name", {"from": "苗可歆", "to": "查无此人"}, 404), ("an asker of no name", {"from": "查无此人", "to": "苗可歆"}, 404),
            ("a ULID of nobody", {"from": "苗可歆", "to": ULID}, 404), ("a number from inside", {"from": "1", "to": "苗可歆"}, 404), ("namesakes", {"from": "苗可歆", "to": "陈志远"}, 422),
            ("a very long name", {"from": "苗可歆", "to": "长" * 3000}, (404, 414, 400))):
        client.ask(check, "ways with %s" % what, "GET", address(**query), status)
    client.ask(check, "ways with broken UTF-8", "GET", "/api/v1/ways?to=%ff%fe", 400)
    technology = client.get("/entities", kind="technology", limit=1)["items"][0]["id"]
    client.ask(check, "a thing cannot ask", "GET", address(**{"from": technology, "to": "苗可歆"}), 422)
    names = client.request("GET", address(**{"from": "苗可歆", "to": "陈志远"})).json()["error"]["message"]
    check("namesakes are told apart", "棠川省肿瘤医院" in names and "霁明资本" in names, names)
    check("no such address below", client.request("GET", "/api/v1/ways/" + quote("苗可歆")).status == 404)


SECTIONS = [ways, other_outcomes, refusals]
