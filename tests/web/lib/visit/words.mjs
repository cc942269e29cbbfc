/** How many letters a word may have that surely has room in a line, even in a narrow column. */
const LETTERS = 13;

/** No word is broken for the sake of what stands beside it. */
export function words(tab) {
  return tab.evaluate((letters) => look.broken(letters), LETTERS);
}
