// html-validate's recommended rules and the others that the HTML, ARIA and WCAG standards ask for: an exception needs a reason here.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "heading-level": "error",
    "input-missing-label": "error",
    "missing-doctype": "error",
    "no-missing-references": "error",
    "no-style-tag": "error",
    // Lower case is as valid, and what the templates use.
    "doctype-style": ["error", { style: "lowercase" }],
    // A title is a record's own, in the words of its office, and some offices write long ones.
    "long-title": "off",
    // The rule can't see that one of two equal menus is always hidden, by the page's width; axe-core can, and checks.
    "unique-landmark": "off",
    // The filters of a list act at once and send nothing: their form has no button to send it.
    "wcag/h32": "off",
  },
};
