import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { whyBroken } from "./links.mjs";
import { verdict } from "./site.mjs";

/** The root element that a reader expects in a file of this name; other XML files only need to be well-formed. */
const ROOTS = { "feed.xml": /^rss$/, "atom.xml": /^feed$/, "sitemap.xml": /^(urlset|sitemapindex)$/ };

/** Every feed, JSON and CSV file is well-formed UTF-8, and what feeds and site maps link to is published. */
export async function checkFiles(site, browser) {
  const context = await browser.newContext();
  const parser = await context.newPage();
  const verdicts = [];
  for (const path of site.files.keys()) {
    const check = CHECKS.find(({ name }) => name.test(path));
    if (!check) continue;
    let faults;
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(join(site.folder, path)));
      faults = await check.faults(text, { site, path, parser });
    } catch (error) {
      faults = [{ element: path, message: error.message }];
    }
    verdicts.push(verdict(check.check, path, faults));
  }
  await context.close();
  return verdicts;
}

const CHECKS = [
  { check: "json", name: /\.(json|jsonld|geojson|webmanifest)$/, faults: (text) => (JSON.parse(text), []) },
  // A row with more or fewer cells than the header, or a stray quote, is refused.
  { check: "csv", name: /\.csv$/, faults: (text) => (parseCsv(text, { columns: true }), []) },
  { check: "xml", name: /\.xml$/, faults: xmlFaults },
];

async function xmlFaults(text, { site, path, parser }) {
  const { broken, root, links } = await parser.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, "application/xml");
    const links = [...parsed.querySelectorAll("loc, link, enclosure")];
    return {
      broken: parsed.querySelector("parsererror")?.textContent.trim(),
      root: parsed.documentElement.localName,
      links: links.map((link) => link.getAttribute("href") ?? link.getAttribute("url") ?? link.textContent.trim()),
    };
  }, text);
  if (broken) return [{ element: path, message: broken.replace(/\s+/g, " ") }];
  const expected = ROOTS[path.split("/").at(-1)];
  if (expected && !expected.test(root)) return [{ element: `<${root}>`, message: `should be ${expected.source}` }];
  const faults = [];
  for (const link of links) {
    const message = await whyBroken(site, link, `${site.base}/${path}`);
    if (message) faults.push({ rule: "feed-link", element: link, message });
  }
  return faults;
}
