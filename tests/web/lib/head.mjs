import { whyBroken } from "./links.mjs";
import { isIndexable, metaOf, relatedOf, verdict } from "./site.mjs";

/** What every page says of itself to machines is there, is true and agrees with the other pages. */
export async function checkHeads(site) {
  const verdicts = [];
  for (const page of site.pages) {
    for (const [check, faults] of CHECKS) verdicts.push(verdict(check, page.path, await faults(site, page)));
  }
  return verdicts;
}

const CHECKS = [
  ["kind", kindFaults],
  ["lang", langFaults],
  ["alternates", alternateFaults],
  ["open-graph", openGraphFaults],
  ["json-ld", jsonLdFaults],
  ["icon", iconFaults],
  ["hooks", hookFaults],
];

function kindFaults(site, page) {
  return page.kind ? [] : [{ element: "<body>", message: "has no data-kind" }];
}

/** A folder of two letters holds the pages of that language; the others are in the language of the home page. */
function langFaults(site, page) {
  const main = site.pages.find(({ path }) => path === "index.html")?.lang;
  const expected = /^([a-z]{2})\//.exec(page.path)?.[1] ?? main;
  return page.lang && page.lang === expected ? [] : [{ element: "<html>", message: `lang is ${page.lang}, should be ${expected}` }];
}

/** The same page in other languages: each names all of them, itself and a default included. */
function alternateFaults(site, page) {
  const languages = new Set(site.pages.map(({ lang }) => lang));
  const alternates = alternatesOf(page);
  if (!isIndexable(page) || (languages.size < 2 && alternates.size === 0)) return [];
  const fault = (lang, message) => ({ element: `hreflang="${lang}"`, message });
  const faults = [...languages, "x-default"].filter((lang) => !alternates.has(lang)).map((lang) => fault(lang, "is missing"));
  for (const [lang, href] of alternates) {
    const other = site.pages.find(({ canonical }) => canonical === href);
    if (!other) faults.push(fault(lang, `${href} is no page's canonical address`));
    else if (lang !== "x-default" && other.lang !== lang) faults.push(fault(lang, `${href} is in ${other.lang}`));
    else if (!sameEntries(alternatesOf(other), alternates)) faults.push(fault(lang, `${href} names other alternates`));
  }
  if (alternates.has(page.lang) && alternates.get(page.lang) !== page.canonical) {
    faults.push(fault(page.lang, "is not the page itself"));
  }
  return faults;
}

function alternatesOf(page) {
  return new Map(
    relatedOf(page, "alternate")
      .filter(({ hreflang }) => hreflang)
      .map(({ hreflang, href }) => [hreflang, href]),
  );
}

function sameEntries(one, other) {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

/** What a link to the page looks like where it is shared: https://ogp.me */
async function openGraphFaults(site, page) {
  if (!isIndexable(page)) return [];
  const title = page.elements.find(({ tag }) => tag === "title").text;
  const expected = {
    "og:title": (value) => value !== "" && title.includes(value),
    "og:url": (value) => value === page.canonical,
    "og:type": (value) => /^(website|article)$/.test(value),
    "og:locale": (value) => value.split("_")[0] === page.lang,
  };
  const faults = [];
  for (const [name, holds] of Object.entries(expected)) {
    const value = metaOf(page, name);
    if (value === undefined) faults.push({ element: name, message: "is missing" });
    else if (!holds(value)) faults.push({ element: name, message: `${value} does not agree with the page` });
  }
  const image = metaOf(page, "og:image");
  if (image === undefined) return faults;
  const message = URL.canParse(image) ? await whyBroken(site, image, page.url) : "is not an absolute address";
  return message ? [...faults, { element: "og:image", message: `${image} ${message}` }] : faults;
}

/** What these name is on the site. A `url` may be a thing's own page elsewhere; on the site it must exist, too. */
const ADDRESSES = new Set(["@id", "url", "item", "contentUrl", "mainEntityOfPage"]);

async function jsonLdFaults(site, page) {
  const blocks = page.elements.filter(({ tag, attributes }) => tag === "script" && attributes.type === "application/ld+json");
  const faults = [];
  if (blocks.length === 0 && isIndexable(page)) faults.push({ element: "<script>", message: "of type application/ld+json is missing" });
  for (const { text, name: element } of blocks) {
    try {
      const data = JSON.parse(text);
      if ([data].flat().some((thing) => thing["@context"] !== "https://schema.org")) {
        faults.push({ element, message: "@context is not https://schema.org" });
      }
      for (const [key, address] of addressesIn(data)) {
        const outside = !URL.canParse(address) || new URL(address).origin !== site.origin;
        if (outside && key === "url" && URL.canParse(address)) continue;
        // The name of a thing is its page's address with a name behind it, which no element needs to have.
        const target = key === "@id" ? address.replace(/#.*/, "") : address;
        const message = outside ? "is not on the site" : await whyBroken(site, target, page.url);
        if (message) faults.push({ element, message: `${address} ${message}` });
      }
    } catch (error) {
      faults.push({ element, message: error.message });
    }
  }
  return faults;
}

function addressesIn(data, key) {
  if (typeof data === "string") return ADDRESSES.has(key) ? [[key, data]] : [];
  if (Array.isArray(data)) return data.flatMap((value) => addressesIn(value, key));
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([name, value]) => addressesIn(value, name));
}

function iconFaults(site, page) {
  return relatedOf(page, "icon").length > 0 ? [] : [{ element: '<link rel="icon">', message: "is missing" }];
}

/** The data-element names that the validator of Italian municipal sites looks for. */
function hookFaults(site, page) {
  const has = ({ elements }, hook) => elements.some(({ attributes }) => attributes["data-element"] === hook);
  const needed = ["main-navigation", "accessibility-link"];
  if (!["home", "404"].includes(page.kind)) needed.push("breadcrumb");
  const isIndex = ({ attributes }) => /(^|\s)navscroll(\s|$)/.test(attributes.class ?? "");
  if (page.elements.some(isIndex)) needed.push("page-index");
  // Links that a site need not have; one that has them has them on every page.
  for (const hook of ["privacy-policy-link", "legal-notes"]) {
    if (site.pages.some((other) => has(other, hook))) needed.push(hook);
  }
  return needed.filter((hook) => !has(page, hook)).map((hook) => ({ element: `data-element="${hook}"`, message: "is missing" }));
}
