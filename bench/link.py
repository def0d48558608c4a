#!/usr/bin/env python3
"""Time and memory of `yiqiao link` on made-up persons, and how right it is.

usage: link.py YIQIAO [ROWS ...]     (default: 100000 300000 1000000)

About a third of the rows are second records of a person: with spelling errors, a name in pinyin in either order, another date form, a move to
another city, employer and phone, or fields left out. Prints one line a size: rows, seconds, megabytes, precision, recall, F1.
"""
import csv
import os
import random
import resource
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


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for rows in [int(x) for x in sys.argv[2:]] or [100000, 300000, 1000000]:
        with tempfile.TemporaryDirectory() as folder:
            table, pairs = os.path.join(folder, "a.csv"), os.path.join(folder, "pairs.csv")
            truth = generate(table, rows)
            start = time.monotonic()
            subprocess.run([sys.argv[1], "link", table, "--kind", "person", "--out", pairs], check=True)
            seconds = time.monotonic() - start
            mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            print("%8d rows %7.1f s %6d MB  precision %.4f recall %.4f F1 %.4f" % ((rows, seconds, mb) + judge(pairs, truth)), flush=True)


if __name__ == "__main__":
    main()
