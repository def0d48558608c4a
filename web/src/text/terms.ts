// The register's own words, as a reader says them. Those of kinds and their facts come from kinds/. A term that nobody has is shown as it is.
import { kinds, values, type KindTerms, type Label } from "../api/kinds";
import type { Condition } from "../api/types";
import type { Language } from "./words";

type Terms = Record<string, Label>;

const scripts: Terms = { "zh-Hans": ["简体中文", "Chinese, simplified"], "zh-Hant": ["繁体中文", "Chinese, traditional"], en: ["英文", "English"], mixed: ["中英文", "Chinese and English"] };

// What raised an answer.
const parts: Terms = {
  best: ["最有力的一处", "The strongest place"], whole: ["各处合计", "All places together"], second: ["另一处佐证", "A second place"],
  text: ["原文的字词", "Words of the text"], role: ["职务与专业", "Post and field"], talk: ["所作报告", "Talks given"], name: ["名称", "Name"], fact: ["名录中的事实", "Facts of the register"],
};

const conditionKinds: Record<Condition["kind"], Label> = {
  region: ["地区", "Region"], unit: ["单位", "Kind of unit"], grade: ["医院等级", "Grade"], stage: ["阶段", "Stage"], language: ["语言", "Language"], budget: ["金额", "Money"],
  period: ["时间", "Time"],
};

// What in the program found a fact.
const voices: Terms = {
  dictionary: ["词典", "dictionary"], pattern: ["句式", "wording"], table: ["表格", "table"], tagger: ["统计模型", "statistical model"],
};

const byId = new Map(kinds.map((kind) => [kind.id, kind]));
const choose = (language: Language, label: Label | undefined, otherwise: string): string => label?.[language === "zh" ? 0 : 1] ?? otherwise;
const say = (table: Terms, language: Language, key: string): string => choose(language, table[key], key);

// One thing of a kind, and a list of them.
export const kindTerm = (language: Language, kind: string): string => choose(language, byId.get(kind)?.label, kind);
export const kindsTerm = (language: Language, kind: string): string => choose(language, byId.get(kind)?.plural, kind);

// What a fact says of a thing of this kind: as its subject, or as that at which the fact ends. Where the kind is not known, the first that has the
// predicate speaks for all.
export function predicateTerm(language: Language, kind: string | undefined, predicate: string, isSubject: boolean): string {
  const side = (k: KindTerms | undefined): Label | undefined => (isSubject ? k?.facts : k?.towards)?.[predicate];
  return choose(language, side(byId.get(kind ?? "")) ?? side(kinds.find((k) => side(k))), predicate);
}

export const valueTerm = (language: Language, predicate: string, value: string): string => choose(language, values[predicate]?.[value], value);
export const partTerm = (language: Language, part: string): string => say(parts, language, part);
export const voiceTerm = (language: Language, voice: string): string => say(voices, language, voice);
export const scriptTerm = (language: Language, script: string): string => say(scripts, language, script);

// "地区：广东省", "单位：不要企业", "语言：会英语（优先）".
export function conditionText(language: Language, c: Condition): string {
  const [kind_zh, kind_en] = conditionKinds[c.kind];
  if (language === "zh") return `${kind_zh}：${c.negated ? (c.kind === "region" ? "不在" : "不要") : ""}${c.label.zh}${c.hard ? "" : "（优先）"}`;
  return `${kind_en}: ${c.negated ? "not " : ""}${c.label.en}${c.hard ? "" : " (preferred)"}`;
}
export const isConditionKind = (kind: string): kind is Condition["kind"] => Object.hasOwn(conditionKinds, kind);
