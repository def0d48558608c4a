/* Readings written behind characters go; remarks in brackets stay. */
#include "clean.h"

static const clean_row rows[] = {
    { "one character", "中國(guó)\n", "中國\n" },
    { "several", "醫(yī)療(liáo)器械協(xié)會(huì)\n", "醫療器械協會\n" },
    { "full-width brackets", "國（guó）家\n", "國家\n" },
    { "brackets of both kinds", "國（guó)家\n", "國家\n" },
    { "two syllables for two characters", "重慶(chóng qìng)醫院\n", "重慶醫院\n" },
    { "written together", "重慶(chóngqìng)醫院\n", "重慶醫院\n" },
    { "another reading of the character", "銀行(háng)行(xíng)長\n", "銀行行長\n" },
    { "a reading that no table has, with its tone", "豆腐(fú)腦\n", "豆腐腦\n" },
    { "u with two dots", "女(nǚ)性\n", "女性\n" },
    { "without a tone, but the reading", "國(guo)家\n", "國家\n" },
    { "letters of pinyin fonts", "高(ɡāo)\n", "高\n" },
    { "a damaged mark behind", "對(duì?)象\n", "對象\n" },
    { "a damaged vowel", "真(zh?n)實\n", "真實\n" },
    { "a replacement character", "真(zh\xEF\xBF\xBDn)實\n", "真實\n" },
    { "zhuyin", "國(ㄍㄨㄛˊ)家\n", "國家\n" },
    { "in simplified text", "尉(yù)迟恭\n", "尉迟恭\n" },
    { "at the end of a wrapped line", "西安交通大學(xué)\n、中國(guó)。\n", "西安交通大學、中國。\n" },

    { "an abbreviation", "工研院(ITRI)\n", "工研院(ITRI)\n" },
    { "an English name", "何佩蘭(Ho Pui-lan)醫生\n", "何佩蘭(Ho Pui-lan)醫生\n" },
    { "a place in English", "北京(Beijing)\n", "北京(Beijing)\n" },
    { "a place in small letters", "北京(beijing)\n", "北京(beijing)\n" },
    { "a remark", "昨（28）日、（以下简称“联盟”）、韩霁（右）\n", "昨（28）日、（以下简称“联盟”）、韩霁（右）\n" },
    { "a unit", "血糖(mmol)、钙(mg)\n", "血糖(mmol)、钙(mg)\n" },
    { "a letter that is no reading", "方案(a)\n", "方案(a)\n" },
    { "a question mark", "真的(?)\n", "真的(?)\n" },
    { "nothing in brackets", "函数()\n", "函数()\n" },
    { "a bracket that is never closed", "國(guó家\n", "國(guó家\n" },
    { "brackets that no character precedes", "(guó) A(guó)\n", "(guó) A(guó)\n" },
    { "French", "le pont (là) où\n", "le pont (là) où\n" },

    { "in a glossed page, a gloss whose character was lost", "中國(guó)醫(yī)療(liáo)協(xié)會(huì)P(guān)鍵、?duì)款\n", "中國醫療協會P鍵、?款\n" },
};

int main(void)
{
    check_clean(rows, sizeof rows / sizeof *rows, true);
    return check_done();
}
