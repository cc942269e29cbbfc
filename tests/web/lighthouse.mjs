// Usage: node lighthouse.mjs SITE-FOLDER [--base /sub/path] [PATH…]
// Lighthouse's four scores of each page, PATHs being addresses such as /2020/; without any, of the home page. By hand
// only: the scores of a busy machine vary, so that no check rests on them.
import { execFile } from "node:child_process";
import { parseArgs, promisify } from "node:util";
import { chromiumPath } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { base: { type: "string", default: "" } } });
const [folder, ...paths] = positionals;
if (!folder) {
  console.error("usage: node lighthouse.mjs SITE-FOLDER [--base /sub/path] [PATH…]");
  process.exit(2);
}

const server = await serve(folder, values.base);
for (const path of paths.length > 0 ? paths : ["/"]) {
  const { stdout } = await promisify(execFile)(
    "npx",
    [
      "--yes",
      "lighthouse@12",
      server.origin + values.base + path,
      "--quiet",
      "--output=json",
      "--no-enable-error-reporting",
      "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic",
    ],
    { env: { ...process.env, CHROME_PATH: chromiumPath() }, maxBuffer: 100_000_000 },
  );
  const { categories, audits } = JSON.parse(stdout);
  const scores = Object.values(categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`);
  console.log(`${path}  ${scores.join("  ")}`);
  const weighed = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  for (const { id } of weighed) {
    const { score, title, displayValue = "" } = audits[id];
    if (score !== null && score < 0.9) console.log(`    ${id}: ${title} ${displayValue}`);
  }
}
await server.close();
