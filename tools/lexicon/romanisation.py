"""Makes cantonese.tsv and romanisation.tsv: how names are spelt where pinyin is not used.

usage: romanisation.py UNIHAN_FOLDER LEXICON_FOLDER      (after unihan.py, names.py and words.py)

Hong Kong has no single rule: its registers hold what grew, 蔡 as Choi and Tsoi, 周 as Chow and Chau, 李 as Lee, Li and Lei. So a reading (Jyutping) gives
every spelling in use. Taiwan writes Wade-Giles and drops the apostrophes, so that chang is both zhang and chang. From spelling back
to pinyin the likelier readings come first: they are counted over characters, each by how often it is met in names and texts.
"""
import math
import re
import sys

from common import is_han, lines, read_table, write

CANTONESE_HEAD = """cantonese: how Hong Kong spells a character
columns: character (simplified), spellings separated by spaces
source: Unicode Unihan 15.0 (kCantonese), Unicode licence; spelling rules and surnames by hand; made by tools/lexicon/romanisation.py"""

ROMANISATION_HEAD = """romanisation: syllables as Hong Kong and Taiwan spell them, and the pinyin of the same characters
columns: spelling, pinyin if it is Cantonese, pinyin if it is Wade-Giles without apostrophes, Wade-Giles if it is pinyin (- for none)
source: Unicode Unihan 15.0, Unicode licence; rules by hand; made by tools/lexicon/romanisation.py"""

INITIALS = {"b": "p b", "d": "t d", "g": "k g", "gw": "kw gw", "z": "ch ts", "c": "ch ts", "s": "s sh", "j": "y", "ng": "ng", "": " "}

FINALS = {"aa": "a ah", "aai": "ai", "aau": "au", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap", "aat": "at", "aak": "ak", "ai": "ai",
          "au": "au ow", "am": "am um", "an": "an un", "ang": "ang", "ap": "ap up", "at": "at ut", "ak": "ak", "e": "e eh", "ei": "ei i ee ay",
          "eng": "eng ing", "ek": "ek", "eoi": "ui oi", "eon": "un on", "eot": "ut", "oek": "euk eok", "oeng": "eung eong", "oe": "eu or",
          "i": "i ee", "iu": "iu", "o": "o or", "oi": "oi oy", "ou": "o ou", "u": "u oo", "un": "un oon", "yu": "u ue", "yun": "uen un",
          "yut": "uet ut"}

WHOLE = {"zi": "chi tsz tze chee", "ci": "chi tsz tze", "si": "si sze see shi sz szu", "ng": "ng", "m": "m", "lo": "lo law loh", "jyu": "yu yue",
         "jyun": "yuen", "jyut": "yuet", "sau": "sau", "gwok": "kwok", "gun": "koon kwun kun", "soeng": "sheung seung", "zau": "chau chow", "hei": "hei hay hi"}

SURNAMES = {"李": "lee li lei", "区": "au", "欧": "au", "周": "chow chau", "杨": "yeung young", "曾": "tsang", "郑": "cheng", "谢": "tse", "余": "yu yue",
            "宋": "sung soong", "单": "sin", "仇": "sau", "查": "cha", "解": "hai", "冼": "sin", "甄": "yan", "任": "yam", "邱": "yau", "佘": "she sher",
            "赵": "chiu chao", "罗": "lo law", "卢": "lo", "吴": "ng", "伍": "ng", "岭": "ling", "卜": "puk pok", "盖": "koi", "乐": "ngok lok"}

PINYIN_INITIALS = "zh ch sh b p m f d t n l g k h j q x r z c s y w".split()
WADE_INITIALS = {"zh": "ch", "ch": "ch", "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "r": "j", "z": "ts", "c": "ts"}
WADE_WHOLE = {"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu tze", "ci": "tzu tsu", "si": "szu ssu", "yi": "i yi", "er": "erh er",
              "he": "ho", "ge": "ko", "ke": "ko", "e": "o e", "yan": "yen", "ye": "yeh", "you": "yu", "yu": "yu", "yong": "yung", "gui": "kuei",
              "kui": "kuei", "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo", "xu": "hsu", "xue": "hsueh", "wen": "wen", "weng": "weng"}


def jyutping_spellings(reading):
    reading = reading.rstrip("123456")
    if reading in WHOLE:
        return WHOLE[reading].split()
    initial, final = re.match(r"(gw|kw|ng|[bpmfdtnlgkhwzcsj]?)(.*)", reading).groups()
    firsts = [x for x in INITIALS.get(initial, initial).split(" ")] if initial else [""]
    spellings = [a + b for a in firsts for b in FINALS.get(final, final).split()]
    return list(dict.fromkeys(s for s in spellings if s))


def wade_spellings(pinyin):
    if pinyin in WADE_WHOLE:
        return WADE_WHOLE[pinyin].split()
    initial = next((i for i in PINYIN_INITIALS if pinyin.startswith(i)), "")
    final = pinyin[len(initial):]
    if initial in ("y", "w") or not final:
        return [pinyin]
    final = final.replace("v", "u")
    if final.endswith("ong"):
        final = final[:-3] + "ung"
    final = {"ian": "ien", "ie": "ieh", "ue": "ueh", "iong": "iung", "iung": "iung"}.get(final, final)
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        final = "o"
    return [WADE_INITIALS.get(initial, initial) + final]


def frequencies(lexicon):
    """How often a character is met in names and texts, roughly."""
    count = {}
    for stem in ("surnames", "given_chars"):
        for char, weight in read_table(lexicon + "/" + stem + ".tsv"):
            if len(char) == 1:
                count[char] = count.get(char, 0) + 2 ** int(weight)
    for word, frequency, _ in read_table(lexicon + "/words.tsv"):
        if len(word) == 1 and int(frequency) > 300:
            count[word] = count.get(word, 0) + math.log2(int(frequency))
    return count


def joined(found, most):
    return " ".join(sorted(found, key=lambda p: (-found[p], p))[:most]) or "-"


def cantonese(unihan, lexicon, count):
    """Character to its spellings."""
    simple, readings, table = dict(read_table(lexicon + "/trad.tsv")), {}, {}
    for row in lines(unihan, "readings.tsv"):
        cells = (row.split("\t") + [""] * 4)[:5]
        if is_han(cells[0]) and cells[4]:
            readings.setdefault(simple.get(cells[0], cells[0]), cells[4].split())
    for char in sorted(count):
        spellings = SURNAMES.get(char, "").split() + [s for r in readings.get(char, [])[:2] for s in jyutping_spellings(r)]
        if spellings:
            table[char] = list(dict.fromkeys(spellings))
    return table


def add(table, spelling, pinyin, times):
    row = table.setdefault(spelling, {})
    row[pinyin] = row.get(pinyin, 0) + times


def main(unihan, lexicon):
    count = frequencies(lexicon)
    pinyin = {c: r.split() for c, r in read_table(lexicon + "/pinyin.tsv")}
    surname = {c: r.split()[0] for c, r in read_table(lexicon + "/surnames_pinyin.tsv") if len(c) == 1}
    table = {c: s for c, s in cantonese(unihan, lexicon, count).items() if c in pinyin}
    back, wade, forth = {}, {}, {}
    for char in table:
        for spelling in table[char]:
            for p in {surname.get(char, pinyin[char][0]), pinyin[char][0]}:
                add(back, spelling, p, count[char])
    for p in sorted({p for c in count for p in pinyin.get(c, [])[:1]} | set(surname.values())):
        forth[p] = wade_spellings(p)
        for spelling in forth[p]:
            add(wade, spelling, p, sum(n for c, n in count.items() if pinyin.get(c, [""])[0] == p))
    rows = [(s, joined(back.get(s, {}), 10), joined(wade.get(s, {}), 4), " ".join(forth.get(s, [])) or "-") for s in sorted(set(back) | set(wade) | set(forth))]
    write(lexicon + "/cantonese.tsv", CANTONESE_HEAD, sorted((c, " ".join(s)) for c, s in table.items()))
    write(lexicon + "/romanisation.tsv", ROMANISATION_HEAD, rows)
    print("cantonese.tsv", len(table), "romanisation.tsv", len(rows))


if __name__ == "__main__":
    main(*sys.argv[1:3])
