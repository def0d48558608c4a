// Every word the desk says, in both languages. A key without its twin does not compile.

const zh = {
  brand: "医桥", match: "对接", documents: "资料", register: "名录", queue: "待定", standing: "关注", skip: "跳到正文", language: "English", other_language: "切换到英文",
  need_label: "说出需求", need_hint: "例如：房颤患者导管消融后总复发，想找做过脉冲消融的团队", need_help: "用平常的话写，中文或英文都可以。答案随写随出，每一条都能点开原文。",
  all: "全部",
  none: "没有合适的答案", nearest: "最接近的是", missing: "缺的是", searching: "正在查找…", score: "把握", parts: "把握从何而来", open_source: "打开原文",
  conditions: "条件", leave_out: "去掉条件", restore_conditions: "恢复去掉的条件", met: "符合", not_met: "不符合", unknown: "未说明", but: "但",
  documents_title: "资料", drop_title: "把文件或文件夹拖到这里，或点此选择文件", drop_hint: "通知、日程、名单、新闻、需求清单都可以：docx、xlsx、pptx、pdf、html、md、txt、csv、json、eml、zip",
  read: "已读入", known: "早已读过", reread: "已重读", refused: "未读入", waiting: "等待", reading: "正在读", findings: "条发现", doubtful: "条存疑", of: "/", colon: "：", comma: "，", list_comma: "、", also_said: "另有出处", more_sentences: "更多原文",
  name: "名称", title: "标题", date: "日期", found: "发现", format: "格式", read_at: "读入日期", search_documents: "按名称或标题查找",
  no_documents: "还没有资料。把文件拖到上面的框里，几分钟后就有名录了。", no_matching_documents: "没有这样的资料。换个词试试。",
  register_title: "名录", search_register: "姓名、拼音或首字母", search_hint: "何晓顺、hexiaoshun、hxs 都能找到同一个人", kind: "类别", works_at: "单位", position: "职务", facts: "事实", in_documents: "份资料提到",
  no_entities: "名录还是空的。先到“资料”读入文件。", no_matching_entities: "名录里没有这个名字。试试拼音首字母，或换一个类别。",
  names: "又写作", nothing_known: "还没有事实。", more: "更多", previous: "上一页", next: "下一页",
  what_was_found: "读出了什么", found_by: "依据", original: "下载原件", original_text: "原文", not_found: "没有这一页", go_home: "回到对接",
  unreachable: "连不上医桥服务。已写的内容都在，服务恢复后会自动重试。", retry: "重试", error: "没有成功",
  counts: "份资料，共", people_count: "人", organizations_count: "家机构", technologies_count: "项技术", needs_count: "条需求",
};

export type Word = keyof typeof zh;

const en: Record<Word, string> = {
  brand: "Yiqiao", match: "Match", documents: "Documents", register: "Register", queue: "Queue", standing: "Kept", skip: "Skip to content", language: "中文", other_language: "Switch to Chinese",
  need_label: "Say what you need", need_hint: "For example: looking for a partner with real-world renal denervation data", need_help: "Plain words, Chinese or English. Answers form as you type, and each opens the sentence that says so.",
  all: "All",
  none: "No answer fits", nearest: "The nearest is", missing: "What is missing", searching: "Searching…", score: "Sureness", parts: "Where the sureness comes from", open_source: "Open the source",
  conditions: "Conditions", leave_out: "Leave out", restore_conditions: "Restore what was left out", met: "met", not_met: "not met", unknown: "not said", but: "but",
  documents_title: "Documents", drop_title: "Drop files or folders here, or click to choose files", drop_hint: "Notices, programmes, rosters, news, lists of needs: docx, xlsx, pptx, pdf, html, md, txt, csv, json, eml, zip",
  read: "read", known: "known already", reread: "read again", refused: "refused", waiting: "waiting", reading: "reading", findings: "findings", doubtful: "doubtful", of: "of", colon: ": ", comma: ", ", list_comma: ", ", also_said: "Also said by", more_sentences: "More sentences",
  name: "Name", title: "Title", date: "Date", found: "Found", format: "Format", read_at: "Read on", search_documents: "Find by name or title",
  no_documents: "No documents yet. Drop files in the box above; minutes later there is a register.", no_matching_documents: "No such document. Try another word.",
  register_title: "Register", search_register: "Name, pinyin or initials", search_hint: "何晓顺, hexiaoshun and hxs find the same person", kind: "Kind", works_at: "Institution", position: "Position", facts: "Facts", in_documents: "documents say so",
  no_entities: "The register is empty. Read files under Documents first.", no_matching_entities: "Nothing in the register has this name. Try initials, or another kind.",
  names: "Also written", nothing_known: "No facts yet.", more: "More", previous: "Previous", next: "Next",
  what_was_found: "What was found", found_by: "Found by", original: "Download the original", original_text: "Text", not_found: "There is no such page", go_home: "Go to Match",
  unreachable: "The program does not answer. What you wrote is kept, and it is tried again by itself.", retry: "Try again", error: "That did not work",
  counts: "documents;", people_count: "people", organizations_count: "institutions", technologies_count: "technologies", needs_count: "needs",
};

export type Language = "zh" | "en";
export const words: Record<Language, Record<Word, string>> = { zh, en };
