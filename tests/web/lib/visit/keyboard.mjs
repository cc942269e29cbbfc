/**
 * The Tab key alone reaches everything that can be used, in document order, and always shows where it is; the skip
 * link leads past the menus. (WCAG 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11)
 */
export async function keyboard(tab) {
  const stops = await tab.evaluateHandle(prepare);
  const count = await tab.evaluate((all) => all.length, stops);
  const faults = [];
  for (let at = 0; at <= count; at += 1) {
    await tab.keyboard.press("Tab");
    const { stopped, found } = await tab.evaluate(lookAtFocus, { stops, at });
    faults.push(...found);
    if (stopped) break;
  }
  faults.push(...(await skip(tab, stops)));
  await tab.evaluate(() => document.activeElement.blur());
  return faults;
}

async function skip(tab, stops) {
  await tab.evaluate((all) => all[0]?.element.focus(), stops);
  const from = await tab.evaluate(() => look.name(document.activeElement));
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  return tab.evaluate(landing, { stops, from });
}

// Runs in the page: what Tab should reach, in order, each with its looks before it has the focus.
function prepare() {
  const usable = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const scrolls = (element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const wide = /auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth;
    const high = /auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight;
    return (wide || high) && !element.querySelector(usable);
  };
  document.activeElement.blur();
  // Where a sequence starts after a click or a link is not at the top: put it there.
  getSelection().removeAllRanges();
  return [...document.body.querySelectorAll("*")]
    .filter((element) => (element.matches(usable) ? element.tabIndex >= 0 : scrolls(element)))
    .filter((element) => !element.disabled && look.visible(element))
    .map((element) => {
      const { outline, boxShadow } = getComputedStyle(element);
      return { element, outline, boxShadow };
    });
}

// Runs in the page.
function lookAtFocus({ stops, at }) {
  const focused = document.activeElement;
  const expected = stops[at]?.element;
  const name = (element) => (!element || element === document.body ? "the end of the page" : look.name(element));
  if (!expected) {
    const trapped = focused === stops.at(-1)?.element && stops.length > 1;
    return { stopped: true, found: trapped ? [{ rule: "trap", element: name(focused), message: "keeps the focus" }] : [] };
  }
  if (focused !== expected) {
    return { stopped: true, found: [{ rule: "order", element: name(focused), message: `is reached where ${name(expected)} is expected` }] };
  }
  const fault = (rule, message) => ({ stopped: false, found: [{ rule, element: name(focused), message }] });

  const style = getComputedStyle(focused);
  const { outline, boxShadow } = stops[at];
  const outlined = style.outline !== outline && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shadowed = style.boxShadow !== boxShadow && style.boxShadow !== "none";
  if (!outlined && !shadowed) return fault("indicator", "looks no different with the focus");
  if (!shadowed && look.contrast(style.outlineColor, look.ground(focused.parentElement)) < 3) {
    return fault("indicator", `has an outline of ${style.outlineColor} on ${look.ground(focused.parentElement)}`);
  }

  const window = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const within = (box, frame) => ({
    left: Math.max(box.left, frame.left),
    top: Math.max(box.top, frame.top),
    right: Math.min(box.right, frame.right),
    bottom: Math.min(box.bottom, frame.bottom),
  });
  const boxes = [...focused.getClientRects()].map((rect) => within(rect, window));
  const shown = boxes.filter(({ left, top, right, bottom }) => right - left >= 1 && bottom - top >= 1);
  if (shown.length === 0) return fault("in-view", "is outside the window when it has the focus");
  const covered = shown.every(({ left, top, right, bottom }) =>
    [0.1, 0.5, 0.9].every((share) => {
      const hit = document.elementFromPoint(left + (right - left) * share, (top + bottom) / 2);
      return !hit || !(focused.contains(hit) || hit.contains(focused));
    }),
  );
  if (covered) return fault("covered", "is behind something when it has the focus");

  // A ring is seen if three of its sides are.
  const room = outlined ? parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth) : 0;
  const box = focused.getBoundingClientRect();
  const ring = { left: box.left - room, top: box.top - room, right: box.right + room, bottom: box.bottom + room };
  for (let around = focused.parentElement; around !== document.body; around = around.parentElement) {
    if (getComputedStyle(around).overflowX === "visible") continue;
    const frame = around.getBoundingClientRect();
    const cut = [frame.left - ring.left, frame.top - ring.top, ring.right - frame.right, ring.bottom - frame.bottom];
    if (cut.filter((by) => by > 1).length > 1) return fault("clipped", `has its ring cut off by ${look.name(around)}`);
  }
  return { stopped: false, found: [] };
}

// Runs in the page.
function landing({ stops, from }) {
  const main = document.querySelector("main");
  const first = stops.find(({ element }) => main.contains(element) || main.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (!first || document.activeElement === first.element) return [];
  return [{ rule: "skip-link", element: from, message: `leads to ${look.name(document.activeElement)}, not to ${look.name(first.element)}` }];
}
