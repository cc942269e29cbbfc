import { withTab } from "../browser.mjs";
import { isIndexable } from "../site.mjs";

/** The page reads the same with scripts switched off; the search page then lists what there is. */
export async function sameWithoutScript(tab, { site, page, browser, address }) {
  if (page.kind === "search") return unlisted(tab, site, page);
  // Inline scripts are forbidden, so that a page without a script's address has none.
  if (!page.elements.some(({ tag, attributes }) => tag === "script" && attributes.src)) return [];
  const width = tab.viewportSize().width;
  const text = () => document.querySelector("main").innerText.split(/\s*\n\s*/);
  const without = await tab.evaluate(text);
  const withScript = await withTab(browser, width, {}, async (other) => {
    await other.goto(address, { waitUntil: "load" });
    return other.evaluate(text);
  });
  const lost = withScript.filter((line) => !without.includes(line));
  const dead = without.filter((line) => !withScript.includes(line));
  return [
    ...lost.map((element) => ({ element, message: "can't be read without a script" })),
    ...dead.map((element) => ({ element, message: "is shown without a script only" })),
  ];
}

async function unlisted(tab, site, page) {
  const links = await tab.evaluate(() => [...document.querySelectorAll("main a[href]")].filter(look.visible).map(({ pathname }) => pathname));
  return site.pages
    .filter((other) => other.lang === page.lang && ["objective", "project"].includes(other.kind) && isIndexable(other))
    .filter(({ url }) => !links.includes(url))
    .map(({ url }) => ({ rule: "list", element: url, message: "is not listed without a script" }));
}
