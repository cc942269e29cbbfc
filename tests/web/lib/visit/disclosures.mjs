/** Whatever is closed opens at a click, without a script, and shows what it holds. */
export async function disclosures(tab) {
  const faults = [];
  for (const summary of await tab.locator("details > summary:visible").all()) {
    // A click would wait half a minute for something that covers the summary to go away; a busy machine needs some seconds.
    await summary.click({ timeout: 10_000 }).catch(() => undefined);
    const fault = await summary.evaluate((element) => {
      const content = [...element.parentElement.children].filter((other) => other !== element);
      if (element.parentElement.open && content.some(look.visible)) return undefined;
      return { element: look.name(element), message: "does not open" };
    });
    if (fault) faults.push(fault);
    await summary.evaluate((element) => (element.parentElement.open = false));
  }
  return faults;
}
