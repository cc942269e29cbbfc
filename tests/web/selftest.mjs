// Proves that each check can fail: a small faultless site first, then the same site with one planted fault at a time.
// The faults found must be exactly those planted.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkInBrowser, launch } from "./lib/browser.mjs";
import { checkFiles } from "./lib/files.mjs";
import { checkHtml } from "./lib/html.mjs";
import { checkLinks } from "./lib/links.mjs";
import { serve } from "./lib/server.mjs";
import { readSite } from "./lib/site.mjs";

const BASE = "/a/b";

/** The stages of an inspection; a fault is planted for one of them, so that others that see it too don't blur the answer. */
const STAGES = {
  links: (site) => checkLinks(site),
  html: (site) => checkHtml(site),
  files: (site, browser) => checkFiles(site, browser),
  browser: (site, browser, origin) => checkInBrowser(site, browser, origin),
};

function page(address, content) {
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Una pagina</title>
<link rel="canonical" href="https://example.org${BASE}${address}">
<link rel="stylesheet" href="${BASE}/style.css">
</head>
<body data-kind="page">
<main id="main">
<h1>Una pagina</h1>
${content}
</main>
</body>
</html>
`;
}

const FAULTLESS = {
  "index.html": page("/", '<p id="first">Una <a href="two/#second">seconda</a> e <a href="#first">questa</a>.</p>'),
  "two/index.html": page("/two/", '<p id="second">Torna alla <a href="../">prima</a>.</p>'),
  "404.html": page("/404.html", `<p>Non c’è: torna alla <a href="${BASE}/">prima pagina</a>.</p>`),
  "style.css": "body { color: #1a1a1a; background: #fff; } @media (prefers-color-scheme: dark) { body { color: #fff; background: #111; } a { color: #9cf; } }",
  "feed.xml": '<rss version="2.0"><channel><title>T</title><link>https://example.org/a/b/</link></channel></rss>',
  "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="https://example.org/a/b/two/"/></feed>',
  "data.json": '{"a": 1}',
  "data.csv": "a,b\r\n1,2\r\n",
};

/** Replaces `old` in a file of the faultless site, which must hold it. */
function change(path, old, replacement) {
  if (!FAULTLESS[path].includes(old)) throw new Error(`${path} holds no ${old}`);
  return { ...FAULTLESS, [path]: FAULTLESS[path].replace(old, () => replacement) };
}

/** Adds to the content of the first page. */
function add(content) {
  return change("index.html", "</main>", `${content}\n</main>`);
}

/** name, stage, site, the faults to be found as `check` or `check: rule`. */
const PLANTED = [
  ["a link to a missing page", "links", add('<a href="three/">tre</a>'), ["links"]],
  ["a link to a missing fragment", "links", add('<a href="two/#third">tre</a>'), ["links"]],
  ["a link to a missing fragment of the page itself", "links", add('<a href="#third">tre</a>'), ["links"]],
  ["a symbol that is not on the page", "links", add('<svg><use href="#third"></use></svg>'), ["links"]],
  ["a link that leads nowhere", "links", add('<a href="#">qui</a>'), ["links"]],
  ["a link to a folder without its slash", "links", add('<a href="two">due</a>'), ["links"]],
  ["a missing picture for dense screens", "links", add('<img src="style.css" srcset="x.png 2x" alt="">'), ["links"]],
  ["an absolute link that forgets the base path", "links", add('<a href="/two/">due</a>'), ["links"]],
  ["a relative link that climbs over the base path", "links", add('<a href="../../c/">c</a>'), ["links"]],
  ["a full address of the site with no page", "links", add(`<a href="https://example.org${BASE}/x/">x</a>`), ["links"]],
  ["a feed that is announced and missing", "links", add('<link rel="alternate" href="no.xml">'), ["links"]],
  ["a relative link on the page for missing addresses", "links", change("404.html", `href="${BASE}/"`, 'href="./"'), ["links"]],
  ["one id twice", "links", add('<p id="first">Due</p>'), ["duplicate-id"]],
  ["no canonical link", "links", change("index.html", 'rel="canonical"', 'rel="prev"'), ["canonical"]],
  ["another page's canonical link", "links", change("two/index.html", `org${BASE}/two/`, `org${BASE}/`), ["canonical"]],
  ["a canonical link without the base path", "links", change("two/index.html", `org${BASE}/two/`, "org/two/"), ["canonical", "links"]],
  ["a canonical link on another host", "links", change("two/index.html", "example.org", "example.com"), ["canonical"]],
  ["a canonical link that is not absolute", "links", change("two/index.html", `https://example.org${BASE}/two/`, "./"), ["canonical"]],
  ["a block inside a paragraph's list", "html", add("<ul><p>uno</p></ul>"), ["html: element-permitted-content"]],
  ["an element that is never closed", "html", add("<div>"), ["html: close-order"]],
  ["an inline style", "html", add('<p style="color:red">rosso</p>'), ["html: no-inline-style"]],
  ["RSS that is not well-formed", "files", change("feed.xml", "</title>", ""), ["xml"]],
  ["Atom with an entity of HTML", "files", change("atom.xml", "T<", "T&nbsp;<"), ["xml"]],
  ["a feed of the wrong kind", "files", change("feed.xml", /.*/.exec(FAULTLESS["feed.xml"])[0], FAULTLESS["atom.xml"]), ["xml"]],
  ["a feed that links to a missing page", "files", change("atom.xml", "/two/", "/three/"), ["xml: feed-link"]],
  ["JSON with a comma too many", "files", change("data.json", "1", "1,"), ["json"]],
  ["CSV with a row too short", "files", change("data.csv", "1,2", "1"), ["csv"]],
  ["CSV with a quote inside a bare cell", "files", change("data.csv", "1,2", '1,2"3'), ["csv"]],
  ["CSV that is not UTF-8", "files", { ...FAULTLESS, "data.csv": Buffer.from("a,b\r\ncitt\xe0,2\r\n", "latin1") }, ["csv"]],
  ["a page of no kind", "browser", change("index.html", ' data-kind="page"', ""), ["kind"]],
  ["an inline script", "browser", add("<script>document.title</script>"), ["console"]],
  ["a script that fails", "browser", { ...add('<script src="a.js"></script>'), "a.js": "nothing.here()" }, ["console"]],
  ["a missing picture", "browser", add('<img src="x.png" alt="">'), ["console", "requests"]],
  ["a picture of another host", "browser", add('<img src="http://example.org/x.png" alt="">'), ["console", "hosts", "requests"]],
  ["a second h1", "browser", add("<h1>Ancora</h1>"), ["h1"]],
  ["a line wider than a phone", "browser", add(`<p>${"lungo".repeat(60)}</p>`), ["horizontal-scroll"]],
  ["a closed part wider than a phone", "browser", add(`<details><summary>Più</summary><p>${"lungo".repeat(60)}</p></details>`), ["horizontal-scroll"]],
  ["a picture without words", "browser", { ...add('<img src="x.svg">'), "x.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>' }, ["axe dark: image-alt", "axe light: image-alt"]],
  ["grey on white", "browser", change("style.css", "color: #1a1a1a", "color: #aaa"), ["axe light: color-contrast"]],
  ["dark grey on black", "browser", change("style.css", "color: #fff; background: #111", "color: #444; background: #111"), ["axe dark: color-contrast"]],
  ["more styles than the budget", "browser", change("style.css", "body", `/*${"x".repeat(30_000)}*/ body`), ["weight: stylesheet"]],
];

async function faultsIn(stage, files, browser) {
  const folder = await mkdtemp(join(tmpdir(), "vetro-selftest-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const site = await readSite(folder, BASE);
    // Faults of the browser's stage are planted in the first page: opening the others would only cost time.
    if (stage === "browser" && files !== FAULTLESS) site.pages = site.pages.filter(({ path }) => path === "index.html");
    const server = await serve(folder, BASE);
    const verdicts = await STAGES[stage](site, browser, server.origin);
    await server.close();
    const names = verdicts.flatMap(({ check, faults }) => faults.map(({ rule }) => (rule ? `${check}: ${rule}` : check)));
    return [...new Set(names)].sort();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const faultless = Object.keys(STAGES).map((stage) => ["no fault", stage, FAULTLESS, []]);
const browser = await launch();
let wrong = 0;
for (const [name, stage, files, expected] of [...faultless, ...PLANTED]) {
  const found = await faultsIn(stage, files, browser);
  if (found.join() === expected.join()) continue;
  wrong += 1;
  console.log(`WRONG ${name}: found ${found.join(", ") || "nothing"}, planted ${expected.join(", ") || "nothing"}`);
}
await browser.close();
console.log(`${faultless.length + PLANTED.length - wrong} of the ${faultless.length + PLANTED.length} planted sites are judged rightly`);
process.exit(wrong > 0 ? 1 : 0);
