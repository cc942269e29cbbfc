// Usage: node shots.mjs SITE-FOLDER OUT-FOLDER [PATH…]
// Pictures of whole pages, for people: PATHs are addresses such as /2020/; without any, the first pages of each kind.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { WIDTHS, inParallel, launch, ofEachKind, withTab } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { readSite } from "./lib/site.mjs";

const [folder, out, ...paths] = process.argv.slice(2);
if (!out) {
  console.error("usage: node shots.mjs SITE-FOLDER OUT-FOLDER [PATH…]");
  process.exit(2);
}

const site = await readSite(folder, "");
const addresses = paths.length > 0 ? paths : ofEachKind(site.pages).map((page) => page.url);
const server = await serve(folder, "");
const browser = await launch();
await mkdir(out, { recursive: true });
await inParallel(
  addresses.flatMap((address) =>
    WIDTHS.map((width) => () =>
      withTab(browser, width, async (tab) => {
        const name = address.replace(/^\/|\/$/g, "").replaceAll("/", "-") || "home";
        await tab.goto(server.origin + address, { waitUntil: "load" });
        await tab.evaluate(() => document.fonts.ready);
        await tab.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true });
      }),
    ),
  ),
);
await browser.close();
await server.close();
console.log(`${addresses.length * WIDTHS.length} pictures in ${out}`);
