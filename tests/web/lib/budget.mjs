import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { verdict } from "./site.mjs";

/** What a page may cost its reader. Bytes are counted before compression unless the name says gzip. */
export const BUDGETS = {
  "detail-html": 60_000, // bytes of a page about one thing
  "list-html": 250_000, // bytes of a page that lists things
  "list-html-gzip": 30_000,
  stylesheets: 30_000, // bytes, all that a page loads
  fonts: 40_000, // bytes, all that a page loads
  "font-files": 3,
  scripts: 12_000, // bytes, all that a page loads: the search alone has a script, which reads words as the index does
  requests: 7, // of the first view, the page itself included
  "third-party": 0, // requests to another host
  cookies: 0,
  "layout-shift": 0.01, // Cumulative Layout Shift, with fonts that arrive late
  "paper-sheets": 6, // A4, an objective
};

const LISTS = new Set(["year", "list", "projects", "updates", "units", "plans", "indicators", "feeds", "search"]);

/** The faults of the measured amounts, by the name of their budget. */
export function overBudget(amounts, element) {
  return Object.entries(amounts)
    .filter(([name, amount]) => !(amount <= BUDGETS[name]))
    .map(([name, amount]) => ({ rule: name, element, message: `${amount}, at most ${BUDGETS[name]}` }));
}

/** Every page's HTML is within the budget of its kind. */
export async function checkPageSizes(site) {
  const verdicts = [];
  for (const page of site.pages) {
    const bytes = await readFile(join(site.folder, page.path));
    const amounts = LISTS.has(page.kind)
      ? { "list-html": bytes.length, "list-html-gzip": gzipSync(bytes).length }
      : { "detail-html": bytes.length };
    verdicts.push(verdict("budget", page.path, overBudget(amounts, page.path)));
  }
  return verdicts;
}
