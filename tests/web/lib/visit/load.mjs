import { setTimeout as wait } from "node:timers/promises";
import { overBudget } from "../budget.mjs";

/** Fonts come this late, in milliseconds, so that a page which moves when they come is seen to move. */
const FONT_DELAY = 300;

/** The checks of a load. */
export const LOAD = ["console", "requests", "icon", "budget"];

/** Opens the page: the faults of its load, by check. */
export async function load(tab, { site, page, address, origin }) {
  const missing = page.path === "404.html";
  const faults = Object.fromEntries(LOAD.map((check) => [check, []]));
  const loaded = [];
  const outside = [];

  tab.on("console", (message) => {
    if (missing && message.location().url === address) return;
    if (["error", "warning"].includes(message.type())) {
      faults.console.push({ element: message.location().url, message: message.text() });
    }
  });
  tab.on("pageerror", (error) => faults.console.push({ element: address, message: error.message }));
  tab.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) outside.push(request.url());
  });
  let isShown = false;
  tab.on("requestfailed", (request) => {
    const message = request.failure()?.errorText ?? "failed";
    // What another scheme asks for later is given up when the tab closes.
    if (!(isShown && message === "net::ERR_ABORTED")) faults.requests.push({ element: request.url(), message });
  });
  tab.on("response", (response) => {
    loaded.push({ type: response.request().resourceType(), url: response.url() });
    if (response.status() >= 400 && !(missing && response.url() === address)) {
      faults.requests.push({ element: response.url(), message: `status ${response.status()}` });
    }
  });
  await tab.route(/\.woff2?$/, async (route) => {
    await wait(FONT_DELAY);
    await route.continue();
  });
  await tab.addInitScript(observeShifts);

  await tab.goto(address, { waitUntil: "load" });
  await tab.evaluate(() => document.fonts.ready);
  isShown = true;
  // Two frames, so that a shift in the frame after the fonts came is counted.
  const shift = await tab.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.shift ?? 0)))),
  );
  const sizes = (type) =>
    loaded
      .filter((file) => file.type === type && file.url.startsWith(origin))
      .map(({ url }) => site.files.get(decodeURIComponent(new URL(url).pathname).slice(site.base.length + 1)) ?? 0);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  // Chromium asks for the icon when it likes, or not at all: it is no part of the first view, and asked for here.
  const icons = await tab.evaluate(() => [...document.querySelectorAll('link[rel~="icon"]')].map(({ href }) => href));
  faults.icon = await tab.evaluate(iconFaults);
  faults.budget = overBudget(
    {
      stylesheets: sum(sizes("stylesheet")),
      fonts: sum(sizes("font")),
      "font-files": sizes("font").length,
      scripts: sum(sizes("script")),
      requests: loaded.filter(({ url }) => !icons.includes(url)).length,
      "third-party": outside.length,
      cookies: (await tab.context().cookies()).length,
      "layout-shift": shift,
    },
    outside[0] ?? page.path,
  );
  return faults;
}

// Runs in the page.
function observeShifts() {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

// Runs in the page.
async function iconFaults() {
  const faults = [];
  for (const { href } of document.querySelectorAll('link[rel~="icon"]')) {
    const picture = new Image();
    picture.src = href;
    await picture.decode().catch(() => faults.push({ element: href, message: "is no picture" }));
  }
  return faults;
}
