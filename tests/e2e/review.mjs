// Going through the findings of a document by keyboard, and handing in many files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessible, check, closePage, inView, noSideways, openPage } from "./support.mjs";

const REPORT = "# 岚桥启用仪式\n\n" + Array.from({ length: 30 }, (_, i) => `第${i + 1}段说的是会场安排，与人无关。`).join("\n\n") +
  "\n\n澜州市中心医院副院长骆知秋主持启用仪式。\n\n汀阳市人民医院护理部主任司徒静怡到会。\n\n云岭省人民医院院长端木清和致辞。\n";
const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });

async function upload(store, name, text) {
  const answer = await fetch(`${store.address}/api/v1/documents?name=${encodeURIComponent(name)}`, { method: "POST", body: text });
  return (await answer.json()).document;
}

const pageOf = async (store, id) => (await fetch(`${store.address}/api/v1/documents/${id}`)).json();
const said = (facts, name) => facts.filter((f) => f.subject.name === name && f.predicate === "role").map((f) => [f.state, f.value, f.object?.name ?? ""].join(" "));

export async function byKeyboard(browser, store, shots) {
  const id = await upload(store, "启用仪式.md", REPORT);
  const page = await openPage(browser, store);
  await page.goto(`/documents/${id}`);
  const aside = page.locator("aside");
  const row = (name) => aside.locator("li").filter({ hasText: name });
  const chosen = aside.locator("li[data-here=true]");
  await row("骆知秋").first().waitFor();
  check("how many are to be reviewed stands above", /条待核对/.test(await aside.locator("h2").innerText()), await aside.locator("h2").innerText());
  await page.keyboard.press("r");
  check("a key pressed elsewhere decides nothing", (await pageOf(store, id)).facts.every((f) => f.state === "proposed"));
  await page.getByRole("button", { name: "逐条核对" }).click();
  await chosen.first().waitFor();
  const order = await aside.locator("li strong").allInnerTexts();
  const at = async () => (await chosen.locator("strong").innerText()).trim();
  check("it begins with the first", await at() === order[0], order);
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  check("J, K and arrows move", await at() === order[1]);
  check("the focus is in the row", await page.evaluate(() => document.activeElement?.closest("li")?.dataset.here === "true"));
  check("the place in the text is marked and in sight", await inView(page.locator("article [data-core=true]").first()) && (await page.locator("article [data-here=true]").allInnerTexts()).join("").includes(order[1]));
  check("the address says which", /at=\d+-\d+/.test(page.url()) && /fact=\d+/.test(page.url()));
  const walkTo = async (name) => {
    for (const way of ["k", "j"]) for (let i = 0; i < order.length && await at() !== name; i++) await page.keyboard.press(way);
  };
  await walkTo("骆知秋");
  const role = row("骆知秋").filter({ hasText: "副院长" });
  await page.keyboard.press("a");
  await role.getByText("已确认").waitFor();
  check("A accepts, and the next one that waits is chosen", await at() !== "骆知秋" && said((await pageOf(store, id)).facts, "骆知秋")[0].startsWith("confirmed"));
  check("it is said to who cannot see", /已确认.*骆知秋/.test(await aside.getByRole("status").innerText()), await aside.getByRole("status").innerText());
  await walkTo("司徒静怡");
  await page.keyboard.press("r");
  await row("司徒静怡").getByText("未采纳").waitFor();
  await page.keyboard.press("z");
  await row("司徒静怡").getByText("未采纳").waitFor({ state: "detached" });
  check("R refuses, Z undoes", said((await pageOf(store, id)).facts, "司徒静怡")[0].startsWith("proposed"));
  await page.waitForFunction(() => document.activeElement?.closest("li")?.innerText.includes("司徒静怡"));
  await page.waitForFunction(() => [...document.querySelectorAll("article [data-here=true]")].map((e) => e.textContent).join("").includes("司徒静怡"));
  check("what was taken back is chosen, in the list and in the text", true);
  await page.keyboard.press("e");
  const value = aside.locator("input[name=value]");
  await value.waitFor();
  check("E opens the words to be corrected, where they stand", await page.evaluate(() => document.activeElement?.getAttribute("name")) === "value" && (await value.inputValue()) === "护理部主任");
  await accessible(page, "correcting");
  await page.screenshot({ path: `${shots}/review.png` });
  await value.fill("护理部随便");
  await page.keyboard.press("Escape");
  await value.waitFor({ state: "detached" });
  check("Esc leaves, nothing is changed", said((await pageOf(store, id)).facts, "司徒静怡")[0] === "proposed 护理部主任 汀阳市人民医院" && await at() === "司徒静怡");
  await page.keyboard.press("e");
  await value.fill("护理部副主任");
  await aside.locator("input[name=object]").fill("澜州市中心医院");
  await page.keyboard.press("Enter");
  await row("司徒静怡").getByText("已更正").waitFor();
  check("Enter saves: a person's words", said((await pageOf(store, id)).facts, "司徒静怡")[0] === "confirmed 护理部副主任 澜州市中心医院", said((await pageOf(store, id)).facts, "司徒静怡"));
  check("what was read stands beside it", /原读作 护理部主任 · 汀阳市人民医院/.test(await row("司徒静怡").innerText()), await row("司徒静怡").innerText());
  await page.waitForFunction(() => document.activeElement?.closest("li")?.innerText.includes("司徒静怡"));
  await page.keyboard.press("z");
  await page.keyboard.press("z");
  await row("骆知秋").getByText("已确认").waitFor({ state: "detached" });
  const facts = (await pageOf(store, id)).facts;
  check("Z goes back step by step", facts.every((f) => f.state === "proposed") && said(facts, "司徒静怡")[0] === "proposed 护理部主任 汀阳市人民医院", said(facts, "司徒静怡"));
  await closePage(page, "review by keyboard");
}

export async function onAPhone(browser, store, shots) {
  const id = await upload(store, "启用仪式.md", REPORT);
  const page = await openPage(browser, store, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await page.goto(`/documents/${id}`);
  await page.getByRole("button", { name: "逐条核对" }).click();
  const chosen = page.locator("aside li[data-here=true]");
  await chosen.waitFor();
  await noSideways(page, "reviewing on a phone");
  const before = await chosen.innerText();
  await chosen.getByRole("button", { name: /^不采纳/ }).click();
  await page.waitForFunction((old) => document.querySelector("aside li[data-here=true]")?.innerText !== old, before);
  check("on a phone: decided by buttons, and on to the next", (await pageOf(store, id)).facts.filter((f) => f.state === "refused").length === 1);
  check("on a phone: finding and place in the text are both in sight", await inView(chosen) && await inView(page.locator("article [data-core=true]").first()));
  await page.screenshot({ path: `${shots}/review-phone.png` });
  await accessible(page, "reviewing on a phone");
  await page.goto("/documents");
  await page.locator("input[type=file]").setInputFiles([file("手机.txt", "澜州市中心医院院长周岚到会。\n"), file("空.txt", "")]);
  await page.locator(".queue li", { hasText: "空.txt" }).getByText("未读入").waitFor();
  await noSideways(page, "the queue on a phone");
  await page.getByRole("button", { name: "清除已完成" }).click();
  await page.locator(".queue").waitFor({ state: "detached" });
  check("cleared", true);
  await closePage(page, "review on a phone");
}

const MANY = 70;

function folder() {
  const top = mkdtempSync(join(tmpdir(), "yq-drop-"));
  const root = join(top, "通知");
  mkdirSync(join(root, "2025"), { recursive: true });
  for (let i = 0; i < MANY; i++) writeFileSync(join(root, i % 2 ? "2025" : ".", `第${i}号.txt`), `澜州市第${i + 1}人民医院院长周岚到会。\n`);
  writeFileSync(join(root, "空.txt"), "");
  writeFileSync(join(root, ".DS_Store"), "x");
  return { top, root };
}

export async function hundreds(browser, store, shots) {
  const { top, root } = folder();
  await fetch(`${store.address}/api/v1/jobs/uploads/clear`, { method: "POST" });
  const page = await openPage(browser, store);
  await page.goto("/documents");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "选择文件夹" }).click();
  await (await choosing).setFiles(root);
  const queue = page.getByRole("region", { name: "读入进度" });
  await queue.locator("li").first().waitFor();
  check("a bar for each file", await queue.evaluate((q) => q.querySelectorAll("li").length > 0 && [...q.querySelectorAll("li")].every((li) => li.querySelector("progress"))));
  const left = () => page.evaluate(async () => (await (await fetch("/api/v1/jobs/uploads")).json()).items.length);
  for (let i = 0; i < 60 && await left() < MANY + 1; i++) await page.waitForTimeout(250);
  check("hidden files are left out, all others arrive", await left() === MANY + 1, await left());
  await page.reload();
  await queue.locator("li").first().waitFor();
  check("the page closed and opened again shows the same queue", await queue.locator("li").count() === MANY + 1, await queue.locator("li").count());
  await queue.getByText(`${MANY + 1} / ${MANY + 1}`).waitFor({ timeout: 20000 });
  const sum = await queue.getByRole("status").innerText();
  check("in all: how many were read and refused, and what was found", sum.includes(`已读入 ${MANY}`) && sum.includes("未读入 1") && /\d{2} 条发现/.test(sum), sum);
  check("the bar for all is full", await queue.getByRole("status").locator("progress").evaluate((p) => p.value === p.max));
  await queue.getByLabel("只看未读入").check();
  check("what failed, and why", await queue.locator("li").count() === 1 && /通知\/空\.txt[\s\S]*文件是空的/.test(await queue.locator("li").innerText()), await queue.locator("li").allInnerTexts());
  await accessible(page, "the queue");
  await page.screenshot({ path: `${shots}/queue.png` });
  await page.getByRole("searchbox").fill("通知/2025");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 35);
  check("the documents are there under their folders", true);
  await page.getByRole("button", { name: "清除已完成" }).click();
  await queue.waitFor({ state: "detached" });
  await page.evaluate(() => {
    const data = new DataTransfer();
    for (const name of ["拖一.txt", "拖二.txt", ".隐藏"]) data.items.add(new File([`澜州市中心医院${name}公告：院长周岚到会。`], name));
    document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await queue.getByText("2 / 2").waitFor();
  check("what is dropped on the box comes too, hidden files aside", (await queue.locator(".file").allInnerTexts()).sort().join() === ["拖一.txt", "拖二.txt"].sort().join());
  await closePage(page, "hundreds of files");
  rmSync(top, { recursive: true, force: true });
}

// Files dropped while the program is away are kept by the page, and sent when it is back.
export async function whileAway(browser, store) {
  const page = await openPage(browser, store);
  await page.goto("/documents");
  await page.getByRole("searchbox").waitFor();
  await store.stop();
  await page.locator("input[type=file]").setInputFiles([file("离线.txt", "云岭省人民医院院长端木清和到会。\n")]);
  const item = page.locator(".queue li", { hasText: "离线.txt" });
  await item.getByText("连不上").waitFor();
  check("it is said that they are not with the program yet", /先不要关闭页面/.test(await page.locator(".queue").innerText()));
  await store.start();
  await item.getByText(/已读入|早已读过/).waitFor({ timeout: 12000 });
  check("sent again by itself", true);
  await closePage(page, "while away", /Failed to load|ERR_CONNECTION|status of 5/);
}
