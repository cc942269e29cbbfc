import { overBudget } from "../budget.mjs";

/** A4 without the theme's margins of 14 mm, in CSS pixels. */
const PAPER = 688;

/** On paper there is nothing to click, everything is open, nothing is cut off at the right, and the address is there. */
export async function print(tab, { page }) {
  const before = tab.viewportSize();
  await tab.setViewportSize({ ...before, width: PAPER });
  await tab.emulateMedia({ media: "print" });
  const faults = await tab.evaluate(onPaper, page.path === "404.html" ? "" : page.canonical);
  await tab.emulateMedia({ media: null });
  await tab.setViewportSize(before);
  if (page.kind !== "objective") return faults;
  const pdf = await tab.pdf({ preferCSSPageSize: true, format: "A4" });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  return [...faults, ...overBudget({ "paper-sheets": sheets }, page.path)];
}

// Runs in the page.
function onPaper(address) {
  const faults = look.overflowing().map((fault) => ({ rule: "cut-off", ...fault }));
  const say = (rule, element, message) => faults.push({ rule, element: look.name(element), message });
  for (const element of document.querySelectorAll("nav, form, button, select, input, body > footer")) {
    if (look.visible(element)) say("controls", element, "is printed");
  }
  for (const details of document.querySelectorAll("main details")) {
    const content = [...details.children].filter(({ localName }) => localName !== "summary");
    if (look.visible(details) && !content.some(look.visible)) say("closed", details, "is printed closed");
  }
  const printed = document.body.innerText.replace(/\s+/g, "");
  if (!printed.includes(address)) faults.push({ rule: "address", element: address, message: "is not printed" });
  return faults;
}
