/* Where names begin and end: one row for each way in which a border is easily missed. Names are invented. */
#include "../check.h"
#include "extract/extract.h"

static const struct { const char *what, *text, *people, *orgs; } rows[] = {
    /* a given name that ends in a character which elsewhere says something */
    { "答 before 在", "知渡资本执行董事苏门答在论坛上谈到估值。", "苏门答", "知渡资本" },
    { "道 before a verb of saying", "汀阳市中心医院院长林知道介绍了经验。", "林知道", "汀阳市中心医院" },
    { "则 before 表示 is an adverb", "汀阳市中心医院院长韩霁则表示，将继续努力。", "韩霁", "汀阳市中心医院" },
    { "称 before a comma is a verb", "汀阳市中心医院院长何晓称，将继续努力。", "何晓", "汀阳市中心医院" },
    { "致 before 出席", "汀阳市中心医院院长沈言致出席会议。", "沈言致", "汀阳市中心医院" },
    { "任 before a post is a verb", "汀阳市中心医院聘请何晓任名誉院长。", "何晓", "汀阳市中心医院" },
    { "问 before 表示", "汀阳市中心医院院长柳不问表示，将继续努力。", "柳不问", "汀阳市中心医院" },
    { "率 before an object is a verb", "汀阳市中心医院院长何晓率团来访。", "何晓", "汀阳市中心医院" },
    { "获 before an object is a verb", "汀阳市中心医院教授何晓获一等奖。", "何晓", "汀阳市中心医院" },
    { "也 before 表示 is an adverb", "汀阳市中心医院院长何晓也表示赞成。", "何晓", "汀阳市中心医院" },
    { "two characters before 在", "汀阳市中心医院院长何晓在论坛上发言。", "何晓", "汀阳市中心医院" },
    /* a title whose last character and a surname make a word */
    { "主任|何", "汀阳市中心医院急诊科主任何晓明表示，将继续努力。", "何晓明", "汀阳市中心医院" },
    { "书记|录", "汀阳市中心医院党委书记陆天成表示，将继续努力。", "陆天成", "汀阳市中心医院" },
    { "教授|权", "鹿渡大学教授权一鸣介绍了方案。", "权一鸣", "鹿渡大学" },
    { "院长|安", "汀阳市中心医院院长安静之致辞。", "安静之", "汀阳市中心医院" },
    { "主席|位", "汀阳市医学会主席席慕然致辞。", "席慕然", "汀阳市医学会" },
    { "部长|江", "青禾医疗科技有限公司研发部部长江一帆出席。", "江一帆", "青禾医疗科技有限公司" },
    { "会长|孙", "汀阳市医学会会长孙知行致辞。", "孙知行", "汀阳市医学会" },
    { "董事|局 is still a word", "青禾医疗科技有限公司董事局主席何晓明出席。", "何晓明", "青禾医疗科技有限公司" },
    /* surnames of two characters, and two given characters behind */
    { "司空", "汀阳市中心医院院长司空见微致辞。", "司空见微", "汀阳市中心医院" },
    { "公冶", "青禾医疗科技有限公司董事长公冶长风来访。", "公冶长风", "青禾医疗科技有限公司" },
    { "闻人", "青禾医疗科技有限公司首席医学官闻人清介绍。", "闻人清", "青禾医疗科技有限公司" },
    { "郝连 is no double surname", "汀阳市中心医院淋巴瘤科主任郝连城出席。", "郝连城", "汀阳市中心医院" },
    { "令狐", "汀阳市中心医院主任医师令狐知秋出席。", "令狐知秋", "汀阳市中心医院" },
    { "欧阳 in a list", "会议由欧阳明澈、何晓明主持。", "欧阳明澈; 何晓明", "" },
    /* a company whose first character elsewhere is a verb or a function word */
    { "听", "一行走访了听竹睡眠科技有限公司。", "", "听竹睡眠科技有限公司" },
    { "听 behind 、", "包括棱桥医药科技有限公司、听雨声学科技有限公司等。", "", "棱桥医药科技有限公司; 听雨声学科技有限公司" },
    { "予 at the start", "予宁母婴科技有限公司发布了新品。", "", "予宁母婴科技有限公司" },
    { "知", "知微诊断技术有限公司发布了新品。", "", "知微诊断技术有限公司" },
    { "见", "见山医疗科技有限公司发布了新品。", "", "见山医疗科技有限公司" },
    { "问", "问渠医疗科技有限公司发布了新品。", "", "问渠医疗科技有限公司" },
    { "得", "得一生物科技有限公司发布了新品。", "", "得一生物科技有限公司" },
    { "看 behind 。", "会议召开。看云医疗科技有限公司发布了新品。", "", "看云医疗科技有限公司" },
    { "由 is no part", "该试验由初禾基因科技有限公司申办。", "", "初禾基因科技有限公司" },
    { "与 is no part", "汀阳市中心医院与青禾医疗科技有限公司签约。", "", "汀阳市中心医院; 青禾医疗科技有限公司" },
    { "在 is no part", "会议在汀阳市中心医院举行。", "", "汀阳市中心医院" },
    { "对 is no part", "专家对青禾医疗科技有限公司进行了评审。", "", "青禾医疗科技有限公司" },
    /* 和, 与 inside of a name */
    { "和 inside", "何晓明与界和细胞治疗有限公司商谈。", "何晓明", "界和细胞治疗有限公司" },
    { "和 inside, at the start", "仁和医疗器械有限公司发布了新品。", "", "仁和医疗器械有限公司" },
    { "和 between two", "棱桥医药科技有限公司和青禾医疗科技有限公司签约。", "", "棱桥医药科技有限公司; 青禾医疗科技有限公司" },
    { "和 behind a list word", "医院和细胞治疗有限公司洽谈。", "", "" },
    /* no name of its own */
    { "a trade only", "有关医疗器械有限公司应当自查。", "", "" },
    { "a trade only, behind a verb", "他创办了细胞治疗有限公司。", "", "" },
    { "公司投资", "公司投资副总裁何晓明补充说，进展顺利。", "何晓明", "" },
    { "基金投资", "一期基金投资的企业已上市。", "", "" },
    { "a bracket is no name", "各市（州）科技局，各有关单位：请遵照执行。", "", "" },
    /* a role in front of the name */
    { "管理人", "规模5亿元，管理人青禾创业投资有限公司，投资成长期企业。", "", "青禾创业投资有限公司" },
    { "申办方", "申办方青禾医疗科技有限公司介绍了方案。", "", "青禾医疗科技有限公司" },
    { "供应商", "供应商棱桥医药科技有限公司已备案。", "", "棱桥医药科技有限公司" },
    { "合作方", "合作方棱桥医药科技有限公司已备案。", "", "棱桥医药科技有限公司" },
    { "a year and a verb", "医院2025年试用棱桥智能装备有限公司的设备。", "", "棱桥智能装备有限公司" },
    { "采用", "该中心采用棱桥医疗设备有限公司的加速器。", "", "棱桥医疗设备有限公司" },
    { "引进", "该中心引进棱桥医疗设备有限公司的加速器。", "", "棱桥医疗设备有限公司" },
    /* two organisations joined by a verb */
    { "联合", "朔曲机器人股份有限公司联合砚南理工大学研制测量垫片。", "", "朔曲机器人股份有限公司; 砚南理工大学" },
    { "协同", "汀阳市中心医院协同鹿渡大学开展研究。", "", "汀阳市中心医院; 鹿渡大学" },
    { "携手", "汀阳市中心医院携手青禾医疗科技有限公司发布新品。", "", "汀阳市中心医院; 青禾医疗科技有限公司" },
    { "委托", "汀阳市中心医院委托棱桥医药研究有限公司监查。", "", "汀阳市中心医院; 棱桥医药研究有限公司" },
    { "依托", "汀阳市中心医院依托鹿渡大学建设平台。", "", "汀阳市中心医院; 鹿渡大学" },
    { "支持", "汀阳市医学会支持鹿渡大学办会。", "", "汀阳市医学会; 鹿渡大学" },
    { "联合 inside of a name", "鹿渡大学联合实验室揭牌。", "", "鹿渡大学联合实验室" },
    { "a word of time is the name", "初晓基因科技有限公司首席医学官何晓明介绍。", "何晓明", "初晓基因科技有限公司" },
    { "and behind 由", "该试验由初晓基因科技有限公司申办。", "", "初晓基因科技有限公司" },
    /* what only the voice that learnt takes for an organisation */
    { "the first of its kind is no name", "鹿渡首个县级血液透析室投用。", "", "" },
    { "nor with an adverb in it", "汀阳首设智能跌倒预警病房。", "", "" },
    /* English */
    { "a legal form begins no name", "It was made by Norbridge Imaging Technology Co., Ltd. and Harrow Bridge Hospital.", "", "Norbridge Imaging Technology Co., Ltd.; Harrow Bridge Hospital" },
    { "nor with a place behind it", "The robot is made by Norbridge Surgical Robotics Co., Ltd. of Harrow.", "", "Norbridge Surgical Robotics Co., Ltd." },
    { "a headline tells", "Harrow Bridge Hospital Completes Its Thousandth Robotic Operation\n\nIt was done on Monday.\n", "", "Harrow Bridge Hospital" },
    /* foundations */
    { "关爱", "青禾罕见病关爱基金会秘书长岳小禾出席。", "岳小禾", "青禾罕见病关爱基金会" },
    { "救助", "汀阳市儿童救助基金会捐赠设备。", "", "汀阳市儿童救助基金会" },
};

static void append(yq_buf *b, yq_str s)
{
    if (b->n) yq_buf_put(b, YQ_S("; "));
    yq_buf_put(b, s);
}

static void same(const char *what, const yq_buf *found, const char *expected)
{
    if (!CHECK(what, yq_eq(yq_buf_str(found), yq_cstr(expected)))) fprintf(stderr, "    expected \"%s\", found \"%.*s\"\n", expected, YQ_FMT(yq_buf_str(found)));
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_arena *a = yq_arena_new(64u << 20);
        yq_reading reading;
        yq_findings f;
        yq_buf people = { 0 }, orgs = { 0 };
        bool read = yq_intake_read(a, YQ_S("a.txt"), yq_cstr(rows[i].text), NULL, &reading, NULL) == YQ_OK && yq_extract(a, &reading, &f, NULL) == YQ_OK;
        CHECK(rows[i].what, read);
        for (size_t k = 0; read && k < f.people.n; k++) append(&people, f.people.v[k].name);
        for (size_t k = 0; read && k < f.orgs.n; k++) append(&orgs, f.orgs.v[k].name);
        same(rows[i].what, &people, rows[i].people);
        same(rows[i].what, &orgs, rows[i].orgs);
        yq_buf_free(&people);
        yq_buf_free(&orgs);
        yq_arena_free(a);
    }
    return check_done();
}
