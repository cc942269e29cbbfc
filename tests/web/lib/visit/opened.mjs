/** The step on the page with all that can be opened open: menus and indexes are closed on a phone. */
export function opened(step) {
  return async (tab, place) => {
    await tab.evaluate(() => {
      for (const closed of document.querySelectorAll("details:not([open])")) closed.open = closed.wasClosed = true;
    });
    const faults = await step(tab, place);
    await tab.evaluate(() => {
      for (const details of document.querySelectorAll("details")) if (details.wasClosed) details.open = details.wasClosed = false;
    });
    return faults;
  };
}
