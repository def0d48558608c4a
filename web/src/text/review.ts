// The words of reviewing a document and of handing files in, in both languages.
import type { Language } from "./words";

const zh = {
  // the document
  total: (n: number) => `共 ${n} 条`, undecided: (n: number) => `${n} 条待核对`, begin: "逐条核对", confirmed: "已确认", corrected: "已更正", refused: "未采纳", was_read: "原读作", former: "原句见于此前读入的版本",
  accept: "确认", correct: "更正", refuse: "不采纳", undo: "撤销", save: "保存", leave: "放弃", who: "主体", what: "内容", whom: "相关方", when: "日期", none: "（无）",
  keys: "J/K 或 ↑↓ 换条，A 确认，R 不采纳，E 更正，Z 撤销", nothing_found: "这份资料里没有读出什么。", done: "都核对过了。", taken_back: "已撤销", only_undecided: "只看待核对",
  // handing files in
  queue: "读入进度", sending: "正在传送", sent_note: "都已收妥，关闭页面也会读完。", sending_note: (n: number) => `还有 ${n} 个文件没传完，请先不要关闭页面。`, read_n: "已读入", known_n: "早已读过", refused_n: "未读入", waiting_n: "等待",
  clear: "清除已完成", only_refused: "只看未读入", folder: "选择文件夹", all_files: "全部文件", hold: "连不上，稍后自动再传",
};
type Words = typeof zh;
export type ReviewWord = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words];

const en: Words = {
  total: (n: number) => `${n}`, undecided: (n: number) => `${n} to be reviewed`, begin: "Review one by one", confirmed: "confirmed", corrected: "corrected", refused: "refused", was_read: "read as", former: "the sentence stands in an earlier text only",
  accept: "Accept", correct: "Correct", refuse: "Refuse", undo: "Undo", save: "Save", leave: "Leave", who: "Who", what: "What", whom: "With whom", when: "Date", none: "(none)",
  keys: "J/K or ↑↓ move, A accepts, R refuses, E corrects, Z undoes", nothing_found: "Nothing was found in this document.", done: "All is reviewed.", taken_back: "taken back", only_undecided: "Only those to be reviewed",
  queue: "Reading", sending: "sending", sent_note: "All are received; they are read even if you close the page.", sending_note: (n: number) => `${n} files are still being sent; please keep the page open.`, read_n: "read", known_n: "known already", refused_n: "refused", waiting_n: "waiting",
  clear: "Clear what is done", only_refused: "Only refused", folder: "Choose a folder", all_files: "All files", hold: "no connection; sent again by itself",
};

export const reviewWords: Record<Language, Words> = { zh, en };
