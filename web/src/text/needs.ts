// Words of kept needs, of news for them, and of what became of an answer.
import type { Language } from "./words";

const zh = {
  title: "关注的需求", keep: "关注这一需求", keep_hint: "今后读入的资料里有了合适的答案，会在“关注”中提示。", kept: "已关注，有了新答案会提示。", look: "查看", new_items: "条新提示",
  seen: "已阅", all_seen: "全部已阅", close: "不再关注", again: "重新关注", asked_by: "提出人", since: (day: string) => `${day} 起关注`, answers: "全部答案", held: "符合以下条件才提示", nothing_yet: "暂时没有新的答案。", fresh: "新答案", more_evidence: "又有新依据", closed_ones: "已不再关注",
  empty: "还没有关注的需求。到“对接”写下需求，点“关注这一需求”；今后读入的资料里有了合适的答案，会在这里提示。", office: "办公室",
  marks: "反馈", useful: "有用", not_useful: "不合适", contacted: "已联系", declined: "对方婉拒", met: "已会面", signed: "已签约", said_by: "标记人",
  report: "对接成效", need: "需求", shown: "答案数", precision: "有用率", total: "合计", report_note: "“已联系”含婉拒、会面和签约，“已会面”含签约；有用率指评过的答案中有用的比例。",
  weights: (n: number) => `排序已按本单位的反馈调整（第 ${n} 版）。`,
};
type Words = typeof zh;

const en: Words = {
  title: "Kept needs", keep: "Keep this need", keep_hint: "When documents read later bring an answer, “Kept” tells you.", kept: "Kept; new answers will be told.", look: "Look", new_items: "new",
  seen: "Seen", all_seen: "All seen", close: "Keep no longer", again: "Keep again", asked_by: "Asked by", since: (day: string) => `kept since ${day}`, answers: "All answers", held: "Conditions of being told", nothing_yet: "No new answer yet.", fresh: "new answer", more_evidence: "said again", closed_ones: "Kept no longer",
  empty: "No need is kept yet. Say what you need under Match and choose “Keep this need”; when documents read later bring an answer, it is told here.", office: "office",
  marks: "Feedback", useful: "Useful", not_useful: "Not useful", contacted: "Contacted", declined: "Declined", met: "Met", signed: "Signed", said_by: "Said by",
  report: "What became of the answers", need: "Need", shown: "Answers", precision: "Useful share", total: "All", report_note: "Contacted counts declined, met and signed as well, met counts signed; the useful share is of the answers that were judged.",
  weights: (n: number) => `Ordered by weights learnt from this institution's feedback (version ${n}).`,
};

const words: Record<Language, Words> = { zh, en };
export const needWords = (language: Language): Words => words[language];
