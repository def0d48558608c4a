"""Makes surnames.tsv, given_chars.tsv and given_names_en.tsv.

usage: names.py NAMES_FOLDER JIEBA_FOLDER LEXICON_FOLDER

Surnames keep their frequency as a logarithm. A surname of one character that is
rather an ordinary word (说, 在) is left out; those of SURNAME_EXTRA are added.

How typical a character is in given names mixes two things: how often it stands
there, and how much oftener than in running text (砚 is rare in both, yet in names
if anywhere; 的 the other way round). Counted over the person names of jieba's
dictionary and, at a fifth of their weight, the historical names; then
given_modern.txt, a hand-made list of what present parents choose, has the last word.
"""
import math
import os
import sys
from collections import Counter

from common import is_han, lines, read_table, write

SURNAME_HEAD = """surnames: Chinese family names
columns: surname, weight 1..9 (logarithm of frequency; 9 is 王 李 张)
source: wainshine/Chinese-Names-Corpus, Apache-2.0; compound and rare ones by hand; made by tools/lexicon/names.py"""

GIVEN_HEAD = """given_chars: characters of Chinese given names
columns: character, weight 1..9 (how typical it is of a given name: 9 hardly anything else, 1 met there at times)
source: person names in jieba's dictionary (MIT) and wainshine/Chinese-Names-Corpus (Apache-2.0), present-day choices by hand; made by tools/lexicon/names.py"""

ENGLISH_HEAD = """given_names_en: frequent English and European given names
columns: name, weight 1..9
source: chosen and weighted by hand, each confirmed by wainshine/Chinese-Names-Corpus (Apache-2.0); made by tools/lexicon/names.py"""

COMPOUND = """欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 闻人 端木 轩辕 南宫 西门 独孤
淳于 单于 申屠 呼延 赫连 澹台 公冶 宗政 濮阳 太叔 钟离 仲孙 公羊 鲜于 闾丘 司寇 仇督 子车 颛孙 巫马 乐正 漆雕 公良 拓跋 夹谷 宰父
谷梁 百里 东郭 南门 呼延 羊舌 微生 左丘 东门 万俟 段干 贺兰 完颜 纳兰 那拉 叶赫 爱新 达奚 第五 梁丘 即墨 相里 屈突 贺若 归海 尔朱
侯莫 斛律 长鱼 费莫 富察 佟佳 钮祜 瓜尔""".split()

SURNAME_EXTRA = """王9 李9 张9 刘9 陈9 粟3 佘3 禤2 揭2 冼3 麦4 逄3 逯2 亓2 妥2 仝3 仉1 乜1 厍1 郄2 郗2 郜3 郇2 宓2 昝3 胥4 臧4 訾2 逄3 斛1 禚1 綦3 隗2 靳5 
银2 牟4 牛5 苟3 苑3 英2 帖1 呙1 䶮1 冉4 展3 庹2 敖3 晁3 晏4 楚4 税2 粘2 缑2 阙3 阚4 隽2 雒3 丛4 布2 字1 折1 明3 朴4 泮2 洪6 洑1 生2 相2 矫3
禹3 种1 空1 车4 迟4 芦4 覃5 谌3 岑4 巢2 帅3 初3 慕2 探1 扈2 撒1 斯2 旷2 来3 桂4 满3 潭2 瞿4 由2 尚5 寇4 寸2 屈4 鄢3 鄞1 酆2 鞠4 鞏1 衣3 衡3
褚4 褟1 解4 谈4 谯2 买2 么1 仇4 海3 但2 冀3 况3 刁4 利2 区1 那1 妫1 繁1 幺1 别2 励2 商3 员2 问1 咸2 哈2 喇1 团1 多1 头1 奕1 宣3 宦2 容3 密1 富2 寻2 尤5 岩1 幸3 库1 延2 强2""".split()

# Recorded as surnames, yet in a text nearly always the ordinary word.
NOT_SURNAMES = {"冷狐", "夏候", "刘付", "刘傅", "殴阳"} | set("的在是和为及与或等也就都而了不有人这那他她我你们说一二三四六七八九十百千上下大小新老女男子本我其以于由从被把对向让到去又很最更还再已可能会要第个位名年月日时分区省市县国家中院所系科部室")


FLOOR = 5  # the source's lowest frequency


def weight(frequency, top):
    """1..9 on a logarithmic scale whose end is top."""
    return max(1, min(9, round(9 * math.log(1 + frequency) / math.log(1 + top))))


def surnames(folder, jieba):
    """The list's lowest frequency is a floor: there a character often met as a word is left out."""
    words = Counter()
    for line in lines(jieba, "dict.txt"):
        word, frequency, _ = line.rsplit(" ", 2)
        if len(word) == 1:
            words[word] = int(frequency)
    found = {}
    for line in list(lines(folder, "family_names_1k.tsv"))[1:]:
        name, frequency = line.split("\t")
        rare = float(frequency) <= FLOOR
        if not is_han(name) or len(name) > 2 or name in NOT_SURNAMES or rare and words[name] > 2000:
            continue
        found.setdefault(name, 1 if rare else weight(float(frequency), 9520))
    for entry in SURNAME_EXTRA:
        found.setdefault(entry[:-1], int(entry[-1]))
    for name in COMPOUND:
        found.setdefault(name, 2)
    found["欧阳"] = 5
    for name in ("上官", "司徒", "诸葛", "司马", "皇甫", "尉迟", "令狐", "夏侯", "慕容", "东方"):
        found[name] = max(3, found[name])
    return found


def given_part(name, family):
    """The given name, one or two characters; nothing if name does not begin with a family name."""
    length = 2 if len(name) > 2 and name[:2] in family else 1
    if is_han(name) and name[:length] in family and 1 <= len(name) - length <= 2:
        return name[length:]
    return ""


def counted(names_folder, jieba, family, fold):
    """Characters of given names, and of running text, as counts."""
    names, text = Counter(), Counter()
    for line in lines(jieba, "dict.txt"):
        word, frequency, tag = line.rsplit(" ", 2)
        if tag.startswith("nr") and tag != "nrt":
            for char in given_part(word, family):
                names[char] += 5
        elif not tag.startswith("nr"):
            for char in word:
                text[char] += int(frequency)
    for line in list(lines(names_folder, "ancient_names_250k.txt"))[2:]:
        name = "".join(fold.get(c, c) for c in line.strip())
        for char in given_part(name, family):
            names[char] += 1
    return names, text


COUNTED_MAX = 7  # what is only counted stays below what was chosen by hand


def typical(names, text):
    """Weight 1..9 for every character with enough support."""
    all_names, all_text = sum(names.values()), sum(text.values())
    result = {}
    for char, count in names.items():
        if count < 25:
            continue
        share = 1e6 * count / all_names
        lift = share / (1e6 * (text[char] + 50) / all_text)
        score = 0.45 * math.log2(share) + 1.0 * math.log2(lift) - 0.5
        if score >= 0.5:
            result[char] = max(1, min(COUNTED_MAX, round(score)))
    return result


def modern(here):
    """given_modern.txt: a line `weight: characters`."""
    for line in lines(here, "given_modern.txt"):
        if not line.startswith("#"):
            value, chars = line.split(":")
            for char in chars.split():
                yield char, int(value)


def english(names_folder, here):
    known = {n.strip().lower() for n in lines(names_folder, "english_names_20k.txt")}
    for line in lines(here, "given_names_en.txt"):
        if line.startswith("#"):
            continue
        value, names = line.split(":")
        for name in names.split():
            if name.lower() in known:
                yield name, int(value)
            else:
                print("not confirmed:", name)


def main(names_folder, jieba, lexicon):
    here = os.path.dirname(os.path.abspath(__file__))
    family = surnames(names_folder, jieba)
    fold = {row[0]: row[1] for row in read_table(lexicon + "/trad.tsv")}
    family = {"".join(fold.get(c, c) for c in n): w for n, w in family.items()}
    given = typical(*counted(names_folder, jieba, family, fold))
    given.update(modern(here))
    readable = {row[0] for row in read_table(lexicon + "/pinyin.tsv")}
    given = {c: w for c, w in given.items() if c in readable and c not in fold}
    by_weight = lambda table: sorted(table.items(), key=lambda i: (-i[1], i[0]))
    write(lexicon + "/surnames.tsv", SURNAME_HEAD, by_weight(family))
    write(lexicon + "/given_chars.tsv", GIVEN_HEAD, by_weight(given))
    english_names = dict(english(names_folder, here))
    write(lexicon + "/given_names_en.tsv", ENGLISH_HEAD, by_weight(english_names))
    print("surnames.tsv", len(family), "given_chars.tsv", len(given), "given_names_en.tsv", len(english_names))


if __name__ == "__main__":
    main(*sys.argv[1:4])
