// How ways to be introduced are told: the panel's own words, and what joins two people, as one would say it.
import type { WayFact, WayStep } from "../api/types";
import { valueTerm } from "./terms";
import type { Language } from "./words";

const zh = {
  ways: "引荐路径", you: "您", who: "您是谁？", who_help: "选一次，以后每个答案旁都会写明可以请谁引荐。只记在这台电脑上。", who_label: "您的姓名或单位", who_none: "名录里没有这个名字。", change: "换一位", forget: "不再记住",
  none: "四步之内没有引荐路径。", self: "这就是您。", contact: "身边联系最多的是", by: "联系人：", opened: "打开原文", other: "另一方的原文", via: "经", direct: "直接", gone: "名录里已没有这一位，请重新选择。",
};
export type WaysWord = keyof typeof zh;
const en: Record<WaysWord, string> = {
  ways: "Ways to be introduced", you: "You", who: "Who are you?", who_help: "Choose once; each answer then says who could introduce you. Kept on this computer only.", who_label: "Your name or institution", who_none: "Nothing in the register has this name.", change: "Somebody else", forget: "Forget",
  none: "No way of at most four steps is known.", self: "That is you.", contact: "is best known to", by: "By way of ", opened: "Open the source", other: "Source of the other side", via: "via", direct: "directly", gone: "This one is no longer in the register; please choose again.",
};
const words: Record<Language, Record<WaysWord, string>> = { zh, en };
export const waysWord = (language: Language, word: WaysWord): string => words[language][word];

const LONGEST_HEADING = 24;
const short = (text: string): string => (text.length > LONGEST_HEADING ? `${text.slice(0, LONGEST_HEADING)}…` : text);
const titled = (language: Language, name: string): string => (language === "zh" && !/[《“]/.test(name) ? `《${name}》` : language === "zh" ? name : `“${name}”`);
const said = (step: WayStep, predicate: string): WayFact | undefined => step.facts.find((f) => f.predicate === predicate);
const isEnd = (step: WayStep): boolean => step.through?.id === step.from.id || step.through?.id === step.to.id;

function eventJoint(step: WayStep, language: Language): string {
  const name = titled(language, step.through?.name ?? "");
  const hosts = step.facts.filter((f) => f.predicate === "organized").length;
  if (language === "en") return hosts === 0 ? `both spoke at ${name}` : said(step, "spoke") ? `organiser and speaker of ${name}` : `both organised ${name}`;
  return hosts === 0 ? `同会报告${name}` : said(step, "spoke") ? `${name}的举办方与报告人` : `共同举办${name}`;
}

function sessionJoint(step: WayStep, language: Language): string {
  const heading = step.detail ? short(step.detail) : "";
  if (language === "en") return ["same session", step.through && `of ${titled(language, step.through.name)}`, heading && `(${heading})`].filter(Boolean).join(" ");
  return `同场报告${step.through ? titled(language, step.through.name) : ""}${heading ? `（${heading}）` : ""}`;
}

function classJoint(step: WayStep, language: Language): string {
  const school = step.through?.name;
  if (language === "en") return ["same class", step.detail, school && `at ${school}`].filter(Boolean).join(" ");
  return school ? `同校${step.detail}（${school}）` : `同届${step.detail}`;
}

function schoolJoint(step: WayStep, language: Language): string {
  const years = [...new Set(step.facts.map((f) => f.value))];
  if (isEnd(step)) return language === "zh" ? `${years.join("、")}校友` : `graduate, ${years.join(", ")}`;
  return language === "zh" ? `同校校友（${[step.through?.name, ...years].join("，")}）` : `both graduates of ${step.through?.name} (${years.join(", ")})`;
}

// Between an institution and one of its people stands the post; between two of its people the institution.
function workJoint(step: WayStep, language: Language): string {
  const post = said(step, "role")?.value;
  const member = step.kind === "society";
  if (isEnd(step)) return post || (language === "zh" ? (member ? "成员" : "任职") : member ? "member" : "works there");
  if (language === "en") return member ? `both in ${step.through?.name}` : `both work at ${step.through?.name}`;
  return member ? `同在${step.through?.name}任职` : `同单位（${step.through?.name}）`;
}

function dealJoint(step: WayStep, language: Language): string {
  const kind = step.facts[0] ? valueTerm(language, "party", step.facts[0].value) : "";
  const name = step.through ? short(step.through.name) : "";
  return language === "zh" ? `同为${kind}方（${name}）` : `both parties to one ${kind} (${name})`;
}

function thingJoint(step: WayStep, language: Language): string {
  const name = titled(language, step.through?.name ?? "");
  const trial = step.through?.kind === "trial";
  return language === "zh" ? `${trial ? "同做试验" : "共同持有"}${name}` : `${trial ? "same trial" : "hold together"} ${name}`;
}

const joints: Record<WayStep["kind"], (step: WayStep, language: Language) => string> = {
  work: workJoint, society: workJoint, event: eventJoint, session: sessionJoint, deal: dealJoint, thing: thingJoint, class: classJoint, school: schoolJoint,
};
export const joint = (language: Language, step: WayStep): string => joints[step.kind](step, language);

// To the month: days say nothing about knowing each other.
export const monthOf = (date: string): string => date.slice(0, 7);
