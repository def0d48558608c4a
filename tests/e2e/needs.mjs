// 关注: a need is kept under its answers, a document that arrives is told on an open page, what people say of an answer is there on every page and can be taken back.
import { accessible, check, closePage, noSideways, openPage } from "./support.mjs";

const NEED = "想找广东做过膀胱起搏器植入的泌尿外科医生，会英语";
const NEWS = "# 学术日\n\n深圳市屿衡医院泌尿外科主任欧阳霁月介绍了膀胱起搏器植入120例的经验。\n\n北京市澜心医院泌尿外科主任司徒静怡介绍了膀胱起搏器植入的经验。\n";
const count = (page) => page.getByRole("navigation").getByRole("link", { name: /关注/ }).locator(".count");
const pressed = (page) => page.locator(".marks button[aria-pressed=true]").allInnerTexts();

export async function keptAndTold(browser, store, shots) {
  const page = await openPage(browser, store);
  await page.goto(`/?q=${encodeURIComponent(NEED)}&want=person`);
  await page.getByRole("button", { name: /会英语/ }).click(); // left out, and so it stays where the need is kept
  await page.getByRole("button", { name: "恢复" }).waitFor();
  await page.getByRole("button", { name: "关注这一需求" }).click();
  await page.getByText("已关注，有了新答案会提示。").waitFor();
  check("nothing is new yet", await count(page).count() === 0);
  await page.evaluate((text) => fetch(`/api/v1/documents?name=${encodeURIComponent("学术日.md")}`, { method: "POST", body: text }).then((r) => r.json()), NEWS);
  await count(page).waitFor();
  check("a document arrives: an open page counts the news", /^1\D*$/.test(await count(page).innerText()), await count(page).innerText());
  await page.getByRole("navigation").getByRole("link", { name: /关注/ }).click();
  await page.getByRole("link", { name: "欧阳霁月" }).waitFor();
  const told = await page.locator(".kept .answer").innerText();
  check("with the conditions that it is held to", (await page.locator(".kept .held li").allInnerTexts()).join() === "地区：广东省", await page.locator(".kept .held").allInnerTexts());
  check("who is elsewhere is not told", !/司徒静怡/.test(told), told);
  check("told with its sentence", /膀胱起搏器植入120例/.test(told) && /新答案/.test(told), told);
  await page.screenshot({ path: `${shots}/needs.png`, fullPage: true });
  await accessible(page, "kept needs");
  await page.getByRole("button", { name: "有用", exact: true }).click();
  await page.getByRole("button", { name: "已会面" }).click();
  await page.locator(".marks button[aria-pressed=true]").nth(1).waitFor();
  check("useful, and met", (await pressed(page)).join() === "有用,已会面", await pressed(page));
  await page.getByRole("row").filter({ hasText: NEED }).filter({ hasText: /1\s*1\s*0\s*1\s*0\s*1\s*0\s*100%/ }).waitFor().catch(() => {}); // after each mark the report is read again
  check("the report counts it", /1\s+1\s+0\s+1\s+0\s+1\s+0\s+100%/.test(await page.getByRole("row", { name: new RegExp(NEED) }).innerText()), await page.getByRole("row", { name: new RegExp(NEED) }).innerText());
  await page.getByRole("button", { name: "已阅", exact: true }).click();
  await count(page).waitFor({ state: "detached" });
  check("seen: the count is gone, the answer is not", await page.getByRole("link", { name: "欧阳霁月" }).isVisible());
  await onTheAnswer(page, shots);
  await closePage(page, "kept needs");
}

async function onTheAnswer(page, shots) {
  await page.getByRole("link", { name: "全部答案" }).click();
  const answer = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "欧阳霁月" }) });
  await answer.locator(".marks button[aria-pressed=true]").first().waitFor();
  check("the marks are on the answer as well", (await answer.locator(".marks button[aria-pressed=true]").allInnerTexts()).join() === "有用,已会面");
  await page.screenshot({ path: `${shots}/marks.png`, fullPage: true });
  await answer.getByRole("button", { name: "已会面" }).click();
  await answer.locator(".marks button[aria-pressed=true]").nth(1).waitFor({ state: "detached" });
  check("taken back", (await answer.locator(".marks button[aria-pressed=true]").allInnerTexts()).join() === "有用");
  await page.getByRole("button", { name: "English" }).click();
  check("in English", await page.getByText("Kept; new answers will be told.").isVisible() && await answer.getByRole("button", { name: "Useful", exact: true }).isVisible());
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/needs");
  await page.getByRole("row", { name: new RegExp(NEED) }).waitFor();
  await noSideways(page, "kept needs at 360 px");
  await page.locator(".kept summary").first().click();
  await page.getByRole("link", { name: "欧阳霁月" }).waitFor();
  await accessible(page, "kept needs at 360 px, in English");
  await page.screenshot({ path: `${shots}/phone-needs.png`, fullPage: true });
}
