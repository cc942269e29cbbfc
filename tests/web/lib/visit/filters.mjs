/**
 * Every choice of a list's filters leaves exactly the rows that carry its value, at least one, as many as its label
 * says in brackets if it does; the form's reset button brings all rows back. Works without a script.
 */
export async function filters(tab) {
  if ((await tab.locator("form.filters").count()) === 0) return [];
  const faults = [];
  const all = (await rows(tab)).length;
  if (all === 0) return [{ element: "form.filters", message: "has no rows to filter" }];
  if ((await tab.locator("form.filters :is(button, input)[type=reset]").count()) !== 1) {
    return [{ rule: "reset", element: "form.filters", message: "has no reset button" }];
  }
  for (const select of await tab.locator("form.filters select").all()) {
    const name = await select.evaluate((element) => look.name(element));
    const options = await select.evaluate((element) => [...element.options].map(({ value, text }) => ({ value, text })));
    for (const { value, text } of options.slice(1)) {
      const say = (rule, message) => faults.push({ rule, element: `${name} “${text}”`, message });
      await select.selectOption({ value });
      const found = await rows(tab);
      const shown = found.filter(({ visible }) => visible).length;
      const carry = ({ values }, attribute) => values[attribute]?.split(/\s+/).includes(value);
      const attributes = new Set(found.flatMap(({ values }) => Object.keys(values)));
      const apart = [...attributes].some((attribute) => found.every((row) => row.visible === Boolean(carry(row, attribute))));
      if (shown === 0) say("empty", "leaves no row");
      else if (!apart) say("rows", `leaves ${shown} of ${all} rows, which are not those that carry its value`);
      const promised = /\((\d+)\)\s*$/.exec(text)?.[1];
      if (promised !== undefined && Number(promised) !== shown) say("count", `leaves ${shown} rows`);
      await tab.locator("form.filters [type=reset]").click({ timeout: 2000 }).catch(() => undefined);
      const back = (await rows(tab)).filter(({ visible }) => visible).length;
      if (back !== all) {
        say("reset", `${back} of ${all} rows are back after the reset`);
        await select.selectOption({ index: 0 });
      }
    }
  }
  return faults;
}

/** The rows of the lists: what carries data of its own outside the form, with that data and whether it is shown. */
function rows(tab) {
  return tab.evaluate(() =>
    [...document.querySelectorAll("main :is(tr, li)")]
      .filter((element) => !element.closest("form") && Object.keys(element.dataset).some((name) => name !== "element"))
      .map((element) => ({ values: { ...element.dataset }, visible: element.checkVisibility() })),
  );
}
