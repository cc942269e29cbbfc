import { readFile } from "node:fs/promises";
import { inParallel, withTab } from "../browser.mjs";
import { ofEachKind, verdict } from "../site.mjs";
import { axe } from "./axe.mjs";
import { disclosures } from "./disclosures.mjs";
import { filters } from "./filters.mjs";
import { forcedColours } from "./forced-colours.mjs";
import { keyboard } from "./keyboard.mjs";
import { LOAD, load } from "./load.mjs";
import { opened } from "./opened.mjs";
import { overflow } from "./overflow.mjs";
import { print } from "./print.mjs";
import { sameWithoutScript } from "./without-script.mjs";
import { words } from "./words.mjs";

export const DESK = 1280;
export const PHONE = 360;
const NARROW = 320;

/**
 * Who comes to a page, and what is looked at then, by the name of its check. A step gets the tab and where it is, gives
 * faults, and leaves the page as it found it.
 */
const VISITS = [
  {
    width: DESK,
    options: {},
    arrive: load,
    onArrival: LOAD,
    steps: {
      "axe light": axe("light"),
      "axe dark": axe("dark"),
      "forced-colours light": forcedColours("light"),
      "forced-colours dark": forcedColours("dark"),
      keyboard,
      print,
    },
  },
  {
    width: PHONE,
    options: {},
    arrive: load,
    onArrival: LOAD,
    steps: {
      "axe light": axe("light"),
      "axe light, all open": opened(axe("light")),
      "axe dark, all open": opened(axe("dark")),
      "forced-colours light": opened(forcedColours("light")),
      "forced-colours dark": opened(forcedColours("dark")),
      keyboard: opened(keyboard),
      [`overflow ${NARROW}px`]: overflow(NARROW),
      [`overflow ${NARROW}px, text at 200 %`]: overflow(NARROW, "200%"),
      words: opened(words),
    },
  },
  {
    width: PHONE,
    options: { javaScriptEnabled: false },
    // Nothing that a page promises for later ever comes: only what can be asked at once is looked at.
    arrive: async (tab, { address }) => (await tab.goto(address, { waitUntil: "load" }), {}),
    onArrival: [],
    steps: { "without-script": sameWithoutScript, disclosures, filters },
  },
];

const IN_PAGE = await readFile(new URL("in-page.js", import.meta.url), "utf8");

/** Visits the pages, the largest of each kind in each language, as their readers do. Makes the checks that are `wanted`. */
export async function checkInBrowser(site, browser, origin, { pages = ofEachKind(site.pages), wanted = () => true } = {}) {
  const tasks = pages.flatMap((page) => VISITS.map((visit) => () => pay(visit, { site, page, browser, origin, wanted })));
  return (await inParallel(tasks)).flat();
}

async function pay({ width, options, arrive, onArrival, steps }, { wanted, ...visited }) {
  const { site, page, browser, origin } = visited;
  const due = Object.entries(steps).filter(([check]) => wanted(check));
  if (due.length === 0 && !onArrival.some(wanted)) return [];
  // The page for missing addresses is looked at where readers meet it: at an address that is missing.
  const address = origin + (page.path === "404.html" ? `${site.base}/no/such/page/` : page.url);
  const place = { ...visited, address };
  return withTab(browser, width, options, async (tab) => {
    const found = Object.entries(await arrive(tab, place)).filter(([check]) => wanted(check));
    await tab.evaluate(IN_PAGE);
    for (const [check, step] of due) found.push([check, await step(tab, place)]);
    return found.map(([check, faults]) => verdict(check, page.path, faults, width));
  });
}
