import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { idsOf, verdict } from "./site.mjs";

// Relative links are resolved against a host that cannot exist, so that none is mistaken for one of the site's own.
const NOWHERE = "http://site.invalid";

/** Every link of every page that stays on the site, with its fragment, leads to a published file; ids are unique. */
export async function checkLinks(site) {
  const verdicts = [];
  for (const page of site.pages) {
    const faults = [];
    for (const { value, element } of page.links) {
      // A fragment alone stays on the page, wherever it is shown.
      const from = value.startsWith("#") ? [page.url] : addressesOf(page, site.base);
      for (const address of from) {
        const message = await whyBroken(site, value, address);
        if (message) faults.push({ element, message: `${value || '""'} ${message}` });
      }
    }
    verdicts.push(verdict("links", page.path, faults));
    const repeated = [...page.ids].filter(([, count]) => count > 1);
    verdicts.push(
      verdict("duplicate-id", page.path, repeated.map(([id, count]) => ({ element: `#${id}`, message: `${count} times` }))),
    );
    verdicts.push(verdict("canonical", page.path, canonicalFaults(site, page)));
  }
  return verdicts;
}

/** Why a link of a page at the address `from` does not lead to a published file, or nothing when it does or leaves the site. */
export async function whyBroken(site, value, from) {
  if (value === "" || value === "#") return "leads nowhere";
  if (!URL.canParse(value, NOWHERE + from)) return "is not an address";
  const target = new URL(value, NOWHERE + from);
  if (target.origin !== NOWHERE && target.origin !== site.origin) return undefined;
  if (!/^https?:$/.test(target.protocol)) return undefined;

  const pathname = decodeURIComponent(target.pathname);
  if (!`${pathname}/`.startsWith(`${site.base}/`)) return `leaves the base path ${site.base}`;
  const inside = pathname.slice(site.base.length + 1);
  if (site.files.has(`${inside}/index.html`)) return "lacks the closing slash of a folder";
  const path = inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
  if (!site.files.has(path)) return "leads to no file";

  const fragment = decodeURIComponent(target.hash.slice(1));
  if (fragment === "" || fragment === "top" || !/\.(html|svg)$/.test(path)) return undefined;
  const ids = site.pages.find((page) => page.path === path)?.ids ?? idsOf(await readFile(join(site.folder, path), "utf8"));
  return ids.has(fragment) ? undefined : `leads to no element #${fragment}`;
}

// A host answers every missing address with 404.html, however deep, so its links must hold from anywhere.
function addressesOf(page, base) {
  return page.path === "404.html" ? [page.url, `${base}/no/such/page/`] : [page.url];
}

function canonicalFaults(site, page) {
  const element = '<link rel="canonical">';
  if (page.canonical === undefined) return [{ element, message: "is missing" }];
  if (!URL.canParse(page.canonical)) return [{ element, message: `${page.canonical} is not an absolute address` }];
  const { origin, pathname } = new URL(page.canonical);
  if (origin !== site.origin) return [{ element, message: `${page.canonical} is not on ${site.origin}` }];
  return pathname === page.url ? [] : [{ element, message: `${page.canonical} is not the page's own address ${page.url}` }];
}
