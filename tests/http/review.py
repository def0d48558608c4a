"""POST /facts/{id}/decision: confirmed, refused, corrected, undone; everywhere at once, and every way of saying no."""
from routes import ULID
from writing import JSON

PAGE = "# 岚桥启用\n\n澜州市中心医院副院长骆知秋主持启用仪式。汀阳市人民医院护理部主任司徒静怡到会。\n"


def page_of(client):
    return client.get("/documents/" + client.upload("启用.md", PAGE.encode()).json()["document"])


def role(page, name):
    return [x for x in page["facts"] if x["predicate"] == "role" and x["subject"]["name"] == name]


def decide(check, client, what, fact, verdict, status=200, **more):
    return client.ask(check, what, "POST", "/api/v1/facts/%s/decision" % fact, status, dict(more, verdict=verdict), JSON).json()


def decisions(check, client):
    page = page_of(client)
    [luo], [situ] = role(page, "骆知秋"), role(page, "司徒静怡")
    counts = client.get("/status")["counts"]
    done = decide(check, client, "confirm", luo["id"], "confirmed")
    check("confirm: as it stands now", done["changed"] and [x["state"] for x in done["facts"] if x["id"] == luo["id"]] == ["confirmed"], done)
    check("confirm: sure", [x["confidence"] for x in done["facts"] if x["id"] == luo["id"]] == [1], done)
    done = decide(check, client, "confirm again", luo["id"], "confirmed")
    check("confirm again: nothing changes", not done["changed"] and client.get("/status")["counts"]["sequence"] == counts["sequence"] + 1, done)
    done = decide(check, client, "refuse", situ["id"], "refused")
    check("refuse: the document's page keeps it to be taken back", [x["state"] for x in role(page_of(client), "司徒静怡")] == ["refused"], done)
    entity = client.get("/entities/" + situ["subject"]["id"])
    check("refuse: gone from the entity's page and its place", not entity["facts"] and entity["entity"]["facts"] == 0 and entity["entity"]["position"] == "", entity["entity"])
    check("refuse: gone from the counts", client.get("/status")["counts"]["facts"] == counts["facts"] - 1)
    done = decide(check, client, "undo", situ["id"], "undone")
    check("undo: a proposal again", [x["state"] for x in role(page_of(client), "司徒静怡")] == ["proposed"] and client.get("/status")["counts"]["facts"] == counts["facts"], done)
    done = decide(check, client, "correct", situ["id"], "corrected", value="护理部副主任", object="澜州市中心医院")
    [now] = [x for x in done["facts"] if x["subject"]["name"] == "司徒静怡"]
    check("correct: what was meant, and what was read", now["value"] == "护理部副主任" and now["object"]["name"] == "澜州市中心医院" and now["state"] == "confirmed" and
          now["read"] == {"subject": "司徒静怡", "object": "汀阳市人民医院", "value": situ["value"], "date": ""}, now)
    check("correct: one fact, on its entity's page", [x["id"] for x in client.get("/entities/" + situ["subject"]["id"])["facts"]] == [now["id"]])
    check("correct: it opens its sentence", now["sentence"] == situ["sentence"], now)
    check("correct: the place beside the name", client.get("/entities/" + situ["subject"]["id"])["entity"]["position"] == "护理部副主任")
    decide(check, client, "undo the correction", now["id"], "undone")
    check("undo the correction: as it was read", [(x["value"], x["state"]) for x in role(page_of(client), "司徒静怡")] == [(situ["value"], "proposed")])
    decide(check, client, "undo the confirmation", luo["id"], "undone")


def refusals(check, client):
    fact = role(page_of(client), "骆知秋")[0]
    counts = client.get("/status")["counts"]
    for what, id, body, status in (("no such fact", "1", {"verdict": "refused"}, 404), ("an id that is no number", ULID, {"verdict": "refused"}, 404), ("no verdict", fact["id"], {}, 400),
                                   ("another verdict", fact["id"], {"verdict": "perhaps"}, 400), ("a number", fact["id"], {"verdict": "corrected", "value": 1}, 400),
                                   ("what nobody announced", fact["id"], {"verdict": "refused", "why": "x"}, 400), ("a correction of nothing", fact["id"], {"verdict": "corrected"}, 422),
                                   ("what was read", fact["id"], {"verdict": "corrected", "value": fact["value"]}, 422), ("nobody as subject", fact["id"], {"verdict": "corrected", "subject": " "}, 422),
                                   ("a value of 3 kB", fact["id"], {"verdict": "corrected", "value": "长" * 1000}, 422)):
        client.ask(check, "decision: " + what, "POST", "/api/v1/facts/%s/decision" % id, status, body, JSON)
    client.ask(check, "decision: no JSON", "POST", "/api/v1/facts/%s/decision" % fact["id"], 400, b"verdict=refused")
    check.equal("refused decisions change nothing", client.get("/status")["counts"], counts)


SECTIONS = [decisions, refusals]
