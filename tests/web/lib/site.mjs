import { readFile, readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { parse } from "parse5";

/**
 * A published folder as the checks see it: every file with its size in bytes, every HTML page parsed; those at old
 * addresses, which only lead elsewhere, apart.
 * Paths are relative to the folder, with forward slashes, in code point order. `base` is "" or "/a/b".
 */
export async function readSite(folder, base) {
  const files = new Map();
  const all = [];
  for (const path of await listFiles(folder)) {
    files.set(path, (await stat(join(folder, path))).size);
    if (path.endsWith(".html")) all.push(readPage(path, base, await readFile(join(folder, path), "utf8")));
  }
  const [pages, moved] = [all.filter((page) => !metaRefreshOf(page)), all.filter(metaRefreshOf)];
  return { folder, base, files, pages, moved, origin: pages.map((page) => originOf(page.canonical)).find(Boolean) };
}

/** The verdict of one check on one page or file: passed when `faults` is empty. A fault is `{ rule?, element, message }`. */
export function verdict(check, page, faults, width) {
  return { check, page, width, faults };
}

/** The largest page of each kind in each language, in path order: the one that shows the most. */
export function ofEachKind(pages) {
  const largest = new Map();
  for (const page of pages) {
    const key = `${page.lang} ${page.kind}`;
    if (!(page.text.length <= largest.get(key)?.text.length)) largest.set(key, page);
  }
  return pages.filter((page) => largest.get(`${page.lang} ${page.kind}`) === page);
}

/** Whether search engines may list the page. */
export function isIndexable(page) {
  return page.path !== "404.html" && !/\bnoindex\b/.test(metaOf(page, "robots") ?? "");
}

/** The content of the page's `<meta>` of this name or property. */
export function metaOf(page, name) {
  return page.elements.find(({ tag, attributes }) => tag === "meta" && (attributes.name ?? attributes.property) === name)
    ?.attributes.content;
}

/** Where the page leads by itself, and after how many seconds. */
export function metaRefreshOf(page) {
  return page.elements.find(({ attributes }) => attributes["http-equiv"]?.toLowerCase() === "refresh")?.attributes.content;
}

/** The attributes of the page's `<link>`s of this relation. */
export function relatedOf(page, relation) {
  return page.elements
    .filter(({ tag, attributes }) => tag === "link" && (attributes.rel ?? "").toLowerCase().split(/\s+/).includes(relation))
    .map(({ attributes }) => attributes);
}

/** The ids in a page or an SVG picture, each with how often it occurs. */
export function idsOf(text) {
  return idsIn(elementsOf(text));
}

async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, sep).length))
    .map((path) => path.split(sep).join("/"))
    .sort();
}

function readPage(path, base, text) {
  const url = encodeURI(`${base}/${path.replace(/(^|\/)index\.html$/, "$1")}`);
  const elements = elementsOf(text);
  const page = { path, url, text, elements, ids: idsIn(elements), links: linksIn(elements) };
  page.lang = elements.find(({ tag }) => tag === "html").attributes.lang;
  page.kind = elements.find(({ tag }) => tag === "body").attributes["data-kind"];
  page.canonical = relatedOf(page, "canonical")[0]?.href;
  return page;
}

/** Every element in document order: `{ tag, attributes, text, name }`, where `name` is what people are told. */
function elementsOf(text) {
  const elements = [];
  const walk = (node) => {
    if (node.tagName) {
      const attributes = Object.fromEntries(
        node.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]),
      );
      const line = node.sourceCodeLocation?.startLine;
      const own = node.childNodes.filter(({ nodeName }) => nodeName === "#text").map(({ value }) => value);
      const name = line ? `<${node.tagName}> line ${line}` : `<${node.tagName}>`;
      elements.push({ tag: node.tagName, attributes, text: own.join(""), name });
    }
    for (const child of node.childNodes ?? []) walk(child);
    if (node.content) walk(node.content);
  };
  walk(parse(text, { sourceCodeLocationInfo: true }));
  return elements;
}

function idsIn(elements) {
  const ids = new Map();
  for (const { tag, attributes } of elements) {
    if (attributes.id !== undefined) ids.set(attributes.id, (ids.get(attributes.id) ?? 0) + 1);
    if (tag === "a" && attributes.name) ids.set(attributes.name, ids.get(attributes.name) ?? 1);
  }
  return ids;
}

const LINK_ATTRIBUTES = new Set(["href", "src", "poster", "data", "action", "formaction", "xlink:href"]);

function linksIn(elements) {
  return elements.flatMap(({ attributes, name: element }) =>
    Object.entries(attributes).flatMap(([name, value]) => {
      if (name === "srcset") return value.split(",").map((part) => ({ value: part.trim().split(/\s+/)[0], element }));
      return LINK_ATTRIBUTES.has(name) ? [{ value: value.trim(), element }] : [];
    }),
  );
}

function originOf(canonical) {
  return canonical && URL.canParse(canonical) ? new URL(canonical).origin : undefined;
}
