/* extract/vocabulary.c - ordinary words that decide where names begin and end, by what they are used for.
 *
 * The lists are short and closed (function words, verbs that occur in names of institutions, labels), so they stand here and not in lexicon/. A
 * table from word to the set of its uses is filled once; after that a question costs one hash.
 */
#include "extract/chinese.h"

#include <pthread.h>

static const struct {
    unsigned use;
    const char *words;
} lists[] = {
    /* Single characters that end the name of an organisation to their right. */
    { YQ_USE_FUNCTION,
      "由 在 与 及 对 向 为 等 的 了 将 从 到 给 被 把 让 是 有 据 经 至 以 而 并 且 或 即 如 使 约 "
      "请 赴 访 率 跟 按 凭 因 但 却 又 也 都 还 就 才 再 更 最 很 太 能 于 日 届 拥 则 任 报 问 供 "
      "发 内 外 上 下 前 后 里 每 各 该 此 这 那 其 某 本 我 你 他 她 它 您 咱 谁 哪 不 没 已 曾 着 "
      "过 得 所 之 者 们 个 家 例 项 名 位 次 时 称 说 讲 带 拿 看 听 见 获 当 和 邀" },
    /* Words of a verbal kind that do occur in names of organisations. */
    { YQ_USE_VERB_IN_NAMES,
      "创新 研究 管理 服务 合作 交流 发展 治疗 防治 保健 急救 救治 检测 监管 监督 康复 转化 投资 教育 培训 护理 "
      "预防 控制 防控 检验 诊断 诊疗 诊治 评价 审评 审批 审查 认证 鉴定 计量 干预 介入 移植 生殖 种植 整形 美容 "
      "促进 保护 保障 建设 开发 研发 设计 制造 生产 营销 经营 贸易 运营 运输 传播 宣传 出版 发行 采购 储备 统计 "
      "规划 咨询 救援 应急 救助 普及 推广 应用 交易 登记 注册 考试 考核 教学 学习 实验 试验 测试 测绘 勘察 孵化 "
      "加速 引导 筛查 监测 观察 感染 免疫 代谢 呼吸 消化 睡眠 运动 出生 生育 透析 再生 协同 协作 联谊 进出口 "
      "附属 直属 联合 共享 融合 集成 干细胞 急诊 重建 修复 康养 健康 智造 智慧 科创 仿真 成像 感知 穿戴 测序 "
      "编辑 表达 合成 发酵 导航 控股 联通 移动 养老 卫生 保险 医养 安宁 脱贫 扶贫 攻关 招商 引资 质控 联影 成长 关爱 关怀 扶助 救护 助学" },
    /* Words that tell that organisations are spoken of, but name none; a name begins behind them. */
    { YQ_USE_GENERAL,
      "企业 单位 组织 机构 公司 集团公司 伙伴 专家 学者 代表 领导 嘉宾 校友 记者 团队 成员 依托 牵头 旗下 下属 "
      "所属 包括 其中 以及 来自 例如 负责人 项目 会议 论坛 大会 活动 仪式 平台 主题 支持 邀请 共同 分别 当天 "
      "今年 去年 近年 日前 上午 下午 现场 期间 随后 目前 同时 此外 另外 双方 三方 多方 各方 我国 全国人民 用户 "
      "客户 患者 医生 合作方 申办方 主办方 承办方 协办方 支持方 甲方 乙方 来源 作者 编辑 供稿 摄影 "
      "工作 建设成 讯 报道 报讯 联系" },
    /* Verbs that the dictionary lacks or takes for something else, and that never stand in names. */
    { YQ_USE_NEVER_IN_NAMES,
      "打造 推动 助力 赋能 对标 致力 坐拥 织密 构建 聚焦 携手 齐聚 面向 围绕 依托 探访 走进 揭牌 授牌 签约 落地 "
      "引领 领航 加盟 加入 成立 组建 创建 创立 共建 联手 牵手 亮相 启动 发布 获批 获评 荣获 获得 对接 支援 帮扶 "
      "托管 简称 标的 会同 委托 签署 签订 联合会诊 聘用 宣布 申办 申请 对标的 "
      "试用 采用 使用 选用 购买 租用 沿用 受聘 聘请 任职 就职 毕业 组建 成立 设立 进入 落户 入驻 参观 考察 调研 访问 走访 拜访 "
      "莅临 前往 奔赴 慰问 会见 隶属 属于 作为 成为 担任 出任 现任 曾任 就读 主持 参加 出席 举办 举行 召开 通过 根据 按照 "
      "关于 位于 坐落 驻 现驻 均 皆 仅 非" },
    /* Words that describe and do not name; taken off the left side of a name, and no name if nothing else is there. */
    { YQ_USE_DESCRIBING,
      "知名 创新型 先行先试 县区 肿瘤 三甲 三级 二级 甲等 县级 市级 省级 区级 省属 市属 部属 国家级 基层 地市 地方 当地 本地 本省 本市 "
      "优质 重点 有关 相关 主要 大型 中小 小型 高水平 高等 高端 高校 一流 领先 国内 国外 国内外 海外 境外 境内 "
      "境内外 跨国 行业 科研 医疗 医药 医学 公立 民营 私立 综合 专科 定点 成员 监管 主管 教学 养老 投资 学术 "
      "药械 器械 药品 制药 企业 上市 创新 龙头 多家 两家 几家 数家 部分 不少 许多 众多 所有 全部 任何 某些 其他 "
      "其它 首批 首家 上级 下级 卫生 健康 卫生健康 医药卫生 生物 生物医药 科技 技术 乡镇 社区 农村 城市 县域 县区 "
      "区域 全市 全省 全县 全区 省内 市内 国际 世界 全球 顶尖 著名 二级以上 三级以上 现代化 现代 专业 合同 传统 "
      "新型 外资 国有 民办 非营利 营利 联合 协作 临床 研究 试验 研究型 示范 委托 申请 申报 试点 创业 初创 独角兽 "
      "生产 研发 制造 流通 商业 保险 金融 风险 社会 公益 慈善 新闻 官方 权威 主流 政府 党政 国家 省 市 县 区 "
      "大 小 中 各级 各类 各地 成立 建设 山区 牧区 林区 矿区 老区 灾区 边疆 边境 沿海 海岛 高原 内地 西部 东部 中部 北方 南方 偏远 "
      "单笔 单个 单家 每家 非牟利 非盈利 私家 私人 资深 驻院 现有 原有 同级 同类 兄弟" },
    /* Labels and verbs after which a person stands. */
    { YQ_USE_LABEL,
      "由 记者 通讯员 作者 编辑 责编 美编 校对 摄影 摄 文 图 撰文 主持人 主持 主讲人 主讲 讲者 联系人 负责人 "
      "姓名 发言人 嘉宾 讲师 供稿 审核 审校 监制 策划 制图 翻译 译者 通信作者 对接人 患者 完成人 持有人 发明人 "
      "主刀 申请人 牵头人 受访者 聘请 聘任 任命 推选 选举 委派 特邀 邀请 校友 专家 导师 学生 团队负责人 申报人 "
      "报告人 演讲人 点评 点评人 讨论嘉宾 召集人 秘书 来自" },
    /* What may follow the name of a person inside a sentence, besides the verbs of the lexicon. */
    { YQ_USE_FOLLOWER,
      "的 和 与 及 等 在 以 对 从 为 就 将 则 也 还 曾 亦 向 于 被 把 让 是 由 既 却 即 并 以及 分别 "
      "围绕 结合 介绍 出席 主持 致 致辞 致词 参加 参会 带来 带领 率 率领 代表 担任 出任 任 当选 获 获聘 受聘 "
      "签署 签订 签约 宣布 宣读 宣介 主礼 揭牌 授牌 颁发 颁奖 捐赠 回忆 提醒 承诺 呼吁 建议 总结 主讲 讲授 授课 讲解 "
      "分享 演示 解读 发表 作 做 进行 应邀 现场 首先 随后 最后 团队 一行 说 讲 笑 问 答 道 称 指 直言 坦言 "
      "笑言 认为 共同 陪同 见证 主刀 负责 完成 告诉 告知 接受 接任 继任 来到 前往 联合 发现 研发 创立 创办 "
      "创办的 开展 拟 因 当天 当场 盼着 辞去 全职 毕业 先后 长期 多年 致力 从事 现任 历任 时任 原 生于 出生 男 "
      "女 汉族" },
    /* Characters that are no surname, however rare surnames may be. */
    { YQ_USE_NO_SURNAME,
      "的 了 在 是 和 与 及 等 将 也 还 就 都 对 从 到 被 把 让 为 以 由 于 这 那 此 该 其 我 你 他 "
      "她 它 们 一 二 三 四 五 六 七 八 九 十 不 没 有 已 正 又 再 并 而 或 但 如 说 称 指 表 认 介 "
      "带 出 参 进 主 会 做 作 开 共 亲 分 同 要 可 能 来 去 上 下 中 内 外 前 后 本 各 每 某 多 数 "
      "几 首 第 全 副 兼" },
    /* Characters that do not close a given name. */
    { YQ_USE_NOT_LAST,
      "了 的 是 在 等 也 还 就 都 及 从 到 被 把 让 科 室 部 院 所 处 办 会 团 社 网 刊 组" },
    /* Kinds of organisations, not one of them. */
    { YQ_USE_VAGUE,
      "地市医院 县医院 市医院 区医院 县区医院 县级医院 市级医院 省级医院 区级医院 省城医院 全市医院 二级以上医院 三级医院 三甲医院 专科医院 "
      "综合医院 肿瘤专科医院 上级医院 下级医院 基层医院 社区医院 乡镇卫生院 公立医院 民营医院 大医院 小医院 各医院 本医院 高等院校 " },
    /* Characters that close a given name seldom, and begin what follows often. */
    { YQ_USE_SELDOM_LAST,
      "和 与 任 将 则 为 并 对 向 以" },
};

enum { SLOTS = 4096, LONGEST = 24 }; /* a power of two, several times the number of words; bytes */

/* The table, filled once for the whole program. */
static struct {
    yq_str word[SLOTS];
    unsigned use[SLOTS];
    uint64_t some[SLOTS / 64]; /* a bit for each slot that a word came to: most words of a text are answered here */
} table;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static size_t home_of(yq_str word)
{
    uint64_t h = word.n, part;
    for (size_t at = 0; at < word.n; at += 8) {
        size_t n = word.n - at < 8 ? word.n - at : 8;
        part = 0;
        memcpy(&part, word.p + at, n);
        h = (h ^ part) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return h & (SLOTS - 1);
}

static size_t slot_of(yq_str word, size_t home)
{
    size_t i = home;
    while (table.word[i].n && !yq_eq(table.word[i], word)) i = (i + 1) & (SLOTS - 1);
    return i;
}

/* Of characters: some label ends, some follower begins with it. */
enum { ENDS_LABEL = 2048, BEGINS_FOLLOWER = 4096 };

static void add(yq_str word, unsigned use)
{
    size_t home = home_of(word), slot = slot_of(word, home);
    table.some[home / 64] |= (uint64_t)1 << home % 64;
    table.word[slot] = word;
    table.use[slot] |= use;
}

static size_t first_bytes(yq_str word)
{
    size_t at = 0;
    yq_utf8_next(word, &at);
    return at;
}

static void fill(void)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (yq_str rest = yq_cstr(lists[i].words), word; yq_split(&rest, ' ', &word);) {
            if (!word.n) continue;
            add(word, lists[i].use);
            if (lists[i].use == YQ_USE_LABEL) add(yq_sub(word, yq_utf8_back(word, word.n), word.n), ENDS_LABEL);
            if (lists[i].use == YQ_USE_FOLLOWER) add(yq_sub(word, 0, first_bytes(word)), BEGINS_FOLLOWER);
        }
}

static unsigned look_up(yq_str word)
{
    if (!word.n || word.n > LONGEST) return 0;
    pthread_once(&once, fill);
    size_t home = home_of(word);
    return table.some[home / 64] >> home % 64 & 1 ? table.use[slot_of(word, home)] : 0;
}

unsigned yq_uses(yq_str word)
{
    return look_up(word) & (ENDS_LABEL - 1);
}

bool yq_ends_label(yq_str character)
{
    return look_up(character) & ENDS_LABEL;
}

bool yq_begins_follower(yq_str character)
{
    return look_up(character) & BEGINS_FOLLOWER;
}
