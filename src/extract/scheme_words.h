/* extract/scheme_words.h - the words by which trials, open calls, funds and policies are found and named. Only schemes.c includes it. */
#ifndef YQ_EXTRACT_SCHEME_WORDS_H
#define YQ_EXTRACT_SCHEME_WORDS_H

#include "extract/schemes.h"

/* ---------------------------------------------------------------- names */

/* How names end. A weak ending needs a word of design before it: 研究 alone is any research. */
static const struct { const char *word; unsigned kind; bool weak; } endings[] = {
    { "临床试验", YQ_TRIAL, false }, { "临床研究", YQ_TRIAL, false }, { "对照试验", YQ_TRIAL, false }, { "对照研究", YQ_TRIAL, false },
    { "真实世界研究", YQ_TRIAL, false }, { "真实世界数据研究", YQ_TRIAL, false }, { "真实世界数据研究计划", YQ_TRIAL, false },
    { "队列研究", YQ_TRIAL, false }, { "注册登记研究", YQ_TRIAL, false }, { "注册研究", YQ_TRIAL, false }, { "多中心研究", YQ_TRIAL, false },
    { "试验", YQ_TRIAL, true }, { "研究", YQ_TRIAL, true },
    { "clinical trial", YQ_TRIAL, false }, { "clinical study", YQ_TRIAL, false }, { "controlled trial", YQ_TRIAL, false },
    { "registry study", YQ_TRIAL, false }, { "real-world study", YQ_TRIAL, false }, { "trial", YQ_TRIAL, true }, { "study", YQ_TRIAL, true },
    { "registry", YQ_TRIAL, true },
    { "基金", YQ_FUND, false }, { "母基金", YQ_FUND, false }, { "专项", YQ_FUND, false }, { "专项资金", YQ_FUND, false }, { "引导资金", YQ_FUND, false },
    { "种子资金", YQ_FUND, false }, { "概念验证资金", YQ_FUND, false }, { "转化资金", YQ_FUND, false }, { "创新资金", YQ_FUND, false },
    { "资助计划", YQ_FUND, false }, { "资助项目", YQ_FUND, false }, { "资助", YQ_FUND, false }, { "培育计划", YQ_FUND, false },
    { "支持计划", YQ_FUND, false }, { "扶持计划", YQ_FUND, false }, { "转化计划", YQ_FUND, false }, { "概念验证计划", YQ_FUND, false },
    { "研发计划", YQ_FUND, false }, { "科技计划", YQ_FUND, false }, { "科研计划", YQ_FUND, false }, { "种子计划", YQ_FUND, false },
    { "奖学金", YQ_FUND, false }, { "基金项目", YQ_FUND, false }, { "科研项目", YQ_FUND, true },
    { "fund", YQ_FUND, false }, { "grant", YQ_FUND, false }, { "grants", YQ_FUND, false }, { "fellowship", YQ_FUND, false },
    { "fellowships", YQ_FUND, false }, { "grant scheme", YQ_FUND, false }, { "grant programme", YQ_FUND, false }, { "grant program", YQ_FUND, false },
    { "funding programme", YQ_FUND, false }, { "funding scheme", YQ_FUND, false },
    { "办法", YQ_POLICY, false }, { "措施", YQ_POLICY, false }, { "条例", YQ_POLICY, false }, { "规定", YQ_POLICY, false },
    { "若干意见", YQ_POLICY, false }, { "实施意见", YQ_POLICY, false }, { "指导意见", YQ_POLICY, false }, { "的意见", YQ_POLICY, false },
    { "实施方案", YQ_POLICY, false }, { "工作方案", YQ_POLICY, false }, { "试点方案", YQ_POLICY, false }, { "行动方案", YQ_POLICY, false },
    { "行动计划", YQ_POLICY, false }, { "细则", YQ_POLICY, false }, { "规划", YQ_POLICY, false }, { "若干政策", YQ_POLICY, false },
    { "扶持政策", YQ_POLICY, false }, { "奖补政策", YQ_POLICY, false }, { "先行先试清单", YQ_POLICY, false },
};

/* Words of a study's design. */
static const char *const designs[] = {
    "随机", "双盲", "对照", "单臂", "单组", "多中心", "前瞻性", "回顾性", "真实世界", "队列", "阶梯", "整群", "交叉设计", "登记研究", "准确性", "一致性", "首次人体",
    "期临床", "ⅰ期", "ⅱ期", "ⅲ期", "安慰剂", "假刺激", "可行性", "研究者发起", "确证性", "非劣效", "优效", "剂量递增", "phase ", "randomi", "controlled", "single-arm",
    "multicent", "multi-cent", "cohort", "first-in-human", "double-blind", "open-label", "feasibility", "pivotal", "real-world", "prospective", "stepped-wedge",
    "investigator-initiated", "non-inferiority",
};

/* What stands behind the name of a scheme and is no part of it: the occasion, or the notice that announces it. */
static const char *const occasions[] = { "启动会暨研究者培训会", "研究者培训会", "研究者会", "中期会", "总结会", "启动会", "培训会", "启动仪式", "启动", "项目", "计划" };
static const char *const notices[] = {
    "的通知", "通知", "的公告", "公告", "公示", "启事", "的函", "申报指南", "申请指南", "项目指南", "申报须知", "申请须知", "申报通知", "指南", "须知", "申报", "申请",
    "工作", "项目申报", "项目", "说明",
};

/* "关于组织申报…的通知": what stands before the name. */
static const char *const openers[] = { "关于", "发布", "公布", "印发", "下发", "组织", "开展", "做好", "申报", "开放", "受理", "申请", "我省", "我市", "《", "转发" };

/* "The Harrow Fund for Country Clinics": an English name may end in what it is for. */
static const char *const fund_heads[] = { " fund for ", " fund of ", " grants for ", " grant for ", " fellowship in ", " fellowships in ", " fellowships for " };

/* ---------------------------------------------------------------- headlines */

static const char *const call_titles[] = { "揭榜", "榜单", "张榜", "悬赏", "需求征集", "征集合作", "合作方征集", "open call", "call for partners", "call for solutions",
                                           "request for proposals", "request for solutions", "grand challenge", "challenge list" };

static const char *const call_texts[] = { "公开征集", "揭榜方", "揭榜挂帅", "征集合作方", "征集合作企业", "open call" };

static const char *const fund_titles[] = { "基金", "资助", "专项资金", "概念验证资金", "种子资金", "专项申报", "申报指南", "call for proposals", "call for applications",
                                           " fund", "grant", "seed fund" };

static const char *const bundle_titles[] = { "政策汇编", "政策清单", "政策一览", "政策包", "政策摘编", "政策解读", "文件汇编", "policy digest", "policies" };

/* What happened: the headline is news, and names nothing. */
static const char *const news[] = { "完成", "召开", "举行", "成立", "揭牌", "签约", "落户", "募集", "获批", "获得", "走进", "助力", "会议", "论坛", "：" };

/* ---------------------------------------------------------------- tables and lists */

/* Words of a header that tell what the rows are, and those that name the column of names. */
static const struct { const char *word; unsigned kinds; bool name; } headers[] = {
    { "试验名称", YQ_TRIAL, true }, { "研究名称", YQ_TRIAL, true }, { "研究题目", YQ_TRIAL, true }, { "试验题目", YQ_TRIAL, true }, { "临床试验", YQ_TRIAL, true },
    { "研究项目", YQ_TRIAL, true }, { "方案名称", YQ_TRIAL, true }, { "study", YQ_TRIAL, true }, { "trial", YQ_TRIAL, true },
    { "登记号", YQ_TRIAL, false }, { "注册号", YQ_TRIAL, false }, { "申办", YQ_TRIAL, false }, { "主要研究者", YQ_TRIAL, false }, { "入组", YQ_TRIAL, false },
    { "入选", YQ_TRIAL, false }, { "组长单位", YQ_TRIAL, false }, { "招募", YQ_TRIAL, false }, { "分期", YQ_TRIAL, false }, { "phase", YQ_TRIAL, false },
    { "sponsor", YQ_TRIAL, false }, { "registration", YQ_TRIAL, false }, { "enrol", YQ_TRIAL, false }, { "investigator", YQ_TRIAL, false },
    { "榜单名称", YQ_CALL, true }, { "榜题", YQ_CALL, true }, { "课题名称", YQ_CALL, true }, { "难题名称", YQ_CALL, true }, { "攻关任务", YQ_CALL, true },
    { "攻关方向", YQ_CALL, true }, { "任务名称", YQ_CALL, true }, { "榜单题目", YQ_CALL, true }, { "challenge", YQ_CALL, true },
    { "榜单编号", YQ_CALL, false }, { "揭榜", YQ_CALL, false }, { "出题", YQ_CALL, false }, { "发榜", YQ_CALL, false }, { "悬赏", YQ_CALL, false },
    { "榜额", YQ_CALL, false }, { "考核指标", YQ_CALL, false }, { "challenge owner", YQ_CALL, false },
    { "基金名称", YQ_FUND, true }, { "专项名称", YQ_FUND, true }, { "计划名称", YQ_FUND, true }, { "资助类别", YQ_FUND, true }, { "项目类别", YQ_FUND, true },
    { "资助项目", YQ_FUND, true }, { "资金名称", YQ_FUND, true }, { "fund", YQ_FUND, true }, { "grant", YQ_FUND, true }, { "scheme", YQ_FUND, true },
    { "programme", YQ_FUND, true }, { "资助额度", YQ_FUND, false }, { "资助强度", YQ_FUND, false }, { "支持额度", YQ_FUND, false }, { "单笔", YQ_FUND, false },
    { "管理人", YQ_FUND, false }, { "基金规模", YQ_FUND, false }, { "投资阶段", YQ_FUND, false }, { "投资方向", YQ_FUND, false },
    { "award size", YQ_FUND, false }, { "funder", YQ_FUND, false }, { "fund size", YQ_FUND, false },
    { "政策名称", YQ_POLICY, true }, { "文件名称", YQ_POLICY, true }, { "措施名称", YQ_POLICY, true }, { "政策", YQ_POLICY, true }, { "policy", YQ_POLICY, true },
    { "regulation", YQ_POLICY, true }, { "文号", YQ_POLICY, false }, { "发文", YQ_POLICY, false }, { "施行", YQ_POLICY, false }, { "印发", YQ_POLICY, false },
    { "issued by", YQ_POLICY, false }, { "in force", YQ_POLICY, false },
    { "项目名称", YQ_CALL | YQ_FUND | YQ_TRIAL, true }, { "名称", YQ_ANY_SCHEME, true }, { "题目", YQ_CALL | YQ_TRIAL, true },
    { "owner", YQ_CALL | YQ_FUND, false }, { "budget", YQ_CALL | YQ_FUND, false }, { "deadline", YQ_CALL | YQ_FUND, false },
    { "经费", YQ_CALL | YQ_FUND, false }, { "截止", YQ_CALL | YQ_FUND, false }, { "condition", YQ_TRIAL | YQ_FUND, false },
    { "需求名称", YQ_CALL | YQ_TRIAL, true }, { "title", YQ_ANY_SCHEME, true }, { "name", YQ_FUND | YQ_POLICY, true }, { "topic", YQ_CALL, true },
};

/* Labels whose value is a name, and the kind when the label tells it; 0: as the document. */
static const struct { const char *word; unsigned kind; } name_labels[] = {
    { "榜单名称", YQ_CALL }, { "榜题名称", YQ_CALL }, { "榜题", YQ_CALL }, { "难题名称", YQ_CALL }, { "攻关任务", YQ_CALL }, { "揭榜任务", YQ_CALL },
    { "榜单题目", YQ_CALL }, { "challenge", YQ_CALL }, { "challenge title", YQ_CALL }, { "open call", YQ_CALL }, { "call title", YQ_CALL },
    { "call for partners", YQ_CALL }, { "call for solutions", YQ_CALL },
    { "基金名称", YQ_FUND }, { "专项名称", YQ_FUND }, { "资金名称", YQ_FUND }, { "资助计划名称", YQ_FUND }, { "fund", YQ_FUND }, { "fund name", YQ_FUND },
    { "grant", YQ_FUND }, { "scheme", YQ_FUND },
    { "试验名称", YQ_TRIAL }, { "研究名称", YQ_TRIAL }, { "研究题目", YQ_TRIAL }, { "试验题目", YQ_TRIAL }, { "方案名称", YQ_TRIAL }, { "试验项目", YQ_TRIAL },
    { "study title", YQ_TRIAL }, { "trial title", YQ_TRIAL }, { "official title", YQ_TRIAL }, { "study", YQ_TRIAL }, { "trial", YQ_TRIAL },
    { "政策名称", YQ_POLICY }, { "文件名称", YQ_POLICY }, { "policy", YQ_POLICY },
    { "项目名称", 0 }, { "课题名称", 0 }, { "任务名称", 0 }, { "名称", 0 }, { "题目", 0 }, { "title", 0 }, { "project title", 0 },
};

/* "榜单一：…": such a word, with a number behind it, heads an entry of a list of challenges. */
static const char *const numbered[] = { "榜单", "榜题", "难题", "课题", "任务", "挑战", "需求", "题目", "项目", "方向", "赛道" };

static const char *const numbered_english[] = { "challenge ", "topic ", "lot ", "call ", "track " };

/* Labels in the lines of a challenge. */
static const char *const call_labels[] = { "发榜单位", "出题单位", "需求单位", "提出单位", "榜单金额", "资助经费", "考核指标", "技术指标", "要解决的问题", "研究内容",
                                           "揭榜截止", "悬赏", "榜额", "拟投入", "临床需求", "owner:", "budget:", "deadline:", "prize:" };

/* ---------------------------------------------------------------- sentences */

/* What a sentence must tell beside the name. */
static const char *const trial_cues[] = { "启动", "招募", "入组", "开展", "牵头", "研究者", "申办", "登记", "注册号", "伦理", "中心", "nct0", "chictr", "recruit", "enrol",
                                          "sponsor", "investigator", "regist" };

static const char *const fund_cues[] = { "设立", "发起", "成立", "推出", "开放", "受理", "申报", "募集", "终关", "首关", "规模", "总额", "单笔", "每项", "投资", "launch", "apply",
                                         "proposals", "award", "size" };

/* Who already has money from it names it too. */
static const char *const received[] = { "主持", "获得", "课题", "受到", "立项资助", "资助的", "结题", "funded by", "supported by" };

/* What begins a name: the verb before it, or a word that belongs to the sentence. */
static const char *const before_names[] = {
    "开展的", "启动的", "牵头的", "发起的", "申办的", "设立的", "开展", "启动", "牵头", "发起", "组织", "参与", "参加", "加入", "承担", "主持", "宣布", "设立", "成立", "推出", "募集",
    "名为", "即", "商谈", "管理", "一项", "该", "其", "由", "完成", "招募", "出资", "同期", "拟",
};

static const char *const generic_start[] = { "多项", "项国", "个", "各", "等", "有关", "相关", "本", "一期", "二期", "三期", "上述", "国家自然科学", "这", "此" };

/* A law that is only referred to. */
static const char *const referring[] = { "根据", "依据", "按照", "依照", "参照", "符合", "违反", "落实", "贯彻" };

/* ---------------------------------------------------------------- English */

static const struct { const char *noun; unsigned kind; } nouns[] = { { "trial", YQ_TRIAL }, { "study", YQ_TRIAL }, { "fund", YQ_FUND }, { "grants", YQ_FUND },
                                                                     { "grant", YQ_FUND }, { "fellowships", YQ_FUND }, { "fellowship", YQ_FUND } };

/* What is quoted behind them is asked for. */
static const char *const called[] = { "open call", "call for partners", "call for solutions", "公开征集", "张榜", "悬赏", "发榜", "揭榜征集" };

#endif
