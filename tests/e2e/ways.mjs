// 引荐路径: who sits here is asked once; every answer then says by whom, and every step opens its sentence.
import { accessible, check, closePage, documents, inView, noSideways, openPage, plain, Store } from "./support.mjs";

const NEED = "人工耳蜗术后远程调试，想找有经验的团队";
const OWN = "砚湖市第一人民医院";
const home = `/?q=${encodeURIComponent(NEED)}&want=person`;
const answer = (page, name) => page.locator(".answer").filter({ has: page.getByRole("heading", { name }) }).first();
const panel = (scope) => scope.locator("details.ways").first();

async function choose(page, scope) {
  await panel(scope).getByRole("searchbox").fill(OWN.slice(0, 6));
  await panel(scope).getByRole("button", { name: OWN }).first().click();
}

async function someWay(page, scope) {
  await scope.locator(".way").first().waitFor();
  return plain(await scope.locator(".way").first().innerText());
}

export async function onAnswers(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto(home);
  const miao = answer(page, "苗可歆");
  await panel(miao).waitFor();
  check("not told who asks: the line asks", plain(await panel(miao).locator("summary").innerText()) === "引荐路径您是谁？", await panel(miao).innerText());
  check("it is folded: the answers stay in sight", !(await panel(miao).evaluate((e) => e.open)));
  await panel(miao).locator("summary").click();
  await accessible(page, "who are you");
  await panel(miao).getByRole("searchbox").fill("查无此人");
  await panel(miao).getByText("名录里没有这个名字").waitFor();
  await choose(page, miao);
  const way = await someWay(page, miao);
  check("the way begins with the asker and ends with the answer", way.startsWith(`您（${OWN}）—`) && /苗可歆[^—]*$/.test(way), way);
  check("by a colleague's post, then a session with its month", /—纪长风.*—同场报告《?.*\d{4}-\d\d/.test(way), way);
  check("the folded line says by whom", (await panel(miao).locator("summary").innerText()).includes("经 纪长风"), await panel(miao).locator("summary").innerText());
  await page.locator("details.ways .short", { hasText: "您是谁？" }).first().waitFor({ state: "detached" }); // each asks for itself
  const others = await page.locator("details.ways .short").allInnerTexts();
  check("all answers know at once who asks", others.length > 1 && others.every((t) => t && t !== "您是谁？"), others);
  await accessible(page, "ways on an answer");
  await miao.scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${shots}/ways.png`, fullPage: true });
  await toTheSentence(page, miao);
  await closePage(page, "ways on answers");
}

async function toTheSentence(page, scope) {
  const step = scope.locator(".joint a").nth(1);
  const sentence = await step.getAttribute("title");
  await step.click();
  await page.waitForURL(/\/documents\/\w+\?at=\d+-\d+/);
  const here = page.locator("article [data-here=true]");
  await here.first().waitFor();
  check("a step opens its sentence", await inView(here.first()) && plain((await here.allInnerTexts()).join("")) === plain(sentence), sentence);
  await page.goBack();
  await page.locator(".answer").first().waitFor();
  check("who asks is remembered", await page.evaluate(() => JSON.parse(localStorage.getItem("yiqiao.asker")).name) === OWN);
}

// Told by the keyboard alone, on an entity's page, in English; then forgotten again.
export async function onAnEntity(browser, store, shots) {
  const page = await openPage(browser, store);
  const id = (await (await page.request.get(`/api/v1/entities?kind=person&q=${encodeURIComponent("戴闻笙")}`)).json()).items[0].id;
  await page.goto(`/entities/${id}`);
  await panel(page).waitFor();
  await panel(page).locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(OWN);
  await panel(page).getByRole("button", { name: OWN }).first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const way = await someWay(page, page);
  check("an entity's page: the ways are there", way.startsWith(`您（${OWN}）`) && way.includes("戴闻笙"), way);
  check("in Chinese words", /同为.*方|任职|同/.test(way), way);
  await page.getByRole("button", { name: "English" }).click();
  const english = await page.locator(".way").first().innerText();
  check("in English words", english.startsWith("You (") && /both|works|same/.test(english) && !/同单位|同为/.test(english), english);
  await accessible(page, "ways on an entity");
  await page.screenshot({ path: `${shots}/ways-entity.png` });
  await page.emulateMedia({ media: "print" });
  check("on paper: the ways, without their buttons", await page.locator(".way").first().isVisible() && !(await page.locator(".asker").isVisible()));
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Forget" }).click();
  await page.getByText("Who are you?").first().waitFor();
  check("forgotten", await page.evaluate(() => localStorage.getItem("yiqiao.asker")) === null);
  await closePage(page, "ways on an entity");
}

export async function onAPhone(browser, store) {
  const page = await openPage(browser, store, { viewport: { width: 360, height: 740 } });
  await page.goto(home);
  const miao = answer(page, "苗可歆");
  await panel(miao).locator("summary").click();
  await choose(page, miao);
  await someWay(page, miao);
  await noSideways(page, "ways at 360 px");
  await closePage(page, "ways on a phone");
}

// The page is not told who sits there, the server is; and who is merged away or unknown to it is asked for anew.
export async function ofAnInstitution(browser, program) {
  const store = await new Store(program, [documents]).start(["--institution", OWN]);
  try {
    const page = await openPage(browser, store);
    await page.goto(home);
    const miao = answer(page, "苗可歆");
    await panel(miao).locator("summary").click();
    check("the institution whose store it is asks", (await someWay(page, miao)).startsWith(`您（${OWN}）`));
    check("nothing to forget", await miao.getByRole("button", { name: "不再记住" }).count() === 0);
    await page.evaluate(() => localStorage.setItem("yiqiao.asker", JSON.stringify({ id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", name: "x" })));
    await page.reload();
    await panel(miao).locator("summary").click();
    await panel(miao).getByText("请重新选择").waitFor();
    await choose(page, miao);
    check("chosen anew", (await someWay(page, miao)).startsWith(`您（${OWN}）`));
    await closePage(page, "ways of an institution", /404/);
  } finally {
    await store.close();
  }
}
