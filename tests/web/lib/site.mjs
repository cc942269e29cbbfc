import { readFile, readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { parse } from "parse5";

/**
 * A published folder as the checks see it: every file with its size in bytes, every HTML page parsed.
 * Paths are relative to the folder, with forward slashes, in code point order. `base` is "" or "/a/b".
 */
export async function readSite(folder, base) {
  const files = new Map();
  const pages = [];
  for (const path of await listFiles(folder)) {
    files.set(path, (await stat(join(folder, path))).size);
    if (path.endsWith(".html")) pages.push(readPage(path, base, await readFile(join(folder, path), "utf8")));
  }
  return { folder, base, files, pages, origin: pages.map((page) => originOf(page.canonical)).find(Boolean) };
}

/** The verdict of one check on one page or file: passed when `faults` is empty. A fault is `{ rule?, element, message }`. */
export function verdict(check, page, faults, width) {
  return { check, page, width, faults };
}

/** The ids in a page or an SVG picture, each with how often it occurs. */
export function idsOf(text) {
  return collect("", text).ids;
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
  const url = `${base}/${path.replace(/(^|\/)index\.html$/, "$1")}`;
  return { path, url: encodeURI(url), text, ...collect(url, text) };
}

const LINK_ATTRIBUTES = new Set(["href", "src", "poster", "data", "action", "formaction", "xlink:href"]);

function collect(url, text) {
  const found = { ids: new Map(), links: [], kind: undefined, canonical: undefined };
  const walk = (node) => {
    const attributes = Object.fromEntries(
      (node.attrs ?? []).map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]),
    );
    const line = node.sourceCodeLocation?.startLine;
    const element = line ? `<${node.tagName}> line ${line}` : `<${node.tagName}>`;
    if (attributes.id !== undefined) found.ids.set(attributes.id, (found.ids.get(attributes.id) ?? 0) + 1);
    if (node.tagName === "a" && attributes.name) found.ids.set(attributes.name, found.ids.get(attributes.name) ?? 1);
    if (node.tagName === "body") found.kind = attributes["data-kind"];
    const rel = (attributes.rel ?? "").toLowerCase().split(/\s+/);
    if (node.tagName === "link" && rel.includes("canonical")) found.canonical = attributes.href;
    for (const [name, value] of Object.entries(attributes)) {
      if (LINK_ATTRIBUTES.has(name)) found.links.push({ value: value.trim(), element });
      if (name === "srcset") {
        for (const candidate of value.split(",")) found.links.push({ value: candidate.trim().split(/\s+/)[0], element });
      }
    }
    for (const child of node.childNodes ?? []) walk(child);
    if (node.content) walk(node.content);
  };
  walk(parse(text, { sourceCodeLocationInfo: true }));
  return found;
}

function originOf(canonical) {
  return canonical && URL.canParse(canonical) ? new URL(canonical).origin : undefined;
}
