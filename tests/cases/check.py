#!/usr/bin/env python3
"""Is every expected finding well formed, and does its document really say it?

    check.py [FOLDER]      FOLDER holds text/ and gold/; by default the one of this file

A wrong expectation misleads everybody who works against it, so each gold file is held to the rules of README.md:
known fields only, every name in the text (its own form or an alias, in simplified characters, whatever the line breaks),
every number in the text, every role, talk, deal and organiser pointing at a person or organisation that is listed.
Before that the checks themselves are tried: sound gold is damaged in one place at a time, and each damage must be found.
Exit 0: all sound.  Exit 1: one line a fault.  Python 3 standard library only.
"""
import copy
import html
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = {"zh-Hans", "zh-Hant", "en", "mixed"}
KINDS = {"cooperation", "appointment", "studio", "alliance", "letter_of_intent", "fund", "launch", "initiative", "unveiling",
         "funding"}
ORGANIZER_ROLES = {"host", "organizer", "co-organizer", "supporter", "media"}
OPTIONAL = {"organizations", "people", "positions", "events", "talks", "deals", "technologies", "needs", "figures"}
FIELDS = {  # field -> keys that an item must have, keys that it may have
    "people": ({"name", "roles"}, {"honours", "cohort"}),
    "roles": (set(), {"organization", "position"}),
    "events": ({"name", "organizers", "sessions"}, {"date", "place", "theme"}),
    "organizers": ({"organization", "role"}, set()),
    "talks": ({"speaker", "title"}, {"session"}),
    "deals": ({"kind", "subject", "parties", "people"}, set()),
    "technologies": ({"name"}, {"holder"}),
    "needs": ({"text"}, {"holder"}),
    "figures": ({"value", "unit", "what"}, {"subject"}),
}
DOCUMENT = ({"doc", "lang", "organizations", "people", "events", "talks", "deals", "technologies", "needs", "figures"},
            {"title", "date", "aliases", "optional"})
DIGITS = dict(zip("零一二两三四五六七八九", (0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9)))
POWERS = {"十": 10, "百": 100, "千": 1000}


def simplifier(path):
    table = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#") and "\t" in line:
                a, b = line.rstrip("\n").split("\t")[:2]
                table[ord(a)] = b
    return table


SIMPLE = simplifier(os.path.join(HERE, "..", "..", "lexicon", "trad.tsv"))


def plain(s):
    """The form in which texts and names are compared: simplified, lower case, no spaces, punctuation or quotes."""
    s = unicodedata.normalize("NFKC", s).translate(SIMPLE).lower()
    return "".join(c for c in s if unicodedata.category(c)[0] not in "PZCS" or c in "%+")


def visible(raw, name):
    """What a reader sees of the page, without pinyin in brackets."""
    if name.endswith(".html"):
        raw = re.sub(r"(?s)<!--.*?-->|<(script|style)\b.*?</\1>", " ", raw)
        raw = html.unescape(re.sub(r"<[^>]*>", " ", raw))
    return re.sub(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü ]+[)）]", "", raw)


def chinese_number(s):
    """三十 -> 30, 七千余 -> 7000; None where there is none."""
    total, digit, seen = 0, None, False
    for c in s:
        if c in DIGITS:
            digit, seen = DIGITS[c], True
        elif c in POWERS:
            total, digit, seen = total + (1 if digit is None else digit) * POWERS[c], None, True
        else:
            break
    return total + (digit or 0) if seen else None


def numbers(text):
    """Every number that the text states, in digits or in words, as written and multiplied out."""
    found = set()
    for m in re.finditer(r"(\d[\d,]*(?:\.\d+)?)\s*(?:余|多)?([百千万亿]*)", text):
        value = float(m.group(1).replace(",", ""))
        found.add(value)
        for c in m.group(2):
            value *= {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}[c]
        found.add(round(value, 6))
    for m in re.finditer("[零一二两三四五六七八九十百千]+", text):
        value = chinese_number(m.group())
        if value is not None:
            found.add(float(value))
            found.add(float(DIGITS.get(m.group()[0], -1)))
    for i, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1):
        if re.search(r"\b%s\b" % word, text, re.I):
            found.add(float(i))
    return found


class Case:
    def __init__(self, gold, raw, doc):
        self.gold, self.doc, self.faults = gold, doc, []
        self.text = plain(visible(raw, doc))
        self.numbers = numbers(visible(raw, doc))
        self.aliases = gold.get("aliases") or {}

    def fault(self, *words):
        self.faults.append("%s: %s" % (self.doc, " ".join(str(w) for w in words)))

    def said(self, s):
        return any(plain(x) in self.text for x in [s] + self.aliases.get(s, []) if plain(x))

    def composed(self, s):
        """A position may be put together from two cells or from a carried-over department: 神经内科 + 主任."""
        return self.said(s) or any(plain(s[:i]) in self.text and plain(s[i:]) in self.text for i in range(2, len(s) - 1))

    def shape(self, what, item, rule):
        must, may = rule
        if not isinstance(item, dict):
            return self.fault(what, "is not an object")
        for k in must - set(item):
            self.fault(what, "lacks", k)
        for k in set(item) - must - may:
            self.fault(what, "has the unknown key", k)
        for k in set(item) & (must | may):
            if isinstance(item[k], str) and (not item[k].strip() or item[k] != item[k].strip()):
                self.fault(what, k, "is empty or has spaces around it")

    def listed(self, what, name, names):
        if name not in names:
            self.fault(what, name, "is not listed")

    def check(self):
        g = self.gold
        self.shape("the document", g, DOCUMENT)
        if self.faults:
            return self.faults
        if g["doc"] != self.doc:
            self.fault("doc is", g["doc"])
        if g["lang"] not in LANGUAGES:
            self.fault("unknown lang", g["lang"])
        if "title" in g and not self.said(g["title"]):
            self.fault("title not in the text:", g["title"])
        if "date" in g and not re.fullmatch(r"\d{4}-\d\d-\d\d", g["date"]):
            self.fault("date", g["date"])
        self.check_items()
        self.check_extras()
        return self.faults

    def check_items(self):
        g = self.gold
        organizations = g["organizations"]
        people = [p.get("name") for p in g["people"]]
        for s in sorted(strings(g)):
            if s.translate(SIMPLE) != s:
                self.fault("not in simplified characters:", s)
        for o in organizations:
            if organizations.count(o) > 1:
                self.fault("organisation twice:", o)
            if not self.said(o):
                self.fault("organisation not in the text:", o)
        for field in ("people", "events", "talks", "deals", "technologies", "needs", "figures"):
            for item in g[field]:
                self.shape(field, item, FIELDS[field])
        if self.faults:
            return
        self.check_people(organizations)
        self.check_events(organizations)
        sessions = {s for e in g["events"] for s in e["sessions"]}
        for t in g["talks"]:
            self.listed("speaker", t["speaker"], people)
            if not self.said(t["title"]):
                self.fault("talk not in the text:", t["title"])
            if "session" in t:
                self.listed("session", t["session"], sessions)
        for d in g["deals"]:
            if d["kind"] not in KINDS:
                self.fault("unknown kind of deal", d["kind"])
            for p in d["parties"]:
                self.listed("party", p, organizations)
            for p in d["people"]:
                self.listed("person of a deal", p, people)
        for field, key in (("technologies", "name"), ("needs", "text")):
            for x in g[field]:
                if not self.said(x[key]):
                    self.fault(field, "not in the text:", x[key])
        for f in g["figures"]:
            self.check_figure(f)

    def check_people(self, organizations):
        for p in self.gold["people"]:
            if not self.said(p["name"]):
                self.fault("person not in the text:", p["name"])
            for r in p["roles"]:
                self.shape("role of " + p["name"], r, FIELDS["roles"])
                if not r:
                    self.fault("empty role of", p["name"])
                if "organization" in r:
                    self.listed("organisation of " + p["name"], r["organization"], organizations)
                if "position" in r and not self.composed(r["position"]):
                    self.fault("position not in the text:", r["position"])
            for h in p.get("honours", []):
                if not self.said(h):
                    self.fault("honour not in the text:", h)
            if "cohort" in p and not self.said(p["cohort"]):
                self.fault("cohort not in the text:", p["cohort"])
        keys = [(p["name"], json.dumps(p["roles"], sort_keys=True)) for p in self.gold["people"]]
        for k in set(keys):
            if keys.count(k) > 1:
                self.fault("person twice:", k[0])

    def check_events(self, organizations):
        for e in self.gold["events"]:
            for key in ("name", "place", "theme"):
                if key in e and not self.said(e[key]):
                    self.fault("event", key, "not in the text:", e[key])
            for s in e["sessions"]:
                if not self.said(s):
                    self.fault("session not in the text:", s)
            if "date" in e and not re.fullmatch(r"(\d{4}-|--)\d\d-\d\d", e["date"]):
                self.fault("event date", e["date"])
            for o in e["organizers"]:
                self.shape("organizer", o, FIELDS["organizers"])
                self.listed("organizer", o.get("organization"), organizations)
                if o.get("role") not in ORGANIZER_ROLES:
                    self.fault("unknown role of an organizer", o.get("role"))

    def check_figure(self, f):
        if isinstance(f["value"], bool) or not isinstance(f["value"], (int, float)):
            return self.fault("figure is not a number:", f["value"])
        if float(f["value"]) not in self.numbers:
            self.fault("figure not in the text:", f["value"], f["unit"])
        if not self.said(re.sub("^[十百千万亿]+", "", f["unit"]) or f["unit"]) and not self.unit_words(f["unit"]):
            self.fault("unit not in the text:", f["unit"])

    def unit_words(self, unit):
        """"million EUR" and "aspiration events" need not stand in this order; per cent is %."""
        words = unit.split()
        return unit == "%" and "percent" in self.text or len(words) > 1 and all(plain(w) in self.text for w in words)

    def check_extras(self):
        optional = self.gold.get("optional") or {}
        for k in set(optional) - OPTIONAL:
            self.fault("unknown optional field", k)
        g = self.gold
        asked = {"organizations": g["organizations"], "people": [p["name"] for p in g["people"]],
                 "technologies": [t["name"] for t in g["technologies"]], "needs": [n["text"] for n in g["needs"]]}
        for field, items in asked.items():
            for x in optional.get(field, []):
                if x in items:
                    self.fault(field, "both asked for and optional:", x)
        self.check_aliases()

    def check_aliases(self):
        """Both sides of a comparison go through the aliases, so a form must lead to one thing only."""
        values = {plain(s) for s in strings({k: v for k, v in self.gold.items() if k not in ("aliases", "optional")})}
        asked = {plain(s) for k, v in self.gold.items() if isinstance(v, list) and k != "figures" for s in strings(v)}
        leads = {}
        for canonical, forms in self.aliases.items():
            if plain(canonical) not in values:
                self.fault("alias of nothing:", canonical)
            for form in forms:
                if plain(form) in asked and plain(form) != plain(canonical):
                    self.fault("alias is asked for itself:", form)
                if leads.setdefault(plain(form), canonical) != canonical:
                    self.fault("alias of two things:", form)


def strings(x):
    """All strings inside, however deep."""
    if isinstance(x, str):
        yield x
    elif isinstance(x, (dict, list)):
        for y in x.values() if isinstance(x, dict) else x:
            yield from strings(y)


def load(folder):
    """All cases of a folder as (gold, text, document name), and the faults of the folder itself."""
    cases, faults = [], []
    texts = {n.rsplit(".", 1)[0]: n for n in sorted(os.listdir(os.path.join(folder, "text")))}
    golds = {n[:-5] for n in os.listdir(os.path.join(folder, "gold")) if n.endswith(".json")}
    faults += ["gold/%s.json: no text" % s for s in sorted(golds - set(texts))]
    faults += ["text/%s: no gold" % texts[s] for s in sorted(set(texts) - golds)]
    for stem in sorted(golds & set(texts)):
        try:
            with open(os.path.join(folder, "gold", stem + ".json"), encoding="utf-8") as f:
                gold = json.load(f)
            with open(os.path.join(folder, "text", texts[stem]), encoding="utf-8") as f:
                cases.append((gold, f.read(), texts[stem]))
        except ValueError as e:
            faults.append("%s: %s" % (stem, e))
    return cases, faults


def damage_organization(g):
    g["organizations"].append("无此医院")


def damage_person(g):
    g["people"].append({"name": "查无此人", "roles": []})


def damage_role(g):
    next(p for p in g["people"] if p["roles"])["roles"].append({"position": "首席占星师"})


def damage_employer(g):
    next(p for p in g["people"] if p["roles"])["roles"][0]["organization"] = "无此医院"


def damage_speaker(g):
    g["talks"].append({"speaker": "查无此人", "title": g["title"]})


def damage_talk(g):
    g["talks"].append({"speaker": g["people"][0]["name"], "title": "没有讲过的题目"})


def damage_party(g):
    g["deals"].append({"kind": "cooperation", "subject": "签约", "parties": ["无此医院"], "people": []})


def damage_kind(g):
    g["deals"].append({"kind": "friendship", "subject": "签约", "parties": [], "people": []})


def damage_figure(g):
    g["figures"].append({"value": 987654, "unit": "人", "what": "没有的人数"})


def damage_need(g):
    g["needs"].append({"text": "没有说过的需求"})


def damage_date(g):
    g["events"].append({"name": g["title"], "date": "6月6日", "organizers": [], "sessions": []})


def damage_key(g):
    g["organisations"] = []


def damage_optional(g):
    g.setdefault("optional", {}).setdefault("organizations", []).append(g["organizations"][0])


def damage_alias(g):
    g.setdefault("aliases", {})["无此名称"] = ["别名"]


def damage_script(g):
    g["figures"].append({"value": 1, "unit": "人", "what": "醫師"})


DAMAGES = (damage_organization, damage_person, damage_role, damage_employer, damage_speaker, damage_talk, damage_party,
           damage_kind, damage_figure, damage_need, damage_date, damage_key, damage_optional, damage_alias, damage_script)


def blind_spots(cases):
    """Damages that the checks above do not see: must be none."""
    gold, text, doc = next((c for c in cases if c[0].get("title") and c[0]["organizations"]
                            and any(p["roles"] for p in c[0]["people"]) and not Case(*c).check()), (None, None, None))
    if not gold:
        return ["no sound case to try the checks on"]
    missed = []
    for damage in DAMAGES:
        broken = copy.deepcopy(gold)
        damage(broken)
        if not Case(broken, text, doc).check():
            missed.append("check.py does not see %s" % damage.__name__)
    return missed


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else HERE
    cases, faults = load(folder)
    for case in cases:
        faults += Case(*case).check()
    faults += blind_spots(cases)
    for f in faults:
        print(f, file=sys.stderr)
    print("%d passed, %d failed" % (len(cases), len(faults)))
    return 1 if faults or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
