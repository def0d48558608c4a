"""Makes trad.tsv and pinyin.tsv from Unicode's Unihan data.

usage: unihan.py UNIHAN_FOLDER LEXICON_FOLDER

A traditional character enters trad.tsv with the one simplified form that Unihan
gives it. Where Unihan gives several, the character itself among them, it is in
daily use in simplified text too (覆盖, 著作, 乾坤, 瞭望): those stay as they are,
except the few in VARIANTS, which Hong Kong and Taiwan texts need and which are
next to never met unsimplified. VARIANTS also adds what Unihan does not call
traditional: the regional spellings 裡 峯 羣 牀. A form outside the basic plane is
no gain over the original (few fonts have it) and is left out.
"""
import sys
import unicodedata

from common import is_han, lines, write

TRAD_HEAD = """trad: traditional character to simplified character, one to one
columns: traditional, simplified
source: Unicode Unihan 15.0 (kSimplifiedVariant), Unicode licence; regional variants by hand; made by tools/lexicon/unihan.py"""

PINYIN_HEAD = """pinyin: readings of a character without tones
columns: character, readings separated by spaces, the usual one first; u with two dots is written v
source: Unicode Unihan 15.0 (kMandarin, kHanyuPinlu), Unicode licence; made by tools/lexicon/unihan.py"""

VARIANTS = """裡里 裏里 爲为 峯峰 羣群 衆众 牀床 祕秘 滙汇 啓启 綫线 麪面 粧妆 説说 溫温 衞卫 產产 內内 沒没 別别 吳吴 黃黄 錄录 強强 顏颜 脫脱 稅税 說说 銳锐 閱阅
悅悦 雞鸡 鷄鸡 歲岁 歳岁 廄厩 災灾 煙烟 菸烟 痺痹 癒愈 瘉愈 癥症 臟脏 髒脏 鑑鉴 鑒鉴 鍊炼 煉炼 鏈链 餘余 後后 於于 徵征 麼么 麽么 鍾钟 喫吃 佔占 佈布
週周 彙汇 匯汇 隻只 祇只 閒闲 捲卷 迴回 讚赞 嚐尝 姪侄 碁棋 闆板 薑姜 鬆松 準准 溼湿 濕湿 牆墙 牠它 妳你 甦苏 籲吁 籤签 檯台 颱台 臺台 葯药 髮发 發发
摺折 慾欲 託托 傢家 恆恒 絃弦 侷局 倖幸 兇凶 凜凛 剷铲 勦剿 勳勋 叡睿 昇升 陞升 儘尽 噁恶 塚冢 墻墙 奬奖 姦奸 嶽岳 巖岩 嵗岁 嶔嵚 幷并 併并 並并 廂厢
彫雕 徬彷 悽凄 愼慎 慼戚 戱戏 敎教 敘叙 敍叙 旣既 晉晋 曉晓 曬晒 朞期 柵栅 棲栖 槪概 樑梁 毀毁 毘毗 氳氲 氾泛 汙污 洩泄 淒凄 淨净 淸清 湧涌 滾滚 瀏浏
爐炉 牴抵 犛牦 猨猿 甎砖 痠酸 皁皂 皰疱 盃杯 盪荡 瞇眯 砲炮 磚砖 秈籼 稈秆 稜棱 穀谷 窓窗 竈灶 竪竖 筍笋 箇个 粦磷 糉粽 糭粽 繮缰 缽钵 鉢钵 罎坛 羶膻
翺翱 聯联 肐胳 胷胸 脈脉 脣唇 脩修 膓肠 菓果 蔘参 薦荐 蘊蕴 虵蛇 蝨虱 衊蔑 衝冲 袪祛 裵裴 諡谥 譔撰 讌宴 豔艳 貍狸 賛赞 贗赝 踫碰 蹟迹 跡迹 躱躲 軀躯
遊游 遡溯 邨村 鄰邻 醖酝 醞酝 鉅巨 銲焊 鋪铺 鎻锁 鏽锈 銹锈 閧哄 闢辟 陗峭 隄堤 雰氛 霑沾 靑青 靜静 頫俯 頰颊 顋腮 飮饮 飱飧 餈糍 餵喂 駡骂 骯肮 髥髯
鬥斗 鬪斗 鬦斗 鬱郁 鮎鲇 鷰燕 麁粗 麐麟 黴霉 鼇鳌 齶腭 牽牵 濬浚 擡抬 擣捣 攷考 敺驱 檾苘 櫺棂 欵款 歎叹 歛敛 殀夭 勧劝 畫画 畵画 疎疏 疊叠 衹只 纔才
纖纤 蹠跖 鱷鳄 凃涂 塗涂 瀰弥 瀋沈 渖沈 遙遥 謠谣 搖摇 瑤瑶 窯窑 窰窑 緻致 繫系 係系 戶户 鈎钩 鬚须 鬍胡 麴曲 麯曲 鹼碱 鹹咸 嗬呵 嘆叹 嘅慨 囑嘱 噹当
衕同 衚胡 錶表 製制 誌志 註注 檢检 鹽盐 繡绣 綉绣 豬猪 貓猫 闊阔 濶阔 麵面 復复 韆千 鞦秋 蹤踪 噓嘘"""

KEPT = set("乾著藉覆瞭夥阪濛")  # in daily use in simplified text


def trad_pairs(unihan):
    pairs = {}
    for row in lines(unihan, "variants.tsv"):
        char, forms = (row.split("\t") + [""])[:2]
        forms = forms.split()
        if forms and is_han(char) and char not in forms and char not in KEPT and len(forms[0].encode("utf-16-le")) == 2:
            pairs[char] = forms[0]
    for char, form in VARIANTS.split():
        pairs[char] = form
    return pairs


def closed(pairs):
    """Follows a pair whose target is itself traditional, so that one step folds all."""
    result = {}
    for char in pairs:
        form, seen = pairs[char], {char}
        while form in pairs and form not in seen:
            seen.add(form)
            form = pairs[form]
        if form not in seen:
            result[char] = form
    return result


def plain(reading):
    """A reading without its tone mark: lǜ gives lv, zhāng gives zhang."""
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(c for c in letters if "a" <= c <= "z").replace("ê", "e")


def readings(unihan):
    """Usual reading first, then those of the frequency list that are not freaks."""
    for row in lines(unihan, "readings.tsv"):
        char, mandarin, pinlu, _, _ = (row.split("\t") + [""] * 4)[:5]
        if not is_han(char) or unicodedata.normalize("NFC", char) != char:
            continue
        found = []
        for reading in mandarin.split() + [r.split("(")[0] for r in pinlu.split()]:
            if plain(reading) and plain(reading) not in found:
                found.append(plain(reading))
        if found:
            yield char, " ".join(found)


def main(unihan, lexicon):
    pairs = closed(trad_pairs(unihan))
    write(lexicon + "/trad.tsv", TRAD_HEAD, sorted(pairs.items()))
    table = sorted(readings(unihan))
    write(lexicon + "/pinyin.tsv", PINYIN_HEAD, table)
    print("trad.tsv", len(pairs), "pinyin.tsv", len(table))


if __name__ == "__main__":
    main(*sys.argv[1:3])
