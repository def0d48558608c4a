// The register's own words, as a reader says them. A term that is not here is shown as it is.
import type { Language } from "./words";

type Terms = Record<string, [zh: string, en: string]>;

// One thing of a kind; the lists of a kind are called by words.ts.
const kinds: Terms = {
  person: ["人才", "Person"], organization: ["机构", "Institution"], technology: ["技术", "Technology"], need: ["需求", "Need"], event: ["活动", "Event"],
  trial: ["试验", "Trial"], call: ["揭榜", "Challenge"], fund: ["基金", "Fund"], policy: ["政策", "Policy"], deal: ["合作", "Agreement"],
};

// What a fact says of its subject…
const predicates: Terms = {
  role: ["任职", "Posts"], honour: ["荣誉", "Honours"], cohort: ["届别", "Class"], spoke: ["报告", "Talks"], organized: ["组织活动", "Organised"], party: ["参与合作", "Party to"],
  deal: ["合作", "Agreement"], holder: ["持有者", "Held by"], need: ["需求", "Need"], figure: ["数据", "Figures"], date: ["日期", "Date"], place: ["地点", "Place"], theme: ["主题", "Theme"],
  session: ["分会场", "Sessions"], summary: ["简介", "Summary"], trial: ["试验", "Trial"], name: ["名称", "Name"], mentioned: ["提及", "Mentioned"],
};

// …and of its object.
const reversed: Terms = {
  role: ["人员", "People"], spoke: ["报告", "Talks"], organized: ["组织单位", "Organisers"], party: ["签约方", "Parties"], holder: ["成果与需求", "Offers and needs"],
};

// Values that are words of the program: who organised in which role, what kind of agreement.
const values: Terms = {
  host: ["主办", "host"], organizer: ["承办", "organiser"], "co-organizer": ["协办", "co-organiser"], supporter: ["支持", "supporter"], media: ["媒体支持", "media partner"],
  cooperation: ["合作", "cooperation"], appointment: ["聘任", "appointment"], studio: ["工作室", "studio"], alliance: ["联盟", "alliance"], letter_of_intent: ["意向书", "letter of intent"],
  fund: ["基金", "fund"], launch: ["启动", "launch"], initiative: ["倡议", "initiative"], unveiling: ["揭牌", "unveiling"], funding: ["资助", "funding"],
};
const predicatesWithWords = new Set(["organized", "party", "deal"]);

const scripts: Terms = { "zh-Hans": ["简体中文", "Chinese, simplified"], "zh-Hant": ["繁体中文", "Chinese, traditional"], en: ["英文", "English"], mixed: ["中英文", "Chinese and English"] };

// What raised an answer.
const parts: Terms = {
  text: ["原文的字词", "Words of the text"], role: ["职务与专业", "Post and field"], talk: ["所作报告", "Talks given"], name: ["名称", "Name"], fact: ["名录中的事实", "Facts of the register"],
};

const say = (table: Terms, language: Language, key: string): string => table[key]?.[language === "zh" ? 0 : 1] ?? key;

export const kindTerm = (language: Language, kind: string): string => say(kinds, language, kind);
export const predicateTerm = (language: Language, predicate: string, isSubject: boolean): string =>
  !isSubject && reversed[predicate] ? say(reversed, language, predicate) : say(predicates, language, predicate);
export const valueTerm = (language: Language, predicate: string, value: string): string => (predicatesWithWords.has(predicate) ? say(values, language, value) : value);
export const partTerm = (language: Language, part: string): string => say(parts, language, part);
export const scriptTerm = (language: Language, script: string): string => say(scripts, language, script);
