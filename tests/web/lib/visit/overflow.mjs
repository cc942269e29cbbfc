import { opened } from "./opened.mjs";

/** The page does not scroll sideways at this width, with text of this size, closed or open (WCAG 1.4.4 and 1.4.10). */
export function overflow(width, textSize = "") {
  return async (tab) => {
    const before = tab.viewportSize();
    await tab.setViewportSize({ ...before, width });
    await tab.evaluate((size) => (document.documentElement.style.fontSize = size), textSize);
    const closed = await measure(tab);
    const faults = closed.length > 0 ? closed : await opened(measure)(tab);
    await tab.evaluate(() => (document.documentElement.style.fontSize = ""));
    await tab.setViewportSize(before);
    return faults;
  };
}

function measure(tab) {
  return tab.evaluate(() => look.overflowing());
}
