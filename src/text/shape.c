/* Characters that have another, usual form: letters written apart from their marks (NFC for Latin, Unicode 15), singletons of NFC, and radicals
 * that PDF files hold in place of the ideographs they look like. Compatibility ideographs are left alone: in names they are not mistakes. */
#include "text/internal.h"

#include <uchar.h>

static const struct {
    uint16_t mark;
    uint8_t class; /* canonical combining class: marks of different classes do not block each other */
    const char32_t *bases, *composed;
} compositions[] = {
    { 0x300, 230, U"AEIOUaeiouÜüNnĒēŌōWwÂâĂăÊêÔôƠơƯưYy",
      U"ÀÈÌÒÙàèìòùǛǜǸǹḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳ" },
    { 0x301, 230, U"AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØøÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯư",
      U"ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắẾếỐốỚớỨứ" },
    { 0x302, 230, U"AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ",
      U"ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ" },
    { 0x303, 230, U"ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy",
      U"ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ" },
    { 0x304, 230, U"AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyGgḶḷṚṛ",
      U"ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳḠḡḸḹṜṝ" },
    { 0x306, 230, U"AaEeGgIiOoUuȨȩẠạ",
      U"ĂăĔĕĞğĬĭŎŏŬŭḜḝẶặ" },
    { 0x307, 230, U"CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ",
      U"ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎẏẛ" },
    { 0x308, 230, U"AEIOUaeiouyYHhÕõŪūWwXxt",
      U"ÄËÏÖÜäëïöüÿŸḦḧṎṏṺṻẄẅẌẍẗ" },
    { 0x309, 230, U"AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy",
      U"ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ" },
    { 0x30A, 230, U"AaUuwy",
      U"ÅåŮůẘẙ" },
    { 0x30B, 230, U"OoUu",
      U"ŐőŰű" },
    { 0x30C, 230, U"CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh",
      U"ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ" },
    { 0x30F, 230, U"AaEeIiOoRrUu",
      U"ȀȁȄȅȈȉȌȍȐȑȔȕ" },
    { 0x311, 230, U"AaEeIiOoRrUu",
      U"ȂȃȆȇȊȋȎȏȒȓȖȗ" },
    { 0x31B, 216, U"OoUu",
      U"ƠơƯư" },
    { 0x323, 220, U"BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy",
      U"ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ" },
    { 0x324, 220, U"Uu",
      U"Ṳṳ" },
    { 0x325, 220, U"Aa",
      U"Ḁḁ" },
    { 0x326, 220, U"SsTt",
      U"ȘșȚț" },
    { 0x327, 202, U"CcGgKkLlNnRrSsTtEeDdHh",
      U"ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ" },
    { 0x328, 202, U"AaEeIiUuOo",
      U"ĄąĘęĮįŲųǪǫ" },
    { 0x32D, 220, U"DdEeLlNnTtUu",
      U"ḒḓḘḙḼḽṊṋṰṱṶṷ" },
    { 0x32E, 220, U"Hh",
      U"Ḫḫ" },
    { 0x330, 220, U"EeIiUu",
      U"ḚḛḬḭṴṵ" },
    { 0x331, 220, U"BbDdKkLlNnRrTtZzh",
      U"ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ" },
};

enum { COMPOSITIONS = sizeof compositions / sizeof *compositions };

static size_t row_of(uint32_t mark)
{
    for (size_t i = 0; i < COMPOSITIONS; i++)
        if (compositions[i].mark == mark) return i;
    return COMPOSITIONS;
}

uint32_t yq_shape_compose(uint32_t base, uint32_t mark)
{
    size_t row = row_of(mark);
    if (row == COMPOSITIONS) return 0;
    for (size_t i = 0; compositions[row].bases[i]; i++)
        if (compositions[row].bases[i] == base) return compositions[row].composed[i];
    return 0;
}

uint8_t yq_shape_mark_class(uint32_t cp)
{
    size_t row = cp >= 0x300 && cp < 0x370 ? row_of(cp) : COMPOSITIONS;
    return row < COMPOSITIONS ? compositions[row].class : 0;
}

/* U+2F00..2FD5, in order (their NFKC forms). */
static const char32_t kangxi[] =
    U"一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴"
    U"廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿"
    U"目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵"
    U"邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/* The few of the radicals supplement that fonts of Chinese text really produce. */
static const struct {
    char32_t radical, ideograph;
} supplement[] = {
    { 0x2E9F, U'母' }, { 0x2EA0, U'民' }, { 0x2EC1, U'虎' }, { 0x2EC4, U'西' }, { 0x2EC5, U'见' }, { 0x2EC6, U'角' },
    { 0x2EC9, U'贝' }, { 0x2ECB, U'车' }, { 0x2ED1, U'長' }, { 0x2ED3, U'长' }, { 0x2ED4, U'门' }, { 0x2ED8, U'青' },
    { 0x2ED9, U'韦' }, { 0x2EDA, U'页' }, { 0x2EDB, U'风' }, { 0x2EDC, U'飞' }, { 0x2EDD, U'食' }, { 0x2EE2, U'马' },
    { 0x2EE3, U'骨' }, { 0x2EE4, U'鬼' }, { 0x2EE5, U'鱼' }, { 0x2EE6, U'鸟' }, { 0x2EE7, U'卤' }, { 0x2EE8, U'麦' },
    { 0x2EE9, U'黄' }, { 0x2EEA, U'黾' }, { 0x2EEC, U'齐' }, { 0x2EEE, U'齿' }, { 0x2EF0, U'龙' }, { 0x2EF3, U'龟' },
};

static const struct {
    char32_t from, to;
} singletons[] = { { 0x212A, 'K' }, { 0x212B, 0xC5 }, { 0x2126, 0x3A9 } };

uint32_t yq_shape_usual(uint32_t cp)
{
    if (cp >= 0x2F00 && cp <= 0x2FD5) return kangxi[cp - 0x2F00];
    for (size_t i = 0; cp >= 0x2E80 && cp < 0x2F00 && i < sizeof supplement / sizeof *supplement; i++)
        if (supplement[i].radical == cp) return supplement[i].ideograph;
    for (size_t i = 0; i < 3; i++)
        if (singletons[i].from == cp) return singletons[i].to;
    return cp;
}
