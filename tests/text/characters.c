/* Clean-up of single characters: spaces, wide forms, marks, what cannot be seen. */
#include "clean.h"

static const clean_row rows[] = {
    { "nothing to do", "医桥\n", "医桥\n" },
    { "a last line gets its end", "医桥", "医桥\n" },
    { "nothing", "", "" },
    { "only blanks", " \t\n\u3000\n", "" },
    { "blanks around a line", "\u3000\u3000医桥 \t\n", "医桥\n" },
    { "a run of spaces", "创新  联盟\n", "创新 联盟\n" },
    { "no-break and thin space", "5\u00a0mm 2\u2009kg\n", "5 mm 2 kg\n" },
    { "zero-width characters", "医\u200b院\ufeff长\u2060、\u202a处长\u202c\n", "医院长、处长\n" },
    { "variation selector", "葛\U000E0100红\n", "葛红\n" },
    { "control characters", "医\x01院\x7f\n", "医院\n" },
    { "soft hyphen inside a line", "car\u00addio\n", "cardio\n" },
    { "line separators", "一行\u2028二行\v三行\f四行\xC2\x85五行\n", "一行\n二行\n三行\n四行\n五行\n" },
    { "carriage returns", "一行\r\n二行\r三行\n", "一行\n二行\n三行\n" },
    { "empty lines", "一行\n\n\n二行\n", "一行\n二行\n" },
    { "wide letters and digits", "ＣＡＲ－Ｔ疗法２．５％\n", "CAR-T疗法2.5%\n" },
    { "wide punctuation is Chinese", "（１）会议：下午３：００；Ａ，Ｂ！\n", "（1）会议：下午3：00；A，B！\n" },
    { "a wide stop behind a list number", "１．背景\n", "1．背景\n" },
    { "ligatures", "e\ufb03cacy \ufb01brillation\n", "efficacy fibrillation\n" },
    { "radicals of a PDF font", "\u2f08\u2f2f智能\u2ee2\n", "人工智能马\n" },
    { "compatibility ideographs stay", "\uf9dc\ufa0c\n", "\uf9dc\ufa0c\n" },
    { "private use stays", "\ue000\n", "\ue000\n" },
    { "letters with marks", "Jose\u0301 Mu\u0308ller lu\u0308\u0301 A\u030angstro\u0308m\n", "José Müller lǘ Ångström\n" },
    { "marks in any order", "o\u0323\u0302 o\u0302\u0323\n", "ộ ộ\n" },
    { "a mark that composes with nothing stays", "医\u0301 q\u0308\n", "医\u0301 q\u0308\n" },
    { "angstrom sign", "10 \u212b\n", "10 Å\n" },
    { "rare characters", "䶮𠮷𬭎·阿卜杜拉·买买提\n", "䶮𠮷𬭎·阿卜杜拉·买买提\n" },
    { "space beside Chinese punctuation", "会议 ， 下午 （ 三时 ） 开始。 请到\n", "会议，下午（三时）开始。请到\n" },
    { "space between Han and curly quotes", "以 “健康” 为题\n", "以“健康”为题\n" },
    { "space between Latin and curly quotes stays", "said “yes” twice\n", "said “yes” twice\n" },
    { "space between words of both scripts stays", "北京 MRI 中心\n", "北京 MRI 中心\n" },

    { "a name of two characters, set wide", "韩\u3000霁\n", "韩霁\n" },
    { "the same between commas", "何晓顺、韩\u3000霁、王海涛\n", "何晓顺、韩霁、王海涛\n" },
    { "the same in a cell", "姓名\t单位\n韩\u3000霁\t澜州市中心医院\n", "姓名\t单位\n韩霁\t澜州市中心医院\n" },
    { "the same before longer names", "韩\u3000霁 王海涛 李\u3000强\n", "韩霁 王海涛 李强\n" },
    { "the same in brackets", "（韩 霁）\n", "（韩霁）\n" },
    { "a title stands at once behind it", "韩\u3000霁教授\n", "韩霁教授\n" },
    { "a spaced-out heading", "会 议 议 程\n", "会议议程\n" },
    { "two names, parted by a wider gap", "王 五\u3000\u3000李 四\n", "王五 李四\n" },
    { "a number's measure is no name", "第 3 组 王海涛\n", "第 3 组 王海涛\n" },
    { "one before a number stays apart", "会 议 第 3 天\n", "会议 第 3 天\n" },
    { "one that follows a number stays apart", "B 组 王 五\n", "B 组 王五\n" },
    { "a single character that is no surname", "的\u3000医院\n", "的 医院\n" },
    { "words of several characters stay apart", "心内科\u3000主任\n", "心内科 主任\n" },
    { "single characters in different cells stay apart", "男\t女\n", "男\t女\n" },
};

static void columns(void)
{
    static const clean_row tables[] = {
        { "columns made with spaces", "姓  名  单位        职务\n王海涛  云岭大学附属第一医院    主任\n李\u3000砚  砚湖市医院\u3000院长\n",
          "姓名\t单位\t职务\n王海涛\t云岭大学附属第一医院\t主任\n李砚\t砚湖市医院\t院长\n" },
        { "a row lacks a cell", "姓名    单位    职务    电话\n王海涛    云岭大学附属第一医院    主任\n",
          "姓名\t单位\t职务\t电话\n王海涛\t云岭大学附属第一医院\t主任\n" },
        { "English with two spaces behind a stop", "One ended.  The next began.\nOne ended.  The next began.\n",
          "One ended. The next began.\nOne ended. The next began.\n" },
        { "a single gap is no table", "第一天    上午\n下午休会。\n", "第一天 上午\n下午休会。\n" },
        { "tabs stay, empty cells too", "姓名\t\t职务\n王海涛\t医院\t主任\n\t大学\t教授\n", "姓名\t\t职务\n王海涛\t医院\t主任\n\t大学\t教授\n" },
        { "a tab that indents goes", "\t第一段说到这里。\n\t第二段。\n", "第一段说到这里。\n第二段。\n" },
    };
    check_clean(tables, sizeof tables / sizeof *tables, true);
}

int main(void)
{
    check_clean(rows, sizeof rows / sizeof *rows, false);
    check_clean(rows, sizeof rows / sizeof *rows, true);
    columns();
    return check_done();
}
