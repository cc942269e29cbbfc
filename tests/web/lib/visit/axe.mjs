import { readFile } from "node:fs/promises";

const AXE = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const ALL = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/** What depends on colours, in which alone the dark page differs from the light one. */
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** axe-core finds nothing against WCAG 2.0 to 2.2 at A and AA, nor against its own best practices. */
export function axe(colorScheme) {
  const rules = colorScheme === "dark" ? COLOURS : ALL;
  return async (tab) => {
    await tab.emulateMedia({ colorScheme });
    if (!(await tab.evaluate(() => "axe" in window))) await tab.evaluate(AXE);
    const faults = await tab.evaluate(violations, rules);
    await tab.emulateMedia({ colorScheme: null });
    return faults;
  };
}

// Runs in the page.
async function violations(rules) {
  const { violations } = await window.axe.run(document, {
    runOnly: rules,
    resultTypes: ["violations"],
    // Without it axe-core copies the style sheets into the page, which the page's own policy forbids.
    preload: false,
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => ({ rule: id, element: target.join(" "), message: any[0]?.message ?? help })),
  );
}
