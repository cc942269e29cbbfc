import { metaRefreshOf, verdict } from "./site.mjs";

/** Every old address leads to a page at once, by itself and by a link, and names that page as the one to be listed. */
export function checkMoved(site) {
  return site.moved.map((page) => {
    const refresh = metaRefreshOf(page);
    const [, to] = /^0; url=(.+)$/.exec(refresh) ?? [];
    const address = (value) => new URL(value, site.origin + page.url).href;
    const target = to && site.pages.find(({ url }) => site.origin + url === address(to));
    if (!target) return verdict("moved", page.path, [{ element: refresh, message: "leads to no page at once" }]);
    const faults = [];
    if (page.canonical !== target.canonical) {
      faults.push({ element: '<link rel="canonical">', message: `${page.canonical} is not where the page has moved to` });
    }
    if (!page.elements.some(({ tag, attributes }) => tag === "a" && attributes.href === to)) {
      faults.push({ element: "<a>", message: `no link leads to ${to}` });
    }
    return verdict("moved", page.path, faults);
  });
}
