// 资料, 名录 and the page of an entity.
import { readdirSync, readFileSync } from "node:fs";
import { accessible, check, closePage, inView, openPage, plain } from "./support.mjs";

const kindsFolder = new URL("../../kinds/", import.meta.url);
const kinds = readdirSync(kindsFolder).map((name) => JSON.parse(readFileSync(new URL(name, kindsFolder), "utf8"))).sort((a, b) => a.order - b.order);

const REPORT = "# 澜州卒中绿道交流会\n\n澜州市中心医院院长周岚作《卒中绿道》报告。澜州市中心医院研制的“岚桥”卒中转运平台已在12家医院使用。\n";
const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });

export async function register(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "名录" }).click();
  const search = page.getByRole("searchbox");
  await page.getByRole("row").nth(20).waitFor();
  await accessible(page, "register");
  const chips = await page.locator(".chips button").allInnerTexts();
  check("a button for every kind that the register lists, in its words", chips.join() === ["全部", ...kinds.filter((k) => k.listed).map((k) => k.zh)].join(), chips);
  for (const form of ["txb", "tangxiubai", "岫白"]) {
    await search.fill(form);
    await page.waitForURL((url) => url.searchParams.get("q") === form);
    await page.getByRole("link", { name: "汤岫白", exact: true }).first().waitFor();
    check(`${form} finds 汤岫白`, true);
  }
  await search.fill("ch");
  await page.getByRole("button", { name: "人才" }).click();
  await page.waitForURL(/kind=person/);
  await page.waitForFunction(() => [...document.querySelectorAll("tbody .kind")].every((k) => k.textContent === "人才") && document.querySelectorAll("tbody tr").length > 1);
  check("one kind only: every row is of it", true);
  await page.screenshot({ path: `${shots}/register.png` });
  await page.reload();
  check("the search is in the address", await search.inputValue() === "ch" && await page.getByRole("button", { name: "人才" }).getAttribute("aria-pressed") === "true");
  await search.fill("查无此人");
  await page.getByText("名录里没有这个名字").waitFor();
  check("nobody: says what to do", true);
  await search.fill("");
  await page.getByRole("button", { name: "全部" }).click();
  await pagesOfTheRegister(page);
  await closePage(page, "register");
}

async function pagesOfTheRegister(page) {
  const first = await page.getByRole("row").nth(1).innerText();
  await page.getByRole("link", { name: "下一页" }).click();
  await page.waitForURL(/offset=50/);
  await page.waitForFunction((before) => document.querySelectorAll("tbody tr").length > 0 && document.querySelector("tbody tr").innerText !== before, first);
  check("the next page shows others", await page.getByRole("row").nth(1).innerText() !== first);
  await page.getByRole("link", { name: "上一页" }).click();
  await page.waitForFunction((before) => document.querySelector("tbody tr")?.innerText === before, first);
  check("and back", true);
}

// The same fact is called by the word of the kind whose page it is: who holds a technology has a need.
async function wordsOfKinds(page) {
  for (const [kind, word] of [["technology", "持有者"], ["need", "提出方"], ["event", "组织单位"], ["organization", "人员"]]) {
    await page.goto(`/register?kind=${kind}`);
    await page.locator(`tbody .kind[data-kind=${kind}]`).first().waitFor();
    await page.locator("tbody a").first().click();
    await page.locator("main h2").first().waitFor();
    const heads = await page.locator("main h2").allInnerTexts();
    check(`the page of a ${kind} says ${word}`, heads.some((head) => head.startsWith(word)), heads);
  }
}

export async function entity(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto("/register?q=纪长风&kind=person");
  await page.getByRole("link", { name: "纪长风", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "纪长风" }).waitFor();
  check("the entity: where and what", /砚湖市第一人民医院/.test(await page.locator("main").innerText()));
  const sources = page.getByRole("link", { name: /^打开原文/ });
  const n = await sources.count();
  check("the entity: facts with sources", n >= 4, n);
  const documents = new Set(await sources.evaluateAll((links) => links.map((a) => a.pathname)));
  check("the entity: from several documents", documents.size >= 3, documents.size);
  check("every quotation is a sentence with the name or a pronoun's", (await page.locator("blockquote").allInnerTexts()).every((t) => t.trim().length > 3));
  await accessible(page, "entity");
  await page.screenshot({ path: `${shots}/entity.png`, fullPage: true });
  const quoted = plain(await page.locator("blockquote").first().innerText());
  await sources.first().click();
  const here = page.locator("article [data-here=true]");
  await here.first().waitFor();
  check("its source opens at the sentence", await inView(here.first()) && plain((await here.allInnerTexts()).join("")) === quoted, quoted);
  await page.goBack();
  const other = page.locator("main a[href^='/entities/']").first();
  const name = (await other.innerText()).trim();
  await other.click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  check("from one to the other by a link", true);
  await wordsOfKinds(page);
  await page.goto("/entities/01ARZ3NDEKTSV4RRFFQ69G5FAV");
  await page.getByRole("alert").waitFor();
  check("an entity that is not there: said", true);
  await page.goto("/no/such/page");
  await page.getByText("没有这一页").waitFor();
  await accessible(page, "no such page");
  await closePage(page, "entity", /404/);
}

export async function documentsPage(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto("/documents");
  await page.getByRole("row").nth(19).waitFor();
  check("all documents are listed", await page.getByRole("row").count() === 20, await page.getByRole("row").count());
  await page.getByRole("searchbox").fill("appointments");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  check("found by name", /11-appointments/.test(await page.locator("tbody").innerText()));
  await page.getByRole("searchbox").fill("");
  await page.getByRole("row").nth(19).waitFor();
  await page.locator("input[type=file]").setInputFiles([file("岚桥.md", REPORT), file("empty.txt", "")]);
  const item = (name) => page.locator("main li").filter({ hasText: name });
  await item("empty.txt").getByText("未读入").waitFor();
  check("a refused file: its reason stands beside it", /empty/.test(await item("empty.txt").innerText()) && (await item("empty.txt").innerText()).replace(/empty\.txt|未读入/g, "").trim().length > 5, await item("empty.txt").innerText());
  await item("岚桥.md").getByText(/已读入/).waitFor();
  check("a good one: how much was found", /\d+ 条发现/.test(await item("岚桥.md").innerText()), await item("岚桥.md").innerText());
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 20);
  check("it stands first in the list", /岚桥/.test(await page.getByRole("row").nth(1).innerText()), await page.getByRole("row").nth(1).innerText());
  await accessible(page, "documents");
  await page.screenshot({ path: `${shots}/documents.png` });
  await page.locator("input[type=file]").setInputFiles([file("岚桥.md", REPORT)]);
  await page.locator(".what", { hasText: "早已读过" }).first().waitFor();
  check("the same file again: known", true);
  await goingElsewhere(page);
  await page.getByRole("row").getByRole("link", { name: /卒中绿道交流会/ }).first().click();
  await page.getByRole("heading", { level: 1, name: /卒中绿道/ }).waitFor();
  check("the new document opens", /周岚/.test(await page.locator("article").innerText()));
  await closePage(page, "documents", /422/);
}

async function goingElsewhere(page) {
  const many = Array.from({ length: 12 }, (_, i) => file(`多-${i}.txt`, `澜州市第${i + 1}人民医院院长周岚说，第${i}次会诊用了${i + 3}分钟。`));
  await page.locator("input[type=file]").setInputFiles(many);
  await page.getByRole("navigation").getByRole("link", { name: "名录" }).click();
  await page.getByRole("heading", { level: 1, name: "名录" }).waitFor();
  await page.getByRole("navigation").getByRole("link", { name: "资料" }).click();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 32);
  check("looking at another page meanwhile loses none", true);
}
