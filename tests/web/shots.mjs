// Usage: node shots.mjs SITE-FOLDER OUT-FOLDER [--base /sub/path] [--width N]… [--dark] [--forced-colours] [--pdf] [PATH…]
// Pictures of whole pages, for people: PATHs are addresses such as /2020/; without any, the largest pages of each kind.
// Each at 1280 and 360 pixels or at the widths given; with --pdf each as it is printed, too.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inParallel, launch, withTab } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { ofEachKind, readSite } from "./lib/site.mjs";
import { DESK, PHONE } from "./lib/visit/visit.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: "string", default: "" },
    width: { type: "string", multiple: true, default: [String(DESK), String(PHONE)] },
    dark: { type: "boolean", default: false },
    "forced-colours": { type: "boolean", default: false },
    pdf: { type: "boolean", default: false },
  },
});
const [folder, out, ...paths] = positionals;
if (!out) {
  console.error("usage: node shots.mjs SITE-FOLDER OUT-FOLDER [--base /sub/path] [--width N]… [--dark] [--forced-colours] [--pdf] [PATH…]");
  process.exit(2);
}

const site = await readSite(folder, values.base);
const addresses = paths.length > 0 ? paths : ofEachKind(site.pages).map((page) => page.url.slice(values.base.length));
const media = { colorScheme: values.dark ? "dark" : "light", forcedColors: values["forced-colours"] ? "active" : "none" };
const suffix = [values.dark && "-dark", values["forced-colours"] && "-forced"].filter(Boolean).join("");
const server = await serve(folder, values.base);
const browser = await launch();
await mkdir(out, { recursive: true });

function shoot(address, width, keep) {
  return withTab(browser, width, media, async (tab) => {
    const name = address.replace(/^\/|\/$/g, "").replaceAll("/", "-") || "home";
    await tab.goto(server.origin + values.base + address, { waitUntil: "load" });
    await tab.evaluate(() => document.fonts.ready);
    await keep(tab, join(out, name));
  });
}

const tasks = addresses.flatMap((address) => [
  ...values.width.map((width) => () =>
    shoot(address, Number(width), (tab, path) => tab.screenshot({ path: `${path}-${width}${suffix}.png`, fullPage: true })),
  ),
  ...(values.pdf ? [() => shoot(address, DESK, (tab, path) => tab.pdf({ path: `${path}.pdf`, preferCSSPageSize: true, format: "A4" }))] : []),
]);
await inParallel(tasks);
await browser.close();
await server.close();
console.log(`${tasks.length} pictures in ${out}`);
