import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inParallel, withTab } from "./browser.mjs";
import { verdict } from "./site.mjs";

/** What may be loaded of script and index until the first results of a query are there, in bytes before compression. */
const BUDGET = 300_000;

/** Long enough for a debounced query on a slow machine. */
const PATIENCE = 10_000;

/** Types queries made of the site's own words into each search page, as a reader would, and looks at what is found. */
export async function checkSearch(site, browser, origin) {
  const verdicts = [];
  for (const page of site.pages.filter(({ kind }) => kind === "search")) {
    const queries = await queriesFor(site, page);
    const tasks = queries.map((query) => () => withTab(browser, 1280, {}, (tab) => ask(site, page, query, tab, origin)));
    const faults = (await inParallel(tasks)).flat();
    verdicts.push(verdict("search", page.path, queries.length === 0 ? [{ element: "data/search/", message: "no index" }] : faults));
  }
  return verdicts;
}

/** Texts, each with the words that the index gives it: the table that src/export/search/words.rs is held to. */
const WORDS = JSON.parse(await readFile(new URL("words.json", import.meta.url), "utf8"));

/** Queries of every sort that the index has an example for: `{ sort, text, finds }`, where `finds` is an address or none. */
async function queriesFor(site, page) {
  const folder = page.text.match(/data-index="([^"]+)"/)?.[1];
  if (!site.files.has(`${folder}index.json`)) return [];
  const read = async (name) => JSON.parse(await readFile(join(site.folder, folder, `${name}.json`), "utf8"));
  const numbered = (kind) => [...site.files.keys()].filter((path) => path.startsWith(`${folder}${kind}-`)).length;
  const docs = (await Promise.all([...Array(Math.min(numbered("docs"), 20)).keys()].map((n) => read(`docs-${n}`)))).flat();
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const queries = [{ sort: "nonsense", text: "xqzwxqzw" }];
  const add = (sort, text, finds) => text && queries.push({ sort, text, finds });
  const office = docs.find(([, , kind]) => kind === "unit");
  add("office", office?.[0], office?.[1]);
  const coded = docs.find(([, , kind]) => kind === "objective") ?? docs.find(([, , kind]) => kind === "node");
  const code = coded?.[4].split(" · ").find((detail) => /[._]/.test(detail));
  add("code", code, coded?.[1]);
  add("code in small letters", code?.toLowerCase(), coded?.[1]);
  const accented = docs.find(([title]) => /\p{L}*[àèéìòùäöü]\p{L}*/u.test(title));
  add("word without its accent", accented && plain(accented[0].match(/\p{L}*[àèéìòùäöü]\p{L}*/u)[0]));
  const umlaut = page.lang === "de" && accented?.[0].match(/\p{L}*[äöü]\p{L}*/u)?.[0];
  if (umlaut) queries.push({ sort: "umlaut in two letters", text: umlaut.replace(/[äöü]/g, (c) => `${plain(c)}e`), as: plain(umlaut) });
  // A day of an update, as its page writes it; numbers of acts and days that stand in summaries.
  const update = docs.find(([, , kind]) => kind === "update");
  add("day in words", update?.[4].split(" · ")[0]);
  for (const [sort, form] of [["number of an act", /\b\d+\/\d{4}\b/], ["day in figures", /\b\d\d\/\d\d\/\d{4}\b/]]) {
    const told = docs.map(([title, , , , , context]) => `${title} ${context}`.match(form)).find(Boolean);
    add(sort, told?.[0]);
  }
  const several = docs.find(([title]) => (title.match(/\p{L}{5,}/gu) ?? []).length > 1);
  const words = several?.[0].match(/\p{L}{5,}/gu) ?? [];
  add("two words", words.length > 1 && `${words.at(-1)} ${words[0]}`, several?.[1]);
  add("beginning of a word", words[0]?.slice(0, 4));
  // Every form of a word finds the same.
  for (const [begins, ...ends] of (await read("words-0")).filter((_, i) => i % 4 === 0).map((forms) => forms.split(" "))) {
    if (ends.length < 2 || /\d/.test(begins)) continue;
    for (const end of ends) queries.push({ sort: "form of a word", text: begins + end, as: begins + ends[0] });
    break;
  }
  return queries;
}

async function ask(site, page, { sort, text, finds, as }, tab, origin) {
  const faults = [];
  const fault = (message) => faults.push({ rule: sort, element: `“${text}”`, message });
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && fault(message.text()));
  tab.on("pageerror", (error) => fault(error.message));
  let bytes = 0;
  tab.on("response", (response) => {
    const path = decodeURIComponent(new URL(response.url()).pathname).slice(site.base.length + 1);
    if (path.startsWith("data/search/") || path.endsWith(".js")) bytes += site.files.get(path) ?? 0;
  });
  const found = async (query) => {
    await tab.goto(origin + page.url, { waitUntil: "load" });
    await tab.locator("#q").fill(query, { timeout: PATIENCE });
    await tab.waitForFunction(() => document.querySelector("#find-status").textContent, undefined, { timeout: PATIENCE });
    return tab.locator("#results li a").evaluateAll((links) => links.map(({ href }) => href));
  };
  try {
    const results = await found(text);
    if (sort === "nonsense") {
      const asked = await tab.evaluate((texts) => texts.map((text) => wordsOf(text).map(({ word }) => word)), WORDS.map(([text]) => text));
      asked.forEach((words, i) => words.every((word) => WORDS[i][1].includes(word)) || fault(`“${WORDS[i][0]}” is read as ${words}`));
    }
    if (bytes > BUDGET) fault(`${bytes} bytes until the first results, at most ${BUDGET}`);
    if (sort === "nonsense") {
      if (results.length > 0) fault("finds pages");
      if (!(await tab.locator("#results .advice").isVisible())) fault("gives no advice");
    } else if (results.length === 0) fault("finds nothing");
    if (finds !== undefined && !results.includes(`${origin}${site.base}/${finds}`)) fault(`does not find ${finds} first`);
    if (as !== undefined && (await found(as)).join() !== results.join()) fault(`does not find what “${as}” finds`);
    if (await tab.locator("#pages").isVisible()) fault("the list of all pages stands below the results");
    const asked = new URL(tab.url()).searchParams.get("q");
    if (asked !== (as ?? text)) fault(`the address asks for ${asked}`);
    const [link] = results;
    if (link && !(await fetch(link)).ok) fault(`${link} is not there`);
  } catch (error) {
    fault(error.message.split("\n")[0]);
  }
  return faults;
}
