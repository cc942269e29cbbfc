import { checkPageSizes } from "./budget.mjs";
import { checkForCrawlers } from "./crawlers.mjs";
import { checkFiles } from "./files.mjs";
import { checkHeads } from "./head.mjs";
import { checkHtml } from "./html.mjs";
import { checkLinks } from "./links.mjs";
import { checkMoved } from "./moved.mjs";
import { checkSearch } from "./search.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";
import { checkInBrowser } from "./visit/visit.mjs";

/** Every check on the site in `folder`, served under `base` ("" or "/a/b"): the verdicts, page by page in path order. */
export async function inspect(folder, base, browser) {
  const site = await readSite(folder, base);
  const server = await serve(folder, base);
  try {
    return [
      ...(await checkLinks(site)),
      ...checkMoved(site),
      ...(await checkHeads(site)),
      ...(await checkForCrawlers(site)),
      ...(await checkHtml(site)),
      ...(await checkFiles(site, browser)),
      ...(await checkPageSizes(site)),
      ...(await checkInBrowser(site, browser, server.origin)),
      ...(await checkSearch(site, browser, server.origin)),
    ];
  } finally {
    await server.close();
  }
}
