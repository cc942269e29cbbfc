import { withTab } from "../browser.mjs";
import { isIndexable } from "../site.mjs";

/** The page reads the same with scripts switched off; the search page then lists what there is. */
export async function sameWithoutScript(tab, { site, page, browser, address }) {
  if (page.kind === "search") return unlisted(site, page, browser, address);
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

/** The list is on the page itself or, when it is long, on pages of its own that are reached from there. */
async function unlisted(site, page, browser, address) {
  const parts = new Set(site.pages.filter(({ kind }) => kind === "letter").map(({ url }) => url));
  const links = new Set([page.url]);
  await withTab(browser, 360, { javaScriptEnabled: false }, async (tab) => {
    // What is added to a set is come to, once.
    for (const url of links) {
      if (url !== page.url && !parts.has(url)) continue;
      await tab.goto(new URL(url, address).href, { waitUntil: "load" });
      const shown = await tab.evaluate(() =>
        [...document.querySelectorAll("main a[href]")].filter((link) => link.checkVisibility({ visibilityProperty: true })).map(({ pathname }) => pathname),
      );
      shown.forEach((link) => links.add(link));
    }
  });
  return site.pages
    .filter((other) => other.lang === page.lang && ["objective", "project"].includes(other.kind) && isIndexable(other))
    .filter(({ url }) => !links.has(url))
    .map(({ url }) => ({ rule: "list", element: url, message: "is not listed without a script" }));
}
