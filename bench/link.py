#!/usr/bin/env python3
"""Time and memory of `yiqiao link` on made-up persons, and how right it is.

usage: link.py YIQIAO [ROWS ...] [--plot FILE.svg]     (default: 100000 300000 1000000)

About a third of the rows are second records of a person: with spelling errors, a name in pinyin in either order, another date form, a move to
another city, employer and phone, or fields left out. Prints one line a size: rows, seconds by the clock, seconds of processor, megabytes, precision,
recall, F1. With --plot the seconds are drawn over the rows, both by powers of ten, beside what strictly linear growth from the first size would be.
"""
import csv
import math
import os
import random
import subprocess
import sys
import tempfile
import time

SURNAMES = "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lv".split()
GIVEN = "伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao 明ming 超chao 秀xiu 霞xia 平ping 刚gang 桂gui 文wen 辉hui 玲ling 红hong 晓xiao 顺shun 华hua 建jian 国guo 春chun 梅mei 志zhi 海hai 波bo 宁ning 云yun 飞fei 龙long 雪xue 琳lin 佳jia 欣xin 宇yu 晨chen 浩hao 思si 雨yu 子zi".split()
CITIES = "长春 北京 上海 广州 深圳 成都 武汉 杭州 南京 西安 重庆 天津 沈阳 大连 哈尔滨 济南 青岛 郑州 长沙 合肥 福州 厦门 南昌 昆明 贵阳 南宁 兰州 太原".split()
KINDS = "第一医院 第二医院 中心医院 人民医院 大学 医科大学 生物科技有限公司 研究所".split()
POSTS = "院长 副院长 主任 副主任 教授 副教授 研究员 主治医师 住院医师 护士长 总经理".split()
COLUMNS = ["id", "name", "date_of_birth", "organization", "position", "city", "phone", "email"]


def person(rnd):
    surname = SURNAMES[min(int(rnd.expovariate(0.12)), len(SURNAMES) - 1)]
    given = [rnd.choice(GIVEN) for _ in range(rnd.choice((1, 2, 2)))]
    city = rnd.choice(CITIES)
    latin = surname[1:], "".join(g[1:] for g in given)
    return {"han": surname[0] + "".join(g[0] for g in given), "latin": latin, "city": city,
            "name": surname[0] + "".join(g[0] for g in given),
            "date_of_birth": "%04d-%02d-%02d" % (rnd.randint(1940, 2000), rnd.randint(1, 12), rnd.randint(1, 28)),
            "organization": city + rnd.choice(("", "市", "东", "南", "仁和", "华康")) + rnd.choice(KINDS), "position": rnd.choice(POSTS),
            "phone": "1%010d" % rnd.randrange(10 ** 10),
            "email": "%s%s%d@%s" % (latin[0], latin[1], rnd.randrange(1000), rnd.choice(("hospital.cn", "univ.edu.cn", "mail.com")))}


def misspell(rnd, text):
    if len(text) < 3:
        return text
    at = rnd.randrange(len(text) - 1)
    return rnd.choice((text[:at] + text[at + 1:], text[:at] + text[at + 1] + text[at] + text[at + 2:], text[:at] + rnd.choice("abcdefghijklmnop0123456789") + text[at + 1:]))


def again(rnd, p):
    q = dict(p)
    if rnd.random() < 0.4:
        q["name"] = " ".join(x.capitalize() for x in (p["latin"] if rnd.random() < 0.5 else p["latin"][::-1]))
    if rnd.random() < 0.3:
        other = person(rnd)
        for column in ("city", "organization", "position", "phone"):
            q[column] = other[column]
    if rnd.random() < 0.3:
        y, m, d = p["date_of_birth"].split("-")
        q["date_of_birth"] = "%s年%d月%d日" % (y, int(m), int(d))
    for column in ("phone", "email", "date_of_birth"):
        if rnd.random() < 0.12:
            q[column] = misspell(rnd, q[column])
    for column in ("phone", "email", "organization", "position", "date_of_birth"):
        if rnd.random() < 0.1:
            q[column] = ""
    return q


def generate(path, rows):
    rnd, people, table = random.Random(rows), 0, []
    while len(table) < rows:
        p = person(rnd)
        table.append((people, p))
        while len(table) < rows and rnd.random() < 0.33:
            table.append((people, again(rnd, p)))
        people += 1
    rnd.shuffle(table)
    with open(path, "w", encoding="utf-8", newline="") as out:
        w = csv.writer(out, lineterminator="\n")
        w.writerow(COLUMNS)
        for i, (_, p) in enumerate(table):
            w.writerow([i] + [p[c] for c in COLUMNS[1:]])
    return [who for who, _ in table]


def judge(path, truth):
    sizes, right, said = {}, 0, 0
    for who in truth:
        sizes[who] = sizes.get(who, 0) + 1
    gold = sum(n * (n - 1) // 2 for n in sizes.values())
    with open(path, encoding="utf-8", newline="") as h:
        for row in csv.DictReader(h):
            if row["decision"] == "same":
                said += 1
                right += truth[int(row["id_a"])] == truth[int(row["id_b"])]
    return right / max(1, said), right / max(1, gold), 2 * right / max(1, said + gold)


def measure(program, rows):
    with tempfile.TemporaryDirectory() as folder:
        table, pairs = os.path.join(folder, "a.csv"), os.path.join(folder, "pairs.csv")
        truth = generate(table, rows)
        start = time.monotonic()
        pid = subprocess.Popen([program, "link", table, "--kind", "person", "--out", pairs]).pid
        _, status, used = os.wait4(pid, 0)
        if status:
            sys.exit("link failed on %d rows" % rows)
        figures = {"rows": rows, "clock": time.monotonic() - start, "processor": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss // 1024}
        figures["precision"], figures["recall"], figures["f1"] = judge(pairs, truth)
        return figures


WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 400, 60, 40, 20, 50


def axes(found):
    """Places of a number of rows and of seconds, and the powers of ten between which they lie."""
    seconds = [f[k] for f in found for k in ("clock", "processor")]
    low = math.floor(math.log10(min(seconds))), math.floor(math.log10(found[0]["rows"]))
    high = math.ceil(math.log10(max(seconds))), math.log10(found[-1]["rows"] * 1.1)
    x = lambda rows: LEFT + (math.log10(rows) - low[1]) / (high[1] - low[1]) * (WIDTH - LEFT - RIGHT)
    y = lambda s: HEIGHT - BOTTOM - (math.log10(s) - low[0]) / (high[0] - low[0]) * (HEIGHT - TOP - BOTTOM)
    return x, y, low[0], high[0]


def line(points, style):
    return '<polyline fill="none" %s points="%s"/>' % (style, " ".join("%.1f,%.1f" % p for p in points))


def plot(path, found):
    x, y, low, high = axes(found)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">' % (WIDTH, HEIGHT),
           '<rect width="%d" height="%d" fill="#fff"/><text x="%d" y="22" font-size="14">yiqiao link: seconds by rows</text>' % (WIDTH, HEIGHT, LEFT)]
    for power in range(low, high + 1):
        at = y(10 ** power)
        out.append('<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%g</text>' % (LEFT, at, WIDTH - RIGHT, LEFT - 6, at + 4, 10 ** power))
    for f in found:
        out.append('<text x="%.1f" y="%d" text-anchor="middle">%s</text>' % (x(f["rows"]), HEIGHT - BOTTOM + 18, "%gM" % (f["rows"] / 1e6) if f["rows"] >= 1e6 else "%gk" % (f["rows"] / 1e3)))
    out.append('<text x="%d" y="%d" text-anchor="middle">rows</text>' % ((LEFT + WIDTH) // 2, HEIGHT - 10))
    first = found[0]
    drawn = (("processor", 'stroke="#0b5" stroke-width="2"', "#0b5", "processor, both threads"), ("clock", 'stroke="#06c" stroke-width="2"', "#06c", "clock"))
    out.append(line([(x(f["rows"]), y(first["processor"] * f["rows"] / first["rows"])) for f in found], 'stroke="#888" stroke-dasharray="4 4"'))
    for at, (key, style, colour, name) in enumerate(drawn):
        out.append(line([(x(f["rows"]), y(f[key])) for f in found], style))
        out += ['<circle cx="%.1f" cy="%.1f" r="3" fill="%s"><title>%.1f s</title></circle>' % (x(f["rows"]), y(f[key]), colour, f[key]) for f in found]
        out.append('<text x="%d" y="%d" fill="%s">%s</text>' % (LEFT + 16, TOP + 18 + 18 * at, colour, name))
    out.append('<text x="%d" y="%d" fill="#888">dashed: linear</text></svg>\n' % (LEFT + 16, TOP + 54))
    with open(path, "w", encoding="utf-8") as h:
        h.write("\n".join(out))


def main():
    given = sys.argv[1:]
    picture = None
    if "--plot" in given:
        at = given.index("--plot")
        picture = given[at + 1] if at + 1 < len(given) else sys.exit(__doc__)
        del given[at:at + 2]
    if not given:
        sys.exit(__doc__)
    found = []
    for rows in [int(n) for n in given[1:]] or [100000, 300000, 1000000]:
        found.append(measure(given[0], rows))
        print("%(rows)8d rows %(clock)7.1f s %(processor)7.1f s of processor %(mb)6d MB  precision %(precision).4f recall %(recall).4f F1 %(f1).4f" % found[-1], flush=True)
    if picture:
        plot(picture, found)


if __name__ == "__main__":
    main()
