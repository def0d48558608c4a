// The same pages under other conditions: English, the keyboard alone, nothing stored, no server, a phone, the dark, paper.
import { NEED } from "./home.mjs";
import { accessible, check, closePage, noSideways, openPage, Store } from "./support.mjs";

const answered = (page) => page.getByRole("link", { name: /澄眸/ }).first().waitFor();
const needAddress = `/?q=${encodeURIComponent(NEED)}`;

async function everyPage(page) {
  const ids = await page.evaluate(async () => {
    const get = async (path) => (await (await fetch(`/api/v1${path}`)).json()).items[0].id;
    return { document: await get("/documents?q=expert"), entity: await get("/entities?q=%E7%BA%AA%E9%95%BF%E9%A3%8E&kind=person") };
  });
  return { home: "/", answers: needAddress, documents: "/documents", document: `/documents/${ids.document}`, register: "/register", queue: "/queue", entity: `/entities/${ids.entity}` };
}

export async function english(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto(needAddress);
  await answered(page);
  const address = page.url();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("textbox", { name: "Say what you need" }).waitFor();
  check("English: the same address, the same need", page.url() === address && await page.getByRole("textbox").inputValue() === NEED);
  check("English: the page says so", await page.locator("html").getAttribute("lang") === "en" && /Match/.test(await page.title()));
  check("English: the lists too", await page.getByRole("region", { name: "Technologies" }).isVisible());
  await accessible(page, "home in English");
  await page.getByRole("textbox").fill("Who can train village nurses to take fundus photographs?");
  await page.waitForResponse((r) => r.url().endsWith("/match") && r.request().postDataJSON().text.endsWith("photographs?"));
  await page.locator(".lists[data-busy=false]").waitFor();
  await page.screenshot({ path: `${shots}/home-en.png`, fullPage: true });
  await page.getByRole("textbox").fill("");
  await page.locator(".counts").waitFor();
  for (const [what, path] of Object.entries(await everyPage(page))) {
    await page.goto(path);
    await page.locator("main h1").waitFor();
    await page.locator(what === "answers" ? ".answer" : what === "home" ? ".counts" : "main li, tbody tr").first().waitFor();
    const chinese = await page.evaluate(() => [...document.querySelectorAll("nav, nav ~ button, label > span, th, button, h2, .hint, .empty, .kind, .predicate, summary, dt")]
      .map((e) => e.textContent.trim()).filter((t) => /[\u4e00-\u9fff]/.test(t) && t !== "中文"));
    check(`English: no Chinese word of the desk's own on ${what}`, chinese.length === 0, chinese.slice(0, 6));
    const raw = await page.evaluate(() => [...document.querySelectorAll("h2, .kind, .predicate, dt")].map((e) => e.firstChild?.textContent.trim() ?? "").filter((t) => /^[a-z_]+$/.test(t)));
    check(`English: no inner name shown on ${what}`, raw.length === 0, [...new Set(raw)].slice(0, 8));
  }
  await page.goto("/");
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("textbox", { name: "说出需求" }).waitFor();
  check("and back to Chinese", await page.waitForFunction(() => document.documentElement.lang === "zh-Hans").then(() => true, () => false));
  await closePage(page, "English");
}

export async function chineseWords(browser, store) {
  const page = await openPage(browser, store);
  await page.goto("/");
  for (const [what, path] of Object.entries(await everyPage(page))) {
    await page.goto(path);
    await page.locator(what === "answers" ? ".answer" : what === "home" ? ".counts" : "main li, tbody tr").first().waitFor();
    const raw = await page.evaluate(() => [...document.querySelectorAll("h2, .kind, .predicate, th, dt, summary, label > span, button")].map((e) => e.firstChild?.textContent.trim() ?? "").filter((t) => /^[a-z_ ]+$/i.test(t) && t !== "English"));
    check(`Chinese: no foreign word of the desk's own on ${what}`, raw.length === 0, [...new Set(raw)].slice(0, 8));
  }
  await closePage(page, "Chinese");
}

const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return { tag: e.tagName, text: e.textContent.trim().slice(0, 40), href: e.getAttribute("href") ?? "", skip: e.className === "skip",
    seen: e === document.body || box.width > 0 && box.right > 0 && box.bottom > 0 && (style.outlineStyle !== "none" || style.boxShadow !== "none") };
});

// Presses Tab until `there`; every stop on the way must be seen.
async function tabTo(page, what, there) {
  const unseen = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (!at.seen) unseen.push(at);
    if (there(at)) return check(`${what}: reached by Tab, every stop on the way seen`, unseen.length === 0, unseen.slice(0, 3));
  }
  return check(`${what}: reached by Tab`, false, "sixty Tabs did not lead there");
}

export async function keyboard(browser, store) {
  const page = await openPage(browser, store);
  await page.goto("/register");
  await page.getByRole("row").nth(5).waitFor();
  await page.keyboard.press("Tab");
  const first = await focused(page);
  check("the first Tab: the skip link, and it is seen", first.skip && first.seen, first);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  check("skipped: the next Tab is in the page, not in the menu", await page.evaluate(() => Boolean(document.activeElement?.closest("main"))));
  await page.goto("/");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Tab");
  await tabTo(page, "the need box", (at) => at.tag === "TEXTAREA");
  await page.keyboard.insertText(NEED);
  await answered(page);
  await tabTo(page, "an answer", (at) => at.href.startsWith("/entities/"));
  const { text } = await focused(page);
  await tabTo(page, "its source", (at) => at.href.startsWith("/documents/"));
  await page.keyboard.press("Enter");
  await page.locator("article [data-here=true]").first().waitFor();
  check("Enter on a source opens it", true);
  await tabTo(page, "a finding", (at) => at.href.includes("?at="));
  check("an answer has a name", text.length > 1, text);
  await closePage(page, "keyboard");
}

export async function nothingStored(browser, program) {
  const store = await new Store(program).start();
  try {
    const page = await openPage(browser, store);
    await page.goto("/documents");
    await page.getByText("还没有资料").waitFor();
    await accessible(page, "documents, empty");
    await page.goto("/register");
    await page.getByText("名录还是空的").waitFor();
    await accessible(page, "register, empty");
    await page.goto("/");
    await page.getByText(/0\s*份资料/).waitFor();
    await page.getByRole("textbox", { name: "说出需求" }).fill(NEED);
    await page.getByText("没有合适的答案").first().waitFor();
    check("an empty store: says so on every page, and what to do", true);
    await page.goto("/documents");
    await page.locator("input[type=file]").setInputFiles([{ name: "一.txt", mimeType: "text/plain", buffer: Buffer.from("澜州市中心医院院长周岚作《卒中绿道》报告。") }]);
    await page.locator(".what").getByText(/已读入/).waitFor();
    await page.locator("tbody tr").first().waitFor();
    check("the first file fills it", await page.getByText("还没有资料").count() === 0);
    await closePage(page, "empty store");
  } finally {
    await store.close();
  }
}

export async function noServer(browser, store) {
  const page = await openPage(browser, store);
  await page.goto("/");
  const box = page.getByRole("textbox", { name: "说出需求" });
  await box.fill("糖尿病病人眼底没人看");
  await page.locator(".answer").first().waitFor();
  await store.stop();
  await box.fill(NEED);
  await page.getByRole("alert").waitFor();
  check("no server: the page says so and what is kept", /连不上/.test(await page.getByRole("alert").innerText()) && /都在/.test(await page.getByRole("alert").innerText()), await page.getByRole("alert").innerText());
  check("no server: what was typed is kept, and what was answered", await box.inputValue() === NEED && await page.locator(".answer").count() > 0);
  await page.getByRole("navigation").getByRole("link", { name: "名录" }).click();
  await page.getByRole("button", { name: "重试" }).waitFor();
  check("no server: another page says so and offers to try again", /连不上/.test(await page.getByRole("alert").innerText()));
  await page.getByRole("navigation").getByRole("link", { name: "对接" }).click();
  check("no server: back, the need is still there", await box.inputValue() === NEED);
  await page.getByRole("alert").waitFor();
  await store.start();
  await answered(page);
  check("the server is back: answered by itself, the alarm gone", await page.getByRole("alert").count() === 0 && await box.inputValue() === NEED);
  await page.goto("/");
  await answered(page);
  check("opened anew: the draft is there", await box.inputValue() === NEED);
  await closePage(page, "no server", /Failed to load resource|ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET/);
}

export async function phone(browser, store, shots) {
  const page = await openPage(browser, store, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
  await page.goto("/");
  for (const [what, path] of Object.entries(await everyPage(page))) {
    await page.goto(path);
    await page.locator(what === "answers" ? ".answer" : what === "home" ? ".counts" : "main li, tbody tr").first().waitFor();
    await noSideways(page, `360 px, ${what}`);
    await accessible(page, `360 px, ${what}`);
    if (what === "answers") await page.screenshot({ path: `${shots}/phone.png` });
    if (what === "register" || what === "document") await page.screenshot({ path: `${shots}/phone-${what}.png` });
  }
  await closePage(page, "phone");
}

const light = ([r, g, b]) => (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
const colours = (page) => page.evaluate(() => {
  const rgb = (text) => text.match(/[\d.]+/g).slice(0, 3).map(Number);
  return { ground: rgb(getComputedStyle(document.documentElement).backgroundColor), text: rgb(getComputedStyle(document.body).color) };
});

export async function dark(browser, store, shots) {
  const page = await openPage(browser, store, { colorScheme: "dark" });
  await page.goto("/");
  for (const [what, path] of Object.entries(await everyPage(page))) {
    await page.goto(path);
    await page.locator(what === "answers" ? ".answer" : what === "home" ? ".counts" : "main li, tbody tr").first().waitFor();
    const { ground, text } = await colours(page);
    check(`dark, ${what}: light on dark`, light(ground) < 0.2 && light(text) > 0.7, { ground, text });
    await accessible(page, `dark, ${what}`);
    if (what === "answers") await page.screenshot({ path: `${shots}/home-dark.png`, fullPage: true });
    if (what === "document") await page.screenshot({ path: `${shots}/document-dark.png` });
  }
  await closePage(page, "dark");
}

export async function paper(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto(needAddress);
  await answered(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  check("paper: no menu, no buttons", !(await page.getByRole("navigation").isVisible()) && await page.getByRole("button").evaluateAll((all) => all.every((b) => !b.offsetParent)));
  check("paper: the answers and their sources are there", await page.locator(".answer blockquote").first().isVisible() && await page.locator(".source").first().isVisible());
  check("paper: the need itself is there", await page.getByRole("textbox").isVisible());
  const { ground, text } = await colours(page);
  check("paper: dark on white, also in dark mode", light(ground) > 0.9 && light(text) < 0.3, { ground, text });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.screenshot({ path: `${shots}/paper.png`, fullPage: true });
  check("paper: it makes a PDF", (await page.pdf({ format: "A4" })).subarray(0, 5).toString() === "%PDF-");
  await closePage(page, "paper");
}
