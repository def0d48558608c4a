#!/usr/bin/env node
// The desk in a real browser: desk.mjs PROGRAM FOLDER-FOR-SCREENSHOTS
//
// Written from what a visitor is promised. Each part stands in a module beside this one; the browser is Debian's Chromium.
import { mkdirSync } from "node:fs";
import * as conditions from "./conditions.mjs";
import * as home from "./home.mjs";
import * as identity from "./identity.mjs";
import * as needs from "./needs.mjs";
import * as pages from "./pages.mjs";
import * as review from "./review.mjs";
import * as ways from "./ways.mjs";
import { documents, openBrowser, section, Store, total } from "./support.mjs";

const [program, shots] = process.argv.slice(2);
if (!program || !shots) {
  console.error("usage: desk.mjs PROGRAM FOLDER");
  process.exit(2);
}
mkdirSync(shots, { recursive: true });
const browser = await openBrowser();
const store = await new Store(program, [documents]).start();
try {
  await section("before any word", () => home.beforeAnyWord(browser, store));
  await section("a need", () => home.aNeed(browser, store, shots));
  await section("conditions of a need", () => home.conditions(browser, store, shots));
  await section("no answer", () => home.noAnswer(browser, store));
  await section("composing", () => home.composing(browser, store));
  await section("quickness", () => home.quickness(browser, store));
  await section("register", () => pages.register(browser, store, shots));
  await section("entity", () => pages.entity(browser, store, shots));
  await section("ways on answers", () => ways.onAnswers(browser, store, shots));
  await section("ways on an entity", () => ways.onAnEntity(browser, store, shots));
  await section("ways on a phone", () => ways.onAPhone(browser, store));
  await section("ways of an institution", () => ways.ofAnInstitution(browser, program));
  await section("the queue", () => identity.theQueue(browser, store, shots));
  await section("merging and splitting", () => identity.mergeAndSplit(browser, store, shots));
  await section("English", () => conditions.english(browser, store, shots));
  await section("Chinese", () => conditions.chineseWords(browser, store));
  await section("keyboard", () => conditions.keyboard(browser, store));
  await section("phone", () => conditions.phone(browser, store, shots));
  await section("dark", () => conditions.dark(browser, store, shots));
  await section("paper", () => conditions.paper(browser, store, shots));
  await section("nothing stored", () => conditions.nothingStored(browser, program));
  await section("documents", () => pages.documentsPage(browser, store, shots));
  await section("review by keyboard", () => review.byKeyboard(browser, store, shots));
  await section("review on a phone", () => review.onAPhone(browser, store, shots));
  await section("hundreds of files", () => review.hundreds(browser, store, shots));
  await section("files while the program is away", () => review.whileAway(browser, store));
  await section("kept needs", () => needs.keptAndTold(browser, store, shots));
  await section("no server", () => conditions.noServer(browser, store));
} finally {
  await browser.close();
  await store.close();
}
process.exitCode = total();
