/**
 * With the reader's own few colours, as Windows' contrast themes have them, every text, badge, drawing and mark of the
 * current place can still be seen.
 */
export function forcedColours(colorScheme) {
  return async (tab) => {
    await tab.emulateMedia({ colorScheme });
    const seen = await tab.evaluateHandle(drawingsSeen);
    await tab.emulateMedia({ colorScheme, forcedColors: "active" });
    const faults = await tab.evaluate(unseen, seen);
    await tab.emulateMedia({ colorScheme: null, forcedColors: null });
    return faults;
  };
}

// Runs in the page: the parts of drawings that stand out from what is behind them. Also gives `unseen` its measure.
function drawingsSeen() {
  const shapes = ":is(rect, circle, ellipse, path, polygon, polyline, line)";
  /** The colours that a shape is painted with: of a pattern its own shapes', of a symbol those that it sets itself. */
  const paints = (shape) => {
    const { fill, stroke, strokeWidth } = getComputedStyle(shape);
    const colours = stroke !== "none" && parseFloat(strokeWidth) > 0 ? [stroke] : [];
    const pattern = /^url\("?#(.+?)"?\)/.exec(fill)?.[1];
    if (pattern) colours.push(...[...document.getElementById(pattern).children].flatMap(paints));
    else if (shape.localName === "use") colours.push(...ofSymbol(shape, fill));
    else if (fill !== "none") colours.push(fill);
    return colours;
  };
  const ofSymbol = (use, inherited) => {
    const symbol = document.querySelector(use.getAttribute("href"));
    const plain = getComputedStyle(symbol).fill;
    const own = [...symbol.querySelectorAll(shapes)].flatMap(paints).filter((colour) => colour !== plain);
    return own.length > 0 ? own : [inherited];
  };
  window.standsOut = (shape) => {
    const ground = look.ground(shape.closest("svg").parentElement);
    return Math.max(1, ...paints(shape).map((colour) => look.contrast(colour, ground))) >= 3;
  };
  return [...document.body.querySelectorAll(`svg :is(${shapes}, use)`)].filter(
    (shape) => !shape.closest("defs, symbol, pattern") && look.visible(shape.closest("svg")) && window.standsOut(shape),
  );
}

// Runs in the page.
function unseen(drawings) {
  const faults = [];
  const say = (rule, element, message) => faults.push({ rule, element: look.name(element), message });

  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (!own || !look.visible(element) || element.closest("defs, symbol, title, desc")) continue;
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    const behind = look.ground(element instanceof SVGElement ? element.closest("svg").parentElement : element);
    if (look.contrast(colour, behind) < 4.5) say("text", element, `is ${colour} on ${behind}`);
  }
  for (const badge of document.querySelectorAll(".badge")) {
    if (!look.visible(badge)) continue;
    const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(badge);
    const drawn = borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0;
    if (!drawn || look.contrast(borderTopColor, look.ground(badge)) < 3) say("badge", badge, "has no visible edge");
  }
  for (const shape of drawings) {
    if (!window.standsOut(shape)) say("drawing", shape, `of ${look.name(shape.closest("svg").parentElement)} is no longer seen`);
  }
  // What marks the current place among its like must be more than a background or a shadow: those are gone.
  const looks = (element) => {
    const { color, fontWeight, textDecorationLine, outline, borderTop, borderRight, borderBottom, borderLeft } = getComputedStyle(element);
    return [element.localName, color, fontWeight, textDecorationLine, outline, borderTop, borderRight, borderBottom, borderLeft].join();
  };
  for (const current of document.querySelectorAll("li > [aria-current]")) {
    const others = [...current.closest("ul, ol").querySelectorAll(":scope > li > :not([aria-current])")];
    if (look.visible(current) && others.some((other) => look.visible(other) && looks(other) === looks(current))) {
      say("current", current, "looks like the others");
    }
  }
  return faults;
}
