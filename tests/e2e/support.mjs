// What the browser tests share: counting checks, a store with a server on it, a browser that is watched for errors and strangers.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = web("playwright-core");
const axe = readFileSync(web.resolve("axe-core/axe.min.js"), "utf8");
export const documents = fileURLToPath(new URL("../../examples/documents", import.meta.url));
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const counted = { passed: 0, failed: 0 };
export function check(what, holds, seen = "") {
  if (holds) counted.passed++;
  else {
    counted.failed++;
    console.log(`FAILED ${what}${seen === "" ? "" : `: ${String(typeof seen === "string" ? seen : JSON.stringify(seen)).slice(0, 700)}`}`);
  }
  return Boolean(holds);
}

// A section that throws has failed; the next one still runs.
export async function section(name, work) {
  const began = Date.now();
  try {
    await work();
  } catch (error) {
    counted.failed++;
    console.log(`FAILED ${name} could not be finished: ${error?.stack ?? error}`);
  }
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

export function total() {
  console.log(`${counted.passed} passed, ${counted.failed} failed`);
  return counted.failed || !counted.passed ? 1 : 0;
}

export class Store {
  constructor(program, paths = []) {
    this.program = resolve(program);
    this.folder = mkdtempSync(join(tmpdir(), "yiqiao-desk-"));
    this.path = join(this.folder, "store");
    mkdirSync(this.path);
    for (const words of [["init", "--store", this.path], ...(paths.length ? [["import", "--store", this.path, ...paths]] : [])]) {
      const ran = spawnSync(this.program, words, { encoding: "utf8" });
      if (ran.status !== 0) throw new Error(`${words[0]}: ${ran.status} ${ran.stderr}`);
    }
  }

  // Resolves when it listens. The port stays the same when it is started again. more: further options of serve.
  start(more = []) {
    return new Promise((done, fail) => {
      this.server = spawn(this.program, ["serve", "--store", this.path, "--port", String(this.port ?? 0), ...more], { stdio: ["ignore", "pipe", "inherit"] });
      this.server.once("exit", (code) => fail(new Error(`serve ended with ${code}`)));
      this.server.stdout.once("data", (line) => {
        this.port = Number(/:(\d+)\s*$/.exec(String(line).trim())?.[1]);
        this.address = `http://localhost:${this.port}`;
        done(this);
      });
    });
  }

  stop() {
    return new Promise((done) => {
      const server = this.server; // a later start puts another in its place
      if (!server || server.exitCode !== null) return done();
      server.removeAllListeners("exit");
      server.once("exit", done);
      server.kill("SIGTERM");
      setTimeout(() => server.kill("SIGKILL"), 8000).unref();
    });
  }

  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const openBrowser = () => chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A page of its own, with nothing remembered. Whatever it complains of, and whomever it asks, is written down.
export async function openPage(browser, store, options = {}) {
  const context = await browser.newContext({ baseURL: store.address, locale: "zh-CN", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.complaints = [];
  page.strangers = [];
  page.bodies = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) page.complaints.push(`${m.type()}: ${m.text()} ${m.location().url}`); });
  page.on("pageerror", (e) => page.complaints.push(`thrown: ${e.stack ?? e}`));
  page.on("request", (r) => { if (!/^(data|blob):/.test(r.url()) && new URL(r.url()).origin !== store.address) page.strangers.push(r.url()); });
  page.on("response", (r) => { if (!/event-stream/.test(r.headers()["content-type"] ?? "")) page.bodies.push(r.body().catch(() => Buffer.alloc(0))); }); // a stream has no end
  return page;
}

// Closes it; everything it complained of that was not expected is a failure.
export async function closePage(page, what, expected = null) {
  const complaints = page.complaints.filter((c) => !expected?.test(c));
  check(`${what}: nothing in the console`, complaints.length === 0, complaints.slice(0, 3));
  check(`${what}: no request to another host`, page.strangers.length === 0, page.strangers.slice(0, 3));
  await page.context().close();
}

export async function accessible(page, what) {
  await page.evaluate(axe); // not as a script of the page: its own policy forbids strangers
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), WCAG);
  check(`${what}: axe finds nothing against WCAG 2.2 AA`, found.violations.length === 0,
    found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((n) => `${n.html.slice(0, 120)} ${n.failureSummary?.split("\n")[1] ?? ""}`).join(" | ")}`).join("; "));
  check(`${what}: axe had something to look at`, found.passes.length > 10, found.passes.length);
}

export async function noSideways(page, what) {
  const size = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1 && getComputedStyle(e).position !== "absolute");
    return { width, scroll: document.documentElement.scrollWidth, wide: wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 100)) };
  });
  check(`${what}: nothing to scroll sideways`, size.scroll <= size.width, size);
}

// Is the element inside what is seen of the page?
export const inView = (locator) => locator.evaluate((e) => {
  const box = e.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
});

export const plain = (text) => (text ?? "").replace(/\s+/g, "");
