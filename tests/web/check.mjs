// Usage: node check.mjs SITE-FOLDER [--base /sub/path]
// Looks at a published site as its readers and their machines will. One line for each fault, then how many checks
// passed and failed. Exit status 0 when none failed, 1 when some did, 2 for a wrong call.
import { parseArgs } from "node:util";
import { launch } from "./lib/browser.mjs";
import { inspect } from "./lib/inspect.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { base: { type: "string", default: "" } } });
if (positionals.length !== 1) {
  console.error("usage: node check.mjs SITE-FOLDER [--base /sub/path]");
  process.exit(2);
}

const browser = await launch();
const verdicts = await inspect(positionals[0], values.base.replace(/\/+$/, ""), browser);
await browser.close();

if (verdicts.length === 0) verdicts.push({ check: "site", page: positionals[0], faults: [{ element: "", message: "is empty" }] });
for (const { check, page, width, faults } of verdicts) {
  for (const { rule, element, message } of faults) {
    const where = width ? `${page} ${width}px` : page;
    console.log(`FAIL ${where} [${rule ? `${check}: ${rule}` : check}] ${element} — ${message.replace(/\s+/g, " ")}`);
  }
}
const failed = verdicts.filter(({ faults }) => faults.length > 0).length;
console.log(`${verdicts.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
