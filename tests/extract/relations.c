/* What the relation stages read out of made-up sentences: each row is a pattern of the language, said with invented names. */
#include "taken.h"

static const taken_row rows[] = {
    /* where names of organisations begin */
    { "an adjective at a border is the name's", print_orgs, "a.txt", "大青岭医院今日启用新楼。", "大青岭医院|" },
    { "so is a rare verb behind a place", print_orgs, "a.txt", "项目由云南落笔坡国际医疗中心牵头。", "云南落笔坡国际医疗中心|" },
    { "and a conjunction that joins nothing", print_orgs, "a.txt", "与声科技有限公司今日发布新品。", "与声科技有限公司|" },
    { "it begins where it began elsewhere", print_orgs, "a.txt", "大青岭医院建院二十年。企业家向大青岭医院捐款。", "大青岭医院|" },
    { "houses of a kind are none", print_orgs, "a.txt", "他代表医院致辞，讲了山区医院的难处。", "" },
    { "a visit is no name", print_orgs, "a.txt", "一行人考察协和医院后离开。", "协和医院|" },
    { "a year of entry is no name", print_orgs, "a.txt", "2001级云南医学院校友回来了。", "云南医学院|" },
    /* people */
    { "alone between post and mark, whatever the surname", print_people, "a.txt", "出席的有云岭省人民医院院长 把建国；鹿渡大学校长 周岚。", "把建国;院长@云岭省人民医院|周岚;校长@鹿渡大学|" },
    { "a rare surname that is met again", print_people, "a.txt", "云岭省人民医院副院长刀慧算过一笔账。采访结束，刀慧说天亮了。", "刀慧;副院长@云岭省人民医院|" },
    { "a dotted name up to the verb", print_people, "a.txt", "云岭省人民医院院长阿依古丽·吾甫尔山介绍，道路难走。", "阿依古丽·吾甫尔山;院长@云岭省人民医院|" },
    { "what somebody does is no name", print_people, "a.txt", "周岚女士致辞时表示，还颁发了客座研究员聘书。", "周岚|" },
    { "guests, a line each", print_people, "a.txt", "嘉宾名单\n云岭省人民医院党委书记、院长　周岚\n鹿渡大学校长　林舟\n", "周岚;党委书记@云岭省人民医院;院长@云岭省人民医院|林舟;校长@鹿渡大学|" },
    { "the house that the page speaks of", print_people, "a.txt", "云岭省妇幼保健协会聘任仪式举行。协会会长周岚致辞，协会还有许多事要做。", "周岚;会长@云岭省妇幼保健协会|" },
    { "a post in a school", print_people, "a.txt", "鹿渡大学校长周岚出席；机械工程学院副教授林舟演示了样机。", "周岚;校长@鹿渡大学|林舟;机械工程学院副教授@鹿渡大学|" },
    { "posts behind a label", print_people, "a.txt", "林舟 教授\n讲题：卒中绿道\n现职：鹿渡大学 医学工程研究所 教授；云岭省人民医院 顾问\n",
      "林舟;教授@-;医学工程研究所教授@鹿渡大学;顾问@云岭省人民医院|" },
    /* talks */
    { "lists of people and topics are aligned", print_talks, "a.txt",
      "云岭省人民医院院长周岚、磐浦市中心医院副院长林舟、鹿渡大学教授何晓明分别围绕卒中的早期识别、心衰患者的居家随访、数字疗法的证据等内容作了分享。", "周岚:卒中的早期识别|林舟:心衰患者的居家随访|何晓明:数字疗法的证据|" },
    { "a pair that gave one talk", print_talks, "a.txt",
      "云岭省人民医院院长周岚、鹿渡大学教授林舟和何晓明分别围绕卒中的早期识别、心衰患者的居家随访等内容作了分享。", "周岚:卒中的早期识别|林舟:心衰患者的居家随访|何晓明:心衰患者的居家随访|" },
    { "one topic for several", print_talks, "a.txt", "云岭省人民医院院长周岚、鹿渡大学教授林舟围绕“基层卒中救治”作专题报告。", "周岚:基层卒中救治|林舟:基层卒中救治|" },
    { "以《》为题", print_talks, "a.txt", "云岭省人民医院院长周岚以《卒中绿道》为题作报告。他表示，绿道要修到县里。", "周岚:卒中绿道|" },
    { "作《》报告", print_talks, "a.txt", "云岭省人民医院院长周岚作了题为《卒中绿道》的主旨报告。", "周岚:卒中绿道|" },
    { "the pronoun means the person before", print_talks, "a.txt", "云岭省人民医院院长周岚表示，时间就是大脑。他的演讲题目为“卒中绿道十年”。", "周岚:卒中绿道十年|" },
    { "介绍了 with its object", print_talks, "a.txt", "云岭省人民医院院长周岚介绍了卒中绿道的建设经验。", "周岚:卒中绿道的建设经验|" },
    { "a signed book is no talk", print_talks, "a.txt", "云岭省人民医院院长周岚与鹿渡大学校长林舟签订《卒中研究合作协议》。", "" },
    { "a discussion is no talk", print_talks, "a.txt", "云岭省人民医院院长周岚、鹿渡大学教授林舟围绕卒中救治展开座谈。", "" },
    { "talks of a table", print_talks, "a.csv",
      "时间,题目,讲者,单位\n分会场一 卒中,,,\n09:00,卒中绿道,周岚,云岭省人民医院\n09:20,茶歇,,\n09:40,居家随访,林舟、何晓明,鹿渡大学\n", "周岚:卒中绿道|林舟:居家随访|何晓明:居家随访|" },
    { "English, quoted", print_talks, "a.txt", "Dr Lan Zhou, President of Yunling Provincial People's Hospital, spoke on \"The Green Channel for Stroke\".", "Lan Zhou:The Green Channel for Stroke|" },
    /* events */
    { "name, theme, place, hosts", print_events, "a.txt",
      "云岭论坛开幕\n2025年6月8日 来源：云岭网\n6月6日，以“心脑同治”为主题的第三届云岭心脑健康论坛在鹿渡国际会议中心举行。论坛由云岭省医学会主办，云岭省人民医院承办。",
      "第三届云岭心脑健康论坛;2025-06-06;鹿渡国际会议中心;心脑同治;host=云岭省医学会;organizer=云岭省人民医院|" },
    { "a month ahead of the publication is the year before", print_events, "a.txt",
      "培训班结业\n2026年1月8日 来源：云岭网\n12月30日，云岭基层卒中救治培训班在鹿渡市人民医院举办。", "云岭基层卒中救治培训班;2025-12-30;鹿渡市人民医院;|" },
    { "在PLACE召开NAME", print_events, "a.txt", "云岭省医学会在鹿渡宾馆召开云岭卒中中心建设研讨会，3月5日开始报到。", "云岭卒中中心建设研讨会;--03-05;鹿渡宾馆;;host=云岭省医学会|" },
    { "what is planned in general is no event", print_events, "a.txt", "建设高水平平台，为举办国际学术会议提供基础。", "" },
    /* deals */
    { "two deals in one sentence", print_deals, "a.txt", "云岭省人民医院与鹿渡大学签署战略合作协议，磐浦市中心医院则与苇渡医疗科技有限公司签订合作意向书。",
      "cooperation:云岭省人民医院+鹿渡大学|letter_of_intent:磐浦市中心医院+苇渡医疗科技有限公司|" },
    { "分别与 pairs", print_deals, "a.txt", "鹿渡市人民医院、磐浦市人民医院分别与云岭省人民医院签订专科托管协议。", "cooperation:鹿渡市人民医院+云岭省人民医院|cooperation:磐浦市人民医院+云岭省人民医院|" },
    { "each part a pair", print_deals, "a.txt", "鹿渡市人民医院与苇渡医疗科技有限公司、磐浦市中心医院与鹿渡大学分别签署合作协议。", "cooperation:鹿渡市人民医院+苇渡医疗科技有限公司|cooperation:磐浦市中心医院+鹿渡大学|" },
    { "whom the clause began with", print_deals, "a.txt", "鹿渡大学今日举行典礼，与磐浦市中心医院、鹿渡市人民医院签署合作备忘录。", "cooperation:磐浦市中心医院+鹿渡市人民医院+鹿渡大学|" },
    { "a cross for the verb", print_deals, "a.txt", "签了什么\n1. 鹿渡市人民医院 × 苇渡医疗科技有限公司：《卒中预警合作协议》\n", "cooperation:鹿渡市人民医院+苇渡医疗科技有限公司|" },
    { "the post of a body is the body's", print_deals, "a.txt", "院长颁发聘书，聘请鹿渡大学校长周岚担任云岭卒中联盟顾问。", "appointment:云岭卒中联盟/周岚|" },
    { "a fund and who pays for it", print_deals, "a.txt", "大会宣布设立卒中转化基金，首期由苇渡医疗科技有限公司出资1000万元。", "fund:苇渡医疗科技有限公司|" },
    { "appointing", print_deals, "a.txt", "云岭省人民医院聘请周岚、林舟为首席专家。", "appointment:云岭省人民医院/周岚,林舟|" },
    { "giving", print_deals, "a.txt", "苇渡医疗科技有限公司向鹿渡市人民医院捐赠便携式超声仪3台。", "funding:苇渡医疗科技有限公司+鹿渡市人民医院|" },
    { "a plan to give is no gift", print_deals, "a.txt", "苇渡医疗科技有限公司计划向鹿渡市人民医院捐赠便携式超声仪3台。", "" },
    { "a fund set up together", print_deals, "a.txt", "云岭省医学会与苇渡医疗科技有限公司共同设立青年医师科研基金。", "fund:云岭省医学会+苇渡医疗科技有限公司|" },
    /* technologies */
    { "a brand and what it is", print_technologies, "a.txt", "苇渡医疗科技有限公司推出“守望”卒中影像辅助决策系统。", "“守望”卒中影像辅助决策系统@苇渡医疗科技有限公司|" },
    { "what is worn, pumped, laid on", print_technologies, "a.txt", "苇渡医疗科技有限公司展示了“守望”吸附再生血泵，林舟演示了“青荷”防盐雾涂层。", "“守望”吸附再生血泵@苇渡医疗科技有限公司|“青荷”防盐雾涂层@苇渡医疗科技有限公司|" },
    { "a slogan is none", print_technologies, "a.txt", "会议强调要推进“健康云岭”建设，解决“最后一公里”难题。", "" },
    { "a catalogue", print_technologies, "a.txt", "成果目录\n01 可降解封堵器\n持有单位：云岭省人民医院\n简介：两年内降解。\n02 便携式脑氧监测仪\n持有单位：鹿渡大学\n简介：三分钟出结果。\n",
      "可降解封堵器@云岭省人民医院|便携式脑氧监测仪@鹿渡大学|" },
    /* needs */
    { "a want in speech", print_needs, "a.txt", "云岭省人民医院院长周岚坦言，县级医院夜间缺少影像医师，转诊靠经验。", "县级医院夜间缺少影像医师，转诊靠经验@云岭省人民医院|" },
    { "the whole thought", print_needs, "a.txt", "周岚说，盐雾大，用不到一年接头就锈了，返厂一次来回要22天，渔船上没有任何备件。", "盐雾大，用不到一年接头就锈了，返厂一次来回要22天，渔船上没有任何备件@-|" },
    { "wants in a row", print_needs, "a.txt", "目前，全市仍存在医疗资源分布不均、高端医疗人才匮乏等问题。", "医疗资源分布不均@-|高端医疗人才匮乏@-|" },
    { "what was overcome is none", print_needs, "a.txt", "团队突破了技术瓶颈，填补了国内空白，解决了器械依赖进口的难题。", "" },
    { "a list of needs", print_needs, "a.csv", "编号,科室,需求名称,需求描述\n1,急诊科,快速分诊,夜间分诊靠人工，漏判多。\n2,骨科,助行,术后老人下床晚。\n单位：云岭省人民医院,,,\n",
      "夜间分诊靠人工，漏判多@云岭省人民医院|术后老人下床晚@云岭省人民医院|" },
    /* figures */
    { "approximations, multipliers, money, rates", print_figures, "a.txt", "全省200余位医生参会，累计服务1.5万名患者，投入近300万元，灵敏度达到92.5%。", "200 位|1.5 万名|300 万元|92.5 %|" },
    { "numbers in characters", print_figures, "a.txt", "约三成患者漏诊，四分之一需要再次住院，医院捐出两套设备。", "3 成|25 %|2 套|" },
    { "the measure word is the unit", print_figures, "a.txt", "来自11个省份、36家医院的代表参加。", "11 个|36 家|" },
    { "dates and ordinals are none", print_figures, "a.txt", "2025年3月5日，第3例手术在2号楼完成。", "" },
};

/* Every finding opens its words: the span lies in the sentence, and both in the text. */
static void check_evidence(void)
{
    result r = extract_text("evidence", "a.txt", "云岭省人民医院院长周岚以《卒中绿道》为题作报告。云岭省人民医院与鹿渡大学签署合作协议，首批投入300万元。");
    CHECK("a talk, a deal, a figure", r.found.talks.n == 1 && r.found.deals.n == 1 && r.found.figures.n == 1);
    for (size_t i = 0; i < r.found.talks.n; i++)
        CHECK("the title's words", yq_eq(yq_at(r.reading.clean, r.found.talks.v[i].evidence.span), YQ_S("卒中绿道")));
    for (size_t i = 0; i < r.found.deals.n; i++) {
        yq_evidence e = r.found.deals.v[i].evidence;
        CHECK("inside its sentence", e.span.from >= e.sentence.from && e.span.to <= e.sentence.to && e.sentence.to <= r.reading.clean.n);
    }
    for (size_t i = 0; i < r.found.figures.n; i++)
        CHECK("the number's words", yq_eq(yq_at(r.reading.clean, r.found.figures.v[i].evidence.span), YQ_S("300万元")));
    yq_arena_free(r.arena);
}

int main(void)
{
    check_taken(rows, sizeof rows / sizeof *rows);
    check_evidence();
    check_long("周岚、林舟分别围绕甲题、乙题作报告与签署协议“《（，", 4000, 60);
    return check_done();
}
