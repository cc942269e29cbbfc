import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { verdict } from "./site.mjs";

export const WIDTHS = [1280, 390];
const PHONE = 390;
const HEIGHT = 900;
const PAGES_AT_ONCE = 2;
const PAGES_PER_KIND = 2;

const AXE = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What the first view of a page may weigh, in bytes before compression, so that a slow phone shows it at once. */
const BUDGET = { requests: 7, document: 250_000, stylesheet: 30_000, font: 40_000, script: 10_000 };

/** Debian's Chromium, without a window, which asks nothing of any host but this one. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

/** Runs `visit(page)` in a fresh tab of the given width, with animations off. */
export async function withTab(browser, width, visit) {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, reducedMotion: "reduce" });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Runs the tasks, `PAGES_AT_ONCE` at a time, and gives their results in the order of the tasks. */
export async function inParallel(tasks) {
  const results = new Array(tasks.length);
  const queue = tasks.entries();
  const work = async () => {
    for (const [index, task] of queue) results[index] = await task();
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, work));
  return results;
}

/** Opens the first pages of each kind on a desk and on a phone, in light and dark, and looks at what a reader would meet. */
export async function checkInBrowser(site, browser, origin) {
  const verdicts = site.pages.map((page) =>
    verdict("kind", page.path, page.kind ? [] : [{ element: "<body>", message: "has no data-kind" }]),
  );
  const tasks = ofEachKind(site.pages).flatMap((page) =>
    WIDTHS.map((width) => () => withTab(browser, width, (tab) => visit(site, page, width, tab, origin))),
  );
  return [...verdicts, ...(await inParallel(tasks)).flat()];
}

/** The first `PAGES_PER_KIND` pages of each kind, in path order. */
export function ofEachKind(pages) {
  const seen = new Map();
  return pages.filter(({ kind }) => {
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    return seen.get(kind) <= PAGES_PER_KIND;
  });
}

async function visit(site, page, width, tab, origin) {
  // The page for missing addresses is looked at where readers meet it: at an address that is missing.
  const missing = page.path === "404.html";
  const address = origin + (missing ? `${site.base}/no/such/page/` : page.url);
  const faults = { console: [], requests: [], hosts: [], weight: [] };
  const loaded = [];

  tab.on("console", (message) => {
    if (missing && message.location().url === address) return;
    if (["error", "warning"].includes(message.type())) {
      faults.console.push({ element: message.location().url, message: message.text() });
    }
  });
  tab.on("pageerror", (error) => faults.console.push({ element: address, message: error.message }));
  tab.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) {
      faults.hosts.push({ element: request.url(), message: "another host" });
    }
  });
  tab.on("requestfailed", (request) =>
    faults.requests.push({ element: request.url(), message: request.failure()?.errorText ?? "failed" }),
  );
  tab.on("response", (response) => {
    loaded.push({ type: response.request().resourceType(), url: response.url() });
    if (response.status() >= 400 && !(missing && response.url() === address)) {
      faults.requests.push({ element: response.url(), message: `status ${response.status()}` });
    }
  });

  await tab.goto(address, { waitUntil: "load" });
  await tab.evaluate(() => document.fonts.ready);
  faults.weight = weightFaults(site, page, loaded, origin);

  const headings = await tab.evaluate(() => document.querySelectorAll("h1").length);
  const say = (check, found) => verdict(check, page.path, found, width);
  const verdicts = [say("h1", headings === 1 ? [] : [{ element: "<h1>", message: `${headings} on the page` }])];

  if (width === PHONE) {
    const closed = await tab.evaluate(overflowing, width);
    // Menus and indexes are closed on a phone: what is inside must hold too.
    await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const open = await tab.evaluate(overflowing, width);
    verdicts.push(say("horizontal-scroll", closed.length > 0 ? closed : open));
  }
  await tab.evaluate(AXE);
  for (const colorScheme of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme });
    const violations = await tab.evaluate(accessibility, AXE_TAGS);
    verdicts.push(say(`axe ${colorScheme}`, violations));
  }
  for (const [check, found] of Object.entries(faults)) verdicts.push(say(check, found));
  return verdicts;
}

function weightFaults(site, page, loaded, origin) {
  const total = { requests: loaded.length, document: site.files.get(page.path) };
  for (const { type, url } of loaded) {
    if (type === "document") continue;
    const path = decodeURIComponent(new URL(url).pathname).slice(site.base.length + 1);
    if (url.startsWith(origin)) total[type] = (total[type] ?? 0) + (site.files.get(path) ?? 0);
  }
  return Object.entries(BUDGET)
    .filter(([what, limit]) => (total[what] ?? 0) > limit)
    .map(([what, limit]) => ({ rule: what, element: page.path, message: `${total[what]}, at most ${limit}` }));
}

// Runs in the page.
function overflowing(width) {
  if (document.scrollingElement.scrollWidth <= width) return [];
  const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
  const outside = [...document.body.querySelectorAll("*")].filter((element) => {
    if (element.getBoundingClientRect().right <= width + 0.5) return false;
    for (let around = element.parentElement; around !== document.body; around = around.parentElement) {
      if (scrolls(around)) return false;
    }
    return true;
  });
  const culprit = outside.at(-1) ?? document.body;
  const name = [culprit.localName, culprit.id && `#${culprit.id}`, ...[...culprit.classList].map((c) => `.${c}`)].join("");
  return [{ element: name, message: `the page is ${document.scrollingElement.scrollWidth} px wide` }];
}

// Runs in the page.
async function accessibility(tags) {
  const { violations } = await window.axe.run(document, {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
    // Without it axe-core copies the style sheets into the page, which the page's own policy forbids.
    preload: false,
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => ({ rule: id, element: target.join(" "), message: any[0]?.message ?? help })),
  );
}
