// Who is who: the queue of pairs in doubt by keyboard, and merging and splitting on the page of an entity.
import { accessible, check, closePage, inView, noSideways, openPage, plain } from "./support.mjs";

const get = async (store, path) => (await fetch(`${store.address}/api/v1${path}`)).json();
const shown = (pair) => [pair.a.entity, pair.b.entity].map((id) => `/entities/${id}`).join();

export async function theQueue(browser, store, shots) {
  const before = await get(store, "/queue");
  const page = await openPage(browser, store);
  await page.goto("/queue");
  const heads = page.locator(".pair .whom");
  const now = async () => (await heads.evaluateAll((all) => all.map((a) => a.getAttribute("href")))).join();
  const come = (pair) => page.waitForFunction((want) => [...document.querySelectorAll(".pair .whom")].map((a) => a.getAttribute("href")).join() === want, shown(pair));
  const said = page.getByRole("status");
  const count = page.getByRole("navigation").locator(".count");
  await page.locator(".sides blockquote").first().waitFor();
  check("the pair on which most facts hang comes first", await now() === shown(before.items[0]), await now());
  check("how many wait stands in the menu", await count.innerText() === String(before.open));
  check("evidence for and against, in the page's language", /像同一个同名/.test(plain(await page.locator(".evidence").innerText())) && !/[a-z]{3}/.test(await page.locator(".evidence").innerText()), await page.locator(".evidence").innerText());
  const fields = await page.locator(".pair tbody th").allInnerTexts();
  check("names, institutions, posts of both", ["名称", "单位", "职务", "资料"].every((field, i, all) => fields.indexOf(field) > (i ? fields.indexOf(all[i - 1]) : -1)) && await page.locator(".pair tbody tr").first().locator("td").count() === 2);
  check("each sentence opens its source", await page.locator(".sides li").count() >= 2 && await page.locator(".sides li a.source").count() === await page.locator(".sides li").count());
  check("the decision is in sight at once", await inView(page.getByRole("button", { name: /^同一/ })));
  await accessible(page, "the queue");
  await page.screenshot({ path: `${shots}/queue-of-doubts.png` });
  const calls = [];
  page.on("request", (r) => { if (r.isNavigationRequest()) calls.push(r.url()); });
  await page.keyboard.press("s");
  await come(before.items[1]);
  await said.getByText("判为同一").waitFor();
  const [a, b] = [before.items[0].a.id, before.items[0].b.id];
  check("S: they are one, and the next pair is there without loading", (await get(store, `/entities/${a}`)).entity.id === (await get(store, `/entities/${b}`)).entity.id && calls.length === 0);
  check("the count follows", await count.innerText() === String(before.open - 1), await count.innerText());
  await page.keyboard.press("d");
  await come(before.items[2]);
  await page.keyboard.press("u");
  await come(before.items[3]);
  await said.getByText("已搁置").waitFor();
  const decided = await get(store, "/queue");
  check("D tells apart, U sets aside", decided.decided === 1 && decided.aside === 1 && decided.open === before.open - 3, decided);
  await page.getByRole("button", { name: "已搁置" }).click();
  await come(before.items[2]);
  check("what was set aside can be looked at, and decided", page.url().endsWith("state=aside") && await page.getByRole("button", { name: /^不同/ }).isVisible());
  await page.goBack();
  await page.goto("/queue");
  await come(before.items[3]);
  await page.locator(".waiting").focus();
  for (const [key, pair] of [["d", before.items[4]], ["z", before.items[3]]]) {
    await page.keyboard.press(key);
    await come(pair);
  }
  await said.getByText("已撤销").waitFor();
  check("Z: the pair is back and waits", (await get(store, "/queue")).open === before.open - 3 && await count.innerText() === String(before.open - 3));
  await page.getByRole("link", { name: "医桥" }).focus();
  await page.keyboard.press("s");
  check("a key pressed elsewhere decides nothing", (await get(store, "/queue")).open === before.open - 3);
  await page.setViewportSize({ width: 360, height: 740 });
  await noSideways(page, "the queue on a phone");
  await closePage(page, "the queue");
}

export async function mergeAndSplit(browser, store, shots) {
  const e = (await get(store, "/entities?kind=person&limit=200")).items.find((x) => x.documents > 2);
  const sources = (await get(store, `/entities/${e.id}/appearances`)).items;
  const page = await openPage(browser, store);
  await page.route("**/appearances?*", (route) => route.continue({ url: route.request().url().replace("limit=50", "limit=1") }));
  await page.goto(`/entities/${e.id}`);
  const happened = page.locator(".happened");
  await page.getByText("合并与拆分").click();
  await page.locator(".sources li").first().waitFor();
  for (let shown = 1; shown < sources.length; shown++) { // one a page, as if there were hundreds
    check(`${shown} of all are shown, and it says so`, (await page.locator(".sources ~ .acts button").first().textContent()).includes(String(sources.length)) && await page.locator(".sources li").count() === shown);
    await page.locator(".sources ~ .acts button").first().click();
    await page.locator(".sources li").nth(shown).waitFor();
  }
  check("a source a name in a document", await page.locator(".sources li").count() === sources.length, sources.length);
  check("nothing more to show", await page.locator(".sources ~ .acts button").count() === 1);
  check("nothing marked, nothing to do", await page.getByRole("button", { name: "请先勾选" }).isDisabled());
  await page.locator(".sources input").first().check();
  await page.screenshot({ path: `${shots}/split.png` });
  await accessible(page, "merging and splitting");
  await page.getByRole("button", { name: "把选中的 1 处拆成另一条" }).click();
  await happened.getByText("已拆成两条").waitFor();
  const parted = await Promise.all([sources[0], sources[1]].map(async (a) => (await get(store, `/entities/${a.id}`)).entity));
  check("split: two entries, each with its documents", parted[0].id !== parted[1].id && parted[0].documents === 1, parted);
  check("both are linked, and the decision is listed", await happened.getByRole("link").count() === 2 && /拆成两条/.test(await page.locator(".rulings li").first().innerText()));
  await happened.getByRole("button", { name: "撤销" }).click();
  await happened.getByText("已撤销").waitFor();
  check("split taken back", (await get(store, `/entities/${e.id}`)).entity.documents === e.documents);
  await page.getByRole("searchbox").fill("nsy");
  await page.locator(".found button", { hasText: "倪疏影" }).first().click();
  check("merging asks first", (await get(store, `/entities/${e.id}`)).entity.facts === e.facts && /倪疏影/.test(await page.locator(".who-is .acts").first().innerText()));
  await page.getByRole("button", { name: "合并", exact: true }).click();
  await happened.getByText("已合并").waitFor();
  check("merged: facts of both", (await get(store, `/entities/${e.id}`)).entity.facts > e.facts);
  await page.locator(".rulings li").first().getByRole("button", { name: "撤销" }).click();
  await happened.getByText("已撤销").waitFor();
  check("merging taken back from the list", (await get(store, `/entities/${e.id}`)).entity.facts === e.facts);
  const pair = (await get(store, "/queue")).items[0];
  await page.goto(`/entities/${pair.a.entity}`);
  await page.locator(".maybe").getByRole("button", { name: "不同" }).first().click();
  await happened.getByText("判为不同").waitFor();
  check("not the same: said on the entity's page", (await get(store, "/queue?state=decided")).items.some((p) => p.a.id === pair.a.id && p.b.id === pair.b.id));
  await closePage(page, "merging and splitting");
}
