import { chromium } from "playwright-core";

const HEIGHT = 900;
const TABS_AT_ONCE = 2;

/** Chromium without a window, which asks nothing of any host but this one. */
export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
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

/** Debian's Chromium that never had a window: it takes half the time of the one that can have one. */
export function chromiumPath() {
  return process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";
}

/** Runs `use(tab)` in a fresh tab of the given width, with animations off. `options` are those of a Playwright context. */
export async function withTab(browser, width, options, use) {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, reducedMotion: "reduce", ...options });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Runs the tasks, `TABS_AT_ONCE` at a time, and gives their results in the order of the tasks. */
export async function inParallel(tasks) {
  const results = new Array(tasks.length);
  const queue = tasks.entries();
  const work = async () => {
    for (const [index, task] of queue) results[index] = await task();
  };
  await Promise.all(Array.from({ length: TABS_AT_ONCE }, work));
  return results;
}
