// Proves that each check can fail: a small faultless site first, then the same site with one planted fault at a time.
// The faults found must be exactly those planted.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inParallel, launch } from "./lib/browser.mjs";
import { checkPageSizes } from "./lib/budget.mjs";
import { checkForCrawlers } from "./lib/crawlers.mjs";
import { checkFiles } from "./lib/files.mjs";
import { checkHeads } from "./lib/head.mjs";
import { checkHtml } from "./lib/html.mjs";
import { checkLinks } from "./lib/links.mjs";
import { checkMoved } from "./lib/moved.mjs";
import { serve } from "./lib/server.mjs";
import { readSite } from "./lib/site.mjs";
import { checkInBrowser } from "./lib/visit/visit.mjs";

const BASE = "/a/b";
const HOST = `https://example.org${BASE}`;

/** The stages of an inspection; a fault is planted for one of them, so that others that see it too don't blur the answer. */
const STAGES = {
  links: checkLinks,
  moved: checkMoved,
  head: checkHeads,
  crawlers: checkForCrawlers,
  html: checkHtml,
  files: checkFiles,
  sizes: checkPageSizes,
  load: inBrowser(/^(console|requests|icon|budget)$/),
  axe: inBrowser(/^axe/),
  keyboard: inBrowser(/^keyboard$/),
  narrow: inBrowser(/^(overflow.*|words)$/),
  colours: inBrowser(/^forced-colours/),
  print: inBrowser(/^print$/),
  plain: inBrowser(/^(without-script|disclosures|filters)$/),
};

function inBrowser(checks) {
  return (site, browser, origin, pages) => checkInBrowser(site, browser, origin, { pages, wanted: (check) => checks.test(check) });
}

/** `alternates` are the addresses of the page in each language, when there are several. */
function page(address, kind, content, { lang = "it", alternates = {} } = {}) {
  const data = { "@context": "https://schema.org", "@type": "WebPage", url: HOST + address, license: "https://example.com/" };
  const hreflangs = Object.entries(alternates).map(([other, to]) => `<link rel="alternate" hreflang="${other}" href="${HOST}${to}">\n`);
  const menu = `<nav aria-label="Menu" data-element="main-navigation"><a href="${BASE}/">Prima</a></nav>`;
  const crumbs = '<nav aria-label="Percorso"><ol data-element="breadcrumb"><li>Qui</li></ol></nav>';
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Una pagina — Un sito</title>
<meta property="og:title" content="Una pagina">
<meta property="og:url" content="${HOST}${address}">
<meta property="og:type" content="website">
<meta property="og:locale" content="${lang}_IT">
<meta property="og:image" content="${HOST}/icon.svg">
<link rel="canonical" href="${HOST}${address}">
${hreflangs.join("")}<link rel="icon" href="${BASE}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${BASE}/style.css">
<script type="application/ld+json">${JSON.stringify(data)}</script>
</head>
<body data-kind="${kind}">
<nav aria-label="Salta"><a class="skip" href="#main">Al contenuto</a></nav>
<header>${menu}${kind === "page" ? crumbs : ""}</header>
<main id="main">
<h1>Una pagina</h1>
${content}
</main>
<p class="printed">${HOST}${address}</p>
<footer><a href="${BASE}/two/" data-element="accessibility-link">Accessibilità</a></footer>
</body>
</html>
`;
}

const HOME = `<p id="first">Una <a href="two/#second">seconda</a> e <a href="#first">questa</a>.</p>
<ul class="pills"><li><a href="two/">Due</a></li><li><a href="./" aria-current="page">Una</a></li></ul>
<p><span class="badge">Fatto</span></p>
<svg class="bar" width="90" height="9" aria-hidden="true"><rect width="90" height="9"/></svg>
<details><summary>Di più</summary><p>Tutto <a href="two/">il resto</a>.</p></details>
<form class="filters"><label for="fs">Stato</label><select id="fs"><option value="">Tutti</option><option value="ok">Fatto (1)</option><option value="ko">Non fatto (2)</option></select><button type="reset">Togli</button></form>
<ul><li data-s="ok">Primo</li><li data-s="ko">Secondo</li><li data-s="ko">Terzo</li></ul>`;

const STYLE = `
body { color: #1a1a1a; background: #fff; overflow-wrap: anywhere }
.skip { position: absolute; left: -999em } .skip:focus { left: 0 }
select, button, summary, nav a, footer a, .pills a { display: inline-block; min-height: 24px; margin: 4px }
:focus-visible { outline: 3px solid currentColor }
.badge { border: 1px solid; padding: 2px } .bar { fill: #06c }
.printed { display: none }
main:has(#fs option[value="ok"]:checked) [data-s]:not([data-s="ok"]) { display: none }
main:has(#fs option[value="ko"]:checked) [data-s]:not([data-s="ko"]) { display: none }
@media (prefers-color-scheme: dark) { body { color: #fff; background: #111 } a { color: #9cf } .bar { fill: #9cf } }
@media (forced-colors: active) { .bar { fill: CanvasText } [aria-current] { font-weight: 700 } }
@media print {
  nav, form, footer { display: none } .printed { display: block }
  details::details-content { content-visibility: visible; display: block; height: auto }
}
`;

function siteMap(...addresses) {
  return `<urlset>${addresses.map((address) => `<url><loc>${HOST}${address}</loc><lastmod>2026-06-15</lastmod></url>`).join("")}</urlset>`;
}

const MOVED = `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<title>Una pagina</title>
<link rel="canonical" href="${HOST}/two/">
<meta http-equiv="refresh" content="0; url=../two/">
</head>
<body><main><h1><a href="../two/">Una pagina</a></h1></main></body>
</html>
`;

const FAULTLESS = {
  "old/index.html": MOVED,
  "index.html": page("/", "home", HOME),
  "two/index.html": page("/two/", "page", '<p id="second">Torna alla <a href="../">prima</a>.</p>'),
  "404.html": page("/404.html", "404", `<p>Non c’è: torna alla <a href="${BASE}/">prima pagina</a>.</p>`),
  "style.css": STYLE,
  "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>',
  "feed.xml": '<rss version="2.0"><channel><title>T</title><link>https://example.org/a/b/</link></channel></rss>',
  "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="https://example.org/a/b/two/"/></feed>',
  "sitemap.xml": siteMap("/", "/two/"),
  "robots.txt": `User-agent: *\nDisallow:\nSitemap: ${HOST}/sitemap.xml\n`,
  "data.json": '{"a": 1}',
  "data.csv": "a,b\r\n1,2\r\n",
};

const ALTERNATES = { it: "/", de: "/de/", "x-default": "/" };
const TWO_LANGUAGES = {
  ...FAULTLESS,
  "index.html": page("/", "home", HOME, { alternates: ALTERNATES }),
  "de/index.html": page("/de/", "home", "<p>Eine Seite</p>", { lang: "de", alternates: ALTERNATES }),
  "two/index.html": FAULTLESS["two/index.html"].replace("<head>", '<head>\n<meta name="robots" content="noindex">'),
  "sitemap.xml": `<sitemapindex><sitemap><loc>${HOST}/sitemap-1.xml</loc></sitemap></sitemapindex>`,
  "sitemap-1.xml": siteMap("/", "/de/"),
};

/** Replaces `old` in a file of a faultless site, which must hold it. */
function change(path, old, replacement, files = FAULTLESS) {
  if (!files[path].includes(old)) throw new Error(`${path} holds no ${old}`);
  return { ...files, [path]: files[path].replace(old, () => replacement) };
}

/** The list of all pages on pages of its own: a letter's two parts. */
const BY_LETTERS = {
  ...change("index.html", 'data-kind="home"', 'data-kind="search"'),
  "two/index.html": page("/two/", "letter", '<p id="second"><a href="2/">Altri</a></p>'),
  "two/2/index.html": page("/two/2/", "letter", '<p><a href="../../three/">Tre</a></p>'),
  "three/index.html": page("/three/", "objective", "<p>Tre</p>"),
};

/** Adds to the content of the first page. */
function add(content) {
  return change("index.html", "</main>", `${content}\n</main>`);
}

/** Adds to the styles, and to the content of the first page. */
function style(css, content = "") {
  return { ...add(content), "style.css": STYLE + css };
}

function without(path) {
  const { [path]: gone, ...files } = FAULTLESS;
  if (gone === undefined) throw new Error(`there is no ${path}`);
  return files;
}

const LONG = "lungo".repeat(60);

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
  ["a full address of the site with no page", "links", add(`<a href="${HOST}/x/">x</a>`), ["links"]],
  ["a feed that is announced and missing", "links", add('<link rel="alternate" href="no.xml">'), ["links"]],
  ["a relative link on the page for missing addresses", "links", change("404.html", `<a href="${BASE}/">prima p`, '<a href="./">prima p'), ["links"]],
  ["one id twice", "links", add('<p id="first">Due</p>'), ["duplicate-id"]],
  ["no canonical link", "links", change("index.html", 'rel="canonical"', 'rel="prev"'), ["canonical"]],
  ["another page's canonical link", "links", change("two/index.html", `canonical" href="${HOST}/two/`, `canonical" href="${HOST}/`), ["canonical"]],
  ["a canonical link without the base path", "links", change("two/index.html", `canonical" href="${HOST}/two/`, 'canonical" href="https://example.org/two/'), ["canonical", "links"]],
  ["a canonical link on another host", "links", change("two/index.html", 'canonical" href="https://example.org', 'canonical" href="https://example.com'), ["canonical"]],
  ["a canonical link that is not absolute", "links", change("two/index.html", `canonical" href="${HOST}/two/`, 'canonical" href="./'), ["canonical"]],

  ["a page of no kind", "head", change("404.html", ' data-kind="404"', ""), ["hooks", "kind"]],
  ["a page in the language of another folder", "head", change("two/index.html", '<html lang="it"', '<html lang="de"'), ["alternates", "lang", "open-graph"]],
  ["a page without its other languages", "head", change("de/index.html", 'rel="alternate"', 'rel="prev"', TWO_LANGUAGES), ["alternates"]],
  ["a page without a default language", "head", change("index.html", 'hreflang="x-default"', "", TWO_LANGUAGES), ["alternates"]],
  ["a language that leads to another's page", "head", change("index.html", `hreflang="de" href="${HOST}/de/`, `hreflang="de" href="${HOST}/`, TWO_LANGUAGES), ["alternates"]],
  ["a language that leads to no page", "head", change("index.html", `hreflang="de" href="${HOST}/de/`, `hreflang="de" href="${HOST}/de/x/`, TWO_LANGUAGES), ["alternates"]],
  ["no title for sharing", "head", change("index.html", 'property="og:title"', 'property="og:x"'), ["open-graph"]],
  ["another title for sharing", "head", change("index.html", 'content="Una pagina"', 'content="Altro"'), ["open-graph"]],
  ["another page's address for sharing", "head", change("index.html", `og:url" content="${HOST}/`, `og:url" content="${HOST}/two/`), ["open-graph"]],
  ["an unknown type for sharing", "head", change("index.html", 'content="website"', 'content="pagina"'), ["open-graph"]],
  ["another language for sharing", "head", change("index.html", "it_IT", "de_IT"), ["open-graph"]],
  ["a missing picture for sharing", "head", change("index.html", "/icon.svg\">\n<link rel=\"canonical", "/x.svg\">\n<link rel=\"canonical"), ["open-graph"]],
  ["JSON-LD that is not JSON", "head", change("index.html", '"@type"', "@type"), ["json-ld"]],
  ["JSON-LD with other words", "head", change("index.html", "https://schema.org", "https://example.com"), ["json-ld"]],
  ["JSON-LD about a missing page", "head", change("index.html", `"url":"${HOST}/`, `"url":"${HOST}/x/`), ["json-ld"]],
  ["JSON-LD that names a thing elsewhere", "head", change("index.html", `"url":"${HOST}/`, '"@id":"https://example.com/'), ["json-ld"]],
  ["no JSON-LD", "head", change("index.html", "application/ld+json", "application/json"), ["json-ld"]],
  ["no icon", "head", change("index.html", 'rel="icon"', 'rel="prev"'), ["icon"]],
  ["a menu without its hook", "head", change("index.html", ' data-element="main-navigation"', ""), ["hooks"]],
  ["a breadcrumb without its hook", "head", change("two/index.html", ' data-element="breadcrumb"', ""), ["hooks"]],
  ["an index of the page without its hook", "head", add('<nav class="navscroll" aria-label="Indice"></nav>'), ["hooks"]],
  ["legal notes on one page only", "head", add('<a href="two/" data-element="legal-notes">Note</a>'), ["hooks"]],

  ["no robots.txt", "crawlers", without("robots.txt"), ["robots"]],
  ["robots.txt that hides a folder", "crawlers", change("robots.txt", "Disallow:", "Disallow: /a/b/two/"), ["robots"]],
  ["robots.txt that names no site map", "crawlers", change("robots.txt", "Sitemap:", "# Sitemap:"), ["robots"]],
  ["no site map", "crawlers", without("sitemap.xml"), ["sitemap"]],
  ["a page that the site map forgets", "crawlers", { ...FAULTLESS, "sitemap.xml": siteMap("/") }, ["sitemap"]],
  ["the page for missing addresses on the site map", "crawlers", { ...FAULTLESS, "sitemap.xml": siteMap("/", "/two/", "/404.html") }, ["sitemap"]],
  ["a page twice on the site map", "crawlers", { ...FAULTLESS, "sitemap.xml": siteMap("/", "/two/", "/two/") }, ["sitemap"]],
  ["a page that asks not to be listed, and is", "crawlers", change("sitemap-1.xml", "</urlset>", `<url><loc>${HOST}/two/</loc></url></urlset>`, TWO_LANGUAGES), ["sitemap"]],
  ["a day that is not in the calendar", "crawlers", change("sitemap.xml", "2026-06-15", "2026-02-30"), ["sitemap"]],
  ["a date written the local way", "crawlers", change("sitemap.xml", "2026-06-15", "15/06/2026"), ["sitemap"]],

  ["a block inside a paragraph's list", "html", add("<ul><p>uno</p></ul>"), ["html: element-permitted-content"]],
  ["an element that is never closed", "html", add("<div>"), ["html: close-order"]],
  ["an inline style", "html", add('<p style="color:red">rosso</p>'), ["html: no-inline-style"]],
  ["a style element", "html", change("index.html", "</head>", "<style>p{}</style></head>"), ["html: no-style-tag"]],
  ["a skipped heading level", "html", add("<h3>Tre</h3>"), ["html: heading-level"]],
  ["a second h1", "html", add("<h1>Ancora</h1>"), ["html: heading-level"]],
  ["a label for nothing named by id", "html", add('<p aria-describedby="x">uno</p>'), ["html: no-missing-references"]],
  ["a role that the element has anyway", "html", add('<ul role="list"><li>uno</li></ul>'), ["html: no-redundant-role"]],
  ["an element that HTML lacks", "html", add("<promise>uno</promise>"), ["html: element-name"]],
  ["a field without a label", "html", add('<input type="text">'), ["html: input-missing-label"]],

  ["RSS that is not well-formed", "files", change("feed.xml", "</title>", ""), ["xml"]],
  ["Atom with an entity of HTML", "files", change("atom.xml", "T<", "T&nbsp;<"), ["xml"]],
  ["a feed of the wrong kind", "files", { ...FAULTLESS, "feed.xml": FAULTLESS["atom.xml"] }, ["xml"]],
  ["a feed that links to a missing page", "files", change("atom.xml", "/two/", "/three/"), ["xml: feed-link"]],
  ["a site map of a missing page", "files", change("sitemap.xml", "/two/", "/three/"), ["xml: feed-link"]],
  ["JSON with a comma too many", "files", change("data.json", "1", "1,"), ["json"]],
  ["CSV with a row too short", "files", change("data.csv", "1,2", "1"), ["csv"]],
  ["CSV with a quote inside a bare cell", "files", change("data.csv", "1,2", '1,2"3'), ["csv"]],
  ["CSV that is not UTF-8", "files", { ...FAULTLESS, "data.csv": Buffer.from("a,b\r\ncitt\xe0,2\r\n", "latin1") }, ["csv"]],

  ["a page about one thing that is too long", "sizes", add("x".repeat(60_000)), ["budget: detail-html"]],
  ["a list that is too long", "sizes", change("index.html", 'data-kind="home">', `data-kind="year">${"x".repeat(250_000)}`), ["budget: list-html"]],
  ["a list that compresses badly", "sizes", change("index.html", 'data-kind="home">', `data-kind="year">${noise(60_000)}`), ["budget: list-html-gzip"]],

  ["an inline script", "load", add("<script>document.title</script>"), ["console"]],
  ["a script that fails", "load", { ...add('<script src="a.js"></script>'), "a.js": "nothing.here()" }, ["console"]],
  ["a missing picture", "load", add('<img src="x.png" alt="">'), ["console", "requests"]],
  ["a picture of another host", "load", add('<img src="http://example.org/x.png" alt="">'), ["budget: third-party", "console", "requests"]],
  ["an icon that is no picture", "load", change("icon.svg", "<svg", "<x"), ["icon"]],
  ["more styles than the budget", "load", style(`/*${"x".repeat(30_000)}*/`), ["budget: stylesheets"]],
  ["more scripts than the budget", "load", { ...add('<script src="a.js"></script>'), "a.js": `/*${"x".repeat(12_000)}*/` }, ["budget: scripts"]],
  ["more requests than the budget", "load", add('<img src="icon.svg?1" alt="" width="9" height="9"><img src="icon.svg?2" alt="" width="9" height="9"><img src="icon.svg?3" alt="" width="9" height="9"><img src="icon.svg?4" alt="" width="9" height="9"><img src="icon.svg?5" alt="" width="9" height="9"><img src="icon.svg?6" alt="" width="9" height="9">'), ["budget: requests"]],
  ["more fonts than the budget, and heavier", "load", fonts(4, 40_000), ["budget: font-files", "budget: fonts", "console"]],
  ["a cookie", "load", { ...add('<script src="a.js"></script>'), "a.js": 'document.cookie = "a=1"' }, ["budget: cookies"]],
  ["text that moves after it came", "load", { ...add('<script src="a.js"></script>'), "a.js": 'const p = document.createElement("p"); p.textContent = "Ecco"; requestAnimationFrame(() => requestAnimationFrame(() => (p.style.paddingTop = "300px", document.body.prepend(p))))' }, ["budget: layout-shift"]],

  ["a picture without words", "axe", add('<img src="icon.svg">'), ["axe light, all open: image-alt", "axe light: image-alt"]],
  ["a picture without words in a closed part", "axe", add('<details><summary>Più</summary><img src="icon.svg"></details>'), ["axe light, all open: image-alt"]],
  ["grey on white", "axe", change("style.css", "color: #1a1a1a", "color: #aaa"), ["axe light, all open: color-contrast", "axe light: color-contrast"]],
  ["dark grey on black", "axe", change("style.css", "color: #fff; background: #111", "color: #444; background: #111"), ["axe dark, all open: color-contrast", "axe dark: color-contrast"]],

  ["an order that is not the page's", "keyboard", add('<a href="two/" tabindex="1">due</a>'), ["keyboard: order"]],
  ["a script that keeps the focus", "keyboard", { ...add('<script src="a.js"></script>'), "a.js": 'addEventListener("keydown", (event) => event.target.matches("footer a") && event.preventDefault())' }, ["keyboard: trap"]],
  ["a focus that is not shown", "keyboard", style("summary:focus { outline: none }"), ["keyboard: indicator"]],
  ["a focus in the colour of the page", "keyboard", style("summary:focus { outline-color: #fff }"), ["keyboard: indicator"]],
  ["a skip link that stays away", "keyboard", change("style.css", ".skip:focus { left: 0 }", ""), ["keyboard: in-view"]],
  ["a skip link to the menu", "keyboard", { ...change("index.html", 'href="#main"', 'href="#menu"', change("index.html", "<header>", '<header id="menu">')) }, ["keyboard: skip-link"]],
  ["a bar that lies over what has the focus", "keyboard", style("footer { position: fixed; inset: 0; background: #fff }"), ["keyboard: covered"]],
  ["a focus ring that is cut off", "keyboard", style(".cut { overflow: hidden; width: 3em }", '<p class="cut"><a href="two/">due</a></p>'), ["keyboard: clipped"]],

  ["a line wider than a phone", "narrow", style("p { overflow-wrap: normal }", `<p>${LONG}</p>`), ["overflow 320px", "overflow 320px, text at 200 %"]],
  ["a closed part wider than a phone", "narrow", style("p { overflow-wrap: normal }", `<details><summary>Più</summary><p>${LONG}</p></details>`), ["overflow 320px", "overflow 320px, text at 200 %"]],
  ["a line wider than a phone when text is large", "narrow", style(".wide { width: 15rem }", '<p class="wide">uno</p>'), ["overflow 320px, text at 200 %"]],
  ["a word that is broken for another column's sake", "narrow", style("td { width: 3em }", '<table><tr><td>Responsabile</td></tr></table>'), ["words"]],
  ["a number that is broken in a closed part", "narrow", style("i { display: block; width: 2em }", "<details><summary>Più</summary><i>28,3%</i></details>"), ["words"]],

  ["text in a colour of its own", "colours", style("#first { forced-color-adjust: none; color: #888; background: #999 }"), ["forced-colours dark: text", "forced-colours light: text"]],
  ["a badge that is only a background", "colours", style(".badge { border: 0; background: #cfc }"), ["forced-colours dark: badge", "forced-colours light: badge"]],
  ["a bar that becomes the colour of the page", "colours", style("@media (forced-colors: active) { .bar { fill: Canvas } }"), ["forced-colours dark: drawing", "forced-colours light: drawing"]],
  ["a current place that is only a background", "colours", style("@media (forced-colors: active) { .pills [aria-current] { font-weight: inherit } } .pills [aria-current] { background: #cfc }"), ["forced-colours dark: current", "forced-colours light: current"]],

  ["a menu on paper", "print", style("@media print { nav { display: block } }"), ["print: controls"]],
  ["a closed part on paper", "print", change("style.css", "details::details-content", "x"), ["print: closed"]],
  ["no address on paper", "print", change("style.css", ".printed { display: block }", ""), ["print: address"]],
  ["a line wider than the paper", "print", style("p { overflow-wrap: normal }", `<p>${LONG}</p>`), ["print: cut-off"]],
  ["an objective on too many sheets", "print", { ...style("@media print { main * { break-after: page } }"), "index.html": FAULTLESS["index.html"].replace('data-kind="home"', 'data-kind="objective"') }, ["print: paper-sheets"]],

  ["words that a script writes", "plain", { ...add('<p class="late"></p><script src="a.js"></script>'), "a.js": 'document.querySelector(".late").textContent = "Ecco"' }, ["without-script"]],
  ["words that a script takes away", "plain", { ...add('<p class="late">Attendi</p><script src="a.js"></script>'), "a.js": 'document.querySelector(".late").remove()' }, ["without-script"]],
  ["a search page that lists nothing", "plain", { ...change("index.html", 'data-kind="home"', 'data-kind="search"'), "three/index.html": page("/three/", "objective", "<p>Tre</p>") }, ["without-script: list"]],
  ["a search page whose letters lack a page", "plain", { ...BY_LETTERS, "four/index.html": page("/four/", "objective", "<p>Quattro</p>") }, ["without-script: list"]],
  ["a closed part that needs a script", "plain", style("details > p { display: none }"), ["disclosures"]],
  ["a choice that leaves no row", "plain", change("index.html", 'value="ok">', 'value="x">', style('main:has(option[value="x"]:checked) [data-s] { display: none }')), ["filters: count", "filters: empty"]],
  ["a choice that hides nothing", "plain", change("style.css", 'main:has(#fs option[value="ok"]', "main:has(#x"), ["filters: count", "filters: rows"]],
  ["an old address that leads nowhere", "moved", change("old/index.html", "url=../two/", "url=../three/"), ["moved"]],
  ["an old address that makes its readers wait", "moved", change("old/index.html", "0; url", "5; url"), ["moved"]],
  ["an old address that wants to be listed", "moved", change("old/index.html", `${HOST}/two/`, `${HOST}/old/`), ["moved"]],
  ["an old address without a link", "moved", change("old/index.html", 'href="../two/"', 'href="../"'), ["moved"]],
  ["a choice that promises another number", "plain", change("index.html", "Fatto (1)", "Fatto (3)"), ["filters: count"]],
  ["filters that nothing takes back", "plain", change("index.html", 'type="reset"', 'type="button"'), ["filters: reset"]],
  ["a reset that can't be used", "plain", change("index.html", 'type="reset"', 'type="reset" disabled'), ["filters: reset"]],
];

/** Text that gzip can't shorten much. */
function noise(length) {
  let state = 1;
  const next = () => ((state = (state * 48271) % 2147483647), 97 + (state % 26));
  return String.fromCharCode(...Array.from({ length }, next));
}

/** Font files that are asked for and are none. */
function fonts(count, bytes) {
  const names = Array.from({ length: count }, (_, at) => `f${at}`);
  const faces = names.map((name) => `@font-face { font-family: ${name}; src: url(${name}.woff2) } .${name} { font-family: ${name} }`);
  const files = Object.fromEntries(names.map((name) => [`${name}.woff2`, "x".repeat(bytes / count + 1)]));
  return { ...style(faces.join("\n"), names.map((name) => `<p class="${name}">uno</p>`).join("")), ...files };
}

async function faultsIn(stage, files, expected, browser) {
  const folder = await mkdtemp(join(tmpdir(), "vetro-selftest-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const site = await readSite(folder, BASE);
    // Faults for the browser are planted in the first page: a visit to the others would only cost time.
    const pages = expected.length === 0 ? undefined : site.pages.filter(({ path }) => path === "index.html");
    const server = await serve(folder, BASE);
    const verdicts = await STAGES[stage](site, browser, server.origin, pages);
    await server.close();
    const names = verdicts.flatMap(({ check, faults }) => faults.map(({ rule }) => (rule ? `${check}: ${rule}` : check)));
    return [...new Set(names)].sort();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const faultless = [
  ...Object.keys(STAGES).map((stage) => ["no fault", stage, FAULTLESS, []]),
  ["no fault of a list by letters", "plain", BY_LETTERS, []],
  ...["links", "head", "crawlers"].map((stage) => ["no fault in two languages", stage, TWO_LANGUAGES, []]),
];
const browser = await launch();
const all = [...faultless, ...PLANTED];
const judged = await inParallel(
  all.map(([name, stage, files, expected]) => async () => {
    const found = await faultsIn(stage, files, expected, browser);
    if (found.join() === expected.join()) return true;
    console.log(`WRONG ${name}: found ${found.join(", ") || "nothing"}, planted ${expected.join(", ") || "nothing"}`);
    return false;
  }),
);
await browser.close();
const right = judged.filter(Boolean).length;
console.log(`${right} of the ${all.length} planted sites are judged rightly`);
process.exit(right < all.length ? 1 : 0);
