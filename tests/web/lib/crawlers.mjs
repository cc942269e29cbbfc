import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isIndexable, verdict } from "./site.mjs";

/** Search engines may read everything, and the site map lists exactly the pages that they should. */
export async function checkForCrawlers(site) {
  return [verdict("robots", "robots.txt", await robotsFaults(site)), verdict("sitemap", "sitemap.xml", await sitemapFaults(site))];
}

async function robotsFaults(site) {
  if (!site.files.has("robots.txt")) return [{ element: "robots.txt", message: "is missing" }];
  const lines = (await readFile(join(site.folder, "robots.txt"), "utf8")).split(/\r?\n/);
  const faults = lines
    .filter((line) => /^\s*disallow\s*:\s*[^\s#]/i.test(line))
    .map((line) => ({ element: line, message: "hides pages" }));
  const announced = `Sitemap: ${site.origin}${site.base}/sitemap.xml`;
  return lines.includes(announced) ? faults : [...faults, { element: announced, message: "is missing" }];
}

async function sitemapFaults(site) {
  if (!site.files.has("sitemap.xml")) return [{ element: "sitemap.xml", message: "is missing" }];
  const entries = await entriesOf(site, "sitemap.xml");
  const listed = entries.map(({ address }) => address);
  const expected = site.pages.filter(isIndexable).map((page) => page.canonical);
  const faults = [
    ...expected.filter((address) => !listed.includes(address)).map((element) => ({ element, message: "is not listed" })),
    ...listed.filter((address) => !expected.includes(address)).map((element) => ({ element, message: "is no page to be listed" })),
    ...listed.filter((address, at) => listed.indexOf(address) < at).map((element) => ({ element, message: "is listed twice" })),
  ];
  for (const { address, date } of entries) {
    if (date !== undefined && !isW3cDate(date)) faults.push({ element: address, message: `lastmod ${date} is not a date` });
  }
  return faults;
}

/** The pages of a site map or, when it is an index, of its parts. That it is well-formed is another check's affair. */
async function entriesOf(site, path) {
  const xml = await readFile(join(site.folder, path), "utf8");
  const entries = [...xml.matchAll(/<(?:url|sitemap)>(.*?)<\/(?:url|sitemap)>/gs)].map(([, entry]) => ({
    address: /<loc>\s*(.*?)\s*<\/loc>/s.exec(entry)?.[1].replaceAll("&amp;", "&") ?? "",
    date: /<lastmod>\s*(.*?)\s*<\/lastmod>/s.exec(entry)?.[1],
  }));
  if (!xml.includes("<sitemapindex")) return entries;
  const root = `${site.origin}${site.base}/`;
  const parts = entries.map(({ address }) => address.replace(root, "")).filter((part) => site.files.has(part));
  return (await Promise.all(parts.map((part) => entriesOf(site, part)))).flat();
}

/** https://www.w3.org/TR/NOTE-datetime, to the year, the month, the day or a time of it. */
function isW3cDate(text) {
  const shape = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;
  const day = text.slice(0, 10);
  return shape.test(text) && !Number.isNaN(Date.parse(text)) && new Date(day).toISOString().startsWith(day);
}
