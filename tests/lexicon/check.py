#!/usr/bin/env python3
"""Is the lexicon well formed and free of contradictions?

usage: check.py LEXICON_FOLDER

Prints one line a fault, `file:line: what`, and ends with 1 if there is any. A file
this check does not know is a fault too: the stem of a file is a class, and a class
nobody reads would be silently useless.
"""
import os
import re
import sys
import unicodedata

# Endings of both an organisation and a department: 急救中心 is a body of the city or a
# department of a hospital; only what stands before it can tell.
BOTH_ENDINGS = {"实验室", "门诊部", "康复中心", "急救中心", "服务中心"}

# One character that is a title, event or technology by itself would fire on everything;
# these are the deliberate ones.
SHORT_ALLOWED = {
    "titles_en": set(),
    "department_endings": set("科室部处系组库"),
    "tech_endings": set("仪器片丸散膏术"),
    "speech_verbs": set("说称指讲"),
    "org_endings": set("署"),
    "title_prefixes": set("副代原前总正双兼"),
}

ORG_KINDS = {"hospital", "university", "school", "institute", "company", "government", "society", "alliance", "park",
             "fund", "foundation", "media", "lab", "platform", "congress_center"}
TITLE_KINDS = {"post", "rank", "honour", "degree", "press", "member", "address"}
WEIGHTS = {str(n) for n in range(1, 10)}

LONGEST = 96  # bytes

NUMBER = re.compile(r"[0-9]+$")
READINGS = re.compile(r"[a-z]+(?: [a-z]+)*$")
SPELLINGS = re.compile(r"(?:-|[a-z]+(?: [a-z]+)*)$")
TAG = re.compile(r"[a-z]+$")
HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+$")


def one_of(*values):
    allowed = set().union(*(v if isinstance(v, set) else {v} for v in values))
    return lambda text: text in allowed


def any_text(text):
    return True


# class: the test of each further column, and how few entries would be too few
CLASSES = {
    "surnames": ([one_of(WEIGHTS)], 500),
    "given_chars": ([one_of(WEIGHTS)], 1000),
    "titles": ([one_of(TITLE_KINDS)], 350),
    "title_prefixes": ([one_of("rank", "time", "grade")], 40),
    "titles_en": ([one_of(TITLE_KINDS)], 200),
    "departments": ([one_of("clinical", "medtech", "nursing", "office", "academic", "company")], 400),
    "department_endings": ([one_of(WEIGHTS)], 40),
    "org_endings": ([one_of(ORG_KINDS)], 150),
    "org_endings_en": ([one_of(ORG_KINDS)], 100),
    "orgs": ([one_of(ORG_KINDS), any_text], 400),
    "places": ([one_of("country", "province", "city", "county", "region", "foreign_city"), any_text], 3000),
    "event_words": ([one_of("congress", "meeting", "training", "ceremony", "roadshow", "release", "salon", "competition",
                            "exhibition", "season")], 70),
    "venue_words": ([], 40),
    "speech_verbs": ([], 60),
    "host_verbs": ([one_of("host", "organizer", "co-organizer", "supporter", "media")], 40),
    "deal_verbs": ([one_of("cooperation", "appointment", "studio", "alliance", "letter_of_intent", "fund", "launch",
                           "initiative", "unveiling", "funding")], 80),
    "talk_verbs": ([one_of("before_title", "after_title")], 40),
    "tech_endings": ([one_of("device", "drug", "software", "therapy", "diagnostic", "platform", "technique")], 150),
    "need_cues": ([one_of("1", "2", "3")], 80),
    "units": ([one_of("count", "money", "rate", "time", "measure")], 120),
    "given_names_en": ([one_of(WEIGHTS)], 300),
    "org_glossary": ([re.compile("[a-z0-9]+(?:[ ;][a-z0-9]+)*$").match], 1000),
    "org_words": ([re.compile("(?:-|=?[a-z]+(?: =?[a-z]+)*)$").match], 300),
    "cantonese": ([READINGS.match], 3000),
    "romanisation": ([SPELLINGS.match, SPELLINGS.match, SPELLINGS.match], 800),
    "stop_zh": ([], 100),
    "stop_en": ([], 100),
    "words": ([NUMBER.match, TAG.match], 100000),
    "regions": ([one_of("place", "region", "people", "seat"), any_text, any_text, any_text], 1500),
    "trad": ([HAN.match], 2000),
    "pinyin": ([READINGS.match], 8000),
    "surnames_pinyin": ([READINGS.match], 40),
}

# Kept by others, in a form of their own: only the characters are checked.
FOREIGN = {"concepts", "relations"}

# Scripts a file must keep to.
HAN_ONLY = {"surnames", "given_chars", "surnames_pinyin", "pinyin", "trad", "cantonese"}
SIMPLIFIED = ["titles", "title_prefixes", "departments", "department_endings", "org_endings", "event_words", "venue_words",
              "deal_verbs", "tech_endings", "need_cues", "surnames", "given_chars", "orgs", "places", "speech_verbs",
              "talk_verbs", "stop_zh"]


class Check:
    def __init__(self, folder):
        self.folder = folder
        self.faults = []
        self.tables = {}
        self.lower = {}

    def fault(self, where, what):
        self.faults.append("%s: %s" % (where, what))

    def run(self):
        names = sorted(n for n in os.listdir(self.folder) if n.endswith(".tsv"))
        for name in names:
            stem = name[:-4]
            if stem in CLASSES or stem in FOREIGN:
                self.read(name, stem)
            else:
                self.fault(name, "unknown class")
        for stem in CLASSES:
            if stem + ".tsv" not in names:
                self.fault(stem + ".tsv", "missing")
        for stem, (_, least) in CLASSES.items():
            if stem in self.tables and len(self.tables[stem]) < least:
                self.fault(stem + ".tsv", "%d entries, at least %d wanted" % (len(self.tables[stem]), least))
        if not self.faults:
            self.contradictions()
        return self.faults

    def read(self, name, stem):
        with open(os.path.join(self.folder, name), "rb") as source:
            data = source.read()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return self.fault(name, "not UTF-8 at byte %d" % error.start)
        if "\r" in text or "\ufeff" in text:
            self.fault(name, "carriage return or byte order mark")
        if not text.endswith("\n") or not text.startswith("# " + ("" if stem in FOREIGN else stem + ":")):
            self.fault(name, "must open with `# %s:` and end with a newline" % stem)
        table = self.tables.setdefault(stem, {})
        for number, line in enumerate(text.split("\n")[:-1], 1):
            self.line("%s:%d" % (name, number), stem, line, table)

    def line(self, where, stem, line, table):
        if unicodedata.normalize("NFC", line) != line:
            self.fault(where, "not in NFC")
        if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") for c in line.replace("\t", "")):
            self.fault(where, "control, private or unassigned character")
        if line.startswith("#") or stem in FOREIGN:
            return
        cells = line.split("\t")
        if any(not c or c != c.strip() or "  " in c or "\u3000" in c for c in cells):
            return self.fault(where, "empty cell or stray whitespace")
        tests = CLASSES[stem][0]
        if len(cells) != 1 + len(tests):
            return self.fault(where, "%d columns, %d wanted" % (len(cells), 1 + len(tests)))
        for test, cell in zip(tests, cells[1:]):
            if not test(cell):
                self.fault(where, "value outside the documented set: " + cell)
        if cells[0] in table:
            self.fault(where, "form given twice: " + cells[0])
        elif stem != "words" and cells[0].lower() in self.lower.setdefault(stem, set()):
            self.fault(where, "given twice but for case, and Latin forms are found in any case: " + cells[0])
        self.lower.setdefault(stem, set()).add(cells[0].lower())
        if len(cells[0].encode()) > LONGEST:
            self.fault(where, "longer than the %d bytes a form may have: %s" % (LONGEST, cells[0]))
        if stem in HAN_ONLY and not HAN.match(cells[0]):
            self.fault(where, "not Han characters: " + cells[0])
        table[cells[0]] = cells[1:]

    def forms(self, stem):
        return set(self.tables.get(stem, ()))

    def contradictions(self):
        self.lengths()
        self.overlaps()
        self.traditional()
        self.places()
        self.regions()
        self.readings()

    def lengths(self):
        for stem, longest in (("surnames", 2), ("given_chars", 1), ("pinyin", 1), ("trad", 1), ("surnames_pinyin", 2)):
            for form in self.forms(stem):
                if len(form) > longest:
                    self.fault(stem, "longer than %d: %s" % (longest, form))
        for stem in ("titles", "departments", "orgs", "places", "event_words", "venue_words", "deal_verbs", "need_cues",
                     "talk_verbs", "host_verbs", "tech_endings", "org_endings", "department_endings", "speech_verbs",
                     "title_prefixes"):
            for form in self.forms(stem):
                short = len(form) == 1 and HAN.match(form)
                if short and form not in SHORT_ALLOWED.get(stem, ()) and not (stem == "need_cues" and form == "拟"):
                    self.fault(stem, "a single character would match everywhere: " + form)

    def overlaps(self):
        both = self.forms("org_endings") & self.forms("department_endings")
        for form in both - BOTH_ENDINGS:
            self.fault("org_endings", "also a department_ending: " + form)
        for form in BOTH_ENDINGS - both:
            self.fault("check", "allowed as both endings, but is not: " + form)
        for first, second in (("titles", "given_chars"), ("titles", "surnames"), ("titles", "places"), ("titles", "orgs"),
                              ("titles", "departments"), ("titles", "org_endings"), ("titles", "department_endings"),
                              ("titles", "event_words"), ("titles", "tech_endings"), ("titles", "title_prefixes"),
                              ("titles", "speech_verbs"), ("titles", "deal_verbs"), ("orgs", "places"),
                              ("orgs", "departments"), ("orgs", "event_words"), ("orgs", "tech_endings"),
                              ("event_words", "org_endings"), ("event_words", "departments"),
                              ("event_words", "tech_endings"), ("places", "departments"), ("places", "tech_endings"),
                              ("places", "need_cues"), ("need_cues", "titles"), ("speech_verbs", "places"),
                              ("titles_en", "org_endings_en"), ("titles_en", "given_names_en"), ("titles_en", "places"),
                              ("given_names_en", "stop_en"), ("stop_zh", "titles"), ("stop_zh", "event_words"),
                              ("stop_zh", "tech_endings"), ("stop_zh", "orgs"), ("stop_zh", "departments")):
            for form in sorted(self.forms(first) & self.forms(second)):
                if (first, second, form) not in ALLOWED:
                    self.fault(first, "also in %s: %s" % (second, form))

    def traditional(self):
        trad = self.tables["trad"]
        for form, cells in trad.items():
            if cells[0] == form or cells[0] in trad:
                self.fault("trad", "does not end in a simplified character: " + form)
        for stem in SIMPLIFIED:
            for form in self.forms(stem):
                if any(c in trad for c in form):
                    self.fault(stem, "not simplified: " + form)

    def places(self):
        known = self.forms("places")
        for form, (_, parent) in self.tables["places"].items():
            for name in parent.split("|"):
                if name != "-" and name not in known and not name.endswith("直辖"):
                    self.fault("places", "parent of %s is no place: %s" % (form, name))

    def regions(self):
        """Each name leads in one step to a place that is known, and going up or down from there ends."""
        table, known = self.tables["regions"], self.forms("places") | self.forms("regions")
        for form, (kind, name, related, english) in table.items():
            own = table.get(name)
            if name not in known:
                self.fault("regions", "%s is a name of no place: %s" % (form, name))
            if own and (own[1] != name or own[0] not in ("place", "region")):
                self.fault("regions", "%s is a name of %s, which is one of something else" % (form, name))
            if form != name and (related, english) != ("-", "-"):
                self.fault("regions", "only the place's own name says more: " + form)
            for other in related.split("|"):
                if other != "-" and other not in known:
                    self.fault("regions", "%s lies in or consists of an unknown place: %s" % (form, other))
            if form == name and not self.ends(form, []):
                self.fault("regions", "goes round in a circle: " + form)
        for form in self.forms("places"):
            if ord(form[0]) < 0x250 and form not in table:
                self.fault("regions", "says nothing of an English name of places.tsv: " + form)
        self.whole_china()

    def ends(self, name, seen):
        kind, _, related, _ = self.tables["regions"].get(name, ("place", name, self.tables["places"].get(name, ["", "-"])[1], ""))
        return name not in seen and all(other == "-" or self.ends(other, seen + [name]) for other in related.split("|"))

    def whole_china(self):
        """The seven great regions hold each province once; Taiwan is in none of them."""
        parts = [p for r in ("华东", "华南", "华北", "华中", "东北", "西北", "西南") for p in self.tables["regions"].get(r, ["", "", ""])[2].split("|")]
        provinces = {f for f, (level, parent) in self.tables["places"].items() if level == "province" and f.endswith(("省", "市", "区")) and f != "台湾省"}
        if sorted(parts) != sorted(provinces):
            self.fault("regions", "not each province in one great region: " + "、".join(sorted(provinces.symmetric_difference(parts))))

    def readings(self):
        for form in self.forms("surnames_pinyin") - self.forms("surnames"):
            self.fault("surnames_pinyin", "no surname: " + form)
        for form in self.forms("given_chars"):
            if form not in self.tables["pinyin"]:
                self.fault("given_chars", "no reading known: " + form)


# (first class, second class, form) that may stand in both
ALLOWED = {("orgs", "places", "南开"), ("titles_en", "given_names_en", "Dean")}


def main(argv):
    folder = argv[1] if len(argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "..", "lexicon")
    check = Check(folder)
    faults = check.run()
    for fault in faults:
        print(fault)
    print("%d passed, %d failed" % (sum(map(len, check.tables.values())) - len(faults), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
