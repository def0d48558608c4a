/* Rosters, programmes, catalogues and lists of demands, typed in the many ways in which people type them; all names are invented. */
#include "taken.h"

/* Each role, also several of one person: name@organisation:position */
static void print_roles(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.people.n; i++)
        for (size_t k = 0; k < r->found.people.v[i].roles.n; k++) {
            const yq_found_role *role = &r->found.people.v[i].roles.v[k];
            yq_buf_printf(b, "%.*s@%.*s:%.*s|", YQ_FMT(r->found.people.v[i].name), YQ_FMT(org(r, role->org)), YQ_FMT(role->position));
        }
}

static void print_dates(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.events.n; i++) yq_buf_printf(b, "%.*s;%s|", YQ_FMT(r->found.events.v[i].name), r->found.events.v[i].date);
}

static const taken_row rows[] = {
    /* rosters */
    { "offices head lines of name, institution and posts", print_roles, "a.txt",
      "云岭心脑健康联盟第二届专家委员会\n组成人员名单\n\n主任委员\n  周  岚    云岭省人民医院    院长、神经内科主任医师\n副主任委员（2人）\n  林舟      鹿渡大学          教授\n  何晓明    磐浦市中心医院    心内科主任（兼）\n",
      "周岚@云岭省人民医院:院长|周岚@云岭省人民医院:神经内科主任医师|周岚@云岭心脑健康联盟第二届专家委员会:主任委员|"
      "林舟@鹿渡大学:教授|林舟@云岭心脑健康联盟第二届专家委员会:副主任委员|何晓明@磐浦市中心医院:心内科主任|何晓明@云岭心脑健康联盟第二届专家委员会:副主任委员|" },
    { "offices with a colon, the name last", print_roles, "a.txt",
      "云岭省卒中学会换届\n云岭省卒中学会选举产生新一届领导机构：\n会长：云岭省人民医院院长 周岚\n秘书长：鹿渡大学教授 林舟（专职）\n会议还讨论了明年的工作。\n",
      "周岚@云岭省人民医院:院长|周岚@云岭省卒中学会:会长|林舟@鹿渡大学:教授|林舟@云岭省卒中学会:秘书长|" },
    { "offices with a colon, the name first", print_roles, "a.txt",
      "云岭省卒中学会换届\n云岭省卒中学会选举产生新一届领导机构：\n会长：周岚（云岭省人民医院院长）\n副会长：林舟，鹿渡大学教授\n",
      "周岚@云岭省人民医院:院长|周岚@云岭省卒中学会:会长|林舟@鹿渡大学:教授|林舟@云岭省卒中学会:副会长|" },
    { "an office of one's own ends with the list", print_roles, "a.txt",
      "云岭省卒中学会换届\n理事长\n周岚　云岭省人民医院院长\n会议由鹿渡大学教授林舟主持。他说，明年要多走几个县，多看几家医院，多听听医生怎么说。\n",
      "周岚@云岭省人民医院:院长|周岚@云岭省卒中学会:理事长|林舟@鹿渡大学:教授|" },
    { "a department in a column of its own", print_roles, "a.csv",
      "周岚,云岭省人民医院,心内科,主任\n林舟,鹿渡大学,生物医学工程系,系主任、教授\n",
      "周岚@云岭省人民医院:心内科主任|林舟@鹿渡大学:生物医学工程系系主任|林舟@鹿渡大学:教授|" },
    { "words in front of an institution are no name", print_roles, "a.txt", "回程那天，云岭省人民医院院长周岚说，路不好走。\n时间 云岭省人民医院 主任\n", "周岚@云岭省人民医院:院长|" },

    { "marks of a list in front of offices, several in a line", print_roles, "a.txt",
      "大会宣读了云岭省卒中学会组织机构名单\n▪ 理事长：云岭省人民医院院长 周岚\n▪ 副理事长：鹿渡大学教授 林舟；磐浦市中心医院心内科主任 何晓明\n冯远为以上人员颁发聘书。\n",
      "周岚@云岭省人民医院:院长|周岚@云岭省卒中学会:理事长|林舟@鹿渡大学:教授|林舟@云岭省卒中学会:副理事长|何晓明@磐浦市中心医院:心内科主任|何晓明@云岭省卒中学会:副理事长|" },
    { "the name in the last column", print_roles, "a.txt",
      "云岭省卒中学会选举结果\n　　副会长：　鹿渡大学校长　林舟\n　　　　　　　云岭省人民医院院长助理　　周岚\n　　　　　　　磐浦市中心医院党委书记　　何晓明（女）\n",
      "林舟@鹿渡大学:校长|林舟@云岭省卒中学会:副会长|周岚@云岭省人民医院:院长助理|周岚@云岭省卒中学会:副会长|何晓明@磐浦市中心医院:党委书记|何晓明@云岭省卒中学会:副会长|" },
    { "people, posts and institutions side by side in cells", print_roles, "a.csv",
      "序号,项目名称,承担单位,负责人,职务\n1,卒中转运,云岭省人民医院、鹿渡医疗科技有限公司,周岚、林舟,院长、总工程师\n", "周岚@云岭省人民医院:院长|林舟@鹿渡医疗科技有限公司:总工程师|" },
    /* items with fields */
    { "the unit of an item is that of its people", print_roles, "a.txt",
      "揭榜挂帅榜单\n榜单1　房颤的术中判断\n发榜单位：云岭省人民医院\n难题描述：术中看不到损伤。\n联系人：周岚（心内科主任）\n"
      "榜单2　癫痫的夜间预警\n发榜单位：磐浦市中心医院\n难题描述：夜间发作没有人知道。\n联系人：林舟\n",
      "周岚@云岭省人民医院:心内科主任|林舟@磐浦市中心医院:|" },
    { "the people stand in front of the unit, all in one line", print_roles, "a.txt",
      "成果目录\n1. 可降解封堵器\n负责人：周岚　完成单位：鹿渡大学　成熟度：小试\n2. 便携式脑氧监测仪\n完成人：林舟（教授）；单位：云岭医科大学；合作方式：转让\n",
      "周岚@鹿渡大学:|林舟@云岭医科大学:教授|" },
    { "the department beside the unit", print_roles, "a.txt",
      "临床需求清单\n需求一　海蜇蜇伤\n提出单位/科室：云岭省人民医院 急诊科　　需求人：护士长 周岚\n现状：船上没有处置包。\n", "周岚@云岭省人民医院:急诊科护士长|" },
    { "a page that a house publishes on its own", print_roles, "a.md",
      "# 鹿渡大学科技成果推介册\n\n**成果 1　可降解封堵器**\n- 负责人：周岚（机械工程学院讲师）\n- 成熟度：小试\n\n**成果 2　脑氧监测仪**\n- 负责人：林舟、何晓明\n- 成熟度：样机\n",
      "周岚@鹿渡大学:机械工程学院讲师|林舟@鹿渡大学:|何晓明@鹿渡大学:|" },
    { "with two holders nobody knows whose the contact is", print_roles, "a.txt", "成果目录\n1. 可降解封堵器\n持有单位：鹿渡大学、苇渡医疗科技有限公司\n简介：两年内降解。\n联系人：周岚\n", "" },
    { "a partner is not the unit", print_roles, "a.txt", "成果目录\n1. 可降解封堵器\n合作单位：苇渡医疗科技有限公司\n完成单位：鹿渡大学\n发明人：周岚\n", "周岚@鹿渡大学:|" },
    { "names of technologies without their numbers", print_technologies, "a.md",
      "# 成果推介\n\n**成果 1　可降解封堵器**\n- 完成单位：鹿渡大学\n- 成熟度：小试\n\n**【成果二】便携式脑氧监测仪**\n- 持有单位：云岭省人民医院\n\n成果名称：智能输液架\n完成单位：磐浦大学\n",
      "可降解封堵器@鹿渡大学|便携式脑氧监测仪@云岭省人民医院|智能输液架@磐浦大学|" },
    { "needs of a form with their holders", print_needs, "a.txt",
      "临床需求清单\n需求一　海蜇蜇伤\n提出单位：云岭省人民医院　　需求人：周岚\n现 状：渔船返港要三个半小时，船上没有任何可用的处置包。\n期 望：常温保存。\n\n"
      "需求二　造口底盘脱落\n提出单位：鹿渡市人民医院　　需求人：林舟\n现 状：夏天两天就要换一次，皮肤常常发炎。\n期 望：耐汗。\n",
      "渔船返港要三个半小时，船上没有任何可用的处置包@云岭省人民医院|夏天两天就要换一次，皮肤常常发炎@鹿渡市人民医院|" },
    /* programmes */
    { "time, title, speaker, parted by blanks", print_talks, "a.txt",
      "会议日程\n09:00-09:20  卒中绿道：十年的经验      周岚  云岭省人民医院 院长\n09:20-09:40  AI 辅助 CT 判读的县域应用   林舟\n09:40-10:00  茶歇\n10:00-10:30  讨论：周岚、林舟\n",
      "周岚:卒中绿道：十年的经验|林舟:AI 辅助 CT 判读的县域应用|" },
    { "the speaker in the line below", print_talks, "a.txt",
      "会议日程\n09:00-09:20 The green channel for stroke: ten years\nProf. Lan Zhou (Yunling Medical University, China)\n09:20-09:40 心衰患者的居家随访\n林舟 教授（鹿渡大学）\n",
      "Lan Zhou:The green channel for stroke: ten years|林舟:心衰患者的居家随访|" },
    { "the speaker first", print_talks, "a.txt",
      "会议日程\n上午9:00—9:20 周岚（云岭省人民医院院长）：卒中绿道的建设\n9:20—9:40 林舟，鹿渡大学教授 《心衰患者的居家随访》\n", "周岚:卒中绿道的建设|林舟:心衰患者的居家随访|" },
    { "strokes between the parts", print_talks, "a.md",
      "# 云岭心脑论坛\n\n- 09:00–09:20 | 卒中绿道的建设 | 周岚 | 云岭省人民医院\n- 09:20–09:40 | **心衰患者的居家随访** | 林舟（鹿渡大学）\n", "周岚:卒中绿道的建设|林舟:心衰患者的居家随访|" },
    { "a title, a dash and a name", print_talks, "a.txt", "会议日程\n14:00 卒中绿道的建设 —— 周岚（云岭省人民医院）\n14:20 心衰患者的居家随访 / 林舟 教授\n", "周岚:卒中绿道的建设|林舟:心衰患者的居家随访|" },
    { "labels in a slot", print_talks, "a.txt", "会议日程\n14:00-14:20 卒中绿道的建设 讲者：周岚\n14:20-14:40 心衰患者的居家随访 主持：林舟\n", "周岚:卒中绿道的建设|" },
    { "a table without a header", print_talks, "a.html",
      "<h1>云岭心脑论坛日程</h1><table><tr><td>09:00-09:20<td>卒中绿道的建设<td>周岚<td>云岭省人民医院<tr><td>09:20-09:40<td>心衰患者的居家随访<td>林舟<td>鹿渡大学<tr><td>09:40-10:00<td colspan=3>茶歇</table>",
      "周岚:卒中绿道的建设|林舟:心衰患者的居家随访|" },
    { "a list that words announce", print_talks, "a.txt", "论坛上，三位专家作了报告，题目如下：\n◎周岚：卒中绿道的建设\n◎鹿渡大学教授林舟：心衰患者的居家随访\n会后大家合影。\n", "周岚:卒中绿道的建设|林舟:心衰患者的居家随访|" },
    { "names in front of books", print_talks, "a.txt", "学术报告\n周岚《卒中绿道的建设》\n云岭省人民医院院长 林舟《心衰患者的居家随访》\n", "周岚:卒中绿道的建设|林舟:心衰患者的居家随访|" },
    { "a list of speakers with their posts is no list of talks", print_talks, "a.txt",
      "Speakers and programme:\nLan Zhou, MD, Head of the Stroke Unit\nJohn Miller, PhD: Population Health Lead at the Institute\n", "" },
    { "what somebody says is no talk", print_talks, "a.txt", "报告之后的发言\n周岚：“我们缺的不是机器，是看图的人。”\n林舟：“病人等不起。”\n", "" },
    { "scores and ratios are no times", print_talks, "a.txt", "比分\n3:15 周岚胜林舟，两局之后\n", "" },
    { "the speakers of a programme with their posts", print_roles, "a.txt",
      "会议日程\n09:00-09:20  卒中绿道的建设      周岚  云岭省人民医院神经内科 主任\n09:20-09:40  心衰患者的居家随访  林舟  鹿渡大学 教授\n",
      "周岚@云岭省人民医院:神经内科主任|林舟@鹿渡大学:教授|" },
    { "a programme's event, its name in two languages, date in a row of its own", print_dates, "a.txt",
      "The 4th Yunling Conference on Stroke\n第四届云岭卒中大会\n会议日程  Programme\n鹿渡国际会议中心  2026年5月9日\n主办单位：云岭省医学会\n\n09:00-09:20  卒中绿道的建设   周岚\n",
      "第四届云岭卒中大会;2026-05-09|" },
    /* projects and amounts */
    { "what a project is about", print_technologies, "a.csv",
      "序号,项目名称,承担单位,类别,金额(万元)\n1,可降解封堵器的首次人体试验,云岭省人民医院,器械,180\n2,基层卒中救治模式研究,鹿渡大学,模式,20\n3,便携式脑氧监测仪,磐浦大学,器械,30\n",
      "可降解封堵器@云岭省人民医院|便携式脑氧监测仪@磐浦大学|" },
    { "the unit of amounts stands in the header", print_figures, "a.csv",
      "序号,项目名称,承担单位,金额(万元)\n1,可降解封堵器,云岭省人民医院,180\n2,脑氧监测仪,鹿渡大学,\"1,046.5\"\n3,智能输液架,磐浦大学,另议\n", "180 万元|1046.5 万元|" },
    { "the unit of amounts stands in the cell", print_figures, "a.md", "# 成果去向\n\n| 成果 | 受让单位 | 金额 |\n|---|---|---|\n| 可降解封堵器 | 云岭医疗科技有限公司 | 320 万元 |\n| 脑氧监测仪 | 鹿渡医院 | 面议 |\n", "320 万元|" },
    { "numbers of a list are no amounts", print_figures, "a.csv", "序号,姓名,单位\n1,周岚,云岭省人民医院\n2,林舟,鹿渡大学\n", "" },
};

int main(void)
{
    check_taken(rows, sizeof rows / sizeof *rows);
    return check_done();
}
