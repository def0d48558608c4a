"""Makes places.tsv: from the official divisions of China down to counties, plus the
regions, countries and foreign cities that places_world.txt beside this script lists.

usage: places.py DIVISIONS_FOLDER JIEBA_FOLDER LEXICON_FOLDER

Each division is listed in full (长春市) and, where that is safe, in short (长春).
A short county or district is not safe when it is an ordinary word (和平, 友谊) or
one character (沛): jieba's dictionary knows which are ordinary words.
A name that several divisions carry stands once, at its highest level, with every
parent on that level.
"""
import json
import os
import re
import sys

from common import lines, write

HEAD = """places: names of places in Chinese and English
columns: form, level, parent (several separated by |; - if none)
levels: country, province, city, county, region (any area that is no division: 长三角, 东北亚, a continent, a national new area), foreign_city
source: modood/Administrative-divisions-of-China, WTFPL; regions, countries, foreign cities, English forms by hand; made by tools/lexicon/places.py"""

LEVELS = ["country", "province", "city", "county", "region", "foreign_city"]

PEOPLES = """蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克
傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族
仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族
基诺族 各族""".split()
PEOPLE = re.compile("(?:%s)+$" % "|".join(sorted(PEOPLES, key=len, reverse=True)))

# Short names of counties and districts that jieba lists as places, yet that mostly mean something else.
MOSTLY_ELSE = set("""和平 武功 平原 共和 东湖 古城 南湖 友谊 凤凰 商城 江山 太康 洪山 太平 甘泉 红旗 西夏 新建 东海 兴国 龙门 新城 恒山 高明
安乡 泰山 太和 路桥 温泉 天山 向阳 永安 咸丰 故城 新河 东城 西城 西湖 石狮 新华 德安 庐山 高陵 天桥 金平 安宁 太湖 西山 河西 沿河 牡丹 宁远
滨海 东坡 黄龙 石林 海港 城西 石柱 龙亭 龙泉 泰来 白云 沙河 大城 北流 西华 建华 文昌 长阳 象山 河东 永和 南山 兴山 江城 江南 花山 凤山 长寿
竹山 永福 江海 北湖 城东 双湖 银海 九龙 上街 德化 兴隆 龙山 凉州 长乐 宝塔 元宝 满城 上城 南城 青山 万安 玉山 大关 卧龙 清河 七星 博爱 青龙
盐湖 同仁 钟楼 山城 木兰 玄武 西陵 东安 英山 白河 两当 望都 都安 开福 北塔 将乐 和政 和静 天等 宜秀 来安 利通 新和 新干 朝天 杂多 港南
港北 改则 海曙 石峰 治多 称多 立山 站前 点军 道外 顺城 顺庆 市中 金秀 龙胜 青秀 中站 建安 海珠 中阳 中宁 三原 城中 城北 城南 城关 南明 明山
元江 兴安 兴平 兴业 光明 平安 天元 天心 开放 文成 文安 德清 双清 永清 建始 民和 安定 永定 武定 康定 会同 会理 通道 大方 大通
正安 惠安 惠民 丰满 昌图 开阳 高邑 雄县 武强""".split())

PLACEHOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


def short(name):
    """The name without its kind: 延边朝鲜族自治州 gives 延边. Empty if nothing useful is left."""
    for end in ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "新区", "省", "市", "区", "县", "盟"):
        if name.endswith(end) and len(name) > len(end):
            base = name[:-len(end)]
            plain = PEOPLE.sub("", base)
            return plain if len(plain) >= 2 else base if len(base) >= 2 else ""
    return ""


def ordinary_words(jieba):
    """Words of two or more characters that jieba does not know as a place."""
    found = set()
    for line in lines(jieba, "dict.txt"):
        word, frequency, tag = line.rsplit(" ", 2)
        if not tag.startswith(("ns", "nr", "nz")):
            found.add(word)
    return found


def csv_rows(folder, name):
    for line in list(lines(folder, name))[1:]:
        yield [cell.strip('"') for cell in line.split(",")]


class Places:
    """Collects lines; a form met twice keeps its highest level."""

    def __init__(self):
        self.found = {}

    def add(self, form, level, parent):
        if not form:
            return
        rank = LEVELS.index(level)
        old = self.found.get(form)
        if old is None or rank < old[0]:
            self.found[form] = (rank, [parent])
        elif rank == old[0] and parent not in old[1]:
            old[1].append(parent)

    def rows(self):
        for form, (rank, parents) in sorted(self.found.items(), key=lambda i: (i[1][0], i[0])):
            real = [p for p in parents if p and p != "-"]
            yield form, LEVELS[rank], "|".join(real) or "-"


def add_divisions(places, divisions, ordinary):
    provinces = dict(csv_rows(divisions, "provinces.csv"))
    cities = {}
    for name in provinces.values():
        places.add(name, "province", "中国")
        places.add(short(name), "province", "中国")
    for code, name, province in csv_rows(divisions, "cities.csv"):
        parent = provinces[province]
        cities[code] = parent if name in PLACEHOLDERS or "直辖" in name else name
        if cities[code] != name:
            continue
        places.add(name, "city", parent)
        places.add(short(name), "city", parent)
        if name.endswith("自治州"):
            places.add(short(name) + "州", "city", parent)
    for _, name, city, _ in csv_rows(divisions, "areas.csv"):
        add_county(places, name, cities[city], ordinary)


def add_county(places, name, parent, ordinary):
    if name in PLACEHOLDERS or len(name) < 2:
        return
    if len(name) > 2 or name.endswith(("县", "旗")):
        if name not in ("郊区", "城区", "矿区", "东区", "西区", "南区", "北区"):
            places.add(name, "county", parent)
    base = short(name)
    if base and base not in ordinary and base not in MOSTLY_ELSE:
        places.add(base, "county", parent)


def add_outer(places, divisions, ordinary):
    """Hong Kong, Macao, Taiwan: {"台湾省": {"台北市": ["大安区", ...]}}."""
    data = json.loads("".join(lines(divisions, "HK-MO-TW.json")))
    for province, parts in data.items():
        places.add(province, "province", "中国")
        places.add(short(province), "province", "中国")
        for part, districts in parts.items():
            level = "city" if part.endswith(("市", "县")) else "region"
            places.add(part, level, province)
            places.add(short(part) if level == "city" else "", "city", province)
            for district in districts:
                district = re.sub("（.*", "", district)
                if len(district) > 2:
                    places.add(district, "county", part)


def add_world(places):
    """places_world.txt: a line `level parent` in brackets opens a group, then forms, one line
    each or several separated by spaces; English forms stand in lines of their own, split by ;"""
    level = parent = None
    here = os.path.dirname(os.path.abspath(__file__))
    for line in lines(here, "places_world.txt"):
        if line.startswith("#"):
            continue
        if line.startswith("["):
            level, parent = line.strip("[]").split(" ", 1)
            continue
        for form in (line.split(";") if ";" in line else line.split()):
            if form.strip():
                places.add(form.strip(), level, parent)


def main(divisions, jieba, lexicon):
    places = Places()
    ordinary = ordinary_words(jieba)
    add_divisions(places, divisions, ordinary)
    add_outer(places, divisions, ordinary)
    add_world(places)
    rows = list(places.rows())
    write(lexicon + "/places.tsv", HEAD, rows)
    print("places.tsv", len(rows))


if __name__ == "__main__":
    main(*sys.argv[1:4])
