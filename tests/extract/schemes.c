/* Trials, calls, funds and policies, and who asks: each row is a way in which such pages are written, with invented names. */
#include "taken.h"

static bool same(const char *what, const yq_buf *found, const char *expected)
{
    bool good = CHECK(what, yq_eq(yq_buf_str(found), yq_cstr(expected)));
    if (!good) fprintf(stderr, "  expected %s\n  found    %.*s\n", expected, YQ_FMT(yq_buf_str(found)));
    return good;
}

/* ---------------------------------------------------------------- names */

#define CALL_HEAD "关于发布汀阳省2031年度医学“揭榜挂帅”榜单的公告\n\n各有关单位：\n现将榜单予以公布。\n\n"
#define FUND_HEAD "汀阳省医学会2031年度科研基金申报指南\n\n为支持临床创新，现将有关事项通知如下。\n\n"

static const struct { const char *what, *name, *text, *expected; } names[] = {
    /* calls */
    { "a table of challenges", "a.csv", "榜单编号,榜单名称,出题单位,经费,截止\nB01,新生儿呼吸暂停的无接触监测,汀阳市儿童医院,120万元,2031-05-31\nB02,床旁凝血快检,汀阳市中心医院,80万元,2031-05-31\n",
      "call:新生儿呼吸暂停的无接触监测|call:床旁凝血快检|" },
    { "榜单一：", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。\n\n榜单二：夜班药房的自动核对\n发榜单位：汀阳市中心医院。\n", "call:骨折愈合的居家评估|call:夜班药房的自动核对|" },
    { "榜题1", "a.txt", CALL_HEAD "榜题1：骨折愈合的居家评估\n\n榜题2：夜班药房的自动核对\n", "call:骨折愈合的居家评估|call:夜班药房的自动核对|" },
    { "项目名称 behind a number", "a.txt", CALL_HEAD "一、项目名称：骨折愈合的居家评估\n研究内容：超声与步态。\n考核指标：灵敏度不低于90%。\n\n二、项目名称：夜班药房的自动核对\n研究内容：图像识别。\n",
      "call:骨折愈合的居家评估|call:夜班药房的自动核对|" },
    { "numbered headings with labels below", "a.txt", CALL_HEAD "1．骨折愈合的居家评估\n考核指标：灵敏度不低于90%。\n需求单位：汀阳市骨科医院\n2．夜班药房的自动核对\n考核指标：差错率不高于万分之一。\n需求单位：汀阳市中心医院\n",
      "call:骨折愈合的居家评估|call:夜班药房的自动核对|" },
    { "one that was withdrawn", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n\n说明：\n1. 上年度榜单中“夜班药房的自动核对”一项因无人揭榜已撤销，不再受理。\n", "call:骨折愈合的居家评估|call:夜班药房的自动核对|" },
    { "a section is no challenge", "a.txt", CALL_HEAD "一、榜单\n1．骨折愈合的居家评估\n考核指标：灵敏度不低于90%。\n需求单位：汀阳市骨科医院\n\n二、揭榜条件\n考核指标：以任务书为准。\n", "call:骨折愈合的居家评估|" },
    { "news of a signing is no call", "a.txt", "2031年度“揭榜挂帅”项目在汀阳签约\n\n昨日，签约仪式举行。\n", "" },
    { "conditions are no challenge", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n\n说明：\n1. 揭榜单位须在境内注册。\n2. 逾期不予受理。\n", "call:骨折愈合的居家评估|" },
    { "a call without entries is its headline", "a.txt", "关于公开征集慢性伤口智能敷料合作单位的公告\n\n汀阳市中心医院拟面向社会征集合作单位，请于2031年4月30日前报送材料。\n", "call:公开征集慢性伤口智能敷料合作单位|" },
    { "the list itself", "a.txt", "汀阳市2031年第一批临床难题揭榜榜单\n\n以下榜单面向全国。\n", "call:汀阳市2031年第一批临床难题揭榜榜单|" },
    { "asking for opinions is no call", "a.txt", "关于征集对门诊服务意见的通知\n\n请于周五前反馈。\n", "" },
    { "quoted in a sentence", "a.txt", "汀阳市中心医院张榜\n\n近日，汀阳市中心医院面向全国张榜“夜班药房的自动核对与配送”，奖金50万元。\n", "call:夜班药房的自动核对与配送|" },
    { "challenge in English", "a.txt", "Innovation challenges of the Harrow Bridge Alliance: open call\n\nChallenge 1: A quiet pump for night-time dialysis\nOwner: Harrow Bridge Hospital\n\nChallenge 2: Faster sterilising of endoscopes\nOwner: Harrow Bridge Hospital\n",
      "call:A quiet pump for night-time dialysis|call:Faster sterilising of endoscopes|" },
    { "open call in a line", "a.txt", "News from Harrow Bridge\n\nOpen call: \"A quiet pump for night-time dialysis\". Companies may apply.\n", "call:A quiet pump for night-time dialysis|" },
    { "English table of challenges", "a.csv", "Challenge,Owner,Budget,Deadline\nA quiet pump for dialysis,Harrow Bridge Hospital,GBP 90000,2031-06-30\n", "call:A quiet pump for dialysis|" },
    { "a demand list is no call", "a.csv", "需求名称,需求单位,需求描述\n床旁凝血快检,汀阳市中心医院,急诊等凝血结果要一个小时\n", "" },
    /* funds */
    { "headline of a guide", "a.txt", FUND_HEAD "申报截止：2031年6月30日。\n", "fund:汀阳省医学会2031年度科研基金|" },
    { "own name in quotation marks", "a.txt", "汀阳省医学会2031年度“青禾”临床转化资金申报须知\n\n每项20万元。\n", "fund:“青禾”临床转化资金|" },
    { "关于组织申报…的通知", "a.txt", "关于组织申报2031年度汀阳省自然科学基金的通知\n\n各单位：\n现开始受理。\n", "fund:2031年度汀阳省自然科学基金|" },
    { "numbered funds with a colon", "a.txt", "汀阳医学创新基金汇总\n\n（1）汀阳康养产业基金：规模5亿元，投资成长期企业。\n（2）青禾罕见病资助计划：每项8万元。\n", "fund:汀阳康养产业基金|fund:青禾罕见病资助计划|" },
    { "a label", "a.txt", "基金介绍\n\n基金名称：汀阳医疗器械种子基金\n管理人：青禾创业投资有限公司\n", "fund:汀阳医疗器械种子基金|" },
    { "a table of funds", "a.csv", "基金名称,管理人,规模,投资阶段,单笔\n汀阳医疗器械种子基金,青禾创业投资有限公司,1亿元,种子轮,300万元\n", "fund:汀阳医疗器械种子基金|" },
    { "a table of kinds of grants", "a.csv", "资助类别,资助额度,申报截止\n青年医师出国进修资助,5万元,2031-03-31\n护理创新专项,10万元,2031-03-31\n", "fund:青年医师出国进修资助|fund:护理创新专项|" },
    { "set up in a sentence", "a.txt", "青禾创投动态\n\n青禾创业投资有限公司宣布，青禾三期眼科早期基金完成首关，规模3亿元。\n", "fund:青禾三期眼科早期基金|" },
    { "设立 in a sentence", "a.txt", "医院简讯\n\n医院设立“青柚”青年科研基金，每项3万元。\n", "fund:“青柚”青年科研基金|" },
    { "all of the name in quotation marks", "a.txt", "简讯\n\n自治区首个“青禾医创引导基金”已完成备案，规模10亿元。\n", "fund:青禾医创引导基金|" },
    { "what paid for something is no fund on offer, in quotation marks either", "a.txt", "简讯\n\n团队获得“青年医学科学基金”资助，规模50万元。\n", "" },
    { "size in front", "a.txt", "简讯\n\n会上成立了规模3亿元的汀阳医工转化基金。\n", "fund:汀阳医工转化基金|" },
    { "who was paid by a fund names no fund", "a.txt", "专家介绍\n\n何晓明，主任医师，主持国家自然科学基金3项，获得省科技计划资助。\n", "" },
    { "a foundation is no fund", "a.txt", "医院简讯\n\n青禾儿童关爱基金会成立五年来资助了300名患儿。\n", "" },
    { "fund in English", "a.txt", "THE HARROW BRIDGE SEED FUND FOR COUNTRY CLINICS\nCall for proposals 2031\n\nProposals are invited from clinicians.\nDeadline: 30 September 2031.\n", "fund:THE HARROW BRIDGE SEED FUND FOR COUNTRY CLINICS|" },
    { "fund in an English sentence", "a.txt", "News\n\nThe university launched the Harrow Bridge Translation Fund, with awards of GBP 40,000.\n", "fund:Harrow Bridge Translation Fund|" },
    /* policies */
    { "headline", "a.txt", "汀阳省促进医学成果转化若干措施\n\n为促进转化，制定本措施。\n", "policy:汀阳省促进医学成果转化若干措施|" },
    { "second line of the headline", "a.txt", "汀阳省药品监督管理局\n关于支持医疗器械先行先试的实施意见\n汀药监〔2031〕3号\n\n为支持创新，提出以下意见。\n", "policy:关于支持医疗器械先行先试的实施意见|" },
    { "印发…的通知", "a.txt", "关于印发《汀阳市公立医院成果作价入股管理办法》的通知\n\n现印发给你们。\n", "policy:汀阳市公立医院成果作价入股管理办法|" },
    { "a trial version", "a.txt", "汀阳市医疗数据授权运营实施细则（试行）\n\n为规范数据运营，制定本细则。\n", "policy:汀阳市医疗数据授权运营实施细则（试行）|" },
    { "a bundle", "a.md", "# 汀阳高新区医疗政策汇编\n\n## 一、《汀阳高新区创新药首用奖补细则》\n\n- 按采购额20%奖补。\n\n## 二、《汀阳高新区夜间手术补贴措施》\n\n- 每台800元。\n", "policy:汀阳高新区创新药首用奖补细则|policy:汀阳高新区夜间手术补贴措施|" },
    { "a table of policies", "a.csv", "政策名称,文号,发文单位\n汀阳高新区创新药首用奖补细则,汀高〔2031〕7号,汀阳高新区管委会\n", "policy:汀阳高新区创新药首用奖补细则|" },
    { "named in the news", "a.txt", "医院简讯\n\n汀阳市卫生健康委员会近日印发《汀阳市互联网复诊收费管理办法》，自7月1日起施行。\n", "policy:汀阳市互联网复诊收费管理办法|" },
    { "a law that is referred to", "a.txt", "处罚公示\n\n根据《汀阳市医疗机构管理办法》第三条，予以警告。\n", "" },
    { "a section of measures", "a.txt", "医院年度工作总结\n\n一、主要措施\n加强管理。\n二、保障措施\n落实责任。\n", "" },
    /* trials */
    { "a table of trials", "a.csv", "登记号,试验名称,申办方,主要研究者,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,青禾医疗科技有限公司,何晓明,招募中\n", "trial:居家呼吸机脱机训练的随机对照试验|" },
    { "项目名称 in a table of trials", "a.csv", "注册号,项目名称,组长单位,入组例数\nNCT09990001,肺结节随访间隔研究,汀阳市中心医院,120\n", "trial:肺结节随访间隔研究|" },
    { "in quotation marks", "a.txt", "试验启动\n\n“超声消融治疗子宫肌瘤的多中心随机对照临床试验”启动会在汀阳召开。\n", "trial:超声消融治疗子宫肌瘤的多中心随机对照临床试验|" },
    { "in a sentence with its number", "a.txt", "医院简讯\n\n5月6日，“青葵”注射液用于小儿脑瘫的单臂Ⅱ期临床试验（ChiCTR3100000002）在汀阳市儿童医院启动。\n", "trial:“青葵”注射液用于小儿脑瘫的单臂Ⅱ期临床试验|" },
    { "牵头的", "a.txt", "医院简讯\n\n汀阳市中心医院牵头的可吸收支架治疗膝下动脉狭窄的真实世界研究已开始招募。\n", "trial:可吸收支架治疗膝下动脉狭窄的真实世界研究|" },
    { "a label", "a.txt", "招募公告\n\n研究题目：可吸收支架治疗膝下动脉狭窄的前瞻性研究\n主要研究者：何晓明\n", "trial:可吸收支架治疗膝下动脉狭窄的前瞻性研究|" },
    { "the headline has it in other words", "a.txt", "“棱行”机器人辅助膝关节置换多中心试验在汀阳启动\n\n“机器人辅助与常规工具膝关节置换的多中心随机对照试验”启动会昨日召开。\n", "trial:机器人辅助与常规工具膝关节置换的多中心随机对照试验|" },
    { "the bare word", "a.txt", "医院简讯\n\n该院已开展多中心临床试验20余项，参与国际多中心临床研究。\n", "" },
    { "research that is no trial", "a.txt", "医院简讯\n\n团队开展肠道菌群代谢机制研究，牵头多个课题。\n", "" },
    { "English title in a label", "a.txt", "Recruiting now\n\nStudy title: Home weaning from ventilators: a randomised controlled trial\nSponsor: Harrow Bridge Hospital\n", "trial:Home weaning from ventilators: a randomised controlled trial|" },
    { "English sentence", "a.txt", "News\n\nHarrow Bridge Hospital is recruiting for a multicentre randomised trial of home weaning from ventilators (NCT09990002).\n", "trial:multicentre randomised trial of home weaning from ventilators|" },
    { "nothing", "a.txt", "今天天气很好，大家都很高兴。\n", "" },
};

static void check_names(void)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        result r = extract_text(names[i].what, names[i].name, names[i].text);
        yq_buf b = { 0 };
        for (size_t k = 0; k < r.found.schemes.n; k++) yq_buf_printf(&b, "%s:%.*s|", r.found.schemes.v[k].kind, YQ_FMT(r.found.schemes.v[k].name));
        same(names[i].what, &b, names[i].expected);
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

/* ---------------------------------------------------------------- what is said of them */

static const struct { const char *what, *field, *name, *text, *expected; } details[] = {
    { "column of issuers", "holder", "a.csv", "榜单编号,榜单名称,出题单位,经费,截止\nB01,床旁凝血快检,汀阳市中心医院,80万元,2031-05-31\n", "汀阳市中心医院|" },
    { "column of money", "budget", "a.csv", "榜单编号,榜单名称,出题单位,经费,截止\nB01,床旁凝血快检,汀阳市中心医院,80万元,2031-05-31\n", "80万元|" },
    { "column of deadlines", "deadline", "a.csv", "榜单编号,榜单名称,出题单位,经费,截止\nB01,床旁凝血快检,汀阳市中心医院,80万元,2031-05-31\n", "2031-05-31|" },
    { "each entry has its own issuer", "holder", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。\n\n榜单二：夜班药房的自动核对\n发榜单位：汀阳市中心医院。\n", "汀阳市骨科医院|汀阳市中心医院|" },
    { "two issuers", "holder", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院、汀阳市中心医院。\n", "汀阳市骨科医院|汀阳市中心医院|" },
    { "deadline of the whole list", "deadline", "a.txt", "汀阳省临床难题揭榜榜单\n\n揭榜截止2031年5月31日，逾期关闭。\n\n榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。\n", "2031-05-31|" },
    { "money in a sentence", "budget", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。资助150万元，企业自筹不低于一半。\n", "150万元|" },
    { "contact", "contact", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。联系人：何晓明（骨科主任）。\n", "何晓明|" },
    { "what was withdrawn is not this one", "status", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。去年的“夜班药房”一项已撤销。\n", "" },
    { "the one that was withdrawn", "status", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n\n说明：\n1. 上年度榜单中“夜班药房的自动核对”一项因无人揭榜已撤销。\n", "stopped|" },
    { "manager of a fund", "holder", "a.txt", "汀阳基金汇总\n\n（1）汀阳康养产业基金：规模5亿元，管理人青禾创业投资有限公司，单笔2000万元。\n", "青禾创业投资有限公司|" },
    { "size of a fund", "size", "a.txt", "汀阳基金汇总\n\n（1）汀阳康养产业基金：规模5亿元，管理人青禾创业投资有限公司，单笔2000万元。\n", "5亿元|" },
    { "a closed grant", "status", "a.txt", "汀阳基金汇总\n\n（1）青禾护理进修资助：已于2030年12月停止申报。\n", "closed|" },
    { "a time to apply", "deadline", "a.txt", "汀阳省医学会“青禾”转化资金申报须知\n\n受理时间：2031年5月6日至6月5日。\n", "2031-06-05|" },
    { "number of a document", "number", "a.txt", "汀阳省药品监督管理局\n关于支持医疗器械先行先试的实施意见\n汀药监〔2031〕3号\n\n为支持创新，提出以下意见。\n", "汀药监〔2031〕3号|" },
    { "who issued it", "holder", "a.txt", "汀阳省药品监督管理局\n关于支持医疗器械先行先试的实施意见\n汀药监〔2031〕3号\n\n为支持创新，提出以下意见。\n", "汀阳省药品监督管理局|" },
    { "where it holds", "region", "a.txt", "汀阳省药品监督管理局\n关于支持医疗器械先行先试的实施意见\n\n为支持创新，提出以下意见。\n", "汀阳省|" },
    { "no longer in force", "status", "a.md", "# 汀阳高新区医疗政策汇编\n\n## 一、《汀阳高新区夜间手术补贴措施》\n\n- 2030年底到期，不再执行。\n", "closed|" },
    { "sponsor and number", "number", "a.txt", "医院简讯\n\n“青葵”注射液用于小儿脑瘫的单臂Ⅱ期临床试验（ChiCTR3100000002）启动，由青禾基因科技有限公司申办。\n", "ChiCTR3100000002|" },
    { "who sponsors", "holder", "a.txt", "医院简讯\n\n“青葵”注射液用于小儿脑瘫的单臂Ⅱ期临床试验启动，由青禾基因科技有限公司申办。\n", "青禾基因科技有限公司|" },
    { "who leads", "lead_site", "a.txt", "医院简讯\n\n由汀阳市中心医院牵头的可吸收支架治疗膝下动脉狭窄的真实世界研究已开始招募。\n", "汀阳市中心医院|" },
    { "principal investigator", "investigator", "a.txt", "招募公告\n\n研究题目：可吸收支架治疗膝下动脉狭窄的前瞻性研究\n主要研究者：何晓明主任医师\n", "何晓明|" },
    { "recruiting", "status", "a.csv", "登记号,试验名称,申办方,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,青禾医疗科技有限公司,招募中\n", "open|" },
    { "no longer recruiting", "status", "a.csv", "登记号,试验名称,申办方,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,青禾医疗科技有限公司,已完成入组，不再招募\n", "closed|" },
    { "stopped", "status", "a.csv", "登记号,试验名称,申办方,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,青禾医疗科技有限公司,提前终止（安全性）\n", "stopped|" },
    { "not yet", "status", "a.csv", "登记号,试验名称,申办方,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,青禾医疗科技有限公司,准备中\n", "planned|" },
    { "English deadline", "deadline", "a.txt", "THE HARROW BRIDGE SEED FUND FOR COUNTRY CLINICS\nCall for proposals 2031\n\nProposals are invited.\nDeadline: 30 September 2031, 17:00 UTC.\n", "2031-09-30|" },
};

static void print_detail(const result *r, const yq_found_detail *d, yq_buf *b)
{
    yq_str value = *d->date ? yq_cstr(d->date) : d->org != YQ_NONE ? r->found.orgs.v[d->org].name : d->person != YQ_NONE ? r->found.people.v[d->person].name : d->value;
    yq_buf_printf(b, "%.*s|", YQ_FMT(value));
}

static void check_details(void)
{
    for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
        result r = extract_text(details[i].what, details[i].name, details[i].text);
        yq_buf b = { 0 };
        for (size_t k = 0; k < r.found.schemes.n; k++)
            for (size_t d = 0; d < r.found.schemes.v[k].details.n; d++)
                if (!strcmp(r.found.schemes.v[k].details.v[d].field, details[i].field)) print_detail(&r, &r.found.schemes.v[k].details.v[d], &b);
        same(details[i].what, &b, details[i].expected);
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

/* Every detail opens a place of the text, inside of its sentence. */
static void check_evidence(void)
{
    result r = extract_text("evidence", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。资助150万元。联系人：何晓明。\n");
    size_t n = 0;
    for (size_t i = 0; i < r.found.schemes.n; i++)
        for (size_t k = 0; k < r.found.schemes.v[i].details.n; k++, n++) {
            yq_evidence e = r.found.schemes.v[i].details.v[k].evidence;
            CHECK("inside", e.span.from < e.span.to && e.span.from >= e.sentence.from && e.span.to <= e.sentence.to && e.span.to <= r.reading.clean.n);
        }
    CHECK("there are some", n >= 3);
    yq_arena_free(r.arena);
}

static void check_forms(void)
{
    result r = extract_text("forms", "a.txt", "“青葵”研究启动\n\n5月6日，“青葵”注射液用于小儿脑瘫的单臂Ⅱ期临床试验（简称“青葵”研究，ChiCTR3100000002）启动。\n");
    bool one = CHECK("one trial", r.found.schemes.n == 1);
    CHECK("its short name", one && r.found.schemes.v[0].forms.n == 1 && yq_eq(r.found.schemes.v[0].forms.v[0], YQ_S("“青葵”研究")));
    CHECK("named in the headline too", one && r.found.schemes.v[0].mentions.n >= 1);
    yq_arena_free(r.arena);
}

/* Where a contact and an investigator are: with the institution of their entry, never with the company that pays for the trial. */
static const struct { const char *what, *name, *text, *person, *org; } houses[] = {
    { "contact of a challenge", "a.txt", CALL_HEAD "榜单一：骨折愈合的居家评估\n发榜单位：汀阳市骨科医院。联系人：何晓明。\n", "何晓明", "汀阳市骨科医院" },
    { "investigator of a hospital", "a.csv", "登记号,试验名称,牵头单位,主要研究者,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,汀阳市中心医院,何晓明,招募中\n", "何晓明", "汀阳市中心医院" },
    { "investigator for a company", "a.csv", "登记号,试验名称,申办方,主要研究者,状态\nChiCTR3100000001,居家呼吸机脱机训练的随机对照试验,青禾医疗科技有限公司,何晓明,招募中\n", "何晓明", "" },
};

static void check_houses(void)
{
    for (size_t i = 0; i < sizeof houses / sizeof *houses; i++) {
        result r = extract_text(houses[i].what, houses[i].name, houses[i].text);
        yq_buf b = { 0 };
        for (size_t k = 0; k < r.found.people.n; k++)
            for (size_t n = 0; n < r.found.people.v[k].roles.n && yq_eq(r.found.people.v[k].name, yq_cstr(houses[i].person)); n++)
                if (r.found.people.v[k].roles.v[n].org != YQ_NONE) yq_buf_put(&b, r.found.orgs.v[r.found.people.v[k].roles.v[n].org].name);
        same(houses[i].what, &b, houses[i].org);
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

/* ---------------------------------------------------------------- who asks */

static const struct { const char *what, *name, *text, *expected; } asks[] = {
    { "row of a demand list", "a.csv", "需求名称,需求单位,需求描述,联系人\n床旁凝血快检,汀阳市中心医院,急诊等凝血结果要一个小时,何晓明\n", "何晓明@汀阳市中心医院|" },
    { "speaker of a want", "a.txt", "汀阳市中心医院急诊科主任何晓明说，夜间没有检验人员，凝血结果来不及等。\n", "何晓明@汀阳市中心医院|" },
    { "急需", "a.txt", "汀阳市中心医院急诊科主任何晓明表示，科里急需一种床旁凝血快检设备。\n", "何晓明@汀阳市中心医院|" },
    { "想找", "a.txt", "汀阳市中心医院护理部主任何晓明介绍，医院想找能听懂方言的随访机器人。\n", "何晓明@汀阳市中心医院|" },
    { "English", "a.txt", "Harrow Bridge Hospital is looking for a quiet dialysis pump.\n", "@Harrow Bridge Hospital|" },
    { "who looks for a partner offers", "a.txt", "鹿渡大学教授何晓明介绍，团队正在寻找企业合作转化这项技术。\n", "" },
    { "who looks for projects pays", "a.txt", "青禾创业投资有限公司合伙人何晓明表示，公司正在寻找眼科早期项目。\n", "" },
    { "an investor on risks", "a.txt", "青禾创业投资有限公司合伙人何晓明说，早期项目最缺的是临床数据，数据严重不足。\n", "" },
    { "a maker on what was missing", "a.txt", "鹿渡大学教授何晓明说，以往的支架难以进入膝下动脉，团队研发的支架可以。\n", "" },
    { "who made something", "a.txt", "鹿渡大学教授何晓明介绍了床旁凝血快检设备。\n", "" },
};

static void check_asks(void)
{
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        result r = extract_text(asks[i].what, asks[i].name, asks[i].text);
        yq_buf b = { 0 };
        for (size_t k = 0; k < r.found.asks.n; k++) {
            const yq_found_ask *a = &r.found.asks.v[k];
            if (a->person != YQ_NONE) yq_buf_put(&b, r.found.people.v[a->person].name);
            yq_buf_byte(&b, '@');
            if (a->org != YQ_NONE) yq_buf_put(&b, r.found.orgs.v[a->org].name);
            yq_buf_byte(&b, '|');
        }
        same(asks[i].what, &b, asks[i].expected);
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

int main(void)
{
    check_names();
    check_details();
    check_evidence();
    check_forms();
    check_houses();
    check_asks();
    return check_done();
}
