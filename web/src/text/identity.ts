// Who is who: the words of the queue and of merging and taking apart, in both languages.
import type { Ruling, Sign } from "../api/types";
import type { Language } from "./words";

const zh = {
  lead: "下面两条可能是同一个，也可能只是同名，程序拿不准，请您判断。牵涉事实最多的排在最前。", keys: "S 同一，D 不同，U 搁置，Z 撤销", open: "待定", aside: "已搁置", decided: "已判为不同",
  hang: (n: number) => `牵涉 ${n} 条事实`, same: "同一", different: "不同", later: "搁置", undo: "撤销", for_it: "像同一个", against: "像两个", nothing: "没有",
  no_open: "没有待定的了。读入新资料后，程序拿不准是不是同一个的人和机构会排到这里，等人判断。", no_aside: "没有搁置的。", no_decided: "没有判为不同的。",
  record: (letter: string) => `记录 ${letter}`, in_documents: (n: number) => `${n} 份`, unsaid: "未写明", said: "原文", whole: (n: number) => `共 ${n} 条事实，看全部`,
  done: { same: "判为同一", different: "判为不同", undecided: "已搁置" }, taken_back: "已撤销", differs: "两边不同",
  // the page of one entity
  maybe: "可能与下列是同一个", who: "合并与拆分", merge: "与另一条合并", merge_label: "要并进来的是", merge_hint: "姓名、拼音或首字母", merge_none: "没有可以合并的。", merge_ask: (name: string) => `把“${name}”并到这一条？它的事实会跟过来，以后可以撤销。`, merge_yes: "合并", leave: "不合并",
  merged: "已合并。", split: "不是同一个？拆分", split_help: "勾选属于另一个人（或另一家机构）的出处。拆分后它们另立一条，事实随着走；重读资料、重新归并都不会再合到一起，以后可以撤销。", split_do: (n: number) => `把选中的 ${n} 处拆成另一条`, split_none: "请先勾选", split_all: "至少要留下一处",
  split_one: "只有一处出处，没有可拆的。", split_done: "已拆成两条：", sources: (n: number) => `（${n} 处）`, named: (n: number) => `提到 ${n} 次`, decisions: "人的判断", why: "理由", more_places: (shown: number, n: number) => `继续显示（已显示 ${shown} 处，共 ${n} 处）`,
};
type Words = typeof zh;

const en: Words = {
  lead: "These two may be one, or only share a name. The program cannot tell; you decide. Those on which most facts hang come first.", keys: "S same, D different, U set aside, Z undo", open: "Open", aside: "Set aside", decided: "Told apart",
  hang: (n: number) => `${n} ${n === 1 ? "fact hangs" : "facts hang"} on it`, same: "Same", different: "Different", later: "Set aside", undo: "Undo", for_it: "Speaks for one", against: "Speaks for two", nothing: "Nothing",
  no_open: "Nothing is open. When documents are read, people and institutions of whom the program cannot tell whether they are one wait here for somebody to decide.", no_aside: "Nothing is set aside.", no_decided: "Nobody was told apart.",
  record: (letter: string) => `Record ${letter}`, in_documents: (n: number) => `${n}`, unsaid: "not said", said: "What the documents say", whole: (n: number) => (n === 1 ? "1 fact in all" : `${n} facts in all`),
  done: { same: "The same", different: "Different", undecided: "Set aside" }, taken_back: "Taken back", differs: "differs",
  maybe: "May be the same as", who: "Merge and split", merge: "Merge with another", merge_label: "Which one is this, too?", merge_hint: "name, pinyin or initials", merge_none: "Nothing to merge with.", merge_ask: (name: string) => `Is “${name}” this one? Its facts come along; it can be undone.`, merge_yes: "Merge", leave: "Leave",
  merged: "Merged.", split: "Not one? Split", split_help: "Mark what belongs to somebody else. It becomes an entry of its own with its facts; reading documents again or settling will not join them. It can be undone.", split_do: (n: number) => `Split off the ${n} marked`, split_none: "Mark some first", split_all: "One must stay",
  split_one: "There is one source only; nothing to split.", split_done: "Two entries now: ", sources: (n: number) => ` (${n})`, named: (n: number) => (n === 1 ? "named once" : `named ${n} times`), decisions: "Decided by people", why: "Why", more_places: (shown: number, n: number) => `Show more (${shown} of ${n} shown)`,
};

export const identityWords: Record<Language, Words> = { zh, en };

const signs: Record<Sign["kind"], readonly [zh: string, en: string]> = {
  same_name: ["同名", "The same name"], rare_name: ["这个名字少见", "Few carry this name"], common_name: ["叫这个名字的很多", "Many carry this name"], short_form: ["简称相同", "A short form is equal"],
  full_names_differ: ["全称不同", "The full names differ"], same_body: ["同属一个学会或联盟", "Both belong to the same body"], works_elsewhere: ["工作单位不同", "They work elsewhere"],
  none_in_document: ["有一份资料没写单位", "One document names no institution"], none_known: ["其中一方单位不详", "No institution is known of one of them"], none_in_common: ["没有共同的单位", "No institution in common"],
  initial: ["姓和名的首字母相符", "Surname and an initial agree"], same_work: ["在同一单位工作", "Both work at the same institution"], given_name_short: ["名字没有写全", "The given name is not written out"],
  could_be_either: ["已知有两位同名，可能是其中任何一位", "Two of this name are told apart; it could be either"],
};
export const signTerm = (language: Language, sign: Sign): string => signs[sign.kind][language === "zh" ? 0 : 1];

const verdicts: Record<Ruling["verdict"], readonly [zh: string, en: string]> = {
  same: ["判为同一", "the same"], different: ["判为不同", "different"], undecided: ["搁置", "set aside"], split: ["拆成两条", "split"],
};
export const verdictTerm = (language: Language, verdict: Ruling["verdict"]): string => verdicts[verdict][language === "zh" ? 0 : 1];
