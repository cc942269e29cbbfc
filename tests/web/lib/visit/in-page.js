// Run in every visited page, before any check: what several checks ask of the page, as `globalThis.look`.
globalThis.look = (() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** Red, green, blue (0 to 255) and alpha (0 to 1) of any colour that CSS can compute. */
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  function luminance([r, g, b]) {
    const linear = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  /** The contrast of two colours, 1 to 21, as WCAG defines it; of a see-through one, 1. */
  function contrast(one, other) {
    const [a, b] = [rgba(one), rgba(other)];
    if (a[3] < 0.5 || b[3] < 0.5) return 1;
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The colour behind an element: that of the nearest one around it, itself included, which is painted. */
  function ground(element) {
    for (let around = element; around; around = around.parentElement) {
      const colour = getComputedStyle(around).backgroundColor;
      if (rgba(colour)[3] >= 0.5) return colour;
    }
    return "Canvas";
  }

  function visible(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0;
  }

  function name(element) {
    const words = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 30);
    const classes = [...element.classList].map((c) => `.${c}`).join("");
    return `${element.localName}${element.id && `#${element.id}`}${classes}${words && ` “${words}”`}`;
  }

  /** The three innermost elements that reach furthest out of the window, with what may be the cause. */
  function overflowing() {
    const width = document.documentElement.clientWidth;
    const scrollWidth = document.scrollingElement.scrollWidth;
    if (scrollWidth <= width) return [];
    const right = (element) => Math.ceil(element.getBoundingClientRect().right);
    const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
    const outside = [...document.body.querySelectorAll("*")].filter((element) => {
      if (right(element) <= width) return false;
      for (let around = element.parentElement; around !== document.body; around = around.parentElement) {
        if (scrolls(around)) return false;
      }
      return true;
    });
    const innermost = outside.filter((element) => !outside.some((other) => other !== element && element.contains(other)));
    const words = innermost.flatMap((element) => element.textContent.split(/\s+/)).sort((one, other) => other.length - one.length);
    return (innermost.length > 0 ? innermost : [document.body])
      .sort((one, other) => right(other) - right(one))
      .slice(0, 3)
      .map((element) => ({
        element: name(element),
        message: `reaches to ${right(element)} px, the page to ${scrollWidth}; the longest word outside is “${words[0] ?? ""}”`,
      }));
  }

  /** The first three words of at most so many letters, signs among them, that go on in another line. */
  function broken(letters) {
    const faults = [];
    const range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (faults.length < 3 && texts.nextNode()) {
      const { currentNode: text } = texts;
      // What is only for screen readers has no room at all.
      if (!visible(text.parentElement) || text.parentElement.getBoundingClientRect().width <= 1) continue;
      for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
        // After such a sign a line may end.
        if (word.length > letters || /[-–—/]/.test(word)) continue;
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) faults.push({ element: name(text.parentElement), message: `“${word}” goes on in another line` });
      }
    }
    return faults;
  }

  return { contrast, ground, visible, name, overflowing, broken };
})();
